/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Orders in words and icons. Every msgid is English; Korean stands in po/ko.po. */

#include "osc-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-words-week.h"
#include "osy-clock.h"
#include "osy-money.h"
#include "osy-stock.h"

/* A table number as staff say it; longer ones are ids that nobody says. */
#define TABLE_NAME_MAX 6

static OscTableStore *tables; /* nullable */

typedef struct {
  const char *key;
  const char *word;
  const char *short_word;
  const char *icon;
} Word;

static const Word types[] = {
    {"DINE_IN", N_ ("Dine in"), N_ ("Dine in"), "osy-store-symbolic"},
    {"TAKEOUT", N_ ("Takeout"), N_ ("To go"), "osy-bag-symbolic"},
    {"DELIVERY", N_ ("Delivery"), N_ ("Deliv."), "osy-delivery-symbolic"},
};

static const Word channels[] = {
    {"COUNTER", N_ ("Counter"), NULL, "osy-counter-symbolic"},
    {"QR", N_ ("QR"), NULL, "osy-qr-symbolic"},
    {"WEB", N_ ("Web"), NULL, "osy-globe-symbolic"},
    {"PHONE", N_ ("Phone"), NULL, "osy-phone-symbolic"},
    {"PLATFORM", N_ ("Delivery app"), NULL, "osy-app-symbolic"},
};

static const Word acts[] = {
    {"accept", N_ ("Accept"), NC_ ("edge button", "Accept"), "osy-check-symbolic"},
    {"start", N_ ("Start"), NC_ ("edge button", "Start"), "osy-cook-symbolic"},
    /* Translators: the narrow button at the edge of a card; break the line where it may be broken
     */
    {"ready", N_ ("Done"), NC_ ("edge button", "Done"), "osy-check-symbolic"},
    {"hand-over", N_ ("Hand over"), NC_ ("edge button", "Hand over"), "osy-arrow-symbolic"},
    {"complete", N_ ("Complete"), NC_ ("edge button", "Complete"), "osy-check-symbolic"},
};

static const Word states[] = {
    {"PENDING_PAYMENT", N_ ("Waiting for payment")},
    {"PENDING", N_ ("New")},
    {"ACCEPTED", N_ ("Cooking")},
    {"PREPARING", N_ ("Cooking")},
    {"READY", N_ ("Ready")},
    {"DELIVERING", N_ ("On the way")},
    {"COMPLETED", N_ ("Completed")},
    {"REJECTED", N_ ("Rejected")},
    {"CANCELED", N_ ("Cancelled")},
    {"EXPIRED", N_ ("Expired")},
};

static const Word steps[] = {
    {"place", N_ ("Order placed")},
    {"accept", N_ ("Order accepted")},
    {"reject", N_ ("Order rejected")},
    {"start", N_ ("Cooking started")},
    {"ready", N_ ("Cooked")},
    {"hand-over", N_ ("Handed over")},
    {"complete", N_ ("Completed")},
    {"cancel", N_ ("Cancelled")},
    {"recall", N_ ("Taken back")},
    {"begin", N_ ("Its time has come")},
    {"reschedule", N_ ("Another time")},
    {"expire", N_ ("Expired")},
    {"hand-over-done", N_ ("Handed over")},
    {"pay", N_ ("Paid")},
};

static const Word *
find_word (const Word *words, gsize n, const char *key)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (words[i].key, key) == 0)
      return &words[i];
  return NULL;
}

#define FIND(words, key) find_word (words, G_N_ELEMENTS (words), key)

const char *
osc_words_type (const char *type)
{
  const Word *word = FIND (types, type);

  return word != NULL ? _ (word->word) : "";
}

const char *
osc_words_type_short (const char *type)
{
  const Word *word = FIND (types, type);

  return word != NULL ? _ (word->short_word) : "";
}

const char *
osc_words_type_icon (const char *type)
{
  const Word *word = FIND (types, type);

  return word != NULL ? word->icon : "osy-store-symbolic";
}

const char *
osc_words_channel (const char *channel)
{
  const Word *word = FIND (channels, channel);

  return word != NULL ? _ (word->word) : "";
}

const char *
osc_words_channel_icon (const char *channel)
{
  const Word *word = FIND (channels, channel);

  return word != NULL ? word->icon : "osy-counter-symbolic";
}

