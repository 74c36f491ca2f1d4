/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The till: what is counted outlives the console; a close is on disk before it leaves, and while
 * nobody knows, the same leaves again and nothing else; a PIN goes on with the same key. The client
 * is left out: tests are the daemon. */

#include <glib/gstdio.h>
#include <string.h>

#include "osc-till-store.h"
#include "osy-error.h"
#include "spin.h"

#define SHOP "01900000-0000-7000-8000-0000000000f1"
#define WAIT 5000

#define REPORT                                                                                   \
  "\"report\":{\"tenders\":[{\"tender\":\"CARD_TERMINAL\",\"taken\":90000,\"taken_count\":4,"    \
  "\"refunded\":5000,\"refunded_count\":1,\"net\":85000},{\"tender\":\"CASH\",\"taken\":30000,"  \
  "\"taken_count\":3,\"refunded\":0,\"refunded_count\":0,\"net\":30000}],\"totals\":{\"taken\":" \
  "120000,\"refunded\":5000,\"net\":115000,\"supply\":104545,\"vat\":10455,\"tax_free\":0},"     \
  "\"cash\":{\"opening_float\":100000,\"taken\":30000,\"refunded\":0,\"in\":0,\"out\":7000,"     \
  "\"expected\":123000%s}}"
#define MOVES                                                                          \
  "\"moves\":[{\"id\":\"01900000-0000-7000-8000-0000000000a1\",\"kind\":\"OUT\","      \
  "\"amount\":7000,\"reason\":\"얼음\",\"actor\":\"user:x\",\"at\":\"2026-11-21T03:" \
  "00:00Z\"}],\"counts\":[]"
#define STATE                                                                           \
  "{\"opened_at\":\"2026-11-21T01:00:00Z\",\"opened_by\":\"user:x\",\"opening_float\":" \
  "100000,\"blind\":true,\"version\":3,\"last_number\":%d,%s," MOVES "}"
#define CLOSED                                                                                   \
  "{\"number\":%d,\"business_day\":\"2026-11-21\",\"opened_at\":null,\"closed_at\":"             \
  "\"2026-11-21T13:00:00Z\",\"actor\":\"user:x\",\"corrects\":%s,\"corrected_by\":null,"         \
  "\"currency\":\"KRW\",\"denominations\":{\"50000\":2,\"1000\":20,\"500\":1,\"100\":4}," REPORT \
  "," MOVES "}"
#define COUNTED ",\"counted\":120900,\"difference\":-2100,\"left\":100000,\"banked\":20900"

typedef struct {
  char *folder;
  OscTillStore *store;
  guint asked; /* posts that left */
  guint read;
  char *path;
  char *body;
  char *key;
  guint done;
  gint64 number;
  guint failed;
  char *permission;
} Desk;

static void
on_requested (OscTillStore *store,
              const char *method,
              const char *path,
              const char *body,
              const char *key,
              Desk *desk)
{
  if (strcmp (method, "POST") != 0) {
    desk->read++;
    return;
  }
  desk->asked++;
  g_free (desk->path);
  g_free (desk->body);
  g_free (desk->key);
  desk->path = g_strdup (path);
  desk->body = g_strdup (body);
  desk->key = g_strdup (key);
}

static void
on_done (OscTillStore *store, int deed, gint64 number, Desk *desk)
{
  desk->done++;
  desk->number = number;
}

static void
on_failed (OscTillStore *store, int deed, const GError *error, const char *permission, Desk *desk)
{
  desk->failed++;
  g_free (desk->permission);
  desk->permission = g_strdup (permission);
}

static void
start (Desk *desk)
{
  desk->store = osc_till_store_new (NULL, desk->folder);
  g_signal_connect (desk->store, "requested", G_CALLBACK (on_requested), desk);
  g_signal_connect (desk->store, "done", G_CALLBACK (on_done), desk);
  g_signal_connect (desk->store, "failed", G_CALLBACK (on_failed), desk);
  osc_till_store_begin (desk->store, SHOP);
}

