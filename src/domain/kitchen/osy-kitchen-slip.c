/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Slips of the kitchen as data. Names of parts are those of the slip's form. */

#include "osy-kitchen-slip.h"

#include "osy-clock.h"
#include "osy-money.h"

#define BIG (OSY_SLIP_BOLD | OSY_SLIP_CENTER)

static const char *say (const OsyKitchenSlipWords *words, const char *ko, const char *en)
    G_GNUC_FORMAT (2) G_GNUC_FORMAT (3);

static const char *
say (const OsyKitchenSlipWords *words, const char *ko, const char *en)
{
  return g_str_equal (words->language, "en") ? en : ko;
}

static char *
local_time (const OsyKitchenSlipWords *words, gint64 at)
{
  g_autoptr (GTimeZone) zone = osy_clock_zone (words->zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local =
      zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return g_date_time_format (local, "%H:%M");
}

static const char *
type_word (const OsyKitchenSlipWords *words, const char *type)
{
  if (g_strcmp0 (type, "TAKEOUT") == 0)
    return say (words, "포장", "TAKEOUT");
  if (g_strcmp0 (type, "DELIVERY") == 0)
    return say (words, "배달", "DELIVERY");
  return say (words, "매장", "DINE IN");
}

/* ---- the head ---- */

static void
add_number (OsySlip *slip, gint64 number, gint64 at, const OsyKitchenSlipWords *words)
{
  g_autofree char *time = local_time (words, at);
  g_autofree char *text =
      g_strdup_printf (say (words, "%" G_GINT64_FORMAT "번", "No. %" G_GINT64_FORMAT), number);

  osy_slip_section (slip, "number");
  osy_slip_row (slip, 2, OSY_SLIP_BOLD, text, NULL, time);
}

static void
add_place (OsySlip *slip, const OsyKitchenTicketData *ticket, const OsyKitchenSlipWords *words)
{
  osy_slip_section (slip, "place");
  if (ticket->table_number != NULL)
    osy_slip_textf (slip, 3, BIG, say (words, "테이블 %s", "Table %s"), ticket->table_number);
}

static void
add_about (OsySlip *slip, const OsyKitchenTicketData *ticket, const OsyKitchenSlipWords *words)
{
  g_autofree char *guests =
      ticket->guest_count > 0
          ? g_strdup_printf (say (words, "%" G_GINT64_FORMAT "명", "%" G_GINT64_FORMAT " guests"),
                             ticket->guest_count)
          : NULL;

  osy_slip_section (slip, "about");
  if (words->station != NULL || guests != NULL)
    osy_slip_row (slip, 1, 0, words->station != NULL ? words->station : "", NULL, guests);
  if (ticket->promised_at != 0) {
    g_autofree char *time = local_time (words, ticket->promised_at);
    osy_slip_textf (slip, 1, 0, say (words, "%s까지", "Due %s"), time);
  }
}

static OsySlip *
begin (const OsyKitchenTicketData *ticket, const char *title, const OsyKitchenSlipWords *words)
{
  OsySlip *slip = osy_slip_new ();

  osy_slip_section (slip, "type");
  if (ticket->practice)
    osy_slip_text (slip, 2, BIG | OSY_SLIP_INVERT, say (words, "연습", "PRACTICE"));
  if (title != NULL)
    osy_slip_text (slip, 2, BIG | OSY_SLIP_INVERT, title);
  osy_slip_text (slip, 4, BIG, type_word (words, ticket->order_type));
  if (ticket->priority)
    osy_slip_text (slip, 2, BIG | OSY_SLIP_INVERT, say (words, "먼저", "RUSH"));
  add_place (slip, ticket, words);
  add_number (slip, ticket->order_number, ticket->sent_at, words);
  add_about (slip, ticket, words);
  return slip;
}

/* ---- lines ---- */

static const char *
name_of (const OsyKitchenLine *line)
{
  return line->kitchen_name != NULL ? line->kitchen_name : line->name;
}

static void
add_details (OsySlip *slip, const OsyKitchenLine *line, const OsyKitchenSlipWords *words)
{
  for (guint i = 0; i < line->options->len; i++) {
    const OsyKitchenOption *option = line->options->pdata[i];
    if (option->quantity > 1)
      osy_slip_textf (slip, 1, OSY_SLIP_BOLD, "   + %s × %" G_GINT64_FORMAT, option->name,
                      option->quantity);
    else
      osy_slip_textf (slip, 1, OSY_SLIP_BOLD, "   + %s", option->name);
  }
  if (line->table_number != NULL)
    osy_slip_textf (slip, 2, OSY_SLIP_BOLD, say (words, "→ 테이블 %s", "→ Table %s"),
                    line->table_number);
  if (line->seat > 0)
    osy_slip_textf (slip, 1, 0, say (words, "   좌석 %d", "   Seat %d"), (int)line->seat);
  if (line->note != NULL)
    osy_slip_textf (slip, 2, OSY_SLIP_BOLD, "※ %s", line->note);
  if (line->allergens[0] != NULL) {
    g_autofree char *list = g_strjoinv (", ", line->allergens);
    osy_slip_textf (slip, 2, OSY_SLIP_BOLD | OSY_SLIP_INVERT,
                    say (words, " 알레르기: %s ", " ALLERGY: %s "), list);
  }
}

static void
add_line (OsySlip *slip, const OsyKitchenLine *line, const OsyKitchenSlipWords *words)
{
  gint64 wanted = line->quantity_sent - line->quantity_voided;
  g_autofree char *quantity = g_strdup_printf ("%" G_GINT64_FORMAT, wanted);

  if (wanted > 0) {
    osy_slip_row (slip, 2, OSY_SLIP_BOLD, name_of (line), NULL, quantity);
    add_details (slip, line, words);
  }
  if (line->quantity_voided > 0)
    osy_slip_textf (
        slip, 1, OSY_SLIP_INVERT,
        say (words, " 취소 %s × %" G_GINT64_FORMAT " ", " VOID %s × %" G_GINT64_FORMAT " "),
        name_of (line), line->quantity_voided);
}

static void
add_course (OsySlip *slip,
            const OsyKitchenTicketData *ticket,
            gint64 course,
            const OsyKitchenSlipWords *words)
{
  gboolean held = g_str_equal (osy_kitchen_ticket_course_state (ticket, course), OSY_COURSE_HELD);

  if (held)
    osy_slip_textf (slip, 2, OSY_SLIP_BOLD | OSY_SLIP_INVERT,
                    say (words, " 코스 %d · 기다리세요 ", " Course %d · HOLD "), (int)course);
  else if (ticket->courses->len > 1)
    osy_slip_textf (slip, 1, OSY_SLIP_BOLD, say (words, "코스 %d", "Course %d"), (int)course);
}

/* @only: that course alone; 0: all */
static void
add_lines (OsySlip *slip,
           const OsyKitchenTicketData *ticket,
           gint64 only,
           const OsyKitchenSlipWords *words)
{
  gint64 course = 0;

  osy_slip_section (slip, "lines");
  osy_slip_rule (slip);
  for (guint i = 0; i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = ticket->lines->pdata[i];
    if (only != 0 && line->course != only)
      continue;
    if (line->course != course && only == 0)
      add_course (slip, ticket, line->course, words);
    course = line->course;
    add_line (slip, line, words);
  }
  osy_slip_rule (slip);
}

static void
add_note (OsySlip *slip, const char *note)
{
  osy_slip_section (slip, "note");
  if (note != NULL)
    osy_slip_textf (slip, 2, OSY_SLIP_BOLD, "※ %s", note);
}

OsySlip *
osy_kitchen_slip_new (const OsyKitchenTicketData *ticket, const OsyKitchenSlipWords *words)
{
  OsySlip *slip = begin (ticket, NULL, words);

  add_lines (slip, ticket, 0, words);
  add_note (slip, ticket->note);
  osy_slip_cut (slip);
  return slip;
}

OsySlip *
osy_kitchen_slip_course (const OsyKitchenTicketData *ticket,
                         gint64 course,
                         gboolean fire,
                         const OsyKitchenSlipWords *words)
{
  g_autofree char *title = g_strdup_printf (fire ? say (words, "코스 %d 시작", "FIRE course %d")
                                                 : say (words, "코스 %d 멈춤", "HOLD course %d"),
                                            (int)course);
  OsySlip *slip = begin (ticket, title, words);

  add_lines (slip, ticket, course, words);
  osy_slip_cut (slip);
  return slip;
}

/* ---- what became different ---- */

static const OsyKitchenLine *
line_of (const OsyKitchenTicketData *ticket, const OsyKitchenChange *change)
{
  for (guint i = 0; i < ticket->lines->len; i++) {
    const OsyKitchenLine *line = ticket->lines->pdata[i];
    for (guint k = 0; k < line->changes->len; k++)
      if (g_strcmp0 (((OsyKitchenChange *)line->changes->pdata[k])->id, change->id) == 0)
        return line;
  }
  return NULL;
}

/* @line: (nullable): it alone went */
static void
add_move (OsySlip *slip,
          const OsyKitchenLine *line,
          const OsyKitchenChange *change,
          const OsyKitchenSlipWords *words)
{
  if (line != NULL) {
    g_autofree char *quantity = g_strdup_printf ("%" G_GINT64_FORMAT, change->quantity);
    osy_slip_row (slip, 2, OSY_SLIP_BOLD, name_of (line), NULL, quantity);
  }
  osy_slip_textf (slip, 3, BIG, "%s %s", say (words, "자리 이동", "MOVED"),
                  change->text != NULL ? change->text : "");
}

static void
add_change (OsySlip *slip,
            const OsyKitchenTicketData *ticket,
            const OsyKitchenChange *change,
            const OsyKitchenSlipWords *words)
{
  const OsyKitchenLine *line = line_of (ticket, change);
  g_autofree char *quantity =
      change->quantity != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, change->quantity) : NULL;
  gboolean added = g_str_equal (change->kind, OSY_CHANGE_ADDED);

  if (g_str_equal (change->kind, OSY_CHANGE_MOVED)) {
    add_move (slip, line, change, words);
    return;
  }
  const char *word = added ? say (words, "추가", "ADDED")
                     : g_str_equal (change->kind, OSY_CHANGE_VOIDED)
                         ? say (words, "취소", "VOID")
                         : say (words, "변경", "CHANGED");
  osy_slip_textf (slip, 2, OSY_SLIP_BOLD | (added ? 0 : OSY_SLIP_INVERT), added ? "+ %s" : " %s ",
                  word);
  osy_slip_row (slip, 2, OSY_SLIP_BOLD,
                line != NULL           ? name_of (line)
                : change->text != NULL ? change->text
                                       : "",
                NULL, quantity);
  if (line != NULL && added)
    add_details (slip, line, words);
  else if (line != NULL && change->text != NULL)
    osy_slip_text (slip, 2, 0, change->text);
}

