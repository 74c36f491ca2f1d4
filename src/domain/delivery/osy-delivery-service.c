/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of deliveries. Whoever changes one holds its order's row first. */

#include "osy-delivery-service.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-delivery-setup.h"
#include "osy-delivery-store.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-order-service.h"

/* Told instead where the order went first: who moves orders along must not hear an echo of what a
 * person may have taken back since. */
#define FOLLOWED "delivery.followed"

typedef void (*Effect) (OsyDelivery *delivery, const OsyDeliveryAct *act, gint64 now);

static void
effect_assign (OsyDelivery *delivery, const OsyDeliveryAct *act, gint64 now)
{
  delivery->assigned_at = now;
  if (act->rider != NULL || act->rider_phone != NULL) {
    osy_set_str (&delivery->rider, act->rider);
    osy_set_str (&delivery->rider_phone, act->rider_phone);
  }
}

static void
effect_pick_up (OsyDelivery *delivery, const OsyDeliveryAct *act, gint64 now)
{
  delivery->picked_up_at = now;
}

static void
effect_deliver (OsyDelivery *delivery, const OsyDeliveryAct *act, gint64 now)
{
  delivery->delivered_at = now;
}

static void
effect_close (OsyDelivery *delivery, const OsyDeliveryAct *act, gint64 now)
{
  delivery->closed_at = now;
  osy_set_str (&delivery->reason, act->reason);
}

static void
effect_put_back (OsyDelivery *delivery, const OsyDeliveryAct *act, gint64 now)
{
  delivery->picked_up_at = delivery->delivered_at = 0;
}

static void
effect_take_back (OsyDelivery *delivery, const OsyDeliveryAct *act, gint64 now)
{
  delivery->delivered_at = 0;
}

/* What each act does beyond the state itself. */
static const struct {
  const char *act;
  Effect effect;
  const char *event;
  gboolean ends;
} acts[] = {
    {"assign", effect_assign, "delivery.assigned", FALSE},
    {"pick-up", effect_pick_up, "delivery.started", FALSE},
    {"deliver", effect_deliver, "delivery.delivered", TRUE},
    {"fail", effect_close, "delivery.failed", TRUE},
    {"cancel", effect_close, "delivery.canceled", TRUE},
    {"put-back", effect_put_back, "delivery.recalled", FALSE},
    {"take-back", effect_take_back, "delivery.recalled", FALSE},
};

static gsize
find_act (const char *name)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (acts) - 1 && strcmp (acts[i].act, name) != 0)
    i++;
  return i;
}

/* ---- telling ---- */

static gboolean
tell (OsyDbTx *tx,
      OsyKeyring *ring,
      const OsyCall *call,
      const OsyDelivery *delivery,
      const char *event,
      GError **error)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) payload = osy_json_take_object (object);
  const OsyAuditEntry audit = {
      .action = event,
      .object_type = "delivery",
      .object_id = delivery->id,
      .new_value = payload,
  };
  const OsyEventDraft draft = {
      .type = event,
      .aggregate_type = "delivery",
      .aggregate_id = delivery->id,
      .aggregate_seq = delivery->version,
      .payload = payload,
  };

  json_object_set_string_member (object, "order_id", delivery->order_id);
  json_object_set_string_member (object, "carrier", delivery->carrier);
  json_object_set_string_member (object, "status", delivery->status);
  json_object_set_int_member (object, "version", delivery->version);
  return osy_audit_record (tx, ring, call, &audit, error) &&
         osy_event_emit (tx, call, &draft, error);
}

/* ---- finding ---- */

/* *@ret: (transfer full) (nullable): the newest delivery of the order. */
static gboolean
find_latest (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, OsyDelivery **ret, GError **error)
{
  const OsyDeliveryQuery query = {.order_id = order_id, .limit = 1};
  g_autoptr (GPtrArray) list = osy_delivery_store_list (tx, ring, &query, error);

  *ret = list != NULL && list->len > 0 ? g_ptr_array_steal_index (list, 0) : NULL;
  return list != NULL;
}

