/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Where the shop delivers, and by whom. The zones are written together, in the order in which
 * addresses are looked up. */

#include "osc-deliveries-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-choice.h"
#include "osc-people-row.h"
#include "osc-sheet.h"
#include "osc-toasts.h"
#include "osc-trade-put.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osc-zone-sheet.h"
#include "osy-delivery.h"
#include "osy-json.h"

#define FORM "osc-agency-form"

struct _OscDeliveriesPage {
  GtkWidget parent_instance;
  OscChoice *carrier;
  GtkListBox *zones;
  GtkListBox *places;
  OscField *base;
  OscField *mask;
  OscDocument *zone_list;
  OscDocument *setup;
};

G_DEFINE_FINAL_TYPE (OscDeliveriesPage, osc_deliveries_page, GTK_TYPE_WIDGET)

/* ---- zones ---- */

/* (transfer full): of OsyDeliveryZone. */
static GPtrArray *
read_zones (OscDeliveriesPage *self)
{
  JsonObject *list = osc_document_get (self->zone_list);
  JsonArray *array = list != NULL ? json_object_get_array_member (list, "zones") : NULL;
  GPtrArray *zones = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_delivery_zone_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_autoptr (OsyJsonReader) reader = osy_json_reader_new (json_array_get_element (array, i));
    g_autoptr (OsyDeliveryZone) zone = osy_delivery_zone_read (reader);
    if (osy_json_reader_finish (reader, NULL))
      g_ptr_array_add (zones, g_steal_pointer (&zone));
  }
  return zones;
}

/* (transfer full) */
static JsonObject *
zones_body (GPtrArray *zones)
{
  JsonObject *body = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < zones->len; i++) {
    JsonObject *zone = osy_delivery_zone_to_json (zones->pdata[i]);
    if (((OsyDeliveryZone *)zones->pdata[i])->id == NULL)
      json_object_remove_member (zone, "id");
    json_array_add_object_element (array, zone);
  }
  json_object_set_array_member (body, "zones", array);
  return body;
}

static void
put_zones (OscDeliveriesPage *self, GPtrArray *zones, const char *sentence)
{
  g_autoptr (GPtrArray) before = read_zones (self);
  JsonObject *body = zones_body (zones);
  JsonObject *list = osc_document_get (self->zone_list);

  /* Only over what this screen has seen. */
  json_object_set_int_member (body, "version", json_object_get_int_member (list, "version"));
  osc_trade_put (&(OscTradePut){self->zone_list, GTK_WIDGET (self), NULL, sentence}, body,
                 zones_body (before));
}

static void
on_zone (GtkWidget *page, guint place, OsyDeliveryZone *zone)
{
  OscDeliveriesPage *self = OSC_DELIVERIES_PAGE (page);
  g_autoptr (GPtrArray) zones = read_zones (self);

  if (place < zones->len)
    g_ptr_array_remove_index (zones, place);
  if (zone != NULL)
    g_ptr_array_insert (zones, (int)MIN (place, zones->len), zone);
  put_zones (self, zones,
             zone == NULL ? _ ("Nobody rides there any more") : _ ("Changed where you deliver"));
}

static void
edit (OscDeliveriesPage *self, guint place)
{
  g_autoptr (GPtrArray) zones = read_zones (self);

  if (osc_document_get (self->zone_list) != NULL)
    osc_zone_sheet_show (GTK_WIDGET (self), place < zones->len ? zones->pdata[place] : NULL, place,
                         on_zone);
}

static guint
place_of (GtkWidget *button)
{
  return (guint)g_ascii_strtoull (osc_people_row_id (button), NULL, 10);
}

static void
on_edit (OscDeliveriesPage *self, GtkWidget *button)
{
  edit (self, place_of (button));
}

static void
on_add (OscDeliveriesPage *self)
{
  edit (self, G_MAXUINT);
}

