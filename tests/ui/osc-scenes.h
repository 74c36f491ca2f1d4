/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-fixture.h"

G_BEGIN_DECLS

/** A picture that ./run shots takes at both sizes, in both schemes and languages. */
typedef struct {
  const char *name; /* "board-peak" */
  void (*show) (OscWindow *window, OscContext *context);
} OscScene;

/** osc_scenes_…: the scenes of one view; end with name == NULL. */
extern const OscScene osc_scenes_alerts[];
extern const OscScene osc_scenes_analytics[];
extern const OscScene osc_scenes_bill[];
extern const OscScene osc_scenes_board[];
extern const OscScene osc_scenes_call[];
extern const OscScene osc_scenes_delivery[];
extern const OscScene osc_scenes_kitchen[];
extern const OscScene osc_scenes_past[];
extern const OscScene osc_scenes_payment[];
extern const OscScene osc_scenes_people[];
extern const OscScene osc_scenes_record[];
extern const OscScene osc_scenes_refund[];
extern const OscScene osc_scenes_reports[];
extern const OscScene osc_scenes_settings[];
extern const OscScene osc_scenes_sale[];
extern const OscScene osc_scenes_menu[];
extern const OscScene osc_scenes_tables[];
extern const OscScene osc_scenes_stock[];
extern const OscScene osc_scenes_till[];
extern const OscScene osc_scenes_setup[];

/** osc_scenes_import_report: what the daemon answers to a file with doubtful cells. */
extern const char *const osc_scenes_import_report;
/** Versions of a menu, and the difference to one of them, as the daemon answers. */
extern const char *const osc_scenes_versions;
extern const char *const osc_scenes_difference;

/** osc_scenes_open_shell: puts the shell over @context into @window, with a strip as in the middle
 * of the day. Returns: (transfer none). */
OscShell *osc_scenes_open_shell (OscWindow *window, OscContext *context);

G_END_DECLS
