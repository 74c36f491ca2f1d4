/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The keys by which orders are found, and what a person may have meant by what was typed. */

#include "osy-order-find-key.h"

#include <string.h>

#include "osy-id.h"
#include "osy-money.h"
#include "osy-phone.h"

#define KIND_SHIFT 56
#define VALUE_MASK ((G_GINT64_CONSTANT (1) << KIND_SHIFT) - 1)
#define TAIL_DIGITS 4
#define MIN_PHONE_DIGITS 7
#define MAX_PHONE_DIGITS 15

/* The database makes number keys itself, from the same kind: osy-order-insert.c. */
typedef enum {
  KIND_NUMBER = 1,
  KIND_AMOUNT,
  KIND_PHONE,
  KIND_PHONE_TAIL,
  KIND_NAME,
  KIND_ITEM,
} Kind;

static gint64
make_key (Kind kind, gint64 value)
{
  return (gint64)kind << KIND_SHIFT | (value & VALUE_MASK);
}

/* Seven bytes, the last of @bytes. */
static gint64
value_of (const guint8 *bytes, gsize size)
{
  gint64 value = 0;

  for (gsize i = size - 7; i < size; i++)
    value = value << 8 | bytes[i];
  return value;
}

static void
add_key (GArray *keys, gint64 key)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_array_index (keys, gint64, i) == key)
      return;
  g_array_append_val (keys, key);
}

/* ---- what is personal ---- */

typedef struct {
  OsyKeyring *ring;
  const char *restaurant_id;
  GArray *keys;
  gboolean search; /* by the hashes of an older secret, too */
} Keys;

static void
add_blind (const Keys *self, Kind kind, const char *column, const char *text)
{
  g_autoptr (GPtrArray) hashes =
      osy_keyring_blind_indexes (self->ring, self->restaurant_id, "orders", column, text);

  for (guint i = 0; i < (self->search ? hashes->len : 1); i++) {
    gsize size;
    const guint8 *bytes = g_bytes_get_data (g_ptr_array_index (hashes, i), &size);
    add_key (self->keys, make_key (kind, value_of (bytes, size)));
  }
}

static void
add_tail (const Keys *self, const char *digits)
{
  gsize length = strlen (digits);

  if (length >= TAIL_DIGITS)
    add_blind (self, KIND_PHONE_TAIL, "customer_phone_tail_bidx", digits + length - TAIL_DIGITS);
}

/* Letter case, width and blanks aside. */
static void
add_name (const Keys *self, const char *name)
{
  g_autofree char *composed = g_utf8_normalize (name, -1, G_NORMALIZE_NFKC);
  g_autofree char *folded = composed ? g_utf8_casefold (composed, -1) : NULL;
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *p = folded; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  if (plain->len > 0)
    add_blind (self, KIND_NAME, "customer_name_bidx", plain->str);
}

/* ---- of an order ---- */

gint64
osy_order_find_item_key (const char *menu_item_id)
{
  guint8 bytes[16];

  if (!osy_id_to_bytes (menu_item_id, bytes))
    return 0;
  return make_key (KIND_ITEM, value_of (bytes, sizeof bytes));
}

gint64
osy_order_find_number_key (gint64 number)
{
  return make_key (KIND_NUMBER, number);
}

gint64
osy_order_find_amount_key (gint64 amount)
{
  return make_key (KIND_AMOUNT, amount);
}

GArray *
osy_order_find_person_keys (OsyKeyring *ring,
                            const char *shop_id,
                            const char *name,
                            const char *phone)
{
  const Keys self = {ring, shop_id, g_array_new (FALSE, FALSE, sizeof (gint64)), FALSE};

  if (name != NULL)
    add_name (&self, name);
  if (phone != NULL) {
    g_autofree char *digits = osy_phone_digits (phone);
    if (*digits != '\0')
      add_blind (&self, KIND_PHONE, "customer_phone_bidx", digits);
    add_tail (&self, digits);
  }
  return self.keys;
}

GArray *
osy_order_find_keys (OsyKeyring *ring, const OsyOrderData *order)
{
  const Keys self = {ring, order->restaurant_id,
                     osy_order_find_person_keys (ring, order->restaurant_id, order->customer_name,
                                                 order->customer_phone)};

  add_key (self.keys, osy_order_find_amount_key (order->total_amount));
  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    add_key (self.keys, osy_order_find_item_key (line->menu_item_id));
  }
  return self.keys;
}

char *
osy_order_find_print (GArray *keys)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (guint i = 0; i < keys->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (keys, gint64, i));
  g_string_append_c (text, '}');
  return g_strdup (text->str);
}

/* ---- of what was typed ---- */

void
osy_order_find_add_phone (GArray *keys, OsyKeyring *ring, const char *shop_id, const char *phone)
{
  const Keys self = {ring, shop_id, keys, TRUE};
  g_autofree char *digits = osy_phone_digits (phone);
  gsize length = strlen (digits);

  if (length == TAIL_DIGITS)
    add_tail (&self, digits);
  else if (length >= MIN_PHONE_DIGITS && length <= MAX_PHONE_DIGITS)
    add_blind (&self, KIND_PHONE, "customer_phone_bidx", digits);
}

/* Digits, which @between may part, and then nothing more, or @unit. */
static gboolean
read_figure (const char *text, const char *between, const char *unit, gint64 max, gint64 *ret)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *p = text;

  for (; *p != '\0' && (g_ascii_isdigit (*p) || strchr (between, *p) != NULL); p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return (*p == '\0' || strcmp (p, unit) == 0) &&
         g_ascii_string_to_signed (digits->str, 10, 0, max, ret, NULL);
}

gboolean
osy_order_find_read_won (const char *text, gint64 *ret)
{
  return read_figure (text, ", ", "원", OSY_MONEY_MAX, ret);
}

static gboolean
is_phone (const char *text)
{
  return strspn (text, "0123456789 +-()") == strlen (text);
}

gboolean
osy_order_find_is_words (const char *text)
{
  gint64 won;

  return !is_phone (text) && !osy_order_find_read_won (text, &won);
}

void
osy_order_find_add_typed (GArray *keys, OsyKeyring *ring, const char *shop_id, const char *text)
{
  const Keys self = {ring, shop_id, keys, TRUE};
  gint64 value;

  if (read_figure (*text == '#' ? text + 1 : text, "", "번", G_MAXINT32, &value))
    add_key (keys, osy_order_find_number_key (value));
  if (osy_order_find_read_won (text, &value))
    add_key (keys, osy_order_find_amount_key (value));
  if (is_phone (text))
    osy_order_find_add_phone (keys, ring, shop_id, text);
  else
    add_name (&self, text);
}
