/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "osc-document.h"

G_BEGIN_DECLS

/** OscAlertRules: which alerts are told, by which ways, from when on, and when nobody is woken: GET
 * and PUT alert-setup. Each change is made at once and can be taken back. */
#define OSC_TYPE_ALERT_RULES (osc_alert_rules_get_type ())
G_DECLARE_FINAL_TYPE (OscAlertRules, osc_alert_rules, OSC, ALERT_RULES, GtkWidget)

/** osc_alert_rules_follow: shows and changes @setup. */
void osc_alert_rules_follow (OscAlertRules *self, OscDocument *setup);
/** osc_alert_rules_open: the dialog of @kind. */
void osc_alert_rules_open (OscAlertRules *self, const char *kind);

G_END_DECLS
