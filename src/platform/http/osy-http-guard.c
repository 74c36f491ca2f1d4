/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The checks that make MHD's parser safe to stand behind a proxy: one Host, one Content-Length, no
 * Transfer-Encoding, and a head whose size is exactly what its parsed parts add up to, which
 * catches folded lines, NUL, bare LF and odd whitespace in one go. */

#include "osy-http-guard.h"

#include <string.h>

#include "osy-error.h"

/* Headers whose repetition would let two readers see two requests. */
static const char *const once[] = {
    "host",
    "content-length",
    "content-type",
    "content-encoding",
    "authorization",
    "idempotency-key",
    "if-match",
    "x-order-token",
    "traceparent",
    "origin",
    "upgrade",
    "sec-websocket-key",
    "sec-websocket-version",
};
enum { ONCE_HOST, ONCE_LENGTH };

static gboolean
is_token (const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || !strchr ("!#$%&'*+-.^_`|~", text[i])))
      return FALSE;
  return len > 0;
}

static gboolean
is_value (const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if ((guchar)text[i] < 0x20 ? text[i] != '\t' : text[i] == 0x7f)
      return FALSE;
  if (len > 0 && (strchr (" \t", text[0]) || strchr (" \t", text[len - 1])))
    return FALSE;
  return g_utf8_validate_len (text, len, NULL);
}

static gboolean
is_host (const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (text[i]) && !strchr (".-_:[]", text[i]))
      return FALSE;
  return len > 0;
}

static gboolean
read_length (const char *text, gsize len, guint64 *ret)
{
  *ret = 0;
  /* 15 digits cannot overflow, and no body comes near them. */
  if (len < 1 || len > 15)
    return FALSE;
  for (gsize i = 0; i < len; i++) {
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
    *ret = *ret * 10 + (guint)(text[i] - '0');
  }
  return TRUE;
}

static void
note_fault (OsyHttpGuard *self, const char *fault)
{
  if (self->fault == NULL)
    self->fault = fault;
}

static void
note_once (OsyHttpGuard *self, const char *name, const char *value, gsize value_len)
{
  for (guint i = 0; i < G_N_ELEMENTS (once); i++) {
    if (g_ascii_strcasecmp (name, once[i]) != 0)
      continue;
    if (self->seen & (1u << i))
      note_fault (self, "A header that may appear once was sent twice.");
    self->seen |= 1u << i;
    if (i == ONCE_HOST && !is_host (value, value_len))
      note_fault (self, "The Host header is not valid.");
    if (i == ONCE_LENGTH) {
      self->has_length = TRUE;
      if (!read_length (value, value_len, &self->length))
        note_fault (self, "Content-Length is not a plain number.");
    }
  }
}

void
osy_http_guard_header (OsyHttpGuard *self,
                       const char *name,
                       gsize name_len,
                       const char *value,
                       gsize value_len)
{
  if (value == NULL) {
    value = "";
    value_len = 0;
  }
  self->n_headers++;
  self->header_bytes += name_len + value_len + 4;
  if (!is_token (name, name_len)) {
    note_fault (self, "A header name has characters that are not allowed.");
    return;
  }
  if (!is_value (value, value_len))
    note_fault (self, "A header value has characters that are not allowed.");
  if (g_ascii_strcasecmp (name, "transfer-encoding") == 0)
    self->transfer_encoding = TRUE;
  note_once (self, name, value, value_len);
}

static gboolean
is_target (const char *target)
{
  const char *query = strchr (target, '?');

  if (target[0] != '/')
    return FALSE;
  for (const char *p = target; *p != '\0'; p++) {
    if ((guchar)*p <= 0x20 || (guchar)*p >= 0x7f || *p == '#')
      return FALSE;
    /* A slash hidden in a segment would move the segment's border. */
    if ((query == NULL || p < query) && g_ascii_strncasecmp (p, "%2f", 3) == 0)
      return FALSE;
  }
  return TRUE;
}

