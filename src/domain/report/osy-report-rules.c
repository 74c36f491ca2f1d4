/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is to be done: fixed rules, looked at in this order, of which the first three that hold are
 * said. The last two hold on every day with sales, so a day that went well has its actions too. */

#include "osy-report-words.h"
#include "osy-report.h"

#define MOST 3

#define SOLD_OUT_MINUTES 30 /* of an item in a day */
#define LATE_ORDERS 3       /* and every tenth of those that were cooked */
#define CANCELED 2          /* and 5 % of what was placed */
#define REFUND_PERCENT 3    /* of what was taken */
#define FEE_PERCENT 5       /* of a channel's sales */
#define GIVEN_PERCENT 5     /* discounts and what was free, of all before them */
#define AVERAGE_PERCENT 10  /* less on average than the week before */
#define HOUR_PERCENT 20     /* less in an hour than the week before */
#define HOUR_WON 30000
#define MARGIN_MINUTES 5 /* more promised when orders are late */

typedef struct {
  const OsyReportFacts *facts;
  JsonObject *totals;
  JsonObject *was; /* nullable: of the same days a week before, when something was sold */
  gboolean english;
  gint64 days; /* on which something was sold; 1 at least */
} Look;

/* Each: NULL when there is nothing to be done. */
typedef OsyReportLine *(*Rule) (const Look *look);

static gint64
total (const Look *look, const char *name)
{
  return osy_report_int (look->totals, name);
}

static JsonObject *
find_item (const Look *look, const char *id)
{
  JsonArray *items = osy_report_rows (look->facts->view, "items");

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    if (g_str_equal (osy_report_text (json_array_get_object_element (items, i), "item_id"), id))
      return json_array_get_object_element (items, i);
  return NULL;
}

/* Of @hours the one in which @name is the most. */
static JsonObject *
top_hour (const Look *look, const char *name)
{
  JsonArray *hours = osy_report_rows (look->facts->view, "hours");
  JsonObject *top = NULL;

  for (guint i = 0; hours != NULL && i < json_array_get_length (hours); i++) {
    JsonObject *hour = json_array_get_object_element (hours, i);
    if (top == NULL || osy_report_int (hour, name) > osy_report_int (top, name))
      top = hour;
  }
  return top;
}

static gint64
open_minutes (const Look *look)
{
  JsonArray *hours = osy_report_rows (look->facts->view, "hours");
  gint64 open = 0;

  for (guint i = 0; hours != NULL && i < json_array_get_length (hours); i++)
    open += osy_report_int (json_array_get_object_element (hours, i), "orders") > 0 ? 60 : 0;
  return MAX (open, 60) * look->days;
}

/* What would have been sold in the time without it, at the pace of the rest of the day. */
static OsyReportLine *
sold_out (const Look *look)
{
  JsonArray *stops = osy_report_rows (look->facts->view, "sold_out");
  JsonObject *stop = stops != NULL && json_array_get_length (stops) > 0
                         ? json_array_get_object_element (stops, 0)
                         : NULL;
  gint64 minutes = stop != NULL ? osy_report_int (stop, "minutes") : 0;
  JsonObject *item = stop != NULL ? find_item (look, osy_report_text (stop, "item_id")) : NULL;
  gint64 sold = item != NULL ? osy_report_int (item, "quantity") : 0;

  if (minutes < SOLD_OUT_MINUTES || sold <= 0)
    return NULL;
  const char *name = osy_report_text (stop, "name");
  gint64 rest = MAX (open_minutes (look) - minutes, 60);
  gint64 wanted = sold + MAX ((sold * minutes + rest - 1) / rest, 1);
  wanted = (wanted + look->days - 1) / look->days;
  g_autofree char *long_for = osy_report_minutes (minutes * 60, look->english);
  return osy_report_line_new (
      g_strdup_printf (
          OSY_SAY (look->english, "%s 준비량을 하루 %d개로 늘려 주세요", "Prepare %s for %d a day"),
          name, (int)wanted),
      NULL,
      g_strdup_printf (OSY_SAY (look->english, "%s 동안 품절이었고, 그래도 %d개 팔렸어요",
                                "It was sold out for %s, and still %d were sold"),
                       long_for, (int)sold));
}

