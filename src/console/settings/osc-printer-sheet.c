/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Dialogs of printers: add, change, another one for a slip, the drawer. */

#include "osc-printer-sheet.h"

#include <glib/gi18n.h>

#include "osc-choice.h"
#include "osc-desk-printer.h"
#include "osc-pin-ask.h"
#include "osc-printer-words.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-json.h"

static const char *const purposes[] = {OSY_PRINT_KITCHEN, OSY_PRINT_RECEIPT, OSY_PRINT_BILL,
                                       OSY_PRINT_DELIVERY, OSY_PRINT_REPORT};

/** What is being set up. */
typedef struct {
  OscSheet *sheet; /* borrowed: it owns this */
  OscPrinterStore *store;
  char *id; /* (nullable): a new one */
  gint64 version;
  OscField *name;
  OscField *address;
  GtkBox *found;
  GtkWidget *uses[G_N_ELEMENTS (purposes)];
  GtkWidget *drawer;
  char *width;
  char *mode;
  char *language;
  char *backup;
} Form;

static void
form_free (gpointer data)
{
  Form *form = data;

  g_object_unref (form->store);
  g_free (form->id);
  g_free (form->width);
  g_free (form->mode);
  g_free (form->language);
  g_free (form->backup);
  g_free (form);
}

static Form *
form_of (OscSheet *sheet)
{
  return g_object_get_data (G_OBJECT (sheet), "osc-printer-form");
}

/* ---- sending ---- */

/* An address of the network has its port, a queue of this computer is a name. */
static const char *
transport_of (const char *address)
{
  g_auto (GStrv) parts = g_strsplit (address, ":", 2);

  if (*address == '/')
    return "USB";
  if (*address == '\0')
    return "NONE";
  return g_hostname_is_ip_address (parts[0]) ? "TCP" : OSY_PRINTER_SYSTEM;
}

static JsonNode *
body_of (const Form *form)
{
  JsonObject *object = json_object_new ();
  JsonArray *uses = json_array_new ();
  const char *address = osc_field_text (form->address);

  json_object_set_string_member (object, "name", osc_field_text (form->name));
  json_object_set_string_member (object, "transport", transport_of (address));
  json_object_set_string_member (object, "address", address);
  json_object_set_int_member (object, "width", g_ascii_strtoll (form->width, NULL, 10));
  json_object_set_string_member (object, "mode", form->mode);
  json_object_set_string_member (object, "language", form->language);
  if (*form->backup != '\0')
    json_object_set_string_member (object, "backup_id", form->backup);
  else
    json_object_set_null_member (object, "backup_id");
  for (gsize i = 0; i < G_N_ELEMENTS (purposes); i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (form->uses[i])))
      json_array_add_string_element (uses, purposes[i]);
  json_object_set_array_member (object, "purposes", uses);
  json_object_set_boolean_member (object, "drawer",
                                  gtk_check_button_get_active (GTK_CHECK_BUTTON (form->drawer)));
  return osy_json_take_object (object);
}

static const char *
failure (const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_CONFLICT))
    return _ ("Slips still wait for it. Print them elsewhere or set them aside first");
  if (osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
    return _ ("Somebody else has changed it. Close this and look again");
  if (osy_error_is (error, OSY_ERROR_INVALID_REQUEST))
    return _ ("Check the name and the address: it has to be in the shop's own network");
  return _ ("The server did not take it. Try again");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSheet) sheet = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, &error);

  if (!osc_sheet_is_open (sheet))
    return;
  if (answer == NULL) {
    osc_sheet_fail (sheet, failure (error));
    return;
  }
  osc_toasts_say (GTK_WIDGET (sheet), _ ("Saved the printer"));
  gtk_window_close (GTK_WINDOW (sheet));
}

static void
send (Form *form, const char *method, JsonNode *body)
{
  g_autofree char *path =
      form->id != NULL ? g_strconcat ("printers/", form->id, NULL) : g_strdup ("printers");

  osc_sheet_wait (form->sheet);
  osc_printer_store_send_async (form->store,
                                &(OsyClientRequest){.method = method,
                                                    .path = path,
                                                    .body = body,
                                                    .if_version = body != NULL ? form->version : 0},
                                saved_cb, g_object_ref (form->sheet));
}

static void
on_save (OscSheet *sheet)
{
  Form *form = form_of (sheet);
  g_autoptr (JsonNode) body = body_of (form);

  send (form, form->id != NULL ? "PATCH" : "POST", body);
}

