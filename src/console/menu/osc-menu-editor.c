/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The editor pane. Its pages all write to the one draft. */

#include "osc-menu-editor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-field.h"
#include "osc-menu-bind.h"
#include "osc-menu-chips.h"
#include "osc-menu-dishes.h"
#include "osc-menu-entry.h"
#include "osc-menu-form.h"
#include "osc-menu-group.h"
#include "osc-menu-hours.h"
#include "osc-menu-lines.h"
#include "osc-menu-preview.h"
#include "osc-widget.h"

/* A page that was left by going deeper: the groups under an option come after their group. */
typedef struct {
  char *page;
  char *id;          /* nullable: of the group, or of the option whose groups are listed */
  JsonObject *owner; /* nullable: what offers the groups */
} Step;

struct _OscMenuEditor {
  GtkWidget parent_instance;
  GtkWidget *head;
  GtkWidget *back;
  GtkWidget *title;
  GtkWidget *category;
  GtkWidget *up;
  GtkWidget *down;
  GtkWidget *scroller;
  GtkWidget *pages;
  GtkWidget *category_name;
  GtkWidget *category_name_en;
  GtkWidget *category_hide;
  GtkWidget *category_hours;
  GtkWidget *under;
  GtkWidget *description;
  GtkWidget *station;
  GtkWidget *code;
  GtkWidget *taxed;
  GtkWidget *tax_free;
  GtkWidget *hide;
  GtkWidget *conflict;
  GtkWidget *foot;
  GtkWidget *copy;
  GtkWidget *remove;
  GtkWidget *save;
  GtkWidget *form;
  GtkWidget *group;
  GtkWidget *dishes;
  GtkWidget *chips;
  GtkWidget *lines;
  GtkWidget *hours;
  GtkWidget *preview;
  OscContext context;
  OscMenuStore *store;
  OscMenuDraft *draft;
  GSignalGroup *draft_signals;
  GPtrArray *steps; /* of Step: the last is on screen; empty: the first page */
  gboolean filling;
  gboolean busy;
};

enum { SAVE, DELETE, COPY, PLACE, CATEGORY, MINE, THEIRS, STOP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuEditor, osc_menu_editor, GTK_TYPE_WIDGET)

static void
step_free (Step *step)
{
  g_free (step->page);
  g_free (step->id);
  g_clear_pointer (&step->owner, json_object_unref);
  g_free (step);
}

static gboolean
is_item (OscMenuEditor *self)
{
  return self->draft != NULL && g_str_equal (osc_menu_draft_kind (self->draft), OSC_DRAFT_ITEM);
}

static Step *
top (OscMenuEditor *self)
{
  return self->steps->len > 0 ? g_ptr_array_index (self->steps, self->steps->len - 1) : NULL;
}

/* ---- first pages ---- */

static void
show_category (OscMenuEditor *self)
{
  JsonObject *entry = osc_menu_draft_root (self->draft);
  g_autofree char *hours = osc_menu_hours_words (entry);

  gtk_label_set_label (GTK_LABEL (self->category_hours), hours != NULL ? hours : _ ("At any time"));

  osc_menu_bind (self->category_name, self->draft,
                 &(OscBind){OSC_BIND_TEXT, entry, "name", "name"});
  osc_menu_bind (self->category_name_en, self->draft,
                 &(OscBind){OSC_BIND_TEXT, entry, "name_en", "name_en"});
  gtk_switch_set_active (GTK_SWITCH (self->category_hide), osc_menu_entry_flag (entry, "visible"));
}

static void
show_more (OscMenuEditor *self)
{
  JsonObject *entry = osc_menu_draft_root (self->draft);
  gboolean tax_free = g_str_equal (osc_menu_entry_text (entry, "tax_class"), "TAX_FREE");

  osc_menu_bind (self->description, self->draft,
                 &(OscBind){OSC_BIND_TEXT, entry, "description", "description"});
  osc_menu_bind (self->station, self->draft,
                 &(OscBind){OSC_BIND_TEXT, entry, "station", "station"});
  osc_menu_bind (self->code, self->draft, &(OscBind){OSC_BIND_TEXT, entry, "code", "code"});
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tax_free ? self->tax_free : self->taxed), TRUE);
  gtk_switch_set_active (GTK_SWITCH (self->hide), osc_menu_entry_flag (entry, "visible"));
}

