/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The bookings of a day, today's at first. Who came or did not come stays on the list, struck
 * through. */

#include "osc-booking-list.h"

#include <glib/gi18n.h>

#include "osc-party-row.h"
#include "osc-table-words.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

struct _OscBookingList {
  GtkWidget parent_instance;
  GtkWidget *list;
  GtkWidget *tools;
  GtkWidget *day;
  OscTableStore *store;
};

G_DEFINE_FINAL_TYPE (OscBookingList, osc_booking_list, GTK_TYPE_WIDGET)

/* "4 people · Table 10, 11 · an aisle seat". (transfer full) */
static char *
detail_of (OscBookingList *self, const OsyBooking *booking)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *people = osc_table_words_guests (booking->guest_count);

  g_string_append (text, people);
  for (char **id = booking->table_ids; *id != NULL; id++) {
    const OsyTable *table = osc_table_store_find (self->store, *id);

    if (table == NULL)
      continue;
    if (id == booking->table_ids) {
      g_autofree char *name = g_strdup_printf (_ ("Table %s"), table->number);

      g_string_append_printf (text, " · %s", name);
    } else {
      g_string_append_printf (text, ", %s", table->number);
    }
  }
  if (g_str_equal (booking->status, OSY_BOOKING_NO_SHOW))
    g_string_append_printf (text, " · %s", _ ("did not come"));
  else if (booking->conflicts[0] != NULL)
    g_string_append_printf (text, " · %s", _ ("table promised twice"));
  else if (booking->note != NULL)
    g_string_append_printf (text, " · %s", booking->note);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_row (OscBookingList *self, const OsyBooking *booking)
{
  gint64 now = osy_clock_now ();
  gboolean open = g_str_equal (booking->status, OSY_BOOKING_BOOKED);
  gboolean one = booking->table_ids[0] != NULL;
  g_autofree char *when = osc_words_clock (booking->at);
  g_autofree char *who = osc_table_words_who (booking);
  g_autofree char *detail = detail_of (self, booking);
  GtkWidget *row =
      osc_party_row_new (&(OscPartyWords){.when = when,
                                          .who = who,
                                          .detail = detail,
                                          .attention = open && osy_booking_is_late (booking, now),
                                          .over = !open});

  if (!open)
    return row;
  osc_party_row_add (row, _ ("They are here"), one ? "tables.come-booking" : "tables.aim-booking",
                     booking->id, "soft");
  osc_party_row_add (row, _ ("Change"), "tables.edit-booking", booking->id, "soft");
  osc_party_row_add (row, _ ("Did not come"), "tables.miss-booking", booking->id, "soft");
  return row;
}

static void
show_day (OscBookingList *self)
{
  g_autoptr (GDateTime) start = osc_booking_day_start (osc_table_store_day (self->store));
  g_autofree char *iso = g_date_time_format (start, "%Y-%m-%d");
  g_autofree char *day = osc_words_day (iso);
  gboolean today = osc_booking_day_ahead (osc_table_store_day (self->store)) == 0;
  g_autofree char *words = today ? g_strdup_printf (_ ("Today, %s"), day) : g_strdup (day);

  gtk_label_set_label (GTK_LABEL (self->day), words);
}

static void
on_earlier (OscBookingList *self)
{
  osc_booking_day_look (osc_table_store_day (self->store), -1);
}

static void
on_later (OscBookingList *self)
{
  osc_booking_day_look (osc_table_store_day (self->store), 1);
}

static GtkWidget *
new_turn (OscBookingList *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "soft");
  gtk_widget_set_focus_on_click (button, FALSE);
  osc_widget_set_name (button, name);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
show (OscBookingList *self)
{
  GPtrArray *bookings = osc_table_store_bookings (self->store);
  guint n = 0;

  show_day (self);
  osc_party_list_clear (self->list);
  for (guint i = 0; i < bookings->len; i++) {
    const OsyBooking *booking = g_ptr_array_index (bookings, i);

    if (g_str_equal (booking->status, OSY_BOOKING_CANCELED))
      continue;
    gtk_box_append (GTK_BOX (self->list), make_row (self, booking));
    n++;
  }
  if (n == 0)
    osc_party_list_say_nothing (self->list,
                                osc_booking_day_ahead (osc_table_store_day (self->store)) == 0
                                    ? _ ("No bookings today")
                                    : _ ("No bookings on that day"));
}

static void
osc_booking_list_dispose (GObject *object)
{
  OscBookingList *self = OSC_BOOKING_LIST (object);

  osc_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_booking_list_parent_class)->dispose (object);
}

static void
osc_booking_list_class_init (OscBookingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_booking_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "bookinglist");
}

static void
osc_booking_list_init (OscBookingList *self)
{
  GtkWidget *box = osc_party_list_new (_ ("Bookings"), _ ("Book a table"), "tables.book",
                                       &self->list, &self->tools);

  self->day = gtk_label_new ("");
  gtk_widget_set_hexpand (self->day, TRUE);
  gtk_widget_add_css_class (self->day, "strong");
  gtk_box_append (GTK_BOX (self->tools),
                  new_turn (self, "osy-back-symbolic", _ ("Day before"), G_CALLBACK (on_earlier)));
  gtk_box_append (GTK_BOX (self->tools), self->day);
  gtk_box_append (GTK_BOX (self->tools),
                  new_turn (self, "osy-next-symbolic", _ ("Day after"), G_CALLBACK (on_later)));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
osc_booking_list_new (OscTableStore *store)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (store), NULL);
  OscBookingList *self = g_object_new (OSC_TYPE_BOOKING_LIST, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (osc_table_store_day (store), "changed", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
