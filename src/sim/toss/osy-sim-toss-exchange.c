/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One call from the door to its answer: the table of idempotency keys, and the faults that strike
 * before and after it is done. */

#include "osy-sim-toss-exchange.h"

#include <string.h>

#include "osy-json.h"
#include "osy-rest.h"
#include "osy-sim-toss-error.h"

#define REMEMBERED (15 * G_TIME_SPAN_DAY)

/** What a key was answered first; still running while status is 0. */
typedef struct {
  guint status;
  char *body;
  gint64 at;
} Stored;

static void
stored_free (gpointer data)
{
  Stored *stored = data;

  g_free (stored->body);
  g_free (stored);
}

static void
exchange_free (gpointer data)
{
  OsySimTossExchange *x = data;

  g_signal_handler_disconnect (x->message, x->gone_id);
  g_object_unref (x->message);
  g_clear_pointer (&x->call.body, json_object_unref);
  g_clear_pointer (&x->call.query, g_hash_table_unref);
  g_free (x->api_key);
  g_free (x->id);
  g_free (x->scope);
  g_free (x->answer);
  g_free (x);
}

void
osy_sim_toss_door_init (OsySimToss *self)
{
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stored_free);
  g_queue_init (&self->waiting);
}

void
osy_sim_toss_door_clear (OsySimToss *self)
{
  g_queue_clear_full (&self->waiting, exchange_free);
  g_hash_table_unref (self->answers);
}

static void
gone_cb (gpointer user_data)
{
  OsySimTossExchange *x = user_data;

  x->gone = TRUE;
}

OsySimTossExchange *
osy_sim_toss_exchange_new (OsySimToss *sim, SoupServerMessage *message, GHashTable *query)
{
  OsySimTossExchange *x = g_new0 (OsySimTossExchange, 1);

  x->sim = sim;
  x->message = g_object_ref (message);
  x->gone_id = g_signal_connect_swapped (message, "finished", G_CALLBACK (gone_cb), x);
  x->call.query =
      query != NULL ? g_hash_table_ref (query) : g_hash_table_new (g_str_hash, g_str_equal);
  soup_server_message_pause (message);
  return x;
}

/* ---- the end of an exchange ---- */

static void
note (OsySimTossExchange *x)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "method", soup_server_message_get_method (x->message));
  json_object_set_string_member (object, "path",
                                 g_uri_get_path (soup_server_message_get_uri (x->message)));
  if (x->call.idem_key != NULL)
    json_object_set_string_member (object, "key", x->call.idem_key);
  json_object_set_int_member (object, "status", x->status);
  json_object_set_int_member (object, "fault", x->fault.kind);
  osy_sim_toss_bank_write (x->sim->bank, "call", object);
}

static void
reply (OsySimTossExchange *x)
{
  note (x);
  if (!x->gone) {
    soup_server_message_set_status (x->message, x->status, NULL);
    soup_server_message_set_response (x->message, "application/json;charset=UTF-8",
                                      SOUP_MEMORY_COPY, x->answer, strlen (x->answer));
    soup_server_message_unpause (x->message);
  }
  exchange_free (x);
}

static gboolean
drop_cb (gpointer user_data)
{
  OsySimTossExchange *x = user_data;

  if (!x->gone) {
    g_autoptr (GIOStream) stream = soup_server_message_steal_connection (x->message);
    g_io_stream_close (stream, NULL, NULL);
  }
  exchange_free (x);
  return G_SOURCE_REMOVE;
}

/* The client waits until it does not want to any more. */
static void
abandon (OsySimTossExchange *x)
{
  note (x);
  exchange_free (x);
}

static void
drop (OsySimTossExchange *x)
{
  note (x);
  g_idle_add (drop_cb, x);
}

static void
set_error (OsySimTossExchange *x, const char *code)
{
  const OsySimTossError *error = osy_sim_toss_error_find (code);

  g_free (x->answer);
  x->answer = osy_sim_toss_error_print (error, x->english);
  x->status = error->status;
}

void
osy_sim_toss_exchange_refuse (OsySimTossExchange *x, const char *code)
{
  set_error (x, code);
  reply (x);
}

