/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tickets and set-ups as data: nothing is lost on the way, routes are chosen by rank, and only what
 * is wanted now is counted. */

#include <string.h>

#include "osy-error.h"
#include "osy-json.h"
#include "osy-kitchen-setup.h"
#include "osy-kitchen-ticket.h"

/* JSON as it is easily read: ' stands for ", @ for what ids begin with. */
#define ID(n) "0190b0de-0000-7000-8000-0000000000" n

static const char full_ticket[] =
    "{'id':'@01','order_id':'@02','order_number':45,'order_type':'DINE_IN','channel':'COUNTER',"
    "'order_status':'PREPARING','table':{'id':'@03','number':'7'},'moved_from':['5'],"
    "'guest_count':4,'station_id':'@04','stage':'PREP','state':'OPEN','priority':true,"
    "'practice':false,'sent_at':'2026-11-21T03:00:00.000000Z',"
    "'promised_at':'2026-11-21T03:20:00.000000Z','shown_at':'2026-11-21T03:00:01.000000Z',"
    "'touched_at':'2026-11-21T03:00:02.000000Z','bumped_at':'2026-11-21T03:00:03.000000Z',"
    "'timer_from':'2026-11-21T03:00:04.000000Z','recalled':2,'note':'빨리','courses':["
    "{'course':1,'state':'FIRED','fired_at':'2026-11-21T03:00:00.000000Z'},"
    "{'course':2,'state':'HELD'}],'lines':[{'line_id':'@05','name':'로제떡볶이',"
    "'kitchen_name':'로제','options':[{'name':'곱빼기','quantity':1},{'item_id':'@08','name':'순대'"
    ",'quantity':1}],'note':'덜 맵게',"
    "'allergens':['우유'],'course':2,'seat':3,'quantity_sent':3,'quantity_waiting':1,"
    "'quantity_made':1,'quantity_voided':1,'prep_minutes':8,'changes':[{'id':'@06',"
    "'kind':'VOIDED','quantity':1,'at':'2026-11-21T03:01:00.000000Z'}]}],'changes':[{'id':'@07',"
    "'kind':'MOVED','quantity':0,'text':'5→7','at':'2026-11-21T03:02:00.000000Z',"
    "'seen_at':'2026-11-21T03:03:00.000000Z'}],'version':9}";

static char *
spell (const char *easy)
{
  GString *text = g_string_new (easy);

  g_string_replace (text, "'", "\"", 0);
  g_string_replace (text, "@", ID (""), 0);
  return g_string_free (text, FALSE);
}

static JsonNode *
parse (const char *easy)
{
  g_autofree char *text = spell (easy);
  g_autoptr (GError) error = NULL;
  JsonNode *node = osy_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return node;
}

static void
test_round_trip (void)
{
  g_autoptr (JsonNode) node = parse (full_ticket);
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKitchenTicket) ticket = osy_kitchen_ticket_from_json (node, &error);

  g_assert_no_error (error);
  g_autoptr (JsonNode) again = osy_kitchen_ticket_to_json (ticket);
  g_autofree char *text = osy_json_print (again);
  g_autofree char *wanted = spell (full_ticket);
  g_assert_cmpstr (text, ==, wanted);
  g_assert_true (osy_kitchen_ticket_has_unseen (osy_kitchen_ticket_data (ticket)));
}

