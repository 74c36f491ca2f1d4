/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Hours and the basis of a day. */

#include "osc-hours-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-choice.h"
#include "osc-hours.h"
#include "osy-day-time.h"
#include "osc-shop-change.h"
#include "osc-widget.h"
#include "osy-clock.h"
#include "osy-json.h"

enum { CUTOFF, MINUTES, LEAST, MOST, MINIMUM, ZONE, N_FIELDS };

struct _OscHoursPage {
  GtkWidget parent_instance;
  OscHours *hours;
  OscField *cutoff;
  OscField *minutes;
  OscField *least;
  OscField *most;
  OscField *minimum;
  OscField *zone;
  OscChoice *guests;
  OscChoice *promise;
  OscShopStore *store;
};

static const struct {
  const char *member;
  const char *done;
  const char *wrong;
  gint64 max;
} kinds[N_FIELDS] = {
    {"cutoff_minutes", N_ ("Changed when the day begins"), N_ ("Type a time, such as 5:00"), 1439},
    {"default_prep_minutes", N_ ("Changed the cooking time"), N_ ("Type minutes, 1 to 240"), 240},
    {"promise_min_minutes", N_ ("Changed the shortest promise"),
     N_ ("Type minutes, not more than the longest promise"), 240},
    {"promise_max_minutes", N_ ("Changed the longest promise"),
     N_ ("Type minutes up to 240, not less than the shortest promise"), 240},
    {"minimum_order", N_ ("Changed the smallest order"), N_ ("Type an amount in won"), 100000000},
    {"time_zone", N_ ("Changed the time zone"), N_ ("There is no such time zone"), 0},
};

G_DEFINE_FINAL_TYPE (OscHoursPage, osc_hours_page, GTK_TYPE_WIDGET)

static OscField *
field_at (OscHoursPage *self, int i)
{
  OscField *fields[N_FIELDS] = {self->cutoff, self->minutes, self->least,
                                self->most,   self->minimum, self->zone};

  return fields[i];
}

/* (transfer full) */
static char *
text_at (const OsyShopData *shop, int i)
{
  switch (i) {
  case CUTOFF: return osy_day_time_format (shop->cutoff_minutes);
  case MINUTES: return g_strdup_printf ("%d", shop->default_prep_minutes);
  case LEAST: return g_strdup_printf ("%d", shop->promise_min_minutes);
  case MOST: return g_strdup_printf ("%d", shop->promise_max_minutes);
  case MINIMUM: return g_strdup_printf ("%" G_GINT64_FORMAT, shop->minimum_order);
  default: return g_strdup (shop->time_zone);
  }
}

