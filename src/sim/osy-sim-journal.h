/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-order.h"

G_BEGIN_DECLS

/** What was acknowledged to guests, beside what the shop's feed told of it. */
typedef struct _OsySimJournal OsySimJournal;

/** osy_sim_journal_new: Returns: (transfer full): empty. */
OsySimJournal *osy_sim_journal_new (void);
/** osy_sim_journal_free: frees all of it. */
void osy_sim_journal_free (OsySimJournal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsySimJournal, osy_sim_journal_free)

/** osy_sim_journal_acknowledge: @order: the answer that a guest was given. */
void osy_sim_journal_acknowledge (OsySimJournal *self, OsyOrder *order);

/** osy_sim_journal_see: @order: as the feed told it; may come before the answer does.
 * @created: whether it was told as new, which must happen once. */
void osy_sim_journal_see (OsySimJournal *self, OsyOrder *order, gboolean created);

/** The comparison. Only acknowledged orders count; others may be placed in the same shop. */
typedef struct {
  guint acknowledged;
  guint seen;
  guint missed;    /* acknowledged, and never told by the feed */
  guint doubled;   /* told as new more than once, or acknowledged twice */
  guint different; /* told with another number or total than acknowledged */
} OsySimJournalSum;

/** osy_sim_journal_sum: Returns: the comparison as it stands. */
OsySimJournalSum osy_sim_journal_sum (const OsySimJournal *self);

G_END_DECLS
