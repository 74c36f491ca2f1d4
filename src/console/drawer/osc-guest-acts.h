/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include <gtk/gtk.h>

#include "osc-people.h"
#include "osy-client.h"

G_BEGIN_DECLS

/** Why something is done with what is known of a guest: the word of the API, and its msgid. */
typedef struct {
  const char *reason;
  const char *label;
} OscGuestReason;

/** osc_guest_add_reasons: a chip for each of @list (the last is empty) into @chips, a flow box.
 * @on_chip: (OWNER *, GtkWidget *chip), which asks osc_guest_reason_of(). */
void osc_guest_add_reasons (GtkWidget *chips,
                            const OscGuestReason *list,
                            GCallback on_chip,
                            gpointer owner);
/** osc_guest_reason_of: (transfer none): the word of the API. */
const char *osc_guest_reason_of (GtkWidget *chip);

/** OscGuestActs: what the operator owes a guest who asks: all that is kept, as a file, or its end.
 * Hidden from who may not. */
#define OSC_TYPE_GUEST_ACTS (osc_guest_acts_get_type ())
G_DECLARE_FINAL_TYPE (OscGuestActs, osc_guest_acts, OSC, GUEST_ACTS, GtkWidget)

/** osc_guest_acts_set: @client, @people: (nullable): without either there is nothing to be done. */
void osc_guest_acts_set (OscGuestActs *self, OsyClient *client, OscPeople *people);
/** osc_guest_acts_show: @guest_id: (nullable). */
void osc_guest_acts_show (OscGuestActs *self, const char *guest_id);
/** osc_guest_acts_back: Returns: whether a question was open, which is now closed. */
gboolean osc_guest_acts_back (OscGuestActs *self);
/** osc_guest_acts_save: reads all that is kept and writes it to @file, which only the owner of this
 * session may read. Of the file chooser, and of tests. */
void osc_guest_acts_save (OscGuestActs *self, GFile *file);

G_END_DECLS
