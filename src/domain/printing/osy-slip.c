/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A slip as data, and as JSON. */

#include "osy-slip.h"

#include <string.h>

#include "osy-json.h"

static const char *const kind_names[] = {"TEXT", "ROW",  "RULE", "SPACE", "QR",
                                         "CUT",  "KICK", "BEEP", NULL};
static const char *const align_names[] = {"LEFT", "CENTER", "RIGHT", NULL};

OsySlipBlock *
osy_slip_block_new (OsySlipKind kind)
{
  OsySlipBlock *self = g_new0 (OsySlipBlock, 1);

  self->kind = kind;
  self->size = 1;
  return self;
}

OsySlipBlock *
osy_slip_block_copy (const OsySlipBlock *self)
{
  OsySlipBlock *copy = g_memdup2 (self, sizeof *self);

  copy->section = g_strdup (self->section);
  copy->text = g_strdup (self->text);
  copy->middle = g_strdup (self->middle);
  copy->right = g_strdup (self->right);
  return copy;
}

void
osy_slip_block_free (OsySlipBlock *self)
{
  g_free (self->section);
  g_free (self->text);
  g_free (self->middle);
  g_free (self->right);
  g_free (self);
}

OsySlip *
osy_slip_new (void)
{
  OsySlip *self = g_new0 (OsySlip, 1);

  self->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_slip_block_free);
  return self;
}

void
osy_slip_free (OsySlip *self)
{
  g_ptr_array_unref (self->blocks);
  g_free (self->section);
  g_free (self);
}

void
osy_slip_section (OsySlip *self, const char *name)
{
  g_free (self->section);
  self->section = g_strdup (name);
}

/* Words of any origin: of good form, without control characters, not endless. */
static char *
tidy (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (char *c = valid; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) && *c != '\n')
      *c = ' ';
  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), OSY_SLIP_MAX_TEXT));
}

static OsySlipBlock *
add (OsySlip *self, OsySlipKind kind)
{
  OsySlipBlock *block = osy_slip_block_new (kind);

  block->section = g_strdup (self->section);
  g_ptr_array_add (self->blocks, block);
  return block;
}

void
osy_slip_text (OsySlip *self, int size, guint style, const char *text)
{
  OsySlipBlock *block = add (self, OSY_SLIP_TEXT);

  block->text = tidy (text);
  block->size = CLAMP (size, 1, 4);
  block->style = style;
}

void
osy_slip_textf (OsySlip *self, int size, guint style, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  osy_slip_text (self, size, style, text);
}

void
osy_slip_row (OsySlip *self,
              int size,
              guint style,
              const char *left,
              const char *middle,
              const char *right)
{
  OsySlipBlock *block = add (self, OSY_SLIP_ROW);

  block->text = tidy (left);
  block->middle = middle != NULL ? tidy (middle) : NULL;
  block->right = right != NULL ? tidy (right) : NULL;
  block->size = CLAMP (size, 1, 4);
  block->style = style & (OSY_SLIP_BOLD | OSY_SLIP_INVERT);
}

void
osy_slip_rule (OsySlip *self)
{
  add (self, OSY_SLIP_RULE);
}

void
osy_slip_space (OsySlip *self, int lines)
{
  add (self, OSY_SLIP_SPACE)->size = CLAMP (lines, 1, 8);
}

void
osy_slip_qr (OsySlip *self, const char *data)
{
  if (*data != '\0' && strlen (data) <= OSY_SLIP_MAX_QR && g_utf8_validate (data, -1, NULL))
    add (self, OSY_SLIP_QR)->text = g_strdup (data);
}

void
osy_slip_cut (OsySlip *self)
{
  add (self, OSY_SLIP_CUT);
}

void
osy_slip_kick (OsySlip *self)
{
  add (self, OSY_SLIP_KICK);
}

void
osy_slip_beep (OsySlip *self)
{
  add (self, OSY_SLIP_BEEP);
}

/* ---- JSON ---- */

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

static void
set_style (JsonObject *object, const OsySlipBlock *block)
{
  json_object_set_int_member (object, "size", block->size);
  if (block->style & OSY_SLIP_BOLD)
    json_object_set_boolean_member (object, "bold", TRUE);
  if (block->style & OSY_SLIP_INVERT)
    json_object_set_boolean_member (object, "invert", TRUE);
  if (block->style & OSY_SLIP_CENTER)
    json_object_set_string_member (object, "align", "CENTER");
  else if (block->style & OSY_SLIP_RIGHT)
    json_object_set_string_member (object, "align", "RIGHT");
}

