/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* All figures as a spreadsheet: a sheet for each part of the view, in the words of who asks. */

#include "osy-analytics-book.h"

#include "osy-analytics-query.h"
#include "osy-book.h"
#include "osy-clock.h"

typedef struct {
  const char *ko;
  const char *en;
} Words;

/** A member of the entries of a part, as a column. */
typedef struct {
  const char *member;
  Words head;
  OsyBookForm form;
  gboolean sum;     /* stands in the last row */
  gboolean against; /* only when there is something to compare with */
} Column;

typedef struct {
  const char *part;
  Words name;
  Column columns[6]; /* up to one without a member */
} Sheet;

typedef struct {
  OsyBook *book;
  JsonObject *view;
  const OsyAnalyticsSpan *span;
  OsyShop *shop;
  gboolean korean;
  gboolean compared;
} Draft;

/* ---- words ---- */

static const char *
say (const Draft *draft, Words words)
{
  return draft->korean ? words.ko : words.en;
}

static const struct {
  const char *key;
  Words words;
} keys[] = {
    {"COUNTER", {"카운터", "Counter"}},
    {"QR", {"QR", "QR"}},
    {"WEB", {"웹", "Web"}},
    {"PHONE", {"전화", "Phone"}},
    {"PLATFORM", {"배달앱", "Delivery app"}},
    {"DINE_IN", {"매장", "Dine in"}},
    {"TAKEOUT", {"포장", "Takeout"}},
    {"DELIVERY", {"배달", "Delivery"}},
    {"CASH", {"현금", "Cash"}},
    {"CARD_TERMINAL", {"카드", "Card"}},
    {"TOSS", {"토스", "Toss"}},
    {"VIRTUAL_ACCOUNT", {"계좌이체", "Transfer"}},
};

static const Words weekdays[] = {{"월", "Mon"}, {"화", "Tue"}, {"수", "Wed"}, {"목", "Thu"},
                                 {"금", "Fri"}, {"토", "Sat"}, {"일", "Sun"}};

static const Words sum_words = {"합계", "Total"};
static const Words day_head = {"날짜", "Day"};
static const Words weekday_head = {"요일", "Weekday"};

/* What the API calls by a key of its own. */
static const char *
word_of (const Draft *draft, const char *member, const char *text)
{
  const gboolean is_key = g_str_equal (member, "channel") || g_str_equal (member, "type") ||
                          g_str_equal (member, "tender");

  for (gsize i = 0; is_key && i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, text))
      return say (draft, keys[i].words);
  return text;
}

/* ---- parts that are lists ---- */

static const Sheet hours = {
    "hours",
    {"시간대별", "By hour"},
    {{"hour", {"시간", "Hour"}, OSY_BOOK_HOUR},
     {"sales", {"매출", "Sales"}, OSY_BOOK_WON, TRUE},
     {"orders", {"주문", "Orders"}, OSY_BOOK_COUNT, TRUE},
     {"against_sales", {"비교 매출", "Sales before"}, OSY_BOOK_WON, TRUE, TRUE},
     {"against_orders", {"비교 주문", "Orders before"}, OSY_BOOK_COUNT, TRUE, TRUE}}};

