/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The bill as JSON, both ways: what routes answer and events carry. Members that are not set are
 * left out. */

#include "osy-bill.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-money.h"

#define MAX_ROWS 5000
#define MAX_TEXT 1000

/* ---- writing ---- */

static void
set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
}

static void
set_int (JsonObject *object, const char *name, gint64 value)
{
  if (value != 0)
    json_object_set_int_member (object, name, value);
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  g_autofree char *text = us != 0 ? osy_clock_format (us) : NULL;

  set_text (object, name, text);
}

static JsonObject *
order_to_json (gconstpointer item, const OsyBill *bill)
{
  const OsyBillOrder *order = item;
  JsonObject *object = json_object_new ();

  set_text (object, "order_id", order->order_id);
  json_object_set_int_member (object, "number", order->number);
  set_text (object, "status", order->status);
  set_time (object, "created_at", order->created_at);
  return object;
}

static JsonArray *
options_to_json (GPtrArray *options)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < options->len; i++) {
    const OsyBillOption *option = g_ptr_array_index (options, i);
    JsonObject *object = json_object_new ();
    set_text (object, "name", option->name);
    json_object_set_int_member (object, "quantity", option->quantity);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonObject *
line_to_json (gconstpointer item, const OsyBill *bill)
{
  const OsyBillLine *line = item;
  JsonObject *object = json_object_new ();

  set_text (object, "line_id", line->line_id);
  set_text (object, "order_id", line->order_id);
  set_text (object, "name", line->name);
  json_object_set_array_member (object, "options", options_to_json (line->options));
  set_int (object, "seat", line->seat);
  json_object_set_int_member (object, "course", line->course);
  json_object_set_int_member (object, "quantity", line->quantity);
  json_object_set_int_member (object, "unit_price", line->unit_price);
  json_object_set_int_member (object, "amount", line->amount);
  json_object_set_boolean_member (object, "tax_free", line->tax_free);
  json_object_set_int_member (object, "voided_quantity", line->voided);
  json_object_set_int_member (object, "comped_quantity", line->comped);
  json_object_set_int_member (object, "discount_amount", line->discount);
  json_object_set_int_member (object, "net_amount", line->net);
  json_object_set_int_member (object, "due_amount", line->due);
  return object;
}

static JsonObject *
adjustment_to_json (gconstpointer item, const OsyBill *bill)
{
  const OsyBillAdjustment *adjustment = item;
  JsonObject *object = json_object_new ();

  set_text (object, "id", adjustment->id);
  set_text (object, "kind", adjustment->kind);
  set_text (object, "line_id", adjustment->line_id);
  set_int (object, "quantity", adjustment->quantity);
  set_int (object, "percent", adjustment->percent);
  json_object_set_int_member (object, "amount", adjustment->amount);
  set_text (object, "reason", adjustment->reason);
  set_text (object, "by", adjustment->by);
  set_time (object, "at", adjustment->at);
  set_time (object, "withdrawn_at", adjustment->withdrawn_at);
  return object;
}

static JsonArray *
takes_to_json (const OsyBillPart *part, const OsyBill *bill)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < part->takes->len; i++) {
    const OsyCheckTake *take = &g_array_index (part->takes, OsyCheckTake, i);
    const OsyBillLine *line = g_ptr_array_index (bill->lines, take->line);
    JsonObject *object = json_object_new ();
    set_text (object, "line_id", line->line_id);
    json_object_set_int_member (object, "numerator", take->numerator);
    json_object_set_int_member (object, "denominator", take->denominator);
    json_array_add_object_element (array, object);
  }
  return array;
}

static JsonObject *
part_to_json (gconstpointer item, const OsyBill *bill)
{
  const OsyBillPart *part = item;
  guint index = 0;
  JsonObject *object = json_object_new ();

  set_text (object, "id", part->id);
  g_ptr_array_find (bill->parts, part, &index);
  json_object_set_int_member (object, "position", index + 1);
  set_text (object, "name", part->name);
  set_text (object, "kind", osy_check_part_kind_name (part->kind));
  set_int (object, "seat", part->seat);
  json_object_set_int_member (object, "amount", part->amount);
  json_object_set_int_member (object, "paid", part->paid);
  json_object_set_int_member (object, "owed", part->amount - part->paid);
  set_int (object, "wanted", part->wanted);
  json_object_set_array_member (object, "lines", takes_to_json (part, bill));
  return object;
}

