/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An act at tables as data: seatings before and after, rounds that change their check. */

#include "osy-table-change.h"

#include "osy-json.h"

#define MAX_ROWS 2000

/* ---- memory ---- */

OsySeatingRow *
osy_seating_row_new (void)
{
  return g_new0 (OsySeatingRow, 1);
}

OsySeatingRow *
osy_seating_row_copy (const OsySeatingRow *self)
{
  OsySeatingRow *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->table_id = g_strdup (self->table_id);
  copy->check_id = g_strdup (self->check_id);
  copy->merged_into = g_strdup (self->merged_into);
  copy->moved_from = g_strdup (self->moved_from);
  return copy;
}

void
osy_seating_row_free (OsySeatingRow *self)
{
  g_free (self->id);
  g_free (self->table_id);
  g_free (self->check_id);
  g_free (self->merged_into);
  g_free (self->moved_from);
  g_free (self);
}

static void
pair_free (OsySeatingPair *self)
{
  g_clear_pointer (&self->before, osy_seating_row_free);
  g_clear_pointer (&self->after, osy_seating_row_free);
  g_free (self);
}

static void
move_free (OsyRoundMove *self)
{
  g_free (self->order_id);
  g_free (self->line_id);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

OsyTableChange *
osy_table_change_new (const char *kind)
{
  OsyTableChange *self = g_new0 (OsyTableChange, 1);

  self->kind = g_strdup (kind);
  self->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify)pair_free);
  self->orders = g_ptr_array_new_with_free_func ((GDestroyNotify)move_free);
  return self;
}

void
osy_table_change_free (OsyTableChange *self)
{
  g_free (self->kind);
  g_ptr_array_unref (self->pairs);
  g_ptr_array_unref (self->orders);
  g_free (self->party_type);
  g_free (self->party_id);
  g_free (self->party_from);
  g_free (self->party_to);
  g_free (self);
}

/* ---- filling in ---- */

static OsySeatingRow *
row_copy (const OsySeatingRow *row)
{
  return row != NULL ? osy_seating_row_copy (row) : NULL;
}

static const char *
pair_id (const OsySeatingPair *pair)
{
  return pair->before != NULL ? pair->before->id : pair->after->id;
}

OsySeatingPair *
osy_table_change_find (const OsyTableChange *self, const char *seating_id)
{
  for (guint i = 0; i < self->pairs->len; i++) {
    OsySeatingPair *pair = g_ptr_array_index (self->pairs, i);
    if (g_strcmp0 (pair_id (pair), seating_id) == 0)
      return pair;
  }
  return NULL;
}

OsySeatingRow *
osy_table_change_add (OsyTableChange *self, const OsySeatingRow *before)
{
  OsySeatingPair *pair = before != NULL ? osy_table_change_find (self, before->id) : NULL;

  if (pair != NULL)
    return pair->after;
  pair = g_new0 (OsySeatingPair, 1);
  pair->before = row_copy (before);
  pair->after = before != NULL ? osy_seating_row_copy (before) : osy_seating_row_new ();
  g_ptr_array_add (self->pairs, pair);
  return pair->after;
}

void
osy_table_change_add_round (OsyTableChange *self, const OsyRoundMove *move)
{
  OsyRoundMove *copy = g_memdup2 (move, sizeof *move);

  copy->order_id = g_strdup (move->order_id);
  copy->line_id = g_strdup (move->line_id);
  copy->from = g_strdup (move->from);
  copy->to = g_strdup (move->to);
  g_ptr_array_add (self->orders, copy);
}

OsyTableChange *
osy_table_change_reverse (const OsyTableChange *self)
{
  OsyTableChange *back = osy_table_change_new (self->kind);

  for (guint i = 0; i < self->pairs->len; i++) {
    const OsySeatingPair *pair = g_ptr_array_index (self->pairs, i);
    OsySeatingPair *other = g_new0 (OsySeatingPair, 1);
    other->before = row_copy (pair->after);
    other->after = row_copy (pair->before);
    g_ptr_array_add (back->pairs, other);
  }
  for (guint i = self->orders->len; i > 0; i--) {
    const OsyRoundMove *move = g_ptr_array_index (self->orders, i - 1);
    const OsyRoundMove other = {move->order_id, move->line_id, move->to,
                                move->from,     move->own,     move->was_own};
    osy_table_change_add_round (back, &other);
  }
  back->party_type = g_strdup (self->party_type);
  back->party_id = g_strdup (self->party_id);
  back->party_from = g_strdup (self->party_to);
  back->party_to = g_strdup (self->party_from);
  return back;
}

/* ---- as JSON ---- */

