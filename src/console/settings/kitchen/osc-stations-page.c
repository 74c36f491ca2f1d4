/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Stations and routes. Lists are made anew after every change; which of them are unfolded is kept.
 */

#include "osc-stations-page.h"

#include <glib/gi18n.h>

#include "osc-people-row.h"
#include "osc-station-sheet.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-compat.h"

#define KIND "osc-kind"
#define TARGET "osc-target"
#define OPTIONS "options" /* unfolds them */
#define NAMED_UNROUTED 4

struct _OscStationsPage {
  GtkWidget parent_instance;
  GtkListBox *stations;
  GtkWidget *add;
  GtkWidget *routes_box;
  GtkWidget *unrouted;
  GtkListBox *routes;
  GtkListBox *switches;
  GtkWidget *auto_fire;
  GtkWidget *foot;
  GtkWidget *failure;
  GtkWidget *save;
  OscStationStore *store;
  OscMenuStore *menu;
  OscPrinterStore *printers;
  OscPeople *people;
  OsyKitchenSetup *draft; /* nullable */
  GHashTable *unfolded;   /* ids of categories, OPTIONS */
  gboolean dirty;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscStationsPage, osc_stations_page, GTK_TYPE_WIDGET)

static void show (OscStationsPage *self);
static void take (OscStationsPage *self);

static gboolean
may_manage (OscStationsPage *self)
{
  return osc_people_may (self->people, "kitchen:manage");
}

static void
set_dirty (OscStationsPage *self)
{
  self->dirty = TRUE;
  gtk_widget_set_visible (self->failure, FALSE);
  show (self);
}

/* ---- stations ---- */

static void
on_changed (GtkWidget *page)
{
  set_dirty (OSC_STATIONS_PAGE (page));
}

static void
edit (OscStationsPage *self, const char *id)
{
  osc_station_sheet_show (&(OscStationEdit){.page = GTK_WIDGET (self),
                                            .setup = &self->draft,
                                            .id = id,
                                            .printers = self->printers,
                                            .changed = on_changed});
}

static void
on_add (OscStationsPage *self)
{
  if (self->draft != NULL)
    edit (self, NULL);
}

static void
on_edit (OscStationsPage *self, GtkWidget *button)
{
  edit (self, osc_people_row_id (button));
}

/* One place up; the first goes last. */
static void
on_earlier (OscStationsPage *self, GtkWidget *button)
{
  GPtrArray *stations = self->draft->stations;

  for (guint i = 1; i < stations->len; i++) {
    OsyKitchenStation *station = g_ptr_array_index (stations, i);

    if (g_strcmp0 (station->id, osc_people_row_id (button)) != 0)
      continue;
    stations->pdata[i] = stations->pdata[i - 1];
    stations->pdata[i - 1] = station;
    break;
  }
  for (guint i = 0; i < stations->len; i++)
    ((OsyKitchenStation *)g_ptr_array_index (stations, i))->position = i;
  set_dirty (self);
}

static char *
about_station (OscStationsPage *self, const OsyKitchenStation *station)
{
  const OsyPrinter *printer = osc_printer_store_find (self->printers, station->printer_id);
  const char *language = g_str_equal (station->language, "en") ? "English" : "한국어";

  return printer != NULL ? g_strdup_printf ("%s · %s", language, printer->name)
                         : g_strdup (language);
}

static void
show_station (OscStationsPage *self, const OsyKitchenStation *station, gboolean first)
{
  g_autofree char *about = about_station (self, station);
  GtkWidget *row = osc_people_row_add (self->stations, station->name, about);

  if (station->is_expo)
    osc_people_row_tag (row, _ ("Puts orders together"), NULL);
  if (osy_kitchen_setup_fallback (self->draft) == station)
    osc_people_row_tag (row, _ ("All the rest"), NULL);
  if (!may_manage (self))
    return;
  if (!first)
    osc_people_row_button (row, _ ("Earlier"), G_CALLBACK (on_earlier), self, station->id);
  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_edit), self, station->id);
}

static void
show_stations (OscStationsPage *self)
{
  GPtrArray *stations = self->draft->stations;

  osc_people_row_clear (self->stations);
  if (stations->len == 0)
    osc_people_row_add (self->stations, _ ("One screen for everything"),
                        _ ("Add stations when several people cook"));
  for (guint i = 0; i < stations->len; i++)
    show_station (self, g_ptr_array_index (stations, i), i == 0);
}

/* ---- routes ---- */

static OsyKitchenRoute *
find_route (OscStationsPage *self, const char *kind, const char *target)
{
  for (guint i = 0; i < self->draft->routes->len; i++) {
    OsyKitchenRoute *route = g_ptr_array_index (self->draft->routes, i);

    if (g_str_equal (route->kind, kind) && g_str_equal (route->target_id, target))
      return route;
  }
  return NULL;
}

