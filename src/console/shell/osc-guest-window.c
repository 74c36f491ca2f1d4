/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From the view on screen to what its guest may see. */

#include "osc-guest-window.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-guest-display.h"
#include "osc-kitchen-window.h"
#include "osc-payment.h"
#include "osc-sale.h"
#include "osc-settings.h"

#define SETTING "guest-display"
#define MONITOR "guest-monitor"
#define LANGUAGE "guest-language"
#define WINDOW "osc-guest-window"   /* on the shell */
#define DISPLAY "osc-guest-display" /* on the window */
#define FOLLOWED "osc-guest-window-follows"

static OscGuestDisplay *
display_of (OscShell *shell)
{
  GtkWindow *window = g_object_get_data (G_OBJECT (shell), WINDOW);

  return window != NULL ? g_object_get_data (G_OBJECT (window), DISPLAY) : NULL;
}

/* An order by telephone is nobody's at the counter. */
static void
show_sale (OscGuestDisplay *display, OscSale *sale)
{
  OscCart *cart = osc_carts_current (osc_sale_carts (sale));

  if (g_str_equal (osc_cart_channel (cart), "PHONE"))
    osc_guest_display_show_nobody (display);
  else
    osc_guest_display_show_cart (display, cart);
}

static void
show_payment (OscGuestDisplay *display, OscPayment *payment)
{
  OscGuestPayment seen = {NULL};

  osc_payment_tell_guest (payment, &seen);
  if (seen.bill != NULL)
    osc_guest_display_show_payment (display, &seen);
  else
    osc_guest_display_show_nobody (display);
  g_free (seen.address);
}

static void
speak (OscShell *shell, OscGuestDisplay *display)
{
  GSettings *settings = osc_settings_get ();
  g_autofree char *language =
      settings != NULL ? g_settings_get_string (settings, LANGUAGE) : g_strdup ("");

  osc_guest_display_speak (display, language, osc_shell_context (shell)->menu);
}

static void
show (OscShell *shell)
{
  OscGuestDisplay *display = display_of (shell);
  OscView *view = osc_shell_view (shell);
  OsyShop *shop = osc_shop_store_get (osc_shell_context (shell)->shop);

  if (display == NULL)
    return;
  speak (shell, display);
  if (shop != NULL)
    osc_guest_display_set_shop (display, osy_shop_data (shop)->name);
  if (OSC_IS_SALE (view))
    show_sale (display, OSC_SALE (view));
  else if (OSC_IS_PAYMENT (view))
    show_payment (display, OSC_PAYMENT (view));
  else
    osc_guest_display_show_nobody (display);
}

/* Views are made when they are first gone to. */
static void
on_moved (OscShell *shell)
{
  GObject *view = G_OBJECT (osc_shell_view (shell));
  gboolean sells = OSC_IS_SALE (view);

  if ((sells || OSC_IS_PAYMENT (view)) && g_object_get_data (view, FOLLOWED) == NULL) {
    g_object_set_data (view, FOLLOWED, shell);
    if (sells) {
      OscCarts *carts = osc_sale_carts (OSC_SALE (view));

      g_signal_connect_object (carts, "changed", G_CALLBACK (show), shell, G_CONNECT_SWAPPED);
      g_signal_connect_object (carts, "notify::current", G_CALLBACK (show), shell,
                               G_CONNECT_SWAPPED);
    } else {
      g_signal_connect_object (view, "shown", G_CALLBACK (show), shell, G_CONNECT_SWAPPED);
    }
  }
  show (shell);
}

/* ---- the window ---- */

static void
on_destroyed (OscShell *shell)
{
  g_object_set_data (G_OBJECT (shell), WINDOW, NULL);
}

/* Somebody closed it: it stays closed the next time too. */
static gboolean
on_close (void)
{
  if (osc_settings_get () != NULL)
    g_settings_set_string (osc_settings_get (), SETTING, "off");
  return GDK_EVENT_PROPAGATE;
}

/* Nobody types at the guest's monitor: keys and scans belong to the console. Where both lie on one
 * monitor the console would cover it. */
static void
on_active (OscShell *shell, GParamSpec *pspec, GtkWindow *window)
{
  GtkRoot *console = gtk_widget_get_root (GTK_WIDGET (shell));

  if (gtk_window_is_active (window) && gtk_window_is_fullscreen (window) && GTK_IS_WINDOW (console))
    gtk_window_present (GTK_WINDOW (console));
}

static GtkWindow *
make_window (OscShell *shell)
{
  GtkWindow *window = g_object_new (ADW_TYPE_WINDOW, "title", _ ("For the guest"), "default-width",
                                    1024, "default-height", 768, NULL);
  GtkWidget *display = osc_guest_display_new ();

  adw_window_set_content (ADW_WINDOW (window), display);
  g_object_set_data (G_OBJECT (window), DISPLAY, display);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close), NULL);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_active), shell,
                           G_CONNECT_SWAPPED);
  g_object_set_data (G_OBJECT (shell), WINDOW, window);
  g_signal_connect_object (window, "destroy", G_CALLBACK (on_destroyed), shell, G_CONNECT_SWAPPED);
  g_signal_connect_object (shell, "destroy", G_CALLBACK (gtk_window_destroy), window,
                           G_CONNECT_SWAPPED);
  return window;
}

GtkWindow *
osc_guest_window_open (OscShell *shell)
{
  g_return_val_if_fail (OSC_IS_SHELL (shell), NULL);
  GtkWindow *window = g_object_get_data (G_OBJECT (shell), WINDOW);
  GSettings *settings = osc_settings_get ();
  g_autofree char *wanted = settings != NULL ? g_settings_get_string (settings, MONITOR) : NULL;
  g_autoptr (GdkMonitor) monitor = osc_kitchen_window_monitor (GTK_WIDGET (shell), wanted);
  const char *connector = monitor != NULL ? gdk_monitor_get_connector (monitor) : NULL;

  if (window == NULL)
    window = make_window (shell);
  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (window, monitor);
  if (settings != NULL && connector != NULL)
    g_settings_set_string (settings, MONITOR, connector);
  on_moved (shell);
  gtk_window_present (window);
  return window;
}

void
osc_guest_window_close (OscShell *shell)
{
  g_return_if_fail (OSC_IS_SHELL (shell));
  GtkWindow *window = g_object_get_data (G_OBJECT (shell), WINDOW);

  if (window != NULL)
    gtk_window_destroy (window);
}

static void
on_setting (OscShell *shell)
{
  g_autofree char *wanted = g_settings_get_string (osc_settings_get (), SETTING);

  if (g_str_equal (wanted, "on"))
    osc_guest_window_open (shell);
  else
    osc_guest_window_close (shell);
}

void
osc_guest_window_follow (OscShell *shell)
{
  g_return_if_fail (OSC_IS_SHELL (shell));

  g_signal_connect (shell, "moved", G_CALLBACK (on_moved), NULL);
  g_signal_connect_object (osc_shell_context (shell)->shop, "changed", G_CALLBACK (show), shell,
                           G_CONNECT_SWAPPED);
  if (osc_settings_get () == NULL)
    return;
  g_signal_connect_object (osc_settings_get (), "changed::" LANGUAGE, G_CALLBACK (show), shell,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (osc_settings_get (), "changed::" SETTING, G_CALLBACK (on_setting), shell,
                           G_CONNECT_SWAPPED);
  on_setting (shell);
}
