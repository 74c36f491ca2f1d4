/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/** One request of the API as it goes over the wire. */
typedef struct {
  const char *method;
  const char *path;      /* "/api/v1/…", with its query */
  JsonNode *body;        /* (transfer none) (nullable) */
  GBytes *file;          /* (transfer none) (nullable): bytes in place of a body */
  const char *token;     /* (nullable): Bearer */
  const char *key;       /* (nullable): Idempotency-Key */
  gint64 if_version;     /* If-Match; 0: none */
  const char *act_token; /* (nullable): X-Act-Token */
} OsyRestRequest;

/** osy_rest_session_new: a session as every call uses it: no proxy, no cookies, 10 s of silence. */
SoupSession *osy_rest_session_new (void);

/** osy_rest_message_new: (nullable): NULL when @base_url and @path make no URL. */
SoupMessage *osy_rest_message_new (const char *base_url, const OsyRestRequest *request);

/**
 * osy_rest_send_async:
 *
 * One exchange of at most 10 s. Finish: the JSON of a 2xx answer (an empty object when there was
 * none; a text value for one of text/…, and for a picture, a PDF or a spreadsheet its bytes in
 * Base64), or the error of its problem document; UNAVAILABLE with the extra member "unreachable"
 * when nothing answered.
 */
void osy_rest_send_async (SoupSession *session,
                          const char *base_url,
                          const OsyRestRequest *request,
                          GCancellable *cancellable,
                          GAsyncReadyCallback cb,
                          gpointer data);
JsonNode *osy_rest_send_finish (SoupSession *session, GAsyncResult *result, GError **error);

/** osy_rest_text, osy_rest_int: a member of an answer; the fallback when it is absent or not of its
 * type (json-glib's own getters do not look at the type). */
const char *osy_rest_text (JsonObject *object, const char *name, const char *fallback);
gint64 osy_rest_int (JsonObject *object, const char *name, gint64 fallback);

G_END_DECLS
