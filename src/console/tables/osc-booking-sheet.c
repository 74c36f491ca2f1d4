/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A booking: day and quarter of an hour on the left, who and where on the right. Names and phones
 * come masked: what is left empty stays as it is. */

#include "osc-booking-sheet.h"

#include <glib/gi18n.h>

#include "osc-scale.h"
#include "osc-sheet.h"
#include "osc-stepper.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define FIRST_HOUR 9
#define LAST_HOUR 23
#define QUARTERS 4
#define DAYS_AHEAD 365
#define DEFAULT_GUESTS 2
#define FORM "osc-booking-form"

static const int durations[] = {60, 90, 120, 180};

typedef struct {
  OscTableStore *store;
  OscSheet *sheet;
  char *id; /* (nullable): of the booking that is changed */
  gint64 version;
  GDateTime *day; /* local midnight */
  int minute;     /* of the day; -1: not chosen */
  gint64 lasts;   /* minutes */
  GtkWidget *day_label;
  GtkWidget *slots;
  GtkWidget *guests;
  GtkWidget *tables;
  OscField *name;
  OscField *phone;
  OscField *note;
  GtkWidget *force; /* shown once a table turned out to be promised */
} Form;

static void
form_free (gpointer data, GClosure *closure)
{
  Form *form = data;

  g_clear_object (&form->store);
  g_free (form->id);
  g_date_time_unref (form->day);
  g_free (form);
}

/* ---- when ---- */

static gint64
time_of (const Form *form, int minute)
{
  g_autoptr (GDateTime) at = g_date_time_add_minutes (form->day, minute);

  return g_date_time_to_unix (at) * G_USEC_PER_SEC;
}

/* How many are booked to come in this quarter of an hour. */
static int
guests_at (const Form *form, int minute)
{
  GPtrArray *bookings = osc_table_store_bookings (form->store);
  gint64 at = time_of (form, minute);
  int guests = 0;

  for (guint i = 0; i < bookings->len; i++) {
    const OsyBooking *booking = g_ptr_array_index (bookings, i);

    if (booking->at == at && g_str_equal (booking->status, OSY_BOOKING_BOOKED))
      guests += booking->guest_count;
  }
  return guests;
}

static void
show_day (Form *form)
{
  g_autofree char *iso = g_date_time_format (form->day, "%Y-%m-%d");
  g_autofree char *day = osc_words_day (iso);

  gtk_label_set_label (GTK_LABEL (form->day_label), day);
  for (GtkWidget *slot = gtk_widget_get_first_child (form->slots); slot != NULL;
       slot = gtk_widget_get_next_sibling (slot)) {
    int minute = atoi (gtk_widget_get_name (slot));
    int guests = guests_at (form, minute);
    g_autofree char *clock = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
    g_autofree char *text = guests > 0 ? g_strdup_printf ("%s · %d", clock, guests) : NULL;

    gtk_button_set_label (GTK_BUTTON (slot), text != NULL ? text : clock);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (slot), minute == form->minute);
  }
}

static void
on_slot_clicked (GtkWidget *slot, Form *form)
{
  form->minute = atoi (gtk_widget_get_name (slot));
  show_day (form);
}

static void
turn_day (Form *form, int days)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (form->day, days);
  gint64 from_now = g_date_time_to_unix (day) - osy_clock_now () / G_USEC_PER_SEC;

  if (from_now < -2 * 86400 || from_now > (gint64)DAYS_AHEAD * 86400)
    return;
  g_date_time_unref (form->day);
  form->day = g_steal_pointer (&day);
  osc_booking_day_look (osc_table_store_day (form->store), days);
  show_day (form);
}

static void
on_earlier (GtkButton *button, Form *form)
{
  turn_day (form, -1);
}

static void
on_later (GtkButton *button, Form *form)
{
  turn_day (form, 1);
}

static GtkWidget *
make_turn (const char *icon, const char *name, GCallback clicked, Form *form)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "soft");
  osc_widget_set_name (button, name);
  g_signal_connect (button, "clicked", clicked, form);
  return button;
}

