/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-http.h"

G_BEGIN_DECLS

/** Route tables as a tree of path segments. */
typedef struct _OsyHttpRouter OsyHttpRouter;

/** osy_http_router_new: Returns: (transfer full): a router without routes. */
OsyHttpRouter *osy_http_router_new (void);
/** osy_http_router_free: the route tables themselves are not touched. */
void osy_http_router_free (OsyHttpRouter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyHttpRouter, osy_http_router_free)

/** osy_http_router_add: @routes: static rows, ended by method == NULL. */
void osy_http_router_add (OsyHttpRouter *self, const OsyRoute *routes, gpointer room);

typedef struct {
  const OsyRoute *route; /* NULL: none */
  gpointer room;
  char **params; /* (transfer full): values in the order of the route's parameters */
  char *allow;   /* (transfer full): with METHOD_NOT_ALLOWED, the methods there are */
} OsyHttpMatch;

/** osy_http_match_clear: frees what a match owns. */
void osy_http_match_clear (OsyHttpMatch *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyHttpMatch, osy_http_match_clear)

/**
 * osy_http_router_match:
 * @path: decoded path
 *
 * Literal segments win over parameters; HEAD is served by GET rows. Returns: FALSE with NOT_FOUND
 * or METHOD_NOT_ALLOWED (then @match->allow is set).
 */
gboolean osy_http_router_match (OsyHttpRouter *self,
                                const char *method,
                                const char *path,
                                OsyHttpMatch *match,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_http_route_param_index: Returns: which parameter of @route is @name, or -1. */
int osy_http_route_param_index (const OsyRoute *route, const char *name);

G_END_DECLS
