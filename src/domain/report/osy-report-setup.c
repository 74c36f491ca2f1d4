/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* When reports are made and where they go: the row, and what a client may change of it. */

#include "osy-report-setup.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-report-folder.h"
#include "osy-report-mail.h"
#include "osy-shop-service.h"

#define NINE (9 * 60)
#define MAX_PATH 1000
#define MAX_ADDRESSES 20

static const char *const plan_names[] = {"daily", "weekly"};

void
osy_report_setup_free (OsyReportSetup *self)
{
  g_free (self->folder);
  g_free (self);
}

OsyReportClock
osy_report_clock_of (OsyShop *shop)
{
  return (OsyReportClock){osy_shop_data (shop)->time_zone, osy_shop_data (shop)->cutoff_minutes};
}

/* ---- JSON ---- */

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
plan_to_json (const OsyReportPlan *plan, gboolean week)
{
  JsonObject *when = json_object_new ();
  g_autofree char *at = g_strdup_printf ("%02d:%02d", plan->at / 60, plan->at % 60);

  json_object_set_boolean_member (when, "on", plan->on);
  json_object_set_string_member (when, "at", at);
  if (week)
    json_object_set_int_member (when, "weekday", plan->weekday);
  return when;
}

JsonNode *
osy_report_setup_to_json (OsyDbTx *tx, OsyKeyring *ring, const OsyReportSetup *self, GError **error)
{
  g_autoptr (OsyAlertTarget) sender = NULL;
  g_auto (GStrv) addresses = NULL;

  if (!osy_report_setup_addresses (tx, ring, &addresses, error) ||
      !osy_report_mail_sender (tx, ring, &sender, error))
    return NULL;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "language", self->language);
  for (int kind = 0; kind < OSY_N_REPORTS; kind++)
    json_object_set_object_member (object, plan_names[kind],
                                   plan_to_json (&self->plans[kind], kind == OSY_REPORT_WEEKLY));
  set_text (object, "folder", self->folder);
  JsonArray *array = json_array_new ();
  for (guint i = 0; addresses != NULL && addresses[i] != NULL; i++)
    json_array_add_string_element (array, addresses[i]);
  json_object_set_array_member (object, "addresses", array);
  set_text (object, "sender", sender != NULL ? sender->from : NULL);
  json_object_set_int_member (object, "version", self->version);
  return osy_json_take_object (object);
}

static void
read_minute (OsyJsonReader *reader, int *ret)
{
  const char *text = osy_json_reader_opt_string (reader, "at", 5, 5);

  if (text == NULL)
    return;
  if (!g_regex_match_simple ("\\A([01][0-9]|2[0-3]):[0-5][0-9]\\z", text, 0, 0))
    osy_json_reader_fault (reader, "at", "FORMAT", "A time is HH:MM.");
  else
    *ret = (int)(g_ascii_strtoll (text, NULL, 10) * 60 + g_ascii_strtoll (text + 3, NULL, 10));
}

static void
read_plan (OsyJsonReader *reader, OsyReportKind kind, OsyReportPlan *plan)
{
  OsyJsonReader *when = osy_json_reader_opt_object (reader, plan_names[kind]);

  if (when == NULL)
    return;
  plan->on = osy_json_reader_opt_bool (when, "on", plan->on);
  read_minute (when, &plan->at);
  if (kind == OSY_REPORT_WEEKLY)
    plan->weekday = (int)osy_json_reader_opt_int (when, "weekday", 1, 7, plan->weekday);
}

/* null takes the folder away. */
static void
read_folder (OsyJsonReader *reader, OsyReportSetup *self)
{
  const char *path = osy_json_reader_opt_string (reader, "folder", 1, MAX_PATH);

  if (!osy_json_reader_said (reader, "folder"))
    return;
  g_clear_pointer (&self->folder, g_free);
  if (path == NULL)
    return;
  if (!g_path_is_absolute (path)) {
    osy_json_reader_fault (reader, "folder", "ABSOLUTE", "A folder's path begins with /.");
    return;
  }
  g_autofree char *folder = g_canonicalize_filename (path, "/");
  const char *problem = osy_report_folder_check (folder);
  if (problem != NULL)
    osy_json_reader_fault (reader, "folder", problem, osy_report_folder_words (problem));
  else
    self->folder = g_steal_pointer (&folder);
}

