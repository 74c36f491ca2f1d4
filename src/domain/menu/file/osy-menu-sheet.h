/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-csv.h"
#include "osy-menu.h"

G_BEGIN_DECLS

/** What a cell says that leaves alone what is there: a file cannot say everything. */
#define OSY_MENU_KEEP "(그대로)"

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
  OSY_MENU_COLUMN_CODE,
  OSY_MENU_COLUMN_KITCHEN_NAME,
  OSY_MENU_N_COLUMNS
} OsyMenuColumn;

typedef enum {
  OSY_MENU_REMARK_WARNING, /* good to know */
  OSY_MENU_REMARK_DOUBT,   /* read, but a person should look */
  OSY_MENU_REMARK_ERROR,   /* cannot be imported so */
} OsyMenuSeverity;

/** What is to be said of a row of the file, or of one cell. */
typedef struct {
  OsyMenuSeverity severity;
  guint row;
  char *column;      /* nullable: the header as the file has it */
  const char *field; /* nullable: osy_menu_column_name() */
  char *code;        /* "PRICE", "MISSING_ORIGIN", … */
  char *detail;      /* one sentence */
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
  char *code;
  char *kitchen_name;
  char **allergens; /* never NULL */
  gint64 price;
  int prep_minutes;
  gboolean tax_free;
  int sold_out;      /* 1, 0, or -1: the cell is blank */
  GPtrArray *groups; /* of OsyMenuGroup without ids */
  guint kept;        /* a bit for each column whose cell is OSY_MENU_KEEP */
} OsyMenuSheetRow;

typedef struct {
  int at[OSY_MENU_N_COLUMNS]; /* index of the column, -1: the file has none */
  GPtrArray *rows;            /* of OsyMenuSheetRow; faulty ones left out */
  GPtrArray *errors;          /* of OsyMenuRemark */
  GPtrArray *warnings;        /* of OsyMenuRemark, doubts too */
} OsyMenuSheet;

/** osy_menu_sheet_read: understands a file's header, Korean or English, and then its rows. A header
 *  that only holds a known word stands for it, with a doubt, if no other column does. A blank
 *  category means the one above. Never fails: faults are in its errors. (transfer full) */
OsyMenuSheet *osy_menu_sheet_read (const OsyMenuCsv *csv);
void osy_menu_sheet_free (OsyMenuSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuSheet, osy_menu_sheet_free)

/** osy_menu_sheet_warn: adds a warning of @row as a whole. */
void osy_menu_sheet_warn (OsyMenuSheet *self, guint row, const char *code, const char *detail);

/** osy_menu_column_name: Returns: the English name of @column, as the report uses it. */
const char *osy_menu_column_name (OsyMenuColumn column);

/** osy_menu_column_from_name: Returns: the column so named, -1: none. */
int osy_menu_column_from_name (const char *name);

G_END_DECLS
