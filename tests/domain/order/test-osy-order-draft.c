/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a request to order may say: every limit from both sides, and who may order when. */

#include <string.h>

#include "osy-error.h"
#include "osy-order-draft.h"

#define ITEM "0190b0de-0000-7000-8000-000000000021"
#define NOW G_GINT64_CONSTANT (1763700000000000)
#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

/* A good body, with @more written over it. */
static JsonNode *
body_with (const char *more)
{
  g_autoptr (JsonNode) extra = json_from_string (more, NULL);
  JsonNode *body = json_from_string (
      "{\"restaurant_id\":\"0190b0de-0000-7000-8000-000000000001\","
      "\"type\":\"TAKEOUT\",\"channel\":\"QR\",\"items\":[{\"menu_item_id\":\"" ITEM
      "\",\"quantity\":1}],\"payment\":{\"method\":\"LATER\"}}",
      NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  g_assert_nonnull (extra);
  json_object_iter_init (&iter, json_node_get_object (extra));
  while (json_object_iter_next (&iter, &name, &value)) {
    if (JSON_NODE_HOLDS_NULL (value))
      json_object_remove_member (json_node_get_object (body), name);
    else
      json_object_set_member (json_node_get_object (body), name, json_node_copy (value));
  }
  return body;
}

static OsyOrderDraft *
parse (const char *more, GError **error)
{
  g_autoptr (JsonNode) body = body_with (more);

  return osy_order_draft_parse (body, error);
}

static void
assert_good (const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrderDraft) draft = parse (more, &error);

  if (error != NULL)
    g_error ("%s: %s", more, error->message);
  g_assert_nonnull (draft);
}

static void
assert_bad (const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrderDraft) draft = parse (more, &error);

  if (error == NULL)
    g_error ("accepted: %s", more);
  g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
}

static void
test_members (void)
{
  static const char *const good[] = {
      "{}",
      "{\"payment\":null}",
      "{\"type\":\"DINE_IN\",\"guest_count\":1}",
      "{\"guest_count\":999}",
      "{\"table_id\":\"" ITEM "\"}",
      "{\"type\":\"DELIVERY\",\"delivery\":{\"address\":\"서울\"}}",
      "{\"customer\":{\"name\":\"김\"}}",
      "{\"customer\":{\"phone\":\"010\"}}",
      "{\"channel\":\"PLATFORM\"}",
      "{\"requested_at\":\"2026-11-21T10:00:00Z\"}",
      "{\"items\":[{\"menu_item_id\":\"" ITEM "\",\"quantity\":999,\"unit_price\":0}]}",
  };
  static const char *const bad[] = {
      "{\"restaurant_id\":null}",
      "{\"restaurant_id\":\"x\"}",
      "{\"type\":null}",
      "{\"type\":\"takeout\"}",
      "{\"channel\":null}",
      "{\"channel\":\"FAX\"}",
      "{\"guest_count\":0}",
      "{\"guest_count\":1000}",
      "{\"guest_count\":\"2\"}",
      "{\"guest_count\":1.5}",
      "{\"table_id\":\"7\"}",
      "{\"note\":\"\"}",
      "{\"note\":7}",
      "{\"type\":\"DELIVERY\"}",
      "{\"type\":\"DELIVERY\",\"delivery\":{}}",
      "{\"customer\":\"김\"}",
      "{\"customer\":{\"name\":\"\"}}",
      "{\"customer\":{\"nickname\":\"x\"}}",
      "{\"payment\":{}}",
      "{\"payment\":{\"method\":\"GOLD\"}}",
      "{\"requested_at\":\"tomorrow\"}",
      "{\"surprise\":1}",
      "{\"items\":null}",
      "{\"items\":[]}",
      "{\"items\":{}}",
      "{\"items\":[{\"menu_item_id\":\"" ITEM "\",\"quantity\":0}]}",
      "{\"items\":[{\"menu_item_id\":\"" ITEM "\",\"quantity\":1000}]}",
      "{\"items\":[{\"menu_item_id\":\"" ITEM "\",\"quantity\":-1}]}",
      "{\"items\":[{\"menu_item_id\":\"" ITEM "\"}]}",
      "{\"items\":[{\"quantity\":1}]}",
      "{\"items\":[{\"menu_item_id\":\"" ITEM "\",\"quantity\":1,\"note\":\"\"}]}",
      "{\"items\":[{\"menu_item_id\":\"" ITEM "\",\"quantity\":1,\"unit_price\":-1}]}",
      "{\"items\":[{\"menu_item_id\":\"" ITEM
      "\",\"quantity\":1,\"options\":[{\"option_id\":1}]}]}",
      "{\"items\":[{\"menu_item_id\":\"" ITEM
      "\",\"quantity\":1,\"options\":[{\"option_id\":\"" ITEM "\",\"quantity\":1000}]}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_good (good[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_bad (bad[i]);
}

/* Characters are counted, not bytes. */
static char *
text_of (guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, "김");
  return g_strdup (text->str);
}

