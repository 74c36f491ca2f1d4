/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* WebSockets as RFC 6455 asks, and as the hostile find them. The descriptor trick of the handshake
 * (duplicate, then tell MHD it is over) is pinned by counting descriptors. */

#include "http-test-server.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "osy-test-http.h"

#define TEXT 0x1
#define BINARY 0x2
#define CONTINUATION 0x0
#define CLOSE 0x8
#define PING 0x9
#define PONG 0xa
#define WAIT_MS 3000

static TestServer *shared;

static int
open_ws (TestServer *server)
{
  guint status;
  int fd = osy_test_ws_open (test_server_address (server), "/ws", NULL, &status);

  g_assert_cmpuint (status, ==, 101);
  return fd;
}

static void
send_frame (int fd, gboolean fin, guint8 opcode, const void *payload, gsize len)
{
  g_autoptr (GByteArray) frame = osy_test_ws_frame (fin, opcode, payload, len);

  osy_test_send (fd, frame->data, frame->len);
}

static void
expect_text (int fd, const char *expected)
{
  g_autofree char *text = osy_test_ws_read_text (fd, WAIT_MS);

  g_assert_cmpstr (text, ==, expected);
}

static void
expect_close (int fd, guint code)
{
  g_assert_cmpuint (osy_test_ws_read_close (fd, WAIT_MS), ==, code);
  /* The server hangs up first: no client is left waiting for it. */
  g_assert_true (osy_test_wait_closed (fd, WAIT_MS));
  close (fd);
}

/* ---- the handshake ---- */

typedef struct {
  const char *name;
  const char *request; /* without the empty line */
  guint status;
} Handshake;

#define LINE "GET /ws HTTP/1.1\r\nHost: shop.example\r\n"
#define UPGRADE "Connection: Upgrade\r\nUpgrade: websocket\r\n"
#define V13 "Sec-WebSocket-Version: 13\r\n"
#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

