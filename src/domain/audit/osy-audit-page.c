/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A page of the log for people: found by index, opened, masked, with names. */

#include "osy-audit-page.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-json.h"
#include "osy-mask.h"

void
osy_audit_line_free (OsyAuditLine *self)
{
  g_free (self->id);
  g_free (self->action);
  g_free (self->actor);
  g_free (self->actor_name);
  g_free (self->object_type);
  g_free (self->object_id);
  g_free (self->trace_id);
  g_clear_pointer (&self->old_value, json_node_unref);
  g_clear_pointer (&self->new_value, json_node_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuditLine, osy_audit_line_free)

/* ---- masking ---- */

typedef char *(*MaskFunc) (const char *);

static char *
mask_words (const char *text)
{
  return g_strdup ("***");
}

static const struct {
  const char *member;
  MaskFunc mask;
} personal[] = {
    {"phone", osy_mask_phone},     {"email", osy_mask_email},     {"address", osy_mask_address},
    {"owner_name", osy_mask_name}, {"guest_name", osy_mask_name}, {"note", mask_words},
};
/* Of a person: a dish has a name too. */
static const char *const people[] = {"customer", "guest", "delivery", "recipient", NULL};

static void mask_object (JsonObject *object, gboolean of_person);

static MaskFunc
mask_of (const char *member, gboolean of_person)
{
  for (gsize i = 0; i < G_N_ELEMENTS (personal); i++)
    if (strcmp (personal[i].member, member) == 0)
      return personal[i].mask;
  return of_person && strcmp (member, "name") == 0 ? osy_mask_name : NULL;
}

static void
mask_array (JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    osy_audit_mask (json_array_get_element (array, i));
}

static void
mask_member (JsonObject *object, const char *member, gboolean of_person)
{
  JsonNode *node = json_object_get_member (object, member);
  MaskFunc mask = mask_of (member, of_person);

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    mask_object (json_node_get_object (node), g_strv_contains (people, member));
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    mask_array (json_node_get_array (node));
  } else if (mask != NULL && json_node_get_value_type (node) == G_TYPE_STRING) {
    g_autofree char *hidden = mask (json_node_get_string (node));
    json_object_set_string_member (object, member, hidden);
  }
}

static void
mask_object (JsonObject *object, gboolean of_person)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *member = members; member != NULL; member = member->next)
    mask_member (object, member->data, of_person);
}

void
osy_audit_mask (JsonNode *value)
{
  if (JSON_NODE_HOLDS_OBJECT (value))
    mask_object (json_node_get_object (value), FALSE);
  else if (JSON_NODE_HOLDS_ARRAY (value))
    mask_array (json_node_get_array (value));
}

/* ---- reading ---- */

static const char page_sql[] =
    "SELECT l.id, l.created_at, l.trace_id, l.action, l.actor, l.object_type, l.object_id, "
    "l.old_value_enc, l.new_value_enc, s.seq FROM audit_log l "
    "LEFT JOIN audit_seal s ON s.restaurant_id = l.restaurant_id AND s.row_id = l.id "
    "WHERE l.restaurant_id = app_restaurant() "
    "AND l.created_at >= coalesce ($1, '-infinity'::timestamptz) "
    "AND l.created_at < coalesce ($2, 'infinity'::timestamptz) "
    "AND (l.created_at, l.id) < (coalesce ($3, 'infinity'::timestamptz), "
    "  coalesce ($4::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)) "
    "AND ($5::text IS NULL OR l.actor = $5) "
    "AND ($6::text IS NULL OR starts_with (l.action, $6)) "
    "AND ($7::uuid IS NULL OR l.object_id = $7::uuid) "
    "ORDER BY l.created_at DESC, l.id DESC LIMIT $8";