static void
take_state (Desk *desk, int last)
{
  g_autofree char *report = g_strdup_printf (REPORT, "");
  g_autofree char *text = g_strdup_printf (STATE, last, report);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  osc_till_store_take_state (desk->store, node);
  g_assert_nonnull (osc_till_store_state (desk->store));
}

static void
desk_open (Desk *desk)
{
  memset (desk, 0, sizeof *desk);
  desk->folder = g_dir_make_tmp ("osy-till-XXXXXX", NULL);
  start (desk);
  take_state (desk, 4);
}

static char *
file_of (Desk *desk)
{
  return g_build_filename (desk->folder, SHOP, "till.json", NULL);
}

static gboolean
keeps (Desk *desk, const char *what)
{
  g_autofree char *path = file_of (desk);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, what) != NULL;
}

/* The console is killed: nothing is told, what is on disk stays. */
static void
restart (Desk *desk, const char *kept)
{
  SPIN_UNTIL (keeps (desk, kept), WAIT);
  g_object_unref (desk->store);
  start (desk);
  take_state (desk, 4);
}

static void
desk_close (Desk *desk)
{
  g_autofree char *path = file_of (desk);
  g_autofree char *shop = g_path_get_dirname (path);
  g_autoptr (GDir) dir = NULL;

  /* What is given last is written last. */
  osc_till_store_start (desk->store, OSC_TILL_FOR_COUNT, 0)->reason = g_strdup ("끝");
  osc_till_store_touch (desk->store);
  SPIN_UNTIL (keeps (desk, "끝"), WAIT);
  g_object_unref (desk->store);
  dir = g_dir_open (shop, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *file = g_build_filename (shop, name, NULL);
    g_unlink (file);
  }
  g_rmdir (shop);
  g_rmdir (desk->folder);
  g_free (desk->folder);
  g_free (desk->path);
  g_free (desk->body);
  g_free (desk->key);
  g_free (desk->permission);
}

static void
answer_close (Desk *desk, int number, const char *corrects)
{
  g_autofree char *text = g_strdup_printf (CLOSED, number, corrects, COUNTED);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  osc_till_store_answer (desk->store, node, NULL);
}

static void
answer_error (Desk *desk, OsyErrorCode code)
{
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, (int)code, "no");

  osc_till_store_answer (desk->store, NULL, error);
}

/* Two notes of 50,000, twenty of 1,000, one of 500, four of 100. */
static OscTillDraft *
count (Desk *desk, OscTillFor what, gint64 number)
{
  OscTillDraft *draft = osc_till_store_start (desk->store, what, number);

  osc_till_draft_type (draft, 0, "2");
  osc_till_draft_type (draft, 3, "2");
  osc_till_draft_type (draft, 3, "0");
  osc_till_draft_type (draft, 4, "1");
  osc_till_draft_type (draft, 5, "4");
  osc_till_store_touch (desk->store);
  return draft;
}

/* ---- tests ---- */

static void
test_state (void)
{
  Desk desk;

  desk_open (&desk);
  const OscTillState *state = osc_till_store_state (desk.store);
  g_assert_cmpint (state->last_number, ==, 4);
  g_assert_true (state->report->told);
  g_assert_cmpint (state->report->expected, ==, 123000);
  g_assert_cmpuint (state->report->tenders->len, ==, 2);
  g_assert_cmpint (osc_till_moves_sum (state->moves, FALSE), ==, 7000);
  g_assert_cmpint (osc_till_moves_sum (state->moves, TRUE), ==, 0);
  /* Blind: no cash and no sum is told, and none is made up. */
  g_autofree char *blind = g_strdup_printf (STATE, 4, "\"report\":{\"tenders\":[]}");
  g_autoptr (JsonNode) node = json_from_string (blind, NULL);
  osc_till_store_take_state (desk.store, node);
  g_assert_false (osc_till_store_state (desk.store)->report->told);
  /* What can't be read leaves what was known. */
  g_autoptr (JsonNode) odd = json_from_string ("{\"opening_float\":\"x\"}", NULL);
  osc_till_store_take_state (desk.store, odd);
  g_assert_true (osc_till_store_failed (desk.store));
  g_assert_nonnull (osc_till_store_state (desk.store));
  desk_close (&desk);
}