OsySlip *
osy_kitchen_slip_delta (const OsyKitchenTicketData *ticket,
                        GPtrArray *changes,
                        const OsyKitchenSlipWords *words)
{
  OsySlip *slip = begin (ticket, say (words, "바뀌었어요", "CHANGED"), words);

  osy_slip_section (slip, "changes");
  osy_slip_rule (slip);
  for (guint i = 0; i < changes->len; i++)
    add_change (slip, ticket, changes->pdata[i], words);
  osy_slip_rule (slip);
  osy_slip_cut (slip);
  return slip;
}

/* ---- what goes with a delivery ---- */

static const char *
english_of (const OsyKitchenSlipWords *words, const char *id, const char *sold_as)
{
  const char *name =
      words->names != NULL && id != NULL ? g_hash_table_lookup (words->names, id) : NULL;

  return name != NULL ? name : sold_as;
}

static void
add_order_line (OsySlip *slip, const OsyOrderLine *line, const OsyKitchenSlipWords *words)
{
  g_autofree char *amount = osy_money_format (line->amount);
  g_autofree char *quantity = g_strdup_printf ("%" G_GINT64_FORMAT, line->quantity);

  osy_slip_row (slip, 1, OSY_SLIP_BOLD, english_of (words, line->menu_item_id, line->name),
                quantity, amount);
  for (guint i = 0; i < line->options->len; i++) {
    const OsyOrderOption *option = line->options->pdata[i];
    const char *dish = english_of (words, option->item_id, option->name);
    osy_slip_textf (slip, 1, 0, "  + %s", english_of (words, option->option_id, dish));
  }
}

