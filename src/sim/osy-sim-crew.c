/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What cooks do with tickets, and when. One thing is planned for each ticket, anew whenever it has
 * become another. */

#include "osy-sim-crew.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-kitchen-ticket.h"
#include "osy-sim-choice.h"

/* Minutes for a line of which the menu says nothing, and for each further line. */
#define PREP_MINUTES 8
#define LINE_MINUTES 0.5
#define TICKETS "/api/v1/restaurants/me/kitchen/tickets/"
#define LINES "/api/v1/restaurants/me/kitchen/lines/"

struct _OsySimCrew {
  OsySimWorld *world;
  GHashTable *plans; /* ticket id → Plan */
  GHashTable *later; /* order id → OsyOrder that is wanted at a time */
};

/* What is planned for one ticket. */
typedef struct {
  OsySimCrew *crew;
  OsyKitchenTicket *ticket;
  const char *verb;
  guint timer;
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  osy_sim_world_forget (plan->crew->world, plan->timer);
  g_object_unref (plan->ticket);
  g_free (plan);
}

OsySimCrew *
osy_sim_crew_new (OsySimWorld *world)
{
  OsySimCrew *self = g_new0 (OsySimCrew, 1);

  self->world = world;
  self->plans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, plan_free);
  self->later = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  return self;
}

void
osy_sim_crew_free (OsySimCrew *self)
{
  g_hash_table_unref (self->later);
  g_hash_table_unref (self->plans);
  g_free (self);
}

/* ---- doing ---- */

/* An act under way. */
typedef struct {
  OsySimWorld *world;
  const char *verb;
} Doing;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Doing *doing = user_data;
  OsySimWorld *world = doing->world;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_sim_world_call_finish (world, result, &error);

  if (answer != NULL)
    osy_sim_world_count (world, doing->verb);
  else if (osy_error_is (error, OSY_ERROR_STATE_CONFLICT) ||
           osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
    world->overtaken++;
  else
    osy_sim_world_fault (world, doing->verb, error);
}

/* (transfer full) (nullable): the line that is struck off next. */
static char *
next_line (const OsyKitchenTicketData *ticket)
{
  for (guint i = 0; i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, i);
    if (line->quantity_waiting > 0)
      return g_strconcat (LINES, line->line_id, "/make", NULL);
  }
  return NULL;
}

static void
act_cb (gpointer user_data)
{
  Plan *plan = user_data;
  OsySimWorld *world = plan->crew->world;
  const OsyKitchenTicketData *ticket = osy_kitchen_ticket_data (plan->ticket);
  g_autofree char *path = g_str_equal (plan->verb, "make")
                              ? next_line (ticket)
                              : g_strconcat (TICKETS, ticket->id, "/", plan->verb, NULL);
  g_autoptr (JsonNode) body = osy_json_take_object (json_object_new ());
  const OsySimCall call = {.method = "POST", .path = path, .body = body, .by_staff = TRUE};
  Doing *doing = g_new0 (Doing, 1);

  plan->timer = 0;
  *doing = (Doing){world, plan->verb};
  osy_sim_world_call_async (world, &call, done_cb, doing);
}

/* ---- planning ---- */

static double
prep_minutes (const OsyKitchenTicketData *ticket)
{
  gint64 longest = 0;
  guint waiting = 0;

  for (guint i = 0; i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = g_ptr_array_index (ticket->lines, i);
    if (line->quantity_waiting == 0)
      continue;
    longest = MAX (longest, line->prep_minutes > 0 ? line->prep_minutes : PREP_MINUTES);
    waiting++;
  }
  return (double)longest + LINE_MINUTES * (waiting > 0 ? waiting - 1 : 0);
}

void
osy_sim_crew_know (OsySimCrew *self, OsyOrder *order)
{
  const OsyOrderData *data = osy_order_data (order);

  if (data->requested_at != 0 && !g_hash_table_contains (self->later, data->id))
    g_hash_table_insert (self->later, data->id, g_object_ref (order));
}

/* What is wanted later is begun in time for it. */
static double
minutes_until_start (const OsySimCrew *self, const OsyKitchenTicketData *ticket)
{
  OsyOrder *order = g_hash_table_lookup (self->later, ticket->order_id);
  gint64 left = order != NULL ? osy_order_data (order)->requested_at - osy_clock_now () : 0;

  return (double)left / G_USEC_PER_SEC / 60 * self->world->speed - prep_minutes (ticket);
}

/* *@minutes: (out): when. Returns: (nullable): nothing is to be done. */
static const char *
plan_open (OsySimCrew *self, const OsyKitchenTicketData *ticket, double *minutes)
{
  OsySimWorld *world = self->world;
  double cooking = prep_minutes (ticket) * osy_sim_world_between (world, 0.7, 1.2);

  *minutes = osy_sim_world_between (world, 0.1, 0.4);
  if (ticket->shown_at == 0)
    return "shown";
  if (ticket->touched_at == 0) {
    *minutes = MAX (*minutes, minutes_until_start (self, ticket));
    return "touch";
  }
  if (osy_sim_chance (world->rand, 30) && cooking > 0) {
    *minutes = cooking / 2;
    return "make";
  }
  *minutes = MAX (cooking, *minutes);
  return "bump";
}

static const char *
plan_ticket (OsySimCrew *self, const OsyKitchenTicketData *ticket, double *minutes)
{
  if (g_str_equal (ticket->state, OSY_TICKET_OPEN))
    return plan_open (self, ticket, minutes);
  /* Sent away by mistake, now and then. */
  *minutes = osy_sim_world_between (self->world, 0.2, 0.5);
  gboolean cooked = ticket->recalled == 0 && g_str_equal (ticket->order_status, OSY_ORDER_READY);
  return cooked && osy_sim_chance (self->world->rand, 4) ? "recall" : NULL;
}

void
osy_sim_crew_see (OsySimCrew *self, JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKitchenTicket) ticket = osy_kitchen_ticket_from_json (node, &error);
  double minutes = 0;

  if (ticket == NULL) {
    osy_sim_world_fault (self->world, "a ticket", error);
    return;
  }
  const OsyKitchenTicketData *data = osy_kitchen_ticket_data (ticket);
  const Plan *known = g_hash_table_lookup (self->plans, data->id);
  if (known != NULL && osy_kitchen_ticket_data (known->ticket)->version >= data->version)
    return;
  Plan *plan = g_new0 (Plan, 1);
  *plan = (Plan){.crew = self, .ticket = g_object_ref (ticket)};
  g_hash_table_replace (self->plans, g_strdup (data->id), plan);
  plan->verb = plan_ticket (self, data, &minutes);
  if (plan->verb != NULL)
    plan->timer = osy_sim_world_after (self->world, minutes, act_cb, plan, NULL);
}