static void
on_visible (OscMenuEditor *self, GParamSpec *pspec, GtkSwitch *visible)
{
  if (self->filling || self->draft == NULL)
    return;
  json_object_set_boolean_member (osc_menu_draft_root (self->draft), "visible",
                                  gtk_switch_get_active (visible));
  osc_menu_draft_touch (self->draft);
}

static void
on_tax (OscMenuEditor *self)
{
  gboolean tax_free = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->tax_free));

  if (self->filling || self->draft == NULL)
    return;
  osc_menu_entry_set_text (osc_menu_draft_root (self->draft), "tax_class",
                           tax_free ? "TAX_FREE" : "TAXED");
  osc_menu_draft_touch (self->draft);
}

/* ---- pages ---- */

static const char *
show_step (OscMenuEditor *self, const Step *step)
{
  if (g_str_equal (step->page, "group")) {
    osc_menu_group_show (OSC_MENU_GROUP (self->group), self->draft, step->owner, step->id);
    return _ ("Option group");
  }
  if (g_str_equal (step->page, "dishes")) {
    osc_menu_dishes_show (OSC_MENU_DISHES (self->dishes), self->draft, step->id);
    return osc_menu_entry_text (osc_menu_draft_group (self->draft, step->id), "name");
  }
  if (g_str_equal (step->page, "under")) {
    osc_menu_form_fill_groups (OSC_MENU_FORM (self->form), GTK_BOX (self->under), self->draft,
                               step->owner);
    return osc_menu_entry_text (step->owner, "name");
  }
  if (g_str_equal (step->page, "hours")) {
    osc_menu_hours_show (OSC_MENU_HOURS (self->hours), self->draft);
    return _ ("Hours");
  }
  if (g_str_equal (step->page, "more")) {
    show_more (self);
    return _ ("More");
  }
  if (g_str_equal (step->page, "allergens") || g_str_equal (step->page, "channels")) {
    gboolean allergens = g_str_equal (step->page, "allergens");

    osc_menu_chips_show (OSC_MENU_CHIPS (self->chips), self->draft,
                         allergens ? OSC_CHIPS_ALLERGENS : OSC_CHIPS_CHANNELS);
    return allergens ? _ ("Allergens") : _ ("Shown in");
  }
  gboolean origin = g_str_equal (step->page, "origin");
  osc_menu_lines_show (OSC_MENU_LINES (self->lines), self->draft,
                       origin ? OSC_LINES_ORIGIN : OSC_LINES_PRICES);
  return origin ? _ ("Origin") : _ ("Prices");
}

static const char *
widget_of (const char *page)
{
  if (g_str_equal (page, "allergens") || g_str_equal (page, "channels"))
    return "chips";
  return g_str_equal (page, "origin") || g_str_equal (page, "prices") ? "lines" : page;
}

static void
show_categories (OscMenuEditor *self)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->store));
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const char *id = osc_menu_entry_text (osc_menu_draft_root (self->draft), "category_id");
  guint at = 0;

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    gtk_string_list_append (names, category->name);
    at = g_strcmp0 (category->id, id) == 0 ? i : at;
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->category), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->category), at);
}

static void
show_first (OscMenuEditor *self)
{
  const char *page = self->draft == NULL ? "blank" : is_item (self) ? "form" : "category";

  if (is_item (self)) {
    osc_menu_form_show (OSC_MENU_FORM (self->form), self->draft);
    show_categories (self);
  } else if (self->draft != NULL) {
    show_category (self);
  }
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), page);
}

static void
show_foot (OscMenuEditor *self)
{
  gboolean is_new = self->draft != NULL && osc_menu_draft_is_new (self->draft);
  gboolean dirty = self->draft != NULL && osc_menu_draft_is_dirty (self->draft);

  gtk_widget_set_visible (self->foot, self->draft != NULL);
  /* Deeper down they would seem to mean the group. */
  gtk_widget_set_visible (self->copy, is_item (self) && !is_new && top (self) == NULL);
  gtk_widget_set_visible (self->preview, is_item (self) && top (self) == NULL);
  gtk_widget_set_visible (self->remove, top (self) == NULL);
  gtk_button_set_label (GTK_BUTTON (self->remove), is_new ? _ ("Discard") : _ ("Delete"));
  gtk_widget_set_sensitive (self->save, dirty && !self->busy);
}

