/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From figures to what a report says. */

#include "osy-report.h"

#include <string.h>

#include "osy-report-words.h"

#define MOST_ROWS 6
#define MOST_ODD 3

const char *const osy_report_kinds[] = {"DAILY", "WEEKLY", NULL};
const char *const osy_report_languages[] = {"ko", "en", NULL};

/** A report in the making. */
typedef struct {
  OsyReport *report;
  const OsyReportFacts *facts;
  JsonObject *totals;
  JsonObject *was; /* nullable: what it is compared with, when something was sold then */
  gboolean english;
  gboolean week;
} Make;

/* ---- days ---- */

static char *
move_day (const char *day, int n, gboolean to_monday)
{
  char text[11];
  GDate date;

  if (!osy_report_read_day (day, &date))
    return g_strdup (day);
  if (to_monday)
    n -= (int)g_date_get_weekday (&date) - 1;
  if (n >= 0)
    g_date_add_days (&date, (guint)n);
  else
    g_date_subtract_days (&date, (guint)-n);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  return g_strdup (text);
}

char *
osy_report_monday (const char *day)
{
  return move_day (day, 0, TRUE);
}

char *
osy_report_day_after (const char *day, int n)
{
  return move_day (day, n, FALSE);
}

char *
osy_report_file_name (OsyReportKind kind, const char *day)
{
  return g_strdup_printf ("ordersync-%s-%s.pdf", day,
                          kind == OSY_REPORT_WEEKLY ? "weekly" : "daily");
}

/* ---- parts ---- */

OsyReportLine *
osy_report_line_new (char *label, char *value, char *note)
{
  OsyReportLine *self = g_new0 (OsyReportLine, 1);

  self->label = label;
  self->value = value;
  self->note = note;
  self->share = -1;
  return self;
}

void
osy_report_line_free (OsyReportLine *self)
{
  g_free (self->label);
  g_free (self->value);
  g_free (self->note);
  g_free (self);
}

static void
bar_free (gpointer data)
{
  g_free (((OsyReportBar *)data)->label);
  g_free (data);
}

static OsyReportList *
list_new (const char *title, const char *note)
{
  OsyReportList *self = g_new0 (OsyReportList, 1);

  self->title = g_strdup (title);
  self->note = g_strdup (note);
  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_report_line_free);
  return self;
}

