/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A floor at work. What stands on it are children, so that each has its name, its focus and its
 * style; the lines around merged tables are drawn between. */

#include "osc-table-plan.h"

#include "osc-plan-shape.h"
#include "osc-scale.h"
#include "osc-table-words.h"
#include "osc-widget.h"
#include "osy-compat.h"

#define LEAST_TARGET 48
#define MARGIN 16
#define HULL_MARGIN 10
#define DRAG_FROM 14
#define TICK_SECONDS 5

typedef struct {
  char *id;
  graphene_rect_t area;   /* on the plan */
  graphene_rect_t pixels; /* as it was laid out */
  int rotation;
  gboolean is_table;
  gboolean round;
  GtkWidget *widget;
} Entry;

struct _OscTablePlan {
  GtkWidget parent_instance;
  OscTableStore *store;
  GPtrArray *entries; /* of Entry; tables last, so that they lie above */
  char *floor_id;     /* (nullable): as it was asked for */
  char *picked;       /* nullable */
  char *from;         /* (nullable): whose target is wanted */
  OscPlanFit fit;
  Entry *dragged; /* (nullable): borrowed */
  Entry *over;    /* (nullable): borrowed */
  double drag_x;
  double drag_y;
  guint tick_source;
};

enum { PICKED, DROPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscTablePlan, osc_table_plan, GTK_TYPE_WIDGET)

static void
entry_free (Entry *entry)
{
  gtk_widget_unparent (entry->widget);
  g_free (entry->id);
  g_free (entry);
}

static Entry *
find_entry (OscTablePlan *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (g_str_equal (entry->id, id))
      return entry;
  }
  return NULL;
}

GtkWidget *
osc_table_plan_tile (OscTablePlan *self, const char *id)
{
  g_return_val_if_fail (OSC_IS_TABLE_PLAN (self), NULL);
  Entry *entry = find_entry (self, id);

  return entry != NULL ? entry->widget : NULL;
}

static const OsyFloor *
shown_floor (OscTablePlan *self)
{
  return osc_floor_store_floor (osc_table_store_floors (self->store), self->floor_id);
}

const char *
osc_table_plan_floor (OscTablePlan *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_PLAN (self), NULL);
  const OsyFloor *floor = shown_floor (self);

  return floor != NULL ? floor->id : NULL;
}

/* ---- what is on it ---- */

static void
on_tile_clicked (GtkWidget *tile, OscTablePlan *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (entry->widget == tile) {
      g_autofree char *id = g_strdup (entry->id);

      g_signal_emit (self, signals[PICKED], 0, id);
      return;
    }
  }
}

static GtkWidget *
make_decor (const OsyPiece *piece)
{
  GtkWidget *label = gtk_label_new (piece->label);
  g_autofree char *kind = g_ascii_strdown (piece->kind, -1);

  gtk_widget_add_css_class (label, "plan-piece");
  gtk_widget_add_css_class (label, kind);
  gtk_widget_set_can_target (label, FALSE);
  return label;
}

static Entry *
make_entry (OscTablePlan *self, const OsyPiece *piece)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->id = g_strdup (piece->id);
  entry->area = GRAPHENE_RECT_INIT ((float)piece->x, (float)piece->y, (float)piece->width,
                                    (float)piece->height);
  entry->rotation = piece->rotation;
  entry->is_table = g_str_equal (piece->kind, OSY_PIECE_TABLE);
  entry->round = g_str_equal (piece->shape, OSY_PIECE_ROUND);
  entry->widget = entry->is_table ? osc_table_tile_new () : make_decor (piece);
  if (entry->is_table)
    g_signal_connect (entry->widget, "clicked", G_CALLBACK (on_tile_clicked), self);
  gtk_widget_set_parent (entry->widget, GTK_WIDGET (self));
  return entry;
}

static void
add_entries (OscTablePlan *self, const OsyFloor *floor, gboolean tables)
{
  for (guint i = 0; i < floor->pieces->len; i++) {
    const OsyPiece *piece = g_ptr_array_index (floor->pieces, i);

    if (g_str_equal (piece->kind, OSY_PIECE_TABLE) == tables)
      g_ptr_array_add (self->entries, make_entry (self, piece));
  }
}

