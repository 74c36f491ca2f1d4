/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-state-table.h"

G_BEGIN_DECLS

#define OSY_CHECK_OPEN "OPEN"
#define OSY_CHECK_SETTLED "SETTLED"
#define OSY_CHECK_REOPENED "REOPENED"
#define OSY_CHECK_VOIDED "VOIDED"
#define OSY_CHECK_MERGED "MERGED"

/** The allowed steps of a check (design §5). */
extern const OsyStateTable osy_check_states;

G_END_DECLS
