/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* A device chip: tick when fine, triangle and words when not. */

#include "osc-chip.h"

#include <glib/gi18n.h>

#include "osc-widget.h"
#include "osc-words.h"
#include "osy-clock.h"

#define MORE_HEIGHT 400

struct _OscChip {
  GtkButton parent_instance;
  GtkWidget *icon;
  GtkWidget *text;
  GtkWidget *mark;
  char *name;
  GtkWidget *popover;
  GtkWidget *sentence;
  GtkWidget *since_label;
  GtkWidget *more; /* GtkScrolledWindow */
  GtkWidget *help;
  OscChipState state;
  gboolean direct;
  gint64 since; /* UTC µs; 0: not known */
};

enum { HELPED, N_SIGNALS };
static guint signals[N_SIGNALS];

enum { PROP_0, PROP_CHIP_ICON, PROP_CHIP_NAME, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (OscChip, osc_chip, GTK_TYPE_BUTTON)

static void
osc_chip_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OscChip *self = OSC_CHIP (object);

  if (id == PROP_CHIP_ICON) {
    osc_widget_set_icon (self->icon, g_value_get_string (value));
    gtk_widget_set_visible (self->icon, TRUE);
    return;
  }
  g_free (self->name);
  self->name = g_value_dup_string (value);
  osc_chip_set (self, OSC_CHIP_UNKNOWN, NULL);
}

static void
on_clicked (OscChip *self)
{
  if (self->direct) {
    g_signal_emit (self, signals[HELPED], 0);
    return;
  }
  g_autofree char *clock = osc_words_clock (self->since);
  g_autofree char *since = g_strdup_printf (_ ("Since %s"), clock);

  gtk_label_set_label (GTK_LABEL (self->since_label), since);
  gtk_widget_set_visible (self->since_label, self->since != 0);
  if (gtk_label_get_label (GTK_LABEL (self->sentence))[0] != '\0')
    gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
on_help (OscChip *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[HELPED], 0);
}

static void
osc_chip_dispose (GObject *object)
{
  g_clear_pointer (&OSC_CHIP (object)->popover, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_CHIP);
  G_OBJECT_CLASS (osc_chip_parent_class)->dispose (object);
}

static void
osc_chip_finalize (GObject *object)
{
  g_free (OSC_CHIP (object)->name);
  G_OBJECT_CLASS (osc_chip_parent_class)->finalize (object);
}

static void
osc_chip_class_init (OscChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = osc_chip_set_property;
  object_class->dispose = osc_chip_dispose;
  object_class->finalize = osc_chip_finalize;
  properties[PROP_CHIP_ICON] = g_param_spec_string ("chip-icon", NULL, NULL, NULL, flags);
  properties[PROP_CHIP_NAME] = g_param_spec_string ("chip-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/shell/osc-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, OscChip, icon);
  gtk_widget_class_bind_template_child (widget_class, OscChip, text);
  gtk_widget_class_bind_template_child (widget_class, OscChip, mark);
  signals[HELPED] = g_signal_new ("helped", OSC_TYPE_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static GtkWidget *
new_more (void)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MORE_HEIGHT);
  return scroller;
}

static void
make_popover (OscChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->popover = gtk_popover_new ();
  self->sentence = gtk_label_new (NULL);
  self->since_label = gtk_label_new (NULL);
  self->more = new_more ();
  self->help = gtk_button_new_with_label ("");
  gtk_label_set_wrap (GTK_LABEL (self->sentence), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->sentence), 32);
  gtk_label_set_xalign (GTK_LABEL (self->sentence), 0);
  gtk_label_set_xalign (GTK_LABEL (self->since_label), 0);
  gtk_widget_add_css_class (self->since_label, "secondary");
  gtk_widget_add_css_class (self->since_label, "numeric");
  gtk_widget_add_css_class (self->help, "outlined");
  gtk_widget_add_css_class (self->popover, "strip-popover");
  gtk_box_append (GTK_BOX (box), self->sentence);
  gtk_box_append (GTK_BOX (box), self->since_label);
  gtk_box_append (GTK_BOX (box), self->more);
  gtk_box_append (GTK_BOX (box), self->help);
  gtk_popover_set_child (GTK_POPOVER (self->popover), box);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_object (self->help, "clicked", G_CALLBACK (on_help), self, G_CONNECT_SWAPPED);
}

static void
osc_chip_init (OscChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_popover (self);
  g_signal_connect (self, "clicked", G_CALLBACK (on_clicked), NULL);
}

void
osc_chip_set (OscChip *self, OscChipState state, const char *words)
{
  static const char *const classes[] = {"unknown", "fine", "warning", "fault"};
  static const char *const marks[] = {NULL, "osy-check-symbolic", "osy-soon-symbolic",
                                      "osy-warning-symbolic"};
  g_autofree char *unknown = g_strdup_printf (_ ("%s: not checked yet"), self->name);
  const char *spoken = words != NULL ? words : state == OSC_CHIP_UNKNOWN ? unknown : self->name;

  g_return_if_fail (OSC_IS_CHIP (self));

  if (state != self->state) {
    self->state = state;
    self->since = osy_clock_now ();
  }
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), classes[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[state]);
  gtk_widget_set_visible (self->mark, marks[state] != NULL);
  osc_widget_set_icon (self->mark, marks[state]);
  gtk_label_set_label (GTK_LABEL (self->text), words != NULL ? words : self->name);
  osc_widget_set_name (GTK_WIDGET (self), spoken);
}

void
osc_chip_explain (OscChip *self, const char *sentence, const char *button)
{
  g_return_if_fail (OSC_IS_CHIP (self) && sentence != NULL);

  gtk_label_set_label (GTK_LABEL (self->sentence), sentence);
  gtk_button_set_label (GTK_BUTTON (self->help), button != NULL ? button : "");
  gtk_widget_set_visible (self->help, button != NULL);
}

void
osc_chip_set_more (OscChip *self, GtkWidget *more)
{
  g_return_if_fail (OSC_IS_CHIP (self));

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->more), more);
  gtk_widget_set_visible (self->more, more != NULL);
  if (more != NULL)
    g_object_bind_property (more, "visible", self->more, "visible", G_BINDING_SYNC_CREATE);
}

void
osc_chip_set_direct (OscChip *self, gboolean direct)
{
  g_return_if_fail (OSC_IS_CHIP (self));
  self->direct = direct;
}

void
osc_chip_close (OscChip *self)
{
  g_return_if_fail (OSC_IS_CHIP (self));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}