/* ---- platforms ---- */

static const Word platforms[] = {
    {"baemin", N_ ("Baemin")},
    {"yogiyo", N_ ("Yogiyo")},
    {"coupangeats", N_ ("Coupang Eats")},
    {"ddangyo", N_ ("Ddangyo")},
};

/* What it means, and what to do about it. */
static const Word flags[] = {
    {"late_cancel", N_ ("App cancelled it"),
     N_ ("The app cancelled it after cooking had begun. Decide whether it still goes out")},
    {"changed", N_ ("App changed it"),
     N_ ("The app changed it afterwards. Compare it with the app")},
    {"unmapped", N_ ("Not on the menu"),
     N_ ("Something on it is not on the menu, so no station was chosen for it")},
    {"amount_mismatch", N_ ("Sums differ"),
     N_ ("The app's sums do not add up. Compare the amount with the app")},
    {"price_differs", N_ ("Price differs"), N_ ("A price in the app is not the one on the menu")},
};

static const Word carriers[] = {
    {"OWN", N_ ("Own rider")},
    {"AGENCY", N_ ("Agency")},
    {"PLATFORM", N_ ("App's rider")},
};

const char *
osc_words_platform (const char *channel)
{
  const Word *word = FIND (platforms, channel);

  return word != NULL ? _ (word->word) : channel;
}

const char *
osc_words_source (const OsyOrderData *order)
{
  return order->source_type != NULL ? osc_words_platform (order->source_type)
                                    : osc_words_channel (order->channel);
}

const char *
osc_words_flag (const char *flag)
{
  const Word *word = FIND (flags, flag);

  return word != NULL ? _ (word->word) : NULL;
}

const char *
osc_words_flag_advice (const char *flag)
{
  const Word *word = FIND (flags, flag);

  return word != NULL ? _ (word->short_word) : NULL;
}

/* ---- riders ---- */

const char *
osc_words_carrier (const char *carrier)
{
  const Word *word = FIND (carriers, carrier);

  return word != NULL ? _ (word->word) : "";
}

/* Nobody has it yet: by whom it is to be carried, and what the agency said. */
static const char *
waiting_words (const OsyDelivery *delivery)
{
  static const Word calls[] = {
      {OSY_RIDER_CALL_WANTED, N_ ("Calling a rider")},
      {OSY_RIDER_CALL_SENT, N_ ("Calling a rider")},
      {OSY_RIDER_CALL_UNKNOWN, N_ ("Asking the agency")},
      {OSY_RIDER_CALL_CALLED, N_ ("Agency looks for a rider")},
      {OSY_RIDER_CALL_REFUSED, N_ ("Agency said no")},
  };
  const Word *word = FIND (calls, delivery->call);

  if (word != NULL)
    return _ (word->word);
  if (g_strcmp0 (delivery->carrier, OSY_CARRIER_PLATFORM) == 0)
    return _ ("Waiting for the rider");
  return _ ("No rider yet");
}

char *
osc_words_ride (const OsyDelivery *delivery)
{
  static const Word ends[] = {
      {OSY_DELIVERY_DELIVERED, N_ ("Delivered")},
      {OSY_DELIVERY_FAILED, N_ ("Delivery failed")},
      {OSY_DELIVERY_CANCELED, N_ ("Rider called off")},
  };
  const Word *word = FIND (ends, delivery->status);
  gboolean out = g_strcmp0 (delivery->status, OSY_DELIVERY_PICKED_UP) == 0;

  if (word != NULL)
    return g_strdup (_ (word->word));
  if (!out && g_strcmp0 (delivery->status, OSY_DELIVERY_ASSIGNED) != 0)
    return g_strdup (waiting_words (delivery));
  if (delivery->rider == NULL)
    return g_strdup (out ? _ ("On the way") : _ ("A rider comes"));
  /* Translators: the name of a rider */
  return g_strdup_printf (out ? _ ("%s is on the way") : _ ("%s comes"), delivery->rider);
}

const char *
osc_words_payment (const char *method)
{
  if (g_strcmp0 (method, "PLATFORM") == 0)
    return _ ("Paid");
  return g_strcmp0 (method, "LATER") == 0 ? _ ("Pay later") : NULL;
}

