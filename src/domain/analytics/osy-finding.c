/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What was odd on a day, each with its reason: the days like it, and what sold more or less. */

#include "osy-finding.h"

#include <math.h>
#include <string.h>

#include "osy-auth-service.h"
#include "osy-clock.h"
#include "osy-detect.h"
#include "osy-json.h"

/* Twenty weeks of days, the one looked at among them. */
#define DAYS 140
#define HABIT_DAYS 90
#define MOST_ITEMS 3

const char *const osy_finding_kinds[] = {
    "SALES_LOW",   "SALES_HIGH",        "SALES_LOW_3_DAYS",   "SALES_HIGH_3_DAYS", "ORDERS_LOW",
    "ORDERS_HIGH", "ORDERS_LOW_3_DAYS", "ORDERS_HIGH_3_DAYS", "REFUNDS_HIGH",      NULL};
enum { OF_SALES = 0, OF_ORDERS = 4, OF_REFUNDS = 8 };

typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  const char *day;
  JsonObject *body;
  JsonArray *findings;
  double sales[DAYS], orders[DAYS];
  double check; /* won, on average */
} Look;

/* ---- the shop's days ---- */

static gboolean
load_days (Look *self, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      self->tx,
      "SELECT s.orders, s.checks, s.sales FROM generate_series($1::date - $2::int + 1, $1::date, "
      "  '1 day') d LEFT JOIN (SELECT business_day, sum(orders)::bigint AS orders, "
      "    sum(checks)::bigint AS checks, "
      "    sum(gross - voids - comps - discounts + service)::bigint AS sales FROM sale_hour "
      "  WHERE restaurant_id = app_restaurant() "
      "  AND business_day BETWEEN $1::date - $2::int + 1 AND $1::date GROUP BY 1) s "
      "ON s.business_day = d::date ORDER BY d",
      OSY_PARAMS (OSY_P_TEXT (self->day), OSY_P_INT (DAYS)), error);
  gint64 checks = 0, won = 0;

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    gboolean open = osy_db_rows_int (rows, i, "orders") > 0;
    self->orders[i] = open ? (double)osy_db_rows_int (rows, i, "orders") : NAN;
    self->sales[i] = open ? (double)osy_db_rows_int (rows, i, "sales") : NAN;
    checks += osy_db_rows_int (rows, i, "checks");
    won += osy_db_rows_int (rows, i, "sales");
  }
  self->check = checks > 0 ? (double)won / (double)checks : 1;
  return rows != NULL;
}

static void
write_range (JsonObject *object, const OsyExpectation *range)
{
  json_object_set_int_member (object, "expected", llround (range->mean));
  json_object_set_int_member (object, "low", llround (range->low));
  json_object_set_int_member (object, "high", llround (range->high));
  json_object_set_int_member (object, "weeks", range->weeks);
}

static void
write_expected (Look *self, const char *name, const double *days, double unit)
{
  OsyExpectation range;

  if (!osy_expectation_of (days, DAYS - 1, 1, unit, &range)) {
    json_object_set_null_member (self->body, name);
    return;
  }
  JsonObject *object = json_object_new ();
  write_range (object, &range);
  json_object_set_object_member (self->body, name, object);
}

static JsonObject *
add_finding (Look *self, guint kind, const char *subject)
{
  JsonObject *finding = json_object_new ();

  json_object_set_string_member (finding, "kind", osy_finding_kinds[kind]);
  json_object_set_string_member (finding, "subject", subject);
  json_array_add_object_element (self->findings, finding);
  return finding;
}

