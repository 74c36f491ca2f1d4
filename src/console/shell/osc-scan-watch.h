/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** OscScanWatch: keeps what a barcode scanner types from whatever has the focus in a window. A
 * character waits until it is clear that none follows as fast as a scanner types: 20 ms while its
 * key is held down, else 40; what was a person's goes on then, in its order, input methods
 * included. Nothing of a scan reaches a view. In a text, secrets apart, the first character does
 * not wait: what it has done there is taken back when it was that of a scan, and what an input
 * method was composing then counts as written, as it does when the window is touched. */
typedef struct _OscScanWatch OscScanWatch;

/** What was scanned. */
typedef void (*OscScanned) (gpointer data, const char *code);

/** osc_scan_watch_new: @window: borrowed; one of them watches a window, and what pops up over it.
 */
OscScanWatch *osc_scan_watch_new (GtkWindow *window, OscScanned scanned, gpointer data);
void osc_scan_watch_free (OscScanWatch *self);
/** osc_scan_watch_press, _release: a key of @controller, which captures for the whole window,
 * before anything else sees it. Returns: whether it is kept from them. */
gboolean osc_scan_watch_press (OscScanWatch *self, GtkEventController *controller);
gboolean osc_scan_watch_release (OscScanWatch *self, GtkEventController *controller);
/** osc_scan_watch_composing: whether the input method of the text with the focus is in the middle
 * of a letter. */
gboolean osc_scan_watch_composing (OscScanWatch *self);
/** osc_scan_watch_commit: that letter is written as it is. */
void osc_scan_watch_commit (OscScanWatch *self);
/** osc_scan_watch_let_go: what waits goes on now. */
void osc_scan_watch_let_go (OscScanWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OscScanWatch, osc_scan_watch_free)

G_END_DECLS
