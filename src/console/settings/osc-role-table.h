/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscRoleTable: who may do what, from the roles themselves (src/base/osy-principal.c). */
#define OSC_TYPE_ROLE_TABLE (osc_role_table_get_type ())
G_DECLARE_FINAL_TYPE (OscRoleTable, osc_role_table, OSC, ROLE_TABLE, GtkWidget)

G_END_DECLS
