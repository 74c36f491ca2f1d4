/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The outage that cannot be written down while it lasts. That it is over goes the usual way; only
 * the incidents that were opened meanwhile are resolved from here, as nobody else knows them. */

#include "osy-alert-outage.h"

#include "osy-alert-mail.h"
#include "osy-alert-service.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-shop-service.h"

#define ANSWER_MS 15000

struct _OsyAlertPeople {
  gatomicrefcount refs;
  GPtrArray *targets; /* of OsyAlertTarget */
  OsyAlertSetup setup;
  char *shop;
  char *zone;
};

struct _OsyAlertOutage {
  gatomicrefcount refs; /* each message on its way holds one */
  const OsyAlertRoom *room;
  OsyFetch *fetch;
  GCancellable *ended;
  GHashTable *people;   /* of OsyAlertPeople, by shop */
  GPtrArray *messages;  /* of Message: not sent yet, none on its way */
  GPtrArray *incidents; /* of Message: open at PagerDuty while it lasts */
  guint round;          /* of outages; another one once this one is over */
};

static void
outage_unref (OsyAlertOutage *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->people);
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->incidents);
  g_object_unref (self->fetch);
  g_object_unref (self->ended);
  g_free (self);
}

/* ---- whom to tell ---- */

void
osy_alert_people_unref (OsyAlertPeople *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_free (self->shop);
  g_free (self->zone);
  g_free (self);
}

OsyAlertPeople *
osy_alert_people_read (OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  g_autoptr (OsyAlertPeople) self = g_new0 (OsyAlertPeople, 1);
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);

  g_atomic_ref_count_init (&self->refs);
  if (shop == NULL || !osy_alert_setup_load (tx, &self->setup, error))
    return NULL;
  self->shop = g_strdup (osy_shop_data (shop)->name);
  self->zone = g_strdup (osy_shop_data (shop)->time_zone);
  self->targets = osy_alert_target_list (tx, ring, NULL, error);
  return self->targets != NULL ? g_steal_pointer (&self) : NULL;
}

void
osy_alert_outage_learn (OsyAlertOutage *self, const char *restaurant_id, OsyAlertPeople *people)
{
  g_hash_table_replace (self->people, g_strdup (restaurant_id), people);
}

void
osy_alert_outage_keep (OsyAlertOutage *self, GPtrArray *restaurant_ids)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < restaurant_ids->len; i++)
    g_hash_table_add (kept, restaurant_ids->pdata[i]);
  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (kept, id))
      g_hash_table_iter_remove (&iter);
}

/* ---- one message ---- */

typedef struct {
  OsyAlertPeople *people;
  const OsyAlertTarget *target; /* of theirs */
  OsyAlert *alert;
  char *id;
  guint round;       /* of the outage that it tells of */
  gboolean doubt;    /* it may be there already */
  gboolean resolves; /* it was there, and what it tells of is over */
  gint64 attempts;
  gint64 next_at; /* UTC µs */
} Message;

static void
message_free (gpointer data)
{
  Message *message = data;

  osy_alert_free (message->alert);
  osy_alert_people_unref (message->people);
  g_free (message->id);
  g_free (message);
}

/** One that is on its way. */
typedef struct {
  OsyAlertOutage *outage;
  Message *message;
} Flight;

/* What may have arrived is sent again only where that shows nothing twice. */
static gboolean
goes_again (const Message *message, guint status, const GError *error)
{
  if (status == 0)
    return message->target->channel == OSY_ALERT_PAGERDUTY ||
           !osy_error_is (error, OSY_ERROR_TIMEOUT);
  if (message->target->channel == OSY_ALERT_SMS || message->target->channel == OSY_ALERT_ALIMTALK)
    return status == 429;
  return status == 408 || status == 429 || status >= 500;
}

/* @message: (transfer full): is there, or may be. */
static void
keep_incident (OsyAlertOutage *self, Message *message)
{
  message->resolves = TRUE;
  message->attempts = 0;
  message->next_at = 0;
  g_ptr_array_add (message->round == self->round ? self->incidents : self->messages, message);
}

static gboolean
opens_incident (const Message *message)
{
  return message->target->channel == OSY_ALERT_PAGERDUTY && !message->resolves && message->doubt;
}

static void
give_up (OsyAlertOutage *self, Message *message, guint status)
{
  if (status < 200 || status >= 300)
    g_info ("recipient %s was not told of an outage%s (%u)", message->target->id,
            message->resolves ? ", that it is over" : "", status);
  if (opens_incident (message) && !g_cancellable_is_cancelled (self->ended))
    keep_incident (self, message);
  else
    message_free (message);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  OsyAlertOutage *self = flight->outage;
  Message *message = flight->message;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  guint status = osy_fetch_finish (OSY_FETCH (source), result, &answer, &error);
  gint64 again = osy_alert_retry_at (osy_clock_now (), message->attempts);

  message->doubt = message->doubt || (status >= 200 && status < 300) ||
                   (status == 0 && osy_error_is (error, OSY_ERROR_TIMEOUT));
  /* What failed after the end would say that it is away when it is back. */
  if (!g_cancellable_is_cancelled (self->ended) && again != 0 &&
      (message->resolves || message->round == self->round) && goes_again (message, status, error)) {
    message->next_at = again;
    g_ptr_array_add (self->messages, message);
  } else {
    give_up (self, message, status);
  }
  outage_unref (self);
  g_free (flight);
}

