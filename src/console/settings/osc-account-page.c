/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* My account. Every change asks for the password again, since a screen may be left alone. */

#include "osc-account-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-people-form.h"
#include "osc-people-row.h"
#include "osc-pin-sheet.h"
#include "osc-toasts.h"
#include "osc-totp-sheet.h"
#include "osc-widget.h"
#include "osc-words.h"

struct _OscAccountPage {
  GtkWidget parent_instance;
  GtkWidget *name;
  GtkWidget *place;
  GtkWidget *shops_box;
  GtkListBox *shops;
  GtkListBox *ways;
  GtkListBox *sign_ins;
  GtkWidget *others;
  OscPeople *people;
};

G_DEFINE_FINAL_TYPE (OscAccountPage, osc_account_page, GTK_TYPE_WIDGET)

static void
load (OscAccountPage *self)
{
  osc_people_load (self->people, OSC_PEOPLE_ME);
  osc_people_load (self->people, OSC_PEOPLE_SIGN_INS);
}

/* ---- ways to sign in ---- */

static void
on_password (OscAccountPage *self)
{
  static const OscPeopleField fields[] = {
      {"password", N_ ("The password until now"), NULL, TRUE},
      {"new_password", N_ ("The new password"), N_ ("At least 8 characters"), TRUE},
      {.member = NULL}};

  osc_people_form_start (
      osc_sheet_new (GTK_WIDGET (self)),
      &(OscPeopleForm){.people = self->people,
                       .act = OSC_PEOPLE_CHANGE_PASSWORD,
                       .title = _ ("Change the password"),
                       .lead = _ ("Everywhere else you are signed out then"),
                       .verb = _ ("Change"),
                       .refused = _ ("The password until now is not right"),
                       .invalid = _ ("The new password is too short, or one that many people use"),
                       .fields = fields,
                       .toast = _ ("Changed the password")});
}

static void
on_totp (OscAccountPage *self)
{
  const OscPerson *me = osc_people_me (self->people);

  if (me != NULL && me->totp)
    osc_totp_sheet_open_removal (GTK_WIDGET (self), self->people);
  else
    osc_totp_sheet_open (GTK_WIDGET (self), self->people);
}

static void
on_pin (OscAccountPage *self)
{
  osc_pin_sheet_open (GTK_WIDGET (self), self->people);
}

static void
on_pin_removed (OscAccountPage *self)
{
  static const OscPeopleField fields[] = {{"password", N_ ("Your password"), NULL, TRUE},
                                          {.member = NULL}};

  osc_people_form_start (
      osc_sheet_new (GTK_WIDGET (self)),
      &(OscPeopleForm){.people = self->people,
                       .act = OSC_PEOPLE_REMOVE_PIN,
                       .title = _ ("Remove the PIN?"),
                       .lead = _ ("You can't allow things on other screens any more"),
                       .verb = _ ("Remove the PIN"),
                       .fields = fields,
                       .toast = _ ("Removed the PIN")});
}

static void
show_ways (OscAccountPage *self, const OscPerson *me)
{
  GtkWidget *row;

  osc_people_row_clear (self->ways);
  row = osc_people_row_add (self->ways, _ ("Password"), NULL);
  osc_people_row_button (row, _ ("Change…"), G_CALLBACK (on_password), self, NULL);
  row = osc_people_row_add (self->ways, _ ("Two-step sign-in"),
                            _ ("The password and a code of your phone"));
  osc_people_row_tag (row, me->totp ? _ ("On") : _ ("Off"), me->totp ? "green" : NULL);
  osc_people_row_button (row, me->totp ? _ ("Turn off…") : _ ("Turn on…"), G_CALLBACK (on_totp),
                         self, NULL);
  row = osc_people_row_add (self->ways, _ ("PIN"), _ ("To allow things on any screen of the shop"));
  osc_people_row_tag (row, me->pin ? _ ("Set") : _ ("None"), me->pin ? "green" : NULL);
  if (me->pin)
    osc_people_row_button (row, _ ("Remove it…"), G_CALLBACK (on_pin_removed), self, NULL);
  osc_people_row_button (row, me->pin ? _ ("Change…") : _ ("Set…"), G_CALLBACK (on_pin), self,
                         NULL);
}

/* ---- the person ---- */

static void
on_shop (OscAccountPage *self, GtkWidget *button)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "shell.switch-shop", "s",
                              osc_people_row_id (button));
}

static void
show_shops (OscAccountPage *self, const OscPerson *me)
{
  osc_people_row_clear (self->shops);
  gtk_widget_set_visible (self->shops_box, me->shops->len > 1);
  for (guint i = 0; i < me->shops->len; i++) {
    const OscMembership *shop = g_ptr_array_index (me->shops, i);
    GtkWidget *row = osc_people_row_add (self->shops, shop->name != NULL ? shop->name : shop->id,
                                         osc_words_role (shop->role));

    if (strcmp (shop->id, me->shop_id) == 0)
      osc_people_row_tag (row, _ ("Here"), "green");
    else
      osc_people_row_button (row, _ ("Go there"), G_CALLBACK (on_shop), self, shop->id);
  }
}

