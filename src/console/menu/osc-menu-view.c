/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The menu editor. What is edited is a draft; whatever would put another in its place asks first
 * when it is not saved. */

#include "osc-menu-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "osc-menu-acts.h"
#include "osc-menu-batch.h"
#include "osc-menu-categories.h"
#include "osc-menu-check.h"
#include "osc-menu-draft.h"
#include "osc-menu-editor.h"
#include "osc-menu-entry.h"
#include "osc-menu-export.h"
#include "osc-menu-items.h"
#include "osc-scale.h"
#include "osc-toasts.h"
#include "osc-view.h"
#include "osc-widget.h"
#include "osy-compat.h"

#define WIDE 1600 /* of the window, at 100 % */

/* What goes on once it is settled what becomes of an unsaved draft. */
typedef enum {
  GO_NOWHERE,
  GO_ITEM,     /* to: its id */
  GO_CATEGORY, /* to: its id */
  GO_NEW_ITEM,
  GO_NEW_COMBO,
  GO_NEW_CATEGORY,
  GO_VIEW,  /* to: its name */
  GO_CLOSE, /* the window */
  GO_IMPORT,
  GO_PRICES,
  GO_VERSIONS,
  GO_CHECK,
} Go;

struct _OscMenuView {
  GtkWidget parent_instance;
  GtkWidget *stack;
  GtkWidget *search;
  GtkWidget *undo;
  GtkWidget *panes;
  GtkWidget *categories;
  GtkWidget *items;
  GtkWidget *editor;
  GtkWidget *import;
  GtkWidget *prices;
  GtkWidget *versions;
  GtkWidget *check;
  GtkWidget *missing;
  GtkWidget *export;
  OscContext context;
  OscMenuActs *acts;
  OscMenuDraft *draft; /* nullable */
  char *category_id;   /* nullable: whose items are shown */
  Go go;
  char *go_to;
  gboolean begun; /* by hand, on an empty menu */
  gboolean saving;
};

static void view_init (OscViewInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (OscMenuView,
                               osc_menu_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, view_init))

static void save (OscMenuView *self);
static void show_stack (OscMenuView *self);
static void show_missing (OscMenuView *self);
static void go_on (OscMenuView *self);

static OsyMenu *
menu_of (OscMenuView *self)
{
  return osc_menu_store_get (self->context.menu);
}

static gboolean
is_dirty (OscMenuView *self)
{
  return self->draft != NULL && osc_menu_draft_is_dirty (self->draft);
}

static gboolean
is_item (OscMenuView *self)
{
  return self->draft != NULL && g_str_equal (osc_menu_draft_kind (self->draft), OSC_DRAFT_ITEM);
}

/* ---- what is on screen ---- */

/* Whether a page lies over the three panes: import, many prices, earlier menus, origins. */
static gboolean
is_covered (OscMenuView *self)
{
  const char *page = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));

  return !g_str_equal (page, "menu") && !g_str_equal (page, "empty");
}

static void
close_page (OscMenuView *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "menu");
  show_stack (self);
}

static void
mark (OscMenuView *self)
{
  osc_menu_items_mark (OSC_MENU_ITEMS (self->items),
                       is_item (self) ? osc_menu_draft_id (self->draft) : NULL, is_dirty (self));
  osc_menu_categories_mark (OSC_MENU_CATEGORIES (self->categories), self->category_id);
}

static void
show_items (OscMenuView *self)
{
  osc_menu_items_show (OSC_MENU_ITEMS (self->items), self->category_id,
                       gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
show_stack (OscMenuView *self)
{
  gboolean empty = osy_menu_categories (menu_of (self))->len == 0 && !self->begun;
  gboolean loaded = osc_menu_store_get_loaded (self->context.menu);

  if (is_covered (self))
    return;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), empty && loaded ? "empty" : "menu");
  gtk_widget_set_sensitive (self->undo, osc_menu_store_can_step (self->context.menu, FALSE));
}

