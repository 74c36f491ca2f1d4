/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** An event to be published once its transaction has committed. No personal data in @payload. */
typedef struct {
  const char *type;           /* "order.accepted", "menu.changed", … */
  const char *aggregate_type; /* "order", "menu", "shop", … */
  const char *aggregate_id;
  gint64 aggregate_seq; /* the aggregate's version after the change: 1, 2, 3, … */
  JsonNode *payload;    /* (transfer none) (nullable): an object */
} OsyEventDraft;

/**
 * osy_event_emit:
 *
 * Adds @draft to the outbox of the transaction's restaurant and wakes the relay on commit.
 */
gboolean osy_event_emit (OsyDbTx *tx,
                         const OsyCall *call,
                         const OsyEventDraft *draft,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_event_set_wake: @func runs on the main context after every commit that emitted an event. One
 *  for the process: the daemon's relay; none in the command line, whose events wait for the daemon.
 */
void osy_event_set_wake (GSourceFunc func, gpointer user_data);

G_END_DECLS
