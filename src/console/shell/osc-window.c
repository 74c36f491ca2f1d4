/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The window. Keys are caught before widgets see them, since the board has no focus to speak of. */

#include "osc-window.h"

#include <glib/gi18n.h>

#include "osc-key-sheet.h"
#include "osc-scale.h"
#include "osc-press-watch.h"
#include "osc-scan-dialogs.h"
#include "osc-scan-watch.h"
#include "osc-widget.h"

struct _OscWindow {
  AdwApplicationWindow parent_instance;
  GtkWidget *strip;
  GtkWidget *stack;
  GtkWidget *starting;
  GtkWidget *retry;
  GtkWidget *page; /* AdwBin */
  GtkWidget *shell_bin;
  GtkWidget *flash;
  OscScanWatch *scan;
  int scale;
};

enum { RETRY, SCALE_WANTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscWindow, osc_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- keys ---- */

static void
toggle_fullscreen (OscWindow *self)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (self)))
    gtk_window_unfullscreen (GTK_WINDOW (self));
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
}

static void
step_scale (OscWindow *self, int direction)
{
  static const int steps[] = {100, 110, 125, 150, 200};
  int now = osc_scale_get ();
  int wanted = now;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    int step = steps[direction > 0 ? i : G_N_ELEMENTS (steps) - 1 - i];

    if ((step - now) * direction > 0) {
      wanted = step;
      break;
    }
  }
  osc_window_set_scale (self, wanted);
  g_signal_emit (self, signals[SCALE_WANTED], 0, wanted);
}

static void
show_keys (OscWindow *self)
{
  OscShell *shell = osc_window_shell (self);

  osc_key_sheet_present (GTK_WINDOW (self),
                         shell != NULL ? osc_view_key_lines (osc_shell_view (shell)) : NULL);
}

static void
keys_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_keys (OSC_WINDOW (widget));
}

static gboolean
own_key (OscWindow *self, OscKey key)
{
  switch (key) {
  case OSC_KEY_FULLSCREEN: toggle_fullscreen (self); return TRUE;
  case OSC_KEY_HELP: show_keys (self); return TRUE;
  case OSC_KEY_BIGGER: step_scale (self, 1); return TRUE;
  case OSC_KEY_SMALLER: step_scale (self, -1); return TRUE;
  default: return FALSE;
  }
}

/* Enter and Space belong to a button that has the focus. */
static gboolean
focus_takes (GtkWidget *focus, OscKey key)
{
  return (key == OSC_KEY_NEXT || key == OSC_KEY_SPACE) && GTK_IS_BUTTON (focus);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                OscWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  OscShell *shell = osc_window_shell (self);
  OscKey key = osc_keys_find (keyval, keycode, state, GTK_IS_EDITABLE (focus));

  if (shell != NULL && osc_scan_watch_press (self->scan, GTK_EVENT_CONTROLLER (controller)))
    return GDK_EVENT_STOP;
  if (key == OSC_KEY_NONE || focus_takes (focus, key))
    return GDK_EVENT_PROPAGATE;
  if (osc_scan_watch_composing (self->scan)) {
    if (key == OSC_KEY_BACK)
      return GDK_EVENT_PROPAGATE; /* the input method's own way back comes first */
    osc_scan_watch_commit (self->scan);
  }
  if (own_key (self, key))
    return GDK_EVENT_STOP;
  if (shell == NULL || !osc_shell_key (shell, key))
    return GDK_EVENT_PROPAGATE;
  if (key >= OSC_KEY_CARD_1 || (key >= OSC_KEY_UP && key <= OSC_KEY_RIGHT))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  return GDK_EVENT_STOP;
}

static void
on_key_released (GtkEventControllerKey *controller,
                 guint keyval,
                 guint keycode,
                 GdkModifierType state,
                 OscWindow *self)
{
  osc_scan_watch_release (self->scan, GTK_EVENT_CONTROLLER (controller));
}

static void
on_scanned (gpointer self, const char *code)
{
  OscShell *shell = osc_window_shell (self);

  if (shell != NULL)
    osc_shell_scan (shell, code);
}

static void
on_dialog_scanned (gpointer self, GtkWindow *dialog, const char *code)
{
  OscShell *shell = osc_window_shell (self);

  if (shell != NULL)
    osc_shell_scan_in_dialog (shell, GTK_ROOT (dialog), code);
}

/* Unsaved work asks first; it closes the window itself once that is settled. */
static gboolean
on_close_request (OscWindow *self)
{
  OscShell *shell = osc_window_shell (self);

  return shell != NULL && !osc_view_leave (osc_shell_view (shell), NULL);
}

/* ---- size ---- */

static void
fit_scale (OscWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  if (surface == NULL)
    return;
  osc_scale_set (osc_scale_choose (self->scale, gdk_surface_get_width (surface)));
}

