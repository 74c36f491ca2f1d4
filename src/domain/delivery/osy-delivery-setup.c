/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How the shop delivers: its carrier, its agency and its zones, and what the way costs. */

#include "osy-delivery-setup.h"

#include <string.h>

#include "osy-audit-service.h"
#include "osy-fetch.h"
#include "osy-id.h"

#define TABLE "delivery_setup"
#define MAX_NAME 100
#define MAX_PHONE 30
#define MAX_ADDRESS 500
#define MAX_KEY 200
#define MAX_BASE 200

void
osy_delivery_setup_free (OsyDeliverySetup *self)
{
  if (self == NULL)
    return;
  if (self->agency_key != NULL)
    osy_wipe (self->agency_key, strlen (self->agency_key));
  g_free (self->agency_key);
  g_free (self->agency_vendor);
  g_free (self->pickup_name);
  g_free (self->pickup_phone);
  g_free (self->pickup_address);
  g_free (self->page_base);
  g_free (self);
}

static OsyCell
cell_of (OsyDbTx *tx, const char *column)
{
  const char *shop = osy_db_tx_restaurant (tx);

  return (OsyCell){shop, TABLE, column, shop, NULL};
}

static gboolean
unseal (OsyDbTx *tx,
        OsyKeyring *ring,
        const OsyDbRows *rows,
        const char *column,
        char **ret,
        GError **error)
{
  const OsyCell cell = cell_of (tx, column);
  g_autoptr (GBytes) sealed = osy_db_rows_bytes (rows, 0, column);
  g_autoptr (GError) local = NULL;

  *ret = osy_keyring_open (ring, &cell, sealed, &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return *ret != NULL || sealed == NULL;
}

/* Whence riders fetch is one cell: a JSON object of three texts. */
static gboolean
read_pickup (const char *text, OsyDeliverySetup *self, GError **error)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), error);
  g_autoptr (OsyJsonReader) reader = node != NULL ? osy_json_reader_new (node) : NULL;

  if (reader == NULL)
    return FALSE;
  self->pickup_name = g_strdup (osy_json_reader_opt_string (reader, "name", 0, MAX_NAME));
  self->pickup_phone = g_strdup (osy_json_reader_opt_string (reader, "phone", 0, MAX_PHONE));
  self->pickup_address = g_strdup (osy_json_reader_opt_string (reader, "address", 0, MAX_ADDRESS));
  return osy_json_reader_finish (reader, error);
}

