/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the refund desk: choosing, what it does, unknown, done, nothing to be found; and of
 * what is stuck. */

#include <glib/gi18n.h>
#include <string.h>

#include "osc-attention.h"
#include "osc-refund.h"
#include "osc-scenes.h"
#include "osy-clock.h"
#include "osy-json.h"

#define ID "01900000-0000-7000-8000-0000000000"

/* ---- what was paid ---- */

static OsyPayment *
make_payment (const char *id, const char *method, gint64 amount)
{
  OsyPayment *payment = osy_payment_new ();

  payment->id = g_strconcat (ID, id, NULL);
  payment->status = g_strdup (OSY_PAYMENT_PAID);
  payment->check_id = g_strdup (ID "c1");
  payment->method = g_strdup (method);
  payment->amount = amount;
  payment->paid_at = payment->created_at = osy_clock_now () - 40 * G_TIME_SPAN_MINUTE;
  payment->version = 1;
  return payment;
}

static void
give_back (OsyPayment *payment, const char *status, gint64 amount, const char *act_id)
{
  OsyRefund *refund = osy_payment_add_refund (payment);

  refund->id = g_strdup_printf (ID "%02x", 0xe0 + payment->refunds->len);
  refund->act_id = g_strdup (act_id);
  refund->status = g_strdup (status);
  refund->amount = amount;
  refund->vat = amount / 11;
  refund->reason = g_strdup (_ ("Not as it should be"));
  refund->by = g_strdup ("김지은");
  refund->at = osy_clock_now () - 12 * G_TIME_SPAN_MINUTE;
  payment->held += amount;
  payment->refunded += g_str_equal (status, OSY_REFUND_DONE) ? amount : 0;
  payment->version++;
}

/* (transfer full): what GET payments answers: a card and cash; @status: (nullable): of a refund of
 * the card. */
static JsonNode *
make_payments (const char *status, gint64 amount, const char *act_id)
{
  g_autoptr (OsyPayment) card = make_payment ("d1", OSY_PAYMENT_TOSS, 15500);
  g_autoptr (OsyPayment) cash = make_payment ("d2", OSY_PAYMENT_CASH, 10000);
  JsonArray *array = json_array_new ();
  JsonObject *object = json_object_new ();

  card->card_issuer = g_strdup ("신한");
  card->card_number = g_strdup ("5107-****-****-4821");
  card->approval_no = g_strdup ("****2345");
  if (status != NULL)
    give_back (card, status, amount, act_id);
  json_array_add_element (array, osy_payment_to_json (card));
  json_array_add_element (array, osy_payment_to_json (cash));
  json_object_set_array_member (object, "payments", array);
  return osy_json_take_object (object);
}

static OscRefundStore *
open_desk (OscWindow *window, OscContext *context, JsonNode *payments)
{
  g_autoptr (JsonNode) answer = payments;
  OsyBill *bill = osc_fixture_bill (0);
  OscShell *shell = osc_scenes_open_shell (window, context);

  bill->business_day = g_strdup ("2026-11-21");
  osc_shell_go (shell, "refund", bill->id);
  osc_bill_store_take (osc_refund_store_bill (context->refunds), bill);
  osc_refund_store_take_payments (context->refunds, answer);
  return context->refunds;
}

/* Of the first line both, of the second one. */
static void
choose (OscRefundStore *store)
{
  static const char *const plan =
      "{\"ceiling\":25500,\"amount\":19000,\"tax_free_amount\":0,\"supply_amount\":17273,"
      "\"vat_amount\":1727,\"effects\":["
      "{\"kind\":\"CARD\",\"payment_id\":\"" ID "d1\",\"amount\":15500,\"text_code\":\"card\"},"
      "{\"kind\":\"CASH\",\"payment_id\":\"" ID "d2\",\"amount\":3500,\"text_code\":\"cash\"},"
      "{\"kind\":\"CASH_RECEIPT\",\"amount\":3500,\"text_code\":\"cash_receipt\"},"
      "{\"kind\":\"VAT\",\"amount\":1727,\"text_code\":\"vat\"},"
      "{\"kind\":\"STOCK\",\"amount\":0,\"text_code\":\"stock\"}]}";
  g_autoptr (JsonNode) node = osy_json_parse (plan, strlen (plan), NULL);
  const OsyBill *bill = osc_bill_store_bill (osc_refund_store_bill (store));

  for (guint i = 0; i < 3; i++)
    osc_refund_store_set_quantity (
        store, ((OsyBillLine *)g_ptr_array_index (bill->lines, i))->line_id, i == 2 ? 1 : 2);
  osc_refund_store_take_plan (store, node, NULL);
}

