/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the analytics view shows, from the sums to JSON. */

#include "osy-analytics-view.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-json.h"

typedef struct {
  OsyDbTx *tx;
  OsyShop *shop;
  OsyAnalyticsRange range;
  OsyAnalyticsRange against; /* from NULL: none */
  JsonObject *body;
} View;

/* ---- rows to arrays ---- */

typedef enum { INT, TEXT } MemberType;

typedef struct {
  const char *name;
  const char *column;
  MemberType type;
} Member;

static JsonObject *
read_row (const OsyDbRows *rows, guint i, const Member *members)
{
  JsonObject *object = json_object_new ();

  for (; members->name != NULL; members++)
    if (members->type == TEXT)
      json_object_set_string_member (object, members->name,
                                     osy_db_rows_text (rows, i, members->column));
    else
      json_object_set_int_member (object, members->name,
                                  osy_db_rows_int (rows, i, members->column));
  return object;
}

/* @kind: (nullable): of osy_analytics_store_sales(). */
static JsonArray *
read_rows (const OsyDbRows *rows, const char *kind, const Member *members)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    if (kind == NULL || (g_str_equal (osy_db_rows_text (rows, i, "kind"), kind) &&
                         osy_db_rows_int (rows, i, "placed") != 0))
      json_array_add_object_element (array, read_row (rows, i, members));
  return array;
}

static const Member days[] = {{"day", "business_day", TEXT},
                              {"sales", "sales", INT},
                              {"orders", "orders", INT},
                              {"guests", "guests", INT},
                              {NULL}};
static const Member types[] = {{"type", "type", TEXT},
                               {"sales", "sales", INT},
                               {"orders", "orders", INT},
                               {NULL}};
static const Member channels[] = {{"channel", "channel", TEXT},
                                  {"sales", "sales", INT},
                                  {"orders", "orders", INT},
                                  {NULL}};
static const Member heat[] = {{"weekday", "weekday", INT}, {"hour", "hour", INT},
                              {"sales", "sales", INT},     {"orders", "orders", INT},
                              {"days", "days", INT},       {NULL}};
static const Member tenders[] = {{"tender", "tender", TEXT},
                                 {"amount", "taken", INT},
                                 {"count", "taken_count", INT},
                                 {NULL}};
static const Member items[] = {{"item_id", "item_id", TEXT},
                               {"name", "name", TEXT},
                               {"quantity", "quantity", INT},
                               {"sales", "sales", INT},
                               {NULL}};
static const Member stops[] = {{"item_id", "item_id", TEXT},
                               {"name", "name", TEXT},
                               {"minutes", "minutes", INT},
                               {NULL}};

/* ---- totals ---- */

static const char *const sums[] = {"sales",       "orders",      "checks",  "guests",
                                   "gross",       "voids",       "comps",   "discounts",
                                   "service",     "canceled",    "placed",  "prep_seconds",
                                   "prep_orders", "late_orders", "tax_free"};

static gint64
add_up (const OsyDbRows *rows, const char *column)
{
  gint64 sum = 0;

  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    sum += osy_db_rows_int (rows, i, column);
  return sum;
}

static guint
find_all (const OsyDbRows *sales)
{
  guint i = 0;

  while (!g_str_equal (osy_db_rows_text (sales, i, "kind"), "all"))
    i++;
  return i;
}

static JsonObject *
read_totals (const OsyDbRows *sales, const OsyDbRows *money, const OsyDbRows *fees)
{
  JsonObject *totals = json_object_new ();
  guint all = find_all (sales);
  gint64 checks = osy_db_rows_int (sales, all, "checks");
  gint64 sold = osy_db_rows_int (sales, all, "sales");
  gint64 taken = add_up (money, "taken");
  gint64 refunds = add_up (money, "refunded");
  gint64 fee = add_up (fees, "fee");

  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    json_object_set_int_member (totals, sums[i], osy_db_rows_int (sales, all, sums[i]));
  json_object_set_int_member (totals, "average", checks > 0 ? (sold + checks / 2) / checks : 0);
  json_object_set_int_member (totals, "taken", taken);
  json_object_set_int_member (totals, "refunds", refunds);
  json_object_set_int_member (totals, "refund_count", add_up (money, "refund_count"));
  json_object_set_int_member (totals, "fees", fee);
  json_object_set_int_member (totals, "net", taken - refunds - fee);
  return totals;
}

/* ---- hours of both ranges side by side, in the order of the business day ---- */

static void
note_hours (const OsyDbRows *sales, gint64 sums_of[24][4], guint column)
{
  for (guint i = 0; sales != NULL && i < osy_db_rows_count (sales); i++)
    if (g_str_equal (osy_db_rows_text (sales, i, "kind"), "hour")) {
      gint64 *hour = sums_of[osy_db_rows_int (sales, i, "hour") % 24];
      hour[column] = osy_db_rows_int (sales, i, "sales");
      hour[column + 1] = osy_db_rows_int (sales, i, "orders");
    }
}

