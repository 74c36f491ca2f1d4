/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Checks follow the seatings: this compares where each was with where it is to be. */

#include "osy-table-places.h"

#include "osy-bill-service.h"
#include "osy-check-service.h"
#include "osy-order-amend.h"
#include "osy-order-share.h"
#include "osy-table-store.h"
#include "osy-table-view.h"

/* Where a check is. Texts are those of the seatings. */
typedef struct {
  const char *check_id;
  const char *table_id; /* (nullable): it is of none */
  const char *into;     /* (nullable): the check it is merged into */
  const char *shown;    /* (nullable): the table that leads its group, which food is for */
} Place;

static Place
place_of (GPtrArray *rows, const char *check_id)
{
  Place place = {check_id};

  for (guint i = 0; i < rows->len; i++) {
    OsySeatingRow *row = rows->pdata[i];
    if (g_strcmp0 (row->check_id, check_id) != 0)
      continue;
    const OsySeatingRow *parent = osy_table_view_by_id (rows, row->merged_into);
    place.table_id = row->table_id;
    place.into = parent != NULL ? parent->check_id : NULL;
    place.shown = osy_table_view_root (rows, row)->table_id;
  }
  return place;
}

typedef struct {
  Place was;
  Place is;
} Step;

static void
add_steps (GArray *steps, GPtrArray *rows, const OsyTableWork *self, GPtrArray *after)
{
  for (guint i = 0; i < rows->len; i++) {
    const char *check_id = ((OsySeatingRow *)rows->pdata[i])->check_id;
    gboolean known = check_id == NULL;
    for (guint k = 0; k < steps->len && !known; k++)
      known = g_strcmp0 (g_array_index (steps, Step, k).is.check_id, check_id) == 0;
    if (known)
      continue;
    Step step = {place_of (self->rows, check_id), place_of (after, check_id)};
    /* Who has gone stays merged: the group's check is one for good. */
    if (step.was.table_id == NULL)
      step.was.into = step.is.into;
    else if (step.is.table_id == NULL)
      step.is.into = step.was.into;
    g_array_append_val (steps, step);
  }
}

static gboolean
set_table (OsyTableWork *self, const char *check_id, const char *table_id, GError **error)
{
  return osy_check_service_set_table (self->tx, self->room->ring, self->call, check_id, table_id,
                                      error);
}

