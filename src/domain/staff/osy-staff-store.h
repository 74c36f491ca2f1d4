/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-store.h"
#include "osy-staff.h"

G_BEGIN_DECLS

/* SQL of the people of the transaction's restaurant and of those it has invited. */

/** osy_staff_store_members: the oldest first; @user_id: (nullable): this one alone. Returns:
 * (transfer full): of OsyStaffMember. */
GPtrArray *
osy_staff_store_members (OsyDbTx *tx, OsyKeyring *ring, const char *user_id, GError **error);

/** What a change of somebody's role has to know; locked until the transaction ends. */
typedef struct {
  gboolean found;
  OsyRole role;
  gint64 version;
  guint other_owners;
} OsyStaffStanding;

/** osy_staff_store_lock: locks @user_id and all owners, so that of two changes at once one sees the
 * other's. */
gboolean
osy_staff_store_lock (OsyDbTx *tx, const char *user_id, OsyStaffStanding *ret, GError **error);

/** osy_staff_store_set_role: and counts the version up. */
gboolean osy_staff_store_set_role (OsyDbTx *tx, const char *user_id, OsyRole role, GError **error);
/** osy_staff_store_delete: ends a membership; its sessions go with it. */
gboolean osy_staff_store_delete (OsyDbTx *tx, const char *user_id, GError **error);

/** An invitation as it is stored, opened. Times in UTC µs. */
typedef struct {
  char *restaurant_id;
  char *id;
  char *name;
  char *email; /* normalised */
  OsyRole role;
  GBytes *code_hash;
  char *invited_by; /* nullable */
  gint64 created_at;
  gint64 expires_at;
} OsyStaffInvitation;
OsyStaffInvitation *osy_staff_invitation_new (void);
void osy_staff_invitation_free (OsyStaffInvitation *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyStaffInvitation, osy_staff_invitation_free)

/** osy_staff_store_insert_invitation: seals name and e-mail. */
gboolean osy_staff_store_insert_invitation (OsyDbTx *tx,
                                            OsyKeyring *ring,
                                            const OsyStaffInvitation *invitation,
                                            GError **error);
/** osy_staff_store_invitations: those that have not ended by @now, the oldest first. Returns:
 * (transfer full): of OsyStaffInvitation. */
GPtrArray *osy_staff_store_invitations (OsyDbTx *tx, OsyKeyring *ring, gint64 now, GError **error);
/** osy_staff_store_find_invitation: by the hash of its code, in a transaction without a restaurant.
 * @ret: (out): NULL when there is none or it has ended. */
gboolean osy_staff_store_find_invitation (OsyDbTx *tx,
                                          OsyKeyring *ring,
                                          GBytes *code_hash,
                                          gint64 now,
                                          OsyStaffInvitation **ret,
                                          GError **error);
/** osy_staff_store_delete_invitation: @found: (out): whether it was there. */
gboolean
osy_staff_store_delete_invitation (OsyDbTx *tx, const char *id, gboolean *found, GError **error);
/** osy_staff_store_sweep_invitations: forgets those that have ended, and those of @invited_by
 * (nullable), who may not invite any more. */
gboolean
osy_staff_store_sweep_invitations (OsyDbTx *tx, gint64 now, const char *invited_by, GError **error);

G_END_DECLS
