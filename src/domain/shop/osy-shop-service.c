/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Rules of restaurants: how one begins, what may be changed and by whom. */

#include "osy-shop-service.h"

#include "osy-audit-service.h"
#include "osy-business-number.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-shop-store.h"

/* Five in the morning: late suppers belong to the evening before (design §7). */
#define DEFAULT_CUTOFF_MINUTES 300
#define DEFAULT_PREP_MINUTES 20
#define DEFAULT_TIME_ZONE "Asia/Seoul"
#define NAME_MAX_CHARS 100
/* A longer pause is an order stop that somebody forgot; so with being busy. */
#define PAUSE_MAX (7 * G_TIME_SPAN_DAY)

OsyShopPatch *
osy_shop_patch_new (void)
{
  OsyShopPatch *self = g_new0 (OsyShopPatch, 1);

  self->cutoff_minutes = -1;
  self->minimum_order = -1;
  self->default_prep_minutes = -1;
  self->retention_days = -1;
  self->guest_orders = -1;
  self->accept_paid_orders = -1;
  self->pay_within_minutes = -1;
  self->promise_automatic = -1;
  self->promise_min_minutes = -1;
  self->promise_max_minutes = -1;
  self->busy_minutes = -1;
  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    self->setup[i] = -1;
  return self;
}

void
osy_shop_patch_free (OsyShopPatch *self)
{
  g_free (self->name);
  g_free (self->business_number);
  g_free (self->owner_name);
  g_free (self->phone);
  g_free (self->time_zone);
  g_free (self->open_state);
  g_clear_pointer (&self->hours, g_array_unref);
  g_free (self);
}

int
osy_shop_service_any (OsyDbTx *tx, GError **error)
{
  return osy_shop_store_organisation_exists (tx, error);
}

static gboolean
refuse (GError **error, const char *pointer, const char *code, const char *detail)
{
  GError *fault = g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, detail);

  osy_error_add_field (fault, pointer, code, detail);
  g_propagate_error (error, fault);
  return FALSE;
}

static gboolean
set_name (OsyShopData *data, const char *name, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name ? name : ""));
  glong length = g_utf8_strlen (trimmed, -1);

  if (length < 1 || length > NAME_MAX_CHARS)
    return refuse (error, "/name", "LENGTH", "The shop's name must have 1 to 100 characters.");
  g_free (data->name);
  data->name = g_steal_pointer (&trimmed);
  return TRUE;
}

static gboolean
set_business_number (OsyShopData *data, const char *text, GError **error)
{
  g_autofree char *digits = NULL;

  if (text != NULL && *text != '\0') {
    digits = osy_business_number_normalise (text);
    if (digits == NULL)
      return refuse (error, "/business_number", "CHECK_DIGIT",
                     "The business number is not right: check its ten digits.");
  }
  g_free (data->business_number);
  data->business_number = g_steal_pointer (&digits);
  return TRUE;
}

static gboolean
set_time_zone (OsyShopData *data, const char *name, GError **error)
{
  g_autoptr (GTimeZone) zone = osy_clock_zone (name);

  if (zone == NULL)
    return refuse (error, "/time_zone", "UNKNOWN",
                   "The time zone must be an IANA name such as Asia/Seoul.");
  g_free (data->time_zone);
  data->time_zone = g_strdup (name);
  return TRUE;
}

static void
set_optional (char **target, const char *value)
{
  if (value == NULL)
    return;
  g_free (*target);
  *target = *value != '\0' ? g_strdup (value) : NULL;
}

static gboolean
set_hours (OsyShopData *data, const GArray *hours, GError **error)
{
  for (guint i = 0; i < hours->len; i++) {
    const OsyShopHours *row = &g_array_index (hours, OsyShopHours, i);
    if (row->closes <= row->opens)
      return refuse (error, "/opening_hours", "ORDER",
                     "An opening time must end after it begins; past midnight adds 1440.");
    for (guint j = 0; j < i; j++) {
      const OsyShopHours *other = &g_array_index (hours, OsyShopHours, j);
      if (other->weekday == row->weekday && other->opens < row->closes &&
          row->opens < other->closes)
        return refuse (error, "/opening_hours", "OVERLAP",
                       "Two opening times of one day may not overlap.");
    }
  }
  g_array_set_size (data->hours, 0);
  if (hours->len > 0)
    g_array_append_vals (data->hours, hours->data, hours->len);
  return TRUE;
}

/* What has run out is no longer there, for whoever reads the shop and whoever changes it. */
static void
end_pause (OsyShopData *data, gint64 now)
{
  if (data->busy_until != 0 && data->busy_until <= now)
    data->busy_until = data->busy_minutes = 0;
  if (data->paused_until == 0 || data->paused_until > now)
    return;
  osy_set_str (&data->open_state, OSY_SHOP_OPEN);
  data->paused_until = 0;
}

