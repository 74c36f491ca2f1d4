/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the menu editor. */

#include "osc-field.h"
#include "osc-menu-photo.h"
#include "osc-menu-view.h"
#include "osc-scenes.h"

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child))
      found = find_type (child, type);
  return found;
}

static GtkWidget *
find_class (GtkWidget *widget, const char *name)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, name) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_class (child, name);
  return found;
}

static OscMenuView *
open_menu (OscWindow *window, OscContext *context, gboolean filled)
{
  OscShell *shell = osc_scenes_open_shell (window, context);
  g_autoptr (OsyMenu) none = osy_menu_new (osy_menu_data_new ("", 0), NULL);

  if (filled)
    osc_fixture_menu (context->menu);
  else
    osc_menu_store_put (context->menu, none);
  osc_shell_go (shell, "menu", NULL);
  return OSC_MENU_VIEW (osc_shell_view (shell));
}

static const OsyMenuItem *
rose (OscContext *context)
{
  const OsyMenuCategory *first =
      g_ptr_array_index (osy_menu_categories (osc_menu_store_get (context->menu)), 0);

  return g_ptr_array_index (first->items, 1);
}

static OscMenuView *
open_rose (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);

  osc_view_open (OSC_VIEW (view), rose (context)->id);
  return view;
}

static void
show_editor (OscWindow *window, OscContext *context)
{
  GtkWidget *view = GTK_WIDGET (open_rose (window, context));

  /* The dot of what is not saved, and a Save that can be pressed. */
  osc_field_set_text (OSC_FIELD (find_type (view, OSC_TYPE_FIELD)), "로제떡볶이 큰 것");
}

static void
show_group (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_rose (window, context);
  const OsyMenuGroup *extras = g_ptr_array_index (rose (context)->groups, 1);

  osc_menu_view_open_page (view, "group", extras->id);
}

static OscMenuView *
open_combo (OscWindow *window, OscContext *context, const char *page)
{
  OscMenuView *view = open_menu (window, context, TRUE);
  const OsyMenuItem *combo =
      osy_menu_find_item (osc_menu_store_get (context->menu), osc_fixture_combo (context->menu));

  osc_view_open (OSC_VIEW (view), combo->id);
  if (page != NULL)
    osc_menu_view_open_page (view, page, ((OsyMenuGroup *)combo->groups->pdata[0])->id);
  return view;
}

static void
show_combo (OscWindow *window, OscContext *context)
{
  open_combo (window, context, NULL);
}

static void
show_combo_group (OscWindow *window, OscContext *context)
{
  open_combo (window, context, "group");
}

static void
show_combo_dishes (OscWindow *window, OscContext *context)
{
  open_combo (window, context, "dishes");
}

static void
show_combo_new (OscWindow *window, OscContext *context)
{
  g_signal_emit_by_name (find_class (GTK_WIDGET (open_menu (window, context, TRUE)), "add-combo"),
                         "clicked");
}

static void
show_allergens (OscWindow *window, OscContext *context)
{
  osc_menu_view_open_page (open_rose (window, context), "allergens", NULL);
}

/* Its name tells of two that are not ticked. */
static void
show_named_allergens (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);
  const OsyMenuCategory *fried =
      g_ptr_array_index (osy_menu_categories (osc_menu_store_get (context->menu)), 4);

  for (guint i = 0; i < fried->items->len; i++) {
    const OsyMenuItem *item = g_ptr_array_index (fried->items, i);

    if (g_str_equal (item->name, "새우튀김"))
      osc_view_open (OSC_VIEW (view), item->id);
  }
  osc_menu_view_open_page (view, "allergens", NULL);
}

static void
show_origin (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);
  const OsyMenuCategory *rice =
      g_ptr_array_index (osy_menu_categories (osc_menu_store_get (context->menu)), 3);
  const OsyMenuItem *item = g_ptr_array_index (rice->items, 1);

  osc_view_open (OSC_VIEW (view), item->id);
  osc_menu_view_open_page (view, "origin", NULL);
}

static void
show_prices (OscWindow *window, OscContext *context)
{
  osc_menu_view_open_page (open_rose (window, context), "prices", NULL);
}

static void
open_timed (OscWindow *window, OscContext *context, const char *page)
{
  OscMenuView *view = open_menu (window, context, TRUE);

  osc_fixture_hours (context->menu, rose (context)->name);
  osc_view_open (OSC_VIEW (view), rose (context)->id);
  osc_menu_view_open_page (view, page, NULL);
}

static void
show_hours (OscWindow *window, OscContext *context)
{
  open_timed (window, context, "hours");
}

static void
show_no_hours (OscWindow *window, OscContext *context)
{
  osc_menu_view_open_page (open_rose (window, context), "hours", NULL);
}

