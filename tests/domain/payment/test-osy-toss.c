/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What an answer of the payment service is taken for (integrations 1.6), and that a refund is found
 * again by its mark. */

#include <string.h>

#include "osy-toss.h"

static OsyTossAnswer *
answer (guint status, const char *text)
{
  g_autoptr (GBytes) body = text != NULL ? g_bytes_new_static (text, strlen (text)) : NULL;

  return osy_toss_read (status, body);
}

static void
test_classes (void)
{
  static const struct {
    guint status;
    const char *body;
    OsyTossClass kind;
  } rows[] = {
      {200, "{\"status\":\"DONE\"}", OSY_TOSS_OK},
      {200, "<html>", OSY_TOSS_UNKNOWN},
      {200, "{\"totalAmount\":\"much\"}", OSY_TOSS_UNKNOWN},
      {200, "[]", OSY_TOSS_UNKNOWN},
      {0, NULL, OSY_TOSS_UNKNOWN},
      {302, "{\"code\":\"X\"}", OSY_TOSS_UNKNOWN},
      {400, "{\"code\":\"REJECT_CARD_COMPANY\",\"message\":\"거절\"}", OSY_TOSS_REFUSED},
      {400, "{\"code\":\"ALREADY_PROCESSED_PAYMENT\",\"message\":\"\"}", OSY_TOSS_UNKNOWN},
      {400, "{\"code\":\"PROVIDER_ERROR\",\"message\":\"\"}", OSY_TOSS_UNKNOWN},
      {400, "nothing of ours", OSY_TOSS_UNKNOWN},
      {404, "{\"code\":\"NOT_FOUND_PAYMENT\",\"message\":\"\"}", OSY_TOSS_REFUSED},
      {409, "{\"code\":\"IDEMPOTENT_REQUEST_PROCESSING\",\"message\":\"\"}", OSY_TOSS_UNKNOWN},
      {429, "{\"code\":\"TOO_MANY\",\"message\":\"\"}", OSY_TOSS_UNKNOWN},
      {500, "{\"code\":\"COMMON_ERROR\",\"message\":\"\"}", OSY_TOSS_UNKNOWN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (OsyTossAnswer) said = answer (rows[i].status, rows[i].body);
    g_assert_cmpint (said->kind, ==, rows[i].kind);
  }
}

/* What the service says again for the same key, and what only a go-between may have said. */
static void
test_remembered (void)
{
  g_autoptr (OsyTossAnswer) own = answer (500, "{\"code\":\"COMMON_ERROR\",\"message\":\"\"}");
  g_autoptr (OsyTossAnswer) between = answer (502, "<html>");
  g_autoptr (OsyTossAnswer) busy =
      answer (409, "{\"code\":\"IDEMPOTENT_REQUEST_PROCESSING\",\"message\":\"\"}");

  g_assert_true (own->remembered);
  g_assert_false (between->remembered);
  g_assert_false (busy->remembered);
}

static void
test_payment (void)
{
  g_autoptr (OsyTossAnswer) said = answer (
      200,
      "{\"paymentKey\":\"k\",\"orderId\":\"o\",\"totalAmount\":15000,\"status\":\"DONE\","
      "\"approvedAt\":\"2026-01-01T09:00:00+09:00\",\"card\":{\"issuerCode\":\"41\",\"number\":"
      "\"12341234****123*\",\"approveNo\":\"00000000\"},\"virtualAccount\":null,\"cancels\":"
      "[{\"cancelAmount\":500,\"cancelReason\":\"손님\",\"transactionKey\":\"t\",\"cancelStatus\":"
      "\"DONE\"}],\"something\":{\"new\":[1]}}");

  g_assert_cmpint (said->kind, ==, OSY_TOSS_OK);
  g_assert_true (said->approved);
  g_assert_cmpint (said->total, ==, 15000);
  g_assert_cmpstr (said->detail, ==, "{\"issuer\":\"41\",\"number\":\"12341234****123*\"}");
  g_assert_cmpuint (said->cancels->len, ==, 1);
  g_assert_false (osy_toss_is_ours (g_ptr_array_index (said->cancels, 0)));
}

static void
test_mark (void)
{
  static const char id[] = "01890000-0000-7000-8000-000000000003";
  const OsyTossRefund refund = {.refund_id = id, .reason = "식었어요", .amount = 500};
  g_autoptr (GBytes) body = osy_toss_cancel_body (&refund);
  g_autofree char *sent = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  g_assert_cmpstr (sent, ==,
                   "{\"cancelReason\":\"식었어요 [01890000-0000-7000-8000-000000000003]\","
                   "\"cancelAmount\":500}");
  g_autofree char *text =
      g_strdup_printf ("{\"cancels\":[{\"cancelReason\":\"식었어요 "
                       "[%s]\",\"cancelAmount\":500,\"transactionKey\":\"t\"}]}",
                       id);
  g_autoptr (OsyTossAnswer) said = answer (200, text);
  const OsyTossCancel *found = osy_toss_find_cancel (said, id);
  g_assert_nonnull (found);
  g_assert_true (found->done);
  g_assert_true (osy_toss_is_ours (found));
  g_assert_null (osy_toss_find_cancel (said, "01890000-0000-7000-8000-000000000004"));
}

static void
test_authorization (void)
{
  g_autofree char *value = osy_toss_authorization ("test_sk_x");

  g_assert_cmpstr (value, ==, "Basic dGVzdF9za194Og==");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/toss/remembered", test_remembered);
  g_test_add_func ("/toss/classes", test_classes);
  g_test_add_func ("/toss/payment", test_payment);
  g_test_add_func ("/toss/mark", test_mark);
  g_test_add_func ("/toss/authorization", test_authorization);
  return g_test_run ();
}
