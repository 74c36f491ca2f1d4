/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-alert-store.h"

G_BEGIN_DECLS

/** osc_attention_alert_new: (transfer floating): something that is wrong and goes on: what, since
 * when, and a button to where one can do something about it. */
GtkWidget *osc_attention_alert_new (const OscAlert *alert);

G_END_DECLS
