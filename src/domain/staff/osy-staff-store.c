/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* SQL of staff. A person sees his own memberships in every shop, so each statement here also names
 * the restaurant itself. */

#include "osy-staff-store.h"

#include "osy-codec.h"
#include "osy-mask.h"

#define TABLE "staff_invitation"
#define INVITATION_COLUMNS \
  "restaurant_id, id, name_enc, email_enc, role, code_hash, invited_by, created_at, expires_at"

/* ---- people ---- */

static gboolean
read_person (OsyDbTx *tx, OsyKeyring *ring, OsyStaffMember *member, GError **error)
{
  g_autoptr (OsyAuthUser) user = NULL;

  if (!osy_auth_store_load_user (tx, ring, member->user_id, &user, error))
    return FALSE;
  member->name = user ? g_strdup (user->name) : NULL;
  member->email = user ? osy_mask_email (user->email) : g_strdup ("*");
  return TRUE;
}

GPtrArray *
osy_staff_store_members (OsyDbTx *tx, OsyKeyring *ring, const char *user_id, GError **error)
{
  g_autoptr (GPtrArray) members =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_staff_member_free);
  g_autoptr (OsyDbRows) rows = osy_db_query (
      tx,
      "SELECT m.user_id, m.role, m.version, m.created_at, t.user_id IS NOT NULL AS totp, "
      "p.user_id IS NOT NULL AS pin FROM membership m LEFT JOIN staff_totp () t USING (user_id) "
      "LEFT JOIN membership_pin p ON p.restaurant_id = m.restaurant_id AND p.user_id = m.user_id "
      "WHERE m.restaurant_id = app_restaurant () AND ($1::uuid IS NULL OR m.user_id = $1::uuid) "
      "ORDER BY m.created_at, m.user_id",
      OSY_PARAMS (OSY_P_TEXT (user_id)), error);

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    OsyStaffMember *member = osy_staff_member_new ();
    g_ptr_array_add (members, member);
    member->user_id = g_strdup (osy_db_rows_text (rows, i, "user_id"));
    if (!osy_role_from_name (osy_db_rows_text (rows, i, "role"), &member->role))
      member->role = OSY_ROLE_GUEST;
    member->version = osy_db_rows_int (rows, i, "version");
    member->since = osy_db_rows_time (rows, i, "created_at");
    member->pin = osy_db_rows_bool (rows, i, "pin");
    member->totp = osy_db_rows_bool (rows, i, "totp");
    if (!read_person (tx, ring, member, error))
      return NULL;
  }
  return rows ? g_steal_pointer (&members) : NULL;
}

gboolean
osy_staff_store_lock (OsyDbTx *tx, const char *user_id, OsyStaffStanding *ret, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT user_id, role, version FROM membership "
                    "WHERE restaurant_id = app_restaurant () "
                    "AND (user_id = $1::uuid OR role = 'OWNER') ORDER BY user_id FOR UPDATE",
                    OSY_PARAMS (OSY_P_TEXT (user_id)), error);

  *ret = (OsyStaffStanding){FALSE};
  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    OsyRole role = OSY_ROLE_GUEST;
    gboolean known = osy_role_from_name (osy_db_rows_text (rows, i, "role"), &role);
    if (g_strcmp0 (osy_db_rows_text (rows, i, "user_id"), user_id) != 0) {
      ret->other_owners += known && role == OSY_ROLE_OWNER;
      continue;
    }
    ret->found = TRUE;
    ret->role = role;
    ret->version = osy_db_rows_int (rows, i, "version");
  }
  return rows != NULL;
}

gboolean
osy_staff_store_set_role (OsyDbTx *tx, const char *user_id, OsyRole role, GError **error)
{
  return osy_db_exec (tx,
                      "UPDATE membership SET role = $2, version = version + 1 "
                      "WHERE restaurant_id = app_restaurant () AND user_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (user_id), OSY_P_TEXT (osy_role_name (role))), NULL,
                      error);
}

gboolean
osy_staff_store_delete (OsyDbTx *tx, const char *user_id, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM membership "
                      "WHERE restaurant_id = app_restaurant () AND user_id = $1::uuid",
                      OSY_PARAMS (OSY_P_TEXT (user_id)), NULL, error);
}

/* ---- invitations ---- */

OsyStaffInvitation *
osy_staff_invitation_new (void)
{
  return g_new0 (OsyStaffInvitation, 1);
}

void
osy_staff_invitation_free (OsyStaffInvitation *self)
{
  g_free (self->restaurant_id);
  g_free (self->id);
  g_free (self->name);
  g_free (self->email);
  g_clear_pointer (&self->code_hash, g_bytes_unref);
  g_free (self->invited_by);
  g_free (self);
}

static OsyCell
cell_of (const OsyStaffInvitation *invitation, const char *column)
{
  return (OsyCell){.restaurant_id = invitation->restaurant_id,
                   .table = TABLE,
                   .column = column,
                   .row_id = invitation->id};
}

