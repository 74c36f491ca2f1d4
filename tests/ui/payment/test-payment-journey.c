/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A payment by keys and by touch: what is asked of the daemon, that nothing is asked twice, and
 * that the screen follows what others pay. */

#include <glib/gi18n.h>
#include <string.h>

#include "find.h"
#include "osc-fixture.h"
#include "osc-guest-window.h"
#include "osc-payment-field.h"
#include "osc-payment-receipt.h"
#include "osc-payment.h"
#include "osc-qr.h"
#include "osc-words.h"
#include "osy-error.h"

#define CHECK "01900000-0000-7000-8000-0000000000c1"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  guint asked;
  char *last; /* request */
} Desk;

static GtkApplication *application;

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
  g_free (desk->last);
  desk->last = g_strdup_printf ("%s %s", path, body != NULL ? body : "");
}

static GtkWidget *
view (Desk *desk)
{
  return GTK_WIDGET (osc_shell_view (desk->shell));
}

static void
desk_open (Desk *desk, guint people, gboolean remote)
{
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  g_signal_connect (desk->context.pay, "requested", G_CALLBACK (on_requested), desk);
  osc_fixture_payments (desk->context.pay, remote);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  osc_shell_go (desk->shell, "payment", CHECK "/tables");
  osc_bill_store_take (desk->context.bill, osc_fixture_bill (people));
  osc_fixture_spin (100);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_context_clear (&desk->context);
  g_free (desk->last);
}

static void
key (Desk *desk, OscKey what)
{
  g_assert_true (osc_view_key (OSC_VIEW (view (desk)), what));
  osc_fixture_spin (50);
}

static OscPaymentField *
field (Desk *desk)
{
  GtkWidget *found = find (view (desk), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_PAYMENT_FIELD));

  g_assert_nonnull (found);
  return OSC_PAYMENT_FIELD (found);
}

static gboolean
reads (Desk *desk, const char *text)
{
  return find (view (desk), says, text) != NULL;
}

/* ---- the window for the guest ---- */

static gboolean
guest_reads (GtkWindow *guest, const char *text)
{
  return find (GTK_WIDGET (guest), says, text) != NULL;
}

static gboolean
guest_reads_won (GtkWindow *guest, gint64 won)
{
  g_autofree char *money = osc_words_money (won);

  return guest_reads (guest, money);
}

static gboolean
shows_code (GtkWindow *guest)
{
  return find (GTK_WIDGET (guest), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_QR)) != NULL;
}

/* The bill after so much of it was paid. */
static void
pay_bill (Desk *desk, guint people, gint64 won)
{
  OsyBill *bill = osc_fixture_bill (people);

  bill->tenders = won;
  bill->version += 1 + won;
  if (people > 0) {
    OsyBillPart *part = g_ptr_array_index (bill->parts, 0);
    part->paid = part->amount;
    part->frozen = TRUE;
  }
  osc_bill_store_take (desk->context.bill, bill);
  osc_fixture_spin (50);
}

/* 2, the sum, Enter: one request with what was received; at the end the change, then back to where
 * it came from. */
static void
test_cash (void)
{
  Desk desk;

  desk_open (&desk, 0, FALSE);
  gint64 total = osc_bill_store_bill (desk.context.bill)->total;
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, total + 500);
  g_autofree char *wanted = g_strdup_printf ("payments {\"check_id\":\"" CHECK
                                             "\",\"method\":\"CASH\",\"amount\":%" G_GINT64_FORMAT
                                             ",\"received\":%" G_GINT64_FORMAT "}",
                                             total, total + 500);
  osc_guest_window_follow (desk.shell);
  GtkWindow *guest = osc_guest_window_open (desk.shell);
  key (&desk, OSC_KEY_CARD_1 + 1);
  g_assert_true (guest_reads_won (guest, total));
  osc_payment_field_set (field (&desk), digits);
  osc_fixture_spin (50);
  g_assert_true (guest_reads (guest, _ ("To pay")));
  g_assert_true (guest_reads_won (guest, total + 500));
  g_assert_true (guest_reads_won (guest, 500));
  key (&desk, OSC_KEY_NEXT);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked, ==, 1);
  g_assert_cmpstr (desk.last, ==, wanted);
  OsyPayment *payment = osc_fixture_payment (OSY_PAYMENT_CASH, OSY_PAYMENT_PAID, total, NULL);
  payment->received = total + 500;
  osc_pay_store_answer (desk.context.pay, payment, NULL);
  osc_fixture_spin (50);
  g_assert_true (reads (&desk, _ ("All is paid")));
  pay_bill (&desk, 0, total);
  g_assert_true (reads (&desk, _ ("All is paid")));
  g_assert_true (guest_reads (guest, _ ("Thank you")));
  g_assert_true (guest_reads_won (guest, 500));
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked, ==, 1);
  g_assert_false (OSC_IS_PAYMENT (view (&desk)));
  osc_fixture_spin (50);
  g_assert_true (guest_reads (guest, _ ("Welcome")));
  desk_close (&desk);
}