/* The same, but only a live one; at most the newest is. */
static gboolean
find_live (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, OsyDelivery **ret, GError **error)
{
  if (!find_latest (tx, ring, order_id, ret, error))
    return FALSE;
  if (*ret != NULL && !osy_delivery_is_live (*ret))
    g_clear_pointer (ret, osy_delivery_free);
  return TRUE;
}

OsyDelivery *
osy_delivery_service_of_order (OsyDbTx *tx, OsyKeyring *ring, const char *order_id, GError **error)
{
  OsyDelivery *delivery = NULL;

  return find_latest (tx, ring, order_id, &delivery, error) ? delivery : NULL;
}

/* ---- making ---- */

static gboolean
is_accepted (const OsyOrderData *order)
{
  static const char *const accepted[] = {OSY_ORDER_ACCEPTED, OSY_ORDER_PREPARING, OSY_ORDER_READY,
                                         OSY_ORDER_DELIVERING, NULL};

  return g_strv_contains (accepted, order->status);
}

static gboolean
is_delivery (const OsyOrderData *order)
{
  return g_str_equal (order->type, "DELIVERY");
}

static OsyDelivery *
make (OsyDbTx *tx,
      OsyKeyring *ring,
      const OsyCall *call,
      const OsyOrderData *order,
      const char *carrier,
      GError **error)
{
  g_autoptr (OsyDelivery) delivery = osy_delivery_new ();
  g_autoptr (OsyDeliverySetup) setup = osy_delivery_setup_load (tx, ring, error);

  if (setup == NULL)
    return NULL;
  delivery->id = osy_id_new ();
  delivery->order_id = g_strdup (order->id);
  delivery->order_number = order->number;
  delivery->carrier = g_intern_string (carrier != NULL ? carrier : setup->carrier);
  delivery->fee = order->delivery_fee;
  delivery->eta_at = order->promised_at;
  delivery->requested_at = osy_clock_now ();
  delivery->version = 1;
  if (!osy_delivery_store_insert (tx, delivery, error) ||
      !tell (tx, ring, call, delivery, "delivery.requested", error))
    return NULL;
  return g_steal_pointer (&delivery);
}

gboolean
osy_delivery_service_request (OsyDbTx *tx,
                              OsyKeyring *ring,
                              const OsyCall *call,
                              const char *order_id,
                              const char *carrier,
                              GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_lock (tx, ring, order_id, error);
  g_autoptr (OsyDelivery) ride = NULL;

  if (order == NULL)
    return FALSE;
  const OsyOrderData *data = osy_order_data (order);
  gboolean wanted = is_accepted (data) || (carrier != NULL && osy_order_is_open (order));
  if (!is_delivery (data) || !wanted)
    return TRUE;
  if (carrier != NULL ? !find_live (tx, ring, order_id, &ride, error)
                      : !find_latest (tx, ring, order_id, &ride, error))
    return FALSE;
  if (ride == NULL)
    ride = make (tx, ring, call, data, carrier, error);
  return ride != NULL;
}

/* ---- acts ---- */

