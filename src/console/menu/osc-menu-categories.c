/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The left of the menu editor: few enough to be made anew at every change. */

#include "osc-menu-categories.h"

#include <glib/gi18n.h>

#include "osc-menu-bind.h"
#include "osc-menu-row.h"
#include "osc-widget.h"
#include "osy-compat.h"

#define ID "osc-category-id"

struct _OscMenuCategories {
  GtkWidget parent_instance;
  GtkWidget *list;
  OscMenuStore *store;
  char *marked;
  gboolean filling;
};

enum { PICKED, ADD, DROPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuCategories, osc_menu_categories, GTK_TYPE_WIDGET)

static const char *
id_of (gpointer row)
{
  return g_object_get_data (G_OBJECT (row), ID);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, OscMenuCategories *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  g_signal_emit (self, signals[DROPPED], 0, g_value_get_string (value), id_of (row));
  return TRUE;
}

static GtkWidget *
make_row (OscMenuCategories *self, const OsyMenuCategory *category)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *handle = gtk_image_new_from_icon_name ("osy-handle-symbolic");
  GtkWidget *name = osc_menu_bind_label (category->name, "category-name");
  g_autofree char *count = g_strdup_printf ("%u", category->items->len);
  g_autofree char *spoken = g_strdup_printf ("%s %s", category->name, count);
  GtkWidget *number = osc_menu_bind_label (count, "secondary");
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  gtk_widget_add_css_class (handle, "handle");
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (name, "item");
  osc_widget_set_class (row, "hidden", !category->visible);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  osc_menu_row_make_handle (handle, "category", category->id);
  gtk_box_append (GTK_BOX (box), handle);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), number);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), ID, g_strdup (category->id), g_free);
  osc_widget_set_name (row, spoken);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  return row;
}

static void
select_marked (OscMenuCategories *self)
{
  GtkListBox *list = GTK_LIST_BOX (self->list);

  self->filling = TRUE;
  gtk_list_box_unselect_all (list);
  for (int i = 0; gtk_list_box_get_row_at_index (list, i) != NULL; i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, i);

    if (g_strcmp0 (id_of (row), self->marked) == 0)
      gtk_list_box_select_row (list, row);
  }
  self->filling = FALSE;
}

static void
fill (OscMenuCategories *self)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->store));
  gboolean focused = gtk_widget_get_focus_child (self->list) != NULL;
  GtkListBoxRow *row;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < categories->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         make_row (self, g_ptr_array_index (categories, i)));
  self->filling = FALSE;
  select_marked (self);
  if (focused)
    osc_menu_categories_focus (self);
}

static void
on_selected (OscMenuCategories *self, GtkListBoxRow *row)
{
  if (!self->filling && row != NULL)
    g_signal_emit (self, signals[PICKED], 0, id_of (row));
}

static void
on_activated (OscMenuCategories *self, GtkListBoxRow *row)
{
  if (g_strcmp0 (id_of (row), self->marked) == 0)
    g_signal_emit (self, signals[PICKED], 0, id_of (row));
}

static void
on_add (OscMenuCategories *self)
{
  g_signal_emit (self, signals[ADD], 0);
}

void
osc_menu_categories_mark (OscMenuCategories *self, const char *id)
{
  g_return_if_fail (OSC_IS_MENU_CATEGORIES (self));

  osy_set_str (&self->marked, id);
  select_marked (self);
}

void
osc_menu_categories_focus (OscMenuCategories *self)
{
  g_return_if_fail (OSC_IS_MENU_CATEGORIES (self));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
osc_menu_categories_dispose (GObject *object)
{
  OscMenuCategories *self = OSC_MENU_CATEGORIES (object);

  self->filling = TRUE;
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_CATEGORIES);
  g_clear_object (&self->store);
  g_clear_pointer (&self->marked, g_free);
  G_OBJECT_CLASS (osc_menu_categories_parent_class)->dispose (object);
}

static void
osc_menu_categories_class_init (OscMenuCategoriesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_categories_dispose;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ADD] = g_signal_new ("add", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  signals[DROPPED] = g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/menu/osc-menu-categories.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuCategories, list);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menucategories");
}

static void
osc_menu_categories_init (OscMenuCategories *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_menu_categories_new (OscMenuStore *store)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (store), NULL);
  OscMenuCategories *self = g_object_new (OSC_TYPE_MENU_CATEGORIES, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  return GTK_WIDGET (self);
}
