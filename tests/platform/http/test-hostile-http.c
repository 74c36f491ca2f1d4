/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What must not get through, as bytes on a socket. Each row says what goes in and what comes out;
 * the count of handler calls shows that nothing was read as a second request. */

#include "http-test-server.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "osy-test-http.h"

static TestServer *shared;

typedef struct {
  const char *name;
  const char *bytes;
  gsize len;
  guint status;    /* 0: closed without an answer */
  gboolean closes; /* the connection is over; otherwise it serves one more request */
} Row;

#define ROW(name, bytes, status, closes)          \
  {                                               \
    name, bytes, sizeof bytes - 1, status, closes \
  }
#define GET "GET /h HTTP/1.1\r\nHost: a\r\n"
#define POST "POST /size HTTP/1.1\r\nHost: a\r\n"
#define NEXT "GET /h HTTP/1.1\r\nHost: a\r\n\r\n"

static const Row rows[] = {
    ROW ("control: a plain request", GET "\r\n", 200, FALSE),
    ROW ("control: a plain body", POST "Content-Length: 2\r\n\r\nhi", 200, FALSE),
    /* Host */
    ROW ("duplicate Host", GET "Host: a\r\n\r\n", 400, TRUE),
    ROW ("duplicate Host, other case", GET "hOST: b\r\n\r\n", 400, TRUE),
    ROW ("empty Host", "GET /h HTTP/1.1\r\nHost: \r\n\r\n", 400, TRUE),
    ROW ("empty Host, no space", "GET /h HTTP/1.1\r\nHost:\r\n\r\n", 400, TRUE),
    ROW ("no Host", "GET /h HTTP/1.1\r\nX: y\r\n\r\n", 400, TRUE),
    ROW ("Host with a path", "GET /h HTTP/1.1\r\nHost: a/b\r\n\r\n", 400, TRUE),
    ROW ("Host with userinfo", "GET /h HTTP/1.1\r\nHost: a@b\r\n\r\n", 400, TRUE),
    /* where the body ends */
    ROW ("duplicate Content-Length 0 and 5",
         POST "Content-Length: 0\r\nContent-Length: 5\r\n\r\n" NEXT,
         400,
         TRUE),
    ROW ("duplicate Content-Length, equal",
         POST "Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi",
         400,
         TRUE),
    ROW ("Content-Length and Transfer-Encoding",
         POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT,
         400,
         TRUE),
    ROW ("Transfer-Encoding and Content-Length",
         POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" NEXT,
         400,
         TRUE),
    ROW ("Transfer-Encoding gzip", POST "Transfer-Encoding: gzip\r\n\r\n", 411, TRUE),
    ROW ("Transfer-Encoding gzip, chunked",
         POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" NEXT,
         411,
         TRUE),
    ROW ("Transfer-Encoding xchunked", POST "Transfer-Encoding: xchunked\r\n\r\n", 411, TRUE),
    ROW ("Transfer-Encoding identity", POST "Transfer-Encoding: identity\r\n\r\n", 411, TRUE),
    ROW ("Transfer-Encoding on a GET",
         GET "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT,
         411,
         TRUE),
    ROW ("Content-Length with a space before the colon",
         POST "Content-Length : 38\r\n\r\n" NEXT,
         400,
         TRUE),
    ROW ("folded Content-Length", POST "Content-Length:\r\n 5\r\n\r\nhello" NEXT, 400, TRUE),
    ROW ("folded value", GET "X: a\r\n b\r\n\r\n", 400, TRUE),
    ROW ("fold before any header", "GET /h HTTP/1.1\r\n Host: a\r\n\r\n", 400, TRUE),
    ROW ("Content-Length -1", POST "Content-Length: -1\r\n\r\n" NEXT, 400, TRUE),
    ROW ("Content-Length +5", POST "Content-Length: +5\r\n\r\nhello", 400, TRUE),
    ROW ("Content-Length 5,5", POST "Content-Length: 5,5\r\n\r\nhello", 400, TRUE),
    ROW ("Content-Length with a space after", POST "Content-Length: 5 \r\n\r\nhello", 400, TRUE),
    ROW ("Content-Length 0x5", POST "Content-Length: 0x5\r\n\r\nhello", 400, TRUE),
    ROW ("Content-Length empty", POST "Content-Length: \r\n\r\n" NEXT, 400, TRUE),
    ROW ("Content-Length 2^64", POST "Content-Length: 18446744073709551616\r\n\r\n", 413, TRUE),
    ROW ("Content-Length 2^64-1", POST "Content-Length: 18446744073709551615\r\n\r\n", 400, TRUE),
    ROW ("Content-Length of 30 zeros",
         POST "Content-Length: 000000000000000000000000000000\r\n\r\n" NEXT,
         400,
         TRUE),
    ROW ("a GET with a body", GET "Content-Length: 5\r\n\r\nhello" NEXT, 400, TRUE),
    ROW ("a GET with an empty body", GET "Content-Length: 0\r\n\r\n", 200, FALSE),
    /* chunks, none of which is ever parsed by us */
    ROW ("chunk size -1", POST "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" NEXT, 411, TRUE),
    ROW ("chunk size 0x5",
         POST "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
         411,
         TRUE),
    ROW ("chunk without CRLF",
         POST "Transfer-Encoding: chunked\r\n\r\n5\r\nhello0\r\n\r\n",
         411,
         TRUE),
    ROW ("chunk size 2^68",
         POST "Transfer-Encoding: chunked\r\n\r\n100000000000000000\r\nx",
         411,
         TRUE),
    ROW ("chunk size 2^64-1",
         POST "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx",
         411,
         TRUE),
    ROW ("chunk with bare LF",
         POST "Transfer-Encoding: chunked\r\n\r\n2\nhi\n0\n\n" NEXT,
         411,
         TRUE),
    ROW ("chunk trailers",
         POST "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nHost: b\r\n\r\n" NEXT,
         411,
         TRUE),
    ROW ("chunk extension",
         POST "Transfer-Encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n0\r\n\r\n",
         411,
         TRUE),
    /* bytes that do not belong */
    ROW ("NUL in a header value", GET "X: a\0b\r\n\r\n", 400, TRUE),
    ROW ("NUL in Host", "GET /h HTTP/1.1\r\nHost: a\0b\r\n\r\n", 400, TRUE),
    ROW ("NUL in a header name", GET "X\0Y: b\r\n\r\n", 400, TRUE),
    ROW ("NUL in the path", "GET /h\0evil HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("NUL in the query", "GET /h?a\0evil HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("bare LF in the head", "GET /h HTTP/1.1\nHost: a\n\n", 400, TRUE),
    ROW ("one bare LF", "GET /h HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400, TRUE),
    ROW ("bare CR in a value", GET "X: a\rb\r\n\r\n", 400, TRUE),
    ROW ("header without a colon", GET "nonsense\r\n\r\n", 400, TRUE),
    ROW ("header with an empty name", GET ": x\r\n\r\n", 400, TRUE),
    ROW ("control byte in a value", GET "X: a\x01\x62\r\n\r\n", 400, TRUE),
    ROW ("invalid UTF-8 in a value", GET "X: \xc3\x28\r\n\r\n", 400, TRUE),
    ROW ("a space in a header name", GET "X Y: b\r\n\r\n", 400, TRUE),
    ROW ("parentheses in a header name", GET "X(: b\r\n\r\n", 400, TRUE),
    ROW ("two spaces after the colon", GET "X:  b\r\n\r\n", 400, TRUE),
    ROW ("duplicate Authorization", GET "Authorization: a\r\nauthorization: b\r\n\r\n", 400, TRUE),
    ROW ("duplicate Idempotency-Key",
         POST "Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 0\r\n\r\n",
         400,
         TRUE),
    /* the request line */
    ROW ("%00 in the path", "GET /h%00evil HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("%00 in the query", "GET /h?a=%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("%ff in the path", "GET /h%ff HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("%ff in a query name", "GET /h?%ff=1 HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("raw 0xff in the path", "GET /h\xff HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("raw 0xff in the query", "GET /h?a=\xff HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("%0d%0a in the path", "GET /h%0d%0aX:y HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("%0d%0a in the query", "GET /h?a=%0d%0a HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("percent sign alone", "GET /h% HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("percent and one digit", "GET /h%4 HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("percent and no hex", "GET /h?a=%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("overlong UTF-8", "GET /things/%c0%af HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("surrogate", "GET /things/%ed%a0%80 HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("hidden slash", "GET /things/a%2fb HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("fragment", "GET /h#x HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("absolute form", "GET http://a/h HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 400, TRUE),
    ROW ("relative target", "GET h HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("two spaces in the request line", "GET  /h HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("a space in the target", "GET /h x HTTP/1.1\r\nHost: a\r\n\r\n", 0, TRUE),
    ROW ("a tab after the method", "GET\t/h HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("a method with odd bytes", "G(T /h HTTP/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("a method without end",
         "AAAAAAAAAAAAAAAAAAAAAAAAAAA /h HTTP/1.1\r\nHost: a\r\n\r\n",
         400,
         TRUE),
    ROW ("HTTP/1.0", "GET /h HTTP/1.0\r\n\r\n", 200, TRUE),
    ROW ("HTTP/0.9", "GET /h\r\n\r\n", 400, TRUE),
    ROW ("HTTP/1.2", "GET /h HTTP/1.2\r\nHost: a\r\n\r\n", 505, TRUE),
    ROW ("HTTP/2.0", "GET /h HTTP/2.0\r\nHost: a\r\n\r\n", 505, TRUE),
    ROW ("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, TRUE),
    ROW ("HTTP/11.1", "GET /h HTTP/11.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("lower-case version", "GET /h http/1.1\r\nHost: a\r\n\r\n", 400, TRUE),
    ROW ("TLS to a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 0, TRUE),
};

/* After a refusal nothing more of the stream may be read as a request. */
static gboolean
serves_next (int fd)
{
  g_autoptr (OsyTestResponse) response = NULL;

  if (!osy_test_send (fd, NEXT, -1))
    return FALSE;
  response = osy_test_read_response (fd, FALSE, 2000);
  return response->status == 200;
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  guint before = test_server_handled (shared);
  int fd = osy_test_connect (test_server_address (shared));
  g_autoptr (OsyTestResponse) response = NULL;
  guint expected = row->status == 200 ? 1 : 0;

  osy_test_send (fd, row->bytes, (gssize)row->len);
  response = osy_test_read_response (fd, FALSE, 2000);
  g_assert_cmpuint (response->status, ==, row->status);
  if (row->closes) {
    g_assert_true (osy_test_wait_closed (fd, 2000));
  } else {
    g_assert_true (serves_next (fd));
    expected++;
  }
  g_assert_cmpuint (test_server_handled (shared) - before, ==, expected);
  close (fd);
}

/* Refusals that are ours carry a problem document; the others are MHD's own pages. */
static void
test_refusals_are_problems (void)
{
  static const char *const requests[] = {
      GET "Host: a\r\n\r\n",
      "GET http://a/h HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /h HTTP/1.2\r\nHost: a\r\n\r\n",
      POST "Transfer-Encoding: chunked\r\n\r\n",
      POST "Content-Length: 65537\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    g_autoptr (OsyTestResponse) response =
        osy_test_http_raw (test_server_address (shared), requests[i], -1);
    g_autofree char *text = osy_test_response_text (response);
    g_autofree char *status = g_strdup_printf ("\"status\":%u", response->status);
    g_assert_cmpstr (osy_test_response_header (response, "content-type"), ==,
                     "application/problem+json");
    g_assert_nonnull (strstr (text, status));
    g_assert_nonnull (strstr (text, "\"code\":"));
    g_assert_cmpstr (osy_test_response_header (response, "connection"), ==, "close");
  }
}

/* ---- too much of something ---- */

typedef struct {
  const char *name;
  const char *before;
  const char *unit;
  guint repeat;
  const char *after;
  guint status;
} Heap;

static const Heap heaps[] = {
    {"70 KiB in a header", GET "X: ", "x", 70 * 1024, "\r\n\r\n", 431},
    {"10,000 header lines", GET, "a: b\r\n", 10000, "\r\n", 431},
    {"70 KiB target", "GET /", "x", 70 * 1024, " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
    {"100,000 empty lines", "", "\r\n", 100000, "GET /h HTTP/1.1\r\nHost: a\r\n\r\n", 414},
    {"99 more headers", GET, "a: b\r\n", 99, "\r\n", 200},
    {"100 more headers", GET, "a: b\r\n", 100, "\r\n", 400},
    {"65 query members", "GET /h?", "a&", 65, " HTTP/1.1\r\nHost: a\r\n\r\n", 400},
    {"600 zeros before a chunk size", POST "Transfer-Encoding: chunked\r\n\r\n", "0", 600,
     "\r\n\r\n", 411},
};

static void
test_heap (gconstpointer data)
{
  const Heap *heap = data;
  g_autoptr (GString) text = g_string_new (heap->before);
  g_autoptr (OsyTestResponse) response = NULL;

  for (guint i = 0; i < heap->repeat; i++)
    g_string_append (text, heap->unit);
  g_string_append (text, heap->after);
  response = osy_test_http_raw (test_server_address (shared), text->str, (gssize)text->len);
  g_assert_cmpuint (response->status, ==, heap->status);
}

static OsyTestResponse *
post_size (const char *target, const char *extra, gsize size)
{
  g_autofree char *body = g_strnfill (size, 'b');
  g_autofree char *text = g_strdup_printf ("POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Length: %zu"
                                           "\r\n\r\n%s",
                                           target, extra, size, body);

  return osy_test_http_raw (test_server_address (shared), text, -1);
}

static void
test_body_caps (void)
{
  static const struct {
    const char *target;
    gsize size;
    guint status;
  } cases[] = {
      {"/size", 65536, 200},
      {"/size", 65537, 413},
      {"/size", 300000, 413},
      {"/import", 8 * 1024 * 1024, 200},
      {"/import", 8 * 1024 * 1024 + 1, 413},
      /* Nobody who may not import gets to send megabytes. */
      {"/import-signed-in", 1000000, 401},
      {"/nowhere", 300000, 404},
      {"/nowhere", 100, 404},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (OsyTestResponse) response = post_size (cases[i].target, "", cases[i].size);
    g_test_message ("%s %zu", cases[i].target, cases[i].size);
    g_assert_cmpuint (response->status, ==, cases[i].status);
  }
}

/* The refusal comes before the client is told to go on. */
static void
test_expect_continue (void)
{
  const char *address = test_server_address (shared);
  g_autoptr (OsyTestResponse) refused = osy_test_http_raw (
      address, POST "Expect: 100-continue\r\nContent-Length: 300000\r\n\r\n", -1);
  g_autoptr (OsyTestResponse) go_on = NULL;
  g_autoptr (OsyTestResponse) done = NULL;
  int fd = osy_test_connect (address);

  g_assert_cmpuint (refused->status, ==, 413);
  osy_test_send (fd, POST "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n", -1);
  go_on = osy_test_read_response (fd, FALSE, 2000);
  g_assert_cmpuint (go_on->status, ==, 100);
  osy_test_send (fd, "hi", -1);
  done = osy_test_read_response (fd, FALSE, 2000);
  g_assert_cmpuint (done->status, ==, 200);
  close (fd);
}

static void
test_pipelining (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int fd = osy_test_connect (test_server_address (shared));

  for (guint i = 0; i < 10; i++)
    g_string_append_printf (text, "GET /things/%u HTTP/1.1\r\nHost: a\r\n\r\n", i);
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (text, POST "Content-Length: %u\r\n\r\n%.*s", i, (int)i, "xx");
  g_string_append (text, NEXT);
  osy_test_send (fd, text->str, (gssize)text->len);
  for (guint i = 0; i < 14; i++) {
    g_autoptr (OsyTestResponse) response = osy_test_read_response (fd, FALSE, 2000);
    g_autofree char *body = osy_test_response_text (response);
    g_autofree char *number = g_strdup_printf ("%u", i < 10 ? i : i - 10);
    g_assert_cmpuint (response->status, ==, 200);
    g_assert_cmpstr (body, ==, i == 13 ? "ok" : number);
  }
  close (fd);
}

/* ---- too slow ---- */

#define HEADER_MS 400
#define BODY_MS 700
#define LATE_MS 2000 /* a sweep, and a machine with other things to do */

typedef struct {
  const char *name;
  const char *first;
  const char *drip; /* one byte each 50 ms, over and over; NULL: silence */
  guint from_ms;
  guint until_ms;
} Slow;

static const Slow slow[] = {
    {"silence", "", NULL, HEADER_MS, HEADER_MS},
    {"partial request line", "GET /h HT", NULL, HEADER_MS, HEADER_MS},
    {"partial headers", GET "X: ", NULL, HEADER_MS, HEADER_MS},
    {"slow request line", "GET /", "a", HEADER_MS, HEADER_MS},
    {"slow headers", GET "X: ", "a", HEADER_MS, HEADER_MS},
    {"slow empty lines", "", "\r\n", HEADER_MS, HEADER_MS},
    {"slow body", POST "Content-Length: 60000\r\n\r\n", "a", BODY_MS, BODY_MS},
    {"stopped body", POST "Content-Length: 60000\r\n\r\nabc", NULL, BODY_MS, BODY_MS},
    {"slow refused body", "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n", "a",
     BODY_MS, BODY_MS},
    {"idle keep-alive", NEXT, NULL, 900, 2000},
    {"slow second request", NEXT "GET /", "a", HEADER_MS, 1000 + HEADER_MS},
};

static OsyHttpConfig quick = {
    .header_deadline_ms = HEADER_MS,
    .body_deadline_ms = BODY_MS,
    .work_deadline_ms = 500,
    .reply_deadline_ms = 600,
    .idle_s = 1,
};

static gboolean
is_over (int fd)
{
  char scratch[4096];
  gssize n;

  do
    n = recv (fd, scratch, sizeof scratch, MSG_DONTWAIT);
  while (n > 0);
  return n == 0 || errno == ECONNRESET;
}

static void
drip_once (int fd, const Slow *row, guint turn)
{
  if (row->drip != NULL)
    (void)!send (fd, row->drip + turn % strlen (row->drip), 1, MSG_NOSIGNAL);
}

static void
test_slow (void)
{
  g_autoptr (TestServer) server = test_server_new (&quick);
  int fds[G_N_ELEMENTS (slow)];
  guint ended[G_N_ELEMENTS (slow)] = {0};
  gint64 begin = g_get_monotonic_time ();
  guint left = G_N_ELEMENTS (slow);

  for (guint i = 0; i < G_N_ELEMENTS (slow); i++) {
    fds[i] = osy_test_connect (test_server_address (server));
    osy_test_send (fds[i], slow[i].first, -1);
  }
  for (guint turn = 0; left > 0 && turn < 100; turn++) {
    g_usleep (50000);
    for (guint i = 0; i < G_N_ELEMENTS (slow); i++) {
      if (ended[i] != 0)
        continue;
      drip_once (fds[i], &slow[i], turn);
      if (!is_over (fds[i]))
        continue;
      ended[i] = (guint)((g_get_monotonic_time () - begin) / 1000);
      left--;
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++) {
    g_test_message ("%s: closed after %u ms", slow[i].name, ended[i]);
    g_assert_cmpuint (ended[i], >=, slow[i].from_ms - 20);
    g_assert_cmpuint (ended[i], <=, slow[i].until_ms + LATE_MS);
    close (fds[i]);
  }
}

/* Half a close in the middle of a body is waited for no longer than the body's deadline. */
static void
test_half_close (void)
{
  g_autoptr (TestServer) server = test_server_new (&quick);
  int fd = osy_test_connect (test_server_address (server));
  gint64 begin = g_get_monotonic_time ();

  osy_test_send (fd, POST "Content-Length: 100\r\n\r\nabc", -1);
  shutdown (fd, SHUT_WR);
  g_assert_true (osy_test_wait_closed (fd, BODY_MS + LATE_MS));
  g_assert_cmpint (g_get_monotonic_time () - begin, <, (BODY_MS + LATE_MS) * 1000);
  g_assert_true (test_server_wait_in_flight (server, 0));
  g_assert_cmpuint (test_server_handled (server), ==, 0);
  close (fd);
}

static void
test_stalled_reader (void)
{
  g_autoptr (TestServer) server = test_server_new (&quick);
  int fd = osy_test_connect (test_server_address (server));
  int small = 4096;

  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  osy_test_send (fd, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  g_assert_true (test_server_wait_in_flight (server, 1));
  g_assert_true (test_server_wait_in_flight (server, 0));
  close (fd);
}

static void
test_work_deadline (void)
{
  g_autoptr (TestServer) server = test_server_new (&quick);
  g_autoptr (OsyTestResponse) response =
      osy_test_http (test_server_address (server), "GET", "/park", NULL, NULL);
  g_autofree char *text = osy_test_response_text (response);

  g_assert_cmpuint (response->status, ==, 504);
  g_assert_nonnull (strstr (text, "\"TIMEOUT\""));
  /* The late answer goes nowhere and harms nothing. */
  g_assert_cmpuint (test_server_release (server), ==, 1);
  g_assert_true (test_server_wait_in_flight (server, 0));
}

/* ---- too many ---- */

static void
test_silent_crowd (void)
{
  enum { N = 500 };
  OsyHttpConfig config = quick;
  g_autoptr (TestServer) server = NULL;
  int fds[N];

  config.header_deadline_ms = 1500;
  server = test_server_new (&config);
  for (guint i = 0; i < N; i++) {
    fds[i] = osy_test_connect (test_server_address (server));
    if (i % 2)
      osy_test_send (fds[i], GET "X: ", -1);
  }
  for (guint i = 0; i < 20; i++) {
    g_autoptr (OsyTestResponse) response =
        osy_test_http (test_server_address (server), "GET", "/h", NULL, NULL);
    g_assert_cmpuint (response->status, ==, 200);
  }
  for (guint i = 0; i < N; i++) {
    g_assert_true (osy_test_wait_closed (fds[i], 4000));
    close (fds[i]);
  }
}

static void
test_per_ip_limit (void)
{
  OsyHttpConfig config = {.per_ip_connections = 10};
  g_autoptr (TestServer) server = test_server_new (&config);
  int fds[15];
  guint refused = 0;

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++) {
    fds[i] = osy_test_connect (test_server_address (server));
    osy_test_send (fds[i], "GET /park HTTP/1.1\r\nHost: a\r\n\r\n", -1);
  }
  g_assert_true (test_server_wait_in_flight (server, 10));
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    refused += osy_test_wait_closed (fds[i], i < 10 ? 0 : 2000);
  g_assert_cmpuint (refused, ==, 5);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  test_server_release (server);
}

typedef struct {
  int *fds;
  guint n;
} Crowd;

/* On the server's thread, so that it finds all of them gone in one turn. */
static void
close_crowd (OsyHttpServer *server, gpointer data)
{
  Crowd *crowd = data;

  for (guint i = 0; i < crowd->n; i++)
    close (crowd->fds[i]);
}

/* At its limit MHD stops watching the listener, and starts again only in a later run: when every
 * client leaves at once there is none, unless a timer makes it run. */
static void
test_accepts_after_limit (void)
{
  OsyHttpConfig config = {.max_connections = 20};
  g_autoptr (TestServer) server = test_server_new (&config);
  int fds[30];
  Crowd crowd = {fds, G_N_ELEMENTS (fds)};
  g_autoptr (OsyTestResponse) response = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = osy_test_connect (test_server_address (server));
  /* The twentieth is answered, the others wait in the backlog. */
  osy_test_send (fds[19], NEXT, -1);
  response = osy_test_read_response (fds[19], FALSE, 2000);
  g_assert_cmpuint (response->status, ==, 200);
  test_server_call (server, close_crowd, &crowd);
  g_clear_pointer (&response, osy_test_response_free);
  response = osy_test_http (test_server_address (server), "GET", "/h", NULL, NULL);
  g_assert_cmpuint (response->status, ==, 200);
}

int
main (int argc, char *argv[])
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  shared = test_server_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = g_strdup_printf ("/http/hostile/%s", rows[i].name);
    g_strdelimit (path + strlen ("/http/hostile/"), "/", ':');
    g_test_add_data_func (path, &rows[i], test_row);
  }
  for (guint i = 0; i < G_N_ELEMENTS (heaps); i++) {
    g_autofree char *path = g_strdup_printf ("/http/heap/%s", heaps[i].name);
    g_test_add_data_func (path, &heaps[i], test_heap);
  }
  g_test_add_func ("/http/refusals-are-problems", test_refusals_are_problems);
  g_test_add_func ("/http/body-caps", test_body_caps);
  g_test_add_func ("/http/expect-continue", test_expect_continue);
  g_test_add_func ("/http/pipelining", test_pipelining);
  g_test_add_func ("/http/slow", test_slow);
  g_test_add_func ("/http/half-close", test_half_close);
  g_test_add_func ("/http/stalled-reader", test_stalled_reader);
  g_test_add_func ("/http/work-deadline", test_work_deadline);
  g_test_add_func ("/http/silent-crowd", test_silent_crowd);
  g_test_add_func ("/http/per-ip-limit", test_per_ip_limit);
  g_test_add_func ("/http/accepts-after-limit", test_accepts_after_limit);
  rc = g_test_run ();
  g_clear_pointer (&shared, test_server_free);
  return rc;
}
