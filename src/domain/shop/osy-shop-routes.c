/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* HTTP of restaurants: the own one for its people, the front door for guests. */

#include "osy-shop-routes.h"

#include "osy-api.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-money.h"
#include "osy-shop-service.h"

/** Work on the pool. */
typedef struct {
  OsyKeyring *ring;
  gint64 if_version;
  OsyShopPatch *patch;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->ring);
  g_clear_pointer (&work->patch, osy_shop_patch_free);
  g_free (work);
}

static Work *
work_new (OsyShopRoom *room)
{
  Work *work = g_new0 (Work, 1);

  work->ring = g_object_ref (room->ring);
  return work;
}

static gboolean
answer (OsyShop *shop, OsyApiReply *reply)
{
  if (shop == NULL)
    return FALSE;
  reply->body = osy_shop_to_json (shop);
  reply->version = osy_shop_data (shop)->version;
  return TRUE;
}

static gboolean
read_own (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyShop) shop = osy_shop_service_get_own (tx, work->ring, call, error);

  return answer (shop, reply);
}

static void
handle_read_own (OsyHttpRequest *request, gpointer user_data)
{
  OsyShopRoom *room = user_data;

  osy_api_run (request, room->pool, NULL, read_own, work_new (room), work_free);
}

static gboolean
update_own (OsyDbTx *tx, const OsyCall *call, gpointer data, OsyApiReply *reply, GError **error)
{
  Work *work = data;
  g_autoptr (OsyShop) shop =
      osy_shop_service_update (tx, work->ring, call, work->if_version, work->patch, error);

  return answer (shop, reply);
}

static GArray *
read_hours (OsyJsonReader *reader)
{
  guint n = osy_json_reader_opt_array (reader, "opening_hours", 50);
  GArray *hours = g_array_new (FALSE, FALSE, sizeof (OsyShopHours));

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "opening_hours", i);
    OsyShopHours value = {
        .weekday = (int)osy_json_reader_int (row, "weekday", 1, 7),
        .opens = (int)osy_json_reader_int (row, "opens", 0, 1439),
        .closes = (int)osy_json_reader_int (row, "closes", 1, 2880),
    };
    g_array_append_val (hours, value);
  }
  return hours;
}

static void
read_setup (OsyJsonReader *reader, int *setup)
{
  OsyJsonReader *steps = osy_json_reader_opt_object (reader, "setup");

  for (int i = 0; steps != NULL && i < OSY_N_SHOP_STEPS; i++) {
    const char *name = osy_shop_step_name (i);
    if (osy_json_reader_has (steps, name))
      setup[i] = (int)osy_shop_step_state_from_name (
          osy_json_reader_enum (steps, name, osy_shop_step_states (), NULL));
  }
}

static void
read_pace (OsyJsonReader *reader, OsyShopPatch *patch)
{
  static const char *const states[] = {OSY_SHOP_OPEN, OSY_SHOP_PAUSED, OSY_SHOP_CLOSED, NULL};
  static const char *const paces[] = {OSY_SHOP_OPEN, OSY_SHOP_PAUSED, NULL};

  if (osy_json_reader_has (reader, "open_state"))
    patch->open_state =
        g_strdup (osy_json_reader_enum (reader, "open_state", patch->pace ? paces : states, NULL));
  patch->paused_until = osy_json_reader_opt_time (reader, "paused_until");
  patch->busy_minutes = osy_json_reader_opt_int (reader, "busy_minutes", 0, OSY_SHOP_BUSY_MOST, -1);
  patch->busy_until = osy_json_reader_opt_time (reader, "busy_until");
}

static void
read_promise (OsyJsonReader *reader, OsyShopPatch *patch)
{
  if (osy_json_reader_has (reader, "promise_automatic"))
    patch->promise_automatic = osy_json_reader_opt_bool (reader, "promise_automatic", FALSE);
  patch->promise_min_minutes =
      osy_json_reader_opt_int (reader, "promise_min_minutes", 1, OSY_SHOP_PROMISE_MOST, -1);
  patch->promise_max_minutes =
      osy_json_reader_opt_int (reader, "promise_max_minutes", 1, OSY_SHOP_PROMISE_MOST, -1);
}