/* (transfer full) (nullable) */
static void
take_draft (OscMenuView *self, OscMenuDraft *draft)
{
  if (self->draft != NULL)
    g_signal_handlers_disconnect_by_func (self->draft, mark, self);
  g_clear_object (&self->draft);
  self->draft = draft;
  if (draft != NULL)
    g_signal_connect_object (draft, "changed", G_CALLBACK (mark), self, G_CONNECT_SWAPPED);
  osc_menu_editor_show (OSC_MENU_EDITOR (self->editor), draft);
  mark (self);
}

static void
show_item (OscMenuView *self, const char *id)
{
  const OsyMenuItem *item = osy_menu_find_item (menu_of (self), id);

  if (item == NULL)
    return;
  if (osy_set_str (&self->category_id, item->category_id))
    show_items (self);
  take_draft (self, osc_menu_draft_new (menu_of (self), OSC_DRAFT_ITEM, item->id));
}

static void
show_category (OscMenuView *self, const char *id)
{
  if (osy_menu_find_category (menu_of (self), id) == NULL)
    return;
  osy_set_str (&self->category_id, id);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_items (self);
  take_draft (self, osc_menu_draft_new (menu_of (self), OSC_DRAFT_CATEGORY, self->category_id));
}

/* After a change: what was shown is shown as it is now; what was deleted gives way. */
static void
show_again (OscMenuView *self)
{
  GPtrArray *categories = osy_menu_categories (menu_of (self));
  g_autofree char *id = self->draft != NULL ? g_strdup (osc_menu_draft_id (self->draft)) : NULL;
  OscMenuDraft *draft =
      id != NULL ? osc_menu_draft_new (menu_of (self), osc_menu_draft_kind (self->draft), id)
                 : NULL;

  if (self->category_id == NULL ||
      osy_menu_find_category (menu_of (self), self->category_id) == NULL)
    osy_set_str (&self->category_id, categories->len > 0
                                         ? ((OsyMenuEntry *)g_ptr_array_index (categories, 0))->id
                                         : NULL);
  if (is_item (self) && draft != NULL)
    osy_set_str (&self->category_id, osy_menu_find_item (menu_of (self), id)->category_id);
  show_items (self);
  take_draft (self, draft);
}

static void
on_menu_changed (OscMenuView *self)
{
  show_stack (self);
  show_missing (self);
  if (self->saving)
    return;
  if (is_dirty (self)) {
    osc_menu_editor_show_conflict (OSC_MENU_EDITOR (self->editor),
                                   osc_menu_draft_is_stale (self->draft, menu_of (self)));
    mark (self);
    return;
  }
  if (self->draft == NULL || !osc_menu_draft_is_new (self->draft)) {
    /* The page on screen is built anew only when it says something else. */
    if (self->draft == NULL || osc_menu_draft_is_stale (self->draft, menu_of (self)) ||
        osc_menu_batch_place (menu_of (self), osc_menu_draft_id (self->draft), NULL) < 0)
      show_again (self);
  }
  if (self->draft == NULL && self->category_id != NULL) {
    const char *first = osc_menu_items_first (OSC_MENU_ITEMS (self->items));

    if (first != NULL)
      show_item (self, first);
    else
      show_category (self, self->category_id);
  }
  mark (self);
}

static void
on_undo (OscMenuView *self)
{
  osc_menu_acts_step (self->acts, FALSE);
}

/* ---- changes without a draft ---- */

static void
on_place (OscMenuView *self, int by)
{
  const char *id = self->draft != NULL ? osc_menu_draft_id (self->draft) : NULL;

  if (id != NULL)
    osc_menu_acts_order (self->acts, id, osc_menu_batch_place (menu_of (self), id, NULL) + by);
}

/* A draft carries its category itself: it is saved with the rest. */
static void
on_editor_category (OscMenuView *self, const char *category_id)
{
  const char *id = osc_menu_draft_id (self->draft);

  if (is_dirty (self) || osc_menu_draft_is_new (self->draft)) {
    osc_menu_entry_set_text (osc_menu_draft_root (self->draft), "category_id", category_id);
    osc_menu_draft_touch (self->draft);
  } else {
    osc_menu_acts_move (self->acts, id, category_id);
  }
}

