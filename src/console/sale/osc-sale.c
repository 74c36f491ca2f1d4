/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The counter sale: tiles on the left, the cart on the right; sheets cover the tiles alone. */

#include "osc-sale.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "osc-sale-private.h"
#include "osc-scale.h"
#include "osc-widget.h"
#include "osy-clock.h"
#include "osy-hangul.h"

#define CART_WIDTH 420
#define CART_WIDTH_WIDE 480
#define WIDE_FROM 1500
#define CART_SHARE 48 /* % of the width it takes at most */
#define CLOCK_SECONDS 20
#define MOST 30
#define MAX_HITS 200

static void osc_sale_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscSale,
                               osc_sale,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_sale_view_init))

OsyMenu *
osc_sale_menu (OscSale *self)
{
  return osc_menu_store_get (self->context.menu);
}

OscCarts *
osc_sale_carts (OscSale *self)
{
  g_return_val_if_fail (OSC_IS_SALE (self), NULL);
  return self->carts;
}

OscCaller *
osc_sale_caller (OscSale *self)
{
  g_return_val_if_fail (OSC_IS_SALE (self), NULL);
  return self->caller;
}

OscSoldCounts *
osc_sale_counts (OscSale *self)
{
  g_return_val_if_fail (OSC_IS_SALE (self), NULL);
  return self->counts;
}

/* ---- which tiles ---- */

static gboolean
is_offered (OscSale *self, const OsyMenuItem *item)
{
  return osy_menu_is_offered (osc_sale_menu (self), item, osc_cart_channel (self->cart),
                              osy_clock_now ());
}

static const char *
search_text (OscSale *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

static gboolean
matches (const OsyMenuItem *item, const char *text)
{
  return osy_hangul_matches (item->name, text) || osy_hangul_matches (item->name_en, text) ||
         (item->code != NULL && g_str_has_prefix (item->code, text));
}

/* Adds the offered items of @category that @text finds (NULL: all). */
static void
add_items (OscSale *self, GPtrArray *ids, const OsyMenuCategory *category, const char *text)
{
  for (guint i = 0; i < category->items->len && ids->len < G_MAXUINT16; i++) {
    const OsyMenuItem *item = g_ptr_array_index (category->items, i);

    if (is_offered (self, item) && (text == NULL || matches (item, text)))
      g_ptr_array_add (ids, item->id);
  }
}

static void
add_found (OscSale *self, GPtrArray *ids, const char *text)
{
  GPtrArray *categories = osy_menu_categories (osc_sale_menu (self));

  for (guint i = 0; i < categories->len && (text == NULL || ids->len < MAX_HITS); i++)
    add_items (self, ids, g_ptr_array_index (categories, i), text);
}

static void
add_most (OscSale *self, GPtrArray *ids)
{
  for (guint i = 0; i < self->most->len; i++) {
    const OsyMenuItem *item =
        osy_menu_find_item (osc_sale_menu (self), g_ptr_array_index (self->most, i));

    if (item != NULL && is_offered (self, item))
      g_ptr_array_add (ids, item->id);
  }
}

void
osc_sale_show_items (OscSale *self, gboolean again)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autofree char *text = g_strstrip (g_strdup (search_text (self)));
  const char *chosen = osc_category_strip_chosen (OSC_CATEGORY_STRIP (self->strip));
  const OsyMenuCategory *category = osy_menu_find_category (osc_sale_menu (self), chosen);
  gboolean any_item = osy_menu_categories (osc_sale_menu (self))->len > 0;

  if (text[0] != '\0')
    add_found (self, ids, text);
  else if (category != NULL)
    add_items (self, ids, category, NULL);
  else if (self->most->len > 0)
    add_most (self, ids);
  else
    add_found (self, ids, NULL);
  osc_category_strip_set_dim (OSC_CATEGORY_STRIP (self->strip), text[0] != '\0');
  osc_tile_pages_set_items (OSC_TILE_PAGES (self->pages), osc_sale_menu (self), ids, again);
  if (!osc_sale_is_on (self, "options") && !osc_sale_is_on (self, "guest") &&
      !osc_sale_is_on (self, "tables"))
    osc_sale_show_page (self, ids->len > 0 ? "tiles" : any_item ? "nothing" : "no-menu");
}

/* The tiles stay where hands have learned them while anything is being sold. */
static void
sort_most (OscSale *self)
{
  g_autoptr (GPtrArray) most = osc_sold_counts_most (self->counts, osc_sale_menu (self), MOST);

  if (!osc_cart_is_empty (self->cart) && self->most->len > 0)
    return;
  g_ptr_array_set_size (self->most, 0);
  for (guint i = 0; i < most->len; i++)
    g_ptr_array_add (self->most, g_strdup (g_ptr_array_index (most, i)));
}

