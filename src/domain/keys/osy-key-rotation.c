/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The rotations as five small state machines over the table key_rotation. What a provider does
 * cannot be rolled back, so each of its steps may be done again. */

#include "osy-key-rotation.h"

#include <stdio.h>
#include <string.h>

#include "osy-audit-key.h"
#include "osy-audit-service.h"
#include "osy-auth-keys.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-job.h"
#include "osy-keyring-turn.h"
#include "osy-sealed.h"

#define JOB "keys"
#define EVERY_MS 1000
#define KEYS_A_STEP 200
#define PAGES_A_STEP 16
/* What somebody has read, he opens within this. */
#define READERS (5 * G_TIME_SPAN_SECOND)
#define AFTER_PROBLEM (10 * G_TIME_SPAN_SECOND)
/* Access tokens end 15 minutes after they were issued; clocks may differ by half a minute. */
#define TOKEN_LIFE (16 * G_TIME_SPAN_MINUTE)

struct _OsyKeyRotation {
  OsyKeyring *ring;
  OsyDbPool *pool;
  OsyJobRunner *runner;
  char *data_dir;
  GSourceFunc tokens_changed;
  gpointer tokens_data;
  gboolean stale; /* keys are others since the step before; one step runs at a time */
};

/* A row of key_rotation while a step works on it. */
typedef struct {
  OsyKeyRotation *self;
  OsyDbTx *tx;
  const char *id;
  const char *target;
  gint64 started_at;
  char *source;
  char *state;
  char *cursor;
  char *new_key;
  gint64 changed;
  gint64 wait_until; /* 0: go on at once */
  gboolean finished;
  const char *note; /* nullable: said of it in the end */
} Turn;

static void
turn_clear (Turn *turn)
{
  g_free (turn->source);
  g_free (turn->state);
  g_free (turn->cursor);
  g_free (turn->new_key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Turn, turn_clear)

static void
go_to (Turn *turn, const char *state, gint64 wait)
{
  g_free (turn->state);
  turn->state = g_strdup (state);
  g_clear_pointer (&turn->cursor, g_free);
  turn->wait_until = wait > 0 ? osy_clock_now () + wait : 0;
}

static void
finish (Turn *turn, const char *note)
{
  go_to (turn, "DONE", 0);
  turn->finished = TRUE;
  turn->note = note;
}

/* ---- the provider's key ---- */

static gboolean
kek_start (Turn *turn, GError **error)
{
  OsyKeyRotation *self = turn->self;

  if (turn->target != NULL)
    turn->source = osy_key_provider_mark (self->data_dir);
  turn->new_key = osy_keyring_begin_kek (self->ring, self->data_dir, turn->target, error);
  go_to (turn, "REWRAP", 0);
  return turn->new_key != NULL;
}

static gboolean
kek_rewrap (Turn *turn, GError **error)
{
  gint64 done;

  if (!osy_keyring_rewrap (turn->self->ring, turn->tx, turn->new_key, KEYS_A_STEP, &done, error))
    return FALSE;
  turn->changed += done;
  if (done == 0)
    go_to (turn, "FINISH", 0);
  return TRUE;
}

static gboolean
kek_finish (Turn *turn, GError **error)
{
  finish (turn, NULL);
  return osy_keyring_finish_kek (turn->self->ring, turn->self->data_dir, turn->new_key,
                                 turn->source, error);
}

/* ---- going over the rows ---- */

/* The cursor: which column, from which page on, how much was changed since the first. */
typedef struct {
  guint column;
  gint64 page;
  gint64 changed;
} Place;

static Place
read_cursor (const char *text)
{
  Place place = {0};
  long long page = 0, changed = 0;

  if (text != NULL && sscanf (text, "%u:%lld:%lld", &place.column, &page, &changed) == 3) {
    place.page = page;
    place.changed = changed;
  }
  return place;
}

static gboolean
count_pages (OsyDbTx *tx, const char *table, gint64 *pages, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT (pg_relation_size($1::text::regclass) + 8191) / "
                    "current_setting('block_size')::bigint AS pages",
                    OSY_PARAMS (OSY_P_TEXT (table)), error);

  if (rows != NULL)
    *pages = osy_db_rows_int (rows, 0, "pages");
  return rows != NULL;
}

/* One stretch; at the end of the last column the cursor is NULL. @pass: (out): changed in this
 * pass. */
