/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The page of alerts: what each button asks of the daemon, that nothing is asked before all is
 * typed, and that a key never comes back. */

#include <glib/gi18n.h>
#include <string.h>

#include "../find.h"
#include "osc-alert-target-sheet.h"
#include "osc-alerts-page.h"
#include "osc-scenes.h"
#include "osc-sheet.h"
#include "osy-clock.h"
#include "osy-json.h"

#define ID(last) "01940000-0000-7000-8000-000000000a" last
#define ME "/api/v1/restaurants/me/"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscAlertsPage *page;
  GPtrArray *asked;
} Desk;

static GtkApplication *application;

static gboolean
is_page (GtkWidget *widget, gconstpointer data)
{
  return OSC_IS_ALERTS_PAGE (widget);
}

static void
on_requested (OscDocument *document, const char *what, Desk *desk)
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
  for (const OscScene *scene = osc_scenes_alerts; scene->name != NULL; scene++)
    if (g_str_equal (scene->name, name))
      scene->show (desk->window, &desk->context);
  gtk_window_present (GTK_WINDOW (desk->window));
  osc_fixture_spin (200);
  desk->page = OSC_ALERTS_PAGE (find (GTK_WIDGET (desk->window), is_page, NULL));
  g_assert_nonnull (desk->page);
  for (int i = 0; i < OSC_N_ALERTS; i++)
    g_signal_connect (osc_alerts_page_document (desk->page, (OscAlertsPart)i), "requested",
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

  if (!g_str_equal (last, what))
    g_error ("asked %s, not %s", last, what);
}

static GtkWidget *
nth_button (GtkWidget *within, const char *text, guint *nth)
{
  if (GTK_IS_BUTTON (within) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (within)), text) == 0 &&
      (*nth)-- == 0)
    return within;
  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = nth_button (child, text, nth);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
press_nth (GtkWidget *within, const char *text, guint nth)
{
  GtkWidget *button = nth_button (within, text, &nth);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static GtkWidget *
nth_of (GtkWidget *within, GType type, guint *nth)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (within, type) && (*nth)-- == 0)
    return within;
  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = nth_of (child, type, nth);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static OscField *
field (Desk *desk, guint nth)
{
  return OSC_FIELD (nth_of (GTK_WIDGET (sheet (desk)), OSC_TYPE_FIELD, &nth));
}

static void
primary (Desk *desk)
{
  g_signal_emit_by_name (osc_sheet_primary (sheet (desk)), "clicked");
}

/* ---- recipients ---- */

static void
test_recipients (Desk *desk, gconstpointer name)
{
  GtkWidget *page = GTK_WIDGET (desk->page);

  /* What is read again and says the same leaves every button where it is. */
  guint nth = 1;
  guint again = 1;
  g_autoptr (GtkWidget) test = g_object_ref (nth_button (page, _ ("Test"), &nth));
  OscDocument *list = osc_alerts_page_document (desk->page, OSC_ALERTS_LIST);
  JsonNode *same = json_node_alloc ();

  json_node_init_object (same, osc_document_get (list));
  osc_document_take (list, same);
  json_node_unref (same);
  g_assert_true (nth_button (page, _ ("Test"), &again) == test);
  press_nth (page, _ ("Test"), 1);
  assert_asked (desk, "POST " ME "alert-targets/" ID ("02") "/test");
  press_nth (page, _ ("Send again"), 0);
  assert_asked (desk, "POST " ME "alerts/messages/" ID ("23") "/retry");
  press_nth (page, _ ("Remove"), 2);
  assert_asked (desk, "DELETE " ME "alert-targets/" ID ("03"));
}

/* Each way asks for its own; nothing is sent before all of it is there. */
static void
test_add (Desk *desk, gconstpointer name)
{
  GtkWidget *way = GTK_WIDGET (sheet (desk));
  guint asked = desk->asked->len;
  guint nth = 0;

  /* The first of the ways is mail. */
  while (GTK_IS_BUTTON (way) == FALSE || !gtk_widget_has_css_class (way, "way"))
    way = nth_of (GTK_WIDGET (sheet (desk)), GTK_TYPE_BUTTON, &(guint){nth++});
  g_signal_emit_by_name (way, "clicked");
  osc_field_set_text (field (desk, 0), " 사장 ");
  osc_field_set_text (field (desk, 1), "owner@sodam.example");
  osc_field_set_text (field (desk, 3), "SG.abcdefghij");
  primary (desk);
  g_assert_cmpuint (desk->asked->len, ==, asked);
  g_assert_nonnull (osc_field_error (field (desk, 2)));
  osc_field_set_text (field (desk, 2), "shop@sodam.example");
  primary (desk);
  assert_asked (desk,
                "POST " ME "alert-targets {\"name\":\"사장\",\"address\":\"owner@sodam.example\","
                "\"from\":\"shop@sodam.example\",\"key\":\"SG.abcdefghij\","
                "\"channel\":\"EMAIL\"}");
  primary (desk); /* once */
  g_assert_cmpuint (desk->asked->len, ==, asked + 1);
}