static void
show_categories (OscSale *self)
{
  osc_category_strip_set_menu (OSC_CATEGORY_STRIP (self->strip), osc_sale_menu (self),
                               self->most->len > 0 ? _ ("Often") : _ ("All"));
}

static void
on_menu_changed (OscSale *self)
{
  sort_most (self);
  show_categories (self);
  osc_option_sheet_set_menu (OSC_OPTION_SHEET (self->options), osc_sale_menu (self));
  osc_sale_show_items (self, TRUE);
}

static gboolean
clock_cb (gpointer user_data)
{
  OscSale *self = user_data;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    osc_tile_pages_refresh (OSC_TILE_PAGES (self->pages));
  return G_SOURCE_CONTINUE;
}

/* ---- pages ---- */

gboolean
osc_sale_is_on (OscSale *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), name) == 0;
}

void
osc_sale_show_page (OscSale *self, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
  osc_sale_show_send_key (self);
}

/* Back to the tiles, or to what stands in their place. */
static void
leave_sheet (OscSale *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  osc_sale_show_page (self, "tiles");
  osc_sale_show_items (self, TRUE);
}

static void
on_options_closed (OscSale *self, OscCartLine *line)
{
  leave_sheet (self);
  if (line != NULL)
    osc_cart_panel_choose (OSC_CART_PANEL (self->panel), line);
}

static void
on_guest_closed (OscSale *self)
{
  leave_sheet (self);
}

void
osc_sale_show_hint (OscSale *self)
{
  gboolean stopping = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->stop_mode));
  g_autofree char *text = NULL;

  if (stopping)
    text = g_strdup (_ ("Tap what is sold out"));
  else if (self->quantity > 0)
    /* Translators: digits were typed: so many of the next dish */
    text = g_strdup_printf (_ ("%d of the next dish"), self->quantity);
  else
    text = g_strdup (_ ("Scanner ready"));
  gtk_label_set_label (GTK_LABEL (self->ready_label), text);
  osc_widget_set_class (self->ready, "now", stopping || self->quantity > 0);
  osc_widget_set_class (self->pages, "stopping", stopping);
}

/* ---- toolbar ---- */

static void
on_category (OscSale *self, const char *id)
{
  if (search_text (self)[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    osc_sale_show_items (self, FALSE);
  if (osc_sale_is_on (self, "options"))
    osc_option_sheet_close (OSC_OPTION_SHEET (self->options));
  osc_guest_sheet_close (OSC_GUEST_SHEET (self->guest));
}

static void
on_pages_ended (OscSale *self, int step)
{
  if (search_text (self)[0] == '\0' &&
      osc_category_strip_step (OSC_CATEGORY_STRIP (self->strip), step) && step < 0)
    osc_tile_pages_last_page (OSC_TILE_PAGES (self->pages));
}

static void
on_search_changed (OscSale *self)
{
  if (osc_sale_is_on (self, "options"))
    osc_option_sheet_close (OSC_OPTION_SHEET (self->options));
  osc_guest_sheet_close (OSC_GUEST_SHEET (self->guest));
  osc_sale_show_items (self, FALSE);
}

/* The first hit, as its tile would; an empty search gives Enter back to the cart. */
static void
on_search_done (OscSale *self)
{
  const char *first = osc_tile_pages_first (OSC_TILE_PAGES (self->pages));
  const OsyMenuItem *by_code = osc_menu_store_find_code (self->context.menu, search_text (self));
  g_autofree char *id = g_strdup (by_code != NULL ? by_code->id : first);

  if (search_text (self)[0] == '\0') {
    gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
    return;
  }
  if (id == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  osc_sale_choose_item (self, id);
}

static gboolean
on_search_key (GtkEventControllerKey *controller,
               guint keyval,
               guint keycode,
               GdkModifierType state,
               OscSale *self)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  gtk_root_set_focus (gtk_widget_get_root (GTK_WIDGET (self)), NULL);
  osc_sale_key (OSC_VIEW (self), OSC_KEY_DOWN);
  return GDK_EVENT_STOP;
}

static void
on_stop_mode (OscSale *self)
{
  osc_sale_show_hint (self);
}

static void
on_phone_toggled (OscSale *self)
{
  gboolean phone = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->phone));

  if (self->filling)
    return;
  osc_cart_set_channel (self->cart, phone ? "PHONE" : "COUNTER");
  if (phone && strcmp (osc_cart_type (self->cart), "DINE_IN") == 0)
    osc_cart_set_type (self->cart, "TAKEOUT");
  if (phone)
    osc_sale_open_guest (self, OSC_GUEST_PHONE);
}

