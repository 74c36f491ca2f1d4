/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Taking money once: what is asked for is on disk before it leaves; while nobody knows, the same
 * leaves again and nothing else; a restart goes on; another person's key is never used. The client
 * is left out: tests are the daemon. */

#include <glib/gstdio.h>
#include <string.h>

#include "osc-pay-store.h"
#include "osy-clock.h"
#include "osy-error.h"
#include "osy-id.h"
#include "spin.h"

#define SHOP "01900000-0000-7000-8000-0000000000f1"
#define CHECK "01900000-0000-7000-8000-0000000000c1"
#define PERSON "01900000-0000-7000-8000-0000000000e1"
#define OTHER "01900000-0000-7000-8000-0000000000e2"
#define WAIT 5000

typedef struct {
  char *folder;
  OscPayStore *store;
  guint asked; /* requests that left */
  char *body;  /* of the last */
  guint done;
  guint failed;
  char *permission;
  int recovered; /* 1: known, −1: not */
  gint64 amount; /* recovered */
} Desk;

static void
on_requested (OscPayStore *store,
              const char *method,
              const char *path,
              const char *body,
              Desk *desk)
{
  if (strcmp (method, "POST") != 0)
    return;
  desk->asked++;
  g_free (desk->body);
  desk->body = g_strdup_printf ("%s %s", path, body != NULL ? body : "");
}

static void
on_done (OscPayStore *store, int deed, OsyPayment *payment, Desk *desk)
{
  desk->done++;
}

static void
on_failed (OscPayStore *store, int deed, const GError *error, const char *permission, Desk *desk)
{
  desk->failed++;
  g_free (desk->permission);
  desk->permission = g_strdup (permission);
}

static void
on_recovered (OscPayStore *store, gint64 won, gboolean known, Desk *desk)
{
  desk->recovered = known ? 1 : -1;
  desk->amount = won;
}

static void
start (Desk *desk, const char *person)
{
  desk->store = osc_pay_store_new (NULL, desk->folder);
  g_signal_connect (desk->store, "requested", G_CALLBACK (on_requested), desk);
  g_signal_connect (desk->store, "done", G_CALLBACK (on_done), desk);
  g_signal_connect (desk->store, "failed", G_CALLBACK (on_failed), desk);
  g_signal_connect (desk->store, "recovered", G_CALLBACK (on_recovered), desk);
  osc_pay_store_begin (desk->store, SHOP, person);
  osc_pay_store_show (desk->store, CHECK);
}

static void
desk_open (Desk *desk)
{
  memset (desk, 0, sizeof *desk);
  desk->folder = g_dir_make_tmp ("osy-pay-XXXXXX", NULL);
  start (desk, PERSON);
}

static char *
file_of (Desk *desk)
{
  return g_build_filename (desk->folder, SHOP, "payment.json", NULL);
}

static char *
kept (Desk *desk)
{
  g_autofree char *path = file_of (desk);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static gboolean
keeps (Desk *desk, const char *what)
{
  g_autofree char *text = kept (desk);

  return strstr (text, what) != NULL;
}

static void
desk_close (Desk *desk)
{
  g_autofree char *path = file_of (desk);
  g_autofree char *shop = g_path_get_dirname (path);

  SPIN_UNTIL (!keeps (desk, "key"), WAIT);
  g_object_unref (desk->store);
  g_unlink (path);
  g_rmdir (shop);
  g_rmdir (desk->folder);
  g_free (desk->folder);
  g_free (desk->body);
  g_free (desk->permission);
}

static const OscPayAsk cash = {.check_id = CHECK,
                               .method = OSY_PAYMENT_CASH,
                               .amount = 9000,
                               .received = 10000,
                               .receipt_kind = "INCOME",
                               .receipt_identity = "01012344821"};

static OsyPayment *
paid (void)
{
  OsyPayment *payment = osy_payment_new ();

  payment->id = osy_id_new ();
  payment->status = g_strdup (OSY_PAYMENT_PAID);
  payment->check_id = g_strdup (CHECK);
  payment->method = g_strdup (OSY_PAYMENT_CASH);
  payment->amount = 9000;
  payment->received = 10000;
  payment->version = 1;
  return payment;
}

static void
refuse (Desk *desk, OsyErrorCode code)
{
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, code, "No.");

  osc_pay_store_answer (desk->store, NULL, error);
}

