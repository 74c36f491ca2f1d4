/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* All figures as a file: read by a worker, laid out by another thread, since a year of them takes
 * longer than a worker should be kept from orders, and the loop from anything. */

#include "osy-analytics-xlsx.h"

#include <string.h>

#include "osy-analytics-book.h"
#include "osy-analytics-query.h"
#include "osy-analytics-room.h"
#include "osy-api.h"
#include "osy-book.h"
#include "osy-shop-service.h"

typedef struct {
  OsyHttpRequest *http;
  OsyAnalyticsSpan span;
  gboolean korean;
  OsyShop *shop;  /* (nullable): not read yet */
  JsonNode *view; /* likewise */
} Export;

static void
export_free (Export *self)
{
  osy_http_request_unref (self->http);
  g_clear_object (&self->shop);
  g_clear_pointer (&self->view, json_node_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_task_propagate_pointer (G_TASK (result), &error);

  if (file == NULL) {
    osy_http_reply_error (self->http, error);
    return;
  }
  g_autofree char *disposition =
      g_strdup_printf ("attachment; filename=\"sales-%s-%s.xlsx\"", self->span.from, self->span.to);
  osy_http_reply_add_header (self->http, "Content-Disposition", disposition);
  osy_http_reply_bytes (self->http, 200, OSY_BOOK_TYPE, file);
}

static void
draw (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Export *self = data;
  GError *error = NULL;
  GBytes *file = osy_analytics_book (self->view, &self->span, self->shop, self->korean, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static gboolean
export_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Export *self = data;

  g_clear_object (&self->shop);
  g_clear_pointer (&self->view, json_node_unref);
  self->shop = osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error);
  if (self->shop != NULL)
    self->view = osy_analytics_view (tx, self->shop, &self->span, error);
  return self->view != NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (self->http, error);
    return;
  }
  g_autoptr (GTask) task = g_task_new (NULL, NULL, drawn_cb, self);
  g_task_set_task_data (task, g_steal_pointer (&self), NULL);
  g_task_run_in_thread (task, draw);
}

static gboolean
read_language (Export *self, GError **error)
{
  const char *language = osy_http_request_query (self->http, "language");

  self->korean = language == NULL || strcmp (language, "ko") == 0;
  return self->korean || strcmp (language, "en") == 0 ||
         osy_analytics_query_refuse ("language", "Send ko or en.", error);
}

void
osy_analytics_get_xlsx (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"language", "from", "to", "against", "until", NULL};
  const OsyDbScope scope = {.restaurant_id =
                                osy_principal_restaurant_id (osy_http_request_principal (http)),
                            .read_only = TRUE};
  g_autoptr (Export) self = g_new0 (Export, 1);
  g_autoptr (GError) error = NULL;

  self->http = osy_http_request_ref (http);
  if (!osy_api_only_query (http, allowed, &error) || !read_language (self, &error) ||
      !osy_analytics_query_span (http, &self->span, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_db_pool_run_async (((OsyAnalyticsRoom *)room)->pool, &scope, export_work, self, NULL, NULL,
                         read_cb, self);
  g_steal_pointer (&self);
}
