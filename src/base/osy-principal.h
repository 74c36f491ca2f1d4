/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Permissions, one bit each; the wire names are in osy-principal.c. */
typedef enum {
  OSY_PERM_NONE = 0,
  OSY_PERM_ORDER_READ = 1 << 0,
  OSY_PERM_ORDER_WRITE = 1 << 1,
  OSY_PERM_ORDER_CANCEL = 1 << 2,
  OSY_PERM_MENU_MANAGE = 1 << 3,
  OSY_PERM_SHOP_READ = 1 << 4,
  OSY_PERM_SHOP_MANAGE = 1 << 5,
  OSY_PERM_STAFF_MANAGE = 1 << 6,
  OSY_PERM_AUDIT_READ = 1 << 7,
  OSY_PERM_PAYMENT_MANAGE = 1 << 8,
  OSY_PERM_PAYMENT_TAKE = 1 << 9,
  OSY_PERM_PAYMENT_REFUND = 1 << 10,
  OSY_PERM_GUEST_UNMASK = 1 << 11,
  OSY_PERM_PRIVACY_MANAGE = 1 << 12,
  OSY_PERM_SECURITY_READ = 1 << 13,
  OSY_PERM_DEVICE_MANAGE = 1 << 14,
  OSY_PERM_CHECK_ADJUST = 1 << 15,
  OSY_PERM_TABLE_MANAGE = 1 << 16,
  OSY_PERM_KITCHEN_MANAGE = 1 << 17,
  OSY_PERM_PRINTER_MANAGE = 1 << 18,
  OSY_PERM_DELIVERY_MANAGE = 1 << 19,
  OSY_PERM_ATTENTION_MANAGE = 1 << 20,
  OSY_PERM_STOCK_WRITE = 1 << 21,
  OSY_PERM_STOCK_MANAGE = 1 << 22,
  OSY_PERM_SALES_READ = 1 << 23,
  OSY_PERM_TILL_MANAGE = 1 << 24,
} OsyPermission;

typedef enum {
  OSY_ROLE_GUEST,
  OSY_ROLE_COURIER,
  OSY_ROLE_KITCHEN,
  OSY_ROLE_STAFF,
  OSY_ROLE_MANAGER,
  OSY_ROLE_OWNER,
  OSY_ROLE_ADMIN,
  OSY_N_ROLES
} OsyRole;

/** Who acts. Immutable once made; shared between threads by reference. */
typedef struct _OsyPrincipal OsyPrincipal;

/** osy_principal_new_user: a signed-in person. Returns: (transfer full). Permissions follow the
 * role. */
OsyPrincipal *osy_principal_new_user (const char *user_id,
                                      const char *restaurant_id,
                                      OsyRole role,
                                      const char *session_id);

/** osy_principal_new_device: a paired screen, which is nobody in particular. Its session is itself.
 */
OsyPrincipal *
osy_principal_new_device (const char *device_id, const char *restaurant_id, OsyRole role);

/** osy_principal_new_acting: @user_id, who has shown himself for one act in the session of @self:
 * may what the session may, and @permission. Role and actor are his. */
OsyPrincipal *osy_principal_new_acting (const OsyPrincipal *self,
                                        const char *user_id,
                                        OsyRole role,
                                        OsyPermission permission);

/** osy_principal_new_anonymous: Returns: (transfer full): nobody in particular, role GUEST. */
OsyPrincipal *osy_principal_new_anonymous (void);

/** osy_principal_new_system: the daemon or the command line itself, acting for @restaurant_id. It
 * has every permission. */
OsyPrincipal *osy_principal_new_system (const char *restaurant_id, const char *name);

/** osy_principal_ref: Returns: @self. Any thread. */
OsyPrincipal *osy_principal_ref (OsyPrincipal *self);
/** osy_principal_unref: frees @self with its last reference. Any thread. */
void osy_principal_unref (OsyPrincipal *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyPrincipal, osy_principal_unref)

/** osy_principal_is_anonymous: Returns: whether nobody has signed in. */
gboolean osy_principal_is_anonymous (const OsyPrincipal *self);
/** osy_principal_can: Returns: whether @self has all bits of @permission. */
gboolean osy_principal_can (const OsyPrincipal *self, OsyPermission permission);
/** osy_principal_check: like _can, with INSUFFICIENT_PERMISSION (or UNAUTHENTICATED) set. */
gboolean osy_principal_check (const OsyPrincipal *self,
                              OsyPermission permission,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Nullable for anonymous and system principals, the first for devices too. */
const char *osy_principal_user_id (const OsyPrincipal *self);
const char *osy_principal_restaurant_id (const OsyPrincipal *self);
const char *osy_principal_session_id (const OsyPrincipal *self);
/** What the audit log calls the actor: "user:<id>", "device:<id>", "guest", "system:<name>". */
const char *osy_principal_actor (const OsyPrincipal *self);
OsyRole osy_principal_role (const OsyPrincipal *self);

/** Who asks and under which trace: handed to every service. */
typedef struct {
  OsyPrincipal *principal;
  const char *trace_id; /* nullable */
} OsyCall;

/** Wire names: "OWNER", …; "order:read", …. */
const char *osy_role_name (OsyRole role);
gboolean osy_role_from_name (const char *name, OsyRole *ret) G_GNUC_WARN_UNUSED_RESULT;
guint32 osy_role_permissions (OsyRole role);
const char *osy_permission_name (OsyPermission permission);
gboolean osy_permission_from_name (const char *name, OsyPermission *ret) G_GNUC_WARN_UNUSED_RESULT;
/** osy_permission_names: Returns: (transfer full): sorted NULL-terminated names of the bits set. */
char **osy_permission_names (guint32 permissions);

G_END_DECLS
