/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The assistant step by step over real templates; the test answers for the daemon. */

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "find.h"
#include "osc-arrival.h"
#include "osc-field.h"
#include "osc-fixture.h"
#include "osc-practice.h"
#include "osc-setup-draft.h"
#include "osc-setup-hours.h"
#include "osc-setup-table.h"
#include "osy-clock.h"
#include "osy-json.h"

#define UNDER(widget, TYPE) find ((widget), is_of_type, GSIZE_TO_POINTER (TYPE))

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  char states[OSY_N_SHOP_STEPS + 1];
  char *patch; /* the last one */
  char *batch;
} Desk;

static GtkApplication *application;

static gboolean
answer_cb (gpointer user_data)
{
  Desk *desk = user_data;

  osc_fixture_steps (desk->context.shop, desk->states);
  return G_SOURCE_REMOVE;
}

/* What the daemon does with a patch: it keeps how far the steps are. */
static void
on_patch (OscShopStore *store, JsonNode *patch, Desk *desk)
{
  JsonObject *setup = json_object_get_object_member (json_node_get_object (patch), "setup");

  g_free (desk->patch);
  desk->patch = osy_json_print (patch);
  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    if (json_object_has_member (setup, osy_shop_step_name (i)))
      desk->states[i] = json_object_get_string_member (setup, osy_shop_step_name (i))[0];
  answer_cb (desk);
}

static void
on_batch (OscMenuStore *store, JsonNode *changes, Desk *desk)
{
  g_free (desk->batch);
  desk->batch = osy_json_print (changes);
}

