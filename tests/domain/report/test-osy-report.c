/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a report says of made-up figures, which actions follow from them, and that paper bears any
 * text. With OSY_REPORT_DIR the pages are left there, to be looked at. */

#include <string.h>

#include "osy-report-fixture.h"
#include "osy-report-paper.h"

static const char *
label_of (GPtrArray *lines, guint i)
{
  return i < lines->len ? ((OsyReportLine *)lines->pdata[i])->label : NULL;
}

static const OsyReportLine *
find (GPtrArray *lines, const char *label)
{
  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (label_of (lines, i), label))
      return lines->pdata[i];
  return NULL;
}

static OsyReport *
busy (OsyReportKind kind, const char *language)
{
  g_autoptr (OsyReportFixture) fixture = osy_report_fixture (kind, language);

  return osy_report_new (&fixture->facts);
}

static void
test_figures (void)
{
  g_autoptr (OsyReport) report = busy (OSY_REPORT_DAILY, "ko");
  const OsyReportLine *sales = report->tiles->pdata[0];
  const OsyReportLine *prep = report->tiles->pdata[3];

  g_assert_cmpstr (report->heading, ==, "11월 21일 토요일");
  g_assert_cmpstr (report->title, ==, "소담분식 · 하루 보고서 · 11월 21일 토요일");
  g_assert_cmpstr (report->against, ==, "지난주 토요일과 비교해요");
  g_assert_cmpstr (sales->value, ==, "1,285,000원");
  g_assert_cmpstr (sales->note, ==, "▲ 8.3%");
  g_assert_cmpint (sales->tone, ==, OSY_REPORT_GOOD);
  g_assert_cmpstr (report->tiles_were->pdata[0], ==, "지난주 1,187,000원");
  g_assert_cmpstr (prep->value, ==, "11분 20초");
  g_assert_cmpstr (prep->note, ==, "▼ 1분 10초");
  g_assert_cmpint (prep->tone, ==, OSY_REPORT_GOOD);
  g_assert_cmpstr (find (report->money->lines, "환불")->value, ==, "−16,500원");
  g_assert_cmpstr (find (report->money->lines, "환불")->note, ==, "2건");
  g_assert_cmpstr (find (report->money->lines, "남은 돈")->value, ==, "1,231,400원");
  g_assert_cmpstr (find (report->money->lines, "취소율")->value, ==, "1.0%");
  g_assert_cmpuint (report->bars->len, ==, 12);
  g_assert_cmpuint (report->lists->len, ==, 3);
  const OsyReportList *items = report->lists->pdata[0];
  g_assert_cmpuint (items->lines->len, ==, 7);
  g_assert_cmpstr (label_of (items->lines, 6), ==, "그 밖에 2가지");
  g_assert_cmpstr (((OsyReportLine *)items->lines->pdata[6])->value, ==, "102,000원");
}

/* The currency stands as each language has it; a shop's own names are left alone. */
static void
test_english (void)
{
  g_autoptr (OsyReport) report = busy (OSY_REPORT_DAILY, "en");

  g_assert_cmpstr (report->heading, ==, "Saturday 21 November");
  g_assert_cmpstr (((OsyReportLine *)report->tiles->pdata[0])->value, ==, "₩1,285,000");
  g_assert_cmpstr (find (report->money->lines, "Refunds")->value, ==, "−₩16,500");
  g_assert_cmpstr (label_of (report->odd->lines, 0), ==, "Sales were more than usual");
  g_assert_cmpstr (label_of (report->odd->lines, 1), ==, "Many refunds by 김지은");
}

static void
test_odd (void)
{
  g_autoptr (OsyReport) report = busy (OSY_REPORT_DAILY, "ko");
  const OsyReportLine *high = report->odd->lines->pdata[0];

  g_assert_cmpstr (high->label, ==, "매출이 평소보다 많았어요");
  g_assert_cmpstr (
      high->note, ==,
      "1,285,000원 · 보통은 982,000원–1,226,000원 · 떡볶이 매출이 평소보다 43,500원 많아요");
  g_assert_cmpstr (((OsyReportLine *)report->odd->lines->pdata[1])->note, ==, "12건 · 보통은 3건");
}

/* ---- the rules, each by itself ---- */

static const struct {
  const char *name;
  gint64 value;
  gboolean was;
  const char *action; /* that comes first then */
  const char *note;
} rules[] = {
    {"late_orders", 10, FALSE, "12시에는 약속 시간을 5분 길게 잡아 주세요",
     "주문 96건 중 10건이 약속보다 늦었고, 그 시간에 가장 바빴어요"},
    {"canceled", 5, FALSE, "취소된 주문의 까닭을 하나씩 살펴봐 주세요",
     "주문 97건 중 5건(5.2%)이 취소됐어요"},
    {"refunds", 40000, FALSE, "환불한 까닭을 담당한 분과 이야기해 주세요",
     "환불이 2건, 모두 40,000원이에요"},
    {"discounts", 60000, FALSE, "할인과 서비스를 언제 드릴지 다시 정해 주세요",
     "할인과 서비스가 69,000원, 메뉴 값의 5.2%예요"},
    {"average", 15000, TRUE, "주문받을 때 곁들임 메뉴를 하나 더 권해 주세요",
     "한 건 평균이 13,385원, 지난주보다 1,615원 적어요"},
};

