/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>

#include "osy-week.h"

G_BEGIN_DECLS

/** Levels of option groups under an item: a group, the groups of its options, and theirs. */
#define OSY_MENU_MAX_DEPTH 3
/** Longest name of anything on a menu, in characters. */
#define OSY_MENU_MAX_NAME 100
/** Longest code of an item. */
#define OSY_MENU_MAX_CODE 40

/** How long something is sold out. */
typedef enum {
  OSY_MENU_FOR_SALE,
  OSY_MENU_SOLD_OUT_OPEN,  /* until a person says otherwise */
  OSY_MENU_SOLD_OUT_TODAY, /* until the business day ends, which is `until` */
  OSY_MENU_SOLD_OUT_UNTIL, /* until `until` */
} OsyMenuStopMode;

/** Why a dish cannot be had: the mark that people set, or the stock, each by itself. */
typedef struct {
  OsyMenuStopMode mode;
  gint64 until;          /* UTC µs; 0 unless TODAY or UNTIL */
  gboolean out_of_stock; /* the inventory says so, and takes it back */
} OsyMenuStop;

/** One price. That of a channel and a time of the week beats that of the channel, which beats that
 *  of a time, which beats the general one; among equals the latest begun wins, then the lowest. */
typedef struct {
  char *channel;     /* nullable: every channel */
  gint64 valid_from; /* UTC µs; 0: always was */
  gint64 won;
  OsyWeekWindow window; /* no weekdays: at any time */
} OsyMenuPrice;

typedef enum {
  OSY_MENU_CATEGORY,
  OSY_MENU_ITEM,
  OSY_MENU_GROUP,
} OsyMenuKind;
#define OSY_MENU_N_KINDS 3

/** What every entry begins with. An OsyMenuCategory, OsyMenuItem and OsyMenuGroup is also one of
 *  these: `&item->head`, or `item->id` for short. */
typedef struct {
  char *id;
  char *name;
  char *name_en; /* nullable */
  char *digest;  /* nullable: as the server gave it; other when anything but marks is */
  gint64 version;
} OsyMenuEntry;

#define OSY_MENU_HEAD  \
  union {              \
    OsyMenuEntry head; \
    struct {           \
      char *id;        \
      char *name;      \
      char *name_en;   \
      char *digest;    \
      gint64 version;  \
    };                 \
  }

typedef struct _OsyMenuItem OsyMenuItem;

/** One choice of a group. */
typedef struct {
  char *id;
  char *name;
  char *name_en;           /* nullable */
  char *item_id;           /* nullable: the dish of the menu that it is; who offers it is a combo */
  const OsyMenuItem *dish; /* nullable: the same as the menu has it; of a frozen menu alone */
  gint64 max;              /* most of this one in a choice; 0: as many as the group allows */
  GPtrArray *prices;       /* of OsyMenuPrice; added to the item's price; none: free */
  OsyMenuStop stop;
  GPtrArray *groups; /* of OsyMenuGroup, borrowed: options of this option */
} OsyMenuOption;

/** Options of which @min to @max are to be taken, quantities counted; shared between items. */
typedef struct {
  OSY_MENU_HEAD;
  gint64 min;
  gint64 max;
  GPtrArray *options; /* of OsyMenuOption */
} OsyMenuGroup;

struct _OsyMenuItem {
  OSY_MENU_HEAD;
  char *category_id;
  char *kitchen_name; /* nullable: shorter, for tickets */
  char *code;         /* nullable: barcode or PLU, unique in the shop */
  char *description;  /* nullable */
  char *origin;       /* nullable: the legal origin statement, as shown */
  char *station;      /* nullable */
  char *photo;        /* nullable: SHA-256 of a picture that is kept, in hex */
  char **allergens;   /* never NULL */
  char **channels;    /* nullable: where it is offered; NULL: everywhere */
  int prep_minutes;   /* 0: none given */
  gboolean tax_free;
  gboolean visible;
  GPtrArray *prices; /* of OsyMenuPrice */
  GArray *hours;     /* of OsyWeekWindow: when it is sold; none: always */
  OsyMenuStop stop;
  gint64 left;       /* about how many portions the stock allows; -1: nobody counts */
  GPtrArray *groups; /* of OsyMenuGroup, borrowed */
};

