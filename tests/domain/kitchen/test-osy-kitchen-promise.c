/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The promised minutes, of kitchens and orders made at random: never less for more, never outside
 * of what the shop allows, and what is counted is counted once. */

#include "osy-kitchen-promise.h"

#define ROUNDS 3000
#define MAX_PORTIONS 12

static const char *const names[] = {"a", "b", "c", "d"};

typedef struct {
  OsyKitchenSetup *setup;
  GArray *open;
  GArray *own;
  OsyKitchenTerms terms;
} World;

static gint64
any (gint64 low, gint64 high)
{
  return g_test_rand_int_range ((gint32)low, (gint32)high + 1);
}

static OsyKitchenPortion
any_portion (const OsyKitchenSetup *setup)
{
  const OsyKitchenStation *station =
      g_ptr_array_index (setup->stations, (guint)any (0, setup->stations->len - 1));

  return (OsyKitchenPortion){station->id, any (1, 9), any (0, 30)};
}

static OsyKitchenStation *
any_station (const char *id)
{
  OsyKitchenStation *station = osy_kitchen_station_new ();

  station->id = g_strdup (id);
  station->name = g_strdup (id);
  station->parallel = any (1, 8);
  station->dish_minutes = any (0, 1) * any (1, 20);
  return station;
}

static void
world_make (World *self)
{
  gint64 stations = any (1, G_N_ELEMENTS (names));

  self->setup = osy_kitchen_setup_new ();
  for (gint64 i = 0; i < stations; i++)
    g_ptr_array_add (self->setup->stations, any_station (names[i]));
  self->open = g_array_new (FALSE, FALSE, sizeof (OsyKitchenPortion));
  self->own = g_array_new (FALSE, FALSE, sizeof (OsyKitchenPortion));
  for (gint64 n = any (0, MAX_PORTIONS); n > 0; n--) {
    const OsyKitchenPortion portion = any_portion (self->setup);
    g_array_append_val (self->open, portion);
  }
  for (gint64 n = any (1, 4); n > 0; n--) {
    const OsyKitchenPortion portion = any_portion (self->setup);
    g_array_append_val (self->own, portion);
  }
  self->terms =
      (OsyKitchenTerms){any (1, 40), any (40, 240), any (0, 1) * any (1, 60), any (1, 40)};
}