static const Sheet lists[] = {
    {"items",
     {"메뉴", "Items"},
     {{"name", {"메뉴", "Item"}, OSY_BOOK_TEXT},
      {"quantity", {"수량", "Quantity"}, OSY_BOOK_COUNT, TRUE},
      {"sales", {"매출", "Sales"}, OSY_BOOK_WON, TRUE}}},
    {"channels",
     {"주문 경로", "Channels"},
     {{"channel", {"주문 경로", "Channel"}, OSY_BOOK_TEXT},
      {"sales", {"매출", "Sales"}, OSY_BOOK_WON, TRUE},
      {"orders", {"주문", "Orders"}, OSY_BOOK_COUNT, TRUE},
      {"fee", {"결제 수수료", "Payment fees"}, OSY_BOOK_WON, TRUE}}},
    {"types",
     {"주문 종류", "Order types"},
     {{"type", {"주문 종류", "Order type"}, OSY_BOOK_TEXT},
      {"sales", {"매출", "Sales"}, OSY_BOOK_WON, TRUE},
      {"orders", {"주문", "Orders"}, OSY_BOOK_COUNT, TRUE}}},
    {"tenders",
     {"결제 수단", "Tenders"},
     {{"tender", {"결제 수단", "Tender"}, OSY_BOOK_TEXT},
      {"amount", {"받은 돈", "Money taken"}, OSY_BOOK_WON, TRUE},
      {"count", {"건수", "Payments"}, OSY_BOOK_COUNT, TRUE}}},
    {"prep",
     {"조리 시간", "Preparation"},
     {{"from_seconds", {"걸린 시간 (부터)", "Time taken (from)"}, OSY_BOOK_MINUTE},
      {"orders", {"주문", "Orders"}, OSY_BOOK_COUNT, TRUE}}},
    {"sold_out",
     {"품절", "Sold out"},
     {{"name", {"메뉴", "Item"}, OSY_BOOK_TEXT},
      {"minutes", {"품절된 시간", "Time sold out"}, OSY_BOOK_MINUTES, TRUE}}},
};

static void
add_heads (const Draft *draft, const Sheet *sheet)
{
  osy_book_add_sheet (draft->book, say (draft, sheet->name));
  for (const Column *column = sheet->columns; column->member != NULL; column++)
    if (draft->compared || !column->against)
      osy_book_head (draft->book, say (draft, column->head), column->form);
  osy_book_end_heads (draft->book);
}

static void
say_nothing (const Draft *draft)
{
  static const Words nothing = {"이 기간에는 없어요", "None in these days"};

  osy_book_style (draft->book, OSY_BOOK_NOTE);
  osy_book_text (draft->book, say (draft, nothing));
  osy_book_next_row (draft->book);
}

static void
add_cell (const Draft *draft, const Column *column, JsonObject *entry)
{
  if (column->form == OSY_BOOK_TEXT)
    osy_book_text (draft->book, word_of (draft, column->member,
                                         json_object_get_string_member (entry, column->member)));
  else
    osy_book_number (draft->book, json_object_get_int_member (entry, column->member), column->form);
}

static void
add_list (const Draft *draft, const Sheet *sheet)
{
  JsonArray *entries = json_object_get_array_member (draft->view, sheet->part);
  const guint n = json_array_get_length (entries);
  gint64 sums[G_N_ELEMENTS (sheet->columns)] = {0};

  add_heads (draft, sheet);
  for (guint i = 0; i < n; i++) {
    JsonObject *entry = json_array_get_object_element (entries, i);
    for (guint j = 0; sheet->columns[j].member != NULL; j++) {
      const Column *column = &sheet->columns[j];
      if (column->sum)
        sums[j] += json_object_get_int_member (entry, column->member);
      if (draft->compared || !column->against)
        add_cell (draft, column, entry);
    }
    osy_book_next_row (draft->book);
  }
  if (n == 0) {
    say_nothing (draft);
    return;
  }
  osy_book_style (draft->book, OSY_BOOK_SUM);
  osy_book_text (draft->book, say (draft, sum_words));
  for (guint j = 1; sheet->columns[j].member != NULL; j++)
    if (draft->compared || !sheet->columns[j].against)
      osy_book_number (draft->book, sums[j], sheet->columns[j].form);
}

/* ---- all sums ---- */

