/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu-pricing.h"

G_BEGIN_DECLS

/**
 * osy_sim_choice_make:
 * @menu: as guests see it at @now
 * @channel: (nullable): for items that only some channels have
 *
 * What somebody takes from a menu: some lines with options, every rule of the menu kept (sold out,
 * min and max of groups, most of one option, options of options). Returns: (transfer full)
 * (nullable): of OsyMenuRequestLine, NULL when nothing can be had.
 */
GPtrArray *osy_sim_choice_make (GRand *rand, OsyMenu *menu, const char *channel, gint64 now);

/** osy_sim_choice_item: Returns: (transfer none) (nullable): one item that can be had, the first of
 * each category rather than the last. */
const OsyMenuItem *
osy_sim_choice_item (GRand *rand, OsyMenu *menu, const char *channel, gint64 now);

/** osy_sim_chance: Returns: TRUE @percent times out of a hundred. */
gboolean osy_sim_chance (GRand *rand, int percent);

G_END_DECLS
