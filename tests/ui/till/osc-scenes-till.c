/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the till: before the day, in it, blind, the four steps of a close, all closes, one that
 * is corrected, and what goes wrong. */

#include <glib/gi18n.h>
#include <string.h>

#include "osc-scenes.h"
#include "osc-till.h"
#include "osy-json.h"

#define CHECK "01900000-0000-7000-8000-0000000000c1"

#define TENDERS                                                                                  \
  "{\"tender\":\"CARD_TERMINAL\",\"taken\":612500,\"taken_count\":41,\"refunded\":15500,"        \
  "\"refunded_count\":1,\"net\":597000},{\"tender\":\"PLATFORM\",\"taken\":288000,\"taken_count" \
  "\":15,\"refunded\":0,\"refunded_count\":0,\"net\":288000},{\"tender\":\"TOSS\",\"taken\":"    \
  "94000,\"taken_count\":6,\"refunded\":0,\"refunded_count\":0,\"net\":94000}"
#define CASH_TENDER                                                              \
  ",{\"tender\":\"CASH\",\"taken\":281000,\"taken_count\":34,\"refunded\":9000," \
  "\"refunded_count\":1,\"net\":272000}"
#define TOLD                                                                                      \
  ",\"totals\":{\"taken\":1275500,\"refunded\":24500,\"net\":1251000,\"supply\":1137273,\"vat\":" \
  "113727,\"tax_free\":0},\"cash\":{\"opening_float\":100000,\"taken\":281000,\"refunded\":9000," \
  "\"in\":30000,\"out\":40800,\"expected\":361200%s}"
#define COUNTED ",\"counted\":359100,\"difference\":-2100,\"left\":100000,\"banked\":259100"
#define CARRIED                                                                        \
  ",\"carried_over\":{\"open_checks\":1,\"open_amount\":31000,\"unknown_payments\":1," \
  "\"pending_refunds\":0,\"pending_receipts\":1}"
#define MOVES                                                                                    \
  "\"moves\":[{\"id\":\"" CHECK "\",\"kind\":\"IN\",\"amount\":30000,\"reason\":\"%s\","         \
  "\"actor\":\"user:x\",\"at\":\"2026-11-21T02:10:00Z\"},{\"id\":\"" CHECK "\",\"kind\":\"OUT\"" \
  ",\"amount\":40800,\"reason\":\"%s\",\"actor\":\"user:x\",\"at\":\"2026-11-21T02:40:00Z\"}]"

static JsonNode *
parse (const char *text)
{
  JsonNode *node = osy_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (node);
  return node;
}

/* (transfer full): the report of today. */
static char *
make_report (gboolean told, gboolean close)
{
  g_autofree char *sums = told ? g_strdup_printf (TOLD, close ? COUNTED : "") : g_strdup ("");

  return g_strconcat ("\"report\":{\"tenders\":[", TENDERS, told ? CASH_TENDER : "", "]", sums,
                      close ? CARRIED : "", "}", NULL);
}

static char *
make_moves (void)
{
  return g_strdup_printf (MOVES, _ ("Small change fetched"), _ ("Ingredients bought"));
}

static void
fill_state (OscContext *context, gboolean told)
{
  g_autofree char *report = make_report (told, FALSE);
  g_autofree char *moves = make_moves ();
  g_autofree char *text = g_strdup_printf (
      "{\"opened_at\":\"2026-11-20T23:50:00Z\",\"opened_by\":\"user:x\",\"opening_float\":100000,"
      "\"blind\":true,\"version\":9,\"last_number\":318,%s,%s,\"counts\":[{\"id\":\"" CHECK
      "\",\"counted\":214500%s,\"denominations\":null,\"actor\":\"user:x\",\"at\":"
      "\"2026-11-21T03:02:00Z\"}]}",
      report, moves, told ? ",\"expected\":214500,\"difference\":0" : "");
  g_autoptr (JsonNode) node = parse (text);

  osc_till_store_take_state (context->till, node);
}

