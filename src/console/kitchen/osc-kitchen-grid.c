/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The grid: measures rows, packs them into cells, shows one page of them. Cells are laid out anew
 * before the next frame after anything changed, but not while the list holds still: then only what
 * the cells show is. */

#include "osc-kitchen-grid.h"

#include <string.h>

#include "osc-kitchen-pack.h"
#include "osc-kitchen-row.h"
#include "osc-scale.h"
#include "osc-still-list.h"
#include "osc-widget.h"

#define ROWS 2
#define GAP 8
#define HOLD_MS 400
#define KEYS 10
#define LAYOUT_PRIORITY (G_PRIORITY_HIGH_IDLE + 15) /* before the frame is laid out */

struct _OscKitchenGrid {
  GtkWidget parent_instance;
  OscStillList *list;  /* nullable */
  GPtrArray *cards;    /* of OscKitchenCard: the cells of a page */
  GtkWidget *probe;    /* a row that is only measured */
  GHashTable *heights; /* OscKitchenItem → GArray of int */
  GArray *pieces;
  int columns;
  int page;
  int width; /* as laid out */
  int height;
  guint layout_id;
  guint hold_id;
  gint64 frozen_at;
  char *selected; /* (nullable): ticket id */
  char *line;     /* (nullable): line id */
  char *ring;     /* (nullable): a dish */
};

enum { BUMP, TAPPED, TURNED, SHOWN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscKitchenGrid, osc_kitchen_grid, GTK_TYPE_WIDGET)

static guint
cells (OscKitchenGrid *self)
{
  return (guint)(self->columns * ROWS);
}

static int
gap (void)
{
  return osc_scale_px (GAP);
}

static int
cell_width (OscKitchenGrid *self)
{
  return (self->width - (self->columns - 1) * gap ()) / self->columns;
}

static int
cell_height (OscKitchenGrid *self)
{
  return (self->height - (ROWS - 1) * gap ()) / ROWS;
}

/* (transfer full) */
static OscKitchenItem *
item_at (OscKitchenGrid *self, guint index)
{
  return g_list_model_get_item (G_LIST_MODEL (self->list), index);
}

static guint
n_items (OscKitchenGrid *self)
{
  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}

/* ---- measuring ---- */

static int
measure_row (OscKitchenGrid *self, OscKitchenItem *item, const OscKitchenRowData *row)
{
  int height;

  osc_kitchen_row_show (OSC_KITCHEN_ROW (self->probe), item, row);
  gtk_widget_measure (self->probe, GTK_ORIENTATION_VERTICAL, cell_width (self), NULL, &height, NULL,
                      NULL);
  return height;
}

static GArray *
heights_of (OscKitchenGrid *self, OscKitchenItem *item)
{
  GArray *heights = g_hash_table_lookup (self->heights, item);
  g_autoptr (GArray) rows = NULL;

  if (heights != NULL)
    return heights;
  rows = osc_kitchen_row_list (item);
  heights = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < rows->len; i++) {
    int height = measure_row (self, item, &g_array_index (rows, OscKitchenRowData, i));

    g_array_append_val (heights, height);
  }
  g_hash_table_insert (self->heights, g_object_ref (item), heights);
  return heights;
}

/* ---- cells ---- */

