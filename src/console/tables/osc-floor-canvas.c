/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The floor under the pencil. While a finger drags, only the picture changes; what it comes to is
 * sent when the finger is lifted. */

#include "osc-floor-canvas.h"

#include <glib/gi18n.h>
#include <math.h>

#include "osc-floor-template.h"
#include "osc-plan-shape.h"
#include "osc-scale.h"
#include "osc-table-tile.h"
#include "osc-widget.h"
#include "osy-compat.h"

#define MARGIN 16
#define LEAST_TARGET 48
#define LEAST_TABLE 48
#define HANDLE 12
#define HANDLE_REACH 24
#define PHOTO_OPACITY .35

/* Which edges of the piece a drag moves. */
enum { LEFT = 1, RIGHT = 2, TOP = 4, BOTTOM = 8, ALL = 15 };

typedef struct {
  char *id;
  OsyPiece *piece; /* as it is shown */
  graphene_rect_t pixels;
  GtkWidget *widget;
} Entry;

struct _OscFloorCanvas {
  GtkWidget parent_instance;
  OscFloorStore *store;
  GPtrArray *entries; /* of Entry */
  char *floor_id;     /* nullable */
  char *selected;     /* nullable */
  GdkTexture *photo;  /* nullable */
  OscPlanFit fit;
  int edges;       /* of the drag under way; 0: none */
  OsyPiece *begin; /* (nullable): the dragged piece as it was */
  gboolean moved;
};

enum { SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscFloorCanvas, osc_floor_canvas, GTK_TYPE_WIDGET)

static void
entry_free (Entry *entry)
{
  gtk_widget_unparent (entry->widget);
  osy_piece_free (entry->piece);
  g_free (entry->id);
  g_free (entry);
}

static Entry *
find_entry (OscFloorCanvas *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (g_str_equal (entry->id, id))
      return entry;
  }
  return NULL;
}

const OsyFloor *
osc_floor_canvas_floor (OscFloorCanvas *self)
{
  g_return_val_if_fail (OSC_IS_FLOOR_CANVAS (self), NULL);
  return osc_floor_store_floor (self->store, self->floor_id);
}

static gboolean
is_table (const OsyPiece *piece)
{
  return g_str_equal (piece->kind, OSY_PIECE_TABLE);
}

char *
osc_floor_canvas_name (const OsyPiece *piece)
{
  static const struct {
    const char *kind;
    const char *name;
  } names[] = {{OSY_PIECE_BAR, N_ ("Counter")},
               {OSY_PIECE_WALL, N_ ("Wall")},
               {OSY_PIECE_DOOR, N_ ("Door")},
               {OSY_PIECE_TEXT, N_ ("Words")}};

  if (is_table (piece))
    return g_strdup_printf (_ ("Table %s"), piece->number);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].kind, piece->kind))
      return g_strdup (piece->label != NULL ? piece->label : _ (names[i].name));
  return g_strdup (piece->kind);
}

/* ---- what is on it ---- */

static void
on_clicked (GtkWidget *widget, OscFloorCanvas *self)
{
  osc_floor_canvas_select (self, gtk_widget_get_name (widget));
}

static void
show_piece (Entry *entry)
{
  const OsyPiece *piece = entry->piece;
  g_autofree char *name = osc_floor_canvas_name (piece);

  if (is_table (piece)) {
    g_autofree char *seats = g_strdup_printf (
        g_dngettext (NULL, "%d seat", "%d seats", (gulong)piece->seats), piece->seats);

    osc_table_tile_show (OSC_TABLE_TILE (entry->widget),
                         &(OscTableLook){.state = "dining",
                                         .round = g_str_equal (piece->shape, OSY_PIECE_ROUND),
                                         .number = piece->number,
                                         .line = piece->seats > 0 ? seats : NULL,
                                         .spoken = name});
  } else {
    gtk_label_set_label (GTK_LABEL (entry->widget), piece->label != NULL ? piece->label : "");
    osc_widget_set_name (entry->widget, name);
  }
}

static Entry *
make_entry (OscFloorCanvas *self, const OsyPiece *piece)
{
  Entry *entry = g_new0 (Entry, 1);
  g_autofree char *kind = g_ascii_strdown (piece->kind, -1);

  entry->id = g_strdup (piece->id);
  entry->piece = osy_piece_copy (piece);
  entry->widget = is_table (piece) ? osc_table_tile_new () : gtk_label_new ("");
  if (!is_table (piece)) {
    gtk_widget_add_css_class (entry->widget, "plan-piece");
    gtk_widget_add_css_class (entry->widget, kind);
  }
  gtk_widget_set_name (entry->widget, piece->id);
  gtk_widget_set_focus_on_click (entry->widget, FALSE);
  if (is_table (piece))
    g_signal_connect (entry->widget, "clicked", G_CALLBACK (on_clicked), self);
  gtk_widget_set_parent (entry->widget, GTK_WIDGET (self));
  show_piece (entry);
  return entry;
}