static void
on_remove (OscSheet *sheet)
{
  send (form_of (sheet), "DELETE", NULL);
}

/* ---- looking for printers ---- */

static void
on_take (GtkButton *button, OscSheet *sheet)
{
  osc_field_set_text (form_of (sheet)->address, gtk_button_get_label (button));
}

static void
add_found (OscSheet *sheet, const char *address)
{
  GtkWidget *button = gtk_button_new_with_label (address);

  gtk_widget_add_css_class (button, "outlined");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_take), sheet, 0);
  gtk_box_append (form_of (sheet)->found, button);
}

static void
on_queue (GObject *sheet, const char *queue)
{
  if (osc_sheet_is_open (OSC_SHEET (sheet)))
    add_found (OSC_SHEET (sheet), queue);
}

static void
show_found (Form *form, JsonArray *found)
{
  guint n = json_array_get_length (found);

  gtk_box_remove (form->found, gtk_widget_get_first_child (GTK_WIDGET (form->found)));
  for (guint i = 0; i < n; i++)
    add_found (form->sheet, json_object_get_string_member_with_default (
                                json_array_get_object_element (found, i), "address", ""));
  if (gtk_widget_get_first_child (GTK_WIDGET (form->found)) == NULL)
    gtk_box_append (form->found, gtk_label_new (_ ("None was found. Type its address")));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSheet) sheet = user_data;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, NULL);
  JsonNode *found = answer != NULL && JSON_NODE_HOLDS_OBJECT (answer)
                        ? json_object_get_member (json_node_get_object (answer), "found")
                        : NULL;

  if (osc_sheet_is_open (sheet) && found != NULL && JSON_NODE_HOLDS_ARRAY (found))
    show_found (form_of (sheet), json_node_get_array (found));
}

static void
on_look (OscSheet *sheet)
{
  Form *form = form_of (sheet);

  osc_widget_drop_children (GTK_WIDGET (form->found));
  gtk_box_append (form->found, gtk_label_new (_ ("Looking for printers…")));
  osc_printer_store_send_async (
      form->store, &(OsyClientRequest){.method = "GET", .path = "printers/found?network=true"},
      found_cb, g_object_ref (sheet));
  osc_desk_printer_each_queue (G_OBJECT (sheet), on_queue);
}

/* ---- building ---- */

static void
on_chosen (OscChoice *choice, const char *value, char **field)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* @pairs: value, words, …, NULL */
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
  OscChoice *width = add_choice (form, _ ("Paper"), &form->width);
  OscChoice *mode = add_choice (form, _ ("Letters"), &form->mode);
  OscChoice *language = add_choice (form, _ ("Language of its slips"), &form->language);

  osc_choice_add (width, "58", _ ("58 mm"));
  osc_choice_add (width, "80", _ ("80 mm"));
  osc_choice_set (width, form->width);
  osc_choice_add (mode, "RASTER", _ ("Pictures"));
  osc_choice_add (mode, "TEXT", _ ("The printer's own"));
  osc_choice_set (mode, form->mode);
  osc_choice_add (language, "ko", "한국어");
  osc_choice_add (language, "en", "English");
  osc_choice_set (language, form->language);
}

static void
add_backup (Form *form)
{
  GPtrArray *printers = osc_printer_store_printers (form->store);
  guint others = printers != NULL ? printers->len : 0;

  if (others < (form->id != NULL ? 2u : 1u))
    return;
  OscChoice *choice = add_choice (form, _ ("When it does not print"), &form->backup);
  osc_choice_add (choice, "", _ ("Nobody stands in"));
  for (guint i = 0; i < printers->len; i++) {
    const OsyPrinter *other = printers->pdata[i];
    if (g_strcmp0 (other->id, form->id) != 0)
      osc_choice_add (choice, other->id, other->name);
  }
  osc_choice_set (choice, form->backup);
}

/* A new one begins with what no other prints: the first of a shop with everything. */
static gboolean
prints (const Form *form, const OsyPrinter *printer, const char *purpose)
{
  GPtrArray *all = osc_printer_store_printers (form->store);

  if (printer != NULL)
    return g_strv_contains ((const char *const *)printer->purposes, purpose);
  for (guint i = 0; all != NULL && i < all->len; i++) {
    const OsyPrinter *other = all->pdata[i];
    if (g_strv_contains ((const char *const *)other->purposes, purpose))
      return FALSE;
  }
  return TRUE;
}

