/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A menu file is refused with a reason or gives valid text within its limits; what its rows say can
 * be planned against an empty menu without a fault of ours. */

#include "fuzz.h"
#include "osy-menu-plan.h"

static void
check_rows (const OsyMenuCsv *csv)
{
  guint last = 0;

  g_assert_cmpuint (csv->rows->len, <=, OSY_MENU_CSV_MAX_ROWS);
  for (guint i = 0; i < csv->rows->len; i++) {
    const OsyMenuCsvRow *row = g_ptr_array_index (csv->rows, i);
    g_assert_cmpuint (row->number, >, last);
    last = row->number;
    g_assert_cmpuint (row->cells->len, <=, OSY_MENU_CSV_MAX_CELLS);
    for (guint j = 0; j < row->cells->len; j++)
      g_assert_true (g_utf8_validate (g_ptr_array_index (row->cells, j), -1, NULL));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyMenuCsv) csv = osy_menu_csv_parse ((const char *)data, size, &error);

  g_assert_true ((csv == NULL) == (error != NULL));
  if (csv == NULL)
    return 0;
  check_rows (csv);
  g_autoptr (OsyMenuSheet) sheet = osy_menu_sheet_read (csv);
  g_autoptr (OsyMenu) menu = osy_menu_new (osy_menu_data_new ("shop", 0), NULL);
  g_autoptr (OsyMenuPlan) plan =
      sheet->errors->len == 0 ? osy_menu_plan_new (menu, sheet, 1) : NULL;
  if (plan != NULL)
    g_assert_cmpuint (plan->created, ==, sheet->rows->len);
  g_autoptr (JsonNode) report = osy_menu_plan_report (plan, sheet, csv);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (report));
  return 0;
}
