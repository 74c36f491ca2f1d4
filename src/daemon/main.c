/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersyncd: flags, data directory, PostgreSQL, schema, composer, main loop. */

#include <errno.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"

#include "osy-clock.h"
#include "osy-composer.h"
#include "osy-config.h"
#include "osy-daemon-notify.h"
#include "osy-fetch.h"
#include "osy-json.h"
#include "osy-log.h"
#include "osy-postgres.h"

/* Exit codes, documented in docs/OPERATIONS.md. */
enum {
  EXIT_OK = 0,
  EXIT_START = 1,   /* could not start; standard error says why */
  EXIT_USAGE = 2,   /* a flag, or a value given by one, cannot be used */
  EXIT_LOCKED = 3,  /* another daemon has the data directory */
  EXIT_NEWER = 4,   /* the data is of a newer version */
  EXIT_ADDRESS = 5, /* the address is taken or not ours */
  EXIT_KEY = 6,     /* the encryption key is missing, wrong, or open to others */
};

static const OsyConfigKey keys[] = {
    {"data-dir", NULL, "directory of all data (made when absent)"},
    {"listen", "127.0.0.1:8480", "HOST:PORT or unix:/path"},
    {"database", NULL, "use this PostgreSQL (URI) and not a private one"},
    {"config", NULL, "key file with the same names"},
    {"role", "all", "what to run: all"},
    {"log-level", "info", "error, warning, info or debug"},
    {"key-provider", "auto", "auto, file or secret-service"},
    {"order-deadline-ms", "3000", "after this an order not yet committed answers 504"},
    {"edge", "auto", "serve the network over TLS: on, off, or auto: once it was set up"},
    {"edge-port", "8443", "port of TLS"},
    {"edge-certificate", NULL, "path of a certificate of your own (PEM, with its chain)"},
    {"edge-key", NULL, "path of its key (PEM)"},
    {"kakao-base-url", NULL, "where riders of Kakao Mobility are called instead of there"},
    {"aligo-base-url", "https://apis.aligo.in", "where Aligo is asked to send alerts by SMS"},
    {"alimtalk-base-url", "https://kakaoapi.aligo.in",
     "where Aligo is asked to send them by AlimTalk"},
    {"alert-look", "5", "seconds between looks at what a shop is to be alerted of"},
    {"otlp-endpoint", NULL, "where traces go (OTLP/HTTP), such as http://127.0.0.1:4318"},
    {"private-hooks", "off", "webhooks of alerts may go to the own network: on, off"},
    {"sendgrid-base-url", "https://api.sendgrid.com", "where SendGrid is asked to mail alerts"},
    {"toss-base-url", "https://api.tosspayments.com", "where Toss Payments is asked"},
    {"toss-sdk-url", "https://js.tosspayments.com/v2/standard",
     "script of Toss Payments that the checkout page loads"},
    {"toss-timeout-ms", "30000", "after this an answer of Toss Payments counts as unknown"},
    {"toss-retry-ms", "10000", "after this an unknown outcome is first looked up"},
    {"limit-sign-in", NULL,
     "sign-ins a client may try in 15 minutes, 20 times as many on this machine"},
    {"limit-renew", NULL, "renewals of a session a client may ask for in a minute"},
    {"limit-order", NULL, "orders a guest's address may send in a minute"},
    {"limit-read", NULL, "pages a guest's address may read in a minute"},
    {"limit-socket", NULL, "WebSockets a guest's address may open in a minute"},
    {"limit-staff", NULL, "calls of one signed-in session in a minute"},
    {"limit-heavy", NULL, "imports of one signed-in session in a minute"},
    {NULL},
};

typedef struct {
  OsyConfig *config;
  char *data_dir;
  guint order_deadline_ms;
  guint alert_look_s;
  guint limits[OSY_N_LIMITS];
  OsyEdgeConfig edge; /* port 0: none */
  OsyComposerToss toss;
  int lock_fd;
  OsyPostgres *postgres;
  OsyComposer *composer;
  GMainLoop *loop;
} Daemon;

