/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of the drawer and of its close. */

#include "osy-api.h"
#include "osy-json-canonical.h"
#include "osy-money.h"
#include "osy-till-room.h"
#include "osy-till-service.h"
#include "osy-till-store.h"
#include "osy-till.h"

#define MAX_REASON 200

typedef void (*Read) (OsyTillAsk *ask, OsyJsonReader *reader);

typedef struct {
  OsyTillRoom *room;
  OsyJsonReader *reader; /* (nullable): the texts of @ask are its */
  OsyTillFunc func;
  OsyTillAsk ask;
  guint status;
  char *denominations; /* nullable */
  char *key;           /* nullable */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->reader, osy_json_reader_free);
  g_clear_pointer (&work->ask.fingerprint, g_bytes_unref);
  g_free (work->denominations);
  g_free (work->key);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

/* ---- reading ---- */

/* Kept no longer than any other, and of the shop: whoever sends it again asks for the same. */
static void
read_key (OsyHttpRequest *http, Work *work, JsonNode *body)
{
  const char *key = osy_http_request_header (http, "Idempotency-Key");
  guint8 sum[32];

  if (key == NULL)
    return;
  osy_json_fingerprint (body, osy_http_request_route (http)->operation_id, sum);
  work->key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  work->ask.key = work->key;
  work->ask.fingerprint = g_bytes_new (sum, sizeof sum);
}

static gboolean
read_number (OsyHttpRequest *http, gint64 *ret, GError **error)
{
  const char *text = osy_http_request_param (http, "number");

  if (text == NULL || g_ascii_string_to_signed (text, 10, 1, G_MAXINT32, ret, NULL))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no close of this number.");
  return FALSE;
}

static gboolean
read_body (OsyHttpRequest *http, Work *work, Read read, GError **error)
{
  g_autoptr (JsonNode) body = osy_http_request_json (http, error);

  if (body == NULL)
    return FALSE;
  work->reader = osy_json_reader_new (body);
  read (&work->ask, work->reader);
  work->denominations = (char *)work->ask.denominations;
  read_key (http, work, body);
  return osy_json_reader_finish (work->reader, error);
}

static void
read_float (OsyTillAsk *ask, OsyJsonReader *reader)
{
  ask->amount = osy_json_reader_int (reader, "opening_float", 0, OSY_MONEY_MAX);
}

static void
read_move (OsyTillAsk *ask, OsyJsonReader *reader)
{
  static const char *const kinds[] = {"IN", "OUT", NULL};
  const char *kind = osy_json_reader_enum (reader, "kind", kinds, NULL);

  ask->amount = osy_json_reader_int (reader, "amount", 1, OSY_MONEY_MAX);
  ask->reason = osy_json_reader_string (reader, "reason", 1, MAX_REASON);
  if (g_strcmp0 (kind, "OUT") == 0)
    ask->amount = -ask->amount;
}

static void
read_count (OsyTillAsk *ask, OsyJsonReader *reader)
{
  ask->amount = osy_json_reader_int (reader, "counted", 0, OSY_MONEY_MAX);
  ask->denominations = osy_till_read_denominations (reader, ask->amount);
  ask->reason = osy_json_reader_opt_string (reader, "reason", 1, MAX_REASON);
}

static void
read_close (OsyTillAsk *ask, OsyJsonReader *reader)
{
  read_count (ask, reader);
  ask->left = osy_json_reader_int (reader, "left", 0, OSY_MONEY_MAX);
  if (ask->left > ask->amount)
    osy_json_reader_fault (reader, "left", "OUT_OF_RANGE", "No more stays than was counted.");
}

/* Why it was wrong is always said. */
static void
read_correction (OsyTillAsk *ask, OsyJsonReader *reader)
{
  ask->amount = osy_json_reader_int (reader, "counted", 0, OSY_MONEY_MAX);
  ask->denominations = osy_till_read_denominations (reader, ask->amount);
  ask->reason = osy_json_reader_string (reader, "reason", 1, MAX_REASON);
}

static void
read_setup (OsyTillAsk *ask, OsyJsonReader *reader)
{
  if (!osy_json_reader_has (reader, "blind"))
    osy_json_reader_fault (reader, "blind", "REQUIRED", "Say whether counting is blind.");
  ask->blind = osy_json_reader_opt_bool (reader, "blind", TRUE);
}

