/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* From the rows of a check, its rounds, adjustments and parts to the bill. What is shown is summed
 * by the model of the room check, not read from running amounts: the invariants compare the two. */

#include <string.h>

#include "osy-auth-service.h"
#include "osy-bill-store.h"
#include "osy-order-cells.h"
#include "osy-order-share.h"
#include "osy-order-store.h"

#define MEMBERS                                                            \
  "WITH RECURSIVE members AS (SELECT *, 0 AS depth FROM guest_check "      \
  "    WHERE restaurant_id = app_restaurant() AND id = $1::uuid "          \
  "  UNION ALL SELECT c.*, m.depth + 1 FROM members m JOIN guest_check c " \
  "    ON c.merged_into = m.id AND c.restaurant_id = app_restaurant()) "

typedef struct {
  OsyDbTx *tx;
  OsyKeyring *ring;
  OsyBill *bill;
  OsyCheckSum *sum;
  GPtrArray *members;  /* of char *: ids; index is the member's */
  GPtrArray *subjects; /* of char *: checks and orders */
  GHashTable *places;  /* line id → check id, of lines that are not with their order */
  GHashTable *names;   /* actor → name */
} Load;

/* ---- the check ---- */

static void
take_head (Load *load, const OsyDbRows *rows)
{
  OsyBill *bill = load->bill;

  bill->id = g_strdup (osy_db_rows_text (rows, 0, "id"));
  bill->status = g_strdup (osy_db_rows_text (rows, 0, "status"));
  bill->version = osy_db_rows_int (rows, 0, "version");
  bill->created_at = osy_db_rows_time (rows, 0, "created_at");
  bill->business_day = g_strdup (osy_db_rows_text (rows, 0, "business_day"));
  bill->table_id = g_strdup (osy_db_rows_text (rows, 0, "table_id"));
  bill->merged_into = g_strdup (osy_db_rows_text (rows, 0, "merged_into"));
  bill->bill_printed_at = osy_db_rows_time (rows, 0, "bill_printed_at");
  bill->service_percent = (int)osy_db_rows_int (rows, 0, "service_percent");
}

static gboolean
load_members (Load *load, const char *check_id, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (load->tx, MEMBERS "SELECT * FROM members ORDER BY depth, created_at, id",
                    OSY_PARAMS (OSY_P_TEXT (check_id)), error);

  if (rows == NULL)
    return FALSE;
  if (osy_db_rows_count (rows) == 0) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_NOT_FOUND, "There is no such check.");
    return FALSE;
  }
  take_head (load, rows);
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    const char *id = osy_db_rows_text (rows, i, "id");
    const OsyCheckMember member = {.percent = (int)osy_db_rows_int (rows, i, "discount_percent"),
                                   .won = osy_db_rows_int (rows, i, "discount_amount"),
                                   .service_percent =
                                       (int)osy_db_rows_int (rows, i, "service_percent")};
    g_array_append_val (load->sum->members, member);
    g_ptr_array_add (load->members, g_strdup (id));
    g_ptr_array_add (load->subjects, g_strdup (id));
    if (i > 0)
      g_ptr_array_add (load->bill->merged, g_strdup (id));
    load->bill->guest_count += (int)osy_db_rows_int (rows, i, "guest_count");
    load->bill->tenders += osy_db_rows_int (rows, i, "tenders_amount");
    load->bill->refunds += osy_db_rows_int (rows, i, "refunds_amount");
  }
  return TRUE;
}

/* ---- its rounds ---- */

static void
take_options (GPtrArray *options, OsyBillLine *line)
{
  for (guint i = 0; i < options->len; i++) {
    const OsyOrderOption *from = g_ptr_array_index (options, i);
    OsyBillOption *option = g_new0 (OsyBillOption, 1);
    option->option_id = g_strdup (from->option_id);
    option->item_id = g_strdup (from->item_id);
    option->name = g_strdup (from->name);
    option->quantity = from->quantity;
    g_ptr_array_add (line->options, option);
    take_options (from->options, line);
  }
}

