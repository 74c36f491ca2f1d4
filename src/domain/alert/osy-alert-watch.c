/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Looks every few seconds, shop by shop, at what is wrong. A look that is long overdue says that
 * the database was away: it is told once it is back, for before nothing can be written down. */

#include "osy-alert-service.h"
#include "osy-alert-store.h"
#include "osy-clock.h"
#include "osy-shop-service.h"
#include "osy-threat-store.h"

#define LOOK_MS 5000
/* Late by so much, a look was kept from the database, and not by other work. */
#define AWAY_US (10 * G_USEC_PER_SEC)

struct _OsyAlertWatch {
  gatomicrefcount refs;
  OsyAlertRoom *room;
  GPtrArray *shops; /* of those still to be looked at */
  gint64 away_s;    /* what they are told */
  gint64 missed_s;  /* what the next look tells */
  gint64 seen_at;   /* monotonic: when the database last answered */
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
  return TRUE;
}

/* ---- all of them ---- */

OsyAlertWatch *
osy_alert_watch_new (OsyAlertRoom *room)
{
  OsyAlertWatch *self = g_new0 (OsyAlertWatch, 1);

  g_atomic_ref_count_init (&self->refs);
  self->room = room;
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
  g_free (self);
}

static gboolean
run_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyAlertWatch *self = data;

  return osy_alert_sweep (tx, self->room, self->away_s, error);
}

static void
note_answer (OsyAlertWatch *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 gap = now - self->seen_at - LOOK_MS * 1000;

  if (gap >= AWAY_US)
    self->missed_s = MAX (self->missed_s, gap / G_USEC_PER_SEC);
  self->seen_at = now;
}

static void look_at_next (OsyAlertWatch *self);

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsyAlertWatch *self = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    note_answer (self);
  else if (self->timer != 0)
    g_warning ("a shop could not be looked after and will be again: %s", error->message);
  g_ptr_array_remove_index_fast (self->shops, self->shops->len - 1);
  look_at_next (self);
}

/* Goes from the last to the first. */
static void
look_at_next (OsyAlertWatch *self)
{
  if (self->shops->len == 0 || self->timer == 0) {
    self->looking = FALSE;
    osy_alert_watch_free (self);
    return;
  }
  const OsyDbScope scope = {.restaurant_id = self->shops->pdata[self->shops->len - 1]};
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
    self->looking = FALSE;
    osy_alert_watch_free (self);
    return;
  }
  note_answer (self);
  self->away_s = self->missed_s;
  self->missed_s = 0;
  look_at_next (self);
}

static gboolean
look_cb (gpointer user_data)
{
  static const OsyDbScope nobody = {NULL};
  OsyAlertWatch *self = user_data;

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
  self->seen_at = g_get_monotonic_time ();
  self->timer = g_timeout_add (LOOK_MS, look_cb, self);
  look_cb (self);
}

void
osy_alert_watch_stop (OsyAlertWatch *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}
