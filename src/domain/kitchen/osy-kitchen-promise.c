/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* How long a new order takes: arithmetic alone. */

#include "osy-kitchen-promise.h"

#include "osy-clock.h"

#define MAX_OFFERS 1000
#define MAX_MINUTES 1000000000

/* What waits at one station, or comes to it. */
typedef struct {
  gint64 dishes;
  gint64 work;
  gint64 longest;
} Heap;

static gint64
ceil_div (gint64 a, gint64 b)
{
  return (a + b - 1) / b;
}

gint64
osy_kitchen_portion_minutes (const OsyKitchenPortion *portion,
                             const OsyKitchenStation *station,
                             const OsyKitchenTerms *terms)
{
  if (portion->minutes > 0)
    return portion->minutes;
  return station->dish_minutes > 0 ? station->dish_minutes : terms->dish;
}

static Heap
pile (const OsyKitchenStation *station, const GArray *portions, const OsyKitchenTerms *terms)
{
  Heap heap = {0};

  for (guint i = 0; i < portions->len; i++) {
    const OsyKitchenPortion *portion = &g_array_index (portions, OsyKitchenPortion, i);
    if (portion->quantity <= 0 || g_strcmp0 (portion->station_id, station->id) != 0)
      continue;
    gint64 minutes = osy_kitchen_portion_minutes (portion, station, terms);
    gint64 dishes = MIN (portion->quantity, OSY_KITCHEN_MAX_DISHES);
    heap.dishes += dishes;
    heap.work += dishes * minutes;
    heap.longest = MAX (heap.longest, minutes);
  }
  return heap;
}

static gint64
share (const OsyKitchenStation *station, gint64 work)
{
  return ceil_div (work, MAX (station->parallel, 1));
}

gint64
osy_kitchen_load (const OsyKitchenStation *station,
                  const GArray *open,
                  const OsyKitchenTerms *terms)
{
  return share (station, pile (station, open, terms).work);
}

static gint64
bound (gint64 minutes, const OsyKitchenTerms *terms)
{
  gint64 wanted = MAX (minutes, terms->least) + terms->busy;
  gint64 rounded = ceil_div (wanted, OSY_KITCHEN_PROMISE_STEP) * OSY_KITCHEN_PROMISE_STEP;

  return MIN (rounded, terms->most);
}

gint64
osy_kitchen_promise (const OsyKitchenSetup *setup,
                     const GArray *open,
                     const GArray *own,
                     const OsyKitchenTerms *terms)
{
  gint64 minutes = 0;

  for (guint i = 0; i < setup->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (setup->stations, i);
    const Heap mine = pile (station, own, terms);
    if (mine.dishes == 0)
      continue;
    gint64 time = MAX (mine.longest, share (station, mine.work));
    minutes = MAX (minutes, osy_kitchen_load (station, open, terms) + time);
  }
  return bound (minutes, terms);
}

/* ---- what people see of it ---- */

