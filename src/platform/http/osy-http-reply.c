/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Answers. A response is queued while its connection is still suspended, then the connection is
 * resumed, and one MHD_run() sends the answers of the whole turn. */

#include "osy-http-private.h"

#include <string.h>

#include "osy-json.h"

#define RETRY_LIMITED_S 30
#define RETRY_UNAVAILABLE_S 1

static const char *const security[] = {
    "X-Content-Type-Options",
    "nosniff",
    "Cache-Control",
    "no-store",
    "Content-Security-Policy",
    "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy",
    "no-referrer",
    "Cross-Origin-Resource-Policy",
    "same-origin",
};

static gboolean
has_header (OsyHttpRequest *self, const char *name)
{
  for (guint i = 0; self->reply_headers != NULL && i < self->reply_headers->len; i += 2)
    if (g_ascii_strcasecmp (self->reply_headers->pdata[i], name) == 0)
      return TRUE;
  return FALSE;
}

static void
add_headers (OsyHttpRequest *self, struct MHD_Response *response)
{
  for (guint i = 0; i < G_N_ELEMENTS (security); i += 2)
    if (!has_header (self, security[i]))
      MHD_add_response_header (response, security[i], security[i + 1]);
  for (guint i = 0; self->reply_headers != NULL && i < self->reply_headers->len; i += 2)
    if (MHD_add_response_header (response, self->reply_headers->pdata[i],
                                 self->reply_headers->pdata[i + 1]) != MHD_YES)
      g_warning ("the answer header %s was not valid and was left out",
                 (char *)self->reply_headers->pdata[i]);
  if (!osy_http_server_is_open (self->server))
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONNECTION, "close");
}

void
osy_http_reply_queue (OsyHttpRequest *self, guint status, struct MHD_Response *response)
{
  struct MHD_Connection *mhd = self->mhd;
  gboolean queued;

  self->answered = TRUE;
  osy_http_server_observe (self->server, self, status);
  self->mhd = NULL;
  self->conn->deadline = g_get_monotonic_time () +
                         (gint64)osy_http_server_config (self->server)->reply_deadline_ms * 1000;
  queued = MHD_queue_response (mhd, status, response) == MHD_YES;
  MHD_destroy_response (response);
  if (!queued) {
    g_warning ("MHD did not take an answer of status %u", status);
    self->conn->deadline = 1;
  }
  if (self->suspended) {
    self->suspended = FALSE;
    MHD_resume_connection (mhd);
    osy_http_server_wake (self->server);
  }
}

gboolean
osy_http_reply_allowed (OsyHttpRequest *self)
{
  if (self->answered && !self->abandoned)
    g_warning ("%s %s was answered twice", self->method, self->path);
  return !self->answered && self->mhd != NULL;
}

static void
unref_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

static struct MHD_Response *
response_of (GBytes *body)
{
  gsize len;
  const void *data = g_bytes_get_data (body, &len);

  return MHD_create_response_from_buffer_with_free_callback_cls (len, (void *)data, unref_bytes,
                                                                 g_bytes_ref (body));
}

static void
send_body (OsyHttpRequest *self, guint status, const char *type, GBytes *body)
{
  struct MHD_Response *response = response_of (body);

  add_headers (self, response);
  if (type != NULL)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  osy_http_reply_queue (self, status, response);
}

void
osy_http_reply_add_header (OsyHttpRequest *self, const char *name, const char *value)
{
  if (self->reply_headers == NULL)
    self->reply_headers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->reply_headers, g_strdup (name));
  g_ptr_array_add (self->reply_headers, g_strdup (value));
}

void
osy_http_reply_json (OsyHttpRequest *self, guint status, JsonNode *body)
{
  g_autoptr (GBytes) text = NULL;

  if (!osy_http_reply_allowed (self))
    return;
  text = osy_json_print_bytes (body);
  send_body (self, status, "application/json", text);
}

void
osy_http_reply_bytes (OsyHttpRequest *self, guint status, const char *type, GBytes *body)
{
  if (osy_http_reply_allowed (self))
    send_body (self, status, type, body);
}

void
osy_http_reply_empty (OsyHttpRequest *self, guint status)
{
  g_autoptr (GBytes) nothing = NULL;

  if (!osy_http_reply_allowed (self))
    return;
  nothing = g_bytes_new_static ("", 0);
  send_body (self, status, NULL, nothing);
}

/* If-None-Match is a list, compared weakly (RFC 9110 §13.1.2). */
static gboolean
is_known_to_client (OsyHttpRequest *self, const char *etag)
{
  const char *header = osy_http_request_header (self, "If-None-Match");
  g_auto (GStrv) tags = g_strsplit (header ? header : "", ",", 32);

  for (char **tag = tags; *tag != NULL; tag++) {
    const char *text = g_strstrip (*tag);
    if (strcmp (text, "*") == 0 ||
        strcmp (g_str_has_prefix (text, "W/") ? text + 2 : text, etag) == 0)
      return TRUE;
  }
  return FALSE;
}

void
osy_http_reply_tagged (OsyHttpRequest *self, const char *type, GBytes *body, const char *etag)
{
  osy_http_reply_add_header (self, "ETag", etag);
  if (!has_header (self, "Cache-Control"))
    osy_http_reply_add_header (self, "Cache-Control", "no-cache");
  if (is_known_to_client (self, etag))
    osy_http_reply_empty (self, 304);
  else
    osy_http_reply_bytes (self, 200, type, body);
}

static void
add_retry_after (OsyHttpRequest *self, const GError *error, guint status)
{
  JsonNode *node = error->domain == OSY_ERROR ? osy_error_get_extra (error, "retry_after") : NULL;
  gint64 seconds = node ? json_node_get_int (node) : 0;
  g_autofree char *text = NULL;

  if (seconds <= 0)
    seconds = status == 429 ? RETRY_LIMITED_S : RETRY_UNAVAILABLE_S;
  text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  osy_http_reply_add_header (self, "Retry-After", text);
}

void
osy_http_reply_refusal (OsyHttpRequest *self, guint status, const GError *error)
{
  guint own_status = osy_error_http_status (error);
  g_autoptr (JsonNode) problem = NULL;
  g_autoptr (GBytes) text = NULL;

  if (!osy_http_reply_allowed (self))
    return;
  if (own_status == 500)
    g_warning ("%s %s failed, trace %s: %s", self->method, self->path, self->place.trace_id,
               error->message);
  problem = osy_error_to_problem (error, self->place.trace_id[0] ? self->place.trace_id : NULL);
  if (status != 0 && status != own_status)
    json_object_set_int_member (json_node_get_object (problem), "status", status);
  else
    status = own_status;
  if (status == 401 && !has_header (self, "WWW-Authenticate"))
    osy_http_reply_add_header (self, "WWW-Authenticate", "Bearer");
  if ((status == 429 || status == 503) && !has_header (self, "Retry-After"))
    add_retry_after (self, error, status);
  text = osy_json_print_bytes (problem);
  send_body (self, status, "application/problem+json", text);
}

void
osy_http_reply_error (OsyHttpRequest *self, const GError *error)
{
  osy_http_reply_refusal (self, 0, error);
}
