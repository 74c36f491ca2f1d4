/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/** Everything that messages are sent to. */
typedef struct {
  GPtrArray *taken;      /* of JsonObject: what was accepted, in order */
  GPtrArray *violations; /* of char *: what a correct client never does */
  GPtrArray *secrets;    /* of char *: with which webhooks are signed */
  GHashTable *requests;  /* name of a service → count, as pointers */
  char *fault_service;   /* nullable */
  char *fault;
  gint64 faults_left;
} OsySimMessages;

/** What is answered. */
typedef struct {
  guint status;
  const char *type; /* of the text; interned or literal */
  char *text;       /* (transfer full) */
} OsySimAnswer;

/** One call as it came. */
typedef struct {
  SoupMessageHeaders *headers;
  const char *path;
  GBytes *body;
} OsySimCall;

/** osy_sim_message_json: an answer of @object (transfer full). */
OsySimAnswer osy_sim_message_json (guint status, JsonObject *object);
/** osy_sim_message_violate: notes what a correct client never does. */
void osy_sim_message_violate (OsySimMessages *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** osy_sim_message_take: @object (transfer full) was accepted by @service. */
void osy_sim_message_take (OsySimMessages *self, const char *service, JsonObject *object);
/** osy_sim_message_only: members of @object beyond @known ("a b c") are violations. Returns: FALSE
 * when there are any. */
gboolean osy_sim_message_only (OsySimMessages *self, JsonObject *object, const char *known);
/** osy_sim_message_object: (nullable) (transfer none): a member that is an object. */
JsonObject *osy_sim_message_object (JsonObject *parent, const char *name);
/** osy_sim_message_body: (nullable) (transfer full): the body as an object, when it is strict JSON
 * and says so. */
JsonNode *osy_sim_message_body (const OsySimCall *call);

/** osy_sim_slack, _pagerduty: the services themselves. */
OsySimAnswer osy_sim_slack (OsySimMessages *self, const OsySimCall *call);
OsySimAnswer osy_sim_pagerduty (OsySimMessages *self, const OsySimCall *call);

/** osy_sim_sendgrid: its v3/mail/send. */
OsySimAnswer osy_sim_sendgrid (OsySimMessages *self, const OsySimCall *call);

/** osy_sim_aligo_send, _list: Aligo's /send/ and /list/. */
OsySimAnswer osy_sim_aligo_send (OsySimMessages *self, const OsySimCall *call);
OsySimAnswer osy_sim_aligo_list (OsySimMessages *self, const OsySimCall *call);
/** osy_sim_alimtalk_send: its /akv10/alimtalk/send/, with one approved template. */
OsySimAnswer osy_sim_alimtalk_send (OsySimMessages *self, const OsySimCall *call);

G_END_DECLS
