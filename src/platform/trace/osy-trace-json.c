/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Spans as OTLP/HTTP JSON (opentelemetry-proto, docs/specification.md). */

#include "osy-trace-private.h"

#include <string.h>

#include "osy-json.h"

#define STATUS_OK 1
#define STATUS_ERROR 2

static void
add_tag (JsonArray *array, const char *key, const char *value)
{
  JsonObject *tag = json_object_new ();
  JsonObject *held = json_object_new ();

  /* Numbers are numbers, as strings like all of 64 bits. */
  gboolean number = *value != '\0' && strspn (value, "0123456789") == strlen (value);
  json_object_set_string_member (held, number ? "intValue" : "stringValue", value);
  json_object_set_string_member (tag, "key", key);
  json_object_set_object_member (tag, "value", held);
  json_array_add_object_element (array, tag);
}

static void
set_nanoseconds (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "000", us);

  json_object_set_string_member (object, name, text);
}

static JsonObject *
span_to_json (const OsyTraceKept *span)
{
  JsonObject *object = json_object_new ();
  JsonObject *status = json_object_new ();
  JsonArray *tags = json_array_new ();

  json_object_set_string_member (object, "traceId", span->place.trace_id);
  json_object_set_string_member (object, "spanId", span->place.span_id);
  json_object_set_string_member (object, "parentSpanId", span->parent_id);
  json_object_set_string_member (object, "name", span->name);
  json_object_set_int_member (object, "kind", span->kind);
  set_nanoseconds (object, "startTimeUnixNano", span->begun);
  set_nanoseconds (object, "endTimeUnixNano", span->ended);
  for (guint i = 0; span->tags[i] != NULL; i += 2)
    add_tag (tags, span->tags[i], span->tags[i + 1]);
  json_object_set_array_member (object, "attributes", tags);
  json_object_set_int_member (status, "code", span->failed ? STATUS_ERROR : STATUS_OK);
  json_object_set_object_member (object, "status", status);
  return object;
}

static JsonObject *
resource_to_json (const char *service, const char *version)
{
  JsonObject *resource = json_object_new ();
  JsonArray *tags = json_array_new ();

  add_tag (tags, "service.name", service);
  add_tag (tags, "service.version", version);
  json_object_set_array_member (resource, "attributes", tags);
  return resource;
}

static JsonArray *
array_of (JsonObject *object)
{
  JsonArray *array = json_array_new ();

  json_array_add_object_element (array, object);
  return array;
}

char *
osy_trace_print (GPtrArray *spans, const char *service, const char *version)
{
  JsonObject *request = json_object_new ();
  JsonObject *of_resource = json_object_new ();
  JsonObject *of_scope = json_object_new ();
  JsonObject *scope = json_object_new ();
  JsonArray *array = json_array_new ();
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < spans->len; i++)
    json_array_add_object_element (array, span_to_json (spans->pdata[i]));
  json_object_set_string_member (scope, "name", "ordersync");
  json_object_set_object_member (of_scope, "scope", scope);
  json_object_set_array_member (of_scope, "spans", array);
  json_object_set_object_member (of_resource, "resource", resource_to_json (service, version));
  json_object_set_array_member (of_resource, "scopeSpans", array_of (of_scope));
  json_object_set_array_member (request, "resourceSpans", array_of (of_resource));
  node = osy_json_take_object (request);
  return osy_json_print (node);
}
