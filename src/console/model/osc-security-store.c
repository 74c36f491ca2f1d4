/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Attacks as the daemon last told them. */

#include "osc-security-store.h"

#include "osy-clock.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/security"

struct _OscSecurityStore {
  GObject parent;
  OsyClient *client;     /* nullable */
  OscSecurity *security; /* nullable */
  GHashTable *told;      /* ids that were raised here */
  GCancellable *cancellable;
};

enum { CHANGED, RAISED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSecurityStore, osc_security_store, G_TYPE_OBJECT)

static void
threat_free (gpointer data)
{
  OscThreat *threat = data;

  g_free (threat->id);
  g_free (threat->who);
  g_free (threat->client);
  g_free (threat->seen_by);
  g_free (threat);
}

static void
security_free (OscSecurity *security)
{
  g_ptr_array_unref (security->threats);
  g_free (security);
}

/* ---- reading ---- */

static gint64
read_time (JsonObject *object, const char *name)
{
  const char *text = osy_rest_text (object, name, NULL);
  gint64 at = 0;

  return text != NULL && osy_clock_parse (text, &at) ? at : 0;
}

/* A kind that only a newer daemon knows is passed over. */
static void
read_threat (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  OsyThreatKind kind;

  if (object == NULL || !osy_threat_kind_from_name (osy_rest_text (object, "kind", ""), &kind))
    return;
  OscThreat *threat = g_new0 (OscThreat, 1);
  threat->id = g_strdup (osy_rest_text (object, "id", ""));
  threat->kind = kind;
  threat->raised_at = read_time (object, "raised_at");
  threat->who = g_strdup (osy_rest_text (object, "subject_name", NULL));
  threat->client = g_strdup (osy_rest_text (object, "client", NULL));
  threat->seen_at = read_time (object, "acknowledged_at");
  threat->seen_by = g_strdup (osy_rest_text (object, "acknowledged_by", NULL));
  g_ptr_array_add (user_data, threat);
}

static OscSecurity *
read_security (JsonObject *object)
{
  OscSecurity *security = g_new0 (OscSecurity, 1);
  JsonNode *keys = json_object_get_member (object, "keys");

  security->threats = g_ptr_array_new_with_free_func (threat_free);
  json_array_foreach_element (json_object_get_array_member (object, "threats"), read_threat,
                              security->threats);
  security->sessions = (int)osy_rest_int (object, "sessions", 0);
  security->devices = (int)osy_rest_int (object, "devices", 0);
  security->failed_sign_ins = (int)osy_rest_int (object, "failed_sign_ins_24h", 0);
  if (keys != NULL && JSON_NODE_HOLDS_OBJECT (keys)) {
    security->data_key_at = read_time (json_node_get_object (keys), "data");
    security->token_key_at = read_time (json_node_get_object (keys), "token");
    security->audit_key_at = read_time (json_node_get_object (keys), "audit");
  }
  return security;
}

/* Each is told once here, also those raised while nobody looked. */
static void
tell_new (OscSecurityStore *self)
{
  for (guint i = 0; i < self->security->threats->len; i++) {
    OscThreat *threat = self->security->threats->pdata[i];

    if (threat->seen_at == 0 && g_hash_table_add (self->told, g_strdup (threat->id)))
      g_signal_emit (self, signals[RAISED], 0, threat);
  }
}

gboolean
osc_security_store_take (OscSecurityStore *self, JsonNode *answer)
{
  g_return_val_if_fail (OSC_IS_SECURITY_STORE (self), FALSE);
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *threats = object != NULL ? json_object_get_member (object, "threats") : NULL;

  if (threats == NULL || !JSON_NODE_HOLDS_ARRAY (threats))
    return FALSE;
  g_clear_pointer (&self->security, security_free);
  self->security = read_security (object);
  g_signal_emit (self, signals[CHANGED], 0);
  tell_new (self);
  return TRUE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSecurityStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  /* Most people who work here may not know: that is no fault. */
  if (answer == NULL)
    g_debug ("The security of the shop was not read: %s", error->message);
  else
    osc_security_store_take (self, answer);
}

void
osc_security_store_load (OscSecurityStore *self)
{
  g_return_if_fail (OSC_IS_SECURITY_STORE (self));
  if (self->client != NULL)
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = PATH},
                           self->cancellable, loaded_cb, g_object_ref (self));
}

static void
on_notice (OscSecurityStore *self, const char *type)
{
  if (g_str_has_prefix (type, "threat."))
    osc_security_store_load (self);
}

void
osc_security_store_attach (OscSecurityStore *self, OsyFeed *feed)
{
  g_return_if_fail (OSC_IS_SECURITY_STORE (self) && OSY_IS_FEED (feed));
  g_signal_connect_object (feed, "reset", G_CALLBACK (osc_security_store_load), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
}

/* ---- what is known ---- */

const OscSecurity *
osc_security_store_get (OscSecurityStore *self)
{
  g_return_val_if_fail (OSC_IS_SECURITY_STORE (self), NULL);
  return self->security;
}

const OscThreat *
osc_security_store_first (OscSecurityStore *self, guint *n)
{
  g_return_val_if_fail (OSC_IS_SECURITY_STORE (self) && n != NULL, NULL);
  const OscThreat *first = NULL;

  *n = 0;
  for (guint i = 0; self->security != NULL && i < self->security->threats->len; i++) {
    const OscThreat *threat = self->security->threats->pdata[i];

    if (threat->seen_at != 0)
      continue;
    if (first == NULL)
      first = threat;
    ++*n;
  }
  return first;
}

static void
acknowledged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSecurityStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (answer == NULL)
    g_info ("The threat could not be acknowledged: %s", error->message);
  osc_security_store_load (self);
}

void
osc_security_store_acknowledge (OscSecurityStore *self, const char *threat_id)
{
  g_return_if_fail (OSC_IS_SECURITY_STORE (self) && threat_id != NULL);
  g_autofree char *path = g_strconcat (PATH, "/threats/", threat_id, "/acknowledge", NULL);

  g_signal_emit (self, signals[REQUESTED], 0, threat_id);
  if (self->client != NULL)
    osy_client_send_async (self->client,
                           &(OsyClientRequest){.method = "POST", .path = path, .persistent = TRUE},
                           self->cancellable, acknowledged_cb, g_object_ref (self));
}

/* ---- life ---- */

static void
osc_security_store_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_SECURITY_STORE (object)->cancellable);
  G_OBJECT_CLASS (osc_security_store_parent_class)->dispose (object);
}

static void
osc_security_store_finalize (GObject *object)
{
  OscSecurityStore *self = OSC_SECURITY_STORE (object);

  g_clear_pointer (&self->security, security_free);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_security_store_parent_class)->finalize (object);
}

static void
osc_security_store_class_init (OscSecurityStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_security_store_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_security_store_finalize;
  signals[CHANGED] = g_signal_new ("changed", OSC_TYPE_SECURITY_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[RAISED] = g_signal_new ("raised", OSC_TYPE_SECURITY_STORE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[REQUESTED] = g_signal_new ("requested", OSC_TYPE_SECURITY_STORE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_security_store_init (OscSecurityStore *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

OscSecurityStore *
osc_security_store_new (OsyClient *client)
{
  OscSecurityStore *self = g_object_new (OSC_TYPE_SECURITY_STORE, NULL);

  g_set_object (&self->client, client);
  return self;
}
