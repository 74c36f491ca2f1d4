/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The layers of the window's content. The drawer pushes the view aside where there is room and
 * covers its right side where there is not (console-ux 7.3). */

#include "osc-stage.h"

#include "osc-scale.h"
#include "osc-widget.h"

#define SIDE_WIDTH 392
#define PUSH_FROM 1600 /* of the stage: a window of 1700 less the rail */
#define LARGE_MODAL_FROM 1600
#define MARGIN 16
#define MODAL_ANSWERS 388 /* the right side of the modal layer, which toasts leave free */

enum { VIEW, SIDE, SCRIM, MODAL, TOASTS, N_LAYERS };

struct _OscStage {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (OscStage, osc_stage, GTK_TYPE_WIDGET)

static void
find_layers (GtkWidget *widget, GtkWidget *layers[N_LAYERS])
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (int i = 0; i < N_LAYERS; i++) {
    layers[i] = child != NULL && gtk_widget_should_layout (child) ? child : NULL;
    child = child != NULL ? gtk_widget_get_next_sibling (child) : NULL;
  }
}

static void
osc_stage_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  GtkWidget *layers[N_LAYERS];

  *minimum = *natural = 0;
  find_layers (widget, layers);
  if (layers[VIEW] != NULL)
    gtk_widget_measure (layers[VIEW], orientation, -1, minimum, natural, NULL, NULL);
  /* The other layers take what there is, but have to be asked before they are allocated. */
  for (int i = SIDE; i < N_LAYERS; i++)
    if (layers[i] != NULL)
      gtk_widget_measure (layers[i], orientation, -1, NULL, NULL, NULL, NULL);
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  GtkAllocation place = {x, y, width, height};

  if (child != NULL)
    gtk_widget_size_allocate (child, &place, -1);
}

static void
allocate_modal (GtkWidget *modal, int width, int height)
{
  gboolean large = width >= osc_scale_letters (LARGE_MODAL_FROM);
  int margin = osc_scale_px (MARGIN);
  int w = MIN (osc_scale_px (large ? 1120 : 1000) + margin, width - margin);
  int h = MIN (osc_scale_px (large ? 760 : 660) + margin, height - margin);

  allocate (modal, (width - w) / 2, (height - h) / 2, w, h);
}

static void
allocate_toasts (GtkWidget *toasts, int width, int height)
{
  int w;
  int h;

  if (toasts == NULL)
    return;
  gtk_widget_measure (toasts, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &w, NULL, NULL);
  w = MIN (w, width - 2 * osc_scale_px (MARGIN));
  gtk_widget_measure (toasts, GTK_ORIENTATION_VERTICAL, w, NULL, &h, NULL, NULL);
  allocate (toasts, (width - w) / 2, height - h - osc_scale_px (MARGIN), w, h);
}

static void
osc_stage_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *layers[N_LAYERS];
  /* Large letters need more of it, but never hide all of the view. */
  int side = MAX (osc_scale_px (SIDE_WIDTH), MIN (osc_scale_letters (SIDE_WIDTH), width * 2 / 5));
  int view = width;

  find_layers (widget, layers);
  if (layers[SIDE] != NULL && width >= osc_scale_letters (PUSH_FROM))
    view -= side;
  allocate (layers[VIEW], 0, 0, view, height);
  allocate (layers[SIDE], width - side, 0, side, height);
  allocate (layers[SCRIM], 0, 0, width, height);
  if (layers[MODAL] != NULL)
    allocate_modal (layers[MODAL], width, height);
  if (layers[MODAL] != NULL)
    width -= osc_scale_px (MODAL_ANSWERS);
  else if (layers[SIDE] != NULL)
    width -= side;
  allocate_toasts (layers[TOASTS], width, height);
}

static void
osc_stage_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_stage_parent_class)->dispose (object);
}

static void
osc_stage_class_init (OscStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stage_dispose;
  widget_class->measure = osc_stage_measure;
  widget_class->size_allocate = osc_stage_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "stage");
}

static void
osc_stage_init (OscStage *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
