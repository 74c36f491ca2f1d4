/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invented tickets of the kitchen. */

#include <string.h>

#include "osc-fixture.h"
#include "osy-clock.h"
#include "osy-json.h"

#define STATIONS                                                                                       \
  "[{\"id\":\"00000000-0000-7000-8000-00000000000a\",\"name\":\"면·국물\",\"open\":0,\"late\":0}," \
  "{\"id\":\"00000000-0000-7000-8000-00000000000b\",\"name\":\"튀김\",\"open\":0,\"late\":0},"       \
  "{\"id\":\"00000000-0000-7000-8000-00000000000c\",\"name\":\"김밥\",\"open\":0,\"late\":0}]"

static char *
id_of (int kind, int number)
{
  return g_strdup_printf ("%08d-0000-7000-8000-%012d", kind, number);
}

static void
set_id (JsonObject *object, const char *name, int kind, int number)
{
  g_autofree char *id = id_of (kind, number);

  json_object_set_string_member (object, name, id);
}

static void
set_time (JsonObject *object, const char *name, gint64 at)
{
  g_autofree char *text = osy_clock_format (at);

  json_object_set_string_member (object, name, text);
}

static JsonObject *
make_change (int number, const char *kind, gint64 quantity)
{
  JsonObject *change = json_object_new ();

  set_id (change, "id", 3, number);
  json_object_set_string_member (change, "kind", kind);
  json_object_set_int_member (change, "quantity", quantity);
  set_time (change, "at", osy_clock_now ());
  return change;
}

static JsonArray *
make_options (const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names != NULL ? names : "", ",", -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; parts[i] != NULL && parts[i][0] != '\0'; i++) {
    JsonObject *option = json_object_new ();

    json_object_set_string_member (option, "name", parts[i]);
    json_object_set_int_member (option, "quantity", 1);
    json_array_add_object_element (array, option);
  }
  return array;
}

/* @text: "+2 떡볶이|보통맛|덜 맵게" */
static JsonObject *
make_line (const char *text, int number)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", 3);
  const char *c = parts[0];
  JsonObject *line = json_object_new ();
  JsonArray *changes = json_array_new ();
  int course = 1;
  gboolean voided = *c == 'x';
  gboolean made = *c == '*';
  gboolean added = *c == '+';

  c += voided || made || added;
  if (c[1] == '>') {
    course = c[0] - '0';
    c += 2;
  }
  gint64 quantity = g_ascii_strtoll (c, NULL, 10);
  if (voided || added)
    json_array_add_object_element (changes,
                                   make_change (number, voided ? "VOIDED" : "ADDED", quantity));
  set_id (line, "line_id", 2, number);
  json_object_set_string_member (line, "name", strchr (c, ' ') + 1);
  json_object_set_array_member (line, "options", make_options (parts[1]));
  if (parts[1] != NULL && parts[2] != NULL)
    json_object_set_string_member (line, "note", parts[2]);
  json_object_set_array_member (line, "allergens", json_array_new ());
  json_object_set_int_member (line, "course", course);
  json_object_set_int_member (line, "quantity_sent", quantity);
  json_object_set_int_member (line, "quantity_waiting", voided || made ? 0 : quantity);
  json_object_set_int_member (line, "quantity_made", made ? quantity : 0);
  json_object_set_int_member (line, "quantity_voided", voided ? quantity : 0);
  json_object_set_int_member (line, "prep_minutes", 12);
  json_object_set_array_member (line, "changes", changes);
  return line;
}

static JsonArray *
make_courses (const char *lines, gint64 at)
{
  JsonArray *courses = json_array_new ();

  for (int course = 1; course <= (strstr (lines, "2>") != NULL ? 2 : 1); course++) {
    JsonObject *one = json_object_new ();

    json_object_set_int_member (one, "course", course);
    json_object_set_string_member (one, "state", course == 1 ? "FIRED" : "HELD");
    if (course == 1)
      set_time (one, "fired_at", at);
    json_array_add_object_element (courses, one);
  }
  return courses;
}

static void
set_place (JsonObject *ticket, const char *where)
{
  gboolean is_table = g_ascii_isdigit (where[0]);
  JsonObject *table = is_table ? json_object_new () : NULL;

  json_object_set_string_member (ticket, "order_type", is_table ? "DINE_IN" : where);
  if (table == NULL)
    return;
  set_id (table, "id", 5, 1);
  json_object_set_string_member (table, "number", where);
  json_object_set_object_member (ticket, "table", table);
}

