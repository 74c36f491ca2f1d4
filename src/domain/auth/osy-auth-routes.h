/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-gate.h"
#include "osy-auth-session.h"
#include "osy-auth-throttle.h"
#include "osy-db.h"
#include "osy-http.h"
#include "osy-keyring.h"
#include "osy-password.h"
#include "osy-threat-service.h"

G_BEGIN_DECLS

/** What the routes of this room work with. Main thread. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  char *data_dir;
  OsyAuthKeys *keys;
  OsyAuthSessions sessions;
  OsyPasswordHasher *hasher;
  OsyAuthGate *gate;
  OsyThreats *threats; /* (nullable): where signs of an attack are counted */
} OsyAuthRoom;

/** osy_auth_room_new: @data_dir: where the one-time code of the first run lies. */
OsyAuthRoom *osy_auth_room_new (OsyDbPool *pool, OsyKeyring *ring, const char *data_dir);
void osy_auth_room_free (OsyAuthRoom *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuthRoom, osy_auth_room_free)

/** osy_auth_room_set_threats: from now on signs of an attack are counted there. */
void osy_auth_room_set_threats (OsyAuthRoom *self, OsyThreats *threats);

/**
 * osy_auth_room_load:
 *
 * Before the server opens, blocking: makes the signing key when there is none, reads the sessions
 * ended lately, and writes the one-time code when no shop was ever set up.
 */
gboolean osy_auth_room_load (OsyAuthRoom *self, GError **error);
/** osy_auth_room_reload_keys: reads the signing keys anew, without waiting: after they changed. */
void osy_auth_room_reload_keys (OsyAuthRoom *self);

/** Rows of this room; the room given to the server is an OsyAuthRoom. */
extern const OsyRoute osy_auth_routes[];

/* Handlers that have files of their own. */
/** osy_auth_handle_login: POST /auth/login. */
void osy_auth_handle_login (OsyHttpRequest *request, gpointer room);
/** osy_auth_handle_totp_begin, _confirm, _remove: POST /auth/totp…. */
void osy_auth_handle_totp_begin (OsyHttpRequest *request, gpointer room);
void osy_auth_handle_totp_confirm (OsyHttpRequest *request, gpointer room);
void osy_auth_handle_totp_remove (OsyHttpRequest *request, gpointer room);
/** osy_auth_handle_setup_status: GET /setup. */
void osy_auth_handle_setup_status (OsyHttpRequest *request, gpointer room);
/** osy_auth_handle_setup: POST /setup. */
void osy_auth_handle_setup (OsyHttpRequest *request, gpointer room);

G_END_DECLS
