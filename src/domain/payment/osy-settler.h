/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-settlement.h"

G_BEGIN_DECLS

/** Fetches a day of every shop that has a contract, once a day, and whenever asked. Main thread. */
typedef struct _OsySettler OsySettler;
/** osy_settler_new: @base_url: of the payment service; copied. */
OsySettler *osy_settler_new (OsyDbPool *pool, OsyKeyring *ring, const char *base_url);
void osy_settler_start (OsySettler *self);
void osy_settler_stop (OsySettler *self);
void osy_settler_free (OsySettler *self);

/** OsySettled: @error: (nullable): UNAVAILABLE when the service did not answer. */
typedef void (*OsySettled) (const GError *error, gpointer user_data);
/** osy_settler_fetch: @day: of which shop; @func is always called, later. */
void osy_settler_fetch (OsySettler *self,
                        const char *restaurant_id,
                        const char *day,
                        OsySettled func,
                        gpointer user_data);

G_END_DECLS
