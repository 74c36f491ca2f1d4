/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One WebSocket on a descriptor taken over from MHD. wslay reads and judges what the client sends;
 * what the server sends are ready-made frames in a bounded queue. wslay's context is made with the
 * first byte received, so an idle socket is small. */

#include "osy-ws-private.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <wslay/wslay.h>

#include "osy-failpoint.h"

#define READ_BUDGET 16384 /* bytes read in one turn of the loop */
#define MESSAGE_MAX 16384
#define FRAGMENTS_MAX 256        /* of one message */
#define CONTROL_MAX 50           /* control frames a second */
#define QUEUE_BYTES (192 * 1024) /* with what is being read, 256 kB a socket at most */
#define QUEUE_FRAMES 256
#define WRITE_FRAMES 16 /* frames of one sendmsg() */
#define LINGER_US (2 * G_USEC_PER_SEC)

typedef enum {
  STATE_OPEN,
  STATE_CLOSING,  /* our close frame is queued */
  STATE_DRAINING, /* it was sent: reading until the peer hangs up */
  STATE_DEAD,
} State;

struct _OsyWs {
  GObject parent_instance;
  OsyWsLoop *loop; /* NULL once dead and released */
  GList link;
  int fd;
  char *client;
  State state;
  guint16 close_code;
  GQueue out; /* of GBytes frames */
  gsize out_bytes;
  gsize head_sent; /* bytes of the first frame already sent */
  gboolean watching_write;
  wslay_event_context_ptr wslay; /* nullable */
  GByteArray *control;           /* what wslay wants sent */
  GBytes *extra;                 /* (nullable): bytes that came with the handshake */
  gsize extra_used;
  gsize budget;
  guint16 fault; /* close code of a fault wslay does not see; 0: none */
  gboolean end_of_stream;
  guint n_fragments;
  guint n_control;
  gint64 control_window;
  gint64 heard;
  gint64 pinged;
  gint64 linger_until;
};

enum { SIGNAL_MESSAGE, SIGNAL_CLOSED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OsyWs, osy_ws, G_TYPE_OBJECT)

static void
osy_ws_finalize (GObject *object)
{
  OsyWs *self = OSY_WS (object);

  if (self->fd >= 0)
    close (self->fd);
  g_queue_clear_full (&self->out, (GDestroyNotify)g_bytes_unref);
  g_clear_pointer (&self->wslay, wslay_event_context_free);
  g_byte_array_unref (self->control);
  g_clear_pointer (&self->extra, g_bytes_unref);
  g_free (self->client);
  G_OBJECT_CLASS (osy_ws_parent_class)->finalize (object);
}