static void
test_typing (void)
{
  g_autoptr (OscTillDraft) draft = osc_till_draft_new (OSC_TILL_FOR_COUNT, 0);

  g_assert_false (osc_till_draft_is_typed (draft));
  g_assert_true (osc_till_draft_type (draft, 1, "0"));
  g_assert_true (osc_till_draft_is_typed (draft));
  for (int i = 0; i < 5; i++)
    g_assert_true (osc_till_draft_type (draft, 1, "9"));
  g_assert_false (osc_till_draft_type (draft, 1, "9"));
  g_assert_cmpint (osc_till_draft_counted (draft), ==, 999990000);
  for (int i = 0; i < 5; i++)
    osc_till_draft_type (draft, 1, NULL);
  g_assert_false (osc_till_draft_is_typed (draft));
  osc_till_draft_set (draft, 7, 3);
  osc_till_draft_set (draft, 6, -3);
  g_assert_cmpint (osc_till_draft_counted (draft), ==, 30);
  draft->by_sum = TRUE;
  g_assert_false (osc_till_draft_is_typed (draft));
  osc_till_draft_type (draft, 0, "359100");
  g_assert_cmpint (osc_till_draft_counted (draft), ==, 359100);
  /* No more can stay than there is. */
  g_assert_cmpint (osc_till_draft_left (draft, 100000), ==, 100000);
  g_assert_cmpint (osc_till_draft_left (draft, 400000), ==, 359100);
}

static void
test_kept (void)
{
  Desk desk;

  desk_open (&desk);
  OscTillDraft *draft = count (&desk, OSC_TILL_FOR_CLOSE, 0);
  draft->step = OSC_TILL_STEP_CHECK;
  draft->reason = g_strdup ("거스름돈");
  draft->left = 50000;
  osc_till_store_touch (desk.store);
  restart (&desk, "거스름돈");
  draft = osc_till_store_draft (desk.store, OSC_TILL_FOR_CLOSE);
  g_assert_nonnull (draft);
  g_assert_cmpint (osc_till_draft_counted (draft), ==, 120900);
  g_assert_cmpint (draft->pieces[7], ==, OSC_TILL_UNTYPED);
  g_assert_cmpint (draft->step, ==, OSC_TILL_STEP_CHECK);
  g_assert_cmpint (draft->left, ==, 50000);
  g_assert_cmpstr (draft->reason, ==, "거스름돈");
  g_assert_cmpuint (desk.asked, ==, 0);
  /* The same draft is gone on with. */
  g_assert_true (osc_till_store_start (desk.store, OSC_TILL_FOR_CLOSE, 0) == draft);
  desk_close (&desk);
}

