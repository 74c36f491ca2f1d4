/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of staff that the database alone can tell. */

#include "osy-staff-invariants.h"

const OsyDbInvariant osy_staff_invariants[] = {
    {"staff.shop-has-an-owner",
     "SELECT format('shop %s has no owner', id) AS violation FROM restaurant r "
     "WHERE NOT EXISTS (SELECT FROM membership m WHERE m.restaurant_id = r.id AND m.role = "
     "'OWNER')"},
    {"staff.inviter-works-here",
     "SELECT format('invitation %s is of somebody who does not work there', id) AS violation "
     "FROM staff_invitation i WHERE invited_by IS NOT NULL AND NOT EXISTS (SELECT FROM membership "
     "m "
     "  WHERE m.restaurant_id = i.restaurant_id AND m.user_id = i.invited_by)"},
    {NULL},
};
