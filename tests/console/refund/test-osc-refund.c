/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The refund desk and the list of what is stuck, without a screen: what is asked for, that a refund
 * keeps its key until its outcome is known, over a restart too, and that an alarm is told once. */

#include <glib/gstdio.h>
#include <string.h>

#include "osc-attention-store.h"
#include "osc-refund-store.h"
#include "osy-id.h"
#include "osy-json.h"
#include "spin.h"

#define ID "01900000-0000-7000-8000-0000000000"
#define CHECK ID "c1"
#define TEA ID "01"
#define RICE ID "02"

typedef struct {
  OscShopStore *shop;
  OscRefundStore *store;
  char *folder;
  char *asked; /* the last request: "POST path body" */
  char *key;
  guint posts; /* refunds that were sent */
  gint64 done;
  char *permission; /* of the last failure */
  guint failures;
} Desk;

static void
on_requested (OscRefundStore *store,
              const char *method,
              const char *path,
              const char *body,
              const char *key,
              Desk *desk)
{
  g_free (desk->asked);
  desk->asked = g_strdup_printf ("%s %s %s", method, path, body != NULL ? body : "");
  g_free (desk->key);
  desk->key = g_strdup (key);
  desk->posts += g_str_has_suffix (path, "/refunds");
}

static void
on_done (OscRefundStore *store, gint64 won, const char *check_id, Desk *desk)
{
  g_assert_cmpstr (check_id, ==, CHECK);
  desk->done += won;
}

static void
on_failed (OscRefundStore *store, const GError *error, const char *permission, Desk *desk)
{
  g_free (desk->permission);
  desk->permission = g_strdup (permission);
  desk->failures++;
}

static void
start (Desk *desk)
{
  desk->store = osc_refund_store_new (NULL, desk->shop, desk->folder);
  g_signal_connect (desk->store, "requested", G_CALLBACK (on_requested), desk);
  g_signal_connect (desk->store, "done", G_CALLBACK (on_done), desk);
  g_signal_connect (desk->store, "failed", G_CALLBACK (on_failed), desk);
}

static void
desk_open (Desk *desk)
{
  OsyShopData *data = osy_shop_data_new ();
  g_autoptr (OsyShop) shop = NULL;

  *desk = (Desk){.shop = osc_shop_store_new (NULL), .folder = g_dir_make_tmp ("osc-XXXXXX", NULL)};
  data->id = g_strdup (ID "a1");
  shop = osy_shop_new (data);
  osc_shop_store_put (desk->shop, shop);
  start (desk);
}

static void
desk_close (Desk *desk)
{
  g_autofree char *shop = g_build_filename (desk->folder, ID "a1", NULL);
  g_autofree char *file = g_build_filename (shop, "refunds.json", NULL);

  g_clear_object (&desk->store);
  g_clear_object (&desk->shop);
  g_unlink (file);
  g_rmdir (shop);
  g_rmdir (desk->folder);
  g_free (desk->folder);
  g_free (desk->asked);
  g_free (desk->key);
  g_free (desk->permission);
}

static void
add_line (OsyBill *bill, const char *id, gint64 quantity, gint64 price)
{
  OsyBillLine *line = osy_bill_add_line (bill);

  line->line_id = g_strdup (id);
  line->order_id = g_strdup (ID "b1");
  line->name = g_strdup ("떡볶이");
  line->quantity = quantity;
  line->unit_price = price;
  line->amount = line->net = line->due = quantity * price;
  bill->total += line->due;
}

static OsyBill *
make_bill (void)
{
  OsyBill *bill = osy_bill_new ();

  bill->id = g_strdup (CHECK);
  bill->status = g_strdup ("SETTLED");
  bill->version = 1;
  add_line (bill, TEA, 3, 3000);
  add_line (bill, RICE, 1, 5000);
  return bill;
}

/* (transfer full): one payment of 14,000 in cash, of which @back went back as act @act. */
static JsonNode *
make_payments (gint64 back, const char *status, const char *act, const char *line)
{
  g_autoptr (OsyPayment) payment = osy_payment_new ();
  JsonArray *array = json_array_new ();
  JsonObject *object = json_object_new ();

  payment->id = g_strdup (ID "d1");
  payment->status = g_strdup (OSY_PAYMENT_PAID);
  payment->check_id = g_strdup (CHECK);
  payment->method = g_strdup (OSY_PAYMENT_CASH);
  payment->amount = 14000;
  payment->version = 1 + (back > 0);
  if (back > 0) {
    OsyRefund *refund = osy_payment_add_refund (payment);
    refund->id = g_strdup (ID "e1");
    refund->act_id = g_strdup (act);
    refund->status = g_strdup (status);
    refund->amount = back;
    refund->by = g_strdup ("김지은");
    refund->at = 1;
    if (line != NULL) {
      OsyRefundLine *piece = osy_refund_add_line (refund);
      piece->line_id = g_strdup (line);
      piece->quantity = 1;
    }
    payment->held = g_str_equal (status, OSY_REFUND_FAILED) ? 0 : back;
  }
  json_array_add_element (array, osy_payment_to_json (payment));
  json_object_set_array_member (object, "payments", array);
  return osy_json_take_object (object);
}

