/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the settings: each page, and the strip while orders are paused. */

#include "osc-scenes.h"
#include "osy-clock.h"

static void
put_shop (OscContext *context, gint64 paused_until)
{
  static const OsyShopHours hours[] = {{1, 600, 900},  {1, 1020, 1260}, {2, 600, 1260},
                                       {3, 600, 1260}, {4, 600, 1260},  {5, 660, 1560},
                                       {6, 660, 1560}};
  OsyShopData *data = osy_shop_data_copy (osy_shop_data (osc_shop_store_get (context->shop)));
  g_autoptr (OsyShop) shop = NULL;

  data->business_number = g_strdup ("1248100998");
  data->phone = g_strdup ("0200004821");
  data->owner_name = g_strdup ("김지은");
  g_array_append_vals (data->hours, hours, G_N_ELEMENTS (hours));
  if (paused_until != 0) {
    g_free (data->open_state);
    data->open_state = g_strdup (OSY_SHOP_PAUSED);
    data->paused_until = paused_until;
  }
  data->version++;
  shop = osy_shop_new (data);
  osc_shop_store_put (context->shop, shop);
}

static void
open_page (OscWindow *window, OscContext *context, const char *page, gint64 paused_until)
{
  OscShell *shell;

  put_shop (context, paused_until);
  shell = osc_scenes_open_shell (window, context);
  osc_strip_follow (osc_window_strip (window), context->shop);
  osc_shell_go (shell, "settings", page);
}

static void
show_shop (OscWindow *window, OscContext *context)
{
  open_page (window, context, "shop", 0);
}

static void
show_hours (OscWindow *window, OscContext *context)
{
  open_page (window, context, "hours", 0);
}

static void
show_sound (OscWindow *window, OscContext *context)
{
  open_page (window, context, "sound", 0);
}

static void
show_screen (OscWindow *window, OscContext *context)
{
  open_page (window, context, "screen", osy_clock_now () + 571 * G_USEC_PER_SEC);
}

static void
show_about (OscWindow *window, OscContext *context)
{
  open_page (window, context, "about", 0);
}

const OscScene osc_scenes_settings[] = {
    {"settings-shop", show_shop},   {"settings-hours", show_hours},
    {"settings-sound", show_sound}, {"settings-screen", show_screen},
    {"settings-about", show_about}, {.name = NULL},
};
