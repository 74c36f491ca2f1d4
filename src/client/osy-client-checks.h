/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-bill.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** One act on a check; texts may be freed after the call. */
typedef struct {
  const char *check_id;
  const char *method;    /* "GET", "POST", "PUT" */
  const char *rest;      /* (nullable): "/adjustments", "/parts", … */
  JsonNode *body;        /* (transfer none) (nullable) */
  const char *key;       /* (nullable): Idempotency-Key */
  gint64 if_version;     /* 0: whatever it is */
  const char *act_token; /* (nullable): of the person who allowed it by PIN */
} OsyClientCheck;

/** osy_client_check_async: /restaurants/me/checks/{id}. Finish: (transfer full): the check as it is
 * then. */
void osy_client_check_async (OsyClient *self,
                             const OsyClientCheck *check,
                             GCancellable *c,
                             GAsyncReadyCallback cb,
                             gpointer data);
OsyBill *osy_client_check_finish (OsyClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
