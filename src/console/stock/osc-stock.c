/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The stock view: the table, the panel beside it, and the count. What is picked is the selection of
 * the table, so that keys work wherever the focus is. */

#include "osc-stock.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "osc-scale.h"
#include "osc-stock-form.h"
#include "osc-stock-import.h"
#include "osc-stock-morning.h"
#include "osc-stock-panel.h"
#include "osc-stock-recipes.h"
#include "osc-stock-row.h"
#include "osc-stock-words.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-clock.h"
#include "osy-compat.h"

#define WIDE 1600 /* of the window, at 100 % */

typedef enum { SHOW_ALL, SHOW_LOW, SHOW_NEGATIVE, N_SHOWN } Shown;

/* What stands in the place of table and panel. */
typedef enum { PAGE_WORK, PAGE_COUNT, PAGE_RECIPES, PAGE_IMPORT } Page;

struct _OscStock {
  GtkWidget parent_instance;
  GtkWidget *stack;
  GtkWidget *search;
  GtkWidget *shown[N_SHOWN];
  GtkWidget *count_button;
  GtkWidget *list;
  GtkWidget *nothing;
  GtkWidget *side;
  GtkWidget *panel;
  GtkWidget *entry;
  GtkWidget *counter;
  GtkWidget *form;
  GtkWidget *recipes;
  GtkWidget *import;
  GtkWidget *more;
  GtkWidget *add_choice;
  GtkWidget *import_choice;
  GtkWidget *begin;
  GtkWidget *status;
  GtkWidget *cost_head;
  GtkWidget *line_head;
  GtkWidget *morning;
  OscStockStore *store;
  OscContext context;     /* borrowed */
  char *picked;           /* nullable */
  OsyStockMovement *last; /* (nullable): what Ctrl Z takes back; only its ids */
  GPtrArray *to_count;    /* (nullable): of char*: ids, while counting */
  guint counted;
  Page page;
  gboolean wide;
  gboolean live;
  gboolean filling;
};

static void view_init (OscViewInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (OscStock,
                               osc_stock,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, view_init))

static gboolean
may (OscStock *self, const char *permission)
{
  return osc_people_may (self->context.people, permission);
}

static const OsyIngredient *
picked (OscStock *self)
{
  return osc_stock_store_find (self->store, self->picked);
}

static gboolean
is_counting (OscStock *self)
{
  return self->to_count != NULL;
}

static gboolean
may_change (OscStock *self)
{
  return self->live && may (self, "stock:manage");
}

OscStockEntry *
osc_stock_entry (OscStock *self)
{
  g_return_val_if_fail (OSC_IS_STOCK (self), NULL);
  return OSC_STOCK_ENTRY (is_counting (self) ? self->counter : self->entry);
}

/* ---- the table ---- */

static Shown
what_is_shown (OscStock *self)
{
  for (int i = 0; i < N_SHOWN; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->shown[i])))
      return (Shown)i;
  return SHOW_ALL;
}

static gboolean
belongs_to (const OsyIngredient *one, Shown shown)
{
  return shown == SHOW_LOW ? osy_ingredient_is_low (one)
                           : shown != SHOW_NEGATIVE || (one->track && one->on_hand < 0);
}

static gboolean
is_found (OscStock *self, const OsyIngredient *one)
{
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *name = g_utf8_casefold (one->name, -1);

  return strstr (name, text) != NULL;
}

static void
show_counts (OscStock *self, GPtrArray *list)
{
  static const char *const words[N_SHOWN] = {N_ ("All"), N_ ("Low"), N_ ("Below zero")};

  for (int i = 0; i < N_SHOWN; i++) {
    guint n = 0;
    for (guint at = 0; at < list->len; at++)
      n += belongs_to (list->pdata[at], (Shown)i);
    g_autofree char *label = g_strdup_printf ("%s %u", _ (words[i]), n);
    gtk_button_set_label (GTK_BUTTON (self->shown[i]), label);
  }
}

static void
show_rows (OscStock *self, GPtrArray *list)
{
  Shown shown = what_is_shown (self);
  guint n = 0;
  GtkWidget *child;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < list->len; i++) {
    const OsyIngredient *one = g_ptr_array_index (list, i);
    if (!belongs_to (one, shown) || !is_found (self, one))
      continue;
    gtk_list_box_append (GTK_LIST_BOX (self->list),
                         osc_stock_row_new (one, osy_clock_now (), self->wide));
    if (g_strcmp0 (one->id, self->picked) == 0)
      gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                               gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int)n));
    n++;
  }
  gtk_widget_set_visible (self->nothing, n == 0);
  self->filling = FALSE;
  g_autofree char *text =
      g_strdup_printf (g_dngettext (NULL, "%d ingredient", "%d ingredients", n), (int)n);
  osc_widget_set_name (self->status, text);
}

