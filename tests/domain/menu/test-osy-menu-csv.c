/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Spreadsheet text: encodings, separators, quoting, limits, and random bytes. */

#include <string.h>

#include "osy-error.h"
#include "osy-menu-csv.h"

/* Rows as "a|b" lines. */
static char *
flatten (const OsyMenuCsv *csv)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < csv->rows->len; i++) {
    const OsyMenuCsvRow *row = g_ptr_array_index (csv->rows, i);
    g_string_append_printf (out, "%u:", row->number);
    for (guint j = 0; j < row->cells->len; j++)
      g_string_append_printf (out, "%s%s", j > 0 ? "|" : "",
                              (const char *)g_ptr_array_index (row->cells, j));
    g_string_append_c (out, '\n');
  }
  return g_string_free (out, FALSE);
}

typedef struct {
  const char *name;
  const char *text;
  gsize len; /* 0: strlen */
  const char *rows;
  const char *encoding;
} Good;

static const Good good[] = {
    {"plain", "a,b\n1,2\n", 0, "1:a|b\n2:1|2\n", "UTF-8"},
    {"no last line end", "a,b\n1,", 0, "1:a|b\n2:1|\n", "UTF-8"},
    {"bom", "\xef\xbb\xbf분류,가격\r\n면,4000\r\n", 0, "1:분류|가격\n2:면|4000\n", "UTF-8"},
    {"cr alone", "a,b\r1,2\r", 0, "1:a|b\n2:1|2\n", "UTF-8"},
    {"quotes", "a,b\n\"x, \"\"y\"\"\",\" z \"\n", 0, "1:a|b\n2:x, \"y\"|z\n", "UTF-8"},
    {"line break in a cell", "a,b\n\"1\r\n2\",3\n4,5\n", 0, "1:a|b\n2:1\n2|3\n3:4|5\n", "UTF-8"},
    {"blank rows counted", "\n\na,b\n\n,,\n1,2\n", 0, "3:a|b\n6:1|2\n", "UTF-8"},
    {"tab", "a\tb\n1,5\t2\n", 0, "1:a|b\n2:1,5|2\n", "UTF-8"},
    {"tab inside quotes does not count", "\"a\tx\t\ty\",b\n", 0, "1:a\tx\t\ty|b\n", "UTF-8"},
    {"quote inside a plain cell", "a\n5\" pizza\n", 0, "1:a\n2:5\" pizza\n", "UTF-8"},
    {"formulas are text", "=1+1,@x\n-2,+3\n", 0, "1:=1+1|@x\n2:-2|+3\n", "UTF-8"},
    {"cp949", "\xba\xd0\xb7\xf9,\xb0\xa1\xb0\xdd\n\x8c\x63,1\n", 0, "1:분류|가격\n2:똠|1\n",
     "CP949"},
    {"decomposed is composed", "\xe1\x84\x80\xe1\x85\xb5\xe1\x86\xb7,b\n", 0, "1:김|b\n", "UTF-8"},
    {"emoji and RTL", "🍜,שלום\n", 0, "1:🍜|שלום\n", "UTF-8"},
    {"utf-16", "\xff\xfe\x40\xae\x09\x00\x31\x00\n\x00", 10, "1:김|1\n", "UTF-16"},
    {"empty", "", 0, "", "UTF-8"},
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_autoptr (GError) error = NULL;
    gsize len = good[i].len ? good[i].len : strlen (good[i].text);
    g_autoptr (OsyMenuCsv) csv = osy_menu_csv_parse (good[i].text, len, &error);
    g_test_message ("%s", good[i].name);
    g_assert_no_error (error);
    g_autofree char *rows = flatten (csv);
    g_assert_cmpstr (rows, ==, good[i].rows);
    g_assert_cmpstr (csv->encoding, ==, good[i].encoding);
  }
}

typedef struct {
  const char *text;
  gsize len;
  guint row;
  const char *code;
} Bad;

static const Bad bad[] = {
    {"a,b\n1,\0\n", 8, 2, "NUL"},
    /* a Korean file with one byte lost, with and without its mark */
    {"분류,가격\n\"김\n밥\",1\n떡\xeb\xb3,2\n", 0, 3, "ENCODING"},
    {"\xef\xbb\xbf"
     "a\nb\n\xff\n",
     0, 3, "ENCODING"},
    {"a\n\xff\xff\n", 0, 2, "ENCODING"},
    {"a\n\"b\n\n", 0, 2, "QUOTES"},
    {"a\n\"b\"c\n", 0, 2, "QUOTES"},
    {"a\nb\x01\n", 0, 2, "CONTROL_CHARACTER"},
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    gsize len = bad[i].len ? bad[i].len : strlen (bad[i].text);
    g_autoptr (OsyMenuCsv) csv = osy_menu_csv_parse (bad[i].text, len, &error);
    g_autofree char *start = g_strdup_printf ("Row %u: ", bad[i].row);
    g_test_message ("%s", start);
    g_assert_null (csv);
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
    g_assert_true (g_str_has_prefix (error->message, start));
    g_autoptr (JsonNode) problem = osy_error_to_problem (error, NULL);
    JsonArray *rows = json_object_get_array_member (json_node_get_object (problem), "errors");
    g_assert_cmpstr (
        json_object_get_string_member (json_array_get_object_element (rows, 0), "code"), ==,
        bad[i].code);
  }
}

