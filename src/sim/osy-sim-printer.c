/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* "printer": a receipt printer on TCP. What it prints goes to --output, what happens to standard
 * output as lines of JSON; standard input makes it run out of paper, slow, or die. */

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <string.h>

#include "osy-json.h"
#include "osy-sim-command.h"
#include "osy-sim-escpos.h"

typedef struct {
  GMainLoop *loop;
  GSocketService *service;
  OsySimEscpos *reader;
  char *output;
  guint slips, kicks, faults;
  /* how it is */
  gboolean paper_end, paper_low, cover, offline;
  gboolean mute;    /* never answers */
  gboolean swallow; /* takes all, prints nothing */
  gint64 slow;      /* bytes a second; 0: at once */
  gint64 die_after; /* bytes until the line is cut; 0: never */
  GByteArray *backlog;
  GSocketConnection *client; /* nullable */
  guint8 buffer[65536];
} Printer;

static void
tell (const char *event, JsonObject *more)
{
  g_autoptr (JsonNode) node = osy_json_take_object (more);

  json_object_set_string_member (more, "event", event);
  g_autofree char *text = osy_json_print (node);
  g_print ("%s\n", text);
}

/* ---- what the reader asks ---- */

static void
cut_cb (const OsySimSlip *slip, gpointer user_data)
{
  Printer *self = user_data;
  JsonObject *object = json_object_new ();

  self->slips++;
  if (self->output != NULL) {
    g_autofree char *path = g_strdup_printf ("%s/slip-%03u.png", self->output, self->slips);
    cairo_surface_write_to_png (slip->paper, path);
  }
  json_object_set_int_member (object, "slip", self->slips);
  json_object_set_int_member (object, "pictures", slip->pictures);
  json_object_set_string_member (object, "text", slip->text);
  tell ("cut", object);
}

static void
kick_cb (gpointer user_data)
{
  Printer *self = user_data;

  self->kicks++;
  tell ("kick", json_object_new ());
}

static void
fault_cb (const char *what, gpointer user_data)
{
  Printer *self = user_data;
  JsonObject *object = json_object_new ();

  self->faults++;
  json_object_set_string_member (object, "what", what);
  tell ("fault", object);
}

static guint8
state_cb (guint8 question, gpointer user_data)
{
  const Printer *self = user_data;
  gboolean stopped = self->paper_end || self->cover || self->offline;

  switch (question) {
  case 1: return stopped ? 0x1a : 0x12;
  case 2: return (guint8)(0x12 | (self->cover ? 0x04 : 0) | (self->paper_end ? 0x20 : 0));
  case 4: return (guint8)(0x12 | (self->paper_low ? 0x0c : 0) | (self->paper_end ? 0x60 : 0));
  default: return 0x12;
  }
}

static void
answer_cb (guint8 byte, gpointer user_data)
{
  Printer *self = user_data;

  if (self->client != NULL && !self->mute)
    g_socket_send (g_socket_connection_get_socket (self->client), (const char *)&byte, 1, NULL,
                   NULL);
}

/* ---- bytes ---- */

static gboolean
is_stopped (const Printer *self)
{
  return self->paper_end || self->cover || self->offline;
}

/* Questions of real time are answered whatever else waits. */
static gboolean
answer_at_once (Printer *self, const guint8 *data, gsize len)
{
  if (len % 3 != 0 || len > 12)
    return FALSE;
  for (gsize i = 0; i < len; i += 3)
    if (data[i] != 0x10 || data[i + 1] != 4 || data[i + 2] < 1 || data[i + 2] > 4)
      return FALSE;
  for (gsize i = 0; i < len; i += 3)
    answer_cb (state_cb (data[i + 2], self), self);
  return TRUE;
}

static void
work (Printer *self, guint most)
{
  guint n = MIN (self->backlog->len, most);

  if (is_stopped (self) || n == 0)
    return;
  g_autoptr (GByteArray) now = g_byte_array_new ();
  g_byte_array_append (now, self->backlog->data, n);
  g_byte_array_remove_range (self->backlog, 0, n);
  osy_sim_escpos_feed (self->reader, now->data, now->len);
}

static gboolean
tick (gpointer user_data)
{
  Printer *self = user_data;

  if (self->slow > 0)
    work (self, (guint)MAX (self->slow / 20, 1));
  return G_SOURCE_CONTINUE;
}

static void
hang_up (Printer *self)
{
  if (self->client != NULL)
    g_io_stream_close (G_IO_STREAM (self->client), NULL, NULL);
  g_clear_object (&self->client);
}

/* Off in the middle of a slip: what it had is lost, and nobody listens any more. */
static void
die (Printer *self)
{
  self->die_after = 0;
  hang_up (self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_byte_array_set_size (self->backlog, 0);
  osy_sim_escpos_reset (self->reader);
  tell ("died", json_object_new ());
}

static void read_next (Printer *self);

static void
take (Printer *self, const guint8 *data, gsize len)
{
  if (answer_at_once (self, data, len) || self->swallow)
    return;
  if (self->die_after > 0 && (gint64)len >= self->die_after) {
    die (self);
    return;
  }
  if (self->die_after > 0)
    self->die_after -= (gint64)len;
  g_byte_array_append (self->backlog, data, (guint)len);
  if (self->slow == 0)
    work (self, G_MAXUINT);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Printer *self = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  gboolean mine = self->client != NULL &&
                  source == G_OBJECT (g_io_stream_get_input_stream (G_IO_STREAM (self->client)));

  if (n > 0 && mine)
    take (self, self->buffer, (gsize)n);
  if (n > 0 && mine && self->client != NULL)
    read_next (self);
  else if (mine)
    hang_up (self);
}

static void
read_next (Printer *self)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (self->client)),
                             self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT, NULL, read_cb,
                             self);
}

