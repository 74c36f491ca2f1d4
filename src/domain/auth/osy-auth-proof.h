/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-api.h"
#include "osy-auth-routes.h"
#include "osy-auth-store.h"

G_BEGIN_DECLS

/** What somebody who has shown anew who he is may use. */
typedef struct {
  const OsyAuthUser *user;
  const char *hash; /* nullable: of OsyAuthProof.secret */
} OsyAuthProven;

/** Work for who has shown anew who he is; same rules as OsyApiFunc. INVALID_REQUEST and
 * INVALID_CREDENTIALS count as wrong guesses. */
typedef gboolean (*OsyAuthProvenFunc) (OsyDbTx *tx,
                                       const OsyCall *call,
                                       const OsyAuthProven *proven,
                                       gpointer data,
                                       OsyApiReply *reply,
                                       GError **error);

/** An act for which being signed in is not enough. */
typedef struct {
  char *password; /* nullable: then @func itself checks something */
  char *secret;   /* nullable: to be hashed for @func: a new password, a PIN */
  OsyAuthProvenFunc func;
  gpointer data; /* nullable */
  GDestroyNotify destroy;
} OsyAuthProof;

/** osy_auth_proof_clear: wipes and frees what it holds. */
void osy_auth_proof_clear (OsyAuthProof *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyAuthProof, osy_auth_proof_clear)

/**
 * osy_auth_prove:
 * @proof: emptied
 *
 * Counts the guess, checks the password on its thread, hashes the secret there, runs the work in
 * one transaction, answers. Wrong passwords: 401, and after five in 15 minutes 429. Main thread.
 */
void osy_auth_prove (OsyHttpRequest *request, OsyAuthRoom *room, OsyAuthProof *proof);

G_END_DECLS
