/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Security and record by keys alone and by touch alone, over real templates. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-audit.h"
#include "osc-banner.h"
#include "osc-fixture.h"
#include "osc-logs.h"
#include "osy-clock.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  char *asked; /* last path of the record */
  char *seen;  /* last threat acknowledged */
  guint raised;
} Desk;

static GtkApplication *application;

static void
on_seen (OscSecurityStore *store, const char *id, Desk *desk)
{
  g_free (desk->seen);
  desk->seen = g_strdup (id);
}

static void
on_raised (OscSecurityStore *store, gpointer threat, Desk *desk)
{
  desk->raised++;
}

static void
on_asked (OscAuditLog *log, const char *path, Desk *desk)
{
  if (g_str_has_suffix (path, "/status"))
    return;
  g_free (desk->asked);
  desk->asked = g_strdup (path);
}

static void
desk_open (Desk *desk)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  g_signal_connect (desk->context.security, "requested", G_CALLBACK (on_seen), desk);
  g_signal_connect (desk->context.security, "raised", G_CALLBACK (on_raised), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  osc_fixture_spin (200);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_free (desk->asked);
  g_free (desk->seen);
  osy_clock_set_fake (0);
}

static void
take_security (Desk *desk, gboolean seen)
{
  g_autoptr (JsonNode) answer = osc_fixture_security (seen);

  g_assert_true (osc_security_store_take (desk->context.security, answer));
  osc_fixture_spin (100);
}

static OscAudit *
open_record (Desk *desk)
{
  g_autoptr (JsonNode) page = osc_fixture_record ();
  g_autoptr (JsonNode) seal = osc_fixture_seal (0);

  osc_shell_go (desk->shell, "audit", NULL);
  OscAudit *audit = OSC_AUDIT (osc_shell_view (desk->shell));
  g_signal_connect (osc_audit_log (audit), "requested", G_CALLBACK (on_asked), desk);
  osc_audit_log_take (osc_audit_log (audit), page);
  osc_audit_log_take_seal (osc_audit_log (audit), seal);
  osc_fixture_spin (200);
  return audit;
}

static gboolean
is_shown_banner (GtkWidget *widget, gconstpointer unused)
{
  return OSC_IS_BANNER (widget) && osc_banner_is_shown (OSC_BANNER (widget));
}

/* An attack shows over any view, is told once, and goes when somebody has seen it. */
static void
test_alert (void)
{
  Desk desk;

  desk_open (&desk);
  GtkWidget *window = GTK_WIDGET (desk.window);

  g_assert_null (find (window, is_shown_banner, NULL));
  take_security (&desk, FALSE);
  g_assert_nonnull (find (window, is_shown_banner, NULL));
  g_assert_nonnull (find (window, says, _ ("Somebody is guessing a password")));
  g_assert_cmpuint (desk.raised, ==, 2);
  take_security (&desk, FALSE);
  g_assert_cmpuint (desk.raised, ==, 2);
  press_text (window, _ ("Have a look"));
  osc_fixture_spin (200);
  g_assert_nonnull (find (window, says, _ ("Please look at this")));
  press_text (window, _ ("I've seen it"));
  g_assert_cmpstr (desk.seen, ==, "00000000-0000-7000-b000-000000000001");
  take_security (&desk, TRUE);
  g_assert_null (find (window, is_shown_banner, NULL));
  g_assert_null (find (window, says, _ ("I've seen it")));
  g_assert_nonnull (find (window, says, _ ("Nothing needs a look")));
  desk_close (&desk);
}

