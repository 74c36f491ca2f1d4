/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is kept no longer than it is needed: shop by shop, page by page. */

#include "osy-retention.h"

#include "osy-alert-room.h"
#include "osy-audit-service.h"
#include "osy-auth-store.h"
#include "osy-booking-store.h"
#include "osy-channel-store.h"
#include "osy-clock.h"
#include "osy-delivery-store.h"
#include "osy-guest-service.h"
#include "osy-json.h"
#include "osy-order-privacy.h"
#include "osy-printing-store.h"
#include "osy-report-room.h"
#include "osy-shop-service.h"
#include "osy-staff-store.h"
#include "osy-threat-store.h"

#define ORDERS_PAGE 500
#define GUESTS_PAGE 100
/* Who waited yesterday is nobody's business today. */
#define WAITED G_TIME_SPAN_DAY
/* Platforms may send an event again for so long. */
#define CHANNEL_KEPT (30 * G_TIME_SPAN_DAY)
#define ALERTS_KEPT (90 * G_TIME_SPAN_DAY)
#define REPORTS_KEPT (400 * G_TIME_SPAN_DAY)

typedef struct {
  OsyKeyring *ring;
  const char *restaurant_id;
  gint64 orders;
  gint64 guests;
  gint64 bookings;
  gint64 deliveries;
} Page;

static gboolean
audit (OsyDbTx *tx, const Page *page, GError **error)
{
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (page->restaurant_id, "retention");
  const OsyCall call = {.principal = system};
  JsonObject *value = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (value);
  const OsyAuditEntry entry = {.action = "retention.swept",
                               .object_type = "shop",
                               .object_id = page->restaurant_id,
                               .new_value = node};

  json_object_set_int_member (value, "orders", page->orders);
  json_object_set_int_member (value, "guests", page->guests);
  json_object_set_int_member (value, "bookings", page->bookings);
  json_object_set_int_member (value, "deliveries", page->deliveries);
  return page->orders + page->guests + page->bookings + page->deliveries == 0 ||
         osy_audit_record (tx, page->ring, &call, &entry, error);
}

static gboolean
sweep_page (OsyDbTx *tx, gpointer data, GError **error)
{
  Page *page = data;
  gint64 now = osy_clock_now ();
  g_autoptr (OsyShop) shop = osy_shop_service_get (tx, page->restaurant_id, error);

  if (shop == NULL)
    return FALSE;
  gint64 before = now - osy_shop_data (shop)->retention_days * G_TIME_SPAN_DAY;
  return osy_order_privacy_sweep (tx, before, ORDERS_PAGE, &page->orders, error) &&
         osy_guest_service_sweep (tx, page->ring, before, GUESTS_PAGE, &page->guests, error) &&
         osy_printing_store_sweep (tx, now, error) &&
         osy_booking_store_sweep (tx, before, now - WAITED, &page->bookings, error) &&
         osy_delivery_store_sweep (tx, before, now, &page->deliveries, error) &&
         osy_channel_store_sweep (tx, now - CHANNEL_KEPT, error) &&
         osy_alert_sweep_old (tx, now - ALERTS_KEPT, error) &&
         osy_report_sweep_old (tx, now - REPORTS_KEPT, error) &&
         osy_auth_store_sweep_shop (tx, now, error) &&
         osy_staff_store_sweep_invitations (tx, now, NULL, error) && audit (tx, page, error);
}

static gboolean
sweep_shop (const OsyRetention *self, OsyDbPool *pool, const char *restaurant_id, GError **error)
{
  const OsyDbScope scope = {.restaurant_id = restaurant_id};
  Page page = {.ring = self->ring, .restaurant_id = restaurant_id};

  do {
    if (!osy_db_pool_run (pool, &scope, sweep_page, &page, error))
      return FALSE;
  } while (page.orders == ORDERS_PAGE || page.guests == GUESTS_PAGE);
  return TRUE;
}

static gboolean
list_shops (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyDbRows **shops = data;

  g_clear_pointer (shops, osy_db_rows_free);
  *shops = osy_threat_store_shops (tx, error);
  return *shops != NULL;
}

gboolean
osy_retention_run (OsyDbTx *tx, gpointer retention, GError **error)
{
  const OsyRetention *self = retention;
  const OsyDbScope nobody = {NULL};
  g_autoptr (OsyDbRows) shops = NULL;
  /* The job holds a worker of the daemon's own pool; its pages must not wait for another. */
  g_autoptr (OsyDbPool) pool = osy_db_pool_new_sibling (self->pool, 1);
  gboolean done = osy_db_pool_run (pool, &nobody, list_shops, &shops, error);

  for (guint i = 0; done && i < osy_db_rows_count (shops); i++)
    done = sweep_shop (self, pool, osy_db_rows_text (shops, i, "id"), error);
  osy_db_pool_close (pool);
  return done;
}
