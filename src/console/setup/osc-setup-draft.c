/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Unsaved words of the assistant: one JSON object of steps, each an object of texts. */

#include "osc-setup-draft.h"

#include <glib/gstdio.h>

#include "osy-json.h"

#define WRITE_MS 200

struct _OscSetupDraft {
  GObject parent_instance;
  char *path; /* nullable */
  JsonObject *steps;
  guint write_source;
};

G_DEFINE_FINAL_TYPE (OscSetupDraft, osc_setup_draft, G_TYPE_OBJECT)

static void
write_now (OscSetupDraft *self)
{
  g_autofree char *dir = self->path != NULL ? g_path_get_dirname (self->path) : NULL;
  g_autoptr (JsonNode) node = osy_json_take_object (json_object_ref (self->steps));
  g_autofree char *text = osy_json_print (node);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->write_source, g_source_remove);
  if (self->path == NULL)
    return;
  if (json_object_get_size (self->steps) == 0)
    g_unlink (self->path);
  /* Losing it only means to type it once more. */
  else if (g_mkdir_with_parents (dir, 0700) != 0 ||
           !g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                      &error))
    g_info ("The draft could not be kept: %s", error != NULL ? error->message : "no directory");
}

static gboolean
write_cb (gpointer user_data)
{
  OscSetupDraft *self = user_data;

  self->write_source = 0;
  write_now (self);
  return G_SOURCE_REMOVE;
}

static JsonObject *
step_of (OscSetupDraft *self, const char *step)
{
  JsonNode *node = json_object_get_member (self->steps, step);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

const char *
osc_setup_draft_get (OscSetupDraft *self, const char *step, const char *field)
{
  g_return_val_if_fail (OSC_IS_SETUP_DRAFT (self), NULL);
  JsonObject *object = step_of (self, step);
  JsonNode *node = object != NULL ? json_object_get_member (object, field) : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

void
osc_setup_draft_set (OscSetupDraft *self, const char *step, const char *field, const char *text)
{
  g_return_if_fail (OSC_IS_SETUP_DRAFT (self) && text != NULL);
  JsonObject *object = step_of (self, step);

  if (object == NULL) {
    object = json_object_new ();
    json_object_set_object_member (self->steps, step, object);
  }
  json_object_set_string_member (object, field, text);
  if (self->write_source == 0)
    self->write_source = g_timeout_add (WRITE_MS, write_cb, self);
}

gboolean
osc_setup_draft_has (OscSetupDraft *self, const char *step)
{
  g_return_val_if_fail (OSC_IS_SETUP_DRAFT (self), FALSE);
  return step_of (self, step) != NULL;
}

void
osc_setup_draft_clear (OscSetupDraft *self, const char *step)
{
  g_return_if_fail (OSC_IS_SETUP_DRAFT (self));
  if (step_of (self, step) == NULL)
    return;
  json_object_remove_member (self->steps, step);
  write_now (self);
}

static void
osc_setup_draft_finalize (GObject *object)
{
  OscSetupDraft *self = OSC_SETUP_DRAFT (object);

  if (self->write_source != 0)
    write_now (self);
  json_object_unref (self->steps);
  g_free (self->path);
  G_OBJECT_CLASS (osc_setup_draft_parent_class)->finalize (object);
}

static void
osc_setup_draft_class_init (OscSetupDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = osc_setup_draft_finalize;
}

static void
osc_setup_draft_init (OscSetupDraft *self)
{
  self->steps = json_object_new ();
}

static void
read_file (OscSetupDraft *self)
{
  g_autofree char *text = NULL;
  gsize len = 0;

  if (!g_file_get_contents (self->path, &text, &len, NULL))
    return;
  g_autoptr (JsonNode) node = osy_json_parse (text, len, NULL);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_unref (self->steps);
  self->steps = json_object_ref (json_node_get_object (node));
}

OscSetupDraft *
osc_setup_draft_new (OsyClient *client, const char *dir)
{
  OscSetupDraft *self = g_object_new (OSC_TYPE_SETUP_DRAFT, NULL);

  if (client == NULL)
    return self;
  g_autofree char *server =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, osy_client_base_url (client), -1);
  g_autofree char *name = g_strdup_printf ("setup-%.16s.json", server);
  self->path = dir != NULL ? g_build_filename (dir, name, NULL)
                           : g_build_filename (g_get_user_state_dir (), "ordersync", name, NULL);
  read_file (self);
  return self;
}
