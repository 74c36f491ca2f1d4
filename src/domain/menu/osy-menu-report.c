/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What an import did, or would do, as JSON: read by people at the counter and in the terminal. */

#include "osy-json.h"
#include "osy-menu-plan.h"

static JsonArray *
write_remarks (GPtrArray *remarks)
{
  static const char *const severities[] = {"warning", "doubt", "error"};
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < remarks->len; i++) {
    const OsyMenuRemark *remark = g_ptr_array_index (remarks, i);
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "row", remark->row);
    if (remark->column != NULL)
      json_object_set_string_member (object, "column", remark->column);
    if (remark->field != NULL)
      json_object_set_string_member (object, "field", remark->field);
    json_object_set_string_member (object, "severity", severities[remark->severity]);
    json_object_set_string_member (object, "code", remark->code);
    json_object_set_string_member (object, "detail", remark->detail);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonArray *
write_steps (const OsyMenuPlan *plan)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; plan != NULL && i < plan->steps->len; i++) {
    const OsyMenuPlanStep *step = g_ptr_array_index (plan->steps, i);
    if (step->action == OSY_MENU_PLAN_UNCHANGED)
      continue;
    JsonObject *object = json_object_new ();
    JsonArray *fields = json_array_new ();
    gboolean created = step->action == OSY_MENU_PLAN_CREATED;
    for (guint j = 0; !created && j < step->fields->len; j++)
      json_array_add_string_element (fields, g_ptr_array_index (step->fields, j));
    json_object_set_int_member (object, "row", step->row);
    json_object_set_string_member (object, "action", created ? "CREATED" : "CHANGED");
    json_object_set_string_member (object, "category", step->category);
    json_object_set_string_member (object, "name", step->name);
    json_object_set_array_member (object, "fields", fields);
    json_array_add_object_element (array, object);
  }
  return array;
}

JsonNode *
osy_menu_plan_report (const OsyMenuPlan *plan, const OsyMenuSheet *sheet, const OsyMenuCsv *csv)
{
  JsonObject *object = json_object_new ();
  char separator[2] = {csv->separator, '\0'};

  json_object_set_string_member (object, "encoding", csv->encoding);
  json_object_set_string_member (object, "separator", separator);
  json_object_set_int_member (object, "rows", csv->rows->len > 0 ? csv->rows->len - 1 : 0);
  json_object_set_int_member (object, "created", plan ? plan->created : 0);
  json_object_set_int_member (object, "changed", plan ? plan->changed : 0);
  json_object_set_int_member (object, "unchanged", plan ? plan->unchanged : 0);
  json_object_set_array_member (object, "changes", write_steps (plan));
  json_object_set_array_member (object, "errors", write_remarks (sheet->errors));
  json_object_set_array_member (object, "warnings", write_remarks (sheet->warnings));
  return osy_json_take_object (object);
}

static JsonArray *
write_columns (const OsyMenuSheet *sheet, const OsyMenuCsvRow *header)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < header->cells->len; i++) {
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "index", i);
    json_object_set_string_member (object, "header", g_ptr_array_index (header->cells, i));
    json_object_set_null_member (object, "field");
    for (guint j = 0; j < OSY_MENU_N_COLUMNS; j++)
      if (sheet->at[j] == (int)i)
        json_object_set_string_member (object, "field", osy_menu_column_name ((OsyMenuColumn)j));
    json_array_add_object_element (array, object);
  }
  return array;
}

JsonNode *
osy_menu_plan_sheet (const OsyMenuSheet *sheet, const OsyMenuCsv *csv)
{
  JsonObject *object = json_object_new ();
  JsonArray *rows = json_array_new ();

  for (guint i = 1; i < csv->rows->len; i++) {
    const OsyMenuCsvRow *row = g_ptr_array_index (csv->rows, i);
    JsonObject *one = json_object_new ();
    JsonArray *cells = json_array_new ();
    for (guint j = 0; j < row->cells->len; j++)
      json_array_add_string_element (cells, g_ptr_array_index (row->cells, j));
    json_object_set_int_member (one, "row", row->number);
    json_object_set_array_member (one, "cells", cells);
    json_array_add_object_element (rows, one);
  }
  json_object_set_array_member (object, "columns",
                                csv->rows->len > 0
                                    ? write_columns (sheet, g_ptr_array_index (csv->rows, 0))
                                    : json_array_new ());
  json_object_set_array_member (object, "rows", rows);
  return osy_json_take_object (object);
}