static void
test_close_once (void)
{
  Desk desk;

  desk_open (&desk);
  count (&desk, OSC_TILL_FOR_CLOSE, 0)->reason = g_strdup ("거스름돈");
  g_assert_true (osc_till_store_finish (desk.store, OSC_TILL_FOR_CLOSE));
  SPIN_UNTIL (desk.asked == 1, WAIT);
  g_assert_true (keeps (&desk, desk.key)); /* before it left */
  g_assert_true (g_str_has_suffix (desk.path, "/till/close"));
  g_assert_cmpstr (desk.body, ==,
                   "{\"counted\":120900,\"denominations\":{\"50000\":2,\"10000\":0,\"5000\":0,"
                   "\"1000\":20,\"500\":1,\"100\":4,\"50\":0,\"10\":0},\"left\":100000,"
                   "\"reason\":\"거스름돈\"}");
  g_autofree char *key = g_strdup (desk.key);
  g_assert_false (osc_till_store_finish (desk.store, OSC_TILL_FOR_CLOSE));
  g_assert_false (osc_till_store_move (desk.store, 1000, "x"));
  answer_error (&desk, OSY_ERROR_UNAVAILABLE);
  g_assert_cmpint (osc_till_store_phase (desk.store), ==, OSC_TILL_UNSURE);
  osc_till_store_ask_again (desk.store);
  SPIN_UNTIL (desk.asked == 2, WAIT);
  g_assert_cmpstr (desk.key, ==, key);
  answer_error (&desk, OSY_ERROR_UNAVAILABLE);
  /* Its console is killed, and the next one asks about it. */
  restart (&desk, key);
  SPIN_UNTIL (desk.asked == 3, WAIT);
  g_assert_cmpstr (desk.key, ==, key);
  g_assert_nonnull (osc_till_store_draft (desk.store, OSC_TILL_FOR_CLOSE));
  answer_close (&desk, 5, "null");
  g_assert_cmpint (desk.number, ==, 5);
  g_assert_cmpuint (desk.done, ==, 1);
  g_assert_cmpint (osc_till_store_closed (desk.store), ==, 5);
  g_assert_cmpint (osc_till_store_find (desk.store, 5)->report->difference, ==, -2100);
  g_assert_null (osc_till_store_draft (desk.store, OSC_TILL_FOR_CLOSE));
  SPIN_UNTIL (!keeps (&desk, key), WAIT);
  osc_till_store_put_away (desk.store);
  g_assert_cmpint (osc_till_store_closed (desk.store), ==, 0);
  desk_close (&desk);
}

static void
test_refused (void)
{
  Desk desk;

  desk_open (&desk);
  count (&desk, OSC_TILL_FOR_CLOSE, 0);
  osc_till_store_finish (desk.store, OSC_TILL_FOR_CLOSE);
  SPIN_UNTIL (desk.asked == 1, WAIT);
  g_autofree char *key = g_strdup (desk.key);
  answer_error (&desk, OSY_ERROR_INVALID_REQUEST);
  g_assert_cmpuint (desk.failed, ==, 1);
  g_assert_null (desk.permission);
  g_assert_nonnull (osc_till_store_draft (desk.store, OSC_TILL_FOR_CLOSE));
  SPIN_UNTIL (!keeps (&desk, key), WAIT);
  /* With its reason it is another request. */
  osc_till_store_draft (desk.store, OSC_TILL_FOR_CLOSE)->reason = g_strdup ("잃어버림");
  osc_till_store_finish (desk.store, OSC_TILL_FOR_CLOSE);
  SPIN_UNTIL (desk.asked == 2, WAIT);
  g_assert_cmpstr (desk.key, !=, key);
  answer_close (&desk, 5, "null");
  desk_close (&desk);
}