static void
mark (OscTablePlan *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);
    gboolean is_from = g_strcmp0 (entry->id, self->from) == 0;

    if (!entry->is_table)
      continue;
    osc_widget_set_class (entry->widget, "picked", g_strcmp0 (entry->id, self->picked) == 0);
    osc_widget_set_class (entry->widget, "target",
                          entry == self->over || (self->from != NULL && !is_from));
    osc_widget_set_class (entry->widget, "dragged", entry == self->dragged);
  }
}

static void
show_tables (OscTablePlan *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);
    const OsyTable *table = entry->is_table ? osc_table_store_find (self->store, entry->id) : NULL;

    if (entry->is_table)
      gtk_widget_set_visible (entry->widget, table != NULL);
    if (table != NULL)
      osc_table_words_show (self->store, table, entry->round, OSC_TABLE_TILE (entry->widget));
  }
  gtk_widget_queue_draw (GTK_WIDGET (self)); /* of the hulls */
}

static void
show_floor (OscTablePlan *self)
{
  const OsyFloor *floor = shown_floor (self);

  self->dragged = self->over = NULL;
  g_ptr_array_set_size (self->entries, 0);
  if (floor != NULL) {
    add_entries (self, floor, FALSE);
    add_entries (self, floor, TRUE);
  }
  show_tables (self);
  mark (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
osc_table_plan_set_floor (OscTablePlan *self, const char *id)
{
  g_return_if_fail (OSC_IS_TABLE_PLAN (self));
  if (osy_set_str (&self->floor_id, id))
    show_floor (self);
}

void
osc_table_plan_pick (OscTablePlan *self, const char *id)
{
  g_return_if_fail (OSC_IS_TABLE_PLAN (self));
  osy_set_str (&self->picked, id);
  mark (self);
}

const char *
osc_table_plan_picked (OscTablePlan *self)
{
  g_return_val_if_fail (OSC_IS_TABLE_PLAN (self), NULL);
  return self->picked;
}

void
osc_table_plan_want_target (OscTablePlan *self, const char *from)
{
  g_return_if_fail (OSC_IS_TABLE_PLAN (self));
  osy_set_str (&self->from, from);
  mark (self);
}

gboolean
osc_table_plan_step (OscTablePlan *self, int dx, int dy)
{
  g_return_val_if_fail (OSC_IS_TABLE_PLAN (self), FALSE);
  g_autofree graphene_rect_t *areas = g_new (graphene_rect_t, self->entries->len + 1);
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  int next = -1;

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (!entry->is_table)
      continue;
    if (g_strcmp0 (entry->id, self->picked) == 0)
      next = (int)tables->len;
    areas[tables->len] = entry->area;
    g_ptr_array_add (tables, entry);
  }
  if (next >= 0)
    next = osc_plan_neighbour (areas, tables->len, (guint)next, dx, dy);
  else if (tables->len > 0)
    next = 0;
  if (next < 0)
    return FALSE;
  g_signal_emit (self, signals[PICKED], 0, ((Entry *)g_ptr_array_index (tables, next))->id);
  return TRUE;
}

/* ---- dragging ---- */

static Entry *
table_at (OscTablePlan *self, double x, double y)
{
  for (guint i = self->entries->len; i > 0; i--) {
    Entry *entry = g_ptr_array_index (self->entries, i - 1);

    if (entry->is_table &&
        graphene_rect_contains_point (&entry->pixels, &GRAPHENE_POINT_INIT ((float)x, (float)y)))
      return entry;
  }
  return NULL;
}

static void
on_drag_update (OscTablePlan *self, double dx, double dy, GtkGesture *gesture)
{
  double x;
  double y;
  Entry *entry;

  gtk_gesture_drag_get_start_point (GTK_GESTURE_DRAG (gesture), &x, &y);
  entry = self->dragged != NULL ? self->dragged : table_at (self, x, y);
  if (self->dragged == NULL) {
    const OsyTable *table = entry != NULL ? osc_table_store_find (self->store, entry->id) : NULL;

    if (table == NULL || table->seating == NULL || self->from != NULL ||
        dx * dx + dy * dy < osc_scale_px (DRAG_FROM) * osc_scale_px (DRAG_FROM))
      return;
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
    self->dragged = entry;
  }
  self->drag_x = dx;
  self->drag_y = dy;
  self->over = table_at (self, x + dx, y + dy);
  if (self->over == self->dragged)
    self->over = NULL;
  mark (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_end (OscTablePlan *self)
{
  Entry *from = g_steal_pointer (&self->dragged);
  Entry *on = g_steal_pointer (&self->over);

  if (from == NULL)
    return;
  mark (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (on != NULL) {
    g_autofree char *from_id = g_strdup (from->id);
    g_autofree char *on_id = g_strdup (on->id);

    g_signal_emit (self, signals[DROPPED], 0, from_id, on_id);
  }
}

static void
on_drag_cancel (OscTablePlan *self)
{
  self->over = NULL;
  on_drag_end (self);
}

/* ---- layout, drawing ---- */

static void
osc_table_plan_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = osc_scale_px (240);
  *natural = osc_scale_px (orientation == GTK_ORIENTATION_HORIZONTAL ? 800 : 560);
}

/* Turned about its middle; the words of a table stay upright as long as it is turned by quarters.
 */
static void
place (Entry *entry)
{
  const graphene_rect_t *px = &entry->pixels;
  gboolean upright = entry->is_table || entry->rotation == 0;
  gboolean lies = entry->is_table && entry->rotation % 180 == 90;
  float width = lies ? px->size.height : px->size.width;
  float height = lies ? px->size.width : px->size.height;
  graphene_point_t middle;
  GskTransform *transform;

  graphene_rect_get_center (px, &middle);
  transform = gsk_transform_translate (NULL, &middle);
  if (!upright)
    transform = gsk_transform_rotate (transform, (float)entry->rotation);
  transform = gsk_transform_translate (transform, &GRAPHENE_POINT_INIT (-width / 2, -height / 2));
  gtk_widget_allocate (entry->widget, (int)width, (int)height, -1, transform);
  if (lies)
    entry->pixels = GRAPHENE_RECT_INIT (middle.x - width / 2, middle.y - height / 2, width, height);
}

static void
osc_table_plan_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OscTablePlan *self = OSC_TABLE_PLAN (widget);
  const OsyFloor *floor = shown_floor (self);

  if (floor == NULL)
    return;
  self->fit = osc_plan_fit (floor->width, floor->height, width, height, osc_scale_px (MARGIN));
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (!gtk_widget_get_visible (entry->widget))
      continue;
    entry->pixels = osc_plan_to_px (&self->fit, &entry->area,
                                    entry->is_table ? osc_scale_px (LEAST_TARGET) : 1);
    place (entry);
  }
}

static void
draw_hull (OscTablePlan *self, cairo_t *cairo, GStrv ids)
{
  g_autoptr (GArray) areas = g_array_new (FALSE, FALSE, sizeof (graphene_rect_t));
  g_autoptr (GArray) hull = NULL;

  for (guint i = 0; ids[i] != NULL; i++) {
    Entry *entry = find_entry (self, ids[i]);

    if (entry != NULL)
      g_array_append_val (areas, entry->pixels);
  }
  if (areas->len < 2)
    return;
  hull = osc_plan_hull ((graphene_rect_t *)(void *)areas->data, areas->len,
                        osc_scale_px (HULL_MARGIN));
  for (guint i = 0; i < hull->len; i++) {
    graphene_point_t *point = &g_array_index (hull, graphene_point_t, i);

    cairo_line_to (cairo, point->x, point->y);
  }
  cairo_close_path (cairo);
  cairo_stroke (cairo);
}

/* Merged tables share a dashed line around them. */
static void
draw_hulls (OscTablePlan *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const OsyTableRoom *room = osc_table_store_room (self->store);
  const double dashes[] = {osc_scale_px (6), osc_scale_px (5)};
  cairo_t *cairo = NULL;
  GdkRGBA colour;

  for (guint i = 0; i < room->tables->len; i++) {
    const OsyTable *table = g_ptr_array_index (room->tables, i);

    if (table->seating == NULL || g_strv_length (table->seating->table_ids) < 2 ||
        !g_str_equal (table->seating->table_ids[0], table->table_id))
      continue;
    if (cairo == NULL) {
      cairo = gtk_snapshot_append_cairo (
          snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                         (float)gtk_widget_get_height (widget)));
      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
      gdk_cairo_set_source_rgba (cairo, &colour);
      cairo_set_line_width (cairo, osc_scale_px (2));
      cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (cairo, dashes, G_N_ELEMENTS (dashes), 0);
    }
    draw_hull (self, cairo, table->seating->table_ids);
  }
  g_clear_pointer (&cairo, cairo_destroy);
}

