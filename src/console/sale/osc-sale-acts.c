/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is done in the sale: dishes into the cart, sold out, sending and taking back. */

#include <glib/gi18n.h>
#include <string.h>

#include "osc-sale-private.h"
#include "osc-table-plan.h"
#include "osc-toasts.h"
#include "osy-clock.h"

/* ---- sold out ---- */

static void
on_sell_again (OscSale *self)
{
  if (self->stopped != NULL)
    osc_sale_stop_item (self, self->stopped, FALSE);
}

static void
offer_to_sell (OscSale *self, const OsyMenuItem *item, const char *text)
{
  g_free (self->stopped);
  self->stopped = g_strdup (item->id);
  osc_toasts_offer (GTK_WIDGET (self), text, _ ("Sell again"), G_CALLBACK (on_sell_again),
                    G_OBJECT (self));
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSale) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_menu_store_apply_finish (OSC_MENU_STORE (source), result, &error))
    osc_toasts_say (GTK_WIDGET (self), _ ("That didn't reach the server. Nothing has changed"));
}

void
osc_sale_stop_item (OscSale *self, const char *item_id, gboolean stop)
{
  const OsyMenuItem *item = osy_menu_find_item (osc_sale_menu (self), item_id);
  OscMenuStopping stopping = {.id = item_id};
  g_autofree char *text = NULL;

  if (item == NULL)
    return;
  if (!self->live) {
    osc_toasts_say (GTK_WIDGET (self), _ ("Reconnecting. Try again in a moment"));
    return;
  }
  stopping.stop.mode = stop ? OSY_MENU_SOLD_OUT_TODAY : OSY_MENU_FOR_SALE;
  osc_menu_store_stop_async (self->context.menu, &stopping, stopped_cb, g_object_ref (self));
  if (stop) {
    /* Translators: a dish was marked */
    text = g_strdup_printf (_ ("%s: sold out for today"), item->name);
    offer_to_sell (self, item, text);
  } else {
    text = g_strdup_printf (_ ("%s: for sale again"), item->name);
    osc_toasts_say (GTK_WIDGET (self), text);
  }
}

/* ---- into the cart ---- */

static int
take_quantity (OscSale *self)
{
  int quantity = MAX (self->quantity, 1);

  self->quantity = 0;
  osc_sale_show_hint (self);
  return quantity;
}

static void
open_options (OscSale *self, const OscOptionSheetStart *start)
{
  osc_guest_sheet_close (OSC_GUEST_SHEET (self->guest));
  if (osc_sale_is_on (self, "options"))
    osc_option_sheet_close (OSC_OPTION_SHEET (self->options));
  if (osc_option_sheet_open (OSC_OPTION_SHEET (self->options), self->cart, osc_sale_menu (self),
                             start))
    osc_sale_show_page (self, "options");
}

static void
add_item (OscSale *self, const OsyMenuItem *item)
{
  OscCartLine *line;

  if (osc_option_sheet_wants (item)) {
    open_options (self,
                  &(OscOptionSheetStart){.item_id = item->id, .quantity = take_quantity (self)});
    return;
  }
  line = osc_cart_add (self->cart, item->id, NULL, NULL, take_quantity (self));
  if (line != NULL)
    osc_cart_panel_choose (OSC_CART_PANEL (self->panel), line);
  else
    osc_toasts_say (GTK_WIDGET (self), _ ("An order holds at most 100 lines"));
}

void
osc_sale_choose_item (OscSale *self, const char *item_id)
{
  const OsyMenuItem *item = osy_menu_find_item (osc_sale_menu (self), item_id);
  gboolean stopping = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->stop_mode));
  g_autofree char *text = NULL;
  gboolean sold_out;

  if (item == NULL)
    return;
  sold_out = osy_menu_stop_at (&item->stop, osy_clock_now ());
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->stop_mode), FALSE);
  if (stopping && !sold_out) {
    osc_sale_stop_item (self, item_id, TRUE);
  } else if (sold_out) {
    /* Translators: asks whether a dish that was sold out is there again */
    text = g_strdup_printf (_ ("%s is sold out. Sell it again?"), item->name);
    offer_to_sell (self, item, text);
  } else {
    add_item (self, item);
  }
}

/* ---- its table ---- */

