/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Webhooks with the headers and the schedule of Toss Payments. */

#include "osy-sim-toss-hook.h"

#include <libsoup/soup.h>

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-sim-toss-object.h"

static const int schedule[] = {1, 4, 16, 64, 256, 1024, 4096}; /* minutes after the last try */

typedef enum { PENDING, SENDING, DELIVERED, GIVEN_UP, SUPPRESSED } HookState;
static const char *const state_names[] = {"pending", "sending", "delivered", "given-up",
                                          "suppressed"};

typedef struct {
  OsySimTossHooks *sender;
  char *id;
  char *order_id;
  const char *type;
  const char *status; /* of the payment */
  GBytes *body;       /* NULL once it is delivered */
  HookState state;
  gboolean early;
  gint64 due_at; /* of the next try */
  guint tries;
  guint answer; /* of the last try; 0: none */
} Hook;

struct _OsySimTossHooks {
  OsySimTossBank *bank;
  OsySimTossFaults *faults;
  SoupSession *session;
  GCancellable *cancellable;
  GPtrArray *hooks;
  char *url;
  double speed;
};

static void
hook_free (gpointer data)
{
  Hook *hook = data;

  g_free (hook->id);
  g_free (hook->order_id);
  g_clear_pointer (&hook->body, g_bytes_unref);
  g_free (hook);
}

OsySimTossHooks *
osy_sim_toss_hooks_new (OsySimTossBank *bank, OsySimTossFaults *faults)
{
  OsySimTossHooks *self = g_new0 (OsySimTossHooks, 1);

  self->bank = bank;
  self->faults = faults;
  self->speed = 1;
  self->hooks = g_ptr_array_new_with_free_func (hook_free);
  self->cancellable = g_cancellable_new ();
  self->session =
      soup_session_new_with_options ("timeout", 10, "idle-timeout", 0, "max-conns", 64,
                                     "max-conns-per-host", 64, "proxy-resolver", NULL, NULL);
  return self;
}

void
osy_sim_toss_hooks_free (OsySimTossHooks *self)
{
  g_cancellable_cancel (self->cancellable);
  soup_session_abort (self->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (self->session);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->hooks);
  g_free (self->url);
  g_free (self);
}

void
osy_sim_toss_hooks_set (OsySimTossHooks *self, const char *url, double speed)
{
  g_free (self->url);
  self->url = g_strdup (url);
  self->speed = speed;
}

/* A clock that goes wrong stops no retries. */
static gint64
hook_now (const OsySimTossHooks *self)
{
  return osy_clock_now () + self->bank->skipped;
}

/* ---- making ---- */

static char *
zoneless_time (gint64 at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (9 * 3600);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) time = g_date_time_to_timezone (utc, zone);
  g_autofree char *seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%06d", seconds, (int)(at % G_USEC_PER_SEC));
}

static GBytes *
status_body (OsySimTossHooks *self, const OsySimTossPayment *payment)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  g_autofree char *at = zoneless_time (osy_sim_toss_bank_now (self->bank));

  json_object_set_string_member (object, "eventType", "PAYMENT_STATUS_CHANGED");
  json_object_set_string_member (object, "createdAt", at);
  json_object_set_member (object, "data", osy_sim_toss_object_payment (self->bank, payment));
  return osy_json_print_bytes (node);
}

static GBytes *
deposit_body (OsySimTossHooks *self, const OsySimTossPayment *payment)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  g_autofree char *at = zoneless_time (osy_sim_toss_bank_now (self->bank));
  const OsySimTossMove *last =
      payment->moves->len > 0 ? payment->moves->pdata[payment->moves->len - 1] : NULL;

  json_object_set_string_member (object, "createdAt", at);
  json_object_set_string_member (object, "secret", payment->secret);
  json_object_set_string_member (object, "status", payment->status);
  json_object_set_string_member (object, "transactionKey", last != NULL ? last->key : payment->key);
  json_object_set_string_member (object, "orderId", payment->order_id);
  return osy_json_print_bytes (node);
}

