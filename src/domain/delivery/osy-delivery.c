/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A delivery and the shop's zones: the one table of steps, plain data, JSON both ways. */

#include "osy-delivery.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-mask.h"

#define MAX_TEXT 1000
#define POSTCODE_LENGTH 5

#define REQ OSY_DELIVERY_REQUESTED
#define ASS OSY_DELIVERY_ASSIGNED
#define GONE OSY_DELIVERY_PICKED_UP
#define DONE OSY_DELIVERY_DELIVERED

/* Who rides need not be known when the food leaves; and the board may complete an order that nobody
 * reported as picked up. */
static const OsyStateRow rows[] = {
    {REQ, "assign", ASS, TRUE},
    {REQ, "pick-up", GONE, TRUE},
    {REQ, "deliver", DONE, TRUE},
    {REQ, "fail", OSY_DELIVERY_FAILED, FALSE},
    {REQ, "cancel", OSY_DELIVERY_CANCELED, FALSE},
    {ASS, "assign", ASS, FALSE},
    {ASS, "pick-up", GONE, TRUE},
    {ASS, "deliver", DONE, TRUE},
    {ASS, "fail", OSY_DELIVERY_FAILED, FALSE},
    {ASS, "cancel", OSY_DELIVERY_CANCELED, FALSE},
    {GONE, "assign", GONE, FALSE},
    {GONE, "deliver", DONE, TRUE},
    {GONE, "fail", OSY_DELIVERY_FAILED, FALSE},
    {GONE, "cancel", OSY_DELIVERY_CANCELED, FALSE},
    {GONE, "put-back", ASS, FALSE},
    {DONE, "put-back", ASS, FALSE},
    {DONE, "take-back", GONE, FALSE},
    {NULL},
};

const OsyStateTable osy_delivery_states = {
    .name = "delivery",
    .initial = {REQ},
    .rows = rows,
};

const char *const osy_delivery_carriers[] = {OSY_CARRIER_OWN, OSY_CARRIER_AGENCY,
                                             OSY_CARRIER_PLATFORM, NULL};

/* ---- memory ---- */

OsyDelivery *
osy_delivery_new (void)
{
  OsyDelivery *self = g_new0 (OsyDelivery, 1);

  self->status = OSY_DELIVERY_REQUESTED;
  self->carrier = OSY_CARRIER_OWN;
  return self;
}

void
osy_delivery_free (OsyDelivery *self)
{
  g_free (self->id);
  g_free (self->order_id);
  g_free (self->rider);
  g_free (self->rider_phone);
  g_free (self->reason);
  g_free (self->address);
  g_free (self->call_failure);
  g_free (self);
}

gboolean
osy_delivery_is_live (const OsyDelivery *self)
{
  return !g_str_equal (self->status, OSY_DELIVERY_FAILED) &&
         !g_str_equal (self->status, OSY_DELIVERY_CANCELED);
}

gboolean
osy_delivery_is_under_way (const OsyDelivery *self)
{
  return osy_delivery_is_live (self) && !g_str_equal (self->status, OSY_DELIVERY_DELIVERED);
}

/* ---- writing ---- */

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = us != 0 ? osy_clock_format (us) : NULL;

  set_text (object, name, text);
}

JsonObject *
osy_delivery_to_json (const OsyDelivery *self)
{
  g_autofree char *phone = osy_mask_phone (self->rider_phone);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "order_id", self->order_id);
  json_object_set_int_member (object, "order_number", self->order_number);
  json_object_set_string_member (object, "carrier", self->carrier);
  json_object_set_string_member (object, "status", self->status);
  set_text (object, "rider", self->rider);
  set_text (object, "rider_phone", phone);
  set_text (object, "reason", self->reason);
  set_text (object, "address", self->address);
  set_text (object, "call", self->call);
  set_text (object, "call_failure", self->call_failure);
  json_object_set_int_member (object, "fee", self->fee);
  set_time (object, "eta_at", self->eta_at);
  set_time (object, "requested_at", self->requested_at);
  set_time (object, "assigned_at", self->assigned_at);
  set_time (object, "picked_up_at", self->picked_up_at);
  set_time (object, "delivered_at", self->delivered_at);
  set_time (object, "closed_at", self->closed_at);
  json_object_set_int_member (object, "version", self->version);
  return object;
}

/* ---- reading ---- */

static char *
read_text (OsyJsonReader *reader, const char *name)
{
  return g_strdup (osy_json_reader_opt_string (reader, name, 0, MAX_TEXT));
}

