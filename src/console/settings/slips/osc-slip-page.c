/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The editor of slips. The paper is drawn by what draws it for the printers. */

#include "osc-slip-page.h"

#include <glib/gi18n.h>

#include "osc-choice.h"
#include "osc-field.h"
#include "osc-people-row.h"
#include "osc-paper.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-compat.h"
#include "osy-json.h"
#include "osy-slip-form.h"
#include "osy-slip-paper.h"

struct _OscSlipPage {
  GtkWidget parent_instance;
  OscChoice *kinds;
  OscField *header;
  OscField *footer;
  GtkListBox *parts;
  GtkWidget *failure;
  GtkWidget *foot;
  GtkWidget *save;
  OscChoice *width;
  GtkWidget *paper;
  OscPrinterStore *store;
  OscPeople *people;
  char *kind;
  int dots;
  OsySlip *sample;   /* nullable */
  OsySlipForm *form; /* (nullable): as it is being changed */
  JsonNode *saved;   /* (nullable): of @form */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscSlipPage, osc_slip_page, GTK_TYPE_WIDGET)

/* Kinds of the contract. */
static const struct {
  const char *kind;
  const char *words; /* msgid */
} kinds[] = {
    {"KITCHEN", N_ ("Kitchen slip")}, {"DELTA", N_ ("Changes")},
    {"DELIVERY", N_ ("Delivery")},    {"BILL", N_ ("Bill")},
    {"RECEIPT", N_ ("Receipt")},
};

static const struct {
  const char *name;
  const char *words; /* msgid */
} part_words[] = {
    {"number", N_ ("Order number")}, {"type", N_ ("Kind of order")},
    {"place", N_ ("Place")},         {"about", N_ ("Time and guests")},
    {"lines", N_ ("Dishes")},        {"changes", N_ ("What changed")},
    {"note", N_ ("Guest's note")},   {"address", N_ ("Address")},
    {"total", N_ ("Amounts")},       {"totals", N_ ("Amounts")},
    {"head", N_ ("Shop")},           {"foot", N_ ("Remarks")},
    {"code", N_ ("Code to scan")},
};

static const char *
words_of (const char *part)
{
  for (gsize i = 0; i < G_N_ELEMENTS (part_words); i++)
    if (g_str_equal (part_words[i].name, part))
      return _ (part_words[i].words);
  return part;
}

/* ---- the paper ---- */

static void
show_paper (OscSlipPage *self)
{
  g_autoptr (OsySlip) slip = osy_slip_form_apply (self->form, self->sample);

  osc_paper_show (GTK_PICTURE (self->paper), slip, self->dots);
}

/* ---- parts ---- */

static void show (OscSlipPage *self);

static OsySlipPart *
find_part (OscSlipPage *self, const char *name, guint *place)
{
  for (*place = 0; *place < self->form->parts->len; (*place)++) {
    OsySlipPart *part = g_ptr_array_index (self->form->parts, *place);

    if (g_strcmp0 (part->name, name) == 0)
      return part;
  }
  return NULL;
}

/* After the largest comes the smallest again. */
static void
on_size (OscSlipPage *self, GtkWidget *button)
{
  guint place;
  OsySlipPart *part = find_part (self, osc_people_row_id (button), &place);

  if (part != NULL)
    part->larger = part->larger < 2 ? part->larger + 1 : -1;
  show (self);
}

static void
on_earlier (OscSlipPage *self, GtkWidget *button)
{
  guint place;
  OsySlipPart *part = find_part (self, osc_people_row_id (button), &place);

  if (part == NULL || place == 0)
    return;
  self->form->parts->pdata[place] = self->form->parts->pdata[place - 1];
  self->form->parts->pdata[place - 1] = part;
  show (self);
}

static void
on_shown (OscSlipPage *self, GParamSpec *pspec, GtkWidget *button)
{
  guint place;
  OsySlipPart *part = find_part (self, g_object_get_data (G_OBJECT (button), "part"), &place);

  if (self->filling || part == NULL)
    return;
  part->shown = gtk_switch_get_active (GTK_SWITCH (button));
  show (self);
}

