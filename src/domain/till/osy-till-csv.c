/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Closes as a spreadsheet for the accountant (RFC 4180), one line each, oldest first. */

#include <string.h>

#include "osy-api.h"
#include "osy-audit-csv.h"
#include "osy-till-query.h"
#include "osy-till-room.h"
#include "osy-till-store.h"

/* What a column shows: a member of the close, of a part of its report, or what a tender comes to.
 */
static const struct {
  const char *part; /* (nullable): of the report; "tender": of that tender */
  const char *name;
  const char *ko;
  const char *en;
} columns[] = {
    {NULL, "number", "마감 번호", "Z"},
    {NULL, "business_day", "영업일", "Business day"},
    {NULL, "closed_at", "마감 시각", "Closed at"},
    {NULL, "corrects", "정정한 마감", "Corrects"},
    {NULL, "corrected_by", "정정된 마감", "Corrected by"},
    {"tender", "CASH", "현금", "Cash"},
    {"tender", "CARD_TERMINAL", "카드 단말기", "Card terminal"},
    {"tender", "TOSS", "토스페이먼츠", "Toss Payments"},
    {"tender", "VIRTUAL_ACCOUNT", "가상계좌", "Virtual account"},
    {"tender", "PLATFORM", "배달앱", "Platform"},
    {"totals", "taken", "받은 금액", "Taken"},
    {"totals", "refunded", "환불", "Refunded"},
    {"totals", "net", "합계", "Net"},
    {"totals", "supply", "공급가액", "Value of supply"},
    {"totals", "vat", "부가세", "VAT"},
    {"totals", "tax_free", "면세", "Tax-free"},
    {"cash", "opening_float", "준비금", "Opening float"},
    {"cash", "in", "현금 넣음", "Cash in"},
    {"cash", "out", "현금 꺼냄", "Cash out"},
    {"cash", "expected", "있어야 할 현금", "Expected cash"},
    {"cash", "counted", "센 현금", "Counted cash"},
    {"cash", "difference", "차액", "Difference"},
    {"cash", "left", "남긴 현금", "Left in the drawer"},
    {"cash", "banked", "입금할 현금", "To the bank"},
    {NULL, "reason", "사유", "Reason"},
};

typedef struct {
  OsyHttpRequest *http;
  OsyTillRoom *room;
  OsyTillSpan span;
  gboolean english;
  GBytes *file; /* nullable */
} Export;

static void
export_free (Export *self)
{
  osy_http_request_unref (self->http);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static gint64
net_of (JsonObject *report, const char *name)
{
  JsonArray *tenders = json_object_get_array_member (report, "tenders");

  for (guint i = 0; i < json_array_get_length (tenders); i++) {
    JsonObject *tender = json_array_get_object_element (tenders, i);
    if (strcmp (json_object_get_string_member (tender, "tender"), name) == 0)
      return json_object_get_int_member (tender, "net");
  }
  return 0;
}

static void
add_cell (GString *text, JsonObject *z, gsize column)
{
  const char *part = columns[column].part;
  const char *name = columns[column].name;
  JsonObject *report = json_object_get_object_member (z, "report");
  JsonObject *object = part == NULL ? z : report;

  if (g_strcmp0 (part, "tender") == 0) {
    g_string_append_printf (text, "%" G_GINT64_FORMAT, net_of (report, name));
    return;
  }
  if (part != NULL)
    object = json_object_get_object_member (report, part);
  JsonNode *value = json_object_get_member (object, name);
  if (value != NULL && JSON_NODE_HOLDS_VALUE (value) &&
      json_node_get_value_type (value) == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (value));
  else if (value != NULL && JSON_NODE_HOLDS_VALUE (value))
    osy_audit_csv_cell (text, json_node_get_string (value));
}

static GBytes *
write_file (JsonArray *closes, gboolean english)
{
  /* The mark by which spreadsheets know UTF-8. */
  GString *text = g_string_new ("\xef\xbb\xbf");

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            english ? columns[i].en : columns[i].ko);
  g_string_append (text, "\r\n");
  for (guint n = json_array_get_length (closes); n > 0; n--) {
    for (gsize i = 0; i < G_N_ELEMENTS (columns); i++) {
      if (i > 0)
        g_string_append_c (text, ',');
      add_cell (text, json_array_get_object_element (closes, n - 1), i);
    }
    g_string_append (text, "\r\n");
  }
  return g_string_free_to_bytes (text);
}

static gboolean
export_work (OsyDbTx *tx, gpointer data, GError **error)
{
  Export *self = data;
  const OsyTillPage page = {.from = self->span.from, .to = self->span.to};
  g_autoptr (JsonArray) closes = osy_till_store_list (tx, self->room->ring, &page, error);

  if (closes == NULL)
    return FALSE;
  g_clear_pointer (&self->file, g_bytes_unref);
  self->file = write_file (closes, self->english);
  return TRUE;
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) self = data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    osy_http_reply_error (self->http, error);
    return;
  }
  g_autofree char *disposition =
      g_strdup_printf ("attachment; filename=\"close-%s-%s.csv\"", self->span.from, self->span.to);
  osy_http_reply_add_header (self->http, "Content-Disposition", disposition);
  osy_http_reply_bytes (self->http, 200, "text/csv; charset=utf-8", self->file);
}

static gboolean
read_language (OsyHttpRequest *http, gboolean *english, GError **error)
{
  const char *language = osy_http_request_query (http, "language");

  *english = g_strcmp0 (language, "en") == 0;
  return *english || language == NULL || strcmp (language, "ko") == 0 ||
         osy_till_query_refuse ("language", "Send ko or en.", error);
}

void
osy_till_export (OsyHttpRequest *http, gpointer room)
{
  static const char *const allowed[] = {"from", "to", "language", NULL};
  const OsyDbScope scope = {.restaurant_id =
                                osy_principal_restaurant_id (osy_http_request_principal (http)),
                            .read_only = TRUE};
  g_autoptr (Export) self = g_new0 (Export, 1);
  g_autoptr (GError) error = NULL;

  self->http = osy_http_request_ref (http);
  self->room = room;
  if (!osy_api_only_query (http, allowed, &error) ||
      !osy_till_query_span (http, TRUE, &self->span, &error) ||
      !read_language (http, &self->english, &error)) {
    osy_http_reply_error (http, error);
    return;
  }
  osy_db_pool_run_async (self->room->pool, &scope, export_work, self, NULL, NULL, exported_cb,
                         self);
  g_steal_pointer (&self);
}