static void
show_panel (OscStock *self)
{
  osc_stock_panel_set_manage (OSC_STOCK_PANEL (self->panel), may_change (self));
  osc_stock_panel_show (OSC_STOCK_PANEL (self->panel), picked (self),
                        self->live && may (self, "stock:write"));
}

static void
show_uses (OscStock *self)
{
  osc_stock_panel_show_uses (OSC_STOCK_PANEL (self->panel), picked (self), self->store,
                             osc_menu_store_get (self->context.menu));
}

static const char *
page_name (OscStock *self, GPtrArray *list)
{
  static const char *const names[] = {"work", "count", "recipes", "import"};
  const char *side = gtk_stack_get_visible_child_name (GTK_STACK (self->side));

  if (list == NULL)
    return osc_stock_store_failed (self->store) ? "failed" : "blank";
  if (list->len == 0 && self->page == PAGE_WORK && g_strcmp0 (side, "add") != 0)
    return "empty";
  return names[self->page];
}

static void
show_rights (OscStock *self)
{
  gboolean change = may_change (self);

  gtk_widget_set_sensitive (self->add_choice, change);
  gtk_widget_set_sensitive (self->import_choice, change);
  gtk_widget_set_visible (self->begin, change);
  gtk_widget_set_visible (self->count_button, may (self, "stock:write"));
  gtk_widget_set_sensitive (self->count_button, self->live);
  gtk_widget_set_visible (self->cost_head, self->wide);
  gtk_widget_set_visible (self->line_head, self->wide);
  osc_stock_recipes_set_write (OSC_STOCK_RECIPES (self->recipes), change);
}

static void
show (OscStock *self)
{
  GPtrArray *list = osc_stock_store_list (self->store);

  show_rights (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page_name (self, list));
  if (list == NULL)
    return;
  show_counts (self, list);
  osc_stock_morning_show (OSC_STOCK_MORNING (self->morning), list,
                          self->live && may (self, "stock:write"));
  show_rows (self, list);
  show_panel (self);
}

static void
go_to_page (OscStock *self, Page page)
{
  self->page = page;
  show (self);
}

static void
on_shown (OscStock *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    show (self);
}

/* ---- picking ---- */

static void
go_to_side (OscStock *self, const char *page)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->side), page);
}

static void
pick (OscStock *self, const char *id)
{
  if (osy_set_str (&self->picked, id) && id != NULL) {
    osc_stock_store_ask_history (self->store, id);
    osc_stock_store_ask_recipes (self->store);
  }
  osc_stock_panel_set_history (OSC_STOCK_PANEL (self->panel), picked (self), NULL);
  go_to_side (self, "panel");
  show_panel (self);
  show_uses (self);
}

static void
on_row (OscStock *self, GtkListBoxRow *row)
{
  if (row != NULL && !self->filling)
    pick (self, osc_stock_row_id (OSC_STOCK_ROW (gtk_list_box_row_get_child (row))));
}

static void
step (OscStock *self, int direction)
{
  GtkListBox *list = GTK_LIST_BOX (self->list);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (list);
  int at = row != NULL ? gtk_list_box_row_get_index (row) + direction : 0;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (list, MAX (at, 0));

  if (next == NULL)
    return;
  gtk_list_box_select_row (list, next);
  gtk_widget_grab_focus (GTK_WIDGET (next));
}

static void
on_history (OscStock *self, const char *id, GPtrArray *rows)
{
  const OsyIngredient *one = picked (self);

  if (one != NULL && (rows->len == 0 || g_str_equal (id, one->id)))
    osc_stock_panel_set_history (OSC_STOCK_PANEL (self->panel), one, rows);
}

/* ---- acts ---- */

void
osc_stock_act (OscStock *self, const char *kind)
{
  g_return_if_fail (OSC_IS_STOCK (self));
  const OsyIngredient *one = picked (self);

  if (one == NULL || !self->live || !may (self, "stock:write"))
    return;
  osc_stock_entry_ask (OSC_STOCK_ENTRY (self->entry), one, kind, NULL);
  go_to_side (self, "entry");
  gtk_widget_grab_focus (self->entry);
}

