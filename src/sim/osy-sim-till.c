/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Staff at the till: look what is owed, take some of it, look again. */

#include "osy-sim-till.h"

#include "osy-json.h"
#include "osy-rest.h"
#include "osy-sim-choice.h"

#define PARTS 3
/* Somebody else changes the check meanwhile, but not for ever. */
#define TRIES 4
#define NOTE 10000
/* The payment service takes no less of a card. */
#define LEAST 100

typedef struct {
  OsySimWorld *world;
  char *check_id;
  gboolean split;
  guint turn;
  guint tries;
  OsySimPaid paid;
  gpointer data;
  GDestroyNotify destroy; /* NULL once it has come to that */
} Sale;

static void
sale_free (gpointer data)
{
  Sale *self = data;

  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self->check_id);
  g_free (self);
}

static void
finish (Sale *self)
{
  self->destroy = NULL;
  if (self->paid != NULL)
    self->paid (self->data);
  sale_free (self);
}

static void look (gpointer data);

/* Somebody was first: it is looked at again. */
static void
be_late (Sale *self, const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_STATE_CONFLICT) ||
      osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
    self->world->overtaken++;
  else
    osy_sim_world_fault (self->world, "the till", error);
  if (++self->tries < TRIES)
    look (self);
  else
    finish (self);
}

static void
call (Sale *self, const char *method, const char *path, JsonObject *body, GAsyncReadyCallback cb)
{
  g_autoptr (JsonNode) node = body != NULL ? osy_json_take_object (body) : NULL;
  const OsySimCall asked = {.method = method, .path = path, .body = node, .by_staff = TRUE};

  osy_sim_world_call_async (self->world, &asked, cb, self);
}

/* ---- taking ---- */

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sale *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_sim_world_call_finish (self->world, result, &error);

  if (answer == NULL) {
    be_late (self, error);
    return;
  }
  JsonObject *payment = json_node_get_object (answer);
  const char *method = osy_rest_text (payment, "method", "");
  self->turn++;
  if (g_str_equal (method, "TOSS")) {
    osy_sim_world_count (self->world, "pay-window");
    osy_sim_window_open (self->world, payment, look, self, sale_free);
  } else {
    osy_sim_world_count (self->world, g_str_equal (method, "CASH") ? "pay-cash" : "pay-card");
    look (self);
  }
}

static const char *
method_of (const Sale *self, gint64 amount)
{
  static const char *const ways[PARTS] = {"CASH", "CARD_TERMINAL", "TOSS"};
  guint nth =
      self->split ? self->turn % PARTS : (guint)g_rand_int_range (self->world->rand, 0, PARTS - 1);

  if (nth + 1 < PARTS)
    return ways[nth];
  return self->world->toss != NULL && amount >= LEAST ? ways[nth] : ways[0];
}

static void
take (Sale *self, const char *part_id, gint64 amount)
{
  const char *method = method_of (self, amount);
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "check_id", self->check_id);
  json_object_set_string_member (body, "method", method);
  json_object_set_int_member (body, "amount", amount);
  if (part_id != NULL)
    json_object_set_string_member (body, "part_id", part_id);
  if (g_str_equal (method, "CASH"))
    json_object_set_int_member (body, "received", (amount + NOTE - 1) / NOTE * NOTE);
  if (g_str_equal (method, "CARD_TERMINAL")) {
    g_autofree char *approval =
        g_strdup_printf ("%08d", g_rand_int_range (self->world->rand, 0, 100000000));
    json_object_set_string_member (body, "approval_no", approval);
  }
  call (self, "POST", "/api/v1/payments", body, taken_cb);
}

/* ---- splitting ---- */

static void
split_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sale *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_sim_world_call_finish (self->world, result, &error);

  if (answer == NULL) {
    be_late (self, error);
    return;
  }
  osy_sim_world_count (self->world, "split");
  look (self);
}

static void
split (Sale *self)
{
  JsonObject *body = json_object_new ();
  JsonArray *parts = json_array_new ();
  g_autofree char *path =
      g_strdup_printf ("/api/v1/restaurants/me/checks/%s/parts", self->check_id);

  for (guint i = 0; i < PARTS; i++) {
    JsonObject *part = json_object_new ();
    json_object_set_string_member (part, "kind", "EQUAL");
    json_array_add_object_element (parts, part);
  }
  json_object_set_array_member (body, "parts", parts);
  call (self, "PUT", path, body, split_cb);
}

/* ---- looking ---- */

/* (nullable): the first that is not paid. */
static JsonObject *
open_part (JsonArray *parts)
{
  for (guint i = 0; i < json_array_get_length (parts); i++) {
    JsonObject *part = json_array_get_object_element (parts, i);
    if (osy_rest_int (part, "amount", 0) > osy_rest_int (part, "paid", 0))
      return part;
  }
  return NULL;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Sale *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_sim_world_call_finish (self->world, result, &error);

  if (answer == NULL) {
    be_late (self, error);
    return;
  }
  JsonObject *check = json_node_get_object (answer);
  JsonArray *parts = json_object_get_array_member (check, "parts");
  JsonObject *part = open_part (parts);
  gint64 owed = osy_rest_int (json_object_get_object_member (check, "totals"), "owed", 0);
  if (owed <= 0)
    finish (self);
  else if (self->split && json_array_get_length (parts) == 0)
    split (self);
  else if (part != NULL)
    take (self, osy_rest_text (part, "id", ""),
          osy_rest_int (part, "amount", 0) - osy_rest_int (part, "paid", 0));
  else
    take (self, NULL, owed);
}

static void
look (gpointer data)
{
  Sale *self = data;
  g_autofree char *path = g_strdup_printf ("/api/v1/restaurants/me/checks/%s", self->check_id);

  call (self, "GET", path, NULL, looked_cb);
}

void
osy_sim_till_settle (OsySimWorld *world,
                     const char *check_id,
                     gboolean split,
                     OsySimPaid paid,
                     gpointer data,
                     GDestroyNotify destroy)
{
  Sale *self = g_new0 (Sale, 1);

  *self = (Sale){world, g_strdup (check_id), split, 0, 0, paid, data, destroy};
  look (self);
}
