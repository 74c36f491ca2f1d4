/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How guests order and what they say about themselves. */

#include "osy-sim-visit.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-sim-choice.h"

/* A row for each way, with its share in percent of all orders. */
static const struct {
  int share;
  OsySimVisit visit;
} ways[] = {
    {38, {"QR", "DINE_IN", FALSE, 0}},     {18, {"COUNTER", "DINE_IN", TRUE, 0}},
    {12, {"COUNTER", "TAKEOUT", TRUE, 0}}, {14, {"WEB", "TAKEOUT", FALSE, 0}},
    {6, {"WEB", "DELIVERY", FALSE, 0}},    {6, {"PHONE", "TAKEOUT", TRUE, 0}},
    {6, {"PHONE", "DELIVERY", TRUE, 0}},
};

OsySimVisit
osy_sim_visit_make (GRand *rand)
{
  int left = g_rand_int_range (rand, 0, 100);
  gsize i = 0;

  while (i + 1 < G_N_ELEMENTS (ways) && left >= ways[i].share)
    left -= ways[i++].share;
  OsySimVisit visit = ways[i].visit;
  if (!g_str_equal (visit.type, "DINE_IN") && osy_sim_chance (rand, 25))
    visit.lead_minutes = 10 * g_rand_int_range (rand, 2, 7);
  return visit;
}

/* They scan the code, or wave at somebody. */
OsySimVisit
osy_sim_visit_again (GRand *rand)
{
  return ways[osy_sim_chance (rand, 70) ? 0 : 1].visit;
}

/* ---- the body ---- */

static JsonArray *
choices_to_json (GPtrArray *choices)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < choices->len; i++) {
    const OsyMenuChoice *choice = g_ptr_array_index (choices, i);
    JsonObject *object = json_object_new ();
    json_object_set_string_member (object, "option_id", choice->option_id);
    json_object_set_int_member (object, "quantity", choice->quantity);
    if (choice->options->len > 0)
      json_object_set_array_member (object, "options", choices_to_json (choice->options));
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonArray *
lines_to_json (GPtrArray *lines)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < lines->len; i++) {
    const OsyMenuRequestLine *line = g_ptr_array_index (lines, i);
    JsonObject *object = json_object_new ();
    json_object_set_string_member (object, "menu_item_id", line->menu_item_id);
    json_object_set_int_member (object, "quantity", line->quantity);
    if (line->expected_price >= 0)
      json_object_set_int_member (object, "unit_price", line->expected_price);
    if (line->options->len > 0)
      json_object_set_array_member (object, "options", choices_to_json (line->options));
    if (line->note != NULL)
      json_object_set_string_member (object, "note", line->note);
    json_array_add_object_element (array, object);
  }
  return array;
}

static void
add_customer (JsonObject *order, const OsySimWords *words, GRand *rand)
{
  g_autofree char *phone = g_strdup_printf ("010-0000-%04d", g_rand_int_range (rand, 0, 10000));
  JsonObject *customer = json_object_new ();

  json_object_set_string_member (customer, "name",
                                 osy_sim_words_pick (words, OSY_SIM_WORDS_NAMES, rand));
  json_object_set_string_member (customer, "phone", phone);
  json_object_set_object_member (order, "customer", customer);
}

static void
add_address (JsonObject *order, const OsySimWords *words, GRand *rand)
{
  JsonObject *delivery = json_object_new ();

  json_object_set_string_member (delivery, "address",
                                 osy_sim_words_pick (words, OSY_SIM_WORDS_ADDRESSES, rand));
  json_object_set_object_member (order, "delivery", delivery);
}

/* Who stands at the counter is told at once how long it takes. */
static void
add_promise (JsonObject *order, GRand *rand)
{
  JsonObject *accept = json_object_new ();

  json_object_set_int_member (accept, "ready_in_minutes", 5 * g_rand_int_range (rand, 2, 5));
  json_object_set_object_member (order, "accept", accept);
}

static OsySimWordList
notes_of (const char *type)
{
  if (g_str_equal (type, "DINE_IN"))
    return OSY_SIM_WORDS_DINE_IN_NOTES;
  return g_str_equal (type, "DELIVERY") ? OSY_SIM_WORDS_DELIVERY_NOTES
                                        : OSY_SIM_WORDS_TAKEOUT_NOTES;
}

JsonNode *
osy_sim_visit_body (const OsySimVisit *self,
                    const char *restaurant_id,
                    GPtrArray *lines,
                    gint64 requested_at,
                    const OsySimWords *words,
                    GRand *rand)
{
  JsonObject *order = json_object_new ();

  json_object_set_string_member (order, "restaurant_id", restaurant_id);
  json_object_set_string_member (order, "channel", self->channel);
  json_object_set_string_member (order, "type", self->type);
  json_object_set_array_member (order, "items", lines_to_json (lines));
  if (g_str_equal (self->type, "DINE_IN"))
    json_object_set_int_member (order, "guest_count", g_rand_int_range (rand, 1, 5));
  else
    add_customer (order, words, rand);
  if (g_str_equal (self->channel, "COUNTER"))
    add_promise (order, rand);
  if (g_str_equal (self->type, "DELIVERY"))
    add_address (order, words, rand);
  if (osy_sim_chance (rand, 20))
    json_object_set_string_member (order, "note",
                                   osy_sim_words_pick (words, notes_of (self->type), rand));
  if (requested_at != 0) {
    g_autofree char *time = osy_clock_format (requested_at);
    json_object_set_string_member (order, "requested_at", time);
  }
  return osy_json_take_object (order);
}
