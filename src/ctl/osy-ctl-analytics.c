/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncctl analytics: the sums of sales, computed anew from orders and payments. */

#include "osy-analytics-follow.h"
#include "osy-ctl-command.h"
#include "osy-ctl-session.h"
#include "osy-error.h"

static gboolean
begin (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_analytics_follow_rebuild_begin (tx, error);
}

typedef struct {
  OsyAnalyticsBatch batch;
  guint halved;
} Pages;

static gboolean
take_page (OsyDbTx *tx, gpointer data, GError **error)
{
  Pages *pages = data;

  return osy_analytics_follow_rebuild_page (tx, pages->halved, &pages->batch, error);
}

/* Half of a page that took too long, until there is nothing to halve. */
static gboolean
take_less (Pages *pages, GError **error)
{
  if (!g_error_matches (*error, OSY_ERROR, OSY_ERROR_TIMEOUT) ||
      pages->halved == OSY_ANALYTICS_HALVED_MOST)
    return FALSE;
  g_clear_error (error);
  pages->halved++;
  pages->batch.more = TRUE;
  return TRUE;
}

/* Each page is kept; what was begun goes on with the next call, or by the daemon. */
static gboolean
rebuild (OsyDbPool *pool, const char *shop, GError **error)
{
  const OsyDbScope scope = {.restaurant_id = shop};
  Pages pages = {.batch = {.more = TRUE}};

  if (!osy_db_pool_run (pool, &scope, begin, NULL, error))
    return FALSE;
  while (pages.batch.more) {
    g_autoptr (GError) failed = NULL;
    if (osy_db_pool_run (pool, &scope, take_page, &pages, &failed)) {
      pages.halved -= MIN (pages.halved, 1);
    } else if (!take_less (&pages, &failed)) {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  }
  return TRUE;
}

int
osy_ctl_analytics_rebuild (const char *data_dir, int argc, char **argv, GError **error)
{
  g_autofree char *wanted = NULL;
  const GOptionEntry entries[] = {
      {"restaurant", 0, 0, G_OPTION_ARG_STRING, &wanted, "Which restaurant, when there are several",
       "ID"},
      {NULL},
  };

  if (!osy_ctl_parse (entries, argc, argv, NULL, error))
    return -1;
  g_autoptr (OsyCtlSession) session = osy_ctl_session_open (data_dir, NULL, OSY_CTL_NO_KEYS, error);
  g_autofree char *shop = session != NULL ? osy_ctl_session_shop (session, wanted, error) : NULL;
  if (shop == NULL || !rebuild (osy_ctl_session_pool (session), shop, error))
    return -1;
  return OSY_CTL_OK;
}