static void
act_action (GtkWidget *widget, const char *name, GVariant *kind)
{
  osc_stock_act (OSC_STOCK (widget), g_variant_get_string (kind, NULL));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *id)
{
  OscStock *self = OSC_STOCK (widget);

  if (self->picked != NULL && self->live)
    osc_stock_store_undo (self->store, self->picked, g_variant_get_string (id, NULL));
}

static void
undo_last (OscStock *self)
{
  if (self->last == NULL || !self->live)
    return;
  osc_stock_store_undo (self->store, self->last->ingredient_id, self->last->id);
  g_clear_pointer (&self->last, osy_stock_movement_free);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscStock *self = OSC_STOCK (widget);

  g_clear_pointer (&self->picked, g_free);
  gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
  show_panel (self);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscStock *self = OSC_STOCK (widget);

  if (picked (self) == NULL || !may_change (self))
    return;
  osc_stock_form_show (OSC_STOCK_FORM (self->form), picked (self));
  go_to_side (self, "add");
  gtk_widget_grab_focus (self->form);
}

static void
open_recipe (OscStock *self, const char *item_id, const char *ingredient_id)
{
  osc_stock_store_ask_recipes (self->store);
  go_to_page (self, PAGE_RECIPES);
  osc_stock_recipes_open (OSC_STOCK_RECIPES (self->recipes), item_id, ingredient_id);
}

static void
recipe_action (GtkWidget *widget, const char *name, GVariant *id)
{
  open_recipe (OSC_STOCK (widget), g_variant_get_string (id, NULL), NULL);
}

static void
use_action (GtkWidget *widget, const char *name, GVariant *id)
{
  OscStock *self = OSC_STOCK (widget);

  open_recipe (self, g_variant_get_string (id, NULL), self->picked);
}

static void
on_recipes (OscStock *self)
{
  open_recipe (self, NULL, NULL);
}

static void
on_entered (OscStock *self, const OscStockMove *move)
{
  if (self->live)
    osc_stock_store_move (self->store, move);
}

static void
on_entry_back (OscStock *self)
{
  go_to_side (self, "panel");
}

/* ---- counting, one after the other ---- */

static void
ask_count (OscStock *self)
{
  const OsyIngredient *one = NULL;

  while (self->counted < self->to_count->len &&
         (one = osc_stock_store_find (self->store,
                                      g_ptr_array_index (self->to_count, self->counted))) == NULL)
    self->counted++;
  if (one == NULL) {
    g_clear_pointer (&self->to_count, g_ptr_array_unref);
    osc_toasts_say (GTK_WIDGET (self), _ ("Everything is counted"));
    go_to_page (self, PAGE_WORK);
    return;
  }
  g_autofree char *progress = g_strdup_printf ("%u / %u", self->counted + 1, self->to_count->len);
  osc_stock_entry_ask (OSC_STOCK_ENTRY (self->counter), one, OSY_MOVEMENT_COUNT, progress);
  gtk_widget_grab_focus (self->counter);
}

/* What is shown in the table, by the order of the shelf. */
void
osc_stock_count (OscStock *self)
{
  g_return_if_fail (OSC_IS_STOCK (self));
  GPtrArray *list = osc_stock_store_list (self->store);
  Shown shown = what_is_shown (self);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const OsyIngredient *one = g_ptr_array_index (list, i);
    if (one->track && belongs_to (one, shown))
      g_ptr_array_add (ids, g_strdup (one->id));
  }
  if (ids->len == 0 || !self->live || !may (self, "stock:write"))
    return;
  self->to_count = g_steal_pointer (&ids);
  self->counted = 0;
  go_to_page (self, PAGE_COUNT);
  ask_count (self);
}

static void
count_next (OscStock *self)
{
  self->counted++;
  ask_count (self);
}

static void
end_count (OscStock *self)
{
  g_clear_pointer (&self->to_count, g_ptr_array_unref);
  go_to_page (self, PAGE_WORK);
}

/* ---- the morning's list ---- */

static void
on_morning_count (OscStock *self)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->shown[SHOW_NEGATIVE]), TRUE);
  osc_stock_count (self);
}

/* ---- what came of it ---- */

