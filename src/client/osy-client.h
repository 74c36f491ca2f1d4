/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "osy-error.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** The daemon's REST API as typed calls (libsoup3, HTTP/1, no redirects, no cookies). Every call
 * has a time-out of 10 s; errors are OSY_ERROR as the daemon sent them, UNAVAILABLE when none
 * answered. */
#define OSY_TYPE_CLIENT (osy_client_get_type ())
G_DECLARE_FINAL_TYPE (OsyClient, osy_client, OSY, CLIENT, GObject)

/** osy_client_new: @base_url: "http://127.0.0.1:8480". */
OsyClient *osy_client_new (const char *base_url);
const char *osy_client_base_url (OsyClient *self);

/* Properties: "signed-in" (gboolean, notify), "shop-name", "person-name", "access-token",
 * "refresh-token", "device-token" (nullable text, notify). A refused renewal signs out. */

/** osy_client_ready_async: GET /ready. FALSE with the error says which part is missing. */
void
osy_client_ready_async (OsyClient *self, GCancellable *c, GAsyncReadyCallback cb, gpointer data);
gboolean osy_client_ready_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** osy_client_setup_status_async: GET /setup: whether a shop exists yet. */
void osy_client_setup_status_async (OsyClient *self,
                                    GCancellable *c,
                                    GAsyncReadyCallback cb,
                                    gpointer data);
gboolean osy_client_setup_status_finish (OsyClient *self,
                                         GAsyncResult *result,
                                         gboolean *needed,
                                         GError **error);

/** osy_client_setup_async: POST /setup with the one-time code of the data directory; signs in. */
typedef struct {
  const char *code;
  const char *shop_name;
  const char *business_number; /* nullable */
  const char *owner_email;
  const char *owner_password;
} OsyClientSetup;
void osy_client_setup_async (OsyClient *self,
                             const OsyClientSetup *setup,
                             GCancellable *c,
                             GAsyncReadyCallback cb,
                             gpointer data);
gboolean osy_client_setup_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** osy_client_login_async: keeps the tokens and renews them by itself. */
void osy_client_login_async (OsyClient *self,
                             const char *email,
                             const char *password,
                             GCancellable *c,
                             GAsyncReadyCallback cb,
                             gpointer data);
/** osy_client_sign_in_async: the same with all that can be said. Finish: osy_client_login_finish();
 * TOTP_REQUIRED when the account has a second factor and @totp is NULL. */
typedef struct {
  const char *email;
  const char *password;
  const char *totp;          /* nullable */
  const char *restaurant_id; /* (nullable): the shop; NULL: the one worked in longest */
} OsyClientSignIn;
void osy_client_sign_in_async (OsyClient *self,
                               const OsyClientSignIn *sign_in,
                               GCancellable *c,
                               GAsyncReadyCallback cb,
                               gpointer data);
gboolean osy_client_login_finish (OsyClient *self, GAsyncResult *result, GError **error);
/** osy_client_resume_async: signs in with a refresh token kept before. */
void osy_client_resume_async (OsyClient *self,
                              const char *refresh_token,
                              GCancellable *c,
                              GAsyncReadyCallback cb,
                              gpointer data);
gboolean osy_client_resume_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** osy_client_join_async: accepts an invitation: makes the account, or joins with the one there is;
 * signs in. Finish: osy_client_login_finish(). */
typedef struct {
  const char *code;
  const char *email;
  const char *password;
  const char *name; /* nullable */
} OsyClientJoin;
void osy_client_join_async (OsyClient *self,
                            const OsyClientJoin *join,
                            GCancellable *c,
                            GAsyncReadyCallback cb,
                            gpointer data);
/** osy_client_pair_async: makes this a screen of the shop that gave @code; works without a person
 * from then on. Finish: osy_client_login_finish(). */
void osy_client_pair_async (OsyClient *self,
                            const char *code,
                            GCancellable *c,
                            GAsyncReadyCallback cb,
                            gpointer data);
/** osy_client_resume_device_async: works on as the screen whose token was kept. Finish:
 * osy_client_resume_finish(). */
void osy_client_resume_device_async (OsyClient *self,
                                     const char *device_token,
                                     GCancellable *c,
                                     GAsyncReadyCallback cb,
                                     gpointer data);
void osy_client_logout (OsyClient *self);
/** (transfer none) (nullable): to be kept by the console; changes at every renewal
 * ("notify::refresh-token"). */
const char *osy_client_refresh_token (OsyClient *self);
const char *osy_client_access_token (OsyClient *self);
/** (transfer none) (nullable): of a paired screen; kept likewise ("notify::device-token"). */
const char *osy_client_device_token (OsyClient *self);

/** osy_client_open_orders_async: every open order of the shop, all pages. Finish: GPtrArray of
 * OsyOrder. */
void osy_client_open_orders_async (OsyClient *self,
                                   GCancellable *c,
                                   GAsyncReadyCallback cb,
                                   gpointer data);
GPtrArray *osy_client_open_orders_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** What a page of orders is cut down to; unset members cut nothing. */
typedef struct {
  const char *day;    /* (nullable): business day, YYYY-MM-DD */
  const char *q;      /* (nullable): number, amount, phone, guest's name or item, as typed */
  const char *status; /* (nullable): states, separated by commas */
  const char *cursor; /* (nullable): of the page before */
  guint limit;        /* 1…100; 0: 100 */
} OsyClientOrderQuery;