void
osc_sale_set_table (OscSale *self, const char *id, int guests)
{
  const OsyTable *table = osc_table_store_find (self->context.tables, id);

  if (table == NULL)
    return;
  osc_cart_set_table (self->cart, table->table_id, table->number);
  if (guests == 0 && table->seating != NULL)
    guests = table->seating->guest_count;
  if (guests > 0)
    osc_cart_set_guests (self->cart, guests);
}

static void
on_table_picked (OscSale *self, const char *id)
{
  osc_sale_set_table (self, id, 0);
  osc_sale_show_page (self, "tiles");
  osc_sale_show_items (self, TRUE);
}

gboolean
osc_sale_choose_table (OscSale *self)
{
  if (osc_table_store_plan (self->context.tables)->floors->len == 0)
    return FALSE;
  if (self->plan == NULL) {
    self->plan = osc_table_plan_new (self->context.tables);
    gtk_stack_add_named (GTK_STACK (self->stack), self->plan, "tables");
    g_signal_connect_object (self->plan, "picked", G_CALLBACK (on_table_picked), self,
                             G_CONNECT_SWAPPED);
  }
  osc_table_plan_pick (OSC_TABLE_PLAN (self->plan), osc_cart_table_id (self->cart));
  osc_sale_show_page (self, "tables");
  return TRUE;
}

/* What was typed is the number of a table on the plan: its check is joined. */
static void
find_typed_table (OscSale *self)
{
  const char *typed = osc_cart_text (self->cart, OSC_CART_TABLE);
  const OsyTable *table = osc_table_store_find_number (self->context.tables, typed);

  if (osc_cart_table_id (self->cart) == NULL && table != NULL &&
      strcmp (osc_cart_type (self->cart), "DINE_IN") == 0)
    osc_cart_set_table (self->cart, table->table_id, table->number);
}

void
osc_sale_open_guest (OscSale *self, OscGuestField begin)
{
  if (begin == OSC_GUEST_TABLE && osc_sale_choose_table (self))
    return;
  if (osc_sale_is_on (self, "options"))
    osc_option_sheet_close (OSC_OPTION_SHEET (self->options));
  osc_sale_show_page (self, "guest");
  osc_guest_sheet_open (OSC_GUEST_SHEET (self->guest), self->cart, begin);
}

void
osc_sale_hold (OscSale *self)
{
  if (osc_carts_hold (self->carts))
    osc_toasts_say (GTK_WIDGET (self), _ ("The order is on hold. Its tab is above the cart"));
}

/* ---- by phone ---- */

void
osc_sale_begin_phone (OscSale *self)
{
  if (!osc_cart_is_empty (self->cart))
    osc_sale_hold (self);
  osc_cart_set_channel (self->cart, "PHONE");
  if (strcmp (osc_cart_type (self->cart), "DINE_IN") == 0)
    osc_cart_set_type (self->cart, "TAKEOUT");
  osc_sale_open_guest (self, OSC_GUEST_PHONE);
}

/* (transfer full) (nullable): the names of what cannot be sold as it was. */
static char *
missing_text (OscSale *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->cart)); i++) {
    g_autoptr (OscCartLine) line = g_list_model_get_item (G_LIST_MODEL (self->cart), i);

    if (osc_cart_line_state (line) != OSC_CART_LINE_FINE)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", osc_cart_line_name (line));
  }
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

void
osc_sale_repeat (OscSale *self, OsyOrder *order)
{
  const OsyOrderData *data = osy_order_data (order);
  g_autofree char *missing = NULL;
  gboolean wants_address;

  osc_cart_repeat_order (self->cart, order);
  wants_address = strcmp (osc_cart_type (self->cart), "DELIVERY") == 0 &&
                  osc_cart_text (self->cart, OSC_CART_ADDRESS)[0] == '\0';
  if (wants_address && osc_people_may (self->context.people, "guest:unmask")) {
    g_free (self->address_order);
    self->address_order = g_strdup (data->id);
    osc_caller_ask_address (self->caller, data->id);
  }
  if (wants_address)
    osc_sale_open_guest (self, OSC_GUEST_ADDRESS);
  else
    osc_guest_sheet_close (OSC_GUEST_SHEET (self->guest));
  missing = missing_text (self);
  if (missing != NULL) {
    /* Translators: names of dishes that are sold out or gone */
    g_autofree char *text = g_strdup_printf (_ ("Not to be had now: %s"), missing);

    osc_toasts_say (GTK_WIDGET (self), text);
  }
}

