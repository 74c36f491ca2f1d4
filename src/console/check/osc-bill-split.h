/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-bill-store.h"

G_BEGIN_DECLS

/** How a check is being split. */
typedef enum {
  OSC_BILL_WHOLE,
  OSC_BILL_BY_ITEM,
  OSC_BILL_BY_PEOPLE,
  OSC_BILL_BY_AMOUNT,
} OscBillMode;

/**
 * OscBillSplit: asks how a check is split and has the store do it: whole, by item, by people or
 * seats, by amount; one after the other they mix, and what is paid stays. Which lines are chosen is
 * kept here, since a part is made of them. Signals: "mode": another way is shown; "chosen": other
 * lines are.
 */
#define OSC_TYPE_BILL_SPLIT (osc_bill_split_get_type ())
G_DECLARE_FINAL_TYPE (OscBillSplit, osc_bill_split, OSC, BILL_SPLIT, GtkWidget)

/** osc_bill_split_follow: once. */
void osc_bill_split_follow (OscBillSplit *self, OscBillStore *store);
/** osc_bill_split_set_live: whether the daemon can be reached. */
void osc_bill_split_set_live (OscBillSplit *self, gboolean live);
/** osc_bill_split_can_act: there is a check, and nothing is being done to it. */
gboolean osc_bill_split_can_act (OscBillSplit *self);
OscBillMode osc_bill_split_mode (OscBillSplit *self);
/** osc_bill_split_show_mode: as if its button had been pressed. */
void osc_bill_split_show_mode (OscBillSplit *self, OscBillMode mode);

/** osc_bill_split_choose: @line_id is to be in the next part, or not. */
void osc_bill_split_choose (OscBillSplit *self, const char *line_id, gboolean on);
/** osc_bill_split_is_chosen: Returns: whether @line_id is. */
gboolean osc_bill_split_is_chosen (OscBillSplit *self, const char *line_id);
/** osc_bill_split_only_chosen: (transfer none) (nullable): the one line that is. */
const char *osc_bill_split_only_chosen (OscBillSplit *self);
/** osc_bill_split_choose_none: at another check. */
void osc_bill_split_choose_none (OscBillSplit *self);

/** osc_bill_split_drop: takes the part out of the split. */
void osc_bill_split_drop (OscBillSplit *self, const char *part_id);
/** osc_bill_split_step: one more or one less equal share. */
void osc_bill_split_step (OscBillSplit *self, int step);

G_END_DECLS
