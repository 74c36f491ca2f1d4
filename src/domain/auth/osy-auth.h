/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-principal.h"

G_BEGIN_DECLS

/** osy_auth_email_normalise: Returns: (transfer full) (nullable): @text without outer blanks, NFC
 * and in lower case, as accounts are found by it; NULL when it cannot be an e-mail address. */
char *osy_auth_email_normalise (const char *text);

/** What a sign-in hands out. */
typedef struct {
  char *access_token;
  char *refresh_token;
  gint64 expires_in;  /* seconds of the access token */
  char *known_client; /* nullable: shown with the next sign-in from this client */
} OsyAuthTokens;
void osy_auth_tokens_clear (OsyAuthTokens *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OsyAuthTokens, osy_auth_tokens_clear)

/** osy_auth_tokens_to_json: Returns: (transfer full): the answer of /auth/login. */
JsonNode *osy_auth_tokens_to_json (const OsyAuthTokens *self);

/** One shop a person works in. */
typedef struct {
  char *restaurant_id;
  char *restaurant_name;
  OsyRole role;
} OsyMembership;
void osy_membership_free (OsyMembership *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMembership, osy_membership_free)

/** Who is signed in, and where else he could be. */
typedef struct {
  char *user_id;
  char *name; /* nullable */
  OsyRole role;
  char *restaurant_id;
  gboolean totp;          /* has a second factor */
  gboolean pin;           /* has a PIN in this shop */
  GPtrArray *memberships; /* of OsyMembership, never NULL */
} OsyAuthPerson;
OsyAuthPerson *osy_auth_person_new (void);
void osy_auth_person_free (OsyAuthPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuthPerson, osy_auth_person_free)

/** osy_auth_person_to_json: Returns: (transfer full): the answer of /auth/me. */
JsonNode *osy_auth_person_to_json (const OsyAuthPerson *self);
/** osy_auth_person_from_json: reads what osy_auth_person_to_json() wrote; unknown members are
 * passed over. (transfer full) */
OsyAuthPerson *osy_auth_person_from_json (JsonNode *node, GError **error);

G_END_DECLS