static void
test_refused (void)
{
  static const char *const faults[][2] = {
      {"'OPEN'", "'AJAR'"},
      {"'order_number':45", "'order_number':'45'"},
      {"'quantity_made':1", "'quantity_made':-1"},
      {"'course':2,'seat'", "'course':10,'seat'"},
      {"'VOIDED'", "'BURNT'"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autoptr (GString) text = g_string_new (full_ticket);
    g_assert_cmpuint (g_string_replace (text, faults[i][0], faults[i][1], 1), ==, 1);
    g_autoptr (JsonNode) node = parse (text->str);
    g_autoptr (GError) error = NULL;
    g_assert_null (osy_kitchen_ticket_from_json (node, &error));
    g_assert_error (error, OSY_ERROR, OSY_ERROR_INVALID_REQUEST);
  }
}

/* ---- counting ---- */

typedef struct {
  const char *order_id;
  const char *stage;
  const char *state;
  const char *course_state;
  const char *name;
  gint64 waiting;
} Row;

static OsyKitchenTicket *
make_ticket (const Row *row)
{
  OsyKitchenTicketData *data = osy_kitchen_ticket_data_new ();
  OsyKitchenCourse *course = g_new0 (OsyKitchenCourse, 1);
  OsyKitchenLine *line = osy_kitchen_line_new ();

  data->order_id = g_strdup (row->order_id);
  data->stage = g_strdup (row->stage);
  data->state = g_strdup (row->state);
  course->course = line->course = 1;
  course->state = g_strdup (row->course_state);
  line->name = g_strdup (row->name);
  line->quantity_waiting = row->waiting;
  g_ptr_array_add (data->courses, course);
  g_ptr_array_add (data->lines, line);
  return osy_kitchen_ticket_new (data);
}

static void
test_counts (void)
{
  static const Row rows[] = {
      {"a", OSY_TICKET_PREP, OSY_TICKET_OPEN, OSY_COURSE_FIRED, "김밥", 1},
      {"a", OSY_TICKET_PREP, OSY_TICKET_OPEN, OSY_COURSE_FIRED, "라면", 2},
      {"b", OSY_TICKET_PREP, OSY_TICKET_OPEN, OSY_COURSE_FIRED, "라면", 3},
      {"b", OSY_TICKET_PREP, OSY_TICKET_OPEN, OSY_COURSE_FIRED, "라면", 1},
      {"c", OSY_TICKET_PREP, OSY_TICKET_OPEN, OSY_COURSE_HELD, "라면", 10},
      {"d", OSY_TICKET_EXPO, OSY_TICKET_OPEN, OSY_COURSE_FIRED, "라면", 10},
      {"e", OSY_TICKET_PREP, OSY_TICKET_BUMPED, OSY_COURSE_FIRED, "라면", 10},
      {"f", OSY_TICKET_PREP, OSY_TICKET_OPEN, OSY_COURSE_DONE, "국수", 0},
  };
  g_autoptr (GPtrArray) tickets = g_ptr_array_new_with_free_func (g_object_unref);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_ptr_array_add (tickets, make_ticket (&rows[i]));
  g_autoptr (GPtrArray) counts = osy_kitchen_count_all (tickets);
  g_assert_cmpuint (counts->len, ==, 2);
  const OsyKitchenCount *most = g_ptr_array_index (counts, 0);
  g_assert_cmpstr (most->name, ==, "라면");
  g_assert_cmpint (most->quantity, ==, 6);
  g_assert_cmpuint (most->order_ids->len, ==, 2);
  g_assert_cmpint (((OsyKitchenCount *)g_ptr_array_index (counts, 1))->quantity, ==, 1);
}

/* ---- routing ---- */

static const char setup_text[] =
    "{'version':3,'stations':["
    "{'id':'@a1','name':'불판','position':0,'language':'ko','is_expo':false,"
    "'parallel':4,'dish_minutes':0},"
    "{'id':'@a2','name':'Fry','position':1,'language':'en','is_expo':false,'printer_id':'@b1',"
    "'parallel':6,'dish_minutes':7},"
    "{'id':'@a3','name':'나감','position':2,'language':'ko','is_expo':true,"
    "'parallel':6,'dish_minutes':0}],'routes':["
    "{'kind':'CATEGORY','target_id':'@c1','station_id':'@a1'},"
    "{'kind':'ITEM','target_id':'@d1','station_id':'@a2'},"
    "{'kind':'OPTION','target_id':'@e1','station_id':'@a1'}],"
    "'auto_fire':true,'unrouted':[{'id':'@d9','name':'물'}]}";

static const char *
route (const OsyKitchenSetup *setup,
       const char *item,
       const char *category,
       const char *named,
       const char *option)
{
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  const OsyKitchenWay way = {item, category, named, options};

  g_ptr_array_add (options, (char *)ID ("e9"));
  if (option != NULL)
    g_ptr_array_add (options, (char *)option);
  const OsyKitchenStation *station = osy_kitchen_setup_route (setup, &way);
  return station != NULL ? station->name : NULL;
}

static void
test_setup (void)
{
  g_autoptr (JsonNode) node = parse (setup_text);
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_from_json (node, &error);

  g_assert_no_error (error);
  g_autoptr (JsonNode) again = osy_kitchen_setup_to_json (setup);
  g_autofree char *text = osy_json_print (again);
  g_autofree char *wanted = spell (setup_text);
  g_assert_cmpstr (text, ==, wanted);
  g_assert_cmpstr (osy_kitchen_setup_expo (setup)->name, ==, "나감");
  g_assert_null (osy_kitchen_setup_fallback (setup)); /* two stations cook */
  setup->default_station_id = g_strdup (ID ("a2"));
  g_assert_cmpstr (osy_kitchen_setup_fallback (setup)->name, ==, "Fry");
  g_clear_pointer (&setup->default_station_id, g_free);
  g_ptr_array_remove_index (setup->stations, 1);
  g_assert_cmpstr (osy_kitchen_setup_fallback (setup)->name, ==, "불판");
}

static void
test_route (void)
{
  g_autoptr (JsonNode) node = parse (setup_text);
  g_autoptr (OsyKitchenSetup) setup = osy_kitchen_setup_from_json (node, NULL);

  g_assert_cmpstr (route (setup, ID ("d1"), ID ("c1"), "불판", ID ("e1")), ==, "불판");
  g_assert_cmpstr (route (setup, ID ("d1"), ID ("c1"), "불판", NULL), ==, "Fry");
  g_assert_cmpstr (route (setup, ID ("d2"), ID ("c1"), "Fry", NULL), ==, "Fry");
  g_assert_cmpstr (route (setup, ID ("d2"), ID ("c1"), "어디", NULL), ==, "불판");
  g_assert_null (route (setup, ID ("d2"), ID ("c2"), NULL, NULL));
  g_assert_null (route (setup, ID ("d2"), NULL, "나감", NULL)); /* nothing is cooked at the expo */
}

/* ---- the board ---- */

static void
test_board (void)
{
  g_autofree char *text = g_strdup_printf (
      "{'tickets':[%s],'stations':[{'id':'@04','name':'불판','language':'ko','is_expo':false,"
      "'open':1,'late':1}],'all_day':[],'server_time':'2026-11-21T03:30:00.000000Z'}",
      full_ticket);
  g_autoptr (JsonNode) node = parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (OsyKitchenBoard) board = osy_kitchen_board_from_json (node, &error);

  g_assert_no_error (error);
  g_autoptr (JsonNode) again = osy_kitchen_board_to_json (board);
  g_autofree char *printed = osy_json_print (again);
  g_autofree char *wanted = spell (text);
  g_assert_cmpstr (printed, ==, wanted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kitchen/ticket/round-trip", test_round_trip);
  g_test_add_func ("/kitchen/ticket/refused", test_refused);
  g_test_add_func ("/kitchen/ticket/counts", test_counts);
  g_test_add_func ("/kitchen/setup/round-trip", test_setup);
  g_test_add_func ("/kitchen/setup/route", test_route);
  g_test_add_func ("/kitchen/board", test_board);
  return g_test_run ();
}
