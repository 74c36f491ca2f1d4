/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is done with tables. Nothing here asks but what leaves money unpaid; everything else can be
 * taken back. */

#include "osc-tables-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-booking-sheet.h"
#include "osc-floor-template.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-waiting-list.h"
#include "osc-transfer-sheet.h"
#include "osc-words.h"
#include "osy-clock.h"
#include "osy-compat.h"

/* ---- calls ---- */

static JsonObject *
body_of_text (const char *name, const char *text)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, name, text);
  return body;
}

static char *
table_path (const OsyTable *table, const char *act)
{
  return g_strdup_printf ("tables/%s/%s", table->table_id, act);
}

/* One act of @table. @body: (transfer full) (nullable). @done: (transfer full). */
static void
act (OscTables *self, const OsyTable *table, const char *name, JsonObject *body, char *done)
{
  g_autofree char *path = table_path (table, name);
  g_autofree char *text = done;

  osc_table_store_act (self->tables, &(OscTableCall){.path = path, .body = body, .done = text});
}

static void
show_view (OscTables *self, const char *view, const char *what)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", view, what);
}

/* ---- guests ---- */

static void
take_order (OscTables *self, const OsyTable *table, int guests)
{
  g_autofree char *what = g_strdup_printf ("table:%s:%d", table->table_id, guests);

  show_view (self, "sale", what);
}

static void
fail (OscTables *self, const GError *error)
{
  g_autofree char *text = osc_table_store_failure_text (error);

  osc_toasts_say (GTK_WIDGET (self), text);
}

/* Their order is taken once they are seated. */
static void
seated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscTables) self = user_data;
  g_autoptr (GError) error = NULL;
  const OsyTable *table;

  if (!osc_table_store_send_finish (OSC_TABLE_STORE (source), result, &error)) {
    fail (self, error);
    return;
  }
  table = osc_tables_picked (self);
  if (table != NULL)
    take_order (self, table, osc_table_panel_guests (OSC_TABLE_PANEL (self->panel)));
}

static void
seat (OscTables *self, gboolean with_order)
{
  const OsyTable *table = osc_tables_picked (self);
  int guests = osc_table_panel_guests (OSC_TABLE_PANEL (self->panel));
  g_autofree char *path = NULL;
  g_autofree char *done = NULL;
  JsonObject *body;

  if (table == NULL || table->state != OSY_TABLE_FREE)
    return;
  path = table_path (table, "seat");
  body = json_object_new ();
  json_object_set_int_member (body, "guest_count", guests);
  done = g_strdup_printf (_ ("Guests are seated at table %s"), table->number);
  if (with_order)
    osc_table_store_send_async (self->tables,
                                &(OscTableCall){.path = path, .body = body, .done = done},
                                seated_cb, g_object_ref (self));
  else
    osc_table_store_act (self->tables, &(OscTableCall){.path = path, .body = body, .done = done});
}

/* ---- move, merge ---- */

static void
move (OscTables *self, const OsyTable *from, const OsyTable *to)
{
  act (self, from, "move", body_of_text ("to_table_id", to->table_id),
       g_strdup_printf (_ ("Moved table %s to %s"), from->number, to->number));
  osc_tables_pick (self, to->table_id);
}

typedef struct {
  OscTables *self;
  char *from;
} Joining;

/* Their orders are at the other table: theirs is free. */
static void
joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Joining *joining = user_data;
  g_autoptr (OscTables) self = joining->self;
  g_autofree char *from = joining->from;
  g_autofree char *path = g_strdup_printf ("tables/%s/clear", from);
  g_autoptr (GError) error = NULL;

  g_free (joining);
  if (osc_table_store_send_finish (OSC_TABLE_STORE (source), result, &error))
    osc_table_store_act (OSC_TABLE_STORE (source),
                         &(OscTableCall){.path = path, .body = json_object_new ()});
  else
    fail (self, error);
}

/* All orders of the watched check; NULL without any. (transfer full) (nullable) */
static JsonArray *
orders_of (OscTables *self)
{
  JsonObject *check = osc_table_store_check (self->tables);
  JsonArray *orders = check != NULL && json_object_has_member (check, "orders")
                          ? json_object_get_array_member (check, "orders")
                          : NULL;
  JsonArray *ids;

  if (orders == NULL || json_array_get_length (orders) == 0)
    return NULL;
  ids = json_array_new ();
  for (guint i = 0; i < json_array_get_length (orders); i++)
    json_array_add_string_element (
        ids, json_object_get_string_member_with_default (json_array_get_object_element (orders, i),
                                                         "order_id", ""));
  return ids;
}

