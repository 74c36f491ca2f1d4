/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The one who talks to the payment service: takes what is due, asks, and writes down what was said.
 * An answer is kept until the database has it. */

#include "osy-payment-driver.h"

#include "osy-clock.h"
#include "osy-failpoint.h"
#include "osy-id.h"
#include "osy-payment-work.h"

#define LOOK_MS 1000
#define NOTE_AGAIN_MS 1000

static OsyMetric calls = {.name = "ordersync_psp_call_seconds",
                          .help = "Calls to the payment service, by call and outcome.",
                          .kind = OSY_METRIC_HISTOGRAM,
                          .labels = {"call", "outcome"},
                          .bounds = osy_metric_durations,
                          .unit = G_USEC_PER_SEC};

OsyMetric *const osy_payment_metrics[] = {&calls, NULL};

typedef struct {
  guint id;
  char *payment_id;
  GSourceFunc func;
  gpointer user_data;
  guint timer;
  OsyPaymentDriver *driver;
} Waiter;

struct _OsyPaymentDriver {
  gatomicrefcount refs;
  OsyPaymentDriverConfig config;
  char *base_url;
  char *owner; /* marks what this process asks */
  OsyFetch *fetch;
  GCancellable *ended;
  GPtrArray *waiters; /* of Waiter */
  guint last_id;
  guint timer;
  gboolean looking;
  gboolean again; /* woken while looking */
};

static void
waiter_free (gpointer data)
{
  Waiter *waiter = data;

  g_clear_handle_id (&waiter->timer, g_source_remove);
  g_free (waiter->payment_id);
  g_free (waiter);
}

OsyPaymentDriver *
osy_payment_driver_new (const OsyPaymentDriverConfig *config)
{
  OsyPaymentDriver *self = g_new0 (OsyPaymentDriver, 1);

  g_atomic_ref_count_init (&self->refs);
  self->config = *config;
  self->base_url = g_strdup (config->base_url);
  self->config.base_url = self->base_url;
  self->owner = osy_id_new ();
  self->fetch = osy_fetch_new (OSY_FETCH_CONNECT_MS, config->timeout_ms);
  self->ended = g_cancellable_new ();
  self->waiters = g_ptr_array_new_with_free_func (waiter_free);
  return self;
}

/* Answers that are on their way hold a reference: they find it standing, and ended. */
static OsyPaymentDriver *
hold (OsyPaymentDriver *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
osy_payment_driver_free (OsyPaymentDriver *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->waiters);
  g_object_unref (self->ended);
  g_object_unref (self->fetch);
  g_free (self->owner);
  g_free (self->base_url);
  g_free (self);
}

static gboolean
has_ended (OsyPaymentDriver *self)
{
  return g_cancellable_is_cancelled (self->ended);
}

static void look (OsyPaymentDriver *self);

/* ---- who waits ---- */

static Waiter *
steal_waiter (OsyPaymentDriver *self, guint i)
{
  return g_ptr_array_steal_index (self->waiters, i);
}

static void
tell_waiter (Waiter *waiter)
{
  GSourceFunc func = waiter->func;
  gpointer data = waiter->user_data;

  waiter_free (waiter);
  func (data);
}

static gboolean
waited_cb (gpointer user_data)
{
  Waiter *waiter = user_data;
  guint i = 0;

  waiter->timer = 0;
  if (g_ptr_array_find (waiter->driver->waiters, waiter, &i))
    tell_waiter (steal_waiter (waiter->driver, i));
  return G_SOURCE_REMOVE;
}

guint
osy_payment_driver_wait (OsyPaymentDriver *self,
                         const char *payment_id,
                         GSourceFunc func,
                         gpointer user_data)
{
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->id = ++self->last_id;
  waiter->payment_id = g_strdup (payment_id);
  waiter->func = func;
  waiter->user_data = user_data;
  waiter->driver = self;
  waiter->timer = g_timeout_add (self->config.timeout_ms + 5000, waited_cb, waiter);
  g_ptr_array_add (self->waiters, waiter);
  return waiter->id;
}

void
osy_payment_driver_forget (OsyPaymentDriver *self, guint id)
{
  for (guint i = 0; i < self->waiters->len; i++)
    if (((Waiter *)g_ptr_array_index (self->waiters, i))->id == id) {
      g_ptr_array_remove_index (self->waiters, i);
      return;
    }
}

static void
tell_waiters (OsyPaymentDriver *self, const char *payment_id)
{
  for (guint i = self->waiters->len; i > 0; i--) {
    const Waiter *waiter =
        i <= self->waiters->len ? g_ptr_array_index (self->waiters, i - 1) : NULL;
    if (waiter != NULL && (payment_id == NULL || g_str_equal (waiter->payment_id, payment_id)))
      tell_waiter (steal_waiter (self, i - 1));
  }
}

/* ---- one call ---- */

typedef struct {
  OsyPaymentDriver *driver;
  OsyPaymentCall *call;
  gint64 since; /* monotonic µs */
} Go;

static void
end_go (Go *go)
{
  OsyPaymentDriver *self = go->driver;

  tell_waiters (self, go->call->payment_id);
  osy_payment_call_free (go->call);
  g_free (go);
  look (self);
  osy_payment_driver_free (self);
}

static void note (Go *go);

static gboolean
note_again (gpointer user_data)
{
  note (user_data);
  return G_SOURCE_REMOVE;
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) || has_ended (go->driver)) {
    end_go (go);
    return;
  }
  g_warning ("what was said of payment %s cannot be written down: %s", go->call->payment_id,
             error->message);
  g_timeout_add (NOTE_AGAIN_MS, note_again, go);
}

