/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The door by which every room tells the others that something happened. */

#include "osy-event-service.h"

#include "osy-event-store.h"

static GSourceFunc wake_func;
static gpointer wake_data;

void
osy_event_set_wake (GSourceFunc func, gpointer user_data)
{
  wake_func = func;
  wake_data = user_data;
}

/* Looked up on the main thread when it runs, never by the worker: what is to be woken may be gone
 * by then. */
static gboolean
wake_now (gpointer data)
{
  return wake_func != NULL ? wake_func (wake_data) : G_SOURCE_REMOVE;
}

gboolean
osy_event_emit (OsyDbTx *tx, const OsyCall *call, const OsyEventDraft *draft, GError **error)
{
  g_return_val_if_fail (draft->type != NULL && draft->aggregate_id != NULL, FALSE);

  if (!osy_event_store_add (tx, call->trace_id, draft, error)) {
    g_prefix_error (error, "cannot note the event %s: ", draft->type);
    return FALSE;
  }
  osy_db_tx_on_commit (tx, wake_now, NULL, NULL);
  return TRUE;
}
