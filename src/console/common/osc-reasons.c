/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Asking for a reason: one tap on a chip, then the button. */

#include "osc-reasons.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

#define REASON_MAX 200

struct _OscReasons {
  GtkWidget parent_instance;
  GtkWidget *title;
  GtkWidget *effect;
  GtkWidget *chips;
  GtkWidget *own;
  GtkWidget *confirm;
  GtkWidget *back;
  GtkWidget *chosen; /* the chip that is on, or NULL */
  gboolean forbidden;
};

enum { CHOSEN, BACK, N_SIGNALS };
static guint signals[N_SIGNALS];

static const char *const reject_reasons[] = {
    N_ ("Out of ingredients"), N_ ("Too many orders"),   N_ ("Closing time"),
    N_ ("Too far to deliver"), N_ ("Can't reach guest"), NULL,
};
static const char *const cancel_reasons[] = {
    N_ ("Guest asked for it"), N_ ("Out of ingredients"), N_ ("Ordered twice"),
    N_ ("Can't reach guest"),  N_ ("Our mistake"),        NULL,
};

static const char *const void_reasons[] = {
    N_ ("Guest asked for it"),
    N_ ("Out of ingredients"),
    N_ ("Ordered twice"),
    N_ ("Our mistake"),
    NULL,
};
static const char *const comp_reasons[] = {
    N_ ("It took too long"),
    N_ ("Not as it should be"),
    N_ ("Regular guest"),
    N_ ("A present"),
    NULL,
};
static const char *const discount_reasons[] = {
    N_ ("Regular guest"), N_ ("Coupon"), N_ ("Promotion"), N_ ("It took too long"), NULL,
};

static const char *const refund_reasons[] = {
    N_ ("Guest asked for it"),
    N_ ("Not as it should be"),
    N_ ("It took too long"),
    N_ ("Ordered twice"),
    N_ ("Paid too much"),
    N_ ("Our mistake"),
    NULL,
};
static const char *const fail_reasons[] = {
    N_ ("Nobody was there"),
    N_ ("Wrong address"),
    N_ ("Can't reach guest"),
    N_ ("It fell or spilt"),
    NULL,
};
static const char *const call_off_reasons[] = {
    N_ ("It takes too long"),
    N_ ("Another rider goes"),
    N_ ("Guest fetches it"),
    N_ ("Our mistake"),
    NULL,
};

static const struct {
  const char *const *reasons;
  const char *title;   /* msgid */
  const char *effect;  /* msgid */
  const char *confirm; /* msgid */
} kinds[OSC_N_REASONS] = {
    [OSC_REASONS_REJECT] = {reject_reasons, N_ ("Why is it rejected?"),
                            N_ ("The guest is told the reason"), N_ ("Reject the order")},
    [OSC_REASONS_CANCEL] = {cancel_reasons, N_ ("Why is it cancelled?"),
                            N_ ("The guest is told the reason"), N_ ("Cancel the order")},
    [OSC_REASONS_VOID] = {void_reasons, N_ ("Why is it not made?"),
                          N_ ("The kitchen is told at once"), N_ ("Take it off the order")},
    [OSC_REASONS_COMP] = {comp_reasons, N_ ("Why is it on the house?"),
                          N_ ("It stays on the bill, for nothing"), N_ ("Give it free")},
    [OSC_REASONS_DISCOUNT] = {discount_reasons, N_ ("Why is there a discount?"),
                              N_ ("The reason stands in the record"), N_ ("Take it off the bill")},
    [OSC_REASONS_REFUND] = {refund_reasons, N_ ("Why is it refunded?"),
                            N_ ("A refund can't be taken back"), N_ ("Refund")},
    [OSC_REASONS_FAIL] = {fail_reasons, N_ ("Why was it not delivered?"),
                          N_ ("The order stays open until you decide"),
                          N_ ("It was not delivered")},
    [OSC_REASONS_CALL_OFF] = {call_off_reasons, N_ ("Why is the rider called off?"),
                              N_ ("The rider is told. The order stays open"),
                              N_ ("Call the rider off")},
};

G_DEFINE_FINAL_TYPE (OscReasons, osc_reasons, GTK_TYPE_WIDGET)

/* The reason as it is now: a chip, or else the words typed. */
static const char *
present_reason (OscReasons *self)
{
  if (self->chosen != NULL)
    return gtk_button_get_label (GTK_BUTTON (self->chosen));
  return gtk_editable_get_text (GTK_EDITABLE (self->own));
}

