/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The arrival layer: what was ordered on the left, what to answer on the right. */

#include "osc-arrival.h"

#include <glib/gi18n.h>

#include "osc-item-row.h"
#include "osc-reasons.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define PRESETS 4
#define PRESET_STEP 10

struct _OscArrival {
  GtkWidget parent_instance;

  GtkWidget *place_label;
  GtkWidget *ringing;
  GtkWidget *next;
  GtkWidget *number;
  GtkWidget *type_icon;
  GtkWidget *type;
  GtkWidget *channel_icon;
  GtkWidget *channel;
  GtkWidget *payment;
  GtkWidget *came;
  GtkWidget *total;
  GtkWidget *items;
  GtkWidget *note;
  GtkWidget *note_label;
  GtkWidget *guest;
  GtkWidget *guest_label;
  GtkWidget *answers;
  GtkWidget *minutes_label;
  GtkWidget *promise;
  GtkWidget *presets;
  GtkWidget *accept;
  GtkWidget *accept_label;
  GtkWidget *reject;
  GtkWidget *reasons;
  GtkWidget *preset_buttons[PRESETS];
  int preset_minutes[PRESETS];

  OscArrivalQueue *queue;
  OscActs *acts;
  OscMinutes *minutes;
  OscOrderItem *item;
  guint second_source;
  gboolean live;
};

G_DEFINE_FINAL_TYPE (OscArrival, osc_arrival, GTK_TYPE_WIDGET)

/* ---- what was ordered ---- */

static void
append_part (GString *text, const char *part)
{
  if (part == NULL || part[0] == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

static void
show_guest (OscArrival *self, const OsyOrderData *order)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *count = order->guest_count > 0
                               ? g_strdup_printf (g_dngettext (NULL, "%d guest", "%d guests",
                                                               (gulong)order->guest_count),
                                                  order->guest_count)
                               : NULL;

  append_part (text, count);
  append_part (text, order->customer_name);
  append_part (text, order->customer_phone);
  append_part (text, order->delivery_address);
  gtk_label_set_label (GTK_LABEL (self->guest_label), text->str);
  gtk_widget_set_visible (self->guest, text->len > 0);
}

static void
show_head (OscArrival *self, const OsyOrderData *order)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, order->number);
  g_autofree char *place = osc_words_place (order);
  g_autofree char *total = osc_words_money (order->total_amount);
  g_autofree char *clock = osc_words_clock (order->created_at);
  g_autofree char *came = g_strdup_printf (_ ("Came at %s"), clock);
  const char *payment = osc_words_due (order);

  gtk_label_set_label (GTK_LABEL (self->number), number);
  osc_widget_set_icon (self->type_icon, osc_words_type_icon (order->type));
  gtk_label_set_label (GTK_LABEL (self->type), place);
  osc_widget_set_icon (self->channel_icon, osc_words_channel_icon (order->channel));
  gtk_label_set_label (GTK_LABEL (self->channel), osc_words_channel (order->channel));
  gtk_label_set_label (GTK_LABEL (self->payment), payment != NULL ? payment : "");
  gtk_widget_set_visible (self->payment, payment != NULL);
  gtk_label_set_label (GTK_LABEL (self->came), came);
  gtk_label_set_label (GTK_LABEL (self->total), total);
}

/* ---- what to answer ---- */

/* What the kitchen can keep stands among them, one step less before and two more after it. */
static void
show_presets (OscArrival *self)
{
  int proposed = osc_minutes_proposed (self->minutes, self->item);
  int second = MAX (proposed, OSC_MIN_MINUTES + OSC_MINUTES_STEP);

  while (second + 2 * PRESET_STEP > OSC_MAX_MINUTES)
    second -= PRESET_STEP;
  for (int i = 0; i < PRESETS; i++) {
    self->preset_minutes[i] = MAX (second + (i - 1) * PRESET_STEP, OSC_MIN_MINUTES);
    g_autofree char *label = osc_words_minutes (self->preset_minutes[i]);
    gtk_button_set_label (GTK_BUTTON (self->preset_buttons[i]), label);
  }
}