static void
take (Desk *desk)
{
  guint before = desk->asked;

  g_assert_true (osc_pay_store_take (desk->store, &cash));
  SPIN_UNTIL (desk->asked > before, WAIT);
}

/* On disk before it leaves, gone from there with the answer. */
static void
test_taken (void)
{
  Desk desk;

  desk_open (&desk);
  g_assert_true (osc_pay_store_take (desk.store, &cash));
  g_assert_cmpuint (desk.asked, ==, 0);
  SPIN_UNTIL (desk.asked == 1, WAIT);
  g_assert_true (keeps (&desk, "\"key\""));
  g_assert_cmpstr (desk.body, ==,
                   "payments {\"check_id\":\"" CHECK "\",\"method\":\"CASH\",\"amount\":9000,"
                   "\"received\":10000,\"cash_receipt\":{\"kind\":\"INCOME\",\"identity\":"
                   "\"01012344821\"}}");
  g_assert_false (osc_pay_store_take (desk.store, &cash));
  osc_pay_store_answer (desk.store, paid (), NULL);
  g_assert_cmpuint (desk.done, ==, 1);
  g_assert_cmpuint (osc_pay_store_payments (desk.store)->len, ==, 1);
  g_assert_cmpint (osc_pay_store_phase (desk.store), ==, OSC_PAY_IDLE);
  g_assert_true (osc_pay_store_take (desk.store, &cash));
  refuse (&desk, OSY_ERROR_NOT_FOUND);
  desk_close (&desk);
}

/* No answer: the same again, and nothing else meanwhile. A refusal ends it. */
static void
test_unsure (void)
{
  Desk desk;
  g_autofree char *first = NULL;

  desk_open (&desk);
  take (&desk);
  first = g_strdup (desk.body);
  refuse (&desk, OSY_ERROR_UNAVAILABLE);
  g_assert_cmpint (osc_pay_store_phase (desk.store), ==, OSC_PAY_UNSURE);
  g_assert_cmpint (osc_pay_store_open_amount (desk.store), ==, 9000);
  g_assert_false (osc_pay_store_take (desk.store, &cash));
  g_assert_cmpuint (desk.failed, ==, 0);
  osc_pay_store_ask_again (desk.store);
  osc_pay_store_ask_again (desk.store);
  g_assert_cmpuint (desk.asked, ==, 2);
  g_assert_cmpstr (desk.body, ==, first);
  refuse (&desk, OSY_ERROR_INTERNAL);
  SPIN_UNTIL (desk.asked == 3, WAIT); /* by itself */
  refuse (&desk, OSY_ERROR_STATE_CONFLICT);
  g_assert_cmpint (osc_pay_store_phase (desk.store), ==, OSC_PAY_IDLE);
  g_assert_cmpuint (desk.failed, ==, 1);
  desk_close (&desk);
}

/* The key on disk and the one that leaves are the same before and after a restart. */
static void
test_restart (void)
{
  Desk desk;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *body = NULL;

  desk_open (&desk);
  take (&desk);
  before = kept (&desk);
  body = g_strdup (desk.body);
  g_object_unref (desk.store);
  desk.asked = 0;
  start (&desk, PERSON);
  g_assert_cmpuint (desk.asked, ==, 1);
  g_assert_cmpstr (desk.body, ==, body);
  g_assert_cmpint (osc_pay_store_phase (desk.store), ==, OSC_PAY_UNSURE);
  after = kept (&desk);
  g_assert_cmpstr (after, ==, before);
  osc_pay_store_answer (desk.store, paid (), NULL);
  g_assert_cmpint (desk.recovered, ==, 1);
  g_assert_cmpint (desk.amount, ==, 9000);
  desk_close (&desk);
}

/* To the daemon another person's key is a new one: it would be taken twice. */
static void
test_another_person (void)
{
  Desk desk;

  desk_open (&desk);
  take (&desk);
  g_object_unref (desk.store);
  desk.asked = 0;
  start (&desk, OTHER);
  g_assert_cmpuint (desk.asked, ==, 0);
  g_assert_cmpint (desk.recovered, ==, -1);
  g_assert_cmpint (osc_pay_store_phase (desk.store), ==, OSC_PAY_IDLE);
  desk_close (&desk);
}

