/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Workbooks as text: of Excel's shape, of other programs', damaged ones and ones made to hurt. */

#include "osy-xlsx.h"

#include <string.h>

#include "osy-error.h"
#include "osy-xlsx-fixture.h"

#define STYLES                                                                    \
  "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>"             \
  "<numFmt numFmtId=\"165\" formatCode=\"00000\"/>"                               \
  "<numFmt numFmtId=\"166\" formatCode=\"[Red]#,##0&quot;day&quot;\"/></numFmts>" \
  "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"                            \
  "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"      \
  "<xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs>"

static const OsyXlsxLimits limits = {50, 8, 400, 4000};

/* "A1|B1\nA2" of what is read; NULL with @error. */
static char *
read_as_text (GBytes *file, GError **error)
{
  g_autoptr (OsyXlsx) book = osy_xlsx_read (file, &limits, error);
  GString *text = g_string_new (NULL);

  for (guint i = 0; book != NULL && i < book->rows->len; i++) {
    const OsyXlsxRow *row = g_ptr_array_index (book->rows, i);
    g_string_append_printf (text, "%s%u:", i > 0 ? "\n" : "", row->number);
    for (guint j = 0; j < row->cells->len; j++)
      g_string_append_printf (text, "%s%s", j > 0 ? "|" : "",
                              (const char *)g_ptr_array_index (row->cells, j));
  }
  return g_string_free (text, book == NULL);
}

