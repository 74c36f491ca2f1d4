/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The assistant before there is a shop: what it checks itself, and how it tells what the server
 * found. */

#include <adwaita.h>
#include <glib/gi18n.h>

#include "fake-daemon.h"
#include "osc-field.h"
#include "osc-setup.h"
#include "osy-i18n.h"
#include "spin.h"
#include "walk.h"

enum { SHOP, PHONE, EMAIL, PASSWORD, AGAIN, OPENS, CLOSES, CUTOFF, CODE, N_FIELDS };

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  OscSetupDraft *draft;
  GtkWidget *window;
  GtkWidget *page;
  OscField *fields[N_FIELDS];
  guint elsewhere;
} Fixture;

static void
elsewhere_cb (OscSetup *page, Fixture *fixture)
{
  fixture->elsewhere++;
}

/* @data: the code that the console could read, or NULL. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->daemon = fake_daemon_new ();
  fixture->daemon->setup_needed = TRUE;
  fixture->client = osy_client_new (fixture->daemon->base_url);
  fixture->draft = osc_setup_draft_new (NULL, NULL);
  fixture->page = osc_setup_new_page (fixture->client, data, fixture->draft);
  g_signal_connect (fixture->page, "already-set-up", G_CALLBACK (elsewhere_cb), fixture);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1366, 720);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < (data == NULL ? N_FIELDS : CODE); i++)
    fixture->fields[i] = OSC_FIELD (walk_find_type (fixture->page, OSC_TYPE_FIELD, i));
  osc_field_set_text (fixture->fields[SHOP], " 소담분식 ");
  osc_field_set_text (fixture->fields[EMAIL], "owner@example.com");
  osc_field_set_text (fixture->fields[PASSWORD], "right password");
  osc_field_set_text (fixture->fields[AGAIN], "right password");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  SPIN_FOR (100);
  g_object_unref (fixture->draft);
  g_object_unref (fixture->client);
  fake_daemon_free (fixture->daemon);
}

static void
press (Fixture *fixture)
{
  g_signal_emit_by_name (walk_find_class (fixture->page, "setup-primary"), "clicked");
}

static void
test_checks (Fixture *fixture, gconstpointer data)
{
  osc_field_set_text (fixture->fields[SHOP], " ");
  osc_field_set_text (fixture->fields[EMAIL], "owner at home");
  osc_field_set_text (fixture->fields[AGAIN], "another password");
  osc_field_set_text (fixture->fields[CUTOFF], "25:00");
  press (fixture);
  g_assert_nonnull (osc_field_error (fixture->fields[SHOP]));
  g_assert_nonnull (osc_field_error (fixture->fields[EMAIL]));
  g_assert_nonnull (osc_field_error (fixture->fields[AGAIN]));
  g_assert_nonnull (osc_field_error (fixture->fields[CUTOFF]));
  SPIN_FOR (100);
  g_assert_null (fixture->daemon->last_body); /* nothing was sent, nothing typed was lost */
  g_assert_cmpstr (osc_field_text (fixture->fields[EMAIL]), ==, "owner at home");
}

static void
test_asks_for_code (Fixture *fixture, gconstpointer data)
{
  press (fixture);
  g_assert_nonnull (osc_field_error (fixture->fields[CODE]));
  osc_field_set_text (fixture->fields[CODE], "0000");
  press (fixture);
  SPIN_UNTIL (osc_field_error (fixture->fields[CODE]) != NULL, 5000);
  g_assert_cmpstr (osc_field_error (fixture->fields[CODE]), ==,
                   _ ("The code is not right. Copy it from the file setup-code again"));
}

static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  fixture->daemon->setup_needed = FALSE;
  press (fixture);
  SPIN_UNTIL (fixture->elsewhere == 1, 5000);
}

/* The draft is written while typing, but never a password. */
static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (osc_setup_draft_get (fixture->draft, "shop", "name"), ==, " 소담분식 ");
  g_assert_cmpstr (osc_setup_draft_get (fixture->draft, "shop", "email"), ==, "owner@example.com");
  g_assert_null (osc_setup_draft_get (fixture->draft, "shop", "password"));
}

#define ADD(path, code, func) \
  g_test_add ("/setup-page/" path, Fixture, code, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  osy_i18n_init ();
  walk_load_style ();
  ADD ("checks", "1234", test_checks);
  ADD ("asks-for-code", NULL, test_asks_for_code);
  ADD ("elsewhere", "1234", test_elsewhere);
  ADD ("draft", "1234", test_draft);
  return g_test_run ();
}
