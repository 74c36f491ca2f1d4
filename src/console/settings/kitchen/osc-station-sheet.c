/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The dialog of one station. */

#include "osc-station-sheet.h"

#include <glib/gi18n.h>

#include "osc-choice.h"
#include "osc-sheet.h"
#include "osy-compat.h"
#include "osy-id.h"

#define FORM "osc-station-form"

typedef struct {
  OscStationEdit edit;
  char *id; /* nullable */
  OscSheet *sheet;
  OscField *name;
  OscField *parallel;
  OscField *minutes;
  GtkWidget *expo;
  GtkWidget *rest;
  char *language;
  char *printer; /* "": none */
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->edit.page);
  g_object_unref (form->edit.printers);
  g_free (form->id);
  g_free (form->language);
  g_free (form->printer);
  g_free (form);
}

static gboolean
is_on (GtkWidget *check)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
}

static void
close_with (Form *form)
{
  OscSheet *sheet = form->sheet;

  form->edit.changed (form->edit.page);
  gtk_window_close (GTK_WINDOW (sheet));
}

/* ---- what may not be ---- */

/* (nullable): why the station can't be as it was typed. */
static const char *
fault_of (const Form *form)
{
  const char *name = osc_field_text (form->name);

  if (*name == '\0')
    return _ ("What is the station called?");
  for (guint i = 0; i < (*form->edit.setup)->stations->len; i++) {
    const OsyKitchenStation *other = g_ptr_array_index ((*form->edit.setup)->stations, i);

    if (g_strcmp0 (other->id, form->id) == 0)
      continue;
    if (g_str_equal (other->name, name))
      return _ ("There is a station of that name");
    if (other->is_expo && is_on (form->expo))
      return _ ("Orders are put together at one station alone");
  }
  if (is_on (form->expo) && is_on (form->rest))
    return _ ("Where orders are put together nothing is cooked");
  return NULL;
}

/* ---- doing it ---- */

/* Nothing is cooked at @id any more. */
static void
drop_routes (OsyKitchenSetup *setup, const char *id)
{
  for (guint i = setup->routes->len; i > 0; i--)
    if (g_str_equal (((OsyKitchenRoute *)setup->routes->pdata[i - 1])->station_id, id))
      g_ptr_array_remove_index (setup->routes, i - 1);
  if (g_strcmp0 (setup->default_station_id, id) == 0)
    g_clear_pointer (&setup->default_station_id, g_free);
}

static OsyKitchenStation *
need_station (const Form *form)
{
  OsyKitchenSetup *setup = *form->edit.setup;
  OsyKitchenStation *station = (OsyKitchenStation *)osy_kitchen_setup_find (setup, form->id);

  if (station == NULL) {
    station = osy_kitchen_station_new ();
    station->id = osy_id_new ();
    station->position = setup->stations->len;
    g_ptr_array_add (setup->stations, station);
  }
  return station;
}

/* Puts the number that is typed into *@ret; FALSE when it is none of these, which is said. */
static gboolean
read_number (OscField *field, gint64 low, gint64 high, gint64 *ret)
{
  g_autofree char *text = g_strstrip (g_strdup (osc_field_text (field)));
  g_autofree char *fault = g_strdup_printf (_ ("Type a number, %d to %d"), (int)low, (int)high);

  if (g_ascii_string_to_signed (text, 10, low, high, ret, NULL))
    return TRUE;
  osc_field_set_error (field, fault);
  return FALSE;
}

static void
on_done (OscSheet *sheet)
{
  Form *form = g_object_get_data (G_OBJECT (sheet), FORM);
  OsyKitchenSetup *setup = *form->edit.setup;
  const char *fault = fault_of (form);
  gint64 parallel = 0;
  gint64 minutes = 0;

  if (fault != NULL) {
    osc_field_set_error (form->name, fault);
    return;
  }
  if (!read_number (form->parallel, 1, OSY_KITCHEN_MAX_PARALLEL, &parallel) ||
      !read_number (form->minutes, 0, OSY_KITCHEN_MAX_DISH_MINUTES, &minutes))
    return;
  OsyKitchenStation *station = need_station (form);
  station->parallel = parallel;
  station->dish_minutes = minutes;
  osy_set_str (&station->name, osc_field_text (form->name));
  osy_set_str (&station->language, form->language);
  osy_set_str (&station->printer_id, *form->printer != '\0' ? form->printer : NULL);
  station->is_expo = is_on (form->expo);
  if (station->is_expo)
    drop_routes (setup, station->id);
  if (is_on (form->rest))
    osy_set_str (&setup->default_station_id, station->id);
  else if (g_strcmp0 (setup->default_station_id, station->id) == 0)
    g_clear_pointer (&setup->default_station_id, g_free);
  close_with (form);
}

static void
on_remove (OscSheet *sheet)
{
  Form *form = g_object_get_data (G_OBJECT (sheet), FORM);
  OsyKitchenSetup *setup = *form->edit.setup;

  drop_routes (setup, form->id);
  for (guint i = setup->stations->len; i > 0; i--)
    if (g_str_equal (((OsyKitchenStation *)setup->stations->pdata[i - 1])->id, form->id))
      g_ptr_array_remove_index (setup->stations, i - 1);
  close_with (form);
}

