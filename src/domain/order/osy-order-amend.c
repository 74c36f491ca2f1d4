/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What becomes of an order beside its state: lines taken off, another check, another table, another
 * time; and the beginning of one that was accepted for later. */

#include "osy-order-amend.h"

#include "osy-audit-service.h"
#include "osy-check-service.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-event-service.h"
#include "osy-json.h"
#include "osy-order-draft.h"
#include "osy-order-room.h"
#include "osy-order-service.h"
#include "osy-order-share.h"
#include "osy-order-store.h"

#define PAGE 100 /* of orders whose time has come */

static gboolean
store (OsyDbTx *tx, const OsyOrderData *after, GError **error)
{
  return osy_db_exec (
      tx,
      "UPDATE orders SET version = version + 1, adjusted_amount = $2, check_id = $3::uuid, "
      "table_id = $4::uuid, placed_check_id = $5::uuid, placed_table_id = $6::uuid "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (after->id), OSY_P_INT (after->adjusted_amount),
                  OSY_P_TEXT (after->check_id), OSY_P_TEXT (after->table_id),
                  OSY_P_TEXT (after->placed_check_id), OSY_P_TEXT (after->placed_table_id)),
      NULL, error);
}

static JsonNode *
audit_value (const OsyOrderData *order)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "version", order->version);
  json_object_set_int_member (object, "adjusted_amount", order->adjusted_amount);
  json_object_set_string_member (object, "check_id", order->check_id);
  if (order->table_id != NULL)
    json_object_set_string_member (object, "table_id", order->table_id);
  return osy_json_take_object (object);
}

/* The same of when it is wanted and begins. */
static gboolean
store_time (OsyDbTx *tx, const OsyOrderData *after, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE orders SET version = version + 1, requested_at = $2, begins_at = $3, "
                      "promised_at = $4, placed_requested_at = $5 "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (after->id), OSY_P_TIME (after->requested_at),
                                  OSY_P_TIME (after->begins_at), OSY_P_TIME (after->promised_at),
                                  OSY_P_TIME (after->placed_requested_at)),
                      NULL, error);
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  if (us == 0)
    return;
  g_autofree char *text = osy_clock_format (us);
  json_object_set_string_member (object, name, text);
}

static JsonNode *
time_value (const OsyOrderData *order)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "status", order->status);
  json_object_set_int_member (object, "version", order->version);
  set_time (object, "requested_at", order->requested_at);
  set_time (object, "begins_at", order->begins_at);
  return osy_json_take_object (object);
}

typedef struct {
  OsyKeyring *ring;
  const OsyCall *call;
  const OsyOrderData *before;
  OsyOrderData *after;
  const char *act;
  const char *event;
  const char *reason; /* nullable */
  gboolean time;      /* it is when the order is wanted or begins that changed */
} Amend;

static JsonNode *
value_of (const Amend *self, const OsyOrderData *order)
{
  return self->time ? time_value (order) : audit_value (order);
}

static gboolean
amend (OsyDbTx *tx, const Amend *self, GError **error)
{
  const OsyStateRow row = {self->before->status, self->act, self->before->status, FALSE};
  const OsyOrderChange change = {
      .before = self->before,
      .after = self->after,
      .row = &row,
      .actor = osy_principal_actor (self->call->principal),
      .reason = self->reason,
      .at = osy_clock_now (),
  };
  g_autoptr (JsonNode) old_value = value_of (self, self->before);

  self->after->version++;
  g_autoptr (JsonNode) new_value = value_of (self, self->after);
  const OsyAuditEntry audit = {self->event, "order", self->after->id, old_value, new_value};
  const OsyEventDraft draft = {
      .type = self->event,
      .aggregate_type = "order",
      .aggregate_id = self->after->id,
      .aggregate_seq = self->after->version,
  };
  return (self->time ? store_time : store) (tx, self->after, error) &&
         osy_order_store_add_step (tx, self->ring, &change, error) &&
         osy_audit_record (tx, self->ring, self->call, &audit, error) &&
         osy_event_emit (tx, self->call, &draft, error);
}

