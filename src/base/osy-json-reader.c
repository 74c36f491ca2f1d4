/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reads parsed JSON by exact types and remembers every fault. json-glib converts silently
 * ("5" reads as 0, 1.9 as 1), so each member's type is looked at before its value. */

#include <string.h>

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-id.h"
#include "osy-json.h"

/* A hostile body may hold a thousand faults; the answer need not. */
#define MAX_FAULTS 100

typedef struct {
  char *pointer;
  char *code;
  char *detail;
} Fault;

struct _OsyJsonReader {
  OsyJsonReader *root;
  OsyJsonReader *parent;
  char *pointer;
  JsonObject *object; /* nullable: reads as empty, and its own faults are not told */
  GHashTable *read;   /* set of names asked for */
  gboolean ignore_unknown;

  /* of the root alone */
  JsonNode *node;
  GPtrArray *children; /* every descendant, in the order of reading */
  GHashTable *by_pointer;
  GPtrArray *faults;
};

static void
fault_free (gpointer data)
{
  Fault *fault = data;

  g_free (fault->pointer);
  g_free (fault->code);
  g_free (fault->detail);
  g_free (fault);
}

static void
free_one (gpointer data)
{
  OsyJsonReader *self = data;

  g_clear_pointer (&self->object, json_object_unref);
  g_hash_table_unref (self->read);
  g_free (self->pointer);
  g_free (self);
}

static OsyJsonReader *
new_one (OsyJsonReader *parent, char *pointer, JsonNode *node)
{
  OsyJsonReader *self = g_new0 (OsyJsonReader, 1);

  self->root = parent ? parent->root : self;
  self->parent = parent;
  self->pointer = pointer;
  self->read = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    self->object = json_object_ref (json_node_get_object (node));
  return self;
}

static void
add_fault (OsyJsonReader *self, char *pointer, const char *code, const char *detail)
{
  GPtrArray *faults = self->root->faults;

  if (faults->len >= MAX_FAULTS) {
    g_free (pointer);
    return;
  }
  Fault *fault = g_new (Fault, 1);
  fault->pointer = pointer;
  fault->code = g_strdup (code);
  fault->detail = g_strdup (detail);
  g_ptr_array_add (faults, fault);
}

OsyJsonReader *
osy_json_reader_new (JsonNode *root)
{
  OsyJsonReader *self = new_one (NULL, g_strdup (""), root);

  self->node = root ? json_node_ref (root) : NULL;
  self->children = g_ptr_array_new_with_free_func (free_one);
  self->by_pointer = g_hash_table_new (g_str_hash, g_str_equal);
  self->faults = g_ptr_array_new_with_free_func (fault_free);
  if (self->object == NULL)
    add_fault (self, g_strdup (""), "TYPE", "An object is expected.");
  return self;
}

void
osy_json_reader_free (OsyJsonReader *self)
{
  g_return_if_fail (self->root == self);

  g_hash_table_unref (self->by_pointer);
  g_ptr_array_unref (self->children);
  g_ptr_array_unref (self->faults);
  g_clear_pointer (&self->node, json_node_unref);
  free_one (self);
}

/* ---- pointers and faults ---- */

static void
append_token (GString *pointer, const char *name)
{
  g_string_append_c (pointer, '/');
  for (const char *p = name; *p != '\0'; p++) {
    if (*p == '~')
      g_string_append (pointer, "~0");
    else if (*p == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, *p);
  }
}

char *
osy_json_reader_pointer (OsyJsonReader *self, const char *name)
{
  if (name == NULL)
    return g_strdup (self->pointer);
  GString *pointer = g_string_new (self->pointer);
  append_token (pointer, name);
  return g_string_free (pointer, FALSE);
}

static char *
element_pointer (OsyJsonReader *self, const char *name, guint index)
{
  g_autofree char *array = osy_json_reader_pointer (self, name);
  return g_strdup_printf ("%s/%u", array, index);
}

