/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The timeline of an order. */

#include "osc-timeline.h"

#include "osc-widget.h"
#include "osc-words.h"

struct _OscTimeline {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (OscTimeline, osc_timeline, GTK_TYPE_WIDGET)

static void
osc_timeline_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (osc_timeline_parent_class)->dispose (object);
}

static void
osc_timeline_class_init (OscTimelineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_timeline_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "timeline");
}

static void
osc_timeline_init (OscTimeline *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
}

static GtkWidget *
make_text (const OsyOrderStep *step)
{
  g_autofree char *words = osc_words_step (step);
  const char *actor = osc_words_actor (step);
  g_autofree char *text =
      actor[0] != '\0' ? g_strdup_printf ("%s · %s", words, actor) : g_strdup (words);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
make_row (const OsyOrderStep *step, gboolean last)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *clock = osc_words_clock (step->at);
  GtkWidget *time = gtk_label_new (clock);

  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_add_css_class (time, "secondary");
  gtk_widget_add_css_class (dot, "dot");
  gtk_widget_set_valign (dot, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (time, GTK_ALIGN_BASELINE);
  if (last)
    gtk_widget_add_css_class (row, "newest");
  gtk_box_append (GTK_BOX (row), time);
  gtk_box_append (GTK_BOX (row), dot);
  gtk_box_append (GTK_BOX (row), make_text (step));
  return row;
}

void
osc_timeline_show (OscTimeline *self, GPtrArray *steps)
{
  g_return_if_fail (OSC_IS_TIMELINE (self) && steps != NULL);

  osc_widget_drop_children (GTK_WIDGET (self));
  for (guint i = 0; i < steps->len; i++)
    gtk_widget_insert_before (make_row (g_ptr_array_index (steps, i), i + 1 == steps->len),
                              GTK_WIDGET (self), NULL);
}

GPtrArray *
osc_timeline_derive (const OsyOrderData *order)
{
  const struct {
    const char *act;
    gint64 at;
  } known[] = {
      {"place", order->created_at},         {"accept", order->accepted_at},
      {"start", order->started_at},         {"ready", order->ready_at},
      {"hand-over", order->handed_over_at}, {"complete", order->completed_at},
  };
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify)osy_order_step_free);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    if (known[i].at == 0)
      continue;
    OsyOrderStep *step = osy_order_step_new ();
    step->act = g_strdup (known[i].act);
    step->at = known[i].at;
    g_ptr_array_add (steps, step);
  }
  return steps;
}
