/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Calls to services on the internet (payments, riders, channels): HTTP/1, TLS verified, no
 * redirects, no cookies, no authentication of libsoup's own, an answer of 1 MiB at most. */
#define OSY_TYPE_FETCH (osy_fetch_get_type ())
G_DECLARE_FINAL_TYPE (OsyFetch, osy_fetch, OSY, FETCH, GObject)

/** By when a connection stands, or nobody is there (integrations 1.1). */
#define OSY_FETCH_CONNECT_MS 8000

/** osy_fetch_new: @connect_ms: until the connection stands; @timeout_ms: of a whole exchange. Main
 * thread, like all of it. */
OsyFetch *osy_fetch_new (guint connect_ms, guint timeout_ms);

/** What is asked for. All is copied. */
typedef struct {
  const char *method; /* "GET", "POST", … */
  const char *url;
  const char *const *headers; /* (nullable): name, value, name, value, …, NULL; may hold secrets */
  GBytes *body;               /* (nullable): JSON, unless headers name its Content-Type */
  const char *trace_id;       /* (nullable): whose work this is part of */
  gboolean untraced;          /* no span is kept of it */
  gboolean public_only;       /* never to this machine, nor to a network of its own; never by a
                                 proxy, which would go there for us */
} OsyFetchRequest;

/** osy_fetch_async: @callback is always called, later. */
void osy_fetch_async (OsyFetch *self,
                      const OsyFetchRequest *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data);

/**
 * osy_fetch_finish:
 * @body: (out) (transfer full): may be empty
 *
 * Returns: the HTTP status of an answer that came whole. 0 with @error otherwise: INVALID_REQUEST
 * when the address is none; UNAVAILABLE when no connection was made, so that nothing was asked;
 * TIMEOUT when it may have been: the outcome is unknown.
 */
guint osy_fetch_finish (OsyFetch *self, GAsyncResult *result, GBytes **body, GError **error);

/** osy_fetch_is_address: Returns: whether @url may be called: https anywhere, http on this machine
 * alone, without user or password. For addresses that people set. */
gboolean osy_fetch_is_address (const char *url);

/** osy_fetch_is_hook: the same of a webhook that a shop names: https to a name, or to an address of
 * the internet. What the name means is looked at when it is called: OsyFetchRequest.public_only.
 * @private_too: anywhere, also by http. */
gboolean osy_fetch_is_hook (const char *url, gboolean private_too);

/** osy_fetch_is_public: Returns: whether @address lies on the internet: not on this machine, in a
 * network of one's own, or kept for another use (RFC 6890). */
gboolean osy_fetch_is_public (GInetAddress *address);

G_END_DECLS
