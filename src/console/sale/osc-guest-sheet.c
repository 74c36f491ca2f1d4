/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Table, people and guest of a sale. The texts are those of the cart: they go there with every
 * change that the input method has committed, and come back from there after an undo. */

#include "osc-guest-sheet.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "osc-caller-list.h"
#include "osc-numpad.h"
#include "osc-widget.h"

struct _OscGuestSheet {
  GtkWidget parent_instance;
  GtkWidget *title;
  GtkWidget *numpad;
  GtkWidget *past;                        /* what the number had before */
  GtkWidget *done_label;                  /* what Enter does */
  GtkWidget *fields[OSC_GUEST_N_FIELDS];  /* boxes of name and entry */
  GtkWidget *entries[OSC_GUEST_N_FIELDS]; /* GtkEntry */
  GtkWidget *target;                      /* the entry the number pad writes into */
  OscCart *cart;                          /* nullable: closed */
  OscCaller *caller;                      /* nullable */
  gboolean entered;                       /* Enter was pressed before the answer was there */
  gboolean filling;
};

enum { CLOSED, REPEAT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscGuestSheet, osc_guest_sheet, GTK_TYPE_WIDGET)

/* Every field in the order of the enum. */
static const struct {
  const char *name;
  const char *entry;
  gboolean digits; /* the number pad writes into it */
  int max;
  int text; /* OscCartText, or -1: how many people */
} kinds[OSC_GUEST_N_FIELDS] = {
    {"table_field", "table", TRUE, 6, OSC_CART_TABLE},
    {"people_field", "people", TRUE, 3, -1},
    {"phone_field", "phone", TRUE, 30, OSC_CART_PHONE},
    {"name_field", "guest_name", FALSE, 100, OSC_CART_NAME},
    {"address_field", "address", FALSE, 300, OSC_CART_ADDRESS},
};

/* ---- between cart and entries ---- */

static char *
cart_text (OscGuestSheet *self, int field)
{
  int guests = osc_cart_guests (self->cart);

  if (kinds[field].text >= 0)
    return g_strdup (osc_cart_text (self->cart, kinds[field].text));
  return guests > 0 ? g_strdup_printf ("%d", guests) : g_strdup ("");
}

static void
show_fields (OscGuestSheet *self)
{
  const char *type = osc_cart_type (self->cart);
  gboolean dine_in = g_str_equal (type, "DINE_IN");
  gboolean phone = g_str_equal (osc_cart_channel (self->cart), "PHONE");

  gtk_widget_set_visible (self->fields[OSC_GUEST_TABLE], dine_in);
  gtk_widget_set_visible (self->fields[OSC_GUEST_PEOPLE], dine_in);
  gtk_widget_set_visible (self->fields[OSC_GUEST_ADDRESS], g_str_equal (type, "DELIVERY"));
  gtk_label_set_label (GTK_LABEL (self->title), phone     ? _ ("Phone order")
                                                : dine_in ? _ ("Table and guest")
                                                          : _ ("Guest"));
}

static gboolean
by_phone (OscGuestSheet *self)
{
  return self->cart != NULL && self->caller != NULL &&
         g_str_equal (osc_cart_channel (self->cart), "PHONE");
}

/* (transfer none) (nullable): what Enter puts into the cart. */
static OsyOrder *
offered (OscGuestSheet *self)
{
  GPtrArray *orders = by_phone (self) ? osc_caller_orders (self->caller) : NULL;

  return orders != NULL && orders->len > 0 && osc_cart_count (self->cart) == 0
             ? g_ptr_array_index (orders, 0)
             : NULL;
}

static void
show_offer (OscGuestSheet *self)
{
  gtk_widget_set_visible (self->past,
                          by_phone (self) && osc_caller_phase (self->caller) != OSC_CALLER_NONE);
  gtk_label_set_label (GTK_LABEL (self->done_label),
                       offered (self) != NULL ? _ ("Same as last time") : _ ("On to the dishes"));
}

