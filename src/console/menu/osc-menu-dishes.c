/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Dishes to pick. A combo is none: what a combo offers is one level deep. */

#include "osc-menu-dishes.h"

#include <glib/gi18n.h>

#include "osc-menu-bind.h"
#include "osc-menu-entry.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"
#include "osy-hangul.h"

#define KEY "osc-dish"

struct _OscMenuDishes {
  GtkWidget parent_instance;
  GtkWidget *search;
  GtkWidget *list;
  GtkWidget *nothing;
  OscMenuStore *store;
  OscMenuDraft *draft;
  JsonObject *group;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscMenuDishes, osc_menu_dishes, GTK_TYPE_WIDGET)

/* ---- rows ---- */

static gboolean
may_be_picked (OscMenuDishes *self, const OsyMenuItem *item)
{
  return g_strcmp0 (item->id, osc_menu_draft_id (self->draft)) != 0 &&
         !osy_menu_groups_have_dishes (item->groups);
}

static gboolean
is_found (const OsyMenuItem *item, const char *search)
{
  return *search == '\0' || osy_hangul_matches (item->name, search) ||
         osy_hangul_matches (item->name_en, search) ||
         osy_hangul_matches (item->kitchen_name, search) || g_strcmp0 (item->code, search) == 0;
}

static void
on_toggled (OscMenuDishes *self, GtkCheckButton *check)
{
  const OsyMenuItem *item = osy_menu_find_item (osc_menu_store_get (self->store),
                                                g_object_get_data (G_OBJECT (check), KEY));

  if (self->filling || item == NULL)
    return;
  if (gtk_check_button_get_active (check))
    osc_menu_draft_add_dish (self->draft, self->group, item);
  else
    osc_menu_draft_drop_dish (self->draft, self->group, item->id);
}

static void
add_tag (GtkWidget *box, const char *text)
{
  GtkWidget *tag = gtk_label_new (text);

  gtk_widget_set_valign (tag, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (tag, "tag");
  gtk_widget_add_css_class (tag, "amber");
  gtk_box_append (GTK_BOX (box), tag);
}

static GtkWidget *
make_row (OscMenuDishes *self, const OsyMenuItem *item, const char *category)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = osc_menu_bind_label (item->name, "dish-name");
  GtkWidget *about = osc_menu_bind_label (category, "secondary");

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (about), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (box, "check-row");
  gtk_box_append (GTK_BOX (box), name);
  if (osy_menu_stop_at (&item->stop, osy_clock_now ()))
    add_tag (box, _ ("Sold out"));
  if (!item->visible)
    add_tag (box, _ ("Hidden"));
  gtk_box_append (GTK_BOX (box), about);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               osc_menu_draft_has_dish (self->group, item->id));
  osc_widget_set_name (check, item->name);
  g_object_set_data_full (G_OBJECT (check), KEY, g_strdup (item->id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), check);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static void
fill (OscMenuDishes *self)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->store));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  GtkListBoxRow *old;
  guint n = 0;

  if (self->draft == NULL)
    return;
  self->filling = TRUE;
  while ((old = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (old));
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint j = 0; j < category->items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, j);

      if (!may_be_picked (self, item) || !is_found (item, text))
        continue;
      gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (self, item, category->name));
      n++;
    }
  }
  gtk_widget_set_visible (self->list, n > 0);
  gtk_widget_set_visible (self->nothing, n == 0);
  self->filling = FALSE;
}

void
osc_menu_dishes_show (OscMenuDishes *self, OscMenuDraft *draft, const char *id)
{
  g_return_if_fail (OSC_IS_MENU_DISHES (self) && OSC_IS_MENU_DRAFT (draft) && id != NULL);
  JsonObject *group = osc_menu_draft_group (draft, id);

  if (group == NULL)
    return;
  g_set_object (&self->draft, draft);
  g_clear_pointer (&self->group, json_object_unref);
  self->group = json_object_ref (group);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  fill (self);
}

/* ---- life ---- */

static void
osc_menu_dishes_dispose (GObject *object)
{
  OscMenuDishes *self = OSC_MENU_DISHES (object);

  self->filling = TRUE;
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_DISHES);
  g_clear_pointer (&self->group, json_object_unref);
  g_clear_object (&self->draft);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_menu_dishes_parent_class)->dispose (object);
}

static void
osc_menu_dishes_class_init (OscMenuDishesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_dishes_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-dishes.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuDishes, search);
  gtk_widget_class_bind_template_child (widget_class, OscMenuDishes, list);
  gtk_widget_class_bind_template_child (widget_class, OscMenuDishes, nothing);
  gtk_widget_class_bind_template_callback (widget_class, fill);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menudishes");
}

static void
osc_menu_dishes_init (OscMenuDishes *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->filling = FALSE;
}

GtkWidget *
osc_menu_dishes_new (OscMenuStore *store)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (store), NULL);
  OscMenuDishes *self = g_object_new (OSC_TYPE_MENU_DISHES, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}
