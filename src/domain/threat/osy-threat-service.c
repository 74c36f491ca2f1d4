/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Counts signs of an attack; writes a threat down, tells the feed, and counts it. */

#include "osy-threat-service.h"

#include "osy-audit-service.h"
#include "osy-clock.h"
#include "osy-event-service.h"
#include "osy-id.h"
#include "osy-json.h"
#include "osy-threat-store.h"
#include "osy-threat-window.h"

#include <string.h>

OsyMetric osy_threats_raised = {.name = "ordersync_threats_raised_total",
                                .help = "Threats raised, by kind.",
                                .kind = OSY_METRIC_COUNTER,
                                .labels = {"kind"}};

/* Enough that no two subjects meet; too few to tell whose hash it is without the key. */
#define HASH_BYTES 16

struct _OsyThreats {
  GObject parent;
  OsyDbPool *pool;
  OsyKeyring *ring;
  OsyThreatWindow *window;
};

G_DEFINE_FINAL_TYPE (OsyThreats, osy_threats, G_TYPE_OBJECT)

static void
osy_threats_finalize (GObject *object)
{
  OsyThreats *self = OSY_THREATS (object);

  osy_threat_window_free (self->window);
  g_object_unref (self->ring);
  g_object_unref (self->pool);
  G_OBJECT_CLASS (osy_threats_parent_class)->finalize (object);
}

static void
osy_threats_class_init (OsyThreatsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_threats_finalize;
}

static void
osy_threats_init (OsyThreats *self)
{
  self->window = osy_threat_window_new ();
}

OsyThreats *
osy_threats_new (OsyDbPool *pool, OsyKeyring *ring)
{
  OsyThreats *self = g_object_new (OSY_TYPE_THREATS, NULL);

  self->pool = g_object_ref (pool);
  self->ring = g_object_ref (ring);
  return self;
}

/** A threat on its way into the database. */
typedef struct {
  OsyThreats *threats;
  OsyThreatKind kind;
  char *restaurant_id; /* nullable */
  char *subject;
  char *client; /* nullable */
  gint64 at;
  GPtrArray *shops; /* of those found, when none was named */
  gboolean raised;
} Raise;

static void
raise_free (Raise *self)
{
  g_object_unref (self->threats);
  g_free (self->restaurant_id);
  g_free (self->subject);
  g_free (self->client);
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Raise, raise_free)

static Raise *
raise_new (const Raise *of, const char *restaurant_id)
{
  Raise *self = g_new0 (Raise, 1);

  self->threats = g_object_ref (of->threats);
  self->kind = of->kind;
  self->restaurant_id = g_strdup (restaurant_id);
  self->subject = g_strdup (of->subject);
  self->client = g_strdup (of->client);
  self->at = of->at;
  return self;
}

static GBytes *
hash_of (OsyKeyring *ring, const char *subject)
{
  guint8 key[OSY_KEY_SIZE];
  guint8 mac[32];

  osy_keyring_derive (ring, "threat-subject", key);
  osy_hmac_sha256 (key, (const guint8 *)subject, strlen (subject), mac);
  osy_wipe (key, sizeof key);
  return g_bytes_new (mac, HASH_BYTES);
}

/* ---- one transaction: row, audit row, event ---- */

static gboolean
tell (OsyDbTx *tx, const Raise *self, const char *id, GError **error)
{
  g_autoptr (OsyPrincipal) system = osy_principal_new_system (self->restaurant_id, "threat");
  OsyCall call = {.principal = system};
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", osy_threat_kind_name (self->kind));
  json_object_set_string_member (object, "subject", self->subject);
  if (self->client != NULL)
    json_object_set_string_member (object, "client", self->client);
  g_autoptr (JsonNode) value = osy_json_take_object (object);
  OsyAuditEntry entry = {
      .action = "threat.raised", .object_type = "threat", .object_id = id, .new_value = value};
  /* The feed is read by everybody who works here: it says that there is a threat, no more. */
  OsyEventDraft draft = {
      .type = "threat.raised", .aggregate_type = "threat", .aggregate_id = id, .aggregate_seq = 1};

  return osy_audit_record (tx, self->threats->ring, &call, &entry, error) &&
         osy_event_emit (tx, &call, &draft, error);
}

