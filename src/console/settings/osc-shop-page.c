/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Who the shop is. A field is saved by Enter or by leaving it; what could not be saved stays typed.
 */

#include "osc-shop-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-phone.h"
#include "osc-shop-change.h"
#include "osc-widget.h"
#include "osy-business-number.h"

enum { NAME, NUMBER, PHONE, OWNER, RETENTION, N_FIELDS };

static const struct {
  const char *member;
  const char *done; /* msgid */
} kinds[N_FIELDS] = {
    {"name", N_ ("Changed the name")},
    {"business_number", N_ ("Changed the business number")},
    {"phone", N_ ("Changed the phone number")},
    {"owner_name", N_ ("Changed the owner")},
    {"retention_days", N_ ("Changed how long guests' details are kept")},
};

struct _OscShopPage {
  GtkWidget parent_instance;
  OscField *name;
  OscField *number;
  OscField *phone;
  OscField *owner;
  OscField *retention;
  OscShopStore *store;
};

G_DEFINE_FINAL_TYPE (OscShopPage, osc_shop_page, GTK_TYPE_WIDGET)

static OscField *
field_at (OscShopPage *self, int i)
{
  OscField *fields[N_FIELDS] = {self->name, self->number, self->phone, self->owner,
                                self->retention};

  return fields[i];
}

/* (transfer full) */
static char *
value_at (const OsyShopData *shop, int i)
{
  const char *values[N_FIELDS] = {shop->name, shop->business_number, shop->phone, shop->owner_name};

  if (i == RETENTION)
    return g_strdup_printf ("%d", shop->retention_days);
  return g_strdup (values[i] != NULL ? values[i] : "");
}

/* (transfer full): as it is read: 124-81-00998. */
static char *
shown (int i, const char *value)
{
  if (i == NUMBER && strlen (value) == 10)
    return g_strdup_printf ("%.3s-%.2s-%s", value, value + 3, value + 5);
  if (i == PHONE)
    return osc_phone_format (value);
  return g_strdup (value);
}

/* What is being typed, or could not be saved, is left alone. */
static void
show_shop (OscShopPage *self)
{
  OsyShop *shop = osc_shop_store_get (self->store);

  gtk_widget_set_sensitive (GTK_WIDGET (self), shop != NULL);
  for (int i = 0; shop != NULL && i < N_FIELDS; i++) {
    OscField *field = field_at (self, i);
    g_autofree char *value = value_at (osy_shop_data (shop), i);
    g_autofree char *text = shown (i, value);

    if (osc_field_error (field) == NULL &&
        !(gtk_widget_get_state_flags (GTK_WIDGET (field)) & GTK_STATE_FLAG_FOCUS_WITHIN) &&
        strcmp (osc_field_text (field), text) != 0)
      osc_field_set_text (field, text);
  }
}

/* (transfer full) (nullable): what the daemon is to get; NULL when it is wrong, which is said. */
static char *
read_field (OscShopPage *self, int i)
{
  OscField *field = field_at (self, i);
  g_autofree char *text = g_strstrip (g_strdup (osc_field_text (field)));
  g_autofree char *number = i == NUMBER ? osy_business_number_normalise (text) : NULL;

  if (i == NAME && text[0] == '\0')
    osc_field_set_error (field, _ ("The shop needs a name"));
  else if (i == NUMBER && text[0] != '\0' && number == NULL)
    osc_field_set_error (field, _ ("That is not a business number. Compare it with the paper"));
  else if (i == PHONE && text[0] != '\0' && !osc_phone_is_valid (text))
    osc_field_set_error (field, _ ("That is not a phone number"));
  else if (i == RETENTION && !g_ascii_string_to_unsigned (text, 10, OSY_SHOP_RETENTION_MIN,
                                                          OSY_SHOP_RETENTION_MAX, NULL, NULL))
    osc_field_set_error (field, _ ("From 30 to 1825 days"));
  else
    return number != NULL ? g_steal_pointer (&number) : g_steal_pointer (&text);
  return NULL;
}

static void
save (OscShopPage *self, int i)
{
  OsyShop *shop = osc_shop_store_get (self->store);
  g_autofree char *value = shop != NULL ? read_field (self, i) : NULL;
  g_autofree char *was = shop != NULL ? value_at (osy_shop_data (shop), i) : NULL;
  JsonObject *patch;

  if (value == NULL || strcmp (value, was) == 0)
    return;
  if (i == PHONE && strcmp (osc_field_text (field_at (self, i)), "") != 0) {
    g_autofree char *same = osc_phone_format (was);

    if (strcmp (same, value) == 0)
      return;
  }
  patch = json_object_new ();
  if (i == RETENTION)
    json_object_set_int_member (patch, kinds[i].member, g_ascii_strtoll (value, NULL, 10));
  else
    json_object_set_string_member (patch, kinds[i].member, value);
  osc_shop_change_make (
      &(OscShopChangeWords){self->store, GTK_WIDGET (self), field_at (self, i), _ (kinds[i].done)},
      patch);
}

static void
on_finished (OscShopPage *self, OscField *field)
{
  for (int i = 0; i < N_FIELDS; i++)
    if (field_at (self, i) == field)
      save (self, i);
}

/* Ten digits are checked as soon as the last one is there. */
static void
on_number (OscShopPage *self)
{
  const char *text = osc_field_text (self->number);
  g_autofree char *number = osy_business_number_normalise (text);
  int digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p) ? 1 : 0;
  osc_widget_set_class (GTK_WIDGET (self->number), "right", number != NULL);
  if (digits >= 10 && number == NULL)
    osc_field_set_error (self->number,
                         _ ("That is not a business number. Compare it with the paper"));
}

static void
osc_shop_page_dispose (GObject *object)
{
  OscShopPage *self = OSC_SHOP_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SHOP_PAGE);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_shop_page_parent_class)->dispose (object);
}

static void
osc_shop_page_class_init (OscShopPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_shop_page_dispose;
  g_type_ensure (OSC_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/settings/osc-shop-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscShopPage, name);
  gtk_widget_class_bind_template_child (widget_class, OscShopPage, number);
  gtk_widget_class_bind_template_child (widget_class, OscShopPage, phone);
  gtk_widget_class_bind_template_child (widget_class, OscShopPage, owner);
  gtk_widget_class_bind_template_child (widget_class, OscShopPage, retention);
  gtk_widget_class_bind_template_callback (widget_class, on_number);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_shop_page_init (OscShopPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  for (int i = 0; i < N_FIELDS; i++)
    g_signal_connect_object (field_at (self, i), "finished", G_CALLBACK (on_finished), self,
                             G_CONNECT_SWAPPED);
}

GtkWidget *
osc_shop_page_new (const OscContext *context)
{
  OscShopPage *self = g_object_new (OSC_TYPE_SHOP_PAGE, NULL);

  self->store = g_object_ref (context->shop);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show_shop), self, G_CONNECT_SWAPPED);
  show_shop (self);
  return GTK_WIDGET (self);
}
