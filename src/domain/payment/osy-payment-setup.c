/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How a shop takes money. The secret key goes in and never comes out, but to the payment service.
 */

#include "osy-payment-setup.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-json.h"

#define RECEIPT_FROM 100000

void
osy_payment_setup_free (OsyPaymentSetup *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->methods);
  g_free (self->client_key);
  g_free (self);
}

static OsyDbRows *
read_row (OsyDbTx *tx, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT restaurant_id, restaurant_id AS id, array_to_string(methods, ',') AS list, "
      "client_key, secret_key_enc, auto_cash_receipt_from, version "
      "FROM payment_setup WHERE restaurant_id = app_restaurant()",
      OSY_NO_PARAMS, error);
}

OsyPaymentSetup *
osy_payment_setup_load (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) rows = read_row (tx, error);
  OsyPaymentSetup *self;

  if (rows == NULL)
    return NULL;
  self = g_new0 (OsyPaymentSetup, 1);
  self->methods = g_ptr_array_new_with_free_func (g_free);
  gboolean known = osy_db_rows_count (rows) > 0;
  const char *list =
      known ? osy_db_rows_text (rows, 0, "list") : OSY_PAYMENT_CASH "," OSY_PAYMENT_TERMINAL;
  g_auto (GStrv) methods = g_strsplit (list, ",", -1);
  for (guint i = 0; methods[i] != NULL; i++)
    g_ptr_array_add (self->methods, g_strdup (methods[i]));
  self->auto_receipt_from = RECEIPT_FROM;
  if (known) {
    self->client_key = g_strdup (osy_db_rows_text (rows, 0, "client_key"));
    self->secret_key_set = !osy_db_rows_is_null (rows, 0, "secret_key_enc");
    self->auto_receipt_from = osy_db_rows_int (rows, 0, "auto_cash_receipt_from");
    self->version = osy_db_rows_int (rows, 0, "version");
  }
  return self;
}

gboolean
osy_payment_setup_takes (const OsyPaymentSetup *self, const char *method)
{
  if (osy_payment_is_remote (method) && (self->client_key == NULL || !self->secret_key_set))
    return FALSE;
  return g_ptr_array_find_with_equal_func (self->methods, method, g_str_equal, NULL);
}

gboolean
osy_payment_setup_offers (OsyDbTx *tx, const char *method, gboolean *takes, GError **error)
{
  g_autoptr (OsyPaymentSetup) setup = osy_payment_setup_load (tx, error);

  *takes = setup != NULL && osy_payment_setup_takes (setup, method);
  return setup != NULL;
}

char *
osy_payment_setup_secret (OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  g_autoptr (OsyDbRows) rows = read_row (tx, error);

  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return NULL;
  return osy_payment_cell (ring, rows, 0, "payment_setup", "secret_key_enc", error);
}

/* ---- changing ---- */

