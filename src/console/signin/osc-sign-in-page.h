/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osy-client.h"

G_BEGIN_DECLS

/** OscSignInPage: e-mail and password. Signals: "signed-in"; "join": with an invitation; "pair":
 * this is to be a screen of the shop. */
#define OSC_TYPE_SIGN_IN_PAGE (osc_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (OscSignInPage, osc_sign_in_page, OSC, SIGN_IN_PAGE, GtkWidget)

/** osc_sign_in_page_new: signs in through @client. */
GtkWidget *osc_sign_in_page_new (OsyClient *client);
/** osc_sign_in_page_set_shop: @restaurant_id: (nullable): the shop to sign in to. */
void osc_sign_in_page_set_shop (OscSignInPage *self, const char *restaurant_id);

G_END_DECLS
