/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The page to sign in, its real template on a real screen, against the fake daemon; in the
 * language that LANGUAGE asks for. */

#include <adwaita.h>
#include <glib/gi18n.h>

#include "fake-daemon.h"
#include "osc-field.h"
#include "osc-sign-in-page.h"
#include "osy-i18n.h"
#include "spin.h"
#include "walk.h"

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  GtkWidget *window;
  GtkWidget *page;
  OscField *email;
  OscField *password;
  GtkWidget *submit;
  guint signed_in;
} Fixture;

static void
signed_in_cb (OscSignInPage *page, Fixture *fixture)
{
  fixture->signed_in++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->daemon = fake_daemon_new ();
  fixture->client = osy_client_new (fixture->daemon->base_url);
  fixture->page = osc_sign_in_page_new (fixture->client);
  g_signal_connect (fixture->page, "signed-in", G_CALLBACK (signed_in_cb), fixture);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->email = OSC_FIELD (walk_find_type (fixture->page, OSC_TYPE_FIELD, 0));
  fixture->password = OSC_FIELD (walk_find_type (fixture->page, OSC_TYPE_FIELD, 1));
  fixture->submit = walk_find_class (fixture->page, "form-submit");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  SPIN_FOR (100);
  g_assert_cmpuint (fixture->daemon->faults, ==, 0);
  g_object_unref (fixture->client);
  fake_daemon_free (fixture->daemon);
}

static void
test_signs_in (Fixture *fixture, gconstpointer data)
{
  osc_field_set_text (fixture->email, "  owner@example.com ");
  osc_field_set_text (fixture->password, "right password");
  g_signal_emit_by_name (fixture->submit, "clicked");
  g_assert_false (gtk_widget_get_sensitive (fixture->submit));
  g_signal_emit_by_name (fixture->password, "submitted"); /* Enter meanwhile */
  SPIN_UNTIL (fixture->signed_in == 1, 5000);
  g_assert_cmpuint (fixture->daemon->logins, ==, 1);
  g_assert_cmpstr (osc_field_text (fixture->password), ==, "");
  g_assert_true (walk_find_text (fixture->window, "right password") == NULL);
}

static void
test_enter_submits (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = walk_find_type (GTK_WIDGET (fixture->password), GTK_TYPE_PASSWORD_ENTRY, 0);

  osc_field_set_text (fixture->email, "owner@example.com");
  osc_field_set_text (fixture->password, "right password");
  g_signal_emit_by_name (entry, "activate");
  SPIN_UNTIL (fixture->signed_in == 1, 5000);
}

static void
test_wrong_password (Fixture *fixture, gconstpointer data)
{
  const char *sentence = _ ("The e-mail or the password is not right. Check both and try again");

  osc_field_set_text (fixture->email, "owner@example.com");
  osc_field_set_text (fixture->password, "wrong");
  g_signal_emit_by_name (fixture->submit, "clicked");
  SPIN_UNTIL (walk_find_text (fixture->page, sentence) != NULL, 5000);
  g_assert_cmpuint (fixture->signed_in, ==, 0);
  /* What was typed is still there. */
  g_assert_cmpstr (osc_field_text (fixture->email), ==, "owner@example.com");
  g_assert_cmpstr (osc_field_text (fixture->password), ==, "wrong");
  g_assert_true (gtk_widget_get_sensitive (fixture->submit));
}

/* The field for the code comes when it is asked for; a wrong code is told apart. */
static void
test_second_factor (Fixture *fixture, gconstpointer data)
{
  const char *ask = _ ("Type the code that your authenticator shows, or a recovery code");
  const char *wrong =
      _ ("The password or the code is not right. A code is good once: type the newest");
  OscField *code = OSC_FIELD (walk_find_text (fixture->page, _ ("One-time code")));

  g_assert_null (code);
  fixture->daemon->totp = "123456";
  osc_field_set_text (fixture->email, "owner@example.com");
  osc_field_set_text (fixture->password, "right password");
  g_signal_emit_by_name (fixture->submit, "clicked");
  SPIN_UNTIL (walk_find_text (fixture->page, ask) != NULL, 5000);
  code = OSC_FIELD (walk_find_type (fixture->page, OSC_TYPE_FIELD, 2));
  g_assert_nonnull (code);
  osc_field_set_text (code, "000000");
  g_signal_emit_by_name (code, "submitted");
  SPIN_UNTIL (walk_find_text (fixture->page, wrong) != NULL, 5000);
  g_assert_cmpstr (osc_field_text (fixture->password), ==, "right password");
  osc_field_set_text (code, "123456");
  g_signal_emit_by_name (code, "submitted");
  SPIN_UNTIL (fixture->signed_in == 1, 5000);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_signal_emit_by_name (fixture->submit, "clicked");
  g_assert_cmpstr (osc_field_error (fixture->email), ==,
                   _ ("Type the e-mail address of your account"));
  osc_field_set_text (fixture->email, "o"); /* typing takes the error away */
  g_assert_null (osc_field_error (fixture->email));
  g_signal_emit_by_name (fixture->submit, "clicked");
  g_assert_cmpstr (osc_field_error (fixture->password), ==, _ ("Type your password"));
  g_assert_cmpuint (fixture->daemon->logins, ==, 0);
}

static void
test_daemon_away (Fixture *fixture, gconstpointer data)
{
  fixture->daemon->refuse_requests = 5;
  osc_field_set_text (fixture->email, "owner@example.com");
  osc_field_set_text (fixture->password, "right password");
  g_signal_emit_by_name (fixture->submit, "clicked");
  SPIN_UNTIL (walk_find_text (fixture->page, _ ("The server doesn't answer. What you typed is "
                                                "kept; try again in a moment")) != NULL,
              5000);
}

/* Rules of every screen: nothing under 48 px to press, and in Korean no English. */
static void
test_looks (Fixture *fixture, gconstpointer data)
{
  GtkWidget *entry = walk_find_type (fixture->page, GTK_TYPE_ENTRY, 0);

  SPIN_UNTIL (gtk_widget_get_height (fixture->submit) > 0, 5000);
  g_assert_cmpint (gtk_widget_get_height (fixture->submit), >=, 64);
  g_assert_cmpint (gtk_widget_get_height (entry), >=, 46);
  if (g_strcmp0 (g_getenv ("LANGUAGE"), "ko") == 0)
    g_assert_nonnull (walk_find_text (fixture->page, "로그인"));
  else
    g_assert_nonnull (walk_find_text (fixture->page, "Sign in"));
}

#define ADD(path, func) g_test_add ("/sign-in/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  osy_i18n_init ();
  walk_load_style ();
  ADD ("signs-in", test_signs_in);
  ADD ("enter-submits", test_enter_submits);
  ADD ("wrong-password", test_wrong_password);
  ADD ("second-factor", test_second_factor);
  ADD ("empty", test_empty);
  ADD ("daemon-away", test_daemon_away);
  ADD ("looks", test_looks);
  return g_test_run ();
}
