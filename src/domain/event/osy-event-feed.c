/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reading a shop's feed in order, with what the rooms above add to its events. */

#include "osy-event-feed.h"

#include "osy-event-store.h"

OsyEventPage *
osy_event_page_new (const char *epoch, gint64 head, GPtrArray *events)
{
  OsyEventPage *self = g_new0 (OsyEventPage, 1);

  self->epoch = g_strdup (epoch);
  self->head = head;
  self->events = events;
  self->extras = g_new0 (OsyEventExtra, events->len + 1);
  return self;
}

void
osy_event_page_free (OsyEventPage *self)
{
  for (guint i = 0; i < self->events->len; i++) {
    g_clear_pointer (&self->extras[i].order, json_node_unref);
    g_clear_pointer (&self->extras[i].status, json_node_unref);
  }
  g_free (self->extras);
  g_ptr_array_unref (self->events);
  g_free (self->epoch);
  g_free (self);
}

gboolean
osy_event_feed_decorate (const OsyEventFeed *self, OsyDbTx *tx, OsyEventPage *page, GError **error)
{
  if (self->decorate == NULL || page->events->len == 0)
    return TRUE;
  return self->decorate (tx, page->events, page->extras, self->room, error);
}

OsyEventPage *
osy_event_feed_read (const OsyEventFeed *self,
                     OsyDbTx *tx,
                     const char *epoch,
                     gint64 after,
                     gint64 limit,
                     GError **error)
{
  g_autofree char *present = NULL;
  gint64 head = 0;

  if (!osy_event_store_head (tx, &present, &head, error))
    return NULL;
  if (present == NULL)
    present = g_strdup (OSY_EVENT_NO_EPOCH);

  g_autoptr (GPtrArray) events = NULL;
  if (epoch != NULL && !g_str_equal (epoch, present))
    events = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_event_unref);
  else
    events = osy_event_store_read (tx, present, after, limit, error);
  if (events == NULL)
    return NULL;
  g_autoptr (OsyEventPage) page = osy_event_page_new (present, head, g_steal_pointer (&events));
  if (!osy_event_feed_decorate (self, tx, page, error))
    return NULL;
  return g_steal_pointer (&page);
}
