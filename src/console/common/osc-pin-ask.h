/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-people.h"

G_BEGIN_DECLS

/** Who allowed one act, and the proof of it. */
typedef struct {
  char *act_token; /* for X-Act-Token; good once, for a minute */
  char *name;      /* nullable */
} OscPinAnswer;

/**
 * osc_pin_ask_async: asks for the PIN of somebody who may do what whoever is signed in may not
 * (console-ux §3). A wrong PIN is told and asked for again; nothing stays open afterwards.
 * @from: a widget of the window; @permission: "order:cancel"; @what: what is about to be done, a
 * sentence. Finish: CANCELLED when it was closed. osc_pin_ask_answer_free() the answer.
 */
void osc_pin_ask_async (GtkWidget *from,
                        OscPeople *people,
                        const char *permission,
                        const char *what,
                        GAsyncReadyCallback cb,
                        gpointer data);
OscPinAnswer *osc_pin_ask_finish (GAsyncResult *result, GError **error);
void osc_pin_ask_answer_free (OscPinAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscPinAnswer, osc_pin_ask_answer_free)

G_END_DECLS