/* Large letters are asked for, never chosen by the width: so that a window is theirs before it is
 * measured. */
static void
take_scale (OscWindow *self, int scale)
{
  self->scale = scale;
  if (scale != 0)
    osc_scale_set (scale);
  osc_widget_set_class (GTK_WIDGET (self), "large", scale >= 150);
}

static void
osc_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (osc_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "notify::width",
                           G_CALLBACK (fit_scale), widget, G_CONNECT_SWAPPED);
}

static void
on_fullscreened (OscWindow *self)
{
  osc_strip_set_buttons (OSC_STRIP (self->strip), !gtk_window_is_fullscreen (GTK_WINDOW (self)));
}

static void
on_retry (OscWindow *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

/* ---- life ---- */

static void
osc_window_finalize (GObject *object)
{
  osc_scan_watch_free (OSC_WINDOW (object)->scan);
  G_OBJECT_CLASS (osc_window_parent_class)->finalize (object);
}

static void
osc_window_class_init (OscWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = osc_window_finalize;
  widget_class->realize = osc_window_realize;
  signals[RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[SCALE_WANTED] =
      g_signal_new ("scale-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  g_type_ensure (OSC_TYPE_STRIP);
  gtk_widget_class_install_action (widget_class, "window.keys", NULL, keys_action);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/shell/osc-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OscWindow, strip);
  gtk_widget_class_bind_template_child (widget_class, OscWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, OscWindow, starting);
  gtk_widget_class_bind_template_child (widget_class, OscWindow, retry);
  gtk_widget_class_bind_template_child (widget_class, OscWindow, page);
  gtk_widget_class_bind_template_child (widget_class, OscWindow, shell_bin);
  gtk_widget_class_bind_template_child (widget_class, OscWindow, flash);
  gtk_widget_class_bind_template_callback (widget_class, on_retry);
}

static void
osc_window_init (OscWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  osc_press_watch_start ();
  self->scan = osc_scan_watch_new (GTK_WINDOW (self), on_scanned, self);
  osc_scan_dialogs_watch (GTK_WINDOW (self), on_dialog_scanned);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "close-request", G_CALLBACK (on_close_request), NULL);
  g_signal_connect (self, "notify::fullscreened", G_CALLBACK (on_fullscreened), NULL);
}

OscWindow *
osc_window_new (GtkApplication *application, int scale)
{
  OscWindow *self = g_object_new (OSC_TYPE_WINDOW, "application", application, NULL);

  take_scale (self, scale);
  return self;
}

void
osc_window_set_scale (OscWindow *self, int scale)
{
  g_return_if_fail (OSC_IS_WINDOW (self));

  take_scale (self, scale);
  fit_scale (self);
}

void
osc_window_show_starting (OscWindow *self, const char *text, gboolean trouble)
{
  g_return_if_fail (OSC_IS_WINDOW (self) && text != NULL);
  AdwStatusPage *page = ADW_STATUS_PAGE (self->starting);

  adw_status_page_set_title (page,
                             trouble ? _ ("The shop can't be opened yet") : _ ("Opening the shop"));
  adw_status_page_set_description (page, text);
  adw_status_page_set_icon_name (page, trouble ? "osy-broken-symbolic" : "osy-store-symbolic");
  gtk_widget_set_visible (self->retry, trouble);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "starting");
}

void
osc_window_show_page (OscWindow *self, GtkWidget *page)
{
  g_return_if_fail (OSC_IS_WINDOW (self) && GTK_IS_WIDGET (page));

  adw_bin_set_child (ADW_BIN (self->page), page);
  adw_bin_set_child (ADW_BIN (self->shell_bin), NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "page");
}

void
osc_window_show_shell (OscWindow *self, OscShell *shell)
{
  g_return_if_fail (OSC_IS_WINDOW (self) && OSC_IS_SHELL (shell));

  adw_bin_set_child (ADW_BIN (self->shell_bin), GTK_WIDGET (shell));
  adw_bin_set_child (ADW_BIN (self->page), NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "shell");
}

OscShell *
osc_window_shell (OscWindow *self)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self->shell_bin));

  return child != NULL ? OSC_SHELL (child) : NULL;
}

OscStrip *
osc_window_strip (OscWindow *self)
{
  return OSC_STRIP (self->strip);
}

void
osc_window_set_flash (OscWindow *self, OscFlash flash)
{
  static const char *const classes[] = {
      [OSC_FLASH_NEW] = "new", [OSC_FLASH_SOON] = "soon", [OSC_FLASH_LATE] = "late"};

  g_return_if_fail (OSC_IS_WINDOW (self));

  for (int i = OSC_FLASH_NEW; i <= OSC_FLASH_LATE; i++)
    osc_widget_set_class (self->flash, classes[i], i == (int)flash);
  gtk_widget_set_visible (self->flash, flash != OSC_FLASH_NONE);
}
