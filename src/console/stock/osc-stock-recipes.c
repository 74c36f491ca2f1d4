/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Recipes by dish. */

#include "osc-stock-recipes.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-scale.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-compat.h"

struct _OscStockRecipes {
  GtkWidget parent_instance;
  GtkWidget *search;
  GtkWidget *list;
  GtkWidget *recipe;
  OscStockStore *store;
  OscMenuStore *menu;
  GHashTable *drafts; /* item id → OscRecipeDraft: what is written on */
  char *picked;       /* nullable */
  char *saving;       /* (nullable): the dish whose recipe is on its way */
  gboolean may_write;
  gboolean filling;
};

enum { BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStockRecipes, osc_stock_recipes, GTK_TYPE_WIDGET)

static const OsyMenuItem *
picked (OscStockRecipes *self)
{
  return self->picked != NULL ? osy_menu_find_item (osc_menu_store_get (self->menu), self->picked)
                              : NULL;
}

/* ---- the dishes ---- */

static guint
count_lines (OscStockRecipes *self, const char *item_id)
{
  GPtrArray *uses = osc_stock_store_recipes (self->store);
  guint n = 0;

  for (guint i = 0; i < uses->len; i++)
    n += g_str_equal (((OscStockUse *)uses->pdata[i])->owner_id, item_id);
  return n;
}

static gboolean
is_written_on (OscStockRecipes *self, const char *item_id)
{
  const OscRecipeDraft *draft = g_hash_table_lookup (self->drafts, item_id);

  return draft != NULL && osc_recipe_draft_is_dirty (draft);
}

static char *
state_of (OscStockRecipes *self, const OsyMenuItem *item)
{
  guint n = count_lines (self, item->id);

  if (is_written_on (self, item->id))
    return g_strdup (_ ("Not saved yet"));
  return n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u ingredient", "%u ingredients", n), n)
               : g_strdup (_ ("No recipe yet"));
}

static GtkWidget *
make_row (OscStockRecipes *self, const OsyMenuItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = gtk_label_new (item->name);
  g_autofree char *state = state_of (self, item);
  GtkWidget *about = gtk_label_new (state);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  osc_scale_let_wrap (GTK_LABEL (name));
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (about, "secondary");
  gtk_widget_add_css_class (about, "numeric");
  gtk_widget_add_css_class (box, "stock-dish");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), about);
  g_object_set_data_full (G_OBJECT (box), "osc-id", g_strdup (item->id), g_free);
  return box;
}

static const char *
id_of_row (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (row)), "osc-id");
}

static void
show_dishes (OscStockRecipes *self)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->menu));
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  GtkListBox *list = GTK_LIST_BOX (self->list);
  GtkWidget *child;
  int n = 0;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (list, child);
  for (guint c = 0; c < categories->len; c++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, c);
    for (guint i = 0; i < category->items->len; i++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, i);
      g_autofree char *name = g_utf8_casefold (item->name, -1);
      if (strstr (name, text) == NULL)
        continue;
      gtk_list_box_append (list, make_row (self, item));
      if (g_strcmp0 (item->id, self->picked) == 0)
        gtk_list_box_select_row (list, gtk_list_box_get_row_at_index (list, n));
      n++;
    }
  }
  self->filling = FALSE;
}

/* What is written of the one that is picked shows in its row without making the list anew. */
static void
on_written (OscStockRecipes *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  const OsyMenuItem *item = picked (self);

  if (row == NULL || item == NULL)
    return;
  g_autofree char *state = state_of (self, item);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (gtk_list_box_row_get_child (row))),
                       state);
}

/* ---- the recipe ---- */

static void
show_recipe (OscStockRecipes *self)
{
  const OsyMenuItem *item = picked (self);
  OscRecipeDraft *draft = item != NULL ? g_hash_table_lookup (self->drafts, item->id) : NULL;

  if (item != NULL && draft == NULL) {
    draft = osc_recipe_draft_new (self->store, item);
    g_hash_table_insert (self->drafts, g_strdup (item->id), draft);
  }
  osc_stock_recipe_show (OSC_STOCK_RECIPE (self->recipe), self->store, draft, item,
                         self->may_write);
}

static void
pick (OscStockRecipes *self, const char *id)
{
  g_autofree char *before = g_strdup (self->picked);

  osy_set_str (&self->picked, id);
  show_recipe (self);
  /* What was only looked at is read anew the next time. */
  if (before != NULL && g_strcmp0 (before, id) != 0 && !is_written_on (self, before))
    g_hash_table_remove (self->drafts, before);
}

static void
on_row (OscStockRecipes *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->filling)
    pick (self, id_of_row (row));
}

static gboolean
is_clean (gpointer id, gpointer draft, gpointer data)
{
  return !osc_recipe_draft_is_dirty (draft);
}

