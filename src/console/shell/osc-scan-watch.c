/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Keys that wait. Those that were no scan are put back into the queue as the very events they were,
 * so that input methods get them first, as always. */

#include "osc-scan-watch.h"

#include <string.h>

#include "osc-scanner.h"

/* Longer than a scanner takes, shorter than a hand notices. */
#define WAIT_MS (OSC_SCANNER_BURST_MS + 5)
#define N_PASSED (4 * OSC_SCANNER_MAX)

/* Which event it was, when it comes by again: an input method may put it back once more. */
typedef struct {
  GdkEventType type;
  guint32 time;
  guint keycode;
} Passed;

struct _OscScanWatch {
  GtkWindow *window;
  OscScanned scanned;
  gpointer data;
  OscScanner scanner;
  GPtrArray *held; /* of GdkEvent*, presses and releases in their order */
  GQueue passed;   /* of Passed*, newest first */
  guint down;      /* hardware code of the last key pressed and not let go; 0: none */
  guint source;

  /* Of a scan that came so slowly that its beginning was let go: as it was before. */
  GtkWidget *field; /* nullable; weak */
  char *text;
};

static void
forget_field (OscScanWatch *self)
{
  g_clear_weak_pointer (&self->field);
  g_clear_pointer (&self->text, g_free);
}

static Passed
passed_of (GdkEvent *event)
{
  return (Passed){gdk_event_get_event_type (event), gdk_event_get_time (event),
                  gdk_key_event_get_keycode (event)};
}

static gboolean
has_passed (OscScanWatch *self, GdkEvent *event)
{
  const Passed one = passed_of (event);

  for (GList *at = self->passed.head; at != NULL; at = at->next) {
    const Passed *other = at->data;

    if (one.type == other->type && one.time == other->time && one.keycode == other->keycode)
      return TRUE;
  }
  return FALSE;
}

static void
put_back (OscScanWatch *self, GdkEvent *event)
{
  const Passed one = passed_of (event);

  g_queue_push_head (&self->passed, g_memdup2 (&one, sizeof one));
  if (self->passed.length > N_PASSED)
    g_free (g_queue_pop_tail (&self->passed));
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gdk_display_put_event (gtk_widget_get_display (GTK_WIDGET (self->window)), event);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

void
osc_scan_watch_let_go (OscScanWatch *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->source, g_source_remove);
  for (guint i = 0; i < self->held->len; i++)
    put_back (self, g_ptr_array_index (self->held, i));
  g_ptr_array_set_size (self->held, 0);
}

/* What runs may still turn out to be a slow scan: then the field is made as it is now. */
static gboolean
waited_cb (gpointer user_data)
{
  OscScanWatch *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (self->window);

  self->source = 0;
  if (self->text == NULL && GTK_IS_EDITABLE (focus)) {
    g_set_weak_pointer (&self->field, focus);
    self->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (focus)));
  }
  osc_scan_watch_let_go (self);
  return G_SOURCE_REMOVE;
}

/* Keys that have arrived are looked at before the wait is over, however busy it was. */
static void
hold (OscScanWatch *self, GdkEvent *event)
{
  g_ptr_array_add (self->held, gdk_event_ref (event));
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, WAIT_MS, waited_cb, self, NULL);
}

static void
complete (OscScanWatch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_set_size (self->held, 0);
  if (self->field != NULL &&
      strcmp (gtk_editable_get_text (GTK_EDITABLE (self->field)), self->text) != 0) {
    gtk_editable_set_text (GTK_EDITABLE (self->field), self->text);
    gtk_editable_set_position (GTK_EDITABLE (self->field), -1);
  }
  forget_field (self);
  self->scanned (self->data, osc_scanner_code (&self->scanner));
}

/* A key that is held down repeats as fast as a scanner types. */
static OscScanStep
step_of (OscScanWatch *self, GdkEvent *event)
{
  guint keycode = gdk_key_event_get_keycode (event);
  gboolean repeats = keycode == self->down;

  self->down = keycode;
  if (repeats) {
    osc_scanner_stop (&self->scanner);
    return OSC_SCAN_NOTHING;
  }
  return osc_scanner_key (&self->scanner, gdk_key_event_get_keyval (event), keycode,
                          gdk_event_get_modifier_state (event), gdk_event_get_time (event));
}

gboolean
osc_scan_watch_press (OscScanWatch *self, GtkEventController *controller)
{
  g_return_val_if_fail (self != NULL, FALSE);
  GdkEvent *event = gtk_event_controller_get_current_event (controller);

  if (event == NULL || has_passed (self, event))
    return FALSE;
  switch (step_of (self, event)) {
  case OSC_SCAN_PASSING: return FALSE;
  case OSC_SCAN_FIRST:
    osc_scan_watch_let_go (self);
    forget_field (self);
    hold (self, event);
    return TRUE;
  case OSC_SCAN_NEXT: hold (self, event); return TRUE;
  case OSC_SCAN_COMPLETE: complete (self); return TRUE;
  default: break;
  }
  forget_field (self);
  if (self->held->len == 0)
    return FALSE;
  osc_scan_watch_let_go (self);
  put_back (self, event); /* behind those that it came after */
  return TRUE;
}

gboolean
osc_scan_watch_release (OscScanWatch *self, GtkEventController *controller)
{
  g_return_val_if_fail (self != NULL, FALSE);
  GdkEvent *event = gtk_event_controller_get_current_event (controller);

  if (event == NULL || has_passed (self, event))
    return FALSE;
  if (gdk_key_event_get_keycode (event) == self->down)
    self->down = 0;
  if (self->held->len == 0)
    return FALSE;
  g_ptr_array_add (self->held, gdk_event_ref (event));
  return TRUE;
}

OscScanWatch *
osc_scan_watch_new (GtkWindow *window, OscScanned scanned, gpointer data)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window) && scanned != NULL, NULL);
  OscScanWatch *self = g_new0 (OscScanWatch, 1);

  self->window = window;
  self->scanned = scanned;
  self->data = data;
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify)gdk_event_unref);
  return self;
}

void
osc_scan_watch_free (OscScanWatch *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_unref (self->held);
  g_queue_clear_full (&self->passed, g_free);
  forget_field (self);
  g_free (self);
}