static gboolean
has_dish (OscKitchenItem *item, const char *name)
{
  const OsyKitchenTicketData *ticket = osc_kitchen_item_data (item);

  for (guint i = 0; name != NULL && i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, i);

    if (line->quantity_waiting > 0 && strcmp (osc_kitchen_line_name (line), name) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
mark_cards (OscKitchenGrid *self)
{
  for (guint i = 0; i < self->cards->len; i++) {
    OscKitchenCard *card = g_ptr_array_index (self->cards, i);
    OscKitchenItem *item = osc_kitchen_card_item (card);

    if (item != NULL)
      osc_kitchen_card_mark (card,
                             g_strcmp0 (osc_kitchen_item_data (item)->id, self->selected) == 0,
                             self->line, has_dish (item, self->ring));
  }
}

static const OscKitchenPiece *
piece_in (OscKitchenGrid *self, guint cell)
{
  for (guint i = 0; i < self->pieces->len; i++) {
    const OscKitchenPiece *piece = &g_array_index (self->pieces, OscKitchenPiece, i);

    if (piece->cell == cell)
      return piece;
  }
  return NULL;
}

static void
show_cell (OscKitchenGrid *self, guint place)
{
  OscKitchenCard *card = g_ptr_array_index (self->cards, place);
  const OscKitchenPiece *piece = piece_in (self, (guint)self->page * cells (self) + place);
  g_autoptr (OscKitchenItem) item = piece != NULL ? item_at (self, piece->ticket) : NULL;

  if (item == NULL) {
    osc_kitchen_card_show (card, NULL);
    return;
  }
  osc_kitchen_card_show (
      card, &(OscKitchenCell){.item = item,
                              .first = piece->first,
                              .count = piece->count,
                              .part = piece->part,
                              .goes_on = piece->goes_on,
                              .key = place < KEYS && piece->part == 0 ? (int)place + 1 : 0});
  osc_kitchen_card_show_age (card, self->frozen_at);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    g_signal_emit (self, signals[SHOWN], 0, item);
}

static void
show_page (OscKitchenGrid *self)
{
  int last = MAX (osc_kitchen_grid_pages (self) - 1, 0);

  self->page = CLAMP (self->page, 0, last);
  for (guint i = 0; i < self->cards->len; i++)
    show_cell (self, i);
  mark_cards (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_signal_emit (self, signals[TURNED], 0);
}

static void
lay_out (OscKitchenGrid *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  int room = osc_kitchen_card_room (g_ptr_array_index (self->cards, 0), cell_height (self));

  for (guint i = 0; i < n_items (self); i++) {
    g_autoptr (OscKitchenItem) item = item_at (self, i);

    g_ptr_array_add (rows, heights_of (self, item));
  }
  g_array_unref (self->pieces);
  self->pieces = osc_kitchen_pack (rows, room, cells (self));
  show_page (self);
}

static gboolean
lay_out_cb (gpointer user_data)
{
  OscKitchenGrid *self = user_data;

  self->layout_id = 0;
  if (self->width > 0)
    lay_out (self);
  return G_SOURCE_REMOVE;
}

static void
queue_layout (OscKitchenGrid *self)
{
  if (self->layout_id == 0)
    self->layout_id = g_idle_add_full (LAYOUT_PRIORITY, lay_out_cb, self, NULL);
}

/* ---- changes ---- */

static void
refresh_cards (OscKitchenGrid *self, OscKitchenItem *item)
{
  for (guint i = 0; i < self->cards->len; i++) {
    OscKitchenCard *card = g_ptr_array_index (self->cards, i);

    if (osc_kitchen_card_item (card) == item)
      osc_kitchen_card_refresh (card);
  }
  mark_cards (self);
}

static void
on_ticket (OscKitchenItem *item, GParamSpec *pspec, OscKitchenGrid *self)
{
  g_hash_table_remove (self->heights, item);
  refresh_cards (self, item);
  if (self->hold_id == 0)
    queue_layout (self);
}

static void
on_items (GListModel *list, guint position, guint removed, guint added, OscKitchenGrid *self)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (OscKitchenItem) item = g_list_model_get_item (list, i);

    /* One that comes back is known already. */
    g_signal_handlers_disconnect_by_func (item, on_ticket, self);
    g_signal_connect_object (item, "notify::ticket", G_CALLBACK (on_ticket), self, 0);
  }
  queue_layout (self);
}

static gboolean
let_go_cb (gpointer user_data)
{
  OscKitchenGrid *self = user_data;

  self->hold_id = 0;
  queue_layout (self);
  return G_SOURCE_REMOVE;
}

void
osc_kitchen_grid_hold (OscKitchenGrid *self)
{
  g_return_if_fail (OSC_IS_KITCHEN_GRID (self));

  osc_still_list_hold (self->list, HOLD_MS);
  g_clear_handle_id (&self->hold_id, g_source_remove);
  self->hold_id = g_timeout_add (HOLD_MS, let_go_cb, self);
}

void
osc_kitchen_grid_follow (OscKitchenGrid *self, GListModel *tickets)
{
  g_return_if_fail (OSC_IS_KITCHEN_GRID (self) && G_IS_LIST_MODEL (tickets));

  g_clear_object (&self->list);
  self->list = osc_still_list_new (tickets);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items), self, 0);
  on_items (G_LIST_MODEL (self->list), 0, 0, n_items (self), self);
}

