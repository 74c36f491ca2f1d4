/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Reads a batch of changes and lays it on a draft. Entries may name each other in any order: all
 * are announced before the first is read, and nothing is done before all are read. */

#include "osy-menu-changes.h"

#include "osy-error.h"
#include "osy-menu-json.h"

/* One change as read. */
typedef struct {
  OsyMenuKind kind;
  const char *id;
  OsyMenuEntry *entry; /* nullable: what is to be put */
  gint64 position;
  GPtrArray *ids;    /* nullable: the order of a list; its category is id */
  OsyMenuStop *mark; /* nullable: of the draft, to be set */
  OsyMenuStop stop;
  char *where;
} Change;

typedef struct {
  OsyJsonReader *root;
  OsyMenuEdit *edit;
  GHashTable *seen;     /* set of ids that are put or deleted */
  GArray *changes;      /* of Change */
  JsonArray *conflicts; /* nullable */
} Batch;

static const char *const kinds[] = {"category", "item", "option_group", "order", "stop", NULL};
#define KIND_ORDER 3
#define KIND_STOP 4

static void
change_clear (gpointer data)
{
  Change *change = data;

  osy_menu_entry_free (change->kind, change->entry);
  g_clear_pointer (&change->ids, g_ptr_array_unref);
  g_free (change->where);
}

/* ---- what the client saw ---- */

static void
conflict (Batch *self, guint kind, const char *id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kinds[kind]);
  if (id != NULL)
    json_object_set_string_member (object, "id", id);
  if (self->conflicts == NULL)
    self->conflicts = json_array_new ();
  json_array_add_object_element (self->conflicts, object);
}

static char *
digest_of (OsyMenu *menu, OsyMenuKind kind, const char *id)
{
  g_autoptr (JsonNode) node = osy_menu_json_write_entry (menu, kind, id, 0);

  return node ? g_strdup (json_object_get_string_member (json_node_get_object (node), "digest"))
              : NULL;
}

/* @have: (nullable): what "expect" would say now; NULL when it is gone. */
static void
check_expected (Batch *self, OsyJsonReader *reader, guint kind, const char *id, const char *have)
{
  const char *expect = osy_json_reader_opt_string (reader, "expect", 1, 64);

  if (expect != NULL && g_strcmp0 (expect, have) != 0)
    conflict (self, kind, id);
}

/* ---- reading, first round: who is there ---- */

static void
announce (Batch *self, OsyJsonReader *reader, OsyMenuKind kind)
{
  const char *id = osy_json_reader_id (reader, "id");
  OsyMenu *old = self->edit->draft->old;
  gboolean puts = osy_json_reader_has (reader, "entry");

  if (id == NULL)
    return;
  if (!g_hash_table_add (self->seen, (gpointer)id))
    osy_json_reader_fault (reader, "id", "DUPLICATE", "An entry is changed twice in one batch.");
  if (!osy_json_reader_said (reader, "entry"))
    osy_json_reader_fault (reader, "entry", "REQUIRED", "Send the entry, or null to delete it.");
  if (puts && osy_menu_draft_find (self->edit->draft, kind, id) == NULL) {
    osy_menu_draft_announce (self->edit->draft, kind, id);
    check_expected (self, reader, kind, id, NULL);
    return;
  }
  g_autofree char *have = osy_json_reader_has (reader, "expect") ? digest_of (old, kind, id) : NULL;
  check_expected (self, reader, kind, id, have);
  if (!puts && osy_menu_draft_find (self->edit->draft, kind, id) == NULL)
    conflict (self, kind, id);
}

/* ---- reading, second round: what becomes of them ---- */

/* What is there keeps its marks. */
static void
keep_marks (OsyMenuDraft *draft, OsyMenuKind kind, OsyMenuEntry *entry)
{
  const OsyMenuItem *item = osy_menu_find_item (draft->old, entry->id);
  const OsyMenuGroup *group = osy_menu_find_group (draft->old, entry->id);

  if (kind == OSY_MENU_ITEM && item != NULL) {
    ((OsyMenuItem *)entry)->stop = item->stop;
    ((OsyMenuItem *)entry)->left = item->left;
  }
  if (kind != OSY_MENU_GROUP || group == NULL)
    return;
  GPtrArray *options = ((OsyMenuGroup *)entry)->options;
  for (guint i = 0; i < options->len; i++) {
    OsyMenuOption *option = g_ptr_array_index (options, i);
    const OsyMenuOption *old = osy_menu_find_option (draft->old, option->id);
    if (old != NULL && g_ptr_array_find (group->options, old, NULL))
      option->stop = old->stop;
  }
}

