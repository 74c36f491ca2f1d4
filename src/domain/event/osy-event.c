/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The envelope of an event. */

#include "osy-event.h"

#include "osy-clock.h"
#include "osy-json.h"

typedef struct {
  OsyEvent event;
  gatomicrefcount refs;
} Counted;

OsyEvent *
osy_event_new (void)
{
  Counted *self = g_new0 (Counted, 1);

  g_atomic_ref_count_init (&self->refs);
  return &self->event;
}

OsyEvent *
osy_event_ref (OsyEvent *self)
{
  g_atomic_ref_count_inc (&((Counted *)self)->refs);
  return self;
}

void
osy_event_unref (OsyEvent *self)
{
  if (!g_atomic_ref_count_dec (&((Counted *)self)->refs))
    return;
  g_free (self->event_id);
  g_free (self->type);
  g_free (self->restaurant_id);
  g_free (self->aggregate_type);
  g_free (self->aggregate_id);
  g_free (self->trace_id);
  g_free (self->payload);
  g_free (self->epoch);
  g_free (self);
}

JsonNode *
osy_event_to_json (const OsyEvent *self)
{
  g_autofree char *occurred_at = osy_clock_format (self->occurred_at);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "seq", self->seq);
  json_object_set_string_member (object, "event_id", self->event_id);
  json_object_set_string_member (object, "type", self->type);
  json_object_set_string_member (object, "aggregate_type", self->aggregate_type);
  json_object_set_string_member (object, "aggregate_id", self->aggregate_id);
  json_object_set_string_member (object, "occurred_at", occurred_at);
  return osy_json_take_object (object);
}
