/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-people-data.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** What is known of people; each part is read by itself. */
typedef enum {
  OSC_PEOPLE_ME,
  OSC_PEOPLE_SIGN_INS, /* of the person signed in */
  OSC_PEOPLE_STAFF,
  OSC_PEOPLE_DEVICES,
  OSC_N_PEOPLE_PARTS
} OscPeoplePart;

/** What can be done; the members of each body are those of docs/openapi.yaml. */
typedef enum {
  OSC_PEOPLE_CHANGE_PASSWORD,
  OSC_PEOPLE_SET_PIN,
  OSC_PEOPLE_REMOVE_PIN,
  OSC_PEOPLE_BEGIN_TOTP,
  OSC_PEOPLE_CONFIRM_TOTP,
  OSC_PEOPLE_REMOVE_TOTP,
  OSC_PEOPLE_END_SIGN_IN,
  OSC_PEOPLE_INVITE,
  OSC_PEOPLE_CHANGE_ROLE,
  OSC_PEOPLE_REMOVE_STAFF,
  OSC_PEOPLE_RESET_PIN,
  OSC_PEOPLE_ADD_DEVICE,
  OSC_PEOPLE_REVOKE_DEVICE,
  OSC_PEOPLE_ALLOW,     /* an act, by PIN */
  OSC_PEOPLE_FIND_EDGE, /* where the network reaches this machine */
} OscPeopleAct;

/** One act. */
typedef struct {
  OscPeopleAct act;
  const char *id;    /* (nullable): of the person, sign-in or device meant */
  gint64 if_version; /* 0: none */
  JsonObject *body;  /* (transfer full) (nullable) */
} OscPeopleCall;

/**
 * OscPeople: who is signed in and what they may do, who works here, which screens there are; and
 * what can be done about it. The first part is read anew with every access token, since a role may
 * change at any time. Signal: "changed" (OscPeoplePart).
 */
#define OSC_TYPE_PEOPLE (osc_people_get_type ())
G_DECLARE_FINAL_TYPE (OscPeople, osc_people, OSC, PEOPLE, GObject)

/** osc_people_new: @client: (nullable): NULL in tests: nobody is known, everything is allowed. */
OscPeople *osc_people_new (OsyClient *client);
/** osc_people_load: reads @part anew; "changed" tells when it is here, or could not be read. */
void osc_people_load (OscPeople *self, OscPeoplePart part);
/** osc_people_trouble: (transfer none) (nullable): why @part could not be read the last time. */
const GError *osc_people_trouble (OscPeople *self, OscPeoplePart part);

/** osc_people_me: (transfer none) (nullable): NULL before it is known. */
const OscPerson *osc_people_me (OscPeople *self);
/** osc_people_may: whether who is signed in has @permission ("staff:manage"); everything before it
 * is known, since the server decides anyway. */
gboolean osc_people_may (OscPeople *self, const char *permission);
/** osc_people_list: (transfer none) (nullable): of OscSignIn, OscStaff or OscDevice; NULL before it
 * is known. */
GPtrArray *osc_people_list (OscPeople *self, OscPeoplePart part);

/** osc_people_do_async: does it and reads anew what it changed. Finish: the JSON of the answer. */
void osc_people_do_async (OscPeople *self,
                          const OscPeopleCall *call,
                          GAsyncReadyCallback cb,
                          gpointer data);
JsonNode *osc_people_do_finish (OscPeople *self, GAsyncResult *result, GError **error);

/** osc_people_end_others: ends every sign-in of the person but this one. */
void osc_people_end_others (OscPeople *self);
/** osc_people_helpers_async: who may allow @permission by PIN. Finish: GPtrArray of OscStaff. */
void osc_people_helpers_async (OscPeople *self,
                               const char *permission,
                               GAsyncReadyCallback cb,
                               gpointer data);
GPtrArray *osc_people_helpers_finish (OscPeople *self, GAsyncResult *result, GError **error);

G_END_DECLS