static void
world_clear (World *self)
{
  osy_kitchen_setup_free (self->setup);
  g_array_unref (self->open);
  g_array_unref (self->own);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static gint64
promise (const World *self)
{
  return osy_kitchen_promise (self->setup, self->open, self->own, &self->terms);
}

static OsyKitchenPortion *
any_of (GArray *portions)
{
  return &g_array_index (portions, OsyKitchenPortion, (guint)any (0, portions->len - 1));
}

static void
test_bounds (void)
{
  for (int i = 0; i < ROUNDS; i++) {
    g_auto (World) world = {NULL};
    world_make (&world);
    gint64 minutes = promise (&world);

    g_assert_cmpint (minutes, >=, MIN (world.terms.least + world.terms.busy, world.terms.most));
    g_assert_cmpint (minutes, <=, world.terms.most);
    g_assert_true (minutes == world.terms.most || minutes % OSY_KITCHEN_PROMISE_STEP == 0);
  }
}

/* As long as the most of it does not bound it, no part of the order can be made faster. */
static void
test_never_too_short (void)
{
  for (int i = 0; i < ROUNDS; i++) {
    g_auto (World) world = {NULL};
    world_make (&world);
    gint64 minutes = promise (&world);
    for (guint k = 0; k < world.own->len && minutes < world.terms.most; k++) {
      const OsyKitchenPortion *mine = &g_array_index (world.own, OsyKitchenPortion, k);
      const OsyKitchenStation *station = osy_kitchen_setup_find (world.setup, mine->station_id);
      gint64 dish = osy_kitchen_portion_minutes (mine, station, &world.terms);
      gint64 before = osy_kitchen_load (station, world.open, &world.terms);
      g_assert_cmpint (minutes, >=, before + dish + world.terms.busy);
      g_assert_cmpint ((minutes - before) * station->parallel, >=, mine->quantity * dish);
    }
  }
}

/* One thing more to do, whatever it is: never less is promised. */
static void
test_monotone (void)
{
  for (int i = 0; i < ROUNDS; i++) {
    g_auto (World) world = {NULL};
    world_make (&world);
    gint64 before = promise (&world);
    const OsyKitchenPortion more = any_portion (world.setup);
    OsyKitchenStation *station =
        g_ptr_array_index (world.setup->stations, (guint)any (0, world.setup->stations->len - 1));

    switch (any (0, 6)) {
    case 0: g_array_append_val (world.open, more); break;
    case 1: g_array_append_val (world.own, more); break;
    case 2: any_of (world.own)->quantity += any (1, 5); break;
    case 3: world.terms.busy += any (1, 30); break;
    case 4: world.terms.dish += any (1, 30); break;
    case 5: world.terms.most += any (1, 30); break;
    default: station->parallel = any (1, station->parallel); break;
    }
    g_assert_cmpint (promise (&world), >=, before);
  }
}

/* Cooked is cooked: what was made does not count, and order and grouping do not matter. */
static void
test_load_is_a_sum (void)
{
  for (int i = 0; i < ROUNDS; i++) {
    g_auto (World) world = {NULL};
    world_make (&world);
    const OsyKitchenStation *station = g_ptr_array_index (world.setup->stations, 0);
    gint64 before = osy_kitchen_load (station, world.open, &world.terms);
    if (world.open->len == 0) {
      g_assert_cmpint (before, ==, 0);
      continue;
    }
    OsyKitchenPortion *one = any_of (world.open);
    OsyKitchenPortion half = *one;
    half.quantity = one->quantity / 2;
    one->quantity -= half.quantity;
    g_array_prepend_val (world.open, half);
    g_assert_cmpint (osy_kitchen_load (station, world.open, &world.terms), ==, before);
    for (guint k = 0; k < world.open->len; k++)
      g_array_index (world.open, OsyKitchenPortion, k).quantity = 0;
    g_assert_cmpint (osy_kitchen_load (station, world.open, &world.terms), ==, 0);
  }
}

static void
put (GArray *portions, const char *station, gint64 quantity, gint64 minutes)
{
  const OsyKitchenPortion portion = {station, quantity, minutes};

  g_array_append_val (portions, portion);
}

/* By hand: 10 dishes of 6 minutes wait where two are made at once: 30 minutes; then 3 of 8. */
static void
test_by_hand (void)
{
  g_auto (World) world = {osy_kitchen_setup_new (),
                          g_array_new (FALSE, FALSE, sizeof (OsyKitchenPortion)),
                          g_array_new (FALSE, FALSE, sizeof (OsyKitchenPortion)),
                          {10, 90, 0, 20}};
  OsyKitchenStation *wok = any_station ("wok");
  OsyKitchenStation *bar = any_station ("bar");

  wok->parallel = 2;
  bar->parallel = 4;
  wok->dish_minutes = 0;
  bar->dish_minutes = 3;
  g_ptr_array_add (world.setup->stations, wok);
  g_ptr_array_add (world.setup->stations, bar);
  put (world.open, "wok", 10, 6);
  put (world.own, "bar", 2, 0);
  g_assert_cmpint (osy_kitchen_load (wok, world.open, &world.terms), ==, 30);
  g_assert_cmpint (promise (&world), ==, 10); /* 3, but ten is the least */
  world.terms.busy = 10;
  g_assert_cmpint (promise (&world), ==, 20);
  world.terms.busy = 0;
  put (world.own, "wok", 3, 8);
  g_assert_cmpint (promise (&world), ==, 45); /* 30 + 12 */
  put (world.own, "wok", 1, 0);
  g_assert_cmpint (promise (&world), ==, 55); /* 30 + 44 / 2; the usual 20 are less */
  put (world.own, "gone", 99, 99);
  g_assert_cmpint (promise (&world), ==, 55);
  put (world.open, "wok", 90, 6);
  g_assert_cmpint (promise (&world), ==, 90);
}

static void
test_outlook (void)
{
  g_auto (World) world = {NULL};
  world_make (&world);
  g_autoptr (OsyKitchenOutlook) outlook = osy_kitchen_outlook_new ();
  g_autoptr (GError) error = NULL;
  static const char id[] = "0190b0de-0000-7000-8000-000000000001";

  for (guint i = 0; i < world.setup->stations->len; i++) {
    OsyKitchenStation *station = g_ptr_array_index (world.setup->stations, i);
    station->is_expo = i > 0;
  }
  OsyKitchenStation *first = g_ptr_array_index (world.setup->stations, 0);
  g_free (first->id);
  first->id = g_strdup (id);
  g_array_set_size (world.open, 0);
  put (world.open, id, 5, 7);
  osy_kitchen_outlook_look (outlook, world.setup, world.open, &world.terms);
  osy_kitchen_outlook_add_offer (outlook, id, 35);
  g_assert_cmpuint (outlook->stations->len, ==, 1);
  g_autoptr (JsonNode) node = osy_kitchen_outlook_to_json (outlook);
  g_autoptr (OsyKitchenOutlook) again = osy_kitchen_outlook_from_json (node, &error);
  g_assert_no_error (error);
  const OsyKitchenLoad *load = g_ptr_array_index (again->stations, 0);
  g_assert_cmpint (load->dishes, ==, 5);
  g_assert_cmpint (load->minutes, ==, osy_kitchen_load (first, world.open, &world.terms));
  g_assert_cmpint (again->minutes, ==, outlook->minutes);
  g_assert_cmpint (osy_kitchen_outlook_offer (again, id), ==, 35);
  g_assert_cmpint (osy_kitchen_outlook_offer (again, "another"), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kitchen/promise/bounds", test_bounds);
  g_test_add_func ("/kitchen/promise/never-too-short", test_never_too_short);
  g_test_add_func ("/kitchen/promise/monotone", test_monotone);
  g_test_add_func ("/kitchen/promise/load-is-a-sum", test_load_is_a_sum);
  g_test_add_func ("/kitchen/promise/by-hand", test_by_hand);
  g_test_add_func ("/kitchen/promise/outlook", test_outlook);
  return g_test_run ();
}
