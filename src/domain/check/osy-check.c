/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What is owed for one or more orders: its states. */

#include "osy-check.h"

static const OsyStateRow rows[] = {
    {OSY_CHECK_OPEN, "settle", OSY_CHECK_SETTLED, TRUE},
    {OSY_CHECK_SETTLED, "reopen", OSY_CHECK_REOPENED, FALSE},
    {OSY_CHECK_REOPENED, "settle", OSY_CHECK_SETTLED, TRUE},
    {OSY_CHECK_SETTLED, "unsettle", OSY_CHECK_OPEN, FALSE}, /* what was free, taken back */
    {OSY_CHECK_OPEN, "void", OSY_CHECK_VOIDED, FALSE},
    {OSY_CHECK_OPEN, "merge", OSY_CHECK_MERGED, FALSE},
    {OSY_CHECK_MERGED, "unmerge", OSY_CHECK_OPEN, FALSE},
    {NULL},
};

const OsyStateTable osy_check_states = {
    .name = "check",
    .initial = {OSY_CHECK_OPEN},
    .rows = rows,
};