static void
desk_open (Desk *desk, const char *states)
{
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  g_strlcpy (desk->states, states, sizeof desk->states);
  osc_fixture_context (&desk->context);
  osc_fixture_steps (desk->context.shop, states);
  g_signal_connect (desk->context.shop, "requested", G_CALLBACK (on_patch), desk);
  g_signal_connect (desk->context.menu, "requested", G_CALLBACK (on_batch), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_free (desk->patch);
  g_free (desk->batch);
  osy_clock_set_fake (0);
}

static GtkWidget *
view_of (Desk *desk)
{
  return GTK_WIDGET (osc_shell_view (desk->shell));
}

static void
open_setup (Desk *desk)
{
  osc_shell_go (desk->shell, "setup", NULL);
  osc_fixture_spin (50);
}

static void
test_number (void)
{
  Desk desk;
  OscField *field;

  desk_open (&desk, "DOOOOO");
  open_setup (&desk);
  g_assert_nonnull (find (view_of (&desk), says, _ ("What is your business number?")));
  field = OSC_FIELD (UNDER (view_of (&desk), OSC_TYPE_FIELD));
  osc_field_set_text (field, "1248100999");
  g_assert_nonnull (osc_field_error (field));
  osc_shell_key (desk.shell, OSC_KEY_NEXT);
  g_assert_null (desk.patch); /* nothing wrong is sent */
  osc_field_set_text (field, "1248100998");
  g_assert_null (osc_field_error (field));
  osc_shell_key (desk.shell, OSC_KEY_NEXT);
  osc_fixture_spin (50);
  g_assert_cmpstr (desk.patch, ==,
                   "{\"business_number\":\"1248100998\",\"setup\":{\"business_number\":\"DONE\"}}");
  g_assert_nonnull (find (view_of (&desk), says, _ ("How do you want to enter your menu?")));
  desk_close (&desk);
}

/* Each step can be left: it is a task on the board, which opens it again alone. */
static void
test_later_and_tasks (void)
{
  Desk desk;

  desk_open (&desk, "DOOOOO");
  open_setup (&desk);
  for (int i = 0; i < 5; i++) {
    press (view_of (&desk), "setup-later");
    osc_fixture_spin (50);
  }
  g_assert_cmpstr (desk.states, ==, "DSSSSS");
  g_assert_nonnull (find (view_of (&desk), says, _ ("All set. Shall we take the first order?")));
  press (view_of (&desk), "setup-primary");
  osc_fixture_spin (50);
  press_text (view_of (&desk), _ ("Enter the business number"));
  osc_fixture_spin (50);
  osc_field_set_text (OSC_FIELD (UNDER (view_of (&desk), OSC_TYPE_FIELD)), "1248100998");
  press (view_of (&desk), "setup-primary");
  osc_fixture_spin (50);
  g_assert_cmpstr (desk.states, ==, "DDSSSS");
  g_assert_null (find (view_of (&desk), says, _ ("Enter the business number")));
  g_assert_nonnull (find (view_of (&desk), says, _ ("Enter the menu")));
  desk_close (&desk);
}

static void
test_by_hand (void)
{
  Desk desk;
  OscSetupTable *table;

  desk_open (&desk, "DDOOOO");
  open_setup (&desk);
  press_text (view_of (&desk), _ ("By hand"));
  table = OSC_SETUP_TABLE (UNDER (view_of (&desk), OSC_TYPE_SETUP_TABLE));
  osc_setup_table_set_text (table, "떡볶이\t4,5oo\t분식\n김밥\t3500\t\n");
  press (view_of (&desk), "setup-primary");
  g_assert_null (desk.batch);
  g_assert_nonnull (find (view_of (&desk), says, _ ("Type a price in whole won, such as 4,500")));
  osc_setup_table_set_text (table, "떡볶이\t4,500원\t분식\n김밥\t3500\t\n");
  press (view_of (&desk), "setup-primary");
  osc_fixture_spin (50);
  g_assert_nonnull (strstr (desk.batch, "\"name\":\"떡볶이\",\"price\":4500"));
  g_assert_nonnull (strstr (desk.batch, "\"name\":\"김밥\",\"price\":3500"));
  g_assert_null (strstr (strstr (desk.batch, "\"category\"") + 1, "\"category\"")); /* one only */
  g_assert_cmpstr (desk.states, ==, "DDDOOO");
  desk_close (&desk);
}

static void
test_sound (void)
{
  Desk desk;

  desk_open (&desk, "DDDOOO");
  open_setup (&desk);
  osc_shell_key (desk.shell, OSC_KEY_NEXT); /* plays */
  g_assert_cmpstr (desk.states, ==, "DDDOOO");
  press_text (view_of (&desk), _ ("I can't hear it"));
  g_assert_nonnull (UNDER (view_of (&desk), GTK_TYPE_SCALE));
  osc_shell_key (desk.shell, OSC_KEY_NEXT); /* heard */
  osc_fixture_spin (50);
  g_assert_cmpstr (desk.states, ==, "DDDDOO");
  desk_close (&desk);
}

static void
test_printer (void)
{
  Desk desk;

  desk_open (&desk, "DDDDOO");
  open_setup (&desk);
  osc_fixture_printers (desk.context.printers, TRUE);
  g_assert_nonnull (find (view_of (&desk), says, _ ("Print a test slip")));
  osc_shell_key (desk.shell, OSC_KEY_NEXT);
  osc_fixture_spin (50);
  g_assert_cmpstr (desk.states, ==, "DDDDOO");
  desk_close (&desk);

  desk_open (&desk, "DDDDOO");
  open_setup (&desk);
  osc_fixture_printers (desk.context.printers, FALSE);
  g_assert_nonnull (find (view_of (&desk), says, _ ("No printer yet")));
  osc_shell_key (desk.shell, OSC_KEY_NEXT); /* screens alone */
  osc_fixture_spin (50);
  g_assert_cmpstr (desk.states, ==, "DDDDDO");
  desk_close (&desk);
}

static void
on_requested (OscActs *acts, OscOrderItem *item, const char *act, JsonNode *body, Desk *desk)
{
  const OsyStateRow *row = osy_order_find_step (osc_order_item_data (item), act);

  osc_fixture_move (desk->context.orders, item, row->to);
}

static void
test_first_order (void)
{
  Desk desk;
  OsyOrderData *data;

  desk_open (&desk, "DDDDDO");
  osc_fixture_menu (desk.context.menu);
  g_signal_connect (desk.context.acts, "requested", G_CALLBACK (on_requested), &desk);
  open_setup (&desk);
  g_autoptr (JsonNode) body = osc_practice_body (osc_menu_store_get (desk.context.menu),
                                                 "0193489a-0000-7000-8000-000000000001");
  g_assert_true (json_object_get_boolean_member (json_node_get_object (body), "practice"));
  data = osc_fixture_order (1, OSY_ORDER_PENDING, "TAKEOUT", 5);
  data->practice = TRUE;
  osc_fixture_line (data, "떡볶이", 1, 4500, NULL);
  g_autoptr (OsyOrder) order = osy_order_new (data);
  osc_order_store_put (desk.context.orders, order, "order.placed");
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (desk.shell), says, _ ("Practice")));
  osc_shell_key (desk.shell, OSC_KEY_ACCEPT); /* in the arrival layer */
  for (int i = 0; i < 100 && UNDER (GTK_WIDGET (desk.shell), OSC_TYPE_ARRIVAL) != NULL; i++)
    osc_fixture_spin (50);                  /* until the layer is gone */
  osc_shell_key (desk.shell, OSC_KEY_NEXT); /* cooked */
  osc_fixture_spin (50);
  g_assert_cmpstr (desk.states, ==, "DDDDDO");
  osc_shell_key (desk.shell, OSC_KEY_NEXT); /* picked up */
  osc_fixture_spin (50);
  g_assert_cmpstr (desk.states, ==, "DDDDDD");
  g_assert_nonnull (find (view_of (&desk), says, _ ("All set. Shall we take the first order?")));
  desk_close (&desk);
}

