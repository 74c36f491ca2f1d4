/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tickets as they are shown: what the kitchen keeps, with the words of the order. */

#include "osy-kitchen-read.h"

#include "osy-error.h"
#include "osy-order-store.h"

#define MAX_TICKETS 500

/* ---- one ticket ---- */

static char *
dup_text (const OsyDbRows *rows, guint i, const char *column)
{
  return g_strdup (osy_db_rows_text (rows, i, column));
}

static char **
split (const char *text)
{
  return g_strsplit (text != NULL ? text : "", "\n", -1);
}

static void
take_order (OsyKitchenTicketData *ticket, const OsyOrderData *order)
{
  ticket->order_number = order->number;
  ticket->order_type = g_strdup (order->type);
  ticket->channel = g_strdup (order->channel);
  ticket->order_status = g_strdup (order->status);
  ticket->guest_count = order->guest_count;
  ticket->practice = order->practice;
  ticket->promised_at = order->promised_at;
  ticket->note = g_strdup (order->note);
}

static OsyKitchenTicketData *
read_ticket (const OsyDbRows *rows, guint i, const OsyOrderData *order)
{
  OsyKitchenTicketData *ticket = osy_kitchen_ticket_data_new ();

  ticket->id = dup_text (rows, i, "id");
  ticket->order_id = dup_text (rows, i, "order_id");
  ticket->table_id = dup_text (rows, i, "table_id");
  ticket->table_number = dup_text (rows, i, "table_number");
  g_strfreev (ticket->moved_from);
  ticket->moved_from = split (osy_db_rows_text (rows, i, "moved"));
  ticket->station_id = dup_text (rows, i, "station_id");
  ticket->stage = dup_text (rows, i, "stage");
  ticket->state = dup_text (rows, i, "status");
  ticket->priority = osy_db_rows_bool (rows, i, "priority");
  ticket->sent_at = osy_db_rows_time (rows, i, "sent_at");
  ticket->shown_at = osy_db_rows_time (rows, i, "shown_at");
  ticket->touched_at = osy_db_rows_time (rows, i, "touched_at");
  ticket->bumped_at = osy_db_rows_time (rows, i, "bumped_at");
  ticket->timer_from = osy_db_rows_time (rows, i, "timer_from");
  ticket->recalled = osy_db_rows_int (rows, i, "recalled");
  ticket->version = osy_db_rows_int (rows, i, "version");
  take_order (ticket, order);
  return ticket;
}

/* ---- lines ---- */

static const char *
translate (JsonObject *translations, const char *id)
{
  return translations != NULL ? json_object_get_string_member_with_default (translations, id, NULL)
                              : NULL;
}

static void
add_options (GPtrArray *ret, JsonArray *options, JsonObject *translations)
{
  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++) {
    JsonObject *object = json_array_get_object_element (options, i);
    const char *id = json_object_get_string_member_with_default (object, "option_id", "");
    const char *foreign = translate (translations, id);
    OsyKitchenOption *option = g_new0 (OsyKitchenOption, 1);
    option->item_id =
        g_strdup (json_object_get_string_member_with_default (object, "item_id", NULL));
    option->name = g_strdup (
        foreign ? foreign : json_object_get_string_member_with_default (object, "name", ""));
    option->quantity = json_object_get_int_member_with_default (object, "quantity", 1);
    g_ptr_array_add (ret, option);
    if (json_object_has_member (object, "options"))
      add_options (ret, json_object_get_array_member (object, "options"), translations);
  }
}

static const OsyOrderLine *
find_line (const OsyOrderData *order, const char *line_id)
{
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    if (g_str_equal (line->line_id, line_id))
      return line;
  }
  return NULL;
}