static const struct {
  const char *member;
  Words name;
  OsyBookForm form;
} figures[] = {
    {"sales", {"매출", "Sales"}, OSY_BOOK_WON},
    {"orders", {"주문", "Orders"}, OSY_BOOK_COUNT},
    {"checks", {"계산서", "Bills"}, OSY_BOOK_COUNT},
    {"average", {"한 건 평균", "Average bill"}, OSY_BOOK_WON},
    {"guests", {"손님 수", "Guests"}, OSY_BOOK_COUNT},
    {"gross", {"주문받은 금액", "As ordered"}, OSY_BOOK_WON},
    {"voids", {"취소한 메뉴", "Voided"}, OSY_BOOK_WON},
    {"comps", {"서비스", "Given free"}, OSY_BOOK_WON},
    {"discounts", {"할인", "Discounts"}, OSY_BOOK_WON},
    {"service", {"봉사료", "Service charge"}, OSY_BOOK_WON},
    {"tax_free", {"면세 매출", "Tax-free sales"}, OSY_BOOK_WON},
    {"taken", {"받은 돈", "Money taken"}, OSY_BOOK_WON},
    {"refunds", {"환불", "Refunds"}, OSY_BOOK_WON},
    {"refund_count", {"환불 건수", "Number of refunds"}, OSY_BOOK_COUNT},
    {"fees", {"결제 수수료", "Payment fees"}, OSY_BOOK_WON},
    {"net", {"환불과 수수료를 뺀 금액", "Left after refunds and fees"}, OSY_BOOK_WON},
    {"placed", {"들어온 주문", "Orders that came in"}, OSY_BOOK_COUNT},
    {"canceled", {"취소된 주문", "Orders cancelled"}, OSY_BOOK_COUNT},
    {"prep_orders", {"조리가 끝난 주문", "Orders prepared"}, OSY_BOOK_COUNT},
    {"prep_seconds", {"조리 시간 합계", "Preparation, all together"}, OSY_BOOK_SECONDS},
    {"late_orders", {"늦은 주문", "Late orders"}, OSY_BOOK_COUNT},
};

static void
add_days_line (const Draft *draft, Words name, const char *from, const char *to)
{
  osy_book_style (draft->book, OSY_BOOK_NOTE);
  osy_book_text (draft->book, say (draft, name));
  osy_book_day (draft->book, from);
  osy_book_day (draft->book, to);
  osy_book_next_row (draft->book);
}

/* Which shop, which days, and how far they were summed. */
static void
add_about (const Draft *draft)
{
  static const Words until_words = {"마지막 날은 여기까지", "Last day up to"};
  static const Words as_of_words = {"집계한 때", "Summed up at"};
  const OsyShopData *data = osy_shop_data (draft->shop);
  g_autoptr (GTimeZone) zone = osy_clock_zone (data->time_zone);
  gint64 as_of = 0;

  osy_book_style (draft->book, OSY_BOOK_TITLE);
  osy_book_text (draft->book, data->name);
  osy_book_next_row (draft->book);
  add_days_line (draft, (Words){"기간", "Days"}, draft->span->from, draft->span->to);
  if (draft->compared)
    add_days_line (draft, (Words){"비교 기간", "Compared with"}, draft->span->against,
                   draft->span->against_to);
  if (draft->span->until >= 0) {
    osy_book_style (draft->book, OSY_BOOK_NOTE);
    osy_book_text (draft->book, say (draft, until_words));
    osy_book_text (draft->book, json_object_get_string_member (draft->view, "until"));
    osy_book_next_row (draft->book);
  }
  if (zone != NULL &&
      osy_clock_parse (json_object_get_string_member (draft->view, "as_of"), &as_of)) {
    osy_book_style (draft->book, OSY_BOOK_NOTE);
    osy_book_text (draft->book, say (draft, as_of_words));
    osy_book_time (draft->book, as_of, zone);
    osy_book_next_row (draft->book);
  }
  osy_book_next_row (draft->book);
}

