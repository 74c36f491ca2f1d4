/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The middle of the menu editor. The model is ids alone: rows look their item up, so that a change
 * elsewhere repaints a row and moves nothing. */

#include "osc-menu-items.h"

#include <glib/gi18n.h>

#include "osc-menu-row.h"
#include "osc-widget.h"
#include "osy-compat.h"
#include "osy-hangul.h"

struct _OscMenuItems {
  GtkWidget parent_instance;
  GtkWidget *grid;
  GtkWidget *nothing;
  OscMenuStore *store;
  GtkStringList *ids;
  GtkSingleSelection *selection;
  GPtrArray *list_items; /* of GtkListItem, borrowed: those on screen */
  char *category_id;
  char *search;
  char *marked;
  gboolean unsaved;
  gboolean filling;
};

enum { PICKED, STOP, DROPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuItems, osc_menu_items, GTK_TYPE_WIDGET)

/* ---- rows ---- */

static const char *
id_of (GtkListItem *list_item)
{
  GtkStringObject *id = gtk_list_item_get_item (list_item);

  return id != NULL ? gtk_string_object_get_string (id) : NULL;
}

static void
show_row (OscMenuItems *self, GtkListItem *list_item)
{
  const char *id = id_of (list_item);
  const OsyMenuItem *item =
      id != NULL ? osy_menu_find_item (osc_menu_store_get (self->store), id) : NULL;
  GtkWidget *row = gtk_list_item_get_child (list_item);

  if (item == NULL)
    return;
  osc_menu_row_show (OSC_MENU_ROW (row), item,
                     self->unsaved && g_strcmp0 (item->id, self->marked) == 0);
  osc_menu_row_show_photo (OSC_MENU_ROW (row), self->store, item);
  osc_widget_set_class (row, "marked", g_strcmp0 (item->id, self->marked) == 0);
}

static void
show_rows (OscMenuItems *self)
{
  for (guint i = 0; i < self->list_items->len; i++)
    show_row (self, g_ptr_array_index (self->list_items, i));
}

static void
on_row_stop (GtkListItem *list_item, int mode, OscMenuRow *row)
{
  OscMenuItems *self =
      OSC_MENU_ITEMS (gtk_widget_get_ancestor (GTK_WIDGET (row), OSC_TYPE_MENU_ITEMS));
  const char *id = id_of (list_item);

  if (self != NULL && id != NULL)
    g_signal_emit (self, signals[STOP], 0, id, mode);
}

static void
on_row_dropped (GtkListItem *list_item, const char *text, OscMenuRow *row)
{
  OscMenuItems *self =
      OSC_MENU_ITEMS (gtk_widget_get_ancestor (GTK_WIDGET (row), OSC_TYPE_MENU_ITEMS));
  const char *id = id_of (list_item);

  if (self != NULL && id != NULL)
    g_signal_emit (self, signals[DROPPED], 0, text, id);
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *list_item, OscMenuItems *self)
{
  GtkWidget *row = osc_menu_row_new ();

  g_signal_connect_object (row, "stop", G_CALLBACK (on_row_stop), list_item, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "dropped", G_CALLBACK (on_row_dropped), list_item,
                           G_CONNECT_SWAPPED);
  gtk_list_item_set_child (list_item, row);
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item, OscMenuItems *self)
{
  g_ptr_array_add (self->list_items, list_item);
  show_row (self, list_item);
}

static void
unbind_row (GtkSignalListItemFactory *factory, GtkListItem *list_item, OscMenuItems *self)
{
  g_ptr_array_remove_fast (self->list_items, list_item);
}

/* ---- which ids ---- */

static gboolean
is_found (const OsyMenuItem *item, const char *search)
{
  return osy_hangul_matches (item->name, search) || osy_hangul_matches (item->name_en, search) ||
         osy_hangul_matches (item->kitchen_name, search) || g_strcmp0 (item->code, search) == 0;
}

static GStrv
list_ids (OscMenuItems *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->store));
  gboolean searching = *self->search != '\0';

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    if (!searching && g_strcmp0 (category->id, self->category_id) != 0)
      continue;
    for (guint j = 0; j < category->items->len; j++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, j);

      if (!searching || is_found (item, self->search))
        g_strv_builder_add (ids, item->id);
    }
  }
  return g_strv_builder_end (ids);
}

static const char *
id_at (OscMenuItems *self, guint i)
{
  return gtk_string_list_get_string (self->ids, i);
}

static void
select_marked (OscMenuItems *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->ids));
  guint at = 0;

  while (at < n && g_strcmp0 (id_at (self, at), self->marked) != 0)
    at++;
  self->filling = TRUE;
  gtk_single_selection_set_selected (self->selection, at < n ? at : GTK_INVALID_LIST_POSITION);
  self->filling = FALSE;
}

