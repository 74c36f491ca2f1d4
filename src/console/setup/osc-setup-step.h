/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-context.h"
#include "osc-setup-draft.h"

G_BEGIN_DECLS

/**
 * OscSetupStep: one step of the assistant: what it shows, and what it says to the frame around it,
 * which has the title and the buttons. Signals: "changed": something the frame shows; "done"
 * (JsonObject *patch, nullable): finished once that patch of the settings is saved with the step's
 * state; "go" (int: OsyShopStep): another step has to come first.
 */
#define OSC_TYPE_SETUP_STEP (osc_setup_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (OscSetupStep, osc_setup_step, OSC, SETUP_STEP, GtkWidget)

struct _OscSetupStepClass {
  GtkWidgetClass parent_class;

  /* It is on screen from now on: show what is saved or drafted, take the focus. */
  void (*enter) (OscSetupStep *self);
  /* The primary button. */
  void (*act) (OscSetupStep *self);
  /* One level back inside the step. Returns: FALSE when there is none. Optional. */
  gboolean (*back) (OscSetupStep *self);
};

/** What the frame shows of a step. Texts are static. */
typedef struct {
  const char *title;
  const char *lead;
  const char *primary; /* nullable: there is nothing to press now */
  const char *later;   /* nullable: what "Later" is called here */
  gboolean bare;       /* it has buttons of its own */
} OscSetupWords;

/** osc_setup_step_begin: for a step's maker. @context: (nullable): before there is a shop. */
void osc_setup_step_begin (OscSetupStep *self, const OscContext *context, OscSetupDraft *draft);
const OscContext *osc_setup_step_context (OscSetupStep *self);
OscSetupDraft *osc_setup_step_draft (OscSetupStep *self);

/** What a step tells the frame. */
void osc_setup_step_say (OscSetupStep *self, const OscSetupWords *words);
void osc_setup_step_set_busy (OscSetupStep *self, gboolean busy);
/** @sentence: (nullable): the cause and the fix. */
void osc_setup_step_set_failure (OscSetupStep *self, const char *sentence);
/** osc_setup_step_finish: @patch: (transfer full) (nullable): settings to be saved with it. */
void osc_setup_step_finish (OscSetupStep *self, JsonObject *patch);

/** osc_setup_step_drop_focus: there is nothing to type: Enter is the primary button's. */
void osc_setup_step_drop_focus (OscSetupStep *self);

/** What the frame asks. */
const OscSetupWords *osc_setup_step_words (OscSetupStep *self);
gboolean osc_setup_step_busy (OscSetupStep *self);
const char *osc_setup_step_failure (OscSetupStep *self);
void osc_setup_step_enter (OscSetupStep *self);
void osc_setup_step_act (OscSetupStep *self);
gboolean osc_setup_step_back (OscSetupStep *self);

/** osc_setup_step_sentence: Returns: static: @error in words, for any step. */
const char *osc_setup_step_sentence (const GError *error);

G_END_DECLS
