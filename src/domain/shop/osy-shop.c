/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The model of a restaurant: its settings, its opening times and its business day. */

#include "osy-shop.h"

#include "osy-clock.h"
#include "osy-error.h"
#include "osy-json.h"
#include "osy-money.h"

struct _OsyShop {
  GObject parent;
  OsyShopData *data;
};

G_DEFINE_FINAL_TYPE (OsyShop, osy_shop, G_TYPE_OBJECT)

static const char *const step_names[OSY_N_SHOP_STEPS] = {
    [OSY_SHOP_STEP_SHOP] = "shop",       [OSY_SHOP_STEP_BUSINESS_NUMBER] = "business_number",
    [OSY_SHOP_STEP_MENU] = "menu",       [OSY_SHOP_STEP_SOUND] = "sound",
    [OSY_SHOP_STEP_PRINTER] = "printer", [OSY_SHOP_STEP_FIRST_ORDER] = "first_order",
};
static const char *const step_states[OSY_N_SHOP_STEP_STATES + 1] = {
    [OSY_SHOP_STEP_OPEN] = "OPEN",
    [OSY_SHOP_STEP_DONE] = "DONE",
    [OSY_SHOP_STEP_SKIPPED] = "SKIPPED",
};

const char *
osy_shop_step_name (OsyShopStep step)
{
  g_return_val_if_fail (step < OSY_N_SHOP_STEPS, NULL);
  return step_names[step];
}

const char *const *
osy_shop_step_states (void)
{
  return step_states;
}

OsyShopStepState
osy_shop_step_state_from_name (const char *name)
{
  for (int i = 0; i < OSY_N_SHOP_STEP_STATES; i++)
    if (g_strcmp0 (step_states[i], name) == 0)
      return (OsyShopStepState)i;
  return OSY_SHOP_STEP_OPEN;
}

OsyShopData *
osy_shop_data_new (void)
{
  OsyShopData *self = g_new0 (OsyShopData, 1);

  self->hours = g_array_new (FALSE, FALSE, sizeof (OsyShopHours));
  self->pay_within_minutes = OSY_SHOP_PAY_DEFAULT;
  self->promise_min_minutes = OSY_SHOP_PROMISE_MIN_DEFAULT;
  self->promise_max_minutes = OSY_SHOP_PROMISE_MAX_DEFAULT;
  return self;
}

OsyShopData *
osy_shop_data_copy (const OsyShopData *self)
{
  OsyShopData *copy = g_memdup2 (self, sizeof *self);

  copy->id = g_strdup (self->id);
  copy->organisation_id = g_strdup (self->organisation_id);
  copy->name = g_strdup (self->name);
  copy->business_number = g_strdup (self->business_number);
  copy->owner_name = g_strdup (self->owner_name);
  copy->phone = g_strdup (self->phone);
  copy->time_zone = g_strdup (self->time_zone);
  copy->currency = g_strdup (self->currency);
  copy->open_state = g_strdup (self->open_state);
  copy->hours = g_array_copy (self->hours);
  return copy;
}

void
osy_shop_data_free (OsyShopData *self)
{
  g_free (self->id);
  g_free (self->organisation_id);
  g_free (self->name);
  g_free (self->business_number);
  g_free (self->owner_name);
  g_free (self->phone);
  g_free (self->time_zone);
  g_free (self->currency);
  g_free (self->open_state);
  g_array_unref (self->hours);
  g_free (self);
}

static void
osy_shop_finalize (GObject *object)
{
  OsyShop *self = OSY_SHOP (object);

  osy_shop_data_free (self->data);
  G_OBJECT_CLASS (osy_shop_parent_class)->finalize (object);
}

static void
osy_shop_class_init (OsyShopClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_shop_finalize;
}

static void
osy_shop_init (OsyShop *self)
{
}

OsyShop *
osy_shop_new (OsyShopData *data)
{
  g_return_val_if_fail (data != NULL, NULL);
  OsyShop *self = g_object_new (OSY_TYPE_SHOP, NULL);

  self->data = data;
  return self;
}

const OsyShopData *
osy_shop_data (OsyShop *self)
{
  return self->data;
}

static void
set_optional (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static JsonArray *
hours_to_json (const GArray *hours)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < hours->len; i++) {
    const OsyShopHours *row = &g_array_index (hours, OsyShopHours, i);
    JsonObject *object = json_object_new ();
    json_object_set_int_member (object, "weekday", row->weekday);
    json_object_set_int_member (object, "opens", row->opens);
    json_object_set_int_member (object, "closes", row->closes);
    json_array_add_object_element (array, object);
  }
  return array;
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = osy_clock_format (us);

  json_object_set_string_member (object, name, text);
}

