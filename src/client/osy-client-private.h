/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-rest.h"

G_BEGIN_DECLS

typedef enum {
  OSY_CLIENT_OPEN = 0,           /* no login needed */
  OSY_CLIENT_SIGNED = 1 << 0,    /* with the access token, renewed when it must be */
  OSY_CLIENT_PERSISTENT = 1 << 1 /* sent again with the same key for up to 20 s */
} OsyClientFlags;

/** osy_client_call_async: one call of the API. @request: copied; its token is set by the client.
 * Finish: the JSON of the answer. */
void osy_client_call_async (OsyClient *self,
                            const OsyRestRequest *request,
                            OsyClientFlags flags,
                            GCancellable *c,
                            GAsyncReadyCallback cb,
                            gpointer data);
JsonNode *osy_client_call_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** osy_client_start: a call whose answer @cb turns into the result of @task. @task: (transfer
 * full): given to @cb. */
void osy_client_start (GTask *task,
                       const OsyRestRequest *request,
                       OsyClientFlags flags,
                       GAsyncReadyCallback cb);
/** osy_client_take_answer: (transfer full) (nullable): for @cb; NULL after the error has become the
 * task's. */
JsonNode *osy_client_take_answer (GTask *task, GObject *source, GAsyncResult *result);
/** osy_client_finish_pointer: what the task was given. */
gpointer osy_client_finish_pointer (OsyClient *self, GAsyncResult *result, GError **error);

/** osy_client_renew_async: new tokens for the refresh token; one renewal at a time, however many
 * ask. A refusal signs out. */
void osy_client_renew_async (OsyClient *self, GAsyncReadyCallback cb, gpointer data);
gboolean osy_client_renew_finish (OsyClient *self, GAsyncResult *result, GError **error);

/** osy_client_take_tokens: the answer of login, refresh and setup. */
gboolean osy_client_take_tokens (OsyClient *self, JsonNode *answer, GError **error);
/** osy_client_take_refresh_token: a token kept before; the access token comes with the renewal. */
void osy_client_take_refresh_token (OsyClient *self, const char *refresh_token);
/** osy_client_take_device_token: that of a paired screen, in place of a person's. */
void osy_client_take_device_token (OsyClient *self, const char *device_token);
/** osy_client_can_renew: whether a token is there to get access with. */
gboolean osy_client_can_renew (OsyClient *self);
/** osy_client_start_signing_in: @request answers with tokens; then the person is asked for. @task:
 * (transfer full): returns TRUE. */
void osy_client_start_signing_in (GTask *task, const OsyRestRequest *request);
/** osy_client_renew_signing_in: the same with the token that is there. */
void osy_client_renew_signing_in (GTask *task);
/** osy_client_set_names: what the title bar shows. */
void osy_client_set_names (OsyClient *self, const char *shop_name, const char *person_name);
/** osy_client_set_signed_in: after the tokens are there and the person is known. */
void osy_client_set_signed_in (OsyClient *self, gboolean signed_in);

/** osy_feed_set_pace: how often REST is asked and how long silence may last, in ms. For tests. */
void osy_feed_set_pace (OsyFeed *self, guint poll_ms, guint silence_ms);

G_END_DECLS
