/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-crypto.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** Longest token that is looked at. */
#define OSY_JWT_MAX 4096
/** Life of an access token in seconds. */
#define OSY_JWT_LIFETIME 900

/** What an access token says. Times in seconds since 1970, as in the token. */
typedef struct {
  char *user_id; /* of a device its own id, as is its session */
  char *restaurant_id;
  char *session_id;
  OsyRole role;
  gint64 issued_at;
  gint64 expires_at;
  gboolean device; /* a paired screen, not a person */
} OsyJwtClaims;
void osy_jwt_claims_clear (OsyJwtClaims *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyJwtClaims, osy_jwt_claims_clear)

/** osy_jwt_sign: Returns: (transfer full): a compact RS256 token of type at+jwt (RFC 9068). */
char *osy_jwt_sign (OsyRsaKey *key, const char *kid, const OsyJwtClaims *claims, GError **error);

/** Finds the key of our own with that id. Returns: (transfer none) (nullable). */
typedef OsyRsaKey *(*OsyJwtFindKey) (const char *kid, gpointer user_data);

/**
 * osy_jws_open:
 * @typ: (nullable): the only type taken; NULL takes those without a type
 *
 * Checks form, header and signature of a compact RS256 signature: one pinned algorithm, the key by
 * its id from our own set, no other header member at all, at most OSY_JWT_MAX bytes. Returns:
 * (transfer full): the payload, which is parsed by nobody before; NULL with UNAUTHENTICATED.
 */
GBytes *osy_jws_open (const char *token,
                      const char *typ,
                      OsyJwtFindKey find_key,
                      gpointer user_data,
                      GError **error);

/**
 * osy_jwt_verify:
 * @now: UTC microseconds
 *
 * osy_jws_open(), then every claim: issuer, audience, subject, shop, session, role, at most
 * OSY_JWT_LIFETIME long, valid at @now (30 s of leeway for clocks that run behind ours).
 */
gboolean osy_jwt_verify (const char *token,
                         OsyJwtFindKey find_key,
                         gpointer user_data,
                         gint64 now,
                         OsyJwtClaims *ret,
                         GError **error);

/** osy_jwt_is_signed: Returns: whether @token bears a signature of ours, whatever its claims. */
gboolean osy_jwt_is_signed (const char *token, OsyJwtFindKey find_key, gpointer user_data);

G_END_DECLS
