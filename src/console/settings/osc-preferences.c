/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The settings. Pages of what is not built are absent; each is made when it is first shown. */

#include "osc-preferences.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-about-page.h"
#include "osc-account-page.h"
#include "osc-alerts-page.h"
#include "osc-channels-page.h"
#include "osc-deliveries-page.h"
#include "osc-devices-page.h"
#include "osc-health-page.h"
#include "osc-hours-page.h"
#include "osc-kitchen-page.h"
#include "osc-key-sheet.h"
#include "osc-language-page.h"
#include "osc-payments-page.h"
#include "osc-printers-page.h"
#include "osc-reports-page.h"
#include "osc-scale.h"
#include "osc-screen-page.h"
#include "osc-security-page.h"
#include "osc-shop-page.h"
#include "osc-slip-page.h"
#include "osc-sound-check.h"
#include "osc-staff-page.h"
#include "osc-stations-page.h"
#include "osc-widget.h"
#include "osy-hangul.h"

#define PAGE_WIDTH 720

struct _OscPreferences {
  GtkWidget parent_instance;
  GtkWidget *search;
  GtkWidget *list; /* GtkListBox */
  GtkWidget *nothing;
  GtkWidget *title;
  GtkWidget *list_scroller;
  GtkWidget *scroller;
  GtkWidget *clamp; /* AdwClamp */
  GtkWidget *stack;
  OscContext context; /* borrowed */
};

typedef struct {
  const char *name;
  const char *title; /* msgid */
  const char *icon;
  const char *words;                              /* msgid: what else it is found by */
  GtkWidget *(*make) (const OscContext *context); /* NULL: it is no page but opens something else */
  const char *permission;                         /* NULL: for everybody */
  const char *view;                               /* (nullable): what it opens in place of a page */
} Page;

static GtkWidget *
make_screen (const OscContext *context)
{
  return osc_screen_page_new ();
}

static GtkWidget *
make_kitchen (const OscContext *context)
{
  return osc_kitchen_page_new ();
}

static GtkWidget *
make_sound (const OscContext *context)
{
  g_autoptr (OscAlarm) alarm =
      context->alarm != NULL ? g_object_ref (context->alarm) : osc_alarm_new ();
  GtkWidget *check = osc_sound_check_new (alarm);

  osc_sound_check_show_trouble (OSC_SOUND_CHECK (check));
  return check;
}

static const Page pages[] = {
    {"shop", N_ ("Shop"), "osy-store-symbolic", N_ ("name business number phone owner"),
     osc_shop_page_new, "shop:manage"},
    {"hours", N_ ("Hours and the day"), "osy-clock-symbolic",
     N_ ("opening hours break cut-off time zone cooking time smallest order guest orders"),
     osc_hours_page_new, "shop:manage"},
    {"account", N_ ("My account"), "osy-person-symbolic",
     N_ ("password two-step sign-in PIN sessions sign out"), osc_account_page_new},
    {"staff", N_ ("Staff and roles"), "osy-people-symbolic",
     N_ ("invite person role permission manager owner"), osc_staff_page_new, "staff:manage"},
    {"devices", N_ ("Screens and devices"), "osy-qr-symbolic",
     N_ ("kitchen screen pair code tablet lost"), osc_devices_page_new, "device:manage"},
    {"printers", N_ ("Printers and drawer"), "osy-printer-symbolic",
     N_ ("print slip receipt paper cash drawer"), osc_printers_page_new, "order:read"},
    {"slips", N_ ("Slips and receipts"), "osy-receipt-symbolic",
     N_ ("slip receipt bill paper words size order editor"), osc_slip_page_new, "order:read"},
    {"stations", N_ ("Kitchen and stations"), "osy-cook-symbolic",
     N_ ("station routing expo courses printer category"), osc_stations_page_new, "order:read"},
    {"payments", N_ ("Payments"), "osy-receipt-symbolic",
     N_ ("card cash toss key deposit account receipt accept paid minutes"), osc_payments_page_new,
     "payment:manage"},
    {"deliveries", N_ ("Deliveries"), "osy-delivery-symbolic",
     N_ ("zone fee area rider courier agency quick"), osc_deliveries_page_new, "delivery:manage"},
    {"channels", N_ ("Delivery apps"), "osy-app-symbolic",
     N_ ("platform channel baemin yogiyo coupang secret"), osc_channels_page_new,
     "delivery:manage"},
    {"sound", N_ ("Sound and alerts"), "osy-sound-symbolic", N_ ("alarm volume device test"),
     make_sound},
    {"alerts", N_ ("Sending alerts"), "osy-bell-symbolic",
     N_ ("outage attack refunds late printer slack pagerduty e-mail quiet hours sendgrid sms aligo "
         "kakao alimtalk"),
     osc_alerts_page_new, "shop:manage"},
    {"reports", N_ ("Reports"), "osy-chart-symbolic",
     N_ ("daily weekly report PDF page folder e-mail sales yesterday print accountant"),
     osc_reports_page_new, "shop:manage"},
    {"screen", N_ ("Screen"), "osy-sliders-symbolic",
     N_ ("size scale dark light colours high contrast guest window"), make_screen},
    {"language", N_ ("Language"), "osy-globe-symbolic",
     N_ ("language korean english kitchen slip receipt bill guest window"), osc_language_page_new},
    {"kitchen", N_ ("Kitchen on this screen"), "osy-counter-symbolic",
     N_ ("keypad bump bar keys sound tickets"), make_kitchen},
    {"keys", N_ ("Keys"), "osy-keyboard-symbolic", N_ ("shortcuts keyboard"), NULL},
    {"security", N_ ("Security"), "osy-shield-symbolic", N_ ("attack sign-in password key"),
     osc_security_page_new, "security:read"},
    {.name = "audit",
     N_ ("Record"),
     "osy-record-symbolic",
     N_ ("audit log who did what history"),
     .permission = "audit:read",
     .view = "audit"},
    {"health", N_ ("How it is doing"), "osy-connection-symbolic",
     N_ ("health status server disk help support slow broken"), osc_health_page_new, "shop:read"},
    {.name = "logs",
     N_ ("What the programs said"),
     "osy-note-symbolic",
     N_ ("log logs error warning trouble support server screen"),
     .permission = "audit:read",
     .view = "logs"},
    {"about", N_ ("About"), "osy-note-symbolic", N_ ("version licence server address"),
     osc_about_page_new},
};

