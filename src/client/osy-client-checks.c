/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The typed calls for checks. */

#include "osy-client-checks.h"

#include "osy-client-private.h"

static void
check_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonNode) answer = osy_client_take_answer (task, source, result);
  GError *error = NULL;

  if (answer == NULL)
    return;
  OsyBill *bill = osy_bill_from_json (answer, &error);
  if (bill == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, bill, (GDestroyNotify)osy_bill_free);
}

void
osy_client_check_async (OsyClient *self,
                        const OsyClientCheck *check,
                        GCancellable *c,
                        GAsyncReadyCallback cb,
                        gpointer data)
{
  g_autofree char *path = g_strconcat ("/api/v1/restaurants/me/checks/", check->check_id,
                                       check->rest != NULL ? check->rest : "", NULL);
  const OsyRestRequest request = {.method = check->method,
                                  .path = path,
                                  .body = check->body,
                                  .key = check->key,
                                  .if_version = check->if_version,
                                  .act_token = check->act_token};

  osy_client_start (g_task_new (self, c, cb, data), &request,
                    OSY_CLIENT_SIGNED | (check->key != NULL ? OSY_CLIENT_PERSISTENT : 0), check_cb);
}

OsyBill *
osy_client_check_finish (OsyClient *self, GAsyncResult *result, GError **error)
{
  return osy_client_finish_pointer (self, result, error);
}
