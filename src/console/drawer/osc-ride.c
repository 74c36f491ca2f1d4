/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The delivery of the order in the drawer. What is being typed stays while events come in. */

#include "osc-ride.h"

#include <glib/gi18n.h>

#include "osc-field.h"
#include "osc-phone.h"
#include "osc-qr.h"
#include "osc-reasons.h"
#include "osc-sheet.h"
#include "osc-stepper.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"

#define MINUTES 20
#define MINUTES_STEP 5

struct _OscRide {
  GtkWidget parent_instance;
  GtkWidget *state;
  GtkWidget *about;
  GtkWidget *rider;
  GtkWidget *problem;
  GtkWidget *carriers;
  GtkWidget *own;
  GtkWidget *agency;
  GtkWidget *platform;
  GtkWidget *acts;
  GtkWidget *assign;
  GtkWidget *call;
  GtkWidget *link;
  GtkWidget *step;
  GtkWidget *fail;
  GtkWidget *call_off;
  GtkWidget *form;
  OscField *name;
  OscField *phone;
  OscStepper *minutes;
  GtkWidget *reasons;
  OscDeliveryStore *store; /* nullable */
  char *order_id;          /* nullable */
  gboolean open;           /* the order goes on */
  gboolean showing;
  const char *act; /* that a reason is asked for */
};

G_DEFINE_FINAL_TYPE (OscRide, osc_ride, GTK_TYPE_WIDGET)

static const OsyDelivery *
delivery_of (OscRide *self)
{
  return self->store != NULL && self->order_id != NULL
             ? osc_delivery_store_find (self->store, self->order_id)
             : NULL;
}

/* ---- showing ---- */

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static gboolean
is_state (const OsyDelivery *delivery, const char *state)
{
  return delivery != NULL && g_strcmp0 (delivery->status, state) == 0;
}

/* Nobody is on the way yet, nor called. */
static gboolean
is_free (const OsyDelivery *delivery)
{
  return is_state (delivery, OSY_DELIVERY_REQUESTED) &&
         (delivery->call == NULL || g_str_equal (delivery->call, OSY_RIDER_CALL_REFUSED) ||
          g_str_equal (delivery->call, OSY_RIDER_CALL_ENDED));
}

static gboolean
is_by (const OsyDelivery *delivery, const char *carrier)
{
  return delivery != NULL && g_strcmp0 (delivery->carrier, carrier) == 0;
}

/* How it ended, or by when it is to be there. */
static char *
about_text (const OsyDelivery *delivery)
{
  gint64 end = MAX (delivery->delivered_at, delivery->closed_at);
  gint64 at = end != 0 ? end : delivery->eta_at;
  g_autofree char *clock = at != 0 ? osc_words_clock (at) : NULL;
  const char *carrier = osc_words_carrier (delivery->carrier);

  if (clock == NULL)
    return g_strdup (carrier);
  return end != 0 ? g_strdup_printf (_ ("%s · at %s"), carrier, clock)
                  : g_strdup_printf (_ ("%s · there by %s"), carrier, clock);
}

static char *
rider_text (const OsyDelivery *delivery)
{
  if (delivery->rider != NULL && delivery->rider_phone != NULL)
    return g_strdup_printf ("%s · %s", delivery->rider, delivery->rider_phone);
  return g_strdup (delivery->rider);
}

static char *
problem_text (const OsyDelivery *delivery)
{
  if (is_state (delivery, OSY_DELIVERY_FAILED) || is_state (delivery, OSY_DELIVERY_CANCELED))
    return g_strdup (delivery->reason);
  if (g_strcmp0 (delivery->call, OSY_RIDER_CALL_REFUSED) != 0)
    return NULL;
  return delivery->call_failure != NULL
             ? g_strdup_printf (_ ("The agency said: %s"), delivery->call_failure)
             : g_strdup (_ ("The agency will not come"));
}

