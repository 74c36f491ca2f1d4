/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-document.h"
#include "osc-sheet.h"

G_BEGIN_DECLS

/** osc_report_sheet_plan: asks when reports of @plan ("daily", "weekly") are made. */
void osc_report_sheet_plan (GtkWidget *page, OscDocument *setup, const char *plan);
/** osc_report_sheet_addresses: asks who gets them by e-mail. */
void osc_report_sheet_addresses (GtkWidget *page, OscDocument *setup);

/** osc_report_sheet_weekday: (transfer none): 1 is Monday. */
const char *osc_report_sheet_weekday (int weekday);
/** osc_report_sheet_problem: (transfer none): @problem as the API names it, in words. */
const char *osc_report_sheet_problem (const char *problem);
/** osc_report_sheet_join: (transfer full): the texts of @array (nullable) in one. */
char *osc_report_sheet_join (JsonArray *array, const char *between);

G_END_DECLS
