/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-json.h"
#include "osy-menu-draft.h"

G_BEGIN_DECLS

/** One change of an entry as a client wrote it. A member that is absent leaves things as they are;
 *  null or "" takes an optional one away. */
typedef struct {
  OsyMenuDraft *draft; /* for what the body names by id */
  gint64 now;          /* UTC µs: when a plain "price" takes effect */
  gint64 day_end;      /* UTC µs: when a mark for today ends; for @whole */
  gboolean create;     /* required members must be there */
  gboolean whole;      /* the body is an entry in the editor's form, laid on a blank one: what only
                          tells (version, digest, price beside rows) is passed over */
  gboolean restores;   /* it was on the menu once: what the shop's cut-off has since made overlap
                          stays */
  gint64 position;     /* (out): where in its list it is to stand, -1: not said */
} OsyMenuEdit;

/** osy_menu_edit: lays what @reader reads on @entry, of @kind: a copy of the present one or a new
 *  one. Faults are noted in @reader. */
void
osy_menu_edit (OsyMenuEdit *edit, OsyJsonReader *reader, OsyMenuKind kind, OsyMenuEntry *entry);

/** osy_menu_edit_stop: the mark that @mode and @until, of those names in @reader, mean; a time that
 *  is over means for sale. */
OsyMenuStop osy_menu_edit_stop (const OsyMenuEdit *edit,
                                OsyJsonReader *reader,
                                const char *mode,
                                const char *until);

G_END_DECLS