/* @station_id: (nullable): no route of its own. */
static void
set_route (OscStationsPage *self, const char *kind, const char *target, const char *station_id)
{
  OsyKitchenRoute *route = find_route (self, kind, target);

  if (route != NULL && station_id != NULL)
    osy_set_str (&route->station_id, station_id);
  else if (route != NULL)
    g_ptr_array_remove (self->draft->routes, route);
  else if (station_id != NULL)
    g_ptr_array_add (self->draft->routes, osy_kitchen_route_new (kind, target, station_id));
}

/* The @n-th station that cooks. (nullable) */
static const OsyKitchenStation *
cook_at (OscStationsPage *self, guint n)
{
  for (guint i = 0; i < self->draft->stations->len; i++) {
    const OsyKitchenStation *station = g_ptr_array_index (self->draft->stations, i);

    if (!station->is_expo && n-- == 0)
      return station;
  }
  return NULL;
}

static void
on_station_chosen (OscStationsPage *self, GParamSpec *pspec, GtkDropDown *drop)
{
  guint chosen = gtk_drop_down_get_selected (drop);
  const OsyKitchenStation *station = chosen > 0 ? cook_at (self, chosen - 1) : NULL;

  if (self->filling)
    return;
  set_route (self, g_object_get_data (G_OBJECT (drop), KIND),
             g_object_get_data (G_OBJECT (drop), TARGET), station != NULL ? station->id : NULL);
  set_dirty (self);
}

/* @usual: where it goes without a route of its own. */
static void
add_drop (OscStationsPage *self,
          GtkWidget *row,
          const char *kind,
          const char *target,
          const char *usual)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const OsyKitchenRoute *route = find_route (self, kind, target);
  GtkWidget *drop = gtk_drop_down_new (NULL, NULL);
  const OsyKitchenStation *station;
  guint chosen = 0;

  gtk_string_list_append (names, usual);
  for (guint i = 0; (station = cook_at (self, i)) != NULL; i++) {
    gtk_string_list_append (names, station->name);
    if (route != NULL && g_str_equal (route->station_id, station->id))
      chosen = i + 1;
  }
  gtk_drop_down_set_model (GTK_DROP_DOWN (drop), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), chosen);
  gtk_widget_set_valign (drop, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (drop, may_manage (self));
  osc_widget_set_name (drop, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  g_object_set_data (G_OBJECT (drop), KIND, (gpointer)kind);
  g_object_set_data_full (G_OBJECT (drop), TARGET, g_strdup (target), g_free);
  g_signal_connect_object (drop, "notify::selected", G_CALLBACK (on_station_chosen), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop);
}

static void
on_fold (OscStationsPage *self, GtkWidget *button)
{
  const char *id = osc_people_row_id (button);

  if (!g_hash_table_remove (self->unfolded, id))
    g_hash_table_add (self->unfolded, g_strdup (id));
  show (self);
}

/* Returns: whether what belongs to @row is unfolded. */
static gboolean
add_fold (OscStationsPage *self, GtkWidget *row, const char *id, const char *what)
{
  gboolean open = g_hash_table_contains (self->unfolded, id);
  GtkWidget *button = osc_people_row_button (row, what, G_CALLBACK (on_fold), self, id);

  osc_widget_set_class (button, "unfolded", open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
  return open;
}

static void
show_item (OscStationsPage *self, const OsyMenuItem *item)
{
  const OsyKitchenStation *named = NULL;
  GtkWidget *row = osc_people_row_add (self->routes, item->name, NULL);
  g_autofree char *usual = NULL;

  for (guint i = 0; item->station != NULL && (named = cook_at (self, i)) != NULL; i++)
    if (g_str_equal (named->name, item->station))
      break;
  usual = g_strdup (named != NULL ? named->name : _ ("As its category"));
  gtk_widget_add_css_class (row, "inner");
  add_drop (self, row, OSY_ROUTE_ITEM, item->id, usual);
}

static void
show_category (OscStationsPage *self, const OsyMenuCategory *category)
{
  g_autofree char *count = g_strdup_printf (
      g_dngettext (NULL, "%u dish", "%u dishes", category->items->len), category->items->len);
  GtkWidget *row = osc_people_row_add (self->routes, category->name, NULL);
  gboolean open = add_fold (self, row, category->id, count);

  add_drop (self, row, OSY_ROUTE_CATEGORY, category->id, _ ("All the rest"));
  for (guint i = 0; open && i < category->items->len; i++)
    show_item (self, g_ptr_array_index (category->items, i));
}

static guint
count_option_routes (OscStationsPage *self)
{
  guint n = 0;

  for (guint i = 0; i < self->draft->routes->len; i++)
    n += g_str_equal (((OsyKitchenRoute *)g_ptr_array_index (self->draft->routes, i))->kind,
                      OSY_ROUTE_OPTION);
  return n;
}

static void
show_options (OscStationsPage *self, OsyMenu *menu)
{
  GPtrArray *groups = osy_menu_groups (menu);
  guint n = count_option_routes (self);
  g_autofree char *about =
      n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u goes elsewhere", "%u go elsewhere", n), n)
            : g_strdup (_ ("They are made where their dish is"));
  GtkWidget *row;

  if (groups->len == 0)
    return;
  row = osc_people_row_add (self->routes, _ ("Options"), about);
  if (!add_fold (self, row, OPTIONS, _ ("Show")))
    return;
  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);

    for (guint k = 0; k < group->options->len; k++) {
      const OsyMenuOption *option = g_ptr_array_index (group->options, k);

      row = osc_people_row_add (self->routes, option->name, group->name);
      gtk_widget_add_css_class (row, "inner");
      add_drop (self, row, OSY_ROUTE_OPTION, option->id, _ ("With its dish"));
    }
  }
}

