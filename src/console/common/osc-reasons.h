/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Why an order is dropped: before it was accepted, or after. */
typedef enum { OSC_REASONS_REJECT, OSC_REASONS_CANCEL } OscReasonsKind;

/** OscReasons: reason chips, own words, and the button that does it. Signals: "chosen" (const char
 * *reason), "back". */
#define OSC_TYPE_REASONS (osc_reasons_get_type ())
G_DECLARE_FINAL_TYPE (OscReasons, osc_reasons, OSC, REASONS, GtkWidget)

/** osc_reasons_ask: starts anew with the chips of @kind. */
void osc_reasons_ask (OscReasons *self, OscReasonsKind kind);

G_END_DECLS
