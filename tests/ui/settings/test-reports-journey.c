/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The page of reports: what each button asks of the daemon, and that nothing is asked before a time
 * is one. */

#include <glib/gi18n.h>
#include <string.h>

#include "../find.h"
#include "osc-field.h"
#include "osc-reports-page.h"
#include "osc-scenes.h"
#include "osc-sheet.h"
#include "osy-clock.h"

#define ME "/api/v1/restaurants/me/"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscReportsPage *page;
  GPtrArray *asked;
} Desk;

static GtkApplication *application;

static gboolean
is_page (GtkWidget *widget, gconstpointer data)
{
  return OSC_IS_REPORTS_PAGE (widget);
}

static void
on_requested (GObject *object, const char *what, Desk *desk)
{
  g_ptr_array_add (desk->asked, g_strdup (what));
}

static void
set_up (Desk *desk, gconstpointer name)
{
  osc_fixture_context (&desk->context);
  desk->window = osc_window_new (application, 0);
  desk->asked = g_ptr_array_new_with_free_func (g_free);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1366, 768);
  for (const OscScene *scene = osc_scenes_reports; scene->name != NULL; scene++)
    if (g_str_equal (scene->name, name))
      scene->show (desk->window, &desk->context);
  gtk_window_present (GTK_WINDOW (desk->window));
  osc_fixture_spin (200);
  desk->page = OSC_REPORTS_PAGE (find (GTK_WIDGET (desk->window), is_page, NULL));
  g_assert_nonnull (desk->page);
  g_signal_connect (desk->page, "wanted", G_CALLBACK (on_requested), desk);
  for (int i = 0; i < OSC_N_REPORTS_PARTS; i++)
    g_signal_connect (osc_reports_page_document (desk->page, (OscReportsPart)i), "requested",
                      G_CALLBACK (on_requested), desk);
}

static OscSheet *
sheet (Desk *desk)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    if (OSC_IS_SHEET (i->data) && osc_sheet_is_open (i->data))
      return i->data;
  return NULL;
}

static void
tear_down (Desk *desk, gconstpointer name)
{
  if (sheet (desk) != NULL)
    gtk_window_destroy (GTK_WINDOW (sheet (desk)));
  gtk_window_destroy (GTK_WINDOW (desk->window));
  g_ptr_array_unref (desk->asked);
  osc_fixture_context_clear (&desk->context);
}

static void
assert_asked (Desk *desk, const char *what)
{
  const char *last = desk->asked->len > 0 ? desk->asked->pdata[desk->asked->len - 1] : "nothing";

  g_assert_cmpstr (last, ==, what);
}

static GtkWidget *
nth_of (GtkWidget *within, GType type, const char *label, guint *nth)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (within, type) && gtk_widget_is_sensitive (within) &&
      (label == NULL || g_strcmp0 (gtk_button_get_label (GTK_BUTTON (within)), label) == 0) &&
      (*nth)-- == 0)
    return within;
  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = nth_of (child, type, label, nth);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
nth_button (Desk *desk, const char *label, guint nth)
{
  return nth_of (GTK_WIDGET (desk->page), GTK_TYPE_BUTTON, label, &nth);
}

static void
press_nth (Desk *desk, const char *label, guint nth)
{
  GtkWidget *found = nth_button (desk, label, nth);

  g_assert_nonnull (found);
  g_signal_emit_by_name (found, "clicked");
}

static OscField *
field (Desk *desk)
{
  guint first = 0;

  return OSC_FIELD (nth_of (GTK_WIDGET (sheet (desk)), OSC_TYPE_FIELD, NULL, &first));
}

static void
primary (Desk *desk)
{
  g_signal_emit_by_name (osc_sheet_primary (sheet (desk)), "clicked");
}

