/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The count. The field that is typed into is a row of ours and no entry, so that digits, Enter and
 * the number pad go to it wherever the focus is. */

#include "osc-till-counter.h"

#include <glib/gi18n.h>

#include "osc-till-paper.h"
#include "osc-till-row.h"
#include "osc-widget.h"
#include "osc-words.h"

#define SUM OSC_TILL_PIECES /* the row of one sum */
#define N_ROWS (OSC_TILL_PIECES + 1)

typedef struct {
  GtkWidget *box;
  GtkWidget *value;
  GtkWidget *amount; /* nullable: of the sum */
} Row;

struct _OscTillCounter {
  GtkWidget parent_instance;
  GtkWidget *by_piece;
  GtkWidget *by_sum;
  Row rows[N_ROWS];
  GtkWidget *total;
  OscTillStore *store; /* nullable */
  OscTillFor what;
  guint at;
  gboolean showing;
};

enum { FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscTillCounter, osc_till_counter, GTK_TYPE_WIDGET)

static OscTillDraft *
draft_of (OscTillCounter *self)
{
  return self->store != NULL ? osc_till_store_draft (self->store, self->what) : NULL;
}

/* ---- showing ---- */

static void
say_row (Row *row, guint at, gint64 value)
{
  g_autofree char *piece =
      at == SUM ? g_strdup (_ ("Cash in the drawer")) : osc_words_money (osc_till_pieces[at]);
  g_autofree char *typed = value == OSC_TILL_UNTYPED ? g_strdup (_ ("nothing typed"))
                           : at == SUM               ? osc_words_money (value)
                                                     : g_strdup_printf ("%d", (int)value);
  g_autofree char *name = g_strdup_printf ("%s: %s", piece, typed);

  osc_widget_set_name (row->box, name);
}

static void
show_row (OscTillCounter *self, const OscTillDraft *draft, guint at)
{
  Row *row = &self->rows[at];
  gint64 value = at == SUM ? draft->sum : draft->pieces[at];
  g_autofree char *money =
      osc_words_money (at == SUM ? MAX (value, 0) : MAX (value, 0) * osc_till_pieces[at]);
  g_autofree char *digits = g_strdup_printf ("%d", (int)MAX (value, 0));

  gtk_widget_set_visible (row->box, draft->by_sum == (at == SUM));
  osc_widget_set_class (row->box, "chosen", at == self->at);
  osc_widget_set_class (row->box, "typed", value != OSC_TILL_UNTYPED);
  if (at == SUM)
    gtk_label_set_label (GTK_LABEL (row->value), money);
  else
    gtk_label_set_label (GTK_LABEL (row->value), value != OSC_TILL_UNTYPED ? digits : "–");
  if (row->amount != NULL)
    gtk_label_set_label (GTK_LABEL (row->amount), money);
  say_row (row, at, value);
}

void
osc_till_counter_show (OscTillCounter *self)
{
  g_return_if_fail (OSC_IS_TILL_COUNTER (self));
  const OscTillDraft *draft = draft_of (self);

  if (draft == NULL)
    return;
  g_autofree char *total = osc_words_money (osc_till_draft_counted (draft));
  if (draft->by_sum != (self->at == SUM))
    self->at = draft->by_sum ? SUM : 0;
  for (guint i = 0; i < N_ROWS; i++)
    show_row (self, draft, i);
  gtk_label_set_label (GTK_LABEL (self->total), total);
  self->showing = TRUE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (draft->by_sum ? self->by_sum : self->by_piece),
                                TRUE);
  self->showing = FALSE;
}

/* ---- typing ---- */

static void
choose (OscTillCounter *self, guint at)
{
  if (self->at == at)
    return;
  self->at = at;
  osc_till_counter_show (self);
}

void
osc_till_counter_begin (OscTillCounter *self)
{
  g_return_if_fail (OSC_IS_TILL_COUNTER (self));
  const OscTillDraft *draft = draft_of (self);

  self->at = draft != NULL && draft->by_sum ? SUM : 0;
  osc_till_counter_show (self);
  gtk_widget_grab_focus (self->rows[self->at].box);
}

void
osc_till_counter_write (OscTillCounter *self, const char *digits)
{
  g_return_if_fail (OSC_IS_TILL_COUNTER (self));
  OscTillDraft *draft = draft_of (self);

  if (draft != NULL && osc_till_draft_type (draft, self->at, digits))
    osc_till_store_touch (self->store);
}