static void
on_moved (OscStock *self, const OsyStockMovement *movement)
{
  const OsyIngredient *one = osc_stock_store_find (self->store, movement->ingredient_id);
  gboolean undone = g_str_equal (movement->kind, OSY_MOVEMENT_UNDO);

  if (one == NULL || osc_stock_import_is_writing (OSC_STOCK_IMPORT (self->import)))
    return;
  g_autofree char *amount = osc_stock_words_amount (one, movement->on_hand);
  g_autofree char *text = g_strdup_printf (_ ("%s: %s on hand now"), one->name, amount);
  g_clear_pointer (&self->last, osy_stock_movement_free);
  self->last = osy_stock_movement_new ();
  self->last->id = g_strdup (movement->id);
  self->last->ingredient_id = g_strdup (movement->ingredient_id);
  osc_toasts_offer (GTK_WIDGET (self), text, undone ? _ ("Redo") : _ ("Undo"),
                    G_CALLBACK (undo_last), G_OBJECT (self));
  if (is_counting (self))
    count_next (self);
  else
    go_to_side (self, "panel");
  if (g_strcmp0 (self->picked, movement->ingredient_id) == 0)
    osc_stock_store_ask_history (self->store, self->picked);
}

static void
on_refused (OscStock *self, const char *sentence)
{
  osc_toasts_say (GTK_WIDGET (self), sentence);
}

/* ---- the form ---- */

static void
on_add (OscStock *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->more));
  if (!may_change (self))
    return;
  osc_stock_form_show (OSC_STOCK_FORM (self->form), NULL);
  go_to_side (self, "add");
  show (self);
  gtk_widget_grab_focus (self->form);
}

static void
on_save (OscStock *self, JsonNode *body)
{
  OscStockForm *form = OSC_STOCK_FORM (self->form);

  if (may_change (self))
    osc_stock_store_save (self->store, osc_stock_form_id (form), body,
                          osc_stock_form_version (form));
}

static void
on_saved (OscStock *self, const char *id)
{
  const OsyIngredient *one = osc_stock_store_find (self->store, id);

  if (one == NULL || osc_stock_import_is_writing (OSC_STOCK_IMPORT (self->import)) ||
      g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->side)), "add") != 0)
    return;
  g_autofree char *text = g_strdup_printf (_ ("Saved %s"), one->name);
  pick (self, id);
  show (self);
  osc_toasts_say (GTK_WIDGET (self), text);
}

static void
on_place (OscStock *self, int direction)
{
  if (self->picked != NULL && may_change (self))
    osc_stock_store_place (self->store, self->picked, direction);
}

static void
on_remove (OscStock *self)
{
  if (self->picked != NULL && may_change (self))
    osc_stock_store_remove (self->store, self->picked);
  g_clear_pointer (&self->picked, g_free);
  go_to_side (self, "panel");
  show (self);
}

/* ---- files ---- */

static void
on_import (OscStock *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->more));
  if (!may_change (self))
    return;
  go_to_page (self, PAGE_IMPORT);
  osc_stock_import_choose (OSC_STOCK_IMPORT (self->import));
}

static void
on_export (OscStock *self)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->more));
  osc_stock_import_save_as (OSC_STOCK_IMPORT (self->import));
}

static void
on_imported (OscStock *self, guint count)
{
  g_autofree char *text =
      g_strdup_printf (g_dngettext (NULL, "Took over %u line", "Took over %u lines", count), count);

  go_to_page (self, PAGE_WORK);
  osc_toasts_say (GTK_WIDGET (self), text);
}

OscStockImport *
osc_stock_show_file (OscStock *self, const char *name, const char *data)
{
  g_return_val_if_fail (OSC_IS_STOCK (self), NULL);
  OscStockImport *import = OSC_STOCK_IMPORT (self->import);

  go_to_page (self, PAGE_IMPORT);
  osc_stock_import_read (import, name, data, strlen (data));
  return import;
}

static void
on_changed (OscStock *self)
{
  if (!osc_stock_import_is_writing (OSC_STOCK_IMPORT (self->import)))
    show (self);
}

static void
on_retry (OscStock *self)
{
  osc_stock_store_load (self->store);
}

/* ---- keys ---- */

/* Esc: out of the search, out of what is asked; what was typed stays where it is. */
static gboolean
go_back (OscStock *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const char *side = gtk_stack_get_visible_child_name (GTK_STACK (self->side));

  if (is_counting (self)) {
    end_count (self);
    return TRUE;
  }
  if (self->page != PAGE_WORK) {
    go_to_page (self, PAGE_WORK);
    return TRUE;
  }
  if (g_strcmp0 (side, "panel") != 0) {
    go_to_side (self, "panel");
    show (self);
    return TRUE;
  }
  if (root == NULL || !GTK_IS_EDITABLE (gtk_root_get_focus (root)))
    return FALSE;
  gtk_root_set_focus (root, NULL);
  return TRUE;
}

