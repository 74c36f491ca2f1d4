/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A strict reader of ESC/POS that draws what it reads. Written from the table of commands alone,
 * apart from the encoder it judges. */

#include "osy-sim-escpos.h"

#include <pango/pangocairo.h>
#include <qrencode.h>
#include <string.h>

#define CELL 12
#define LINE 30
#define NEED_MORE 0
#define UNKNOWN (-1)

struct _OsySimEscpos {
  int dots;
  OsySimEscposDuties duties;
  gpointer user_data;
  GByteArray *input;
  GString *line; /* letters of the line, UTF-8 */
  GString *text; /* of the slip */
  GPtrArray *parts;
  GByteArray *code; /* stored for the QR code */
  guint module;
  guint pictures;
  guint8 align;
  guint8 size; /* as GS ! has it */
  gboolean bold, underline, reverse, pairs;
};

static void
set_defaults (OsySimEscpos *self)
{
  self->align = self->size = 0;
  self->bold = self->underline = self->reverse = FALSE;
  self->pairs = TRUE;
  self->module = 3;
}

OsySimEscpos *
osy_sim_escpos_new (int dots, const OsySimEscposDuties *duties, gpointer user_data)
{
  OsySimEscpos *self = g_new0 (OsySimEscpos, 1);

  self->dots = dots;
  self->duties = *duties;
  self->user_data = user_data;
  self->input = g_byte_array_new ();
  self->line = g_string_new (NULL);
  self->text = g_string_new (NULL);
  self->code = g_byte_array_new ();
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  set_defaults (self);
  return self;
}

void
osy_sim_escpos_free (OsySimEscpos *self)
{
  g_byte_array_unref (self->input);
  g_byte_array_unref (self->code);
  g_string_free (self->line, TRUE);
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->parts);
  g_free (self);
}

static void
start_slip (OsySimEscpos *self)
{
  g_string_truncate (self->line, 0);
  g_string_truncate (self->text, 0);
  g_ptr_array_set_size (self->parts, 0);
  self->pictures = 0;
}

void
osy_sim_escpos_reset (OsySimEscpos *self)
{
  g_byte_array_set_size (self->input, 0);
  start_slip (self);
  set_defaults (self);
}

gboolean
osy_sim_escpos_is_whole (const OsySimEscpos *self)
{
  return self->input->len == 0 && self->line->len == 0 && self->parts->len == 0;
}