static void
assert_refused (GString *text, OsyErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyMenuCsv) csv = osy_menu_csv_parse (text->str, text->len, &error);

  g_assert_null (csv);
  g_assert_error (error, OSY_ERROR, (int)code);
  g_string_free (text, TRUE);
}

static void
test_limits (void)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < OSY_MENU_CSV_MAX_CELLS; i++)
    g_string_append_c (text, ',');
  assert_refused (text, OSY_ERROR_INVALID_REQUEST);
  text = g_string_new (NULL);
  for (guint i = 0; i <= OSY_MENU_CSV_MAX_ROWS; i++)
    g_string_append (text, "a,b\n");
  assert_refused (text, OSY_ERROR_INVALID_REQUEST);
  text = g_string_new (NULL);
  for (guint i = 0; i <= OSY_MENU_CSV_MAX_CELL; i++)
    g_string_append_c (text, 'x');
  assert_refused (text, OSY_ERROR_INVALID_REQUEST);
  text = g_string_new (NULL);
  g_string_set_size (text, OSY_MENU_CSV_MAX_BYTES + 1);
  memset (text->str, 'x', text->len);
  assert_refused (text, OSY_ERROR_TOO_LARGE);
}

static void
append_quoted (GString *out, const char *cell)
{
  g_string_append_c (out, '"');
  for (const char *p = cell; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *p);
  }
  g_string_append_c (out, '"');
}

/* What a writer quotes by the book comes back cell by cell. */
static void
test_round_trip (void)
{
  static const char *const pieces[] = {"\"", ",", "\t", "\n", "김", "밥", "a", " ", "=", "(", "🍜"};
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 500; round++) {
    g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GString) text = g_string_new ("h1,h2,h3\n");
    for (guint i = 0; i < 3; i++) {
      GString *cell = g_string_new ("x");
      for (gint32 n = g_rand_int_range (rand, 0, 8); n > 0; n--)
        g_string_append (cell, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      g_string_append_c (cell, 'x');
      append_quoted (text, cell->str);
      g_string_append (text, i < 2 ? "," : "\r\n");
      g_ptr_array_add (cells, g_string_free (cell, FALSE));
    }
    g_autoptr (GError) error = NULL;
    g_autoptr (OsyMenuCsv) csv = osy_menu_csv_parse (text->str, text->len, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (csv->rows->len, ==, 2);
    const OsyMenuCsvRow *row = g_ptr_array_index (csv->rows, 1);
    for (guint i = 0; i < 3; i++)
      g_assert_cmpstr (g_ptr_array_index (row->cells, i), ==, g_ptr_array_index (cells, i));
  }
}

/* Random bytes either parse to valid text within the limits or are refused with a reason. */
static void
test_random_bytes (void)
{
  static const char likely[] = "\"\",,\n\r\t ab1";
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 3000; round++) {
    gsize len = (gsize)g_rand_int_range (rand, 0, 200);
    /* exactly as long as said: a read past the end is found by the sanitizer */
    g_autofree char *bytes = g_malloc (len + !len);
    for (gsize i = 0; i < len; i++)
      bytes[i] = g_rand_int_range (rand, 0, 3) == 0
                     ? (char)g_rand_int_range (rand, 1, 256)
                     : likely[g_rand_int_range (rand, 0, sizeof likely - 1)];
    g_autoptr (GError) error = NULL;
    g_autoptr (OsyMenuCsv) csv = osy_menu_csv_parse (bytes, len, &error);
    g_assert_true ((csv == NULL) == (error != NULL));
    if (csv == NULL)
      continue;
    g_autofree char *rows = flatten (csv);
    g_assert_true (g_utf8_validate (rows, -1, NULL));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/menu/csv/good", test_good);
  g_test_add_func ("/menu/csv/bad", test_bad);
  g_test_add_func ("/menu/csv/limits", test_limits);
  g_test_add_func ("/menu/csv/round-trip", test_round_trip);
  g_test_add_func ("/menu/csv/random-bytes", test_random_bytes);
  return g_test_run ();
}
