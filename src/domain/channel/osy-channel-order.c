/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From what a platform sold to an order of ours. No clock, no database. */

#include "osy-channel-order.h"

#include <string.h>

#include "osy-id.h"
#include "osy-money.h"

#define CHANNEL "PLATFORM"

typedef struct {
  const OsyChannelKitchen *kitchen;
  gboolean unmapped;
  gboolean differs;
} Making;

/* ---- finding ---- */

static const char *
mapped (const Making *making, const char *kind, const char *plu)
{
  g_autofree char *key = plu != NULL ? g_strconcat (kind, " ", plu, NULL) : NULL;

  return key != NULL ? g_hash_table_lookup (making->kitchen->map, key) : NULL;
}

static const OsyMenuItem *
find_by_code (OsyMenu *menu, const char *code)
{
  GPtrArray *categories = osy_menu_categories (menu);

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    for (guint k = 0; k < category->items->len; k++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, k);
      if (g_strcmp0 (item->code, code) == 0)
        return item;
    }
  }
  return NULL;
}

static const OsyMenuItem *
find_item (const Making *making, const OsyChannelItem *sold)
{
  const char *id = mapped (making, "ITEM", sold->plu);

  if (sold->plu == NULL)
    return NULL;
  return id != NULL ? osy_menu_find_item (making->kitchen->menu, id)
                    : find_by_code (making->kitchen->menu, sold->plu);
}

static const OsyMenuOption *
find_option (const Making *making, const OsyMenuItem *item, const OsyChannelItem *sold)
{
  const char *id = mapped (making, "OPTION", sold->plu);

  if (id != NULL)
    return osy_menu_find_option (making->kitchen->menu, id);
  for (guint i = 0; item != NULL && i < item->groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (item->groups, i);
    for (guint k = 0; k < group->options->len; k++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, k);
      if (g_strcmp0 (option->name, sold->name) == 0)
        return option;
    }
  }
  return NULL;
}

static gboolean
costs (GPtrArray *prices, const Making *making, gint64 won)
{
  gint64 ours = 0;

  return !osy_menu_price_at (making->kitchen->menu, prices, CHANNEL, making->kitchen->now, &ours) ||
         ours == won;
}

/* ---- making ---- */

static OsyOrderOption *
make_option (Making *making, const OsyMenuItem *item, const OsyChannelItem *sold)
{
  const OsyMenuOption *ours = find_option (making, item, sold);
  OsyOrderOption *option = osy_order_option_new ();

  option->option_id = g_strdup (ours != NULL ? ours->id : OSY_CHANNEL_NOWHERE);
  option->item_id = g_strdup (ours != NULL ? ours->item_id : NULL);
  option->name = g_strdup (sold->name);
  option->quantity = sold->quantity;
  option->price = sold->unit_price;
  making->unmapped = making->unmapped || ours == NULL;
  making->differs = making->differs || (ours != NULL && ours->prices->len > 0 &&
                                        !costs (ours->prices, making, sold->unit_price));
  return option;
}

static OsyOrderLine *
make_line (Making *making, const OsyChannelItem *sold)
{
  const OsyMenuItem *ours = find_item (making, sold);
  OsyOrderLine *line = osy_order_line_new ();

  line->line_id = osy_id_new ();
  line->menu_item_id = g_strdup (ours != NULL ? ours->id : OSY_CHANNEL_NOWHERE);
  line->name = g_strdup (ours != NULL ? ours->name : sold->name);
  line->quantity = sold->quantity;
  line->unit_price = osy_channel_item_price (sold);
  line->amount = line->unit_price * line->quantity;
  line->note = sold->note != NULL && *sold->note != '\0' ? g_strdup (sold->note) : NULL;
  if (ours != NULL) {
    line->tax_free = ours->tax_free;
    line->station = g_strdup (ours->station);
    line->prep_minutes = ours->prep_minutes;
  }
  making->unmapped = making->unmapped || ours == NULL;
  making->differs =
      making->differs || (ours != NULL && !costs (ours->prices, making, sold->unit_price));
  for (guint i = 0; i < sold->options->len; i++)
    g_ptr_array_add (line->options,
                     make_option (making, ours, g_ptr_array_index (sold->options, i)));
  return line;
}

static void
add_up (OsyOrderData *order)
{
  order->total_amount = order->delivery_fee;
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    order->total_amount += line->amount;
    order->tax_free_amount += line->tax_free ? line->amount : 0;
  }
  osy_money_split_vat (order->total_amount - order->tax_free_amount, &order->supply_amount,
                       &order->vat_amount);
}

static char *
flags_of (const Making *making, const OsyChannelMessage *message)
{
  g_autoptr (GString) flags = g_string_new (NULL);
  const struct {
    gboolean raised;
    const char *word;
  } all[] = {
      {making->unmapped, OSY_CHANNEL_UNMAPPED},
      {!osy_channel_message_adds_up (message), OSY_CHANNEL_AMOUNT_MISMATCH},
      {making->differs, OSY_CHANNEL_PRICE_DIFFERS},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].raised)
      g_string_append_printf (flags, "%s%s", flags->len > 0 ? " " : "", all[i].word);
  return flags->len > 0 ? g_strdup (flags->str) : NULL;
}

static void
take_message (const OsyChannelMessage *message, OsyOrderData *order)
{
  order->type = g_strdup (message->order_type);
  order->channel = g_strdup (CHANNEL);
  order->source_type = g_strdup (message->channel);
  order->source_id = g_strdup (message->channel_order_id);
  order->source_label = g_strdup (message->display_id);
  order->payment_method = g_strdup (message->prepaid ? CHANNEL : "LATER");
  order->requested_at = message->due_at;
  order->customer_name = g_strdup (message->name);
  order->customer_phone = g_strdup (message->phone);
  order->delivery_address = g_strdup (message->address);
  order->note = g_strdup (message->note);
  /* What the platform's own rider is paid is none of the shop's. */
  if (g_strcmp0 (message->order_type, "DELIVERY") == 0 &&
      g_strcmp0 (message->carrier, "PLATFORM") != 0)
    order->delivery_fee = message->delivery_fee;
}

OsyOrderData *
osy_channel_order_make (const OsyChannelMessage *message, const OsyChannelKitchen *kitchen)
{
  OsyOrderData *order = osy_order_data_new ();
  Making making = {.kitchen = kitchen};

  order->id = osy_id_new ();
  order->check_id = osy_id_new ();
  order->restaurant_id = g_strdup (osy_shop_data (kitchen->shop)->id);
  order->status = g_strdup (OSY_ORDER_PENDING);
  order->version = 1;
  order->created_at = kitchen->now;
  order->business_day = osy_shop_business_day (kitchen->shop, kitchen->now);
  take_message (message, order);
  for (guint i = 0; i < message->items->len; i++)
    g_ptr_array_add (order->lines, make_line (&making, g_ptr_array_index (message->items, i)));
  add_up (order);
  order->flags = flags_of (&making, message);
  return order;
}
