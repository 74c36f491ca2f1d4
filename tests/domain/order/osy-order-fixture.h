/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-order-service.h"
#include "osy-order-writer.h"
#include "osy-test-pg.h"

G_BEGIN_DECLS

/** A shop of its own with keys, and everything that orders pass through. */
typedef struct {
  OsyDbPool *pool;
  OsyDbPool *relay_pool; /* one worker, as ordersync_relay */
  OsyDbPipe *pipe;
  OsyKeyring *ring;
  OsyOrderWriter *writer;
  OsyShop *shop;
  OsyPrincipal *principal;
  OsyCall call;
} OsyOrderFixture;

OsyOrderFixture *osy_order_fixture_new (void);
void osy_order_fixture_free (OsyOrderFixture *self);
const char *osy_order_fixture_shop_id (OsyOrderFixture *self);

/** osy_order_fixture_run: @func in a transaction of the shop. */
gboolean
osy_order_fixture_run (OsyOrderFixture *self, OsyDbFunc func, gpointer data, GError **error);

/** osy_order_fixture_order: a priced order of two lines over 11,000 won. (transfer full) */
OsyOrderData *osy_order_fixture_order (OsyOrderFixture *self, const char *type);
/** osy_order_fixture_entry: @order sealed for the writer. @order: (transfer full) */
OsyOrderEntry *
osy_order_fixture_entry (OsyOrderFixture *self, OsyOrderData *order, const char *key);

/** osy_order_fixture_place: through the writer. Returns: (transfer full): the id. */
char *osy_order_fixture_place (OsyOrderFixture *self, const char *type);
/** osy_order_fixture_submit: the same with an @order of one's own. @order: (transfer full) */
char *osy_order_fixture_submit (OsyOrderFixture *self, OsyOrderData *order);

/** osy_order_fixture_act: one act of staff. Returns: (transfer full): the order, or NULL. */
OsyOrder *osy_order_fixture_act (OsyOrderFixture *self,
                                 const char *order_id,
                                 const char *act,
                                 GError **error);
/** osy_order_fixture_bring: places an order and leads it to @status by the shortest way. */
char *osy_order_fixture_bring (OsyOrderFixture *self, const char *type, const char *status);
/** osy_order_fixture_load: the order as it is stored. (transfer full) */
OsyOrder *osy_order_fixture_load (OsyOrderFixture *self, const char *order_id);

/** osy_test_count: a number that @sql gives, with printf arguments. */
gint64 osy_test_count (const char *sql, ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
