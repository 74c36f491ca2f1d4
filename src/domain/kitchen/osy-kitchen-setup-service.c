/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of stations and routes: nothing on the menu may be left without a place to be made. */

#include "osy-kitchen-setup-service.h"

#include "osy-audit-service.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-kitchen-setup-store.h"
#include "osy-kitchen-work.h"
#include "osy-menu-store.h"

/* ---- what no route takes ---- */

static void
list_unrouted (OsyKitchenSetup *setup, OsyMenu *menu)
{
  GPtrArray *categories = osy_menu_categories (menu);
  g_autoptr (GPtrArray) no_options = g_ptr_array_new ();

  g_ptr_array_set_size (setup->unrouted, 0);
  for (guint i = 0; setup->stations->len > 0 && i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    for (guint k = 0; k < category->items->len; k++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, k);
      const OsyKitchenWay way = {item->id, category->id, item->station, no_options};
      if (osy_kitchen_setup_route (setup, &way) == NULL)
        g_ptr_array_add (setup->unrouted, osy_kitchen_unrouted_new (item->id, item->name));
    }
  }
}

static gboolean
is_on_menu (OsyMenu *menu, const OsyKitchenRoute *route)
{
  if (g_str_equal (route->kind, OSY_ROUTE_CATEGORY))
    return osy_menu_find_category (menu, route->target_id) != NULL;
  if (g_str_equal (route->kind, OSY_ROUTE_ITEM))
    return osy_menu_find_item (menu, route->target_id) != NULL;
  return osy_menu_find_option (menu, route->target_id) != NULL;
}

/* Routes of what the menu no longer has are not shown, so that saving what was read is no fault. */
OsyKitchenSetup *
osy_kitchen_setup_service_get (OsyDbTx *tx, const OsyCall *call, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_READ, error))
    return NULL;
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_store_load (tx, error);
  g_autoptr (OsyMenu) menu = setup != NULL ? osy_menu_store_load (tx, error) : NULL;
  if (menu == NULL)
    return NULL;
  for (guint i = setup->routes->len; i > 0; i--)
    if (!is_on_menu (menu, g_ptr_array_index (setup->routes, i - 1)))
      g_ptr_array_remove_index (setup->routes, i - 1);
  list_unrouted (setup, menu);
  return g_steal_pointer (&setup);
}

/* ---- may it be saved ---- */

static gboolean
refuse (const char *pointer, const char *code, const char *detail, GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);

  osy_error_add_field (refusal, pointer, code, detail);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
check_station (const OsyKitchenSetup *setup, guint place, GError **error)
{
  const OsyKitchenStation *station = g_ptr_array_index (setup->stations, place);

  for (guint i = 0; i < place; i++) {
    const OsyKitchenStation *other = g_ptr_array_index (setup->stations, i);
    g_autofree char *pointer = g_strdup_printf ("/stations/%u", place);
    if (g_str_equal (other->name, station->name) || g_strcmp0 (other->id, station->id) == 0)
      return refuse (pointer, "TWICE", "Each station has its own name and id.", error);
    if (other->is_expo && station->is_expo)
      return refuse (pointer, "TWICE", "There is one station where orders are put together.",
                     error);
  }
  return TRUE;
}

static gboolean
cooks (const OsyKitchenSetup *setup, const char *id)
{
  const OsyKitchenStation *station = osy_kitchen_setup_find (setup, id);

  return station != NULL && !station->is_expo;
}

static gboolean
check_route (const OsyKitchenSetup *setup, OsyMenu *menu, guint place, GError **error)
{
  const OsyKitchenRoute *route = g_ptr_array_index (setup->routes, place);
  g_autofree char *pointer = g_strdup_printf ("/routes/%u", place);

  if (!is_on_menu (menu, route))
    return refuse (pointer, "UNKNOWN", "The menu has no such category, item or option.", error);
  if (!cooks (setup, route->station_id))
    return refuse (pointer, "UNKNOWN", "A route leads to a station that cooks.", error);
  for (guint i = 0; i < place; i++) {
    const OsyKitchenRoute *other = g_ptr_array_index (setup->routes, i);
    if (g_str_equal (other->kind, route->kind) && g_str_equal (other->target_id, route->target_id))
      return refuse (pointer, "TWICE", "This has a route already.", error);
  }
  return TRUE;
}

static gboolean
check_unrouted (const OsyKitchenSetup *setup, GError **error)
{
  if (setup->stations->len == 0 || setup->unrouted->len == 0 ||
      osy_kitchen_setup_fallback (setup) != NULL)
    return TRUE;
  g_autoptr (JsonNode) whole = osy_kitchen_setup_to_json (setup);
  g_autoptr (GError) refusal =
      g_error_new (OSY_ERROR, OSY_ERROR_UNROUTED,
                   "%u items reach no station; name one for all the rest.", setup->unrouted->len);
  for (guint i = 0; i < MIN (setup->unrouted->len, 100); i++) {
    const OsyKitchenUnrouted *item = g_ptr_array_index (setup->unrouted, i);
    g_autofree char *pointer = g_strdup_printf ("/unrouted/%u", i);
    osy_error_add_field (refusal, pointer, "UNROUTED", item->name);
  }
  osy_error_set_extra (
      refusal, "unrouted",
      json_node_copy (json_object_get_member (json_node_get_object (whole), "unrouted")));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
check (OsyKitchenSetup *setup, OsyMenu *menu, GError **error)
{
  gboolean any_cooks = setup->stations->len == 0;

  for (guint i = 0; i < setup->stations->len; i++) {
    if (!check_station (setup, i, error))
      return FALSE;
    any_cooks =
        any_cooks || !((OsyKitchenStation *)g_ptr_array_index (setup->stations, i))->is_expo;
  }
  if (!any_cooks)
    return refuse ("/stations", "REQUIRED", "One station has to cook.", error);
  for (guint i = 0; i < setup->routes->len; i++)
    if (!check_route (setup, menu, i, error))
      return FALSE;
  if (setup->default_station_id != NULL && !cooks (setup, setup->default_station_id))
    return refuse ("/default_station_id", "UNKNOWN", "The default is a station that cooks.", error);
  list_unrouted (setup, menu);
  return check_unrouted (setup, error);
}

static gboolean
check_version (const OsyKitchenSetup *wanted, const OsyKitchenSetup *now, GError **error)
{
  if (wanted->version == now->version)
    return TRUE;
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                                    "Somebody else changed the stations first.");
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), now->version));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* ---- what lies on stations that are gone ---- */

