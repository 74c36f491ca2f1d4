/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Figures as the sales page has them, made up. */

#include "osy-report-fixture.h"

static JsonObject *
read_object (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return json_object_ref (json_node_get_object (node));
}

#define TOTALS                                                                                     \
  "{'sales':1285000,'orders':96,'checks':96,'guests':131,'gross':1322000,'voids':7000,"            \
  "'comps':9000,'discounts':21000,'service':0,'canceled':1,'placed':97,'prep_seconds':65280,"      \
  "'prep_orders':96,'late_orders':4,'tax_free':0,'average':13385,'taken':1301500,'refunds':16500," \
  "'refund_count':2,'fees':53600,'net':1231400}"
#define WAS                                                                                       \
  "{'sales':1187000,'orders':91,'checks':91,'guests':120,'gross':1200000,'voids':0,'comps':0,"    \
  "'discounts':13000,'service':0,'canceled':2,'placed':93,'prep_seconds':68250,'prep_orders':91," \
  "'late_orders':6,'tax_free':0,'average':13044,'taken':1187000,'refunds':0,'refund_count':0,"    \
  "'fees':49000,'net':1138000}"
#define NOTHING                                                                              \
  "{'sales':0,'orders':0,'checks':0,'guests':0,'gross':0,'voids':0,'comps':0,'discounts':0," \
  "'service':0,'canceled':0,'placed':0,'prep_seconds':0,'prep_orders':0,'late_orders':0,"    \
  "'tax_free':0,'average':0,'taken':0,'refunds':0,'refund_count':0,'fees':0,'net':0}"
#define ITEMS                                                              \
  "[{'item_id':'a','name':'떡볶이','quantity':41,'sales':184500},"      \
  "{'item_id':'b','name':'돈까스','quantity':17,'sales':153000},"       \
  "{'item_id':'c','name':'로제떡볶이','quantity':20,'sales':150000}," \
  "{'item_id':'d','name':'김밥','quantity':38,'sales':133000},"          \
  "{'item_id':'e','name':'비빔밥','quantity':15,'sales':120000},"       \
  "{'item_id':'f','name':'모둠튀김','quantity':9,'sales':104500},"     \
  "{'item_id':'g','name':'라면','quantity':12,'sales':54000},"           \
  "{'item_id':'h','name':'우동','quantity':8,'sales':48000}]"

static const gint64 by_hour[][3] = {
    {10, 20000, 18000},   {11, 85000, 90000},   {12, 246000, 210000}, {13, 162000, 149000},
    {14, 63000, 70000},   {15, 48000, 41000},   {16, 60000, 52000},   {17, 112000, 103000},
    {18, 203000, 192000}, {19, 156000, 140000}, {20, 91000, 86000},   {21, 39000, 36000}};
static const gint64 by_day[7][2] = {{771000, 735000},  {905000, 872000},  {912000, 884000},
                                    {893000, 921000},  {1043000, 995000}, {1285000, 1187000},
                                    {1182000, 1204000}};

static JsonArray *
make_hours (JsonArray *heat)
{
  JsonArray *hours = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (by_hour); i++) {
    JsonObject *hour = json_object_new ();
    json_object_set_int_member (hour, "hour", by_hour[i][0]);
    json_object_set_int_member (hour, "sales", by_hour[i][1]);
    json_object_set_int_member (hour, "orders", by_hour[i][1] / 13000);
    json_object_set_int_member (hour, "against_sales", by_hour[i][2]);
    json_object_set_int_member (hour, "against_orders", by_hour[i][2] / 13000);
    json_array_add_object_element (hours, hour);
    for (int weekday = 1; weekday <= 7; weekday++) {
      JsonObject *cell = json_object_new ();
      json_object_set_int_member (cell, "weekday", weekday);
      json_object_set_int_member (cell, "hour", by_hour[i][0]);
      json_object_set_int_member (cell, "sales", by_hour[i][1] * by_day[weekday - 1][0] / 1285000);
      json_array_add_object_element (heat, cell);
    }
  }
  return hours;
}

