/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-import-row.h"
#include "osc-menu-store.h"

G_BEGIN_DECLS

typedef enum {
  OSC_IMPORT_EMPTY,
  OSC_IMPORT_READING,
  OSC_IMPORT_READY,   /* there is a sheet to look at */
  OSC_IMPORT_WRITING, /* being imported for real */
  OSC_IMPORT_FAILED,  /* osc_import_problem() says why; a sheet that was there stays */
} OscImportState;

/**
 * OscImport: a menu file on its way in: a GListModel of OscImportRow as the daemon read them and a
 * person mended them, and what would come of it. After every edit the daemon is asked anew. Nothing
 * is written before osc_import_write(). Signals: "changed": state, columns or counts; "done" (guint
 * items); "requested" (JsonNode *body, gboolean dry_run): in tests, answered by osc_import_take().
 */
#define OSC_TYPE_IMPORT (osc_import_get_type ())
G_DECLARE_FINAL_TYPE (OscImport, osc_import, OSC, IMPORT, GObject)

/** osc_import_new: @client: (nullable): NULL in tests. @store: where the undo step goes. */
OscImport *osc_import_new (OsyClient *client, OscMenuStore *store);
/** osc_import_load: reads @file and asks the daemon what is in it. */
void osc_import_load (OscImport *self, GFile *file);
/** osc_import_name: (transfer none): the name of the file. */
const char *osc_import_name (OscImport *self);
OscImportState osc_import_state (OscImport *self);
/** osc_import_problem: (transfer none) (nullable): one sentence. */
const char *osc_import_problem (OscImport *self);

/** The columns of the sheet: their header in the file and the field each is for. */
guint osc_import_n_columns (OscImport *self);
const char *osc_import_header (OscImport *self, guint column);
/** osc_import_field: (transfer none) (nullable): osy_menu_column_name(), NULL: left out. */
const char *osc_import_field (OscImport *self, guint column);
/** osc_import_set_field: a field is in one column alone: another one that had it is left out. */
void osc_import_set_field (OscImport *self, guint column, const char *field);

/** What would come of it; @doubts and @errors are rows. */
typedef struct {
  guint created;
  guint changed;
  guint unchanged;
  guint doubts;
  guint errors;
} OscImportCounts;
const OscImportCounts *osc_import_counts (OscImport *self);
/** osc_import_can_write: whether the last answer is of the sheet as it is now, without errors. */
gboolean osc_import_can_write (OscImport *self);
/** osc_import_write: imports it; one step that can be undone. Ends in "done" or FAILED. */
void osc_import_write (OscImport *self);
/** osc_import_take: an answer of POST …/menu/import; for tests. */
void osc_import_take (OscImport *self, JsonNode *answer, gboolean dry_run);

G_END_DECLS