static void
add_totals (const Draft *draft)
{
  JsonObject *now = json_object_get_object_member (draft->view, "totals");
  JsonObject *then =
      draft->compared ? json_object_get_object_member (draft->view, "against_totals") : NULL;

  osy_book_add_sheet (draft->book, say (draft, (Words){"요약", "Summary"}));
  add_about (draft);
  osy_book_head (draft->book, say (draft, (Words){"항목", "Figure"}), OSY_BOOK_TEXT);
  osy_book_head (draft->book, say (draft, (Words){"이 기간", "These days"}), OSY_BOOK_WON);
  if (then != NULL) {
    osy_book_head (draft->book, say (draft, (Words){"비교 기간", "Compared with"}), OSY_BOOK_WON);
    osy_book_head (draft->book, say (draft, (Words){"차이", "Difference"}), OSY_BOOK_WON);
    osy_book_head (draft->book, say (draft, (Words){"증감", "Change"}), OSY_BOOK_SHARE);
  }
  osy_book_end_heads (draft->book);
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++) {
    const gint64 value = json_object_get_int_member (now, figures[i].member);
    osy_book_text (draft->book, say (draft, figures[i].name));
    osy_book_number (draft->book, value, figures[i].form);
    if (then != NULL) {
      const gint64 was = json_object_get_int_member (then, figures[i].member);
      osy_book_number (draft->book, was, figures[i].form);
      osy_book_number (draft->book, value - was, figures[i].form);
      osy_book_share (draft->book, value - was, ABS (was));
    }
    osy_book_next_row (draft->book);
  }
}

/* ---- days ---- */

static const Column day_columns[] = {{"sales", {"매출", "Sales"}, OSY_BOOK_WON},
                                     {"orders", {"주문", "Orders"}, OSY_BOOK_COUNT},
                                     {"guests", {"손님", "Guests"}, OSY_BOOK_COUNT}};

/* The entries of @part by how many days after @from they were. */
static GHashTable *
entries_by_day (const Draft *draft, const char *part, const char *from)
{
  GHashTable *by_day = g_hash_table_new (NULL, NULL);
  JsonArray *entries = json_object_get_array_member (draft->view, part);
  GDate first, day;

  g_date_clear (&first, 1);
  g_date_set_parse (&first, from);
  for (guint i = 0; g_date_valid (&first) && i < json_array_get_length (entries); i++) {
    JsonObject *entry = json_array_get_object_element (entries, i);
    g_date_clear (&day, 1);
    g_date_set_parse (&day, json_object_get_string_member (entry, "day"));
    if (g_date_valid (&day))
      g_hash_table_insert (by_day, GINT_TO_POINTER (g_date_days_between (&first, &day)), entry);
  }
  return by_day;
}

/* @entry: (nullable): nothing was sold on that day. */
static void
add_day (const Draft *draft, JsonObject *entry, gint64 *sums)
{
  const char *text = entry != NULL ? json_object_get_string_member (entry, "day") : NULL;
  GDate day;

  if (text == NULL) {
    for (guint i = 0; i < 2 + G_N_ELEMENTS (day_columns); i++)
      osy_book_skip (draft->book);
    return;
  }
  g_date_clear (&day, 1);
  g_date_set_parse (&day, text);
  osy_book_day (draft->book, text);
  osy_book_text (draft->book, say (draft, weekdays[(g_date_get_weekday (&day) + 6) % 7]));
  for (guint i = 0; i < G_N_ELEMENTS (day_columns); i++) {
    const gint64 value = json_object_get_int_member (entry, day_columns[i].member);
    sums[i] += value;
    osy_book_number (draft->book, value, day_columns[i].form);
  }
}

static void
add_day_heads (const Draft *draft, const char *before)
{
  const Words heads[] = {day_head, weekday_head, day_columns[0].head, day_columns[1].head,
                         day_columns[2].head};

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    const char *head = say (draft, heads[i]);
    g_autofree char *text =
        draft->korean ? g_strconcat (before, head, NULL) : g_strconcat (head, before, NULL);
    osy_book_head (draft->book, text,
                   i == 0   ? OSY_BOOK_DAY
                   : i == 1 ? OSY_BOOK_TEXT
                            : day_columns[i - 2].form);
  }
}

static void
add_day_sums (const Draft *draft, const gint64 *sums)
{
  for (guint i = 0; i < G_N_ELEMENTS (day_columns); i++)
    osy_book_number (draft->book, sums[i], day_columns[i].form);
}

