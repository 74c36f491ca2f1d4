/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The order drawer. */

#include "osc-drawer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-age.h"
#include "osc-drawer-lines.h"
#include "osc-guest.h"
#include "osc-platform.h"
#include "osc-reasons.h"
#include "osc-ride.h"
#include "osc-timeline.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

struct _OscDrawer {
  GtkWidget parent_instance;

  GtkWidget *number;
  GtkWidget *place;
  GtkWidget *channel_icon;
  GtkWidget *channel;
  GtkWidget *about;
  GtkWidget *age;
  GtkWidget *items;
  GtkWidget *note;
  GtkWidget *note_label;
  GtkWidget *total;
  GtkWidget *vat;
  GtkWidget *state;
  GtkWidget *payment;
  GtkWidget *promise;
  GtkWidget *guest;
  GtkWidget *platform;
  GtkWidget *ride;
  GtkWidget *timeline;
  GtkWidget *foot;
  GtkWidget *fire;
  GtkWidget *table_acts;
  GtkWidget *add;
  GtkWidget *move;
  GtkWidget *print;
  OscKitchenStore *kitchen; /* nullable */
  GtkWidget *cancel;
  GtkWidget *recall;
  GtkWidget *copy;
  GtkWidget *bill;
  GtkWidget *refund;
  GtkWidget *pay;
  GtkWidget *why;
  GtkWidget *start;
  GtkWidget *next;
  GtkWidget *next_icon;
  GtkWidget *next_label;
  GtkWidget *reasons;

  OscActs *acts;
  OscPeople *people;
  OscOrderItem *item;
  GSignalGroup *item_signals;
  gboolean live;
};

enum { CLOSED, TIMELINE_WANTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscDrawer, osc_drawer, GTK_TYPE_WIDGET)

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && text[0] != '\0');
}

/* ---- the order ---- */

static char *
about_text (const OsyOrderData *order)
{
  gboolean accepted = order->accepted_at != 0;
  g_autofree char *clock = osc_words_clock (accepted ? order->accepted_at : order->created_at);
  g_autofree char *time = accepted ? g_strdup_printf (_ ("Accepted at %s"), clock)
                                   : g_strdup_printf (_ ("Came at %s"), clock);

  /* What people at the platform call it. */
  if (order->source_label != NULL)
    return g_strdup_printf ("%s · %s", time, order->source_label);
  if (order->guest_count <= 0)
    return g_steal_pointer (&time);
  g_autofree char *guests = g_strdup_printf (
      g_dngettext (NULL, "%d guest", "%d guests", (gulong)order->guest_count), order->guest_count);
  return g_strdup_printf ("%s · %s", time, guests);
}

static void
show_head (OscDrawer *self, const OsyOrderData *order)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, order->number);
  g_autofree char *place = osc_words_place (order);
  g_autofree char *about = about_text (order);

  show_text (self->number, number);
  show_text (self->place, place);
  osc_widget_set_icon (self->channel_icon, osc_words_channel_icon (order->channel));
  show_text (self->channel, osc_words_source (order));
  show_text (self->about, about);
}

static void
show_money (OscDrawer *self, const OsyOrderData *order)
{
  g_autofree char *total = osc_words_money (order->total_amount);
  g_autofree char *amount = osc_words_money (order->vat_amount);
  g_autofree char *vat = g_strdup_printf (_ ("VAT inside %s"), amount);

  show_text (self->total, total);
  show_text (self->vat, order->vat_amount > 0 ? vat : NULL);
}

static void
show_tags (OscDrawer *self, const OsyOrderData *order)
{
  gboolean cancelled = osc_words_is_dropped (order->status);
  gboolean promised = order->promised_at != 0 && !cancelled;
  g_autofree char *clock = promised ? osc_words_when (order->promised_at, osy_clock_now ()) : NULL;
  g_autofree char *promise = promised ? g_strdup_printf (_ ("Promised for %s"), clock) : NULL;
  gboolean later = osy_order_is_for_later (order);
  g_autofree char *begins = later ? osc_words_when (order->begins_at, osy_clock_now ()) : NULL;
  g_autofree char *state =
      later ? g_strdup_printf (_ ("To the kitchen at %s"), begins)
      : cancelled && order->reason != NULL
          ? g_strdup_printf ("%s · %s", osc_words_status (order->status), order->reason)
          : g_strdup (osc_words_status (order->status));

  show_text (self->state, state);
  show_text (self->payment, osc_words_due (order));
  show_text (self->promise, promise);
  if (cancelled)
    gtk_widget_add_css_class (GTK_WIDGET (self), "cancelled");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "cancelled");
}

