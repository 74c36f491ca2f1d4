/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From JSON to what the page shows. */

#include "osc-till-data.h"

#include "osy-json.h"

#define MANY 10000
#define MAX_TEXT 1000

const gint64 osc_till_pieces[OSC_TILL_PIECES] = {50000, 10000, 5000, 1000, 500, 100, 50, 10};

gboolean
osc_till_is_note (guint piece)
{
  return osc_till_pieces[piece] >= 1000;
}

/* Amounts are read at full range: what is odd is shown, not hidden. */
static gint64
won (OsyJsonReader *reader, const char *name)
{
  return osy_json_reader_opt_int (reader, name, G_MININT64, G_MAXINT64, 0);
}

static char *
text (OsyJsonReader *reader, const char *name)
{
  return g_strdup (osy_json_reader_opt_string (reader, name, 0, MAX_TEXT));
}

/* ---- the report ---- */

static void
tender_free (gpointer data)
{
  OscTillTender *self = data;

  g_free (self->tender);
  g_free (self);
}

static void
report_free (OscTillReport *self)
{
  g_ptr_array_unref (self->tenders);
  g_free (self);
}

static void
read_tenders (OscTillReport *self, OsyJsonReader *reader)
{
  guint n = osy_json_reader_array (reader, "tenders", 0, 100);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "tenders", i);
    OscTillTender *tender = g_new0 (OscTillTender, 1);
    tender->tender = g_strdup (osy_json_reader_string (one, "tender", 1, 40));
    tender->taken = won (one, "taken");
    tender->taken_count = won (one, "taken_count");
    tender->refunded = won (one, "refunded");
    tender->refunded_count = won (one, "refunded_count");
    tender->net = won (one, "net");
    g_ptr_array_add (self->tenders, tender);
  }
}

static void
read_cash (OscTillReport *self, OsyJsonReader *cash)
{
  self->opening_float = won (cash, "opening_float");
  self->cash_taken = won (cash, "taken");
  self->cash_refunded = won (cash, "refunded");
  self->cash_in = won (cash, "in");
  self->cash_out = won (cash, "out");
  self->expected = won (cash, "expected");
  self->counted = won (cash, "counted");
  self->difference = won (cash, "difference");
  self->left = won (cash, "left");
  self->banked = won (cash, "banked");
}

static void
read_totals (OscTillReport *self, OsyJsonReader *totals)
{
  self->taken = won (totals, "taken");
  self->refunded = won (totals, "refunded");
  self->net = won (totals, "net");
  self->supply = won (totals, "supply");
  self->vat = won (totals, "vat");
  self->tax_free = won (totals, "tax_free");
}

/* (transfer full): a fault is the reader's to tell. */
static OscTillReport *
read_report (OsyJsonReader *reader)
{
  OscTillReport *self = g_new0 (OscTillReport, 1);
  OsyJsonReader *report = osy_json_reader_object (reader, "report");
  OsyJsonReader *cash = osy_json_reader_opt_object (report, "cash");
  OsyJsonReader *totals = osy_json_reader_opt_object (report, "totals");
  OsyJsonReader *carried = osy_json_reader_opt_object (report, "carried_over");

  self->tenders = g_ptr_array_new_with_free_func (tender_free);
  self->told = cash != NULL && totals != NULL;
  read_tenders (self, report);
  if (self->told) {
    read_cash (self, cash);
    read_totals (self, totals);
  }
  if (carried != NULL) {
    self->open_checks = won (carried, "open_checks");
    self->open_amount = won (carried, "open_amount");
    self->unknown_payments = won (carried, "unknown_payments");
    self->pending_refunds = won (carried, "pending_refunds");
    self->pending_receipts = won (carried, "pending_receipts");
  }
  return self;
}

/* ---- moves and counts ---- */

static void
move_free (gpointer data)
{
  OscTillMove *self = data;

  g_free (self->reason);
  g_free (self->actor);
  g_free (self);
}

static GPtrArray *
read_moves (OsyJsonReader *reader)
{
  static const char *const kinds[] = {"IN", "OUT", NULL};
  guint n = osy_json_reader_opt_array (reader, "moves", MANY);
  GPtrArray *moves = g_ptr_array_new_with_free_func (move_free);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "moves", i);
    OscTillMove *move = g_new0 (OscTillMove, 1);
    const char *kind = osy_json_reader_enum (one, "kind", kinds, NULL);
    move->amount = won (one, "amount") * (g_strcmp0 (kind, "OUT") == 0 ? -1 : 1);
    move->reason = text (one, "reason");
    move->actor = text (one, "actor");
    move->at = osy_json_reader_opt_time (one, "at");
    g_ptr_array_add (moves, move);
  }
  return moves;
}

static void
counted_free (gpointer data)
{
  OscTillCounted *self = data;

  g_free (self->reason);
  g_free (self);
}

static GPtrArray *
read_counts (OsyJsonReader *reader)
{
  guint n = osy_json_reader_opt_array (reader, "counts", MANY);
  GPtrArray *counts = g_ptr_array_new_with_free_func (counted_free);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, "counts", i);
    OscTillCounted *count = g_new0 (OscTillCounted, 1);
    count->counted = won (one, "counted");
    count->told = osy_json_reader_has (one, "difference");
    count->difference = won (one, "difference");
    count->reason = text (one, "reason");
    count->at = osy_json_reader_opt_time (one, "at");
    g_ptr_array_add (counts, count);
  }
  return counts;
}