void
osc_kitchen_grid_show_ages (OscKitchenGrid *self, gint64 frozen_at)
{
  g_return_if_fail (OSC_IS_KITCHEN_GRID (self));

  self->frozen_at = frozen_at;
  for (guint i = 0; i < self->cards->len; i++)
    osc_kitchen_card_show_age (g_ptr_array_index (self->cards, i), frozen_at);
}

/* ---- pages ---- */

int
osc_kitchen_grid_page (OscKitchenGrid *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_GRID (self), 0);
  return self->page;
}

int
osc_kitchen_grid_pages (OscKitchenGrid *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_GRID (self), 0);
  guint n = self->pieces->len;

  if (n == 0)
    return 1;
  return (int)(g_array_index (self->pieces, OscKitchenPiece, n - 1).cell / cells (self)) + 1;
}

void
osc_kitchen_grid_turn (OscKitchenGrid *self, int page)
{
  g_return_if_fail (OSC_IS_KITCHEN_GRID (self));

  self->page = page;
  show_page (self);
}

guint
osc_kitchen_grid_late_elsewhere (OscKitchenGrid *self, gint64 now, int *page)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_GRID (self) && page != NULL, 0);
  guint late = 0;

  for (guint i = 0; i < self->pieces->len; i++) {
    const OscKitchenPiece *piece = &g_array_index (self->pieces, OscKitchenPiece, i);
    int where = (int)(piece->cell / cells (self));
    g_autoptr (OscKitchenItem) item = item_at (self, piece->ticket);

    if (piece->part > 0 || where == self->page || item == NULL || (late > 0 && where != *page) ||
        osc_kitchen_item_age_level (item, now) != OSC_AGE_LATE)
      continue;
    *page = where;
    late++;
  }
  return late;
}

/* ---- selection ---- */

OscKitchenItem *
osc_kitchen_grid_at (OscKitchenGrid *self, int key)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_GRID (self), NULL);

  if (key < 1 || key > (int)self->cards->len)
    return NULL;
  return osc_kitchen_card_item (g_ptr_array_index (self->cards, (guint)key - 1));
}

static int
find_item (OscKitchenGrid *self, const char *id)
{
  for (guint i = 0; id != NULL && i < n_items (self); i++) {
    g_autoptr (OscKitchenItem) item = item_at (self, i);

    if (strcmp (osc_kitchen_item_data (item)->id, id) == 0)
      return (int)i;
  }
  return -1;
}

/* The page where the ticket begins; that on screen when it is not laid out yet. */
static int
page_of (OscKitchenGrid *self, int index)
{
  for (guint i = 0; i < self->pieces->len; i++) {
    const OscKitchenPiece *piece = &g_array_index (self->pieces, OscKitchenPiece, i);

    if ((int)piece->ticket == index)
      return (int)(piece->cell / cells (self));
  }
  return self->page;
}

void
osc_kitchen_grid_select (OscKitchenGrid *self, OscKitchenItem *item, const char *line)
{
  g_return_if_fail (OSC_IS_KITCHEN_GRID (self));
  g_autofree char *chosen = g_strdup (line);
  int page;

  g_free (self->selected);
  g_free (self->line);
  self->selected = item != NULL ? g_strdup (osc_kitchen_item_data (item)->id) : NULL;
  self->line = g_steal_pointer (&chosen);
  page = page_of (self, find_item (self, self->selected));
  if (page != self->page) {
    osc_kitchen_grid_turn (self, page);
    return;
  }
  mark_cards (self);
  g_signal_emit (self, signals[TURNED], 0);
}

