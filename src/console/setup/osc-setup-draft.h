/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"

G_BEGIN_DECLS

/**
 * OscSetupDraft: what was typed in the assistant and is not saved yet, in a 0600 file of the user's
 * state directory, one for each server; it is there again after a power cut. Never holds a
 * password.
 */
#define OSC_TYPE_SETUP_DRAFT (osc_setup_draft_get_type ())
G_DECLARE_FINAL_TYPE (OscSetupDraft, osc_setup_draft, OSC, SETUP_DRAFT, GObject)

/** osc_setup_draft_new: @client: (nullable): its server; NULL keeps it in memory alone. @dir:
 * (nullable): NULL takes the user's state directory. */
OscSetupDraft *osc_setup_draft_new (OsyClient *client, const char *dir);
/** osc_setup_draft_get: (transfer none) (nullable): what was typed in @field of @step. */
const char *osc_setup_draft_get (OscSetupDraft *self, const char *step, const char *field);
/** osc_setup_draft_set: written within 200 ms. */
void
osc_setup_draft_set (OscSetupDraft *self, const char *step, const char *field, const char *text);
/** osc_setup_draft_has: Returns: whether anything of @step is kept. */
gboolean osc_setup_draft_has (OscSetupDraft *self, const char *step);
/** osc_setup_draft_clear: @step is saved elsewhere; written at once. */
void osc_setup_draft_clear (OscSetupDraft *self, const char *step);

G_END_DECLS