static OsyShopPatch *
read_patch (JsonNode *body, gboolean pace, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  g_autoptr (OsyShopPatch) patch = osy_shop_patch_new ();

  patch->pace = pace;
  read_pace (reader, patch);
  if (pace)
    return osy_json_reader_finish (reader, error) ? g_steal_pointer (&patch) : NULL;
  patch->name = g_strdup (osy_json_reader_opt_string (reader, "name", 1, 100));
  patch->business_number = g_strdup (osy_json_reader_opt_string (reader, "business_number", 0, 14));
  patch->owner_name = g_strdup (osy_json_reader_opt_string (reader, "owner_name", 0, 100));
  patch->phone = g_strdup (osy_json_reader_opt_string (reader, "phone", 0, 30));
  patch->time_zone = g_strdup (osy_json_reader_opt_string (reader, "time_zone", 1, 64));
  read_promise (reader, patch);
  patch->cutoff_minutes = osy_json_reader_opt_int (reader, "cutoff_minutes", 0, 1439, -1);
  patch->minimum_order = osy_json_reader_opt_int (reader, "minimum_order", 0, OSY_MONEY_MAX, -1);
  patch->pay_within_minutes = osy_json_reader_opt_int (reader, "pay_within_minutes",
                                                       OSY_SHOP_PAY_MIN, OSY_SHOP_PAY_MAX, -1);
  if (osy_json_reader_has (reader, "accept_paid_orders"))
    patch->accept_paid_orders = osy_json_reader_opt_bool (reader, "accept_paid_orders", FALSE);
  patch->default_prep_minutes =
      osy_json_reader_opt_int (reader, "default_prep_minutes", 1, 240, -1);
  patch->retention_days = osy_json_reader_opt_int (reader, "retention_days", OSY_SHOP_RETENTION_MIN,
                                                   OSY_SHOP_RETENTION_MAX, -1);
  if (osy_json_reader_has (reader, "guest_orders"))
    patch->guest_orders = osy_json_reader_opt_bool (reader, "guest_orders", FALSE);
  if (osy_json_reader_has (reader, "opening_hours"))
    patch->hours = read_hours (reader);
  read_setup (reader, patch->setup);
  if (!osy_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&patch);
}

static void
update (OsyHttpRequest *request, OsyShopRoom *room, gboolean pace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = osy_http_request_json (request, &error);
  g_autoptr (OsyShopPatch) patch = body ? read_patch (body, pace, &error) : NULL;
  gint64 if_version = 0;

  if (patch == NULL || !osy_api_if_match (request, &if_version, &error)) {
    osy_http_reply_error (request, error);
    return;
  }
  Work *work = work_new (room);
  work->if_version = if_version;
  work->patch = g_steal_pointer (&patch);
  osy_api_run (request, room->pool, NULL, update_own, work, work_free);
}

static void
handle_update_own (OsyHttpRequest *request, gpointer room)
{
  update (request, room, FALSE);
}

static void
handle_set_pace (OsyHttpRequest *request, gpointer room)
{
  update (request, room, TRUE);
}

static void
public_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OsyHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyShop) shop = osy_shop_cache_load_finish (OSY_SHOP_CACHE (source), result, &error);

  if (shop == NULL) {
    osy_http_reply_error (request, error);
    return;
  }
  g_autoptr (JsonNode) body = osy_shop_to_public_json (shop, osy_clock_now ());
  osy_http_reply_json (request, 200, body);
}

static void
handle_read_public (OsyHttpRequest *request, gpointer user_data)
{
  OsyShopRoom *room = user_data;

  osy_shop_cache_load_async (room->cache, osy_http_request_param (request, "restaurant_id"), NULL,
                             public_loaded_cb, osy_http_request_ref (request));
}

const OsyRoute osy_shop_routes[] = {
    {"GET", "/api/v1/restaurants/me", "getOwnRestaurant", OSY_PERM_SHOP_READ, 0, handle_read_own},
    {"PATCH", "/api/v1/restaurants/me", "updateOwnRestaurant", OSY_PERM_SHOP_MANAGE, 0,
     handle_update_own},
    {"PATCH", "/api/v1/restaurants/me/pace", "setPace", OSY_PERM_ORDER_WRITE, 0, handle_set_pace},
    {"GET", "/api/v1/restaurants/{restaurant_id}", "getRestaurant", OSY_PERM_NONE, OSY_ROUTE_PUBLIC,
     handle_read_public},
    {NULL},
};
