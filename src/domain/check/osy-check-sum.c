/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* What a check comes to and how it is split. Every share is rounded down, and who comes last takes
 * what is left over, so that shares always add up. */

#include "osy-check-sum.h"

#include "osy-money.h"

/* A whole line, divisible by every denominator up to OSY_CHECK_MAX_SHARES. */
#define WHOLE G_GINT64_CONSTANT (232792560)

static const char *const kinds[] = {"ITEM", "SEAT", "EQUAL", "AMOUNT"};
G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == OSY_N_CHECK_PARTS);

/* What is taken of a line so far. */
typedef struct {
  gint64 share; /* of WHOLE */
  gint64 won;
} Taken;

static void
part_clear (gpointer data)
{
  OsyCheckPart *part = data;

  g_clear_pointer (&part->takes, g_array_unref);
}

OsyCheckSum *
osy_check_sum_new (void)
{
  OsyCheckSum *self = g_new0 (OsyCheckSum, 1);

  self->members = g_array_new (FALSE, TRUE, sizeof (OsyCheckMember));
  self->lines = g_array_new (FALSE, TRUE, sizeof (OsyCheckLine));
  self->parts = g_array_new (FALSE, TRUE, sizeof (OsyCheckPart));
  g_array_set_clear_func (self->parts, part_clear);
  return self;
}

void
osy_check_sum_free (OsyCheckSum *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->members);
  g_array_unref (self->lines);
  g_array_unref (self->parts);
  g_free (self);
}

/* a × b / c, rounded down; products of won with won pass 64 bits. */
static gint64
share (gint64 a, gint64 b, gint64 c)
{
  return (gint64)((__int128)a * b / c);
}

static gint64
after_discount (gint64 base, int percent, gint64 won)
{
  return MAX (0, base - base * MIN (percent, 100) / 100 - won);
}

/* ---- lines and checks ---- */

static OsyCheckLine *
line_at (const OsyCheckSum *self, guint i)
{
  return &g_array_index (self->lines, OsyCheckLine, i);
}

static void
sum_lines (OsyCheckSum *self)
{
  for (guint i = 0; i < self->lines->len; i++) {
    OsyCheckLine *line = line_at (self, i);
    line->amount = line->unit_price * line->quantity;
    line->left = line->unit_price * (line->quantity - line->voided - line->comped);
    line->net = after_discount (line->left, line->percent, line->won);
    line->due = 0;
    self->orders += line->amount;
    g_array_index (self->members, OsyCheckMember, line->member).base += line->net;
  }
}

/* Spreads the member's total over its lines, and finds what of it is tax-free. */
static void
spread (OsyCheckSum *self, guint m, const OsyCheckMember *member)
{
  gint64 due = member->total;
  gint64 plain = member->base - member->discount;
  gint64 due_left = due;
  gint64 plain_left = plain;
  OsyCheckLine *last = NULL;

  for (guint i = 0; i < self->lines->len; i++) {
    OsyCheckLine *line = line_at (self, i);
    if (line->member != m || line->net == 0)
      continue;
    gint64 plain_share = share (plain, line->net, member->base);
    line->due = share (due, line->net, member->base);
    due_left -= line->due;
    plain_left -= plain_share;
    self->tax_free += line->tax_free ? plain_share : 0;
    last = line;
  }
  if (last != NULL) {
    last->due += due_left;
    self->tax_free += last->tax_free ? plain_left : 0;
  }
}

static void
sum_members (OsyCheckSum *self)
{
  for (guint i = 0; i < self->members->len; i++) {
    OsyCheckMember *member = &g_array_index (self->members, OsyCheckMember, i);
    gint64 net = after_discount (member->base, member->percent, member->won);
    member->discount = member->base - net;
    member->service = net * member->service_percent / 100;
    member->total = net + member->service;
    self->service += member->service;
    self->total += member->total;
    spread (self, i, member);
  }
}

/* ---- parts ---- */

static gint64
take (Taken *taken, const OsyCheckLine *line, gint64 wanted)
{
  gint64 fraction = MIN (wanted, WHOLE - taken->share);
  gboolean last = taken->share + fraction == WHOLE;
  gint64 won = last ? line->due - taken->won : share (line->due, fraction, WHOLE);

  if (fraction <= 0)
    return 0;
  taken->share += fraction;
  taken->won += won;
  return won;
}

static gint64
take_lines (const OsyCheckSum *self, const OsyCheckPart *part, Taken *taken)
{
  gint64 won = 0;

  for (guint i = 0; part->kind == OSY_CHECK_PART_ITEM && part->takes && i < part->takes->len; i++) {
    const OsyCheckTake *one = &g_array_index (part->takes, OsyCheckTake, i);
    won += take (&taken[one->line], line_at (self, one->line),
                 WHOLE / one->denominator * one->numerator);
  }
  for (guint i = 0; part->kind == OSY_CHECK_PART_SEAT && i < self->lines->len; i++)
    if (line_at (self, i)->seat == part->seat)
      won += take (&taken[i], line_at (self, i), WHOLE);
  return won;
}

