/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The kitchen's keypad, in the settings of this machine. */

#include "osc-keypad.h"

#include <glib/gi18n.h>

#include "osc-settings.h"

#define MAP "kitchen-keys"

static const OscKeypadAct acts[] = {
    {"send-out", OSC_KEY_NEXT, N_ ("Send out the ticket")},
    {"next-row", OSC_KEY_SPACE, N_ ("Next row is made")},
    {"bring-back", OSC_KEY_RECALL, N_ ("Bring back the last one")},
    {"sold-out", OSC_KEY_SOLD_OUT, N_ ("Sold out")},
    {"first", OSC_KEY_PRINT, N_ ("First")},
    {"left", OSC_KEY_LEFT, N_ ("Ticket before")},
    {"right", OSC_KEY_RIGHT, N_ ("Next ticket")},
    {"page-before", OSC_KEY_PAGE_UP, N_ ("Page before")},
    {"page-after", OSC_KEY_PAGE_DOWN, N_ ("Next page")},
    {"home", OSC_KEY_HOME, N_ ("First ticket")},
    {"end", OSC_KEY_END, N_ ("Last ticket")},
    {NULL, OSC_KEY_NONE, NULL},
};

const OscKeypadAct *
osc_keypad_acts (void)
{
  return acts;
}

guint
osc_keypad_get (const char *name)
{
  g_return_val_if_fail (name != NULL, 0);
  GSettings *settings = osc_settings_get ();
  g_autoptr (GVariant) map = settings != NULL ? g_settings_get_value (settings, MAP) : NULL;
  guint code = 0;

  if (map != NULL)
    g_variant_lookup (map, name, "u", &code);
  return code;
}

OscKey
osc_keypad_find (guint code)
{
  for (const OscKeypadAct *act = acts; act->name != NULL; act++)
    if (code != 0 && osc_keypad_get (act->name) == code)
      return act->key;
  return OSC_KEY_NONE;
}

void
osc_keypad_set (const char *name, guint code)
{
  g_return_if_fail (name != NULL);
  GVariantBuilder builder;

  if (osc_settings_get () == NULL)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{su}"));
  for (const OscKeypadAct *act = acts; act->name != NULL; act++) {
    guint kept = g_str_equal (act->name, name) ? code : osc_keypad_get (act->name);

    if (kept != 0 && (kept != code || g_str_equal (act->name, name)))
      g_variant_builder_add (&builder, "{su}", act->name, kept);
  }
  g_settings_set_value (osc_settings_get (), MAP, g_variant_builder_end (&builder));
}

gboolean
osc_keypad_is_direct (void)
{
  GSettings *settings = osc_settings_get ();

  return settings != NULL && g_settings_get_boolean (settings, "kitchen-direct");
}
