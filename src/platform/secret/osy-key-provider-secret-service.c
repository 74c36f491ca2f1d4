/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The key in the desktop's keyring. libsecret's calls may hang (seen in sandboxes), so each is
 * started in a main context of its own and left behind after 5 s, answered or not. */

#include <libsecret/secret.h>

#include "osy-id.h"
#include "osy-key-provider-private.h"

#define TIMEOUT_MS 5000
#define GRACE_MS 200

#define OSY_TYPE_KEY_PROVIDER_SERVICE (osy_key_provider_service_get_type ())
G_DECLARE_FINAL_TYPE (OsyKeyProviderService,
                      osy_key_provider_service,
                      OSY,
                      KEY_PROVIDER_SERVICE,
                      GObject)

struct _OsyKeyProviderService {
  GObject parent_instance;
  char *id;
};

static void osy_key_provider_service_iface_init (OsyKeyProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OsyKeyProviderService,
                               osy_key_provider_service,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OSY_TYPE_KEY_PROVIDER,
                                                      osy_key_provider_service_iface_init))

static const SecretSchema schema = {"com.ordersync.DataKey",
                                    SECRET_SCHEMA_NONE,
                                    {{"id", SECRET_SCHEMA_ATTRIBUTE_STRING}, {NULL, 0}},
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    NULL,
                                    NULL,
                                    NULL,
                                    NULL};

/* ---- waiting without hanging ---- */

/* One exchange with the service. Freed when it is over and the last answer has come; one that
 * never comes keeps it. */
typedef struct {
  int refs; /* only ever touched in this thread */
  GMainContext *context;
  GCancellable *cancellable;
  GAsyncResult *result;
  SecretService *service;
} Talk;

static void
talk_unref (Talk *talk)
{
  if (--talk->refs > 0)
    return;
  g_clear_object (&talk->service);
  g_clear_object (&talk->result);
  g_clear_object (&talk->cancellable);
  g_main_context_unref (talk->context);
  g_free (talk);
}

static Talk *
talk_begin (void)
{
  Talk *talk = g_new0 (Talk, 1);

  talk->refs = 1;
  talk->context = g_main_context_new ();
  talk->cancellable = g_cancellable_new ();
  g_main_context_push_thread_default (talk->context);
  return talk;
}

static void
talk_end (Talk *talk)
{
  g_main_context_pop_thread_default (talk->context);
  talk_unref (talk);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Talk, talk_end)

/* Hands a reference to the call that is about to start. */
static gpointer
talk_for_call (Talk *talk)
{
  talk->refs++;
  return talk;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Talk *talk = user_data;

  g_set_object (&talk->result, result);
  talk_unref (talk);
}

static gboolean
elapsed_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
spin (Talk *talk, guint ms)
{
  gboolean elapsed = FALSE;
  g_autoptr (GSource) timer = g_timeout_source_new (ms);

  g_source_set_callback (timer, elapsed_cb, &elapsed, NULL);
  g_source_attach (timer, talk->context);
  while (talk->result == NULL && !elapsed)
    g_main_context_iteration (talk->context, TRUE);
  g_source_destroy (timer);
}

/* Returns: (transfer full): the answer to the call started last; NULL after the time-out. */
static GAsyncResult *
talk_wait (Talk *talk, GError **error)
{
  spin (talk, TIMEOUT_MS);
  if (talk->result != NULL)
    return g_steal_pointer (&talk->result);
  g_cancellable_cancel (talk->cancellable);
  spin (talk, GRACE_MS);
  g_clear_object (&talk->result);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                       "The desktop's keyring does not answer: unlock it or sign in again.");
  return NULL;
}

static gboolean
fail (const GError *cause, const char *what, GError **error)
{
  g_set_error (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE, "The desktop's keyring %s: %s", what,
               cause ? cause->message : "no reason given");
  return FALSE;
}

/* Without one, GDBus would try to start a bus of its own. */
static gboolean
has_session_bus (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);
  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
talk_open (Talk *talk, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (!has_session_bus ()) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                         "There is no desktop session whose keyring could be asked: sign in to the "
                         "desktop and start again.");
    return FALSE;
  }
  /* Not secret_service_get(): its shared object would belong to this short-lived context. */
  secret_service_open (SECRET_TYPE_SERVICE, NULL, SECRET_SERVICE_OPEN_SESSION, talk->cancellable,
                       answered_cb, talk_for_call (talk));
  g_autoptr (GAsyncResult) result = talk_wait (talk, error);
  if (result == NULL)
    return FALSE;
  talk->service = secret_service_open_finish (result, &local);
  return talk->service != NULL || fail (local, "cannot be opened", error);
}

