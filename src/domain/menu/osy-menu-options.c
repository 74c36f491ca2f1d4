/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Option groups as one spreadsheet cell: 이름(최소-최대): 선택(+가격), …; … */

#include "osy-menu-options.h"

#include <string.h>

#include "osy-error.h"
#include "osy-money.h"

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *detail = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);
  return FALSE;
}

/* Full-width marks, as Korean and Japanese keyboards give them, become ASCII. */
static char *
narrow_marks (const char *text)
{
  static const gunichar wide[] = {0xff08, 0xff09, 0xff0c, 0x3001, 0xff1a, 0xff1b, 0xff0b, 0xff0d};
  static const char narrow[] = "(),,:;+-";
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
      if (c == wide[i])
        c = (gunichar)narrow[i];
    g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

/* Splits at any of @marks outside brackets; parts without blanks around, empty ones left out. */
static GPtrArray *
split_outside (const char *text, const char *marks)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *start = text;
  guint depth = 0;

  for (const char *p = text;; p++) {
    if (*p == '(')
      depth++;
    else if (*p == ')' && depth > 0)
      depth--;
    if (*p != '\0' && (depth > 0 || strchr (marks, *p) == NULL))
      continue;
    char *part = g_strstrip (g_strndup (start, (gsize)(p - start)));
    if (*part != '\0')
      g_ptr_array_add (parts, part);
    else
      g_free (part);
    if (*p == '\0')
      return parts;
    start = p + 1;
  }
}

/* "이름(안)" → name and what is in its last bracket; FALSE when it does not end with one. */
static gboolean
split_bracket (const char *text, char **name, char **inside)
{
  gsize len = strlen (text);
  const char *open = len > 0 && text[len - 1] == ')' ? strrchr (text, '(') : NULL;

  if (open == NULL)
    return FALSE;
  *name = g_strstrip (g_strndup (text, (gsize)(open - text)));
  *inside = g_strstrip (g_strndup (open + 1, (gsize)(text + len - 1 - (open + 1))));
  return TRUE;
}

static gboolean
parse_count (const char **p, gint64 *ret)
{
  gint64 value = 0;
  const char *start;

  *p += strspn (*p, " ");
  start = *p;
  for (; g_ascii_isdigit (**p) && *p - start < 3; (*p)++)
    value = value * 10 + (**p - '0');
  *ret = value;
  if (*p == start)
    return FALSE;
  *p += strspn (*p, " ");
  return TRUE;
}

/* "1-3", "1~3", or "2" for exactly two. */
static gboolean
parse_counts (const char *text, gint64 *min, gint64 *max)
{
  const char *p = text;

  if (!parse_count (&p, min))
    return FALSE;
  *max = *min;
  if (*p == '-' || *p == '~') {
    p++;
    if (!parse_count (&p, max))
      return FALSE;
  }
  return *p == '\0' && *max >= 1 && *max >= *min;
}

static gboolean
check_name (const char *name, GError **error)
{
  glong length = g_utf8_strlen (name, -1);

  if (length >= 1 && length <= OSY_MENU_MAX_NAME)
    return TRUE;
  return refuse (error, "an option name must have 1 to %d characters.", OSY_MENU_MAX_NAME);
}

static gboolean
parse_choice (OsyMenuGroup *group, const char *text, GError **error)
{
  g_autoptr (OsyMenuOption) option = osy_menu_option_new ();
  g_autofree char *name = NULL;
  g_autofree char *inside = NULL;
  gint64 won = 0;

  if (split_bracket (text, &name, &inside) && (*inside == '+' || *inside == '-')) {
    if (*inside == '-')
      return refuse (error, "“%s” lowers the price; an option may only add to it.", text);
    if (!osy_money_parse (inside + 1, &won) || won > OSY_MENU_MAX_PRICE)
      return refuse (error, "the price of “%s” is not a whole number of won.", text);
    option->name = g_steal_pointer (&name);
  } else {
    option->name = g_strdup (text);
  }
  if (!check_name (option->name, error))
    return FALSE;
  for (guint i = 0; i < group->options->len; i++)
    if (g_str_equal (((OsyMenuOption *)g_ptr_array_index (group->options, i))->name, option->name))
      return refuse (error, "“%s” stands twice in “%s”.", option->name, group->name);
  if (won > 0)
    g_ptr_array_add (option->prices, osy_menu_price_new (NULL, 0, won));
  g_ptr_array_add (group->options, g_steal_pointer (&option));
  return TRUE;
}

