/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-http.h"

G_BEGIN_DECLS

/** What a route's work on the pool answers; zeroed before. */
typedef struct {
  guint status;      /* 0 means 200 */
  JsonNode *body;    /* (transfer full) (nullable): none answers 204 */
  gint64 version;    /* > 0: sent as ETag "N" */
  gboolean replayed; /* sends Idempotent-Replayed: true */
} OsyApiReply;

/** A route's work on a database worker; @call is the caller. Same rules as OsyDbFunc. */
typedef gboolean (*OsyApiFunc) (OsyDbTx *tx,
                                const OsyCall *call,
                                gpointer data,
                                OsyApiReply *reply,
                                GError **error);

/**
 * osy_api_run:
 * @restaurant_id: (nullable): shop whose rows are visible; NULL takes the caller's own
 * @data: (transfer full) (nullable): freed by @destroy
 *
 * The asynchronous edge of every route: runs @func in one transaction on @pool, then answers
 * @request with its reply or its error. @func runs on a worker; all else on the main thread. The
 * transaction of a GET is read-only, unless its route is OSY_ROUTE_AUDITED.
 */
void osy_api_run (OsyHttpRequest *request,
                  OsyDbPool *pool,
                  const char *restaurant_id,
                  OsyApiFunc func,
                  gpointer data,
                  GDestroyNotify destroy);

/** osy_api_if_match: reads If-Match as a version. Returns: FALSE with @error when malformed; *@ret
 * is 0 when absent or "*". */
gboolean osy_api_if_match (OsyHttpRequest *request, gint64 *ret, GError **error);

/** osy_api_limit: reads ?limit= (1…@max, default @fallback). Returns: FALSE with @error. */
gboolean
osy_api_limit (OsyHttpRequest *request, gint64 max, gint64 fallback, gint64 *ret, GError **error);

/** osy_api_only_query: refuses query names outside @allowed (NULL-terminated). */
gboolean osy_api_only_query (OsyHttpRequest *request, const char *const *allowed, GError **error);

/** osy_api_set_address: how phones reach this server: "https://192.0.2.7:8443"; NULL: not at all.
 * Of the composer. */
void osy_api_set_address (const char *address);
/** osy_api_address: Returns: (transfer full): that, or "" : what is appended is a path then. From
 * any thread. */
char *osy_api_address (void);

G_END_DECLS
