/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Acts of a kitchen view and the words about them. */

#include "osc-kitchen-acts.h"

#include <glib/gi18n.h>

#include "osc-toasts.h"

#define MAX_UNDO 50
#define NO_WAY_BACK (-1)

struct _OscKitchenActs {
  GObject parent;
  OscKitchenStore *store;
  GtkWidget *view; /* borrowed; NULL once it is gone */
  GQueue undos;    /* of OscKitchenAct, newest first: what takes the act back */
};

/* Past tense, as the toast says it; the numbers are the order's and the course's. What is tapped
 * again to be taken back needs no word. */
static const struct {
  const char *sentence; /* nullable */
  int back;
} deeds[] = {
    [OSC_KITCHEN_BUMP] = {N_ ("Sent out no. %1$d"), OSC_KITCHEN_RECALL},
    [OSC_KITCHEN_RECALL] = {N_ ("Brought back no. %1$d"), NO_WAY_BACK},
    [OSC_KITCHEN_RECALL_ANEW] = {N_ ("Brought back no. %1$d"), NO_WAY_BACK},
    [OSC_KITCHEN_SHOWN] = {NULL, NO_WAY_BACK},
    [OSC_KITCHEN_TOUCH] = {NULL, NO_WAY_BACK},
    [OSC_KITCHEN_FIRST] = {N_ ("No. %1$d goes first"), OSC_KITCHEN_NOT_FIRST},
    [OSC_KITCHEN_NOT_FIRST] = {N_ ("No. %1$d waits its turn"), OSC_KITCHEN_FIRST},
    [OSC_KITCHEN_MAKE] = {NULL, OSC_KITCHEN_UNMAKE},
    [OSC_KITCHEN_UNMAKE] = {NULL, OSC_KITCHEN_MAKE},
    [OSC_KITCHEN_SEEN] = {NULL, NO_WAY_BACK},
    [OSC_KITCHEN_FIRE] = {N_ ("Fired course %2$d of no. %1$d"), OSC_KITCHEN_HOLD},
    [OSC_KITCHEN_HOLD] = {N_ ("Course %2$d of no. %1$d waits"), OSC_KITCHEN_FIRE},
};

typedef struct {
  OscKitchenActs *self;
  OscKitchenAct act;
  gboolean quiet; /* a failure is nobody's business */
  gboolean is_undo;
} Flight;

G_DEFINE_FINAL_TYPE (OscKitchenActs, osc_kitchen_acts, G_TYPE_OBJECT)

static OscKitchenAct *
copy_act (const OscKitchenAct *act, OscKitchenDeed deed)
{
  OscKitchenAct *copy = g_memdup2 (act, sizeof *act);

  copy->deed = deed;
  copy->what = g_strdup (act->what);
  g_object_ref (copy->item);
  return copy;
}

static void
clear_act (OscKitchenAct *act)
{
  g_object_unref (act->item);
  g_free ((char *)act->what);
}

static void
free_act (gpointer act)
{
  clear_act (act);
  g_free (act);
}

/* ---- words ---- */

static void
on_undo (OscKitchenActs *self)
{
  osc_kitchen_acts_undo (self);
}

static void
tell (OscKitchenActs *self, const OscKitchenAct *act, gboolean can_undo)
{
  int number = (int)osc_kitchen_item_data (act->item)->order_number;

  if (self->view == NULL || deeds[act->deed].sentence == NULL)
    return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_autofree char *text = g_strdup_printf (_ (deeds[act->deed].sentence), number, act->course);
#pragma GCC diagnostic pop
  if (can_undo)
    osc_toasts_offer (self->view, text, _ ("Undo"), G_CALLBACK (on_undo), G_OBJECT (self));
  else
    osc_toasts_say (self->view, text);
}

