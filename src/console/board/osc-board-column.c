/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A column: filter model → recycled cards. Cards of new orders shrink to one line, from the end,
 * when not all of them fit, so that none is scrolled out of sight sooner than needed. */

#include "osc-board-column.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-order-card.h"
#include "osc-scale.h"
#include "osc-widget.h"
#include "osy-clock.h"

#define FULL_ROW 190 /* a new order with its stepper, and the space after it */
#define COMPACT_ROW 72
#define FULL_WITHOUT_QUESTION 3

struct _OscBoardColumn {
  GtkWidget parent_instance;

  GtkWidget *name;
  GtkWidget *count;
  GtkWidget *late;
  GtkWidget *late_label;
  GtkWidget *soon;
  GtkWidget *soon_label;
  GtkWidget *scroller;
  GtkWidget *grid;
  GtkWidget *nothing;
  GtkWidget *foot;
  GtkWidget *foot_label;

  OscColumn column;
  OscMinutes *minutes;
  OscPick *pick;
  GtkFilterListModel *model;
  GtkCustomFilter *filter;
  char *type;
  GPtrArray *list_items; /* of GtkListItem, borrowed: those with a card */
  guint full;            /* new orders shown at full height */
  guint update_source;
  gboolean live;
};

G_DEFINE_FINAL_TYPE (OscBoardColumn, osc_board_column, GTK_TYPE_WIDGET)

static gboolean
match_order (gpointer object, gpointer user_data)
{
  OscBoardColumn *self = user_data;

  if (osc_order_item_column (object) != self->column)
    return FALSE;
  return self->type == NULL || self->column == OSC_COLUMN_NEW ||
         g_strcmp0 (self->type, osc_order_item_data (object)->type) == 0;
}

static guint
n_orders (OscBoardColumn *self)
{
  return self->model != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->model)) : 0;
}

/* ---- what is below ---- */

/* The number of orders whose card ends within the viewport. */
static guint
count_reached (OscBoardColumn *self)
{
  int height = gtk_widget_get_height (self->scroller);
  guint reached = 0;

  for (guint i = 0; i < self->list_items->len; i++) {
    GtkListItem *list_item = g_ptr_array_index (self->list_items, i);
    GtkWidget *card = gtk_list_item_get_child (list_item);
    graphene_rect_t bounds;

    if (gtk_list_item_get_item (list_item) == NULL || !gtk_widget_get_mapped (card) ||
        !gtk_widget_compute_bounds (card, self->scroller, &bounds))
      continue;
    if (bounds.origin.y + bounds.size.height <= (float)(height + osc_scale_px (4)))
      reached = MAX (reached, gtk_list_item_get_position (list_item) + 1);
  }
  return reached;
}

static guint
count_level (OscBoardColumn *self, guint from, OscAgeLevel level)
{
  gint64 now = osy_clock_now ();
  guint found = 0;

  for (guint i = from; i < n_orders (self); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), i);

    found += osc_order_item_age_level (item, now) == level;
  }
  return found;
}

static void
update_foot (OscBoardColumn *self)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  gboolean more =
      gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) <
      gtk_adjustment_get_upper (adjustment) - 1;
  guint reached = more ? count_reached (self) : n_orders (self);
  guint below = n_orders (self) - MIN (reached, n_orders (self));

  gtk_widget_set_visible (self->foot, below > 0);
  if (below == 0)
    return;
  guint late = count_level (self, reached, OSC_AGE_LATE);
  g_autofree char *text = g_strdup_printf (_ ("%u below"), below);
  g_autofree char *late_text = late > 0 ? g_strdup_printf (_ ("%u late"), late) : NULL;
  g_autofree char *label =
      late_text != NULL ? g_strdup_printf ("%s · %s", text, late_text) : g_strdup (text);
  gtk_label_set_label (GTK_LABEL (self->foot_label), label);
  osc_widget_set_name (self->foot, label);
}

