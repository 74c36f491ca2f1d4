/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

#include "osc-field.h"

G_BEGIN_DECLS

/** OscSheet: a dialog that may take several steps and stays open when one fails: title, a sentence,
 * what is asked, why it failed, "Cancel" (Esc) and one verb (Enter). Signals: "primary": the verb;
 * "closed". */
#define OSC_TYPE_SHEET (osc_sheet_get_type ())
G_DECLARE_FINAL_TYPE (OscSheet, osc_sheet, OSC, SHEET, AdwWindow)

/** osc_sheet_new: over the window of @from; shown by osc_sheet_ask(). */
OscSheet *osc_sheet_new (GtkWidget *from);
/** osc_sheet_ask: begins a step with nothing in it and shows it. @lead, @verb: (nullable): without
 * a verb there is only the button to close. */
void osc_sheet_ask (OscSheet *self, const char *title, const char *lead, const char *verb);
/** osc_sheet_add: puts @content below what the step has already. */
void osc_sheet_add (OscSheet *self, GtkWidget *content);
/** osc_sheet_add_above: puts @content above it. */
void osc_sheet_add_above (OscSheet *self, GtkWidget *content);
/** osc_sheet_add_field: the same with a new field; Enter in it is the verb. The first of a step
 * gets the focus. Returns: (transfer none). @hint: (nullable). */
OscField *
osc_sheet_add_field (OscSheet *self, const char *label, const char *hint, gboolean secret);
/** osc_sheet_warn: the verb of this step can't be undone: it is not what Enter does. */
void osc_sheet_warn (OscSheet *self);
/** osc_sheet_fail: @sentence: (nullable): what went wrong; ends the waiting. */
void osc_sheet_fail (OscSheet *self, const char *sentence);
/** osc_sheet_wait: while the daemon is asked: the verb can't be pressed again. */
void osc_sheet_wait (OscSheet *self);
/** osc_sheet_is_open: FALSE once it was closed, be it while the daemon was asked. */
gboolean osc_sheet_is_open (OscSheet *self);
/** osc_sheet_primary: (transfer none): the verb's button, to be told apart from others. */
GtkWidget *osc_sheet_primary (OscSheet *self);

G_END_DECLS
