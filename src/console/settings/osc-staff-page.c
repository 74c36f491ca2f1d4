/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Staff and roles. Choices are limited to what who is signed in may grant; the daemon decides. */

#include "osc-staff-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-people-form.h"
#include "osc-people-row.h"
#include "osc-qr.h"
#include "osc-role-table.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"
#include "osy-principal.h"

struct _OscStaffPage {
  GtkWidget parent_instance;
  GtkListBox *staff;
  OscPeople *people;
};

G_DEFINE_FINAL_TYPE (OscStaffPage, osc_staff_page, GTK_TYPE_WIDGET)

#define N_GRANTED 5

static void
load (OscStaffPage *self)
{
  osc_people_load (self->people, OSC_PEOPLE_STAFF);
}

static const OscStaff *
find_staff (OscStaffPage *self, const char *id)
{
  GPtrArray *staff = osc_people_list (self->people, OSC_PEOPLE_STAFF);

  for (guint i = 0; staff != NULL && i < staff->len; i++)
    if (g_strcmp0 (((OscStaff *)g_ptr_array_index (staff, i))->id, id) == 0)
      return g_ptr_array_index (staff, i);
  return NULL;
}

/* ---- roles ---- */

static OsyRole
my_role (OscStaffPage *self)
{
  const OscPerson *me = osc_people_me (self->people);
  OsyRole role = OSY_ROLE_OWNER;

  if (me != NULL && !osy_role_from_name (me->role, &role))
    role = OSY_ROLE_GUEST;
  return role;
}

/* Nobody manages who stands above. */
static gboolean
may_manage (OscStaffPage *self, const char *role_name)
{
  OsyRole role;

  return osy_role_from_name (role_name, &role) && role <= my_role (self);
}

/* The roles one may give, @first in front. */
static void
add_roles (OscStaffPage *self, OscSheet *sheet, const char *first)
{
  static const char *const all[N_GRANTED] = {"STAFF", "KITCHEN", "COURIER", "MANAGER", "OWNER"};
  const char *values[N_GRANTED + 1] = {NULL};
  const char *words[N_GRANTED + 1] = {NULL};
  int n = 0;

  for (int pass = 0; pass < 2; pass++)
    for (int i = 0; i < N_GRANTED; i++)
      if ((strcmp (all[i], first) == 0) == (pass == 0) && may_manage (self, all[i])) {
        values[n] = all[i];
        words[n++] = osc_words_role (all[i]);
      }
  if (n > 0)
    osc_people_form_add_choice (sheet, "role", _ ("Works as"), values, words);
}

/* ---- inviting ---- */

static void
show_invitation (OscSheet *sheet, JsonObject *answer, gpointer owner)
{
  const char *code = json_object_get_string_member_with_default (answer, "invitation_code", "");
  const char *text = json_object_get_string_member_with_default (answer, "expires_at", "");
  gint64 expires_at = 0;
  GtkWidget *big = gtk_label_new (code);
  g_autofree char *until = NULL;

  osc_sheet_ask (sheet, _ ("Give this code to the person"),
                 _ ("They open OrderSync, choose \"I have an invitation code\" and type it with "
                    "their e-mail"),
                 NULL);
  gtk_widget_add_css_class (big, "big-code");
  gtk_label_set_selectable (GTK_LABEL (big), TRUE);
  osc_sheet_add (sheet, big);
  osc_sheet_add (sheet, osc_qr_new (code, _ ("QR code of the invitation")));
  if (osy_clock_parse (text, &expires_at)) {
    g_autofree char *when = osc_people_row_when (expires_at);
    GtkWidget *label;

    until = g_strdup_printf (_ ("Good until %s"), when);
    label = gtk_label_new (until);
    gtk_widget_add_css_class (label, "secondary");
    osc_sheet_add (sheet, label);
  }
}

static void
on_invite (OscStaffPage *self)
{
  static const OscPeopleField fields[] = {
      {"name", N_ ("Name"), NULL, FALSE},
      {"email", N_ ("E-mail"), N_ ("They will sign in with it"), FALSE},
      {.member = NULL}};
  OscSheet *sheet = osc_sheet_new (GTK_WIDGET (self));

  osc_people_form_start (
      sheet, &(OscPeopleForm){.people = self->people,
                              .act = OSC_PEOPLE_INVITE,
                              .title = _ ("Invite somebody"),
                              .verb = _ ("Make the invitation"),
                              .invalid = _ ("Look the name and the e-mail over, please"),
                              .fields = fields,
                              .done = show_invitation});
  add_roles (self, sheet, "STAFF");
}

/* ---- one person ---- */

static void
on_remove (OscStaffPage *self, GtkWidget *button)
{
  const OscStaff *staff = find_staff (self, osc_people_row_id (button));
  OscSheet *sheet;
  g_autofree char *title = NULL;

  if (staff == NULL)
    return;
  sheet = osc_sheet_new (GTK_WIDGET (self));
  title = staff->invited
              ? g_strdup (_ ("Take the invitation back?"))
              : g_strdup_printf (_ ("Remove %s?"), staff->name != NULL ? staff->name : "");
  osc_people_form_start (
      sheet,
      &(OscPeopleForm){
          .people = self->people,
          .act = OSC_PEOPLE_REMOVE_STAFF,
          .id = staff->id,
          .title = title,
          .lead = staff->invited
                      ? _ ("The code is worth nothing from then on")
                      : _ ("They are signed out of this shop at once and can't come back without a "
                           "new invitation. What they did stays in the record. There is no undo"),
          .verb = staff->invited ? _ ("Take back") : _ ("Remove"),
          .toast = staff->invited ? _ ("Took the invitation back") : _ ("Removed the person")});
  osc_sheet_warn (sheet);
}

