/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-chart.h"

G_BEGIN_DECLS

/** OscChartCard: a chart with its head; says when there is nothing to show, or that it could not be
 * read. Properties: "title" (text), "kind" (int: OscChartKind), "foot" (GtkWidget:
 * under the chart). Signals: "activate" (const char *key, const char *words): of a mark; "retry".
 */
#define OSC_TYPE_CHART_CARD (osc_chart_card_get_type ())
G_DECLARE_FINAL_TYPE (OscChartCard, osc_chart_card, OSC, CHART_CARD, GtkWidget)

/** osc_chart_card_show: @series: (transfer full) (nullable): NULL: not read yet. */
void osc_chart_card_show (OscChartCard *self, OscSeries *series);
/** osc_chart_card_fail: it could not be read, nor was it before. */
void osc_chart_card_fail (OscChartCard *self);
/** osc_chart_card_add_legend: a sign, as the style sheets draw @css_class, and what it means.
 * Returns: (transfer none): the label. */
GtkWidget *osc_chart_card_add_legend (OscChartCard *self, const char *css_class, const char *text);
/** osc_chart_card_add_head: @widget at the right of the head. */
void osc_chart_card_add_head (OscChartCard *self, GtkWidget *widget);
/** osc_chart_card_title: (transfer none): as it stands in the head. */
const char *osc_chart_card_title (OscChartCard *self);
/** osc_chart_card_chart: (transfer none). */
OscChart *osc_chart_card_chart (OscChartCard *self);

G_END_DECLS
