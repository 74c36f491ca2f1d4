/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Slips on printers that are not ours to speak to: CUPS has them, GTK knows how. */

#include "osc-desk-printer.h"

#include <gtk/gtkunixprint.h>

#include "osy-json.h"
#include "osy-slip-paper.h"

#define POINTS_PER_MM (72.0 / 25.4)
/* Ask again whether something waits: events may have been missed while nothing was heard. */
#define LOOK_AGAIN_S 20

struct _OscDeskPrinter {
  GObject parent_instance;
  OscPrinterStore *store;
  GHashTable *queues; /* names of this computer's */
  GHashTable *busy;   /* ids of printers with a slip on its way */
  guint timer;
};

G_DEFINE_FINAL_TYPE (OscDeskPrinter, osc_desk_printer, G_TYPE_OBJECT)

/* ---- the page ---- */

static double
width_of (int columns)
{
  return (columns == 32 ? 58 : 80) * POINTS_PER_MM;
}

static void
surface_unref (gpointer surface)
{
  cairo_surface_destroy (surface);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  cairo_surface_t *paper = g_object_get_data (G_OBJECT (operation), "osc-paper");
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double scale = gtk_print_context_get_width (context) / cairo_image_surface_get_width (paper);

  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, paper, 0, 0);
  cairo_paint (cr);
}

static GtkPageSetup *
new_page (int columns, double height)
{
  GtkPageSetup *page = gtk_page_setup_new ();
  GtkPaperSize *size =
      gtk_paper_size_new_custom ("slip", "slip", width_of (columns), height, GTK_UNIT_POINTS);

  gtk_page_setup_set_paper_size (page, size);
  gtk_page_setup_set_top_margin (page, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (page, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (page, 0, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (page, 0, GTK_UNIT_POINTS);
  gtk_paper_size_free (size);
  return page;
}

GtkPrintOperation *
osc_desk_printer_operation (const OsySlip *slip, int columns)
{
  g_return_val_if_fail (slip != NULL, NULL);
  GtkPrintOperation *operation = gtk_print_operation_new ();
  int dots = columns == 32 ? OSY_PAPER_DOTS_58 : OSY_PAPER_DOTS_80;
  cairo_surface_t *paper = osy_slip_paper_draw (slip, dots);
  double height = cairo_image_surface_get_height (paper) * width_of (columns) / dots;
  g_autoptr (GtkPageSetup) page = new_page (columns, height);

  g_object_set_data_full (G_OBJECT (operation), "osc-paper", paper, surface_unref);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_default_page_setup (operation, page);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), NULL);
  return operation;
}

/* ---- one slip ---- */

/** A slip in our hands. */
typedef struct {
  OscDeskPrinter *self;
  char *printer_id;
  char *job_id;
  gboolean begun;
} Going;

static void look (OscDeskPrinter *self);

static void
going_free (Going *going)
{
  g_object_unref (going->self);
  g_free (going->printer_id);
  g_free (going->job_id);
  g_free (going);
}

static void
told_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Going *going = user_data;
  OscDeskPrinter *self = going->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, &error);

  if (answer == NULL)
    g_warning ("What became of a slip could not be told: %s", error->message);
  if (self->busy != NULL)
    g_hash_table_remove (self->busy, going->printer_id);
  look (self);
  going_free (going);
}

static void
tell (Going *going, gboolean printed)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  g_autofree char *path = g_strdup_printf ("print-jobs/%s/outcome", going->job_id);

  json_object_set_boolean_member (object, "printed", printed);
  json_object_set_boolean_member (object, "begun", going->begun);
  osc_printer_store_send_async (
      going->self->store,
      &(OsyClientRequest){.method = "POST", .path = path, .body = body, .persistent = TRUE},
      told_cb, going);
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, Going *going)
{
  if (result != GTK_PRINT_OPERATION_RESULT_APPLY)
    g_message ("A slip did not print on this computer's printer");
  tell (going, result == GTK_PRINT_OPERATION_RESULT_APPLY);
}

static void
print (Going *going, const OsySlip *slip, const OsyPrinter *printer)
{
  g_autoptr (GtkPrintOperation) operation = osc_desk_printer_operation (slip, printer->columns);
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();

  gtk_print_settings_set_printer (settings, printer->address);
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_job_name (operation, printer->name);
  going->begun = TRUE;
  g_signal_connect (operation, "done", G_CALLBACK (on_done), going);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT, NULL, NULL);
}

static const char *
job_id_of (JsonNode *answer)
{
  JsonNode *job = json_object_get_member (json_node_get_object (answer), "job");

  return job != NULL && JSON_NODE_HOLDS_OBJECT (job)
             ? json_object_get_string_member_with_default (json_node_get_object (job), "id", NULL)
             : NULL;
}

