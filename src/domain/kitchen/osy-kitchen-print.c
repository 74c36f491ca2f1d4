/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* News of the kitchen on paper. */

#include "osy-kitchen-print.h"

#include "osy-audit-service.h"
#include "osy-kitchen-read.h"
#include "osy-kitchen-setup-store.h"
#include "osy-kitchen-slip.h"
#include "osy-menu-facts.h"
#include "osy-shop-service.h"

static char *
zone_of (OsyDbTx *tx)
{
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), NULL);

  return g_strdup (shop != NULL ? osy_shop_data (shop)->time_zone : "Asia/Seoul");
}

static gboolean
queue (OsyDbTx *tx,
       const OsyCall *call,
       const OsyKitchenNews *news,
       OsyKitchenRoom *room,
       const OsyPrintRequest *what,
       GError **error)
{
  OsyPrintRequest request = *what;

  request.subject_type = "order";
  request.subject_id = news->ticket->order_id;
  return osy_printing_service_queue (tx, room->ring, call, &request, error);
}

static OsySlip *
make_slip (const OsyKitchenNews *news, const OsyKitchenSlipWords *words)
{
  switch (news->kind) {
  case OSY_KITCHEN_TOLD_FIRED:
  case OSY_KITCHEN_TOLD_HELD:
    return osy_kitchen_slip_course (news->ticket, news->course,
                                    news->kind == OSY_KITCHEN_TOLD_FIRED, words);
  case OSY_KITCHEN_TOLD_DELTA: return osy_kitchen_slip_delta (news->ticket, news->changes, words);
  default: return osy_kitchen_slip_new (news->ticket, words);
  }
}

/* (transfer full): names of all that is in @order, in English when that is the paper's. */
static GHashTable *
load_names (OsyDbTx *tx, const OsyOrderData *order, const char *language, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autoptr (GPtrArray) options = g_ptr_array_new ();

  if (!g_str_equal (language, "en"))
    return g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    g_ptr_array_add (items, line->menu_item_id);
    for (guint k = 0; k < line->options->len; k++) {
      const OsyOrderOption *option = line->options->pdata[k];
      g_ptr_array_add (options, option->option_id);
      if (option->item_id != NULL)
        g_ptr_array_add (items, option->item_id);
    }
  }
  return osy_menu_facts_load_english (tx, items, options, error);
}

static gboolean
queue_delivery (OsyDbTx *tx,
                const OsyCall *call,
                const OsyKitchenNews *news,
                OsyKitchenRoom *room,
                const char *zone,
                GError **error)
{
  const char *language = osy_printing_service_language (tx, OSY_PRINT_DELIVERY, NULL, error);
  g_autofree char *key = g_strconcat ("delivery:", news->order->id, NULL);

  g_autofree char *code = NULL;

  if (language == NULL || (room->slip_code != NULL &&
                           !room->slip_code (tx, room->ring, call, news->order->id, &code, error)))
    return FALSE;
  g_autoptr (GHashTable) names = load_names (tx, news->order, language, error);
  if (names == NULL)
    return FALSE;
  const OsyKitchenSlipWords words = {language, zone, NULL, names};
  g_autoptr (OsySlip) slip = osy_kitchen_slip_delivery (news->order, code, &words);
  const OsyPrintRequest request = {.purpose = OSY_PRINT_DELIVERY, .dedupe_key = key, .slip = slip};
  return queue (tx, call, news, room, &request, error);
}

gboolean
osy_kitchen_print_tell (OsyDbTx *tx,
                        const OsyCall *call,
                        const OsyKitchenNews *news,
                        gpointer data,
                        GError **error)
{
  OsyKitchenRoom *room = data;
  g_autofree char *zone = zone_of (tx);
  const OsyKitchenSlipWords words = {news->station->language, zone, news->station->name};
  g_autoptr (OsySlip) slip = make_slip (news, &words);
  const OsyPrintRequest request = {
      .purpose = OSY_PRINT_KITCHEN,
      .kind = news->kind == OSY_KITCHEN_TOLD_DELTA ? OSY_SLIP_KIND_DELTA : NULL,
      .printer_id = news->station->printer_id,
      .dedupe_key = news->news_key,
      .slip = slip,
  };

  if (!queue (tx, call, news, room, &request, error))
    return FALSE;
  return news->kind != OSY_KITCHEN_TOLD_SENT || g_strcmp0 (news->order->type, "DELIVERY") != 0 ||
         queue_delivery (tx, call, news, room, zone, error);
}

/* ---- once more ---- */

static gboolean
is_wanted (const OsyKitchenTicketData *ticket)
{
  for (guint i = 0; i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, i);
    if (line->quantity_voided < line->quantity_sent)
      return g_str_equal (ticket->stage, OSY_TICKET_PREP);
  }
  return FALSE;
}

static gboolean
queue_copy (OsyDbTx *tx,
            const OsyKitchenRoom *room,
            const OsyCall *call,
            const OsyKitchenTicketData *ticket,
            const OsyKitchenStation *station,
            GError **error)
{
  g_autofree char *zone = zone_of (tx);
  const OsyKitchenSlipWords words = {station != NULL ? station->language : "ko", zone,
                                     station != NULL ? station->name : NULL};
  g_autoptr (OsySlip) slip = osy_kitchen_slip_new (ticket, &words);
  const OsyPrintRequest request = {
      .purpose = OSY_PRINT_KITCHEN,
      .printer_id = station != NULL ? station->printer_id : NULL,
      .subject_type = "order",
      .subject_id = ticket->order_id,
      .copy = TRUE,
      .slip = slip,
  };

  return osy_printing_service_queue (tx, room->ring, call, &request, error);
}

GPtrArray *
osy_kitchen_service_reprint (OsyDbTx *tx,
                             const OsyKitchenRoom *room,
                             const OsyCall *call,
                             const char *order_id,
                             GError **error)
{
  const OsyAuditEntry audit = {
      .action = "kitchen.reprinted", .object_type = "kitchen", .object_id = order_id};

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return NULL;
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_store_load_working (tx, error);
  g_autoptr (GPtrArray) tickets =
      setup != NULL ? osy_kitchen_read_of_order (tx, room->ring, order_id, error) : NULL;
  if (tickets == NULL)
    return NULL;
  if (tickets->len == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND,
                         "The kitchen has nothing of that order.");
    return NULL;
  }
  for (guint i = 0; i < tickets->len; i++) {
    const OsyKitchenTicketData *ticket = osy_kitchen_ticket_data (tickets->pdata[i]);
    const OsyKitchenStation *station = osy_kitchen_setup_find (setup, ticket->station_id);
    if (is_wanted (ticket) && !queue_copy (tx, room, call, ticket, station, error))
      return NULL;
  }
  return osy_audit_record (tx, room->ring, call, &audit, error) ? g_steal_pointer (&tickets) : NULL;
}
