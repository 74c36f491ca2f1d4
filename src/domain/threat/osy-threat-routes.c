/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of threats: what the security page says, and that somebody has seen one. */

#include "osy-threat-routes.h"

#include "osy-api.h"
#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-json.h"
#include "osy-threat-store.h"

#include <string.h>

static void
set_time (JsonObject *object, const char *name, gint64 at)
{
  if (at != 0) {
    g_autofree char *text = osy_clock_format (at);
    json_object_set_string_member (object, name, text);
  }
}

static gboolean
set_name (const OsyThreatRoom *room,
          OsyDbTx *tx,
          JsonObject *object,
          const char *member,
          const char *actor,
          GError **error)
{
  if (room->name == NULL || actor == NULL || !g_str_has_prefix (actor, "user:"))
    return TRUE;
  g_autofree char *name = room->name (tx, room->ring, actor, error);
  if (name != NULL)
    json_object_set_string_member (object, member, name);
  return name != NULL;
}

static JsonObject *
threat_to_json (const OsyThreatRoom *room, OsyDbTx *tx, const OsyThreatRow *row, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "id", row->id);
  json_object_set_string_member (object, "kind", osy_threat_kind_name (row->kind));
  set_time (object, "raised_at", row->raised_at);
  json_object_set_string_member (object, "subject", row->subject);
  if (row->client != NULL)
    json_object_set_string_member (object, "client", row->client);
  set_time (object, "acknowledged_at", row->acknowledged_at);
  if (!set_name (room, tx, object, "subject_name", row->subject, error) ||
      !set_name (room, tx, object, "acknowledged_by", row->acknowledged_by, error))
    return NULL;
  return g_steal_pointer (&object);
}

/* ---- the page ---- */

static gboolean
add_threats (const OsyThreatRoom *room, OsyDbTx *tx, JsonObject *body, GError **error)
{
  g_autoptr (GPtrArray) rows = osy_threat_store_list (tx, room->ring, error);
  g_autoptr (JsonArray) list = json_array_new ();

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    JsonObject *object = threat_to_json (room, tx, rows->pdata[i], error);
    if (object == NULL)
      return FALSE;
    json_array_add_object_element (list, object);
  }
  json_object_set_array_member (body, "threats", g_steal_pointer (&list));
  return TRUE;
}

static gboolean
read_security (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const OsyThreatRoom *room = data;
  g_autoptr (JsonObject) body = json_object_new ();
  gint64 failed =
      osy_audit_count_since (tx, "auth.sign_in_failed", osy_clock_now () - G_TIME_SPAN_DAY, error);

  if (failed < 0 || !add_threats (room, tx, body, error) ||
      (room->facts != NULL && !room->facts (tx, body, error)))
    return FALSE;
  json_object_set_int_member (body, "failed_sign_ins_24h", failed);
  reply->body = osy_json_take_object (g_steal_pointer (&body));
  return TRUE;
}

static void
get_security (OsyHttpRequest *http, gpointer data)
{
  OsyThreatRoom *room = data;

  osy_http_reply_add_header (http, "Cache-Control", "no-store");
  osy_api_run (http, room->pool, NULL, read_security, room, NULL);
}

/* ---- somebody has seen it ---- */

typedef struct {
  const OsyThreatRoom *room;
  char *id;
} Seen;

static void
seen_free (gpointer data)
{
  Seen *seen = data;

  g_free (seen->id);
  g_free (seen);
}

static gboolean
tell_seen (const Seen *seen, OsyDbTx *tx, const OsyCall *call, GError **error)
{
  OsyAuditEntry entry = {
      .action = "threat.acknowledged", .object_type = "threat", .object_id = seen->id};
  OsyEventDraft draft = {.type = "threat.acknowledged",
                         .aggregate_type = "threat",
                         .aggregate_id = seen->id,
                         .aggregate_seq = 2};

  return osy_audit_record (tx, seen->room->ring, call, &entry, error) &&
         osy_event_emit (tx, call, &draft, error);
}

static gboolean
acknowledge_work (OsyDbTx *tx,
                  const OsyCall *call,
                  gpointer data,
                  OsyApiReply *reply,
                  GError **error)
{
  const Seen *seen = data;
  int first = osy_threat_store_acknowledge (tx, seen->id, osy_principal_actor (call->principal),
                                            osy_clock_now (), error);

  if (first < 0 || (first > 0 && !tell_seen (seen, tx, call, error)))
    return FALSE;
  g_autoptr (OsyThreatRow) row = osy_threat_store_load (tx, seen->room->ring, seen->id, error);
  JsonObject *object = row ? threat_to_json (seen->room, tx, row, error) : NULL;
  if (object == NULL)
    return FALSE;
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
acknowledge (OsyHttpRequest *http, gpointer room)
{
  OsyDbPool *pool = ((OsyThreatRoom *)room)->pool;
  Seen *seen = g_new0 (Seen, 1);

  seen->room = room;
  seen->id = g_strdup (osy_http_request_param (http, "id"));
  osy_api_run (http, pool, NULL, acknowledge_work, seen, seen_free);
}

const OsyRoute osy_threat_routes[] = {
    {"GET", "/api/v1/restaurants/me/security", "getSecurity", OSY_PERM_SECURITY_READ, 0,
     get_security},
    {"POST", "/api/v1/restaurants/me/security/threats/{id}/acknowledge", "acknowledgeThreat",
     OSY_PERM_SECURITY_READ, OSY_ROUTE_NO_BODY, acknowledge},
    {NULL},
};
