/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The words of the riders' agency: addresses, what it says, and what it refuses with. */

#include <string.h>

#include "osy-rider-kakao.h"

static void
test_urls (void)
{
  static const char base[] = "http://127.0.0.1:1/goa-service/api/v2";
  g_autofree char *call = osy_rider_kakao_url (base, "x", OSY_RIDER_CALL);
  g_autofree char *find = osy_rider_kakao_url (base, "x", OSY_RIDER_FIND);
  g_autofree char *off = osy_rider_kakao_url (base, "x", OSY_RIDER_CALL_OFF);

  g_assert_cmpstr (call, ==, "http://127.0.0.1:1/goa-service/api/v2/orders");
  g_assert_cmpstr (find, ==, "http://127.0.0.1:1/goa-service/api/v2/orders/x");
  g_assert_cmpstr (off, ==, "http://127.0.0.1:1/goa-service/api/v1/orders/x/cancel");
}

static void
test_words (void)
{
  static const struct {
    const char *answer;
    const char *act;
    const char *rider;
    gboolean good;
  } cases[] = {
      {"{\"receipt\":{\"status\":\"MATCHING\"},\"picker\":null}", NULL, NULL, TRUE},
      {"{\"receipt\":{\"status\":\"MATCHED\"},\"picker\":{\"name\":\"박기사\"}}", "assign",
       "박기사", TRUE},
      {"{\"receipt\":{\"status\":\"PICKUP_COMPLETED\"}}", "pick-up", NULL, TRUE},
      {"{\"receipt\":{\"status\":\"DROPOFF_COMPLETED\"}}", "deliver", NULL, TRUE},
      {"{\"receipt\":{\"status\":\"CANCELED\"}}", "fail", NULL, TRUE},
      {"{\"receipt\":{\"status\":\"HOVERING\"}}", NULL, NULL, TRUE},
      {"{\"status\":\"MATCHED\"}", NULL, NULL, FALSE},
      {"<html>", NULL, NULL, FALSE},
      {"", NULL, NULL, FALSE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) answer = g_bytes_new_static (cases[i].answer, strlen (cases[i].answer));
    g_auto (OsyRiderNews) news = {NULL};
    g_autoptr (GError) error = NULL;
    g_test_message ("%s", cases[i].answer);
    g_assert_cmpint (osy_rider_kakao_read (answer, &news, &error), ==, cases[i].good);
    g_assert_cmpstr (news.act, ==, cases[i].act);
    g_assert_cmpstr (news.rider, ==, cases[i].rider);
  }
}

static void
test_failures (void)
{
  static const char said[] = "{\"code\":\"X\",\"message\":\"주소가 없어요\"}";
  g_autoptr (GBytes) answer = g_bytes_new_static (said, strlen (said));
  g_autofree char *known = osy_rider_kakao_failure (400, answer);
  g_autofree char *unknown = osy_rider_kakao_failure (403, NULL);

  g_assert_cmpstr (known, ==, "400: 주소가 없어요");
  g_assert_cmpstr (unknown, ==, "HTTP 403");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rider/urls", test_urls);
  g_test_add_func ("/rider/words", test_words);
  g_test_add_func ("/rider/failures", test_failures);
  return g_test_run ();
}