/* @message: (transfer full) */
static void
send_now (OsyAlertOutage *self, Message *message)
{
  const OsyAlertPeople *people = message->people;
  const OsyAlertReader reader = {
      .language = people->setup.language, .zone = people->zone, .now = osy_clock_now ()};
  g_autoptr (GPtrArray) alerts = g_ptr_array_new ();
  g_autoptr (OsyFetchCall) call = osy_fetch_call_new ();
  Flight *flight = g_new0 (Flight, 1);

  g_ptr_array_add (alerts, message->alert);
  g_autofree char *text = osy_alert_digest_words (alerts, &reader);
  const OsyAlertNote note = {.id = message->id,
                             .target = message->target,
                             .alerts = alerts,
                             .shop = people->shop,
                             .text = text,
                             .resolves = message->resolves};
  osy_alert_note_call (&note, self->room, call);
  const OsyFetchRequest request = {.method = call->method,
                                   .url = call->url,
                                   .headers = (const char *const *)call->headers,
                                   .body = call->body,
                                   .public_only = call->public_only};
  message->attempts++;
  flight->outage = self;
  flight->message = message;
  g_atomic_ref_count_inc (&self->refs);
  osy_fetch_async (self->fetch, &request, self->ended, sent_cb, flight);
}

/* ---- the outage ---- */

static void
tell (OsyAlertOutage *self, OsyAlertPeople *people, const OsyAlertTarget *target, gint64 now)
{
  Message *message = g_new0 (Message, 1);
  JsonObject *facts = json_object_new ();

  json_object_set_string_member (facts, "part", "DATABASE_AWAY");
  message->alert = osy_alert_new (OSY_ALERT_OUTAGE, "database", facts);
  message->alert->id = osy_id_new ();
  message->alert->raised_at = now;
  message->id = osy_id_new ();
  g_atomic_ref_count_inc (&people->refs);
  message->people = people;
  message->target = target;
  message->round = self->round;
  message->next_at = now;
  g_ptr_array_add (self->messages, message);
}

void
osy_alert_outage_begin (OsyAlertOutage *self)
{
  gint64 now = osy_clock_now ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    OsyAlertPeople *people = value;
    const OsyAlertRule *rule = &people->setup.rules[OSY_ALERT_OUTAGE];
    if (!rule->pierces && osy_alert_quiet_end (&people->setup.quiet, now, people->zone) > 0)
      continue;
    for (guint i = 0; i < people->targets->len; i++) {
      const OsyAlertTarget *target = people->targets->pdata[i];
      if (!target->unreadable && (rule->channels & (1u << target->channel)) != 0)
        tell (self, people, target, now);
    }
  }
  osy_alert_outage_try (self);
}

void
osy_alert_outage_try (OsyAlertOutage *self)
{
  gint64 now = osy_clock_now ();

  for (guint i = self->messages->len; i > 0; i--) {
    Message *message = self->messages->pdata[i - 1];
    if (message->next_at <= now)
      send_now (self, g_ptr_array_steal_index_fast (self->messages, i - 1));
  }
}

/* Incidents go with the next tries. */
void
osy_alert_outage_end (OsyAlertOutage *self)
{
  self->round++;
  for (guint i = self->messages->len; i > 0; i--) {
    Message *message = self->messages->pdata[i - 1];
    if (message->resolves)
      continue;
    g_ptr_array_steal_index_fast (self->messages, i - 1);
    if (opens_incident (message))
      keep_incident (self, message);
    else
      message_free (message);
  }
  while (self->incidents->len > 0)
    g_ptr_array_add (self->messages,
                     g_ptr_array_steal_index_fast (self->incidents, self->incidents->len - 1));
}

OsyAlertOutage *
osy_alert_outage_new (const OsyAlertRoom *room)
{
  OsyAlertOutage *self = g_new0 (OsyAlertOutage, 1);

  g_atomic_ref_count_init (&self->refs);
  self->room = room;
  self->fetch = osy_fetch_new (OSY_FETCH_CONNECT_MS, ANSWER_MS);
  self->ended = g_cancellable_new ();
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)osy_alert_people_unref);
  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->incidents = g_ptr_array_new_with_free_func (message_free);
  return self;
}

void
osy_alert_outage_stop (OsyAlertOutage *self)
{
  g_cancellable_cancel (self->ended);
  self->round++;
  g_ptr_array_set_size (self->messages, 0);
  g_ptr_array_set_size (self->incidents, 0);
}

void
osy_alert_outage_free (OsyAlertOutage *self)
{
  if (self == NULL)
    return;
  osy_alert_outage_stop (self);
  outage_unref (self);
}
