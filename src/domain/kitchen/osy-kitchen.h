/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-state-table.h"

G_BEGIN_DECLS

#define OSY_KITCHEN_WAITING "WAITING"
#define OSY_KITCHEN_MADE "MADE"
#define OSY_KITCHEN_VOIDED "VOIDED"

/** The allowed steps of a kitchen line (design §5); a recall makes it wait again. */
extern const OsyStateTable osy_kitchen_line_states;

G_END_DECLS
