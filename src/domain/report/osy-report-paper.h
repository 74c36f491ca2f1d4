/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-report.h"

G_BEGIN_DECLS

/** osy_report_paper_draw: @self as PDF, A4 upright: a day on one page, a week on two. Takes tens of
 * milliseconds: any thread but the main one. Returns: (transfer full): NULL with @error. */
GBytes *osy_report_paper_draw (const OsyReport *self, GError **error);

G_END_DECLS
