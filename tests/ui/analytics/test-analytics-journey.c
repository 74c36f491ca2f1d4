/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The sales view by its keys: from range to range, from mark to mark, into the orders behind one
 * and back; and what it says when the daemon is away. */

#include <glib/gi18n.h>
#include <string.h>

#include "osc-analytics.h"
#include "osc-chart.h"
#include "osc-figure-card.h"
#include "osc-range-pick.h"
#include "osc-sales-drawer.h"
#include "osc-sales-export.h"
#include "osc-sales-page.h"
#include "osc-scenes.h"
#include "osc-stage.h"
#include "osc-toasts.h"
#include "osy-clock.h"
#include "osy-json.h"

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
  /* Its days before are those of the week, which are on their way. */
  assert_asked (desk, 0, "from=2026-11-01&to=2026-11-21&against=2026-10-04");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  assert_asked (desk, 1, "from=2026-10-01&to=2026-10-31");
  assert_asked (desk, 0, "from=2026-10-01&to=2026-10-31");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_DAY));
  assert_asked (desk, 0, "from=2026-10-23&to=2026-11-21&against=2026-09-18");
  guint before = desk->paths->len;
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_RIGHT)); /* nothing after today */
  g_assert_cmpuint (desk->paths->len, ==, before);
  for (int i = 0; i < 3; i++)
    g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_END));
  assert_asked (desk, 1, "from=2026-11-21&to=2026-11-21");
}

static GtkWidget *
find_labelled (GtkWidget *widget, const char *text)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_labelled (child, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
find_text (GtkWidget *widget, const char *part)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_text (child, part);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* Ninety days, the last of them today; they are compared with the same weekdays. */
static void
test_quarter (Desk *desk, gconstpointer name)
{
  GtkWidget *button = find_labelled (GTK_WIDGET (desk->shell), _ ("90 days"));

  g_assert_nonnull (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  assert_asked (desk, 1, "from=2026-08-24&to=2026-11-21&against=2026-05-25&until=12:24");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)));
}

/* The page that stays open over night shows the new day in the morning. */
static void
test_next_day (Desk *desk, gconstpointer name)
{
  OscAnalytics *view = OSC_ANALYTICS (osc_shell_view (desk->shell));
  gint64 day = G_TIME_SPAN_DAY;

  osy_clock_set_fake (OSC_FIXTURE_NOW + day);
  osc_analytics_tick (view);
  assert_asked (desk, 1, "from=2026-11-22&to=2026-11-22&against=2026-11-15&until=12:24");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT)); /* yesterday stays so, too */
  osy_clock_set_fake (OSC_FIXTURE_NOW + 2 * day);
  osc_analytics_tick (view);
  assert_asked (desk, 1, "from=2026-11-22&to=2026-11-22");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  assert_asked (desk, 1, "from=2026-11-20&to=2026-11-20");
  guint before = desk->paths->len;
  osy_clock_set_fake (OSC_FIXTURE_NOW + 3 * day);
  osc_analytics_tick (view);
  g_assert_cmpuint (desk->paths->len, ==, before); /* a day one went to is that day */
  osy_clock_set_fake (OSC_FIXTURE_NOW);
}

/* A day that begins while the page is away is asked for when it is back, not only named. */
static void
test_next_day_away (Desk *desk, gconstpointer name)
{
  GtkWidget *view = GTK_WIDGET (osc_shell_view (desk->shell));
  guint before = desk->paths->len;

  gtk_widget_set_visible (GTK_WIDGET (desk->window), FALSE);
  g_assert_false (gtk_widget_get_mapped (view));
  osy_clock_set_fake (OSC_FIXTURE_NOW + G_TIME_SPAN_DAY);
  g_signal_emit_by_name (desk->context.shop, "changed");
  g_assert_cmpuint (desk->paths->len, ==, before); /* nobody looks */
  gtk_widget_set_visible (GTK_WIDGET (desk->window), TRUE);
  osc_fixture_spin (50);
  g_assert_true (gtk_widget_get_mapped (view));
  assert_asked (desk, 1, "from=2026-11-22&to=2026-11-22&against=2026-11-15&until=12:24");
  osy_clock_set_fake (OSC_FIXTURE_NOW);
}

