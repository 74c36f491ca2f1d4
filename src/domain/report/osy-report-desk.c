/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Looks every few seconds at every shop: makes rows of what is due, and takes what is to be written
 * into a folder. Drawing and writing run on a thread of their own, one file at a time: a share that
 * hangs keeps other files waiting, and nothing else. */

#include "osy-report-desk.h"

#include "osy-clock.h"
#include "osy-report-folder.h"
#include "osy-report-load.h"
#include "osy-report-paper.h"
#include "osy-report-store.h"
#include "osy-shop-service.h"
#include "osy-threat-store.h"

#define LOOK_S 5

/** A file on its way. */
typedef struct {
  OsyReportDesk *desk; /* held once it is being written; until then NULL */
  char *restaurant_id;
  OsyReportParcel *parcel;
  char *folder;
  OsyReport *report;
  const char *problem; /* (nullable): static */
} File;

struct _OsyReportDesk {
  gatomicrefcount refs;
  OsyReportRoom *room;
  GPtrArray *shops; /* of those still to be looked at */
  File *file;       /* (nullable): what a worker found */
  guint timer;
  gboolean looking;
  gboolean again; /* woken while looking */
  gboolean writing;
};

static void look (OsyReportDesk *self);

static OsyReportDesk *
hold (OsyReportDesk *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
file_free (gpointer data)
{
  File *file = data;

  g_clear_pointer (&file->report, osy_report_free);
  g_clear_pointer (&file->parcel, osy_report_parcel_free);
  g_free (file->restaurant_id);
  g_free (file->folder);
  osy_report_desk_free (file->desk);
  g_free (file);
}

/* ---- one file ---- */

static gboolean
run_note (OsyDbTx *tx, gpointer data, GError **error)
{
  const File *file = data;

  return file->problem == NULL
             ? osy_report_store_sent (tx, file->parcel->id, osy_clock_now (), error)
             : osy_report_store_failed (tx, file->parcel, file->problem, FALSE, error);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  File *file = data;
  OsyReportDesk *self = file->desk;
  g_autoptr (GError) error = NULL;

  /* It is written again then, over the same name. */
  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    g_warning ("what became of a report could not be noted: %s", error->message);
  self->writing = FALSE;
  if (self->timer != 0)
    look (self);
  file_free (file);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  File *file = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = osy_report_paper_draw (file->report, &error);
  g_autofree char *name = osy_report_file_name (file->parcel->kind, file->parcel->day);

  if (pdf == NULL)
    g_warning ("a report was not written: %s", error->message);
  file->problem = pdf == NULL ? "NOT_DRAWN" : osy_report_folder_write (file->folder, name, pdf);
  g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  File *file = data;
  OsyReportDesk *self = file->desk;

  if (self->timer == 0) {
    file_free (file);
    return;
  }
  const OsyDbScope scope = {.restaurant_id = file->restaurant_id};
  osy_db_pool_run_async (self->room->pool, &scope, run_note, file, NULL, NULL, noted_cb, file);
}

static void
begin_file (OsyReportDesk *self)
{
  File *file = g_steal_pointer (&self->file);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, written_cb, file);

  file->desk = hold (self);
  self->writing = TRUE;
  g_task_set_task_data (task, file, NULL);
  g_task_run_in_thread (task, write_thread);
}

/* ---- one shop ---- */

static const char *
shop_of (const OsyReportDesk *self)
{
  return self->shops->pdata[self->shops->len - 1];
}

static gboolean
take_file (OsyDbTx *tx, OsyReportDesk *self, const OsyReportSetup *setup, GError **error)
{
  g_autoptr (OsyReportParcel) parcel = NULL;

  if (!osy_report_store_take (tx, OSY_REPORT_FOLDER, &parcel, error))
    return FALSE;
  if (parcel == NULL)
    return TRUE;
  if (setup->folder == NULL)
    return osy_report_store_failed (tx, parcel, "NO_FOLDER", TRUE, error);
  OsyReport *report =
      osy_report_load (tx, self->room->ring, parcel->kind, parcel->day, setup->language, error);
  if (report == NULL)
    return FALSE;
  self->file = g_new0 (File, 1);
  self->file->restaurant_id = g_strdup (osy_db_tx_restaurant (tx));
  self->file->folder = g_strdup (setup->folder);
  self->file->parcel = g_steal_pointer (&parcel);
  self->file->report = report;
  return TRUE;
}