/* ---- the key ---- */

/* The key, and the one that is to follow it: two items. */
typedef enum { THE_KEY, NEXT_KEY } Slot;

static GHashTable *
attributes_of (OsyKeyProviderService *self, Slot slot)
{
  g_autofree char *next = g_strconcat (self->id, ".next", NULL);

  return secret_attributes_build (&schema, "id", slot == NEXT_KEY ? next : self->id, NULL);
}

static GBytes *
read_item (SecretItem *item, GError **error)
{
  if (secret_item_get_locked (item)) {
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                         "The desktop's keyring is locked: unlock it and start again.");
    return NULL;
  }
  g_autoptr (SecretValue) value = secret_item_get_secret (item);
  const char *text = value ? secret_value_get_text (value) : NULL;
  GBytes *key = text ? osy_key_from_text (text) : NULL;
  if (key == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                         "The desktop's keyring holds no usable key for this data: put it back "
                         "from your backup.");
  return key;
}

/* Returns: FALSE with @error; TRUE and @key NULL when the keyring knows of none. */
static gboolean
find (OsyKeyProviderService *self, Talk *talk, Slot slot, GBytes **key, GError **error)
{
  g_autoptr (GHashTable) attributes = attributes_of (self, slot);
  g_autoptr (GError) local = NULL;

  *key = NULL;
  secret_service_search (talk->service, &schema, attributes, SECRET_SEARCH_LOAD_SECRETS,
                         talk->cancellable, answered_cb, talk_for_call (talk));
  g_autoptr (GAsyncResult) result = talk_wait (talk, error);
  if (result == NULL)
    return FALSE;
  GList *items = secret_service_search_finish (talk->service, result, &local);
  if (local != NULL)
    return fail (local, "cannot be searched", error);
  if (items != NULL)
    *key = read_item (items->data, error);
  gboolean found = items != NULL;
  g_list_free_full (items, g_object_unref);
  return !found || *key != NULL;
}

static gboolean
store (OsyKeyProviderService *self, Talk *talk, Slot slot, const char *text, GError **error)
{
  g_autoptr (GHashTable) attributes = attributes_of (self, slot);
  g_autoptr (SecretValue) value = secret_value_new (text, -1, "text/plain");
  g_autoptr (GError) local = NULL;

  secret_service_store (talk->service, &schema, attributes, SECRET_COLLECTION_DEFAULT,
                        "OrderSync data key", value, talk->cancellable, answered_cb,
                        talk_for_call (talk));
  g_autoptr (GAsyncResult) result = talk_wait (talk, error);
  if (result == NULL)
    return FALSE;
  return secret_service_store_finish (talk->service, result, &local) ||
         fail (local, "cannot keep the key", error);
}

static const char *
get_name (OsyKeyProvider *provider)
{
  return "secret-service";
}

static gboolean
clear (OsyKeyProviderService *self, Talk *talk, Slot slot, GError **error)
{
  g_autoptr (GHashTable) attributes = attributes_of (self, slot);
  g_autoptr (GError) local = NULL;

  secret_service_clear (talk->service, &schema, attributes, talk->cancellable, answered_cb,
                        talk_for_call (talk));
  g_autoptr (GAsyncResult) result = talk_wait (talk, error);
  if (result == NULL)
    return FALSE;
  secret_service_clear_finish (talk->service, result, &local);
  return local == NULL || fail (local, "cannot forget the key", error);
}

static GBytes *
load (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProviderService *self = OSY_KEY_PROVIDER_SERVICE (provider);
  g_autoptr (Talk) talk = talk_begin ();
  GBytes *key;

  if (!talk_open (talk, error) || !find (self, talk, THE_KEY, &key, error))
    return NULL;
  if (key == NULL)
    g_set_error_literal (error, OSY_ERROR, OSY_ERROR_KEY_UNAVAILABLE,
                         "The desktop's keyring has no key for this data: sign in as the user who "
                         "set the shop up, or put the keyring back from your backup.");
  return key;
}

static GBytes *
load_next (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProviderService *self = OSY_KEY_PROVIDER_SERVICE (provider);
  g_autoptr (Talk) talk = talk_begin ();
  GBytes *key = NULL;

  return talk_open (talk, error) && find (self, talk, NEXT_KEY, &key, error) ? key : NULL;
}

