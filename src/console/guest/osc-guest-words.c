/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A process has one language, and the guest may have another: so these few words stand here in
 * both, as those of papers do. */

#include "osc-guest-words.h"

#include <glib/gi18n.h>

#include "osc-words.h"
#include "osy-menu-pricing.h"
#include "osy-money.h"

static const char *const words[OSC_GUEST_N_WORDS][3] = {
    [OSC_GUEST_WELCOME] = {"어서 오세요", N_ ("Welcome"), NULL},
    [OSC_GUEST_ORDER] = {"주문하신 메뉴", N_ ("Your order"), NULL},
    [OSC_GUEST_BILL] = {"계산할 금액", N_ ("Your bill"), NULL},
    [OSC_GUEST_SCAN] = {"휴대전화로 찍어 결제해 주세요", N_ ("Scan to pay with your phone"), NULL},
    [OSC_GUEST_THANKS] = {"고맙습니다", N_ ("Thank you"), NULL},
    [OSC_GUEST_CODE] = {"결제 QR 코드", N_ ("QR code to pay with"), NULL},
    [OSC_GUEST_TOTAL] = {"합계", N_ ("Total"), NULL},
    [OSC_GUEST_TO_PAY] = {"낼 금액", N_ ("To pay"), NULL},
    [OSC_GUEST_RECEIVED] = {"받은 돈", NC_ ("money", "Received"), "money"},
    [OSC_GUEST_CHANGE] = {"거스름돈", NC_ ("money", "Change"), "money"},
};

static gboolean
is_both (const char *language)
{
  return g_str_equal (language, "both");
}

/* @english: (nullable): there is none. */
static char *
join (const char *language, const char *korean, const char *english)
{
  if (english == NULL || *english == '\0' || g_strcmp0 (korean, english) == 0)
    return g_strdup (korean);
  if (is_both (language))
    return g_strdup_printf ("%s · %s", korean, english);
  return g_strdup (g_str_equal (language, "en") ? english : korean);
}

char *
osc_guest_words_say (const char *language, OscGuestWord word)
{
  g_return_val_if_fail (language != NULL && word < OSC_GUEST_N_WORDS, NULL);
  const char *const *both = words[word];

  if (*language != '\0')
    return join (language, both[0], both[1]);
  return g_strdup (both[2] != NULL ? g_dpgettext2 (NULL, both[2], both[1]) : _ (both[1]));
}

char *
osc_guest_words_money (const char *language, gint64 won)
{
  g_return_val_if_fail (language != NULL, NULL);
  g_autofree char *digits = osy_money_format (won);

  if (*language == '\0')
    return osc_words_money (won);
  return g_str_equal (language, "en") ? g_strdup_printf ("₩%s", digits)
                                      : g_strdup_printf ("%s원", digits);
}

static const OsyMenuItem *
find_item (OsyMenu *menu, const char *id, const char *name)
{
  GPtrArray *categories = osy_menu_categories (menu);

  if (id != NULL)
    return osy_menu_find_item (menu, id);
  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint k = 0; k < category->items->len; k++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, k);

      if (g_strcmp0 (item->name, name) == 0)
        return item;
    }
  }
  return NULL;
}

char *
osc_guest_words_item (const char *language, OsyMenu *menu, const char *id, const char *name)
{
  g_return_val_if_fail (language != NULL, NULL);
  const OsyMenuItem *item = menu != NULL && *language != '\0' ? find_item (menu, id, name) : NULL;

  return join (language, name, item != NULL ? item->name_en : NULL);
}

static void
add_choices (GString *text, const char *language, OsyMenu *menu, GPtrArray *choices)
{
  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);
    const OsyMenuOption *option = osy_menu_find_option (menu, choice->option_id);
    g_autofree char *name = option != NULL ? join (language, option->name, option->name_en) : NULL;

    if (name == NULL)
      continue;
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
    if (choice->quantity > 1)
      g_string_append_printf (text, " ×%d", (int)choice->quantity);
    add_choices (text, language, menu, choice->options);
  }
}

char *
osc_guest_words_options (const char *language, OsyMenu *menu, GPtrArray *choices, const char *text)
{
  g_return_val_if_fail (language != NULL && choices != NULL, NULL);
  g_autoptr (GString) said = g_string_new (NULL);

  if (*language == '\0' || menu == NULL)
    return g_strdup (text);
  add_choices (said, language, menu, choices);
  return said->len > 0 ? g_strdup (said->str) : NULL;
}
