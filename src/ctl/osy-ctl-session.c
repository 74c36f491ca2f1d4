/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A data directory opened for one command: beside a daemon, or with a PostgreSQL of its own. */

#include "osy-ctl-session.h"

#include <unistd.h>

#include "osy-postgres.h"
#include "osy-shop-service.h"

#define WORKERS 2
#define WAIT_SECONDS 30

struct _OsyCtlSession {
  char *data_dir;
  int lock_fd;           /* -1 when a daemon holds the lock */
  OsyPostgres *postgres; /* nullable: the daemon's is used */
  OsyDbPool *pool;
  OsyKeyring *ring;
};

void
osy_ctl_session_free (OsyCtlSession *self)
{
  g_clear_object (&self->ring);
  if (self->pool != NULL)
    osy_db_pool_close (self->pool);
  g_clear_object (&self->pool);
  if (self->postgres != NULL)
    osy_postgres_stop (self->postgres);
  g_clear_object (&self->postgres);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_free (self->data_dir);
  g_free (self);
}

static gboolean
start_postgres (OsyCtlSession *self, GError **error)
{
  g_autofree char *owner = osy_postgres_conninfo (self->data_dir, "ordersync_owner");

  self->postgres = osy_postgres_start (self->data_dir, error);
  return self->postgres != NULL && osy_db_migrate (owner, "/com/ordersync/sql", error);
}

/* The lock is the one truth about whether a daemon is there. Root may take it before it steps down:
 * the directory may have to be made, and belong to the daemon's user. */
static gboolean
take_lock (OsyCtlSession *self, GError **error)
{
  g_autoptr (GError) busy = NULL;

  if (osy_data_dir_open (self->data_dir, &self->lock_fd, &busy))
    return TRUE;
  self->lock_fd = -1;
  if (osy_error_is (busy, OSY_ERROR_CONFLICT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&busy));
  return FALSE;
}

static gboolean
look (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_shop_service_any (tx, error) >= 0;
}

static gboolean
open_pool (OsyCtlSession *self, GError **error)
{
  g_autofree char *app = osy_postgres_conninfo (self->data_dir, "ordersync_app");
  OsyDbScope nobody = {.read_only = TRUE};

  self->pool = osy_db_pool_new (app, WORKERS);
  if (osy_db_pool_run (self->pool, &nobody, look, NULL, error))
    return TRUE;
  osy_db_pool_close (self->pool);
  g_clear_object (&self->pool);
  return FALSE;
}

/* Who holds the lock may be starting just now, or ending: then its database comes, or the lock
 * becomes free. */
static gboolean
open_database (OsyCtlSession *self, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + WAIT_SECONDS * G_TIME_SPAN_SECOND;

  for (;;) {
    g_autoptr (GError) local = NULL;
    if (!take_lock (self, error) || !osy_drop_root (self->data_dir, error) ||
        (self->lock_fd >= 0 && !start_postgres (self, error)))
      return FALSE;
    if (open_pool (self, &local))
      return TRUE;
    if (self->lock_fd >= 0 || g_get_monotonic_time () > deadline) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    g_usleep (200 * 1000);
  }
}

static gboolean
open_keys (OsyCtlSession *self, const char *choice, gboolean create, GError **error)
{
  g_autoptr (OsyKeyProvider) provider =
      osy_key_provider_open (self->data_dir, choice ? choice : "auto", error);

  if (provider == NULL)
    return FALSE;
  self->ring = osy_keyring_new (provider, self->pool, create, error);
  return self->ring != NULL;
}

static gboolean
check_not_empty (const char *data_dir, GError **error)
{
  g_autofree char *cluster = g_build_filename (data_dir, "pg", "PG_VERSION", NULL);

  if (g_file_test (cluster, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
               "There is no shop in %s: run \"ordersyncctl setup\" first.", data_dir);
  return FALSE;
}

OsyCtlSession *
osy_ctl_session_open (const char *data_dir,
                      const char *key_provider,
                      OsyCtlFlags flags,
                      GError **error)
{
  g_autoptr (OsyCtlSession) self = g_new0 (OsyCtlSession, 1);
  gboolean create = (flags & OSY_CTL_CREATE) != 0;

  self->lock_fd = -1;
  self->data_dir = g_canonicalize_filename (data_dir, NULL);
  if ((!create && !check_not_empty (self->data_dir, error)) || !open_database (self, error))
    return NULL;
  if (!(flags & OSY_CTL_NO_KEYS) && !open_keys (self, key_provider, create, error))
    return NULL;
  return g_steal_pointer (&self);
}

OsyDbPool *
osy_ctl_session_pool (OsyCtlSession *self)
{
  return self->pool;
}

OsyKeyring *
osy_ctl_session_ring (OsyCtlSession *self)
{
  return self->ring;
}

const char *
osy_ctl_session_data_dir (OsyCtlSession *self)
{
  return self->data_dir;
}

char *
osy_ctl_session_conninfo (OsyCtlSession *self, const char *role)
{
  return osy_postgres_conninfo (self->data_dir, role);
}

gboolean
osy_ctl_session_is_shared (OsyCtlSession *self)
{
  return self->postgres == NULL;
}

/* ---- which shop ---- */

static gboolean
find_shops (OsyDbTx *tx, gpointer data, GError **error)
{
  GPtrArray *shops = data;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT id FROM restaurant ORDER BY created_at, id", OSY_NO_PARAMS, error);

  g_ptr_array_set_size (shops, 0);
  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (shops, g_strdup (osy_db_rows_text (rows, i, "id")));
  return rows != NULL;
}

/* No shop sees another, so who asks for all of them is the administrator of the database. */
static gboolean
read_shops (OsyCtlSession *self, GPtrArray *shops, GError **error)
{
  g_autofree char *conninfo = osy_ctl_session_conninfo (self, "ordersync_admin");
  g_autoptr (OsyDbPool) pool = osy_db_pool_new (conninfo, 1);
  OsyDbScope scope = {.read_only = TRUE};
  gboolean ok = osy_db_pool_run (pool, &scope, find_shops, shops, error);

  osy_db_pool_close (pool);
  return ok;
}

char *
osy_ctl_session_shop (OsyCtlSession *self, const char *wanted, GError **error)
{
  g_autoptr (GPtrArray) shops = g_ptr_array_new_with_free_func (g_free);
  guint at = 0;

  if (!read_shops (self, shops, error))
    return NULL;
  if (wanted != NULL && !g_ptr_array_find_with_equal_func (shops, wanted, g_str_equal, &at)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no restaurant %s here.", wanted);
    return NULL;
  }
  if (wanted == NULL && shops->len > 1) {
    g_autoptr (GString) ids = g_string_new (NULL);
    for (guint i = 0; i < shops->len; i++)
      g_string_append_printf (ids, "%s %s", i > 0 ? "," : "", (char *)shops->pdata[i]);
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                 "There are %u restaurants here; say which with --restaurant:%s.", shops->len,
                 ids->str);
    return NULL;
  }
  if (shops->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                         "There is no shop here: run \"ordersyncctl setup\" first.");
    return NULL;
  }
  return g_strdup (shops->pdata[at]);
}
