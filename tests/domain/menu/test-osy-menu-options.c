/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The option cell: what it may say, what it may not, and random text. */

#include <string.h>

#include "osy-error.h"
#include "osy-menu-options.h"

typedef struct {
  const char *text;
  const char *signatures; /* of all groups, joined by "\n\n"; NULL: refused */
} Case;

static const Case cases[] = {
    {"", ""},
    {" ; ", ""},
    {"맵기(1-1): 순한맛, 매운맛(+0), 불맛(+500)", "맵기\n1-1\n순한맛\t0\n매운맛\t0\n불맛\t500"},
    {"a(0-2): x(+1,000원); b(2): y\n c(1~3):z", "a\n0-2\nx\t1000\n\nb\n2-2\ny\t0\n\nc\n1-3\nz\t0"},
    {"음료(2-2): 콜라(355ml), 만두(2개)(+1000)", "음료\n2-2\n콜라(355ml)\t0\n만두(2개)\t1000"},
    {"맵기（1－1）： 순한맛， 불맛（＋500）", "맵기\n1-1\n순한맛\t0\n불맛\t500"},
    {"떡볶이 맵기( 1 - 1 ) : a ,b, ", "떡볶이 맵기\n1-1\na\t0\nb\t0"},
    {"맵기: 순한맛", NULL},
    {"맵기(1-1)", NULL},
    {"맵기(1-1):", NULL},
    {"맵기(2-1): a", NULL},
    {"맵기(0-0): a", NULL},
    {"맵기(1-1000): a", NULL},
    {"맵기(-1-1): a", NULL},
    {"맵기(1-1): a: b", NULL},
    {"(1-1): a", NULL},
    {"맵기(1-1): a(-500)", NULL},
    {"맵기(1-1): a(+)", NULL},
    {"맵기(1-1): a(+1.5)", NULL},
    {"맵기(1-1): a(+999999999999)", NULL},
    {"맵기(1-1): (+500)", NULL},
    {"맵기(1-1): a, a", NULL},
    {"맵기(1-1): a; 맵기(1-1): b", NULL},
};

static char *
join_signatures (GPtrArray *groups)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < groups->len; i++)
    g_ptr_array_add (list, osy_menu_options_signature (g_ptr_array_index (groups, i), 0));
  g_ptr_array_add (list, NULL);
  return g_strjoinv ("\n\n", (char **)list->pdata);
}

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) groups = osy_menu_options_parse (cases[i].text, &error);
    g_test_message ("%s", cases[i].text);
    if (cases[i].signatures == NULL) {
      g_assert_null (groups);
      g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
      continue;
    }
    g_assert_no_error (error);
    g_autofree char *signatures = join_signatures (groups);
    g_assert_cmpstr (signatures, ==, cases[i].signatures);
  }
}

static void
test_limits (void)
{
  g_autoptr (GString) choices = g_string_new ("a(0-1): x");
  g_autoptr (GString) groups = g_string_new (NULL);
  g_autofree char *name = g_strnfill (OSY_MENU_MAX_NAME + 1, 'n');
  g_autofree char *long_name = g_strdup_printf ("%s(0-1): x", name);
  const char *texts[] = {NULL, NULL, long_name};

  for (guint i = 0; i < OSY_MENU_OPTIONS_MAX_CHOICES; i++)
    g_string_append_printf (choices, ", %u", i);
  for (guint i = 0; i <= OSY_MENU_OPTIONS_MAX_GROUPS; i++)
    g_string_append_printf (groups, "g%u(0-1): x;", i);
  texts[0] = choices->str;
  texts[1] = groups->str;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (osy_menu_options_parse (texts[i], &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  }
}

/* Whatever parses holds what the menu's tables allow. */
static void
test_random (void)
{
  static const char *const pieces[] = {"맵기", "(1-1)", ":",   ",",      ";",  "(",
                                       ")",    "+",     "500", "(+500)", "a",  " ",
                                       "-",    "0",     "9",   "\n",     "：", "(0-3): x"};
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);
  guint accepted = 0;

  for (guint round = 0; round < 20000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    for (gint32 n = g_rand_int_range (rand, 0, 12); n > 0; n--)
      g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) groups = osy_menu_options_parse (text->str, &error);
    g_assert_true ((groups == NULL) == (error != NULL));
    for (guint i = 0; groups != NULL && i < groups->len; i++) {
      const OsyMenuGroup *group = g_ptr_array_index (groups, i);
      g_assert_cmpint (group->max, >=, MAX (group->min, 1));
      g_assert_cmpuint (group->options->len, >, 0);
      g_assert_cmpuint (strlen (group->name), >, 0);
      accepted++;
    }
  }
  g_assert_cmpuint (accepted, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu/options/cases", test_cases);
  g_test_add_func ("/menu/options/limits", test_limits);
  g_test_add_func ("/menu/options/random", test_random);
  return g_test_run ();
}
