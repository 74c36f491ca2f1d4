/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "osy-client.h"

/* A shop of its own: the real daemon with its own PostgreSQL on a scratch data directory, set up by
 * the first-run code, and the owner signed in. */
typedef struct {
  char *scratch;
  char *folder; /* of data */
  char *address;
  GSubprocess *process;
  OsyClient *client;   /* the owner's */
  char *restaurant_id; /* after real_shop_import() */
} RealShop;

#define REAL_SHOP_OWNER "owner@shop.example"
#define REAL_SHOP_PASSWORD "correct horse battery staple"

/* Starts the daemon and sets the shop up. */
void real_shop_open (RealShop *shop);
/* Stops the daemon, which must end well, and removes everything. */
void real_shop_close (RealShop *shop);
void real_shop_start (RealShop *shop);
void real_shop_stop (RealShop *shop);
/* Imports the menu tests/data/@file by the command line. */
void real_shop_import (RealShop *shop, const char *file);
/* One call that must succeed. (transfer full) */
JsonNode *real_shop_call (OsyClient *client, const char *method, const char *path, JsonNode *body);
/* As a guest's page sees it. (transfer full) */
JsonNode *real_shop_public_menu (RealShop *shop);
/* The id of the first item without options. (transfer full) (nullable): the menu has none yet. */
char *real_shop_find_plain_item (RealShop *shop);
/* Another console of the owner, signed in. (transfer full) */
OsyClient *real_shop_sign_in (RealShop *shop);
