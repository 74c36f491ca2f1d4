/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-cart-file.h"
#include "osc-cart.h"
#include "osy-json.h"

G_BEGIN_DECLS

/* ---- lines ---- */

/** osc_cart_line_new: @request: (transfer full): expected_price is what it cost when it was taken,
 * -1 while that is not known. @name, @options: until a menu says better. */
OscCartLine *
osc_cart_line_new (int id, OsyMenuRequestLine *request, const char *name, const char *options);
/** osc_cart_line_assign: takes what @other holds, and tells. */
void osc_cart_line_assign (OscCartLine *self, OscCartLine *other);
/** osc_cart_line_price: what @menu says of it now. @anew: takes the price as the one agreed. */
void osc_cart_line_price (OscCartLine *self, OsyMenu *menu, const char *channel, gboolean anew);
/** osc_cart_line_request: (transfer none). */
OsyMenuRequestLine *osc_cart_line_request (OscCartLine *self);
void osc_cart_line_set_quantity (OscCartLine *self, int quantity);
void osc_cart_line_set_note (OscCartLine *self, const char *note);
void osc_cart_line_set_course (OscCartLine *self, int course);
void osc_cart_line_set_seat (OscCartLine *self, int seat);
void osc_cart_line_set_choices (OscCartLine *self, GPtrArray *choices);
/** osc_cart_choices_copy: (transfer full): @choices: (nullable): of OsyMenuChoice. */
GPtrArray *osc_cart_choices_copy (GPtrArray *choices);

/* ---- content ---- */

/** All that a cart holds; what a step changes. */
typedef struct {
  const char *type;    /* static */
  const char *channel; /* static */
  int guests;
  char *table_id; /* (nullable): of the plan; its number is the text OSC_CART_TABLE */
  char *texts[OSC_CART_N_TEXTS]; /* never NULL */
  GPtrArray *lines;              /* of OscCartLine */
} OscCartContent;

/** osc_cart_content_new, _free: an empty cart: dine-in at the counter. */
OscCartContent *osc_cart_content_new (void);
void osc_cart_content_free (OscCartContent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscCartContent, osc_cart_content_free)
/** osc_cart_content_write: (transfer full). */
JsonObject *osc_cart_content_write (const OscCartContent *self);
/** osc_cart_content_read: (transfer full): never NULL; faults are noted in @reader. */
OscCartContent *osc_cart_content_read (OsyJsonReader *reader);
/** osc_cart_find_type, _find_channel: (nullable): the static text equal to @text. */
const char *osc_cart_find_type (const char *text);
const char *osc_cart_find_channel (const char *text);

/** osc_cart_text_max: characters. */
gsize osc_cart_text_max (OscCartText which);

/** osc_cart_clean: (transfer full): @text (nullable) as it may be kept and sent: at most @max
 * characters, no control characters but line ends and tabs. */
char *osc_cart_clean (const char *text, gsize max);

/** osc_cart_content_reason: (transfer full) (nullable): why it cannot be sent. */
char *osc_cart_content_reason (const OscCartContent *self);
/** osc_cart_content_to_order: (transfer full): the body of POST /orders. */
JsonNode *osc_cart_content_to_order (const OscCartContent *self, const char *shop, int minutes);
/** osc_cart_content_from_order: (transfer full): its lines numbered from @next_id on. */
OscCartContent *osc_cart_content_from_order (const OsyOrderData *order, int next_id);

/* ---- the cart ---- */

/** What was sent, and nobody knows yet whether it arrived. */
typedef struct {
  char *key;      /* Idempotency-Key; NULL: nothing was sent */
  JsonNode *body; /* as it was sent, to the byte */
} OscCartSending;

struct _OscCart {
  GObject parent;
  OscMenuStore *menu;
  OscCartContent *content;
  char *text;  /* of the content, as the steps keep it */
  GQueue undo; /* of char*, newest first */
  GQueue redo;
  int typing; /* into which text the last step was typed; 0: it was none */
  int next_id;
  guint price_source; /* at the menu's next change by itself */
  gboolean busy;
  gint64 total;
  int count;
  OscCartSending sending;
  OscCartFile *file; /* (nullable): has to hold the key before it is sent */
  gint64 held_at;    /* UTC µs; 0: the current one */
};

/** osc_cart_changed: tells of anything that is kept but is no step. */
void osc_cart_changed (OscCart *self);
/** osc_cart_look_again: what is seen by another menu or at another hour, which is no step. */
void osc_cart_look_again (OscCart *self);
/** osc_cart_step: prices, and makes a step of what was done to the content since the last one.
 * @typing: into which text it was typed; 0: into none. @goes_on: the step before goes on. */
void osc_cart_step (OscCart *self, int typing, gboolean goes_on);
/** osc_cart_reset: empties it; its steps are forgotten. */
void osc_cart_reset (OscCart *self);
/** osc_cart_apply: (transfer full) @content: lines known by their id stay the same objects. */
void osc_cart_apply (OscCart *self, OscCartContent *content);
/** osc_cart_set_busy: notifies. */
void osc_cart_set_busy (OscCart *self, gboolean busy);
/** osc_cart_forget_sending: what was sent is settled. */
void osc_cart_forget_sending (OscCart *self);

/** osc_cart_save: (transfer full): all that is to be kept. */
JsonNode *osc_cart_save (OscCart *self);
/** osc_cart_load: a new cart as it was saved; faults are noted in @reader. */
OscCart *osc_cart_load (OscMenuStore *menu, OsyJsonReader *reader);

G_END_DECLS
