/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Closing once. Close and moves are on disk with their key before they leave; while nobody knows
 * what became of them the same leaves again, and no other can be begun. The daemon knows the key
 * for ever, whoever sends it. The rest needs none: a drawer is opened once, a close corrected once.
 */

#include <string.h>

#include "osy-clock.h"
#include "osy-id.h"
#include "osy-json.h"

#include "osc-till-private.h"

#define RETRY_MS 3000
#define CLOSE_PERMISSION "till:manage"
#define TAKE_PERMISSION "payment:take"
#define MAX_BODY 10000
/* What is older than a day is for people to look at. */
#define KEPT G_TIME_SPAN_DAY

static const struct {
  const char *name; /* in the file; NULL: it is not kept */
  const char *path; /* NULL: each its own */
  gboolean persistent;
} deeds[] = {
    [OSC_TILL_OPEN] = {NULL, OSC_TILL_API "/open", TRUE},
    [OSC_TILL_MOVE] = {"move", OSC_TILL_API "/cash", TRUE},
    [OSC_TILL_COUNT] = {NULL, OSC_TILL_API "/counts", FALSE},
    [OSC_TILL_CLOSE] = {"close", OSC_TILL_API "/close", TRUE},
    [OSC_TILL_CORRECT] = {NULL, NULL, TRUE},
};

void
osc_till_act_clear (OscTillAct *act)
{
  g_clear_pointer (&act->path, g_free);
  g_clear_pointer (&act->body, json_node_unref);
  g_clear_pointer (&act->key, g_free);
  act->maybe = FALSE;
}

static void
set_phase (OscTillStore *self, OscTillPhase phase)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  self->phase = phase;
  osc_till_store_tell (self);
}

/* ---- kept ---- */

static JsonObject *
act_to_json (const OscTillAct *act)
{
  JsonObject *object = json_object_new ();
  g_autofree char *body = osy_json_print (act->body);

  json_object_set_string_member (object, "deed", deeds[act->deed].name);
  json_object_set_string_member (object, "key", act->key);
  json_object_set_int_member (object, "at", act->at);
  json_object_set_string_member (object, "body", body);
  return object;
}

void
osc_till_store_keep (OscTillStore *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *drafts = json_array_new ();

  for (guint i = 0; i < OSC_N_TILL_FORS; i++)
    if (self->drafts[i] != NULL)
      json_array_add_object_element (drafts, osc_till_draft_to_json (self->drafts[i]));
  json_object_set_array_member (object, "drafts", drafts);
  if (self->phase != OSC_TILL_IDLE && deeds[self->act.deed].name != NULL)
    json_object_set_object_member (object, "held", act_to_json (&self->act));
  g_autoptr (JsonNode) node = osy_json_take_object (object);
  if (self->file != NULL)
    osc_cart_file_write (self->file, osy_json_print (node));
}

static gboolean
read_held (OscTillStore *self, OsyJsonReader *root)
{
  static const char *const names[] = {"move", "close", NULL};
  OsyJsonReader *held = osy_json_reader_opt_object (root, "held");
  const char *deed = held != NULL ? osy_json_reader_enum (held, "deed", names, NULL) : NULL;
  const char *key = held != NULL ? osy_json_reader_id (held, "key") : NULL;
  const char *body = held != NULL ? osy_json_reader_string (held, "body", 2, MAX_BODY) : NULL;
  gint64 at = held != NULL ? osy_json_reader_int (held, "at", 0, G_MAXINT64) : 0;

  osy_json_reader_ignore_unknown (root);
  if (!osy_json_reader_finish (root, NULL))
    return FALSE;
  JsonNode *node = held != NULL ? osy_json_parse (body, strlen (body), NULL) : NULL;
  if (node == NULL)
    return held == NULL;
  self->act = (OscTillAct){
      .deed = g_str_equal (deed, "close") ? OSC_TILL_CLOSE : OSC_TILL_MOVE,
      .body = node,
      .key = g_strdup (key),
      .at = at,
      .maybe = TRUE,
  };
  self->act.path = g_strdup (deeds[self->act.deed].path);
  return TRUE;
}

/* Each draft is read by itself: one that can't be understood does not take the others with it. */
static gboolean
read_drafts (OscTillStore *self, JsonNode *root)
{
  JsonObject *object =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *list = object != NULL ? json_object_get_member (object, "drafts") : NULL;
  JsonArray *drafts =
      list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;
  gboolean good = drafts != NULL;

  for (guint i = 0; drafts != NULL && i < json_array_get_length (drafts); i++) {
    OscTillDraft *draft = osc_till_draft_from_json (json_array_get_element (drafts, i));
    good = good && draft != NULL;
    if (draft == NULL)
      continue;
    g_clear_pointer (&self->drafts[draft->what], osc_till_draft_free);
    self->drafts[draft->what] = draft;
  }
  return good;
}

