/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the counter sale. */

#include <string.h>

#include "osc-guest-display.h"
#include "osc-sale.h"
#include "osc-scenes.h"
#include "osy-clock.h"

/* What sells most in the mockup, best first. */
static const char *const most[] = {
    "떡볶이",   "로제떡볶이", "치즈떡볶이", "순대",     "김밥",     "참치김밥", "돈까스김밥",
    "모둠튀김", "라면",       "치즈라면",   "잔치국수", "비빔국수", "돈까스",   "비빔밥",
    "김치전",   "어묵탕",     "식혜",       "쿨피스",   "콜라",     "공깃밥",
};

static const char *
dish (OscContext *context, const char *name)
{
  const char *id = osc_fixture_dish (context->menu, name);

  g_assert_nonnull (id);
  return id;
}

static OscSale *
open_sale (OscWindow *window, OscContext *context)
{
  OscShell *shell;
  OscSale *sale;

  osc_fixture_menu (context->menu);
  shell = osc_scenes_open_shell (window, context);
  osc_shell_go (shell, "sale", NULL);
  sale = OSC_SALE (osc_shell_view (shell));
  for (guint i = 0; i < G_N_ELEMENTS (most); i++)
    osc_sold_counts_add (osc_sale_counts (sale), dish (context, most[i]), 100 - (int)i);
  osc_view_enter (OSC_VIEW (sale));
  return sale;
}

static OscCart *
cart_of (OscSale *sale)
{
  return osc_carts_current (osc_sale_carts (sale));
}

static OscCartLine *
add (OscSale *sale, OscContext *context, const char *name, const char *options, int quantity)
{
  g_autoptr (GPtrArray) choices = osc_fixture_choices (context->menu, options);

  return osc_cart_add (cart_of (sale), dish (context, name), choices, NULL, quantity);
}

/* Touches a line of the cart. */
static void
choose_line (OscSale *sale, int steps)
{
  while (steps-- > 0)
    osc_view_key (OSC_VIEW (sale), OSC_KEY_MOVE_DOWN);
}

static void
fill (OscSale *sale, OscContext *context)
{
  OscCartLine *rose;

  add (sale, context, "떡볶이", "중간맛", 2);
  rose = add (sale, context, "로제떡볶이", "중간맛,치즈 추가/모짜렐라", 1);
  osc_cart_set_line_note (cart_of (sale), rose, "덜 맵게");
  add (sale, context, "김밥", NULL, 3);
  add (sale, context, "쿨피스", NULL, 1);
}

static void
show_typical (OscWindow *window, OscContext *context)
{
  OscSale *sale = open_sale (window, context);

  fill (sale, context);
  osc_cart_set_text (cart_of (sale), OSC_CART_TABLE, "6");
  osc_cart_set_guests (cart_of (sale), 3);
  choose_line (sale, 2);
}

/* Saturday: what is sold on workdays is dimmed, and in the cart all the same. */
static void
show_hours (OscWindow *window, OscContext *context)
{
  OscSale *sale = open_sale (window, context);

  osc_fixture_hours (context->menu, "로제떡볶이");
  osc_fixture_hours (context->menu, "김밥");
  fill (sale, context);
}

static void
show_empty (OscWindow *window, OscContext *context)
{
  open_sale (window, context);
}

static void
show_options (OscWindow *window, OscContext *context)
{
  OscSale *sale = open_sale (window, context);

  fill (sale, context);
  choose_line (sale, 2);
  gtk_widget_activate_action (GTK_WIDGET (sale), "sale.edit-line", "(ib)", 2, FALSE);
}

static void
show_trouble (OscWindow *window, OscContext *context)
{
  OscSale *sale = open_sale (window, context);

  fill (sale, context);
  osc_fixture_stop (context->menu, "쿨피스");
  osc_fixture_price (context->menu, "김밥", 4000);
}

static void
show_substitutes (OscWindow *window, OscContext *context)
{
  OscSale *sale = open_sale (window, context);

  add (sale, context, "김치전", NULL, 2);
  add (sale, context, "쿨피스", NULL, 1);
  osc_fixture_stop (context->menu, "쿨피스");
}