static void
show_page (OscMenuEditor *self)
{
  const Step *step = top (self);
  gboolean is_new = self->draft != NULL && osc_menu_draft_is_new (self->draft);
  gboolean ordered = step != NULL ? g_str_equal (step->page, "group") : !is_new;

  self->filling = TRUE;
  gtk_widget_set_visible (self->head, self->draft != NULL);
  gtk_widget_set_visible (self->back, step != NULL);
  gtk_widget_set_visible (self->title, step != NULL || !is_item (self));
  gtk_widget_set_visible (self->category, step == NULL && is_item (self));
  gtk_widget_set_visible (self->up, ordered);
  gtk_widget_set_visible (self->down, ordered);
  if (step != NULL) {
    gtk_label_set_label (GTK_LABEL (self->title), show_step (self, step));
    gtk_stack_set_visible_child_name (GTK_STACK (self->pages), widget_of (step->page));
  } else {
    gtk_label_set_label (GTK_LABEL (self->title), _ ("Category"));
    show_first (self);
  }
  show_foot (self);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  self->filling = FALSE;
}

static void
push (OscMenuEditor *self, const char *page, const char *id, JsonObject *owner)
{
  Step *step = g_new0 (Step, 1);

  step->page = g_strdup (page);
  step->id = g_strdup (id);
  step->owner = owner != NULL ? json_object_ref (owner) : NULL;
  g_ptr_array_add (self->steps, step);
  show_page (self);
  gtk_widget_grab_focus (self->back);
}

void
osc_menu_editor_open (OscMenuEditor *self, const char *page, const char *id)
{
  g_return_if_fail (OSC_IS_MENU_EDITOR (self) && page != NULL);
  const Step *step = top (self);

  if (self->draft != NULL)
    push (self, page, id,
          step != NULL && step->owner != NULL ? step->owner : osc_menu_draft_root (self->draft));
}

/* An item begins with its name, which stands behind its picture. */
void
osc_menu_editor_focus (OscMenuEditor *self)
{
  g_return_if_fail (OSC_IS_MENU_EDITOR (self));

  if (gtk_stack_get_visible_child (GTK_STACK (self->pages)) == self->form)
    osc_menu_form_focus (OSC_MENU_FORM (self->form));
  else
    gtk_widget_child_focus (self->pages, GTK_DIR_TAB_FORWARD);
}

gboolean
osc_menu_editor_back (OscMenuEditor *self)
{
  g_return_val_if_fail (OSC_IS_MENU_EDITOR (self), FALSE);

  if (self->steps->len == 0)
    return FALSE;
  g_ptr_array_set_size (self->steps, (int)self->steps->len - 1);
  show_page (self);
  osc_menu_editor_focus (self);
  return TRUE;
}

static void
on_back (OscMenuEditor *self)
{
  osc_menu_editor_back (self);
}

/* The groups under a choice are a page between two group pages. */
static void
on_under (OscMenuEditor *self, const char *option_id)
{
  const Step *step = top (self);
  JsonObject *group = step != NULL ? osc_menu_draft_group (self->draft, step->id) : NULL;
  JsonArray *options = group != NULL ? osc_menu_entry_list (group, "options") : NULL;

  for (guint i = 0; options != NULL && i < json_array_get_length (options); i++) {
    JsonObject *option = json_array_get_object_element (options, i);

    if (g_strcmp0 (osc_menu_entry_text (option, "id"), option_id) == 0) {
      push (self, "under", option_id, option);
      return;
    }
  }
}

/* Of the group that is on screen. */
static void
on_dishes (OscMenuEditor *self)
{
  const Step *step = top (self);
  g_autofree char *id = step != NULL ? g_strdup (step->id) : NULL;

  if (id != NULL)
    osc_menu_editor_open (self, "dishes", id);
}

static void
on_parted (OscMenuEditor *self, const char *id)
{
  Step *step = top (self);

  if (step == NULL)
    return;
  g_free (step->id);
  step->id = g_strdup (id);
  show_page (self);
}

static void
on_removed (OscMenuEditor *self)
{
  osc_menu_editor_back (self);
}

/* ---- buttons ---- */

/* Of a group within its owner; of the entry itself that is the daemon's affair. */
static void
place (OscMenuEditor *self, int by)
{
  const Step *step = top (self);
  int at = -1;

  if (step == NULL) {
    g_signal_emit (self, signals[PLACE], 0, by);
    return;
  }
  g_auto (GStrv) ids = osc_menu_draft_group_ids (step->owner);
  for (int i = 0; ids[i] != NULL; i++)
    at = g_strcmp0 (ids[i], step->id) == 0 ? i : at;
  if (at < 0 || at + by < 0 || at + by >= (int)g_strv_length (ids))
    return;
  osc_menu_entry_move (step->owner, "option_group_ids", (guint)at, (guint)(at + by));
  osc_menu_draft_touch (self->draft);
}

