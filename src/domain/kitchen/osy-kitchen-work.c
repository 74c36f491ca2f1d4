/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How the tickets of an order follow it, and what every change of them brings along. Whoever acts
 * first, board or kitchen: the tickets are brought to where the order stands before anything else
 * is done, so both orders of two acts end alike. */

#include "osy-kitchen-work.h"

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-kitchen-news.h"
#include "osy-kitchen-send.h"
#include "osy-kitchen-setup-store.h"
#include "osy-order-service.h"

/* ---- following ---- */

typedef enum { OUT, COOKING, COOKED, DROPPED } Stage;

static Stage
stage_of (const OsyOrderData *order)
{
  static const struct {
    const char *status;
    Stage stage;
  } table[] = {
      {OSY_ORDER_ACCEPTED, COOKING},  {OSY_ORDER_PREPARING, COOKING}, {OSY_ORDER_READY, COOKED},
      {OSY_ORDER_DELIVERING, COOKED}, {OSY_ORDER_COMPLETED, COOKED},  {OSY_ORDER_CANCELED, DROPPED},
  };

  if (osy_order_is_for_later (order))
    return OUT;
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].status, order->status))
      return table[i].stage;
  return OUT;
}

static gboolean
set_phase (OsyKitchenWork *self, const char *phase, GError **error)
{
  g_free (self->phase);
  self->phase = g_strdup (phase);
  return osy_kitchen_store_set_phase (&self->edit, phase, error);
}

static gboolean
send_order (OsyKitchenWork *self, GError **error)
{
  const OsyOrderData *order = osy_order_data (self->order);
  g_autofree char *number = NULL;

  if (order->table_id != NULL && self->room->table_number != NULL &&
      !self->room->table_number (self->edit.tx, order->table_id, &number, error))
    return FALSE;
  self->phase = g_strdup (OSY_KITCHEN_COOKING);
  return osy_kitchen_send (&self->edit, self->setup, order, number, self->sent, error);
}

/* What the check took off. Asked for each time: what told of it may still be on its way. */
static gboolean
ask_voids (OsyKitchenWork *self, GError **error)
{
  if (self->room->voids == NULL)
    return TRUE;
  g_autoptr (GHashTable) quantities = self->room->voids (self->edit.tx, self->edit.order_id, error);
  return quantities != NULL && osy_kitchen_store_ask (&self->edit, quantities, error);
}

static gboolean
follow_cooking (OsyKitchenWork *self, GError **error)
{
  gboolean back = g_str_equal (self->phase, OSY_KITCHEN_COOKED);

  if (back && (!set_phase (self, OSY_KITCHEN_COOKING, error) ||
               !osy_kitchen_store_unmake_bumped (&self->edit, NULL, error) ||
               !osy_kitchen_store_reopen (&self->edit, NULL, FALSE, error)))
    return FALSE;
  return ask_voids (self, error) && osy_kitchen_store_settle (&self->edit, error) &&
         osy_kitchen_store_reopen_waiting (&self->edit, error);
}

static gboolean
follow_cooked (OsyKitchenWork *self, GError **error)
{
  if (!ask_voids (self, error) || !osy_kitchen_store_settle (&self->edit, error))
    return FALSE;
  return g_str_equal (self->phase, OSY_KITCHEN_COOKED) ||
         (osy_kitchen_store_make_all (&self->edit, NULL, FALSE, error) &&
          osy_kitchen_store_close (&self->edit, error) &&
          set_phase (self, OSY_KITCHEN_COOKED, error));
}

static gboolean
follow_dropped (OsyKitchenWork *self, GError **error)
{
  if (g_str_equal (self->phase, OSY_KITCHEN_DROPPED))
    return TRUE;
  return set_phase (self, OSY_KITCHEN_DROPPED, error) &&
         osy_kitchen_store_ask (&self->edit, NULL, error) &&
         osy_kitchen_store_settle (&self->edit, error) &&
         osy_kitchen_store_drop (&self->edit, error) &&
         osy_kitchen_store_close_empty (&self->edit, error);
}

static gboolean
follow (OsyKitchenWork *self, GError **error)
{
  Stage stage = stage_of (osy_order_data (self->order));

  if (!osy_kitchen_store_phase (&self->edit, &self->phase, error))
    return FALSE;
  if (self->phase == NULL)
    return stage == COOKING  ? send_order (self, error)
           : stage == COOKED ? send_order (self, error) && follow_cooked (self, error)
                             : TRUE;
  switch (stage) {
  case COOKING: return follow_cooking (self, error);
  case COOKED: return follow_cooked (self, error);
  case DROPPED: return follow_dropped (self, error);
  case OUT: break;
  }
  return TRUE;
}

