/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of alerts: what there was, whom it reached, and sending again what was given up. */

#include <string.h>

#include "osy-alert-service.h"
#include "osy-alert-store.h"
#include "osy-api.h"
#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-json.h"
#include "osy-shop-service.h"

typedef struct {
  OsyAlertRoom *room;
  char *id; /* nullable */
  gint64 limit;
  gint64 before_at; /* of the cursor */
  char *before_id;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->id);
  g_free (work->before_id);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* ---- the list ---- */

static char *
cursor_of (const OsyAlert *alert)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "|%s", alert->raised_at, alert->id);

  return osy_base64url_encode ((const guint8 *)text, strlen (text));
}

static gboolean
read_cursor (Work *work, const char *cursor, GError **error)
{
  g_autoptr (GBytes) bytes = strlen (cursor) < 128 ? osy_base64url_decode (cursor) : NULL;
  g_autofree char *text =
      bytes ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : g_strdup ("");
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);

  if (g_strv_length (parts) == 2 && g_uuid_string_is_valid (parts[1]) &&
      g_ascii_string_to_signed (parts[0], 10, 1, G_MAXINT64, &work->before_at, NULL)) {
    work->before_id = g_strdup (parts[1]);
    return TRUE;
  }
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "Send next_cursor as it was given.");
  return FALSE;
}

static void
set_time (JsonObject *object, const OsyDbRows *rows, guint i, const char *name)
{
  gint64 at = osy_db_rows_time (rows, i, name);
  g_autofree char *text = at != 0 ? osy_clock_format (at) : NULL;

  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static JsonObject *
message_to_json (const OsyDbRows *rows, guint i)
{
  static const char *const names[] = {"id", "channel", "target_id", "status"};
  JsonObject *object = json_object_new ();

  for (gsize k = 0; k < G_N_ELEMENTS (names); k++)
    json_object_set_string_member (object, names[k], osy_db_rows_text (rows, i, names[k]));
  json_object_set_int_member (object, "attempts", osy_db_rows_int (rows, i, "attempts"));
  if (!osy_db_rows_is_null (rows, i, "problem"))
    json_object_set_string_member (object, "problem", osy_db_rows_text (rows, i, "problem"));
  if (osy_db_rows_bool (rows, i, "crowded"))
    json_object_set_boolean_member (object, "crowded", TRUE);
  set_time (object, rows, i, "next_at");
  set_time (object, rows, i, "sent_at");
  return object;
}

static JsonArray *
messages_of (const OsyDbRows *rows, const char *alert_id)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    if (g_str_equal (osy_db_rows_text (rows, i, "alert_id"), alert_id))
      json_array_add_object_element (array, message_to_json (rows, i));
  return array;
}

/* (transfer full): the first @n of @alerts with their messages. */
static JsonArray *
alerts_to_json (OsyDbTx *tx, GPtrArray *alerts, guint n, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  OsyAlertSetup setup;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (ids, ((OsyAlert *)alerts->pdata[i])->id);
  g_autoptr (OsyDbRows) rows = osy_alert_store_messages (tx, ids, error);
  if (rows == NULL || !osy_alert_setup_load (tx, &setup, error))
    return NULL;
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < n; i++) {
    const OsyAlert *alert = alerts->pdata[i];
    JsonObject *object = osy_alert_to_json (alert, &setup);
    json_object_set_array_member (object, "messages", messages_of (rows, alert->id));
    json_array_add_object_element (array, object);
  }
  return array;
}

static gboolean
list_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (GPtrArray) alerts =
      osy_alert_store_list (tx, NULL, work->before_at, work->before_id, work->limit + 1, error);

  if (alerts == NULL)
    return FALSE;
  guint n = MIN (alerts->len, (guint)work->limit);
  JsonArray *array = alerts_to_json (tx, alerts, n, error);
  if (array == NULL)
    return FALSE;
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "alerts", array);
  if (alerts->len > n) {
    g_autofree char *cursor = cursor_of (alerts->pdata[n - 1]);
    json_object_set_string_member (body, "next_cursor", cursor);
  } else {
    json_object_set_null_member (body, "next_cursor");
  }
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
handle_list (OsyHttpRequest *http, gpointer data)
{
  OsyAlertRoom *room = data;
  static const char *const allowed[] = {"cursor", "limit", NULL};
  const char *cursor = osy_http_request_query (http, "cursor");
  g_autoptr (Work) work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  work->room = room;
  if (!osy_api_only_query (http, allowed, &error) ||
      !osy_api_limit (http, 100, 50, &work->limit, &error) ||
      (cursor != NULL && !read_cursor (work, cursor, &error)))
    osy_http_reply_error (http, error);
  else
    osy_api_run (http, room->pool, NULL, list_work, g_steal_pointer (&work), work_free);
}

