/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-attention-store.h"

G_BEGIN_DECLS

/** osc_attention_row_new: (transfer floating): a stuck order: what is wrong, what that means, since
 * when; with its buttons, which activate attention.look (s), attention.push (s), attention.retry
 * (s) and attention.settle (s) with the order's id. */
GtkWidget *osc_attention_row_new (const OscStuck *stuck);

/** osc_attention_row_title: what is wrong, in words: "The refund is not through"; static. */
const char *osc_attention_row_title (const char *reason);

G_END_DECLS