static OsyKitchenLine *
read_line (const OsyDbRows *rows, guint i, const OsyOrderData *order, gboolean english)
{
  OsyKitchenLine *line = osy_kitchen_line_new ();
  g_autoptr (JsonNode) options = json_from_string (osy_db_rows_text (rows, i, "options"), NULL);
  g_autoptr (JsonNode) names = json_from_string (osy_db_rows_text (rows, i, "translations"), NULL);
  JsonObject *translations = english && names ? json_node_get_object (names) : NULL;
  const char *foreign = translate (translations, osy_db_rows_text (rows, i, "menu_item_id"));

  line->line_id = dup_text (rows, i, "line_id");
  line->menu_item_id = dup_text (rows, i, "menu_item_id");
  line->name = dup_text (rows, i, "name");
  line->kitchen_name = foreign ? g_strdup (foreign) : dup_text (rows, i, "kitchen_name");
  const char *whole = osy_db_rows_text (rows, i, "part_of");
  const OsyOrderLine *sold = find_line (order, whole ? whole : line->line_id);
  line->note = g_strdup (sold ? sold->note : NULL);
  g_strfreev (line->allergens);
  line->allergens = split (osy_db_rows_text (rows, i, "allergen_names"));
  line->course = osy_db_rows_int (rows, i, "course");
  line->seat = osy_db_rows_int (rows, i, "seat");
  line->table_id = dup_text (rows, i, "table_id");
  line->table_number = dup_text (rows, i, "table_number");
  line->quantity_sent = osy_db_rows_int (rows, i, "quantity_sent");
  line->quantity_waiting = osy_db_rows_int (rows, i, "quantity_waiting");
  line->quantity_made = osy_db_rows_int (rows, i, "quantity_made");
  line->quantity_voided = osy_db_rows_int (rows, i, "quantity_voided");
  line->prep_minutes = osy_db_rows_int (rows, i, "prep_minutes");
  add_options (line->options, options ? json_node_get_array (options) : NULL, translations);
  return line;
}

/* ---- all that belongs to some tickets ---- */

typedef struct {
  OsyDbRows *heads;
  OsyDbRows *lines;
  OsyDbRows *courses;
  OsyDbRows *changes;
  GPtrArray *orders;
  GHashTable *by_order; /* id → OsyOrderData */
} Parts;

static void
parts_clear (Parts *self)
{
  g_clear_pointer (&self->heads, osy_db_rows_free);
  g_clear_pointer (&self->lines, osy_db_rows_free);
  g_clear_pointer (&self->courses, osy_db_rows_free);
  g_clear_pointer (&self->changes, osy_db_rows_free);
  g_clear_pointer (&self->by_order, g_hash_table_unref);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static GPtrArray *
column (const OsyDbRows *rows, const char *name)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *values = g_ptr_array_new ();

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    char *value = (char *)osy_db_rows_text (rows, i, name);
    if (g_hash_table_add (seen, value))
      g_ptr_array_add (values, value);
  }
  return values;
}

static gboolean
load_orders (OsyDbTx *tx, OsyKeyring *ring, Parts *parts, GPtrArray *ids, GError **error)
{
  parts->orders = osy_order_store_load (tx, ring, ids, error);
  parts->by_order = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; parts->orders != NULL && i < parts->orders->len; i++) {
    const OsyOrderData *order = osy_order_data (g_ptr_array_index (parts->orders, i));
    g_hash_table_insert (parts->by_order, order->id, (gpointer)order);
  }
  return parts->orders != NULL;
}

static gboolean
load_parts (OsyDbTx *tx, OsyKeyring *ring, Parts *parts, GError **error)
{
  g_autoptr (GPtrArray) tickets = column (parts->heads, "id");
  g_autoptr (GPtrArray) orders = column (parts->heads, "order_id");

  parts->lines = osy_db_query (
      tx,
      "SELECT *, array_to_string(allergens, E'\\n') AS allergen_names FROM kitchen_line "
      "WHERE restaurant_id = app_restaurant() AND order_id = ANY ($1::uuid[]) "
      "ORDER BY order_id, course, position, part_of IS NOT NULL, line_id",
      OSY_PARAMS (OSY_P_TEXTS (orders)), error);
  if (parts->lines == NULL)
    return FALSE;
  parts->courses = osy_db_query (tx,
                                 "SELECT * FROM kitchen_course WHERE restaurant_id = "
                                 "app_restaurant() AND order_id = ANY ($1::uuid[]) "
                                 "ORDER BY order_id, course",
                                 OSY_PARAMS (OSY_P_TEXTS (orders)), error);
  if (parts->courses == NULL)
    return FALSE;
  parts->changes =
      osy_db_query (tx,
                    "SELECT * FROM kitchen_change WHERE restaurant_id = app_restaurant() "
                    "AND ticket_id = ANY ($1::uuid[]) ORDER BY at, id",
                    OSY_PARAMS (OSY_P_TEXTS (tickets)), error);
  return parts->changes != NULL && load_orders (tx, ring, parts, orders, error);
}