static int
exit_code_of (const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_INVALID_REQUEST))
    return EXIT_USAGE;
  if (osy_error_is (error, OSY_ERROR_CONFLICT))
    return EXIT_LOCKED;
  if (osy_error_is (error, OSY_ERROR_NEWER_DATA))
    return EXIT_NEWER;
  if (osy_error_is (error, OSY_ERROR_KEY_UNAVAILABLE))
    return EXIT_KEY;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    return EXIT_ADDRESS;
  return EXIT_START;
}

static int
fail (const GError *error)
{
  fprintf (stderr, "ordersyncd: %s\n", error->message);
  return exit_code_of (error);
}

/* Nothing of memory may reach the disk by a core dump. */
static void
harden (void)
{
  struct rlimit none = {0, 0};

  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_warning ("core dumps could not be switched off: %s", g_strerror (errno));
  umask (0077);
}

static char *
conninfo (Daemon *self, const char *role)
{
  const char *database = osy_config_get (self->config, "database");

  return database ? g_strdup (database) : osy_postgres_conninfo (self->data_dir, role);
}

static gboolean
is_one_of (OsyConfig *config, const char *name, const char *const *choices, GError **error)
{
  g_autofree char *list = g_strjoinv (", ", (char **)choices);

  if (g_strv_contains (choices, osy_config_get (config, name)))
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "--%s is one of: %s.", name, list);
  return FALSE;
}

static gboolean
read_limits (OsyConfig *config, guint limits[OSY_N_LIMITS], GError **error)
{
  for (guint i = 0; i < OSY_N_LIMITS; i++) {
    g_autofree char *key = g_strconcat ("limit-", osy_http_limit_rows[i].name, NULL);
    const char *text = osy_config_get (config, key);
    guint64 count = 0;

    if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 1, 1000000, &count, NULL)) {
      g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                   "--%s is a number from 1 to 1000000.", key);
      return FALSE;
    }
    limits[i] = (guint)count;
  }
  return TRUE;
}

static gboolean
read_edge (Daemon *self, GError **error)
{
  static const char *const choices[] = {"on", "off", "auto", NULL};
  const char *choice = osy_config_get (self->config, "edge");
  guint64 port;

  if (!is_one_of (self->config, "edge", choices, error))
    return FALSE;
  if (!g_ascii_string_to_unsigned (osy_config_get (self->config, "edge-port"), 10, 1, 65535, &port,
                                   NULL)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "--edge-port is a number from 1 to 65535.");
    return FALSE;
  }
  self->edge.data_dir = self->data_dir;
  self->edge.certificate = osy_config_get (self->config, "edge-certificate");
  self->edge.key = osy_config_get (self->config, "edge-key");
  if (g_str_equal (choice, "on") ||
      (g_str_equal (choice, "auto") &&
       (self->edge.certificate != NULL || osy_edge_is_set_up (self->data_dir))))
    self->edge.port = (guint)port;
  return TRUE;
}

/* Before anything is touched. */
static gboolean
check_values (OsyConfig *config, guint *deadline_ms, GError **error)
{
  static const char *const roles[] = {"all", NULL};
  static const char *const levels[] = {"error", "warning", "info", "debug", NULL};
  static const char *const providers[] = {"auto", "file", "secret-service", NULL};
  static const char *const switches[] = {"on", "off", NULL};
  gboolean in_named_file = g_str_has_prefix (osy_config_get (config, "key-provider"), "file:/");
  static const char *const addresses[] = {"sendgrid-base-url", "aligo-base-url",
                                          "alimtalk-base-url"};
  guint64 deadline = 0;

  if (!is_one_of (config, "role", roles, error) ||
      !is_one_of (config, "log-level", levels, error) ||
      !is_one_of (config, "private-hooks", switches, error) ||
      !(in_named_file || is_one_of (config, "key-provider", providers, error)))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    if (!osy_fetch_is_address (osy_config_get (config, addresses[i]))) {
      g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                   "--%s is an https:// address, or http:// on this machine.", addresses[i]);
      return FALSE;
    }
  if (!g_ascii_string_to_unsigned (osy_config_get (config, "order-deadline-ms"), 10, 50, 60000,
                                   &deadline, NULL)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "--order-deadline-ms is a number from 50 to 60000.");
    return FALSE;
  }
  *deadline_ms = (guint)deadline;
  return TRUE;
}