static void
set_open_state (JsonObject *object, const char *state, gint64 paused_until)
{
  json_object_set_string_member (object, "open_state", state);
  if (paused_until != 0 && g_str_equal (state, OSY_SHOP_PAUSED))
    set_time (object, "paused_until", paused_until);
}

static void
set_promise (JsonObject *object, const OsyShopData *data)
{
  json_object_set_boolean_member (object, "promise_automatic", data->promise_automatic);
  json_object_set_int_member (object, "promise_min_minutes", data->promise_min_minutes);
  json_object_set_int_member (object, "promise_max_minutes", data->promise_max_minutes);
  json_object_set_int_member (object, "busy_minutes", data->busy_minutes);
  if (data->busy_minutes > 0 && data->busy_until != 0)
    set_time (object, "busy_until", data->busy_until);
}

static JsonObject *
setup_to_json (const OsyShopStepState *setup)
{
  JsonObject *object = json_object_new ();

  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    json_object_set_string_member (object, step_names[i], step_states[setup[i]]);
  return object;
}

JsonNode *
osy_shop_to_json (OsyShop *self)
{
  const OsyShopData *data = self->data;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", data->id);
  json_object_set_string_member (object, "organisation_id", data->organisation_id);
  json_object_set_string_member (object, "name", data->name);
  set_optional (object, "business_number", data->business_number);
  set_optional (object, "owner_name", data->owner_name);
  set_optional (object, "phone", data->phone);
  json_object_set_string_member (object, "time_zone", data->time_zone);
  json_object_set_int_member (object, "cutoff_minutes", data->cutoff_minutes);
  json_object_set_string_member (object, "currency", data->currency);
  json_object_set_boolean_member (object, "guest_orders", data->guest_orders);
  json_object_set_int_member (object, "minimum_order", data->minimum_order);
  json_object_set_boolean_member (object, "accept_paid_orders", data->accept_paid_orders);
  json_object_set_int_member (object, "pay_within_minutes", data->pay_within_minutes);
  json_object_set_int_member (object, "default_prep_minutes", data->default_prep_minutes);
  set_promise (object, data);
  json_object_set_int_member (object, "retention_days", data->retention_days);
  set_open_state (object, data->open_state, data->paused_until);
  json_object_set_array_member (object, "opening_hours", hours_to_json (data->hours));
  json_object_set_object_member (object, "setup", setup_to_json (data->setup));
  json_object_set_int_member (object, "version", data->version);
  set_time (object, "created_at", data->created_at);
  set_time (object, "updated_at", data->updated_at);
  return osy_json_take_object (object);
}

JsonNode *
osy_shop_to_public_json (OsyShop *self, gint64 now)
{
  const OsyShopData *data = self->data;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", data->id);
  json_object_set_string_member (object, "name", data->name);
  json_object_set_boolean_member (object, "open", osy_shop_is_open_at (self, now));
  set_open_state (object, osy_shop_open_state_at (self, now), data->paused_until);
  json_object_set_boolean_member (object, "guest_orders", data->guest_orders);
  json_object_set_int_member (object, "minimum_order", data->minimum_order);
  json_object_set_string_member (object, "currency", data->currency);
  json_object_set_string_member (object, "time_zone", data->time_zone);
  json_object_set_array_member (object, "opening_hours", hours_to_json (data->hours));
  return osy_json_take_object (object);
}

static void
read_hours (OsyJsonReader *reader, GArray *hours)
{
  guint n = osy_json_reader_opt_array (reader, "opening_hours", 100);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "opening_hours", i);
    OsyShopHours value = {
        .weekday = (int)osy_json_reader_int (row, "weekday", 1, 7),
        .opens = (int)osy_json_reader_int (row, "opens", 0, 1439),
        .closes = (int)osy_json_reader_int (row, "closes", 1, 2880),
    };
    g_array_append_val (hours, value);
  }
}

static void
read_setup (OsyJsonReader *reader, OsyShopStepState *setup)
{
  OsyJsonReader *steps = osy_json_reader_opt_object (reader, "setup");

  for (int i = 0; steps != NULL && i < OSY_N_SHOP_STEPS; i++)
    setup[i] = osy_shop_step_state_from_name (
        osy_json_reader_enum (steps, step_names[i], step_states, step_states[0]));
}

static void
read_promise (OsyJsonReader *reader, OsyShopData *data)
{
  data->promise_automatic = osy_json_reader_opt_bool (reader, "promise_automatic", FALSE);
  data->promise_min_minutes = (int)osy_json_reader_opt_int (
      reader, "promise_min_minutes", 1, OSY_SHOP_PROMISE_MOST, OSY_SHOP_PROMISE_MIN_DEFAULT);
  data->promise_max_minutes = (int)osy_json_reader_opt_int (
      reader, "promise_max_minutes", 1, OSY_SHOP_PROMISE_MOST, OSY_SHOP_PROMISE_MAX_DEFAULT);
  data->busy_minutes =
      (int)osy_json_reader_opt_int (reader, "busy_minutes", 0, OSY_SHOP_BUSY_MOST, 0);
  data->busy_until = osy_json_reader_opt_time (reader, "busy_until");
}