static void
show_words (OscRide *self, const OsyDelivery *delivery)
{
  gboolean bad = is_state (delivery, OSY_DELIVERY_FAILED) ||
                 (delivery != NULL && g_strcmp0 (delivery->call, OSY_RIDER_CALL_REFUSED) == 0);
  gboolean good = is_state (delivery, OSY_DELIVERY_DELIVERED);
  g_autofree char *state =
      delivery != NULL ? osc_words_ride (delivery) : g_strdup (_ ("No rider yet"));
  g_autofree char *about = delivery != NULL ? about_text (delivery) : NULL;
  g_autofree char *rider = delivery != NULL ? rider_text (delivery) : NULL;
  g_autofree char *problem = delivery != NULL ? problem_text (delivery) : NULL;

  show_text (self->state, state);
  osc_widget_set_class (self->state, "amber", bad);
  osc_widget_set_class (self->state, "green", good);
  show_text (self->about, about);
  show_text (self->rider, rider);
  show_text (self->problem, problem);
}

static void
show_carriers (OscRide *self, const OsyDelivery *delivery)
{
  gboolean may = self->open && is_free (delivery);

  gtk_widget_set_visible (self->carriers, may);
  self->showing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->own), is_by (delivery, OSY_CARRIER_OWN));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->agency),
                                is_by (delivery, OSY_CARRIER_AGENCY));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->platform),
                                is_by (delivery, OSY_CARRIER_PLATFORM));
  self->showing = FALSE;
}

/* Who carries it can still be chosen, called or called off. */
static void
show_riders (OscRide *self, const OsyDelivery *delivery, gboolean under_way)
{
  gboolean ours = is_by (delivery, OSY_CARRIER_OWN);
  gboolean ended = self->open && (delivery == NULL || !osy_delivery_is_live (delivery));
  gboolean waits = self->open && is_by (delivery, OSY_CARRIER_AGENCY) && is_free (delivery);

  gtk_widget_set_visible (self->assign, under_way && ours);
  gtk_button_set_label (GTK_BUTTON (self->assign), is_state (delivery, OSY_DELIVERY_REQUESTED)
                                                       ? _ ("Choose the rider")
                                                       : _ ("Another rider"));
  gtk_widget_set_visible (self->call, ended || waits);
  gtk_button_set_label (GTK_BUTTON (self->call), ended ? _ ("Find a rider") : _ ("Call a rider"));
  gtk_widget_set_visible (self->link, under_way && ours);
}

static void
show_acts (OscRide *self, const OsyDelivery *delivery)
{
  gboolean under_way = self->open && delivery != NULL && osy_delivery_is_under_way (delivery);
  gboolean out = is_state (delivery, OSY_DELIVERY_PICKED_UP);

  show_riders (self, delivery, under_way);
  gtk_widget_set_visible (self->step, under_way);
  gtk_button_set_label (GTK_BUTTON (self->step), out ? _ ("It was delivered") : _ ("It has left"));
  gtk_widget_set_visible (self->fail, under_way && out);
  gtk_widget_set_visible (self->call_off, under_way && !out && !is_free (delivery));
}

static void
show (OscRide *self)
{
  const OsyDelivery *delivery = delivery_of (self);

  gtk_widget_set_visible (GTK_WIDGET (self), self->order_id != NULL && self->store != NULL &&
                                                 (self->open || delivery != NULL));
  show_words (self, delivery);
  show_carriers (self, delivery);
  show_acts (self, delivery);
}

static void
on_changed (OscRide *self, const char *order_id)
{
  if (self->order_id != NULL && (order_id == NULL || g_str_equal (order_id, self->order_id)))
    show (self);
}

/* ---- questions ---- */

static gboolean
is_asking (OscRide *self)
{
  return gtk_widget_get_visible (self->form) || gtk_widget_get_visible (self->reasons);
}

/* @what: (nullable): the form or the reasons. */
static void
ask (OscRide *self, GtkWidget *what)
{
  gtk_widget_set_visible (self->form, what == self->form);
  gtk_widget_set_visible (self->reasons, what == self->reasons);
  gtk_widget_set_visible (self->acts, what == NULL);
}

gboolean
osc_ride_back (OscRide *self)
{
  g_return_val_if_fail (OSC_IS_RIDE (self), FALSE);
  gboolean asking = is_asking (self);

  ask (self, NULL);
  return asking;
}

static void
on_back (OscRide *self)
{
  ask (self, NULL);
}

static void
on_assign (OscRide *self)
{
  const OsyDelivery *delivery = delivery_of (self);

  if (delivery == NULL)
    return;
  osc_field_set_text (self->name, delivery->rider != NULL ? delivery->rider : "");
  osc_field_set_text (self->phone, "");
  osc_field_set_error (self->name, NULL);
  osc_field_set_error (self->phone, NULL);
  osc_stepper_set_value (self->minutes, MINUTES);
  ask (self, self->form);
  osc_field_focus (self->name);
}