/* Both ranges side by side, as many days after their first ones. */
static void
add_days (const Draft *draft)
{
  g_autoptr (GHashTable) now = entries_by_day (draft, "days", draft->span->from);
  g_autoptr (GHashTable) then = entries_by_day (draft, "against_days", draft->span->against);
  gint64 sums[2][G_N_ELEMENTS (day_columns)] = {{0}};

  osy_book_add_sheet (draft->book, say (draft, (Words){"날짜별", "By day"}));
  add_day_heads (draft, "");
  if (draft->compared)
    add_day_heads (draft, draft->korean ? "비교 " : " before");
  osy_book_end_heads (draft->book);
  for (int i = 0; i < OSY_ANALYTICS_MAX_DAYS; i++) {
    JsonObject *entry = g_hash_table_lookup (now, GINT_TO_POINTER (i));
    JsonObject *was = g_hash_table_lookup (then, GINT_TO_POINTER (i));
    if (entry == NULL && was == NULL)
      continue;
    add_day (draft, entry, sums[0]);
    if (draft->compared)
      add_day (draft, was, sums[1]);
    osy_book_next_row (draft->book);
  }
  if (g_hash_table_size (now) + g_hash_table_size (then) == 0) {
    say_nothing (draft);
    return;
  }
  osy_book_style (draft->book, OSY_BOOK_SUM);
  osy_book_text (draft->book, say (draft, sum_words));
  osy_book_skip (draft->book);
  add_day_sums (draft, sums[0]);
  if (draft->compared) {
    osy_book_skip (draft->book);
    osy_book_skip (draft->book);
    add_day_sums (draft, sums[1]);
  }
}

/* ---- options ---- */

static void
add_options (const Draft *draft)
{
  static const struct {
    Words head;
    OsyBookForm form;
  } columns[] = {{{"옵션", "Option"}, OSY_BOOK_TEXT},
                 {{"메뉴", "Item"}, OSY_BOOK_TEXT},
                 {{"함께 고른 수량", "Taken with"}, OSY_BOOK_COUNT},
                 {{"팔린 수량", "Of all sold"}, OSY_BOOK_COUNT},
                 {{"비율", "Share"}, OSY_BOOK_SHARE}};
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *items = json_object_get_array_member (draft->view, "items");
  JsonArray *options = json_object_get_array_member (draft->view, "options");

  for (guint i = 0; i < json_array_get_length (items); i++) {
    JsonObject *item = json_array_get_object_element (items, i);
    g_hash_table_insert (names, (gpointer)json_object_get_string_member (item, "item_id"),
                         (gpointer)json_object_get_string_member (item, "name"));
  }
  osy_book_add_sheet (draft->book, say (draft, (Words){"옵션", "Options"}));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    osy_book_head (draft->book, say (draft, columns[i].head), columns[i].form);
  osy_book_end_heads (draft->book);
  for (guint i = 0; i < json_array_get_length (options); i++) {
    JsonObject *option = json_array_get_object_element (options, i);
    const gint64 count = json_object_get_int_member (option, "count");
    const gint64 of = json_object_get_int_member (option, "of");
    osy_book_text (draft->book, json_object_get_string_member (option, "name"));
    osy_book_text (draft->book,
                   g_hash_table_lookup (names, json_object_get_string_member (option, "item_id")));
    osy_book_number (draft->book, count, OSY_BOOK_COUNT);
    osy_book_number (draft->book, of, OSY_BOOK_COUNT);
    osy_book_share (draft->book, count, of);
    osy_book_next_row (draft->book);
  }
  if (json_array_get_length (options) == 0)
    say_nothing (draft);
}

/* ---- weekdays and hours ---- */

typedef struct {
  gint64 sales[7][24];
  gint64 orders[7][24];
  gint64 days[7];
  guint order[24]; /* the hours in which something was sold, as the business day has them */
  guint n;
} Heat;

