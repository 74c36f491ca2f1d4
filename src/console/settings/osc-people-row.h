/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** OscPeopleRow: rows of a person, a sign-in, a screen: what it is, a line about it, tags, buttons.
 * Plain text, never markup. */

/** osc_people_row_add: a new row at the end of @list. @about: (nullable). Returns: (transfer none).
 */
GtkWidget *osc_people_row_add (GtkListBox *list, const char *title, const char *about);
/** osc_people_row_tag: @css_class: (nullable): "green", "amber". */
void osc_people_row_tag (GtkWidget *row, const char *text, const char *css_class);
/** osc_people_row_button: @pressed is called with (@owner, the button) and finds @id there
 * (osc_people_row_id). @id: (nullable). Returns: (transfer none). */
GtkWidget *osc_people_row_button (GtkWidget *row,
                                  const char *text,
                                  GCallback pressed,
                                  gpointer owner,
                                  const char *id);
/** osc_people_row_id: (transfer none) (nullable): of the row that @button is in. */
const char *osc_people_row_id (GtkWidget *button);
/** osc_people_row_clear: takes every row out of @list. */
void osc_people_row_clear (GtkListBox *list);
/** osc_people_row_trouble: in place of rows that could not be read; @again is called with @owner.
 */
void osc_people_row_trouble (GtkListBox *list, GCallback again, gpointer owner);
/** osc_people_row_when: (transfer full): "12:24", or with its day when that is another one. */
char *osc_people_row_when (gint64 us);

G_END_DECLS