static void fault (OsySimEscpos *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
fault (OsySimEscpos *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  self->duties.fault (what, self->user_data);
}

/* ---- drawing ---- */

static cairo_surface_t *
add_part (OsySimEscpos *self, int height)
{
  cairo_surface_t *part = cairo_image_surface_create (CAIRO_FORMAT_A8, self->dots, MAX (height, 1));

  g_ptr_array_add (self->parts, part);
  return part;
}

static int
cells_of (gunichar c)
{
  return c < 0x80 ? 1 : 2;
}

static void
draw_letter (cairo_t *cr, PangoLayout *layout, const char *letter, int cells)
{
  char text[8] = {0};
  int width, height;

  memcpy (text, letter, (gsize)(g_utf8_next_char (letter) - letter));
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_rel_move_to (cr, (cells * CELL - width) / 2.0, 0);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_letters (OsySimEscpos *self, cairo_t *cr)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Noto Sans Mono CJK KR");
  int x = 0;

  pango_font_description_set_absolute_size (font, 21 * PANGO_SCALE);
  if (self->bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  for (const char *c = self->line->str; *c != '\0'; c = g_utf8_next_char (c)) {
    int cells = cells_of (g_utf8_get_char (c));
    cairo_move_to (cr, x, -1);
    draw_letter (cr, layout, c, cells);
    x += cells * CELL;
  }
  pango_font_description_free (font);
  g_object_unref (layout);
}

/* Ends the line that is being written. Letters beyond the paper are a fault: they would wrap. */
static void
end_line (OsySimEscpos *self)
{
  int wide = (self->size >> 4) + 1, high = (self->size & 15) + 1, width = 0;

  for (const char *c = self->line->str; *c != '\0'; c = g_utf8_next_char (c))
    width += cells_of (g_utf8_get_char (c)) * CELL * wide;
  if (width > self->dots)
    fault (self, "a line of %d dots on paper of %d", width, self->dots);
  cairo_surface_t *part = add_part (self, LINE * high);
  cairo_t *cr = cairo_create (part);
  int left = self->align == 1   ? (self->dots - width) / 2
             : self->align == 2 ? self->dots - width
                                : 0;
  cairo_translate (cr, left, 0);
  if (self->reverse) {
    cairo_rectangle (cr, 0, 0, width, LINE * high);
    cairo_fill (cr);
    cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  }
  cairo_scale (cr, wide, high);
  draw_letters (self, cr);
  cairo_destroy (cr);
  g_string_append_printf (self->text, "%s\n", self->line->str);
  g_string_truncate (self->line, 0);
}

static void
draw_bits (OsySimEscpos *self, const guint8 *data, int bytes, int rows)
{
  cairo_surface_t *part = add_part (self, rows);
  guint8 *dots = cairo_image_surface_get_data (part);
  int stride = cairo_image_surface_get_stride (part);

  for (int y = 0; y < rows; y++)
    for (int x = 0; x < MIN (bytes * 8, self->dots); x++)
      if (data[y * bytes + x / 8] & (0x80 >> (x & 7)))
        dots[y * stride + x] = 255;
  cairo_surface_mark_dirty (part);
  self->pictures++;
}

static void
draw_code (OsySimEscpos *self)
{
  g_autofree char *text = g_strndup ((const char *)self->code->data, self->code->len);
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

  if (code == NULL) {
    fault (self, "a QR code of nothing");
    return;
  }
  int module = (int)self->module, side = code->width * module;
  cairo_surface_t *part = add_part (self, side + 8 * module);
  cairo_t *cr = cairo_create (part);
  cairo_translate (cr, self->align == 1 ? (self->dots - side) / 2 : 0, 4 * module);
  for (int row = 0; row < code->width; row++)
    for (int column = 0; column < code->width; column++)
      if (code->data[row * code->width + column] & 1)
        cairo_rectangle (cr, column * module, row * module, module, module);
  cairo_fill (cr);
  cairo_destroy (cr);
  QRcode_free (code);
  self->pictures++;
}

static cairo_surface_t *
join_parts (OsySimEscpos *self)
{
  int height = 0, y = 0;

  for (guint i = 0; i < self->parts->len; i++)
    height += cairo_image_surface_get_height (self->parts->pdata[i]);
  cairo_surface_t *paper =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, self->dots + 32, height + 48);
  cairo_t *cr = cairo_create (paper);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint i = 0; i < self->parts->len; i++) {
    cairo_mask_surface (cr, self->parts->pdata[i], 16, 24 + y);
    y += cairo_image_surface_get_height (self->parts->pdata[i]);
  }
  cairo_destroy (cr);
  return paper;
}

static void
cut (OsySimEscpos *self)
{
  if (self->line->len > 0)
    fault (self, "a cut inside of a line");
  OsySimSlip slip = {self->text->str, join_parts (self), self->pictures};
  self->duties.cut (&slip, self->user_data);
  cairo_surface_destroy (slip.paper);
  start_slip (self);
}

/* ---- commands: each answers how many bytes it took ---- */

static void
need_line_start (OsySimEscpos *self, const char *what)
{
  if (self->line->len > 0)
    fault (self, "%s inside of a line", what);
}

static int
read_kick (OsySimEscpos *self, const guint8 *in, guint len)
{
  if (len < 5)
    return NEED_MORE;
  if (in[2] > 1)
    return UNKNOWN;
  self->duties.kick (self->user_data);
  return 5;
}