static void
add_uses (Form *form, const OsyPrinter *printer)
{
  GtkWidget *box = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (box), GTK_SELECTION_NONE);
  osc_widget_set_name (box, _ ("What it prints"));
  for (gsize i = 0; i < G_N_ELEMENTS (purposes); i++) {
    form->uses[i] = gtk_check_button_new_with_label (osc_printer_words_purpose (purposes[i]));
    gtk_check_button_set_active (GTK_CHECK_BUTTON (form->uses[i]),
                                 prints (form, printer, purposes[i]));
    gtk_flow_box_append (GTK_FLOW_BOX (box), form->uses[i]);
  }
  form->drawer = gtk_check_button_new_with_label (_ ("A drawer hangs on it"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (form->drawer), printer != NULL && printer->drawer);
  gtk_flow_box_append (GTK_FLOW_BOX (box), form->drawer);
  osc_sheet_add (form->sheet, box);
}

static void
add_search (Form *form)
{
  GtkWidget *look = gtk_button_new_with_label (_ ("Look for printers"));

  gtk_widget_add_css_class (look, "outlined");
  g_signal_connect_object (look, "clicked", G_CALLBACK (on_look), form->sheet, G_CONNECT_SWAPPED);
  osc_sheet_add (form->sheet, look);
  form->found = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  osc_sheet_add (form->sheet, GTK_WIDGET (form->found));
}

static Form *
form_new (OscSheet *sheet, OscPrinterStore *store, const OsyPrinter *printer)
{
  Form *form = g_new0 (Form, 1);

  form->sheet = sheet;
  form->store = g_object_ref (store);
  form->id = printer != NULL ? g_strdup (printer->id) : NULL;
  form->version = printer != NULL ? printer->version : 0;
  form->width = g_strdup (printer != NULL && printer->columns == 32 ? "58" : "80");
  form->mode = g_strdup (printer != NULL && printer->text ? "TEXT" : "RASTER");
  form->language = g_strdup (printer != NULL ? printer->language : "ko");
  form->backup = g_strdup (printer != NULL && printer->backup_id != NULL ? printer->backup_id : "");
  g_object_set_data_full (G_OBJECT (sheet), "osc-printer-form", form, form_free);
  return form;
}

void
osc_printer_sheet_show (GtkWidget *from, OscPrinterStore *store, const OsyPrinter *printer)
{
  OscSheet *sheet = osc_sheet_new (from);
  Form *form = form_new (sheet, store, printer);

  osc_sheet_ask (sheet, printer != NULL ? _ ("Change the printer") : _ ("Add a printer"), NULL,
                 _ ("Save"));
  form->name = osc_sheet_add_field (sheet, _ ("Name"), _ ("Such as: Kitchen, Counter"), FALSE);
  form->address = osc_sheet_add_field (
      sheet, _ ("Address"),
      _ ("Such as: 192.168.0.20:9100, /dev/usb/lp0, or a printer's name here"), FALSE);
  if (printer != NULL) {
    osc_field_set_text (form->name, printer->name);
    osc_field_set_text (form->address, printer->address);
  } else {
    add_search (form);
  }
  add_uses (form, printer);
  add_choices (form);
  add_backup (form);
  if (printer != NULL) {
    GtkWidget *gone = gtk_button_new_with_label (_ ("Take the printer away"));
    gtk_widget_add_css_class (gone, "outlined");
    gtk_widget_add_css_class (gone, "destructive");
    g_signal_connect_object (gone, "clicked", G_CALLBACK (on_remove), sheet, G_CONNECT_SWAPPED);
    osc_sheet_add (sheet, gone);
  }
  g_signal_connect (sheet, "primary", G_CALLBACK (on_save), NULL);
}

/* ---- another printer for a slip ---- */

static void
on_there (GtkButton *button, OscSheet *sheet)
{
  OscPrinterStore *store = g_object_get_data (G_OBJECT (sheet), "osc-store");
  const char *job_id = g_object_get_data (G_OBJECT (sheet), "osc-job");

  osc_printer_store_retry (store, job_id, g_object_get_data (G_OBJECT (button), "osc-printer"));
  gtk_window_close (GTK_WINDOW (sheet));
}

