/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-keys.h"

G_BEGIN_DECLS

/**
 * OscView: one of the views of the shell. Views never know each other; they go elsewhere by widget
 * actions that the shell answers: shell.go (s: name of a view), shell.show (ss: a view and what it
 * is to open: "sale" and an order id to copy or
 * "table:<id>:<guests>", "item:<id>" or "phone", "tables" and a table id, "past" and a text to
 * find, "menu" and an item id, "settings" and a page, "bill" and a check id or
 * "<check>/<line>/<VOID, COMP or DISCOUNT>", "payment" and a check id or "<check>/<view to go back
 * to>", "refund" and a check id, with "/" and a view to go back to, or "" to look for one),
 * shell.open-order (s: id, in the drawer), shell.switch-shop (s: restaurant id), shell.print (ss:
 * "bill" or "receipt" and a check id, "kitchen" and an order id: its slips once more).
 */
#define OSC_TYPE_VIEW (osc_view_get_type ())
G_DECLARE_INTERFACE (OscView, osc_view, OSC, VIEW, GtkWidget)

struct _OscViewInterface {
  GTypeInterface parent;

  /* It is on screen from now on: take the focus to where one begins. Optional. */
  void (*enter) (OscView *self);
  /* Is to show @what, after enter. Optional. */
  void (*open) (OscView *self, const char *what);
  /* Does what @key means here. Optional. Returns: whether it meant anything. */
  gboolean (*key) (OscView *self, OscKey key);
  /* Whether the daemon can be reached. Optional. */
  void (*set_live) (OscView *self, gboolean live);
  /* Returns: whether it may be left now. A view with unsaved work returns FALSE, asks, and once
   * that is settled activates shell.go with @target itself. @target: NULL: the window is to be
   * closed, then it closes that. Optional: always. */
  gboolean (*leave) (OscView *self, const char *target);
  /* Whether work is under way on it that a new order must not cover: it comes as a bar then.
   * Optional: never. Typing is seen without it. */
  gboolean (*busy) (OscView *self);
  /* The view's own lines of the key sheet, ends with keys == NULL. Optional. */
  const OscKeyLine *(*key_lines) (OscView *self);
};

/** osc_view_enter, _open, _key, _set_live, _leave, _busy, _key_lines: call what the view has. */
void osc_view_enter (OscView *self);
void osc_view_open (OscView *self, const char *what);
gboolean osc_view_key (OscView *self, OscKey key);
void osc_view_set_live (OscView *self, gboolean live);
gboolean osc_view_leave (OscView *self, const char *target);
gboolean osc_view_busy (OscView *self);
const OscKeyLine *osc_view_key_lines (OscView *self);

G_END_DECLS