/* Memory forgets with a restart; the database is asked too, so that once stays once. */
static gboolean
write_down (OsyDbTx *tx, gpointer data, GError **error)
{
  Raise *self = data;
  g_autofree char *id = osy_id_new ();
  g_autoptr (GBytes) hash = hash_of (self->threats->ring, self->subject);
  OsyThreatRow row = {.id = id,
                      .kind = self->kind,
                      .subject = self->subject,
                      .client = self->client,
                      .raised_at = self->at};
  int before = osy_threat_store_since (tx, self->kind, hash,
                                       self->at - osy_threat_rule (self->kind)->window, error);

  self->raised = FALSE;
  if (before != 0)
    return before > 0;
  self->raised = TRUE;
  return osy_threat_store_add (tx, self->threats->ring, &row, hash, error) &&
         tell (tx, self, id, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Raise) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    g_warning ("a threat (%s) could not be written down: %s", osy_threat_kind_name (self->kind),
               error->message);
    osy_threat_window_unraise (self->threats->window, self->kind, self->restaurant_id,
                               self->subject);
    osy_threat_window_unraise (self->threats->window, self->kind, NULL, self->subject);
  } else if (self->raised) {
    g_message ("threat raised: %s", osy_threat_kind_name (self->kind));
    osy_metric_count (&osy_threats_raised, osy_threat_kind_name (self->kind));
  }
}

/** raise_in_shop: @self: (transfer full) */
static void
raise_in_shop (Raise *self)
{
  OsyDbScope scope = {.restaurant_id = self->restaurant_id};

  osy_db_pool_run_async (self->threats->pool, &scope, write_down, self, NULL, NULL, written_cb,
                         self);
}

/* ---- which shops ---- */

static gboolean
find_shops (OsyDbTx *tx, gpointer data, GError **error)
{
  Raise *self = data;
  g_autoptr (OsyDbRows) rows = osy_threat_store_shops (tx, error);

  if (rows == NULL)
    return FALSE;
  g_clear_pointer (&self->shops, g_ptr_array_unref);
  self->shops = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < osy_db_rows_count (rows); i++)
    g_ptr_array_add (self->shops, g_strdup (osy_db_rows_text (rows, i, "id")));
  return TRUE;
}

static void
shops_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Raise) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_db_pool_run_finish (OSY_DB_POOL (source), result, &error)) {
    g_warning ("the shops could not be told of a threat: %s", error->message);
    osy_threat_window_unraise (self->threats->window, self->kind, NULL, self->subject);
    return;
  }
  for (guint i = 0; i < self->shops->len; i++)
    raise_in_shop (raise_new (self, self->shops->pdata[i]));
}

void
osy_threat_note (OsyThreats *self,
                 OsyThreatKind kind,
                 const char *restaurant_id,
                 const char *subject,
                 const char *client)
{
  OsyDbScope scope = {.read_only = TRUE};
  gint64 now = osy_clock_now ();

  g_return_if_fail (kind < OSY_N_THREATS && subject != NULL);
  if (self == NULL || !osy_threat_window_note (self->window, kind, restaurant_id, &subject, now))
    return;
  Raise sign = {self, kind, NULL, (char *)subject, (char *)client, now};
  Raise *raise = raise_new (&sign, restaurant_id);
  if (restaurant_id != NULL)
    raise_in_shop (raise);
  else
    osy_db_pool_run_async (self->pool, &scope, find_shops, raise, NULL, NULL, shops_cb, raise);
}

void
osy_threat_note_client (OsyThreats *self,
                        OsyThreatKind kind,
                        const char *restaurant_id,
                        const char *client)
{
  g_autofree char *subject = g_strconcat ("client:", client ? client : "unknown", NULL);

  osy_threat_note (self, kind, restaurant_id, subject, client);
}
