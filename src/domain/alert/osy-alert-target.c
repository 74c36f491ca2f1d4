/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who is told of alerts. What a shop writes down of them is sealed as one object. */

#include "osy-alert-target.h"

#include <string.h>

#include "osy-alert-alimtalk.h"
#include "osy-clock.h"
#include "osy-codec.h"
#include "osy-crypto.h"
#include "osy-fetch.h"
#include "osy-id.h"
#include "osy-mask.h"
#include "osy-phone.h"

#define TABLE "alert_target"
#define SECRET_BYTES 24 /* 32 characters: OSY_CHANNEL_SECRET_SIZE */
#define PAGERDUTY_URL "https://events.pagerduty.com/v2/enqueue"

static void
wipe (char *text)
{
  if (text != NULL)
    osy_wipe (text, strlen (text));
  g_free (text);
}

void
osy_alert_target_free (OsyAlertTarget *self)
{
  g_free (self->id);
  g_free (self->name);
  wipe (self->address);
  wipe (self->key);
  wipe (self->user_id);
  g_free (self->from);
  wipe (self->sender_key);
  g_free (self->template_code);
  g_free (self->template);
  wipe (self->token);
  wipe (self->secret);
  g_free (self);
}

/* ---- what a client sends ---- */

static void
read_hook (OsyJsonReader *reader, OsyAlertTarget *self, gboolean private_hooks)
{
  const char *url = self->channel == OSY_ALERT_PAGERDUTY
                        ? osy_json_reader_opt_string (reader, "address", 8, 500)
                        : osy_json_reader_string (reader, "address", 8, 500);

  self->address = g_strdup (url != NULL ? url : PAGERDUTY_URL);
  if (!osy_fetch_is_hook (self->address, private_hooks))
    osy_json_reader_fault (reader, "address", "ADDRESS",
                           "A webhook is an https:// address on the internet.");
  if (self->channel == OSY_ALERT_PAGERDUTY) {
    const char *key = osy_json_reader_string (reader, "key", 32, 32);
    self->key = g_strdup (key);
    if (key != NULL && !g_regex_match_simple ("\\A[A-Za-z0-9]{32}\\z", key, 0, 0))
      osy_json_reader_fault (reader, "key", "FORMAT", "A routing key is 32 letters and digits.");
  }
  self->secret = osy_random_token (SECRET_BYTES);
}

gboolean
osy_alert_is_email (const char *text)
{
  return g_regex_match_simple ("\\A[^@\\s<>\"]+@[^@\\s<>\"]+\\.[^@\\s<>\"]+\\z", text, 0, 0);
}

static char *
read_email (OsyJsonReader *reader, const char *name)
{
  const char *text = osy_json_reader_string (reader, name, 3, 254);

  if (text != NULL && !osy_alert_is_email (text))
    osy_json_reader_fault (reader, name, "FORMAT", "That is no e-mail address.");
  return g_strdup (text);
}

static void
read_mail (OsyJsonReader *reader, OsyAlertTarget *self)
{
  const char *key = osy_json_reader_string (reader, "key", 10, 200);

  self->address = read_email (reader, "address");
  self->from = read_email (reader, "from");
  self->key = g_strdup (key);
  if (key != NULL && !g_regex_match_simple ("\\ASG\\.[A-Za-z0-9_.-]+\\z", key, 0, 0))
    osy_json_reader_fault (reader, "key", "FORMAT", "A key of SendGrid begins with SG.");
}

/* @pattern: of its digits. */
static char *
read_phone (OsyJsonReader *reader, const char *name, const char *pattern, const char *detail)
{
  const char *text = osy_json_reader_string (reader, name, 8, 30);
  char *digits = osy_phone_digits (text != NULL ? text : "");

  if (text != NULL && !g_regex_match_simple (pattern, digits, 0, 0))
    osy_json_reader_fault (reader, name, "FORMAT", detail);
  return digits;
}

/* A field of Aligo's form: neither blanks nor what is no plain text. */
static char *
read_word (OsyJsonReader *reader, const char *name, gsize min, gsize max)
{
  const char *text = osy_json_reader_string (reader, name, min, max);

  if (text != NULL && !g_regex_match_simple ("\\A[!-~]+\\z", text, 0, 0))
    osy_json_reader_fault (reader, name, "FORMAT", "That is not what Aligo shows.");
  return g_strdup (text);
}

