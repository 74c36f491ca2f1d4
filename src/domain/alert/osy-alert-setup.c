/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Which alerts go where, from when on something is one, and the quiet hours. */

#include "osy-alert-setup.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-json.h"

#define ALL_CHANNELS ((1u << OSY_N_ALERT_CHANNELS) - 1)

static const char *const languages[] = {"ko", "en", NULL};
static const char *const afterwards[] = {"DIGEST", "DROP", NULL};

static const struct {
  const char *name;
  gsize offset;
  gint64 min;
  gint64 max;
  gint64 fallback;
} limits[] = {
    {"late_minutes", G_STRUCT_OFFSET (OsyAlertLimits, late_minutes), 1, 240, 10},
    {"late_orders", G_STRUCT_OFFSET (OsyAlertLimits, late_orders), 1, 100, 3},
    {"refund_amount", G_STRUCT_OFFSET (OsyAlertLimits, refund_amount), 1000, 100000000, 200000},
    {"refund_count", G_STRUCT_OFFSET (OsyAlertLimits, refund_count), 1, 1000, 10},
    {"printer_minutes", G_STRUCT_OFFSET (OsyAlertLimits, printer_minutes), 0, 240, 2},
    {"messages_per_hour", G_STRUCT_OFFSET (OsyAlertLimits, messages), 1, 1000, 10},
};

/* ---- JSON, the same in the database and outside ---- */

static void
read_rule (OsyJsonReader *reader, OsyAlertRule *rule)
{
  guint channels = 0;

  rule->pierces = osy_json_reader_opt_bool (reader, "pierces", rule->pierces);
  if (!osy_json_reader_has (reader, "channels"))
    return;
  guint n = osy_json_reader_array (reader, "channels", 0, OSY_N_ALERT_CHANNELS);
  for (guint i = 0; i < n; i++) {
    const char *name = osy_json_reader_element_string (reader, "channels", i, 1, 20);
    if (name == NULL || !g_strv_contains (osy_alert_channels, name))
      osy_json_reader_fault (reader, "channels", "ENUM", "There is no such channel.");
    else
      channels |= 1u << osy_alert_channel_of (name);
  }
  rule->channels = channels;
}

static void
read_rules (OsyJsonReader *reader, OsyAlertSetup *self)
{
  for (guint kind = 0; reader != NULL && kind < OSY_ALERT_TEST; kind++) {
    OsyJsonReader *rule = osy_json_reader_opt_object (reader, osy_alert_kinds[kind]);
    if (rule != NULL)
      read_rule (rule, &self->rules[kind]);
  }
}

static void
read_limits (OsyJsonReader *reader, OsyAlertSetup *self)
{
  for (gsize i = 0; reader != NULL && i < G_N_ELEMENTS (limits); i++) {
    gint64 *limit = G_STRUCT_MEMBER_P (&self->limits, limits[i].offset);
    *limit = osy_json_reader_opt_int (reader, limits[i].name, limits[i].min, limits[i].max, *limit);
  }
}

static int
read_minute (OsyJsonReader *reader, const char *name)
{
  const char *text = osy_json_reader_string (reader, name, 5, 5);

  if (text == NULL)
    return 0;
  if (!g_regex_match_simple ("\\A([01][0-9]|2[0-3]):[0-5][0-9]\\z", text, 0, 0)) {
    osy_json_reader_fault (reader, name, "FORMAT", "A time is HH:MM.");
    return 0;
  }
  return (int)(g_ascii_strtoll (text, NULL, 10) * 60 + g_ascii_strtoll (text + 3, NULL, 10));
}