void
osy_json_reader_fault (OsyJsonReader *self, const char *name, const char *code, const char *detail)
{
  /* What is missing inside of a missing object was told with the object. */
  if (self->object != NULL)
    add_fault (self, osy_json_reader_pointer (self, name), code, detail);
}

static void G_GNUC_PRINTF (4, 5)
    fault_printf (OsyJsonReader *self, const char *name, const char *code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *detail = g_strdup_vprintf (format, args);
  va_end (args);
  osy_json_reader_fault (self, name, code, detail);
}

/* ---- members ---- */

/* Marks @name as known. Returns: NULL when absent or null. */
static JsonNode *
take_member (OsyJsonReader *self, const char *name)
{
  if (!g_hash_table_contains (self->read, name))
    g_hash_table_add (self->read, g_strdup (name));
  JsonNode *node = self->object ? json_object_get_member (self->object, name) : NULL;
  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

static JsonNode *
take_required (OsyJsonReader *self, const char *name)
{
  JsonNode *node = take_member (self, name);
  if (node == NULL)
    osy_json_reader_fault (self, name, "REQUIRED", "The member is missing.");
  return node;
}

static gboolean
holds (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

gboolean
osy_json_reader_has (OsyJsonReader *self, const char *name)
{
  return take_member (self, name) != NULL;
}

gboolean
osy_json_reader_said (OsyJsonReader *self, const char *name)
{
  return self->object != NULL && json_object_has_member (self->object, name);
}

/* ---- text ---- */

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_iscntrl (c) && c != '\n' && c != '\t')
      return TRUE;
  }
  return FALSE;
}

/* @name is only for the fault. Returns: NULL after noting one. */
static const char *
check_string (OsyJsonReader *self, JsonNode *node, const char *name, gsize min, gsize max)
{
  if (!holds (node, G_TYPE_STRING)) {
    osy_json_reader_fault (self, name, "TYPE", "A string is expected.");
    return NULL;
  }
  const char *text = json_node_get_string (node);
  gsize len = (gsize)g_utf8_strlen (text, -1);
  if (len < min)
    fault_printf (self, name, "TOO_SHORT", "At least %zu characters are needed.", min);
  else if (len > max)
    fault_printf (self, name, "TOO_LONG", "At most %zu characters are allowed.", max);
  else if (has_control (text))
    osy_json_reader_fault (self, name, "CONTROL_CHARACTER", "Control characters are not allowed.");
  else
    return text;
  return NULL;
}

const char *
osy_json_reader_string (OsyJsonReader *self, const char *name, gsize min, gsize max)
{
  JsonNode *node = take_required (self, name);
  const char *text = node ? check_string (self, node, name, min, max) : NULL;
  return text ? text : "";
}

const char *
osy_json_reader_opt_string (OsyJsonReader *self, const char *name, gsize min, gsize max)
{
  JsonNode *node = take_member (self, name);
  return node ? check_string (self, node, name, min, max) : NULL;
}

const char *
osy_json_reader_enum (OsyJsonReader *self,
                      const char *name,
                      const char *const *allowed,
                      const char *fallback)
{
  const char *otherwise = fallback ? fallback : allowed[0];
  JsonNode *node = fallback ? take_member (self, name) : take_required (self, name);

  if (node == NULL)
    return otherwise;
  if (!holds (node, G_TYPE_STRING)) {
    osy_json_reader_fault (self, name, "TYPE", "A string is expected.");
    return otherwise;
  }
  const char *text = json_node_get_string (node);
  for (gsize i = 0; allowed[i] != NULL; i++)
    if (strcmp (allowed[i], text) == 0)
      return allowed[i];
  g_autofree char *list = g_strjoinv (", ", (char **)allowed);
  fault_printf (self, name, "NOT_ALLOWED", "One of %s is expected.", list);
  return otherwise;
}

static const char *
check_id (OsyJsonReader *self, JsonNode *node, const char *name)
{
  if (!holds (node, G_TYPE_STRING)) {
    osy_json_reader_fault (self, name, "TYPE", "A string is expected.");
    return NULL;
  }
  const char *text = json_node_get_string (node);
  if (osy_id_is_valid (text))
    return text;
  osy_json_reader_fault (self, name, "INVALID_ID", "A lower-case UUID is expected.");
  return NULL;
}