static gboolean
set_open_state (OsyShopData *data, const OsyShopPatch *patch, gint64 now, GError **error)
{
  if (patch->open_state != NULL) {
    osy_set_str (&data->open_state, patch->open_state);
    data->paused_until = 0;
  }
  if (patch->paused_until == 0)
    return TRUE;
  if (!g_str_equal (data->open_state, OSY_SHOP_PAUSED))
    return refuse (error, "/paused_until", "NOT_PAUSED",
                   "Only a shop that is PAUSED has a time at which that ends.");
  if (patch->paused_until <= now || patch->paused_until > now + PAUSE_MAX)
    return refuse (error, "/paused_until", "OUT_OF_RANGE",
                   "A pause ends within the next seven days.");
  data->paused_until = patch->paused_until;
  return TRUE;
}

static gboolean
set_busy (OsyShopData *data, const OsyShopPatch *patch, gint64 now, GError **error)
{
  if (patch->busy_minutes >= 0) {
    data->busy_minutes = (int)patch->busy_minutes;
    data->busy_until = 0;
  }
  if (patch->busy_until == 0)
    return TRUE;
  if (data->busy_minutes == 0)
    return refuse (error, "/busy_until", "NOT_BUSY",
                   "Only a shop that is busy has a time at which that ends.");
  if (patch->busy_until <= now || patch->busy_until > now + PAUSE_MAX)
    return refuse (error, "/busy_until", "OUT_OF_RANGE",
                   "Being busy ends within the next seven days.");
  data->busy_until = patch->busy_until;
  return TRUE;
}

static gboolean
check_promise (const OsyShopData *data, GError **error)
{
  return data->promise_min_minutes <= data->promise_max_minutes ||
         refuse (error, "/promise_max_minutes", "ORDER",
                 "The most minutes to promise are not less than the least.");
}

static gboolean
emit (OsyDbTx *tx, const OsyCall *call, const char *type, const OsyShopData *data, GError **error)
{
  OsyEventDraft draft = {
      .type = type,
      .aggregate_type = "shop",
      .aggregate_id = data->id,
      .aggregate_seq = data->version,
  };

  return osy_event_emit (tx, call, &draft, error);
}

static gboolean
record (OsyDbTx *tx,
        OsyKeyring *ring,
        const OsyCall *call,
        OsyShop *before,
        OsyShop *after,
        GError **error)
{
  g_autoptr (JsonNode) old_value = before ? osy_shop_to_json (before) : NULL;
  g_autoptr (JsonNode) new_value = osy_shop_to_json (after);
  OsyAuditEntry entry = {
      .action = before ? "shop.updated" : "shop.created",
      .object_type = "shop",
      .object_id = osy_shop_data (after)->id,
      .old_value = old_value,
      .new_value = new_value,
  };

  return osy_audit_record (tx, ring, call, &entry, error);
}

static OsyShopData *
new_shop (const char *restaurant_id, const OsyShopDraft *draft, gint64 now, GError **error)
{
  g_autoptr (OsyShopData) data = osy_shop_data_new ();

  data->id = g_strdup (restaurant_id);
  data->organisation_id =
      draft->organisation_id ? g_strdup (draft->organisation_id) : osy_id_new ();
  data->currency = g_strdup ("KRW");
  data->time_zone = g_strdup (DEFAULT_TIME_ZONE);
  data->cutoff_minutes = DEFAULT_CUTOFF_MINUTES;
  data->default_prep_minutes = DEFAULT_PREP_MINUTES;
  data->retention_days = OSY_SHOP_RETENTION_DEFAULT;
  data->guest_orders = TRUE;
  data->open_state = g_strdup (OSY_SHOP_OPEN);
  data->version = 1;
  data->created_at = data->updated_at = now;
  set_optional (&data->owner_name, draft->owner_name);
  if (!set_name (data, draft->name, error) ||
      !set_business_number (data, draft->business_number, error))
    return NULL;
  data->setup[OSY_SHOP_STEP_SHOP] = OSY_SHOP_STEP_DONE;
  if (data->business_number != NULL)
    data->setup[OSY_SHOP_STEP_BUSINESS_NUMBER] = OSY_SHOP_STEP_DONE;
  return g_steal_pointer (&data);
}

OsyShop *
osy_shop_service_create (OsyDbTx *tx,
                         OsyKeyring *ring,
                         const OsyCall *call,
                         const OsyShopDraft *draft,
                         GError **error)
{
  const char *restaurant_id = osy_db_tx_restaurant (tx);
  gint64 now = osy_clock_now ();

  g_return_val_if_fail (restaurant_id != NULL, NULL);
  if (!osy_principal_check (call->principal, OSY_PERM_SHOP_MANAGE, error))
    return NULL;
  g_autoptr (OsyShopData) data = new_shop (restaurant_id, draft, now, error);
  if (data == NULL)
    return NULL;
  if (draft->organisation_id == NULL &&
      !osy_shop_store_insert_organisation (tx, data->organisation_id, now, error))
    return NULL;
  if (!osy_shop_store_insert (tx, ring, data, error))
    return NULL;
  g_autoptr (OsyShop) shop = osy_shop_new (g_steal_pointer (&data));
  if (!record (tx, ring, call, NULL, shop, error) ||
      !emit (tx, call, "shop.created", osy_shop_data (shop), error))
    return NULL;
  return g_steal_pointer (&shop);
}