/* What sold more or less than on the same weekdays of eight weeks, most first. */
static JsonArray *
load_items (Look *self, guint days, gboolean high, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      self->tx,
      "WITH now AS (SELECT item_id, sum(sales) AS sales FROM sale_item "
      "    WHERE restaurant_id = app_restaurant() "
      "    AND business_day BETWEEN $1::date - $2::int + 1 AND $1::date GROUP BY 1), "
      "open AS (SELECT count(DISTINCT business_day) AS n FROM sale_item "
      "    WHERE restaurant_id = app_restaurant() "
      "    AND business_day BETWEEN $1::date - 58 AND $1::date - $2::int "
      "    AND ($1::date - business_day) % 7 < $2), "
      "usual AS (SELECT item_id, sum(sales) * $2 / max(n) AS sales FROM sale_item, open "
      "    WHERE restaurant_id = app_restaurant() AND n > 0 "
      "    AND business_day BETWEEN $1::date - 58 AND $1::date - $2::int "
      "    AND ($1::date - business_day) % 7 < $2 GROUP BY 1) "
      "SELECT item_id, coalesce(m.names ->> 'ko', x.name, '') AS name, "
      "  coalesce(now.sales, 0)::bigint AS sales, "
      "  round(coalesce(usual.sales, 0))::bigint AS usual "
      "FROM now FULL JOIN usual USING (item_id) "
      "LEFT JOIN menu_item m ON m.restaurant_id = app_restaurant() AND m.id = item_id "
      "LEFT JOIN sale_name x ON x.restaurant_id = app_restaurant() AND x.id = item_id "
      "ORDER BY (coalesce(now.sales, 0) - coalesce(usual.sales, 0)) * $3 DESC, item_id LIMIT $4",
      OSY_PARAMS (OSY_P_TEXT (self->day), OSY_P_INT (days), OSY_P_INT (high ? 1 : -1),
                  OSY_P_INT (MOST_ITEMS)),
      error);

  if (rows == NULL)
    return NULL;
  JsonArray *items = json_array_new ();
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    JsonObject *item = json_object_new ();
    json_object_set_string_member (item, "item_id", osy_db_rows_text (rows, i, "item_id"));
    json_object_set_string_member (item, "name", osy_db_rows_text (rows, i, "name"));
    json_object_set_int_member (item, "sales", osy_db_rows_int (rows, i, "sales"));
    json_object_set_int_member (item, "usual", osy_db_rows_int (rows, i, "usual"));
    json_array_add_object_element (items, item);
  }
  return items;
}

/* @base: where the kinds of these days begin. *@found: whether one was. */
static gboolean
look_at_days (Look *self,
              const double *days,
              double unit,
              guint base,
              gboolean *found,
              GError **error)
{
  OsyExpectation range;
  double observed = 0;
  OsyDetected what = osy_detect_days (days, DAYS, unit, &observed, &range);
  gboolean three = what == OSY_DETECTED_THREE_LOW || what == OSY_DETECTED_THREE_HIGH;
  gboolean high = what == OSY_DETECTED_HIGH || what == OSY_DETECTED_THREE_HIGH;

  *found = what != OSY_DETECTED_NOTHING;
  if (!*found)
    return TRUE;
  JsonArray *items = load_items (self, three ? 3 : 1, high, error);
  if (items == NULL)
    return FALSE;
  JsonObject *finding = add_finding (self, base + (guint)what - OSY_DETECTED_LOW, "");
  json_object_set_int_member (finding, "observed", llround (observed));
  write_range (finding, &range);
  json_object_set_array_member (finding, "items", items);
  return TRUE;
}

/* ---- refunds, person by person ---- */

typedef struct {
  GArray *refunds, *sales; /* of guint: days of people before */
  OsyDbRows *rows;
} Refunds;

