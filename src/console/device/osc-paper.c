/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Paper on the screen. */

#include "osc-paper.h"

#include "osc-scale.h"
#include "osy-slip-paper.h"

/* Dots of the paper on one px of the screen. */
#define DOTS_PER_PX 2.25

static GdkTexture *
texture_of (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes =
      g_bytes_new (cairo_image_surface_get_data (surface), (gsize)stride * (gsize)height);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize)stride);
}

void
osc_paper_show (GtkPicture *picture, const OsySlip *slip, int dots)
{
  g_return_if_fail (GTK_IS_PICTURE (picture) && slip != NULL);
  cairo_surface_t *drawn = osy_slip_paper_draw (slip, dots);
  int height = cairo_image_surface_get_height (drawn);
  /* RGB24 leaves a byte of every pixel to chance. */
  cairo_surface_t *opaque = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, dots, height);
  cairo_t *cr = cairo_create (opaque);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  graphene_size_t size;

  cairo_set_source_surface (cr, drawn, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_flush (opaque);
  texture = texture_of (opaque);
  /* As large as it is shown: a picture asks for the size of what is in it. */
  size = GRAPHENE_SIZE_INIT ((float)osc_scale_px ((int)(dots / DOTS_PER_PX)),
                             (float)osc_scale_px ((int)(height / DOTS_PER_PX)));
  gtk_snapshot_append_texture (snapshot, texture,
                               &GRAPHENE_RECT_INIT (0, 0, size.width, size.height));
  paintable = gtk_snapshot_to_paintable (snapshot, &size);
  gtk_picture_set_paintable (picture, paintable);
  gtk_widget_set_size_request (GTK_WIDGET (picture), (int)size.width, (int)size.height);
  cairo_surface_destroy (opaque);
  cairo_surface_destroy (drawn);
}