static void
test_when (Desk *desk, gconstpointer data)
{
  guint second = 1;
  GtkWidget *toggle = nth_of (GTK_WIDGET (desk->page), GTK_TYPE_SWITCH, NULL, &second);

  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  assert_asked (desk, "PUT " ME "report-setup {\"weekly\":{\"on\":false}}");
  press_nth (desk, _ ("Change…"), 0);
  g_assert_cmpstr (osc_field_text (field (desk)), ==, "09:00");
  guint before = desk->asked->len;
  osc_field_set_text (field (desk), "25:00");
  primary (desk);
  g_assert_nonnull (osc_field_error (field (desk)));
  g_assert_cmpuint (desk->asked->len, ==, before);
  osc_field_set_text (field (desk), "8");
  primary (desk);
  assert_asked (desk, "PUT " ME "report-setup {\"daily\":{\"at\":\"08:00\"}}");
}

static void
test_week (Desk *desk, gconstpointer data)
{
  guint first = 0;
  GtkWidget *sunday = nth_of (GTK_WIDGET (sheet (desk)), GTK_TYPE_BUTTON, _ ("Sunday"), &first);

  g_assert_nonnull (sunday);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (sunday), TRUE);
  g_signal_emit_by_name (sunday, "clicked");
  primary (desk);
  assert_asked (desk, "PUT " ME "report-setup {\"weekly\":{\"at\":\"10:30\",\"weekday\":7}}");
}

static void
test_where (Desk *desk, gconstpointer data)
{
  osc_reports_page_set_folder (desk->page, "/srv/other");
  assert_asked (desk, "PUT " ME "report-setup {\"folder\":\"/srv/other\"}");
  press_nth (desk, _ ("Forget"), 0);
  assert_asked (desk, "PUT " ME "report-setup {\"folder\":null}");
  press_nth (desk, _ ("Change…"), 2);
  g_assert_cmpstr (osc_field_text (field (desk)), ==, "owner@sodam.example, tax@office.example");
  osc_field_set_text (field (desk), " a@b.example;c@d.example ,");
  primary (desk);
  assert_asked (desk, "PUT " ME "report-setup {\"addresses\":[\"a@b.example\",\"c@d.example\"]}");
}

static void
test_made (Desk *desk, gconstpointer data)
{
  press_nth (desk, _ ("Send again"), 0);
  assert_asked (desk, "POST " ME "reports {\"kind\":\"DAILY\",\"day\":\"2026-11-19\"}");
  press_nth (desk, _ ("Make it"), 0);
  assert_asked (desk, "POST " ME "reports {\"kind\":\"DAILY\",\"day\":\"2026-11-18\"}");
  press_nth (desk, _ ("Open"), 3);
  assert_asked (desk, ME "reports/weekly?week=2026-11-09");
  press_nth (desk, _ ("Open the page"), 0);
  assert_asked (desk, ME "reports/daily?day=2026-11-20");
  press_nth (desk, _ ("Send it now"), 0);
  assert_asked (desk, "POST " ME "reports {\"kind\":\"DAILY\",\"day\":\"2026-11-20\"}");
}

/* Without a place nothing can be sent, and without a sender nobody can be named. */
static void
test_nothing (Desk *desk, gconstpointer data)
{
  g_assert_null (nth_button (desk, _ ("Send it now"), 0));
  g_assert_null (nth_button (desk, _ ("Change…"), 2));
  press_nth (desk, _ ("Open the page"), 0);
  assert_asked (desk, ME "reports/daily?day=2026-11-20");
}

int
main (int argc, char **argv)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  application = osc_fixture_init (&argc, &argv);
#define ADD(path, scene, test) g_test_add (path, Desk, scene, set_up, test, tear_down)
  ADD ("/console/reports/when", "settings-reports", test_when);
  ADD ("/console/reports/week", "settings-reports-week", test_week);
  ADD ("/console/reports/where", "settings-reports", test_where);
  ADD ("/console/reports/made", "settings-reports", test_made);
  ADD ("/console/reports/nothing", "settings-reports-nothing", test_nothing);
  return g_test_run ();
}