static guint
member_of (const Load *load, const char *check_id)
{
  for (guint i = 0; i < load->members->len; i++)
    if (g_strcmp0 (g_ptr_array_index (load->members, i), check_id) == 0)
      return i;
  return 0;
}

static gboolean
is_member (const Load *load, const char *check_id)
{
  return g_ptr_array_find_with_equal_func (load->members, check_id, g_str_equal, NULL);
}

static void
take_line (Load *load, const OsyOrderData *order, const OsyOrderLine *from)
{
  const char *away = g_hash_table_lookup (load->places, from->line_id);
  const char *check_id = away != NULL ? away : order->check_id;

  if (!is_member (load, check_id))
    return;
  OsyBillLine *line = osy_bill_add_line (load->bill);
  const OsyCheckLine sum = {.member = member_of (load, check_id),
                            .quantity = from->quantity,
                            .unit_price = from->unit_price,
                            .tax_free = from->tax_free,
                            .seat = from->seat};

  line->line_id = g_strdup (from->line_id);
  line->order_id = g_strdup (order->id);
  line->check_id = g_strdup (check_id);
  line->name = g_strdup (from->name);
  line->menu_item_id = g_strdup (from->menu_item_id);
  line->seat = from->seat;
  line->course = from->course;
  line->quantity = from->quantity;
  line->unit_price = from->unit_price;
  line->tax_free = from->tax_free;
  take_options (from->options, line);
  g_array_append_val (load->sum->lines, sum);
}

/* The way is paid like a line of the order, whose id it bears. */
static void
take_fee (Load *load, const OsyOrderData *order)
{
  g_autoptr (OsyOrderLine) fee = osy_order_line_new ();

  if (order->delivery_fee == 0)
    return;
  fee->line_id = g_strdup (order->id);
  fee->name = g_strdup (OSY_BILL_DELIVERY_FEE);
  fee->quantity = 1;
  fee->unit_price = order->delivery_fee;
  take_line (load, order, fee);
}

static void
take_order (Load *load, const OsyOrderData *from)
{
  OsyBillOrder *order = osy_bill_add_order (load->bill);

  order->order_id = g_strdup (from->id);
  order->number = from->number;
  order->status = g_strdup (from->status);
  order->created_at = from->created_at;
  if (osy_order_is_withdrawn (from))
    return;
  g_ptr_array_add (load->subjects, g_strdup (from->id));
  for (guint i = 0; i < from->lines->len; i++)
    take_line (load, from, g_ptr_array_index (from->lines, i));
  take_fee (load, from);
}

/* Lines that came without their order, and those that went without it. */
static gboolean
load_places (Load *load, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (load->tx,
                    "SELECT line_id, check_id FROM order_line_place p "
                    "WHERE restaurant_id = app_restaurant() AND check_id = ANY ($1::uuid[]) "
                    "UNION SELECT line_id, check_id FROM order_line_place p "
                    "WHERE restaurant_id = app_restaurant() AND order_id = ANY (ARRAY ("
                    "  SELECT id FROM orders o WHERE o.restaurant_id = app_restaurant() "
                    "  AND o.check_id = ANY ($1::uuid[])))",
                    OSY_PARAMS (OSY_P_TEXTS (load->members)), error);

  for (guint i = 0; rows != NULL && i < osy_db_rows_count (rows); i++)
    g_hash_table_insert (load->places, g_strdup (osy_db_rows_text (rows, i, "line_id")),
                         g_strdup (osy_db_rows_text (rows, i, "check_id")));
  return rows != NULL;
}

