/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"
#include "osy-ws.h"

G_BEGIN_DECLS

/** A server of this library on a thread of its own, so that tests may simply block. */
typedef struct _TestServer TestServer;

/** test_server_new: @config: its listen may be NULL for a free TCP port. */
TestServer *test_server_new (const OsyHttpConfig *config);
void test_server_free (TestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)

const char *test_server_address (TestServer *self);
/** Runs @func with the server on its thread and waits for it. */
typedef void (*TestServerFunc) (OsyHttpServer *server, gpointer data);
void test_server_call (TestServer *self, TestServerFunc func, gpointer data);
/** Waits up to 5 s until as many requests are in flight, or as many WebSockets open. */
gboolean test_server_wait_in_flight (TestServer *self, guint n);
gboolean test_server_wait_websockets (TestServer *self, guint n);
/** Handlers called so far, and the last request that the observer saw: "GET /h 200". */
guint test_server_handled (TestServer *self);
char *test_server_last_seen (TestServer *self);
/** Answers every request waiting at /park; returns how many. */
guint test_server_release (TestServer *self);

G_END_DECLS