static void
read_payments (Desk *desk, gint64 back, const char *act)
{
  g_autoptr (JsonNode) answer = make_payments (back, OSY_REFUND_DONE, act, back > 0 ? TEA : NULL);

  osc_refund_store_take_payments (desk->store, answer);
}

static void
show (Desk *desk, gint64 back, const char *act)
{
  osc_refund_store_show (desk->store, CHECK);
  osc_bill_store_take (osc_refund_store_bill (desk->store), make_bill ());
  g_assert_cmpstr (desk->asked, ==,
                   "GET /api/v1/restaurants/me/payments?limit=100&check_id=" CHECK " ");
  read_payments (desk, back, act);
}

static void
plan (Desk *desk, gint64 won)
{
  g_autofree char *text =
      g_strdup_printf ("{\"ceiling\":14000,\"amount\":%d,\"tax_free_amount\":0,\"supply_amount\":0,"
                       "\"vat_amount\":272,\"effects\":[{\"kind\":\"CASH\",\"payment_id\":\"" ID
                       "d1\",\"amount\":%d,\"text_code\":\"cash\"}]}",
                       (int)won, (int)won);
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), NULL);

  osc_refund_store_take_plan (desk->store, node, NULL);
}

/* ---- choosing ---- */

static void
test_choice (void)
{
  static const char path[] = "POST /api/v1/restaurants/me/checks/" CHECK "/refund-plan ";
  Desk desk;

  desk_open (&desk);
  show (&desk, 3000, ID "f1"); /* one of three is back already */
  g_assert_cmpint (osc_refund_store_paid (desk.store), ==, 14000);
  g_assert_cmpint (osc_refund_store_ceiling (desk.store), ==, 11000);
  osc_refund_store_set_quantity (desk.store, TEA, G_MAXINT);
  g_assert_cmpint (osc_refund_store_quantity (desk.store, TEA), ==, 2);
  SPIN_UNTIL (g_str_has_prefix (desk.asked, path), 5000);
  g_assert_cmpstr (desk.asked + strlen (path), ==,
                   "{\"lines\":[{\"line_id\":\"" TEA "\",\"quantity\":2}]}");
  plan (&desk, 6000);
  g_assert_cmpint (osc_refund_store_plan (desk.store)->amount, ==, 6000);
  /* Another choice: what was planned is no more. */
  osc_refund_store_set_way (desk.store, OSC_REFUND_BY_SHARE);
  g_assert_null (osc_refund_store_plan (desk.store));
  osc_refund_store_set_share (desk.store, 1, 3);
  SPIN_UNTIL (strstr (desk.asked, "fraction") != NULL, 5000);
  g_assert_cmpstr (desk.asked + strlen (path), ==,
                   "{\"fraction\":{\"numerator\":1,\"denominator\":3}}");
  osc_refund_store_set_way (desk.store, OSC_REFUND_BY_AMOUNT);
  osc_refund_store_set_amount (desk.store, 700);
  SPIN_UNTIL (strstr (desk.asked, "amount") != NULL, 5000);
  g_assert_cmpstr (desk.asked + strlen (path), ==, "{\"amount\":700}");
  desk_close (&desk);
}

/* Without a plan there is nothing to be done. */
static void
test_no_plan (void)
{
  Desk desk;

  desk_open (&desk);
  show (&desk, 0, NULL);
  osc_refund_store_refund (desk.store, "맛");
  osc_refund_store_set_quantity (desk.store, TEA, 1);
  osc_refund_store_refund (desk.store, "맛");
  g_assert_null (osc_refund_store_held (desk.store));
  desk_close (&desk);
}

/* ---- doing it ---- */

static void
begin (Desk *desk)
{
  desk_open (desk);
  show (desk, 0, NULL);
  osc_refund_store_set_quantity (desk->store, TEA, 1);
  plan (desk, 3000);
  osc_refund_store_refund (desk->store, "식었어요");
  SPIN_UNTIL (desk->posts == 1, 5000); /* once it is on disk */
}