static OsyReportLine *
late (const Look *look)
{
  gint64 orders = total (look, "late_orders");
  gint64 cooked = total (look, "prep_orders");
  JsonObject *top = top_hour (look, "orders");

  if (orders < LATE_ORDERS || orders * 10 < cooked || top == NULL)
    return NULL;
  g_autofree char *hour = osy_report_hour (osy_report_int (top, "hour"), look->english);
  return osy_report_line_new (
      g_strdup_printf (OSY_SAY (look->english, "%s에는 약속 시간을 %d분 길게 잡아 주세요",
                                "At %s promise %d minutes more"),
                       hour, MARGIN_MINUTES),
      NULL,
      g_strdup_printf (OSY_SAY (look->english,
                                "주문 %d건 중 %d건이 약속보다 늦었고, 그 시간에 가장 바빴어요",
                                "Of %d orders %d were late, and that was the busiest hour"),
                       (int)cooked, (int)orders));
}

static OsyReportLine *
canceled (const Look *look)
{
  gint64 gone = total (look, "canceled");
  gint64 placed = total (look, "placed");

  if (gone < CANCELED || gone * 20 < placed)
    return NULL;
  g_autofree char *rate = osy_report_percent (gone, placed);
  return osy_report_line_new (
      g_strdup (OSY_SAY (look->english, "취소된 주문의 까닭을 하나씩 살펴봐 주세요",
                         "Go through why orders were cancelled")),
      NULL,
      g_strdup_printf (OSY_SAY (look->english, "주문 %d건 중 %d건(%s)이 취소됐어요",
                                "Of %d orders %d were cancelled (%s)"),
                       (int)placed, (int)gone, rate));
}

static OsyReportLine *
refunds (const Look *look)
{
  gint64 back = total (look, "refunds");
  gint64 count = total (look, "refund_count");

  if (count == 0 || back * 100 < total (look, "taken") * REFUND_PERCENT)
    return NULL;
  g_autofree char *amount = osy_report_won (back, look->english);
  return osy_report_line_new (
      g_strdup (OSY_SAY (look->english, "환불한 까닭을 담당한 분과 이야기해 주세요",
                         "Talk over the refunds with who gave them")),
      NULL,
      g_strdup_printf (
          OSY_SAY (look->english, "환불이 %d건, 모두 %s이에요", "%d refunds, %s in all"),
          (int)count, amount));
}

static OsyReportLine *
fees (const Look *look)
{
  JsonArray *rows = osy_report_rows (look->facts->view, "channels");
  JsonObject *dear = NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    gint64 fee = osy_report_int (row, "fee");
    if (fee * 100 >= osy_report_int (row, "sales") * FEE_PERCENT && fee > 0 &&
        (dear == NULL || fee > osy_report_int (dear, "fee")))
      dear = row;
  }
  if (dear == NULL)
    return NULL;
  gint64 fee = osy_report_int (dear, "fee");
  const char *channel = osy_report_channel (osy_report_text (dear, "channel"), look->english);
  g_autofree char *amount = osy_report_won (fee, look->english);
  g_autofree char *rate = osy_report_percent (fee, osy_report_int (dear, "sales"));
  return osy_report_line_new (
      g_strdup_printf (OSY_SAY (look->english, "%s 손님께 포장과 QR 주문을 알려 주세요",
                                "Offer %s guests takeout and QR orders"),
                       channel),
      NULL,
      g_strdup_printf (OSY_SAY (look->english, "%s 수수료가 %s, 그 매출의 %s예요",
                                "Fees of %s were %s, %s of its sales"),
                       channel, amount, rate));
}

static OsyReportLine *
given (const Look *look)
{
  gint64 sum = total (look, "discounts") + total (look, "comps");

  if (sum <= 0 || sum * 100 < total (look, "gross") * GIVEN_PERCENT)
    return NULL;
  g_autofree char *amount = osy_report_won (sum, look->english);
  g_autofree char *rate = osy_report_percent (sum, total (look, "gross"));
  return osy_report_line_new (
      g_strdup (OSY_SAY (look->english, "할인과 서비스를 언제 드릴지 다시 정해 주세요",
                         "Settle anew when discounts are given")),
      NULL,
      g_strdup_printf (OSY_SAY (look->english, "할인과 서비스가 %s, 메뉴 값의 %s예요",
                                "Discounts and free dishes were %s, %s of the prices"),
                       amount, rate));
}

static OsyReportLine *
average (const Look *look)
{
  gint64 now = total (look, "average");
  gint64 was = look->was != NULL ? osy_report_int (look->was, "average") : 0;

  if (was == 0 || now * 100 > was * (100 - AVERAGE_PERCENT))
    return NULL;
  g_autofree char *less = osy_report_won (was - now, look->english);
  g_autofree char *amount = osy_report_won (now, look->english);
  return osy_report_line_new (
      g_strdup (OSY_SAY (look->english, "주문받을 때 곁들임 메뉴를 하나 더 권해 주세요",
                         "Offer a side dish with each order")),
      NULL,
      g_strdup_printf (OSY_SAY (look->english, "한 건 평균이 %s, 지난주보다 %s 적어요",
                                "The average check was %s, %s less than last week"),
                       amount, less));
}