/** osy_client_orders_async: one page of the shop's orders, newest first. Finish: GPtrArray of
 * OsyOrder; @next_cursor: (out) (optional) (nullable): (transfer full): for the next page. */
void osy_client_orders_async (OsyClient *self,
                              const OsyClientOrderQuery *query,
                              GCancellable *c,
                              GAsyncReadyCallback cb,
                              gpointer data);
GPtrArray *osy_client_orders_finish (OsyClient *self,
                                     GAsyncResult *result,
                                     char **next_cursor,
                                     GError **error);

/** osy_client_place_async: POST /orders. @body: (transfer none): of the contract; staff may add
 * accept: {ready_in_minutes} and practice. @key: (nullable): Idempotency-Key, so that the same sale
 * sent again is placed once; sent again by itself for up to 20 s after a lost connection. Errors
 * keep their members: MENU_CHANGED has "items" (osy_error_get_extra). */
void osy_client_place_async (OsyClient *self,
                             JsonNode *body,
                             const char *key,
                             GCancellable *c,
                             GAsyncReadyCallback cb,
                             gpointer data);
OsyOrder *osy_client_place_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** osy_client_order_async: GET /orders/{id}. */
void osy_client_order_async (OsyClient *self,
                             const char *order_id,
                             GCancellable *c,
                             GAsyncReadyCallback cb,
                             gpointer data);
OsyOrder *osy_client_order_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** What staff do with an order. */
typedef struct {
  const char *order_id;
  const char *act;       /* "accept", … */
  gint64 if_version;     /* sent as If-Match; 0: none */
  JsonNode *body;        /* (transfer none) (nullable) */
  const char *act_token; /* (nullable): of the person who allowed it by PIN */
} OsyClientAct;

/** osy_client_act_async: POST /restaurants/me/orders/{id}/{act}. Sent with a key of its own and,
 * when the connection is lost or the daemon busy, sent again with that key for up to 20 s, so that
 * it is done once or told as not done. */
void osy_client_act_async (OsyClient *self,
                           const OsyClientAct *act,
                           GCancellable *c,
                           GAsyncReadyCallback cb,
                           gpointer data);
OsyOrder *osy_client_act_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** osy_client_timeline_async: GET /restaurants/me/orders/{id}/timeline. Finish: GPtrArray of
 * OsyOrderStep. */
void osy_client_timeline_async (OsyClient *self,
                                const char *order_id,
                                GCancellable *c,
                                GAsyncReadyCallback cb,
                                gpointer data);
GPtrArray *osy_client_timeline_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** Any other call of the API, made with the person's token. */
typedef struct {
  const char *method;
  const char *path;      /* "/api/v1/…", with its query */
  JsonNode *body;        /* (transfer none) (nullable) */
  GBytes *file;          /* (transfer none) (nullable): bytes that are sent in place of a body */
  const char *key;       /* (nullable): Idempotency-Key; a POST without one gets a new one */
  gint64 if_version;     /* If-Match; 0: none */
  gboolean persistent;   /* sent again with the same key for up to 20 s after a lost connection */
  const char *act_token; /* (nullable): of the person who allowed it by PIN */
} OsyClientRequest;

/** osy_client_send_async: the typed calls live beside the models that need them. Finish: the JSON
 * of the answer, an empty object when it had none. */
void osy_client_send_async (OsyClient *self,
                            const OsyClientRequest *request,
                            GCancellable *c,
                            GAsyncReadyCallback cb,
                            gpointer data);
JsonNode *osy_client_send_finish (OsyClient *self, GAsyncResult *result, GError **error);
/** osy_client_is_open: Returns: whether nobody knows after @error if the request was done: only the
 * same key may be sent again. */
gboolean osy_client_is_open (const GError *error);

/* ---- the live feed ---- */

typedef enum {
  OSY_FEED_STOPPED,
  OSY_FEED_CONNECTING,
  OSY_FEED_LIVE,
  OSY_FEED_LOST, /* retrying; "retry-at" says when */
} OsyFeedState;

/**
 * OsyFeed: /ws/restaurants/me/feed with resume by {epoch, seq}, gap detection and slow REST polls.
 * Signals: "event" (OsyOrder *order, const char *type): an order in its present state, in feed
 * order; "reset": a first connection, or the epoch changed or history was lost: load all open
 * orders anew; "notice" (const char *type, const char *aggregate_id): an event that is not an
 * order's, like menu.changed; "thing" (JsonNode *thing, const char *type), detailed by "ticket",
 * "check", "table", "job", "printer" or "payment": what an event tells of as it stands now, before
 * "notice" or "event". Properties: "state" (int: OsyFeedState, notify), "last-heard" and "retry-at"
 * (gint64 monotonic µs, 0: never, none; notify). After 7 s of silence the state is LOST; a quick
 * reconnect before that is CONNECTING.
 */
#define OSY_TYPE_FEED (osy_feed_get_type ())
G_DECLARE_FINAL_TYPE (OsyFeed, osy_feed, OSY, FEED, GObject)
OsyFeed *osy_feed_new (OsyClient *client);
void osy_feed_start (OsyFeed *self);
void osy_feed_stop (OsyFeed *self);
OsyFeedState osy_feed_get_state (OsyFeed *self);

G_END_DECLS
