/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The queue of spans, and what belongs to what. */

#include "osy-trace-private.h"

#include <string.h>

/* Requests whose children may still come: handlers run within moments. */
#define MAX_REMEMBERED 4096

static gint enabled; /* atomic */
static GMutex lock;
static GQueue waiting = G_QUEUE_INIT; /* of OsyTraceKept */
static guint64 dropped;
static GHashTable *requests; /* trace id → span id, of those in order */
static GQueue in_order = G_QUEUE_INIT;
static GPrivate innermost;

void
osy_trace_enable (gboolean on)
{
  g_atomic_int_set (&enabled, on);
}

gboolean
osy_trace_is_enabled (void)
{
  return g_atomic_int_get (&enabled) != 0;
}

void
osy_trace_new_span_id (char span_id[OSY_TRACE_SPAN_ID_SIZE])
{
  /* Nobody is kept out by it: it need not be a secret. All zero is none (W3C). */
  g_snprintf (span_id, OSY_TRACE_SPAN_ID_SIZE, "%08x%08x", g_random_int () | 1u, g_random_int ());
}

/* ---- waiting ---- */

void
osy_trace_kept_free (OsyTraceKept *self)
{
  for (guint i = 0; self->tags[i] != NULL; i++)
    g_free (self->tags[i]);
  g_free (self->name);
  g_free (self);
}

static OsyTraceKept *
keep (const OsyTraceSpan *span)
{
  OsyTraceKept *kept = g_new0 (OsyTraceKept, 1);

  kept->place = *span->place;
  g_strlcpy (kept->parent_id, span->parent_id != NULL ? span->parent_id : "",
             sizeof kept->parent_id);
  kept->name = g_strdup (span->name);
  kept->kind = span->kind;
  kept->begun = span->begun;
  kept->ended = MAX (span->begun, span->ended);
  kept->failed = span->failed;
  for (guint i = 0; span->tags[i] != NULL && span->tags[i + 1] != NULL; i += 2) {
    kept->tags[i] = g_strdup (span->tags[i]);
    kept->tags[i + 1] = g_strdup (span->tags[i + 1]);
  }
  return kept;
}

void
osy_trace_record (const OsyTraceSpan *span)
{
  g_return_if_fail (span != NULL && span->place != NULL && span->name != NULL);
  OsyTraceKept *late = NULL;

  if (!osy_trace_is_enabled ())
    return;
  OsyTraceKept *kept = keep (span);
  g_mutex_lock (&lock);
  g_queue_push_tail (&waiting, kept);
  if (waiting.length > OSY_TRACE_MAX_WAITING) {
    late = g_queue_pop_head (&waiting);
    dropped++;
  }
  g_mutex_unlock (&lock);
  if (late != NULL)
    osy_trace_kept_free (late);
}

char *
osy_trace_take (guint max, const char *service, const char *version, guint *n)
{
  g_autoptr (GPtrArray) spans =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_trace_kept_free);

  g_mutex_lock (&lock);
  while (spans->len < max && waiting.length > 0)
    g_ptr_array_add (spans, g_queue_pop_head (&waiting));
  g_mutex_unlock (&lock);
  *n = spans->len;
  return spans->len > 0 ? osy_trace_print (spans, service, version) : NULL;
}

guint64
osy_trace_dropped (void)
{
  g_mutex_lock (&lock);
  guint64 n = dropped;
  dropped = 0;
  g_mutex_unlock (&lock);
  return n;
}

/* ---- what belongs to what ---- */

void
osy_trace_remember (const OsyTracePlace *place)
{
  g_return_if_fail (place != NULL);

  if (!osy_trace_is_enabled ())
    return;
  g_mutex_lock (&lock);
  if (requests == NULL)
    requests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!g_hash_table_contains (requests, place->trace_id)) {
    g_queue_push_tail (&in_order, g_strdup (place->trace_id));
    g_hash_table_insert (requests, g_strdup (place->trace_id), g_strdup (place->span_id));
  }
  if (in_order.length > MAX_REMEMBERED) {
    g_autofree char *oldest = g_queue_pop_head (&in_order);
    g_hash_table_remove (requests, oldest);
  }
  g_mutex_unlock (&lock);
}

static gboolean
is_trace_id (const char *text)
{
  return text != NULL && strlen (text) == OSY_TRACE_ID_SIZE - 1 &&
         strspn (text, "0123456789abcdef") == OSY_TRACE_ID_SIZE - 1;
}

gboolean
osy_trace_find (const char *trace_id, OsyTracePlace *place)
{
  *place = (OsyTracePlace){.trace_id = ""};
  if (!is_trace_id (trace_id))
    return FALSE;
  g_strlcpy (place->trace_id, trace_id, sizeof place->trace_id);
  g_mutex_lock (&lock);
  const char *span_id = requests != NULL ? g_hash_table_lookup (requests, trace_id) : NULL;
  g_strlcpy (place->span_id, span_id != NULL ? span_id : "", sizeof place->span_id);
  g_mutex_unlock (&lock);
  return TRUE;
}

gboolean
osy_trace_header (const OsyTracePlace *place, char header[56])
{
  g_snprintf (header, 56, "00-%s-%s-01", place->trace_id, place->span_id);
  return *place->trace_id != '\0' && *place->span_id != '\0';
}

/* ---- spans of a thread ---- */

void
osy_trace_open (OsyTraceScope *self,
                OsyTraceKind kind,
                const char *name,
                const OsyTracePlace *parent)
{
  *self = (OsyTraceScope){.name = name, .kind = kind};
  if (!osy_trace_is_enabled ())
    return;
  self->outer = g_private_get (&innermost);
  if (parent == NULL && self->outer != NULL)
    parent = &self->outer->place;
  if (parent == NULL)
    return;
  self->parent = *parent;
  self->place = *parent;
  osy_trace_new_span_id (self->place.span_id);
  self->begun = g_get_real_time ();
  self->open = TRUE;
  g_private_set (&innermost, self);
}

void
osy_trace_open_of (OsyTraceScope *self, OsyTraceKind kind, const char *name, const char *trace_id)
{
  OsyTracePlace request;
  gboolean known = osy_trace_is_enabled () && osy_trace_find (trace_id, &request);

  osy_trace_open (self, kind, name, known ? &request : NULL);
}

const OsyTracePlace *
osy_trace_current (void)
{
  const OsyTraceScope *scope = osy_trace_is_enabled () ? g_private_get (&innermost) : NULL;

  return scope != NULL ? &scope->place : NULL;
}

void
osy_trace_leaf (OsyTraceKind kind, const char *name, gint64 us)
{
  const OsyTracePlace *parent = osy_trace_current ();
  gint64 now = g_get_real_time ();

  if (parent == NULL)
    return;
  OsyTracePlace place = *parent;
  osy_trace_new_span_id (place.span_id);
  osy_trace_record (&(OsyTraceSpan){.place = &place,
                                    .parent_id = parent->span_id,
                                    .name = name,
                                    .kind = kind,
                                    .begun = now - us,
                                    .ended = now});
}

void
osy_trace_close (OsyTraceScope *self, gboolean failed)
{
  if (!self->open)
    return;
  self->open = FALSE;
  g_private_set (&innermost, self->outer);
  osy_trace_record (&(OsyTraceSpan){.place = &self->place,
                                    .parent_id = self->parent.span_id,
                                    .name = self->name,
                                    .kind = self->kind,
                                    .begun = self->begun,
                                    .ended = g_get_real_time (),
                                    .failed = failed});
}
