/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-till-draft.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** What is asked for. */
typedef enum {
  OSC_TILL_OPEN,
  OSC_TILL_MOVE,
  OSC_TILL_COUNT,
  OSC_TILL_CLOSE,
  OSC_TILL_CORRECT,
} OscTillDeed;

/** How far it is. UNSURE: nobody knows yet whether it was done: the same is asked again under its
 * key until that is known, and nothing else meanwhile. WANTS_PIN: who is signed in may not go on
 * with it. */
typedef enum {
  OSC_TILL_IDLE,
  OSC_TILL_SENDING,
  OSC_TILL_UNSURE,
  OSC_TILL_WANTS_PIN,
} OscTillPhase;

/**
 * OscTillStore: the drawer, its closes, and what is done with them. A close and a move of cash are
 * on disk with their key before they leave and until their outcome is known, so they are asked
 * about again after a lost connection and after a restart. What is counted is kept there too.
 * Signals: "changed"; "done" (int deed, gint64 number: of the close, else 0); "failed" (int deed,
 * GError *, const char *permission: nullable: who has it may allow it by PIN:
 * osc_till_store_repeat(), else osc_till_store_give_up()); "requested" (const char *method, const
 * char *path, const char *body: nullable, const char *key: nullable) when there is no client.
 */
#define OSC_TYPE_TILL_STORE (osc_till_store_get_type ())
G_DECLARE_FINAL_TYPE (OscTillStore, osc_till_store, OSC, TILL_STORE, GObject)

/** osc_till_store_new: @client: NULL in tests, which answer by osc_till_store_take_…(). @folder:
 * (nullable): where the shops' files lie; NULL: the user's own, or nowhere without a client. */
OscTillStore *osc_till_store_new (OsyClient *client, const char *folder);
/** osc_till_store_attach: follows @feed. */
void osc_till_store_attach (OscTillStore *self, OsyFeed *feed);
/** osc_till_store_begin: whose till; goes on with what an earlier run left open. */
void osc_till_store_begin (OscTillStore *self, const char *shop);
/** osc_till_store_watch: @watched: somebody looks at it: it is read now and at every event. */
void osc_till_store_watch (OscTillStore *self, gboolean watched);

/** osc_till_store_load, _load_rest, _load_closes, _load_close: read anew; "changed" follows.
 * @more: the next page of closes after those that are there. */
void osc_till_store_load (OscTillStore *self);
void osc_till_store_load_rest (OscTillStore *self);
void osc_till_store_load_closes (OscTillStore *self, gboolean more);
void osc_till_store_load_close (OscTillStore *self, gint64 number);

/** osc_till_store_state: (transfer none) (nullable): NULL until it was read. */
const OscTillState *osc_till_store_state (OscTillStore *self);
/** osc_till_store_failed, _rest_failed, _closes_failed: Returns: whether the last reading failed.
 */
gboolean osc_till_store_failed (OscTillStore *self);
gboolean osc_till_store_rest_failed (OscTillStore *self);
gboolean osc_till_store_closes_failed (OscTillStore *self);
/** osc_till_store_rest: (transfer none) (nullable): of OscTillRest: what is still to come. */
GPtrArray *osc_till_store_rest (OscTillStore *self);
/** osc_till_store_closes: (transfer none) (nullable): of OscTillClose, newest first. */
GPtrArray *osc_till_store_closes (OscTillStore *self);
/** osc_till_store_has_more: Returns: whether older closes can be read. */
gboolean osc_till_store_has_more (OscTillStore *self);
/** osc_till_store_find: (transfer none) (nullable): the close @number, if it was read. */
const OscTillClose *osc_till_store_find (OscTillStore *self, gint64 number);

/** osc_till_store_draft: (transfer none) (nullable): what is being counted for @what. */
OscTillDraft *osc_till_store_draft (OscTillStore *self, OscTillFor what);
/** osc_till_store_start: (transfer none): the same; begun when there is none. A correction of
 * another close is begun anew. */
OscTillDraft *osc_till_store_start (OscTillStore *self, OscTillFor what, gint64 number);
/** osc_till_store_touch: a draft was changed: it is kept. */
void osc_till_store_touch (OscTillStore *self);
/** osc_till_store_drop: what was counted is forgotten. */
void osc_till_store_drop (OscTillStore *self, OscTillFor what);
/** osc_till_store_left: what stays in the drawer when @draft is closed: as typed, else the float.
 */
gint64 osc_till_store_left (OscTillStore *self, const OscTillDraft *draft);

/** osc_till_store_phase: how far what is under way is. */
OscTillPhase osc_till_store_phase (OscTillStore *self);
/** osc_till_store_deed: what is under way. */
OscTillDeed osc_till_store_deed (OscTillStore *self);
/** osc_till_store_open, _move, _finish: "done" or "failed" follows. @won: of a move: less than 0 is
 * taken out. _finish: counts, closes or corrects by the draft of @what. Returns: FALSE while
 * something else is under way. */
gboolean osc_till_store_open (OscTillStore *self, gint64 won);
gboolean osc_till_store_move (OscTillStore *self, gint64 won, const char *reason);
gboolean osc_till_store_finish (OscTillStore *self, OscTillFor what);
/** osc_till_store_repeat: what failed for want of a right, now allowed by PIN. */
void osc_till_store_repeat (OscTillStore *self, const char *act_token);
/** osc_till_store_give_up: nobody allowed it: it is forgotten, unless it may have been done. */
void osc_till_store_give_up (OscTillStore *self);
/** osc_till_store_ask_again: about what is UNSURE, at once. */
void osc_till_store_ask_again (OscTillStore *self);

/** osc_till_store_closed: Returns: the number of the close that was made here last; 0 once it was
 * seen: osc_till_store_put_away(). */
gint64 osc_till_store_closed (OscTillStore *self);
void osc_till_store_put_away (OscTillStore *self);

/** osc_till_store_export_async: the closes of the business days @from … @to as a spreadsheet.
 * @language: "ko", "en". */
void osc_till_store_export_async (OscTillStore *self,
                                  const char *from,
                                  const char *to,
                                  const char *language,
                                  GFile *file,
                                  GAsyncReadyCallback cb,
                                  gpointer data);
gboolean osc_till_store_export_finish (OscTillStore *self, GAsyncResult *result, GError **error);

/** osc_till_store_print_async: the close @number once more on paper. */
void osc_till_store_print_async (OscTillStore *self,
                                 gint64 number,
                                 GAsyncReadyCallback cb,
                                 gpointer data);
gboolean osc_till_store_print_finish (OscTillStore *self, GAsyncResult *result, GError **error);

/** osc_till_store_take_state, _take_rest, _take_closes, _take_close: what the daemon answered;
 * NULL: it failed. For tests. */
void osc_till_store_take_state (OscTillStore *self, JsonNode *answer);
void osc_till_store_take_rest (OscTillStore *self, JsonNode *answer);
void osc_till_store_take_closes (OscTillStore *self, JsonNode *answer);
void osc_till_store_take_close (OscTillStore *self, JsonNode *answer);
/** osc_till_store_answer: ends what is under way. @answer: (nullable): NULL: @error. For tests. */
void osc_till_store_answer (OscTillStore *self, JsonNode *answer, const GError *error);

G_END_DECLS