static gboolean
refuse_state (const OsyDelivery *delivery, const char *message, GError **error)
{
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_STATE_CONFLICT, message);

  osy_error_set_extra (refusal, "current_status",
                       json_node_init_string (json_node_alloc (), delivery->status));
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), delivery->version));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
check_version (const OsyDelivery *delivery, gint64 if_version, GError **error)
{
  if (if_version == 0 || if_version == delivery->version)
    return TRUE;
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                                    "Another screen changed this delivery first.");
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), delivery->version));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* What is to be there already: the same act a second time. */
static gboolean
is_done (const OsyDelivery *delivery, const char *act)
{
  static const struct {
    const char *act;
    const char *status;
  } ends[] = {
      {"pick-up", OSY_DELIVERY_PICKED_UP},   {"deliver", OSY_DELIVERY_DELIVERED},
      {"fail", OSY_DELIVERY_FAILED},         {"cancel", OSY_DELIVERY_CANCELED},
      {"take-back", OSY_DELIVERY_PICKED_UP},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (strcmp (ends[i].act, act) == 0)
      return g_str_equal (ends[i].status, delivery->status);
  return FALSE;
}

static gboolean
end_links_and_call (OsyDbTx *tx, const OsyDelivery *delivery, gint64 now, GError **error)
{
  gboolean call_off = !g_str_equal (delivery->status, OSY_DELIVERY_DELIVERED);

  return osy_delivery_store_drop_links (tx, delivery->id, error) &&
         osy_delivery_store_end_call (tx, delivery->id, call_off, now, error);
}

static gboolean
take_step (OsyDbTx *tx,
           OsyKeyring *ring,
           const OsyCall *call,
           OsyDelivery *delivery,
           const OsyDeliveryAct *act,
           GError **error)
{
  const OsyStateRow *row = osy_state_table_find (&osy_delivery_states, delivery->status, act->act);
  gsize i = find_act (act->act);
  gint64 now = osy_clock_now ();

  if (row == NULL) {
    g_autofree char *message =
        g_strdup_printf ("A delivery that is %s does not allow %s.", delivery->status, act->act);
    return refuse_state (delivery, message, error);
  }
  delivery->status = g_intern_string (row->to);
  delivery->version++;
  if (act->eta_at != 0)
    delivery->eta_at = act->eta_at;
  acts[i].effect (delivery, act, now);
  return osy_delivery_store_update (tx, ring, delivery, error) &&
         (!acts[i].ends || end_links_and_call (tx, delivery, now, error)) &&
         tell (tx, ring, call, delivery, act->follows ? FOLLOWED : acts[i].event, error);
}

/* The order's id is all that is read before its row is held. */
static char *
order_of (OsyDbTx *tx, OsyKeyring *ring, const OsyDeliveryAct *act, GError **error)
{
  const OsyDeliveryQuery query = {.id = act->delivery_id, .limit = 1};

  if (act->delivery_id == NULL)
    return g_strdup (act->order_id);
  g_autoptr (GPtrArray) list = osy_delivery_store_list (tx, ring, &query, error);
  if (list != NULL && list->len == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such delivery.");
  return list != NULL && list->len > 0 ? g_strdup (((OsyDelivery *)list->pdata[0])->order_id)
                                       : NULL;
}

static OsyDelivery *
hold (OsyDbTx *tx, OsyKeyring *ring, const OsyDeliveryAct *act, GError **error)
{
  g_autofree char *order_id = order_of (tx, ring, act, error);
  const OsyDeliveryQuery query = {.id = act->delivery_id, .order_id = order_id, .limit = 1};

  if (order_id == NULL || !osy_order_store_lock (tx, order_id, error))
    return NULL;
  g_autoptr (GPtrArray) list = osy_delivery_store_list (tx, ring, &query, error);
  if (list != NULL && list->len == 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such delivery.");
  return list != NULL && list->len > 0 ? g_ptr_array_steal_index (list, 0) : NULL;
}

OsyDelivery *
osy_delivery_service_act (OsyDbTx *tx,
                          OsyKeyring *ring,
                          const OsyCall *call,
                          const OsyDeliveryAct *act,
                          GError **error)
{
  g_autoptr (OsyDelivery) delivery = hold (tx, ring, act, error);

  if (delivery == NULL || !check_version (delivery, act->if_version, error))
    return NULL;
  if (!is_done (delivery, act->act) && !take_step (tx, ring, call, delivery, act, error))
    return NULL;
  return g_steal_pointer (&delivery);
}

gboolean
osy_delivery_service_cancel (OsyDbTx *tx,
                             OsyKeyring *ring,
                             const OsyCall *call,
                             const char *order_id,
                             const char *reason,
                             GError **error)
{
  const OsyDeliveryAct act = {.order_id = order_id, .act = "cancel", .reason = reason};
  g_autoptr (OsyDelivery) live = NULL;

  if (!osy_order_store_lock (tx, order_id, error) || !find_live (tx, ring, order_id, &live, error))
    return FALSE;
  return live == NULL || !osy_delivery_is_under_way (live) ||
         take_step (tx, ring, call, live, &act, error);
}

/* ---- staff call for a rider ---- */

/* Whether somebody of an agency is, or may be, on the way. */
static gboolean
is_called (const OsyDelivery *delivery)
{
  return delivery->call != NULL && !g_str_equal (delivery->call, OSY_RIDER_CALL_REFUSED) &&
         !g_str_equal (delivery->call, OSY_RIDER_CALL_ENDED);
}

static gboolean
change_carrier (OsyDbTx *tx,
                OsyKeyring *ring,
                const OsyCall *call,
                OsyDelivery *delivery,
                const char *carrier,
                GError **error)
{
  if (is_called (delivery) || !g_str_equal (delivery->status, OSY_DELIVERY_REQUESTED))
    return refuse_state (delivery, "Somebody carries it already; cancel that first.", error);
  delivery->carrier = g_intern_string (carrier);
  delivery->version++;
  return osy_delivery_store_update (tx, ring, delivery, error) &&
         tell (tx, ring, call, delivery, "delivery.requested", error);
}

static gboolean
call_agency (OsyDbTx *tx, OsyKeyring *ring, OsyDelivery *delivery, GError **error)
{
  g_autoptr (OsyDeliverySetup) setup = osy_delivery_setup_load (tx, ring, error);

  if (setup == NULL)
    return FALSE;
  if (!osy_delivery_setup_has_agency (setup))
    return refuse_state (delivery, "No agency is set up; see to that first.", error);
  delivery->call = OSY_RIDER_CALL_WANTED;
  g_clear_pointer (&delivery->call_failure, g_free);
  return osy_delivery_store_want_call (tx, delivery->id, osy_clock_now (), error);
}

static gboolean
wants_other (const OsyDelivery *delivery, const OsyDeliveryWant *want)
{
  return want->carrier != NULL && !g_str_equal (want->carrier, delivery->carrier);
}

static gboolean
wants_rider (const OsyDelivery *delivery)
{
  return g_str_equal (delivery->carrier, OSY_CARRIER_AGENCY) && !is_called (delivery) &&
         g_str_equal (delivery->status, OSY_DELIVERY_REQUESTED);
}

/* The carrier first, then its rider. */
static gboolean
settle (OsyDbTx *tx,
        OsyKeyring *ring,
        const OsyCall *call,
        OsyDelivery *live,
        const OsyDeliveryWant *want,
        GError **error)
{
  const OsyDeliveryAct assign = {.act = "assign",
                                 .rider = want->rider,
                                 .rider_phone = want->rider_phone,
                                 .eta_at = want->eta_at};

  if (wants_other (live, want) && !change_carrier (tx, ring, call, live, want->carrier, error))
    return FALSE;
  if (wants_rider (live) && !call_agency (tx, ring, live, error))
    return FALSE;
  return (want->rider == NULL && want->eta_at == 0) ||
         take_step (tx, ring, call, live, &assign, error);
}

OsyDelivery *
osy_delivery_service_call (OsyDbTx *tx,
                           OsyKeyring *ring,
                           const OsyCall *call,
                           const OsyDeliveryWant *want,
                           gboolean *created,
                           GError **error)
{
  g_autoptr (OsyOrder) order = osy_order_service_lock (tx, ring, want->order_id, error);
  g_autoptr (OsyDelivery) live = NULL;

  *created = FALSE;
  if (order == NULL || !find_live (tx, ring, want->order_id, &live, error))
    return NULL;
  if (!is_delivery (osy_order_data (order)) || !is_accepted (osy_order_data (order))) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                         "Riders are called for accepted deliveries.");
    return NULL;
  }
  if (live == NULL) {
    live = make (tx, ring, call, osy_order_data (order), want->carrier, error);
    *created = TRUE;
  }
  if (live == NULL)
    return NULL;
  *created = *created || wants_other (live, want) || wants_rider (live);
  return settle (tx, ring, call, live, want, error) ? g_steal_pointer (&live) : NULL;
}
