/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the sales view: a day, a year, a new shop, nothing, reading, trouble. */

#include <string.h>

#include "osc-scenes.h"
#include "osy-clock.h"
#include "osy-json.h"

#define TODAY "2026-11-21"
#define WEEK 7
#define FIRST_HOUR 10
#define HOURS 12

/* In thousands of won, from ten o'clock on. */
static const int day_hours[HOURS] = {20, 84, 246, 162, 62, 48, 59, 112, 204, 156, 92, 40};
static const int week_hours[HOURS] = {18, 92, 212, 149, 71, 42, 53, 103, 193, 140, 87, 37};
/* Of a month, from 23 October on. */
static const int days[] = {1090, 1150, 1070, 770,  900,  910,  900,  1100, 1130, 1040,
                           770,  840,  910,  1000, 1060, 1165, 1070, 870,  910,  915,
                           1020, 1045, 1270, 1020, 780,  850,  905,  1000, 1075, 1285};

static const struct {
  const char *name;
  int pieces;
  int sales;
} dishes[] = {
    {"떡볶이", 41, 184500},  {"돈까스", 17, 153000},        {"로제떡볶이", 20, 150000},
    {"김밥", 38, 133000},    {"비빔밥", 15, 120000},        {"모둠튀김", 19, 104500},
    {"잔치국수", 12, 84000}, {"제육덮밥", 9, 81000},        {"김치볶음밥", 9, 72000},
    {"라면", 15, 67500},     {"치즈돈까스 정식", 5, 55000},
};

static const struct {
  const char *key;
  int sales;
  int fee;
} channels[] = {
    {"COUNTER", 540000, 0}, {"QR", 295000, 0}, {"PLATFORM", 270000, 53600},
    {"PHONE", 116000, 0},   {"WEB", 64000, 0},
};

static const struct {
  const char *key;
  int amount;
  int count;
} tenders[] = {{"CARD_TERMINAL", 823000, 61}, {"TOSS", 238000, 19}, {"CASH", 224000, 16}};

static const struct {
  const char *name;
  int count;
  int of;
} options[] = {{"치즈 추가", 22, 61}, {"곱빼기", 9, 15}, {"매운맛", 31, 61}, {"계란 추가", 6, 15}};

static const struct {
  const char *name;
  int minutes;
} sold_out[] = {{"모둠튀김", 95}, {"치즈돈까스 정식", 40}};

static void
add_int (GString *text, const char *name, gint64 value)
{
  g_string_append_printf (text, "\"%s\":%" G_GINT64_FORMAT ",", name, value);
}

static void
end_list (GString *text)
{
  if (g_str_has_suffix (text->str, ","))
    g_string_truncate (text, text->len - 1);
  g_string_append (text, "],");
}

static void
add_totals (GString *text, const char *name, gint64 sales, int orders)
{
  g_string_append_printf (text, "\"%s\":{", name);
  add_int (text, "sales", sales);
  add_int (text, "orders", orders);
  add_int (text, "guests", orders * 9 / 5);
  add_int (text, "average", orders > 0 ? sales / orders : 0);
  add_int (text, "refunds", sales / 57);
  add_int (text, "refund_count", orders > 0 ? 2 : 0);
  add_int (text, "voids", sales / 143);
  add_int (text, "comps", sales / 286);
  add_int (text, "discounts", sales / 107);
  add_int (text, "canceled", orders / 30);
  add_int (text, "placed", orders + orders / 30);
  add_int (text, "prep_seconds", orders * (orders == 91 ? 750 : 680));
  add_int (text, "prep_orders", orders);
  add_int (text, "late_orders", orders > 0 ? 4 : 0);
  add_int (text, "fees", sales * 417 / 10000);
  add_int (text, "net", sales - sales / 57 - sales / 24);
  g_string_append (text, "\"tax_free\":0},");
}

static void
add_hours (GString *text, int last)
{
  g_string_append (text, "\"hours\":[");
  for (int i = 0; i < last; i++)
    g_string_append_printf (text,
                            "{\"hour\":%d,\"sales\":%d,\"orders\":%d,\"against_sales\":%d,"
                            "\"against_orders\":%d},",
                            FIRST_HOUR + i, day_hours[i] * 1000, day_hours[i] / 13,
                            week_hours[i] * 1000, week_hours[i] / 13);
  end_list (text);
}

