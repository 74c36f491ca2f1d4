/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-alert.h"
#include "osy-db.h"
#include "osy-json.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/** The most of them in a shop. */
#define OSY_ALERT_MAX_TARGETS 20

/** Who is told. All texts are personal or secret, and sealed as one. */
typedef struct {
  char *id;
  OsyAlertChannel channel;
  char *name;          /* as the owner calls it */
  char *address;       /* of a webhook its URL, of text messages the number in digits */
  char *key;           /* (nullable): PagerDuty's routing key, SendGrid's or Aligo's key */
  char *user_id;       /* (nullable): of the account at Aligo */
  char *from;          /* (nullable): the sender, whom SendGrid or Aligo knows as the shop's */
  char *sender_key;    /* (nullable): of the shop's channel at Kakao; this and the rest: AlimTalk */
  char *template_code; /* (nullable): of the template that Kakao has approved */
  char *template;      /* (nullable): its text, see osy-alert-alimtalk.h */
  char *token;         /* (nullable): that older accounts at Aligo want */
  char *secret;        /* (nullable): with which webhooks are signed; ours */
  gboolean unreadable; /* what was written down of it cannot be read: the texts are empty */
} OsyAlertTarget;
/** osy_alert_target_free: wipes what is secret. */
void osy_alert_target_free (OsyAlertTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyAlertTarget, osy_alert_target_free)

/** osy_alert_is_email: Returns: whether mail may be sent to @text. */
gboolean osy_alert_is_email (const char *text);

/** osy_alert_target_read: one that a client sends, with an id and a signing secret of its own.
 * @private_hooks: webhooks may go to this machine and its network, also without TLS. Returns:
 * (transfer full): NULL with INVALID_REQUEST. */
OsyAlertTarget *osy_alert_target_read (JsonNode *body, gboolean private_hooks, GError **error);
/** osy_alert_target_to_json: (transfer full): with its address masked, without its keys. */
JsonObject *osy_alert_target_to_json (const OsyAlertTarget *self);

/** osy_alert_target_add: CONFLICT beyond OSY_ALERT_MAX_TARGETS. */
gboolean
osy_alert_target_add (OsyDbTx *tx, OsyKeyring *ring, const OsyAlertTarget *self, GError **error);
/** osy_alert_target_list: @id: (nullable): that one alone. Oldest first; one that cannot be read
 * stands there as unreadable. (transfer full) */
GPtrArray *osy_alert_target_list (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error);
/** osy_alert_target_get: the one of @id; NULL with NOT_FOUND. (transfer full) */
OsyAlertTarget *
osy_alert_target_get (OsyDbTx *tx, OsyKeyring *ring, const char *id, GError **error);
/** osy_alert_target_change: one as @self with what @change names; a webhook's key does not go to
 * another address unless it is named too. Returns: (transfer full): NULL with INVALID_REQUEST or,
 * when @self cannot be read, CONFLICT. */
OsyAlertTarget *osy_alert_target_change (const OsyAlertTarget *self,
                                         JsonNode *change,
                                         gboolean private_hooks,
                                         GError **error);
/** osy_alert_target_save: one that is there, changed. */
gboolean
osy_alert_target_save (OsyDbTx *tx, OsyKeyring *ring, const OsyAlertTarget *self, GError **error);
/** osy_alert_target_remove: what waits for it is dropped. */
gboolean osy_alert_target_remove (OsyDbTx *tx, const char *id, GError **error);
/** osy_alert_target_restore: brings back what was removed, for as long as that is remembered.
 * NOT_FOUND, or CONFLICT beyond OSY_ALERT_MAX_TARGETS. */
gboolean osy_alert_target_restore (OsyDbTx *tx, const char *id, GError **error);
/** osy_alert_target_forget: what was removed before @before (UTC µs), with its messages. */
gboolean osy_alert_target_forget (OsyDbTx *tx, gint64 before, GError **error);

G_END_DECLS