/* While the calendars are open the arrows are theirs. */
static void
test_calendars (Desk *desk, gconstpointer name)
{
  guint nth = 0;
  GtkWidget *pick;

  osc_view_open (osc_shell_view (desk->shell), "2026-11-01/2026-11-10");
  assert_asked (desk, 1, "from=2026-11-01&to=2026-11-10&against=2026-10-18");
  pick = find_type (GTK_WIDGET (desk->shell), OSC_TYPE_RANGE_PICK, &nth);
  gtk_popover_popup (GTK_POPOVER (pick));
  g_assert_false (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_BACK));
  g_assert_false (gtk_widget_get_visible (pick));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  for (nth = 0; nth < 2; nth++) {
    guint left = nth;
    GtkWidget *calendar = find_type (pick, GTK_TYPE_CALENDAR, &left);

    g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (calendar),
                                                     GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  }
}

/* A figure that is being read keeps the focus. */
static void
test_focus (Desk *desk, gconstpointer name)
{
  guint nth = 0;
  GtkWidget *card = find_type (GTK_WIDGET (desk->shell), OSC_TYPE_FIGURE_CARD, &nth);
  GDate today;
  OscSalesRange range;

  gtk_widget_grab_focus (card);
  osc_sales_range_read ("2026-11-18", &today);
  osc_sales_range_set (&range, OSC_SPAN_DAY, &today, &today);
  osc_sales_store_look (desk->context.sales, &range, NULL);
  g_assert_null (osc_sales_store_figures (desk->context.sales, OSC_SALES_CHOSEN));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk->window)) == card);
  guint before = desk->paths->len;
  g_signal_emit_by_name (card, "clicked"); /* there is nothing behind it yet */
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

/* Five open days against six: by the day it was more, though it is less in all. */
static void
test_by_day (Desk *desk, gconstpointer name)
{
  guint nth = 0;
  GtkWidget *card = find_type (GTK_WIDGET (desk->shell), OSC_TYPE_FIGURE_CARD, &nth);

  g_assert_nonnull (strstr (osc_figure_card_value (OSC_FIGURE_CARD (card)), "5,285,000"));
  g_assert_nonnull (find_text (card, "▲ 5.2%"));
  g_assert_nonnull (find_text (card, "1,057,000"));
}

/* A day of which every order was cancelled is no open day: one is compared with one. */
static void
test_cancelled_day (Desk *desk, gconstpointer name)
{
  static const char answer[] =
      "{\"totals\":{\"sales\":1000000,\"orders\":80},"
      "\"against_totals\":{\"sales\":800000,\"orders\":60},"
      "\"days\":[{\"day\":\"2026-11-20\",\"sales\":1000000,\"orders\":80},"
      "{\"day\":\"2026-11-21\",\"sales\":0,\"orders\":0}],"
      "\"against_days\":[{\"day\":\"2026-11-13\",\"sales\":800000,\"orders\":60}]}";
  g_autoptr (JsonNode) node = osy_json_parse (answer, strlen (answer), NULL);
  guint nth = 0;
  GtkWidget *card = find_type (GTK_WIDGET (desk->shell), OSC_TYPE_FIGURE_CARD, &nth);

  osc_sales_store_take (desk->context.sales, OSC_SALES_CHOSEN, node);
  g_assert_nonnull (find_text (card, "▲ 25.0%"));
  g_assert_nonnull (find_text (card, "800,000"));
  g_assert_null (find_text (card, "500,000"));
}

/* The figures of a year are wide, and still the page is no wider than the window. */
static void
test_width (Desk *desk, gconstpointer name)
{
  guint nth = 0;
  GtkWidget *page = find_type (GTK_WIDGET (desk->shell), OSC_TYPE_SALES_PAGE, &nth);
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (gtk_widget_get_first_child (page));
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (scroller);

  g_assert_cmpfloat (gtk_adjustment_get_upper (across), <=, gtk_adjustment_get_page_size (across));
}