static const char *
find_fault (const OsyHttpGuard *self, const OsyHttpGuardLine *line)
{
  gboolean body_less = strcmp (line->method, "GET") == 0 || strcmp (line->method, "HEAD") == 0;
  gsize expected = strlen (line->method) + 1 + strlen (line->target) + 1 + strlen (line->version) +
                   2 + self->header_bytes + 2;

  if (!is_token (line->method, strlen (line->method)) || strlen (line->method) > 16)
    return "The method is not valid.";
  if (!is_target (line->target) || line->bad_target)
    return "The request target is not valid.";
  if (self->n_headers > OSY_HTTP_MAX_HEADERS)
    return "Send at most 100 headers.";
  if (self->fault != NULL)
    return self->fault;
  if (!(self->seen & (1u << ONCE_HOST)) && strcmp (line->version, "HTTP/1.1") == 0)
    return "Send a Host header.";
  if (self->has_length && self->transfer_encoding)
    return "Send Content-Length or Transfer-Encoding, not both.";
  if (expected != line->header_size)
    return "The head of the request is not written as HTTP/1.1 asks.";
  if (body_less && self->length > 0)
    return "A GET request has no body.";
  return NULL;
}

gboolean
osy_http_guard_check (const OsyHttpGuard *self,
                      const OsyHttpGuardLine *line,
                      guint *status,
                      GError **error)
{
  const char *fault;

  *status = 505;
  if (strcmp (line->version, "HTTP/1.1") != 0 && strcmp (line->version, "HTTP/1.0") != 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "Use HTTP/1.1 or HTTP/1.0.");
    return FALSE;
  }
  *status = 400;
  fault = find_fault (self, line);
  if (fault != NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, fault);
    return FALSE;
  }
  *status = 411;
  if (self->transfer_encoding) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_LENGTH_REQUIRED,
                         "Send the body with Content-Length, not in chunks.");
    return FALSE;
  }
  return TRUE;
}

gboolean
osy_http_guard_unescape (char *text)
{
  char *out = text;

  for (const char *in = text; *in != '\0'; in++) {
    char byte = *in;
    if (byte == '%') {
      int high = g_ascii_xdigit_value (in[1]);
      int low = high >= 0 ? g_ascii_xdigit_value (in[2]) : -1;
      if (low < 0)
        return FALSE;
      byte = (char)(high * 16 + low);
      in += 2;
    }
    if ((guchar)byte < 0x20 || byte == 0x7f)
      return FALSE;
    *out++ = byte;
  }
  *out = '\0';
  return g_utf8_validate (text, -1, NULL);
}

gboolean
osy_http_guard_is_key (const char *value)
{
  gsize len = strlen (value);

  for (gsize i = 0; i < len; i++)
    if (value[i] <= 0x20 || value[i] >= 0x7f)
      return FALSE;
  return len >= 1 && len <= 255;
}

static gboolean
is_hex (const char *text, gsize len)
{
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_trace_part (const char *text, gsize len)
{
  return is_hex (text, len) && strspn (text, "0") < len;
}

gboolean
osy_http_guard_trace (const char *traceparent, char trace_id[33])
{
  /* version-traceid-parentid-flags; a later version may go on after a further dash. */
  gsize len = strlen (traceparent);

  if (len < 55 || traceparent[2] != '-' || traceparent[35] != '-' || traceparent[52] != '-')
    return FALSE;
  if (!is_hex (traceparent, 2) || !is_hex (traceparent + 53, 2) ||
      strncmp (traceparent, "ff", 2) == 0)
    return FALSE;
  if (len > 55 && (strncmp (traceparent, "00", 2) == 0 || traceparent[55] != '-'))
    return FALSE;
  if (!is_trace_part (traceparent + 3, 32) || !is_trace_part (traceparent + 36, 16))
    return FALSE;
  memcpy (trace_id, traceparent + 3, 32);
  trace_id[32] = '\0';
  return TRUE;
}
