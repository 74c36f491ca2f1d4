/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"

G_BEGIN_DECLS

/** One version of the menu; owned by the history. */
typedef struct {
  gint64 version;
  gint64 from_version;
  gint64 at;     /* UTC µs */
  char *day;     /* business day, "YYYY-MM-DD" */
  char *who;     /* "김지은" */
  char *words;   /* what it changed */
  gboolean back; /* it brought an earlier menu back */
} OscMenuVersion;

typedef enum { OSC_HISTORY_LOADING, OSC_HISTORY_READY, OSC_HISTORY_FAILED } OscHistoryPhase;

/** What would change if the menu became what it was. */
typedef struct {
  gint64 version;
  char *expect; /* nullable: for osc_menu_store_restore_async() */
  GStrv words;  /* nullable: while it is asked for, or if it failed; of the first changes */
  guint count;  /* how many there are */
  gboolean failed;
} OscMenuDifference;

/** OscMenuHistory: versions of the menu as the daemon tells them, newest first, and the one that is
 * compared with now. Signals "changed"; "requested" (const char *path): what was asked for. */
#define OSC_TYPE_MENU_HISTORY (osc_menu_history_get_type ())
G_DECLARE_FINAL_TYPE (OscMenuHistory, osc_menu_history, OSC, MENU_HISTORY, GObject)

/** osc_menu_history_new: @client: (nullable): NULL in tests. */
OscMenuHistory *osc_menu_history_new (OsyClient *client);
/** osc_menu_history_look: begins anew with the newest. */
void osc_menu_history_look (OscMenuHistory *self);
/** osc_menu_history_more: the next page, if there is one. */
void osc_menu_history_more (OscMenuHistory *self);
gboolean osc_menu_history_has_more (OscMenuHistory *self);
OscHistoryPhase osc_menu_history_phase (OscMenuHistory *self);
/** osc_menu_history_versions: (transfer none): of OscMenuVersion. */
GPtrArray *osc_menu_history_versions (OscMenuHistory *self);
/** osc_menu_history_before: Returns: the version that the menu was when the business day @today
 * began; -1: none that is known, or nothing was changed today. */
gint64 osc_menu_history_before (OscMenuHistory *self, const char *today);

/** osc_menu_history_compare: asks what would change. */
void osc_menu_history_compare (OscMenuHistory *self, gint64 version);
/** osc_menu_history_difference: (transfer none) (nullable): NULL: nothing was asked. */
const OscMenuDifference *osc_menu_history_difference (OscMenuHistory *self);

/** osc_menu_history_take, _take_difference: @answer: (nullable): as the daemon answers; NULL: it
 * failed. */
void osc_menu_history_take (OscMenuHistory *self, JsonNode *answer);
void osc_menu_history_take_difference (OscMenuHistory *self, JsonNode *answer);

G_END_DECLS