static void
test_too_old (void)
{
  Desk desk;

  osy_clock_set_fake (G_TIME_SPAN_DAY * 20000);
  desk_open (&desk);
  take (&desk);
  g_object_unref (desk.store);
  desk.asked = 0;
  osy_clock_set_fake (G_TIME_SPAN_DAY * 20001 + 1);
  start (&desk, PERSON);
  g_assert_cmpuint (desk.asked, ==, 0);
  g_assert_cmpint (desk.recovered, ==, -1);
  osy_clock_set_fake (0);
  desk_close (&desk);
}

/* What cannot be understood is put aside, and money can be taken. */
static void
test_broken_file (void)
{
  static const char *const texts[] = {"", "{", "[1]", "{\"key\":1}",
                                      "{\"person\":\"x\",\"key\":\"no id\",\"at\":1,\"amount\":1,"
                                      "\"body\":\"{}\"}"};

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    Desk desk = {.folder = g_dir_make_tmp ("osy-pay-XXXXXX", NULL)};
    g_autofree char *shop = g_build_filename (desk.folder, SHOP, NULL);
    g_autofree char *path = file_of (&desk);

    g_mkdir (shop, 0700);
    g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    start (&desk, PERSON);
    g_assert_cmpuint (desk.asked, ==, 0);
    take (&desk);
    osc_pay_store_answer (desk.store, paid (), NULL);
    SPIN_UNTIL (!keeps (&desk, "key"), WAIT);
    g_object_unref (desk.store);
    g_autofree char *command = g_strdup_printf ("rm -rf -- %s", desk.folder);
    g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
    g_free (desk.folder);
    g_free (desk.body);
    g_free (desk.permission);
  }
}

/* An event that came first is newer than the answer; those of other checks are not ours. */
static void
test_events (void)
{
  Desk desk;
  OsyPayment *payment = paid ();
  OsyPayment *newer = paid ();
  OsyPayment *foreign = paid ();

  desk_open (&desk);
  take (&desk);
  g_free (newer->id);
  newer->id = g_strdup (payment->id);
  newer->version = 2;
  g_free (foreign->check_id);
  foreign->check_id = osy_id_new ();
  osc_pay_store_follow (desk.store, foreign);
  osc_pay_store_follow (desk.store, newer);
  osc_pay_store_answer (desk.store, payment, NULL);
  GPtrArray *payments = osc_pay_store_payments (desk.store);
  g_assert_cmpuint (payments->len, ==, 1);
  g_assert_cmpint (((OsyPayment *)g_ptr_array_index (payments, 0))->version, ==, 2);
  desk_close (&desk);
}

/* Cash goes back whole; who may not is asked for a PIN, and the same deed goes again. */
static void
test_undo (void)
{
  Desk desk;
  OsyPayment *payment = paid ();
  g_autofree char *wanted = g_strdup_printf (
      "payments/%s/refunds {\"amount\":9000,\"reason\":\"잘못 받음\"}", payment->id);

  desk_open (&desk);
  take (&desk);
  osc_pay_store_answer (desk.store, payment, NULL);
  osc_pay_store_do (desk.store, OSC_PAY_UNDO, payment, "잘못 받음");
  g_assert_cmpstr (desk.body, ==, wanted);
  refuse (&desk, OSY_ERROR_INSUFFICIENT_PERMISSION);
  g_assert_cmpstr (desk.permission, ==, "payment:refund");
  osc_pay_store_repeat (desk.store, "token");
  g_assert_cmpuint (desk.asked, ==, 3);
  g_assert_cmpstr (desk.body, ==, wanted);
  refuse (&desk, OSY_ERROR_STATE_CONFLICT);
  g_assert_null (desk.permission);
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pay-store/taken", test_taken);
  g_test_add_func ("/pay-store/unsure", test_unsure);
  g_test_add_func ("/pay-store/restart", test_restart);
  g_test_add_func ("/pay-store/another-person", test_another_person);
  g_test_add_func ("/pay-store/too-old", test_too_old);
  g_test_add_func ("/pay-store/broken-file", test_broken_file);
  g_test_add_func ("/pay-store/events", test_events);
  g_test_add_func ("/pay-store/undo", test_undo);
  return g_test_run ();
}
