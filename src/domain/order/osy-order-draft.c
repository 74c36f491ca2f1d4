/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From the body of POST /orders to a priced order. Pure: no clock, no database. */

#include "osy-order-draft.h"

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-id.h"
#include "osy-money.h"

#define MAX_NAME 100
#define MAX_NOTE 500
#define MAX_PHONE 30
#define MAX_AHEAD_US (G_GINT64_CONSTANT (30) * 24 * 3600 * G_USEC_PER_SEC)

static const char *const types[] = {"DINE_IN", "TAKEOUT", "DELIVERY", NULL};
static const char *const channels[] = {"COUNTER", "QR", "WEB", "PHONE", "PLATFORM", NULL};
static const char *const methods[] = {"LATER", "CASH", "CARD_TERMINAL", "TOSS", NULL};
static const char *const guest_channels[] = {"QR", "WEB", NULL};

void
osy_order_draft_free (OsyOrderDraft *self)
{
  g_free (self->restaurant_id);
  g_free (self->type);
  g_free (self->channel);
  g_free (self->table_id);
  g_free (self->check_id);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_free (self->customer_name);
  g_free (self->customer_phone);
  g_free (self->delivery_address);
  g_free (self->delivery_zone_id);
  g_free (self->note);
  g_free (self->payment_method);
  g_free (self);
}

/* ---- reading ---- */

static void
read_choices (OsyJsonReader *reader, GPtrArray *choices, int depth)
{
  guint n = osy_json_reader_opt_array (reader, "options", 100);

  if (n > 0 && depth > OSY_MENU_MAX_DEPTH) {
    osy_json_reader_fault (reader, "options", "DEPTH", "Options nest too deeply.");
    return;
  }
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *element = osy_json_reader_element (reader, "options", i);
    OsyMenuChoice *choice = osy_menu_choice_new (osy_json_reader_id (element, "option_id"));
    choice->quantity = osy_json_reader_opt_int (element, "quantity", 1, OSY_MENU_MAX_QUANTITY, 1);
    read_choices (element, choice->options, depth + 1);
    g_ptr_array_add (choices, choice);
  }
}

static void
read_lines (OsyJsonReader *reader, OsyOrderDraft *draft)
{
  guint n = osy_json_reader_array (reader, "items", 1, OSY_MENU_MAX_LINES);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *element = osy_json_reader_element (reader, "items", i);
    OsyMenuRequestLine *line =
        osy_menu_request_line_new (osy_json_reader_id (element, "menu_item_id"));
    line->quantity = osy_json_reader_int (element, "quantity", 1, OSY_MENU_MAX_QUANTITY);
    line->note = g_strdup (osy_json_reader_opt_string (element, "note", 1, MAX_NOTE));
    line->expected_price = osy_json_reader_opt_int (element, "unit_price", 0, OSY_MONEY_MAX, -1);
    line->course = (int)osy_json_reader_opt_int (element, "course", 1, OSY_ORDER_MAX_COURSE, 1);
    line->seat = (int)osy_json_reader_opt_int (element, "seat", 1, OSY_ORDER_MAX_SEAT, 0);
    read_choices (element, line->options, 1);
    g_ptr_array_add (draft->lines, line);
  }
}

static void
read_people (OsyJsonReader *reader, OsyOrderDraft *draft)
{
  OsyJsonReader *customer = osy_json_reader_opt_object (reader, "customer");
  gboolean delivery_wanted = g_strcmp0 (draft->type, "DELIVERY") == 0;
  OsyJsonReader *delivery = osy_json_reader_opt_object (reader, "delivery");

  if (customer != NULL) {
    draft->customer_name = g_strdup (osy_json_reader_opt_string (customer, "name", 1, MAX_NAME));
    draft->customer_phone = g_strdup (osy_json_reader_opt_string (customer, "phone", 1, MAX_PHONE));
  }
  if (delivery != NULL) {
    draft->delivery_address = g_strdup (osy_json_reader_string (delivery, "address", 1, MAX_NOTE));
    draft->delivery_zone_id = g_strdup (osy_json_reader_opt_id (delivery, "zone_id"));
  }
  if (delivery_wanted && delivery == NULL)
    osy_json_reader_fault (reader, "delivery", "REQUIRED", "A delivery needs an address.");
}

