/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tasks above the orders. */

#include "osc-task-bar.h"

#include <glib/gi18n.h>

#include "osc-widget.h"

struct _OscTaskBar {
  GtkWidget parent_instance;
  OscShopStore *shop;
};

G_DEFINE_FINAL_TYPE (OscTaskBar, osc_task_bar, GTK_TYPE_WIDGET)

static const char *const tasks[OSY_N_SHOP_STEPS] = {
    [OSY_SHOP_STEP_SHOP] = N_ ("Tell about the shop"),
    [OSY_SHOP_STEP_BUSINESS_NUMBER] = N_ ("Enter the business number"),
    [OSY_SHOP_STEP_MENU] = N_ ("Enter the menu"),
    [OSY_SHOP_STEP_SOUND] = N_ ("Check the sound"),
    [OSY_SHOP_STEP_PRINTER] = N_ ("Check the printer"),
    [OSY_SHOP_STEP_FIRST_ORDER] = N_ ("Try a practice order"),
};

static GtkWidget *
new_task (OsyShopStep step)
{
  GtkWidget *button = gtk_button_new_with_label (_ (tasks[step]));

  gtk_widget_add_css_class (button, "task");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "shell.show");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "setup",
                                    osy_shop_step_name (step));
  return button;
}

static void
show (OscTaskBar *self)
{
  OsyShop *shop = osc_shop_store_get (self->shop);
  gboolean any = FALSE;

  osc_widget_drop_children (GTK_WIDGET (self));
  gtk_widget_set_parent (gtk_label_new (_ ("Still to do")), GTK_WIDGET (self));
  gtk_widget_add_css_class (gtk_widget_get_first_child (GTK_WIDGET (self)), "secondary");
  for (int i = 0; shop != NULL && i < OSY_N_SHOP_STEPS; i++)
    if (osy_shop_data (shop)->setup[i] != OSY_SHOP_STEP_DONE) {
      gtk_widget_set_parent (new_task (i), GTK_WIDGET (self));
      any = TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

void
osc_task_bar_follow (OscTaskBar *self, OscShopStore *shop)
{
  g_return_if_fail (OSC_IS_TASK_BAR (self) && OSC_IS_SHOP_STORE (shop));

  g_set_object (&self->shop, shop);
  g_signal_connect_object (shop, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

static void
osc_task_bar_dispose (GObject *object)
{
  osc_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&OSC_TASK_BAR (object)->shop);
  G_OBJECT_CLASS (osc_task_bar_parent_class)->dispose (object);
}

static void
osc_task_bar_class_init (OscTaskBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_task_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "taskbar");
}

static void
osc_task_bar_init (OscTaskBar *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
