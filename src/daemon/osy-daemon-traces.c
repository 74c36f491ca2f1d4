/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The way of spans out of the house: opentelemetry-proto, docs/specification.md (OTLP/HTTP). */

#include "osy-daemon-traces.h"

#include <string.h>

#include "config.h"

#include "osy-error.h"
#include "osy-fetch.h"

#define PATH "/v1/traces"
#define BATCH 512
#define PAUSE_MS 1000
#define AT_ONCE_MS 10
#define FIRST_WAIT_MS 1000
#define LAST_WAIT_MS (5 * 60 * 1000)
#define CALL_MS 10000

OsyMetric osy_daemon_trace_spans = {.name = "ordersync_trace_spans_total",
                                    .help = "Spans of traces, by what became of them.",
                                    .kind = OSY_METRIC_COUNTER,
                                    .labels = {"outcome"}};

struct _OsyDaemonTraces {
  OsyFetch *fetch;
  GCancellable *ended;
  char *url;
  guint timer;
  GBytes *batch; /* (nullable): under way, or to be sent again */
  guint n;       /* spans in it */
  guint failures;
  gboolean sending;
  gboolean refused; /* the last batch was, which has been said */
};

static void send_next (OsyDaemonTraces *self);

static void
count (const char *outcome, gint64 n)
{
  if (n > 0)
    osy_metric_add (osy_metric_find (&osy_daemon_trace_spans, outcome), n);
}

static gboolean
due_cb (gpointer user_data)
{
  OsyDaemonTraces *self = user_data;

  self->timer = 0;
  send_next (self);
  return G_SOURCE_REMOVE;
}

static void
look_again (OsyDaemonTraces *self, gboolean at_once)
{
  guint wait = at_once ? AT_ONCE_MS : PAUSE_MS;

  if (self->failures > 0)
    wait = MIN (FIRST_WAIT_MS << MIN (self->failures - 1, 12), LAST_WAIT_MS) +
           (guint)g_random_int_range (0, FIRST_WAIT_MS / 4);
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (wait, due_cb, self);
}

/* Others mean that the same again would be refused again. */
static gboolean
is_worth_another (guint status)
{
  return status == 0 || status == 429 || (status >= 502 && status <= 504);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  guint status = osy_fetch_finish (OSY_FETCH (source), result, &body, &error);
  OsyDaemonTraces *self = user_data;

  self->sending = FALSE;
  if (g_cancellable_is_cancelled (self->ended)) {
    osy_daemon_traces_free (self); /* which waited for this */
    return;
  }
  if (is_worth_another (status)) {
    if (self->failures++ == 0)
      g_message ("the collector of traces cannot be reached: %s",
                 error != NULL ? error->message : "it is busy");
    look_again (self, FALSE);
    return;
  }
  self->failures = 0;
  count (status == 200 ? "sent" : "refused", self->n);
  if (status != 200 && !self->refused)
    g_message ("the collector of traces refuses what it gets with %u", status);
  self->refused = status != 200;
  g_clear_pointer (&self->batch, g_bytes_unref);
  look_again (self, self->n == BATCH);
}

static void
send_next (OsyDaemonTraces *self)
{
  count ("dropped", (gint64)osy_trace_dropped ());
  if (self->batch == NULL) {
    char *text = osy_trace_take (BATCH, "ordersyncd", OSY_VERSION, &self->n);
    if (text != NULL)
      self->batch = g_bytes_new_take (text, strlen (text));
  }
  if (self->batch == NULL) {
    look_again (self, FALSE);
    return;
  }
  self->sending = TRUE;
  osy_fetch_async (
      self->fetch,
      &(OsyFetchRequest){.method = "POST", .url = self->url, .body = self->batch, .untraced = TRUE},
      self->ended, sent_cb, self);
}

OsyDaemonTraces *
osy_daemon_traces_new (const char *endpoint)
{
  OsyDaemonTraces *self = g_new0 (OsyDaemonTraces, 1);
  g_autofree char *base = g_strdup (endpoint);

  while (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  self->url = g_str_has_suffix (base, PATH) ? g_strdup (base) : g_strconcat (base, PATH, NULL);
  self->fetch = osy_fetch_new (OSY_FETCH_CONNECT_MS, CALL_MS);
  self->ended = g_cancellable_new ();
  osy_trace_enable (TRUE);
  return self;
}

void
osy_daemon_traces_start (OsyDaemonTraces *self)
{
  look_again (self, FALSE);
}

void
osy_daemon_traces_free (OsyDaemonTraces *self)
{
  osy_trace_enable (FALSE);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->sending) {
    g_cancellable_cancel (self->ended);
    return;
  }
  g_clear_pointer (&self->batch, g_bytes_unref);
  g_object_unref (self->fetch);
  g_object_unref (self->ended);
  g_free (self->url);
  g_free (self);
}

/* ---- requests ---- */

void
osy_daemon_traces_answered (OsyHttpRequest *request, guint status, gint64 duration_us)
{
  const OsyRoute *route = osy_http_request_route (request);
  gint64 now = g_get_real_time ();

  if (!osy_trace_is_enabled () || route == NULL)
    return;
  g_autofree char *name = g_strconcat (route->method, " ", route->path, NULL);
  g_autofree char *code = g_strdup_printf ("%u", status);
  osy_trace_record (&(OsyTraceSpan){.place = osy_http_request_place (request),
                                    .parent_id = osy_http_request_caller (request),
                                    .name = name,
                                    .kind = OSY_TRACE_SERVER,
                                    .begun = now - duration_us,
                                    .ended = now,
                                    .failed = status >= 500,
                                    .tags = {"http.request.method", route->method, "http.route",
                                             route->path, "http.response.status_code", code}});
}
