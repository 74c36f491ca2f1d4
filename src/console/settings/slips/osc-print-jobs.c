/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The queue of slips, on the printers' page and behind the chip of the strip. */

#include "osc-print-jobs.h"

#include <glib/gi18n.h>

#include "osc-people-row.h"
#include "osc-printer-sheet.h"
#include "osc-printer-words.h"
#include "osc-scale.h"
#include "osc-widget.h"
#include "osc-words.h"

/* In a popover nothing else gives it a width. */
#define WIDTH 680

struct _OscPrintJobs {
  GtkWidget parent_instance;
  GtkListBox *list;
  OscPrinterStore *store; /* nullable */
};

G_DEFINE_FINAL_TYPE (OscPrintJobs, osc_print_jobs, GTK_TYPE_WIDGET)

static void
on_retry (OscPrintJobs *self, GtkWidget *button)
{
  osc_printer_store_retry (self->store, osc_people_row_id (button), NULL);
}

static void
on_dismiss (OscPrintJobs *self, GtkWidget *button)
{
  osc_printer_store_dismiss (self->store, osc_people_row_id (button));
}

static void
on_elsewhere (OscPrintJobs *self, GtkWidget *button)
{
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  osc_printer_sheet_elsewhere (GTK_WIDGET (self), self->store, osc_people_row_id (button));
}

static void
show_job (OscPrintJobs *self, const OsyPrintJob *job)
{
  const OsyPrinter *printer = osc_printer_store_find (self->store, job->printer_id);
  GPtrArray *printers = osc_printer_store_printers (self->store);
  g_autofree char *clock = osc_words_clock (job->created_at);
  g_autofree char *line = g_strdup_printf ("%s · %s", printer != NULL ? printer->name : "?", clock);
  GtkWidget *row = osc_people_row_add (self->list, osc_printer_words_purpose (job->purpose), line);

  if (g_str_equal (job->state, OSY_PRINT_FAILED))
    osc_people_row_tag (row, _ ("Not printed"), "amber");
  osc_people_row_button (row, _ ("Print again"), G_CALLBACK (on_retry), self, job->id);
  if (printers != NULL && printers->len > 1)
    osc_people_row_button (row, _ ("Elsewhere…"), G_CALLBACK (on_elsewhere), self, job->id);
  osc_people_row_button (row, _ ("Set aside"), G_CALLBACK (on_dismiss), self, job->id);
}

static void
show (OscPrintJobs *self)
{
  g_autoptr (GPtrArray) jobs = osc_printer_store_jobs (self->store);

  osc_people_row_clear (self->list);
  gtk_widget_set_visible (GTK_WIDGET (self), jobs->len > 0);
  for (guint i = 0; i < jobs->len; i++)
    show_job (self, jobs->pdata[i]);
}

static void
osc_print_jobs_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&OSC_PRINT_JOBS (object)->store);
  G_OBJECT_CLASS (osc_print_jobs_parent_class)->dispose (object);
}

static void
osc_print_jobs_class_init (OscPrintJobsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_print_jobs_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "printjobs");
}

static void
osc_print_jobs_init (OscPrintJobs *self)
{
  GtkWidget *title = gtk_label_new (_ ("Slips that wait"));

  osc_widget_make_vertical (GTK_WIDGET (self));
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "field-name");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "people-list");
  osc_widget_set_name (GTK_WIDGET (self->list), _ ("Slips that wait"));
  gtk_widget_set_parent (title, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_size_request (GTK_WIDGET (self), osc_scale_px (WIDTH), -1);
}

void
osc_print_jobs_follow (OscPrintJobs *self, OscPrinterStore *store)
{
  g_return_if_fail (OSC_IS_PRINT_JOBS (self) && OSC_IS_PRINTER_STORE (store));
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_set_object (&self->store, store);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}
