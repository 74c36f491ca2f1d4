/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <libsoup/soup.h>

#include "osc-context.h"

G_BEGIN_DECLS

/** A small daemon in the test's own process that knows people: it answers what the console asks of
 * accounts, staff and screens by the contract, and notes what it was told. The password of
 * everybody is "right password", the PIN "2580", each code "123456", the pairing code "ABCD2345".
 */
typedef struct {
  SoupServer *server;
  OsyClient *client; /* signed in */
  OscPeople *people;
  char *role;
  JsonArray *staff;
  JsonArray *devices;
  gboolean edge_off; /* the network is not served */
  JsonArray *sessions;
  gboolean totp;
  gboolean pin;
  gboolean two_shops;
  gboolean fails; /* answers 503 to everything */
  guint wrong_pins;
  char *last;           /* (nullable): "POST /api/v1/…" of the last change */
  char *last_body;      /* nullable */
  char *last_act_token; /* nullable */
} OscFixturePeople;

/** osc_fixture_people_new: signs in as @role. */
OscFixturePeople *osc_fixture_people_new (const char *role);
/** osc_fixture_people_attach: @context works with these people from now on. */
void osc_fixture_people_attach (OscFixturePeople *self, OscContext *context);
void osc_fixture_people_free (OscFixturePeople *self);
/** osc_fixture_people_url: (transfer full): where it listens. */
char *osc_fixture_people_url (OscFixturePeople *self);

G_END_DECLS