static JsonArray *
read_hours (const OsyDbRows *sales, const OsyDbRows *against, gint64 cutoff)
{
  static const char *const names[] = {"sales", "orders", "against_sales", "against_orders"};
  gint64 sums_of[24][4] = {{0}};
  JsonArray *array = json_array_new ();

  note_hours (sales, sums_of, 0);
  note_hours (against, sums_of, 2);
  for (guint i = 0; i < 24; i++) {
    guint hour = (guint)(cutoff / 60 + i) % 24;
    gboolean some = FALSE;
    for (guint j = 0; j < 4; j++)
      some = some || sums_of[hour][j] != 0;
    if (!some)
      continue;
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "hour", hour);
    for (guint j = 0; j < 4; j++)
      json_object_set_int_member (object, names[j], sums_of[hour][j]);
    json_array_add_object_element (array, object);
  }
  return array;
}

/* ---- the parts of the view ---- */

static JsonArray *
read_channels (const OsyDbRows *sales, const OsyDbRows *fees)
{
  JsonArray *array = read_rows (sales, "channel", channels);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);
    gint64 fee = 0;
    for (guint j = 0; j < osy_db_rows_count (fees); j++)
      if (g_strcmp0 (osy_db_rows_text (fees, j, "channel"),
                     json_object_get_string_member (object, "channel")) == 0)
        fee = osy_db_rows_int (fees, j, "fee");
    json_object_set_int_member (object, "fee", fee);
  }
  return array;
}

/* Beside each cell stands on how many such weekdays something was sold. */
static JsonArray *
read_heat (const OsyDbRows *sales)
{
  JsonArray *array = read_rows (sales, "heat", heat);
  gint64 open[8] = {0};

  for (guint i = 0; i < osy_db_rows_count (sales); i++)
    if (g_str_equal (osy_db_rows_text (sales, i, "kind"), "day") &&
        osy_db_rows_int (sales, i, "orders") > 0) {
      GDate day;
      g_date_clear (&day, 1);
      g_date_set_parse (&day, osy_db_rows_text (sales, i, "business_day"));
      open[g_date_valid (&day) ? g_date_get_weekday (&day) : 0]++;
    }
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *cell = json_array_get_object_element (array, i);
    json_object_set_int_member (cell, "days",
                                open[json_object_get_int_member (cell, "weekday") % 8]);
  }
  return array;
}

static gboolean
add_sales (View *view, GError **error)
{
  const gboolean both = view->against.from != NULL;
  const OsyAnalyticsRange *range = &view->range;
  const OsyAnalyticsRange *against = &view->against;
  g_autoptr (OsyDbRows) sales = osy_analytics_store_sales (view->tx, range, error);
  g_autoptr (OsyDbRows) money = sales ? osy_analytics_store_money (view->tx, range, error) : NULL;
  g_autoptr (OsyDbRows) fees = money ? osy_analytics_store_fees (view->tx, range, error) : NULL;
  g_autoptr (OsyDbRows) was =
      fees && both ? osy_analytics_store_sales (view->tx, against, error) : NULL;
  g_autoptr (OsyDbRows) was_money =
      was ? osy_analytics_store_money (view->tx, against, error) : NULL;
  g_autoptr (OsyDbRows) was_fees =
      was_money ? osy_analytics_store_fees (view->tx, against, error) : NULL;

  if (fees == NULL || (both && was_fees == NULL))
    return FALSE;
  json_object_set_object_member (view->body, "totals", read_totals (sales, money, fees));
  if (both)
    json_object_set_object_member (view->body, "against_totals",
                                   read_totals (was, was_money, was_fees));
  else
    json_object_set_null_member (view->body, "against_totals");
  json_object_set_array_member (view->body, "hours", read_hours (sales, was, range->cutoff));
  json_object_set_array_member (view->body, "days", read_rows (sales, "day", days));
  json_object_set_array_member (view->body, "against_days",
                                both ? read_rows (was, "day", days) : json_array_new ());
  json_object_set_array_member (view->body, "channels", read_channels (sales, fees));
  json_object_set_array_member (view->body, "types", read_rows (sales, "type", types));
  json_object_set_array_member (view->body, "heat", read_heat (sales));
  json_object_set_array_member (view->body, "tenders", read_rows (money, NULL, tenders));
  return TRUE;
}

/* How many pieces of each option's item were sold stands beside it. */
static JsonArray *
read_options (const OsyDbRows *options, const OsyDbRows *of_items)
{
  g_autoptr (GHashTable) sold = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < osy_db_rows_count (of_items); i++)
    g_hash_table_insert (sold, (gpointer)osy_db_rows_text (of_items, i, "item_id"),
                         GSIZE_TO_POINTER (osy_db_rows_int (of_items, i, "quantity")));
  for (guint i = 0; i < osy_db_rows_count (options); i++) {
    const char *item = osy_db_rows_text (options, i, "item_id");
    JsonObject *object = json_object_new ();
    json_object_set_string_member (object, "option_id", osy_db_rows_text (options, i, "option_id"));
    json_object_set_string_member (object, "name", osy_db_rows_text (options, i, "name"));
    json_object_set_string_member (object, "item_id", item);
    json_object_set_int_member (object, "count", osy_db_rows_int (options, i, "quantity"));
    json_object_set_int_member (object, "of",
                                (gint64)GPOINTER_TO_SIZE (g_hash_table_lookup (sold, item)));
    json_array_add_object_element (array, object);
  }
  return array;
}