gboolean
osy_staff_store_insert_invitation (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const OsyStaffInvitation *invitation,
                                   GError **error)
{
  OsyCell name_cell = cell_of (invitation, "name");
  OsyCell email_cell = cell_of (invitation, "email");
  g_autoptr (GBytes) name = osy_keyring_seal (ring, &name_cell, invitation->name, error);
  g_autoptr (GBytes) email =
      name ? osy_keyring_seal (ring, &email_cell, invitation->email, error) : NULL;

  return email != NULL &&
         osy_db_exec (
             tx,
             "INSERT INTO staff_invitation (" INVITATION_COLUMNS ") VALUES "
             "($1::uuid, $2::uuid, $3, $4, $5, $6, $7::uuid, $8, $9)",
             OSY_PARAMS (OSY_P_TEXT (invitation->restaurant_id), OSY_P_TEXT (invitation->id),
                         OSY_P_BYTES (name), OSY_P_BYTES (email),
                         OSY_P_TEXT (osy_role_name (invitation->role)),
                         OSY_P_BYTES (invitation->code_hash), OSY_P_TEXT (invitation->invited_by),
                         OSY_P_TIME (invitation->created_at), OSY_P_TIME (invitation->expires_at)),
             NULL, error);
}

static char *
open_cell (OsyKeyring *ring,
           const OsyStaffInvitation *invitation,
           const char *column,
           GBytes *sealed,
           GError **error)
{
  OsyCell cell = cell_of (invitation, column);

  return osy_keyring_open (ring, &cell, sealed, error);
}

static OsyStaffInvitation *
read_invitation (OsyKeyring *ring, const OsyDbRows *rows, guint row, GError **error)
{
  g_autoptr (OsyStaffInvitation) self = osy_staff_invitation_new ();
  g_autoptr (GBytes) name = osy_db_rows_bytes (rows, row, "name_enc");
  g_autoptr (GBytes) email = osy_db_rows_bytes (rows, row, "email_enc");

  self->restaurant_id = g_strdup (osy_db_rows_text (rows, row, "restaurant_id"));
  self->id = g_strdup (osy_db_rows_text (rows, row, "id"));
  self->code_hash = osy_db_rows_bytes (rows, row, "code_hash");
  self->invited_by = g_strdup (osy_db_rows_text (rows, row, "invited_by"));
  self->created_at = osy_db_rows_time (rows, row, "created_at");
  self->expires_at = osy_db_rows_time (rows, row, "expires_at");
  if (!osy_role_from_name (osy_db_rows_text (rows, row, "role"), &self->role))
    self->role = OSY_ROLE_GUEST;
  self->name = open_cell (ring, self, "name", name, error);
  self->email = self->name ? open_cell (ring, self, "email", email, error) : NULL;
  return self->email ? g_steal_pointer (&self) : NULL;
}

GPtrArray *
osy_staff_store_invitations (OsyDbTx *tx, OsyKeyring *ring, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) found =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_staff_invitation_free);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT " INVITATION_COLUMNS " FROM staff_invitation "
                    "WHERE restaurant_id = app_restaurant () AND expires_at > $1 "
                    "ORDER BY created_at, id",
                    OSY_PARAMS (OSY_P_TIME (now)), error);

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++) {
    OsyStaffInvitation *invitation = read_invitation (ring, rows, i, error);
    if (invitation == NULL)
      return NULL;
    g_ptr_array_add (found, invitation);
  }
  return rows ? g_steal_pointer (&found) : NULL;
}

gboolean
osy_staff_store_find_invitation (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 GBytes *code_hash,
                                 gint64 now,
                                 OsyStaffInvitation **ret,
                                 GError **error)
{
  g_autofree char *hex =
      osy_hex_encode (g_bytes_get_data (code_hash, NULL), g_bytes_get_size (code_hash));

  *ret = NULL;
  if (!osy_db_exec (tx, "SELECT set_config ('app.invitation', $1, true)",
                    OSY_PARAMS (OSY_P_TEXT (hex)), NULL, error))
    return FALSE;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT " INVITATION_COLUMNS
                    " FROM staff_invitation WHERE code_hash = $1 AND expires_at > $2",
                    OSY_PARAMS (OSY_P_BYTES (code_hash), OSY_P_TIME (now)), error);
  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0)
    return TRUE;
  *ret = read_invitation (ring, rows, 0, error);
  return *ret != NULL;
}

gboolean
osy_staff_store_delete_invitation (OsyDbTx *tx, const char *id, gboolean *found, GError **error)
{
  gint64 affected = 0;
  gboolean ok = osy_db_exec (tx,
                             "DELETE FROM staff_invitation "
                             "WHERE restaurant_id = app_restaurant () AND id = $1::uuid",
                             OSY_PARAMS (OSY_P_TEXT (id)), &affected, error);

  *found = affected > 0;
  return ok;
}

gboolean
osy_staff_store_sweep_invitations (OsyDbTx *tx, gint64 now, const char *invited_by, GError **error)
{
  return osy_db_exec (tx,
                      "DELETE FROM staff_invitation WHERE restaurant_id = app_restaurant () "
                      "AND (expires_at <= $1 OR invited_by = $2::uuid)",
                      OSY_PARAMS (OSY_P_TIME (now), OSY_P_TEXT (invited_by)), NULL, error);
}
