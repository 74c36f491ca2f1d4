/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth.h"
#include "osy-auth-store.h"
#include "osy-db.h"
#include "osy-keyring.h"
#include "osy-password.h"

G_BEGIN_DECLS

/** A shop to be made with its owner. */
typedef struct {
  char *name;
  char *business_number; /* nullable, as typed */
  char *owner_email;     /* as typed */
  char *owner_name;      /* nullable */
  char *owner_id;        /* nullable: of an account whose password the caller has checked */
  char *password_hash;   /* nullable with owner_id: from OsyPasswordHasher */
  gboolean first;        /* only if no shop was ever made here */
} OsyAuthNewShop;
OsyAuthNewShop *osy_auth_new_shop_new (void);
void osy_auth_new_shop_free (OsyAuthNewShop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAuthNewShop, osy_auth_new_shop_free)

/** osy_auth_service_check_new_shop: what can be refused before anything is hashed or written: the
 * e-mail, the password's strength, the business number. Any thread. */
gboolean
osy_auth_service_check_new_shop (const OsyAuthNewShop *shop, const char *password, GError **error);

/**
 * osy_auth_service_create_shop:
 * @owner_id: (out) (transfer full): the owner's account
 *
 * Makes the restaurant whose id is the transaction's scope, its owner's account unless he has one,
 * and his membership, all or nothing. A further shop of an owner joins his organisation.
 * ALREADY_SET_UP when it should have been the first; CONFLICT when the e-mail is taken. Worker.
 */
gboolean osy_auth_service_create_shop (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       const OsyAuthNewShop *shop,
                                       char **owner_id,
                                       GError **error);

/** osy_auth_service_person: the caller, and the shops he works in. Needs a signed-in person.
 * Returns: (transfer full). Worker. */
OsyAuthPerson *
osy_auth_service_person (OsyDbTx *tx, OsyKeyring *ring, const OsyCall *call, GError **error);

/** osy_auth_service_actor_name: @actor: as audit and timelines keep it: "user:<id>", "device:<id>",
 * "guest", "system:<name>". Returns: (transfer full): what people call it: a name, "staff" for who
 * gave none, "device", "guest" or "system"; NULL with @error. Worker. */
char *
osy_auth_service_actor_name (OsyDbTx *tx, OsyKeyring *ring, const char *actor, GError **error);

/** osy_auth_service_hasher: Returns: (transfer full): with the pepper of this installation. */
OsyPasswordHasher *osy_auth_service_hasher (OsyKeyring *ring);

/** osy_auth_service_find_user: @ret: (out): the account of an e-mail address as typed, or NULL.
 * For who is about to check its password. Worker. */
gboolean osy_auth_service_find_user (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const char *email,
                                     OsyAuthUser **ret,
                                     GError **error);

G_END_DECLS
