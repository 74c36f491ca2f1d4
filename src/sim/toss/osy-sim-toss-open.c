/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a window is opened with, checked as the browser's SDK and the window check it. */

#include <string.h>

#include "osy-id.h"
#include "osy-rest.h"
#include "osy-sim-toss-bank.h"

static const struct {
  const char *sdk;
  const char *word;
} methods[] = {
    {"CARD", "카드"},           {"TRANSFER", "계좌이체"}, {"VIRTUAL_ACCOUNT", "가상계좌"},
    {"MOBILE_PHONE", "휴대폰"}, {"EASY_PAY", "간편결제"},
};

static const char *const banks[] = {"02", "03", "06", "07", "11", "12", "20", "23", "27",
                                    "31", "32", "34", "35", "37", "39", "45", "48", "50",
                                    "54", "64", "71", "81", "88", "89", "90", "92", NULL};

static const char *const members[] = {"orderId",       "orderName",           "amount",
                                      "method",        "customerKey",         "customerName",
                                      "taxFreeAmount", "successUrl",          "failUrl",
                                      "customerEmail", "customerMobilePhone", NULL};

gboolean
osy_sim_toss_bank_is_bank (const char *code)
{
  return g_strv_contains (banks, code);
}

const char *
osy_sim_toss_bank_method (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].sdk, name) || g_str_equal (methods[i].word, name))
      return methods[i].word;
  return NULL;
}

/* Only these URLs are left to the shop; a guest must come back to a page, not to a script. */
static gboolean
is_url (const char *text)
{
  return *text == '\0' || g_regex_match_simple ("\\Ahttps?://[^\\s#]+\\z", text, 0, 0);
}

/* A customer key that others can guess lets them see another's stored cards. */
static void
judge_customer_key (OsySimTossBank *self, const char *key)
{
  if (strchr (key, '@') != NULL && !g_str_equal (key, "@@ANONYMOUS"))
    osy_sim_toss_bank_violate (self, "customerKey %s is an e-mail address", key);
  if (g_regex_match_simple ("\\A\\+?[0-9-]+\\z", key, 0, 0))
    osy_sim_toss_bank_violate (self, "customerKey %s can be guessed", key);
}

static const char *
fault_of (OsySimTossBank *self, const char *client_key, JsonObject *wish)
{
  g_autoptr (GList) names = json_object_get_members (wish);
  const char *customer = osy_rest_text (wish, "customerKey", "@@ANONYMOUS");
  gint64 amount = osy_rest_int (wish, "amount", -1);
  gsize name = strlen (osy_rest_text (wish, "orderName", ""));

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_strv_contains (members, l->data))
      osy_sim_toss_bank_violate (self, "requestPayment has no member %s", (const char *)l->data);
  if (!g_regex_match_simple ("\\A(test|live)_g?ck_[A-Za-z0-9_]+\\z", client_key, 0, 0))
    return "INVALID_CLIENT_KEY";
  if (!osy_sim_toss_bank_is_order_id (osy_rest_text (wish, "orderId", "")))
    return "INVALID_ORDER_ID";
  if (name == 0 || g_utf8_strlen (osy_rest_text (wish, "orderName", ""), -1) > 100)
    return "INVALID_ORDER_NAME";
  if (amount < 1 || osy_rest_int (wish, "taxFreeAmount", 0) < 0 ||
      osy_rest_int (wish, "taxFreeAmount", 0) > amount)
    return "INVALID_AMOUNT";
  if (osy_sim_toss_bank_method (osy_rest_text (wish, "method", "CARD")) == NULL)
    return "INVALID_METHOD";
  if (!is_url (osy_rest_text (wish, "successUrl", "")) ||
      !is_url (osy_rest_text (wish, "failUrl", "")))
    return "INCORRECT_SUCCESS_URL_FORMAT";
  if (!g_regex_match_simple ("\\A[A-Za-z0-9_=.@-]{2,50}\\z", customer, 0, 0))
    return "INVALID_CUSTOMER_KEY";
  judge_customer_key (self, customer);
  return NULL;
}

static OsySimTossPayment *
payment_new (const char *client_key, JsonObject *wish)
{
  OsySimTossPayment *self = g_new0 (OsySimTossPayment, 1);
  g_autofree char *token = osy_random_token (18);

  self->key = g_strdup_printf ("sim_%s", token);
  self->order_id = g_strdup (osy_rest_text (wish, "orderId", NULL));
  self->order_name = g_strdup (osy_rest_text (wish, "orderName", NULL));
  self->customer_key = g_strdup (osy_rest_text (wish, "customerKey", NULL));
  self->customer_name = g_strdup (osy_rest_text (wish, "customerName", "김손님"));
  self->success_url = g_strdup (osy_rest_text (wish, "successUrl", NULL));
  self->fail_url = g_strdup (osy_rest_text (wish, "failUrl", NULL));
  self->method = osy_sim_toss_bank_method (osy_rest_text (wish, "method", "CARD"));
  self->live = g_str_has_prefix (client_key, "live_");
  self->widget = strstr (client_key, "_gck_") != NULL;
  self->amount = osy_rest_int (wish, "amount", 0);
  self->tax_free = osy_rest_int (wish, "taxFreeAmount", 0);
  self->moves = g_ptr_array_new ();
  self->status = "READY";
  return self;
}

OsySimTossPayment *
osy_sim_toss_bank_open (OsySimTossBank *self,
                        const char *client_key,
                        JsonObject *wish,
                        const char **why)
{
  *why = fault_of (self, client_key, wish);
  if (*why != NULL)
    return NULL;
  OsySimTossPayment *earlier =
      osy_sim_toss_bank_order (self, osy_rest_text (wish, "orderId", NULL));
  if (earlier != NULL && earlier->owner != NULL) {
    *why = "DUPLICATED_ORDER_ID";
    return NULL;
  }
  OsySimTossPayment *payment = payment_new (client_key, wish);
  GPtrArray *all = g_hash_table_lookup (self->orders, payment->order_id);
  payment->requested_at = osy_sim_toss_bank_now (self);
  if (all == NULL) {
    all = g_ptr_array_new ();
    g_hash_table_insert (self->orders, g_strdup (payment->order_id), all);
  }
  g_ptr_array_add (all, payment);
  g_ptr_array_add (self->open, payment);
  g_hash_table_insert (self->payments, payment->key, payment);
  return payment;
}
