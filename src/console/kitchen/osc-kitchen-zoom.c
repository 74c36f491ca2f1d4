/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Sizes of the kitchen: its style sheet is in em, and a class says how long an em is. */

#include "osc-kitchen-zoom.h"

#include "osc-settings.h"
#include "osc-widget.h"

#define MAP "kitchen-zoom"
#define NORMAL 100

static const int steps[] = {80, 90, 100, 115, 130, 150};

/* Of this run, where no settings are installed. */
static int unkept = NORMAL;

int
osc_kitchen_zoom_get (const char *monitor)
{
  g_return_val_if_fail (monitor != NULL, NORMAL);
  GSettings *settings = osc_settings_get ();
  g_autoptr (GVariant) map = settings != NULL ? g_settings_get_value (settings, MAP) : NULL;
  int percent = settings != NULL ? NORMAL : unkept;

  if (map != NULL)
    g_variant_lookup (map, monitor, "i", &percent);
  return CLAMP (percent, steps[0], steps[G_N_ELEMENTS (steps) - 1]);
}

static int
next_step (int now, int direction)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    int step = steps[direction > 0 ? i : G_N_ELEMENTS (steps) - 1 - i];

    if ((step - now) * direction > 0)
      return step;
  }
  return now;
}

void
osc_kitchen_zoom_step (const char *monitor, int direction)
{
  g_return_if_fail (monitor != NULL);
  GSettings *settings = osc_settings_get ();

  unkept = next_step (osc_kitchen_zoom_get (monitor), direction);
  if (settings != NULL) {
    g_autoptr (GVariant) map = g_settings_get_value (settings, MAP);
    GVariantBuilder builder;
    GVariantIter iter;
    const char *name;
    int percent;

    g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
    g_variant_iter_init (&iter, map);
    while (g_variant_iter_next (&iter, "{&si}", &name, &percent))
      if (!g_str_equal (name, monitor))
        g_variant_builder_add (&builder, "{si}", name, percent);
    g_variant_builder_add (&builder, "{si}", monitor, unkept);
    g_settings_set_value (settings, MAP, g_variant_builder_end (&builder));
  }
}

void
osc_kitchen_zoom_apply (GtkWidget *widget, int percent)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree char *name = g_strdup_printf ("zoom-%d", steps[i]);

    osc_widget_set_class (widget, name, steps[i] == percent);
  }
}
