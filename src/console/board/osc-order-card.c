/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The order card: head, items and the button of the next step. */

#include "osc-order-card.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-age.h"
#include "osc-card-body.h"
#include "osc-fit-box.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define SPINNER_DELAY_MS 300
#define NOT_STARTED_US (3 * 60 * G_USEC_PER_SEC)

struct _OscOrderCard {
  GtkWidget parent_instance;

  GtkWidget *bar;
  GtkWidget *number;
  GtkWidget *type;
  GtkWidget *place;
  GtkWidget *age;
  GtkWidget *second;
  GtkWidget *second_icon;
  GtkWidget *second_label;
  GtkWidget *items;
  GtkWidget *last;
  GtkWidget *flag;
  GtkWidget *flag_label;
  GtkWidget *unprinted;
  GtkWidget *fire;
  GtkWidget *fire_label;
  GtkWidget *edge;
  GtkWidget *edge_icon;
  GtkWidget *edge_spinner;
  GtkWidget *edge_label;
  GtkWidget *stepper;
  GtkWidget *more_button;
  GtkWidget *accept;
  GtkWidget *accept_spinner;
  GtkWidget *accept_minutes;
  GtkWidget *less_button;

  OscColumn column;
  OscMinutes *minutes;
  OscPick *pick;
  OscOrderItem *item;
  GSignalGroup *item_signals;
  guint spinner_source;
  OscAgeLevel level;
  gboolean compact;
  gboolean live;
};

G_DEFINE_FINAL_TYPE (OscOrderCard, osc_order_card, GTK_TYPE_WIDGET)

static const OsyOrderData *
data_of (OscOrderCard *self)
{
  return osc_order_item_data (self->item);
}

/* The grey line under the head of a new order: where it came from and whether it is paid. The time
 * that it is wanted for stands on a compact card too: without it, the card says to begin now. */
static void
show_second (OscOrderCard *self)
{
  const OsyOrderData *order = data_of (self);
  g_autofree char *booked = osc_words_booked (order);
  gboolean visible =
      (self->column == OSC_COLUMN_NEW || order->practice) && (!self->compact || booked != NULL);

  gtk_widget_set_visible (self->second, visible);
  if (!visible)
    return;
  /* The icon says where it came from; there is no room for more words. */
  const char *channel = booked != NULL ? booked : osc_words_source (order);
  const char *payment = self->compact ? NULL : osc_words_due (order);
  g_autofree char *text =
      payment != NULL ? g_strdup_printf ("%s · %s", channel, payment) : g_strdup (channel);
  osc_widget_set_icon (self->second_icon, osc_words_channel_icon (order->channel));
  gtk_label_set_label (GTK_LABEL (self->second_label), text);
}

/* The grey line at the foot: what the next hand needs to know. */
static char *
last_line (OscOrderCard *self)
{
  const OsyOrderData *order = data_of (self);

  if (self->column == OSC_COLUMN_COOKING && strcmp (order->status, OSY_ORDER_ACCEPTED) == 0 &&
      osy_clock_now () - order->accepted_at > NOT_STARTED_US)
    return g_strdup (_ ("Not started"));
  if (strcmp (order->status, OSY_ORDER_DELIVERING) != 0 && self->column != OSC_COLUMN_NEW &&
      osc_order_item_get_ride (self->item) != NULL)
    return g_strdup (osc_order_item_get_ride (self->item));
  if (strcmp (order->status, OSY_ORDER_DELIVERING) == 0)
    return order->delivery_address != NULL
               ? g_strdup_printf (_ ("%s · out"), order->delivery_address)
               : g_strdup (_ ("On the way"));
  if (strcmp (order->status, OSY_ORDER_READY) != 0)
    return NULL;
  if (strcmp (order->type, "DELIVERY") == 0)
    return g_strdup (order->delivery_address != NULL ? order->delivery_address
                                                     : _ ("Waiting for the rider"));
  if (order->customer_name != NULL && order->customer_name[0] != '\0')
    return g_strdup_printf (_ ("For %s"), order->customer_name);
  return NULL;
}

