/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-order-item.h"

G_BEGIN_DECLS

/**
 * OscNotify: new orders as desktop notifications with an Accept button. They carry number, kind
 * and amount, nothing of the person.
 * Signals: "accept" (OscOrderItem*, int minutes): the button was pressed; "opened" (OscOrderItem*):
 * the notification itself was.
 */
#define OSC_TYPE_NOTIFY (osc_notify_get_type ())
G_DECLARE_FINAL_TYPE (OscNotify, osc_notify, OSC, NOTIFY, GObject)

/** osc_notify_new: shows nothing yet. */
OscNotify *osc_notify_new (void);
/** osc_notify_arrived: shows @item, to be accepted for @minutes; a failing notification service is
 * passed over. Never blocks. */
void osc_notify_arrived (OscNotify *self, OscOrderItem *item, int minutes);
/** osc_notify_warn: @id: by which it is withdrawn. Somebody attacks: stays until withdrawn. */
void osc_notify_warn (OscNotify *self, const char *id, const char *what, const char *advice);
/** osc_notify_withdraw: the order was acted on, here or elsewhere. */
void osc_notify_withdraw (OscNotify *self, const char *order_id);

G_END_DECLS
