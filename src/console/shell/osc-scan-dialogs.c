/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A dialog is a window of its own, so its keys never pass the window that it lies over. */

#include "osc-scan-dialogs.h"

#define KEY "osc-scan-dialogs"

typedef struct {
  GtkWindow *over; /* borrowed: it outlives what lies over it */
  GtkWindow *dialog;
  OscDialogScanned scanned;
  OscScanWatch *watch;
} Guard;

static void
guard_free (gpointer data)
{
  Guard *guard = data;

  osc_scan_watch_free (guard->watch);
  g_free (guard);
}

static void
on_scanned (gpointer data, const char *code)
{
  Guard *guard = data;

  guard->scanned (guard->over, guard->dialog, code);
}

static gboolean
on_pressed (GtkEventController *keys,
            guint keyval,
            guint keycode,
            GdkModifierType state,
            OscScanWatch *watch)
{
  return osc_scan_watch_press (watch, keys);
}

static void
on_released (GtkEventController *keys,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             OscScanWatch *watch)
{
  osc_scan_watch_release (watch, keys);
}

static gboolean
lies_over (GtkWindow *dialog, GtkWindow *window)
{
  while (dialog != NULL && dialog != window)
    dialog = gtk_window_get_transient_for (dialog);
  return dialog != NULL;
}

/* Only now is it known what it lies over. */
static void
on_map (GtkWindow *dialog, GtkWindow *window)
{
  GtkEventController *keys;
  Guard *guard;

  if (dialog == window || g_object_get_data (G_OBJECT (dialog), KEY) != NULL ||
      !lies_over (dialog, window))
    return;
  keys = gtk_event_controller_key_new ();
  guard = g_new0 (Guard, 1);
  guard->over = window;
  guard->dialog = dialog;
  guard->scanned = (OscDialogScanned)g_object_get_data (G_OBJECT (window), KEY "-scanned");
  guard->watch = osc_scan_watch_new (dialog, on_scanned, guard);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_pressed), guard->watch);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_released), guard->watch);
  gtk_widget_add_controller (GTK_WIDGET (dialog), keys);
  g_object_set_data_full (G_OBJECT (dialog), KEY, guard, guard_free);
}

static void
on_windows (GListModel *windows, guint position, guint removed, guint added, GtkWindow *window)
{
  for (guint i = position; i < position + added; i++) {
    g_autoptr (GtkWindow) one = g_list_model_get_item (windows, i);

    g_signal_connect_object (one, "map", G_CALLBACK (on_map), window, G_CONNECT_DEFAULT);
  }
}

void
osc_scan_dialogs_watch (GtkWindow *window, OscDialogScanned scanned)
{
  g_return_if_fail (GTK_IS_WINDOW (window) && scanned != NULL);

  g_object_set_data (G_OBJECT (window), KEY "-scanned", (gpointer)scanned);
  g_signal_connect_object (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (on_windows),
                           window, G_CONNECT_DEFAULT);
}
