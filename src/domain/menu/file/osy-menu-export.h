/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"

G_BEGIN_DECLS

/** osy_menu_export: GET …/menu/export?format=csv|xlsx&language=ko|en: the menu as a file that
 *  importing takes (osy-menu-file.h). @room: OsyMenuRoom. */
void osy_menu_export (OsyHttpRequest *request, gpointer room);

G_END_DECLS