static GtkWidget *
make_slots (Form *form)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  form->slots = gtk_grid_new ();
  gtk_grid_set_column_homogeneous (GTK_GRID (form->slots), TRUE);
  gtk_widget_add_css_class (form->slots, "slots");
  for (int i = 0; i < (LAST_HOUR - FIRST_HOUR) * QUARTERS; i++) {
    int minute = FIRST_HOUR * 60 + i * OSY_BOOKING_GRID_MINUTES;
    g_autofree char *name = g_strdup_printf ("%d", minute);
    GtkWidget *slot = gtk_toggle_button_new_with_label ("");

    gtk_widget_set_name (slot, name);
    gtk_widget_add_css_class (slot, "slot");
    gtk_widget_add_css_class (slot, "numeric");
    g_signal_connect (slot, "clicked", G_CALLBACK (on_slot_clicked), form);
    gtk_grid_attach (GTK_GRID (form->slots), slot, i % QUARTERS, i / QUARTERS, 1, 1);
  }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), form->slots);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_size_request (scroller, osc_scale_px (340), osc_scale_px (320));
  return scroller;
}

static GtkWidget *
make_when (Form *form)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *days = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  form->day_label = gtk_label_new ("");
  gtk_widget_set_hexpand (form->day_label, TRUE);
  gtk_widget_add_css_class (form->day_label, "strong");
  gtk_widget_add_css_class (days, "slot-days");
  gtk_widget_add_css_class (box, "slot-side");
  gtk_box_append (GTK_BOX (days),
                  make_turn ("osy-back-symbolic", _ ("Day before"), G_CALLBACK (on_earlier), form));
  gtk_box_append (GTK_BOX (days), form->day_label);
  gtk_box_append (GTK_BOX (days),
                  make_turn ("osy-next-symbolic", _ ("Day after"), G_CALLBACK (on_later), form));
  gtk_box_append (GTK_BOX (box), days);
  gtk_box_append (GTK_BOX (box), make_slots (form));
  return box;
}

/* The chosen time is on screen when the dialog opens. */
static gboolean
scroll_cb (gpointer data)
{
  GtkWidget *slots = data;
  GtkWidget *scroller = gtk_widget_get_ancestor (slots, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *move = scroller != NULL
                            ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller))
                            : NULL;

  for (GtkWidget *slot = gtk_widget_get_first_child (slots); move != NULL && slot != NULL;
       slot = gtk_widget_get_next_sibling (slot)) {
    graphene_rect_t area;

    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (slot)) &&
        gtk_widget_compute_bounds (slot, slots, &area))
      gtk_adjustment_set_value (move, area.origin.y - area.size.height);
  }
  return G_SOURCE_REMOVE;
}

/* ---- who, where ---- */

static void
on_stepped (OscStepper *stepper, int value)
{
  osc_stepper_set_value (stepper, value);
}

static GtkWidget *
make_guests (Form *form, int guests)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (_ ("Guests"));

  form->guests = osc_stepper_new (_ ("Guests"));
  osc_stepper_set_range (OSC_STEPPER (form->guests), 1, OSY_TABLE_MAX_GUESTS);
  osc_stepper_set_value (OSC_STEPPER (form->guests), guests);
  g_signal_connect (form->guests, "changed", G_CALLBACK (on_stepped), NULL);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "field-name");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), form->guests);
  return row;
}

static void
on_duration (GtkToggleButton *chip, Form *form)
{
  if (gtk_toggle_button_get_active (chip))
    form->lasts = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "minutes"));
}

static GtkWidget *
make_durations (Form *form)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *first = NULL;

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_widget_add_css_class (row, "presets");
  osc_widget_set_name (row, _ ("How long they stay"));
  for (gsize i = 0; i < G_N_ELEMENTS (durations); i++) {
    g_autofree char *text = osc_words_minutes (durations[i]);
    GtkWidget *chip = gtk_toggle_button_new_with_label (text);

    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip),
                                 first != NULL ? GTK_TOGGLE_BUTTON (first) : NULL);
    first = first != NULL ? first : chip;
    gtk_widget_add_css_class (chip, "table-chip");
    gtk_widget_add_css_class (chip, "numeric");
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), form->lasts == durations[i]);
    g_object_set_data (G_OBJECT (chip), "minutes", GINT_TO_POINTER (durations[i]));
    g_signal_connect (chip, "toggled", G_CALLBACK (on_duration), form);
    gtk_box_append (GTK_BOX (row), chip);
  }
  return row;
}

