/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One guest, from the menu to the answer. */

#include "osy-sim-guest.h"

#include "osy-clock.h"
#include "osy-rest.h"
#include "osy-sim-choice.h"
#include "osy-sim-prepay.h"
#include "osy-sim-tables.h"
#include "osy-sim-visit.h"

/* Who has been told so often that something is gone goes elsewhere. */
#define TRIES 3
/* A scheduled order must still lie ahead when its answer is long in coming. */
#define LEAD_MIN_US (30 * G_USEC_PER_SEC)
/* Of those who order on the web, who pays at once, and of these, who into an account. */
#define PREPAYS_PERCENT 60
#define ACCOUNT_PERCENT 15
/* Of those who sit together, who pay apart. */
#define SPLITS_PERCENT 15
/* Of the first guests every other one shows what there is, in turn. */
#define SHOWN_GUESTS 40
/* Wishes are for what is cooked, not for a bottle. */
#define COOKED_MINUTES 4

typedef struct {
  OsySimWorld *world;
  OsySimVisit visit;
  OsyMenu *menu;      /* as it was read */
  const char *table;  /* (nullable): where they sit */
  char *check_id;     /* (nullable): of what they have had already */
  const char *method; /* (nullable): how they pay at once */
  gboolean splits;
  gboolean again; /* they have had something already */
  int tries;
} Guest;

static void
guest_free (gpointer data)
{
  Guest *self = data;

  if (self->table != NULL && self->again)
    osy_sim_tables_dine (self->world->tables, self->table, self->check_id, FALSE);
  else if (self->table != NULL)
    osy_sim_tables_give_back (self->world->tables, self->table);
  g_clear_object (&self->menu);
  g_free (self->check_id);
  g_free (self);
}

static void read_menu (Guest *self);

/* What cannot be had any more, though it could when the menu was read. */
static gboolean
is_about_menu (const GError *error)
{
  static const OsyErrorCode codes[] = {OSY_ERROR_SOLD_OUT,       OSY_ERROR_OUTSIDE_HOURS,
                                       OSY_ERROR_MENU_CHANGED,   OSY_ERROR_UNKNOWN_ITEM,
                                       OSY_ERROR_UNKNOWN_OPTION, OSY_ERROR_OPTION_COUNT};

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (osy_error_is (error, codes[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_about_shop (const GError *error)
{
  return osy_error_is (error, OSY_ERROR_SHOP_CLOSED) ||
         osy_error_is (error, OSY_ERROR_BELOW_MINIMUM) ||
         osy_error_is (error, OSY_ERROR_GUESTS_NOT_ALLOWED);
}

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Guest *self = user_data;
  OsySimWorld *world = self->world;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_sim_world_call_finish (world, result, &error);
  g_autoptr (OsyOrder) order = answer ? osy_order_from_json (answer, &error) : NULL;

  if (order != NULL && self->method != NULL) {
    osy_sim_prepay_begin (world, order,
                          osy_rest_text (json_node_get_object (answer), "tracking_token", ""),
                          self->method);
  } else if (order != NULL) {
    osy_sim_journal_acknowledge (world->journal, order);
    if (self->again)
      osy_sim_world_count (world, "another round");
    if (self->table != NULL)
      osy_sim_tables_dine (world->tables, g_steal_pointer (&self->table),
                           osy_order_data (order)->check_id, self->splits);
  } else if (is_about_menu (error) || is_about_shop (error)) {
    world->refused++;
    if (is_about_menu (error) && ++self->tries < TRIES) {
      read_menu (self);
      return;
    }
  } else {
    osy_sim_world_fault (world, "POST /orders", error);
  }
  guest_free (self);
}

/* What the guest was shown goes along, so that a price that has changed is not paid unseen; and
 * what he wishes. */
static gboolean
note_prices_and_wishes (Guest *self, GPtrArray *lines, gint64 now)
{
  OsySimWorld *world = self->world;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) priced =
      osy_menu_price_lines (self->menu, lines, self->visit.channel, now, &error);

  if (priced == NULL) {
    osy_sim_world_fault (world, "a choice that the menu does not allow", error);
    return FALSE;
  }
  for (guint i = 0; i < lines->len; i++) {
    OsyMenuRequestLine *line = g_ptr_array_index (lines, i);
    const OsyMenuPricedLine *shown = g_ptr_array_index (priced, i);
    line->expected_price = shown->unit_price;
    if (shown->prep_minutes >= COOKED_MINUTES && osy_sim_chance (world->rand, 20))
      line->note =
          g_strdup (osy_sim_words_pick (world->words, OSY_SIM_WORDS_LINE_NOTES, world->rand));
  }
  return TRUE;
}

static gint64
requested_at (const Guest *self, gint64 now)
{
  double ahead = self->visit.lead_minutes * 60.0 * G_USEC_PER_SEC / self->world->speed;

  return self->visit.lead_minutes > 0 ? now + MAX ((gint64)ahead, LEAD_MIN_US) : 0;
}

static void
add_payment (JsonObject *order)
{
  JsonObject *payment = json_object_new ();

  json_object_set_string_member (payment, "method", "TOSS");
  json_object_set_object_member (order, "payment", payment);
}

static void
order_cb (gpointer user_data)
{
  Guest *self = user_data;
  OsySimWorld *world = self->world;
  gint64 now = osy_clock_now ();
  g_autoptr (GPtrArray) lines =
      osy_sim_choice_make (world->rand, self->menu, self->visit.channel, now);

  /* Nothing left to eat. */
  if (lines == NULL || !note_prices_and_wishes (self, lines, now)) {
    guest_free (self);
    return;
  }
  g_autoptr (JsonNode) body =
      osy_sim_visit_body (&self->visit, world->restaurant_id, lines, requested_at (self, now),
                          world->words, world->rand);
  if (self->table != NULL)
    json_object_set_string_member (json_node_get_object (body), "table_id", self->table);
  if (self->method != NULL)
    add_payment (json_node_get_object (body));
  OsySimCall call = {
      .method = "POST", .path = "/api/v1/orders", .body = body, .by_staff = self->visit.by_staff};
  world->placed++;
  osy_sim_world_call_async (world, &call, placed_cb, self);
}

static void
menu_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Guest *self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->menu);
  self->menu = osy_sim_world_menu_finish (self->world, result, &error);
  if (self->menu == NULL) {
    osy_sim_world_fault (self->world, "GET /menu", error);
    guest_free (self);
    return;
  }
  osy_sim_world_after (self->world, osy_sim_world_between (self->world, 0.3, 1.5), order_cb, self,
                       guest_free);
}

