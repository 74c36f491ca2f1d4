/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-till-store.h"

G_BEGIN_DECLS

/** osc_till_rows_rest: (transfer floating): something that is still to come. Its button does the
 * action till.pay with the id of its check. */
GtkWidget *osc_till_rows_rest (const OscTillRest *rest);
/** osc_till_rows_close: (transfer floating): a close; pressed it does till.look with its number. */
GtkWidget *osc_till_rows_close (const OscTillClose *close);
/** osc_till_rows_step: (transfer floating): one of the steps of a close. @state: less than 0: it is
 * done; 0: it is now; more: it is to come. */
GtkWidget *osc_till_rows_step (int number, const char *title, int state);

G_END_DECLS
