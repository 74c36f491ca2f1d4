/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Placing what a cart holds, once: key and body are on disk before they leave, and while nobody
 * knows whether they arrived the same content is sent with them again. */

#include "osc-cart-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osy-id.h"

void
osc_cart_forget_sending (OscCart *self)
{
  g_clear_pointer (&self->sending.key, g_free);
  g_clear_pointer (&self->sending.body, json_node_unref);
}

/* ---- what was sent before ---- */

/* The body may come from a file that somebody else wrote. */
static int
minutes_of (JsonNode *body)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  OsyJsonReader *accept = osy_json_reader_opt_object (reader, "accept");

  return accept != NULL ? (int)osy_json_reader_opt_int (accept, "ready_in_minutes", 0, 1000, 0) : 0;
}

static gboolean
is_same_as_sent (OscCart *self)
{
  if (self->sending.key == NULL)
    return FALSE;
  g_autoptr (JsonNode) now = osc_cart_to_json (self, minutes_of (self->sending.body));
  g_autofree char *a = osy_json_print (now);
  g_autofree char *b = osy_json_print (self->sending.body);
  return g_str_equal (a, b);
}

gboolean
osc_cart_is_unsure (OscCart *self)
{
  g_return_val_if_fail (OSC_IS_CART (self), FALSE);
  return !self->busy && is_same_as_sent (self);
}

JsonNode *
osc_cart_to_json (OscCart *self, int minutes)
{
  g_return_val_if_fail (OSC_IS_CART (self), NULL);
  const char *shop = osy_menu_restaurant_id (osc_menu_store_get (self->menu));

  return osc_cart_content_to_order (self->content, shop != NULL ? shop : "", minutes);
}

gboolean
osc_cart_can_send (OscCart *self, char **reason)
{
  g_return_val_if_fail (OSC_IS_CART (self), FALSE);
  /* What may have arrived can always be asked about, whatever the menu says by now. */
  g_autofree char *why = is_same_as_sent (self) ? NULL : osc_cart_content_reason (self->content);

  if (self->busy) {
    g_free (why);
    why = g_strdup (_ ("It is being sent"));
  }
  gboolean can = why == NULL;
  if (reason != NULL)
    *reason = g_steal_pointer (&why);
  return can;
}

/* ---- sending ---- */

static void
fail (GTask *task, GError *error)
{
  OscCart *self = g_task_get_source_object (task);

  if (!osy_client_is_open (error))
    osc_cart_forget_sending (self);
  osc_cart_set_busy (self, FALSE);
  osc_cart_look_again (self);
  g_task_return_error (task, error);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OscCart *self = g_task_get_source_object (task);
  GError *error = NULL;
  OsyOrder *order = osy_client_place_finish (OSY_CLIENT (source), result, &error);

  if (order == NULL) {
    fail (task, error);
    return;
  }
  osc_cart_forget_sending (self);
  osc_cart_set_busy (self, FALSE);
  osc_cart_reset (self);
  g_task_return_pointer (task, order, g_object_unref);
}

static void
leave (GTask *task)
{
  OscCart *self = g_task_get_source_object (task);
  OsyClient *client = g_task_get_task_data (task);

  g_signal_emit_by_name (self, "requested", self->sending.body);
  if (client == NULL) {
    fail (task, g_error_new_literal (OSY_ERROR, OSY_ERROR_CANCELLED, "There is no daemon."));
    g_object_unref (task);
    return;
  }
  osy_client_place_async (client, self->sending.body, self->sending.key, NULL, sent_cb, task);
}