static void
read_sms (OsyJsonReader *reader, OsyAlertTarget *self)
{
  self->address = read_phone (reader, "address", "\\A01[016789][0-9]{7,8}\\z",
                              "That is no number of a mobile telephone.");
  self->from = read_phone (reader, "from", "\\A[0-9]{8,12}\\z",
                           "That is no number that could be registered as a sender.");
  self->key = read_word (reader, "key", 10, 100);
  self->user_id = read_word (reader, "user_id", 1, 50);
}

static void
read_alimtalk (OsyJsonReader *reader, OsyAlertTarget *self)
{
  const char *template = osy_json_reader_string (reader, "template", 1, OSY_ALERT_ALIMTALK_MAX);

  read_sms (reader, self);
  self->sender_key = read_word (reader, "sender_key", 10, 100);
  self->template_code = read_word (reader, "template_code", 1, 30);
  self->template = g_strdup (template);
  if (template != NULL && !osy_alert_alimtalk_is_template (template))
    osy_json_reader_fault (reader, "template", "FORMAT",
                           "The text that Kakao has approved, with " OSY_ALERT_ALIMTALK_WORDS
                           " for what happened; only that and " OSY_ALERT_ALIMTALK_SHOP
                           " are filled in.");
  if (osy_json_reader_has (reader, "token"))
    self->token = read_word (reader, "token", 1, 500);
}

OsyAlertTarget *
osy_alert_target_read (JsonNode *body, gboolean private_hooks, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  g_autoptr (OsyAlertTarget) self = g_new0 (OsyAlertTarget, 1);
  const char *channel = osy_json_reader_enum (reader, "channel", osy_alert_channels + 1, NULL);

  self->id = osy_id_new ();
  self->channel = channel != NULL ? osy_alert_channel_of (channel) : OSY_ALERT_SLACK;
  self->name = g_strdup (osy_json_reader_string (reader, "name", 1, 100));
  if (self->channel == OSY_ALERT_EMAIL)
    read_mail (reader, self);
  else if (self->channel == OSY_ALERT_SMS)
    read_sms (reader, self);
  else if (self->channel == OSY_ALERT_ALIMTALK)
    read_alimtalk (reader, self);
  else
    read_hook (reader, self, private_hooks);
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

/* Of a webhook its place alone: the path is what only the shop may know. */
static char *
mask (const OsyAlertTarget *self)
{
  if (self->channel == OSY_ALERT_EMAIL)
    return osy_mask_email (self->address);
  if (self->channel == OSY_ALERT_SMS || self->channel == OSY_ALERT_ALIMTALK)
    return osy_mask_phone (self->address);
  g_autoptr (GUri) uri = g_uri_parse (self->address, G_URI_FLAGS_NONE, NULL);

  return g_strdup_printf ("%s/…", uri != NULL ? g_uri_get_host (uri) : "");
}

JsonObject *
osy_alert_target_to_json (const OsyAlertTarget *self)
{
  JsonObject *object = json_object_new ();
  g_autofree char *masked = mask (self);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "channel", osy_alert_channels[self->channel]);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "address", self->unreadable ? "" : masked);
  if (self->unreadable)
    json_object_set_boolean_member (object, "unreadable", TRUE);
  return object;
}

/* ---- the table ---- */

static OsyCell
cell_of (OsyDbTx *tx, const char *id)
{
  return (OsyCell){osy_db_tx_restaurant (tx), TABLE, "detail_enc", id, NULL};
}

/* (transfer full): its texts, as a client would send them. */
static JsonObject *
texts_of (const OsyAlertTarget *self)
{
  const struct {
    const char *name;
    const char *value;
  } texts[] = {{"name", self->name},
               {"address", self->address},
               {"key", self->key},
               {"user_id", self->user_id},
               {"from", self->from},
               {"sender_key", self->sender_key},
               {"template_code", self->template_code},
               {"template", self->template},
               {"token", self->token}};
  JsonObject *object = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL)
      json_object_set_string_member (object, texts[i].name, texts[i].value);
  return object;
}

static GBytes *
seal (OsyDbTx *tx, OsyKeyring *ring, const OsyAlertTarget *self, GError **error)
{
  const OsyCell cell = cell_of (tx, self->id);
  JsonObject *object = texts_of (self);
  g_autoptr (JsonNode) node = osy_json_take_object (object);

  if (self->secret != NULL)
    json_object_set_string_member (object, "secret", self->secret);
  char *plain = osy_json_print (node);
  GBytes *sealed = osy_keyring_seal (ring, &cell, plain, error);
  wipe (plain);
  return sealed;
}