static void
test_rules (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (OsyReportFixture) fixture = osy_report_fixture (OSY_REPORT_DAILY, "ko");
    json_object_set_array_member (fixture->view, "sold_out", json_array_new ());
    json_object_set_array_member (fixture->view, "channels", json_array_new ());
    g_autoptr (GPtrArray) before = osy_report_actions (&fixture->facts);
    g_assert_cmpstr (label_of (before, 0), ==, "11시 30분까지 재료와 자리를 갖춰 두세요");
    osy_report_fixture_set (fixture, rules[i].was, rules[i].name, rules[i].value);
    g_autoptr (GPtrArray) actions = osy_report_actions (&fixture->facts);
    g_assert_cmpstr (label_of (actions, 0), ==, rules[i].action);
    g_assert_cmpstr (((OsyReportLine *)actions->pdata[0])->note, ==, rules[i].note);
    g_assert_cmpuint (actions->len, ==, 3);
  }
}

/* Nine in what was left of twelve hours: 42 minutes are worth one more. */
static void
test_sold_out (void)
{
  g_autoptr (OsyReportFixture) fixture = osy_report_fixture (OSY_REPORT_DAILY, "ko");
  g_autoptr (GPtrArray) actions = osy_report_actions (&fixture->facts);

  g_assert_cmpuint (actions->len, ==, 3);
  g_assert_cmpstr (label_of (actions, 0), ==, "모둠튀김 준비량을 하루 10개로 늘려 주세요");
  g_assert_cmpstr (((OsyReportLine *)actions->pdata[0])->note, ==,
                   "42분 동안 품절이었고, 그래도 9개 팔렸어요");
  g_assert_cmpstr (label_of (actions, 1), ==, "배달앱 손님께 포장과 QR 주문을 알려 주세요");
  g_assert_cmpstr (((OsyReportLine *)actions->pdata[1])->note, ==,
                   "배달앱 수수료가 32,400원, 그 매출의 12.0%예요");
  JsonObject *stop =
      json_array_get_object_element (json_object_get_array_member (fixture->view, "sold_out"), 0);
  json_object_set_int_member (stop, "minutes", 29);
  g_autoptr (GPtrArray) short_stop = osy_report_actions (&fixture->facts);
  g_assert_cmpstr (label_of (short_stop, 0), ==, "배달앱 손님께 포장과 QR 주문을 알려 주세요");
}

static void
test_weak_hour (void)
{
  g_autoptr (OsyReportFixture) fixture = osy_report_fixture (OSY_REPORT_DAILY, "ko");
  JsonArray *hours = json_object_get_array_member (fixture->view, "hours");

  json_object_set_int_member (json_array_get_object_element (hours, 5), "against_sales", 90000);
  json_object_set_array_member (fixture->view, "sold_out", json_array_new ());
  json_object_set_array_member (fixture->view, "channels", json_array_new ());
  g_autoptr (GPtrArray) actions = osy_report_actions (&fixture->facts);
  g_assert_cmpstr (((OsyReportLine *)actions->pdata[0])->note, ==,
                   "15시 매출이 지난주보다 42,000원 적어요");
  /* With nothing to compare it with, nothing is said of it. */
  osy_report_fixture_set (fixture, TRUE, "orders", 0);
  g_autoptr (GPtrArray) alone = osy_report_actions (&fixture->facts);
  g_assert_cmpstr (label_of (alone, 0), ==, "11시 30분까지 재료와 자리를 갖춰 두세요");
}

static void
test_empty (void)
{
  for (int kind = 0; kind < OSY_N_REPORTS; kind++) {
    g_autoptr (OsyReportFixture) fixture = osy_report_fixture_empty (kind, "ko");
    g_autoptr (OsyReport) report = osy_report_new (&fixture->facts);
    g_autoptr (GBytes) pdf = osy_report_paper_draw (report, NULL);
    g_assert_nonnull (report->empty);
    g_assert_nonnull (pdf);
    osy_report_fixture_set (fixture, FALSE, "refunds", 5000);
    g_autoptr (OsyReport) refunded = osy_report_new (&fixture->facts);
    g_autoptr (GBytes) more = osy_report_paper_draw (refunded, NULL);
    g_assert_null (refunded->empty);
    g_assert_nonnull (more);
    g_assert_cmpuint (refunded->actions->lines->len, <=, 3);
  }
}

