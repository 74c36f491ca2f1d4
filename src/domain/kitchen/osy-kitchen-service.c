/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the kitchen does with its tickets, and what others do that it must know of. */

#include "osy-kitchen-service.h"

#include "osy-kitchen-read.h"
#include "osy-kitchen-work.h"

/* A second tap of the same hand: on a ticket that stays, since a later course waits on it. */
#define BUMP_GUARD_US (400 * 1000)

typedef struct {
  OsyKitchenWork *work;
  const OsyKitchenEdit *edit; /* of work */
  OsyKitchenFacts facts;      /* of the ticket, its order being held */
  const char *ticket_id;
  const OsyKitchenDeed *deed;
} Doing;

/* ---- the deeds ---- */

static gboolean
is_open (const Doing *self)
{
  return g_str_equal (self->facts.status, OSY_TICKET_OPEN);
}

static gboolean
check_open (const Doing *self, GError **error)
{
  if (is_open (self))
    return osy_kitchen_work_is_cooking (self->work, error);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                       "The ticket was sent away; call it back first.");
  return FALSE;
}

/* The first hand on a ticket begins the cooking, one that sends it out as well: what is called back
 * is being cooked, whether or not a touch was told of before the bump, after it or never. */
static gboolean
start_order (const Doing *self, GError **error)
{
  const OsyOrderData *order = osy_order_data (self->work->order);

  return !g_str_equal (order->status, OSY_ORDER_ACCEPTED) ||
         osy_kitchen_work_act (self->work, "start", NULL, error);
}

static gboolean
touch (const Doing *self, GError **error)
{
  return osy_kitchen_store_mark (self->edit, self->ticket_id, TRUE, error) &&
         (!osy_kitchen_work_is_cooking (self->work, NULL) || start_order (self, error));
}

static gboolean
see_all (const Doing *self, GError **error)
{
  const char *actor = osy_principal_actor (self->work->call->principal);

  return osy_kitchen_store_see (self->edit, self->ticket_id, NULL, actor, error);
}

/* Nobody sends away what he has not seen. */
static gboolean
check_seen (const Doing *self, GError **error)
{
  if (self->deed->if_version == 0 || self->facts.newest_unseen <= self->deed->if_version)
    return TRUE;
  g_autoptr (GError) refusal = g_error_new_literal (
      OSY_ERROR, OSY_ERROR_VERSION_CONFLICT, "Something changed on this ticket; look at it first.");
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), self->facts.newest_unseen));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
bump_cooking (const Doing *self, GError **error)
{
  gboolean expo = g_str_equal (self->facts.stage, OSY_TICKET_EXPO);

  if (!osy_kitchen_store_make_all (self->edit, expo ? NULL : self->ticket_id, !expo, error) ||
      !osy_kitchen_store_bump (self->edit, self->ticket_id, error) || !start_order (self, error))
    return FALSE;
  return expo ? osy_kitchen_work_ready (self->work, error)
              : osy_kitchen_work_chain (self->work, error);
}

static gboolean
do_bump (const Doing *self, GError **error)
{
  gboolean again = self->facts.bumped && self->edit->now - self->facts.bumped_at < BUMP_GUARD_US;

  if (!is_open (self) || again)
    return TRUE;
  if (!check_seen (self, error) || !see_all (self, error))
    return FALSE;
  if (osy_kitchen_work_is_cooking (self->work, NULL))
    return bump_cooking (self, error);
  return osy_kitchen_store_close_empty (self->edit, error);
}

static gboolean
do_recall (const Doing *self, GError **error)
{
  gboolean open = is_open (self);

  if (open && !self->facts.bumped)
    return TRUE;
  if (!osy_kitchen_work_bring_back (self->work, self->deed->shop, error) ||
      !osy_kitchen_work_is_cooking (self->work, error))
    return FALSE;
  return (open || osy_kitchen_store_reopen (self->edit, self->ticket_id, self->deed->restart_timer,
                                            error)) &&
         osy_kitchen_store_unmake_bumped (self->edit, self->ticket_id, error) &&
         osy_kitchen_store_settle (self->edit, error);
}

static gboolean
do_shown (const Doing *self, GError **error)
{
  return osy_kitchen_store_mark (self->edit, self->ticket_id, FALSE, error);
}

static gboolean
do_priority (const Doing *self, GError **error)
{
  return osy_kitchen_store_set_priority (self->edit, self->ticket_id, self->deed->on, error);
}

static gint64
wanted (const OsyKitchenDeed *deed)
{
  return deed->quantity > 0 ? deed->quantity : G_MAXINT32;
}

static gboolean
do_make (const Doing *self, GError **error)
{
  return check_open (self, error) && touch (self, error) &&
         osy_kitchen_store_make (self->edit, self->deed->id, wanted (self->deed), error);
}

static gboolean
do_unmake (const Doing *self, GError **error)
{
  return check_open (self, error) &&
         osy_kitchen_store_unmake (self->edit, self->deed->id, wanted (self->deed), error) &&
         osy_kitchen_store_settle (self->edit, error);
}

/* The last change that is seen may leave a ticket with nothing on it. */
static gboolean
do_seen (const Doing *self, GError **error)
{
  const char *actor = osy_principal_actor (self->work->call->principal);
  OsyKitchenStand before = {0}, after = {0};

  if (!osy_kitchen_store_see (self->edit, self->ticket_id, self->deed->id, actor, error) ||
      !osy_kitchen_store_stand (self->edit, &before, error) ||
      !osy_kitchen_store_close_empty (self->edit, error) ||
      !osy_kitchen_store_stand (self->edit, &after, error))
    return FALSE;
  return before.open_prep == after.open_prep || !osy_kitchen_work_is_cooking (self->work, NULL) ||
         osy_kitchen_work_chain (self->work, error);
}

