/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Orders as guests send them: the order room's own reader takes every one, and what they say is the
 * file's. Also the file itself, and the journal. */

#include "config.h"

#include <string.h>

#include "osy-id.h"
#include "osy-order-draft.h"
#include "osy-sim-choice.h"
#include "osy-sim-journal.h"
#include "osy-sim-visit.h"

#define GUESTS_FILE OSY_SOURCE_DIR "/data/demo/guests.ini"
#define SHOP "0192f0a0-0000-7000-8000-000000000001"
#define SOON G_GINT64_CONSTANT (1800000000000000)

static GPtrArray *
some_lines (void)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_request_line_free);
  OsyMenuRequestLine *line = osy_menu_request_line_new (SHOP);
  OsyMenuChoice *outer = osy_menu_choice_new (SHOP);
  OsyMenuChoice *inner = osy_menu_choice_new (SHOP);

  line->quantity = 2;
  line->expected_price = 4500;
  line->note = g_strdup ("덜 맵게 해 주세요");
  inner->quantity = 3;
  g_ptr_array_add (outer->options, inner);
  g_ptr_array_add (line->options, outer);
  g_ptr_array_add (lines, line);
  return lines;
}

static void
check_draft (const OsyOrderDraft *draft, const OsySimVisit *visit)
{
  const OsyMenuRequestLine *line = g_ptr_array_index (draft->lines, 0);
  const OsyMenuChoice *outer = g_ptr_array_index (line->options, 0);
  const OsyMenuChoice *inner = g_ptr_array_index (outer->options, 0);
  gboolean guest = g_str_equal (visit->channel, "QR") || g_str_equal (visit->channel, "WEB");

  g_assert_cmpstr (draft->channel, ==, visit->channel);
  g_assert_cmpint (draft->requested_at, ==, visit->lead_minutes > 0 ? SOON : 0);
  g_assert_cmpint (line->quantity, ==, 2);
  g_assert_cmpint (line->expected_price, ==, 4500);
  g_assert_cmpstr (line->note, ==, "덜 맵게 해 주세요");
  g_assert_cmpint (inner->quantity, ==, 3);
  /* Whoever is not at the counter orders by the two channels of guests. */
  g_assert_cmpint (visit->by_staff, ==, !guest);
  g_assert_cmpint (draft->guest_count > 0, ==, g_str_equal (visit->type, "DINE_IN"));
  g_assert_cmpint (draft->ready_in_minutes > 0, ==, g_str_equal (visit->channel, "COUNTER"));
  if (draft->customer_phone != NULL)
    g_assert_true (g_str_has_prefix (draft->customer_phone, "010-0000-"));
}

static void
test_bodies (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsySimWords) words = osy_sim_words_load (GUESTS_FILE, &error);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) lines = some_lines ();
  guint scheduled = 0;
  guint notes = 0;

  g_assert_no_error (error);
  for (int i = 0; i < 2000; i++) {
    OsySimVisit visit = osy_sim_visit_make (rand);
    g_autoptr (JsonNode) body =
        osy_sim_visit_body (&visit, SHOP, lines, visit.lead_minutes > 0 ? SOON : 0, words, rand);
    g_autoptr (OsyOrderDraft) draft = osy_order_draft_parse (body, &error);
    g_assert_no_error (error);
    check_draft (draft, &visit);
    scheduled += visit.lead_minutes > 0;
    notes += draft->note != NULL;
    g_hash_table_add (kinds, g_strconcat (visit.channel, " ", visit.type, NULL));
  }
  g_assert_cmpuint (g_hash_table_size (kinds), ==, 7);
  g_assert_cmpuint (scheduled, >, 0);
  g_assert_cmpuint (notes, >, 0);
}

static void
test_words_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("words-XXXXXX", &path, &error);

  g_assert_no_error (error);
  close (fd);
  g_assert_true (g_file_set_contents (path, "[words]\nnames=가\n", -1, &error));
  OsySimWords *words = osy_sim_words_load (path, &error);
  g_assert_null (words);
  g_assert_nonnull (strstr (error->message, "addresses"));
  g_clear_error (&error);
  g_assert_cmpint (unlink (path), ==, 0);
  words = osy_sim_words_load (path, &error);
  g_assert_null (words);
  g_assert_nonnull (error);
}

static OsyOrder *
order (const char *id, gint64 number, gint64 total)
{
  OsyOrderData *data = osy_order_data_new ();

  data->id = g_strdup (id);
  data->number = number;
  data->total_amount = total;
  return osy_order_new (data);
}

static void
test_journal (void)
{
  g_autoptr (OsySimJournal) journal = osy_sim_journal_new ();
  g_autoptr (OsyOrder) one = order ("1", 1, 4500);
  g_autoptr (OsyOrder) other_total = order ("1", 1, 5000);
  g_autoptr (OsyOrder) two = order ("2", 2, 4500);
  g_autoptr (OsyOrder) of_others = order ("3", 3, 4500);

  /* The feed may be faster than the answer, and tells of other people's orders too. */
  osy_sim_journal_see (journal, one, TRUE);
  osy_sim_journal_see (journal, one, FALSE);
  osy_sim_journal_see (journal, of_others, TRUE);
  osy_sim_journal_acknowledge (journal, one);
  osy_sim_journal_acknowledge (journal, two);
  OsySimJournalSum sum = osy_sim_journal_sum (journal);
  g_assert_cmpuint (sum.acknowledged, ==, 2);
  g_assert_cmpuint (sum.seen, ==, 1);
  g_assert_cmpuint (sum.missed, ==, 1);
  g_assert_cmpuint (sum.doubled + sum.different, ==, 0);

  osy_sim_journal_see (journal, two, TRUE);
  osy_sim_journal_see (journal, two, TRUE);
  osy_sim_journal_see (journal, other_total, FALSE);
  sum = osy_sim_journal_sum (journal);
  g_assert_cmpuint (sum.missed, ==, 0);
  g_assert_cmpuint (sum.doubled, ==, 1);
  g_assert_cmpuint (sum.different, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sim/visit/bodies", test_bodies);
  g_test_add_func ("/sim/words/missing", test_words_missing);
  g_test_add_func ("/sim/journal", test_journal);
  return g_test_run ();
}