static OscSeries *
rows (const char *keys)
{
  g_auto (GStrv) parts = g_strsplit (keys, " ", -1);
  OscSeries *series = osc_series_new (OSC_UNIT_WON);

  for (guint i = 0; parts[i] != NULL; i++) {
    OscMark *mark = osc_series_add (series, g_strdup (parts[i]));

    mark->key = g_strconcat ("item/", parts[i], NULL);
    mark->words = g_strdup (parts[i]);
    mark->value = 100 - i;
  }
  return series;
}

static void
on_activate (OscChart *items, guint index, char **key)
{
  g_free (*key);
  *key = g_strdup (osc_series_mark (osc_chart_series (items), index)->key);
}

/* A dish that another overtakes is still the one that was meant. */
static void
test_keys (Desk *desk, gconstpointer name)
{
  OscChart *items = chart (desk, 2);
  g_autofree char *key = NULL;

  g_signal_connect (items, "activate", G_CALLBACK (on_activate), &key);
  osc_chart_show (items, rows ("a b c"));
  g_assert_true (osc_chart_step (items, 0, 1));
  g_assert_true (osc_chart_step (items, 0, 1));
  osc_chart_show (items, rows ("b a c"));
  g_assert_cmpint (osc_chart_at (items), ==, 0);
  osc_chart_show (items, NULL);
  g_assert_cmpint (osc_chart_at (items), ==, -1);
  osc_chart_show (items, rows ("c a b"));
  g_assert_cmpint (osc_chart_at (items), ==, 2);
  osc_chart_show (items, rows ("c a"));
  g_assert_cmpint (osc_chart_at (items), ==, -1);

  osc_chart_press (items, 10, 5);
  osc_chart_show (items, rows ("a c"));
  osc_chart_release (items, 10, 5);
  g_assert_cmpstr (key, ==, "item/c");

  /* What comes up under a finger that came down on nothing was not meant. */
  osc_chart_show (items, NULL);
  osc_chart_press (items, 10, 5);
  osc_chart_show (items, rows ("b a"));
  osc_chart_release (items, 10, 5);
  g_assert_cmpstr (key, ==, "item/c");
}

/* End goes to the last row that there is room for. */
static void
test_ends (Desk *desk, gconstpointer name)
{
  OscChart *items = chart (desk, 2);

  osc_chart_show (items, rows ("a b c d e f g h i j k l m n o p q r s t u v w x y z"));
  osc_chart_jump (items, TRUE);
  g_assert_cmpint (osc_chart_at (items), >, 2);
  g_assert_cmpint (osc_chart_at (items), <, 24);
  g_assert_false (osc_chart_step (items, 0, 1));
  osc_chart_jump (items, FALSE);
  g_assert_cmpint (osc_chart_at (items), ==, 0);
}

static GtkWidget *
toasts (Desk *desk)
{
  guint nth = 0;

  return find_type (GTK_WIDGET (desk->shell), OSC_TYPE_TOASTS, &nth);
}

/* Ctrl+E asks for the kind of file, by keys and under a finger; then where to. */
static void
test_kinds (Desk *desk, gconstpointer name)
{
  guint nth = 0;
  GtkWidget *export = find_type (GTK_WIDGET (desk->shell), OSC_TYPE_SALES_EXPORT, &nth);
  GtkWidget *choices = osc_sales_export_choices (OSC_SALES_EXPORT (export));
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/sales.xlsx");
  GtkWidget *row;

  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_EXPORT));
  osc_fixture_spin (100);
  g_assert_true (gtk_widget_get_visible (choices));
  row = gtk_window_get_focus (GTK_WINDOW (desk->window));
  g_assert_true (GTK_IS_BUTTON (row) && gtk_widget_is_ancestor (row, choices));
  g_assert_cmpint (gtk_widget_get_height (row), >=, 44);
  g_assert_false (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  g_assert_true (gtk_widget_child_focus (choices, GTK_DIR_DOWN));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk->window)) != row);
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_BACK));
  g_assert_false (gtk_widget_get_visible (choices));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_RIGHT));

  /* All sheets at once, in the language of the console; meanwhile nothing else is saved. */
  osc_sales_export_save (OSC_SALES_EXPORT (export), NULL, file);
  assert_asked (desk, 0, "/xlsx?language=");
  assert_asked (desk, 0, "&from=2026-11-21&to=2026-11-21&against=2026-11-14");
  assert_asked (desk, 0, g_str_equal (_ ("Sales"), "Sales") ? "language=en" : "language=ko");
  g_assert_false (gtk_widget_get_sensitive (row));
  osc_fixture_spin (50);
  g_assert_true (gtk_widget_get_sensitive (row));
  g_assert_nonnull (find_labelled (toasts (desk), _ ("Open folder")));

  /* A page is drawn over there, of the day that is shown, and opened from here. */
  osc_sales_export_save_page (OSC_SALES_EXPORT (export), file);
  assert_asked (desk, 0,
                g_str_equal (_ ("Sales"), "Sales") ? "reports/daily?day=2026-11-21&language=en"
                                                   : "reports/daily?day=2026-11-21&language=ko");
  osc_fixture_spin (50);
  g_assert_nonnull (find_labelled (toasts (desk), _ ("Open")));
}