gboolean
osy_order_amend_adjust (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const OsyOrderAdjust *adjust,
                        GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_lock (tx, ring, adjust->order_id, error);

  if (order == NULL)
    return FALSE;
  const OsyOrderData *before = osy_order_data (order);
  if (osy_order_is_withdrawn (before)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         "The order was withdrawn as a whole.");
    return FALSE;
  }
  if (g_str_equal (before->status, OSY_ORDER_PENDING_PAYMENT)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         "The order waits for its payment as it was placed.");
    return FALSE;
  }
  g_autoptr (OsyOrderData) after = osy_order_data_copy (before);
  after->adjusted_amount += adjust->amount;
  const Amend self = {ring,
                      call,
                      before,
                      after,
                      adjust->amount < 0 ? "unadjust" : "adjust",
                      "order.adjusted",
                      adjust->reason};
  return osy_order_share_adjust (tx, adjust->line_id, adjust->amount, error) &&
         amend (tx, &self, error);
}

static gboolean
move_share (OsyDbTx *tx, const Amend *self, GError **error)
{
  OsyCheckTransfer transfer = {.from = self->before->check_id, .to = self->after->check_id};

  return g_str_equal (transfer.from, transfer.to) ||
         (osy_order_share_own (tx, self->before, &transfer.share, error) &&
          osy_check_service_transfer (tx, self->ring, self->call, &transfer, error));
}

/* Where it was placed is kept while it is elsewhere. */
static void
go (char **placed, char **now, const char *to)
{
  if (*placed == NULL)
    *placed = g_strdup (*now);
  osy_set_str (now, to);
  if (g_strcmp0 (*placed, *now) == 0)
    g_clear_pointer (placed, g_free);
}

gboolean
osy_order_amend_move (OsyDbTx *tx,
                      OsyKeyring *ring,
                      const OsyCall *call,
                      const OsyOrderMove *move,
                      GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return FALSE;
  g_autoptr (OsyOrder) order = osy_order_service_lock (tx, ring, move->order_id, error);
  if (order == NULL)
    return FALSE;
  const OsyOrderData *before = osy_order_data (order);
  const char *check_id = move->check_id != NULL ? move->check_id : before->check_id;
  if (g_str_equal (check_id, before->check_id) && g_strcmp0 (move->table_id, before->table_id) == 0)
    return TRUE;

  g_autoptr (OsyOrderData) after = osy_order_data_copy (before);
  go (&after->placed_check_id, &after->check_id, check_id);
  go (&after->placed_table_id, &after->table_id, move->table_id);
  const Amend self = {ring, call, before, after, "move", "order.moved", NULL};
  return move_share (tx, &self, error) && amend (tx, &self, error);
}

static gboolean
elsewhere (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                       "That line has gone to another table since.");
  return FALSE;
}

gboolean
osy_order_amend_move_line (OsyDbTx *tx,
                           OsyKeyring *ring,
                           const OsyCall *call,
                           const OsyOrderLineMove *move,
                           GError **error)
{
  g_auto (OsyOrderLinePlace) place = {NULL};

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return FALSE;
  g_autoptr (OsyOrder) order = osy_order_service_lock (tx, ring, move->order_id, error);
  if (order == NULL)
    return FALSE;
  const OsyOrderData *before = osy_order_data (order);
  if (!osy_order_share_find_line (tx, before, move->line_id, move->adjusted, &place, error))
    return FALSE;
  if (!g_str_equal (place.check_id, move->from) ||
      (move->own && !g_str_equal (move->to, before->check_id)))
    return elsewhere (error);
  const OsyCheckTransfer transfer = {move->from, move->to,
                                     osy_order_share_of_line (before, &place)};
  osy_set_str (&place.check_id, move->to);
  place.own = move->own;
  g_autoptr (OsyOrderData) after = osy_order_data_copy (before);
  const Amend self = {ring, call, before, after, "move", "order.moved", NULL};
  return (g_str_equal (move->from, move->to) ||
          osy_check_service_transfer (tx, ring, call, &transfer, error)) &&
         osy_order_share_put_line (tx, before, &place, error) && amend (tx, &self, error);
}

/* ==== orders for later ==== */

/* ---- another time ---- */

static gboolean
may_change (const OsyOrderData *order, const OsyOrderLater *later, gint64 now, GError **error)
{
  static const char *const before[] = {OSY_ORDER_PENDING_PAYMENT, OSY_ORDER_PENDING, NULL};

  if (!osy_order_service_check_version (order, later->if_version, error))
    return FALSE;
  if (order->requested_at != 0 &&
      (g_strv_contains (before, order->status) || osy_order_is_for_later (order)))
    return osy_order_draft_check_time (later->requested_at, now, error);
  return osy_order_service_refuse (order,
                                   "Only an order for later has another time, and only "
                                   "until the kitchen has it.",
                                   error);
}

