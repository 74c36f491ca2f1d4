/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the encoder says, judged by a reader that was written from the table of commands alone. With
 * OSY_SLIP_PICTURES=DIR it writes there what the simulated printer printed (docs/images). */

#include "osy-escpos.h"

#include <string.h>

#include "osy-bill-slip.h"
#include "osy-compat.h"
#include "osy-kitchen-slip.h"
#include "osy-refund-slip.h"
#include "osy-sim-escpos.h"
#include "osy-slip-fixture.h"
#include "osy-slip-form.h"

#define SLIPS 120

/** What came out of a printer. */
typedef struct {
  GString *text;
  guint cuts, kicks, faults, pictures, answers;
  const char *picture; /* (nullable): where to write it */
} Paper;

static void
cut_cb (const OsySimSlip *slip, gpointer data)
{
  Paper *paper = data;

  paper->cuts++;
  paper->pictures += slip->pictures;
  g_string_append (paper->text, slip->text);
  if (paper->picture != NULL)
    g_assert_cmpint (cairo_surface_write_to_png (slip->paper, paper->picture), ==, 0);
}

static void
kick_cb (gpointer data)
{
  ((Paper *)data)->kicks++;
}

static void
fault_cb (const char *what, gpointer data)
{
  g_test_message ("%s", what);
  ((Paper *)data)->faults++;
}

static guint8
state_cb (guint8 question, gpointer data)
{
  return 0x12;
}

static void
answer_cb (guint8 byte, gpointer data)
{
  ((Paper *)data)->answers++;
}

static void
read_bytes (Paper *paper, int columns, const guint8 *data, gsize size, gboolean *whole)
{
  static const OsySimEscposDuties duties = {cut_cb, kick_cb, fault_cb, state_cb, answer_cb};
  g_autoptr (OsySimEscpos) reader = osy_sim_escpos_new (osy_escpos_dots (columns), &duties, paper);

  /* In pieces of odd length, as a network brings them. */
  for (gsize at = 0; at < size; at += 977)
    osy_sim_escpos_feed (reader, data + at, MIN (977, size - at));
  *whole = osy_sim_escpos_is_whole (reader);
}

static void
print (const OsySlip *slip, int columns, gboolean text, Paper *paper)
{
  const OsyEscposForm form = {columns, text};
  g_autoptr (GBytes) bytes = osy_escpos_encode (slip, &form);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gboolean whole = FALSE;

  paper->text = g_string_new (NULL);
  read_bytes (paper, columns, data, size, &whole);
  g_assert_true (whole);
}

static void
paper_clear (Paper *paper)
{
  g_string_free (paper->text, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Paper, paper_clear)

static guint
count (const OsySlip *slip, OsySlipKind kind)
{
  guint n = 0;

  for (guint i = 0; i < slip->blocks->len; i++)
    n += ((OsySlipBlock *)slip->blocks->pdata[i])->kind == kind;
  return n;
}

static void
test_any_slip (void)
{
  static const int columns[] = {32, 42, 48};
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());

  for (guint i = 0; i < SLIPS; i++) {
    g_autoptr (OsySlip) slip = osy_slip_fixture_random (rand);
    g_auto (Paper) paper = {NULL};
    print (slip, columns[i % 3], i % 2, &paper);
    g_assert_cmpuint (paper.faults, ==, 0);
    g_assert_cmpuint (paper.kicks, ==, count (slip, OSY_SLIP_KICK));
    guint cuts = count (slip, OSY_SLIP_CUT);
    g_assert_cmpuint (paper.cuts, >=, cuts);
    g_assert_cmpuint (paper.cuts, <=, cuts + 1);
  }
}

static void
test_letters (void)
{
  g_autoptr (OsySlip) slip = osy_slip_new ();
  g_auto (Paper) paper = {NULL};

  osy_slip_text (slip, 1, 0, "가나다라마바사아자차카타파하 가나다라마바사");
  osy_slip_row (slip, 1, 0, "김치찌개", "2", "16,000");
  osy_slip_row (slip, 1, 0, "할인", NULL, "−1,000");
  osy_slip_text (slip, 1, 0, "똠양꿍");
  osy_slip_text (slip, 2, 0, "햏");
  osy_slip_text (slip, 2, 0, "두배");
  print (slip, 32, TRUE, &paper);
  g_assert_cmpstr (paper.text->str, ==,
                   "가나다라마바사아자차카타파하\n가나다라마바사\n"
                   "김치찌개              2   16,000\n할인                      -1,000\n두배\n");
  g_assert_cmpuint (paper.pictures, ==, 2);
  g_assert_cmpuint (paper.cuts, ==, 1);
  g_assert_cmpuint (paper.faults, ==, 0);
}

