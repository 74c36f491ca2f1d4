/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Geometry of a floor plan. */

#include "osc-plan-shape.h"

#include <math.h>

/* How much a step aside weighs against one ahead. */
#define ASIDE 2.0

OscPlanFit
osc_plan_fit (double width, double height, double px_width, double px_height, double margin)
{
  double factor =
      MIN ((px_width - 2 * margin) / MAX (width, 1), (px_height - 2 * margin) / MAX (height, 1));

  return (OscPlanFit){.factor = factor,
                      .x = (px_width - width * factor) / 2,
                      .y = (px_height - height * factor) / 2};
}

graphene_rect_t
osc_plan_to_px (const OscPlanFit *fit, const graphene_rect_t *area, double least)
{
  double width = MAX (area->size.width * fit->factor, least);
  double height = MAX (area->size.height * fit->factor, least);
  double x = fit->x + (area->origin.x + area->size.width / 2) * fit->factor;
  double y = fit->y + (area->origin.y + area->size.height / 2) * fit->factor;

  return GRAPHENE_RECT_INIT ((float)(x - width / 2), (float)(y - height / 2), (float)width,
                             (float)height);
}

graphene_point_t
osc_plan_from_px (const OscPlanFit *fit, double x, double y)
{
  return GRAPHENE_POINT_INIT ((float)((x - fit->x) / fit->factor),
                              (float)((y - fit->y) / fit->factor));
}

int
osc_plan_neighbour (const graphene_rect_t *areas, guint n, guint from, int dx, int dy)
{
  graphene_point_t here;
  double best = INFINITY;
  int found = -1;

  graphene_rect_get_center (&areas[from], &here);
  for (guint i = 0; i < n; i++) {
    graphene_point_t there;
    double right, down, ahead, cost;

    graphene_rect_get_center (&areas[i], &there);
    right = there.x - here.x;
    down = there.y - here.y;
    ahead = dx * right + dy * down;
    cost = ahead + ASIDE * fabs (dx != 0 ? down : right);
    if (i != from && ahead > 1 && cost < best) {
      best = cost;
      found = (int)i;
    }
  }
  return found;
}

/* ---- hull ---- */

static int
compare_points (gconstpointer a, gconstpointer b)
{
  const graphene_point_t *p = a;
  const graphene_point_t *q = b;

  if (p->x != q->x)
    return p->x < q->x ? -1 : 1;
  return p->y < q->y ? -1 : p->y > q->y;
}

static gboolean
turns_left (const graphene_point_t *a, const graphene_point_t *b, const graphene_point_t *c)
{
  return (b->x - a->x) * (c->y - a->y) - (b->y - a->y) * (c->x - a->x) > 0;
}

/* Half of the hull: of the points from one end to the other, those that turn left. */
static void
add_half (GArray *hull, const graphene_point_t *points, int n, int step)
{
  guint begin = hull->len;

  for (int i = step > 0 ? 0 : n - 1; i >= 0 && i < n; i += step) {
    while (hull->len >= begin + 2 &&
           !turns_left (&g_array_index (hull, graphene_point_t, hull->len - 2),
                        &g_array_index (hull, graphene_point_t, hull->len - 1), &points[i]))
      g_array_set_size (hull, hull->len - 1);
    g_array_append_val (hull, points[i]);
  }
  g_array_set_size (hull, hull->len - 1); /* the other half begins with it */
}

GArray *
osc_plan_hull (const graphene_rect_t *areas, guint n, double margin)
{
  GArray *hull = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));

  for (guint i = 0; i < n; i++) {
    graphene_rect_t wide;
    graphene_point_t corners[4];

    graphene_rect_inset_r (&areas[i], (float)-margin, (float)-margin, &wide);
    graphene_rect_get_top_left (&wide, &corners[0]);
    graphene_rect_get_top_right (&wide, &corners[1]);
    graphene_rect_get_bottom_right (&wide, &corners[2]);
    graphene_rect_get_bottom_left (&wide, &corners[3]);
    g_array_append_vals (points, corners, 4);
  }
  if (points->len == 0)
    return hull;
  g_array_sort (points, compare_points);
  add_half (hull, (graphene_point_t *)(void *)points->data, (int)points->len, 1);
  add_half (hull, (graphene_point_t *)(void *)points->data, (int)points->len, -1);
  return hull;
}

double
osc_plan_snap (double value, int step)
{
  return (int)(value / step + (value < 0 ? -.5 : .5)) * step;
}
