/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the settings: each page, and the strip while orders are paused. */

#include "osc-command-sheet.h"
#include "osc-health-page.h"
#include "osc-scenes.h"
#include "osc-slip-page.h"
#include "osc-stations-page.h"
#include "osy-kitchen-slip.h"
#include "osy-slip-form.h"
#include "osy-clock.h"

static void
put_shop (OscContext *context, gint64 paused_until)
{
  static const OsyShopHours hours[] = {{1, 600, 900},  {1, 1020, 1260}, {2, 600, 1260},
                                       {3, 600, 1260}, {4, 600, 1260},  {5, 660, 1560},
                                       {6, 660, 1560}};
  OsyShopData *data = osy_shop_data_copy (osy_shop_data (osc_shop_store_get (context->shop)));
  g_autoptr (OsyShop) shop = NULL;

  data->business_number = g_strdup ("1248100998");
  data->phone = g_strdup ("0200004821");
  data->owner_name = g_strdup ("김지은");
  g_array_append_vals (data->hours, hours, G_N_ELEMENTS (hours));
  if (paused_until != 0) {
    g_free (data->open_state);
    data->open_state = g_strdup (OSY_SHOP_PAUSED);
    data->paused_until = paused_until;
  }
  data->version++;
  shop = osy_shop_new (data);
  osc_shop_store_put (context->shop, shop);
}

static void
open_page (OscWindow *window, OscContext *context, const char *page, gint64 paused_until)
{
  OscShell *shell;

  put_shop (context, paused_until);
  shell = osc_scenes_open_shell (window, context);
  osc_strip_follow (osc_window_strip (window), context->shop, context->load);
  osc_shell_go (shell, "settings", page);
}

static void
show_shop (OscWindow *window, OscContext *context)
{
  open_page (window, context, "shop", 0);
}

static void
show_hours (OscWindow *window, OscContext *context)
{
  open_page (window, context, "hours", 0);
}

static void
show_sound (OscWindow *window, OscContext *context)
{
  open_page (window, context, "sound", 0);
}

static void
show_screen (OscWindow *window, OscContext *context)
{
  open_page (window, context, "screen", osy_clock_now () + 571 * G_USEC_PER_SEC);
}

static void
show_printers (OscWindow *window, OscContext *context)
{
  osc_fixture_printers (context->printers, TRUE);
  open_page (window, context, "printers", 0);
}

static GtkWidget *
find_page (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_page (child, type);
  return found;
}

static OsyKitchenStation *
add_station (OsyKitchenSetup *setup, const char *name, gboolean expo)
{
  OsyKitchenStation *station = osy_kitchen_station_new ();

  station->id = g_strdup_printf ("01940000-0000-7000-8000-00000000005%u", setup->stations->len);
  station->name = g_strdup (name);
  station->language = g_strdup (setup->stations->len == 1 ? "en" : "ko");
  station->is_expo = expo;
  station->position = setup->stations->len;
  g_ptr_array_add (setup->stations, station);
  return station;
}

/* Three stations that cook and one where orders are put together; a category is forgotten unless
 * the first takes all the rest. */
static void
put_stations (OscContext *context, gboolean rest)
{
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_new ();
  GPtrArray *categories;
  const OsyKitchenStation *first;

  osc_fixture_menu (context->menu);
  osc_fixture_printers (context->printers, TRUE);
  categories = osy_menu_categories (osc_menu_store_get (context->menu));
  first = add_station (setup, "면·국물", FALSE);
  add_station (setup, "튀김", FALSE)->printer_id =
      g_strdup ("01940000-0000-7000-8000-000000000001");
  add_station (setup, "김밥", FALSE);
  add_station (setup, "전달대", TRUE);
  for (guint i = 0; i + 1 < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);
    const OsyKitchenStation *to = g_ptr_array_index (setup->stations, i % 3);

    g_ptr_array_add (setup->routes,
                     osy_kitchen_route_new (OSY_ROUTE_CATEGORY, category->id, to->id));
  }
  setup->version = 3;
  setup->default_station_id = rest ? g_strdup (first->id) : NULL;
  g_autoptr (JsonNode) json = osy_kitchen_setup_to_json (setup);
  osc_station_store_take (context->stations, json);
}

static void
show_stations (OscWindow *window, OscContext *context)
{
  put_stations (context, FALSE);
  open_page (window, context, "stations", 0);
}

static void
show_language (OscWindow *window, OscContext *context)
{
  put_stations (context, FALSE);
  open_page (window, context, "language", 0);
}

