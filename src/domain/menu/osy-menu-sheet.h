/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-csv.h"
#include "osy-menu.h"

G_BEGIN_DECLS

/** What a column may hold. */
typedef enum {
  OSY_MENU_COLUMN_CATEGORY,
  OSY_MENU_COLUMN_NAME,
  OSY_MENU_COLUMN_NAME_EN,
  OSY_MENU_COLUMN_PRICE,
  OSY_MENU_COLUMN_DESCRIPTION,
  OSY_MENU_COLUMN_OPTIONS,
  OSY_MENU_COLUMN_ORIGIN,
  OSY_MENU_COLUMN_ALLERGENS,
  OSY_MENU_COLUMN_STATION,
  OSY_MENU_COLUMN_PREP_MINUTES,
  OSY_MENU_COLUMN_TAX_FREE,
  OSY_MENU_COLUMN_SOLD_OUT,
  OSY_MENU_N_COLUMNS
} OsyMenuColumn;

/** What is to be said of a row of the file. */
typedef struct {
  guint row;
  char *column; /* nullable: the header as the file has it */
  char *code;   /* "PRICE", "MISSING_ORIGIN", … */
  char *detail; /* one sentence */
} OsyMenuRemark;

/** One item as its row has it; members without a column in the file are unset. */
typedef struct {
  guint row;
  char *category;
  char *name;
  char *name_en;
  char *description;
  char *origin;
  char *station;
  char **allergens; /* never NULL */
  gint64 price;
  int prep_minutes;
  gboolean tax_free;
  int sold_out;      /* 1, 0, or -1: the cell is blank */
  GPtrArray *groups; /* of OsyMenuGroup without ids */
} OsyMenuSheetRow;

typedef struct {
  gboolean has[OSY_MENU_N_COLUMNS];
  GPtrArray *rows;     /* of OsyMenuSheetRow; faulty ones left out */
  GPtrArray *errors;   /* of OsyMenuRemark */
  GPtrArray *warnings; /* of OsyMenuRemark */
} OsyMenuSheet;

/** osy_menu_sheet_read: understands a file's header, Korean or English, and then its rows. A blank
 *  category means the one above. Never fails: faults are in its errors. (transfer full) */
OsyMenuSheet *osy_menu_sheet_read (const OsyMenuCsv *csv);
void osy_menu_sheet_free (OsyMenuSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuSheet, osy_menu_sheet_free)

/** osy_menu_remark_new: @column: (nullable). (transfer full) */
OsyMenuRemark *
osy_menu_remark_new (guint row, const char *column, const char *code, const char *detail);
void osy_menu_remark_free (OsyMenuRemark *self);

/** osy_menu_column_name: Returns: the English name of @column, as the report uses it. */
const char *osy_menu_column_name (OsyMenuColumn column);

G_END_DECLS