static void
look_for_caller (OscGuestSheet *self)
{
  if (by_phone (self))
    osc_caller_look (self->caller, osc_cart_text (self->cart, OSC_CART_PHONE));
  show_offer (self);
}

static void
fill (OscGuestSheet *self)
{
  if (self->cart == NULL || self->filling)
    return;
  self->filling = TRUE;
  show_fields (self);
  for (int i = 0; i < OSC_GUEST_N_FIELDS; i++) {
    GtkEditable *entry = GTK_EDITABLE (self->entries[i]);
    g_autofree char *text = cart_text (self, i);

    if (strcmp (gtk_editable_get_text (entry), text) == 0)
      continue;
    gtk_editable_set_text (entry, text);
    gtk_editable_set_position (entry, -1);
  }
  self->filling = FALSE;
  look_for_caller (self);
}

static int
field_of (OscGuestSheet *self, GtkWidget *entry)
{
  for (int i = 0; i < OSC_GUEST_N_FIELDS; i++)
    if (self->entries[i] == entry)
      return i;
  return OSC_GUEST_TABLE;
}

static void
put_people (OscGuestSheet *self, const char *text)
{
  int guests = atoi (text);

  osc_cart_set_guests (self->cart, CLAMP (guests, 0, 999));
}

/* The cart may write the text otherwise (a phone number's hyphens): that is shown afterwards, when
 * the entry has done what it was doing. */
static gboolean
fill_cb (gpointer user_data)
{
  fill (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_changed (GtkWidget *entry, OscGuestSheet *self)
{
  int field = field_of (self, entry);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (self->cart == NULL || self->filling)
    return;
  self->filling = TRUE;
  if (kinds[field].text >= 0)
    osc_cart_set_text (self->cart, kinds[field].text, text);
  else
    put_people (self, text);
  self->filling = FALSE;
  look_for_caller (self);
  if (field == OSC_GUEST_PHONE || field == OSC_GUEST_PEOPLE)
    g_idle_add_full (G_PRIORITY_DEFAULT, fill_cb, g_object_ref (self), g_object_unref);
}

/* ---- number pad ---- */

static void
on_focus (GtkEventControllerFocus *focus, OscGuestSheet *self)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus));
  gboolean digits = kinds[field_of (self, entry)].digits;

  if (digits)
    self->target = entry;
  gtk_widget_set_sensitive (self->numpad, digits);
}

static void
on_typed (OscGuestSheet *self, const char *digits)
{
  if (self->target != NULL)
    osc_numpad_write (GTK_EDITABLE (self->target), digits);
}

static void
on_erased (OscGuestSheet *self)
{
  if (self->target != NULL)
    osc_numpad_write (GTK_EDITABLE (self->target), NULL);
}

/* ---- opening and closing ---- */

