/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One guest, from the menu to the answer. */

#include "osy-sim-guest.h"

#include "osy-clock.h"
#include "osy-sim-choice.h"
#include "osy-sim-visit.h"

/* Who has been told so often that something is gone goes elsewhere. */
#define TRIES 3
/* A scheduled order must still lie ahead when its answer is long in coming. */
#define LEAD_MIN_US (30 * G_USEC_PER_SEC)
/* Wishes are for what is cooked, not for a bottle. */
#define COOKED_MINUTES 4

typedef struct {
  OsySimWorld *world;
  OsySimVisit visit;
  OsyMenu *menu; /* as it was read */
  int tries;
} Guest;

static void
guest_free (gpointer data)
{
  Guest *self = data;

  g_clear_object (&self->menu);
  g_free (self);
}

static void read_menu (Guest *self);

/* What cannot be had any more, though it could when the menu was read. */
static gboolean
is_about_menu (const GError *error)
{
  static const OsyErrorCode codes[] = {OSY_ERROR_SOLD_OUT, OSY_ERROR_MENU_CHANGED,
                                       OSY_ERROR_UNKNOWN_ITEM, OSY_ERROR_UNKNOWN_OPTION,
                                       OSY_ERROR_OPTION_COUNT};

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

  if (order != NULL) {
    osy_sim_journal_acknowledge (world->journal, order);
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

void
osy_sim_guest_arrive (OsySimWorld *world)
{
  Guest *self = g_new0 (Guest, 1);

  world->guests++;
  self->world = world;
  self->visit = osy_sim_visit_make (world->rand);
  read_menu (self);
}
