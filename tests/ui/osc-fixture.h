/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-context.h"
#include "osc-shell.h"
#include "osc-window.h"

G_BEGIN_DECLS

/* Invented orders for pictures and tests, on a fixed day: Saturday 2026-11-21, 12:24 in Seoul. */

/** OSC_FIXTURE_NOW: 2026-11-21T03:24:00Z in UTC µs. */
#define OSC_FIXTURE_NOW (G_GINT64_CONSTANT (1795231440) * G_USEC_PER_SEC)

/** osc_fixture_line: adds a line; @details: (nullable): "options|note". */
void osc_fixture_line (OsyOrderData *order,
                       const char *name,
                       gint64 quantity,
                       gint64 price,
                       const char *details);
/** osc_fixture_order: order @number in @status, which it reached @age seconds ago. */
OsyOrderData *osc_fixture_order (gint64 number, const char *status, const char *type, int age);
/** osc_fixture_typical: the orders of the mockups. */
void osc_fixture_typical (OscOrderStore *store);
/** osc_fixture_peak: six new ones, eighteen being cooked. */
void osc_fixture_peak (OscOrderStore *store);
/** osc_fixture_later: puts an order that was accepted for so many @minutes from now, 20 of which it
 * takes. */
OscOrderItem *osc_fixture_later (OscOrderStore *store, gint64 number, int minutes);
/** osc_fixture_move: the next version of @item's order in @status, as the daemon would send it. */
void osc_fixture_move (OscOrderStore *store, OscOrderItem *item, const char *status);
/** osc_fixture_steps: how far the first day is: a letter for each step: D done, S skipped, else
 * open.
 */
void osc_fixture_steps (OscShopStore *store, const char *states);
/** osc_fixture_context: what views work with, without a daemon; the shop is set, orders and menu
 * are empty. To be cleared with osc_fixture_context_clear(). */
void osc_fixture_context (OscContext *context);
void osc_fixture_context_clear (OscContext *context);
/** osc_fixture_menu: puts the menu of a 분식 shop into @store: 30 items in 7 categories, shared and
 * nested option groups, all with English names; 김치전 is sold out. */
void osc_fixture_menu (OscMenuStore *store);
/** osc_fixture_past: (transfer full): forty orders of 2026-11-21, newest first, of OsyOrder: most
 * are completed, some cancelled, the newest still open. */
GPtrArray *osc_fixture_past (void);
/** osc_fixture_security: (transfer full): what GET security answers: three attacks, one of them
 * seen, or all with @seen. */
JsonNode *osc_fixture_security (gboolean seen);
/** osc_fixture_record: (transfer full): a page of the record: forty rows, the newest not sealed. */
JsonNode *osc_fixture_record (void);
/** osc_fixture_log: (transfer full): what the server said, as it answers: forty lines of a log,
 * from
 * @first on, of the server that was started @hours ago. */
JsonNode *osc_fixture_log (gint64 first, int hours);
/** osc_fixture_own_lines: (transfer full): what this screen said: two lines, one of them a warning.
 */
GPtrArray *osc_fixture_own_lines (void);
/** osc_fixture_seal: (transfer full): how far it is sealed; @broken_seq: 0: nothing is wrong. */
JsonNode *osc_fixture_seal (gint64 broken_seq);
/** osc_fixture_dish: (transfer none) (nullable): the id of the dish so named. */
const char *osc_fixture_dish (OscMenuStore *store, const char *name);
/** osc_fixture_choices: (transfer full): of OsyMenuChoice: options by name, "순한맛,치즈
 * 추가/체다": with a slash what is chosen below one. @options: nullable. */
GPtrArray *osc_fixture_choices (OscMenuStore *store, const char *options);
/** osc_fixture_stop, osc_fixture_price: another console marks a dish sold out, or changes its
 * price: the store has the next version. */
void osc_fixture_stop (OscMenuStore *store, const char *name);
void osc_fixture_price (OscMenuStore *store, const char *name, gint64 won);
/** osc_fixture_hours: a dish is sold on workdays, 11:00 to 14:30, and costs less from 17:00 to
 * 19:00. */
