/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of paired screens. */

#include "osy-device-service.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-id.h"

#define CODE_LENGTH 8
#define CODE_LETTERS "ABCDEFGHJKLMNPQRSTUVWXYZ23456789" /* none that look alike; 32 of them */
#define TOKEN_BYTES 32
#define MAX_DEVICES 50
#define KEPT_SECONDS (30 * 24 * 3600)

/* As people type it: in small letters, with blanks and dashes. Tokens have neither. */
static char *
normalise (const char *typed)
{
  g_autoptr (GString) code = g_string_new (NULL);

  for (const char *c = typed; *c != '\0'; c++)
    if (*c != ' ' && *c != '-')
      g_string_append_c (code, g_ascii_toupper (*c));
  return code->len == CODE_LENGTH ? g_strdup (code->str) : g_strdup (typed);
}

static GBytes *
hash_of (const OsyAuthSessions *self, const char *secret)
{
  g_autofree char *normal = normalise (secret);
  guint8 key[OSY_KEY_SIZE];
  guint8 mac[32];

  osy_keyring_derive (self->ring, "device-secret", key);
  osy_hmac_sha256 (key, (const guint8 *)normal, strlen (normal), mac);
  osy_wipe (key, sizeof key);
  osy_wipe (normal, strlen (normal));
  return g_bytes_new (mac, sizeof mac);
}

static char *
new_code (void)
{
  guint8 random[CODE_LENGTH];
  char code[CODE_LENGTH + 1] = {0};

  osy_random_bytes (random, sizeof random);
  for (guint i = 0; i < CODE_LENGTH; i++)
    code[i] = CODE_LETTERS[random[i] % strlen (CODE_LETTERS)];
  return g_strdup (code);
}

static gboolean
note (const OsyAuthSessions *self,
      OsyDbTx *tx,
      const OsyCall *call,
      const char *action,
      const char *id,
      GError **error)
{
  const OsyAuditEntry entry = {.action = action, .object_type = "device", .object_id = id};

  return osy_audit_record (tx, self->ring, call, &entry, error);
}

static gboolean
check_role (OsyRole role, GError **error)
{
  if (role == OSY_ROLE_STAFF || role == OSY_ROLE_KITCHEN || role == OSY_ROLE_COURIER)
    return TRUE;
  GError *fault = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST,
                                       "A device is STAFF, KITCHEN or COURIER.");
  osy_error_add_field (fault, "/role", "ROLE", "A device is STAFF, KITCHEN or COURIER.");
  g_propagate_error (error, fault);
  return FALSE;
}

static gboolean
check_room (OsyDbTx *tx, gint64 now, GError **error)
{
  gint64 before = now - KEPT_SECONDS * G_TIME_SPAN_SECOND;

  if (!osy_device_store_sweep (tx, before, error))
    return FALSE;
  g_autoptr (GPtrArray) devices = osy_device_store_list (tx, error);
  if (devices != NULL && devices->len >= MAX_DEVICES)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                         "There are fifty devices: revoke one that is not used any more.");
  return devices != NULL && devices->len < MAX_DEVICES;
}

gboolean
osy_device_service_add (const OsyAuthSessions *self,
                        OsyDbTx *tx,
                        const OsyCall *call,
                        OsyDevice *draft,
                        char **code,
                        GError **error)
{
  gint64 now = osy_clock_now ();

  if (!check_role (draft->role, error) || !check_room (tx, now, error))
    return FALSE;
  g_free (draft->id);
  draft->id = osy_id_new ();
  draft->created_at = now;
  draft->pairing_until = now + OSY_DEVICE_PAIRING_SECONDS * G_TIME_SPAN_SECOND;
  g_free (*code);
  *code = new_code ();
  g_autoptr (GBytes) hash = hash_of (self, *code);
  return osy_device_store_insert (tx, draft, hash, error) &&
         note (self, tx, call, "device.added", draft->id, error);
}

gboolean
osy_device_service_revoke (const OsyAuthSessions *self,
                           OsyDbTx *tx,
                           const OsyCall *call,
                           const char *id,
                           GError **error)
{
  gboolean revoked = FALSE;

  if (!osy_device_store_revoke (tx, id, osy_clock_now (), &revoked, error))
    return FALSE;
  if (!revoked) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such device.");
    return FALSE;
  }
  return osy_auth_session_end (self, tx, id, error) &&
         note (self, tx, call, "device.revoked", id, error);
}

gboolean
osy_device_service_find (const OsyAuthSessions *self,
                         OsyDbTx *tx,
                         const char *secret,
                         OsyDevice **ret,
                         GError **error)
{
  g_autoptr (GBytes) hash = hash_of (self, secret);

  return osy_device_store_find (tx, hash, ret, error);
}

gboolean
osy_device_service_pair (const OsyAuthSessions *self,
                         OsyDbTx *tx,
                         const OsyDevice *device,
                         const char *code,
                         char **token,
                         GError **error)
{
  g_autofree char *fresh = osy_random_token (TOKEN_BYTES);
  g_autoptr (GBytes) code_hash = hash_of (self, code);
  g_autoptr (GBytes) token_hash = hash_of (self, fresh);
  g_autoptr (OsyPrincipal) itself =
      osy_principal_new_device (device->id, device->restaurant_id, device->role);
  OsyCall call = {.principal = itself};
  gboolean paired = FALSE;

  g_clear_pointer (token, g_free);
  if (!osy_device_store_pair (tx, code_hash, token_hash, osy_clock_now (), &paired, error))
    return FALSE;
  if (!paired)
    return TRUE;
  *token = g_steal_pointer (&fresh);
  return note (self, tx, &call, "device.paired", device->id, error);
}

gboolean
osy_device_service_open (const OsyAuthSessions *self,
                         OsyDbTx *tx,
                         const OsyDevice *device,
                         char **access_token,
                         GError **error)
{
  gint64 now = osy_clock_now ();
  gboolean seen = FALSE;

  g_clear_pointer (access_token, g_free);
  if (!osy_device_store_touch (tx, device->id, now, &seen, error))
    return FALSE;
  if (!seen)
    return TRUE;
  const OsyJwtClaims claims = {
      .user_id = device->id,
      .restaurant_id = device->restaurant_id,
      .session_id = device->id,
      .device = TRUE,
      .role = device->role,
      .issued_at = now / G_USEC_PER_SEC,
      .expires_at = now / G_USEC_PER_SEC + OSY_JWT_LIFETIME,
  };
  *access_token = osy_auth_keys_sign (self->keys, &claims, error);
  return *access_token != NULL;
}
