/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu.h"

#define ID_SHOP "0190b0de-0000-7000-8000-000000000001"
#define ID_CATEGORY "0190b0de-0000-7000-8000-000000000010"
#define ID_GIMBAP "0190b0de-0000-7000-8000-000000000021"
#define ID_TTEOK "0190b0de-0000-7000-8000-000000000022"
#define ID_SUNDAE "0190b0de-0000-7000-8000-000000000023"
#define ID_RAMYEON "0190b0de-0000-7000-8000-000000000024"
#define ID_HIDDEN "0190b0de-0000-7000-8000-000000000025"
#define ID_GOLD "0190b0de-0000-7000-8000-000000000026"
#define ID_HEAT "0190b0de-0000-7000-8000-000000000031"
#define ID_TOPPING "0190b0de-0000-7000-8000-000000000032"
#define ID_KIND "0190b0de-0000-7000-8000-000000000033"
#define ID_MILD "0190b0de-0000-7000-8000-000000000041"
#define ID_FIRE "0190b0de-0000-7000-8000-000000000042"
#define ID_CHEESE "0190b0de-0000-7000-8000-000000000043"
#define ID_EGG "0190b0de-0000-7000-8000-000000000044"
#define ID_MOZZARELLA "0190b0de-0000-7000-8000-000000000045"

/** fixture_menu_data: Returns: (transfer full): six items whose sold-out marks and prices turn at
 *  fixed hours after @now. */
OsyMenuData *fixture_menu_data (gint64 now);
/** fixture_set_hours: gives @entry, in the editor's form, some hours, or takes them away. */
void fixture_set_hours (GRand *rand, JsonObject *entry);
/** fixture_set_dish: makes @option, in the editor's form, now and then a dish of @menu that offers
 * no groups of its own. */
void fixture_set_dish (GRand *rand, JsonObject *menu, JsonObject *option);
/** fixture_add_window_price: adds to @rows a price of a time of the week. */
void fixture_add_window_price (GRand *rand, JsonArray *rows);
