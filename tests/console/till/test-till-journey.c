/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The till against the real daemon: opened with a float, cash taken and taken out, counted in
 * between, closed with a difference, which wants a reason; a close whose answer was lost is made
 * once by a console that was started anew; a close is corrected by the next one, and all of them
 * are a spreadsheet. */

#include <glib/gstdio.h>
#include <string.h>

#include "osc-till-store.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "real-shop.h"
#include "spin.h"

#define TILL "/api/v1/restaurants/me/till"
#define WAIT 60000
#define FLOAT 100000

typedef struct {
  RealShop real;
  OsyFeed *feed;
  OscTillStore *till;
  char *item_id;
  guint done;
  gint64 number;
  guint failed;
  int code;
} Shop;

static void
on_done (OscTillStore *store, int deed, gint64 number, Shop *shop)
{
  shop->done++;
  shop->number = number;
}

static void
on_failed (OscTillStore *store, int deed, const GError *error, const char *permission, Shop *shop)
{
  shop->failed++;
  shop->code = error->code;
}

static void
start_till (Shop *shop)
{
  g_autofree char *folder = g_build_filename (shop->real.scratch, "state", NULL);

  shop->till = osc_till_store_new (shop->real.client, folder);
  g_signal_connect (shop->till, "done", G_CALLBACK (on_done), shop);
  g_signal_connect (shop->till, "failed", G_CALLBACK (on_failed), shop);
  osc_till_store_attach (shop->till, shop->feed);
  osc_till_store_begin (shop->till, shop->real.restaurant_id);
  osc_till_store_watch (shop->till, TRUE);
}

static void
open_shop (Shop *shop)
{
  *shop = (Shop){0};
  real_shop_open (&shop->real);
  real_shop_import (&shop->real, "menu-bunsik.csv");
  SPIN_UNTIL ((shop->item_id = real_shop_find_plain_item (&shop->real)) != NULL, WAIT);
  shop->feed = osy_feed_new (shop->real.client);
  start_till (shop);
  osy_feed_start (shop->feed);
  SPIN_UNTIL (osc_till_store_state (shop->till) != NULL, WAIT);
}

static void
close_shop (Shop *shop)
{
  osy_feed_stop (shop->feed);
  g_object_unref (shop->till);
  g_object_unref (shop->feed);
  g_free (shop->item_id);
  real_shop_close (&shop->real);
}

/* An order for the counter; won of it. @paid: in cash. */
static gint64
sell (Shop *shop, gboolean paid)
{
  g_autofree char *text = g_strdup_printf (
      "{\"restaurant_id\":\"%s\",\"type\":\"TAKEOUT\",\"channel\":\"COUNTER\","
      "\"accept\":{\"ready_in_minutes\":20},\"items\":[{\"menu_item_id\":\"%s\",\"quantity\":2}],"
      "\"payment\":{\"method\":\"LATER\"}}",
      shop->real.restaurant_id, shop->item_id);
  g_autoptr (JsonNode) body = json_from_string (text, NULL);
  g_autoptr (JsonNode) order = real_shop_call (shop->real.client, "POST", "/api/v1/orders", body);
  JsonObject *object = json_node_get_object (order);
  gint64 total = json_object_get_int_member (object, "total_amount");

  if (!paid)
    return total;
  g_autofree char *cash =
      g_strdup_printf ("{\"method\":\"CASH\",\"check_id\":\"%s\",\"amount\":%d,\"received\":%d}",
                       json_object_get_string_member (object, "check_id"), (int)total, (int)total);
  g_autoptr (JsonNode) ask = json_from_string (cash, NULL);
  g_autoptr (JsonNode) payment =
      real_shop_call (shop->real.client, "POST", "/api/v1/payments", ask);
  return total;
}

static gint64
expected (Shop *shop)
{
  return osc_till_store_state (shop->till)->report->expected;
}

