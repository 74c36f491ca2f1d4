/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Printers and drawer. Nothing that did not print hides: the slips stand here until they are on
 * paper or somebody sets them aside. */

#include "osc-printers-page.h"

#include <glib/gi18n.h>

#include "osc-people-row.h"
#include "osc-pin-ask.h"
#include "osc-print-jobs.h"
#include "osc-printer-sheet.h"
#include "osc-printer-words.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-json.h"

struct _OscPrintersPage {
  GtkWidget parent_instance;
  GtkListBox *printers;
  OscPrintJobs *waiting;
  GtkWidget *add;
  OscPrinterStore *store;
  OscPeople *people;
};

G_DEFINE_FINAL_TYPE (OscPrintersPage, osc_printers_page, GTK_TYPE_WIDGET)

static gboolean
may_manage (OscPrintersPage *self)
{
  return osc_people_may (self->people, "printer:manage");
}

/* ---- a test slip ---- */

static void
on_not_readable (OscSheet *sheet)
{
  osc_sheet_ask (sheet, _ ("Let it print pictures"),
                 _ ("Choose \"Pictures\" as letters and the width of your paper, then test again. "
                    "Pictures print on every printer"),
                 NULL);
}

static void
ask_readable (OscPrintersPage *self)
{
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  GtkWidget *no = gtk_button_new_with_label (_ ("No, not all"));

  osc_sheet_ask (sheet, _ ("Can you read all of it?"),
                 _ ("The slip shows letters of all sizes, 똠 and 햏 among them"),
                 _ ("Yes, all of it"));
  gtk_widget_add_css_class (no, "outlined");
  osc_sheet_add (sheet, no);
  g_signal_connect_object (no, "clicked", G_CALLBACK (on_not_readable), sheet, G_CONNECT_SWAPPED);
  g_signal_connect (sheet, "primary", G_CALLBACK (gtk_window_close), NULL);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscPrintersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (answer != NULL)
    ask_readable (self);
  else
    osc_toasts_say (GTK_WIDGET (self), _ ("The test could not be sent"));
}

static void
on_test (OscPrintersPage *self, GtkWidget *button)
{
  g_autofree char *path = g_strdup_printf ("printers/%s/test", osc_people_row_id (button));

  osc_printer_store_send_async (self->store, &(OsyClientRequest){.method = "POST", .path = path},
                                tested_cb, g_object_ref (self));
}

/* ---- change, add ---- */

static void
on_change (OscPrintersPage *self, GtkWidget *button)
{
  osc_printer_sheet_show (GTK_WIDGET (self), self->store,
                          osc_printer_store_find (self->store, osc_people_row_id (button)));
}

static void
on_add (OscPrintersPage *self)
{
  osc_printer_sheet_show (GTK_WIDGET (self), self->store, NULL);
}

static void
on_drawer (OscPrintersPage *self)
{
  osc_printer_sheet_open_drawer (GTK_WIDGET (self), self->store, self->people);
}

/* ---- the lists ---- */

static char *
about (OscPrintersPage *self, const OsyPrinter *printer)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (char **purpose = printer->purposes; *purpose != NULL; purpose++)
    g_ptr_array_add (parts, g_strdup (osc_printer_words_purpose (*purpose)));
  g_ptr_array_add (parts, g_strdup_printf (_ ("%d mm"), printer->columns == 32 ? 58 : 80));
  if (*printer->address != '\0')
    g_ptr_array_add (parts, g_strdup (printer->address));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **)parts->pdata);
}

static void
show_state (GtkWidget *row, const OsyPrinter *printer)
{
  if (printer->problem != NULL)
    osc_people_row_tag (row, osc_printer_words_problem (printer->problem), "amber");
  else
    osc_people_row_tag (row, _ ("Ready"), "green");
}

static void
show_printer (OscPrintersPage *self, const OsyPrinter *printer)
{
  g_autofree char *line = about (self, printer);
  GtkWidget *row = osc_people_row_add (self->printers, printer->name, line);

  show_state (row, printer);
  if (printer->drawer)
    osc_people_row_button (row, _ ("Open drawer"), G_CALLBACK (on_drawer), self, printer->id);
  if (!may_manage (self))
    return;
  osc_people_row_button (row, _ ("Test"), G_CALLBACK (on_test), self, printer->id);
  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_change), self, printer->id);
}

static void
show_printers (OscPrintersPage *self)
{
  GPtrArray *printers = osc_printer_store_printers (self->store);

  osc_people_row_clear (self->printers);
  if (printers != NULL && printers->len == 0)
    osc_people_row_add (self->printers, _ ("No printer yet"),
                        _ ("Without one everything shows on screens alone"));
  for (guint i = 0; printers != NULL && i < printers->len; i++)
    show_printer (self, printers->pdata[i]);
}

static void
show (OscPrintersPage *self)
{
  show_printers (self);
  gtk_widget_set_visible (self->add, may_manage (self));
}

static void
on_failed (OscPrintersPage *self, const char *sentence)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    osc_toasts_say (GTK_WIDGET (self), _ ("That could not be done"));
}

/* ---- life ---- */

static void
osc_printers_page_dispose (GObject *object)
{
  OscPrintersPage *self = OSC_PRINTERS_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PRINTERS_PAGE);
  g_clear_object (&self->store);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (osc_printers_page_parent_class)->dispose (object);
}

static void
osc_printers_page_class_init (OscPrintersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_printers_page_dispose;
  g_type_ensure (OSC_TYPE_PRINT_JOBS);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-printers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPrintersPage, printers);
  gtk_widget_class_bind_template_child (widget_class, OscPrintersPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, OscPrintersPage, add);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_printers_page_init (OscPrintersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_printers_page_new (const OscContext *context)
{
  OscPrintersPage *self = g_object_new (OSC_TYPE_PRINTERS_PAGE, NULL);

  self->store = g_object_ref (context->printers);
  self->people = g_object_ref (context->people);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  osc_print_jobs_follow (self->waiting, self->store);
  show (self);
  return GTK_WIDGET (self);
}
