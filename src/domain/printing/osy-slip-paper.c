/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A slip as a picture: the one layout behind raster printing and every preview. */

#include "osy-slip-paper.h"

#include <pango/pangocairo.h>
#include <qrencode.h>

#define FONT "Noto Sans CJK KR, Noto Sans, Sans"
#define MARGIN 2
#define GAP 12       /* between the columns of a row */
#define RIGHT_MIN 96 /* so that amounts stand below each other */
#define MIDDLE_MIN 36
#define LINE 34 /* of an empty line */
/* Higher than any slip is read; a hostile one does not eat the memory. */
#define MAX_HEIGHT 30000

/* Dots of an em. */
static int
em_of (int size)
{
  static const int ems[] = {24, 38, 54, 76};

  return ems[CLAMP (size, 1, 4) - 1];
}

/* Marks the ink alone: what is measured is never drawn, what is drawn was measured before. */
static PangoLayout *
new_layout (const OsySlipBlock *block, const char *text, int width)
{
  static const PangoAlignment aligns[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT};
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  guint align = block->style & OSY_SLIP_CENTER ? 1 : block->style & OSY_SLIP_RIGHT ? 2 : 0;

  g_object_unref (context);
  pango_font_description_set_absolute_size (font, em_of (block->size) * PANGO_SCALE);
  pango_font_description_set_weight (font, block->style & OSY_SLIP_BOLD ? PANGO_WEIGHT_BOLD
                                                                        : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_line_spacing (layout, 0.9f);
  pango_layout_set_text (layout, text, -1);
  if (width > 0)
    pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, aligns[align]);
  return layout;
}

static void
measure (PangoLayout *layout, int *width, int *height)
{
  pango_layout_get_pixel_size (layout, width, height);
  *height = CLAMP (*height, 1, MAX_HEIGHT);
}

static cairo_surface_t *
new_paper (int dots, int height)
{
  return cairo_image_surface_create (CAIRO_FORMAT_A8, dots, MIN (height, MAX_HEIGHT));
}

/* Where the texts of a row stand. */
typedef struct {
  PangoLayout *left;
  PangoLayout *middle; /* nullable */
  PangoLayout *right;  /* nullable */
  int middle_edge;     /* where it ends */
  int right_edge;
  int top; /* of middle and right: below the left one when there is no room beside it */
  int height;
} Row;

