/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The daemon starter: finds one that runs, starts one where none does and leaves it running, and
 * says what is wrong when it cannot. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "fake-daemon.h"
#include "osc-daemon.h"
#include "spin.h"

/* A stand-in for ordersyncd that answers /ready after a second and then waits to be ended. */
#define STAND_IN                                                       \
  "#!/usr/bin/python3\n"                                               \
  "import http.server, os, sys, time\n"                                \
  "class Handler(http.server.BaseHTTPRequestHandler):\n"               \
  "    def do_GET(self):\n"                                            \
  "        self.send_response(200)\n"                                  \
  "        self.send_header('Content-Length', '2')\n"                  \
  "        self.end_headers()\n"                                       \
  "        self.wfile.write(b'{}')\n"                                  \
  "host, port = sys.argv[sys.argv.index('--listen') + 1].split(':')\n" \
  "open(os.environ['STAND_IN_PID'], 'w').write(str(os.getpid()))\n"    \
  "time.sleep(1)\n"                                                    \
  "http.server.HTTPServer((host, int(port)), Handler).serve_forever()\n"

#define BROKEN                                                                   \
  "#!/bin/sh\n"                                                                  \
  "echo '{\"level\":\"error\",\"message\":\"The data directory is in use.\"}'\n" \
  "exit 1\n"

#define KEYLESS                                             \
  "#!/bin/sh\n"                                             \
  "echo 'ordersyncd: The desktop keyring is locked.' >&2\n" \
  "exit 6\n"

typedef struct {
  char *folder;
  OsyClient *client;
  OscDaemon *daemon;
  gboolean was_starting;
} Fixture;

static void
state_cb (OscDaemon *daemon, GParamSpec *pspec, Fixture *fixture)
{
  fixture->was_starting |= osc_daemon_get_state (daemon) == OSC_DAEMON_STARTING;
}

/* An address that nobody listens at. */
static char *
free_address (void)
{
  FakeDaemon *fake = fake_daemon_new ();
  char *address = g_strdup (fake->base_url);

  fake_daemon_free (fake);
  return address;
}

static void
begin (Fixture *fixture, const char *address)
{
  fixture->client = osy_client_new (address);
  fixture->daemon = osc_daemon_new (fixture->client);
  g_signal_connect (fixture->daemon, "notify::state", G_CALLBACK (state_cb), fixture);
  osc_daemon_start (fixture->daemon);
}