const char *
osy_json_reader_id (OsyJsonReader *self, const char *name)
{
  JsonNode *node = take_required (self, name);
  const char *id = node ? check_id (self, node, name) : NULL;
  return id ? id : "";
}

const char *
osy_json_reader_opt_id (OsyJsonReader *self, const char *name)
{
  JsonNode *node = take_member (self, name);
  return node ? check_id (self, node, name) : NULL;
}

/* ---- numbers, truth, time ---- */

static gboolean
check_int (OsyJsonReader *self, JsonNode *node, const char *name, const gint64 range[2])
{
  if (!holds (node, G_TYPE_INT64)) {
    osy_json_reader_fault (self, name, "TYPE", "A whole number is expected.");
    return FALSE;
  }
  gint64 value = json_node_get_int (node);
  if (value >= range[0] && value <= range[1])
    return TRUE;
  fault_printf (self, name, "OUT_OF_RANGE",
                "The number must lie from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".", range[0],
                range[1]);
  return FALSE;
}

gint64
osy_json_reader_int (OsyJsonReader *self, const char *name, gint64 min, gint64 max)
{
  JsonNode *node = take_required (self, name);

  if (node != NULL && check_int (self, node, name, (const gint64[]){min, max}))
    return json_node_get_int (node);
  return CLAMP (0, min, max);
}

gint64
osy_json_reader_opt_int (OsyJsonReader *self,
                         const char *name,
                         gint64 min,
                         gint64 max,
                         gint64 fallback)
{
  JsonNode *node = take_member (self, name);

  if (node != NULL && check_int (self, node, name, (const gint64[]){min, max}))
    return json_node_get_int (node);
  return fallback;
}

gboolean
osy_json_reader_opt_bool (OsyJsonReader *self, const char *name, gboolean fallback)
{
  JsonNode *node = take_member (self, name);

  if (node == NULL)
    return fallback;
  if (holds (node, G_TYPE_BOOLEAN))
    return json_node_get_boolean (node);
  osy_json_reader_fault (self, name, "TYPE", "true or false is expected.");
  return fallback;
}

gint64
osy_json_reader_opt_time (OsyJsonReader *self, const char *name)
{
  JsonNode *node = take_member (self, name);
  gint64 time;

  if (node == NULL)
    return 0;
  if (holds (node, G_TYPE_STRING) && osy_clock_parse (json_node_get_string (node), &time))
    return time;
  osy_json_reader_fault (self, name, "INVALID_TIME",
                         "An RFC 3339 time such as 2026-11-21T03:24:05Z is expected.");
  return 0;
}

/* ---- objects and arrays ---- */

/* One reader per place, or a member read through one would be unknown to the other. */
static OsyJsonReader *
child_at (OsyJsonReader *self, char *pointer, JsonNode *node)
{
  OsyJsonReader *root = self->root;
  OsyJsonReader *child = g_hash_table_lookup (root->by_pointer, pointer);

  if (child != NULL) {
    g_free (pointer);
    return child;
  }
  child = new_one (self, pointer, node);
  if (node != NULL && child->object == NULL)
    add_fault (self, g_strdup (pointer), "TYPE", "An object is expected.");
  g_ptr_array_add (root->children, child);
  g_hash_table_insert (root->by_pointer, child->pointer, child);
  return child;
}

OsyJsonReader *
osy_json_reader_object (OsyJsonReader *self, const char *name)
{
  return child_at (self, osy_json_reader_pointer (self, name), take_required (self, name));
}

OsyJsonReader *
osy_json_reader_opt_object (OsyJsonReader *self, const char *name)
{
  JsonNode *node = take_member (self, name);
  return node ? child_at (self, osy_json_reader_pointer (self, name), node) : NULL;
}

