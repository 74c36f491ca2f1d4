/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert-room.h"

G_BEGIN_DECLS

/** Tells shops that the database is away, without it: whom to tell is kept in memory. Main thread,
 * but for what is said to run on workers. */
typedef struct _OsyAlertOutage OsyAlertOutage;
OsyAlertOutage *osy_alert_outage_new (const OsyAlertRoom *room);
/** osy_alert_outage_stop: gives up what is on its way, and sends nothing more. */
void osy_alert_outage_stop (OsyAlertOutage *self);
/** osy_alert_outage_free: (nullable): stops it, too. */
void osy_alert_outage_free (OsyAlertOutage *self);

/** Whom a shop has told of an outage, and how. */
typedef struct _OsyAlertPeople OsyAlertPeople;
/** osy_alert_people_read: (transfer full): of the transaction's shop. Workers. */
OsyAlertPeople *osy_alert_people_read (OsyDbTx *tx, OsyKeyring *ring, GError **error);
void osy_alert_people_unref (OsyAlertPeople *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAlertPeople, osy_alert_people_unref)

/** osy_alert_outage_learn: @people: (transfer full): as they are now. */
void
osy_alert_outage_learn (OsyAlertOutage *self, const char *restaurant_id, OsyAlertPeople *people);
/** osy_alert_outage_keep: forgets every shop but those of @restaurant_ids. */
void osy_alert_outage_keep (OsyAlertOutage *self, GPtrArray *restaurant_ids);
/** osy_alert_outage_begin: everybody who may be woken now is told, once each. */
void osy_alert_outage_begin (OsyAlertOutage *self);
/** osy_alert_outage_try: what could not be sent is tried again when its time has come. */
void osy_alert_outage_try (OsyAlertOutage *self);
/** osy_alert_outage_end: what was not sent by now is not sent any more; the next tries resolve the
 * incidents that it opened. */
void osy_alert_outage_end (OsyAlertOutage *self);

G_END_DECLS