static void
show_minutes (OscArrival *self)
{
  if (self->item == NULL)
    return;
  int minutes = osc_minutes_get (self->minutes, self->item);
  g_autofree char *number = g_strdup_printf ("%d", minutes);
  g_autofree char *clock = osc_words_clock (osy_clock_now () + minutes * 60 * G_TIME_SPAN_SECOND);
  g_autofree char *promise = g_strdup_printf (_ ("Ready at %s"), clock);
  g_autofree char *words = osc_words_minutes (minutes);
  g_autofree char *accept = g_strdup_printf (_ ("Accept for %s"), words);

  gtk_label_set_label (GTK_LABEL (self->minutes_label), number);
  gtk_label_set_label (GTK_LABEL (self->promise), promise);
  gtk_label_set_label (GTK_LABEL (self->accept_label), accept);
  osc_widget_set_name (self->accept, accept);
  show_presets (self);
  for (gsize i = 0; i < PRESETS; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->preset_buttons[i]),
                                  self->preset_minutes[i] == minutes);
}

static void
show_waiting (OscArrival *self)
{
  guint place;
  guint count;

  osc_arrival_queue_place (self->queue, &place, &count);
  g_autofree char *text = g_strdup_printf (_ ("%u of %u"), place, count);
  g_autofree char *ringing =
      g_strdup_printf (_ ("Ringing for %d s"), osc_arrival_queue_waited (self->queue));

  gtk_label_set_label (GTK_LABEL (self->place_label), text);
  gtk_widget_set_visible (self->place_label, place > 0);
  gtk_widget_set_visible (self->next, count > 1);
  gtk_label_set_label (GTK_LABEL (self->ringing), ringing);
}

static void
show_busy (OscArrival *self)
{
  gboolean can = self->live && self->item != NULL && !osc_order_item_get_busy (self->item) &&
                 osc_order_item_column (self->item) == OSC_COLUMN_NEW;

  gtk_widget_set_sensitive (self->accept, can);
  gtk_widget_set_sensitive (self->reject, can);
}

static void
show_item (OscArrival *self)
{
  OscOrderItem *item = osc_arrival_queue_current (self->queue);

  if (item == NULL)
    return;
  if (g_set_object (&self->item, item)) {
    const OsyOrderData *order = osc_order_item_data (item);
    gboolean note = order->note != NULL && order->note[0] != '\0';
    g_autofree char *name = osc_words_card_name (order);

    show_head (self, order);
    osc_item_row_fill (GTK_BOX (self->items), order->lines);
    gtk_widget_set_visible (self->note, note);
    gtk_label_set_label (GTK_LABEL (self->note_label), note ? order->note : "");
    show_guest (self, order);
    show_minutes (self);
    gtk_stack_set_visible_child_name (GTK_STACK (self->answers), "accept");
    osc_widget_set_name (GTK_WIDGET (self), name);
  }
  show_waiting (self);
  show_busy (self);
}

static gboolean
second_cb (gpointer user_data)
{
  OscArrival *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self))) {
    show_waiting (self);
    show_busy (self);
  }
  return G_SOURCE_CONTINUE;
}

/* ---- what a person does ---- */

static void
on_accept (OscArrival *self)
{
  if (!gtk_widget_get_sensitive (self->accept))
    return;
  osc_acts_accept (self->acts, self->item, osc_minutes_get (self->minutes, self->item));
  show_busy (self);
}

static void
change_minutes (OscArrival *self, int change)
{
  osc_minutes_set (self->minutes, self->item, osc_minutes_get (self->minutes, self->item) + change);
  show_minutes (self);
}

static void
on_more (OscArrival *self)
{
  change_minutes (self, OSC_MINUTES_STEP);
}

static void
on_less (OscArrival *self)
{
  change_minutes (self, -OSC_MINUTES_STEP);
}

static void
on_preset_clicked (GtkButton *button, OscArrival *self)
{
  for (gsize i = 0; i < PRESETS; i++)
    if (self->preset_buttons[i] == GTK_WIDGET (button))
      osc_minutes_set (self->minutes, self->item, self->preset_minutes[i]);
  show_minutes (self);
}

static void
on_later (OscArrival *self)
{
  osc_arrival_queue_later (self->queue);
}

static void
on_next (OscArrival *self)
{
  osc_arrival_queue_next (self->queue);
}

