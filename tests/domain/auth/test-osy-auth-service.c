/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How shops get their owners: all or nothing, the first only once, however many try at a time. */

#include "osy-auth-fixture.h"
#include "osy-auth-service.h"
#include "osy-id.h"

#define N_RUNNERS 8

static OsyAuthFixture *fixture;

/** One attempt to make a shop. */
typedef struct {
  OsyAuthNewShop *shop;
  char *id;
  char *owner_id;
  GError *error;
} Attempt;

static void
attempt_clear (Attempt *attempt)
{
  g_clear_pointer (&attempt->shop, osy_auth_new_shop_free);
  g_clear_pointer (&attempt->id, g_free);
  g_clear_pointer (&attempt->owner_id, g_free);
  g_clear_error (&attempt->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Attempt, attempt_clear)

static Attempt
attempt_new (const char *name, const char *email, gboolean first)
{
  Attempt attempt = {.shop = osy_auth_new_shop_new (), .id = osy_id_new ()};

  attempt.shop->name = g_strdup (name);
  attempt.shop->owner_email = g_strdup (email);
  attempt.shop->password_hash = g_strdup ("$2b$04$not.a.real.hash");
  attempt.shop->first = first;
  return attempt;
}

static gboolean
create (OsyDbTx *tx, gpointer data, GError **error)
{
  Attempt *attempt = data;

  return osy_auth_service_create_shop (tx, fixture->ring, attempt->shop, &attempt->owner_id, error);
}

static gboolean
run (Attempt *attempt)
{
  OsyDbScope scope = {.restaurant_id = attempt->id};

  return osy_db_pool_run (fixture->pool, &scope, create, attempt, &attempt->error);
}

static gpointer
run_in_thread (gpointer data)
{
  return GINT_TO_POINTER (run (data));
}

static char *
count_all (void)
{
  return osy_test_pg_value ("SELECT (SELECT count(*) FROM organisation) || ' ' || (SELECT "
                            "count(*) FROM restaurant) || ' ' || (SELECT count(*) FROM app_user) "
                            "|| ' ' || (SELECT count(*) FROM membership)");
}

static void
test_first_only_once (void)
{
  Attempt attempts[N_RUNNERS];
  GThread *threads[N_RUNNERS];
  int n_made = 0;

  for (int i = 0; i < N_RUNNERS; i++) {
    g_autofree char *email = g_strdup_printf ("first%d@shop.example", i);
    attempts[i] = attempt_new ("가게", email, TRUE);
    threads[i] = g_thread_new ("first", run_in_thread, &attempts[i]);
  }
  for (int i = 0; i < N_RUNNERS; i++) {
    if (GPOINTER_TO_INT (g_thread_join (threads[i])))
      n_made++;
    else
      g_assert_error (attempts[i].error, OSY_ERROR, OSY_ERROR_ALREADY_SET_UP);
    attempt_clear (&attempts[i]);
  }
  g_autofree char *count = count_all ();
  g_assert_cmpint (n_made, ==, 1);
  g_assert_cmpstr (count, ==, "1 1 1 1");
}

/* The second account of an address is refused, and its shop with it. */
static void
test_email_taken (void)
{
  g_auto (Attempt) one = attempt_new ("하나", "same@shop.example", FALSE);
  g_auto (Attempt) two = attempt_new ("둘", "SAME@shop.example ", FALSE);

  g_assert_true (run (&one));
  g_autofree char *before = count_all ();
  g_assert_false (run (&two));
  g_assert_error (two.error, OSY_ERROR, OSY_ERROR_CONFLICT);
  g_autofree char *after = count_all ();
  g_assert_cmpstr (before, ==, after);
}

static void
test_bad_shops (void)
{
  g_auto (Attempt) nameless = attempt_new ("  ", "a@shop.example", FALSE);
  g_auto (Attempt) number = attempt_new ("가게", "b@shop.example", FALSE);
  g_auto (Attempt) address = attempt_new ("가게", "nobody", FALSE);
  g_autofree char *before = count_all ();

  number.shop->business_number = g_strdup ("1234567890");
  g_assert_false (run (&nameless));
  g_assert_error (nameless.error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  g_assert_false (run (&number));
  g_assert_error (number.error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  g_assert_false (run (&address));
  g_assert_error (address.error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  g_autofree char *after = count_all ();
  g_assert_cmpstr (before, ==, after);
}

/* What people are called is kept as they wrote it. */
static void
test_names_are_kept (void)
{
  static const char *const names[] = {"🍜 달빛", "مطعم القمر", "Ñandú & <b>Söhne</b>", "a'; DROP--"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *email = g_strdup_printf ("name%zu@shop.example", i);
    g_auto (Attempt) attempt = attempt_new (names[i], email, FALSE);
    g_assert_true (run (&attempt));
    g_autofree char *sql =
        g_strdup_printf ("SELECT name FROM restaurant WHERE id = '%s'", attempt.id);
    g_autofree char *name = osy_test_pg_value (sql);
    g_assert_cmpstr (name, ==, names[i]);
  }
}

typedef struct {
  const char *user_id;
  guint n;
} Own;

static gboolean
list_own (OsyDbTx *tx, gpointer data, GError **error)
{
  Own *own = data;
  g_autoptr (GPtrArray) memberships = osy_auth_store_memberships (tx, own->user_id, error);

  if (memberships == NULL)
    return FALSE;
  own->n = memberships->len;
  return TRUE;
}

/* One's own shops are seen with one's own scope, and by nobody else. */
static void
test_memberships_are_ones_own (void)
{
  g_auto (Attempt) one = attempt_new ("하나", "mine@shop.example", FALSE);
  g_auto (Attempt) other = attempt_new ("다른", "other@shop.example", FALSE);

  g_assert_true (run (&one));
  g_assert_true (run (&other));
  g_auto (Attempt) two = attempt_new ("둘", "mine@shop.example", FALSE);
  two.shop->owner_id = g_strdup (one.owner_id);
  g_assert_true (run (&two));

  Own own = {.user_id = one.owner_id};
  OsyDbScope mine = {.user_id = one.owner_id};
  OsyDbScope theirs = {.user_id = other.owner_id};
  OsyDbScope nobody = {NULL};
  g_assert_true (osy_db_pool_run (fixture->pool, &mine, list_own, &own, NULL));
  g_assert_cmpuint (own.n, ==, 2);
  g_assert_true (osy_db_pool_run (fixture->pool, &theirs, list_own, &own, NULL));
  g_assert_cmpuint (own.n, ==, 0);
  g_assert_true (osy_db_pool_run (fixture->pool, &nobody, list_own, &own, NULL));
  g_assert_cmpuint (own.n, ==, 0);
}

/* A membership cannot be written into another shop than the transaction's. */
static gboolean
break_out (OsyDbTx *tx, gpointer data, GError **error)
{
  const Attempt *attempts = data;

  return osy_db_exec (tx,
                      "INSERT INTO membership (restaurant_id, user_id, role, created_at) "
                      "VALUES ($1::uuid, $2::uuid, 'OWNER', now ())",
                      OSY_PARAMS (OSY_P_TEXT (attempts[1].id), OSY_P_TEXT (attempts[0].owner_id)),
                      NULL, error);
}

static void
test_no_foreign_membership (void)
{
  Attempt attempts[2] = {attempt_new ("하나", "thief@shop.example", FALSE),
                         attempt_new ("둘", "victim@shop.example", FALSE)};
  g_autoptr (GError) error = NULL;

  g_assert_true (run (&attempts[0]));
  g_assert_true (run (&attempts[1]));
  OsyDbScope scope = {.restaurant_id = attempts[0].id, .user_id = attempts[0].owner_id};
  g_assert_false (osy_db_pool_run (fixture->pool, &scope, break_out, attempts, &error));
  g_assert_nonnull (error);
  attempt_clear (&attempts[0]);
  attempt_clear (&attempts[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture = osy_auth_fixture_new (FALSE);
  g_test_add_func ("/auth/service/first-only-once", test_first_only_once);
  g_test_add_func ("/auth/service/email-taken", test_email_taken);
  g_test_add_func ("/auth/service/bad-shops", test_bad_shops);
  g_test_add_func ("/auth/service/names-are-kept", test_names_are_kept);
  g_test_add_func ("/auth/service/memberships-are-ones-own", test_memberships_are_ones_own);
  g_test_add_func ("/auth/service/no-foreign-membership", test_no_foreign_membership);
  int code = g_test_run ();
  osy_auth_fixture_free (fixture);
  return code;
}
