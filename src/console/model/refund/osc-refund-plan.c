/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a refund would do, and what is kept of one until its outcome is known. */

#include "osc-refund-plan.h"

#include <string.h>

#include "osy-json.h"
#include "osy-money.h"

#define MAX_HELD 100

/* ---- the plan ---- */

static void
effect_free (gpointer data)
{
  OscRefundEffect *effect = data;

  g_free (effect->kind);
  g_free (effect->payment_id);
  g_free (effect);
}

void
osc_refund_plan_free (OscRefundPlan *self)
{
  g_ptr_array_unref (self->effects);
  g_free (self);
}

static gint64
won_of (OsyJsonReader *reader, const char *name)
{
  return osy_json_reader_int (reader, name, 0, OSY_MONEY_MAX);
}

static void
read_effect (OsyJsonReader *row, OscRefundPlan *plan)
{
  OscRefundEffect *effect = g_new0 (OscRefundEffect, 1);

  effect->kind = g_strdup (osy_json_reader_string (row, "kind", 1, 40));
  effect->payment_id = g_strdup (osy_json_reader_opt_id (row, "payment_id"));
  effect->amount = won_of (row, "amount");
  g_ptr_array_add (plan->effects, effect);
}

OscRefundPlan *
osc_refund_plan_new (JsonNode *answer)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (answer);
  OscRefundPlan *self = g_new0 (OscRefundPlan, 1);

  osy_json_reader_ignore_unknown (reader);
  self->effects = g_ptr_array_new_with_free_func (effect_free);
  self->ceiling = won_of (reader, "ceiling");
  self->amount = won_of (reader, "amount");
  self->vat = won_of (reader, "vat_amount");
  guint n = osy_json_reader_array (reader, "effects", 0, 100);
  for (guint i = 0; i < n; i++)
    read_effect (osy_json_reader_element (reader, "effects", i), self);
  if (osy_json_reader_finish (reader, NULL))
    return self;
  osc_refund_plan_free (self);
  return NULL;
}

gboolean
osc_refund_plan_has (const OscRefundPlan *self, const char *kind)
{
  for (guint i = 0; i < self->effects->len; i++)
    if (g_str_equal (((OscRefundEffect *)g_ptr_array_index (self->effects, i))->kind, kind))
      return TRUE;
  return FALSE;
}

/* ---- what is kept ---- */

void
osc_refund_held_free (OscRefundHeld *self)
{
  g_free (self->key);
  g_free (self->check_id);
  g_clear_pointer (&self->body, json_node_unref);
  g_free (self);
}

static JsonObject *
held_to_json (const OscRefundHeld *held)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "key", held->key);
  json_object_set_string_member (object, "check_id", held->check_id);
  json_object_set_member (object, "body", json_node_copy (held->body));
  json_object_set_int_member (object, "amount", held->amount);
  json_object_set_int_member (object, "at", held->at);
  json_object_set_boolean_member (object, "token", held->token);
  return object;
}

char *
osc_refund_held_print (GPtrArray *held)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < held->len; i++)
    json_array_add_object_element (array, held_to_json (g_ptr_array_index (held, i)));
  json_object_set_array_member (object, "held", array);
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  return osy_json_print (node);
}

static OscRefundHeld *
read_held (OsyJsonReader *row, JsonNode *node)
{
  OscRefundHeld *held = g_new0 (OscRefundHeld, 1);

  osy_json_reader_ignore_unknown (row);
  held->key = g_strdup (osy_json_reader_id (row, "key"));
  held->check_id = g_strdup (osy_json_reader_id (row, "check_id"));
  held->amount = won_of (row, "amount");
  held->at = osy_json_reader_int (row, "at", 0, G_MAXINT64);
  held->token = osy_json_reader_opt_bool (row, "token", FALSE);
  /* As it left, to the letter: the daemon compares. */
  if (osy_json_reader_object (row, "body") != NULL)
    held->body = json_node_copy (json_object_get_member (json_node_get_object (node), "body"));
  return held;
}

GPtrArray *
osc_refund_held_read (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), error);
  g_autoptr (GPtrArray) held =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osc_refund_held_free);

  if (node == NULL)
    return NULL;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  guint n = osy_json_reader_array (reader, "held", 0, MAX_HELD);
  for (guint i = 0; i < n; i++) {
    JsonArray *array = json_object_get_array_member (json_node_get_object (node), "held");
    OsyJsonReader *row = osy_json_reader_element (reader, "held", i);
    g_ptr_array_add (held, read_held (row, json_array_get_element (array, i)));
  }
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&held) : NULL;
}