static void
begin_day (Shop *shop, gint64 *taken)
{
  g_assert_true (osc_till_store_open (shop->till, FLOAT));
  SPIN_UNTIL (shop->done == 1, WAIT);
  SPIN_UNTIL (osc_till_store_state (shop->till)->opened_at > 0, WAIT);
  /* What a payment adds is seen by itself. */
  *taken = sell (shop, TRUE);
  SPIN_UNTIL (expected (shop) == FLOAT + *taken, WAIT);
  g_assert_true (osc_till_store_move (shop->till, -7000, "얼음"));
  SPIN_UNTIL (shop->done == 2, WAIT);
  SPIN_UNTIL (expected (shop) == FLOAT + *taken - 7000, WAIT);
  g_assert_cmpint (osc_till_moves_sum (osc_till_store_state (shop->till)->moves, FALSE), ==, 7000);
}

static OscTillDraft *
count (Shop *shop, OscTillFor what, gint64 number, gint64 won)
{
  OscTillDraft *draft = osc_till_store_start (shop->till, what, number);

  draft->by_sum = TRUE;
  osc_till_draft_set (draft, 0, won);
  osc_till_store_touch (shop->till);
  return draft;
}

static void
test_day (void)
{
  Shop shop;
  gint64 taken = 0;

  open_shop (&shop);
  begin_day (&shop, &taken);
  count (&shop, OSC_TILL_FOR_COUNT, 0, expected (&shop) - 100);
  osc_till_store_finish (shop.till, OSC_TILL_FOR_COUNT);
  SPIN_UNTIL (shop.done == 3, WAIT);
  SPIN_UNTIL (osc_till_store_state (shop.till)->counts->len == 1, WAIT);
  const OscTillCounted *counted = g_ptr_array_index (osc_till_store_state (shop.till)->counts, 0);
  g_assert_cmpint (counted->difference, ==, -100);
  /* What is not paid is listed, and keeps nobody from closing. */
  gint64 owed = sell (&shop, FALSE);
  osc_till_store_load_rest (shop.till);
  SPIN_UNTIL (osc_till_store_rest (shop.till) != NULL, WAIT);
  g_assert_cmpuint (osc_till_store_rest (shop.till)->len, ==, 1);
  const OscTillRest *rest = g_ptr_array_index (osc_till_store_rest (shop.till), 0);
  g_assert_cmpint (rest->amount, ==, owed);
  g_assert_nonnull (rest->numbers);
  /* By pieces: two of 50,000 and one of 500. The difference wants a reason. */
  OscTillDraft *draft = osc_till_store_start (shop.till, OSC_TILL_FOR_CLOSE, 0);
  osc_till_draft_set (draft, 0, 2);
  osc_till_draft_set (draft, 4, 1);
  osc_till_store_finish (shop.till, OSC_TILL_FOR_CLOSE);
  SPIN_UNTIL (shop.failed == 1, WAIT);
  g_assert_cmpint (shop.code, ==, OSY_ERROR_INVALID_REQUEST);
  osc_till_store_draft (shop.till, OSC_TILL_FOR_CLOSE)->reason = g_strdup ("거스름돈");
  osc_till_store_finish (shop.till, OSC_TILL_FOR_CLOSE);
  SPIN_UNTIL (shop.done == 4, WAIT);
  g_assert_cmpint (shop.number, ==, 1);
  const OscTillClose *z = osc_till_store_find (shop.till, 1);
  g_assert_cmpint (z->report->difference, ==, 100500 - (FLOAT + taken - 7000));
  g_assert_cmpint (z->report->left, ==, FLOAT);
  g_assert_cmpint (z->report->open_checks, ==, 1);
  g_assert_true (z->by_pieces);
  SPIN_UNTIL (osc_till_store_state (shop.till)->last_number == 1, WAIT);
  g_assert_cmpint (osc_till_store_state (shop.till)->opened_at, ==, 0);
  close_shop (&shop);
}