gboolean
osy_alert_target_add (OsyDbTx *tx, OsyKeyring *ring, const OsyAlertTarget *self, GError **error)
{
  g_autoptr (GBytes) sealed = seal (tx, ring, self, error);
  gint64 added = 0;

  if (sealed == NULL ||
      !osy_db_exec (tx,
                    "INSERT INTO alert_target (restaurant_id, id, channel, detail_enc, created_at) "
                    "SELECT app_restaurant(), $1::uuid, $2, $3, $4 WHERE (SELECT count(*) FROM "
                    "alert_target WHERE restaurant_id = app_restaurant() "
                    "  AND removed_at IS NULL) < $5",
                    OSY_PARAMS (OSY_P_TEXT (self->id),
                                OSY_P_TEXT (osy_alert_channels[self->channel]),
                                OSY_P_BYTES (sealed), OSY_P_TIME (osy_clock_now ()),
                                OSY_P_INT (OSY_ALERT_MAX_TARGETS)),
                    &added, error))
    return FALSE;
  if (added == 0)
    g_set_error (error, OSY_ERROR, OSY_ERROR_CONFLICT, "There are %d already.",
                 OSY_ALERT_MAX_TARGETS);
  return added > 0;
}

/* @ret: (out) (transfer full) (nullable): what was sealed; NULL when it cannot be read. FALSE only
 * when the database does not say: then it may be read in a moment. */
static gboolean
open_detail (OsyKeyring *ring, const OsyCell *cell, GBytes *sealed, JsonNode **ret, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *plain = osy_keyring_open (ring, cell, sealed, &local);

  *ret = plain != NULL ? osy_json_parse (plain, strlen (plain), NULL) : NULL;
  wipe (plain);
  if (*ret != NULL && !JSON_NODE_HOLDS_OBJECT (*ret))
    g_clear_pointer (ret, json_node_unref);
  if (local == NULL || osy_error_is (local, OSY_ERROR_KEY_UNAVAILABLE) ||
      osy_error_is (local, OSY_ERROR_ERASED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
has_account (const OsyAlertTarget *self)
{
  return self->key != NULL && self->user_id != NULL && self->from != NULL;
}

/* Whether all is there without which it cannot be called. */
static gboolean
is_whole (const OsyAlertTarget *self)
{
  if (*self->address == '\0')
    return FALSE;
  switch (self->channel) {
  case OSY_ALERT_SLACK: return self->secret != NULL;
  case OSY_ALERT_PAGERDUTY: return self->secret != NULL && self->key != NULL;
  case OSY_ALERT_EMAIL: return self->key != NULL && self->from != NULL;
  case OSY_ALERT_ALIMTALK:
    return has_account (self) && self->sender_key != NULL && self->template_code != NULL &&
           self->template != NULL;
  case OSY_ALERT_SMS: return has_account (self);
  default: return FALSE;
  }
}

OsyAlertTarget *
osy_alert_target_change (const OsyAlertTarget *self,
                         JsonNode *change,
                         gboolean private_hooks,
                         GError **error)
{
  JsonObject *object = texts_of (self);
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!JSON_NODE_HOLDS_OBJECT (change) || self->unreadable ||
      json_object_has_member (json_node_get_object (change), "channel")) {
    g_set_error_literal (error, OSY_ERROR,
                         self->unreadable ? OSY_ERROR_CONFLICT : OSY_ERROR_INVALID_REQUEST,
                         self->unreadable ? "This recipient cannot be read any more; remove it and "
                                            "add it anew."
                                          : "Send what is to be changed; the channel stays.");
    return NULL;
  }
  /* A key goes to no other place than the one it was given for. */
  if (self->channel == OSY_ALERT_PAGERDUTY &&
      json_object_has_member (json_node_get_object (change), "address"))
    json_object_remove_member (object, "key");
  json_object_iter_init (&iter, json_node_get_object (change));
  while (json_object_iter_next (&iter, &name, &value))
    json_object_set_member (object, name, json_node_copy (value));
  json_object_set_string_member (object, "channel", osy_alert_channels[self->channel]);
  OsyAlertTarget *changed = osy_alert_target_read (body, private_hooks, error);
  if (changed == NULL)
    return NULL;
  g_free (changed->id);
  changed->id = g_strdup (self->id);
  wipe (changed->secret);
  changed->secret = g_strdup (self->secret);
  return changed;
}

gboolean
osy_alert_target_save (OsyDbTx *tx, OsyKeyring *ring, const OsyAlertTarget *self, GError **error)
{
  g_autoptr (GBytes) sealed = seal (tx, ring, self, error);

  return sealed != NULL &&
         osy_db_exec (tx,
                      "UPDATE alert_target SET detail_enc = $2 "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (self->id), OSY_P_BYTES (sealed)), NULL, error);
}

/* (transfer full) (nullable) */
static char *
text_in (JsonObject *object, const char *name, const char *fallback)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, fallback));
}