void
osc_kitchen_grid_step (OscKitchenGrid *self, int by)
{
  g_return_if_fail (OSC_IS_KITCHEN_GRID (self));
  int index = find_item (self, self->selected);
  int last = (int)n_items (self) - 1;
  g_autoptr (OscKitchenItem) item = NULL;

  if (last < 0)
    return;
  if (index >= 0 || by < -1 || by > 1)
    item = item_at (self, (guint)CLAMP (index + by, 0, last));
  else
    item = osc_kitchen_grid_at (self, 1) != NULL ? g_object_ref (osc_kitchen_grid_at (self, 1))
                                                 : item_at (self, 0);
  osc_kitchen_grid_select (self, item, NULL);
}

OscKitchenItem *
osc_kitchen_grid_selected (OscKitchenGrid *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_GRID (self), NULL);
  int index = find_item (self, self->selected);
  g_autoptr (OscKitchenItem) item = index >= 0 ? item_at (self, (guint)index) : NULL;

  return item; /* the list holds it */
}

const char *
osc_kitchen_grid_line (OscKitchenGrid *self)
{
  g_return_val_if_fail (OSC_IS_KITCHEN_GRID (self), NULL);
  return self->line;
}

void
osc_kitchen_grid_ring (OscKitchenGrid *self, const char *name)
{
  g_return_if_fail (OSC_IS_KITCHEN_GRID (self));
  g_autofree char *dish = g_strdup (name);

  g_free (self->ring);
  self->ring = g_steal_pointer (&dish);
  for (guint i = 0; self->ring != NULL && i < n_items (self); i++) {
    g_autoptr (OscKitchenItem) item = item_at (self, i);

    if (!has_dish (item, self->ring))
      continue;
    osc_kitchen_grid_turn (self, page_of (self, (int)i));
    return;
  }
  mark_cards (self);
}

/* ---- layout ---- */

static void
on_bump (OscKitchenGrid *self, OscKitchenItem *item)
{
  g_signal_emit (self, signals[BUMP], 0, item);
}

static void
on_tapped (OscKitchenGrid *self, OscKitchenItem *item, const char *line, int course)
{
  g_signal_emit (self, signals[TAPPED], 0, item, line, course);
}

void
osc_kitchen_grid_set_columns (OscKitchenGrid *self, int columns)
{
  g_return_if_fail (OSC_IS_KITCHEN_GRID (self) && columns > 0);

  if (self->columns == columns)
    return;
  self->columns = columns;
  while (self->cards->len > cells (self))
    g_ptr_array_set_size (self->cards, (int)self->cards->len - 1);
  while (self->cards->len < cells (self)) {
    GtkWidget *card = osc_kitchen_card_new ();

    g_signal_connect_object (card, "bump", G_CALLBACK (on_bump), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (card, "tapped", G_CALLBACK (on_tapped), self, G_CONNECT_SWAPPED);
    gtk_widget_set_parent (card, GTK_WIDGET (self));
    osc_kitchen_card_show (OSC_KITCHEN_CARD (card), NULL);
    g_ptr_array_add (self->cards, card);
  }
  g_hash_table_remove_all (self->heights);
  queue_layout (self);
}

static void
osc_kitchen_grid_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  /* Its cells take what there is. */
  *minimum = 0;
  *natural = 0;
  *minimum_baseline = -1;
  *natural_baseline = -1;
}

