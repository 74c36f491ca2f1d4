/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-db.h"
#include "osy-guest.h"
#include "osy-keyring.h"
#include "osy-principal.h"

G_BEGIN_DECLS

/** A person of whom another room holds data. */
typedef struct {
  const char *guest_id;
  const char *phone; /* (nullable): digits, while they are known */
} OsyGuestSubject;

/** What a room that holds data of guests can do for them. Rooms above register with the composer
 * and with the command line. */
typedef struct {
  const char *name; /* member of the export */
  /* (transfer full): all that is held, unmasked; NULL with @error */
  JsonNode *(*collect) (OsyDbTx *tx,
                        OsyKeyring *ring,
                        const OsyGuestSubject *subject,
                        GError **error);
  /* overwrites everything personal; STATE_CONFLICT while it is still needed */
  gboolean (*erase) (OsyDbTx *tx,
                     OsyKeyring *ring,
                     const OsyGuestSubject *subject,
                     gint64 *n_rows,
                     GError **error);
} OsyGuestHolder;

/** The order in which a person was seen. */
typedef struct {
  const char *name;  /* nullable */
  const char *phone; /* as typed */
  gint64 at;         /* UTC µs */
} OsyGuestSighting;

/** osy_guest_service_link: for rooms above: whose order it is; makes the person when unknown.
 * @guest_id: (out) (transfer full) (nullable): NULL for a phone that tells nobody apart. Worker. */
gboolean osy_guest_service_link (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyGuestSighting *sighting,
                                 char **guest_id,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_guest_service_find: by whole phone, however typed; order:read. @ret: (out) (nullable). */
gboolean osy_guest_service_find (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const char *phone,
                                 OsyGuest **ret,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_guest_service_get: order:read. Returns: (transfer full): unmasked, to be shown masked; NULL
 * with NOT_FOUND. */
OsyGuest *osy_guest_service_get (OsyDbTx *tx,
                                 OsyKeyring *ring,
                                 const OsyCall *call,
                                 const char *id,
                                 GError **error);
/** osy_guest_service_unmask: guest:unmask; audited with @reason (one of
 * osy_guest_unmask_reasons()). NULL with ERASED when nothing is left to be shown. */
OsyGuest *osy_guest_service_unmask (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyCall *call,
                                    const char *id,
                                    const char *reason,
                                    GError **error);
/** osy_guest_service_consent: order:write; adds what the person said (@consent->at is set). */
OsyGuest *osy_guest_service_consent (OsyDbTx *tx,
                                     OsyKeyring *ring,
                                     const OsyCall *call,
                                     const char *id,
                                     const OsyGuestConsent *consent,
                                     GError **error);
/** osy_guest_service_export: privacy:manage; audited. @holders: NULL at the end. Returns: (transfer
 * full): everything held of the person. */
JsonNode *osy_guest_service_export (OsyDbTx *tx,
                                    OsyKeyring *ring,
                                    const OsyCall *call,
                                    const OsyGuestHolder *const *holders,
                                    const char *id,
                                    GError **error);

/** What is to be forgotten, and why. */
typedef struct {
  const char *id;
  const char *reason;   /* one of osy_guest_erase_reasons() */
  gint64 n_overwritten; /* (out): rows of other rooms */
} OsyGuestErasure;

/** osy_guest_service_erase: privacy:manage; audited. Destroys the person's key and has every holder
 * overwrite what is personal; orders and money stay under the pseudonym. May be repeated.
 * STATE_CONFLICT while an order is open. Returns: (transfer full): what is left. */
OsyGuest *osy_guest_service_erase (OsyDbTx *tx,
                                   OsyKeyring *ring,
                                   const OsyCall *call,
                                   const OsyGuestHolder *const *holders,
                                   OsyGuestErasure *erasure,
                                   GError **error);

/** osy_guest_service_sweep: erases people not seen since @before who agreed to nothing. @n: (out):
 * how many; at most @limit. */
gboolean osy_guest_service_sweep (OsyDbTx *tx,
                                  OsyKeyring *ring,
                                  gint64 before,
                                  gint64 limit,
                                  gint64 *n,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
