/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-http.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** What the security page is made of; the rooms above tell what is theirs. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  /* (nullable): (transfer full): what people call an actor; NULL with @error */
  char *(*name) (OsyDbTx *tx, OsyKeyring *ring, const char *actor, GError **error);
  /* (nullable): adds sessions, devices and keys to @body */
  gboolean (*facts) (OsyDbTx *tx, JsonObject *body, GError **error);
} OsyThreatRoom;

/** GET /restaurants/me/security and the acknowledging of threats; room: an OsyThreatRoom. */
extern const OsyRoute osy_threat_routes[];

G_END_DECLS
