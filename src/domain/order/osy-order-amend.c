/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What becomes of an order beside its state: lines taken off, another check, another table. */

#include "osy-order-amend.h"

#include "osy-audit-service.h"
#include "osy-check-service.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-event-service.h"
#include "osy-json.h"
#include "osy-order-service.h"
#include "osy-order-share.h"
#include "osy-order-store.h"

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

typedef struct {
  OsyKeyring *ring;
  const OsyCall *call;
  const OsyOrderData *before;
  OsyOrderData *after;
  const char *act;
  const char *event;
  const char *reason; /* nullable */
} Amend;

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
  g_autoptr (JsonNode) old_value = audit_value (self->before);

  self->after->version++;
  g_autoptr (JsonNode) new_value = audit_value (self->after);
  const OsyAuditEntry audit = {self->event, "order", self->after->id, old_value, new_value};
  const OsyEventDraft draft = {
      .type = self->event,
      .aggregate_type = "order",
      .aggregate_id = self->after->id,
      .aggregate_seq = self->after->version,
  };
  return store (tx, self->after, error) &&
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