/* ---- for screens ---- */

/* As it is told on a screen. @quiet_end: 0: it may make itself heard. */
static JsonObject *
open_to_json (const OsyAlert *alert, const OsyAlertSetup *setup, gint64 quiet_end)
{
  JsonObject *object = osy_alert_to_json (alert, setup);
  gboolean quiet = quiet_end > 0 && !setup->rules[alert->kind].pierces;
  g_autofree char *until = osy_clock_format (quiet_end);

  json_object_remove_member (object, "facts");
  json_object_remove_member (object, "ended_at");
  json_object_remove_member (object, "screen");
  json_object_set_boolean_member (object, "quiet", quiet);
  if (quiet && !setup->quiet.drops)
    json_object_set_string_member (object, "quiet_until", until);
  return object;
}

/* What goes back is for managers alone, as on the feed; threats have a page of their own. */
static gboolean
is_for (const OsyAlert *alert, const OsyAlertSetup *setup, const OsyCall *call)
{
  return (setup->rules[alert->kind].channels & (1u << OSY_ALERT_SCREEN)) != 0 &&
         (alert->kind != OSY_ALERT_REFUNDS ||
          osy_principal_can (call->principal, OSY_PERM_SHOP_MANAGE));
}

static gboolean
open_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);
  g_autoptr (GPtrArray) alerts = shop != NULL ? osy_alert_store_open (tx, error) : NULL;
  OsyAlertSetup setup;

  if (alerts == NULL || !osy_alert_setup_load (tx, &setup, error))
    return FALSE;
  const char *zone = osy_shop_data (shop)->time_zone;
  gint64 quiet_end = osy_alert_quiet_end (&setup.quiet, osy_clock_now (), zone);
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < alerts->len; i++)
    if (is_for (alerts->pdata[i], &setup, call))
      json_array_add_object_element (array, open_to_json (alerts->pdata[i], &setup, quiet_end));
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "alerts", array);
  reply->body = osy_json_take_object (body);
  return TRUE;
}

static void
handle_open (OsyHttpRequest *http, gpointer data)
{
  OsyAlertRoom *room = data;

  osy_api_run (http, room->pool, NULL, open_work, NULL, NULL);
}

/* ---- once more ---- */

static gboolean
retry_work (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  const Work *work = data;
  const OsyAuditEntry audit = {
      .action = "alert.retried", .object_type = "alert_message", .object_id = work->id};

  osy_alert_wake (tx, work->room);
  return osy_alert_store_retry (tx, work->id, osy_clock_now (), error) &&
         osy_audit_record (tx, work->room->ring, call, &audit, error);
}

static void
handle_retry (OsyHttpRequest *http, gpointer data)
{
  OsyAlertRoom *room = data;
  const char *id = osy_http_request_param (http, "id");

  if (!g_uuid_string_is_valid (id)) {
    g_autoptr (GError) error =
        g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such message.");
    osy_http_reply_error (http, error);
    return;
  }
  Work *work = g_new0 (Work, 1);
  work->room = room;
  work->id = g_ascii_strdown (id, -1);
  osy_api_run (http, room->pool, NULL, retry_work, work, work_free);
}

#define ALERTS "/api/v1/restaurants/me/alerts"
const OsyRoute osy_alert_routes[] = {
    {"GET", ALERTS, "listAlerts", OSY_PERM_SHOP_MANAGE, 0, handle_list},
    {"GET", ALERTS "/open", "listOpenAlerts", OSY_PERM_ORDER_READ, 0, handle_open},
    {"POST", ALERTS "/messages/{id}/retry", "retryAlertMessage", OSY_PERM_SHOP_MANAGE,
     OSY_ROUTE_NO_BODY, handle_retry},
    {NULL},
};