/* The longest way is asked in two steps, and sent as one; what the second lacks is said there. */
static void
test_two_steps (Desk *desk, gconstpointer name)
{
  guint asked = desk->asked->len;

  osc_field_set_text (field (desk, 0), "another-sender-key");
  osc_field_set_text (field (desk, 1), "TI_0001");
  primary (desk);
  g_assert_cmpuint (desk->asked->len, ==, asked);
  g_assert_nonnull (osc_field_error (field (desk, 2)));
  osc_field_set_text (field (desk, 2), "[#{가게}]\n#{내용}");
  primary (desk);
  assert_asked (desk, "POST " ME "alert-targets {\"name\":\"010-1234-5678\","
                      "\"address\":\"010-1234-5678\",\"from\":\"010-1234-5678\","
                      "\"user_id\":\"010-1234-5678\",\"key\":\"010-1234-5678\","
                      "\"sender_key\":\"another-sender-key\",\"template_code\":\"TI_0001\","
                      "\"template\":\"[#{가게}]\\n#{내용}\",\"channel\":\"ALIMTALK\"}");
}

/* What is not typed stays: a key is in no field, and in no body unless it is new. */
static void
test_change (Desk *desk, gconstpointer name)
{
  for (guint i = 1; i < 4; i++)
    g_assert_cmpstr (osc_field_text (field (desk, i)), ==, "");
  osc_field_set_text (field (desk, 0), "사장님");
  primary (desk);
  assert_asked (desk, "PATCH " ME "alert-targets/" ID ("03") " {\"name\":\"사장님\"}");
}

/* A routing key goes to no other address than its own. */
static void
test_bound (Desk *desk, gconstpointer name)
{
  guint asked = desk->asked->len;

  press_nth (GTK_WIDGET (desk->page), _ ("Change…"), 1);
  osc_field_set_text (field (desk, 2), "https://elsewhere.example/enqueue");
  primary (desk);
  g_assert_cmpuint (desk->asked->len, ==, asked);
  g_assert_nonnull (osc_field_error (field (desk, 1)));
  osc_field_set_text (field (desk, 1), "0123456789abcdef0123456789abcdef");
  primary (desk);
  g_assert_cmpuint (desk->asked->len, ==, asked + 1);
}

/* The secret is on screen once. */
static void
test_secret (Desk *desk, gconstpointer name)
{
  g_autoptr (JsonNode) answer = json_from_string ("{\"id\":\"x\",\"secret\":\"s3cr3t\"}", NULL);

  osc_alert_target_sheet_taken (GTK_WINDOW (sheet (desk)), json_node_get_object (answer));
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (sheet (desk)), says, "s3cr3t"));
}

/* ---- what is told ---- */

static void
test_rules (Desk *desk, gconstpointer name)
{
  guint nth = 0;
  GtkWidget *outage =
      nth_of (GTK_WIDGET (osc_alerts_page_rules (desk->page)), GTK_TYPE_SWITCH, &nth);
  guint last = 5;
  GtkWidget *refunds =
      nth_of (GTK_WIDGET (osc_alerts_page_rules (desk->page)), GTK_TYPE_SWITCH, &last);

  g_assert_true (gtk_switch_get_active (GTK_SWITCH (outage)));
  gtk_switch_set_active (GTK_SWITCH (outage), FALSE);
  assert_asked (desk, "PUT " ME "alert-setup {\"rules\":{\"OUTAGE\":{\"channels\":[]}}}");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (refunds)));
  gtk_switch_set_active (GTK_SWITCH (refunds), TRUE);
  assert_asked (desk, "PUT " ME "alert-setup {\"rules\":{\"REFUNDS\":{\"channels\":[\"SCREEN\","
                      "\"EMAIL\",\"SMS\",\"ALIMTALK\",\"SLACK\",\"PAGERDUTY\"]}}}");
}

static void
test_rule (Desk *desk, gconstpointer name)
{
  guint asked = desk->asked->len;
  guint nth = 1; /* e-mail */
  GtkWidget *mail = nth_of (GTK_WIDGET (sheet (desk)), GTK_TYPE_CHECK_BUTTON, &nth);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (mail), TRUE);
  osc_field_set_text (field (desk, 0), "0");
  primary (desk);
  g_assert_cmpuint (desk->asked->len, ==, asked);
  g_assert_nonnull (osc_field_error (field (desk, 0)));
  osc_field_set_text (field (desk, 0), "5");
  primary (desk);
  assert_asked (desk, "PUT " ME "alert-setup {\"rules\":{\"LATE_ORDERS\":{\"channels\":"
                      "[\"SCREEN\",\"EMAIL\",\"SLACK\"],\"pierces\":false}},"
                      "\"limits\":{\"late_orders\":5,\"late_minutes\":10}}");
}