static gboolean
has_focus (gpointer widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* What is being typed, or could not be saved, is left alone. */
static void
show_shop (OscHoursPage *self)
{
  OsyShop *shop = osc_shop_store_get (self->store);

  gtk_widget_set_sensitive (GTK_WIDGET (self), shop != NULL);
  if (shop == NULL)
    return;
  for (int i = 0; i < N_FIELDS; i++) {
    g_autofree char *text = text_at (osy_shop_data (shop), i);

    if (!has_focus (field_at (self, i)) && osc_field_error (field_at (self, i)) == NULL)
      osc_field_set_text (field_at (self, i), text);
  }
  if (!has_focus (self->hours))
    osc_hours_show (self->hours, osy_shop_data (shop)->hours);
  osc_choice_set (self->promise, osy_shop_data (shop)->promise_automatic ? "yes" : "no");
  osc_choice_set (self->guests, osy_shop_data (shop)->guest_orders ? "yes" : "no");
}

/* ---- changes ---- */

static void
make (OscHoursPage *self, JsonObject *patch, OscField *field, const char *done)
{
  osc_shop_change_make (&(OscShopChangeWords){self->store, GTK_WIDGET (self), field, done}, patch);
}

static void
on_hours (OscHoursPage *self)
{
  OsyShop *shop = osc_shop_store_get (self->store);
  JsonArray *hours = shop != NULL ? osc_hours_read (self->hours) : NULL;
  g_autoptr (JsonNode) now = NULL;
  JsonObject *patch;

  if (hours == NULL)
    return;
  now = osy_shop_to_json (shop);
  patch = json_object_new ();
  json_object_set_array_member (patch, "opening_hours", hours);
  if (json_node_equal (json_object_get_member (json_node_get_object (now), "opening_hours"),
                       json_object_get_member (patch, "opening_hours")))
    json_object_unref (patch);
  else
    make (self, patch, NULL, _ ("Changed the opening hours"));
}

static void
on_guests (OscHoursPage *self, const char *value)
{
  JsonObject *patch = json_object_new ();
  gboolean may = strcmp (value, "yes") == 0;

  json_object_set_boolean_member (patch, "guest_orders", may);
  make (self, patch, NULL,
        may ? _ ("Guests may order by themselves") : _ ("Guests may not order by themselves"));
}

static void
on_promise (OscHoursPage *self, const char *value)
{
  JsonObject *patch = json_object_new ();

  json_object_set_boolean_member (patch, "promise_automatic", strcmp (value, "yes") == 0);
  make (self, patch, NULL, _ ("Changed what is promised"));
}

/* The range of a number that is typed. */
static void
bounds_of (OscHoursPage *self, int i, gint64 *low, gint64 *high)
{
  const OsyShopData *shop = osy_shop_data (osc_shop_store_get (self->store));

  *low = i == MINUTES || i == LEAST ? 1 : i == MOST ? shop->promise_min_minutes : 0;
  *high = i == LEAST ? shop->promise_max_minutes : kinds[i].max;
}

/* Puts what is typed into @patch; FALSE when it is wrong. */
static gboolean
read_field (OscHoursPage *self, int i, JsonObject *patch)
{
  g_autofree char *text = g_strstrip (g_strdup (osc_field_text (field_at (self, i))));
  g_auto (GStrv) groups = g_strsplit (text, ",", -1);
  g_autofree char *plain = g_strjoinv ("", groups);
  gint64 number = 0;
  gint64 low;
  gint64 high;
  int clock = 0;

  bounds_of (self, i, &low, &high);
  if (i == ZONE) {
    g_autoptr (GTimeZone) zone = osy_clock_zone (text);

    json_object_set_string_member (patch, kinds[i].member, text);
    return zone != NULL && strchr (text, '/') != NULL;
  }
  if (i == CUTOFF) {
    if (!osy_day_time_parse (text, &clock) || clock > kinds[i].max)
      return FALSE;
    number = clock;
  } else if (!g_ascii_string_to_signed (plain, 10, low, high, &number, NULL)) {
    return FALSE;
  }
  json_object_set_int_member (patch, kinds[i].member, number);
  return TRUE;
}

static void
save (OscHoursPage *self, int i)
{
  OsyShop *shop = osc_shop_store_get (self->store);
  g_autoptr (JsonObject) patch = json_object_new ();
  g_autoptr (JsonNode) now = shop != NULL ? osy_shop_to_json (shop) : NULL;

  if (now == NULL)
    return;
  if (!read_field (self, i, patch))
    osc_field_set_error (field_at (self, i), _ (kinds[i].wrong));
  else if (!json_node_equal (json_object_get_member (json_node_get_object (now), kinds[i].member),
                             json_object_get_member (patch, kinds[i].member)))
    make (self, g_steal_pointer (&patch), field_at (self, i), _ (kinds[i].done));
}

static void
on_finished (OscHoursPage *self, OscField *field)
{
  for (int i = 0; i < N_FIELDS; i++)
    if (field_at (self, i) == field)
      save (self, i);
}

/* ---- life ---- */

static void
osc_hours_page_dispose (GObject *object)
{
  OscHoursPage *self = OSC_HOURS_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_HOURS_PAGE);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_hours_page_parent_class)->dispose (object);
}

static void
osc_hours_page_class_init (OscHoursPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_hours_page_dispose;
  g_type_ensure (OSC_TYPE_FIELD);
  g_type_ensure (OSC_TYPE_HOURS);
  g_type_ensure (OSC_TYPE_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/settings/osc-hours-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscHoursPage, hours);
  gtk_widget_class_bind_template_child (widget_class, OscHoursPage, cutoff);
  gtk_widget_class_bind_template_child (widget_class, OscHoursPage, minutes);
  gtk_widget_class_bind_template_child (widget_class, OscHoursPage, least);
  gtk_widget_class_bind_template_child (widget_class, OscHoursPage, most);
  gtk_widget_class_bind_template_child (widget_class, OscHoursPage, promise);
  gtk_widget_class_bind_template_child (widget_class, OscHoursPage, minimum);
  gtk_widget_class_bind_template_child (widget_class, OscHoursPage, zone);
  gtk_widget_class_bind_template_child (widget_class, OscHoursPage, guests);
  gtk_widget_class_bind_template_callback (widget_class, on_hours);
  gtk_widget_class_bind_template_callback (widget_class, on_guests);
  gtk_widget_class_bind_template_callback (widget_class, on_promise);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_hours_page_init (OscHoursPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  osc_choice_add (self->promise, "no", _ ("The usual cooking time"));
  osc_choice_add (self->promise, "yes", _ ("What the kitchen can keep"));
  osc_choice_add (self->guests, "yes", _ ("Yes"));
  osc_choice_add (self->guests, "no", _ ("No"));
  for (int i = 0; i < N_FIELDS; i++)
    g_signal_connect_object (field_at (self, i), "finished", G_CALLBACK (on_finished), self,
                             G_CONNECT_SWAPPED);
}

GtkWidget *
osc_hours_page_new (const OscContext *context)
{
  OscHoursPage *self = g_object_new (OSC_TYPE_HOURS_PAGE, NULL);

  self->store = g_object_ref (context->shop);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (show_shop), self, G_CONNECT_SWAPPED);
  show_shop (self);
  return GTK_WIDGET (self);
}
