/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How the shop takes money. The whole of it is written with every change; the secret key alone is
 * left out, so that it stays. */

#include "osc-payments-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-choice.h"
#include "osc-people-row.h"
#include "osc-shop-change.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-trade-put.h"
#include "osc-widget.h"
#include "osy-json.h"

#define METHOD "osc-method"
#define MAX_WON 1000000000

struct _OscPaymentsPage {
  GtkWidget parent_instance;
  GtkListBox *methods;
  GtkListBox *keys;
  OscField *receipt;
  OscChoice *accept;
  OscField *minutes;
  OscDocument *setup;
  OscShopStore *shop;
  gboolean showing;
};

static const struct {
  const char *method;
  const char *title; /* msgid */
  const char *about; /* msgid */
  gboolean needs_key;
} methods[] = {
    {"CASH", N_ ("Cash"), N_ ("With change and a receipt for it"), FALSE},
    {"CARD_TERMINAL", N_ ("Card terminal"), N_ ("The card is paid at the terminal beside"), FALSE},
    {"TOSS", N_ ("Toss Payments"), N_ ("By QR code or link: cards and easy pay"), TRUE},
    {"VIRTUAL_ACCOUNT", N_ ("Bank deposit"), N_ ("The guest transfers to an account of its own"),
     TRUE},
};

G_DEFINE_FINAL_TYPE (OscPaymentsPage, osc_payments_page, GTK_TYPE_WIDGET)

/* ---- what is set ---- */

static JsonObject *
toss_of (JsonObject *setup)
{
  return json_object_get_object_member (setup, "toss");
}

static gboolean
has_key (JsonObject *setup)
{
  return json_object_get_boolean_member_with_default (toss_of (setup), "secret_key_set", FALSE);
}

static gboolean
offers (JsonObject *setup, const char *method)
{
  JsonArray *list = json_object_get_array_member (setup, "methods");

  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_str_equal (json_array_get_string_element (list, i), method))
      return TRUE;
  return FALSE;
}

static gint64
receipt_from (JsonObject *setup)
{
  JsonNode *node = json_object_get_member (setup, "auto_cash_receipt_from");

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? json_node_get_int (node) : 0;
}

/* (transfer full): all of it but the secret key, to be changed and written. */
static JsonObject *
body_of (JsonObject *setup)
{
  JsonObject *body = json_object_new ();
  const char *client =
      json_object_get_string_member_with_default (toss_of (setup), "client_key", NULL);

  json_object_set_array_member (body, "methods",
                                json_array_ref (json_object_get_array_member (setup, "methods")));
  if (client != NULL) {
    JsonObject *toss = json_object_new ();
    json_object_set_string_member (toss, "client_key", client);
    json_object_set_object_member (body, "toss", toss);
  }
  if (receipt_from (setup) > 0)
    json_object_set_int_member (body, "auto_cash_receipt_from", receipt_from (setup));
  else
    json_object_set_null_member (body, "auto_cash_receipt_from");
  return body;
}

/* @body: (transfer full). */
static void
put (OscPaymentsPage *self, JsonObject *body, OscField *field, const char *sentence)
{
  const OscTradePut how = {self->setup, GTK_WIDGET (self), field, sentence};

  osc_trade_put (&how, body, body_of (osc_document_get (self->setup)));
}

/* ---- ways to pay ---- */

static void show (OscPaymentsPage *self);

static void
on_method (OscPaymentsPage *self, GParamSpec *pspec, GtkSwitch *toggle)
{
  const char *method = g_object_get_data (G_OBJECT (toggle), METHOD);
  JsonObject *setup = osc_document_get (self->setup);
  JsonArray *list;
  JsonObject *body;

  if (self->showing || setup == NULL)
    return;
  list = json_array_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (g_str_equal (methods[i].method, method) ? gtk_switch_get_active (toggle)
                                                : offers (setup, methods[i].method))
      json_array_add_string_element (list, methods[i].method);
  if (json_array_get_length (list) == 0) {
    json_array_unref (list);
    osc_toasts_say (GTK_WIDGET (self), _ ("There must be one way to pay"));
    show (self);
    return;
  }
  body = body_of (setup);
  json_object_set_array_member (body, "methods", list);
  put (self, body, NULL, _ ("Changed the ways to pay"));
}

static void
show_method (OscPaymentsPage *self, JsonObject *setup, gsize i)
{
  gboolean lacks = methods[i].needs_key && !has_key (setup);
  GtkWidget *toggle = gtk_switch_new ();
  GtkWidget *row =
      osc_people_row_add (self->methods, _ (methods[i].title),
                          lacks ? _ ("Needs the keys of Toss Payments") : _ (methods[i].about));

  gtk_switch_set_active (GTK_SWITCH (toggle), offers (setup, methods[i].method));
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (toggle, !lacks || gtk_switch_get_active (GTK_SWITCH (toggle)));
  osc_widget_set_name (toggle, _ (methods[i].title));
  g_object_set_data (G_OBJECT (toggle), METHOD, (gpointer)methods[i].method);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_method), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
}