/* ---- what reaches no station ---- */

/* (transfer full): names of dishes that no route takes. */
static GPtrArray *
list_unrouted (OscStationsPage *self)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) no_options = g_ptr_array_new ();
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (self->menu));

  for (guint i = 0; i < categories->len; i++) {
    const OsyMenuCategory *category = g_ptr_array_index (categories, i);

    for (guint k = 0; k < category->items->len; k++) {
      const OsyMenuItem *item = g_ptr_array_index (category->items, k);
      const OsyKitchenWay way = {item->id, category->id, item->station, no_options};

      if (osy_kitchen_setup_route (self->draft, &way) == NULL)
        g_ptr_array_add (names, g_strdup (item->name));
    }
  }
  return names;
}

/* "김밥, 라면, 순대, 식혜 …" */
static char *
join_names (GPtrArray *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, NAMED_UNROUTED); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *)g_ptr_array_index (names, i));
  if (names->len > NAMED_UNROUTED)
    g_string_append (text, " …");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_unrouted (OscStationsPage *self)
{
  const OsyKitchenStation *rest = osy_kitchen_setup_fallback (self->draft);
  g_autoptr (GPtrArray) names = list_unrouted (self);
  g_autofree char *joined = join_names (names);
  g_autofree char *text = NULL;

  if (names->len == 0)
    text = g_strdup (_ ("Every dish reaches a station"));
  else if (rest != NULL)
    text = g_strdup_printf (_ ("To %s with all the rest: %s"), rest->name, joined);
  else
    text = g_strdup_printf (g_dngettext (NULL, "%u dish reaches no station: %s",
                                         "%u dishes reach no station: %s", names->len),
                            names->len, joined);
  gtk_label_set_label (GTK_LABEL (self->unrouted), text);
  osc_widget_set_class (self->unrouted, "fault", names->len > 0 && rest == NULL);
  osc_widget_set_class (self->unrouted, "secondary", names->len == 0 || rest != NULL);
}

static void
show_routes (OscStationsPage *self)
{
  OsyMenu *menu = osc_menu_store_get (self->menu);
  GPtrArray *categories = osy_menu_categories (menu);
  gboolean several = cook_at (self, 1) != NULL;

  gtk_widget_set_visible (self->routes_box, several);
  osc_people_row_clear (self->routes);
  if (!several)
    return;
  show_unrouted (self);
  for (guint i = 0; i < categories->len; i++)
    show_category (self, g_ptr_array_index (categories, i));
  show_options (self, menu);
}

/* ---- saving ---- */

static const char *
failure (const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_UNROUTED))
    return _ ("Some dishes reach no station. Name one for all the rest");
  if (osy_error_is (error, OSY_ERROR_VERSION_CONFLICT))
    return _ ("Somebody else has changed the stations. Press \"As it was\" to see theirs");
  if (osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION))
    return _ ("Only a manager can do this");
  if (osy_error_is (error, OSY_ERROR_INVALID_REQUEST))
    return _ ("One station at least has to cook, and each has its own name");
  return _ ("Couldn't save. What you changed is kept");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscStationsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  ok = osc_station_store_save_finish (OSC_STATION_STORE (source), result, &error);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (ok) {
    osc_toasts_say (GTK_WIDGET (self), _ ("Saved the stations"));
    take (self);
    return;
  }
  gtk_label_set_label (GTK_LABEL (self->failure), failure (error));
  gtk_widget_set_visible (self->failure, TRUE);
}

static void
on_save (OscStationsPage *self)
{
  gtk_widget_set_sensitive (self->save, FALSE);
  osc_station_store_save_async (self->store, self->draft, saved_cb, g_object_ref (self));
}

