/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Spans: what belongs to what, in several threads; the bounded queue; OTLP to the letter. */

#include "osy-json.h"
#include "osy-trace.h"

static const OsyTracePlace request = {"5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174"};

/* (transfer full): the spans that wait; an empty array for none. */
static JsonArray *
take (guint max)
{
  guint n = 0;
  g_autofree char *text = osy_trace_take (max, "service", "1", &n);

  if (text == NULL) {
    g_assert_cmpuint (n, ==, 0);
    return json_array_new ();
  }
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *of_resource = json_array_get_object_element (
      json_object_get_array_member (json_node_get_object (node), "resourceSpans"), 0);
  JsonObject *of_scope =
      json_array_get_object_element (json_object_get_array_member (of_resource, "scopeSpans"), 0);
  JsonArray *spans = json_object_get_array_member (of_scope, "spans");
  g_assert_cmpuint (json_array_get_length (spans), ==, n);
  return json_array_ref (spans);
}

static const char *
text_of (JsonArray *spans, guint i, const char *name)
{
  return json_object_get_string_member (json_array_get_object_element (spans, i), name);
}

static void
record (const char *name)
{
  osy_trace_record (&(OsyTraceSpan){.place = &request,
                                    .parent_id = "00000000000000a1",
                                    .name = name,
                                    .kind = OSY_TRACE_SERVER,
                                    .begun = 1700000000000001,
                                    .ended = 1700000000500002,
                                    .failed = TRUE,
                                    .tags = {"http.route", "/o\"/{id}", "status", "201"}});
}

static void
test_off (void)
{
  OsyTraceScope scope;

  record ("nobody wants it");
  osy_trace_open (&scope, OSY_TRACE_INTERNAL, "nor this", &request);
  g_assert_null (osy_trace_current ());
  osy_trace_close (&scope, FALSE);
  osy_trace_enable (TRUE);
  g_autoptr (JsonArray) spans = take (10);
  g_assert_cmpuint (json_array_get_length (spans), ==, 0);
}

static void
test_letter (void)
{
  g_autofree char *text = NULL;
  guint n;

  osy_trace_enable (TRUE);
  record ("POST /orders");
  text = osy_trace_take (10, "ordersyncd", "1.2", &n);
  g_assert_cmpstr (
      text, ==,
      "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
      "{\"stringValue\":\"ordersyncd\"}},{\"key\":\"service.version\",\"value\":{\"stringValue\":"
      "\"1.2\"}}]},\"scopeSpans\":[{\"scope\":{\"name\":\"ordersync\"},\"spans\":[{\"traceId\":"
      "\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\",\"parentSpanId\":"
      "\"00000000000000a1\",\"name\":\"POST /orders\",\"kind\":2,\"startTimeUnixNano\":"
      "\"1700000000000001000\",\"endTimeUnixNano\":\"1700000000500002000\",\"attributes\":[{"
      "\"key\":\"http.route\",\"value\":{\"stringValue\":\"/o\\\"/{id}\"}},{\"key\":\"status\","
      "\"value\":{\"intValue\":\"201\"}}],\"status\":{\"code\":2}}]}]}]}");
}

static void
test_nesting (void)
{
  OsyTraceScope outer, inner, stray;

  osy_trace_enable (TRUE);
  osy_trace_open (&stray, OSY_TRACE_INTERNAL, "of nobody", NULL);
  osy_trace_leaf (OSY_TRACE_CLIENT, "of nobody", 1);
  osy_trace_open (&outer, OSY_TRACE_INTERNAL, "outer", &request);
  osy_trace_open (&inner, OSY_TRACE_CLIENT, "inner", NULL);
  osy_trace_leaf (OSY_TRACE_CLIENT, "leaf", 5);
  osy_trace_close (&inner, TRUE);
  g_assert_cmpstr (osy_trace_current ()->span_id, ==, outer.place.span_id);
  osy_trace_close (&outer, FALSE);
  osy_trace_close (&stray, FALSE);
  g_assert_null (osy_trace_current ());

  g_autoptr (JsonArray) spans = take (10);
  g_assert_cmpuint (json_array_get_length (spans), ==, 3);
  g_assert_cmpstr (text_of (spans, 0, "name"), ==, "leaf");
  g_assert_cmpstr (text_of (spans, 0, "parentSpanId"), ==, text_of (spans, 1, "spanId"));
  g_assert_cmpstr (text_of (spans, 1, "name"), ==, "inner");
  g_assert_cmpstr (text_of (spans, 1, "parentSpanId"), ==, text_of (spans, 2, "spanId"));
  g_assert_cmpstr (text_of (spans, 2, "name"), ==, "outer");
  g_assert_cmpstr (text_of (spans, 2, "parentSpanId"), ==, request.span_id);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (text_of (spans, i, "traceId"), ==, request.trace_id);
}

