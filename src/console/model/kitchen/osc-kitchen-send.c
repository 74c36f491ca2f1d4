/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the kitchen asks of the daemon: acts and the day's history. */

#include "osc-kitchen-store-private.h"

#include "osy-json.h"
#include "osy-rest.h"

/* %s: the ticket, the line, the change or the order. */
static const struct {
  const char *path;
  const char *member; /* nullable: of the body */
  int value;
} deeds[] = {
    [OSC_KITCHEN_BUMP] = {"/tickets/%s/bump"},
    [OSC_KITCHEN_RECALL] = {"/tickets/%s/recall", "restart_timer", FALSE},
    [OSC_KITCHEN_RECALL_ANEW] = {"/tickets/%s/recall", "restart_timer", TRUE},
    [OSC_KITCHEN_SHOWN] = {"/tickets/%s/shown"},
    [OSC_KITCHEN_TOUCH] = {"/tickets/%s/touch"},
    [OSC_KITCHEN_FIRST] = {"/tickets/%s/priority", "on", TRUE},
    [OSC_KITCHEN_NOT_FIRST] = {"/tickets/%s/priority", "on", FALSE},
    [OSC_KITCHEN_MAKE] = {"/lines/%s/make"},
    [OSC_KITCHEN_UNMAKE] = {"/lines/%s/unmake"},
    [OSC_KITCHEN_SEEN] = {"/changes/%s/seen"},
    [OSC_KITCHEN_FIRE] = {"/orders/%s/fire"},
    [OSC_KITCHEN_HOLD] = {"/orders/%s/hold"},
};

static void
act_free (gpointer data)
{
  OscKitchenAct *act = data;

  g_object_unref (act->item);
  g_free ((char *)act->what);
  g_free (act);
}

/* What is tapped shows at once (@under_way), and no longer once the daemon has answered. */
static void
show_act (const OscKitchenAct *act, gboolean under_way)
{
  if (act->deed == OSC_KITCHEN_BUMP)
    osc_kitchen_item_set_leaving (act->item, under_way);
  else if (act->deed == OSC_KITCHEN_MAKE || act->deed == OSC_KITCHEN_UNMAKE)
    osc_kitchen_item_expect (act->item, act->what, under_way ? act->deed == OSC_KITCHEN_MAKE : -1);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OscKitchenStore *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer != NULL)
    osc_kitchen_store_take_answer (self, answer);
  show_act (g_task_get_task_data (task), FALSE);
  if (answer != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* (nullable): most acts say all in their path. */
static JsonNode *
body_of (const OscKitchenAct *act)
{
  g_autoptr (JsonObject) body = json_object_new ();

  if (deeds[act->deed].member != NULL)
    json_object_set_boolean_member (body, deeds[act->deed].member, deeds[act->deed].value);
  if (act->deed == OSC_KITCHEN_FIRE || act->deed == OSC_KITCHEN_HOLD)
    json_object_set_int_member (body, "course", act->course);
  return json_object_get_size (body) > 0 ? osy_json_take_object (g_steal_pointer (&body)) : NULL;
}

static char *
path_of (const OscKitchenAct *act)
{
  const OsyKitchenTicketData *ticket = osc_kitchen_item_data (act->item);
  const char *id = act->deed >= OSC_KITCHEN_FIRE ? ticket->order_id : ticket->id;
  g_auto (GStrv) around = g_strsplit (deeds[act->deed].path, "%s", 2);

  return g_strconcat (OSC_KITCHEN_PATH, around[0], act->what != NULL ? act->what : id, around[1],
                      NULL);
}

/* Nobody sends out what came on the ticket while the finger was on its way. */
static gint64
version_of (const OscKitchenAct *act)
{
  return act->deed == OSC_KITCHEN_BUMP ? osc_kitchen_item_data (act->item)->version : 0;
}

void
osc_kitchen_store_act_async (OscKitchenStore *self,
                             const OscKitchenAct *act,
                             GAsyncReadyCallback cb,
                             gpointer data)
{
  g_return_if_fail (OSC_IS_KITCHEN_STORE (self) && act != NULL && OSC_IS_KITCHEN_ITEM (act->item));
  GTask *task = g_task_new (self, self->cancellable, cb, data);
  g_autoptr (JsonNode) body = body_of (act);
  g_autofree char *path = path_of (act);
  OscKitchenAct *kept = g_memdup2 (act, sizeof *act);

  kept->what = g_strdup (act->what);
  g_object_ref (kept->item);
  g_task_set_task_data (task, kept, act_free);
  g_task_set_check_cancellable (task, FALSE);
  show_act (act, TRUE);
  osc_kitchen_store_request (self, path, body);
  if (self->client != NULL) {
    osy_client_send_async (self->client,
                           &(OsyClientRequest){.method = "POST",
                                               .path = path,
                                               .body = body,
                                               .if_version = version_of (act),
                                               .persistent = TRUE},
                           self->cancellable, acted_cb, task);
    return;
  }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

gboolean
osc_kitchen_store_act_finish (OscKitchenStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- history ---- */

static void
history_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  JsonNode *answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify)json_node_unref);
  else
    g_task_return_error (task, error);
}

void
osc_kitchen_store_history_async (OscKitchenStore *self,
                                 const char *q,
                                 const char *cursor,
                                 GAsyncReadyCallback cb,
                                 gpointer data)
{
  g_return_if_fail (OSC_IS_KITCHEN_STORE (self));
  GTask *task = g_task_new (self, self->cancellable, cb, data);
  g_autoptr (GString) path = g_string_new (OSC_KITCHEN_PATH "/history?limit=50");

  if (q != NULL && *q != '\0')
    g_string_append_uri_escaped (g_string_append (path, "&q="), q, NULL, FALSE);
  if (cursor != NULL)
    g_string_append_uri_escaped (g_string_append (path, "&cursor="), cursor, NULL, FALSE);
  osc_kitchen_store_request (self, path->str, NULL);
  if (self->client != NULL) {
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path->str},
                           self->cancellable, history_cb, task);
    return;
  }
  g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_UNAVAILABLE, "There is no server.");
  g_object_unref (task);
}

GPtrArray *
osc_kitchen_store_history_finish (OscKitchenStore *self,
                                  GAsyncResult *result,
                                  char **next_cursor,
                                  GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_autoptr (JsonNode) answer = g_task_propagate_pointer (G_TASK (result), error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  JsonObject *object;
  JsonNode *tickets;

  if (answer == NULL)
    return NULL;
  object = json_node_get_object (answer);
  tickets = json_object_get_member (object, "tickets");
  *next_cursor = g_strdup (osy_rest_text (object, "next_cursor", NULL));
  for (guint i = 0; tickets != NULL && i < json_array_get_length (json_node_get_array (tickets));
       i++) {
    g_autoptr (OsyKitchenTicket) ticket = osy_kitchen_ticket_from_json (
        json_array_get_element (json_node_get_array (tickets), i), error);

    if (ticket == NULL)
      return NULL;
    g_ptr_array_add (items, osc_kitchen_item_new (ticket));
  }
  return g_steal_pointer (&items);
}
