/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscChoice: a setting with few values, all of them on screen. Properties for templates: "label",
 * "hint" (text). Signal "chosen" (const char *value): somebody pressed another one. */
#define OSC_TYPE_CHOICE (osc_choice_get_type ())
G_DECLARE_FINAL_TYPE (OscChoice, osc_choice, OSC, CHOICE, GtkWidget)

/** osc_choice_add: @words: translated. */
void osc_choice_add (OscChoice *self, const char *value, const char *words);
/** osc_choice_set: Says nothing; a value that is not there leaves none chosen. */
void osc_choice_set (OscChoice *self, const char *value);
/** osc_choice_bind: follows and sets @key of this machine's settings, a text or an int. */
void osc_choice_bind (OscChoice *self, const char *key);

/** osc_choice_follow: shows the key as osc_choice_bind() does; who listens to "chosen" writes it.
 */
void osc_choice_follow (OscChoice *self, const char *key);

G_END_DECLS