/* As the daemon has it now. */
static void
take (OscStationsPage *self)
{
  const OsyKitchenSetup *setup = osc_station_store_get (self->store);
  g_autoptr (JsonNode) copy = setup != NULL ? osy_kitchen_setup_to_json (setup) : NULL;

  if (copy == NULL)
    return;
  g_clear_pointer (&self->draft, osy_kitchen_setup_free);
  self->draft = osy_kitchen_setup_from_json (copy, NULL);
  self->dirty = FALSE;
  gtk_widget_set_visible (self->failure, FALSE);
  show (self);
}

static void
on_discard (OscStationsPage *self)
{
  take (self);
}

/* What is being changed here is not thrown away by what others save. */
static void
on_store (OscStationsPage *self)
{
  if (!self->dirty)
    take (self);
}

static void
on_auto_fire (OscStationsPage *self)
{
  if (self->filling || self->draft == NULL)
    return;
  self->draft->auto_fire = gtk_switch_get_active (GTK_SWITCH (self->auto_fire));
  set_dirty (self);
}

/* ---- the whole ---- */

static gboolean
show_cb (gpointer user_data)
{
  OscStationsPage *self = user_data;

  if (self->draft == NULL || self->store == NULL)
    return G_SOURCE_REMOVE;
  self->filling = TRUE;
  show_stations (self);
  show_routes (self);
  gtk_switch_set_active (GTK_SWITCH (self->auto_fire), self->draft->auto_fire);
  gtk_widget_set_sensitive (self->auto_fire, may_manage (self));
  gtk_widget_set_visible (self->add, may_manage (self));
  gtk_widget_set_visible (self->foot, self->dirty);
  self->filling = FALSE;
  return G_SOURCE_REMOVE;
}

/* Not while a signal of what is made anew is under way. */
static void
show (OscStationsPage *self)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_cb, g_object_ref (self), g_object_unref);
}

static void
osc_stations_page_dispose (GObject *object)
{
  OscStationsPage *self = OSC_STATIONS_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STATIONS_PAGE);
  g_clear_object (&self->store);
  g_clear_object (&self->menu);
  g_clear_object (&self->printers);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (osc_stations_page_parent_class)->dispose (object);
}

static void
osc_stations_page_finalize (GObject *object)
{
  OscStationsPage *self = OSC_STATIONS_PAGE (object);

  g_clear_pointer (&self->draft, osy_kitchen_setup_free);
  g_hash_table_unref (self->unfolded);
  G_OBJECT_CLASS (osc_stations_page_parent_class)->finalize (object);
}

static void
osc_stations_page_class_init (OscStationsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_stations_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_stations_page_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/kitchen/osc-stations-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStationsPage, stations);
  gtk_widget_class_bind_template_child (widget_class, OscStationsPage, add);
  gtk_widget_class_bind_template_child (widget_class, OscStationsPage, routes_box);
  gtk_widget_class_bind_template_child (widget_class, OscStationsPage, unrouted);
  gtk_widget_class_bind_template_child (widget_class, OscStationsPage, routes);
  gtk_widget_class_bind_template_child (widget_class, OscStationsPage, switches);
  gtk_widget_class_bind_template_child (widget_class, OscStationsPage, foot);
  gtk_widget_class_bind_template_child (widget_class, OscStationsPage, failure);
  gtk_widget_class_bind_template_child (widget_class, OscStationsPage, save);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_discard);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_stations_page_init (OscStationsPage *self)
{
  GtkWidget *row;

  self->unfolded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  row = osc_people_row_add (self->switches, _ ("Courses follow by themselves"),
                            _ ("The next one starts when the one before it was sent out"));
  self->auto_fire = gtk_switch_new ();
  gtk_widget_set_valign (self->auto_fire, GTK_ALIGN_CENTER);
  osc_widget_set_name (self->auto_fire, _ ("Courses follow by themselves"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->auto_fire);
  g_signal_connect_object (self->auto_fire, "notify::active", G_CALLBACK (on_auto_fire), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
osc_stations_page_new (const OscContext *context)
{
  OscStationsPage *self = g_object_new (OSC_TYPE_STATIONS_PAGE, NULL);

  self->store = g_object_ref (context->stations);
  self->menu = g_object_ref (context->menu);
  self->printers = g_object_ref (context->printers);
  self->people = g_object_ref (context->people);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (on_store), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->menu, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  take (self);
  return GTK_WIDGET (self);
}

void
osc_stations_page_open (OscStationsPage *self, const char *id)
{
  g_return_if_fail (OSC_IS_STATIONS_PAGE (self) && id != NULL);
  g_hash_table_add (self->unfolded, g_strdup (id));
  show (self);
}
