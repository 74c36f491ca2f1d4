/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Acts on the menu and the words about them. */

#include "osc-menu-acts.h"

#include <glib/gi18n.h>

#include "osc-menu-batch.h"
#include "osc-toasts.h"

struct _OscMenuActs {
  GObject parent;
  OscMenuStore *store;
  GtkWidget *view; /* borrowed; NULL once it is gone */
};

enum { SHOW, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuActs, osc_menu_acts, G_TYPE_OBJECT)

static OsyMenu *
menu_of (OscMenuActs *self)
{
  return osc_menu_store_get (self->store);
}

/* ---- words ---- */

static void
say (OscMenuActs *self, const char *text)
{
  if (self->view != NULL)
    osc_toasts_say (self->view, text);
}

static void
say_error (OscMenuActs *self, const GError *error)
{
  say (self, osy_error_is (error, OSY_ERROR_VERSION_CONFLICT)
                 ? _ ("Another screen changed this first")
                 : error->message);
}

static void
on_undo (OscMenuActs *self)
{
  osc_menu_acts_step (self, FALSE);
}

void
osc_menu_acts_tell (OscMenuActs *self, const char *label)
{
  g_return_if_fail (OSC_IS_MENU_ACTS (self) && label != NULL);

  if (self->view != NULL)
    osc_toasts_offer (self->view, label, _ ("Undo"), G_CALLBACK (on_undo), G_OBJECT (self));
}

/* ---- steps ---- */

/* @format: what was done to the step. */
static void
stepped (OscMenuActs *self, GAsyncResult *result, const char *format)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = osc_menu_store_step_finish (self->store, result, &error);
  g_autofree char *text = label != NULL ? g_strdup_printf ("%s: %s", format, label) : NULL;

  if (text != NULL)
    say (self, text);
  else if (error != NULL)
    say_error (self, error);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuActs) self = user_data;

  stepped (self, result, _ ("Undone"));
}

static void
redone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuActs) self = user_data;

  stepped (self, result, _ ("Done again"));
}

void
osc_menu_acts_step (OscMenuActs *self, gboolean redo)
{
  g_return_if_fail (OSC_IS_MENU_ACTS (self));

  if (osc_menu_store_can_step (self->store, redo))
    osc_menu_store_step_async (self->store, redo, redo ? redone_cb : undone_cb,
                               g_object_ref (self));
}

/* ---- batches ---- */

typedef struct {
  OscMenuActs *self;
  char *label;
  char *show; /* nullable: the item to show afterwards */
} Applying;

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Applying *applying = user_data;
  g_autoptr (OscMenuActs) self = applying->self;
  g_autofree char *label = applying->label;
  g_autofree char *show = applying->show;
  g_autoptr (GError) error = NULL;

  g_free (applying);
  if (!osc_menu_store_apply_finish (self->store, result, &error)) {
    say_error (self, error);
    return;
  }
  osc_menu_acts_tell (self, label);
  if (show != NULL && self->view != NULL)
    g_signal_emit (self, signals[SHOW], 0, show);
}

/* @changes: (transfer full) (nullable); @label: (transfer full). */
static void
apply (OscMenuActs *self, JsonNode *changes, char *label, const char *show)
{
  g_autoptr (JsonNode) batch = changes;
  g_autofree char *words = label;
  Applying *applying;

  if (batch == NULL)
    return;
  applying = g_new0 (Applying, 1);
  applying->self = g_object_ref (self);
  applying->label = g_strdup (words);
  applying->show = g_strdup (show);
  osc_menu_store_apply_async (self->store, batch, words, applied_cb, applying);
}

static const char *
name_of (OscMenuActs *self, const char *id)
{
  const OsyMenuItem *item = osy_menu_find_item (menu_of (self), id);
  const OsyMenuCategory *category = osy_menu_find_category (menu_of (self), id);

  return item != NULL ? item->name : category != NULL ? category->name : "";
}

void
osc_menu_acts_order (OscMenuActs *self, const char *id, int to)
{
  g_return_if_fail (OSC_IS_MENU_ACTS (self) && id != NULL);
  guint of = 0;

  if (osc_menu_batch_place (menu_of (self), id, &of) >= 0 && to >= 0 && to < (int)of)
    apply (self, osc_menu_batch_order (menu_of (self), id, (guint)to),
           g_strdup_printf (_ ("Moved %s"), name_of (self, id)), NULL);
}

void
osc_menu_acts_move (OscMenuActs *self, const char *id, const char *category_id)
{
  g_return_if_fail (OSC_IS_MENU_ACTS (self) && id != NULL && category_id != NULL);
  apply (self, osc_menu_batch_move_item (menu_of (self), id, category_id),
         g_strdup_printf (_ ("Moved %s"), name_of (self, id)), NULL);
}