static void
forget_old (OscTillStore *self)
{
  g_autoptr (GError) error =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_TIMEOUT, "Nobody knows what became of it.");
  OscTillDeed deed = self->act.deed;

  osc_till_act_clear (&self->act);
  osc_till_store_keep (self);
  osc_till_store_tell (self);
  osc_till_store_emit_failed (self, deed, error, NULL);
}

void
osc_till_store_resume (OscTillStore *self)
{
  g_autofree char *text = osc_cart_file_read (self->file);
  g_autoptr (JsonNode) node = text != NULL ? osy_json_parse (text, strlen (text), NULL) : NULL;

  if (text == NULL)
    return;
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  gboolean drafts = read_drafts (self, node);
  if (!read_held (self, reader) || !drafts)
    osc_cart_file_put_aside (self->file);
  if (self->act.path == NULL) {
    osc_till_store_tell (self);
    return;
  }
  if (osy_clock_now () - self->act.at < KEPT) {
    set_phase (self, OSC_TILL_UNSURE);
    osc_till_store_ask_again (self);
  } else {
    forget_old (self);
  }
}

/* ---- what came of it ---- */

static gboolean
retry_cb (gpointer data)
{
  OscTillStore *self = data;

  self->retry = 0;
  osc_till_store_ask_again (self);
  return G_SOURCE_REMOVE;
}

static const char *
permission_of (OscTillDeed deed)
{
  return deed == OSC_TILL_CLOSE || deed == OSC_TILL_CORRECT ? CLOSE_PERMISSION : TAKE_PERMISSION;
}

static void
take_refusal (OscTillStore *self, const GError *error)
{
  OscTillDeed deed = self->act.deed;
  gboolean askable = osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION);

  if (deeds[deed].name != NULL && osy_client_is_open (error)) {
    self->act.maybe = TRUE;
    set_phase (self, OSC_TILL_UNSURE);
    self->retry = g_timeout_add (RETRY_MS, retry_cb, self);
    return;
  }
  set_phase (self, askable ? OSC_TILL_WANTS_PIN : OSC_TILL_IDLE);
  if (!askable)
    osc_till_act_clear (&self->act);
  osc_till_store_keep (self);
  osc_till_store_emit_failed (self, deed, error, askable ? permission_of (deed) : NULL);
  /* Somebody else was first, or nobody knows: what is there now says it. */
  osc_till_store_load (self);
}

/* The draft that was sent; -1: none. */
static int
for_of (OscTillDeed deed)
{
  switch (deed) {
  case OSC_TILL_COUNT: return OSC_TILL_FOR_COUNT;
  case OSC_TILL_CLOSE: return OSC_TILL_FOR_CLOSE;
  case OSC_TILL_CORRECT: return OSC_TILL_FOR_CORRECTION;
  default: return -1;
  }
}

static gint64
take_number (OscTillStore *self, OscTillDeed deed, JsonNode *answer)
{
  g_autoptr (OscTillClose) one = NULL;

  if (deed != OSC_TILL_CLOSE && deed != OSC_TILL_CORRECT)
    return 0;
  one = osc_till_close_new (answer);
  if (one == NULL)
    return 0;
  /* That it was corrected is not known of the old one. */
  if (one->corrects > 0)
    g_hash_table_remove (self->known, &one->corrects);
  osc_till_store_take_close (self, answer);
  return one->number;
}

void
osc_till_store_answer (OscTillStore *self, JsonNode *answer, const GError *error)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  OscTillDeed deed = self->act.deed;
  int what = for_of (deed);

  self->asking = FALSE;
  if (answer == NULL) {
    take_refusal (self, error);
    return;
  }
  if (what >= 0)
    g_clear_pointer (&self->drafts[what], osc_till_draft_free);
  osc_till_act_clear (&self->act);
  self->phase = OSC_TILL_IDLE;
  osc_till_store_keep (self);
  gint64 number = take_number (self, deed, answer);
  if (deed == OSC_TILL_CLOSE)
    self->closed = number;
  set_phase (self, OSC_TILL_IDLE);
  osc_till_store_emit_done (self, deed, number);
  osc_till_store_load (self);
  if (self->closes != NULL)
    osc_till_store_load_closes (self, FALSE);
}

/* ---- sending ---- */

typedef struct {
  OscTillStore *self;
  char *act_token; /* nullable */
} Leaving;

