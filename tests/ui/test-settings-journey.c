/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The settings and the strip by keys and by touch. A small daemon of the test answers every patch
 * as the real one does, by its own reading of the JSON. */

#include <glib/gi18n.h>

#include "config.h"
#include "find.h"
#include "osc-choice.h"
#include "osc-field.h"
#include "osc-fixture.h"
#include "osc-health-page.h"
#include "osc-hours.h"
#include "osc-language-page.h"
#include "osc-open-state.h"
#include "osc-preferences.h"
#include "osc-screen-page.h"
#include "osc-settings.h"
#include "osy-clock.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  guint patches;
} Desk;

static GtkApplication *application;

/* Merges the patch into the shop, as PATCH does. */
static void
on_requested (OscShopStore *store, JsonNode *patch, Desk *desk)
{
  g_autoptr (JsonNode) node = osy_shop_to_json (osc_shop_store_get (store));
  JsonObject *shop = json_node_get_object (node);
  g_autoptr (GList) names = json_object_get_members (json_node_get_object (patch));
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyShop) changed = NULL;

  desk->patches++;
  for (GList *name = names; name != NULL; name = name->next)
    json_object_set_member (
        shop, name->data,
        json_node_copy (json_object_get_member (json_node_get_object (patch), name->data)));
  json_object_set_int_member (shop, "version", json_object_get_int_member (shop, "version") + 1);
  changed = osy_shop_from_json (node, &error);
  g_assert_no_error (error);
  osc_shop_store_put (store, changed);
}

static void
desk_open (Desk *desk)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  g_signal_connect (desk->context.shop, "requested", G_CALLBACK (on_requested), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1366, 1040);
  osc_strip_set_shop (osc_window_strip (desk->window), "소담분식", "2026-11-21", "김지은");
  osc_strip_follow (osc_window_strip (desk->window), desk->context.shop, desk->context.load);
  osc_fixture_spin (200);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  osy_clock_set_fake (0);
}

static const OsyShopData *
shop_of (Desk *desk)
{
  return osy_shop_data (osc_shop_store_get (desk->context.shop));
}

static gboolean
is_field_of (GtkWidget *widget, gconstpointer label)
{
  return OSC_IS_FIELD (widget) && find (widget, says, label) != NULL;
}

static OscField *
field_of (Desk *desk, const char *label)
{
  GtkWidget *field = find (GTK_WIDGET (desk->window), is_field_of, label);

  g_assert_nonnull (field);
  return OSC_FIELD (field);
}

static void
leave_field (Desk *desk)
{
  gtk_window_set_focus (GTK_WINDOW (desk->window), NULL);
  osc_fixture_spin (50);
}

/* Leaving a field saves it; the toast takes it back. */
static void
test_name (void)
{
  Desk desk;

  desk_open (&desk);
  g_assert_true (osc_shell_key (desk.shell, OSC_KEY_SETTINGS));
  g_assert_true (OSC_IS_PREFERENCES (osc_shell_view (desk.shell)));
  osc_fixture_spin (100);
  OscField *name = field_of (&desk, _ ("Shop name"));

  osc_field_focus (name);
  osc_field_set_text (name, "소담김밥");
  g_assert_cmpuint (desk.patches, ==, 0);
  leave_field (&desk);
  g_assert_cmpstr (shop_of (&desk)->name, ==, "소담김밥");
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, _ ("Changed the name")));
  press_text (GTK_WIDGET (desk.window), _ ("Undo"));
  osc_fixture_spin (50);
  g_assert_cmpstr (shop_of (&desk)->name, ==, "소담분식");
  g_assert_cmpstr (osc_field_text (name), ==, "소담분식");
  leave_field (&desk);
  g_assert_cmpuint (desk.patches, ==, 2); /* nothing more is sent for what is the same */
  desk_close (&desk);
}

/* A wrong business number is said at the tenth digit and never sent; what was typed stays. */
static void
test_number (void)
{
  Desk desk;

  desk_open (&desk);
  osc_shell_go (desk.shell, "settings", "shop");
  osc_fixture_spin (100);
  OscField *number = field_of (&desk, _ ("Business number"));

  osc_field_focus (number);
  osc_field_set_text (number, "124-81-0099");
  g_assert_null (osc_field_error (number));
  osc_field_set_text (number, "124-81-00997");
  g_assert_nonnull (osc_field_error (number));
  g_signal_emit_by_name (number, "submitted");
  g_assert_true (osc_shell_key (desk.shell, OSC_KEY_BACK)); /* out of the field, not of the view */
  g_assert_true (OSC_IS_PREFERENCES (osc_shell_view (desk.shell)));
  g_assert_cmpuint (desk.patches, ==, 0);
  g_assert_cmpstr (osc_field_text (number), ==, "124-81-00997");
  osc_field_set_text (number, "124-81-00998");
  g_assert_null (osc_field_error (number));
  g_signal_emit_by_name (number, "submitted");
  g_assert_cmpstr (shop_of (&desk)->business_number, ==, "1248100998");
  desk_close (&desk);
}

