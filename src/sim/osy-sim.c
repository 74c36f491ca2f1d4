/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* ordersync-sim: stand-ins for the people and services around a shop, for the demo and for tests.
 */

#include "config.h"

#include <locale.h>

#include "osy-sim-command.h"

static const struct {
  const char *name;
  const char *help;
  int (*run) (int argc, char **argv);
} commands[] = {
    {"channel", "A delivery platform that sends orders", osy_sim_channel},
    {"guests", "Guests that order and staff that serve them", osy_sim_guests},
    {"messages", "What alerts are sent to: Slack, PagerDuty, SendGrid, Aligo", osy_sim_message},
    {"printer", "A receipt printer", osy_sim_printer},
    {"rider", "Kakao Mobility's riders", osy_sim_rider},
    {"toss", "Toss Payments", osy_sim_toss},
};

static void
print_help (void)
{
  g_print ("Usage: ordersync-sim COMMAND [OPTION…]\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-8s %s\n", commands[i].name, commands[i].help);
  g_print ("\nordersync-sim COMMAND --help tells the options.\n");
}

int
main (int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : "";

  setlocale (LC_ALL, "C.UTF-8");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (word, commands[i].name))
      return commands[i].run (argc - 1, argv + 1);
  if (g_str_equal (word, "--version")) {
    g_print ("ordersync-sim %s\n", OSY_VERSION);
    return 0;
  }
  if (g_str_equal (word, "--help")) {
    print_help ();
    return 0;
  }
  g_printerr ("ordersync-sim: Say what to simulate: see \"ordersync-sim --help\".\n");
  return 2;
}
