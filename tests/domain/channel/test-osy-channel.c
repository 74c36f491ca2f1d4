/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Signatures of channels, what their messages say, and what platforms are told. */

#include <string.h>

#include "osy-channel-sign.h"
#include "osy-channel.h"
#include "osy-error.h"

#define SECRET "0123456789abcdef0123456789abcdef"
#define NOW (G_GINT64_CONSTANT (1795230180) * G_USEC_PER_SEC)

static void
test_signature (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (GBytes) other = g_bytes_new_static ("{\"a\":2}", 7);
  g_autofree char *plain = g_strdup ("1795230180.{\"a\":1}");
  g_autofree char *hex = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *)SECRET,
                                                    strlen (SECRET), plain, (gssize)strlen (plain));
  g_autofree char *wanted = g_strconcat ("v1=", hex, NULL);
  g_autofree char *signature = osy_channel_sign (SECRET, "1795230180", body);
  const OsyChannelCall good = {"1795230180", signature, body};
  const OsyChannelCall bad[] = {
      {"1795230181", signature, body}, {"1795230180", signature, other}, {"1795230180", hex, body},
      {"1795230180", "v1=", body},     {"1795230180", NULL, body},       {NULL, signature, body},
  };

  g_assert_cmpstr (signature, ==, wanted);
  g_assert_true (osy_channel_is_signed (SECRET, &good, NOW));
  g_assert_true (osy_channel_is_signed (SECRET, &good, NOW + 300 * G_USEC_PER_SEC));
  g_assert_true (osy_channel_is_signed (SECRET, &good, NOW - 300 * G_USEC_PER_SEC));
  g_assert_false (osy_channel_is_signed (SECRET, &good, NOW + 301 * G_USEC_PER_SEC));
  g_assert_false (osy_channel_is_signed (SECRET, &good, NOW - 301 * G_USEC_PER_SEC));
  g_assert_false (osy_channel_is_signed ("another", &good, NOW));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (osy_channel_is_signed (SECRET, &bad[i], NOW));
}

#define HEAD                                                                                   \
  "{\"eventId\":\"e\",\"eventType\":\"order.created\",\"channel\":\"c\",\"storeId\":\"s\","    \
  "\"order\":{\"channelOrderId\":\"o\",\"orderType\":\"pickup\",\"items\":[{\"name\":\"x\","   \
  "\"qty\":2,\"unitPrice\":1000,\"options\":[{\"name\":\"y\",\"qty\":3,\"unitPrice\":100}]}]," \
  "\"amounts\":{\"items\":2600,\"deliveryFee\":400,\"discounts\":[{\"amount\":500}],\"total\":"

static OsyChannelMessage *
parse (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (node);
  return osy_channel_message_parse (node, error);
}

static void
test_sums (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyChannelMessage) right = parse (HEAD "2500}}}", &error);
  g_assert_no_error (error);
  g_autoptr (OsyChannelMessage) wrong = parse (HEAD "2501}}}", &error);
  g_assert_no_error (error);

  g_assert_cmpint (osy_channel_item_price (right->items->pdata[0]), ==, 1300);
  g_assert_true (osy_channel_message_adds_up (right));
  g_assert_false (osy_channel_message_adds_up (wrong));
  g_assert_cmpstr (right->order_type, ==, "TAKEOUT");
  g_assert_false (right->prepaid);
}

/* Only what the platform says it bears is claimed from it. */
static void
test_bearers (void)
{
  static const struct {
    const char *discounts;
    gint64 shop;
  } rows[] = {
      {"{\"amount\":500}", 500},
      {"{\"amount\":500,\"by\":\"shop\"}", 500},
      {"{\"amount\":300,\"by\":\"platform\"},{\"amount\":200}", 200},
      {"{\"amount\":500,\"by\":\"platform\"}", 0},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GString) text = g_string_new (HEAD "2500}}}");
    g_string_replace (text, "{\"amount\":500}", rows[i].discounts, 1);
    g_autoptr (OsyChannelMessage) message = parse (text->str, &error);
    g_assert_no_error (error);
    g_assert_cmpint (message->discount, ==, 500);
    g_assert_cmpint (message->shop_discount, ==, rows[i].shop);
  }
}

static void
test_faults (void)
{
  static const char *const texts[] = {
      HEAD "\"2500\"}}}",
      HEAD "-1}}}",
      "{}",
      "{\"eventId\":\"e\",\"eventType\":\"order.eaten\",\"channel\":\"c\",\"storeId\":\"s\","
      "\"order\":{\"channelOrderId\":\"o\"}}",
      "{\"eventId\":\"e\",\"eventType\":\"order.cancelled\",\"channel\":\"c\",\"storeId\":\"s\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (parse (texts[i], &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_UNPROCESSABLE);
    g_assert_cmpint (osy_error_http_status (error), ==, 422);
  }
}

static void
test_told (void)
{
  g_assert_cmpstr (osy_channel_status ("order.delivering", "COMPLETED"), ==, "PICKED_UP");
  g_assert_cmpstr (osy_channel_status ("order.canceled", "CANCELED"), ==, "CANCELLED");
  g_assert_cmpstr (osy_channel_status ("order.recalled", "READY"), ==, "READY");
  g_assert_null (osy_channel_status ("order.adjusted", "READY"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channel/signature", test_signature);
  g_test_add_func ("/channel/sums", test_sums);
  g_test_add_func ("/channel/bearers", test_bearers);
  g_test_add_func ("/channel/faults", test_faults);
  g_test_add_func ("/channel/told", test_told);
  return g_test_run ();
}