static void
show_timed_prices (OscWindow *window, OscContext *context)
{
  open_timed (window, context, "prices");
}

/* Some dishes have a picture, most have not. */
static OscMenuView *
open_photos (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);

  osc_fixture_photo (context->menu, rose (context)->name, 0xe08a6d);
  osc_fixture_photo (context->menu, "치즈떡볶이", 0xe9b44c);
  osc_view_open (OSC_VIEW (view), rose (context)->id);
  return view;
}

static void
show_photos (OscWindow *window, OscContext *context)
{
  open_photos (window, context);
}

static void
show_photo_fault (OscWindow *window, OscContext *context)
{
  GtkWidget *view = GTK_WIDGET (open_photos (window, context));
  g_autoptr (GFile) none = g_file_new_for_path ("/nothing/there.jpg");

  osc_menu_photo_take (OSC_MENU_PHOTO (find_type (view, OSC_TYPE_MENU_PHOTO)), none);
}

static void
show_several (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);

  osc_menu_prices_set_rule (osc_menu_view_prices (view), "7.5", TRUE, FALSE);
}

static void
show_several_below (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);

  osc_menu_prices_set_rule (osc_menu_view_prices (view), "5000", FALSE, TRUE);
}

const char *const osc_scenes_versions =
    "{\"versions\":["
    "{\"version\":57,\"from_version\":55,\"created_at\":\"2026-11-21T02:41:00Z\","
    "\"business_day\":\"2026-11-21\",\"actor\":\"user:1\",\"actor_name\":\"김지은\","
    "\"action\":\"menu.edited\",\"changes\":[{\"kind\":\"item\",\"change\":\"CHANGED\","
    "\"name\":\"로제떡볶이\",\"category\":\"떡볶이\",\"members\":[\"prices\"],"
    "\"price_before\":7000,\"price\":7500}],\"change_count\":12},"
    "{\"version\":55,\"from_version\":52,\"created_at\":\"2026-11-21T01:12:00Z\","
    "\"business_day\":\"2026-11-21\",\"actor\":\"user:1\",\"actor_name\":\"김지은\","
    "\"action\":\"menu.edited\",\"changes\":[{\"kind\":\"item\",\"change\":\"CHANGED\","
    "\"name\":\"어묵탕\",\"name_before\":\"오뎅탕\",\"members\":[\"names\",\"origin\"]}],"
    "\"change_count\":1},"
    "{\"version\":52,\"from_version\":50,\"created_at\":\"2026-11-20T05:03:00Z\","
    "\"business_day\":\"2026-11-20\",\"actor\":\"user:2\",\"actor_name\":\"박민수\","
    "\"action\":\"menu.restored\",\"restored\":47,\"changes\":[{\"kind\":\"option_group\","
    "\"change\":\"CHANGED\",\"name\":\"맵기\",\"members\":[\"options\"]},{\"kind\":\"item\","
    "\"change\":\"ORDERED\",\"name\":\"김밥\"}],\"change_count\":2},"
    "{\"version\":50,\"from_version\":47,\"created_at\":\"2026-11-20T00:20:00Z\","
    "\"business_day\":\"2026-11-20\",\"actor\":\"system:x\",\"actor_name\":\"system\","
    "\"action\":\"menu.imported\",\"changes\":[{\"kind\":\"item\",\"change\":\"ADDED\","
    "\"name\":\"유자차\",\"category\":\"음료\",\"price\":4500}],\"change_count\":5}],"
    "\"next_cursor\":null}";

const char *const osc_scenes_difference =
    "{\"version\":52,\"current_version\":58,\"expect\":\"0123456789abcdef\",\"changes\":["
    "{\"kind\":\"item\",\"change\":\"CHANGED\",\"name\":\"로제떡볶이\",\"members\":[\"prices\"],"
    "\"price_before\":7500,\"price\":7000},"
    "{\"kind\":\"item\",\"change\":\"CHANGED\",\"name\":\"오뎅탕\",\"name_before\":\"어묵탕\","
    "\"members\":[\"names\",\"origin\"]},"
    "{\"kind\":\"item\",\"change\":\"DELETED\",\"name\":\"유자차\"}],\"change_count\":14}";

static void
show_versions (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);
  OscMenuVersions *versions = osc_menu_view_versions (view);
  OscMenuHistory *history = osc_menu_versions_model (versions);
  g_autoptr (JsonNode) answer = json_from_string (osc_scenes_versions, NULL);
  g_autoptr (JsonNode) difference = json_from_string (osc_scenes_difference, NULL);
  GtkWidget *list;

  osc_menu_history_take (history, answer);
  list = find_type (GTK_WIDGET (versions), GTK_TYPE_LIST_BOX);
  gtk_list_box_select_row (GTK_LIST_BOX (list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 2));
  osc_menu_history_take_difference (history, difference);
}

