/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Threats become alerts; alerts go out on the feed. Events may come late and in any order. */

#include "osy-alert-service.h"
#include "osy-alert-store.h"
#include "osy-json.h"

static gboolean
raise_threat (OsyDbTx *tx,
              const OsyAlertRoom *room,
              const OsyCall *call,
              const char *id,
              GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT kind, raised_at FROM threat WHERE restaurant_id = app_restaurant() "
                    "AND id = $1::uuid AND acknowledged_at IS NULL",
                    OSY_PARAMS (OSY_P_TEXT (id)), error);
  JsonObject *facts = rows != NULL && osy_db_rows_count (rows) > 0 ? json_object_new () : NULL;

  if (facts == NULL)
    return rows != NULL;
  json_object_set_string_member (facts, "threat", osy_db_rows_text (rows, 0, "kind"));
  g_autoptr (OsyAlert) alert = osy_alert_new (OSY_ALERT_THREAT, id, facts);
  alert->raised_at = osy_db_rows_time (rows, 0, "raised_at");
  return osy_alert_raise (tx, room, call, alert, error);
}

gboolean
osy_alert_on_threat (OsyDbTx *tx,
                     const OsyCall *call,
                     const OsyEvent *event,
                     gpointer room,
                     GError **error)
{
  if (g_str_equal (event->type, "threat.raised"))
    return raise_threat (tx, room, call, event->aggregate_id, error);
  g_autoptr (OsyAlert) seen =
      osy_alert_new (OSY_ALERT_THREAT, event->aggregate_id, json_object_new ());
  return !g_str_equal (event->type, "threat.acknowledged") ||
         osy_alert_end (tx, room, call, seen, error);
}

/* The feed goes to all who read orders. Money that went back and threats are not for them: they
 * learn that there is one, and the screens of those who may see it ask for it (listAlerts). */
static JsonObject *
to_feed (const OsyAlert *alert, const OsyAlertSetup *setup)
{
  JsonObject *whole = osy_alert_to_json (alert, setup);

  if (alert->kind == OSY_ALERT_THREAT || alert->kind == OSY_ALERT_REFUNDS) {
    JsonObject *object = json_object_new ();
    json_object_set_string_member (object, "id", alert->id);
    json_object_set_member (object, "screen", json_object_dup_member (whole, "screen"));
    json_object_unref (whole);
    return object;
  }
  if (!json_object_get_boolean_member (whole, "screen")) {
    json_object_remove_member (whole, "text");
    json_object_remove_member (whole, "facts");
  }
  return whole;
}

gboolean
osy_alert_decorate (OsyDbTx *tx,
                    GPtrArray *events,
                    OsyEventExtra *extras,
                    gpointer room,
                    GError **error)
{
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  g_autoptr (GPtrArray) alerts = osy_alert_store_list (tx, ids, 0, NULL, ids->len, error);
  OsyAlertSetup setup;

  if (alerts == NULL || !osy_alert_setup_load (tx, &setup, error))
    return FALSE;
  for (guint i = 0; i < alerts->len; i++) {
    const OsyAlert *alert = alerts->pdata[i];
    osy_event_give (events, extras, alert->id, osy_json_take_object (to_feed (alert, &setup)),
                    NULL);
  }
  return TRUE;
}
