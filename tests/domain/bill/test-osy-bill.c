/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The bill as data: what its parts come to, how it travels, what is printed of it. */

#include <string.h>

#include "osy-bill-slip.h"
#include "osy-bill.h"
#include "osy-id.h"
#include "osy-json.h"

#define ROUNDS 300

static OsyBillLine *
add_line (OsyBill *bill, gint64 quantity, gint64 price, int seat)
{
  OsyBillLine *line = osy_bill_add_line (bill);

  line->line_id = osy_id_new ();
  line->order_id = osy_id_new ();
  line->name = g_strdup ("김밥");
  line->quantity = quantity;
  line->unit_price = price;
  line->amount = line->net = line->due = quantity * price;
  line->seat = seat;
  bill->orders_amount += line->amount;
  bill->total += line->due;
  return line;
}

static OsyBillPart *
add_part (OsyBill *bill, OsyCheckPartKind kind)
{
  OsyBillPart *part = osy_bill_add_part (bill);

  part->id = osy_id_new ();
  part->kind = kind;
  return part;
}

static void
take (OsyBillPart *part, guint line, int numerator, int denominator)
{
  const OsyCheckTake share = {line, numerator, denominator};

  g_array_append_val (part->takes, share);
}

/* Amounts of the parts as the daemon shows them. Returns: what no part has. */
static gint64
split (OsyBill *bill)
{
  g_autoptr (OsyCheckSum) sum = osy_bill_split (bill);

  osy_check_sum_run (sum);
  for (guint i = 0; i < bill->parts->len; i++)
    ((OsyBillPart *)bill->parts->pdata[i])->amount =
        g_array_index (sum->parts, OsyCheckPart, i).amount;
  bill->rest = sum->rest;
  return sum->rest;
}

static gint64
amount_of (const OsyBill *bill, guint i)
{
  return ((OsyBillPart *)bill->parts->pdata[i])->amount;
}

/* ---- what parts come to ---- */

static void
test_service_in_parts (void)
{
  g_autoptr (OsyBill) bill = osy_bill_new ();

  /* 10 % service: 9,900 and 11,000 are due for 9,000 and 10,000. */
  add_line (bill, 1, 9000, 1)->due = 9900;
  add_line (bill, 2, 5000, 2)->due = 11000;
  bill->total = 20900;
  take (add_part (bill, OSY_CHECK_PART_ITEM), 0, 1, 1);
  take (add_part (bill, OSY_CHECK_PART_ITEM), 1, 1, 3);
  add_part (bill, OSY_CHECK_PART_SEAT)->seat = 2;
  g_assert_cmpint (split (bill), ==, 0);
  g_assert_cmpint (amount_of (bill, 0), ==, 9900);
  g_assert_cmpint (amount_of (bill, 1), ==, 3666);
  g_assert_cmpint (amount_of (bill, 2), ==, 7334); /* the seat has the odd won */
}

static void
test_paid_part_keeps (void)
{
  g_autoptr (OsyBill) bill = osy_bill_new ();

  add_line (bill, 3, 3000, 0);
  OsyBillPart *paid = add_part (bill, OSY_CHECK_PART_EQUAL);
  add_part (bill, OSY_CHECK_PART_EQUAL);
  split (bill);
  paid->frozen = TRUE;
  paid->paid = paid->amount;
  add_line (bill, 1, 1001, 0);
  split (bill);
  g_assert_cmpint (amount_of (bill, 0), ==, 4500);
  g_assert_cmpint (amount_of (bill, 1), ==, 10001 - 4500);
  /* Less is left of the check than was paid: nobody is asked for a negative amount. */
  ((OsyBillLine *)bill->lines->pdata[0])->due = 0;
  bill->total = 1001;
  g_assert_cmpint (split (bill), ==, 1001 - 4500);
  g_assert_cmpint (amount_of (bill, 1), ==, 0);
}

