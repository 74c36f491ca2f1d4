/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What platforms say, read strictly, and what they are told. Base only. */

#include "osy-channel.h"

#include <string.h>

#include "osy-error.h"
#include "osy-money.h"

#define MAX_ID 100
#define MAX_NAME 100
#define MAX_TEXT 500
#define MAX_LINES 100
#define MAX_OPTIONS 50
#define MAX_QUANTITY 999
#define MAX_WON 100000000

static const char *const types[] = {OSY_CHANNEL_CREATED, OSY_CHANNEL_UPDATED, OSY_CHANNEL_CANCELLED,
                                    OSY_CHANNEL_DELIVERY, NULL};

/* Their words and ours. */
typedef struct {
  const char *theirs;
  const char *ours;
} Word;

static const char *const order_words[] = {"delivery", "pickup", "dinein", NULL};
static const Word order_types[] = {{"delivery", "DELIVERY"},
                                   {"pickup", "TAKEOUT"},
                                   {"dinein", "DINE_IN"},
                                   {NULL, NULL}};
static const char *const by_words[] = {"platform", "shop", "agency", NULL};
static const Word carriers[] = {{"platform", "PLATFORM"},
                                {"shop", "OWN"},
                                {"agency", "AGENCY"},
                                {NULL, NULL}};
static const char *const way_words[] = {"assigned", "picked_up", "delivered", "failed", NULL};
static const Word ways[] = {{"assigned", "assign"},
                            {"picked_up", "pick-up"},
                            {"delivered", "deliver"},
                            {"failed", "fail"},
                            {NULL, NULL}};
/* What they are told at each of our events, and of a recall by where it led. */
static const struct {
  const char *event;
  const char *ours;
  const char *theirs;
} statuses[] = {
    {"order.created", "PENDING", "RECEIVED"},
    {"order.accepted", "ACCEPTED", "ACCEPTED"},
    {"order.rejected", "REJECTED", "REJECTED"},
    {"order.started", "PREPARING", "PREPARING"},
    {"order.ready", "READY", "READY"},
    {"order.delivering", "DELIVERING", "PICKED_UP"},
    {"order.completed", "COMPLETED", "COMPLETED"},
    {"order.canceled", "CANCELED", "CANCELLED"},
};

static const char *
ours_of (const Word *words, const char *theirs)
{
  for (; theirs != NULL && words->theirs != NULL; words++)
    if (strcmp (words->theirs, theirs) == 0)
      return words->ours;
  return NULL;
}

const char *
osy_channel_status (const char *event, const char *order_status)
{
  gboolean recalled = strcmp (event, "order.recalled") == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (recalled ? strcmp (statuses[i].ours, order_status) == 0
                 : strcmp (statuses[i].event, event) == 0)
      return statuses[i].theirs;
  return NULL;
}

/* ---- memory ---- */

static void
item_free (gpointer data)
{
  OsyChannelItem *self = data;

  g_free (self->plu);
  g_free (self->name);
  g_free (self->note);
  g_ptr_array_unref (self->options);
  g_free (self);
}

void
osy_channel_message_free (OsyChannelMessage *self)
{
  g_free (self->event_id);
  g_free (self->channel);
  g_free (self->store_id);
  g_free (self->channel_order_id);
  g_free (self->display_id);
  g_free (self->name);
  g_free (self->phone);
  g_free (self->address);
  g_free (self->note);
  g_free (self->rider);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

/* ---- reading ---- */

static OsyChannelItem *
read_item (OsyJsonReader *reader, gboolean is_option)
{
  OsyChannelItem *item = g_new0 (OsyChannelItem, 1);

  item->options = g_ptr_array_new_with_free_func (item_free);
  item->plu = g_strdup (osy_json_reader_opt_string (reader, "plu", 1, MAX_ID));
  item->name = g_strdup (osy_json_reader_string (reader, "name", 1, MAX_NAME));
  item->quantity = osy_json_reader_int (reader, "qty", 1, MAX_QUANTITY);
  item->unit_price = osy_json_reader_int (reader, "unitPrice", 0, MAX_WON);
  if (is_option)
    return item;
  item->note = g_strdup (osy_json_reader_opt_string (reader, "note", 0, MAX_TEXT));
  guint n = osy_json_reader_opt_array (reader, "options", MAX_OPTIONS);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (item->options,
                     read_item (osy_json_reader_element (reader, "options", i), TRUE));
  return item;
}

static const char *const bearers[] = {"platform", "shop", NULL};

static void
read_amounts (OsyJsonReader *order, OsyChannelMessage *self)
{
  OsyJsonReader *amounts = osy_json_reader_object (order, "amounts");
  OsyJsonReader *payment = osy_json_reader_opt_object (order, "payment");
  guint n = osy_json_reader_opt_array (amounts, "discounts", MAX_OPTIONS);

  self->items_amount = osy_json_reader_int (amounts, "items", 0, MAX_WON);
  self->delivery_fee = osy_json_reader_opt_int (amounts, "deliveryFee", 0, MAX_WON, 0);
  self->total = osy_json_reader_int (amounts, "total", 0, MAX_WON);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (amounts, "discounts", i);
    gint64 won = osy_json_reader_int (one, "amount", 0, MAX_WON);
    /* What nobody says is the platform's is not claimed from it. */
    const char *by = osy_json_reader_enum (one, "by", bearers, "shop");
    self->discount += won;
    self->shop_discount += g_strcmp0 (by, "shop") == 0 ? won : 0;
  }
  self->prepaid = payment != NULL && osy_json_reader_opt_bool (payment, "prepaid", FALSE);
}

