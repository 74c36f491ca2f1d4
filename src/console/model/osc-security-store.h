/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-threat.h"

G_BEGIN_DECLS

/** An attack that was noticed. Times in UTC µs. */
typedef struct {
  char *id;
  OsyThreatKind kind;
  gint64 raised_at;
  char *who;      /* (nullable): whose account */
  char *client;   /* (nullable): the address it came from */
  gint64 seen_at; /* 0: nobody has seen it */
  char *seen_by;  /* nullable */
} OscThreat;

/** What the security page shows. */
typedef struct {
  GPtrArray *threats; /* of OscThreat, those nobody has seen first */
  int sessions;
  int devices;
  int failed_sign_ins; /* of the last 24 hours */
  gint64 data_key_at;  /* when the newest of each kind was made; 0: there is none */
  gint64 token_key_at;
  gint64 audit_key_at;
} OscSecurity;

/**
 * OscSecurityStore: attacks, for those who may know (security:read); for all others it stays empty.
 * Read at every "reset" of the feed and at every threat event. Signals: "changed"; "raised": (title
 * of what nobody has seen yet is to be told: OscThreat *); "requested" (const char *threat_id): in
 * tests, what would be acknowledged.
 */
#define OSC_TYPE_SECURITY_STORE (osc_security_store_get_type ())
G_DECLARE_FINAL_TYPE (OscSecurityStore, osc_security_store, OSC, SECURITY_STORE, GObject)

/** osc_security_store_new: @client: (nullable): NULL in tests. */
OscSecurityStore *osc_security_store_new (OsyClient *client);
/** osc_security_store_attach: follows @feed. */
void osc_security_store_attach (OscSecurityStore *self, OsyFeed *feed);
/** osc_security_store_load: reads it anew. */
void osc_security_store_load (OscSecurityStore *self);
/** osc_security_store_take: @answer: of GET security. Returns: whether it was one. */
gboolean osc_security_store_take (OscSecurityStore *self, JsonNode *answer);
/** osc_security_store_get: (transfer none) (nullable): NULL until it was read, and for whom it is
 * not. */
const OscSecurity *osc_security_store_get (OscSecurityStore *self);
/** osc_security_store_first: (transfer none) (nullable): the newest that nobody has seen; @n: how
 * many there are. */
const OscThreat *osc_security_store_first (OscSecurityStore *self, guint *n);
/** osc_security_store_acknowledge: somebody has seen it. Reads anew when the daemon has taken it.
 */
void osc_security_store_acknowledge (OscSecurityStore *self, const char *threat_id);

G_END_DECLS