static void
show_no_versions (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);
  g_autoptr (JsonNode) answer = json_from_string ("{\"versions\":[],\"next_cursor\":null}", NULL);

  osc_menu_history_take (osc_menu_versions_model (osc_menu_view_versions (view)), answer);
}

static void
show_check (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);

  g_signal_emit_by_name (find_class (GTK_WIDGET (view), "check-missing"), "clicked");
}

static gboolean
press_preview (gpointer view)
{
  g_signal_emit_by_name (find_class (view, "preview"), "clicked");
  return G_SOURCE_REMOVE;
}

/* Once the window knows how wide it is, and with it the scale. */
static void
show_preview (OscWindow *window, OscContext *context)
{
  g_timeout_add (60, press_preview, open_rose (window, context));
}

static void
show_preview_photo (OscWindow *window, OscContext *context)
{
  g_timeout_add (60, press_preview, open_photos (window, context));
}

static void
show_more (OscWindow *window, OscContext *context)
{
  osc_menu_view_open_page (open_rose (window, context), "more", NULL);
}

static void
show_category (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);
  GtkWidget *list = find_type (GTK_WIDGET (view), GTK_TYPE_LIST_BOX);

  gtk_list_box_select_row (GTK_LIST_BOX (list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 4));
}

static void
show_empty (OscWindow *window, OscContext *context)
{
  open_menu (window, context, FALSE);
}

static void
show_import (OscWindow *window, OscContext *context)
{
  OscMenuView *view = open_menu (window, context, TRUE);
  OscImport *import = osc_menu_import_model (osc_menu_view_import (view));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) report = json_from_string (osc_scenes_import_report, &error);

  g_assert_no_error (error);
  osc_import_take (import, report, TRUE);
}

const char *const osc_scenes_import_report =
    "{\"created\":4,\"changed\":1,\"unchanged\":0,"
    "\"sheet\":{\"columns\":[{\"index\":0,\"header\":\"카테고리\",\"field\":\"category\"},"
    "{\"index\":1,\"header\":\"상품명\",\"field\":\"name\"},"
    "{\"index\":2,\"header\":\"판매가\",\"field\":\"price\"},"
    "{\"index\":3,\"header\":\"옵션\",\"field\":\"options\"},"
    "{\"index\":4,\"header\":\"비고\",\"field\":null}],"
    "\"rows\":[{\"row\":2,\"cells\":[\"커피\",\"아메리카노\",\"4,000원\",\"온도(1-1): HOT, "
    "ICE\",\"\"]},"
    "{\"row\":3,\"cells\":[\"커피\",\"카페라떼\",\"4천5백\",\"온도(1-1): HOT, ICE\",\"\"]},"
    "{\"row\":4,\"cells\":[\"커피\",\"콜드브루\",\"4,800원\",\"\",\"여름만\"]},"
    "{\"row\":5,\"cells\":[\"차\",\"유자차\",\"4500\",\"\",\"\"]},"
    "{\"row\":6,\"cells\":[\"차\",\"생강차\",\"450\",\"\",\"\"]}]},"
    "\"errors\":[{\"row\":3,\"column\":\"판매가\",\"field\":\"price\",\"code\":\"PRICE\","
    "\"severity\":\"error\",\"detail\":\"not a number\"}],"
    "\"warnings\":[{\"row\":6,\"column\":\"판매가\",\"field\":\"price\",\"code\":\"UNLIKELY_"
    "PRICE\","
    "\"severity\":\"doubt\",\"detail\":\"450 is unlikely\"}]}";

const OscScene osc_scenes_menu[] = {
    {"menu", show_editor},
    {"menu-group", show_group},
    {"menu-combo", show_combo},
    {"menu-combo-group", show_combo_group},
    {"menu-combo-dishes", show_combo_dishes},
    {"menu-combo-new", show_combo_new},
    {"menu-allergens", show_allergens},
    {"menu-allergens-named", show_named_allergens},
    {"menu-origin", show_origin},
    {"menu-prices", show_prices},
    {"menu-prices-timed", show_timed_prices},
    {"menu-hours", show_hours},
    {"menu-hours-none", show_no_hours},
    {"menu-photos", show_photos},
    {"menu-photo-fault", show_photo_fault},
    {"menu-several", show_several},
    {"menu-several-below", show_several_below},
    {"menu-versions", show_versions},
    {"menu-versions-none", show_no_versions},
    {"menu-check", show_check},
    {"menu-preview", show_preview},
    {"menu-preview-photo", show_preview_photo},
    {"menu-more", show_more},
    {"menu-category", show_category},
    {"menu-empty", show_empty},
    {"menu-import", show_import},
    {NULL, NULL},
};
