/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Carries out what a menu file asks for, in the one transaction it is given. */

#include "osy-menu-import.h"

#include "osy-menu-plan.h"
#include "osy-menu-work.h"
#include "osy-menu-workbook.h"

/* So many faulty rows are told by pointer; the report holds more. */
#define MAX_FIELDS 100

static void
refuse (const OsyMenuSheet *sheet, JsonNode *report, GError **error)
{
  const OsyMenuRemark *first = g_ptr_array_index (sheet->errors, 0);
  guint more = sheet->errors->len - 1;
  g_autofree char *others = more > 0 ? g_strdup_printf (" (and %u more)", more) : g_strdup ("");
  GError *refusal =
      g_error_new (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "Nothing was imported: row %u: %s%s",
                   first->row, first->detail, others);

  for (guint i = 0; i < MIN (sheet->errors->len, MAX_FIELDS); i++) {
    const OsyMenuRemark *remark = g_ptr_array_index (sheet->errors, i);
    g_autofree char *pointer = g_strdup_printf ("/rows/%u", remark->row);
    osy_error_add_field (refusal, pointer, remark->code, remark->detail);
  }
  osy_error_set_extra (refusal, "report", report);
  g_propagate_error (error, refusal);
}

static void
put_all (OsyMenuDraft *draft, OsyMenuKind kind, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    osy_menu_draft_put (draft, kind, osy_menu_entry_copy (kind, g_ptr_array_index (entries, i)), -1,
                        "");
}

static gboolean
carry_out (OsyMenuWork *self, const OsyMenuPlan *plan, JsonNode *report, GError **error)
{
  OsyMenuNote note = {.action = "menu.imported",
                      .object_type = "menu",
                      .object_id = osy_db_tx_restaurant (self->tx),
                      .new_value = report,
                      .restored = -1};

  /* A file that changes nothing leaves no trace: no version, no event. */
  if (plan->items->len == 0)
    return TRUE;
  put_all (self->draft, OSY_MENU_CATEGORY, plan->categories);
  put_all (self->draft, OSY_MENU_GROUP, plan->groups);
  put_all (self->draft, OSY_MENU_ITEM, plan->items);
  for (guint i = 0; i < plan->dropped->len; i++)
    osy_menu_draft_delete (self->draft, OSY_MENU_GROUP, g_ptr_array_index (plan->dropped, i), "");
  if (!osy_menu_work_finish (self, error) || !osy_menu_work_note (self, &note, error))
    return FALSE;
  json_object_set_member (json_node_get_object (report), "undo", g_steal_pointer (&self->undo));
  return TRUE;
}

/* @shown: the file itself goes with a dry run. */
static JsonNode *
import (OsyMenuWork *self, const OsyMenuCsv *csv, gboolean dry_run, gboolean shown, GError **error)
{
  if (!osy_menu_work_begin (self, OSY_PERM_MENU_MANAGE, error))
    return NULL;
  g_autoptr (OsyMenuSheet) sheet = osy_menu_sheet_read (csv);
  g_autoptr (OsyMenuPlan) plan = osy_menu_plan_new (self->draft->old, sheet, self->now);
  g_autoptr (JsonNode) report = osy_menu_plan_report (plan, sheet, csv);
  JsonObject *object = json_node_get_object (report);
  json_object_set_boolean_member (object, "dry_run", dry_run);
  if (sheet->errors->len > 0 && !dry_run) {
    refuse (sheet, g_steal_pointer (&report), error);
    return NULL;
  }
  if (!dry_run && !carry_out (self, plan, report, error))
    return NULL;
  if (dry_run && shown)
    json_object_set_member (object, "sheet", osy_menu_plan_sheet (sheet, csv));
  return g_steal_pointer (&report);
}

JsonNode *
osy_menu_import_file (OsyDbTx *tx,
                      const OsyCall *call,
                      OsyMenuRoom *room,
                      GBytes *file,
                      gboolean dry_run,
                      GError **error)
{
  g_auto (OsyMenuWork) self = {tx, call, room};
  g_autoptr (OsyMenuCsv) csv = osy_menu_file_read (file, error);

  return csv ? import (&self, csv, dry_run, TRUE, error) : NULL;
}

JsonNode *
osy_menu_import_table (OsyDbTx *tx,
                       const OsyCall *call,
                       OsyMenuRoom *room,
                       JsonNode *table,
                       gboolean dry_run,
                       GError **error)
{
  g_auto (OsyMenuWork) self = {tx, call, room};
  g_autoptr (OsyMenuCsv) csv = osy_menu_csv_from_json (table, error);

  return csv ? import (&self, csv, dry_run, FALSE, error) : NULL;
}

gboolean
osy_menu_import_check (GBytes *file, GError **error)
{
  g_autoptr (OsyMenuCsv) csv = osy_menu_file_read (file, error);

  if (csv == NULL)
    return FALSE;
  g_autoptr (OsyMenuSheet) sheet = osy_menu_sheet_read (csv);
  if (sheet->errors->len == 0)
    return TRUE;
  JsonNode *report = osy_menu_plan_report (NULL, sheet, csv);
  json_object_set_boolean_member (json_node_get_object (report), "dry_run", TRUE);
  refuse (sheet, report, error);
  return FALSE;
}
