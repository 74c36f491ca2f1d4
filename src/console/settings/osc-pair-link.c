/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Where a tablet finds the kitchen page. The code stands behind the #, which browsers keep to
 * themselves. */

#include "osc-pair-link.h"

#include <glib/gi18n.h>

#include "osc-qr.h"
#include "osc-widget.h"

#define WIDEST 46 /* letters of a line */

struct _OscPairLink {
  GtkWidget parent_instance;
  char *code;
};

G_DEFINE_FINAL_TYPE (OscPairLink, osc_pair_link, GTK_TYPE_WIDGET)

static void
add (OscPairLink *self, GtkWidget *widget)
{
  gtk_widget_insert_before (widget, GTK_WIDGET (self), NULL);
}

static void
add_text (OscPairLink *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDEST);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  add (self, label);
}

static void
show_address (OscPairLink *self, const char *address)
{
  g_autofree char *link = g_strconcat (address, "/kitchen#pair=", self->code, NULL);
  g_autofree char *page = g_strconcat (address, "/kitchen", NULL);

  add (self, osc_qr_new (link, _ ("QR code for a tablet in the kitchen")));
  add_text (self, page);
  add_text (self, _ ("If the tablet warns of the page, make it trust the shop first: "
                     "“ordersyncctl edge trust” shows how"));
}

static void
edge_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscPairLink) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = osc_people_do_finish (OSC_PEOPLE (source), result, &error);
  JsonObject *edge = answer != NULL ? json_node_get_object (answer) : NULL;
  JsonArray *list = edge != NULL ? json_object_get_array_member (edge, "addresses") : NULL;

  if (list != NULL && json_array_get_length (list) > 0)
    show_address (self, json_array_get_string_element (list, 0));
  else if (list != NULL)
    add_text (self, _ ("A tablet cannot come yet, since the network is not served. Run "
                       "“ordersyncctl edge setup” and start OrderSync again"));
}

static void
osc_pair_link_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (osc_pair_link_parent_class)->dispose (object);
}

static void
osc_pair_link_finalize (GObject *object)
{
  g_free (OSC_PAIR_LINK (object)->code);
  G_OBJECT_CLASS (osc_pair_link_parent_class)->finalize (object);
}

static void
osc_pair_link_class_init (OscPairLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_pair_link_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_pair_link_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
osc_pair_link_init (OscPairLink *self)
{
  osc_widget_make_vertical (GTK_WIDGET (self));
}

GtkWidget *
osc_pair_link_new (OscPeople *people, const char *code)
{
  g_return_val_if_fail (OSC_IS_PEOPLE (people) && code != NULL, NULL);
  OscPairLink *self = g_object_new (OSC_TYPE_PAIR_LINK, NULL);

  self->code = g_strdup (code);
  osc_people_do_async (people, &(OscPeopleCall){.act = OSC_PEOPLE_FIND_EDGE}, edge_cb,
                       g_object_ref (self));
  return GTK_WIDGET (self);
}
