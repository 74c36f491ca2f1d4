/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of the plan. */

#include "osy-floor-store.h"

gboolean
osy_floor_store_lock (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO table_room (restaurant_id) VALUES (app_restaurant()) "
                      "ON CONFLICT (restaurant_id) DO UPDATE "
                      "SET floor_version = table_room.floor_version",
                      OSY_NO_PARAMS, NULL, error);
}

/* ---- reading ---- */

static OsyFloor *
read_floor (const OsyDbRows *rows, guint i)
{
  OsyFloor *floor = osy_floor_new ();

  floor->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  floor->name = g_strdup (osy_db_rows_text (rows, i, "name"));
  floor->position = (int)osy_db_rows_int (rows, i, "position");
  floor->width = (int)osy_db_rows_int (rows, i, "width");
  floor->height = (int)osy_db_rows_int (rows, i, "height");
  floor->photo = osy_db_rows_bool (rows, i, "photo");
  return floor;
}

static OsyPiece *
read_piece (const OsyDbRows *rows, guint i)
{
  OsyPiece *piece = osy_piece_new ();

  piece->id = g_strdup (osy_db_rows_text (rows, i, "id"));
  piece->floor_id = g_strdup (osy_db_rows_text (rows, i, "floor_id"));
  piece->kind = g_intern_string (osy_db_rows_text (rows, i, "kind"));
  piece->shape = g_intern_string (osy_db_rows_text (rows, i, "shape"));
  piece->number = g_strdup (osy_db_rows_text (rows, i, "number"));
  piece->label = g_strdup (osy_db_rows_text (rows, i, "label"));
  piece->seats = (int)osy_db_rows_int (rows, i, "seats");
  piece->x = (int)osy_db_rows_int (rows, i, "x");
  piece->y = (int)osy_db_rows_int (rows, i, "y");
  piece->width = (int)osy_db_rows_int (rows, i, "width");
  piece->height = (int)osy_db_rows_int (rows, i, "height");
  piece->rotation = (int)osy_db_rows_int (rows, i, "rotation");
  return piece;
}

OsyFloorPlan *
osy_floor_store_load (OsyDbTx *tx, GError **error)
{
  g_autoptr (OsyDbRows) head = osy_db_query (
      tx, "SELECT floor_version FROM table_room WHERE restaurant_id = app_restaurant()",
      OSY_NO_PARAMS, error);
  g_autoptr (OsyDbRows) floors =
      head != NULL ? osy_db_query (tx,
                                   "SELECT *, EXISTS (SELECT FROM floor_photo p "
                                   "  WHERE p.restaurant_id = f.restaurant_id "
                                   "  AND p.floor_id = f.id) AS photo FROM floor f "
                                   "WHERE restaurant_id = app_restaurant() ORDER BY position, id",
                                   OSY_NO_PARAMS, error)
                   : NULL;
  g_autoptr (OsyDbRows) pieces =
      floors != NULL
          ? osy_db_query (
                tx, "SELECT * FROM floor_piece WHERE restaurant_id = app_restaurant() ORDER BY id",
                OSY_NO_PARAMS, error)
          : NULL;

  if (pieces == NULL)
    return NULL;
  g_autoptr (OsyFloorPlan) plan = osy_floor_plan_new ();
  if (osy_db_rows_count (head) > 0)
    plan->version = osy_db_rows_int (head, 0, "floor_version");
  for (guint i = 0; i < osy_db_rows_count (floors); i++)
    g_ptr_array_add (plan->floors, read_floor (floors, i));
  for (guint i = 0; i < osy_db_rows_count (pieces); i++) {
    OsyPiece *piece = read_piece (pieces, i);
    g_ptr_array_add (osy_floor_plan_floor (plan, piece->floor_id)->pieces, piece);
  }
  return g_steal_pointer (&plan);
}

/* ---- writing ---- */

static gboolean
delete_row (OsyDbTx *tx, const char *sql, const char *id, GError **error)
{
  return osy_db_exec (tx, sql, OSY_PARAMS (OSY_P_TEXT (id)), NULL, error);
}

static gboolean
put_floor (OsyDbTx *tx, const OsyFloor *floor, GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO floor (restaurant_id, id, name, position, width, height) "
      "VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5) ON CONFLICT (restaurant_id, id) "
      "DO UPDATE SET name = $2, position = $3, width = $4, height = $5",
      OSY_PARAMS (OSY_P_TEXT (floor->id), OSY_P_TEXT (floor->name), OSY_P_INT (floor->position),
                  OSY_P_INT (floor->width), OSY_P_INT (floor->height)),
      NULL, error);
}

static gboolean
put_piece (OsyDbTx *tx, const OsyPiece *piece, GError **error)
{
  return osy_db_exec (
      tx,
      "INSERT INTO floor_piece (restaurant_id, id, floor_id, kind, shape, number, label, seats, "
      "  x, y, width, height, rotation) "
      "VALUES (app_restaurant(), $1::uuid, $2::uuid, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
      "ON CONFLICT (restaurant_id, id) DO UPDATE SET floor_id = $2::uuid, kind = $3, shape = $4, "
      "  number = $5, label = $6, seats = $7, x = $8, y = $9, width = $10, height = $11, "
      "  rotation = $12",
      OSY_PARAMS (OSY_P_TEXT (piece->id), OSY_P_TEXT (piece->floor_id), OSY_P_TEXT (piece->kind),
                  OSY_P_TEXT (piece->shape), OSY_P_TEXT (piece->number), OSY_P_TEXT (piece->label),
                  OSY_P_INT (piece->seats), OSY_P_INT (piece->x), OSY_P_INT (piece->y),
                  OSY_P_INT (piece->width), OSY_P_INT (piece->height), OSY_P_INT (piece->rotation)),
      NULL, error);
}