static void
test_lengths (void)
{
  static const struct {
    const char *pattern;
    guint max;
  } cases[] = {
      {"{\"note\":\"%s\"}", 500},
      {"{\"customer\":{\"name\":\"%s\"}}", 100},
      {"{\"customer\":{\"phone\":\"%s\"}}", 30},
      {"{\"delivery\":{\"address\":\"%s\"}}", 500},
      {"{\"items\":[{\"menu_item_id\":\"" ITEM "\",\"quantity\":1,\"note\":\"%s\"}]}", 500},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint over = 0; over <= 1; over++) {
      g_autofree char *text = text_of (cases[i].max + over);
      g_autoptr (GString) more = g_string_new (cases[i].pattern);
      g_string_replace (more, "%s", text, 0);
      if (over)
        assert_bad (more->str);
      else
        assert_good (more->str);
    }
}

static void
test_lines (void)
{
  for (guint n = 100; n <= 101; n++) {
    g_autoptr (GString) more = g_string_new ("{\"items\":[");
    for (guint i = 0; i < n; i++)
      g_string_append (more, i ? ",{\"menu_item_id\":\"" ITEM "\",\"quantity\":1}"
                               : "{\"menu_item_id\":\"" ITEM "\",\"quantity\":1}");
    g_string_append (more, "]}");
    if (n > 100)
      assert_bad (more->str);
    else
      assert_good (more->str);
  }
}

static void
test_depth (void)
{
  for (int depth = OSY_MENU_MAX_DEPTH; depth <= OSY_MENU_MAX_DEPTH + 1; depth++) {
    g_autoptr (GString) more =
        g_string_new ("{\"items\":[{\"menu_item_id\":\"" ITEM "\",\"quantity\":1");
    for (int i = 0; i < depth; i++)
      g_string_append (more, ",\"options\":[{\"option_id\":\"" ITEM "\"");
    for (int i = 0; i < depth; i++)
      g_string_append (more, "}]");
    g_string_append (more, "}]}");
    if (depth > OSY_MENU_MAX_DEPTH)
      assert_bad (more->str);
    else
      assert_good (more->str);
  }
}

/* What is paid before it is made cannot be accepted before it is paid. */
static void
test_payment (void)
{
  assert_good ("{\"payment\":{\"method\":\"CASH\"}}");
  assert_good ("{\"payment\":{\"method\":\"TOSS\"}}");
  assert_good ("{\"payment\":{\"method\":\"CASH\"},\"accept\":{\"ready_in_minutes\":9}}");
  assert_bad ("{\"payment\":{\"method\":\"TOSS\"},\"accept\":{\"ready_in_minutes\":9}}");
  assert_bad ("{\"payment\":{\"method\":\"TOSS\"},\"practice\":true}");
}

static void
test_read_back (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrderDraft) draft = parse (
      "{\"type\":\"DELIVERY\",\"delivery\":{\"address\":\"a\"},\"note\":\"n\","
      "\"accept\":{\"ready_in_minutes\":25},\"practice\":true,\"customer\":{"
      "\"name\":\"c\",\"phone\":\"p\"},\"guest_count\":4,\"items\":[{\"menu_item_id\":\"" ITEM
      "\",\"quantity\":3,\"note\":\"ln\",\"unit_price\":4500,\"options\":[{\"option_id\":"
      "\"" ITEM "\"},{\"option_id\":\"" ITEM "\",\"quantity\":2}]}]}",
      &error);

  g_assert_no_error (error);
  const OsyMenuRequestLine *line = g_ptr_array_index (draft->lines, 0);
  const OsyMenuChoice *second = g_ptr_array_index (line->options, 1);
  g_assert_cmpstr (draft->delivery_address, ==, "a");
  g_assert_cmpstr (draft->customer_phone, ==, "p");
  g_assert_cmpint (draft->guest_count, ==, 4);
  g_assert_cmpint (draft->requested_at, ==, 0);
  g_assert_cmpint (line->quantity, ==, 3);
  g_assert_cmpint (line->expected_price, ==, 4500);
  g_assert_cmpint (((OsyMenuChoice *)line->options->pdata[0])->quantity, ==, 1);
  g_assert_cmpint (second->quantity, ==, 2);
  g_assert_cmpstr (draft->payment_method, ==, "LATER");
  g_assert_cmpint (draft->ready_in_minutes, ==, 25);
  g_assert_true (draft->practice);
}

