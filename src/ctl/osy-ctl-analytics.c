/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncctl analytics: the sums of sales, computed anew from orders and payments. */

#include "osy-analytics-follow.h"
#include "osy-ctl-command.h"
#include "osy-ctl-session.h"

static gboolean
rebuild (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_analytics_follow_rebuild (tx, error);
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
  const OsyDbScope scope = {.restaurant_id = shop};
  if (shop == NULL ||
      !osy_db_pool_run (osy_ctl_session_pool (session), &scope, rebuild, NULL, error))
    return -1;
  return OSY_CTL_OK;
}
