/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of the first day: every step of the assistant, what goes wrong in it, and its tasks. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-field.h"
#include "osc-menu-import.h"
#include "osc-scenes.h"
#include "osc-setup-menu.h"
#include "osc-setup-sound.h"
#include "osc-setup-table.h"
#include "osc-setup.h"
#include "osc-sound-check.h"
#include "osy-json.h"

#define UNDER(widget, TYPE) find ((widget), is_of_type, GSIZE_TO_POINTER (TYPE))

/* The shell with the assistant in it, at the first step that is not decided. */
static GtkWidget *
open_setup (OscWindow *window, OscContext *context, const char *states)
{
  OscShell *shell;

  osc_fixture_steps (context->shop, states);
  shell = osc_scenes_open_shell (window, context);
  gtk_window_present (GTK_WINDOW (window));
  osc_shell_go (shell, "setup", NULL);
  osc_fixture_spin (50);
  return GTK_WIDGET (osc_shell_view (shell));
}

static void
show_page (OscWindow *window, const char *code)
{
  g_autoptr (OsyClient) client = osy_client_new ("http://127.0.0.1:9");
  g_autoptr (OscSetupDraft) draft = osc_setup_draft_new (NULL, NULL);

  osc_setup_draft_set (draft, "shop", "name", "소담분식");
  osc_setup_draft_set (draft, "shop", "phone", "02-0000-4821");
  osc_setup_draft_set (draft, "shop", "hours", "1111110|10:00|21:00");
  osc_window_show_page (window, osc_setup_new_page (client, code, draft));
}

static void
show_shop (OscWindow *window, OscContext *context)
{
  show_page (window, "code");
}

static void
show_code (OscWindow *window, OscContext *context)
{
  show_page (window, NULL);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (50);
  press (GTK_WIDGET (window), "setup-primary");
}

static void
show_number (OscWindow *window, OscContext *context)
{
  GtkWidget *setup = open_setup (window, context, "DOOOOO");

  osc_field_set_text (OSC_FIELD (UNDER (setup, OSC_TYPE_FIELD)), "124-81-00998");
}

static void
show_ways (OscWindow *window, OscContext *context)
{
  open_setup (window, context, "DDOOOO");
}

static void
show_table (OscWindow *window, OscContext *context)
{
  GtkWidget *setup = open_setup (window, context, "DDOOOO");

  press_text (setup, _ ("By hand"));
  osc_setup_table_set_text (OSC_SETUP_TABLE (UNDER (setup, OSC_TYPE_SETUP_TABLE)),
                            "떡볶이\t4,500\t떡볶이\n로제떡볶이\t7,500\t\n치즈떡볶이\t6,000\t\n"
                            "김밥\t3,500\t김밥\n참치김밥\t4500원\t\n");
}

static void
show_import (OscWindow *window, OscContext *context)
{
  GtkWidget *setup = open_setup (window, context, "DDOOOO");
  GtkWidget *step = UNDER (setup, OSC_TYPE_SETUP_MENU);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/menu-cafe.csv");
  g_autoptr (JsonNode) answer =
      osy_json_parse (osc_scenes_import_report, strlen (osc_scenes_import_report), NULL);
  GtkWidget *import;

  osc_setup_menu_load (OSC_SETUP_MENU (step), file);
  osc_fixture_spin (50);
  import = UNDER (setup, OSC_TYPE_MENU_IMPORT);
  osc_import_take (osc_menu_import_model (OSC_MENU_IMPORT (import)), answer, TRUE);
}

static void
show_sound (OscWindow *window, OscContext *context)
{
  osc_fixture_menu (context->menu);
  open_setup (window, context, "DDDOOO");
}

static GtkWidget *
sound_check (GtkWidget *setup)
{
  return osc_setup_sound_check (OSC_SETUP_SOUND (UNDER (setup, OSC_TYPE_SETUP_SOUND)));
}

static void
show_trouble (OscWindow *window, OscContext *context)
{
  static const char *const names[] = {"내장 오디오 아날로그 스테레오", "USB Audio Speaker", NULL};
  GtkWidget *check;

  osc_fixture_menu (context->menu);
  check = sound_check (open_setup (window, context, "DSDOOO"));
  osc_sound_check_play (OSC_SOUND_CHECK (check));
  osc_sound_check_show_trouble (OSC_SOUND_CHECK (check));
  osc_sound_check_take_devices (OSC_SOUND_CHECK (check), names);
}

static void
show_printer (OscWindow *window, OscContext *context)
{
  osc_fixture_menu (context->menu);
  osc_fixture_printers (context->printers, FALSE);
  open_setup (window, context, "DDDDOO");
}

static void
show_printer_there (OscWindow *window, OscContext *context)
{
  osc_fixture_menu (context->menu);
  osc_fixture_printers (context->printers, TRUE);
  open_setup (window, context, "DDDDOO");
}

static void
put_practice (OscContext *context, const char *status)
{
  OsyOrderData *data = osc_fixture_order (1, status, "TAKEOUT", 65);
  g_autoptr (OsyOrder) order = NULL;

  data->practice = TRUE;
  osc_fixture_line (data, "떡볶이", 1, 4500, "순한맛");
  order = osy_order_new (data);
  osc_order_store_put (context->orders, order, "order.placed");
}

static void
show_first (OscWindow *window, OscContext *context)
{
  osc_fixture_menu (context->menu);
  open_setup (window, context, "DDDDDO");
}

static void
show_cooking (OscWindow *window, OscContext *context)
{
  osc_fixture_menu (context->menu);
  put_practice (context, OSY_ORDER_ACCEPTED);
  open_setup (window, context, "DDDDDO");
}

static void
show_arrival (OscWindow *window, OscContext *context)
{
  osc_fixture_menu (context->menu);
  open_setup (window, context, "DDDDDO");
  put_practice (context, OSY_ORDER_PENDING);
}

static void
show_end (OscWindow *window, OscContext *context)
{
  osc_fixture_menu (context->menu);
  open_setup (window, context, "DSDSSD");
}

static void
show_tasks (OscWindow *window, OscContext *context)
{
  osc_fixture_steps (context->shop, "DSSSOO");
  osc_scenes_open_shell (window, context);
}

const OscScene osc_scenes_setup[] = {
    {"setup-shop", show_shop},       {"setup-code", show_code},
    {"setup-number", show_number},   {"setup-menu", show_ways},
    {"setup-table", show_table},     {"setup-import", show_import},
    {"setup-sound", show_sound},     {"setup-trouble", show_trouble},
    {"setup-printer", show_printer}, {"setup-printers", show_printer_there},
    {"setup-first", show_first},     {"setup-arrival", show_arrival},
    {"setup-cooking", show_cooking}, {"setup-end", show_end},
    {"setup-tasks", show_tasks},     {.name = NULL},
};
