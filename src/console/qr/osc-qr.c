/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A QR code, drawn module by module. */

#include "osc-qr.h"

#include <qrencode.h>

#include "osc-widget.h"

#define QUIET 4  /* modules around it (ISO/IEC 18004) */
#define SIZE 200 /* px at the least */

struct _OscQr {
  GtkWidget parent_instance;
  QRcode *code; /* nullable: the text was too long */
};

G_DEFINE_FINAL_TYPE (OscQr, osc_qr, GTK_TYPE_WIDGET)

/* @side units a side with its quiet zone, from the origin of @cr. */
static void
draw (const QRcode *code, cairo_t *cr, double side)
{
  double module = side / (code->width + 2 * QUIET);

  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if (code->data[y * code->width + x] & 1)
        cairo_rectangle (cr, (x + QUIET) * module, (y + QUIET) * module, module, module);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_fill (cr);
}

static void
osc_qr_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA white = {1, 1, 1, 1};
  OscQr *self = OSC_QR (widget);
  int side = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  if (self->code == NULL)
    return;
  int modules = self->code->width + 2 * QUIET;
  side = MAX (1, side / modules) * modules;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float)side, (float)side);
  gtk_snapshot_append_color (snapshot, &white, &area);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &area);
  draw (self->code, cr, side);
  cairo_destroy (cr);
}

static void
osc_qr_finalize (GObject *object)
{
  g_clear_pointer (&OSC_QR (object)->code, QRcode_free);
  G_OBJECT_CLASS (osc_qr_parent_class)->finalize (object);
}

static void
osc_qr_class_init (OscQrClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = osc_qr_finalize;
  widget_class->snapshot = osc_qr_snapshot;
  gtk_widget_class_set_css_name (widget_class, "qr");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
osc_qr_init (OscQr *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
osc_qr_new (const char *text, const char *name)
{
  return osc_qr_new_sized (text, name, SIZE);
}

GtkWidget *
osc_qr_new_sized (const char *text, const char *name, int size)
{
  g_return_val_if_fail (text != NULL && name != NULL, NULL);
  OscQr *self = g_object_new (OSC_TYPE_QR, NULL);
  int modules;
  int side;

  self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  modules = (self->code != NULL ? self->code->width : 0) + 2 * QUIET;
  side = (size + modules - 1) / modules * modules;
  gtk_widget_set_size_request (GTK_WIDGET (self), side, side);
  osc_widget_set_name (GTK_WIDGET (self), name);
  return GTK_WIDGET (self);
}

void
osc_qr_draw (cairo_t *cr, const char *text, double side)
{
  g_return_if_fail (cr != NULL && text != NULL);
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);

  if (code != NULL)
    draw (code, cr, side);
  g_clear_pointer (&code, QRcode_free);
}
