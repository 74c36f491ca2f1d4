/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The printers, how they are, and a test of each. */

#include "osc-printer-list.h"

#include <glib/gi18n.h>

#include "osc-people-row.h"
#include "osc-pin-ask.h"
#include "osc-printer-sheet.h"
#include "osc-printer-words.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-json.h"

struct _OscPrinterList {
  GtkWidget parent_instance;
  GtkListBox *printers;
  GtkWidget *add;
  OscPrinterStore *store;
  OscPeople *people;
};

enum { READABLE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscPrinterList, osc_printer_list, GTK_TYPE_WIDGET)

static gboolean
may_manage (OscPrinterList *self)
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
on_readable (OscPrinterList *self, OscSheet *sheet)
{
  gtk_window_close (GTK_WINDOW (sheet));
  g_signal_emit (self, signals[READABLE], 0);
}

static void
ask_readable (OscPrinterList *self)
{
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  GtkWidget *no = gtk_button_new_with_label (_ ("No, not all"));

  osc_sheet_ask (sheet, _ ("Can you read all of it?"),
                 _ ("The slip shows letters of all sizes, 똠 and 햏 among them"),
                 _ ("Yes, all of it"));
  gtk_widget_add_css_class (no, "outlined");
  osc_sheet_add (sheet, no);
  g_signal_connect_object (no, "clicked", G_CALLBACK (on_not_readable), sheet, G_CONNECT_SWAPPED);
  g_signal_connect_object (sheet, "primary", G_CALLBACK (on_readable), self, G_CONNECT_SWAPPED);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscPrinterList) self = user_data;
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
on_test (OscPrinterList *self, GtkWidget *button)
{
  osc_printer_list_test (self, osc_people_row_id (button));
}

/* ---- change, add ---- */

static void
on_change (OscPrinterList *self, GtkWidget *button)
{
  osc_printer_sheet_show (GTK_WIDGET (self), self->store,
                          osc_printer_store_find (self->store, osc_people_row_id (button)));
}

static void
on_add (OscPrinterList *self)
{
  osc_printer_sheet_show (GTK_WIDGET (self), self->store, NULL);
}

static void
on_drawer (OscPrinterList *self)
{
  osc_printer_sheet_open_drawer (GTK_WIDGET (self), self->store, self->people);
}

/* ---- the lists ---- */

static char *
about (OscPrinterList *self, const OsyPrinter *printer)
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
show_printer (OscPrinterList *self, const OsyPrinter *printer)
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
show_printers (OscPrinterList *self)
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
show (OscPrinterList *self)
{
  show_printers (self);
  gtk_widget_set_visible (self->add, may_manage (self));
}

/* ---- life ---- */

static void
osc_printer_list_dispose (GObject *object)
{
  OscPrinterList *self = OSC_PRINTER_LIST (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PRINTER_LIST);
  g_clear_object (&self->store);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (osc_printer_list_parent_class)->dispose (object);
}

static void
osc_printer_list_class_init (OscPrinterListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_printer_list_dispose;
  signals[READABLE] = g_signal_new ("readable", OSC_TYPE_PRINTER_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-printer-list.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPrinterList, printers);
  gtk_widget_class_bind_template_child (widget_class, OscPrinterList, add);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
osc_printer_list_init (OscPrinterList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

void
osc_printer_list_follow (OscPrinterList *self, const OscContext *context)
{
  g_return_if_fail (OSC_IS_PRINTER_LIST (self) && self->store == NULL);
  self->store = g_object_ref (context->printers);
  self->people = g_object_ref (context->people);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

void
osc_printer_list_stand_back (OscPrinterList *self)
{
  g_return_if_fail (OSC_IS_PRINTER_LIST (self));
  gtk_widget_remove_css_class (self->add, "suggested-action");
  gtk_widget_add_css_class (self->add, "outlined");
}

void
osc_printer_list_test (OscPrinterList *self, const char *printer_id)
{
  g_return_if_fail (OSC_IS_PRINTER_LIST (self) && printer_id != NULL);
  g_autofree char *path = g_strdup_printf ("printers/%s/test", printer_id);

  osc_printer_store_send_async (self->store, &(OsyClientRequest){.method = "POST", .path = path},
                                tested_cb, g_object_ref (self));
}
