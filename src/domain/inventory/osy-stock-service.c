/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is promised to orders, and what that leaves for others. */

#include "osy-stock-service.h"

#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-json.h"
#include "osy-stock-store.h"

#define EXPIRE_PAGE 100
/* As long as an order's Idempotency-Key is kept: nothing asks again later. */
#define KEPT (30 * G_TIME_SPAN_DAY)

/* ---- telling ---- */

typedef struct {
  const char *type;
  gint64 version;      /* -1: it could not be done, and nothing is told */
  GPtrArray *short_of; /* nullable */
} News;

static gboolean
tell (OsyDbTx *tx, const OsyCall *call, const OsyStockWant *want, const News *news, GError **error)
{
  gboolean held = FALSE;

  if (news->version < 0 || !osy_stock_store_held (tx, want, &held, error))
    return FALSE;
  /* Of what nothing is counted nobody wants to hear. */
  if (!held && news->short_of == NULL)
    return TRUE;
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) payload = osy_json_take_object (object);
  const OsyEventDraft draft = {.type = news->type,
                               .aggregate_type = "stock",
                               .aggregate_id = want->subject_id,
                               .aggregate_seq = news->version,
                               .payload = payload};

  json_object_set_string_member (object, "subject_type", want->subject_type);
  if (g_str_equal (want->subject_type, "order"))
    json_object_set_string_member (object, "order_id", want->subject_id);
  if (news->short_of != NULL) {
    JsonArray *ids = json_array_new ();
    for (guint i = 0; i < news->short_of->len; i++)
      json_array_add_string_element (ids, news->short_of->pdata[i]);
    json_object_set_array_member (object, "ingredient_ids", ids);
  }
  return osy_event_emit (tx, call, &draft, error);
}

static gboolean
close_open (OsyDbTx *tx,
            const OsyCall *call,
            const OsyStockWant *want,
            const char *status,
            const char *event,
            GError **error)
{
  const char *actor = osy_principal_actor (call->principal);
  const News news = {event, osy_stock_store_close (tx, want, status, actor, error), NULL};

  return tell (tx, call, want, &news, error);
}

/* ---- reserving ---- */

static gboolean
fail (OsyDbTx *tx,
      const OsyCall *call,
      const OsyStockWant *want,
      GPtrArray *short_of,
      GError **error)
{
  const char *actor = osy_principal_actor (call->principal);
  const News news = {"stock.reservation_failed",
                     osy_stock_store_close (tx, want, OSY_STOCK_RELEASED, actor, error), short_of};

  return tell (tx, call, want, &news, error);
}

static gboolean
take (OsyDbTx *tx,
      const OsyCall *call,
      const OsyStockWant *want,
      gint64 expires_at,
      OsyStockOutcome *ret,
      GError **error)
{
  g_autoptr (GPtrArray) short_of = NULL;

  if (!osy_stock_store_take (tx, want, &short_of, error))
    return FALSE;
  if (short_of != NULL) {
    *ret = OSY_STOCK_OUTCOME_SHORT;
    return fail (tx, call, want, short_of, error);
  }
  if (!osy_stock_store_apply (tx, want, osy_principal_actor (call->principal), error))
    return FALSE;
  const News news = {"stock.reserved", osy_stock_store_settle (tx, want, expires_at, error), NULL};
  return tell (tx, call, want, &news, error);
}

gboolean
osy_stock_service_reserve (OsyDbTx *tx,
                           const OsyCall *call,
                           const OsyStockWant *want,
                           gint64 expires_at,
                           OsyStockOutcome *ret,
                           GError **error)
{
  OsyStockReservation now = {NULL};
  gboolean fresh = FALSE;

  if (!osy_stock_store_open (tx, want, OSY_STOCK_RESERVED, &now, &fresh, error))
    return FALSE;
  g_autofree char *status = now.status;
  if (!g_str_equal (status, OSY_STOCK_RESERVED)) {
    gboolean consumed = g_str_equal (status, OSY_STOCK_CONSUMED);
    *ret = consumed ? OSY_STOCK_OUTCOME_HELD : OSY_STOCK_OUTCOME_OVER;
    return TRUE;
  }
  *ret = OSY_STOCK_OUTCOME_HELD;
  return now.whole || take (tx, call, want, expires_at, ret, error);
}

gboolean
osy_stock_service_consume (OsyDbTx *tx,
                           const OsyCall *call,
                           const char *subject_type,
                           const char *subject_id,
                           GError **error)
{
  const OsyStockWant want = {subject_type, subject_id, NULL};
  OsyStockReservation now = {NULL};

  if (!osy_stock_store_find (tx, &want, &now, error))
    return FALSE;
  g_autofree char *status = now.status;
  return g_strcmp0 (status, OSY_STOCK_RESERVED) != 0 ||
         close_open (tx, call, &want, OSY_STOCK_CONSUMED, "stock.consumed", error);
}

