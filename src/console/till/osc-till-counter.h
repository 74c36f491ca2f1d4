/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-keys.h"
#include "osc-till-store.h"

G_BEGIN_DECLS

/** OscTillCounter: the drawer counted note by note and coin by coin, or as one sum. It never says
 * how much there should be. What is typed is the draft's at once. Signal: "finished": Enter on the
 * last field. */
#define OSC_TYPE_TILL_COUNTER (osc_till_counter_get_type ())
G_DECLARE_FINAL_TYPE (OscTillCounter, osc_till_counter, OSC, TILL_COUNTER, GtkWidget)

/** osc_till_counter_follow: whose draft, and which. */
void osc_till_counter_follow (OscTillCounter *self, OscTillStore *store, OscTillFor what);
/** osc_till_counter_show: what the draft holds. */
void osc_till_counter_show (OscTillCounter *self);
/** osc_till_counter_begin: the first field is the one that is typed into. */
void osc_till_counter_begin (OscTillCounter *self);
/** osc_till_counter_write: @digits into the field, or NULL: the last digit goes. */
void osc_till_counter_write (OscTillCounter *self, const char *digits);
/** osc_till_counter_next: on to the next field; "finished" follows on the last. */
void osc_till_counter_next (OscTillCounter *self);
/** osc_till_counter_key: Returns: whether @key means anything here. */
gboolean osc_till_counter_key (OscTillCounter *self, OscKey key);

G_END_DECLS
