/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Changes of a menu in words, past or to come. */

#include "osc-menu-told.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-words.h"
#include "osy-rest.h"

/* ---- what was changed in an entry ---- */

/* What it is called in the editor; several members may have one name. */
static const char *
member_words (const char *member)
{
  static const struct {
    const char *member;
    const char *words;
  } all[] = {
      {"names", N_ ("name")},
      {"prices", N_ ("prices by channel or time")},
      {"description", N_ ("description")},
      {"origin", N_ ("origin")},
      {"allergens", N_ ("allergens")},
      {"option_group_ids", N_ ("options")},
      {"options", N_ ("choices")},
      {"min", N_ ("how many to choose")},
      {"max", N_ ("how many to choose")},
      {"category_id", N_ ("category")},
      {"channels", N_ ("where it is shown")},
      {"visible", N_ ("where it is shown")},
      {"kitchen_name", N_ ("kitchen name")},
      {"station", N_ ("station")},
      {"prep_minutes", N_ ("cooking time")},
      {"code", N_ ("code")},
      {"tax_class", N_ ("tax")},
      {"hours", N_ ("hours")},
      {"photo", N_ ("photo")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (g_strcmp0 (all[i].member, member) == 0)
      return _ (all[i].words);
  return NULL;
}

static void
append (GString *text, const char *words)
{
  if (words != NULL && strstr (text->str, words) == NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
}

/* (transfer full) (nullable): "price ₩7,000 → ₩7,500" */
static char *
price_words (JsonObject *told)
{
  gint64 before = osy_rest_int (told, "price_before", -1);
  gint64 after = osy_rest_int (told, "price", -1);

  if (before < 0 || after < 0 || before == after)
    return NULL;
  g_autofree char *old = osc_words_money (before);
  g_autofree char *new = osc_words_money (after);
  return g_strdup_printf (_ ("price %s → %s"), old, new);
}

static char *
changed_words (JsonObject *told, const char *subject)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonNode *node = json_object_get_member (told, "members");
  JsonArray *members =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autofree char *price = price_words (told);

  append (text, price);
  for (guint i = 0; members != NULL && i < json_array_get_length (members); i++) {
    JsonNode *one = json_array_get_element (members, i);
    const char *member = JSON_NODE_HOLDS_VALUE (one) ? json_node_get_string (one) : NULL;
    gboolean said =
        (price != NULL && g_strcmp0 (member, "prices") == 0) ||
        (json_object_has_member (told, "name_before") && g_strcmp0 (member, "names") == 0);

    append (text, said ? NULL : member_words (member));
  }
  return text->len > 0 ? g_strdup_printf ("%s: %s", subject, text->str) : g_strdup (subject);
}

/* ---- an entry ---- */

/* (transfer full): "로제", "옵션 맵기", and the name before when it had another. */
static char *
subject_of (JsonObject *told)
{
  const char *kind = osy_rest_text (told, "kind", "");
  const char *name = osy_rest_text (told, "name", "");
  const char *before = osy_rest_text (told, "name_before", NULL);
  g_autofree char *both =
      before != NULL ? g_strdup_printf ("%s → %s", before, name) : g_strdup (name);

  if (g_str_equal (kind, "option_group"))
    return g_strdup_printf (_ ("Options %s"), both);
  if (g_str_equal (kind, "category"))
    return g_strdup_printf (_ ("Category %s"), both);
  return g_steal_pointer (&both);
}

char *
osc_menu_told_words (JsonObject *told)
{
  g_return_val_if_fail (told != NULL, NULL);
  const char *change = osy_rest_text (told, "change", "");
  const char *name = osy_rest_text (told, "name", NULL);
  g_autofree char *subject = subject_of (told);

  if (g_str_equal (change, "ORDERED"))
    return name != NULL ? g_strdup_printf (_ ("Order of %s"), name)
                        : g_strdup (_ ("Order of the categories"));
  if (g_str_equal (change, "ADDED"))
    return g_strdup_printf (_ ("%s added"), subject);
  if (g_str_equal (change, "DELETED"))
    return g_strdup_printf (_ ("%s removed"), subject);
  return changed_words (told, subject);
}

char *
osc_menu_told_all (JsonArray *rows, guint count)
{
  g_return_val_if_fail (rows != NULL, NULL);
  g_autofree char *first = json_array_get_length (rows) > 0
                               ? osc_menu_told_words (json_array_get_object_element (rows, 0))
                               : g_strdup ("");

  if (count <= 1)
    return g_steal_pointer (&first);
  return g_strdup_printf (g_dngettext (NULL, "%s and %u more", "%s and %u more", count - 1), first,
                          count - 1);
}