static void
show_guest (OscDrawer *self, const OsyOrderData *order)
{
  osc_guest_show (OSC_GUEST (self->guest), order);
  osc_platform_show (OSC_PLATFORM (self->platform), order);
  osc_ride_show (OSC_RIDE (self->ride), order);
  gtk_widget_set_visible (self->note, order->note != NULL && order->note[0] != '\0');
  gtk_label_set_label (GTK_LABEL (self->note_label), order->note != NULL ? order->note : "");
}

/* ---- what can be done ---- */

/* What is over may be ordered again; where it can't be taken back it says why. */
static void
show_past (OscDrawer *self, const OsyOrderData *order)
{
  gboolean over = !osy_order_is_open (osc_order_item_get_order (self->item));

  gtk_widget_set_visible (self->copy, over);
  show_text (self->why, over ? osc_words_no_recall (order) : NULL);
}

/* The kitchen may still wait for the word. */
static void
show_fire (OscDrawer *self)
{
  OscKitchenItem *ticket = NULL;
  int course =
      self->kitchen != NULL
          ? osc_kitchen_store_held (self->kitchen, osc_order_item_data (self->item)->id, &ticket)
          : 0;
  g_autofree char *text = g_strdup_printf (_ ("Fire course %d"), course);

  gtk_button_set_label (GTK_BUTTON (self->fire), text);
  gtk_widget_set_visible (self->fire, course > 0);
}

static void
on_counted (OscDrawer *self)
{
  if (self->item != NULL)
    show_fire (self);
}

void
osc_drawer_set_kitchen (OscDrawer *self, OscKitchenStore *kitchen)
{
  g_return_if_fail (OSC_IS_DRAWER (self) && OSC_IS_KITCHEN_STORE (kitchen));

  self->kitchen = g_object_ref (kitchen);
  g_signal_connect_object (kitchen, "counted", G_CALLBACK (on_counted), self, G_CONNECT_SWAPPED);
}

static void
fired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscDrawer) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_kitchen_store_act_finish (OSC_KITCHEN_STORE (source), result, &error))
    osc_toasts_say (GTK_WIDGET (self), _ ("That didn't reach the server. Nothing has changed"));
}

static void
on_fire (OscDrawer *self)
{
  OscKitchenAct act = {.deed = OSC_KITCHEN_FIRE};

  act.course =
      osc_kitchen_store_held (self->kitchen, osc_order_item_data (self->item)->id, &act.item);
  if (act.course > 0)
    osc_kitchen_store_act_async (self->kitchen, &act, fired_cb, g_object_ref (self));
}

/* What is over, or was paid before it was made: the desk says whether there is anything to refund.
 */
static gboolean
may_refund (OscDrawer *self, const OsyOrderData *order)
{
  return order->check_id != NULL && (osy_order_is_prepaid (order) ||
                                     !osy_order_is_open (osc_order_item_get_order (self->item)));
}

static void
show_foot (OscDrawer *self)
{
  const OsyOrderData *order = osc_order_item_data (self->item);
  const char *act = osc_order_item_next_act (self->item);
  gboolean can = self->live && !osc_order_item_get_busy (self->item);
  gboolean pending = osc_order_item_column (self->item) == OSC_COLUMN_NEW;
  gboolean billed = order->check_id != NULL && !pending && !osc_words_is_dropped (order->status);
  gboolean seated = order->table_id != NULL && !pending &&
                    osy_order_is_open (osc_order_item_get_order (self->item));
  g_autofree char *card = osc_words_card_name (order);
  g_autofree char *name = g_strdup_printf ("%s %s", card, act != NULL ? osc_words_act (act) : "");

  gtk_widget_set_sensitive (self->foot, can);
  gtk_widget_set_visible (self->cancel, osy_order_find_step (order, "cancel") != NULL && !pending);
  gtk_widget_set_visible (self->recall, osy_order_find_step (order, "recall") != NULL);
  gtk_widget_set_visible (self->bill, billed);
  gtk_widget_set_visible (self->pay, billed && !osy_order_is_prepaid (order) &&
                                         self->people != NULL &&
                                         osc_people_may (self->people, "payment:take"));
  gtk_widget_set_visible (self->print, billed);
  gtk_widget_set_visible (self->refund, may_refund (self, order));
  gtk_widget_set_visible (self->add, seated);
  gtk_widget_set_visible (self->move, seated);
  gtk_widget_set_visible (self->table_acts,
                          billed || seated || gtk_widget_get_visible (self->refund));
  gtk_widget_set_visible (self->start, osy_order_find_step (order, "start") != NULL);
  gtk_widget_set_visible (self->next, act != NULL && !pending);
  show_past (self, order);
  show_fire (self);
  if (act == NULL)
    return;
  osc_widget_set_icon (self->next_icon, osc_words_act_icon (act));
  gtk_label_set_label (GTK_LABEL (self->next_label), osc_words_act (act));
  osc_widget_set_name (GTK_WIDGET (self->next), name);
}

