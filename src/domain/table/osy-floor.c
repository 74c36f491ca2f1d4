/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The plan of a shop as plain data: floors, what stands on them, and JSON both ways. */

#include "osy-floor.h"

#include "osy-json.h"

#define MAX_PIECES 2000
#define MAX_FLOORS 20
#define DIGEST_LENGTH 16

/* ---- memory ---- */

OsyPiece *
osy_piece_new (void)
{
  OsyPiece *self = g_new0 (OsyPiece, 1);

  self->kind = OSY_PIECE_TABLE;
  self->shape = OSY_PIECE_SQUARE;
  return self;
}

OsyPiece *
osy_piece_copy (const OsyPiece *self)
{
  OsyPiece *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->floor_id = g_strdup (self->floor_id);
  copy->number = g_strdup (self->number);
  copy->label = g_strdup (self->label);
  return copy;
}

void
osy_piece_free (OsyPiece *self)
{
  g_free (self->id);
  g_free (self->floor_id);
  g_free (self->number);
  g_free (self->label);
  g_free (self);
}

OsyFloor *
osy_floor_new (void)
{
  OsyFloor *self = g_new0 (OsyFloor, 1);

  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_piece_free);
  return self;
}

OsyFloor *
osy_floor_copy (const OsyFloor *self)
{
  OsyFloor *copy = osy_floor_new ();

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->position = self->position;
  copy->width = self->width;
  copy->height = self->height;
  copy->photo = self->photo;
  for (guint i = 0; i < self->pieces->len; i++)
    g_ptr_array_add (copy->pieces, osy_piece_copy (g_ptr_array_index (self->pieces, i)));
  return copy;
}

void
osy_floor_free (OsyFloor *self)
{
  g_free (self->id);
  g_free (self->name);
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

OsyFloorPlan *
osy_floor_plan_new (void)
{
  OsyFloorPlan *self = g_new0 (OsyFloorPlan, 1);

  self->floors = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_floor_free);
  return self;
}

OsyFloorPlan *
osy_floor_plan_copy (const OsyFloorPlan *self)
{
  OsyFloorPlan *copy = osy_floor_plan_new ();

  copy->version = self->version;
  for (guint i = 0; i < self->floors->len; i++)
    g_ptr_array_add (copy->floors, osy_floor_copy (g_ptr_array_index (self->floors, i)));
  return copy;
}

void
osy_floor_plan_free (OsyFloorPlan *self)
{
  g_ptr_array_unref (self->floors);
  g_free (self);
}

/* ---- finding ---- */

OsyFloor *
osy_floor_plan_floor (const OsyFloorPlan *self, const char *id)
{
  for (guint i = 0; i < self->floors->len; i++) {
    OsyFloor *floor = g_ptr_array_index (self->floors, i);
    if (g_strcmp0 (floor->id, id) == 0)
      return floor;
  }
  return NULL;
}

typedef gboolean (*Matches) (const OsyPiece *piece, const char *key);

static OsyPiece *
find_piece (const OsyFloorPlan *self, Matches matches, const char *key)
{
  for (guint i = 0; i < self->floors->len; i++) {
    const OsyFloor *floor = g_ptr_array_index (self->floors, i);
    for (guint k = 0; k < floor->pieces->len; k++)
      if (matches (g_ptr_array_index (floor->pieces, k), key))
        return g_ptr_array_index (floor->pieces, k);
  }
  return NULL;
}

static gboolean
has_id (const OsyPiece *piece, const char *id)
{
  return g_strcmp0 (piece->id, id) == 0;
}

static gboolean
has_number (const OsyPiece *piece, const char *number)
{
  return piece->number != NULL && g_strcmp0 (piece->number, number) == 0;
}

OsyPiece *
osy_floor_plan_piece (const OsyFloorPlan *self, const char *id)
{
  return find_piece (self, has_id, id);
}

OsyPiece *
osy_floor_plan_table (const OsyFloorPlan *self, const char *number)
{
  return find_piece (self, has_number, number);
}

char *
osy_floor_plan_next_number (const OsyFloorPlan *self)
{
  for (guint i = 1;; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);
    if (osy_floor_plan_table (self, number) == NULL)
      return g_steal_pointer (&number);
  }
}

/* ---- writing ---- */

static void
set_opt_string (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonObject *
piece_content (const OsyPiece *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "kind", self->kind);
  json_object_set_string_member (object, "shape", self->shape);
  set_opt_string (object, "number", self->number);
  if (self->seats > 0)
    json_object_set_int_member (object, "seats", self->seats);
  set_opt_string (object, "label", self->label);
  json_object_set_int_member (object, "x", self->x);
  json_object_set_int_member (object, "y", self->y);
  json_object_set_int_member (object, "width", self->width);
  json_object_set_int_member (object, "height", self->height);
  json_object_set_int_member (object, "rotation", self->rotation);
  return object;
}

static JsonObject *
floor_content (const OsyFloor *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_int_member (object, "position", self->position);
  json_object_set_int_member (object, "width", self->width);
  json_object_set_int_member (object, "height", self->height);
  return object;
}

/* @content: (transfer full) */
static char *
digest_of (JsonObject *content)
{
  g_autoptr (JsonNode) node = osy_json_take_object (content);
  g_autofree char *text = osy_json_print (node);
  char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  sum[DIGEST_LENGTH] = '\0';
  return sum;
}

char *
osy_piece_digest (const OsyPiece *self)
{
  JsonObject *content = piece_content (self);

  set_opt_string (content, "floor_id", self->floor_id);
  return digest_of (content);
}

char *
osy_floor_digest (const OsyFloor *self)
{
  return digest_of (floor_content (self));
}