/* null takes the quiet hours away. */
static void
read_quiet (OsyJsonReader *reader, OsyAlertQuiet *quiet)
{
  OsyJsonReader *hours = osy_json_reader_opt_object (reader, "quiet");

  if (!osy_json_reader_said (reader, "quiet"))
    return;
  quiet->from = -1;
  if (hours == NULL)
    return;
  quiet->from = read_minute (hours, "from");
  quiet->until = read_minute (hours, "until");
  quiet->drops = g_str_equal (osy_json_reader_enum (hours, "then", afterwards, "DIGEST"), "DROP");
  if (quiet->from == quiet->until)
    osy_json_reader_fault (hours, "until", "RANGE", "Quiet hours end at another time.");
}

static JsonObject *
rules_to_json (const OsyAlertSetup *self)
{
  JsonObject *rules = json_object_new ();

  for (guint kind = 0; kind < OSY_ALERT_TEST; kind++) {
    JsonObject *rule = json_object_new ();
    JsonArray *channels = json_array_new ();
    for (guint i = 0; i < OSY_N_ALERT_CHANNELS; i++)
      if (self->rules[kind].channels & (1u << i))
        json_array_add_string_element (channels, osy_alert_channels[i]);
    json_object_set_array_member (rule, "channels", channels);
    json_object_set_boolean_member (rule, "pierces", self->rules[kind].pierces);
    json_object_set_object_member (rules, osy_alert_kinds[kind], rule);
  }
  return rules;
}

static JsonObject *
limits_to_json (const OsyAlertSetup *self)
{
  JsonObject *object = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    json_object_set_int_member (
        object, limits[i].name,
        *(const gint64 *)G_STRUCT_MEMBER_P (&self->limits, limits[i].offset));
  return object;
}

static void
set_minute (JsonObject *object, const char *name, int minute)
{
  g_autofree char *text = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);

  json_object_set_string_member (object, name, text);
}

JsonNode *
osy_alert_setup_to_json (const OsyAlertSetup *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "rules", rules_to_json (self));
  json_object_set_object_member (object, "limits", limits_to_json (self));
  json_object_set_string_member (object, "language", self->language);
  if (self->quiet.from >= 0) {
    JsonObject *quiet = json_object_new ();
    set_minute (quiet, "from", self->quiet.from);
    set_minute (quiet, "until", self->quiet.until);
    json_object_set_string_member (quiet, "then", afterwards[self->quiet.drops]);
    json_object_set_object_member (object, "quiet", quiet);
  } else {
    json_object_set_null_member (object, "quiet");
  }
  json_object_set_int_member (object, "version", self->version);
  return osy_json_take_object (object);
}

/* ---- the row ---- */

static void
set_defaults (OsyAlertSetup *self)
{
  *self = (OsyAlertSetup){.quiet = {.from = -1}, .language = "ko"};
  for (guint kind = 0; kind < OSY_N_ALERTS; kind++)
    self->rules[kind] =
        (OsyAlertRule){.channels = ALL_CHANNELS,
                       .pierces = kind == OSY_ALERT_OUTAGE || kind == OSY_ALERT_THREAT ||
                                  kind == OSY_ALERT_UNANSWERED};
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    *(gint64 *)G_STRUCT_MEMBER_P (&self->limits, limits[i].offset) = limits[i].fallback;
}

/* A channel or a kind that a newer program knew is passed over. */
static gboolean
read_column (const OsyDbRows *rows,
             const char *column,
             void (*read) (OsyJsonReader *, OsyAlertSetup *),
             OsyAlertSetup *self,
             GError **error)
{
  const char *text = osy_db_rows_text (rows, 0, column);
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), error);
  g_autoptr (OsyJsonReader) reader = node != NULL ? osy_json_reader_new (node) : NULL;

  if (reader == NULL)
    return FALSE;
  osy_json_reader_ignore_unknown (reader);
  read (reader, self);
  return TRUE;
}