/* @text: "item:<id>" or "category:<id>". */
static const char *
dropped_id (const char *text, const char *kind)
{
  return g_str_has_prefix (text, kind) && text[strlen (kind)] == ':' ? text + strlen (kind) + 1
                                                                     : NULL;
}

static void
on_item_dropped (OscMenuView *self, const char *text, const char *on)
{
  const char *id = dropped_id (text, "item");
  const OsyMenuItem *one = id != NULL ? osy_menu_find_item (menu_of (self), id) : NULL;
  const OsyMenuItem *other = osy_menu_find_item (menu_of (self), on);

  if (one == NULL || other == NULL)
    return;
  if (g_strcmp0 (one->category_id, other->category_id) == 0)
    osc_menu_acts_order (self->acts, id, osc_menu_batch_place (menu_of (self), on, NULL));
  else
    osc_menu_acts_move (self->acts, id, other->category_id);
}

static void
on_category_dropped (OscMenuView *self, const char *text, const char *on)
{
  const char *item = dropped_id (text, "item");
  const char *category = dropped_id (text, "category");

  if (item != NULL)
    osc_menu_acts_move (self->acts, item, on);
  else if (category != NULL)
    osc_menu_acts_order (self->acts, category, osc_menu_batch_place (menu_of (self), on, NULL));
}

static void
on_copy (OscMenuView *self)
{
  if (is_item (self) && !is_dirty (self) && !osc_menu_draft_is_new (self->draft))
    osc_menu_acts_copy (self->acts, osc_menu_draft_id (self->draft));
}

static void
on_delete (OscMenuView *self)
{
  g_autofree char *id = self->draft != NULL ? g_strdup (osc_menu_draft_id (self->draft)) : NULL;
  gboolean is_new = self->draft != NULL && osc_menu_draft_is_new (self->draft);

  if (id == NULL)
    return;
  take_draft (self, NULL);
  if (is_new)
    on_menu_changed (self);
  else
    osc_menu_acts_delete (self->acts, id);
}

static void
on_item_stop (OscMenuView *self, const char *id, int mode)
{
  osc_menu_acts_stop (self->acts, id, FALSE, mode);
}

static void
on_option_stop (OscMenuView *self, const char *id, int mode)
{
  osc_menu_acts_stop (self->acts, id, TRUE, mode);
}

/* ---- saving ---- */

