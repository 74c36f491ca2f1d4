/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What was sent and is not written down yet. */

#include "osy-alert-sent.h"

struct _OsyAlertSent {
  gatomicrefcount refs;
  GMutex lock;
  GHashTable *times; /* of gint64, by the message's id; under the lock */
};

OsyAlertSent *
osy_alert_sent_new (void)
{
  OsyAlertSent *self = g_new0 (OsyAlertSent, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->times = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
osy_alert_sent_free (OsyAlertSent *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_hash_table_unref (self->times);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
osy_alert_sent_add (OsyAlertSent *self, const char *id, gint64 at)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->times, g_strdup (id), g_memdup2 (&at, sizeof at));
  g_mutex_unlock (&self->lock);
}

gboolean
osy_alert_sent_at (OsyAlertSent *self, const char *id, gint64 *at)
{
  if (self == NULL)
    return FALSE;
  g_mutex_lock (&self->lock);
  const gint64 *found = g_hash_table_lookup (self->times, id);
  gboolean sent = found != NULL;
  if (sent)
    *at = *found;
  g_mutex_unlock (&self->lock);
  return sent;
}

typedef struct {
  OsyAlertSent *sent;
  char *id;
} Forget;

static gboolean
forget_cb (gpointer user_data)
{
  Forget *forget = user_data;

  g_mutex_lock (&forget->sent->lock);
  g_hash_table_remove (forget->sent->times, forget->id);
  g_mutex_unlock (&forget->sent->lock);
  return G_SOURCE_REMOVE;
}

static void
forget_free (gpointer data)
{
  Forget *forget = data;

  osy_alert_sent_free (forget->sent);
  g_free (forget->id);
  g_free (forget);
}

void
osy_alert_sent_forget (OsyAlertSent *self, OsyDbTx *tx, const char *id)
{
  if (self == NULL)
    return;
  Forget *forget = g_new0 (Forget, 1);
  g_atomic_ref_count_inc (&self->refs);
  forget->sent = self;
  forget->id = g_strdup (id);
  osy_db_tx_on_commit (tx, forget_cb, forget, forget_free);
}
