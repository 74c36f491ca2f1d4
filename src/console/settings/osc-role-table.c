/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who may do what. Each cell says it in words to a screen reader. */

#include "osc-role-table.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"
#include "osy-principal.h"

struct _OscRoleTable {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (OscRoleTable, osc_role_table, GTK_TYPE_WIDGET)

static const OsyRole roles[] = {OSY_ROLE_OWNER, OSY_ROLE_MANAGER, OSY_ROLE_STAFF, OSY_ROLE_KITCHEN,
                                OSY_ROLE_COURIER};

static const struct {
  OsyPermission permission;
  const char *words; /* msgid */
} lines[] = {
    {OSY_PERM_ORDER_READ, N_ ("See orders")},
    {OSY_PERM_ORDER_WRITE, N_ ("Take orders and move them on")},
    {OSY_PERM_ORDER_CANCEL, N_ ("Cancel and reject orders")},
    {OSY_PERM_PAYMENT_TAKE, N_ ("Take payments")},
    {OSY_PERM_PAYMENT_REFUND, N_ ("Refund")},
    {OSY_PERM_TILL_MANAGE, N_ ("Close the till")},
    {OSY_PERM_GUEST_UNMASK, N_ ("See guests' names and phones in full")},
    {OSY_PERM_SALES_READ, N_ ("See sales and their figures")},
    {OSY_PERM_MENU_MANAGE, N_ ("Change the menu")},
    {OSY_PERM_DEVICE_MANAGE, N_ ("Add and take away screens")},
    {OSY_PERM_STAFF_MANAGE, N_ ("Manage staff and roles")},
    {OSY_PERM_SHOP_MANAGE, N_ ("Change the shop")},
    {OSY_PERM_AUDIT_READ, N_ ("Read the record of what happened")},
};

static void
attach_head (GtkGrid *grid)
{
  for (int i = 0; i < (int)G_N_ELEMENTS (roles); i++) {
    GtkWidget *head = gtk_label_new (osc_words_role (osy_role_name (roles[i])));

    gtk_widget_add_css_class (head, "role-head");
    gtk_label_set_wrap (GTK_LABEL (head), TRUE);
    gtk_grid_attach (grid, head, i + 1, 0, 1, 1);
  }
}

static GtkWidget *
new_cell (const char *words, OsyRole role, gboolean may)
{
  const char *who = osc_words_role (osy_role_name (role));
  g_autofree char *name = NULL;
  GtkWidget *cell = may ? gtk_image_new_from_icon_name ("osy-check-symbolic") : gtk_label_new ("–");

  name = g_strdup_printf (may ? _ ("%1$s, %2$s: yes") : _ ("%1$s, %2$s: no"), words, who);
  gtk_widget_add_css_class (cell, may ? "role-yes" : "role-no");
  osc_widget_set_name (cell, name);
  return cell;
}

static void
osc_role_table_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_role_table_parent_class)->dispose (object);
}

static void
osc_role_table_class_init (OscRoleTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_role_table_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "roletable");
}

static void
osc_role_table_init (OscRoleTable *self)
{
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());

  attach_head (grid);
  for (int line = 0; line < (int)G_N_ELEMENTS (lines); line++) {
    GtkWidget *words = gtk_label_new (_ (lines[line].words));

    gtk_label_set_xalign (GTK_LABEL (words), 0);
    gtk_label_set_wrap (GTK_LABEL (words), TRUE);
    gtk_widget_set_hexpand (words, TRUE);
    gtk_grid_attach (grid, words, 0, line + 1, 1, 1);
    for (int i = 0; i < (int)G_N_ELEMENTS (roles); i++)
      gtk_grid_attach (grid,
                       new_cell (_ (lines[line].words), roles[i],
                                 (osy_role_permissions (roles[i]) & lines[line].permission) != 0),
                       i + 1, line + 1, 1, 1);
  }
  gtk_widget_set_parent (GTK_WIDGET (grid), GTK_WIDGET (self));
}