/* Faults of the daemon beside the fields; what belongs to none is said in a toast. */
static void
show_refusal (OscMenuView *self, const GError *error)
{
  g_autoptr (GHashTable) faults = osc_menu_draft_refusals (self->draft, error);

  if (g_hash_table_size (faults) > 0)
    osc_menu_editor_show_faults (OSC_MENU_EDITOR (self->editor), faults);
  osc_toasts_say (GTK_WIDGET (self), _ ("Couldn't save. What you typed is kept"));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = osc_menu_store_apply_finish (OSC_MENU_STORE (source), result, &error);

  self->saving = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  osc_menu_editor_set_busy (OSC_MENU_EDITOR (self->editor), FALSE);
  if (done) {
    g_autofree char *label = g_strdup_printf (
        _ ("Saved %s"), osc_menu_entry_text (osc_menu_draft_root (self->draft), "name"));

    osc_toasts_offer (GTK_WIDGET (self), label, _ ("Undo"), G_CALLBACK (on_undo), G_OBJECT (self));
    show_again (self);
    show_stack (self);
    go_on (self);
    return;
  }
  self->go = GO_NOWHERE;
  if (osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
    osc_menu_editor_show_conflict (OSC_MENU_EDITOR (self->editor), TRUE);
  else
    show_refusal (self, error);
}

static void
save (OscMenuView *self)
{
  g_autoptr (GHashTable) faults = NULL;
  g_autoptr (JsonNode) changes = NULL;

  if (!is_dirty (self) || self->saving)
    return;
  faults = osc_menu_draft_check (self->draft);
  osc_menu_editor_show_faults (OSC_MENU_EDITOR (self->editor), faults);
  if (g_hash_table_size (faults) > 0) {
    self->go = GO_NOWHERE;
    return;
  }
  g_autofree char *label = g_strdup_printf (
      _ ("Saved %s"), osc_menu_entry_text (osc_menu_draft_root (self->draft), "name"));
  changes = osc_menu_draft_changes (self->draft);
  self->saving = TRUE;
  osc_menu_editor_set_busy (OSC_MENU_EDITOR (self->editor), TRUE);
  osc_menu_store_apply_async (self->context.menu, changes, label, saved_cb, g_object_ref (self));
}

static void
on_mine (OscMenuView *self)
{
  osc_menu_draft_rebase (self->draft, menu_of (self));
  osc_menu_editor_show_conflict (OSC_MENU_EDITOR (self->editor), FALSE);
  save (self);
}

static void
on_theirs (OscMenuView *self)
{
  show_again (self);
  on_menu_changed (self);
}

/* ---- going elsewhere ---- */

static void
new_draft (OscMenuView *self, const char *kind, gboolean combo)
{
  if (g_str_equal (kind, OSC_DRAFT_ITEM) && self->category_id == NULL)
    kind = OSC_DRAFT_CATEGORY;
  self->begun = TRUE;
  show_stack (self);
  take_draft (self, osc_menu_draft_new_blank (menu_of (self), kind, self->category_id));
  if (combo && is_item (self)) {
    osc_menu_draft_begin_combo (self->draft);
    osc_menu_editor_show (OSC_MENU_EDITOR (self->editor), self->draft);
  }
  osc_menu_editor_focus (OSC_MENU_EDITOR (self->editor));
}

static void
go_on (OscMenuView *self)
{
  g_autofree char *to = g_steal_pointer (&self->go_to);
  Go go = self->go;

  self->go = GO_NOWHERE;
  switch (go) {
  case GO_ITEM: show_item (self, to); break;
  case GO_CATEGORY: show_category (self, to); break;
  case GO_NEW_ITEM: new_draft (self, OSC_DRAFT_ITEM, FALSE); break;
  case GO_NEW_COMBO: new_draft (self, OSC_DRAFT_ITEM, TRUE); break;
  case GO_NEW_CATEGORY: new_draft (self, OSC_DRAFT_CATEGORY, FALSE); break;
  case GO_VIEW: gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s", to); break;
  case GO_CLOSE: gtk_window_close (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)))); break;
  case GO_IMPORT: osc_menu_import_choose (osc_menu_view_import (self)); break;
  case GO_PRICES: osc_menu_view_prices (self); break;
  case GO_VERSIONS: osc_menu_view_versions (self); break;
  case GO_CHECK: gtk_stack_set_visible_child (GTK_STACK (self->stack), self->check); break;
  case GO_NOWHERE:
  default: break;
  }
}

static void
on_answer (OscMenuView *self, const char *answer)
{
  if (g_str_equal (answer, "save")) {
    save (self);
  } else if (g_str_equal (answer, "discard")) {
    show_again (self);
    go_on (self);
  } else {
    self->go = GO_NOWHERE;
  }
}

