/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Raising and ending alerts: the row, its messages, its event and its audit row commit together. */

#include "osy-alert-service.h"

#include "osy-alert-store.h"
#include "osy-alert-target.h"
#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-json.h"

OsyMetric osy_alerts_raised = {.name = "ordersync_alerts_raised_total",
                               .help = "Alerts raised, by kind.",
                               .kind = OSY_METRIC_COUNTER,
                               .labels = {"kind"}};

OsyAlert *
osy_alert_new (OsyAlertKind kind, const char *subject, JsonObject *facts)
{
  OsyAlert *self = g_new0 (OsyAlert, 1);

  self->kind = kind;
  self->subject = g_strdup (subject);
  self->facts = osy_json_take_object (facts);
  return self;
}

static gboolean
wake_queue (gpointer queue)
{
  osy_fetch_queue_wake (queue);
  return G_SOURCE_REMOVE;
}

void
osy_alert_wake (OsyDbTx *tx, const OsyAlertRoom *room)
{
  if (room->queue != NULL)
    osy_db_tx_on_commit (tx, wake_queue, g_object_ref (room->queue), g_object_unref);
}

static gboolean
count_raised (gpointer name)
{
  osy_metric_count (&osy_alerts_raised, name);
  return G_SOURCE_REMOVE;
}

static gboolean
tell (OsyDbTx *tx,
      const OsyAlertRoom *room,
      const OsyCall *call,
      const OsyAlert *alert,
      gboolean ended,
      GError **error)
{
  const char *what = ended ? "alert.ended" : "alert.raised";
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) value = osy_json_take_object (object);
  const OsyAuditEntry audit = {
      .action = what, .object_type = "alert", .object_id = alert->id, .new_value = value};
  const OsyEventDraft draft = {.type = what,
                               .aggregate_type = "alert",
                               .aggregate_id = alert->id,
                               .aggregate_seq = ended ? 2 : 1};

  json_object_set_string_member (object, "kind", osy_alert_kinds[alert->kind]);
  json_object_set_string_member (object, "subject", alert->subject);
  json_object_set_member (object, "facts", json_node_copy (alert->facts));
  return osy_audit_record (tx, room->ring, call, &audit, error) &&
         osy_event_emit (tx, call, &draft, error);
}

gboolean
osy_alert_raise (OsyDbTx *tx,
                 const OsyAlertRoom *room,
                 const OsyCall *call,
                 OsyAlert *alert,
                 GError **error)
{
  OsyAlertSetup setup;
  gboolean added = FALSE;

  g_free (alert->id);
  alert->id = osy_id_new ();
  if (alert->raised_at == 0)
    alert->raised_at = osy_clock_now ();
  if (!osy_alert_setup_load (tx, &setup, error) || !osy_alert_store_add (tx, alert, &added, error))
    return FALSE;
  if (!added)
    return TRUE;
  osy_alert_wake (tx, room);
  osy_db_tx_on_commit (tx, count_raised, (gpointer)osy_alert_kinds[alert->kind], NULL);
  if (alert->kind == OSY_ALERT_UNANSWERED && !osy_alert_buzz (tx, room, call, alert, error))
    return FALSE;
  return osy_alert_store_address (tx, alert, setup.rules[alert->kind].channels, error) &&
         tell (tx, room, call, alert, FALSE, error);
}

gboolean
osy_alert_end (OsyDbTx *tx,
               const OsyAlertRoom *room,
               const OsyCall *call,
               const OsyAlert *alert,
               GError **error)
{
  OsyAlert ended = *alert;
  g_autofree char *id = NULL;

  if (!osy_alert_store_end (tx, alert->kind, alert->subject, &id, error))
    return FALSE;
  ended.id = id;
  return id == NULL || tell (tx, room, call, &ended, TRUE, error);
}

gboolean
osy_alert_test (OsyDbTx *tx,
                const OsyAlertRoom *room,
                const OsyCall *call,
                const char *target_id,
                OsyAlert **ret,
                GError **error)
{
  g_autoptr (OsyAlertTarget) target = osy_alert_target_get (tx, room->ring, target_id, error);
  g_autofree char *ended = NULL;
  g_autofree char *id = osy_id_new ();
  gboolean added = FALSE;

  if (target == NULL)
    return FALSE;
  if (target->unreadable) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "This recipient cannot be read any more; remove it and add it anew.");
    return FALSE;
  }
  g_autoptr (OsyAlert) alert = osy_alert_new (OSY_ALERT_TEST, id, json_object_new ());
  alert->id = g_steal_pointer (&id);
  alert->raised_at = osy_clock_now ();
  const OsyAuditEntry audit = {
      .action = "alert.tested", .object_type = "alert_target", .object_id = target_id};
  osy_alert_wake (tx, room);
  if (!osy_alert_store_add (tx, alert, &added, error) ||
      !osy_alert_store_address_one (tx, alert, target_id, error) ||
      !osy_alert_store_end (tx, OSY_ALERT_TEST, alert->subject, &ended, error) ||
      !osy_audit_record (tx, room->ring, call, &audit, error))
    return FALSE;
  alert->ended_at = alert->raised_at;
  *ret = g_steal_pointer (&alert);
  return TRUE;
}

JsonObject *
osy_alert_to_json (const OsyAlert *self, const OsyAlertSetup *setup)
{
  JsonObject *object = json_object_new ();
  g_autofree char *words = osy_alert_words (self, setup->language);
  g_autofree char *raised = osy_clock_format (self->raised_at);
  g_autofree char *ended = self->ended_at != 0 ? osy_clock_format (self->ended_at) : NULL;
  guint channels = self->kind != OSY_ALERT_TEST ? setup->rules[self->kind].channels : 0;

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "kind", osy_alert_kinds[self->kind]);
  json_object_set_string_member (object, "text", words);
  json_object_set_member (object, "facts", json_node_copy (self->facts));
  json_object_set_string_member (object, "raised_at", raised);
  if (ended != NULL)
    json_object_set_string_member (object, "ended_at", ended);
  else
    json_object_set_null_member (object, "ended_at");
  json_object_set_boolean_member (object, "screen", (channels & (1u << OSY_ALERT_SCREEN)) != 0);
  return object;
}
