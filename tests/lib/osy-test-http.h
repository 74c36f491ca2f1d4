/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A raw HTTP and WebSocket client for tests: what is sent is exactly the bytes given.
 *
 * The plain functions block, so they are for servers that run in another thread or process. A test
 * whose server lives on its own main context uses osy_test_http_spin() or osy_test_http_thread().
 * An address is what osy_http_server_address() returns: "http://127.0.0.1:8080" or "unix:/path".
 */

typedef struct {
  guint status;        /* 0: no answer before the peer closed or time was up */
  GHashTable *headers; /* lower-case name → value; of a repeated header the last */
  GBytes *body;
} OsyTestResponse;

void osy_test_response_free (OsyTestResponse *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyTestResponse, osy_test_response_free)

/** (transfer none) (nullable) */
const char *osy_test_response_header (OsyTestResponse *self, const char *name);
/** (transfer full): the body with a NUL at its end. */
char *osy_test_response_text (OsyTestResponse *self);

/** osy_test_connect: Returns: a blocking descriptor; the test fails when nobody listens. */
int osy_test_connect (const char *address);
/** osy_test_try_connect: the same, -1 when nobody listens. */
int osy_test_try_connect (const char *address);
/** osy_test_send: sends all; @len -1: a string. Returns: FALSE when the peer has closed. */
gboolean osy_test_send (int fd, const void *bytes, gssize len);
/** osy_test_read_response: reads one answer. @head: it answers a HEAD request. */
OsyTestResponse *osy_test_read_response (int fd, gboolean head, guint timeout_ms);
/** osy_test_wait_closed: reads and throws away until the peer closes. FALSE when time is up. */
gboolean osy_test_wait_closed (int fd, guint timeout_ms);

/** osy_test_http_raw: connects, sends, reads one answer within 10 s, closes. */
OsyTestResponse *osy_test_http_raw (const char *address, const void *bytes, gssize len);
/** osy_test_http: a well-formed request. @headers: (nullable): whole lines, each with CRLF;
 * @json: (nullable): body. */
OsyTestResponse *osy_test_http (const char *address,
                                const char *method,
                                const char *target,
                                const char *headers,
                                const char *json);
/** osy_test_http_spin: the same, from a thread, while the default main context runs here. */
OsyTestResponse *osy_test_http_spin (const char *address,
                                     const char *method,
                                     const char *target,
                                     const char *headers,
                                     const char *json);

/** OsyTestFunc: a client's whole conversation; runs in a thread of its own. */
typedef gpointer (*OsyTestFunc) (gpointer data);
/** osy_test_http_thread: runs @func in a thread while the default main context runs here, at most
 * 30 s. Returns: what @func returned. */
gpointer osy_test_http_thread (OsyTestFunc func, gpointer data);

/* ---- WebSocket ---- */

/** osy_test_ws_open: Returns: a descriptor after a 101, or -1 with *@status set. */
int osy_test_ws_open (const char *address, const char *target, const char *headers, guint *status);
/** osy_test_ws_frame: Returns: (transfer full): one frame as a client sends it (masked). */
GByteArray *osy_test_ws_frame (gboolean fin, guint8 opcode, const void *payload, gsize len);
/** osy_test_ws_send_text: sends one masked text message; FALSE when the peer has closed. */
gboolean osy_test_ws_send_text (int fd, const char *text);
/** osy_test_ws_read: reads one frame. Returns: (nullable): its payload; NULL at the end of the
 * stream or when time is up. */
GBytes *osy_test_ws_read (int fd, guint8 *opcode, guint timeout_ms);
/** osy_test_ws_read_text: the next text message, pings aside. (transfer full) (nullable). */
char *osy_test_ws_read_text (int fd, guint timeout_ms);
/** osy_test_ws_read_close: reads to the close frame. Returns: its code, 1005 without one, 1006 when
 * the stream ended without a frame, 0 when time is up. */
guint osy_test_ws_read_close (int fd, guint timeout_ms);

G_END_DECLS
