/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-sales-range.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** The most that are told of one range, and the most days of one. */
#define OSC_FINDINGS_MOST 3
#define OSC_FINDING_DAYS_MOST 7

/** A dish that sold more or less than usual. Won. */
typedef struct {
  char *name;
  gint64 sales;
  gint64 usual;
} OscFindingItem;

/** What a day was unlike others in: won, orders or refunds; of three days where the kind says so.
 * Counted by references. */
typedef struct {
  char *day;     /* "YYYY-MM-DD" */
  char *kind;    /* SALES_LOW, … */
  char *subject; /* who gave the refunds; "": the shop */
  char *name;    /* (nullable): what that person is called */
  gint64 observed;
  gint64 expected;
  gint64 low; /* low, high, weeks: 0 of refunds */
  gint64 high;
  gint64 weeks;
  GPtrArray *items; /* of OscFindingItem */
  int useful;       /* 1, 0; -1: nobody has said */
} OscFinding;
OscFinding *osc_finding_ref (OscFinding *self);
void osc_finding_unref (OscFinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscFinding, osc_finding_unref)

/** osc_finding_days: how many days it tells of: 1 or 3. */
int osc_finding_days (const OscFinding *self);
/** osc_finding_is_more: Returns: whether there was more than usual. */
gboolean osc_finding_is_more (const OscFinding *self);

/** How far the findings of a range are known. */
typedef enum {
  OSC_FINDINGS_NONE,    /* the range is too long, or no day of it is over */
  OSC_FINDINGS_READING, /* some days are not there yet */
  OSC_FINDINGS_FAILED,  /* some could not be read */
  OSC_FINDINGS_EARLY,   /* too few days before them are known */
  OSC_FINDINGS_READ
} OscFindingState;

/**
 * OscFindingStore: what the days of a range were unlike others in. Days that are over do not
 * change, so each is read once, and anew when its range is chosen again. Signals: "changed";
 * "failed": what somebody thinks of a finding could not be kept; "requested" (const char *method,
 * const char *path, const char *body: nullable) when there is no client.
 */
#define OSC_TYPE_FINDING_STORE (osc_finding_store_get_type ())
G_DECLARE_FINAL_TYPE (OscFindingStore, osc_finding_store, OSC, FINDING_STORE, GObject)

/** osc_finding_store_new: @client: (nullable): NULL in tests. */
OscFindingStore *osc_finding_store_new (OsyClient *client);
/** osc_finding_store_look: asks for the days of @range that are over on @today. */
void osc_finding_store_look (OscFindingStore *self, const OscSalesRange *range, const GDate *today);
/** osc_finding_store_retry: asks again for the days that could not be read. */
void osc_finding_store_retry (OscFindingStore *self);
/** osc_finding_store_take: @answer: (nullable): of GET analytics/findings of @day; NULL: it failed.
 */
void osc_finding_store_take (OscFindingStore *self, const char *day, JsonNode *answer);

/** osc_finding_store_state: of the range that is looked at. */
OscFindingState osc_finding_store_state (OscFindingStore *self);
/** osc_finding_store_is_long: Returns: whether the range has several days, so that each finding has
 * to name its own. */
gboolean osc_finding_store_is_long (OscFindingStore *self);
/** osc_finding_store_list: (transfer container): of OscFinding: the farthest from what was to be
 * expected first, OSC_FINDINGS_MOST at most. */
GPtrArray *osc_finding_store_list (OscFindingStore *self);
/** osc_finding_store_find: (transfer none) (nullable): as it is now. */
OscFinding *osc_finding_store_find (OscFindingStore *self, const OscFinding *like);

/** osc_finding_store_judge: somebody says that it was worth knowing (1), that it was not (0), or
 * takes that back (-1). Shown at once; as it was before when it could not be kept. */
void osc_finding_store_judge (OscFindingStore *self, const OscFinding *finding, int useful);
/** osc_finding_store_take_verdict: what became of the last one sent. @kept: whether it was kept.
 * For tests. */
void osc_finding_store_take_verdict (OscFindingStore *self, gboolean kept);

G_END_DECLS
