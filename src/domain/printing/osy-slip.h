/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** What a slip may hold at most: what a person could ever want, far from what hurts a printer. */
#define OSY_SLIP_MAX_BLOCKS 1000
#define OSY_SLIP_MAX_TEXT 1000
#define OSY_SLIP_MAX_QR 500

typedef enum {
  OSY_SLIP_TEXT,  /* wraps; "\n" begins a line */
  OSY_SLIP_ROW,   /* left wraps; middle and right stand at the right of its first line */
  OSY_SLIP_RULE,  /* a line across */
  OSY_SLIP_SPACE, /* empty lines */
  OSY_SLIP_QR,    /* centred */
  OSY_SLIP_CUT,
  OSY_SLIP_KICK, /* opens the drawer that hangs on the printer */
  OSY_SLIP_BEEP, /* the printer's buzzer, if it has one */
  OSY_N_SLIP_KINDS
} OsySlipKind;

/** How a text or row looks; of the two last none is left. */
typedef enum {
  OSY_SLIP_PLAIN = 0,
  OSY_SLIP_BOLD = 1 << 0,
  OSY_SLIP_INVERT = 1 << 1, /* white on black */
  OSY_SLIP_CENTER = 1 << 2, /* TEXT alone */
  OSY_SLIP_RIGHT = 1 << 3,  /* TEXT alone */
} OsySlipStyle;

typedef struct {
  OsySlipKind kind;
  char *section; /* nullable: which part of its template the block belongs to */
  char *text;    /* of TEXT and QR, and the left of a ROW; else NULL */
  char *middle;  /* (nullable): of a ROW */
  char *right;   /* (nullable): of a ROW */
  int size;      /* of TEXT and ROW: 1…4 times as high and wide; of SPACE: 1…8 lines */
  guint style;   /* OsySlipStyle bits */
} OsySlipBlock;

/** A slip of paper as data: what it says, not how a printer is told. Plain while it is being made;
 * read by any thread once nobody adds to it. */
typedef struct {
  GPtrArray *blocks; /* of OsySlipBlock */
  char *section;     /* nullable: of the blocks added next */
} OsySlip;

/** osy_slip_new: Returns: (transfer full): an empty slip. */
OsySlip *osy_slip_new (void);
void osy_slip_free (OsySlip *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsySlip, osy_slip_free)

/** osy_slip_section: what is added from now on belongs to the part @name of its template, which the
 * shop may have moved, hidden or made larger ("lines", "totals", …: osy-slip-template.h). */
void osy_slip_section (OsySlip *self, const char *name);
/** osy_slip_text: @size: 1…4; @style: OsySlipStyle bits. Text that is not UTF-8 is mended, what is
 * too long is cut: no slip fails for its words. */
void osy_slip_text (OsySlip *self, int size, guint style, const char *text);
/** osy_slip_textf: the same with a format. */
void
osy_slip_textf (OsySlip *self, int size, guint style, const char *format, ...) G_GNUC_PRINTF (4, 5);
/** osy_slip_row: @middle, @right: (nullable). */
void osy_slip_row (OsySlip *self,
                   int size,
                   guint style,
                   const char *left,
                   const char *middle,
                   const char *right);
void osy_slip_rule (OsySlip *self);
/** osy_slip_space: @lines: 1…8. */
void osy_slip_space (OsySlip *self, int lines);
/** osy_slip_qr: @data: UTF-8, at most OSY_SLIP_MAX_QR bytes: longer adds nothing. */
void osy_slip_qr (OsySlip *self, const char *data);
/** osy_slip_cut: a slip that ends without one is cut all the same. */
void osy_slip_cut (OsySlip *self);
void osy_slip_kick (OsySlip *self);
/** osy_slip_beep: three times; a printer without a buzzer passes it over. */
void osy_slip_beep (OsySlip *self);

/** osy_slip_to_json: Returns: (transfer full): {blocks:[{kind, …}]}. */
JsonNode *osy_slip_to_json (const OsySlip *self);
/** osy_slip_from_json: strict. Returns: (transfer full): NULL with INVALID_REQUEST. */
OsySlip *osy_slip_from_json (JsonNode *node, GError **error);

/** osy_slip_block_new, _copy, _free: for what puts slips together from parts. */
OsySlipBlock *osy_slip_block_new (OsySlipKind kind);
OsySlipBlock *osy_slip_block_copy (const OsySlipBlock *self);
void osy_slip_block_free (OsySlipBlock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsySlipBlock, osy_slip_block_free)

G_END_DECLS