OsyKitchenWork *
osy_kitchen_work_begin (OsyDbTx *tx,
                        const OsyKitchenRoom *room,
                        const OsyCall *call,
                        const char *order_id,
                        GError **error)
{
  g_autoptr (OsyKitchenWork) self = g_new0 (OsyKitchenWork, 1);

  self->room = room;
  self->call = call;
  self->sent = g_ptr_array_new_with_free_func (g_free);
  self->fired = g_hash_table_new (NULL, NULL);
  self->held = g_hash_table_new (NULL, NULL);
  self->edit.tx = tx;
  self->edit.now = osy_clock_now ();
  self->edit.touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->edit.changes = g_ptr_array_new_with_free_func (g_free);
  self->order = osy_order_service_lock (tx, room->ring, order_id, error);
  if (self->order == NULL)
    return NULL;
  self->edit.order_id = osy_order_data (self->order)->id;
  self->setup = osy_kitchen_setup_store_load_working (tx, error);
  if (self->setup == NULL || !follow (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
osy_kitchen_work_free (OsyKitchenWork *self)
{
  g_ptr_array_unref (self->sent);
  g_hash_table_unref (self->fired);
  g_hash_table_unref (self->held);
  g_hash_table_unref (self->edit.touched);
  g_ptr_array_unref (self->edit.changes);
  g_clear_object (&self->order);
  g_clear_pointer (&self->setup, osy_kitchen_setup_free);
  g_free (self->phase);
  g_free (self);
}

/* ---- the order itself ---- */

gboolean
osy_kitchen_work_is_cooking (const OsyKitchenWork *self, GError **error)
{
  const OsyOrderData *order = osy_order_data (self->order);

  if (g_strcmp0 (self->phase, OSY_KITCHEN_COOKING) == 0)
    return TRUE;
  g_autoptr (GError) refusal =
      g_error_new (OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                   "The order is %s and no longer in the kitchen.", order->status);
  osy_error_set_extra (refusal, "current_status",
                       json_node_init_string (json_node_alloc (), order->status));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

gboolean
osy_kitchen_work_act (OsyKitchenWork *self, const char *act, OsyShop *shop, GError **error)
{
  const OsyOrderAct order_act = {.shop = shop, .order_id = self->edit.order_id, .act = act};
  gboolean replayed;
  OsyOrder *after = osy_order_service_act (self->edit.tx, self->room->ring, self->call, &order_act,
                                           &replayed, error);

  if (after == NULL)
    return FALSE;
  g_object_unref (self->order);
  self->order = after;
  self->edit.order_id = osy_order_data (after)->id;
  return TRUE;
}

gboolean
osy_kitchen_work_ready (OsyKitchenWork *self, GError **error)
{
  return osy_kitchen_work_act (self, "ready", NULL, error) && follow_cooked (self, error);
}

gboolean
osy_kitchen_work_bring_back (OsyKitchenWork *self, OsyShop *shop, GError **error)
{
  while (stage_of (osy_order_data (self->order)) == COOKED)
    if (!osy_kitchen_work_act (self, "recall", shop, error))
      return FALSE;
  return g_strcmp0 (self->phase, OSY_KITCHEN_COOKED) != 0 ||
         set_phase (self, OSY_KITCHEN_COOKING, error);
}

gboolean
osy_kitchen_work_fire (OsyKitchenWork *self, gint64 course, gboolean fire, GError **error)
{
  gboolean changed = FALSE;

  if (!osy_kitchen_store_fire (&self->edit, course, fire, &changed, error))
    return FALSE;
  if (changed)
    g_hash_table_add (fire ? self->fired : self->held, GINT_TO_POINTER ((gint)course));
  return TRUE;
}

static gboolean
fire_next (OsyKitchenWork *self, GError **error)
{
  gint64 course = 0;

  if (!self->setup->auto_fire)
    return TRUE;
  return osy_kitchen_store_next_course (&self->edit, &course, error) &&
         (course == 0 || osy_kitchen_work_fire (self, course, TRUE, error));
}

gboolean
osy_kitchen_work_chain (OsyKitchenWork *self, GError **error)
{
  const OsyKitchenStation *expo = osy_kitchen_setup_expo (self->setup);
  OsyKitchenStand stand = {0};

  if (!fire_next (self, error) || !osy_kitchen_store_stand (&self->edit, &stand, error))
    return FALSE;
  if (stand.open_prep > 0 || stand.open_expo > 0)
    return TRUE;
  if (expo != NULL)
    return osy_kitchen_store_open_expo (&self->edit, expo->id, error);
  return osy_kitchen_work_ready (self, error);
}

/* ---- finishing ---- */

gboolean
osy_kitchen_emit_tickets (OsyDbTx *tx, const OsyCall *call, const OsyDbRows *rows, GError **error)
{
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    const OsyEventDraft draft = {
        .type = "kitchen.ticket",
        .aggregate_type = "ticket",
        .aggregate_id = osy_db_rows_text (rows, i, "id"),
        .aggregate_seq = osy_db_rows_int (rows, i, "version"),
    };
    if (!osy_event_emit (tx, call, &draft, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
rise (OsyKitchenWork *self, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_kitchen_store_rise (&self->edit, error);

  return rows != NULL && osy_kitchen_emit_tickets (self->edit.tx, self->call, rows, error);
}

gboolean
osy_kitchen_work_finish (OsyKitchenWork *self,
                         const char *action,
                         const char *object_id,
                         GError **error)
{
  const OsyAuditEntry audit = {.action = action, .object_type = "kitchen", .object_id = object_id};

  if (g_hash_table_size (self->edit.touched) == 0)
    return TRUE;
  return rise (self, error) && osy_kitchen_news_tell (self, error) &&
         (action == NULL ||
          osy_audit_record (self->edit.tx, self->room->ring, self->call, &audit, error));
}
