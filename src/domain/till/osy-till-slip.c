/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A close on paper, in the language of the printer; and its way into the queue. */

#include "osy-till-slip.h"

#include "osy-money.h"
#include "osy-payment.h"
#include "osy-printing-service.h"
#include "osy-shop-service.h"

typedef enum {
  W_TITLE,
  W_DAY,
  W_OPENED,
  W_CLOSED,
  W_CORRECTS,
  W_TAKEN,
  W_REFUNDED,
  W_NET,
  W_SUPPLY,
  W_VAT,
  W_TAX_FREE,
  W_DRAWER,
  W_FLOAT,
  W_CASH_TAKEN,
  W_CASH_REFUNDED,
  W_IN,
  W_OUT,
  W_EXPECTED,
  W_COUNTED,
  W_DIFFERENCE,
  W_LEFT,
  W_BANKED,
  W_CARRIED,
  W_REASON,
  N_WORDS
} Word;

static const char *const words[N_WORDS][2] = {
    [W_TITLE] = {"마감", "Close"},
    [W_DAY] = {"영업일", "Business day"},
    [W_OPENED] = {"시작", "Opened"},
    [W_CLOSED] = {"마감", "Closed"},
    [W_CORRECTS] = {"바로잡은 마감", "Corrects close"},
    [W_TAKEN] = {"받은 돈", "Taken"},
    [W_REFUNDED] = {"환불", "Refunded"},
    [W_NET] = {"순매출", "Net sales"},
    [W_SUPPLY] = {"공급가액", "Supply"},
    [W_VAT] = {"부가세", "VAT"},
    [W_TAX_FREE] = {"면세", "Tax-free"},
    [W_DRAWER] = {"돈통", "Cash drawer"},
    [W_FLOAT] = {"시작 돈", "Opening float"},
    [W_CASH_TAKEN] = {"현금으로 받음", "Cash taken"},
    [W_CASH_REFUNDED] = {"현금으로 돌려줌", "Cash refunded"},
    [W_IN] = {"넣음", "Put in"},
    [W_OUT] = {"뺌", "Taken out"},
    [W_EXPECTED] = {"있어야 할 금액", "Expected"},
    [W_COUNTED] = {"센 금액", "Counted"},
    [W_DIFFERENCE] = {"차이", "Difference"},
    [W_LEFT] = {"돈통에 남긴 돈", "Left in drawer"},
    [W_BANKED] = {"은행에 넣을 돈", "To the bank"},
    [W_CARRIED] = {"내일로 넘긴 계산", "Carried over"},
    [W_REASON] = {"사유", "Reason"},
};

/* As the console names them. */
static const struct {
  const char *tender;
  const char *words[2];
} tenders[] = {
    {OSY_PAYMENT_CASH, {"현금", "Cash"}},
    {OSY_PAYMENT_TERMINAL, {"카드", "Card"}},
    {OSY_PAYMENT_TOSS, {"토스", "Toss"}},
    {OSY_PAYMENT_ACCOUNT, {"계좌이체", "Transfer"}},
    {OSY_PAYMENT_PLATFORM, {"배달앱", "Delivery app"}},
};

typedef struct {
  OsySlip *slip;
  const OsyTillSlip *data;
  int language;
} Paper;

static const char *
word (const Paper *paper, Word which)
{
  return words[which][paper->language];
}

static const char *
tender_words (const Paper *paper, const char *tender)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tenders); i++)
    if (g_str_equal (tenders[i].tender, tender))
      return tenders[i].words[paper->language];
  return tender;
}

static void
money (const Paper *paper, int size, guint style, const char *left, gint64 won)
{
  g_autofree char *amount = osy_money_format (won);

  osy_slip_row (paper->slip, size, style, left, NULL, amount);
}

static void
sum (const Paper *paper, JsonObject *of, const char *member, Word left)
{
  money (paper, 1, OSY_SLIP_PLAIN, word (paper, left),
         json_object_get_int_member_with_default (of, member, 0));
}

static void
moment (const Paper *paper, const char *member, Word left)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (paper->data->shop->time_zone);
  JsonObject *z = paper->data->z;

  if (json_object_get_null_member (z, member))
    return;
  g_autoptr (GDateTime) utc =
      g_date_time_new_from_iso8601 (json_object_get_string_member (z, member), NULL);
  if (utc == NULL)
    return;
  g_autoptr (GDateTime) local =
      zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  g_autofree char *text = g_date_time_format (local, "%Y-%m-%d %H:%M");
  osy_slip_row (paper->slip, 1, OSY_SLIP_PLAIN, word (paper, left), NULL, text);
}

static void
write_head (const Paper *paper)
{
  JsonObject *z = paper->data->z;

  osy_slip_section (paper->slip, "head");
  osy_slip_text (paper->slip, 1, OSY_SLIP_CENTER, paper->data->shop->name);
  osy_slip_textf (paper->slip, 2, OSY_SLIP_BOLD | OSY_SLIP_CENTER, "%s Z%" G_GINT64_FORMAT,
                  word (paper, W_TITLE), json_object_get_int_member (z, "number"));
  osy_slip_row (paper->slip, 1, OSY_SLIP_PLAIN, word (paper, W_DAY), NULL,
                json_object_get_string_member (z, "business_day"));
  moment (paper, "opened_at", W_OPENED);
  moment (paper, "closed_at", W_CLOSED);
  if (!json_object_get_null_member (z, "corrects")) {
    g_autofree char *wrong =
        g_strdup_printf ("Z%" G_GINT64_FORMAT, json_object_get_int_member (z, "corrects"));
    osy_slip_row (paper->slip, 1, OSY_SLIP_BOLD, word (paper, W_CORRECTS), NULL, wrong);
  }
  osy_slip_rule (paper->slip);
}

