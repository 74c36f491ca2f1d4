/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The versions of the menu, page by page, and the difference to one of them. */

#include "osc-menu-history.h"

#include <glib/gi18n.h>

#include "osc-menu-told.h"
#include "osy-clock.h"
#include "osy-rest.h"

#define PATH "/api/v1/restaurants/me/menu/versions"

struct _OscMenuHistory {
  GObject parent;
  OsyClient *client;   /* nullable */
  GPtrArray *versions; /* of OscMenuVersion */
  char *cursor;        /* nullable: of the next page */
  OscHistoryPhase phase;
  gboolean asking;
  gboolean compares;
  OscMenuDifference difference;
  GCancellable *page;
  GCancellable *comparing;
};

enum { CHANGED, REQUESTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuHistory, osc_menu_history, G_TYPE_OBJECT)

static void
version_free (OscMenuVersion *self)
{
  g_free (self->day);
  g_free (self->who);
  g_free (self->words);
  g_free (self);
}

static void
notify (OscMenuHistory *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static JsonObject *
object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
array_of (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* ---- a page ---- */

static const char *
who_of (JsonObject *object)
{
  const char *actor = osy_rest_text (object, "actor", "");
  const char *name = osy_rest_text (object, "actor_name", NULL);

  if (g_str_has_prefix (actor, "system:"))
    return "OrderSync";
  return name != NULL && !g_str_equal (name, "staff") ? name : _ ("Staff");
}

static void
add_version (OscMenuHistory *self, JsonObject *object)
{
  JsonArray *changes = array_of (object, "changes");
  const char *at = osy_rest_text (object, "created_at", NULL);

  if (changes == NULL)
    return;
  OscMenuVersion *one = g_new0 (OscMenuVersion, 1);
  one->version = osy_rest_int (object, "version", 0);
  one->from_version = osy_rest_int (object, "from_version", 0);
  if (at == NULL || !osy_clock_parse (at, &one->at))
    one->at = 0;
  one->day = g_strdup (osy_rest_text (object, "business_day", ""));
  one->who = g_strdup (who_of (object));
  one->words = osc_menu_told_all (changes, (guint)osy_rest_int (object, "change_count", 0));
  one->back = json_object_has_member (object, "restored");
  g_ptr_array_add (self->versions, one);
}

void
osc_menu_history_take (OscMenuHistory *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_MENU_HISTORY (self));
  JsonObject *object = object_of (answer);
  JsonArray *rows = array_of (object, "versions");

  self->asking = FALSE;
  self->phase = rows != NULL ? OSC_HISTORY_READY : OSC_HISTORY_FAILED;
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    add_version (self, json_array_get_object_element (rows, i));
  if (rows != NULL) {
    g_free (self->cursor);
    self->cursor = g_strdup (osy_rest_text (object, "next_cursor", NULL));
  }
  notify (self);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    osc_menu_history_take (self, answer);
}

/* A new question takes the place of the one before. */
static GCancellable *
renew (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
  return *cancellable;
}

static void
ask (OscMenuHistory *self, const char *path, GCancellable *cancellable, GAsyncReadyCallback cb)
{
  g_signal_emit (self, signals[REQUESTED], 0, path);
  if (self->client != NULL)
    osy_client_send_async (self->client, &(OsyClientRequest){.method = "GET", .path = path},
                           cancellable, cb, g_object_ref (self));
}

void
osc_menu_history_look (OscMenuHistory *self)
{
  g_return_if_fail (OSC_IS_MENU_HISTORY (self));

  g_ptr_array_set_size (self->versions, 0);
  g_clear_pointer (&self->cursor, g_free);
  self->compares = FALSE;
  self->phase = OSC_HISTORY_LOADING;
  self->asking = TRUE;
  notify (self);
  ask (self, PATH "?limit=50", renew (&self->page), page_cb);
}

void
osc_menu_history_more (OscMenuHistory *self)
{
  g_return_if_fail (OSC_IS_MENU_HISTORY (self));

  if (self->cursor == NULL || self->asking)
    return;
  g_autofree char *path = g_strdup_printf (PATH "?limit=50&cursor=%s", self->cursor);
  self->asking = TRUE;
  ask (self, path, renew (&self->page), page_cb);
}

gboolean
osc_menu_history_has_more (OscMenuHistory *self)
{
  g_return_val_if_fail (OSC_IS_MENU_HISTORY (self), FALSE);
  return self->cursor != NULL;
}

OscHistoryPhase
osc_menu_history_phase (OscMenuHistory *self)
{
  g_return_val_if_fail (OSC_IS_MENU_HISTORY (self), OSC_HISTORY_FAILED);
  return self->phase;
}

GPtrArray *
osc_menu_history_versions (OscMenuHistory *self)
{
  g_return_val_if_fail (OSC_IS_MENU_HISTORY (self), NULL);
  return self->versions;
}

/* The first change of the day knows what was before it. */
gint64
osc_menu_history_before (OscMenuHistory *self, const char *today)
{
  g_return_val_if_fail (OSC_IS_MENU_HISTORY (self), -1);
  gint64 before = -1;

  for (guint i = 0; i < self->versions->len; i++) {
    const OscMenuVersion *one = g_ptr_array_index (self->versions, i);

    if (g_strcmp0 (one->day, today) != 0)
      return before;
    before = one->from_version;
  }
  return self->cursor == NULL ? before : -1;
}

/* ---- the difference ---- */

static void
clear_difference (OscMenuHistory *self)
{
  g_clear_pointer (&self->difference.expect, g_free);
  g_clear_pointer (&self->difference.words, g_strfreev);
  self->difference.count = 0;
  self->difference.failed = FALSE;
}

void
osc_menu_history_take_difference (OscMenuHistory *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_MENU_HISTORY (self));
  JsonObject *object = object_of (answer);
  JsonArray *rows = array_of (object, "changes");
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  clear_difference (self);
  self->difference.failed = rows == NULL;
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    g_autofree char *one = osc_menu_told_words (json_array_get_object_element (rows, i));

    g_strv_builder_add (words, one);
  }
  if (rows != NULL) {
    self->difference.words = g_strv_builder_end (words);
    self->difference.expect = g_strdup (osy_rest_text (object, "expect", NULL));
    self->difference.count = (guint)osy_rest_int (object, "change_count", 0);
  }
  notify (self);
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscMenuHistory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    osc_menu_history_take_difference (self, answer);
}

