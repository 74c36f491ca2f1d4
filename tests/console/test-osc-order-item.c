/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Ageing, columns, next steps and suggested minutes, as tables from console-ux §5 and 7.1. */

#include "order-maker.h"

#define PROMISE (20 * 60)

typedef struct {
  const char *status;
  int age; /* seconds in this state */
  OscAgeLevel level;
  const char *text;
} AgeCase;

static const AgeCase ages[] = {
    {"PENDING", 0, OSC_AGE_NEUTRAL, "0:00"},
    {"PENDING", 59, OSC_AGE_NEUTRAL, "0:59"},
    {"PENDING", 60, OSC_AGE_SOON, "1:00"},
    {"PENDING", 119, OSC_AGE_SOON, "1:59"},
    {"PENDING", 120, OSC_AGE_LATE, "2:00"},
    {"PENDING", 700, OSC_AGE_LATE, "11 min"},
    /* a promise of 20 minutes: soon at 14, late at 20 */
    {"ACCEPTED", 408, OSC_AGE_NEUTRAL, "6:48"},
    {"ACCEPTED", 599, OSC_AGE_NEUTRAL, "9:59"},
    {"ACCEPTED", 600, OSC_AGE_NEUTRAL, "10 min"},
    {"ACCEPTED", 839, OSC_AGE_NEUTRAL, "13 min"},
    {"ACCEPTED", 840, OSC_AGE_SOON, "14 min"},
    {"PREPARING", 1199, OSC_AGE_SOON, "19 min"},
    {"PREPARING", 1200, OSC_AGE_LATE, "+1 min"},
    {"PREPARING", 1319, OSC_AGE_LATE, "+1 min"},
    {"PREPARING", 1320, OSC_AGE_LATE, "+2 min"},
    {"READY", 299, OSC_AGE_NEUTRAL, "4:59"},
    {"READY", 300, OSC_AGE_SOON, "5:00"},
    {"READY", 599, OSC_AGE_SOON, "9:59"},
    {"READY", 600, OSC_AGE_LATE, "10 min"},
    {"DELIVERING", 545, OSC_AGE_NEUTRAL, "9:05"},
    {"DELIVERING", 7200, OSC_AGE_NEUTRAL, "120 min"},
};

/* An order that reached @status at @since; earlier states lie an hour back. */
static OscOrderItem *
item_since (const char *status, gint64 since)
{
  OsyOrderData *data = make_data ("a", 1, status, "DELIVERY");
  gint64 before = since - 3600 * G_TIME_SPAN_SECOND;
  g_autoptr (OsyOrder) order = NULL;
  gboolean pending = g_str_equal (status, "PENDING");
  gboolean cooking = g_str_equal (status, "ACCEPTED") || g_str_equal (status, "PREPARING");
  gboolean ready = g_str_equal (status, "READY");

  data->created_at = pending ? since : before;
  data->accepted_at = pending ? 0 : cooking ? since : before;
  data->promised_at = data->accepted_at != 0 ? data->accepted_at + PROMISE * G_TIME_SPAN_SECOND : 0;
  data->ready_at = pending || cooking ? 0 : ready ? since : before;
  data->handed_over_at = g_str_equal (status, "DELIVERING") ? since : 0;
  order = osy_order_new (data);
  return osc_order_item_new (order);
}

static void
test_ages (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++) {
    g_autoptr (OscOrderItem) item = item_since (ages[i].status, MORNING);
    gint64 now = MORNING + ages[i].age * G_TIME_SPAN_SECOND;
    g_autofree char *text = osc_order_item_age_text (item, now);

    g_test_message ("%s after %d s", ages[i].status, ages[i].age);
    g_assert_cmpint (osc_order_item_age_level (item, now), ==, ages[i].level);
    g_assert_cmpstr (text, ==, ages[i].text);
  }
}

/* A clock set back must not show negative ages. */
static void
test_before_its_time (void)
{
  g_autoptr (OscOrderItem) item = item_since ("PENDING", MORNING);
  g_autofree char *text = osc_order_item_age_text (item, MORNING - 90 * G_TIME_SPAN_SECOND);

  g_assert_cmpstr (text, ==, "0:00");
}