/* A disk that takes nothing does not keep a shop from selling. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!osc_cart_file_flush_finish (OSC_CART_FILE (source), result, &error))
    g_warning ("An order leaves without its key kept: %s", error->message);
  leave (user_data);
}

void
osc_cart_send_async (OscCart *self,
                     OsyClient *client,
                     int minutes,
                     GAsyncReadyCallback cb,
                     gpointer data)
{
  g_return_if_fail (OSC_IS_CART (self));
  g_autoptr (GTask) task = g_task_new (self, NULL, cb, data);
  g_autofree char *reason = NULL;

  if (!osc_cart_can_send (self, &reason)) {
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s", reason);
    return;
  }
  if (!is_same_as_sent (self)) {
    osc_cart_forget_sending (self);
    self->sending.key = osy_id_new ();
    self->sending.body = osc_cart_to_json (self, minutes);
  }
  if (client != NULL)
    g_task_set_task_data (task, g_object_ref (client), g_object_unref);
  osc_cart_set_busy (self, TRUE);
  osc_cart_changed (self);
  if (self->file != NULL)
    osc_cart_file_flush_async (self->file, kept_cb, g_steal_pointer (&task));
  else
    leave (g_steal_pointer (&task));
}

OsyOrder *
osc_cart_send_finish (OscCart *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
osc_cart_failure_text (const GError *error)
{
  switch (error->domain == OSY_ERROR ? error->code : OSY_ERROR_INTERNAL) {
  case OSY_ERROR_MENU_CHANGED:
    return g_strdup (_ ("A price has changed. Look at the marked lines"));
  case OSY_ERROR_SOLD_OUT: return g_strdup (_ ("Something is sold out. Look at the marked lines"));
  case OSY_ERROR_UNKNOWN_ITEM:
  case OSY_ERROR_UNKNOWN_OPTION:
  case OSY_ERROR_OPTION_COUNT:
    return g_strdup (_ ("The menu has changed. Look at the marked lines"));
  case OSY_ERROR_INSUFFICIENT_PERMISSION: return g_strdup (_ ("You may not take orders"));
  case OSY_ERROR_UNAUTHENTICATED: return g_strdup (_ ("Sign in again to go on"));
  case OSY_ERROR_INVALID_REQUEST: return g_strdup (error->message);
  case OSY_ERROR_STORAGE_FULL: return g_strdup (_ ("The disk is full, so the order was not taken"));
  default:
    return g_strdup (
        _ ("The server did not answer. Send it again as it is: it will not be made twice"));
  }
}

/* ---- keeping ---- */

JsonNode *
osc_cart_save (OscCart *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "content", osc_cart_content_write (self->content));
  if (self->held_at > 0)
    json_object_set_int_member (object, "held_at", self->held_at);
  if (self->sending.key != NULL) {
    JsonObject *sending = json_object_new ();
    g_autofree char *body = osy_json_print (self->sending.body);

    json_object_set_string_member (sending, "key", self->sending.key);
    json_object_set_string_member (sending, "body", body);
    json_object_set_object_member (object, "sending", sending);
  }
  return osy_json_take_object (object);
}

#define MAX_BODY (1 << 20)

static void
load_sending (OscCart *self, OsyJsonReader *reader)
{
  const char *key = osy_json_reader_id (reader, "key");
  const char *text = osy_json_reader_string (reader, "body", 2, MAX_BODY);
  g_autoptr (JsonNode) body = osy_json_parse (text, strlen (text), NULL);

  if (body == NULL || !JSON_NODE_HOLDS_OBJECT (body)) {
    osy_json_reader_fault (reader, "body", "SYNTAX", "The body of an order is expected.");
    return;
  }
  self->sending.key = g_strdup (key);
  self->sending.body = g_steal_pointer (&body);
}

OscCart *
osc_cart_load (OscMenuStore *menu, OsyJsonReader *reader)
{
  OscCart *self = osc_cart_new (menu);
  OsyJsonReader *sending = osy_json_reader_opt_object (reader, "sending");

  osc_cart_apply (self, osc_cart_content_read (osy_json_reader_object (reader, "content")));
  self->held_at = osy_json_reader_opt_int (reader, "held_at", 0, G_MAXINT64, 0);
  if (sending != NULL)
    load_sending (self, sending);
  osc_cart_look_again (self);
  return self;
}
