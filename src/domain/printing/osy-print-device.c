/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The way to one printer: TCP port 9100 or /dev/usb/lp*, asked before a slip and after it. Many
 * printers never answer; those are believed. */

#include "osy-print-device.h"

#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <string.h>

#include "osy-printing.h"

const OsyPrintPatience osy_print_patience = {3000, 1500, 30000, 20000};

/* Three questions of real time: state, cause, paper. */
#define ASK "\x10\x04\x01\x10\x04\x02\x10\x04\x04"
#define ANSWERS 3
/* Answered in its turn, so once all before it was worked through. */
#define CONFIRM "\x1d\x72\x01"
/* Of a printer that says nothing: as long as it may take to close its end. */
#define LINGER_MS 300

struct _OsyPrintDevice {
  OsyPrintPatience patience;
  GIOStream *stream;
  gboolean mute;
  guint8 answers[16];
};

void
osy_print_device_free (OsyPrintDevice *self)
{
  if (self->stream != NULL)
    g_io_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  g_free (self);
}

gboolean
osy_print_device_is_mute (const OsyPrintDevice *self)
{
  return self->mute;
}

/* ---- one step with an end ---- */

/** A read or a write that is given up when its time is over, or the whole is. */
typedef struct {
  GCancellable *cancellable;
  GCancellable *outer; /* nullable */
  gulong handler;
  guint timer;
} Limit;

static gboolean
time_over (gpointer data)
{
  Limit *limit = data;

  limit->timer = 0;
  g_cancellable_cancel (limit->cancellable);
  return G_SOURCE_REMOVE;
}

static void
give_up (GCancellable *outer, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
limit_start (Limit *limit, GCancellable *outer, guint ms)
{
  limit->cancellable = g_cancellable_new ();
  limit->timer = g_timeout_add (ms, time_over, limit);
  limit->outer = outer != NULL ? g_object_ref (outer) : NULL;
  if (outer != NULL)
    limit->handler = g_cancellable_connect (outer, G_CALLBACK (give_up), limit->cancellable, NULL);
}

static void
limit_end (Limit *limit)
{
  if (limit->outer != NULL)
    g_cancellable_disconnect (limit->outer, limit->handler);
  g_clear_object (&limit->outer);
  g_clear_handle_id (&limit->timer, g_source_remove);
  g_clear_object (&limit->cancellable);
}

/** Asking, and reading what comes back. */
typedef struct {
  OsyPrintDevice *device; /* unowned while printing; owned by the task while opening */
  Limit limit;
  gsize wanted;
  gsize got;
  gboolean owned;
  GBytes *bytes; /* (nullable): the slip */
  gboolean begun;
} Talk;

static void
talk_free (gpointer data)
{
  Talk *talk = data;

  limit_end (&talk->limit);
  if (talk->owned)
    g_clear_pointer (&talk->device, osy_print_device_free);
  g_clear_pointer (&talk->bytes, g_bytes_unref);
  g_free (talk);
}

typedef void (*Heard) (GTask *task);

static void read_more (GTask *task, Heard heard);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Talk *talk = g_task_get_task_data (task);
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  Heard heard = (Heard)g_object_get_data (G_OBJECT (task), "heard");

  if (n > 0) {
    talk->got += (gsize)n;
    if (talk->got < talk->wanted) {
      read_more (task, heard);
      return;
    }
  }
  limit_end (&talk->limit);
  heard (task);
}

/* Until there are as many bytes as wanted, the end, or the time is over. */
static void
read_more (GTask *task, Heard heard)
{
  Talk *talk = g_task_get_task_data (task);

  g_object_set_data (G_OBJECT (task), "heard", (gpointer)heard);
  g_input_stream_read_async (g_io_stream_get_input_stream (talk->device->stream),
                             talk->device->answers + talk->got, talk->wanted - talk->got,
                             G_PRIORITY_DEFAULT, talk->limit.cancellable, read_cb,
                             g_object_ref (task));
}