OsyDeliverySetup *
osy_delivery_setup_load (OsyDbTx *tx, OsyKeyring *ring, GError **error)
{
  g_autoptr (OsyDeliverySetup) self = g_new0 (OsyDeliverySetup, 1);
  g_autofree char *pickup = NULL;
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx, "SELECT * FROM delivery_setup WHERE restaurant_id = app_restaurant()",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return NULL;
  self->carrier = OSY_CARRIER_OWN;
  self->mask_hours = 24;
  self->link_hours = 12;
  if (osy_db_rows_count (rows) == 0)
    return g_steal_pointer (&self);
  self->carrier = g_intern_string (osy_db_rows_text (rows, 0, "carrier"));
  self->mask_hours = (int)osy_db_rows_int (rows, 0, "mask_hours");
  self->link_hours = (int)osy_db_rows_int (rows, 0, "link_hours");
  self->agency_vendor = g_strdup (osy_db_rows_text (rows, 0, "agency_vendor"));
  self->page_base = g_strdup (osy_db_rows_text (rows, 0, "page_base"));
  self->version = osy_db_rows_int (rows, 0, "version");
  if (!unseal (tx, ring, rows, "agency_key_enc", &self->agency_key, error) ||
      !unseal (tx, ring, rows, "pickup_enc", &pickup, error) ||
      (pickup != NULL && !read_pickup (pickup, self, error)))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
osy_delivery_setup_has_agency (const OsyDeliverySetup *self)
{
  return self->agency_vendor != NULL && self->agency_key != NULL && self->pickup_address != NULL &&
         self->pickup_name != NULL && self->pickup_phone != NULL;
}

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonObject *
pickup_to_json (const OsyDeliverySetup *self)
{
  JsonObject *pickup = json_object_new ();

  set_text (pickup, "name", self->pickup_name);
  set_text (pickup, "phone", self->pickup_phone);
  set_text (pickup, "address", self->pickup_address);
  return pickup;
}

JsonNode *
osy_delivery_setup_to_json (const OsyDeliverySetup *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *agency = json_object_new ();

  json_object_set_string_member (object, "carrier", self->carrier);
  json_object_set_int_member (object, "mask_hours", self->mask_hours);
  json_object_set_int_member (object, "link_hours", self->link_hours);
  set_text (agency, "vendor", self->agency_vendor);
  json_object_set_boolean_member (agency, "key_set", self->agency_key != NULL);
  json_object_set_object_member (object, "agency", agency);
  json_object_set_object_member (object, "pickup", pickup_to_json (self));
  set_text (object, "page_base", self->page_base);
  json_object_set_int_member (object, "version", self->version);
  return osy_json_take_object (object);
}

/* ---- saving it ---- */

/* An empty text takes away what was there. */
static void
take_text (OsyJsonReader *reader, const char *name, gsize max, char **ret)
{
  const char *text = osy_json_reader_opt_string (reader, name, 0, max);

  if (text == NULL)
    return;
  g_free (*ret);
  *ret = *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
read_setup (JsonNode *body, OsyDeliverySetup *self, gint64 *if_version, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  OsyJsonReader *agency = osy_json_reader_opt_object (reader, "agency");
  OsyJsonReader *pickup = osy_json_reader_opt_object (reader, "pickup");

  self->carrier = g_intern_string (
      osy_json_reader_enum (reader, "carrier", osy_delivery_carriers, self->carrier));
  self->mask_hours = (int)osy_json_reader_opt_int (reader, "mask_hours", 0, 720, self->mask_hours);
  self->link_hours = (int)osy_json_reader_opt_int (reader, "link_hours", 1, 72, self->link_hours);
  *if_version = osy_json_reader_opt_int (reader, "version", 0, G_MAXINT64, self->version);
  take_text (reader, "page_base", MAX_BASE, &self->page_base);
  if (self->page_base != NULL && !osy_fetch_is_address (self->page_base))
    osy_json_reader_fault (reader, "page_base", "ADDRESS", "An address begins with https://.");
  if (agency != NULL) {
    take_text (agency, "vendor", MAX_NAME, &self->agency_vendor);
    take_text (agency, "key", MAX_KEY, &self->agency_key);
  }
  if (pickup != NULL) {
    take_text (pickup, "name", MAX_NAME, &self->pickup_name);
    take_text (pickup, "phone", MAX_PHONE, &self->pickup_phone);
    take_text (pickup, "address", MAX_ADDRESS, &self->pickup_address);
  }
  return osy_json_reader_finish (reader, error);
}

static gboolean
check_version (gint64 current, gint64 wanted, GError **error)
{
  if (current == wanted)
    return TRUE;
  g_autoptr (GError) refusal = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                                    "Another screen changed this first.");
  osy_error_set_extra (refusal, "current_version",
                       json_node_init_int (json_node_alloc (), current));
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* One row for ever, which is held until the transaction ends. */
static gboolean
hold_setup (OsyDbTx *tx, GError **error)
{
  return osy_db_exec (tx,
                      "INSERT INTO delivery_setup (restaurant_id) VALUES (app_restaurant()) "
                      "ON CONFLICT DO NOTHING",
                      OSY_NO_PARAMS, NULL, error) &&
         osy_db_exec (tx,
                      "SELECT FROM delivery_setup WHERE restaurant_id = app_restaurant() "
                      "FOR UPDATE",
                      OSY_NO_PARAMS, NULL, error);
}

static gboolean
note (OsyDbTx *tx,
      OsyKeyring *ring,
      const OsyCall *call,
      const char *action,
      JsonNode *value,
      GError **error)
{
  const OsyAuditEntry audit = {.action = action,
                               .object_type = "shop",
                               .object_id = osy_db_tx_restaurant (tx),
                               .new_value = value};

  return osy_audit_record (tx, ring, call, &audit, error);
}

static gboolean
store_setup (OsyDbTx *tx, OsyKeyring *ring, const OsyDeliverySetup *self, GError **error)
{
  const OsyCell key_cell = cell_of (tx, "agency_key_enc");
  const OsyCell pickup_cell = cell_of (tx, "pickup_enc");
  g_autoptr (JsonNode) pickup = osy_json_take_object (pickup_to_json (self));
  g_autofree char *text = osy_json_print (pickup);
  g_autoptr (GBytes) key = osy_keyring_seal (ring, &key_cell, self->agency_key, error);
  g_autoptr (GBytes) sealed = NULL;

  if (self->agency_key != NULL && key == NULL)
    return FALSE;
  sealed = osy_keyring_seal (ring, &pickup_cell, text, error);
  return sealed != NULL &&
         osy_db_exec (tx,
                      "UPDATE delivery_setup SET carrier = $1, mask_hours = $2, link_hours = $3, "
                      "agency_vendor = $4, agency_key_enc = $5, pickup_enc = $6, page_base = $7, "
                      "version = version + 1 "
                      "WHERE restaurant_id = app_restaurant()",
                      OSY_PARAMS (OSY_P_TEXT (self->carrier), OSY_P_INT (self->mask_hours),
                                  OSY_P_INT (self->link_hours), OSY_P_TEXT (self->agency_vendor),
                                  OSY_P_BYTES (key), OSY_P_BYTES (sealed),
                                  OSY_P_TEXT (self->page_base)),
                      NULL, error);
}

OsyDeliverySetup *
osy_delivery_setup_save (OsyDbTx *tx,
                         OsyKeyring *ring,
                         const OsyCall *call,
                         JsonNode *body,
                         GError **error)
{
  gint64 if_version = 0;

  if (!osy_principal_check (call->principal, OSY_PERM_DELIVERY_MANAGE, error) ||
      !hold_setup (tx, error))
    return NULL;
  g_autoptr (OsyDeliverySetup) self = osy_delivery_setup_load (tx, ring, error);
  if (self == NULL || !read_setup (body, self, &if_version, error) ||
      !check_version (self->version, if_version, error) || !store_setup (tx, ring, self, error))
    return NULL;
  self->version++;
  g_autoptr (JsonNode) value = osy_delivery_setup_to_json (self);
  /* The shop's own people are not for the log. */
  json_object_remove_member (json_node_get_object (value), "pickup");
  return note (tx, ring, call, "delivery.set_up", value, error) ? g_steal_pointer (&self) : NULL;
}

/* ---- zones ---- */

GPtrArray *
osy_delivery_zones_load (OsyDbTx *tx, gint64 *version, GError **error)
{
  g_autoptr (GPtrArray) zones =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_delivery_zone_free);
  g_autoptr (OsyDbRows) rows =
      osy_db_query (tx,
                    "SELECT s.zones_version, z.id, z.name, z.fee, z.minimum, z.minutes, "
                    "  array_to_string(z.areas, E'\\n') AS areas FROM delivery_setup s "
                    "LEFT JOIN delivery_zone z ON z.restaurant_id = s.restaurant_id "
                    "WHERE s.restaurant_id = app_restaurant() ORDER BY z.position",
                    OSY_NO_PARAMS, error);

  if (rows == NULL)
    return NULL;
  *version = osy_db_rows_count (rows) > 0 ? osy_db_rows_int (rows, 0, "zones_version") : 0;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    if (osy_db_rows_is_null (rows, i, "id"))
      continue;
    OsyDeliveryZone *zone = g_new0 (OsyDeliveryZone, 1);
    zone->id = g_strdup (osy_db_rows_text (rows, i, "id"));
    zone->name = g_strdup (osy_db_rows_text (rows, i, "name"));
    zone->fee = osy_db_rows_int (rows, i, "fee");
    zone->minimum = osy_db_rows_int (rows, i, "minimum");
    zone->minutes = (int)osy_db_rows_int (rows, i, "minutes");
    zone->areas = g_strsplit (osy_db_rows_text (rows, i, "areas"), "\n", -1);
    g_ptr_array_add (zones, zone);
  }
  return g_steal_pointer (&zones);
}

