/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

#define FIXTURE_MAIN " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""

/** Parts of a workbook of Excel's shape; NULL leaves one out. */
typedef struct {
  const char *workbook; /* NULL: one sheet */
  const char *strings;  /* what stands in <sst> */
  const char *formats;  /* what stands in <styleSheet> */
  const char *sheet;    /* the whole part, or with @rows NULL */
  const char *rows;     /* what stands in <sheetData> */
} FixtureBook;

/** fixture_book: (transfer full): the file. */
GBytes *fixture_book (const FixtureBook *book);
/** fixture_zip: (transfer full): a ZIP file of @parts: name, text, name, text, …, NULL. */
GBytes *fixture_zip (const char *const *parts);