static gboolean
read_number (OsyConfig *config, const char *key, guint *ret, GError **error)
{
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (osy_config_get (config, key), 10, 1, 600000, &number, NULL)) {
    g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "--%s is a number from 1 to 600000.",
                 key);
    return FALSE;
  }
  *ret = (guint)number;
  return TRUE;
}

static gboolean
read_toss (OsyConfig *config, OsyComposerToss *ret, GError **error)
{
  ret->base_url = osy_config_get (config, "toss-base-url");
  ret->sdk_url = osy_config_get (config, "toss-sdk-url");
  if (!osy_fetch_is_address (ret->base_url) || !osy_fetch_is_address (ret->sdk_url) ||
      strpbrk (ret->sdk_url, " ;,'\"") != NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "--toss-base-url and --toss-sdk-url are https:// addresses, or http:// on "
                         "this machine.");
    return FALSE;
  }
  return read_number (config, "toss-timeout-ms", &ret->timeout_ms, error) &&
         read_number (config, "toss-retry-ms", &ret->retry_ms, error);
}

/* Its collector stands in the own network as a rule. */
static gboolean
check_otlp (OsyConfig *config, GError **error)
{
  const char *url = osy_config_get (config, "otlp-endpoint");

  if (url == NULL || (osy_fetch_is_hook (url, TRUE) && strpbrk (url, "?#") == NULL))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "--otlp-endpoint is an http:// or https:// address without user, "
                       "password and query.");
  return FALSE;
}

static gboolean
open_database (Daemon *self, GError **error)
{
  if (osy_config_get (self->config, "database") == NULL) {
    self->postgres = osy_postgres_start (self->data_dir, error);
    if (self->postgres == NULL)
      return FALSE;
  }
  g_autofree char *owner = conninfo (self, "ordersync_owner");
  return osy_db_check_durability (owner, error) && osy_db_migrate (owner, OSY_SQL_PREFIX, error);
}

static gboolean
compose (Daemon *self, GError **error)
{
  g_autofree char *app = conninfo (self, "ordersync_app");
  g_autofree char *relay = conninfo (self, "ordersync_relay");
  g_autofree char *sealer = conninfo (self, "ordersync_sealer");
  g_autofree char *key_turner = conninfo (self, "ordersync_keys");
  OsyComposerConfig config = {
      .data_dir = self->data_dir,
      .listen = osy_config_get (self->config, "listen"),
      .app_conninfo = app,
      .relay_conninfo = relay,
      .seal_conninfo = sealer,
      .keys_conninfo = key_turner,
      .key_provider = osy_config_get (self->config, "key-provider"),
      .order_deadline_ms = self->order_deadline_ms,
      .sendgrid_base_url = osy_config_get (self->config, "sendgrid-base-url"),
      .aligo_base_url = osy_config_get (self->config, "aligo-base-url"),
      .alimtalk_base_url = osy_config_get (self->config, "alimtalk-base-url"),
      .alert_look_s = self->alert_look_s,
      .private_hooks = g_str_equal (osy_config_get (self->config, "private-hooks"), "on"),
      .kakao_base_url = osy_config_get (self->config, "kakao-base-url"),
      .otlp_url = osy_config_get (self->config, "otlp-endpoint"),
      .edge = self->edge.port != 0 ? &self->edge : NULL,
      .toss = self->toss,
  };
  memcpy (config.limits, self->limits, sizeof config.limits);
  self->composer = osy_composer_new (&config, error);
  return self->composer != NULL;
}

static gboolean
start (Daemon *self, GError **error)
{
  if (!osy_data_dir_open (self->data_dir, &self->lock_fd, error) ||
      !osy_drop_root (self->data_dir, error) || !open_database (self, error) ||
      !compose (self, error))
    return FALSE;
  osy_composer_open (self->composer);
  return TRUE;
}

