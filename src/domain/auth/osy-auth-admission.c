/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who may have a password looked at. */

#include "osy-auth-admission.h"

#include "osy-auth-known.h"
#include "osy-auth-totp.h"

static const char *
account_of (const OsyAuthAdmission *self)
{
  return self->email ? self->email : "";
}

/* The client's budget and then the account's; both or none. */
static gboolean
admit_stranger (OsyDbTx *tx, OsyKeyring *ring, OsyAuthAdmission *self, GError **error)
{
  self->guesses[0] = osy_auth_throttle_of_client (self->client);
  self->guesses[1] = (OsyAuthGuess){.kind = OSY_AUTH_GUESS_ACCOUNT, .subject = account_of (self)};
  return osy_auth_throttle_take (tx, ring, &self->guesses[0], &self->wait, error) &&
         (self->wait > 0 ||
          osy_auth_throttle_take (tx, ring, &self->guesses[1], &self->wait, error));
}

/* The account has been guessed at too often. Its owner still has what a stranger has not. */
static gboolean
admit_by_code (OsyDbTx *tx, OsyKeyring *ring, OsyAuthAdmission *self, GError **error)
{
  gboolean right = FALSE;
  gint64 wait = 0;

  if (!osy_auth_store_act_as (tx, self->user->id, error) ||
      !osy_auth_totp_peek (tx, ring, self->user->id, self->code, &right, error))
    return FALSE;
  if (!right)
    return TRUE;
  self->guesses[1] = (OsyAuthGuess){.kind = OSY_AUTH_GUESS_SECOND, .subject = account_of (self)};
  if (!osy_auth_throttle_take (tx, ring, &self->guesses[1], &wait, error))
    return FALSE;
  self->wait = wait;
  return TRUE;
}

gboolean
osy_auth_admit (OsyDbTx *tx, OsyKeyring *ring, OsyAuthAdmission *self, GError **error)
{
  g_clear_pointer (&self->user, osy_auth_user_free);
  self->guesses[0] = self->guesses[1] = (OsyAuthGuess){.subject = ""};
  self->wait = 0;
  if (self->email != NULL && !osy_auth_store_find_user (tx, ring, self->email, &self->user, error))
    return FALSE;
  self->is_known = self->user != NULL && osy_auth_known_check (ring, self->user, self->known);
  if (self->is_known) {
    self->guesses[0] = (OsyAuthGuess){.kind = OSY_AUTH_GUESS_KNOWN, .subject = self->known};
    return osy_auth_throttle_take (tx, ring, &self->guesses[0], &self->wait, error);
  }
  if (!admit_stranger (tx, ring, self, error))
    return FALSE;
  if (self->wait > 0 && self->guesses[0].at != 0 && self->user != NULL && self->code != NULL &&
      !admit_by_code (tx, ring, self, error))
    return FALSE;
  return self->wait == 0 || osy_auth_throttle_give_back (tx, ring, &self->guesses[0], error);
}

gboolean
osy_auth_admission_give_back (OsyDbTx *tx, OsyKeyring *ring, OsyAuthAdmission *self, GError **error)
{
  return osy_auth_throttle_give_back (tx, ring, &self->guesses[0], error) &&
         osy_auth_throttle_give_back (tx, ring, &self->guesses[1], error);
}
