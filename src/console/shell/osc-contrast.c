/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* High contrast. libadwaita would load style-hc.css by itself, but only when the computer asks; the
 * console has a switch of its own, and a computer without a portal cannot ask. */

#include "osc-contrast.h"

#include <adwaita.h>

#define SHEETS "/com/ordersync/Console/"

enum { COLOURS, EDGES, N_SHEETS };

static GtkCssProvider *sheets[N_SHEETS];
static gboolean wanted;
static gboolean following;

static void
use (int which, const char *name)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (sheets[which] != NULL)
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (sheets[which]));
  g_clear_object (&sheets[which]);
  if (name == NULL)
    return;
  g_autofree char *path = g_strconcat (SHEETS, name, NULL);
  sheets[which] = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (sheets[which], path);
  /* Over the console's sheets, and over what large letters make of them. */
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (sheets[which]),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2 +
                                                  (guint)which);
}

static void
show (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean on = osc_contrast_get ();

  use (COLOURS, !on                                    ? NULL
                : adw_style_manager_get_dark (manager) ? "style-contrast-dark.css"
                                                       : "style-contrast.css");
  use (EDGES, on ? "style-contrast-edges.css" : NULL);
}

void
osc_contrast_want (gboolean on)
{
  wanted = on;
  if (!following) {
    AdwStyleManager *manager = adw_style_manager_get_default ();

    g_signal_connect (manager, "notify::high-contrast", G_CALLBACK (show), NULL);
    g_signal_connect (manager, "notify::dark", G_CALLBACK (show), NULL);
    following = TRUE;
  }
  show ();
}

gboolean
osc_contrast_get (void)
{
  return wanted || adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}