static void
on_cart_changed (OscSale *self)
{
  self->filling = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->phone),
                                strcmp (osc_cart_channel (self->cart), "PHONE") == 0);
  self->filling = FALSE;
}

static void
follow_current (OscSale *self)
{
  OscCart *cart = osc_carts_current (self->carts);

  if (cart == self->cart)
    return;
  if (self->cart != NULL)
    g_signal_handlers_disconnect_by_data (self->cart, self);
  g_set_object (&self->cart, cart);
  g_clear_pointer (&self->address_order, g_free);
  g_signal_connect_object (cart, "changed", G_CALLBACK (on_cart_changed), self, G_CONNECT_SWAPPED);
  osc_tile_pages_set_cart (OSC_TILE_PAGES (self->pages), cart);
  if (osc_sale_is_on (self, "options"))
    osc_option_sheet_close (OSC_OPTION_SHEET (self->options));
  osc_guest_sheet_close (OSC_GUEST_SHEET (self->guest));
  on_cart_changed (self);
  osc_sale_show_items (self, TRUE);
}

/* ---- the view ---- */

static void
osc_sale_enter (OscView *view)
{
  OscSale *self = OSC_SALE (view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  sort_most (self);
  show_categories (self);
  osc_sale_show_items (self, TRUE);
  if (root != NULL && osc_sale_is_on (self, "tiles"))
    gtk_root_set_focus (root, NULL);
}

/* What is in the cart for somebody else is put by. */
static void
open_table (OscSale *self, const char *id, int guests)
{
  if (!osc_cart_is_empty (self->cart) && g_strcmp0 (osc_cart_table_id (self->cart), id) != 0)
    osc_sale_hold (self);
  osc_sale_set_table (self, id, guests);
}

static void
osc_sale_open (OscView *view, const char *what)
{
  g_auto (GStrv) parts = g_strsplit (what, ":", 3);

  if (g_strcmp0 (parts[0], "table") == 0 && g_strv_length (parts) == 3)
    open_table (OSC_SALE (view), parts[1], atoi (parts[2]));
  else if (g_strcmp0 (parts[0], "item") == 0 && parts[1] != NULL)
    osc_sale_choose_item (OSC_SALE (view), parts[1]);
  else if (strcmp (what, "phone") == 0)
    osc_sale_begin_phone (OSC_SALE (view));
  else if (what[0] != '\0')
    osc_sale_copy (OSC_SALE (view), what);
}

static void
osc_sale_set_live (OscView *view, gboolean live)
{
  OscSale *self = OSC_SALE (view);

  self->live = live;
  osc_cart_panel_set_live (OSC_CART_PANEL (self->panel), live);
}

static gboolean
osc_sale_busy (OscView *view)
{
  return !osc_cart_is_empty (osc_carts_current (OSC_SALE (view)->carts));
}

static void
osc_sale_view_init (OscViewInterface *iface)
{
  iface->enter = osc_sale_enter;
  iface->open = osc_sale_open;
  iface->key = osc_sale_key;
  iface->set_live = osc_sale_set_live;
  iface->busy = osc_sale_busy;
  iface->key_lines = osc_sale_key_lines;
}

/* ---- layout ---- */

static int
cart_width (int width)
{
  int wanted = osc_scale_px (width >= osc_scale_letters (WIDE_FROM) ? CART_WIDTH_WIDE : CART_WIDTH);

  return MIN (wanted, width * CART_SHARE / 100);
}

static void
osc_sale_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  OscSale *self = OSC_SALE (widget);
  GtkWidget *parts[] = {self->left, self->panel};

  *minimum = *natural = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    int least;
    int most;

    gtk_widget_measure (parts[i], orientation, -1, &least, &most, NULL, NULL);
    if (orientation == GTK_ORIENTATION_HORIZONTAL) {
      *minimum += least;
      *natural += most;
    } else {
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, most);
    }
  }
}

static void
osc_sale_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  OscSale *self = OSC_SALE (widget);
  int least;
  int cart;

  gtk_widget_measure (self->panel, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  cart = MAX (cart_width (width), least);
  GtkAllocation left = {0, 0, width - cart, height};
  GtkAllocation right = {width - cart, 0, cart, height};

  gtk_widget_size_allocate (self->left, &left, -1);
  gtk_widget_size_allocate (self->panel, &right, -1);
}

/* ---- life ---- */

