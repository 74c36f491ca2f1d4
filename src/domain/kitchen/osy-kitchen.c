/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* States of a line in the kitchen. */

#include "osy-kitchen.h"

static const OsyStateRow rows[] = {
    {OSY_KITCHEN_WAITING, "make", OSY_KITCHEN_MADE, TRUE},
    {OSY_KITCHEN_WAITING, "void", OSY_KITCHEN_VOIDED, FALSE},
    {OSY_KITCHEN_MADE, "recall", OSY_KITCHEN_WAITING, FALSE},
    {NULL},
};

const OsyStateTable osy_kitchen_line_states = {
    .name = "line",
    .initial = {OSY_KITCHEN_WAITING},
    .rows = rows,
};
