/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-table-store.h"
#include "osy-delivery.h"
#include "osy-order.h"

G_BEGIN_DECLS

/** OscWords: how an order is put into words and icons; the one place (console-ux §5, §9). Texts are
 * in the language of the console; icon names are of our own set. */

/** osc_words_type: "Dine in", "Takeout", "Delivery"; static. @type: of OsyOrderData. */
const char *osc_words_type (const char *type);
/** osc_words_type_short: the same for the narrow head of a card; static. */
const char *osc_words_type_short (const char *type);
/** osc_words_type_icon: static. */
const char *osc_words_type_icon (const char *type);
/** osc_words_channel: "Counter", "QR", "Phone", "Web", "Delivery app"; static. */
const char *osc_words_channel (const char *channel);
/** osc_words_channel_icon: static. */
const char *osc_words_channel_icon (const char *channel);
/** osc_words_payment: (nullable): "Pay later"; NULL for a method that has no word yet. */
const char *osc_words_payment (const char *method);
/** osc_words_due: (nullable): how it is paid, or that it is made for practice; static. */
const char *osc_words_due (const OsyOrderData *order);
/** osc_words_source: (transfer none): who sent the order: the platform, else its channel. */
const char *osc_words_source (const OsyOrderData *order);
/** osc_words_platform: (transfer none): the name of a platform, as people say it. */
const char *osc_words_platform (const char *channel);
/** osc_words_flag: (transfer none): what a flag of an order means, on a card; and what to do about
 * it. NULL for a word that nobody knows. */
const char *osc_words_flag (const char *flag);
const char *osc_words_flag_advice (const char *flag);
/** osc_words_carrier: (transfer none): who carries it: OSY_CARRIER_…. */
const char *osc_words_carrier (const char *carrier);
/** osc_words_ride: (transfer full): how a delivery stands, in few words. */
char *osc_words_ride (const OsyDelivery *delivery);

/** osc_words_follow_tables: @store: (nullable): where the numbers of tables come from; weak. */
void osc_words_follow_tables (OscTableStore *store);
/** osc_words_place: (transfer full): "Table 7" where a table is known, else the type. */
char *osc_words_place (const OsyOrderData *order);
/** osc_words_place_short: (transfer full): the same for the narrow head of a card: "T7". */
char *osc_words_place_short (const OsyOrderData *order);
/** osc_words_act: the verb on the edge button for @act: "Done", "Hand over", …; static. */
const char *osc_words_act (const char *act);
/** osc_words_act_edge: the same with its line broken for the narrow edge of a card; static. */
const char *osc_words_act_edge (const char *act);
/** osc_words_act_icon: static. */
const char *osc_words_act_icon (const char *act);
/** osc_words_status: the state in words: "New", "Cooking", …; static. */
const char *osc_words_status (const char *status);
/** osc_words_is_dropped: whether an order of @status came to nothing: cancelled, rejected, expired.
 */
gboolean osc_words_is_dropped (const char *status);
/** osc_words_no_recall: why staff can't take @order one step back; NULL when they can. */
const char *osc_words_no_recall (const OsyOrderData *order);
/** osc_words_left: (transfer full) (nullable): "6 left" of a dish; NULL where there are many,
 * nobody counts, or none is on record. */
char *osc_words_left (gint64 portions);
/** osc_words_money: (transfer full): "₩12,000", in Korean "12,000원". */
char *osc_words_money (gint64 won);
/** osc_words_minutes: (transfer full): "20 min". */
char *osc_words_minutes (int minutes);
/** osc_words_clock: (transfer full): the local time of day of @us, "12:24". */
char *osc_words_clock (gint64 us);
/** osc_words_when: (transfer full): the same of a time to come; with its date, if that is another
 * than @now's: "11/23 12:24". */
char *osc_words_when (gint64 us, gint64 now);
/** osc_words_booked: (transfer full) (nullable): "Booked for 13:30" of an order for a time. */
char *osc_words_booked (const OsyOrderData *order);
/** osc_words_weekday: static: "Mon"; @day: 1 Monday … 7 Sunday. */
const char *osc_words_weekday (int day);
/** osc_words_day: (transfer full): a business day "2026-11-21" as "Sat 21 Nov". */
char *osc_words_day (const char *business_day);
/** osc_words_is_allergy: whether the guest's words @note speak of an allergy. */
gboolean osc_words_is_allergy (const char *note);
/** osc_words_role: "Manager", "Kitchen"; static, or @role itself when it is none of ours. */
const char *osc_words_role (const char *role);
/** osc_words_options: (transfer full) (nullable): the options of a line in one line of text, with
 * prices when @prices; NULL when there are none. */
char *osc_words_options (const OsyOrderLine *line, gboolean prices);
/** osc_words_card_name: (transfer full): the accessible name of a card: "No. 48, Table 5". */
char *osc_words_card_name (const OsyOrderData *order);
/** osc_words_step: (transfer full): one step of a timeline in words: "Accepted". */
char *osc_words_step (const OsyOrderStep *step);
/** osc_words_actor: who did a step; static or owned by @step. */
const char *osc_words_actor (const OsyOrderStep *step);

G_END_DECLS