static const Handshake handshakes[] = {
    {"plain", LINE UPGRADE V13 KEY, 101},
    {"token lists", LINE "Connection: keep-alive, UPGRADE\r\nUpgrade: WebSocket\r\n" V13 KEY, 101},
    {"POST", "POST /ws HTTP/1.1\r\nHost: a\r\n" UPGRADE V13 KEY, 405},
    {"HEAD", "HEAD /ws HTTP/1.1\r\nHost: a\r\n" UPGRADE V13 KEY, 400},
    {"HTTP/1.0", "GET /ws HTTP/1.0\r\nHost: a\r\n" UPGRADE V13 KEY, 400},
    {"no Connection", LINE "Upgrade: websocket\r\n" V13 KEY, 400},
    {"Connection close", LINE "Connection: close\r\nUpgrade: websocket\r\n" V13 KEY, 400},
    {"no Upgrade", LINE "Connection: Upgrade\r\n" V13 KEY, 400},
    {"Upgrade h2c", LINE "Connection: Upgrade\r\nUpgrade: h2c\r\n" V13 KEY, 400},
    {"version 8", LINE UPGRADE "Sec-WebSocket-Version: 8\r\n" KEY, 426},
    {"no version", LINE UPGRADE KEY, 426},
    {"no key", LINE UPGRADE V13, 400},
    {"short key", LINE UPGRADE V13 "Sec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n", 400},
    {"long key", LINE UPGRADE V13 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSBtb3Jl\r\n", 400},
    {"key of other letters", LINE UPGRADE V13 "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ***\r\n",
     400},
    {"two keys", LINE UPGRADE V13 KEY KEY, 400},
    {"own origin", LINE UPGRADE V13 KEY "Origin: https://shop.example\r\n", 101},
    {"own origin, other case", LINE UPGRADE V13 KEY "Origin: http://Shop.Example\r\n", 101},
    {"listed origin", LINE UPGRADE V13 KEY "Origin: https://kiosk.example\r\n", 101},
    {"other origin", LINE UPGRADE V13 KEY "Origin: https://evil.example\r\n", 403},
    {"origin with our name as prefix",
     LINE UPGRADE V13 KEY "Origin: https://shop.example.evil.example\r\n", 403},
    {"origin with another port", LINE UPGRADE V13 KEY "Origin: https://shop.example:81\r\n", 403},
    {"null origin", LINE UPGRADE V13 KEY "Origin: null\r\n", 403},
    {"bad credentials", LINE UPGRADE V13 KEY "Authorization: Bearer stale\r\n", 401},
};

static void
test_handshake (gconstpointer data)
{
  const Handshake *row = data;
  int fd = osy_test_connect (test_server_address (shared));
  g_autoptr (OsyTestResponse) response = NULL;

  osy_test_send (fd, row->request, -1);
  osy_test_send (fd, "\r\n", -1);
  response = osy_test_read_response (fd, g_str_has_prefix (row->request, "HEAD"), WAIT_MS);
  g_assert_cmpuint (response->status, ==, row->status);
  if (row->status == 101)
    /* RFC 6455 1.3 */
    g_assert_cmpstr (osy_test_response_header (response, "sec-websocket-accept"), ==,
                     "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  if (row->status == 426)
    g_assert_cmpstr (osy_test_response_header (response, "sec-websocket-version"), ==, "13");
  close (fd);
}

static void
test_subprotocol (void)
{
  int fd = osy_test_connect (test_server_address (shared));
  g_autoptr (OsyTestResponse) response = NULL;

  osy_test_send (fd, LINE UPGRADE V13 KEY "Sec-WebSocket-Protocol: one.t0k,  two\r\n\r\n", -1);
  response = osy_test_read_response (fd, FALSE, WAIT_MS);
  g_assert_cmpuint (response->status, ==, 101);
  g_assert_cmpstr (osy_test_response_header (response, "sec-websocket-protocol"), ==, "one.t0k");
  close (fd);
}

/* A frame in the same packet as the handshake reaches the socket. */
static void
test_early_frame (void)
{
  g_autoptr (GByteArray) frame = osy_test_ws_frame (TRUE, TEXT, "early", 5);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (OsyTestResponse) response = NULL;
  static const char head[] = LINE UPGRADE V13 KEY "\r\n";
  int fd = osy_test_connect (test_server_address (shared));

  g_byte_array_append (all, (const guint8 *)head, sizeof head - 1);
  g_byte_array_append (all, frame->data, frame->len);
  g_byte_array_append (all, frame->data, 3);
  osy_test_send (fd, all->data, all->len);
  response = osy_test_read_response (fd, FALSE, WAIT_MS);
  g_assert_cmpuint (response->status, ==, 101);
  expect_text (fd, "early");
  osy_test_send (fd, frame->data + 3, frame->len - 3);
  expect_text (fd, "early");
  send_frame (fd, TRUE, CLOSE, "\x03\xe8", 2);
  expect_close (fd, 1000);
}

/* ---- conformance ---- */

static void
test_echo (void)
{
  static const gsize sizes[] = {0, 1, 125, 126, 127, 1000, 16384};
  int fd = open_ws (shared);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *text = g_strnfill (sizes[i], 'e');
    osy_test_ws_send_text (fd, text);
    expect_text (fd, text);
  }
  osy_test_ws_send_text (fd, "김치찌개 🍲");
  expect_text (fd, "김치찌개 🍲");
  close (fd);
}

static void
test_fragments_and_pings (void)
{
  int fd = open_ws (shared);
  guint8 opcode = 0;
  g_autoptr (GBytes) pong = NULL;

  send_frame (fd, FALSE, TEXT, "kim\xec", 4); /* cut inside a character */
  send_frame (fd, TRUE, PING, "are you", 7);  /* control frames may come between */
  pong = osy_test_ws_read (fd, &opcode, WAIT_MS);
  g_assert_cmpuint (opcode, ==, PONG);
  g_assert_cmpmem (g_bytes_get_data (pong, NULL), g_bytes_get_size (pong), "are you", 7);
  send_frame (fd, FALSE, CONTINUATION, "\xb9", 1);
  send_frame (fd, FALSE, CONTINUATION, "", 0);
  send_frame (fd, TRUE, PONG, "unasked", 7);
  send_frame (fd, TRUE, CONTINUATION, "\x98", 1);
  expect_text (fd, "kim치");
  close (fd);
}

static void
test_byte_by_byte (void)
{
  g_autoptr (GByteArray) frame = osy_test_ws_frame (TRUE, TEXT, "slowly", 6);
  int fd = open_ws (shared);

  for (guint i = 0; i < frame->len; i++) {
    osy_test_send (fd, frame->data + i, 1);
    g_usleep (1000);
  }
  expect_text (fd, "slowly");
  close (fd);
}

static void
test_server_closes (void)
{
  int fd = open_ws (shared);

  osy_test_ws_send_text (fd, "close 4401");
  expect_close (fd, 4401);
}

static const struct {
  guint code;
  guint answer;
} close_codes[] = {
    {1000, 1000}, {1001, 1001}, {1002, 1002}, {1003, 1003}, {1007, 1007}, {1011, 1011},
    {3000, 3000}, {4999, 4999}, {0, 1002},    {999, 1002},  {1004, 1002}, {1005, 1002},
    {1006, 1002}, {1012, 1002}, {1014, 1002}, {1015, 1002}, {2999, 1002}, {5000, 1002},
};

static void
test_close_codes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (close_codes); i++) {
    guint8 payload[2] = {(guint8)(close_codes[i].code >> 8), (guint8)close_codes[i].code};
    int fd = open_ws (shared);
    g_test_message ("close %u", close_codes[i].code);
    send_frame (fd, TRUE, CLOSE, payload, 2);
    expect_close (fd, close_codes[i].answer);
  }
}

