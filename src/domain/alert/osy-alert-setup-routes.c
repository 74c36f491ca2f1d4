/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of how a shop is told of alerts, and of who is told. */

#include "osy-alert-service.h"
#include "osy-alert-store.h"
#include "osy-alert-target.h"
#include "osy-api.h"
#include "osy-audit-service.h"
#include "osy-clock.h"

typedef struct {
  OsyAlertRoom *room;
  char *id;       /* nullable */
  JsonNode *body; /* nullable */
  gint64 if_version;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_clear_pointer (&work->body, json_node_unref);
  g_free (work);
}

static void
run (OsyHttpRequest *http, gpointer data, gboolean with_body, OsyApiFunc func)
{
  OsyAlertRoom *room = data;
  const char *id = osy_http_request_param (http, "id");
  g_autoptr (GError) error = NULL;
  Work *work = g_new0 (Work, 1);

  work->room = room;
  work->id = id != NULL ? g_ascii_strdown (id, -1) : NULL;
  if (id != NULL && !g_uuid_string_is_valid (id))
    error = g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such recipient.");
  else if (with_body && osy_api_if_match (http, &work->if_version, &error))
    work->body = osy_http_request_json (http, &error);
  if (error != NULL) {
    osy_http_reply_error (http, error);
    work_free (work);
    return;
  }
  osy_http_reply_add_header (http, "Cache-Control", "no-store");
  osy_api_run (http, room->pool, NULL, func, work, work_free);
}

static gboolean
setup_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  OsyAlertSetup setup = {.version = work->if_version};

  if (work->body != NULL
          ? !osy_alert_setup_save (tx, work->room->ring, call, work->body, &setup, error)
          : !osy_alert_setup_load (tx, &setup, error))
    return FALSE;
  if (work->body != NULL) {
    if (!osy_alert_store_reconsider (tx, osy_clock_now (), error))
      return FALSE;
    osy_alert_wake (tx, work->room);
  }
  reply->body = osy_alert_setup_to_json (&setup);
  reply->version = setup.version;
  return TRUE;
}

static void
get_setup (OsyHttpRequest *http, gpointer room)
{
  run (http, room, FALSE, setup_work);
}

static void
put_setup (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, setup_work);
}

/* ---- who is told ---- */

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  g_autoptr (GPtrArray) targets = osy_alert_target_list (tx, work->room->ring, NULL, error);

  if (targets == NULL)
    return FALSE;
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < targets->len; i++)
    json_array_add_object_element (array, osy_alert_target_to_json (targets->pdata[i]));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "targets", array);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
list_targets (OsyHttpRequest *http, gpointer room)
{
  run (http, room, FALSE, list_work);
}

static gboolean
note (OsyDbTx *tx,
      const Work *work,
      const OsyCall *call,
      const char *action,
      const char *id,
      GError **error)
{
  const OsyAuditEntry audit = {.action = action, .object_type = "alert_target", .object_id = id};

  return osy_audit_record (tx, work->room->ring, call, &audit, error);
}

/* The secret that webhooks are signed with is in this one answer. */
static gboolean
add_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  g_autoptr (OsyAlertTarget) target =
      osy_alert_target_read (work->body, work->room->private_hooks, error);

  if (target == NULL || !osy_alert_target_add (tx, work->room->ring, target, error) ||
      !note (tx, work, call, "alert.target_added", target->id, error))
    return FALSE;
  JsonObject *object = osy_alert_target_to_json (target);
  if (target->secret != NULL)
    json_object_set_string_member (object, "secret", target->secret);
  reply->status = 201;
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
add_target (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, add_work);
}

static gboolean
remove_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  g_autoptr (OsyAlertTarget) target = osy_alert_target_get (tx, work->room->ring, work->id, error);

  return target != NULL && osy_alert_target_remove (tx, work->id, error) &&
         note (tx, work, call, "alert.target_removed", work->id, error);
}

static void
remove_target (OsyHttpRequest *http, gpointer room)
{
  run (http, room, FALSE, remove_work);
}

static gboolean
answer_with (OsyDbTx *tx, const Work *work, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyAlertTarget) target = osy_alert_target_get (tx, work->room->ring, work->id, error);

  if (target != NULL)
    reply->body = osy_json_take_object (osy_alert_target_to_json (target));
  return target != NULL;
}

static gboolean
change_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  g_autoptr (OsyAlertTarget) target = osy_alert_target_get (tx, work->room->ring, work->id, error);
  g_autoptr (OsyAlertTarget) changed =
      target != NULL
          ? osy_alert_target_change (target, work->body, work->room->private_hooks, error)
          : NULL;

  return changed != NULL && osy_alert_target_save (tx, work->room->ring, changed, error) &&
         note (tx, work, call, "alert.target_changed", work->id, error) &&
         answer_with (tx, work, reply, error);
}

static void
change_target (OsyHttpRequest *http, gpointer room)
{
  run (http, room, TRUE, change_work);
}

static gboolean
restore_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;

  return osy_alert_target_restore (tx, work->id, error) &&
         note (tx, work, call, "alert.target_restored", work->id, error) &&
         answer_with (tx, work, reply, error);
}

static void
restore_target (OsyHttpRequest *http, gpointer room)
{
  run (http, room, FALSE, restore_work);
}

static gboolean
test_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  g_autoptr (OsyAlert) alert = NULL;
  OsyAlertSetup setup;

  if (!osy_alert_test (tx, work->room, call, work->id, &alert, error) ||
      !osy_alert_setup_load (tx, &setup, error))
    return FALSE;
  reply->status = 202;
  reply->body = osy_json_take_object (osy_alert_to_json (alert, &setup));
  return TRUE;
}

static void
test_target (OsyHttpRequest *http, gpointer room)
{
  run (http, room, FALSE, test_work);
}

#define SETUP "/api/v1/restaurants/me/alert-setup"
#define TARGETS "/api/v1/restaurants/me/alert-targets"
const OsyRoute osy_alert_setup_routes[] = {
    {"GET", SETUP, "getAlertSetup", OSY_PERM_SHOP_MANAGE, 0, get_setup},
    {"PUT", SETUP, "putAlertSetup", OSY_PERM_SHOP_MANAGE, 0, put_setup},
    {"GET", TARGETS, "listAlertTargets", OSY_PERM_SHOP_MANAGE, 0, list_targets},
    {"POST", TARGETS, "addAlertTarget", OSY_PERM_SHOP_MANAGE, 0, add_target},
    {"PATCH", TARGETS "/{id}", "changeAlertTarget", OSY_PERM_SHOP_MANAGE, 0, change_target},
    {"POST", TARGETS "/{id}/restore", "restoreAlertTarget", OSY_PERM_SHOP_MANAGE, OSY_ROUTE_NO_BODY,
     restore_target},
    {"DELETE", TARGETS "/{id}", "removeAlertTarget", OSY_PERM_SHOP_MANAGE, 0, remove_target},
    {"POST", TARGETS "/{id}/test", "testAlertTarget", OSY_PERM_SHOP_MANAGE, OSY_ROUTE_NO_BODY,
     test_target},
    {NULL},
};