static void
set_list (JsonObject *object,
          const char *name,
          GPtrArray *items,
          JsonObject *(*write) (gconstpointer, const OsyBill *),
          const OsyBill *bill)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < items->len; i++)
    json_array_add_object_element (array, write (g_ptr_array_index (items, i), bill));
  json_object_set_array_member (object, name, array);
}

static JsonObject *
totals_to_json (const OsyBill *self)
{
  const struct {
    const char *name;
    gint64 amount;
  } rows[] = {
      {"orders", self->orders_amount},
      {"adjustments", self->adjustments_amount},
      {"service_charge", self->service_amount},
      {"total", self->total},
      {"tax_free", self->tax_free},
      {"supply", self->supply},
      {"vat", self->vat},
      {"tenders", self->tenders},
      {"refunds", self->refunds},
      {"owed", osy_bill_owed (self)},
  };
  JsonObject *object = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    json_object_set_int_member (object, rows[i].name, rows[i].amount);
  return object;
}

JsonNode *
osy_bill_to_json (const OsyBill *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *service = json_object_new ();
  JsonArray *merged = json_array_new ();

  set_text (object, "id", self->id);
  set_text (object, "status", self->status);
  json_object_set_int_member (object, "version", self->version);
  set_time (object, "created_at", self->created_at);
  set_text (object, "business_day", self->business_day);
  set_text (object, "table_id", self->table_id);
  set_text (object, "merged_into", self->merged_into);
  for (guint i = 0; i < self->merged->len; i++)
    json_array_add_string_element (merged, g_ptr_array_index (self->merged, i));
  json_object_set_array_member (object, "merged", merged);
  set_int (object, "guest_count", self->guest_count);
  set_time (object, "bill_printed_at", self->bill_printed_at);
  set_list (object, "orders", self->orders, order_to_json, self);
  set_list (object, "lines", self->lines, line_to_json, self);
  set_list (object, "adjustments", self->adjustments, adjustment_to_json, self);
  json_object_set_int_member (service, "percent", self->service_percent);
  json_object_set_int_member (service, "amount", self->service_amount);
  json_object_set_object_member (object, "service_charge", service);
  json_object_set_object_member (object, "totals", totals_to_json (self));
  set_list (object, "parts", self->parts, part_to_json, self);
  json_object_set_int_member (object, "rest", self->rest);
  return osy_json_take_object (object);
}

/* ---- reading ---- */

static char *
text (OsyJsonReader *reader, const char *name)
{
  return g_strdup (osy_json_reader_opt_string (reader, name, 0, MAX_TEXT));
}

static gint64
number (OsyJsonReader *reader, const char *name)
{
  return osy_json_reader_opt_int (reader, name, -OSY_MONEY_MAX, OSY_MONEY_MAX, 0);
}

static int
small (OsyJsonReader *reader, const char *name)
{
  return (int)osy_json_reader_opt_int (reader, name, 0, 1000, 0);
}

static void
read_order (OsyJsonReader *reader, OsyBill *bill)
{
  OsyBillOrder *order = osy_bill_add_order (bill);

  order->order_id = g_strdup (osy_json_reader_id (reader, "order_id"));
  order->number = number (reader, "number");
  order->status = text (reader, "status");
  order->created_at = osy_json_reader_opt_time (reader, "created_at");
}

static void
read_line (OsyJsonReader *reader, OsyBill *bill)
{
  OsyBillLine *line = osy_bill_add_line (bill);
  guint n = osy_json_reader_opt_array (reader, "options", MAX_ROWS);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *element = osy_json_reader_element (reader, "options", i);
    OsyBillOption *option = g_new0 (OsyBillOption, 1);
    option->name = text (element, "name");
    option->quantity = number (element, "quantity");
    g_ptr_array_add (line->options, option);
  }
  line->line_id = g_strdup (osy_json_reader_id (reader, "line_id"));
  line->order_id = g_strdup (osy_json_reader_id (reader, "order_id"));
  line->name = text (reader, "name");
  line->seat = small (reader, "seat");
  line->course = small (reader, "course");
  line->quantity = number (reader, "quantity");
  line->unit_price = number (reader, "unit_price");
  line->amount = number (reader, "amount");
  line->tax_free = osy_json_reader_opt_bool (reader, "tax_free", FALSE);
  line->voided = number (reader, "voided_quantity");
  line->comped = number (reader, "comped_quantity");
  line->discount = number (reader, "discount_amount");
  line->net = number (reader, "net_amount");
  line->due = number (reader, "due_amount");
}