static void
osc_kitchen_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OscKitchenGrid *self = OSC_KITCHEN_GRID (widget);

  if (width != self->width || height != self->height) {
    self->width = width;
    self->height = height;
    g_hash_table_remove_all (self->heights);
    queue_layout (self);
  }
  for (guint i = 0; i < self->cards->len; i++) {
    GtkWidget *card = g_ptr_array_index (self->cards, i);
    int column = (int)i % self->columns;
    int row = (int)i / self->columns;
    int least_width;
    int least_height;

    if (!gtk_widget_get_child_visible (card))
      continue;
    gtk_widget_measure (card, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
    least_width = MAX (least_width, cell_width (self));
    gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, least_width, &least_height, NULL, NULL,
                        NULL);
    gtk_widget_size_allocate (card,
                              &(GtkAllocation){column * (cell_width (self) + gap ()),
                                               row * (cell_height (self) + gap ()), least_width,
                                               MAX (least_height, cell_height (self))},
                              -1);
  }
}

/* What was laid out out of sight is measured anew: its style may not have been there. */
static void
osc_kitchen_grid_map (GtkWidget *widget)
{
  OscKitchenGrid *self = OSC_KITCHEN_GRID (widget);

  GTK_WIDGET_CLASS (osc_kitchen_grid_parent_class)->map (widget);
  g_hash_table_remove_all (self->heights);
  queue_layout (self);
}

static void
osc_kitchen_grid_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  OscKitchenGrid *self = OSC_KITCHEN_GRID (widget);

  GTK_WIDGET_CLASS (osc_kitchen_grid_parent_class)->css_changed (widget, change);
  g_hash_table_remove_all (self->heights);
  queue_layout (self);
}

/* ---- life ---- */

static void
osc_kitchen_grid_dispose (GObject *object)
{
  OscKitchenGrid *self = OSC_KITCHEN_GRID (object);

  g_clear_handle_id (&self->layout_id, g_source_remove);
  g_clear_handle_id (&self->hold_id, g_source_remove);
  g_ptr_array_set_size (self->cards, 0);
  g_clear_pointer (&self->probe, gtk_widget_unparent);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (osc_kitchen_grid_parent_class)->dispose (object);
}

static void
osc_kitchen_grid_finalize (GObject *object)
{
  OscKitchenGrid *self = OSC_KITCHEN_GRID (object);

  g_ptr_array_unref (self->cards);
  g_hash_table_unref (self->heights);
  g_array_unref (self->pieces);
  g_free (self->selected);
  g_free (self->line);
  g_free (self->ring);
  G_OBJECT_CLASS (osc_kitchen_grid_parent_class)->finalize (object);
}

static void
osc_kitchen_grid_class_init (OscKitchenGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_kitchen_grid_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_kitchen_grid_finalize;
  widget_class->measure = osc_kitchen_grid_measure;
  widget_class->size_allocate = osc_kitchen_grid_size_allocate;
  widget_class->map = osc_kitchen_grid_map;
  widget_class->css_changed = osc_kitchen_grid_css_changed;
  signals[BUMP] = g_signal_new ("bump", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, OSC_TYPE_KITCHEN_ITEM);
  signals[TAPPED] = g_signal_new ("tapped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, OSC_TYPE_KITCHEN_ITEM, G_TYPE_STRING, G_TYPE_INT);
  signals[TURNED] =
      g_signal_new ("turned", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOWN] = g_signal_new ("shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, OSC_TYPE_KITCHEN_ITEM);
  gtk_widget_class_set_css_name (widget_class, "kitchengrid");
}

static void
osc_kitchen_grid_init (OscKitchenGrid *self)
{
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify)gtk_widget_unparent);
  self->heights = g_hash_table_new_full (NULL, NULL, g_object_unref, (GDestroyNotify)g_array_unref);
  self->pieces = g_array_new (FALSE, FALSE, sizeof (OscKitchenPiece));
  self->probe = osc_kitchen_row_new ();
  gtk_widget_set_parent (self->probe, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->probe, FALSE);
  osc_kitchen_grid_set_columns (self, 4);
}

GtkWidget *
osc_kitchen_grid_new (void)
{
  return g_object_new (OSC_TYPE_KITCHEN_GRID, NULL);
}