/* Settings → record, arrows, F3, words, Esc out of the field, Esc back. */
static void
test_keys (void)
{
  Desk desk;

  desk_open (&desk);
  GtkWidget *window = GTK_WIDGET (desk.window);

  open_record (&desk);
  g_assert_nonnull (find (window, says, _ ("Pick a row to see what changed")));
  for (int i = 0; i < 6; i++)
    osc_shell_key (desk.shell, OSC_KEY_DOWN);
  osc_fixture_spin (100);
  g_assert_nonnull (find (window, says, "0 → 12000"));
  g_assert_nonnull (find (window, says, "02-****-4821 → 02-****-4822"));
  g_assert_null (find (window, says, "비빔밥"));
  osc_shell_key (desk.shell, OSC_KEY_UP);
  osc_shell_key (desk.shell, OSC_KEY_UP);
  osc_fixture_spin (100);
  g_assert_nonnull (find (window, says, "8000 → 8500"));
  osc_shell_key (desk.shell, OSC_KEY_FIND);
  GtkWidget *search = gtk_window_get_focus (GTK_WINDOW (desk.window));
  g_assert_true (GTK_IS_TEXT (search));
  gtk_editable_set_text (GTK_EDITABLE (search), "박민수");
  osc_fixture_spin (100);
  g_assert_nonnull (find (window, says, "박민수"));
  g_assert_null (find (window, says, "김지은"));
  gtk_editable_set_text (GTK_EDITABLE (search), "없는 말");
  osc_fixture_spin (100);
  g_assert_nonnull (find (window, says, _ ("Nothing like that was recorded")));
  osc_shell_key (desk.shell, OSC_KEY_BACK);
  g_assert_true (OSC_IS_AUDIT (osc_shell_view (desk.shell)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "없는 말");
  osc_shell_key (desk.shell, OSC_KEY_BACK);
  g_assert_false (OSC_IS_AUDIT (osc_shell_view (desk.shell)));
  desk_close (&desk);
}

static gboolean
is_drop_down_with (GtkWidget *widget, gconstpointer first)
{
  if (!GTK_IS_DROP_DOWN (widget))
    return FALSE;
  GtkStringList *model = GTK_STRING_LIST (gtk_drop_down_get_model (GTK_DROP_DOWN (widget)));
  return g_strcmp0 (gtk_string_list_get_string (model, 0), first) == 0;
}

/* Range, kind and person are asked of the daemon; a page comes when the end comes near. */
static void
test_touch (void)
{
  Desk desk;

  desk_open (&desk);
  GtkWidget *window = GTK_WIDGET (desk.window);
  OscAudit *audit = open_record (&desk);
  GtkWidget *day =
      gtk_widget_get_ancestor (find (window, says, _ ("24 hours")), GTK_TYPE_TOGGLE_BUTTON);

  g_assert_nonnull (find (window, has_class, "audit-seal"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (day), TRUE);
  g_assert_cmpstr (desk.asked, ==,
                   "/api/v1/restaurants/me/audit?limit=100&from=2026-11-20T03%3A24%3A00.000000Z");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (find (window, is_drop_down_with, _ ("Everything"))),
                              1);
  g_assert_true (g_str_has_suffix (desk.asked, "&action=order."));
  GtkWidget *person = find (window, is_drop_down_with, _ ("Everybody"));
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (person))), ==,
                    3);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (person), 1);
  g_assert_nonnull (strstr (desk.asked, "&actor=user%3A"));
  g_autoptr (JsonNode) page = osc_fixture_record ();
  osc_audit_log_take (osc_audit_log (audit), page);
  osc_audit_log_more (osc_audit_log (audit));
  g_assert_true (g_str_has_suffix (desk.asked, "&cursor=more"));
  osc_audit_log_more (osc_audit_log (audit)); /* one at a time */
  osc_audit_log_take (osc_audit_log (audit), NULL);
  osc_fixture_spin (100);
  g_assert_nonnull (find (window, says, _ ("The record couldn't be read")));
  desk_close (&desk);
}

/* ---- what the programs said ---- */

static void
on_log_asked (OscLogStore *store, const char *path, Desk *desk)
{
  g_free (desk->asked);
  desk->asked = g_strdup (path);
}