static gboolean
on_recipe_key (OscStock *self, OscKey key)
{
  OscStockRecipes *recipes = OSC_STOCK_RECIPES (self->recipes);

  switch (key) {
  case OSC_KEY_UP: osc_stock_recipes_step (recipes, -1); return TRUE;
  case OSC_KEY_DOWN: osc_stock_recipes_step (recipes, 1); return TRUE;
  case OSC_KEY_FIND: osc_stock_recipes_find (recipes); return TRUE;
  case OSC_KEY_SAVE: osc_stock_recipes_save (recipes); return TRUE;
  case OSC_KEY_BACK: return go_back (self);
  default: return FALSE;
  }
}

static gboolean
on_key (OscView *view, OscKey key)
{
  OscStock *self = OSC_STOCK (view);

  if (self->page == PAGE_RECIPES)
    return on_recipe_key (self, key);
  if (self->page != PAGE_WORK)
    return key == OSC_KEY_BACK && go_back (self);
  switch (key) {
  case OSC_KEY_UP: step (self, -1); return TRUE;
  case OSC_KEY_DOWN: step (self, 1); return TRUE;
  case OSC_KEY_FIND: gtk_widget_grab_focus (self->search); return TRUE;
  case OSC_KEY_MORE: osc_stock_act (self, OSY_MOVEMENT_RECEIVE); return TRUE;
  case OSC_KEY_LESS: osc_stock_act (self, OSY_MOVEMENT_WASTE); return TRUE;
  case OSC_KEY_COUNT: osc_stock_count (self); return TRUE;
  case OSC_KEY_NEXT: osc_stock_act (self, OSY_MOVEMENT_COUNT); return picked (self) != NULL;
  case OSC_KEY_UNDO: undo_last (self); return TRUE;
  case OSC_KEY_BACK: return go_back (self);
  default: return FALSE;
  }
}

static const OscKeyLine *
key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"↑ ↓", N_ ("Pick an ingredient")},
      {"Enter", N_ ("Count this one")},
      {"+", N_ ("Receive")},
      {"−", N_ ("Write off")},
      {"C", N_ ("Count one by one")},
      {"F3", N_ ("Find an ingredient")},
      {.keys = NULL},
  };

  return lines;
}

/* ---- the view ---- */