static gboolean
types_somewhere (Desk *desk)
{
  return GTK_IS_EDITABLE (gtk_window_get_focus (GTK_WINDOW (desk->window)));
}

/* Whatever had the focus before, a digit chooses a way: it is no digit of the card's approval. */
static void
test_focus (void)
{
  Desk desk;
  OsyBill *next = osc_fixture_bill (0);

  desk_open (&desk, 0, FALSE);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (field (&desk))));
  g_assert_true (types_somewhere (&desk));
  osc_shell_go (desk.shell, "sale", NULL);
  g_assert_true (gtk_widget_child_focus (view (&desk), GTK_DIR_TAB_FORWARD));
  osc_shell_go (desk.shell, "payment", CHECK "/tables");
  osc_fixture_spin (100);
  g_assert_false (types_somewhere (&desk));
  pay_bill (&desk, 0, osc_bill_store_bill (desk.context.bill)->total);
  g_assert_true (gtk_widget_grab_focus (find (view (&desk), has_class, "pay-done-act")));
  next->version = G_MAXINT;
  osc_bill_store_take (desk.context.bill, next);
  osc_fixture_spin (100);
  g_assert_true (reads (&desk, _ ("Cash")));
  g_assert_false (types_somewhere (&desk));
  desk_close (&desk);
}

/* Too little is not taken; a card wants the number of its approval. */
static void
test_refusals (void)
{
  Desk desk;

  desk_open (&desk, 0, FALSE);
  key (&desk, OSC_KEY_CARD_1 + 1);
  osc_payment_field_set (field (&desk), "1000");
  key (&desk, OSC_KEY_NEXT);
  g_assert_true (reads (&desk, _ ("Still missing")));
  key (&desk, OSC_KEY_CARD_1);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked, ==, 0);
  osc_payment_field_set (field (&desk), "30012345");
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked, ==, 1);
  g_assert_nonnull (strstr (desk.last, "\"approval_no\":\"30012345\""));
  g_autoptr (GError) error =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_STATE_CONFLICT, "Nothing is left to pay.");
  osc_pay_store_answer (desk.context.pay, NULL, error);
  osc_fixture_spin (50);
  key (&desk, OSC_KEY_CARD_1 + 2); /* the shop has no contract for it */
  g_assert_nonnull (field (&desk));
  desk_close (&desk);
}

/* Nobody knows: that is all there is, and no key takes anything. */
static void
test_unsure (void)
{
  Desk desk;
  g_autoptr (GError) error =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAVAILABLE, "No answer came.");

  desk_open (&desk, 0, FALSE);
  key (&desk, OSC_KEY_CARD_1 + 1);
  key (&desk, OSC_KEY_NEXT);
  osc_pay_store_answer (desk.context.pay, NULL, error);
  osc_fixture_spin (50);
  g_assert_true (reads (&desk, _ ("Checking whether it was recorded. Don't take the money again")));
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked, ==, 1);
  osc_fixture_press (view (&desk), _ ("Ask now"));
  g_assert_cmpuint (desk.asked, ==, 2);
  desk_close (&desk);
}