/* ---- hostile frames ---- */

typedef struct {
  const char *name;
  const char *bytes;
  gsize len;
  guint code;
} Bad;

#define BAD(name, bytes, code)          \
  {                                     \
    name, bytes, sizeof bytes - 1, code \
  }
#define MASK0 "\0\0\0\0" /* a mask of zeros: the payload is written as it is */

static const Bad bad[] = {
    BAD ("unmasked", "\x81\x02hi", 1002),
    BAD ("RSV1", "\xc1\x80" MASK0, 1002),
    BAD ("RSV2", "\xa1\x80" MASK0, 1002),
    BAD ("RSV3", "\x91\x80" MASK0, 1002),
    BAD ("opcode 3", "\x83\x80" MASK0, 1002),
    BAD ("opcode 11", "\x8b\x80" MASK0, 1002),
    BAD ("stray continuation", "\x80\x80" MASK0, 1002),
    BAD ("interleaved text", "\x01\x81" MASK0 "a\x81\x81" MASK0 "b", 1002),
    BAD ("bad UTF-8", "\x81\x82" MASK0 "\xc3\x28", 1007),
    BAD ("truncated UTF-8", "\x81\x82" MASK0 "\xec\xb9", 1007),
    BAD ("surrogate", "\x81\x83" MASK0 "\xed\xa0\x80", 1007),
    BAD ("overlong", "\x81\x82" MASK0 "\xc0\xaf", 1007),
    BAD ("bad UTF-8 in the first fragment", "\x01\x82" MASK0 "\xc3\x28", 1007),
    BAD ("bad UTF-8 in a close reason", "\x88\x84" MASK0 "\x03\xe8\xc3\x28", 1007),
    BAD ("U+0000", "\x81\x83" MASK0 "a\0b", 1008),
    BAD ("one byte too many", "\x81\xfe\x40\x01" MASK0 "a", 1009),
    BAD ("2^62", "\x81\xff\x40\0\0\0\0\0\0\0" MASK0 "a", 1009),
    BAD ("2^63", "\x81\xff\x80\0\0\0\0\0\0\0" MASK0, 1002),
    BAD ("control frame over 125", "\x89\xfe\x00\x7e" MASK0, 1002),
    BAD ("fragmented ping", "\x09\x80" MASK0, 1002),
    BAD ("16-bit length under 126", "\x81\xfe\x00\x05" MASK0 "hello", 1002),
    BAD ("64-bit length under 65,536", "\x81\xff\0\0\0\0\0\0\0\x05" MASK0 "hello", 1002),
    BAD ("close with one byte", "\x88\x81" MASK0 "\x03", 1002),
    BAD ("close without a code", "\x88\x80" MASK0, 1005),
    BAD ("binary", "\x82\x82" MASK0 "hi", 1003),
};

static void
test_bad_frame (gconstpointer data)
{
  const Bad *row = data;
  int fd = open_ws (shared);

  osy_test_send (fd, row->bytes, (gssize)row->len);
  expect_close (fd, row->code);
}