JsonObject *
osy_piece_to_json (const OsyPiece *self)
{
  JsonObject *object = piece_content (self);
  g_autofree char *digest = osy_piece_digest (self);

  json_object_set_string_member (object, "digest", digest);
  return object;
}

JsonObject *
osy_floor_to_json (const OsyFloor *self)
{
  JsonObject *object = floor_content (self);
  g_autofree char *digest = osy_floor_digest (self);
  JsonArray *pieces = json_array_new ();

  json_object_set_string_member (object, "digest", digest);
  json_object_set_boolean_member (object, "photo", self->photo);
  for (guint i = 0; i < self->pieces->len; i++)
    json_array_add_object_element (pieces, osy_piece_to_json (g_ptr_array_index (self->pieces, i)));
  json_object_set_array_member (object, "pieces", pieces);
  return object;
}

JsonNode *
osy_floor_plan_to_json (const OsyFloorPlan *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *floors = json_array_new ();

  json_object_set_int_member (object, "version", self->version);
  for (guint i = 0; i < self->floors->len; i++)
    json_array_add_object_element (floors, osy_floor_to_json (g_ptr_array_index (self->floors, i)));
  json_object_set_array_member (object, "floors", floors);
  return osy_json_take_object (object);
}

/* ---- reading ---- */

static gboolean
is_one_line (const char *text)
{
  gboolean visible = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (*p == '\n' || *p == '\t')
      return FALSE;
    visible = visible || !g_unichar_isspace (g_utf8_get_char (p));
  }
  return visible;
}

static char *
read_line (OsyJsonReader *reader, const char *name, gsize max)
{
  const char *text = osy_json_reader_opt_string (reader, name, 1, max);

  if (text != NULL && !is_one_line (text))
    osy_json_reader_fault (reader, name, "NAME", "This is one line and not blank.");
  return text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_DEFAULT_COMPOSE) : NULL;
}

void
osy_piece_read (OsyPiece *self, OsyJsonReader *reader)
{
  static const char *const kinds[] = {OSY_PIECE_TABLE, OSY_PIECE_BAR,  OSY_PIECE_WALL,
                                      OSY_PIECE_DOOR,  OSY_PIECE_TEXT, NULL};
  static const char *const shapes[] = {OSY_PIECE_SQUARE, OSY_PIECE_ROUND, NULL};
  const char *kind = osy_json_reader_enum (reader, "kind", kinds, NULL);
  const char *shape = osy_json_reader_enum (reader, "shape", shapes, OSY_PIECE_SQUARE);

  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->kind = kind != NULL ? g_intern_string (kind) : OSY_PIECE_TABLE;
  self->shape = shape != NULL ? g_intern_string (shape) : OSY_PIECE_SQUARE;
  self->number = read_line (reader, "number", OSY_PIECE_MAX_NUMBER);
  self->label = read_line (reader, "label", OSY_PIECE_MAX_LABEL);
  self->seats = (int)osy_json_reader_opt_int (reader, "seats", 0, OSY_PIECE_MAX_SEATS, 0);
  self->x = (int)osy_json_reader_int (reader, "x", 0, OSY_FLOOR_MAX_SIZE);
  self->y = (int)osy_json_reader_int (reader, "y", 0, OSY_FLOOR_MAX_SIZE);
  self->width = (int)osy_json_reader_int (reader, "width", OSY_PIECE_MIN_SIZE, OSY_FLOOR_MAX_SIZE);
  self->height =
      (int)osy_json_reader_int (reader, "height", OSY_PIECE_MIN_SIZE, OSY_FLOOR_MAX_SIZE);
  self->rotation = (int)osy_json_reader_opt_int (reader, "rotation", 0, 359, 0);
  if (kind != NULL && (self->number != NULL) != g_str_equal (kind, OSY_PIECE_TABLE))
    osy_json_reader_fault (reader, "number", "NUMBER", "A table has a number, nothing else has.");
}

void
osy_floor_read (OsyFloor *self, OsyJsonReader *reader)
{
  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->name = read_line (reader, "name", OSY_FLOOR_MAX_NAME);
  if (!osy_json_reader_has (reader, "name"))
    osy_json_reader_fault (reader, "name", "REQUIRED", "A floor has a name.");
  self->position = (int)osy_json_reader_opt_int (reader, "position", 0, MAX_FLOORS - 1, 0);
  self->width = (int)osy_json_reader_int (reader, "width", OSY_FLOOR_MIN_SIZE, OSY_FLOOR_MAX_SIZE);
  self->height =
      (int)osy_json_reader_int (reader, "height", OSY_FLOOR_MIN_SIZE, OSY_FLOOR_MAX_SIZE);
}

static OsyFloor *
read_floor (OsyJsonReader *reader)
{
  OsyFloor *floor = osy_floor_new ();
  guint n = osy_json_reader_opt_array (reader, "pieces", MAX_PIECES);

  osy_floor_read (floor, reader);
  floor->photo = osy_json_reader_opt_bool (reader, "photo", FALSE);
  for (guint i = 0; i < n; i++) {
    OsyPiece *piece = osy_piece_new ();
    osy_piece_read (piece, osy_json_reader_element (reader, "pieces", i));
    piece->floor_id = g_strdup (floor->id);
    g_ptr_array_add (floor->pieces, piece);
  }
  return floor;
}

OsyFloorPlan *
osy_floor_plan_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyFloorPlan) self = osy_floor_plan_new ();

  osy_json_reader_ignore_unknown (reader);
  self->version = osy_json_reader_int (reader, "version", 0, G_MAXINT64);
  guint n = osy_json_reader_array (reader, "floors", 0, MAX_FLOORS);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->floors, read_floor (osy_json_reader_element (reader, "floors", i)));
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