static void
write_tenders (const Paper *paper, JsonObject *report)
{
  JsonArray *shares = json_object_get_array_member (report, "tenders");

  osy_slip_section (paper->slip, "tenders");
  for (guint i = 0; i < json_array_get_length (shares); i++) {
    JsonObject *share = json_array_get_object_element (shares, i);
    g_autofree char *count =
        g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (share, "taken_count"));
    g_autofree char *taken = osy_money_format (json_object_get_int_member (share, "taken"));
    gint64 refunded = json_object_get_int_member (share, "refunded");

    osy_slip_row (paper->slip, 1, OSY_SLIP_BOLD,
                  tender_words (paper, json_object_get_string_member (share, "tender")), count,
                  taken);
    if (refunded != 0)
      money (paper, 1, OSY_SLIP_PLAIN, word (paper, W_REFUNDED), -refunded);
  }
  osy_slip_rule (paper->slip);
}

static void
write_totals (const Paper *paper, JsonObject *totals)
{
  osy_slip_section (paper->slip, "totals");
  sum (paper, totals, "taken", W_TAKEN);
  money (paper, 1, OSY_SLIP_PLAIN, word (paper, W_REFUNDED),
         -json_object_get_int_member (totals, "refunded"));
  money (paper, 2, OSY_SLIP_BOLD, word (paper, W_NET), json_object_get_int_member (totals, "net"));
  sum (paper, totals, "supply", W_SUPPLY);
  sum (paper, totals, "vat", W_VAT);
  if (json_object_get_int_member (totals, "tax_free") != 0)
    sum (paper, totals, "tax_free", W_TAX_FREE);
  osy_slip_rule (paper->slip);
}

static void
write_drawer (const Paper *paper, JsonObject *cash)
{
  static const struct {
    const char *member;
    Word word;
    int sign;
  } rows[] = {{"opening_float", W_FLOAT, 1},
              {"taken", W_CASH_TAKEN, 1},
              {"refunded", W_CASH_REFUNDED, -1},
              {"in", W_IN, 1},
              {"out", W_OUT, -1},
              {"expected", W_EXPECTED, 1},
              {"counted", W_COUNTED, 1},
              {"difference", W_DIFFERENCE, 1},
              {"left", W_LEFT, 1},
              {"banked", W_BANKED, 1}};

  osy_slip_section (paper->slip, "drawer");
  osy_slip_text (paper->slip, 1, OSY_SLIP_BOLD, word (paper, W_DRAWER));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    money (paper, 1, rows[i].word == W_DIFFERENCE ? OSY_SLIP_BOLD : OSY_SLIP_PLAIN,
           word (paper, rows[i].word),
           rows[i].sign * json_object_get_int_member_with_default (cash, rows[i].member, 0));
}

static void
write_carried (const Paper *paper, JsonObject *carried)
{
  gint64 checks = json_object_get_int_member_with_default (carried, "open_checks", 0);
  g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, checks);
  g_autofree char *amount =
      osy_money_format (json_object_get_int_member_with_default (carried, "open_amount", 0));

  if (checks > 0)
    osy_slip_row (paper->slip, 1, OSY_SLIP_PLAIN, word (paper, W_CARRIED), count, amount);
}

OsySlip *
osy_till_slip_new (const OsyTillSlip *data)
{
  Paper paper = {osy_slip_new (), data, g_strcmp0 (data->language, "en") == 0};
  JsonObject *report = json_object_get_object_member (data->z, "report");
  const char *reason = json_object_get_string_member_with_default (data->z, "reason", NULL);

  write_head (&paper);
  write_tenders (&paper, report);
  write_totals (&paper, json_object_get_object_member (report, "totals"));
  write_drawer (&paper, json_object_get_object_member (report, "cash"));
  osy_slip_section (paper.slip, "foot");
  write_carried (&paper, json_object_get_object_member (report, "carried_over"));
  if (reason != NULL)
    osy_slip_row (paper.slip, 1, OSY_SLIP_PLAIN, word (&paper, W_REASON), NULL, reason);
  osy_slip_cut (paper.slip);
  return paper.slip;
}

gboolean
osy_till_slip_queue (const OsyTillAct *act, JsonObject *z, gboolean copy, GError **error)
{
  g_autofree char *subject =
      g_strdup_printf ("Z%" G_GINT64_FORMAT, json_object_get_int_member (z, "number"));
  g_autoptr (OsyPrincipal) own = osy_principal_new_system (osy_db_tx_restaurant (act->tx), "till");
  const OsyCall inner = {own, act->call->trace_id};
  g_autoptr (OsyShop) shop = osy_shop_service_get_own (act->tx, act->ring, &inner, error);
  const char *purpose =
      osy_printing_service_purpose (act->tx, OSY_PRINT_REPORT, OSY_PRINT_RECEIPT, error);
  const char *language =
      purpose == NULL ? NULL : osy_printing_service_language (act->tx, purpose, NULL, error);

  if (shop == NULL || language == NULL)
    return FALSE;
  const OsyTillSlip data = {z, osy_shop_data (shop), language};
  g_autoptr (OsySlip) slip = osy_till_slip_new (&data);
  const OsyPrintRequest request = {.purpose = purpose,
                                   .kind = OSY_PRINT_REPORT,
                                   .subject_type = "close",
                                   .subject_id = subject,
                                   .copy = copy,
                                   .slip = slip};
  return osy_printing_service_queue (act->tx, act->ring, act->call, &request, error);
}