static void
ask (OscMenuView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const char *name = osc_menu_entry_text (osc_menu_draft_root (self->draft), "name");
  g_autofree char *heading =
      g_strdup_printf (_ ("%s is not saved yet"), *name != '\0' ? name : _ ("The new entry"));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (root), heading, _ ("Save what you typed, or throw it away?")));

  adw_message_dialog_add_responses (dialog, "stay", _ ("Keep editing"), "discard", _ ("Discard"),
                                    "save", _ ("Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Returns: whether one may go at once. */
static gboolean
may_go (OscMenuView *self, Go go, const char *to)
{
  self->go = go;
  osy_set_str (&self->go_to, to);
  if (!is_dirty (self))
    return TRUE;
  mark (self);
  ask (self);
  return FALSE;
}

static void
go_to (OscMenuView *self, Go go, const char *to)
{
  if (may_go (self, go, to))
    go_on (self);
}

static void
on_item_picked (OscMenuView *self, const char *id)
{
  if (!is_item (self) || g_strcmp0 (osc_menu_draft_id (self->draft), id) != 0)
    go_to (self, GO_ITEM, id);
}

static void
on_category_picked (OscMenuView *self, const char *id)
{
  go_to (self, GO_CATEGORY, id);
}

static void
on_add (OscMenuView *self)
{
  go_to (self, GO_NEW_ITEM, NULL);
}

static void
on_add_combo (OscMenuView *self)
{
  go_to (self, GO_NEW_COMBO, NULL);
}

static void
on_add_category (OscMenuView *self)
{
  go_to (self, GO_NEW_CATEGORY, NULL);
}

static void
on_begin (OscMenuView *self)
{
  on_add_category (self);
}

/* ---- search ---- */

static void
on_search (OscMenuView *self)
{
  show_items (self);
}

static void
on_search_entered (OscMenuView *self)
{
  const char *first = osc_menu_items_first (OSC_MENU_ITEMS (self->items));

  if (first != NULL)
    go_to (self, GO_ITEM, first);
}

/* ---- import ---- */

static void
on_page_done (OscMenuView *self, const char *text)
{
  close_page (self);
  osc_menu_acts_tell (self->acts, text);
}

static void
on_imported (OscMenuView *self, guint count)
{
  g_autofree char *text =
      g_strdup_printf (g_dngettext (NULL, "Imported %u item", "Imported %u items", count), count);

  on_page_done (self, text);
}

OscMenuImport *
osc_menu_view_import (OscMenuView *self)
{
  g_return_val_if_fail (OSC_IS_MENU_VIEW (self), NULL);

  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->import);
  return OSC_MENU_IMPORT (self->import);
}

static void
on_import (OscMenuView *self)
{
  go_to (self, GO_IMPORT, NULL);
}

/* ---- many prices ---- */

OscMenuPrices *
osc_menu_view_prices (OscMenuView *self)
{
  g_return_val_if_fail (OSC_IS_MENU_VIEW (self), NULL);

  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->prices);
  osc_menu_prices_open (OSC_MENU_PRICES (self->prices), self->category_id);
  return OSC_MENU_PRICES (self->prices);
}

static void
on_prices (OscMenuView *self)
{
  go_to (self, GO_PRICES, NULL);
}

/* ---- earlier menus ---- */

OscMenuVersions *
osc_menu_view_versions (OscMenuView *self)
{
  g_return_val_if_fail (OSC_IS_MENU_VIEW (self), NULL);

  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->versions);
  osc_menu_versions_open (OSC_MENU_VERSIONS (self->versions));
  return OSC_MENU_VERSIONS (self->versions);
}

static void
on_versions (OscMenuView *self)
{
  go_to (self, GO_VERSIONS, NULL);
}

/* ---- what must be stated ---- */

static void
show_missing (OscMenuView *self)
{
  guint n = osc_menu_check_count (menu_of (self));
  g_autofree char *label = g_strdup_printf (_ ("To state %u"), n);

  gtk_button_set_label (GTK_BUTTON (self->missing), label);
  gtk_widget_set_visible (self->missing, n > 0);
}

static void
on_check (OscMenuView *self)
{
  go_to (self, GO_CHECK, NULL);
}

static void
on_mend (OscMenuView *self, const char *id, const char *page)
{
  close_page (self);
  show_item (self, id);
  osc_menu_editor_open (OSC_MENU_EDITOR (self->editor), page, NULL);
}

/* ---- the view ---- */

void
osc_menu_view_open_page (OscMenuView *self, const char *page, const char *id)
{
  g_return_if_fail (OSC_IS_MENU_VIEW (self));
  osc_menu_editor_open (OSC_MENU_EDITOR (self->editor), page, id);
}

static void
view_enter (OscView *view)
{
  OscMenuView *self = OSC_MENU_VIEW (view);

  on_menu_changed (self);
  osc_menu_items_focus (OSC_MENU_ITEMS (self->items));
}

static void
view_open (OscView *view, const char *what)
{
  if (*what != '\0')
    go_to (OSC_MENU_VIEW (view), GO_ITEM, what);
}

/* One level back; never out of unsaved words. */
static gboolean
go_back (OscMenuView *self)
{
  if (osc_menu_editor_back (OSC_MENU_EDITOR (self->editor)))
    return TRUE;
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0') {
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
    osc_menu_items_focus (OSC_MENU_ITEMS (self->items));
    return TRUE;
  }
  return FALSE;
}

