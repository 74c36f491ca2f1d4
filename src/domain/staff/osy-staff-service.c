/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of staff: who may come, who may do what, who goes. */

#include "osy-staff-service.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-auth-pin.h"
#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-mask.h"

/* More people than any shop has; a stolen session cannot fill the table. */
#define MAX_INVITATIONS 50

static gboolean
check_role (const OsyCall *call, OsyRole role, GError **error)
{
  if (osy_staff_may_give (osy_principal_role (call->principal), role))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION,
                       "Nobody deals with a role above his own.");
  return FALSE;
}

static gboolean
set_not_found (GError **error)
{
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "Nobody like that works here.");
  return FALSE;
}

static JsonNode *
role_to_json (OsyRole role, const char *email)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "role", osy_role_name (role));
  if (email != NULL) {
    g_autofree char *masked = osy_mask_email (email);
    json_object_set_string_member (object, "email", masked);
  }
  return osy_json_take_object (object);
}

/* ---- seeing ---- */

static OsyStaffMember *
member_of_invitation (const OsyStaffInvitation *invitation)
{
  OsyStaffMember *member = osy_staff_member_new ();

  member->name = g_strdup (invitation->name);
  member->email = osy_mask_email (invitation->email);
  member->role = invitation->role;
  member->version = 1;
  member->since = invitation->created_at;
  member->invitation_id = g_strdup (invitation->id);
  member->invitation_until = invitation->expires_at;
  return member;
}

GPtrArray *
osy_staff_service_list (const OsyStaff *self, OsyDbTx *tx, const OsyCall *call, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_STAFF_MANAGE, error))
    return NULL;
  g_autoptr (GPtrArray) members = osy_staff_store_members (tx, self->ring, NULL, error);
  g_autoptr (GPtrArray) invited =
      members ? osy_staff_store_invitations (tx, self->ring, osy_clock_now (), error) : NULL;
  if (invited == NULL)
    return NULL;
  for (guint i = 0; i < invited->len; i++)
    g_ptr_array_add (members, member_of_invitation (invited->pdata[i]));
  return g_steal_pointer (&members);
}

/* ---- inviting ---- */

static GBytes *
hash_of (OsyKeyring *ring, const char *code)
{
  guint8 key[OSY_KEY_SIZE];
  guint8 mac[32];

  osy_keyring_derive (ring, "staff-invitation", key);
  osy_hmac_sha256 (key, (const guint8 *)code, strlen (code), mac);
  osy_wipe (key, sizeof key);
  return g_bytes_new (mac, sizeof mac);
}

static gboolean
check_new_to_shop (const OsyStaff *self, OsyDbTx *tx, const char *email, GError **error)
{
  g_autoptr (OsyAuthUser) user = NULL;

  if (!osy_auth_store_find_user (tx, self->ring, email, &user, error))
    return FALSE;
  if (user == NULL)
    return TRUE;
  g_autoptr (GPtrArray) members = osy_staff_store_members (tx, self->ring, user->id, error);
  if (members != NULL && members->len > 0)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "Somebody with this e-mail address works here already.");
  return members != NULL && members->len == 0;
}

/* One invitation for an e-mail: the newest. */
static gboolean
make_room (const OsyStaff *self, OsyDbTx *tx, const char *email, gint64 now, GError **error)
{
  if (!osy_staff_store_sweep_invitations (tx, now, NULL, error))
    return FALSE;
  g_autoptr (GPtrArray) open = osy_staff_store_invitations (tx, self->ring, now, error);
  guint left = open ? open->len : 0;

  for (guint i = 0; open != NULL && i < open->len; i++) {
    const OsyStaffInvitation *other = open->pdata[i];
    gboolean found = FALSE;
    if (strcmp (other->email, email) != 0)
      continue;
    if (!osy_staff_store_delete_invitation (tx, other->id, &found, error))
      return FALSE;
    left--;
  }
  if (left >= MAX_INVITATIONS)
    g_set_error (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                 "%d invitations are open: withdraw some first.", MAX_INVITATIONS);
  return open != NULL && left < MAX_INVITATIONS;
}

