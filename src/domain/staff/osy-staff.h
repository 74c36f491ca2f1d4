/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-principal.h"

G_BEGIN_DECLS

/** Somebody who works in the shop, or was invited to (then invitation_id is set and user_id not).
 */
typedef struct {
  char *user_id; /* nullable */
  char *name;    /* nullable */
  char *email;   /* masked */
  OsyRole role;
  gboolean pin;
  gboolean totp;
  gint64 version;
  gint64 since;            /* UTC µs */
  char *invitation_id;     /* nullable */
  gint64 invitation_until; /* UTC µs */
} OsyStaffMember;
OsyStaffMember *osy_staff_member_new (void);
void osy_staff_member_free (OsyStaffMember *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyStaffMember, osy_staff_member_free)

/** osy_staff_member_to_json: Returns: (transfer full): a row of GET /restaurants/me/staff. */
JsonNode *osy_staff_member_to_json (const OsyStaffMember *self);

/** osy_staff_list_to_json: @members: of OsyStaffMember. Returns: (transfer full): {"staff": […]}.
 */
JsonNode *osy_staff_list_to_json (GPtrArray *members);
/** osy_staff_list_from_json: reads what osy_staff_list_to_json() wrote; unknown members are passed
 * over. Returns: (transfer full): of OsyStaffMember, or NULL with @error. */
GPtrArray *osy_staff_list_from_json (JsonNode *node, GError **error);

/** osy_staff_may_give: whether @giver may give @role to somebody, or take it from him: nobody deals
 * with a role above his own, and ADMIN and GUEST are given to nobody. */
gboolean osy_staff_may_give (OsyRole giver, OsyRole role);

/** osy_staff_code_new: Returns: (transfer full): a new invitation code: 60 bits as
 * "K7QP-4MXN-WB2T", without the letters that look like digits. */
char *osy_staff_code_new (void);
/** osy_staff_code_normalise: Returns: (transfer full) (nullable): @text as osy_staff_code_new()
 * writes it, whatever its case, blanks and strokes; NULL when it can be no code. */
char *osy_staff_code_normalise (const char *text);

G_END_DECLS
