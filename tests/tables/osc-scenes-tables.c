/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the tables view. */

#include "osc-booking-sheet.h"
#include "osc-floor-editor.h"
#include "osc-scenes.h"
#include "osc-tables.h"

static OscTables *
open_tables (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_shell_go (shell, "tables", NULL);
  return OSC_TABLES (osc_shell_view (shell));
}

static OscTables *
open_typical (OscWindow *window, OscContext *context)
{
  osc_fixture_tables (context->tables);
  return open_tables (window, context);
}

static void
pick (OscTables *view, int number)
{
  g_autofree char *id = osc_fixture_table_id (number);

  osc_view_open (OSC_VIEW (view), id);
}

static void
show_typical (OscWindow *window, OscContext *context)
{
  pick (open_typical (window, context), 5);
  osc_fixture_check (context->tables, 5);
}

static void
show_free (OscWindow *window, OscContext *context)
{
  pick (open_typical (window, context), 10);
}

static void
show_overview (OscWindow *window, OscContext *context)
{
  open_typical (window, context);
  osc_fixture_merge (context->tables, 9, 8);
}

static void
show_target (OscWindow *window, OscContext *context)
{
  OscTables *view = open_typical (window, context);

  pick (view, 5);
  osc_view_key (OSC_VIEW (view), OSC_KEY_MOVE);
}

static void
show_question (OscWindow *window, OscContext *context)
{
  OscTables *view = open_typical (window, context);
  g_autofree char *from = osc_fixture_table_id (5);
  g_autofree char *on = osc_fixture_table_id (8);

  gtk_window_present (GTK_WINDOW (window));
  g_signal_emit_by_name (osc_tables_plan (view), "dropped", from, on);
}

static void
show_transfer (OscWindow *window, OscContext *context)
{
  OscTables *view = open_typical (window, context);

  gtk_window_present (GTK_WINDOW (window));
  pick (view, 5);
  osc_fixture_check (context->tables, 5);
  gtk_widget_activate_action (GTK_WIDGET (view), "tables.transfer", NULL);
}

static void
show_empty (OscWindow *window, OscContext *context)
{
  osc_floor_store_put (osc_table_store_floors (context->tables), osy_floor_plan_new ());
  open_tables (window, context);
}

static void
show_peak (OscWindow *window, OscContext *context)
{
  osc_fixture_full_tables (context->tables, 20);
  open_tables (window, context);
}

static void
show_lists (OscWindow *window, OscContext *context, const char *list)
{
  OscTables *view = open_typical (window, context);

  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (gtk_widget_get_template_child (GTK_WIDGET (view), OSC_TYPE_TABLES, list)),
      TRUE);
}

static void
show_bookings (OscWindow *window, OscContext *context)
{
  show_lists (window, context, "bookings");
}

static void
show_waiting (OscWindow *window, OscContext *context)
{
  show_lists (window, context, "waiting");
}

static void
show_booking_sheet (OscWindow *window, OscContext *context)
{
  OscTables *view = open_typical (window, context);

  gtk_window_present (GTK_WINDOW (window));
  pick (view, 4);
  osc_view_key (OSC_VIEW (view), OSC_KEY_BOOK);
}

static void
show_editor (OscWindow *window, OscContext *context)
{
  OscTables *view = open_typical (window, context);
  g_autofree char *id = osc_fixture_table_id (12);

  gtk_widget_activate_action (GTK_WIDGET (view), "tables.edit", NULL);
  osc_floor_canvas_select (osc_tables_canvas (view), id);
}

const OscScene osc_scenes_tables[] = {
    {"tables", show_typical},
    {"tables-overview", show_overview},
    {"tables-free", show_free},
    {"tables-target", show_target},
    {"tables-question", show_question},
    {"tables-empty", show_empty},
    {"tables-peak", show_peak},
    {"tables-bookings", show_bookings},
    {"tables-waiting", show_waiting},
    {"tables-booking-sheet", show_booking_sheet},
    {"tables-editor", show_editor},
    {"tables-transfer", show_transfer},
    {NULL, NULL},
};
