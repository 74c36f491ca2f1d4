/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who hears what, in which order, also when subscribers come and go meanwhile. */

#include "osy-bus.h"

static OsyBus *bus;
static GString *heard;
static guint leaver;

static void
note (const char *topic, gpointer message, gpointer user_data)
{
  g_string_append_printf (heard, "%s:%s ", (const char *)user_data, topic);
}

static void
set_up (void)
{
  bus = osy_bus_new ();
  heard = g_string_new (NULL);
}

static void
expect (const char *wanted)
{
  g_assert_cmpstr (heard->str, ==, wanted);
  g_string_free (heard, TRUE);
  g_object_unref (bus);
}

static void
test_prefix (void)
{
  set_up ();
  osy_bus_subscribe (bus, "order.", note, (gpointer) "o");
  osy_bus_subscribe (bus, "", note, (gpointer) "all");
  osy_bus_subscribe (bus, "order.placed.late", note, (gpointer) "l");
  osy_bus_publish (bus, "order.placed", NULL);
  osy_bus_publish (bus, "orders", NULL);
  expect ("o:order.placed all:order.placed all:orders ");
}

static void
check_message (const char *topic, gpointer message, gpointer user_data)
{
  g_assert_true (message == user_data);
  g_string_append (heard, "ok");
}

static void
test_message (void)
{
  int message = 0;

  set_up ();
  osy_bus_subscribe (bus, "a", check_message, &message);
  osy_bus_publish (bus, "a", &message);
  expect ("ok");
}

static void
leave (const char *topic, gpointer message, gpointer user_data)
{
  note (topic, message, user_data);
  osy_bus_unsubscribe (bus, leaver);
}

static void
test_leave_others (void)
{
  set_up ();
  osy_bus_subscribe (bus, "", leave, (gpointer) "first");
  leaver = osy_bus_subscribe (bus, "", note, (gpointer) "second");
  osy_bus_subscribe (bus, "", note, (gpointer) "third");
  osy_bus_publish (bus, "x", NULL);
  osy_bus_publish (bus, "y", NULL);
  expect ("first:x third:x first:y third:y ");
}

static void
test_leave_oneself (void)
{
  set_up ();
  leaver = osy_bus_subscribe (bus, "", leave, (gpointer) "first");
  osy_bus_subscribe (bus, "", note, (gpointer) "second");
  osy_bus_publish (bus, "x", NULL);
  osy_bus_publish (bus, "y", NULL);
  expect ("first:x second:x second:y ");
}

static void
join (const char *topic, gpointer message, gpointer user_data)
{
  note (topic, message, user_data);
  osy_bus_subscribe (bus, "", note, (gpointer) "new");
}

static void
test_join (void)
{
  set_up ();
  guint id = osy_bus_subscribe (bus, "", join, (gpointer) "old");
  osy_bus_publish (bus, "x", NULL);
  osy_bus_unsubscribe (bus, id);
  osy_bus_publish (bus, "y", NULL);
  expect ("old:x new:y ");
}

static void
publish_more (const char *topic, gpointer message, gpointer user_data)
{
  note (topic, message, user_data);
  if (g_str_equal (topic, "x"))
    osy_bus_publish (bus, "inner", NULL);
}

static void
test_nested (void)
{
  set_up ();
  osy_bus_subscribe (bus, "", publish_more, (gpointer) "a");
  osy_bus_subscribe (bus, "", note, (gpointer) "b");
  osy_bus_publish (bus, "x", NULL);
  expect ("a:x a:inner b:inner b:x ");
}

static void
drop_bus (const char *topic, gpointer message, gpointer user_data)
{
  g_string_append (heard, "dropped ");
  g_clear_object (&bus);
}

static void
test_dropped_meanwhile (void)
{
  set_up ();
  OsyBus *present = bus;
  osy_bus_subscribe (bus, "", drop_bus, NULL);
  osy_bus_subscribe (bus, "", note, (gpointer) "after");
  osy_bus_publish (present, "x", NULL);
  g_assert_cmpstr (heard->str, ==, "dropped after:x ");
  g_string_free (heard, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bus/prefix", test_prefix);
  g_test_add_func ("/bus/message", test_message);
  g_test_add_func ("/bus/leave-others", test_leave_others);
  g_test_add_func ("/bus/leave-oneself", test_leave_oneself);
  g_test_add_func ("/bus/join", test_join);
  g_test_add_func ("/bus/nested", test_nested);
  g_test_add_func ("/bus/dropped-meanwhile", test_dropped_meanwhile);
  return g_test_run ();
}