static gboolean
is_wanted (GArray *steps, const char *table_id)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_strcmp0 (g_array_index (steps, Step, i).is.table_id, table_id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
part (OsyTableWork *self, GArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    if (step->was.into != NULL && g_strcmp0 (step->was.into, step->is.into) != 0 &&
        !osy_check_service_unmerge (self->tx, self->room->ring, self->call, step->is.check_id,
                                    error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
leave_tables (OsyTableWork *self, GArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    if (step->was.table_id != NULL && g_strcmp0 (step->was.table_id, step->is.table_id) != 0 &&
        (step->is.table_id == NULL || is_wanted (steps, step->was.table_id)) &&
        !set_table (self, step->is.check_id, NULL, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
take_tables (OsyTableWork *self, GArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    if (step->is.table_id != NULL && g_strcmp0 (step->was.table_id, step->is.table_id) != 0 &&
        !set_table (self, step->is.check_id, step->is.table_id, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
unite (OsyTableWork *self, GArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    if (step->is.into != NULL && g_strcmp0 (step->was.into, step->is.into) != 0 &&
        !osy_check_service_merge (self->tx, self->room->ring, self->call, step->is.check_id,
                                  step->is.into, error))
      return FALSE;
  }
  return TRUE;
}

/* Who comes back to a table may order again. */
static gboolean
reopen (OsyTableWork *self, GArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    if (step->was.table_id == NULL && step->is.table_id != NULL && step->is.into == NULL &&
        !osy_check_service_reopen_free (self->tx, step->is.check_id, error))
      return FALSE;
  }
  return TRUE;
}

/* Of who has gone and owed nothing, nobody pays. */
static gboolean
settle (OsyTableWork *self, GArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    if (step->is.table_id == NULL && step->is.into == NULL &&
        !osy_order_share_settle (self->tx, self->room->ring, self->call, step->is.check_id, error))
      return FALSE;
  }
  return TRUE;
}

/* Groups come apart first, tables are left before others take them, then groups form. */
static gboolean
change_checks (OsyTableWork *self, GArray *steps, GError **error)
{
  return reopen (self, steps, error) && part (self, steps, error) &&
         leave_tables (self, steps, error) && take_tables (self, steps, error) &&
         unite (self, steps, error) && settle (self, steps, error);
}

/* ---- orders ---- */

static const char *
number_of (const OsyTableWork *self, const char *table_id)
{
  return table_id != NULL ? g_hash_table_lookup (self->numbers, table_id) : NULL;
}

static gboolean
tell_kitchen (OsyTableWork *self, const OsyKitchenMove *told, GError **error)
{
  return self->room->kitchen == NULL || told->from_number == NULL ||
         osy_kitchen_service_moved (self->tx, self->room->kitchen, self->call, told, error);
}

/* @check_id: (nullable): stays on its check */
static gboolean
move_order (OsyTableWork *self,
            const char *order_id,
            const char *check_id,
            const char *from,
            const char *to,
            GError **error)
{
  const OsyOrderMove move = {order_id, check_id, to};
  const OsyKitchenMove told = {.order_id = order_id,
                               .from_number = number_of (self, from),
                               .to_number = number_of (self, to),
                               .to_table_id = to};

  return osy_order_amend_move (self->tx, self->room->ring, self->call, &move, error) &&
         (g_strcmp0 (from, to) == 0 || tell_kitchen (self, &told, error));
}

static gboolean
move_orders (OsyTableWork *self, const Step *step, GError **error)
{
  if (step->is.shown == NULL || step->was.shown == NULL ||
      g_strcmp0 (step->was.shown, step->is.shown) == 0)
    return TRUE;
  g_autoptr (GPtrArray) orders = osy_table_store_orders (self->tx, step->is.check_id, error);
  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    if (!move_order (self, orders->pdata[i], NULL, step->was.shown, step->is.shown, error))
      return FALSE;
  g_autoptr (OsyDbRows) lines = osy_table_store_lines (self->tx, step->is.check_id, error);
  for (guint i = 0; lines != NULL && i < osy_db_rows_count (lines); i++) {
    const OsyKitchenMove told = {
        osy_db_rows_text (lines, i, "order_id"), osy_db_rows_text (lines, i, "line_id"),
        number_of (self, step->was.shown), number_of (self, step->is.shown), step->is.shown};
    if (!tell_kitchen (self, &told, error))
      return FALSE;
  }
  return lines != NULL;
}

/* ---- rounds and lines ---- */

static gboolean
is_where_it_was (OsyTableWork *self, const OsyRoundMove *move, GError **error)
{
  g_autoptr (OsyDbRows) places = osy_table_store_places (self->tx, move->order_id, error);

  if (places == NULL)
    return FALSE;
  if (osy_db_rows_count (places) > 0 &&
      g_str_equal (osy_db_rows_text (places, 0, "check_id"), move->from))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                       "That round has gone to another table since.");
  return FALSE;
}

static gboolean
move_line (OsyTableWork *self,
           const OsyRoundMove *move,
           gint64 adjusted,
           const OsyKitchenMove *told,
           GError **error)
{
  const OsyOrderLineMove line = {move->order_id, move->line_id, move->from,
                                 move->to,       move->own,     adjusted};

  return osy_order_amend_move_line (self->tx, self->room->ring, self->call, &line, error) &&
         tell_kitchen (self, told, error);
}

static gboolean
move_round (OsyTableWork *self, GPtrArray *after, const OsyRoundMove *move, GError **error)
{
  const Place from = place_of (self->rows, move->from);
  const Place to = place_of (after, move->to);
  const OsyBillLeave leave = {move->from, move->order_id, move->line_id};
  const OsyKitchenMove told = {move->order_id, move->line_id, number_of (self, from.shown),
                               number_of (self, to.shown), move->own ? NULL : to.shown};
  gint64 adjusted = 0;

  if (to.shown == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         "The guests of that round have gone.");
    return FALSE;
  }
  if (!osy_bill_service_may_leave (self->tx, self->room->ring, &leave, &adjusted, error))
    return FALSE;
  return move->line_id != NULL
             ? move_line (self, move, adjusted, &told, error)
             : is_where_it_was (self, move, error) &&
                   move_order (self, move->order_id, move->to, from.shown, to.shown, error);
}

static gboolean
move_rounds (OsyTableWork *self, GPtrArray *after, const OsyTableChange *change, GError **error)
{
  for (guint i = 0; i < change->orders->len; i++)
    if (!move_round (self, after, change->orders->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* A check that was opened for rounds which have gone again, or which all have gone elsewhere. */
static gboolean
drop_empty (OsyTableWork *self, GArray *steps, GError **error)
{
  for (guint i = 0; i < steps->len; i++) {
    const Step *step = &g_array_index (steps, Step, i);
    if (step->is.table_id == NULL &&
        !osy_check_service_drop (self->tx, self->room->ring, self->call, step->is.check_id, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
osy_table_places_change (OsyTableWork *self,
                         GPtrArray *after,
                         const OsyTableChange *change,
                         GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Step));

  add_steps (steps, self->rows, self, after);
  add_steps (steps, after, self, after);
  /* Orders are held before checks, as everywhere. */
  for (guint i = 0; i < steps->len; i++)
    if (!move_orders (self, &g_array_index (steps, Step, i), error))
      return FALSE;
  return move_rounds (self, after, change, error) && change_checks (self, steps, error) &&
         drop_empty (self, steps, error);
}