/* ---- scenes ---- */

static void
show_choosing (OscWindow *window, OscContext *context)
{
  open_desk (window, context, make_payments (OSY_REFUND_DONE, 4500, ID "f1"));
}

static void
show_effects (OscWindow *window, OscContext *context)
{
  choose (open_desk (window, context, make_payments (NULL, 0, NULL)));
}

static void
show_amount (OscWindow *window, OscContext *context)
{
  OscRefundStore *store = open_desk (window, context, make_payments (NULL, 0, NULL));

  osc_refund_store_set_way (store, OSC_REFUND_BY_AMOUNT);
  osc_refund_store_set_amount (store, 90000);
  g_autoptr (GError) error = g_error_new_literal (OSY_ERROR, OSY_ERROR_STATE_CONFLICT, "too much");
  osy_error_set_extra (error, "refundable_amount", json_node_init_int (json_node_alloc (), 25500));
  osc_refund_store_take_plan (store, NULL, error);
}

static void
show_share (OscWindow *window, OscContext *context)
{
  OscRefundStore *store = open_desk (window, context, make_payments (NULL, 0, NULL));

  osc_refund_store_set_way (store, OSC_REFUND_BY_SHARE);
  osc_refund_store_set_share (store, 1, 3);
}

static void
show_unknown (OscWindow *window, OscContext *context)
{
  open_desk (window, context, make_payments (OSY_REFUND_UNKNOWN, 9000, ID "f1"));
}

static void
show_waiting (OscWindow *window, OscContext *context)
{
  OscRefundStore *store = open_desk (window, context, make_payments (NULL, 0, NULL));

  choose (store);
  osc_refund_store_refund (store, _ ("Not as it should be"));
}

static void
show_done (OscWindow *window, OscContext *context)
{
  OscRefundStore *store = open_desk (window, context, make_payments (NULL, 0, NULL));

  choose (store);
  osc_refund_store_refund (store, _ ("Not as it should be"));
  g_autofree char *key = g_strdup (osc_refund_store_held (store)->key);
  g_autoptr (JsonNode) answer = make_payments (OSY_REFUND_DONE, 15500, key);
  osc_refund_store_take_outcome (store, key, answer, NULL);
}

static void
show_empty (OscWindow *window, OscContext *context)
{
  osc_shell_go (osc_scenes_open_shell (window, context), "refund", "");
}

static void
show_found (OscWindow *window, OscContext *context)
{
  g_autoptr (GPtrArray) payments =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_payment_free);
  OsyPayment *card = make_payment ("d1", OSY_PAYMENT_TOSS, 15500);

  card->card_issuer = g_strdup ("신한");
  card->card_number = g_strdup ("5107-****-****-4821");
  give_back (card, OSY_REFUND_DONE, 4500, ID "f1");
  g_ptr_array_add (payments, card);
  g_ptr_array_add (payments, make_payment ("d2", OSY_PAYMENT_CASH, 10000));
  show_empty (window, context);
  g_signal_emit_by_name (context->refunds, "found", payments);
}

static void
show_failed (OscWindow *window, OscContext *context)
{
  open_desk (window, context, NULL);
}

/* ---- what is stuck ---- */

typedef struct {
  const char *step;
  const char *reason;
  int number;
  int minutes; /* since then */
  int attempts;
  gint64 captured;
} Stuck;

static const Stuck stuck[] = {
    {"COMPENSATING", "REFUND_LATE", 37, 22, 9, 18500},
    {"STARTED", "PAYMENT_UNKNOWN", 44, 16, 7, 0},
    {"FULFILLING", "DELIVERY_FAILED", 46, 6, 0, 23000},
    {"FULFILLING", "ORDER_FORGOTTEN", 12, 75, 1, 0},
};

