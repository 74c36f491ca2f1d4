/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Calls of an agency's riders, row by row: called once, looked up when nobody knows, followed until
 * the guest has the food, and called off. The agency takes one order under our id, whatever comes
 * twice. */

#include "osy-clock.h"
#include "osy-delivery-room.h"
#include "osy-delivery-setup.h"
#include "osy-delivery-store.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-order-service.h"
#include "osy-rider-kakao.h"

#define KAKAO_URL "https://open-api-logistics.kakaomobility.com/goa-service/api/v2"
#define LEASE_US (60 * G_TIME_SPAN_SECOND) /* longer than any call */
#define FOLLOW_US (5 * G_TIME_SPAN_SECOND)
#define LATE_US (2 * G_TIME_SPAN_MINUTE) /* a call that was sent may arrive so much later */
#define MAX_REST_S 300

#define CALL "call"
#define FIND "find"
#define CALL_OFF "call-off"

static gint64
rest (gint64 attempts)
{
  return MIN (G_GINT64_CONSTANT (1) << MIN (attempts, 16), MAX_REST_S) * G_TIME_SPAN_SECOND;
}

static OsyDbRows *
due (OsyDbTx *tx, GError **error)
{
  return osy_db_query (tx, "SELECT shop FROM rider_calls_due($1) AS shop",
                       OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
}

/* ---- taking ---- */

static const char *
what_for (const char *status)
{
  if (g_str_equal (status, OSY_RIDER_CALL_WANTED))
    return CALL;
  return g_str_equal (status, OSY_RIDER_CALL_CANCELING) ? CALL_OFF : FIND;
}

static gboolean
mark (OsyDbTx *tx, const OsyFetchCall *call, gint64 now, GError **error)
{
  gboolean sends = g_str_equal (call->what, CALL);

  return osy_db_exec (tx,
                      "UPDATE rider_call SET attempts = attempts + 1, next_at = $2, "
                      "  status = CASE WHEN $3 THEN 'SENT' ELSE status END, "
                      "  sent_at = CASE WHEN $3 THEN $4::timestamptz ELSE sent_at END "
                      "WHERE restaurant_id = app_restaurant() AND delivery_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (call->id), OSY_P_TIME (now + LEASE_US),
                                  OSY_P_BOOL (sends), OSY_P_TIME (now)),
                      NULL, error);
}

static gboolean
give_up (OsyDbTx *tx, OsyFetchCall *call, const char *why, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE rider_call SET status = 'REFUSED', failure = $2, next_at = NULL "
                      "WHERE restaurant_id = app_restaurant() AND delivery_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (call->id), OSY_P_TEXT (why)), NULL, error);
}

static gboolean
fill_body (OsyDbTx *tx,
           OsyKeyring *ring,
           const OsyDeliverySetup *setup,
           const char *order_id,
           OsyFetchCall *call,
           GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_load (tx, ring, order_id, error);

  if (order == NULL)
    return FALSE;
  if (osy_order_data (order)->delivery_address != NULL)
    call->body = osy_rider_kakao_body (setup, osy_order_data (order), call->id);
  return TRUE;
}

static gboolean
fill (OsyDbTx *tx,
      const OsyDeliveryRoom *room,
      const char *order_id,
      OsyFetchCall *call,
      GError **error)
{
  g_autoptr (OsyDeliverySetup) setup = osy_delivery_setup_load (tx, room->ring, error);
  const char *base = room->agency_url != NULL ? room->agency_url : KAKAO_URL;
  gint64 now = osy_clock_now ();
  gboolean sends = g_str_equal (call->what, CALL);
  gboolean finds = g_str_equal (call->what, FIND);
  guint32 nonce = 0;

  if (setup == NULL)
    return FALSE;
  if (!osy_delivery_setup_has_agency (setup))
    return give_up (tx, call, "No agency is set up any more.", error);
  if (sends && !fill_body (tx, room->ring, setup, order_id, call, error))
    return FALSE;
  if (sends && call->body == NULL)
    return give_up (tx, call, "The order's address is not known any more.", error);
  osy_random_bytes ((guint8 *)&nonce, sizeof nonce);
  call->method = g_strdup (sends ? "POST" : finds ? "GET" : "PATCH");
  call->url = osy_rider_kakao_url (base, call->id,
                                   sends   ? OSY_RIDER_CALL
                                   : finds ? OSY_RIDER_FIND
                                           : OSY_RIDER_CALL_OFF);
  call->headers = osy_rider_kakao_headers (setup, now, nonce);
  return mark (tx, call, now, error);
}

