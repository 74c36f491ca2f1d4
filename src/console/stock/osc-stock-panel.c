/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The panel beside the table. */

#include "osc-stock-panel.h"

#include <glib/gi18n.h>

#include "osc-stock-words.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

struct _OscStockPanel {
  GtkWidget parent_instance;
  GtkWidget *stack;
  GtkWidget *name;
  GtkWidget *supplier;
  GtkWidget *on_hand;
  GtkWidget *promised;
  GtkWidget *facts;
  GtkWidget *blocks;
  GtkWidget *acts;
  GtkWidget *edit;
  GtkWidget *uses;
  GtkWidget *no_uses;
  GtkWidget *use;
  GtkWidget *history;
  GtkWidget *no_history;
  gboolean may_write;
};

G_DEFINE_FINAL_TYPE (OscStockPanel, osc_stock_panel, GTK_TYPE_WIDGET)

static void
show_label (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL);
}

static char *
facts_text (const OsyIngredient *ingredient)
{
  g_autofree char *days = osc_stock_words_days (ingredient);
  g_autofree char *counted = osc_stock_words_counted (ingredient, osy_clock_now ());
  g_autoptr (GString) text = g_string_new (NULL);

  if (ingredient->par >= 0) {
    g_autofree char *par = osc_stock_words_amount (ingredient, ingredient->par);
    g_string_append_printf (text, _ ("Par %s"), par);
    g_string_append (text, " · ");
  }
  g_string_append_printf (text, _ ("Counted: %s"), counted);
  if (ingredient->days_left >= 0)
    g_string_append_printf (text, " · %s", days);
  return g_strdup (text->str);
}

void
osc_stock_panel_show (OscStockPanel *self, const OsyIngredient *ingredient, gboolean may_write)
{
  g_return_if_fail (OSC_IS_STOCK_PANEL (self));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), ingredient != NULL ? "one" : "none");
  if (ingredient == NULL)
    return;
  g_autofree char *on_hand = osc_stock_words_amount (ingredient, ingredient->on_hand);
  g_autofree char *held = osc_stock_words_amount (ingredient, ingredient->reserved);
  g_autofree char *promised =
      ingredient->reserved > 0 ? g_strdup_printf (_ ("%s of it for orders"), held) : NULL;
  g_autofree char *facts = facts_text (ingredient);

  self->may_write = may_write;
  gtk_label_set_label (GTK_LABEL (self->name), ingredient->name);
  show_label (self->supplier, ingredient->supplier);
  gtk_label_set_label (GTK_LABEL (self->on_hand), on_hand);
  osc_widget_set_class (self->on_hand, "owed", ingredient->on_hand < 0);
  show_label (self->promised, promised);
  show_label (self->facts, facts);
  gtk_widget_set_visible (self->blocks, ingredient->block);
  gtk_widget_set_visible (self->acts, may_write);
}

void
osc_stock_panel_set_manage (OscStockPanel *self, gboolean may_manage)
{
  g_return_if_fail (OSC_IS_STOCK_PANEL (self));
  gtk_widget_set_visible (self->edit, may_manage);
  gtk_widget_set_visible (self->use, may_manage);
}

/* ---- what it is used in ---- */

static gboolean
offers (GPtrArray *groups, const char *option_id)
{
  for (guint g = 0; g < groups->len; g++) {
    GPtrArray *options = ((OsyMenuGroup *)g_ptr_array_index (groups, g))->options;
    for (guint i = 0; i < options->len; i++) {
      const OsyMenuOption *option = g_ptr_array_index (options, i);
      if (g_str_equal (option->id, option_id) || offers (option->groups, option_id))
        return TRUE;
    }
  }
  return FALSE;
}

/* (transfer none) (nullable): the dish, or one that offers the option. */
static const OsyMenuItem *
dish_of (OsyMenu *menu, const OscStockUse *use)
{
  GPtrArray *categories = osy_menu_categories (menu);

  if (!use->is_option)
    return osy_menu_find_item (menu, use->owner_id);
  for (guint c = 0; c < categories->len; c++) {
    GPtrArray *items = ((OsyMenuCategory *)g_ptr_array_index (categories, c))->items;
    for (guint i = 0; i < items->len; i++)
      if (offers (((OsyMenuItem *)g_ptr_array_index (items, i))->groups, use->owner_id))
        return g_ptr_array_index (items, i);
  }
  return NULL;
}

static GtkWidget *
make_use (const OsyIngredient *ingredient, const char *title, const char *item_id, gint64 quantity)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *text = osc_stock_words_amount (ingredient, quantity);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *amount = gtk_label_new (text);
  g_autofree char *words = g_strdup_printf ("%s %s", title, text);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (amount, "numeric");
  gtk_widget_add_css_class (amount, "secondary");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), amount);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("osy-next-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "menu-fold");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "stock.recipe");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", item_id);
  osc_widget_set_name (button, words);
  return button;
}

static void
on_dish (GtkWidget *button)
{
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "osc-id"));
  GtkWidget *place = gtk_widget_get_parent (popover);

  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_activate_action (place, "stock.use", "s", id);
}

