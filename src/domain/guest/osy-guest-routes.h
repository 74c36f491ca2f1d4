/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-guest-service.h"
#include "osy-http.h"

G_BEGIN_DECLS

/** Somebody was shown a person's name and phone; on the main thread, after the commit. All
 * (transfer none). */
typedef void (*OsyGuestUnmasked) (const char *restaurant_id,
                                  const char *actor,
                                  const char *client,
                                  gpointer user_data);

/** What the room works with; given by the composer. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  const OsyGuestHolder *const *holders; /* NULL at the end */
  OsyGuestUnmasked unmasked;            /* nullable */
  gpointer unmasked_data;
} OsyGuestRoom;

/** osy_guest_tell_unmasked: for every route that shows the whole: counts it once @tx has committed.
 * @client: of the request. Worker. */
void
osy_guest_tell_unmasked (OsyGuestRoom *room, OsyDbTx *tx, const OsyCall *call, const char *client);

/** osy_guest_read_reason: @body: {"reason": one of @allowed}. (transfer full): NULL with @error. */
char *osy_guest_read_reason (OsyHttpRequest *http, const char *const *allowed, GError **error);

/** Routes of the room; room: an OsyGuestRoom. */
extern const OsyRoute osy_guest_routes[];

G_END_DECLS
