/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-principal.h"
#include "osy-shop.h"

G_BEGIN_DECLS

/** osy_finding_list: what was odd on business day @day ("YYYY-MM-DD"), and what was to be expected
 * of it (schema Findings). Of a day that goes on nothing is found. Computed anew each time.
 *
 * Returns: (transfer full): NULL with @error. Worker.
 */
JsonNode *
osy_finding_list (OsyDbTx *tx, OsyKeyring *ring, OsyShop *shop, const char *day, GError **error);

/** Kinds of findings, NULL-terminated, as the API names them. */
extern const char *const osy_finding_kinds[];

/** What somebody thinks of a finding; texts are the caller's. */
typedef struct {
  const char *day;
  const char *kind;
  const char *subject; /* "": the shop */
  int useful;          /* 1, 0; -1: no opinion any more */
} OsyFindingVerdict;

/** osy_finding_judge: keeps the caller's verdict for whoever looks next. Returns: FALSE with
 * @error. Worker. */
gboolean osy_finding_judge (OsyDbTx *tx,
                            const OsyCall *call,
                            const OsyFindingVerdict *verdict,
                            GError **error);

G_END_DECLS