static void
note (Go *go)
{
  const OsyDbScope scope = {.restaurant_id = go->call->restaurant_id};

  if (has_ended (go->driver))
    end_go (go);
  else
    osy_db_pool_run_async (go->driver->config.pool, &scope, osy_payment_work_apply, go->call, NULL,
                           NULL, noted_cb, go);
}

static void
count (const Go *go)
{
  const char *outcome = go->call->answer->kind == OSY_TOSS_OK        ? "ok"
                        : go->call->answer->kind == OSY_TOSS_UNKNOWN ? "unknown"
                                                                     : "refused";

  osy_metric_observe (osy_metric_find (&calls, go->call->call, outcome),
                      g_get_monotonic_time () - go->since);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  guint status = osy_fetch_finish (OSY_FETCH (source), result, &body, &error);

  OSY_FAILPOINT_OF ("psp.after-call", go->call->call);
  if (error != NULL)
    g_message ("the payment service: %s", error->message);
  go->call->answer = osy_toss_read (status, body);
  count (go);
  if (go->call->answer->code != NULL)
    g_message ("the payment service answered %s of payment %s with %u %s", go->call->call,
               go->call->payment_id, status, go->call->answer->code);
  note (go);
}

/* @call: (transfer full) */
static void
ask (OsyPaymentDriver *self, OsyPaymentCall *call)
{
  Go *go = g_new0 (Go, 1);
  g_autofree char *url = g_strconcat (self->base_url, call->path, NULL);
  const char *headers[] = {"Authorization",   call->authorization, "Accept", "application/json",
                           "Idempotency-Key", call->key,           NULL};
  const OsyFetchRequest request = {.method = call->method,
                                   .url = url,
                                   .headers = headers,
                                   .body = call->body,
                                   .trace_id = call->trace_id};

  if (call->key == NULL)
    headers[4] = NULL;
  go->driver = hold (self);
  go->call = call;
  go->since = g_get_monotonic_time ();
  OSY_FAILPOINT_OF ("psp.before-call", call->call);
  osy_fetch_async (self->fetch, &request, self->ended, answered_cb, go);
}

/* ---- what is due ---- */

/* One look through the shops that have something due. */
typedef struct {
  OsyPaymentDriver *driver;
  OsyDbRows *shops;
  guint next;
  OsyPaymentClaim claim;
} Look;

static gboolean
find_shops (OsyDbTx *tx, gpointer data, GError **error)
{
  Look *self = data;

  g_clear_pointer (&self->shops, osy_db_rows_free);
  self->shops = osy_db_query (tx, "SELECT id FROM payment_shops_due($1) AS id",
                              OSY_PARAMS (OSY_P_TIME (osy_clock_now ())), error);
  return self->shops != NULL;
}

static void
end_look (Look *self)
{
  OsyPaymentDriver *driver = self->driver;

  driver->looking = FALSE;
  g_clear_pointer (&self->shops, osy_db_rows_free);
  g_ptr_array_unref (self->claim.calls);
  g_free (self);
  if (driver->again)
    look (driver);
  osy_payment_driver_free (driver);
}

static void claim_next (Look *self);

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    g_warning ("what is due at the payment service cannot be read: %s", error->message);
    end_look (self);
    return;
  }
  self->driver->again = self->driver->again || self->claim.more;
  while (self->claim.calls->len > 0 && !has_ended (self->driver))
    ask (self->driver, g_ptr_array_steal_index (self->claim.calls, self->claim.calls->len - 1));
  claim_next (self);
}

static void
claim_next (Look *self)
{
  OsyPaymentDriver *driver = self->driver;

  if (has_ended (driver) || self->next >= osy_db_rows_count (self->shops)) {
    end_look (self);
    return;
  }
  self->claim.restaurant_id = osy_db_rows_text (self->shops, self->next++, "id");
  const OsyDbScope scope = {.restaurant_id = self->claim.restaurant_id};
  osy_db_pool_run_async (driver->config.pool, &scope, osy_payment_work_claim, &self->claim, NULL,
                         NULL, claimed_cb, self);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *self = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    claim_next (self);
    return;
  }
  if (!has_ended (self->driver))
    g_warning ("who has something due at the payment service cannot be read: %s", error->message);
  end_look (self);
}

static void
look (OsyPaymentDriver *self)
{
  static const OsyDbScope nobody = {NULL};

  if (has_ended (self))
    return;
  self->again = self->looking;
  if (self->looking)
    return;
  Look *found = g_new0 (Look, 1);
  found->driver = hold (self);
  found->claim = (OsyPaymentClaim){
      .ring = self->config.ring,
      .owner = self->owner,
      .first_wait = (gint64)self->config.first_wait_ms * 1000,
      .calls = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_payment_call_free)};
  self->looking = TRUE;
  osy_db_pool_run_async (self->config.pool, &nobody, find_shops, found, NULL, NULL, found_cb,
                         found);
}

static gboolean
wake_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
tick_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

void
osy_payment_driver_start (OsyPaymentDriver *self)
{
  osy_payment_store_set_wake (wake_cb, self);
  self->timer = g_timeout_add (LOOK_MS, tick_cb, self);
  look (self);
}

void
osy_payment_driver_stop (OsyPaymentDriver *self)
{
  osy_payment_store_set_wake (NULL, NULL);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->ended);
  tell_waiters (self, NULL);
}
