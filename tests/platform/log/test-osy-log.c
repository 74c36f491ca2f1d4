/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Every line is one JSON object, whatever is said in it; the access log turns over by the day. */

#include "osy-log.h"

#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "osy-clock.h"

#define DAY G_TIME_SPAN_DAY
/* 2026-11-21T10:00:00Z */
#define NOON G_GINT64_CONSTANT (1795255200000000)

static char *dir;

/* Runs @say with standard error in a file. Returns: its lines. */
static char **
capture (void (*say) (void))
{
  g_autofree char *path = g_build_filename (dir, "stderr", NULL);
  g_autofree char *text = NULL;
  int saved = dup (STDERR_FILENO);
  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC, 0600);

  g_assert_cmpint (dup2 (fd, STDERR_FILENO), ==, STDERR_FILENO);
  say ();
  g_assert_cmpint (dup2 (saved, STDERR_FILENO), ==, STDERR_FILENO);
  close (saved);
  close (fd);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_unlink (path);
  g_assert_true (*text == '\0' || g_str_has_suffix (text, "\n"));
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static JsonObject *
parse (const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (line, &error);

  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return json_object_ref (json_node_get_object (node));
}

static const char *
member (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static const char nasty[] = "a \"quote\" \\ back\nnew\r\tline \x01\x7f 김치 😀 {}";

static void
say_event (void)
{
  osy_log_event (G_LOG_LEVEL_INFO, "order.placed", "trace_id", "t1", "nasty", nasty, "absent", NULL,
                 "after", "yes", NULL);
}

static void
test_event (void)
{
  g_auto (GStrv) lines = capture (say_event);
  gint64 time;

  g_assert_cmpuint (g_strv_length (lines), ==, 1);
  g_autoptr (JsonObject) object = parse (lines[0]);
  g_assert_cmpstr (member (object, "level"), ==, "info");
  g_assert_cmpstr (member (object, "service"), ==, "tester");
  g_assert_cmpstr (member (object, "action"), ==, "order.placed");
  g_assert_cmpstr (member (object, "trace_id"), ==, "t1");
  g_assert_cmpstr (member (object, "nasty"), ==, nasty);
  g_assert_false (json_object_has_member (object, "absent"));
  g_assert_cmpstr (member (object, "after"), ==, "yes");
  g_assert_true (osy_clock_parse (member (object, "timestamp"), &time));
}

static void
say_invalid (void)
{
  osy_log_event (G_LOG_LEVEL_INFO, "x", "bad", "half \xed\x95 of it", NULL);
}

static void
test_invalid_utf8 (void)
{
  g_auto (GStrv) lines = capture (say_invalid);

  g_assert_true (g_utf8_validate (lines[0], -1, NULL));
  g_autoptr (JsonObject) object = parse (lines[0]);
  g_assert_true (g_str_has_prefix (member (object, "bad"), "half "));
}

static void
say_by_glib (void)
{
  g_message ("said %d\n\"things\"", 3);
  g_info ("also this");
  g_debug ("not this");
  osy_log_event (G_LOG_LEVEL_DEBUG, "nor.this", NULL);
  osy_log_line ("{\"event\":\"ready\"}");
}

static void
test_glib (void)
{
  g_auto (GStrv) lines = capture (say_by_glib);

  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_autoptr (JsonObject) first = parse (lines[0]);
  g_assert_cmpstr (member (first, "message"), ==, "said 3\n\"things\"");
  g_assert_cmpstr (member (first, "level"), ==, "info");
  g_assert_cmpstr (lines[2], ==, "{\"event\":\"ready\"}");
}

static gpointer
talk (gpointer data)
{
  for (int i = 0; i < 200; i++)
    osy_log_event (G_LOG_LEVEL_INFO, "thread", "who", data, NULL);
  return NULL;
}

static void
say_from_threads (void)
{
  static const char *const names[] = {"aaaaaaaaaaaaaaaa", "bbbbbbbb", "cccc", "dd"};
  GThread *threads[G_N_ELEMENTS (names)];

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    threads[i] = g_thread_new (NULL, talk, (gpointer)names[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_thread_join (threads[i]);
}

static void
test_threads (void)
{
  g_auto (GStrv) lines = capture (say_from_threads);

  g_assert_cmpuint (g_strv_length (lines), ==, 800);
  for (char **line = lines; *line != NULL; line++) {
    g_autoptr (JsonObject) object = parse (*line);
    g_assert_nonnull (member (object, "who"));
  }
}

static void
say_every_length (void)
{
  for (int i = 1; i <= 1200; i++) {
    g_autofree char *word = g_strnfill ((gsize)i, 'x');
    osy_log_event (G_LOG_LEVEL_INFO, "length", "word", word, NULL);
  }
}

/* The end of a line may need more memory than its text has: nothing but the line is written then.
 */
static void
test_lengths (void)
{
  g_auto (GStrv) lines = capture (say_every_length);

  g_assert_cmpuint (g_strv_length (lines), ==, 1200);
  for (gsize i = 0; lines[i] != NULL; i++) {
    g_autoptr (JsonObject) object = parse (lines[i]);
    g_assert_cmpuint (strlen (member (object, "word")), ==, i + 1);
  }
}

/* ---- access log ---- */

static char *
access_file (const char *day)
{
  g_autofree char *name = g_strdup_printf ("access-%s.log", day);
  return g_build_filename (dir, "log", name, NULL);
}

static gboolean
exists (const char *day)
{
  g_autofree char *path = access_file (day);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
touch (const char *day)
{
  g_autofree char *path = access_file (day);
  g_assert_true (g_file_set_contents (path, "old\n", -1, NULL));
}

static void
open_access_log (void)
{
  g_autofree char *path = g_build_filename (dir, "log", NULL);
  g_autoptr (GError) error = NULL;

  gboolean ok = osy_access_log_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
}

static const OsyAccess look = {.actor = "u", .method = "GET", .route = "/", .status = 200};

static void
test_access_line (void)
{
  g_autofree char *path = access_file ("2026-11-21");
  g_autofree char *text = NULL;
  struct stat st;

  osy_clock_set_fake (NOON);
  open_access_log ();
  osy_access_log_write (&(OsyAccess){.actor = "user 1",
                                     .action = "getOrder",
                                     .method = "GET",
                                     .route = "/orders/{id}",
                                     .trace_id = "trace",
                                     .span_id = "span",
                                     .status = 200,
                                     .duration_us = 1234});
  osy_access_log_write (&(OsyAccess){.method = "POST", .route = "/or\"ders", .status = 404});
  osy_access_log_close ();
  /* Closed: nothing happens, and nothing breaks. */
  osy_access_log_write (&look);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (text), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_autoptr (JsonObject) object = parse (lines[0]);
  g_assert_cmpstr (member (object, "user_id"), ==, "user 1");
  g_assert_cmpstr (member (object, "action"), ==, "getOrder");
  g_assert_cmpstr (member (object, "level"), ==, "info");
  g_assert_cmpstr (member (object, "service"), !=, NULL);
  g_assert_cmpstr (member (object, "span_id"), ==, "span");
  g_assert_true (json_object_get_boolean_member (object, "success"));
  g_assert_cmpstr (member (object, "method"), ==, "GET");
  g_assert_cmpstr (member (object, "route"), ==, "/orders/{id}");
  g_assert_cmpstr (member (object, "trace_id"), ==, "trace");
  g_assert_cmpint (json_object_get_int_member (object, "status"), ==, 200);
  g_assert_cmpint (json_object_get_int_member (object, "duration_us"), ==, 1234);
  g_autoptr (JsonObject) second = parse (lines[1]);
  g_assert_cmpstr (member (second, "route"), ==, "/or\"ders");
  g_assert_false (json_object_has_member (second, "user_id"));
  g_assert_false (json_object_get_boolean_member (second, "success"));
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpuint (st.st_mode & 0777, ==, 0600);
  osy_clock_set_fake (0);
}

static void
test_access_rotation (void)
{
  g_autofree char *stranger = g_build_filename (dir, "log", "postgres.log", NULL);

  osy_clock_set_fake (NOON);
  open_access_log ();
  touch ("2026-08-20");
  touch ("2026-08-22");
  touch ("2020-01-01");
  g_assert_true (g_file_set_contents (stranger, "", 0, NULL));
  osy_access_log_write (&look);
  osy_clock_set_fake (NOON + DAY);
  osy_access_log_write (&look);
  g_assert_true (exists ("2026-11-21"));
  g_assert_true (exists ("2026-11-22"));
  /* 92 days before the 22nd of November is the 22nd of August. */
  g_assert_true (exists ("2026-08-22"));
  g_assert_false (exists ("2026-08-20"));
  g_assert_false (exists ("2020-01-01"));
  g_assert_true (g_file_test (stranger, G_FILE_TEST_EXISTS));
  osy_access_log_close ();
  osy_clock_set_fake (0);
}

static void
test_access_refused (void)
{
  g_autofree char *file = g_build_filename (dir, "file", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_false (osy_access_log_open (file, &error));
  g_assert_nonnull (error);
  osy_access_log_close ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dir = g_dir_make_tmp ("osy-log-XXXXXX", NULL);
  osy_log_init ("tester", "info", FALSE);
  g_test_add_func ("/log/event", test_event);
  g_test_add_func ("/log/invalid-utf8", test_invalid_utf8);
  g_test_add_func ("/log/glib", test_glib);
  g_test_add_func ("/log/threads", test_threads);
  g_test_add_func ("/log/lengths", test_lengths);
  g_test_add_func ("/log/access-line", test_access_line);
  g_test_add_func ("/log/access-rotation", test_access_rotation);
  g_test_add_func ("/log/access-refused", test_access_refused);
  int status = g_test_run ();
  const char *const argv_rm[] = {"rm", "-rf", dir, NULL};
  g_spawn_sync (NULL, (char **)argv_rm, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (dir);
  return status;
}
