/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-session.h"
#include "osy-staff-store.h"

G_BEGIN_DECLS

/** How long an invitation may be taken up. */
#define OSY_STAFF_INVITATION_DAYS 7

/** What the rules of staff work with. Borrowed. */
typedef struct {
  OsyKeyring *ring;
  const OsyAuthSessions *sessions;
} OsyStaff;

/* All of them need staff:manage, run on a worker, and refuse with INSUFFICIENT_PERMISSION who deals
 * with a role above his own. What is unknown here, or works elsewhere, is NOT_FOUND. */

/** osy_staff_service_list: people, then invitations. Returns: (transfer full): of OsyStaffMember.
 */
GPtrArray *
osy_staff_service_list (const OsyStaff *self, OsyDbTx *tx, const OsyCall *call, GError **error);

/** osy_staff_service_invite: @draft: name, e-mail as typed and role; the rest is filled in. An
 * earlier invitation of the same e-mail ends. @code: (out) (transfer full): shown once, to be
 * handed over by the inviter. CONFLICT when that e-mail works here already. Whether it has an
 * account is not told. */
gboolean osy_staff_service_invite (const OsyStaff *self,
                                   OsyDbTx *tx,
                                   const OsyCall *call,
                                   OsyStaffInvitation *draft,
                                   char **code,
                                   GError **error);

/** osy_staff_service_set_role: takes effect at once, also in what is open. @if_version: 0 for any.
 * Returns: (transfer full): the person as he is now; CONFLICT for the last owner. */
OsyStaffMember *osy_staff_service_set_role (const OsyStaff *self,
                                            OsyDbTx *tx,
                                            const OsyCall *call,
                                            const OsyStaffMember *wanted,
                                            gint64 if_version,
                                            GError **error);

/** osy_staff_service_remove: @id: a person, whose sessions here end at once, or an invitation.
 * CONFLICT for the last owner. */
gboolean osy_staff_service_remove (const OsyStaff *self,
                                   OsyDbTx *tx,
                                   const OsyCall *call,
                                   const char *id,
                                   GError **error);

/** osy_staff_service_reset_pin: whose PIN was forgotten, or seen by somebody, has none any more. */
gboolean osy_staff_service_reset_pin (const OsyStaff *self,
                                      OsyDbTx *tx,
                                      const OsyCall *call,
                                      const char *user_id,
                                      GError **error);

/** osy_staff_service_find_invitation: @code: as typed. @ret: (out): NULL when it is not good, has
 * ended or is for another e-mail. In a transaction without a restaurant. */
gboolean osy_staff_service_find_invitation (const OsyStaff *self,
                                            OsyDbTx *tx,
                                            const char *code,
                                            const char *email,
                                            OsyStaffInvitation **ret,
                                            GError **error);

/**
 * osy_staff_service_join:
 * @user: whom the invitation is for: an account whose password was checked (and is in the
 * database), or one with its hash that is still to be made (@is_new)
 *
 * Uses up @invitation in its restaurant, makes the account and the membership.
 * CONFLICT when it was used in between, or the person works here already.
 */
gboolean osy_staff_service_join (const OsyStaff *self,
                                 OsyDbTx *tx,
                                 const OsyStaffInvitation *invitation,
                                 const OsyAuthUser *user,
                                 gboolean is_new,
                                 GError **error);

G_END_DECLS