typedef struct {
  OSY_MENU_HEAD;
  gboolean visible;
  GArray *hours;    /* of OsyWeekWindow: when all of it is sold; none: always */
  GPtrArray *items; /* of OsyMenuItem */
} OsyMenuCategory;

/** What a menu is built from; it owns every group, also those that no item uses. */
typedef struct {
  char *restaurant_id;
  char *time_zone;    /* nullable: IANA name; NULL: UTC */
  int cutoff_minutes; /* when the shop's business day begins */
  gint64 version;
  gboolean origin_required; /* what lacks a statement of origin is kept from guests' own screens */
  GPtrArray *categories;    /* of OsyMenuCategory, in order */
  GPtrArray *groups;        /* of OsyMenuGroup */
} OsyMenuData;

/** A menu as it stood at one version: never changes, may be shared between threads. */
#define OSY_TYPE_MENU (osy_menu_get_type ())
G_DECLARE_FINAL_TYPE (OsyMenu, osy_menu, OSY, MENU, GObject)

/**
 * osy_menu_new:
 * @data: (transfer full): frozen from now on; consumed also on error
 *
 * Returns: (transfer full): the menu, or NULL with INVALID_REQUEST when groups nest deeper than
 * OSY_MENU_MAX_DEPTH (so also when they contain themselves) or an id stands twice.
 */
