/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The menu in memory as a file, written by another thread: a long one takes a while. */

#include "osy-menu-export.h"

#include <string.h>

#include "osy-api.h"
#include "osy-book.h"
#include "osy-clock.h"
#include "osy-menu-file.h"
#include "osy-menu-service.h"
#include "osy-menu-workbook.h"

typedef struct {
  OsyHttpRequest *http;
  OsyMenu *menu; /* (nullable): not read yet */
  gboolean book;
  gboolean korean;
} Export;

static void
export_free (Export *self)
{
  osy_http_request_unref (self->http);
  g_clear_object (&self->menu);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_task_propagate_pointer (G_TASK (result), &error);

  if (file == NULL) {
    osy_http_reply_error (self->http, error);
    return;
  }
  osy_http_reply_add_header (self->http, "Content-Disposition",
                             self->book ? "attachment; filename=\"menu.xlsx\""
                                        : "attachment; filename=\"menu.csv\"");
  osy_http_reply_bytes (self->http, 200, self->book ? OSY_BOOK_TYPE : "text/csv; charset=utf-8",
                        file);
}

static void
write_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Export *self = data;
  GError *error = NULL;
  g_autoptr (OsyMenuCsv) rows = osy_menu_file_rows (self->menu, self->korean, osy_clock_now ());
  GBytes *file =
      self->book ? osy_menu_file_book (rows, self->korean, &error) : osy_menu_file_print (rows);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
menu_cb (OsyMenu *menu, const GError *error, gpointer data)
{
  g_autoptr (Export) self = data;

  if (menu == NULL) {
    osy_http_reply_error (self->http, error);
    return;
  }
  self->menu = g_object_ref (menu);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, written_cb, self);
  g_task_set_task_data (task, g_steal_pointer (&self), NULL);
  g_task_run_in_thread (task, write_file);
}

static gboolean
read_choice (OsyHttpRequest *http,
             const char *name,
             const char *usual,
             const char *other,
             gboolean *is_usual,
             GError **error)
{
  const char *text = osy_http_request_query (http, name);

  *is_usual = text == NULL || strcmp (text, usual) == 0;
  if (*is_usual || strcmp (text, other) == 0)
    return TRUE;
  g_set_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "%s is either %s or %s.", name, usual,
               other);
  return FALSE;
}

void
osy_menu_export (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"format", "language", NULL};
  g_autoptr (Export) self = g_new0 (Export, 1);
  g_autoptr (GError) error = NULL;

  self->http = osy_http_request_ref (http);
  if (!osy_api_only_query (http, allowed, &error) ||
      !read_choice (http, "format", "xlsx", "csv", &self->book, &error) ||
      !read_choice (http, "language", "ko", "en", &self->korean, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_menu_cache_get_async (((OsyMenuRoom *)room)->cache,
                            osy_principal_restaurant_id (osy_http_request_principal (http)),
                            menu_cb, g_steal_pointer (&self));
}
