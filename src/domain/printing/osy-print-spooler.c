/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The driver: for every printer a line that asks it, takes a slip, draws it on a thread, sends it
 * and notes what became of it. A slip counts as begun before its first byte leaves, so whoever dies
 * in between leaves a mark, never an unmarked second slip. */

#include "osy-print-spooler.h"

#include "osy-clock.h"
#include "osy-escpos.h"
#include "osy-print-work.h"
#include "osy-threat-store.h"

#define MAX_REST_S 10
#define NOTE_AGAIN_S 1

typedef struct {
  OsyPrintSpooler *spooler;
  char *restaurant_id;
  gboolean busy;
  gboolean again; /* woken while busy */
  gboolean mute;
  guint faults; /* since it last printed */
  gint64 rest_until;
  guint timer;
} Line;

struct _OsyPrintSpooler {
  gatomicrefcount refs;
  OsyPrintingRoom *room;
  OsyBus *bus;
  guint subscription;
  GHashTable *lines; /* printer id → Line */
  GHashTable *asked; /* shops that are being looked through → whether once more */
  GCancellable *ended;
};

static void
line_free (gpointer data)
{
  Line *line = data;

  g_clear_handle_id (&line->timer, g_source_remove);
  g_free (line->restaurant_id);
  g_free (line);
}

static void
event_cb (const char *topic, gpointer message, gpointer user_data)
{
  osy_print_spooler_wake (user_data, ((OsyEvent *)message)->restaurant_id, FALSE);
}

OsyPrintSpooler *
osy_print_spooler_new (OsyPrintingRoom *room, OsyBus *bus)
{
  OsyPrintSpooler *self = g_new0 (OsyPrintSpooler, 1);

  g_atomic_ref_count_init (&self->refs);
  self->room = room;
  self->bus = g_object_ref (bus);
  self->subscription = osy_bus_subscribe (bus, "printing.", event_cb, self);
  self->lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, line_free);
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ended = g_cancellable_new ();
  return self;
}

/* Answers that are on their way hold a reference: they find it standing, and ended. */
static OsyPrintSpooler *
hold (OsyPrintSpooler *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
osy_print_spooler_free (OsyPrintSpooler *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->lines);
  g_hash_table_unref (self->asked);
  g_object_unref (self->ended);
  g_object_unref (self->bus);
  g_free (self);
}

static gboolean
has_ended (OsyPrintSpooler *self)
{
  return g_cancellable_is_cancelled (self->ended);
}

static void
run_work (OsyPrintSpooler *self,
          const char *restaurant_id,
          OsyDbFunc func,
          gpointer data,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  const OsyDbScope scope = {.restaurant_id = restaurant_id};

  osy_db_pool_run_async (self->room->pool, &scope, func, data, NULL, NULL, callback, user_data);
}

/* ---- one slip on its way ---- */

/** One go of a line, from asking the printer to noting what became of its slip. */
typedef struct {
  OsyPrintSpooler *spooler;
  Line *line;
  OsyPrintWork *work;
  OsyPrintDevice *device; /* nullable */
} Go;

static void
go_free (Go *go)
{
  g_clear_pointer (&go->device, osy_print_device_free);
  osy_print_work_free (go->work);
  osy_print_spooler_free (go->spooler);
  g_free (go);
}

/* The printer rests longer after each fault, at most MAX_REST_S. */
static gint64
rest (Line *line)
{
  guint seconds = MIN (1u << MIN (line->faults, 4), MAX_REST_S);

  line->faults++;
  line->rest_until = osy_clock_now () + (gint64)seconds * G_USEC_PER_SEC;
  return line->rest_until;
}

static void
end_go (Go *go)
{
  g_autofree char *restaurant_id = g_strdup (go->line->restaurant_id);
  OsyPrintSpooler *self = hold (go->spooler);

  go->line->busy = FALSE;
  go_free (go);
  osy_print_spooler_wake (self, restaurant_id, FALSE);
  osy_print_spooler_free (self);
}

static void note_outcome (Go *go);

static gboolean
note_again (gpointer user_data)
{
  note_outcome (user_data);
  return G_SOURCE_REMOVE;
}

/* What happened on paper stays known until the database has it. */
static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;
  g_autoptr (GError) error = NULL;

  if (osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error) || has_ended (go->spooler)) {
    end_go (go);
    return;
  }
  g_warning ("cannot note what became of a slip: %s", error->message);
  g_timeout_add_seconds (NOTE_AGAIN_S, note_again, go);
}

static void
note_outcome (Go *go)
{
  OsyDbFunc func = go->work->claim != NULL ? osy_print_work_finish : osy_print_work_trouble;

  if (has_ended (go->spooler))
    end_go (go);
  else
    run_work (go->spooler, go->work->restaurant_id, func, go->work, noted_cb, go);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;

  osy_print_device_print_finish (result, &go->work->outcome);
  if (go->work->outcome.done)
    go->line->faults = 0;
  else
    go->work->retry_at = rest (go->line);
  note_outcome (go);
}