static void
add_address (OsySlip *slip, const OsyOrderData *order)
{
  osy_slip_section (slip, "address");
  if (order->delivery_address != NULL)
    osy_slip_text (slip, 2, OSY_SLIP_BOLD, order->delivery_address);
  if (order->customer_name != NULL || order->customer_phone != NULL)
    osy_slip_row (slip, 1, 0, order->customer_name != NULL ? order->customer_name : "", NULL,
                  order->customer_phone);
}

OsySlip *
osy_kitchen_slip_delivery (const OsyOrderData *order,
                           const char *code,
                           const OsyKitchenSlipWords *words)
{
  OsySlip *slip = osy_slip_new ();
  g_autofree char *total = osy_money_format (order->total_amount);
  g_autofree char *won = g_strdup_printf (say (words, "%s원", "₩%s"), total);

  osy_slip_section (slip, "type");
  osy_slip_text (slip, 4, BIG, type_word (words, order->type));
  add_number (slip, order->number, order->accepted_at != 0 ? order->accepted_at : order->created_at,
              words);
  add_address (slip, order);
  add_note (slip, order->note);
  osy_slip_section (slip, "lines");
  osy_slip_rule (slip);
  for (guint i = 0; i < order->lines->len; i++)
    add_order_line (slip, order->lines->pdata[i], words);
  if (order->delivery_fee > 0) {
    g_autofree char *fee = osy_money_format (order->delivery_fee);
    osy_slip_row (slip, 1, 0, say (words, "배달비", "Delivery"), NULL, fee);
  }
  osy_slip_rule (slip);
  osy_slip_section (slip, "total");
  osy_slip_row (slip, 2, OSY_SLIP_BOLD, say (words, "합계", "Total"), NULL, won);
  osy_slip_text (slip, 1, OSY_SLIP_RIGHT,
                 g_strcmp0 (order->payment_method, "LATER") == 0
                     ? say (words, "받을 때 결제", "To be paid on delivery")
                     : say (words, "결제 완료", "Paid"));
  if (code != NULL) {
    osy_slip_section (slip, "code");
    osy_slip_qr (slip, code);
    osy_slip_text (slip, 1, OSY_SLIP_CENTER,
                   say (words, "가져갈 때 스캔해 주세요", "Scan when it leaves"));
  }
  osy_slip_cut (slip);
  return slip;
}

