/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The sales view by its keys: from range to range, from mark to mark, into the orders behind one
 * and back; and what it says when the daemon is away. */

#include <string.h>

#include "osc-chart.h"
#include "osc-sales-drawer.h"
#include "osc-scenes.h"
#include "osy-clock.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  GPtrArray *paths; /* what was asked */
} Desk;

static GtkApplication *application;

static void
on_requested (OscSalesStore *store, const char *path, GPtrArray *paths)
{
  g_ptr_array_add (paths, g_strdup (path));
}

static void
set_up (Desk *desk, gconstpointer name)
{
  osc_fixture_context (&desk->context);
  desk->window = osc_window_new (application, 0);
  desk->paths = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (desk->context.sales, "requested", G_CALLBACK (on_requested), desk->paths);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1366, 768);
  for (const OscScene *scene = osc_scenes_analytics; scene->name != NULL; scene++)
    if (g_str_equal (scene->name, name))
      scene->show (desk->window, &desk->context);
  gtk_window_present (GTK_WINDOW (desk->window));
  osc_fixture_spin (200);
  desk->shell = osc_window_shell (desk->window);
}

static void
tear_down (Desk *desk, gconstpointer name)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_ptr_array_unref (desk->paths);
  osc_fixture_context_clear (&desk->context);
}

static GtkWidget *
find_type (GtkWidget *widget, GType type, guint *nth)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*nth)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type, nth);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static OscChart *
chart (Desk *desk, guint nth)
{
  return OSC_CHART (find_type (GTK_WIDGET (desk->shell), OSC_TYPE_CHART, &nth));
}

static GtkWidget *
drawer (Desk *desk)
{
  guint nth = 0;

  return find_type (GTK_WIDGET (desk->shell), OSC_TYPE_SALES_DRAWER, &nth);
}

static const char *
asked (Desk *desk, guint back)
{
  return desk->paths->len > back ? g_ptr_array_index (desk->paths, desk->paths->len - 1 - back)
                                 : "";
}

static void
assert_asked (Desk *desk, guint back, const char *part)
{
  if (strstr (asked (desk, back), part) == NULL)
    g_error ("asked for %s, not for %s", asked (desk, back), part);
}

/* Two are asked for at a time: the range, then the days before. */
static void
test_ranges (Desk *desk, gconstpointer name)
{
  assert_asked (desk, 1, "from=2026-11-21&to=2026-11-21&against=2026-11-14&until=12:24");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  assert_asked (desk, 1, "from=2026-11-20&to=2026-11-20&against=2026-11-13");
  g_assert_null (strstr (asked (desk, 1), "until"));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_WEEK));
  assert_asked (desk, 1, "from=2026-11-16&to=2026-11-21&against=2026-11-09&until=12:24");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_MOVE));
  assert_asked (desk, 1, "from=2026-11-01&to=2026-11-21&against=2026-10-04");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  assert_asked (desk, 1, "from=2026-10-01&to=2026-10-31");
  assert_asked (desk, 0, "from=2026-10-01&to=2026-10-31");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_DAY));
  assert_asked (desk, 0, "from=2026-10-23&to=2026-11-21&against=2026-09-18");
  guint before = desk->paths->len;
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_RIGHT)); /* nothing after today */
  g_assert_cmpuint (desk->paths->len, ==, before);
}

static void
assert_says (OscChart *one, const char *part)
{
  const char *words = osc_series_mark (osc_chart_series (one), (guint)osc_chart_at (one))->words;

  g_assert_nonnull (strstr (words, part));
  g_assert_null (gtk_test_accessible_check_property (GTK_ACCESSIBLE (one),
                                                     GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words));
}

static void
test_marks (Desk *desk, gconstpointer name)
{
  OscChart *hours = chart (desk, 0);
  OscChart *days = chart (desk, 1);
  OscChart *items = chart (desk, 2);
  OscChart *heat = chart (desk, 4);

  gtk_widget_grab_focus (GTK_WIDGET (hours));
  g_assert_false (osc_shell_key (desk->shell, OSC_KEY_RIGHT)); /* the chart's own */
  if (osc_chart_at (hours) < 0) /* a window that is not active tells of no focus */
    g_assert_true (osc_chart_step (hours, 1, 0));
  g_assert_cmpint (osc_chart_at (hours), ==, 0);
  assert_says (hours, "20,000");
  g_assert_true (osc_chart_step (hours, 1, 0));
  assert_says (hours, "84,000");
  g_assert_false (osc_chart_step (hours, 0, 1));
  g_assert_true (osc_chart_step (hours, -1, 0));
  g_assert_false (osc_chart_step (hours, -1, 0));

  g_assert_true (osc_chart_step (days, -1, 0)); /* begins at the newest */
  assert_says (days, "1,285,000");
  g_assert_false (osc_chart_step (days, 1, 0));
  g_assert_true (osc_chart_step (days, -1, 0));
  assert_says (days, "1,075,000");

  g_assert_true (osc_chart_step (items, 0, 1));
  assert_says (items, "184,500");
  g_assert_true (osc_chart_step (items, 0, 1));
  assert_says (items, "153,000");
  g_assert_false (osc_chart_step (items, 1, 0));

  g_assert_true (osc_chart_step (heat, 1, 0));
  g_assert_true (osc_chart_step (heat, 0, 1));
  g_assert_cmpint (osc_chart_at (heat), ==, 12);
  g_assert_false (osc_chart_step (heat, -1, 0)); /* not into the row above */
  g_assert_true (osc_chart_step (heat, 0, -1));
  g_assert_false (osc_chart_step (heat, 0, -1));
}

static void
test_behind (Desk *desk, gconstpointer name)
{
  OscChart *hours = chart (desk, 0);
  OscChart *heat = chart (desk, 4);
  GtkWidget *focus;

  gtk_widget_grab_focus (GTK_WIDGET (hours));
  while (osc_chart_at (hours) < 1)
    g_assert_true (osc_chart_step (hours, 1, 0));
  osc_chart_activate (hours);
  g_assert_true (gtk_widget_get_visible (drawer (desk)));
  assert_asked (desk, 0, "/orders?from=2026-11-21&to=2026-11-21&until=12:24&hour=11&limit=50");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_BACK));
  g_assert_false (gtk_widget_get_visible (drawer (desk)));
  focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  g_assert_true (focus == GTK_WIDGET (hours));

  /* A cell of the grid stands for all its weekdays, up to the end of the days shown. */
  g_assert_true (osc_chart_step (heat, 1, 0));
  osc_chart_activate (heat);
  assert_asked (desk, 0, "/orders?from=2026-10-23&to=2026-11-21&hour=10&weekday=1&limit=50");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_BACK));
}

static void
test_away (Desk *desk, gconstpointer name)
{
  const OscSalesFigures *read = osc_sales_store_figures (desk->context.sales, OSC_SALES_CHOSEN);

  osc_view_set_live (osc_shell_view (desk->shell), FALSE);
  g_assert_nonnull (read);
  g_assert_cmpuint (osc_series_n (osc_chart_series (chart (desk, 0))), ==, 12);
}

int
main (int argc, char **argv)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  application = osc_fixture_init (&argc, &argv);
  g_test_add ("/analytics/ranges", Desk, "sales-day", set_up, test_ranges, tear_down);
  g_test_add ("/analytics/marks", Desk, "sales-day", set_up, test_marks, tear_down);
  g_test_add ("/analytics/behind", Desk, "sales-day", set_up, test_behind, tear_down);
  g_test_add ("/analytics/away", Desk, "sales-day", set_up, test_away, tear_down);
  return g_test_run ();
}