const char *
osc_words_due (const OsyOrderData *order)
{
  return order->practice ? _ ("Practice") : osc_words_payment (order->payment_method);
}

void
osc_words_follow_tables (OscTableStore *store)
{
  g_set_weak_pointer (&tables, store);
}

/* Where the guests of @order sit now: with their check, else where it was ordered. */
static const char *
table_number (const OsyOrderData *order)
{
  const char *id = order->table_id;
  const OsyTable *table = NULL;

  if (g_strcmp0 (order->type, "DINE_IN") != 0 || id == NULL || id[0] == '\0')
    return NULL;
  if (tables != NULL)
    table = osc_table_store_find_check (tables, order->check_id);
  if (tables != NULL && table == NULL)
    table = osc_table_store_find (tables, id);
  if (table != NULL)
    return table->number;
  return g_utf8_strlen (id, -1) <= TABLE_NAME_MAX ? id : NULL;
}

char *
osc_words_place (const OsyOrderData *order)
{
  const char *number = table_number (order);

  if (number != NULL)
    return g_strdup_printf (_ ("Table %s"), number);
  return g_strdup (osc_words_type (order->type));
}

char *
osc_words_place_short (const OsyOrderData *order)
{
  const char *number = table_number (order);

  if (number != NULL)
    /* Translators: a table in the narrow head of a card */
    return g_strdup_printf (_ ("T%s"), number);
  return g_strdup (osc_words_type_short (order->type));
}

const char *
osc_words_act (const char *act)
{
  const Word *word = FIND (acts, act);

  return word != NULL ? _ (word->word) : "";
}

const char *
osc_words_act_edge (const char *act)
{
  const Word *word = FIND (acts, act);

  return word != NULL ? g_dpgettext2 (NULL, "edge button", word->short_word) : "";
}

const char *
osc_words_act_icon (const char *act)
{
  const Word *word = FIND (acts, act);

  return word != NULL ? word->icon : "osy-check-symbolic";
}

const char *
osc_words_status (const char *status)
{
  const Word *word = FIND (states, status);

  return word != NULL ? _ (word->word) : "";
}

gboolean
osc_words_is_dropped (const char *status)
{
  static const char *const dropped[] = {OSY_ORDER_CANCELED, OSY_ORDER_REJECTED, OSY_ORDER_EXPIRED,
                                        NULL};

  return g_strv_contains (dropped, status);
}

const char *
osc_words_no_recall (const OsyOrderData *order)
{
  if (osy_order_find_step (order, "recall") != NULL)
    return NULL;
  if (osc_words_is_dropped (order->status))
    return _ ("A cancelled order can't be taken back. Make it a new order");
  return _ ("The order is at its first step. There is nothing to take back");
}

char *
osc_words_left (gint64 portions)
{
  if (portions <= 0 || portions > OSY_STOCK_LOW)
    return NULL;
  return g_strdup_printf (g_dngettext (NULL, "%d left", "%d left", (gulong)portions),
                          (int)portions);
}

char *
osc_words_money (gint64 won)
{
  g_autofree char *digits = osy_money_format (won);

  if (won < 0)
    /* Translators: less than nothing: an amount of won, already grouped */
    return g_strdup_printf (_ ("−₩%s"), digits + strlen ("−"));
  /* Translators: an amount of won, already grouped */
  return g_strdup_printf (_ ("₩%s"), digits);
}

char *
osc_words_minutes (int minutes)
{
  return g_strdup_printf (_ ("%d min"), minutes);
}

char *
osc_words_clock (gint64 us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "%H:%M");
}

char *
osc_words_when (gint64 us, gint64 now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) today_utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autoptr (GDateTime) today = g_date_time_to_local (today_utc);
  gboolean same = g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (today);

  return g_date_time_format (local, same ? "%H:%M" : "%m/%d %H:%M");
}

char *
osc_words_booked (const OsyOrderData *order)
{
  if (order->requested_at == 0)
    return NULL;
  g_autofree char *when = osc_words_when (order->requested_at, osy_clock_now ());
  /* Translators: of an order for later; the time. */
  return g_strdup_printf (_ ("Booked for %s"), when);
}