/* Whether @order_id is still one of the number that was typed. */
static gboolean
is_of_caller (OscSale *self, const char *order_id)
{
  GPtrArray *orders = osc_caller_orders (self->caller);

  for (guint i = 0; i < orders->len; i++)
    if (strcmp (osy_order_data (g_ptr_array_index (orders, i))->id, order_id) == 0)
      return TRUE;
  return FALSE;
}

void
osc_sale_take_address (OscSale *self, const char *order_id, const char *address)
{
  if (g_strcmp0 (self->address_order, order_id) != 0 || !is_of_caller (self, order_id))
    return;
  g_clear_pointer (&self->address_order, g_free);
  if (strcmp (osc_cart_type (self->cart), "DELIVERY") != 0 ||
      osc_cart_text (self->cart, OSC_CART_ADDRESS)[0] != '\0')
    return;
  osc_cart_set_text (self->cart, OSC_CART_ADDRESS, address);
  osc_guest_sheet_close (OSC_GUEST_SHEET (self->guest));
}

/* ---- copying an order ---- */

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSale) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) order = osy_client_order_finish (OSY_CLIENT (source), result, &error);

  if (order != NULL)
    osc_carts_copy_order (self->carts, order);
  else
    osc_toasts_say (GTK_WIDGET (self), _ ("That order can't be opened now. Try again"));
}

void
osc_sale_copy (OscSale *self, const char *id)
{
  OscOrderItem *item = osc_order_store_find (self->context.orders, id);

  if (item != NULL)
    osc_carts_copy_order (self->carts, osc_order_item_get_order (item));
  else if (self->context.client != NULL)
    osy_client_order_async (self->context.client, id, NULL, copied_cb, g_object_ref (self));
}

/* ---- sending ---- */

/* The order is cancelled while nobody cooks it, and its dishes are in the cart again. */
static void
on_take_back (OscSale *self)
{
  g_autoptr (OsyOrder) sent = g_steal_pointer (&self->sent);
  g_autoptr (OscOrderItem) item = NULL;

  if (sent == NULL)
    return;
  g_set_object (&item, osc_order_store_find (self->context.orders, osy_order_data (sent)->id));
  if (item == NULL)
    item = osc_order_item_new (sent);
  if (osc_acts_unsend (self->context.acts, item))
    osc_carts_copy_order (self->carts, sent);
}

static void
count_sold (OscSale *self, const OsyOrderData *order)
{
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);

    osc_sold_counts_add (self->counts, line->menu_item_id, (int)line->quantity);
  }
  osc_sold_counts_save (self->counts);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSale) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) order = osc_cart_send_finish (OSC_CART (source), result, &error);
  gboolean pays = self->pays;
  g_autofree char *text = NULL;

  self->pays = FALSE;
  if (order == NULL) {
    text = osc_cart_failure_text (error);
    osc_toasts_say (GTK_WIDGET (self), text);
    return;
  }
  g_set_object (&self->sent, order);
  count_sold (self, osy_order_data (order));
  if (pays && osy_order_data (order)->check_id != NULL) {
    g_autofree char *what = g_strconcat (osy_order_data (order)->check_id, "/sale", NULL);
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "payment", what);
  }
  text = g_strdup_printf (_ ("Sent no. %d to the kitchen"), (int)osy_order_data (order)->number);
  osc_toasts_offer (GTK_WIDGET (self), text, _ ("Take it back"), G_CALLBACK (on_take_back),
                    G_OBJECT (self));
}

/* What an order takes now; until that is known, what the shop usually does. */
static int
least_minutes (OscSale *self)
{
  const OsyKitchenOutlook *outlook =
      self->context.load != NULL ? osc_load_store_get (self->context.load) : NULL;
  OsyShop *shop = osc_shop_store_get (self->context.shop);

  if (outlook != NULL)
    return (int)outlook->minutes;
  return shop != NULL ? osy_shop_data (shop)->default_prep_minutes : OSC_DEFAULT_MINUTES;
}

