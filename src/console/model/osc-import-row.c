/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A line of a menu file that is about to be imported. */

#include "osc-import-row.h"

#include <string.h>

#include "osy-compat.h"

struct _OscImportRow {
  GObject parent;
  guint number;
  char **cells;
  guint n_cells;
  guint8 *states; /* of OscRemark, one a cell */
  OscRemark worst;
  GString *words;
};

enum { REMARKED, EDITED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscImportRow, osc_import_row, G_TYPE_OBJECT)

guint
osc_import_row_number (OscImportRow *self)
{
  g_return_val_if_fail (OSC_IS_IMPORT_ROW (self), 0);
  return self->number;
}

guint
osc_import_row_n_cells (OscImportRow *self)
{
  g_return_val_if_fail (OSC_IS_IMPORT_ROW (self), 0);
  return self->n_cells;
}

const char *
osc_import_row_cell (OscImportRow *self, guint column)
{
  g_return_val_if_fail (OSC_IS_IMPORT_ROW (self), "");
  return column < self->n_cells ? self->cells[column] : "";
}

void
osc_import_row_set_cell (OscImportRow *self, guint column, const char *text)
{
  g_return_if_fail (OSC_IS_IMPORT_ROW (self) && column < self->n_cells && text != NULL);

  if (osy_set_str (&self->cells[column], text))
    g_signal_emit (self, signals[EDITED], 0);
}

void
osc_import_row_clear (OscImportRow *self)
{
  g_return_if_fail (OSC_IS_IMPORT_ROW (self));

  memset (self->states, OSC_REMARK_NONE, self->n_cells);
  self->worst = OSC_REMARK_NONE;
  g_string_truncate (self->words, 0);
}

void
osc_import_row_remark (OscImportRow *self, int column, OscRemark kind, const char *detail)
{
  g_return_if_fail (OSC_IS_IMPORT_ROW (self) && detail != NULL);

  if (column >= 0 && (guint)column < self->n_cells)
    self->states[column] = MAX (self->states[column], kind);
  self->worst = MAX (self->worst, kind);
  g_string_append_printf (self->words, "%s%s", self->words->len > 0 ? "\n" : "", detail);
}

void
osc_import_row_settle (OscImportRow *self)
{
  g_return_if_fail (OSC_IS_IMPORT_ROW (self));
  g_signal_emit (self, signals[REMARKED], 0);
}

OscRemark
osc_import_row_state (OscImportRow *self, int column)
{
  g_return_val_if_fail (OSC_IS_IMPORT_ROW (self), OSC_REMARK_NONE);

  if (column < 0)
    return self->worst;
  return (guint)column < self->n_cells ? self->states[column] : OSC_REMARK_NONE;
}

const char *
osc_import_row_words (OscImportRow *self)
{
  g_return_val_if_fail (OSC_IS_IMPORT_ROW (self), "");
  return self->words->str;
}

static void
osc_import_row_finalize (GObject *object)
{
  OscImportRow *self = OSC_IMPORT_ROW (object);

  g_strfreev (self->cells);
  g_free (self->states);
  g_string_free (self->words, TRUE);
  G_OBJECT_CLASS (osc_import_row_parent_class)->finalize (object);
}

static void
osc_import_row_class_init (OscImportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_import_row_finalize;
  signals[REMARKED] = g_signal_new ("remarked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
osc_import_row_init (OscImportRow *self)
{
  self->words = g_string_new (NULL);
}

OscImportRow *
osc_import_row_new (guint number, char **cells)
{
  g_return_val_if_fail (cells != NULL, NULL);
  OscImportRow *self = g_object_new (OSC_TYPE_IMPORT_ROW, NULL);

  self->number = number;
  self->cells = cells;
  self->n_cells = g_strv_length (cells);
  self->states = g_new0 (guint8, self->n_cells + 1);
  return self;
}
