/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-slip.h"

G_BEGIN_DECLS

#define OSY_SLIP_MAX_PARTS 40

/** One part of a slip as the shop wants it. */
typedef struct {
  char *name;
  gboolean shown;
  int larger; /* −1…2 sizes more than the slip was made with */
} OsySlipPart;

/** How a shop wants one kind of slip. */
typedef struct {
  char *header;     /* words above; "" for none */
  char *footer;     /* words below; "" for none */
  GPtrArray *parts; /* of OsySlipPart, in their order; parts it does not name follow as made */
  gint64 version;   /* 0: never saved */
} OsySlipForm;

/** osy_slip_form_new: Returns: (transfer full): a form that changes nothing. */
OsySlipForm *osy_slip_form_new (void);
void osy_slip_form_free (OsySlipForm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsySlipForm, osy_slip_form_free)
/** osy_slip_form_add: @larger: −1…2. */
void osy_slip_form_add (OsySlipForm *self, const char *name, gboolean shown, int larger);
/** osy_slip_form_complete: adds the parts of @slip that the form does not name, as they are. */
void osy_slip_form_complete (OsySlipForm *self, const OsySlip *slip);

/** osy_slip_form_check: INVALID_REQUEST when the form names a part that @slip has not. */
gboolean osy_slip_form_check (const OsySlipForm *self, const OsySlip *slip, GError **error);

/** osy_slip_form_apply: Returns: (transfer full): @slip in the form of @self. What belongs to no
 * part stands first; cut and kick last. */
OsySlip *osy_slip_form_apply (const OsySlipForm *self, const OsySlip *slip);

/** osy_slip_form_to_json, _from_json: {header, footer, parts:[{name, shown, larger}]}; strict.
 * (transfer full) */
JsonNode *osy_slip_form_to_json (const OsySlipForm *self);
OsySlipForm *osy_slip_form_from_json (JsonNode *node, GError **error);

/** osy_slip_mark: Returns: (transfer full): @slip with @mark in white on black above it. */
OsySlip *osy_slip_mark (const OsySlip *slip, const char *mark);

G_END_DECLS