/* Tables by number; several for a large party. */
static GtkWidget *
make_tables (Form *form, const OsyBooking *booking, const char *table_id)
{
  GPtrArray *tables = osc_table_store_room (form->store)->tables;
  GtkWidget *scroller = gtk_scrolled_window_new ();

  form->tables = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (form->tables), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (form->tables), 6);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (form->tables), 4);
  for (guint i = 0; i < tables->len; i++) {
    const OsyTable *table = g_ptr_array_index (tables, i);
    GtkWidget *chip = gtk_toggle_button_new_with_label (table->number);
    g_autofree char *name = g_strdup_printf (_ ("Table %s"), table->number);
    gboolean on = booking != NULL
                      ? g_strv_contains ((const char *const *)booking->table_ids, table->table_id)
                      : g_strcmp0 (table_id, table->table_id) == 0;

    gtk_widget_set_name (chip, table->table_id);
    gtk_widget_add_css_class (chip, "table-chip");
    gtk_widget_add_css_class (chip, "numeric");
    osc_widget_set_name (chip, name);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), on);
    gtk_flow_box_append (GTK_FLOW_BOX (form->tables), chip);
  }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), form->tables);
  gtk_widget_set_size_request (scroller, osc_scale_px (340), osc_scale_px (116));
  return scroller;
}

static JsonArray *
chosen_tables (const Form *form)
{
  JsonArray *ids = json_array_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (form->tables); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *chip = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));

    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (chip)))
      json_array_add_string_element (ids, gtk_widget_get_name (chip));
  }
  return ids;
}

/* ---- saving ---- */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSheet) sheet = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_sheet_is_open (sheet))
    return;
  if (osc_table_store_send_finish (OSC_TABLE_STORE (source), result, &error)) {
    gtk_window_close (GTK_WINDOW (sheet));
  } else {
    gboolean promised = osy_error_is (error, OSY_ERROR_CONFLICT);
    g_autofree char *text = promised ? g_strdup (_ ("A table is promised to somebody else then"))
                                     : osc_table_store_failure_text (error);
    const Form *form = g_object_get_data (G_OBJECT (sheet), FORM);

    gtk_widget_set_visible (form->force, promised);
    osc_sheet_fail (sheet, text);
  }
}

static void
set_typed (JsonObject *body, const char *member, OscField *field)
{
  const char *text = osc_field_text (field);

  if (text[0] != '\0')
    json_object_set_string_member (body, member, text);
}

static void
on_save (OscSheet *sheet, Form *form)
{
  g_autofree char *path =
      form->id != NULL ? g_strconcat ("bookings/", form->id, NULL) : g_strdup ("bookings");
  g_autofree char *at = NULL;
  JsonObject *body;

  if (form->minute < 0) {
    osc_sheet_fail (sheet, _ ("Choose a time first"));
    return;
  }
  body = json_object_new ();
  at = osy_clock_format (time_of (form, form->minute));
  json_object_set_string_member (body, "at", at);
  json_object_set_int_member (body, "minutes", form->lasts);
  json_object_set_int_member (body, "guest_count",
                              osc_stepper_get_value (OSC_STEPPER (form->guests)));
  json_object_set_array_member (body, "table_ids", chosen_tables (form));
  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (form->force)))
    json_object_set_boolean_member (body, "force", TRUE);
  set_typed (body, "name", form->name);
  set_typed (body, "phone", form->phone);
  set_typed (body, "note", form->note);
  osc_sheet_wait (sheet);
  osc_table_store_send_async (form->store,
                              &(OscTableCall){.method = form->id != NULL ? "PATCH" : NULL,
                                              .path = path,
                                              .body = body,
                                              .if_version = form->version,
                                              .done = _ ("The booking is kept")},
                              saved_cb, g_object_ref (sheet));
}

static void
on_cancel_booking (GtkButton *button, Form *form)
{
  g_autofree char *path = g_strconcat ("bookings/", form->id, NULL);

  osc_sheet_wait (form->sheet);
  osc_table_store_send_async (form->store,
                              &(OscTableCall){.method = "DELETE",
                                              .path = path,
                                              .if_version = form->version,
                                              .done = _ ("The booking is cancelled")},
                              saved_cb, g_object_ref (form->sheet));
}

/* ---- opening ---- */

/* The list shows the day of the dialog. */
static void
look_at (Form *form, OscBookingDay *looked)
{
  g_autoptr (GDateTime) start = osc_booking_day_start (looked);
  GTimeSpan span = g_date_time_difference (form->day, start);

  osc_booking_day_look (looked,
                        (int)((span + G_TIME_SPAN_HOUR * (span < 0 ? -12 : 12)) / G_TIME_SPAN_DAY));
}

static void
on_day_read (GtkWidget *sheet)
{
  show_day (g_object_get_data (G_OBJECT (sheet), FORM));
}

