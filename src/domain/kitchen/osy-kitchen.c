/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* States of a line and of a ticket in the kitchen. */

#include "osy-kitchen.h"

#include "osy-kitchen-ticket.h"

static const OsyStateRow rows[] = {
    {OSY_KITCHEN_WAITING, "make", OSY_KITCHEN_MADE, TRUE},
    {OSY_KITCHEN_WAITING, "void", OSY_KITCHEN_VOIDED, FALSE},
    {OSY_KITCHEN_MADE, "recall", OSY_KITCHEN_WAITING, FALSE},
    {OSY_KITCHEN_VOIDED, "restore", OSY_KITCHEN_WAITING, FALSE},
    {NULL},
};

const OsyStateTable osy_kitchen_line_states = {
    .name = "line",
    .initial = {OSY_KITCHEN_WAITING},
    .rows = rows,
};

static const OsyStateRow ticket_rows[] = {
    {OSY_TICKET_OPEN, "bump", OSY_TICKET_BUMPED, TRUE},
    {OSY_TICKET_OPEN, "close", OSY_TICKET_DONE, TRUE},
    {OSY_TICKET_BUMPED, "close", OSY_TICKET_DONE, TRUE},
    {OSY_TICKET_BUMPED, "recall", OSY_TICKET_OPEN, FALSE},
    {OSY_TICKET_DONE, "recall", OSY_TICKET_OPEN, FALSE},
    {NULL},
};

const OsyStateTable osy_kitchen_ticket_states = {
    .name = "ticket",
    .initial = {OSY_TICKET_OPEN},
    .rows = ticket_rows,
};
