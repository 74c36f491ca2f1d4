/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The desktop's keyring: a real gnome-keyring on a bus of its own, a locked one, a service that
 * never answers, and no desktop at all. Each scene is this program again inside its surroundings.
 */

#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "osy-key-provider-private.h"

#define ID "0190a5c2-7d1e-7abc-8def-0123456789ab"
#define OTHER_ID "0190a5c2-7d1e-7abc-8def-0123456789ac"

/* libsecret 0.20.5 leaks the proxies of a call that was cancelled while it looked for collections.
 * Only this program looks away from that, and needs the whole stack to know it. */
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:libsecret-1.so\nleak:libgio-2.0.so\n";
}

static const char *self_path;

/* ---- scenes, run inside ---- */

static void
assert_unavailable (const char *what)
{
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_secret_service (ID);
  g_autoptr (GError) error = NULL, create_error = NULL;
  g_autoptr (GBytes) key = osy_key_provider_load (provider, &error);

  g_assert_null (key);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
  if (what != NULL && strstr (error->message, what) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, what);
}

static void
assert_cannot_create (void)
{
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_secret_service (ID);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = osy_key_provider_create (provider, &error);

  g_assert_null (key);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
}

static void
lock_keyring (void)
{
  const char *const paths[] = {"/org/freedesktop/secrets/aliases/default", NULL};
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);

  g_assert_no_error (error);
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus, "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
      "Lock", g_variant_new ("(^ao)", paths), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
scene_unlocked (void)
{
  g_autoptr (OsyKeyProvider) provider = osy_key_provider_secret_service (ID);
  g_autoptr (OsyKeyProvider) same = osy_key_provider_secret_service (ID);
  g_autoptr (OsyKeyProvider) other = osy_key_provider_secret_service (OTHER_ID);
  g_autoptr (GError) error = NULL;

  g_assert_true (osy_secret_service_answers ());
  assert_unavailable ("has no key for this data");
  g_autoptr (GBytes) made = osy_key_provider_create (provider, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (made), ==, OSY_KEY_SIZE);
  for (int i = 0; i < 5; i++) {
    g_autoptr (GBytes) loaded = osy_key_provider_load (i % 2 ? same : provider, &error);
    g_assert_no_error (error);
    g_assert_true (g_bytes_equal (made, loaded));
  }
  g_autoptr (GBytes) second = osy_key_provider_create (same, &error);
  g_assert_null (second);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (GBytes) others = osy_key_provider_create (other, &error);
  g_assert_no_error (error);
  g_assert_false (g_bytes_equal (made, others));

  lock_keyring ();
  assert_unavailable ("is locked");
  g_assert_false (osy_secret_service_answers ());
}

static GBytes *
get_key (OsyKeyProvider *provider, GBytes *(*get) (OsyKeyProvider *, GError **))
{
  g_autoptr (GError) error = NULL;
  GBytes *key = get (provider, &error);

  g_assert_no_error (error);
  return key;
}

static void
test_two_keys_in (OsyKeyProvider *provider)
{
  g_autoptr (OsyKeyProvider) fresh = osy_key_provider_secret_service (ID);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) key = get_key (provider, osy_key_provider_create);
  g_autoptr (GBytes) none = get_key (fresh, osy_key_provider_load_next);
  g_autoptr (GBytes) next = get_key (provider, osy_key_provider_add_next);
  g_autoptr (GBytes) again = get_key (fresh, osy_key_provider_add_next);
  g_autoptr (GBytes) beside = get_key (fresh, osy_key_provider_load);

  g_assert_null (none);
  g_assert_true (g_bytes_equal (next, again));
  g_assert_true (g_bytes_equal (key, beside));
  g_assert_false (g_bytes_equal (key, next));
  for (int i = 0; i < 2; i++) {
    g_assert_true (osy_key_provider_promote (provider, &error));
    g_assert_no_error (error);
  }
  g_autoptr (GBytes) now = get_key (fresh, osy_key_provider_load);
  g_autoptr (GBytes) gone = get_key (fresh, osy_key_provider_load_next);
  g_assert_true (g_bytes_equal (next, now));
  g_assert_null (gone);
  for (int i = 0; i < 2; i++) {
    g_assert_true (osy_key_provider_remove (provider, &error));
    g_assert_no_error (error);
  }
}