static void
make_random (GRand *rand, OsyBill *bill)
{
  gint lines = g_rand_int_range (rand, 1, 6);
  gint parts = g_rand_int_range (rand, 0, 6);

  for (gint i = 0; i < lines; i++)
    add_line (bill, g_rand_int_range (rand, 1, 5), g_rand_int_range (rand, 0, 20000),
              g_rand_int_range (rand, 0, 4));
  for (gint i = 0; i < parts; i++) {
    OsyBillPart *part =
        add_part (bill, (OsyCheckPartKind)g_rand_int_range (rand, 0, OSY_N_CHECK_PARTS));
    part->seat = part->kind == OSY_CHECK_PART_SEAT ? g_rand_int_range (rand, 1, 4) : 0;
    part->wanted = part->kind == OSY_CHECK_PART_AMOUNT ? g_rand_int_range (rand, 1, 30000) : 0;
    if (part->kind == OSY_CHECK_PART_ITEM)
      take (part, (guint)g_rand_int_range (rand, 0, lines), 1, g_rand_int_range (rand, 1, 21));
  }
}

static void
test_nothing_is_lost (void)
{
  g_autoptr (GRand) rand = g_rand_new ();

  for (guint n = 0; n < ROUNDS; n++) {
    g_autoptr (OsyBill) bill = osy_bill_new ();
    gint64 low = G_MAXINT64, high = 0;
    make_random (rand, bill);
    gint64 sum = split (bill);
    for (guint i = 0; i < bill->parts->len; i++) {
      const OsyBillPart *part = bill->parts->pdata[i];
      sum += part->amount;
      g_assert_cmpint (part->amount, >=, 0);
      if (part->kind != OSY_CHECK_PART_EQUAL)
        continue;
      low = MIN (low, part->amount);
      high = MAX (high, part->amount);
    }
    g_assert_cmpint (sum, ==, bill->total);
    g_assert_cmpint (high - MIN (low, high), <, OSY_BILL_MAX_PARTS);
    g_assert_true (high == 0 || bill->rest == 0);
  }
}

/* ---- on its way ---- */

static void
test_travels (void)
{
  g_autoptr (GRand) rand = g_rand_new ();
  g_autoptr (GError) error = NULL;

  for (guint n = 0; n < 20; n++) {
    g_autoptr (OsyBill) bill = osy_bill_new ();
    make_random (rand, bill);
    bill->id = osy_id_new ();
    bill->status = g_strdup ("OPEN");
    bill->version = 7;
    bill->business_day = g_strdup ("2026-11-21");
    g_ptr_array_add (bill->merged, osy_id_new ());
    split (bill);
    if (bill->parts->len > 0)
      ((OsyBillPart *)bill->parts->pdata[0])->paid = amount_of (bill, 0);
    g_autoptr (JsonNode) node = osy_bill_to_json (bill);
    json_object_set_string_member (json_node_get_object (node), "of_a_later_version", "");
    g_autoptr (OsyBill) read = osy_bill_from_json (node, &error);
    g_assert_no_error (error);
    json_object_remove_member (json_node_get_object (node), "of_a_later_version");
    g_autoptr (JsonNode) again = osy_bill_to_json (read);
    g_autofree char *one = osy_json_print (node);
    g_autofree char *other = osy_json_print (again);
    g_assert_cmpstr (other, ==, one);
    for (guint i = 0; i < read->parts->len; i++) {
      const OsyBillPart *part = read->parts->pdata[i];
      g_assert_true (part->frozen == (part->paid > 0));
    }
    json_object_set_string_member (json_node_get_object (node), "version", "7");
    g_assert_null (osy_bill_from_json (node, &error));
    g_clear_error (&error);
  }
}

/* ---- on paper ---- */

static gboolean
says (const OsySlip *slip, const char *words)
{
  for (guint i = 0; i < slip->blocks->len; i++) {
    const OsySlipBlock *block = slip->blocks->pdata[i];
    const char *texts[] = {block->text, block->middle, block->right};
    for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
      if (texts[k] != NULL && strstr (texts[k], words) != NULL)
        return TRUE;
  }
  return FALSE;
}

