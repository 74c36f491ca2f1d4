/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Many prices at once: what they become, and the one batch that does it. */

#include "osc-menu-reprice.h"

#include <string.h>

#include "osc-menu-draft.h"
#include "osc-menu-entry.h"
#include "osy-clock.h"
#include "osy-menu-options.h"
#include "osy-money.h"

#define WHOLE 1000 /* tenths of a percent */

/* One digit behind the point is as fine as anybody reckons. */
static gboolean
read_percent (const char *text, gint64 *ret)
{
  const char *point = strchr (text, '.');
  g_autofree char *whole = point != NULL ? g_strndup (text, (gsize)(point - text)) : NULL;
  gint64 value = 0;

  if (point != NULL && (!g_ascii_isdigit (point[1]) || point[2] != '\0'))
    return FALSE;
  if (!osy_money_parse (point != NULL ? whole : text, &value) || value > WHOLE)
    return FALSE;
  *ret = value * 10 + (point != NULL ? point[1] - '0' : 0);
  return TRUE;
}

gboolean
osc_reprice_read (const char *text, gboolean percent, gint64 *ret)
{
  g_return_val_if_fail (text != NULL && ret != NULL, FALSE);
  g_autofree char *plain = g_strstrip (g_strdup (text));

  *ret = 0;
  if (*plain == '\0')
    return TRUE;
  if (percent)
    return read_percent (plain, ret);
  return osy_money_parse (plain, ret) && *ret <= OSY_MENU_MAX_PRICE;
}

gint64
osc_reprice_apply (const OscReprice *self, gint64 won)
{
  g_return_val_if_fail (self != NULL && won >= 0, -1);
  gint64 price = won + self->by;

  if (self->by == 0)
    return won;
  if (self->percent) {
    gint64 share = won * (WHOLE + self->by);

    price = share < 0 ? -1 : (share + WHOLE / 2) / WHOLE;
  }
  if (price >= 0 && self->round)
    price = (price + 50) / 100 * 100;
  return price > OSY_MENU_MAX_PRICE ? -1 : price < 0 ? -1 : price;
}

JsonNode *
osc_reprice_changes (OsyMenu *menu, const char *const *ids, const gint64 *won, guint n)
{
  g_return_val_if_fail (OSY_IS_MENU (menu), NULL);
  JsonArray *changes = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < n; i++) {
    g_autoptr (OscMenuDraft) draft = osc_menu_draft_new (menu, OSC_DRAFT_ITEM, ids[i]);
    g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, won[i]);

    if (draft == NULL)
      continue;
    osc_menu_entry_set_price (osc_menu_draft_root (draft), osy_clock_now (), text);
    g_autoptr (JsonNode) one = osc_menu_draft_changes (draft);
    JsonArray *rows = json_node_get_array (one);
    for (guint j = 0; j < json_array_get_length (rows); j++)
      json_array_add_element (changes, json_array_dup_element (rows, j));
  }
  json_node_take_array (node, changes);
  return node;
}

guint
osc_reprice_others (const OsyMenuItem *item, gint64 now)
{
  g_return_val_if_fail (item != NULL, 0);
  guint n = 0;

  for (guint i = 0; i < item->prices->len; i++) {
    const OsyMenuPrice *price = g_ptr_array_index (item->prices, i);

    n += price->channel != NULL || price->window.weekdays != 0 || price->valid_from > now;
  }
  return n;
}
