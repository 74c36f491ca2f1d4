/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** A day, or the week from Monday to Sunday. */
typedef enum { OSY_REPORT_DAILY, OSY_REPORT_WEEKLY, OSY_N_REPORTS } OsyReportKind;
/** As the API and the tables name them, NULL-terminated. */
extern const char *const osy_report_kinds[];
/** Languages of a report, NULL-terminated. */
extern const char *const osy_report_languages[];

/** What a report is made of. Texts and objects are the caller's. */
typedef struct {
  OsyReportKind kind;
  const char *language; /* of osy_report_languages */
  const char *shop;
  const char *day;     /* "YYYY-MM-DD"; of a week its Monday */
  JsonObject *view;    /* schema Analytics, against the week before */
  JsonObject *before;  /* (nullable): of a week, Analytics of the week before */
  GPtrArray *findings; /* of JsonObject, schema Findings: of each day */
} OsyReportFacts;

/** Whether a figure moved to the good or to the bad. */
typedef enum { OSY_REPORT_PLAIN, OSY_REPORT_GOOD, OSY_REPORT_BAD } OsyReportTone;

/** A line of a report, ready to be read. */
typedef struct {
  char *label;
  char *value;  /* nullable */
  char *note;   /* nullable */
  double share; /* of the longest in its list, 0…1; below 0: no bar */
  OsyReportTone tone;
  gboolean strong;
} OsyReportLine;

/** A bar and the one that it is compared with. */
typedef struct {
  char *label;
  gint64 now;
  gint64 was;
} OsyReportBar;

/** A heading and lines below it. */
typedef struct {
  char *title;
  char *note;       /* nullable */
  GPtrArray *lines; /* of OsyReportLine */
} OsyReportList;

/** What a report says, in words and figures that only need to be drawn. */
typedef struct {
  OsyReportKind kind;
  gboolean english;
  char *title; /* of the document */
  char *shop;
  char *heading;         /* the day */
  char *what;            /* "Daily report" */
  char *against;         /* what it is compared with */
  char *empty;           /* (nullable): nothing was sold: that alone is said */
  GPtrArray *tiles;      /* of OsyReportLine: label, value, note: the change */
  GPtrArray *tiles_were; /* of char *: what each was before; as many */
  OsyReportList *money;
  char *bars_title;
  GPtrArray *bars; /* of OsyReportBar */
  char *now_word;  /* what the bars are, and those behind them */
  char *was_word;
  OsyReportList *odd;     /* label: what; note: why */
  OsyReportList *actions; /* label: what to do; note: because of what; three at most */
  GPtrArray *lists;       /* of OsyReportList: the details */
  char *heat_title;       /* (nullable): of a week */
  gint64 heat[7][24];     /* from Monday on, by the hour of the clock */
  int heat_from;          /* the hour with which a day begins */
  char *footer;
} OsyReport;

/** osy_report_new: what @facts come to. Reads nothing but them. Returns: (transfer full) */
OsyReport *osy_report_new (const OsyReportFacts *facts);
void osy_report_free (OsyReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyReport, osy_report_free)

/** osy_report_line_new: all texts (transfer full), @value and @note nullable. No bar. */
OsyReportLine *osy_report_line_new (char *label, char *value, char *note);
void osy_report_line_free (OsyReportLine *self);

/** osy_report_actions: what is to be done about @facts, by fixed rules, the weightiest first:
 * (transfer full): of OsyReportLine, three at most. */
GPtrArray *osy_report_actions (const OsyReportFacts *facts);

/** osy_report_file_name: (transfer full): "ordersync-2026-11-21-daily.pdf" */
char *osy_report_file_name (OsyReportKind kind, const char *day);

/** osy_report_monday: (transfer full): of the week that @day ("YYYY-MM-DD") lies in. */
char *osy_report_monday (const char *day);
/** osy_report_day_after: (transfer full): @n days after @day; before it when negative. */
char *osy_report_day_after (const char *day, int n);

G_END_DECLS