/* ---- building ---- */

static void
on_chosen (OscChoice *choice, const char *value, char **field)
{
  g_free (*field);
  *field = g_strdup (value);
}

static OscChoice *
add_choice (Form *form, const char *label, char **field)
{
  OscChoice *choice = g_object_new (OSC_TYPE_CHOICE, "label", label, NULL);

  g_signal_connect (choice, "chosen", G_CALLBACK (on_chosen), field);
  osc_sheet_add (form->sheet, GTK_WIDGET (choice));
  return choice;
}

static void
add_choices (Form *form)
{
  GPtrArray *printers = osc_printer_store_printers (form->edit.printers);
  OscChoice *language = add_choice (form, _ ("Language of its screen"), &form->language);

  osc_choice_add (language, "ko", "한국어");
  osc_choice_add (language, "en", "English");
  osc_choice_set (language, form->language);
  if (printers == NULL || printers->len == 0)
    return;
  OscChoice *printer = add_choice (form, _ ("Its slips print at"), &form->printer);
  osc_choice_add (printer, "", _ ("The usual one"));
  for (guint i = 0; i < printers->len; i++)
    osc_choice_add (printer, ((OsyPrinter *)printers->pdata[i])->id,
                    ((OsyPrinter *)printers->pdata[i])->name);
  osc_choice_set (printer, form->printer);
}

static GtkWidget *
add_check (Form *form, const char *text, gboolean on)
{
  GtkWidget *check = gtk_check_button_new_with_label (text);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), on);
  osc_sheet_add (form->sheet, check);
  return check;
}

static void
add_remove (Form *form)
{
  GtkWidget *gone = gtk_button_new_with_label (_ ("Take the station away"));

  gtk_widget_add_css_class (gone, "outlined");
  gtk_widget_add_css_class (gone, "destructive");
  g_signal_connect_object (gone, "clicked", G_CALLBACK (on_remove), form->sheet, G_CONNECT_SWAPPED);
  osc_sheet_add (form->sheet, gone);
}

static OscField *
add_number (GtkWidget *row, const char *label, const char *hint)
{
  OscField *field = g_object_new (OSC_TYPE_FIELD, "label", label, "hint", hint, NULL);

  gtk_box_append (GTK_BOX (row), GTK_WIDGET (field));
  return field;
}

/* Beside one another: the dialog has to fit a low screen. */
static void
add_numbers (Form *form)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  form->parallel = add_number (row, _ ("Dishes made at once"), _ ("Shortens what is promised"));
  form->minutes =
      add_number (row, _ ("Minutes of a dish"), _ ("Where the menu says none. 0: as usual"));
  osc_sheet_add (form->sheet, row);
}

static void
set_number (OscField *field, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%d", (int)number);

  osc_field_set_text (field, text);
}

static void
fill (Form *form, const OsyKitchenStation *station)
{
  const OsyKitchenSetup *setup = *form->edit.setup;

  form->name =
      osc_sheet_add_field (form->sheet, _ ("Name"), _ ("Such as: Noodles, Fryer, Drinks"), FALSE);
  osc_field_set_text (form->name, station != NULL ? station->name : "");
  add_numbers (form);
  set_number (form->parallel, station != NULL ? station->parallel : OSY_KITCHEN_PARALLEL);
  set_number (form->minutes, station != NULL ? station->dish_minutes : 0);
  add_choices (form);
  form->expo = add_check (form, _ ("Orders are put together here, nothing is cooked"),
                          station != NULL && station->is_expo);
  form->rest = add_check (form, _ ("All that has no place of its own comes here"),
                          station != NULL ? g_strcmp0 (setup->default_station_id, station->id) == 0
                                          : setup->stations->len == 0);
  if (station != NULL)
    add_remove (form);
}

void
osc_station_sheet_show (const OscStationEdit *edit)
{
  g_return_if_fail (edit != NULL && GTK_IS_WIDGET (edit->page));
  const OsyKitchenStation *station =
      edit->id != NULL ? osy_kitchen_setup_find (*edit->setup, edit->id) : NULL;
  Form *form = g_new0 (Form, 1);

  form->edit = *edit;
  g_object_ref (edit->page);
  g_object_ref (edit->printers);
  form->id = station != NULL ? g_strdup (station->id) : NULL;
  form->language = g_strdup (station != NULL ? station->language : "ko");
  form->printer =
      g_strdup (station != NULL && station->printer_id != NULL ? station->printer_id : "");
  form->sheet = osc_sheet_new (edit->page);
  g_object_set_data_full (G_OBJECT (form->sheet), FORM, form, form_free);
  osc_sheet_ask (form->sheet, station != NULL ? _ ("Change the station") : _ ("Add a station"),
                 NULL, C_ ("sheet", "Done"));
  fill (form, station);
  g_signal_connect (form->sheet, "primary", G_CALLBACK (on_done), NULL);
}
