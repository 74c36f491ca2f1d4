/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/* What the payment service pays out, and whether its book and ours agree, day by day. Days are
 * Korea's, "YYYY-MM-DD". */

/** One day's two lists as the service gave them, JSON arrays. */
typedef struct {
  OsyKeyring *ring;
  char *restaurant_id;
  char *day;         /* NULL before _find: the next that is to be done; then NULL: none */
  char *since;       /* from when settlements are asked for: they are paid out late */
  char *secret;      /* (nullable): wiped when freed */
  GBytes *moved;     /* of /v1/transactions */
  GBytes *settled;   /* of /v1/settlements */
  gint64 n_findings; /* (out) of _apply */
} OsySettlementDay;
void osy_settlement_day_free (OsySettlementDay *self);

/** osy_settlement_find: OsyDbFunc in the shop's scope; data: OsySettlementDay: fills day, since and
 * secret. */
gboolean osy_settlement_find (OsyDbTx *tx, gpointer day, GError **error);
/** osy_settlement_apply: OsyDbFunc in the shop's scope; data: OsySettlementDay: takes the lists in;
 * once more is the same. INVALID_REQUEST for lists that are none. */
gboolean osy_settlement_apply (OsyDbTx *tx, gpointer day, GError **error);

/** osy_settlement_list: (transfer full): {days, findings} from @from to @to; NULL with @error. */
JsonNode *osy_settlement_list (OsyDbTx *tx, const char *from, const char *to, GError **error);

G_END_DECLS