/* The recipes or the menu are other ones: what is written stays. */
static void
on_news (OscStockRecipes *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  /* It lends its draft. */
  osc_stock_recipe_show (OSC_STOCK_RECIPE (self->recipe), self->store, NULL, NULL, FALSE);
  g_hash_table_foreach_remove (self->drafts, is_clean, NULL);
  show_dishes (self);
  show_recipe (self);
}

static void
on_save (OscStockRecipes *self)
{
  OscRecipeDraft *draft =
      self->picked != NULL ? g_hash_table_lookup (self->drafts, self->picked) : NULL;

  if (draft == NULL || self->saving != NULL || !self->may_write)
    return;
  g_autoptr (JsonNode) body = osc_recipe_draft_to_json (draft);
  osy_set_str (&self->saving, self->picked);
  osc_stock_recipe_set_busy (OSC_STOCK_RECIPE (self->recipe), TRUE);
  osc_stock_store_put_recipe (self->store, self->picked, body);
}

static void
end_saving (OscStockRecipes *self)
{
  g_clear_pointer (&self->saving, g_free);
  osc_stock_recipe_set_busy (OSC_STOCK_RECIPE (self->recipe), FALSE);
}

static void
on_saved (OscStockRecipes *self, const char *id)
{
  if (self->saving == NULL || *id != '\0')
    return;
  const OsyMenuItem *item = osy_menu_find_item (osc_menu_store_get (self->menu), self->saving);
  g_autofree char *text =
      g_strdup_printf (_ ("Saved the recipe of %s"), item != NULL ? item->name : "");

  osc_stock_recipe_show (OSC_STOCK_RECIPE (self->recipe), self->store, NULL, NULL, FALSE);
  g_hash_table_remove (self->drafts, self->saving);
  end_saving (self);
  osc_toasts_say (GTK_WIDGET (self), text);
}

static void
on_refused (OscStockRecipes *self)
{
  if (self->saving != NULL)
    end_saving (self);
}

/* ---- doors ---- */

void
osc_stock_recipes_follow (OscStockRecipes *self, OscStockStore *store, OscMenuStore *menu)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPES (self));
  g_set_object (&self->store, store);
  g_set_object (&self->menu, menu);
  g_signal_connect_object (store, "recipes", G_CALLBACK (on_news), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (menu, "changed", G_CALLBACK (on_news), self, G_CONNECT_SWAPPED);
}

void
osc_stock_recipes_open (OscStockRecipes *self, const char *item_id, const char *ingredient_id)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPES (self));
  if (item_id != NULL)
    pick (self, item_id);
  else
    show_recipe (self);
  show_dishes (self);
  if (ingredient_id != NULL)
    osc_stock_recipe_add (OSC_STOCK_RECIPE (self->recipe), ingredient_id);
}

void
osc_stock_recipes_set_write (OscStockRecipes *self, gboolean may_write)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPES (self));
  if (self->may_write == may_write)
    return;
  self->may_write = may_write;
  if (self->store != NULL)
    show_recipe (self);
}

void
osc_stock_recipes_find (OscStockRecipes *self)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPES (self));
  gtk_widget_grab_focus (self->search);
}

void
osc_stock_recipes_save (OscStockRecipes *self)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPES (self));
  osc_stock_recipe_save (OSC_STOCK_RECIPE (self->recipe));
}

void
osc_stock_recipes_step (OscStockRecipes *self, int direction)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPES (self));
  GtkListBox *list = GTK_LIST_BOX (self->list);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  int at = row != NULL ? gtk_list_box_row_get_index (row) + direction : 0;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (list, MAX (at, 0));

  if (next != NULL) {
    gtk_list_box_select_row (list, next);
    gtk_widget_grab_focus (GTK_WIDGET (next));
  }
}

static void
on_back (OscStockRecipes *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

/* ---- life ---- */

static void
osc_stock_recipes_dispose (GObject *object)
{
  OscStockRecipes *self = OSC_STOCK_RECIPES (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STOCK_RECIPES);
  g_clear_pointer (&self->drafts, g_hash_table_unref);
  g_clear_pointer (&self->picked, g_free);
  g_clear_pointer (&self->saving, g_free);
  g_clear_object (&self->store);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (osc_stock_recipes_parent_class)->dispose (object);
}

static void
osc_stock_recipes_class_init (OscStockRecipesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stock_recipes_dispose;
  g_type_ensure (OSC_TYPE_STOCK_RECIPE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/stock/osc-stock-recipes.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStockRecipes, search);
  gtk_widget_class_bind_template_child (widget_class, OscStockRecipes, list);
  gtk_widget_class_bind_template_child (widget_class, OscStockRecipes, recipe);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_written);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_typed", G_CALLBACK (show_dishes));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stockrecipes");
  signals[BACK] = g_signal_new ("back", OSC_TYPE_STOCK_RECIPES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
osc_stock_recipes_init (OscStockRecipes *self)
{
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)osc_recipe_draft_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}
