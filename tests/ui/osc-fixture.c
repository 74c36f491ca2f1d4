/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invented orders. */

#include "osc-fixture.h"

#include <execinfo.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "osy-clock.h"
#include "osy-compat.h"
#include "osy-json.h"
#include "osy-mask.h"

static void
add_options (OsyOrderLine *line, const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, ",", -1);

  for (guint i = 0; parts[i] != NULL && parts[i][0] != '\0'; i++) {
    OsyOrderOption *option = osy_order_option_new ();
    char *plus = strchr (parts[i], '+');

    option->option_id = g_strdup_printf ("option-%u", i);
    option->quantity = 1;
    if (plus != NULL) {
      option->price = g_ascii_strtoll (plus + 1, NULL, 10);
      *plus = '\0';
    }
    option->name = g_strdup (parts[i]);
    g_ptr_array_add (line->options, option);
  }
}

void
osc_fixture_line (OsyOrderData *order,
                  const char *name,
                  gint64 quantity,
                  gint64 price,
                  const char *details)
{
  OsyOrderLine *line = osy_order_line_new ();

  line->line_id = g_strdup_printf ("line-%u", order->lines->len);
  line->menu_item_id = g_strdup ("item");
  line->name = g_strdup (name);
  line->quantity = quantity;
  line->unit_price = price;
  line->amount = price * quantity;
  line->prep_minutes = 12;
  if (details != NULL) {
    g_auto (GStrv) parts = g_strsplit (details, "|", 2);

    add_options (line, parts[0]);
    if (parts[0] != NULL && parts[1] != NULL)
      line->note = g_strdup (parts[1]);
  }
  g_ptr_array_add (order->lines, line);
  order->total_amount += line->amount;
  order->supply_amount = (order->total_amount * 10 + 5) / 11;
  order->vat_amount = order->total_amount - order->supply_amount;
}

OsyOrderData *
osc_fixture_order (gint64 number, const char *status, const char *type, int age)
{
  OsyOrderData *order = osy_order_data_new ();
  gint64 at = osy_clock_now () - (gint64)age * G_USEC_PER_SEC;

  order->id = g_strdup_printf ("00000000-0000-7000-8000-%012d", (int)number);
  order->restaurant_id = g_strdup ("00000000-0000-7000-8000-000000000000");
  order->number = number;
  order->status = g_strdup (status);
  order->type = g_strdup (type);
  order->channel = g_strdup ("COUNTER");
  order->payment_method = g_strdup ("LATER");
  order->business_day = g_strdup ("2026-11-21");
  order->check_id = g_strdup ("00000000-0000-7000-8000-000000000001");
  order->version = 1;
  order->created_at = at;
  if (strcmp (status, OSY_ORDER_PENDING) == 0)
    return order;
  order->accepted_at = at;
  order->started_at = strcmp (status, OSY_ORDER_ACCEPTED) != 0 ? at : 0;
  order->promised_at = at + 15 * 60 * G_USEC_PER_SEC;
  if (strcmp (status, OSY_ORDER_READY) == 0)
    order->ready_at = at;
  if (strcmp (status, OSY_ORDER_DELIVERING) == 0)
    order->handed_over_at = at;
  return order;
}

static void
put (OscOrderStore *store, OsyOrderData *order)
{
  g_autoptr (OsyOrder) frozen = osy_order_new (order);

  osc_order_store_put (store, frozen, "order.placed");
}

typedef struct {
  int number;
  const char *status;
  const char *type;
  int age;
  const char *where; /* table, or address, or the guest's name */
  const char *channel;
  const char *first;
  int first_quantity;
  const char *second;
  int second_quantity;
  int promise; /* minutes */
} Row;

