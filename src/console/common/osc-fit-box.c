/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The head of a card: number, icon, word and age in a width that may be too small for the word. */

#include "osc-fit-box.h"

#include "osc-scale.h"
#include "osc-widget.h"

#define GAP 6

struct _OscFitBox {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (OscFitBox, osc_fit_box, GTK_TYPE_WIDGET)

static gboolean
is_spare (GtkWidget *child)
{
  return gtk_widget_has_css_class (child, "spare");
}

/* Width of the row with or without what may go. */
static int
row_width (GtkWidget *widget, gboolean with_spare)
{
  int total = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int natural;

    if (!gtk_widget_should_layout (child) || (!with_spare && is_spare (child)))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
    total += natural + (total > 0 ? osc_scale_px (GAP) : 0);
  }
  return total;
}

static void
osc_fit_box_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = row_width (widget, FALSE);
    *natural = row_width (widget, TRUE);
    return;
  }
  *minimum = *natural = 0;
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
osc_fit_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gboolean with_spare = row_width (widget, TRUE) <= width;
  GtkWidget *last = gtk_widget_get_last_child (widget);
  int x = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkAllocation place = {x, 0, 0, height};

    gtk_widget_set_child_visible (child, with_spare || !is_spare (child));
    if (!gtk_widget_should_layout (child) || (!with_spare && is_spare (child)))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &place.width, NULL, NULL);
    if (child == last)
      place.x = MAX (x, width - place.width);
    gtk_widget_size_allocate (child, &place, -1);
    x += place.width + osc_scale_px (GAP);
  }
}

static void
osc_fit_box_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_fit_box_parent_class)->dispose (object);
}

static void
osc_fit_box_class_init (OscFitBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_fit_box_dispose;
  widget_class->measure = osc_fit_box_measure;
  widget_class->size_allocate = osc_fit_box_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "fitbox");
}

static void
osc_fit_box_init (OscFitBox *self)
{
}