static void
flood (guint8 first, const char *unit, gsize unit_len, guint times, guint code)
{
  g_autoptr (GByteArray) one = osy_test_ws_frame (first == PING, first, unit, unit_len);
  g_autoptr (GByteArray) next = first == PING
                                    ? g_byte_array_ref (one)
                                    : osy_test_ws_frame (FALSE, CONTINUATION, unit, unit_len);
  int fd = open_ws (shared);

  osy_test_send (fd, one->data, one->len);
  for (guint i = 0; i < times; i++)
    if (!osy_test_send (fd, next->data, next->len))
      break;
  g_assert_cmpuint (osy_test_ws_read_close (fd, WAIT_MS), ==, code);
  close (fd);
}

static void
test_floods (void)
{
  flood (TEXT, "x", 1, 20000, 1009);
  flood (TEXT, "", 0, 20000, 1009);
  flood (PING, "", 0, 20000, 1008);
  flood (PING, "0123456789", 10, 20000, 1008);
  {
    g_autofree char *chunk = g_strnfill (4000, 'x');
    flood (TEXT, chunk, 4000, 5, 1009);
  }
}

/* A reader that stops reading is told to come back later, and memory stays bounded. */
static void
test_slow_reader (void)
{
  int fd = open_ws (shared);

  osy_test_ws_send_text (fd, "flood 100000");
  g_usleep (50000);
  expect_close (fd, 1013);
}

/* One that never reads again is dropped, not kept for ever. */
static void
test_dead_reader (void)
{
  int fd = osy_test_connect (test_server_address (shared));
  int small = 4096;
  g_autoptr (OsyTestResponse) response = NULL;

  g_assert_true (test_server_wait_websockets (shared, 0));
  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  osy_test_send (fd, LINE UPGRADE V13 KEY "\r\n", -1);
  response = osy_test_read_response (fd, FALSE, WAIT_MS);
  osy_test_ws_send_text (fd, "flood 100000");
  g_assert_true (test_server_wait_websockets (shared, 1));
  g_assert_true (test_server_wait_websockets (shared, 0));
  close (fd);
}

/* ---- life ---- */

static void
test_ping_and_silence (void)
{
  OsyHttpConfig config = {.ws_ping_ms = 100, .ws_silence_ms = 1000};
  g_autoptr (TestServer) server = test_server_new (&config);
  int silent = open_ws (server);
  int lively = open_ws (server);
  gint64 begin = g_get_monotonic_time ();
  guint pings = 0;

  while (g_get_monotonic_time () - begin < 1300 * 1000) {
    guint8 opcode = 0;
    g_autoptr (GBytes) ping = osy_test_ws_read (lively, &opcode, WAIT_MS);
    g_assert_nonnull (ping);
    g_assert_cmpuint (opcode, ==, PING);
    pings++;
    send_frame (lively, TRUE, PONG, NULL, 0);
  }
  g_assert_cmpuint (pings, >=, 3);
  g_assert_cmpuint (osy_test_ws_read_close (silent, WAIT_MS), ==, 1006);
  g_assert_true (test_server_wait_websockets (server, 1));
  close (silent);
  close (lively);
  g_assert_true (test_server_wait_websockets (server, 0));
}

static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
close_reset (int fd)
{
  struct linger reset = {1, 0};

  setsockopt (fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  close (fd);
}

static gboolean
files_settle (guint expected)
{
  gint64 deadline = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (count_files () > expected && g_get_monotonic_time () < deadline)
    g_usleep (5000);
  return count_files () == expected;
}

static void
test_descriptors (void)
{
  guint before;
  int fds[300];

  g_assert_true (test_server_wait_websockets (shared, 0));
  before = count_files ();
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = open_ws (shared);
  g_assert_true (test_server_wait_websockets (shared, G_N_ELEMENTS (fds)));
  /* Two each: the client's and the server's. MHD holds none. */
  g_assert_true (files_settle (before + 2 * G_N_ELEMENTS (fds)));
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++) {
    osy_test_ws_send_text (fds[i], "still here");
    expect_text (fds[i], "still here");
  }
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    i % 2 ? close_reset (fds[i]) : (void)close (fds[i]);
  g_assert_true (test_server_wait_websockets (shared, 0));
  g_assert_true (files_settle (before));
}

