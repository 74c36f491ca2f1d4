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

static GtkWidget *
open_popover (GtkWidget *button, OscMenuStore *menu)
{
  GtkWidget *popover = gtk_popover_new ();

  g_object_set_data_full (G_OBJECT (popover), "menu", g_object_ref (menu), g_object_unref);
  g_signal_connect (popover, "closed", G_CALLBACK (on_popover_closed), NULL);
  gtk_widget_set_parent (popover, button);
  return popover;
}

/* The popover's question, without its choices yet. */
static GtkWidget *
start_question (GtkWidget *popover, const char *words)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (words);

  gtk_widget_add_css_class (box, "kitchen-choices");
  gtk_widget_add_css_class (title, "kitchen-section");
  gtk_box_append (GTK_BOX (box), title);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return box;
}

static void
show_question (GtkWidget *popover, GtkWidget *first)
{
  gtk_popover_set_default_widget (GTK_POPOVER (popover), first);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (first);
}

static void
ask_when (GtkWidget *popover, const OsyMenuItem *item)
{
  GtkWidget *box = start_question (popover, item->name);
  GtkWidget *today = add_choice (box, _ ("Sold out today"), G_CALLBACK (on_today));

  gtk_widget_add_css_class (today, "stop-today");
  add_choice (box, _ ("Until I sell it again"), G_CALLBACK (on_open_ended));
  g_object_set_data_full (G_OBJECT (popover), "id", g_strdup (item->id), g_free);
  show_question (popover, today);
}

/* ---- which, of a combo ---- */

static gboolean
is_stopped (const OsyMenuItem *item)
{
  return osy_menu_stop_at (&item->stop, osy_clock_now ());
}

static void
on_which (GtkWidget *choice)
{
  GtkWidget *popover = gtk_widget_get_ancestor (choice, GTK_TYPE_POPOVER);
  OscMenuStore *menu = g_object_get_data (G_OBJECT (popover), "menu");
  const OsyMenuItem *item =
      osy_menu_find_item (osc_menu_store_get (menu), g_object_get_data (G_OBJECT (choice), "id"));

  if (item != NULL && !is_stopped (item)) {
    ask_when (popover, item);
    return;
  }
  gtk_popover_popdown (GTK_POPOVER (popover));
  if (item != NULL) {
    stop (gtk_widget_get_parent (popover), menu, item->id, OSY_MENU_FOR_SALE);
  }
}

/* (transfer full) @whole: the dishes are sold as this. */
static char *
which_text (const OsyMenuItem *item, gboolean whole)
{
  if (is_stopped (item)) {
    return g_strdup_printf (_ ("%s is sold out. Sell it again?"), item->name);
  }
  return whole ? g_strdup_printf (_ ("All of %s"), item->name) : g_strdup (item->name);
}

static void
ask_which (GtkWidget *popover, const GPtrArray *items, const char *sold_as)
{
  GtkWidget *box = start_question (popover, _ ("Tap what is sold out"));
  GtkWidget *first = NULL;

  for (guint i = 0; i < items->len; i++) {
    const OsyMenuItem *item = items->pdata[i];
    g_autofree char *text = which_text (item, g_strcmp0 (item->id, sold_as) == 0);
    GtkWidget *choice = add_choice (box, text, G_CALLBACK (on_which));

    g_object_set_data_full (G_OBJECT (choice), "id", g_strdup (item->id), g_free);
    first = first != NULL ? first : choice;
  }
  show_question (popover, first);
}

/* (transfer container): the dishes that are made of @line here, and last what it was sold as; none
 * twice, and none that has left the menu. */
static GPtrArray *
find_items (OscMenuStore *menu, const OsyKitchenLine *line)
{
  GPtrArray *items = g_ptr_array_new ();

  for (guint i = 0; i <= line->options->len; i++) {
    const char *id = i < line->options->len ? ((OsyKitchenOption *)line->options->pdata[i])->item_id
                                            : line->menu_item_id;
    const OsyMenuItem *item =
        id != NULL ? osy_menu_find_item (osc_menu_store_get (menu), id) : NULL;

    if (item != NULL && !g_ptr_array_find (items, item, NULL)) {
      g_ptr_array_add (items, (gpointer)item);
    }
  }
  return items;
}

void
osc_kitchen_stop_ask (GtkWidget *button,
                      const OscContext *context,
                      OscKitchenItem *item,
                      const OsyKitchenLine *line)
{
  g_return_if_fail (GTK_IS_WIDGET (button) && context != NULL && line != NULL);
  g_autoptr (GPtrArray) items = find_items (context->menu, line);
  const OsyMenuItem *last = items->len > 0 ? items->pdata[items->len - 1] : NULL;

  if (last == NULL) {
    osc_toasts_say (button, _ ("That dish is not on the menu any more"));
  } else if (items->len > 1) {
    ask_which (open_popover (button, context->menu), items, line->menu_item_id);
  } else if (is_stopped (last)) {
    stop (button, context->menu, last->id, OSY_MENU_FOR_SALE);
  } else {
    ask_when (open_popover (button, context->menu), last);
  }
}
