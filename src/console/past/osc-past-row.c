/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A row of the past: number, when, where from, what, who, how much, what became of it. */

#include "osc-past-row.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"

struct _OscPastRow {
  GtkWidget parent_instance;
  GtkWidget *number;
  GtkWidget *time;
  GtkWidget *day;
  GtkWidget *type;
  GtkWidget *place;
  GtkWidget *channel;
  GtkWidget *items;
  GtkWidget *guest;
  GtkWidget *total;
  GtkWidget *practice;
  GtkWidget *tick;
  GtkWidget *state;
  GtkWidget *recall;
  GtkWidget *copy;
  OscOrderItem *item;
  GSignalGroup *item_signals;
  gboolean with_day;
};

G_DEFINE_FINAL_TYPE (OscPastRow, osc_past_row, GTK_TYPE_WIDGET)

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

/* "비빔밥 2 · 된장찌개 · 식혜" */
static char *
items_text (const OsyOrderData *order)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);

    g_string_append_printf (text, "%s%s", i > 0 ? " · " : "", line->name);
    if (line->quantity > 1)
      g_string_append_printf (text, " %d", (int)line->quantity);
  }
  return g_strdup (text->str);
}

/* Why it was cancelled, else who it was for. */
static char *
guest_text (const OsyOrderData *order)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *parts[] = {order->reason, order->customer_name, order->customer_phone,
                         order->delivery_address};

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && parts[i][0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_strdup (text->str);
}

static void
show_state (OscPastRow *self, const OsyOrderData *order)
{
  gboolean done = g_str_equal (order->status, OSY_ORDER_COMPLETED);

  gtk_label_set_label (GTK_LABEL (self->state), osc_words_status (order->status));
  osc_widget_set_class (GTK_WIDGET (self), "cancelled", osc_words_is_dropped (order->status));
  osc_widget_set_class (GTK_WIDGET (self), "done", done);
  gtk_widget_set_visible (self->tick, done);
  gtk_widget_set_visible (self->practice, order->practice);
}

static void
name_row (OscPastRow *self, const OsyOrderData *order, const char *items)
{
  g_autofree char *card = osc_words_card_name (order);
  g_autofree char *recall = g_strdup_printf ("%s %s", card, _ ("Take back"));
  g_autofree char *copy = g_strdup_printf ("%s %s", card, _ ("As a new order"));
  g_autofree char *name = g_strdup_printf ("%s · %s · %s · %s", card, items,
                                           gtk_label_get_label (GTK_LABEL (self->total)),
                                           osc_words_status (order->status));

  osc_widget_set_name (GTK_WIDGET (self), name);
  osc_widget_set_name (self->recall, recall);
  osc_widget_set_name (self->copy, copy);
}

static void
show_order (OscPastRow *self)
{
  const OsyOrderData *order = osc_order_item_data (self->item);
  g_autofree char *number = g_strdup_printf ("%d", (int)order->number);
  g_autofree char *time = osc_words_clock (order->created_at);
  g_autofree char *day = self->with_day ? osc_words_day (order->business_day) : NULL;
  g_autofree char *place = osc_words_place (order);
  g_autofree char *items = items_text (order);
  g_autofree char *guest = guest_text (order);
  g_autofree char *total = osc_words_money (order->total_amount);

  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_label_set_label (GTK_LABEL (self->time), time);
  show_text (self->day, day);
  osc_widget_set_icon (self->type, osc_words_type_icon (order->type));
  gtk_label_set_label (GTK_LABEL (self->place), place);
  gtk_label_set_label (GTK_LABEL (self->channel), osc_words_channel (order->channel));
  gtk_label_set_label (GTK_LABEL (self->items), items);
  show_text (self->guest, guest);
  gtk_label_set_label (GTK_LABEL (self->total), total);
  show_state (self, order);
  /* Its place is kept, so that the columns stand one under the other. */
  gtk_widget_set_child_visible (self->recall, osy_order_find_step (order, "recall") != NULL);
  gtk_widget_set_sensitive (self->recall, osy_order_find_step (order, "recall") != NULL);
  name_row (self, order, items);
}

static void
on_recall (OscPastRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "past.recall", "s",
                              osc_order_item_data (self->item)->id);
}

static void
on_copy (OscPastRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "past.copy", "s",
                              osc_order_item_data (self->item)->id);
}

static void
osc_past_row_dispose (GObject *object)
{
  OscPastRow *self = OSC_PAST_ROW (object);

  if (self->item_signals != NULL)
    g_signal_group_set_target (self->item_signals, NULL);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->item);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PAST_ROW);
  G_OBJECT_CLASS (osc_past_row_parent_class)->dispose (object);
}

static void
osc_past_row_class_init (OscPastRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_past_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/past/osc-past-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, number);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, time);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, day);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, type);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, place);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, channel);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, items);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, guest);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, total);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, practice);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, tick);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, state);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, recall);
  gtk_widget_class_bind_template_child (widget_class, OscPastRow, copy);
  gtk_widget_class_bind_template_callback (widget_class, on_recall);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pastrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
osc_past_row_init (OscPastRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (OSC_TYPE_ORDER_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::order", G_CALLBACK (show_order),
                                  self);
}

GtkWidget *
osc_past_row_new (void)
{
  return g_object_new (OSC_TYPE_PAST_ROW, NULL);
}

void
osc_past_row_show (OscPastRow *self, OscOrderItem *item, gboolean with_day)
{
  g_return_if_fail (OSC_IS_PAST_ROW (self));

  self->with_day = with_day;
  g_set_object (&self->item, item);
  g_signal_group_set_target (self->item_signals, item);
  if (item != NULL)
    show_order (self);
}

OscOrderItem *
osc_past_row_get_item (OscPastRow *self)
{
  g_return_val_if_fail (OSC_IS_PAST_ROW (self), NULL);
  return self->item;
}
