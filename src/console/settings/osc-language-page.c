/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Languages. They are kept where what speaks them is kept: the settings of this machine, the
 * kitchen's set-up, the printers. */

#include "osc-language-page.h"

#include <glib/gi18n.h>

#include "osc-choice.h"
#include "osc-settings.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-compat.h"
#include "osy-error.h"
#include "osy-id.h"
#include "osy-json.h"

#define TARGET "osc-target" /* on a choice: the id of what speaks it */

typedef enum { SETTING, STATION, PRINTER } Kind;

/* The last change, for its way back. */
typedef struct {
  Kind kind;
  char *target; /* a key of the settings, or an id; of STATION "": the one screen of all */
  char *language;
} Step;

struct _OscLanguagePage {
  GtkWidget parent_instance;
  OscChoice *console;
  OscChoice *guest;
  GtkWidget *kitchen;
  GtkWidget *papers;
  OscStationStore *stations;
  OscPrinterStore *printers;
  OscPeople *people;
  Step back; /* what "Undo" makes */
  Step now;  /* what is being changed, and to what it was */
  gboolean undoing;
};

G_DEFINE_FINAL_TYPE (OscLanguagePage, osc_language_page, GTK_TYPE_WIDGET)

static void show (OscLanguagePage *self);
static void make (OscLanguagePage *self, Kind kind, const char *target, const char *language);

static void
set_step (Step *step, Kind kind, const char *target, const char *language)
{
  step->kind = kind;
  osy_set_str (&step->target, target);
  osy_set_str (&step->language, language);
}

/* ---- told ---- */

static void
on_undo (OscLanguagePage *self)
{
  g_autofree char *target = g_strdup (self->back.target);
  g_autofree char *language = g_strdup (self->back.language);

  self->undoing = TRUE;
  make (self, self->back.kind, target, language);
}

static void
tell (OscLanguagePage *self, const GError *error)
{
  gboolean undoing = self->undoing;

  self->undoing = FALSE;
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (error != NULL) {
    g_info ("The language could not be changed: %s", error->message);
    osc_toasts_say (GTK_WIDGET (self), osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION)
                                           ? _ ("Only a manager can do this")
                                           : _ ("Couldn't change the language. It is as it was"));
    show (self);
    return;
  }
  set_step (&self->back, self->now.kind, self->now.target, self->now.language);
  if (undoing)
    osc_toasts_say (GTK_WIDGET (self), _ ("Put it back as it was"));
  else
    osc_toasts_offer (GTK_WIDGET (self), _ ("Changed the language"), _ ("Undo"),
                      G_CALLBACK (on_undo), G_OBJECT (self));
}

/* ---- changes ---- */

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscLanguagePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, &error);

  tell (self, error);
}

static void
set_printer (OscLanguagePage *self, const OsyPrinter *printer, const char *language)
{
  g_autofree char *path = g_strdup_printf ("printers/%s", printer->id);
  JsonObject *object = json_object_new ();

  set_step (&self->now, PRINTER, printer->id, printer->language);
  json_object_set_string_member (object, "language", language);
  g_autoptr (JsonNode) body = osy_json_take_object (object);
  osc_printer_store_send_async (self->printers,
                                &(OsyClientRequest){.method = "PATCH", .path = path, .body = body},
                                printed_cb, g_object_ref (self));
}

static void
stations_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscLanguagePage) self = user_data;
  g_autoptr (GError) error = NULL;

  osc_station_store_save_finish (OSC_STATION_STORE (source), result, &error);
  tell (self, error);
}

/* Where there is one screen for everything, that gets a name, so that it can have a language. */
static OsyKitchenStation *
need_station (OsyKitchenSetup *setup, const char *id)
{
  OsyKitchenStation *station = (OsyKitchenStation *)osy_kitchen_setup_find (setup, id);

  if (station == NULL && setup->stations->len == 1)
    station = g_ptr_array_index (setup->stations, 0);
  if (station != NULL || setup->stations->len > 0)
    return station;
  station = osy_kitchen_station_new ();
  station->id = osy_id_new ();
  station->name = g_strdup (_ ("Kitchen"));
  g_ptr_array_add (setup->stations, station);
  osy_set_str (&setup->default_station_id, station->id);
  return station;
}

