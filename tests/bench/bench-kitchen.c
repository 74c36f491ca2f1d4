/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What ./run bench wants to know of the kitchen, over the real store and templates: with forty
 * tickets, from a change of one to the painted frame: usage: bench-kitchen N: N milliseconds. */

#include <locale.h>
#include <stdlib.h>

#include "osc-fixture.h"
#include "osy-clock.h"

#define TICKETS 40

static void
on_painted (GdkFrameClock *clock, guint *frames)
{
  ++*frames;
}

static void
wait_frame (guint *frames)
{
  guint before = *frames;
  gint64 deadline = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;

  while (*frames == before && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char **argv)
{
  int count = argc == 2 ? atoi (argv[1]) : 0;
  guint frames = 0;
  OscContext context;

  setlocale (LC_ALL, "");
  gtk_init ();
  GtkApplication *application = osc_fixture_application ();
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  osc_fixture_context (&context);
  osc_fixture_kitchen_peak (context.kitchen, TICKETS);
  OscWindow *window = osc_window_new (application, 100);
  OscShell *shell = osc_fixture_present (window, &context);
  osc_shell_go (shell, "kitchen", NULL);
  osc_fixture_spin (1000);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &frames);
  for (int i = 0; i < count; i++) {
    g_autoptr (JsonNode) ticket = osc_fixture_ticket (
        21, "7", 1075, 15, i % 2 == 0 ? "*2 떡볶이|보통맛;2 순대" : "2 떡볶이|보통맛;2 순대");
    json_object_set_int_member (json_node_get_object (ticket), "version", i + 2);
    gint64 begin = g_get_monotonic_time ();

    osc_kitchen_store_put (context.kitchen, ticket);
    wait_frame (&frames);
    g_print ("%.2f ", (double)(g_get_monotonic_time () - begin) / 1000);
    osc_fixture_spin (20 + g_random_int_range (0, 17));
  }
  g_print ("\n");
  return 0;
}