static void
on_up (OscMenuEditor *self)
{
  place (self, -1);
}

static void
on_down (OscMenuEditor *self)
{
  place (self, 1);
}

static void
on_category (OscMenuEditor *self)
{
  guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->category));
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->store));

  if (self->filling || self->draft == NULL || at >= categories->len)
    return;
  g_signal_emit (self, signals[CATEGORY], 0,
                 ((OsyMenuCategory *)g_ptr_array_index (categories, at))->id);
}

static void
on_category_hours (OscMenuEditor *self)
{
  osc_menu_editor_open (self, "hours", NULL);
}

static void
on_save (OscMenuEditor *self)
{
  g_signal_emit (self, signals[SAVE], 0);
}

static void
on_delete (OscMenuEditor *self)
{
  g_signal_emit (self, signals[DELETE], 0);
}

static void
on_copy (OscMenuEditor *self)
{
  g_signal_emit (self, signals[COPY], 0);
}

/* What cannot be saved is marked, as saving would. */
static void
on_preview (OscMenuEditor *self)
{
  g_autoptr (GHashTable) faults = osc_menu_draft_check (self->draft);

  osc_menu_editor_show_faults (self, faults);
  if (g_hash_table_size (faults) == 0)
    osc_menu_preview_open (GTK_WIDGET (self), &self->context, self->draft);
}

static void
on_mine (OscMenuEditor *self)
{
  g_signal_emit (self, signals[MINE], 0);
}

static void
on_theirs (OscMenuEditor *self)
{
  g_signal_emit (self, signals[THEIRS], 0);
}

static void
on_stop (OscMenuEditor *self, const char *option_id, int mode)
{
  g_signal_emit (self, signals[STOP], 0, option_id, mode);
}

/* ---- doors ---- */

void
osc_menu_editor_show (OscMenuEditor *self, OscMenuDraft *draft)
{
  g_return_if_fail (OSC_IS_MENU_EDITOR (self));

  g_set_object (&self->draft, draft);
  g_signal_group_set_target (self->draft_signals, draft);
  g_ptr_array_set_size (self->steps, 0);
  osc_menu_editor_show_conflict (self, FALSE);
  show_page (self);
}

void
osc_menu_editor_show_conflict (OscMenuEditor *self, gboolean shown)
{
  g_return_if_fail (OSC_IS_MENU_EDITOR (self));
  gtk_widget_set_visible (self->conflict, shown);
}

void
osc_menu_editor_set_busy (OscMenuEditor *self, gboolean busy)
{
  g_return_if_fail (OSC_IS_MENU_EDITOR (self));

  self->busy = busy;
  show_foot (self);
}

/* The page that shows the fault at @where. */
static void
go_to_fault (OscMenuEditor *self, const char *where)
{
  static const char *const more[] = {"description", "station", "code", NULL};
  g_autofree char *id = g_strdup (where);
  char *slash = strchr (id, '/');

  if (g_strv_contains (more, where)) {
    osc_menu_editor_open (self, "more", NULL);
  } else if (g_str_has_prefix (where, "prices/")) {
    osc_menu_editor_open (self, "prices", NULL);
  } else if (g_str_has_prefix (where, "hours/")) {
    osc_menu_editor_open (self, "hours", NULL);
  } else if (slash != NULL) {
    *slash = '\0';
    osc_menu_editor_open (self, "group", id);
  }
}

void
osc_menu_editor_show_faults (OscMenuEditor *self, GHashTable *faults)
{
  g_return_if_fail (OSC_IS_MENU_EDITOR (self) && faults != NULL);
  GtkWidget *page = gtk_stack_get_visible_child (GTK_STACK (self->pages));
  GtkWidget *field = osc_menu_bind_faults (page, faults);
  GHashTableIter iter;
  gpointer where;

  if (field == NULL && g_hash_table_size (faults) > 0) {
    while (osc_menu_editor_back (self))
      continue;
    page = gtk_stack_get_visible_child (GTK_STACK (self->pages));
    field = osc_menu_bind_faults (page, faults);
    g_hash_table_iter_init (&iter, faults);
    if (field == NULL && g_hash_table_iter_next (&iter, &where, NULL)) {
      go_to_fault (self, where);
      field = osc_menu_bind_faults (gtk_stack_get_visible_child (GTK_STACK (self->pages)), faults);
    }
  }
  if (field != NULL)
    osc_field_focus (OSC_FIELD (field));
}