static gboolean
take (OsyDbTx *tx, gpointer room, OsyFetchCall **ret, GError **error)
{
  g_autoptr (OsyFetchCall) call = osy_fetch_call_new ();
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT c.delivery_id, c.status, d.order_id FROM rider_call c JOIN delivery d "
      "  ON d.restaurant_id = c.restaurant_id AND d.id = c.delivery_id "
      "WHERE c.restaurant_id = app_restaurant() AND c.next_at <= $1 ORDER BY c.next_at LIMIT 1 "
      "FOR UPDATE OF c SKIP LOCKED",
      OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  call->id = g_strdup (osy_db_rows_text (rows, 0, "delivery_id"));
  call->what = g_strdup (what_for (osy_db_rows_text (rows, 0, "status")));
  if (!fill (tx, room, osy_db_rows_text (rows, 0, "order_id"), call, error))
    return FALSE;
  *ret = g_steal_pointer (&call);
  return TRUE;
}

/* ---- noting ---- */

/** How the row goes on. */
typedef struct {
  const char *status;
  gint64 next_at;      /* 0: never */
  const char *failure; /* nullable */
  gboolean heard;      /* an answer came: the next rest is short */
} Outcome;

/* Whatever called it off meanwhile stays. */
static gboolean
put (OsyDbTx *tx, const OsyFetchCall *call, const Outcome *outcome, GError **error)
{
  gboolean off = g_str_equal (call->what, CALL_OFF);

  return osy_db_exec (tx,
                      "UPDATE rider_call SET status = $2, next_at = $3, failure = $4, "
                      "  attempts = CASE WHEN $5 THEN 0 ELSE attempts END "
                      "WHERE restaurant_id = app_restaurant() AND delivery_id = $1::uuid "
                      "AND CASE WHEN $6 THEN status = 'CANCELING' "
                      "  ELSE status IN ('SENT', 'UNKNOWN', 'CALLED') END",
                      OSY_PARAMS (OSY_P_TEXT (call->id), OSY_P_TEXT (outcome->status),
                                  OSY_P_TIME (outcome->next_at), OSY_P_TEXT (outcome->failure),
                                  OSY_P_BOOL (outcome->heard), OSY_P_BOOL (off)),
                      NULL, error);
}

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

/* Refused for good: the same words would be refused again. */
static gboolean
is_refusal (guint status)
{
  return status >= 400 && status < 500 && status != 408 && status != 409 && status != 425 &&
         status != 429;
}

static char *
order_of (OsyDbTx *tx, const OsyFetchCall *call, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT order_id FROM delivery WHERE restaurant_id = app_restaurant() "
                    "AND id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (call->id)), error);

  return rows != NULL && osy_db_rows_count (rows) > 0
             ? g_strdup (osy_db_rows_text (rows, 0, "order_id"))
             : NULL;
}

/* Screens wait for what the agency says: a version of its own. The order's row is held before that
 * of the call, as everybody has it. */
static gboolean
tell (OsyDbTx *tx, const OsyFetchCall *call, const char *status, GError **error)
{
  g_autofree char *order_id = order_of (tx, call, error);

  if (order_id == NULL || !osy_order_store_lock (tx, order_id, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "UPDATE delivery SET version = version + 1 "
                    "WHERE restaurant_id = app_restaurant() AND id = $1::uuid RETURNING version",
                    OSY_PARAMS (OSY_P_TEXT (call->id)), error);
  if (rows == NULL)
    return FALSE;
  g_autoptr (OsyPrincipal) agency = osy_principal_new_system (osy_db_tx_restaurant (tx), "agency");
  const OsyCall as_agency = {.principal = agency};
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) payload = osy_json_take_object (object);
  const OsyEventDraft draft = {.type = "delivery.call",
                               .aggregate_type = "delivery",
                               .aggregate_id = call->id,
                               .aggregate_seq = osy_db_rows_int (rows, 0, "version"),
                               .payload = payload};

  json_object_set_string_member (object, "order_id", order_id);
  json_object_set_string_member (object, "call", status);
  return osy_event_emit (tx, &as_agency, &draft, error);
}

static gboolean
called (OsyDbTx *tx, const OsyFetchCall *call, gint64 pause, GError **error)
{
  gint64 now = osy_clock_now ();
  Outcome outcome = {OSY_RIDER_CALL_UNKNOWN, now + pause, NULL, FALSE};
  g_autofree char *failure = NULL;

  if (is_success (call->status)) {
    outcome = (Outcome){OSY_RIDER_CALL_CALLED, now + FOLLOW_US, NULL, TRUE};
  } else if (is_refusal (call->status)) {
    failure = osy_rider_kakao_failure (call->status, call->answer);
    outcome = (Outcome){OSY_RIDER_CALL_REFUSED, 0, failure, FALSE};
  } else if (call->status == 429 || osy_error_is (call->error, OSY_ERROR_UNAVAILABLE)) {
    outcome.status = OSY_RIDER_CALL_WANTED;
  }
  return tell (tx, call, outcome.status, error) && put (tx, call, &outcome, error);
}

