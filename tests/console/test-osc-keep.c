/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A person signed in stays so over a restart, and nobody else can read how. */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "fake-daemon.h"
#include "osc-keep.h"
#include "spin.h"

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  OscKeep *keep;
  char *dir;
} Fixture;

typedef struct {
  gboolean done;
  gboolean ok;
} Outcome;

static void
logged_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = osy_client_login_finish (OSY_CLIENT (source), result, NULL);
  outcome->done = TRUE;
}

static void
resumed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outcome *outcome = user_data;

  outcome->ok = osy_client_resume_finish (OSY_CLIENT (source), result, NULL);
  outcome->done = TRUE;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  Outcome outcome = {FALSE};

  self->daemon = fake_daemon_new ();
  self->dir = g_dir_make_tmp ("osc-keep-XXXXXX", NULL);
  self->client = osy_client_new (self->daemon->base_url);
  self->keep = osc_keep_new (self->client, self->dir);
  osy_client_login_async (self->client, "owner@shop.kr", "right password", NULL, logged_in,
                          &outcome);
  SPIN_UNTIL (outcome.done, 5000);
  g_assert_true (outcome.ok);
}

static char *
kept_file (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name = g_dir_read_name (dir);

  return name != NULL ? g_build_filename (self->dir, name, NULL) : NULL;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autofree char *path = kept_file (self);

  if (path != NULL)
    g_unlink (path);
  g_rmdir (self->dir);
  g_free (self->dir);
  g_clear_object (&self->keep);
  g_clear_object (&self->client);
  fake_daemon_free (self->daemon);
}

static void
test_resumes (Fixture *self, gconstpointer data)
{
  g_autoptr (OsyClient) next = osy_client_new (self->daemon->base_url);
  g_autoptr (OscKeep) keep = osc_keep_new (next, self->dir);
  g_autofree char *token = osc_keep_read (keep);
  g_autofree char *later = NULL;
  Outcome outcome = {FALSE};

  g_assert_cmpstr (token, ==, osy_client_refresh_token (self->client));
  osy_client_resume_async (next, token, NULL, resumed, &outcome);
  SPIN_UNTIL (outcome.done, 5000);
  g_assert_true (outcome.ok);
  later = osc_keep_read (keep);
  g_assert_cmpstr (later, ==, osy_client_refresh_token (next));
  g_assert_cmpstr (later, !=, token);
}

static void
test_private (Fixture *self, gconstpointer data)
{
  g_autofree char *path = kept_file (self);
  g_autofree char *read = NULL;
  GStatBuf about;

  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  read = osc_keep_read (self->keep);
  g_assert_null (read);
}

static void
test_other_server (Fixture *self, gconstpointer data)
{
  g_autoptr (OsyClient) other = osy_client_new ("http://127.0.0.1:9");
  g_autoptr (OscKeep) keep = osc_keep_new (other, self->dir);

  g_assert_null (osc_keep_read (keep));
}

static void
test_signed_out (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;

  osy_client_logout (self->client);
  SPIN_UNTIL (self->daemon->logouts == 1, 5000);
  path = kept_file (self);
  g_assert_null (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/keep/resumes", Fixture, NULL, set_up, test_resumes, tear_down);
  g_test_add ("/keep/private", Fixture, NULL, set_up, test_private, tear_down);
  g_test_add ("/keep/other-server", Fixture, NULL, set_up, test_other_server, tear_down);
  g_test_add ("/keep/signed-out", Fixture, NULL, set_up, test_signed_out, tear_down);
  return g_test_run ();
}