/* ---- doing ---- */

static gboolean
do_ask (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  const OsyTillAct act = {tx, work->room->ring, call};
  JsonObject *object = work->func (&act, &work->ask, error);

  if (object == NULL)
    return FALSE;
  reply->status = work->status;
  reply->version = work->ask.version;
  reply->replayed = work->ask.replayed;
  reply->body = osy_json_take_object (object);
  return TRUE;
}

static void
run (OsyHttpRequest *http, gpointer room, OsyTillFunc func, Read read, guint status)
{
  g_autoptr (Work) work = g_new0 (Work, 1);
  g_autoptr (GError) error = NULL;

  work->room = room;
  work->func = func;
  work->status = status;
  if (!read_number (http, &work->ask.number, &error) ||
      !osy_api_if_match (http, &work->ask.if_version, &error) ||
      (read != NULL && !read_body (http, work, read, &error))) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_http_reply_add_header (http, "Cache-Control", "no-store");
  osy_api_run (http, ((OsyTillRoom *)room)->pool, NULL, do_ask, g_steal_pointer (&work), work_free);
}

static void
get_till (OsyHttpRequest *http, gpointer room)
{
  run (http, room, osy_till_service_look, NULL, 200);
}

static void
open_till (OsyHttpRequest *http, gpointer room)
{
  run (http, room, osy_till_service_open, read_float, 200);
}

static void
move_cash (OsyHttpRequest *http, gpointer room)
{
  run (http, room, osy_till_service_move, read_move, 201);
}

static void
count_till (OsyHttpRequest *http, gpointer room)
{
  run (http, room, osy_till_service_count, read_count, 201);
}

static void
close_till (OsyHttpRequest *http, gpointer room)
{
  run (http, room, osy_till_service_close, read_close, 201);
}

static void
get_z (OsyHttpRequest *http, gpointer room)
{
  run (http, room, osy_till_service_z, NULL, 200);
}

static void
correct_z (OsyHttpRequest *http, gpointer room)
{
  run (http, room, osy_till_service_correct, read_correction, 201);
}

static void
print_z (OsyHttpRequest *http, gpointer room)
{
  run (http, room, osy_till_service_print, NULL, 202);
}

static void
put_setup (OsyHttpRequest *http, gpointer room)
{
  run (http, room, osy_till_service_setup, read_setup, 200);
}

static gboolean
do_remaining (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  reply->body = osy_till_store_remaining (tx, FALSE, error);
  return reply->body != NULL;
}

static void
get_remaining (OsyHttpRequest *http, gpointer room)
{
  osy_api_run (http, ((OsyTillRoom *)room)->pool, NULL, do_remaining, NULL, NULL);
}

#define TILL "/api/v1/restaurants/me/till"
const OsyRoute osy_till_routes[] = {
    {"GET", TILL, "getTill", OSY_PERM_PAYMENT_TAKE, 0, get_till},
    {"POST", TILL "/open", "openTill", OSY_PERM_PAYMENT_TAKE, 0, open_till},
    {"POST", TILL "/cash", "moveTillCash", OSY_PERM_PAYMENT_TAKE, OSY_ROUTE_IDEMPOTENT, move_cash},
    {"POST", TILL "/counts", "countTill", OSY_PERM_PAYMENT_TAKE, 0, count_till},
    {"GET", TILL "/remaining", "getTillRemaining", OSY_PERM_PAYMENT_TAKE, 0, get_remaining},
    {"POST", TILL "/close", "closeTill", OSY_PERM_TILL_MANAGE, OSY_ROUTE_IDEMPOTENT, close_till},
    {"PUT", TILL "/setup", "putTillSetup", OSY_PERM_SHOP_MANAGE, 0, put_setup},
    {"GET", TILL "/z/{number}", "getTillZ", OSY_PERM_TILL_MANAGE, 0, get_z},
    {"POST", TILL "/z/{number}/correct", "correctTillZ", OSY_PERM_TILL_MANAGE, 0, correct_z},
    {"POST", TILL "/z/{number}/print", "printTillZ", OSY_PERM_TILL_MANAGE, 0, print_z},
    {NULL},
};
