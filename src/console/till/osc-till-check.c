/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The difference, in words, and why. */

#include "osc-till-check.h"

#include <glib/gi18n.h>

#include "osc-till-chips.h"
#include "osc-till-words.h"
#include "osc-widget.h"
#include "osc-words.h"
#include "osy-compat.h"
#include "osy-money.h"

#define MAX_DIGITS 10

struct _OscTillCheck {
  GtkWidget parent_instance;
  GtkWidget *word;
  GtkWidget *detail;
  GtkWidget *why;
  GtkWidget *chips;
  GtkWidget *left_box;
  GtkWidget *left;
  GtkWidget *banked;
  OscTillStore *store; /* nullable */
  OscTillFor what;
  gboolean showing;
};

enum { SUBMITTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscTillCheck, osc_till_check, GTK_TYPE_WIDGET)

static OscTillDraft *
draft_of (OscTillCheck *self)
{
  return self->store != NULL ? osc_till_store_draft (self->store, self->what) : NULL;
}

/* What there should be. Returns: FALSE: it is not told. */
static gboolean
find_expected (OscTillCheck *self, const OscTillDraft *draft, gint64 *ret)
{
  const OscTillState *state = osc_till_store_state (self->store);
  const OscTillClose *wrong = draft->what == OSC_TILL_FOR_CORRECTION
                                  ? osc_till_store_find (self->store, draft->number)
                                  : NULL;
  const OscTillReport *report = wrong != NULL   ? wrong->report
                                : state != NULL ? state->report
                                                : NULL;

  if (report == NULL || !report->told)
    return FALSE;
  *ret = report->expected;
  return TRUE;
}

/* ---- showing ---- */

static void
show_difference (OscTillCheck *self, const OscTillDraft *draft)
{
  gint64 expected = 0;
  gboolean told = find_expected (self, draft, &expected);
  gint64 difference = osc_till_draft_counted (draft) - expected;
  g_autofree char *word = told ? osc_till_words_difference (difference)
                               : osc_words_money (osc_till_draft_counted (draft));
  g_autofree char *counted = osc_words_money (osc_till_draft_counted (draft));
  g_autofree char *should = osc_words_money (expected);
  g_autofree char *detail =
      told ? g_strdup_printf (_ ("Counted %s, should be %s"), counted, should)
           : g_strdup (_ ("That was counted. Who may close the day compares it"));
  gboolean wanted = draft->what == OSC_TILL_FOR_CORRECTION || !told || difference != 0;

  gtk_label_set_label (GTK_LABEL (self->word), word);
  gtk_label_set_label (GTK_LABEL (self->detail), detail);
  osc_widget_set_class (self->word, "differs", told && difference != 0);
  osc_widget_set_class (self->word, "right", told && difference == 0);
  gtk_label_set_label (GTK_LABEL (self->why), draft->what == OSC_TILL_FOR_CORRECTION
                                                  ? _ ("Why was it counted wrongly?")
                                              : told ? _ ("Why does it differ?")
                                                     : _ ("If you know why it might differ"));
  gtk_widget_set_visible (self->why, wanted);
  gtk_widget_set_visible (self->chips, wanted);
}

static void
show_left (OscTillCheck *self, const OscTillDraft *draft)
{
  gint64 left = osc_till_store_left (self->store, draft);
  g_autofree char *money = osc_words_money (osc_till_draft_counted (draft) - left);
  g_autofree char *text = g_strdup_printf (_ ("%s goes to the bank"), money);

  gtk_widget_set_visible (self->left_box, draft->what == OSC_TILL_FOR_CLOSE);
  gtk_label_set_label (GTK_LABEL (self->banked), text);
}

void
osc_till_check_show (OscTillCheck *self)
{
  g_return_if_fail (OSC_IS_TILL_CHECK (self));
  const OscTillDraft *draft = draft_of (self);

  if (draft == NULL)
    return;
  show_difference (self, draft);
  show_left (self, draft);
}

gboolean
osc_till_check_wants_reason (OscTillCheck *self)
{
  g_return_val_if_fail (OSC_IS_TILL_CHECK (self), FALSE);
  const OscTillDraft *draft = draft_of (self);
  gint64 expected = 0;

  if (draft == NULL || (draft->reason != NULL && *draft->reason != '\0'))
    return FALSE;
  if (draft->what == OSC_TILL_FOR_CORRECTION)
    return TRUE;
  return draft->what == OSC_TILL_FOR_CLOSE && find_expected (self, draft, &expected) &&
         expected != osc_till_draft_counted (draft);
}

