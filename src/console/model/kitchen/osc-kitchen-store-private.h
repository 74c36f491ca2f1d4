/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-kitchen-store.h"

G_BEGIN_DECLS

#define OSC_KITCHEN_PATH "/api/v1/restaurants/me/kitchen"

struct _OscKitchenStore {
  GObject parent;
  OsyClient *client;   /* nullable */
  GPtrArray *open;     /* of OscKitchenItem, in the order of the list */
  GHashTable *by_id;   /* ticket id → OscKitchenItem, bumped ones too */
  GQueue bumped;       /* of OscKitchenItem (owned by by_id), newest first */
  GPtrArray *stations; /* of OscKitchenStation, without numbers */
  GHashTable *counts;  /* "station\nname" → gint64 */
  GCancellable *cancellable;
  gint64 frozen_at;
  gboolean loading;
  gboolean load_again;
  gboolean loaded;
  guint retry_id;
};

/** osc_kitchen_store_request: signals "requested". */
void osc_kitchen_store_request (OscKitchenStore *self, const char *path, JsonNode *body);
/** osc_kitchen_store_take_answer: one ticket, or several, that an act answered with. */
void osc_kitchen_store_take_answer (OscKitchenStore *self, JsonNode *answer);

G_END_DECLS