static void
add_lines (const Parts *parts,
           OsyKitchenTicketData *ticket,
           const OsyOrderData *order,
           gboolean english)
{
  gboolean all = g_str_equal (ticket->stage, OSY_TICKET_EXPO);

  for (guint i = 0; i < osy_db_rows_count (parts->lines); i++)
    if (all ? g_str_equal (osy_db_rows_text (parts->lines, i, "order_id"), ticket->order_id)
            : g_str_equal (osy_db_rows_text (parts->lines, i, "ticket_id"), ticket->id))
      g_ptr_array_add (ticket->lines, read_line (parts->lines, i, order, english));
}

/* A course without a line on the ticket is none of the station's business. */
static void
add_courses (const Parts *parts, OsyKitchenTicketData *ticket)
{
  for (guint i = 0; i < osy_db_rows_count (parts->courses); i++) {
    gint64 number = osy_db_rows_int (parts->courses, i, "course");
    gint64 fired_at = osy_db_rows_time (parts->courses, i, "fired_at");
    gint64 waiting = 0;
    gboolean here = FALSE;

    if (!g_str_equal (osy_db_rows_text (parts->courses, i, "order_id"), ticket->order_id))
      continue;
    for (guint k = 0; k < ticket->lines->len; k++) {
      const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, k);
      here = here || line->course == number;
      waiting += line->course == number ? line->quantity_waiting : 0;
    }
    if (!here)
      continue;
    OsyKitchenCourse *course = g_new0 (OsyKitchenCourse, 1);
    course->course = number;
    course->fired_at = fired_at;
    course->state = g_strdup (waiting == 0    ? OSY_COURSE_DONE
                              : fired_at == 0 ? OSY_COURSE_HELD
                                              : OSY_COURSE_FIRED);
    g_ptr_array_add (ticket->courses, course);
  }
}

static GPtrArray *
changes_of (const OsyKitchenTicketData *ticket, const char *line_id)
{
  for (guint i = 0; line_id != NULL && i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, i);
    if (g_str_equal (line->line_id, line_id))
      return line->changes;
  }
  return ticket->changes;
}

static void
add_changes (const Parts *parts, OsyKitchenTicketData *ticket)
{
  const OsyDbRows *rows = parts->changes;

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    if (!g_str_equal (osy_db_rows_text (rows, i, "ticket_id"), ticket->id))
      continue;
    OsyKitchenChange *change = g_new0 (OsyKitchenChange, 1);
    change->id = dup_text (rows, i, "id");
    change->kind = dup_text (rows, i, "kind");
    change->quantity = osy_db_rows_int (rows, i, "quantity");
    change->text = dup_text (rows, i, "text");
    change->at = osy_db_rows_time (rows, i, "at");
    change->seen_at = osy_db_rows_time (rows, i, "seen_at");
    g_ptr_array_add (changes_of (ticket, osy_db_rows_text (rows, i, "line_id")), change);
  }
}

static GPtrArray *
build (OsyDbTx *tx, OsyKeyring *ring, OsyDbRows *heads, GError **error)
{
  g_auto (Parts) parts = {.heads = heads};
  g_autoptr (GPtrArray) tickets = g_ptr_array_new_with_free_func (g_object_unref);

  if (heads == NULL)
    return NULL;
  if (osy_db_rows_count (heads) > 0 && !load_parts (tx, ring, &parts, error))
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (heads); i++) {
    const OsyOrderData *order =
        g_hash_table_lookup (parts.by_order, osy_db_rows_text (heads, i, "order_id"));
    if (order == NULL) /* the foreign key makes this impossible */
      continue;
    OsyKitchenTicketData *ticket = read_ticket (heads, i, order);
    gboolean english = g_strcmp0 (osy_db_rows_text (heads, i, "language"), "en") == 0;
    add_lines (&parts, ticket, order, english);
    add_courses (&parts, ticket);
    add_changes (&parts, ticket);
    g_ptr_array_add (tickets, osy_kitchen_ticket_new (ticket));
  }
  return g_steal_pointer (&tickets);
}