static gboolean
load_orders (Load *load, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      load_places (load, error)
          ? osy_db_query (load->tx,
                          "SELECT * FROM orders WHERE restaurant_id = app_restaurant() "
                          "AND id = ANY (ARRAY (SELECT id FROM orders o "
                          "    WHERE o.restaurant_id = app_restaurant() "
                          "    AND o.check_id = ANY ($1::uuid[]) "
                          "  UNION SELECT order_id FROM order_line_place p "
                          "    WHERE p.restaurant_id = app_restaurant() "
                          "    AND p.check_id = ANY ($1::uuid[]))) "
                          "ORDER BY created_at, number, id",
                          OSY_PARAMS (OSY_P_TEXTS (load->members)), error)
          : NULL;
  g_autoptr (GPtrArray) orders =
      rows != NULL ? osy_order_store_read (rows, load->ring, error) : NULL;

  if (orders == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    take_order (load, osy_order_data (g_ptr_array_index (orders, i)));
  return TRUE;
}

/* ---- what was taken off ---- */

static const char *
name_of (Load *load, const char *actor, GError **error)
{
  char *name = g_hash_table_lookup (load->names, actor);

  if (name == NULL) {
    name = osy_auth_service_actor_name (load->tx, load->ring, actor, error);
    if (name != NULL)
      g_hash_table_insert (load->names, g_strdup (actor), name);
  }
  return name;
}

static gboolean
take_adjustment (Load *load, const OsyDbRows *rows, guint i, GError **error)
{
  OsyBillAdjustment *adjustment = osy_bill_add_adjustment (load->bill);
  const char *id = osy_db_rows_text (rows, i, "id");
  const OsyCell cell = {osy_db_tx_restaurant (load->tx), "order_adjustment", "reason_enc", id};
  g_autoptr (GBytes) reason = osy_db_rows_bytes (rows, i, "reason_enc");

  adjustment->id = g_strdup (id);
  adjustment->kind = g_strdup (osy_db_rows_text (rows, i, "kind"));
  adjustment->line_id = g_strdup (osy_db_rows_text (rows, i, "line_id"));
  adjustment->quantity = osy_db_rows_int (rows, i, "quantity");
  adjustment->percent = (int)osy_db_rows_int (rows, i, "percent");
  adjustment->won = osy_db_rows_int (rows, i, "amount");
  adjustment->at = osy_db_rows_time (rows, i, "created_at");
  adjustment->withdrawn_at = osy_db_rows_time (rows, i, "withdrawn_at");
  adjustment->by = g_strdup (name_of (load, osy_db_rows_text (rows, i, "actor"), error));
  return adjustment->by != NULL &&
         osy_order_cell_open (load->ring, &cell, reason, &adjustment->reason, error);
}

static void
count_quantity (Load *load, const OsyBillAdjustment *adjustment, int line)
{
  OsyCheckLine *sum = &g_array_index (load->sum->lines, OsyCheckLine, line);

  if (g_str_equal (adjustment->kind, OSY_BILL_VOID))
    sum->voided += adjustment->quantity;
  else if (adjustment->quantity > 0)
    sum->comped += adjustment->quantity;
  sum->percent = MIN (100, sum->percent + adjustment->percent);
  sum->won += adjustment->won;
}

/* One discount in the bill's list, and where it belongs. */
typedef struct {
  guint adjustment;
  OsyCheckDiscount discount;
} Share;

/* @owner: a line's index, or -1 - member. */
static void
share_discounts (Load *load, GArray *owners, int owner, gint64 base)
{
  g_autoptr (GArray) discounts = g_array_new (FALSE, TRUE, sizeof (OsyCheckDiscount));
  g_autoptr (GArray) which = g_array_new (FALSE, TRUE, sizeof (guint));

  for (guint i = 0; i < owners->len; i++) {
    const OsyBillAdjustment *adjustment = g_ptr_array_index (load->bill->adjustments, i);
    const OsyCheckDiscount discount = {.percent = adjustment->percent, .won = adjustment->won};
    if (g_array_index (owners, int, i) != owner || adjustment->withdrawn_at != 0 ||
        (discount.percent == 0 && discount.won == 0))
      continue;
    g_array_append_val (discounts, discount);
    g_array_append_val (which, i);
  }
  osy_check_sum_discounts (base, (OsyCheckDiscount *)(gpointer)discounts->data, discounts->len);
  for (guint i = 0; i < which->len; i++) {
    OsyBillAdjustment *adjustment =
        g_ptr_array_index (load->bill->adjustments, g_array_index (which, guint, i));
    adjustment->amount += g_array_index (discounts, OsyCheckDiscount, i).amount;
  }
}

/* What each took off, now that the sum is known. */
static void
fill_adjustments (Load *load, GArray *owners)
{
  for (guint i = 0; i < owners->len; i++) {
    OsyBillAdjustment *adjustment = g_ptr_array_index (load->bill->adjustments, i);
    int owner = g_array_index (owners, int, i);
    if (adjustment->withdrawn_at == 0 && owner >= 0)
      adjustment->amount =
          adjustment->quantity * g_array_index (load->sum->lines, OsyCheckLine, owner).unit_price;
  }
  for (guint i = 0; i < load->sum->lines->len; i++)
    share_discounts (load, owners, (int)i, g_array_index (load->sum->lines, OsyCheckLine, i).left);
  for (guint i = 0; i < load->sum->members->len; i++)
    share_discounts (load, owners, -1 - (int)i,
                     g_array_index (load->sum->members, OsyCheckMember, i).base);
}

/* The rows of one act on several checks of the group become one. */
static void
join_acts (OsyBill *bill)
{
  for (guint i = bill->adjustments->len; i > 1; i--) {
    OsyBillAdjustment *here = g_ptr_array_index (bill->adjustments, i - 1);
    OsyBillAdjustment *before = g_ptr_array_index (bill->adjustments, i - 2);
    if (!g_str_equal (here->id, before->id))
      continue;
    before->amount += here->amount;
    before->won += here->won;
    g_ptr_array_remove_index (bill->adjustments, i - 1);
  }
}

static gboolean
load_adjustments (Load *load, GArray *owners, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (load->tx,
                    "SELECT * FROM order_adjustment WHERE restaurant_id = app_restaurant() "
                    "AND subject_id = ANY ($1::uuid[]) ORDER BY created_at, id, "
                    "array_position($1::uuid[], subject_id)",
                    OSY_PARAMS (OSY_P_TEXTS (load->subjects)), error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    if (!take_adjustment (load, rows, i, error))
      return FALSE;
    const OsyBillAdjustment *adjustment =
        g_ptr_array_index (load->bill->adjustments, load->bill->adjustments->len - 1);
    const char *subject_id = osy_db_rows_text (rows, i, "subject_id");
    int line =
        adjustment->line_id != NULL ? osy_bill_find_line (load->bill, adjustment->line_id) : -1;
    if (adjustment->line_id != NULL && line < 0) { /* the line is on another check */
      g_ptr_array_set_size (load->bill->adjustments, (int)load->bill->adjustments->len - 1);
      continue;
    }
    int owner = line >= 0 ? line : -1 - (int)member_of (load, subject_id);
    if (adjustment->withdrawn_at == 0 && owner >= 0)
      count_quantity (load, adjustment, owner);
    g_array_append_val (owners, owner);
  }
  return TRUE;
}

/* ---- the split ---- */

static void
take_takes (OsyBill *bill, const char *lines, OsyBillPart *part)
{
  g_autoptr (JsonNode) node = json_from_string (lines, NULL);
  JsonArray *array = node != NULL ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *object = json_array_get_object_element (array, i);
    int line = osy_bill_find_line (bill, json_object_get_string_member (object, "line_id"));
    const OsyCheckTake take = {(guint)MAX (line, 0),
                               (int)json_object_get_int_member (object, "numerator"),
                               (int)json_object_get_int_member (object, "denominator")};
    if (line >= 0) /* else it has gone to another check, or was withdrawn */
      g_array_append_val (part->takes, take);
  }
}

