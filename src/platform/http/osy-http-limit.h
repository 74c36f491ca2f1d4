/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Classes of requests that share a pace; who does not sign in cannot use up the pace of who did.
 */
typedef enum {
  OSY_LIMIT_SIGN_IN, /* what takes a secret that could be guessed; by client */
  OSY_LIMIT_RENEW,   /* what takes a long random token instead of a password; by client */
  OSY_LIMIT_ORDER,   /* what guests write; by client */
  OSY_LIMIT_READ,    /* what guests read, and whatever finds no route; by client */
  OSY_LIMIT_SOCKET,  /* WebSockets of guests; by client */
  OSY_LIMIT_STAFF,   /* all that signed-in people do; by session */
  OSY_LIMIT_HEAVY,   /* imports of signed-in people; by session */
  OSY_N_LIMITS
} OsyLimitClass;

/** One class: @count requests at once, then one each @window_s / @count. */
typedef struct {
  const char *name; /* "sign-in": the daemon's key is "limit-sign-in" */
  guint count;
  guint window_s;
  /* The same for programs of this machine, where everybody has one address; 0: no limit. */
  guint local_factor;
} OsyLimitRow;

/** osy_http_limit_rows: one for each class, in their order. */
extern const OsyLimitRow osy_http_limit_rows[OSY_N_LIMITS];

/** Pace of many clients (GCRA: one time stamp a key), in memory of a fixed size. Main thread. */
typedef struct _OsyHttpLimit OsyHttpLimit;

/** osy_http_limit_new: @counts: for each class instead of the table's; 0 keeps it. */
OsyHttpLimit *osy_http_limit_new (const guint counts[OSY_N_LIMITS]);
void osy_http_limit_free (OsyHttpLimit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyHttpLimit, osy_http_limit_free)

/**
 * osy_http_limit_take:
 * @key: who asks: osy_http_limit_client_key() or a session
 * @local: whether a program of this machine asks
 *
 * Counts one request. Returns: 0 when it may pass; otherwise, and then it was not counted, the
 * seconds after which one would pass, to the second.
 */
guint osy_http_limit_take (OsyHttpLimit *self, OsyLimitClass class, const char *key, gboolean local)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_http_limit_refused: Returns: how many requests of @class were refused, for metrics. */
guint64 osy_http_limit_refused (OsyHttpLimit *self, OsyLimitClass class);

/** osy_http_limit_keys: Returns: of how many clients and sessions something is remembered. */
guint osy_http_limit_keys (OsyHttpLimit *self);

/** osy_http_limit_client_key: Returns: (transfer full): what counts as one client: an IPv4 address,
 * the /64 of an IPv6 one, which is the least that a provider hands out; other words as they are. */
char *osy_http_limit_client_key (const char *client);

G_END_DECLS
