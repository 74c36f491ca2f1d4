/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-view.h"

G_BEGIN_DECLS

/** OscAttention: the orders that need a person: why, since when, and what can be done: try again,
 * give it its time anew, or say that it was put right by hand. While it is on screen the alarm
 * about them is quiet, for five minutes at most. */
#define OSC_TYPE_ATTENTION (osc_attention_get_type ())
G_DECLARE_FINAL_TYPE (OscAttention, osc_attention, OSC, ATTENTION, GtkWidget)

/** osc_attention_new: */
GtkWidget *osc_attention_new (const OscContext *context);

G_END_DECLS