static const Row typical[] = {
    {38, "DELIVERING", "DELIVERY", 1100, "한강로 2가", "PLATFORM", "떡볶이", 2, NULL, 0, 20},
    {40, "DELIVERING", "DELIVERY", 545, "이촌로", "PLATFORM", "돈까스", 1, "김밥", 2, 20},
    {41, "READY", "TAKEOUT", 190, "박지호", "PHONE", "비빔밥", 1, NULL, 0, 15},
    {42, "READY", "DELIVERY", 255, NULL, "PLATFORM", "제육덮밥", 1, NULL, 0, 20},
    {43, "READY", "DINE_IN", 100, "8", "QR", "잔치국수", 2, "김밥", 1, 15},
    {44, "READY", "DINE_IN", 35, "12", "COUNTER", "김밥", 3, NULL, 0, 10},
    {45, "PREPARING", "DINE_IN", 1030, "3", "COUNTER", "돈까스", 1, "김치찌개", 1, 15},
    {47, "PREPARING", "DELIVERY", 695, NULL, "PLATFORM", "떡볶이", 2, "순대", 2, 15},
    {48, "PREPARING", "DINE_IN", 635, "5", "COUNTER", "비빔밥", 2, "된장찌개", 1, 15},
    {49, "PREPARING", "TAKEOUT", 485, "이수민", "PHONE", "김밥", 4, "어묵탕", 1, 20},
    {50, "PREPARING", "DINE_IN", 408, "1", "QR", "라면", 2, "김밥", 1, 15},
    {51, "PREPARING", "DELIVERY", 330, NULL, "PLATFORM", "순두부찌개", 1, NULL, 0, 20},
    {52, "PREPARING", "DINE_IN", 250, "9", "COUNTER", "잔치국수", 3, NULL, 0, 15},
    {53, "PREPARING", "TAKEOUT", 202, NULL, "WEB", "모둠튀김", 1, "떡볶이", 1, 15},
    {54, "PREPARING", "DINE_IN", 125, "2", "COUNTER", "치즈돈까스", 1, NULL, 0, 15},
    {55, "ACCEPTED", "DINE_IN", 72, "11", "QR", "김치볶음밥", 2, "라면", 1, 15},
};

static OsyOrderData *
from_row (const Row *row)
{
  OsyOrderData *order = osc_fixture_order (row->number, row->status, row->type, row->age);
  char **where = &order->delivery_address;

  if (strcmp (row->type, "DINE_IN") == 0)
    where = &order->table_id;
  else if (strcmp (row->type, "TAKEOUT") == 0)
    where = &order->customer_name;
  *where = where == &order->customer_name      ? osy_mask_name (row->where)
           : where == &order->delivery_address ? osy_mask_address (row->where)
                                               : g_strdup (row->where);
  g_free (order->channel);
  order->channel = g_strdup (row->channel);
  order->promised_at = order->accepted_at + row->promise * 60 * G_USEC_PER_SEC;
  if (row->number == 48) {
    order->guest_count = 3;
    osc_fixture_line (order, "비빔밥", 2, 8000, "고추장 따로,계란 반숙");
    osc_fixture_line (order, "된장찌개", 1, 8000, "|덜 짜게 해 주세요");
    osc_fixture_line (order, "식혜", 1, 3000, NULL);
    return order;
  }
  if (row->number == 51)
    osc_fixture_line (order, row->first, row->first_quantity, 8500, "|새우 알레르기");
  else
    osc_fixture_line (order, row->first, row->first_quantity, 8000, NULL);
  if (row->second != NULL)
    osc_fixture_line (order, row->second, row->second_quantity, 4500, NULL);
  if (row->number == 54)
    order->note = g_strdup ("공깃밥 하나 더 주세요");
  return order;
}

static OsyOrderData *
new_order (int number, const char *type, int age, const char *channel)
{
  OsyOrderData *order = osc_fixture_order (number, OSY_ORDER_PENDING, type, age);

  g_free (order->channel);
  order->channel = g_strdup (channel);
  return order;
}