static OsyMenuGroup *
parse_group (const char *text, GError **error)
{
  g_autoptr (OsyMenuGroup) group = osy_menu_group_new ();
  g_autoptr (GPtrArray) halves = split_outside (text, ":");
  g_autofree char *inside = NULL;

  if (halves->len != 2 || !split_bracket (g_ptr_array_index (halves, 0), &group->name, &inside) ||
      !parse_counts (inside, &group->min, &group->max)) {
    refuse (error, "write “%s” as 이름(최소-최대): 선택(+가격), …", text);
    return NULL;
  }
  if (!check_name (group->name, error))
    return NULL;
  g_autoptr (GPtrArray) choices = split_outside (g_ptr_array_index (halves, 1), ",");
  if (choices->len < 1 || choices->len > OSY_MENU_OPTIONS_MAX_CHOICES) {
    refuse (error, "“%s” must have 1 to %d choices.", group->name, OSY_MENU_OPTIONS_MAX_CHOICES);
    return NULL;
  }
  for (guint i = 0; i < choices->len; i++)
    if (!parse_choice (group, g_ptr_array_index (choices, i), error))
      return NULL;
  return g_steal_pointer (&group);
}

static gboolean
has_group (GPtrArray *groups, const char *name)
{
  for (guint i = 0; i < groups->len; i++)
    if (g_str_equal (((OsyMenuGroup *)g_ptr_array_index (groups, i))->name, name))
      return TRUE;
  return FALSE;
}

GPtrArray *
osy_menu_options_parse (const char *text, GError **error)
{
  g_autoptr (GPtrArray) groups =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_group_free);
  g_autofree char *narrow = narrow_marks (text);
  g_autoptr (GPtrArray) parts = split_outside (narrow, ";\n");

  if (parts->len > OSY_MENU_OPTIONS_MAX_GROUPS) {
    refuse (error, "there are more than %d option groups.", OSY_MENU_OPTIONS_MAX_GROUPS);
    return NULL;
  }
  for (guint i = 0; i < parts->len; i++) {
    g_autoptr (OsyMenuGroup) group = parse_group (g_ptr_array_index (parts, i), error);
    if (group == NULL)
      return NULL;
    if (has_group (groups, group->name)) {
      refuse (error, "the option group “%s” stands twice.", group->name);
      return NULL;
    }
    g_ptr_array_add (groups, g_steal_pointer (&group));
  }
  return g_steal_pointer (&groups);
}

char *
osy_menu_options_signature (const OsyMenuGroup *group, gint64 now)
{
  GString *text = g_string_new (group->name);

  g_string_append_printf (text, "\n%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, group->min, group->max);
  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    gint64 won = 0;
    if (!osy_menu_price_general (option->prices, now, &won))
      won = 0;
    g_string_append_printf (text, "\n%s\t%" G_GINT64_FORMAT, option->name, won);
  }
  return g_string_free (text, FALSE);
}

/* ---- the other way ---- */

static void
print_group (GString *text, const OsyMenuGroup *group, gint64 now)
{
  g_string_append_printf (text, "%s%s(%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "): ",
                          text->len > 0 ? "; " : "", group->name, group->min, group->max);
  for (guint i = 0; i < group->options->len; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, i);
    gint64 won;
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", option->name);
    if (osy_menu_price_general (option->prices, now, &won) && won > 0)
      g_string_append_printf (text, "(+%" G_GINT64_FORMAT ")", won);
  }
}

static gboolean
is_same (const OsyMenuGroup *one, const OsyMenuGroup *other, gint64 now)
{
  g_autofree char *a = osy_menu_options_signature (one, now);
  g_autofree char *b = osy_menu_options_signature (other, now);

  return g_str_equal (a, b);
}

char *
osy_menu_options_print (GPtrArray *groups, gint64 now)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < groups->len; i++)
    print_group (text, g_ptr_array_index (groups, i), now);
  /* As a file gives it back. */
  g_autofree char *normal = g_utf8_normalize (text->str, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autoptr (GPtrArray) again = osy_menu_options_parse (normal, NULL);
  if (again == NULL || again->len != groups->len)
    return NULL;
  for (guint i = 0; i < groups->len; i++)
    if (!is_same (g_ptr_array_index (groups, i), g_ptr_array_index (again, i), now))
      return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
