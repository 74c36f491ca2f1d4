/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-threat.h"

G_BEGIN_DECLS

/** OscRecordWords: what happened, for people: attacks, and what the record keeps of acts. */

/** osc_record_words_threat: what happened in one sentence; static. */
const char *osc_record_words_threat (OsyThreatKind kind);
/** osc_record_words_advice: what was done about it and what to do now; static. */
const char *osc_record_words_advice (OsyThreatKind kind);
/** osc_record_words_action: @action of a row of the record: "Accepted"; the action itself when it
 * has no words yet. */
const char *osc_record_words_action (const char *action);
/** osc_record_words_thing: what it was done to: "Order"; @type itself when it has no word. */
const char *osc_record_words_thing (const char *type);
/** osc_record_words_member: what @member of a value is called: "Price"; itself without a word. */
const char *osc_record_words_member (const char *member);
/** osc_record_words_value: (transfer full): @value of @member in words: the state of an order. */
char *osc_record_words_value (const char *member, const char *value);
/** osc_record_words_when: (transfer full): day and time of day of @us where this screen is:
 * "11-21 12:24". */
char *osc_record_words_when (gint64 us);

G_END_DECLS
