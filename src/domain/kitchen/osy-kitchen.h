/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-state-table.h"

G_BEGIN_DECLS

#define OSY_KITCHEN_WAITING "WAITING"
#define OSY_KITCHEN_MADE "MADE"
#define OSY_KITCHEN_VOIDED "VOIDED"

/** The allowed steps of a kitchen line (design §5); a recall makes it wait again, and so does
 * taking back that it was taken off the check. */
extern const OsyStateTable osy_kitchen_line_states;

/** The allowed steps of a ticket (osy-kitchen-ticket.h); one that is over comes back by recall. */
extern const OsyStateTable osy_kitchen_ticket_states;

G_END_DECLS
