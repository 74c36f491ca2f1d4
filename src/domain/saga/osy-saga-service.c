/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What people see of sagas that are stuck, and do about them. */

#include "osy-saga-service.h"

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-json.h"

static const char *const verbs[] = {"saga.pushed", "saga.retried", "saga.settled_by_hand"};

/* ---- seeing ---- */

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = us != 0 ? osy_clock_format (us) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static JsonArray *
list_acts (const OsySagaState *state)
{
  JsonArray *acts = json_array_new ();

  if (!osy_saga_is_over (state)) {
    json_array_add_string_element (acts, "PUSH");
    json_array_add_string_element (acts, "RETRY");
    json_array_add_string_element (acts, "SETTLE");
  }
  return acts;
}

JsonNode *
osy_saga_service_to_json (const OsySagaRow *row)
{
  const OsySagaState *state = &row->state;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "order_id", row->order_id);
  json_object_set_int_member (object, "order_number", row->order_number);
  json_object_set_string_member (object, "step", osy_saga_step_name (state->step));
  if (state->reason != OSY_SAGA_FINE)
    json_object_set_string_member (object, "reason", osy_saga_reason_name (state->reason));
  set_time (object, "since", state->attention_since);
  set_time (object, "next_at", state->next_at);
  json_object_set_int_member (object, "attempts", state->attempts);
  json_object_set_boolean_member (object, "prepaid", state->kind == OSY_SAGA_PREPAID);
  json_object_set_int_member (object, "captured", state->money.captured);
  json_object_set_int_member (object, "refunded", state->money.refunded);
  json_object_set_array_member (object, "acts", list_acts (state));
  return osy_json_take_object (object);
}

GPtrArray *
osy_saga_service_attention (OsyDbTx *tx,
                            const OsyCall *call,
                            gint64 since,
                            const char *after_id,
                            gint64 limit,
                            GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  return osy_saga_store_attention (tx, since, after_id, limit, error);
}

/* ---- doing ---- */

/* The money is asked back once more, even where it was asked before: a refund may have failed. */
static gboolean
look (OsySagaWork *work, const OsySagaAct *act, OsySagaEvent *event, GError **error)
{
  event->kind = act->verb == OSY_SAGA_PUSH    ? OSY_SAGA_PUSHED
                : act->verb == OSY_SAGA_RETRY ? OSY_SAGA_RETRIED
                                              : OSY_SAGA_SETTLED;
  event->step = act->outcome;
  if (!osy_saga_look_all (work, event, error))
    return FALSE;
  event->money.undoing = 0;
  return TRUE;
}

static gboolean
set_note (OsySagaWork *work, const OsySagaAct *act, GError **error)
{
  const OsyCell cell = {osy_db_tx_restaurant (work->tx), "saga", "note_enc", act->order_id};

  if (act->note == NULL)
    return TRUE;
  g_autoptr (GBytes) sealed = osy_keyring_seal (work->room->ring, &cell, act->note, error);
  return sealed != NULL && osy_saga_store_set_note (work->tx, act->order_id, sealed, error);
}

static JsonNode *
picture (const OsySagaRow *row)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "step", osy_saga_step_name (row->state.step));
  json_object_set_string_member (object, "reason", osy_saga_reason_name (row->state.reason));
  return osy_json_take_object (object);
}

static gboolean
find (OsySagaWork *work, const OsySagaAct *act, GError **error)
{
  if (!osy_saga_store_lock (work->tx, act->order_id, &work->row, error))
    return FALSE;
  if (work->row == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such order.");
    return FALSE;
  }
  if (osy_saga_is_over (&work->row->state)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         "Nothing is open any more about this order.");
    return FALSE;
  }
  return TRUE;
}

OsySagaRow *
osy_saga_service_act (OsyDbTx *tx,
                      const OsySagaRoom *room,
                      const OsyCall *call,
                      const OsySagaAct *act,
                      GError **error)
{
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (osy_db_tx_restaurant (tx), "saga");
  const OsyCall own = {.principal = system, .trace_id = call->trace_id};
  g_auto (OsySagaWork) work = {.tx = tx, .call = &own, .room = room};
  OsySagaEvent event = {0};

  if (!osy_principal_check (call->principal, OSY_PERM_ATTENTION_MANAGE, error) ||
      !find (&work, act, error))
    return NULL;
  g_autoptr (JsonNode) before = picture (work.row);
  work.row->looked_at = osy_clock_now ();
  if (!look (&work, act, &event, error) ||
      !osy_saga_work_step (&work, event, OSY_SAGA_CONSUMER_ALL, error) ||
      !set_note (&work, act, error) || !osy_saga_work_finish (&work, error))
    return NULL;
  g_autoptr (JsonNode) after = picture (work.row);
  const OsyAuditEntry audit = {.action = verbs[act->verb],
                               .object_type = "saga",
                               .object_id = act->order_id,
                               .old_value = before,
                               .new_value = after};
  return osy_audit_record (tx, room->ring, call, &audit, error) ? g_steal_pointer (&work.row)
                                                                : NULL;
}

/* ---- events ---- */

gboolean
osy_saga_decorate (OsyDbTx *tx,
                   GPtrArray *events,
                   OsyEventExtra *extras,
                   gpointer room,
                   GError **error)
{
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  g_autoptr (GPtrArray) rows = osy_saga_store_load (tx, ids, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    const OsySagaRow *row = rows->pdata[i];
    osy_event_give (events, extras, row->order_id, osy_saga_service_to_json (row), NULL);
  }
  return TRUE;
}