static void
osy_ws_class_init (OsyWsClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = osy_ws_finalize;
  signals[SIGNAL_MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
osy_ws_init (OsyWs *self)
{
  self->link.data = self;
  self->fd = -1;
  self->control = g_byte_array_new ();
  g_queue_init (&self->out);
}

OsyWs *
osy_ws_new (OsyWsLoop *loop, int fd, const char *client, GBytes *extra)
{
  OsyWs *self = g_object_new (OSY_TYPE_WS, NULL);

  self->loop = loop;
  self->fd = fd;
  self->client = g_strdup (client);
  self->extra = extra ? g_bytes_ref (extra) : NULL;
  self->heard = self->pinged = g_get_monotonic_time ();
  osy_ws_loop_add (loop, self);
  return self;
}

/* ---- the end ---- */

void
osy_ws_die (OsyWs *self, guint16 code)
{
  if (self->state == STATE_DEAD)
    return;
  if (self->state == STATE_OPEN)
    self->close_code = code;
  self->state = STATE_DEAD;
  osy_ws_loop_bury (self->loop, self);
}

void
osy_ws_finish (OsyWs *self)
{
  self->loop = NULL;
  close (self->fd);
  self->fd = -1;
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, (guint)self->close_code);
}

/* ---- sending ---- */

static void
drop_sent (OsyWs *self, gsize n)
{
  self->head_sent += n;
  while (!g_queue_is_empty (&self->out)) {
    GBytes *head = g_queue_peek_head (&self->out);
    gsize size = g_bytes_get_size (head);

    if (self->head_sent < size)
      return;
    self->head_sent -= size;
    self->out_bytes -= size;
    g_bytes_unref (g_queue_pop_head (&self->out));
  }
}

static gssize
send_some (OsyWs *self)
{
  struct iovec parts[WRITE_FRAMES];
  struct msghdr message = {.msg_iov = parts};
  gsize skip = self->head_sent;

  for (GList *l = self->out.head; l != NULL && message.msg_iovlen < WRITE_FRAMES; l = l->next) {
    gsize size;
    const char *data = g_bytes_get_data (l->data, &size);
    parts[message.msg_iovlen++] = (struct iovec){(void *)(data + skip), size - skip};
    skip = 0;
  }
  OSY_FAILPOINT ("ws.before-send");
  gssize sent = sendmsg (self->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
  OSY_FAILPOINT ("ws.after-send");
  return sent;
}

static void
after_flush (OsyWs *self)
{
  if (self->state != STATE_CLOSING)
    return;
  /* Half a close: the frame reaches a peer that is still sending, which a reset would prevent. */
  self->state = STATE_DRAINING;
  shutdown (self->fd, SHUT_WR);
}

static void
flush_out (OsyWs *self)
{
  gboolean blocked = FALSE;

  while (!g_queue_is_empty (&self->out) && !blocked) {
    gssize n = send_some (self);
    if (n > 0)
      drop_sent (self, (gsize)n);
    else if (n < 0 && errno == EINTR)
      continue;
    else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
      blocked = TRUE;
    else {
      osy_ws_die (self, 1006);
      return;
    }
  }
  if (blocked != self->watching_write) {
    self->watching_write = blocked;
    osy_ws_loop_watch_write (self->loop, self, blocked);
  }
  if (!blocked)
    after_flush (self);
}

static void
push (OsyWs *self, GBytes *frame)
{
  g_queue_push_tail (&self->out, g_bytes_ref (frame));
  self->out_bytes += g_bytes_get_size (frame);
}

/* What was begun must be finished, or the peer could not read the close frame after it. */
static void
forget_unsent (OsyWs *self)
{
  guint keep = self->head_sent > 0 ? 1 : 0;

  while (g_queue_get_length (&self->out) > keep) {
    GBytes *frame = g_queue_pop_tail (&self->out);
    self->out_bytes -= g_bytes_get_size (frame);
    g_bytes_unref (frame);
  }
}

/* @frames: what to send last: a close frame, after pongs that were due. */
static void
start_close (OsyWs *self, guint16 code, GBytes *frames)
{
  self->state = STATE_CLOSING;
  self->close_code = code;
  self->linger_until = g_get_monotonic_time () + LINGER_US;
  push (self, frames);
  flush_out (self);
}

void
osy_ws_close (OsyWs *self, guint16 code, const char *reason)
{
  g_autoptr (GBytes) frame = NULL;

  g_return_if_fail (OSY_IS_WS (self));
  if (self->state != STATE_OPEN)
    return;
  frame = osy_ws_frame_close (code, reason);
  start_close (self, code, frame);
}

void
osy_ws_send_frame (OsyWs *self, GBytes *frame)
{
  g_return_if_fail (OSY_IS_WS (self));
  if (self->state != STATE_OPEN)
    return;
  /* One frame may be larger than the queue: alone in it it can be sent. */
  if ((self->out_bytes > 0 && self->out_bytes + g_bytes_get_size (frame) > QUEUE_BYTES) ||
      g_queue_get_length (&self->out) >= QUEUE_FRAMES) {
    forget_unsent (self);
    osy_ws_close (self, 1013, "Too slow; resume later.");
    return;
  }
  push (self, frame);
  if (!self->watching_write)
    flush_out (self);
}

gboolean
osy_ws_is_behind (OsyWs *self)
{
  return self->out_bytes > QUEUE_BYTES / 2 || g_queue_get_length (&self->out) > QUEUE_FRAMES / 2;
}

void
osy_ws_send_text (OsyWs *self, const char *text, gssize len)
{
  g_autoptr (GBytes) frame = osy_ws_frame_text (text, len);

  osy_ws_send_frame (self, frame);
}

gboolean
osy_ws_is_open (OsyWs *self)
{
  return self->state == STATE_OPEN;
}

/* ---- receiving ---- */

static gssize
take_extra (OsyWs *self, guint8 *buffer, gsize len)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->extra, &size);
  gsize n = MIN (len, size - self->extra_used);

  memcpy (buffer, data + self->extra_used, n);
  self->extra_used += n;
  if (self->extra_used == size)
    g_clear_pointer (&self->extra, g_bytes_unref);
  return (gssize)n;
}

