/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invented orders of a day that is nearly over. */

#include "osc-fixture.h"
#include "osy-mask.h"

#define PAST 40

static const struct {
  const char *type;
  const char *where;
  const char *channel;
  const char *first;
  int quantity;
  const char *second;
} rows[] = {
    {"DINE_IN", "5", "COUNTER", "비빔밥", 2, "된장찌개"},
    {"TAKEOUT", "이수민", "PHONE", "김밥", 4, "어묵탕"},
    {"DELIVERY", "한강로 2가 12-5, 302호", "PLATFORM", "로제떡볶이", 1, "모둠튀김"},
    {"DINE_IN", "11", "QR", "김치볶음밥", 2, "라면"},
    {"TAKEOUT", "박지호", "WEB", "치즈돈까스", 1, NULL},
    {"DINE_IN", "2", "COUNTER", "잔치국수", 3, "김밥"},
    {"DELIVERY", "이촌로 88, 101동 1502호", "WEB", "국물떡볶이", 2, "순대"},
};

static void
fill (OsyOrderData *order, int number)
{
  gsize i = (gsize)number % G_N_ELEMENTS (rows);

  g_free (order->channel);
  order->channel = g_strdup (rows[i].channel);
  if (g_str_equal (rows[i].type, "DINE_IN"))
    order->table_id = g_strdup (rows[i].where);
  else if (g_str_equal (rows[i].type, "DELIVERY"))
    order->delivery_address = osy_mask_address (rows[i].where);
  else
    order->customer_name = osy_mask_name (rows[i].where);
  if (!g_str_equal (rows[i].type, "DINE_IN"))
    order->customer_phone = g_strdup_printf ("010-****-%04d", 4800 + number);
  osc_fixture_line (order, rows[i].first, rows[i].quantity, 8000, NULL);
  if (rows[i].second != NULL)
    osc_fixture_line (order, rows[i].second, 1, 4500, NULL);
}

static const char *
status_of (int number)
{
  if (number >= PAST - 1)
    return OSY_ORDER_PREPARING;
  return number % 9 == 4 ? OSY_ORDER_CANCELED : OSY_ORDER_COMPLETED;
}

GPtrArray *
osc_fixture_past (void)
{
  GPtrArray *orders = g_ptr_array_new_with_free_func (g_object_unref);

  for (int number = PAST; number > 0; number--) {
    const char *status = status_of (number);
    OsyOrderData *order =
        osc_fixture_order (number, status, rows[(gsize)number % G_N_ELEMENTS (rows)].type,
                           300 + (PAST - number) * 290);

    g_free (order->id);
    order->id = g_strdup_printf ("00000000-0000-7000-9000-%012d", number);
    fill (order, number);
    if (g_str_equal (status, OSY_ORDER_CANCELED)) {
      order->reason = g_strdup ("손님이 취소했어요");
      order->closed_at = order->created_at + 120 * G_USEC_PER_SEC;
    } else if (g_str_equal (status, OSY_ORDER_COMPLETED)) {
      order->ready_at = order->created_at + 600 * G_USEC_PER_SEC;
      order->completed_at = order->created_at + 900 * G_USEC_PER_SEC;
    }
    order->practice = number == 1;
    g_ptr_array_add (orders, osy_order_new (order));
  }
  return orders;
}
