/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Carts that are held, kept, sent once and taken up again after a power cut; and files that a
 * broken disk left behind. */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fake-daemon.h"
#include "osc-carts.h"
#include "osc-cart-private.h"
#include "osy-clock.h"
#include "osy-client-private.h"
#include "osy-menu-fixture.h"
#include "spin.h"

typedef struct {
  FakeDaemon *daemon;
  OsyClient *client;
  OscMenuStore *menu;
  char *folder;
  char *path;
  OscCarts *carts;
  OsyOrder *order; /* what sending gave */
  GError *error;
  guint answers;
} Fixture;

static guint warnings;

/* A warning is what these tests want. */
static GLogWriterOutput
count_warnings (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if (level != G_LOG_LEVEL_WARNING)
    return g_log_writer_default (level, fields, n_fields, user_data);
  warnings++;
  return G_LOG_WRITER_HANDLED;
}

static void
put_menu (Fixture *fixture)
{
  g_autoptr (OsyMenu) menu = osy_menu_new (fixture_menu_data (osy_clock_now ()), NULL);

  osc_menu_store_put (fixture->menu, menu);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  warnings = 0;
  fixture->daemon = fake_daemon_new ();
  fixture->client = osy_client_new (fixture->daemon->base_url);
  osy_client_take_refresh_token (fixture->client, fixture->daemon->refresh_token);
  fixture->menu = osc_menu_store_new (NULL);
  put_menu (fixture);
  fixture->folder = g_dir_make_tmp ("carts-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, ID_SHOP, "carts.json", NULL);
  fixture->carts = osc_carts_new (fixture->client, fixture->menu, fixture->folder);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir)) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_all (child);
  }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fixture->daemon->faults, ==, 0);
  g_assert_finalize_object (fixture->carts);
  g_assert_finalize_object (fixture->menu);
  g_object_unref (fixture->client);
  g_clear_object (&fixture->order);
  g_clear_error (&fixture->error);
  remove_all (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  fake_daemon_free (fixture->daemon);
}

static OscCart *
current (Fixture *fixture)
{
  return osc_carts_current (fixture->carts);
}

static guint
n_held (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->carts));
}

static OscCart *
held_at (Fixture *fixture, guint position)
{
  g_autoptr (OscCart) cart = g_list_model_get_item (G_LIST_MODEL (fixture->carts), position);

  g_assert_nonnull (cart);
  return cart;
}

/* As after a new start: nothing but the file is left. */
static void
start_again (Fixture *fixture)
{
  g_assert_finalize_object (fixture->carts);
  fixture->carts = osc_carts_new (fixture->client, fixture->menu, fixture->folder);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_error (&fixture->error);
  g_clear_object (&fixture->order);
  fixture->order = osc_cart_send_finish (OSC_CART (source), result, &fixture->error);
  fixture->answers++;
}

static void
send_cart (Fixture *fixture, OscCart *cart)
{
  osc_cart_send_async (cart, fixture->client, 15, sent_cb, fixture);
}

static void
test_hold (Fixture *fixture, gconstpointer data)
{
  OscCart *first = current (fixture);

  g_assert_false (osc_carts_hold (fixture->carts));
  osc_cart_add (first, ID_GIMBAP, NULL, NULL, 1);
  g_assert_true (osc_carts_hold (fixture->carts));
  g_assert_true (osc_cart_is_empty (current (fixture)));
  osc_cart_add (current (fixture), ID_RAMYEON, NULL, NULL, 1);
  osc_carts_take_up (fixture->carts, first);
  g_assert_true (current (fixture) == first);
  g_assert_cmpuint (n_held (fixture), ==, 1);
  g_assert_cmpint (osc_cart_count_of (held_at (fixture, 0), ID_RAMYEON), ==, 1);
  g_assert_cmpint (osc_carts_held_at (fixture->carts, held_at (fixture, 0)), >, 0);
  g_assert_cmpint (osc_carts_held_at (fixture->carts, first), ==, 0);
  /* Its steps are its own. */
  g_assert_true (osc_cart_undo (first));
  g_assert_cmpuint (n_held (fixture), ==, 1);

  osc_carts_take_up (fixture->carts, held_at (fixture, 0));
  g_assert_cmpuint (n_held (fixture), ==, 0);
}

