/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The second step. Whoever has no number yet leaves it for later by its own name. */

#include "osc-setup-number.h"

#include <glib/gi18n.h>

#include "osc-field.h"
#include "osc-widget.h"
#include "osy-business-number.h"

#define STEP "business_number"
#define DIGITS 10

struct _OscSetupNumber {
  OscSetupStep parent_instance;
  GtkWidget *content;
  OscField *number;
  GtkWidget *right;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscSetupNumber, osc_setup_number, OSC_TYPE_SETUP_STEP)

static char *
digits_of (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      g_string_append_c (digits, *text);
  return g_string_free (digits, FALSE);
}

/* "1248100998" → "124-81-00998", as far as it is typed. */
static char *
grouped (const char *digits)
{
  GString *text = g_string_new_len (digits, (gssize)MIN (strlen (digits), DIGITS));

  if (text->len > 5)
    g_string_insert_c (text, 5, '-');
  if (text->len > 3)
    g_string_insert_c (text, 3, '-');
  return g_string_free (text, FALSE);
}

static const char *
wrong_number (void)
{
  return _ ("The number has a mistake: check its ten digits");
}

/* Grouped only while typing at the end, so that the cursor never jumps within the number. */
static void
regroup (OscSetupNumber *self, const char *digits)
{
  g_autofree char *text = grouped (digits);

  self->filling = TRUE;
  if (!g_str_equal (text, osc_field_text (self->number)) && osc_field_at_end (self->number)) {
    osc_field_set_text (self->number, text);
    osc_field_focus (self->number);
  }
  self->filling = FALSE;
}

static void
show_judgement (OscSetupNumber *self)
{
  g_autofree char *digits = digits_of (osc_field_text (self->number));
  g_autofree char *number = osy_business_number_normalise (osc_field_text (self->number));

  osc_field_set_error (self->number,
                       strlen (digits) >= DIGITS && number == NULL ? wrong_number () : NULL);
  osc_widget_set_class (GTK_WIDGET (self->number), "right", number != NULL);
  gtk_widget_set_visible (self->right, number != NULL);
}

static gboolean
regroup_cb (gpointer user_data)
{
  OscSetupNumber *self = user_data;
  g_autofree char *digits = digits_of (osc_field_text (self->number));

  regroup (self, digits);
  show_judgement (self);
  return G_SOURCE_REMOVE;
}

static void
on_changed (OscSetupNumber *self)
{
  OscSetupDraft *draft = osc_setup_step_draft (OSC_SETUP_STEP (self));

  if (self->filling || draft == NULL)
    return;
  osc_setup_draft_set (draft, STEP, "number", osc_field_text (self->number));
  show_judgement (self);
  /* A field may not be rewritten inside its own signal. */
  g_idle_add_full (G_PRIORITY_HIGH, regroup_cb, g_object_ref (self), g_object_unref);
}

static void
osc_setup_number_enter (OscSetupStep *step)
{
  OscSetupNumber *self = OSC_SETUP_NUMBER (step);
  OsyShop *shop = osc_shop_store_get (osc_setup_step_context (step)->shop);
  const char *saved = shop != NULL ? osy_shop_data (shop)->business_number : NULL;
  const char *drafted = osc_setup_draft_get (osc_setup_step_draft (step), STEP, "number");
  g_autofree char *text = grouped (saved != NULL ? saved : "");

  self->filling = TRUE;
  osc_field_set_text (self->number, drafted != NULL ? drafted : text);
  self->filling = FALSE;
  show_judgement (self);
  osc_field_focus (self->number);
}

static void
osc_setup_number_act (OscSetupStep *step)
{
  OscSetupNumber *self = OSC_SETUP_NUMBER (step);
  g_autofree char *number = osy_business_number_normalise (osc_field_text (self->number));
  JsonObject *patch;

  if (number == NULL) {
    osc_field_set_error (self->number, *osc_field_text (self->number) == '\0'
                                           ? _ ("Type the ten digits, or press “Not yet”")
                                           : wrong_number ());
    osc_field_focus (self->number);
    return;
  }
  patch = json_object_new ();
  json_object_set_string_member (patch, "business_number", number);
  osc_setup_step_finish (step, patch);
}

static void
on_submit (OscSetupNumber *self)
{
  osc_setup_step_act (OSC_SETUP_STEP (self));
}

static void
osc_setup_number_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SETUP_NUMBER);
  G_OBJECT_CLASS (osc_setup_number_parent_class)->dispose (object);
}

static void
osc_setup_number_class_init (OscSetupNumberClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_setup_number_dispose;
  OSC_SETUP_STEP_CLASS (klass)->enter = osc_setup_number_enter;
  OSC_SETUP_STEP_CLASS (klass)->act = osc_setup_number_act;
  g_type_ensure (OSC_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/setup/osc-setup-number.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSetupNumber, content);
  gtk_widget_class_bind_template_child (widget_class, OscSetupNumber, number);
  gtk_widget_class_bind_template_child (widget_class, OscSetupNumber, right);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_set_css_name (widget_class, "formpage");
}

static void
osc_setup_number_init (OscSetupNumber *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_setup_step_say (OSC_SETUP_STEP (self),
                      &(OscSetupWords){.title = _ ("What is your business number?"),
                                       .lead = _ ("It is printed on receipts. Ten digits"),
                                       .primary = _ ("Go on"),
                                       .later = _ ("Not yet")});
}

GtkWidget *
osc_setup_number_new (const OscContext *context, OscSetupDraft *draft)
{
  OscSetupNumber *self = g_object_new (OSC_TYPE_SETUP_NUMBER, NULL);

  osc_setup_step_begin (OSC_SETUP_STEP (self), context, draft);
  return GTK_WIDGET (self);
}
