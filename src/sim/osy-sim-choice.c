/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a guest takes from a menu, by the rules of the menu. */

#include "osy-sim-choice.h"

#define MAX_LINES 5
/* Nobody takes 999 of what may be taken without end. */
#define MAX_EXTRA 2

/** What is the same for all of one choice. */
typedef struct {
  GRand *rand;
  const char *channel;
  gint64 now;
} Choosing;

gboolean
osy_sim_chance (GRand *rand, int percent)
{
  return g_rand_int_range (rand, 0, 100) < percent;
}

static gboolean groups_can_be_met (const Choosing *self, GPtrArray *groups);

/* The most of one option that may be taken of @group. */
static gint64
limit_of (const Choosing *self, const OsyMenuGroup *group, const OsyMenuOption *option)
{
  if (osy_menu_option_stop_at (option, self->now) || !groups_can_be_met (self, option->groups))
    return 0;
  return option->max > 0 ? MIN (option->max, group->max) : group->max;
}

static gint64
capacity_of (const Choosing *self, const OsyMenuGroup *group)
{
  gint64 sum = 0;

  for (guint i = 0; i < group->options->len; i++)
    sum += limit_of (self, group, g_ptr_array_index (group->options, i));
  return MIN (sum, group->max);
}

static gboolean
groups_can_be_met (const Choosing *self, GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);
    if (capacity_of (self, group) < group->min)
      return FALSE;
  }
  return TRUE;
}

/* How many of a group: what must be, often no more. */
static gint64
how_many (const Choosing *self, const OsyMenuGroup *group)
{
  gint64 most = MIN (capacity_of (self, group), group->min + MAX_EXTRA);

  if (most <= group->min || osy_sim_chance (self->rand, 60))
    return group->min;
  return g_rand_int_range (self->rand, (gint32)group->min, (gint32)most + 1);
}

static void choose_groups (const Choosing *self, GPtrArray *groups, GPtrArray *choices);

static OsyMenuChoice *
new_choice (const Choosing *self, const OsyMenuOption *option, gint64 quantity)
{
  OsyMenuChoice *choice = osy_menu_choice_new (option->id);

  choice->quantity = quantity;
  choose_groups (self, option->groups, choice->options);
  return choice;
}

static void
choose_of_group (const Choosing *self, const OsyMenuGroup *group, GPtrArray *choices)
{
  gint64 left = how_many (self, group);
  guint n = group->options->len;
  guint first = n > 0 ? (guint)g_rand_int_range (self->rand, 0, (gint32)n) : 0;

  /* Round by round from a random one on: one of each, or as many as still must be. */
  for (guint i = 0; i < n && left > 0; i++) {
    const OsyMenuOption *option = g_ptr_array_index (group->options, (first + i) % n);
    gint64 limit = limit_of (self, group, option);
    gint64 others = 0;
    for (guint j = i + 1; j < n; j++)
      others += limit_of (self, group, g_ptr_array_index (group->options, (first + j) % n));
    gint64 quantity = CLAMP (left - others, MIN (1, limit), limit);
    if (quantity < MIN (left, limit) && osy_sim_chance (self->rand, 25))
      quantity = MIN (left, limit);
    if (quantity > 0)
      g_ptr_array_add (choices, new_choice (self, option, quantity));
    left -= quantity;
  }
}

static void
choose_groups (const Choosing *self, GPtrArray *groups, GPtrArray *choices)
{
  for (guint i = 0; i < groups->len; i++)
    choose_of_group (self, g_ptr_array_index (groups, i), choices);
}

/* The items of @category that can be had. */
static GPtrArray *
list_items (const Choosing *self, OsyMenu *menu, const OsyMenuCategory *category)
{
  GPtrArray *items = g_ptr_array_new ();

  for (guint i = 0; i < category->items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (category->items, i);
    if (osy_menu_is_offered (menu, item, self->channel, self->now) &&
        (!osy_menu_keeps_hours (self->channel) ||
         osy_menu_shut_hours (menu, item, self->now) == NULL) &&
        !osy_menu_stop_at (&item->stop, self->now) && groups_can_be_met (self, item->groups))
      g_ptr_array_add (items, (gpointer)item);
  }
  return items;
}

static const OsyMenuItem *
pick_item (const Choosing *self, OsyMenu *menu)
{
  GPtrArray *categories = osy_menu_categories (menu);
  guint n = categories->len;
  guint first = n > 0 ? (guint)g_rand_int_range (self->rand, 0, (gint32)n) : 0;

  for (guint i = 0; i < n; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, (first + i) % n);
    g_autoptr (GPtrArray) items = list_items (self, menu, category);
    if (items->len == 0)
      continue;
    /* What stands first on a menu sells best. */
    gint32 one = g_rand_int_range (self->rand, 0, (gint32)items->len);
    gint32 other = g_rand_int_range (self->rand, 0, (gint32)items->len);
    return g_ptr_array_index (items, MIN (one, other));
  }
  return NULL;
}

const OsyMenuItem *
osy_sim_choice_item (GRand *rand, OsyMenu *menu, const char *channel, gint64 now)
{
  const Choosing self = {rand, channel, now};

  return pick_item (&self, menu);
}

GPtrArray *
osy_sim_choice_make (GRand *rand, OsyMenu *menu, const char *channel, gint64 now)
{
  const Choosing self = {rand, channel, now};
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_menu_request_line_free);

  do {
    const OsyMenuItem *item = pick_item (&self, menu);
    if (item == NULL)
      return NULL;
    OsyMenuRequestLine *line = osy_menu_request_line_new (item->id);
    line->quantity = osy_sim_chance (rand, 80) ? 1 : g_rand_int_range (rand, 2, 5);
    choose_groups (&self, item->groups, line->options);
    g_ptr_array_add (lines, line);
  } while (lines->len < MAX_LINES && osy_sim_chance (rand, 50));
  return g_steal_pointer (&lines);
}