/* How long guests' details are kept: a number of days within the law's bounds. */
static void
test_retention (void)
{
  Desk desk;

  desk_open (&desk);
  osc_shell_go (desk.shell, "settings", "shop");
  osc_fixture_spin (100);
  OscField *days = field_of (&desk, _ ("Days that guests' details are kept"));

  g_assert_cmpstr (osc_field_text (days), ==, "365");
  for (const char *const *wrong = (const char *const[]){"29", "1826", "a year", "", NULL};
       *wrong != NULL; wrong++) {
    osc_field_set_text (days, *wrong);
    g_signal_emit_by_name (days, "finished");
    g_assert_nonnull (osc_field_error (days));
  }
  g_assert_cmpuint (desk.patches, ==, 0);
  osc_field_set_text (days, "90");
  g_signal_emit_by_name (days, "finished");
  g_assert_cmpint (shop_of (&desk)->retention_days, ==, 90);
  desk_close (&desk);
}

static gboolean
is_times (GtkWidget *widget, gconstpointer wanted)
{
  return gtk_widget_has_css_class (widget, "times");
}

static gboolean
is_add (GtkWidget *widget, gconstpointer wanted)
{
  return GTK_IS_BUTTON (widget) &&
         g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "osy-plus-symbolic") == 0;
}

static void
set_times (GtkWidget *row, const char *opens, const char *closes)
{
  GtkWidget *first = gtk_widget_get_first_child (row);
  GtkWidget *second = gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (first));

  gtk_editable_set_text (GTK_EDITABLE (first), opens);
  gtk_editable_set_text (GTK_EDITABLE (second), closes);
  g_signal_emit_by_name (second, "activate");
}

/* A day that closes after midnight, a break, a time that is none. */
static void
test_hours (void)
{
  Desk desk;

  desk_open (&desk);
  osc_shell_go (desk.shell, "settings", "hours");
  osc_fixture_spin (100);
  GtkWidget *hours = find (GTK_WIDGET (desk.window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_HOURS));

  g_signal_emit_by_name (find (hours, is_add, NULL), "clicked");
  g_assert_cmpuint (shop_of (&desk)->hours->len, ==, 1);
  set_times (find (hours, is_times, NULL), "17", "1:30");
  g_assert_cmpuint (shop_of (&desk)->hours->len, ==, 1);
  OsyShopHours *row = &g_array_index (shop_of (&desk)->hours, OsyShopHours, 0);
  g_assert_cmpint (row->weekday, ==, 1);
  g_assert_cmpint (row->opens, ==, 17 * 60);
  g_assert_cmpint (row->closes, ==, 25 * 60 + 30);
  guint before = desk.patches;
  set_times (find (hours, is_times, NULL), "17", "26:00");
  g_assert_cmpuint (desk.patches, ==, before);
  g_assert_nonnull (find (hours, has_class, "wrong"));
  desk_close (&desk);
}

static void
test_day (void)
{
  Desk desk;

  desk_open (&desk);
  osc_shell_go (desk.shell, "settings", "hours");
  osc_fixture_spin (100);
  OscField *cutoff = field_of (&desk, _ ("The business day begins at"));
  OscField *minimum = field_of (&desk, _ ("Smallest order in won"));

  osc_field_set_text (cutoff, "4:30");
  g_signal_emit_by_name (cutoff, "submitted");
  g_assert_cmpint (shop_of (&desk)->cutoff_minutes, ==, 270);
  osc_field_set_text (minimum, "12,000");
  g_signal_emit_by_name (minimum, "submitted");
  g_assert_cmpint (shop_of (&desk)->minimum_order, ==, 12000);
  osc_field_set_text (minimum, "much");
  g_signal_emit_by_name (minimum, "submitted");
  g_assert_nonnull (osc_field_error (minimum));
  g_assert_cmpint (shop_of (&desk)->minimum_order, ==, 12000);
  GtkWidget *no = gtk_widget_get_ancestor (find (GTK_WIDGET (desk.window), says, _ ("No")),
                                           GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (no), TRUE);
  g_assert_false (shop_of (&desk)->guest_orders);
  desk_close (&desk);
}