JsonNode *
osy_delivery_zones_to_json (GPtrArray *zones, gint64 version)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < zones->len; i++)
    json_array_add_object_element (array, osy_delivery_zone_to_json (zones->pdata[i]));
  json_object_set_int_member (object, "version", version);
  json_object_set_array_member (object, "zones", array);
  return osy_json_take_object (object);
}

static gboolean
insert_zone (OsyDbTx *tx, const OsyDeliveryZone *zone, guint position, GError **error)
{
  g_autoptr (GPtrArray) areas = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; zone->areas[i] != NULL; i++) {
    char *area = g_utf8_normalize (zone->areas[i], -1, G_NORMALIZE_NFC);
    if (area != NULL)
      g_ptr_array_add (areas, g_strstrip (g_strdelimit (area, "\n", ' ')));
  }
  return osy_db_exec (tx,
                      "INSERT INTO delivery_zone (restaurant_id, id, position, name, fee, minimum, "
                      "minutes, areas) VALUES (app_restaurant(), $1::uuid, $2, $3, $4, $5, $6, "
                      "$7::text[])",
                      OSY_PARAMS (OSY_P_TEXT (zone->id), OSY_P_INT (position),
                                  OSY_P_TEXT (zone->name), OSY_P_INT (zone->fee),
                                  OSY_P_INT (zone->minimum), OSY_P_INT (zone->minutes),
                                  OSY_P_TEXTS (areas)),
                      NULL, error);
}