/* They sit down with those at @to: their orders go to that check. */
static void
join (OscTables *self, const OsyTable *from, const OsyTable *to)
{
  JsonArray *orders = orders_of (self);
  g_autofree char *path = table_path (from, orders != NULL ? "transfer" : "clear");
  g_autofree char *done = g_strdup_printf (_ ("Moved table %s to %s"), from->number, to->number);
  JsonObject *body = json_object_new ();
  Joining *joining;

  if (orders == NULL) {
    osc_table_store_act (self->tables, &(OscTableCall){.path = path, .body = body, .done = done});
    return;
  }
  json_object_set_string_member (body, "to_table_id", to->table_id);
  json_object_set_array_member (body, "order_ids", orders);
  joining = g_new0 (Joining, 1);
  joining->self = g_object_ref (self);
  joining->from = g_strdup (from->table_id);
  osc_table_store_send_async (
      self->tables, &(OscTableCall){.path = path, .body = body, .done = done}, joined_cb, joining);
}

static void
merge (OscTables *self, const OsyTable *from, const OsyTable *into)
{
  act (self, from, "merge", body_of_text ("into_table_id", into->table_id),
       g_strdup_printf (_ ("Merged table %s with %s"), from->number, into->number));
  osc_tables_pick (self, into->table_id);
}

typedef struct {
  OscTables *self; /* borrowed: the dialog is closed with the window */
  OscSheet *sheet;
  char *from;
  char *to;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_free (question->from);
  g_free (question->to);
  g_free (question);
}

static void
answer (Question *question, gboolean merging)
{
  OscTables *self = question->self;
  const OsyTable *from = osc_table_store_find (self->tables, question->from);
  const OsyTable *to = osc_table_store_find (self->tables, question->to);

  if (from != NULL && to != NULL)
    (merging ? merge : join) (self, from, to);
  gtk_window_close (GTK_WINDOW (question->sheet));
}

static void
on_move_answer (GtkButton *button, Question *question)
{
  answer (question, FALSE);
}

static void
on_merge_answer (GtkButton *button, Question *question)
{
  answer (question, TRUE);
}

static void
add_answer (OscTables *self, OscSheet *sheet, const Question *of, gboolean merging)
{
  GtkWidget *button =
      gtk_button_new_with_label (merging ? _ ("Merge the tables") : _ ("Move to that table"));
  Question *question = g_new0 (Question, 1);

  *question = (Question){self, sheet, g_strdup (of->from), g_strdup (of->to)};
  gtk_widget_add_css_class (button, merging ? "primary" : "soft");
  gtk_widget_add_css_class (button, "answer-72");
  gtk_widget_add_css_class (button, merging ? "answer-merge" : "answer-move");
  g_signal_connect_data (button, "clicked",
                         merging ? G_CALLBACK (on_merge_answer) : G_CALLBACK (on_move_answer),
                         question, question_free, G_CONNECT_DEFAULT);
  osc_sheet_add (sheet, button);
  if (!merging)
    gtk_widget_grab_focus (button);
}

/* Somebody sits there: both are possible, and which is meant cannot be known. */
static void
ask (OscTables *self, const OsyTable *from, const OsyTable *to)
{
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  g_autofree char *lead = g_strdup_printf (
      _ ("Somebody sits at table %s. Food that was sent is not cooked again"), to->number);
  Question question = {self, sheet, from->table_id, to->table_id};

  osc_sheet_ask (sheet, _ ("Move or merge?"), lead, NULL);
  add_answer (self, sheet, &question, FALSE);
  add_answer (self, sheet, &question, TRUE);
}

void
osc_tables_dropped (OscTables *self, const char *from_id, const char *on_id)
{
  const OsyTable *from = osc_table_store_find (self->tables, from_id);
  const OsyTable *on = osc_table_store_find (self->tables, on_id);

  if (from == NULL || on == NULL || from == on || from->seating == NULL || !self->live)
    return;
  if (on->seating == NULL)
    move (self, from, on);
  else if (osc_table_store_root (self->tables, from) != osc_table_store_root (self->tables, on))
    ask (self, from, on);
}

static void
transfer (OscTables *self, const OsyTable *from, const OsyTable *to)
{
  JsonObject *body = g_steal_pointer (&self->aim_what);

  if (body == NULL)
    return;
  json_object_set_string_member (body, "to_table_id", to->table_id);
  act (self, from, "transfer", body,
       g_strdup_printf (_ ("Moved from table %s to %s"), from->number, to->number));
}

