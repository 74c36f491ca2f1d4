/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One resource: read, shown, changed, read again. */

#include "osc-document.h"

#include "osy-json.h"

#define ME "/api/v1/restaurants/me/"

struct _OscDocument {
  GObject parent_instance;
  OsyClient *client; /* nullable */
  GCancellable *cancellable;
  char *path;
  JsonNode *answer; /* nullable */
  gboolean failed;
};

enum { CHANGED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscDocument, osc_document, G_TYPE_OBJECT)

static void
send (OscDocument *self, const OsyClientRequest *request, GAsyncReadyCallback done, gpointer data)
{
  g_autofree char *body = request->body != NULL ? osy_json_print (request->body) : NULL;
  g_autofree char *what = g_strdup_printf ("%s %s%s%s", request->method, request->path,
                                           body != NULL ? " " : "", body != NULL ? body : "");

  g_signal_emit (self, signals[REQUESTED], 0, what);
  if (self->client != NULL)
    osy_client_send_async (self->client, request, self->cancellable, done, data);
}

/* ---- reading ---- */

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         osy_error_is (error, OSY_ERROR_CANCELLED);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscDocument) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (!is_cancelled (error))
    osc_document_take (self, answer);
}

void
osc_document_load (OscDocument *self)
{
  g_return_if_fail (OSC_IS_DOCUMENT (self));
  g_autofree char *path = g_strconcat (ME, self->path, NULL);

  if (self->client != NULL)
    send (self, &(OsyClientRequest){.method = "GET", .path = path}, read_cb, g_object_ref (self));
}

void
osc_document_take (OscDocument *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_DOCUMENT (self));

  self->failed = answer == NULL || !JSON_NODE_HOLDS_OBJECT (answer);
  if (!self->failed) {
    g_clear_pointer (&self->answer, json_node_unref);
    self->answer = json_node_ref (answer);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

JsonObject *
osc_document_get (OscDocument *self)
{
  g_return_val_if_fail (OSC_IS_DOCUMENT (self), NULL);
  return self->answer != NULL ? json_node_get_object (self->answer) : NULL;
}

gboolean
osc_document_failed (OscDocument *self)
{
  g_return_val_if_fail (OSC_IS_DOCUMENT (self), FALSE);
  return self->failed;
}

/* ---- acting ---- */

typedef struct {
  OscDocument *self;
  gboolean itself; /* the answer is the document */
  OscDocumentDone done;
  GObject *owner;
} Act;

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Act *act = user_data;
  g_autoptr (OscDocument) self = act->self;
  g_autoptr (GObject) owner = act->owner;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (is_cancelled (error))
    return;
  if (act->itself && answer != NULL)
    osc_document_take (self, answer);
  else
    osc_document_load (self);
  if (act->done != NULL)
    act->done (owner, answer != NULL ? json_node_get_object (answer) : NULL, error);
}

void
osc_document_send (OscDocument *self, const OscDocumentAct *act)
{
  g_return_if_fail (OSC_IS_DOCUMENT (self));
  g_autofree char *path = g_strconcat (ME, self->path, act->path, NULL);
  Act *copy = self->client != NULL ? g_new0 (Act, 1) : NULL;

  if (copy != NULL)
    *copy = (Act){g_object_ref (self), act->path == NULL, act->done,
                  act->owner != NULL ? g_object_ref (act->owner) : NULL};
  send (self,
        &(OsyClientRequest){.method = act->method,
                            .path = path,
                            .body = act->body,
                            .if_version = act->if_version,
                            .persistent = g_str_equal (act->method, "POST")},
        acted_cb, copy);
}

/* ---- life ---- */

static void
osc_document_dispose (GObject *object)
{
  g_cancellable_cancel (OSC_DOCUMENT (object)->cancellable);
  G_OBJECT_CLASS (osc_document_parent_class)->dispose (object);
}

static void
osc_document_finalize (GObject *object)
{
  OscDocument *self = OSC_DOCUMENT (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_pointer (&self->answer, json_node_unref);
  g_free (self->path);
  G_OBJECT_CLASS (osc_document_parent_class)->finalize (object);
}

static void
osc_document_class_init (OscDocumentClass *klass)
{
  GType type = OSC_TYPE_DOCUMENT;

  G_OBJECT_CLASS (klass)->dispose = osc_document_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_document_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_document_init (OscDocument *self)
{
  self->cancellable = g_cancellable_new ();
}

OscDocument *
osc_document_new (OsyClient *client, const char *path)
{
  g_return_val_if_fail (path != NULL, NULL);
  OscDocument *self = g_object_new (OSC_TYPE_DOCUMENT, NULL);

  g_set_object (&self->client, client);
  self->path = g_strdup (path);
  return self;
}