static gboolean
view_key (OscView *view, OscKey key)
{
  OscMenuView *self = OSC_MENU_VIEW (view);

  if (is_covered (self)) {
    if (key == OSC_KEY_BACK)
      close_page (self);
    return key == OSC_KEY_BACK || key == OSC_KEY_UNDO;
  }
  switch (key) {
  case OSC_KEY_SAVE: save (self); return TRUE;
  case OSC_KEY_ADD: on_add (self); return TRUE;
  case OSC_KEY_COPY: on_copy (self); return TRUE;
  case OSC_KEY_DROP: on_delete (self); return TRUE;
  case OSC_KEY_UNDO: osc_menu_acts_step (self->acts, FALSE); return TRUE;
  case OSC_KEY_REDO: osc_menu_acts_step (self->acts, TRUE); return TRUE;
  case OSC_KEY_MOVE_UP: on_place (self, -1); return TRUE;
  case OSC_KEY_MOVE_DOWN: on_place (self, 1); return TRUE;
  case OSC_KEY_SOLD_OUT: osc_menu_items_ask_stop (OSC_MENU_ITEMS (self->items)); return TRUE;
  case OSC_KEY_FIND: gtk_widget_grab_focus (self->search); return TRUE;
  case OSC_KEY_BACK: return go_back (self);
  default: return FALSE;
  }
}

static gboolean
view_leave (OscView *view, const char *target)
{
  OscMenuView *self = OSC_MENU_VIEW (view);

  return may_go (self, target != NULL ? GO_VIEW : GO_CLOSE, target);
}

static const OscKeyLine *
view_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"Ctrl S", N_ ("Save")},
      {"Ctrl N", N_ ("Add item")},
      {"Ctrl D", N_ ("Copy the item")},
      {"Alt ↑  ↓", N_ ("Move up or down")},
      {"X", N_ ("Sold out, or sell again")},
      {"F3", N_ ("Find an item")},
      {"Ctrl Z  Ctrl Shift Z", N_ ("Undo, redo")},
      {NULL, NULL},
  };

  return lines;
}

static void
view_init (OscViewInterface *iface)
{
  iface->enter = view_enter;
  iface->open = view_open;
  iface->key = view_key;
  iface->leave = view_leave;
  iface->key_lines = view_key_lines;
}

/* ---- life ---- */

/* Two items side by side where there is room. */
static void
fit (OscMenuView *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  gboolean wide = surface != NULL && gdk_surface_get_width (surface) >= osc_scale_letters (WIDE);

  osc_widget_set_class (GTK_WIDGET (self), "wide", wide);
  osc_menu_items_set_columns (OSC_MENU_ITEMS (self->items), wide ? 2 : 1);
}

static void
osc_menu_view_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (osc_menu_view_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (gtk_widget_get_native (widget)), "notify::width",
                           G_CALLBACK (fit), widget, G_CONNECT_SWAPPED);
  fit (OSC_MENU_VIEW (widget));
}

static void
osc_menu_view_dispose (GObject *object)
{
  OscMenuView *self = OSC_MENU_VIEW (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_VIEW);
  g_clear_object (&self->acts);
  g_clear_object (&self->draft);
  g_clear_object (&self->context.menu);
  g_clear_pointer (&self->category_id, g_free);
  g_clear_pointer (&self->go_to, g_free);
  G_OBJECT_CLASS (osc_menu_view_parent_class)->dispose (object);
}

static void
osc_menu_view_class_init (OscMenuViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_view_dispose;
  widget_class->realize = osc_menu_view_realize;
  g_type_ensure (OSC_TYPE_MENU_EXPORT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-view.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuView, stack);
  gtk_widget_class_bind_template_child (widget_class, OscMenuView, search);
  gtk_widget_class_bind_template_child (widget_class, OscMenuView, undo);
  gtk_widget_class_bind_template_child (widget_class, OscMenuView, panes);
  gtk_widget_class_bind_template_child (widget_class, OscMenuView, missing);
  gtk_widget_class_bind_template_child (widget_class, OscMenuView, export);
  gtk_widget_class_bind_template_callback (widget_class, on_import);
  gtk_widget_class_bind_template_callback (widget_class, on_prices);
  gtk_widget_class_bind_template_callback (widget_class, on_versions);
  gtk_widget_class_bind_template_callback (widget_class, on_check);
  gtk_widget_class_bind_template_callback (widget_class, on_begin);
  gtk_widget_class_bind_template_callback (widget_class, on_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_add_combo);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuview");
}

