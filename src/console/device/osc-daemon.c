/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Starts the daemon when none answers. It gets a session of its own and writes to a file, so that
 * it outlives the console; whether it is ready is asked of /ready, as anyone else would. */

#include "osc-daemon.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "osy-compat.h"
#include "osy-config.h"
#include "osy-json.h"

#define POLL_MS 250
#define PATIENCE (90 * G_TIME_SPAN_SECOND)
#define LOG_TAIL 4096
/* docs/OPERATIONS.md: the encryption key is missing, wrong or locked. */
#define EXIT_KEY 6
#define PROGRAM_SAYS "ordersyncd: "

struct _OscDaemon {
  GObject parent;
  OsyClient *client;
  OscDaemonState state;
  char *detail;
  char *log_path;
  GSubprocess *child; /* (nullable): the one started here, until it is ready or ends */
  GCancellable *cancellable;
  gint64 give_up_at;
  guint poll_id;
};

enum { PROP_STATE = 1, PROP_DETAIL, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OscDaemon, osc_daemon, G_TYPE_OBJECT)

static void ask (OscDaemon *self);

static void
set_state (OscDaemon *self, OscDaemonState state, const char *detail)
{
  if (osy_set_str (&self->detail, detail))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
finish (OscDaemon *self, OscDaemonState state, const char *detail)
{
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_clear_object (&self->child);
  set_state (self, state, detail);
}

/* ---- starting ---- */

char *
osc_daemon_find_program (void)
{
  const char *wanted = g_getenv ("ORDERSYNC_DAEMON");
  static const char *const places[] = {"../daemon/ordersyncd", "ordersyncd"};
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self_path != NULL ? g_path_get_dirname (self_path) : NULL;

  if (wanted != NULL && *wanted != '\0')
    return g_strdup (wanted);
  for (gsize i = 0; folder != NULL && i < G_N_ELEMENTS (places); i++) {
    g_autofree char *path = g_build_filename (folder, places[i], NULL);

    if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
      return g_canonicalize_filename (path, NULL);
  }
  return g_find_program_in_path ("ordersyncd");
}

static char *
data_dir (void)
{
  const char *wanted = g_getenv ("ORDERSYNC_DATA_DIR");

  return wanted != NULL && *wanted != '\0' ? g_strdup (wanted) : osy_config_default_data_dir ();
}

char *
osc_daemon_read_setup_code (void)
{
  g_autofree char *folder = data_dir ();
  g_autofree char *path = g_build_filename (folder, "setup-code", NULL);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  g_strstrip (text);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* "127.0.0.1:8480" of the address the client talks to. */
static char *
listen_address (OscDaemon *self)
{
  g_autoptr (GUri) uri = g_uri_parse (osy_client_base_url (self->client), G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_port (uri) <= 0)
    return NULL;
  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), g_uri_get_port (uri));
}

/* The daemon's last words: the message of its last JSON line, or the last line as it is. */
static char *
last_words (OscDaemon *self)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  g_auto (GStrv) lines = NULL;
  guint n;

  if (!g_file_get_contents (self->log_path, &text, &length, NULL))
    return NULL;
  lines = g_strsplit (length > LOG_TAIL ? text + length - LOG_TAIL : text, "\n", -1);
  for (n = g_strv_length (lines); n > 0 && *g_strstrip (lines[n - 1]) == '\0';)
    n--;
  if (n == 0)
    return NULL;
  g_autoptr (JsonNode) node = osy_json_parse (lines[n - 1], strlen (lines[n - 1]), NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node)) {
    JsonNode *message = json_object_get_member (json_node_get_object (node), "message");

    if (message != NULL && json_node_get_value_type (message) == G_TYPE_STRING)
      return json_node_dup_string (message);
  }
  gsize name = g_str_has_prefix (lines[n - 1], PROGRAM_SAYS) ? strlen (PROGRAM_SAYS) : 0;
  return g_utf8_make_valid (lines[n - 1] + name, -1);
}

/* In the words of the screen, where there are some: its own words follow. */
static char *
describe_end (GSubprocess *child, const char *words)
{
  if (g_subprocess_get_if_exited (child) && g_subprocess_get_exit_status (child) == EXIT_KEY)
    return g_strdup_printf (_ ("The encryption key of this shop cannot be read. Unlock this "
                               "computer's keyring, or put the key back from your backup, and "
                               "try again. (%s)"),
                            words);
  return g_strdup_printf (_ ("The server stopped while starting: %s"), words);
}

static void
child_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscDaemon) self = user_data;
  g_autofree char *words = NULL;
  g_autofree char *detail = NULL;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL) ||
      self->child != G_SUBPROCESS (source))
    return;
  words = last_words (self);
  detail = describe_end (G_SUBPROCESS (source), words != NULL ? words : _ ("it did not say why"));
  finish (self, OSC_DAEMON_FAILED, detail);
}

static void
own_session (gpointer data)
{
  setsid ();
}

