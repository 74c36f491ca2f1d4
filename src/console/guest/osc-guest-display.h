/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-cart.h"
#include "osy-bill.h"

G_BEGIN_DECLS

/** What a guest is to see of a payment. Won; 0: not so. */
typedef struct {
  const OsyBill *bill;
  gint64 due;      /* of what is being paid now */
  gint64 received; /* cash that was typed */
  gint64 change;
  char *address; /* (nullable): where a phone pays, as a QR code */
  gboolean over; /* all is paid */
} OscGuestPayment;

/** OscGuestDisplay: what the guest at the counter sees: what is being sold and what it comes to,
 * then what is to be paid, received and given back, or the code to pay with; between guests the
 * shop's name. Nobody's name, number or address is ever on it. */
#define OSC_TYPE_GUEST_DISPLAY (osc_guest_display_get_type ())
G_DECLARE_FINAL_TYPE (OscGuestDisplay, osc_guest_display, OSC, GUEST_DISPLAY, GtkWidget)

/** osc_guest_display_new: shows nobody. */
GtkWidget *osc_guest_display_new (void);
/** osc_guest_display_speak: @language: "ko", "en", "both", or "": that of the console; holds from
 * the next showing on. @menu: (nullable): whose names in other languages are used. */
void osc_guest_display_speak (OscGuestDisplay *self, const char *language, OscMenuStore *menu);
/** osc_guest_display_set_shop: @name: of the shop. */
void osc_guest_display_set_shop (OscGuestDisplay *self, const char *name);
/** osc_guest_display_show_cart: as it is now; an empty one shows nobody. */
void osc_guest_display_show_cart (OscGuestDisplay *self, OscCart *cart);
/** osc_guest_display_show_payment: as it is now. */
void osc_guest_display_show_payment (OscGuestDisplay *self, const OscGuestPayment *payment);
/** osc_guest_display_show_nobody: the shop's name alone. */
void osc_guest_display_show_nobody (OscGuestDisplay *self);

G_END_DECLS