static void
test_pin (void)
{
  Desk desk;

  desk_open (&desk);
  count (&desk, OSC_TILL_FOR_CLOSE, 0);
  osc_till_store_finish (desk.store, OSC_TILL_FOR_CLOSE);
  SPIN_UNTIL (desk.asked == 1, WAIT);
  answer_error (&desk, OSY_ERROR_INSUFFICIENT_PERMISSION);
  g_assert_cmpstr (desk.permission, ==, "till:manage");
  g_assert_cmpint (osc_till_store_phase (desk.store), ==, OSC_TILL_WANTS_PIN);
  osc_till_store_give_up (desk.store);
  g_assert_cmpint (osc_till_store_phase (desk.store), ==, OSC_TILL_IDLE);
  g_assert_nonnull (osc_till_store_draft (desk.store, OSC_TILL_FOR_CLOSE));
  osc_till_store_finish (desk.store, OSC_TILL_FOR_CLOSE);
  SPIN_UNTIL (desk.asked == 2, WAIT);
  g_autofree char *key = g_strdup (desk.key);
  answer_error (&desk, OSY_ERROR_INSUFFICIENT_PERMISSION);
  osc_till_store_repeat (desk.store, "token");
  SPIN_UNTIL (desk.asked == 3, WAIT);
  g_assert_cmpstr (desk.key, ==, key);
  /* The answer is lost, and the token is spent: it may have been done, so it is not given up. */
  answer_error (&desk, OSY_ERROR_UNAVAILABLE);
  osc_till_store_ask_again (desk.store);
  SPIN_UNTIL (desk.asked == 4, WAIT);
  answer_error (&desk, OSY_ERROR_INSUFFICIENT_PERMISSION);
  osc_till_store_give_up (desk.store);
  g_assert_cmpint (osc_till_store_phase (desk.store), ==, OSC_TILL_WANTS_PIN);
  osc_till_store_repeat (desk.store, "another");
  SPIN_UNTIL (desk.asked == 5, WAIT);
  g_assert_cmpstr (desk.key, ==, key);
  answer_close (&desk, 5, "null");
  g_assert_cmpuint (desk.done, ==, 1);
  desk_close (&desk);
}

static void
test_moves (void)
{
  Desk desk;

  desk_open (&desk);
  g_assert_true (osc_till_store_move (desk.store, -7000, "얼음"));
  SPIN_UNTIL (desk.asked == 1, WAIT);
  g_assert_cmpstr (desk.body, ==, "{\"kind\":\"OUT\",\"amount\":7000,\"reason\":\"얼음\"}");
  g_autofree char *key = g_strdup (desk.key);
  restart (&desk, key);
  SPIN_UNTIL (desk.asked == 2, WAIT);
  g_assert_cmpstr (desk.key, ==, key);
  g_autoptr (JsonNode) move = json_from_string ("{}", NULL);
  osc_till_store_answer (desk.store, move, NULL);
  g_assert_cmpuint (desk.done, ==, 1);
  /* A drawer that another screen opened is told, and read anew. */
  guint read = desk.read;
  g_assert_true (osc_till_store_open (desk.store, 100000));
  g_assert_cmpstr (desk.body, ==, "{\"opening_float\":100000}");
  answer_error (&desk, OSY_ERROR_STATE_CONFLICT);
  g_assert_cmpuint (desk.failed, ==, 1);
  g_assert_cmpuint (desk.read, >, read);
  g_assert_cmpint (osc_till_store_phase (desk.store), ==, OSC_TILL_IDLE);
  desk_close (&desk);
}

static void
test_correction (void)
{
  Desk desk;

  desk_open (&desk);
  count (&desk, OSC_TILL_FOR_CORRECTION, 4)->reason = g_strdup ("다시 셌어요");
  /* Another close is another correction. */
  g_assert_false (
      osc_till_draft_is_typed (osc_till_store_start (desk.store, OSC_TILL_FOR_CORRECTION, 3)));
  count (&desk, OSC_TILL_FOR_CORRECTION, 4)->reason = g_strdup ("다시 셌어요");
  osc_till_store_finish (desk.store, OSC_TILL_FOR_CORRECTION);
  g_assert_true (g_str_has_suffix (desk.path, "/till/z/4/correct"));
  g_assert_null (strstr (desk.body, "left"));
  answer_close (&desk, 5, "4");
  g_assert_cmpint (desk.number, ==, 5);
  g_assert_cmpint (osc_till_store_closed (desk.store), ==, 0);
  g_assert_cmpint (osc_till_store_find (desk.store, 5)->corrects, ==, 4);
  desk_close (&desk);
}