OsyOrderDraft *
osy_order_draft_parse (JsonNode *body, GError **error)
{
  g_autoptr (OsyOrderDraft) draft = g_new0 (OsyOrderDraft, 1);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);

  draft->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_request_line_free);
  draft->restaurant_id = g_strdup (osy_json_reader_id (reader, "restaurant_id"));
  draft->type = g_strdup (osy_json_reader_enum (reader, "type", types, NULL));
  draft->channel = g_strdup (osy_json_reader_enum (reader, "channel", channels, NULL));
  draft->table_id = g_strdup (osy_json_reader_opt_id (reader, "table_id"));
  draft->guest_count = (int)osy_json_reader_opt_int (reader, "guest_count", 1, 999, 0);
  draft->note = g_strdup (osy_json_reader_opt_string (reader, "note", 1, MAX_NOTE));
  read_lines (reader, draft);
  read_people (reader, draft);
  draft->requested_at = osy_json_reader_opt_time (reader, "requested_at");
  OsyJsonReader *payment = osy_json_reader_opt_object (reader, "payment");
  draft->payment_method =
      g_strdup (payment ? osy_json_reader_enum (payment, "method", methods, NULL) : "LATER");

  draft->practice = osy_json_reader_opt_bool (reader, "practice", FALSE);
  draft->check_id = g_strdup (osy_json_reader_opt_id (reader, "check_id"));
  if (draft->practice && draft->check_id != NULL)
    osy_json_reader_fault (reader, "check_id", "PRACTICE", "Practice goes on no real check.");
  OsyJsonReader *accept = osy_json_reader_opt_object (reader, "accept");
  if (accept != NULL)
    draft->ready_in_minutes =
        (int)osy_json_reader_int (accept, "ready_in_minutes", 1, OSY_ORDER_MAX_MINUTES);

  if (g_strcmp0 (draft->payment_method, "TOSS") == 0 &&
      (draft->practice || draft->ready_in_minutes > 0))
    osy_json_reader_fault (reader, "payment", "PREPAID",
                           "An order for practice, or accepted at once, is not paid before.");
  if (!osy_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&draft);
}

/* ---- may it be placed ---- */

gboolean
osy_order_draft_check_time (gint64 requested_at, gint64 now, GError **error)
{
  static const char detail[] = "The time must lie ahead, at most 30 days.";

  if (requested_at == 0 || (requested_at >= now && requested_at <= now + MAX_AHEAD_US))
    return TRUE;
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);
  osy_error_add_field (refusal, "/requested_at", "OUT_OF_RANGE", detail);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* A pause says so, and until when, so that the guest may wait or come back. */
static gboolean
refuse_closed (OsyShop *shop, gint64 now, GError **error)
{
  gboolean paused = g_str_equal (osy_shop_open_state_at (shop, now), OSY_SHOP_PAUSED);
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_SHOP_CLOSED,
                                         paused ? "The shop takes no orders of guests just now."
                                                : "The shop takes no orders at this time.");

  osy_error_set_extra (
      refusal, "open_state",
      json_node_init_string (json_node_alloc (), osy_shop_open_state_at (shop, now)));
  if (paused && osy_shop_data (shop)->paused_until != 0) {
    g_autofree char *until = osy_clock_format (osy_shop_data (shop)->paused_until);
    osy_error_set_extra (refusal, "paused_until",
                         json_node_init_string (json_node_alloc (), until));
  }
  g_propagate_error (error, refusal);
  return FALSE;
}

gboolean
osy_order_draft_check (const OsyOrderDraft *self,
                       OsyShop *shop,
                       OsyPrincipal *principal,
                       gint64 now,
                       GError **error)
{
  if (!osy_principal_is_anonymous (principal))
    return osy_principal_check (principal, OSY_PERM_ORDER_WRITE, error) &&
           osy_order_draft_check_time (self->requested_at, now, error);

  if (self->practice || self->ready_in_minutes > 0 || self->check_id != NULL ||
      self->delivery_zone_id != NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STAFF_ONLY,
                         "Only staff place orders for practice, accept them at once or name their "
                         "check or zone.");
    return FALSE;
  }
  if (!osy_shop_data (shop)->guest_orders) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_GUESTS_NOT_ALLOWED,
                         "This shop takes orders at the counter only.");
    return FALSE;
  }
  if (!g_strv_contains (guest_channels, self->channel)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED,
                 "Sign in to place an order by %s; guests order by QR or WEB.", self->channel);
    return FALSE;
  }
  if (!osy_shop_is_open_at (shop, self->requested_at != 0 ? self->requested_at : now)) {
    return refuse_closed (shop, now, error);
  }
  return osy_order_draft_check_time (self->requested_at, now, error);
}