/* ---- which ---- */

#define HEADS                                                                                \
  "SELECT t.*, k.table_id, k.table_number, array_to_string(k.moved_from, E'\\n') AS moved, " \
  "  s.language FROM kitchen_ticket t "                                                      \
  "JOIN kitchen_order k USING (restaurant_id, order_id) "                                    \
  "JOIN kitchen_station s ON s.restaurant_id = t.restaurant_id AND s.id = t.station_id "     \
  "WHERE t.restaurant_id = app_restaurant() AND "

GPtrArray *
osy_kitchen_read_some (OsyDbTx *tx, OsyKeyring *ring, GPtrArray *ids, GError **error)
{
  return build (
      tx, ring,
      osy_db_query (tx, HEADS "t.id = ANY ($1::uuid[])", OSY_PARAMS (OSY_P_TEXTS (ids)), error),
      error);
}

OsyKitchenTicket *
osy_kitchen_read_one (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_ptr_array_add (ids, (char *)id);
  g_autoptr (GPtrArray) tickets = osy_kitchen_read_some (tx, ring, ids, error);

  if (tickets == NULL)
    return NULL;
  if (tickets->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such ticket.");
    return NULL;
  }
  return g_object_ref (g_ptr_array_index (tickets, 0));
}

GPtrArray *
osy_kitchen_read_of_order (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error)
{
  return build (tx, ring,
                osy_db_query (tx, HEADS "t.order_id = $1::uuid ORDER BY t.sent_at, t.id",
                              OSY_PARAMS (OSY_P_TEXT (order_id)), error),
                error);
}

GPtrArray *
osy_kitchen_read_open (OsyDbTx *tx, OsyKeyring *ring, const char *day, GError **error)
{
  return build (tx, ring,
                osy_db_query (tx,
                              HEADS "(t.status = 'OPEN' OR k.business_day = $1::date) "
                                    "ORDER BY t.status <> 'OPEN', CASE WHEN t.status <> 'OPEN' "
                                    "  THEN t.bumped_at END DESC, t.priority DESC, t.sent_at, "
                                    "  k.number, t.id LIMIT $2",
                              OSY_PARAMS (OSY_P_TEXT (day), OSY_P_INT (MAX_TICKETS)), error),
                error);
}

GPtrArray *
osy_kitchen_read_past (OsyDbTx *tx, OsyKeyring *ring, const OsyKitchenPast *past, GError **error)
{
  return build (
      tx, ring,
      osy_db_query (
          tx,
          HEADS "t.status <> 'OPEN' AND k.business_day = $1::date "
                "AND ($3::timestamptz IS NULL OR (t.bumped_at, t.id) < ($3, $4::uuid)) "
                "AND ($2::text IS NULL OR k.number::text = $2 OR k.table_number = $2 OR EXISTS "
                "  (SELECT FROM kitchen_line l WHERE l.restaurant_id = t.restaurant_id "
                "    AND l.order_id = t.order_id AND (t.stage = 'EXPO' OR l.ticket_id = t.id) "
                "    AND (strpos(lower(l.name), lower($2)) > 0 "
                "      OR strpos(lower(l.kitchen_name), lower($2)) > 0))) "
                "ORDER BY t.bumped_at DESC, t.id DESC LIMIT $5",
          OSY_PARAMS (OSY_P_TEXT (past->day), OSY_P_TEXT (past->words), OSY_P_TIME (past->before),
                      OSY_P_TEXT (past->before_id), OSY_P_INT (past->limit)),
          error),
      error);
}
