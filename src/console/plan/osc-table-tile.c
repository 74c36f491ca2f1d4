/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A table. The plan alone says how large it is, so its words never ask for room. */

#include "osc-table-tile.h"

#include "osc-scale.h"
#include "osc-widget.h"

#define GAP 6
#define MARGIN 4
/* Of a round table: how much of its width the words may take. */
#define ROUND_SHARE 84

struct _OscTableTile {
  GtkButton parent_instance;
  GtkWidget *number;
  GtkWidget *icon;
  GtkWidget *when;
  GtkWidget *line;
  GtkWidget *detail;
  const char *state; /* static */
};

G_DEFINE_FINAL_TYPE (OscTableTile, osc_table_tile, GTK_TYPE_BUTTON)

static const char *const states[] = {"free", "seated", "dining", "bill", "booked", "clean"};

/* ---- layout ---- */

static void
measure_none (GtkWidget *widget,
              GtkOrientation orientation,
              int for_size,
              int *minimum,
              int *natural,
              int *minimum_baseline,
              int *natural_baseline)
{
  *minimum = *natural = 0;
}

static GtkRequisition
size_of (GtkWidget *widget)
{
  GtkRequisition size = {0, 0};

  if (gtk_widget_get_visible (widget))
    gtk_widget_get_preferred_size (widget, NULL, &size);
  return size;
}

/* A row of up to three words, in the middle of @width. Returns: its height. */
static int
place_row (GtkWidget *const *words, const gboolean *shown, int y, int width)
{
  int gap = osc_scale_px (GAP);
  int total = -gap;
  int height = 0;
  int x;

  for (int i = 0; i < 3; i++)
    if (shown[i]) {
      total += size_of (words[i]).width + gap;
      height = MAX (height, size_of (words[i]).height);
    }
  x = (width - total) / 2;
  for (int i = 0; i < 3; i++)
    if (shown[i]) {
      GtkRequisition size = size_of (words[i]);

      gtk_widget_size_allocate (
          words[i], &(GtkAllocation){x, y + (height - size.height) / 2, size.width, size.height},
          -1);
      x += size.width + gap;
    }
  return height;
}

static int
width_of (GtkWidget *const *words, const gboolean *shown)
{
  int width = -osc_scale_px (GAP);

  for (int i = 0; i < 3; i++)
    if (shown[i])
      width += size_of (words[i]).width + osc_scale_px (GAP);
  return width;
}

/* Number, sign and minutes side by side while there is room; the number stays to the last. */
static void
choose_head (OscTableTile *self, int room, gboolean *shown)
{
  GtkWidget *const words[] = {self->number, self->icon, self->when};

  shown[0] = TRUE;
  shown[1] = gtk_widget_get_visible (self->icon);
  shown[2] = gtk_widget_get_visible (self->when);
  if (width_of (words, shown) > room)
    shown[2] = FALSE;
  if (width_of (words, shown) > room)
    shown[1] = FALSE;
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OscTableTile *self = OSC_TABLE_TILE (widget);
  GtkWidget *const head[] = {self->number, self->icon, self->when};
  GtkWidget *const rows[] = {self->when, self->line, self->detail};
  gboolean round = gtk_widget_has_css_class (widget, "round");
  int room = round ? width * ROUND_SHARE / 100 : width - 2 * osc_scale_px (MARGIN);
  int left = height - 2 * osc_scale_px (MARGIN) - size_of (self->number).height;
  gboolean in_head[3];
  gboolean as_row[3];
  int y;

  choose_head (self, room, in_head);
  for (int i = 0; i < 3; i++) {
    GtkRequisition size = size_of (rows[i]);

    as_row[i] = gtk_widget_get_visible (rows[i]) && !(i == 0 && in_head[2]) && size.width <= room &&
                size.height <= left;
    left -= as_row[i] ? size.height : 0;
  }
  gtk_widget_set_child_visible (self->icon, in_head[1]);
  gtk_widget_set_child_visible (self->when, in_head[2] || as_row[0]);
  gtk_widget_set_child_visible (self->line, as_row[1]);
  gtk_widget_set_child_visible (self->detail, as_row[2]);
  y = osc_scale_px (MARGIN) + left / 2;
  y += place_row (head, in_head, y, width);
  for (int i = 0; i < 3; i++) {
    gboolean alone[3] = {as_row[i], FALSE, FALSE};
    GtkWidget *const row[3] = {rows[i], NULL, NULL};

    y += place_row (row, alone, y, width);
  }
}

/* ---- the look ---- */

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_widget_set_visible (label, text != NULL);
  if (text != NULL && !g_str_equal (text, gtk_label_get_label (GTK_LABEL (label))))
    gtk_label_set_label (GTK_LABEL (label), text);
}

static void
show_state (OscTableTile *self, const char *state)
{
  if (g_strcmp0 (state, self->state) == 0)
    return;
  self->state = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++) {
    gboolean on = g_str_equal (states[i], state);

    osc_widget_set_class (GTK_WIDGET (self), states[i], on);
    self->state = on ? states[i] : self->state;
  }
}

void
osc_table_tile_show (OscTableTile *self, const OscTableLook *look)
{
  g_return_if_fail (OSC_IS_TABLE_TILE (self) && look != NULL);

  show_state (self, look->state);
  osc_widget_set_class (GTK_WIDGET (self), "attention", look->attention);
  osc_widget_set_class (GTK_WIDGET (self), "round", look->round);
  gtk_widget_set_visible (self->icon, look->icon != NULL);
  if (look->icon != NULL)
    osc_widget_set_icon (self->icon, look->icon);
  show_text (self->number, look->number);
  show_text (self->when, look->when);
  show_text (self->line, look->line);
  show_text (self->detail, look->detail);
  osc_widget_set_name (GTK_WIDGET (self), look->spoken);
}

/* ---- life ---- */

static void
osc_table_tile_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_table_tile_parent_class)->dispose (object);
}

static void
osc_table_tile_class_init (OscTableTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_table_tile_dispose;
}

static GtkWidget *
add_label (OscTableTile *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
osc_table_tile_init (OscTableTile *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (NULL, measure_none, allocate));
  gtk_widget_add_css_class (GTK_WIDGET (self), "table-tile");
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
  self->number = add_label (self, "table-number");
  self->icon = gtk_image_new ();
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  self->when = add_label (self, "table-when");
  self->line = add_label (self, "table-line");
  self->detail = add_label (self, "table-detail");
}

GtkWidget *
osc_table_tile_new (void)
{
  return g_object_new (OSC_TYPE_TABLE_TILE, NULL);
}
