/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Audit rows: with their change or not at all, unreadable, unchangeable, seen by their shop only.
 */

#include "osy-audit-service.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-fixture.h"

static OsyOrderFixture *fixture;

typedef struct {
  char *object_id;
  gboolean fail;
  GBytes *old_value;
  GBytes *new_value;
  char *row_id;
  const char *sql;
} Asked;

static JsonNode *
words (const char *text)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "words", text);
  return osy_json_take_object (object);
}

static gboolean
record (OsyDbTx *tx, gpointer data, GError **error)
{
  const Asked *asked = data;
  g_autoptr (JsonNode) after = words ("카나리아");
  const OsyAuditEntry entry = {.action = "test.done",
                               .object_type = "test",
                               .object_id = asked->object_id,
                               .new_value = after};

  if (!osy_audit_record (tx, fixture->ring, &fixture->call, &entry, error))
    return FALSE;
  if (asked->fail)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INTERNAL, "after all");
  return !asked->fail;
}

static gint64
rows_of (const char *object_id)
{
  return osy_test_count ("SELECT count(*) FROM audit_log WHERE object_id = '%s'", object_id);
}

static gboolean
read_row (OsyDbTx *tx, gpointer data, GError **error)
{
  Asked *asked = data;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT * FROM audit_log WHERE object_id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (asked->object_id)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  asked->row_id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  asked->old_value = osy_db_rows_bytes (rows, 0, "old_value_enc");
  asked->new_value = osy_db_rows_bytes (rows, 0, "new_value_enc");
  g_assert_cmpstr (osy_db_rows_text (rows, 0, "actor"), ==,
                   osy_principal_actor (fixture->principal));
  g_assert_cmpstr (osy_db_rows_text (rows, 0, "trace_id"), ==, "trace");
  return TRUE;
}

static void
test_record (void)
{
  Asked asked = {.object_id = osy_id_new ()};
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_order_fixture_run (fixture, record, &asked, &error));
  g_assert_true (osy_order_fixture_run (fixture, read_row, &asked, &error));
  g_assert_null (asked.old_value);
  OsyCell cell = {osy_order_fixture_shop_id (fixture), "audit_log", "new_value_enc", asked.row_id};
  g_autofree char *text = osy_keyring_open (fixture->ring, &cell, asked.new_value, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "{\"words\":\"카나리아\"}");
  /* It opens in its own column and row only. */
  cell.column = "old_value_enc";
  g_assert_null (osy_keyring_open (fixture->ring, &cell, asked.new_value, NULL));
  g_bytes_unref (asked.new_value);
  g_free (asked.row_id);
  g_free (asked.object_id);
}

static void
test_with_its_change (void)
{
  Asked asked = {.object_id = osy_id_new (), .fail = TRUE};

  g_assert_false (osy_order_fixture_run (fixture, record, &asked, NULL));
  g_assert_cmpint (rows_of (asked.object_id), ==, 0);
  g_free (asked.object_id);
}

static void
test_other_shop (void)
{
  Asked asked = {.object_id = osy_id_new ()};
  OsyOrderFixture *other = osy_order_fixture_new ();

  g_assert_true (osy_order_fixture_run (fixture, record, &asked, NULL));
  g_assert_true (osy_order_fixture_run (other, read_row, &asked, NULL));
  g_assert_null (asked.row_id);
  g_assert_cmpint (rows_of (asked.object_id), ==, 1);
  osy_order_fixture_free (other);
  g_free (asked.object_id);
}

static gboolean
try_sql (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_db_exec (tx, ((Asked *)data)->sql, OSY_NO_PARAMS, NULL, error);
}

static void
test_append_only (void)
{
  static const char *const tries[] = {
      "UPDATE audit_log SET actor = 'nobody'",
      "DELETE FROM audit_log",
      "TRUNCATE audit_log",
      "DELETE FROM audit_log_default",
      "SELECT * FROM audit_log_default",
      "ALTER TABLE audit_log DISABLE TRIGGER ALL",
      "INSERT INTO audit_log (created_at, id, restaurant_id, action, actor, object_type) VALUES "
      "(now(), gen_random_uuid(), gen_random_uuid(), 'x', 'x', 'x')",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++) {
    Asked asked = {.sql = tries[i]};
    g_autoptr (GError) error = NULL;
    if (osy_order_fixture_run (fixture, try_sql, &asked, &error))
      g_error ("allowed: %s", tries[i]);
    g_assert_nonnull (error);
  }
}

/* Rows of accounts belong to no shop: written from anywhere, read by none. */
static void
test_account (void)
{
  Asked asked = {.object_id = osy_id_new ()};
  g_autoptr (GError) error = NULL;

  gboolean ok = osy_db_pool_run (fixture->pool, NULL, record, &asked, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
  g_assert_cmpint (rows_of (asked.object_id), ==, 1);
  ok = osy_db_pool_run (fixture->pool, NULL, read_row, &asked, &error);
  g_assert_true (ok);
  g_assert_null (asked.row_id);
  g_free (asked.object_id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_order_fixture_new ();
  g_test_add_func ("/audit/record", test_record);
  g_test_add_func ("/audit/with-its-change", test_with_its_change);
  g_test_add_func ("/audit/other-shop", test_other_shop);
  g_test_add_func ("/audit/append-only", test_append_only);
  g_test_add_func ("/audit/account", test_account);
  int status = g_test_run ();
  osy_order_fixture_free (fixture);
  return status;
}