/* The newest are of use; nobody waits. */
static void
test_bound (void)
{
  osy_trace_enable (TRUE);
  for (guint i = 0; i < OSY_TRACE_MAX_WAITING + 7; i++) {
    g_autofree char *name = g_strdup_printf ("%u", i);
    record (name);
  }
  g_autoptr (JsonArray) first = take (5);
  g_assert_cmpuint (json_array_get_length (first), ==, 5);
  g_assert_cmpstr (text_of (first, 0, "name"), ==, "7");
  g_assert_cmpuint (osy_trace_dropped (), ==, 7);
  g_assert_cmpuint (osy_trace_dropped (), ==, 0);
  g_autoptr (JsonArray) rest = take (G_MAXUINT);
  g_assert_cmpuint (json_array_get_length (rest), ==, OSY_TRACE_MAX_WAITING - 5);
}

static void
test_remembered (void)
{
  OsyTracePlace place = request;
  OsyTracePlace found;
  char header[56];

  osy_trace_enable (TRUE);
  g_assert_false (osy_trace_find (NULL, &found));
  g_assert_false (osy_trace_find ("5B8EFFF798038103D269B633813FC60C", &found));
  g_assert_true (osy_trace_find (request.trace_id, &found));
  g_assert_cmpstr (found.span_id, ==, "");
  g_assert_false (osy_trace_header (&found, header));
  osy_trace_remember (&request);
  for (guint i = 0; i < 4095; i++) {
    g_snprintf (place.trace_id, sizeof place.trace_id, "%032x", i + 1);
    osy_trace_remember (&place);
  }
  g_assert_true (osy_trace_find (request.trace_id, &found));
  g_assert_cmpstr (found.span_id, ==, request.span_id);
  g_assert_true (osy_trace_header (&found, header));
  g_assert_cmpstr (header, ==, "00-5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174-01");
  g_snprintf (place.trace_id, sizeof place.trace_id, "%032x", 5000);
  osy_trace_remember (&place); /* one too many */
  g_assert_true (osy_trace_find (request.trace_id, &found));
  g_assert_cmpstr (found.span_id, ==, "");

  /* Of a trace that goes on, the first request stays. */
  osy_trace_remember (&request);
  place = request;
  g_strlcpy (place.span_id, "00000000000000b2", sizeof place.span_id);
  osy_trace_remember (&place);
  g_assert_true (osy_trace_find (request.trace_id, &found));
  g_assert_cmpstr (found.span_id, ==, request.span_id);
}

static gpointer
work (gpointer data)
{
  for (guint i = 0; i < 200; i++) {
    OsyTraceScope scope;
    osy_trace_open (&scope, OSY_TRACE_INTERNAL, "work", data);
    osy_trace_leaf (OSY_TRACE_CLIENT, "query", 1);
    osy_trace_close (&scope, FALSE);
  }
  return NULL;
}

/* What is open in one thread is no parent in another. */
static void
test_threads (void)
{
  OsyTracePlace places[4];
  GThread *threads[4];

  osy_trace_enable (TRUE);
  for (guint i = 0; i < 4; i++) {
    places[i] = request;
    g_snprintf (places[i].trace_id, sizeof places[i].trace_id, "%032x", i + 1);
    threads[i] = g_thread_new ("work", work, &places[i]);
  }
  for (guint i = 0; i < 4; i++)
    g_thread_join (threads[i]);
  g_autoptr (JsonArray) spans = take (G_MAXUINT);
  g_autoptr (GHashTable) trace_of = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_cmpuint (json_array_get_length (spans), ==, 1600);
  for (guint i = 0; i < 1600; i++)
    g_hash_table_insert (trace_of, (char *)text_of (spans, i, "spanId"),
                         (char *)text_of (spans, i, "traceId"));
  g_assert_cmpuint (g_hash_table_size (trace_of), ==, 1600);
  for (guint i = 0; i < 1600; i++)
    if (g_str_equal (text_of (spans, i, "name"), "query"))
      g_assert_cmpstr (g_hash_table_lookup (trace_of, text_of (spans, i, "parentSpanId")), ==,
                       text_of (spans, i, "traceId"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace/off", test_off);
  g_test_add_func ("/trace/letter", test_letter);
  g_test_add_func ("/trace/nesting", test_nesting);
  g_test_add_func ("/trace/bound", test_bound);
  g_test_add_func ("/trace/remembered", test_remembered);
  g_test_add_func ("/trace/threads", test_threads);
  return g_test_run ();
}