static void osc_preferences_view_init (OscViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OscPreferences,
                               osc_preferences,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (OSC_TYPE_VIEW, osc_preferences_view_init))

static const Page *
page_of (GtkListBoxRow *row)
{
  int index = gtk_list_box_row_get_index (row);

  return index >= 0 && index < (int)G_N_ELEMENTS (pages) ? &pages[index] : NULL;
}

/* What a role may not do is absent; a screen without a person has no account. */
static gboolean
is_there (OscPreferences *self, const Page *page)
{
  const OscPerson *me = osc_people_me (self->context.people);

  if (page->make == osc_account_page_new)
    return me == NULL || me->user_id != NULL;
  return page->permission == NULL || osc_people_may (self->context.people, page->permission);
}

static void
show_page (OscPreferences *self, const Page *page)
{
  GtkStack *stack = GTK_STACK (self->stack);

  if (page->view != NULL) {
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.go", "s", page->view);
    return;
  }
  if (page->make == NULL) {
    osc_key_sheet_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL);
    return;
  }
  if (gtk_stack_get_child_by_name (stack, page->name) == NULL)
    gtk_stack_add_named (stack, page->make (&self->context), page->name);
  gtk_stack_set_visible_child_name (stack, page->name);
  gtk_label_set_label (GTK_LABEL (self->title), _ (page->title));
}

static void
on_row (OscPreferences *self, GtkListBoxRow *row)
{
  const Page *page = row != NULL ? page_of (row) : NULL;

  if (page != NULL)
    show_page (self, page);
}

/* ---- the list ---- */

static gboolean
matches (GtkListBoxRow *row, gpointer user_data)
{
  OscPreferences *self = user_data;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const Page *page = page_of (row);

  return is_there (self, page) && (text[0] == '\0' || osy_hangul_matches (_ (page->title), text) ||
                                   osy_hangul_matches (_ (page->words), text));
}

static GtkListBoxRow *
first_match (OscPreferences *self)
{
  for (int i = 0; i < (int)G_N_ELEMENTS (pages); i++) {
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i);

    if (matches (row, self))
      return row;
  }
  return NULL;
}

static void
on_typed (OscPreferences *self)
{
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_widget_set_visible (self->nothing, first_match (self) == NULL);
}

static GtkAdjustment *
list_adjustment (OscPreferences *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->list_scroller));
}

static void
show_chosen (OscPreferences *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  graphene_rect_t area;

  if (row != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), self->list, &area))
    gtk_adjustment_clamp_page (list_adjustment (self), area.origin.y,
                               area.origin.y + area.size.height);
}

static gboolean
on_laid_out (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  show_chosen (OSC_PREFERENCES (widget));
  return G_SOURCE_REMOVE;
}

