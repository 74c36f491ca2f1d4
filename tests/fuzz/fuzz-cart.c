/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A kept cart that is read is kept again the same; what is not one is refused. */

#include <string.h>

#include "fuzz.h"
#include "osc-cart-private.h"

static char *
keep (OscCart *cart)
{
  g_autoptr (JsonNode) node = osc_cart_save (cart);

  return osy_json_print (node);
}

/* (nullable): NULL when @text is no cart. */
static OscCart *
load (OscMenuStore *menu, const char *text, size_t size)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, size, NULL);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OscCart) cart = node != NULL ? osc_cart_load (menu, reader) : NULL;

  return cart != NULL && osy_json_reader_finish (reader, NULL) ? g_steal_pointer (&cart) : NULL;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (OscMenuStore) menu = osc_menu_store_new (NULL);
  g_autoptr (OscCart) cart = load (menu, (const char *)data, size);

  if (cart == NULL)
    return 0;
  g_autofree char *text = keep (cart);
  osc_cart_is_unsure (cart);
  g_autoptr (OscCart) again = load (menu, text, strlen (text));
  g_assert_nonnull (again);
  g_autofree char *same = keep (again);
  g_assert_cmpstr (text, ==, same);
  return 0;
}
