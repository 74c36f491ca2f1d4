/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * OscField: a line to type in with its name above and, when there is one, its error below.
 * Properties for templates: "label", "hint" (text, construct), "secret" (gboolean, construct: a
 * password). Signals: "changed", "submitted" (Enter), "finished" (Enter, or the focus went
 * elsewhere: what is saved at once is saved now).
 */
#define OSC_TYPE_FIELD (osc_field_get_type ())
G_DECLARE_FINAL_TYPE (OscField, osc_field, OSC, FIELD, GtkWidget)

/** osc_field_text: (transfer none): what was typed. */
const char *osc_field_text (OscField *self);
void osc_field_set_text (OscField *self, const char *text);
/** osc_field_set_error: @sentence: (nullable): what is wrong and how to put it right. */
void osc_field_set_error (OscField *self, const char *sentence);
/** osc_field_error: (transfer none) (nullable): the sentence shown. */
const char *osc_field_error (OscField *self);
/** osc_field_at_end: Returns: whether the cursor stands behind what was typed. */
gboolean osc_field_at_end (OscField *self);
/** osc_field_focus: puts the cursor behind what was typed. */
void osc_field_focus (OscField *self);

G_END_DECLS
