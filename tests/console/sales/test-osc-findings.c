/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What was different, without a screen: which days are asked for, what of several is told, how far
 * it is known, and what somebody thinks of it: the last word is the one that is kept. */

#include <string.h>

#include "osc-finding-store.h"
#include "osy-json.h"

#define PATH "/api/v1/restaurants/me/analytics/findings"
#define KNOWN "{\"expected\":1,\"low\":1,\"high\":2,\"weeks\":9}"
#define LOW                                                                                      \
  "{\"kind\":\"SALES_LOW\",\"subject\":\"\",\"observed\":700,\"expected\":1000,\"low\":900,"     \
  "\"high\":1200,\"weeks\":9,\"useful\":null,\"items\":[{\"item_id\":\"i\",\"name\":\"김밥\"," \
  "\"sales\":10,\"usual\":90},7]}"
#define REFUNDS                                                                              \
  "{\"kind\":\"REFUNDS_HIGH\",\"subject\":\"user:1\",\"name\":\"박지호\",\"observed\":6," \
  "\"expected\":1,\"useful\":true}"
#define THREE(most)                                                                           \
  "{\"kind\":\"ORDERS_HIGH_3_DAYS\",\"subject\":\"\",\"observed\":" most ",\"expected\":100," \
  "\"low\":90,\"high\":110,\"weeks\":4,\"useful\":null,\"items\":[]}"

typedef struct {
  OscFindingStore *store;
  GPtrArray *asked;
  guint changes;
  guint failures;
} Desk;

static void
on_requested (OscFindingStore *store,
              const char *method,
              const char *path,
              const char *body,
              Desk *desk)
{
  g_ptr_array_add (desk->asked, g_strdup_printf ("%s %s%s%s", method, path, body != NULL ? " " : "",
                                                 body != NULL ? body : ""));
}

static void
on_changed (OscFindingStore *store, Desk *desk)
{
  desk->changes++;
}

static void
on_failed (OscFindingStore *store, Desk *desk)
{
  desk->failures++;
}

static void
set_up (Desk *desk, gconstpointer data)
{
  desk->store = osc_finding_store_new (NULL);
  desk->asked = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (desk->store, "requested", G_CALLBACK (on_requested), desk);
  g_signal_connect (desk->store, "changed", G_CALLBACK (on_changed), desk);
  g_signal_connect (desk->store, "failed", G_CALLBACK (on_failed), desk);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  g_object_unref (desk->store);
  g_ptr_array_unref (desk->asked);
}

/* From @from to @to, on @today. */
static void
look (Desk *desk, const char *from, const char *to, const char *today)
{
  OscSalesRange range = {.span = OSC_SPAN_FREE};
  GDate day;

  g_assert_true (osc_sales_range_read (from, &range.from));
  g_assert_true (osc_sales_range_read (to, &range.to));
  g_assert_true (osc_sales_range_read (today, &day));
  osc_finding_store_look (desk->store, &range, &day);
}

static void
take (Desk *desk, const char *day, const char *sales, const char *findings)
{
  g_autofree char *text = g_strdup_printf (
      "{\"day\":\"%s\",\"over\":true,\"sales\":%s,\"findings\":[%s]}", day, sales, findings);
  g_autoptr (JsonNode) answer = osy_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (answer);
  osc_finding_store_take (desk->store, day, answer);
}

static const char *
last (Desk *desk)
{
  return desk->asked->len > 0 ? desk->asked->pdata[desk->asked->len - 1] : "";
}

/* Days that are over, each once; nothing of ranges that are too long. */
static void
test_days (Desk *desk, gconstpointer data)
{
  look (desk, "2026-11-21", "2026-11-21", "2026-11-21");
  g_assert_cmpuint (desk->asked->len, ==, 0);
  g_assert_cmpint (osc_finding_store_state (desk->store), ==, OSC_FINDINGS_NONE);
  look (desk, "2026-11-01", "2026-11-20", "2026-11-21");
  g_assert_cmpint (osc_finding_store_state (desk->store), ==, OSC_FINDINGS_NONE);
  look (desk, "2026-11-19", "2026-11-21", "2026-11-21");
  g_assert_cmpuint (desk->asked->len, ==, 2);
  g_assert_cmpstr (last (desk), ==, "GET " PATH "?day=2026-11-20");
  g_assert_cmpint (osc_finding_store_state (desk->store), ==, OSC_FINDINGS_READING);
  take (desk, "2026-11-19", KNOWN, "");
  take (desk, "2026-11-20", KNOWN, LOW);
  g_assert_cmpint (osc_finding_store_state (desk->store), ==, OSC_FINDINGS_READ);
  look (desk, "2026-11-19", "2026-11-21", "2026-11-21"); /* a minute later */
  g_assert_cmpuint (desk->asked->len, ==, 2);
  look (desk, "2026-11-20", "2026-11-20", "2026-11-21");
  g_assert_cmpuint (desk->asked->len, ==, 3); /* anew, and meanwhile what was known */
  g_assert_cmpint (osc_finding_store_state (desk->store), ==, OSC_FINDINGS_READ);
}

