/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

#include "osy-xlsx-fixture.h"

#include <string.h>
#include <zip.h>

#define RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"
#define TYPES "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

GBytes *
fixture_zip (const char *const *parts)
{
  zip_error_t fault;
  zip_stat_t info;

  zip_error_init (&fault);
  zip_source_t *source = zip_source_buffer_create (NULL, 0, 0, &fault);
  zip_t *zip = zip_open_from_source (source, ZIP_TRUNCATE, &fault);
  g_assert_nonnull (zip);
  zip_source_keep (source);
  for (; parts[0] != NULL; parts += 2) {
    zip_source_t *text = zip_source_buffer (zip, parts[1], strlen (parts[1]), 0);
    g_assert_cmpint (zip_file_add (zip, parts[0], text, ZIP_FL_ENC_UTF_8), >=, 0);
  }
  g_assert_cmpint (zip_close (zip), ==, 0);
  g_assert_cmpint (zip_source_open (source), ==, 0);
  g_assert_cmpint (zip_source_stat (source, &info), ==, 0);
  char *bytes = g_malloc (info.size);
  g_assert_cmpint (zip_source_read (source, bytes, info.size), ==, (zip_int64_t)info.size);
  zip_source_close (source);
  zip_source_free (source);
  return g_bytes_new_take (bytes, info.size);
}

GBytes *
fixture_book (const FixtureBook *book)
{
  g_autofree char *strings = g_strdup_printf ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
                                              "<sst" FIXTURE_MAIN ">%s</sst>",
                                              book->strings ? book->strings : "");
  g_autofree char *styles =
      g_strdup_printf ("<styleSheet" FIXTURE_MAIN ">%s</styleSheet>",
                       book->formats ? book->formats : "<cellXfs><xf numFmtId=\"0\"/></cellXfs>");
  g_autofree char *sheet =
      g_strdup_printf ("<worksheet" FIXTURE_MAIN "><sheetData>%s</sheetData></worksheet>",
                       book->rows ? book->rows : "");
  const char *workbook = book->workbook;
  if (workbook == NULL)
    workbook = "<workbook" FIXTURE_MAIN " xmlns:r=\"" TYPES "\"><sheets>"
               "<sheet name=\"메뉴\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
  const char *parts[] = {
      "[Content_Types].xml",
      "<Types/>",
      "_rels/.rels",
      "<Relationships xmlns=\"" RELATIONS "\"><Relationship Id=\"a\" Type=\"" TYPES
      "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
      "xl/_rels/workbook.xml.rels",
      "<Relationships xmlns=\"" RELATIONS "\"><Relationship Id=\"rId1\" Type=\"" TYPES
      "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" TYPES
      "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/><Relationship Id=\"rId3\" Type=\"" TYPES
      "/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"rId4\" Type=\"" TYPES
      "/styles\" Target=\"styles.xml\"/></Relationships>",
      "xl/workbook.xml",
      workbook,
      "xl/SharedStrings.xml",
      strings,
      "xl/styles.xml",
      styles,
      "xl/worksheets/sheet1.xml",
      book->sheet ? book->sheet : sheet,
      "xl/worksheets/sheet2.xml",
      "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>second</t></is></c></row></sheetData>"
      "</worksheet>",
      NULL,
  };
  return fixture_zip (parts);
}