static void
read_adjustment (OsyJsonReader *reader, OsyBill *bill)
{
  OsyBillAdjustment *adjustment = osy_bill_add_adjustment (bill);

  adjustment->id = g_strdup (osy_json_reader_id (reader, "id"));
  adjustment->kind = text (reader, "kind");
  adjustment->line_id = g_strdup (osy_json_reader_opt_id (reader, "line_id"));
  adjustment->quantity = number (reader, "quantity");
  adjustment->percent = small (reader, "percent");
  adjustment->amount = number (reader, "amount");
  adjustment->reason = text (reader, "reason");
  adjustment->by = text (reader, "by");
  adjustment->at = osy_json_reader_opt_time (reader, "at");
  adjustment->withdrawn_at = osy_json_reader_opt_time (reader, "withdrawn_at");
}

static void
read_takes (OsyJsonReader *reader, OsyBill *bill, OsyBillPart *part)
{
  guint n = osy_json_reader_opt_array (reader, "lines", MAX_ROWS);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *element = osy_json_reader_element (reader, "lines", i);
    int line = osy_bill_find_line (bill, osy_json_reader_id (element, "line_id"));
    const OsyCheckTake take = {
        (guint)MAX (line, 0),
        (int)osy_json_reader_int (element, "numerator", 1, OSY_CHECK_MAX_SHARES),
        (int)osy_json_reader_int (element, "denominator", 1, OSY_CHECK_MAX_SHARES)};
    if (line >= 0 && take.denominator > 0)
      g_array_append_val (part->takes, take);
  }
}

static void
read_part (OsyJsonReader *reader, OsyBill *bill)
{
  static const char *const kinds[] = {"ITEM", "SEAT", "EQUAL", "AMOUNT", NULL};
  OsyBillPart *part = osy_bill_add_part (bill);

  part->id = g_strdup (osy_json_reader_id (reader, "id"));
  part->name = text (reader, "name");
  osy_check_part_kind_from_name (osy_json_reader_enum (reader, "kind", kinds, NULL), &part->kind);
  part->seat = small (reader, "seat");
  part->wanted = number (reader, "wanted");
  part->amount = number (reader, "amount");
  part->paid = number (reader, "paid");
  part->frozen = part->paid > 0;
  read_takes (reader, bill, part);
}

static void
read_list (OsyJsonReader *reader,
           const char *name,
           void (*read) (OsyJsonReader *, OsyBill *),
           OsyBill *bill)
{
  guint n = osy_json_reader_opt_array (reader, name, MAX_ROWS);

  for (guint i = 0; i < n; i++)
    read (osy_json_reader_element (reader, name, i), bill);
}

static void
read_totals (OsyJsonReader *reader, OsyBill *self)
{
  OsyJsonReader *totals = osy_json_reader_object (reader, "totals");
  OsyJsonReader *service = osy_json_reader_object (reader, "service_charge");

  self->service_percent = small (service, "percent");
  self->orders_amount = number (totals, "orders");
  self->adjustments_amount = number (totals, "adjustments");
  self->service_amount = number (totals, "service_charge");
  self->total = number (totals, "total");
  self->tax_free = number (totals, "tax_free");
  self->supply = number (totals, "supply");
  self->vat = number (totals, "vat");
  self->tenders = number (totals, "tenders");
  self->refunds = number (totals, "refunds");
  self->rest = number (reader, "rest");
}

OsyBill *
osy_bill_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyBill) self = osy_bill_new ();
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);

  osy_json_reader_ignore_unknown (reader);
  self->id = g_strdup (osy_json_reader_id (reader, "id"));
  self->status = g_strdup (osy_json_reader_string (reader, "status", 1, MAX_TEXT));
  self->version = osy_json_reader_int (reader, "version", 1, G_MAXINT64);
  self->created_at = osy_json_reader_opt_time (reader, "created_at");
  self->business_day = text (reader, "business_day");
  self->table_id = g_strdup (osy_json_reader_opt_id (reader, "table_id"));
  self->merged_into = g_strdup (osy_json_reader_opt_id (reader, "merged_into"));
  guint n = osy_json_reader_opt_array (reader, "merged", MAX_ROWS);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->merged,
                     g_strdup (osy_json_reader_element_string (reader, "merged", i, 36, 36)));
  self->guest_count = small (reader, "guest_count");
  self->bill_printed_at = osy_json_reader_opt_time (reader, "bill_printed_at");
  read_list (reader, "orders", read_order, self);
  read_list (reader, "lines", read_line, self);
  read_list (reader, "adjustments", read_adjustment, self);
  read_totals (reader, self);
  read_list (reader, "parts", read_part, self);
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}
