/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-canvas.h"

G_BEGIN_DECLS

/** OscLayer: a way to draw a series: as bars, a line, rows or a grid. */
#define OSC_TYPE_LAYER (osc_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (OscLayer, osc_layer, OSC, LAYER, GObject)

struct _OscLayerClass {
  GObjectClass parent;

  /* Sets axis and plot of @canvas, whose plot is the whole widget before. */
  void (*arrange) (OscLayer *self, OscCanvas *canvas);
  void (*draw) (OscLayer *self, const OscCanvas *canvas);
  /* The box of the mark at @index: what is framed when it was stepped to. */
  void (*bounds) (OscLayer *self, const OscCanvas *canvas, guint index, graphene_rect_t *ret);
  /* Returns: the mark at or nearest to the place; -1: none. */
  int (*find) (OscLayer *self, const OscCanvas *canvas, float x, float y);
  /* Returns: how far the next mark upright is; 0: there are no rows. */
  int (*pitch) (OscLayer *self, const OscCanvas *canvas);
};

/** osc_layer_arrange, _draw, _bounds, _find, _pitch: as the class has it. */
void osc_layer_arrange (OscLayer *self, OscCanvas *canvas);
void osc_layer_draw (OscLayer *self, const OscCanvas *canvas);
void osc_layer_bounds (OscLayer *self, const OscCanvas *canvas, guint index, graphene_rect_t *ret);
int osc_layer_find (OscLayer *self, const OscCanvas *canvas, float x, float y);
int osc_layer_pitch (OscLayer *self, const OscCanvas *canvas);

/** osc_layer_leave_axes: takes the room of the axes off the plot. @right: of a text right of the
 * last mark. */
void osc_layer_leave_axes (OscCanvas *canvas, float right);
/** osc_layer_draw_axes: the lines with their values, and the labels under the marks, whose middles
 * are at @first and every @pitch from there. */
void osc_layer_draw_axes (const OscCanvas *canvas, float first, float pitch);

G_END_DECLS
