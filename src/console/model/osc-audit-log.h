/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"

G_BEGIN_DECLS

/** One row of the record; immutable. */
#define OSC_TYPE_AUDIT_ITEM (osc_audit_item_get_type ())
G_DECLARE_FINAL_TYPE (OscAuditItem, osc_audit_item, OSC, AUDIT_ITEM, GObject)

typedef struct {
  char *id;
  gint64 at; /* UTC µs */
  char *action;
  char *actor;
  char *actor_name; /* nullable */
  char *object_type;
  char *object_id;     /* nullable */
  JsonNode *old_value; /* nullable */
  JsonNode *new_value; /* nullable */
  gint64 sealed_seq;   /* 0: not yet */
  char *trace_id;      /* nullable */
} OscAuditData;

/** osc_audit_item_data: (transfer none). */
const OscAuditData *osc_audit_item_data (OscAuditItem *self);

/** How far the record is sealed. Times in UTC µs, 0: never. */
typedef struct {
  gint64 sealed;
  gint64 unsealed;
  gint64 sealed_at;
  gint64 verified_at;
  gint64 broken_seq; /* 0: nothing is wrong */
} OscAuditSeal;

typedef enum { OSC_AUDIT_LOADING, OSC_AUDIT_READY, OSC_AUDIT_FAILED } OscAuditPhase;

/**
 * OscAuditLog: the record of the shop as a list of OscAuditItem, newest first, page by page.
 * Signals: "changed": phase, seal or the people in it; "requested" (const char *path): what was
 * asked for.
 */
#define OSC_TYPE_AUDIT_LOG (osc_audit_log_get_type ())
G_DECLARE_FINAL_TYPE (OscAuditLog, osc_audit_log, OSC, AUDIT_LOG, GObject)

/** osc_audit_log_new: @client: (nullable): NULL in tests. */
OscAuditLog *osc_audit_log_new (OsyClient *client);
/** osc_audit_log_look: begins anew. @days: back from now, 0: all; @action: (nullable): beginning
 * of the actions wanted, "order."; @actor: nullable. */
void osc_audit_log_look (OscAuditLog *self, guint days, const char *action, const char *actor);
/** osc_audit_log_more: the next page, if there is one and none is on its way. */
void osc_audit_log_more (OscAuditLog *self);
OscAuditPhase osc_audit_log_phase (OscAuditLog *self);
/** osc_audit_log_seal: (transfer none) (nullable): NULL until it is known. */
const OscAuditSeal *osc_audit_log_seal (OscAuditLog *self);
/** osc_audit_log_people: (transfer none): actor → name, of all rows seen so far. */
GHashTable *osc_audit_log_people (OscAuditLog *self);

/** osc_audit_log_take: @answer: (nullable): a page as the daemon answers it; NULL: it failed. */
void osc_audit_log_take (OscAuditLog *self, JsonNode *answer);
/** osc_audit_log_take_seal: @answer: of GET audit/status. */
void osc_audit_log_take_seal (OscAuditLog *self, JsonNode *answer);

/** osc_audit_log_export_async: what is looked at now, whole, as a spreadsheet into @file. */
void
osc_audit_log_export_async (OscAuditLog *self, GFile *file, GAsyncReadyCallback cb, gpointer data);
gboolean osc_audit_log_export_finish (OscAuditLog *self, GAsyncResult *result, GError **error);

G_END_DECLS