void
osc_printer_sheet_elsewhere (GtkWidget *from, OscPrinterStore *store, const char *job_id)
{
  OscSheet *sheet = osc_sheet_new (from);
  GPtrArray *printers = osc_printer_store_printers (store);

  g_object_set_data_full (G_OBJECT (sheet), "osc-store", g_object_ref (store), g_object_unref);
  g_object_set_data_full (G_OBJECT (sheet), "osc-job", g_strdup (job_id), g_free);
  osc_sheet_ask (sheet, _ ("Print the slip where?"), NULL, NULL);
  for (guint i = 0; printers != NULL && i < printers->len; i++) {
    const OsyPrinter *printer = printers->pdata[i];
    GtkWidget *button = gtk_button_new_with_label (printer->name);
    gtk_widget_add_css_class (button, "outlined");
    gtk_widget_set_sensitive (button, !osy_printer_is_stopped (printer));
    g_object_set_data_full (G_OBJECT (button), "osc-printer", g_strdup (printer->id), g_free);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_there), sheet, 0);
    osc_sheet_add (sheet, button);
  }
}

/* ---- the drawer ---- */

typedef struct {
  GtkWidget *from;
  OscPrinterStore *store;
  OscPeople *people;
  char *path;
  char *reason;
} Drawer;

static void
drawer_free (gpointer data)
{
  Drawer *drawer = data;

  g_object_unref (drawer->from);
  g_object_unref (drawer->store);
  g_object_unref (drawer->people);
  g_free (drawer->path);
  g_free (drawer->reason);
  g_free (drawer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drawer, drawer_free)

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Drawer) drawer = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, &error);

  if (gtk_widget_get_root (drawer->from) == NULL)
    return;
  osc_toasts_say (drawer->from, answer != NULL
                                    ? _ ("Opened the drawer")
                                    : _ ("The drawer did not open. Open it with its key"));
}

/* @token: (nullable); @drawer: (transfer full) */
static void
open_drawer (Drawer *drawer, const char *token)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  json_object_set_string_member (object, "reason", drawer->reason);
  osc_printer_store_send_async (
      drawer->store,
      &(OsyClientRequest){.method = "POST", .path = drawer->path, .body = body, .act_token = token},
      opened_cb, drawer);
}

static void
allowed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Drawer) drawer = user_data;
  g_autoptr (OscPinAnswer) answer = osc_pin_ask_finish (result, NULL);

  if (answer != NULL)
    open_drawer (g_steal_pointer (&drawer), answer->act_token);
}

static void
on_reason (GtkButton *button, OscSheet *sheet)
{
  Drawer *drawer = g_object_steal_data (G_OBJECT (sheet), "osc-drawer");

  if (drawer == NULL)
    return;
  drawer->reason = g_strdup (gtk_button_get_label (button));
  gtk_window_close (GTK_WINDOW (sheet));
  if (osc_people_may (drawer->people, "printer:manage"))
    open_drawer (drawer, NULL);
  else
    osc_pin_ask_async (drawer->from, drawer->people, "printer:manage", _ ("Open the drawer"),
                       allowed_cb, drawer);
}

static const OsyPrinter *
find_drawer (OscPrinterStore *store)
{
  GPtrArray *printers = osc_printer_store_printers (store);

  for (guint i = 0; printers != NULL && i < printers->len; i++)
    if (((OsyPrinter *)printers->pdata[i])->drawer)
      return printers->pdata[i];
  return NULL;
}

void
osc_printer_sheet_open_drawer (GtkWidget *from, OscPrinterStore *store, OscPeople *people)
{
  static const char *const reasons[] = {N_ ("Change money"), N_ ("Pay a supplier"),
                                        N_ ("Count the drawer"), N_ ("Something else")};
  const OsyPrinter *printer = find_drawer (store);

  if (printer == NULL) {
    osc_toasts_say (from, _ ("No printer has a drawer"));
    return;
  }
  OscSheet *sheet = osc_sheet_new (from);
  Drawer *drawer = g_new0 (Drawer, 1);
  drawer->from = g_object_ref (from);
  drawer->store = g_object_ref (store);
  drawer->people = g_object_ref (people);
  drawer->path = g_strdup_printf ("printers/%s/kick", printer->id);
  g_object_set_data_full (G_OBJECT (sheet), "osc-drawer", drawer, drawer_free);
  osc_sheet_ask (sheet, _ ("Why is the drawer opened?"), _ ("It is noted in the record"), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++) {
    GtkWidget *button = gtk_button_new_with_label (_ (reasons[i]));
    gtk_widget_add_css_class (button, "outlined");
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_reason), sheet, 0);
    osc_sheet_add (sheet, button);
  }
}