gboolean
osy_alert_setup_load (OsyDbTx *tx, OsyAlertSetup *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT * FROM alert_setup WHERE restaurant_id = app_restaurant()", OSY_NO_PARAMS, error);

  set_defaults (ret);
  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return rows != NULL;
  ret->language = g_intern_string (osy_db_rows_text (rows, 0, "language"));
  if (!osy_db_rows_is_null (rows, 0, "quiet_from")) {
    ret->quiet.from = (int)osy_db_rows_int (rows, 0, "quiet_from");
    ret->quiet.until = (int)osy_db_rows_int (rows, 0, "quiet_until");
  }
  ret->quiet.drops = osy_db_rows_bool (rows, 0, "quiet_drops");
  ret->version = osy_db_rows_int (rows, 0, "version");
  return read_column (rows, "rules", read_rules, ret, error) &&
         read_column (rows, "limits", read_limits, ret, error);
}

static gboolean
store (OsyDbTx *tx, const OsyAlertSetup *self, GError **error)
{
  g_autoptr (JsonNode) rules = osy_json_take_object (rules_to_json (self));
  g_autoptr (JsonNode) figures = osy_json_take_object (limits_to_json (self));
  g_autofree char *rules_text = osy_json_print (rules);
  g_autofree char *figures_text = osy_json_print (figures);

  return osy_db_exec (
      tx,
      "INSERT INTO alert_setup (restaurant_id, rules, limits, language, quiet_from, quiet_until, "
      "quiet_drops, version) VALUES (app_restaurant(), $1::jsonb, $2::jsonb, $3, "
      "nullif($4::int, -1), CASE WHEN $4::int >= 0 THEN $5::int END, $6, $7) "
      "ON CONFLICT (restaurant_id) DO UPDATE SET rules = excluded.rules, limits = excluded.limits, "
      "language = excluded.language, quiet_from = excluded.quiet_from, "
      "quiet_until = excluded.quiet_until, quiet_drops = excluded.quiet_drops, "
      "version = excluded.version",
      OSY_PARAMS (OSY_P_TEXT (rules_text), OSY_P_TEXT (figures_text), OSY_P_TEXT (self->language),
                  OSY_P_INT (self->quiet.from), OSY_P_INT (self->quiet.until),
                  OSY_P_BOOL (self->quiet.drops), OSY_P_INT (self->version)),
      NULL, error);
}

static gboolean
read_body (JsonNode *body, OsyAlertSetup *self, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  read_rules (osy_json_reader_opt_object (reader, "rules"), self);
  read_limits (osy_json_reader_opt_object (reader, "limits"), self);
  read_quiet (reader, &self->quiet);
  self->language =
      g_intern_string (osy_json_reader_enum (reader, "language", languages, self->language));
  return osy_json_reader_finish (reader, error);
}

static gboolean
check_version (const OsyAlertSetup *was, gint64 if_version, GError **error)
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

gboolean
osy_alert_setup_save (OsyDbTx *tx,
                      OsyKeyring *ring,
                      const OsyCall *call,
                      JsonNode *body,
                      OsyAlertSetup *ret,
                      GError **error)
{
  gint64 if_version = ret->version;

  if (!osy_principal_check (call->principal, OSY_PERM_SHOP_MANAGE, error) ||
      !osy_db_exec (tx,
                    "SELECT pg_advisory_xact_lock(hashtext('alert_setup' || "
                    "app_restaurant()::text))",
                    OSY_NO_PARAMS, NULL, error) ||
      !osy_alert_setup_load (tx, ret, error) || !check_version (ret, if_version, error))
    return FALSE;
  g_autoptr (JsonNode) before = osy_alert_setup_to_json (ret);
  if (!read_body (body, ret, error))
    return FALSE;
  ret->version++;
  g_autoptr (JsonNode) after = osy_alert_setup_to_json (ret);
  const OsyAuditEntry audit = {.action = "alert.setup_changed",
                               .object_type = "shop",
                               .object_id = osy_db_tx_restaurant (tx),
                               .old_value = before,
                               .new_value = after};
  return store (tx, ret, error) && osy_audit_record (tx, ring, call, &audit, error);
}
