/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* When reports are made: at the hour of the shop's clock, once each, late when nobody was there;
 * and what becomes of their ways out, against the database, with a clock of our own. */

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-order-fixture.h"
#include "osy-report-store.h"
#include "osy-shop-service.h"

static OsyOrderFixture *fixture;

static gint64
at (const char *text)
{
  gint64 us = 0;

  g_assert_true (osy_clock_parse (text, &us));
  return us;
}

/* ---- the clock alone ---- */

static const struct {
  OsyReportKind kind;
  OsyReportPlan plan;
  OsyReportClock clock;
  const char *now;
  const char *day;
  const char *due;
} moments[] = {
    {OSY_REPORT_DAILY,
     {TRUE, 540, 1, ""},
     {"Asia/Seoul", 300},
     "2026-11-22T08:59:59+09:00",
     "2026-11-20",
     "2026-11-21T09:00:00+09:00"},
    {OSY_REPORT_DAILY,
     {TRUE, 540, 1, ""},
     {"Asia/Seoul", 300},
     "2026-11-22T09:00:00+09:00",
     "2026-11-21",
     "2026-11-22T09:00:00+09:00"},
    {OSY_REPORT_DAILY,
     {TRUE, 540, 1, ""},
     {"Asia/Seoul", 300},
     "2026-11-23T00:30:00+09:00",
     "2026-11-21",
     "2026-11-22T09:00:00+09:00"},
    /* A night that goes on until five has no report at three. */
    {OSY_REPORT_DAILY,
     {TRUE, 180, 1, ""},
     {"Asia/Seoul", 300},
     "2026-11-22T04:59:00+09:00",
     "2026-11-20",
     "2026-11-21T05:00:00+09:00"},
    {OSY_REPORT_DAILY,
     {TRUE, 180, 1, ""},
     {"Asia/Seoul", 300},
     "2026-11-22T05:00:00+09:00",
     "2026-11-21",
     "2026-11-22T05:00:00+09:00"},
    {OSY_REPORT_WEEKLY,
     {TRUE, 540, 1, ""},
     {"Asia/Seoul", 300},
     "2026-11-23T09:00:00+09:00",
     "2026-11-16",
     "2026-11-23T09:00:00+09:00"},
    {OSY_REPORT_WEEKLY,
     {TRUE, 540, 1, ""},
     {"Asia/Seoul", 300},
     "2026-11-23T08:00:00+09:00",
     "2026-11-09",
     "2026-11-16T09:00:00+09:00"},
    {OSY_REPORT_WEEKLY,
     {TRUE, 600, 7, ""},
     {"Asia/Seoul", 300},
     "2026-11-22T10:00:00+09:00",
     "2026-11-09",
     "2026-11-22T10:00:00+09:00"},
    /* On 8 March the clock goes from 2 to 3, on 1 November from 2 back to 1. */
    {OSY_REPORT_DAILY,
     {TRUE, 150, 1, ""},
     {"America/New_York", 0},
     "2026-03-08T12:00:00-04:00",
     "2026-03-07",
     "2026-03-08T03:00:00-04:00"},
    {OSY_REPORT_DAILY,
     {TRUE, 90, 1, ""},
     {"America/New_York", 0},
     "2026-11-01T12:00:00-05:00",
     "2026-10-31",
     "2026-11-01T01:30:00-04:00"},
    {OSY_REPORT_DAILY,
     {TRUE, 540, 1, ""},
     {"no/such", 300},
     "2026-11-22T09:00:00Z",
     "2026-11-21",
     "2026-11-22T09:00:00Z"},
};

static void
test_moments (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++) {
    gint64 due_at = 0;
    g_autofree char *day = osy_report_plan_newest (moments[i].kind, &moments[i].plan,
                                                   &moments[i].clock, at (moments[i].now), &due_at);
    g_assert_cmpstr (day, ==, moments[i].day);
    if (!g_str_has_prefix (moments[i].now, "2026-11-01")) /* either of the two is right */
      g_assert_cmpint (due_at, ==, at (moments[i].due));
  }
}

/* ---- a shop ---- */

static void
run (OsyDbFunc func, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  osy_order_fixture_run (fixture, func, (gpointer)data, &error);
  g_assert_no_error (error);
}