static void
show_part (OscSlipPage *self, const OsySlipPart *part, gboolean first)
{
  const char *const sizes[] = {_ ("Small"), _ ("Normal"), _ ("Large"), _ ("Largest")};
  GtkWidget *row = osc_people_row_add (self->parts, words_of (part->name), NULL);
  GtkWidget *shown = gtk_switch_new ();

  if (part->shown)
    osc_people_row_button (row, sizes[part->larger + 1], G_CALLBACK (on_size), self, part->name);
  if (!first) {
    GtkWidget *up =
        osc_people_row_button (row, _ ("Earlier"), G_CALLBACK (on_earlier), self, part->name);

    gtk_button_set_icon_name (GTK_BUTTON (up), "osy-up-symbolic");
    gtk_widget_set_tooltip_text (up, _ ("Earlier"));
  }
  gtk_switch_set_active (GTK_SWITCH (shown), part->shown);
  gtk_widget_set_valign (shown, GTK_ALIGN_CENTER);
  osc_widget_set_name (shown, words_of (part->name));
  g_object_set_data_full (G_OBJECT (shown), "part", g_strdup (part->name), g_free);
  g_signal_connect_object (shown, "notify::active", G_CALLBACK (on_shown), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), shown);
  gtk_widget_set_sensitive (row, osc_people_may (self->people, "printer:manage"));
}

/* ---- the whole ---- */

static gboolean
is_dirty (OscSlipPage *self)
{
  g_autoptr (JsonNode) now = osy_slip_form_to_json (self->form);

  return !json_node_equal (now, self->saved);
}

/* Another kind is shown when this one is saved, so that nothing is lost. */
static void
show_dirty (OscSlipPage *self)
{
  gboolean dirty = is_dirty (self);

  gtk_widget_set_visible (self->foot, dirty);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kinds), !dirty);
}

static gboolean
show_cb (gpointer user_data)
{
  OscSlipPage *self = user_data;

  if (self->form == NULL || self->store == NULL)
    return G_SOURCE_REMOVE;
  self->filling = TRUE;
  osc_people_row_clear (self->parts);
  for (guint i = 0; i < self->form->parts->len; i++)
    show_part (self, g_ptr_array_index (self->form->parts, i), i == 0);
  show_dirty (self);
  show_paper (self);
  self->filling = FALSE;
  return G_SOURCE_REMOVE;
}

/* Not while a signal of a row that is made anew is under way. */
static void
show (OscSlipPage *self)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_cb, g_object_ref (self), g_object_unref);
}

static void
on_words (OscSlipPage *self)
{
  if (self->filling || self->form == NULL)
    return;
  osy_set_str (&self->form->header, osc_field_text (self->header));
  osy_set_str (&self->form->footer, osc_field_text (self->footer));
  show_dirty (self);
  show_paper (self);
}

/* ---- reading, saving ---- */

/* Shows @form as what is saved. (transfer full) */
static void
begin (OscSlipPage *self, OsySlipForm *form)
{
  g_clear_pointer (&self->form, osy_slip_form_free);
  self->form = form;
  self->filling = TRUE;
  osc_field_set_text (self->header, form->header);
  osc_field_set_text (self->footer, form->footer);
  self->filling = FALSE;
  gtk_widget_set_visible (self->failure, FALSE);
  show (self);
}

void
osc_slip_page_take (OscSlipPage *self, JsonNode *answer)
{
  g_return_if_fail (OSC_IS_SLIP_PAGE (self));
  JsonObject *object =
      answer != NULL && JSON_NODE_HOLDS_OBJECT (answer) ? json_node_get_object (answer) : NULL;
  JsonNode *form = object != NULL ? json_object_get_member (object, "form") : NULL;
  JsonNode *slip = object != NULL ? json_object_get_member (object, "sample") : NULL;
  g_autoptr (OsySlip) sample = slip != NULL ? osy_slip_from_json (slip, NULL) : NULL;
  g_autoptr (OsySlipForm) read = form != NULL ? osy_slip_form_from_json (form, NULL) : NULL;

  if (sample == NULL || read == NULL)
    return;
  read->version = json_object_get_int_member_with_default (object, "version", 0);
  g_clear_pointer (&self->sample, osy_slip_free);
  self->sample = g_steal_pointer (&sample);
  g_clear_pointer (&self->saved, json_node_unref);
  self->saved = osy_slip_form_to_json (read);
  begin (self, g_steal_pointer (&read));
}

static void
on_discard (OscSlipPage *self)
{
  gint64 version = self->form->version;
  OsySlipForm *form = osy_slip_form_from_json (self->saved, NULL);

  form->version = version;
  begin (self, form);
}

