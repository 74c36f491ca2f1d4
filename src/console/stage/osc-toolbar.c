/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A row takes tools for as long as their least widths fit; what is left over goes to what would
 * like more, and then to those that expand. */

#include "osc-toolbar.h"

#include "osc-scale.h"
#include "osc-widget.h"

#define GAP 12

struct _OscToolbar {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (OscToolbar, osc_toolbar, GTK_TYPE_WIDGET)

typedef struct {
  GtkWidget *first;
  guint count;
  guint expanding;
  int minimum; /* of all, with the gaps between them */
} Row;

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Of the tools from @from on those that stand in one row of @width. Returns: whether there are. */
static gboolean
take_row (GtkWidget *from, int width, Row *row)
{
  int gap = osc_scale_px (GAP);

  *row = (Row){.first = next_shown (from)};
  for (GtkWidget *child = row->first; child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child))) {
    int minimum;
    int more;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
    more = minimum + (row->count > 0 ? gap : 0);
    if (row->count > 0 && row->minimum + more > width)
      break;
    row->minimum += more;
    row->count++;
    if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
      row->expanding++;
  }
  return row->count > 0;
}

/* How wide each tool of @row is where there is @width. Returns: (transfer full): one for each. */
static GtkRequestedSize *
share (const Row *row, int width)
{
  GtkRequestedSize *sizes = g_new0 (GtkRequestedSize, row->count);
  GtkWidget *child = row->first;
  int spare = MAX (0, width - row->minimum);

  for (guint i = 0; i < row->count; i++) {
    sizes[i].data = child;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &sizes[i].minimum_size,
                        &sizes[i].natural_size, NULL, NULL);
    child = next_shown (gtk_widget_get_next_sibling (child));
  }
  spare = gtk_distribute_natural_allocation (spare, row->count, sizes);
  for (guint i = 0, left = row->expanding; i < row->count && left > 0; i++) {
    int part = spare / (int)left;

    if (!gtk_widget_compute_expand (sizes[i].data, GTK_ORIENTATION_HORIZONTAL))
      continue;
    sizes[i].minimum_size += part;
    spare -= part;
    left--;
  }
  return sizes;
}

static int
height_of (const GtkRequestedSize *sizes, guint count)
{
  int height = 0;

  for (guint i = 0; i < count; i++) {
    int minimum;

    gtk_widget_measure (sizes[i].data, GTK_ORIENTATION_VERTICAL, sizes[i].minimum_size, &minimum,
                        NULL, NULL, NULL);
    height = MAX (height, minimum);
  }
  return height;
}

static GtkSizeRequestMode
osc_toolbar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_shown (gtk_widget_get_next_sibling (child))) {
    int child_minimum;
    int child_natural;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL,
                        NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural += child_natural + (*natural > 0 ? osc_scale_px (GAP) : 0);
  }
}

/* All rows of @width, with the gaps between them. */
static int
rows_height (GtkWidget *widget, int width)
{
  GtkWidget *from = gtk_widget_get_first_child (widget);
  int height = 0;
  Row row;

  while (take_row (from, width, &row)) {
    g_autofree GtkRequestedSize *sizes = share (&row, width);

    height += height_of (sizes, row.count) + (height > 0 ? osc_scale_px (GAP) : 0);
    from = gtk_widget_get_next_sibling (sizes[row.count - 1].data);
  }
  return height;
}

static void
osc_toolbar_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (widget, minimum, natural);
  else
    *minimum = *natural = rows_height (widget, for_size < 0 ? G_MAXINT : for_size);
}

static void
osc_toolbar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *from = gtk_widget_get_first_child (widget);
  int gap = osc_scale_px (GAP);
  int y = MAX (0, height - rows_height (widget, width)) / 2;
  Row row;

  while (take_row (from, width, &row)) {
    g_autofree GtkRequestedSize *sizes = share (&row, width);
    int tall = height_of (sizes, row.count);
    int x = 0;

    for (guint i = 0; i < row.count; i++) {
      GtkAllocation place = {x, y, sizes[i].minimum_size, tall};

      if (mirrored)
        place.x = width - x - place.width;
      gtk_widget_size_allocate (sizes[i].data, &place, -1);
      x += place.width + gap;
    }
    y += tall + gap;
    from = gtk_widget_get_next_sibling (sizes[row.count - 1].data);
  }
}

static void
osc_toolbar_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_toolbar_parent_class)->dispose (object);
}

static void
osc_toolbar_class_init (OscToolbarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_toolbar_dispose;
  widget_class->get_request_mode = osc_toolbar_get_request_mode;
  widget_class->measure = osc_toolbar_measure;
  widget_class->size_allocate = osc_toolbar_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "toolbar");
}

static void
osc_toolbar_init (OscToolbar *self)
{
}