static int
read_beep (const guint8 *in, guint len)
{
  if (len < 4)
    return NEED_MORE;
  return in[2] >= 1 && in[2] <= 9 && in[3] >= 1 && in[3] <= 9 ? 4 : UNKNOWN;
}

static void
feed_lines (OsySimEscpos *self, int lines)
{
  if (self->line->len > 0)
    end_line (self);
  add_part (self, lines * LINE);
}

static int
read_align (OsySimEscpos *self, guint8 n)
{
  if (n > 2)
    return UNKNOWN;
  need_line_start (self, "an alignment");
  self->align = n;
  return 3;
}

static int
read_mode (OsySimEscpos *self, guint8 n)
{
  if (n & ~0xb8)
    return UNKNOWN;
  self->bold = n & 8;
  self->size = (guint8)((n & 0x10 ? 1 : 0) | (n & 0x20 ? 0x10 : 0));
  self->underline = n & 0x80;
  return 3;
}

static int
read_switch (gboolean *what, guint8 n, guint8 most)
{
  *what = n != 0;
  return n <= most ? 3 : UNKNOWN;
}

static int
read_esc_with_number (OsySimEscpos *self, const guint8 *in, guint len)
{
  switch (in[1]) {
  case 'a': return read_align (self, in[2]);
  case 'E': return read_switch (&self->bold, in[2], 1);
  case '-': return read_switch (&self->underline, in[2], 2);
  case '!': return read_mode (self, in[2]);
  case 'd': feed_lines (self, in[2]); return 3;
  case '3':
  case 't': return 3;
  case 'R': return in[2] <= 13 ? 3 : UNKNOWN;
  case 'p': return read_kick (self, in, len);
  case 'B': return read_beep (in, len);
  default: return UNKNOWN;
  }
}

static int
read_esc (OsySimEscpos *self, const guint8 *in, guint len)
{
  if (len < 2)
    return NEED_MORE;
  if (in[1] == '@')
    set_defaults (self);
  if (in[1] == '@' || in[1] == '2')
    return 2;
  return len < 3 ? NEED_MORE : read_esc_with_number (self, in, len);
}

static int
read_picture (OsySimEscpos *self, const guint8 *in, guint len)
{
  if (len < 8)
    return NEED_MORE;
  int bytes = in[4] | in[5] << 8, rows = in[6] | in[7] << 8;
  if (in[2] != 0x30 || in[3] > 3 || bytes == 0 || rows == 0)
    return UNKNOWN;
  if (len < 8 + (guint)bytes * (guint)rows)
    return NEED_MORE;
  need_line_start (self, "a picture");
  if (bytes * 8 > self->dots)
    fault (self, "a picture of %d dots on paper of %d", bytes * 8, self->dots);
  draw_bits (self, in + 8, bytes, rows);
  return 8 + bytes * rows;
}

static gboolean
read_code_step (OsySimEscpos *self, guint8 step, const guint8 *data, guint n)
{
  switch (step) {
  case 0x41: return n == 2 && data[0] == 0x32 && data[1] == 0;
  case 0x43: self->module = data[0]; return n == 1 && data[0] >= 1 && data[0] <= 16;
  case 0x45: return n == 1 && data[0] >= 0x30 && data[0] <= 0x33;
  case 0x50:
    g_byte_array_set_size (self->code, 0);
    g_byte_array_append (self->code, data + 1, n - 1);
    return n > 1 && data[0] == 0x30;
  case 0x51:
    need_line_start (self, "a QR code");
    draw_code (self);
    return n == 1 && data[0] == 0x30;
  default: return FALSE;
  }
}

static int
read_code (OsySimEscpos *self, const guint8 *in, guint len)
{
  if (len < 5)
    return NEED_MORE;
  guint n = in[3] | (guint)in[4] << 8;
  if (in[2] != 'k' || n < 3)
    return UNKNOWN;
  if (len < 5 + n)
    return NEED_MORE;
  return in[5] == 0x31 && read_code_step (self, in[6], in + 7, n - 2) ? (int)(5 + n) : UNKNOWN;
}