static void
test_reset_during_upgrade (void)
{
  guint before = count_files ();

  for (guint i = 0; i < 300; i++) {
    int fd = osy_test_connect (test_server_address (shared));
    osy_test_send (fd, LINE UPGRADE V13 KEY "\r\n", -1);
    if (i % 3 == 0)
      g_usleep (200);
    close_reset (fd);
  }
  g_assert_true (test_server_wait_websockets (shared, 0));
  g_assert_true (test_server_wait_in_flight (shared, 0));
  g_assert_true (files_settle (before));
}

static void
test_caps (void)
{
  OsyHttpConfig config = {.ws_per_ip = 3, .ws_max = 4};
  g_autoptr (TestServer) server = test_server_new (&config);
  int fds[3];
  guint status = 0;

  for (guint i = 0; i < 3; i++)
    fds[i] = open_ws (server);
  g_assert_cmpint (osy_test_ws_open (test_server_address (server), "/ws", NULL, &status), ==, -1);
  g_assert_cmpuint (status, ==, 429);
  close (fds[0]);
  g_assert_true (test_server_wait_websockets (server, 2));
  fds[0] = open_ws (server);
  for (guint i = 0; i < 3; i++)
    close (fds[i]);
}

static void
test_total_cap (void)
{
  OsyHttpConfig config = {.ws_max = 1};
  g_autoptr (TestServer) server = test_server_new (&config);
  int fd = open_ws (server);
  guint status = 0;

  g_assert_cmpint (osy_test_ws_open (test_server_address (server), "/ws", NULL, &status), ==, -1);
  g_assert_cmpuint (status, ==, 503);
  close (fd);
}

static gpointer
free_server (gpointer data)
{
  test_server_free (data);
  return NULL;
}

static void
test_stop_says_1001 (void)
{
  TestServer *server = test_server_new (NULL);
  int fd = open_ws (server);
  GThread *thread;

  osy_test_ws_send_text (fd, "hello");
  expect_text (fd, "hello");
  thread = g_thread_new ("stop", free_server, server);
  expect_close (fd, 1001);
  g_thread_join (thread);
}

int
main (int argc, char *argv[])
{
  static const char *const origins[] = {"https://kiosk.example", NULL};
  OsyHttpConfig config = {.origins = origins};
  int rc;

  g_test_init (&argc, &argv, NULL);
  shared = test_server_new (&config);
  for (guint i = 0; i < G_N_ELEMENTS (handshakes); i++) {
    g_autofree char *path = g_strdup_printf ("/ws/handshake/%s", handshakes[i].name);
    g_strdelimit (path + strlen ("/ws/handshake/"), "/", ':');
    g_test_add_data_func (path, &handshakes[i], test_handshake);
  }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *path = g_strdup_printf ("/ws/hostile/%s", bad[i].name);
    g_test_add_data_func (path, &bad[i], test_bad_frame);
  }
  g_test_add_func ("/ws/subprotocol", test_subprotocol);
  g_test_add_func ("/ws/early-frame", test_early_frame);
  g_test_add_func ("/ws/echo", test_echo);
  g_test_add_func ("/ws/fragments-and-pings", test_fragments_and_pings);
  g_test_add_func ("/ws/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/ws/server-closes", test_server_closes);
  g_test_add_func ("/ws/close-codes", test_close_codes);
  g_test_add_func ("/ws/floods", test_floods);
  g_test_add_func ("/ws/slow-reader", test_slow_reader);
  g_test_add_func ("/ws/dead-reader", test_dead_reader);
  g_test_add_func ("/ws/ping-and-silence", test_ping_and_silence);
  g_test_add_func ("/ws/descriptors", test_descriptors);
  g_test_add_func ("/ws/reset-during-upgrade", test_reset_during_upgrade);
  g_test_add_func ("/ws/caps", test_caps);
  g_test_add_func ("/ws/total-cap", test_total_cap);
  g_test_add_func ("/ws/stop-says-1001", test_stop_says_1001);
  rc = g_test_run ();
  g_clear_pointer (&shared, test_server_free);
  return rc;
}
