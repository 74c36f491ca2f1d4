/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The command sheet: on the screen, and on a page that is hung beside the counter. */

#include "osc-command-sheet.h"

#include <glib/gi18n.h>

#include "osc-command.h"
#include "osc-qr.h"
#include "osc-sheet.h"

#define COLUMNS 4
#define QR_SIZE 96

/* ---- paper ---- */

static void
draw_words (cairo_t *cr, GtkPrintContext *context, const OscCommand *command, double width)
{
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autofree char *words =
      g_markup_printf_escaped ("<b>%s</b>\n<small>%s</small>", _ (command->text), command->keys);

  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_markup (layout, words, -1);
  pango_cairo_show_layout (cr, layout);
}

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  const OscCommand *commands = osc_command_all ();
  double cell = gtk_print_context_get_width (context) / COLUMNS;
  double side = cell * .7;

  for (int i = 0; commands[i].code != NULL; i++) {
    cairo_t *cr = gtk_print_context_get_cairo_context (context);
    int row = i / COLUMNS;

    cairo_save (cr);
    cairo_translate (cr, i % COLUMNS * cell, row * cell * 1.2);
    cairo_save (cr);
    cairo_translate (cr, (cell - side) / 2, 0);
    osc_qr_draw (cr, commands[i].code, side);
    cairo_restore (cr);
    cairo_translate (cr, 0, side);
    draw_words (cr, context, &commands[i], cell);
    cairo_restore (cr);
  }
}

GtkPrintOperation *
osc_command_sheet_operation (void)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();

  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _ ("Command sheet"));
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), NULL);
  return operation;
}

/* ---- screen ---- */

static void
on_print (OscSheet *sheet)
{
  g_autoptr (GtkPrintOperation) operation = osc_command_sheet_operation ();
  g_autoptr (GError) error = NULL;

  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_WINDOW (sheet), &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    osc_sheet_fail (sheet, _ ("This computer could not print. Check its printer, then try again"));
}

static GtkWidget *
new_tile (const OscCommand *command)
{
  GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *text = gtk_label_new (_ (command->text));
  GtkWidget *keys = gtk_label_new (command->keys);

  gtk_box_append (GTK_BOX (tile), osc_qr_new_sized (command->code, _ (command->text), QR_SIZE));
  gtk_widget_add_css_class (text, "command");
  gtk_widget_add_css_class (keys, "key");
  gtk_widget_set_halign (keys, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (tile), text);
  gtk_box_append (GTK_BOX (tile), keys);
  return tile;
}

void
osc_command_sheet_present (GtkWidget *from)
{
  OscSheet *sheet = osc_sheet_new (from);
  GtkWidget *grid = gtk_grid_new ();
  const OscCommand *commands = osc_command_all ();

  osc_sheet_ask (
      sheet, _ ("Command sheet"),
      _ ("Scan a code instead of pressing its key. It works on what is open or selected"),
      _ ("Print"));
  gtk_widget_add_css_class (grid, "command-sheet");
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (int i = 0; commands[i].code != NULL; i++)
    gtk_grid_attach (GTK_GRID (grid), new_tile (&commands[i]), i % COLUMNS, i / COLUMNS, 1, 1);
  osc_sheet_add (sheet, grid);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_print), NULL);
}
