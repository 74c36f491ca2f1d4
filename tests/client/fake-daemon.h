/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <libsoup/soup.h>

#include "osy-order.h"

/* A strict daemon in the test's own process: it knows the paths of the contract that the console
 * uses, refuses what the real one would refuse, and has switches for what goes wrong. */
typedef struct {
  SoupServer *server;
  char *base_url;

  /* what it knows */
  GHashTable *orders;  /* id → OsyOrder */
  GHashTable *answers; /* idempotency key → char* JSON */
  GPtrArray *events;   /* of JsonNode; seq = index + 1 */
  char *epoch;
  char *access_token;
  char *refresh_token;
  char *used_token; /* the one before; good for another 10 s */
  gint64 used_at;
  gint64 expires_in;
  gboolean setup_needed;
  const char *totp; /* nullable: what a sign-in must say as well */

  /* what it has seen */
  guint logins;
  guint logouts;
  guint refreshes;
  guint placed; /* orders, not replayed */
  guint acts;   /* carried out, not replayed */
  guint act_requests;
  guint polls;
  guint order_pages;
  guint redirected;
  guint faults; /* requests the real daemon would not understand */
  char *last_if_match;
  char *last_body;
  char *last_query;           /* q of the last list */
  GPtrArray *socket_messages; /* of char*, as received */
  guint handshakes;

  /* switches */
  guint lose_answers;    /* carry out, then cut the connection, this many times */
  guint refuse_requests; /* answer 503 this many times */
  guint conflict_acts;   /* answer 409 this many times */
  const char *reason;    /* nullable: with which acts are refused as out of state */
  int refuse_place;      /* OsyErrorCode of the answer to what is placed; 0: none */
  gboolean menu_changed; /* refuse what is placed, with the new price */
  gboolean refuse_refresh;
  gboolean refuse_sockets;
  gboolean mute; /* no heartbeats */
  gboolean redirect;
  gboolean break_json;
  gboolean may_unmask;
  gint64 hide_seq;    /* not sent live on the socket until asked for; 0: none */
  gint64 lost_before; /* history up to here is gone */
  guint page_size;
  SoupWebsocketConnection *socket; /* the newest */
  guint beat_id;
} FakeDaemon;

FakeDaemon *fake_daemon_new (void);
void fake_daemon_free (FakeDaemon *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeDaemon, fake_daemon_free)

/* A PENDING order with one line, number @number, stored. (transfer none) */
OsyOrder *fake_daemon_add_order (FakeDaemon *self, gint64 number);
/* The order's newest version. (transfer none) */
OsyOrder *fake_daemon_order (FakeDaemon *self, const char *id);
/* Carries out @act as staff at another screen would, with its event. */
void fake_daemon_act (FakeDaemon *self, const char *id, const char *act);
/* Numbers an event of @order and tells the sockets. */
void fake_daemon_publish (FakeDaemon *self, OsyOrder *order, const char *type);
/* As after a restore from a backup. */
void fake_daemon_new_epoch (FakeDaemon *self);
/* Sends @text as it is. */
void fake_daemon_say (FakeDaemon *self, const char *text);
/* Sends event @seq on the socket, again or out of turn. */
void fake_daemon_send_event (FakeDaemon *self, gint64 seq);
void fake_daemon_close_socket (FakeDaemon *self, gushort code);
gboolean fake_daemon_heard (FakeDaemon *self, const char *part);