static OsyReportLine *
weak_hour (const Look *look)
{
  JsonArray *hours = osy_report_rows (look->facts->view, "hours");
  JsonObject *weak = NULL;
  gint64 lost = HOUR_WON - 1;

  for (guint i = 0; look->was != NULL && hours != NULL && i < json_array_get_length (hours); i++) {
    JsonObject *hour = json_array_get_object_element (hours, i);
    gint64 was = osy_report_int (hour, "against_sales");
    gint64 less = was - osy_report_int (hour, "sales");
    if (less > lost && less * 100 >= was * HOUR_PERCENT) {
      weak = hour;
      lost = less;
    }
  }
  if (weak == NULL)
    return NULL;
  g_autofree char *hour = osy_report_hour (osy_report_int (weak, "hour"), look->english);
  g_autofree char *less = osy_report_won (lost, look->english);
  return osy_report_line_new (
      g_strdup_printf (OSY_SAY (look->english, "%s에 드실 메뉴를 단골손님께 알려 주세요",
                                "Tell regulars what there is at %s"),
                       hour),
      NULL,
      g_strdup_printf (OSY_SAY (look->english, "%s 매출이 지난주보다 %s 적어요",
                                "Sales at %s were %s less than last week"),
                       hour, less));
}

static OsyReportLine *
peak (const Look *look)
{
  JsonObject *top = top_hour (look, "orders");
  gint64 orders = top != NULL ? osy_report_int (top, "orders") : 0;

  if (orders <= 0)
    return NULL;
  int hour = (int)osy_report_int (top, "hour");
  g_autofree char *at = osy_report_hour (hour, look->english);
  g_autofree char *before =
      g_strdup_printf (OSY_SAY (look->english, "%d시 30분", "%02d:30"), (hour + 23) % 24);
  return osy_report_line_new (
      g_strdup_printf (OSY_SAY (look->english, "%s까지 재료와 자리를 갖춰 두세요",
                                "Have everything ready by %s"),
                       before),
      NULL,
      g_strdup_printf (
          OSY_SAY (look->english, "%s에 주문이 가장 많았어요: %d건", "Most orders came at %s: %d"),
          at, (int)orders));
}

static OsyReportLine *
best_item (const Look *look)
{
  JsonArray *items = osy_report_rows (look->facts->view, "items");
  JsonObject *best = items != NULL && json_array_get_length (items) > 0
                         ? json_array_get_object_element (items, 0)
                         : NULL;
  gint64 sold = best != NULL ? osy_report_int (best, "quantity") : 0;

  if (sold <= 0)
    return NULL;
  const char *name = osy_report_text (best, "name");
  g_autofree char *amount = osy_report_won (osy_report_int (best, "sales"), look->english);
  return osy_report_line_new (
      g_strdup_printf (OSY_SAY (look->english, "%s 재료부터 하루 %d개 몫을 확인해 주세요",
                                "See first that there is %s for %d a day"),
                       name, (int)((sold + look->days - 1) / look->days)),
      NULL,
      g_strdup_printf (OSY_SAY (look->english, "가장 많이 벌어 준 메뉴예요: %d개, %s",
                                "It brought the most: %d sold, %s"),
                       (int)sold, amount));
}

static const Rule rules[] = {sold_out, late,    canceled,  refunds, fees,
                             given,    average, weak_hour, peak,    best_item};

GPtrArray *
osy_report_actions (const OsyReportFacts *facts)
{
  JsonObject *totals = json_object_get_object_member (facts->view, "totals");
  JsonNode *was = json_object_get_member (facts->view, "against_totals");
  JsonArray *days = osy_report_rows (facts->view, "days");
  GPtrArray *actions = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_report_line_free);
  Look look = {.facts = facts, .totals = totals, .english = g_str_equal (facts->language, "en")};

  look.was = was != NULL && JSON_NODE_HOLDS_OBJECT (was) ? json_node_get_object (was) : NULL;
  if (look.was != NULL && osy_report_int (look.was, "orders") == 0)
    look.was = NULL;
  look.days = MAX (days != NULL ? json_array_get_length (days) : 1, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (rules) && actions->len < MOST; i++) {
    OsyReportLine *action = rules[i](&look);
    if (action != NULL)
      g_ptr_array_add (actions, action);
  }
  return actions;
}
