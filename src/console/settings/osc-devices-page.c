/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Screens and devices. While a code is shown the list is read every two seconds, so that the page
 * says by itself that the new screen has come. */

#include "osc-devices-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-pair-link.h"
#include "osc-people-form.h"
#include "osc-people-row.h"
#include "osc-widget.h"
#include "osc-words.h"

#define LOOK_EVERY 2 /* seconds */

struct _OscDevicesPage {
  GtkWidget parent_instance;
  GtkListBox *devices;
  OscPeople *people;
};

G_DEFINE_FINAL_TYPE (OscDevicesPage, osc_devices_page, GTK_TYPE_WIDGET)

static void
load (OscDevicesPage *self)
{
  osc_people_load (self->people, OSC_PEOPLE_DEVICES);
}

static const OscDevice *
find_device (OscPeople *people, const char *id)
{
  GPtrArray *devices = osc_people_list (people, OSC_PEOPLE_DEVICES);

  for (guint i = 0; devices != NULL && i < devices->len; i++)
    if (g_strcmp0 (((OscDevice *)g_ptr_array_index (devices, i))->id, id) == 0)
      return g_ptr_array_index (devices, i);
  return NULL;
}

/* ---- a code that counts down ---- */

typedef struct {
  OscSheet *sheet; /* borrowed: it owns this */
  OscPeople *people;
  GtkLabel *left;
  char *id;
  gint64 ends_at; /* monotonic */
  guint second_source;
  guint seconds;
} Pairing;

static void
pairing_free (gpointer data)
{
  Pairing *pairing = data;

  g_clear_handle_id (&pairing->second_source, g_source_remove);
  g_object_unref (pairing->people);
  g_free (pairing->id);
  g_free (pairing);
}

static gboolean
count_cb (gpointer user_data)
{
  Pairing *pairing = user_data;
  const OscDevice *device = find_device (pairing->people, pairing->id);
  gint64 left = (pairing->ends_at - g_get_monotonic_time () + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autofree char *text = NULL;

  if (device != NULL && device->paired) {
    g_autofree char *done = g_strdup_printf (_ ("%s is here"), device->name);

    pairing->second_source = 0;
    osc_sheet_ask (pairing->sheet, done, _ ("It works from now on without anybody signing in"),
                   NULL);
    return G_SOURCE_REMOVE;
  }
  if (left <= 0) {
    pairing->second_source = 0;
    osc_sheet_ask (pairing->sheet, _ ("The code has run out"),
                   _ ("Add the screen once more to get a new one"), NULL);
    return G_SOURCE_REMOVE;
  }
  text = g_strdup_printf (_ ("Good for another %d:%02d"), (int)(left / 60), (int)(left % 60));
  gtk_label_set_label (pairing->left, text);
  if (pairing->seconds++ % LOOK_EVERY == 0)
    osc_people_load (pairing->people, OSC_PEOPLE_DEVICES);
  return G_SOURCE_CONTINUE;
}

/* (transfer full): ABCD-EFGH, as it is read out. */
static char *
halves (const char *code)
{
  if (strlen (code) != 8)
    return g_strdup (code);
  return g_strdup_printf ("%.4s-%s", code, code + 4);
}

static void
show_code (OscSheet *sheet, JsonObject *answer, gpointer people)
{
  const char *plain = json_object_get_string_member_with_default (answer, "pairing_code", "");
  const char *role = json_object_get_string_member_with_default (answer, "role", "");
  gboolean is_kitchen = g_strcmp0 (role, "KITCHEN") == 0;
  g_autofree char *code = halves (plain);
  gint64 seconds = json_object_get_int_member_with_default (answer, "expires_in", 600);
  GtkWidget *big = gtk_label_new (code);
  Pairing *pairing = g_new0 (Pairing, 1);

  osc_sheet_ask (sheet, _ ("Type this code on the new screen"),
                 is_kitchen ? _ ("Start OrderSync there and choose \"Pair this screen\". A tablet "
                                 "takes a picture of this instead")
                            : _ ("Start OrderSync there and choose \"Pair this screen\""),
                 NULL);
  if (is_kitchen)
    osc_sheet_add (sheet, osc_pair_link_new (people, plain));
  gtk_widget_add_css_class (big, "big-code");
  gtk_label_set_selectable (GTK_LABEL (big), TRUE);
  osc_sheet_add (sheet, big);
  pairing->sheet = sheet;
  pairing->people = g_object_ref (people);
  pairing->id = g_strdup (json_object_get_string_member_with_default (answer, "id", ""));
  pairing->ends_at = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  pairing->left = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (pairing->left), "numeric");
  osc_sheet_add (sheet, GTK_WIDGET (pairing->left));
  g_object_set_data_full (G_OBJECT (sheet), "osc-pairing", pairing, pairing_free);
  pairing->second_source = g_timeout_add_seconds (1, count_cb, pairing);
  count_cb (pairing);
}

