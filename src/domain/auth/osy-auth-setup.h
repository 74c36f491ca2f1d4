/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first run over HTTP: only who can read a 0600 file of the data directory may make the owner.
 */

/** osy_auth_setup_write_code: writes a new one-time code to @data_dir/setup-code (0600). */
gboolean osy_auth_setup_write_code (const char *data_dir, GError **error);

/** osy_auth_setup_check_code: Returns: whether @code is the one in the file; FALSE when there is
 * none. Takes the same time however much of it is right. */
gboolean osy_auth_setup_check_code (const char *data_dir, const char *code);

/** osy_auth_setup_remove_code: the code has done its work; nothing happens when there is none. */
void osy_auth_setup_remove_code (const char *data_dir);

G_END_DECLS
