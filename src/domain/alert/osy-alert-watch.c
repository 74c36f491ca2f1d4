/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Looks every few seconds, shop by shop, at what is wrong. When the database does not answer for a
 * while everybody is told at once, from memory; that it was away is written down and told when it
 * is back. */

#include "osy-alert-incident.h"
#include "osy-alert-outage.h"
#include "osy-alert-pulse.h"
#include "osy-alert-service.h"
#include "osy-alert-store.h"
#include "osy-clock.h"
#include "osy-shop-service.h"
#include "osy-threat-store.h"

/* Late by so much, a look was kept from the database, and not by other work. */
#define AWAY_US (10 * G_USEC_PER_SEC)
#define STEADY_LOOKS 6

OsyMetric osy_alert_looks = {.name = "ordersync_alert_looks_total",
                             .help = "Times that every shop was looked at for what is wrong.",
                             .kind = OSY_METRIC_COUNTER};

/** What is remembered of the shops between looks. */
typedef struct {
  OsyAlertPeople *people; /* (nullable): read by a worker, on their way to the main thread */
  guint outage;           /* the last one that is over; 0: none was */
  gint64 away_s;          /* how long it was */
  GHashTable *told;       /* number of the last one, by shop */
} News;

struct _OsyAlertWatch {
  gatomicrefcount refs;
  OsyAlertRoom *room;
  GPtrArray *shops; /* of those still to be looked at */
  OsyAlertOutage *outage;
  OsyAlertPulse pulse;
  News news;
  gint64 away_s; /* what the shop that is looked at is told */
  guint timer;
  gboolean looking;
};

/* ---- one shop ---- */

static OsyAlert *
find (GPtrArray *alerts, const OsyAlert *wanted)
{
  for (guint i = 0; i < alerts->len; i++) {
    OsyAlert *alert = alerts->pdata[i];
    if (alert->kind == wanted->kind && g_str_equal (alert->subject, wanted->subject))
      return alert;
  }
  return NULL;
}

static gboolean
tell_away (OsyDbTx *tx,
           const OsyAlertRoom *room,
           const OsyCall *call,
           gint64 away_s,
           GError **error)
{
  JsonObject *facts = json_object_new ();

  json_object_set_string_member (facts, "part", "DATABASE");
  json_object_set_int_member (facts, "seconds", away_s);
  g_autoptr (OsyAlert) alert = osy_alert_new (OSY_ALERT_OUTAGE, "database", facts);
  return osy_alert_raise (tx, room, call, alert, error) &&
         osy_alert_end (tx, room, call, alert, error);
}

gboolean
osy_alert_sweep (OsyDbTx *tx, const OsyAlertRoom *room, gint64 away_s, GError **error)
{
  const char *shop_id = osy_db_tx_restaurant (tx);
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (shop_id, "alert");
  const OsyCall call = {.principal = system};
  gint64 now = osy_clock_now ();
  OsyAlertSetup setup;
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, shop_id, error);

  if (shop == NULL || !osy_alert_setup_load (tx, &setup, error))
    return FALSE;
  g_autofree char *day = osy_shop_business_day (shop, now);
  g_autoptr (GPtrArray) open = osy_alert_store_open (tx, error);
  g_autoptr (GPtrArray) wrong =
      open != NULL ? osy_alert_store_wrong (tx, &setup.limits, now, day, error) : NULL;
  if (wrong == NULL || (away_s > 0 && !tell_away (tx, room, &call, away_s, error)))
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    if (find (wrong, open->pdata[i]) == NULL &&
        !osy_alert_end (tx, room, &call, open->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < wrong->len; i++)
    if (find (open, wrong->pdata[i]) == NULL &&
        !osy_alert_raise (tx, room, &call, wrong->pdata[i], error))
      return FALSE;
  return osy_alert_incident_plan (tx, now, error);
}

/* ---- all of them ---- */

