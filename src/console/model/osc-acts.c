/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What staff do with orders. One act an order at a time; the client retries it with its key after
 * a lost connection, so that here an act either is done or is told as not done. */

#include "osc-acts.h"

#include <glib/gi18n.h>

#include "osy-clock.h"
#include "osy-json.h"

#define MAX_UNDO 50
/* A rider who has left is not called back (design §5). */
#define RIDER_UNDO (10 * G_TIME_SPAN_SECOND)

typedef struct {
  OscOrderItem *item;
  char *status; /* of the order after the step */
  gint64 at;    /* monotonic */
  gboolean with_rider;
} Undo;

struct _OscActs {
  GObject parent;
  OsyClient *client; /* nullable */
  GQueue undos;      /* of Undo, newest first */
};

typedef struct _OscActsHeld {
  gatomicrefcount refs;
  OscActs *acts;
  OscOrderItem *item;
  char *act;
  JsonNode *body; /* nullable */
  int minutes;
  char *allowed_by; /* (nullable): whose PIN it was done with */
  gboolean held;
} Flight;

/* Past tense, as the toast says it; %d is the order's number. The verbs are those of the buttons.
 */
static const struct {
  const char *act;
  const char *sentence;
  gboolean can_undo;
} outcomes[] = {
    {"reject", N_ ("Rejected no. %d"), FALSE},
    {"cancel", N_ ("Cancelled no. %d"), FALSE},
    {"start", N_ ("Started cooking no. %d"), TRUE},
    {"ready", N_ ("Finished cooking no. %d"), TRUE},
    {"hand-over", N_ ("Handed over no. %d"), TRUE},
    {"complete", N_ ("Completed no. %d"), TRUE},
    {"recall", N_ ("Took back no. %d"), FALSE},
    {"reschedule", N_ ("Changed the time of no. %d"), FALSE},
};

enum { DONE, FAILED, REQUESTED, PERMISSION_WANTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscActs, osc_acts, G_TYPE_OBJECT)

static void
undo_free (Undo *undo)
{
  g_object_unref (undo->item);
  g_free (undo->status);
  g_free (undo);
}

static void
flight_unref (Flight *flight)
{
  if (!g_atomic_ref_count_dec (&flight->refs))
    return;
  g_object_unref (flight->acts);
  g_object_unref (flight->item);
  g_free (flight->act);
  g_clear_pointer (&flight->body, json_node_unref);
  g_free (flight->allowed_by);
  g_free (flight);
}

static int
number_of (OscOrderItem *item)
{
  return (int)osc_order_item_data (item)->number;
}

static void
fail (OscActs *self, OscOrderItem *item, char *sentence)
{
  g_signal_emit (self, signals[FAILED], 0, item, sentence);
  g_free (sentence);
}

static gboolean
can_undo (const char *act)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (g_str_equal (outcomes[i].act, act))
      return outcomes[i].can_undo;
  return FALSE;
}

static char *
outcome_text (const Flight *flight)
{
  int number = number_of (flight->item);

  if (g_str_equal (flight->act, "accept"))
    /* Translators: the first number is the order's, the second the minutes it was accepted for. */
    return g_strdup_printf (_ ("Accepted no. %1$d for %2$d min"), number, flight->minutes);
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (g_str_equal (outcomes[i].act, flight->act)) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      return g_strdup_printf (_ (outcomes[i].sentence), number);
#pragma GCC diagnostic pop
    }
  return g_strdup_printf (_ ("Changed no. %d"), number);
}

/* Why the order is not in a state for it, where the daemon says so. */
static char *
conflict_text (const GError *error, int number)
{
  JsonNode *node = osy_error_get_extra (error, "reason");
  const char *reason =
      node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  if (g_strcmp0 (reason, OSY_ORDER_DAY_OVER) == 0)
    return g_strdup_printf (_ ("No. %d is of a day that is over, so it can't be taken back"),
                            number);
  if (g_strcmp0 (reason, OSY_ORDER_RIDER_GONE) == 0)
    return g_strdup_printf (_ ("The rider has left with no. %d, so it can't be undone"), number);
  return g_strdup (_ ("Another screen changed it first"));
}

static char *
failure_text (const GError *error, int number)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_CONFLICT:
  case OSY_ERROR_VERSION_CONFLICT:
  case OSY_ERROR_STATE_CONFLICT: return conflict_text (error, number);
  case OSY_ERROR_INSUFFICIENT_PERMISSION: return g_strdup (_ ("Only a manager can do this"));
  case OSY_ERROR_UNAUTHENTICATED: return g_strdup (_ ("Sign in again to go on"));
  case OSY_ERROR_NOT_FOUND: return g_strdup_printf (_ ("No. %d is not there any more"), number);
  case OSY_ERROR_TIMEOUT:
  case OSY_ERROR_IN_PROGRESS:
  case OSY_ERROR_RATE_LIMITED:
  case OSY_ERROR_UNAVAILABLE:
    return g_strdup_printf (_ ("The server did not answer, so no. %d was not changed. Press again"),
                            number);
  default: return g_strdup_printf (_ ("Couldn't change no. %d. Press again"), number);
  }
}