/* *@ret: (out) (transfer full) (nullable): NULL when they stay. */
static void
read_addresses (OsyJsonReader *reader, gboolean sender, GStrv *ret)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  *ret = NULL;
  if (!osy_json_reader_has (reader, "addresses"))
    return;
  guint n = osy_json_reader_array (reader, "addresses", 0, MAX_ADDRESSES);
  for (guint i = 0; i < n; i++) {
    const char *text = osy_json_reader_element_string (reader, "addresses", i, 3, 254);
    if (text == NULL)
      continue;
    if (!osy_alert_is_email (text))
      osy_json_reader_fault (reader, "addresses", "FORMAT", "That is no e-mail address.");
    g_strv_builder_add (list, text);
  }
  if (n > 0 && !sender)
    osy_json_reader_fault (reader, "addresses", "NO_SENDER",
                           "First add a recipient of alerts by e-mail: its account sends reports.");
  *ret = g_strv_builder_end (list);
}

/* ---- the row ---- */

static void
load_plan (const OsyDbRows *rows, const char *const columns[3], OsyReportPlan *plan)
{
  plan->on = osy_db_rows_bool (rows, 0, columns[0]);
  plan->at = (int)osy_db_rows_int (rows, 0, columns[1]);
  if (!osy_db_rows_is_null (rows, 0, columns[2]))
    g_strlcpy (plan->since, osy_db_rows_text (rows, 0, columns[2]), sizeof plan->since);
}

OsyReportSetup *
osy_report_setup_load (OsyDbTx *tx, GError **error)
{
  static const char *const daily[] = {"daily", "daily_at", "daily_since"};
  static const char *const weekly[] = {"weekly", "weekly_at", "weekly_since"};
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT * FROM report_setup WHERE restaurant_id = app_restaurant()",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return NULL;
  OsyReportSetup *self = g_new0 (OsyReportSetup, 1);
  self->language = osy_report_languages[0];
  self->plans[OSY_REPORT_DAILY] = (OsyReportPlan){.at = NINE, .weekday = 1};
  self->plans[OSY_REPORT_WEEKLY] = (OsyReportPlan){.at = NINE, .weekday = 1};
  if (osy_db_rows_count (rows) == 0)
    return self;
  self->language = g_intern_string (osy_db_rows_text (rows, 0, "language"));
  load_plan (rows, daily, &self->plans[OSY_REPORT_DAILY]);
  load_plan (rows, weekly, &self->plans[OSY_REPORT_WEEKLY]);
  self->plans[OSY_REPORT_WEEKLY].weekday = (int)osy_db_rows_int (rows, 0, "weekly_on");
  self->folder = g_strdup (osy_db_rows_text (rows, 0, "folder"));
  self->mails = !osy_db_rows_is_null (rows, 0, "addresses_enc");
  self->version = osy_db_rows_int (rows, 0, "version");
  return self;
}

/* ---- the addresses, sealed as one ---- */

static OsyCell
cell_of (OsyDbTx *tx)
{
  const char *shop = osy_db_tx_restaurant (tx);

  return (OsyCell){shop, "report_setup", "addresses_enc", shop, NULL};
}

