/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-layer.h"

G_BEGIN_DECLS

/** How a chart draws its series. */
typedef enum { OSC_CHART_BARS, OSC_CHART_LINE, OSC_CHART_RANKS, OSC_CHART_HEAT } OscChartKind;

/** OscChart: one chart. The pointer has a tooltip over each mark; with the keyboard arrows, Home
 * and End go from mark to mark, and each is spoken. Properties: "kind" (int: OscChartKind), "title"
 * (text): what a screen reader calls it. Signals: "activate" (guint): the mark was tapped, or Enter
 * pressed at it. */
#define OSC_TYPE_CHART (osc_chart_get_type ())
G_DECLARE_FINAL_TYPE (OscChart, osc_chart, OSC, CHART, GtkWidget)

/** osc_chart_show: @series: (transfer full) (nullable): NULL: the axes alone. The mark that was
 * stepped to is found again by its key, wherever it stands now. */
void osc_chart_show (OscChart *self, OscSeries *series);
/** osc_chart_series: (transfer none) (nullable). */
const OscSeries *osc_chart_series (OscChart *self);
/** osc_chart_at: Returns: the mark that was stepped to; -1: none. */
int osc_chart_at (OscChart *self);
/** osc_chart_step: as the arrows: @dx, @dy: ±1. Returns: whether there was a mark to go to. */
gboolean osc_chart_step (OscChart *self, int dx, int dy);
/** osc_chart_jump: as Home and End: to the first mark, or the last one that is drawn. */
void osc_chart_jump (OscChart *self, gboolean last);
/** osc_chart_press, osc_chart_release: a finger at a place; what counts is the mark that was under
 * it when it came down. */
void osc_chart_press (OscChart *self, double x, double y);
void osc_chart_release (OscChart *self, double x, double y);
/** osc_chart_activate: as Enter at the mark that was stepped to. */
void osc_chart_activate (OscChart *self);

G_END_DECLS