static void
add (OsySimTossHooks *self, const OsySimTossPayment *payment, const char *type, GBytes *body)
{
  OsySimTossFault fault = osy_sim_toss_faults_take (self->faults, "webhook");
  Hook *hook = g_new0 (Hook, 1);

  hook->sender = self;
  hook->id = osy_id_new ();
  hook->order_id = g_strdup (payment->order_id);
  hook->type = type;
  hook->status = payment->status;
  hook->body = body;
  hook->due_at = hook_now (self);
  hook->early = fault.kind == OSY_SIM_TOSS_FAULT_EARLY;
  if (fault.kind == OSY_SIM_TOSS_FAULT_NEVER)
    hook->state = SUPPRESSED;
  if (fault.kind == OSY_SIM_TOSS_FAULT_LATE)
    hook->due_at += (gint64)fault.ms * 1000;
  g_ptr_array_add (self->hooks, hook);
  if (fault.kind == OSY_SIM_TOSS_FAULT_DUPLICATE) {
    Hook *twin = g_memdup2 (hook, sizeof *hook);
    twin->id = g_strdup (hook->id);
    twin->order_id = g_strdup (hook->order_id);
    twin->body = g_bytes_ref (hook->body);
    g_ptr_array_add (self->hooks, twin);
  }
}

void
osy_sim_toss_hooks_tell (OsySimTossHooks *self, OsySimTossPayment *payment)
{
  static const char *const told[] = {"DONE",     "ABORTED",          "EXPIRED",
                                     "CANCELED", "PARTIAL_CANCELED", NULL};
  gboolean account = payment->account != NULL;
  gboolean expired = g_str_equal (payment->status, "EXPIRED");

  if (self->url == NULL)
    return;
  if (account && !expired)
    add (self, payment, "DEPOSIT_CALLBACK", deposit_body (self, payment));
  if (g_strv_contains (told, payment->status) && !(account && expired))
    add (self, payment, "PAYMENT_STATUS_CHANGED", status_body (self, payment));
}

/* ---- sending ---- */

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Hook *hook = user_data;
  g_autoptr (GError) error = NULL;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GBytes) body =
      soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  hook->answer = body != NULL ? soup_message_get_status (message) : 0;
  hook->early = FALSE;
  hook->tries++;
  if (hook->answer == 200) {
    hook->state = DELIVERED;
    g_clear_pointer (&hook->body, g_bytes_unref);
  } else if (hook->tries > G_N_ELEMENTS (schedule)) {
    hook->state = GIVEN_UP;
  } else {
    hook->state = PENDING;
    hook->due_at = hook_now (hook->sender) + (gint64)(schedule[hook->tries - 1] * 60.0 *
                                                      G_USEC_PER_SEC / hook->sender->speed);
  }
}

static void
send (OsySimTossHooks *self, Hook *hook)
{
  g_autoptr (SoupMessage) message = soup_message_new ("POST", self->url);
  g_autofree char *at = osy_sim_toss_object_time (osy_sim_toss_bank_now (self->bank));
  g_autofree char *retried = g_strdup_printf ("%u", hook->tries);

  if (message == NULL)
    return;
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "tosspayments-webhook-transmission-time", at);
  soup_message_headers_append (headers, "tosspayments-webhook-transmission-retried-count", retried);
  soup_message_headers_append (headers, "tosspayments-webhook-transmission-id", hook->id);
  soup_message_set_request_body_from_bytes (message, "application/json", hook->body);
  hook->state = SENDING;
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, self->cancellable,
                                    sent_cb, hook);
}

void
osy_sim_toss_hooks_tick (OsySimTossHooks *self)
{
  gint64 now = hook_now (self);

  for (guint i = 0; self->url != NULL && i < self->hooks->len; i++) {
    Hook *hook = self->hooks->pdata[i];
    if (hook->state == PENDING && hook->due_at <= now)
      send (self, hook);
  }
}

guint
osy_sim_toss_hooks_early (const OsySimTossHooks *self)
{
  guint n = 0;

  for (guint i = 0; i < self->hooks->len; i++) {
    const Hook *hook = self->hooks->pdata[i];
    n += hook->early && (hook->state == PENDING || hook->state == SENDING) ? 1 : 0;
  }
  return n;
}

JsonNode *
osy_sim_toss_hooks_state (const OsySimTossHooks *self)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) rows = json_array_new ();

  for (guint i = 0; i < self->hooks->len; i++) {
    const Hook *hook = self->hooks->pdata[i];
    JsonObject *row = json_object_new ();
    json_object_set_string_member (row, "id", hook->id);
    json_object_set_string_member (row, "eventType", hook->type);
    json_object_set_string_member (row, "orderId", hook->order_id);
    json_object_set_string_member (row, "status", hook->status);
    json_object_set_string_member (row, "state", state_names[hook->state]);
    json_object_set_int_member (row, "tries", hook->tries);
    json_object_set_int_member (row, "answer", hook->answer);
    json_array_add_object_element (rows, row);
  }
  json_node_set_array (node, rows);
  return node;
}