gboolean
osy_report_setup_addresses (OsyDbTx *tx, OsyKeyring *ring, GStrv *ret, GError **error)
{
  const OsyCell cell = cell_of (tx);
  g_autoptr (GError) local = NULL;
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT addresses_enc FROM report_setup WHERE restaurant_id = app_restaurant()",
      OSY_NO_PARAMS, error);

  *ret = NULL;
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0 || osy_db_rows_is_null (rows, 0, "addresses_enc"))
    return TRUE;
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, 0, "addresses_enc");
  g_autofree char *plain = osy_keyring_open (ring, &cell, sealed, &local);
  if (plain != NULL)
    *ret = g_strsplit (plain, "\n", -1);
  if (local == NULL || osy_error_is (local, OSY_ERROR_KEY_UNAVAILABLE) ||
      osy_error_is (local, OSY_ERROR_ERASED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* An address holds no line's end. None is NULL. */
static gboolean
store_addresses (OsyDbTx *tx, OsyKeyring *ring, GStrv addresses, GError **error)
{
  const OsyCell cell = cell_of (tx);
  g_autofree char *plain = *addresses != NULL ? g_strjoinv ("\n", addresses) : NULL;
  g_autoptr (GBytes) sealed = plain != NULL ? osy_keyring_seal (ring, &cell, plain, error) : NULL;

  return (plain == NULL || sealed != NULL) &&
         osy_db_exec (tx,
                      "UPDATE report_setup SET addresses_enc = $1 "
                      "WHERE restaurant_id = app_restaurant()",
                      OSY_PARAMS (OSY_P_BYTES (sealed)), NULL, error);
}

static gboolean
store (OsyDbTx *tx, const OsyReportSetup *self, GError **error)
{
  const OsyReportPlan *daily = &self->plans[OSY_REPORT_DAILY];
  const OsyReportPlan *weekly = &self->plans[OSY_REPORT_WEEKLY];

  return osy_db_exec (
      tx,
      "INSERT INTO report_setup (restaurant_id, language, daily, daily_at, daily_since, weekly, "
      "weekly_on, weekly_at, weekly_since, folder, version) VALUES (app_restaurant(), $1, $2, $3, "
      "$4::date, $5, $6, $7, $8::date, $9, $10) ON CONFLICT (restaurant_id) DO UPDATE SET "
      "language = excluded.language, daily = excluded.daily, daily_at = excluded.daily_at, "
      "daily_since = excluded.daily_since, weekly = excluded.weekly, "
      "weekly_on = excluded.weekly_on, weekly_at = excluded.weekly_at, "
      "weekly_since = excluded.weekly_since, folder = excluded.folder, version = excluded.version",
      OSY_PARAMS (OSY_P_TEXT (self->language), OSY_P_BOOL (daily->on), OSY_P_INT (daily->at),
                  OSY_P_TEXT (daily->on ? daily->since : NULL), OSY_P_BOOL (weekly->on),
                  OSY_P_INT (weekly->weekday), OSY_P_INT (weekly->at),
                  OSY_P_TEXT (weekly->on ? weekly->since : NULL), OSY_P_TEXT (self->folder),
                  OSY_P_INT (self->version)),
      NULL, error);
}

/* What has been due for hours is nobody's surprise now: it begins with the one after it. */
static void
begin_plans (OsyReportSetup *self, const gboolean was_on[OSY_N_REPORTS], OsyShop *shop)
{
  const OsyReportClock clock = osy_report_clock_of (shop);

  for (int kind = 0; kind < OSY_N_REPORTS; kind++) {
    OsyReportPlan *plan = &self->plans[kind];
    gint64 due_at;
    if (!plan->on || was_on[kind])
      continue;
    g_autofree char *newest =
        osy_report_plan_newest (kind, plan, &clock, osy_clock_now (), &due_at);
    g_autofree char *next = osy_report_day_after (newest, osy_report_plan_step (kind));
    g_strlcpy (plan->since, next, sizeof plan->since);
  }
}

/* *@addresses: (out) (transfer full) (nullable): NULL when they stay. */
static gboolean
read_body (JsonNode *body, gboolean sender, OsyReportSetup *self, GStrv *addresses, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  self->language = g_intern_string (
      osy_json_reader_enum (reader, "language", osy_report_languages, self->language));
  for (int kind = 0; kind < OSY_N_REPORTS; kind++)
    read_plan (reader, kind, &self->plans[kind]);
  read_folder (reader, self);
  read_addresses (reader, sender, addresses);
  return osy_json_reader_finish (reader, error);
}

static gboolean
check_version (const OsyReportSetup *was, gint64 if_version, GError **error)
{
  if (if_version == 0 || if_version == was->version)
    return TRUE;
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                                    "Another screen changed this first.");
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), was->version));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* What the screen sent, on top of what there is. */
static gboolean
change (OsyDbTx *tx, OsyKeyring *ring, JsonNode *body, OsyReportSetup *self, GError **error)
{
  const gboolean was_on[OSY_N_REPORTS] = {self->plans[0].on, self->plans[1].on};
  g_autoptr (OsyAlertTarget) sender = NULL;
  g_auto (GStrv) addresses = NULL;
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);

  if (shop == NULL || !osy_report_mail_sender (tx, ring, &sender, error) ||
      !read_body (body, sender != NULL, self, &addresses, error))
    return FALSE;
  begin_plans (self, was_on, shop);
  self->version++;
  return store (tx, self, error) &&
         (addresses == NULL || store_addresses (tx, ring, addresses, error));
}

OsyReportSetup *
osy_report_setup_save (OsyDbTx *tx,
                       OsyKeyring *ring,
                       const OsyCall *call,
                       JsonNode *body,
                       gint64 if_version,
                       GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_SHOP_MANAGE, error) ||
      !osy_db_exec (tx,
                    "SELECT pg_advisory_xact_lock(hashtext('report_setup' || "
                    "app_restaurant()::text))",
                    OSY_NO_PARAMS, NULL, error))
    return NULL;
  g_autoptr (OsyReportSetup) self = osy_report_setup_load (tx, error);
  if (self == NULL || !check_version (self, if_version, error))
    return NULL;
  g_autoptr (JsonNode) before = osy_report_setup_to_json (tx, ring, self, error);
  if (before == NULL || !change (tx, ring, body, self, error))
    return NULL;
  g_autoptr (JsonNode) after = osy_report_setup_to_json (tx, ring, self, error);
  const OsyAuditEntry audit = {.action = "report.setup_changed",
                               .object_type = "shop",
                               .object_id = osy_db_tx_restaurant (tx),
                               .old_value = before,
                               .new_value = after};
  if (after == NULL || !osy_audit_record (tx, ring, call, &audit, error))
    return NULL;
  return g_steal_pointer (&self);
}