static void
test_pictures_hold_no_letters (void)
{
  g_autoptr (OsySlip) slip = osy_slip_new ();
  g_auto (Paper) paper = {NULL};

  osy_slip_text (slip, 1, 0, "가나다");
  osy_slip_cut (slip);
  osy_slip_kick (slip);
  print (slip, 48, FALSE, &paper);
  g_assert_cmpstr (paper.text->str, ==, "");
  g_assert_cmpuint (paper.pictures, ==, 1);
  g_assert_cmpuint (paper.cuts, ==, 1);
  g_assert_cmpuint (paper.kicks, ==, 1);
}

/* Three times, before a word of the slip; alone it wastes no paper. */
static void
test_beep (void)
{
  static const char bytes[] = "\x1b\x40\x1b\x42\x03\x03";
  g_autoptr (OsySlip) slip = osy_slip_new ();

  osy_slip_beep (slip);
  g_autoptr (GBytes) said =
      osy_escpos_encode (slip, &(OsyEscposForm){.columns = 48, .text = FALSE});
  g_assert_cmpmem (g_bytes_get_data (said, NULL), g_bytes_get_size (said), bytes, 6);
}

/* A slip that opens the drawer alone does not waste paper. */
static void
test_kick_alone (void)
{
  g_autoptr (OsySlip) slip = osy_slip_new ();
  g_auto (Paper) paper = {NULL};

  osy_slip_kick (slip);
  print (slip, 48, FALSE, &paper);
  g_assert_cmpuint (paper.kicks, ==, 1);
  g_assert_cmpuint (paper.cuts, ==, 0);
}

static void
test_wrap (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)g_test_rand_int ());

  for (guint i = 0; i < 300; i++) {
    g_autofree char *words = osy_slip_fixture_words (rand, 120);
    int columns = g_rand_int_range (rand, 8, 49);
    g_auto (GStrv) lines = osy_escpos_wrap (words, columns);
    g_autofree char *joined = g_strjoinv ("", lines);
    g_autoptr (GString) blank = g_string_new (words);
    g_autoptr (GString) other = g_string_new (joined);
    for (char **line = lines; *line != NULL; line++) {
      g_assert_cmpint (osy_escpos_cells (*line), <=, columns);
      g_assert_true (g_utf8_validate (*line, -1, NULL));
    }
    g_string_replace (blank, " ", "", 0);
    g_string_replace (blank, "\n", "", 0);
    g_string_replace (other, " ", "", 0);
    g_assert_cmpstr (other->str, ==, blank->str);
  }
}

/* The judge itself: what is not of the table, it says so. */
static void
test_reader_is_strict (void)
{
  static const char *const bad[] = {"\x1b\x7e\x01", "\x8c\x63\n",   "\x07",
                                    "\x1d\x77\x01", "\x1b\x61\x07", "가\n" /* UTF-8 */,
                                    "a\x1d\x56\x01"};

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_auto (Paper) paper = {.text = g_string_new (NULL)};
    gboolean whole;
    read_bytes (&paper, 32, (const guint8 *)bad[i], strlen (bad[i]), &whole);
    g_assert_cmpuint (paper.faults, >, 0);
  }
}

static void
write_picture (const char *folder, const char *name, const OsySlip *slip)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);
  g_auto (Paper) paper = {.picture = folder[0] != '\0' ? path : NULL};

  print (slip, 48, FALSE, &paper);
  g_assert_cmpuint (paper.faults, ==, 0);
  g_assert_cmpuint (paper.cuts, ==, 1);
}

static OsySlip *
sample (const char *kind, const char *language)
{
  OsySlip *slip = osy_kitchen_slip_sample (kind, language);

  return slip != NULL ? slip : osy_bill_slip_sample (kind, language);
}

static void
test_samples (void)
{
  static const char *const kinds[] = {"KITCHEN", "DELTA", "DELIVERY", "BILL", "RECEIPT"};
  static const char *const names[] = {"slip-kitchen", "slip-delta", "slip-delivery", "slip-bill",
                                      "slip-receipt"};
  const char *folder = g_getenv ("OSY_SLIP_PICTURES");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (OsySlip) slip = sample (kinds[i], "ko");
    g_autoptr (OsySlip) english = sample (kinds[i], "en");
    g_auto (Paper) letters = {NULL};
    g_assert_nonnull (slip);
    write_picture (folder != NULL ? folder : "", names[i], slip);
    print (english, 32, TRUE, &letters);
    g_assert_cmpuint (letters.faults, ==, 0);
  }
}

/* What the kitchen gets does not tell who ordered. */
static void
test_kitchen_slip_is_anonymous (void)
{
  g_autoptr (OsySlip) slip = osy_kitchen_slip_sample ("KITCHEN", "ko");
  g_auto (Paper) paper = {NULL};
  int biggest = 0;

  print (slip, 48, TRUE, &paper);
  g_assert_null (strstr (paper.text->str, "010-"));
  g_assert_nonnull (strstr (paper.text->str, "테이블 7"));
  for (guint i = 0; i < slip->blocks->len; i++) {
    const OsySlipBlock *block = slip->blocks->pdata[i];
    if (block->kind == OSY_SLIP_TEXT && block->size > biggest) {
      biggest = block->size;
      g_assert_cmpstr (block->text, ==, "매장");
    }
  }
  g_assert_cmpint (biggest, ==, 4);
}