/* Items, then seats, then amounts; of each, in their order. */
static void
sum_open (OsyCheckSum *self, OsyCheckPartKind kind, Taken *taken)
{
  for (guint i = 0; i < self->parts->len; i++) {
    OsyCheckPart *part = &g_array_index (self->parts, OsyCheckPart, i);
    if (part->frozen || part->kind != kind)
      continue;
    gint64 wanted = kind == OSY_CHECK_PART_AMOUNT ? part->wanted : take_lines (self, part, taken);
    part->amount = CLAMP (wanted, 0, MAX (0, self->rest));
    self->rest -= part->amount;
  }
}

static void
sum_equal (OsyCheckSum *self)
{
  OsyCheckPart *last = NULL;
  guint n = 0;

  for (guint i = 0; i < self->parts->len; i++) {
    OsyCheckPart *part = &g_array_index (self->parts, OsyCheckPart, i);
    if (part->kind == OSY_CHECK_PART_EQUAL && !part->frozen) {
      last = part;
      n++;
    }
  }
  gint64 pool = MAX (0, self->rest);
  for (guint i = 0; i < self->parts->len; i++) {
    OsyCheckPart *part = &g_array_index (self->parts, OsyCheckPart, i);
    if (part->kind != OSY_CHECK_PART_EQUAL || part->frozen)
      continue;
    part->amount = part == last ? pool - pool / n * (n - 1) : pool / n;
    self->rest -= part->amount;
  }
}

static void
sum_parts (OsyCheckSum *self)
{
  g_autofree Taken *taken = g_new0 (Taken, MAX (1, self->lines->len));

  self->rest = self->total;
  for (guint i = 0; i < self->parts->len; i++) {
    const OsyCheckPart *part = &g_array_index (self->parts, OsyCheckPart, i);
    if (part->frozen) {
      take_lines (self, part, taken);
      self->rest -= part->amount;
    }
  }
  sum_open (self, OSY_CHECK_PART_ITEM, taken);
  sum_open (self, OSY_CHECK_PART_SEAT, taken);
  sum_open (self, OSY_CHECK_PART_AMOUNT, taken);
  sum_equal (self);
}

void
osy_check_sum_run (OsyCheckSum *self)
{
  self->orders = self->service = self->total = self->tax_free = 0;
  for (guint i = 0; i < self->members->len; i++)
    g_array_index (self->members, OsyCheckMember, i).base = 0;
  sum_lines (self);
  sum_members (self);
  self->adjustments = self->orders + self->service - self->total;
  osy_money_split_vat (self->total - self->tax_free, &self->supply, &self->vat);
  sum_parts (self);
}

/* ---- single discounts, shares ---- */

void
osy_check_sum_discounts (gint64 base, OsyCheckDiscount *discounts, guint n)
{
  gint64 left = base;
  int percent = 0;

  for (guint i = 0; i < n; i++) {
    int before = percent;
    percent = MIN (100, percent + discounts[i].percent);
    discounts[i].amount = base * percent / 100 - base * before / 100;
    left -= discounts[i].amount;
  }
  for (guint i = 0; i < n; i++) {
    gint64 won = MIN (left, discounts[i].won);
    discounts[i].amount += won;
    left -= won;
  }
}

/* Of all ITEM parts, in WHOLE. */
static gint64
asked_of (const OsyCheckSum *self, guint line)
{
  gint64 asked = 0;

  for (guint i = 0; i < self->parts->len; i++) {
    const OsyCheckPart *part = &g_array_index (self->parts, OsyCheckPart, i);
    for (guint k = 0; part->takes != NULL && k < part->takes->len; k++) {
      const OsyCheckTake *one = &g_array_index (part->takes, OsyCheckTake, k);
      asked += one->line == line ? WHOLE / one->denominator * one->numerator : 0;
    }
  }
  return asked;
}

int
osy_check_sum_free_share (const OsyCheckSum *self, guint line, int denominator)
{
  return (int)(MAX (0, WHOLE - asked_of (self, line)) / (WHOLE / denominator));
}

gboolean
osy_check_sum_is_overdrawn (const OsyCheckSum *self)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (asked_of (self, i) > WHOLE)
      return TRUE;
  return FALSE;
}

const char *
osy_check_part_kind_name (OsyCheckPartKind kind)
{
  return kinds[kind];
}

gboolean
osy_check_part_kind_from_name (const char *name, OsyCheckPartKind *ret)
{
  for (guint i = 0; i < OSY_N_CHECK_PARTS; i++)
    if (g_strcmp0 (name, kinds[i]) == 0) {
      *ret = (OsyCheckPartKind)i;
      return TRUE;
    }
  return FALSE;
}