static void
on_foot_clicked (OscBoardColumn *self)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                            gtk_adjustment_get_page_size (adjustment) -
                                            osc_scale_px (COMPACT_ROW));
}

/* ---- full and compact cards ---- */

static guint
count_full (OscBoardColumn *self)
{
  guint n = n_orders (self);
  int room = gtk_widget_get_height (GTK_WIDGET (self)) - gtk_widget_get_height (self->name);
  int left = room - (int)n * osc_scale_px (COMPACT_ROW);

  if (self->column != OSC_COLUMN_NEW || n <= FULL_WITHOUT_QUESTION)
    return G_MAXUINT;
  return left <= 0 ? 0 : (guint)left / (guint)osc_scale_px (FULL_ROW - COMPACT_ROW);
}

static void
apply_compact (OscBoardColumn *self)
{
  for (guint i = 0; i < self->list_items->len; i++) {
    GtkListItem *list_item = g_ptr_array_index (self->list_items, i);
    OscOrderCard *card = OSC_ORDER_CARD (gtk_list_item_get_child (list_item));

    osc_order_card_set_compact (card, gtk_list_item_get_position (list_item) >= self->full);
  }
}

static gboolean
update_cb (gpointer user_data)
{
  OscBoardColumn *self = user_data;

  self->update_source = 0;
  self->full = count_full (self);
  apply_compact (self);
  update_foot (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (OscBoardColumn *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add (update_cb, self);
}

/* ---- head ---- */

static void
show_badge (GtkWidget *badge, GtkWidget *label, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_widget_set_visible (badge, number > 0);
  gtk_label_set_label (GTK_LABEL (label), text);
}

void
osc_board_column_update_counts (OscBoardColumn *self)
{
  g_autofree char *count = g_strdup_printf ("%u", n_orders (self));
  gboolean ages = self->column == OSC_COLUMN_COOKING;

  gtk_label_set_label (GTK_LABEL (self->count), count);
  gtk_widget_set_visible (self->nothing, n_orders (self) == 0);
  show_badge (self->late, self->late_label, ages ? count_level (self, 0, OSC_AGE_LATE) : 0);
  show_badge (self->soon, self->soon_label, ages ? count_level (self, 0, OSC_AGE_SOON) : 0);
  if (gtk_widget_get_visible (self->foot))
    update_foot (self);
}

static void
on_items_changed (OscBoardColumn *self)
{
  osc_board_column_update_counts (self);
  queue_update (self);
}

/* ---- cards ---- */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, OscBoardColumn *self)
{
  GtkWidget *card = osc_order_card_new (self->column, self->minutes, self->pick);

  osc_order_card_set_live (OSC_ORDER_CARD (card), self->live);
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_selectable (list_item, FALSE);
  gtk_list_item_set_child (list_item, card);
  g_ptr_array_add (self->list_items, list_item);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, OscBoardColumn *self)
{
  OscOrderCard *card = OSC_ORDER_CARD (gtk_list_item_get_child (list_item));

  osc_order_card_set_compact (card, gtk_list_item_get_position (list_item) >= self->full);
  osc_order_card_bind (card, gtk_list_item_get_item (list_item));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, OscBoardColumn *self)
{
  osc_order_card_bind (OSC_ORDER_CARD (gtk_list_item_get_child (list_item)), NULL);
}

static void
on_teardown (GtkSignalListItemFactory *factory, GtkListItem *list_item, OscBoardColumn *self)
{
  g_ptr_array_remove_fast (self->list_items, list_item);
  gtk_list_item_set_child (list_item, NULL);
}

static void
make_grid (OscBoardColumn *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "teardown", G_CALLBACK (on_teardown), self, G_CONNECT_DEFAULT);
  gtk_grid_view_set_factory (GTK_GRID_VIEW (self->grid), factory);
  g_object_unref (factory);

  GtkNoSelection *selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_grid_view_set_model (GTK_GRID_VIEW (self->grid), GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

/* ---- life ---- */

static void
osc_board_column_dispose (GObject *object)
{
  OscBoardColumn *self = OSC_BOARD_COLUMN (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->grid != NULL)
    gtk_grid_view_set_model (GTK_GRID_VIEW (self->grid), NULL);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_BOARD_COLUMN);
  g_clear_object (&self->model);
  g_clear_object (&self->minutes);
  g_clear_object (&self->pick);
  g_clear_object (&self->filter);
  G_OBJECT_CLASS (osc_board_column_parent_class)->dispose (object);
}

static void
osc_board_column_finalize (GObject *object)
{
  OscBoardColumn *self = OSC_BOARD_COLUMN (object);

  g_ptr_array_unref (self->list_items);
  g_free (self->type);
  G_OBJECT_CLASS (osc_board_column_parent_class)->finalize (object);
}

static void
osc_board_column_class_init (OscBoardColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_board_column_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_board_column_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/board/osc-board-column.ui");
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, name);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, count);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, late);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, late_label);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, soon);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, soon_label);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, scroller);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, grid);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, nothing);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, foot);
  gtk_widget_class_bind_template_child (widget_class, OscBoardColumn, foot_label);
  gtk_widget_class_bind_template_callback (widget_class, on_foot_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "boardcolumn");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