static void
show_me (OscAccountPage *self)
{
  const OscPerson *me = osc_people_me (self->people);
  g_autofree char *place = NULL;

  gtk_widget_set_visible (self->shops_box, me != NULL && me->shops->len > 1);
  if (me == NULL) {
    if (osc_people_trouble (self->people, OSC_PEOPLE_ME) != NULL) {
      osc_people_row_clear (self->ways);
      osc_people_row_trouble (self->ways, G_CALLBACK (load), self);
    }
    return;
  }
  gtk_label_set_label (GTK_LABEL (self->name), me->name != NULL ? me->name : "");
  place = g_strdup_printf ("%s · %s", osc_words_role (me->role),
                           me->shop_name != NULL ? me->shop_name : "");
  gtk_label_set_label (GTK_LABEL (self->place), place);
  show_shops (self, me);
  show_ways (self, me);
}

/* ---- sign-ins ---- */

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osc_people_do_finish (OSC_PEOPLE (source), result, &error);

  osc_toasts_say (self, answer != NULL ? _ ("Ended the sign-in")
                                       : osc_people_form_failure (error, NULL, NULL));
}

static void
on_end (OscAccountPage *self, GtkWidget *button)
{
  osc_people_do_async (
      self->people,
      &(OscPeopleCall){.act = OSC_PEOPLE_END_SIGN_IN, .id = osc_people_row_id (button)}, ended_cb,
      g_object_ref (self));
}

static void
on_others (OscAccountPage *self)
{
  osc_people_end_others (self->people);
  osc_toasts_say (GTK_WIDGET (self), _ ("Ended all other sign-ins"));
}

static void
show_sign_ins (OscAccountPage *self)
{
  GPtrArray *sign_ins = osc_people_list (self->people, OSC_PEOPLE_SIGN_INS);
  guint others = 0;

  osc_people_row_clear (self->sign_ins);
  if (sign_ins == NULL && osc_people_trouble (self->people, OSC_PEOPLE_SIGN_INS) != NULL)
    osc_people_row_trouble (self->sign_ins, G_CALLBACK (load), self);
  for (guint i = 0; sign_ins != NULL && i < sign_ins->len; i++) {
    const OscSignIn *sign_in = g_ptr_array_index (sign_ins, i);
    gint64 last = sign_in->last_used_at != 0 ? sign_in->last_used_at : sign_in->created_at;
    g_autofree char *when = osc_people_row_when (last);
    g_autofree char *used = g_strdup_printf (_ ("Last used: %s"), when);
    gboolean named = sign_in->client != NULL && sign_in->client[0] != '\0';
    GtkWidget *row =
        osc_people_row_add (self->sign_ins, named ? sign_in->client : _ ("A screen"), used);

    if (sign_in->current)
      osc_people_row_tag (row, _ ("This computer"), "green");
    else
      osc_people_row_button (row, _ ("End"), G_CALLBACK (on_end), self, sign_in->id);
    others += sign_in->current ? 0 : 1;
  }
  gtk_widget_set_visible (self->others, others > 1);
}

static void
on_changed (OscAccountPage *self, guint part)
{
  if (part == OSC_PEOPLE_ME)
    show_me (self);
  else if (part == OSC_PEOPLE_SIGN_INS)
    show_sign_ins (self);
}

/* ---- life ---- */

static void
osc_account_page_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_ACCOUNT_PAGE);
  g_clear_object (&OSC_ACCOUNT_PAGE (object)->people);
  G_OBJECT_CLASS (osc_account_page_parent_class)->dispose (object);
}

static void
osc_account_page_class_init (OscAccountPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_account_page_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/osc-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscAccountPage, name);
  gtk_widget_class_bind_template_child (widget_class, OscAccountPage, place);
  gtk_widget_class_bind_template_child (widget_class, OscAccountPage, shops_box);
  gtk_widget_class_bind_template_child (widget_class, OscAccountPage, shops);
  gtk_widget_class_bind_template_child (widget_class, OscAccountPage, ways);
  gtk_widget_class_bind_template_child (widget_class, OscAccountPage, sign_ins);
  gtk_widget_class_bind_template_child (widget_class, OscAccountPage, others);
  gtk_widget_class_bind_template_callback (widget_class, on_others);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_account_page_init (OscAccountPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_account_page_new (const OscContext *context)
{
  OscAccountPage *self = g_object_new (OSC_TYPE_ACCOUNT_PAGE, NULL);

  self->people = g_object_ref (context->people);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  show_me (self);
  show_sign_ins (self);
  load (self);
  return GTK_WIDGET (self);
}