/* ---- pricing ---- */

static void
take_options (GPtrArray *priced, GPtrArray *options)
{
  for (guint i = 0; i < priced->len; i++) {
    const OsyMenuPricedOption *from = g_ptr_array_index (priced, i);
    OsyOrderOption *to = osy_order_option_new ();
    to->option_id = g_strdup (from->option_id);
    to->item_id = g_strdup (from->item_id);
    to->name = g_strdup (from->name);
    to->quantity = from->quantity;
    to->price = from->price;
    take_options (from->options, to->options);
    g_ptr_array_add (options, to);
  }
}

static OsyOrderLine *
take_line (const OsyMenuPricedLine *priced, const OsyMenuRequestLine *asked)
{
  OsyOrderLine *line = osy_order_line_new ();

  line->line_id = osy_id_new ();
  line->menu_item_id = g_strdup (priced->menu_item_id);
  line->name = g_strdup (priced->name);
  line->quantity = priced->quantity;
  line->unit_price = priced->unit_price;
  line->amount = priced->amount;
  line->tax_free = priced->tax_free;
  line->station = g_strdup (priced->station);
  line->prep_minutes = priced->prep_minutes;
  line->note = g_strdup (priced->note);
  line->course = asked->course;
  line->seat = asked->seat;
  take_options (priced->options, line->options);
  return line;
}

static gboolean
add_up (OsyOrderData *order, GError **error)
{
  order->total_amount = order->delivery_fee;
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    if (!osy_money_add (order->total_amount, line->amount, &order->total_amount) ||
        (line->tax_free &&
         !osy_money_add (order->tax_free_amount, line->amount, &order->tax_free_amount))) {
      g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                           "The order comes to more than an order may.");
      return FALSE;
    }
  }
  osy_money_split_vat (order->total_amount - order->tax_free_amount, &order->supply_amount,
                       &order->vat_amount);
  return TRUE;
}

static void
take_draft (const OsyOrderDraft *self, OsyShop *shop, gint64 now, OsyOrderData *order)
{
  order->id = osy_id_new ();
  order->check_id = osy_id_new ();
  order->restaurant_id = g_strdup (self->restaurant_id);
  order->type = g_strdup (self->type);
  order->channel = g_strdup (self->channel);
  order->table_id = g_strdup (self->table_id);
  order->guest_count = self->guest_count;
  order->payment_method = g_strdup (self->payment_method);
  order->status =
      g_strdup (self->ready_in_minutes > 0 ? OSY_ORDER_ACCEPTED : osy_order_birth_status (order));
  order->business_day = osy_shop_business_day (shop, now);
  order->practice = self->practice;
  order->version = 1;
  order->requested_at = self->requested_at;
  order->created_at = now;
  if (self->ready_in_minutes > 0) {
    order->version = 2;
    osy_order_data_accept (order, self->ready_in_minutes, now);
  }
  order->customer_name = g_strdup (self->customer_name);
  order->customer_phone = g_strdup (self->customer_phone);
  order->delivery_address = g_strdup (self->delivery_address);
  order->delivery_fee = self->delivery_fee;
  order->note = g_strdup (self->note);
}

OsyOrderData *
osy_order_draft_price (const OsyOrderDraft *self,
                       OsyMenu *menu,
                       OsyShop *shop,
                       OsyPrincipal *principal,
                       gint64 now,
                       GError **error)
{
  gint64 minimum = MAX (osy_shop_data (shop)->minimum_order, self->delivery_minimum);
  g_autoptr (GPtrArray) priced =
      osy_menu_price_lines (menu, self->lines, self->channel, now, error);
  if (priced == NULL)
    return NULL;

  g_autoptr (OsyOrderData) order = osy_order_data_new ();
  take_draft (self, shop, now, order);
  for (guint i = 0; i < priced->len; i++)
    g_ptr_array_add (order->lines,
                     take_line (g_ptr_array_index (priced, i), g_ptr_array_index (self->lines, i)));
  if (!add_up (order, error))
    return NULL;
  if (osy_principal_is_anonymous (principal) &&
      order->total_amount - order->delivery_fee < minimum) {
    g_autofree char *text = osy_money_format (minimum);
    g_set_error (error, OSY_ERROR, OSY_ERROR_BELOW_MINIMUM,
                 "Orders begin at %s won here; add something.", text);
    return NULL;
  }
  return g_steal_pointer (&order);
}
