/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-ingredient.h"

G_BEGIN_DECLS

/** What a line of a file would do. */
typedef enum {
  OSC_SHEET_NEW,
  OSC_SHEET_CHANGED,
  OSC_SHEET_SAME,
  OSC_SHEET_FAULT, /* words say why; nothing is done */
} OscSheetState;

typedef struct {
  guint number; /* of the line in the file */
  OscSheetState state;
  char *name;
  char *words;    /* what is new, or different, or wrong */
  char *id;       /* (nullable): of the ingredient that is there */
  gint64 version; /* of it */
  JsonNode *body; /* (nullable): as POST or PATCH takes it; NULL: nothing to change */
  gint64 count;   /* what is counted, thousandths of the base unit; -1: nothing is said */
} OscSheetRow;

/**
 * osc_stock_sheet_read:
 * @known: of OsyIngredient: what there is
 *
 * Understands a header in Korean or English: name (needed), unit, on hand, par, supplier, stops
 * sales. Amounts are numbers, with a unit behind them or in the unit's column: "20", "20kg". Empty
 * cells say nothing. Returns: (transfer full): of OscSheetRow; NULL with a sentence.
 */
GPtrArray *osc_stock_sheet_read (GPtrArray *known, const char *data, gsize len, GError **error);

/** osc_stock_sheet_write: (transfer full): the same as a file: UTF-8 with BOM, CSV, so that
 * spreadsheets open it; what one would take for a formula is marked as text. */
char *osc_stock_sheet_write (GPtrArray *list);

G_END_DECLS