static void
read_entry (Batch *self, OsyJsonReader *reader, Change *change)
{
  change->id = osy_json_reader_id (reader, "id");
  OsyJsonReader *body = osy_json_reader_opt_object (reader, "entry");
  gint64 position = osy_json_reader_opt_int (reader, "position", 0, G_MAXINT32, -1);

  change->position = position;
  change->where = osy_json_reader_pointer (body ? body : reader, NULL);
  if (body == NULL || change->id == NULL)
    return;
  change->entry = osy_menu_entry_new (change->kind);
  change->entry->id = g_strdup (change->id);
  osy_menu_edit (self->edit, body, change->kind, change->entry);
  keep_marks (self->edit->draft, change->kind, change->entry);
}

static void
read_order (Batch *self, OsyJsonReader *reader, Change *change)
{
  static const char *const lists[] = {"category", "item", NULL};
  const char *of = osy_json_reader_enum (reader, "of", lists, NULL);
  guint n = osy_json_reader_array (reader, "ids", 0, G_MAXUINT16);
  OsyMenu *old = self->edit->draft->old;

  if (g_strcmp0 (of, "item") == 0)
    change->id = osy_json_reader_id (reader, "category_id");
  change->ids = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (change->ids,
                     (gpointer)osy_json_reader_element_string (reader, "ids", i, 36, 36));
  const OsyMenuCategory *category = osy_menu_find_category (old, change->id);
  GPtrArray *list = change->id == NULL ? osy_menu_categories (old)
                    : category         ? category->items
                                       : NULL;
  g_autofree char *have = list ? osy_menu_changes_expect_list (list) : NULL;
  check_expected (self, reader, KIND_ORDER, change->id, have);
}

static void
read_stop (Batch *self, OsyJsonReader *reader, Change *change)
{
  gboolean is_option = osy_json_reader_has (reader, "option_id");

  change->id = osy_json_reader_id (reader, is_option ? "option_id" : "item_id");
  change->stop = osy_menu_edit_stop (self->edit, reader, "mode", "until");
  change->mark = osy_menu_draft_stop (self->edit->draft, change->id, is_option);
  g_autofree char *have = change->mark ? osy_menu_changes_expect_stop (change->mark) : NULL;
  check_expected (self, reader, KIND_STOP, change->id, have);
  if (change->mark == NULL && change->id != NULL)
    conflict (self, KIND_STOP, change->id);
}

static void
read_change (Batch *self, OsyJsonReader *reader, guint kind)
{
  g_array_set_size (self->changes, self->changes->len + 1);
  Change *change = &g_array_index (self->changes, Change, self->changes->len - 1);

  if (kind == KIND_ORDER) {
    read_order (self, reader, change);
  } else if (kind == KIND_STOP) {
    read_stop (self, reader, change);
  } else {
    change->kind = (OsyMenuKind)kind;
    read_entry (self, reader, change);
  }
}

static guint
kind_of (OsyJsonReader *reader)
{
  const char *name = osy_json_reader_enum (reader, "kind", kinds, NULL);

  for (guint i = 0; kinds[i] != NULL; i++)
    if (g_strcmp0 (name, kinds[i]) == 0)
      return i;
  return G_MAXUINT;
}

/* ---- doing it ---- */

static void
carry_out (Batch *self)
{
  OsyMenuDraft *draft = self->edit->draft;

  for (guint i = 0; i < self->changes->len; i++) {
    Change *change = &g_array_index (self->changes, Change, i);
    if (change->mark != NULL)
      osy_menu_stop_mark (change->mark, &change->stop);
    else if (change->entry != NULL)
      osy_menu_draft_put (draft, change->kind, g_steal_pointer (&change->entry), change->position,
                          change->where);
    else if (change->ids == NULL)
      osy_menu_draft_delete (draft, change->kind, change->id, change->where);
    else if (!osy_menu_draft_order (draft, change->id, change->ids))
      conflict (self, KIND_ORDER, change->id);
  }
}

static gboolean
check_conflicts (Batch *self, GError **error)
{
  if (self->conflicts == NULL)
    return TRUE;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                         "The menu was changed meanwhile; read it again.");
  JsonNode *entries = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (entries, g_steal_pointer (&self->conflicts));
  osy_error_set_extra (refusal, "entries", entries);
  g_propagate_error (error, refusal);
  return FALSE;
}

gboolean
osy_menu_changes_apply (OsyJsonReader *reader, OsyMenuEdit *edit, GError **error)
{
  guint n = osy_json_reader_array (reader, "changes", 0, OSY_MENU_MAX_CHANGES);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (Change));
  Batch self = {reader, edit, seen, changes, NULL};

  g_array_set_clear_func (changes, change_clear);
  edit->create = edit->whole = TRUE;
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "changes", i);
    guint kind = kind_of (one);
    if (kind < OSY_MENU_N_KINDS)
      announce (&self, one, (OsyMenuKind)kind);
  }
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "changes", i);
    guint kind = kind_of (one);
    if (kind != G_MAXUINT)
      read_change (&self, one, kind);
  }
  /* What is out of date is told first: it explains the rest. */
  gboolean ok = check_conflicts (&self, error) && osy_json_reader_finish (reader, error);
  if (ok)
    carry_out (&self);
  ok = ok && check_conflicts (&self, error);
  return ok;
}
