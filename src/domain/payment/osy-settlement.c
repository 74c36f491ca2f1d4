/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Two books held against each other: what the payment service says it moved and pays out, and what
 * is written here. Whatever only one of them knows is a finding for a person. */

#include "osy-settlement.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-payment-setup.h"

#define TODAY "($1::timestamptz AT TIME ZONE 'Asia/Seoul')::date"
#define CAPTURED "('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')"
#define MOVED                                                                               \
  "jsonb_to_recordset($1::jsonb) AS x(\"orderId\" text, amount bigint, status text) WHERE " \
  "x.status IN ('DONE', 'CANCELED', 'PARTIAL_CANCELED')"

void
osy_settlement_day_free (OsySettlementDay *self)
{
  if (self->secret != NULL)
    osy_wipe (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->restaurant_id);
  g_free (self->day);
  g_free (self->since);
  g_clear_pointer (&self->moved, g_bytes_unref);
  g_clear_pointer (&self->settled, g_bytes_unref);
  g_free (self);
}

/* ---- which day ---- */

/* The day after the last one that was done, but no more than a month back; never today. */
gboolean
osy_settlement_find (OsyDbTx *tx, gpointer data, GError **error)
{
  OsySettlementDay *self = data;
  g_autoptr (GError) local = NULL;
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT day::text, (day - 14)::text AS since FROM (SELECT coalesce($2::date, "
      "  greatest(coalesce(reconciled_on + 1, " TODAY " - 1), " TODAY " - 30)) AS day, $2::date "
      "  AS asked FROM payment_setup WHERE restaurant_id = app_restaurant()) d "
      "WHERE asked IS NOT NULL OR day < " TODAY,
      OSY_PARAMS (OSY_P_TIME (osy_clock_now ()), OSY_P_TEXT (self->day)), error);

  if (rows == NULL)
    return FALSE;
  gboolean due = osy_db_rows_count (rows) > 0;
  g_free (self->day);
  g_free (self->since);
  self->day = due ? g_strdup (osy_db_rows_text (rows, 0, "day")) : NULL;
  self->since = due ? g_strdup (osy_db_rows_text (rows, 0, "since")) : NULL;
  if (self->secret == NULL)
    self->secret = osy_payment_setup_secret (tx, self->ring, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ---- taking in ---- */

static char *
array_text (GBytes *bytes, GError **error)
{
  gsize size = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autoptr (JsonNode) node = size > 0 ? osy_json_parse (text, size, NULL) : NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return osy_json_print (node);
  osy_payment_refuse (OSY_ERROR_INVALID_REQUEST, "The payment service gave no list.", error);
  return NULL;
}

static gboolean
take_settled (OsyDbTx *tx, const char *list, GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO settlement (restaurant_id, transaction_key, payment_id, amount, fee, pay_out, "
      "  sold_on, paid_out_on, imported_at) SELECT app_restaurant(), x.\"transactionKey\", p.id, "
      "  x.amount, x.fee, x.\"payOutAmount\", x.\"soldDate\", x.\"paidOutDate\", $2 FROM "
      "  jsonb_to_recordset($1::jsonb) AS x(\"transactionKey\" text, \"orderId\" text, "
      "    amount bigint, fee bigint, \"payOutAmount\" bigint, \"soldDate\" date, "
      "    \"paidOutDate\" date) LEFT JOIN payment p ON p.restaurant_id = app_restaurant() "
      "    AND p.id::text = x.\"orderId\" WHERE x.\"transactionKey\" IS NOT NULL "
      "ON CONFLICT (restaurant_id, transaction_key) DO UPDATE SET amount = excluded.amount, "
      "  fee = excluded.fee, pay_out = excluded.pay_out, sold_on = excluded.sold_on, "
      "  paid_out_on = excluded.paid_out_on, imported_at = excluded.imported_at",
      OSY_PARAMS (OSY_P_TEXT (list), OSY_P_TIME (osy_clock_now ())), NULL, error);
}

static gboolean
compare (OsyDbTx *tx, OsySettlementDay *self, const char *list, GError **error)
{
  gint64 now = osy_clock_now ();
  gint64 here = 0;
  gint64 there = 0;
  gboolean done =
      osy_db_exec (tx,
                   "DELETE FROM payment_finding WHERE restaurant_id = app_restaurant() "
                   "AND day = $1::date",
                   OSY_PARAMS (OSY_P_TEXT (self->day)), NULL, error) &&
      osy_db_exec (tx,
                   "INSERT INTO payment_finding (restaurant_id, day, kind, subject, amount, "
                   "found_at) SELECT app_restaurant(), $2::date, 'CHARGE_UNKNOWN_HERE', "
                   "left(m.\"orderId\", 200), sum(m.amount), $3 FROM (SELECT x.* FROM " MOVED
                   ") m LEFT JOIN payment p ON p.restaurant_id = app_restaurant() "
                   "AND p.id::text = m.\"orderId\" AND p.status IN " CAPTURED " "
                   "WHERE p.id IS NULL GROUP BY m.\"orderId\" HAVING sum(m.amount) <> 0",
                   OSY_PARAMS (OSY_P_TEXT (list), OSY_P_TEXT (self->day), OSY_P_TIME (now)), &here,
                   error) &&
      osy_db_exec (
          tx,
          "INSERT INTO payment_finding (restaurant_id, day, kind, subject, amount, "
          "found_at) SELECT app_restaurant(), $2::date, 'CHARGE_UNKNOWN_THERE', "
          "p.id::text, p.amount, $3 FROM payment p WHERE p.restaurant_id = "
          "app_restaurant() AND p.method IN ('TOSS', 'VIRTUAL_ACCOUNT') AND p.status IN " CAPTURED
          " AND (p.paid_at AT TIME ZONE 'Asia/Seoul')::date = $2::date "
          "AND NOT EXISTS (SELECT FROM " MOVED " AND x.\"orderId\" = p.id::text)",
          OSY_PARAMS (OSY_P_TEXT (list), OSY_P_TEXT (self->day), OSY_P_TIME (now)), &there, error);

  self->n_findings = here + there;
  return done;
}

static gboolean
note_day (OsyDbTx *tx, const OsySettlementDay *self, GError **error)
{
  g_autoptr (OsyPrincipal) own = osy_principal_new_system (self->restaurant_id, "payment");
  const OsyCall call = {own, NULL};
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "day", self->day);
  json_object_set_int_member (object, "findings", self->n_findings);
  g_autoptr (JsonNode) value = osy_json_take_object (object);
  const OsyAuditEntry audit = {.action = "payment.reconciled",
                               .object_type = "shop",
                               .object_id = self->restaurant_id,
                               .new_value = value};
  return osy_db_exec (tx,
                      "UPDATE payment_setup SET reconciled_on = greatest(reconciled_on, "
                      "$1::date), settled_on = greatest(settled_on, $1::date) "
                      "WHERE restaurant_id = app_restaurant()",
                      OSY_PARAMS (OSY_P_TEXT (self->day)), NULL, error) &&
         osy_audit_record (tx, self->ring, &call, &audit, error);
}

gboolean
osy_settlement_apply (OsyDbTx *tx, gpointer data, GError **error)
{
  OsySettlementDay *self = data;
  g_autofree char *moved = array_text (self->moved, error);
  g_autofree char *settled = moved != NULL ? array_text (self->settled, error) : NULL;

  return settled != NULL && take_settled (tx, settled, error) && compare (tx, self, moved, error) &&
         note_day (tx, self, error);
}

/* ---- showing ---- */

static OsyDbRows *
read_days (OsyDbTx *tx, const char *from, const char *to, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT d.day::date::text AS day, coalesce(sum(s.amount), 0)::bigint AS gross, "
      "coalesce(sum(s.fee), 0)::bigint AS fee, coalesce(sum(s.pay_out), 0)::bigint AS net, "
      "coalesce(sum(s.pay_out) FILTER (WHERE s.paid_out_on <= ($3::timestamptz AT TIME ZONE "
      "  'Asia/Seoul')::date), 0)::bigint AS paid_out "
      "FROM generate_series($1::date, $2::date, interval '1 day') AS d(day) "
      "LEFT JOIN settlement s ON s.restaurant_id = app_restaurant() AND s.sold_on = d.day::date "
      "GROUP BY d.day ORDER BY d.day",
      OSY_PARAMS (OSY_P_TEXT (from), OSY_P_TEXT (to), OSY_P_TIME (osy_clock_now ())), error);
}

/* Payments of days that were done, of which nothing was said to be paid out. */
static OsyDbRows *
read_missing (OsyDbTx *tx, const char *from, const char *to, GError **error)
{
  return osy_db_query (
      tx,
      "SELECT (p.paid_at AT TIME ZONE 'Asia/Seoul')::date::text AS day, p.id, p.amount "
      "FROM payment p JOIN payment_setup u ON u.restaurant_id = p.restaurant_id "
      "WHERE p.restaurant_id = app_restaurant() AND p.method IN ('TOSS', 'VIRTUAL_ACCOUNT') "
      "AND p.status IN " CAPTURED " AND (p.paid_at AT TIME ZONE 'Asia/Seoul')::date BETWEEN "
      "  $1::date AND $2::date AND (p.paid_at AT TIME ZONE 'Asia/Seoul')::date <= u.settled_on "
      "AND NOT EXISTS (SELECT FROM settlement s "
      "  WHERE s.restaurant_id = p.restaurant_id AND s.payment_id = p.id AND s.amount > 0) "
      "ORDER BY p.paid_at, p.id LIMIT 1000",
      OSY_PARAMS (OSY_P_TEXT (from), OSY_P_TEXT (to)), error);
}

static JsonArray *
missing_of (const OsyDbRows *missing, const char *day)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < osy_db_rows_count (missing); i++) {
    if (!g_str_equal (osy_db_rows_text (missing, i, "day"), day))
      continue;
    JsonObject *row = json_object_new ();
    json_object_set_string_member (row, "payment_id", osy_db_rows_text (missing, i, "id"));
    json_object_set_int_member (row, "amount", osy_db_rows_int (missing, i, "amount"));
    json_array_add_object_element (array, row);
  }
  return array;
}

