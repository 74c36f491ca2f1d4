/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Finds the route of a path in a tree of segments. Parameters are told apart only after the row is
 * found, so rows below one node may name the same parameter differently. */

#include "osy-http-router.h"

#include <string.h>

#define MAX_SEGMENTS 16

typedef struct {
  const OsyRoute *route;
  gpointer room;
} Entry;

typedef struct _Node Node;
struct _Node {
  GHashTable *literals; /* (nullable): segment → Node */
  Node *param;
  GArray *entries; /* (nullable): of Entry */
};

struct _OsyHttpRouter {
  Node *root;
};

typedef struct {
  char **segments;
  guint n_segments;
  gboolean is_param[MAX_SEGMENTS];
} Search;

static void
node_free (Node *self)
{
  g_clear_pointer (&self->literals, g_hash_table_unref);
  g_clear_pointer (&self->param, node_free);
  g_clear_pointer (&self->entries, g_array_unref);
  g_free (self);
}

OsyHttpRouter *
osy_http_router_new (void)
{
  OsyHttpRouter *self = g_new0 (OsyHttpRouter, 1);

  self->root = g_new0 (Node, 1);
  return self;
}

void
osy_http_router_free (OsyHttpRouter *self)
{
  node_free (self->root);
  g_free (self);
}

static gboolean
is_param (const char *segment)
{
  return segment[0] == '{';
}

static Node *
ensure_child (Node *self, const char *segment)
{
  Node *child;

  if (is_param (segment)) {
    if (self->param == NULL)
      self->param = g_new0 (Node, 1);
    return self->param;
  }
  if (self->literals == NULL)
    self->literals =
        g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)node_free);
  child = g_hash_table_lookup (self->literals, segment);
  if (child == NULL) {
    child = g_new0 (Node, 1);
    g_hash_table_insert (self->literals, g_strdup (segment), child);
  }
  return child;
}

static const Entry *
find_entry (const Node *self, const char *method)
{
  for (guint i = 0; self->entries != NULL && i < self->entries->len; i++) {
    const Entry *entry = &g_array_index (self->entries, Entry, i);
    if (strcmp (entry->route->method, method) == 0)
      return entry;
  }
  return NULL;
}

static void
add_route (OsyHttpRouter *self, const OsyRoute *route, gpointer room)
{
  g_auto (GStrv) segments = g_strsplit (route->path + 1, "/", -1);
  Entry entry = {route, room};
  Node *node = self->root;

  g_return_if_fail (g_strv_length (segments) <= MAX_SEGMENTS);
  for (guint i = 0; segments[i] != NULL; i++)
    node = ensure_child (node, segments[i]);
  if (node->entries == NULL)
    node->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_return_if_fail (find_entry (node, route->method) == NULL);
  g_array_append_val (node->entries, entry);
}

void
osy_http_router_add (OsyHttpRouter *self, const OsyRoute *routes, gpointer room)
{
  for (; routes->method != NULL; routes++)
    add_route (self, routes, room);
}

static char *
list_allowed (const Node *node)
{
  GString *allow = g_string_new (NULL);

  for (guint i = 0; i < node->entries->len; i++) {
    const char *method = g_array_index (node->entries, Entry, i).route->method;

    g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "", method);
    if (strcmp (method, "GET") == 0)
      g_string_append (allow, ", HEAD");
  }
  return g_string_free (allow, FALSE);
}

/* Literal first, then the parameter: a path is one resource, and the more literal one (OpenAPI 3.1,
 * 4.8.8.2). */
static const Node *
search_node (Search *search, const Node *node, guint depth)
{
  const Node *child;
  const Node *found = NULL;

  if (depth == search->n_segments)
    return node->entries != NULL ? node : NULL;
  child = node->literals ? g_hash_table_lookup (node->literals, search->segments[depth]) : NULL;
  search->is_param[depth] = FALSE;
  if (child != NULL)
    found = search_node (search, child, depth + 1);
  if (found == NULL && node->param != NULL && search->segments[depth][0] != '\0') {
    search->is_param[depth] = TRUE;
    found = search_node (search, node->param, depth + 1);
  }
  return found;
}

static char **
take_params (const Search *search)
{
  g_autoptr (GStrvBuilder) params = g_strv_builder_new ();

  for (guint i = 0; i < search->n_segments; i++)
    if (search->is_param[i])
      g_strv_builder_add (params, search->segments[i]);
  return g_strv_builder_end (params);
}

gboolean
osy_http_router_match (OsyHttpRouter *self,
                       const char *method,
                       const char *path,
                       OsyHttpMatch *match,
                       GError **error)
{
  g_auto (GStrv) segments = path[0] == '/' ? g_strsplit (path + 1, "/", MAX_SEGMENTS + 1) : NULL;
  Search search = {.segments = segments};
  const Node *node = NULL;
  const Entry *entry;

  search.n_segments = segments ? g_strv_length (segments) : 0;
  if (segments != NULL && search.n_segments <= MAX_SEGMENTS)
    node = search_node (&search, self->root, 0);
  if (node == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is nothing at this path.");
    return FALSE;
  }
  entry = find_entry (node, strcmp (method, "HEAD") == 0 ? "GET" : method);
  if (entry != NULL) {
    match->route = entry->route;
    match->room = entry->room;
    match->params = take_params (&search);
    return TRUE;
  }
  match->allow = list_allowed (node);
  g_set_error (error, OSY_ERROR, OSY_ERROR_METHOD_NOT_ALLOWED, "Use one of %s here.", match->allow);
  return FALSE;
}

void
osy_http_match_clear (OsyHttpMatch *self)
{
  g_clear_pointer (&self->params, g_strfreev);
  g_clear_pointer (&self->allow, g_free);
}

int
osy_http_route_param_index (const OsyRoute *route, const char *name)
{
  gsize len = strlen (name);
  int index = 0;

  for (const char *p = strchr (route->path, '{'); p != NULL; p = strchr (p + 1, '{'), index++)
    if (strncmp (p + 1, name, len) == 0 && p[1 + len] == '}')
      return index;
  return -1;
}
