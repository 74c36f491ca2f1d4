/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Wrong guesses, counted in the database. Keys are keyed hashes: whoever reads the table learns
 * neither addresses nor that an account exists. */

#include "osy-auth-throttle.h"

#include <string.h>

#include "osy-address.h"
#include "osy-clock.h"

/* NIST 800-63B-4 allows a hundred in a row; these are the plan's. */
static const struct {
  const char *name;
  gint64 limit;
} kinds[] = {
    [OSY_AUTH_GUESS_ACCOUNT] = {"account", 10}, [OSY_AUTH_GUESS_KNOWN] = {"known", 10},
    [OSY_AUTH_GUESS_SECOND] = {"second", 10},   [OSY_AUTH_GUESS_CODE] = {"code", 5},
    [OSY_AUTH_GUESS_OWN] = {"own", 5},          [OSY_AUTH_GUESS_PIN] = {"pin", 5},
    [OSY_AUTH_GUESS_CLIENT] = {"client", 20},   [OSY_AUTH_GUESS_LOCAL] = {"local", 100},
};

static GBytes *
key_of (OsyKeyring *ring, const OsyAuthGuess *guess)
{
  g_autofree char *text = g_strconcat (kinds[guess->kind].name, "|", guess->subject, NULL);
  guint8 key[OSY_KEY_SIZE];
  guint8 mac[32];

  osy_keyring_derive (ring, "auth-failure", key);
  osy_hmac_sha256 (key, (const guint8 *)text, strlen (text), mac);
  osy_wipe (key, sizeof key);
  return g_bytes_new (mac, sizeof mac);
}

/* A few at a time, so that nobody waits for it. */
static gboolean
sweep (OsyDbTx *tx, gint64 now, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM auth_failure WHERE key IN (SELECT key FROM auth_failure "
                      "WHERE until < $1 LIMIT 100 FOR UPDATE SKIP LOCKED)",
                      OSY_PARAMS (OSY_P_TIME (now)), NULL, error);
}

/* The row is locked from here to the end of the transaction: of many at a time, one counts.
 * Returns: (transfer full): how many there are now; no row when there were too many before. */
static OsyDbRows *
count_guess (OsyDbTx *tx, GBytes *key, const OsyAuthGuess *guess, gint64 now, GError **error)
{
  return osy_db_query (
      tx,
      "INSERT INTO auth_failure AS f (key, times, until) VALUES ($1, ARRAY[$2::timestamptz], $5) "
      "ON CONFLICT (key) DO UPDATE SET until = excluded.until, times = excluded.times || "
      "ARRAY(SELECT t FROM unnest (f.times) t WHERE t > $3 ORDER BY t DESC) "
      "WHERE (SELECT count(*) FROM unnest (f.times) t WHERE t > $3) < $4 "
      "RETURNING cardinality (times)::int8 AS n",
      OSY_PARAMS (OSY_P_BYTES (key), OSY_P_TIME (now), OSY_P_TIME (now - OSY_AUTH_GUESS_WINDOW),
                  OSY_P_INT (kinds[guess->kind].limit), OSY_P_TIME (now + OSY_AUTH_GUESS_WINDOW)),
      error);
}

/* Until the oldest of those that fill the number leaves the window. */
static gboolean
read_wait (OsyDbTx *tx,
           GBytes *key,
           const OsyAuthGuess *guess,
           gint64 now,
           gint64 *wait,
           GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT t FROM auth_failure, unnest (times) t WHERE key = $1 "
      "ORDER BY t DESC OFFSET $2 LIMIT 1",
      OSY_PARAMS (OSY_P_BYTES (key), OSY_P_INT (kinds[guess->kind].limit - 1)), error);

  if (rows == NULL)
    return FALSE;
  gint64 oldest = osy_db_rows_count (rows) > 0 ? osy_db_rows_time (rows, 0, "t") : now;
  *wait = CLAMP (oldest + OSY_AUTH_GUESS_WINDOW - now, 1, OSY_AUTH_GUESS_WINDOW);
  return TRUE;
}

gboolean
osy_auth_throttle_take (OsyDbTx *tx,
                        OsyKeyring *ring,
                        OsyAuthGuess *guess,
                        gint64 *wait,
                        GError **error)
{
  g_autoptr (GBytes) key = key_of (ring, guess);
  gint64 now = osy_clock_now ();

  *wait = 0;
  guess->at = 0;
  g_autoptr (OsyDbRows) rows =
      sweep (tx, now, error) ? count_guess (tx, key, guess, now, error) : NULL;
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return read_wait (tx, key, guess, now, wait, error);
  guess->at = now;
  guess->left = (guint)(kinds[guess->kind].limit - osy_db_rows_int (rows, 0, "n"));
  return TRUE;
}

gboolean
osy_auth_throttle_give_back (OsyDbTx *tx, OsyKeyring *ring, OsyAuthGuess *guess, GError **error)
{
  g_autoptr (GBytes) key = key_of (ring, guess);

  return guess->at == 0 ||
         osy_db_exec (tx,
                      "UPDATE auth_failure SET times = times[:array_position (times, $2) - 1] || "
                      "times[array_position (times, $2) + 1:] "
                      "WHERE key = $1 AND array_position (times, $2) IS NOT NULL",
                      OSY_PARAMS (OSY_P_BYTES (key), OSY_P_TIME (guess->at)), NULL, error);
}

gboolean
osy_auth_throttle_refuse (gint64 wait, GError **error)
{
  gint64 seconds = (wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  GError *fault = g_error_new (OSY_ERROR, OSY_ERROR_RATE_LIMITED,
                               "Too many wrong tries: wait %" G_GINT64_FORMAT " seconds.", seconds);

  osy_error_set_extra (fault, "retry_after", json_node_init_int (json_node_alloc (), seconds));
  g_propagate_error (error, fault);
  return FALSE;
}

OsyAuthGuess
osy_auth_throttle_of_client (const char *address)
{
  return (OsyAuthGuess){.kind = osy_address_is_local (address) ? OSY_AUTH_GUESS_LOCAL
                                                               : OSY_AUTH_GUESS_CLIENT,
                        .subject = address};
}