static void
list_free (gpointer data)
{
  OsyReportList *self = data;

  g_free (self->title);
  g_free (self->note);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static OsyReportLine *
add_line (OsyReportList *list, char *label, char *value, char *note)
{
  OsyReportLine *line = osy_report_line_new (label, value, note);

  g_ptr_array_add (list->lines, line);
  return line;
}

void
osy_report_free (OsyReport *self)
{
  g_free (self->title);
  g_free (self->shop);
  g_free (self->heading);
  g_free (self->what);
  g_free (self->against);
  g_free (self->empty);
  g_ptr_array_unref (self->tiles);
  g_ptr_array_unref (self->tiles_were);
  g_clear_pointer (&self->money, list_free);
  g_free (self->bars_title);
  g_ptr_array_unref (self->bars);
  g_free (self->now_word);
  g_free (self->was_word);
  g_clear_pointer (&self->odd, list_free);
  g_clear_pointer (&self->actions, list_free);
  g_ptr_array_unref (self->lists);
  g_free (self->heat_title);
  g_free (self->footer);
  g_free (self);
}

/* ---- the head ---- */

/* The weekdays are known: a week goes from Monday to Sunday. */
static char *
say_week (const Make *make)
{
  g_autofree char *sunday = osy_report_day_after (make->facts->day, 6);
  g_autofree char *from = osy_report_date (make->facts->day, make->english);
  g_autofree char *to = osy_report_date (sunday, make->english);
  gboolean one_month = strncmp (make->facts->day, sunday, strlen ("2026-11")) == 0;

  if (make->english) {
    const char *first = strchr (from, ' ') + 1;
    int n = one_month ? (int)strcspn (first, " ") : (int)strlen (first);
    return g_strdup_printf (one_month ? "%.*s–%s" : "%.*s – %s", n, first, strchr (to, ' ') + 1);
  }
  *strrchr (from, ' ') = '\0';
  *strrchr (to, ' ') = '\0';
  return g_strdup_printf ("%s – %s", from, one_month ? strchr (to, ' ') + 1 : to);
}

static void
write_head (Make *make)
{
  OsyReport *self = make->report;
  const gboolean english = make->english;
  const char *weekday = osy_report_weekday (osy_report_weekday_of (make->facts->day), english);

  self->shop = g_strdup (make->facts->shop);
  self->heading = make->week ? say_week (make) : osy_report_date (make->facts->day, english);
  self->what = g_strdup (make->week ? OSY_SAY (english, "주간 분석", "Weekly analysis")
                                    : OSY_SAY (english, "하루 보고서", "Daily report"));
  self->title = g_strdup_printf ("%s · %s · %s", self->shop, self->what, self->heading);
  self->now_word = g_strdup (make->week ? OSY_SAY (english, "이번 주", "This week")
                                        : OSY_SAY (english, "이날", "This day"));
  self->was_word = g_strdup (OSY_SAY (english, "지난주", "Week before"));
  if (make->was == NULL)
    self->against = g_strdup (
        OSY_SAY (english, "비교할 지난주 매출이 없어요", "There were no sales a week before"));
  else if (make->week)
    self->against = g_strdup (OSY_SAY (english, "지난주와 비교해요", "Against the week before"));
  else
    self->against = g_strdup_printf (
        OSY_SAY (english, "지난주 %s과 비교해요", "Against %s a week before"), weekday);
  self->footer = g_strdup (OSY_SAY (english, "남은 돈은 받은 돈에서 환불과 수수료를 뺀 금액이에요.",
                                    "What is left is what was taken less refunds and fees."));
}

/* ---- the four figures ---- */

typedef char *(*Say) (gint64 value, gboolean english);

static char *
say_count (gint64 n, gboolean english)
{
  return g_strdup_printf (OSY_SAY (english, "%d건", "%d"), (int)n);
}

/* @percent: how the change is said; else by its amount. @less_is_good: as with minutes. */
static void
add_tile (Make *make, char *label, gint64 now, gint64 was, Say say, guint how)
{
  const gboolean percent = (how & 1) != 0;
  const gboolean less_is_good = (how & 2) != 0;
  OsyReport *self = make->report;
  OsyReportLine *tile = osy_report_line_new (
      label, now > 0 || !less_is_good ? say (now, make->english) : g_strdup ("–"), NULL);
  char *before = NULL;

  if (make->was != NULL && was > 0 && (now > 0 || !less_is_good)) {
    gint64 more = now - was;
    g_autofree char *amount = percent && ABS (more) < was * 10 ? osy_report_percent (more, was)
                                                               : say (ABS (more), make->english);
    g_autofree char *text = say (was, make->english);
    tile->note = more == 0 ? g_strdup (OSY_SAY (make->english, "그대로", "No change"))
                           : g_strdup_printf ("%s %s", more > 0 ? "▲" : "▼", amount);
    if (more != 0)
      tile->tone = (more > 0) != less_is_good ? OSY_REPORT_GOOD : OSY_REPORT_BAD;
    before = g_strdup_printf ("%s %s", self->was_word, text);
  }
  g_ptr_array_add (self->tiles, tile);
  g_ptr_array_add (self->tiles_were, before != NULL ? before : g_strdup (""));
}

static gint64
prep_of (JsonObject *totals)
{
  gint64 orders = totals != NULL ? osy_report_int (totals, "prep_orders") : 0;

  return orders > 0 ? osy_report_int (totals, "prep_seconds") / orders : 0;
}

static gint64
was_int (const Make *make, const char *name)
{
  return make->was != NULL ? osy_report_int (make->was, name) : 0;
}

static void
write_tiles (Make *make)
{
  const gboolean english = make->english;
  JsonObject *totals = make->totals;

  add_tile (make, g_strdup (OSY_SAY (english, "매출", "Sales")), osy_report_int (totals, "sales"),
            was_int (make, "sales"), osy_report_won, 1);
  add_tile (make, g_strdup (OSY_SAY (english, "주문", "Orders")), osy_report_int (totals, "orders"),
            was_int (make, "orders"), say_count, 0);
  add_tile (make, g_strdup (OSY_SAY (english, "한 건 평균", "Average check")),
            osy_report_int (totals, "average"), was_int (make, "average"), osy_report_won, 0);
  add_tile (make, g_strdup (OSY_SAY (english, "조리 시간", "Preparation")), prep_of (totals),
            prep_of (make->was), osy_report_minutes, 2);
}

/* ---- money ---- */

static void
add_money (Make *make, const char *label, gint64 won, char *note)
{
  add_line (make->report->money, g_strdup (label), osy_report_won (won, make->english), note);
}

static void
write_money (Make *make)
{
  const gboolean english = make->english;
  JsonObject *totals = make->totals;
  gint64 gone = osy_report_int (totals, "canceled");
  gint64 late = osy_report_int (totals, "late_orders");
  gint64 given = osy_report_int (totals, "discounts") + osy_report_int (totals, "comps");
  OsyReportList *money = list_new (OSY_SAY (english, "돈", "Money"), NULL);

  make->report->money = money;
  add_money (make, OSY_SAY (english, "받은 돈", "Taken"), osy_report_int (totals, "taken"), NULL);
  add_money (make, OSY_SAY (english, "환불", "Refunds"), -osy_report_int (totals, "refunds"),
             say_count (osy_report_int (totals, "refund_count"), english));
  add_money (make, OSY_SAY (english, "수수료", "Fees"), -osy_report_int (totals, "fees"), NULL);
  add_money (make, OSY_SAY (english, "남은 돈", "What is left"), osy_report_int (totals, "net"),
             NULL);
  ((OsyReportLine *)g_ptr_array_index (money->lines, money->lines->len - 1))->strong = TRUE;
  add_money (make, OSY_SAY (english, "할인과 서비스", "Discounts, free"), -given, NULL);
  add_line (
      money, g_strdup (OSY_SAY (english, "손님", "Guests")),
      g_strdup_printf (OSY_SAY (english, "%d명", "%d"), (int)osy_report_int (totals, "guests")),
      NULL);
  add_line (money, g_strdup (OSY_SAY (english, "취소율", "Cancelled")),
            osy_report_percent (gone, osy_report_int (totals, "placed")),
            say_count (gone, english));
  add_line (money, g_strdup (OSY_SAY (english, "늦은 주문", "Late orders")),
            say_count (late, english), NULL);
}

/* ---- bars ---- */

static void
add_bar (Make *make, char *label, gint64 now, gint64 was)
{
  OsyReportBar *bar = g_new0 (OsyReportBar, 1);

  bar->label = label;
  bar->now = now;
  bar->was = was;
  g_ptr_array_add (make->report->bars, bar);
}

/* Of the day @day in rows of days. */
static gint64
sales_of (JsonArray *days, const char *day)
{
  for (guint i = 0; days != NULL && i < json_array_get_length (days); i++) {
    JsonObject *row = json_array_get_object_element (days, i);
    if (g_str_equal (osy_report_text (row, "day"), day))
      return osy_report_int (row, "sales");
  }
  return 0;
}

static void
write_bars (Make *make)
{
  JsonObject *view = make->facts->view;
  JsonArray *hours = osy_report_rows (view, "hours");

  make->report->bars_title =
      g_strdup (make->week ? OSY_SAY (make->english, "요일별 매출", "Sales by day")
                           : OSY_SAY (make->english, "시간대별 매출", "Sales by hour"));
  for (int i = 0; make->week && i < 7; i++) {
    g_autofree char *day = osy_report_day_after (make->facts->day, i);
    g_autofree char *before = osy_report_day_after (make->facts->day, i - 7);
    add_bar (make, g_strdup (osy_report_short_weekday (i + 1, make->english)),
             sales_of (osy_report_rows (view, "days"), day),
             sales_of (osy_report_rows (view, "against_days"), before));
  }
  for (guint i = 0; !make->week && hours != NULL && i < json_array_get_length (hours); i++) {
    JsonObject *hour = json_array_get_object_element (hours, i);
    add_bar (make, g_strdup_printf ("%d", (int)osy_report_int (hour, "hour")),
             osy_report_int (hour, "sales"), osy_report_int (hour, "against_sales"));
  }
}

/* ---- what was odd ---- */

static char *
say_reason (const Make *make, JsonObject *finding, gboolean money)
{
  Say say = money ? osy_report_won : say_count;
  g_autofree char *seen = say (osy_report_int (finding, "observed"), make->english);
  g_autofree char *low = say (osy_report_int (finding, "low"), make->english);
  g_autofree char *high = say (osy_report_int (finding, "high"), make->english);
  JsonArray *items = osy_report_rows (finding, "items");
  JsonObject *item = items != NULL && json_array_get_length (items) > 0
                         ? json_array_get_object_element (items, 0)
                         : NULL;
  gint64 more = item != NULL ? osy_report_int (item, "sales") - osy_report_int (item, "usual") : 0;

  if (more == 0)
    return g_strdup_printf (OSY_SAY (make->english, "%s · 보통은 %s–%s", "%s; usually %s–%s"), seen,
                            low, high);
  g_autofree char *amount = osy_report_won (ABS (more), make->english);
  return g_strdup_printf (
      more > 0 ? OSY_SAY (make->english, "%s · 보통은 %s–%s · %s 매출이 평소보다 %s 많아요",
                          "%s; usually %s–%s. %s brought %s more than usual")
               : OSY_SAY (make->english, "%s · 보통은 %s–%s · %s 매출이 평소보다 %s 적어요",
                          "%s; usually %s–%s. %s brought %s less than usual"),
      seen, low, high, osy_report_text (item, "name"), amount);
}

/* "SALES_LOW_3_DAYS" → what it is called. */
static char *
say_finding (const Make *make, const char *kind)
{
  const gboolean english = make->english;
  const gboolean sales = g_str_has_prefix (kind, "SALES");
  const gboolean high = strstr (kind, "_HIGH") != NULL;
  const char *what = sales ? OSY_SAY (english, "매출이", "Sales were")
                           : OSY_SAY (english, "주문이", "Orders were");
  const char *how = high ? OSY_SAY (english, "평소보다 많았어요", "more than usual")
                         : OSY_SAY (english, "평소보다 적었어요", "less than usual");

  return g_strdup_printf ("%s%s %s%s",
                          !english && g_str_has_suffix (kind, "3_DAYS") ? "사흘째 " : "", what, how,
                          english && g_str_has_suffix (kind, "3_DAYS") ? " for three days" : "");
}

static void
add_finding (Make *make, const char *day, JsonObject *finding)
{
  const gboolean english = make->english;
  const char *kind = osy_report_text (finding, "kind");
  gboolean refunds = g_str_has_prefix (kind, "REFUNDS");
  g_autofree char *what =
      refunds ? g_strdup_printf (OSY_SAY (english, "%s 님의 환불이 많았어요", "Many refunds by %s"),
                                 osy_report_text (finding, "name"))
              : say_finding (make, kind);
  char *why = refunds ? g_strdup_printf (OSY_SAY (english, "%d건 · 보통은 %d건", "%d; usually %d"),
                                         (int)osy_report_int (finding, "observed"),
                                         (int)osy_report_int (finding, "expected"))
                      : say_reason (make, finding, g_str_has_prefix (kind, "SALES"));
  const char *weekday = osy_report_weekday (osy_report_weekday_of (day), english);

  add_line (make->report->odd,
            make->week ? g_strdup_printf ("%s · %s", weekday, what) : g_steal_pointer (&what), NULL,
            why);
}

static void
write_odd (Make *make)
{
  const gboolean english = make->english;
  GPtrArray *days = make->facts->findings;
  OsyReportList *odd = list_new (OSY_SAY (english, "무엇이 달랐나", "What was odd"), NULL);
  gboolean known = FALSE, over = TRUE;

  make->report->odd = odd;
  for (guint i = 0; i < days->len; i++) {
    JsonObject *of_day = days->pdata[i];
    JsonArray *found = osy_report_rows (of_day, "findings");
    known = known || !json_object_get_null_member (of_day, "sales");
    over = json_object_get_boolean_member_with_default (of_day, "over", TRUE);
    for (guint j = 0; found != NULL && j < json_array_get_length (found); j++)
      if (odd->lines->len < MOST_ODD)
        add_finding (make, osy_report_text (of_day, "day"),
                     json_array_get_object_element (found, j));
  }
  if (odd->lines->len > 0)
    return;
  const char *nothing =
      known ? OSY_SAY (english, "평소와 크게 다른 점이 없었어요", "Nothing was far from usual")
      : over ? OSY_SAY (english, "견줄 날이 더 쌓이면 다른 점을 알려 드려요",
                        "With some more weeks to compare, this tells what was odd")
             : OSY_SAY (english, "하루가 끝나면 다른 점을 알려 드려요",
                        "Once the day is over, this tells what was odd");
  add_line (odd, g_strdup (nothing), NULL, NULL);
}

/* ---- the details ---- */

static void
add_rest (Make *make, OsyReportList *list, JsonArray *rows, const char *amount)
{
  gint64 rest = 0;

  for (guint i = MOST_ROWS; i < json_array_get_length (rows); i++)
    rest += osy_report_int (json_array_get_object_element (rows, i), amount);
  if (rest != 0)
    add_line (list,
              g_strdup_printf (OSY_SAY (make->english, "그 밖에 %d가지", "%d others"),
                               (int)json_array_get_length (rows) - MOST_ROWS),
              osy_report_won (rest, make->english), g_strdup (""));
}

/* @name, @amount, @count: members of rows. */
static OsyReportList *
add_list (Make *make, const char *title, const char *part, const char *name, const char *count)
{
  const gboolean items = g_str_equal (part, "items");
  const char *amount = g_str_equal (part, "tenders") ? "amount" : "sales";
  OsyReportList *list = list_new (title, NULL);
  JsonArray *rows = osy_report_rows (make->facts->view, part);
  gint64 most = 1;

  g_ptr_array_add (make->report->lists, list);
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    most = MAX (most, osy_report_int (json_array_get_object_element (rows, i), amount));
  for (guint i = 0; rows != NULL && i < MIN (MOST_ROWS, json_array_get_length (rows)); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *word = osy_report_text (row, name);
    gint64 won = osy_report_int (row, amount);
    int n = (int)osy_report_int (row, count);
    if (g_str_equal (part, "channels"))
      word = osy_report_channel (word, make->english);
    else if (!items)
      word = osy_report_tender (word, make->english);
    OsyReportLine *line =
        add_line (list, g_strdup (word), osy_report_won (won, make->english),
                  items ? g_strdup_printf (OSY_SAY (make->english, "%d개", "%d"), n)
                        : say_count (n, make->english));
    line->share = CLAMP ((double)won / (double)most, 0, 1);
  }
  if (rows != NULL)
    add_rest (make, list, rows, amount);
  return list;
}

/* ---- a week's items, up and down ---- */

typedef struct {
  const char *name;
  gint64 more;
} Move;

static int
by_size (gconstpointer a, gconstpointer b)
{
  gint64 left = ABS (((const Move *)a)->more);
  gint64 right = ABS (((const Move *)b)->more);

  return left < right ? 1 : left > right ? -1 : 0;
}

static void
note_moves (GHashTable *moves, JsonObject *view, int sign)
{
  JsonArray *items = osy_report_rows (view, "items");

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++) {
    JsonObject *item = json_array_get_object_element (items, i);
    Move *move = g_hash_table_lookup (moves, osy_report_text (item, "item_id"));
    if (move == NULL) {
      move = g_new0 (Move, 1);
      move->name = osy_report_text (item, "name");
      g_hash_table_insert (moves, (gpointer)osy_report_text (item, "item_id"), move);
    }
    move->more += sign * osy_report_int (item, "sales");
  }
}

