/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-session.h"
#include "osy-device-store.h"

G_BEGIN_DECLS

/** How long a pairing code is good, in seconds. */
#define OSY_DEVICE_PAIRING_SECONDS 600

/** osy_device_service_add: @draft: name and role; the rest is filled in. @code: (out): the pairing
 * code, which nobody can read again. INVALID_REQUEST for a role that no device has, CONFLICT when
 * there are fifty. Worker. */
gboolean osy_device_service_add (const OsyAuthSessions *self,
                                 OsyDbTx *tx,
                                 const OsyCall *call,
                                 OsyDevice *draft,
                                 char **code,
                                 GError **error);

/** osy_device_service_revoke: at the commit its tokens are refused and its sockets close.
 * NOT_FOUND. Worker. */
gboolean osy_device_service_revoke (const OsyAuthSessions *self,
                                    OsyDbTx *tx,
                                    const OsyCall *call,
                                    const char *id,
                                    GError **error);

/** osy_device_service_find: @secret: a code as it was typed, or a token. @ret: (out): its device,
 * or NULL. In no restaurant. Worker. */
gboolean osy_device_service_find (const OsyAuthSessions *self,
                                  OsyDbTx *tx,
                                  const char *secret,
                                  OsyDevice **ret,
                                  GError **error);

/** osy_device_service_pair: in @device's restaurant. @token: (out): what the device keeps; NULL
 * when the code was used or has ended. Worker. */
gboolean osy_device_service_pair (const OsyAuthSessions *self,
                                  OsyDbTx *tx,
                                  const OsyDevice *device,
                                  const char *code,
                                  char **token,
                                  GError **error);

/** osy_device_service_open: in @device's restaurant. @access_token: (out): for 15 minutes; NULL
 * when it was revoked meanwhile. Worker. */
gboolean osy_device_service_open (const OsyAuthSessions *self,
                                  OsyDbTx *tx,
                                  const OsyDevice *device,
                                  char **access_token,
                                  GError **error);

G_END_DECLS