/* One at a time: the next waits in the socket's queue, as at the printers one can buy. */
static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  Printer *self = user_data;

  hang_up (self);
  self->client = g_object_ref (connection);
  read_next (self);
  return TRUE;
}

/* ---- commands on standard input ---- */

static gboolean
listen_at (Printer *self, const char *address, GError **error)
{
  g_autoptr (GSocketConnectable) place = g_network_address_parse (address, 9100, error);
  if (place == NULL)
    return FALSE;
  g_autoptr (GInetAddress) inet =
      g_inet_address_new_from_string (g_network_address_get_hostname (G_NETWORK_ADDRESS (place)));
  if (inet == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is no address.", address);
    return FALSE;
  }
  g_autoptr (GSocketAddress) socket =
      g_inet_socket_address_new (inet, g_network_address_get_port (G_NETWORK_ADDRESS (place)));
  g_clear_object (&self->service);
  self->service = g_socket_service_new ();
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  return g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), socket,
                                        G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, NULL,
                                        error);
}

static void
tell_status (const Printer *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "slips", self->slips);
  json_object_set_int_member (object, "kicks", self->kicks);
  json_object_set_int_member (object, "faults", self->faults);
  json_object_set_boolean_member (
      object, "whole", self->backlog->len == 0 && osy_sim_escpos_is_whole (self->reader));
  tell ("status", object);
}

static char *listen_address;

static void
obey (Printer *self, const char *word, const char *value)
{
  gboolean on = g_str_equal (value, "on");

  if (g_str_equal (word, "paper")) {
    self->paper_end = g_str_equal (value, "end");
    self->paper_low = g_str_equal (value, "low");
  } else if (g_str_equal (word, "cover")) {
    self->cover = g_str_equal (value, "open");
  } else if (g_str_equal (word, "offline")) {
    self->offline = on;
  } else if (g_str_equal (word, "mute")) {
    self->mute = on;
  } else if (g_str_equal (word, "swallow")) {
    self->swallow = on;
  } else if (g_str_equal (word, "slow")) {
    self->slow = g_ascii_strtoll (value, NULL, 10);
  } else if (g_str_equal (word, "die")) {
    self->die_after = MAX (g_ascii_strtoll (value, NULL, 10), 1);
  } else if (g_str_equal (word, "off")) {
    die (self);
  } else if (g_str_equal (word, "alive")) {
    g_autoptr (GError) error = NULL;
    if (!listen_at (self, listen_address, &error))
      g_printerr ("ordersync-sim: %s\n", error->message);
  } else if (!g_str_equal (word, "status")) {
    g_printerr ("ordersync-sim: There is no command %s.\n", word);
    return;
  }
  if (self->slow == 0)
    work (self, G_MAXUINT);
  tell_status (self);
}

static void
command_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Printer *self = user_data;
  GDataInputStream *input = G_DATA_INPUT_STREAM (source);
  g_autofree char *line = g_data_input_stream_read_line_finish (input, result, NULL, NULL);

  if (line == NULL) {
    g_main_loop_quit (self->loop);
    return;
  }
  g_auto (GStrv) words = g_strsplit (g_strstrip (line), " ", 2);
  if (words[0] != NULL)
    obey (self, words[0], words[1] != NULL ? words[1] : "");
  g_data_input_stream_read_line_async (input, G_PRIORITY_DEFAULT, NULL, command_cb, self);
}

int
osy_sim_printer (int argc, char **argv)
{
  Printer self = {NULL};
  int width = 80;
  const GOptionEntry entries[] = {
      {"listen", 0, 0, G_OPTION_ARG_STRING, &listen_address, "Where to listen", "HOST:PORT"},
      {"output", 0, 0, G_OPTION_ARG_FILENAME, &self.output, "Folder for pictures of slips", "DIR"},
      {"width", 0, 0, G_OPTION_ARG_INT, &width, "Of the paper: 58 or 80", "MM"},
      {NULL},
  };
  static const OsySimEscposDuties duties = {cut_cb, kick_cb, fault_cb, state_cb, answer_cb};
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || listen_address == NULL ||
      !listen_at (&self, listen_address, &error)) {
    g_printerr ("ordersync-sim: %s\n", error != NULL ? error->message : "Say where to --listen.");
    return 2;
  }
  self.loop = g_main_loop_new (NULL, FALSE);
  self.backlog = g_byte_array_new ();
  self.reader = osy_sim_escpos_new (width == 58 ? 384 : 576, &duties, &self);
  g_autoptr (GInputStream) in = g_unix_input_stream_new (0, FALSE);
  g_autoptr (GDataInputStream) commands = g_data_input_stream_new (in);
  g_data_input_stream_read_line_async (commands, G_PRIORITY_DEFAULT, NULL, command_cb, &self);
  g_timeout_add (50, tick, &self);
  tell ("ready", json_object_new ());
  g_main_loop_run (self.loop);
  hang_up (&self);
  g_clear_object (&self.service);
  osy_sim_escpos_free (self.reader);
  g_byte_array_unref (self.backlog);
  g_main_loop_unref (self.loop);
  return self.faults == 0 ? 0 : 1;
}
