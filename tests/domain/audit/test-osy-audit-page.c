/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What leaves the log for people: masked values, and cells that no spreadsheet runs. */

#include "osy-audit-csv.h"
#include "osy-json.h"

#include <string.h>

static void
test_mask (void)
{
  static const struct {
    const char *plain;
    const char *masked;
  } values[] = {
      {"{\"name\":\"비빔밥\",\"price\":8000}", "{\"name\":\"비빔밥\",\"price\":8000}"},
      {"{\"phone\":\"010-1234-5678\"}", "{\"phone\":\"010-****-5678\"}"},
      {"{\"customer\":{\"name\":\"홍길동\"}}", "{\"customer\":{\"name\":\"홍*동\"}}"},
      {"{\"items\":[{\"name\":\"라면\",\"note\":\"문 앞에\"}]}",
       "{\"items\":[{\"name\":\"라면\",\"note\":\"***\"}]}"},
      {"[{\"email\":\"abcd@example.com\"}]", "[{\"email\":\"ab***@example.com\"}]"},
      {"{\"phone\":null,\"note\":3}", "{\"phone\":null,\"note\":3}"},
      {"\"text\"", "\"text\""},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = osy_json_parse (values[i].plain, strlen (values[i].plain), &error);
    g_assert_no_error (error);
    osy_audit_mask (node);
    g_autofree char *text = osy_json_print (node);
    g_assert_cmpstr (text, ==, values[i].masked);
  }
}

static void
test_cells (void)
{
  static const struct {
    const char *value;
    const char *cell;
  } cells[] = {
      {NULL, "\"\""},
      {"plain", "\"plain\""},
      {"say \"hi\"", "\"say \"\"hi\"\"\""},
      {"=1+1", "\"'=1+1\""},
      {"+82", "\"'+82\""},
      {"-1", "\"'-1\""},
      {"@SUM(A1)", "\"'@SUM(A1)\""},
      {"\t=1", "\"'\t=1\""},
      {"\r=1", "\"'\r=1\""},
      {"a=1", "\"a=1\""},
      {"two\nlines,and a comma", "\"two\nlines,and a comma\""},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++) {
    g_autoptr (GString) text = g_string_new (NULL);
    osy_audit_csv_cell (text, cells[i].value);
    g_assert_cmpstr (text->str, ==, cells[i].cell);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/audit/page/mask", test_mask);
  g_test_add_func ("/audit/page/cells", test_cells);
  return g_test_run ();
}