static gboolean
add_items (View *view, GError **error)
{
  g_autoptr (OsyDbRows) sold = osy_analytics_store_items (view->tx, &view->range, error);
  g_autoptr (OsyDbRows) options =
      sold ? osy_analytics_store_options (view->tx, &view->range, error) : NULL;

  if (options == NULL)
    return FALSE;
  json_object_set_array_member (view->body, "items", read_rows (sold, NULL, items));
  json_object_set_array_member (view->body, "options", read_options (options, sold));
  return TRUE;
}

static gboolean
add_prep (View *view, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_analytics_store_prep (view->tx, &view->range, error);
  JsonArray *array;

  if (rows == NULL)
    return FALSE;
  array = json_array_new ();
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "from_seconds", osy_db_rows_int (rows, i, "minutes") * 60);
    json_object_set_int_member (object, "orders", osy_db_rows_int (rows, i, "orders"));
    json_array_add_object_element (array, object);
  }
  json_object_set_array_member (view->body, "prep", array);
  return TRUE;
}

static gboolean
add_stops (View *view, GError **error)
{
  const char *zone = osy_shop_data (view->shop)->time_zone;
  g_autoptr (OsyDbRows) rows =
      osy_analytics_store_stops (view->tx, &view->range, zone, osy_clock_now (), error);

  if (rows != NULL)
    json_object_set_array_member (view->body, "sold_out", read_rows (rows, NULL, stops));
  return rows != NULL;
}

static gboolean
add_times (View *view, const OsyAnalyticsSpan *span, GError **error)
{
  const gint64 now = osy_clock_now ();
  g_autofree char *today = osy_shop_business_day (view->shop, now);
  gint64 at = 0;

  if (!osy_analytics_store_as_of (view->tx, &at, error))
    return FALSE;
  g_autofree char *as_of = osy_clock_format (at != 0 ? at : now);
  json_object_set_string_member (view->body, "from", span->from);
  json_object_set_string_member (view->body, "to", span->to);
  json_object_set_string_member (view->body, "today", today);
  json_object_set_boolean_member (view->body, "open", osy_shop_is_open_at (view->shop, now));
  json_object_set_string_member (view->body, "as_of", as_of);
  if (span->against[0] != '\0')
    json_object_set_string_member (view->body, "against", span->against);
  else
    json_object_set_null_member (view->body, "against");
  if (span->until >= 0) {
    g_autofree char *until = g_strdup_printf ("%02d:%02d", span->until / 60, span->until % 60);
    json_object_set_string_member (view->body, "until", until);
  } else {
    json_object_set_null_member (view->body, "until");
  }
  return TRUE;
}

/* Minutes after its beginning to which the last day counts; -1: all of them. */
static gint64
minutes_of (OsyShop *shop, const OsyAnalyticsSpan *span)
{
  const int cutoff = osy_shop_data (shop)->cutoff_minutes;

  return span->until < 0 ? -1 : (span->until - cutoff + 1440) % 1440;
}

/* Whether @span ends with a day that has not come further than to where it is cut: all of that day
 * is wanted, whose sums are there, and its facts need not be read. */
static gboolean
ends_with_now (OsyShop *shop, const OsyAnalyticsSpan *span)
{
  const gint64 now = osy_clock_now ();
  g_autofree char *today = osy_shop_business_day (shop, now);
  g_autoptr (GTimeZone) zone = osy_clock_zone (osy_shop_data (shop)->time_zone);

  if (strcmp (span->to, today) != 0 || zone == NULL)
    return FALSE;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  const int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  return minutes_of (shop, span) >= (minute - osy_shop_data (shop)->cutoff_minutes + 1440) % 1440;
}

OsyAnalyticsRange
osy_analytics_range (OsyShop *shop, const OsyAnalyticsSpan *span)
{
  return (OsyAnalyticsRange){
      .from = span->from,
      .to = span->to,
      .until = ends_with_now (shop, span) ? -1 : minutes_of (shop, span),
      .cutoff = osy_shop_data (shop)->cutoff_minutes,
  };
}

JsonNode *
osy_analytics_view (OsyDbTx *tx, OsyShop *shop, const OsyAnalyticsSpan *span, GError **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  View view = {.tx = tx, .shop = shop, .range = osy_analytics_range (shop, span), .body = body};

  if (span->against[0] != '\0') {
    view.against = view.range;
    view.against.from = span->against;
    view.against.to = span->against_to;
    view.against.until = minutes_of (shop, span);
  }
  if (!add_times (&view, span, error) || !add_sales (&view, error) || !add_items (&view, error) ||
      !add_prep (&view, error) || !add_stops (&view, error))
    return NULL;
  return osy_json_take_object (g_steal_pointer (&body));
}