gboolean
osy_staff_service_invite (const OsyStaff *self,
                          OsyDbTx *tx,
                          const OsyCall *call,
                          OsyStaffInvitation *draft,
                          char **code,
                          GError **error)
{
  gint64 now = osy_clock_now ();
  g_autofree char *fresh = osy_staff_code_new ();

  if (!osy_principal_check (call->principal, OSY_PERM_STAFF_MANAGE, error) ||
      !check_role (call, draft->role, error) ||
      !check_new_to_shop (self, tx, draft->email, error) ||
      !make_room (self, tx, draft->email, now, error))
    return FALSE;
  g_free (draft->id);
  draft->id = osy_id_new ();
  g_free (draft->restaurant_id);
  draft->restaurant_id = g_strdup (osy_db_tx_restaurant (tx));
  g_free (draft->invited_by);
  draft->invited_by = g_strdup (osy_principal_user_id (call->principal));
  g_clear_pointer (&draft->code_hash, g_bytes_unref);
  draft->code_hash = hash_of (self->ring, fresh);
  draft->created_at = now;
  draft->expires_at = now + OSY_STAFF_INVITATION_DAYS * G_TIME_SPAN_DAY;
  g_autoptr (JsonNode) what = role_to_json (draft->role, draft->email);
  OsyAuditEntry entry = {.action = "staff.invited",
                         .object_type = "staff_invitation",
                         .object_id = draft->id,
                         .new_value = what};
  if (!osy_staff_store_insert_invitation (tx, self->ring, draft, error) ||
      !osy_audit_record (tx, self->ring, call, &entry, error))
    return FALSE;
  g_free (*code);
  *code = g_steal_pointer (&fresh);
  return TRUE;
}

/* ---- changing and going ---- */

/* Both he and the role he has must be within the caller's reach; an owner leaves one behind. */
static gboolean
lock (OsyDbTx *tx, const OsyCall *call, const char *user_id, OsyStaffStanding *ret, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_STAFF_MANAGE, error) ||
      !osy_staff_store_lock (tx, user_id, ret, error))
    return FALSE;
  return ret->found ? check_role (call, ret->role, error) : set_not_found (error);
}

static gboolean
check_owner_left (const OsyStaffStanding *standing, OsyRole role, GError **error)
{
  if (standing->role != OSY_ROLE_OWNER || role == OSY_ROLE_OWNER || standing->other_owners > 0)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                       "A shop keeps at least one owner: make somebody else an owner first.");
  return FALSE;
}

static gboolean
check_version (const OsyStaffStanding *standing, gint64 if_version, GError **error)
{
  if (if_version == 0 || if_version == standing->version)
    return TRUE;
  GError *conflict = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                          "Somebody else changed this person first: load again.");
  osy_error_set_extra (conflict, "current_version",
                       json_node_init_int (json_node_alloc (), standing->version));
  g_propagate_error (error, conflict);
  return FALSE;
}

static gboolean
record_role (const OsyStaff *self,
             OsyDbTx *tx,
             const OsyCall *call,
             const OsyStaffStanding *before,
             const OsyStaffMember *after, /* of role GUEST: gone */
             GError **error)
{
  g_autoptr (JsonNode) was = role_to_json (before->role, NULL);
  gboolean gone = after->role == OSY_ROLE_GUEST;
  g_autoptr (JsonNode) is = gone ? NULL : role_to_json (after->role, NULL);
  OsyAuditEntry entry = {.action = gone ? "staff.removed" : "staff.role_changed",
                         .object_type = "user",
                         .object_id = after->user_id,
                         .old_value = was,
                         .new_value = is};

  return osy_audit_record (tx, self->ring, call, &entry, error);
}

/* What he invited others to was his right, and he has less of it now. */
static gboolean
change_role (const OsyStaff *self,
             OsyDbTx *tx,
             const OsyCall *call,
             const OsyStaffStanding *before,
             const OsyStaffMember *wanted,
             GError **error)
{
  return osy_staff_store_set_role (tx, wanted->user_id, wanted->role, error) &&
         osy_staff_store_sweep_invitations (tx, osy_clock_now (), wanted->user_id, error) &&
         osy_auth_session_outdate (self->sessions, tx, wanted->user_id, error) &&
         record_role (self, tx, call, before, wanted, error);
}

OsyStaffMember *
osy_staff_service_set_role (const OsyStaff *self,
                            OsyDbTx *tx,
                            const OsyCall *call,
                            const OsyStaffMember *wanted,
                            gint64 if_version,
                            GError **error)
{
  OsyStaffStanding standing;

  if (!lock (tx, call, wanted->user_id, &standing, error) ||
      !check_role (call, wanted->role, error) || !check_version (&standing, if_version, error) ||
      !check_owner_left (&standing, wanted->role, error))
    return NULL;
  if (standing.role != wanted->role && !change_role (self, tx, call, &standing, wanted, error))
    return NULL;
  g_autoptr (GPtrArray) found = osy_staff_store_members (tx, self->ring, wanted->user_id, error);
  return found && found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
}