static void
test_failed (Desk *desk, gconstpointer data)
{
  look (desk, "2026-11-19", "2026-11-20", "2026-11-21");
  take (desk, "2026-11-19", KNOWN, LOW);
  osc_finding_store_take (desk->store, "2026-11-20", NULL);
  g_assert_cmpint (osc_finding_store_state (desk->store), ==, OSC_FINDINGS_FAILED);
  osc_finding_store_retry (desk->store);
  g_assert_cmpuint (desk->asked->len, ==, 3);
  g_assert_cmpstr (last (desk), ==, "GET " PATH "?day=2026-11-20");
  take (desk, "2026-11-20", "null", "");
  g_assert_cmpint (osc_finding_store_state (desk->store), ==, OSC_FINDINGS_READ);
  look (desk, "2026-11-20", "2026-11-20", "2026-11-21");
  g_assert_cmpint (osc_finding_store_state (desk->store), ==, OSC_FINDINGS_EARLY);
}

/* The most surprising first; what goes on for three days once, by its last day; three at most. */
static void
test_list (Desk *desk, gconstpointer data)
{
  look (desk, "2026-11-18", "2026-11-20", "2026-11-21");
  take (desk, "2026-11-18", KNOWN, THREE ("150") "," REFUNDS);
  take (desk, "2026-11-19", KNOWN, THREE ("140") "," LOW);
  take (desk, "2026-11-20", KNOWN, LOW);
  g_autoptr (GPtrArray) list = osc_finding_store_list (desk->store);
  const OscFinding *first = list->pdata[0];
  const OscFinding *second = list->pdata[1];
  const OscFinding *third = list->pdata[2];

  g_assert_cmpuint (list->len, ==, OSC_FINDINGS_MOST);
  g_assert_cmpstr (first->kind, ==, "REFUNDS_HIGH");
  g_assert_cmpstr (first->name, ==, "박지호");
  g_assert_cmpint (first->useful, ==, 1);
  g_assert_cmpstr (second->kind, ==, "ORDERS_HIGH_3_DAYS");
  g_assert_cmpstr (second->day, ==, "2026-11-19");
  g_assert_cmpint (osc_finding_days (second), ==, 3);
  g_assert_true (osc_finding_is_more (second));
  g_assert_cmpstr (third->day, ==, "2026-11-20"); /* of two alike the newer */
  g_assert_false (osc_finding_is_more (third));
  g_assert_cmpuint (third->items->len, ==, 1); /* 7 is no dish */
  g_assert_cmpint (((OscFindingItem *)third->items->pdata[0])->usual, ==, 90);
}

static OscFinding *
first (Desk *desk)
{
  g_autoptr (GPtrArray) list = osc_finding_store_list (desk->store);

  return osc_finding_ref (list->pdata[0]);
}

/* One after the other: what is said while the first is on its way is sent once that is there. */
static void
test_judge (Desk *desk, gconstpointer data)
{
  look (desk, "2026-11-20", "2026-11-20", "2026-11-21");
  take (desk, "2026-11-20", KNOWN, LOW);
  g_autoptr (OscFinding) finding = first (desk);

  osc_finding_store_judge (desk->store, finding, 1);
  g_assert_cmpint (osc_finding_store_find (desk->store, finding)->useful, ==, 1);
  g_assert_cmpstr (last (desk), ==,
                   "PUT " PATH " {\"day\":\"2026-11-20\",\"kind\":\"SALES_LOW\",\"subject\":\"\","
                   "\"useful\":true}");
  guint sent = desk->asked->len;
  osc_finding_store_judge (desk->store, finding, 1); /* said already */
  osc_finding_store_judge (desk->store, finding, 0);
  g_assert_cmpuint (desk->asked->len, ==, sent);
  take (desk, "2026-11-20", KNOWN, LOW); /* read before it was said */
  g_assert_cmpint (osc_finding_store_find (desk->store, finding)->useful, ==, 0);
  osc_finding_store_take_verdict (desk->store, TRUE);
  g_assert_cmpuint (desk->asked->len, ==, sent + 1);
  g_assert_nonnull (strstr (last (desk), "\"useful\":false"));
  osc_finding_store_take_verdict (desk->store, TRUE);
  osc_finding_store_judge (desk->store, finding, -1);
  g_assert_nonnull (strstr (last (desk), "\"useful\":null"));
  osc_finding_store_take_verdict (desk->store, TRUE);
  g_assert_cmpint (osc_finding_store_find (desk->store, finding)->useful, ==, -1);
  g_assert_cmpuint (desk->failures, ==, 0);
}

/* What could not be kept is not shown as kept. */
static void
test_not_kept (Desk *desk, gconstpointer data)
{
  look (desk, "2026-11-20", "2026-11-20", "2026-11-21");
  take (desk, "2026-11-20", KNOWN, REFUNDS);
  g_autoptr (OscFinding) finding = first (desk);

  osc_finding_store_judge (desk->store, finding, 0);
  osc_finding_store_judge (desk->store, finding, -1);
  osc_finding_store_take_verdict (desk->store, FALSE);
  g_assert_cmpint (osc_finding_store_find (desk->store, finding)->useful, ==, -1);
  osc_finding_store_take_verdict (desk->store, FALSE);
  g_assert_cmpint (osc_finding_store_find (desk->store, finding)->useful, ==, 1);
  g_assert_cmpuint (desk->failures, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/findings/days", Desk, NULL, set_up, test_days, tear_down);
  g_test_add ("/findings/failed", Desk, NULL, set_up, test_failed, tear_down);
  g_test_add ("/findings/list", Desk, NULL, set_up, test_list, tear_down);
  g_test_add ("/findings/judge", Desk, NULL, set_up, test_judge, tear_down);
  g_test_add ("/findings/not-kept", Desk, NULL, set_up, test_not_kept, tear_down);
  return g_test_run ();
}
