/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The recipe of one dish. Lines are made anew when one is added or taken away, not while somebody
 * types in them. */

#include "osc-stock-recipe.h"

#include <glib/gi18n.h>

#include "osc-stock-words.h"
#include "osc-widget.h"

struct _OscStockRecipe {
  GtkWidget parent_instance;
  GtkWidget *stack;
  GtkWidget *title;
  GtkWidget *left;
  GtkWidget *parts;
  GtkWidget *foot;
  GtkWidget *save;
  OscStockStore *store;  /* borrowed */
  OscRecipeDraft *draft; /* (nullable): borrowed */
  GtkWidget *newest;     /* (nullable): where the cursor goes */
  gboolean may_write;
  gboolean busy;
};

enum { CHANGED, SAVE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscStockRecipe, osc_stock_recipe, GTK_TYPE_WIDGET)

static void show_parts (OscStockRecipe *self);

static void
update (OscStockRecipe *self)
{
  gboolean good = self->draft != NULL && osc_recipe_draft_is_dirty (self->draft) &&
                  osc_recipe_draft_is_good (self->draft);

  gtk_widget_set_sensitive (self->save, good && !self->busy);
}

static void
touch (OscStockRecipe *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- a line ---- */

typedef struct {
  OscStockRecipe *recipe; /* borrowed: it outlives its lines */
  OscRecipeSection *section;
  OscRecipeEntry *entry;
  GPtrArray *units; /* of OscStockUnit */
  GtkWidget *amount;
  GtkWidget *choice; /* (nullable) */
} Line;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_ptr_array_unref (line->units);
  g_free (line);
}

/* A thousand of the base unit is too much for a portion to be typed in. */
static GPtrArray *
units_of (const OsyIngredient *ingredient)
{
  GPtrArray *units = osc_stock_words_units (ingredient);

  for (guint i = units->len; i > 0; i--)
    if (((OscStockUnit *)units->pdata[i - 1])->times != 1)
      g_ptr_array_remove_index (units, i - 1);
  return units;
}

static void
on_line (GtkWidget *widget, gpointer any, Line *line)
{
  guint at = line->choice != NULL ? gtk_drop_down_get_selected (GTK_DROP_DOWN (line->choice)) : 0;
  const OscStockUnit *unit = at < line->units->len ? line->units->pdata[at] : NULL;

  osc_recipe_entry_set (line->entry, gtk_editable_get_text (GTK_EDITABLE (line->amount)),
                        unit != NULL ? unit->unit : NULL);
  osc_widget_set_class (line->amount, "amber", osc_recipe_entry_amount (line->entry) == 0);
  touch (line->recipe);
}

static void
on_amount (GtkWidget *widget, Line *line)
{
  on_line (widget, NULL, line);
}

static void
on_enter (GtkWidget *widget, Line *line)
{
  osc_stock_recipe_save (line->recipe);
}

static void
on_remove (GtkWidget *button, Line *line)
{
  OscStockRecipe *self = line->recipe;

  osc_recipe_draft_remove (line->section, line->entry);
  show_parts (self);
  touch (self);
}

static GtkWidget *
make_choice (Line *line)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint chosen = 0;

  for (guint i = 0; i < line->units->len; i++) {
    const OscStockUnit *unit = g_ptr_array_index (line->units, i);
    gtk_string_list_append (labels, unit->label);
    if (g_strcmp0 (unit->unit, line->entry->unit) == 0)
      chosen = i;
  }
  GtkWidget *choice = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (labels)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), chosen);
  gtk_widget_set_valign (choice, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (choice, "menu-choice");
  osc_widget_set_name (choice, _ ("Unit"));
  return choice;
}