static void
test_done (void)
{
  Desk desk;

  begin (&desk);
  g_assert_true (osy_id_is_valid (desk.key));
  g_assert_nonnull (strstr (desk.asked, "\"reason\":\"식었어요\""));
  osc_refund_store_refund (desk.store, "또"); /* while one is held */
  g_assert_cmpuint (osc_refund_store_unsure (desk.store)->len, ==, 1);
  g_autofree char *key = g_strdup (desk.key);
  g_autoptr (JsonNode) answer = make_payments (3000, OSY_REFUND_DONE, key, TEA);
  osc_refund_store_take_outcome (desk.store, key, answer, NULL);
  g_assert_cmpint (desk.done, ==, 3000);
  g_assert_null (osc_refund_store_held (desk.store));
  g_assert_cmpint (osc_refund_store_quantity (desk.store, TEA), ==, 0);
  g_assert_cmpint (osc_refund_store_ceiling (desk.store), ==, 11000);
  desk_close (&desk);
}

/* Nobody answers, the power goes; the console that comes up asks under the same key, and once the
 * daemon has it among its refunds nothing is asked any more. */
static void
test_restart (void)
{
  g_autoptr (GError) lost = g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAVAILABLE, "gone");
  Desk desk;

  begin (&desk);
  g_autofree char *key = g_strdup (desk.key);
  g_autofree char *first = g_strdup (desk.asked);
  osc_refund_store_take_outcome (desk.store, key, NULL, lost);
  g_assert_nonnull (osc_refund_store_held (desk.store));
  g_assert_cmpuint (desk.failures, ==, 0);
  g_clear_object (&desk.store);
  g_clear_pointer (&desk.key, g_free);
  start (&desk);
  osc_refund_store_repeat (desk.store, NULL); /* of no check that is shown: nothing */
  SPIN_UNTIL (desk.posts == 2, 5000);
  g_assert_cmpuint (osc_refund_store_unsure (desk.store)->len, ==, 1);
  const OscRefundHeld *held = g_ptr_array_index (osc_refund_store_unsure (desk.store), 0);
  g_assert_cmpstr (held->key, ==, key);
  g_autofree char *body = osy_json_print (held->body);
  g_assert_true (g_str_has_suffix (first, body));
  show (&desk, 3000, key);
  g_assert_cmpint (desk.done, ==, 3000);
  g_assert_cmpuint (osc_refund_store_unsure (desk.store)->len, ==, 0);
  g_clear_object (&desk.store);
  start (&desk);
  g_assert_cmpuint (osc_refund_store_unsure (desk.store)->len, ==, 0);
  desk_close (&desk);
}

/* What was refused is not done; what needs a PIN waits for it, and is forgotten when nobody gives
 * one. After it left with one, only the daemon can say that it was not made. */
static void
test_refused (void)
{
  g_autoptr (GError) forbidden =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION, "no");
  g_autoptr (GError) conflict = g_error_new_literal (OSY_ERROR, OSY_ERROR_STATE_CONFLICT, "no");
  Desk desk;

  begin (&desk);
  g_autofree char *key = g_strdup (desk.key);
  osc_refund_store_take_outcome (desk.store, key, NULL, forbidden);
  g_assert_cmpstr (desk.permission, ==, "payment:refund");
  g_assert_true (osc_refund_store_held (desk.store)->wants_pin);
  osc_refund_store_repeat (desk.store, "a-token");
  SPIN_UNTIL (desk.posts == 2, 5000);
  g_assert_cmpstr (desk.key, ==, key);
  osc_refund_store_take_outcome (desk.store, key, NULL, forbidden);
  osc_refund_store_give_up (desk.store);
  g_assert_nonnull (osc_refund_store_held (desk.store));
  osc_refund_store_repeat (desk.store, "another");
  SPIN_UNTIL (desk.posts == 3, 5000);
  osc_refund_store_take_outcome (desk.store, key, NULL, conflict);
  g_assert_null (osc_refund_store_held (desk.store));
  g_assert_null (desk.permission);
  g_assert_cmpint (desk.done, ==, 0);
  desk_close (&desk);
}

static void
test_given_up (void)
{
  g_autoptr (GError) forbidden =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION, "no");
  Desk desk;

  begin (&desk);
  osc_refund_store_take_outcome (desk.store, desk.key, NULL, forbidden);
  osc_refund_store_give_up (desk.store);
  g_assert_null (osc_refund_store_held (desk.store));
  desk_close (&desk);
}

/* ---- what is stuck ---- */

typedef struct {
  OscAttentionStore *store;
  guint raised;
  char *asked;
  guint failures;
} Watch;

static void
on_raised (OscAttentionStore *store, const OscStuck *stuck, Watch *watch)
{
  watch->raised++;
}

static void
on_act (OscAttentionStore *store, const char *path, const char *body, Watch *watch)
{
  g_free (watch->asked);
  watch->asked = g_strdup_printf ("%s %s", path, body != NULL ? body : "");
}

static void
on_act_failed (OscAttentionStore *store, GError *error, const char *permission, Watch *watch)
{
  g_assert_cmpstr (permission, ==, "attention:manage");
  watch->failures++;
}