/* ---- who, and when ---- */

static OsyShop *
shop_with (gboolean guests, const char *open_state)
{
  OsyShopData *data = osy_shop_data_new ();

  data->id = g_strdup ("0190b0de-0000-7000-8000-000000000001");
  data->name = g_strdup ("x");
  data->time_zone = g_strdup ("Asia/Seoul");
  data->guest_orders = guests;
  data->open_state = g_strdup (open_state);
  return osy_shop_new (data);
}

static int
refusal (const char *channel,
         gint64 requested_at,
         gboolean guest,
         gboolean allowed,
         const char *open)
{
  g_autofree char *more = g_strdup_printf ("{\"channel\":\"%s\"}", channel);
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyOrderDraft) draft = parse (more, &error);
  g_autoptr (OsyShop) shop = shop_with (allowed, open);
  g_autoptr (OsyPrincipal) principal =
      guest ? osy_principal_new_anonymous ()
            : osy_principal_new_user (ITEM, draft->restaurant_id, OSY_ROLE_STAFF, ITEM);

  draft->requested_at = requested_at;
  gboolean ok = osy_order_draft_check (draft, shop, principal, NOW, &error);
  g_assert_cmpint (ok, ==, error == NULL);
  return error ? error->code : -1;
}

/* What is for staff is refused before anything else a guest may be told of the shop. */
static void
test_staff_only (void)
{
  static const char *const more[] = {"{\"channel\":\"QR\",\"accept\":{\"ready_in_minutes\":5}}",
                                     "{\"channel\":\"QR\",\"practice\":true}"};

  for (gsize i = 0; i < G_N_ELEMENTS (more); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (OsyOrderDraft) draft = parse (more[i], &error);
    g_autoptr (OsyShop) shop = shop_with (FALSE, "OPEN");
    g_autoptr (OsyPrincipal) guest = osy_principal_new_anonymous ();
    g_autoptr (OsyPrincipal) staff =
        osy_principal_new_user (ITEM, draft->restaurant_id, OSY_ROLE_STAFF, ITEM);
    g_assert_true (osy_order_draft_check (draft, shop, staff, NOW, &error));
    g_assert_false (osy_order_draft_check (draft, shop, guest, NOW, &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_STAFF_ONLY);
  }
}

static void
test_who_and_when (void)
{
  g_assert_cmpint (refusal ("QR", 0, TRUE, TRUE, "OPEN"), ==, -1);
  g_assert_cmpint (refusal ("WEB", 0, TRUE, TRUE, "OPEN"), ==, -1);
  g_assert_cmpint (refusal ("COUNTER", 0, TRUE, TRUE, "OPEN"), ==, OSY_ERROR_UNAUTHENTICATED);
  g_assert_cmpint (refusal ("QR", 0, TRUE, FALSE, "OPEN"), ==, OSY_ERROR_GUESTS_NOT_ALLOWED);
  g_assert_cmpint (refusal ("QR", 0, TRUE, TRUE, "PAUSED"), ==, OSY_ERROR_SHOP_CLOSED);
  g_assert_cmpint (refusal ("COUNTER", 0, FALSE, FALSE, "PAUSED"), ==, -1);
  for (int guest = 0; guest <= 1; guest++) {
    g_assert_cmpint (refusal ("QR", NOW, guest, TRUE, "OPEN"), ==, -1);
    g_assert_cmpint (refusal ("QR", NOW - 1, guest, TRUE, "OPEN"), ==, OSY_ERROR_INVALID_REQUEST);
    g_assert_cmpint (refusal ("QR", NOW + 30 * DAY, guest, TRUE, "OPEN"), ==, -1);
    g_assert_cmpint (refusal ("QR", NOW + 30 * DAY + 1, guest, TRUE, "OPEN"), ==,
                     OSY_ERROR_INVALID_REQUEST);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/draft/members", test_members);
  g_test_add_func ("/order/draft/lengths", test_lengths);
  g_test_add_func ("/order/draft/lines", test_lines);
  g_test_add_func ("/order/draft/depth", test_depth);
  g_test_add_func ("/order/draft/payment", test_payment);
  g_test_add_func ("/order/draft/read-back", test_read_back);
  g_test_add_func ("/order/draft/staff-only", test_staff_only);
  g_test_add_func ("/order/draft/who-and-when", test_who_and_when);
  return g_test_run ();
}