static void
step (OscTillCounter *self, int change)
{
  OscTillDraft *draft = draft_of (self);

  if (draft == NULL || draft->by_sum)
    return;
  osc_till_draft_set (draft, self->at, MAX (osc_till_draft_get (draft, self->at), 0) + change);
  osc_till_store_touch (self->store);
}

static void
move (OscTillCounter *self, int change)
{
  int at = (int)self->at + change;

  if (self->at == SUM || at < 0 || at >= OSC_TILL_PIECES)
    return;
  choose (self, (guint)at);
  gtk_widget_grab_focus (self->rows[at].box);
}

void
osc_till_counter_next (OscTillCounter *self)
{
  g_return_if_fail (OSC_IS_TILL_COUNTER (self));
  if (self->at >= OSC_TILL_PIECES - 1)
    g_signal_emit (self, signals[FINISHED], 0);
  else
    move (self, 1);
}

static void
clear_field (OscTillCounter *self)
{
  OscTillDraft *draft = draft_of (self);

  while (draft != NULL && osc_till_draft_get (draft, self->at) != OSC_TILL_UNTYPED)
    osc_till_draft_type (draft, self->at, NULL);
  osc_till_store_touch (self->store);
}

gboolean
osc_till_counter_key (OscTillCounter *self, OscKey key)
{
  g_return_val_if_fail (OSC_IS_TILL_COUNTER (self), FALSE);
  static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};

  if (key >= OSC_KEY_CARD_1 && key <= OSC_KEY_CARD_9) {
    osc_till_counter_write (self, digits[key - OSC_KEY_CARD_1]);
    return TRUE;
  }
  if (key == OSC_KEY_ZERO) {
    osc_till_counter_write (self, "0");
    return TRUE;
  }
  switch (key) {
  case OSC_KEY_ERASE: osc_till_counter_write (self, NULL); return TRUE;
  case OSC_KEY_DROP: clear_field (self); return TRUE;
  case OSC_KEY_MORE: step (self, 1); return TRUE;
  case OSC_KEY_LESS: step (self, -1); return TRUE;
  case OSC_KEY_UP: move (self, -1); return TRUE;
  case OSC_KEY_DOWN: move (self, 1); return TRUE;
  case OSC_KEY_NEXT: osc_till_counter_next (self); return TRUE;
  default: return FALSE;
  }
}

/* ---- touching ---- */

static guint
row_of (OscTillCounter *self, GtkWidget *widget)
{
  for (guint i = 0; i < N_ROWS; i++)
    if (widget == self->rows[i].box || gtk_widget_is_ancestor (widget, self->rows[i].box))
      return i;
  return 0;
}

static void
on_touched (GtkEventController *controller, int n, double x, double y, OscTillCounter *self)
{
  guint at = row_of (self, gtk_event_controller_get_widget (controller));

  choose (self, at);
  gtk_widget_grab_focus (self->rows[at].box);
}

static void
on_focused (GtkEventController *controller, OscTillCounter *self)
{
  choose (self, row_of (self, gtk_event_controller_get_widget (controller)));
}

static void
on_less (GtkWidget *button, OscTillCounter *self)
{
  choose (self, row_of (self, button));
  step (self, -1);
}

static void
on_more (GtkWidget *button, OscTillCounter *self)
{
  choose (self, row_of (self, button));
  step (self, 1);
}

static void
on_way (OscTillCounter *self)
{
  OscTillDraft *draft = draft_of (self);
  gboolean by_sum = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->by_sum));

  if (self->showing || draft == NULL || draft->by_sum == by_sum)
    return;
  draft->by_sum = by_sum;
  osc_till_store_touch (self->store);
}

/* ---- making ---- */

static GtkWidget *
make_key (OscTillCounter *self, const char *icon, const char *name, GCallback pressed)
{
  GtkWidget *key = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (key, "till-key");
  gtk_widget_set_focus_on_click (key, FALSE);
  gtk_widget_set_focusable (key, FALSE); /* + and − do it by key */
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  osc_widget_set_name (key, name);
  g_signal_connect_object (key, "clicked", pressed, self, G_CONNECT_DEFAULT);
  return key;
}

