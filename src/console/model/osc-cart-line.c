/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One line of a cart: what was chosen, what it cost then, and what the newest menu says of it. */

#include "osc-cart-private.h"

#include <glib/gi18n.h>

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-money.h"

struct _OscCartLine {
  GObject parent;
  int id;
  OsyMenuRequestLine *request;
  char *name;
  char *options;  /* nullable */
  char *sold_out; /* nullable: the option that is; NULL: the item itself */
  gint64 unit_price;
  int course; /* 1–9 */
  int seat;   /* 0: not said */
  OscCartLineState state;
};

enum {
  PROP_NAME = 1,
  PROP_OPTIONS,
  PROP_NOTE,
  PROP_QUANTITY,
  PROP_COURSE,
  PROP_SEAT,
  PROP_UNIT_PRICE,
  PROP_AMOUNT,
  PROP_STATE,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OscCartLine, osc_cart_line, G_TYPE_OBJECT)

static void
tell (OscCartLine *self, int property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_text (OscCartLine *self, char **field, const char *value, int property)
{
  if (g_strcmp0 (*field, value) == 0)
    return;
  g_free (*field);
  *field = g_strdup (value);
  tell (self, property);
}

/* ---- choices ---- */

GPtrArray *
osc_cart_choices_copy (GPtrArray *choices)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_choice_free);

  for (guint i = 0; choices != NULL && i < choices->len; i++) {
    const OsyMenuChoice *from = g_ptr_array_index (choices, i);
    OsyMenuChoice *to = osy_menu_choice_new (from->option_id);

    to->quantity = from->quantity;
    g_ptr_array_unref (to->options);
    to->options = osc_cart_choices_copy (from->options);
    g_ptr_array_add (copy, to);
  }
  return copy;
}

/* "곱빼기, 치즈 ×2 (많이)". Returns: whether the menu knew every one of them. */
static gboolean
name_choices (GString *text, OsyMenu *menu, GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);
    const OsyMenuOption *option = osy_menu_find_option (menu, choice->option_id);

    if (option == NULL)
      return FALSE;
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", option->name);
    if (choice->quantity > 1)
      g_string_append_printf (text, " ×%" G_GINT64_FORMAT, choice->quantity);
    if (choice->options->len == 0)
      continue;
    g_string_append (text, " (");
    if (!name_choices (text, menu, choice->options))
      return FALSE;
    g_string_append_c (text, ')');
  }
  return TRUE;
}

/* The first of @choices that is sold out, or NULL. */
static const char *
find_sold_out (OsyMenu *menu, GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);
    const OsyMenuOption *option = osy_menu_find_option (menu, choice->option_id);
    const char *below = find_sold_out (menu, choice->options);

    if (option != NULL && osy_menu_option_stop_at (option, osy_clock_now ()))
      return option->name;
    if (below != NULL)
      return below;
  }
  return NULL;
}

static gboolean
is_stopped (OsyMenu *menu, const char *item_id)
{
  const OsyMenuItem *item = osy_menu_find_item (menu, item_id);

  return item != NULL && osy_menu_stop_at (&item->stop, osy_clock_now ());
}

/* ---- pricing ---- */

static OscCartLineState
state_of_error (const GError *error)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_UNKNOWN_ITEM: return OSC_CART_LINE_GONE;
  case OSY_ERROR_SOLD_OUT: return OSC_CART_LINE_SOLD_OUT;
  default: return OSC_CART_LINE_OPTIONS;
  }
}

static void
set_price (OscCartLine *self, gint64 price, gboolean anew)
{
  if (anew || self->request->expected_price < 0)
    self->request->expected_price = price;
  if (price == self->unit_price)
    return;
  self->unit_price = price;
  tell (self, PROP_UNIT_PRICE);
}

static void
set_state (OscCartLine *self, OscCartLineState state)
{
  if (state == self->state)
    return;
  self->state = state;
  tell (self, PROP_STATE);
}

static void
take_names (OscCartLine *self, OsyMenu *menu)
{
  const OsyMenuItem *item = osy_menu_find_item (menu, self->request->menu_item_id);
  g_autoptr (GString) options = g_string_new (NULL);

  if (item == NULL)
    return;
  set_text (self, &self->name, item->name, PROP_NAME);
  if (name_choices (options, menu, self->request->options))
    set_text (self, &self->options, options->len > 0 ? options->str : NULL, PROP_OPTIONS);
}