static void
row_clear (Row *row)
{
  g_clear_object (&row->left);
  g_clear_object (&row->middle);
  g_clear_object (&row->right);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

static int
column_width (PangoLayout *layout, int least)
{
  int width, height;

  if (layout == NULL)
    return 0;
  measure (layout, &width, &height);
  return MAX (width, least) + GAP;
}

static void
lay_out_row (const OsySlipBlock *block, int dots, Row *row)
{
  int width, height, side = 0;

  row->middle = block->middle != NULL ? new_layout (block, block->middle, 0) : NULL;
  row->right = block->right != NULL ? new_layout (block, block->right, 0) : NULL;
  row->right_edge = dots - MARGIN;
  row->middle_edge = row->right_edge - column_width (row->right, RIGHT_MIN);
  int room = row->middle_edge - column_width (row->middle, MIDDLE_MIN) - MARGIN;
  gboolean below = room < dots / 4;
  row->left = new_layout (block, block->text, below ? dots - 2 * MARGIN : room);
  measure (row->left, &width, &height);
  row->top = below && *block->text != '\0' ? height : 0;
  if (row->right != NULL)
    measure (row->right, &width, &side);
  else if (row->middle != NULL)
    measure (row->middle, &width, &side);
  row->height = MAX (height, row->top + side);
}

static void
show_at_edge (cairo_t *cr, PangoLayout *layout, int edge, int top)
{
  int width, height;

  if (layout == NULL)
    return;
  measure (layout, &width, &height);
  cairo_move_to (cr, MAX (edge - width, MARGIN), top);
  pango_cairo_show_layout (cr, layout);
}

/* Black behind, and the words taken out of it. */
static void
begin_ink (cairo_t *cr, const OsySlipBlock *block)
{
  if (!(block->style & OSY_SLIP_INVERT))
    return;
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
}

static cairo_surface_t *
draw_row (const OsySlipBlock *block, int dots)
{
  g_auto (Row) row = {NULL};

  lay_out_row (block, dots, &row);
  cairo_surface_t *paper = new_paper (dots, row.height);
  cairo_t *cr = cairo_create (paper);
  begin_ink (cr, block);
  cairo_move_to (cr, MARGIN, 0);
  pango_cairo_show_layout (cr, row.left);
  show_at_edge (cr, row.middle, row.middle_edge, row.top);
  show_at_edge (cr, row.right, row.right_edge, row.top);
  cairo_destroy (cr);
  return paper;
}

static cairo_surface_t *
draw_text (const OsySlipBlock *block, int dots)
{
  g_autoptr (PangoLayout) layout = new_layout (block, block->text, dots - 2 * MARGIN);
  int width, height;

  measure (layout, &width, &height);
  cairo_surface_t *paper = new_paper (dots, height);
  cairo_t *cr = cairo_create (paper);
  begin_ink (cr, block);
  cairo_move_to (cr, MARGIN, 0);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  return paper;
}

static cairo_surface_t *
draw_rule (int dots)
{
  cairo_surface_t *paper = new_paper (dots, 18);
  cairo_t *cr = cairo_create (paper);

  cairo_rectangle (cr, 0, 8, dots, 2);
  cairo_fill (cr);
  cairo_destroy (cr);
  return paper;
}

static cairo_surface_t *
draw_code (const QRcode *code, int dots)
{
  int module = CLAMP (dots / 2 / code->width, 3, 8);
  int side = code->width * module;
  cairo_surface_t *paper = new_paper (dots, side + 2 * 4 * module);
  cairo_t *cr = cairo_create (paper);

  int margin = (dots - side) / 2; /* whole dots: a blurred code does not scan */

  cairo_translate (cr, margin, 4 * module);
  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if (code->data[y * code->width + x] & 1)
        cairo_rectangle (cr, x * module, y * module, module, module);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_fill (cr);
  cairo_destroy (cr);
  return paper;
}

/* What no code can hold is said in letters. */
static cairo_surface_t *
draw_qr (const OsySlipBlock *block, int dots)
{
  QRcode *code = QRcode_encodeString (block->text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  cairo_surface_t *paper =
      code != NULL && code->width * 3 <= dots ? draw_code (code, dots) : draw_text (block, dots);

  if (code != NULL)
    QRcode_free (code);
  return paper;
}

cairo_surface_t *
osy_slip_paper_block (const OsySlipBlock *block, int dots)
{
  switch (block->kind) {
  case OSY_SLIP_TEXT: return draw_text (block, dots);
  case OSY_SLIP_ROW: return draw_row (block, dots);
  case OSY_SLIP_RULE: return draw_rule (dots);
  case OSY_SLIP_SPACE: return new_paper (dots, block->size * LINE);
  case OSY_SLIP_QR: return draw_qr (block, dots);
  default: return NULL;
  }
}

cairo_surface_t *
osy_slip_paper_draw (const OsySlip *slip, int dots)
{
  g_autoptr (GPtrArray) papers =
      g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  int height = 0;

  for (guint i = 0; i < slip->blocks->len && height < MAX_HEIGHT; i++) {
    cairo_surface_t *paper = osy_slip_paper_block (slip->blocks->pdata[i], dots);
    if (paper == NULL)
      continue;
    g_ptr_array_add (papers, paper);
    height += cairo_image_surface_get_height (paper);
  }
  cairo_surface_t *whole =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, dots, CLAMP (height, 1, MAX_HEIGHT));
  cairo_t *cr = cairo_create (whole);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  height = 0;
  for (guint i = 0; i < papers->len; i++) {
    cairo_mask_surface (cr, papers->pdata[i], 0, height);
    height += cairo_image_surface_get_height (papers->pdata[i]);
  }
  cairo_destroy (cr);
  return whole;
}
