/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who an order is for. The whole is asked for with a reason, written down by the daemon, and
 * forgotten here as soon as another order is looked at. */

#include "osc-guest.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-guest-acts.h"
#include "osc-pin-ask.h"
#include "osc-widget.h"
#include "osy-json.h"

struct _OscGuest {
  GtkWidget parent_instance;
  GtkWidget *text;
  GtkWidget *show;
  GtkWidget *question;
  GtkWidget *chips;
  GtkWidget *acts;
  GtkWidget *problem;

  OsyClient *client; /* nullable */
  OscPeople *people; /* nullable */
  GCancellable *cancellable;
  char *order_id;     /* nullable */
  const char *reason; /* (nullable): the one chosen, while it is asked for */
  gboolean whole;     /* the text is not masked */
};

/* In the order of the wire words: why somebody may need it. */
static const OscGuestReason reasons[] = {
    {"CALL_GUEST", N_ ("To call the guest")}, {"DELIVERY", N_ ("To deliver")},
    {"COMPLAINT", N_ ("A complaint")},        {"REFUND", N_ ("A refund")},
    {"PERSON_ASKED", N_ ("The guest asks")},  {NULL, NULL},
};

G_DEFINE_FINAL_TYPE (OscGuest, osc_guest, GTK_TYPE_WIDGET)

static void
ask (OscGuest *self, gboolean open)
{
  gtk_widget_set_visible (self->question, open);
  if (open)
    gtk_widget_grab_focus (gtk_widget_get_first_child (gtk_widget_get_first_child (self->chips)));
}

static void
tell_problem (OscGuest *self, const char *problem)
{
  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

static void
show_parts (OscGuest *self, const char *name, const char *phone, const char *address)
{
  const char *parts[] = {name, phone, address};
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && parts[i][0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  gtk_label_set_label (GTK_LABEL (self->text), text->str);
  gtk_widget_set_visible (GTK_WIDGET (self), text->len > 0);
}

/* ---- asking for the whole ---- */

static const char *
text_of (JsonNode *answer, const char *name)
{
  return json_object_get_string_member_with_default (json_node_get_object (answer), name, NULL);
}

static void send_for (OscGuest *self, const char *act_token);

/* For another order by now, or closed: nothing to allow any more. */
static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscGuest) self = user_data;
  g_autoptr (OscPinAnswer) answer = osc_pin_ask_finish (result, NULL);

  if (self->text == NULL || self->reason == NULL)
    return;
  gtk_widget_set_sensitive (self->question, TRUE);
  if (answer != NULL)
    send_for (self, answer->act_token);
}

/* A manager who stands beside may allow it once. */
static void
ask_for_pin (OscGuest *self)
{
  osc_pin_ask_async (GTK_WIDGET (self), self->people, "guest:unmask",
                     _ ("Only a manager can see this"), allowed_cb, g_object_ref (self));
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscGuest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      osy_error_is (error, OSY_ERROR_CANCELLED) || self->text == NULL)
    return;
  gtk_widget_set_sensitive (self->question, TRUE);
  if (osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION) && self->people != NULL) {
    ask_for_pin (self);
    return;
  }
  if (answer == NULL) {
    tell_problem (self, osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION)
                            ? _ ("Only a manager or the owner may see this.")
                            : error->message);
    return;
  }
  self->whole = TRUE;
  tell_problem (self, NULL);
  ask (self, FALSE);
  gtk_widget_set_visible (self->show, FALSE);
  show_parts (self, text_of (answer, "name"), text_of (answer, "phone"),
              text_of (answer, "address"));
}

static void
send_for (OscGuest *self, const char *act_token)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  g_autofree char *path =
      g_strconcat ("/api/v1/restaurants/me/orders/", self->order_id, "/unmask", NULL);
  const OsyClientRequest request = {
      .method = "POST", .path = path, .body = body, .act_token = act_token};

  json_object_set_string_member (object, "reason", self->reason);
  gtk_widget_set_sensitive (self->question, FALSE);
  tell_problem (self, NULL);
  osy_client_send_async (self->client, &request, self->cancellable, shown_cb, g_object_ref (self));
}

static void
on_chip (OscGuest *self, GtkWidget *chip)
{
  self->reason = osc_guest_reason_of (chip);
  send_for (self, NULL);
}

static void
on_show (OscGuest *self)
{
  ask (self, !gtk_widget_get_visible (self->question));
}

/* ---- life ---- */

static void
stop_asking (OscGuest *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
osc_guest_dispose (GObject *object)
{
  OscGuest *self = OSC_GUEST (object);

  stop_asking (self);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_GUEST);
  g_clear_object (&self->client);
  g_clear_object (&self->people);
  g_clear_pointer (&self->order_id, g_free);
  G_OBJECT_CLASS (osc_guest_parent_class)->dispose (object);
}

static void
osc_guest_class_init (OscGuestClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (OSC_TYPE_GUEST_ACTS);
  G_OBJECT_CLASS (klass)->dispose = osc_guest_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/drawer/osc-guest.ui");
  gtk_widget_class_bind_template_child (widget_class, OscGuest, text);
  gtk_widget_class_bind_template_child (widget_class, OscGuest, show);
  gtk_widget_class_bind_template_child (widget_class, OscGuest, question);
  gtk_widget_class_bind_template_child (widget_class, OscGuest, chips);
  gtk_widget_class_bind_template_child (widget_class, OscGuest, acts);
  gtk_widget_class_bind_template_child (widget_class, OscGuest, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "guest");
}

static void
osc_guest_init (OscGuest *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  osc_guest_add_reasons (self->chips, reasons, G_CALLBACK (on_chip), self);
}

void
osc_guest_set_client (OscGuest *self, OsyClient *client, OscPeople *people)
{
  g_return_if_fail (OSC_IS_GUEST (self));

  g_set_object (&self->client, client);
  g_set_object (&self->people, people);
  osc_guest_acts_set (OSC_GUEST_ACTS (self->acts), client, people);
  gtk_widget_set_visible (self->show, client != NULL && !self->whole);
}

static void
forget (OscGuest *self, const OsyOrderData *order)
{
  stop_asking (self);
  self->cancellable = g_cancellable_new ();
  self->whole = FALSE;
  self->reason = NULL;
  g_free (self->order_id);
  self->order_id = order != NULL ? g_strdup (order->id) : NULL;
  gtk_widget_set_visible (self->question, FALSE);
  gtk_widget_set_sensitive (self->question, TRUE);
  tell_problem (self, NULL);
}

void
osc_guest_show (OscGuest *self, const OsyOrderData *order)
{
  g_return_if_fail (OSC_IS_GUEST (self));

  if (order == NULL || g_strcmp0 (self->order_id, order->id) != 0)
    forget (self, order);
  osc_guest_acts_show (OSC_GUEST_ACTS (self->acts), order != NULL ? order->guest_id : NULL);
  if (order == NULL) {
    show_parts (self, NULL, NULL, NULL);
    return;
  }
  if (self->whole)
    return;
  show_parts (self, order->customer_name, order->customer_phone, order->delivery_address);
  gtk_widget_set_visible (self->show, self->client != NULL);
}

gboolean
osc_guest_back (OscGuest *self)
{
  g_return_val_if_fail (OSC_IS_GUEST (self), FALSE);

  gboolean open = gtk_widget_get_visible (self->question);
  ask (self, FALSE);
  return open || osc_guest_acts_back (OSC_GUEST_ACTS (self->acts));
}