/* Everything that somebody wrote, one under the other. */
static void
add_words (GString *all, const char *head, const char *words)
{
  if (words == NULL || *words == '\0')
    return;
  g_string_append_printf (all, "%s%s%s", all->len > 0 ? "\n" : "", head, words);
}

static char *
cut (const char *text, glong max)
{
  return g_utf8_strlen (text, -1) > max ? g_utf8_substring (text, 0, max) : g_strdup (text);
}

static void
read_people (OsyJsonReader *order, OsyChannelMessage *self)
{
  OsyJsonReader *customer = osy_json_reader_opt_object (order, "customer");
  OsyJsonReader *delivery = osy_json_reader_opt_object (order, "delivery");
  g_autoptr (GString) words = g_string_new (NULL);

  add_words (words, "", osy_json_reader_opt_string (order, "notes", 0, MAX_TEXT));
  if (customer != NULL) {
    self->name = g_strdup (osy_json_reader_opt_string (customer, "name", 1, MAX_NAME));
    self->phone = g_strdup (osy_json_reader_opt_string (customer, "phone", 1, 30));
  }
  if (delivery != NULL) {
    const char *road = osy_json_reader_opt_string (delivery, "roadAddr", 0, MAX_TEXT);
    const char *detail = osy_json_reader_opt_string (delivery, "detail", 0, MAX_TEXT);
    g_autofree char *address =
        g_strjoin (detail != NULL ? " " : "", road != NULL ? road : "", detail, NULL);
    self->address = *address != '\0' ? cut (address, MAX_TEXT) : NULL;
    add_words (words, "", osy_json_reader_opt_string (delivery, "memo", 0, MAX_TEXT));
    self->carrier = g_intern_string (
        ours_of (carriers, osy_json_reader_enum (delivery, "by", by_words, "platform")));
  }
  if (!osy_json_reader_opt_bool (order, "cutlery", TRUE))
    add_words (words, "", "수저·포크 안 받음");
  self->note = words->len > 0 ? cut (words->str, MAX_TEXT) : NULL;
  if (g_strcmp0 (self->order_type, "DELIVERY") == 0 && self->address == NULL)
    osy_json_reader_fault (order, "delivery", "REQUIRED", "A delivery needs an address.");
}

static void
read_created (OsyJsonReader *order, OsyChannelMessage *self)
{
  guint n = osy_json_reader_array (order, "items", 1, MAX_LINES);

  self->display_id = g_strdup (osy_json_reader_opt_string (order, "displayId", 1, MAX_ID));
  self->order_type = g_intern_string (
      ours_of (order_types, osy_json_reader_enum (order, "orderType", order_words, NULL)));
  self->due_at = osy_json_reader_opt_time (order, "dueAt");
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->items, read_item (osy_json_reader_element (order, "items", i), FALSE));
  read_amounts (order, self);
  read_people (order, self);
}

static void
read_way (OsyJsonReader *order, OsyChannelMessage *self)
{
  OsyJsonReader *delivery = osy_json_reader_object (order, "delivery");

  self->delivery_act =
      g_intern_string (ours_of (ways, osy_json_reader_enum (delivery, "status", way_words, NULL)));
  self->rider = g_strdup (osy_json_reader_opt_string (delivery, "rider", 1, MAX_NAME));
}

OsyChannelMessage *
osy_channel_message_parse (JsonNode *body, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  g_autoptr (OsyChannelMessage) self = g_new0 (OsyChannelMessage, 1);
  g_autoptr (GError) fault = NULL;

  osy_json_reader_ignore_unknown (reader);
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->event_id = g_strdup (osy_json_reader_string (reader, "eventId", 1, MAX_ID));
  self->type = g_intern_string (osy_json_reader_enum (reader, "eventType", types, NULL));
  self->channel = g_strdup (osy_json_reader_string (reader, "channel", 1, 40));
  self->store_id = g_strdup (osy_json_reader_string (reader, "storeId", 1, MAX_ID));
  osy_json_reader_opt_time (reader, "occurredAt");
  OsyJsonReader *order = osy_json_reader_object (reader, "order");
  self->channel_order_id = g_strdup (osy_json_reader_string (order, "channelOrderId", 1, MAX_ID));
  if (g_strcmp0 (self->type, OSY_CHANNEL_CREATED) == 0)
    read_created (order, self);
  if (g_strcmp0 (self->type, OSY_CHANNEL_DELIVERY) == 0)
    read_way (order, self);
  if (osy_json_reader_finish (reader, &fault))
    return g_steal_pointer (&self);
  fault->code = OSY_ERROR_UNPROCESSABLE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return NULL;
}

/* ---- sums ---- */

gint64
osy_channel_item_price (const OsyChannelItem *self)
{
  gint64 price = self->unit_price;

  for (guint i = 0; i < self->options->len; i++) {
    const OsyChannelItem *option = g_ptr_array_index (self->options, i);
    price += option->unit_price * option->quantity;
  }
  return price;
}

gboolean
osy_channel_message_adds_up (const OsyChannelMessage *self)
{
  gint64 items = 0;

  for (guint i = 0; i < self->items->len; i++) {
    const OsyChannelItem *item = g_ptr_array_index (self->items, i);
    items += osy_channel_item_price (item) * item->quantity;
  }
  return items == self->items_amount && items + self->delivery_fee - self->discount == self->total;
}
