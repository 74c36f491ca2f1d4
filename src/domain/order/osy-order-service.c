/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of an order after it was placed. */

#include "osy-order-service.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-auth-service.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-event-service.h"
#include "osy-json.h"
#include "osy-order-share.h"

#define RIDER_RECALL_US (10 * G_USEC_PER_SEC)

typedef void (*Effect) (OsyOrderData *order, const OsyOrderAct *act, gint64 now);

static void
effect_none (OsyOrderData *order, const OsyOrderAct *act, gint64 now)
{
}

static void
effect_accept (OsyOrderData *order, const OsyOrderAct *act, gint64 now)
{
  osy_order_data_accept (order, act->ready_in_minutes, now);
}

static void
effect_start (OsyOrderData *order, const OsyOrderAct *act, gint64 now)
{
  order->started_at = now;
}

static void
effect_ready (OsyOrderData *order, const OsyOrderAct *act, gint64 now)
{
  order->ready_at = now;
}

static void
effect_hand_over (OsyOrderData *order, const OsyOrderAct *act, gint64 now)
{
  order->handed_over_at = now;
}

static void
effect_complete (OsyOrderData *order, const OsyOrderAct *act, gint64 now)
{
  order->completed_at = now;
}

static void
effect_hand_over_done (OsyOrderData *order, const OsyOrderAct *act, gint64 now)
{
  order->handed_over_at = now;
  order->completed_at = now;
}

static void
effect_close (OsyOrderData *order, const OsyOrderAct *act, gint64 now)
{
  order->closed_at = now;
}

/* The times of states that are undone must not stay: the next recall reads them. */
static void
effect_recall (OsyOrderData *order, const OsyOrderAct *act, gint64 now)
{
  order->completed_at = 0;
  if (g_str_equal (order->status, OSY_ORDER_DELIVERING))
    return;
  order->handed_over_at = 0;
  if (g_str_equal (order->status, OSY_ORDER_READY))
    return;
  order->ready_at = 0;
  if (g_str_equal (order->status, OSY_ORDER_ACCEPTED))
    order->started_at = 0;
}

/* What each act of the state table does beyond the state itself. */
static const struct {
  const char *act;
  OsyPermission permission;
  Effect effect;
  const char *event;
  gboolean withdraws; /* the order will never be paid */
} acts[] = {
    {"pay", OSY_PERM_PAYMENT_TAKE, effect_none, "order.paid", FALSE},
    {"expire", OSY_PERM_PAYMENT_TAKE, effect_close, "order.expired", TRUE},
    {"accept", OSY_PERM_ORDER_WRITE, effect_accept, "order.accepted", FALSE},
    {"reject", OSY_PERM_ORDER_CANCEL, effect_close, "order.rejected", TRUE},
    {"start", OSY_PERM_ORDER_WRITE, effect_start, "order.started", FALSE},
    {"ready", OSY_PERM_ORDER_WRITE, effect_ready, "order.ready", FALSE},
    {"hand-over", OSY_PERM_ORDER_WRITE, effect_hand_over, "order.delivering", FALSE},
    {"hand-over-done", OSY_PERM_ORDER_WRITE, effect_hand_over_done, "order.completed", FALSE},
    {"complete", OSY_PERM_ORDER_WRITE, effect_complete, "order.completed", FALSE},
    {"cancel", OSY_PERM_ORDER_CANCEL, effect_close, "order.canceled", TRUE},
    {"recall", OSY_PERM_ORDER_WRITE, effect_recall, "order.recalled", FALSE},
};

static gssize
find_act (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (strcmp (acts[i].act, name) == 0)
      return (gssize)i;
  return -1;
}

/* ---- may it be done ---- */