static void
set_opt (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
set_row (JsonObject *object, const char *name, const OsySeatingRow *row)
{
  if (row == NULL)
    return;
  JsonObject *value = json_object_new ();
  json_object_set_string_member (value, "id", row->id);
  json_object_set_string_member (value, "table_id", row->table_id);
  json_object_set_int_member (value, "guest_count", row->guest_count);
  json_object_set_int_member (value, "seated_at", row->seated_at);
  json_object_set_int_member (value, "last_act_at", row->last_act_at);
  json_object_set_int_member (value, "bill_requested_at", row->bill_requested_at);
  json_object_set_int_member (value, "ended_at", row->ended_at);
  set_opt (value, "check_id", row->check_id);
  set_opt (value, "merged_into", row->merged_into);
  set_opt (value, "moved_from", row->moved_from);
  json_object_set_object_member (object, name, value);
}

JsonNode *
osy_table_change_to_json (const OsyTableChange *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *pairs = json_array_new ();
  JsonArray *orders = json_array_new ();

  for (guint i = 0; i < self->pairs->len; i++) {
    const OsySeatingPair *pair = g_ptr_array_index (self->pairs, i);
    JsonObject *one = json_object_new ();
    set_row (one, "before", pair->before);
    set_row (one, "after", pair->after);
    json_array_add_object_element (pairs, one);
  }
  for (guint i = 0; i < self->orders->len; i++) {
    const OsyRoundMove *move = g_ptr_array_index (self->orders, i);
    JsonObject *one = json_object_new ();
    json_object_set_string_member (one, "order_id", move->order_id);
    json_object_set_string_member (one, "from", move->from);
    json_object_set_string_member (one, "to", move->to);
    set_opt (one, "line_id", move->line_id);
    if (move->line_id != NULL) {
      json_object_set_boolean_member (one, "was_own", move->was_own);
      json_object_set_boolean_member (one, "own", move->own);
    }
    json_array_add_object_element (orders, one);
  }
  json_object_set_array_member (object, "seatings", pairs);
  json_object_set_array_member (object, "orders", orders);
  set_opt (object, "party_type", self->party_type);
  set_opt (object, "party_id", self->party_id);
  set_opt (object, "party_from", self->party_from);
  set_opt (object, "party_to", self->party_to);
  return osy_json_take_object (object);
}

static char *
read_id (OsyJsonReader *reader, const char *name)
{
  return g_strdup (osy_json_reader_opt_id (reader, name));
}

static gint64
read_time (OsyJsonReader *reader, const char *name)
{
  return osy_json_reader_int (reader, name, 0, G_MAXINT64);
}

static OsySeatingRow *
read_row (OsyJsonReader *pair, const char *name)
{
  OsyJsonReader *reader = osy_json_reader_opt_object (pair, name);

  if (reader == NULL)
    return NULL;
  OsySeatingRow *row = osy_seating_row_new ();
  row->id = g_strdup (osy_json_reader_id (reader, "id"));
  row->table_id = g_strdup (osy_json_reader_id (reader, "table_id"));
  row->guest_count = (int)osy_json_reader_int (reader, "guest_count", 0, G_MAXINT32);
  row->seated_at = read_time (reader, "seated_at");
  row->last_act_at = read_time (reader, "last_act_at");
  row->bill_requested_at = read_time (reader, "bill_requested_at");
  row->ended_at = read_time (reader, "ended_at");
  row->check_id = read_id (reader, "check_id");
  row->merged_into = read_id (reader, "merged_into");
  row->moved_from = g_strdup (osy_json_reader_opt_string (reader, "moved_from", 1, 64));
  return row;
}

static char *
read_word (OsyJsonReader *reader, const char *name)
{
  return g_strdup (osy_json_reader_opt_string (reader, name, 1, 40));
}

OsyTableChange *
osy_table_change_from_json (JsonNode *node, const char *kind, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyTableChange) self = osy_table_change_new (kind);
  guint n = osy_json_reader_array (reader, "seatings", 0, MAX_ROWS);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "seatings", i);
    OsySeatingPair *pair = g_new0 (OsySeatingPair, 1);
    pair->before = read_row (one, "before");
    pair->after = read_row (one, "after");
    g_ptr_array_add (self->pairs, pair);
  }
  n = osy_json_reader_array (reader, "orders", 0, MAX_ROWS);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "orders", i);
    const OsyRoundMove move = {(char *)osy_json_reader_id (one, "order_id"),
                               (char *)osy_json_reader_opt_id (one, "line_id"),
                               (char *)osy_json_reader_id (one, "from"),
                               (char *)osy_json_reader_id (one, "to"),
                               osy_json_reader_opt_bool (one, "was_own", FALSE),
                               osy_json_reader_opt_bool (one, "own", FALSE)};
    osy_table_change_add_round (self, &move);
  }
  self->party_type = read_word (reader, "party_type");
  self->party_id = read_id (reader, "party_id");
  self->party_from = read_word (reader, "party_from");
  self->party_to = read_word (reader, "party_to");
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