/* May run twice: what the first run found is forgotten. */
static gboolean
run_shop (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyReportDesk *self = data;
  gboolean made = FALSE;
  g_autoptr (OsyReportSetup) setup = osy_report_setup_load (tx, error);
  g_autoptr (OsyShop) shop =
      setup != NULL ? osy_shop_service_get (tx, osy_db_tx_restaurant (tx), error) : NULL;

  g_clear_pointer (&self->file, file_free);
  return shop != NULL && osy_report_store_plan (tx, setup, shop, &made, error) &&
         (self->writing || take_file (tx, self, setup, error));
}

static void
end_look (OsyReportDesk *self)
{
  gboolean again = self->again && self->timer != 0;

  self->looking = FALSE;
  self->again = FALSE;
  if (again)
    look (self);
  osy_report_desk_free (self);
}

static void look_at_next (OsyReportDesk *self);

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsyReportDesk *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    g_clear_pointer (&self->file, file_free);
    if (self->timer != 0)
      g_warning ("reports of a shop were not looked after and will be: %s", error->message);
  } else if (self->file != NULL && self->timer != 0) {
    begin_file (self);
  }
  g_ptr_array_remove_index_fast (self->shops, self->shops->len - 1);
  look_at_next (self);
}

/* Goes from the last to the first. */
static void
look_at_next (OsyReportDesk *self)
{
  if (self->shops->len == 0 || self->timer == 0) {
    end_look (self);
    return;
  }
  const OsyDbScope scope = {.restaurant_id = shop_of (self)};
  osy_db_pool_run_async (self->room->pool, &scope, run_shop, self, NULL, NULL, looked_cb, self);
}

static gboolean
run_list (OsyDbTx *tx, gpointer data, GError **error)
{
  OsyReportDesk *self = data;
  g_autoptr (OsyDbRows) rows = osy_threat_store_shops (tx, error);

  if (rows == NULL)
    return FALSE;
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  self->shops = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (self->shops, g_strdup (osy_db_rows_text (rows, i, "id")));
  return TRUE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OsyReportDesk *self = user_data;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, NULL))
    look_at_next (self);
  else
    end_look (self);
}

static void
look (OsyReportDesk *self)
{
  static const OsyDbScope nobody = {NULL};

  self->again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  osy_db_pool_run_async (self->room->pool, &nobody, run_list, hold (self), NULL, NULL, listed_cb,
                         self);
}

static gboolean
look_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

/* ---- the desk ---- */

OsyReportDesk *
osy_report_desk_new (OsyReportRoom *room)
{
  OsyReportDesk *self = g_new0 (OsyReportDesk, 1);

  g_atomic_ref_count_init (&self->refs);
  self->room = room;
  return self;
}

void
osy_report_desk_free (OsyReportDesk *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  g_clear_pointer (&self->file, file_free);
  g_free (self);
}

void
osy_report_desk_start (OsyReportDesk *self)
{
  self->timer = g_timeout_add_seconds (LOOK_S, look_cb, self);
}

void
osy_report_desk_wake (OsyReportDesk *self)
{
  if (self->timer != 0)
    look (self);
}

void
osy_report_desk_stop (OsyReportDesk *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
}

static gboolean
wake_cb (gpointer data)
{
  OsyReportDesk *desk = data;

  osy_report_desk_wake (desk);
  if (desk->room->mails != NULL)
    osy_fetch_queue_wake (desk->room->mails);
  return G_SOURCE_REMOVE;
}

static void
release (gpointer desk)
{
  osy_report_desk_free (desk);
}

void
osy_report_desk_wake_after (OsyDbTx *tx, OsyReportRoom *room)
{
  osy_db_tx_on_commit (tx, wake_cb, hold (room->desk), release);
}