/* Another screen pays the first part: this one goes on with the second. */
static void
test_follows (void)
{
  Desk desk;
  const OsyBill *bill;
  const OsyBillPart *part;

  desk_open (&desk, 3, FALSE);
  bill = osc_bill_store_bill (desk.context.bill);
  part = g_ptr_array_index (bill->parts, 0);
  gint64 amount = part->amount;
  g_autofree char *first = g_strdup (part->id);
  g_autofree char *name = g_strdup_printf (_ ("Guest %u"), 1);
  g_autofree char *pays = g_strdup_printf (_ ("%s pays"), name);
  g_autofree char *second_name = g_strdup_printf (_ ("Guest %u"), 2);
  g_autofree char *second_pays = g_strdup_printf (_ ("%s pays"), second_name);
  g_assert_true (reads (&desk, pays));
  osc_pay_store_follow (desk.context.pay,
                        osc_fixture_payment (OSY_PAYMENT_CASH, OSY_PAYMENT_PAID, amount, first));
  osc_fixture_spin (50);
  g_assert_true (reads (&desk, second_pays));
  pay_bill (&desk, 3, amount);
  g_assert_true (reads (&desk, second_pays));
  key (&desk, OSC_KEY_DOWN);
  g_assert_false (reads (&desk, second_pays));
  key (&desk, OSC_KEY_UP);
  g_assert_true (reads (&desk, second_pays));
  desk_close (&desk);
}

/* A code is shown until the guest has paid; it may be left, and is given up by a button alone. */
static void
test_code (void)
{
  Desk desk;
  OsyPayment *payment = osc_fixture_payment (OSY_PAYMENT_TOSS, OSY_PAYMENT_CREATED, 9000, NULL);
  OsyPayment *paid = osc_fixture_payment (OSY_PAYMENT_TOSS, OSY_PAYMENT_PAID, 9000, NULL);

  g_free (paid->id);
  paid->id = g_strdup (payment->id);
  paid->version = 2;
  payment->checkout_url = g_strdup ("/pay/x#y");
  desk_open (&desk, 0, TRUE);
  osc_guest_window_follow (desk.shell);
  GtkWindow *guest = osc_guest_window_open (desk.shell);
  key (&desk, OSC_KEY_CARD_1 + 2);
  key (&desk, OSC_KEY_NEXT);
  g_assert_nonnull (strstr (desk.last, "\"method\":\"TOSS\""));
  g_assert_nonnull (strstr (desk.last, "\"shown_as\":\"QR\""));
  osc_pay_store_answer (desk.context.pay, payment, NULL);
  osc_fixture_spin (50);
  g_assert_true (reads (&desk, _ ("The guest scans this with a phone")));
  g_assert_true (shows_code (guest));
  g_assert_true (guest_reads_won (guest, 9000));
  key (&desk, OSC_KEY_BACK);
  g_assert_false (shows_code (guest));
  g_assert_true (OSC_IS_PAYMENT (view (&desk)));
  g_assert_false (reads (&desk, _ ("The guest scans this with a phone")));
  osc_fixture_press (view (&desk), _ ("Toss"));
  osc_fixture_spin (50);
  g_assert_true (reads (&desk, _ ("The guest scans this with a phone")));
  g_assert_true (shows_code (guest));
  osc_pay_store_follow (desk.context.pay, paid);
  osc_fixture_spin (50);
  g_assert_false (shows_code (guest));
  g_assert_false (reads (&desk, _ ("The guest scans this with a phone")));
  desk_close (&desk);
}

/* A business number with a wrong check digit is not sent. */
static void
test_receipt (void)
{
  Desk desk;

  desk_open (&desk, 0, TRUE);
  key (&desk, OSC_KEY_CARD_1 + 1);
  GtkWidget *receipt = find (view (&desk), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_PAYMENT_RECEIPT));
  osc_fixture_press (receipt, _ ("Business"));
  GtkWidget *chip =
      gtk_widget_get_ancestor (find (receipt, says, _ ("Business")), GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  osc_payment_receipt_write (OSC_PAYMENT_RECEIPT (receipt), "1248100997");
  osc_fixture_spin (50);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked, ==, 0);
  osc_payment_receipt_write (OSC_PAYMENT_RECEIPT (receipt), NULL);
  osc_payment_receipt_write (OSC_PAYMENT_RECEIPT (receipt), "8");
  osc_fixture_spin (50);
  key (&desk, OSC_KEY_NEXT);
  g_assert_cmpuint (desk.asked, ==, 1);
  g_assert_nonnull (strstr (desk.last, "{\"kind\":\"BUSINESS\",\"identity\":\"1248100998\"}"));
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/payment/journey/cash", test_cash);
  g_test_add_func ("/payment/journey/focus", test_focus);
  g_test_add_func ("/payment/journey/refusals", test_refusals);
  g_test_add_func ("/payment/journey/unsure", test_unsure);
  g_test_add_func ("/payment/journey/follows", test_follows);
  g_test_add_func ("/payment/journey/code", test_code);
  g_test_add_func ("/payment/journey/receipt", test_receipt);
  return g_test_run ();
}
