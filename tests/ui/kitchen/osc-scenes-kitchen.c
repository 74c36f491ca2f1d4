/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the kitchen: nothing to cook, the middle of the day, too much, out of touch. */

#include "find.h"
#include "osc-kitchen.h"
#include "osc-scenes.h"
#include "osy-clock.h"

static OscKitchen *
open_kitchen (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_fixture_menu (context->menu);
  osc_shell_go (shell, "kitchen", NULL);
  return OSC_KITCHEN (osc_shell_view (shell));
}

/* Keys mean something once the tickets stand in their cells. */
static void
wait_drawn (OscWindow *window, OscKitchen *kitchen)
{
  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < 100 && find (GTK_WIDGET (kitchen), has_class, "kitchen-row") == NULL; i++)
    osc_fixture_spin (50);
  osc_fixture_spin (50);
}

static void
show_empty (OscWindow *window, OscContext *context)
{
  open_kitchen (window, context);
}

static void
show_typical (OscWindow *window, OscContext *context)
{
  osc_fixture_kitchen (context->kitchen);
  OscKitchen *kitchen = open_kitchen (window, context);
  wait_drawn (window, kitchen);
  osc_view_key (OSC_VIEW (kitchen), OSC_KEY_CARD_1 + 6);
}

static void
show_peak (OscWindow *window, OscContext *context)
{
  osc_fixture_kitchen_peak (context->kitchen, 40);
  OscKitchen *kitchen = open_kitchen (window, context);
  wait_drawn (window, kitchen);
  osc_view_key (OSC_VIEW (kitchen), OSC_KEY_PAGE_DOWN);
}

static void
show_frozen (OscWindow *window, OscContext *context)
{
  osc_fixture_kitchen (context->kitchen);
  open_kitchen (window, context);
  osc_kitchen_store_set_frozen (context->kitchen, TRUE);
}

/* Moved to another table, first before others, a course that waits, something cancelled. */
static void
show_changes (OscWindow *window, OscContext *context)
{
  osc_fixture_kitchen (context->kitchen);
  g_autoptr (JsonNode) moved =
      osc_fixture_ticket (60, "7", 500, 15, "1 로제떡볶이|중간맛|치즈 많이;2>2 모둠튀김;2>1 식혜");
  g_autoptr (JsonNode) first = osc_fixture_ticket (61, "TAKEOUT", 90, 15, "x2 라면;+1 김밥");
  JsonArray *from = json_object_get_array_member (json_node_get_object (moved), "moved_from");
  json_array_add_string_element (from, "5");
  osc_fixture_ticket_set (moved, "note", "아기 의자와 앞접시 부탁해요");
  json_object_set_boolean_member (json_node_get_object (first), "priority", TRUE);
  osc_kitchen_store_put (context->kitchen, moved);
  osc_kitchen_store_put (context->kitchen, first);
  open_kitchen (window, context);
}

static void
show_history (OscWindow *window, OscContext *context)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  OscKitchen *kitchen = open_kitchen (window, context);

  for (int i = 0; i < 9; i++) {
    g_autoptr (JsonNode) node = osc_fixture_ticket (
        44 - i, i % 2 == 0 ? "4" : "TAKEOUT", 1800 + i * 200, 15, "*2 비빔밥;*1 된장찌개;*1 식혜");
    g_autofree char *at =
        osy_clock_format (osy_clock_now () - (gint64)(900 + i * 200) * G_USEC_PER_SEC);
    osc_fixture_ticket_set (node, "bumped_at", at);
    osc_fixture_ticket_set (node, "state", "BUMPED");
    g_autoptr (OsyKitchenTicket) ticket = osy_kitchen_ticket_from_json (node, NULL);
    g_ptr_array_add (items, osc_kitchen_item_new (ticket));
  }
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (200);
  osc_view_key (OSC_VIEW (kitchen), OSC_KEY_FIND);
  osc_fixture_spin (50);
  osc_kitchen_history_take (osc_kitchen_history (kitchen), items, "more", FALSE);
}

/* Alone in its window, as on a second monitor. */
static void
show_alone (OscWindow *window, OscContext *context)
{
  osc_fixture_menu (context->menu);
  osc_fixture_kitchen (context->kitchen);
  GtkWidget *kitchen = osc_kitchen_new (context);

  osc_kitchen_set_alone (OSC_KITCHEN (kitchen), "window");
  osc_window_show_page (window, kitchen);
}

const OscScene osc_scenes_kitchen[] = {
    {"kitchen-empty", show_empty},     {"kitchen", show_typical},
    {"kitchen-peak", show_peak},       {"kitchen-frozen", show_frozen},
    {"kitchen-changes", show_changes}, {"kitchen-history", show_history},
    {"kitchen-alone", show_alone},     {.name = NULL},
};