static void
set_station (OscLanguagePage *self, const char *id, const char *language)
{
  const OsyKitchenSetup *setup = osc_station_store_get (self->stations);
  g_autoptr (JsonNode) copy = setup != NULL ? osy_kitchen_setup_to_json (setup) : NULL;
  g_autoptr (OsyKitchenSetup) draft =
      copy != NULL ? osy_kitchen_setup_from_json (copy, NULL) : NULL;
  OsyKitchenStation *station = draft != NULL ? need_station (draft, id) : NULL;

  if (station == NULL)
    return;
  set_step (&self->now, STATION, id, station->language != NULL ? station->language : "ko");
  osy_set_str (&station->language, language);
  osc_station_store_save_async (self->stations, draft, stations_cb, g_object_ref (self));
}

static void
make (OscLanguagePage *self, Kind kind, const char *target, const char *language)
{
  const OsyPrinter *printer =
      kind == PRINTER ? osc_printer_store_find (self->printers, target) : NULL;

  if (kind == STATION)
    set_station (self, target, language);
  else if (printer != NULL)
    set_printer (self, printer, language);
  else if (kind == SETTING && osc_settings_get () != NULL) {
    g_autofree char *was = g_settings_get_string (osc_settings_get (), target);

    set_step (&self->now, SETTING, target, was);
    g_settings_set_string (osc_settings_get (), target, language);
    tell (self, NULL);
  }
}

static void
on_console (OscLanguagePage *self, const char *language)
{
  make (self, SETTING, "language", language);
}

static void
on_guest (OscLanguagePage *self, const char *language)
{
  make (self, SETTING, "guest-language", language);
}

static void
on_station (OscLanguagePage *self, const char *language, OscChoice *choice)
{
  make (self, STATION, g_object_get_data (G_OBJECT (choice), TARGET), language);
}

static void
on_printer (OscLanguagePage *self, const char *language, OscChoice *choice)
{
  make (self, PRINTER, g_object_get_data (G_OBJECT (choice), TARGET), language);
}

/* ---- the lists ---- */

static void
clear (GtkWidget *box)
{
  for (GtkWidget *child; (child = gtk_widget_get_first_child (box)) != NULL;)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
on_chosen (OscChoice *choice, const char *language, OscLanguagePage *self)
{
  if (gtk_widget_get_parent (GTK_WIDGET (choice)) == self->kitchen)
    on_station (self, language, choice);
  else
    on_printer (self, language, choice);
}

static void
add (OscLanguagePage *self, GtkWidget *box, const char *label, const char *id, const char *language)
{
  gboolean first = gtk_widget_get_first_child (box) == NULL;
  const char *hint = box == self->kitchen
                         ? _ ("Its slips, and the dishes on its screen. The other words there are "
                              "those of the screen's own console")
                         : _ ("Receipts, bills, refunds and the close of the day. Dishes too, "
                              "where the menu has their English names");
  OscChoice *choice = g_object_new (OSC_TYPE_CHOICE, "label", label, NULL);

  if (first)
    g_object_set (choice, "hint", hint, NULL);
  osc_choice_add (choice, "ko", "한국어");
  osc_choice_add (choice, "en", "English");
  osc_choice_set (choice, language != NULL ? language : "ko");
  g_object_set_data_full (G_OBJECT (choice), TARGET, g_strdup (id), g_free);
  g_signal_connect_object (choice, "chosen", G_CALLBACK (on_chosen), self, 0);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (choice));
}