/* Every dish that does not take it yet. */
static void
fill_dishes (OscStockPanel *self, OsyMenu *menu, GHashTable *taking)
{
  GPtrArray *categories = osy_menu_categories (menu);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "stop-choices");
  for (guint c = 0; c < categories->len; c++) {
    GPtrArray *items = ((OsyMenuCategory *)g_ptr_array_index (categories, c))->items;
    for (guint i = 0; i < items->len; i++) {
      const OsyMenuItem *item = g_ptr_array_index (items, i);
      if (g_hash_table_contains (taking, item->id))
        continue;
      GtkWidget *button = gtk_button_new_with_label (item->name);
      gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
      gtk_widget_add_css_class (button, "soft");
      g_object_set_data_full (G_OBJECT (button), "osc-id", g_strdup (item->id), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (on_dish), NULL);
      gtk_box_append (GTK_BOX (box), button);
    }
  }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->use), popover);
}

void
osc_stock_panel_show_uses (OscStockPanel *self,
                           const OsyIngredient *ingredient,
                           OscStockStore *store,
                           OsyMenu *menu)
{
  g_return_if_fail (OSC_IS_STOCK_PANEL (self));
  GPtrArray *uses = osc_stock_store_recipes (store);
  g_autoptr (GHashTable) taking = g_hash_table_new (g_str_hash, g_str_equal);

  osc_widget_drop_children (self->uses);
  for (guint i = 0; ingredient != NULL && i < uses->len; i++) {
    const OscStockUse *use = g_ptr_array_index (uses, i);
    const OsyMenuItem *dish =
        g_str_equal (use->ingredient_id, ingredient->id) ? dish_of (menu, use) : NULL;
    if (dish == NULL)
      continue;
    const OsyMenuOption *option =
        use->is_option ? osy_menu_find_option (menu, use->owner_id) : NULL;
    if (option == NULL)
      g_hash_table_add (taking, dish->id);
    g_autofree char *title =
        option != NULL ? g_strdup_printf (_ ("%s (option)"), option->name) : g_strdup (dish->name);
    gtk_box_append (GTK_BOX (self->uses), make_use (ingredient, title, dish->id, use->quantity));
  }
  gtk_widget_set_visible (self->no_uses, gtk_widget_get_first_child (self->uses) == NULL);
  fill_dishes (self, menu, taking);
}

/* ---- history ---- */

static GtkWidget *
make_text (const OsyIngredient *ingredient, const OsyStockMovement *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *what = gtk_label_new (osc_stock_words_kind (row));
  g_autofree char *clock = osc_words_clock (row->at);
  const char *why =
      row->reason == NULL && row->subject_id != NULL && g_str_equal (row->kind, OSY_MOVEMENT_WASTE)
          ? _ ("Made, and taken off the check")
          : row->reason;
  g_autofree char *line = why != NULL ? g_strdup_printf ("%s · %s", clock, why) : g_strdup (clock);
  GtkWidget *when = gtk_label_new (line);

  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_xalign (GTK_LABEL (when), 0);
  gtk_label_set_ellipsize (GTK_LABEL (when), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (when, "secondary");
  gtk_widget_add_css_class (when, "numeric");
  gtk_box_append (GTK_BOX (box), what);
  gtk_box_append (GTK_BOX (box), when);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
make_undo (const OsyStockMovement *row, const char *amount)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("osy-undo-symbolic");
  g_autofree char *name =
      g_strdup_printf ("%s %s %s", osc_stock_words_kind (row), amount, _ ("Undo"));

  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "plain");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "stock.undo");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", row->id);
  osc_widget_set_name (button, name);
  return button;
}

static GtkWidget *
make_row (OscStockPanel *self, const OsyIngredient *ingredient, const OsyStockMovement *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *change = osc_stock_words_amount (ingredient, row->quantity);
  g_autofree char *amount = g_strconcat (row->quantity > 0 ? "+" : "", change, NULL);
  GtkWidget *label = gtk_label_new (amount);
  gboolean can_undo = self->may_write && osy_stock_movement_can_undo (row);

  gtk_widget_add_css_class (box, "stock-move");
  osc_widget_set_class (box, "undone", row->undone_by != NULL);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "strong");
  gtk_box_append (GTK_BOX (box), make_text (ingredient, row));
  gtk_box_append (GTK_BOX (box), label);
  if (can_undo)
    gtk_box_append (GTK_BOX (box), make_undo (row, amount));
  return box;
}

void
osc_stock_panel_set_history (OscStockPanel *self, const OsyIngredient *ingredient, GPtrArray *rows)
{
  g_return_if_fail (OSC_IS_STOCK_PANEL (self));
  osc_widget_drop_children (self->history);
  gtk_widget_set_visible (self->no_history, rows != NULL && rows->len == 0);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    gtk_box_append (GTK_BOX (self->history), make_row (self, ingredient, rows->pdata[i]));
}

/* ---- life ---- */

static void
osc_stock_panel_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STOCK_PANEL);
  G_OBJECT_CLASS (osc_stock_panel_parent_class)->dispose (object);
}

static void
osc_stock_panel_class_init (OscStockPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stock_panel_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/stock/osc-stock-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, name);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, supplier);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, on_hand);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, promised);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, blocks);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, acts);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, edit);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, uses);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, no_uses);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, use);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, history);
  gtk_widget_class_bind_template_child (widget_class, OscStockPanel, no_history);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stockpanel");
}

static void
osc_stock_panel_init (OscStockPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