static void
listen_for (GTask *task, gsize wanted, guint ms, Heard heard)
{
  Talk *talk = g_task_get_task_data (task);

  talk->wanted = wanted;
  talk->got = 0;
  limit_start (&talk->limit, g_task_get_cancellable (task), ms);
  read_more (task, heard);
}

/* ---- how it is ---- */

/* Every answer of real time has the same four bits (integrations 4.1). */
static gboolean
is_answer (guint8 byte)
{
  return (byte & 0x93) == 0x12;
}

static const char *
problem_of (const guint8 *answers)
{
  guint8 state = answers[0], cause = answers[1], paper = answers[2];

  if (!is_answer (state) || !is_answer (cause) || !is_answer (paper))
    return NULL;
  if (cause & 0x04)
    return OSY_PRINTER_COVER;
  if (cause & 0x20 || paper & 0x60)
    return OSY_PRINTER_PAPER_END;
  if (cause & 0x40)
    return OSY_PRINTER_UNKNOWN;
  if (state & 0x08)
    return OSY_PRINTER_OFF;
  return paper & 0x0c ? OSY_PRINTER_PAPER_LOW : NULL;
}

static void
return_device (GTask *task, const char *problem)
{
  Talk *talk = g_task_get_task_data (task);

  g_object_set_data (G_OBJECT (task), "problem", (gpointer)problem);
  if (problem != NULL && !g_str_equal (problem, OSY_PRINTER_PAPER_LOW)) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }
  talk->owned = FALSE;
  g_task_return_pointer (task, talk->device, (GDestroyNotify)osy_print_device_free);
}

static void
state_heard (GTask *task)
{
  Talk *talk = g_task_get_task_data (task);

  talk->device->mute = talk->got < ANSWERS;
  return_device (task, talk->device->mute ? NULL : problem_of (talk->device->answers));
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Talk *talk = g_task_get_task_data (task);
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  limit_end (&talk->limit);
  if (ok)
    listen_for (task, ANSWERS, talk->device->patience.answer, state_heard);
  else
    return_device (task, OSY_PRINTER_OFF);
}

static void
write_with_limit (GTask *task, const void *data, gsize size, guint ms, GAsyncReadyCallback callback)
{
  Talk *talk = g_task_get_task_data (task);

  limit_start (&talk->limit, g_task_get_cancellable (task), ms);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (talk->device->stream), data, size,
                                   G_PRIORITY_DEFAULT, talk->limit.cancellable, callback,
                                   g_object_ref (task));
}

static void
opened (GTask *task)
{
  Talk *talk = g_task_get_task_data (task);

  if (talk->device->mute)
    return_device (task, NULL);
  else
    write_with_limit (task, ASK, sizeof ASK - 1, talk->device->patience.answer, asked_cb);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Talk *talk = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection =
      g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result, &error);

  limit_end (&talk->limit);
  if (connection == NULL) {
    g_debug ("printer: %s", error->message);
    return_device (task, OSY_PRINTER_OFF);
    return;
  }
  talk->device->stream = G_IO_STREAM (connection);
  opened (task);
}

/* ENXIO and EIO are what a printer that is off says. */
static void
open_file (GTask *task, const char *path)
{
  Talk *talk = g_task_get_task_data (task);
  int fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0) {
    return_device (task, OSY_PRINTER_OFF);
    return;
  }
  g_autoptr (GInputStream) input = g_unix_input_stream_new (fd, TRUE);
  g_autoptr (GOutputStream) output = g_unix_output_stream_new (fd, FALSE);
  talk->device->stream = g_simple_io_stream_new (input, output);
  opened (task);
}

