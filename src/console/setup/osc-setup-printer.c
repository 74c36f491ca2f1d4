/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The fifth step: a printer and a slip of it that can be read; who has none goes on with screens.
 */

#include "osc-setup-printer.h"

#include <glib/gi18n.h>

#include "osc-printer-list.h"
#include "osc-widget.h"

struct _OscSetupPrinter {
  OscSetupStep parent_instance;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (OscSetupPrinter, osc_setup_printer, OSC_TYPE_SETUP_STEP)

static OscSetupStep *
step_of (OscSetupPrinter *self)
{
  return OSC_SETUP_STEP (self);
}

/* (nullable): the one added last: it is what somebody is busy with. */
static const OsyPrinter *
printer_of (OscSetupPrinter *self)
{
  GPtrArray *printers =
      osc_printer_store_printers (osc_setup_step_context (step_of (self))->printers);

  return printers != NULL && printers->len > 0 ? printers->pdata[printers->len - 1] : NULL;
}

static void
say (OscSetupPrinter *self)
{
  osc_setup_step_say (step_of (self),
                      &(OscSetupWords){.title = _ ("Is there a printer?"),
                                       .lead = _ ("Slips for the kitchen and receipts print by "
                                                  "themselves as orders come"),
                                       .primary = printer_of (self) != NULL
                                                      ? _ ("Print a test slip")
                                                      : _ ("Go on with screens alone")});
}

static void
on_readable (OscSetupPrinter *self)
{
  osc_setup_step_finish (step_of (self), NULL);
}

static void
osc_setup_printer_enter (OscSetupStep *step)
{
  say (OSC_SETUP_PRINTER (step));
  osc_setup_step_drop_focus (step);
}

static void
osc_setup_printer_act (OscSetupStep *step)
{
  OscSetupPrinter *self = OSC_SETUP_PRINTER (step);
  const OsyPrinter *printer = printer_of (self);

  if (printer != NULL)
    osc_printer_list_test (OSC_PRINTER_LIST (self->list), printer->id);
  else
    osc_setup_step_finish (step, NULL);
}

static void
osc_setup_printer_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_setup_printer_parent_class)->dispose (object);
}

static void
osc_setup_printer_class_init (OscSetupPrinterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_setup_printer_dispose;
  OSC_SETUP_STEP_CLASS (klass)->enter = osc_setup_printer_enter;
  OSC_SETUP_STEP_CLASS (klass)->act = osc_setup_printer_act;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "settingspage");
}

static void
osc_setup_printer_init (OscSetupPrinter *self)
{
}

GtkWidget *
osc_setup_printer_new (const OscContext *context, OscSetupDraft *draft)
{
  OscSetupPrinter *self = g_object_new (OSC_TYPE_SETUP_PRINTER, NULL);

  osc_setup_step_begin (step_of (self), context, draft);
  self->list = g_object_new (OSC_TYPE_PRINTER_LIST, "valign", GTK_ALIGN_START, NULL);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  osc_printer_list_follow (OSC_PRINTER_LIST (self->list), context);
  osc_printer_list_stand_back (OSC_PRINTER_LIST (self->list));
  g_signal_connect_object (self->list, "readable", G_CALLBACK (on_readable), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context->printers, "changed", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  say (self);
  return GTK_WIDGET (self);
}