/* What a console left behind that lost its power after the daemon had done it. */
static void
keep_by_hand (Shop *shop, const char *key, const char *body)
{
  g_autofree char *folder =
      g_build_filename (shop->real.scratch, "state", shop->real.restaurant_id, NULL);
  g_autofree char *path = g_build_filename (folder, "till.json", NULL);
  g_autofree char *quoted = g_strescape (body, "\200\201\202\203\204\205\206\207\210\211\212\213");
  g_autofree char *text = g_strdup_printf (
      "{\"drafts\":[],\"held\":{\"deed\":\"close\",\"key\":\"%s\",\"at\":%" G_GINT64_FORMAT
      ",\"body\":\"%s\"}}",
      key, osy_clock_now (), quoted);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  osc_till_store_export_finish (OSC_TILL_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
check_file (Shop *shop)
{
  g_autofree char *path = g_build_filename (shop->real.scratch, "z.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const char *day = osc_till_store_find (shop->till, 1)->business_day;
  g_autofree char *text = NULL;
  gboolean written = FALSE;
  guint lines = 0;

  osc_till_store_export_async (shop->till, day, day, "en", file, exported_cb, &written);
  SPIN_UNTIL (written, WAIT);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Difference"));
  for (const char *c = text; *c != '\0'; c++)
    lines += *c == '\n';
  g_assert_cmpuint (lines, ==, 3); /* the heads, and two closes */
  g_unlink (path);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  osc_till_store_print_finish (OSC_TILL_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)user_data = TRUE;
}

static void
check_print (Shop *shop)
{
  gboolean printed = FALSE;

  osc_till_store_print_async (shop->till, 1, printed_cb, &printed);
  SPIN_UNTIL (printed, WAIT);
}

static void
test_lost_answer (void)
{
  static const char key[] = "01900000-0000-7000-8000-0000000000f7";
  static const char body[] = "{\"counted\":0,\"left\":0}";
  Shop shop;
  gboolean sent = FALSE;

  open_shop (&shop);
  g_autoptr (JsonNode) node = json_from_string (body, NULL);
  osy_client_send_async (
      shop.real.client,
      &(OsyClientRequest){.method = "POST", .path = TILL "/close", .body = node, .key = key}, NULL,
      sent_cb, &sent);
  SPIN_UNTIL (sent, WAIT);
  g_clear_object (&shop.till);
  keep_by_hand (&shop, key, body);
  start_till (&shop);
  g_assert_cmpint (osc_till_store_phase (shop.till), ==, OSC_TILL_UNSURE);
  SPIN_UNTIL (osc_till_store_phase (shop.till) == OSC_TILL_IDLE, WAIT);
  g_assert_cmpint (shop.number, ==, 1);
  SPIN_UNTIL (osc_till_store_state (shop.till) != NULL &&
                  osc_till_store_state (shop.till)->last_number == 1,
              WAIT);
  /* Corrected by the next one, which is not the old one changed. */
  count (&shop, OSC_TILL_FOR_CORRECTION, 1, 5000)->reason = g_strdup ("뒤에 있었어요");
  osc_till_store_finish (shop.till, OSC_TILL_FOR_CORRECTION);
  SPIN_UNTIL (shop.number == 2, WAIT);
  g_assert_cmpint (osc_till_store_find (shop.till, 2)->corrects, ==, 1);
  osc_till_store_load_closes (shop.till, FALSE);
  SPIN_UNTIL (osc_till_store_closes (shop.till) != NULL, WAIT);
  g_assert_cmpuint (osc_till_store_closes (shop.till)->len, ==, 2);
  g_assert_cmpint (osc_till_store_find (shop.till, 1)->corrected_by, ==, 2);
  g_assert_cmpint (osc_till_store_find (shop.till, 1)->report->counted, ==, 0);
  check_file (&shop);
  check_print (&shop);
  close_shop (&shop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/till-journey/day", test_day);
  g_test_add_func ("/till-journey/lost-answer", test_lost_answer);
  return g_test_run ();
}
