/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a guest's browser meets: the scripts, the window with its four buttons, and the way back to
 * the shop's page. */

#include <string.h>

#include "osy-money.h"
#include "osy-rest.h"
#include "osy-sim-toss-error.h"
#include "osy-sim-toss.h"

#define FOLDER "/com/ordersync/sim/toss/"

static char *
resource (const char *name)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);

  return g_strndup (text, length);
}

static void
answer (SoupServerMessage *message, guint status, const char *type, GString *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text->str, text->len);
}

static void
answer_text (SoupServerMessage *message, guint status, const char *words)
{
  g_autoptr (GString) text = g_string_new (words);

  answer (message, status, "text/plain;charset=UTF-8", text);
}

static void
redirect (SoupServerMessage *message, const char *url)
{
  soup_server_message_set_redirect (message, SOUP_STATUS_SEE_OTHER, url);
}

void
osy_sim_toss_shim_cb (SoupServer *server,
                      SoupServerMessage *message,
                      const char *path,
                      GHashTable *query,
                      gpointer user_data)
{
  OsySimToss *self = user_data;
  g_autofree char *source = resource ("shim.js");
  g_autoptr (GString) text = g_string_new (source);

  if (!g_str_equal (path, "/v1") && !g_str_equal (path, "/v2/standard")) {
    answer_text (message, 404, "There is no such script.");
    return;
  }
  g_string_replace (text, "@ORIGIN@", self->bank->public_url, 1);
  answer (message, 200, "text/javascript;charset=UTF-8", text);
}

/* ---- the way back ---- */

/* The shop's URL keeps the parameters it has. @pairs: name and value in turn. */
static char *
with_query (const char *url, const char *const *pairs)
{
  GString *text = g_string_new (url);
  char mark = strchr (url, '?') != NULL ? '&' : '?';

  for (; pairs[0] != NULL; pairs += 2) {
    g_string_append_printf (text, "%c%s=", mark, pairs[0]);
    g_string_append_uri_escaped (text, pairs[1], NULL, FALSE);
    mark = '&';
  }
  return g_string_free (text, FALSE);
}

static void
go_back (SoupServerMessage *message, const OsySimTossPayment *payment)
{
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT, payment->amount);
  const char *const pairs[] = {"paymentType",     "NORMAL",     "orderId",
                               payment->order_id, "paymentKey", payment->key,
                               "amount",          amount,       NULL};
  g_autofree char *url = with_query (payment->success_url, pairs);

  redirect (message, url);
}

static void
go_back_failed (SoupServerMessage *message, const OsySimTossPayment *payment, const char *code)
{
  gboolean canceled = g_str_equal (code, "PAY_PROCESS_CANCELED");
  const char *words =
      canceled ? "사용자에 의해 결제가 취소되었습니다." : "결제 승인이 거절되었습니다.";
  const char *const pairs[] = {
      "code", code, "message", words, canceled ? NULL : "orderId", payment->order_id, NULL};
  g_autofree char *url = with_query (payment->fail_url, pairs);

  redirect (message, url);
}

static void
press (OsySimToss *self, SoupServerMessage *message, OsySimTossPayment *payment, const char *act)
{
  osy_sim_toss_bank_age (self->bank);
  if (!g_str_equal (payment->status, "READY")) {
    answer_text (message, 410, "이 결제창은 끝났어요.");
  } else if (g_str_equal (act, "approve")) {
    osy_sim_toss_bank_authorise (self->bank, payment);
    go_back (message, payment);
  } else if (g_str_equal (act, "cancel")) {
    go_back_failed (message, payment, "PAY_PROCESS_CANCELED");
  } else if (g_str_equal (act, "reject")) {
    osy_sim_toss_bank_end (self->bank, payment, "ABORTED", "REJECT_CARD_COMPANY");
    go_back_failed (message, payment, "REJECT_CARD_COMPANY");
  } else if (g_str_equal (act, "expire")) {
    osy_sim_toss_bank_end (self->bank, payment, "EXPIRED", "EXPIRED_PAYMENT");
    go_back_failed (message, payment, "PAY_PROCESS_ABORTED");
  } else {
    answer_text (message, 404, "There is no such button.");
  }
}

/* ---- the window ---- */

static void
replace (GString *text, const char *mark, const char *words)
{
  g_autofree char *safe = g_markup_escape_text (words, -1);

  g_string_replace (text, mark, safe, 0);
}

static void
show (SoupServerMessage *message, const OsySimTossPayment *payment)
{
  g_autofree char *source = resource ("window.html");
  g_autofree char *path = g_strconcat ("/sim/window/", payment->key, NULL);
  g_autofree char *amount = osy_money_format (payment->amount);
  g_autoptr (GString) text = g_string_new (source);

  replace (text, "{{name}}", payment->order_name);
  replace (text, "{{amount}}", amount);
  replace (text, "{{path}}", path);
  answer (message, 200, "text/html;charset=UTF-8", text);
}

/* A query has only texts; the API's numbers are read from them. */
static JsonObject *
wish_of (GHashTable *query)
{
  JsonObject *wish = json_object_new ();
  GHashTableIter iter;
  gpointer name, value;
  gint64 n;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    gboolean number = g_str_equal (name, "amount") || g_str_equal (name, "taxFreeAmount");
    if (g_str_equal (name, "clientKey"))
      continue;
    if (number && g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &n, NULL))
      json_object_set_int_member (wish, name, n);
    else
      json_object_set_string_member (wish, name, value);
  }
  return wish;
}

static void
open_window (OsySimToss *self, SoupServerMessage *message, GHashTable *query)
{
  const char *client_key = query != NULL ? g_hash_table_lookup (query, "clientKey") : NULL;
  const char *why = "INVALID_CLIENT_KEY";
  OsySimTossPayment *payment = NULL;

  if (client_key != NULL) {
    g_autoptr (JsonObject) wish = wish_of (query);
    gboolean whole = *osy_rest_text (wish, "successUrl", "") != '\0' &&
                     *osy_rest_text (wish, "failUrl", "") != '\0';
    why = "INCORRECT_SUCCESS_URL_FORMAT";
    if (whole)
      payment = osy_sim_toss_bank_open (self->bank, client_key, wish, &why);
  }
  if (payment == NULL) {
    answer_text (message, 400, why);
    return;
  }
  g_autofree char *url = g_strconcat (self->bank->public_url, "/sim/window/", payment->key, NULL);
  redirect (message, url);
}

void
osy_sim_toss_window_cb (SoupServer *server,
                        SoupServerMessage *message,
                        const char *path,
                        GHashTable *query,
                        gpointer user_data)
{
  OsySimToss *self = user_data;
  g_auto (GStrv) parts = g_strsplit (path, "/", -1); /* "", sim, window, key, act */
  guint n = g_strv_length (parts);
  gboolean post = g_str_equal (soup_server_message_get_method (message), "POST");
  OsySimTossPayment *payment = n > 3 ? osy_sim_toss_bank_payment (self->bank, parts[3]) : NULL;

  if (n == 3)
    open_window (self, message, query);
  else if (payment == NULL)
    answer_text (message, 404, "There is no such window.");
  else if (n == 5 && post && payment->success_url != NULL)
    press (self, message, payment, parts[4]);
  else
    show (message, payment);
}