static void
add_stuck (JsonArray *items, const Stuck *one)
{
  JsonObject *object = json_object_new ();
  JsonArray *acts = json_array_new ();
  g_autofree char *id = g_strdup_printf (ID "%02x", one->number);
  g_autofree char *since = osy_clock_format (osy_clock_now () - one->minutes * G_TIME_SPAN_MINUTE);
  g_autofree char *next = osy_clock_format (osy_clock_now () + 4 * G_TIME_SPAN_MINUTE);

  json_object_set_string_member (object, "order_id", id);
  json_object_set_int_member (object, "order_number", one->number);
  json_object_set_string_member (object, "step", one->step);
  json_object_set_string_member (object, "reason", one->reason);
  json_object_set_string_member (object, "since", since);
  json_object_set_string_member (object, "next_at", next);
  json_object_set_int_member (object, "attempts", one->attempts);
  json_object_set_boolean_member (object, "prepaid", one->captured > 0);
  json_object_set_int_member (object, "captured", one->captured);
  json_object_set_int_member (object, "refunded", 0);
  json_array_add_string_element (acts, "PUSH");
  json_array_add_string_element (acts, "RETRY");
  json_array_add_string_element (acts, "SETTLE");
  json_object_set_array_member (object, "acts", acts);
  json_array_add_object_element (items, object);
}

/* (transfer full): what GET attention answers. */
static JsonNode *
make_stuck (guint n)
{
  JsonArray *items = json_array_new ();
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < n; i++)
    add_stuck (items, &stuck[i]);
  json_object_set_array_member (object, "items", items);
  return osy_json_take_object (object);
}

static GtkWidget *
open_attention (OscWindow *window, OscContext *context, guint n)
{
  g_autoptr (JsonNode) answer = make_stuck (n);
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_shell_go (shell, "attention", NULL);
  osc_attention_store_take (context->attention, answer);
  osc_attention_store_look (context->attention);
  return GTK_WIDGET (osc_shell_view (shell));
}

static void
show_attention (OscWindow *window, OscContext *context)
{
  open_attention (window, context, G_N_ELEMENTS (stuck));
}

/* On the board, before anybody has looked. */
static void
show_raised (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) answer = make_stuck (2);
  g_autofree char *words = g_strdup_printf (_ ("%d needs attention"), 2);

  osc_fixture_typical (context->orders);
  osc_scenes_open_shell (window, context);
  osc_attention_store_take (context->attention, answer);
  OscChip *chip = osc_strip_attention (osc_window_strip (window));
  gtk_widget_set_visible (GTK_WIDGET (chip), TRUE);
  osc_chip_set (chip, OSC_CHIP_FAULT, words);
}

static void
show_settle (OscWindow *window, OscContext *context)
{
  GtkWidget *view = open_attention (window, context, G_N_ELEMENTS (stuck));
  g_autofree char *id = g_strdup_printf (ID "%02x", stuck[0].number);

  gtk_widget_activate_action (view, "attention.settle", "s", id);
}

/* What is wrong beside orders. */
static void
show_alerts (OscWindow *window, OscContext *context)
{
  static const char text[] =
      "{\"alerts\":[{\"id\":\"a\",\"kind\":\"PRINTER\",\"text\":\"프린터 ‘주방’에 용지가 "
      "없어요.\",\"raised_at\":\"2026-11-21T03:12:00Z\",\"quiet\":false},"
      "{\"id\":\"b\",\"kind\":\"OUTAGE\",\"text\":\"결제 서비스가 응답하지 않아요. 결과를 "
      "모르는 결제가 2건 있어요.\",\"raised_at\":\"2026-11-21T03:20:00Z\",\"quiet\":false}]}";
  g_autoptr (JsonNode) answer = osy_json_parse (text, strlen (text), NULL);

  open_attention (window, context, 1);
  osc_alert_store_take (context->alerts, answer);
}

static void
show_calm (OscWindow *window, OscContext *context)
{
  open_attention (window, context, 0);
}

const OscScene osc_scenes_refund[] = {
    {"refund", show_choosing},         {"refund-effects", show_effects},
    {"refund-amount", show_amount},    {"refund-share", show_share},
    {"refund-unknown", show_unknown},  {"refund-waiting", show_waiting},
    {"refund-done", show_done},        {"refund-empty", show_empty},
    {"refund-found", show_found},      {"refund-failed", show_failed},
    {"attention", show_attention},     {"attention-settle", show_settle},
    {"attention-alerts", show_alerts}, {"attention-empty", show_calm},
    {"attention-raised", show_raised}, {.name = NULL},
};