void
osy_print_device_open_async (const OsyPrintPlace *place,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Talk *talk = g_new0 (Talk, 1);

  talk->device = g_new0 (OsyPrintDevice, 1);
  talk->device->patience = *place->patience;
  talk->device->mute = place->mute;
  talk->owned = TRUE;
  g_task_set_task_data (task, talk, talk_free);
  if (g_str_equal (place->transport, "USB")) {
    open_file (task, place->address);
    return;
  }
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  limit_start (&talk->limit, cancellable, place->patience->connect);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_to_host_async (client, place->address, 9100, talk->limit.cancellable,
                                         connected_cb, g_object_ref (task));
}

OsyPrintDevice *
osy_print_device_open_finish (GAsyncResult *result, const char **problem)
{
  OsyPrintDevice *device = g_task_propagate_pointer (G_TASK (result), NULL);

  *problem = g_object_get_data (G_OBJECT (result), "problem");
  if (device == NULL && *problem == NULL)
    *problem = OSY_PRINTER_UNKNOWN;
  return device;
}

/* ---- a slip ---- */

static void
return_outcome (GTask *task, gboolean done, const char *problem)
{
  Talk *talk = g_task_get_task_data (task);
  OsyPrintOutcome *outcome = g_new0 (OsyPrintOutcome, 1);

  *outcome = (OsyPrintOutcome){talk->begun, done, done ? NULL : problem};
  g_task_return_pointer (task, outcome, g_free);
}

static void
cause_heard (GTask *task)
{
  Talk *talk = g_task_get_task_data (task);
  const char *problem = talk->got == ANSWERS ? problem_of (talk->device->answers) : OSY_PRINTER_OFF;

  return_outcome (task, FALSE, problem != NULL ? problem : OSY_PRINTER_UNKNOWN);
}

static void
cause_asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Talk *talk = g_task_get_task_data (task);
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);

  limit_end (&talk->limit);
  if (ok)
    listen_for (task, ANSWERS, talk->device->patience.answer, cause_heard);
  else
    return_outcome (task, FALSE, OSY_PRINTER_OFF);
}

static void
confirm_heard (GTask *task)
{
  Talk *talk = g_task_get_task_data (task);

  if (talk->got > 0)
    return_outcome (task, TRUE, NULL);
  else
    write_with_limit (task, ASK, sizeof ASK - 1, talk->device->patience.answer, cause_asked_cb);
}

static void
end_heard (GTask *task)
{
  return_outcome (task, TRUE, NULL);
}

static void
half_close (OsyPrintDevice *device)
{
  if (G_IS_SOCKET_CONNECTION (device->stream))
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (device->stream)), FALSE,
                       TRUE, NULL);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Talk *talk = g_task_get_task_data (task);
  gsize written = 0;
  gboolean ok = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &written, NULL);

  limit_end (&talk->limit);
  talk->begun = written > 0;
  if (!ok) {
    return_outcome (task, FALSE, OSY_PRINTER_OFF);
  } else if (talk->device->mute) {
    half_close (talk->device);
    listen_for (task, 1, LINGER_MS, end_heard);
  } else {
    listen_for (task, 1, talk->device->patience.confirm, confirm_heard);
  }
}

void
osy_print_device_print_async (OsyPrintDevice *device,
                              GBytes *bytes,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Talk *talk = g_new0 (Talk, 1);
  GByteArray *all = g_byte_array_new ();
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_byte_array_append (all, data, (guint)size);
  if (!device->mute)
    g_byte_array_append (all, (const guint8 *)CONFIRM, sizeof CONFIRM - 1);
  talk->device = device;
  talk->bytes = g_byte_array_free_to_bytes (all);
  g_task_set_task_data (task, talk, talk_free);
  data = g_bytes_get_data (talk->bytes, &size);
  write_with_limit (task, data, size, device->patience.write, written_cb);
}

void
osy_print_device_print_finish (GAsyncResult *result, OsyPrintOutcome *outcome)
{
  g_autofree OsyPrintOutcome *found = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Given up in the middle: nobody knows. */
  *outcome = found != NULL ? *found : (OsyPrintOutcome){TRUE, FALSE, OSY_PRINTER_UNKNOWN};
}