static void
osc_table_plan_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OscTablePlan *self = OSC_TABLE_PLAN (widget);

  draw_hulls (self, snapshot);
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (entry != self->dragged)
      gtk_widget_snapshot_child (widget, entry->widget, snapshot);
  }
  if (self->dragged != NULL) {
    gtk_snapshot_translate (snapshot,
                            &GRAPHENE_POINT_INIT ((float)self->drag_x, (float)self->drag_y));
    gtk_widget_snapshot_child (widget, self->dragged->widget, snapshot);
  }
}

static gboolean
tick_cb (gpointer user_data)
{
  show_tables (user_data);
  return G_SOURCE_CONTINUE;
}

/* Minutes run while somebody can see them. */
static void
osc_table_plan_map (GtkWidget *widget)
{
  OscTablePlan *self = OSC_TABLE_PLAN (widget);

  show_tables (self);
  GTK_WIDGET_CLASS (osc_table_plan_parent_class)->map (widget);
  self->tick_source = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
}

static void
osc_table_plan_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&OSC_TABLE_PLAN (widget)->tick_source, g_source_remove);
  GTK_WIDGET_CLASS (osc_table_plan_parent_class)->unmap (widget);
}

/* ---- life ---- */

static void
osc_table_plan_dispose (GObject *object)
{
  OscTablePlan *self = OSC_TABLE_PLAN (object);

  g_clear_handle_id (&self->tick_source, g_source_remove);
  self->dragged = self->over = NULL;
  g_ptr_array_set_size (self->entries, 0);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_table_plan_parent_class)->dispose (object);
}

