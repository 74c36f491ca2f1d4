/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-saga-work.h"

G_BEGIN_DECLS

/** What a person does about a saga that is stuck. */
typedef enum {
  OSY_SAGA_PUSH,   /* try again now */
  OSY_SAGA_RETRY,  /* the same, and the deadline begins anew: the alarm ends */
  OSY_SAGA_SETTLE, /* it was put right by hand: it is over */
} OsySagaVerb;

typedef struct {
  const char *order_id;
  OsySagaVerb verb;
  OsySagaStep outcome; /* of SETTLE: COMPLETED or COMPENSATED */
  const char *note;    /* (nullable) of SETTLE: sealed */
} OsySagaAct;

/** osy_saga_service_act: audited. Right: attention:manage. Returns: (transfer full): the saga as it
 * is now; NULL with NOT_FOUND (there is none), or STATE_CONFLICT when it is over or the rooms
 * refused what it owes. */
OsySagaRow *osy_saga_service_act (OsyDbTx *tx,
                                  const OsySagaRoom *room,
                                  const OsyCall *call,
                                  const OsySagaAct *act,
                                  GError **error);

/** osy_saga_service_attention: a page of those that need a person, the longest waiting first, after
 * @since and @after_id. Right: order:read. (transfer full): of OsySagaRow. */
GPtrArray *osy_saga_service_attention (OsyDbTx *tx,
                                       const OsyCall *call,
                                       gint64 since,
                                       const char *after_id,
                                       gint64 limit,
                                       GError **error);

/** osy_saga_service_to_json: (transfer full): as in the list of what needs attention. */
JsonNode *osy_saga_service_to_json (const OsySagaRow *row);

G_END_DECLS
