/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-axis.h"

G_BEGIN_DECLS

/** How a text of a chart looks. */
typedef enum { OSC_TEXT_PLAIN, OSC_TEXT_STRONG, OSC_TEXT_QUIET } OscTextLook;

/** OscCanvas: what a layer draws on. Lengths in px. */
typedef struct {
  GtkWidget *widget;
  GtkSnapshot *snapshot; /* (nullable): while only places are asked for */
  const OscSeries *series;
  OscAxis axis;
  graphene_rect_t plot; /* inside of the axes */
  int at;               /* the mark that was stepped to; -1: none */
} OscCanvas;

/** osc_canvas_colour: the colour that the style sheets call @name. */
GdkRGBA osc_canvas_colour (const OscCanvas *self, const char *name);
/** osc_canvas_fill: a box with round corners; @radius: 0: none. */
void osc_canvas_fill (const OscCanvas *self,
                      const graphene_rect_t *box,
                      float radius,
                      const char *colour);
/** osc_canvas_frame: the same, its edge alone, @width wide inside @box. */
void osc_canvas_frame (const OscCanvas *self,
                       const graphene_rect_t *box,
                       float radius,
                       float width,
                       const char *colour);
/** osc_canvas_text_width: Returns: of @text; @text: (nullable): 0. */
float osc_canvas_text_width (const OscCanvas *self, const char *text, OscTextLook look);
/** osc_canvas_text: @text with its middle at @y; @align: 0: begins at @x, .5: its middle there, 1:
 * ends there. @room: 0: as wide as it is; else cut off with an ellipsis. */
typedef struct {
  float x;
  float y;
  float align;
  float room;
  OscTextLook look;
  const char *colour; /* (nullable): as its look has it */
} OscTextPlace;
void osc_canvas_text (const OscCanvas *self, const char *text, const OscTextPlace *place);
/** osc_canvas_y: Returns: where @value is on the axis. */
float osc_canvas_y (const OscCanvas *self, gint64 value);

G_END_DECLS
