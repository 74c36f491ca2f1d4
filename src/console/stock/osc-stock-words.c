/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Amounts and days as people say them. */

#include "osc-stock-words.h"

#include <glib/gi18n.h>

#include "osc-words.h"
#include "osy-money.h"

/* What a thousand of the base unit is called; pieces have none. */
static const struct {
  const char *unit;
  const char *small; /* msgid: with the number */
  const char *large; /* nullable */
} measures[] = {
    {OSY_UNIT_G, "%s g", "%s kg"},
    {OSY_UNIT_ML, "%s ml", "%s L"},
    {OSY_UNIT_PIECE, N_ ("%s pcs"), NULL},
};

static gsize
find_measure (const OsyIngredient *ingredient)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (measures) - 1 && !g_str_equal (measures[i].unit, ingredient->unit))
    i++;
  return i;
}

/* At most two digits behind the point. */
static char *
print_number (gint64 quantity, gint64 one)
{
  gint64 hundredths = (ABS (quantity) * 100 + one / 2) / one;
  gint64 rest = hundredths % 100;
  g_autofree char *whole = osy_money_format (hundredths / 100);
  const char *sign = quantity < 0 && hundredths > 0 ? "−" : "";

  if (rest == 0)
    return g_strconcat (sign, whole, NULL);
  if (rest % 10 == 0)
    return g_strdup_printf ("%s%s.%d", sign, whole, (int)(rest / 10));
  return g_strdup_printf ("%s%s.%02d", sign, whole, (int)rest);
}

static char *
with_unit (const char *format, const char *number)
{
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);

  return g_strconcat (parts[0], number, parts[1], NULL);
}

char *
osc_stock_words_amount (const OsyIngredient *ingredient, gint64 quantity)
{
  gsize i = find_measure (ingredient);
  gboolean large = measures[i].large != NULL && ABS (quantity) >= OSY_STOCK_ONE * 1000;
  g_autofree char *number = print_number (quantity, large ? OSY_STOCK_ONE * 1000 : OSY_STOCK_ONE);

  return with_unit (large ? measures[i].large : _ (measures[i].small), number);
}

char *
osc_stock_words_days (const OsyIngredient *ingredient)
{
  gint64 days = ingredient->days_left;

  if (days < 0)
    return g_strdup ("–");
  if (days == 0)
    return g_strdup (_ ("Gone today"));
  return g_strdup_printf (g_dngettext (NULL, "About %d day", "About %d days", (gulong)days),
                          (int)days);
}

char *
osc_stock_words_counted (const OsyIngredient *ingredient, gint64 now)
{
  gint64 days = (now - ingredient->last_counted_at) / G_TIME_SPAN_DAY;

  if (ingredient->last_counted_at == 0)
    return g_strdup (_ ("Never"));
  if (days < 1)
    return g_strdup (_ ("Today"));
  return g_strdup_printf (g_dngettext (NULL, "%d day ago", "%d days ago", (gulong)days), (int)days);
}

const char *
osc_stock_words_kind (const OsyStockMovement *movement)
{
  static const struct {
    const char *kind;
    const char *word; /* msgid */
  } words[] = {
      {OSY_MOVEMENT_RECEIVE, N_ ("Received")},
      {OSY_MOVEMENT_WASTE, N_ ("Wasted")},
      {OSY_MOVEMENT_COUNT, N_ ("Counted")},
      {OSY_MOVEMENT_ADJUST, N_ ("Adjusted")},
      {OSY_MOVEMENT_USE, N_ ("Cooked")},
      {OSY_MOVEMENT_UNDO, N_ ("Taken back")},
      {OSY_MOVEMENT_RETURN, N_ ("Not cooked after all")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].kind, movement->kind))
      return _ (words[i].word);
  return "";
}

char *
osc_stock_words_cost (const OsyIngredient *ingredient)
{
  if (ingredient->unit_cost < 0)
    return g_strdup ("–");
  g_autofree char *won = osc_words_money (ingredient->unit_cost);
  g_autofree char *base =
      g_strstrip (with_unit (_ (measures[find_measure (ingredient)].small), ""));
  return g_strdup_printf ("%s / %s", won,
                          ingredient->cost_unit != NULL ? ingredient->cost_unit : base);
}

static int
compare_suppliers (gconstpointer a, gconstpointer b)
{
  const OsyIngredient *one = *(OsyIngredient *const *)a;
  const OsyIngredient *other = *(OsyIngredient *const *)b;
  int way = g_strcmp0 (one->supplier, other->supplier);

  return way != 0 ? way : one->position - other->position;
}

char *
osc_stock_words_order (GPtrArray *list)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new ();
  GString *text = g_string_new (NULL);
  const char *supplier = NULL;

  for (guint i = 0; i < list->len; i++)
    if (osy_ingredient_is_short (list->pdata[i]))
      g_ptr_array_add (wanted, list->pdata[i]);
  g_ptr_array_sort (wanted, compare_suppliers);
  for (guint i = 0; i < wanted->len; i++) {
    const OsyIngredient *one = g_ptr_array_index (wanted, i);
    g_autofree char *amount =
        osc_stock_words_amount (one, MAX (one->par, 0) - osy_ingredient_available (one));
    if (one->supplier != NULL && g_strcmp0 (one->supplier, supplier) != 0)
      g_string_append_printf (text, "%s[%s]\n", text->len > 0 ? "\n" : "", one->supplier);
    supplier = one->supplier;
    g_string_append_printf (text, "%s %s\n", one->name, amount);
  }
  return g_string_free (text, FALSE);
}

static void
unit_free (gpointer data)
{
  g_free (((OscStockUnit *)data)->label);
  g_free (data);
}

static void
add_unit (GPtrArray *units, const char *format, const char *unit, gint64 times)
{
  OscStockUnit *one = g_new0 (OscStockUnit, 1);

  one->label = g_strstrip (with_unit (format, ""));
  one->unit = unit;
  one->times = times;
  g_ptr_array_add (units, one);
}

GPtrArray *
osc_stock_words_units (const OsyIngredient *ingredient)
{
  GPtrArray *units = g_ptr_array_new_with_free_func (unit_free);
  gsize i = find_measure (ingredient);

  if (measures[i].large != NULL)
    add_unit (units, measures[i].large, NULL, 1000);
  add_unit (units, _ (measures[i].small), NULL, 1);
  for (guint n = 0; n < ingredient->units->len; n++) {
    const OsyIngredientUnit *unit = g_ptr_array_index (ingredient->units, n);
    if (!g_str_equal (unit->name, "kg") && !g_str_equal (unit->name, "L"))
      add_unit (units, unit->name, unit->name, 1);
  }
  return units;
}