void
osc_menu_history_compare (OscMenuHistory *self, gint64 version)
{
  g_return_if_fail (OSC_IS_MENU_HISTORY (self) && version >= 0);
  g_autofree char *path = g_strdup_printf (PATH "/%" G_GINT64_FORMAT, version);

  clear_difference (self);
  self->compares = TRUE;
  self->difference.version = version;
  notify (self);
  ask (self, path, renew (&self->comparing), compared_cb);
}

const OscMenuDifference *
osc_menu_history_difference (OscMenuHistory *self)
{
  g_return_val_if_fail (OSC_IS_MENU_HISTORY (self), NULL);
  return self->compares ? &self->difference : NULL;
}

/* ---- life ---- */

static void
osc_menu_history_dispose (GObject *object)
{
  OscMenuHistory *self = OSC_MENU_HISTORY (object);

  if (self->page != NULL)
    g_cancellable_cancel (self->page);
  if (self->comparing != NULL)
    g_cancellable_cancel (self->comparing);
  G_OBJECT_CLASS (osc_menu_history_parent_class)->dispose (object);
}

static void
osc_menu_history_finalize (GObject *object)
{
  OscMenuHistory *self = OSC_MENU_HISTORY (object);

  clear_difference (self);
  g_clear_object (&self->page);
  g_clear_object (&self->comparing);
  g_clear_object (&self->client);
  g_ptr_array_unref (self->versions);
  g_free (self->cursor);
  G_OBJECT_CLASS (osc_menu_history_parent_class)->finalize (object);
}

static void
osc_menu_history_class_init (OscMenuHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_menu_history_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_menu_history_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[REQUESTED] = g_signal_new ("requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
osc_menu_history_init (OscMenuHistory *self)
{
  self->versions = g_ptr_array_new_with_free_func ((GDestroyNotify)version_free);
}

OscMenuHistory *
osc_menu_history_new (OsyClient *client)
{
  OscMenuHistory *self = g_object_new (OSC_TYPE_MENU_HISTORY, NULL);

  g_set_object (&self->client, client);
  return self;
}
