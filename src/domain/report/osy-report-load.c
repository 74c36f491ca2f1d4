/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The facts of a report: those of the sales page, asked for by the same functions. */

#include "osy-report-load.h"

#include "osy-analytics-view.h"
#include "osy-finding.h"
#include "osy-shop-service.h"

static JsonNode *
load_view (OsyDbTx *tx, OsyShop *shop, const char *from, int days, gboolean against, GError **error)
{
  OsyAnalyticsSpan span = {.until = -1};
  g_autofree char *to = osy_report_day_after (from, days - 1);
  g_autofree char *was = osy_report_day_after (from, -7);
  g_autofree char *was_to = osy_report_day_after (from, days - 8);

  g_strlcpy (span.from, from, sizeof span.from);
  g_strlcpy (span.to, to, sizeof span.to);
  if (against) {
    g_strlcpy (span.against, was, sizeof span.against);
    g_strlcpy (span.against_to, was_to, sizeof span.against_to);
  }
  return osy_analytics_view (tx, shop, &span, error);
}

/* (transfer full): of JsonNode, of each day. */
static GPtrArray *
load_findings (OsyDbTx *tx,
               OsyKeyring *ring,
               OsyShop *shop,
               const char *from,
               int days,
               GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);

  for (int i = 0; i < days; i++) {
    g_autofree char *day = osy_report_day_after (from, i);
    JsonNode *of_day = osy_finding_list (tx, ring, shop, day, error);
    if (of_day == NULL)
      return NULL;
    g_ptr_array_add (list, of_day);
  }
  return g_steal_pointer (&list);
}

OsyReport *
osy_report_load (OsyDbTx *tx,
                 OsyKeyring *ring,
                 OsyReportKind kind,
                 const char *day,
                 const char *language,
                 GError **error)
{
  const gboolean week = kind == OSY_REPORT_WEEKLY;
  const int days = week ? 7 : 1;
  g_autofree char *from = week ? osy_report_monday (day) : g_strdup (day);
  g_autofree char *before = osy_report_day_after (from, -7);
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);
  g_autoptr (JsonNode) view = shop ? load_view (tx, shop, from, days, TRUE, error) : NULL;
  g_autoptr (JsonNode) was = view ? load_view (tx, shop, before, days, FALSE, error) : NULL;
  g_autoptr (GPtrArray) found = was ? load_findings (tx, ring, shop, from, days, error) : NULL;
  g_autoptr (GPtrArray) objects = g_ptr_array_new ();

  if (found == NULL)
    return NULL;
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (objects, json_node_get_object (found->pdata[i]));
  const OsyReportFacts facts = {.kind = kind,
                                .language = language,
                                .shop = osy_shop_data (shop)->name,
                                .day = from,
                                .view = json_node_get_object (view),
                                .before = json_node_get_object (was),
                                .findings = objects};
  return osy_report_new (&facts);
}