static JsonNode *
int_node (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

/* @reason: (nullable): why, in one word, where the state alone does not say it. */
static gboolean
refuse_state (const OsyOrderData *order, const char *reason, const char *message, GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_STATE_CONFLICT, message);

  osy_error_set_extra (refusal, "current_status",
                       json_node_init_string (json_node_alloc (), order->status));
  osy_error_set_extra (refusal, "current_version", int_node (order->version));
  if (reason != NULL)
    osy_error_set_extra (refusal, "reason", json_node_init_string (json_node_alloc (), reason));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

gboolean
osy_order_service_refuse (const OsyOrderData *order, const char *message, GError **error)
{
  return refuse_state (order, NULL, message, error);
}

gboolean
osy_order_service_check_version (const OsyOrderData *order, gint64 if_version, GError **error)
{
  if (if_version == 0 || if_version == order->version)
    return TRUE;
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                                    "Another screen changed this order first.");
  osy_error_set_extra (refusal, "current_version", int_node (order->version));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
check_recall (const OsyOrderData *order, OsyShop *shop, gint64 now, GError **error)
{
  g_autofree char *today = osy_shop_business_day (shop, now);

  if (g_strcmp0 (order->business_day, today) != 0)
    return refuse_state (order, OSY_ORDER_DAY_OVER,
                         "That business day is over; the order can no longer go back.", error);
  if (g_str_equal (order->status, OSY_ORDER_DELIVERING) &&
      now > order->handed_over_at + RIDER_RECALL_US)
    return refuse_state (order, OSY_ORDER_RIDER_GONE,
                         "The rider has left; the order can no longer go back.", error);
  return TRUE;
}

static const OsyStateRow *
find_step (const OsyOrderData *order, const OsyOrderAct *act, gint64 now, GError **error)
{
  if (!osy_order_service_check_version (order, act->if_version, error))
    return NULL;
  const OsyStateRow *row = osy_order_find_step (order, act->act);
  if (row == NULL) {
    g_autofree char *message =
        g_strdup_printf ("An order that is %s does not allow %s.", order->status, act->act);
    refuse_state (order, NULL, message, error);
    return NULL;
  }
  if (g_str_equal (act->act, "recall") && !check_recall (order, act->shop, now, error))
    return NULL;
  return row;
}

/* ---- doing it ---- */

/* The reason stands in the timeline: words about a guest must not outlive what is kept of him. */
static JsonNode *
audit_value (const OsyOrderData *order)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "status", order->status);
  json_object_set_int_member (object, "version", order->version);
  return osy_json_take_object (object);
}

static gboolean
tell (OsyDbTx *tx,
      OsyKeyring *ring,
      const OsyCall *call,
      const OsyOrderChange *change,
      const char *event,
      GError **error)
{
  g_autoptr (JsonNode) before = audit_value (change->before);
  g_autoptr (JsonNode) after = audit_value (change->after);
  const OsyAuditEntry audit = {
      .action = event,
      .object_type = "order",
      .object_id = change->after->id,
      .old_value = before,
      .new_value = after,
  };
  const OsyEventDraft draft = {
      .type = event,
      .aggregate_type = "order",
      .aggregate_id = change->after->id,
      .aggregate_seq = change->after->version,
  };

  return osy_audit_record (tx, ring, call, &audit, error) &&
         osy_event_emit (tx, call, &draft, error);
}

static gboolean
take_step (OsyDbTx *tx,
           OsyKeyring *ring,
           const OsyCall *call,
           OsyOrderChange *change,
           GError **error)
{
  gsize i = (gsize)find_act (change->row->act);
  const OsyOrderData *order = change->after;

  if (!osy_order_store_change (tx, ring, change, error) ||
      !tell (tx, ring, call, change, acts[i].event, error))
    return FALSE;
  if (acts[i].withdraws && !osy_order_share_withdraw (tx, ring, call, order, error))
    return FALSE;
  return (order->closed_at == 0 && order->completed_at == 0) ||
         osy_order_share_end (tx, ring, call, order, error);
}

gboolean
osy_order_service_seen (OsyDbTx *tx,
                        const OsyOrderKey *key,
                        const char *order_id,
                        gboolean *seen,
                        GError **error)
{
  g_autofree char *subject_id = NULL;
  OsyOrderKeyState state = OSY_ORDER_KEY_NEW;

  *seen = FALSE;
  if (key == NULL)
    return TRUE;
  if (!osy_order_store_find_key (tx, key, &state, &subject_id, error))
    return FALSE;
  if (state == OSY_ORDER_KEY_DIFFERENT) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_IDEMPOTENCY_KEY_REUSED,
                         "This Idempotency-Key was used for another request.");
    return FALSE;
  }
  *seen = state == OSY_ORDER_KEY_SAME;
  return *seen || osy_order_store_add_key (tx, key, order_id, error);
}