void
osc_till_check_ask (OscTillCheck *self)
{
  g_return_if_fail (OSC_IS_TILL_CHECK (self));
  gtk_widget_child_focus (self->chips, GTK_DIR_TAB_FORWARD);
}

/* ---- typing ---- */

static void
on_reason (OscTillCheck *self)
{
  OscTillDraft *draft = draft_of (self);
  g_autofree char *reason = osc_till_chips_get (OSC_TILL_CHIPS (self->chips));

  if (draft != NULL && osy_set_str (&draft->reason, reason))
    osc_till_store_touch (self->store);
}

static void
on_left (OscTillCheck *self)
{
  OscTillDraft *draft = draft_of (self);
  g_autoptr (GString) digits = g_string_new (NULL);

  if (self->showing || draft == NULL)
    return;
  for (const char *c = gtk_editable_get_text (GTK_EDITABLE (self->left)); *c != '\0'; c++)
    if (g_ascii_isdigit (*c) && digits->len < MAX_DIGITS)
      g_string_append_c (digits, *c);
  draft->left = digits->len > 0 ? g_ascii_strtoll (digits->str, NULL, 10) : OSC_TILL_UNTYPED;
  osc_till_store_touch (self->store);
}

static void
on_submitted (OscTillCheck *self)
{
  g_signal_emit (self, signals[SUBMITTED], 0);
}

void
osc_till_check_follow (OscTillCheck *self, OscTillStore *store, OscTillFor what)
{
  g_return_if_fail (OSC_IS_TILL_CHECK (self) && OSC_IS_TILL_STORE (store));
  g_set_object (&self->store, store);
  self->what = what;
  const OscTillDraft *draft = draft_of (self);
  if (draft == NULL)
    return;
  g_autofree char *left = osy_money_format (osc_till_store_left (store, draft));
  self->showing = TRUE;
  osc_till_chips_offer (OSC_TILL_CHIPS (self->chips), osc_till_words_reasons (FALSE, FALSE));
  osc_till_chips_set (OSC_TILL_CHIPS (self->chips), draft->reason);
  gtk_editable_set_text (GTK_EDITABLE (self->left), left);
  self->showing = FALSE;
  osc_till_check_show (self);
}

/* ---- life ---- */

static void
osc_till_check_dispose (GObject *object)
{
  g_clear_object (&OSC_TILL_CHECK (object)->store);
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_till_check_parent_class)->dispose (object);
}

static void
osc_till_check_class_init (OscTillCheckClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_till_check_dispose;
  signals[SUBMITTED] = g_signal_new ("submitted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tillcheck");
}

static GtkWidget *
add (OscTillCheck *self, GtkWidget *widget)
{
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  return widget;
}

static void
make_left (OscTillCheck *self)
{
  self->left_box = add (self, gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_widget_add_css_class (self->left_box, "till-left");
  gtk_box_append (GTK_BOX (self->left_box),
                  osc_widget_new_text (_ ("Stays in the drawer"), "strong"));
  self->left = gtk_entry_new ();
  gtk_entry_set_input_purpose (GTK_ENTRY (self->left), GTK_INPUT_PURPOSE_DIGITS);
  gtk_entry_set_max_length (GTK_ENTRY (self->left), MAX_DIGITS + 3);
  gtk_widget_add_css_class (self->left, "numeric");
  gtk_widget_add_css_class (self->left, "till-entry");
  osc_widget_set_name (self->left, _ ("Stays in the drawer"));
  g_signal_connect_object (self->left, "changed", G_CALLBACK (on_left), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->left, "activate", G_CALLBACK (on_submitted), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->left_box), self->left);
  self->banked = osc_widget_new_text ("", "secondary");
  gtk_widget_add_css_class (self->banked, "numeric");
  gtk_box_append (GTK_BOX (self->left_box), self->banked);
}

static void
osc_till_check_init (OscTillCheck *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  self->word = add (self, osc_widget_new_text ("", "till-word"));
  gtk_widget_add_css_class (self->word, "numeric");
  self->detail = add (self, osc_widget_new_text ("", "secondary"));
  gtk_widget_add_css_class (self->detail, "numeric");
  self->why = add (self, osc_widget_new_text ("", "strong"));
  self->chips = add (self, osc_till_chips_new ());
  g_signal_connect_object (self->chips, "changed", G_CALLBACK (on_reason), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->chips, "submitted", G_CALLBACK (on_submitted), self,
                           G_CONNECT_SWAPPED);
  make_left (self);
}
