/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-till-data.h"

G_BEGIN_DECLS

/** What is counted for. */
typedef enum {
  OSC_TILL_FOR_CLOSE,
  OSC_TILL_FOR_COUNT,      /* in between */
  OSC_TILL_FOR_CORRECTION, /* of a close that was counted wrongly */
  OSC_N_TILL_FORS
} OscTillFor;

/** What is open, the count, the difference. */
typedef enum { OSC_TILL_STEP_REST, OSC_TILL_STEP_COUNT, OSC_TILL_STEP_CHECK } OscTillStep;

#define OSC_TILL_UNTYPED (-1)

/** A count while somebody is at it. What was not typed is OSC_TILL_UNTYPED. */
typedef struct {
  OscTillFor what;
  gint64 number; /* of CORRECTION: the close that is wrong */
  OscTillStep step;
  gboolean by_sum; /* one sum in place of pieces */
  gint64 pieces[OSC_TILL_PIECES];
  gint64 sum;
  gint64 left;  /* stays in the drawer */
  char *reason; /* nullable */
} OscTillDraft;

/** osc_till_draft_new: nothing is typed. */
OscTillDraft *osc_till_draft_new (OscTillFor what, gint64 number);
void osc_till_draft_free (OscTillDraft *self);
/** osc_till_draft_counted: won in the drawer, as typed. */
gint64 osc_till_draft_counted (const OscTillDraft *self);
/** osc_till_draft_is_typed: Returns: whether anything was counted, be it nothing. */
gboolean osc_till_draft_is_typed (const OscTillDraft *self);
/** osc_till_draft_type: @digits after what stands in the field @at (a piece, or any of a sum);
 * NULL: the last digit goes. More digits than there can be are refused: Returns: FALSE. */
gboolean osc_till_draft_type (OscTillDraft *self, guint at, const char *digits);
/** osc_till_draft_set: the field @at is @value, as far as it can be. */
void osc_till_draft_set (OscTillDraft *self, guint at, gint64 value);
/** osc_till_draft_get: Returns: the field @at, or OSC_TILL_UNTYPED. */
gint64 osc_till_draft_get (const OscTillDraft *self, guint at);
/** osc_till_draft_left: what stays: as typed, else @usual; never more than was counted. */
gint64 osc_till_draft_left (const OscTillDraft *self, gint64 usual);

/** osc_till_draft_to_json: (transfer full): to be kept; _from_json: (transfer full) (nullable). */
JsonObject *osc_till_draft_to_json (const OscTillDraft *self);
OscTillDraft *osc_till_draft_from_json (JsonNode *node);
/** osc_till_draft_body: (transfer full): as the daemon takes it. @left: of CLOSE. */
JsonNode *osc_till_draft_body (const OscTillDraft *self, gint64 left);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscTillDraft, osc_till_draft_free)

G_END_DECLS
