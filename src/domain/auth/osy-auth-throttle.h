/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/* How many wrong guesses may be looked at within 15 minutes, exactly and durably: a guess is
 * counted, and that committed, before it is looked at; one that was right is given back. So neither
 * many at a time nor a restart gains anything. */

/** OSY_AUTH_GUESS_WINDOW: µs in which guesses are counted. */
#define OSY_AUTH_GUESS_WINDOW (15 * 60 * G_TIME_SPAN_SECOND)

/** What is guessed at; each kind has its own number, see osy-auth-throttle.c. */
typedef enum {
  OSY_AUTH_GUESS_ACCOUNT, /* password, from anywhere; subject: e-mail */
  OSY_AUTH_GUESS_KNOWN, /* password, by who has signed in from there before; subject: that client */
  OSY_AUTH_GUESS_SECOND, /* password, by who has the second factor; subject: e-mail */
  OSY_AUTH_GUESS_CODE,   /* code of an authenticator; subject: person */
  OSY_AUTH_GUESS_OWN,    /* password or code of who is signed in; subject: person */
  OSY_AUTH_GUESS_PIN,    /* subject: shop and person */
  OSY_AUTH_GUESS_CLIENT, /* anything, from an address; subject: address */
  OSY_AUTH_GUESS_LOCAL,  /* the same on the shop's own machine, where people share one */
} OsyAuthGuessKind;

typedef struct {
  OsyAuthGuessKind kind;
  const char *subject;
  gint64 at;  /* when it was counted, UTC µs; 0: it was not */
  guint left; /* how many more may be wrong after it */
} OsyAuthGuess;

/** osy_auth_throttle_take: counts @guess, which may be looked at once this has committed. @wait:
 * (out): µs until it may be tried again when there have been too many, and then nothing was
 * counted; else 0. Worker. */
gboolean osy_auth_throttle_take (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 OsyAuthGuess *guess,
                                 gint64 *wait,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_auth_throttle_give_back: @guess was right; nothing happens when it was not counted. Worker.
 */
gboolean osy_auth_throttle_give_back (OsyDbTx *tx,
                                      OsyKeyring *ring,
                                      OsyAuthGuess *guess,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_auth_throttle_refuse: RATE_LIMITED with the seconds of @wait as retry_after. FALSE. */
gboolean osy_auth_throttle_refuse (gint64 wait, GError **error);

/** osy_auth_throttle_of_client: @address: as osy_http_request_client() has it. Returns: a guess of
 * that client, which borrows @address. */
OsyAuthGuess osy_auth_throttle_of_client (const char *address);

G_END_DECLS
