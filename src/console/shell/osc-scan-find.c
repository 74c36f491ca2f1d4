/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From a code to what it stands for: first what is at hand, then the daemon. */

#include "osc-scan-find.h"

#include <string.h>

#include "osy-client-checks.h"
#include "osy-id-digits.h"
#include "osy-id.h"

/* (transfer full) (nullable): the last id that stands anywhere in @code, such as in a link. */
static char *
find_id (const char *code)
{
  g_autofree char *lower = g_ascii_strdown (code, -1);
  gsize length = strlen (lower);

  for (gsize at = length; at >= OSY_ID_SIZE - 1; at--) {
    g_autofree char *part = g_strndup (lower + at - (OSY_ID_SIZE - 1), OSY_ID_SIZE - 1);

    if (osy_id_is_valid (part))
      return g_steal_pointer (&part);
  }
  return osy_id_from_digits (code);
}

/* Of what is at hand: the order itself, or the newest on that check. */
static OscOrderItem *
find_order (const OscContext *context, const char *id)
{
  GListModel *orders = G_LIST_MODEL (context->orders);
  OscOrderItem *found = osc_order_store_find (context->orders, id);

  for (guint i = 0; found == NULL && i < g_list_model_get_n_items (orders); i++) {
    g_autoptr (OscOrderItem) item = g_list_model_get_item (orders, i);

    if (g_strcmp0 (osc_order_item_data (item)->check_id, id) == 0)
      found = item;
  }
  return found;
}

OscScanKind
osc_scan_find (const OscContext *context, const char *code, char **id)
{
  g_return_val_if_fail (context != NULL && code != NULL && id != NULL, OSC_SCAN_UNKNOWN);
  const OsyMenuItem *item = osc_menu_store_find_code (context->menu, code);
  OscOrderItem *order;

  *id = item != NULL ? g_strdup (item->id) : find_id (code);
  if (item != NULL)
    return OSC_SCAN_ITEM;
  if (*id == NULL)
    return OSC_SCAN_UNKNOWN;
  if (osc_table_store_find (context->tables, *id) != NULL)
    return OSC_SCAN_TABLE;
  order = find_order (context, *id);
  if (order == NULL)
    return OSC_SCAN_ID;
  g_free (*id);
  *id = g_strdup (osc_order_item_data (order)->id);
  return OSC_SCAN_ORDER;
}

/* ---- by the daemon ---- */

static void
order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  OsyOrder *order = osy_client_order_finish (OSY_CLIENT (source), result, &error);

  if (order != NULL)
    g_task_return_pointer (task, order, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (OsyBill) bill = osy_client_check_finish (OSY_CLIENT (source), result, &error);
  const OsyBillOrder *last = bill != NULL && bill->orders->len > 0
                                 ? g_ptr_array_index (bill->orders, bill->orders->len - 1)
                                 : NULL;

  if (last != NULL)
    osy_client_order_async (OSY_CLIENT (source), last->order_id, NULL, order_cb,
                            g_steal_pointer (&task));
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_NOT_FOUND, "The check has no order.");
}

/* An order has an id of its own; receipts carry that of their check. */
static void
first_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  OsyOrder *order = osy_client_order_finish (OSY_CLIENT (source), result, &error);
  const OsyClientCheck check = {.check_id = g_task_get_task_data (task), .method = "GET"};

  if (order != NULL)
    g_task_return_pointer (task, order, g_object_unref);
  else if (g_error_matches (error, OSY_ERROR, OSY_ERROR_NOT_FOUND))
    osy_client_check_async (OSY_CLIENT (source), &check, NULL, check_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
osc_scan_order_async (OsyClient *client, const char *id, GAsyncReadyCallback cb, gpointer data)
{
  g_return_if_fail (OSY_IS_CLIENT (client) && id != NULL);
  GTask *task = g_task_new (client, NULL, cb, data);

  g_task_set_task_data (task, g_strdup (id), g_free);
  osy_client_order_async (client, id, NULL, first_cb, task);
}

OsyOrder *
osc_scan_order_finish (OsyClient *client, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, client), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