static void
on_earlier (OscDeliveriesPage *self, GtkWidget *button)
{
  g_autoptr (GPtrArray) zones = read_zones (self);
  guint place = place_of (button);

  if (place < 1 || place >= zones->len)
    return;
  gpointer moved = zones->pdata[place];
  zones->pdata[place] = zones->pdata[place - 1];
  zones->pdata[place - 1] = moved;
  put_zones (self, zones, _ ("Changed the order in which addresses are looked up"));
}

/* "3,000 won · from 12,000 · 20 min · 역삼동, 테헤란로" */
static char *
about_zone (const OsyDeliveryZone *zone)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *fee = osc_words_money (zone->fee);
  g_autofree char *minimum = osc_words_money (zone->minimum);
  g_autofree char *minutes = osc_words_minutes (zone->minutes);
  g_autofree char *areas = g_strjoinv (", ", zone->areas);

  g_string_append (text, zone->fee > 0 ? fee : _ ("Free"));
  if (zone->minimum > 0) {
    /* Translators: the smallest order, an amount */
    g_autofree char *from = g_strdup_printf (_ ("from %s"), minimum);
    g_string_append_printf (text, " · %s", from);
  }
  if (zone->minutes > 0)
    g_string_append_printf (text, " · %s", minutes);
  g_string_append_printf (text, " · %s", *areas != '\0' ? areas : _ ("everywhere else"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_zones (OscDeliveriesPage *self)
{
  g_autoptr (GPtrArray) zones = read_zones (self);

  osc_people_row_clear (self->zones);
  if (zones->len == 0)
    osc_people_row_add (self->zones, _ ("Anywhere, for nothing"),
                        _ ("Add the parts of town where you deliver, with their fees"));
  for (guint i = 0; i < zones->len; i++) {
    const OsyDeliveryZone *zone = zones->pdata[i];
    g_autofree char *about = about_zone (zone);
    g_autofree char *place = g_strdup_printf ("%u", i);
    GtkWidget *row = osc_people_row_add (self->zones, zone->name, about);
    adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
    if (i > 0)
      osc_people_row_button (row, _ ("Earlier"), G_CALLBACK (on_earlier), self, place);
    osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_edit), self, place);
  }
}

/* ---- set-up ---- */

static const char *
text_at (JsonObject *setup, const char *part, const char *name)
{
  JsonObject *object = part != NULL ? json_object_get_object_member (setup, part) : setup;

  return json_object_get_string_member_with_default (object, name, "");
}

/* @body: (transfer full): what changes; the way back says what that was. */
static void
put_setup (OscDeliveriesPage *self,
           JsonObject *body,
           JsonObject *inverse,
           OscField *field,
           const char *sentence)
{
  osc_trade_put (&(OscTradePut){self->setup, GTK_WIDGET (self), field, sentence}, body, inverse);
}

static void
put_text (OscDeliveriesPage *self,
          const char *name,
          const char *value,
          OscField *field,
          const char *sentence)
{
  JsonObject *setup = osc_document_get (self->setup);
  JsonObject *body;
  JsonObject *inverse;

  if (setup == NULL || g_str_equal (text_at (setup, NULL, name), value))
    return;
  body = json_object_new ();
  inverse = json_object_new ();
  json_object_set_string_member (body, name, value);
  json_object_set_string_member (inverse, name, text_at (setup, NULL, name));
  put_setup (self, body, inverse, field, sentence);
}

static void
on_carrier (OscDeliveriesPage *self, const char *value)
{
  put_text (self, "carrier", value, NULL, _ ("Changed who carries orders"));
}

static void
save_mask (OscDeliveriesPage *self)
{
  JsonObject *setup = osc_document_get (self->setup);
  gint64 hours = setup != NULL ? osc_trade_number (self->mask, 720) : -1;
  JsonObject *body;
  JsonObject *inverse;

  if (hours < 0 || hours == json_object_get_int_member (setup, "mask_hours"))
    return;
  body = json_object_new ();
  inverse = json_object_new ();
  json_object_set_int_member (body, "mask_hours", hours);
  json_object_set_int_member (inverse, "mask_hours",
                              json_object_get_int_member (setup, "mask_hours"));
  put_setup (self, body, inverse, self->mask, _ ("Changed how long addresses are shown"));
}