static gboolean
make_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  const OsyShopDraft draft = {.name = "분식"};
  g_autoptr (OsyShop) shop =
      osy_shop_service_create (tx, fixture->ring, &fixture->call, &draft, error);

  return shop != NULL;
}

static gboolean
save (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (JsonNode) body = json_from_string (data, NULL);
  g_autoptr (OsyReportSetup) setup =
      osy_report_setup_save (tx, fixture->ring, &fixture->call, body, 0, error);

  return setup != NULL;
}

/* *@data: whether one was made. */
static gboolean
plan (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyReportSetup) setup = osy_report_setup_load (tx, error);
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);

  return setup != NULL && shop != NULL && osy_report_store_plan (tx, setup, shop, data, error);
}

static gboolean
plan_at (const char *now)
{
  gboolean made = FALSE;

  osy_clock_set_fake (at (now));
  run (plan, &made);
  return made;
}

static gboolean
read_list (OsyDbTx *tx, gpointer data, GError **error)
{
  JsonNode **ret = data;

  *ret = osy_report_store_list (tx, NULL, 100, error);
  return *ret != NULL;
}

/* (transfer full): "DAILY 2026-11-20 made FOLDER WAITING, …", newest first. */
static char *
reports (void)
{
  g_autoptr (JsonNode) list = NULL;
  GString *text = g_string_new (NULL);

  run (read_list, &list);
  JsonArray *array = json_object_get_array_member (json_node_get_object (list), "reports");
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *report = json_array_get_object_element (array, i);
    JsonArray *ways = json_object_get_array_member (report, "deliveries");
    g_string_append_printf (text, "%s%s %s %s", i > 0 ? ", " : "",
                            json_object_get_string_member (report, "kind"),
                            json_object_get_string_member (report, "day"),
                            json_object_get_null_member (report, "made_at") ? "missed" : "made");
    for (guint j = 0; j < json_array_get_length (ways); j++) {
      JsonObject *way = json_array_get_object_element (ways, j);
      g_string_append_printf (text, " %s %s", json_object_get_string_member (way, "target"),
                              json_object_get_string_member (way, "status"));
    }
  }
  return g_string_free (text, FALSE);
}

static void
check (const char *wanted)
{
  g_autofree char *found = reports ();

  g_assert_cmpstr (found, ==, wanted);
}

static void
begin (const char *now, const char *setup)
{
  g_autofree char *folder = g_dir_make_tmp ("osy-report-XXXXXX", NULL);
  g_autofree char *body = g_strdup_printf ("{\"folder\":\"%s\",%s}", folder, setup);

  osy_clock_set_fake (at (now));
  fixture = osy_order_fixture_new ();
  run (make_shop, NULL);
  run (save, body);
}

static void
end (void)
{
  osy_clock_set_fake (0);
  g_clear_pointer (&fixture, osy_order_fixture_free);
}

/* What was due before it was turned on is made by nobody. */
static void
test_once (void)
{
  begin ("2026-11-21T14:00:00+09:00", "\"daily\":{\"on\":true,\"at\":\"09:00\"}");
  g_assert_false (plan_at ("2026-11-21T14:00:05+09:00"));
  g_assert_false (plan_at ("2026-11-22T08:59:59+09:00"));
  g_assert_true (plan_at ("2026-11-22T09:00:00+09:00"));
  g_assert_false (plan_at ("2026-11-22T09:00:05+09:00"));
  g_assert_false (plan_at ("2026-11-23T08:59:00+09:00"));
  check ("DAILY 2026-11-21 made FOLDER WAITING");
  g_assert_true (plan_at ("2026-11-23T09:00:00+09:00"));
  run (save, "{\"daily\":{\"on\":false}}");
  g_assert_false (plan_at ("2026-11-24T12:00:00+09:00"));
  run (save, "{\"daily\":{\"on\":true,\"at\":\"10:00\"},\"folder\":null}");
  g_assert_false (plan_at ("2026-11-24T13:00:00+09:00"));
  /* Nothing was missed while it was off. */
  g_assert_true (plan_at ("2026-11-25T10:00:00+09:00"));
  check ("DAILY 2026-11-24 made, DAILY 2026-11-22 made FOLDER WAITING, "
         "DAILY 2026-11-21 made FOLDER WAITING");
  end ();
}

