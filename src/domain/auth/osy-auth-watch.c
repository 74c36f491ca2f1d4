/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What this room sees of attacks, and what it tells the security page. */

#include "osy-auth-watch.h"

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-json.h"

OsyMetric osy_auth_failures = {.name = "ordersync_auth_failures_total",
                               .help = "Sign-ins and tokens refused, by reason.",
                               .kind = OSY_METRIC_COUNTER,
                               .labels = {"reason"}};

/** An audit row on its way into one shop's log. */
typedef struct {
  OsyKeyring *ring;
  char *user_id;
  char *client;
  const char *reason; /* one of our own words */
} Failed;

static void
failed_free (gpointer data)
{
  Failed *failed = data;

  g_object_unref (failed->ring);
  g_free (failed->user_id);
  g_free (failed->client);
  g_free (failed);
}

static gboolean
record_work (OsyDbTx *tx, gpointer data, GError **error)
{
  const Failed *failed = data;
  g_autoptr (OsyPrincipal) nobody = osy_principal_new_anonymous ();
  OsyCall call = {.principal = nobody};
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "reason", failed->reason);
  json_object_set_string_member (object, "client", failed->client);
  g_autoptr (JsonNode) value = osy_json_take_object (object);
  OsyAuditEntry entry = {.action = "auth.sign_in_failed",
                         .object_type = "user",
                         .object_id = failed->user_id,
                         .new_value = value};
  return osy_audit_record (tx, failed->ring, &call, &entry, error);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    g_warning ("a failed sign-in could not be written down: %s", error->message);
}

static void
tell_shop (OsyAuthRoom *room, const OsyAuthFailure *failure, const char *restaurant_id)
{
  g_autofree char *subject = g_strconcat ("user:", failure->user_id, NULL);
  OsyDbScope scope = {.restaurant_id = restaurant_id};
  Failed *failed = g_new0 (Failed, 1);

  failed->ring = g_object_ref (room->ring);
  failed->user_id = g_strdup (failure->user_id);
  failed->client = g_strdup (failure->client ? failure->client : "unknown");
  failed->reason = failure->reason;
  osy_db_pool_run_async (room->pool, &scope, record_work, failed, failed_free, NULL, recorded_cb,
                         NULL);
  osy_threat_note (room->threats, OSY_THREAT_BRUTE_FORCE, restaurant_id, subject, failure->client);
}

void
osy_auth_watch_failed (OsyAuthRoom *room, const OsyAuthFailure *failure)
{
  osy_metric_count (&osy_auth_failures, failure->reason);
  osy_threat_note_client (room->threats, OSY_THREAT_BRUTE_FORCE, NULL, failure->client);
  if (failure->user_id == NULL || failure->memberships == NULL)
    return;
  for (guint i = 0; i < failure->memberships->len; i++) {
    const OsyMembership *membership = failure->memberships->pdata[i];
    tell_shop (room, failure, membership->restaurant_id);
  }
}

/* ---- the security page ---- */

static void
add_key (JsonObject *keys, const char *kind, const OsyDbRows *rows)
{
  gint64 at = osy_db_rows_time (rows, 0, kind);

  if (at != 0) {
    g_autofree char *text = osy_clock_format (at);
    json_object_set_string_member (keys, kind, text);
  }
}

gboolean
osy_auth_watch_facts (OsyDbTx *tx, JsonObject *body, GError **error)
{
  static const char *const kinds[] = {"data", "token", "audit", "root"};
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT (SELECT count(*) FROM session WHERE restaurant_id = app_restaurant() "
      "  AND revoked_at IS NULL AND expires_at > $1) AS sessions, "
      "(SELECT count(*) FROM device WHERE restaurant_id = app_restaurant() "
      "  AND revoked_at IS NULL) AS devices, "
      "(SELECT max (created_at) FROM data_key WHERE restaurant_id = app_restaurant()) AS data, "
      "(SELECT max (created_at) FROM jwt_key) AS token, "
      "(SELECT created_at FROM key_material WHERE purpose = 'audit-checkpoint-key') AS audit, "
      "(SELECT min (created_at) FROM key_material) AS root",
      OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);

  if (rows == NULL)
    return FALSE;
  JsonObject *keys = json_object_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    add_key (keys, kinds[i], rows);
  json_object_set_int_member (body, "sessions", osy_db_rows_int (rows, 0, "sessions"));
  json_object_set_int_member (body, "devices", osy_db_rows_int (rows, 0, "devices"));
  json_object_set_object_member (body, "keys", keys);
  return TRUE;
}