static void
read_menu (Guest *self)
{
  osy_sim_world_menu_async (self->world, self->visit.channel, menu_cb, self);
}

static void
choose (Guest *self)
{
  GRand *rand = self->world->rand;

  self->visit = osy_sim_visit_make (rand);
  if (g_str_equal (self->visit.channel, "WEB") && osy_sim_chance (rand, PREPAYS_PERCENT))
    self->method = osy_sim_chance (rand, ACCOUNT_PERCENT) ? "VIRTUAL_ACCOUNT" : "TOSS";
  self->splits = osy_sim_chance (rand, SPLITS_PERCENT);
}

/* The ways in which an order meets its money. */
static void
show (Guest *self, guint turn)
{
  static const struct {
    OsySimVisit visit;
    const char *method;
    gboolean splits;
  } ways[] = {
      {{"WEB", "DELIVERY", FALSE, 0}, "TOSS", FALSE},
      {{"QR", "DINE_IN", FALSE, 0}, NULL, TRUE},
      {{"WEB", "TAKEOUT", FALSE, 0}, "VIRTUAL_ACCOUNT", FALSE},
      {{"QR", "DINE_IN", FALSE, 0}, NULL, FALSE},
      {{"WEB", "TAKEOUT", FALSE, 0}, "TOSS", FALSE},
  };
  guint nth = turn % G_N_ELEMENTS (ways);

  self->visit = ways[nth].visit;
  self->method = ways[nth].method;
  self->splits = ways[nth].splits;
}

void
osy_sim_guest_arrive (OsySimWorld *world)
{
  Guest *self = g_new0 (Guest, 1);

  world->guests++;
  self->world = world;
  if (world->guests <= SHOWN_GUESTS && world->guests % 2 == 1)
    show (self, world->guests / 2);
  else
    choose (self);
  if (world->toss == NULL)
    self->method = NULL;
  if (g_str_equal (self->visit.type, "DINE_IN") && world->tables != NULL)
    self->table = osy_sim_tables_take (world->tables);
  read_menu (self);
}

void
osy_sim_guest_again (OsySimWorld *world, const char *table_id, const char *check_id)
{
  Guest *self = g_new0 (Guest, 1);

  self->world = world;
  self->visit = osy_sim_visit_again (world->rand);
  self->table = table_id;
  self->check_id = g_strdup (check_id);
  self->again = TRUE;
  read_menu (self);
}
