/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Printers and drawer. Nothing that did not print hides: the slips stand here until they are on
 * paper or somebody sets them aside. */

#include "osc-printers-page.h"

#include <glib/gi18n.h>

#include "osc-print-jobs.h"
#include "osc-printer-list.h"
#include "osc-toasts.h"
#include "osc-widget.h"

struct _OscPrintersPage {
  GtkWidget parent_instance;
  OscPrintJobs *waiting;
  OscPrinterList *printers;
};

G_DEFINE_FINAL_TYPE (OscPrintersPage, osc_printers_page, GTK_TYPE_WIDGET)

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
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PRINTERS_PAGE);
  G_OBJECT_CLASS (osc_printers_page_parent_class)->dispose (object);
}

static void
osc_printers_page_class_init (OscPrintersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_printers_page_dispose;
  g_type_ensure (OSC_TYPE_PRINT_JOBS);
  g_type_ensure (OSC_TYPE_PRINTER_LIST);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-printers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPrintersPage, printers);
  gtk_widget_class_bind_template_child (widget_class, OscPrintersPage, waiting);
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

  g_signal_connect_object (context->printers, "failed", G_CALLBACK (on_failed), self,
                           G_CONNECT_SWAPPED);
  osc_print_jobs_follow (self->waiting, context->printers);
  osc_printer_list_follow (self->printers, context);
  return GTK_WIDGET (self);
}