static void
test_listed (void)
{
  Desk desk;

  desk_open (&desk);
  g_autofree char *five = g_strdup_printf (CLOSED, 5, "null", COUNTED);
  g_autofree char *four = g_strdup_printf (CLOSED, 4, "null", COUNTED);
  g_autofree char *first = g_strdup_printf ("{\"closes\":[%s],\"next_cursor\":\"5\"}", five);
  g_autofree char *second = g_strdup_printf ("{\"closes\":[%s],\"next_cursor\":null}", four);
  g_autoptr (JsonNode) one = json_from_string (first, NULL);
  g_autoptr (JsonNode) other = json_from_string (second, NULL);
  osc_till_store_load_closes (desk.store, FALSE);
  osc_till_store_take_closes (desk.store, one);
  g_assert_true (osc_till_store_has_more (desk.store));
  osc_till_store_load_closes (desk.store, TRUE);
  osc_till_store_take_closes (desk.store, other);
  g_assert_false (osc_till_store_has_more (desk.store));
  g_assert_cmpuint (osc_till_store_closes (desk.store)->len, ==, 2);
  g_assert_cmpint (osc_till_store_find (desk.store, 4)->number, ==, 4);
  /* The pieces that were counted add up, so they are offered to a correction. */
  g_assert_true (osc_till_store_find (desk.store, 5)->by_pieces);
  /* Read anew it begins at the front, and what fails leaves what is there. */
  osc_till_store_load_closes (desk.store, FALSE);
  osc_till_store_take_closes (desk.store, one);
  g_assert_cmpuint (osc_till_store_closes (desk.store)->len, ==, 1);
  osc_till_store_take_closes (desk.store, NULL);
  g_assert_true (osc_till_store_closes_failed (desk.store));
  g_assert_cmpuint (osc_till_store_closes (desk.store)->len, ==, 1);
  desk_close (&desk);
}

static void
test_odd_file (void)
{
  Desk desk;
  g_autofree char *path = NULL;

  desk_open (&desk);
  count (&desk, OSC_TILL_FOR_CLOSE, 0);
  path = file_of (&desk);
  SPIN_UNTIL (keeps (&desk, "20,1,4"), WAIT);
  g_object_unref (desk.store);
  g_assert_true (g_file_set_contents (path, "{\"drafts\":[7]", -1, NULL));
  start (&desk);
  g_assert_null (osc_till_store_draft (desk.store, OSC_TILL_FOR_CLOSE));
  g_assert_cmpuint (desk.asked, ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS)); /* it is beside, and not lost */
  desk_close (&desk);
}

static void
test_old (void)
{
  Desk desk;
  g_autofree char *path = NULL;
  g_autofree char *shop = NULL;

  desk_open (&desk);
  path = file_of (&desk);
  shop = g_path_get_dirname (path);
  g_object_unref (desk.store);
  g_assert_cmpint (g_mkdir_with_parents (shop, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path,
                                      "{\"drafts\":[],\"held\":{\"deed\":\"close\",\"key\":\"" SHOP
                                      "\",\"at\":1,\"body\":\"{}\"}}",
                                      -1, NULL));
  start (&desk);
  g_assert_cmpuint (desk.asked, ==, 0);
  g_assert_cmpuint (desk.failed, ==, 1);
  g_assert_cmpint (osc_till_store_phase (desk.store), ==, OSC_TILL_IDLE);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/till-store/state", test_state);
  g_test_add_func ("/till-store/typing", test_typing);
  g_test_add_func ("/till-store/kept", test_kept);
  g_test_add_func ("/till-store/close-once", test_close_once);
  g_test_add_func ("/till-store/refused", test_refused);
  g_test_add_func ("/till-store/pin", test_pin);
  g_test_add_func ("/till-store/moves", test_moves);
  g_test_add_func ("/till-store/correction", test_correction);
  g_test_add_func ("/till-store/listed", test_listed);
  g_test_add_func ("/till-store/odd-file", test_odd_file);
  g_test_add_func ("/till-store/old", test_old);
  return g_test_run ();
}
