/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The stack of toasts. Only the newest may offer the undo, since the undo stack is one. */

#include "osc-toasts.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

#define SHOWN_SECONDS 10

struct _OscToasts {
  GtkWidget parent_instance;
};

enum { UNDO, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscToasts, osc_toasts, GTK_TYPE_WIDGET)

#define ROOT_KEY "osc-toasts"

static void
drop (GtkWidget *toast)
{
  GtkWidget *self = gtk_widget_get_parent (toast);

  gtk_widget_unparent (toast);
  gtk_widget_set_visible (self, gtk_widget_get_first_child (self) != NULL);
}

static gboolean
expire_cb (gpointer user_data)
{
  GtkWidget *toast = user_data;

  g_object_set_data (G_OBJECT (toast), "osc-timeout", NULL);
  drop (toast);
  return G_SOURCE_REMOVE;
}

static void
stop_timeout (gpointer toast)
{
  guint source = GPOINTER_TO_UINT (g_object_get_data (toast, "osc-timeout"));

  if (source != 0)
    g_source_remove (source);
  g_object_set_data (toast, "osc-timeout", NULL);
}

static void
remove_toast (GtkWidget *toast)
{
  stop_timeout (toast);
  drop (toast);
}

static void
on_undo_clicked (GtkButton *button, GtkWidget *toast)
{
  GtkWidget *self = gtk_widget_get_parent (toast);

  g_object_ref (self);
  remove_toast (toast);
  g_signal_emit (self, signals[UNDO], 0);
  g_object_unref (self);
}

static GtkWidget *
make_undo_button (void)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name ("osy-undo-symbolic");
  GtkWidget *hint = gtk_label_new ("Ctrl Z");

  gtk_widget_add_css_class (hint, "key");
  gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_ ("Undo")));
  gtk_box_append (GTK_BOX (box), hint);
  gtk_button_set_child (GTK_BUTTON (button), box);
  osc_widget_set_name (GTK_WIDGET (button), _ ("Undo"));
  return button;
}

void
osc_toasts_clear_undo (OscToasts *self)
{
  g_return_if_fail (OSC_IS_TOASTS (self));

  for (GtkWidget *toast = gtk_widget_get_first_child (GTK_WIDGET (self)); toast != NULL;
       toast = gtk_widget_get_next_sibling (toast)) {
    GtkWidget *last = gtk_widget_get_last_child (toast);

    if (GTK_IS_BUTTON (last))
      gtk_box_remove (GTK_BOX (toast), last);
  }
}

static void
on_touched (GtkGesture *touch, int n, double x, double y, GtkWidget *toast)
{
  gtk_gesture_set_state (touch, GTK_EVENT_SEQUENCE_CLAIMED);
  remove_toast (toast);
}

/* The newest on top; only it may still offer a button. (transfer none): the toast. */
static GtkWidget *
show (OscToasts *self, const char *text, GtkWidget *button)
{
  GtkWidget *toast = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (text);
  GtkGesture *touch = gtk_gesture_click_new ();
  GtkWidget *second;

  osc_toasts_clear_undo (self);
  g_signal_connect (touch, "released", G_CALLBACK (on_touched), toast);
  gtk_widget_add_controller (toast, GTK_EVENT_CONTROLLER (touch));
  gtk_widget_add_css_class (toast, "toast-card");
  gtk_widget_set_halign (toast, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (toast), label);
  if (button != NULL)
    gtk_box_append (GTK_BOX (toast), button);
  gtk_widget_insert_after (toast, GTK_WIDGET (self), NULL);
  second = gtk_widget_get_next_sibling (toast);
  if (second != NULL && gtk_widget_get_next_sibling (second) != NULL)
    remove_toast (gtk_widget_get_last_child (GTK_WIDGET (self)));
  g_object_set_data (G_OBJECT (toast), "osc-timeout",
                     GUINT_TO_POINTER (g_timeout_add_seconds (SHOWN_SECONDS, expire_cb, toast)));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return toast;
}

void
osc_toasts_add (OscToasts *self, const char *text, gboolean can_undo)
{
  g_return_if_fail (OSC_IS_TOASTS (self) && text != NULL);
  GtkWidget *button = can_undo ? make_undo_button () : NULL;
  GtkWidget *toast = show (self, text, button);

  if (button != NULL)
    g_signal_connect (button, "clicked", G_CALLBACK (on_undo_clicked), toast);
}

/* ---- from anywhere ---- */

static OscToasts *
toasts_of (GtkWidget *from)
{
  GtkRoot *root = gtk_widget_get_root (from);

  while (root != NULL && GTK_IS_WINDOW (root)) {
    OscToasts *found = g_object_get_data (G_OBJECT (root), ROOT_KEY);

    if (found != NULL)
      return found;
    root = GTK_ROOT (gtk_window_get_transient_for (GTK_WINDOW (root)));
  }
  return NULL;
}

void
osc_toasts_say (GtkWidget *from, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && text != NULL);
  OscToasts *self = toasts_of (from);

  if (self != NULL)
    show (self, text, NULL);
}

static void
on_offer_taken (GtkWidget *toast)
{
  remove_toast (toast);
}

void
osc_toasts_offer (GtkWidget *from,
                  const char *text,
                  const char *button,
                  GCallback pressed,
                  GObject *owner)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && text != NULL && button != NULL && G_IS_OBJECT (owner));
  OscToasts *self = toasts_of (from);
  GtkWidget *widget;
  GtkWidget *toast;

  if (self == NULL)
    return;
  widget =
      g_str_equal (button, _ ("Undo")) ? make_undo_button () : gtk_button_new_with_label (button);
  toast = show (self, text, widget);
  g_signal_connect_object (widget, "clicked", pressed, owner, G_CONNECT_SWAPPED);
  g_signal_connect_object (widget, "clicked", G_CALLBACK (on_offer_taken), toast,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
osc_toasts_press (GtkWidget *from, const char *button)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && button != NULL);
  OscToasts *self = toasts_of (from);
  GtkWidget *toast = self != NULL ? gtk_widget_get_first_child (GTK_WIDGET (self)) : NULL;
  GtkWidget *last = toast != NULL ? gtk_widget_get_last_child (toast) : NULL;

  if (GTK_IS_BUTTON (last) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (last)), button) == 0)
    g_signal_emit_by_name (last, "clicked");
}

static void
osc_toasts_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (osc_toasts_parent_class)->root (widget);
  g_object_set_data (G_OBJECT (gtk_widget_get_root (widget)), ROOT_KEY, widget);
}

static void
osc_toasts_unroot (GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (gtk_widget_get_root (widget)), ROOT_KEY, NULL);
  GTK_WIDGET_CLASS (osc_toasts_parent_class)->unroot (widget);
}

static void
osc_toasts_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL) {
    stop_timeout (child);
    gtk_widget_unparent (child);
  }
  G_OBJECT_CLASS (osc_toasts_parent_class)->dispose (object);
}

static void
osc_toasts_class_init (OscToastsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_toasts_dispose;
  widget_class->root = osc_toasts_root;
  widget_class->unroot = osc_toasts_unroot;
  signals[UNDO] = g_signal_new ("undo", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "toasts");
}

static void
osc_toasts_init (OscToasts *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