static GSubprocess *
launch (OscDaemon *self, const char *program, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autofree char *folder = g_path_get_dirname (self->log_path);
  g_autofree char *address = listen_address (self);

  g_mkdir_with_parents (folder, 0700);
  g_subprocess_launcher_set_stdout_file_path (launcher, self->log_path);
  g_subprocess_launcher_set_child_setup (launcher, own_session, NULL, NULL);
  if (address == NULL)
    return g_subprocess_launcher_spawn (launcher, error, program, NULL);
  return g_subprocess_launcher_spawn (launcher, error, program, "--listen", address, NULL);
}

static void
spawn (OscDaemon *self)
{
  g_autofree char *program = osc_daemon_find_program ();
  g_autofree char *detail = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL) {
    finish (self, OSC_DAEMON_FAILED,
            _ ("The server program ordersyncd is not installed. Install OrderSync again"));
    return;
  }
  (void)g_unlink (self->log_path);
  self->child = launch (self, program, &error);
  if (self->child == NULL) {
    detail = g_strdup_printf (_ ("The server could not be started: %s"), error->message);
    finish (self, OSC_DAEMON_FAILED, detail);
    return;
  }
  set_state (self, OSC_DAEMON_STARTING, _ ("Storage is being made ready"));
  g_subprocess_wait_async (self->child, self->cancellable, child_ended_cb, g_object_ref (self));
}

/* ---- asking ---- */

static gboolean
poll_cb (gpointer user_data)
{
  OscDaemon *self = user_data;

  self->poll_id = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscDaemon) self = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_client_ready_finish (OSY_CLIENT (source), result, &error)) {
    finish (self, OSC_DAEMON_READY, NULL);
    return;
  }
  if (g_cancellable_is_cancelled (self->cancellable) || self->state == OSC_DAEMON_FAILED)
    return;
  if (g_get_monotonic_time () > self->give_up_at) {
    finish (self, OSC_DAEMON_FAILED, _ ("The server does not become ready"));
    return;
  }
  if (osy_error_get_extra (error, "unreachable") == NULL)
    set_state (self, OSC_DAEMON_WAITING, _ ("Storage does not answer yet"));
  else if (self->child == NULL)
    spawn (self);
  if (self->state != OSC_DAEMON_FAILED && self->poll_id == 0)
    self->poll_id = g_timeout_add (POLL_MS, poll_cb, self);
}

static void
ask (OscDaemon *self)
{
  osy_client_ready_async (self->client, self->cancellable, answered_cb, g_object_ref (self));
}

void
osc_daemon_start (OscDaemon *self)
{
  g_return_if_fail (OSC_IS_DAEMON (self));
  if (self->poll_id != 0 || self->child != NULL)
    return;
  self->give_up_at = g_get_monotonic_time () + PATIENCE;
  set_state (self, OSC_DAEMON_CHECKING, _ ("Looking for the server"));
  ask (self);
}

OscDaemonState
osc_daemon_get_state (OscDaemon *self)
{
  g_return_val_if_fail (OSC_IS_DAEMON (self), OSC_DAEMON_FAILED);
  return self->state;
}

const char *
osc_daemon_get_detail (OscDaemon *self)
{
  g_return_val_if_fail (OSC_IS_DAEMON (self), NULL);
  return self->detail;
}

/* ---- the object ---- */

static void
osc_daemon_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OscDaemon *self = OSC_DAEMON (object);

  switch (id) {
  case PROP_STATE: g_value_set_int (value, (int)self->state); break;
  case PROP_DETAIL: g_value_set_string (value, self->detail); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
osc_daemon_dispose (GObject *object)
{
  OscDaemon *self = OSC_DAEMON (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_clear_object (&self->child);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_daemon_parent_class)->dispose (object);
}

static void
osc_daemon_finalize (GObject *object)
{
  OscDaemon *self = OSC_DAEMON (object);

  g_clear_object (&self->cancellable);
  g_free (self->detail);
  g_free (self->log_path);
  G_OBJECT_CLASS (osc_daemon_parent_class)->finalize (object);
}

static void
osc_daemon_class_init (OscDaemonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = osc_daemon_get_property;
  object_class->dispose = osc_daemon_dispose;
  object_class->finalize = osc_daemon_finalize;
  properties[PROP_STATE] =
      g_param_spec_int ("state", NULL, NULL, 0, OSC_DAEMON_FAILED, OSC_DAEMON_CHECKING, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
osc_daemon_init (OscDaemon *self)
{
  self->cancellable = g_cancellable_new ();
  self->log_path = g_build_filename (g_get_user_state_dir (), "ordersync", "ordersyncd.log", NULL);
}

OscDaemon *
osc_daemon_new (OsyClient *client)
{
  g_return_val_if_fail (OSY_IS_CLIENT (client), NULL);
  OscDaemon *self = g_object_new (OSC_TYPE_DAEMON, NULL);

  self->client = g_object_ref (client);
  return self;
}