/* ---- the proof of a refund ---- */

static OsyPayment *
paid_by (const char *method, gint64 back, const char *status)
{
  OsyPayment *payment = osy_payment_new ();
  OsyRefund *refund = osy_payment_add_refund (payment);

  payment->method = g_strdup (method);
  payment->status = g_strdup (OSY_PAYMENT_PAID);
  payment->card_number = g_strdup (g_str_equal (method, "CASH") ? NULL : "5107-****-****-4821");
  payment->approval_no = g_strdup ("****2345");
  payment->paid_at = 1;
  refund->act_id = g_strdup ("act");
  refund->status = g_strdup (status);
  refund->amount = back;
  refund->vat = back / 11;
  refund->reason = g_strdup ("too cold");
  refund->by = g_strdup ("Kim");
  return payment;
}

static OsySlip *
refund_slip (const char *language, GPtrArray *payments, OsyBill *bill)
{
  g_autoptr (OsyShopData) shop = osy_shop_data_new ();
  OsyRefundSlip data = {.payments = payments, .act_id = "act"};

  shop->name = g_strdup ("So dam");
  shop->business_number = g_strdup ("1248100998");
  shop->time_zone = g_strdup ("Asia/Seoul");
  data.bill = (OsyBillSlip){.bill = bill, .shop = shop, .language = language, .receipt = TRUE};
  return osy_refund_slip_new (&data);
}

/* Original number, ways, sums of what went back; what failed is not in the sum, what belongs to
 * another act is not on it, and no printer meets a byte that it does not know. */
static void
test_refund (void)
{
  static const int columns[] = {32, 42, 48};
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_payment_free);
  g_autoptr (OsyBill) bill = osy_bill_new ();
  OsyBillLine *line = osy_bill_add_line (bill);

  osy_bill_add_order (bill)->number = 37;
  line->line_id = g_strdup ("line");
  line->name = g_strdup ("Tteokbokki");
  g_ptr_array_add (payments, paid_by (OSY_PAYMENT_TOSS, 11000, OSY_REFUND_DONE));
  g_ptr_array_add (payments, paid_by (OSY_PAYMENT_CASH, 2200, OSY_REFUND_DONE));
  g_ptr_array_add (payments, paid_by (OSY_PAYMENT_TOSS, 999, OSY_REFUND_FAILED));
  OsyPayment *other = paid_by (OSY_PAYMENT_CASH, 777, OSY_REFUND_DONE);
  osy_set_str (&((OsyRefund *)other->refunds->pdata[0])->act_id, "other");
  g_ptr_array_add (payments, other);
  OsyRefundLine *piece =
      osy_refund_add_line (((OsyPayment *)payments->pdata[0])->refunds->pdata[0]);
  piece->line_id = g_strdup ("line");
  piece->quantity = 2;
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
    g_autoptr (OsySlip) korean = refund_slip ("ko", payments, bill);
    g_autoptr (OsySlip) english = refund_slip ("en", payments, bill);
    g_auto (Paper) picture = {NULL};
    g_auto (Paper) letters = {NULL};
    print (korean, columns[i], FALSE, &picture);
    print (english, columns[i], TRUE, &letters);
    g_assert_cmpuint (picture.faults + letters.faults, ==, 0);
    g_assert_cmpuint (letters.cuts, ==, 1);
    g_assert_nonnull (strstr (letters.text->str, "37"));
    g_assert_nonnull (strstr (letters.text->str, "Tteokbokki"));
    g_assert_nonnull (strstr (letters.text->str, "-11,000"));
    g_assert_nonnull (strstr (letters.text->str, "13,200"));
    g_assert_nonnull (strstr (letters.text->str, "1,200")); /* VAT of both */
    g_assert_nonnull (strstr (letters.text->str, "did not go back"));
    g_assert_null (strstr (letters.text->str, "777"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/escpos/any-slip", test_any_slip);
  g_test_add_func ("/escpos/letters", test_letters);
  g_test_add_func ("/escpos/pictures-hold-no-letters", test_pictures_hold_no_letters);
  g_test_add_func ("/escpos/kick-alone", test_kick_alone);
  g_test_add_func ("/escpos/beep", test_beep);
  g_test_add_func ("/escpos/wrap", test_wrap);
  g_test_add_func ("/escpos/reader-is-strict", test_reader_is_strict);
  g_test_add_func ("/escpos/samples", test_samples);
  g_test_add_func ("/escpos/refund", test_refund);
  g_test_add_func ("/escpos/kitchen-slip-is-anonymous", test_kitchen_slip_is_anonymous);
  return g_test_run ();
}