OsyAlertWatch *
osy_alert_watch_new (OsyAlertRoom *room)
{
  OsyAlertWatch *self = g_new0 (OsyAlertWatch, 1);

  g_atomic_ref_count_init (&self->refs);
  self->room = room;
  self->outage = osy_alert_outage_new (room);
  self->news.told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/* A look that is on its way holds a reference. */
static OsyAlertWatch *
hold (OsyAlertWatch *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
osy_alert_watch_free (OsyAlertWatch *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  g_clear_pointer (&self->news.people, osy_alert_people_unref);
  g_hash_table_unref (self->news.told);
  osy_alert_outage_free (self->outage);
  g_free (self);
}

static const char *
shop_of (const OsyAlertWatch *self)
{
  return self->shops->pdata[self->shops->len - 1];
}

static gboolean
run_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyAlertWatch *self = data;

  g_clear_pointer (&self->news.people, osy_alert_people_unref);
  self->news.people = osy_alert_people_read (tx, self->room->ring, error);
  return self->news.people != NULL && osy_alert_sweep (tx, self->room, self->away_s, error);
}

/* A shop that is new was not there in an outage before. */
static gint64
away_for (OsyAlertWatch *self, const char *shop)
{
  gpointer told = NULL;

  if (!g_hash_table_lookup_extended (self->news.told, shop, NULL, &told))
    return 0;
  return GPOINTER_TO_UINT (told) < self->news.outage ? self->news.away_s : 0;
}

static void look_at_next (OsyAlertWatch *self);

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsyAlertWatch *self = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_alert_pulse_answer (&self->pulse, g_get_monotonic_time ());
    osy_alert_outage_learn (self->outage, shop_of (self), g_steal_pointer (&self->news.people));
    if (self->away_s > 0 || !g_hash_table_contains (self->news.told, shop_of (self)))
      g_hash_table_replace (self->news.told, g_strdup (shop_of (self)),
                            GUINT_TO_POINTER (self->news.outage));
  } else if (self->timer != 0) {
    g_warning ("a shop could not be looked after and will be again: %s", error->message);
  }
  g_ptr_array_remove_index_fast (self->shops, self->shops->len - 1);
  look_at_next (self);
}

static void
end_look (OsyAlertWatch *self)
{
  self->looking = FALSE;
  osy_alert_watch_free (self);
}

/* Goes from the last to the first. */
static void
look_at_next (OsyAlertWatch *self)
{
  if (self->shops->len == 0 && self->timer != 0)
    osy_metric_add (osy_metric_find (&osy_alert_looks), 1);
  if (self->shops->len == 0 || self->timer == 0) {
    end_look (self);
    return;
  }
  const OsyDbScope scope = {.restaurant_id = shop_of (self)};
  self->away_s = away_for (self, shop_of (self));
  osy_db_pool_run_async (self->room->pool, &scope, run_shop, self, NULL, NULL, looked_cb, self);
}

static gboolean
run_list (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyAlertWatch *self = data;
  g_autoptr (OsyDbRows) rows = osy_threat_store_shops (tx, error);

  if (rows == NULL)
    return FALSE;
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  self->shops = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (self->shops, g_strdup (osy_db_rows_text (rows, i, "id")));
  return TRUE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsyAlertWatch *self = user_data;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, NULL)) {
    end_look (self);
    return;
  }
  osy_alert_pulse_answer (&self->pulse, g_get_monotonic_time ());
  osy_alert_outage_keep (self->outage, self->shops);
  look_at_next (self);
}

/* Whatever the look on its way waits for. */
static void
feel_pulse (OsyAlertWatch *self)
{
  gint64 away_us = 0;

  switch (osy_alert_pulse_look (&self->pulse, g_get_monotonic_time (), &away_us)) {
  case OSY_ALERT_PULSE_AWAY: osy_alert_outage_begin (self->outage); break;
  case OSY_ALERT_PULSE_BACK:
    osy_alert_outage_end (self->outage);
    self->news.outage++;
    self->news.away_s = MAX (1, away_us / G_USEC_PER_SEC);
    break;
  default: osy_alert_outage_try (self->outage);
  }
}

static gboolean
look_cb (gpointer user_data)
{
  static const OsyDbScope nobody = {NULL};
  OsyAlertWatch *self = user_data;

  feel_pulse (self);
  if (self->looking)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  osy_db_pool_run_async (self->room->pool, &nobody, run_list, hold (self), NULL, NULL, listed_cb,
                         self);
  return G_SOURCE_CONTINUE;
}

void
osy_alert_watch_start (OsyAlertWatch *self)
{
  guint look_s = MAX (1, self->room->look_s);
  gint64 look_us = look_s * G_USEC_PER_SEC;
  gint64 now = g_get_monotonic_time ();

  self->pulse = (OsyAlertPulse){.every = look_us,
                                .patience = AWAY_US + look_us,
                                .steady = STEADY_LOOKS * look_us,
                                .felt_at = now,
                                .seen_at = now};
  self->timer = g_timeout_add_seconds (look_s, look_cb, self);
  look_cb (self);
}

void
osy_alert_watch_stop (OsyAlertWatch *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  osy_alert_outage_stop (self->outage);
}