static void
osc_sale_dispose (GObject *object)
{
  OscSale *self = OSC_SALE (object);

  self->filling = TRUE;
  g_clear_handle_id (&self->clock_source, g_source_remove);
  if (self->cart != NULL)
    g_signal_handlers_disconnect_by_data (self->cart, self);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SALE);
  g_clear_object (&self->cart);
  g_clear_object (&self->carts);
  g_clear_object (&self->counts);
  g_clear_object (&self->caller);
  g_clear_object (&self->sent);
  g_clear_object (&self->context.menu);
  g_clear_object (&self->context.shop);
  g_clear_object (&self->context.load);
  g_clear_object (&self->context.tables);
  g_clear_object (&self->context.orders);
  g_clear_object (&self->context.acts);
  g_clear_object (&self->context.people);
  g_clear_object (&self->context.client);
  G_OBJECT_CLASS (osc_sale_parent_class)->dispose (object);
}

static void
osc_sale_finalize (GObject *object)
{
  OscSale *self = OSC_SALE (object);

  g_ptr_array_unref (self->most);
  g_free (self->stopped);
  g_free (self->address_order);
  G_OBJECT_CLASS (osc_sale_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/sale/osc-sale.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSale, left);
  gtk_widget_class_bind_template_child (widget_class, OscSale, search);
  gtk_widget_class_bind_template_child (widget_class, OscSale, ready);
  gtk_widget_class_bind_template_child (widget_class, OscSale, ready_label);
  gtk_widget_class_bind_template_child (widget_class, OscSale, stop_mode);
  gtk_widget_class_bind_template_child (widget_class, OscSale, phone);
  gtk_widget_class_bind_template_child (widget_class, OscSale, strip);
  gtk_widget_class_bind_template_child (widget_class, OscSale, stack);
  gtk_widget_class_bind_template_child (widget_class, OscSale, pages);
  gtk_widget_class_bind_template_child (widget_class, OscSale, options);
  gtk_widget_class_bind_template_child (widget_class, OscSale, guest);
  gtk_widget_class_bind_template_child (widget_class, OscSale, panel);
  gtk_widget_class_bind_template_callback (widget_class, on_category);
  gtk_widget_class_bind_template_callback (widget_class, on_pages_ended);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_done);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_mode);
  gtk_widget_class_bind_template_callback (widget_class, on_phone_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_options_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_guest_closed);
  gtk_widget_class_bind_template_callback (widget_class, osc_sale_choose_item);
}

static void
osc_sale_class_init (OscSaleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_sale_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_sale_finalize;
  widget_class->measure = osc_sale_measure;
  widget_class->size_allocate = osc_sale_size_allocate;
  g_type_ensure (ADW_TYPE_STATUS_PAGE);
  g_type_ensure (OSC_TYPE_CATEGORY_STRIP);
  g_type_ensure (OSC_TYPE_TILE_PAGES);
  g_type_ensure (OSC_TYPE_OPTION_SHEET);
  g_type_ensure (OSC_TYPE_GUEST_SHEET);
  g_type_ensure (OSC_TYPE_CART_PANEL);
  bind_template (widget_class);
  osc_sale_install_acts (widget_class);
  gtk_widget_class_set_css_name (widget_class, "sale");
}

static void
osc_sale_init (OscSale *self)
{
  self->live = TRUE;
  self->most = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->clock_source = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  osc_sale_show_hint (self);
}

GtkWidget *
osc_sale_new (const OscContext *context)
{
  OscSale *self = g_object_new (OSC_TYPE_SALE, NULL);
  g_autofree char *path =
      context->client != NULL
          ? g_build_filename (g_get_user_state_dir (), "ordersync", "sold-here.ini", NULL)
          : NULL;

  self->context = (OscContext){.menu = g_object_ref (context->menu),
                               .shop = g_object_ref (context->shop),
                               .load = context->load != NULL ? g_object_ref (context->load) : NULL,
                               .tables = g_object_ref (context->tables),
                               .orders = g_object_ref (context->orders),
                               .people = g_object_ref (context->people),
                               .acts = g_object_ref (context->acts)};
  g_set_object (&self->context.client, context->client);
  self->counts = osc_sold_counts_new (path);
  self->carts = osc_carts_new (context->client, context->menu, NULL);
  self->caller = osc_caller_new (context->client);
  osc_guest_sheet_follow (OSC_GUEST_SHEET (self->guest), self->caller);
  g_signal_connect_object (self->guest, "repeat", G_CALLBACK (osc_sale_repeat), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->caller, "address", G_CALLBACK (osc_sale_take_address), self,
                           G_CONNECT_SWAPPED);
  osc_cart_panel_setup (OSC_CART_PANEL (self->panel), self->carts, context->menu);
  g_signal_connect_object (self->carts, "notify::current", G_CALLBACK (follow_current), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context->menu, "changed", G_CALLBACK (on_menu_changed), self,
                           G_CONNECT_SWAPPED);
  follow_current (self);
  on_menu_changed (self);
  return GTK_WIDGET (self);
}