static void
tell_failure (OscKitchenActs *self, const OscKitchenAct *act, const GError *error)
{
  int number = (int)osc_kitchen_item_data (act->item)->order_number;
  g_autofree char *text = NULL;

  g_info ("An act of the kitchen failed: %s", error->message);
  if (self->view == NULL)
    return;
  if (act->deed == OSC_KITCHEN_BUMP && osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
    text = g_strdup_printf (_ ("Something changed on no. %d. Look at it first"), number);
  else if (osy_error_is (error, OSY_ERROR_CONFLICT) ||
           osy_error_is (error, OSY_ERROR_STATE_CONFLICT) ||
           osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
    text = g_strdup (_ ("Another screen changed it first"));
  else if (osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION))
    text = g_strdup (_ ("Only a manager can do this"));
  else
    text = g_strdup_printf (_ ("The server did not answer, so no. %d was not changed. Press again"),
                            number);
  osc_toasts_say (self->view, text);
}

/* ---- acts ---- */

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Flight *flight = user_data;
  g_autoptr (OscKitchenActs) self = flight->self;
  g_autoptr (GError) error = NULL;
  int back = deeds[flight->act.deed].back;

  if (!osc_kitchen_store_act_finish (OSC_KITCHEN_STORE (source), result, &error)) {
    if (!flight->quiet)
      tell_failure (self, &flight->act, error);
  } else if (!flight->quiet) {
    if (back != NO_WAY_BACK && !flight->is_undo) {
      g_queue_push_head (&self->undos, copy_act (&flight->act, (OscKitchenDeed)back));
      if (self->undos.length > MAX_UNDO)
        free_act (g_queue_pop_tail (&self->undos));
    }
    tell (self, &flight->act, back != NO_WAY_BACK && !flight->is_undo);
  }
  clear_act (&flight->act);
  g_free (flight);
}

static void
send (OscKitchenActs *self, const OscKitchenAct *act, gboolean quiet, gboolean is_undo)
{
  Flight *flight = g_new0 (Flight, 1);
  g_autofree OscKitchenAct *copy = copy_act (act, act->deed);

  flight->self = g_object_ref (self);
  flight->act = *copy;
  flight->quiet = quiet;
  flight->is_undo = is_undo;
  osc_kitchen_store_act_async (self->store, act, acted_cb, flight);
}

void
osc_kitchen_acts_do (OscKitchenActs *self, const OscKitchenAct *act)
{
  g_return_if_fail (OSC_IS_KITCHEN_ACTS (self) && act != NULL);

  if (osc_kitchen_store_get_frozen (self->store) == 0)
    send (self, act, FALSE, FALSE);
  else if (self->view != NULL)
    osc_toasts_say (self->view, _ ("Reconnecting. Try again in a moment"));
}

void
osc_kitchen_acts_report (OscKitchenActs *self, OscKitchenItem *item, OscKitchenDeed deed)
{
  g_return_if_fail (OSC_IS_KITCHEN_ACTS (self) && OSC_IS_KITCHEN_ITEM (item));
  const OsyKitchenTicketData *ticket = osc_kitchen_item_data (item);
  gint64 told = deed == OSC_KITCHEN_SHOWN ? ticket->shown_at : ticket->touched_at;

  if (told == 0 && osc_kitchen_store_get_frozen (self->store) == 0 &&
      osc_kitchen_item_once (item, deed == OSC_KITCHEN_SHOWN ? "shown" : "touch"))
    send (self, &(OscKitchenAct){.deed = deed, .item = item}, TRUE, FALSE);
}

void
osc_kitchen_acts_undo (OscKitchenActs *self)
{
  g_return_if_fail (OSC_IS_KITCHEN_ACTS (self));
  OscKitchenAct *act = g_queue_pop_head (&self->undos);

  if (act == NULL)
    return;
  send (self, act, FALSE, TRUE);
  free_act (act);
}

/* ---- life ---- */

static void
osc_kitchen_acts_dispose (GObject *object)
{
  OscKitchenActs *self = OSC_KITCHEN_ACTS (object);

  if (self->view != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->view), (gpointer *)&self->view);
  self->view = NULL;
  g_clear_object (&self->store);
  g_queue_clear_full (&self->undos, free_act);
  G_OBJECT_CLASS (osc_kitchen_acts_parent_class)->dispose (object);
}

static void
osc_kitchen_acts_class_init (OscKitchenActsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_kitchen_acts_dispose;
}

static void
osc_kitchen_acts_init (OscKitchenActs *self)
{
  g_queue_init (&self->undos);
}

OscKitchenActs *
osc_kitchen_acts_new (OscKitchenStore *store, GtkWidget *view)
{
  OscKitchenActs *self = g_object_new (OSC_TYPE_KITCHEN_ACTS, NULL);

  self->store = g_object_ref (store);
  self->view = view;
  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *)&self->view);
  return self;
}