static void
fill_rest (OscContext *context, gboolean any)
{
  g_autoptr (JsonNode) node = parse (
      any ? "{\"checks\":[{\"id\":\"" CHECK "\",\"table_number\":\"4\",\"order_numbers\":[88,91],"
            "\"amount\":31000,\"created_at\":\"2026-11-21T02:20:00Z\"},{\"id\":\"" CHECK
            "\",\"order_numbers\":[93],\"amount\":8500,\"created_at\":\"2026-11-21T03:01:00Z\"}],"
            "\"payments\":[{\"id\":\"" CHECK "\",\"check_id\":\"" CHECK
            "\",\"tender\":\"TOSS\",\"status\":\"UNKNOWN\",\"amount\":15500,\"created_at\":"
            "\"2026-11-21T02:51:00Z\"}],\"refunds\":[],\"receipts\":[{\"id\":\"" CHECK
            "\",\"payment_id\":\"" CHECK
            "\",\"status\":\"REQUESTED\",\"amount\":9000,\"created_at\":\"2026-11-21T03:10:00Z\"}]}"
          : "{\"checks\":[],\"payments\":[],\"refunds\":[],\"receipts\":[]}");

  osc_till_store_take_rest (context->till, node);
}

/* (transfer full): as a list has it. */
static char *
make_close (int number, int corrects, int corrected_by)
{
  g_autofree char *report = make_report (TRUE, TRUE);
  g_autofree char *moves = make_moves ();
  g_autofree char *old = corrects > 0 ? g_strdup_printf ("%d", corrects) : g_strdup ("null");
  g_autofree char *newer =
      corrected_by > 0 ? g_strdup_printf ("%d", corrected_by) : g_strdup ("null");

  return g_strdup_printf ("{\"number\":%d,\"business_day\":\"2026-11-%02d\",\"opened_at\":"
                          "\"2026-11-20T23:50:00Z\",\"closed_at\":\"2026-11-21T12:52:00Z\","
                          "\"actor\":\"user:x\",\"corrects\":%s,\"corrected_by\":%s,\"currency\":"
                          "\"KRW\",\"denominations\":{\"50000\":3,\"10000\":14,\"5000\":6,\"1000\":"
                          "27,\"500\":18,\"100\":31},\"reason\":\"%s\",%s,%s,\"counts\":[]}",
                          number, 21 - (319 - number), old, newer, _ ("Wrong change given"), report,
                          moves);
}

static OscShell *
open_till (OscWindow *window, OscContext *context, const char *what)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_shell_go (shell, "till", what);
  return shell;
}

/* ---- the day ---- */

static void
show_opening (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) node = parse (
      "{\"opened_at\":null,\"opened_by\":null,\"opening_float\":100000,\"blind\":true,\"version\":"
      "7,\"last_number\":318,\"report\":{\"tenders\":[],\"totals\":{\"taken\":0,\"refunded\":0,"
      "\"net\":0,\"supply\":0,\"vat\":0,\"tax_free\":0},\"cash\":{\"opening_float\":100000,"
      "\"taken\":0,\"refunded\":0,\"in\":0,\"out\":0,\"expected\":100000}},\"moves\":[],"
      "\"counts\":[]}");

  osc_till_store_take_state (context->till, node);
  open_till (window, context, NULL);
}

static void
show_running (OscWindow *window, OscContext *context)
{
  fill_state (context, TRUE);
  open_till (window, context, NULL);
}

static void
show_blind (OscWindow *window, OscContext *context)
{
  fill_state (context, FALSE);
  open_till (window, context, NULL);
}

/* ---- the close ---- */

static void
show_rest (OscWindow *window, OscContext *context)
{
  fill_state (context, TRUE);
  open_till (window, context, "close");
  fill_rest (context, TRUE);
}

static void
show_no_rest (OscWindow *window, OscContext *context)
{
  fill_state (context, TRUE);
  open_till (window, context, "close");
  fill_rest (context, FALSE);
}

static OscTillDraft *
count (OscContext *context, OscTillStep step)
{
  static const gint64 pieces[OSC_TILL_PIECES] = {
      3, 14, 6, 27, 18, 31, OSC_TILL_UNTYPED, OSC_TILL_UNTYPED};
  OscTillDraft *draft = osc_till_store_start (context->till, OSC_TILL_FOR_CLOSE, 0);

  for (guint i = 0; i < OSC_TILL_PIECES; i++)
    draft->pieces[i] = pieces[i];
  draft->step = step;
  return draft;
}

static OscShell *
open_count (OscWindow *window, OscContext *context, OscTillStep step)
{
  fill_state (context, TRUE);
  fill_rest (context, TRUE);
  count (context, step);
  return open_till (window, context, "close");
}

static void
show_count (OscWindow *window, OscContext *context)
{
  OscShell *shell = open_count (window, context, OSC_TILL_STEP_COUNT);

  for (int i = 0; i < 3; i++)
    osc_shell_key (shell, OSC_KEY_DOWN);
}