static gssize
read_cb (wslay_event_context_ptr wslay, uint8_t *buffer, size_t len, int flags, void *data)
{
  OsyWs *self = data;
  gssize n;

  if (self->extra != NULL)
    return take_extra (self, buffer, len);
  if (self->budget == 0 || self->state != STATE_OPEN || self->fault != 0) {
    wslay_event_set_error (wslay, WSLAY_ERR_WOULDBLOCK);
    return -1;
  }
  do
    n = recv (self->fd, buffer, MIN (len, self->budget), MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  if (n > 0) {
    self->budget -= (gsize)n;
    return n;
  }
  if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
    wslay_event_set_error (wslay, WSLAY_ERR_WOULDBLOCK);
    return -1;
  }
  self->end_of_stream = TRUE;
  wslay_event_set_error (wslay, WSLAY_ERR_CALLBACK_FAILURE);
  return -1;
}

static gssize
write_cb (wslay_event_context_ptr wslay, const uint8_t *bytes, size_t len, int flags, void *data)
{
  OsyWs *self = data;

  g_byte_array_append (self->control, bytes, (guint)len);
  return (gssize)len;
}

static gboolean
too_many_control (OsyWs *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->control_window > G_USEC_PER_SEC) {
    self->control_window = now;
    self->n_control = 0;
  }
  return ++self->n_control > CONTROL_MAX;
}

static void
frame_cb (wslay_event_context_ptr wslay,
          const struct wslay_event_on_frame_recv_start_arg *arg,
          void *data)
{
  OsyWs *self = data;

  if (wslay_is_ctrl_frame (arg->opcode)) {
    if (too_many_control (self))
      self->fault = 1008;
  } else {
    self->n_fragments = arg->opcode == WSLAY_CONTINUATION_FRAME ? self->n_fragments + 1 : 1;
    if (self->n_fragments > FRAGMENTS_MAX)
      self->fault = 1009;
  }
  if (self->fault != 0)
    wslay_event_shutdown_read (wslay);
}

static guint16
message_fault (const struct wslay_event_on_msg_recv_arg *arg)
{
  if (arg->opcode == WSLAY_CONNECTION_CLOSE)
    return arg->msg_length == 1 ? 1002 : 0; /* half a code; wslay lets it pass */
  if (arg->opcode == WSLAY_BINARY_FRAME)
    return 1003;
  if (arg->opcode == WSLAY_TEXT_FRAME && arg->msg_length > 0 &&
      memchr (arg->msg, '\0', arg->msg_length))
    return 1008;
  return 0;
}

static void
message_cb (wslay_event_context_ptr wslay,
            const struct wslay_event_on_msg_recv_arg *arg,
            void *data)
{
  OsyWs *self = data;
  g_autofree char *text = NULL;

  if (self->state != STATE_OPEN || self->fault != 0)
    return;
  self->fault = message_fault (arg);
  if (self->fault != 0) {
    wslay_event_shutdown_read (wslay);
    return;
  }
  if (arg->opcode != WSLAY_TEXT_FRAME)
    return;
  text = g_strndup (arg->msg_length ? (const char *)arg->msg : "", arg->msg_length);
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, text);
}