/* What did not change keeps its row, and with it the focus. */
static void
fill (OscMenuItems *self)
{
  g_auto (GStrv) ids = list_ids (self);
  guint n = g_strv_length (ids);
  guint old = g_list_model_get_n_items (G_LIST_MODEL (self->ids));
  guint head = 0;
  guint tail = 0;
  g_autofree char *kept = NULL;

  while (head < n && head < old && g_strcmp0 (ids[head], id_at (self, head)) == 0)
    head++;
  while (tail < n - head && tail < old - head &&
         g_strcmp0 (ids[n - 1 - tail], id_at (self, old - 1 - tail)) == 0)
    tail++;
  kept = ids[n - tail];
  ids[n - tail] = NULL;
  self->filling = TRUE;
  gtk_string_list_splice (self->ids, head, old - head - tail, (const char *const *)ids + head);
  self->filling = FALSE;
  ids[n - tail] = g_steal_pointer (&kept);
  gtk_widget_set_visible (self->nothing, n == 0);
  gtk_label_set_label (GTK_LABEL (self->nothing), *self->search != '\0'
                                                      ? _ ("No item matches")
                                                      : _ ("Nothing in this category yet"));
  select_marked (self);
  show_rows (self);
}

static void
on_selected (OscMenuItems *self)
{
  guint at = gtk_single_selection_get_selected (self->selection);

  if (!self->filling && at != GTK_INVALID_LIST_POSITION)
    g_signal_emit (self, signals[PICKED], 0, id_at (self, at));
}

static void
on_activated (OscMenuItems *self, guint at)
{
  if (g_strcmp0 (id_at (self, at), self->marked) != 0)
    g_signal_emit (self, signals[PICKED], 0, id_at (self, at));
}

/* ---- doors ---- */

void
osc_menu_items_show (OscMenuItems *self, const char *category_id, const char *search)
{
  g_return_if_fail (OSC_IS_MENU_ITEMS (self) && search != NULL);

  osy_set_str (&self->category_id, category_id);
  osy_set_str (&self->search, search);
  fill (self);
}

void
osc_menu_items_mark (OscMenuItems *self, const char *id, gboolean unsaved)
{
  g_return_if_fail (OSC_IS_MENU_ITEMS (self));

  self->unsaved = unsaved;
  osy_set_str (&self->marked, id);
  select_marked (self);
  show_rows (self);
}

void
osc_menu_items_set_columns (OscMenuItems *self, guint columns)
{
  g_return_if_fail (OSC_IS_MENU_ITEMS (self));

  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (self->grid), MAX (columns, 1));
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (self->grid), MAX (columns, 1));
}

const char *
osc_menu_items_first (OscMenuItems *self)
{
  g_return_val_if_fail (OSC_IS_MENU_ITEMS (self), NULL);
  return id_at (self, 0);
}

void
osc_menu_items_focus (OscMenuItems *self)
{
  g_return_if_fail (OSC_IS_MENU_ITEMS (self));
  guint at = gtk_single_selection_get_selected (self->selection);

  if (at != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->grid, "list.scroll-to-item", "u", at);
  gtk_widget_grab_focus (self->grid);
}

void
osc_menu_items_ask_stop (OscMenuItems *self)
{
  g_return_if_fail (OSC_IS_MENU_ITEMS (self));

  for (guint i = 0; i < self->list_items->len; i++) {
    GtkListItem *list_item = g_ptr_array_index (self->list_items, i);

    if (g_strcmp0 (id_of (list_item), self->marked) == 0)
      osc_menu_row_ask_stop (OSC_MENU_ROW (gtk_list_item_get_child (list_item)));
  }
}

/* ---- life ---- */

static void
osc_menu_items_dispose (GObject *object)
{
  OscMenuItems *self = OSC_MENU_ITEMS (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_ITEMS);
  g_clear_object (&self->selection);
  g_clear_object (&self->ids);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_menu_items_parent_class)->dispose (object);
}

static void
osc_menu_items_finalize (GObject *object)
{
  OscMenuItems *self = OSC_MENU_ITEMS (object);

  g_ptr_array_unref (self->list_items);
  g_free (self->category_id);
  g_free (self->search);
  g_free (self->marked);
  G_OBJECT_CLASS (osc_menu_items_parent_class)->finalize (object);
}

static void
osc_menu_items_class_init (OscMenuItemsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_items_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_menu_items_finalize;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[STOP] = g_signal_new ("stop", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
  signals[DROPPED] = g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-items.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuItems, grid);
  gtk_widget_class_bind_template_child (widget_class, OscMenuItems, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuitems");
}

static void
osc_menu_items_init (OscMenuItems *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->list_items = g_ptr_array_new ();
  self->search = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->ids = gtk_string_list_new (NULL);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->ids)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), self);
  gtk_grid_view_set_factory (GTK_GRID_VIEW (self->grid), factory);
  gtk_grid_view_set_model (GTK_GRID_VIEW (self->grid), GTK_SELECTION_MODEL (self->selection));
}

GtkWidget *
osc_menu_items_new (OscMenuStore *store)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (store), NULL);
  OscMenuItems *self = g_object_new (OSC_TYPE_MENU_ITEMS, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