static void
draw_slip (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Go *go = data;
  const OsyPrinter *printer = go->work->printer;
  const OsyEscposForm form = {printer->columns, printer->text};

  g_task_return_pointer (task, osy_escpos_encode (go->work->slip, &form),
                         (GDestroyNotify)g_bytes_unref);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;
  g_autoptr (GBytes) bytes = g_task_propagate_pointer (G_TASK (result), NULL);

  if (go->device == NULL) {
    go->work->outcome = (OsyPrintOutcome){FALSE, TRUE, NULL};
    note_outcome (go);
    return;
  }
  osy_print_device_print_async (go->device, bytes, go->spooler->ended, printed_cb, go);
}

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    g_warning ("cannot take a slip: %s", error->message);
    rest (go->line);
    end_go (go);
    return;
  }
  if (go->work->claim == NULL) {
    end_go (go);
    return;
  }
  if (go->work->slip == NULL) {
    go->work->outcome = (OsyPrintOutcome){FALSE, FALSE, OSY_PRINTER_UNKNOWN};
    note_outcome (go);
    return;
  }
  g_autoptr (GTask) task = g_task_new (NULL, NULL, drawn_cb, go);
  g_task_set_task_data (task, go, NULL);
  g_task_run_in_thread (task, draw_slip);
}

static void
claim (Go *go)
{
  run_work (go->spooler, go->work->restaurant_id, osy_print_work_claim, go->work, claimed_cb, go);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Go *go = user_data;

  go->device = osy_print_device_open_finish (result, &go->work->problem);
  if (has_ended (go->spooler)) {
    end_go (go);
  } else if (go->device != NULL) {
    go->line->mute = osy_print_device_is_mute (go->device);
    claim (go);
  } else {
    go->work->retry_at = rest (go->line);
    note_outcome (go);
  }
}

/* @printer: (transfer full) */
static void
go_on (Line *line, OsyPrinter *printer)
{
  OsyPrintSpooler *self = line->spooler;
  Go *go = g_new0 (Go, 1);
  const OsyPrintPlace place = {printer->transport, printer->address, line->mute,
                               &osy_print_patience};

  line->busy = TRUE;
  go->spooler = hold (self);
  go->line = line;
  go->work = osy_print_work_new (self->room, line->restaurant_id, printer);
  if (g_str_equal (printer->transport, "NONE"))
    claim (go);
  else
    osy_print_device_open_async (&place, self->ended, opened_cb, go);
}

/* ---- whose turn it is ---- */

static Line *
line_of (OsyPrintSpooler *self, const char *restaurant_id, const char *printer_id)
{
  Line *line = g_hash_table_lookup (self->lines, printer_id);

  if (line == NULL) {
    line = g_new0 (Line, 1);
    line->spooler = self;
    line->restaurant_id = g_strdup (restaurant_id);
    g_hash_table_insert (self->lines, g_strdup (printer_id), line);
  }
  return line;
}

static gboolean
due_cb (gpointer user_data)
{
  Line *line = user_data;

  line->timer = 0;
  osy_print_spooler_wake (line->spooler, line->restaurant_id, FALSE);
  return G_SOURCE_REMOVE;
}

static void
take_turn (OsyPrintSpooler *self, const char *restaurant_id, OsyPrintTurn *turn)
{
  Line *line = line_of (self, restaurant_id, turn->printer->id);
  gint64 at = MAX (turn->at, line->rest_until);
  gint64 wait = at - osy_clock_now ();

  if (line->busy)
    return;
  g_clear_handle_id (&line->timer, g_source_remove);
  if (wait > 0)
    line->timer = g_timeout_add ((guint)(wait / 1000 + 1), due_cb, line);
  else
    go_on (line, g_steal_pointer (&turn->printer));
}

/** A look through one shop's queues. */
typedef struct {
  OsyPrintSpooler *spooler;
  char *restaurant_id;
  GPtrArray *turns; /* nullable */
} Look;

static void
look_free (Look *look)
{
  g_clear_pointer (&look->turns, g_ptr_array_unref);
  g_free (look->restaurant_id);
  osy_print_spooler_free (look->spooler);
  g_free (look);
}

static gboolean
look_again (gpointer user_data)
{
  Look *look = user_data;

  osy_print_spooler_wake (look->spooler, look->restaurant_id, FALSE);
  look_free (look);
  return G_SOURCE_REMOVE;
}

static void
surveyed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  OsyPrintSpooler *self = look->spooler;
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error);
  gboolean again = GPOINTER_TO_INT (g_hash_table_lookup (self->asked, look->restaurant_id));

  g_hash_table_remove (self->asked, look->restaurant_id);
  if (has_ended (self)) {
    look_free (look);
    return;
  }
  if (!ok) {
    g_warning ("cannot look for slips: %s", error->message);
    g_timeout_add_seconds (NOTE_AGAIN_S, look_again, look);
    return;
  }
  for (guint i = 0; look->turns != NULL && i < look->turns->len; i++)
    take_turn (self, look->restaurant_id, look->turns->pdata[i]);
  if (again)
    osy_print_spooler_wake (self, look->restaurant_id, FALSE);
  look_free (look);
}

