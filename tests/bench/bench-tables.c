/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench wants to know of the tables view: with sixty open tables, N times, how long the
 * plan takes to be laid out, painted into nodes and rendered after every table says something else.
 * Milliseconds: a line with the renderer, a line up to the nodes. */

#include <locale.h>
#include <stdlib.h>

#include "osc-fixture.h"
#include "osc-tables.h"
#include "osy-clock.h"

#define OPEN_TABLES 60
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

static GtkApplication *application;

/* Lays @plan out as it is and paints it. Returns: (transfer full). */
static GskRenderNode *
paint (GtkWidget *plan)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (plan);
  int height = gtk_widget_get_height (plan);

  gtk_widget_measure (plan, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (plan, width, height, -1, NULL);
  GTK_WIDGET_GET_CLASS (plan)->snapshot (plan, snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
measure (int count)
{
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  GtkWidget *plan;
  g_autoptr (GString) painted_ms = g_string_new (NULL);

  osy_clock_set_fake (OSC_FIXTURE_NOW);
  osc_fixture_context (&context);
  osc_fixture_full_tables (context.tables, OPEN_TABLES);
  window = osc_window_new (application, 100);
  shell = osc_fixture_present (window, &context);
  osc_shell_go (shell, "tables", NULL);
  osc_fixture_spin (500);
  plan = GTK_WIDGET (osc_tables_plan (OSC_TABLES (osc_shell_view (shell))));
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (plan));
  for (int i = 1; i <= count; i++) {
    osy_clock_set_fake (OSC_FIXTURE_NOW + i * MINUTE);
    gint64 begin = g_get_monotonic_time ();
    g_signal_emit_by_name (context.tables, "changed");
    g_autoptr (GskRenderNode) node = paint (plan);
    gint64 painted = g_get_monotonic_time ();
    g_autoptr (GdkTexture) picture = gsk_renderer_render_texture (renderer, node, NULL);
    g_string_append_printf (painted_ms, "%.2f ", (double)(painted - begin) / 1000);
    g_print ("%.2f ", (double)(g_get_monotonic_time () - begin) / 1000);
    osc_fixture_spin (30);
  }
  g_print ("\n%s\n", painted_ms->str);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  gtk_init ();
  application = osc_fixture_application ();
  if (argc != 2)
    return 2;
  measure (atoi (argv[1]));
  return 0;
}
