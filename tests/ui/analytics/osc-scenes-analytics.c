/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the sales view: a day, a year, a new shop, nothing, reading, trouble. */

#include <glib/gi18n.h>
#include <string.h>

#include "osc-sales-page.h"
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
  add_int (text, "taken", sales);
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

/* @times: as much as a day. */
static void
add_hours (GString *text, int last, int times)
{
  g_string_append (text, "\"hours\":[");
  for (int i = 0; i < last; i++)
    g_string_append_printf (text,
                            "{\"hour\":%d,\"sales\":%d,\"orders\":%d,\"against_sales\":%d,"
                            "\"against_orders\":%d},",
                            FIRST_HOUR + i, day_hours[i] * 1000 * times, day_hours[i] * times / 13,
                            week_hours[i] * 1000 * times, week_hours[i] * times / 13);
  end_list (text);
}

static void
add_types (GString *text, int times)
{
  static const struct {
    const char *key;
    int sales;
  } types[] = {{"DINE_IN", 742000}, {"TAKEOUT", 273000}, {"DELIVERY", 270000}};

  g_string_append (text, "\"types\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    g_string_append_printf (text, "{\"type\":\"%s\",\"sales\":%d,\"orders\":%d},", types[i].key,
                            types[i].sales * times, types[i].sales * times / 13000);
  end_list (text);
}

static void
add_rows (GString *text, int times)
{
  g_string_append (text, "\"items\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (dishes); i++)
    g_string_append_printf (
        text, "{\"item_id\":\"i%d\",\"name\":\"%s\",\"quantity\":%d,\"sales\":%d},", (int)i,
        dishes[i].name, dishes[i].pieces * times, dishes[i].sales * times);
  end_list (text);
  g_string_append (text, "\"channels\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (channels); i++)
    g_string_append_printf (text, "{\"channel\":\"%s\",\"sales\":%d,\"orders\":%d,\"fee\":%d},",
                            channels[i].key, channels[i].sales * times,
                            channels[i].sales * times / 13000, channels[i].fee * times);
  end_list (text);
  g_string_append (text, "\"tenders\":[");
  for (gsize i = 0; i < G_N_ELEMENTS (tenders); i++)
    g_string_append_printf (text, "{\"tender\":\"%s\",\"amount\":%d,\"count\":%d},", tenders[i].key,
                            tenders[i].amount * times, tenders[i].count * times);
  end_list (text);
  add_types (text, times);
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
      g_string_append_printf (text,
                              "{\"weekday\":%d,\"hour\":%d,\"sales\":%d,\"orders\":%d,"
                              "\"days\":4},",
                              i + 1, FIRST_HOUR + hour, day_hours[hour] * shares[i] * 40,
                              day_hours[hour] / 4);
  end_list (text);
}

/* (transfer full): GET analytics of the chosen range, in which @times as much was sold as on a
 * day. */
static JsonNode *
make_chosen (int orders, gboolean compared, int times)
{
  g_autoptr (GString) text = g_string_new ("{");

  add_totals (text, "totals", orders > 0 ? 1285000 * times : 0, orders * times);
  if (compared)
    add_totals (text, "against_totals", 1187000 * times, 91 * times);
  if (orders > 0) {
    add_hours (text, HOURS, times);
    add_rows (text, times);
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
  take (context, make_chosen (96, TRUE, 1), make_trend (30, TRUE, FALSE));
}

static void
show_year (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_view (window, context);

  osc_view_open (OSC_VIEW (view), "2025-11-22/" TODAY);
  take (context, make_chosen (96, TRUE, 313), make_trend (365, TRUE, TRUE));
}

/* A week with a day on which the shop was closed; the week before had none. */
static void
show_week (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_view (window, context);
  g_autoptr (GString) text = g_string_new ("{");

  osc_view_key (OSC_VIEW (view), OSC_KEY_WEEK);
  add_totals (text, "totals", 5285000, 396);
  add_totals (text, "against_totals", 6027000, 455);
  add_days (text, "days", 6, 0, TRUE);
  add_days (text, "against_days", 6, 7, FALSE);
  add_hours (text, HOURS, 5);
  add_rows (text, 5);
  add_kitchen (text);
  g_string_append (text, "\"as_of\":null}");
  take (context, osy_json_parse (text->str, text->len, NULL), make_trend (30, TRUE, TRUE));
}

/* Last Saturday was a holiday. */
static void
show_alone (OscWindow *window, OscContext *context)
{
  g_autoptr (GString) text = g_string_new ("{");

  open_view (window, context);
  add_totals (text, "totals", 1285000, 96);
  add_totals (text, "against_totals", 0, 0);
  add_hours (text, HOURS, 1);
  add_rows (text, 1);
  add_kitchen (text);
  g_string_append (text, "\"as_of\":null}");
  take (context, osy_json_parse (text->str, text->len, NULL), make_trend (30, TRUE, FALSE));
}

/* (nullable): before it is on screen. */
static GtkWidget *
find_page (GtkWidget *widget)
{
  GtkWidget *found = OSC_IS_SALES_PAGE (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_page (child);
  return found;
}

static void
to_end (GtkAdjustment *place)
{
  gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place));
}

/* The rows under those that one sees first. */
static void
show_below (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_view (window, context);
  GtkWidget *scroller = gtk_widget_get_first_child (find_page (view));
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  take (context, make_chosen (96, TRUE, 1), make_trend (30, TRUE, FALSE));
  g_signal_connect (place, "changed", G_CALLBACK (to_end), NULL);
}

static void
show_behind (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_view (window, context);
  g_autoptr (GPtrArray) past = osc_fixture_past ();
  GtkWidget *page;

  take (context, make_chosen (96, TRUE, 1), make_trend (30, TRUE, FALSE));
  page = find_page (view);
  g_signal_emit_by_name (page, "behind", "sales", "hour/12", _ ("Sales by hour"),
                         "12시 246,000원 · 18건");
  g_signal_emit_by_name (context->sales, "orders", past, "next", FALSE);
}

/* (transfer full): GET analytics/findings of a day. @found: an array. */
static JsonNode *
make_findings (const char *found, gboolean early)
{
  g_autofree char *text = g_strdup_printf (
      "{\"day\":\"x\",\"over\":true,\"sales\":%s,\"orders\":null,\"findings\":[%s]}",
      early ? "null" : "{\"expected\":1,\"low\":1,\"high\":2,\"weeks\":9}", found);

  return osy_json_parse (text, strlen (text), NULL);
}

#define SALES_LOW                                                                               \
  "{\"kind\":\"SALES_LOW\",\"subject\":\"\",\"observed\":742000,\"expected\":1063000,"          \
  "\"low\":918000,\"high\":1214000,\"weeks\":14,\"useful\":true,\"items\":["                    \
  "{\"item_id\":\"i5\",\"name\":\"모둠튀김\",\"sales\":22000,\"usual\":143000},"            \
  "{\"item_id\":\"i10\",\"name\":\"치즈돈까스 정식\",\"sales\":33000,\"usual\":118000}," \
  "{\"item_id\":\"i0\",\"name\":\"떡볶이\",\"sales\":94500,\"usual\":151000}]}"
#define SALES_HIGH_3                                                                    \
  "{\"kind\":\"SALES_HIGH_3_DAYS\",\"subject\":\"\",\"observed\":3610000,"              \
  "\"expected\":2890000,\"low\":2610000,\"high\":3160000,\"weeks\":14,\"useful\":null," \
  "\"items\":[{\"item_id\":\"i2\",\"name\":\"로제떡볶이\",\"sales\":684000,\"usual\":392000}]}"
#define REFUNDS                                                                              \
  "{\"kind\":\"REFUNDS_HIGH\",\"subject\":\"user:1\",\"name\":\"박지호\",\"observed\":6," \
  "\"expected\":1,\"useful\":null}"

static void
take_findings (OscContext *context, const char *day, const char *found, gboolean early)
{
  g_autoptr (JsonNode) answer = make_findings (found, early);

  osc_finding_store_take (context->findings, day, answer);
}

/* Yesterday, of which something is to be said. */
static GtkWidget *
open_yesterday (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_view (window, context);

  osc_view_key (OSC_VIEW (view), OSC_KEY_LEFT);
  take (context, make_chosen (96, TRUE, 1), make_trend (30, TRUE, FALSE));
  return view;
}

static void
show_found (OscWindow *window, OscContext *context)
{
  open_yesterday (window, context);
  take_findings (context, "2026-11-20", SALES_LOW "," REFUNDS, FALSE);
}

static void
show_found_week (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_view (window, context);

  osc_view_key (OSC_VIEW (view), OSC_KEY_WEEK);
  take (context, make_chosen (96, TRUE, 5), make_trend (30, TRUE, FALSE));
  take_findings (context, "2026-11-16", "", FALSE);
  take_findings (context, "2026-11-17", REFUNDS, FALSE);
  take_findings (context, "2026-11-18", SALES_LOW, FALSE);
  take_findings (context, "2026-11-19", "", FALSE);
  take_findings (context, "2026-11-20", SALES_HIGH_3, FALSE);
}

static void
show_found_behind (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_yesterday (window, context);
  g_autoptr (GPtrArray) past = osc_fixture_past ();

  take_findings (context, "2026-11-20", SALES_LOW "," REFUNDS, FALSE);
  g_autoptr (GPtrArray) list = osc_finding_store_list (context->findings);
  g_signal_emit_by_name (osc_sales_page_findings (OSC_SALES_PAGE (find_page (view))), "chosen",
                         list->pdata[1]);
  g_signal_emit_by_name (context->sales, "orders", past, "next", FALSE);
}

static void
show_found_nothing (OscWindow *window, OscContext *context)
{
  open_yesterday (window, context);
  take_findings (context, "2026-11-20", "", FALSE);
}

static void
show_found_early (OscWindow *window, OscContext *context)
{
  open_yesterday (window, context);
  take_findings (context, "2026-11-20", "", TRUE);
}

static void
show_found_failed (OscWindow *window, OscContext *context)
{
  open_yesterday (window, context);
  osc_finding_store_take (context->findings, "2026-11-20", NULL);
}

static void
show_new (OscWindow *window, OscContext *context)
{
  open_view (window, context);
  take (context, make_chosen (96, FALSE, 1), make_trend (3, FALSE, FALSE));
}

static void
show_empty (OscWindow *window, OscContext *context)
{
  open_view (window, context);
  take (context, make_chosen (0, FALSE, 1), make_trend (0, FALSE, FALSE));
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
  take (context, make_chosen (96, TRUE, 1), NULL);
  take (context, NULL, NULL);
}

const OscScene osc_scenes_analytics[] = {
    {"sales-day", show_day},
    {"sales-year", show_year},
    {"sales-week", show_week},
    {"sales-alone", show_alone},
    {"sales-behind", show_behind},
    {"sales-below", show_below},
    {"sales-new", show_new},
    {"sales-empty", show_empty},
    {"sales-loading", show_loading},
    {"sales-failed", show_failed},
    {"sales-away", show_away},
    {"sales-found", show_found},
    {"sales-found-week", show_found_week},
    {"sales-found-behind", show_found_behind},
    {"sales-found-nothing", show_found_nothing},
    {"sales-found-early", show_found_early},
    {"sales-found-failed", show_found_failed},
    {.name = NULL},
};
