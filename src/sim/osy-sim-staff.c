/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What staff do with orders at the counter and the door, and when. What is cooked is the crew's. */

#include "osy-sim-staff.h"

#include "osy-json.h"
#include "osy-sim-choice.h"
#include "osy-sim-stock.h"
#include "osy-sim-till.h"

/* Minutes for a line of which the menu says nothing, and for each further line of an order. */
#define PREP_MINUTES 8
#define LINE_MINUTES 0.5
/* What a guest is told beyond the time of cooking. */
#define PROMISE_MINUTES 5

/** What may happen to an order in a state: shares in percent, then so many minutes later. */
typedef struct {
  const char *status;
  const char *act;
  int share;
  double from;
  double to;
} Step;

static const Step steps[] = {
    {OSY_ORDER_PENDING, "accept", 92, 0.2, 1.2},  {OSY_ORDER_PENDING, "reject", 3, 0.5, 1.5},
    {OSY_ORDER_PENDING, "cancel", 5, 1, 3},       {OSY_ORDER_ACCEPTED, "cancel", 3, 1, 2},
    {OSY_ORDER_PREPARING, "recall", 2, 0.2, 0.5}, {OSY_ORDER_READY, "hand-over", 95, 0.5, 3},
    {OSY_ORDER_READY, "recall", 5, 0.2, 0.6},     {OSY_ORDER_DELIVERING, "complete", 100, 8, 16},
    {OSY_ORDER_COMPLETED, "recall", 2, 0.2, 1},
};

struct _OsySimStaff {
  OsySimWorld *world;
  OsySimStock *stock;
  GHashTable *tickets; /* order id → Ticket */
  GHashTable *open;    /* set of ids of orders that are on the board */
  GHashTable *paid;    /* set of ids of orders that were paid with their handing over */
};

/** What is planned for one order. */
typedef struct {
  OsySimStaff *staff;
  OsyOrder *order;
  const Step *step;
  guint timer;
} Ticket;

static void
ticket_free (gpointer data)
{
  Ticket *ticket = data;

  osy_sim_world_forget (ticket->staff->world, ticket->timer);
  g_object_unref (ticket->order);
  g_free (ticket);
}

OsySimStaff *
osy_sim_staff_new (OsySimWorld *world)
{
  OsySimStaff *self = g_new0 (OsySimStaff, 1);

  self->world = world;
  self->stock = osy_sim_stock_new (world);
  self->tickets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, ticket_free);
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->paid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
osy_sim_staff_free (OsySimStaff *self)
{
  g_hash_table_unref (self->tickets);
  g_hash_table_unref (self->open);
  g_hash_table_unref (self->paid);
  osy_sim_stock_free (self->stock);
  g_free (self);
}

gboolean
osy_sim_staff_are_done (const OsySimStaff *self)
{
  return g_hash_table_size (self->open) == 0;
}

void
osy_sim_staff_leave (OsySimStaff *self)
{
  osy_sim_stock_restore (self->stock);
}

/* ---- times ---- */

static double
prep_minutes (const OsyOrderData *data)
{
  int longest = 0;

  for (guint i = 0; i < data->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (data->lines, i);
    longest = MAX (longest, line->prep_minutes > 0 ? line->prep_minutes : PREP_MINUTES);
  }
  return longest + LINE_MINUTES * (data->lines->len - 1);
}

/* ---- acts ---- */

static gboolean
is_overtaken (const GError *error)
{
  return osy_error_is (error, OSY_ERROR_STATE_CONFLICT) ||
         osy_error_is (error, OSY_ERROR_VERSION_CONFLICT);
}

/** An act under way. */
typedef struct {
  OsySimWorld *world;
  const char *act;
} Acting;

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Acting *acting = user_data;
  OsySimWorld *world = acting->world;
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrder) order = osy_client_act_finish (world->client, result, &error);

  world->under_way--;
  if (order != NULL)
    osy_sim_world_count (world, acting->act);
  else if (is_overtaken (error))
    world->overtaken++;
  else
    osy_sim_world_fault (world, acting->act, error);
}

