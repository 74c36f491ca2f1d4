/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The page that makes the shop: what it checks itself, what it sends, and how it tells what the
 * server found. */

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "fake-daemon.h"
#include "osc-field.h"
#include "osc-first-run-page.h"
#include "osy-i18n.h"
#include "spin.h"
#include "walk.h"

enum { SHOP, BUSINESS, EMAIL, CODE, PASSWORD, AGAIN, N_FIELDS };

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  GtkWidget *window;
  GtkWidget *page;
  OscField *fields[N_FIELDS];
  GtkWidget *submit;
  guint signed_in;
} Fixture;

static void
signed_in_cb (OscFirstRunPage *page, Fixture *fixture)
{
  fixture->signed_in++;
}

/* @data: the code that the console could read, or NULL. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  guint n = 0;

  fixture->daemon = fake_daemon_new ();
  fixture->daemon->setup_needed = TRUE;
  fixture->client = osy_client_new (fixture->daemon->base_url);
  fixture->page = osc_first_run_page_new (fixture->client, data);
  g_signal_connect (fixture->page, "signed-in", G_CALLBACK (signed_in_cb), fixture);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1278, 720);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < N_FIELDS; i++)
    if (i != CODE || data == NULL)
      fixture->fields[i] = OSC_FIELD (walk_find_type (fixture->page, OSC_TYPE_FIELD, n++));
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
fill (Fixture *fixture)
{
  osc_field_set_text (fixture->fields[SHOP], " 소담분식 ");
  osc_field_set_text (fixture->fields[BUSINESS], "124-81-00998");
  osc_field_set_text (fixture->fields[EMAIL], "owner@example.com");
  osc_field_set_text (fixture->fields[PASSWORD], "right password");
  osc_field_set_text (fixture->fields[AGAIN], "right password");
}

static void
press (Fixture *fixture)
{
  g_signal_emit_by_name (fixture->submit, "clicked");
}

static void
test_makes_the_shop (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  press (fixture);
  press (fixture); /* a second press meanwhile */
  SPIN_UNTIL (fixture->signed_in == 1, 5000);
  g_assert_cmpstr (fixture->daemon->last_body, ==,
                   "{\"code\":\"1234\",\"shop_name\":\"소담분식\","
                   "\"business_number\":\"1248100998\",\"owner_email\":\"owner@example.com\","
                   "\"owner_password\":\"right password\"}");
  g_assert_cmpstr (osc_field_text (fixture->fields[PASSWORD]), ==, "");
}

static void
test_business_number (Fixture *fixture, gconstpointer data)
{
  OscField *field = fixture->fields[BUSINESS];
  const char *sentence = _ ("The number has a mistake: check its ten digits");

  osc_field_set_text (field, "124-81-0099"); /* not all of it yet */
  g_assert_null (osc_field_error (field));
  osc_field_set_text (field, "124-81-00999"); /* wrong check digit */
  g_assert_cmpstr (osc_field_error (field), ==, sentence);
  osc_field_set_text (field, "1248100998");
  g_assert_null (osc_field_error (field));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (field), "right"));

  fill (fixture);
  osc_field_set_text (field, "124");
  press (fixture);
  g_assert_cmpstr (osc_field_error (field), ==, sentence);
  osc_field_set_text (field, ""); /* it may be left out */
  press (fixture);
  SPIN_UNTIL (fixture->signed_in == 1, 5000);
  g_assert_null (strstr (fixture->daemon->last_body, "business_number"));
}

static void
test_checks (Fixture *fixture, gconstpointer data)
{
  press (fixture);
  g_assert_cmpstr (osc_field_error (fixture->fields[SHOP]), ==, _ ("Type the name of your shop"));
  g_assert_nonnull (osc_field_error (fixture->fields[EMAIL]));
  g_assert_cmpstr (osc_field_error (fixture->fields[PASSWORD]), ==,
                   _ ("Use at least 8 characters"));
  fill (fixture);
  osc_field_set_text (fixture->fields[EMAIL], "owner at home");
  osc_field_set_text (fixture->fields[AGAIN], "another password");
  press (fixture);
  g_assert_nonnull (osc_field_error (fixture->fields[EMAIL]));
  g_assert_cmpstr (osc_field_error (fixture->fields[AGAIN]), ==,
                   _ ("The two passwords are not the same"));
  /* Nothing was sent, nothing typed was lost. */
  SPIN_FOR (100);
  g_assert_null (fixture->daemon->last_body);
  g_assert_cmpstr (osc_field_text (fixture->fields[SHOP]), ==, " 소담분식 ");
}

static void
test_asks_for_code (Fixture *fixture, gconstpointer data)
{
  fill (fixture);
  press (fixture);
  g_assert_nonnull (osc_field_error (fixture->fields[CODE]));
  osc_field_set_text (fixture->fields[CODE], "0000");
  press (fixture);
  SPIN_UNTIL (osc_field_error (fixture->fields[CODE]) != NULL, 5000);
  g_assert_cmpstr (osc_field_error (fixture->fields[CODE]), ==,
                   _ ("The code is not right. Copy it from the file setup-code again"));
  osc_field_set_text (fixture->fields[CODE], "1234");
  press (fixture);
  SPIN_UNTIL (fixture->signed_in == 1, 5000);
}

static void
test_looks (Fixture *fixture, gconstpointer data)
{
  graphene_rect_t bounds;

  SPIN_UNTIL (gtk_widget_get_height (fixture->submit) > 0, 5000);
  g_assert_cmpint (gtk_widget_get_height (fixture->submit), >=, 64);
  /* At 1366×768 all of it is seen without scrolling. */
  g_assert_true (gtk_widget_compute_bounds (fixture->submit, fixture->page, &bounds));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, 720);
  if (g_strcmp0 (g_getenv ("LANGUAGE"), "ko") == 0)
    g_assert_nonnull (walk_find_text (fixture->page, "사업자번호"));
  else
    g_assert_nonnull (walk_find_text (fixture->page, "Business number"));
}

#define ADD(path, code, func) \
  g_test_add ("/first-run/" path, Fixture, code, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  osy_i18n_init ();
  walk_load_style ();
  ADD ("makes-the-shop", "1234", test_makes_the_shop);
  ADD ("business-number", "1234", test_business_number);
  ADD ("checks", "1234", test_checks);
  ADD ("asks-for-code", NULL, test_asks_for_code);
  ADD ("looks", NULL, test_looks);
  return g_test_run ();
}