static void
end_rests (OsyPrintSpooler *self, const char *restaurant_id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Line *line = value;
    if (g_str_equal (line->restaurant_id, restaurant_id)) {
      line->rest_until = 0;
      line->mute = FALSE;
    }
  }
}

void
osy_print_spooler_wake (OsyPrintSpooler *self, const char *restaurant_id, gboolean now)
{
  if (has_ended (self))
    return;
  if (now)
    end_rests (self, restaurant_id);
  if (g_hash_table_contains (self->asked, restaurant_id)) {
    g_hash_table_insert (self->asked, g_strdup (restaurant_id), GINT_TO_POINTER (TRUE));
    return;
  }
  Look *look = g_new0 (Look, 1);
  look->spooler = hold (self);
  look->restaurant_id = g_strdup (restaurant_id);
  g_hash_table_insert (self->asked, g_strdup (restaurant_id), GINT_TO_POINTER (FALSE));
  run_work (self, restaurant_id, osy_print_survey, &look->turns, surveyed_cb, look);
}

/* ---- from start to stop ---- */

static void
recovered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Look *look = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    g_warning ("cannot take up the slips of the last run: %s", error->message);
  osy_print_spooler_wake (look->spooler, look->restaurant_id, FALSE);
  look_free (look);
}

static void
recover_shop (OsyPrintSpooler *self, const char *restaurant_id)
{
  Look *look = g_new0 (Look, 1);

  look->spooler = hold (self);
  look->restaurant_id = g_strdup (restaurant_id);
  run_work (self, restaurant_id, osy_print_recover, NULL, recovered_cb, look);
}

typedef struct {
  OsyPrintSpooler *spooler;
  OsyDbRows *shops; /* nullable */
} Start;

static gboolean
list_shops (OsyDbTx *tx, gpointer data, GError **error)
{
  Start *start = data;

  g_clear_pointer (&start->shops, osy_db_rows_free);
  start->shops = osy_threat_store_shops (tx, error);
  return start->shops != NULL;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Start *start = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error))
    g_warning ("cannot take up the slips of the last run: %s", error->message);
  for (guint i = 0; start->shops != NULL && i < osy_db_rows_count (start->shops); i++)
    recover_shop (start->spooler, osy_db_rows_text (start->shops, i, "id"));
  g_clear_pointer (&start->shops, osy_db_rows_free);
  osy_print_spooler_free (start->spooler);
  g_free (start);
}

void
osy_print_spooler_start (OsyPrintSpooler *self)
{
  Start *start = g_new0 (Start, 1);

  start->spooler = hold (self);
  run_work (self, NULL, list_shops, start, listed_cb, start);
}

void
osy_print_spooler_stop (OsyPrintSpooler *self)
{
  GHashTableIter iter;
  gpointer value;

  g_cancellable_cancel (self->ended);
  osy_bus_unsubscribe (self->bus, self->subscription);
  g_hash_table_iter_init (&iter, self->lines);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_clear_handle_id (&((Line *)value)->timer, g_source_remove);
}

/* ---- the drawer ---- */

static void
kicked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  OsyPrintOutcome outcome;

  osy_print_device_print_finish (result, &outcome);
  if (outcome.done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                             "The printer does not answer: open the drawer with its key.");
}

static void
reached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const char *problem = NULL;
  OsyPrintDevice *device = osy_print_device_open_finish (result, &problem);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\x1b\x40\x1b\x70\x00\x19\xfa", 7);

  if (device == NULL) {
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                             "The printer cannot be reached: open the drawer with its key.");
    return;
  }
  g_task_set_task_data (task, device, (GDestroyNotify)osy_print_device_free);
  osy_print_device_print_async (device, bytes, g_task_get_cancellable (task), kicked_cb,
                                g_object_ref (task));
}

void
osy_print_spooler_kick_async (OsyPrintSpooler *self,
                              const OsyPrinter *printer,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->ended, callback, user_data);
  const OsyPrintPlace place = {printer->transport, printer->address, FALSE, &osy_print_patience};

  if (g_str_equal (printer->transport, "NONE"))
    g_task_return_boolean (task, TRUE);
  else if (g_str_equal (printer->transport, OSY_PRINTER_SYSTEM))
    g_task_return_new_error (task, OSY_ERROR, OSY_ERROR_UNAVAILABLE,
                             "A printer of a computer opens no drawer.");
  else
    osy_print_device_open_async (&place, self->ended, reached_cb, g_object_ref (task));
}

gboolean
osy_print_spooler_kick_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