void
osc_menu_acts_copy (OscMenuActs *self, const char *id)
{
  g_return_if_fail (OSC_IS_MENU_ACTS (self) && id != NULL);
  g_autofree char *new_id = NULL;
  JsonNode *changes = osc_menu_batch_copy_item (menu_of (self), id, &new_id);

  apply (self, changes, g_strdup_printf (_ ("Copied %s"), name_of (self, id)), new_id);
}

static char *
delete_label (OscMenuActs *self, const char *id)
{
  const OsyMenuCategory *category = osy_menu_find_category (menu_of (self), id);
  guint n = category != NULL ? category->items->len : 0;

  if (n == 0)
    return g_strdup_printf (_ ("Deleted %s"), name_of (self, id));
  return g_strdup_printf (g_dngettext (NULL, "Deleted %s and the %u item in it",
                                       "Deleted %s and the %u items in it", n),
                          category->name, n);
}

static gboolean
offers (GPtrArray *groups, const char *dish, guint depth)
{
  for (guint i = 0; depth < OSY_MENU_MAX_DEPTH && i < groups->len; i++) {
    GPtrArray *options = ((OsyMenuGroup *)g_ptr_array_index (groups, i))->options;
    for (guint j = 0; j < options->len; j++) {
      const OsyMenuOption *option = g_ptr_array_index (options, j);
      if (g_strcmp0 (option->item_id, dish) == 0 || offers (option->groups, dish, depth + 1))
        return TRUE;
    }
  }
  return FALSE;
}

/* (nullable): an item that offers the dish @id as a choice, and does not go with @going. */
static const OsyMenuItem *
find_combo (OscMenuActs *self, const char *id, const OsyMenuCategory *going)
{
  GPtrArray *categories = osy_menu_categories (menu_of (self));

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    GPtrArray *items = category->items;
    gboolean goes = going != NULL && g_str_equal (category->id, going->id);
    for (guint j = 0; !goes && j < items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (items, j);
      if (g_strcmp0 (item->id, id) != 0 && offers (item->groups, id, 0))
        return item;
    }
  }
  return NULL;
}

/* Says what keeps the item, or an item of the category, from going: another one that stays offers
 * it. */
static gboolean
is_kept (OscMenuActs *self, const char *id)
{
  const OsyMenuCategory *category = osy_menu_find_category (menu_of (self), id);
  const OsyMenuItem *combo = find_combo (self, id, NULL);
  g_autofree char *text = NULL;

  if (combo != NULL)
    text = g_strdup_printf (_ ("%s offers this dish; take it out there first"), combo->name);
  for (guint i = 0; category != NULL && text == NULL && i < category->items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (category->items, i);

    combo = find_combo (self, item->id, category);
    if (combo != NULL)
      text = g_strdup_printf (_ ("%1$s offers %2$s of here; take it out there first"), combo->name,
                              item->name);
  }
  if (text != NULL)
    say (self, text);
  return text != NULL;
}

void
osc_menu_acts_delete (OscMenuActs *self, const char *id)
{
  g_return_if_fail (OSC_IS_MENU_ACTS (self) && id != NULL);

  if (is_kept (self, id)) {
    if (self->view != NULL)
      g_signal_emit (self, signals[SHOW], 0, id);
    return;
  }
  JsonNode *changes = osc_menu_batch_delete_item (menu_of (self), id);

  if (changes == NULL)
    changes = osc_menu_batch_delete_category (menu_of (self), id);
  apply (self, changes, delete_label (self, id), NULL);
}

/* ---- sold out ---- */

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuActs) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_menu_store_apply_finish (self->store, result, &error))
    say_error (self, error);
}

void
osc_menu_acts_stop (OscMenuActs *self, const char *id, gboolean is_option, OsyMenuStopMode mode)
{
  g_return_if_fail (OSC_IS_MENU_ACTS (self) && id != NULL);
  OscMenuStopping stopping = {.id = id, .is_option = is_option, .stop = {.mode = mode}};

  osc_menu_store_stop_async (self->store, &stopping, stopped_cb, g_object_ref (self));
}

/* ---- life ---- */

static void
osc_menu_acts_finalize (GObject *object)
{
  OscMenuActs *self = OSC_MENU_ACTS (object);

  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_menu_acts_parent_class)->finalize (object);
}

static void
osc_menu_acts_class_init (OscMenuActsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_menu_acts_finalize;
  signals[SHOW] = g_signal_new ("show", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_menu_acts_init (OscMenuActs *self)
{
}

OscMenuActs *
osc_menu_acts_new (OscMenuStore *store, GtkWidget *view)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (store) && GTK_IS_WIDGET (view), NULL);
  OscMenuActs *self = g_object_new (OSC_TYPE_MENU_ACTS, NULL);

  self->store = g_object_ref (store);
  g_set_weak_pointer (&self->view, view);
  return self;
}