static void
show_kitchen (OscLanguagePage *self)
{
  const OsyKitchenSetup *setup = osc_station_store_get (self->stations);

  gtk_widget_set_visible (self->kitchen,
                          setup != NULL && osc_people_may (self->people, "kitchen:manage"));
  if (setup == NULL)
    return;
  for (guint i = 0; i < setup->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (setup->stations, i);
    g_autofree char *label = g_strdup_printf (_ ("Kitchen: %s"), station->name);

    add (self, self->kitchen, label, station->id, station->language);
  }
  if (setup->stations->len == 0)
    add (self, self->kitchen, _ ("Kitchen"), "", "ko");
}

static void
show_papers (OscLanguagePage *self)
{
  GPtrArray *printers = osc_printer_store_printers (self->printers);

  gtk_widget_set_visible (self->papers, printers != NULL && printers->len > 0 &&
                                            osc_people_may (self->people, "printer:manage"));
  for (guint i = 0; printers != NULL && i < printers->len; i++) {
    const OsyPrinter *printer = g_ptr_array_index (printers, i);
    g_autofree char *label = g_strdup_printf (_ ("Papers of %s"), printer->name);

    add (self, self->papers, label, printer->id, printer->language);
  }
}

static gboolean
show_cb (gpointer user_data)
{
  OscLanguagePage *self = user_data;

  if (self->stations == NULL)
    return G_SOURCE_REMOVE;
  clear (self->kitchen);
  clear (self->papers);
  show_kitchen (self);
  show_papers (self);
  return G_SOURCE_REMOVE;
}

/* Not while a signal of what is made anew is under way. */
static void
show (OscLanguagePage *self)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_cb, g_object_ref (self), g_object_unref);
}

/* ---- life ---- */

static void
osc_language_page_dispose (GObject *object)
{
  OscLanguagePage *self = OSC_LANGUAGE_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_LANGUAGE_PAGE);
  g_clear_object (&self->stations);
  g_clear_object (&self->printers);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (osc_language_page_parent_class)->dispose (object);
}

static void
osc_language_page_finalize (GObject *object)
{
  OscLanguagePage *self = OSC_LANGUAGE_PAGE (object);

  g_free (self->back.target);
  g_free (self->back.language);
  g_free (self->now.target);
  g_free (self->now.language);
  G_OBJECT_CLASS (osc_language_page_parent_class)->finalize (object);
}

static void
osc_language_page_class_init (OscLanguagePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_language_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_language_page_finalize;
  g_type_ensure (OSC_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-language-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscLanguagePage, console);
  gtk_widget_class_bind_template_child (widget_class, OscLanguagePage, guest);
  gtk_widget_class_bind_template_child (widget_class, OscLanguagePage, kitchen);
  gtk_widget_class_bind_template_child (widget_class, OscLanguagePage, papers);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
follow_setting (OscLanguagePage *self, OscChoice *choice, const char *first, GCallback chosen)
{
  osc_choice_add (choice, "", first);
  osc_choice_add (choice, "ko", "한국어");
  osc_choice_add (choice, "en", "English");
  g_signal_connect_object (choice, "chosen", chosen, self, G_CONNECT_SWAPPED);
}

static void
osc_language_page_init (OscLanguagePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  follow_setting (self, self->console, _ ("As the computer"), G_CALLBACK (on_console));
  follow_setting (self, self->guest, _ ("As the console"), G_CALLBACK (on_guest));
  osc_choice_add (self->guest, "both", _ ("Both"));
  osc_choice_follow (self->console, "language");
  osc_choice_follow (self->guest, "guest-language");
}

GtkWidget *
osc_language_page_new (const OscContext *context)
{
  OscLanguagePage *self = g_object_new (OSC_TYPE_LANGUAGE_PAGE, NULL);

  self->stations = g_object_ref (context->stations);
  self->printers = g_object_ref (context->printers);
  self->people = g_object_ref (context->people);
  g_signal_connect_object (self->stations, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->printers, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show_cb (self);
  return GTK_WIDGET (self);
}