static gboolean
withdraw (const OsyStaff *self, OsyDbTx *tx, const OsyCall *call, const char *id, GError **error)
{
  OsyAuditEntry entry = {
      .action = "staff.invitation_withdrawn", .object_type = "staff_invitation", .object_id = id};

  return osy_audit_record (tx, self->ring, call, &entry, error);
}

gboolean
osy_staff_service_remove (const OsyStaff *self,
                          OsyDbTx *tx,
                          const OsyCall *call,
                          const char *id,
                          GError **error)
{
  const OsyStaffMember gone = {.user_id = (char *)id, .role = OSY_ROLE_GUEST};
  OsyStaffStanding standing;
  gboolean invited = FALSE;

  if (!osy_principal_check (call->principal, OSY_PERM_STAFF_MANAGE, error) ||
      !osy_staff_store_delete_invitation (tx, id, &invited, error))
    return FALSE;
  if (invited)
    return withdraw (self, tx, call, id, error);
  return lock (tx, call, id, &standing, error) && check_owner_left (&standing, gone.role, error) &&
         osy_auth_session_end_of (self->sessions, tx, id, osy_db_tx_restaurant (tx), NULL, error) &&
         osy_staff_store_sweep_invitations (tx, osy_clock_now (), id, error) &&
         osy_staff_store_delete (tx, id, error) &&
         record_role (self, tx, call, &standing, &gone, error);
}

gboolean
osy_staff_service_reset_pin (const OsyStaff *self,
                             OsyDbTx *tx,
                             const OsyCall *call,
                             const char *user_id,
                             GError **error)
{
  const OsyAuditEntry entry = {
      .action = "staff.pin_reset", .object_type = "user", .object_id = user_id};
  OsyStaffStanding standing;
  gboolean removed = FALSE;

  return lock (tx, call, user_id, &standing, error) &&
         osy_auth_pin_remove (tx, user_id, &removed, error) &&
         (!removed || osy_audit_record (tx, self->ring, call, &entry, error));
}

/* ---- coming ---- */

gboolean
osy_staff_service_find_invitation (const OsyStaff *self,
                                   OsyDbTx *tx,
                                   const char *code,
                                   const char *email,
                                   OsyStaffInvitation **ret,
                                   GError **error)
{
  g_autofree char *normal = osy_staff_code_normalise (code);

  *ret = NULL;
  if (normal == NULL || email == NULL)
    return TRUE;
  g_autoptr (GBytes) hash = hash_of (self->ring, normal);
  if (!osy_staff_store_find_invitation (tx, self->ring, hash, osy_clock_now (), ret, error))
    return FALSE;
  if (*ret != NULL && strcmp ((*ret)->email, email) != 0)
    g_clear_pointer (ret, osy_staff_invitation_free);
  return TRUE;
}

static gboolean
use_up (OsyDbTx *tx, const OsyStaffInvitation *invitation, const char *user_id, GError **error)
{
  gboolean found = FALSE;
  OsyStaffStanding standing;

  if (!osy_staff_store_delete_invitation (tx, invitation->id, &found, error) ||
      !osy_staff_store_lock (tx, user_id, &standing, error))
    return FALSE;
  if (found && !standing.found)
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                       found ? "You work in this shop already: sign in."
                             : "The invitation was used or withdrawn just now.");
  return FALSE;
}

gboolean
osy_staff_service_join (const OsyStaff *self,
                        OsyDbTx *tx,
                        const OsyStaffInvitation *invitation,
                        const OsyAuthUser *user,
                        gboolean is_new,
                        GError **error)
{
  gint64 now = osy_clock_now ();
  g_autoptr (OsyPrincipal) person =
      osy_principal_new_user (user->id, invitation->restaurant_id, invitation->role, NULL);
  OsyCall call = {.principal = person};
  g_autoptr (JsonNode) what = role_to_json (invitation->role, NULL);
  OsyAuditEntry entry = {
      .action = "staff.joined", .object_type = "user", .object_id = user->id, .new_value = what};

  return use_up (tx, invitation, user->id, error) &&
         (!is_new || osy_auth_store_insert_user (tx, self->ring, user, now, error)) &&
         osy_auth_store_insert_membership (tx, user->id, invitation->role, now, error) &&
         osy_audit_record (tx, self->ring, &call, &entry, error);
}