static JsonObject *
block_to_json (const OsySlipBlock *block)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", kind_names[block->kind]);
  set_text (object, "section", block->section);
  set_text (object, block->kind == OSY_SLIP_ROW ? "left" : "text", block->text);
  set_text (object, "middle", block->middle);
  set_text (object, "right", block->right);
  if (block->kind == OSY_SLIP_TEXT || block->kind == OSY_SLIP_ROW)
    set_style (object, block);
  else if (block->kind == OSY_SLIP_SPACE)
    json_object_set_int_member (object, "lines", block->size);
  return object;
}

JsonNode *
osy_slip_to_json (const OsySlip *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *blocks = json_array_sized_new (self->blocks->len);

  for (guint i = 0; i < self->blocks->len; i++)
    json_array_add_object_element (blocks, block_to_json (self->blocks->pdata[i]));
  json_object_set_array_member (object, "blocks", blocks);
  return osy_json_take_object (object);
}

static int
index_of (const char *const *names, const char *name)
{
  for (int i = 0; name != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;
  return 0;
}

static guint
read_style (OsyJsonReader *reader, gboolean aligned)
{
  static const guint aligns[] = {0, OSY_SLIP_CENTER, OSY_SLIP_RIGHT};
  guint style = 0;

  if (osy_json_reader_opt_bool (reader, "bold", FALSE))
    style |= OSY_SLIP_BOLD;
  if (osy_json_reader_opt_bool (reader, "invert", FALSE))
    style |= OSY_SLIP_INVERT;
  if (aligned)
    style |=
        aligns[index_of (align_names, osy_json_reader_enum (reader, "align", align_names, "LEFT"))];
  return style;
}

static char *
read_text (OsyJsonReader *reader, const char *name)
{
  return g_strdup (osy_json_reader_string (reader, name, 0, OSY_SLIP_MAX_TEXT));
}

static void
read_words (OsyJsonReader *reader, OsySlipBlock *block)
{
  gboolean row = block->kind == OSY_SLIP_ROW;

  block->text = read_text (reader, row ? "left" : "text");
  if (row && osy_json_reader_has (reader, "middle"))
    block->middle = read_text (reader, "middle");
  if (row && osy_json_reader_has (reader, "right"))
    block->right = read_text (reader, "right");
  block->size = (int)osy_json_reader_int (reader, "size", 1, 4);
  block->style = read_style (reader, !row);
}

static OsySlipBlock *
block_from_json (OsyJsonReader *reader)
{
  const char *kind = osy_json_reader_enum (reader, "kind", kind_names, NULL);
  OsySlipBlock *block = osy_slip_block_new (index_of (kind_names, kind));

  block->section = g_strdup (osy_json_reader_opt_string (reader, "section", 1, 40));
  if (block->kind == OSY_SLIP_TEXT || block->kind == OSY_SLIP_ROW)
    read_words (reader, block);
  else if (block->kind == OSY_SLIP_SPACE)
    block->size = (int)osy_json_reader_int (reader, "lines", 1, 8);
  else if (block->kind == OSY_SLIP_QR)
    block->text = g_strdup (osy_json_reader_string (reader, "text", 1, OSY_SLIP_MAX_QR));
  if (block->kind == OSY_SLIP_QR && block->text != NULL && strlen (block->text) > OSY_SLIP_MAX_QR)
    osy_json_reader_fault (reader, "text", "TOO_LONG", "A QR code holds no more than 500 bytes.");
  return block;
}

OsySlip *
osy_slip_from_json (JsonNode *node, GError **error)
{
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (node);
  g_autoptr (OsySlip) slip = osy_slip_new ();
  guint n = osy_json_reader_array (reader, "blocks", 0, OSY_SLIP_MAX_BLOCKS);

  for (guint i = 0; i < n; i++) {
    OsyJsonReader *block = osy_json_reader_element (reader, "blocks", i);
    if (block == NULL)
      break;
    g_ptr_array_add (slip->blocks, block_from_json (block));
  }
  return osy_json_reader_finish (reader, error) ? g_steal_pointer (&slip) : NULL;
}