OsyShop *
osy_shop_from_json (JsonNode *node, GError **error)
{
  static const char *const states[] = {OSY_SHOP_OPEN, OSY_SHOP_PAUSED, OSY_SHOP_CLOSED, NULL};
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyShopData) data = osy_shop_data_new ();

  osy_json_reader_ignore_unknown (reader);
  data->id = g_strdup (osy_json_reader_id (reader, "id"));
  data->organisation_id = g_strdup (osy_json_reader_id (reader, "organisation_id"));
  data->name = g_strdup (osy_json_reader_string (reader, "name", 1, 100));
  data->business_number = g_strdup (osy_json_reader_opt_string (reader, "business_number", 10, 10));
  data->owner_name = g_strdup (osy_json_reader_opt_string (reader, "owner_name", 0, 100));
  data->phone = g_strdup (osy_json_reader_opt_string (reader, "phone", 0, 30));
  data->time_zone = g_strdup (osy_json_reader_string (reader, "time_zone", 1, 64));
  data->cutoff_minutes = (int)osy_json_reader_int (reader, "cutoff_minutes", 0, 1439);
  data->currency = g_strdup (osy_json_reader_string (reader, "currency", 3, 3));
  data->guest_orders = osy_json_reader_opt_bool (reader, "guest_orders", FALSE);
  data->minimum_order = osy_json_reader_int (reader, "minimum_order", 0, OSY_MONEY_MAX);
  data->accept_paid_orders = osy_json_reader_opt_bool (reader, "accept_paid_orders", FALSE);
  data->pay_within_minutes = (int)osy_json_reader_opt_int (
      reader, "pay_within_minutes", OSY_SHOP_PAY_MIN, OSY_SHOP_PAY_MAX, OSY_SHOP_PAY_DEFAULT);
  data->default_prep_minutes = (int)osy_json_reader_int (reader, "default_prep_minutes", 1, 240);
  read_promise (reader, data);
  data->retention_days =
      (int)osy_json_reader_opt_int (reader, "retention_days", OSY_SHOP_RETENTION_MIN,
                                    OSY_SHOP_RETENTION_MAX, OSY_SHOP_RETENTION_DEFAULT);
  data->open_state = g_strdup (osy_json_reader_enum (reader, "open_state", states, NULL));
  data->paused_until = osy_json_reader_opt_time (reader, "paused_until");
  read_hours (reader, data->hours);
  read_setup (reader, data->setup);
  data->version = osy_json_reader_int (reader, "version", 1, G_MAXINT32);
  data->created_at = osy_json_reader_opt_time (reader, "created_at");
  data->updated_at = osy_json_reader_opt_time (reader, "updated_at");
  if (!osy_json_reader_finish (reader, error))
    return NULL;
  return osy_shop_new (g_steal_pointer (&data));
}

static gboolean
hours_cover (const OsyShopHours *row, int weekday, int minute)
{
  int yesterday = weekday == 1 ? 7 : weekday - 1;

  if (row->weekday == weekday && minute >= row->opens && minute < row->closes)
    return TRUE;
  return row->weekday == yesterday && minute + 1440 < row->closes;
}

const char *
osy_shop_open_state_at (OsyShop *self, gint64 us)
{
  const OsyShopData *data = self->data;
  gboolean ended = g_strcmp0 (data->open_state, OSY_SHOP_PAUSED) == 0 && data->paused_until != 0 &&
                   us >= data->paused_until;

  return ended ? OSY_SHOP_OPEN : data->open_state;
}

int
osy_shop_busy_minutes_at (OsyShop *self, gint64 us)
{
  const OsyShopData *data = self->data;

  return data->busy_until != 0 && us >= data->busy_until ? 0 : data->busy_minutes;
}

gboolean
osy_shop_is_open_at (OsyShop *self, gint64 us)
{
  const GArray *hours = self->data->hours;

  if (g_strcmp0 (osy_shop_open_state_at (self, us), OSY_SHOP_OPEN) != 0)
    return FALSE;
  if (hours->len == 0)
    return TRUE;
  g_autoptr (GTimeZone) zone = osy_clock_zone (self->data->time_zone);
  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
  int weekday = g_date_time_get_day_of_week (local);
  for (guint i = 0; i < hours->len; i++)
    if (hours_cover (&g_array_index (hours, OsyShopHours, i), weekday, minute))
      return TRUE;
  return FALSE;
}

char *
osy_shop_business_day (OsyShop *self, gint64 us)
{
  return osy_clock_business_day (us, self->data->time_zone, self->data->cutoff_minutes);
}