/* A new booking begins at the next full hour, on the day that is looked at. */
static void
set_time (Form *form, const OsyBooking *booking)
{
  OscBookingDay *looked = osc_table_store_day (form->store);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (
      (booking != NULL ? booking->at : osy_clock_now ()) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);

  if (booking != NULL)
    form->day = g_date_time_new_local (g_date_time_get_year (local), g_date_time_get_month (local),
                                       g_date_time_get_day_of_month (local), 0, 0, 0);
  else
    form->day = osc_booking_day_start (looked);
  look_at (form, looked);
  form->minute = booking != NULL ? minute : (minute / 60 + 1) * 60;
  form->lasts = booking != NULL ? booking->minutes : OSY_BOOKING_DEFAULT_MINUTES;
}

static void
add_fields (Form *form, const OsyBooking *booking)
{
  form->name =
      osc_sheet_add_field (form->sheet, _ ("Name"), booking != NULL ? booking->name : NULL, FALSE);
  form->phone = osc_sheet_add_field (
      form->sheet, _ ("Phone"),
      booking != NULL && booking->phone != NULL ? booking->phone : "010-0000-0000", FALSE);
  form->note = osc_sheet_add_field (form->sheet, _ ("Note"), NULL, FALSE);
  if (booking != NULL && booking->note != NULL)
    osc_field_set_text (form->note, booking->note);
}

/* The fields of the sheet stand in one column: this puts the second one beside it. */
static void
add_columns (Form *form, const OsyBooking *booking, const char *table_id)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (_ ("Tables"));
  OscField *fields[] = {form->name, form->phone, form->note};

  gtk_widget_add_css_class (columns, "slot-columns");
  gtk_widget_add_css_class (right, "slot-side");
  gtk_widget_add_css_class (label, "field-name");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (right),
                  make_guests (form, booking != NULL ? booking->guest_count : DEFAULT_GUESTS));
  gtk_box_append (GTK_BOX (right), make_durations (form));
  gtk_box_append (GTK_BOX (right), label);
  gtk_box_append (GTK_BOX (right), make_tables (form, booking, table_id));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_object_ref (fields[i]);
    gtk_box_remove (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (fields[i]))),
                    GTK_WIDGET (fields[i]));
    gtk_box_append (GTK_BOX (right), GTK_WIDGET (fields[i]));
    g_object_unref (fields[i]);
  }
  gtk_box_append (GTK_BOX (columns), make_when (form));
  gtk_box_append (GTK_BOX (columns), right);
  osc_sheet_add (form->sheet, columns);
  form->force = gtk_check_button_new_with_label (_ ("Book all the same"));
  gtk_widget_set_visible (form->force, FALSE);
  osc_sheet_add (form->sheet, form->force);
}

void
osc_booking_sheet_open (GtkWidget *from, OscTableStore *store, const char *id, const char *table_id)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && OSC_IS_TABLE_STORE (store));
  const OsyBooking *booking = osc_table_store_find_booking (store, id);
  Form *form = g_new0 (Form, 1);

  form->store = g_object_ref (store);
  form->sheet = osc_sheet_new (from);
  g_object_set_data (G_OBJECT (form->sheet), FORM, form);
  form->id = booking != NULL ? g_strdup (booking->id) : NULL;
  form->version = booking != NULL ? booking->version : 0;
  set_time (form, booking);
  osc_sheet_ask (form->sheet, booking != NULL ? _ ("Change the booking") : _ ("Book a table"), NULL,
                 booking != NULL ? _ ("Keep it so") : _ ("Book"));
  add_fields (form, booking);
  add_columns (form, booking, table_id);
  if (booking != NULL) {
    GtkWidget *cancel = gtk_button_new_with_label (_ ("Cancel the booking"));

    gtk_widget_add_css_class (cancel, "destructive");
    g_signal_connect (cancel, "clicked", G_CALLBACK (on_cancel_booking), form);
    osc_sheet_add (form->sheet, cancel);
  }
  g_signal_connect_data (form->sheet, "primary", G_CALLBACK (on_save), form, form_free,
                         G_CONNECT_DEFAULT);
  g_signal_connect_object (osc_table_store_day (store), "changed", G_CALLBACK (on_day_read),
                           form->sheet, G_CONNECT_SWAPPED);
  show_day (form);
  g_idle_add_full (G_PRIORITY_LOW, scroll_cb, g_object_ref (form->slots), g_object_unref);
}