/* Stores @key and reads it back before anything is encrypted with it. */
static GBytes *
keep (OsyKeyProviderService *self, Talk *talk, Slot slot, const guint8 *key, GError **error)
{
  GBytes *back = NULL;
  char *text = osy_key_to_text (key);
  gboolean stored = store (self, talk, slot, text, error) && find (self, talk, slot, &back, error);

  osy_wipe (text, 2 * OSY_KEY_SIZE);
  g_free (text);
  if (stored && back == NULL)
    fail (NULL, "did not keep the key", error);
  return back;
}

static GBytes *
keep_new (OsyKeyProviderService *self, Talk *talk, Slot slot, GError **error)
{
  guint8 key[OSY_KEY_SIZE];

  osy_random_bytes (key, sizeof key);
  GBytes *back = keep (self, talk, slot, key, error);
  osy_wipe (key, sizeof key);
  return back;
}

static GBytes *
create (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProviderService *self = OSY_KEY_PROVIDER_SERVICE (provider);
  g_autoptr (Talk) talk = talk_begin ();
  g_autoptr (GBytes) present = NULL;

  if (!talk_open (talk, error) || !find (self, talk, THE_KEY, &present, error))
    return NULL;
  if (present == NULL)
    return keep_new (self, talk, THE_KEY, error);
  g_set_error_literal (error, OSY_ERROR, OSY_ERROR_CONFLICT,
                       "The desktop's keyring has a key for this data already.");
  return NULL;
}

static GBytes *
add_next (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProviderService *self = OSY_KEY_PROVIDER_SERVICE (provider);
  g_autoptr (Talk) talk = talk_begin ();
  GBytes *present = NULL;

  if (!talk_open (talk, error) || !find (self, talk, NEXT_KEY, &present, error))
    return NULL;
  return present ? present : keep_new (self, talk, NEXT_KEY, error);
}

/* Cut short between the two, both items hold the new key. */
static gboolean
promote (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProviderService *self = OSY_KEY_PROVIDER_SERVICE (provider);
  g_autoptr (Talk) talk = talk_begin ();
  g_autoptr (GBytes) next = NULL;

  if (!talk_open (talk, error) || !find (self, talk, NEXT_KEY, &next, error))
    return FALSE;
  if (next == NULL)
    return TRUE;
  g_autoptr (GBytes) kept = keep (self, talk, THE_KEY, g_bytes_get_data (next, NULL), error);
  return kept != NULL && clear (self, talk, NEXT_KEY, error);
}

static gboolean
remove_keys (OsyKeyProvider *provider, GError **error)
{
  OsyKeyProviderService *self = OSY_KEY_PROVIDER_SERVICE (provider);
  g_autoptr (Talk) talk = talk_begin ();

  return talk_open (talk, error) && clear (self, talk, NEXT_KEY, error) &&
         clear (self, talk, THE_KEY, error);
}

static void
osy_key_provider_service_finalize (GObject *object)
{
  OsyKeyProviderService *self = OSY_KEY_PROVIDER_SERVICE (object);

  g_free (self->id);
  G_OBJECT_CLASS (osy_key_provider_service_parent_class)->finalize (object);
}

static void
osy_key_provider_service_class_init (OsyKeyProviderServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osy_key_provider_service_finalize;
}

static void
osy_key_provider_service_iface_init (OsyKeyProviderInterface *iface)
{
  iface->get_name = get_name;
  iface->load = load;
  iface->create = create;
  iface->load_next = load_next;
  iface->add_next = add_next;
  iface->promote = promote;
  iface->remove = remove_keys;
}

static void
osy_key_provider_service_init (OsyKeyProviderService *self)
{
}

OsyKeyProvider *
osy_key_provider_secret_service (const char *id)
{
  OsyKeyProviderService *self = g_object_new (OSY_TYPE_KEY_PROVIDER_SERVICE, NULL);

  self->id = g_strdup (id);
  return OSY_KEY_PROVIDER (self);
}

/* Asks for the default keyring, since a service without one cannot keep a key. */
gboolean
osy_secret_service_answers (void)
{
  g_autoptr (Talk) talk = talk_begin ();

  if (!talk_open (talk, NULL))
    return FALSE;
  secret_collection_for_alias (talk->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                               talk->cancellable, answered_cb, talk_for_call (talk));
  g_autoptr (GAsyncResult) result = talk_wait (talk, NULL);
  g_autoptr (SecretCollection) collection =
      result ? secret_collection_for_alias_finish (result, NULL) : NULL;
  return collection != NULL && !secret_collection_get_locked (collection);
}