/* News that came too late or out of order are passed over: an act that is not allowed any more
 * changes nothing. */
static gboolean
follow (OsyDbTx *tx,
        const OsyDeliveryRoom *room,
        const OsyFetchCall *call,
        const OsyRiderNews *news,
        GError **error)
{
  g_autoptr (OsyPrincipal) agency = osy_principal_new_system (osy_db_tx_restaurant (tx), "agency");
  const OsyCall as_agency = {.principal = agency};
  const OsyDeliveryQuery query = {.id = call->id, .limit = 1};
  const OsyDeliveryAct act = {.delivery_id = call->id,
                              .act = news->act,
                              .rider = news->rider,
                              .rider_phone = news->phone,
                              .reason = g_strcmp0 (news->act, "fail") == 0 ? "AGENCY" : NULL};
  g_autoptr (GPtrArray) list = osy_delivery_store_list (tx, room->ring, &query, error);
  g_autoptr (GError) refusal = NULL;

  if (list == NULL || list->len == 0)
    return FALSE;
  const OsyDelivery *delivery = list->pdata[0];
  if (news->act == NULL || (g_str_equal (news->act, "assign") &&
                            !g_str_equal (delivery->status, OSY_DELIVERY_REQUESTED) &&
                            g_strcmp0 (delivery->rider, news->rider) == 0))
    return TRUE;
  g_autoptr (OsyDelivery) after =
      osy_delivery_service_act (tx, room->ring, &as_agency, &act, &refusal);
  if (after != NULL || osy_error_is (refusal, OSY_ERROR_STATE_CONFLICT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
found (OsyDbTx *tx,
       const OsyDeliveryRoom *room,
       const OsyFetchCall *call,
       gint64 pause,
       GError **error)
{
  gint64 now = osy_clock_now ();
  g_auto (OsyRiderNews) news = {NULL};

  if (call->status == 404) {
    /* It never heard of it; once it had, this is a fault of its own that passes. */
    return osy_db_exec (tx,
                        "UPDATE rider_call SET next_at = $2, status = CASE WHEN status = 'CALLED' "
                        "THEN status ELSE 'WANTED' END WHERE restaurant_id = app_restaurant() "
                        "AND delivery_id = $1::uuid AND status IN ('SENT', 'UNKNOWN', 'CALLED')",
                        OSY_PARAMS (OSY_P_TEXT (call->id), OSY_P_TIME (now + pause)), NULL, error);
  }
  if (!is_success (call->status) || !osy_rider_kakao_read (call->answer, &news, NULL))
    return osy_db_exec (tx,
                        "UPDATE rider_call SET next_at = $2 WHERE restaurant_id = app_restaurant() "
                        "AND delivery_id = $1::uuid AND status IN ('SENT', 'UNKNOWN', 'CALLED')",
                        OSY_PARAMS (OSY_P_TEXT (call->id), OSY_P_TIME (now + pause)), NULL, error);
  const Outcome outcome = {OSY_RIDER_CALL_CALLED, now + FOLLOW_US, NULL, TRUE};
  /* The order's row before that of the call, as everybody has it. */
  return follow (tx, room, call, &news, error) && put (tx, call, &outcome, error);
}

static gboolean
called_off (OsyDbTx *tx, const OsyFetchCall *call, gint64 pause, gint64 sent_at, GError **error)
{
  gint64 now = osy_clock_now ();
  g_autofree char *failure =
      call->status == 409 ? osy_rider_kakao_failure (call->status, call->answer) : NULL;
  gboolean may_come = call->status == 404 && now - sent_at < LATE_US;
  gboolean over =
      is_success (call->status) || (is_refusal (call->status) && !may_come) || call->status == 409;
  const Outcome outcome = {over ? OSY_RIDER_CALL_ENDED : OSY_RIDER_CALL_CANCELING,
                           over ? 0 : now + pause, failure, over};

  return put (tx, call, &outcome, error);
}

static gboolean
done (OsyDbTx *tx, gpointer data, const OsyFetchCall *call, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT attempts, sent_at FROM rider_call WHERE restaurant_id = app_restaurant() "
      "AND delivery_id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (call->id)), error);

  if (rows == NULL || osy_db_rows_count (rows) == 0)
    return rows != NULL;
  gint64 pause = rest (osy_db_rows_int (rows, 0, "attempts"));
  if (g_str_equal (call->what, CALL))
    return called (tx, call, pause, error);
  if (g_str_equal (call->what, FIND))
    return found (tx, data, call, pause, error);
  return called_off (tx, call, pause, osy_db_rows_time (rows, 0, "sent_at"), error);
}

const OsyFetchQueueRoom osy_rider_calls = {due, take, done};