void
osc_cart_line_price (OscCartLine *self, OsyMenu *menu, const char *channel, gboolean anew)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gint64 agreed = self->request->expected_price;
  gint64 amount = osc_cart_line_amount (self);

  take_names (self, menu);
  g_ptr_array_add (one, self->request);
  self->request->expected_price = -1;
  g_autoptr (GPtrArray) priced =
      osy_menu_price_lines (menu, one, channel, osy_clock_now (), &error);
  self->request->expected_price = agreed;
  g_clear_pointer (&self->sold_out, g_free);
  if (priced != NULL) {
    set_price (self, ((OsyMenuPricedLine *)g_ptr_array_index (priced, 0))->unit_price, anew);
    set_state (self, self->unit_price == self->request->expected_price ? OSC_CART_LINE_FINE
                                                                       : OSC_CART_LINE_PRICE);
  } else {
    self->sold_out = is_stopped (menu, self->request->menu_item_id)
                         ? NULL
                         : g_strdup (find_sold_out (menu, self->request->options));
    set_state (self, state_of_error (error));
  }
  if (osc_cart_line_amount (self) != amount)
    tell (self, PROP_AMOUNT);
}

/* ---- changes ---- */

OsyMenuRequestLine *
osc_cart_line_request (OscCartLine *self)
{
  return self->request;
}

void
osc_cart_line_set_quantity (OscCartLine *self, int quantity)
{
  if (quantity == self->request->quantity)
    return;
  self->request->quantity = quantity;
  tell (self, PROP_QUANTITY);
  tell (self, PROP_AMOUNT);
}

void
osc_cart_line_set_course (OscCartLine *self, int course)
{
  if (course == self->course)
    return;
  self->course = course;
  tell (self, PROP_COURSE);
}

void
osc_cart_line_set_seat (OscCartLine *self, int seat)
{
  if (seat == self->seat)
    return;
  self->seat = seat;
  tell (self, PROP_SEAT);
}

void
osc_cart_line_set_note (OscCartLine *self, const char *note)
{
  set_text (self, &self->request->note, note, PROP_NOTE);
}

void
osc_cart_line_set_choices (OscCartLine *self, GPtrArray *choices)
{
  GPtrArray *copy = osc_cart_choices_copy (choices);

  g_ptr_array_unref (self->request->options);
  self->request->options = copy;
}

void
osc_cart_line_assign (OscCartLine *self, OscCartLine *other)
{
  self->request->expected_price = other->request->expected_price;
  osc_cart_line_set_choices (self, other->request->options);
  osc_cart_line_set_quantity (self, (int)other->request->quantity);
  osc_cart_line_set_note (self, other->request->note);
  osc_cart_line_set_course (self, other->course);
  osc_cart_line_set_seat (self, other->seat);
  set_text (self, &self->name, other->name, PROP_NAME);
  set_text (self, &self->options, other->options, PROP_OPTIONS);
}

/* ---- reading ---- */

int
osc_cart_line_id (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), 0);
  return self->id;
}

const char *
osc_cart_line_item_id (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), NULL);
  return self->request->menu_item_id;
}

const char *
osc_cart_line_name (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), NULL);
  return self->name;
}

const char *
osc_cart_line_options (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), NULL);
  return self->options;
}

GPtrArray *
osc_cart_line_choices (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), NULL);
  return self->request->options;
}

const char *
osc_cart_line_note (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), NULL);
  return self->request->note;
}

int
osc_cart_line_quantity (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), 0);
  return (int)self->request->quantity;
}

int
osc_cart_line_course (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), 1);
  return self->course;
}

int
osc_cart_line_seat (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), 0);
  return self->seat;
}

gint64
osc_cart_line_unit_price (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), 0);
  return self->unit_price;
}

gint64
osc_cart_line_old_price (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), 0);
  return MAX (self->request->expected_price, 0);
}

gint64
osc_cart_line_amount (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), 0);
  gint64 amount;

  if (self->state > OSC_CART_LINE_PRICE ||
      !osy_money_mul (self->unit_price, self->request->quantity, &amount))
    return 0;
  return amount;
}

OscCartLineState
osc_cart_line_state (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), OSC_CART_LINE_FINE);
  return self->state;
}

char *
osc_cart_line_problem (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), NULL);

  switch (self->state) {
  case OSC_CART_LINE_PRICE: return g_strdup (_ ("The price has changed"));
  case OSC_CART_LINE_SOLD_OUT:
    return self->sold_out != NULL ? g_strdup_printf (_ ("%s is sold out"), self->sold_out)
                                  : g_strdup (_ ("Sold out"));
  case OSC_CART_LINE_GONE: return g_strdup (_ ("No longer on the menu"));
  case OSC_CART_LINE_OPTIONS: return g_strdup (_ ("Choose the options again"));
  case OSC_CART_LINE_FINE: return NULL;
  }
  return NULL;
}

gboolean
osc_cart_line_lacks_option (OscCartLine *self)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self), FALSE);
  return self->state == OSC_CART_LINE_SOLD_OUT && self->sold_out != NULL;
}

/* ---- substitutes ---- */

