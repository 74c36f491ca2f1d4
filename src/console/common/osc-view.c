/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The interface of a view. */

#include "osc-view.h"

G_DEFINE_INTERFACE (OscView, osc_view, GTK_TYPE_WIDGET)

static void
osc_view_default_init (OscViewInterface *iface)
{
}

void
osc_view_enter (OscView *self)
{
  g_return_if_fail (OSC_IS_VIEW (self));
  if (OSC_VIEW_GET_IFACE (self)->enter != NULL)
    OSC_VIEW_GET_IFACE (self)->enter (self);
}

void
osc_view_open (OscView *self, const char *what)
{
  g_return_if_fail (OSC_IS_VIEW (self) && what != NULL);
  if (OSC_VIEW_GET_IFACE (self)->open != NULL)
    OSC_VIEW_GET_IFACE (self)->open (self, what);
}

gboolean
osc_view_key (OscView *self, OscKey key)
{
  g_return_val_if_fail (OSC_IS_VIEW (self), FALSE);
  return OSC_VIEW_GET_IFACE (self)->key != NULL && OSC_VIEW_GET_IFACE (self)->key (self, key);
}

void
osc_view_set_live (OscView *self, gboolean live)
{
  g_return_if_fail (OSC_IS_VIEW (self));
  if (OSC_VIEW_GET_IFACE (self)->set_live != NULL)
    OSC_VIEW_GET_IFACE (self)->set_live (self, live);
}

gboolean
osc_view_leave (OscView *self, const char *target)
{
  g_return_val_if_fail (OSC_IS_VIEW (self), TRUE);
  return OSC_VIEW_GET_IFACE (self)->leave == NULL ||
         OSC_VIEW_GET_IFACE (self)->leave (self, target);
}

gboolean
osc_view_busy (OscView *self)
{
  g_return_val_if_fail (OSC_IS_VIEW (self), FALSE);
  return OSC_VIEW_GET_IFACE (self)->busy != NULL && OSC_VIEW_GET_IFACE (self)->busy (self);
}

const OscKeyLine *
osc_view_key_lines (OscView *self)
{
  g_return_val_if_fail (OSC_IS_VIEW (self), NULL);
  if (OSC_VIEW_GET_IFACE (self)->key_lines == NULL)
    return NULL;
  return OSC_VIEW_GET_IFACE (self)->key_lines (self);
}