static void
put_new (OscOrderStore *store)
{
  OsyOrderData *phone = new_order (56, "TAKEOUT", 95, "PHONE");
  OsyOrderData *table = new_order (57, "DINE_IN", 48, "QR");
  OsyOrderData *app = new_order (58, "DELIVERY", 21, "PLATFORM");

  phone->customer_name = osy_mask_name ("최유진");
  osc_fixture_line (phone, "제육덮밥", 2, 9000, "|1개는 덜 맵게");
  osc_fixture_line (phone, "된장찌개", 1, 8000, NULL);
  put (store, phone);
  table->table_id = g_strdup ("7");
  table->guest_count = 2;
  osc_fixture_line (table, "치즈라면", 2, 5500, NULL);
  osc_fixture_line (table, "참치김밥", 1, 4500, NULL);
  put (store, table);
  app->delivery_address = osy_mask_address ("한강로 2가 12-5, 302호");
  app->customer_name = osy_mask_name ("정하늘");
  app->customer_phone = osy_mask_phone ("010-0000-4821");
  app->note = g_strdup ("문 앞에 두고 벨 눌러 주세요. 수저 2개요.");
  osc_fixture_line (app, "로제떡볶이", 1, 8500, "중간맛,치즈 추가+1000");
  osc_fixture_line (app, "모둠튀김", 2, 5500, "|새우 빼 주세요 · 알레르기");
  osc_fixture_line (app, "쿨피스", 1, 3000, NULL);
  put (store, app);
}

void
osc_fixture_typical (OscOrderStore *store)
{
  for (gsize i = 0; i < G_N_ELEMENTS (typical); i++)
    put (store, from_row (&typical[i]));
  put_new (store);
}

void
osc_fixture_peak (OscOrderStore *store)
{
  static const char *const types[] = {"DINE_IN", "TAKEOUT", "DELIVERY"};

  for (gsize i = 0; i < G_N_ELEMENTS (typical); i++)
    put (store, from_row (&typical[i]));
  for (int i = 0; i < 8; i++) {
    Row row = typical[6 + i];

    row.number = 59 + i;
    row.age = 60 - 5 * i;
    put (store, from_row (&row));
  }
  put_new (store);
  for (int i = 0; i < 3; i++) {
    OsyOrderData *order = new_order (67 + i, types[i], 18 - 5 * i, "WEB");

    osc_fixture_line (order, "김밥", 1 + i, 4000, NULL);
    put (store, order);
  }
}

/* Copies by way of JSON, as a newer version would come from the daemon. */
OscOrderItem *
osc_fixture_later (OscOrderStore *store, gint64 number, int minutes)
{
  OsyOrderData *order = osc_fixture_order (number, OSY_ORDER_PENDING, "TAKEOUT", 600);

  osc_fixture_line (order, "김밥", 3, 4500, NULL);
  osc_fixture_line (order, "떡볶이", 1, 6000, NULL);
  order->customer_name = osy_mask_name ("박서준");
  order->requested_at = osy_clock_now () + minutes * G_TIME_SPAN_MINUTE;
  order->total_amount = 19500;
  osy_set_str (&order->channel, "PHONE");
  osy_set_str (&order->status, OSY_ORDER_ACCEPTED);
  osy_order_data_accept (order, 20, order->created_at);
  g_autofree char *id = g_strdup (order->id);
  g_autoptr (OsyOrder) frozen = osy_order_new (order);
  osc_order_store_put (store, frozen, "order.accepted");
  return osc_order_store_find (store, id);
}

void
osc_fixture_move (OscOrderStore *store, OscOrderItem *item, const char *status)
{
  g_autoptr (JsonNode) node = osy_order_to_json (osc_order_item_get_order (item));
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GError) error = NULL;
  g_autofree char *now = osy_clock_format (osy_clock_now ());

  json_object_set_string_member (object, "status", status);
  json_object_set_int_member (object, "version", osc_order_item_data (item)->version + 1);
  if (strcmp (status, OSY_ORDER_ACCEPTED) == 0) {
    g_autofree char *promise = osy_clock_format (osy_clock_now () + 20 * 60 * G_USEC_PER_SEC);

    json_object_set_string_member (object, "accepted_at", now);
    json_object_set_string_member (object, "promised_at", promise);
  } else if (strcmp (status, OSY_ORDER_READY) == 0) {
    json_object_set_string_member (object, "ready_at", now);
  }
  g_autoptr (OsyOrder) order = osy_order_from_json (node, &error);
  g_assert_no_error (error);
  osc_order_store_put (store, order, "order.changed");
}

