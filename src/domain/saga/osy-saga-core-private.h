/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the parts of the core share; for nobody else. */
#pragma once

#include "osy-saga-core.h"

G_BEGIN_DECLS

/** osy_saga_core_is_paid: Returns: whether what was to be paid is there and stays. */
gboolean osy_saga_core_is_paid (const OsySagaState *state);
/** osy_saga_core_is_owing_back: Returns: whether money is to be given back, or in the air. */
gboolean osy_saga_core_is_owing_back (const OsySagaState *state);
/** osy_saga_core_is_carried: Returns: whether a rider is called or on the road. */
gboolean osy_saga_core_is_carried (const OsySagaState *state);
/** osy_saga_core_is_looking: Returns: whether @event is a look at everything. */
gboolean osy_saga_core_is_looking (const OsySagaEvent *event);
/** osy_saga_core_do_owed: bits of what @consumer owes by what is known, which are asked for from
 * now on. */
guint
osy_saga_core_do_owed (OsySagaState *state, const OsySagaEvent *event, OsySagaConsumer consumer);
/** osy_saga_core_watch: when to look again and whether a person is needed. @moved: what is known
 * has changed. Returns: ALARM or CALM, or nothing. */
guint osy_saga_core_watch (OsySagaState *state, const OsySagaEvent *event, gboolean moved);

G_END_DECLS
