/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What the daemon tells of people, read strictly. */

#include "osc-people-data.h"

#include "osy-json.h"

#define MAX_ROWS 1000
#define LONG_TEXT 1000

/* Reads one element of an array into a new row. */
typedef gpointer (*ReadRow) (OsyJsonReader *reader);

static char *
dup_text (OsyJsonReader *reader, const char *name)
{
  return g_strdup (osy_json_reader_opt_string (reader, name, 0, LONG_TEXT));
}

static char *
dup_role (OsyJsonReader *reader)
{
  return g_strdup (osy_json_reader_string (reader, "role", 1, 20));
}

static GPtrArray *
read_rows (OsyJsonReader *reader, const char *name, ReadRow read, GDestroyNotify row_free)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  guint n = osy_json_reader_opt_array (reader, name, MAX_ROWS);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, read (osy_json_reader_element (reader, name, i)));
  return rows;
}

static GPtrArray *
read_list (JsonNode *answer,
           const char *name,
           ReadRow read,
           GDestroyNotify row_free,
           GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (answer);
  g_autoptr (GPtrArray) rows = NULL;

  osy_json_reader_ignore_unknown (reader);
  rows = read_rows (reader, name, read, row_free);
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&rows) : NULL;
}

/* ---- the person ---- */

static gpointer
read_membership (OsyJsonReader *reader)
{
  OscMembership *shop = g_new0 (OscMembership, 1);

  shop->id = g_strdup (osy_json_reader_id (reader, "restaurant_id"));
  shop->name = dup_text (reader, "restaurant_name");
  shop->role = dup_role (reader);
  return shop;
}

static void
membership_free (gpointer data)
{
  OscMembership *shop = data;

  g_free (shop->id);
  g_free (shop->name);
  g_free (shop->role);
  g_free (shop);
}

static GStrv
read_permissions (OsyJsonReader *reader)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n = osy_json_reader_opt_array (reader, "permissions", MAX_ROWS);

  for (guint i = 0; i < n; i++)
    g_strv_builder_add (names, osy_json_reader_element_string (reader, "permissions", i, 1, 100));
  return g_strv_builder_end (names);
}

OscPerson *
osc_people_data_person (JsonNode *answer, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (answer);
  g_autoptr (OscPerson) person = g_new0 (OscPerson, 1);
  OsyJsonReader *shop;

  osy_json_reader_ignore_unknown (reader);
  shop = osy_json_reader_object (reader, "restaurant");
  person->user_id = g_strdup (osy_json_reader_opt_id (reader, "user_id"));
  person->name = dup_text (reader, "name");
  person->role = dup_role (reader);
  person->shop_id = g_strdup (osy_json_reader_id (shop, "id"));
  person->shop_name = dup_text (shop, "name");
  person->permissions = read_permissions (reader);
  person->shops = read_rows (reader, "memberships", read_membership, membership_free);
  /* A screen of the shop calls itself by its own id, and works nowhere else. */
  if (person->shops->len == 0)
    g_clear_pointer (&person->user_id, g_free);
  person->totp = osy_json_reader_opt_bool (reader, "totp", FALSE);
  person->pin = osy_json_reader_opt_bool (reader, "pin", FALSE);
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&person) : NULL;
}

void
osc_people_data_person_free (OscPerson *person)
{
  g_free (person->user_id);
  g_free (person->name);
  g_free (person->role);
  g_free (person->shop_id);
  g_free (person->shop_name);
  g_strfreev (person->permissions);
  g_clear_pointer (&person->shops, g_ptr_array_unref);
  g_free (person);
}

/* ---- sign-ins ---- */

static gpointer
read_sign_in (OsyJsonReader *reader)
{
  OscSignIn *row = g_new0 (OscSignIn, 1);

  row->id = g_strdup (osy_json_reader_id (reader, "id"));
  row->client = dup_text (reader, "client");
  row->current = osy_json_reader_opt_bool (reader, "current", FALSE);
  row->created_at = osy_json_reader_opt_time (reader, "created_at");
  row->last_used_at = osy_json_reader_opt_time (reader, "last_used_at");
  return row;
}

static void
sign_in_free (gpointer data)
{
  OscSignIn *row = data;

  g_free (row->id);
  g_free (row->client);
  g_free (row);
}

GPtrArray *
osc_people_data_sign_ins (JsonNode *answer, GError **error)
{
  return read_list (answer, "sessions", read_sign_in, sign_in_free, error);
}

/* ---- staff ---- */

static gpointer
read_staff (OsyJsonReader *reader)
{
  OscStaff *row = g_new0 (OscStaff, 1);
  OsyJsonReader *invitation = osy_json_reader_opt_object (reader, "invitation");

  row->id = g_strdup (invitation != NULL ? osy_json_reader_id (invitation, "id")
                                         : osy_json_reader_id (reader, "user_id"));
  row->name = dup_text (reader, "name");
  row->email = dup_text (reader, "email");
  row->role = dup_role (reader);
  row->pin = osy_json_reader_opt_bool (reader, "pin", FALSE);
  row->totp = osy_json_reader_opt_bool (reader, "totp", FALSE);
  row->version = osy_json_reader_opt_int (reader, "version", 0, G_MAXINT32, 0);
  row->since = osy_json_reader_opt_time (reader, "since");
  row->invited = invitation != NULL;
  if (invitation != NULL)
    row->invited_until = osy_json_reader_opt_time (invitation, "expires_at");
  return row;
}

static void
staff_free (gpointer data)
{
  OscStaff *row = data;

  g_free (row->id);
  g_free (row->name);
  g_free (row->email);
  g_free (row->role);
  g_free (row);
}

GPtrArray *
osc_people_data_staff (JsonNode *answer, GError **error)
{
  return read_list (answer, "staff", read_staff, staff_free, error);
}

static gpointer
read_helper (OsyJsonReader *reader)
{
  OscStaff *row = g_new0 (OscStaff, 1);

  row->id = g_strdup (osy_json_reader_id (reader, "user_id"));
  row->name = dup_text (reader, "name");
  row->role = dup_role (reader);
  row->pin = TRUE;
  return row;
}

GPtrArray *
osc_people_data_helpers (JsonNode *answer, GError **error)
{
  return read_list (answer, "people", read_helper, staff_free, error);
}

/* ---- screens ---- */

static gpointer
read_device (OsyJsonReader *reader)
{
  OscDevice *row = g_new0 (OscDevice, 1);

  row->id = g_strdup (osy_json_reader_id (reader, "id"));
  row->name = dup_text (reader, "name");
  row->role = dup_role (reader);
  row->paired = osy_json_reader_opt_time (reader, "paired_at") != 0;
  row->created_at = osy_json_reader_opt_time (reader, "created_at");
  row->last_seen_at = osy_json_reader_opt_time (reader, "last_seen_at");
  return row;
}

static void
device_free (gpointer data)
{
  OscDevice *row = data;

  g_free (row->id);
  g_free (row->name);
  g_free (row->role);
  g_free (row);
}

GPtrArray *
osc_people_data_devices (JsonNode *answer, GError **error)
{
  return read_list (answer, "devices", read_device, device_free, error);
}