/* By fives, as minutes are promised. */
static void
on_minutes (OscRide *self, int wanted)
{
  int value = osc_stepper_get_value (self->minutes);

  osc_stepper_set_value (self->minutes, CLAMP (value + (wanted - value) * MINUTES_STEP,
                                               MINUTES_STEP, OSY_DELIVERY_MAX_MINUTES));
}

static void
on_assigned (OscRide *self)
{
  const char *name = osc_field_text (self->name);
  const char *phone = osc_field_text (self->phone);
  const OscDeliveryWant want = {.order_id = self->order_id,
                                .rider = name,
                                .phone = phone,
                                .minutes = osc_stepper_get_value (self->minutes)};

  if (*name == '\0')
    osc_field_set_error (self->name, _ ("Who rides?"));
  else if (*phone != '\0' && !osc_phone_is_valid (phone))
    osc_field_set_error (self->phone, _ ("That is not a phone number"));
  else {
    ask (self, NULL);
    osc_delivery_store_assign (self->store, &want);
  }
}

static void
on_carrier (OscRide *self, GtkToggleButton *button)
{
  const char *carrier = (GtkWidget *)button == self->own      ? OSY_CARRIER_OWN
                        : (GtkWidget *)button == self->agency ? OSY_CARRIER_AGENCY
                                                              : OSY_CARRIER_PLATFORM;
  const OscDeliveryWant want = {.order_id = self->order_id, .carrier = carrier};

  if (!self->showing && gtk_toggle_button_get_active (button) &&
      !is_by (delivery_of (self), carrier))
    osc_delivery_store_call (self->store, &want);
}

/* The agency again, or the first of a new journey. */
static void
on_call (OscRide *self)
{
  const OscDeliveryWant want = {.order_id = self->order_id};

  osc_delivery_store_call (self->store, &want);
}

static void
on_step (OscRide *self)
{
  gboolean out = is_state (delivery_of (self), OSY_DELIVERY_PICKED_UP);

  osc_delivery_store_act (self->store, self->order_id, out ? "deliver" : "pick-up", NULL);
}

static void
ask_reason (OscRide *self, const char *act, OscReasonsKind kind)
{
  self->act = act;
  osc_reasons_ask (OSC_REASONS (self->reasons), kind);
  ask (self, self->reasons);
}

static void
on_fail (OscRide *self)
{
  ask_reason (self, "fail", OSC_REASONS_FAIL);
}

static void
on_call_off (OscRide *self)
{
  ask_reason (self, "cancel", OSC_REASONS_CALL_OFF);
}

static void
on_reason (OscRide *self, const char *reason)
{
  ask (self, NULL);
  osc_delivery_store_act (self->store, self->order_id, self->act, reason);
}

/* ---- the link ---- */

static void
on_link (OscRide *self)
{
  osc_delivery_store_link (self->store, self->order_id);
}