static void
show_last (OscOrderCard *self)
{
  g_autofree char *text = last_line (self);

  if (text == NULL && self->column == OSC_COLUMN_COOKING)
    text = osc_words_booked (data_of (self));
  gtk_widget_set_visible (self->last, text != NULL);
  if (text != NULL && g_strcmp0 (text, gtk_label_get_label (GTK_LABEL (self->last))) != 0)
    gtk_label_set_label (GTK_LABEL (self->last), text);
}

static void
show_minutes (OscOrderCard *self)
{
  const OsyOrderData *order = data_of (self);
  g_autofree char *card = osc_words_card_name (order);
  g_autofree char *minutes = osc_words_minutes (osc_minutes_get (self->minutes, self->item));
  /* Translators: spoken name of a button: card, then "accept for 20 min" */
  g_autofree char *accept = g_strdup_printf (_ ("%s Accept for %s"), card, minutes);
  g_autofree char *more = g_strdup_printf (_ ("%s five minutes more"), card);
  g_autofree char *less = g_strdup_printf (_ ("%s five minutes less"), card);

  gtk_label_set_label (GTK_LABEL (self->accept_minutes), minutes);
  osc_widget_set_name (self->accept, accept);
  osc_widget_set_name (self->more_button, more);
  osc_widget_set_name (self->less_button, less);
}

static void
show_edge (OscOrderCard *self)
{
  const char *act = osc_order_item_next_act (self->item);
  g_autofree char *card = osc_words_card_name (data_of (self));
  g_autofree char *name = g_strdup_printf ("%s %s", card, osc_words_act (act));

  osc_widget_set_name (GTK_WIDGET (self), card);
  if (self->column == OSC_COLUMN_NEW) {
    show_minutes (self);
    return;
  }
  osc_widget_set_icon (self->edge_icon, osc_words_act_icon (act));
  gtk_label_set_label (GTK_LABEL (self->edge_label), osc_words_act_edge (act));
  osc_widget_set_name (self->edge, name);
}

static void
show_age (OscOrderCard *self)
{
  OscAgeLevel level = osc_order_item_age_level (self->item, osy_clock_now ());

  osc_age_show (OSC_AGE (self->age), self->item);
  if (level == self->level)
    return;
  self->level = level;
  osc_widget_set_class (GTK_WIDGET (self), "soon", level == OSC_AGE_SOON);
  osc_widget_set_class (GTK_WIDGET (self), "late", level == OSC_AGE_LATE);
}

static void
show_items (OscOrderCard *self)
{
  int max_items = self->column == OSC_COLUMN_NEW ? 3 : 2;
  int max_rows = self->column == OSC_COLUMN_NEW ? 5 : 2;

  gtk_widget_set_visible (self->items, !self->compact);
  if (!self->compact)
    osc_card_body_show (OSC_CARD_BODY (self->items), data_of (self), max_items, max_rows);
}

/* What a person should look at, the worst of it; the drawer says the rest. */
static void
show_flag (OscOrderCard *self)
{
  const char *flags = data_of (self)->flags;
  g_auto (GStrv) list = g_strsplit (flags != NULL ? flags : "", " ", -1);
  const char *words = NULL;

  for (guint i = 0; list[i] != NULL && words == NULL; i++)
    words = osc_words_flag (list[i]);
  gtk_widget_set_visible (self->flag, words != NULL && !self->compact);
  if (words != NULL)
    gtk_label_set_label (GTK_LABEL (self->flag_label), words);
}

/* A slip that is not on paper stays shown until somebody acts. */
static void
show_unprinted (OscOrderCard *self)
{
  g_autofree char *card = osc_words_card_name (data_of (self));
  g_autofree char *name = g_strdup_printf ("%s %s", card, _ ("Not printed. Try again"));

  gtk_widget_set_visible (self->unprinted, osc_order_item_get_unprinted (self->item));
  osc_widget_set_name (self->unprinted, name);
}

/* The next course waits for the word. */
static void
show_held (OscOrderCard *self)
{
  int course = osc_order_item_get_held (self->item);
  g_autofree char *text = g_strdup_printf (_ ("Fire course %d"), course);
  g_autofree char *card = osc_words_card_name (data_of (self));
  g_autofree char *name = g_strdup_printf ("%s %s", card, text);

  gtk_widget_set_visible (self->fire, course > 0 && self->column == OSC_COLUMN_COOKING);
  gtk_label_set_label (GTK_LABEL (self->fire_label), text);
  osc_widget_set_name (self->fire, name);
}

