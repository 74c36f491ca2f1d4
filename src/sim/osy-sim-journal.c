/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The journal that shows at the end whether an order was lost between the shop and its screens. */

#include "osy-sim-journal.h"

/** One order. */
typedef struct {
  guint acknowledged;
  guint created;
  gboolean seen;
  gint64 number;
  gint64 total;
  gboolean different;
} Entry;

struct _OsySimJournal {
  GHashTable *entries; /* order id → Entry */
};

OsySimJournal *
osy_sim_journal_new (void)
{
  OsySimJournal *self = g_new0 (OsySimJournal, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
osy_sim_journal_free (OsySimJournal *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

static Entry *
entry_of (OsySimJournal *self, OsyOrder *order)
{
  const OsyOrderData *data = osy_order_data (order);
  Entry *entry = g_hash_table_lookup (self->entries, data->id);

  if (entry == NULL) {
    entry = g_new0 (Entry, 1);
    entry->number = data->number;
    entry->total = data->total_amount;
    g_hash_table_insert (self->entries, g_strdup (data->id), entry);
  }
  entry->different |= entry->number != data->number || entry->total != data->total_amount;
  return entry;
}

void
osy_sim_journal_acknowledge (OsySimJournal *self, OsyOrder *order)
{
  entry_of (self, order)->acknowledged++;
}

void
osy_sim_journal_see (OsySimJournal *self, OsyOrder *order, gboolean created)
{
  Entry *entry = entry_of (self, order);

  entry->seen = TRUE;
  entry->created += created ? 1 : 0;
}

OsySimJournalSum
osy_sim_journal_sum (const OsySimJournal *self)
{
  OsySimJournalSum sum = {0};
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const Entry *entry = value;
    if (entry->acknowledged == 0)
      continue;
    sum.acknowledged++;
    sum.seen += entry->seen ? 1 : 0;
    sum.missed += entry->seen ? 0 : 1;
    sum.doubled += entry->acknowledged > 1 || entry->created > 1 ? 1 : 0;
    sum.different += entry->different ? 1 : 0;
  }
  return sum;
}