void
osc_arrival_ask_reason (OscArrival *self)
{
  g_return_if_fail (OSC_IS_ARRIVAL (self));

  osc_reasons_ask (OSC_REASONS (self->reasons), OSC_REASONS_REJECT);
  gtk_stack_set_visible_child_name (GTK_STACK (self->answers), "reject");
}

static void
on_reasons_back (OscArrival *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->answers), "accept");
}

static void
on_reason_chosen (OscArrival *self, const char *reason)
{
  osc_acts_reject (self->acts, self->item, reason);
  on_reasons_back (self);
  show_busy (self);
}

static gboolean
asks_reason (OscArrival *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->answers)), "reject") == 0;
}

static gboolean
key_while_asking (OscArrival *self, OscKey key)
{
  if (key == OSC_KEY_BACK) {
    on_reasons_back (self);
    return TRUE;
  }
  return key != OSC_KEY_NEXT;
}

gboolean
osc_arrival_key (OscArrival *self, OscKey key)
{
  g_return_val_if_fail (OSC_IS_ARRIVAL (self), FALSE);

  if (asks_reason (self))
    return key_while_asking (self, key);
  switch (key) {
  case OSC_KEY_NEXT:
  case OSC_KEY_ACCEPT: on_accept (self); return TRUE;
  case OSC_KEY_MORE: on_more (self); return TRUE;
  case OSC_KEY_LESS: on_less (self); return TRUE;
  case OSC_KEY_BACK: on_later (self); return TRUE;
  case OSC_KEY_DROP:
    if (gtk_widget_get_sensitive (self->reject))
      osc_arrival_ask_reason (self);
    return TRUE;
  case OSC_KEY_RIGHT: on_next (self); return TRUE;
  default: return key != OSC_KEY_UNDO;
  }
}

/* ---- life ---- */

static void
osc_arrival_dispose (GObject *object)
{
  OscArrival *self = OSC_ARRIVAL (object);

  g_clear_handle_id (&self->second_source, g_source_remove);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ARRIVAL);
  g_clear_object (&self->item);
  g_clear_object (&self->queue);
  g_clear_object (&self->acts);
  g_clear_object (&self->minutes);
  G_OBJECT_CLASS (osc_arrival_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/arrival/osc-arrival.ui");
  gtk_widget_class_bind_template_child (widget_class, OscArrival, place_label);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, ringing);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, next);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, number);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, type_icon);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, type);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, channel_icon);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, channel);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, payment);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, came);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, total);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, items);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, note);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, note_label);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, guest);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, guest_label);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, answers);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, minutes_label);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, promise);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, presets);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, accept);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, accept_label);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, reject);
  gtk_widget_class_bind_template_child (widget_class, OscArrival, reasons);
}

static void
osc_arrival_class_init (OscArrivalClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_arrival_dispose;
  g_type_ensure (OSC_TYPE_REASONS);
  bind_template (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
  gtk_widget_class_bind_template_callback (widget_class, on_more);
  gtk_widget_class_bind_template_callback (widget_class, on_less);
  gtk_widget_class_bind_template_callback (widget_class, on_later);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_reasons_back);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_reject",
                                                G_CALLBACK (osc_arrival_ask_reason));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "arrival");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT_DIALOG);
}

static void
osc_arrival_init (OscArrival *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  for (gsize i = 0; i < PRESETS; i++) {
    GtkWidget *button = gtk_toggle_button_new_with_label ("");

    gtk_widget_set_hexpand (button, TRUE);
    gtk_widget_add_css_class (button, "preset");
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_preset_clicked), self,
                             G_CONNECT_DEFAULT);
    gtk_box_append (GTK_BOX (self->presets), button);
    self->preset_buttons[i] = button;
  }
  self->second_source = g_timeout_add_seconds (1, second_cb, self);
}

GtkWidget *
osc_arrival_new (OscArrivalQueue *queue, OscActs *acts, OscMinutes *minutes)
{
  OscArrival *self = g_object_new (OSC_TYPE_ARRIVAL, NULL);

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
osc_arrival_set_live (OscArrival *self, gboolean live)
{
  g_return_if_fail (OSC_IS_ARRIVAL (self));

  self->live = live;
  show_busy (self);
}