static JsonNode *
body_of (OsySimWorld *world, const char *act, const OsyOrderData *data)
{
  JsonObject *body = json_object_new ();

  if (g_str_equal (act, "accept"))
    json_object_set_int_member (body, "ready_in_minutes",
                                (gint64)prep_minutes (data) + PROMISE_MINUTES);
  else if (g_str_equal (act, "reject"))
    json_object_set_string_member (
        body, "reason",
        osy_sim_words_pick (world->words, OSY_SIM_WORDS_REJECT_REASONS, world->rand));
  else if (g_str_equal (act, "cancel"))
    json_object_set_string_member (
        body, "reason",
        osy_sim_words_pick (world->words, OSY_SIM_WORDS_CANCEL_REASONS, world->rand));
  return osy_json_take_object (body);
}

static void
act_cb (gpointer user_data)
{
  Ticket *ticket = user_data;
  OsySimWorld *world = ticket->staff->world;
  const OsyOrderData *data = osy_order_data (ticket->order);
  g_autoptr (JsonNode) body = body_of (world, ticket->step->act, data);
  OsyClientAct act = {data->id, ticket->step->act, data->version, body};
  Acting *acting = g_new0 (Acting, 1);

  ticket->timer = 0;
  *acting = (Acting){world, ticket->step->act};
  world->under_way++;
  osy_client_act_async (world->client, &act, NULL, acted_cb, acting);
}

/* ---- plans ---- */

/* Shares of a state need not make up 100: the rest is that nothing is done. */
static const Step *
pick_step (GRand *rand, const char *status)
{
  int left = g_rand_int_range (rand, 0, 100);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    if (!g_str_equal (steps[i].status, status))
      continue;
    if (left < steps[i].share)
      return &steps[i];
    left -= steps[i].share;
  }
  return NULL;
}

static void
watch_board (OsySimStaff *self, const OsyOrderData *data)
{
  static const char *const on_board[] = {OSY_ORDER_PENDING,    OSY_ORDER_ACCEPTED,
                                         OSY_ORDER_PREPARING,  OSY_ORDER_READY,
                                         OSY_ORDER_DELIVERING, NULL};

  if (g_strv_contains (on_board, data->status))
    g_hash_table_add (self->open, g_strdup (data->id));
  else
    g_hash_table_remove (self->open, data->id);
}

/* Who does not sit at a table pays when he gets what he ordered, unless he has. */
static void
take_money (OsySimStaff *self, const OsyOrderData *data)
{
  if (g_str_equal (data->status, OSY_ORDER_COMPLETED) && data->table_id == NULL &&
      g_strcmp0 (data->payment_method, "LATER") == 0 && !self->world->stopped &&
      g_hash_table_add (self->paid, g_strdup (data->id)))
    osy_sim_till_settle (self->world, data->check_id, FALSE, NULL, NULL, NULL);
}

void
osy_sim_staff_see (OsySimStaff *self, OsyOrder *order)
{
  const OsyOrderData *data = osy_order_data (order);
  const Ticket *known = g_hash_table_lookup (self->tickets, data->id);

  if (known != NULL && osy_order_data (known->order)->version >= data->version)
    return;
  watch_board (self, data);
  take_money (self, data);
  const Step *step = pick_step (self->world->rand, data->status);
  if (step == NULL) {
    g_hash_table_remove (self->tickets, data->id);
    return;
  }
  Ticket *ticket = g_new0 (Ticket, 1);
  *ticket = (Ticket){.staff = self, .order = g_object_ref (order), .step = step};
  g_hash_table_replace (self->tickets, g_strdup (data->id), ticket);
  ticket->timer = osy_sim_world_after (
      self->world, osy_sim_world_between (self->world, step->from, step->to), act_cb, ticket, NULL);
}