static void
osc_table_plan_finalize (GObject *object)
{
  OscTablePlan *self = OSC_TABLE_PLAN (object);

  g_ptr_array_unref (self->entries);
  g_free (self->floor_id);
  g_free (self->picked);
  g_free (self->from);
  G_OBJECT_CLASS (osc_table_plan_parent_class)->finalize (object);
}

static void
osc_table_plan_class_init (OscTablePlanClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_table_plan_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_table_plan_finalize;
  widget_class->measure = osc_table_plan_measure;
  widget_class->size_allocate = osc_table_plan_size_allocate;
  widget_class->snapshot = osc_table_plan_snapshot;
  widget_class->map = osc_table_plan_map;
  widget_class->unmap = osc_table_plan_unmap;
  signals[PICKED] = g_signal_new ("picked", OSC_TYPE_TABLE_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DROPPED] = g_signal_new ("dropped", OSC_TYPE_TABLE_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "tableplan");
}

static void
osc_table_plan_init (OscTablePlan *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
osc_table_plan_new (OscTableStore *store)
{
  g_return_val_if_fail (OSC_IS_TABLE_STORE (store), NULL);
  OscTablePlan *self = g_object_new (OSC_TYPE_TABLE_PLAN, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (show_tables), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (osc_table_store_floors (store), "changed", G_CALLBACK (show_floor), self,
                           G_CONNECT_SWAPPED);
  show_floor (self);
  return GTK_WIDGET (self);
}