osc_board_column_init (OscBoardColumn *self)
{
  self->list_items = g_ptr_array_new ();
  self->live = TRUE;
  self->full = G_MAXUINT;
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

static const char *
column_name (OscColumn column)
{
  switch (column) {
  case OSC_COLUMN_NEW: return _ ("New");
  case OSC_COLUMN_COOKING: return _ ("Cooking");
  case OSC_COLUMN_READY: return _ ("Ready");
  case OSC_COLUMN_OUT: return _ ("Out & pickup");
  case OSC_COLUMN_LATER:
  case OSC_COLUMN_NONE: break;
  }
  return "";
}

void
osc_board_column_setup (OscBoardColumn *self,
                        OscColumn column,
                        GListModel *orders,
                        OscMinutes *minutes,
                        OscPick *pick)
{
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  self->column = column;
  self->minutes = g_object_ref (minutes);
  self->pick = g_object_ref (pick);
  self->filter = gtk_custom_filter_new (match_order, self, NULL);
  self->model =
      gtk_filter_list_model_new (g_object_ref (orders), g_object_ref (GTK_FILTER (self->filter)));
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  gtk_label_set_label (GTK_LABEL (self->name), column_name (column));
  osc_widget_set_name (GTK_WIDGET (self), column_name (column));
  if (column == OSC_COLUMN_NEW)
    gtk_widget_add_css_class (self->count, "accent");
  make_grid (self);
  on_items_changed (self);
}

void
osc_board_column_set_across (OscBoardColumn *self, guint across)
{
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (self->grid), across);
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (self->grid), across);
}

guint
osc_board_column_across (OscBoardColumn *self)
{
  return gtk_grid_view_get_max_columns (GTK_GRID_VIEW (self->grid));
}

void
osc_board_column_set_type (OscBoardColumn *self, const char *type)
{
  g_free (self->type);
  self->type = g_strdup (type);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

void
osc_board_column_refilter (OscBoardColumn *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

void
osc_board_column_set_live (OscBoardColumn *self, gboolean live)
{
  self->live = live;
  for (guint i = 0; i < self->list_items->len; i++)
    osc_order_card_set_live (
        OSC_ORDER_CARD (gtk_list_item_get_child (g_ptr_array_index (self->list_items, i))), live);
}

GListModel *
osc_board_column_model (OscBoardColumn *self)
{
  return G_LIST_MODEL (self->model);
}

void
osc_board_column_show_position (OscBoardColumn *self, guint position)
{
  gtk_widget_activate_action (self->grid, "list.scroll-to-item", "u", position);
}
