/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-auth-routes.h"
#include "osy-shop-routes.h"
#include "osy-test-http.h"
#include "osy-test-pg.h"

G_BEGIN_DECLS

/** The rooms of shops and accounts behind a real server on a real database. One for a program. */
typedef struct {
  OsyDbPool *pool;
  OsyKeyring *ring;
  char *data_dir;
  OsyAuthRoom *auth;
  OsyShopRoom shop;
  OsyHttpServer *server; /* nullable */
} OsyAuthFixture;

#define FIXTURE_PASSWORD "correct horse battery"

OsyAuthFixture *osy_auth_fixture_new (gboolean with_server);
void osy_auth_fixture_free (OsyAuthFixture *self);

/** Makes a shop of its own with an owner; (transfer full): its id. */
char *osy_auth_fixture_add_shop (OsyAuthFixture *self, const char *name, const char *email);
/** Gives @email, who gets an account if he has none, a role in a shop. */
void osy_auth_fixture_add_member (OsyAuthFixture *self,
                                  const char *restaurant_id,
                                  const char *email,
                                  OsyRole role);

/** An answer with its body read as JSON. */
typedef struct {
  guint status;
  JsonNode *node;
  JsonObject *body; /* empty when there was none */
  char *etag;
  char *retry_after;
} Answer;
void answer_free (Answer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

/** @token: (nullable): sent as Bearer; @header: (nullable): one more line without CRLF. */
Answer *osy_auth_fixture_call (OsyAuthFixture *self,
                               const char *method,
                               const char *path,
                               const char *token,
                               const char *header,
                               const char *json);
/** Code of a problem document, "" when it is none. */
const char *answer_code (Answer *self);
/** A text member of the body. */
const char *answer_text (Answer *self, const char *name);

/** Signs in; @restaurant_id: (nullable). */
Answer *osy_auth_fixture_login (OsyAuthFixture *self,
                                const char *email,
                                const char *password,
                                const char *restaurant_id);
/** The access token of a sign-in that must succeed; (transfer full). */
char *osy_auth_fixture_token (OsyAuthFixture *self, const char *email, const char *restaurant_id);

G_END_DECLS