static int
read_cut (OsySimEscpos *self, const guint8 *in, guint len)
{
  if (len < 3)
    return NEED_MORE;
  if (in[2] > 1 && in[2] != 0x41 && in[2] != 0x42)
    return UNKNOWN;
  if (in[2] > 1 && len < 4)
    return NEED_MORE;
  cut (self);
  return in[2] > 1 ? 4 : 3;
}

static int
read_gs (OsySimEscpos *self, const guint8 *in, guint len)
{
  if (len < 3)
    return NEED_MORE;
  switch (in[1]) {
  case '!': self->size = in[2]; return in[2] & 0x88 ? UNKNOWN : 3;
  case 'B': self->reverse = in[2] & 1; return in[2] <= 1 ? 3 : UNKNOWN;
  case 'V': return read_cut (self, in, len);
  case 'v': return read_picture (self, in, len);
  case '(': return read_code (self, in, len);
  case 'a': return 3;
  case 'r': self->duties.answer (0, self->user_data); return in[2] == 1 || in[2] == 2 ? 3 : UNKNOWN;
  default: return UNKNOWN;
  }
}

static int
read_fs (OsySimEscpos *self, const guint8 *in, guint len)
{
  if (len < 2)
    return NEED_MORE;
  switch (in[1]) {
  case '&':
  case '.': self->pairs = in[1] == '&'; return 2;
  case '!':
  case 'W': return len < 3 ? NEED_MORE : 3;
  case 'S': return len < 4 ? NEED_MORE : 4;
  default: return UNKNOWN;
  }
}

static int
read_dle (OsySimEscpos *self, const guint8 *in, guint len)
{
  if (len < 3)
    return NEED_MORE;
  if (in[1] != 4 || in[2] < 1 || in[2] > 4)
    return UNKNOWN;
  self->duties.answer (self->duties.state (in[2], self->user_data), self->user_data);
  return 3;
}

/* The font of such a printer has KS X 1001 and no more. */
static int
read_pair (OsySimEscpos *self, const guint8 *in, guint len)
{
  if (!self->pairs)
    return UNKNOWN;
  if (len < 2)
    return NEED_MORE;
  if (in[0] < 0xa1 || in[0] > 0xfe || in[1] < 0xa1 || in[1] > 0xfe)
    return UNKNOWN;
  g_autofree char *text = g_convert ((const char *)in, 2, "UTF-8", "EUC-KR", NULL, NULL, NULL);
  if (text == NULL)
    return UNKNOWN;
  g_string_append (self->line, text);
  return 2;
}

static int
read_one (OsySimEscpos *self, const guint8 *in, guint len)
{
  switch (in[0]) {
  case 0x0a: end_line (self); return 1;
  case 0x10: return read_dle (self, in, len);
  case 0x1b: return read_esc (self, in, len);
  case 0x1c: return read_fs (self, in, len);
  case 0x1d: return read_gs (self, in, len);
  default: break;
  }
  if (in[0] >= 0x80)
    return read_pair (self, in, len);
  if (in[0] < 0x20 || in[0] == 0x7f)
    return UNKNOWN;
  g_string_append_c (self->line, (char)in[0]);
  return 1;
}

void
osy_sim_escpos_feed (OsySimEscpos *self, const guint8 *data, gsize len)
{
  guint at = 0;

  g_byte_array_append (self->input, data, (guint)len);
  while (at < self->input->len) {
    int took = read_one (self, self->input->data + at, self->input->len - at);
    if (took == NEED_MORE)
      break;
    if (took == UNKNOWN)
      fault (self, "an unknown byte %02x", self->input->data[at]);
    at += took == UNKNOWN ? 1 : (guint)took;
  }
  g_byte_array_remove_range (self->input, 0, at);
}