/* Whether the order has moved on while the list holds still under the finger: the card keeps its
 * look then, so that a second tap cannot do the step after this one. */
static gboolean
is_leaving (OscOrderCard *self)
{
  return osc_order_item_column (self->item) != self->column;
}

static void
show_order (OscOrderCard *self)
{
  const OsyOrderData *order = data_of (self);

  if (is_leaving (self))
    return;

  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, order->number);
  g_autofree char *place =
      self->column == OSC_COLUMN_NEW ? osc_words_place (order) : osc_words_place_short (order);

  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_label_set_label (GTK_LABEL (self->place), place);
  osc_widget_set_icon (self->type, osc_words_type_icon (order->type));
  /* Where there is no room, a table keeps its number and the others their picture. */
  osc_widget_set_class (self->type, "spare", order->table_id != NULL);
  osc_widget_set_class (self->place, "spare", order->table_id == NULL);
  show_second (self);
  show_items (self);
  show_last (self);
  show_flag (self);
  show_unprinted (self);
  show_held (self);
  show_edge (self);
  show_age (self);
}

static gboolean
show_spinner_cb (gpointer user_data)
{
  OscOrderCard *self = user_data;
  gboolean new_order = self->column == OSC_COLUMN_NEW;

  self->spinner_source = 0;
  gtk_widget_set_visible (new_order ? self->accept_spinner : self->edge_spinner, TRUE);
  gtk_spinner_start (GTK_SPINNER (new_order ? self->accept_spinner : self->edge_spinner));
  gtk_widget_set_visible (self->edge_icon, FALSE);
  return G_SOURCE_REMOVE;
}

static void
hide_spinner (OscOrderCard *self)
{
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_spinner_stop (GTK_SPINNER (self->edge_spinner));
  gtk_spinner_stop (GTK_SPINNER (self->accept_spinner));
  gtk_widget_set_visible (self->edge_spinner, FALSE);
  gtk_widget_set_visible (self->accept_spinner, FALSE);
  gtk_widget_set_visible (self->edge_icon, TRUE);
}

static void
show_busy (OscOrderCard *self)
{
  gboolean busy = self->item != NULL && osc_order_item_get_busy (self->item);

  gtk_widget_set_sensitive (self->edge, self->live);
  gtk_widget_set_sensitive (self->stepper, self->live);
  osc_widget_set_class (GTK_WIDGET (self), "busy", busy);
  if (!busy)
    hide_spinner (self);
  else if (self->spinner_source == 0)
    self->spinner_source = g_timeout_add (SPINNER_DELAY_MS, show_spinner_cb, self);
}

static void
show_picked (OscOrderCard *self)
{
  osc_widget_set_class (GTK_WIDGET (self), "picked",
                        self->item != NULL && osc_pick_get (self->pick) == self->item);
}

static void
on_tick (OscOrderCard *self)
{
  if (is_leaving (self))
    return;
  show_age (self);
  show_last (self);
}

static void
on_minutes_changed (OscOrderCard *self, OscOrderItem *item)
{
  if (item == self->item && self->column == OSC_COLUMN_NEW)
    show_minutes (self);
}

/* ---- what a person does ---- */

static void
send_act (OscOrderCard *self, const char *act)
{
  if (act == NULL || osc_order_item_get_busy (self->item) || is_leaving (self))
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "board.act", "(ss)", data_of (self)->id, act);
}

static void
on_edge_clicked (OscOrderCard *self)
{
  if (self->item != NULL)
    send_act (self, osc_order_item_next_act (self->item));
}

static void
on_unprinted_clicked (OscOrderCard *self)
{
  if (self->item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "board.print", "s", data_of (self)->id);
}

static void
on_fire_clicked (OscOrderCard *self)
{
  if (self->item != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "board.fire", "s", data_of (self)->id);
}

static void
on_accept_clicked (OscOrderCard *self)
{
  if (self->item != NULL)
    send_act (self, "accept");
}

static void
on_more_clicked (OscOrderCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "board.minutes", "(si)", data_of (self)->id,
                              OSC_MINUTES_STEP);
}