static guint
check_array (OsyJsonReader *self, JsonNode *node, const char *name, guint min, guint max)
{
  if (!JSON_NODE_HOLDS_ARRAY (node)) {
    osy_json_reader_fault (self, name, "TYPE", "An array is expected.");
    return 0;
  }
  guint len = json_array_get_length (json_node_get_array (node));
  if (len >= min && len <= max)
    return len;
  if (len < min)
    fault_printf (self, name, "TOO_FEW", "At least %u elements are needed.", min);
  else
    fault_printf (self, name, "TOO_MANY", "At most %u elements are allowed.", max);
  return 0;
}

guint
osy_json_reader_array (OsyJsonReader *self, const char *name, guint min, guint max)
{
  JsonNode *node = take_required (self, name);
  return node ? check_array (self, node, name, min, max) : 0;
}

guint
osy_json_reader_opt_array (OsyJsonReader *self, const char *name, guint max)
{
  JsonNode *node = take_member (self, name);
  return node ? check_array (self, node, name, 0, max) : 0;
}

static JsonNode *
element_node (OsyJsonReader *self, const char *name, guint index)
{
  JsonNode *node = take_member (self, name);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  JsonArray *array = json_node_get_array (node);
  return index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
}

OsyJsonReader *
osy_json_reader_element (OsyJsonReader *self, const char *name, guint index)
{
  return child_at (self, element_pointer (self, name, index), element_node (self, name, index));
}

gint64
osy_json_reader_element_int (OsyJsonReader *self,
                             const char *name,
                             guint index,
                             gint64 min,
                             gint64 max)
{
  JsonNode *node = element_node (self, name, index);

  if (node == NULL)
    return 0;
  return check_int (self, node, name, (const gint64[]){min, max}) ? json_node_get_int (node) : 0;
}

const char *
osy_json_reader_element_string (OsyJsonReader *self,
                                const char *name,
                                guint index,
                                gsize min,
                                gsize max)
{
  JsonNode *node = element_node (self, name, index);

  if (node == NULL)
    return "";
  /* A passing reader of the array lends the fault its pointer. */
  g_autofree char *array = osy_json_reader_pointer (self, name);
  g_autofree char *last = g_strdup_printf ("%u", index);
  OsyJsonReader place = {.root = self->root, .pointer = array, .object = self->object};
  const char *text = check_string (&place, node, last, min, max);
  return text ? text : "";
}

/* ---- the end ---- */

void
osy_json_reader_ignore_unknown (OsyJsonReader *self)
{
  self->ignore_unknown = TRUE;
}

static gboolean
may_ignore (OsyJsonReader *self)
{
  for (OsyJsonReader *at = self; at != NULL; at = at->parent)
    if (at->ignore_unknown)
      return TRUE;
  return FALSE;
}

static void
refuse_unknown (OsyJsonReader *self)
{
  if (self->object == NULL || may_ignore (self))
    return;
  g_autoptr (GList) names = json_object_get_members (self->object);
  for (GList *at = names; at != NULL; at = at->next)
    if (!g_hash_table_contains (self->read, at->data))
      osy_json_reader_fault (self, at->data, "UNKNOWN_MEMBER", "There is no such member.");
}

static char *
summary (GPtrArray *faults)
{
  const Fault *first = faults->pdata[0];
  const char *place = first->pointer[0] != '\0' ? first->pointer : "The body";

  if (faults->len == 1)
    return g_strdup_printf ("%s: %s", place, first->detail);
  return g_strdup_printf ("%s: %s (%u faults in all.)", place, first->detail, faults->len);
}

gboolean
osy_json_reader_finish (OsyJsonReader *self, GError **error)
{
  g_return_val_if_fail (self->root == self, FALSE);

  refuse_unknown (self);
  for (guint i = 0; i < self->children->len; i++)
    refuse_unknown (self->children->pdata[i]);
  if (self->faults->len == 0)
    return TRUE;

  g_autofree char *message = summary (self->faults);
  g_autoptr (GError) local = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, message);
  for (guint i = 0; i < self->faults->len; i++) {
    const Fault *fault = self->faults->pdata[i];
    osy_error_add_field (local, fault->pointer, fault->code, fault->detail);
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