static void
test_quiet (Desk *desk, gconstpointer name)
{
  guint asked = desk->asked->len;

  press_nth (GTK_WIDGET (osc_alerts_page_rules (desk->page)), _ ("Change…"), 6);
  g_assert_cmpstr (osc_field_text (field (desk, 0)), ==, "22:00");
  osc_field_set_text (field (desk, 0), "25:00");
  primary (desk);
  g_assert_nonnull (osc_field_error (field (desk, 0)));
  osc_field_set_text (field (desk, 0), "8");
  primary (desk);
  g_assert_nonnull (osc_field_error (field (desk, 1))); /* 08:00 too */
  g_assert_cmpuint (desk->asked->len, ==, asked);
  osc_field_set_text (field (desk, 0), "23:30");
  primary (desk);
  assert_asked (desk, "PUT " ME "alert-setup {\"quiet\":{\"from\":\"23:30\",\"until\":\"08:00\","
                      "\"then\":\"DIGEST\"}}");
  osc_sheet_fail (sheet (desk), NULL); /* no answer comes here */
  osc_field_set_text (field (desk, 0), "");
  osc_field_set_text (field (desk, 1), "");
  primary (desk);
  assert_asked (desk, "PUT " ME "alert-setup {\"quiet\":null}");
}

static void
test_bound_of_messages (Desk *desk, gconstpointer name)
{
  guint asked = desk->asked->len;

  press_nth (GTK_WIDGET (osc_alerts_page_rules (desk->page)), _ ("Change…"), 7);
  g_assert_cmpstr (osc_field_text (field (desk, 0)), ==, "10");
  for (const char *const *wrong = (const char *const[]){"0", "", "1001", "ten", NULL};
       *wrong != NULL; wrong++) {
    osc_field_set_text (field (desk, 0), *wrong);
    primary (desk);
    g_assert_nonnull (osc_field_error (field (desk, 0)));
  }
  g_assert_cmpuint (desk->asked->len, ==, asked);
  osc_field_set_text (field (desk, 0), "5");
  primary (desk);
  assert_asked (desk, "PUT " ME "alert-setup {\"limits\":{\"messages_per_hour\":5}}");
}

/* ---- on the screen ---- */

/* What is wrong stands among what needs attention, and leads to where it is put right. */
static void
test_attention (Desk *desk, gconstpointer name)
{
  OscShell *shell = osc_window_shell (desk->window);
  g_autoptr (JsonNode) answer = json_from_string (
      "{\"alerts\":[{\"id\":\"a\",\"kind\":\"PRINTER\",\"text\":\"The printer is out of paper.\","
      "\"raised_at\":\"2026-11-21T03:12:00Z\",\"quiet\":true}]}",
      NULL);
  g_autoptr (JsonNode) over = json_from_string ("{\"alerts\":[]}", NULL);
  g_autoptr (JsonNode) stuck = json_from_string ("{\"items\":[],\"next_cursor\":null}", NULL);

  osc_shell_go (shell, "attention", NULL);
  osc_attention_store_take (desk->context.attention, stuck);
  osc_alert_store_take (desk->context.alerts, answer);
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (shell), says, "The printer is out of paper."));
  press_nth (GTK_WIDGET (osc_shell_view (shell)), _ ("Have a look"), 0);
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (osc_shell_view (shell)), says, _ ("Printers and drawer")));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (desk->page)));
  osc_shell_go (shell, "attention", NULL);
  osc_alert_store_take (desk->context.alerts, over);
  osc_fixture_spin (50);
  g_assert_null (find (GTK_WIDGET (shell), says, "The printer is out of paper."));
}

int
main (int argc, char **argv)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  application = osc_fixture_init (&argc, &argv);
  g_test_add ("/alerts/recipients", Desk, "settings-alerts", set_up, test_recipients, tear_down);
  g_test_add ("/alerts/add", Desk, "settings-alerts-add", set_up, test_add, tear_down);
  g_test_add ("/alerts/two-steps", Desk, "settings-alerts-alimtalk", set_up, test_two_steps,
              tear_down);
  g_test_add ("/alerts/change", Desk, "settings-alerts-change", set_up, test_change, tear_down);
  g_test_add ("/alerts/bound", Desk, "settings-alerts", set_up, test_bound, tear_down);
  g_test_add ("/alerts/secret", Desk, "settings-alerts-add", set_up, test_secret, tear_down);
  g_test_add ("/alerts/rules", Desk, "settings-alerts", set_up, test_rules, tear_down);
  g_test_add ("/alerts/rule", Desk, "settings-alerts-rule", set_up, test_rule, tear_down);
  g_test_add ("/alerts/quiet", Desk, "settings-alerts", set_up, test_quiet, tear_down);
  g_test_add ("/alerts/messages", Desk, "settings-alerts", set_up, test_bound_of_messages,
              tear_down);
  g_test_add ("/alerts/attention", Desk, "settings-alerts", set_up, test_attention, tear_down);
  return g_test_run ();
}