static gboolean
load_parts (Load *load, GError **error)
{
  g_autoptr (OsyDbRows) rows =
      osy_db_query (load->tx,
                    "SELECT * FROM bill_part WHERE restaurant_id = app_restaurant() "
                    "AND check_id = $1::uuid ORDER BY position, id",
                    OSY_PARAMS (OSY_P_TEXT (load->bill->id)), error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < osy_db_rows_count (rows); i++) {
    OsyBillPart *part = osy_bill_add_part (load->bill);
    const char *id = osy_db_rows_text (rows, i, "id");
    const OsyCell cell = {osy_db_tx_restaurant (load->tx), "bill_part", "name_enc", id};
    g_autoptr (GBytes) name = osy_db_rows_bytes (rows, i, "name_enc");
    part->id = g_strdup (id);
    osy_check_part_kind_from_name (osy_db_rows_text (rows, i, "kind"), &part->kind);
    part->seat = (int)osy_db_rows_int (rows, i, "seat");
    part->wanted = osy_db_rows_int (rows, i, "wanted");
    part->frozen = !osy_db_rows_is_null (rows, i, "frozen_amount");
    part->amount = osy_db_rows_int (rows, i, "frozen_amount");
    part->paid = osy_db_rows_int (rows, i, "paid_amount");
    take_takes (load->bill, osy_db_rows_text (rows, i, "lines"), part);
    if (!osy_order_cell_open (load->ring, &cell, name, &part->name, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- the sum ---- */

static void
fill_lines (Load *load)
{
  for (guint i = 0; i < load->bill->lines->len; i++) {
    OsyBillLine *line = g_ptr_array_index (load->bill->lines, i);
    const OsyCheckLine *sum = &g_array_index (load->sum->lines, OsyCheckLine, i);
    line->amount = sum->amount;
    line->voided = sum->voided;
    line->comped = sum->comped;
    line->discount = sum->left - sum->net;
    line->net = sum->net;
    line->due = sum->due;
  }
}

static void
fill_totals (OsyBill *bill, const OsyCheckSum *sum)
{
  bill->orders_amount = sum->orders;
  bill->adjustments_amount = sum->adjustments;
  bill->service_amount = sum->service;
  bill->total = sum->total;
  bill->tax_free = sum->tax_free;
  bill->supply = sum->supply;
  bill->vat = sum->vat;
}

static void
fill_parts (OsyBill *bill)
{
  g_autoptr (OsyCheckSum) split = osy_bill_split (bill);

  osy_check_sum_run (split);
  for (guint i = 0; i < bill->parts->len; i++)
    ((OsyBillPart *)g_ptr_array_index (bill->parts, i))->amount =
        g_array_index (split->parts, OsyCheckPart, i).amount;
  bill->rest = split->rest;
}

OsyBill *
osy_bill_store_load (OsyDbTx *tx, OsyKeyring *ring, const char *check_id, GError **error)
{
  g_autoptr (OsyBill) bill = osy_bill_new ();
  g_autoptr (OsyCheckSum) sum = osy_check_sum_new ();
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GArray) owners = g_array_new (FALSE, TRUE, sizeof (int));
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Load load = {tx, ring, bill, sum, members, subjects, places, names};

  if (!load_members (&load, check_id, error) || !load_orders (&load, error) ||
      !load_adjustments (&load, owners, error))
    return NULL;
  osy_check_sum_run (sum);
  fill_lines (&load);
  fill_totals (bill, sum);
  fill_adjustments (&load, owners);
  join_acts (bill);
  if (!load_parts (&load, error))
    return NULL;
  fill_parts (bill);
  return g_steal_pointer (&bill);
}

OsyDbRows *
osy_bill_store_members (OsyDbTx *tx, const char *check_id, GError **error)
{
  return osy_db_query (tx,
                       MEMBERS "SELECT id, discount_percent, check_total(orders_amount, "
                               "adjustments_amount, discount_percent, discount_amount, 0) AS net "
                               "FROM members ORDER BY depth, created_at, id",
                       OSY_PARAMS (OSY_P_TEXT (check_id)), error);
}