static void
enter (OscView *view)
{
  OscStock *self = OSC_STOCK (view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  show (self);
}

/* An ingredient's id, or "recipe:" and a dish's. */
static void
open_one (OscView *view, const char *what)
{
  OscStock *self = OSC_STOCK (view);

  if (g_str_has_prefix (what, "recipe:")) {
    open_recipe (self, what + strlen ("recipe:"), NULL);
    return;
  }
  self->page = PAGE_WORK;
  pick (self, what);
  show (self);
}

static void
set_live (OscView *view, gboolean live)
{
  OscStock *self = OSC_STOCK (view);

  self->live = live;
  if (self->store != NULL)
    show (self);
}

/* Typing a count must not be covered. */
static gboolean
is_busy (OscView *view)
{
  OscStock *self = OSC_STOCK (view);

  return is_counting (self) || osc_stock_import_is_writing (OSC_STOCK_IMPORT (self->import));
}

static void
view_init (OscViewInterface *iface)
{
  iface->enter = enter;
  iface->open = open_one;
  iface->key = on_key;
  iface->set_live = set_live;
  iface->busy = is_busy;
  iface->key_lines = key_lines;
}

/* ---- life ---- */

static void
osc_stock_dispose (GObject *object)
{
  OscStock *self = OSC_STOCK (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->picked, g_free);
  g_clear_pointer (&self->to_count, g_ptr_array_unref);
  g_clear_pointer (&self->last, osy_stock_movement_free);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STOCK);
  G_OBJECT_CLASS (osc_stock_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, OscStock, stack);
  gtk_widget_class_bind_template_child (widget_class, OscStock, search);
  gtk_widget_class_bind_template_child_full (widget_class, "show_all", FALSE,
                                             G_STRUCT_OFFSET (OscStock, shown[SHOW_ALL]));
  gtk_widget_class_bind_template_child_full (widget_class, "show_low", FALSE,
                                             G_STRUCT_OFFSET (OscStock, shown[SHOW_LOW]));
  gtk_widget_class_bind_template_child_full (widget_class, "show_negative", FALSE,
                                             G_STRUCT_OFFSET (OscStock, shown[SHOW_NEGATIVE]));
  gtk_widget_class_bind_template_child (widget_class, OscStock, count_button);
  gtk_widget_class_bind_template_child (widget_class, OscStock, more);
  gtk_widget_class_bind_template_child (widget_class, OscStock, add_choice);
  gtk_widget_class_bind_template_child (widget_class, OscStock, import_choice);
  gtk_widget_class_bind_template_child (widget_class, OscStock, list);
  gtk_widget_class_bind_template_child (widget_class, OscStock, nothing);
  gtk_widget_class_bind_template_child (widget_class, OscStock, side);
  gtk_widget_class_bind_template_child (widget_class, OscStock, panel);
  gtk_widget_class_bind_template_child (widget_class, OscStock, entry);
  gtk_widget_class_bind_template_child (widget_class, OscStock, counter);
  gtk_widget_class_bind_template_child (widget_class, OscStock, form);
  gtk_widget_class_bind_template_child (widget_class, OscStock, recipes);
  gtk_widget_class_bind_template_child (widget_class, OscStock, import);
  gtk_widget_class_bind_template_child (widget_class, OscStock, begin);
  gtk_widget_class_bind_template_child (widget_class, OscStock, cost_head);
  gtk_widget_class_bind_template_child (widget_class, OscStock, line_head);
  gtk_widget_class_bind_template_child (widget_class, OscStock, morning);
  gtk_widget_class_bind_template_child (widget_class, OscStock, status);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback_full (widget_class, "on_typed", G_CALLBACK (show));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_count",
                                                G_CALLBACK (osc_stock_count));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_counter_back",
                                                G_CALLBACK (count_next));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_end_count",
                                                G_CALLBACK (end_count));
  gtk_widget_class_bind_template_callback (widget_class, on_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_back);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_place);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_callback (widget_class, on_recipes);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_page_back",
                                                G_CALLBACK (end_count));
  gtk_widget_class_bind_template_callback (widget_class, on_import);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_imported);
  gtk_widget_class_bind_template_callback (widget_class, on_morning_count);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
fit (OscStock *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  gboolean wide = surface != NULL && gdk_surface_get_width (surface) >= osc_scale_px (WIDE);

  if (wide == self->wide)
    return;
  self->wide = wide;
  osc_widget_set_class (GTK_WIDGET (self), "wide", wide);
  if (self->store != NULL)
    show (self);
}

static void
osc_stock_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (osc_stock_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (widget)), "notify::width",
                           G_CALLBACK (fit), widget, G_CONNECT_SWAPPED);
  fit (OSC_STOCK (widget));
}

static void
osc_stock_class_init (OscStockClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stock_dispose;
  g_type_ensure (OSC_TYPE_STOCK_PANEL);
  g_type_ensure (OSC_TYPE_STOCK_ENTRY);
  g_type_ensure (OSC_TYPE_STOCK_FORM);
  g_type_ensure (OSC_TYPE_STOCK_MORNING);
  g_type_ensure (OSC_TYPE_STOCK_RECIPES);
  g_type_ensure (OSC_TYPE_STOCK_IMPORT);
  widget_class->realize = osc_stock_realize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/stock/osc-stock.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "stock.act", "s", act_action);
  gtk_widget_class_install_action (widget_class, "stock.undo", "s", undo_action);
  gtk_widget_class_install_action (widget_class, "stock.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "stock.recipe", "s", recipe_action);
  gtk_widget_class_install_action (widget_class, "stock.use", "s", use_action);
  gtk_widget_class_install_action (widget_class, "stock.close", NULL, close_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stock");
}

static void
osc_stock_init (OscStock *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_stock_new (const OscContext *context)
{
  OscStock *self = g_object_new (OSC_TYPE_STOCK, NULL);

  self->context = *context;
  self->store = g_object_ref (context->stock);
  osc_stock_recipes_follow (OSC_STOCK_RECIPES (self->recipes), self->store, context->menu);
  osc_stock_import_follow (OSC_STOCK_IMPORT (self->import), self->store);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "refused", G_CALLBACK (on_refused), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "recipes", G_CALLBACK (show_uses), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "history", G_CALLBACK (on_history), self,
                           G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
