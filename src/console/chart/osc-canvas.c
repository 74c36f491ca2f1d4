/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* What layers draw with. Colours have their names in the style sheets. */

#include "osc-canvas.h"

#include "osc-scale.h"

#define TEXT_SIZE 12
#define STRONG_SIZE 13

GdkRGBA
osc_canvas_colour (const OscCanvas *self, const char *name)
{
  GtkStyleContext *style = gtk_widget_get_style_context (self->widget);
  GdkRGBA colour;

  if (!gtk_style_context_lookup_color (style, name, &colour))
    gtk_style_context_get_color (style, &colour);
  return colour;
}

static void
make_shape (const graphene_rect_t *box, float radius, GskRoundedRect *ret)
{
  gsk_rounded_rect_init_from_rect (ret, box,
                                   MIN (radius, MIN (box->size.width, box->size.height) / 2));
}

void
osc_canvas_fill (const OscCanvas *self,
                 const graphene_rect_t *box,
                 float radius,
                 const char *colour)
{
  GdkRGBA rgba = osc_canvas_colour (self, colour);
  GskRoundedRect shape;

  if (box->size.width <= 0 || box->size.height <= 0)
    return;
  make_shape (box, radius, &shape);
  if (radius > 0)
    gtk_snapshot_push_rounded_clip (self->snapshot, &shape);
  gtk_snapshot_append_color (self->snapshot, &rgba, box);
  if (radius > 0)
    gtk_snapshot_pop (self->snapshot);
}

void
osc_canvas_frame (const OscCanvas *self,
                  const graphene_rect_t *box,
                  float radius,
                  float width,
                  const char *colour)
{
  GdkRGBA rgba = osc_canvas_colour (self, colour);
  const float widths[] = {width, width, width, width};
  const GdkRGBA colours[] = {rgba, rgba, rgba, rgba};
  GskRoundedRect shape;

  make_shape (box, radius, &shape);
  gtk_snapshot_append_border (self->snapshot, &shape, widths, colours);
}

static PangoLayout *
lay_out (const OscCanvas *self, const char *text, OscTextLook look)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, text);
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (pango_layout_get_context (layout)));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int size = osc_scale_px (look == OSC_TEXT_STRONG ? STRONG_SIZE : TEXT_SIZE);

  pango_font_description_set_absolute_size (font, (double)size * PANGO_SCALE);
  if (look == OSC_TEXT_STRONG)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

float
osc_canvas_text_width (const OscCanvas *self, const char *text, OscTextLook look)
{
  int width = 0;

  if (text != NULL) {
    g_autoptr (PangoLayout) layout = lay_out (self, text, look);

    pango_layout_get_pixel_size (layout, &width, NULL);
  }
  return (float)width;
}

void
osc_canvas_text (const OscCanvas *self, const char *text, const OscTextPlace *place)
{
  g_autoptr (PangoLayout) layout = lay_out (self, text != NULL ? text : "", place->look);
  const char *own = place->look == OSC_TEXT_QUIET ? "osy_secondary_on_card" : "window_fg_color";
  GdkRGBA colour = osc_canvas_colour (self, place->colour != NULL ? place->colour : own);
  int width;
  int height;

  if (place->room > 0) {
    pango_layout_set_width (layout, (int)(place->room * PANGO_SCALE));
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  }
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (self->snapshot);
  gtk_snapshot_translate (
      self->snapshot,
      &GRAPHENE_POINT_INIT (place->x - place->align * (float)width, place->y - (float)height / 2));
  gtk_snapshot_append_layout (self->snapshot, layout, &colour);
  gtk_snapshot_restore (self->snapshot);
}

float
osc_canvas_y (const OscCanvas *self, gint64 value)
{
  return self->plot.origin.y +
         self->plot.size.height * (float)(1 - osc_axis_place (&self->axis, value));
}
