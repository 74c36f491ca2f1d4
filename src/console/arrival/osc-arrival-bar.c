/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The arrival bar: enough to accept a new order without leaving what one does. */

#include "osc-arrival-bar.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"

struct _OscArrivalBar {
  GtkWidget parent_instance;

  GtkWidget *number;
  GtkWidget *type_icon;
  GtkWidget *type;
  GtkWidget *detail;
  GtkWidget *total;
  GtkWidget *accept;
  GtkWidget *accept_label;

  OscArrivalQueue *queue;
  OscActs *acts;
  OscMinutes *minutes;
  OscOrderItem *item;
  GSignalGroup *item_signals;
  gboolean live;
};

enum { LOOK, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscArrivalBar, osc_arrival_bar, GTK_TYPE_WIDGET)

static void
show_minutes (OscArrivalBar *self)
{
  if (self->item == NULL)
    return;
  g_autofree char *words = osc_words_minutes (osc_minutes_get (self->minutes, self->item));
  g_autofree char *accept = g_strdup_printf (_ ("Accept %s"), words);
  g_autofree char *name = g_strdup_printf (_ ("Accept for %s"), words);

  gtk_label_set_label (GTK_LABEL (self->accept_label), accept);
  osc_widget_set_name (self->accept, name);
}

static void
show_busy (OscArrivalBar *self)
{
  gtk_widget_set_sensitive (self->accept, self->live && self->item != NULL &&
                                              !osc_order_item_get_busy (self->item) &&
                                              osc_order_item_column (self->item) == OSC_COLUMN_NEW);
}

/* "QR · 1 of 3" */
static void
show_detail (OscArrivalBar *self, const OsyOrderData *order)
{
  g_autoptr (GString) text = g_string_new (osc_words_channel (order->channel));
  guint place;
  guint count;

  osc_arrival_queue_place (self->queue, &place, &count);
  if (count > 1) {
    g_autofree char *of = g_strdup_printf (_ ("%u of %u"), place, count);

    g_string_append_printf (text, " · %s", of);
  }
  gtk_label_set_label (GTK_LABEL (self->detail), text->str);
}

static void
show_item (OscArrivalBar *self)
{
  OscOrderItem *item = osc_arrival_queue_current (self->queue);

  if (item == NULL)
    return;
  const OsyOrderData *order = osc_order_item_data (item);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, order->number);
  g_autofree char *place = osc_words_place (order);
  g_autofree char *total = osc_words_money (order->total_amount);
  g_autofree char *card = osc_words_card_name (order);
  g_autofree char *name = g_strdup_printf ("%s: %s", _ ("New order"), card);

  g_set_object (&self->item, item);
  g_signal_group_set_target (self->item_signals, item);
  gtk_label_set_label (GTK_LABEL (self->number), number);
  osc_widget_set_icon (self->type_icon, osc_words_type_icon (order->type));
  gtk_label_set_label (GTK_LABEL (self->type), place);
  gtk_label_set_label (GTK_LABEL (self->total), total);
  show_detail (self, order);
  osc_widget_set_name (GTK_WIDGET (self), name);
  show_minutes (self);
  show_busy (self);
}

static void
on_accept (OscArrivalBar *self)
{
  if (!gtk_widget_get_sensitive (self->accept))
    return;
  osc_acts_accept (self->acts, self->item, osc_minutes_get (self->minutes, self->item));
  show_busy (self);
}

static void
on_look (OscArrivalBar *self)
{
  g_signal_emit (self, signals[LOOK], 0);
}

static void
change_minutes (OscArrivalBar *self, int change)
{
  if (self->item != NULL)
    osc_minutes_set (self->minutes, self->item,
                     osc_minutes_get (self->minutes, self->item) + change);
}

gboolean
osc_arrival_bar_key (OscArrivalBar *self, OscKey key)
{
  g_return_val_if_fail (OSC_IS_ARRIVAL_BAR (self), FALSE);

  switch (key) {
  case OSC_KEY_ACCEPT: on_accept (self); return TRUE;
  case OSC_KEY_MORE: change_minutes (self, OSC_MINUTES_STEP); return TRUE;
  case OSC_KEY_LESS: change_minutes (self, -OSC_MINUTES_STEP); return TRUE;
  default: return FALSE;
  }
}

static void
osc_arrival_bar_dispose (GObject *object)
{
  OscArrivalBar *self = OSC_ARRIVAL_BAR (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ARRIVAL_BAR);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->item);
  g_clear_object (&self->queue);
  g_clear_object (&self->acts);
  g_clear_object (&self->minutes);
  G_OBJECT_CLASS (osc_arrival_bar_parent_class)->dispose (object);
}

static void
osc_arrival_bar_class_init (OscArrivalBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_arrival_bar_dispose;
  signals[LOOK] = g_signal_new ("look", OSC_TYPE_ARRIVAL_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/arrival/osc-arrival-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, OscArrivalBar, number);
  gtk_widget_class_bind_template_child (widget_class, OscArrivalBar, type_icon);
  gtk_widget_class_bind_template_child (widget_class, OscArrivalBar, type);
  gtk_widget_class_bind_template_child (widget_class, OscArrivalBar, detail);
  gtk_widget_class_bind_template_child (widget_class, OscArrivalBar, total);
  gtk_widget_class_bind_template_child (widget_class, OscArrivalBar, accept);
  gtk_widget_class_bind_template_child (widget_class, OscArrivalBar, accept_label);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
  gtk_widget_class_bind_template_callback (widget_class, on_look);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "arrivalbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
osc_arrival_bar_init (OscArrivalBar *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (OSC_TYPE_ORDER_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::busy", G_CALLBACK (show_busy), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::order", G_CALLBACK (show_busy),
                                  self);
}

GtkWidget *
osc_arrival_bar_new (OscArrivalQueue *queue, OscActs *acts, OscMinutes *minutes)
{
  OscArrivalBar *self = g_object_new (OSC_TYPE_ARRIVAL_BAR, NULL);

  self->queue = g_object_ref (queue);
  self->acts = g_object_ref (acts);
  self->minutes = g_object_ref (minutes);
  g_signal_connect_object (queue, "notify::current", G_CALLBACK (show_item), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (minutes, "changed", G_CALLBACK (show_minutes), self, G_CONNECT_SWAPPED);
  show_item (self);
  return GTK_WIDGET (self);
}

void
osc_arrival_bar_set_live (OscArrivalBar *self, gboolean live)
{
  g_return_if_fail (OSC_IS_ARRIVAL_BAR (self));

  self->live = live;
  show_busy (self);
}