static GtkWidget *
make_amount (OscStockRecipe *self, const OsyIngredient *ingredient, Line *line)
{
  GtkWidget *amount = gtk_entry_new ();
  g_autofree char *name = g_strdup_printf (_ ("%s: how much for one portion"), ingredient->name);

  gtk_editable_set_width_chars (GTK_EDITABLE (amount), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (amount), 7);
  gtk_editable_set_alignment (GTK_EDITABLE (amount), 1);
  gtk_entry_set_max_length (GTK_ENTRY (amount), 10);
  gtk_entry_set_input_purpose (GTK_ENTRY (amount), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_text (GTK_EDITABLE (amount), line->entry->text);
  gtk_widget_set_sensitive (amount, self->may_write);
  gtk_widget_set_valign (amount, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (amount, "numeric");
  osc_widget_set_class (amount, "amber", osc_recipe_entry_amount (line->entry) == 0);
  osc_widget_set_name (amount, name);
  g_signal_connect (amount, "changed", G_CALLBACK (on_amount), line);
  g_signal_connect (amount, "activate", G_CALLBACK (on_enter), line);
  return amount;
}

static void
add_unit (OscStockRecipe *self, GtkWidget *box, Line *line)
{
  if (line->units->len > 1 && self->may_write) {
    line->choice = make_choice (line);
    g_signal_connect (line->choice, "notify::selected", G_CALLBACK (on_line), line);
    gtk_box_append (GTK_BOX (box), line->choice);
    return;
  }
  GtkWidget *label = gtk_label_new (((OscStockUnit *)line->units->pdata[0])->label);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "stock-unit");
  gtk_box_append (GTK_BOX (box), label);
}

static GtkWidget *
make_line (OscStockRecipe *self, OscRecipeSection *section, OscRecipeEntry *entry)
{
  const OsyIngredient *ingredient = osc_stock_store_find (self->store, entry->ingredient_id);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  if (ingredient == NULL)
    return box;
  Line *line = g_new0 (Line, 1);
  GtkWidget *name = gtk_label_new (ingredient->name);
  GtkWidget *drop = gtk_button_new_from_icon_name ("osy-close-symbolic");
  g_autofree char *words = g_strdup_printf (_ ("Take out %s"), ingredient->name);

  *line = (Line){.recipe = self, .section = section, .entry = entry};
  line->units = units_of (ingredient);
  g_object_set_data_full (G_OBJECT (box), "osc-line", line, line_free);
  gtk_widget_add_css_class (box, "stock-line");
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  line->amount = make_amount (self, ingredient, line);
  gtk_box_append (GTK_BOX (box), line->amount);
  add_unit (self, box, line);
  gtk_widget_add_css_class (drop, "plain");
  gtk_widget_set_focus_on_click (drop, FALSE);
  gtk_widget_set_visible (drop, self->may_write);
  osc_widget_set_name (drop, words);
  g_signal_connect (drop, "clicked", G_CALLBACK (on_remove), line);
  gtk_box_append (GTK_BOX (box), drop);
  if (*entry->text == '\0')
    self->newest = line->amount;
  return box;
}

/* ---- one more ---- */

typedef struct {
  OscStockRecipe *recipe;
  OscRecipeSection *section;
  GtkWidget *popover;
  char *id;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  g_free (((Choice *)data)->id);
  g_free (data);
}

static void
add_to (OscStockRecipe *self, OscRecipeSection *section, const char *id)
{
  if (osc_recipe_draft_add (section, id) == NULL)
    return;
  show_parts (self);
  touch (self);
  if (self->newest != NULL)
    gtk_widget_grab_focus (self->newest);
}

static void
on_choice (GtkWidget *button, Choice *choice)
{
  g_autofree char *id = g_strdup (choice->id);
  g_autoptr (OscStockRecipe) self = g_object_ref (choice->recipe);
  OscRecipeSection *section = choice->section;

  gtk_popover_popdown (GTK_POPOVER (choice->popover));
  add_to (self, section, id);
}

static gboolean
is_in (const OscRecipeSection *section, const char *id)
{
  for (guint i = 0; i < section->entries->len; i++)
    if (g_str_equal (((OscRecipeEntry *)section->entries->pdata[i])->ingredient_id, id))
      return TRUE;
  return FALSE;
}

static GtkWidget *
make_choices (OscStockRecipe *self, OscRecipeSection *section)
{
  GPtrArray *list = osc_stock_store_list (self->store);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (box, "stop-choices");
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const OsyIngredient *one = g_ptr_array_index (list, i);
    if (is_in (section, one->id))
      continue;
    GtkWidget *button = gtk_button_new_with_label (one->name);
    Choice *choice = g_new0 (Choice, 1);
    *choice = (Choice){self, section, popover, g_strdup (one->id)};
    gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
    gtk_widget_add_css_class (button, "soft");
    g_signal_connect_data (button, "clicked", G_CALLBACK (on_choice), choice, choice_free, 0);
    gtk_box_append (GTK_BOX (box), button);
  }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  return popover;
}