OsyOrder *
osy_order_later_change (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const OsyOrderLater *later,
                        gboolean *replayed,
                        GError **error)
{
  gint64 now = osy_clock_now ();

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return NULL;
  g_autoptr (OsyOrder) order = osy_order_service_lock (tx, ring, later->order_id, error);
  if (order == NULL || !osy_order_service_seen (tx, later->key, later->order_id, replayed, error))
    return NULL;
  if (*replayed)
    return g_steal_pointer (&order);
  const OsyOrderData *before = osy_order_data (order);
  if (!may_change (before, later, now, error))
    return NULL;
  g_autoptr (OsyOrderData) after = osy_order_data_copy (before);
  if (after->placed_requested_at == 0)
    after->placed_requested_at = before->requested_at;
  after->requested_at = later->requested_at;
  if (osy_order_is_for_later (before))
    osy_order_data_begin (after, now);
  const Amend self = {ring, call, before, after, "reschedule", "order.rescheduled", NULL, TRUE};
  if (!amend (tx, &self, error))
    return NULL;
  return osy_order_new (g_steal_pointer (&after));
}

/* ---- its beginning ---- */

gboolean
osy_order_later_begin (OsyDbTx *tx,
                       OsyKeyring *ring,
                       const OsyCall *call,
                       const char *order_id,
                       gint64 now,
                       GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_lock (tx, ring, order_id, error);

  if (order == NULL)
    return FALSE;
  const OsyOrderData *before = osy_order_data (order);
  /* Somebody may have started, moved or canceled it at this moment. */
  if (!osy_order_is_for_later (before) || before->begins_at > now)
    return TRUE;
  g_autoptr (OsyOrderData) after = osy_order_data_copy (before);
  after->begins_at = 0;
  const Amend self = {ring, call, before, after, "begin", "order.begun", NULL, TRUE};
  return amend (tx, &self, error);
}

typedef struct {
  OsyOrderRoom *room;
  const char *restaurant_id;
  const char *order_id;
  GPtrArray *due; /* of char* */
} Sweep;

static gboolean
find_due (OsyDbTx *tx, gpointer data, GError **error)
{
  Sweep *self = data;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id FROM orders WHERE restaurant_id = app_restaurant() "
                    "AND begins_at <= $1 ORDER BY begins_at, id LIMIT $2",
                    OSY_PARAMS (OSY_P_TIME (osy_clock_now ()), OSY_P_INT (PAGE)), error);

  if (rows == NULL)
    return FALSE;
  g_ptr_array_set_size (self->due, 0);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (self->due, g_strdup (osy_db_rows_text (rows, i, "id")));
  return TRUE;
}

static gboolean
begin_one (OsyDbTx *tx, gpointer data, GError **error)
{
  Sweep *self = data;
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (self->restaurant_id, "order");
  const OsyCall call = {.principal = system};

  return osy_order_later_begin (tx, self->room->ring, &call, self->order_id, osy_clock_now (),
                                error);
}

/* An order that fails keeps none of the others waiting; the job tries it again. */
static gboolean
sweep_shop (Sweep *self, GError **error)
{
  const OsyDbScope look = {.restaurant_id = self->restaurant_id, .read_only = TRUE};
  const OsyDbScope scope = {.restaurant_id = self->restaurant_id};
  gboolean good = osy_db_pool_run (self->room->pool, &look, find_due, self, error);

  for (guint i = 0; i < self->due->len; i++) {
    g_autoptr (GError) local = NULL;
    self->order_id = g_ptr_array_index (self->due, i);
    if (!osy_db_pool_run (self->room->pool, &scope, begin_one, self, &local) && good) {
      good = FALSE;
      g_propagate_error (error, g_steal_pointer (&local));
    }
  }
  return good;
}

gboolean
osy_order_later_sweep (OsyDbTx *tx, gpointer room, GError **error)
{
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (OsyDbRows) shops =
      osy_db_query (tx, "SELECT DISTINCT restaurant_id FROM orders WHERE begins_at <= $1",
                    OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
  gboolean good = shops != NULL;

  for (guint i = 0; good && i < osy_db_rows_count (shops); i++) {
    Sweep sweep = {room, osy_db_rows_text (shops, i, "restaurant_id"), NULL, due};
    good = sweep_shop (&sweep, error);
  }
  return good;
}