/* ---- invented ones ---- */

/* 12:03 in Seoul. */
#define SAMPLE_AT (G_GINT64_CONSTANT (1795230180) * G_USEC_PER_SEC)

static OsyKitchenLine *
sample_line (const char *name, gint64 quantity, const char *option)
{
  OsyKitchenLine *line = osy_kitchen_line_new ();

  line->name = g_strdup (name);
  line->quantity_sent = line->quantity_waiting = quantity;
  line->course = 1;
  if (line->allergens == NULL)
    line->allergens = g_new0 (char *, 1);
  if (option != NULL) {
    OsyKitchenOption *one = g_new0 (OsyKitchenOption, 1);
    one->name = g_strdup (option);
    one->quantity = 1;
    g_ptr_array_add (line->options, one);
  }
  return line;
}

static OsyKitchenChange *
sample_change (const char *kind, gint64 quantity, const char *text)
{
  OsyKitchenChange *change = g_new0 (OsyKitchenChange, 1);

  change->id = g_strdup (kind);
  change->kind = g_strdup (kind);
  change->quantity = quantity;
  change->text = g_strdup (text);
  return change;
}

static OsyKitchenTicketData *
sample_ticket (void)
{
  OsyKitchenTicketData *ticket = osy_kitchen_ticket_data_new ();
  OsyKitchenLine *stew = sample_line ("김치찌개", 2, "라면사리");
  OsyKitchenLine *soup = sample_line ("똠양꿍", 1, NULL);

  ticket->order_number = 37;
  ticket->order_type = g_strdup ("DINE_IN");
  ticket->table_number = g_strdup ("7");
  ticket->guest_count = 3;
  ticket->sent_at = SAMPLE_AT;
  ticket->promised_at = ticket->sent_at + 15 * G_TIME_SPAN_MINUTE;
  ticket->note = g_strdup ("아기 의자 부탁드려요");
  stew->note = g_strdup ("덜 맵게");
  g_strfreev (soup->allergens);
  soup->allergens = g_strsplit ("새우,땅콩", ",", -1);
  g_ptr_array_add (soup->changes, sample_change (OSY_CHANGE_ADDED, 1, NULL));
  g_ptr_array_add (stew->changes, sample_change (OSY_CHANGE_VOIDED, 1, NULL));
  g_ptr_array_add (ticket->changes, sample_change (OSY_CHANGE_MOVED, 0, "5→7"));
  g_ptr_array_add (ticket->lines, stew);
  g_ptr_array_add (ticket->lines, soup);
  g_ptr_array_add (ticket->lines, sample_line ("햏볶음밥", 1, "곱빼기"));
  return ticket;
}

