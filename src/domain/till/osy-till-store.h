/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** The drawer as it stands. */
typedef struct {
  gint64 opened_at; /* UTC µs; 0: nobody opened it */
  char *opened_by;  /* nullable */
  gint64 opening_float;
  gboolean blind;
  gint64 version;
} OsyTill;
/** osy_till_clear: frees what @self holds. */
void osy_till_clear (OsyTill *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyTill, osy_till_clear)

/** osy_till_store_read: the till, empty and blind where there was never one. */
gboolean osy_till_store_read (OsyDbTx *tx, OsyTill *ret, GError **error);
/** osy_till_store_lock: the same, made where there is none, and held until the transaction ends:
 * acts on a till come one after the other. */
gboolean osy_till_store_lock (OsyDbTx *tx, OsyTill *ret, GError **error);
/** osy_till_store_save: writes @till with the next version, which it then has. */
gboolean osy_till_store_save (OsyDbTx *tx, OsyTill *till, GError **error);

/** One row that people write: a move of cash or a count. */
typedef struct {
  const char *id;
  gint64 amount;             /* signed; of a count: what was counted */
  gint64 expected;           /* of a count */
  const char *denominations; /* (nullable): of a count */
  const char *reason;        /* nullable */
  const char *actor;
  gint64 at;
  const char *key;     /* nullable */
  GBytes *fingerprint; /* nullable */
} OsyTillRow;
/** osy_till_store_add_move: cash put in or taken out. */
gboolean
osy_till_store_add_move (OsyDbTx *tx, OsyKeyring *ring, const OsyTillRow *row, GError **error);
/** osy_till_store_add_count: a count in between. */
gboolean
osy_till_store_add_count (OsyDbTx *tx, OsyKeyring *ring, const OsyTillRow *row, GError **error);
/** osy_till_store_moves: Returns: (transfer full): those of the close @z, 0: that none has claimed;
 * only that of @id unless it is NULL. */
JsonArray *
osy_till_store_moves (OsyDbTx *tx, OsyKeyring *ring, gint64 z, const char *id, GError **error);
/** osy_till_store_counts: Returns: (transfer full): the same of counts in between. */
JsonArray *
osy_till_store_counts (OsyDbTx *tx, OsyKeyring *ring, gint64 z, const char *id, GError **error);

/** osy_till_store_find_key: what was done under @key before: *@ret is its id or number, NULL when
 * nothing was. @table: "till_entry" or "till_z". IDEMPOTENCY_KEY_REUSED when it was something
 * else. */
gboolean osy_till_store_find_key (OsyDbTx *tx,
                                  const char *table,
                                  const char *key,
                                  GBytes *fingerprint,
                                  char **ret,
                                  GError **error);

/** osy_till_store_report: Returns: (transfer full): what the entries of the close @z come to, 0:
 * those that none has claimed. */
JsonObject *osy_till_store_report (OsyDbTx *tx, gint64 z, gint64 opening_float, GError **error);
/** osy_till_store_remaining: Returns: (transfer full): what is still to come; @counted: only how
 * much of it. */
JsonNode *osy_till_store_remaining (OsyDbTx *tx, gboolean counted, GError **error);
/** osy_till_store_claim: every entry and count that none has claimed becomes @z's. *@ret: when the
 * last of the entries was made, 0 without any. */
gboolean osy_till_store_claim (OsyDbTx *tx, gint64 z, gint64 *ret, GError **error);
/** osy_till_store_last: Returns: the number of the newest close, 0 without one, -1 with @error. */
gint64 osy_till_store_last (OsyDbTx *tx, GError **error);

/** A close to be written. */
typedef struct {
  gint64 number;
  gint64 origin;
  gint64 corrects; /* 0: none */
  const char *business_day;
  gint64 opened_at; /* 0: nobody opened it */
  gint64 closed_at;
  const char *actor;
  gint64 opening_float;
  gint64 expected;
  gint64 counted;
  gint64 left;
  const char *denominations; /* nullable */
  JsonNode *report;
  const char *reason;  /* nullable */
  const char *key;     /* nullable */
  GBytes *fingerprint; /* nullable */
} OsyTillZ;
/** osy_till_store_add_z: writes it, for ever. */
gboolean osy_till_store_add_z (OsyDbTx *tx, OsyKeyring *ring, const OsyTillZ *z, GError **error);

/** Which closes; zero, NULL: any. */
typedef struct {
  gint64 number;
  const char *from; /* nullable: business days */
  const char *to;   /* nullable */
  gint64 before;    /* number of a close: those older than it */
  gint64 limit;     /* 0: all */
} OsyTillPage;
/** osy_till_store_list: Returns: (transfer full): closes as the API shows them, newest first. */
JsonArray *
osy_till_store_list (OsyDbTx *tx, OsyKeyring *ring, const OsyTillPage *page, GError **error);
/** osy_till_store_origin: Returns: of which close the entries of @number are; 0 with NOT_FOUND. */
gint64 osy_till_store_origin (OsyDbTx *tx, gint64 number, GError **error);

G_END_DECLS
