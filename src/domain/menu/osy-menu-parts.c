/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Makers and ends of the plain parts a menu is built from. */

#include "osy-menu.h"

OsyMenuData *
osy_menu_data_new (const char *restaurant_id, gint64 version)
{
  OsyMenuData *self = g_new0 (OsyMenuData, 1);

  self->restaurant_id = g_strdup (restaurant_id);
  self->version = version;
  self->categories = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_category_free);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_group_free);
  return self;
}

void
osy_menu_data_free (OsyMenuData *self)
{
  if (self == NULL)
    return;
  g_free (self->restaurant_id);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

OsyMenuCategory *
osy_menu_category_new (void)
{
  OsyMenuCategory *self = g_new0 (OsyMenuCategory, 1);

  self->visible = TRUE;
  self->version = 1;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_item_free);
  return self;
}

void
osy_menu_category_free (OsyMenuCategory *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->name_en);
  g_ptr_array_unref (self->items);
  g_free (self);
}

OsyMenuItem *
osy_menu_item_new (void)
{
  OsyMenuItem *self = g_new0 (OsyMenuItem, 1);

  self->visible = TRUE;
  self->version = 1;
  self->allergens = g_new0 (char *, 1);
  self->prices = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_price_free);
  self->groups = g_ptr_array_new ();
  return self;
}

void
osy_menu_item_free (OsyMenuItem *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->category_id);
  g_free (self->name);
  g_free (self->name_en);
  g_free (self->description);
  g_free (self->origin);
  g_strfreev (self->allergens);
  g_free (self->station);
  g_ptr_array_unref (self->prices);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

OsyMenuGroup *
osy_menu_group_new (void)
{
  OsyMenuGroup *self = g_new0 (OsyMenuGroup, 1);

  self->version = 1;
  self->options = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_option_free);
  return self;
}

void
osy_menu_group_free (OsyMenuGroup *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->name_en);
  g_ptr_array_unref (self->options);
  g_free (self);
}

OsyMenuOption *
osy_menu_option_new (void)
{
  OsyMenuOption *self = g_new0 (OsyMenuOption, 1);

  self->prices = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_price_free);
  self->groups = g_ptr_array_new ();
  return self;
}

void
osy_menu_option_free (OsyMenuOption *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->name_en);
  g_ptr_array_unref (self->prices);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

OsyMenuPrice *
osy_menu_price_new (const char *channel, gint64 valid_from, gint64 won)
{
  OsyMenuPrice *self = g_new0 (OsyMenuPrice, 1);

  self->channel = g_strdup (channel);
  self->valid_from = valid_from;
  self->won = won;
  return self;
}

void
osy_menu_price_free (OsyMenuPrice *self)
{
  if (self == NULL)
    return;
  g_free (self->channel);
  g_free (self);
}
