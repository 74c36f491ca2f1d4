/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Sold out, from the kitchen. */

#include "osc-kitchen-stop.h"

#include <glib/gi18n.h>

#include "osc-toasts.h"
#include "osy-clock.h"

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) button = user_data;
  g_autoptr (GError) error = NULL;

  if (!osc_menu_store_apply_finish (OSC_MENU_STORE (source), result, &error))
    osc_toasts_say (button, _ ("That didn't reach the server. Nothing has changed"));
}

static void stop (GtkWidget *button, OscMenuStore *menu, const char *id, OsyMenuStopMode mode);

static void
on_sell_again (GObject *anchor)
{
  stop (g_object_get_data (anchor, "button"), g_object_get_data (anchor, "menu"),
        g_object_get_data (anchor, "id"), OSY_MENU_FOR_SALE);
}

/* What the toast's button works on lives as long as the button that asked. */
static void
offer_to_sell (GtkWidget *button, OscMenuStore *menu, const char *id, const char *text)
{
  GObject *anchor = g_object_new (G_TYPE_OBJECT, NULL);

  g_object_set_data (anchor, "button", button);
  g_object_set_data_full (anchor, "menu", g_object_ref (menu), g_object_unref);
  g_object_set_data_full (anchor, "id", g_strdup (id), g_free);
  g_object_set_data_full (G_OBJECT (button), "stopped", anchor, g_object_unref);
  osc_toasts_offer (button, text, _ ("Undo"), G_CALLBACK (on_sell_again), anchor);
}

static void
stop (GtkWidget *button, OscMenuStore *menu, const char *id, OsyMenuStopMode mode)
{
  const OsyMenuItem *item = osy_menu_find_item (osc_menu_store_get (menu), id);
  OscMenuStopping stopping = {.id = id, .stop = {.mode = mode}};
  g_autofree char *text = NULL;

  if (item == NULL)
    return;
  if (mode == OSY_MENU_FOR_SALE)
    text = g_strdup_printf (_ ("%s: for sale again"), item->name);
  else if (mode == OSY_MENU_SOLD_OUT_TODAY)
    text = g_strdup_printf (_ ("%s: sold out for today"), item->name);
  else
    text = g_strdup_printf (_ ("%s: sold out"), item->name);
  osc_menu_store_stop_async (menu, &stopping, stopped_cb, g_object_ref (button));
  if (mode == OSY_MENU_FOR_SALE)
    osc_toasts_say (button, text);
  else
    offer_to_sell (button, menu, id, text);
}

/* ---- the question ---- */

static void
choose (GtkWidget *choice, OsyMenuStopMode mode)
{
  GtkWidget *popover = gtk_widget_get_ancestor (choice, GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  stop (gtk_widget_get_parent (popover), g_object_get_data (G_OBJECT (popover), "menu"),
        g_object_get_data (G_OBJECT (popover), "id"), mode);
}

static void
on_today (GtkWidget *choice)
{
  choose (choice, OSY_MENU_SOLD_OUT_TODAY);
}

static void
on_open_ended (GtkWidget *choice)
{
  choose (choice, OSY_MENU_SOLD_OUT_OPEN);
}

static GtkWidget *
add_choice (GtkWidget *box, const char *text, GCallback chosen)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  g_signal_connect (button, "clicked", chosen, NULL);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static gboolean
closed_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* A choice is told after the popover has gone down. */
static void
on_popover_closed (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, closed_cb, g_object_ref (popover), g_object_unref);
}

static void
open_popover (GtkWidget *button, OscMenuStore *menu, const OsyMenuItem *item)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (item->name);
  GtkWidget *today;

  gtk_widget_add_css_class (box, "kitchen-choices");
  gtk_widget_add_css_class (title, "kitchen-section");
  gtk_box_append (GTK_BOX (box), title);
  today = add_choice (box, _ ("Sold out today"), G_CALLBACK (on_today));
  gtk_widget_add_css_class (today, "stop-today");
  add_choice (box, _ ("Until I sell it again"), G_CALLBACK (on_open_ended));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_popover_set_default_widget (GTK_POPOVER (popover), today);
  g_object_set_data_full (G_OBJECT (popover), "menu", g_object_ref (menu), g_object_unref);
  g_object_set_data_full (G_OBJECT (popover), "id", g_strdup (item->id), g_free);
  g_signal_connect (popover, "closed", G_CALLBACK (on_popover_closed), NULL);
  gtk_widget_set_parent (popover, button);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (today);
}

void
osc_kitchen_stop_ask (GtkWidget *button,
                      const OscContext *context,
                      OscKitchenItem *item,
                      const OsyKitchenLine *line)
{
  g_return_if_fail (GTK_IS_WIDGET (button) && context != NULL && line != NULL);
  const OsyMenuItem *dish =
      line->menu_item_id != NULL
          ? osy_menu_find_item (osc_menu_store_get (context->menu), line->menu_item_id)
          : NULL;

  if (dish == NULL)
    osc_toasts_say (button, _ ("That dish is not on the menu any more"));
  else if (osy_menu_stop_at (&dish->stop, osy_clock_now ()))
    stop (button, context->menu, dish->id, OSY_MENU_FOR_SALE);
  else
    open_popover (button, context->menu, dish);
}