/* ---- doing one ---- */

static char *
ticket_itself (OsyDbTx *tx, const char *id, GError **error)
{
  return g_strdup (id);
}

static const struct {
  const char *verb;
  char *(*find) (OsyDbTx *tx, const char *id, GError **error);
  gboolean (*func) (const Doing *self, GError **error);
  const char *action; /* (nullable): for the audit log */
} deeds[] = {
    {"bump", ticket_itself, do_bump, "kitchen.bumped"},
    {"recall", ticket_itself, do_recall, "kitchen.recalled"},
    {"shown", ticket_itself, do_shown, NULL},
    {"touch", ticket_itself, touch, NULL},
    {"priority", ticket_itself, do_priority, "kitchen.priority_set"},
    {"make", osy_kitchen_store_of_line, do_make, "kitchen.line_made"},
    {"unmake", osy_kitchen_store_of_line, do_unmake, "kitchen.line_unmade"},
    {"seen", osy_kitchen_store_of_change, do_seen, "kitchen.change_seen"},
};

static gsize
find_deed (const char *verb)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (deeds) - 1 && !g_str_equal (deeds[i].verb, verb))
    i++;
  return i;
}

static gboolean
run_deed (OsyKitchenWork *work, const OsyKitchenDeed *deed, const char *ticket_id, GError **error)
{
  gsize i = find_deed (deed->verb);
  Doing doing = {.work = work, .edit = &work->edit, .ticket_id = ticket_id, .deed = deed};
  gboolean ok = osy_kitchen_store_facts (work->edit.tx, ticket_id, &doing.facts, error) &&
                deeds[i].func (&doing, error);

  osy_kitchen_facts_clear (&doing.facts);
  return ok && osy_kitchen_work_finish (work, deeds[i].action, ticket_id, error);
}

OsyKitchenTicket *
osy_kitchen_service_do (OsyDbTx *tx,
                        const OsyKitchenRoom *room,
                        const OsyCall *call,
                        const OsyKitchenDeed *deed,
                        GError **error)
{
  g_auto (OsyKitchenFacts) facts = {NULL};

  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return NULL;
  g_autofree char *ticket_id = deeds[find_deed (deed->verb)].find (tx, deed->id, error);
  if (ticket_id == NULL || !osy_kitchen_store_facts (tx, ticket_id, &facts, error))
    return NULL;
  g_autoptr (OsyKitchenWork) work = osy_kitchen_work_begin (tx, room, call, facts.order_id, error);
  if (work == NULL || !run_deed (work, deed, ticket_id, error))
    return NULL;
  return osy_kitchen_read_one (tx, room->ring, ticket_id, error);
}

gboolean
osy_kitchen_service_fire (OsyDbTx *tx,
                          const OsyKitchenRoom *room,
                          const OsyCall *call,
                          const OsyKitchenFire *fire,
                          GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_ORDER_WRITE, error))
    return FALSE;
  g_autoptr (OsyKitchenWork) work = osy_kitchen_work_begin (tx, room, call, fire->order_id, error);
  return work != NULL && osy_kitchen_work_is_cooking (work, error) &&
         osy_kitchen_work_fire (work, fire->course, fire->fire, error) &&
         osy_kitchen_work_finish (work, fire->fire ? "kitchen.course_fired" : "kitchen.course_held",
                                  fire->order_id, error);
}

/* ---- what others do ---- */

gboolean
osy_kitchen_service_moved (OsyDbTx *tx,
                           const OsyKitchenRoom *room,
                           const OsyCall *call,
                           const OsyKitchenMove *move,
                           GError **error)
{
  g_autoptr (OsyKitchenWork) work = osy_kitchen_work_begin (tx, room, call, move->order_id, error);

  if (work == NULL)
    return FALSE;
  return (work->phase == NULL ||
          (move->line_id != NULL ? osy_kitchen_store_move_line (&work->edit, move, error)
                                 : osy_kitchen_store_move (&work->edit, move, error))) &&
         osy_kitchen_work_finish (work, NULL, NULL, error);
}

gboolean
osy_kitchen_on_order (OsyDbTx *tx,
                      const OsyCall *call,
                      const OsyEvent *event,
                      gpointer room,
                      GError **error)
{
  g_autoptr (OsyKitchenWork) work =
      osy_kitchen_work_begin (tx, room, call, event->aggregate_id, error);

  return work != NULL &&
         (g_strcmp0 (event->type, "order.adjusted") != 0 ||
          osy_kitchen_stock_follow (work, error)) &&
         osy_kitchen_work_finish (work, NULL, NULL, error);
}

gboolean
osy_kitchen_decorate (OsyDbTx *tx,
                      GPtrArray *events,
                      OsyEventExtra *extras,
                      gpointer room,
                      GError **error)
{
  g_autoptr (GPtrArray) ids = osy_event_list_ids (events);
  g_autoptr (GPtrArray) tickets =
      osy_kitchen_read_some (tx, ((OsyKitchenRoom *)room)->ring, ids, error);

  for (guint i = 0; tickets != NULL && i < tickets->len; i++) {
    OsyKitchenTicket *ticket = g_ptr_array_index (tickets, i);
    osy_event_give (events, extras, osy_kitchen_ticket_data (ticket)->id,
                    osy_kitchen_ticket_to_json (ticket), NULL);
  }
  return tickets != NULL;
}
