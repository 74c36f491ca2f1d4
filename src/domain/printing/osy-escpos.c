/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Slips as the bytes of ESC/POS (integrations 4.1): pictures by default, since Hangul prints on any
 * printer that way; the printer's own letters where a shop has tried them. */

#include "osy-escpos.h"

#include <string.h>

#include "osy-slip-paper.h"

#define BAND_ROWS 128 /* of one picture command: cheap printers have little memory */
#define BLACK 128     /* from here on a dot is black */
#define RIGHT_CELLS 8 /* least width of the columns of a row */
#define MIDDLE_CELLS 3

typedef struct {
  GByteArray *out;
  const OsyEscposForm *form;
} Encoder;

int
osy_escpos_dots (int columns)
{
  return columns <= 32   ? OSY_PAPER_DOTS_58
         : columns <= 42 ? OSY_PAPER_DOTS_80_NARROW
                         : OSY_PAPER_DOTS_80;
}

static void
put (Encoder *self, const char *bytes, guint len)
{
  g_byte_array_append (self->out, (const guint8 *)bytes, len);
}
#define PUT(self, literal) put (self, literal, sizeof (literal) - 1)

static void
put_byte (Encoder *self, int byte)
{
  guint8 value = (guint8)byte;

  g_byte_array_append (self->out, &value, 1);
}

/* ---- pictures ---- */

static void
put_row (Encoder *self, const guint8 *dots, int width)
{
  for (int x = 0; x < width; x += 8) {
    guint8 byte = 0;
    for (int bit = 0; bit < 8; bit++)
      if (x + bit < width && dots[x + bit] >= BLACK)
        byte |= (guint8)(0x80 >> bit);
    put_byte (self, byte);
  }
}

static void
put_picture (Encoder *self, cairo_surface_t *paper)
{
  int width = cairo_image_surface_get_width (paper);
  int height = cairo_image_surface_get_height (paper);
  int stride = cairo_image_surface_get_stride (paper);
  const guint8 *data = cairo_image_surface_get_data (paper);
  int bytes = (width + 7) / 8;

  cairo_surface_flush (paper);
  for (int top = 0; data != NULL && top < height; top += BAND_ROWS) {
    int rows = MIN (BAND_ROWS, height - top);
    PUT (self, "\x1d\x76\x30\x00");
    put_byte (self, bytes & 0xff);
    put_byte (self, bytes >> 8);
    put_byte (self, rows & 0xff);
    put_byte (self, rows >> 8);
    for (int y = top; y < top + rows; y++)
      put_row (self, data + (gsize)y * (gsize)stride, width);
  }
}

static void
put_block_as_picture (Encoder *self, const OsySlipBlock *block)
{
  cairo_surface_t *paper = osy_slip_paper_block (block, osy_escpos_dots (self->form->columns));

  if (paper == NULL)
    return;
  put_picture (self, paper);
  cairo_surface_destroy (paper);
}

/* ---- letters ---- */

static int
cells_of (gunichar c)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide_cjk (c) ? 2 : 1;
}

int
osy_escpos_cells (const char *text)
{
  int cells = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    cells += cells_of (g_utf8_get_char (c));
  return cells;
}

/* One line of @columns cells from @text on; @rest: (out): where the next begins. */
static char *
take_line (const char *text, int columns, const char **rest)
{
  const char *blank = NULL;
  const char *c = text;
  int cells = 0;

  for (; *c != '\0' && *c != '\n'; c = g_utf8_next_char (c)) {
    cells += cells_of (g_utf8_get_char (c));
    if (cells > columns && c != text)
      break;
    if (*c == ' ' && c != text)
      blank = c;
  }
  if (*c == '\0' || *c == '\n') {
    *rest = *c == '\n' ? c + 1 : c;
    return g_strndup (text, (gsize)(c - text));
  }
  if (*c == ' ')
    blank = c;
  const char *end = blank != NULL ? blank : c;
  *rest = blank != NULL ? blank + 1 : c;
  return g_strndup (text, (gsize)(end - text));
}

char **
osy_escpos_wrap (const char *text, int columns)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  const char *rest = text;

  do {
    g_autofree char *line = take_line (rest, MAX (columns, 2), &rest);
    g_strv_builder_add (lines, line);
  } while (*rest != '\0');
  return g_strv_builder_end (lines);
}