static gboolean
sweep_stretch (Turn *turn, const OsySwept *columns, gint64 *pass, GError **error)
{
  Place place = read_cursor (turn->cursor);
  gint64 pages = 0;

  while (columns[place.column].table != NULL && columns[place.column].sweep == NULL)
    place.column++;
  const OsySwept *what = &columns[place.column];
  g_clear_pointer (&turn->cursor, g_free);
  *pass = place.changed;
  if (what->table == NULL)
    return TRUE;
  g_autofree char *from = g_strdup_printf ("(%" G_GINT64_FORMAT ",0)", place.page);
  g_autofree char *to = g_strdup_printf ("(%" G_GINT64_FORMAT ",0)", place.page + PAGES_A_STEP);
  OsyStretch stretch = {turn->self->ring, turn->tx, from, to, 0};
  if (!count_pages (turn->tx, what->table, &pages, error) || !what->sweep (what, &stretch, error))
    return FALSE;
  gboolean more = place.page + PAGES_A_STEP < pages;
  *pass += stretch.done;
  turn->changed += stretch.done;
  turn->cursor = g_strdup_printf ("%u:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
                                  more ? place.column : place.column + 1,
                                  more ? place.page + PAGES_A_STEP : 0, *pass);
  return TRUE;
}

/* ---- data keys ---- */

static gboolean
data_start (Turn *turn, GError **error)
{
  go_to (turn, "SWEEP", 0);
  return osy_db_exec (turn->tx, "UPDATE data_key SET retired_at = $1 WHERE retired_at IS NULL",
                      OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), NULL, error);
}

static gboolean
is_any_left (OsyDbTx *tx, gboolean *ret, GError **error)
{
  *ret = FALSE;
  for (const OsySwept *what = osy_sealed_columns; what->table != NULL && !*ret; what++) {
    if (what->left == NULL)
      continue;
    g_autoptr (OsyDbRows) rows = osy_db_query (tx, what->left, OSY_NO_PARAMS, error);
    if (rows == NULL)
      return FALSE;
    *ret = osy_db_rows_bool (rows, 0, "found");
  }
  return TRUE;
}

static gboolean
drop_keys (OsyDbTx *tx, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();

  for (const OsySwept *what = osy_sealed_columns; what->table != NULL; what++)
    if (what->left != NULL)
      g_ptr_array_add (tables, (gpointer)what->table);
  return osy_db_exec (
      tx, "DELETE FROM data_key WHERE retired_at < $1 AND table_name = ANY ($2::text[])",
      OSY_PARAMS (OSY_P_TIME (osy_clock_now () - OSY_KEYRING_SETTLE), OSY_P_TEXTS (tables)), NULL,
      error);
}

/* A pass is over. Rows that others held are left for another pass; keys stay until nobody seals
 * with them any more; and what cannot be opened keeps its key for ever. */
static gboolean
data_pass_over (Turn *turn, gint64 pass, GError **error)
{
  gint64 rest = turn->started_at + OSY_KEYRING_SETTLE + READERS - osy_clock_now ();
  gboolean left;

  if (!is_any_left (turn->tx, &left, error))
    return FALSE;
  if (!left && pass == 0 && rest <= 0) {
    finish (turn, NULL);
    return drop_keys (turn->tx, error);
  }
  if (left && pass == 0 && rest <= 0)
    finish (turn, "Some cells could not be opened: the keys they need were kept, see the log.");
  else
    go_to (turn, "SWEEP", left ? 1 : MAX (rest, READERS));
  return TRUE;
}

static gboolean
data_sweep (Turn *turn, GError **error)
{
  gint64 pass;

  if (!sweep_stretch (turn, osy_sealed_columns, &pass, error))
    return FALSE;
  return turn->cursor != NULL || data_pass_over (turn, pass, error);
}

/* ---- blind indexes ---- */

static gboolean
index_start (Turn *turn, GError **error)
{
  go_to (turn, "SWEEP", OSY_KEYRING_SETTLE);
  return osy_keyring_begin_index (turn->self->ring, turn->tx, error);
}

static gboolean
index_sweep (Turn *turn, GError **error)
{
  gint64 pass;

  if (!sweep_stretch (turn, osy_indexed_columns, &pass, error))
    return FALSE;
  if (turn->cursor == NULL)
    go_to (turn, "FINISH", READERS);
  return TRUE;
}