/* Without a promise the items' own minutes count; without those nothing is late. */
static void
test_promise_of_items (void)
{
  OsyOrderData *data = make_data ("a", 1, "ACCEPTED", "TAKEOUT");
  g_autoptr (OsyOrder) order = osy_order_new (data);
  g_autoptr (OscOrderItem) item = osc_order_item_new (order);

  data->accepted_at = MORNING;
  g_assert_cmpint (osc_order_item_age_level (item, MORNING + 7200 * G_TIME_SPAN_SECOND), ==,
                   OSC_AGE_NEUTRAL);
  ((OsyOrderLine *)g_ptr_array_index (data->lines, 0))->prep_minutes = 10;
  g_assert_cmpint (osc_order_item_age_level (item, MORNING + 419 * G_TIME_SPAN_SECOND), ==,
                   OSC_AGE_NEUTRAL);
  g_assert_cmpint (osc_order_item_age_level (item, MORNING + 420 * G_TIME_SPAN_SECOND), ==,
                   OSC_AGE_SOON);
  g_assert_cmpint (osc_order_item_age_level (item, MORNING + 600 * G_TIME_SPAN_SECOND), ==,
                   OSC_AGE_LATE);
}

static void
test_columns (void)
{
  static const struct {
    const char *status;
    const char *type;
    OscColumn column;
    const char *act;
  } cases[] = {
      {"PENDING_PAYMENT", "TAKEOUT", OSC_COLUMN_NONE, NULL},
      {"PENDING", "TAKEOUT", OSC_COLUMN_NEW, "accept"},
      {"ACCEPTED", "TAKEOUT", OSC_COLUMN_COOKING, "ready"},
      {"PREPARING", "DINE_IN", OSC_COLUMN_COOKING, "ready"},
      {"READY", "DINE_IN", OSC_COLUMN_READY, "hand-over"},
      {"READY", "DELIVERY", OSC_COLUMN_READY, "hand-over"},
      {"READY", "TAKEOUT", OSC_COLUMN_OUT, "complete"},
      {"DELIVERING", "DELIVERY", OSC_COLUMN_OUT, "complete"},
      {"COMPLETED", "TAKEOUT", OSC_COLUMN_NONE, NULL},
      {"CANCELED", "TAKEOUT", OSC_COLUMN_NONE, NULL},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (OsyOrder) order = osy_order_new (make_data ("a", 1, cases[i].status, cases[i].type));
    g_autoptr (OscOrderItem) item = osc_order_item_new (order);

    g_assert_cmpint (osc_order_item_column (item), ==, cases[i].column);
    g_assert_cmpstr (osc_order_item_next_act (item), ==, cases[i].act);
    /* Whatever the edge button offers, the state table allows. */
    if (cases[i].act != NULL)
      g_assert_nonnull (osy_order_find_step (osc_order_item_data (item), cases[i].act));
  }
}

static void
test_suggested (void)
{
  static const struct {
    int prep;
    int least;
    int minutes;
  } cases[] = {{0, 15, 15},  {5, 15, 15}, {15, 15, 15},   {16, 15, 20},   {20, 15, 20},
               {21, 15, 25}, {5, 40, 40}, {118, 15, 120}, {300, 15, 120}, {0, 1, 5}};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    OsyOrderData *data = make_data ("a", 1, "PENDING", "TAKEOUT");
    g_autoptr (OsyOrder) order = osy_order_new (data);
    g_autoptr (OscOrderItem) item = osc_order_item_new (order);

    ((OsyOrderLine *)g_ptr_array_index (data->lines, 0))->prep_minutes = cases[i].prep;
    g_assert_cmpint (osc_order_item_suggested_minutes (item, cases[i].least), ==, cases[i].minutes);
  }
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_newer_only (void)
{
  g_autoptr (OsyOrder) second = make_order ("a", 1, "ACCEPTED", 2);
  g_autoptr (OsyOrder) third = make_order ("a", 1, "READY", 3);
  g_autoptr (OscOrderItem) item = osc_order_item_new (second);
  guint n = 0;

  g_signal_connect (item, "notify::order", G_CALLBACK (count_cb), &n);
  g_assert_false (osc_order_item_set_order (item, second));
  g_assert_true (osc_order_item_set_order (item, third));
  g_assert_false (osc_order_item_set_order (item, second));
  g_assert_cmpstr (osc_order_item_data (item)->status, ==, "READY");
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order-item/ages", test_ages);
  g_test_add_func ("/order-item/before-its-time", test_before_its_time);
  g_test_add_func ("/order-item/promise-of-items", test_promise_of_items);
  g_test_add_func ("/order-item/columns", test_columns);
  g_test_add_func ("/order-item/suggested", test_suggested);
  g_test_add_func ("/order-item/newer-only", test_newer_only);
  return g_test_run ();
}