static void
test_drop (Fixture *fixture, gconstpointer data)
{
  osc_cart_add (current (fixture), ID_GIMBAP, NULL, NULL, 1);
  osc_carts_drop (fixture->carts, current (fixture));
  g_assert_true (osc_cart_is_empty (current (fixture)));
  g_assert_true (osc_carts_undo_drop (fixture->carts));
  g_assert_false (osc_carts_undo_drop (fixture->carts));
  g_assert_cmpint (osc_cart_count_of (held_at (fixture, 0), ID_GIMBAP), ==, 1);
  osc_carts_drop (fixture->carts, held_at (fixture, 0));
  g_assert_cmpuint (n_held (fixture), ==, 0);
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  struct stat about;

  osc_cart_add (current (fixture), ID_GIMBAP, NULL, "파 빼고", 2);
  osc_cart_set_text (current (fixture), OSC_CART_PHONE, "01012345678");
  osc_carts_hold (fixture->carts);
  osc_cart_add (current (fixture), ID_RAMYEON, NULL, NULL, 3);
  osc_cart_set_type (current (fixture), "TAKEOUT");
  start_again (fixture);

  g_assert_cmpuint (n_held (fixture), ==, 1);
  g_assert_cmpint (osc_cart_count_of (held_at (fixture, 0), ID_GIMBAP), ==, 2);
  g_assert_cmpstr (osc_cart_text (held_at (fixture, 0), OSC_CART_PHONE), ==, "010-1234-5678");
  g_assert_cmpint (osc_carts_held_at (fixture->carts, held_at (fixture, 0)), >, 0);
  g_assert_cmpstr (osc_cart_type (current (fixture)), ==, "TAKEOUT");
  g_assert_cmpint (osc_cart_total (current (fixture)), ==, 12000);
  g_assert_cmpint (g_stat (fixture->path, &about), ==, 0);
  g_assert_cmpuint (about.st_mode & 0777, ==, 0600);

  /* A new line is not taken for one that was kept. */
  osc_cart_add (current (fixture), ID_GIMBAP, NULL, NULL, 1);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (current (fixture))), ==, 2);
  g_assert_true (osc_cart_undo (current (fixture)));
  g_assert_cmpint (osc_cart_total (current (fixture)), ==, 12000);
}

/* Which shop it is may be known only after the first taps. */
static void
test_late_menu (Fixture *fixture, gconstpointer data)
{
  osc_cart_add (current (fixture), ID_GIMBAP, NULL, NULL, 2);
  g_assert_finalize_object (fixture->carts);
  g_object_unref (fixture->menu);
  fixture->menu = osc_menu_store_new (NULL);
  fixture->carts = osc_carts_new (fixture->client, fixture->menu, fixture->folder);
  g_assert_true (osc_cart_is_empty (current (fixture)));
  osc_cart_set_text (current (fixture), OSC_CART_NAME, "박선호");
  put_menu (fixture);
  g_assert_cmpint (osc_cart_count (current (fixture)), ==, 2);
  g_assert_cmpint (osc_cart_total (current (fixture)), ==, 7000);
  g_assert_cmpstr (osc_cart_text (held_at (fixture, 0), OSC_CART_NAME), ==, "박선호");
}

/* ---- broken files ---- */

static guint
count_aside (Fixture *fixture)
{
  g_autofree char *dir_path = g_path_get_dirname (fixture->path);
  g_autoptr (GDir) dir = g_dir_open (dir_path, 0, NULL);
  guint n = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    n += strstr (name, ".broken-") != NULL;
  return n;
}

static void
test_broken_file (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
      "",
      "{",
      "[]",
      "null",
      "{\"current\":7,\"held\":[]}",
      "{\"current\":{\"content\":{\"type\":\"DINE_IN\",\"channel\":\"COUNTER\",\"lines\":[{}]}},"
      "\"held\":[]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    osc_cart_add (current (fixture), ID_GIMBAP, NULL, NULL, 1);
    g_assert_finalize_object (fixture->carts);
    g_assert_true (g_file_set_contents (fixture->path, texts[i], -1, NULL));
    fixture->carts = osc_carts_new (fixture->client, fixture->menu, fixture->folder);
    g_assert_cmpuint (warnings, ==, i + 1);
    g_assert_true (osc_cart_is_empty (current (fixture)));
    g_assert_cmpuint (n_held (fixture), ==, 0);
    g_assert_cmpuint (count_aside (fixture), ==, i + 1);
  }
}