static void
show_age (OscDrawer *self)
{
  OscColumn column = osc_order_item_column (self->item);

  gtk_widget_set_visible (self->age, column != OSC_COLUMN_NONE && column != OSC_COLUMN_LATER);
  osc_age_show (OSC_AGE (self->age), self->item);
}

static void
show_order (OscDrawer *self)
{
  const OsyOrderData *order = osc_order_item_data (self->item);
  g_autoptr (GPtrArray) steps = osc_timeline_derive (order);

  show_head (self, order);
  osc_drawer_lines_fill (GTK_BOX (self->items), order);
  show_money (self, order);
  show_tags (self, order);
  show_guest (self, order);
  osc_timeline_show (OSC_TIMELINE (self->timeline), steps);
  show_age (self);
  show_foot (self);
  g_signal_emit (self, signals[TIMELINE_WANTED], 0, self->item);
}

static void
ask (OscDrawer *self, gboolean reason)
{
  gtk_widget_set_visible (self->reasons, reason);
  gtk_widget_set_visible (self->foot, !reason);
}

void
osc_drawer_ask_reason (OscDrawer *self)
{
  g_return_if_fail (OSC_IS_DRAWER (self));

  if (self->item == NULL || !self->live ||
      osy_order_find_step (osc_order_item_data (self->item), "cancel") == NULL)
    return;
  osc_reasons_ask (OSC_REASONS (self->reasons), OSC_REASONS_CANCEL);
  ask (self, TRUE);
}

static void
on_reason_back (OscDrawer *self)
{
  ask (self, FALSE);
}

static void
on_reason_chosen (OscDrawer *self, const char *reason)
{
  ask (self, FALSE);
  osc_acts_cancel (self->acts, self->item, reason);
}

static void
on_next (OscDrawer *self)
{
  const char *act = osc_order_item_next_act (self->item);

  if (act != NULL)
    osc_acts_next (self->acts, self->item, act);
}

static void
on_start (OscDrawer *self)
{
  osc_acts_next (self->acts, self->item, "start");
}

static void
on_recall (OscDrawer *self)
{
  osc_acts_recall (self->acts, self->item);
}

static void
on_copy (OscDrawer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "sale",
                              osc_order_item_data (self->item)->id);
}

static void
on_bill (OscDrawer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "bill",
                              osc_order_item_data (self->item)->check_id);
}

static void
on_pay (OscDrawer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "payment",
                              osc_order_item_data (self->item)->check_id);
}

static void
on_refund (OscDrawer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "refund",
                              osc_order_item_data (self->item)->check_id);
}

/* Another round at the same table. */
static void
on_add (OscDrawer *self)
{
  const OsyOrderData *order = osc_order_item_data (self->item);
  g_autofree char *what =
      g_strdup_printf ("table:%s:%d", order->table_id, (int)MAX (order->guest_count, 1));

  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "sale", what);
}

static void
on_move (OscDrawer *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "tables",
                              osc_order_item_data (self->item)->table_id);
}

/* @again: the kitchen's slips once more, else the bill. */
static void
print (OscDrawer *self, gboolean again)
{
  const OsyOrderData *order = osc_order_item_data (self->item);

  gtk_widget_activate_action (GTK_WIDGET (self), "shell.print", "(ss)", again ? "kitchen" : "bill",
                              again ? order->id : order->check_id);
}

static void
on_print (OscDrawer *self)
{
  print (self, FALSE);
}

