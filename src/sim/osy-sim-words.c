/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What guests and staff say, from a key file. */

#include "osy-sim-words.h"

#include "osy-error.h"

#define GROUP "words"

struct _OsySimWords {
  char **lists[OSY_SIM_N_WORDS];
};

static const char *const keys[OSY_SIM_N_WORDS] = {
    [OSY_SIM_WORDS_NAMES] = "names",
    [OSY_SIM_WORDS_ADDRESSES] = "addresses",
    [OSY_SIM_WORDS_DINE_IN_NOTES] = "dine-in-notes",
    [OSY_SIM_WORDS_TAKEOUT_NOTES] = "takeout-notes",
    [OSY_SIM_WORDS_DELIVERY_NOTES] = "delivery-notes",
    [OSY_SIM_WORDS_LINE_NOTES] = "line-notes",
    [OSY_SIM_WORDS_REJECT_REASONS] = "reject-reasons",
    [OSY_SIM_WORDS_CANCEL_REASONS] = "cancel-reasons",
};

void
osy_sim_words_free (OsySimWords *self)
{
  for (int i = 0; i < OSY_SIM_N_WORDS; i++)
    g_strfreev (self->lists[i]);
  g_free (self);
}

OsySimWords *
osy_sim_words_load (const char *path, GError **error)
{
  g_autoptr (OsySimWords) self = g_new0 (OsySimWords, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error)) {
    g_prefix_error (error, "%s: ", path);
    return NULL;
  }
  for (int i = 0; i < OSY_SIM_N_WORDS; i++) {
    self->lists[i] = g_key_file_get_string_list (file, GROUP, keys[i], NULL, NULL);
    if (self->lists[i] != NULL && self->lists[i][0] != NULL)
      continue;
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s: [%s] has no words under \"%s\".",
                 path, GROUP, keys[i]);
    return NULL;
  }
  return g_steal_pointer (&self);
}

const char *
osy_sim_words_pick (const OsySimWords *self, OsySimWordList list, GRand *rand)
{
  char **words = self->lists[list];

  return words[g_rand_int_range (rand, 0, (gint32)g_strv_length (words))];
}