static void
take (Watch *watch, const char *since)
{
  g_autofree char *text =
      since == NULL ? g_strdup ("{\"items\":[],\"next_cursor\":null}")
                    : g_strdup_printf ("{\"items\":[{\"order_id\":\"" ID
                                       "11\",\"order_number\":37,\"step\":\"COMPENSATING\","
                                       "\"reason\":\"REFUND_LATE\",\"since\":\"%s\",\"attempts\":3,"
                                       "\"prepaid\":true,\"captured\":9000,\"refunded\":0,"
                                       "\"acts\":[\"PUSH\",\"SETTLE\"]}],\"next_cursor\":null}",
                                       since);
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (node);
  osc_attention_store_take (watch->store, node);
}

/* One alarm for each time that an order gets stuck, a reminder every minute, none for five minutes
 * after somebody looked. */
static void
test_alarm (void)
{
  Watch watch = {.store = osc_attention_store_new (NULL)};
  gint64 now = g_get_monotonic_time ();

  g_signal_connect (watch.store, "raised", G_CALLBACK (on_raised), &watch);
  take (&watch, "2026-11-21T03:00:00Z");
  take (&watch, "2026-11-21T03:00:00Z"); /* its event comes again */
  g_assert_cmpuint (watch.raised, ==, 1);
  g_assert_false (osc_attention_store_is_seen (watch.store));
  g_assert_false (osc_attention_store_is_due (watch.store, now));
  g_assert_true (osc_attention_store_is_due (watch.store, now + 61 * G_TIME_SPAN_SECOND));
  g_assert_false (osc_attention_store_is_due (watch.store, now + 62 * G_TIME_SPAN_SECOND));
  osc_attention_store_look (watch.store);
  g_assert_true (osc_attention_store_is_seen (watch.store));
  g_assert_false (osc_attention_store_is_due (watch.store, now + 4 * G_TIME_SPAN_MINUTE));
  g_assert_true (osc_attention_store_is_due (watch.store, now + 6 * G_TIME_SPAN_MINUTE));
  take (&watch, NULL);
  g_assert_false (osc_attention_store_is_due (watch.store, now + 60 * G_TIME_SPAN_MINUTE));
  take (&watch, "2026-11-21T04:00:00Z"); /* stuck anew */
  g_assert_cmpuint (watch.raised, ==, 2);
  g_assert_false (osc_attention_store_is_seen (watch.store));
  g_object_unref (watch.store);
}

static void
test_acts (void)
{
  g_autoptr (GError) forbidden =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION, "no");
  Watch watch = {.store = osc_attention_store_new (NULL)};

  g_signal_connect (watch.store, "requested", G_CALLBACK (on_act), &watch);
  g_signal_connect (watch.store, "failed", G_CALLBACK (on_act_failed), &watch);
  take (&watch, "2026-11-21T03:00:00Z");
  const OscStuck *stuck = g_ptr_array_index (osc_attention_store_list (watch.store), 0);
  g_assert_cmpuint (stuck->acts, ==, 1U << OSC_ATTENTION_PUSH | 1U << OSC_ATTENTION_SETTLE);
  osc_attention_store_act (watch.store, stuck->order_id, OSC_ATTENTION_PUSH, NULL, NULL);
  g_assert_cmpstr (watch.asked, ==, "/api/v1/restaurants/me/attention/" ID "11/push ");
  osc_attention_store_act (watch.store, stuck->order_id, OSC_ATTENTION_RETRY, NULL, NULL);
  g_assert_true (g_str_has_suffix (watch.asked, "/push ")); /* one at a time */
  osc_attention_store_take_outcome (watch.store, NULL);
  osc_attention_store_act (watch.store, stuck->order_id, OSC_ATTENTION_SETTLE, "COMPENSATED",
                           "현금");
  osc_attention_store_take_outcome (watch.store, forbidden);
  g_assert_cmpuint (watch.failures, ==, 1);
  g_clear_pointer (&watch.asked, g_free);
  osc_attention_store_repeat (watch.store, "token");
  g_assert_cmpstr (watch.asked, ==,
                   "/api/v1/restaurants/me/attention/" ID
                   "11/settle {\"outcome\":\"COMPENSATED\",\"note\":\"현금\"}");
  g_free (watch.asked);
  g_object_unref (watch.store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/refund/choice", test_choice);
  g_test_add_func ("/refund/no-plan", test_no_plan);
  g_test_add_func ("/refund/done", test_done);
  g_test_add_func ("/refund/restart", test_restart);
  g_test_add_func ("/refund/refused", test_refused);
  g_test_add_func ("/refund/given-up", test_given_up);
  g_test_add_func ("/attention/alarm", test_alarm);
  g_test_add_func ("/attention/acts", test_acts);
  return g_test_run ();
}
