/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Lists of words that guests and staff choose from. */
typedef enum {
  OSY_SIM_WORDS_NAMES,     /* of customers, all invented */
  OSY_SIM_WORDS_ADDRESSES, /* that do not exist */
  OSY_SIM_WORDS_DINE_IN_NOTES,
  OSY_SIM_WORDS_TAKEOUT_NOTES,
  OSY_SIM_WORDS_DELIVERY_NOTES, /* "문 앞에 놓아 주세요" */
  OSY_SIM_WORDS_LINE_NOTES,     /* "덜 맵게 해 주세요" */
  OSY_SIM_WORDS_REJECT_REASONS, /* of the shop */
  OSY_SIM_WORDS_CANCEL_REASONS, /* of the guest */
  OSY_SIM_N_WORDS
} OsySimWordList;

/** Read from a file, never changed. */
typedef struct _OsySimWords OsySimWords;

/** osy_sim_words_load: @path: a key file with the group [words] and a key of at least one word for
 * each list. Returns: (transfer full): NULL with an error that names what is missing. */
OsySimWords *osy_sim_words_load (const char *path, GError **error);
void osy_sim_words_free (OsySimWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsySimWords, osy_sim_words_free)

/** osy_sim_words_pick: Returns: (transfer none): one of @list, each as likely as the others. */
const char *osy_sim_words_pick (const OsySimWords *self, OsySimWordList list, GRand *rand);

G_END_DECLS