static OsyShop *
make_shop (void)
{
  OsyShopData *data = osy_shop_data_new ();

  data->id = g_strdup ("0193489a-0000-7000-8000-000000000001");
  data->organisation_id = g_strdup ("0193489a-0000-7000-8000-000000000002");
  data->name = g_strdup ("소담분식");
  data->time_zone = g_strdup ("Asia/Seoul");
  data->currency = g_strdup ("KRW");
  data->open_state = g_strdup (OSY_SHOP_OPEN);
  data->cutoff_minutes = 5 * 60;
  data->default_prep_minutes = 15;
  data->retention_days = OSY_SHOP_RETENTION_DEFAULT;
  data->guest_orders = TRUE;
  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    data->setup[i] = OSY_SHOP_STEP_DONE;
  data->version = 1;
  return osy_shop_new (data);
}

void
osc_fixture_steps (OscShopStore *store, const char *states)
{
  OsyShopData *data = osy_shop_data_copy (osy_shop_data (osc_shop_store_get (store)));
  g_autoptr (OsyShop) shop = NULL;

  for (int i = 0; i < OSY_N_SHOP_STEPS; i++)
    data->setup[i] = states[i] == 'D'   ? OSY_SHOP_STEP_DONE
                     : states[i] == 'S' ? OSY_SHOP_STEP_SKIPPED
                                        : OSY_SHOP_STEP_OPEN;
  if (data->setup[OSY_SHOP_STEP_BUSINESS_NUMBER] == OSY_SHOP_STEP_DONE)
    osy_set_str (&data->business_number, "1248100998");
  data->version++;
  shop = osy_shop_new (data);
  osc_shop_store_put (store, shop);
}

void
osc_fixture_context (OscContext *context)
{
  g_autoptr (OsyShop) shop = make_shop ();

  *context = (OscContext){.orders = osc_order_store_new (),
                          .acts = osc_acts_new (NULL),
                          .kitchen = osc_kitchen_store_new (NULL),
                          .menu = osc_menu_store_new (NULL),
                          .shop = osc_shop_store_new (NULL),
                          .people = osc_people_new (NULL),
                          .bill = osc_bill_store_new (NULL),
                          .pay = osc_pay_store_new (NULL, NULL),
                          .security = osc_security_store_new (NULL),
                          .printers = osc_printer_store_new (NULL),
                          .stations = osc_station_store_new (NULL),
                          .load = osc_load_store_new (NULL),
                          .tables = osc_table_store_new (NULL),
                          .stock = osc_stock_store_new (NULL),
                          .attention = osc_attention_store_new (NULL),
                          .alerts = osc_alert_store_new (NULL),
                          .sales = osc_sales_store_new (NULL),
                          .findings = osc_finding_store_new (NULL),
                          .deliveries = osc_delivery_store_new (NULL),
                          .till = osc_till_store_new (NULL, NULL)};
  context->refunds = osc_refund_store_new (NULL, context->shop, NULL);
  context->minutes = osc_minutes_new (G_LIST_MODEL (context->orders));
  osc_shop_store_put (context->shop, shop);
}

void
osc_fixture_printers (OscPrinterStore *store, gboolean any)
{
  static const char *const texts[] = {
      "{\"printers\":["
      "{\"id\":\"01940000-0000-7000-8000-000000000001\",\"name\":\"주방 "
      "프린터\",\"transport\":\"TCP\","
      "\"address\":\"192.168.0.20:9100\",\"width\":80,\"columns\":48,\"mode\":\"RASTER\","
      "\"language\":\"ko\",\"purposes\":[\"KITCHEN\"],\"drawer\":false,\"version\":2,"
      "\"state\":{\"ok\":false,\"problem\":\"OFF\",\"since\":\"2026-11-21T03:00:00Z\",\"waiting\":"
      "2}},"
      "{\"id\":\"01940000-0000-7000-8000-000000000002\",\"name\":\"계산대\",\"transport\":\"USB\","
      "\"address\":\"/dev/usb/lp0\",\"width\":58,\"columns\":32,\"mode\":\"TEXT\","
      "\"language\":\"ko\",\"purposes\":[\"RECEIPT\",\"BILL\"],\"drawer\":true,\"version\":1,"
      "\"state\":{\"ok\":true,\"waiting\":0}}]}",
      "{\"jobs\":["
      "{\"id\":\"01940000-0000-7000-8000-0000000000a1\","
      "\"printer_id\":\"01940000-0000-7000-8000-000000000001\",\"purpose\":\"KITCHEN\","
      "\"subject_type\":\"order\",\"subject_id\":\"x\",\"state\":\"FAILED\",\"attempts\":3,"
      "\"copy\":1,"
      "\"created_at\":\"2026-11-21T03:03:00Z\",\"version\":4},"
      "{\"id\":\"01940000-0000-7000-8000-0000000000a2\","
      "\"printer_id\":\"01940000-0000-7000-8000-000000000001\",\"purpose\":\"DELIVERY\","
      "\"subject_type\":\"order\",\"subject_id\":\"y\",\"state\":\"QUEUED\",\"attempts\":1,"
      "\"copy\":1,"
      "\"created_at\":\"2026-11-21T03:04:00Z\",\"version\":2}]}"};

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (JsonNode) node = json_from_string (any ? texts[i] : "{\"printers\":[]}", NULL);
    osc_printer_store_take (store, node);
  }
}

