/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A shop's own form of a slip: its parts in another order, larger, or left out. */

#include "osy-slip-form.h"

#include "osy-error.h"
#include "osy-json.h"

#define MAX_WORDS 300

static void
part_free (gpointer data)
{
  OsySlipPart *part = data;

  g_free (part->name);
  g_free (part);
}

OsySlipForm *
osy_slip_form_new (void)
{
  OsySlipForm *self = g_new0 (OsySlipForm, 1);

  self->header = g_strdup ("");
  self->footer = g_strdup ("");
  self->parts = g_ptr_array_new_with_free_func (part_free);
  return self;
}

void
osy_slip_form_free (OsySlipForm *self)
{
  g_free (self->header);
  g_free (self->footer);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

void
osy_slip_form_add (OsySlipForm *self, const char *name, gboolean shown, int larger)
{
  OsySlipPart *part = g_new0 (OsySlipPart, 1);

  part->name = g_strdup (name);
  part->shown = shown;
  part->larger = CLAMP (larger, -1, 2);
  g_ptr_array_add (self->parts, part);
}

static gboolean
names (const OsySlipForm *self, const char *section)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (g_strcmp0 (((OsySlipPart *)self->parts->pdata[i])->name, section) == 0)
      return TRUE;
  return FALSE;
}

void
osy_slip_form_complete (OsySlipForm *self, const OsySlip *slip)
{
  for (guint i = 0; i < slip->blocks->len; i++) {
    const OsySlipBlock *block = slip->blocks->pdata[i];
    if (block->section != NULL && !names (self, block->section))
      osy_slip_form_add (self, block->section, TRUE, 0);
  }
}

gboolean
osy_slip_form_check (const OsySlipForm *self, const OsySlip *slip, GError **error)
{
  g_autoptr (OsySlipForm) known = osy_slip_form_new ();
  g_autoptr (GError) refusal = NULL;

  osy_slip_form_complete (known, slip);
  for (guint i = 0; i < self->parts->len; i++) {
    g_autofree char *pointer = g_strdup_printf ("/parts/%u/name", i);
    if (names (known, ((OsySlipPart *)self->parts->pdata[i])->name))
      continue;
    if (refusal == NULL)
      refusal =
          g_error_new_literal (OSY_ERROR, OSY_ERROR_INVALID_REQUEST, "This slip has no such part.");
    osy_error_add_field (refusal, pointer, "UNKNOWN", "This slip has no such part.");
  }
  if (refusal == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

static gboolean
is_last (const OsySlipBlock *block)
{
  return block->kind == OSY_SLIP_CUT || block->kind == OSY_SLIP_KICK;
}

static void
add_copy (OsySlip *slip, const OsySlipBlock *block, int larger)
{
  OsySlipBlock *copy = osy_slip_block_copy (block);

  if (copy->kind == OSY_SLIP_TEXT || copy->kind == OSY_SLIP_ROW)
    copy->size = CLAMP (copy->size + larger, 1, 4);
  g_ptr_array_add (slip->blocks, copy);
}

static void
add_part (OsySlip *ret, const OsySlip *slip, const OsySlipPart *part)
{
  for (guint i = 0; i < slip->blocks->len; i++) {
    const OsySlipBlock *block = slip->blocks->pdata[i];
    if (part->shown && !is_last (block) && g_strcmp0 (block->section, part->name) == 0)
      add_copy (ret, block, part->larger);
  }
}

static void
add_words (OsySlip *slip, const char *words)
{
  if (*words != '\0')
    osy_slip_text (slip, 1, OSY_SLIP_CENTER, words);
}

OsySlip *
osy_slip_form_apply (const OsySlipForm *self, const OsySlip *slip)
{
  OsySlip *ret = osy_slip_new ();

  add_words (ret, self->header);
  for (guint i = 0; i < slip->blocks->len; i++) {
    const OsySlipBlock *block = slip->blocks->pdata[i];
    if (block->section == NULL && !is_last (block))
      add_copy (ret, block, 0);
  }
  for (guint i = 0; i < self->parts->len; i++)
    add_part (ret, slip, self->parts->pdata[i]);
  for (guint i = 0; i < slip->blocks->len; i++) {
    const OsySlipBlock *block = slip->blocks->pdata[i];
    if (block->section != NULL && !is_last (block) && !names (self, block->section))
      add_copy (ret, block, 0);
  }
  add_words (ret, self->footer);
  for (guint i = 0; i < slip->blocks->len; i++)
    if (is_last (slip->blocks->pdata[i]))
      add_copy (ret, slip->blocks->pdata[i], 0);
  return ret;
}

JsonNode *
osy_slip_form_to_json (const OsySlipForm *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *parts = json_array_new ();

  json_object_set_string_member (object, "header", self->header);
  json_object_set_string_member (object, "footer", self->footer);
  for (guint i = 0; i < self->parts->len; i++) {
    const OsySlipPart *part = self->parts->pdata[i];
    JsonObject *row = json_object_new ();
    json_object_set_string_member (row, "name", part->name);
    json_object_set_boolean_member (row, "shown", part->shown);
    json_object_set_int_member (row, "larger", part->larger);
    json_array_add_object_element (parts, row);
  }
  json_object_set_array_member (object, "parts", parts);
  return osy_json_take_object (object);
}

static void
read_words (OsyJsonReader *reader, const char *name, char **field)
{
  const char *words = osy_json_reader_opt_string (reader, name, 0, MAX_WORDS);

  if (words == NULL)
    return;
  g_free (*field);
  *field = g_strdup (words);
}

OsySlipForm *
osy_slip_form_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsySlipForm) self = osy_slip_form_new ();
  guint n = osy_json_reader_array (reader, "parts", 0, OSY_SLIP_MAX_PARTS);

  read_words (reader, "header", &self->header);
  read_words (reader, "footer", &self->footer);
  for (guint i = 0; i < n; i++) {
    OsyJsonReader *row = osy_json_reader_element (reader, "parts", i);
    const char *name = osy_json_reader_string (row, "name", 1, 40);
    gboolean shown = osy_json_reader_opt_bool (row, "shown", TRUE);
    int larger = (int)osy_json_reader_opt_int (row, "larger", -1, 2, 0);
    if (name != NULL && names (self, name))
      osy_json_reader_fault (row, "name", "TWICE", "A part stands on a slip once.");
    else if (name != NULL)
      osy_slip_form_add (self, name, shown, larger);
  }
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

OsySlip *
osy_slip_mark (const OsySlip *slip, const char *mark)
{
  OsySlip *ret = osy_slip_new ();

  osy_slip_text (ret, 1, OSY_SLIP_INVERT | OSY_SLIP_BOLD | OSY_SLIP_CENTER, mark);
  for (guint i = 0; i < slip->blocks->len; i++)
    add_copy (ret, slip->blocks->pdata[i], 0);
  return ret;
}
