/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define OSY_SHOP_OPEN "OPEN"
#define OSY_SHOP_PAUSED "PAUSED"
#define OSY_SHOP_CLOSED "CLOSED"

/** Days for which orders keep names, phones and addresses. At least as long as complaints and
 * refunds take; at most the five years for which commerce law has contracts kept. */
#define OSY_SHOP_RETENTION_MIN 30
#define OSY_SHOP_RETENTION_DEFAULT 365
#define OSY_SHOP_RETENTION_MAX 1825

/** Minutes that an order may wait for its money. */
#define OSY_SHOP_PAY_MIN 5
#define OSY_SHOP_PAY_DEFAULT 30
#define OSY_SHOP_PAY_MAX 1440

/** Minutes within which orders are promised, unless the shop says otherwise. */
#define OSY_SHOP_PROMISE_MIN_DEFAULT 10
#define OSY_SHOP_PROMISE_MAX_DEFAULT 90
#define OSY_SHOP_PROMISE_MOST 240
/** What can be added while busy. */
#define OSY_SHOP_BUSY_MOST 120

/** One opening time. Minutes after local midnight; closes may pass 1440 into the next morning. */
typedef struct {
  int weekday; /* ISO: 1 Monday … 7 Sunday */
  int opens;   /* 0…1439 */
  int closes;  /* > opens, at most 2880 */
} OsyShopHours;

/** The steps of the first day. Each is offered until it is done or left aside for good. */
typedef enum {
  OSY_SHOP_STEP_SHOP,
  OSY_SHOP_STEP_BUSINESS_NUMBER,
  OSY_SHOP_STEP_MENU,
  OSY_SHOP_STEP_SOUND,
  OSY_SHOP_STEP_PRINTER,
  OSY_SHOP_STEP_FIRST_ORDER,
  OSY_N_SHOP_STEPS
} OsyShopStep;

/** How far a step is. */
typedef enum {
  OSY_SHOP_STEP_OPEN,
  OSY_SHOP_STEP_DONE,
  OSY_SHOP_STEP_SKIPPED,
  OSY_N_SHOP_STEP_STATES
} OsyShopStepState;

/** All that is known of a restaurant. Times are UTC µs, amounts won. */
typedef struct {
  char *id;
  char *organisation_id;
  char *name;
  char *business_number; /* nullable, ten digits; personal, only set for who may read the shop */
  char *owner_name;      /* nullable, personal */
  char *phone;           /* nullable, personal */
  char *time_zone;       /* IANA name */
  int cutoff_minutes;    /* when the business day begins, minutes after local midnight */
  char *currency;
  gboolean guest_orders; /* guests without login may order */
  gint64 minimum_order;
  gboolean accept_paid_orders; /* orders paid before need nobody to accept them */
  int pay_within_minutes;      /* for how long such an order waits for its money */
  int default_prep_minutes;
  gboolean promise_automatic; /* accepted without minutes: with those that the kitchen reckons */
  int promise_min_minutes;    /* the least that is promised … */
  int promise_max_minutes;    /* … and the most */
  int busy_minutes;           /* added just now, see _busy_minutes_at(); 0: not busy */
  gint64 busy_until;          /* when that ends by itself; 0: when somebody ends it */
  int retention_days;  /* how long orders keep what is personal, OSY_SHOP_RETENTION_MIN…MAX */
  char *open_state;    /* OPEN, PAUSED (no new orders just now) or CLOSED; see _open_state_at() */
  gint64 paused_until; /* when PAUSED ends by itself; 0: when somebody ends it */
  GArray *hours;       /* of OsyShopHours, never NULL; empty: always open */
  OsyShopStepState setup[OSY_N_SHOP_STEPS];
  gint64 version;
  gint64 created_at;
  gint64 updated_at;
} OsyShopData;

/** osy_shop_data_new: Returns: (transfer full): no opening times, the usual time to pay
 * in, everything else unset. */
OsyShopData *osy_shop_data_new (void);
/** osy_shop_data_copy: Returns: (transfer full): a deep copy, to be changed. */
OsyShopData *osy_shop_data_copy (const OsyShopData *self);
/** osy_shop_data_free: frees all of it. */
void osy_shop_data_free (OsyShopData *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyShopData, osy_shop_data_free)

/** A restaurant, frozen; may be read from any thread. */
#define OSY_TYPE_SHOP (osy_shop_get_type ())
G_DECLARE_FINAL_TYPE (OsyShop, osy_shop, OSY, SHOP, GObject)

/** osy_shop_new: @data: (transfer full): frozen from now on. */
OsyShop *osy_shop_new (OsyShopData *data);
/** osy_shop_data: (transfer none): read-only. */
const OsyShopData *osy_shop_data (OsyShop *self);

/** osy_shop_step_name: Returns: (transfer none): as in JSON, "first_order". */
const char *osy_shop_step_name (OsyShopStep step);
/** osy_shop_step_states: Returns: (transfer none): the names of OsyShopStepState in its order, NULL
 * at the end. */
const char *const *osy_shop_step_states (void);
/** osy_shop_step_state_from_name: Returns: the state of one of those names; OPEN for any other. */
OsyShopStepState osy_shop_step_state_from_name (const char *name);

/** osy_shop_to_json: everything, for people of the shop. (transfer full) */
JsonNode *osy_shop_to_json (OsyShop *self);
/** osy_shop_to_public_json: what a guest may know: id, name, whether it takes orders at @now. */
JsonNode *osy_shop_to_public_json (OsyShop *self, gint64 now);
/** osy_shop_from_json: reads what osy_shop_to_json() wrote; unknown members are passed over. */
OsyShop *osy_shop_from_json (JsonNode *node, GError **error);

/** osy_shop_open_state_at: Returns: (transfer none): the state in force at @us: that of the shop,
 * but OPEN again from the end of a pause on. */
const char *osy_shop_open_state_at (OsyShop *self, gint64 us);
/** osy_shop_busy_minutes_at: Returns: the minutes added to what is promised at @us: none from the
 * end of being busy on. */
int osy_shop_busy_minutes_at (OsyShop *self, gint64 us);
/** osy_shop_is_open_at: Returns: whether the shop takes orders at @us: its state is OPEN then and
 * the local time lies within its opening times (none given: always). */
gboolean osy_shop_is_open_at (OsyShop *self, gint64 us);
/** osy_shop_business_day: Returns: (transfer full): "YYYY-MM-DD" by its zone and cut-off. */
char *osy_shop_business_day (OsyShop *self, gint64 us);

G_END_DECLS
