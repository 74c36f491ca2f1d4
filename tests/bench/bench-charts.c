/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench wants to know of the sales view:
 * first N   N times: from the board to a new sales view of a day, until the frame that shows it
 * pan N     N times: a line of 100,000 points moves on: laid out, drawn into nodes and rendered
 * Milliseconds, in a line of numbers. */

#include <locale.h>
#include <stdlib.h>

#include "find.h"
#include "osc-chart.h"
#include "osc-sales-page.h"
#include "osc-scenes.h"

#define POINTS 100000
#define STEP 250

static GtkApplication *application;

static void
on_painted (GdkFrameClock *clock, guint *frames)
{
  (*frames)++;
}

static void
show_scene (OscWindow *window, OscContext *context, const char *name)
{
  for (const OscScene *scene = osc_scenes_analytics; scene->name != NULL; scene++)
    if (g_str_equal (scene->name, name))
      scene->show (window, context);
}

static void
measure_first (int count)
{
  OscContext context;
  guint frames = 0;

  osc_fixture_context (&context);
  OscWindow *window = osc_window_new (application, 100);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  show_scene (window, &context, "sales-day");
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                    G_CALLBACK (on_painted), &frames);
  osc_fixture_spin (500);
  for (int i = 0; i < count; i++) {
    OscShell *shell = osc_scenes_open_shell (window, &context);
    osc_fixture_spin (300 + (guint)g_random_int_range (0, 17));
    gint64 begin = g_get_monotonic_time ();
    guint before = frames;
    osc_shell_go (shell, "sales", NULL);
    while (frames == before)
      g_main_context_iteration (NULL, TRUE);
    g_assert_true (gtk_widget_get_mapped (
        find (GTK_WIDGET (osc_shell_view (shell)), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_CHART))));
    g_print ("%.2f ", (double)(g_get_monotonic_time () - begin) / 1000);
  }
  g_print ("\n");
}

/* A tide with unevenness, seen from @from on. */
static OscSeries *
make_series (guint from)
{
  OscSeries *series = osc_series_new (OSC_UNIT_WON);
  guint noise = from;

  for (guint i = from; i < from + POINTS; i++) {
    OscMark *mark = osc_series_add (series, i % 1000 == 0 ? g_strdup_printf ("%u", i) : NULL);
    noise = noise * 1103515245 + 12345;
    mark->value = 100000 + (i / 400 % 50) * 2000 + noise / 65536 % 20000;
    mark->tick = i % 20000 == 0;
  }
  return series;
}

static void
measure_pan (int count)
{
  GtkWidget *window = gtk_window_new ();
  OscChart *chart = g_object_new (OSC_TYPE_CHART, "kind", OSC_CHART_LINE, "title", "points", NULL);

  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (chart));
  osc_chart_show (chart, make_series (0));
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (500);
  GtkWidget *widget = GTK_WIDGET (chart);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  for (int i = 1; i <= count; i++) {
    OscSeries *next = make_series ((guint)i * STEP);
    gint64 begin = g_get_monotonic_time ();
    osc_chart_show (chart, next);
    GtkSnapshot *snapshot = gtk_snapshot_new ();
    GTK_WIDGET_GET_CLASS (widget)->snapshot (widget, snapshot);
    g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
    g_autoptr (GdkTexture) picture = gsk_renderer_render_texture (renderer, node, NULL);
    g_print ("%.2f ", (double)(g_get_monotonic_time () - begin) / 1000);
    osc_fixture_spin (5);
  }
  g_print ("\n");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  gtk_init ();
  application = osc_fixture_application ();
  if (argc == 3 && g_str_equal (argv[1], "first"))
    measure_first (atoi (argv[2]));
  else if (argc == 3 && g_str_equal (argv[1], "pan"))
    measure_pan (atoi (argv[2]));
  else
    return 2;
  return 0;
}