/* Whatever a disk makes of the file: no crash, and either all of it or none. */
static void
test_damaged_file (Fixture *fixture, gconstpointer data)
{
  osc_cart_add (current (fixture), ID_GIMBAP, NULL, "파 빼고", 2);
  osc_cart_set_text (current (fixture), OSC_CART_PHONE, "01012345678");
  osc_carts_hold (fixture->carts);
  osc_cart_add (current (fixture), ID_RAMYEON, NULL, NULL, 3);
  g_assert_finalize_object (fixture->carts);
  g_autofree char *whole = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (fixture->path, &whole, &length, NULL));

  for (int i = 0; i < 400; i++) {
    g_autofree char *text = g_memdup2 (whole, length + 1);
    gsize cut = g_test_rand_bit () ? length : (gsize)g_test_rand_int_range (0, (int)length);

    for (int hits = g_test_rand_int_range (1, 4); hits > 0; hits--)
      text[g_test_rand_int_range (0, (int)length)] = (char)g_test_rand_int_range (0, 256);
    g_assert_true (g_file_set_contents (fixture->path, text, (gssize)cut, NULL));
    fixture->carts = osc_carts_new (fixture->client, fixture->menu, fixture->folder);
    if (n_held (fixture) == 0)
      g_assert_true (osc_cart_is_empty (current (fixture)));
    else
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (current (fixture))), ==, 1);
    g_assert_finalize_object (fixture->carts);
  }
  fixture->carts = osc_carts_new (fixture->client, fixture->menu, fixture->folder);
}

/* ---- sending ---- */

static void
test_send (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = current (fixture);

  osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1);
  send_cart (fixture, cart);
  g_assert_true (osc_cart_busy (cart));
  g_assert_false (osc_cart_can_send (cart, NULL));
  /* Nothing moves under an order that is on its way. */
  g_assert_null (osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1));
  osc_cart_clear (cart);
  g_assert_false (osc_cart_undo (cart));
  SPIN_UNTIL (fixture->answers == 1, 8000);
  g_assert_no_error (fixture->error);
  g_assert_cmpstr (osy_order_data (fixture->order)->status, ==, "ACCEPTED");
  g_assert_true (osc_cart_is_empty (cart));
  g_assert_false (osc_cart_can_undo (cart));
  g_assert_true (current (fixture) == cart);
  start_again (fixture);
  g_assert_true (osc_cart_is_empty (current (fixture)));

  /* The same content again is another order. */
  osc_cart_add (current (fixture), ID_GIMBAP, NULL, NULL, 1);
  send_cart (fixture, current (fixture));
  SPIN_UNTIL (fixture->answers == 2, 8000);
  g_assert_cmpuint (fixture->daemon->placed, ==, 2);
}

static void
test_send_held (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = current (fixture);

  osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1);
  send_cart (fixture, cart);
  osc_carts_hold (fixture->carts);
  g_assert_cmpuint (n_held (fixture), ==, 1);
  SPIN_UNTIL (fixture->answers == 1 && n_held (fixture) == 0, 8000);
}