static OsyShopData *
load (OsyDbTx *tx, OsyKeyring *ring, const char *restaurant_id, GError **error)
{
  OsyShopData *data = osy_shop_store_load (tx, ring, restaurant_id, error);

  if (data != NULL)
    end_pause (data, osy_clock_now ());
  return data;
}

OsyShop *
osy_shop_service_get (OsyDbTx *tx, const char *restaurant_id, GError **error)
{
  OsyShopData *data = load (tx, NULL, restaurant_id, error);

  return data ? osy_shop_new (data) : NULL;
}

OsyShop *
osy_shop_service_get_own (OsyDbTx *tx, OsyKeyring *ring, const OsyCall *call, GError **error)
{
  if (!osy_principal_check (call->principal, OSY_PERM_SHOP_READ, error))
    return NULL;
  OsyShopData *data = load (tx, ring, osy_db_tx_restaurant (tx), error);
  return data ? osy_shop_new (data) : NULL;
}

static void
apply_setup (OsyShopData *data, const OsyShopPatch *patch)
{
  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    if (patch->setup[i] >= 0)
      data->setup[i] = (OsyShopStepState)patch->setup[i];
}

static void
set_number (int *setting, gint64 wanted)
{
  if (wanted >= 0)
    *setting = (int)wanted;
}

static gboolean
apply (OsyShopData *data, const OsyShopPatch *patch, gint64 now, GError **error)
{
  if ((patch->name != NULL && !set_name (data, patch->name, error)) ||
      (patch->business_number != NULL &&
       !set_business_number (data, patch->business_number, error)) ||
      (patch->time_zone != NULL && !set_time_zone (data, patch->time_zone, error)) ||
      (patch->hours != NULL && !set_hours (data, patch->hours, error)) ||
      !set_open_state (data, patch, now, error) || !set_busy (data, patch, now, error))
    return FALSE;
  set_optional (&data->owner_name, patch->owner_name);
  set_optional (&data->phone, patch->phone);
  set_number (&data->cutoff_minutes, patch->cutoff_minutes);
  set_number (&data->default_prep_minutes, patch->default_prep_minutes);
  set_number (&data->retention_days, patch->retention_days);
  set_number (&data->pay_within_minutes, patch->pay_within_minutes);
  set_number (&data->guest_orders, patch->guest_orders);
  set_number (&data->accept_paid_orders, patch->accept_paid_orders);
  set_number (&data->promise_automatic, patch->promise_automatic);
  set_number (&data->promise_min_minutes, patch->promise_min_minutes);
  set_number (&data->promise_max_minutes, patch->promise_max_minutes);
  if (patch->minimum_order >= 0)
    data->minimum_order = patch->minimum_order;
  apply_setup (data, patch);
  return check_promise (data, error);
}

static void
set_version_conflict (GError **error, gint64 current)
{
  GError *conflict = g_error_new_literal (OSY_ERROR, OSY_ERROR_VERSION_CONFLICT,
                                          "Somebody else changed the shop first: load it again.");

  osy_error_set_extra (conflict, "current_version",
                       json_node_init_int (json_node_alloc (), current));
  g_propagate_error (error, conflict);
}

static gboolean
check_pace (const OsyShopData *old, const OsyShopPatch *patch, GError **error)
{
  if (!patch->pace || patch->open_state == NULL || !g_str_equal (old->open_state, OSY_SHOP_CLOSED))
    return TRUE;
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_STATE_CONFLICT,
                       "The shop is closed; who manages it opens it.");
  return FALSE;
}

OsyShop *
osy_shop_service_update (OsyDbTx *tx,
                         OsyKeyring *ring,
                         const OsyCall *call,
                         gint64 if_version,
                         const OsyShopPatch *patch,
                         GError **error)
{
  gboolean found = FALSE;

  if (!osy_principal_check (call->principal,
                            patch->pace ? OSY_PERM_ORDER_WRITE : OSY_PERM_SHOP_MANAGE, error))
    return NULL;
  g_autoptr (OsyShopData) old = load (tx, ring, osy_db_tx_restaurant (tx), error);
  if (old == NULL)
    return NULL;
  if (if_version != 0 && if_version != old->version) {
    set_version_conflict (error, old->version);
    return NULL;
  }
  if (!check_pace (old, patch, error))
    return NULL;
  g_autoptr (OsyShopData) data = osy_shop_data_copy (old);
  data->updated_at = osy_clock_now ();
  if (!apply (data, patch, data->updated_at, error))
    return NULL;
  data->version++;
  if (!osy_shop_store_update (tx, ring, data, old->version, &found, error))
    return NULL;
  if (!found) {
    set_version_conflict (error, old->version + 1);
    return NULL;
  }
  g_autoptr (OsyShop) before = osy_shop_new (g_steal_pointer (&old));
  g_autoptr (OsyShop) after = osy_shop_new (g_steal_pointer (&data));
  if (!record (tx, ring, call, before, after, error) ||
      !emit (tx, call, "shop.updated", osy_shop_data (after), error))
    return NULL;
  return g_steal_pointer (&after);
}