static gboolean
open_value (const OsyAuditRoom *room,
            const OsyDbRows *rows,
            guint row,
            const char *column,
            JsonNode **ret,
            OsyDbTx *tx)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, row, column);
  OsyCell cell = {.restaurant_id = osy_db_tx_restaurant (tx),
                  .table = "audit_log",
                  .column = column,
                  .row_id = osy_db_rows_text (rows, row, "id")};
  g_autofree char *text = osy_keyring_open (room->ring, &cell, sealed, &error);

  if (sealed == NULL)
    return TRUE;
  if (text != NULL)
    *ret = osy_json_parse (text, strlen (text), &error);
  /* A cell that does not open was tampered with: the seal names it, the page goes on. */
  if (*ret == NULL)
    g_warning ("a value of the audit log cannot be read: %s", error->message);
  else
    osy_audit_mask (*ret);
  return *ret != NULL;
}

/* A page names few people, so each is asked for once. */
static gboolean
find_name (const OsyAuditRoom *room,
           OsyDbTx *tx,
           GHashTable *names,
           OsyAuditLine *line,
           GError **error)
{
  gpointer known;
  char *name = NULL;

  if (room->name == NULL)
    return TRUE;
  if (!g_hash_table_lookup_extended (names, line->actor, NULL, &known)) {
    name = room->name (tx, room->ring, line->actor, error);
    if (name == NULL)
      return FALSE;
    g_hash_table_insert (names, g_strdup (line->actor), name);
    known = name;
  }
  line->actor_name = g_strdup (known);
  return TRUE;
}

static OsyAuditLine *
line_from_row (const OsyAuditRoom *room, OsyDbTx *tx, const OsyDbRows *rows, guint i)
{
  OsyAuditLine *line = g_new0 (OsyAuditLine, 1);

  line->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  line->at = osy_db_rows_time (rows, i, "created_at");
  line->action = g_strdup (osy_db_rows_text (rows, i, "action"));
  line->actor = g_strdup (osy_db_rows_text (rows, i, "actor"));
  line->object_type = g_strdup (osy_db_rows_text (rows, i, "object_type"));
  line->object_id = g_strdup (osy_db_rows_text (rows, i, "object_id"));
  line->trace_id = g_strdup (osy_db_rows_text (rows, i, "trace_id"));
  line->sealed_seq = osy_db_rows_is_null (rows, i, "seq") ? 0 : osy_db_rows_int (rows, i, "seq");
  open_value (room, rows, i, "old_value_enc", &line->old_value, tx);
  open_value (room, rows, i, "new_value_enc", &line->new_value, tx);
  return line;
}

GPtrArray *
osy_audit_page_read (const OsyAuditRoom *room,
                     OsyDbTx *tx,
                     const OsyAuditQuery *query,
                     GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, page_sql,
                    OSY_PARAMS (OSY_P_TIME (query->from), OSY_P_TIME (query->to),
                                OSY_P_TIME (query->before_at), OSY_P_TEXT (query->before_id),
                                OSY_P_TEXT (query->actor), OSY_P_TEXT (query->action),
                                OSY_P_TEXT (query->object_id), OSY_P_INT (query->limit)),
                    error);

  if (rows == NULL)
    return NULL;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) lines =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_audit_line_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyAuditLine *line = line_from_row (room, tx, rows, i);

    g_ptr_array_add (lines, line);
    if (!find_name (room, tx, names, line, error))
      return NULL;
  }
  return g_steal_pointer (&lines);
}

JsonNode *
osy_audit_line_to_json (const OsyAuditLine *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *thing = json_object_new ();
  g_autofree char *at = osy_clock_format (self->at);

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (object, "action", self->action);
  json_object_set_string_member (object, "actor", self->actor);
  if (self->actor_name != NULL)
    json_object_set_string_member (object, "actor_name", self->actor_name);
  json_object_set_string_member (thing, "type", self->object_type);
  if (self->object_id != NULL)
    json_object_set_string_member (thing, "id", self->object_id);
  json_object_set_object_member (object, "object", thing);
  if (self->old_value != NULL)
    json_object_set_member (object, "old", json_node_copy (self->old_value));
  if (self->new_value != NULL)
    json_object_set_member (object, "new", json_node_copy (self->new_value));
  if (self->sealed_seq > 0)
    json_object_set_int_member (object, "sealed_seq", self->sealed_seq);
  if (self->trace_id != NULL)
    json_object_set_string_member (object, "trace_id", self->trace_id);
  return osy_json_take_object (object);
}