/* The rider's phone opens it without an app; whoever sees it may act for this one delivery. */
static void
on_linked (OscRide *self, const char *order_id, const char *url)
{
  GtkWidget *label;
  OscSheet *sheet;

  if (g_strcmp0 (order_id, self->order_id) != 0 || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  sheet = osc_sheet_new (GTK_WIDGET (self));
  if (*url == '/') {
    osc_sheet_ask (
        sheet, _ ("Phones can't come here yet"),
        _ ("The network is not served. Run “ordersyncctl edge setup” and start OrderSync "
           "again, or give the address in the settings of deliveries"),
        NULL);
    return;
  }
  osc_sheet_ask (sheet, _ ("The rider's link"),
                 _ ("The rider scans it, sees the address, and taps when it left and arrived. It "
                    "ends with this delivery"),
                 NULL);
  osc_sheet_add (sheet, osc_qr_new (url, _ ("QR code for the rider's phone")));
  label = gtk_label_new (url);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  osc_sheet_add (sheet, label);
}

static void
on_refused (OscRide *self, const char *order_id, const char *sentence)
{
  if (g_strcmp0 (order_id, self->order_id) != 0)
    return;
  g_info ("The delivery was not changed: %s", sentence);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    osc_toasts_say (GTK_WIDGET (self),
                    is_by (delivery_of (self), OSY_CARRIER_AGENCY) || self->act == NULL
                        ? _ ("The rider could not be called. Look at the settings of deliveries")
                        : _ ("That could not be done"));
  show (self);
}

/* ---- life ---- */

static void
osc_ride_dispose (GObject *object)
{
  OscRide *self = OSC_RIDE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_RIDE);
  g_clear_object (&self->store);
  g_clear_pointer (&self->order_id, g_free);
  G_OBJECT_CLASS (osc_ride_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, OscRide, state);
  gtk_widget_class_bind_template_child (widget_class, OscRide, about);
  gtk_widget_class_bind_template_child (widget_class, OscRide, rider);
  gtk_widget_class_bind_template_child (widget_class, OscRide, problem);
  gtk_widget_class_bind_template_child (widget_class, OscRide, carriers);
  gtk_widget_class_bind_template_child (widget_class, OscRide, own);
  gtk_widget_class_bind_template_child (widget_class, OscRide, agency);
  gtk_widget_class_bind_template_child (widget_class, OscRide, platform);
  gtk_widget_class_bind_template_child (widget_class, OscRide, acts);
  gtk_widget_class_bind_template_child (widget_class, OscRide, assign);
  gtk_widget_class_bind_template_child (widget_class, OscRide, call);
  gtk_widget_class_bind_template_child (widget_class, OscRide, link);
  gtk_widget_class_bind_template_child (widget_class, OscRide, step);
  gtk_widget_class_bind_template_child (widget_class, OscRide, fail);
  gtk_widget_class_bind_template_child (widget_class, OscRide, call_off);
  gtk_widget_class_bind_template_child (widget_class, OscRide, form);
  gtk_widget_class_bind_template_child (widget_class, OscRide, name);
  gtk_widget_class_bind_template_child (widget_class, OscRide, phone);
  gtk_widget_class_bind_template_child (widget_class, OscRide, minutes);
  gtk_widget_class_bind_template_child (widget_class, OscRide, reasons);
}

static void
osc_ride_class_init (OscRideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_ride_dispose;
  g_type_ensure (OSC_TYPE_FIELD);
  g_type_ensure (OSC_TYPE_REASONS);
  g_type_ensure (OSC_TYPE_STEPPER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/drawer/osc-ride.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_carrier);
  gtk_widget_class_bind_template_callback (widget_class, on_assign);
  gtk_widget_class_bind_template_callback (widget_class, on_assigned);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_minutes);
  gtk_widget_class_bind_template_callback (widget_class, on_call);
  gtk_widget_class_bind_template_callback (widget_class, on_link);
  gtk_widget_class_bind_template_callback (widget_class, on_step);
  gtk_widget_class_bind_template_callback (widget_class, on_fail);
  gtk_widget_class_bind_template_callback (widget_class, on_call_off);
  gtk_widget_class_bind_template_callback (widget_class, on_reason);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "ride");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
osc_ride_init (OscRide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_set_name (GTK_WIDGET (self), _ ("Delivery"));
}

void
osc_ride_follow (OscRide *self, OscDeliveryStore *store)
{
  g_return_if_fail (OSC_IS_RIDE (self));

  g_set_object (&self->store, store);
  if (store == NULL)
    return;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "linked", G_CALLBACK (on_linked), self, G_CONNECT_SWAPPED);
}

/* Accepted and not yet over. */
static gboolean
goes_on (const OsyOrderData *order)
{
  static const char *const states[] = {OSY_ORDER_ACCEPTED, OSY_ORDER_PREPARING, OSY_ORDER_READY,
                                       OSY_ORDER_DELIVERING, NULL};

  return g_strv_contains (states, order->status);
}

void
osc_ride_show (OscRide *self, const OsyOrderData *order)
{
  g_return_if_fail (OSC_IS_RIDE (self));
  gboolean delivers = order != NULL && g_strcmp0 (order->type, "DELIVERY") == 0;
  const char *id = delivers ? order->id : NULL;

  if (g_strcmp0 (self->order_id, id) != 0)
    ask (self, NULL);
  char *old = self->order_id;
  self->order_id = g_strdup (id);
  g_free (old);
  self->open = delivers && goes_on (order);
  show (self);
}