static void
show_routes (OscWindow *window, OscContext *context)
{
  const OsyMenuCategory *category;
  GtkWidget *page;

  put_stations (context, TRUE);
  open_page (window, context, "stations", 0);
  page = find_page (GTK_WIDGET (window), OSC_TYPE_STATIONS_PAGE);
  category = g_ptr_array_index (osy_menu_categories (osc_menu_store_get (context->menu)), 0);
  osc_stations_page_open (OSC_STATIONS_PAGE (page), category->id);
}

/* A form that the shop has changed: larger dishes, no kind of order, words of its own. */
static void
show_slip (OscWindow *window, OscContext *context)
{
  g_autoptr (OsySlip) sample = osy_kitchen_slip_sample (OSY_PRINT_KITCHEN, "ko");
  g_autoptr (OsySlipForm) form = osy_slip_form_new ();
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) answer = osy_json_take_object (object);

  g_free (form->header);
  form->header = g_strdup ("소담분식");
  osy_slip_form_add (form, "number", TRUE, 0);
  osy_slip_form_add (form, "type", FALSE, 0);
  osy_slip_form_add (form, "lines", TRUE, 1);
  osy_slip_form_complete (form, sample);
  json_object_set_member (object, "form", osy_slip_form_to_json (form));
  json_object_set_member (object, "sample", osy_slip_to_json (sample));
  json_object_set_int_member (object, "version", 2);
  open_page (window, context, "slips", 0);
  osc_slip_page_take (OSC_SLIP_PAGE (find_page (GTK_WIDGET (window), OSC_TYPE_SLIP_PAGE)), answer);
}

static void
put_health (OscWindow *window, OscContext *context, const char *disk, const char *bytes, int failed)
{
  g_autofree char *text = g_strdup_printf (
      "{\"version\":\"0.1.0\",\"now\":\"2026-11-21T03:00:00Z\","
      "\"started_at\":\"2026-11-20T23:02:00Z\",\"parts\":["
      "{\"part\":\"DATABASE\",\"state\":\"GOOD\",\"size_bytes\":183500800,\"answer_us\":2400},"
      "{\"part\":\"DISK\",\"state\":\"%s\",\"free_bytes\":%s},"
      "{\"part\":\"EVENTS\",\"state\":\"GOOD\",\"waiting\":0},"
      "{\"part\":\"PRINTING\",\"state\":\"%s\",\"waiting\":%d,\"failed\":%d},"
      "{\"part\":\"PAYMENTS\",\"state\":\"GOOD\",\"waiting\":0},"
      "{\"part\":\"ORDERS\",\"state\":\"GOOD\",\"waiting\":0},"
      "{\"part\":\"ALERTS\",\"state\":\"GOOD\",\"waiting\":0,\"failed\":0},"
      "{\"part\":\"REPORTS\",\"state\":\"GOOD\",\"waiting\":0,\"failed\":0},"
      "{\"part\":\"NETWORK\",\"state\":\"OFF\"}]}",
      disk, bytes, failed > 0 ? "BAD" : "GOOD", failed > 0 ? 2 : 0, failed);
  g_autoptr (JsonNode) answer = json_from_string (text, NULL);

  open_page (window, context, "health", 0);
  osc_health_page_take (OSC_HEALTH_PAGE (find_page (GTK_WIDGET (window), OSC_TYPE_HEALTH_PAGE)),
                        answer, 3200);
}

static void
show_commands (OscWindow *window, OscContext *context)
{
  open_page (window, context, "screen", 0);
  osc_command_sheet_present (GTK_WIDGET (window));
}

static void
show_health (OscWindow *window, OscContext *context)
{
  put_health (window, context, "GOOD", "84000000000", 0);
}

static void
show_trouble (OscWindow *window, OscContext *context)
{
  put_health (window, context, "BAD", "1300000000", 3);
}

static void
show_about (OscWindow *window, OscContext *context)
{
  open_page (window, context, "about", 0);
}

const OscScene osc_scenes_settings[] = {
    {"settings-shop", show_shop},         {"settings-hours", show_hours},
    {"settings-sound", show_sound},       {"settings-screen", show_screen},
    {"settings-commands", show_commands}, {"settings-printers", show_printers},
    {"settings-stations", show_stations}, {"settings-routes", show_routes},
    {"settings-slips", show_slip},        {"settings-health", show_health},
    {"settings-trouble", show_trouble},   {"settings-about", show_about},
    {"settings-language", show_language}, {.name = NULL},
};