static void
say_ready (Daemon *self)
{
  JsonObject *line = json_object_new ();
  g_autofree char *now = osy_clock_format (osy_clock_now ());

  json_object_set_string_member (line, "event", "ready");
  json_object_set_string_member (line, "listen", osy_composer_address (self->composer));
  json_object_set_string_member (line, "timestamp", now);
  json_object_set_string_member (line, "version", OSY_VERSION);
  json_object_set_int_member (line, "pid", getpid ());
  g_autoptr (JsonNode) node = osy_json_take_object (line);
  g_autofree char *text = osy_json_print (node);
  osy_log_line (text);
}

static gboolean
stop_asked (gpointer data)
{
  g_main_loop_quit (((Daemon *)data)->loop);
  return G_SOURCE_REMOVE;
}

static void
stop (Daemon *self)
{
  if (self->composer != NULL)
    osy_composer_stop (self->composer);
  g_clear_pointer (&self->composer, osy_composer_free);
  if (self->postgres != NULL)
    osy_postgres_stop (self->postgres);
  g_clear_object (&self->postgres);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
}

static int
run (Daemon *self)
{
  g_autoptr (GError) error = NULL;
  int code = EXIT_OK;

  self->loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, stop_asked, self);
  g_unix_signal_add (SIGINT, stop_asked, self);
  if (start (self, &error)) {
    say_ready (self);
    osy_daemon_notify ("READY=1");
    g_main_loop_run (self->loop);
    osy_daemon_notify ("STOPPING=1");
  } else {
    code = fail (error);
  }
  stop (self);
  g_main_loop_unref (self->loop);
  return code;
}

static void
usage (void)
{
  g_autofree char *help = osy_config_help (keys);

  printf ("Usage: ordersyncd [OPTION…]\n\nThe backend of OrderSync.\n\n%s", help);
}

static void
print_routes (void)
{
  g_autoptr (JsonNode) routes = osy_composer_describe_routes ();
  g_autofree char *text = osy_json_print (routes);

  printf ("%s\n", text);
}

/* What asks about the program and starts nothing. */
static gboolean
answer_at_once (int argc, char **argv)
{
  const char *asked = argc > 1 ? argv[1] : "";

  if (g_str_equal (asked, "--help"))
    usage ();
  else if (g_str_equal (asked, "--version"))
    printf ("ordersyncd %s\n", OSY_VERSION);
  else if (g_str_equal (asked, "--print-routes"))
    print_routes ();
  else
    return FALSE;
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  Daemon daemon = {.lock_fd = -1};

  setlocale (LC_ALL, "C.UTF-8");
  /* What is looked up for calls to the internet must not ask for the settings of a desktop: the
   * daemon's user has no home to keep them in, and would complain of it in the log. */
  g_setenv ("GSETTINGS_BACKEND", "memory", FALSE);
  harden ();
  if (answer_at_once (argc, argv))
    return EXIT_OK;
  g_autoptr (OsyConfig) config = osy_config_load (keys, &argc, &argv, &error);
  if (config != NULL && argc > 1)
    error = g_error_new (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s is not an option; see --help.",
                         argv[1]);
  if (error != NULL || !check_values (config, &daemon.order_deadline_ms, &error) ||
      !read_number (config, "alert-look", &daemon.alert_look_s, &error) ||
      !read_limits (config, daemon.limits, &error) || !read_toss (config, &daemon.toss, &error) ||
      !check_otlp (config, &error)) {
    fail (error);
    return EXIT_USAGE;
  }
  osy_log_init ("ordersyncd", osy_config_get (config, "log-level"), TRUE);
  const char *data_dir = osy_config_get (config, "data-dir");
  g_autofree char *dir =
      data_dir ? g_canonicalize_filename (data_dir, NULL) : osy_config_default_data_dir ();
  daemon.config = config;
  daemon.data_dir = dir;
  if (!read_edge (&daemon, &error))
    return fail (error);
  return run (&daemon);
}