void
osc_sale_send (OscSale *self, gboolean pay)
{
  g_autofree char *reason = NULL;

  if (osc_cart_busy (self->cart))
    return;
  self->pays = pay;
  if (!self->live) {
    osc_toasts_say (GTK_WIDGET (self), _ ("Reconnecting. The cart is kept; send it in a moment"));
    return;
  }
  find_typed_table (self);
  if (!osc_cart_can_send (self->cart, &reason)) {
    osc_toasts_say (GTK_WIDGET (self), reason);
    return;
  }
  osc_cart_send_async (self->cart, self->context.client,
                       osc_cart_suggested_minutes (self->cart, least_minutes (self)), sent_cb,
                       g_object_ref (self));
}

/* ---- actions ---- */

static void
send_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  osc_sale_send (OSC_SALE (widget), g_str_equal (name, "sale.pay"));
}

static void
hold_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  osc_sale_hold (OSC_SALE (widget));
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  osc_cart_undo (OSC_SALE (widget)->cart);
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  osc_cart_redo (OSC_SALE (widget)->cart);
}

static void
guest_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  osc_sale_open_guest (OSC_SALE (widget), (OscGuestField)g_variant_get_int32 (parameter));
}

static void
edit_line_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscSale *self = OSC_SALE (widget);
  OscCartLine *line;
  gboolean note;
  int id;

  g_variant_get (parameter, "(ib)", &id, &note);
  line = osc_cart_panel_find (OSC_CART_PANEL (self->panel), id);
  if (line != NULL)
    open_options (self, &(OscOptionSheetStart){
                            .item_id = osc_cart_line_item_id (line), .line = line, .note = note});
}

static void
set_quantity_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscSale *self = OSC_SALE (widget);
  OscCartLine *line;
  int quantity;
  int id;

  g_variant_get (parameter, "(ii)", &id, &quantity);
  line = osc_cart_panel_find (OSC_CART_PANEL (self->panel), id);
  if (line != NULL)
    osc_cart_set_quantity (self->cart, line, quantity);
}

static void
set_serving_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscSale *self = OSC_SALE (widget);
  OscCartLine *line;
  int number;
  int id;

  g_variant_get (parameter, "(ii)", &id, &number);
  line = osc_cart_panel_find (OSC_CART_PANEL (self->panel), id);
  if (line != NULL && g_str_equal (name, "sale.set-course"))
    osc_cart_set_course (self->cart, line, number);
  else if (line != NULL)
    osc_cart_set_seat (self->cart, line, number);
}

static void
take_price_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscSale *self = OSC_SALE (widget);
  OscCartLine *line =
      osc_cart_panel_find (OSC_CART_PANEL (self->panel), g_variant_get_int32 (parameter));

  if (line != NULL)
    osc_cart_line_take_price (self->cart, line);
}

/* What has to be chosen with it is asked for at once. */
static void
swap_line_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscSale *self = OSC_SALE (widget);
  g_autofree char *item_id = NULL;
  OscCartLine *line;
  int id;

  g_variant_get (parameter, "(is)", &id, &item_id);
  line = osc_cart_panel_find (OSC_CART_PANEL (self->panel), id);
  line = line != NULL ? osc_cart_swap (self->cart, line, item_id) : NULL;
  if (line == NULL)
    return;
  osc_cart_panel_choose (OSC_CART_PANEL (self->panel), line);
  if (osc_cart_line_state (line) == OSC_CART_LINE_OPTIONS)
    open_options (self, &(OscOptionSheetStart){.item_id = item_id, .line = line});
}

void
osc_sale_install_acts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "sale.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "sale.pay", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "sale.hold", NULL, hold_action);
  gtk_widget_class_install_action (widget_class, "sale.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "sale.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "sale.guest", "i", guest_action);
  gtk_widget_class_install_action (widget_class, "sale.edit-line", "(ib)", edit_line_action);
  gtk_widget_class_install_action (widget_class, "sale.set-quantity", "(ii)", set_quantity_action);
  gtk_widget_class_install_action (widget_class, "sale.set-course", "(ii)", set_serving_action);
  gtk_widget_class_install_action (widget_class, "sale.set-seat", "(ii)", set_serving_action);
  gtk_widget_class_install_action (widget_class, "sale.take-price", "i", take_price_action);
  gtk_widget_class_install_action (widget_class, "sale.swap-line", "(is)", swap_line_action);
}