/* "test_ck_…" with "test_sk_…", "live_gck_…" with "live_gsk_…": of one mode and one kind. */
static gboolean
check_key (const char *key, const char *const prefixes[4], const char *pointer, GError **error)
{
  gsize len = key != NULL ? strlen (key) : 0;

  for (guint i = 0; key != NULL && i < 4; i++)
    if (g_str_has_prefix (key, prefixes[i]) && len > 10 && len <= 100 &&
        strspn (key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == len)
      return TRUE;
  if (key == NULL)
    return TRUE;
  g_autoptr (GError) refusal =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "That is no key of this kind.");
  osy_error_add_field (refusal, pointer, "FORMAT", refusal->message);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
check_keys (const OsyPaymentSetupChange *change, GError **error)
{
  static const char *const client[4] = {"test_ck_", "live_ck_", "test_gck_", "live_gck_"};
  static const char *const secret[4] = {"test_sk_", "live_sk_", "test_gsk_", "live_gsk_"};

  if (!check_key (change->client_key, client, "/toss/client_key", error) ||
      !check_key (change->secret_key, secret, "/toss/secret_key", error))
    return FALSE;
  if (change->client_key == NULL || change->secret_key == NULL)
    return TRUE;
  gsize n = strcspn (change->client_key + 5, "c"); /* "" or "g" */
  return (strncmp (change->client_key, change->secret_key, 5) == 0 &&
          strcspn (change->secret_key + 5, "s") == n) ||
         osy_payment_refuse (OSY_ERROR_INVALID_REQUEST,
                             "The two keys are not of one pair: test with test, live with live.",
                             error);
}

static gboolean
write_setup (const OsyPaymentAct *act, const OsyPaymentSetupChange *change, GError **error)
{
  const char *shop = osy_db_tx_restaurant (act->tx);
  const OsyCell cell = {shop, "payment_setup", "secret_key_enc", shop};
  g_autoptr (GBytes) secret = NULL;

  if (change->secret_key != NULL) {
    secret = osy_keyring_seal (act->ring, &cell, change->secret_key, error);
    if (secret == NULL)
      return FALSE;
  }
  return osy_db_exec (
      act->tx,
      "INSERT INTO payment_setup (restaurant_id, methods, client_key, secret_key_enc, "
      "auto_cash_receipt_from) VALUES (app_restaurant(), $1, $2, $3, nullif($4, 0)) "
      "ON CONFLICT (restaurant_id) DO UPDATE SET methods = $1, client_key = $2, secret_key_enc = "
      "CASE WHEN $5 THEN NULL ELSE coalesce($3, payment_setup.secret_key_enc) END, "
      "auto_cash_receipt_from = nullif($4, 0), version = payment_setup.version + 1",
      OSY_PARAMS (OSY_P_TEXTS (change->methods), OSY_P_TEXT (change->client_key),
                  OSY_P_BYTES (secret), OSY_P_INT (change->auto_receipt_from),
                  OSY_P_BOOL (change->forget_secret)),
      NULL, error);
}

static gboolean
check_version (const OsyPaymentSetup *was, gint64 if_version, GError **error)
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

OsyPaymentSetup *
osy_payment_setup_put (const OsyPaymentAct *act,
                       const OsyPaymentSetupChange *change,
                       GError **error)
{
  if (!osy_principal_check (act->call->principal, OSY_PERM_PAYMENT_MANAGE, error) ||
      !check_keys (change, error))
    return NULL;
  if (!osy_db_exec (act->tx,
                    "SELECT pg_advisory_xact_lock(hashtext('payment_setup' || "
                    "app_restaurant()::text))",
                    OSY_NO_PARAMS, NULL, error))
    return NULL;
  g_autoptr (OsyPaymentSetup) was = osy_payment_setup_load (act->tx, error);
  if (was == NULL || !check_version (was, change->if_version, error) ||
      !write_setup (act, change, error))
    return NULL;
  g_autoptr (OsyPaymentSetup) now = osy_payment_setup_load (act->tx, error);
  if (now == NULL)
    return NULL;
  g_autoptr (JsonNode) before = osy_payment_setup_to_json (was);
  g_autoptr (JsonNode) after = osy_payment_setup_to_json (now);
  const OsyAuditEntry audit = {.action = change->secret_key != NULL ? "payment.key_changed"
                                                                    : "payment.setup_changed",
                               .object_type = "shop",
                               .object_id = osy_db_tx_restaurant (act->tx),
                               .old_value = before,
                               .new_value = after};
  return osy_audit_record (act->tx, act->ring, act->call, &audit, error) ? g_steal_pointer (&now)
                                                                         : NULL;
}

JsonNode *
osy_payment_setup_to_json (const OsyPaymentSetup *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *methods = json_array_new ();
  JsonObject *toss = json_object_new ();

  for (guint i = 0; i < self->methods->len; i++)
    json_array_add_string_element (methods, g_ptr_array_index (self->methods, i));
  json_object_set_array_member (object, "methods", methods);
  if (self->client_key != NULL)
    json_object_set_string_member (toss, "client_key", self->client_key);
  json_object_set_boolean_member (toss, "secret_key_set", self->secret_key_set);
  json_object_set_object_member (object, "toss", toss);
  if (self->auto_receipt_from > 0)
    json_object_set_int_member (object, "auto_cash_receipt_from", self->auto_receipt_from);
  else
    json_object_set_null_member (object, "auto_cash_receipt_from");
  json_object_set_int_member (object, "version", self->version);
  return osy_json_take_object (object);
}