static void
update (OscReasons *self)
{
  gtk_widget_set_sensitive (self->confirm, !self->forbidden && present_reason (self)[0] != '\0');
}

static void
on_chip_toggled (GtkToggleButton *chip, OscReasons *self)
{
  if (gtk_toggle_button_get_active (chip)) {
    self->chosen = GTK_WIDGET (chip);
    gtk_editable_set_text (GTK_EDITABLE (self->own), "");
  } else if (self->chosen == GTK_WIDGET (chip)) {
    self->chosen = NULL;
  }
  update (self);
}

static void
on_own_changed (OscReasons *self)
{
  if (self->chosen != NULL && gtk_editable_get_text (GTK_EDITABLE (self->own))[0] != '\0')
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->chosen), FALSE);
  update (self);
}

gboolean
osc_reasons_confirm (OscReasons *self)
{
  g_return_val_if_fail (OSC_IS_REASONS (self), FALSE);
  g_autofree char *reason = g_strstrip (g_strdup (present_reason (self)));

  if (self->forbidden || reason[0] == '\0')
    return FALSE;
  g_signal_emit (self, signals[CHOSEN], 0, reason);
  return TRUE;
}

static void
on_confirm (OscReasons *self)
{
  osc_reasons_confirm (self);
}

static void
on_back (OscReasons *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
osc_reasons_dispose (GObject *object)
{
  OSC_REASONS (object)->chosen = NULL;
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_REASONS);
  G_OBJECT_CLASS (osc_reasons_parent_class)->dispose (object);
}

static void
osc_reasons_class_init (OscReasonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_reasons_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[BACK] = g_signal_new ("back", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/common/osc-reasons.ui");
  gtk_widget_class_bind_template_child (widget_class, OscReasons, title);
  gtk_widget_class_bind_template_child (widget_class, OscReasons, effect);
  gtk_widget_class_bind_template_child (widget_class, OscReasons, chips);
  gtk_widget_class_bind_template_child (widget_class, OscReasons, own);
  gtk_widget_class_bind_template_child (widget_class, OscReasons, confirm);
  gtk_widget_class_bind_template_child (widget_class, OscReasons, back);
  gtk_widget_class_bind_template_callback (widget_class, on_own_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "reasons");
}

static void
osc_reasons_init (OscReasons *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->own), REASON_MAX);
}

static void
clear_chips (OscReasons *self)
{
  GtkWidget *child;

  self->chosen = NULL;
  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->chips), child);
}

void
osc_reasons_ask (OscReasons *self, OscReasonsKind kind)
{
  g_return_if_fail (OSC_IS_REASONS (self));
  const char *const *reasons = kinds[kind].reasons;
  GtkWidget *group = NULL;

  clear_chips (self);
  for (; *reasons != NULL; reasons++) {
    GtkWidget *chip = gtk_toggle_button_new_with_label (_ (*reasons));

    gtk_widget_add_css_class (chip, "reason");
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), (GtkToggleButton *)group);
    g_signal_connect_object (chip, "toggled", G_CALLBACK (on_chip_toggled), self,
                             G_CONNECT_DEFAULT);
    gtk_flow_box_append (GTK_FLOW_BOX (self->chips), chip);
    gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
    group = group != NULL ? group : chip;
  }
  /* Of a bill in a sheet, which has its own way back. */
  gtk_widget_set_visible (self->back, kind <= OSC_REASONS_CANCEL || kind >= OSC_REASONS_FAIL);
  gtk_editable_set_text (GTK_EDITABLE (self->own), "");
  gtk_label_set_label (GTK_LABEL (self->title), _ (kinds[kind].title));
  gtk_label_set_label (GTK_LABEL (self->effect), _ (kinds[kind].effect));
  gtk_button_set_label (GTK_BUTTON (self->confirm), _ (kinds[kind].confirm));
  update (self);
}

void
osc_reasons_allow (OscReasons *self, const char *label, gboolean allowed)
{
  g_return_if_fail (OSC_IS_REASONS (self));

  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->confirm), label);
  gtk_widget_set_vexpand (self->effect, TRUE);
  gtk_widget_set_valign (self->effect, GTK_ALIGN_END);
  self->forbidden = !allowed;
  update (self);
}