/* From a file to the keyring, each step by a provider that is opened anew. */
static void
scene_turning (void)
{
  g_autoptr (OsyKeyProvider) service = osy_key_provider_secret_service (ID);
  g_autofree char *dir = g_build_filename (g_getenv ("HOME"), "data", NULL);
  g_autofree char *file = g_build_filename (dir, "keys", "data.key", NULL);
  g_autoptr (GError) error = NULL;

  test_two_keys_in (service);
  assert_unavailable ("has no key for this data");

  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  g_autoptr (OsyKeyProvider) from = osy_key_provider_open (dir, "file", &error);
  g_assert_no_error (error);
  g_autofree char *source = osy_key_provider_mark (dir);
  g_autoptr (GBytes) key = get_key (from, osy_key_provider_create);
  g_assert_true (osy_key_provider_begin_move (dir, "secret-service", &error));
  g_assert_true (osy_key_provider_begin_move (dir, "secret-service", &error));
  g_autoptr (OsyKeyProvider) moving = osy_key_provider_open (dir, "file", &error);
  g_autoptr (GBytes) next = get_key (moving, osy_key_provider_add_next);
  g_autoptr (OsyKeyProvider) restarted = osy_key_provider_open (dir, "file", &error);
  g_autoptr (GBytes) still = get_key (restarted, osy_key_provider_load);
  g_autoptr (GBytes) same = get_key (restarted, osy_key_provider_load_next);
  g_assert_true (g_bytes_equal (key, still));
  g_assert_true (g_bytes_equal (next, same));
  g_assert_true (osy_key_provider_promote (restarted, &error));
  g_autoptr (OsyKeyProvider) moved = osy_key_provider_open (dir, "file", &error);
  g_autoptr (GBytes) now = get_key (moved, osy_key_provider_load);
  g_assert_cmpstr (osy_key_provider_get_name (moved), ==, "secret-service");
  g_assert_true (g_bytes_equal (next, now));
  g_autoptr (OsyKeyProvider) left = osy_key_provider_from_mark (dir, source);
  g_assert_true (osy_key_provider_remove (left, &error));
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));

  lock_keyring ();
  g_assert_null (osy_key_provider_load (moved, &error));
  g_assert_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "is locked"));
}

/* A bus on which the service can be started but holds no keyring. */
static void
scene_empty (void)
{
  assert_unavailable (NULL);
  assert_cannot_create ();
  g_assert_false (osy_secret_service_answers ());
}

static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL) {
    g_object_unref (message);
    return NULL;
  }
  return message;
}

/* Every call goes in and nothing ever comes out. */
static void
scene_silent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus =
      g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                              G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                  G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                              NULL, NULL, &error);

  g_assert_no_error (error);
  g_dbus_connection_add_filter (bus, swallow, NULL, NULL);
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/", "org.freedesktop.DBus", "RequestName",
      g_variant_new ("(su)", "org.freedesktop.secrets", 4u), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
      &error);
  g_assert_no_error (error);
  gint64 from = g_get_monotonic_time ();
  assert_unavailable ("does not answer");
  gint64 took = g_get_monotonic_time () - from;
  g_assert_cmpint (took, >=, 4 * G_USEC_PER_SEC);
  g_assert_cmpint (took, <, 9 * G_USEC_PER_SEC);
}

static void
scene_no_bus (void)
{
  gint64 from = g_get_monotonic_time ();

  assert_unavailable ("no desktop session");
  assert_cannot_create ();
  g_assert_false (osy_secret_service_answers ());
  g_assert_cmpint (g_get_monotonic_time () - from, <, 2 * G_USEC_PER_SEC);
}

static void
scene_dead_bus (void)
{
  assert_unavailable ("cannot be opened");
  assert_cannot_create ();
  g_assert_false (osy_secret_service_answers ());
}