static void
load_free (gpointer data)
{
  OsyKitchenLoad *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static void
offer_free (gpointer data)
{
  OsyKitchenOffer *self = data;

  g_free (self->order_id);
  g_free (self);
}

OsyKitchenOutlook *
osy_kitchen_outlook_new (void)
{
  OsyKitchenOutlook *self = g_new0 (OsyKitchenOutlook, 1);

  self->stations = g_ptr_array_new_with_free_func (load_free);
  self->offers = g_ptr_array_new_with_free_func (offer_free);
  return self;
}

void
osy_kitchen_outlook_free (OsyKitchenOutlook *self)
{
  g_ptr_array_unref (self->stations);
  g_ptr_array_unref (self->offers);
  g_free (self);
}

void
osy_kitchen_outlook_add_offer (OsyKitchenOutlook *self, const char *order_id, gint64 minutes)
{
  OsyKitchenOffer *offer = g_new0 (OsyKitchenOffer, 1);

  offer->order_id = g_strdup (order_id);
  offer->minutes = minutes;
  g_ptr_array_add (self->offers, offer);
}

void
osy_kitchen_outlook_look (OsyKitchenOutlook *self,
                          const OsyKitchenSetup *setup,
                          const GArray *open,
                          const OsyKitchenTerms *terms)
{
  gint64 minutes = 0;

  g_ptr_array_set_size (self->stations, 0);
  for (guint i = 0; i < setup->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (setup->stations, i);
    const OsyKitchenPortion usual = {station->id, 1, 0};
    if (station->is_expo)
      continue;
    const Heap heap = pile (station, open, terms);
    OsyKitchenLoad *load = g_new0 (OsyKitchenLoad, 1);
    load->id = g_strdup (station->id);
    load->name = g_strdup (station->name);
    load->parallel = station->parallel;
    load->dishes = heap.dishes;
    load->minutes = share (station, heap.work);
    g_ptr_array_add (self->stations, load);
    minutes = MAX (minutes, load->minutes + osy_kitchen_portion_minutes (&usual, station, terms));
  }
  self->minutes = bound (minutes, terms);
}

gint64
osy_kitchen_outlook_offer (const OsyKitchenOutlook *self, const char *order_id)
{
  for (guint i = 0; i < self->offers->len; i++) {
    const OsyKitchenOffer *offer = g_ptr_array_index (self->offers, i);
    if (g_strcmp0 (offer->order_id, order_id) == 0)
      return offer->minutes;
  }
  return 0;
}

/* ---- JSON ---- */

JsonNode *
osy_kitchen_outlook_to_json (const OsyKitchenOutlook *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *stations = json_array_new ();
  JsonArray *offers = json_array_new ();
  g_autofree char *now = osy_clock_format (self->server_time);

  for (guint i = 0; i < self->stations->len; i++) {
    const OsyKitchenLoad *load = g_ptr_array_index (self->stations, i);
    JsonObject *row = json_object_new ();
    json_object_set_string_member (row, "id", load->id);
    json_object_set_string_member (row, "name", load->name);
    json_object_set_int_member (row, "parallel", load->parallel);
    json_object_set_int_member (row, "dishes", load->dishes);
    json_object_set_int_member (row, "minutes", load->minutes);
    json_array_add_object_element (stations, row);
  }
  for (guint i = 0; i < self->offers->len; i++) {
    const OsyKitchenOffer *offer = g_ptr_array_index (self->offers, i);
    JsonObject *row = json_object_new ();
    json_object_set_string_member (row, "order_id", offer->order_id);
    json_object_set_int_member (row, "minutes", offer->minutes);
    json_array_add_object_element (offers, row);
  }
  json_object_set_int_member (object, "minutes", self->minutes);
  json_object_set_array_member (object, "stations", stations);
  json_object_set_array_member (object, "orders", offers);
  json_object_set_string_member (object, "server_time", now);
  return osy_json_take_object (object);
}

static void
read_load (OsyJsonReader *reader, GPtrArray *stations)
{
  OsyKitchenLoad *load = g_new0 (OsyKitchenLoad, 1);

  load->id = g_strdup (osy_json_reader_id (reader, "id"));
  load->name = g_strdup (osy_json_reader_string (reader, "name", 0, 100));
  load->parallel = osy_json_reader_int (reader, "parallel", 1, MAX_MINUTES);
  load->dishes = osy_json_reader_int (reader, "dishes", 0, G_MAXINT64);
  load->minutes = osy_json_reader_int (reader, "minutes", 0, G_MAXINT64);
  g_ptr_array_add (stations, load);
}

OsyKitchenOutlook *
osy_kitchen_outlook_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyKitchenOutlook) self = osy_kitchen_outlook_new ();
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);

  osy_json_reader_ignore_unknown (reader);
  self->minutes = osy_json_reader_int (reader, "minutes", 1, MAX_MINUTES);
  guint n = osy_json_reader_array (reader, "stations", 0, OSY_KITCHEN_MAX_STATIONS);
  for (guint i = 0; i < n; i++)
    read_load (osy_json_reader_element (reader, "stations", i), self->stations);
  n = osy_json_reader_array (reader, "orders", 0, MAX_OFFERS);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "orders", i);
    const char *id = osy_json_reader_id (row, "order_id");
    osy_kitchen_outlook_add_offer (self, id, osy_json_reader_int (row, "minutes", 1, MAX_MINUTES));
  }
  self->server_time = osy_json_reader_opt_time (reader, "server_time");
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