static void
osc_menu_view_init (OscMenuView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
connect_parts (OscMenuView *self)
{
  const struct {
    GtkWidget *part;
    const char *signal;
    GCallback callback;
  } rows[] = {
      {self->categories, "picked", G_CALLBACK (on_category_picked)},
      {self->categories, "add", G_CALLBACK (on_add_category)},
      {self->categories, "dropped", G_CALLBACK (on_category_dropped)},
      {self->items, "picked", G_CALLBACK (on_item_picked)},
      {self->items, "stop", G_CALLBACK (on_item_stop)},
      {self->items, "dropped", G_CALLBACK (on_item_dropped)},
      {self->editor, "save", G_CALLBACK (save)},
      {self->editor, "delete", G_CALLBACK (on_delete)},
      {self->editor, "copy", G_CALLBACK (on_copy)},
      {self->editor, "place", G_CALLBACK (on_place)},
      {self->editor, "category", G_CALLBACK (on_editor_category)},
      {self->editor, "mine", G_CALLBACK (on_mine)},
      {self->editor, "theirs", G_CALLBACK (on_theirs)},
      {self->editor, "stop", G_CALLBACK (on_option_stop)},
      {self->import, "done", G_CALLBACK (on_imported)},
      {self->import, "canceled", G_CALLBACK (close_page)},
      {self->prices, "done", G_CALLBACK (on_page_done)},
      {self->prices, "closed", G_CALLBACK (close_page)},
      {self->versions, "done", G_CALLBACK (on_page_done)},
      {self->versions, "closed", G_CALLBACK (close_page)},
      {self->check, "open", G_CALLBACK (on_mend)},
      {self->check, "closed", G_CALLBACK (close_page)},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_object (rows[i].part, rows[i].signal, rows[i].callback, self,
                             G_CONNECT_SWAPPED);
}

GtkWidget *
osc_menu_view_new (const OscContext *context)
{
  g_return_val_if_fail (context != NULL, NULL);
  OscMenuView *self = g_object_new (OSC_TYPE_MENU_VIEW, NULL);

  self->context = *context;
  g_object_ref (self->context.menu);
  self->acts = osc_menu_acts_new (context->menu, GTK_WIDGET (self));
  g_signal_connect_object (self->acts, "show", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
  self->categories = osc_menu_categories_new (context->menu);
  self->items = osc_menu_items_new (context->menu);
  self->editor = osc_menu_editor_new (context);
  osc_menu_export_follow (OSC_MENU_EXPORT (self->export), context->client);
  self->import = osc_menu_import_new (context);
  self->prices = osc_menu_prices_new (context->menu);
  self->versions = osc_menu_versions_new (context);
  self->check = osc_menu_check_new (context->menu);
  gtk_widget_set_hexpand (self->items, TRUE);
  gtk_box_append (GTK_BOX (self->panes), self->categories);
  gtk_box_append (GTK_BOX (self->panes), self->items);
  gtk_box_append (GTK_BOX (self->panes), self->editor);
  gtk_stack_add_named (GTK_STACK (self->stack), self->import, "import");
  gtk_stack_add_named (GTK_STACK (self->stack), self->prices, "prices");
  gtk_stack_add_named (GTK_STACK (self->stack), self->versions, "versions");
  gtk_stack_add_named (GTK_STACK (self->stack), self->check, "check");
  connect_parts (self);
  g_signal_connect_object (context->menu, "changed", G_CALLBACK (on_menu_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context->menu, "notify::can-undo", G_CALLBACK (show_stack), self,
                           G_CONNECT_SWAPPED);
  on_menu_changed (self);
  return GTK_WIDGET (self);
}
