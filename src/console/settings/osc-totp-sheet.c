/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Two-step sign-in, step by step. */

#include "osc-totp-sheet.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-people-form.h"
#include "osc-qr.h"

#define CODES "osc-codes" /* on the sheet: the recovery codes, a line each */
#define GROUP 4

static const OscPeopleField password_only[] = {{"password", N_ ("Your password"), NULL, TRUE},
                                               {.member = NULL}};

/* ---- recovery codes ---- */

static void
on_copy (OscSheet *sheet)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (sheet)),
                          g_object_get_data (G_OBJECT (sheet), CODES));
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, OscSheet *sheet)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL && !g_file_set_contents_full (path, g_object_get_data (G_OBJECT (sheet), CODES),
                                                 -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    osc_sheet_fail (sheet, _ ("The file could not be written. Choose another place"));
  g_object_unref (dialog);
}

static void
on_save (OscSheet *sheet)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Save the recovery codes"), GTK_WINDOW (sheet),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _ ("ordersync-codes.txt"));
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), sheet, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static GtkWidget *
code_grid (JsonArray *codes)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_widget_add_css_class (grid, "codes");
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; codes != NULL && i < json_array_get_length (codes); i++) {
    GtkWidget *code = gtk_label_new (json_array_get_string_element (codes, i));

    gtk_widget_add_css_class (code, "code");
    gtk_label_set_selectable (GTK_LABEL (code), TRUE);
    gtk_grid_attach (GTK_GRID (grid), code, (int)i % 2, (int)i / 2, 1, 1);
  }
  return grid;
}

static GtkWidget *
add_button (GtkWidget *box, const char *text, GCallback pressed, OscSheet *sheet)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "outlined");
  gtk_widget_set_hexpand (button, TRUE);
  g_signal_connect_object (button, "clicked", pressed, sheet, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static char *
join_codes (JsonArray *codes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; codes != NULL && i < json_array_get_length (codes); i++)
    g_string_append_printf (text, "%s\n", json_array_get_string_element (codes, i));
  return g_string_free (text, FALSE);
}

static void
show_codes (OscSheet *sheet, JsonObject *answer, gpointer owner)
{
  JsonArray *codes = json_object_has_member (answer, "recovery_codes")
                         ? json_object_get_array_member (answer, "recovery_codes")
                         : NULL;
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  osc_sheet_ask (sheet, _ ("Keep these codes"),
                 _ ("Without the phone each of them lets you in once. They are shown only now"),
                 NULL);
  g_object_set_data_full (G_OBJECT (sheet), CODES, join_codes (codes), g_free);
  osc_sheet_add (sheet, code_grid (codes));
  gtk_widget_add_css_class (buttons, "sheet-buttons");
  add_button (buttons, _ ("Copy"), G_CALLBACK (on_copy), sheet);
  add_button (buttons, _ ("Save to a file"), G_CALLBACK (on_save), sheet);
  osc_sheet_add (sheet, buttons);
}

/* ---- the secret ---- */

/* (transfer full): ABCD EFGH …, as it is read out or typed. */
static char *
in_groups (const char *secret)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; secret[i] != '\0'; i++) {
    if (i > 0 && i % GROUP == 0)
      g_string_append_c (text, i % (4 * GROUP) == 0 ? '\n' : ' ');
    g_string_append_c (text, secret[i]);
  }
  return g_string_free (text, FALSE);
}

static void
show_secret (OscSheet *sheet, JsonObject *answer, gpointer people)
{
  static const OscPeopleField fields[] = {
      {"code", N_ ("The code that the phone shows"), NULL, FALSE}, {.member = NULL}};
  g_autofree char *secret =
      in_groups (json_object_get_string_member_with_default (answer, "secret", ""));
  GtkWidget *typed = gtk_label_new (secret);

  osc_people_form_start (
      sheet, &(OscPeopleForm){.people = people,
                              .act = OSC_PEOPLE_CONFIRM_TOTP,
                              .title = _ ("Take a picture of this code"),
                              .lead = _ ("With an authenticator on your phone. Or type the letters "
                                         "below into it"),
                              .verb = _ ("Turn on"),
                              .invalid = _ ("The code is not right. Type the newest one"),
                              .fields = fields,
                              .done = show_codes,
                              .toast = _ ("Turned the two-step sign-in on")});
  osc_sheet_add_above (sheet, typed);
  osc_sheet_add_above (
      sheet, osc_qr_new (json_object_get_string_member_with_default (answer, "otpauth_uri", ""),
                         _ ("QR code for the authenticator")));
  gtk_widget_add_css_class (typed, "code");
  gtk_label_set_selectable (GTK_LABEL (typed), TRUE);
  gtk_label_set_justify (GTK_LABEL (typed), GTK_JUSTIFY_CENTER);
}

void
osc_totp_sheet_open (GtkWidget *from, OscPeople *people)
{
  g_return_if_fail (GTK_IS_WIDGET (from) && OSC_IS_PEOPLE (people));

  osc_people_form_start (
      osc_sheet_new (from),
      &(OscPeopleForm){.people = people,
                       .act = OSC_PEOPLE_BEGIN_TOTP,
                       .title = _ ("Two-step sign-in"),
                       .lead = _ ("Signing in will ask for a code of your phone as well, so that a "
                                  "password alone is worth nothing"),
                       .verb = _ ("Next"),
                       .fields = password_only,
                       .done = show_secret,
                       .owner = people});
}

void
osc_totp_sheet_open_removal (GtkWidget *from, OscPeople *people)
{
  static const OscPeopleField fields[] = {
      {"password", N_ ("Your password"), NULL, TRUE},
      {"code", N_ ("The code that the phone shows"), N_ ("Or one of the recovery codes"), FALSE},
      {.member = NULL}};

  g_return_if_fail (GTK_IS_WIDGET (from) && OSC_IS_PEOPLE (people));
  osc_people_form_start (
      osc_sheet_new (from),
      &(OscPeopleForm){.people = people,
                       .act = OSC_PEOPLE_REMOVE_TOTP,
                       .title = _ ("Turn the two-step sign-in off?"),
                       .lead = _ ("The password alone lets you in from then on"),
                       .verb = _ ("Turn off"),
                       .invalid = _ ("The code is not right. Type the newest one"),
                       .fields = fields,
                       .toast = _ ("Turned the two-step sign-in off")});
}
