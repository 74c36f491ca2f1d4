/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscPaymentField: digits to be read from afar: a name on the left, what is typed big on the
 * right; as money it is grouped while it is typed. Signals: "changed"; "submitted" (Enter);
 * "entered": it has the focus; "turned" (gboolean back): Tab. */
#define OSC_TYPE_PAYMENT_FIELD (osc_payment_field_get_type ())
G_DECLARE_FINAL_TYPE (OscPaymentField, osc_payment_field, OSC, PAYMENT_FIELD, GtkWidget)

/** osc_payment_field_setup: once. @max: digits at most, more are refused. */
void osc_payment_field_setup (OscPaymentField *self, const char *name, gboolean money, int max);
/** osc_payment_field_digits: (transfer full): what was typed, digits alone. */
char *osc_payment_field_digits (OscPaymentField *self);
/** osc_payment_field_won: what was typed; 0: nothing. */
gint64 osc_payment_field_won (OscPaymentField *self);
/** osc_payment_field_set: @digits: may be "". */
void osc_payment_field_set (OscPaymentField *self, const char *digits);
/** osc_payment_field_write: what the number pad does: @digits, or NULL: the last one goes. */
void osc_payment_field_write (OscPaymentField *self, const char *digits);
/** osc_payment_field_set_hint: what is shown while nothing is typed. */
void osc_payment_field_set_hint (OscPaymentField *self, const char *hint);
/** osc_payment_field_set_turns: whether Tab is "turned" instead of leaving the field. */
void osc_payment_field_set_turns (OscPaymentField *self, gboolean turns);

G_END_DECLS
