/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who acts, and what a role may do. The only place where roles and permissions meet. */

#include "osy-principal.h"

#include "osy-error.h"

struct _OsyPrincipal {
  gatomicrefcount refs;
  gboolean anonymous;
  OsyRole role;
  guint32 permissions;
  char *user_id;
  char *restaurant_id;
  char *session_id;
  char *actor;
};

static const struct {
  OsyPermission bit;
  const char *name;
} permissions[] = {
    {OSY_PERM_ATTENTION_MANAGE, "attention:manage"},
    {OSY_PERM_AUDIT_READ, "audit:read"},
    {OSY_PERM_CHECK_ADJUST, "check:adjust"},
    {OSY_PERM_DELIVERY_MANAGE, "delivery:manage"},
    {OSY_PERM_DEVICE_MANAGE, "device:manage"},
    {OSY_PERM_GUEST_UNMASK, "guest:unmask"},
    {OSY_PERM_KITCHEN_MANAGE, "kitchen:manage"},
    {OSY_PERM_MENU_MANAGE, "menu:manage"},
    {OSY_PERM_ORDER_CANCEL, "order:cancel"},
    {OSY_PERM_ORDER_READ, "order:read"},
    {OSY_PERM_ORDER_WRITE, "order:write"},
    {OSY_PERM_PAYMENT_MANAGE, "payment:manage"},
    {OSY_PERM_PAYMENT_REFUND, "payment:refund"},
    {OSY_PERM_PAYMENT_TAKE, "payment:take"},
    {OSY_PERM_PRINTER_MANAGE, "printer:manage"},
    {OSY_PERM_PRIVACY_MANAGE, "privacy:manage"},
    {OSY_PERM_SALES_READ, "sales:read"},
    {OSY_PERM_SECURITY_READ, "security:read"},
    {OSY_PERM_SHOP_MANAGE, "shop:manage"},
    {OSY_PERM_SHOP_READ, "shop:read"},
    {OSY_PERM_STAFF_MANAGE, "staff:manage"},
    {OSY_PERM_STOCK_MANAGE, "stock:manage"},
    {OSY_PERM_STOCK_WRITE, "stock:write"},
    {OSY_PERM_TABLE_MANAGE, "table:manage"},
    {OSY_PERM_TILL_MANAGE, "till:manage"},
};

#define ALL_PERMISSIONS ((1u << 25) - 1)
/* An administrator keeps the system, not the guests' data. */
#define ADMIN_PERMISSIONS \
  (ALL_PERMISSIONS & ~(OSY_PERM_GUEST_UNMASK | OSY_PERM_PRIVACY_MANAGE | OSY_PERM_DEVICE_MANAGE))
#define STAFF_PERMISSIONS                                                                    \
  (OSY_PERM_ORDER_READ | OSY_PERM_ORDER_WRITE | OSY_PERM_ORDER_CANCEL | OSY_PERM_SHOP_READ | \
   OSY_PERM_PAYMENT_TAKE | OSY_PERM_STOCK_WRITE)

static const struct {
  const char *name;
  guint32 permissions;
} roles[OSY_N_ROLES] = {
    [OSY_ROLE_GUEST] = {"GUEST", OSY_PERM_NONE},
    [OSY_ROLE_COURIER] = {"COURIER", OSY_PERM_ORDER_READ},
    [OSY_ROLE_KITCHEN] = {"KITCHEN",
                          OSY_PERM_ORDER_READ | OSY_PERM_ORDER_WRITE | OSY_PERM_SHOP_READ},
    [OSY_ROLE_STAFF] = {"STAFF", STAFF_PERMISSIONS},
    [OSY_ROLE_MANAGER] = {"MANAGER", STAFF_PERMISSIONS | OSY_PERM_MENU_MANAGE |
                                         OSY_PERM_PAYMENT_REFUND | OSY_PERM_GUEST_UNMASK |
                                         OSY_PERM_DEVICE_MANAGE | OSY_PERM_CHECK_ADJUST |
                                         OSY_PERM_TABLE_MANAGE | OSY_PERM_KITCHEN_MANAGE |
                                         OSY_PERM_PRINTER_MANAGE | OSY_PERM_DELIVERY_MANAGE |
                                         OSY_PERM_ATTENTION_MANAGE | OSY_PERM_STOCK_MANAGE |
                                         OSY_PERM_SALES_READ | OSY_PERM_TILL_MANAGE},
    [OSY_ROLE_OWNER] = {"OWNER", ALL_PERMISSIONS},
    [OSY_ROLE_ADMIN] = {"ADMIN", ADMIN_PERMISSIONS},
};

