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

static void
clear_extras (OsyEventPage *self)
{
  for (guint i = 0; i < self->events->len; i++) {
    g_clear_pointer (&self->extras[i].thing, json_node_unref);
    g_clear_pointer (&self->extras[i].status, json_node_unref);
  }
}

void
osy_event_page_free (OsyEventPage *self)
{
  clear_extras (self);
  g_free (self->extras);
  g_ptr_array_unref (self->events);
  g_free (self->epoch);
  g_free (self);
}

GPtrArray *
osy_event_list_ids (GPtrArray *events)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++) {
    const OsyEvent *event = g_ptr_array_index (events, i);
    if (g_hash_table_add (seen, event->aggregate_id))
      g_ptr_array_add (ids, event->aggregate_id);
  }
  return ids;
}

static JsonNode *
node_ref (JsonNode *node)
{
  return node != NULL ? json_node_ref (node) : NULL;
}

void
osy_event_give (GPtrArray *events,
                OsyEventExtra *extras,
                const char *id,
                JsonNode *thing,
                JsonNode *status)
{
  for (guint i = 0; i < events->len; i++) {
    if (!g_str_equal (((OsyEvent *)g_ptr_array_index (events, i))->aggregate_id, id))
      continue;
    extras[i].thing = node_ref (thing);
    extras[i].status = node_ref (status);
  }
  g_clear_pointer (&thing, json_node_unref);
  g_clear_pointer (&status, json_node_unref);
}

static const OsyEventDecorator *
find_decorator (const OsyEventFeed *self, const OsyEvent *event)
{
  for (const OsyEventDecorator *row = self->decorators; row && row->aggregate_type; row++)
    if (g_str_equal (row->aggregate_type, event->aggregate_type))
      return row;
  return NULL;
}

static gboolean
decorate_type (const OsyEventDecorator *decorator, OsyDbTx *tx, OsyEventPage *page, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new ();
  g_autofree guint *places = g_new0 (guint, page->events->len);

  for (guint i = 0; i < page->events->len; i++) {
    OsyEvent *event = g_ptr_array_index (page->events, i);
    if (!g_str_equal (event->aggregate_type, decorator->aggregate_type))
      continue;
    places[events->len] = i;
    g_ptr_array_add (events, event);
  }
  if (events->len == 0)
    return TRUE;
  g_autofree OsyEventExtra *extras = g_new0 (OsyEventExtra, events->len);
  gboolean ok = decorator->decorate (tx, events, extras, decorator->room, error);
  for (guint i = 0; i < events->len; i++)
    page->extras[places[i]] = extras[i];
  return ok;
}

gboolean
osy_event_feed_decorate (const OsyEventFeed *self, OsyDbTx *tx, OsyEventPage *page, GError **error)
{
  clear_extras (page); /* of a try that was rolled back */
  for (const OsyEventDecorator *row = self->decorators; row && row->aggregate_type; row++)
    if (!decorate_type (row, tx, page, error))
      return FALSE;
  return TRUE;
}

JsonNode *
osy_event_feed_to_json (const OsyEventFeed *self, const OsyEventPage *page, guint i)
{
  const OsyEvent *event = g_ptr_array_index (page->events, i);
  JsonNode *node = osy_event_to_json (event);

  if (page->extras[i].thing != NULL)
    json_object_set_member (json_node_get_object (node), find_decorator (self, event)->member,
                            json_node_ref (page->extras[i].thing));
  return node;
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