static void
on_less_clicked (OscOrderCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "board.minutes", "(si)", data_of (self)->id,
                              -OSC_MINUTES_STEP);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, OscOrderCard *self)
{
  GtkWidget *body = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (self->item != NULL && gtk_widget_contains (body, x, y))
    gtk_widget_activate_action (GTK_WIDGET (self), "board.open", "s", data_of (self)->id);
}

static void
on_focus_enter (OscOrderCard *self)
{
  if (self->item != NULL)
    osc_pick_set (self->pick, self->item);
}

/* ---- life ---- */

static void
osc_order_card_dispose (GObject *object)
{
  OscOrderCard *self = OSC_ORDER_CARD (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  if (self->item_signals != NULL)
    g_signal_group_set_target (self->item_signals, NULL);
  g_clear_object (&self->item_signals);
  g_clear_object (&self->item);
  g_clear_object (&self->minutes);
  g_clear_object (&self->pick);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ORDER_CARD);
  G_OBJECT_CLASS (osc_order_card_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, bar);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, number);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, type);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, place);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, age);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, second);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, second_icon);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, second_label);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, items);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, last);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, flag);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, flag_label);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, unprinted);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, fire);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, fire_label);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, edge);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, edge_icon);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, edge_spinner);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, edge_label);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, stepper);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, more_button);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, accept);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, accept_spinner);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, accept_minutes);
  gtk_widget_class_bind_template_child (widget_class, OscOrderCard, less_button);
}

static void
osc_order_card_class_init (OscOrderCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_order_card_dispose;
  g_type_ensure (OSC_TYPE_AGE);
  g_type_ensure (OSC_TYPE_CARD_BODY);
  g_type_ensure (OSC_TYPE_FIT_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/board/osc-order-card.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_unprinted_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_fire_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_accept_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_less_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_released);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_enter);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ordercard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
osc_order_card_init (OscOrderCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->live = TRUE;
  self->item_signals = g_signal_group_new (OSC_TYPE_ORDER_ITEM);
  g_signal_group_connect_swapped (self->item_signals, "notify::order", G_CALLBACK (show_order),
                                  self);
  g_signal_group_connect_swapped (self->item_signals, "notify::busy", G_CALLBACK (show_busy), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::tick", G_CALLBACK (on_tick), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::unprinted",
                                  G_CALLBACK (show_unprinted), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::held", G_CALLBACK (show_held), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::ride", G_CALLBACK (show_last), self);
}

GtkWidget *
osc_order_card_new (OscColumn column, OscMinutes *minutes, OscPick *pick)
{
  OscOrderCard *self = g_object_new (OSC_TYPE_ORDER_CARD, NULL);
  gboolean new_order = column == OSC_COLUMN_NEW;

  self->column = column;
  self->minutes = g_object_ref (minutes);
  self->pick = g_object_ref (pick);
  g_signal_connect_object (minutes, "changed", G_CALLBACK (on_minutes_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (pick, "notify::item", G_CALLBACK (show_picked), self, G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->bar, new_order);
  gtk_widget_set_visible (self->stepper, new_order);
  gtk_widget_set_visible (self->edge, !new_order);
  osc_widget_set_class (GTK_WIDGET (self), "new", new_order);
  return GTK_WIDGET (self);
}

void
osc_order_card_bind (OscOrderCard *self, OscOrderItem *item)
{
  g_return_if_fail (OSC_IS_ORDER_CARD (self));

  g_set_object (&self->item, item);
  g_signal_group_set_target (self->item_signals, item);
  hide_spinner (self);
  if (item == NULL)
    return;
  show_order (self);
  show_busy (self);
  show_picked (self);
}

OscOrderItem *
osc_order_card_get_item (OscOrderCard *self)
{
  return self->item;
}

void
osc_order_card_set_compact (OscOrderCard *self, gboolean compact)
{
  if (self->compact == compact)
    return;
  self->compact = compact;
  osc_widget_set_class (GTK_WIDGET (self), "compact", compact);
  gtk_widget_set_visible (self->more_button, !compact);
  gtk_widget_set_visible (self->less_button, !compact);
  if (self->item != NULL)
    show_order (self);
}

void
osc_order_card_set_live (OscOrderCard *self, gboolean live)
{
  self->live = live;
  show_busy (self);
}
