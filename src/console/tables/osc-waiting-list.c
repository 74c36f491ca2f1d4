/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The waiting list. */

#include "osc-waiting-list.h"

#include <glib/gi18n.h>

#include "osc-party-row.h"
#include "osc-sheet.h"
#include "osc-stepper.h"
#include "osc-table-words.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define PAUSE_MINUTES 30

struct _OscWaitingList {
  GtkWidget parent_instance;
  GtkWidget *list;
  GtkWidget *tools;
  GtkWidget *pause;
  OscTableStore *store;
};

G_DEFINE_FINAL_TYPE (OscWaitingList, osc_waiting_list, GTK_TYPE_WIDGET)

static gboolean
is_paused (OscWaitingList *self)
{
  return osc_table_store_room (self->store)->paused_until > osy_clock_now ();
}

static GtkWidget *
make_row (const OsyWaiting *party)
{
  gboolean called = g_str_equal (party->status, OSY_WAITING_CALLED);
  gint64 now = osy_clock_now ();
  g_autofree char *when =
      osc_words_minutes (osc_table_words_minutes_since (party->created_at, now));
  g_autofree char *people = osc_table_words_guests (party->guest_count);
  g_autofree char *called_for =
      called ? osc_words_minutes (osc_table_words_minutes_since (party->called_at, now)) : NULL;
  g_autofree char *detail =
      called ? g_strdup_printf (_ ("%s · called %s ago"), people, called_for) : g_strdup (people);
  GtkWidget *row = osc_party_row_new (&(OscPartyWords){
      .when = when, .who = party->name != NULL ? party->name : _ ("Guest"), .detail = detail});

  osc_party_row_add (row, C_ ("act", "Seat"), "tables.aim-waiting", party->id, "soft");
  osc_party_row_add (row, called ? _ ("Call again") : _ ("Call"), "tables.call-waiting", party->id,
                     "soft");
  osc_party_row_add (row, _ ("Gone"), "tables.cancel-waiting", party->id, "soft");
  return row;
}

static void
show (OscWaitingList *self)
{
  const OsyTableRoom *room = osc_table_store_room (self->store);
  g_autofree char *until = osc_words_clock (room->paused_until);
  g_autofree char *paused = g_strdup_printf (_ ("Take guests again (paused till %s)"), until);

  osc_party_list_clear (self->list);
  for (guint i = 0; i < room->waiting->len; i++)
    gtk_box_append (GTK_BOX (self->list), make_row (g_ptr_array_index (room->waiting, i)));
  if (room->waiting->len == 0)
    osc_party_list_say_nothing (self->list, _ ("Nobody waits"));
  gtk_button_set_label (GTK_BUTTON (self->pause),
                        is_paused (self) ? paused : _ ("Take nobody for 30 minutes"));
}

/* The pause ends by itself. */
static void
on_pause (OscWaitingList *self)
{
  gboolean paused = is_paused (self);
  JsonObject *body = json_object_new ();

  json_object_set_int_member (body, "minutes", paused ? 0 : PAUSE_MINUTES);
  osc_table_store_act (self->store,
                       &(OscTableCall){.path = "waiting/pause",
                                       .body = body,
                                       .done = paused ? _ ("The waiting list takes guests again")
                                                      : _ ("The waiting list is paused")});
}

/* ---- adding a party ---- */

typedef struct {
  OscTableStore *store;
  OscSheet *sheet;
  GtkWidget *guests;
  OscField *name;
  OscField *phone;
} Adding;

static void
adding_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSheet) sheet = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_sheet_is_open (sheet))
    return;
  if (osc_table_store_send_finish (OSC_TABLE_STORE (source), result, &error)) {
    gtk_window_close (GTK_WINDOW (sheet));
  } else {
    g_autofree char *text = osc_table_store_failure_text (error);

    osc_sheet_fail (sheet, text);
  }
}

static void
on_add (OscSheet *sheet, Adding *adding)
{
  const char *name = osc_field_text (adding->name);
  const char *phone = osc_field_text (adding->phone);
  JsonObject *body = json_object_new ();

  json_object_set_int_member (body, "guest_count",
                              osc_stepper_get_value (OSC_STEPPER (adding->guests)));
  if (name[0] != '\0')
    json_object_set_string_member (body, "name", name);
  if (phone[0] != '\0')
    json_object_set_string_member (body, "phone", phone);
  osc_sheet_wait (sheet);
  osc_table_store_send_async (
      adding->store,
      &(OscTableCall){.path = "waiting", .body = body, .done = _ ("The guests wait for a table")},
      added_cb, g_object_ref (sheet));
}

static void
on_stepped (OscStepper *stepper, int value)
{
  osc_stepper_set_value (stepper, value);
}

void
osc_waiting_list_ask (GtkWidget *from, OscTableStore *store)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && OSC_IS_TABLE_STORE (store));
  Adding *adding = g_new0 (Adding, 1);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (_ ("Guests"));

  adding->store = store;
  adding->sheet = osc_sheet_new (from);
  adding->guests = osc_stepper_new (_ ("Guests"));
  osc_stepper_set_range (OSC_STEPPER (adding->guests), 1, OSY_TABLE_MAX_GUESTS);
  osc_stepper_set_value (OSC_STEPPER (adding->guests), 2);
  g_signal_connect (adding->guests, "changed", G_CALLBACK (on_stepped), NULL);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), adding->guests);
  osc_sheet_ask (adding->sheet, _ ("Who waits?"), NULL, _ ("Add to the list"));
  osc_sheet_add (adding->sheet, row);
  adding->name = osc_sheet_add_field (adding->sheet, _ ("Name"), NULL, FALSE);
  adding->phone = osc_sheet_add_field (adding->sheet, _ ("Phone"), "010-0000-0000", FALSE);
  g_signal_connect_data (adding->sheet, "primary", G_CALLBACK (on_add), adding, adding_free,
                         G_CONNECT_DEFAULT);
}

/* ---- life ---- */

static void
osc_waiting_list_dispose (GObject *object)
{
  OscWaitingList *self = OSC_WAITING_LIST (object);

  osc_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_waiting_list_parent_class)->dispose (object);
}

static void
osc_waiting_list_class_init (OscWaitingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_waiting_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "waitinglist");
}

static void
osc_waiting_list_init (OscWaitingList *self)
{
  GtkWidget *box = osc_party_list_new (_ ("Waiting list"), _ ("Add guests"), "tables.add-waiting",
                                       &self->list, &self->tools);

  self->pause = gtk_button_new ();
  gtk_widget_set_hexpand (self->pause, TRUE);
  gtk_widget_set_focus_on_click (self->pause, FALSE);
  gtk_widget_add_css_class (self->pause, "soft");
  g_signal_connect_object (self->pause, "clicked", G_CALLBACK (on_pause), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->tools), self->pause);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
osc_waiting_list_new (OscTableStore *store)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (store), NULL);
  OscWaitingList *self = g_object_new (OSC_TYPE_WAITING_LIST, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