static OsyAlertTarget *
row_from (OsyDbTx *tx, OsyKeyring *ring, const OsyDbRows *rows, guint i, GError **error)
{
  const char *id = osy_db_rows_text (rows, i, "id");
  const OsyCell cell = cell_of (tx, id);
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, i, "detail_enc");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonObject) nothing = json_object_new ();

  if (!open_detail (ring, &cell, sealed, &node, error))
    return NULL;
  JsonObject *object = node != NULL ? json_node_get_object (node) : nothing;
  OsyAlertTarget *self = g_new0 (OsyAlertTarget, 1);
  self->id = g_strdup (id);
  self->channel = osy_alert_channel_of (osy_db_rows_text (rows, i, "channel"));
  self->name = text_in (object, "name", "");
  self->address = text_in (object, "address", "");
  self->key = text_in (object, "key", NULL);
  self->user_id = text_in (object, "user_id", NULL);
  self->from = text_in (object, "from", NULL);
  self->sender_key = text_in (object, "sender_key", NULL);
  self->template_code = text_in (object, "template_code", NULL);
  self->template = text_in (object, "template", NULL);
  self->token = text_in (object, "token", NULL);
  self->secret = text_in (object, "secret", NULL);
  self->unreadable = !is_whole (self);
  return self;
}

GPtrArray *
osy_alert_target_list (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_alert_target_free);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT id, channel, detail_enc FROM alert_target WHERE restaurant_id = app_restaurant() "
      "AND removed_at IS NULL AND ($1::uuid IS NULL OR id = $1::uuid) ORDER BY created_at, id",
      OSY_PARAMS (OSY_P_TEXT (id)), error);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyAlertTarget *target = row_from (tx, ring, rows, i, error);
    if (target == NULL)
      return NULL;
    g_ptr_array_add (list, target);
  }
  return g_steal_pointer (&list);
}

OsyAlertTarget *
osy_alert_target_get (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error)
{
  g_autoptr (GPtrArray) list = osy_alert_target_list (tx, ring, id, error);

  if (list != NULL && list->len == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such recipient.");
  return list != NULL && list->len > 0 ? g_ptr_array_steal_index (list, 0) : NULL;
}

gboolean
osy_alert_target_remove (OsyDbTx *tx, const char *id, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE alert_target SET removed_at = $2 "
                      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TIME (osy_clock_now ())), NULL, error) &&
         osy_db_exec (tx,
                      "UPDATE alert_message SET status = 'DROPPED', next_at = NULL, doubt = false "
                      "WHERE restaurant_id = app_restaurant() AND target_id = $1::uuid "
                      "AND status IN ('WAITING', 'HELD', 'JOINED')",
                      OSY_PARAMS (OSY_P_TEXT (id)), NULL, error) &&
         osy_db_exec (tx,
                      "UPDATE alert_message SET incident = 'LEFT', resolve_at = NULL "
                      "WHERE restaurant_id = app_restaurant() AND target_id = $1::uuid "
                      "AND incident IN ('OPEN', 'ENDING')",
                      OSY_PARAMS (OSY_P_TEXT (id)), NULL, error);
}

gboolean
osy_alert_target_restore (OsyDbTx *tx, const char *id, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "WITH back AS (UPDATE alert_target SET removed_at = NULL "
      "  WHERE restaurant_id = app_restaurant() AND id = $1::uuid AND (SELECT count(*) "
      "    FROM alert_target WHERE restaurant_id = app_restaurant() AND removed_at IS NULL "
      "    AND id <> $1::uuid) < $2 RETURNING id) "
      "SELECT EXISTS (SELECT FROM back) AS done FROM alert_target "
      "WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_INT (OSY_ALERT_MAX_TARGETS)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0 && osy_db_rows_bool (rows, 0, "done"))
    return TRUE;
  if (osy_db_rows_count (rows) == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such recipient.");
  else
    g_set_error (error, OSY_ERROR, OSY_ERROR_CONFLICT, "There are %d already.",
                 OSY_ALERT_MAX_TARGETS);
  return FALSE;
}

gboolean
osy_alert_target_forget (OsyDbTx *tx, gint64 before, GError **error)
{
  return osy_db_exec (
      tx, "DELETE FROM alert_target WHERE restaurant_id = app_restaurant() AND removed_at < $1",
      OSY_PARAMS (OSY_P_TIME (before)), NULL, error);
}