static JsonArray *
make_days (const char *monday, int column)
{
  JsonArray *days = json_array_new ();

  for (int i = 0; i < 7; i++) {
    JsonObject *row = json_object_new ();
    g_autofree char *day = osy_report_day_after (monday, i - 7 * column);
    json_object_set_string_member (row, "day", day);
    json_object_set_int_member (row, "sales", by_day[i][column]);
    json_object_set_int_member (row, "orders", by_day[i][column] / 13000);
    json_array_add_object_element (days, row);
  }
  return days;
}

static void
fill_view (OsyReportFixture *self)
{
  JsonArray *heat = json_array_new ();

  json_object_set_array_member (self->view, "hours", make_hours (heat));
  json_object_set_array_member (self->view, "heat", heat);
  if (self->facts.kind == OSY_REPORT_WEEKLY) {
    json_object_set_array_member (self->view, "days", make_days (self->facts.day, 0));
    json_object_set_array_member (self->view, "against_days", make_days (self->facts.day, 1));
  }
}

static OsyReportFixture *
make (OsyReportKind kind, const char *language, const char *view, const char *finding)
{
  OsyReportFixture *self = g_new0 (OsyReportFixture, 1);

  self->view = read_object (view);
  self->before = read_object ("{'items':[{'item_id':'a','name':'떡볶이','sales':160000},"
                              "{'item_id':'i','name':'잡채','sales':31000},"
                              "{'item_id':'b','name':'돈까스','sales':171000}]}");
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  g_ptr_array_add (self->findings, read_object (finding));
  self->facts = (OsyReportFacts){.kind = kind,
                                 .language = language,
                                 .shop = "소담분식",
                                 .day = kind == OSY_REPORT_WEEKLY ? "2026-11-16" : "2026-11-21",
                                 .view = self->view,
                                 .before = self->before,
                                 .findings = self->findings};
  return self;
}

OsyReportFixture *
osy_report_fixture (OsyReportKind kind, const char *language)
{
  OsyReportFixture *self = make (
      kind, language,
      "{'totals':" TOTALS ",'against_totals':" WAS ",'days':[{'day':'2026-11-21',"
      "'sales':1285000,'orders':96}],'items':" ITEMS
      ",'channels':[{'channel':'COUNTER','sales':539700,'orders':40,'fee':11000},"
      "{'channel':'QR','sales':295500,'orders':22,'fee':6900},"
      "{'channel':'PLATFORM','sales':269800,'orders':20,'fee':32400},"
      "{'channel':'PHONE','sales':115600,'orders':9,'fee':2100},"
      "{'channel':'WEB','sales':64400,'orders':5,'fee':1200}],"
      "'tenders':[{'tender':'CARD_TERMINAL','amount':812500,'count':61},"
      "{'tender':'PLATFORM','amount':269800,'count':20},"
      "{'tender':'TOSS','amount':120200,'count':9},{'tender':'CASH','amount':99000,'count':7}],"
      "'sold_out':[{'item_id':'f','name':'모둠튀김','minutes':42}]}",
      "{'day':'2026-11-21','over':true,'sales':{'expected':1100000},'findings':["
      "{'kind':'SALES_HIGH','subject':'','observed':1285000,'expected':1104000,'low':982000,"
      "'high':1226000,'items':[{'item_id':'a','name':'떡볶이','sales':184500,'usual':141000}]},"
      "{'kind':'REFUNDS_HIGH','subject':'user:x','name':'김지은','observed':12,'expected':3},"
      "{'kind':'REFUNDS_HIGH','subject':'user:y','name':'박서준','observed':7,'expected':2}]}");

  fill_view (self);
  return self;
}

OsyReportFixture *
osy_report_fixture_empty (OsyReportKind kind, const char *language)
{
  return make (kind, language,
               "{'totals':" NOTHING ",'against_totals':" NOTHING ",'hours':[],'days':[],'items':[],"
               "'channels':[],'tenders':[],'sold_out':[],'heat':[]}",
               "{'day':'2026-11-21','over':true,'sales':null,'findings':[]}");
}

void
osy_report_fixture_free (OsyReportFixture *self)
{
  json_object_unref (self->view);
  json_object_unref (self->before);
  g_ptr_array_unref (self->findings);
  g_free (self);
}

void
osy_report_fixture_set (OsyReportFixture *self, gboolean was, const char *name, gint64 value)
{
  JsonObject *totals =
      json_object_get_object_member (self->view, was ? "against_totals" : "totals");

  json_object_set_int_member (totals, name, value);
}