/* Those of a booking sit down at @at. */
static void
seat_booking (OscTables *self, const OsyBooking *booking, const OsyTable *at)
{
  JsonObject *body = body_of_text ("booking_id", booking->id);

  json_object_set_int_member (body, "guest_count", booking->guest_count);
  act (self, at, "seat", body, g_strdup_printf (_ ("Guests are seated at table %s"), at->number));
  osc_tables_pick (self, at->table_id);
}

static void
seat_waiting (OscTables *self, const char *id, const OsyTable *at)
{
  g_autofree char *path = g_strdup_printf ("waiting/%s/seat", id);
  g_autofree char *done = g_strdup_printf (_ ("Guests are seated at table %s"), at->number);

  osc_table_store_act (
      self->tables,
      &(OscTableCall){.path = path, .body = body_of_text ("table_id", at->table_id), .done = done});
  osc_tables_pick (self, at->table_id);
}

void
osc_tables_hit (OscTables *self, const char *on_id)
{
  const OsyTable *from = osc_tables_picked (self);
  const OsyTable *on = osc_table_store_find (self->tables, on_id);
  g_autofree char *what = g_strdup (self->aim_for);
  OscTablesAim aim = self->aim;

  if (on == NULL || on == from)
    return;
  if ((aim == OSC_TABLES_SEAT_BOOKING || aim == OSC_TABLES_SEAT_WAITING) && on->seating != NULL) {
    osc_toasts_say (GTK_WIDGET (self), _ ("Somebody sits there. Choose a free table"));
    return;
  }
  if (aim == OSC_TABLES_TRANSFER && from != NULL)
    transfer (self, from, on);
  osc_tables_aim (self, OSC_TABLES_PICK, NULL);
  if (aim == OSC_TABLES_MOVE && from != NULL)
    osc_tables_dropped (self, from->table_id, on->table_id);
  else if (aim == OSC_TABLES_MERGE && from != NULL)
    merge (self, from, on);
  else if (aim == OSC_TABLES_SEAT_BOOKING &&
           osc_table_store_find_booking (self->tables, what) != NULL)
    seat_booking (self, osc_table_store_find_booking (self->tables, what), on);
  else if (aim == OSC_TABLES_SEAT_WAITING)
    seat_waiting (self, what, on);
}

/* ---- bill, leaving ---- */

/* The check of whoever sits at the chosen table. (nullable) */
static const char *
check_of (OscTables *self)
{
  const OsyTable *table = osc_tables_picked (self);

  return table != NULL && table->seating != NULL ? table->seating->check_id : NULL;
}

static void
open_bill (OscTables *self)
{
  if (check_of (self) != NULL)
    show_view (self, "bill", check_of (self));
}

void
osc_tables_pay (OscTables *self)
{
  g_autofree char *what =
      check_of (self) != NULL ? g_strconcat (check_of (self), "/tables", NULL) : NULL;

  if (what != NULL && self->live)
    show_view (self, "payment", what);
}

static void
request_bill (OscTables *self, gboolean on)
{
  const OsyTable *table = osc_tables_picked (self);
  JsonObject *body;

  if (table == NULL || table->seating == NULL)
    return;
  body = json_object_new ();
  json_object_set_boolean_member (body, "on", on);
  act (self, table, "request-bill", body,
       g_strdup_printf (on ? _ ("Table %s asks for the bill") : _ ("Table %s goes on dining"),
                        table->number));
}

static void
print_bill (OscTables *self)
{
  const OsyTable *table = osc_tables_picked (self);
  g_autofree char *path = g_strdup_printf ("checks/%s/print", check_of (self));
  g_autofree char *done = NULL;

  if (table == NULL || check_of (self) == NULL)
    return;
  done = g_strdup_printf (_ ("The bill of table %s is printed"), table->number);
  osc_table_store_act (self->tables,
                       &(OscTableCall){.path = path, .body = json_object_new (), .done = done});
}

static void
clear (OscTables *self, const OsyTable *table, gboolean leave_unpaid)
{
  JsonObject *body = json_object_new ();

  if (leave_unpaid)
    json_object_set_boolean_member (body, "leave_unpaid", TRUE);
  act (self, table, "clear", body, g_strdup_printf (_ ("Table %s is free"), table->number));
}

static void
on_leave_answer (OscTables *self, const char *response)
{
  const OsyTable *table = osc_tables_picked (self);

  if (g_str_equal (response, "leave") && table != NULL)
    clear (self, table, TRUE);
}

