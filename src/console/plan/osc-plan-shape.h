/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <graphene.h>
#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscPlanShape: the geometry of a floor plan; nothing is drawn here. Lengths of a plan are its
 * own units, those of a widget pixels. */

/** How a plan lies in a widget: one factor for both directions, in the middle. */
typedef struct {
  double factor;
  double x; /* px */
  double y;
} OscPlanFit;

/** osc_plan_fit: the largest that shows all of a floor @width × @height within @px_width ×
 * @px_height with @margin on every side. */
OscPlanFit
osc_plan_fit (double width, double height, double px_width, double px_height, double margin);
/** osc_plan_to_px: a rectangle of the plan in pixels; never smaller than @least in either
 * direction, its middle stays. */
graphene_rect_t osc_plan_to_px (const OscPlanFit *fit, const graphene_rect_t *area, double least);
/** osc_plan_from_px: a point of the widget in units of the plan. */
graphene_point_t osc_plan_from_px (const OscPlanFit *fit, double x, double y);

/** osc_plan_neighbour: the index of the next of @n areas from the one at @from in direction @dx,
 * @dy (-1, 0, 1); -1: there is none. Straight ahead counts before aside. */
int osc_plan_neighbour (const graphene_rect_t *areas, guint n, guint from, int dx, int dy);

/** osc_plan_hull: (transfer full): the corners (graphene_point_t) of the smallest convex shape
 * around @n areas, each widened by @margin; in order, at least four. */
GArray *osc_plan_hull (const graphene_rect_t *areas, guint n, double margin);

/** osc_plan_snap: @value on the grid of @step. */
double osc_plan_snap (double value, int step);

G_END_DECLS