void
osc_fixture_unprinted (OscPrinterStore *store, OscOrderItem *item)
{
  g_autofree char *text = g_strdup_printf (
      "{\"jobs\":[{\"id\":\"01940000-0000-7000-8000-000000000007\",\"printer_id\":"
      "\"01940000-0000-7000-8000-000000000001\",\"purpose\":\"KITCHEN\",\"subject_type\":\"order\","
      "\"subject_id\":\"%s\",\"state\":\"FAILED\",\"attempts\":3,\"copy\":1,"
      "\"created_at\":\"2026-11-21T03:00:00Z\",\"version\":3}]}",
      osc_order_item_data (item)->id);
  g_autoptr (JsonNode) node = osy_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (node);
  osc_printer_store_take (store, node);
}

void
osc_fixture_context_clear (OscContext *context)
{
  g_clear_object (&context->minutes);
  g_clear_object (&context->load);
  g_clear_object (&context->people);
  g_clear_object (&context->shop);
  g_clear_object (&context->security);
  g_clear_object (&context->bill);
  g_clear_object (&context->pay);
  g_clear_object (&context->printers);
  g_clear_object (&context->stations);
  g_clear_object (&context->tables);
  g_clear_object (&context->stock);
  g_clear_object (&context->refunds);
  g_clear_object (&context->attention);
  g_clear_object (&context->alerts);
  g_clear_object (&context->sales);
  g_clear_object (&context->findings);
  g_clear_object (&context->deliveries);
  g_clear_object (&context->till);
  g_clear_object (&context->kitchen);
  g_clear_object (&context->menu);
  g_clear_object (&context->acts);
  g_clear_object (&context->orders);
}

/* A fatal message traps. Where it came from is told too, since some come once in a hundred runs. */
static void
on_trap (int number)
{
  void *frames[64];

  backtrace_symbols_fd (frames, backtrace (frames, G_N_ELEMENTS (frames)), STDERR_FILENO);
  signal (number, SIG_DFL);
  raise (number);
}

static void
watch_traps (void)
{
  void *frame[1];

  /* The first call loads a library, which a handler must not. */
  if (backtrace (frame, 1) > 0)
    signal (SIGTRAP, on_trap);
}

GtkApplication *
osc_fixture_application (void)
{
  AdwApplication *application =
      adw_application_new ("com.ordersync.Console", G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;

  watch_traps ();
  g_application_set_resource_base_path (G_APPLICATION (application), "/com/ordersync/Console");
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return GTK_APPLICATION (application);
}

GtkApplication *
osc_fixture_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain ("ordersync", OSY_BUILD_DIR "/po");
  bind_textdomain_codeset ("ordersync", "UTF-8");
  textdomain ("ordersync");
  gtk_test_init (argc, argv, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  return osc_fixture_application ();
}

OscShell *
osc_fixture_present (OscWindow *window, const OscContext *context)
{
  OscShell *shell = OSC_SHELL (osc_shell_new (context));

  osc_window_show_shell (window, shell);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (200);
  return shell;
}

void
osc_fixture_frame (GtkWidget *widget)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);

  g_assert_nonnull (clock);
  gulong id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (g_main_loop_quit), loop);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  g_main_loop_run (loop);
  g_signal_handler_disconnect (clock, id);
}

static gboolean
stop_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
osc_fixture_spin (guint ms)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add (ms, stop_cb, loop);
  g_main_loop_run (loop);
}
