/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files of reports in a folder of the daemon's machine. A folder may lie on a network and take its
 * time: any thread but the main one. What goes wrong is a word: FOLDER_GONE, FOLDER_DENIED,
 * FOLDER_FULL, FOLDER_FAULT. */

/** osy_report_folder_check: tries to write into @folder. Returns: NULL when that went well. */
const char *osy_report_folder_check (const char *folder);
/** osy_report_folder_write: @bytes as @name, whole or not at all, in place of an older one; on disk
 * once it returns. Returns: NULL when that went well. */
const char *osy_report_folder_write (const char *folder, const char *name, GBytes *bytes);
/** osy_report_folder_words: (transfer none): what is to be done about a problem. */
const char *osy_report_folder_words (const char *problem);

G_END_DECLS
