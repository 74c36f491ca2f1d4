/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of a call that nobody answers, and of the sound that is asked for once a day. */

#include <glib/gi18n.h>

#include "find.h"
#include "osc-scenes.h"
#include "osc-sound-ask.h"
#include "osc-sound-check.h"

/* @arrival: with the newest order over the board. */
static OscShell *
open_board (OscWindow *window, OscContext *context, gboolean arrival)
{
  OscShell *shell;

  osc_fixture_typical (context->orders);
  shell = osc_scenes_open_shell (window, context);
  while (!arrival && osc_arrival_queue_current (osc_shell_queue (shell)) != NULL)
    osc_arrival_queue_later (osc_shell_queue (shell));
  return shell;
}

/* The sound is off, and so it flashes from the first second on. */
static void
show_flash_new (OscWindow *window, OscContext *context)
{
  g_autofree char *words = g_strdup_printf (_ ("Sound off %u:%02u"), 3, 20);

  open_board (window, context, TRUE);
  osc_chip_set (osc_strip_sound (osc_window_strip (window)), OSC_CHIP_WARNING, words);
  osc_window_set_flash (window, OSC_FLASH_NEW);
}

static void
show_flash_soon (OscWindow *window, OscContext *context)
{
  open_board (window, context, TRUE);
  osc_window_set_flash (window, OSC_FLASH_SOON);
}

static void
show_flash_late (OscWindow *window, OscContext *context)
{
  open_board (window, context, FALSE);
  osc_window_set_flash (window, OSC_FLASH_LATE);
}

static OscSoundAsk *
open_ask (OscWindow *window, OscContext *context)
{
  g_autoptr (OscAlarm) alarm = osc_alarm_new ();
  GtkWidget *ask = osc_sound_ask_new (alarm);

  osc_shell_set_ask (open_board (window, context, FALSE), ask);
  osc_sound_ask_begin (OSC_SOUND_ASK (ask));
  return OSC_SOUND_ASK (ask);
}

static void
show_ask (OscWindow *window, OscContext *context)
{
  open_ask (window, context);
}

static void
show_help (OscWindow *window, OscContext *context)
{
  static const char *const names[] = {"내장 스피커", "HDMI / DisplayPort", NULL};
  GtkWidget *sheet = osc_sound_ask_help (open_ask (window, context));

  osc_chip_set (osc_strip_sound (osc_window_strip (window)), OSC_CHIP_FAULT, _ ("Not heard"));
  osc_fixture_spin (100);
  osc_sound_check_take_devices (
      OSC_SOUND_CHECK (find (sheet, is_of_type, GSIZE_TO_POINTER (OSC_TYPE_SOUND_CHECK))), names);
}

/* @away: bits 1 << OscOutage */
static void
show_away (OscWindow *window, OscContext *context, guint away)
{
  OscShell *shell = open_board (window, context, FALSE);

  for (guint i = 0; i < OSC_N_OUTAGES; i++)
    if ((away & (1U << i)) != 0)
      osc_shell_set_outage (shell, (OscOutage)i, TRUE);
}

static void
show_no_server (OscWindow *window, OscContext *context)
{
  show_away (window, context, 1U << OSC_OUTAGE_SERVER);
  osc_chip_set (osc_strip_connection (osc_window_strip (window)), OSC_CHIP_FAULT,
                _ ("Reconnecting"));
}

static void
show_no_database (OscWindow *window, OscContext *context)
{
  show_away (window, context, 1U << OSC_OUTAGE_DATABASE);
}

static void
show_no_payments (OscWindow *window, OscContext *context)
{
  show_away (window, context, 1U << OSC_OUTAGE_PAYMENTS);
}

static void
show_several_away (OscWindow *window, OscContext *context)
{
  show_away (window, context,
             1U << OSC_OUTAGE_PRINTER | 1U << OSC_OUTAGE_SOUND | 1U << OSC_OUTAGE_DISK);
  osc_chip_set (osc_strip_sound (osc_window_strip (window)), OSC_CHIP_FAULT, _ ("No sound device"));
}

const OscScene osc_scenes_call[] = {
    {"away-database", show_no_database}, {"away-payments", show_no_payments},
    {"away-server", show_no_server},     {"away-several", show_several_away},
    {"flash-late", show_flash_late},     {"flash-new", show_flash_new},
    {"flash-soon", show_flash_soon},     {"sound-ask", show_ask},
    {"sound-help", show_help},           {NULL, NULL},
};