void
osc_guest_sheet_open (OscGuestSheet *self, OscCart *cart, OscGuestField begin)
{
  g_return_if_fail (OSC_IS_GUEST_SHEET (self) && OSC_IS_CART (cart));

  if (self->cart != NULL)
    g_signal_handlers_disconnect_by_data (self->cart, self);
  g_set_object (&self->cart, cart);
  g_signal_connect_object (cart, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  if (!gtk_widget_get_visible (self->fields[begin]))
    begin = OSC_GUEST_PHONE;
  gtk_widget_grab_focus (self->entries[begin]);
}

void
osc_guest_sheet_close (OscGuestSheet *self)
{
  g_return_if_fail (OSC_IS_GUEST_SHEET (self));

  if (self->cart == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->cart, self);
  g_clear_object (&self->cart);
  self->entered = FALSE;
  g_signal_emit (self, signals[CLOSED], 0);
}

/* ---- who calls ---- */

void
osc_guest_sheet_enter (OscGuestSheet *self)
{
  g_return_if_fail (OSC_IS_GUEST_SHEET (self));
  OsyOrder *again = offered (self);

  self->entered = again == NULL && by_phone (self) && osc_cart_count (self->cart) == 0 &&
                  osc_caller_phase (self->caller) == OSC_CALLER_LOADING;
  if (again != NULL)
    g_signal_emit (self, signals[REPEAT], 0, again);
  else if (self->entered)
    osc_caller_hurry (self->caller);
  else
    osc_guest_sheet_close (self);
}

static void
on_caller (OscGuestSheet *self)
{
  if (self->cart == NULL)
    return;
  show_offer (self);
  if (self->entered && osc_caller_phase (self->caller) != OSC_CALLER_LOADING)
    osc_guest_sheet_enter (self);
}

static void
on_repeat (OscGuestSheet *self, OsyOrder *order)
{
  g_signal_emit (self, signals[REPEAT], 0, order);
}

void
osc_guest_sheet_follow (OscGuestSheet *self, OscCaller *caller)
{
  g_return_if_fail (OSC_IS_GUEST_SHEET (self) && self->caller == NULL);

  self->caller = g_object_ref (caller);
  osc_caller_list_follow (OSC_CALLER_LIST (self->past), caller);
  g_signal_connect_object (caller, "changed", G_CALLBACK (on_caller), self, G_CONNECT_SWAPPED);
}

/* ---- life ---- */

static void
osc_guest_sheet_dispose (GObject *object)
{
  OscGuestSheet *self = OSC_GUEST_SHEET (object);

  self->target = NULL;
  g_clear_object (&self->cart);
  g_clear_object (&self->caller);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_GUEST_SHEET);
  G_OBJECT_CLASS (osc_guest_sheet_parent_class)->dispose (object);
}

static void
osc_guest_sheet_class_init (OscGuestSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_guest_sheet_dispose;
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[REPEAT] = g_signal_new ("repeat", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, OSY_TYPE_ORDER);
  g_type_ensure (OSC_TYPE_CALLER_LIST);
  g_type_ensure (OSC_TYPE_NUMPAD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/sale/osc-guest-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, OscGuestSheet, title);
  gtk_widget_class_bind_template_child (widget_class, OscGuestSheet, numpad);
  gtk_widget_class_bind_template_child (widget_class, OscGuestSheet, past);
  gtk_widget_class_bind_template_child (widget_class, OscGuestSheet, done_label);
  for (int i = 0; i < OSC_GUEST_N_FIELDS; i++) {
    const gssize pointer = (gssize)sizeof (GtkWidget *);

    gtk_widget_class_bind_template_child_full (widget_class, kinds[i].name, FALSE,
                                               (gssize)G_STRUCT_OFFSET (OscGuestSheet, fields) +
                                                   i * pointer);
    gtk_widget_class_bind_template_child_full (widget_class, kinds[i].entry, FALSE,
                                               (gssize)G_STRUCT_OFFSET (OscGuestSheet, entries) +
                                                   i * pointer);
  }
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_erased);
  gtk_widget_class_bind_template_callback (widget_class, on_repeat);
  gtk_widget_class_bind_template_callback (widget_class, osc_guest_sheet_enter);
  gtk_widget_class_bind_template_callback (widget_class, osc_guest_sheet_close);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "guestsheet");
}

static void
osc_guest_sheet_init (OscGuestSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  for (int i = 0; i < OSC_GUEST_N_FIELDS; i++) {
    GtkEventController *focus = gtk_event_controller_focus_new ();

    gtk_entry_set_max_length (GTK_ENTRY (self->entries[i]), kinds[i].max);
    g_signal_connect_object (focus, "enter", G_CALLBACK (on_focus), self, G_CONNECT_DEFAULT);
    gtk_widget_add_controller (self->entries[i], focus);
    g_signal_connect_object (self->entries[i], "changed", G_CALLBACK (on_changed), self,
                             G_CONNECT_DEFAULT);
    g_signal_connect_object (self->entries[i], "activate", G_CALLBACK (osc_guest_sheet_enter), self,
                             G_CONNECT_SWAPPED);
  }
}
