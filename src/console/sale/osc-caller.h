/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-client.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** How far the question of a number is. */
typedef enum {
  OSC_CALLER_NONE, /* no whole number yet */
  OSC_CALLER_LOADING,
  OSC_CALLER_READY,
  OSC_CALLER_FAILED,
} OscCallerPhase;

/**
 * OscCaller: who calls: the last orders under a telephone number, newest first, those that came to
 * nothing left out. Asked for while the number is typed; an answer for another number is passed
 * over. Names and addresses are masked. Signals: "changed"; "address" (const char *order_id, const
 * char *address): in answer to osc_caller_ask_address(); "requested" (const char *phone) when there
 * is no client.
 */
#define OSC_TYPE_CALLER (osc_caller_get_type ())
G_DECLARE_FINAL_TYPE (OscCaller, osc_caller, OSC, CALLER, GObject)

/** Orders that are shown. */
#define OSC_CALLER_ORDERS 3

/** osc_caller_new: @client: NULL in tests, which answer by osc_caller_take(). */
OscCaller *osc_caller_new (OsyClient *client);
/** osc_caller_look: @phone: as far as it is typed; "" forgets. */
void osc_caller_look (OscCaller *self, const char *phone);
/** osc_caller_hurry: asks at once for what would be asked for in a moment. */
void osc_caller_hurry (OscCaller *self);
/** osc_caller_take: @orders: (nullable): of OsyOrder; NULL: it failed. */
void osc_caller_take (OscCaller *self, GPtrArray *orders);
OscCallerPhase osc_caller_phase (OscCaller *self);
/** osc_caller_orders: (transfer none): of OsyOrder, never NULL. */
GPtrArray *osc_caller_orders (OscCaller *self);
/** osc_caller_ask_address: where @order_id was brought, whole: to deliver there again; the daemon
 * keeps in its record who asked. Nothing comes of it where that may not be. */
void osc_caller_ask_address (OscCaller *self, const char *order_id);

G_END_DECLS
