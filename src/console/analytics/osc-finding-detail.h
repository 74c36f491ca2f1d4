/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-finding-store.h"

G_BEGIN_DECLS

/** osc_finding_detail_new: (transfer floating): for the drawer: what of the dishes @finding of
 * @store comes from, and whether it was worth knowing, which can be said and changed. */
GtkWidget *osc_finding_detail_new (OscFindingStore *store, OscFinding *finding);
/** osc_finding_detail_formula: (transfer full): how it was found. */
char *osc_finding_detail_formula (const OscFinding *finding);

G_END_DECLS