static void
push_undo (OscActs *self, Flight *flight)
{
  const OsyOrderData *order = osc_order_item_data (flight->item);
  Undo *undo = g_new0 (Undo, 1);

  undo->item = g_object_ref (flight->item);
  undo->status = g_strdup (order->status);
  undo->at = g_get_monotonic_time ();
  undo->with_rider = g_str_equal (order->status, OSY_ORDER_DELIVERING);
  g_queue_push_head (&self->undos, undo);
  if (self->undos.length > MAX_UNDO)
    undo_free (g_queue_pop_tail (&self->undos));
}

static void
succeeded (Flight *flight, OsyOrder *order)
{
  g_autofree char *sentence = NULL;

  osc_order_item_set_order (flight->item, order);
  if (can_undo (flight->act))
    push_undo (flight->acts, flight);
  sentence = outcome_text (flight);
  if (flight->allowed_by != NULL && flight->allowed_by[0] != '\0') {
    g_autofree char *done = g_steal_pointer (&sentence);

    /* Translators: what was done, then who allowed it by PIN. */
    sentence = g_strdup_printf (_ ("%1$s. %2$s allowed it"), done, flight->allowed_by);
  }
  g_signal_emit (flight->acts, signals[DONE], 0, sentence, can_undo (flight->act));
}

/* The daemon names it; else that of the act. */
static const char *
wanted_permission (const Flight *flight, const GError *error)
{
  JsonNode *node = osy_error_get_extra (error, "permission");

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
    return json_node_get_string (node);
  return g_str_equal (flight->act, "cancel") || g_str_equal (flight->act, "reject") ? "order:cancel"
                                                                                    : "order:write";
}

/* After a conflict the card takes the newer state at once, without waiting for the feed. */
static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscOrderItem) item = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) order = osy_client_order_finish (OSY_CLIENT (source), result, &error);

  if (order != NULL)
    osc_order_item_set_order (item, order);
  else
    g_info ("The order could not be read anew: %s", error->message);
}

static void
failed (Flight *flight, const GError *error)
{
  OscActs *self = flight->acts;
  gboolean conflict = osy_error_is (error, OSY_ERROR_VERSION_CONFLICT) ||
                      osy_error_is (error, OSY_ERROR_STATE_CONFLICT) ||
                      osy_error_is (error, OSY_ERROR_CONFLICT);

  g_info ("The act %s failed: %s", flight->act, error->message);
  if (osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION) && flight->allowed_by == NULL) {
    g_signal_emit (self, signals[PERMISSION_WANTED], 0, flight->item,
                   wanted_permission (flight, error), flight);
    if (flight->held)
      return;
  }
  if (conflict)
    osy_client_order_async (self->client, osc_order_item_data (flight->item)->id, NULL,
                            refreshed_cb, g_object_ref (flight->item));
  fail (self, flight->item, failure_text (error, number_of (flight->item)));
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) order = osy_client_act_finish (OSY_CLIENT (source), result, &error);

  osc_order_item_set_busy (flight->item, FALSE);
  if (order != NULL)
    succeeded (flight, order);
  else
    failed (flight, error);
  flight_unref (flight);
}

/* @flight: (transfer full) */
static void
send_flight (Flight *flight, const char *act_token)
{
  const OsyOrderData *order = osc_order_item_data (flight->item);

  osc_order_item_set_busy (flight->item, TRUE);
  osy_client_act_async (flight->acts->client,
                        &(OsyClientAct){.order_id = order->id,
                                        .act = flight->act,
                                        .if_version = order->version,
                                        .body = flight->body,
                                        .act_token = act_token},
                        NULL, acted_cb, flight);
}

static void
send_act (OscActs *self, OscOrderItem *item, const char *act, JsonNode *body, int minutes)
{
  g_autoptr (JsonNode) owned = body;
  Flight *flight;

  if (osc_order_item_get_busy (item))
    return;
  g_signal_emit (self, signals[REQUESTED], 0, item, act, body);
  if (self->client == NULL)
    return;
  flight = g_new0 (Flight, 1);
  g_atomic_ref_count_init (&flight->refs);
  flight->acts = g_object_ref (self);
  flight->item = g_object_ref (item);
  flight->act = g_strdup (act);
  flight->minutes = minutes;
  flight->body = g_steal_pointer (&owned);
  send_flight (flight, NULL);
}

OscActsHeld *
osc_acts_hold (OscActsHeld *held)
{
  g_return_val_if_fail (held != NULL, NULL);

  held->held = TRUE;
  g_atomic_ref_count_inc (&held->refs);
  return held;
}

void
osc_acts_repeat (OscActsHeld *held, const char *act_token, const char *name)
{
  g_return_if_fail (held != NULL);

  if (act_token == NULL || osc_order_item_get_busy (held->item)) {
    fail (held->acts, held->item, g_strdup (_ ("Only a manager can do this")));
    flight_unref (held);
    return;
  }
  held->allowed_by = g_strdup (name != NULL ? name : "");
  send_flight (held, act_token);
}