/* Money would be left behind: that is asked for first. */
static void
ask_to_leave (OscTables *self, const OsyTable *table)
{
  g_autofree char *money = osc_words_money (table->seating->owed);
  g_autofree char *heading = g_strdup_printf (_ ("%s is not paid yet"), money);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading,
                              _ ("The bill stays open and is among those of today")));

  adw_message_dialog_add_responses (dialog, "stay", _ ("Keep the table"), "leave",
                                    _ ("Clear it unpaid"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "stay");
  adw_message_dialog_set_close_response (dialog, "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave_answer), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
leave (OscTables *self)
{
  const OsyTable *table = osc_tables_picked (self);

  if (table == NULL || table->seating == NULL)
    return;
  if (table->seating->owed > 0)
    ask_to_leave (self, table);
  else
    clear (self, table, FALSE);
}

void
osc_tables_primary (OscTables *self)
{
  const OsyTable *table = osc_tables_picked (self);

  if (table == NULL || !self->live)
    return;
  switch (table->state) {
  case OSY_TABLE_FREE: seat (self, TRUE); break;
  case OSY_TABLE_SEATED: take_order (self, table, table->seating->guest_count); break;
  case OSY_TABLE_DINING:
  case OSY_TABLE_BILL:
    /* Of what costs nothing there is nothing to pay, and nobody pays: whoever sees them go says so.
     */
    if (osc_table_panel_owes_nothing (table))
      clear (self, table, FALSE);
    else
      osc_tables_pay (self);
    break;
  case OSY_TABLE_CLEAN: clear (self, table, FALSE); break;
  case OSY_N_TABLE_STATES:
  default: break;
  }
}

/* ---- bookings ---- */

void
osc_tables_book (OscTables *self, const char *id)
{
  const OsyTable *table = osc_tables_picked (self);

  osc_booking_sheet_open (GTK_WIDGET (self), self->tables, id,
                          id == NULL && table != NULL ? table->table_id : NULL);
}

static const OsyBooking *
booking_of_table (OscTables *self)
{
  const OsyTable *table = osc_tables_picked (self);

  return table != NULL ? osc_table_store_booking (self->tables, table->table_id, osy_clock_now ())
                       : NULL;
}

/* ---- actions ---- */

typedef struct {
  const char *name;
  OscTablesAim aim;
} AimAction;

static void
aim_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const AimAction aims[] = {
      {"tables.move", OSC_TABLES_MOVE},
      {"tables.merge", OSC_TABLES_MERGE},
  };
  OscTables *self = OSC_TABLES (widget);
  const OsyTable *table = osc_tables_picked (self);

  for (gsize i = 0; i < G_N_ELEMENTS (aims); i++)
    if (g_str_equal (aims[i].name, name) && table != NULL && table->seating != NULL)
      osc_tables_aim (self, aims[i].aim, NULL);
}

static void
on_transfer_chosen (JsonObject *what, gpointer data)
{
  OscTables *self = data;

  g_clear_pointer (&self->aim_what, json_object_unref);
  self->aim_what = what;
  osc_tables_aim (self, OSC_TABLES_TRANSFER, NULL);
}

/* What was ordered at the wrong table, or goes along with friends. */
static void
transfer_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscTables *self = OSC_TABLES (widget);
  JsonObject *check = osc_table_store_check (self->tables);

  if (check != NULL)
    osc_transfer_sheet_open (widget, check, on_transfer_chosen, self);
}

static void
act_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscTables *self = OSC_TABLES (widget);
  const OsyTable *table = osc_tables_picked (self);

  if (g_str_equal (name, "tables.primary"))
    osc_tables_primary (self);
  else if (g_str_equal (name, "tables.seat"))
    seat (self, FALSE);
  else if (g_str_equal (name, "tables.order") && table != NULL && table->seating != NULL)
    take_order (self, table, table->seating->guest_count);
  else if (g_str_equal (name, "tables.unmerge") && table != NULL)
    act (self, table, "unmerge", NULL,
         g_strdup_printf (_ ("Table %s stands alone again"), table->number));
  else if (g_str_equal (name, "tables.print"))
    print_bill (self);
  else if (g_str_equal (name, "tables.split"))
    open_bill (self);
  else if (g_str_equal (name, "tables.clear"))
    leave (self);
}

static void
bill_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  request_bill (OSC_TABLES (widget), g_str_equal (name, "tables.request-bill"));
}

static void
book_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscTables *self = OSC_TABLES (widget);
  const OsyBooking *booking = booking_of_table (self);
  const OsyTable *table = osc_tables_picked (self);

  if (g_str_equal (name, "tables.book"))
    osc_tables_book (self, parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL);
  else if (booking != NULL && g_str_equal (name, "tables.open-booking"))
    osc_tables_book (self, booking->id);
  else if (booking != NULL && table != NULL)
    seat_booking (self, booking, table);
}

