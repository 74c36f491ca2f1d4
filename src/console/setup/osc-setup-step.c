/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What all steps of the assistant have in common. */

#include "osc-setup-step.h"

#include <glib/gi18n.h>

typedef struct {
  OscContext context;
  gboolean has_context;
  OscSetupDraft *draft;
  OscSetupWords words;
  char *failure;
  gboolean busy;
} OscSetupStepPrivate;

enum { CHANGED, DONE, GO, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (OscSetupStep, osc_setup_step, GTK_TYPE_WIDGET)

static OscSetupStepPrivate *
part (OscSetupStep *self)
{
  return osc_setup_step_get_instance_private (self);
}

void
osc_setup_step_begin (OscSetupStep *self, const OscContext *context, OscSetupDraft *draft)
{
  g_return_if_fail (OSC_IS_SETUP_STEP (self) && OSC_IS_SETUP_DRAFT (draft));

  if (context != NULL)
    part (self)->context = *context;
  part (self)->has_context = context != NULL;
  part (self)->draft = g_object_ref (draft);
}

const OscContext *
osc_setup_step_context (OscSetupStep *self)
{
  return part (self)->has_context ? &part (self)->context : NULL;
}

OscSetupDraft *
osc_setup_step_draft (OscSetupStep *self)
{
  return part (self)->draft;
}

/* ---- what a step tells ---- */

void
osc_setup_step_say (OscSetupStep *self, const OscSetupWords *words)
{
  g_return_if_fail (OSC_IS_SETUP_STEP (self));
  part (self)->words = *words;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_setup_step_set_busy (OscSetupStep *self, gboolean busy)
{
  g_return_if_fail (OSC_IS_SETUP_STEP (self));
  part (self)->busy = busy;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_setup_step_set_failure (OscSetupStep *self, const char *sentence)
{
  g_return_if_fail (OSC_IS_SETUP_STEP (self));
  g_autofree char *copy = g_strdup (sentence);

  g_free (part (self)->failure);
  part (self)->failure = g_steal_pointer (&copy);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
osc_setup_step_finish (OscSetupStep *self, JsonObject *patch)
{
  g_return_if_fail (OSC_IS_SETUP_STEP (self));
  osc_setup_step_set_failure (self, NULL);
  g_signal_emit (self, signals[DONE], 0, patch);
  if (patch != NULL)
    json_object_unref (patch);
}

void
osc_setup_step_drop_focus (OscSetupStep *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    gtk_root_set_focus (root, NULL);
}

/* ---- what the frame asks ---- */

const OscSetupWords *
osc_setup_step_words (OscSetupStep *self)
{
  return &part (self)->words;
}

gboolean
osc_setup_step_busy (OscSetupStep *self)
{
  return part (self)->busy;
}

const char *
osc_setup_step_failure (OscSetupStep *self)
{
  return part (self)->failure;
}

void
osc_setup_step_enter (OscSetupStep *self)
{
  g_return_if_fail (OSC_IS_SETUP_STEP (self));
  OSC_SETUP_STEP_GET_CLASS (self)->enter (self);
}

void
osc_setup_step_act (OscSetupStep *self)
{
  g_return_if_fail (OSC_IS_SETUP_STEP (self));
  if (!part (self)->busy && part (self)->words.primary != NULL)
    OSC_SETUP_STEP_GET_CLASS (self)->act (self);
}

gboolean
osc_setup_step_back (OscSetupStep *self)
{
  g_return_val_if_fail (OSC_IS_SETUP_STEP (self), FALSE);
  OscSetupStepClass *klass = OSC_SETUP_STEP_GET_CLASS (self);

  return klass->back != NULL && klass->back (self);
}

const char *
osc_setup_step_sentence (const GError *error)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_UNAVAILABLE:
  case OSY_ERROR_TIMEOUT:
    return _ ("The server doesn't answer. What you typed is kept; try again in a moment");
  case OSY_ERROR_INSUFFICIENT_PERMISSION:
    return _ ("Only the owner or a manager can do this. Sign in as one of them");
  case OSY_ERROR_VERSION_CONFLICT:
    return _ ("Another screen was first. Look at what it shows now and try again");
  default: return _ ("Couldn't save. What you typed is kept. Try again, or do it later");
  }
}

/* ---- life ---- */

static void
osc_setup_step_dispose (GObject *object)
{
  OscSetupStepPrivate *own = part (OSC_SETUP_STEP (object));

  g_clear_object (&own->draft);
  g_clear_pointer (&own->failure, g_free);
  G_OBJECT_CLASS (osc_setup_step_parent_class)->dispose (object);
}

static void
osc_setup_step_class_init (OscSetupStepClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_setup_step_dispose;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_SETUP_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[DONE] = g_signal_new ("done", OSC_TYPE_SETUP_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  signals[GO] = g_signal_new ("go", OSC_TYPE_SETUP_STEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
osc_setup_step_init (OscSetupStep *self)
{
}