static void
fail (OscSlipPage *self, const GError *error)
{
  gtk_label_set_label (GTK_LABEL (self->failure),
                       osy_error_is (error, OSY_ERROR_VERSION_CONFLICT)
                           ? _ ("Somebody else has changed it. Close this and look again")
                           : _ ("Couldn't save. What you changed is kept"));
  gtk_widget_set_visible (self->failure, TRUE);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSlipPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer =
      osc_printer_store_send_finish (OSC_PRINTER_STORE (source), result, &error);
  gboolean saving = !gtk_widget_get_sensitive (self->save);

  gtk_widget_set_sensitive (self->save, TRUE);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (answer != NULL)
    osc_slip_page_take (self, answer);
  else if (saving)
    fail (self, error);
  if (answer != NULL && saving)
    osc_toasts_say (GTK_WIDGET (self), _ ("Saved the slip"));
}

static void
ask (OscSlipPage *self, const char *method, JsonNode *body)
{
  g_autofree char *path = g_strconcat ("slips/", self->kind, NULL);

  osc_printer_store_send_async (
      self->store,
      &(OsyClientRequest){.method = method,
                          .path = path,
                          .body = body,
                          .if_version = body != NULL ? self->form->version : 0},
      answered_cb, g_object_ref (self));
}

static void
on_save (OscSlipPage *self)
{
  g_autoptr (JsonNode) body = osy_slip_form_to_json (self->form);

  gtk_widget_set_sensitive (self->save, FALSE);
  ask (self, "PUT", body);
}

static void
on_kind (OscSlipPage *self, const char *kind)
{
  osy_set_str (&self->kind, kind);
  ask (self, "GET", NULL);
}

static void
on_width (OscSlipPage *self, const char *width)
{
  self->dots = g_str_equal (width, "58") ? OSY_PAPER_DOTS_58 : OSY_PAPER_DOTS_80;
  if (self->form != NULL)
    show_paper (self);
}

/* ---- life ---- */

static void
osc_slip_page_dispose (GObject *object)
{
  OscSlipPage *self = OSC_SLIP_PAGE (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SLIP_PAGE);
  g_clear_object (&self->store);
  g_clear_object (&self->people);
  G_OBJECT_CLASS (osc_slip_page_parent_class)->dispose (object);
}

static void
osc_slip_page_finalize (GObject *object)
{
  OscSlipPage *self = OSC_SLIP_PAGE (object);

  g_free (self->kind);
  g_clear_pointer (&self->sample, osy_slip_free);
  g_clear_pointer (&self->form, osy_slip_form_free);
  g_clear_pointer (&self->saved, json_node_unref);
  G_OBJECT_CLASS (osc_slip_page_parent_class)->finalize (object);
}

static void
osc_slip_page_class_init (OscSlipPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_slip_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_slip_page_finalize;
  g_type_ensure (OSC_TYPE_CHOICE);
  g_type_ensure (OSC_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/settings/slips/osc-slip-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSlipPage, kinds);
  gtk_widget_class_bind_template_child (widget_class, OscSlipPage, header);
  gtk_widget_class_bind_template_child (widget_class, OscSlipPage, footer);
  gtk_widget_class_bind_template_child (widget_class, OscSlipPage, parts);
  gtk_widget_class_bind_template_child (widget_class, OscSlipPage, failure);
  gtk_widget_class_bind_template_child (widget_class, OscSlipPage, foot);
  gtk_widget_class_bind_template_child (widget_class, OscSlipPage, save);
  gtk_widget_class_bind_template_child (widget_class, OscSlipPage, width);
  gtk_widget_class_bind_template_child (widget_class, OscSlipPage, paper);
  gtk_widget_class_bind_template_callback (widget_class, on_words);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_discard);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "settingspage");
}

static void
osc_slip_page_init (OscSlipPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->dots = OSY_PAPER_DOTS_80;
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    osc_choice_add (self->kinds, kinds[i].kind, _ (kinds[i].words));
  osc_choice_set (self->kinds, kinds[0].kind);
  osc_choice_add (self->width, "58", _ ("58 mm"));
  osc_choice_add (self->width, "80", _ ("80 mm"));
  osc_choice_set (self->width, "80");
  g_signal_connect_object (self->kinds, "chosen", G_CALLBACK (on_kind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->width, "chosen", G_CALLBACK (on_width), self, G_CONNECT_SWAPPED);
}

GtkWidget *
osc_slip_page_new (const OscContext *context)
{
  OscSlipPage *self = g_object_new (OSC_TYPE_SLIP_PAGE, NULL);

  self->store = g_object_ref (context->printers);
  self->people = g_object_ref (context->people);
  on_kind (self, kinds[0].kind);
  return GTK_WIDGET (self);
}