/* (transfer full): of OsyDeliveryZone; those without an id get one. */
static GPtrArray *
read_zones (JsonNode *body, gint64 *if_version, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  g_autoptr (GPtrArray) zones =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_delivery_zone_free);
  guint n = osy_json_reader_array (reader, "zones", 0, OSY_DELIVERY_MAX_ZONES);

  *if_version = osy_json_reader_opt_int (reader, "version", 0, G_MAXINT64, *if_version);
  for (guint i = 0; i < n; i++) {
    OsyDeliveryZone *zone = osy_delivery_zone_read (osy_json_reader_element (reader, "zones", i));
    g_ptr_array_add (zones, zone);
    for (guint k = 0; zone->id != NULL && k < i; k++)
      if (g_strcmp0 (((OsyDeliveryZone *)zones->pdata[k])->id, zone->id) == 0)
        osy_json_reader_fault (reader, "zones", "DUPLICATE", "Each zone is there once.");
    if (zone->id == NULL)
      zone->id = osy_id_new ();
  }
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&zones) : NULL;
}

gboolean
osy_delivery_zones_save (OsyDbTx *tx,
                         OsyKeyring *ring,
                         const OsyCall *call,
                         JsonNode *body,
                         GError **error)
{
  gint64 version = 0;

  if (!osy_principal_check (call->principal, OSY_PERM_DELIVERY_MANAGE, error) ||
      !hold_setup (tx, error))
    return FALSE;
  g_autoptr (GPtrArray) before = osy_delivery_zones_load (tx, &version, error);
  gint64 if_version = version;
  g_autoptr (GPtrArray) zones = before != NULL ? read_zones (body, &if_version, error) : NULL;
  if (zones == NULL || !check_version (version, if_version, error) ||
      !osy_db_exec (tx, "DELETE FROM delivery_zone WHERE restaurant_id = app_restaurant()",
                    OSY_NO_PARAMS, NULL, error))
    return FALSE;
  for (guint i = 0; i < zones->len; i++)
    if (!insert_zone (tx, zones->pdata[i], i, error))
      return FALSE;
  g_autoptr (JsonNode) value = osy_delivery_zones_to_json (zones, version + 1);
  return osy_db_exec (tx,
                      "UPDATE delivery_setup SET zones_version = zones_version + 1 "
                      "WHERE restaurant_id = app_restaurant()",
                      OSY_NO_PARAMS, NULL, error) &&
         note (tx, ring, call, "delivery.zones_changed", value, error);
}

/* ---- what the way costs ---- */

static const OsyDeliveryZone *
zone_of (GPtrArray *zones, const OsyOrderDraft *draft)
{
  if (draft->delivery_zone_id == NULL)
    return osy_delivery_zone_find (zones, draft->delivery_address);
  for (guint i = 0; i < zones->len; i++)
    if (g_str_equal (((OsyDeliveryZone *)zones->pdata[i])->id, draft->delivery_zone_id))
      return zones->pdata[i];
  return NULL;
}

gboolean
osy_delivery_fee (OsyDbTx *tx, const OsyPrincipal *principal, OsyOrderDraft *draft, GError **error)
{
  gint64 version = 0;
  g_autoptr (GPtrArray) zones = osy_delivery_zones_load (tx, &version, error);

  if (zones == NULL)
    return FALSE;
  const OsyDeliveryZone *zone = zone_of (zones, draft);
  if (zone != NULL) {
    draft->delivery_fee = zone->fee;
    draft->delivery_minimum = zone->minimum;
    return TRUE;
  }
  if (draft->delivery_zone_id != NULL ||
      (zones->len > 0 && osy_principal_is_anonymous (principal))) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_OUT_OF_AREA,
                         "The shop does not deliver to this address.");
    return FALSE;
  }
  return TRUE;
}
