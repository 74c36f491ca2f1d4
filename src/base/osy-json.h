/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** Policy on top of the RFC 8259 grammar. */
typedef enum {
  OSY_JSON_GRAMMAR, /* RFC 8259 alone: for conformance tests */
  OSY_JSON_POLICY,  /* depth ≤ 32, ≤ 1,000 members an object, no duplicate names, no U+0000, no
                       lone surrogates, integers within ±2^53, other numbers ≤ 15 digits */
} OsyJsonMode;

/**
 * osy_json_validate:
 * @text: bytes, not necessarily UTF-8 or NUL-terminated
 *
 * One pass, no recursion. Returns: FALSE with OSY_ERROR_INVALID_JSON that names the byte offset
 * and, in the field code, the rule: SYNTAX, DEPTH, DUPLICATE_NAME, NUL, SURROGATE, NUMBER, UTF8,
 * MEMBERS, EMPTY.
 */
gboolean osy_json_validate (const char *text, gsize len, OsyJsonMode mode, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_json_parse: validates with OSY_JSON_POLICY, then parses. Returns: (transfer full). */
JsonNode *osy_json_parse (const char *text, gsize len, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_json_take_object: @object: (transfer full). Returns: (transfer full): its node. */
JsonNode *osy_json_take_object (JsonObject *object);

/** osy_json_print: Returns: (transfer full): compact text of @node, members in their order;
 * fractions with 15 digits, what is no number as null, what is no UTF-8 made so. */
char *osy_json_print (JsonNode *node);

/** osy_json_print_bytes: Returns: (transfer full): the same without the NUL. */
GBytes *osy_json_print_bytes (JsonNode *node);

/**
 * OsyJsonReader: reads an object member by member with exact types, collecting every fault.
 *
 * A getter on a missing or faulty member notes the fault and returns the default, so a reader is
 * read straight through and asked once, by osy_json_reader_finish(), which also refuses members
 * that nobody read. Owned by its root; children live as long as the root.
 */
typedef struct _OsyJsonReader OsyJsonReader;

/** osy_json_reader_new: @root: (nullable): parsed with osy_json_parse(); a reference is kept, so
 * texts live as long as the reader. */
OsyJsonReader *osy_json_reader_new (JsonNode *root);
void osy_json_reader_free (OsyJsonReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyJsonReader, osy_json_reader_free)

/** osy_json_reader_has: Returns: whether @name is present and not null. Null counts as absent. */
gboolean osy_json_reader_has (OsyJsonReader *self, const char *name);
/** osy_json_reader_said: Returns: whether @name is present, be it null. */
gboolean osy_json_reader_said (OsyJsonReader *self, const char *name);
/** Required text of @min..@max Unicode characters, no control characters but \n and \t. (transfer
 * none) */
const char *osy_json_reader_string (OsyJsonReader *self, const char *name, gsize min, gsize max);
/** The same, optional: NULL when absent. */
const char *
osy_json_reader_opt_string (OsyJsonReader *self, const char *name, gsize min, gsize max);
/** One of @allowed (NULL-terminated); @fallback NULL makes it required. */
const char *osy_json_reader_enum (OsyJsonReader *self,
                                  const char *name,
                                  const char *const *allowed,
                                  const char *fallback);
/** Required id (UUID); _opt_ gives NULL when absent. */
const char *osy_json_reader_id (OsyJsonReader *self, const char *name);
const char *osy_json_reader_opt_id (OsyJsonReader *self, const char *name);
/** Required integer in @min..@max. */
gint64 osy_json_reader_int (OsyJsonReader *self, const char *name, gint64 min, gint64 max);
gint64 osy_json_reader_opt_int (OsyJsonReader *self,
                                const char *name,
                                gint64 min,
                                gint64 max,
                                gint64 fallback);
gboolean osy_json_reader_opt_bool (OsyJsonReader *self, const char *name, gboolean fallback);
/** RFC 3339 time in UTC microseconds; 0 when absent. */
gint64 osy_json_reader_opt_time (OsyJsonReader *self, const char *name);
/** (transfer none): a child reader; a required one that is missing reads as empty, an optional one
 * is NULL. */
OsyJsonReader *osy_json_reader_object (OsyJsonReader *self, const char *name);
OsyJsonReader *osy_json_reader_opt_object (OsyJsonReader *self, const char *name);
/** Length of an array member; 0 and a fault when outside @min..@max or not an array. */
guint osy_json_reader_array (OsyJsonReader *self, const char *name, guint min, guint max);
/** The same, 0 without a fault when absent. */
guint osy_json_reader_opt_array (OsyJsonReader *self, const char *name, guint max);
/** The element of an array of objects, or its text when it is an array of strings. */
OsyJsonReader *osy_json_reader_element (OsyJsonReader *self, const char *name, guint index);
const char *osy_json_reader_element_string (OsyJsonReader *self,
                                            const char *name,
                                            guint index,
                                            gsize min,
                                            gsize max);
/** The same of an array of integers in @min..@max; 0 with a fault. */
gint64 osy_json_reader_element_int (OsyJsonReader *self,
                                    const char *name,
                                    guint index,
                                    gint64 min,
                                    gint64 max);
/** osy_json_reader_pointer: Returns: (transfer full): JSON pointer of member @name (NULL: of self).
 */
char *osy_json_reader_pointer (OsyJsonReader *self, const char *name);
/** osy_json_reader_fault: notes a fault of the caller's own. */
void
osy_json_reader_fault (OsyJsonReader *self, const char *name, const char *code, const char *detail);
/** osy_json_reader_ignore_unknown: for reading answers, where new members are allowed; holds for
 * everything below @self. */
void osy_json_reader_ignore_unknown (OsyJsonReader *self);
/** osy_json_reader_finish: on the root. Returns: FALSE with INVALID_REQUEST listing every fault. */
gboolean osy_json_reader_finish (OsyJsonReader *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