static gboolean
same_piece (const OsyPiece *a, const OsyPiece *b)
{
  g_autofree char *one = a != NULL ? osy_piece_digest (a) : NULL;
  g_autofree char *two = b != NULL ? osy_piece_digest (b) : NULL;

  return g_strcmp0 (one, two) == 0;
}

static gboolean
same_floor (const OsyFloor *a, const OsyFloor *b)
{
  g_autofree char *one = a != NULL ? osy_floor_digest (a) : NULL;
  g_autofree char *two = b != NULL ? osy_floor_digest (b) : NULL;

  return g_strcmp0 (one, two) == 0;
}

static gboolean
write_now (OsyDbTx *tx, const OsyFloorPlan *was, const OsyFloorPlan *now, GError **error)
{
  for (guint i = 0; i < now->floors->len; i++) {
    const OsyFloor *floor = g_ptr_array_index (now->floors, i);
    if (!same_floor (osy_floor_plan_floor (was, floor->id), floor) && !put_floor (tx, floor, error))
      return FALSE;
    for (guint k = 0; k < floor->pieces->len; k++) {
      const OsyPiece *piece = g_ptr_array_index (floor->pieces, k);
      if (!same_piece (osy_floor_plan_piece (was, piece->id), piece) &&
          !put_piece (tx, piece, error))
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
delete_gone (OsyDbTx *tx, const OsyFloorPlan *was, const OsyFloorPlan *now, GError **error)
{
  for (guint i = 0; i < was->floors->len; i++) {
    const OsyFloor *floor = g_ptr_array_index (was->floors, i);
    for (guint k = 0; k < floor->pieces->len; k++) {
      const OsyPiece *piece = g_ptr_array_index (floor->pieces, k);
      if (osy_floor_plan_piece (now, piece->id) == NULL &&
          !delete_row (
              tx,
              "DELETE FROM floor_piece WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
              piece->id, error))
        return FALSE;
    }
    if (osy_floor_plan_floor (now, floor->id) == NULL &&
        !delete_row (tx,
                     "DELETE FROM floor WHERE restaurant_id = app_restaurant() AND id = $1::uuid",
                     floor->id, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
osy_floor_store_write (OsyDbTx *tx,
                       const OsyFloorPlan *was,
                       const OsyFloorPlan *now,
                       GError **error)
{
  return write_now (tx, was, now, error) && delete_gone (tx, was, now, error) &&
         osy_db_exec (tx,
                      "UPDATE table_room SET floor_version = $1 "
                      "WHERE restaurant_id = app_restaurant()",
                      OSY_PARAMS (OSY_P_INT (now->version)), NULL, error);
}

/* ---- the picture of a room ---- */

gboolean
osy_floor_store_put_photo (OsyDbTx *tx,
                           const char *floor_id,
                           const char *type,
                           GBytes *content,
                           gint64 at,
                           GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM floor_photo p WHERE restaurant_id = app_restaurant() "
                      "AND put_at < $1 AND NOT EXISTS (SELECT FROM floor f "
                      "  WHERE f.restaurant_id = p.restaurant_id AND f.id = p.floor_id)",
                      OSY_PARAMS (OSY_P_TIME (at - G_TIME_SPAN_DAY)), NULL, error) &&
         osy_db_exec (tx,
                      "INSERT INTO floor_photo (restaurant_id, floor_id, type, content, put_at) "
                      "VALUES (app_restaurant(), $1::uuid, $2, $3, $4) "
                      "ON CONFLICT (restaurant_id, floor_id) "
                      "DO UPDATE SET type = $2, content = $3, put_at = $4",
                      OSY_PARAMS (OSY_P_TEXT (floor_id), OSY_P_TEXT (type), OSY_P_BYTES (content),
                                  OSY_P_TIME (at)),
                      NULL, error);
}

gboolean
osy_floor_store_get_photo (OsyDbTx *tx,
                           const char *floor_id,
                           char **type,
                           GBytes **content,
                           GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT type, content FROM floor_photo "
                    "WHERE restaurant_id = app_restaurant() AND floor_id = $1::uuid",
                    OSY_PARAMS (OSY_P_TEXT (floor_id)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) > 0) {
    *type = g_strdup (osy_db_rows_text (rows, 0, "type"));
    *content = osy_db_rows_bytes (rows, 0, "content");
  }
  return TRUE;
}

gboolean
osy_floor_store_delete_photo (OsyDbTx *tx, const char *floor_id, gboolean *deleted, GError **error)
{
  gint64 affected = 0;
  gboolean done = osy_db_exec (
      tx, "DELETE FROM floor_photo WHERE restaurant_id = app_restaurant() AND floor_id = $1::uuid",
      OSY_PARAMS (OSY_P_TEXT (floor_id)), &affected, error);

  *deleted = affected > 0;
  return done;
}
