/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/** A printer that understands exactly the table of integrations 4.1 and nothing else: whatever byte
 * is not of it counts as a fault. It draws what it prints. */
typedef struct _OsySimEscpos OsySimEscpos;

/** One slip, from cut to cut. */
typedef struct {
  char *text;             /* UTF-8 of its letters; pictures are left out */
  cairo_surface_t *paper; /* RGB24 */
  guint pictures;
} OsySimSlip;

/** What it does beside printing. @byte: an answer to send. */
typedef struct {
  void (*cut) (const OsySimSlip *slip, gpointer user_data);
  void (*kick) (gpointer user_data);
  void (*fault) (const char *what, gpointer user_data);
  guint8 (*state) (guint8 question, gpointer user_data); /* DLE EOT 1…4 */
  void (*answer) (guint8 byte, gpointer user_data);
} OsySimEscposDuties;

/** osy_sim_escpos_new: @dots: 384, 512 or 576. */
OsySimEscpos *osy_sim_escpos_new (int dots, const OsySimEscposDuties *duties, gpointer user_data);
void osy_sim_escpos_free (OsySimEscpos *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OsySimEscpos, osy_sim_escpos_free)

/** osy_sim_escpos_feed: @data may end anywhere, also inside of a command. */
void osy_sim_escpos_feed (OsySimEscpos *self, const guint8 *data, gsize len);
/** osy_sim_escpos_reset: forgets half a command and what is not cut, as a printer that was off. */
void osy_sim_escpos_reset (OsySimEscpos *self);
/** osy_sim_escpos_is_whole: Returns: whether nothing waits for its rest or for a cut. */
gboolean osy_sim_escpos_is_whole (const OsySimEscpos *self);

G_END_DECLS
