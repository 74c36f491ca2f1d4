/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A count while somebody is at it. */

#include "osc-till-draft.h"

#include "osy-json.h"

#define MAX_PIECE 99999
#define MAX_SUM G_GINT64_CONSTANT (9999999999)
#define MAX_REASON 200

OscTillDraft *
osc_till_draft_new (OscTillFor what, gint64 number)
{
  OscTillDraft *self = g_new0 (OscTillDraft, 1);

  self->what = what;
  self->number = number;
  self->step = what == OSC_TILL_FOR_CLOSE ? OSC_TILL_STEP_REST : OSC_TILL_STEP_COUNT;
  self->sum = self->left = OSC_TILL_UNTYPED;
  for (guint i = 0; i < OSC_TILL_PIECES; i++)
    self->pieces[i] = OSC_TILL_UNTYPED;
  return self;
}

void
osc_till_draft_free (OscTillDraft *self)
{
  g_free (self->reason);
  g_free (self);
}

gint64
osc_till_draft_counted (const OscTillDraft *self)
{
  gint64 sum = 0;

  if (self->by_sum)
    return MAX (self->sum, 0);
  for (guint i = 0; i < OSC_TILL_PIECES; i++)
    sum += MAX (self->pieces[i], 0) * osc_till_pieces[i];
  return sum;
}

gboolean
osc_till_draft_is_typed (const OscTillDraft *self)
{
  if (self->by_sum)
    return self->sum != OSC_TILL_UNTYPED;
  for (guint i = 0; i < OSC_TILL_PIECES; i++)
    if (self->pieces[i] != OSC_TILL_UNTYPED)
      return TRUE;
  return FALSE;
}

static gint64 *
field (OscTillDraft *self, guint at)
{
  return self->by_sum ? &self->sum : &self->pieces[MIN (at, OSC_TILL_PIECES - 1)];
}

gint64
osc_till_draft_get (const OscTillDraft *self, guint at)
{
  return *field ((OscTillDraft *)self, at);
}

void
osc_till_draft_set (OscTillDraft *self, guint at, gint64 value)
{
  *field (self, at) = CLAMP (value, 0, self->by_sum ? MAX_SUM : MAX_PIECE);
}

gboolean
osc_till_draft_type (OscTillDraft *self, guint at, const char *digits)
{
  gint64 *value = field (self, at);
  gint64 next = MAX (*value, 0);

  if (digits == NULL) {
    *value = next < 10 ? OSC_TILL_UNTYPED : next / 10;
    return TRUE;
  }
  for (const char *c = digits; g_ascii_isdigit (*c); c++)
    next = next * 10 + g_ascii_digit_value (*c);
  if (next > (self->by_sum ? MAX_SUM : MAX_PIECE))
    return FALSE;
  *value = next;
  return TRUE;
}

gint64
osc_till_draft_left (const OscTillDraft *self, gint64 usual)
{
  return MIN (self->left != OSC_TILL_UNTYPED ? self->left : usual, osc_till_draft_counted (self));
}

/* ---- kept ---- */

JsonObject *
osc_till_draft_to_json (const OscTillDraft *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *pieces = json_array_new ();

  for (guint i = 0; i < OSC_TILL_PIECES; i++)
    json_array_add_int_element (pieces, self->pieces[i]);
  json_object_set_int_member (object, "for", self->what);
  json_object_set_int_member (object, "number", self->number);
  json_object_set_int_member (object, "step", self->step);
  json_object_set_boolean_member (object, "by_sum", self->by_sum);
  json_object_set_array_member (object, "pieces", pieces);
  json_object_set_int_member (object, "sum", self->sum);
  json_object_set_int_member (object, "left", self->left);
  if (self->reason != NULL && *self->reason != '\0')
    json_object_set_string_member (object, "reason", self->reason);
  return object;
}

/* The file may be anybody's work. */
OscTillDraft *
osc_till_draft_from_json (JsonNode *node)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OscTillDraft) self = osc_till_draft_new (OSC_TILL_FOR_CLOSE, 0);
  guint n = osy_json_reader_array (reader, "pieces", OSC_TILL_PIECES, OSC_TILL_PIECES);

  self->what = (OscTillFor)osy_json_reader_int (reader, "for", 0, OSC_N_TILL_FORS - 1);
  self->number = osy_json_reader_int (reader, "number", 0, G_MAXINT32);
  self->step = (OscTillStep)osy_json_reader_int (reader, "step", 0, OSC_TILL_STEP_CHECK);
  self->by_sum = osy_json_reader_opt_bool (reader, "by_sum", FALSE);
  self->sum = osy_json_reader_int (reader, "sum", OSC_TILL_UNTYPED, MAX_SUM);
  self->left = osy_json_reader_int (reader, "left", OSC_TILL_UNTYPED, MAX_SUM);
  self->reason = g_strdup (osy_json_reader_opt_string (reader, "reason", 1, MAX_REASON));
  for (guint i = 0; i < MIN (n, OSC_TILL_PIECES); i++)
    self->pieces[i] =
        osy_json_reader_element_int (reader, "pieces", i, OSC_TILL_UNTYPED, MAX_PIECE);
  return osy_json_reader_finish (reader, NULL) ? g_steal_pointer (&self) : NULL;
}

/* ---- sent ---- */

JsonNode *
osc_till_draft_body (const OscTillDraft *self, gint64 left)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "counted", osc_till_draft_counted (self));
  if (!self->by_sum) {
    JsonObject *pieces = json_object_new ();
    for (guint i = 0; i < OSC_TILL_PIECES; i++) {
      char name[16];
      g_snprintf (name, sizeof name, "%d", (int)osc_till_pieces[i]);
      json_object_set_int_member (pieces, name, MAX (self->pieces[i], 0));
    }
    json_object_set_object_member (object, "denominations", pieces);
  }
  if (self->what == OSC_TILL_FOR_CLOSE)
    json_object_set_int_member (object, "left", left);
  if (self->reason != NULL && *self->reason != '\0')
    json_object_set_string_member (object, "reason", self->reason);
  return osy_json_take_object (object);
}
