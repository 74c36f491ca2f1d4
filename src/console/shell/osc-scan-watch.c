/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Keys that wait. Those that were no scan are put back into the queue as the very events they were,
 * so that input methods get them first, as always. In a text the first one goes on at once, since
 * nobody waits for his own letters; if a scan follows, the text is made as it was. */

#include "osc-scan-watch.h"

#include <string.h>

#include "osc-first-map.h"
#include "osc-scanner.h"

/* Longer than a scanner takes, shorter than a hand notices. */
#define WAIT_MS (OSC_SCANNER_BURST_MS + 5)
/* A scanner lets go of a key before that, a finger later. */
#define DOWN_MS 20
#define N_PASSED (4 * OSC_SCANNER_MAX)
/* An input method may be that late with what it made of the first letter. */
#define GUARD_MS 250
#define WATCH_KEY "osc-scan-watch"
#define POPOVER_KEY "osc-scan-watch-popover"

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
  gboolean begun; /* only its first DOWN_MS have not passed yet */

  GtkWidget *typing; /* nullable: the text with the focus; only compared */
  char *preedit;     /* nullable: what its input method is in the middle of */

  /* Of a scan whose beginning was let go: as it was before. */
  GtkWidget *field; /* nullable; weak */
  char *text;
  int position;
  guint guard; /* source: until then it stays so, whatever comes late */
};

static void
forget_field (OscScanWatch *self)
{
  g_clear_handle_id (&self->guard, g_source_remove);
  g_clear_weak_pointer (&self->field);
  g_clear_pointer (&self->text, g_free);
}

gboolean
osc_scan_watch_composing (OscScanWatch *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->preedit != NULL && self->preedit[0] != '\0';
}

void
osc_scan_watch_commit (OscScanWatch *self)
{
  g_return_if_fail (self != NULL);
  GtkWidget *text = gtk_window_get_focus (self->window);

  if (!osc_scan_watch_composing (self) || !GTK_IS_TEXT (text))
    return;
  gtk_window_set_focus (self->window, NULL); /* there is no other word for it */
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
}

/* As before the scan. */
static void
restore (OscScanWatch *self)
{
  GtkEditable *field = GTK_EDITABLE (self->field);

  if (self->field == gtk_window_get_focus (self->window))
    osc_scan_watch_commit (self);
  if (strcmp (gtk_editable_get_text (field), self->text) == 0)
    return;
  gtk_editable_set_text (field, self->text);
  gtk_editable_set_position (field, self->position);
}

static void
late (OscScanWatch *self)
{
  if (self->guard != 0 && self->field != NULL)
    restore (self);
}

static gboolean
guarded_cb (gpointer user_data)
{
  OscScanWatch *self = user_data;

  late (self);
  self->guard = 0;
  forget_field (self);
  return G_SOURCE_REMOVE;
}

static void
on_preedit (GtkWidget *text, const char *preedit, GtkWindow *window)
{
  OscScanWatch *self = g_object_get_data (G_OBJECT (window), WATCH_KEY);

  if (self == NULL || text != self->typing)
    return;
  g_free (self->preedit);
  self->preedit = g_strdup (preedit);
}

static void
on_focus_changed (GtkWindow *window)
{
  OscScanWatch *self = g_object_get_data (G_OBJECT (window), WATCH_KEY);
  GtkWidget *focus = gtk_window_get_focus (window);

  if (self == NULL || focus == self->typing)
    return;
  g_clear_pointer (&self->preedit, g_free);
  self->typing = focus;
  if (GTK_IS_TEXT (focus) && g_signal_handler_find (focus, G_SIGNAL_MATCH_FUNC, 0, 0, NULL,
                                                    (gpointer)on_preedit, NULL) == 0)
    g_signal_connect_object (focus, "preedit-changed", G_CALLBACK (on_preedit), window,
                             G_CONNECT_DEFAULT);
}

/* A letter that was in the making when the scan came counts as written. */
static void
remember_field (OscScanWatch *self, GtkWidget *field)
{
  GtkEditable *editable = GTK_EDITABLE (field);
  g_autoptr (GString) text = g_string_new (gtk_editable_get_text (editable));
  const char *preedit = self->preedit != NULL ? self->preedit : "";
  int at = gtk_editable_get_position (editable);

  g_string_insert (text, g_utf8_offset_to_pointer (text->str, at) - text->str, preedit);
  g_set_weak_pointer (&self->field, field);
  self->text = g_string_free (g_steal_pointer (&text), FALSE);
  self->position = at + (int)g_utf8_strlen (preedit, -1);
}