OsyMenu *osy_menu_new (OsyMenuData *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_restaurant_id: (transfer none). */
const char *osy_menu_restaurant_id (OsyMenu *self);
/** osy_menu_version: Returns: 1 and up, 0 for a shop that has no menu yet. */
gint64 osy_menu_version (OsyMenu *self);
/** osy_menu_origin_required: whether what lacks an origin is kept from QR and the web. */
gboolean osy_menu_origin_required (OsyMenu *self);
/** osy_menu_clock: Returns: by which clock hours and prices begin and end; borrowed. */
OsyWeekClock osy_menu_clock (OsyMenu *self);
/** osy_menu_categories: (transfer none): of OsyMenuCategory, in order. */
GPtrArray *osy_menu_categories (OsyMenu *self);
/** osy_menu_is_photo_name: whether @text may be a picture's name: 64 hexadecimal digits. */
gboolean osy_menu_is_photo_name (const char *text);
/** osy_menu_has_photos: Returns: whether any item has a picture. */
gboolean osy_menu_has_photos (OsyMenu *self);
/** osy_menu_groups: (transfer none): of OsyMenuGroup, used or not. */
GPtrArray *osy_menu_groups (OsyMenu *self);
/** Lookups by id: (transfer none) (nullable). */
const OsyMenuCategory *osy_menu_find_category (OsyMenu *self, const char *id);
const OsyMenuItem *osy_menu_find_item (OsyMenu *self, const char *id);
const OsyMenuGroup *osy_menu_find_group (OsyMenu *self, const char *id);
const OsyMenuOption *osy_menu_find_option (OsyMenu *self, const char *id);
const OsyMenuEntry *osy_menu_find_entry (OsyMenu *self, OsyMenuKind kind, const char *id);

/**
 * osy_menu_price_at:
 * @self: by whose clock
 * @channel: (nullable): "QR", …; NULL sees general prices alone
 *
 * Returns: whether one of @prices (OsyMenuPrice) is in force at @now; then *@ret holds it, in won.
 */
gboolean
osy_menu_price_at (OsyMenu *self, GPtrArray *prices, const char *channel, gint64 now, gint64 *ret)
    G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_price_general: the price at @now of no channel and of no time of the week. */
gboolean
osy_menu_price_general (GPtrArray *prices, gint64 now, gint64 *ret) G_GNUC_WARN_UNUSED_RESULT;

/** osy_menu_stop_at: Returns: whether @stop means sold out at @now (UTC µs). */
gboolean osy_menu_stop_at (const OsyMenuStop *stop, gint64 now);
/** osy_menu_option_stop_at: Returns: whether @option, or the dish that it is, is sold out. */
gboolean osy_menu_option_stop_at (const OsyMenuOption *option, gint64 now);
/** osy_menu_groups_have_dishes: whether a choice of @groups, or under one, is a dish: a combo. */
gboolean osy_menu_groups_have_dishes (GPtrArray *groups);
/** osy_menu_mark_at: Returns: whether people have marked it sold out at @now. */
gboolean osy_menu_mark_at (const OsyMenuStop *stop, gint64 now);
/** osy_menu_stop_mark: takes the mark from @mark; what the stock says stays. */
void osy_menu_stop_mark (OsyMenuStop *self, const OsyMenuStop *mark);

/** Every channel an order may come by, NULL-terminated: "COUNTER", "QR", "WEB", "PHONE",
 * "PLATFORM". */
extern const char *const osy_menu_channels[];

/** osy_menu_is_offered: Returns: whether @item may be ordered at all by @channel (NULL: by any that
 * guests have, QR or WEB): it and its category are visible, it is offered there, has a price
 * and, for guests, its origin where that is required. Sold out is another matter. */
gboolean
osy_menu_is_offered (OsyMenu *self, const OsyMenuItem *item, const char *channel, gint64 now);

/** osy_menu_shut_hours: Returns: (transfer none) (nullable): the hours that keep @item from being
 * sold at @now, its own or its category's: of OsyWeekWindow; NULL: it is sold now. */
const GArray *osy_menu_shut_hours (OsyMenu *self, const OsyMenuItem *item, gint64 now);

/** osy_menu_keeps_hours: Returns: whether @channel (NULL: any that guests have) sells nothing
 * outside its hours. Guests' own screens do; staff may sell it all the same, and a platform already
 * has. */
gboolean osy_menu_keeps_hours (const char *channel);

/** osy_menu_next_change: Returns: the first moment after @now (UTC µs) at which this same menu
 * may read otherwise (a price or hours begin or end, a sold-out ends), or G_MAXINT64. */
gint64 osy_menu_next_change (OsyMenu *self, gint64 now);

/** Makers of the parts; lists begin empty, an item and a category visible. */
OsyMenuData *osy_menu_data_new (const char *restaurant_id, gint64 version);
void osy_menu_data_free (OsyMenuData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuData, osy_menu_data_free)
OsyMenuCategory *osy_menu_category_new (void);
void osy_menu_category_free (OsyMenuCategory *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuCategory, osy_menu_category_free)
OsyMenuItem *osy_menu_item_new (void);
void osy_menu_item_free (OsyMenuItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuItem, osy_menu_item_free)
OsyMenuGroup *osy_menu_group_new (void);
void osy_menu_group_free (OsyMenuGroup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuGroup, osy_menu_group_free)
OsyMenuOption *osy_menu_option_new (void);
void osy_menu_option_free (OsyMenuOption *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyMenuOption, osy_menu_option_free)
/** The same for an entry of any kind. */
OsyMenuEntry *osy_menu_entry_new (OsyMenuKind kind);
OsyMenuEntry *osy_menu_entry_copy (OsyMenuKind kind, const OsyMenuEntry *self);
void osy_menu_entry_free (OsyMenuKind kind, OsyMenuEntry *self);
/** osy_menu_price_new: @channel: (nullable): copied; at any time of the week. */
OsyMenuPrice *osy_menu_price_new (const char *channel, gint64 valid_from, gint64 won);
void osy_menu_price_free (OsyMenuPrice *self);
/** osy_menu_item_copy, _group_copy, _category_copy: (transfer full): with their prices and options;
 *  groups they name are borrowed as before, a category's items left out. */
OsyMenuItem *osy_menu_item_copy (const OsyMenuItem *self);
OsyMenuGroup *osy_menu_group_copy (const OsyMenuGroup *self);
OsyMenuCategory *osy_menu_category_copy (const OsyMenuCategory *self);
/** osy_menu_prices_set_general: makes @won the general price in force at @now, leaving channels and
 *  times of the week and later prices alone. Returns: whether anything changed. */
gboolean osy_menu_prices_set_general (GPtrArray *prices, gint64 now, gint64 won);

G_END_DECLS
