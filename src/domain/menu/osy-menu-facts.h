/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"

G_BEGIN_DECLS

/** What the kitchen asks of an item as it is now. */
typedef struct {
  char *category_id;
  char *kitchen_name; /* nullable */
  char *name_en;      /* nullable */
  char *station;      /* nullable */
  char *allergens;    /* JSON array of texts */
  int prep_minutes;   /* 0: none given */
} OsyMenuFacts;

/** osy_menu_facts_load: of these items alone, in the transaction's restaurant; items that are gone
 * are left out. @item_ids: of char*. (transfer full): id → OsyMenuFacts. */
GHashTable *osy_menu_facts_load (OsyDbTx *tx, GPtrArray *item_ids, GError **error);

/** osy_menu_facts_load_option_names: English names of these options. (transfer full): id → name. */
GHashTable *osy_menu_facts_load_option_names (OsyDbTx *tx, GPtrArray *option_ids, GError **error);

/** osy_menu_facts_load_english: English names of these items and options, which may lack them.
 * (transfer full): id → name. */
GHashTable *osy_menu_facts_load_english (OsyDbTx *tx,
                                         GPtrArray *item_ids,
                                         GPtrArray *option_ids,
                                         GError **error);

G_END_DECLS