static void
add_rows (GString *text)
{
  g_string_append (text, "\"items\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (dishes); i++)
    g_string_append_printf (text,
                            "{\"item_id\":\"i%d\",\"name\":\"%s\",\"quantity\":%d,\"sales\":%d},",
                            (int)i, dishes[i].name, dishes[i].pieces, dishes[i].sales);
  end_list (text);
  g_string_append (text, "\"channels\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    g_string_append_printf (text, "{\"channel\":\"%s\",\"sales\":%d,\"orders\":%d,\"fee\":%d},",
                            channels[i].key, channels[i].sales, channels[i].sales / 13000,
                            channels[i].fee);
  end_list (text);
  g_string_append (text, "\"tenders\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (tenders); i++)
    g_string_append_printf (text, "{\"tender\":\"%s\",\"amount\":%d,\"count\":%d},", tenders[i].key,
                            tenders[i].amount, tenders[i].count);
  end_list (text);
}

static void
add_kitchen (GString *text)
{
  static const int prep[] = {2, 3, 4, 6, 9, 10, 12, 11, 9, 8, 6, 5, 4, 3, 0, 2, 1, 0, 1};

  g_string_append (text, "\"options\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    g_string_append_printf (text,
                            "{\"option_id\":\"o%d\",\"name\":\"%s\",\"item_id\":\"i0\","
                            "\"count\":%d,\"of\":%d},",
                            (int)i, options[i].name, options[i].count, options[i].of);
  end_list (text);
  g_string_append (text, "\"sold_out\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (sold_out); i++)
    g_string_append_printf (text, "{\"item_id\":\"i%d\",\"name\":\"%s\",\"minutes\":%d},", (int)i,
                            sold_out[i].name, sold_out[i].minutes);
  end_list (text);
  g_string_append (text, "\"prep\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (prep); i++)
    g_string_append_printf (text, "{\"from_seconds\":%d,\"orders\":%d},", (int)(5 + i) * 60,
                            prep[i]);
  end_list (text);
}

/* So many days up to today; a shop closed on Mondays has gaps when @closed. */
static void
add_days (GString *text, const char *name, int n, int before, gboolean closed)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_parse (&day, TODAY);
  g_date_subtract_days (&day, (guint)(n - 1 + before));
  g_string_append_printf (text, "\"%s\":[", name);
  for (int i = 0; i < n; i++, g_date_add_days (&day, 1)) {
    int sales = days[(i + 30 * 30 - n) % 30] * (before > 0 ? 94 + i % 5 : 100) / 100;

    if (closed && g_date_get_weekday (&day) == G_DATE_MONDAY)
      continue;
    if (n > 60)
      sales = sales * (80 + (i * 40) / n + (i / 30 % 4) * 4) / 100;
    g_string_append_printf (
        text, "{\"day\":\"%04d-%02d-%02d\",\"sales\":%d000,\"orders\":%d,\"guests\":%d},",
        g_date_get_year (&day), g_date_get_month (&day), g_date_get_day (&day), sales, sales / 13,
        sales / 8);
  }
  end_list (text);
}

static void
add_heat (GString *text, gboolean closed)
{
  static const int shares[WEEK] = {62, 63, 66, 78, 94, 100, 70};

  g_string_append (text, "\"heat\":[");
  for (int i = 0; i < WEEK; i++)
    for (int hour = 0; hour < HOURS && !(closed && i == 0); hour++)
      g_string_append_printf (text, "{\"weekday\":%d,\"hour\":%d,\"sales\":%d,\"orders\":%d},",
                              i + 1, FIRST_HOUR + hour, day_hours[hour] * shares[i] * 40,
                              day_hours[hour] / 4);
  end_list (text);
}

/* (transfer full): GET analytics of the chosen range. */
static JsonNode *
make_chosen (int orders, gboolean compared)
{
  g_autoptr (GString) text = g_string_new ("{");

  add_totals (text, "totals", orders > 0 ? 1285000 : 0, orders);
  if (compared)
    add_totals (text, "against_totals", 1187000, 91);
  if (orders > 0) {
    add_hours (text, HOURS);
    add_rows (text);
    add_kitchen (text);
  }
  g_string_append (text, "\"as_of\":\"2026-11-21T03:24:00Z\"}");
  return osy_json_parse (text->str, text->len, NULL);
}

static JsonNode *
make_trend (int n, gboolean before, gboolean closed)
{
  g_autoptr (GString) text = g_string_new ("{");

  add_totals (text, "totals", n > 0 ? 30000000 : 0, n * 80);
  if (n > 0) {
    add_days (text, "days", n, 0, closed);
    if (before)
      add_days (text, "against_days", n, n <= 30 ? 35 : (n + 6) / 7 * 7, closed);
    add_heat (text, closed);
  }
  g_string_append (text, "\"as_of\":null}");
  return osy_json_parse (text->str, text->len, NULL);
}

static GtkWidget *
open_view (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_shell_go (shell, "sales", NULL);
  return GTK_WIDGET (osc_shell_view (shell));
}

static void
take (OscContext *context, JsonNode *chosen, JsonNode *trend)
{
  g_autoptr (JsonNode) one = chosen;
  g_autoptr (JsonNode) other = trend;

  osc_sales_store_take (context->sales, OSC_SALES_CHOSEN, one);
  osc_sales_store_take (context->sales, OSC_SALES_TREND, other);
}

static void
show_day (OscWindow *window, OscContext *context)
{
  open_view (window, context);
  take (context, make_chosen (96, TRUE), make_trend (30, TRUE, FALSE));
}

static void
show_year (OscWindow *window, OscContext *context)
{
  OscSalesRange range;
  GDate today;
  GDate first;

  open_view (window, context);
  osc_sales_range_read (TODAY, &today);
  osc_sales_range_read ("2025-11-22", &first);
  osc_sales_range_set_free (&range, &first, &today, &today);
  osc_sales_store_look (context->sales, &range, NULL);
  take (context, make_chosen (96, TRUE), make_trend (365, TRUE, TRUE));
}

static void
show_new (OscWindow *window, OscContext *context)
{
  open_view (window, context);
  take (context, make_chosen (96, FALSE), make_trend (3, FALSE, FALSE));
}

static void
show_empty (OscWindow *window, OscContext *context)
{
  open_view (window, context);
  take (context, make_chosen (0, FALSE), make_trend (0, FALSE, FALSE));
}

static void
show_loading (OscWindow *window, OscContext *context)
{
  open_view (window, context);
}

static void
show_failed (OscWindow *window, OscContext *context)
{
  open_view (window, context);
  take (context, NULL, NULL);
}

/* What was read stays; one chart alone could not be read. */
static void
show_away (OscWindow *window, OscContext *context)
{
  open_view (window, context);
  take (context, make_chosen (96, TRUE), NULL);
  take (context, NULL, NULL);
}

const OscScene osc_scenes_analytics[] = {
    {"sales-day", show_day},         {"sales-year", show_year},
    {"sales-new", show_new},         {"sales-empty", show_empty},
    {"sales-loading", show_loading}, {"sales-failed", show_failed},
    {"sales-away", show_away},       {.name = NULL},
};