static OsySlip *
print (const OsyBill *bill, const OsyBillPart *part, gboolean receipt)
{
  g_autoptr (OsyShopData) shop = osy_shop_data_new ();
  g_autoptr (GHashTable) origins = g_hash_table_new (g_str_hash, g_str_equal);
  const OsyBillSlip data = {.bill = bill,
                            .part = part,
                            .shop = shop,
                            .origins = origins,
                            .language = "en",
                            .receipt = receipt};

  return osy_bill_slip_new (&data);
}

static void
test_paper (void)
{
  g_autoptr (OsyBill) bill = osy_bill_new ();
  OsyBillLine *voided = add_line (bill, 2, 1230, 0);

  g_free (voided->name);
  voided->name = g_strdup ("never made");
  voided->voided = 2;
  add_line (bill, 1, 4560, 0);
  bill->orders_amount = 4560 + 2460;
  bill->adjustments_amount = 2460;
  bill->total = 4560;
  OsyBillPart *half = add_part (bill, OSY_CHECK_PART_EQUAL);
  half->name = g_strdup ("half");
  half->amount = 2280;

  g_autoptr (OsySlip) all = print (bill, NULL, FALSE);
  g_assert_false (says (all, "never made"));
  g_assert_false (says (all, "2,460"));
  g_assert_true (says (all, "4,560"));
  g_autoptr (OsySlip) part = print (bill, half, FALSE);
  g_assert_true (says (part, "half") && says (part, "2,280"));
  bill->tenders = 3000;
  g_autoptr (OsySlip) receipt = print (bill, NULL, TRUE);
  g_assert_true (says (receipt, "3,000") && says (receipt, "1,560"));
}

/* Dishes and options in the language of the paper, where the menu has it; else as they were sold.
 */
static void
test_paper_language (void)
{
  g_autoptr (OsyBill) bill = osy_bill_new ();
  g_autoptr (OsyShopData) shop = osy_shop_data_new ();
  g_autoptr (GHashTable) origins = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  OsyBillSlip data = {.bill = bill,
                      .shop = shop,
                      .origins = origins,
                      .names = names,
                      .language = "en",
                      .receipt = TRUE};
  OsyBillLine *stew = add_line (bill, 1, 9000, 0);
  OsyBillLine *secret = add_line (bill, 1, 8000, 0);
  OsyBillLine *fee = add_line (bill, 1, 3000, 0);
  OsyBillOption *noodles = g_new0 (OsyBillOption, 1);

  g_free (stew->name);
  stew->name = g_strdup ("김치찌개");
  stew->menu_item_id = g_strdup ("stew");
  noodles->option_id = g_strdup ("noodles");
  noodles->name = g_strdup ("라면사리");
  noodles->quantity = 1;
  g_ptr_array_add (stew->options, noodles);
  g_free (secret->name);
  secret->name = g_strdup ("비밀메뉴");
  secret->menu_item_id = g_strdup ("secret");
  g_free (fee->name);
  fee->name = g_strdup (OSY_BILL_DELIVERY_FEE);
  g_hash_table_insert (names, (gpointer) "stew", (gpointer) "Kimchi stew");
  g_hash_table_insert (names, (gpointer) "noodles", (gpointer) "Noodles");

  g_autoptr (OsySlip) english = osy_bill_slip_new (&data);
  g_assert_true (says (english, "Receipt") && says (english, "Kimchi stew") &&
                 says (english, "Noodles") && says (english, "비밀메뉴") &&
                 says (english, "Delivery fee"));
  g_assert_false (says (english, "김치찌개") || says (english, "라면사리"));
  data.language = "ko";
  g_autoptr (OsySlip) korean = osy_bill_slip_new (&data);
  g_assert_true (says (korean, "영수증") && says (korean, "김치찌개") &&
                 says (korean, "라면사리") && says (korean, OSY_BILL_DELIVERY_FEE));
  g_assert_false (says (korean, "Kimchi stew"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bill/split/service", test_service_in_parts);
  g_test_add_func ("/bill/split/paid", test_paid_part_keeps);
  g_test_add_func ("/bill/split/nothing-is-lost", test_nothing_is_lost);
  g_test_add_func ("/bill/travels", test_travels);
  g_test_add_func ("/bill/paper", test_paper);
  g_test_add_func ("/bill/paper/language", test_paper_language);
  return g_test_run ();
}