typedef struct {
  OsyMenu *menu;
  const char *channel;
  gint64 now;
  gint64 won; /* of the dish that is sold out */
} Market;

/* How far its price is from the one looked for; -1: it cannot be had. */
static gint64
distance (const OsyMenuItem *item, const Market *market)
{
  gint64 won;

  if (osy_menu_stop_at (&item->stop, market->now) ||
      !osy_menu_is_offered (market->menu, item, market->channel, market->now) ||
      osy_menu_shut_hours (market->menu, item, market->now) != NULL ||
      !osy_menu_price_at (market->menu, item->prices, market->channel, market->now, &won))
    return -1;
  return ABS (won - market->won);
}

static int
compare_distances (gconstpointer a, gconstpointer b, gpointer market)
{
  gint64 x = distance (*(const OsyMenuItem *const *)a, market);
  gint64 y = distance (*(const OsyMenuItem *const *)b, market);

  return (x > y) - (x < y);
}

GPtrArray *
osc_cart_line_substitutes (OscCartLine *self, OsyMenu *menu, const char *channel)
{
  g_return_val_if_fail (OSC_IS_CART_LINE (self) && OSY_IS_MENU (menu), NULL);
  const OsyMenuItem *item = osy_menu_find_item (menu, self->request->menu_item_id);
  const OsyMenuCategory *category =
      item != NULL ? osy_menu_find_category (menu, item->category_id) : NULL;
  Market market = {menu, channel, osy_clock_now (), 0};
  GPtrArray *found = g_ptr_array_new ();

  if (category == NULL || self->state != OSC_CART_LINE_SOLD_OUT || self->sold_out != NULL)
    return found;
  if (!osy_menu_price_at (menu, item->prices, channel, market.now, &market.won))
    market.won = osc_cart_line_old_price (self);
  for (guint i = 0; i < category->items->len; i++)
    if (distance (g_ptr_array_index (category->items, i), &market) >= 0)
      g_ptr_array_add (found, g_ptr_array_index (category->items, i));
  g_ptr_array_sort_with_data (found, compare_distances, &market);
  g_ptr_array_set_size (found, (int)MIN (found->len, OSC_CART_SUBSTITUTES));
  return found;
}

/* ---- life ---- */

static void
osc_cart_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OscCartLine *self = OSC_CART_LINE (object);

  switch (id) {
  case PROP_NAME: g_value_set_string (value, self->name); break;
  case PROP_OPTIONS: g_value_set_string (value, self->options); break;
  case PROP_NOTE: g_value_set_string (value, self->request->note); break;
  case PROP_QUANTITY: g_value_set_int (value, (int)self->request->quantity); break;
  case PROP_COURSE: g_value_set_int (value, self->course); break;
  case PROP_SEAT: g_value_set_int (value, self->seat); break;
  case PROP_UNIT_PRICE: g_value_set_int64 (value, self->unit_price); break;
  case PROP_AMOUNT: g_value_set_int64 (value, osc_cart_line_amount (self)); break;
  default: g_value_set_int (value, self->state); break;
  }
}

static void
osc_cart_line_finalize (GObject *object)
{
  OscCartLine *self = OSC_CART_LINE (object);

  osy_menu_request_line_free (self->request);
  g_free (self->name);
  g_free (self->options);
  g_free (self->sold_out);
  G_OBJECT_CLASS (osc_cart_line_parent_class)->finalize (object);
}

static void
osc_cart_line_class_init (OscCartLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_cart_line_get_property;
  object_class->finalize = osc_cart_line_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_OPTIONS] = g_param_spec_string ("options", NULL, NULL, NULL, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_QUANTITY] =
      g_param_spec_int ("quantity", NULL, NULL, 1, OSC_CART_MAX_QUANTITY, 1, flags);
  properties[PROP_COURSE] =
      g_param_spec_int ("course", NULL, NULL, 1, OSC_CART_MAX_COURSE, 1, flags);
  properties[PROP_SEAT] = g_param_spec_int ("seat", NULL, NULL, 0, OSC_CART_MAX_SEAT, 0, flags);
  properties[PROP_UNIT_PRICE] =
      g_param_spec_int64 ("unit-price", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_AMOUNT] = g_param_spec_int64 ("amount", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, OSC_CART_LINE_FINE,
                                             OSC_CART_LINE_OPTIONS, OSC_CART_LINE_FINE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
osc_cart_line_init (OscCartLine *self)
{
}

OscCartLine *
osc_cart_line_new (int id, OsyMenuRequestLine *request, const char *name, const char *options)
{
  OscCartLine *self = g_object_new (OSC_TYPE_CART_LINE, NULL);

  self->id = id;
  self->request = request;
  self->name = g_strdup (name);
  self->options = g_strdup (options);
  self->unit_price = MAX (request->expected_price, 0);
  self->course = 1;
  return self;
}
