/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How a shop takes money, and what the payment service pays out, over HTTP. */

#include "osy-money.h"
#include "osy-payment-ask.h"
#include "osy-payment-setup.h"
#include "osy-settler.h"

#define MAX_DAYS 93

typedef struct {
  OsyPaymentRoom *room;
  OsyJsonReader *reader; /* nullable */
  OsyPaymentSetupChange change;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->reader, osy_json_reader_free);
  g_clear_pointer (&work->change.methods, g_ptr_array_unref);
  g_free (work);
}

static gboolean
reply_setup (OsyPaymentSetup *setup, OsyApiReply *reply)
{
  if (setup == NULL)
    return FALSE;
  reply->body = osy_payment_setup_to_json (setup);
  reply->version = setup->version;
  osy_payment_setup_free (setup);
  return TRUE;
}

static gboolean
run_get (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  return reply_setup (osy_payment_setup_load (tx, error), reply);
}

static void
get_setup (OsyHttpRequest *http, gpointer data)
{
  OsyPaymentRoom *room = data;

  osy_api_run (http, room->pool, NULL, run_get, NULL, NULL);
}

static gboolean
run_put (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  const OsyPaymentAct act = {tx, work->room->ring, call};

  return reply_setup (osy_payment_setup_put (&act, &work->change, error), reply);
}

static void
read_methods (OsyJsonReader *reader, GPtrArray *methods)
{
  static const char *const known[] = {OSY_PAYMENT_CASH, OSY_PAYMENT_TERMINAL, OSY_PAYMENT_TOSS,
                                      OSY_PAYMENT_ACCOUNT, NULL};
  guint n = osy_json_reader_array (reader, "methods", 1, 4);

  for (guint i = 0; i < n; i++) {
    const char *name = osy_json_reader_element_string (reader, "methods", i, 1, 40);
    if (name == NULL || !g_strv_contains (known, name) ||
        g_ptr_array_find_with_equal_func (methods, name, g_str_equal, NULL))
      osy_json_reader_fault (reader, "methods", "ENUM", "Ways to pay that are known, each once.");
    else
      g_ptr_array_add (methods, (gpointer)name);
  }
}

static void
read_change (OsyJsonReader *reader, OsyPaymentSetupChange *change)
{
  OsyJsonReader *toss = osy_json_reader_opt_object (reader, "toss");

  change->methods = g_ptr_array_new ();
  read_methods (reader, change->methods);
  change->auto_receipt_from =
      osy_json_reader_opt_int (reader, "auto_cash_receipt_from", 1, OSY_MONEY_MAX, 0);
  if (toss == NULL)
    return;
  change->client_key = osy_json_reader_opt_string (toss, "client_key", 1, 100);
  change->forget_secret = osy_json_reader_said (toss, "secret_key");
  change->secret_key = osy_json_reader_opt_string (toss, "secret_key", 1, 100);
  change->forget_secret = change->forget_secret && change->secret_key == NULL;
}

static void
put_setup (OsyHttpRequest *http, gpointer room)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);
  Work *work = g_new0 (Work, 1);

  work->room = room;
  if (body != NULL && osy_api_if_match (http, &work->change.if_version, &error)) {
    work->reader = osy_json_reader_new (body);
    read_change (work->reader, &work->change);
    (void)!osy_json_reader_finish (work->reader, &error);
  }
  if (error != NULL) {
    osy_http_reply_error (http, error);
    work_free (work);
    return;
  }
  osy_api_run (http, work->room->pool, NULL, run_put, work, work_free);
}

const OsyRoute osy_payment_setup_routes[] = {
    {"GET", "/api/v1/restaurants/me/payment-setup", "getPaymentSetup", OSY_PERM_PAYMENT_TAKE, 0,
     get_setup},
    {"PUT", "/api/v1/restaurants/me/payment-setup", "putPaymentSetup", OSY_PERM_PAYMENT_MANAGE, 0,
     put_setup},
    {NULL},
};

/* ---- what is paid out ---- */

typedef struct {
  OsyPaymentRoom *room;
  OsyHttpRequest *http;
  char *from;
  char *to;
} Days;

static void
days_free (gpointer data)
{
  Days *days = data;

  osy_http_request_unref (days->http);
  g_free (days->from);
  g_free (days->to);
  g_free (days);
}

static gboolean
run_list (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Days *days = data;

  reply->body = osy_settlement_list (tx, days->from, days->to, error);
  return reply->body != NULL;
}

/* Both ends are days of the calendar, not too far from each other. */
static gboolean
check_days (const Days *days, GError **error)
{
  GDate from;
  GDate to;

  if (!osy_payment_ask_day (days->from))
    return osy_payment_ask_bad_query ("from", error);
  if (!osy_payment_ask_day (days->to))
    return osy_payment_ask_bad_query ("to", error);
  g_date_clear (&from, 1);
  g_date_clear (&to, 1);
  g_date_set_parse (&from, days->from);
  g_date_set_parse (&to, days->to);
  int n = g_date_valid (&from) && g_date_valid (&to) ? g_date_days_between (&from, &to) : -1;
  return (n >= 0 && n < MAX_DAYS) || osy_payment_ask_bad_query ("to", error);
}

static void
list_settlements (OsyHttpRequest *http, gpointer room)
{
  static const char *const names[] = {"from", "to", NULL};
  const char *from = osy_http_request_query (http, "from");
  const char *to = osy_http_request_query (http, "to");
  g_autoptr (GError) error = NULL;
  Days *days = g_new0 (Days, 1);

  days->room = room;
  days->http = osy_http_request_ref (http);
  days->from = g_strdup (from != NULL ? from : "");
  days->to = g_strdup (to != NULL ? to : "");
  if (!osy_api_only_query (http, names, &error) || !check_days (days, &error)) {
    osy_http_reply_error (http, error);
    days_free (days);
    return;
  }
  osy_api_run (http, days->room->pool, NULL, run_list, days, days_free);
}

/* ---- asking for a day now ---- */

static void
fetched_cb (const GError *error, gpointer data)
{
  Days *days = data;

  if (error == NULL) {
    osy_api_run (days->http, days->room->pool, NULL, run_list, days, days_free);
    return;
  }
  osy_http_reply_error (days->http, error);
  days_free (days);
}

static void
import_settlements (OsyHttpRequest *http, gpointer data)
{
  OsyPaymentRoom *room = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (http, &error);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  const char *day = body != NULL ? osy_json_reader_string (reader, "day", 10, 10) : NULL;

  if (day != NULL && !osy_payment_ask_day (day))
    osy_json_reader_fault (reader, "day", "FORMAT", "A day is YYYY-MM-DD.");
  if (error != NULL || !osy_json_reader_finish (reader, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  Days *days = g_new0 (Days, 1);
  days->room = room;
  days->http = osy_http_request_ref (http);
  days->from = g_strdup (day);
  days->to = g_strdup (day);
  osy_settler_fetch (room->settler, osy_principal_restaurant_id (osy_http_request_principal (http)),
                     day, fetched_cb, days);
}

const OsyRoute osy_settlement_routes[] = {
    {"GET", "/api/v1/restaurants/me/settlements", "listSettlements", OSY_PERM_PAYMENT_MANAGE, 0,
     list_settlements},
    {"POST", "/api/v1/restaurants/me/settlements/import", "importSettlements",
     OSY_PERM_PAYMENT_MANAGE, 0, import_settlements},
    {NULL},
};
