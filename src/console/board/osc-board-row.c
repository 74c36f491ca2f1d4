/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Column widths. Columns bring 4 px of their own space on each side, for the focus ring. */

#include "osc-board-row.h"

#include "osc-scale.h"

#define COLUMNS 4
#define MARGIN 12 /* and 4 inside the column: 16 */
#define GAP 4     /* and 4 inside each column: 12 */
#define INSIDE 8
#define COOKING 424 /* px of two cards side by side */
#define WIDE_FROM 1500
#define NORMAL_FROM 1100

static const int normal_widths[COLUMNS] = {296, 0, 214, 214};
static const int wide_widths[COLUMNS] = {320, 0, 260, 260};

struct _OscBoardRow {
  GtkWidget parent_instance;
  int second;
  OscBoardWidth kind;
  guint told_source;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscBoardRow, osc_board_row, GTK_TYPE_WIDGET)

static OscBoardWidth
width_kind (int width)
{
  if (width >= osc_scale_letters (WIDE_FROM))
    return OSC_BOARD_WIDE;
  return width >= osc_scale_letters (NORMAL_FROM) ? OSC_BOARD_NORMAL : OSC_BOARD_TWO;
}

static void
osc_board_row_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = *natural = osc_scale_px (600);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_minimum;
    int child_natural;

    gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural = MAX (*natural, child_natural);
  }
}

static void
place_two (OscBoardRow *self, GtkWidget *widget, int width, int height)
{
  int margin = osc_scale_px (MARGIN);
  int first = osc_scale_px (normal_widths[0] + INSIDE);
  int i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++) {
    GtkAllocation place = {margin, 0, first, height};

    gtk_widget_set_child_visible (child, i == 0 || i == self->second);
    if (i != 0 && i != self->second)
      continue;
    if (i != 0) {
      place.x = margin + first + osc_scale_px (GAP);
      place.width = width - place.x - margin;
    }
    gtk_widget_size_allocate (child, &place, -1);
  }
}

static void
place_four (GtkWidget *widget, const int *widths, int width, int height)
{
  int left = width - 2 * osc_scale_px (MARGIN) - (COLUMNS - 1) * osc_scale_px (GAP);
  int x = osc_scale_px (MARGIN);
  int lack; /* px that each of the others gives up for the two cards of the column in the middle */
  int i = 0;

  for (int column = 0; column < COLUMNS; column++)
    left -= widths[column] > 0 ? osc_scale_px (widths[column] + INSIDE) : 0;
  lack = MAX (0, (osc_scale_px (COOKING) - left + COLUMNS - 2) / (COLUMNS - 1));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child), i++) {
    GtkAllocation place = {x, 0,
                           widths[i] > 0 ? osc_scale_px (widths[i] + INSIDE) - lack
                                         : left + (COLUMNS - 1) * lack,
                           height};

    gtk_widget_set_child_visible (child, TRUE);
    gtk_widget_size_allocate (child, &place, -1);
    x += place.width + osc_scale_px (GAP);
  }
}

static gboolean
tell_cb (gpointer user_data)
{
  OscBoardRow *self = user_data;

  self->told_source = 0;
  g_signal_emit (self, signals[CHANGED], 0, (int)self->kind);
  return G_SOURCE_REMOVE;
}

static void
osc_board_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OscBoardRow *self = OSC_BOARD_ROW (widget);
  OscBoardWidth kind = width_kind (width);

  /* What depends on it (cards side by side) cannot change in the middle of an allocation. */
  if (kind != self->kind && self->told_source == 0)
    self->told_source = g_idle_add (tell_cb, self);
  self->kind = kind;
  if (kind == OSC_BOARD_TWO)
    place_two (self, widget, width, height);
  else
    place_four (widget, kind == OSC_BOARD_WIDE ? wide_widths : normal_widths, width, height);
}

static void
osc_board_row_dispose (GObject *object)
{
  OscBoardRow *self = OSC_BOARD_ROW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->told_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (osc_board_row_parent_class)->dispose (object);
}

static void
osc_board_row_class_init (OscBoardRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_board_row_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  widget_class->measure = osc_board_row_measure;
  widget_class->size_allocate = osc_board_row_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "boardrow");
}

static void
osc_board_row_init (OscBoardRow *self)
{
  self->second = 1;
  self->kind = OSC_BOARD_NORMAL;
}

void
osc_board_row_set_second (OscBoardRow *self, int second)
{
  g_return_if_fail (OSC_IS_BOARD_ROW (self));

  self->second = second;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}
