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
  g_free (self->time_zone);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

static void
head_clear (OsyMenuEntry *head)
{
  g_free (head->id);
  g_free (head->name);
  g_free (head->name_en);
  g_free (head->digest);
}

static void
head_copy (OsyMenuEntry *to, const OsyMenuEntry *from)
{
  to->id = g_strdup (from->id);
  to->name = g_strdup (from->name);
  to->name_en = g_strdup (from->name_en);
  to->digest = g_strdup (from->digest);
  to->version = from->version;
}

OsyMenuCategory *
osy_menu_category_new (void)
{
  OsyMenuCategory *self = g_new0 (OsyMenuCategory, 1);

  self->visible = TRUE;
  self->version = 1;
  self->hours = g_array_new (FALSE, FALSE, sizeof (OsyWeekWindow));
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_item_free);
  return self;
}

void
osy_menu_category_free (OsyMenuCategory *self)
{
  if (self == NULL)
    return;
  head_clear (&self->head);
  g_array_unref (self->hours);
  g_ptr_array_unref (self->items);
  g_free (self);
}

OsyMenuItem *
osy_menu_item_new (void)
{
  OsyMenuItem *self = g_new0 (OsyMenuItem, 1);

  self->visible = TRUE;
  self->version = 1;
  self->left = -1;
  self->allergens = g_new0 (char *, 1);
  self->prices = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_price_free);
  self->hours = g_array_new (FALSE, FALSE, sizeof (OsyWeekWindow));
  self->groups = g_ptr_array_new ();
  return self;
}

void
osy_menu_item_free (OsyMenuItem *self)
{
  if (self == NULL)
    return;
  head_clear (&self->head);
  g_free (self->category_id);
  g_free (self->kitchen_name);
  g_free (self->photo);
  g_free (self->code);
  g_free (self->description);
  g_free (self->origin);
  g_free (self->station);
  g_strfreev (self->allergens);
  g_strfreev (self->channels);
  g_array_unref (self->hours);
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
  head_clear (&self->head);
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
  g_free (self->item_id);
  g_ptr_array_unref (self->prices);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

OsyMenuEntry *
osy_menu_entry_new (OsyMenuKind kind)
{
  switch (kind) {
  case OSY_MENU_CATEGORY: return &osy_menu_category_new ()->head;
  case OSY_MENU_ITEM: return &osy_menu_item_new ()->head;
  case OSY_MENU_GROUP: return &osy_menu_group_new ()->head;
  }
  return NULL;
}

OsyMenuEntry *
osy_menu_entry_copy (OsyMenuKind kind, const OsyMenuEntry *self)
{
  switch (kind) {
  case OSY_MENU_CATEGORY: return &osy_menu_category_copy ((const OsyMenuCategory *)self)->head;
  case OSY_MENU_ITEM: return &osy_menu_item_copy ((const OsyMenuItem *)self)->head;
  case OSY_MENU_GROUP: return &osy_menu_group_copy ((const OsyMenuGroup *)self)->head;
  }
  return NULL;
}

void
osy_menu_entry_free (OsyMenuKind kind, OsyMenuEntry *self)
{
  switch (kind) {
  case OSY_MENU_CATEGORY: osy_menu_category_free ((OsyMenuCategory *)self); break;
  case OSY_MENU_ITEM: osy_menu_item_free ((OsyMenuItem *)self); break;
  case OSY_MENU_GROUP: osy_menu_group_free ((OsyMenuGroup *)self); break;
  }
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

static void
copy_prices (GPtrArray *to, GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++) {
    const OsyMenuPrice *price = g_ptr_array_index (from, i);
    OsyMenuPrice *copy = osy_menu_price_new (price->channel, price->valid_from, price->won);

    copy->window = price->window;
    g_ptr_array_add (to, copy);
  }
}

OsyMenuItem *
osy_menu_item_copy (const OsyMenuItem *self)
{
  OsyMenuItem *copy = osy_menu_item_new ();

  head_copy (&copy->head, &self->head);
  copy->category_id = g_strdup (self->category_id);
  copy->kitchen_name = g_strdup (self->kitchen_name);
  copy->photo = g_strdup (self->photo);
  copy->code = g_strdup (self->code);
  copy->description = g_strdup (self->description);
  copy->origin = g_strdup (self->origin);
  g_strfreev (copy->allergens);
  copy->allergens = g_strdupv (self->allergens);
  copy->channels = g_strdupv (self->channels);
  copy->station = g_strdup (self->station);
  copy->prep_minutes = self->prep_minutes;
  copy->tax_free = self->tax_free;
  copy->visible = self->visible;
  copy->left = self->left;
  copy->stop = self->stop;
  copy_prices (copy->prices, self->prices);
  g_array_append_vals (copy->hours, self->hours->data, self->hours->len);
  g_ptr_array_extend (copy->groups, self->groups, NULL, NULL);
  return copy;
}

static OsyMenuOption *
option_copy (const OsyMenuOption *self)
{
  OsyMenuOption *copy = osy_menu_option_new ();

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->name_en = g_strdup (self->name_en);
  copy->item_id = g_strdup (self->item_id);
  copy->max = self->max;
  copy->stop = self->stop;
  copy_prices (copy->prices, self->prices);
  g_ptr_array_extend (copy->groups, self->groups, NULL, NULL);
  return copy;
}

OsyMenuGroup *
osy_menu_group_copy (const OsyMenuGroup *self)
{
  OsyMenuGroup *copy = osy_menu_group_new ();

  head_copy (&copy->head, &self->head);
  copy->min = self->min;
  copy->max = self->max;
  for (guint i = 0; i < self->options->len; i++)
    g_ptr_array_add (copy->options, option_copy (g_ptr_array_index (self->options, i)));
  return copy;
}

OsyMenuCategory *
osy_menu_category_copy (const OsyMenuCategory *self)
{
  OsyMenuCategory *copy = osy_menu_category_new ();

  head_copy (&copy->head, &self->head);
  copy->visible = self->visible;
  g_array_append_vals (copy->hours, self->hours->data, self->hours->len);
  return copy;
}

static OsyMenuPrice *
find_general (GPtrArray *prices, gint64 now)
{
  OsyMenuPrice *best = NULL;

  for (guint i = 0; i < prices->len; i++) {
    OsyMenuPrice *price = g_ptr_array_index (prices, i);
    if (price->channel == NULL && price->window.weekdays == 0 && price->valid_from <= now &&
        (best == NULL || price->valid_from > best->valid_from))
      best = price;
  }
  return best;
}

gboolean
osy_menu_price_general (GPtrArray *prices, gint64 now, gint64 *ret)
{
  const OsyMenuPrice *price = find_general (prices, now);

  if (price != NULL)
    *ret = price->won;
  return price != NULL;
}

gboolean
osy_menu_prices_set_general (GPtrArray *prices, gint64 now, gint64 won)
{
  OsyMenuPrice *best = find_general (prices, now);

  if (best != NULL && best->won == won)
    return FALSE;
  if (best != NULL)
    best->won = won;
  else
    g_ptr_array_add (prices, osy_menu_price_new (NULL, 0, won));
  return TRUE;
}