/* They came: to the table they booked, if it is free. */
static void
come (OscTables *self, const OsyBooking *booking)
{
  const OsyTable *table = osc_table_store_find (self->tables, booking->table_ids[0]);

  if (table != NULL && table->seating == NULL)
    seat_booking (self, booking, table);
  else
    osc_tables_aim (self, OSC_TABLES_SEAT_BOOKING, booking->id);
}

static void
miss (OscTables *self, const OsyBooking *booking)
{
  g_autofree char *path = g_strconcat ("bookings/", booking->id, NULL);

  osc_table_store_act (self->tables,
                       &(OscTableCall){.method = "PATCH",
                                       .path = path,
                                       .body = body_of_text ("status", OSY_BOOKING_NO_SHOW),
                                       .if_version = booking->version,
                                       .done = _ ("Marked: they did not come")});
}

static void
booking_action (GtkWidget *widget, const char *name, GVariant *id)
{
  OscTables *self = OSC_TABLES (widget);
  const OsyBooking *booking =
      osc_table_store_find_booking (self->tables, g_variant_get_string (id, NULL));

  if (booking == NULL)
    return;
  if (g_str_equal (name, "tables.edit-booking"))
    osc_tables_book (self, booking->id);
  else if (g_str_equal (name, "tables.aim-booking"))
    osc_tables_aim (self, OSC_TABLES_SEAT_BOOKING, booking->id);
  else if (g_str_equal (name, "tables.come-booking"))
    come (self, booking);
  else
    miss (self, booking);
}

static void
waiting_action (GtkWidget *widget, const char *name, GVariant *id)
{
  OscTables *self = OSC_TABLES (widget);
  const char *text = g_variant_get_string (id, NULL);
  gboolean call = g_str_equal (name, "tables.call-waiting");
  g_autofree char *path = g_strdup_printf ("waiting/%s/%s", text, call ? "call" : "cancel");

  if (g_str_equal (name, "tables.aim-waiting"))
    osc_tables_aim (self, OSC_TABLES_SEAT_WAITING, text);
  else
    osc_table_store_act (self->tables,
                         &(OscTableCall){.path = path,
                                         .done = call ? _ ("The guests were called")
                                                      : _ ("The guests no longer wait")});
}

static void
wait_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  osc_waiting_list_ask (widget, OSC_TABLES (widget)->tables);
}

static void
template_action (GtkWidget *widget, const char *name, GVariant *tables)
{
  OscTables *self = OSC_TABLES (widget);
  OscFloorStore *floors = osc_table_store_floors (self->tables);
  int n = g_variant_get_int32 (tables);
  JsonArray *batch;

  if (n > 0) {
    batch = osc_floor_template_fill (osc_floor_store_get (floors), n);
  } else {
    g_autoptr (OsyFloor) floor = osc_floor_template_floor (osc_floor_store_get (floors));

    batch = json_array_new ();
    osc_floor_batch_put_floor (batch, floor);
  }
  osc_floor_store_apply (floors, batch, _ ("A new floor"));
  gtk_widget_activate_action (widget, "tables.edit", NULL);
}

void
osc_tables_install_acts (GtkWidgetClass *widget_class)
{
  static const struct {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc activate;
  } rows[] = {
      {"tables.primary", NULL, act_action},         {"tables.seat", NULL, act_action},
      {"tables.order", NULL, act_action},           {"tables.unmerge", NULL, act_action},
      {"tables.print", NULL, act_action},           {"tables.split", NULL, act_action},
      {"tables.clear", NULL, act_action},           {"tables.move", NULL, aim_action},
      {"tables.merge", NULL, aim_action},           {"tables.transfer", NULL, transfer_action},
      {"tables.request-bill", NULL, bill_action},   {"tables.drop-bill", NULL, bill_action},
      {"tables.book", NULL, book_action},           {"tables.open-booking", NULL, book_action},
      {"tables.seat-booking", NULL, book_action},   {"tables.edit-booking", "s", booking_action},
      {"tables.aim-booking", "s", booking_action},  {"tables.aim-waiting", "s", waiting_action},
      {"tables.come-booking", "s", booking_action}, {"tables.miss-booking", "s", booking_action},
      {"tables.call-waiting", "s", waiting_action}, {"tables.cancel-waiting", "s", waiting_action},
      {"tables.add-waiting", NULL, wait_action},    {"tables.template", "i", template_action},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_class_install_action (widget_class, rows[i].name, rows[i].parameter,
                                     rows[i].activate);
}