static void
assert_reads (const FixtureBook *book, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = fixture_book (book);
  g_autofree char *text = read_as_text (file, &error);

  g_assert_true (osy_xlsx_is (file));
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_refused (GBytes *file, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_as_text (file, &error);

  g_assert_null (text);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_bytes_unref (file);
}

/* ---- what is read ---- */

static void
test_texts (void)
{
  assert_reads (&(FixtureBook){.strings = "<si><t>떡볶이</t></si>"
                                          "<si><r><t>라</t></r><r><rPr><b/></rPr><t xml:space="
                                          "\"preserve\"> 면</t></r></si>"
                                          "<si><t>寿司</t><rPh sb=\"0\" eb=\"2\"><t>スシ</t></rPh>"
                                          "<phoneticPr fontId=\"1\"/></si>"
                                          "<si><t>a_x000D_\nb &lt;&amp;&gt; _x005F_x0041_</t></si>",
                               .rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" "
                                       "t=\"s\"><v>1</v></c></row><row r=\"3\"><c r=\"B3\" t=\"s\">"
                                       "<v>2</v></c></row><row r=\"4\"><c r=\"A4\" t=\"s\"><v>3</v>"
                                       "</c></row>"},
                "1:떡볶이||라 면\n3:|寿司\n4:a\nb <&> _x0041_");
}

static void
test_values (void)
{
  assert_reads (
      &(FixtureBook){
          .formats = STYLES,
          .rows = "<row r=\"1\"><c r=\"A1\"><v>4500</v></c><c r=\"B1\"><v>8801234567890</v></c>"
                  "<c r=\"C1\"><v>4.5E3</v></c><c r=\"D1\"><v>0.1</v></c></row>"
                  "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46348</v></c><c r=\"B2\" s=\"2\">"
                  "<v>46348.5</v></c><c r=\"C2\" s=\"3\"><v>123</v></c><c r=\"D2\" s=\"4\">"
                  "<v>12</v></c><c r=\"E2\" s=\"99\"><v>7</v></c></row>"
                  "<row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" t=\"str\"><f>1+1</f>"
                  "<v>둘</v></c><c r=\"C3\"><f>SUM(A1)</f><v>9</v></c><c r=\"D3\" t=\"d\">"
                  "<v>2026-11-22</v></c></row>"},
      "1:4500|8801234567890|4500|0.1\n"
      "2:2026-11-22|2026-11-22 12:00|00123|12|7\n"
      "3:Y|둘|9|2026-11-22");
}

/* LibreOffice, openpyxl and others: no places, prefixes, inline texts, merged and empty cells. */
static void
test_other_programs (void)
{
  assert_reads (&(FixtureBook){.sheet =
                                   "\xef\xbb\xbf<x:worksheet xmlns:x=\"urn:x\"><x:sheetData>"
                                   "<x:row><x:c t=\"inlineStr\"><x:is><x:t>가</x:t><x:rPh><x:t>"
                                   "ga</x:t></x:rPh></x:is></x:c><x:c/><x:c><x:v>2</x:v></x:c>"
                                   "</x:row><x:row/><x:row><x:c><x:v></x:v></x:c></x:row>"
                                   "<x:row><x:c><x:v><![CDATA[5]]></x:v></x:c></x:row>"
                                   "</x:sheetData><x:mergeCells><x:mergeCell ref=\"A1:B1\"/>"
                                   "</x:mergeCells></x:worksheet>"},
                "1:가||2\n4:5");
}

static void
test_sheets (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = fixture_book (&(FixtureBook){
      .workbook = "<workbook><workbookPr date1904=\"1\"/><sheets>"
                  "<sheet name=\"hidden\" state=\"hidden\" id=\"rId1\"/>"
                  "<sheet name=\"둘째\" id=\"rId2\"/><sheet name=\"x\" id=\"rId1\"/></sheets>"
                  "</workbook>"});
  g_autoptr (OsyXlsx) book = osy_xlsx_read (file, &limits, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (book->sheet, ==, "둘째");
  g_assert_cmpuint (book->n_sheets, ==, 2);
  OsyXlsxRow *row = g_ptr_array_index (book->rows, 0);
  g_assert_cmpstr (g_ptr_array_index (row->cells, 0), ==, "second");
}

/* ---- what is refused ---- */

static void
test_cells_at_fault (void)
{
  static const struct {
    const char *rows;
    const char *words;
  } bad[] = {
      {"<row r=\"7\"><c r=\"B7\" t=\"e\"><v>#REF!</v></c></row>", "Cell B7: it holds the error"},
      {"<row r=\"2\"><c r=\"C2\"><f>1+1</f></c></row>", "Cell C2: the formula has no result"},
      {"<row><c t=\"s\"><v>9</v></c></row>", "Cell A1: its text is missing"},
      {"<row><c t=\"s\"><v>-1</v></c></row>", "Cell A1: its text is missing"},
      {"<row><c><v>1e999</v></c></row>", "is not a number"},
      {"<row><c><v>abc</v></c></row>", "is not a number"},
      {"<row><c r=\"Z1\"><v>1</v></c></row>", "Cell Z1: there are more than 8 columns"},
      {"<row r=\"2\"/><row r=\"1\"/>", "rows are out of order"},
      {"<row r=\"0\"/>", "rows are out of order"},
      {"<row r=\"99999999\"/>", "rows are out of order"},
      {"<row><c r=\"B1\"/><c r=\"A1\"/></row>", "cells are out of order"},
      {"<row><c r=\"ZZZZZZZZ1\"/></row>", "cells are out of order"},
      {"<row><c t=\"inlineStr\"><is><t>a_x0007_</t></is></c></row>", "control character"},
      {"<row>", "damaged"},
      {"<row><c><v>&nbsp;</v></c></row>", "damaged"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i].rows);
    assert_refused (fixture_book (&(FixtureBook){.rows = bad[i].rows}), bad[i].words);
  }
}

static GBytes *
with_sheet (const char *head, const char *one, guint times, const char *tail)
{
  g_autoptr (GString) sheet = g_string_new (head);

  for (guint i = 0; i < times; i++)
    g_string_append (sheet, one);
  g_string_append (sheet, tail);
  return fixture_book (&(FixtureBook){.sheet = sheet->str,
                                      .strings = "<si><t>                    "
                                                 "                    </t>"
                                                 "</si>"});
}

/* A few bytes that unpack to, or stand for, very many. */
static void
test_bombs (void)
{
  static const char head[] = "<worksheet><sheetData>";
  static const char tail[] = "</sheetData></worksheet>";

  assert_refused (with_sheet (head, "<row><c><v>1</v></c></row>", 51, tail), "more than 50 rows");
  assert_refused (with_sheet ("<worksheet>", "<a><b></b></a>                              ", 60000,
                              "</worksheet>"),
                  "far more than a menu needs");
  assert_refused (with_sheet ("", "<a>", 50, ""), "nested too deep");
  /* One text of blanks in a thousand cells. */
  assert_refused (with_sheet (head, "<row><c t=\"s\"><v>0</v></c></row>", 1000, tail),
                  "more text than can be read");
  assert_refused (
      with_sheet ("<!DOCTYPE a [<!ENTITY b \"cccccccccc\">]><worksheet>", "&b;", 1, "</worksheet>"),
      "document type");
}

static void
test_not_workbooks (void)
{
  static const char *const empty[] = {NULL};
  static const char *const text[] = {"a.txt", "hello", NULL};
  static const char *const lost[] = {"_rels/.rels",
                                     "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument"
                                     "\" Target=\"../../../etc/passwd\"/></Relationships>",
                                     NULL};
  g_autoptr (GBytes) whole = fixture_book (&(FixtureBook){.rows = "<row><c><v>1</v></c></row>"});
  gsize len = g_bytes_get_size (whole);

  assert_refused (fixture_zip (text), "_rels/.rels");
  assert_refused (fixture_zip (lost), "etc/_rels/passwd.rels");
  assert_refused (g_bytes_new_static ("\xd0\xcf\x11\xe0 old", 8), "old workbook");
  assert_refused (g_bytes_new_static ("PK\3\4", 4), "it is not whole");
  g_assert_null (empty[0]);
  for (gsize cut = 5; cut < len; cut += 37) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (whole, 0, cut);
    g_autofree char *read = read_as_text (part, &error);
    g_assert_null (read);
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  }
}

/* A turned bit gives another sheet or a refusal, and nothing worse: what is packed has a checksum.
 */
static void
test_turned_bits (void)
{
  g_autoptr (GBytes) whole = fixture_book (&(FixtureBook){.rows = "<row><c><v>1</v></c></row>"});
  gsize len;
  const guchar *data = g_bytes_get_data (whole, &len);

  for (gsize i = 0; i < len; i++) {
    guchar *bytes = g_memdup2 (data, len);
    bytes[i] ^= (guchar)(1u << (i % 8));
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) file = g_bytes_new_take (bytes, len);
    g_autofree char *text = read_as_text (file, &error);
    g_assert_true ((text == NULL) == (error != NULL));
    g_assert_true (text == NULL || g_str_equal (text, "1:1") || *text == '\0');
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/xlsx/texts", test_texts);
  g_test_add_func ("/xlsx/values", test_values);
  g_test_add_func ("/xlsx/other-programs", test_other_programs);
  g_test_add_func ("/xlsx/sheets", test_sheets);
  g_test_add_func ("/xlsx/cells-at-fault", test_cells_at_fault);
  g_test_add_func ("/xlsx/bombs", test_bombs);
  g_test_add_func ("/xlsx/not-workbooks", test_not_workbooks);
  g_test_add_func ("/xlsx/turned-bits", test_turned_bits);
  return g_test_run ();
}
