/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Sold out, and for sale again. */

#include "osc-menu-stop.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osy-clock.h"

struct _OscMenuStop {
  GtkWidget parent_instance;
  GtkWidget *button;
  GtkWidget *popover; /* nullable: made when it is first asked for */
  gboolean stopped;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuStop, osc_menu_stop, GTK_TYPE_WIDGET)

const char *
osc_menu_stop_words (const OsyMenuStop *stop)
{
  if (!osy_menu_stop_at (stop, osy_clock_now ()))
    return NULL;
  return stop->mode == OSY_MENU_SOLD_OUT_TODAY ? _ ("Sold out today") : _ ("Sold out");
}

static void
choose (OscMenuStop *self, OsyMenuStopMode mode)
{
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[CHOSEN], 0, (int)mode);
}

static void
on_today (OscMenuStop *self)
{
  choose (self, OSY_MENU_SOLD_OUT_TODAY);
}

static void
on_open_ended (OscMenuStop *self)
{
  choose (self, OSY_MENU_SOLD_OUT_OPEN);
}

static GtkWidget *
add_choice (OscMenuStop *self, GtkWidget *box, const char *text, GCallback chosen)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "soft");
  g_signal_connect_object (button, "clicked", chosen, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* Today has the focus: the second Enter is the second tap. */
static void
open_popover (OscMenuStop *self)
{
  if (self->popover == NULL) {
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
    GtkWidget *today = add_choice (self, box, _ ("Today"), G_CALLBACK (on_today));

    gtk_widget_add_css_class (box, "stop-choices");
    gtk_widget_add_css_class (today, "primary");
    gtk_widget_add_css_class (today, "stop-today");
    add_choice (self, box, _ ("Until I sell it again"), G_CALLBACK (on_open_ended));
    self->popover = gtk_popover_new ();
    gtk_popover_set_child (GTK_POPOVER (self->popover), box);
    gtk_popover_set_default_widget (GTK_POPOVER (self->popover), today);
    gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  }
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

void
osc_menu_stop_ask (OscMenuStop *self)
{
  g_return_if_fail (OSC_IS_MENU_STOP (self));

  if (self->stopped)
    choose (self, OSY_MENU_FOR_SALE);
  else
    open_popover (self);
}

void
osc_menu_stop_show (OscMenuStop *self, const char *name, const OsyMenuStop *stop)
{
  g_return_if_fail (OSC_IS_MENU_STOP (self) && stop != NULL);
  const char *words;

  self->stopped = osy_menu_stop_at (stop, osy_clock_now ());
  words = self->stopped ? _ ("Sell again") : _ ("Sold out");
  g_autofree char *spoken = g_strdup_printf ("%s %s", name, words);
  gtk_button_set_label (GTK_BUTTON (self->button), words);
  osc_widget_set_class (self->button, "again", self->stopped);
  osc_widget_set_name (self->button, spoken);
}

static void
osc_menu_stop_dispose (GObject *object)
{
  OscMenuStop *self = OSC_MENU_STOP (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (osc_menu_stop_parent_class)->dispose (object);
}

static void
osc_menu_stop_class_init (OscMenuStopClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_stop_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menustop");
}

static void
osc_menu_stop_init (OscMenuStop *self)
{
  self->button = gtk_button_new_with_label (_ ("Sold out"));
  gtk_widget_add_css_class (self->button, "outlined");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (osc_menu_stop_ask), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
osc_menu_stop_new (void)
{
  return g_object_new (OSC_TYPE_MENU_STOP, NULL);
}