static gboolean
index_finish (Turn *turn, GError **error)
{
  finish (turn, NULL);
  return osy_keyring_finish_index (turn->self->ring, turn->tx, error);
}

/* ---- signing keys of access tokens ---- */

static void
tell_tokens (Turn *turn)
{
  if (turn->self->tokens_changed != NULL)
    osy_db_tx_on_commit (turn->tx, turn->self->tokens_changed, turn->self->tokens_data, NULL);
}

static gboolean
jwt_start (Turn *turn, GError **error)
{
  go_to (turn, "FINISH", TOKEN_LIFE);
  tell_tokens (turn);
  return osy_auth_keys_turn (turn->tx, turn->self->ring, error);
}

static gboolean
jwt_finish (Turn *turn, GError **error)
{
  finish (turn, NULL);
  tell_tokens (turn);
  return osy_auth_keys_drop (turn->tx, error);
}

/* ---- the key of the audit log ---- */

/* One transaction: there is no moment with two keys, and none without. */
static gboolean
audit_start (Turn *turn, GError **error)
{
  finish (turn, NULL);
  turn->changed = 1;
  return osy_audit_key_turn (turn->tx, turn->self->ring, error);
}

/* ---- the steps ---- */

static const struct {
  const char *kind;
  const char *state;
  gboolean (*step) (Turn *turn, GError **error);
} steps[] = {
    {"kek", "START", kek_start},     {"kek", "REWRAP", kek_rewrap},
    {"kek", "FINISH", kek_finish},   {"data", "START", data_start},
    {"data", "SWEEP", data_sweep},   {"index", "START", index_start},
    {"index", "SWEEP", index_sweep}, {"index", "FINISH", index_finish},
    {"jwt", "START", jwt_start},     {"jwt", "FINISH", jwt_finish},
    {"audit", "START", audit_start},
};

static gboolean
save (const Turn *turn, GError **error)
{
  return osy_db_exec (
      turn->tx,
      "UPDATE key_rotation SET source = $2, state = $3, cursor = $4, new_key = $5, changed = $6, "
      "wait_until = $7, finished_at = $8, problem = $9 WHERE id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (turn->id), OSY_P_TEXT (turn->source), OSY_P_TEXT (turn->state),
                  OSY_P_TEXT (turn->cursor), OSY_P_TEXT (turn->new_key), OSY_P_INT (turn->changed),
                  OSY_P_TIME (turn->wait_until), OSY_P_TIME (turn->finished ? osy_clock_now () : 0),
                  OSY_P_TEXT (turn->note)),
      NULL, error);
}

static gboolean
record (OsyDbTx *tx, OsyKeyring *ring, const char *action, const char *id, GError **error)
{
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (NULL, "keys");
  const OsyCall call = {system, NULL};
  const OsyAuditEntry entry = {.action = action, .object_type = "key", .object_id = id};

  return osy_audit_record (tx, ring, &call, &entry, error);
}

/* What a provider refuses is told and tried again later. */
static gboolean
put_off (OsyDbTx *tx, const char *id, const GError *problem, GError **error)
{
  g_warning ("keys are not being changed: %s", problem->message);
  return osy_db_exec (tx,
                      "UPDATE key_rotation SET problem = $2, wait_until = $3 WHERE id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (problem->message),
                                  OSY_P_TIME (osy_clock_now () + AFTER_PROBLEM)),
                      NULL, error);
}

static gboolean
run_turn (Turn *turn, const char *kind, GError **error)
{
  static const char *const actions[] = {"keys.kek_changed", "keys.data_changed",
                                        "keys.index_changed", "keys.jwt_changed",
                                        "keys.audit_changed"};
  g_autoptr (GError) local = NULL;
  gboolean done = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_equal (steps[i].kind, kind) && g_strcmp0 (steps[i].state, turn->state) == 0) {
      done = steps[i].step (turn, &local);
      break;
    }
  if (osy_error_is (local, OSY_ERROR_KEY_UNAVAILABLE) || osy_error_is (local, OSY_ERROR_CONFLICT) ||
      osy_error_is (local, OSY_ERROR_INVALID_REQUEST))
    return put_off (turn->tx, turn->id, local, error);
  if (!done && local == NULL)
    g_set_error (&local, OSY_ERROR, OSY_ERROR_INTERNAL, "There is no step %s of %s.", turn->state,
                 kind);
  if (local != NULL || !save (turn, &local)) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  for (gsize i = 0; turn->finished && i < G_N_ELEMENTS (actions); i++)
    if (strstr (actions[i], kind) != NULL)
      return record (turn->tx, turn->self->ring, actions[i], turn->id, error);
  return TRUE;
}