static void
write_moves (Make *make)
{
  g_autoptr (GHashTable) moves = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Move));
  OsyReportList *list =
      list_new (OSY_SAY (make->english, "늘고 준 메뉴", "Items up and down"),
                OSY_SAY (make->english, "지난주와의 차이", "Against the week before"));
  GHashTableIter iter;
  gpointer value;

  note_moves (moves, make->facts->view, 1);
  note_moves (moves, make->facts->before, -1);
  g_hash_table_iter_init (&iter, moves);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((Move *)value)->more != 0)
      g_array_append_vals (sorted, value, 1);
  g_array_sort (sorted, by_size);
  g_ptr_array_add (make->report->lists, list);
  for (guint i = 0; i < MIN (sorted->len, MOST_ROWS); i++) {
    const Move *move = &g_array_index (sorted, Move, i);
    g_autofree char *amount = osy_report_won (ABS (move->more), make->english);
    OsyReportLine *line =
        add_line (list, g_strdup (move->name),
                  g_strdup_printf ("%s %s", move->more > 0 ? "▲" : "▼", amount), g_strdup (""));
    line->tone = move->more > 0 ? OSY_REPORT_GOOD : OSY_REPORT_BAD;
  }
}

static void
write_heat (Make *make)
{
  JsonArray *cells = osy_report_rows (make->facts->view, "heat");
  JsonArray *hours = osy_report_rows (make->facts->view, "hours");

  make->report->heat_title = g_strdup (OSY_SAY (make->english, "요일과 시간", "Weekday and hour"));
  make->report->heat_from =
      hours != NULL && json_array_get_length (hours) > 0
          ? (int)osy_report_int (json_array_get_object_element (hours, 0), "hour")
          : 0;
  for (guint i = 0; cells != NULL && i < json_array_get_length (cells); i++) {
    JsonObject *cell = json_array_get_object_element (cells, i);
    gint64 weekday = osy_report_int (cell, "weekday");
    gint64 hour = osy_report_int (cell, "hour");
    if (weekday >= 1 && weekday <= 7 && hour >= 0 && hour < 24)
      make->report->heat[weekday - 1][hour] += osy_report_int (cell, "sales");
  }
}

