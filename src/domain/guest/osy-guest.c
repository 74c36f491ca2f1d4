/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A guest as a person, and what the API says of one. */

#include "osy-guest.h"

#include "osy-clock.h"
#include "osy-json.h"
#include "osy-mask.h"

OsyGuest *
osy_guest_new (void)
{
  OsyGuest *self = g_new0 (OsyGuest, 1);

  self->consents = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_guest_consent_free);
  return self;
}

void
osy_guest_free (OsyGuest *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->phone);
  g_ptr_array_unref (self->consents);
  g_free (self);
}

void
osy_guest_consent_free (OsyGuestConsent *self)
{
  g_free (self->purpose);
  g_free (self->text_version);
  g_free (self->source);
  g_free (self);
}

const char *const *
osy_guest_purposes (void)
{
  static const char *const purposes[] = {OSY_GUEST_MARKETING, OSY_GUEST_PROFILE, NULL};

  return purposes;
}

const char *const *
osy_guest_sources (void)
{
  static const char *const sources[] = {"COUNTER", "PHONE", "WEB", NULL};

  return sources;
}

const char *const *
osy_guest_unmask_reasons (void)
{
  static const char *const reasons[] = {"CALL_GUEST", "DELIVERY",     "COMPLAINT",
                                        "REFUND",     "PERSON_ASKED", NULL};

  return reasons;
}

const char *const *
osy_guest_erase_reasons (void)
{
  static const char *const reasons[] = {"PERSON_ASKED", "CONSENT_WITHDRAWN", "MISTAKE", NULL};

  return reasons;
}

static void
set_time (JsonObject *object, const char *name, gint64 us)
{
  if (us == 0)
    return;
  g_autofree char *text = osy_clock_format (us);
  json_object_set_string_member (object, name, text);
}

static JsonArray *
consents_to_json (GPtrArray *consents)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < consents->len; i++) {
    const OsyGuestConsent *consent = g_ptr_array_index (consents, i);
    JsonObject *object = json_object_new ();

    json_object_set_string_member (object, "purpose", consent->purpose);
    json_object_set_boolean_member (object, "given", consent->given);
    set_time (object, "at", consent->at);
    json_object_set_string_member (object, "text_version", consent->text_version);
    json_object_set_string_member (object, "source", consent->source);
    json_array_add_object_element (array, object);
  }
  return array;
}

JsonNode *
osy_guest_to_json (const OsyGuest *self, gboolean masked)
{
  JsonObject *object = json_object_new ();
  g_autofree char *name = masked ? osy_mask_name (self->name) : g_strdup (self->name);
  g_autofree char *phone = masked ? osy_mask_phone (self->phone) : g_strdup (self->phone);

  json_object_set_string_member (object, "id", self->id);
  if (name != NULL)
    json_object_set_string_member (object, "name", name);
  if (phone != NULL)
    json_object_set_string_member (object, "phone", phone);
  set_time (object, "created_at", self->created_at);
  set_time (object, "last_seen_at", self->last_seen_at);
  set_time (object, "erased_at", self->erased_at);
  json_object_set_int_member (object, "version", self->version);
  json_object_set_array_member (object, "consents", consents_to_json (self->consents));
  return osy_json_take_object (object);
}
