/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** What people call an actor: a room above knows. Returns: (transfer full): NULL with @error. */
typedef char *(*OsyAuditNameFunc) (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const char *actor,
                                   GError **error);

/** What the log is read with. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyAuditNameFunc name; /* nullable */
} OsyAuditRoom;

/** What a page is cut down to; unset members cut nothing. Times in UTC µs. */
typedef struct {
  gint64 from;           /* at or after */
  gint64 to;             /* before */
  const char *actor;     /* "user:<id>", … */
  const char *action;    /* an action, or the beginning of several: "order." */
  const char *object_id; /* what it was done to */
  gint64 before_at;      /* of the last row of the page before */
  const char *before_id;
  gint64 limit;
} OsyAuditQuery;

/** One row as people may see it: values opened, and in them what is personal masked. */
typedef struct {
  char *id;
  gint64 at;
  char *action;
  char *actor;
  char *actor_name; /* nullable */
  char *object_type;
  char *object_id;     /* nullable */
  char *trace_id;      /* nullable */
  JsonNode *old_value; /* nullable */
  JsonNode *new_value; /* nullable */
  gint64 sealed_seq;   /* 0: not yet */
} OsyAuditLine;
void osy_audit_line_free (OsyAuditLine *self);

/** osy_audit_page_read: up to @query->limit rows of the transaction's restaurant, newest first. A
 * value whose key was destroyed is absent. Worker. Returns: (transfer full): of OsyAuditLine. */
GPtrArray *osy_audit_page_read (const OsyAuditRoom *room,
                                OsyDbTx *tx,
                                const OsyAuditQuery *query,
                                GError **error);

/** osy_audit_line_to_json: Returns: (transfer full). */
JsonNode *osy_audit_line_to_json (const OsyAuditLine *self);

/** osy_audit_mask: hides in @value, in place, what tells of a person: numbers, addresses, names of
 * guests, their words. */
void osy_audit_mask (JsonNode *value);

G_END_DECLS