static gboolean
go_on (gpointer data)
{
  OsyKeyRotation *self = data;

  if (self->runner != NULL)
    osy_job_runner_wake (self->runner, JOB);
  return G_SOURCE_REMOVE;
}

gboolean
osy_key_rotation_step (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyKeyRotation *self = data;
  gboolean more = FALSE;

  if (self->stale && !osy_keyring_renew (self->ring, error))
    return FALSE;
  self->stale = FALSE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT * FROM key_rotation WHERE finished_at IS NULL "
                    "AND coalesce(wait_until, '-infinity') <= $1 ORDER BY started_at "
                    "FOR UPDATE SKIP LOCKED",
                    OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    g_auto (Turn) turn = {.self = self,
                          .tx = tx,
                          .id = osy_db_rows_text (rows, i, "id"),
                          .target = osy_db_rows_text (rows, i, "target"),
                          .started_at = osy_db_rows_time (rows, i, "started_at"),
                          .source = g_strdup (osy_db_rows_text (rows, i, "source")),
                          .state = g_strdup (osy_db_rows_text (rows, i, "state")),
                          .cursor = g_strdup (osy_db_rows_text (rows, i, "cursor")),
                          .new_key = g_strdup (osy_db_rows_text (rows, i, "new_key")),
                          .changed = osy_db_rows_int (rows, i, "changed")};
    if (!run_turn (&turn, osy_db_rows_text (rows, i, "kind"), error))
      return FALSE;
    self->stale = self->stale || strcmp (turn.state, osy_db_rows_text (rows, i, "state")) != 0;
    more = more || (!turn.finished && turn.wait_until == 0);
  }
  if (rows != NULL && more)
    osy_db_tx_on_commit (tx, go_on, self, NULL);
  return rows != NULL;
}

gboolean
osy_key_rotation_request (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const char *kind,
                          const char *target,
                          GError **error)
{
  g_autofree char *id = osy_id_new ();
  gint64 added = 0;

  if (!osy_db_exec (tx,
                    "INSERT INTO key_rotation (id, kind, target, started_at) "
                    "VALUES ($1::uuid, $2, $3, $4) ON CONFLICT DO NOTHING",
                    OSY_PARAMS (OSY_P_TEXT (id), OSY_P_TEXT (kind), OSY_P_TEXT (target),
                                OSY_P_TIME (osy_clock_now ())),
                    &added, error))
    return FALSE;
  if (added == 1)
    return record (tx, ring, "keys.change_asked", id, error);
  g_set_error (error, OSY_ERROR, OSY_ERROR_CONFLICT,
               "The %s keys are being changed already: see \"ordersyncctl keys status\".", kind);
  return FALSE;
}

OsyKeyRotation *
osy_key_rotation_new (OsyKeyring *ring, OsyDbPool *pool, const char *data_dir)
{
  OsyKeyRotation *self = g_new0 (OsyKeyRotation, 1);

  self->ring = g_object_ref (ring);
  self->pool = g_object_ref (pool);
  self->data_dir = g_strdup (data_dir);
  return self;
}

void
osy_key_rotation_free (OsyKeyRotation *self)
{
  g_clear_object (&self->runner);
  g_object_unref (self->pool);
  g_object_unref (self->ring);
  g_free (self->data_dir);
  g_free (self);
}

void
osy_key_rotation_set_tokens_changed (OsyKeyRotation *self, GSourceFunc func, gpointer data)
{
  self->tokens_changed = func;
  self->tokens_data = data;
}

void
osy_key_rotation_start (OsyKeyRotation *self)
{
  self->runner = osy_job_runner_new (self->pool);
  osy_job_runner_add (self->runner, JOB, EVERY_MS, NULL, osy_key_rotation_step, self);
  osy_job_runner_start (self->runner);
}

void
osy_key_rotation_stop (OsyKeyRotation *self)
{
  if (self->runner != NULL)
    osy_job_runner_stop (self->runner);
}
