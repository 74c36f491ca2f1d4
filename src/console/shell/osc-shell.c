/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The shell: hands acts to OscActs and shows what came of them. */

#include "osc-shell.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "osc-banner.h"
#include "osc-rail.h"
#include "osc-stage.h"
#include "osc-toasts.h"

struct _OscShell {
  GtkWidget parent_instance;

  GtkWidget *banner;
  GtkWidget *rail;
  GtkWidget *stage;
  GtkWidget *view;
  GtkWidget *side;
  GtkWidget *scrim;
  GtkWidget *modal;
  GtkWidget *toasts;
  GtkWidget *board;

  OscOrderStore *store;
  OscActs *acts;
  OscMinutes *minutes;
};

enum { RETRY, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscShell, osc_shell, GTK_TYPE_WIDGET)

static void
on_done (OscShell *self, const char *sentence, gboolean can_undo)
{
  osc_toasts_add (OSC_TOASTS (self->toasts), sentence, can_undo);
}

static void
on_failed (OscShell *self, OscOrderItem *item, const char *sentence)
{
  osc_toasts_add (OSC_TOASTS (self->toasts), sentence, FALSE);
}

static void
on_undo (OscShell *self)
{
  osc_acts_undo (self->acts);
}

static void
on_banner_pressed (OscShell *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

static void
on_waiting (OscShell *self)
{
  osc_rail_set_waiting (OSC_RAIL (self->rail), osc_order_store_waiting (self->store));
}

gboolean
osc_shell_key (OscShell *self, OscKey key)
{
  if (key == OSC_KEY_UNDO) {
    osc_toasts_clear_undo (OSC_TOASTS (self->toasts));
    osc_acts_undo (self->acts);
    return TRUE;
  }
  return osc_board_key (OSC_BOARD (self->board), key);
}

static void
osc_shell_dispose (GObject *object)
{
  OscShell *self = OSC_SHELL (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SHELL);
  g_clear_object (&self->minutes);
  g_clear_object (&self->acts);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_shell_parent_class)->dispose (object);
}

static void
osc_shell_class_init (OscShellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_shell_dispose;
  signals[RETRY] = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_BANNER);
  g_type_ensure (OSC_TYPE_RAIL);
  g_type_ensure (OSC_TYPE_STAGE);
  g_type_ensure (OSC_TYPE_TOASTS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/shell/osc-shell.ui");
  gtk_widget_class_bind_template_child (widget_class, OscShell, banner);
  gtk_widget_class_bind_template_child (widget_class, OscShell, rail);
  gtk_widget_class_bind_template_child (widget_class, OscShell, stage);
  gtk_widget_class_bind_template_child (widget_class, OscShell, view);
  gtk_widget_class_bind_template_child (widget_class, OscShell, side);
  gtk_widget_class_bind_template_child (widget_class, OscShell, scrim);
  gtk_widget_class_bind_template_child (widget_class, OscShell, modal);
  gtk_widget_class_bind_template_child (widget_class, OscShell, toasts);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_banner_pressed);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "shell");
}

static void
osc_shell_init (OscShell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

GtkWidget *
osc_shell_new (OscOrderStore *store, OscActs *acts)
{
  OscShell *self = g_object_new (OSC_TYPE_SHELL, NULL);

  self->store = g_object_ref (store);
  self->acts = g_object_ref (acts);
  self->minutes = osc_minutes_new (G_LIST_MODEL (store));
  self->board = osc_board_new (store, acts, self->minutes);
  adw_bin_set_child (ADW_BIN (self->view), self->board);
  g_signal_connect_object (acts, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (acts, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notify::waiting", G_CALLBACK (on_waiting), self,
                           G_CONNECT_SWAPPED);
  on_waiting (self);
  return GTK_WIDGET (self);
}

void
osc_shell_set_live (OscShell *self, const char *problem)
{
  g_return_if_fail (OSC_IS_SHELL (self));

  if (problem != NULL)
    osc_banner_show (OSC_BANNER (self->banner), problem, _ ("Try again"));
  else
    osc_banner_hide (OSC_BANNER (self->banner));
  osc_board_set_live (OSC_BOARD (self->board), problem == NULL);
}

OscBoard *
osc_shell_board (OscShell *self)
{
  return OSC_BOARD (self->board);
}
