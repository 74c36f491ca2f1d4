/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-error.h"

G_BEGIN_DECLS

/** A published event: immutable, shared between threads by reference. Times in UTC µs. */
typedef struct {
  char *event_id;
  char *type; /* "order.accepted", … */
  char *restaurant_id;
  char *aggregate_type;
  char *aggregate_id;
  gint64 aggregate_seq;
  gint64 occurred_at;
  char *trace_id; /* nullable */
  char *payload;  /* JSON text of an object */
  char *epoch;
  gint64 seq; /* place in the shop's feed, from 1, without gap */
} OsyEvent;

/** osy_event_new: Returns: (transfer full): an empty event to be filled by the store. */
OsyEvent *osy_event_new (void);
OsyEvent *osy_event_ref (OsyEvent *self);
void osy_event_unref (OsyEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyEvent, osy_event_unref)

/** osy_event_to_json: Returns: (transfer full): the envelope of the contract; the feed adds what
 * the event is about. */
JsonNode *osy_event_to_json (const OsyEvent *self);

G_END_DECLS