static void
on_add (OscDevicesPage *self)
{
  static const OscPeopleField fields[] = {
      {"name", N_ ("Name of the screen"), N_ ("Such as: Kitchen, Counter 2"), FALSE},
      {.member = NULL}};
  const char *const values[] = {"KITCHEN", "STAFF", "COURIER", NULL};
  const char *words[] = {_ ("Kitchen"), _ ("Counter"), _ ("Rider"), NULL};
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));

  osc_people_form_start (sheet, &(OscPeopleForm){.people = self->people,
                                                 .act = OSC_PEOPLE_ADD_DEVICE,
                                                 .title = _ ("Add a screen"),
                                                 .verb = _ ("Make a code"),
                                                 .fields = fields,
                                                 .done = show_code,
                                                 .owner = self->people});
  osc_people_form_add_choice (sheet, "role", _ ("Where it stands"), values, words);
}

/* ---- the list ---- */

static void
on_revoke (OscDevicesPage *self, GtkWidget *button)
{
  const OscDevice *device = find_device (self->people, osc_people_row_id (button));
  g_autofree char *title = NULL;
  OscSheet *sheet;

  if (device == NULL)
    return;
  title = g_strdup_printf (_ ("Take %s away?"), device->name);
  sheet = osc_sheet_new (GTK_WIDGET (self));
  osc_people_form_start (
      sheet,
      &(OscPeopleForm){.people = self->people,
                       .act = OSC_PEOPLE_REVOKE_DEVICE,
                       .id = device->id,
                       .title = title,
                       .lead = _ ("It stops working at once, wherever it is. To use it again "
                                  "it has to be added anew"),
                       .verb = _ ("Take away"),
                       .toast = _ ("Took the screen away")});
  osc_sheet_warn (sheet);
}

/* (transfer full) */
static char *
about (const OscDevice *device)
{
  gboolean is_counter = g_strcmp0 (device->role, "STAFF") == 0;
  const char *place = is_counter ? _ ("Counter") : osc_words_role (device->role);
  g_autofree char *when = NULL;

  if (!device->paired)
    return g_strdup_printf ("%s · %s", place, _ ("its code was not typed yet"));
  if (device->last_seen_at == 0)
    return g_strdup (place);
  when = osc_people_row_when (device->last_seen_at);
  /* Translators: where a screen stands, then when it was last heard of. */
  return g_strdup_printf (_ ("%1$s · last seen %2$s"), place, when);
}

static void
show_devices (OscDevicesPage *self)
{
  GPtrArray *devices = osc_people_list (self->people, OSC_PEOPLE_DEVICES);

  osc_people_row_clear (self->devices);
  if (devices == NULL && osc_people_trouble (self->people, OSC_PEOPLE_DEVICES) != NULL)
    osc_people_row_trouble (self->devices, G_CALLBACK (load), self);
  else if (devices != NULL && devices->len == 0)
    osc_people_row_add (self->devices, _ ("No screens yet"),
                        _ ("Add the one in the kitchen, for instance"));
  for (guint i = 0; devices != NULL && i < devices->len; i++) {
    const OscDevice *device = g_ptr_array_index (devices, i);
    g_autofree char *line = about (device);
    GtkWidget *row =
        osc_people_row_add (self->devices, device->name != NULL ? device->name : "?", line);

    osc_people_row_button (row, _ ("Take away…"), G_CALLBACK (on_revoke), self, device->id);
  }
}

static void
on_changed (OscDevicesPage *self, guint part)
{
  if (part == OSC_PEOPLE_DEVICES)
    show_devices (self);
}

/* ---- life ---- */

static void
osc_devices_page_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_DEVICES_PAGE);
  g_clear_object (&OSC_DEVICES_PAGE (object)->people);
  G_OBJECT_CLASS (osc_devices_page_parent_class)->dispose (object);
}

static void
osc_devices_page_class_init (OscDevicesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_devices_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-devices-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscDevicesPage, devices);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_devices_page_init (OscDevicesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_devices_page_new (const OscContext *context)
{
  OscDevicesPage *self = g_object_new (OSC_TYPE_DEVICES_PAGE, NULL);

  self->people = g_object_ref (context->people);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  show_devices (self);
  load (self);
  return GTK_WIDGET (self);
}