void osc_fixture_hours (OscMenuStore *store, const char *name);
/** osc_fixture_combo: "김밥 라면 세트" offers dishes of the menu in three groups; ramen is sold
 * out. Returns: (transfer none): its id. */
const char *osc_fixture_combo (OscMenuStore *store);
/** osc_fixture_photo: a dish has a picture: a plate of food of this colour (0xrrggbb). */
void osc_fixture_photo (OscMenuStore *store, const char *name, guint color);
/** osc_fixture_tables: the thirteen tables of the mockup: one asks for the bill, one has been
 * forgotten, one is to be cleared; two bookings, three parties wait. Behind it an empty floor. */
void osc_fixture_tables (OscTableStore *store);
/** osc_fixture_full_tables: so many tables, at each of which somebody dines. */
void osc_fixture_full_tables (OscTableStore *store, int tables);
/** osc_fixture_table_id: (transfer full): the id of the table with @number. */
char *osc_fixture_table_id (int number);
/** osc_fixture_merge: the daemon tells that table @from was merged into @into. */
void osc_fixture_merge (OscTableStore *store, int from, int into);
/** osc_fixture_check: the daemon tells what the watched check of table @number holds. */
void osc_fixture_check (OscTableStore *store, int number);
/** osc_fixture_printers: two printers, one of them off with two slips that wait; or none. */
void osc_fixture_printers (OscPrinterStore *store, gboolean any);
/** osc_fixture_unprinted: the kitchen slip of @item, job 7, failed. */
void osc_fixture_unprinted (OscPrinterStore *store, OscOrderItem *item);

/** osc_fixture_ticket: (transfer full): JSON of ticket @number of station @station, which came
 * @age seconds ago and is promised @promise minutes after. @where: a table, or a type: "DELIVERY".
 * @lines: "2 떡볶이|보통맛|덜 맵게" by ";"; a prefix says more: "+" added, "x" cancelled, "*" made,
 * "2>" of a second course. */
JsonNode *
osc_fixture_ticket (int number, const char *where, int age, int promise, const char *lines);
/** osc_fixture_ticket_set: the next version of @ticket with a text for a member. */
void osc_fixture_ticket_set (JsonNode *ticket, const char *member, const char *text);
/** osc_fixture_kitchen: the tickets of the mockup, at three stations. */
void osc_fixture_kitchen (OscKitchenStore *store);
/** osc_fixture_kitchen_peak: forty tickets, long ones among them. */
void osc_fixture_kitchen_peak (OscKitchenStore *store, int count);
/** osc_fixture_application: registered, with the style sheets; not unique. */
GtkApplication *osc_fixture_application (void);
/** osc_fixture_init: what a test of the console does first: language, toolkit, no animations. */
GtkApplication *osc_fixture_init (int *argc, char ***argv);
/** osc_fixture_present: fills @window, 1366×768, with the shell and shows it. */
OscShell *osc_fixture_present (OscWindow *window, const OscContext *context);
/** osc_fixture_spin: runs the main loop for @ms. */
void osc_fixture_spin (guint ms);
/** osc_fixture_frame: runs the main loop until @widget, which is on screen, was laid out and
 * painted once more, however long that takes. */
void osc_fixture_frame (GtkWidget *widget);

/** osc_fixture_payments: how the shop takes money; @remote: also through the payment service. */
void osc_fixture_payments (OscPayStore *store, gboolean remote);
/** osc_fixture_payment: (transfer full): of the check of osc_fixture_bill(). @part_id: nullable. */
OsyPayment *
osc_fixture_payment (const char *method, const char *status, gint64 amount, const char *part_id);
/** osc_fixture_press: the button that reads @text, also before it is on screen. */
void osc_fixture_press (GtkWidget *within, const char *text);

/** osc_fixture_bill: (transfer full): a check of two rounds, in @people equal parts (0: none). */
OsyBill *osc_fixture_bill (guint people);

G_END_DECLS
