/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* An item runs out, and comes back. */

#include "osy-sim-stock.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-sim-choice.h"

struct _OsySimStock {
  OsySimWorld *world;
  char *item_id; /* nullable: what is sold out now */
};

static void look_cb (gpointer user_data);

static void
look_in (OsySimStock *self, double low, double high)
{
  osy_sim_world_after (self->world, osy_sim_world_between (self->world, low, high), look_cb, self,
                       NULL);
}

OsySimStock *
osy_sim_stock_new (OsySimWorld *world)
{
  OsySimStock *self = g_new0 (OsySimStock, 1);

  self->world = world;
  look_in (self, 3, 6);
  return self;
}

void
osy_sim_stock_free (OsySimStock *self)
{
  g_free (self->item_id);
  g_free (self);
}

/* ---- marks ---- */

static gboolean
take_answer (OsySimStock *self, GAsyncResult *result, const char *act)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_sim_world_call_finish (self->world, result, &error);

  if (answer != NULL)
    osy_sim_world_count (self->world, act);
  /* Somebody may have deleted the item meanwhile. */
  else if (!osy_error_is (error, OSY_ERROR_NOT_FOUND))
    osy_sim_world_fault (self->world, act, error);
  return answer != NULL;
}

static void
mark (OsySimStock *self, const char *verb, JsonNode *body, GAsyncReadyCallback cb)
{
  g_autofree char *path =
      g_strdup_printf ("/api/v1/restaurants/me/menu/items/%s/%s", self->item_id, verb);
  OsySimCall call = {.method = "POST", .path = path, .body = body, .by_staff = TRUE};

  osy_sim_world_call_async (self->world, &call, cb, self);
}

static void
available_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsySimStock *self = user_data;

  take_answer (self, result, "available");
}

void
osy_sim_stock_restore (OsySimStock *self)
{
  if (self->item_id == NULL)
    return;
  mark (self, "available", NULL, available_cb);
  g_clear_pointer (&self->item_id, g_free);
}

static void
sold_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsySimStock *self = user_data;

  if (!take_answer (self, result, "sold-out"))
    g_clear_pointer (&self->item_id, g_free);
}

static void
menu_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsySimStock *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyMenu) menu = osy_sim_world_menu_finish (self->world, result, &error);
  const OsyMenuItem *item =
      menu ? osy_sim_choice_item (self->world->rand, menu, "COUNTER", osy_clock_now ()) : NULL;

  if (error != NULL)
    osy_sim_world_fault (self->world, "GET /menu", error);
  if (item == NULL || self->world->stopped)
    return;
  JsonObject *until = json_object_new ();
  json_object_set_string_member (until, "until", "TODAY");
  g_autoptr (JsonNode) body = osy_json_take_object (until);
  self->item_id = g_strdup (item->id);
  mark (self, "sold-out", body, sold_out_cb);
}

static void
look_cb (gpointer user_data)
{
  OsySimStock *self = user_data;

  if (self->item_id != NULL)
    osy_sim_stock_restore (self);
  else
    osy_sim_world_menu_async (self->world, "COUNTER", menu_cb, self);
  look_in (self, 4, 8);
}