static GtkWidget *
make_label (const char *text, const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

static void
make_steps (OscTillCounter *self, Row *row, guint at, const char *piece)
{
  /* Translators: the spoken name of a key: what is counted */
  g_autofree char *less = g_strdup_printf (_ ("%s: one less"), piece);
  /* Translators: the spoken name of a key: what is counted */
  g_autofree char *more = g_strdup_printf (_ ("%s: one more"), piece);

  gtk_widget_set_parent (make_key (self, "osy-minus-symbolic", less, G_CALLBACK (on_less)),
                         row->box);
  gtk_widget_set_parent (row->value, row->box);
  gtk_widget_set_parent (make_key (self, "osy-plus-symbolic", more, G_CALLBACK (on_more)),
                         row->box);
  gtk_widget_set_parent (
      make_label (osc_till_is_note (at) ? C_ ("count", "notes") : C_ ("count", "coins"),
                  "secondary", 0),
      row->box);
  row->amount = make_label ("", "till-amount", 1);
  gtk_widget_set_hexpand (row->amount, TRUE);
  gtk_widget_set_parent (row->amount, row->box);
}

static void
make_row (OscTillCounter *self, guint at)
{
  Row *row = &self->rows[at];
  GtkGesture *touch = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *piece =
      at == SUM ? g_strdup (_ ("Cash in the drawer")) : osc_words_money (osc_till_pieces[at]);

  row->box = osc_till_row_new ();
  row->value = make_label ("", "till-value", at == SUM ? 1 : 0.5f);
  g_signal_connect_object (touch, "pressed", G_CALLBACK (on_touched), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row->box, GTK_EVENT_CONTROLLER (touch));
  g_signal_connect_object (focus, "enter", G_CALLBACK (on_focused), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row->box, focus);
  gtk_widget_set_parent (make_label (piece, "till-piece", 0), row->box);
  if (at == SUM) {
    gtk_widget_set_hexpand (row->value, TRUE);
    gtk_widget_add_css_class (row->value, "sum");
    gtk_widget_set_parent (row->value, row->box);
  } else {
    make_steps (self, row, at, piece);
  }
  gtk_widget_set_parent (row->box, GTK_WIDGET (self));
}

static GtkWidget *
make_way (OscTillCounter *self, GtkWidget *box, const char *text, GtkWidget *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (text);

  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), (GtkToggleButton *)group);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_way), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
make_head (OscTillCounter *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *ways = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (head, "till-count-head");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), osc_widget_new_text (_ ("Count the cash drawer"), "till-title"));
  gtk_box_append (GTK_BOX (words),
                  osc_widget_new_text (_ ("How much there should be isn't shown while you count"),
                                       "secondary"));
  gtk_box_append (GTK_BOX (head), words);
  gtk_widget_add_css_class (ways, "switcher");
  gtk_widget_set_valign (ways, GTK_ALIGN_CENTER);
  self->by_piece = make_way (self, ways, _ ("By piece"), NULL);
  self->by_sum = make_way (self, ways, _ ("One sum"), self->by_piece);
  gtk_box_append (GTK_BOX (head), ways);
  gtk_widget_set_parent (head, GTK_WIDGET (self));
}

static void
make_foot (OscTillCounter *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *name = osc_widget_new_text (_ ("Counted cash"), "till-total-name");

  gtk_widget_add_css_class (foot, "till-count-foot");
  gtk_widget_set_vexpand (foot, TRUE);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_set_valign (name, GTK_ALIGN_CENTER);
  self->total = make_label ("", "till-total", 1);
  gtk_box_append (GTK_BOX (foot), name);
  gtk_box_append (GTK_BOX (foot), self->total);
  gtk_widget_set_parent (foot, GTK_WIDGET (self));
}

/* ---- life ---- */

static void
osc_till_counter_dispose (GObject *object)
{
  g_clear_object (&OSC_TILL_COUNTER (object)->store);
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_till_counter_parent_class)->dispose (object);
}

static void
osc_till_counter_class_init (OscTillCounterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_till_counter_dispose;
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tillcounter");
}

static void
osc_till_counter_init (OscTillCounter *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
  make_head (self);
  for (guint i = 0; i < N_ROWS; i++)
    make_row (self, i);
  make_foot (self);
}

void
osc_till_counter_follow (OscTillCounter *self, OscTillStore *store, OscTillFor what)
{
  g_return_if_fail (OSC_IS_TILL_COUNTER (self) && OSC_IS_TILL_STORE (store));
  g_set_object (&self->store, store);
  self->what = what;
  osc_till_counter_show (self);
}