JsonNode *
osc_fixture_ticket (int number, const char *where, int age, int promise, const char *lines)
{
  g_auto (GStrv) parts = g_strsplit (lines, ";", -1);
  gint64 at = osy_clock_now () - (gint64)age * G_USEC_PER_SEC;
  JsonObject *ticket = json_object_new ();
  JsonArray *array = json_array_new ();

  set_id (ticket, "id", 1, number);
  set_id (ticket, "order_id", 4, number);
  json_object_set_int_member (ticket, "order_number", number);
  set_place (ticket, where);
  json_object_set_string_member (ticket, "channel", "COUNTER");
  json_object_set_string_member (ticket, "order_status", "PREPARING");
  json_object_set_array_member (ticket, "moved_from", json_array_new ());
  json_object_set_string_member (ticket, "station_id",
                                 number % 3 == 0   ? "00000000-0000-7000-8000-00000000000a"
                                 : number % 3 == 1 ? "00000000-0000-7000-8000-00000000000b"
                                                   : "00000000-0000-7000-8000-00000000000c");
  json_object_set_string_member (ticket, "stage", "PREP");
  json_object_set_string_member (ticket, "state", "OPEN");
  json_object_set_boolean_member (ticket, "priority", FALSE);
  json_object_set_boolean_member (ticket, "practice", FALSE);
  set_time (ticket, "sent_at", at);
  set_time (ticket, "timer_from", at);
  set_time (ticket, "promised_at", at + (gint64)promise * 60 * G_USEC_PER_SEC);
  json_object_set_int_member (ticket, "recalled", 0);
  json_object_set_array_member (ticket, "courses", make_courses (lines, at));
  for (int i = 0; parts[i] != NULL; i++)
    json_array_add_object_element (array, make_line (parts[i], number * 100 + i));
  json_object_set_array_member (ticket, "lines", array);
  json_object_set_array_member (ticket, "changes", json_array_new ());
  json_object_set_int_member (ticket, "version", 1);
  return osy_json_take_object (ticket);
}

void
osc_fixture_ticket_set (JsonNode *ticket, const char *member, const char *text)
{
  JsonObject *object = json_node_get_object (ticket);

  json_object_set_int_member (object, "version",
                              json_object_get_int_member (object, "version") + 1);
  json_object_set_string_member (object, member, text);
}

static const struct {
  int number;
  const char *where;
  int age;
  int promise;
  const char *lines;
} typical[] = {
    {45, "3", 1030, 15, "*1 돈까스;1 김치찌개|고기 많이"},
    {47, "DELIVERY", 695, 15, "2 떡볶이|보통맛;2 순대||간 빼 주세요"},
    {48, "5", 635, 15, "2 비빔밥|고추장 따로,반숙;1 된장찌개||덜 짜게;x1 김치전"},
    {49, "TAKEOUT", 485, 15, "4 김밥|단무지 빼고 2;*1 어묵탕"},
    {50, "1", 408, 15, "2 라면|계란 1,꼬들;1 김밥"},
    {51, "DELIVERY", 330, 20, "1 순두부찌개||새우 알레르기;1 공깃밥"},
    {52, "9", 250, 15, "3 잔치국수|1개 곱빼기"},
    {53, "TAKEOUT", 202, 15, "1 모둠튀김;1 떡볶이|매운맛"},
    {54, "2", 125, 15, "1 치즈돈까스;+1 공깃밥"},
    {55, "11", 72, 15, "2 김치볶음밥|계란 반숙;1 라면;2>1 식혜"},
};

static void
load (OscKitchenStore *store, JsonArray *tickets)
{
  g_autoptr (GError) error = NULL;
  JsonNode *stations = osy_json_parse (STATIONS, strlen (STATIONS), &error);
  JsonObject *answer = json_object_new ();

  g_assert_no_error (error);
  json_object_set_array_member (answer, "tickets", tickets);
  json_object_set_member (answer, "stations", stations);
  g_autoptr (JsonNode) node = osy_json_take_object (answer);
  osc_kitchen_store_load (store, node);
}

void
osc_fixture_kitchen (OscKitchenStore *store)
{
  JsonArray *tickets = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (typical); i++)
    json_array_add_element (tickets,
                            osc_fixture_ticket (typical[i].number, typical[i].where, typical[i].age,
                                                typical[i].promise, typical[i].lines));
  load (store, tickets);
}

void
osc_fixture_kitchen_peak (OscKitchenStore *store, int count)
{
  JsonArray *tickets = json_array_new ();

  for (int i = 0; i < count; i++) {
    gsize row = (gsize)i % G_N_ELEMENTS (typical);
    const char *lines =
        i % 7 == 2
            ? "2 비빔밥|고추장 따로,반숙;1 된장찌개||덜 짜게;1 김치전;2 라면;1 순대;3 김밥;1 "
              "제육덮밥|밥 많이,국물 따로;2 콜라"
            : typical[row].lines;

    json_array_add_element (
        tickets, osc_fixture_ticket (20 + i, typical[row].where, 1100 - 25 * i, 15, lines));
  }
  load (store, tickets);
}