/* A text that can be made as it was; of a secret nothing is kept. */
static GtkWidget *
open_field (OscScanWatch *self)
{
  GtkWidget *focus = gtk_window_get_focus (self->window);

  return GTK_IS_TEXT (focus) && gtk_text_get_visibility (GTK_TEXT (focus)) ? focus : NULL;
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
note_passed (OscScanWatch *self, GdkEvent *event)
{
  const Passed one = passed_of (event);

  g_queue_push_head (&self->passed, g_memdup2 (&one, sizeof one));
  if (self->passed.length > N_PASSED)
    g_free (g_queue_pop_tail (&self->passed));
}

static void
put_back (OscScanWatch *self, GdkEvent *event)
{
  note_passed (self, event);
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

static void
on_late (GtkWidget *field, GtkWindow *window)
{
  OscScanWatch *self = g_object_get_data (G_OBJECT (window), WATCH_KEY);

  if (self != NULL && field == self->field &&
      strcmp (gtk_editable_get_text (GTK_EDITABLE (field)), self->text) != 0)
    late (self);
}

static void wait_for (OscScanWatch *self, guint ms);

/* What runs may still turn out to be a slow scan. */
static gboolean
waited_cb (gpointer user_data)
{
  OscScanWatch *self = user_data;
  GtkWidget *focus = gtk_window_get_focus (self->window);

  self->source = 0;
  if (self->begun && self->held->len > 1) { /* as short as a scanner's: another may follow */
    self->begun = FALSE;
    wait_for (self, WAIT_MS - DOWN_MS);
    return G_SOURCE_REMOVE;
  }
  if (self->text == NULL && GTK_IS_EDITABLE (focus))
    remember_field (self, focus);
  osc_scan_watch_let_go (self);
  return G_SOURCE_REMOVE;
}

/* Keys that have arrived are looked at before the wait is over, however busy it was. */
static void
wait_for (OscScanWatch *self, guint ms)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, ms, waited_cb, self, NULL);
}

static void
hold (OscScanWatch *self, GdkEvent *event)
{
  g_ptr_array_add (self->held, gdk_event_ref (event));
  self->begun = self->held->len == 1;
  wait_for (self, self->begun ? DOWN_MS : WAIT_MS);
}

static void
complete (OscScanWatch *self)
{
  GtkWidget *field = self->field;

  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_set_size (self->held, 0);
  if (field != NULL)
    restore (self);
  self->scanned (self->data, osc_scanner_code (&self->scanner));
  if (self->field == NULL || self->field != field) { /* the scan has closed the page of the field */
    forget_field (self);
    return;
  }
  /* The scan itself may have written something there. */
  g_free (self->text);
  self->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (field)));
  self->position = gtk_editable_get_position (GTK_EDITABLE (field));
  if (g_signal_handler_find (field, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, (gpointer)on_late, NULL) == 0)
    g_signal_connect_object (field, "changed", G_CALLBACK (on_late), self->window, G_CONNECT_AFTER);
  self->guard = g_timeout_add (GUARD_MS, guarded_cb, self);
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

static gboolean
begin_in_text (OscScanWatch *self, GdkEvent *event)
{
  GtkWidget *field = self->held->len == 0 ? open_field (self) : NULL;

  if (field == NULL)
    return FALSE;
  remember_field (self, field);
  note_passed (self, event); /* an input method may send it round once more */
  return TRUE;
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
    if (begin_in_text (self, event))
      return FALSE;
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

/* A button that is touched reads what has been written, the letter in the making too. */
static void
on_touched (GtkGesture *touch, int n, double x, double y, GtkWindow *window)
{
  OscScanWatch *self = g_object_get_data (G_OBJECT (window), WATCH_KEY);

  if (self != NULL)
    osc_scan_watch_commit (self);
}

static void
watch_touches (GtkWindow *window)
{
  GtkGesture *touch = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (touch), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (touch), GTK_PHASE_CAPTURE);
  g_signal_connect (touch, "pressed", G_CALLBACK (on_touched), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (touch));
}

/* ---- popovers ---- */

static OscScanWatch *
watch_under (GtkEventController *keys)
{
  GtkRoot *root = gtk_widget_get_root (gtk_event_controller_get_widget (keys));

  return root != NULL ? g_object_get_data (G_OBJECT (root), WATCH_KEY) : NULL;
}

static gboolean
on_popover_pressed (GtkEventController *keys)
{
  OscScanWatch *watch = watch_under (keys);

  return watch != NULL && osc_scan_watch_press (watch, keys);
}

static void
on_popover_released (GtkEventController *keys)
{
  OscScanWatch *watch = watch_under (keys);

  if (watch != NULL)
    osc_scan_watch_release (watch, keys);
}

/* Keys of what pops up over a window never pass the window. */
static GtkEventController *
watch_popover (GtkWidget *popover)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_popover_pressed), NULL);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_popover_released), NULL);
  return keys;
}

OscScanWatch *
osc_scan_watch_new (GtkWindow *window, OscScanned scanned, gpointer data)
{
  g_return_val_if_fail (GTK_IS_WINDOW (window) && scanned != NULL, NULL);
  OscScanWatch *self = g_new0 (OscScanWatch, 1);

  self->window = window;
  g_object_set_data (G_OBJECT (window), WATCH_KEY, self);
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus_changed), NULL);
  watch_touches (window);
  osc_first_map_watch (GTK_TYPE_POPOVER, POPOVER_KEY, watch_popover);
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
  g_object_set_data (G_OBJECT (self->window), WATCH_KEY, NULL);
  g_clear_handle_id (&self->source, g_source_remove);
  g_ptr_array_unref (self->held);
  g_queue_clear_full (&self->passed, g_free);
  forget_field (self);
  g_free (self->preedit);
  g_free (self);
}