static OsyOrderData *
sample_order (void)
{
  OsyOrderData *order = osy_order_data_new ();
  OsyOrderLine *line = osy_order_line_new ();

  order->number = 37;
  order->type = g_strdup ("DELIVERY");
  order->payment_method = g_strdup ("LATER");
  order->created_at = SAMPLE_AT;
  order->delivery_address = g_strdup ("서울 중구 세종대로 110, 3층");
  order->customer_name = g_strdup ("홍길동");
  order->customer_phone = g_strdup ("010-0000-0000");
  order->note = g_strdup ("문 앞에 놓아 주세요");
  order->total_amount = 16000;
  line->name = g_strdup ("김치찌개");
  line->quantity = 2;
  line->amount = 16000;
  g_ptr_array_add (order->lines, line);
  return order;
}

OsySlip *
osy_kitchen_slip_sample (const char *kind, const char *language)
{
  const OsyKitchenSlipWords words = {language, "Asia/Seoul",
                                     say (&(OsyKitchenSlipWords){language}, "주방", "Kitchen")};
  g_autoptr (OsyKitchenTicketData) ticket = sample_ticket ();

  if (g_str_equal (kind, "DELIVERY")) {
    g_autoptr (OsyOrderData) order = sample_order ();
    return osy_kitchen_slip_delivery (order, "https://shop.example/courier#37", &words);
  }
  if (g_str_equal (kind, "KITCHEN"))
    return osy_kitchen_slip_new (ticket, &words);
  if (!g_str_equal (kind, "DELTA"))
    return NULL;
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  g_ptr_array_add (changes, ticket->changes->pdata[0]);
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (changes, ((OsyKitchenLine *)ticket->lines->pdata[i])->changes->pdata[0]);
  return osy_kitchen_slip_delta (ticket, changes, &words);
}