/* Pairs below A1 are of CP949 alone: fonts of printers lack them (integrations 4.2). */
static gboolean
is_ks_x_1001 (const char *bytes)
{
  for (const guint8 *c = (const guint8 *)bytes; *c != '\0'; c++) {
    if (*c < 0x80) {
      if (*c < 0x20 || *c == 0x7f)
        return FALSE;
      continue;
    }
    if (c[0] < 0xa1 || c[0] > 0xfe || c[1] < 0xa1 || c[1] > 0xfe)
      return FALSE;
    c++;
  }
  return TRUE;
}

/* Returns: (nullable): @text in the printer's letters. A minus and a tab have a plain double. */
static char *
to_letters (const char *text)
{
  g_autoptr (GString) plain = g_string_new (text);

  g_string_replace (plain, "\xe2\x88\x92", "-", 0);
  g_string_replace (plain, "\t", " ", 0);
  g_autofree char *bytes = g_convert (plain->str, -1, "CP949", "UTF-8", NULL, NULL, NULL);
  return bytes != NULL && is_ks_x_1001 (bytes) ? g_steal_pointer (&bytes) : NULL;
}

static void
put_style (Encoder *self, const OsySlipBlock *block)
{
  int size = CLAMP (block->size, 1, 4) - 1;

  PUT (self, "\x1b\x61");
  put_byte (self, block->style & OSY_SLIP_CENTER ? 1 : block->style & OSY_SLIP_RIGHT ? 2 : 0);
  PUT (self, "\x1b\x45");
  put_byte (self, block->style & OSY_SLIP_BOLD ? 1 : 0);
  PUT (self, "\x1d\x42");
  put_byte (self, block->style & OSY_SLIP_INVERT ? 1 : 0);
  PUT (self, "\x1d\x21");
  put_byte (self, size << 4 | size);
}

static void
put_line (Encoder *self, const OsySlipBlock *block, const char *line)
{
  g_autofree char *bytes = to_letters (line);

  if (bytes == NULL) {
    OsySlipBlock one = *block;
    one.kind = OSY_SLIP_TEXT;
    one.text = (char *)line;
    PUT (self, "\x1b\x61\x00");
    put_block_as_picture (self, &one);
    return;
  }
  put_style (self, block);
  put (self, bytes, (guint)strlen (bytes));
  PUT (self, "\n");
}

static void
put_text (Encoder *self, const OsySlipBlock *block)
{
  g_auto (GStrv) lines = osy_escpos_wrap (block->text, self->form->columns / block->size);

  for (char **line = lines; *line != NULL; line++)
    put_line (self, block, *line);
}

/* The columns at the right of a row, as one text. */
static char *
join_sides (const OsySlipBlock *block)
{
  const char *right = block->right != NULL ? block->right : "";
  int right_pad = block->right == NULL ? 0 : RIGHT_CELLS - osy_escpos_cells (right);
  int middle_pad = block->middle == NULL ? 0 : MIDDLE_CELLS - osy_escpos_cells (block->middle);

  if (block->middle == NULL)
    return g_strdup (right);
  return g_strdup_printf ("%*s%s%*s%s%s", MAX (middle_pad, 0), "", block->middle,
                          MAX (right_pad, 0), "", block->right != NULL ? " " : "", right);
}

/* Sides that are wider than the paper wrap like everything else. */
static void
put_row_line (Encoder *self, const OsySlipBlock *block, const char *left, const char *sides)
{
  int columns = self->form->columns / block->size;
  int gap = columns - osy_escpos_cells (left) - osy_escpos_cells (sides);
  g_autofree char *line = g_strdup_printf ("%s%*s%s", left, MAX (gap, 0), "", sides);
  g_auto (GStrv) lines = osy_escpos_wrap (line, columns);

  for (char **one = lines; *one != NULL; one++)
    put_line (self, block, *one);
}

static void
put_letters_row (Encoder *self, const OsySlipBlock *block)
{
  g_autofree char *sides = join_sides (block);
  int columns = self->form->columns / block->size;
  int room = columns - osy_escpos_cells (sides) - 1;
  gboolean below = room < columns / 4;
  g_auto (GStrv) lines = osy_escpos_wrap (block->text, below ? columns : room);

  for (guint i = 0; lines[i] != NULL; i++)
    put_row_line (self, block, lines[i], i == 0 && !below ? sides : "");
  if (below)
    put_row_line (self, block, "", sides);
}