/* Arrows go from page to page; the search knows other words for a page. */
static void
test_pages (void)
{
  Desk desk;

  desk_open (&desk);
  osc_shell_go (desk.shell, "settings", NULL);
  osc_fixture_spin (100);
  osc_shell_key (desk.shell, OSC_KEY_DOWN);
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, _ ("Opening hours")));
  for (int i = 0; i < 30; i++)
    osc_shell_key (desk.shell, OSC_KEY_DOWN); /* past the key sheet, to the last */
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, OSY_VERSION));
  osc_shell_key (desk.shell, OSC_KEY_FIND);
  GtkWidget *text = gtk_window_get_focus (GTK_WINDOW (desk.window));
  g_assert_true (GTK_IS_TEXT (text));
  gtk_editable_set_text (GTK_EDITABLE (text), "nothing of this kind");
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, _ ("There is no such setting")));
  gtk_editable_set_text (GTK_EDITABLE (text), _ ("High contrast"));
  g_signal_emit_by_name (gtk_widget_get_parent (text), "activate");
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, _ ("Size of everything")));
  desk_close (&desk);
}

static const char trouble[] =
    "{\"version\":\"9.8.7\",\"now\":\"2026-11-21T03:24:00Z\","
    "\"started_at\":\"2026-11-20T23:02:00Z\",\"parts\":["
    "{\"part\":\"DISK\",\"state\":\"GOOD\",\"free_bytes\":84000000000},"
    "{\"part\":\"PRINTING\",\"state\":\"BAD\",\"waiting\":2,\"failed\":3},"
    "{\"part\":\"FUTURE\",\"state\":\"BAD\"},{\"part\":\"NETWORK\",\"state\":\"OFF\"}]}";

/* What needs a look is said with what to do; a server that is gone is the first thing said; what is
 * copied holds both. A part that only a newer server knows is copied and breaks nothing. */
static void
test_health (void)
{
  g_autoptr (JsonNode) answer = json_from_string (trouble, NULL);
  Desk desk;

  desk_open (&desk);
  osc_shell_go (desk.shell, "settings", "health");
  osc_fixture_spin (100);
  GtkWidget *page =
      find (GTK_WIDGET (desk.window), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_HEALTH_PAGE));
  g_assert_nonnull (page);
  osc_health_page_take (OSC_HEALTH_PAGE (page), answer, 4200);
  g_assert_nonnull (find (page, says, _ ("Please look at this")));
  g_autofree char *failed = g_strdup_printf (_ ("Not printed: %d"), 3);
  g_autofree char *waiting = g_strdup_printf (_ ("Waiting: %d"), 2);
  g_autofree char *both = g_strconcat (failed, " · ", waiting, NULL);
  g_assert_nonnull (find (page, says, both));
  g_assert_nonnull (find (page, says, _ ("Switched off: this computer alone")));
  g_assert_null (find (page, says, "FUTURE"));

  osc_health_page_take (OSC_HEALTH_PAGE (page), NULL, 0);
  g_assert_nonnull (find (page, says, _ ("It does not answer")));
  g_assert_null (find (page, says, both)); /* nobody knows any more */
  g_autofree char *text = osc_health_page_text (OSC_HEALTH_PAGE (page));
  g_assert_nonnull (strstr (text, "server does not answer"));
  g_assert_nonnull (strstr (text, "server 9.8.7 since 2026-11-20T23:02:00Z"));
  g_assert_nonnull (strstr (text, "PRINTING BAD waiting=2 failed=3\n"));
  g_assert_nonnull (strstr (text, "FUTURE BAD\n"));
  g_assert_null (strstr (text, "소담"));
  g_assert_null (strstr (text, "김지은"));
  desk_close (&desk);
}

static void
choose (GtkWidget *page, const char *words)
{
  GtkWidget *label = find (page, says, words);

  g_assert_nonnull (label);
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
}

/* The shortest promise is never more than the longest; nothing wrong is sent. */
static void
test_promise (void)
{
  Desk desk;

  desk_open (&desk);
  osc_shell_go (desk.shell, "settings", "hours");
  osc_fixture_spin (100);
  OscField *least = field_of (&desk, _ ("Shortest promise in minutes"));
  OscField *most = field_of (&desk, _ ("Longest promise in minutes"));

  osc_field_focus (least);
  osc_field_set_text (least, "91");
  leave_field (&desk);
  g_assert_nonnull (osc_field_error (least));
  g_assert_cmpuint (desk.patches, ==, 0);
  osc_field_focus (least);
  osc_field_set_text (least, "20");
  leave_field (&desk);
  osc_field_focus (most);
  osc_field_set_text (most, "19");
  leave_field (&desk);
  g_assert_nonnull (osc_field_error (most));
  osc_field_focus (most);
  osc_field_set_text (most, "60");
  leave_field (&desk);
  g_assert_cmpint (shop_of (&desk)->promise_min_minutes, ==, 20);
  g_assert_cmpint (shop_of (&desk)->promise_max_minutes, ==, 60);
  g_assert_cmpuint (desk.patches, ==, 2);
  choose (GTK_WIDGET (desk.window), _ ("What the kitchen can keep"));
  osc_fixture_spin (50);
  g_assert_true (shop_of (&desk)->promise_automatic);
  desk_close (&desk);
}

