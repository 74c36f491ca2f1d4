/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-cart-line.h"
#include "osc-menu-store.h"

G_BEGIN_DECLS

/** Words of a cart. TABLE goes out at the head of the order's note when it is none of the plan's.
 */
typedef enum {
  OSC_CART_TABLE,   /* "6"; DINE_IN alone */
  OSC_CART_NAME,    /* of the guest */
  OSC_CART_PHONE,   /* kept as osc_phone_format() writes it */
  OSC_CART_ADDRESS, /* DELIVERY alone, which needs it */
  OSC_CART_NOTE,    /* of the whole order */
  OSC_CART_N_TEXTS
} OscCartText;

#define OSC_CART_MAX_QUANTITY OSY_MENU_MAX_QUANTITY
#define OSC_CART_MAX_NOTE 400
#define OSC_CART_MAX_COURSE 9
#define OSC_CART_MAX_SEAT 99

/**
 * OscCart: what is being sold at the counter or on the phone. GListModel of OscCartLine, priced by
 * the newest menu at each of its changes and whenever one of its prices or sold-out marks comes
 * into force. Every operation is one step of undo, but typing into one text is one step together.
 * Operations on a cart under way (busy) are passed over.
 *
 * Signals: "changed": anything at all, after it. Properties (notify): "total" (int64 won), "count"
 * (int: pieces), "can-undo", "can-redo", "busy" (gboolean: being sent).
 */
#define OSC_TYPE_CART (osc_cart_get_type ())
G_DECLARE_FINAL_TYPE (OscCart, osc_cart, OSC, CART, GObject)

/** osc_cart_new: empty: dine-in at the counter. OscCarts makes those that are kept. */
OscCart *osc_cart_new (OscMenuStore *menu);

/** osc_cart_add: one step. An equal line (item, choices, note) of the first course and no seat
 * becomes more instead. @choices: (transfer none) (nullable): of OsyMenuChoice. @note: nullable.
 * Returns: (transfer none) (nullable): its line; NULL when the menu has no such item or the cart
 * holds 100 lines. */
OscCartLine *osc_cart_add (OscCart *self,
                           const char *item_id,
                           GPtrArray *choices,
                           const char *note,
                           int quantity);
/** osc_cart_set_quantity: 0 removes the line; at most 999. */
void osc_cart_set_quantity (OscCart *self, OscCartLine *line, int quantity);
/** osc_cart_set_choices: the line costs what its new choices cost now. */
void osc_cart_set_choices (OscCart *self, OscCartLine *line, GPtrArray *choices);
void osc_cart_set_line_note (OscCart *self, OscCartLine *line, const char *note);
/** osc_cart_set_course, osc_cart_set_seat: beyond 1–9 or 0–99: the nearest. */
void osc_cart_set_course (OscCart *self, OscCartLine *line, int course);
void osc_cart_set_seat (OscCart *self, OscCartLine *line, int seat);
/** osc_cart_swap: puts the dish @item_id in the place of @line: as many, with its note, course and
 * seat, without options. Returns: (transfer none) (nullable): the new line; NULL: nothing was done.
 */
OscCartLine *osc_cart_swap (OscCart *self, OscCartLine *line, const char *item_id);
/** osc_cart_line_take_price: "at the new price". */
void osc_cart_line_take_price (OscCart *self, OscCartLine *line);
void osc_cart_remove (OscCart *self, OscCartLine *line);
/** osc_cart_clear: everything, words too. */
void osc_cart_clear (OscCart *self);

/** osc_cart_type: "DINE_IN", "TAKEOUT", "DELIVERY". */
const char *osc_cart_type (OscCart *self);
void osc_cart_set_type (OscCart *self, const char *type);
/** osc_cart_channel: "COUNTER" or "PHONE". Setting it takes the prices of that channel. */
const char *osc_cart_channel (OscCart *self);
void osc_cart_set_channel (OscCart *self, const char *channel);
/** osc_cart_guests: 0: not said; at most 999. */
int osc_cart_guests (OscCart *self);
void osc_cart_set_guests (OscCart *self, int guests);
/** osc_cart_table_id: (transfer none) (nullable): the table of the plan that it is for: its orders
 * join the check there. Typing another OSC_CART_TABLE ends it. */
const char *osc_cart_table_id (OscCart *self);
/** osc_cart_set_table: @id, @number: (nullable): together; one step. Makes it dine-in. */
void osc_cart_set_table (OscCart *self, const char *id, const char *number);
/** osc_cart_text: (transfer none): never NULL. */
const char *osc_cart_text (OscCart *self, OscCartText which);
void osc_cart_set_text (OscCart *self, OscCartText which, const char *text);

/** osc_cart_undo, osc_cart_redo: Returns: whether there was a step. */
gboolean osc_cart_undo (OscCart *self);
gboolean osc_cart_redo (OscCart *self);
gboolean osc_cart_can_undo (OscCart *self);
gboolean osc_cart_can_redo (OscCart *self);

/** osc_cart_total: won, of what can be sold. */
gint64 osc_cart_total (OscCart *self);
/** osc_cart_count: pieces, over all lines. */
int osc_cart_count (OscCart *self);
/** osc_cart_count_of: pieces of one item, over all lines: for its tile. */
int osc_cart_count_of (OscCart *self, const char *item_id);
/** osc_cart_is_empty: no lines and no words. */
gboolean osc_cart_is_empty (OscCart *self);
/** osc_cart_suggested_minutes: as osc_order_item_suggested_minutes(), of this cart. */
int osc_cart_suggested_minutes (OscCart *self, int least);

/* ---- sending ---- */

/** osc_cart_can_send: @reason: (out) (optional) (transfer full): why not, a sentence for people. */
gboolean osc_cart_can_send (OscCart *self, char **reason);
/** osc_cart_to_json: (transfer full): the body of POST /orders with the prices seen. @minutes:
 * until it is ready: accepted on arrival; 0: it waits for acceptance like a guest's. */
JsonNode *osc_cart_to_json (OscCart *self, int minutes);
/**
 * osc_cart_send_async:
 * @client: (nullable): NULL in tests: "requested" alone is emitted, and the call fails
 *
 * Places the order once: its key is on disk before it leaves, so that the same content sent again,
 * also after a restart, is the same order. Afterwards the cart is empty, its steps forgotten.
 * Signal "requested" (JsonNode *body). Finish: (transfer full): the order, or NULL: what the menu
 * made impossible (MENU_CHANGED, SOLD_OUT, …) shows on the lines; osc_cart_failure_text() puts an
 * error into words.
 */
void osc_cart_send_async (OscCart *self,
                          OsyClient *client,
                          int minutes,
                          GAsyncReadyCallback cb,
                          gpointer data);
OsyOrder *osc_cart_send_finish (OscCart *self, GAsyncResult *result, GError **error);
gboolean osc_cart_busy (OscCart *self);
/** osc_cart_is_unsure: whether this very content was sent and nobody knows whether it arrived: send
 * it again, unchanged, to know. */
gboolean osc_cart_is_unsure (OscCart *self);
/** osc_cart_failure_text: (transfer full): what went wrong and what to do. */
char *osc_cart_failure_text (const GError *error);

/** osc_cart_copy_order: makes an empty cart like @order: one step. What has left the menu is a line
 * in state GONE; prices are today's. */
void osc_cart_copy_order (OscCart *self, OsyOrder *order);
/** osc_cart_repeat_order: what is in the cart becomes what is in @order, how it was served and its
 * dishes, at today's prices; channel, guest and words stay. One step. */
void osc_cart_repeat_order (OscCart *self, OsyOrder *order);

G_END_DECLS
