/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** Who acts, in which transaction. */
typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  const OsyCall *call;
} OsyTillAct;

/** What is asked; each act reads its own members. */
typedef struct {
  gint64 amount;             /* float; signed move; what was counted */
  gint64 left;               /* what stays in the drawer */
  gint64 number;             /* of a close */
  const char *denominations; /* (nullable): as osy_till_read_denominations() gave them */
  const char *reason;        /* nullable */
  gboolean blind;
  gint64 if_version;   /* 0: any */
  const char *key;     /* (nullable): digest of the Idempotency-Key */
  GBytes *fingerprint; /* (nullable): of the body that came with it */
  gboolean replayed;   /* (out) */
  gint64 version;      /* (out): of the till */
} OsyTillAsk;

/** An act on the till, whose rows, event and audit row are one transaction. Returns: (transfer
 * full): its answer. */
typedef JsonObject *(*OsyTillFunc) (const OsyTillAct *act, OsyTillAsk *ask, GError **error);

/** osy_till_service_look: the drawer and its report until now (X). Who must not know what he is to
 * count is not told. */
JsonObject *osy_till_service_look (const OsyTillAct *act, OsyTillAsk *ask, GError **error);
/** osy_till_service_open: the day begins with a float. STATE_CONFLICT when it is open. */
JsonObject *osy_till_service_open (const OsyTillAct *act, OsyTillAsk *ask, GError **error);
/** osy_till_service_move: cash is put in or taken out. */
JsonObject *osy_till_service_move (const OsyTillAct *act, OsyTillAsk *ask, GError **error);
/** osy_till_service_count: a count in between. */
JsonObject *osy_till_service_count (const OsyTillAct *act, OsyTillAsk *ask, GError **error);
/** osy_till_service_setup: whether counting is blind. */
JsonObject *osy_till_service_setup (const OsyTillAct *act, OsyTillAsk *ask, GError **error);
/** osy_till_service_close: everything that no close has claimed becomes the next one's. */
JsonObject *osy_till_service_close (const OsyTillAct *act, OsyTillAsk *ask, GError **error);
/** osy_till_service_correct: another close of the same entries with another count. STATE_CONFLICT
 * when it was corrected already. */
JsonObject *osy_till_service_correct (const OsyTillAct *act, OsyTillAsk *ask, GError **error);
/** osy_till_service_z: a close with its moves and counts. */
JsonObject *osy_till_service_z (const OsyTillAct *act, OsyTillAsk *ask, GError **error);
/** osy_till_service_print: a close once more on paper, marked as a copy. */
JsonObject *osy_till_service_print (const OsyTillAct *act, OsyTillAsk *ask, GError **error);

G_END_DECLS
