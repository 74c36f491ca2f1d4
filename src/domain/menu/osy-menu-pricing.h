/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-menu.h"

G_BEGIN_DECLS

#define OSY_MENU_MAX_QUANTITY 999
#define OSY_MENU_MAX_LINES 100

/** A chosen option as the client names it; options of options nest. */
typedef struct {
  char *option_id;
  gint64 quantity;    /* per one of what it belongs to */
  GPtrArray *options; /* of OsyMenuChoice, never NULL */
} OsyMenuChoice;

/** One line of an order as the client wrote it. */
typedef struct {
  char *menu_item_id;
  gint64 quantity;
  GPtrArray *options;    /* of OsyMenuChoice, never NULL */
  char *note;            /* nullable */
  gint64 expected_price; /* unit price with options the client saw, won; -1: not said */
  int course;            /* 1…: not the menu's business, goes along with the line */
  int seat;              /* 0: not said */
} OsyMenuRequestLine;

/** A chosen option with its price for one, in won. */
typedef struct {
  char *option_id;
  char *item_id; /* nullable: the dish that it is */
  char *name;
  gint64 quantity;
  gint64 price;
  GPtrArray *options; /* of OsyMenuPricedOption, never NULL */
} OsyMenuPricedOption;

/** One line with what it costs now. */
typedef struct {
  char *menu_item_id;
  char *name;
  gint64 quantity;
  gint64 unit_price; /* with options, won */
  gint64 amount;     /* unit_price × quantity */
  gboolean tax_free;
  char *station;      /* nullable */
  int prep_minutes;   /* 0: none given */
  char *note;         /* nullable: the client's words, unchanged */
  GPtrArray *options; /* of OsyMenuPricedOption, never NULL */
} OsyMenuPricedLine;

/**
 * osy_menu_price_lines:
 * @requests: of OsyMenuRequestLine
 * @channel: (nullable): "COUNTER", "QR", …
 * @now: UTC µs: prices and sold-out marks in force at this moment
 *
 * What the client thinks it costs is only ever compared. An option costs its price × its quantity
 * for each of what it belongs to: unit price = item + Σ quantity × (option + its own options).
 *
 * Returns: (transfer full): OsyMenuPricedLine in the order of @requests; or NULL with one error
 * whose rows name every fault by JSON pointer (/items/0/options/1). With several faults the first
 * of these gives the code: INVALID_REQUEST (quantity, amount), UNKNOWN_ITEM, UNKNOWN_OPTION,
 * OPTION_COUNT, SOLD_OUT, OUTSIDE_HOURS (of channels that keep them, osy_menu_keeps_hours()),
 * MENU_CHANGED; the last carries `items`: [{index, menu_item_id, name,
 * unit_price, expected_price}] of the lines whose price differs, and `menu_version`.
 */
GPtrArray *osy_menu_price_lines (OsyMenu *menu,
                                 GPtrArray *requests,
                                 const char *channel,
                                 gint64 now,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Makers; quantity begins at 1, expected_price at -1. */
OsyMenuRequestLine *osy_menu_request_line_new (const char *menu_item_id);
void osy_menu_request_line_free (OsyMenuRequestLine *self);
OsyMenuChoice *osy_menu_choice_new (const char *option_id);
void osy_menu_choice_free (OsyMenuChoice *self);
void osy_menu_priced_line_free (OsyMenuPricedLine *self);
void osy_menu_priced_option_free (OsyMenuPricedOption *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuRequestLine, osy_menu_request_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuChoice, osy_menu_choice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuPricedLine, osy_menu_priced_line_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuPricedOption, osy_menu_priced_option_free)

G_END_DECLS