static void
show_phone (OscWindow *window, OscContext *context)
{
  OscSale *sale = open_sale (window, context);

  fill (sale, context);
  osc_cart_set_text (cart_of (sale), OSC_CART_TABLE, "6");
  osc_carts_hold (osc_sale_carts (sale));
  add (sale, context, "비빔밥", NULL, 2);
  osc_cart_set_type (cart_of (sale), "TAKEOUT");
  osc_carts_hold (osc_sale_carts (sale));
  add (sale, context, "모둠튀김", NULL, 1);
  osc_cart_set_channel (cart_of (sale), "PHONE");
  osc_cart_set_type (cart_of (sale), "TAKEOUT");
  osc_cart_set_text (cart_of (sale), OSC_CART_PHONE, "010-0000-4821");
  osc_cart_set_text (cart_of (sale), OSC_CART_NAME, "정하늘");
  gtk_widget_activate_action (GTK_WIDGET (sale), "sale.guest", "i", 2);
}

static void
add_past (GPtrArray *orders, int number, const char *day, const char *type)
{
  OsyOrderData *order = osc_fixture_order (number, "COMPLETED", type, number * 3600);

  g_free (order->business_day);
  order->business_day = g_strdup (day);
  order->customer_name = g_strdup ("정**");
  osc_fixture_line (order, "로제떡볶이", 1, 8500, NULL);
  if (number != 20)
    osc_fixture_line (order, "김밥", number == 9 ? 2 : 1, 3500, NULL);
  if (number == 9) {
    osc_fixture_line (order, "순대", 1, 5000, NULL);
    osc_fixture_line (order, "쿨피스", 2, 3000, NULL);
  }
  g_ptr_array_add (orders, osy_order_new (order));
}

static void
show_caller (OscWindow *window, OscContext *context)
{
  OscSale *sale = open_sale (window, context);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref);

  osc_view_open (OSC_VIEW (sale), "phone");
  osc_cart_set_text (cart_of (sale), OSC_CART_PHONE, "010-0000-4821");
  add_past (orders, 9, "2026-11-18", "TAKEOUT");
  add_past (orders, 20, "2026-11-07", "DELIVERY");
  add_past (orders, 31, "2026-10-30", "DINE_IN");
  osc_caller_take (osc_sale_caller (sale), orders);
}

/* What the guest sees, without a window of its own. */
static OscGuestDisplay *
open_display (OscWindow *window)
{
  GtkWidget *display = osc_guest_display_new ();

  osc_guest_display_set_shop (OSC_GUEST_DISPLAY (display), "소담분식");
  osc_window_show_page (window, display);
  return OSC_GUEST_DISPLAY (display);
}

static void
show_guest_nobody (OscWindow *window, OscContext *context)
{
  osc_guest_display_show_nobody (open_display (window));
}

static void
show_guest_cart (OscWindow *window, OscContext *context)
{
  g_autoptr (OscCart) cart = NULL;
  g_autoptr (GPtrArray) choices = NULL;

  osc_fixture_menu (context->menu);
  cart = osc_cart_new (context->menu);
  choices = osc_fixture_choices (context->menu, "중간맛,치즈 추가/모짜렐라");
  osc_cart_add (cart, dish (context, "로제떡볶이"), choices, NULL, 1);
  osc_cart_add (cart, dish (context, "김밥"), NULL, NULL, 3);
  osc_cart_add (cart, dish (context, "쿨피스"), NULL, NULL, 1);
  osc_guest_display_show_cart (open_display (window), cart);
}

static void
show_guest_pay (OscWindow *window, gint64 received, char *address, gboolean over)
{
  g_autoptr (OsyBill) bill = osc_fixture_bill (0);
  const gint64 due = bill->total;
  const OscGuestPayment payment = {.bill = bill,
                                   .due = due,
                                   .received = over ? 0 : received,
                                   .change = received > due ? received - due : 0,
                                   .address = address,
                                   .over = over};

  osc_guest_display_show_payment (open_display (window), &payment);
}

static void
show_guest_cash (OscWindow *window, OscContext *context)
{
  show_guest_pay (window, 100000, NULL, FALSE);
}

static void
show_guest_code (OscWindow *window, OscContext *context)
{
  show_guest_pay (window, 0, (char *)"https://shop.example:8443/pay/0193489a-0000-7000", FALSE);
}

static void
show_guest_over (OscWindow *window, OscContext *context)
{
  show_guest_pay (window, 100000, NULL, TRUE);
}

const OscScene osc_scenes_sale[] = {
    {"sale", show_typical},          {"sale-empty", show_empty},
    {"sale-hours", show_hours},      {"sale-options", show_options},
    {"sale-trouble", show_trouble},  {"sale-substitutes", show_substitutes},
    {"sale-phone", show_phone},      {"sale-caller", show_caller},
    {"guest", show_guest_nobody},    {"guest-cart", show_guest_cart},
    {"guest-cash", show_guest_cash}, {"guest-code", show_guest_code},
    {"guest-over", show_guest_over}, {.name = NULL},
};