const char *
osc_words_weekday (int day)
{
  static const char *const weekdays[] = {N_ ("Mon"), N_ ("Tue"), N_ ("Wed"), N_ ("Thu"),
                                         N_ ("Fri"), N_ ("Sat"), N_ ("Sun")};

  return day >= 1 && day <= (int)G_N_ELEMENTS (weekdays) ? _ (weekdays[day - 1]) : "";
}

char *
osc_words_week (const GArray *windows)
{
  OsyWeekWords words;

  for (int day = 1; day <= 7; day++)
    words.weekdays[day - 1] = osc_words_weekday (day);
  /* Translators: before a time: "Daily 17:00–19:00" */
  words.every_day = _ ("Daily");
  return osy_week_format (windows, &words);
}

const char *
osc_words_role (const char *role)
{
  static const struct {
    const char *role;
    const char *word;
  } roles[] = {
      {"OWNER", NC_ ("role", "Owner")},   {"MANAGER", NC_ ("role", "Manager")},
      {"STAFF", NC_ ("role", "Staff")},   {"KITCHEN", NC_ ("role", "Kitchen")},
      {"COURIER", NC_ ("role", "Rider")}, {"ADMIN", NC_ ("role", "Administrator")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].role, role) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "role", roles[i].word);
  return role;
}

char *
osc_words_day (const char *business_day)
{
  static const char *const months[] = {N_ ("Jan"), N_ ("Feb"), N_ ("Mar"), N_ ("Apr"),
                                       N_ ("May"), N_ ("Jun"), N_ ("Jul"), N_ ("Aug"),
                                       N_ ("Sep"), N_ ("Oct"), N_ ("Nov"), N_ ("Dec")};
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_parse (&date, business_day != NULL ? business_day : "");
  if (!g_date_valid (&date))
    return g_strdup ("");
  /* Translators: weekday, month, day of the month */
  return g_strdup_printf (_ ("%1$s %3$d %2$s"), osc_words_weekday (g_date_get_weekday (&date)),
                          _ (months[g_date_get_month (&date) - 1]), (int)g_date_get_day (&date));
}

gboolean
osc_words_is_allergy (const char *note)
{
  static const char *const marks[] = {"알레르기", "알러지", "allerg", "アレルギー", "过敏"};
  g_autofree char *folded = note != NULL ? g_utf8_casefold (note, -1) : NULL;

  for (gsize i = 0; folded != NULL && i < G_N_ELEMENTS (marks); i++)
    if (strstr (folded, marks[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
append_options (GString *text, GPtrArray *options, gboolean prices)
{
  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *option = g_ptr_array_index (options, i);

    if (text->len > 0)
      g_string_append (text, " · ");
    g_string_append (text, option->name);
    if (option->quantity > 1)
      g_string_append_printf (text, " ×%" G_GINT64_FORMAT, option->quantity);
    if (prices && option->price > 0) {
      g_autofree char *price = osc_words_money (option->price);

      g_string_append_printf (text, " +%s", price);
    }
    append_options (text, option->options, prices);
  }
}

char *
osc_words_options (const OsyOrderLine *line, gboolean prices)
{
  GString *text = g_string_new (NULL);

  append_options (text, line->options, prices);
  return g_string_free (text, text->len == 0);
}

char *
osc_words_card_name (const OsyOrderData *order)
{
  g_autofree char *place = osc_words_place (order);

  /* Translators: the spoken name of an order card: number and place */
  return g_strdup_printf (_ ("No. %d %s"), (int)order->number, place);
}

char *
osc_words_step (const OsyOrderStep *step)
{
  const Word *word = FIND (steps, step->act);
  const char *text = word != NULL ? _ (word->word) : osc_words_status (step->to_status);

  if (step->reason != NULL && step->reason[0] != '\0')
    return g_strdup_printf ("%s · %s", text, step->reason);
  return g_strdup (text);
}

const char *
osc_words_actor (const OsyOrderStep *step)
{
  if (g_strcmp0 (step->actor, "guest") == 0)
    return _ ("guest");
  if (g_strcmp0 (step->actor, "system") == 0)
    return _ ("OrderSync");
  if (g_strcmp0 (step->actor, "staff") == 0)
    return _ ("staff");
  return step->actor != NULL ? step->actor : "";
}
