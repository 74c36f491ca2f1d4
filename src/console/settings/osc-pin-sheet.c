/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A new PIN. It is typed twice, since nobody sees it, and the password shows that it is one's own.
 */

#include "osc-pin-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-people-form.h"
#include "osc-pin.h"

typedef struct {
  OscPeople *people;
  OscPin *pin; /* of the step on screen */
  char first[OSC_PIN_MOST + 1];
} Typing;

static void
typing_free (gpointer data)
{
  Typing *typing = data;

  g_object_unref (typing->people);
  explicit_bzero (typing, sizeof *typing);
  g_free (typing);
}

#define TYPING "osc-typing" /* on the sheet */

static void
ask_pin (OscSheet *sheet, Typing *typing)
{
  gboolean again = typing->first[0] != '\0';

  osc_sheet_ask (sheet, again ? _ ("The same PIN once more") : _ ("A PIN of your own"),
                 again ? NULL
                       : _ ("4 to 6 digits. With it you allow things on any screen of the shop"),
                 _ ("Next"));
  typing->pin = OSC_PIN (osc_pin_new ());
  osc_sheet_add (sheet, GTK_WIDGET (typing->pin));
  gtk_window_set_focus (GTK_WINDOW (sheet), NULL);
}

static void
ask_password (OscSheet *sheet, Typing *typing)
{
  static const OscPeopleField fields[] = {{"password", N_ ("Your password"), NULL, TRUE},
                                          {.member = NULL}};

  osc_people_form_start (
      sheet, &(OscPeopleForm){.people = typing->people,
                              .act = OSC_PEOPLE_SET_PIN,
                              .title = _ ("A PIN of your own"),
                              .verb = _ ("Set the PIN"),
                              .invalid = _ ("That PIN is too easy to guess. Choose another one"),
                              .fields = fields,
                              .toast = _ ("The PIN is set")});
  osc_people_form_set (sheet, "pin", typing->first);
}

static void
on_primary (OscSheet *sheet)
{
  Typing *typing = g_object_get_data (G_OBJECT (sheet), TYPING);

  if (!osc_pin_is_long_enough (typing->pin)) {
    osc_sheet_fail (sheet, _ ("A PIN has 4 to 6 digits"));
  } else if (typing->first[0] == '\0') {
    g_strlcpy (typing->first, osc_pin_text (typing->pin), sizeof typing->first);
    ask_pin (sheet, typing);
  } else if (strcmp (typing->first, osc_pin_text (typing->pin)) != 0) {
    explicit_bzero (typing->first, sizeof typing->first);
    ask_pin (sheet, typing);
    osc_pin_clear (typing->pin, TRUE);
    osc_sheet_fail (sheet, _ ("The two were not the same. Begin again"));
  } else {
    g_signal_handlers_disconnect_by_func (sheet, on_primary, NULL);
    ask_password (sheet, typing);
  }
}

void
osc_pin_sheet_open (GtkWidget *from, OscPeople *people)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && OSC_IS_PEOPLE (people));
  OscSheet *sheet = osc_sheet_new (from);
  Typing *typing = g_new0 (Typing, 1);

  typing->people = g_object_ref (people);
  g_object_set_data_full (G_OBJECT (sheet), TYPING, typing, typing_free);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_primary), NULL);
  ask_pin (sheet, typing);
}