static void
deliver (OsySimTossExchange *x)
{
  if (x->fault.kind == OSY_SIM_TOSS_FAULT_HOLD_AFTER)
    abandon (x);
  else if (x->fault.kind == OSY_SIM_TOSS_FAULT_DROP_AFTER)
    drop (x);
  else if (osy_sim_toss_hooks_early (x->sim->hooks) > 0)
    g_queue_push_tail (&x->sim->waiting, x);
  else
    reply (x);
}

void
osy_sim_toss_door_tick (OsySimToss *self)
{
  while (!g_queue_is_empty (&self->waiting) && osy_sim_toss_hooks_early (self->hooks) == 0)
    reply (g_queue_pop_head (&self->waiting));
}

/* ---- doing ---- */

static const char *
declined (OsySimTossExchange *x)
{
  OsySimTossBank *bank = x->sim->bank;
  OsySimTossPayment *payment =
      osy_sim_toss_bank_payment (bank, osy_rest_text (x->call.body, "paymentKey", ""));

  if (payment != NULL && g_str_equal (payment->status, "IN_PROGRESS"))
    osy_sim_toss_bank_end (bank, payment, "ABORTED", x->fault.code);
  return x->fault.code;
}

static void
run (OsySimTossExchange *x)
{
  const char *code = NULL;
  g_autoptr (JsonNode) node = NULL;

  osy_sim_toss_bank_age (x->sim->bank);
  if (x->fault.kind == OSY_SIM_TOSS_FAULT_ERROR_STORED)
    code = x->fault.code;
  else if (x->fault.kind == OSY_SIM_TOSS_FAULT_DECLINE)
    code = declined (x);
  else
    node = x->run (x->sim->bank, &x->call, &code);
  if (node != NULL && x->fault.kind == OSY_SIM_TOSS_FAULT_ERROR_AFTER)
    code = x->fault.code;
  if (code != NULL) {
    set_error (x, code);
  } else {
    x->answer = osy_json_print (node);
    x->status = 200;
  }
  Stored *stored = x->scope != NULL ? g_hash_table_lookup (x->sim->answers, x->scope) : NULL;
  if (stored != NULL) {
    stored->status = x->status;
    stored->body = g_strdup (x->answer);
  }
  deliver (x);
}

static gboolean
delayed_cb (gpointer user_data)
{
  run (user_data);
  return G_SOURCE_REMOVE;
}

/* Whether the key was used before; the answer is on its way then. */
static gboolean
is_repeated (OsySimTossExchange *x)
{
  gint64 now = osy_sim_toss_bank_now (x->sim->bank);

  if (x->scope == NULL)
    return FALSE;
  Stored *stored = g_hash_table_lookup (x->sim->answers, x->scope);
  if (stored == NULL || ABS (now - stored->at) > REMEMBERED) {
    stored = g_new0 (Stored, 1);
    stored->at = now;
    g_hash_table_replace (x->sim->answers, g_strdup (x->scope), stored);
    return FALSE;
  }
  if (stored->status == 0) {
    osy_sim_toss_exchange_refuse (x, "IDEMPOTENT_REQUEST_PROCESSING");
    return TRUE;
  }
  x->status = stored->status;
  x->answer = g_strdup (stored->body);
  deliver (x);
  return TRUE;
}

/* What happens before anything is looked at. */
static gboolean
strikes_first (OsySimTossExchange *x)
{
  switch (x->fault.kind) {
  case OSY_SIM_TOSS_FAULT_HOLD_BEFORE: abandon (x); return TRUE;
  case OSY_SIM_TOSS_FAULT_DROP_BEFORE: drop (x); return TRUE;
  case OSY_SIM_TOSS_FAULT_ERROR_BEFORE:
    osy_sim_toss_exchange_refuse (x, x->fault.code);
    return TRUE;
  default: return FALSE;
  }
}

void
osy_sim_toss_exchange_work (OsySimTossExchange *x)
{
  x->fault = osy_sim_toss_faults_take (x->sim->faults, x->op);
  if (strikes_first (x) || is_repeated (x))
    return;
  if (x->fault.kind == OSY_SIM_TOSS_FAULT_DELAY)
    g_timeout_add (x->fault.ms, delayed_cb, x);
  else
    run (x);
}
