/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
/* An answer of GET analytics. What it says of lists and members stands in two tables. */

#include "osc-sales-figures.h"

#include "osy-rest.h"

static const struct {
  const char *name;
  gsize offset;
} totals[] = {
    {"sales", G_STRUCT_OFFSET (OscSalesTotals, sales)},
    {"orders", G_STRUCT_OFFSET (OscSalesTotals, orders)},
    {"guests", G_STRUCT_OFFSET (OscSalesTotals, guests)},
    {"average", G_STRUCT_OFFSET (OscSalesTotals, average)},
    {"taken", G_STRUCT_OFFSET (OscSalesTotals, taken)},
    {"refunds", G_STRUCT_OFFSET (OscSalesTotals, refunds)},
    {"refund_count", G_STRUCT_OFFSET (OscSalesTotals, refund_count)},
    {"voids", G_STRUCT_OFFSET (OscSalesTotals, voids)},
    {"comps", G_STRUCT_OFFSET (OscSalesTotals, comps)},
    {"discounts", G_STRUCT_OFFSET (OscSalesTotals, discounts)},
    {"canceled", G_STRUCT_OFFSET (OscSalesTotals, canceled)},
    {"placed", G_STRUCT_OFFSET (OscSalesTotals, placed)},
    {"prep_seconds", G_STRUCT_OFFSET (OscSalesTotals, prep_seconds)},
    {"prep_orders", G_STRUCT_OFFSET (OscSalesTotals, prep_orders)},
    {"late_orders", G_STRUCT_OFFSET (OscSalesTotals, late_orders)},
    {"fees", G_STRUCT_OFFSET (OscSalesTotals, fees)},
    {"net", G_STRUCT_OFFSET (OscSalesTotals, net)},
    {"tax_free", G_STRUCT_OFFSET (OscSalesTotals, tax_free)},
};

/* Which member of a row is what. */
static const struct {
  const char *list;
  const char *key;
  const char *at;
  const char *sales;
  const char *count;
  const char *other;
} members[OSC_N_SALES_LISTS] = {
    [OSC_SALES_HOURS] = {"hours", "", "hour", "sales", "orders", ""},
    [OSC_SALES_DAYS] = {"days", "day", "", "sales", "orders", "guests"},
    [OSC_SALES_AGAINST_DAYS] = {"against_days", "day", "", "sales", "orders", "guests"},
    [OSC_SALES_CHANNELS] = {"channels", "channel", "", "sales", "orders", "fee"},
    [OSC_SALES_TYPES] = {"types", "type", "", "sales", "orders", ""},
    [OSC_SALES_TENDERS] = {"tenders", "tender", "", "amount", "count", ""},
    [OSC_SALES_ITEMS] = {"items", "item_id", "", "sales", "quantity", ""},
    [OSC_SALES_HEAT] = {"heat", "", "hour", "sales", "orders", ""},
    [OSC_SALES_OPTIONS] = {"options", "option_id", "", "", "count", "of"},
    [OSC_SALES_SOLD_OUT] = {"sold_out", "item_id", "", "", "minutes", ""},
    [OSC_SALES_PREP] = {"prep", "", "from_seconds", "", "orders", ""},
};

static void
row_free (gpointer data)
{
  OscSalesRow *row = data;

  g_free (row->key);
  g_free (row->name);
  g_free (row->within);
  g_free (row);
}

static JsonObject *
object_of (JsonObject *parent, const char *name)
{
  JsonNode *node = json_object_get_member (parent, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
read_totals (JsonObject *object, OscSalesTotals *ret)
{
  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++)
    G_STRUCT_MEMBER (gint64, ret, totals[i].offset) = osy_rest_int (object, totals[i].name, 0);
}

static OscSalesRow *
read_row (JsonObject *object, OscSalesList list)
{
  OscSalesRow *row = g_new0 (OscSalesRow, 1);

  row->key = g_strdup (osy_rest_text (object, members[list].key, NULL));
  row->name = g_strdup (osy_rest_text (object, "name", NULL));
  row->within =
      list == OSC_SALES_OPTIONS ? g_strdup (osy_rest_text (object, "item_id", NULL)) : NULL;
  row->at = osy_rest_int (object, members[list].at, 0);
  row->weekday = osy_rest_int (object, "weekday", 0);
  row->sales = osy_rest_int (object, members[list].sales, 0);
  row->count = osy_rest_int (object, members[list].count, 0);
  row->against_sales = osy_rest_int (object, "against_sales", 0);
  row->against_count = osy_rest_int (object, "against_orders", 0);
  row->other = osy_rest_int (object, members[list].other, 0);
  return row;
}

static GPtrArray *
read_list (JsonObject *answer, OscSalesList list)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  JsonNode *node = json_object_get_member (answer, members[list].list);
  JsonArray *array =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_OBJECT (element))
      g_ptr_array_add (rows, read_row (json_node_get_object (element), list));
  }
  return rows;
}

OscSalesFigures *
osc_sales_figures_read (JsonNode *answer)
{
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonObject *sums = object != NULL ? object_of (object, "totals") : NULL;
  JsonObject *against = object != NULL ? object_of (object, "against_totals") : NULL;

  if (sums == NULL)
    return NULL;
  OscSalesFigures *self = g_new0 (OscSalesFigures, 1);
  self->as_of = g_strdup (osy_rest_text (object, "as_of", NULL));
  self->compared = against != NULL;
  read_totals (sums, &self->totals);
  if (against != NULL)
    read_totals (against, &self->against);
  for (int i = 0; i < OSC_N_SALES_LISTS; i++)
    self->lists[i] = read_list (object, (OscSalesList)i);
  return self;
}

void
osc_sales_figures_free (OscSalesFigures *self)
{
  for (int i = 0; i < OSC_N_SALES_LISTS; i++)
    g_ptr_array_unref (self->lists[i]);
  g_free (self->as_of);
  g_free (self);
}

guint
osc_sales_figures_n (const OscSalesFigures *self, OscSalesList list)
{
  return self != NULL ? self->lists[list]->len : 0;
}

const OscSalesRow *
osc_sales_figures_row (const OscSalesFigures *self, OscSalesList list, guint index)
{
  return g_ptr_array_index (self->lists[list], index);
}

const OscSalesRow *
osc_sales_figures_find (const OscSalesFigures *self, OscSalesList list, const char *key)
{
  for (guint i = 0; i < osc_sales_figures_n (self, list); i++)
    if (g_strcmp0 (osc_sales_figures_row (self, list, i)->key, key) == 0)
      return osc_sales_figures_row (self, list, i);
  return NULL;
}

gint64
osc_sales_figures_sum (const OscSalesFigures *self, OscSalesList list)
{
  gint64 sum = 0;

  for (guint i = 0; i < osc_sales_figures_n (self, list); i++)
    sum += osc_sales_figures_row (self, list, i)->sales;
  return sum;
}

guint
osc_sales_figures_open_days (const OscSalesFigures *self, OscSalesList list)
{
  guint days = 0;

  for (guint i = 0; i < osc_sales_figures_n (self, list); i++)
    days += osc_sales_figures_row (self, list, i)->count > 0;
  return days;
}