/* ---- keys ---- */

typedef struct {
  OscPaymentsPage *page;
  OscField *client;
  OscField *secret;
} Keys;

static void
keys_saved (gpointer owner, JsonObject *answer, const GError *error)
{
  OscSheet *sheet = owner;

  if (!osc_sheet_is_open (sheet))
    return;
  if (error != NULL) {
    osc_sheet_fail (sheet, osy_error_is (error, OSY_ERROR_INVALID_REQUEST)
                               ? _ ("These are not the two keys of one pair. Copy both again from "
                                    "Toss Payments")
                               : osc_trade_failure (error));
    return;
  }
  osc_toasts_say (GTK_WIDGET (sheet), _ ("Changed the keys of Toss Payments"));
  gtk_window_close (GTK_WINDOW (sheet));
}

/* The secret goes with what is typed: it is shown to nobody again, so there is no way back. */
static void
on_keys_typed (OscSheet *sheet)
{
  Keys *keys = g_object_get_data (G_OBJECT (sheet), METHOD);
  JsonObject *setup = osc_document_get (keys->page->setup);
  g_autofree char *client = g_strstrip (g_strdup (osc_field_text (keys->client)));
  g_autofree char *secret = g_strstrip (g_strdup (osc_field_text (keys->secret)));
  JsonObject *toss;
  JsonObject *object;

  if (*client == '\0' || (*secret == '\0' && !has_key (setup))) {
    osc_sheet_fail (sheet, _ ("Both keys are needed"));
    return;
  }
  toss = json_object_new ();
  json_object_set_string_member (toss, "client_key", client);
  if (*secret != '\0')
    json_object_set_string_member (toss, "secret_key", secret);
  object = body_of (setup);
  json_object_set_object_member (object, "toss", toss);
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  osc_sheet_wait (sheet);
  osc_document_send (keys->page->setup, &(OscDocumentAct){.method = "PUT",
                                                          .body = body,
                                                          .done = keys_saved,
                                                          .owner = G_OBJECT (sheet)});
  memset (secret, 0, strlen (secret));
}

static void
on_change_keys (OscPaymentsPage *self)
{
  JsonObject *setup = osc_document_get (self->setup);
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  Keys *keys = g_new0 (Keys, 1);

  osc_sheet_ask (sheet, _ ("Keys of Toss Payments"),
                 _ ("They stand in the developer centre of Toss Payments. The secret key is kept "
                    "sealed and never shown again"),
                 _ ("Save the keys"));
  *keys = (Keys){self, osc_sheet_add_field (sheet, _ ("Client key"), NULL, FALSE),
                 osc_sheet_add_field (sheet, _ ("Secret key"),
                                      has_key (setup) ? _ ("Empty: as it is") : NULL, TRUE)};
  osc_field_set_text (
      keys->client, json_object_get_string_member_with_default (toss_of (setup), "client_key", ""));
  g_object_set_data_full (G_OBJECT (sheet), METHOD, keys, g_free);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_keys_typed), NULL);
}

static void
on_forget (OscSheet *sheet)
{
  Keys *keys = g_object_get_data (G_OBJECT (sheet), METHOD);
  JsonObject *toss = json_object_new ();
  JsonObject *object = body_of (osc_document_get (keys->page->setup));
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  json_object_set_null_member (toss, "secret_key");
  json_object_set_object_member (object, "toss", toss);
  osc_sheet_wait (sheet);
  osc_document_send (keys->page->setup, &(OscDocumentAct){.method = "PUT",
                                                          .body = body,
                                                          .done = keys_saved,
                                                          .owner = G_OBJECT (sheet)});
}

static void
on_forget_keys (OscPaymentsPage *self)
{
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  Keys *keys = g_new0 (Keys, 1);

  keys->page = self;
  osc_sheet_ask (sheet, _ ("Forget the keys?"),
                 _ ("Nothing more can be paid or given back by Toss Payments until there are new "
                    "ones"),
                 _ ("Forget the keys"));
  osc_sheet_warn (sheet);
  g_object_set_data_full (G_OBJECT (sheet), METHOD, keys, g_free);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_forget), NULL);
}

static void
show_keys (OscPaymentsPage *self, JsonObject *setup)
{
  const char *client =
      json_object_get_string_member_with_default (toss_of (setup), "client_key", NULL);
  GtkWidget *row = osc_people_row_add (self->keys, _ ("Keys of Toss Payments"), client);

  osc_people_row_tag (row, has_key (setup) ? _ ("Secret key is set") : _ ("No secret key"),
                      has_key (setup) ? "green" : NULL);
  if (has_key (setup))
    osc_people_row_button (row, _ ("Forget…"), G_CALLBACK (on_forget_keys), self, NULL);
  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_change_keys), self, NULL);
}

/* ---- receipts, paid orders ---- */