static void
write_lists (Make *make)
{
  const gboolean english = make->english;

  add_list (make, OSY_SAY (english, "많이 팔린 메뉴", "Best sellers"), "items", "name", "quantity");
  if (make->week && make->was != NULL)
    write_moves (make);
  add_list (make, OSY_SAY (english, "주문 경로", "Channels"), "channels", "channel", "orders");
  add_list (make, OSY_SAY (english, "결제 수단", "Tenders"), "tenders", "tender", "count");
  if (make->week)
    write_heat (make);
}

static void
write_actions (Make *make)
{
  OsyReportList *actions =
      list_new (make->week ? OSY_SAY (make->english, "다음 주에 할 일", "To do next week")
                           : OSY_SAY (make->english, "오늘 할 일", "To do today"),
                NULL);

  g_ptr_array_unref (actions->lines);
  actions->lines = osy_report_actions (make->facts);
  make->report->actions = actions;
}

/* A day on which money alone moved is not empty. */
static gboolean
is_empty (JsonObject *totals)
{
  static const char *const names[] = {"placed", "sales", "taken", "refunds", "fees"};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (osy_report_int (totals, names[i]) != 0)
      return FALSE;
  return TRUE;
}

OsyReport *
osy_report_new (const OsyReportFacts *facts)
{
  JsonNode *was = json_object_get_member (facts->view, "against_totals");
  OsyReport *self = g_new0 (OsyReport, 1);
  Make make = {.report = self,
               .facts = facts,
               .totals = json_object_get_object_member (facts->view, "totals"),
               .english = g_str_equal (facts->language, "en"),
               .week = facts->kind == OSY_REPORT_WEEKLY};

  if (was != NULL && JSON_NODE_HOLDS_OBJECT (was) &&
      osy_report_int (json_node_get_object (was), "orders") > 0)
    make.was = json_node_get_object (was);
  self->kind = facts->kind;
  self->english = make.english;
  self->tiles = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_report_line_free);
  self->tiles_were = g_ptr_array_new_with_free_func (g_free);
  self->bars = g_ptr_array_new_with_free_func (bar_free);
  self->lists = g_ptr_array_new_with_free_func (list_free);
  write_head (&make);
  if (is_empty (make.totals)) {
    self->empty = g_strdup (
        make.week ? OSY_SAY (make.english, "이 주에는 매출이 없었어요. 푹 쉬셨기를 바라요.",
                             "There were no sales in this week. We hope you had a good rest.")
                  : OSY_SAY (make.english, "이날은 매출이 없었어요. 푹 쉬셨기를 바라요.",
                             "There were no sales on this day. We hope you had a good rest."));
    return self;
  }
  write_tiles (&make);
  write_money (&make);
  write_bars (&make);
  write_odd (&make);
  write_actions (&make);
  write_lists (&make);
  return self;
}
