/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-sim-world.h"

G_BEGIN_DECLS

/** The tables of the shop, and who eats there. */
typedef struct _OsySimTables OsySimTables;

/** osy_sim_tables_new: @world: borrowed, outlives it. Reads the plan at once, and draws one of
 * twelve tables where there is none. */
OsySimTables *osy_sim_tables_new (OsySimWorld *world);
/** osy_sim_tables_free: no call of it may be under way. */
void osy_sim_tables_free (OsySimTables *self);

/** osy_sim_tables_take: Returns: (transfer none) (nullable): a free table, held for who asks; NULL
 * when the house is full or the plan is not known yet. */
const char *osy_sim_tables_take (OsySimTables *self);
/** osy_sim_tables_give_back: who held it orders nothing. */
void osy_sim_tables_give_back (OsySimTables *self, const char *table_id);
/** osy_sim_tables_are_free: Returns: whether nobody sits at any. */
gboolean osy_sim_tables_are_free (const OsySimTables *self);
/** osy_sim_tables_dine: they have ordered on @check_id: in a while they order more, or ask for the
 * bill, pay it, @split in three, and go. */
void osy_sim_tables_dine (OsySimTables *self,
                          const char *table_id,
                          const char *check_id,
                          gboolean split);

G_END_DECLS