static gboolean
ensure_wslay (OsyWs *self)
{
  static const struct wslay_event_callbacks callbacks = {
      .recv_callback = read_cb,
      .send_callback = write_cb,
      .on_frame_recv_start_callback = frame_cb,
      .on_msg_recv_callback = message_cb,
  };

  if (self->wslay != NULL)
    return TRUE;
  if (wslay_event_context_server_init (&self->wslay, &callbacks, self) != 0)
    return FALSE;
  wslay_event_config_set_max_recv_msg_length (self->wslay, MESSAGE_MAX);
  return TRUE;
}

static const char *
fault_reason (guint16 code)
{
  switch (code) {
  case 1003: return "Send text messages.";
  case 1008: return "Too many control frames, or a message with U+0000.";
  case 1009: return "The message is too big or in too many fragments.";
  default: return "The frames are not valid.";
  }
}

/* Sends what wslay has to say: pongs, and its own close frame. */
static void
send_control (OsyWs *self)
{
  g_autoptr (GBytes) frames = NULL;

  wslay_event_send (self->wslay);
  if (self->control->len == 0)
    return;
  frames = g_bytes_new (self->control->data, self->control->len);
  g_byte_array_set_size (self->control, 0);
  if (wslay_event_get_read_enabled (self->wslay))
    osy_ws_send_frame (self, frames);
  else if (wslay_event_get_close_received (self->wslay))
    start_close (self, wslay_event_get_status_code_received (self->wslay), frames);
  else
    start_close (self, wslay_event_get_status_code_sent (self->wslay), frames);
}

static void
receive (OsyWs *self)
{
  int rc;

  self->heard = g_get_monotonic_time ();
  self->budget = READ_BUDGET;
  if (!ensure_wslay (self)) {
    osy_ws_die (self, 1006);
    return;
  }
  rc = wslay_event_recv (self->wslay);
  if (self->end_of_stream)
    osy_ws_die (self, 1006);
  if (self->state != STATE_OPEN)
    return;
  if (self->fault != 0)
    osy_ws_close (self, self->fault, fault_reason (self->fault));
  else if (rc != 0)
    osy_ws_close (self, 1002, fault_reason (1002));
  else if (wslay_event_want_write (self->wslay))
    send_control (self);
}

static void
discard (OsyWs *self)
{
  guint8 scratch[READ_BUDGET];
  gssize n = recv (self->fd, scratch, sizeof scratch, MSG_DONTWAIT);

  if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
    osy_ws_die (self, 1006);
}

void
osy_ws_on_io (OsyWs *self, guint32 events)
{
  if (events & EPOLLOUT)
    flush_out (self);
  if (self->state == STATE_DEAD || !(events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
    return;
  if (self->state == STATE_OPEN)
    receive (self);
  else
    discard (self);
}

void
osy_ws_read_early (OsyWs *self)
{
  receive (self);
}

void
osy_ws_on_tick (OsyWs *self, gint64 now, const OsyHttpConfig *config)
{
  if (self->state != STATE_OPEN) {
    if (now >= self->linger_until)
      osy_ws_die (self, 1006);
    return;
  }
  if (now - self->heard >= (gint64)config->ws_silence_ms * 1000) {
    osy_ws_die (self, 1006);
    return;
  }
  if (now - self->pinged >= (gint64)config->ws_ping_ms * 1000) {
    g_autoptr (GBytes) ping = osy_ws_frame (WSLAY_PING, NULL, 0);
    self->pinged = now;
    osy_ws_send_frame (self, ping);
  }
}

/* ---- for the loop ---- */

GList *
osy_ws_link (OsyWs *self)
{
  return &self->link;
}

int
osy_ws_fd (OsyWs *self)
{
  return self->fd;
}

const char *
osy_ws_client (OsyWs *self)
{
  return self->client;
}

gboolean
osy_ws_is_dead (OsyWs *self)
{
  return self->state == STATE_DEAD;
}
