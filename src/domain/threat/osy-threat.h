/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What an attack looks like from inside. The wire names are in osy-threat.c. */
typedef enum {
  OSY_THREAT_BRUTE_FORCE,        /* wrong passwords, codes or PINs, one after the other */
  OSY_THREAT_TOKEN_REUSE,        /* a refresh token that was used before */
  OSY_THREAT_FOREIGN_SHOP_PROBE, /* ids tried that are not the caller's to see */
  OSY_THREAT_MASS_UNMASK,        /* guests' names and numbers shown, one after the other */
  OSY_THREAT_FORGED_TOKEN,       /* access tokens that were never signed here */
  OSY_THREAT_FLOOD,              /* requests refused for their number */
  OSY_THREAT_TAMPERED_LOG,       /* the audit log is not what was sealed */
  OSY_N_THREATS
} OsyThreatKind;

/** How often within which time makes a threat. */
typedef struct {
  guint times;        /* of a person, session or device */
  guint client_times; /* of an address, which several people may share */
  gint64 window;      /* µs, sliding; a threat is raised once in it */
} OsyThreatRule;

/** The most times any rule counts to. */
#define OSY_THREAT_TIMES_MAX 100

/** osy_threat_rule: Returns: (transfer none): the rule of @kind. */
const OsyThreatRule *osy_threat_rule (OsyThreatKind kind);
/** osy_threat_kind_name: Returns: (transfer none): "BRUTE_FORCE", …. */
const char *osy_threat_kind_name (OsyThreatKind kind);
/** osy_threat_kind_from_name: Returns: FALSE when there is no such kind. */
gboolean osy_threat_kind_from_name (const char *name, OsyThreatKind *ret) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
