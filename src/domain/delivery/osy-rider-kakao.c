/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Kakao Mobility's words. Its documents name no final list of states, so each is known by several
 * words, and one that is not known says nothing. */

#include "osy-rider-kakao.h"

#include <string.h>

#include "osy-crypto.h"
#include "osy-phone.h"

#define MAX_FAILURE 200
#define MAX_TEXT 1000

char **
osy_rider_kakao_headers (const OsyDeliverySetup *setup, gint64 now, guint32 nonce)
{
  g_autofree char *ts = g_strdup_printf ("%" G_GINT64_FORMAT, now / 1000);
  g_autofree char *number = g_strdup_printf ("%u", nonce);
  g_autofree char *plain = g_strconcat (ts, number, setup->agency_key, NULL);
  g_autofree char *sign = g_compute_checksum_for_string (G_CHECKSUM_SHA512, plain, -1);
  g_autofree char *joined = g_strconcat (ts, "$$", number, "$$", sign, NULL);
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  g_autofree char *value = g_base64_encode ((const guchar *)joined, strlen (joined));

  osy_wipe (plain, strlen (plain));
  g_strv_builder_add (headers, "vendor");
  g_strv_builder_add (headers, setup->agency_vendor);
  g_strv_builder_add (headers, "Authorization");
  g_strv_builder_add (headers, value);
  return g_strv_builder_end (headers);
}

/* ---- asking ---- */

static JsonObject *
end_to_json (const char *address, const char *name, const char *phone)
{
  g_autofree char *digits = osy_phone_digits (phone);
  JsonObject *end = json_object_new ();
  JsonObject *location = json_object_new ();
  JsonObject *contact = json_object_new ();

  json_object_set_string_member (location, "basicAddress", address);
  json_object_set_string_member (location, "detailAddress", "");
  json_object_set_string_member (contact, "name", name);
  json_object_set_string_member (contact, "phone", digits);
  json_object_set_object_member (end, "location", location);
  json_object_set_object_member (end, "contact", contact);
  return end;
}

static JsonArray *
products_to_json (const OsyOrderData *order)
{
  JsonArray *products = json_array_new ();

  for (guint i = 0; i < order->lines->len; i++) {
    const OsyOrderLine *line = g_ptr_array_index (order->lines, i);
    JsonObject *product = json_object_new ();
    json_object_set_string_member (product, "name", line->name);
    json_object_set_int_member (product, "quantity", line->quantity);
    json_object_set_int_member (product, "price", line->unit_price);
    json_array_add_object_element (products, product);
  }
  return products;
}

GBytes *
osy_rider_kakao_body (const OsyDeliverySetup *setup, const OsyOrderData *order, const char *id)
{
  JsonObject *body = json_object_new ();
  JsonObject *info = json_object_new ();
  g_autoptr (JsonNode) node = osy_json_take_object (body);

  json_object_set_string_member (body, "partnerOrderId", id);
  json_object_set_string_member (body, "orderType", "QUICK");
  json_object_set_object_member (
      body, "pickup", end_to_json (setup->pickup_address, setup->pickup_name, setup->pickup_phone));
  /* A guest who left no number is called through the shop. */
  json_object_set_object_member (
      body, "dropoff",
      end_to_json (order->delivery_address,
                   order->customer_name != NULL ? order->customer_name : setup->pickup_name,
                   order->customer_phone != NULL ? order->customer_phone : setup->pickup_phone));
  json_object_set_int_member (info, "trayCount", 1);
  json_object_set_string_member (info, "size", "S");
  json_object_set_int_member (info, "totalPrice", order->total_amount);
  json_object_set_array_member (info, "products", products_to_json (order));
  json_object_set_object_member (body, "productInfo", info);
  return osy_json_print_bytes (node);
}

/* ---- hearing ---- */

static const struct {
  const char *word;
  const char *act; /* NULL: nobody rides yet */
} words[] = {
    {"MATCHING", NULL},
    {"REQUESTED", NULL},
    {"RESERVED", NULL},
    {"MATCHED", "assign"},
    {"ASSIGNED", "assign"},
    {"PICKUP_STARTED", "assign"},
    {"PICKED_UP", "pick-up"},
    {"PICKUP_COMPLETED", "pick-up"},
    {"DROPOFF_STARTED", "pick-up"},
    {"DELIVERED", "deliver"},
    {"COMPLETED", "deliver"},
    {"DROPOFF_COMPLETED", "deliver"},
    {"CANCELED", "fail"},
    {"ABORTED", "fail"},
    {"FAILED", "fail"},
};

void
osy_rider_news_clear (OsyRiderNews *self)
{
  g_clear_pointer (&self->rider, g_free);
  g_clear_pointer (&self->phone, g_free);
}

gboolean
osy_rider_kakao_read (GBytes *answer, OsyRiderNews *ret, GError **error)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (answer, &size);
  g_autoptr (JsonNode) node = osy_json_parse (text, size, error);
  g_autoptr (OsyJsonReader) reader = node != NULL ? osy_json_reader_new (node) : NULL;

  *ret = (OsyRiderNews){NULL};
  if (reader == NULL)
    return FALSE;
  osy_json_reader_ignore_unknown (reader);
  OsyJsonReader *receipt = osy_json_reader_object (reader, "receipt");
  const char *status = osy_json_reader_string (receipt, "status", 1, MAX_TEXT);
  OsyJsonReader *picker = osy_json_reader_opt_object (reader, "picker");
  if (picker != NULL) {
    const char *phone = osy_json_reader_opt_string (picker, "phone", 0, MAX_TEXT);
    ret->rider = g_strdup (osy_json_reader_opt_string (picker, "name", 0, OSY_DELIVERY_MAX_RIDER));
    ret->phone = phone != NULL ? osy_phone_digits (phone) : NULL;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].word, status) == 0)
      ret->act = words[i].act;
  if (osy_json_reader_finish (reader, error))
    return TRUE;
  osy_rider_news_clear (ret);
  return FALSE;
}

char *
osy_rider_kakao_failure (guint status, GBytes *answer)
{
  gsize size = 0;
  const char *text = answer != NULL ? g_bytes_get_data (answer, &size) : NULL;
  g_autoptr (JsonNode) node = size > 0 ? osy_json_parse (text, size, NULL) : NULL;
  const char *message = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    message =
        json_object_get_string_member_with_default (json_node_get_object (node), "message", NULL);
  g_autofree char *whole = message != NULL ? g_strdup_printf ("%u: %s", status, message)
                                           : g_strdup_printf ("HTTP %u", status);
  return g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), MAX_FAILURE));
}

char *
osy_rider_kakao_url (const char *base, const char *id, OsyRiderVerb verb)
{
  g_autofree char *first = g_str_has_suffix (base, "/v2")
                               ? g_strdup_printf ("%.*s/v1", (int)strlen (base) - 3, base)
                               : g_strdup (base);

  switch (verb) {
  case OSY_RIDER_FIND: return g_strconcat (base, "/orders/", id, NULL);
  case OSY_RIDER_CALL_OFF: return g_strconcat (first, "/orders/", id, "/cancel", NULL);
  default: return g_strconcat (base, "/orders", NULL);
  }
}
