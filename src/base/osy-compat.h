/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** osy_set_str: g_set_str() of GLib 2.76. Returns: whether the value changed. */
static inline gboolean
osy_set_str (char **target, const char *value)
{
  if (g_strcmp0 (*target, value) == 0)
    return FALSE;
  char *copy = g_strdup (value);
  g_free (*target);
  *target = copy;
  return TRUE;
}

G_END_DECLS