static void
mark (OscFloorCanvas *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    osc_widget_set_class (entry->widget, "picked", g_strcmp0 (entry->id, self->selected) == 0);
  }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show (OscFloorCanvas *self)
{
  const OsyFloor *floor = osc_floor_canvas_floor (self);

  if (self->edges != 0)
    return; /* what the finger holds stays under it */
  g_ptr_array_set_size (self->entries, 0);
  for (guint i = 0; floor != NULL && i < floor->pieces->len; i++)
    g_ptr_array_add (self->entries, make_entry (self, g_ptr_array_index (floor->pieces, i)));
  if (self->selected != NULL && find_entry (self, self->selected) == NULL)
    osc_floor_canvas_select (self, NULL);
  mark (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
osc_floor_canvas_set_floor (OscFloorCanvas *self, const char *id)
{
  g_return_if_fail (OSC_IS_FLOOR_CANVAS (self));
  osy_set_str (&self->floor_id, id);
  show (self);
}

void
osc_floor_canvas_set_photo (OscFloorCanvas *self, GdkTexture *photo)
{
  g_return_if_fail (OSC_IS_FLOOR_CANVAS (self));
  if (g_set_object (&self->photo, photo))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
osc_floor_canvas_select (OscFloorCanvas *self, const char *id)
{
  g_return_if_fail (OSC_IS_FLOOR_CANVAS (self));

  if (!osy_set_str (&self->selected, id))
    return;
  mark (self);
  g_signal_emit (self, signals[SELECTED], 0, self->selected);
}

const OsyPiece *
osc_floor_canvas_selected (OscFloorCanvas *self)
{
  g_return_val_if_fail (OSC_IS_FLOOR_CANVAS (self), NULL);
  return self->selected != NULL
             ? osy_floor_plan_piece (osc_floor_store_get (self->store), self->selected)
             : NULL;
}

gboolean
osc_floor_canvas_area (OscFloorCanvas *self, const char *id, graphene_rect_t *area)
{
  g_return_val_if_fail (OSC_IS_FLOOR_CANVAS (self), FALSE);
  Entry *entry = find_entry (self, id);

  if (entry != NULL)
    *area = entry->pixels;
  return entry != NULL;
}

/* ---- moving ---- */

/* Within the floor, whatever was asked for. */
static void
keep_inside (OsyPiece *piece, const OsyFloor *floor)
{
  int least = is_table (piece) ? LEAST_TABLE : OSY_PIECE_MIN_SIZE;

  piece->width = CLAMP (piece->width, least, floor->width);
  piece->height = CLAMP (piece->height, least, floor->height);
  piece->x = CLAMP (piece->x, 0, floor->width - piece->width);
  piece->y = CLAMP (piece->y, 0, floor->height - piece->height);
}

static void
send (OscFloorCanvas *self, const OsyPiece *piece)
{
  JsonArray *batch = json_array_new ();
  g_autofree char *name = osc_floor_canvas_name (piece);

  osc_floor_batch_put_piece (batch, piece);
  osc_floor_store_apply (self->store, batch, name);
}

gboolean
osc_floor_canvas_nudge (OscFloorCanvas *self, int dx, int dy)
{
  g_return_val_if_fail (OSC_IS_FLOOR_CANVAS (self), FALSE);
  const OsyPiece *piece = osc_floor_canvas_selected (self);
  g_autoptr (OsyPiece) next = piece != NULL ? osy_piece_copy (piece) : NULL;

  if (next == NULL)
    return FALSE;
  next->x += dx;
  next->y += dy;
  keep_inside (next, osc_floor_canvas_floor (self));
  if (next->x != piece->x || next->y != piece->y)
    send (self, next);
  return TRUE;
}

void
osc_floor_canvas_step (OscFloorCanvas *self, int step)
{
  g_return_if_fail (OSC_IS_FLOOR_CANVAS (self));
  int n = (int)self->entries->len;
  int at = step > 0 ? -1 : n;

  for (int i = 0; i < n; i++)
    if (g_strcmp0 (((Entry *)g_ptr_array_index (self->entries, i))->id, self->selected) == 0)
      at = i;
  if (n > 0)
    osc_floor_canvas_select (self,
                             ((Entry *)g_ptr_array_index (self->entries, (at + step + n) % n))->id);
}

static gboolean
is_near (double a, double b)
{
  return fabs (a - b) <= osc_scale_px (HANDLE_REACH);
}

/* The corner of the chosen piece under the finger, as edges; 0: none. */
static int
corner_at (const Entry *entry, double x, double y)
{
  double left = entry->pixels.origin.x;
  double top = entry->pixels.origin.y;
  double right = left + entry->pixels.size.width;
  double bottom = top + entry->pixels.size.height;
  int across = is_near (x, right) && (x - left > right - x) ? RIGHT : is_near (x, left) ? LEFT : 0;
  int down = is_near (y, bottom) && (y - top > bottom - y) ? BOTTOM : is_near (y, top) ? TOP : 0;

  return across != 0 && down != 0 ? across | down : 0;
}

static Entry *
entry_at (OscFloorCanvas *self, double x, double y)
{
  double least = osc_scale_px (LEAST_TARGET);

  for (guint i = self->entries->len; i > 0; i--) {
    Entry *entry = g_ptr_array_index (self->entries, i - 1);
    graphene_rect_t reach = entry->pixels;

    graphene_rect_inset (&reach, (float)MIN (0, (reach.size.width - least) / 2),
                         (float)MIN (0, (reach.size.height - least) / 2));
    if (graphene_rect_contains_point (&reach, &GRAPHENE_POINT_INIT ((float)x, (float)y)))
      return entry;
  }
  return NULL;
}

gboolean
osc_floor_canvas_begin_drag (OscFloorCanvas *self, double x, double y)
{
  g_return_val_if_fail (OSC_IS_FLOOR_CANVAS (self), FALSE);
  Entry *chosen = find_entry (self, self->selected);
  int corner = chosen != NULL ? corner_at (chosen, x, y) : 0;
  Entry *entry = corner != 0 ? chosen : entry_at (self, x, y);

  osc_floor_canvas_select (self, entry != NULL ? entry->id : NULL);
  if (entry == NULL)
    return FALSE;
  self->edges = corner != 0 ? corner : ALL;
  self->moved = FALSE;
  g_clear_pointer (&self->begin, osy_piece_free);
  self->begin = osy_piece_copy (entry->piece);
  return TRUE;
}

static int
snap (double value)
{
  return (int)osc_plan_snap (value, OSC_FLOOR_GRID);
}

/* The edges that are held go with the finger, the others stay. */
static void
drag_edges (OscFloorCanvas *self, OsyPiece *piece, double dx, double dy)
{
  const OsyPiece *from = self->begin;
  int left = from->x;
  int right = from->x + from->width;
  int top = from->y;
  int bottom = from->y + from->height;

  if (self->edges == ALL) {
    piece->x = snap (left + dx);
    piece->y = snap (top + dy);
    return;
  }
  if (self->edges & LEFT)
    left = MIN (snap (left + dx), right - OSY_PIECE_MIN_SIZE);
  if (self->edges & RIGHT)
    right = MAX (snap (right + dx), left + OSY_PIECE_MIN_SIZE);
  if (self->edges & TOP)
    top = MIN (snap (top + dy), bottom - OSY_PIECE_MIN_SIZE);
  if (self->edges & BOTTOM)
    bottom = MAX (snap (bottom + dy), top + OSY_PIECE_MIN_SIZE);
  piece->x = left;
  piece->y = top;
  piece->width = right - left;
  piece->height = bottom - top;
}

void
osc_floor_canvas_drag (OscFloorCanvas *self, double dx, double dy)
{
  g_return_if_fail (OSC_IS_FLOOR_CANVAS (self));
  Entry *entry = find_entry (self, self->selected);

  if (self->edges == 0 || entry == NULL)
    return;
  drag_edges (self, entry->piece, dx / self->fit.factor, dy / self->fit.factor);
  keep_inside (entry->piece, osc_floor_canvas_floor (self));
  self->moved = entry->piece->x != self->begin->x || entry->piece->y != self->begin->y ||
                entry->piece->width != self->begin->width ||
                entry->piece->height != self->begin->height;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
osc_floor_canvas_end_drag (OscFloorCanvas *self)
{
  g_return_if_fail (OSC_IS_FLOOR_CANVAS (self));
  Entry *entry = find_entry (self, self->selected);
  gboolean dragged = self->edges != 0 && self->moved && entry != NULL;
  g_autoptr (OsyPiece) piece = dragged ? osy_piece_copy (entry->piece) : NULL;

  self->edges = 0;
  if (piece != NULL)
    send (self, piece);
  else
    show (self);
}

static void
on_drag_begin (OscFloorCanvas *self, double x, double y, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  osc_floor_canvas_begin_drag (self, x, y);
}

/* ---- layout, drawing ---- */

static void
osc_floor_canvas_measure (GtkWidget *widget,
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

static void
place (OscFloorCanvas *self, Entry *entry)
{
  const OsyPiece *piece = entry->piece;
  gboolean upright = is_table (piece) || piece->rotation == 0;
  gboolean lies = is_table (piece) && piece->rotation % 180 == 90;
  float width = lies ? (float)piece->height : (float)piece->width;
  float height = lies ? (float)piece->width : (float)piece->height;
  graphene_rect_t area =
      GRAPHENE_RECT_INIT ((float)piece->x + ((float)piece->width - width) / 2,
                          (float)piece->y + ((float)piece->height - height) / 2, width, height);
  GskTransform *transform;
  graphene_point_t middle;

  entry->pixels = osc_plan_to_px (&self->fit, &area, 1);
  graphene_rect_get_center (&entry->pixels, &middle);
  transform = gsk_transform_translate (NULL, &middle);
  if (!upright)
    transform = gsk_transform_rotate (transform, (float)piece->rotation);
  transform =
      gsk_transform_translate (transform, &GRAPHENE_POINT_INIT (-entry->pixels.size.width / 2,
                                                                -entry->pixels.size.height / 2));
  gtk_widget_allocate (entry->widget, (int)entry->pixels.size.width, (int)entry->pixels.size.height,
                       -1, transform);
}

static void
osc_floor_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OscFloorCanvas *self = OSC_FLOOR_CANVAS (widget);
  const OsyFloor *floor = osc_floor_canvas_floor (self);

  if (floor == NULL)
    return;
  self->fit = osc_plan_fit (floor->width, floor->height, width, height, osc_scale_px (MARGIN));
  for (guint i = 0; i < self->entries->len; i++)
    place (self, g_ptr_array_index (self->entries, i));
}

static void
draw_handle (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y)
{
  float size = (float)osc_scale_px (HANDLE);
  GskRoundedRect handle;

  gsk_rounded_rect_init_from_rect (
      &handle, &GRAPHENE_RECT_INIT ((float)x - size / 2, (float)y - size / 2, size, size),
      size / 4);
  gtk_snapshot_push_rounded_clip (snapshot, &handle);
  gtk_snapshot_append_color (snapshot, colour, &handle.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_handles (OscFloorCanvas *self, GtkSnapshot *snapshot)
{
  Entry *entry = find_entry (self, self->selected);
  GdkRGBA colour;

  if (entry == NULL)
    return;
  const graphene_rect_t *area = &entry->pixels;
  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  for (int i = 0; i < 4; i++)
    draw_handle (snapshot, &colour, area->origin.x + (i & 1 ? area->size.width : 0),
                 area->origin.y + (i & 2 ? area->size.height : 0));
}

static void
osc_floor_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  OscFloorCanvas *self = OSC_FLOOR_CANVAS (widget);
  const OsyFloor *floor = osc_floor_canvas_floor (self);
  graphene_rect_t area;

  if (floor == NULL)
    return;
  area = osc_plan_to_px (&self->fit,
                         &GRAPHENE_RECT_INIT (0, 0, (float)floor->width, (float)floor->height), 1);
  if (self->photo != NULL) {
    gtk_snapshot_push_opacity (snapshot, PHOTO_OPACITY);
    gtk_snapshot_append_texture (snapshot, self->photo, &area);
    gtk_snapshot_pop (snapshot);
  }
  for (guint i = 0; i < self->entries->len; i++)
    gtk_widget_snapshot_child (widget, ((Entry *)g_ptr_array_index (self->entries, i))->widget,
                               snapshot);
  draw_handles (self, snapshot);
}

/* ---- life ---- */

static void
osc_floor_canvas_dispose (GObject *object)
{
  OscFloorCanvas *self = OSC_FLOOR_CANVAS (object);

  g_ptr_array_set_size (self->entries, 0);
  g_clear_object (&self->photo);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_floor_canvas_parent_class)->dispose (object);
}

static void
osc_floor_canvas_finalize (GObject *object)
{
  OscFloorCanvas *self = OSC_FLOOR_CANVAS (object);

  g_ptr_array_unref (self->entries);
  g_clear_pointer (&self->begin, osy_piece_free);
  g_free (self->floor_id);
  g_free (self->selected);
  G_OBJECT_CLASS (osc_floor_canvas_parent_class)->finalize (object);
}

static void
osc_floor_canvas_class_init (OscFloorCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_floor_canvas_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_floor_canvas_finalize;
  widget_class->measure = osc_floor_canvas_measure;
  widget_class->size_allocate = osc_floor_canvas_size_allocate;
  widget_class->snapshot = osc_floor_canvas_snapshot;
  signals[SELECTED] = g_signal_new ("selected", OSC_TYPE_FLOOR_CANVAS, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "floorcanvas");
}

static void
osc_floor_canvas_init (OscFloorCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (osc_floor_canvas_drag), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (osc_floor_canvas_end_drag), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
osc_floor_canvas_new (OscFloorStore *store)
{
  g_return_val_if_fail (OSC_IS_FLOOR_STORE (store), NULL);
  OscFloorCanvas *self = g_object_new (OSC_TYPE_FLOOR_CANVAS, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  return GTK_WIDGET (self);
}