/* A page may be opened before its row has a place. */
static void
on_resized (OscPreferences *self)
{
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_laid_out, NULL, NULL);
}

static void
choose (OscPreferences *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  show_chosen (self);
  on_row (self, row);
}

static void
on_submitted (OscPreferences *self)
{
  GtkListBoxRow *row = first_match (self);

  if (row != NULL)
    choose (self, row);
}

static GtkWidget *
make_row (const Page *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (page->icon);
  GtkWidget *label = gtk_label_new (_ (page->title));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* ---- the view ---- */

static void
step (OscPreferences *self, int direction)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int index = (row != NULL ? gtk_list_box_row_get_index (row) : 0) + direction;

  while (index >= 0 && index < (int)G_N_ELEMENTS (pages) &&
         (pages[index].make == NULL || !is_there (self, &pages[index])))
    index += direction;
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), index);
  if (row != NULL)
    choose (self, row);
}

static gboolean
osc_preferences_key (OscView *view, OscKey key)
{
  OscPreferences *self = OSC_PREFERENCES (view);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  switch (key) {
  case OSC_KEY_UP: step (self, -1); return TRUE;
  case OSC_KEY_DOWN: step (self, 1); return TRUE;
  case OSC_KEY_FIND: gtk_widget_grab_focus (self->search); return TRUE;
  case OSC_KEY_BACK:
    /* Out of the field first, which saves it. */
    if (root == NULL || !GTK_IS_EDITABLE (gtk_root_get_focus (root)))
      return FALSE;
    gtk_root_set_focus (root, NULL);
    return TRUE;
  default: return FALSE;
  }
}

static void
osc_preferences_enter (OscView *view)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));

  if (root != NULL)
    gtk_root_set_focus (root, NULL);
}

static void
osc_preferences_open (OscView *view, const char *what)
{
  OscPreferences *self = OSC_PREFERENCES (view);

  for (int i = 0; i < (int)G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, what) && is_there (self, &pages[i]))
      choose (self, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i));
}

static void
osc_preferences_set_live (OscView *view, gboolean live)
{
  gtk_widget_set_sensitive (OSC_PREFERENCES (view)->stack, live);
}

static const OscKeyLine *
osc_preferences_key_lines (OscView *view)
{
  static const OscKeyLine lines[] = {
      {"↑ ↓", N_ ("Another page")},
      {"F3", N_ ("Find a setting")},
      {.keys = NULL},
  };

  return lines;
}

static void
osc_preferences_view_init (OscViewInterface *iface)
{
  iface->enter = osc_preferences_enter;
  iface->open = osc_preferences_open;
  iface->key = osc_preferences_key;
  iface->set_live = osc_preferences_set_live;
  iface->key_lines = osc_preferences_key_lines;
}

/* A role may be given or taken at any time. */
static void
on_people (OscPreferences *self, guint part)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (part != OSC_PEOPLE_ME)
    return;
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  if ((row == NULL || !is_there (self, page_of (row))) && (row = first_match (self)) != NULL)
    choose (self, row);
}

/* ---- life ---- */

static void
osc_preferences_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_PREFERENCES);
  G_OBJECT_CLASS (osc_preferences_parent_class)->dispose (object);
}

static void
osc_preferences_class_init (OscPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_preferences_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, OscPreferences, search);
  gtk_widget_class_bind_template_child (widget_class, OscPreferences, list);
  gtk_widget_class_bind_template_child (widget_class, OscPreferences, nothing);
  gtk_widget_class_bind_template_child (widget_class, OscPreferences, title);
  gtk_widget_class_bind_template_child (widget_class, OscPreferences, scroller);
  gtk_widget_class_bind_template_child (widget_class, OscPreferences, clamp);
  gtk_widget_class_bind_template_child (widget_class, OscPreferences, list_scroller);
  gtk_widget_class_bind_template_child (widget_class, OscPreferences, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_submitted);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settings");
}

static void
osc_preferences_init (OscPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), osc_scale_px (PAGE_WIDTH));
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), osc_scale_px (PAGE_WIDTH));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_list_box_append (GTK_LIST_BOX (self->list), make_row (&pages[i]));
  g_signal_connect_object (list_adjustment (self), "notify::page-size", G_CALLBACK (on_resized),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
osc_preferences_new (const OscContext *context)
{
  OscPreferences *self = g_object_new (OSC_TYPE_PREFERENCES, NULL);

  self->context = *context;
  g_signal_connect_object (context->people, "changed", G_CALLBACK (on_people), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), matches, self, NULL);
  on_people (self, OSC_PEOPLE_ME);
  return GTK_WIDGET (self);
}