/* The power goes after the daemon has the order and before its answer is here. */
static void
test_power_cut (Fixture *fixture, gconstpointer data)
{
  g_autofree char *at_the_cut = NULL;

  /* One that goes well, so that the token is there. */
  osc_cart_add (current (fixture), ID_RAMYEON, NULL, NULL, 1);
  send_cart (fixture, current (fixture));
  SPIN_UNTIL (fixture->answers == 1, 8000);
  osc_cart_add (current (fixture), ID_GIMBAP, NULL, NULL, 1);
  fixture->daemon->lose_answers = G_MAXUINT;
  send_cart (fixture, current (fixture));
  SPIN_UNTIL (fixture->daemon->placed == 2, 8000);
  g_assert_true (g_file_get_contents (fixture->path, &at_the_cut, NULL, NULL));
  fixture->daemon->lose_answers = 0;
  SPIN_UNTIL (fixture->answers == 2, 8000);
  g_assert_no_error (fixture->error);
  g_assert_finalize_object (fixture->carts);
  g_assert_true (g_file_set_contents (fixture->path, at_the_cut, -1, NULL));

  fixture->carts = osc_carts_new (fixture->client, fixture->menu, fixture->folder);
  g_assert_true (osc_cart_is_unsure (current (fixture)));
  /* Also when it could not be had any more, and for other minutes. */
  OsyMenuData *menu = fixture_menu_data (osy_clock_now ());
  OsyMenuCategory *category = g_ptr_array_index (menu->categories, 0);
  category->visible = FALSE;
  g_autoptr (OsyMenu) gone = osy_menu_new (menu, NULL);
  osc_menu_store_put (fixture->menu, gone);
  osc_cart_send_async (current (fixture), fixture->client, 40, sent_cb, fixture);
  SPIN_UNTIL (fixture->answers == 3, 8000);
  g_assert_no_error (fixture->error);
  g_assert_cmpint (osy_order_data (fixture->order)->number, ==, 2);
  g_assert_cmpuint (fixture->daemon->placed, ==, 2);
  g_assert_true (osc_cart_is_empty (current (fixture)));
}

/* No answer at all: the same again has the same key, another content another. */
static void
test_unsure (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = current (fixture);

  osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1);
  fixture->daemon->refuse_place = OSY_ERROR_RATE_LIMITED;
  send_cart (fixture, cart);
  SPIN_UNTIL (fixture->answers == 1, 40000);
  g_assert_nonnull (fixture->error);
  g_assert_true (osc_cart_is_unsure (cart));
  g_autofree char *key = g_strdup (cart->sending.key);
  osc_cart_set_quantity (cart, g_ptr_array_index (cart->content->lines, 0), 2);
  g_assert_false (osc_cart_is_unsure (cart));
  osc_cart_undo (cart);
  g_assert_true (osc_cart_is_unsure (cart));
  osc_cart_redo (cart);
  send_cart (fixture, cart);
  g_assert_cmpstr (cart->sending.key, !=, key);
  SPIN_UNTIL (fixture->answers == 2, 40000);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  OscCart *cart = current (fixture);

  osc_cart_add (cart, ID_GIMBAP, NULL, NULL, 1);
  fixture->daemon->refuse_place = OSY_ERROR_SOLD_OUT;
  send_cart (fixture, cart);
  SPIN_UNTIL (fixture->answers == 1, 8000);
  g_autofree char *text = osc_cart_failure_text (fixture->error);
  g_assert_cmpstr (text, ==, "Something is sold out. Look at the marked lines");
  g_assert_cmpint (osc_cart_count (cart), ==, 1);
  g_assert_true (osc_cart_can_undo (cart));
  g_assert_false (osc_cart_busy (cart));
  g_assert_false (osc_cart_is_unsure (cart));
}

/* A disk that takes nothing does not keep a shop from selling. */
static void
test_no_disk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  osc_cart_add (current (fixture), ID_GIMBAP, NULL, NULL, 1);
  g_assert_finalize_object (fixture->carts);
  remove_all (folder);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  fixture->carts = osc_carts_new (fixture->client, fixture->menu, fixture->folder);
  osc_cart_add (current (fixture), ID_GIMBAP, NULL, NULL, 1);
  send_cart (fixture, current (fixture));
  SPIN_UNTIL (fixture->answers == 1, 8000);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (warnings, >, 0);
}

#define ADD(path, func) g_test_add ("/carts/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (count_warnings, NULL, NULL);
  ADD ("hold", test_hold);
  ADD ("drop", test_drop);
  ADD ("kept", test_kept);
  ADD ("late-menu", test_late_menu);
  ADD ("broken-file", test_broken_file);
  ADD ("send", test_send);
  ADD ("send-held", test_send_held);
  ADD ("power-cut", test_power_cut);
  ADD ("unsure", test_unsure);
  ADD ("refused", test_refused);
  ADD ("damaged-file", test_damaged_file);
  ADD ("no-disk", test_no_disk);
  return g_test_run ();
}
