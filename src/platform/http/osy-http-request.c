/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One request: what was asked, as handlers see it. MHD owns the header strings until the answer is
 * queued; everything that may be read later (method, path, trace id) is copied. */

#include "osy-http-private.h"

#include <string.h>

#include "osy-codec.h"
#include "osy-id.h"
#include "osy-json.h"

OsyHttpRequest *
osy_http_request_new (OsyHttpConn *conn, struct MHD_Connection *mhd)
{
  OsyHttpRequest *self = g_new0 (OsyHttpRequest, 1);

  g_atomic_ref_count_init (&self->refs);
  self->server = g_object_ref (conn->server);
  self->conn = conn;
  self->mhd = mhd;
  self->client = g_strdup (conn->client);
  self->started = g_get_monotonic_time ();
  return self;
}

OsyHttpRequest *
osy_http_request_ref (OsyHttpRequest *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
osy_http_request_unref (OsyHttpRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_error (&self->refusal);
  g_free (self->method);
  g_free (self->path);
  g_strfreev (self->params);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->query_names, g_ptr_array_unref);
  g_clear_pointer (&self->incoming, g_byte_array_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->principal, osy_principal_unref);
  g_clear_pointer (&self->reply_headers, g_ptr_array_unref);
  g_free (self->client);
  g_object_unref (self->server);
  g_free (self);
}

typedef struct {
  OsyHttpRequest *request;
  gboolean repeated;
} QueryReader;

static enum MHD_Result
read_member (void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
  QueryReader *reader = data;
  OsyHttpRequest *self = reader->request;
  char *key = g_strdup (name);

  if (g_hash_table_contains (self->query, key) || self->query_names->len >= OSY_HTTP_MAX_QUERY)
    reader->repeated = TRUE;
  else
    g_ptr_array_add (self->query_names, key);
  g_hash_table_replace (self->query, key, g_strdup (value ? value : ""));
  return reader->repeated ? MHD_NO : MHD_YES;
}

gboolean
osy_http_request_read_query (OsyHttpRequest *self, GError **error)
{
  QueryReader reader = {self, FALSE};

  self->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->query_names = g_ptr_array_new ();
  MHD_get_connection_values (self->mhd, MHD_GET_ARGUMENT_KIND, read_member, &reader);
  if (reader.repeated) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Send each member of the query once.");
    return FALSE;
  }
  g_ptr_array_add (self->query_names, NULL);
  return TRUE;
}

void
osy_http_request_read_trace (OsyHttpRequest *self)
{
  const char *parent = osy_http_request_header (self, "traceparent");
  guint8 random[16];
  g_autofree char *hex = NULL;

  if (parent != NULL && osy_http_guard_trace (parent, self->place.trace_id)) {
    g_strlcpy (self->caller, parent + 36, sizeof self->caller);
  } else {
    osy_random_bytes (random, sizeof random);
    hex = osy_hex_encode (random, sizeof random);
    g_strlcpy (self->place.trace_id, hex, sizeof self->place.trace_id);
  }
  osy_trace_new_span_id (self->place.span_id);
}

void
osy_http_request_seal_body (OsyHttpRequest *self)
{
  if (self->incoming != NULL)
    self->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->incoming));
  else
    self->body = g_bytes_new_static ("", 0);
}

const OsyRoute *
osy_http_request_route (OsyHttpRequest *self)
{
  return self->route;
}

const char *
osy_http_request_method (OsyHttpRequest *self)
{
  return self->method;
}

const char *
osy_http_request_path (OsyHttpRequest *self)
{
  return self->path;
}

const char *
osy_http_request_param (OsyHttpRequest *self, const char *name)
{
  int index = self->route ? osy_http_route_param_index (self->route, name) : -1;

  return index >= 0 ? self->params[index] : NULL;
}

const char *
osy_http_request_query (OsyHttpRequest *self, const char *name)
{
  return self->query ? g_hash_table_lookup (self->query, name) : NULL;
}

const char *const *
osy_http_request_query_names (OsyHttpRequest *self)
{
  static const char *const none[] = {NULL};

  return self->query_names ? (const char *const *)self->query_names->pdata : none;
}

const char *
osy_http_request_header (OsyHttpRequest *self, const char *name)
{
  return self->mhd ? MHD_lookup_connection_value (self->mhd, MHD_HEADER_KIND, name) : NULL;
}

GBytes *
osy_http_request_body (OsyHttpRequest *self)
{
  return self->body;
}

static gboolean
is_json_type (const char *type)
{
  g_auto (GStrv) parts = type ? g_strsplit (type, ";", 3) : NULL;

  if (parts == NULL || parts[0] == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (g_strstrip (parts[0]), "application/json") != 0)
    return FALSE;
  return parts[1] == NULL || g_ascii_strcasecmp (g_strstrip (parts[1]), "charset=utf-8") == 0;
}

JsonNode *
osy_http_request_json (OsyHttpRequest *self, GError **error)
{
  gsize len;
  const char *text = g_bytes_get_data (self->body, &len);

  if (len > 0 && !is_json_type (osy_http_request_header (self, "Content-Type"))) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNSUPPORTED_MEDIA_TYPE,
                         "Send the body as application/json.");
    return NULL;
  }
  return osy_json_parse (text ? text : "", len, error);
}

OsyPrincipal *
osy_http_request_principal (OsyHttpRequest *self)
{
  return self->principal;
}

const char *
osy_http_request_trace_id (OsyHttpRequest *self)
{
  return self->place.trace_id;
}

const OsyTracePlace *
osy_http_request_place (OsyHttpRequest *self)
{
  return &self->place;
}

const char *
osy_http_request_caller (OsyHttpRequest *self)
{
  return self->caller;
}

const char *
osy_http_request_client (OsyHttpRequest *self)
{
  return self->client;
}

gint64
osy_http_request_started (OsyHttpRequest *self)
{
  return self->started;
}
