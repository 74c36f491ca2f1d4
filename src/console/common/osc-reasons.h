/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Why an order is dropped, before it was accepted or after; why something is taken off a bill; or
 * why a delivery came to nothing, or is not wanted any more. */
typedef enum {
  OSC_REASONS_REJECT,
  OSC_REASONS_CANCEL,
  OSC_REASONS_VOID,
  OSC_REASONS_COMP,
  OSC_REASONS_DISCOUNT,
  OSC_REASONS_REFUND,
  OSC_REASONS_FAIL,
  OSC_REASONS_CALL_OFF,
  OSC_N_REASONS
} OscReasonsKind;

/** OscReasons: reason chips, own words, and the button that does it. Signals: "chosen" (const char
 * *reason), "back". */
#define OSC_TYPE_REASONS (osc_reasons_get_type ())
G_DECLARE_FINAL_TYPE (OscReasons, osc_reasons, OSC, REASONS, GtkWidget)

/** osc_reasons_ask: starts anew with the chips of @kind. */
void osc_reasons_ask (OscReasons *self, OscReasonsKind kind);
/** osc_reasons_allow: what the button says (nullable: as it began), and whether a reason is all
 * that it waits for. It stands at the bottom of the room there is. */
void osc_reasons_allow (OscReasons *self, const char *label, gboolean allowed);
/** osc_reasons_confirm: as the button. Returns: whether there is a reason and it is allowed. */
gboolean osc_reasons_confirm (OscReasons *self);

G_END_DECLS