/* ---- sections ---- */

static GtkWidget *
make_head (OscStockRecipe *self, OscRecipeSection *section)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = gtk_label_new (section->title != NULL ? section->title : _ ("The dish"));
  GtkWidget *add = gtk_menu_button_new ();
  g_autofree char *words =
      g_strdup_printf ("%s: %s", gtk_label_get_label (GTK_LABEL (title)), _ ("Add an ingredient"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (title, "section");
  gtk_widget_add_css_class (head, "stock-part-head");
  gtk_menu_button_set_label (GTK_MENU_BUTTON (add), _ ("Add an ingredient"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (add), make_choices (self, section));
  gtk_widget_add_css_class (add, "flat-add");
  gtk_widget_set_visible (add, self->may_write);
  osc_widget_set_name (add, words);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), add);
  return head;
}

static void
show_parts (OscStockRecipe *self)
{
  GPtrArray *sections = osc_recipe_draft_sections (self->draft);

  self->newest = NULL;
  osc_widget_drop_children (self->parts);
  for (guint s = 0; s < sections->len; s++) {
    OscRecipeSection *section = g_ptr_array_index (sections, s);
    gtk_box_append (GTK_BOX (self->parts), make_head (self, section));
    for (guint i = 0; i < section->entries->len; i++)
      gtk_box_append (GTK_BOX (self->parts),
                      make_line (self, section, g_ptr_array_index (section->entries, i)));
  }
}

void
osc_stock_recipe_show (OscStockRecipe *self,
                       OscStockStore *store,
                       OscRecipeDraft *draft,
                       const OsyMenuItem *item,
                       gboolean may_write)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPE (self));
  self->store = store;
  self->draft = draft;
  self->may_write = may_write;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), draft != NULL ? "one" : "none");
  gtk_widget_set_visible (self->foot, may_write && draft != NULL);
  if (draft == NULL || item == NULL)
    return;
  g_autofree char *left =
      item->left >= 0
          ? g_strdup_printf (g_dngettext (NULL, "Enough for about %d portion",
                                          "Enough for about %d portions", (gulong)item->left),
                             (int)item->left)
          : g_strdup (_ ("What one portion takes. The stock goes down by it when it is "
                         "cooked"));
  gtk_label_set_label (GTK_LABEL (self->title), item->name);
  gtk_label_set_label (GTK_LABEL (self->left), left);
  show_parts (self);
  update (self);
}

void
osc_stock_recipe_set_busy (OscStockRecipe *self, gboolean busy)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPE (self));
  self->busy = busy;
  update (self);
}

void
osc_stock_recipe_save (OscStockRecipe *self)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPE (self));
  if (gtk_widget_get_sensitive (self->save))
    g_signal_emit (self, signals[SAVE], 0);
}

void
osc_stock_recipe_add (OscStockRecipe *self, const char *ingredient_id)
{
  g_return_if_fail (OSC_IS_STOCK_RECIPE (self));
  if (self->draft != NULL && self->may_write)
    add_to (self, osc_recipe_draft_sections (self->draft)->pdata[0], ingredient_id);
}

/* ---- life ---- */

static void
osc_stock_recipe_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STOCK_RECIPE);
  G_OBJECT_CLASS (osc_stock_recipe_parent_class)->dispose (object);
}

static void
osc_stock_recipe_class_init (OscStockRecipeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = OSC_TYPE_STOCK_RECIPE;

  G_OBJECT_CLASS (klass)->dispose = osc_stock_recipe_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/stock/osc-stock-recipe.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStockRecipe, stack);
  gtk_widget_class_bind_template_child (widget_class, OscStockRecipe, title);
  gtk_widget_class_bind_template_child (widget_class, OscStockRecipe, left);
  gtk_widget_class_bind_template_child (widget_class, OscStockRecipe, parts);
  gtk_widget_class_bind_template_child (widget_class, OscStockRecipe, foot);
  gtk_widget_class_bind_template_child (widget_class, OscStockRecipe, save);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_save",
                                                G_CALLBACK (osc_stock_recipe_save));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stockrecipe");
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVE] =
      g_signal_new ("save", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
osc_stock_recipe_init (OscStockRecipe *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}