static void
on_finished (OscDeliveriesPage *self, OscField *field)
{
  if (field == self->mask)
    save_mask (self);
  else
    put_text (self, "page_base", osc_field_text (field), field,
              _ ("Changed how riders' phones come here"));
}

/* ---- the agency, and whence riders fetch ---- */

typedef struct {
  OscDeliveriesPage *page;
  const char *part; /* of the document */
  OscField *fields[3];
} Form;

/* What each dialog asks for; a secret is written and never read. */
static const struct {
  const char *part;
  const char *title;
  const char *lead;
  struct {
    const char *name;
    const char *label;
    gboolean secret;
  } fields[3];
} forms[] = {
    {"agency",
     N_ ("Agency that is called"),
     N_ ("Kakao Mobility gives them by contract. The key is kept sealed and never shown again"),
     {{"vendor", N_ ("Vendor"), FALSE}, {"key", N_ ("Key"), TRUE}}},
    {"pickup",
     N_ ("Where riders fetch"),
     NULL,
     {{"name", N_ ("Name at the door"), FALSE},
      {"phone", N_ ("Phone"), FALSE},
      {"address", N_ ("Address"), FALSE}}},
};

static void
saved_cb (gpointer owner, JsonObject *answer, const GError *error)
{
  OscSheet *sheet = owner;

  if (!osc_sheet_is_open (sheet))
    return;
  if (error != NULL) {
    osc_sheet_fail (sheet, osc_trade_failure (error));
    return;
  }
  osc_toasts_say (GTK_WIDGET (sheet), _ ("Changed who is called"));
  gtk_window_close (GTK_WINDOW (sheet));
}

static void
on_typed (OscSheet *sheet)
{
  Form *form = g_object_get_data (G_OBJECT (sheet), FORM);
  gsize which = g_str_equal (form->part, forms[0].part) ? 0 : 1;
  JsonObject *part = json_object_new ();
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  for (gsize i = 0; i < G_N_ELEMENTS (form->fields) && form->fields[i] != NULL; i++) {
    const char *text = osc_field_text (form->fields[i]);
    if (!forms[which].fields[i].secret || *text != '\0')
      json_object_set_string_member (part, forms[which].fields[i].name, text);
  }
  json_object_set_object_member (object, form->part, part);
  osc_sheet_wait (sheet);
  osc_document_send (form->page->setup, &(OscDocumentAct){.method = "PUT",
                                                          .body = body,
                                                          .done = saved_cb,
                                                          .owner = G_OBJECT (sheet)});
}

static void
on_place (OscDeliveriesPage *self, GtkWidget *button)
{
  gsize which = g_str_equal (osc_people_row_id (button), forms[0].part) ? 0 : 1;
  JsonObject *setup = osc_document_get (self->setup);
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));
  Form *form = g_new0 (Form, 1);

  form->page = self;
  form->part = forms[which].part;
  osc_sheet_ask (sheet, _ (forms[which].title),
                 forms[which].lead != NULL ? _ (forms[which].lead) : NULL, _ ("Save"));
  for (gsize i = 0; i < G_N_ELEMENTS (form->fields) && forms[which].fields[i].name != NULL; i++) {
    gboolean secret = forms[which].fields[i].secret;
    gboolean set = secret && json_object_get_boolean_member_with_default (
                                 json_object_get_object_member (setup, "agency"), "key_set", FALSE);
    form->fields[i] = osc_sheet_add_field (sheet, _ (forms[which].fields[i].label),
                                           set ? _ ("Empty: as it is") : NULL, secret);
    if (!secret)
      osc_field_set_text (form->fields[i],
                          text_at (setup, form->part, forms[which].fields[i].name));
  }
  g_object_set_data_full (G_OBJECT (sheet), FORM, form, g_free);
  g_signal_connect (sheet, "primary", G_CALLBACK (on_typed), NULL);
}