static void
show_sum (OscWindow *window, OscContext *context)
{
  OscTillDraft *draft;

  fill_state (context, TRUE);
  fill_rest (context, FALSE);
  draft = count (context, OSC_TILL_STEP_COUNT);
  draft->by_sum = TRUE;
  draft->sum = 359100;
  open_till (window, context, "close");
}

static void
show_check (OscWindow *window, OscContext *context)
{
  open_count (window, context, OSC_TILL_STEP_CHECK);
}

static void
show_check_blind (OscWindow *window, OscContext *context)
{
  fill_state (context, FALSE);
  count (context, OSC_TILL_STEP_CHECK);
  open_till (window, context, "close");
}

static void
show_unsure (OscWindow *window, OscContext *context)
{
  g_autoptr (GError) error =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_UNAVAILABLE, "nobody answers");

  open_count (window, context, OSC_TILL_STEP_CHECK);
  osc_till_store_draft (context->till, OSC_TILL_FOR_CLOSE)->reason =
      g_strdup (_ ("Wrong change given"));
  osc_till_store_finish (context->till, OSC_TILL_FOR_CLOSE);
  osc_till_store_answer (context->till, NULL, error);
}

static void
show_done (OscWindow *window, OscContext *context)
{
  g_autofree char *text = make_close (319, 0, 0);
  g_autoptr (JsonNode) node = parse (text);

  open_count (window, context, OSC_TILL_STEP_CHECK);
  osc_till_store_finish (context->till, OSC_TILL_FOR_CLOSE);
  osc_till_store_answer (context->till, node, NULL);
}

/* ---- all closes ---- */

static void
show_list (OscWindow *window, OscContext *context)
{
  g_autoptr (GString) list = g_string_new ("{\"closes\":[");

  for (int number = 319; number > 311; number--) {
    g_autofree char *one = make_close (number, number == 317 ? 316 : 0, number == 316 ? 317 : 0);
    g_string_append_printf (list, "%s%s", number < 319 ? "," : "", one);
  }
  g_string_append (list, "],\"next_cursor\":\"312\"}");
  g_autoptr (JsonNode) node = parse (list->str);
  fill_state (context, TRUE);
  OscShell *shell = open_till (window, context, NULL);
  osc_fixture_press (GTK_WIDGET (shell), _ ("Past closes"));
  osc_till_store_take_closes (context->till, node);
}

static void
show_one (OscWindow *window, OscContext *context)
{
  g_autofree char *text = make_close (318, 0, 0);
  g_autoptr (JsonNode) node = parse (text);

  show_list (window, context);
  gtk_widget_activate_action (GTK_WIDGET (osc_shell_view (osc_window_shell (window))), "till.look",
                              "x", G_GINT64_CONSTANT (318));
  osc_till_store_take_close (context->till, node);
}

static void
show_correction (OscWindow *window, OscContext *context)
{
  show_one (window, context);
  osc_fixture_press (GTK_WIDGET (osc_window_shell (window)), _ ("Correct the count"));
}

static void
show_no_list (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) node = parse ("{\"closes\":[],\"next_cursor\":null}");

  show_running (window, context);
  osc_fixture_press (GTK_WIDGET (osc_window_shell (window)), _ ("Past closes"));
  osc_till_store_take_closes (context->till, node);
}

static void
show_failed (OscWindow *window, OscContext *context)
{
  osc_till_store_take_state (context->till, NULL);
  open_till (window, context, NULL);
}

static void
show_offline (OscWindow *window, OscContext *context)
{
  OscShell *shell = open_count (window, context, OSC_TILL_STEP_CHECK);

  osc_view_set_live (osc_shell_view (shell), FALSE);
}

const OscScene osc_scenes_till[] = {
    {"till-opening", show_opening},
    {"till", show_running},
    {"till-blind", show_blind},
    {"till-rest", show_rest},
    {"till-no-rest", show_no_rest},
    {"till-count", show_count},
    {"till-sum", show_sum},
    {"till-check", show_check},
    {"till-check-blind", show_check_blind},
    {"till-unsure", show_unsure},
    {"till-done", show_done},
    {"till-list", show_list},
    {"till-one", show_one},
    {"till-correction", show_correction},
    {"till-no-list", show_no_list},
    {"till-offline", show_offline},
    {"till-failed", show_failed},
    {.name = NULL},
};