static OscLogs *
open_logs (Desk *desk)
{
  g_autoptr (JsonNode) answer = osc_fixture_log (1, 5);

  osc_shell_go (desk->shell, "logs", NULL);
  OscLogs *logs = OSC_LOGS (osc_shell_view (desk->shell));
  g_signal_connect (osc_logs_store (logs), "requested", G_CALLBACK (on_log_asked), desk);
  osc_log_store_add_own (osc_logs_store (logs), osc_fixture_own_lines ());
  osc_log_store_take (osc_logs_store (logs), answer, NULL);
  osc_fixture_spin (100);
  return logs;
}

static guint
count_lines (OscLogs *logs)
{
  g_autofree char *text = osc_logs_text (logs);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strv_length (lines) - 2; /* the first names the version, behind the last is nothing */
}

static void
press_toggle (Desk *desk, const char *name)
{
  GtkWidget *label = find (GTK_WIDGET (desk->window), says, name);

  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_TOGGLE_BUTTON)), TRUE);
}

/* Both programs in one list by their time; by level and by words. */
static void
test_logs (void)
{
  Desk desk;

  desk_open (&desk);
  OscLogs *logs = open_logs (&desk);
  g_autofree char *text = osc_logs_text (logs);
  const char *own = strstr (text, " console info osc-feed An act of the kitchen failed\n");

  g_assert_cmpuint (count_lines (logs), ==, 42);
  g_assert_nonnull (own);
  g_assert_nonnull (strstr (own, " server "));     /* some of the server's are newer, */
  g_assert_true (strstr (text, " server ") < own); /* and some older */
  press_toggle (&desk, _ ("Warnings and errors"));
  g_assert_cmpuint (count_lines (logs), ==, 17);
  press_toggle (&desk, _ ("Errors alone"));
  g_assert_cmpuint (count_lines (logs), ==, 8);
  osc_view_key (OSC_VIEW (logs), OSC_KEY_FIND);
  gtk_editable_set_text (GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (desk.window))),
                         "no space");
  g_assert_cmpuint (count_lines (logs), ==, 8);
  gtk_editable_set_text (GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (desk.window))),
                         "nobody said that");
  g_assert_cmpuint (count_lines (logs), ==, 0);
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (desk.window), says, _ ("Nothing like that was said")));
  desk_close (&desk);
}

/* It asks for what is new; of a server that was started again, for all; what was read stays while
 * it is away. */
static void
test_log_follows (void)
{
  Desk desk;

  desk_open (&desk);
  OscLogs *logs = open_logs (&desk);
  OscLogStore *store = osc_logs_store (logs);
  g_autoptr (JsonNode) again = osc_fixture_log (1, 5);
  g_autoptr (JsonNode) nothing = osc_fixture_log (41, 1);
  g_autoptr (JsonNode) anew = osc_fixture_log (1, 1);

  osc_log_store_look (store);
  g_assert_cmpstr (desk.asked, ==, "/api/v1/restaurants/me/log?after=40&limit=1000");
  osc_log_store_take (store, again, NULL); /* late: nothing comes twice */
  g_assert_cmpuint (count_lines (logs), ==, 42);
  osc_log_store_take (store, nothing, NULL); /* another start: asked once more, from the first */
  g_assert_cmpstr (desk.asked, ==, "/api/v1/restaurants/me/log?after=0&limit=1000");
  g_assert_cmpuint (count_lines (logs), ==, 42);
  osc_log_store_take (store, anew, NULL);
  g_assert_cmpuint (count_lines (logs), ==, 82);
  osc_log_store_take (store, NULL, NULL);
  g_assert_cmpint (osc_log_store_state (store), ==, OSC_LOG_AWAY);
  g_assert_cmpuint (count_lines (logs), ==, 82);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/record/alert", test_alert);
  g_test_add_func ("/console/record/keys", test_keys);
  g_test_add_func ("/console/record/touch", test_touch);
  g_test_add_func ("/console/record/logs", test_logs);
  g_test_add_func ("/console/record/log-follows", test_log_follows);
  return g_test_run ();
}