static void
pin_reset_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osc_people_do_finish (OSC_PEOPLE (source), result, &error);

  osc_toasts_say (self, answer != NULL ? _ ("Took the PIN away. They may set a new one")
                                       : osc_people_form_failure (error, NULL, NULL));
}

static void
on_reset_pin (OscStaffPage *self, GtkWidget *button)
{
  osc_people_do_async (
      self->people, &(OscPeopleCall){.act = OSC_PEOPLE_RESET_PIN, .id = osc_people_row_id (button)},
      pin_reset_cb, g_object_ref (self));
}

static void
on_role (OscStaffPage *self, GtkWidget *button)
{
  const OscStaff *staff = find_staff (self, osc_people_row_id (button));
  OscSheet *sheet;

  if (staff == NULL)
    return;
  sheet = osc_sheet_new (GTK_WIDGET (self));
  osc_people_form_start (
      sheet, &(OscPeopleForm){.people = self->people,
                              .act = OSC_PEOPLE_CHANGE_ROLE,
                              .id = staff->id,
                              .if_version = staff->version,
                              .title = staff->name != NULL ? staff->name : _ ("Change the role"),
                              .lead = _ ("It holds at once, on every screen"),
                              .verb = _ ("Change the role"),
                              .toast = _ ("Changed the role")});
  add_roles (self, sheet, staff->role);
}

/* ---- the list ---- */

/* (transfer full) */
static char *
about (const OscStaff *staff)
{
  g_autofree char *when = NULL;

  if (!staff->invited)
    return g_strdup_printf ("%s · %s", osc_words_role (staff->role),
                            staff->email != NULL ? staff->email : "");
  if (staff->invited_until == 0)
    return g_strdup (osc_words_role (staff->role));
  when = osc_people_row_when (staff->invited_until);
  /* Translators: the role, then until when the invitation is good. */
  return g_strdup_printf (_ ("%1$s · invited, good until %2$s"), osc_words_role (staff->role),
                          when);
}

static void
add_staff (OscStaffPage *self, const OscStaff *staff)
{
  const OscPerson *me = osc_people_me (self->people);
  g_autofree char *line = about (staff);
  GtkWidget *row = osc_people_row_add (self->staff, staff->name != NULL ? staff->name : "?", line);
  gboolean is_me = me != NULL && g_strcmp0 (me->user_id, staff->id) == 0;

  if (is_me)
    osc_people_row_tag (row, _ ("You"), NULL);
  if (staff->invited)
    osc_people_row_tag (row, _ ("Invited"), "amber");
  if (staff->totp)
    osc_people_row_tag (row, _ ("Two-step"), "green");
  if (staff->pin)
    osc_people_row_tag (row, _ ("PIN"), "green");
  if (is_me || !may_manage (self, staff->role))
    return;
  if (staff->pin)
    osc_people_row_button (row, _ ("Reset PIN"), G_CALLBACK (on_reset_pin), self, staff->id);
  if (!staff->invited)
    osc_people_row_button (row, _ ("Role…"), G_CALLBACK (on_role), self, staff->id);
  osc_people_row_button (row, _ ("Remove…"), G_CALLBACK (on_remove), self, staff->id);
}

static void
show_staff (OscStaffPage *self)
{
  GPtrArray *staff = osc_people_list (self->people, OSC_PEOPLE_STAFF);

  osc_people_row_clear (self->staff);
  if (staff == NULL && osc_people_trouble (self->people, OSC_PEOPLE_STAFF) != NULL)
    osc_people_row_trouble (self->staff, G_CALLBACK (load), self);
  for (guint i = 0; staff != NULL && i < staff->len; i++)
    add_staff (self, g_ptr_array_index (staff, i));
}

static void
on_changed (OscStaffPage *self, guint part)
{
  if (part == OSC_PEOPLE_STAFF || part == OSC_PEOPLE_ME)
    show_staff (self);
}

/* ---- life ---- */

static void
osc_staff_page_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_STAFF_PAGE);
  g_clear_object (&OSC_STAFF_PAGE (object)->people);
  G_OBJECT_CLASS (osc_staff_page_parent_class)->dispose (object);
}

static void
osc_staff_page_class_init (OscStaffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_staff_page_dispose;
  g_type_ensure (OSC_TYPE_ROLE_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/settings/osc-staff-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscStaffPage, staff);
  gtk_widget_class_bind_template_callback (widget_class, on_invite);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_staff_page_init (OscStaffPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_staff_page_new (const OscContext *context)
{
  OscStaffPage *self = g_object_new (OSC_TYPE_STAFF_PAGE, NULL);

  self->people = g_object_ref (context->people);
  g_signal_connect_object (self->people, "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  show_staff (self);
  load (self);
  return GTK_WIDGET (self);
}