/* What is saved is what is shown. */
static void
test_export (Desk *desk, gconstpointer name)
{
  guint nth = 0;
  GtkWidget *export = find_type (GTK_WIDGET (desk->shell), OSC_TYPE_SALES_EXPORT, &nth);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/sales.csv");
  g_autoptr (GError) full = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  g_autoptr (GError) away = g_error_new (OSY_ERROR, OSY_ERROR_UNAVAILABLE, "away");

  g_assert_cmpint (osc_keys_find (GDK_KEY_e, 26, GDK_CONTROL_MASK, TRUE), ==, OSC_KEY_EXPORT);
  osc_sales_export_save (OSC_SALES_EXPORT (export), "items", file);
  assert_asked (desk, 0, "/csv?part=items&from=2026-11-21&to=2026-11-21&against=2026-11-14");
  osc_sales_export_save (OSC_SALES_EXPORT (export), "days", file); /* one at a time */
  assert_asked (desk, 0, "part=items");
  osc_fixture_spin (50);
  g_assert_nonnull (find_labelled (toasts (desk), _ ("Open folder")));
  g_assert_cmpstr (osc_sales_export_problem (full), !=, osc_sales_export_problem (away));
  osc_sales_export_save (OSC_SALES_EXPORT (export), "days", file);
  assert_asked (desk, 0, "part=days");
  osc_fixture_spin (50);
}

/* A file that is asked for while the page goes away harms nothing. */
static void
test_gone (Desk *desk, gconstpointer name)
{
  guint nth = 0;
  GtkWidget *export = find_type (GTK_WIDGET (desk->shell), OSC_TYPE_SALES_EXPORT, &nth);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/sales.csv");
  GtkWidget *view = GTK_WIDGET (osc_shell_view (desk->shell));

  osc_sales_export_save (OSC_SALES_EXPORT (export), "items", file);
  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *)&view);
  osc_window_show_page (desk->window, gtk_label_new (NULL));
  osc_fixture_spin (50);
  g_assert_null (view);
  /* News of the feed reach nobody then. */
  osc_sales_store_note (desk->context.sales);
  g_assert_null (g_main_context_find_source_by_user_data (NULL, desk->context.sales));
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

  /* The drawer is as wide as that of the orders, and lies over the page where there is no room. */
  osc_chart_activate (hours);
  osc_fixture_spin (100);
  g_assert_cmpint (gtk_widget_get_width (drawer (desk)), ==, 391); /* and its edge */
  g_assert_true (OSC_IS_STAGE (gtk_widget_get_parent (drawer (desk))));
}

static GtkWidget *
finding (Desk *desk, guint nth)
{
  guint left = 0;
  GtkWidget *line = find_type (GTK_WIDGET (desk->shell), OSC_TYPE_FINDINGS, &left);

  return gtk_widget_get_visible (line) ? find_type (line, GTK_TYPE_BUTTON, &nth) : NULL;
}

