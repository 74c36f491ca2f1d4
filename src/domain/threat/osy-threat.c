/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The kinds of threats and what makes one. A day of honest work stays far below every figure. */

#include "osy-threat.h"

#define MINUTES (60 * G_TIME_SPAN_SECOND)

static const struct {
  const char *name;
  OsyThreatRule rule;
} kinds[OSY_N_THREATS] = {
    [OSY_THREAT_BRUTE_FORCE] = {"BRUTE_FORCE", {10, 20, 15 * MINUTES}},
    [OSY_THREAT_TOKEN_REUSE] = {"TOKEN_REUSE", {1, 1, 60 * MINUTES}},
    [OSY_THREAT_FOREIGN_SHOP_PROBE] = {"FOREIGN_SHOP_PROBE", {20, 40, 10 * MINUTES}},
    [OSY_THREAT_MASS_UNMASK] = {"MASS_UNMASK", {20, 20, 10 * MINUTES}},
    [OSY_THREAT_FORGED_TOKEN] = {"FORGED_TOKEN", {5, 5, 15 * MINUTES}},
    [OSY_THREAT_FLOOD] = {"FLOOD", {OSY_THREAT_TIMES_MAX, OSY_THREAT_TIMES_MAX, 5 * MINUTES}},
    [OSY_THREAT_TAMPERED_LOG] = {"TAMPERED_LOG", {1, 1, 365 * G_TIME_SPAN_DAY}},
};

const OsyThreatRule *
osy_threat_rule (OsyThreatKind kind)
{
  g_return_val_if_fail (kind < OSY_N_THREATS, NULL);
  return &kinds[kind].rule;
}

const char *
osy_threat_kind_name (OsyThreatKind kind)
{
  g_return_val_if_fail (kind < OSY_N_THREATS, NULL);
  return kinds[kind].name;
}

gboolean
osy_threat_kind_from_name (const char *name, OsyThreatKind *ret)
{
  for (guint i = 0; i < OSY_N_THREATS; i++)
    if (g_strcmp0 (kinds[i].name, name) == 0) {
      *ret = i;
      return TRUE;
    }
  return FALSE;
}
