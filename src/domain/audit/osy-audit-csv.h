/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-audit-page.h"

G_BEGIN_DECLS

/** osy_audit_csv_head: the first line, after a byte order mark, by which spreadsheets know UTF-8.
 */
void osy_audit_csv_head (GString *text);
/** osy_audit_csv_line: adds @line. */
void osy_audit_csv_line (GString *text, const OsyAuditLine *line);
/** osy_audit_csv_cell: adds @value in quotes. What a spreadsheet would take for a formula begins
 * with an apostrophe. @value: (nullable). */
void osy_audit_csv_cell (GString *text, const char *value);

G_END_DECLS
