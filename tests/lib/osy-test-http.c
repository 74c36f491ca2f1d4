/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A raw HTTP and WebSocket client for tests, on blocking sockets with deadlines. */

#include "osy-test-http.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define ANSWER_MS 10000
#define THREAD_S 30
#define HEAD_MAX (256 * 1024)

void
osy_test_response_free (OsyTestResponse *self)
{
  g_hash_table_unref (self->headers);
  g_bytes_unref (self->body);
  g_free (self);
}

const char *
osy_test_response_header (OsyTestResponse *self, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->headers, lower);
}

char *
osy_test_response_text (OsyTestResponse *self)
{
  gsize len;
  const char *data = g_bytes_get_data (self->body, &len);

  return g_strndup (data ? data : "", len);
}

/* ---- sockets ---- */

static int
connect_unix (const char *path)
{
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  if (connect (fd, (struct sockaddr *)&address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

static int
connect_tcp (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  struct sockaddr_in address = {.sin_family = AF_INET};
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_nonnull (uri);
  address.sin_port = htons ((guint16)g_uri_get_port (uri));
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (connect (fd, (struct sockaddr *)&address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

int
osy_test_try_connect (const char *address)
{
  if (g_str_has_prefix (address, "unix:"))
    return connect_unix (address + strlen ("unix:"));
  return connect_tcp (address);
}

int
osy_test_connect (const char *address)
{
  int fd = osy_test_try_connect (address);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

gboolean
osy_test_send (int fd, const void *bytes, gssize len)
{
  const char *p = bytes;
  gsize left = len < 0 ? strlen (bytes) : (gsize)len;

  while (left > 0) {
    gssize n = send (fd, p, left, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    p += n;
    left -= (gsize)n;
  }
  return TRUE;
}

/* Returns: bytes read, 0 at the end of the stream (or after a reset), -1 when time is up. */
static gssize
read_until (int fd, void *buffer, gsize len, gint64 deadline)
{
  struct pollfd watch = {.fd = fd, .events = POLLIN};
  gint64 left = (deadline - g_get_monotonic_time ()) / 1000;
  gssize n;

  if (left < 0 || poll (&watch, 1, (int)left) <= 0)
    return -1;
  n = recv (fd, buffer, len, 0);
  return n < 0 ? 0 : n;
}

static gint64
deadline_in (guint ms)
{
  return g_get_monotonic_time () + (gint64)ms * 1000;
}

gboolean
osy_test_wait_closed (int fd, guint timeout_ms)
{
  gint64 deadline = deadline_in (timeout_ms);
  char scratch[4096];
  gssize n;

  do
    n = read_until (fd, scratch, sizeof scratch, deadline);
  while (n > 0);
  return n == 0;
}

/* ---- answers ---- */

static gboolean
read_head (int fd, GString *head, gint64 deadline)
{
  char byte;

  while (!g_str_has_suffix (head->str, "\r\n\r\n")) {
    if (read_until (fd, &byte, 1, deadline) != 1)
      return FALSE;
    g_string_append_c (head, byte);
    g_assert_cmpuint (head->len, <, HEAD_MAX);
  }
  return TRUE;
}

static void
parse_head (OsyTestResponse *self, const char *head)
{
  g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

  g_assert_true (g_str_has_prefix (lines[0], "HTTP/1."));
  self->status = (guint)atoi (lines[0] + strlen ("HTTP/1.1 "));
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    char *colon = strchr (lines[i], ':');
    g_assert_nonnull (colon);
    *colon = '\0';
    g_hash_table_replace (self->headers, g_ascii_strdown (lines[i], -1),
                          g_strdup (g_strstrip (colon + 1)));
  }
}

static gboolean
has_no_body (guint status)
{
  return status < 200 || status == 204 || status == 304;
}

static GBytes *
read_body (int fd, const char *length, gint64 deadline)
{
  gsize wanted = length ? (gsize)g_ascii_strtoull (length, NULL, 10) : G_MAXSIZE;
  g_autoptr (GByteArray) body = g_byte_array_new ();
  char buffer[4096];

  while (body->len < wanted) {
    gssize n = read_until (fd, buffer, MIN (sizeof buffer, wanted - body->len), deadline);
    if (n <= 0)
      break;
    g_byte_array_append (body, (guint8 *)buffer, (guint)n);
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&body));
}

OsyTestResponse *
osy_test_read_response (int fd, gboolean head_only, guint timeout_ms)
{
  OsyTestResponse *self = g_new0 (OsyTestResponse, 1);
  g_autoptr (GString) head = g_string_new (NULL);
  gint64 deadline = deadline_in (timeout_ms);

  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (read_head (fd, head, deadline))
    parse_head (self, head->str);
  if (self->status == 0 || head_only || has_no_body (self->status))
    self->body = g_bytes_new_static ("", 0);
  else
    self->body = read_body (fd, osy_test_response_header (self, "content-length"), deadline);
  return self;
}

OsyTestResponse *
osy_test_http_raw (const char *address, const void *bytes, gssize len)
{
  int fd = osy_test_connect (address);
  OsyTestResponse *response;

  osy_test_send (fd, bytes, len);
  response = osy_test_read_response (fd, FALSE, ANSWER_MS);
  close (fd);
  return response;
}

OsyTestResponse *
osy_test_http (const char *address,
               const char *method,
               const char *target,
               const char *headers,
               const char *json)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int fd = osy_test_connect (address);
  OsyTestResponse *response;

  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s",
                          method, target, headers ? headers : "");
  if (json != NULL)
    g_string_append_printf (text, "Content-Type: application/json\r\nContent-Length: %zu\r\n",
                            strlen (json));
  g_string_append_printf (text, "\r\n%s", json ? json : "");
  osy_test_send (fd, text->str, (gssize)text->len);
  response = osy_test_read_response (fd, strcmp (method, "HEAD") == 0, ANSWER_MS);
  close (fd);
  return response;
}

/* ---- beside a main loop ---- */

typedef struct {
  OsyTestFunc func;
  gpointer data;
  gpointer result;
  int done; /* atomic */
} Job;

static gpointer
run_job (gpointer data)
{
  Job *job = data;

  job->result = job->func (job->data);
  g_atomic_int_set (&job->done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

gpointer
osy_test_http_thread (OsyTestFunc func, gpointer data)
{
  Job job = {func, data, NULL, 0};
  gint64 deadline = g_get_monotonic_time () + THREAD_S * G_USEC_PER_SEC;
  GThread *thread = g_thread_new ("test-client", run_job, &job);

  while (!g_atomic_int_get (&job.done)) {
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    g_main_context_iteration (NULL, TRUE);
  }
  g_thread_join (thread);
  return job.result;
}

static gpointer
request_in_thread (gpointer data)
{
  const char **parts = data;

  return osy_test_http (parts[0], parts[1], parts[2], parts[3], parts[4]);
}

OsyTestResponse *
osy_test_http_spin (const char *address,
                    const char *method,
                    const char *target,
                    const char *headers,
                    const char *json)
{
  const char *parts[] = {address, method, target, headers, json};

  return osy_test_http_thread (request_in_thread, parts);
}

/* ---- WebSocket ---- */

int
osy_test_ws_open (const char *address, const char *target, const char *headers, guint *status)
{
  g_autofree char *text = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: localhost\r\n"
                                           "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                                           "Sec-WebSocket-Version: 13\r\n"
                                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
                                           target, headers ? headers : "");
  g_autoptr (OsyTestResponse) response = NULL;
  int fd = osy_test_connect (address);

  osy_test_send (fd, text, -1);
  response = osy_test_read_response (fd, FALSE, ANSWER_MS);
  if (status != NULL)
    *status = response->status;
  if (response->status == 101)
    return fd;
  close (fd);
  return -1;
}

GByteArray *
osy_test_ws_frame (gboolean fin, guint8 opcode, const void *payload, gsize len)
{
  static const guint8 mask[4] = {0x12, 0x34, 0x56, 0x78};
  GByteArray *frame = g_byte_array_new ();
  const guint8 *bytes = payload;
  guint8 head[10] = {(fin ? 0x80 : 0) | opcode};
  guint head_len = 2;

  if (len < 126)
    head[1] = 0x80 | (guint8)len;
  else {
    gboolean wide = len > G_MAXUINT16;
    head[1] = 0x80 | (wide ? 127 : 126);
    for (guint n = wide ? 8 : 2; n > 0; n--)
      head[head_len++] = (guint8)((guint64)len >> (8 * (n - 1)));
  }
  g_byte_array_append (frame, head, head_len);
  g_byte_array_append (frame, mask, sizeof mask);
  for (gsize i = 0; i < len; i++) {
    guint8 byte = bytes[i] ^ mask[i % 4];
    g_byte_array_append (frame, &byte, 1);
  }
  return frame;
}

gboolean
osy_test_ws_send_text (int fd, const char *text)
{
  g_autoptr (GByteArray) frame = osy_test_ws_frame (TRUE, 0x1, text, strlen (text));

  return osy_test_send (fd, frame->data, frame->len);
}

static gboolean
read_exactly (int fd, void *buffer, gsize len, gint64 deadline, gboolean *late)
{
  guint8 *p = buffer;

  while (len > 0) {
    gssize n = read_until (fd, p, len, deadline);
    if (n <= 0) {
      *late = n < 0;
      return FALSE;
    }
    p += n;
    len -= (gsize)n;
  }
  return TRUE;
}

static GBytes *
read_frame (int fd, guint8 *opcode, gint64 deadline, gboolean *late)
{
  guint8 head[10];
  guint64 len;
  guint extra;
  guint8 *payload;

  if (!read_exactly (fd, head, 2, deadline, late))
    return NULL;
  *opcode = head[0] & 0x0f;
  /* A server never fragments here, and never masks. */
  g_assert_cmpuint (head[0] & 0xf0, ==, 0x80);
  g_assert_cmpuint (head[1] & 0x80, ==, 0);
  len = head[1];
  extra = len == 126 ? 2 : len == 127 ? 8 : 0;
  if (!read_exactly (fd, head + 2, extra, deadline, late))
    return NULL;
  if (extra > 0)
    len = 0;
  for (guint i = 0; i < extra; i++)
    len = len << 8 | head[2 + i];
  g_assert_cmpuint (len, <, 64 * 1024 * 1024);
  payload = g_malloc (len + 1);
  if (read_exactly (fd, payload, len, deadline, late))
    return g_bytes_new_take (payload, len);
  g_free (payload);
  return NULL;
}

GBytes *
osy_test_ws_read (int fd, guint8 *opcode, guint timeout_ms)
{
  gboolean late = FALSE;

  return read_frame (fd, opcode, deadline_in (timeout_ms), &late);
}

char *
osy_test_ws_read_text (int fd, guint timeout_ms)
{
  gint64 deadline = deadline_in (timeout_ms);
  gboolean late = FALSE;
  guint8 opcode;

  for (;;) {
    g_autoptr (GBytes) payload = read_frame (fd, &opcode, deadline, &late);
    gsize len;
    const char *text;
    if (payload == NULL)
      return NULL;
    text = g_bytes_get_data (payload, &len);
    if (opcode == 0x1)
      return g_strndup (text ? text : "", len);
  }
}

guint
osy_test_ws_read_close (int fd, guint timeout_ms)
{
  gint64 deadline = deadline_in (timeout_ms);
  gboolean late = FALSE;
  guint8 opcode;

  for (;;) {
    g_autoptr (GBytes) payload = read_frame (fd, &opcode, deadline, &late);
    gsize len;
    const guint8 *code;
    if (payload == NULL)
      return late ? 0 : 1006;
    code = g_bytes_get_data (payload, &len);
    if (opcode == 0x8)
      return len >= 2 ? (guint)code[0] << 8 | code[1] : 1005;
  }
}