static void
refunds_clear (Refunds *self)
{
  g_array_unref (self->refunds);
  g_array_unref (self->sales);
  g_clear_pointer (&self->rows, osy_db_rows_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refunds, refunds_clear)

static gboolean
load_refunds (Look *self, Refunds *refunds, GError **error)
{
  refunds->rows = osy_db_query (
      self->tx,
      "SELECT actor, business_day = $1::date AS today, sum(refund_count)::bigint AS refunds, "
      "  greatest(sum(taken_count), sum(refund_count))::bigint AS sales FROM sale_money "
      "WHERE restaurant_id = app_restaurant() "
      "AND business_day BETWEEN $1::date - $2::int AND $1::date "
      "AND actor NOT LIKE 'system:%' "
      "GROUP BY actor, business_day HAVING sum(taken_count + refund_count) > 0 ORDER BY actor",
      OSY_PARAMS (OSY_P_TEXT (self->day), OSY_P_INT (HABIT_DAYS)), error);
  for (guint i = 0; refunds->rows != NULL && i < osy_db_rows_count (refunds->rows); i++) {
    guint given = (guint)osy_db_rows_int (refunds->rows, i, "refunds");
    guint sold = (guint)osy_db_rows_int (refunds->rows, i, "sales");
    if (osy_db_rows_bool (refunds->rows, i, "today"))
      continue;
    g_array_append_val (refunds->refunds, given);
    g_array_append_val (refunds->sales, sold);
  }
  return refunds->rows != NULL;
}

static gboolean
add_refunds (Look *self, const char *actor, guint given, double expected, GError **error)
{
  g_autofree char *name = osy_auth_service_actor_name (self->tx, self->ring, actor, error);

  if (name == NULL)
    return FALSE;
  JsonObject *finding = add_finding (self, OF_REFUNDS, actor);
  json_object_set_string_member (finding, "name", name);
  json_object_set_int_member (finding, "observed", given);
  json_object_set_int_member (finding, "expected", llround (expected));
  return TRUE;
}

static gboolean
look_at_refunds (Look *self, GError **error)
{
  g_auto (Refunds) refunds = {.refunds = g_array_new (FALSE, FALSE, sizeof (guint)),
                              .sales = g_array_new (FALSE, FALSE, sizeof (guint))};

  if (!load_refunds (self, &refunds, error))
    return FALSE;
  OsyRefundHabit habit =
      osy_detect_refund_habit ((const guint *)(gpointer)refunds.refunds->data,
                               (const guint *)(gpointer)refunds.sales->data, refunds.sales->len);
  double rate = habit.refunded / (habit.refunded + habit.kept);
  for (guint i = 0; i < osy_db_rows_count (refunds.rows); i++) {
    guint given = (guint)osy_db_rows_int (refunds.rows, i, "refunds");
    guint sold = (guint)osy_db_rows_int (refunds.rows, i, "sales");
    if (osy_db_rows_bool (refunds.rows, i, "today") &&
        osy_detect_refunds (&habit, given, sold, NULL) &&
        !add_refunds (self, osy_db_rows_text (refunds.rows, i, "actor"), given, rate * sold, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- what people thought of it ---- */

static gboolean
add_verdicts (Look *self, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      self->tx,
      "SELECT kind, subject, useful FROM sale_verdict WHERE restaurant_id = app_restaurant() "
      "AND business_day = $1::date",
      OSY_PARAMS (OSY_P_TEXT (self->day)), error);

  for (guint i = 0; rows != NULL && i < json_array_get_length (self->findings); i++) {
    JsonObject *finding = json_array_get_object_element (self->findings, i);
    json_object_set_null_member (finding, "useful");
    for (guint j = 0; j < osy_db_rows_count (rows); j++)
      if (g_str_equal (json_object_get_string_member (finding, "kind"),
                       osy_db_rows_text (rows, j, "kind")) &&
          g_str_equal (json_object_get_string_member (finding, "subject"),
                       osy_db_rows_text (rows, j, "subject")))
        json_object_set_boolean_member (finding, "useful", osy_db_rows_bool (rows, j, "useful"));
  }
  return rows != NULL;
}

static gboolean
look (Look *self, GError **error)
{
  gboolean found = FALSE;

  if (!load_days (self, error))
    return FALSE;
  write_expected (self, "sales", self->sales, self->check);
  write_expected (self, "orders", self->orders, 1);
  if (!look_at_days (self, self->sales, self->check, OF_SALES, &found, error))
    return FALSE;
  /* The same once more in orders would be no news. */
  return (found || look_at_days (self, self->orders, 1, OF_ORDERS, &found, error)) &&
         look_at_refunds (self, error) && add_verdicts (self, error);
}

JsonNode *
osy_finding_list (OsyDbTx *tx, OsyKeyring *ring, OsyShop *shop, const char *day, GError **error)
{
  g_autofree char *today = osy_shop_business_day (shop, osy_clock_now ());
  g_autoptr (JsonObject) body = json_object_new ();
  JsonArray *findings = json_array_new ();
  Look self = {.tx = tx, .ring = ring, .day = day, .body = body, .findings = findings};
  gboolean over = strcmp (day, today) < 0;

  json_object_set_string_member (body, "day", day);
  json_object_set_boolean_member (body, "over", over);
  json_object_set_array_member (body, "findings", findings);
  if (over && !look (&self, error))
    return NULL;
  if (!over) {
    json_object_set_null_member (body, "sales");
    json_object_set_null_member (body, "orders");
  }
  return osy_json_take_object (g_steal_pointer (&body));
}

gboolean
osy_finding_judge (OsyDbTx *tx,
                   const OsyCall *call,
                   const OsyFindingVerdict *verdict,
                   GError **error)
{
  if (verdict->useful < 0)
    return osy_db_exec (tx,
                        "DELETE FROM sale_verdict WHERE restaurant_id = app_restaurant() "
                        "AND business_day = $1::date AND kind = $2 AND subject = $3",
                        OSY_PARAMS (OSY_P_TEXT (verdict->day), OSY_P_TEXT (verdict->kind),
                                    OSY_P_TEXT (verdict->subject)),
                        NULL, error);
  return osy_db_exec (
      tx,
      "INSERT INTO sale_verdict (restaurant_id, business_day, kind, subject, useful, actor, at) "
      "VALUES (app_restaurant(), $1::date, $2, $3, $4, $5, $6) "
      "ON CONFLICT (restaurant_id, business_day, kind, subject) DO UPDATE "
      "SET useful = $4, actor = $5, at = $6",
      OSY_PARAMS (OSY_P_TEXT (verdict->day), OSY_P_TEXT (verdict->kind),
                  OSY_P_TEXT (verdict->subject), OSY_P_BOOL (verdict->useful == 1),
                  OSY_P_TEXT (osy_principal_actor (call->principal)),
                  OSY_P_TIME (osy_clock_now ())),
      NULL, error);
}