static void
test_draft (void)
{
  g_autofree char *dir = g_dir_make_tmp ("osy-draft-XXXXXX", NULL);
  g_autoptr (OsyClient) client = osy_client_new ("http://127.0.0.1:9");
  g_autoptr (GDir) files = NULL;
  g_autofree char *path = NULL;
  GStatBuf about;

  OscSetupDraft *draft = osc_setup_draft_new (client, dir);
  osc_setup_draft_set (draft, "shop", "name", "소담분식");
  osc_fixture_spin (500);
  files = g_dir_open (dir, 0, NULL);
  path = g_build_filename (dir, g_dir_read_name (files), NULL);
  g_assert_cmpint (g_stat (path, &about), ==, 0);
  g_assert_cmpint (about.st_mode & 077, ==, 0);
  /* The first is never finished properly, as after a power cut. */
  g_autoptr (OscSetupDraft) again = osc_setup_draft_new (client, dir);
  g_assert_cmpstr (osc_setup_draft_get (again, "shop", "name"), ==, "소담분식");
  osc_setup_draft_clear (again, "shop");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_object_unref (draft);
  g_rmdir (dir);
}

static void
test_clock (void)
{
  static const struct {
    const char *text;
    int minutes; /* -1: none */
  } cases[] = {{"9", 540},    {"0930", 570}, {"9:30", 570}, {"24:00", 1440}, {"2130", 1290},
               {"25:00", -1}, {"9:75", -1},  {"", -1},      {"nine", -1}};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    int minutes = -1;

    if (!osc_setup_hours_parse (cases[i].text, &minutes))
      minutes = -1;
    g_assert_cmpint (minutes, ==, cases[i].minutes);
  }
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/setup/number", test_number);
  g_test_add_func ("/console/setup/later", test_later_and_tasks);
  g_test_add_func ("/console/setup/by-hand", test_by_hand);
  g_test_add_func ("/console/setup/sound", test_sound);
  g_test_add_func ("/console/setup/printer", test_printer);
  g_test_add_func ("/console/setup/first-order", test_first_order);
  g_test_add_func ("/console/setup/draft", test_draft);
  g_test_add_func ("/console/setup/clock", test_clock);
  return g_test_run ();
}