gboolean
osy_stock_service_release (OsyDbTx *tx,
                           const OsyCall *call,
                           const char *subject_type,
                           const char *subject_id,
                           GError **error)
{
  const OsyStockWant want = {subject_type, subject_id, NULL};
  OsyStockReservation now = {NULL};
  gboolean fresh = FALSE;

  if (!osy_stock_store_open (tx, &want, OSY_STOCK_RELEASED, &now, &fresh, error))
    return FALSE;
  g_autofree char *status = now.status;
  const News news = {"stock.released", now.version, NULL};
  if (fresh)
    return tell (tx, call, &want, &news, error);
  return !g_str_equal (status, OSY_STOCK_RESERVED) ||
         close_open (tx, call, &want, OSY_STOCK_RELEASED, "stock.released", error);
}

gboolean
osy_stock_service_void (OsyDbTx *tx,
                        const OsyCall *call,
                        const OsyStockWant *want,
                        const OsyStockVoids *voids,
                        GError **error)
{
  OsyStockReservation now = {NULL};
  gboolean fresh = FALSE;

  if (!osy_stock_store_open (tx, want, OSY_STOCK_RESERVED, &now, &fresh, error))
    return FALSE;
  g_free (now.status);
  return osy_stock_store_set_voids (tx, want, voids, error) &&
         osy_stock_store_apply (tx, want, osy_principal_actor (call->principal), error);
}

gboolean
osy_stock_service_expire (OsyDbTx *tx, const OsyCall *call, gint64 now, gint64 *ret, GError **error)
{
  g_autoptr (GPtrArray) list = osy_stock_store_expired (tx, now, EXPIRE_PAGE, error);

  if (list == NULL)
    return FALSE;
  *ret = list->len / 2;
  for (guint i = 0; i < list->len; i += 2) {
    const OsyStockWant want = {list->pdata[i], list->pdata[i + 1], NULL};
    if (!close_open (tx, call, &want, OSY_STOCK_EXPIRED, "stock.expired", error))
      return FALSE;
  }
  return TRUE;
}

typedef struct {
  const char *restaurant_id;
  gint64 done;
} Sweep;

static gboolean
sweep_page (OsyDbTx *tx, gpointer data, GError **error)
{
  Sweep *sweep = data;
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (sweep->restaurant_id, "stock");
  const OsyCall call = {.principal = system};

  return osy_stock_service_expire (tx, &call, osy_clock_now (), &sweep->done, error);
}

gboolean
osy_stock_service_sweep (OsyDbTx *tx, gpointer room, GError **error)
{
  const OsyStockRoom *self = room;
  g_autoptr (GPtrArray) shops = osy_stock_store_expired_shops (tx, osy_clock_now (), error);
  gboolean good = shops != NULL;

  for (guint i = 0; good && i < shops->len; i++) {
    Sweep sweep = {shops->pdata[i], EXPIRE_PAGE};
    const OsyDbScope scope = {.restaurant_id = shops->pdata[i]};
    while (good && sweep.done == EXPIRE_PAGE)
      good = osy_db_pool_run (self->pool, &scope, sweep_page, &sweep, error);
  }
  return good;
}

gboolean
osy_stock_service_forget (OsyDbTx *tx, gpointer data, GError **error)
{
  return osy_stock_store_forget (tx, osy_clock_now () - KEPT, error);
}

/* ---- what is left ---- */

gboolean
osy_stock_service_renew (OsyDbTx *tx, const OsyCall *call, const OsyStockRoom *room, GError **error)
{
  g_autoptr (GArray) lefts = g_array_new (FALSE, FALSE, sizeof (OsyMenuLeft));

  /* Held first, so that who reckons later writes later. */
  if (!osy_menu_service_lock (tx, error))
    return FALSE;
  g_autoptr (GPtrArray) list = osy_stock_store_left (tx, error);
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const OsyStockLeft *from = g_ptr_array_index (list, i);
    const OsyMenuLeft left = {from->id, from->is_option, osy_stock_about (from->portions),
                              from->out_of_stock};
    g_array_append_val (lefts, left);
  }
  return list != NULL && osy_menu_service_set_left (tx, call, room->menu, lefts, error);
}

gboolean
osy_stock_on_change (OsyDbTx *tx,
                     const OsyCall *call,
                     const OsyEvent *event,
                     gpointer room,
                     GError **error)
{
  return osy_stock_service_renew (tx, call, room, error);
}