/* Within how many minutes it will be ready, where nobody has said it. */
static gboolean
fill_minutes (OsyDbTx *tx, const OsyOrderData *order, OsyOrderAct *act, GError **error)
{
  int minutes = osy_shop_data (act->shop)->default_prep_minutes;

  if (act->promise != NULL && !act->promise (tx, order, act->shop, &minutes, error))
    return FALSE;
  act->ready_in_minutes = CLAMP (minutes, 1, OSY_ORDER_MAX_MINUTES);
  return TRUE;
}

OsyOrder *
osy_order_service_act (OsyDbTx *tx,
                       OsyKeyring *ring,
                       const OsyCall *call,
                       const OsyOrderAct *act,
                       gboolean *replayed,
                       GError **error)
{
  gssize known = find_act (act->act);
  gint64 now = osy_clock_now ();

  g_return_val_if_fail (known >= 0, NULL);
  if (!osy_principal_check (call->principal, acts[known].permission, error))
    return NULL;
  /* Held from here on: of two screens the second sees what the first did, and of two sendings of
   * one request the second is a replay. */
  g_autoptr (OsyOrder) before = osy_order_service_lock (tx, ring, act->order_id, error);
  if (before == NULL || !osy_order_service_seen (tx, act->key, act->order_id, replayed, error))
    return NULL;
  if (*replayed)
    return g_steal_pointer (&before);
  const OsyStateRow *row = find_step (osy_order_data (before), act, now, error);
  if (row == NULL)
    return NULL;

  OsyOrderAct whole = *act;
  if (acts[known].effect == effect_accept && act->ready_in_minutes == 0 &&
      !fill_minutes (tx, osy_order_data (before), &whole, error))
    return NULL;
  g_autoptr (OsyOrderData) after = osy_order_data_copy (osy_order_data (before));
  osy_set_str (&after->status, row->to);
  after->version++;
  osy_set_str (&after->reason, act->reason);
  acts[find_act (row->act)].effect (after, &whole, now);
  /* Whatever is done to it earlier, it waits no more. */
  if (!g_str_equal (after->status, OSY_ORDER_ACCEPTED))
    after->begins_at = 0;
  OsyOrderChange change = {
      .before = osy_order_data (before),
      .after = after,
      .row = row,
      .actor = osy_principal_actor (call->principal),
      .reason = act->reason,
      .at = now,
  };
  if (!take_step (tx, ring, call, &change, error))
    return NULL;
  return osy_order_new (g_steal_pointer (&after));
}

/* ---- reading ---- */

OsyOrder *
osy_order_service_load (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error)
{
  return osy_order_store_get (tx, ring, order_id, error);
}

OsyOrder *
osy_order_service_lock (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error)
{
  return osy_order_store_lock (tx, order_id, error)
             ? osy_order_store_get (tx, ring, order_id, error)
             : NULL;
}

OsyOrder *
osy_order_service_get (OsyDbTx *tx,
                       OsyKeyring *ring,
                       const OsyCall *call,
                       const char *order_id,
                       GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return osy_order_store_get (tx, ring, order_id, error);
}

GPtrArray *
osy_order_service_list (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyCall *call,
                        const OsyOrderQuery *query,
                        GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return osy_order_find_list (tx, ring, query, error);
}

/* The timeline is for people: ids become names. */
static gboolean
name_actors (OsyDbTx *tx, OsyKeyring *ring, GPtrArray *steps, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < steps->len; i++) {
    OsyOrderStep *step = g_ptr_array_index (steps, i);
    if (!g_hash_table_contains (names, step->actor)) {
      char *name = osy_auth_service_actor_name (tx, ring, step->actor, error);
      if (name == NULL)
        return FALSE;
      g_hash_table_insert (names, g_strdup (step->actor), name);
    }
    osy_set_str (&step->actor, g_hash_table_lookup (names, step->actor));
  }
  return TRUE;
}

GPtrArray *
osy_order_service_timeline (OsyDbTx *tx,
                            OsyKeyring *ring,
                            const OsyCall *call,
                            const char *order_id,
                            GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_get (tx, ring, call, order_id, error);
  g_autoptr (GPtrArray) steps =
      order != NULL ? osy_order_store_steps (tx, ring, order_id, error) : NULL;

  if (steps == NULL || !name_actors (tx, ring, steps, error))
    return NULL;
  return g_steal_pointer (&steps);
}
