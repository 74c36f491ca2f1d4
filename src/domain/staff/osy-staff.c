/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The people of a shop as clients see them, who may give which role, and invitation codes. */

#include "osy-staff.h"

#include <string.h>

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"

#define MAX_STAFF 1000
#define CODE_LETTERS "23456789ABCDEFGHJKLMNPQRSTUVWXYZ" /* 32: five bits each */
#define CODE_SIZE 12
#define CODE_GROUP 4

OsyStaffMember *
osy_staff_member_new (void)
{
  return g_new0 (OsyStaffMember, 1);
}

void
osy_staff_member_free (OsyStaffMember *self)
{
  g_free (self->user_id);
  g_free (self->name);
  g_free (self->email);
  g_free (self->invitation_id);
  g_free (self);
}

static void
set_time (JsonObject *object, const char *name, gint64 time)
{
  g_autofree char *text = osy_clock_format (time);

  json_object_set_string_member (object, name, text);
}

static JsonObject *
invitation_to_json (const OsyStaffMember *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->invitation_id);
  set_time (object, "expires_at", self->invitation_until);
  return object;
}

JsonNode *
osy_staff_member_to_json (const OsyStaffMember *self)
{
  JsonObject *object = json_object_new ();

  if (self->user_id != NULL)
    json_object_set_string_member (object, "user_id", self->user_id);
  if (self->name != NULL)
    json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "email", self->email);
  json_object_set_string_member (object, "role", osy_role_name (self->role));
  json_object_set_boolean_member (object, "pin", self->pin);
  json_object_set_boolean_member (object, "totp", self->totp);
  json_object_set_int_member (object, "version", self->version);
  set_time (object, "since", self->since);
  if (self->invitation_id != NULL)
    json_object_set_object_member (object, "invitation", invitation_to_json (self));
  return osy_json_take_object (object);
}

JsonNode *
osy_staff_list_to_json (GPtrArray *members)
{
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < members->len; i++)
    json_array_add_element (array, osy_staff_member_to_json (members->pdata[i]));
  json_object_set_array_member (object, "staff", array);
  return osy_json_take_object (object);
}

static OsyStaffMember *
read_member (OsyJsonReader *row)
{
  OsyStaffMember *self = osy_staff_member_new ();
  const char *role = osy_json_reader_string (row, "role", 1, 20);
  OsyJsonReader *invitation = osy_json_reader_opt_object (row, "invitation");

  self->user_id = g_strdup (osy_json_reader_opt_id (row, "user_id"));
  self->name = g_strdup (osy_json_reader_opt_string (row, "name", 0, 100));
  self->email = g_strdup (osy_json_reader_string (row, "email", 0, 254));
  if (role != NULL && !osy_role_from_name (role, &self->role))
    osy_json_reader_fault (row, "role", "UNKNOWN", "There is no such role.");
  self->pin = osy_json_reader_opt_bool (row, "pin", FALSE);
  self->totp = osy_json_reader_opt_bool (row, "totp", FALSE);
  self->version = osy_json_reader_int (row, "version", 1, G_MAXINT64);
  self->since = osy_json_reader_opt_time (row, "since");
  if (invitation != NULL) {
    self->invitation_id = g_strdup (osy_json_reader_id (invitation, "id"));
    self->invitation_until = osy_json_reader_opt_time (invitation, "expires_at");
  }
  return self;
}

GPtrArray *
osy_staff_list_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (GPtrArray) members =
      g_ptr_array_new_with_free_func ((GDestroyNotify)osy_staff_member_free);

  osy_json_reader_ignore_unknown (reader);
  guint n = osy_json_reader_array (reader, "staff", 0, MAX_STAFF);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (members, read_member (osy_json_reader_element (reader, "staff", i)));
  if (!osy_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&members);
}

gboolean
osy_staff_may_give (OsyRole giver, OsyRole role)
{
  return role > OSY_ROLE_GUEST && role < OSY_ROLE_ADMIN && role <= giver;
}

char *
osy_staff_code_new (void)
{
  guint8 random[CODE_SIZE];
  GString *code = g_string_new (NULL);

  osy_random_bytes (random, sizeof random);
  for (guint i = 0; i < CODE_SIZE; i++) {
    if (i > 0 && i % CODE_GROUP == 0)
      g_string_append_c (code, '-');
    g_string_append_c (code, CODE_LETTERS[random[i] % (sizeof CODE_LETTERS - 1)]);
  }
  return g_string_free (code, FALSE);
}

char *
osy_staff_code_normalise (const char *text)
{
  g_autoptr (GString) code = g_string_new (NULL);
  guint n = 0;

  for (; *text != '\0'; text++) {
    char letter = g_ascii_toupper (*text);
    if (letter == '-' || letter == ' ')
      continue;
    if (strchr (CODE_LETTERS, letter) == NULL || n == CODE_SIZE)
      return NULL;
    if (n > 0 && n % CODE_GROUP == 0)
      g_string_append_c (code, '-');
    g_string_append_c (code, letter);
    n++;
  }
  return n == CODE_SIZE ? g_strdup (code->str) : NULL;
}