static void
show_places (OscDeliveriesPage *self, JsonObject *setup)
{
  gboolean set = json_object_get_boolean_member_with_default (
      json_object_get_object_member (setup, "agency"), "key_set", FALSE);
  const char *vendor = text_at (setup, "agency", "vendor");
  const char *address = text_at (setup, "pickup", "address");
  GtkWidget *row = osc_people_row_add (self->places, _ ("Agency that is called"),
                                       *vendor != '\0' ? vendor : _ ("Kakao Mobility"));

  osc_people_row_tag (row, set ? _ ("Key is set") : _ ("No key"), set ? "green" : NULL);
  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_place), self, "agency");
  row = osc_people_row_add (self->places, _ ("Where riders fetch"),
                            *address != '\0' ? address : _ ("The agency has to know the address"));
  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_place), self, "pickup");
}

/* ---- showing ---- */

static void
show_field (OscField *field, const char *text)
{
  if (osc_field_error (field) == NULL &&
      !(gtk_widget_get_state_flags (GTK_WIDGET (field)) & GTK_STATE_FLAG_FOCUS_WITHIN))
    osc_field_set_text (field, text);
}

static void
again (OscDeliveriesPage *self)
{
  osc_document_load (self->setup);
  osc_document_load (self->zone_list);
}

static void
show (OscDeliveriesPage *self)
{
  JsonObject *setup = osc_document_get (self->setup);

  show_zones (self);
  osc_people_row_clear (self->places);
  gtk_widget_set_sensitive (GTK_WIDGET (self->carrier), setup != NULL);
  if (setup == NULL && osc_document_failed (self->setup))
    osc_people_row_trouble (self->places, G_CALLBACK (again), self);
  if (setup == NULL)
    return;
  g_autofree char *hours =
      g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (setup, "mask_hours"));
  show_places (self, setup);
  osc_choice_set (self->carrier, text_at (setup, NULL, "carrier"));
  show_field (self->base, text_at (setup, NULL, "page_base"));
  show_field (self->mask, hours);
}

/* ---- life ---- */

static void
osc_deliveries_page_dispose (GObject *object)
{
  OscDeliveriesPage *self = OSC_DELIVERIES_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_DELIVERIES_PAGE);
  g_clear_object (&self->zone_list);
  g_clear_object (&self->setup);
  G_OBJECT_CLASS (osc_deliveries_page_parent_class)->dispose (object);
}

static void
osc_deliveries_page_class_init (OscDeliveriesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_deliveries_page_dispose;
  g_type_ensure (OSC_TYPE_FIELD);
  g_type_ensure (OSC_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/trade/osc-deliveries-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscDeliveriesPage, carrier);
  gtk_widget_class_bind_template_child (widget_class, OscDeliveriesPage, zones);
  gtk_widget_class_bind_template_child (widget_class, OscDeliveriesPage, places);
  gtk_widget_class_bind_template_child (widget_class, OscDeliveriesPage, base);
  gtk_widget_class_bind_template_child (widget_class, OscDeliveriesPage, mask);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_carrier);
  gtk_widget_class_bind_template_callback (widget_class, on_finished);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_deliveries_page_init (OscDeliveriesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  for (gsize i = 0; osy_delivery_carriers[i] != NULL; i++)
    osc_choice_add (self->carrier, osy_delivery_carriers[i],
                    osc_words_carrier (osy_delivery_carriers[i]));
}

GtkWidget *
osc_deliveries_page_new (const OscContext *context)
{
  OscDeliveriesPage *self = g_object_new (OSC_TYPE_DELIVERIES_PAGE, NULL);

  self->zone_list = osc_document_new (context->client, "delivery-zones");
  self->setup = osc_document_new (context->client, "delivery-setup");
  g_signal_connect_object (self->zone_list, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->setup, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  again (self);
  show (self);
  return GTK_WIDGET (self);
}

void
osc_deliveries_page_take (OscDeliveriesPage *self, JsonNode *zones, JsonNode *setup)
{
  g_return_if_fail (OSC_IS_DELIVERIES_PAGE (self));
  osc_document_take (self->zone_list, zones);
  osc_document_take (self->setup, setup);
}