gint64
osc_till_moves_sum (GPtrArray *moves, gboolean in)
{
  gint64 sum = 0;

  for (guint i = 0; moves != NULL && i < moves->len; i++) {
    gint64 amount = ((const OscTillMove *)g_ptr_array_index (moves, i))->amount;
    sum += (amount > 0) == in ? ABS (amount) : 0;
  }
  return sum;
}

/* ---- the drawer ---- */

OscTillState *
osc_till_state_new (JsonNode *node)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OscTillState) self = g_new0 (OscTillState, 1);

  osy_json_reader_ignore_unknown (reader);
  self->opened_at = osy_json_reader_opt_time (reader, "opened_at");
  self->opening_float = osy_json_reader_int (reader, "opening_float", 0, G_MAXINT64);
  self->blind = osy_json_reader_opt_bool (reader, "blind", TRUE);
  self->last_number = osy_json_reader_int (reader, "last_number", 0, G_MAXINT64);
  self->report = read_report (reader);
  self->moves = read_moves (reader);
  self->counts = read_counts (reader);
  return osy_json_reader_finish (reader, NULL) ? g_steal_pointer (&self) : NULL;
}

void
osc_till_state_free (OscTillState *self)
{
  g_clear_pointer (&self->report, report_free);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_ptr_array_unref);
  g_free (self);
}

/* ---- a close ---- */

/* Coins that nobody is asked for here may have been counted elsewhere: then only the sum holds. */
static gboolean
read_pieces (OscTillClose *self, OsyJsonReader *pieces)
{
  gint64 sum = 0;

  for (guint i = 0; i < OSC_TILL_PIECES; i++) {
    char name[16];
    g_snprintf (name, sizeof name, "%d", (int)osc_till_pieces[i]);
    self->pieces[i] = osy_json_reader_opt_int (pieces, name, 0, 1000000, 0);
    sum += self->pieces[i] * osc_till_pieces[i];
  }
  return sum == self->report->counted;
}

OscTillClose *
osc_till_close_new (JsonNode *node)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OscTillClose) self = g_new0 (OscTillClose, 1);

  osy_json_reader_ignore_unknown (reader);
  self->number = osy_json_reader_int (reader, "number", 1, G_MAXINT64);
  self->business_day = g_strdup (osy_json_reader_string (reader, "business_day", 10, 10));
  self->opened_at = osy_json_reader_opt_time (reader, "opened_at");
  self->closed_at = osy_json_reader_opt_time (reader, "closed_at");
  self->corrects = osy_json_reader_opt_int (reader, "corrects", 1, G_MAXINT64, 0);
  self->corrected_by = osy_json_reader_opt_int (reader, "corrected_by", 1, G_MAXINT64, 0);
  self->reason = text (reader, "reason");
  self->report = read_report (reader);
  OsyJsonReader *pieces = osy_json_reader_opt_object (reader, "denominations");
  self->by_pieces = pieces != NULL && read_pieces (self, pieces);
  if (osy_json_reader_has (reader, "moves"))
    self->moves = read_moves (reader);
  return osy_json_reader_finish (reader, NULL) ? g_steal_pointer (&self) : NULL;
}

void
osc_till_close_free (OscTillClose *self)
{
  g_free (self->business_day);
  g_free (self->reason);
  g_clear_pointer (&self->report, report_free);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_free (self);
}

/* ---- what is still to come ---- */

static void
rest_free (gpointer data)
{
  OscTillRest *self = data;

  g_free (self->check_id);
  g_free (self->table);
  g_free (self->numbers);
  g_free (self->tender);
  g_free (self);
}

static char *
read_numbers (OsyJsonReader *one)
{
  guint n = osy_json_reader_opt_array (one, "order_numbers", MANY);
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (numbers, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "",
                            osy_json_reader_element_int (one, "order_numbers", i, 1, G_MAXINT64));
  return n > 0 ? g_strdup (numbers->str) : NULL;
}

static void
read_rest (GPtrArray *list, OsyJsonReader *reader, const char *name, const char *kind)
{
  guint n = osy_json_reader_array (reader, name, 0, MANY);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *one = osy_json_reader_element (reader, name, i);
    gboolean is_check = g_str_equal (kind, "CHECK");
    OscTillRest *rest = g_new0 (OscTillRest, 1);
    rest->kind = kind;
    rest->check_id = g_strdup (osy_json_reader_opt_id (one, is_check ? "id" : "check_id"));
    rest->table = text (one, "table_number");
    rest->numbers = is_check ? read_numbers (one) : NULL;
    rest->tender = text (one, "tender");
    rest->amount = won (one, "amount");
    rest->since = osy_json_reader_opt_time (one, "created_at");
    g_ptr_array_add (list, rest);
  }
}

GPtrArray *
osc_till_rest_read (JsonNode *node)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (rest_free);

  osy_json_reader_ignore_unknown (reader);
  read_rest (list, reader, "payments", "PAYMENT");
  read_rest (list, reader, "refunds", "REFUND");
  read_rest (list, reader, "receipts", "RECEIPT");
  read_rest (list, reader, "checks", "CHECK");
  return osy_json_reader_finish (reader, NULL) ? g_steal_pointer (&list) : NULL;
}
