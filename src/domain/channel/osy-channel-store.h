/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osy-channel.h"
#include "osy-db.h"
#include "osy-keyring.h"

G_BEGIN_DECLS

/* SQL of channels, in the transaction's restaurant. */

/** A platform that sends orders here. */
typedef struct {
  char *id;
  char *channel;
  char *store_id;
  char *callback_url; /* nullable */
  gboolean enabled;
  gint64 waiting; /* messages to it that it has not taken yet */
  gint64 version;
} OsyChannelLink;

/** osy_channel_link_free: frees its texts, too. */
void osy_channel_link_free (OsyChannelLink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyChannelLink, osy_channel_link_free)

/** osy_channel_store_links: @id: (nullable): that one alone. (transfer full): of OsyChannelLink. */
GPtrArray *osy_channel_store_links (OsyDbTx *tx, const char *id, GError **error);
/** osy_channel_store_find: of @channel and @store_id. *@ret: (transfer full) (nullable). */
gboolean osy_channel_store_find (OsyDbTx *tx,
                                 const char *channel,
                                 const char *store_id,
                                 OsyChannelLink **ret,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_put: with @secret (nullable: as it was). CONFLICT when another shop, or this
 * one, has that store already. */
gboolean osy_channel_store_put (OsyDbTx *tx,
                                OsyKeyring *ring,
                                const OsyChannelLink *link,
                                const char *secret,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_secret: (transfer full): to be wiped. */
char *osy_channel_store_secret (OsyDbTx *tx, OsyKeyring *ring, const char *link_id, GError **error);

/** osy_channel_store_map: (transfer full): "ITEM plu" and "OPTION plu" → char *target id. */
GHashTable *osy_channel_store_map (OsyDbTx *tx, const char *link_id, GError **error);

/** One event in the inbox. */
typedef struct {
  char *id;
  char *link_id;
  char *event_id;
  char *type;
  char *channel_order_id;
  guint8 hash[32];
  gint64 received_at;
  gint64 attempts;
  char *body; /* (nullable): JSON, personal */
} OsyChannelEvent;

/** osy_channel_event_free: wipes the body. */
void osy_channel_event_free (OsyChannelEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyChannelEvent, osy_channel_event_free)

/** osy_channel_store_add_event: due at once. *@known: (out): it is there already; *@same: with the
 * same body. */
gboolean osy_channel_store_add_event (OsyDbTx *tx,
                                      OsyKeyring *ring,
                                      const OsyChannelEvent *event,
                                      gboolean *known,
                                      gboolean *same,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_take_event: the next that is due, whose next time becomes @lease_until.
 * *@ret: (transfer full) (nullable). */
gboolean osy_channel_store_take_event (OsyDbTx *tx,
                                       OsyKeyring *ring,
                                       gint64 now,
                                       gint64 lease_until,
                                       OsyChannelEvent **ret,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_end_event: @status: RECEIVED or PARKED with @next_at; DONE or DROPPED, which
 * forget the body. */
gboolean osy_channel_store_end_event (OsyDbTx *tx,
                                      const char *id,
                                      const char *status,
                                      gint64 next_at,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** An order of a platform. */
typedef struct {
  char *id;
  char *link_id;
  char *channel_order_id;
  guint8 hash[32];
  char *status;   /* RECEIVED, PLACED, CANCELED */
  char *order_id; /* nullable */
  gint64 total;
  gboolean prepaid;
} OsyChannelOrder;

/** osy_channel_order_free: frees its texts, too. */
void osy_channel_order_free (OsyChannelOrder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsyChannelOrder, osy_channel_order_free)

/** osy_channel_store_add_order: *@added: (out): FALSE: it was there. */
gboolean osy_channel_store_add_order (OsyDbTx *tx,
                                      const OsyChannelOrder *order,
                                      gint64 now,
                                      gboolean *added,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_hold_order: holds it until the transaction ends. *@ret: (transfer full)
 * (nullable). */
gboolean osy_channel_store_hold_order (OsyDbTx *tx,
                                       const char *link_id,
                                       const char *channel_order_id,
                                       OsyChannelOrder **ret,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_hold_source: that of an order of ours whose source is @channel and @source_id.
 * *@ret: (transfer full) (nullable). */
gboolean osy_channel_store_hold_source (OsyDbTx *tx,
                                        const char *channel,
                                        const char *source_id,
                                        OsyChannelOrder **ret,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_end_order: @order_id: (nullable): as it was. */
gboolean osy_channel_store_end_order (OsyDbTx *tx,
                                      const char *id,
                                      const char *status,
                                      const char *order_id,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_keep_unmapped: @list: JSON array of {kind, plu?, name}. */
gboolean osy_channel_store_keep_unmapped (OsyDbTx *tx,
                                          const char *id,
                                          const char *list,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_has_parked: *@ret: (out): whether its cancellation came before it did. */
gboolean osy_channel_store_has_parked (OsyDbTx *tx,
                                       const char *link_id,
                                       const char *channel_order_id,
                                       gboolean *ret,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_end_parked: parked cancellations of it are DONE. */
gboolean osy_channel_store_end_parked (OsyDbTx *tx,
                                       const char *link_id,
                                       const char *channel_order_id,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** osy_channel_store_flag: adds a word to the flags of an order of ours. *@count: (out): how many
 * there are now; 0: it was there. */
gboolean osy_channel_store_flag (OsyDbTx *tx,
                                 const char *order_id,
                                 const char *flag,
                                 gint64 *count,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** osy_channel_store_sweep: forgets events of before @before that are over. */
gboolean
osy_channel_store_sweep (OsyDbTx *tx, gint64 before, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
