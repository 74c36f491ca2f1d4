/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** A shop somebody works in. */
typedef struct {
  char *id;
  char *name; /* nullable */
  char *role;
} OscMembership;

/** Who is signed in; or, without a user_id, the screen that was paired. */
typedef struct {
  char *user_id; /* nullable */
  char *name;    /* nullable */
  char *role;
  char *shop_id;
  char *shop_name; /* nullable */
  GStrv permissions;
  GPtrArray *shops; /* of OscMembership */
  gboolean totp;
  gboolean pin;
} OscPerson;

/** A sign-in of a person, somewhere. */
typedef struct {
  char *id;
  char *client; /* (nullable): what the program called itself */
  gboolean current;
  gint64 created_at;   /* UTC µs, as all below; 0: unknown */
  gint64 last_used_at; /* 0: unknown */
} OscSignIn;

/** Who works in the shop, or is invited to. */
typedef struct {
  char *id;
  char *name;  /* nullable */
  char *email; /* (nullable): masked */
  char *role;
  gboolean pin;
  gboolean totp;
  gboolean invited;
  gint64 version;
  gint64 since;         /* 0: unknown */
  gint64 invited_until; /* 0: unknown */
} OscStaff;

/** A screen of the shop. */
typedef struct {
  char *id;
  char *name;
  char *role;
  gboolean paired;
  gint64 created_at;
  gint64 last_seen_at; /* 0: never */
} OscDevice;

/** osc_people_data_person: (transfer full) (nullable). */
OscPerson *osc_people_data_person (JsonNode *answer, GError **error);
void osc_people_data_person_free (OscPerson *person);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscPerson, osc_people_data_person_free)

/** osc_people_data_sign_ins, _staff, _helpers, _devices: (transfer full) (nullable): what the array
 * in
 * @answer holds. */
GPtrArray *osc_people_data_sign_ins (JsonNode *answer, GError **error);
GPtrArray *osc_people_data_staff (JsonNode *answer, GError **error);
GPtrArray *osc_people_data_helpers (JsonNode *answer, GError **error);
GPtrArray *osc_people_data_devices (JsonNode *answer, GError **error);

G_END_DECLS