static OsyPrincipal *
new_principal (OsyRole role, const char *restaurant_id, char *actor)
{
  OsyPrincipal *self = g_new0 (OsyPrincipal, 1);

  g_atomic_ref_count_init (&self->refs);
  self->role = role;
  self->permissions = roles[role].permissions;
  self->restaurant_id = g_strdup (restaurant_id);
  self->actor = actor;
  return self;
}

OsyPrincipal *
osy_principal_new_user (const char *user_id,
                        const char *restaurant_id,
                        OsyRole role,
                        const char *session_id)
{
  OsyPrincipal *self = new_principal (role, restaurant_id, g_strconcat ("user:", user_id, NULL));

  self->user_id = g_strdup (user_id);
  self->session_id = g_strdup (session_id);
  return self;
}

OsyPrincipal *
osy_principal_new_device (const char *device_id, const char *restaurant_id, OsyRole role)
{
  OsyPrincipal *self =
      new_principal (role, restaurant_id, g_strconcat ("device:", device_id, NULL));

  self->session_id = g_strdup (device_id);
  return self;
}

OsyPrincipal *
osy_principal_new_acting (const OsyPrincipal *self,
                          const char *user_id,
                          OsyRole role,
                          OsyPermission permission)
{
  OsyPrincipal *acting =
      osy_principal_new_user (user_id, self->restaurant_id, role, self->session_id);

  acting->permissions = self->permissions | permission;
  return acting;
}

OsyPrincipal *
osy_principal_new_anonymous (void)
{
  OsyPrincipal *self = new_principal (OSY_ROLE_GUEST, NULL, g_strdup ("guest"));

  self->anonymous = TRUE;
  return self;
}

OsyPrincipal *
osy_principal_new_system (const char *restaurant_id, const char *name)
{
  OsyPrincipal *self =
      new_principal (OSY_ROLE_ADMIN, restaurant_id, g_strconcat ("system:", name, NULL));

  self->permissions = ALL_PERMISSIONS;
  return self;
}

OsyPrincipal *
osy_principal_ref (OsyPrincipal *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
osy_principal_unref (OsyPrincipal *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->user_id);
  g_free (self->restaurant_id);
  g_free (self->session_id);
  g_free (self->actor);
  g_free (self);
}

gboolean
osy_principal_is_anonymous (const OsyPrincipal *self)
{
  return self->anonymous;
}

gboolean
osy_principal_can (const OsyPrincipal *self, OsyPermission permission)
{
  return (self->permissions & permission) == (guint32)permission;
}

gboolean
osy_principal_check (const OsyPrincipal *self, OsyPermission permission, GError **error)
{
  if (!self->anonymous && osy_principal_can (self, permission))
    return TRUE;
  if (self->anonymous)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_UNAUTHENTICATED, "Sign in to do this.");
  else
    g_set_error (error, OSY_ERROR, OSY_ERROR_INSUFFICIENT_PERMISSION,
                 "The role %s may not do this.", roles[self->role].name);
  return FALSE;
}

const char *
osy_principal_user_id (const OsyPrincipal *self)
{
  return self->user_id;
}

const char *
osy_principal_restaurant_id (const OsyPrincipal *self)
{
  return self->restaurant_id;
}

const char *
osy_principal_session_id (const OsyPrincipal *self)
{
  return self->session_id;
}

const char *
osy_principal_actor (const OsyPrincipal *self)
{
  return self->actor;
}

OsyRole
osy_principal_role (const OsyPrincipal *self)
{
  return self->role;
}

const char *
osy_role_name (OsyRole role)
{
  g_return_val_if_fail (role < OSY_N_ROLES, NULL);
  return roles[role].name;
}

gboolean
osy_role_from_name (const char *name, OsyRole *ret)
{
  for (guint i = 0; i < OSY_N_ROLES; i++)
    if (g_strcmp0 (roles[i].name, name) == 0) {
      *ret = i;
      return TRUE;
    }
  return FALSE;
}

guint32
osy_role_permissions (OsyRole role)
{
  g_return_val_if_fail (role < OSY_N_ROLES, 0);
  return roles[role].permissions;
}

const char *
osy_permission_name (OsyPermission permission)
{
  for (gsize i = 0; i < G_N_ELEMENTS (permissions); i++)
    if (permissions[i].bit == permission)
      return permissions[i].name;
  return NULL;
}

gboolean
osy_permission_from_name (const char *name, OsyPermission *ret)
{
  for (gsize i = 0; i < G_N_ELEMENTS (permissions); i++)
    if (g_strcmp0 (permissions[i].name, name) == 0) {
      *ret = permissions[i].bit;
      return TRUE;
    }
  return FALSE;
}

char **
osy_permission_names (guint32 bits)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (permissions); i++)
    if (bits & permissions[i].bit)
      g_strv_builder_add (names, permissions[i].name);
  return g_strv_builder_end (names);
}