static void
claimed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Going *going = user_data;
  OscDeskPrinter *self = going->self;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, NULL);
  const OsyPrinter *printer = osc_printer_store_find (self->store, going->printer_id);
  gboolean known = answer != NULL && JSON_NODE_HOLDS_OBJECT (answer);
  JsonNode *node = known ? json_object_get_member (json_node_get_object (answer), "slip") : NULL;
  g_autoptr (OsySlip) slip =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? osy_slip_from_json (node, NULL) : NULL;

  going->job_id = known ? g_strdup (job_id_of (answer)) : NULL;
  if (going->job_id == NULL) {
    g_hash_table_remove (self->busy, going->printer_id);
    going_free (going);
  } else if (slip == NULL || printer == NULL) {
    tell (going, FALSE);
  } else {
    print (going, slip, printer);
  }
}

static void
claim (OscDeskPrinter *self, const OsyPrinter *printer)
{
  g_autofree char *path = g_strdup_printf ("printers/%s/claim", printer->id);
  Going *going = g_new0 (Going, 1);

  going->self = g_object_ref (self);
  going->printer_id = g_strdup (printer->id);
  g_hash_table_add (self->busy, g_strdup (printer->id));
  osc_printer_store_send_async (self->store, &(OsyClientRequest){.method = "POST", .path = path},
                                claimed_cb, going);
}

/* ---- whose slips ---- */

static gboolean
waits (OscDeskPrinter *self, const OsyPrinter *printer)
{
  g_autoptr (GPtrArray) jobs = osc_printer_store_jobs (self->store);

  for (guint i = 0; i < jobs->len; i++)
    if (g_str_equal (((OsyPrintJob *)g_ptr_array_index (jobs, i))->printer_id, printer->id))
      return TRUE;
  return FALSE;
}

static void
look (OscDeskPrinter *self)
{
  GPtrArray *printers = osc_printer_store_printers (self->store);

  for (guint i = 0; printers != NULL && i < printers->len; i++) {
    const OsyPrinter *printer = g_ptr_array_index (printers, i);

    if (g_str_equal (printer->transport, OSY_PRINTER_SYSTEM) &&
        g_hash_table_contains (self->queues, printer->address) &&
        !g_hash_table_contains (self->busy, printer->id) && waits (self, printer))
      claim (self, printer);
  }
}

static gboolean
look_cb (gpointer self)
{
  look (self);
  return G_SOURCE_CONTINUE;
}

static void
on_queue (GObject *self, const char *queue)
{
  if (g_hash_table_add (OSC_DESK_PRINTER (self)->queues, g_strdup (queue)))
    look (OSC_DESK_PRINTER (self));
}

typedef struct {
  GWeakRef owner;
  OscDeskQueueFunc found;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_weak_ref_clear (&search->owner);
  g_free (search);
}

static gboolean
on_printer (GtkPrinter *printer, gpointer data)
{
  Search *search = data;
  g_autoptr (GObject) owner = g_weak_ref_get (&search->owner);

  if (owner != NULL && !gtk_printer_is_virtual (printer))
    search->found (owner, gtk_printer_get_name (printer));
  return owner == NULL;
}

void
osc_desk_printer_each_queue (GObject *owner, OscDeskQueueFunc found)
{
  g_return_if_fail (G_IS_OBJECT (owner) && found != NULL);
  Search *search = g_new0 (Search, 1);

  g_weak_ref_init (&search->owner, owner);
  search->found = found;
  gtk_enumerate_printers (on_printer, search, search_free, FALSE);
}

/* ---- life ---- */

static void
osc_desk_printer_dispose (GObject *object)
{
  OscDeskPrinter *self = OSC_DESK_PRINTER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  G_OBJECT_CLASS (osc_desk_printer_parent_class)->dispose (object);
}

static void
osc_desk_printer_finalize (GObject *object)
{
  OscDeskPrinter *self = OSC_DESK_PRINTER (object);

  g_hash_table_unref (self->queues);
  g_hash_table_unref (self->busy);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_desk_printer_parent_class)->finalize (object);
}

static void
osc_desk_printer_class_init (OscDeskPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_desk_printer_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_desk_printer_finalize;
}

static void
osc_desk_printer_init (OscDeskPrinter *self)
{
  self->queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->busy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

OscDeskPrinter *
osc_desk_printer_new (OscPrinterStore *store)
{
  g_return_val_if_fail (OSC_IS_PRINTER_STORE (store), NULL);
  OscDeskPrinter *self = g_object_new (OSC_TYPE_DESK_PRINTER, NULL);

  self->store = g_object_ref (store);
  self->timer = g_timeout_add_seconds (LOOK_AGAIN_S, look_cb, self);
  g_signal_connect_object (store, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  osc_desk_printer_each_queue (G_OBJECT (self), on_queue);
  return self;
}
