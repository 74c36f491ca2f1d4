/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-report.h"

G_BEGIN_DECLS

/** Facts of a made-up shop, with what they point to. */
typedef struct {
  OsyReportFacts facts;
  JsonObject *view;
  JsonObject *before;
  GPtrArray *findings;
} OsyReportFixture;

/** osy_report_fixture: a busy Saturday, or the week that ends with it. */
OsyReportFixture *osy_report_fixture (OsyReportKind kind, const char *language);
/** osy_report_fixture_empty: a day on which the shop was closed. */
OsyReportFixture *osy_report_fixture_empty (OsyReportKind kind, const char *language);
void osy_report_fixture_free (OsyReportFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyReportFixture, osy_report_fixture_free)
/** osy_report_fixture_set: a figure of the totals; that of the week before when @was. */
void osy_report_fixture_set (OsyReportFixture *self, gboolean was, const char *name, gint64 value);

G_END_DECLS
