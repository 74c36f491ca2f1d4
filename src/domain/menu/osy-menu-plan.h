/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-menu-sheet.h"

G_BEGIN_DECLS

typedef enum {
  OSY_MENU_PLAN_UNCHANGED,
  OSY_MENU_PLAN_CREATED,
  OSY_MENU_PLAN_CHANGED,
} OsyMenuPlanAction;

/** What becomes of one row's item. */
typedef struct {
  guint row;
  OsyMenuPlanAction action;
  char *category;
  char *name;
  GPtrArray *fields; /* of const char*: what differs, for CHANGED */
} OsyMenuPlanStep;

/** What a file would do to a menu; nothing has been done yet. */
typedef struct {
  OsyMenu *menu;         /* as it stands: the borrowed groups below live in it */
  GPtrArray *categories; /* of OsyMenuCategory: to be made */
  GPtrArray *groups;     /* of OsyMenuGroup: to be made or written over */
  GPtrArray *items;      /* of OsyMenuItem: to be made or written over */
  GPtrArray *dropped;    /* of char*: groups that no item will use any more */
  GPtrArray *steps;      /* of OsyMenuPlanStep, one a row */
  guint created;
  guint changed;
  guint unchanged;
} OsyMenuPlan;

/**
 * osy_menu_plan_new:
 * @sheet: faulty rows are left out of it; gains a warning for each item without origin
 * @now: UTC µs
 *
 * Items are known again by category and name, option groups by all that the file says of them;
 * groups written alike are shared. Columns the file lacks leave their values alone, as a blank
 * sold-out cell does; items the file lacks stay. A file planned twice changes nothing the second
 * time. Returns: (transfer full).
 */
OsyMenuPlan *osy_menu_plan_new (OsyMenu *menu, OsyMenuSheet *sheet, gint64 now);
void osy_menu_plan_free (OsyMenuPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuPlan, osy_menu_plan_free)

/** osy_menu_plan_report: counts, changes, errors and warnings by row. @plan: (nullable): NULL when
 *  nothing was compared. (transfer full): an object. */
JsonNode *
osy_menu_plan_report (const OsyMenuPlan *plan, const OsyMenuSheet *sheet, const OsyMenuCsv *csv);

/** osy_menu_plan_sheet: the file as a person is shown it, so that columns and cells can be mended:
 *  {columns: [{index, header, field}], rows: [{row, cells}]}. (transfer full) */
JsonNode *osy_menu_plan_sheet (const OsyMenuSheet *sheet, const OsyMenuCsv *csv);

G_END_DECLS
