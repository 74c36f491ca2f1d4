/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A workbook is refused with a reason or gives valid text within its limits. Random bytes hardly
 * ever are a ZIP file, so what does not begin as one is taken for the sheet inside a good one. */

#include "fuzz.h"
#include "osy-xlsx-fixture.h"
#include "osy-xlsx.h"

static GBytes *
wrap (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);

  return fixture_book (&(FixtureBook){.sheet = text, .strings = "<si><t>가</t></si>"});
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const OsyXlsxLimits limits = {100, 16, 400, 8000};
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = g_bytes_new (data, size);
  g_autoptr (GBytes) file = osy_xlsx_is (raw) ? g_bytes_ref (raw) : wrap (data, size);
  g_autoptr (OsyXlsx) book = osy_xlsx_read (file, &limits, &error);
  guint last = 0;

  g_assert_true ((book == NULL) == (error != NULL));
  for (guint i = 0; book != NULL && i < book->rows->len; i++) {
    const OsyXlsxRow *row = g_ptr_array_index (book->rows, i);
    g_assert_cmpuint (row->number, >, last);
    last = row->number;
    g_assert_cmpuint (row->cells->len, <=, limits.columns);
    for (guint j = 0; j < row->cells->len; j++)
      g_assert_true (g_utf8_validate (g_ptr_array_index (row->cells, j), -1, NULL));
  }
  return 0;
}