static gboolean
has_letters (const char *text)
{
  g_autofree char *bytes = text != NULL ? to_letters (text) : NULL;

  return text == NULL || bytes != NULL || strchr (text, '\n') != NULL;
}

/* A row is one picture or one line of letters: columns of both do not meet. */
static void
put_row_block (Encoder *self, const OsySlipBlock *block)
{
  if (has_letters (block->text) && has_letters (block->middle) && has_letters (block->right)) {
    put_letters_row (self, block);
    return;
  }
  PUT (self, "\x1b\x61\x00");
  put_block_as_picture (self, block);
}

static void
put_letters_rule (Encoder *self)
{
  OsySlipBlock plain = {.kind = OSY_SLIP_TEXT, .size = 1};

  put_style (self, &plain);
  for (int i = 0; i < self->form->columns; i++)
    put_byte (self, '-');
  PUT (self, "\n");
}

static void
put_letters_qr (Encoder *self, const OsySlipBlock *block)
{
  gsize len = MIN (strlen (block->text), OSY_SLIP_MAX_QR);

  PUT (self, "\x1b\x61\x01");
  PUT (self, "\x1d\x28\x6b\x04\x00\x31\x41\x32\x00");
  PUT (self, "\x1d\x28\x6b\x03\x00\x31\x43\x06");
  PUT (self, "\x1d\x28\x6b\x03\x00\x31\x45\x31");
  PUT (self, "\x1d\x28\x6b");
  put_byte (self, (int)((len + 3) & 0xff));
  put_byte (self, (int)((len + 3) >> 8));
  PUT (self, "\x31\x50\x30");
  put (self, block->text, (guint)len);
  PUT (self, "\x1d\x28\x6b\x03\x00\x31\x51\x30");
  PUT (self, "\x1b\x61\x00");
}

/* Returns: whether @block is said in letters; else it is a picture. */
static gboolean
put_letters (Encoder *self, const OsySlipBlock *block)
{
  if (!self->form->text)
    return FALSE;
  if (block->kind == OSY_SLIP_TEXT)
    put_text (self, block);
  else if (block->kind == OSY_SLIP_ROW)
    put_row_block (self, block);
  else if (block->kind == OSY_SLIP_RULE)
    put_letters_rule (self);
  else
    put_letters_qr (self, block);
  return TRUE;
}

static void
put_block (Encoder *self, const OsySlipBlock *block)
{
  switch (block->kind) {
  case OSY_SLIP_CUT: PUT (self, "\x1d\x56\x42\x00"); break;
  case OSY_SLIP_KICK: PUT (self, "\x1b\x70\x00\x19\xfa"); break;
  case OSY_SLIP_BEEP: PUT (self, "\x1b\x42\x03\x03"); break;
  case OSY_SLIP_SPACE:
    PUT (self, "\x1b\x64");
    put_byte (self, CLAMP (block->size, 1, 8));
    break;
  default:
    if (!put_letters (self, block))
      put_block_as_picture (self, block);
  }
}

/* A slip that only kicks or beeps has no paper to be cut. */
static gboolean
needs_cut (const OsySlip *slip)
{
  for (guint i = slip->blocks->len; i > 0; i--) {
    const OsySlipBlock *block = slip->blocks->pdata[i - 1];
    if (block->kind == OSY_SLIP_CUT)
      return FALSE;
    if (block->kind != OSY_SLIP_KICK && block->kind != OSY_SLIP_BEEP)
      return TRUE;
  }
  return FALSE;
}

GBytes *
osy_escpos_encode (const OsySlip *slip, const OsyEscposForm *form)
{
  Encoder self = {g_byte_array_new (), form};

  PUT (&self, "\x1b\x40");
  if (form->text)
    PUT (&self, "\x1b\x52\x0d\x1c\x26");
  for (guint i = 0; i < slip->blocks->len; i++)
    put_block (&self, slip->blocks->pdata[i]);
  if (needs_cut (slip))
    PUT (&self, "\x1d\x56\x42\x00");
  return g_byte_array_free_to_bytes (self.out);
}