static void
on_close (OscDrawer *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

gboolean
osc_drawer_key (OscDrawer *self, OscKey key)
{
  g_return_val_if_fail (OSC_IS_DRAWER (self), FALSE);

  if (key == OSC_KEY_PAY && gtk_widget_get_visible (self->pay)) {
    on_pay (self);
    return TRUE;
  }
  if (key == OSC_KEY_SPLIT && gtk_widget_get_visible (self->bill)) {
    on_bill (self);
    return TRUE;
  }
  if ((key == OSC_KEY_PRINT || key == OSC_KEY_REPRINT) && gtk_widget_get_visible (self->bill)) {
    print (self, key == OSC_KEY_REPRINT);
    return TRUE;
  }
  if (key == OSC_KEY_MOVE && gtk_widget_get_visible (self->move)) {
    on_move (self);
    return TRUE;
  }
  if (key != OSC_KEY_BACK)
    return FALSE;
  if (gtk_widget_get_visible (self->reasons))
    ask (self, FALSE);
  else if (!osc_ride_back (OSC_RIDE (self->ride)) && !osc_guest_back (OSC_GUEST (self->guest)))
    on_close (self);
  return TRUE;
}

/* ---- life ---- */

static void
osc_drawer_dispose (GObject *object)
{
  OscDrawer *self = OSC_DRAWER (object);

  if (self->item_signals != NULL)
    g_signal_group_set_target (self->item_signals, NULL);
  g_clear_object (&self->item_signals);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_DRAWER);
  g_clear_object (&self->item);
  g_clear_object (&self->acts);
  g_clear_object (&self->people);
  g_clear_object (&self->kitchen);
  G_OBJECT_CLASS (osc_drawer_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/drawer/osc-drawer.ui");
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, number);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, place);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, channel_icon);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, channel);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, about);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, age);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, items);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, note);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, note_label);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, total);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, vat);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, state);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, payment);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, promise);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, guest);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, platform);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, ride);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, timeline);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, foot);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, fire);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, table_acts);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, add);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, move);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, print);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, cancel);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, recall);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, copy);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, bill);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, refund);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, pay);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, why);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, start);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, next);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, next_icon);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, next_label);
  gtk_widget_class_bind_template_child (widget_class, OscDrawer, reasons);
}

static void
osc_drawer_class_init (OscDrawerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_drawer_dispose;
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[TIMELINE_WANTED] =
      g_signal_new ("timeline-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, OSC_TYPE_ORDER_ITEM);
  g_type_ensure (OSC_TYPE_AGE);
  g_type_ensure (OSC_TYPE_GUEST);
  g_type_ensure (OSC_TYPE_PLATFORM);
  g_type_ensure (OSC_TYPE_REASONS);
  g_type_ensure (OSC_TYPE_RIDE);
  g_type_ensure (OSC_TYPE_TIMELINE);
  bind_template (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_pay);
  gtk_widget_class_bind_template_callback (widget_class, on_fire);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_move);
  gtk_widget_class_bind_template_callback (widget_class, on_print);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_start);
  gtk_widget_class_bind_template_callback (widget_class, on_recall);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_bill);
  gtk_widget_class_bind_template_callback (widget_class, on_refund);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_back);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_cancel",
                                                G_CALLBACK (osc_drawer_ask_reason));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "drawer");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
osc_drawer_init (OscDrawer *self)
{
  self->live = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->item_signals = g_signal_group_new (OSC_TYPE_ORDER_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::order", G_CALLBACK (show_order),
                                  self);
  g_signal_group_connect_swapped (self->item_signals, "notify::busy", G_CALLBACK (show_foot), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::tick", G_CALLBACK (show_age), self);
}

GtkWidget *
osc_drawer_new (OscActs *acts, OsyClient *client, OscPeople *people)
{
  OscDrawer *self = g_object_new (OSC_TYPE_DRAWER, NULL);

  self->acts = g_object_ref (acts);
  self->people = people != NULL ? g_object_ref (people) : NULL;
  osc_guest_set_client (OSC_GUEST (self->guest), client, people);
  return GTK_WIDGET (self);
}

static void
forget (OscDrawer *self)
{
  osc_guest_show (OSC_GUEST (self->guest), NULL);
  osc_platform_show (OSC_PLATFORM (self->platform), NULL);
  osc_ride_show (OSC_RIDE (self->ride), NULL);
}

void
osc_drawer_set_deliveries (OscDrawer *self, const OscContext *context)
{
  g_return_if_fail (OSC_IS_DRAWER (self) && context != NULL);

  osc_ride_follow (OSC_RIDE (self->ride), context->deliveries);
  osc_platform_set (OSC_PLATFORM (self->platform), context);
}

void
osc_drawer_show (OscDrawer *self, OscOrderItem *item)
{
  g_return_if_fail (OSC_IS_DRAWER (self));

  if (!g_set_object (&self->item, item))
    return;
  g_signal_group_set_target (self->item_signals, item);
  ask (self, FALSE);
  if (item != NULL)
    show_order (self);
  else
    forget (self);
}

OscOrderItem *
osc_drawer_get_item (OscDrawer *self)
{
  g_return_val_if_fail (OSC_IS_DRAWER (self), NULL);
  return self->item;
}

void
osc_drawer_set_steps (OscDrawer *self, OscOrderItem *item, GPtrArray *steps)
{
  g_return_if_fail (OSC_IS_DRAWER (self) && steps != NULL);

  if (self->item == item)
    osc_timeline_show (OSC_TIMELINE (self->timeline), steps);
}

void
osc_drawer_set_live (OscDrawer *self, gboolean live)
{
  g_return_if_fail (OSC_IS_DRAWER (self));

  self->live = live;
  if (self->item != NULL)
    show_foot (self);
}