static const struct {
  const char *name;
  void (*run) (void);
} scenes[] = {
    {"unlocked", scene_unlocked}, {"empty", scene_empty},       {"silent", scene_silent},
    {"no-bus", scene_no_bus},     {"dead-bus", scene_dead_bus}, {"turning", scene_turning},
};

static int
run_scene (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (g_str_equal (scenes[i].name, name)) {
      scenes[i].run ();
      return 0;
    }
  return 2;
}

/* ---- surroundings ---- */

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      g_remove (child);
    else
      remove_tree (child);
  }
  g_remove (path);
}

static void
play (const char *script, const char *scene, const char *bus)
{
  g_autofree char *home = g_dir_make_tmp ("osy-home-XXXXXX", NULL);
  g_autofree char *runtime = g_dir_make_tmp ("osy-run-XXXXXX", NULL);
  g_auto (GStrv) env = g_get_environ ();
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  int status;

  env = g_environ_setenv (env, "HOME", home, TRUE);
  env = g_environ_setenv (env, "XDG_RUNTIME_DIR", runtime, TRUE);
  env = g_environ_setenv (env, "OSY_SCENE", scene, TRUE);
  env = g_environ_setenv (env, "OSY_SELF", self_path, TRUE);
  env = g_environ_unsetenv (env, "XDG_DATA_HOME");
  env = g_environ_unsetenv (env, "DISPLAY");
  env = g_environ_unsetenv (env, "WAYLAND_DISPLAY");
  env = g_environ_unsetenv (env, "DBUS_SESSION_BUS_ADDRESS");
  if (bus != NULL)
    env = g_environ_setenv (env, "DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  const char *const argv[] = {"sh", "-c", script, NULL};
  g_spawn_sync (NULL, (char **)argv, env, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &output, &status,
                &error);
  g_assert_no_error (error);
  remove_tree (home);
  remove_tree (runtime);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("scene %s: %s\n%s", scene, error->message, output);
}

static gboolean
has_programs (void)
{
  static const char *const programs[] = {"dbus-run-session", "gnome-keyring-daemon"};

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++) {
    g_autofree char *path = g_find_program_in_path (programs[i]);
    if (path == NULL) {
      g_autofree char *why = g_strdup_printf ("%s is not installed", programs[i]);
      g_test_skip (why);
      return FALSE;
    }
  }
  return TRUE;
}

#define WITH_KEYRING(scene)                                                               \
  "exec dbus-run-session -- sh -c 'printf test-password | gnome-keyring-daemon --unlock " \
  "--components=secrets >/dev/null && exec \"$OSY_SELF\" --scene " scene "'"

static void
test_unlocked (void)
{
  if (has_programs ())
    play (WITH_KEYRING ("unlocked"), "unlocked", NULL);
}

static void
test_turning (void)
{
  if (has_programs ())
    play (WITH_KEYRING ("turning"), "turning", NULL);
}

static void
test_empty (void)
{
  if (has_programs ())
    play ("exec dbus-run-session -- \"$OSY_SELF\" --scene empty", "empty", NULL);
}

static void
test_silent (void)
{
  if (has_programs ())
    play ("exec dbus-run-session -- \"$OSY_SELF\" --scene silent", "silent", NULL);
}

static void
test_no_bus (void)
{
  play ("exec \"$OSY_SELF\" --scene no-bus", "no-bus", NULL);
}

static void
test_dead_bus (void)
{
  play ("exec \"$OSY_SELF\" --scene dead-bus", "dead-bus", "unix:path=/nonexistent/bus");
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--scene"))
    return run_scene (argv[2]);
  g_autofree char *path = g_file_read_link ("/proc/self/exe", NULL);
  self_path = path;
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret-service/unlocked", test_unlocked);
  g_test_add_func ("/secret-service/turning", test_turning);
  g_test_add_func ("/secret-service/empty", test_empty);
  g_test_add_func ("/secret-service/silent", test_silent);
  g_test_add_func ("/secret-service/no-bus", test_no_bus);
  g_test_add_func ("/secret-service/dead-bus", test_dead_bus);
  return g_test_run ();
}
