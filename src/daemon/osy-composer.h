/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

#include "osy-db.h"
#include "osy-edge.h"
#include "osy-http.h"

G_BEGIN_DECLS

/** The payment service. */
typedef struct {
  const char *base_url; /* without a slash at its end */
  const char *sdk_url;
  guint timeout_ms;
  guint retry_ms; /* until an unknown outcome is first looked up */
} OsyComposerToss;

/** Where the daemon runs and with what. */
typedef struct {
  const char *data_dir;
  const char *listen;       /* "HOST:PORT" or "unix:/path" */
  const char *app_conninfo; /* role ordersync_app */
  const char *relay_conninfo;
  const char *seal_conninfo; /* role ordersync_sealer */
  const char *keys_conninfo; /* role ordersync_keys */
  const char *key_provider;  /* "auto", "file" or "secret-service" */
  guint order_deadline_ms;
  guint limits[OSY_N_LIMITS]; /* 0: the table's */
  const char *sendgrid_base_url;
  const char *aligo_base_url;
  const char *alimtalk_base_url;
  gboolean private_hooks;     /* alerts' webhooks may go to the own network */
  guint alert_look_s;         /* seconds between looks at what is wrong */
  const char *kakao_base_url; /* (nullable): instead of Kakao Mobility's own */
  const char *otlp_url;       /* (nullable): where traces go */
  const OsyEdgeConfig *edge;  /* (nullable): without its large_paths */
  OsyComposerToss toss;
} OsyComposerConfig;

/** Builds pools, bus, hub and rooms, and ties them to each other; has no business rule of its own.
 */
typedef struct _OsyComposer OsyComposer;

/** osy_composer_new: everything up to the listener, which answers 503. The schema is up to date. */
OsyComposer *osy_composer_new (const OsyComposerConfig *config, GError **error);
/** osy_composer_open: starts relay and jobs and lets requests in. */
void osy_composer_open (OsyComposer *self);
/** osy_composer_address: (transfer none): where it listens. */
const char *osy_composer_address (OsyComposer *self);
/** osy_composer_stop: stops accepting, finishes what is under way, closes sockets with 1001. */
void osy_composer_stop (OsyComposer *self);
/** osy_composer_describe_routes: Returns: (transfer full): every route that the server would have,
 * as
 * {"routes": […]} with the rows of osy_route_list_add(). */
JsonNode *osy_composer_describe_routes (void);
void osy_composer_free (OsyComposer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyComposer, osy_composer_free)

G_END_DECLS
