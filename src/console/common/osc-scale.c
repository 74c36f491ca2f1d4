/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scale of everything on screen, by the resolution of type. */

#include "osc-scale.h"

#define DPI_100 (96 * 1024)
#define WIDE_SCREEN 1800

void
osc_scale_set (int percent)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = DPI_100 * CLAMP (percent, 100, 200) / 100;
  int present;

  g_object_get (settings, "gtk-xft-dpi", &present, NULL);
  if (present != dpi)
    g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

int
osc_scale_get (void)
{
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? (int)(((gint64)dpi * 100 + DPI_100 / 2) / DPI_100) : 100;
}

int
osc_scale_px (int px)
{
  return (px * osc_scale_get () + 50) / 100;
}

int
osc_scale_choose (int setting, int width)
{
  if (setting != 0)
    return setting;
  return width >= WIDE_SCREEN ? 110 : 100;
}