/* A pause for ten minutes counts down, ends by itself, and can be taken back. */
static void
test_pause (void)
{
  Desk desk;

  desk_open (&desk);
  GtkWidget *strip = GTK_WIDGET (osc_window_strip (desk.window));
  GtkWidget *state = find (strip, is_of_type, GSIZE_TO_POINTER (OSC_TYPE_OPEN_STATE));

  g_assert_nonnull (find (state, says, _ ("Taking orders")));
  gtk_widget_activate_action (state, "state.pause", "i", 10);
  g_assert_cmpstr (shop_of (&desk)->open_state, ==, OSY_SHOP_PAUSED);
  g_assert_cmpint (shop_of (&desk)->paused_until, ==, OSC_FIXTURE_NOW + 10 * G_TIME_SPAN_MINUTE);
  g_autofree char *left = g_strdup_printf (_ ("Paused %s"), "10:00");
  g_assert_nonnull (find (state, says, left));
  osc_fixture_spin (50);
  press_text (GTK_WIDGET (desk.window), _ ("Undo"));
  g_assert_cmpstr (shop_of (&desk)->open_state, ==, OSY_SHOP_OPEN);
  gtk_widget_activate_action (state, "state.pause", "i", 20);
  osy_clock_advance_fake (20 * G_TIME_SPAN_MINUTE);
  osc_open_state_follow (OSC_OPEN_STATE (state), desk.context.shop, NULL);
  g_assert_nonnull (find (state, says, _ ("Taking orders")));
  gtk_widget_activate_action (state, "state.close", NULL);
  g_assert_nonnull (find (state, says, _ ("Shop closed")));
  desk_close (&desk);
}

static char *
kept (GKeyFile *file, const char *key)
{
  return g_key_file_get_value (file, "com/ordersync/Console", key, NULL);
}

/* What is chosen is really kept: the schema holds every key, and the choice stands in the file that
 * the next start reads. */
static void
test_kept (void)
{
  GtkWidget *window = gtk_application_window_new (application);
  GtkWidget *page = osc_screen_page_new ();
  g_autofree char *path =
      g_build_filename (g_get_user_config_dir (), "glib-2.0", "settings", "keyfile", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  OscContext context;

  g_assert_nonnull (osc_settings_get ());
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (100);
  choose (page, "125%");
  choose (page, _ ("Dark"));
  choose (page, C_ ("high contrast", "On"));
  osc_fixture_context (&context);
  page = osc_language_page_new (&context);
  gtk_window_set_child (GTK_WINDOW (window), page);
  choose (page, "한국어");
  choose (page, _ ("Both"));
  g_settings_sync ();
  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  g_autofree char *scale = kept (file, "scale");
  g_autofree char *scheme = kept (file, "color-scheme");
  g_autofree char *language = kept (file, "language");
  g_autofree char *guest = kept (file, "guest-language");
  g_autofree char *contrast = kept (file, "contrast");
  g_assert_cmpstr (scale, ==, "125");
  g_assert_cmpstr (scheme, ==, "'dark'");
  g_assert_cmpstr (language, ==, "'ko'");
  g_assert_cmpstr (guest, ==, "'both'");
  g_assert_cmpstr (contrast, ==, "'high'");
  gtk_window_destroy (GTK_WINDOW (window));
  osc_fixture_context_clear (&context);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("osc-settings-XXXXXX", NULL);

  g_setenv ("GSETTINGS_SCHEMA_DIR", OSY_BUILD_DIR "/data", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "keyfile", TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/settings/name", test_name);
  g_test_add_func ("/console/settings/number", test_number);
  g_test_add_func ("/console/settings/retention", test_retention);
  g_test_add_func ("/console/settings/hours", test_hours);
  g_test_add_func ("/console/settings/day", test_day);
  g_test_add_func ("/console/settings/pages", test_pages);
  g_test_add_func ("/console/settings/health", test_health);
  g_test_add_func ("/console/settings/pause", test_pause);
  g_test_add_func ("/console/settings/promise", test_promise);
  g_test_add_func ("/console/settings/kept", test_kept);
  return g_test_run ();
}