/* ---- life ---- */

static void
osc_menu_editor_dispose (GObject *object)
{
  OscMenuEditor *self = OSC_MENU_EDITOR (object);

  self->filling = TRUE;
  if (self->draft_signals != NULL)
    g_signal_group_set_target (self->draft_signals, NULL);
  g_clear_object (&self->draft_signals);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_EDITOR);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_object (&self->draft);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_menu_editor_parent_class)->dispose (object);
}

#define CHILD(name) gtk_widget_class_bind_template_child (widget_class, OscMenuEditor, name)

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-editor.ui");
  CHILD (head);
  CHILD (back);
  CHILD (title);
  CHILD (category);
  CHILD (up);
  CHILD (down);
  CHILD (scroller);
  CHILD (pages);
  CHILD (category_name);
  CHILD (category_name_en);
  CHILD (category_hide);
  CHILD (category_hours);
  CHILD (under);
  CHILD (description);
  CHILD (station);
  CHILD (code);
  CHILD (taxed);
  CHILD (tax_free);
  CHILD (hide);
  CHILD (conflict);
  CHILD (foot);
  CHILD (copy);
  CHILD (preview);
  CHILD (remove);
  CHILD (save);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_up);
  gtk_widget_class_bind_template_callback (widget_class, on_down);
  gtk_widget_class_bind_template_callback (widget_class, on_category);
  gtk_widget_class_bind_template_callback (widget_class, on_category_hours);
  gtk_widget_class_bind_template_callback (widget_class, on_visible);
  gtk_widget_class_bind_template_callback (widget_class, on_tax);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_preview);
  gtk_widget_class_bind_template_callback (widget_class, on_mine);
  gtk_widget_class_bind_template_callback (widget_class, on_theirs);
}

static void
osc_menu_editor_class_init (OscMenuEditorClass *klass)
{
  static const char *const plain[] = {
      [SAVE] = "save", [DELETE] = "delete", [COPY] = "copy", [MINE] = "mine", [THEIRS] = "theirs"};
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_editor_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (plain[i] != NULL)
      signals[i] =
          g_signal_new (plain[i], type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PLACE] = g_signal_new ("place", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_INT);
  signals[CATEGORY] = g_signal_new ("category", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STOP] = g_signal_new ("stop", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, G_TYPE_STRING, G_TYPE_INT);
  g_type_ensure (OSC_TYPE_FIELD);
  bind_template (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menueditor");
}

static void
osc_menu_editor_init (OscMenuEditor *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->filling = FALSE;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)step_free);
  self->draft_signals = g_signal_group_new (OSC_TYPE_MENU_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "changed", G_CALLBACK (show_foot), self);
}

GtkWidget *
osc_menu_editor_new (const OscContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);
  OscMenuStore *store = context->menu;
  OscMenuEditor *self = g_object_new (OSC_TYPE_MENU_EDITOR, NULL);
  GtkStack *pages = GTK_STACK (self->pages);
  const GConnectFlags swapped = G_CONNECT_SWAPPED;

  self->context = *context;
  self->store = g_object_ref (store);
  self->form = osc_menu_form_new (store);
  self->group = osc_menu_group_new (store);
  self->dishes = osc_menu_dishes_new (store);
  self->chips = osc_menu_chips_new ();
  self->lines = osc_menu_lines_new ();
  self->hours = osc_menu_hours_new ();
  gtk_stack_add_named (pages, self->form, "form");
  gtk_stack_add_named (pages, self->group, "group");
  gtk_stack_add_named (pages, self->dishes, "dishes");
  gtk_stack_add_named (pages, self->chips, "chips");
  gtk_stack_add_named (pages, self->lines, "lines");
  gtk_stack_add_named (pages, self->hours, "hours");
  g_signal_connect_object (self->form, "open", G_CALLBACK (osc_menu_editor_open), self, swapped);
  g_signal_connect_object (self->group, "open", G_CALLBACK (on_under), self, swapped);
  g_signal_connect_object (self->group, "parted", G_CALLBACK (on_parted), self, swapped);
  g_signal_connect_object (self->group, "removed", G_CALLBACK (on_removed), self, swapped);
  g_signal_connect_object (self->group, "dishes", G_CALLBACK (on_dishes), self, swapped);
  g_signal_connect_object (self->group, "stop", G_CALLBACK (on_stop), self, swapped);
  show_page (self);
  return GTK_WIDGET (self);
}