/* @stage: which tickets; @station_id: where they come. */
static gboolean
bring (OsyDbTx *tx,
       const OsyCall *call,
       const char *stage,
       const OsyKitchenStation *station,
       GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "UPDATE kitchen_ticket t SET station_id = $2::uuid, version = version + 1 "
      "FROM kitchen_station s WHERE t.restaurant_id = app_restaurant() AND t.status = 'OPEN' "
      "AND t.stage = $1 AND t.station_id <> $2::uuid AND s.restaurant_id = t.restaurant_id "
      "AND s.id = t.station_id AND (s.removed_at IS NOT NULL OR s.is_expo <> ($1 = 'EXPO')) "
      "RETURNING t.id, t.version",
      OSY_PARAMS (OSY_P_TEXT (stage), OSY_P_TEXT (station->id)), error);

  return rows != NULL && osy_kitchen_emit_tickets (tx, call, rows, error);
}

/* Nobody puts orders together any more: what waited for that is ready. */
static gboolean
finish_expo (OsyDbTx *tx, const OsyKitchenRoom *room, const OsyCall *call, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT id FROM kitchen_ticket WHERE restaurant_id = app_restaurant() "
                    "AND status = 'OPEN' AND stage = 'EXPO' ORDER BY order_id",
                    OSY_NO_PARAMS, error);

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    const OsyKitchenDeed bump = {.verb = "bump", .id = osy_db_rows_text (rows, i, "id")};
    g_autoptr (OsyKitchenTicket) ticket = osy_kitchen_service_do (tx, room, call, &bump, error);
    if (ticket == NULL)
      return FALSE;
  }
  return rows != NULL;
}

static gboolean
rehome (OsyDbTx *tx, const OsyKitchenRoom *room, const OsyCall *call, GError **error)
{
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_store_load_working (tx, error);

  if (setup == NULL)
    return FALSE;
  /* The main station stands only where nothing else does. */
  if (osy_kitchen_setup_find (setup, osy_db_tx_restaurant (tx)) != NULL &&
      !osy_kitchen_setup_store_ensure_main (tx, error))
    return FALSE;
  const OsyKitchenStation *expo = osy_kitchen_setup_expo (setup);
  const OsyKitchenStation *home = osy_kitchen_setup_fallback (setup);
  for (guint i = 0; home == NULL && i < setup->stations->len; i++)
    if (cooks (setup, ((OsyKitchenStation *)g_ptr_array_index (setup->stations, i))->id))
      home = g_ptr_array_index (setup->stations, i);
  return bring (tx, call, OSY_TICKET_PREP, home, error) &&
         (expo != NULL ? bring (tx, call, OSY_TICKET_EXPO, expo, error)
                       : finish_expo (tx, room, call, error));
}

/* ---- saving ---- */

static gboolean
record (OsyDbTx *tx,
        const OsyKitchenRoom *room,
        const OsyCall *call,
        const OsyKitchenSetup *before,
        const OsyKitchenSetup *after,
        GError **error)
{
  g_autoptr (JsonNode) old_value = osy_kitchen_setup_to_json (before);
  g_autoptr (JsonNode) new_value = osy_kitchen_setup_to_json (after);
  const OsyAuditEntry audit = {
      .action = "kitchen.setup_changed",
      .object_type = "kitchen",
      .object_id = osy_db_tx_restaurant (tx),
      .old_value = old_value,
      .new_value = new_value,
  };
  const OsyEventDraft draft = {
      .type = "kitchen.setup",
      .aggregate_type = "kitchen",
      .aggregate_id = osy_db_tx_restaurant (tx),
      .aggregate_seq = after->version,
  };

  return osy_audit_record (tx, room->ring, call, &audit, error) &&
         osy_event_emit (tx, call, &draft, error);
}

gboolean
osy_kitchen_setup_service_save (OsyDbTx *tx,
                                const OsyKitchenRoom *room,
                                const OsyCall *call,
                                OsyKitchenSetup *wanted,
                                GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_KITCHEN_MANAGE, error) ||
      !osy_kitchen_setup_store_lock (tx, error))
    return FALSE;
  g_autoptr (OsyKitchenSetup) before = osy_kitchen_setup_store_load (tx, error);
  g_autoptr (OsyMenu) menu = before != NULL ? osy_menu_store_load (tx, error) : NULL;
  if (menu == NULL || !check_version (wanted, before, error))
    return FALSE;
  for (guint i = 0; i < wanted->stations->len; i++) {
    OsyKitchenStation *station = g_ptr_array_index (wanted->stations, i);
    if (station->id == NULL)
      station->id = osy_id_new ();
  }
  if (!check (wanted, menu, error))
    return FALSE;
  wanted->version++;
  return osy_kitchen_setup_store_write (tx, wanted, error) &&
         record (tx, room, call, before, wanted, error) && rehome (tx, room, call, error);
}
