/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An option cell that is read holds only what the tables of a menu allow. */

#include "fuzz.h"
#include "osy-menu-options.h"

static void
check_group (const OsyMenuGroup *group)
{
  gint64 won;

  g_assert_cmpint (group->min, >=, 0);
  g_assert_cmpint (group->max, >=, MAX (group->min, 1));
  g_assert_cmpuint (group->options->len, >=, 1);
  g_assert_cmpuint (group->options->len, <=, OSY_MENU_OPTIONS_MAX_CHOICES);
  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    g_assert_true (g_utf8_strlen (option->name, -1) <= OSY_MENU_MAX_NAME);
    if (osy_menu_price_general (option->prices, 0, &won))
      g_assert_true (won > 0 && won <= OSY_MENU_MAX_PRICE);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;

  /* Cells are valid text before they come here. */
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  g_autoptr (GPtrArray) groups = osy_menu_options_parse (text, &error);
  g_assert_true ((groups == NULL) == (error != NULL));
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    check_group (g_ptr_array_index (groups, i));
  return 0;
}