static void
leaving_free (Leaving *leaving)
{
  g_object_unref (leaving->self);
  g_free (leaving->act_token);
  g_free (leaving);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Leaving, leaving_free)

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  osc_till_store_answer (leaving->self, answer, error);
}

static void
leave (Leaving *taken)
{
  g_autoptr (Leaving) leaving = taken;
  OscTillStore *self = leaving->self;
  const OsyClientRequest request = {.method = "POST",
                                    .path = self->act.path,
                                    .body = self->act.body,
                                    .key = self->act.key,
                                    .persistent = deeds[self->act.deed].persistent,
                                    .act_token = leaving->act_token};

  if (self->client == NULL)
    osc_till_store_emit_requested (self, &request);
  else
    osy_client_send_async (self->client, &request, NULL, sent_cb, g_steal_pointer (&leaving));
}

/* A disk that takes nothing does not keep a shop from closing. */
static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_cart_file_flush_finish (OSC_CART_FILE (source), result, &error))
    g_warning ("An act on the till leaves without its key kept: %s", error->message);
  leave (g_steal_pointer (&leaving));
}

static void
send (OscTillStore *self, const char *act_token)
{
  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->self = g_object_ref (self);
  leaving->act_token = g_strdup (act_token);
  self->asking = TRUE;
  if (self->file == NULL || deeds[self->act.deed].name == NULL) {
    leave (leaving);
    return;
  }
  osc_till_store_keep (self);
  osc_cart_file_flush_async (self->file, kept_cb, leaving);
}

/* @path: (transfer full) (nullable): of the deed; @body: (transfer full). */
static gboolean
begin (OscTillStore *self, OscTillDeed deed, char *path, JsonNode *body)
{
  if (self->phase != OSC_TILL_IDLE) {
    g_free (path);
    json_node_unref (body);
    return FALSE;
  }
  osc_till_act_clear (&self->act);
  self->act = (OscTillAct){.deed = deed,
                           .path = path != NULL ? path : g_strdup (deeds[deed].path),
                           .body = body,
                           .key = osy_id_new (),
                           .at = osy_clock_now ()};
  set_phase (self, OSC_TILL_SENDING);
  send (self, NULL);
  return TRUE;
}

gboolean
osc_till_store_open (OscTillStore *self, gint64 won)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self) && won >= 0, FALSE);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "opening_float", won);
  return begin (self, OSC_TILL_OPEN, NULL, osy_json_take_object (object));
}

gboolean
osc_till_store_move (OscTillStore *self, gint64 won, const char *reason)
{
  g_return_val_if_fail (OSC_IS_TILL_STORE (self) && won != 0 && reason != NULL, FALSE);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", won > 0 ? "IN" : "OUT");
  json_object_set_int_member (object, "amount", ABS (won));
  json_object_set_string_member (object, "reason", reason);
  return begin (self, OSC_TILL_MOVE, NULL, osy_json_take_object (object));
}

gboolean
osc_till_store_finish (OscTillStore *self, OscTillFor what)
{
  static const OscTillDeed of[] = {[OSC_TILL_FOR_CLOSE] = OSC_TILL_CLOSE,
                                   [OSC_TILL_FOR_COUNT] = OSC_TILL_COUNT,
                                   [OSC_TILL_FOR_CORRECTION] = OSC_TILL_CORRECT};
  const OscTillDraft *draft = osc_till_store_draft (self, what);

  g_return_val_if_fail (draft != NULL, FALSE);
  char *path = what == OSC_TILL_FOR_CORRECTION
                   ? g_strdup_printf (OSC_TILL_API "/z/%" G_GINT64_FORMAT "/correct", draft->number)
                   : NULL;
  return begin (self, of[what], path,
                osc_till_draft_body (draft, osc_till_store_left (self, draft)));
}

void
osc_till_store_repeat (OscTillStore *self, const char *act_token)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  if (self->phase != OSC_TILL_WANTS_PIN)
    return;
  set_phase (self, OSC_TILL_SENDING);
  send (self, act_token);
}

void
osc_till_store_give_up (OscTillStore *self)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  if (self->phase != OSC_TILL_WANTS_PIN || self->act.maybe)
    return;
  osc_till_act_clear (&self->act);
  self->phase = OSC_TILL_IDLE;
  osc_till_store_keep (self);
  osc_till_store_tell (self);
}

void
osc_till_store_ask_again (OscTillStore *self)
{
  g_return_if_fail (OSC_IS_TILL_STORE (self));
  if (self->phase != OSC_TILL_UNSURE || self->asking)
    return;
  g_clear_handle_id (&self->retry, g_source_remove);
  send (self, NULL);
}
