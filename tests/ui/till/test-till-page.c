/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The close by keys: Enter goes on, Esc goes back and loses nothing, digits count, a difference
 * wants a reason, and one question is asked. No step can hold anybody: what is open, or can't be
 * read, is passed. */

#include <glib/gi18n.h>
#include <string.h>

#include "osc-fixture.h"
#include "osc-till.h"
#include "osy-json.h"

#define STATE                                                                                   \
  "{\"opened_at\":%s,\"opened_by\":null,\"opening_float\":100000,\"blind\":true,\"version\":9," \
  "\"last_number\":318,\"report\":{\"tenders\":[],\"totals\":{\"taken\":0,\"refunded\":0,"      \
  "\"net\":0,\"supply\":0,\"vat\":0,\"tax_free\":0},\"cash\":{\"opening_float\":100000,\"taken" \
  "\":0,\"refunded\":0,\"in\":0,\"out\":0,\"expected\":100000%s}},\"moves\":[],\"counts\":[]%s}"

static GtkApplication *application;

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  guint asked;
  char *path;
  char *body;
} Desk;

static void
on_requested (OscTillStore *store,
              const char *method,
              const char *path,
              const char *body,
              const char *key,
              Desk *desk)
{
  if (strcmp (method, "POST") != 0)
    return;
  desk->asked++;
  g_free (desk->path);
  g_free (desk->body);
  desk->path = g_strdup (path);
  desk->body = g_strdup (body);
}

static void
take_state (Desk *desk, const char *opened_at)
{
  g_autofree char *text = g_strdup_printf (STATE, opened_at, "", "");
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), NULL);

  osc_till_store_take_state (desk->context.till, node);
}

static void
desk_open (Desk *desk, const char *opened_at)
{
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  g_signal_connect (desk->context.till, "requested", G_CALLBACK (on_requested), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  take_state (desk, opened_at);
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_TILL));
  g_assert_true (OSC_IS_TILL (osc_shell_view (desk->shell)));
  osc_fixture_spin (50);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_free (desk->path);
  g_free (desk->body);
}

static void
type (Desk *desk, const char *digits)
{
  for (const char *c = digits; *c != '\0'; c++)
    g_assert_true (osc_shell_key (desk->shell,
                                  *c == '0' ? OSC_KEY_ZERO : OSC_KEY_CARD_1 + (OscKey)(*c - '1')));
}

static void
key (Desk *desk, OscKey pressed)
{
  osc_shell_key (desk->shell, pressed);
  osc_fixture_spin (20);
}

static OscTillDraft *
draft_of (Desk *desk)
{
  return osc_till_store_draft (desk->context.till, OSC_TILL_FOR_CLOSE);
}

/* The question that is over the window. */
static GtkWindow *
find_sheet (Desk *desk)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (window != GTK_WINDOW (desk->window) &&
        gtk_window_get_transient_for (window) == GTK_WINDOW (desk->window))
      return window;
  }
  return NULL;
}

static void
test_opening (void)
{
  Desk desk;

  desk_open (&desk, "null");
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked, ==, 1);
  g_assert_true (g_str_has_suffix (desk.path, "/till/open"));
  g_assert_cmpstr (desk.body, ==, "{\"opening_float\":100000}");
  desk_close (&desk);
}

static void
test_close (void)
{
  Desk desk;

  desk_open (&desk, "\"2026-11-21T01:00:00Z\"");
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpint (draft_of (&desk)->step, ==, OSC_TILL_STEP_REST);
  /* What is open can't be read, and holds nobody. */
  osc_till_store_take_rest (desk.context.till, NULL);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpint (draft_of (&desk)->step, ==, OSC_TILL_STEP_COUNT);
  type (&desk, "1");
  key (&desk, OSC_KEY_NEXT);
  type (&desk, "48");
  key (&desk, OSC_KEY_ERASE);
  key (&desk, OSC_KEY_MORE);
  g_assert_cmpint (draft_of (&desk)->pieces[1], ==, 5);
  key (&desk, OSC_KEY_LESS);
  key (&desk, OSC_KEY_BACK);
  key (&desk, OSC_KEY_BACK);
  g_assert_cmpint (osc_till_draft_counted (draft_of (&desk)), ==, 90000);
  /* It goes on where it was left: nothing typed is lost. */
  key (&desk, OSC_KEY_NEXT);
  key (&desk, OSC_KEY_NEXT);
  key (&desk, OSC_KEY_COMMIT);
  g_assert_cmpint (draft_of (&desk)->step, ==, OSC_TILL_STEP_CHECK);
  /* Without a reason nothing is asked. */
  key (&desk, OSC_KEY_COMMIT);
  g_assert_null (find_sheet (&desk));
  osc_fixture_press (GTK_WIDGET (desk.shell), _ ("Wrong change given"));
  g_assert_cmpstr (draft_of (&desk)->reason, ==, _ ("Wrong change given"));
  key (&desk, OSC_KEY_COMMIT);
  g_assert_nonnull (find_sheet (&desk));
  g_assert_cmpuint (desk.asked, ==, 0);
  osc_fixture_press (GTK_WIDGET (find_sheet (&desk)), _ ("Close the day"));
  osc_fixture_spin (50);
  g_assert_cmpuint (desk.asked, ==, 1);
  g_assert_true (g_str_has_suffix (desk.path, "/till/close"));
  g_assert_nonnull (strstr (desk.body, "\"counted\":90000"));
  g_assert_nonnull (strstr (desk.body, "\"left\":90000"));
  desk_close (&desk);
}

