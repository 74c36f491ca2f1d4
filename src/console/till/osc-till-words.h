/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-till-store.h"

G_BEGIN_DECLS

/** osc_till_words_tender: "Cash", "Card"; static, or @tender itself. */
const char *osc_till_words_tender (const char *tender);
/** osc_till_words_difference: (transfer full): "₩2,100 is missing", "It is exactly right". */
char *osc_till_words_difference (gint64 won);
/** osc_till_words_rest: (transfer full): what is still to come: "Table 4 · no. 12, 13". */
char *osc_till_words_rest (const OscTillRest *rest);
/** osc_till_words_rest_detail: (transfer full): how it stands, since when. */
char *osc_till_words_rest_detail (const OscTillRest *rest);
/** osc_till_words_carried: (transfer full) (nullable): what a close left for the next. */
char *osc_till_words_carried (const OscTillReport *report);
/** osc_till_words_failure: (transfer full): why it was not done, and what to do. */
char *osc_till_words_failure (OscTillDeed deed, const GError *error);
/** osc_till_words_reasons: why the cash differs, or is moved: msgids; ends with NULL. */
const char *const *osc_till_words_reasons (gboolean in, gboolean out);

G_END_DECLS
