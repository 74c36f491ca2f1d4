/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Pictures of dishes, by the hash of their bytes. Whoever sends one has scaled it: what strangers'
 * bytes do to a decoder is not tried in here. */

#include "osy-menu-photo.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-menu-store.h"
#include "osy-picture.h"

/* ---- what may be one ---- */

static gboolean
is_named (const char *name, GBytes *content, GError **error)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

  if (g_str_equal (name, sum))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                       "A photo is called by the SHA-256 of its bytes, in small hexadecimal "
                       "digits; this is another one.");
  return FALSE;
}

gboolean
osy_menu_photo_look (const char *name, GBytes *content, GError **error)
{
  OsyPicture picture;

  if (g_bytes_get_size (content) > OSY_MENU_PHOTO_MAX)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_TOO_LARGE,
                         "Send at most 512 KiB here; 640 pixels a side are enough.");
  else if (!osy_picture_look (content, &picture) || !g_str_equal (picture.type, "image/jpeg"))
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNSUPPORTED_MEDIA_TYPE,
                         "Send a JPEG picture.");
  else if (!picture.whole || picture.more)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         picture.whole ? "Something lies behind the picture's end; leave it out."
                                       : "The picture ends too early; send it again.");
  else if (picture.width != picture.height || picture.width < OSY_MENU_PHOTO_LEAST ||
           picture.width > OSY_MENU_PHOTO_MOST)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "Send a square picture of 64 to 1024 pixels a side.");
  else if (picture.spoken)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                         "The picture tells where and by what it was taken (Exif, a comment); take "
                         "that out and send it again.");
  else
    return is_named (name, content, error);
  return FALSE;
}

/* ---- rows ---- */

/* A day, so that an undo within it finds the picture whatever became of the versions. */
static gboolean
sweep (OsyDbTx *tx, gint64 now, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM menu_photo p WHERE restaurant_id = app_restaurant() "
                      "AND put_at < $1 AND NOT EXISTS (SELECT FROM menu_item i "
                      "  WHERE i.restaurant_id = p.restaurant_id AND i.photo = p.sha256) "
                      "AND NOT EXISTS (SELECT FROM menu_version v "
                      "  WHERE v.restaurant_id = p.restaurant_id "
                      "  AND strpos(v.undo::text, p.sha256) > 0)",
                      OSY_PARAMS (OSY_P_TIME (now - G_TIME_SPAN_DAY)), NULL, error);
}

static gboolean
keep (OsyDbTx *tx, const char *name, GBytes *content, gint64 now, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO menu_photo (restaurant_id, sha256, content, put_at) "
                      "VALUES (app_restaurant(), $1, $2, $3) "
                      "ON CONFLICT (restaurant_id, sha256) DO UPDATE SET put_at = $3",
                      OSY_PARAMS (OSY_P_TEXT (name), OSY_P_BYTES (content), OSY_P_TIME (now)), NULL,
                      error);
}

gboolean
osy_menu_photo_get (OsyDbTx *tx, const char *name, GBytes **ret, GError **error)
{
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx, "SELECT content FROM menu_photo WHERE restaurant_id = app_restaurant() AND sha256 = $1",
      OSY_PARAMS (OSY_P_TEXT (name)), error);

  if (rows == NULL)
    return FALSE;
  *ret = osy_db_rows_count (rows) > 0 ? osy_db_rows_bytes (rows, 0, "content") : NULL;
  return TRUE;
}

gboolean
osy_menu_photo_check (OsyDbTx *tx, const OsyMenuDraft *draft, OsyMenu *menu, GError **error)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, draft->touched[OSY_MENU_ITEM]);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    const OsyMenuItem *item = osy_menu_find_item (menu, id);
    const OsyMenuItem *old = osy_menu_find_item (draft->old, id);
    if (item != NULL && item->photo != NULL &&
        (old == NULL || g_strcmp0 (old->photo, item->photo) != 0) &&
        g_hash_table_add (wanted, item->photo))
      g_ptr_array_add (names, item->photo);
  }
  if (names->len == 0)
    return TRUE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT sha256 FROM menu_photo WHERE restaurant_id = app_restaurant() "
                    "AND sha256 = ANY ($1::text[])",
                    OSY_PARAMS (OSY_P_TEXTS (names)), error);
  if (rows == NULL || osy_db_rows_count (rows) == names->len)
    return rows != NULL;
  GError *refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                                         "There is no such photo; put it first.");
  osy_error_add_field (refusal, "/photo", "UNKNOWN_PHOTO", "There is no such photo.");
  g_propagate_error (error, refusal);
  return FALSE;
}

/* Under the menu's lock: none goes while a dish is given it. */
JsonNode *
osy_menu_photo_put (OsyDbTx *tx,
                    const OsyCall *call,
                    const char *name,
                    GBytes *content,
                    GError **error)
{
  gint64 now = osy_clock_now ();

  if (osy_db_tx_restaurant (tx) == NULL) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such restaurant.");
    return NULL;
  }
  if (!osy_principal_check (call->principal, OSY_PERM_MENU_MANAGE, error) ||
      !osy_menu_store_lock (tx, error) || !keep (tx, name, content, now, error) ||
      !sweep (tx, now, error))
    return NULL;
  JsonObject *object = json_object_new ();
  json_object_set_string_member (object, "photo", name);
  return osy_json_take_object (object);
}