static void
read_heat (const Draft *draft, Heat *heat)
{
  JsonArray *cells = json_object_get_array_member (draft->view, "heat");
  JsonArray *list = json_object_get_array_member (draft->view, "hours");
  gboolean some[24] = {FALSE};

  for (guint i = 0; i < json_array_get_length (cells); i++) {
    JsonObject *cell = json_array_get_object_element (cells, i);
    const gint64 weekday = (json_object_get_int_member (cell, "weekday") + 6) % 7;
    const gint64 hour = json_object_get_int_member (cell, "hour") % 24;
    some[hour] = TRUE;
    heat->sales[weekday][hour] = json_object_get_int_member (cell, "sales");
    heat->orders[weekday][hour] = json_object_get_int_member (cell, "orders");
    heat->days[weekday] = json_object_get_int_member (cell, "days");
  }
  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonObject *entry = json_array_get_object_element (list, i);
    const guint hour = (guint)json_object_get_int_member (entry, "hour") % 24;
    if (some[hour] && heat->n < G_N_ELEMENTS (heat->order))
      heat->order[heat->n++] = hour;
  }
}

/* @by_day: each by how many such weekdays there were. */
static void
add_grid (const Draft *draft,
          const Heat *heat,
          Words name,
          const gint64 grid[7][24],
          OsyBookForm form,
          gboolean by_day)
{
  guint first = 0;
  guint last = 0;

  osy_book_next_row (draft->book);
  osy_book_style (draft->book, OSY_BOOK_TITLE);
  osy_book_text (draft->book, say (draft, name));
  osy_book_next_row (draft->book);
  for (guint i = 0; i < heat->n; i++) {
    osy_book_number (draft->book, heat->order[i], OSY_BOOK_HOUR);
    for (guint day = 0; day < 7; day++) {
      const gint64 days = by_day ? heat->days[day] : 1;
      const gint64 value = grid[day][heat->order[i]];
      if (value != 0 && days > 0)
        osy_book_number (draft->book, (value + (value < 0 ? -days : days) / 2) / days, form);
      else
        osy_book_skip (draft->book);
    }
    last = osy_book_next_row (draft->book);
    first = i == 0 ? last : first;
  }
  osy_book_shade (draft->book, first, last);
}

static void
add_heat (const Draft *draft)
{
  Heat heat = {0};

  read_heat (draft, &heat);
  osy_book_add_sheet (draft->book, say (draft, (Words){"요일과 시간", "Weekday and hour"}));
  osy_book_head (draft->book, say (draft, (Words){"시간", "Hour"}), OSY_BOOK_HOUR);
  for (guint day = 0; day < 7; day++)
    osy_book_head (draft->book, say (draft, weekdays[day]), OSY_BOOK_WON);
  osy_book_end_heads (draft->book);
  if (heat.n == 0) {
    say_nothing (draft);
    return;
  }
  osy_book_text (draft->book, say (draft, (Words){"영업한 날", "Open days"}));
  for (guint day = 0; day < 7; day++)
    osy_book_number (draft->book, heat.days[day], OSY_BOOK_COUNT);
  osy_book_next_row (draft->book);
  add_grid (draft, &heat, (Words){"매출", "Sales"}, heat.sales, OSY_BOOK_WON, FALSE);
  add_grid (draft, &heat, (Words){"하루 평균 매출", "Sales of an open day"}, heat.sales,
            OSY_BOOK_WON, TRUE);
  add_grid (draft, &heat, (Words){"주문", "Orders"}, heat.orders, OSY_BOOK_COUNT, FALSE);
}

GBytes *
osy_analytics_book (JsonNode *view,
                    const OsyAnalyticsSpan *span,
                    OsyShop *shop,
                    gboolean korean,
                    GError **error)
{
  g_autofree char *title =
      g_strdup_printf ("%s · %s – %s", osy_shop_data (shop)->name, span->from, span->to);
  g_autoptr (OsyBook) book = osy_book_new (title, korean);
  const Draft draft = {.book = book,
                       .view = json_node_get_object (view),
                       .span = span,
                       .shop = shop,
                       .korean = korean,
                       .compared = span->against[0] != '\0'};

  add_totals (&draft);
  add_list (&draft, &hours);
  add_days (&draft);
  add_list (&draft, &lists[0]);
  add_options (&draft);
  for (gsize i = 1; i < G_N_ELEMENTS (lists); i++)
    add_list (&draft, &lists[i]);
  add_heat (&draft);
  return osy_book_close (book, error);
}