/* A finding opens the drawer with its orders; what one thinks of it is kept and changed again. */
static void
test_found (Desk *desk, gconstpointer name)
{
  g_autoptr (GPtrArray) list = osc_finding_store_list (desk->context.findings);
  GtkWidget *button = finding (desk, 1);
  GtkWidget *useful;

  g_assert_nonnull (button);
  g_assert_null (finding (desk, 2));
  g_assert_nonnull (find_text (button, "321,000"));
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (gtk_widget_get_visible (drawer (desk)));
  assert_asked (desk, 0, "/orders?from=2026-11-20&to=2026-11-20&limit=50");
  g_assert_nonnull (find_text (drawer (desk), "143,000"));
  useful = find_labelled (drawer (desk), _ ("Useful"));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (useful)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_labelled (drawer (desk), _ ("Not useful"))),
                                TRUE);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (useful)));
  g_assert_cmpint (((OscFinding *)list->pdata[1])->useful, ==, 0);
  osc_finding_store_take_verdict (desk->context.findings, FALSE);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (useful)));
  g_assert_nonnull (
      find_text (toasts (desk), _ ("That didn't reach the server. Nothing has changed")));
  osc_view_set_live (osc_shell_view (desk->shell), FALSE);
  g_assert_false (gtk_widget_is_sensitive (useful));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_BACK));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (desk->window)) == button);
  /* Today goes on: nothing is said of it. */
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_DAY));
  g_assert_null (finding (desk, 0));
}

/* Of three days it says which; one that could not be read is asked for again. */
static void
test_found_week (Desk *desk, gconstpointer name)
{
  g_assert_nonnull (finding (desk, 2));
  g_signal_emit_by_name (finding (desk, 2), "clicked");
  assert_asked (desk, 0, "/orders?from=2026-11-18&to=2026-11-20&limit=50");
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_BACK));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_DAY));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  g_assert_nonnull (finding (desk, 0)); /* known from the week */
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  osc_finding_store_take (desk->context.findings, "2026-11-18", NULL);
  g_assert_nonnull (finding (desk, 0));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_LEFT));
  osc_finding_store_take (desk->context.findings, "2026-11-15", NULL);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (finding (desk, 0))), ==, _ ("Try again"));
  g_signal_emit_by_name (finding (desk, 0), "clicked");
  g_assert_cmpint (osc_finding_store_state (desk->context.findings), ==, OSC_FINDINGS_READING);
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
  g_test_add ("/analytics/quarter", Desk, "sales-day", set_up, test_quarter, tear_down);
  g_test_add ("/analytics/next-day", Desk, "sales-day", set_up, test_next_day, tear_down);
  g_test_add ("/analytics/next-day-away", Desk, "sales-day", set_up, test_next_day_away, tear_down);
  g_test_add ("/analytics/calendars", Desk, "sales-day", set_up, test_calendars, tear_down);
  g_test_add ("/analytics/focus", Desk, "sales-day", set_up, test_focus, tear_down);
  g_test_add ("/analytics/by-day", Desk, "sales-week", set_up, test_by_day, tear_down);
  g_test_add ("/analytics/cancelled-day", Desk, "sales-week", set_up, test_cancelled_day,
              tear_down);
  g_test_add ("/analytics/width", Desk, "sales-year", set_up, test_width, tear_down);
  g_test_add ("/analytics/keys", Desk, "sales-day", set_up, test_keys, tear_down);
  g_test_add ("/analytics/ends", Desk, "sales-day", set_up, test_ends, tear_down);
  g_test_add ("/analytics/kinds", Desk, "sales-day", set_up, test_kinds, tear_down);
  g_test_add ("/analytics/export", Desk, "sales-day", set_up, test_export, tear_down);
  g_test_add ("/analytics/gone", Desk, "sales-day", set_up, test_gone, tear_down);
  g_test_add ("/analytics/found", Desk, "sales-found", set_up, test_found, tear_down);
  g_test_add ("/analytics/found-week", Desk, "sales-found-week", set_up, test_found_week,
              tear_down);
  g_test_add ("/analytics/away", Desk, "sales-day", set_up, test_away, tear_down);
  return g_test_run ();
}
