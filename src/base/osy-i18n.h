/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_i18n_init: makes gettext speak the user's language, in the build tree as well as installed.
 * Call first in main(). */
void osy_i18n_init (void);

G_END_DECLS
