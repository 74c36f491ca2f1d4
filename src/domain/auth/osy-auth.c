/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What clients see of a sign-in: the tokens, and the person with his shops. */

#include "osy-auth.h"

#include <string.h>

#include "osy-error.h"
#include "osy-json.h"

#define MAX_MEMBERSHIPS 1000
#define EMAIL_MAX_BYTES 254 /* RFC 5321 §4.5.3.1.3 */

static gboolean
has_blank_or_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
      return TRUE;
  }
  return FALSE;
}

char *
osy_auth_email_normalise (const char *text)
{
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *lower = g_utf8_strdown (trimmed, -1);
  g_autofree char *normal = g_utf8_normalize (lower, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  const char *at = normal ? strchr (normal, '@') : NULL;
  if (at == NULL || at == normal || at[1] == '\0' || strchr (at + 1, '@') != NULL ||
      strlen (normal) > EMAIL_MAX_BYTES || has_blank_or_control (normal))
    return NULL;
  return g_steal_pointer (&normal);
}

void
osy_auth_tokens_clear (OsyAuthTokens *self)
{
  g_clear_pointer (&self->access_token, g_free);
  g_clear_pointer (&self->refresh_token, g_free);
  g_clear_pointer (&self->known_client, g_free);
}

JsonNode *
osy_auth_tokens_to_json (const OsyAuthTokens *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "access_token", self->access_token);
  json_object_set_string_member (object, "refresh_token", self->refresh_token);
  json_object_set_string_member (object, "token_type", "Bearer");
  json_object_set_int_member (object, "expires_in", self->expires_in);
  if (self->known_client != NULL)
    json_object_set_string_member (object, "known_client", self->known_client);
  return osy_json_take_object (object);
}

void
osy_membership_free (OsyMembership *self)
{
  g_free (self->restaurant_id);
  g_free (self->restaurant_name);
  g_free (self);
}

OsyAuthPerson *
osy_auth_person_new (void)
{
  OsyAuthPerson *self = g_new0 (OsyAuthPerson, 1);

  self->memberships = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_membership_free);
  return self;
}

void
osy_auth_person_free (OsyAuthPerson *self)
{
  g_free (self->user_id);
  g_free (self->name);
  g_free (self->restaurant_id);
  g_ptr_array_unref (self->memberships);
  g_free (self);
}

static JsonObject *
membership_to_json (const OsyMembership *membership)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "restaurant_id", membership->restaurant_id);
  json_object_set_string_member (object, "restaurant_name", membership->restaurant_name);
  json_object_set_string_member (object, "role", osy_role_name (membership->role));
  return object;
}

static JsonObject *
restaurant_to_json (const OsyAuthPerson *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->restaurant_id);
  for (guint i = 0; i < self->memberships->len; i++) {
    const OsyMembership *membership = self->memberships->pdata[i];
    if (g_strcmp0 (membership->restaurant_id, self->restaurant_id) == 0)
      json_object_set_string_member (object, "name", membership->restaurant_name);
  }
  return object;
}

JsonNode *
osy_auth_person_to_json (const OsyAuthPerson *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *permissions = json_array_new ();
  JsonArray *memberships = json_array_new ();
  g_auto (GStrv) names = osy_permission_names (osy_role_permissions (self->role));

  for (gsize i = 0; names[i] != NULL; i++)
    json_array_add_string_element (permissions, names[i]);
  for (guint i = 0; i < self->memberships->len; i++)
    json_array_add_object_element (memberships, membership_to_json (self->memberships->pdata[i]));
  json_object_set_string_member (object, "user_id", self->user_id);
  if (self->name != NULL)
    json_object_set_string_member (object, "name", self->name);
  json_object_set_string_member (object, "role", osy_role_name (self->role));
  json_object_set_array_member (object, "permissions", permissions);
  json_object_set_boolean_member (object, "totp", self->totp);
  json_object_set_boolean_member (object, "pin", self->pin);
  json_object_set_object_member (object, "restaurant", restaurant_to_json (self));
  json_object_set_array_member (object, "memberships", memberships);
  return osy_json_take_object (object);
}

static void
read_role (OsyJsonReader *reader, OsyRole *ret)
{
  const char *name = osy_json_reader_string (reader, "role", 1, 20);

  if (name != NULL && !osy_role_from_name (name, ret))
    osy_json_reader_fault (reader, "role", "UNKNOWN", "There is no such role.");
}

OsyAuthPerson *
osy_auth_person_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsyAuthPerson) self = osy_auth_person_new ();

  osy_json_reader_ignore_unknown (reader);
  self->user_id = g_strdup (osy_json_reader_id (reader, "user_id"));
  self->name = g_strdup (osy_json_reader_opt_string (reader, "name", 0, 100));
  read_role (reader, &self->role);
  self->totp = osy_json_reader_opt_bool (reader, "totp", FALSE);
  self->pin = osy_json_reader_opt_bool (reader, "pin", FALSE);
  OsyJsonReader *restaurant = osy_json_reader_object (reader, "restaurant");
  self->restaurant_id = g_strdup (osy_json_reader_id (restaurant, "id"));
  guint n = osy_json_reader_array (reader, "memberships", 0, MAX_MEMBERSHIPS);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "memberships", i);
    OsyMembership *membership = g_new0 (OsyMembership, 1);
    g_ptr_array_add (self->memberships, membership);
    membership->restaurant_id = g_strdup (osy_json_reader_id (row, "restaurant_id"));
    membership->restaurant_name =
        g_strdup (osy_json_reader_string (row, "restaurant_name", 1, 100));
    read_role (row, &membership->role);
  }
  if (!osy_json_reader_finish (reader, error))
    return NULL;
  return g_steal_pointer (&self);
}