/* An empty drawer is one too; nothing typed is not. */
static void
test_nothing_typed (void)
{
  Desk desk;

  desk_open (&desk, "\"2026-11-21T01:00:00Z\"");
  key (&desk, OSC_KEY_NEXT);
  key (&desk, OSC_KEY_NEXT);
  key (&desk, OSC_KEY_COMMIT);
  g_assert_cmpint (draft_of (&desk)->step, ==, OSC_TILL_STEP_COUNT);
  type (&desk, "0");
  key (&desk, OSC_KEY_COMMIT);
  g_assert_cmpint (draft_of (&desk)->step, ==, OSC_TILL_STEP_CHECK);
  /* The server is away: what it is asked for waits, the way back does not. */
  osc_view_set_live (osc_shell_view (desk.shell), FALSE);
  osc_fixture_press (GTK_WIDGET (desk.shell), _ ("Don't know"));
  key (&desk, OSC_KEY_COMMIT);
  g_assert_null (find_sheet (&desk));
  key (&desk, OSC_KEY_BACK);
  g_assert_cmpint (draft_of (&desk)->step, ==, OSC_TILL_STEP_COUNT);
  desk_close (&desk);
}

/* A close that was made lies on paper; another copy is a key away, and is asked for by its number.
 */
static void
test_print_again (void)
{
  static const char close[] =
      "{\"number\":318,\"business_day\":\"2026-11-20\",\"opened_at\":null,\"closed_at\":"
      "\"2026-11-20T13:00:00Z\",\"actor\":\"owner\",\"corrects\":null,\"corrected_by\":null,"
      "\"currency\":\"KRW\",\"denominations\":null,\"report\":{\"tenders\":[],\"totals\":{"
      "\"taken\":0,\"refunded\":0,\"net\":0,\"supply\":0,\"vat\":0,\"tax_free\":0},\"cash\":{"
      "\"opening_float\":0,\"taken\":0,\"refunded\":0,\"in\":0,\"out\":0,\"expected\":0,"
      "\"counted\":0,\"difference\":0,\"left\":0,\"banked\":0}},\"moves\":[],\"counts\":[]}";
  g_autoptr (JsonNode) node = osy_json_parse (close, strlen (close), NULL);
  Desk desk;

  desk_open (&desk, "\"2026-11-21T01:00:00Z\"");
  key (&desk, OSC_KEY_REPRINT);
  g_assert_cmpuint (desk.asked, ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (osc_shell_view (desk.shell)), "till.look", "x",
                              G_GINT64_CONSTANT (318));
  osc_till_store_take_close (desk.context.till, node);
  osc_fixture_spin (20);
  key (&desk, OSC_KEY_REPRINT);
  g_assert_cmpuint (desk.asked, ==, 1);
  g_assert_true (g_str_has_suffix (desk.path, "/till/z/318/print"));
  osc_view_set_live (osc_shell_view (desk.shell), FALSE);
  key (&desk, OSC_KEY_REPRINT);
  g_assert_cmpuint (desk.asked, ==, 1);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);

  g_test_add_func ("/till-page/opening", test_opening);
  g_test_add_func ("/till-page/close", test_close);
  g_test_add_func ("/till-page/nothing-typed", test_nothing_typed);
  g_test_add_func ("/till-page/print-again", test_print_again);
  return g_test_run ();
}