static void
test_week (void)
{
  g_autoptr (OsyReport) report = busy (OSY_REPORT_WEEKLY, "ko");

  g_assert_cmpstr (report->heading, ==, "11월 16일 – 22일");
  g_assert_cmpuint (report->bars->len, ==, 7);
  g_assert_cmpint (((OsyReportBar *)report->bars->pdata[5])->was, ==, 1187000);
  g_assert_cmpstr (label_of (report->odd->lines, 0), ==, "토요일 · 매출이 평소보다 많았어요");
  const OsyReportList *moves = report->lists->pdata[1];
  /* What was on no list the week before came anew; what is on none now is gone. */
  g_assert_cmpstr (label_of (moves->lines, 0), ==, "로제떡볶이");
  g_assert_cmpstr (((OsyReportLine *)moves->lines->pdata[0])->value, ==, "▲ 150,000원");
  g_assert_cmpint (report->heat[5][12], ==, 246000);
}

static void
test_days (void)
{
  static const char *const days[][2] = {{"2026-11-16", "2026-11-16"},
                                        {"2026-11-22", "2026-11-16"},
                                        {"2027-01-01", "2026-12-28"},
                                        {"2024-03-02", "2024-02-26"}};

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *monday = osy_report_monday (days[i][0]);
    g_assert_cmpstr (monday, ==, days[i][1]);
  }
  g_autofree char *name = osy_report_file_name (OSY_REPORT_DAILY, "2026-11-21");
  g_assert_cmpstr (name, ==, "ordersync-2026-11-21-daily.pdf");
}

/* ---- paper ---- */

static void
leave (GBytes *pdf, const char *name)
{
  const char *folder = g_getenv ("OSY_REPORT_DIR");
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  g_assert_cmpuint (size, >, 1000);
  g_assert_true (strncmp (data, "%PDF-", 5) == 0);
  if (folder == NULL)
    return;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
}

static void
test_paper (void)
{
  for (int kind = 0; kind < OSY_N_REPORTS; kind++)
    for (int i = 0; osy_report_languages[i] != NULL; i++) {
      g_autoptr (OsyReport) report = busy (kind, osy_report_languages[i]);
      g_autoptr (GBytes) pdf = osy_report_paper_draw (report, NULL);
      g_autofree char *name =
          g_strdup_printf ("%s-%s.pdf", osy_report_kinds[kind], osy_report_languages[i]);
      leave (pdf, name);
    }
}

/* Control characters, turned directions, half characters, a word without end, figures at the edge:
 * a page comes of it, and soon. */
static void
test_hostile (void)
{
  g_autofree char *endless = g_strnfill (200000, 'W');
  const char *const texts[] = {"\x01\x02\x1b[31m\n\r\t\v",
                               "\xe2\x80\xae/cod.exe\xe2\x81\xa6",
                               "\xed\xa0\x80\xff\xfe",
                               "</span><b>",
                               "%s%n%d",
                               endless,
                               "",
                               "👩‍👩‍👧‍👦🇰🇷"};

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (OsyReportFixture) fixture = osy_report_fixture (OSY_REPORT_DAILY, "ko");
    JsonArray *items = json_object_get_array_member (fixture->view, "items");
    JsonArray *channels = json_object_get_array_member (fixture->view, "channels");
    JsonArray *stops = json_object_get_array_member (fixture->view, "sold_out");
    json_object_set_string_member (json_array_get_object_element (items, 0), "name", texts[i]);
    json_object_set_string_member (json_array_get_object_element (stops, 0), "name", texts[i]);
    json_object_set_string_member (json_array_get_object_element (channels, 0), "channel",
                                   texts[i]);
    fixture->facts.shop = texts[i];
    osy_report_fixture_set (fixture, FALSE, "sales", G_GINT64_CONSTANT (999999999999));
    osy_report_fixture_set (fixture, FALSE, "net", -G_GINT64_CONSTANT (999999999999));
    g_autoptr (OsyReport) report = osy_report_new (&fixture->facts);
    gint64 began = g_get_monotonic_time ();
    g_autoptr (GBytes) pdf = osy_report_paper_draw (report, NULL);
    g_autofree char *name = g_strdup_printf ("hostile-%u.pdf", (guint)i);
    g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_TIME_SPAN_SECOND);
    leave (pdf, name);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/figures", test_figures);
  g_test_add_func ("/report/english", test_english);
  g_test_add_func ("/report/odd", test_odd);
  g_test_add_func ("/report/rules", test_rules);
  g_test_add_func ("/report/sold-out", test_sold_out);
  g_test_add_func ("/report/weak-hour", test_weak_hour);
  g_test_add_func ("/report/empty", test_empty);
  g_test_add_func ("/report/week", test_week);
  g_test_add_func ("/report/days", test_days);
  g_test_add_func ("/report/paper", test_paper);
  g_test_add_func ("/report/hostile", test_hostile);
  return g_test_run ();
}