void
osy_delivery_read (OsyDelivery *self, OsyJsonReader *reader)
{
  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->order_id = g_strdup (osy_json_reader_id (reader, "order_id"));
  self->order_number = osy_json_reader_opt_int (reader, "order_number", 0, G_MAXINT64, 0);
  self->carrier = g_intern_string (osy_json_reader_string (reader, "carrier", 1, 20));
  self->status = g_intern_string (osy_json_reader_string (reader, "status", 1, 20));
  self->rider = read_text (reader, "rider");
  self->rider_phone = read_text (reader, "rider_phone");
  self->reason = read_text (reader, "reason");
  self->address = read_text (reader, "address");
  self->call = g_intern_string (osy_json_reader_opt_string (reader, "call", 1, 20));
  self->call_failure = read_text (reader, "call_failure");
  self->fee = osy_json_reader_opt_int (reader, "fee", 0, G_MAXINT64, 0);
  self->eta_at = osy_json_reader_opt_time (reader, "eta_at");
  self->requested_at = osy_json_reader_opt_time (reader, "requested_at");
  self->assigned_at = osy_json_reader_opt_time (reader, "assigned_at");
  self->picked_up_at = osy_json_reader_opt_time (reader, "picked_up_at");
  self->delivered_at = osy_json_reader_opt_time (reader, "delivered_at");
  self->closed_at = osy_json_reader_opt_time (reader, "closed_at");
  self->version = osy_json_reader_int (reader, "version", 0, G_MAXINT64);
}

/* ---- zones ---- */

void
osy_delivery_zone_free (OsyDeliveryZone *self)
{
  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->areas);
  g_free (self);
}

JsonObject *
osy_delivery_zone_to_json (const OsyDeliveryZone *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *areas = json_array_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "name", self->name);
  json_object_set_int_member (object, "fee", self->fee);
  json_object_set_int_member (object, "minimum", self->minimum);
  json_object_set_int_member (object, "minutes", self->minutes);
  for (guint i = 0; self->areas[i] != NULL; i++)
    json_array_add_string_element (areas, self->areas[i]);
  json_object_set_array_member (object, "areas", areas);
  return object;
}

OsyDeliveryZone *
osy_delivery_zone_read (OsyJsonReader *reader)
{
  OsyDeliveryZone *self = g_new0 (OsyDeliveryZone, 1);
  guint n = osy_json_reader_opt_array (reader, "areas", OSY_DELIVERY_MAX_AREAS);

  self->id = g_strdup (osy_json_reader_opt_id (reader, "id"));
  self->name = g_strdup (osy_json_reader_string (reader, "name", 1, 100));
  self->fee = osy_json_reader_int (reader, "fee", 0, OSY_DELIVERY_MAX_FEE);
  self->minimum = osy_json_reader_opt_int (reader, "minimum", 0, 100 * OSY_DELIVERY_MAX_FEE, 0);
  self->minutes = (int)osy_json_reader_opt_int (reader, "minutes", 0, OSY_DELIVERY_MAX_MINUTES, 0);
  self->areas = g_new0 (char *, n + 1);
  for (guint i = 0, k = 0; i < n; i++) {
    const char *area = osy_json_reader_element_string (reader, "areas", i, 1, 100);
    if (area != NULL)
      self->areas[k++] = g_strdup (area);
  }
  return self;
}

static gboolean
is_digits (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* Whether five digits that stand alone in @address begin with @prefix. */
static gboolean
has_postcode (const char *address, const char *prefix)
{
  for (const char *at = address; *at != '\0';) {
    gsize n = strspn (at, "0123456789");
    if (n == POSTCODE_LENGTH && strncmp (at, prefix, strlen (prefix)) == 0)
      return TRUE;
    at += MAX (n, 1);
  }
  return FALSE;
}

static gboolean
zone_has (const OsyDeliveryZone *zone, const char *address)
{
  for (guint i = 0; zone->areas[i] != NULL; i++) {
    const char *area = zone->areas[i];
    if (is_digits (area) ? has_postcode (address, area) : strstr (address, area) != NULL)
      return TRUE;
  }
  return FALSE;
}

const OsyDeliveryZone *
osy_delivery_zone_find (GPtrArray *zones, const char *address)
{
  const OsyDeliveryZone *elsewhere = NULL;
  g_autofree char *text = g_utf8_normalize (address, -1, G_NORMALIZE_NFC);

  for (guint i = 0; text != NULL && i < zones->len; i++) {
    const OsyDeliveryZone *zone = g_ptr_array_index (zones, i);
    if (zone_has (zone, text))
      return zone;
    if (elsewhere == NULL && zone->areas[0] == NULL)
      elsewhere = zone;
  }
  return elsewhere;
}