static void
save_receipt (OscPaymentsPage *self)
{
  JsonObject *setup = osc_document_get (self->setup);
  gint64 won = setup != NULL ? osc_trade_number (self->receipt, MAX_WON) : -1;
  JsonObject *body;

  if (won < 0 || won == receipt_from (setup))
    return;
  body = body_of (setup);
  if (won > 0)
    json_object_set_int_member (body, "auto_cash_receipt_from", won);
  else
    json_object_set_null_member (body, "auto_cash_receipt_from");
  put (self, body, self->receipt, _ ("Changed when cash gets a receipt unasked"));
}

static void
patch_shop (OscPaymentsPage *self, JsonObject *patch, OscField *field, const char *done)
{
  osc_shop_change_make (&(OscShopChangeWords){self->shop, GTK_WIDGET (self), field, done}, patch);
}

static void
save_minutes (OscPaymentsPage *self)
{
  OsyShop *shop = osc_shop_store_get (self->shop);
  gint64 minutes = shop != NULL ? osc_trade_number (self->minutes, 1440) : -1;
  JsonObject *patch;

  if (minutes < 0 || minutes == osy_shop_data (shop)->pay_within_minutes)
    return;
  if (minutes < 5) {
    osc_field_set_error (self->minutes, _ ("From 5 to 1440 minutes"));
    return;
  }
  patch = json_object_new ();
  json_object_set_int_member (patch, "pay_within_minutes", minutes);
  patch_shop (self, patch, self->minutes, _ ("Changed how long an order waits for its money"));
}

static void
on_accept (OscPaymentsPage *self, const char *value)
{
  JsonObject *patch = json_object_new ();
  gboolean at_once = strcmp (value, "yes") == 0;

  json_object_set_boolean_member (patch, "accept_paid_orders", at_once);
  patch_shop (self, patch, NULL,
              at_once ? _ ("Paid orders are accepted at once")
                      : _ ("Paid orders wait until somebody accepts them"));
}

static void
on_finished (OscPaymentsPage *self, OscField *field)
{
  if (field == self->receipt)
    save_receipt (self);
  else
    save_minutes (self);
}

/* ---- showing ---- */

static void
show_number (OscField *field, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  if (osc_field_error (field) == NULL &&
      !(gtk_widget_get_state_flags (GTK_WIDGET (field)) & GTK_STATE_FLAG_FOCUS_WITHIN))
    osc_field_set_text (field, text);
}

static void
show_shop (OscPaymentsPage *self)
{
  OsyShop *shop = osc_shop_store_get (self->shop);

  if (shop == NULL)
    return;
  osc_choice_set (self->accept, osy_shop_data (shop)->accept_paid_orders ? "yes" : "no");
  show_number (self->minutes, osy_shop_data (shop)->pay_within_minutes);
}

static void
again (OscPaymentsPage *self)
{
  osc_document_load (self->setup);
}

static void
show (OscPaymentsPage *self)
{
  JsonObject *setup = osc_document_get (self->setup);

  self->showing = TRUE;
  osc_people_row_clear (self->methods);
  osc_people_row_clear (self->keys);
  if (setup == NULL && osc_document_failed (self->setup))
    osc_people_row_trouble (self->methods, G_CALLBACK (again), self);
  for (gsize i = 0; setup != NULL && i < G_N_ELEMENTS (methods); i++)
    show_method (self, setup, i);
  if (setup != NULL) {
    show_keys (self, setup);
    show_number (self->receipt, receipt_from (setup));
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->receipt), setup != NULL);
  self->showing = FALSE;
}

/* ---- life ---- */

static void
osc_payments_page_dispose (GObject *object)
{
  OscPaymentsPage *self = OSC_PAYMENTS_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PAYMENTS_PAGE);
  g_clear_object (&self->setup);
  g_clear_object (&self->shop);
  G_OBJECT_CLASS (osc_payments_page_parent_class)->dispose (object);
}

static void
osc_payments_page_class_init (OscPaymentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_payments_page_dispose;
  g_type_ensure (OSC_TYPE_FIELD);
  g_type_ensure (OSC_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/trade/osc-payments-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPaymentsPage, methods);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentsPage, keys);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentsPage, receipt);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentsPage, accept);
  gtk_widget_class_bind_template_child (widget_class, OscPaymentsPage, minutes);
  gtk_widget_class_bind_template_callback (widget_class, on_accept);
  gtk_widget_class_bind_template_callback (widget_class, on_finished);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_payments_page_init (OscPaymentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_choice_add (self->accept, "yes", _ ("At once"));
  osc_choice_add (self->accept, "no", _ ("Somebody accepts them"));
}

GtkWidget *
osc_payments_page_new (const OscContext *context)
{
  OscPaymentsPage *self = g_object_new (OSC_TYPE_PAYMENTS_PAGE, NULL);

  self->setup = osc_document_new (context->client, "payment-setup");
  self->shop = g_object_ref (context->shop);
  g_signal_connect_object (self->setup, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shop, "changed", G_CALLBACK (show_shop), self, G_CONNECT_SWAPPED);
  osc_document_load (self->setup);
  show (self);
  show_shop (self);
  return GTK_WIDGET (self);
}

void
osc_payments_page_take (OscPaymentsPage *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_PAYMENTS_PAGE (self));
  osc_document_take (self->setup, answer);
}