static JsonNode *
reason_body (const char *reason)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "reason", reason);
  json_node_take_object (node, object);
  return node;
}

void
osc_acts_accept (OscActs *self, OscOrderItem *item, int minutes)
{
  g_return_if_fail (OSC_IS_ACTS (self) && OSC_IS_ORDER_ITEM (item));
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  minutes = CLAMP (minutes, OSC_MIN_MINUTES, OSC_MAX_MINUTES);
  json_object_set_int_member (object, "ready_in_minutes", minutes);
  json_node_take_object (node, object);
  send_act (self, item, "accept", node, minutes);
}

void
osc_acts_reschedule (OscActs *self, OscOrderItem *item, gint64 requested_at)
{
  g_return_if_fail (OSC_IS_ACTS (self) && OSC_IS_ORDER_ITEM (item));
  g_autofree char *text = osy_clock_format (requested_at);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "requested_at", text);
  send_act (self, item, "reschedule", osy_json_take_object (object), 0);
}

void
osc_acts_reject (OscActs *self, OscOrderItem *item, const char *reason)
{
  g_return_if_fail (OSC_IS_ACTS (self) && OSC_IS_ORDER_ITEM (item) && reason != NULL);
  send_act (self, item, "reject", reason_body (reason), 0);
}

void
osc_acts_cancel (OscActs *self, OscOrderItem *item, const char *reason)
{
  g_return_if_fail (OSC_IS_ACTS (self) && OSC_IS_ORDER_ITEM (item) && reason != NULL);
  send_act (self, item, "cancel", reason_body (reason), 0);
}

gboolean
osc_acts_unsend (OscActs *self, OscOrderItem *item)
{
  g_return_val_if_fail (OSC_IS_ACTS (self) && OSC_IS_ORDER_ITEM (item), FALSE);
  const char *status = osc_order_item_data (item)->status;

  if (g_str_equal (status, OSY_ORDER_PENDING) || g_str_equal (status, OSY_ORDER_ACCEPTED)) {
    osc_acts_cancel (self, item, _ ("Taken back at the counter"));
    return TRUE;
  }
  fail (self, item,
        g_strdup_printf (_ ("No. %d is being cooked already, so it can't be taken back"),
                         number_of (item)));
  return FALSE;
}

void
osc_acts_next (OscActs *self, OscOrderItem *item, const char *act)
{
  g_return_if_fail (OSC_IS_ACTS (self) && OSC_IS_ORDER_ITEM (item) && act != NULL);
  send_act (self, item, act, NULL, 0);
}

void
osc_acts_recall (OscActs *self, OscOrderItem *item)
{
  g_return_if_fail (OSC_IS_ACTS (self) && OSC_IS_ORDER_ITEM (item));
  send_act (self, item, "recall", NULL, 0);
}

void
osc_acts_undo (OscActs *self)
{
  g_return_if_fail (OSC_IS_ACTS (self));
  Undo *undo = g_queue_pop_head (&self->undos);

  if (undo == NULL)
    return;
  if (osc_order_item_get_busy (undo->item)) {
    g_queue_push_head (&self->undos, undo);
    return;
  }
  if (!g_str_equal (osc_order_item_data (undo->item)->status, undo->status))
    fail (self, undo->item,
          g_strdup_printf (_ ("No. %d has changed since, so it can't be undone"),
                           number_of (undo->item)));
  else if (undo->with_rider && g_get_monotonic_time () - undo->at > RIDER_UNDO)
    fail (self, undo->item,
          g_strdup_printf (_ ("The rider has left with no. %d, so it can't be undone"),
                           number_of (undo->item)));
  else
    osc_acts_recall (self, undo->item);
  undo_free (undo);
}

static void
osc_acts_finalize (GObject *object)
{
  OscActs *self = OSC_ACTS (object);

  g_clear_object (&self->client);
  g_queue_clear_full (&self->undos, (GDestroyNotify)undo_free);
  G_OBJECT_CLASS (osc_acts_parent_class)->finalize (object);
}

static void
osc_acts_class_init (OscActsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_acts_finalize;
  signals[DONE] = g_signal_new ("done", OSC_TYPE_ACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", OSC_TYPE_ACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, OSC_TYPE_ORDER_ITEM, G_TYPE_STRING);
  signals[REQUESTED] =
      g_signal_new ("requested", OSC_TYPE_ACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                    3, OSC_TYPE_ORDER_ITEM, G_TYPE_STRING, JSON_TYPE_NODE);
  signals[PERMISSION_WANTED] =
      g_signal_new ("permission-wanted", OSC_TYPE_ACTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, OSC_TYPE_ORDER_ITEM, G_TYPE_STRING, G_TYPE_POINTER);
}

static void
osc_acts_init (OscActs *self)
{
  g_queue_init (&self->undos);
}

OscActs *
osc_acts_new (OsyClient *client)
{
  OscActs *self = g_object_new (OSC_TYPE_ACTS, NULL);

  g_set_object (&self->client, client);
  return self;
}