static void
put_program (Fixture *fixture, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, "program", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  g_setenv ("ORDERSYNC_DAEMON", path, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("osc-daemon-XXXXXX", NULL);
  g_setenv ("ORDERSYNC_DATA_DIR", fixture->folder, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {"program", "pid", "setup-code"};

  g_clear_object (&fixture->daemon);
  g_clear_object (&fixture->client);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
    (void)g_unlink (path);
  }
  (void)g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_unsetenv ("ORDERSYNC_DAEMON");
}

static void
test_runs_already (Fixture *fixture, gconstpointer data)
{
  FakeDaemon *fake = fake_daemon_new ();

  put_program (fixture, BROKEN); /* would fail if it were started */
  begin (fixture, fake->base_url);
  SPIN_UNTIL (osc_daemon_get_state (fixture->daemon) == OSC_DAEMON_READY, 5000);
  g_assert_false (fixture->was_starting);
  g_assert_null (osc_daemon_get_detail (fixture->daemon));
  fake_daemon_free (fake);
}

/* It answers, but its database does not: nothing is started beside it. */
static void
test_storage_away (Fixture *fixture, gconstpointer data)
{
  FakeDaemon *fake = fake_daemon_new ();

  fake->refuse_requests = 4;
  put_program (fixture, BROKEN);
  begin (fixture, fake->base_url);
  SPIN_UNTIL (osc_daemon_get_state (fixture->daemon) == OSC_DAEMON_WAITING, 5000);
  g_assert_cmpstr (osc_daemon_get_detail (fixture->daemon), ==, "Storage does not answer yet");
  SPIN_UNTIL (osc_daemon_get_state (fixture->daemon) == OSC_DAEMON_READY, 8000);
  g_assert_false (fixture->was_starting);
  fake_daemon_free (fake);
}

static void
test_starts_and_leaves (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address = free_address ();
  g_autofree char *pid_path = g_build_filename (fixture->folder, "pid", NULL);
  g_autofree char *text = NULL;
  pid_t pid;

  g_setenv ("STAND_IN_PID", pid_path, TRUE);
  put_program (fixture, STAND_IN);
  begin (fixture, address);
  SPIN_UNTIL (osc_daemon_get_state (fixture->daemon) == OSC_DAEMON_READY, 20000);
  g_assert_true (fixture->was_starting);
  g_assert_true (g_file_get_contents (pid_path, &text, NULL, NULL));
  pid = (pid_t)g_ascii_strtoll (text, NULL, 10);

  /* The console goes; the daemon stays, in a session of its own. */
  g_clear_object (&fixture->daemon);
  SPIN_FOR (300);
  g_assert_cmpint (kill (pid, 0), ==, 0);
  g_assert_cmpint (getsid (pid), ==, pid);
  kill (pid, SIGKILL);
}

static void
test_stops_at_once (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address = free_address ();

  put_program (fixture, BROKEN);
  begin (fixture, address);
  SPIN_UNTIL (osc_daemon_get_state (fixture->daemon) == OSC_DAEMON_FAILED, 8000);
  g_assert_nonnull (
      strstr (osc_daemon_get_detail (fixture->daemon), "The data directory is in use."));

  /* "Try again" does. */
  fixture->was_starting = FALSE;
  osc_daemon_start (fixture->daemon);
  SPIN_UNTIL (fixture->was_starting, 5000);
  SPIN_UNTIL (osc_daemon_get_state (fixture->daemon) == OSC_DAEMON_FAILED, 8000);
}

/* A keyring that is locked is nothing a person at the counter would guess from "stopped". */
static void
test_key_locked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address = free_address ();

  put_program (fixture, KEYLESS);
  begin (fixture, address);
  SPIN_UNTIL (osc_daemon_get_state (fixture->daemon) == OSC_DAEMON_FAILED, 8000);
  const char *detail = osc_daemon_get_detail (fixture->daemon);
  g_assert_nonnull (strstr (detail, "The encryption key of this shop cannot be read."));
  g_assert_nonnull (strstr (detail, "(The desktop keyring is locked.)"));
}

static void
test_no_program (Fixture *fixture, gconstpointer data)
{
  g_autofree char *address = free_address ();

  g_setenv ("ORDERSYNC_DAEMON", "/nonexistent/ordersyncd", TRUE);
  begin (fixture, address);
  SPIN_UNTIL (osc_daemon_get_state (fixture->daemon) == OSC_DAEMON_FAILED, 8000);
  g_assert_nonnull (strstr (osc_daemon_get_detail (fixture->daemon), "could not be started"));
}

static void
test_setup_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "setup-code", NULL);
  g_autofree char *none = osc_daemon_read_setup_code ();
  g_autofree char *code = NULL;

  g_assert_null (none);
  g_assert_true (g_file_set_contents (path, "  AB12-CD34\n", -1, NULL));
  code = osc_daemon_read_setup_code ();
  g_assert_cmpstr (code, ==, "AB12-CD34");
}

#define ADD(path, func) g_test_add ("/daemon/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_autofree char *state = g_dir_make_tmp ("osc-state-XXXXXX", NULL);

  g_setenv ("XDG_STATE_HOME", state, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("runs-already", test_runs_already);
  ADD ("storage-away", test_storage_away);
  ADD ("starts-and-leaves", test_starts_and_leaves);
  ADD ("stops-at-once", test_stops_at_once);
  ADD ("key-locked", test_key_locked);
  ADD ("no-program", test_no_program);
  ADD ("setup-code", test_setup_code);
  return g_test_run ();
}