static JsonArray *
days_to_json (const OsyDbRows *days, const OsyDbRows *missing)
{
  static const char *const sums[] = {"gross", "fee", "net", "paid_out"};
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < osy_db_rows_count (days); i++) {
    JsonObject *row = json_object_new ();
    const char *day = osy_db_rows_text (days, i, "day");
    json_object_set_string_member (row, "day", day);
    for (guint k = 0; k < G_N_ELEMENTS (sums); k++)
      json_object_set_int_member (row, sums[k], osy_db_rows_int (days, i, sums[k]));
    json_object_set_array_member (row, "missing", missing_of (missing, day));
    json_array_add_object_element (array, row);
  }
  return array;
}

static JsonArray *
findings_to_json (const OsyDbRows *rows)
{
  static const char *const texts[] = {"day", "kind", "subject"};
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    JsonObject *row = json_object_new ();
    for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
      json_object_set_string_member (row, texts[k], osy_db_rows_text (rows, i, texts[k]));
    json_object_set_int_member (row, "amount", osy_db_rows_int (rows, i, "amount"));
    json_array_add_object_element (array, row);
  }
  return array;
}

JsonNode *
osy_settlement_list (OsyDbTx *tx, const char *from, const char *to, GError **error)
{
  g_autoptr (OsyDbRows) days = read_days (tx, from, to, error);
  g_autoptr (OsyDbRows) missing = days != NULL ? read_missing (tx, from, to, error) : NULL;
  g_autoptr (OsyDbRows) findings =
      missing != NULL
          ? osy_db_query (tx,
                          "SELECT day::text, kind, subject, amount FROM payment_finding "
                          "WHERE restaurant_id = app_restaurant() AND day BETWEEN $1::date AND "
                          "$2::date ORDER BY day, kind, subject LIMIT 1000",
                          OSY_PARAMS (OSY_P_TEXT (from), OSY_P_TEXT (to)), error)
          : NULL;

  if (findings == NULL)
    return NULL;
  JsonObject *object = json_object_new ();
  json_object_set_array_member (object, "days", days_to_json (days, missing));
  json_object_set_array_member (object, "findings", findings_to_json (findings));
  return osy_json_take_object (object);
}