static void
test_late (void)
{
  begin ("2026-11-14T12:00:00+09:00",
         "\"daily\":{\"on\":true},\"weekly\":{\"on\":true,\"weekday\":2,\"at\":\"11:00\"}");
  g_assert_true (plan_at ("2026-11-15T09:00:00+09:00"));
  /* Nobody was there until Wednesday of the week after the next. */
  g_assert_true (plan_at ("2026-11-18T21:00:00+09:00"));
  check ("DAILY 2026-11-17 made FOLDER WAITING, WEEKLY 2026-11-09 made FOLDER WAITING, "
         "DAILY 2026-11-16 missed, DAILY 2026-11-15 missed, DAILY 2026-11-14 made FOLDER WAITING");
  g_assert_false (plan_at ("2026-11-18T21:00:05+09:00"));
  g_assert_true (plan_at ("2027-11-18T21:00:00+09:00"));
  g_autofree char *year = reports ();
  g_auto (GStrv) words = g_strsplit (year, "missed", -1);
  /* Thirty of each kind are told of, not a year. */
  g_assert_cmpuint (g_strv_length (words) - 1, ==, 2 + 30 + 30);
  end ();
}

/* ---- on the way ---- */

static gboolean
take (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_report_store_take (tx, OSY_REPORT_FOLDER, data, error);
}

static OsyReportParcel *
take_now (void)
{
  OsyReportParcel *parcel = NULL;

  run (take, &parcel);
  return parcel;
}

static gboolean
fail (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_report_store_failed (tx, data, "FOLDER_GONE", FALSE, error);
}

static gboolean
note_sent (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_report_store_sent (tx, ((OsyReportParcel *)data)->id, osy_clock_now (), error);
}

/* Whoever takes one and dies has it taken again, after a while and not before. */
static void
test_taken (void)
{
  begin ("2026-11-21T14:00:00+09:00", "\"daily\":{\"on\":true}");
  plan_at ("2026-11-22T09:00:00+09:00");
  g_autoptr (OsyReportParcel) first = take_now ();
  g_assert_cmpstr (first->day, ==, "2026-11-21");
  g_assert_null (take_now ());
  osy_clock_advance_fake (5 * G_TIME_SPAN_MINUTE);
  g_autoptr (OsyReportParcel) again = take_now ();
  g_assert_cmpstr (again->id, ==, first->id);
  g_assert_cmpint (again->attempts, ==, 2);
  run (note_sent, again);
  check ("DAILY 2026-11-21 made FOLDER SENT");
  osy_clock_advance_fake (G_TIME_SPAN_DAY / 2);
  g_assert_null (take_now ());
  end ();
}

static gboolean
make_again (OsyDbTx *tx, gpointer data, GError **error)
{
  g_autoptr (OsyReportSetup) setup = osy_report_setup_load (tx, error);
  g_autofree char *id = osy_report_store_make (tx, setup, OSY_REPORT_DAILY, "2026-11-21", error);

  return id != NULL;
}

/* Seven tries after the first, ever later; then it is dead until somebody asks for it. */
static void
test_retries (void)
{
  begin ("2026-11-21T14:00:00+09:00", "\"daily\":{\"on\":true}");
  plan_at ("2026-11-22T09:00:00+09:00");
  for (int i = 0; i < 8; i++) {
    g_autoptr (OsyReportParcel) parcel = take_now ();
    g_assert_nonnull (parcel);
    run (fail, parcel);
    g_assert_null (take_now ());
    check (i < 7 ? "DAILY 2026-11-21 made FOLDER RETRY" : "DAILY 2026-11-21 made FOLDER DEAD");
    osy_clock_advance_fake (30 * G_TIME_SPAN_MINUTE);
  }
  g_assert_null (take_now ());
  run (make_again, NULL);
  check ("DAILY 2026-11-21 made FOLDER WAITING");
  g_autoptr (OsyReportParcel) parcel = take_now ();
  g_assert_cmpint (parcel->attempts, ==, 1);
  end ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/plan/moments", test_moments);
  g_test_add_func ("/report/plan/once", test_once);
  g_test_add_func ("/report/plan/late", test_late);
  g_test_add_func ("/report/plan/taken", test_taken);
  g_test_add_func ("/report/plan/retries", test_retries);
  return g_test_run ();
}
