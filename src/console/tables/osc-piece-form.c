/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The form beside the plan that is drawn. */

#include "osc-piece-form.h"

#include <glib/gi18n.h>

#include "osc-field.h"
#include "osc-floor-canvas.h"
#include "osc-stepper.h"
#include "osc-widget.h"
#include "osy-compat.h"

struct _OscPieceForm {
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkWidget *title;
  GtkWidget *number;
  GtkWidget *label;
  GtkWidget *seats_row;
  GtkWidget *seats;
  GtkWidget *piece_buttons;
  GtkWidget *floor_name;
  GtkWidget *floor_buttons;
  GtkWidget *drop_photo;
  GtkWidget *drop_floor;
  OscFloorStore *store;
  char *floor_id; /* nullable */
  char *piece_id; /* nullable */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscPieceForm, osc_piece_form, GTK_TYPE_WIDGET)

static const OsyPiece *
piece_of (OscPieceForm *self)
{
  return self->piece_id != NULL
             ? osy_floor_plan_piece (osc_floor_store_get (self->store), self->piece_id)
             : NULL;
}

static const OsyFloor *
floor_of (OscPieceForm *self)
{
  return self->floor_id != NULL
             ? osy_floor_plan_floor (osc_floor_store_get (self->store), self->floor_id)
             : NULL;
}

static void
send_piece (OscPieceForm *self, const OsyPiece *piece)
{
  JsonArray *batch = json_array_new ();
  g_autofree char *name = osc_floor_canvas_name (piece);

  osc_floor_batch_put_piece (batch, piece);
  osc_floor_store_apply (self->store, batch, name);
}

/* ---- what is typed ---- */

static const char *
number_problem (OscPieceForm *self, const char *number)
{
  const OsyPiece *other = osy_floor_plan_table (osc_floor_store_get (self->store), number);

  if (number[0] == '\0')
    return _ ("A table has a number");
  if (g_utf8_strlen (number, -1) > OSY_PIECE_MAX_NUMBER)
    return _ ("At most 8 characters");
  if (other != NULL && !g_str_equal (other->id, self->piece_id))
    return _ ("Another table has this number");
  return NULL;
}

static void
on_number (OscPieceForm *self)
{
  const OsyPiece *piece = piece_of (self);
  g_autofree char *number = g_strstrip (g_strdup (osc_field_text (OSC_FIELD (self->number))));
  const char *problem;
  g_autoptr (OsyPiece) next = NULL;

  if (self->filling || piece == NULL || g_strcmp0 (piece->number, number) == 0)
    return;
  problem = number_problem (self, number);
  osc_field_set_error (OSC_FIELD (self->number), problem);
  if (problem != NULL)
    return;
  next = osy_piece_copy (piece);
  osy_set_str (&next->number, number);
  send_piece (self, next);
}

static void
on_label (OscPieceForm *self)
{
  const OsyPiece *piece = piece_of (self);
  g_autofree char *label = g_strstrip (g_strdup (osc_field_text (OSC_FIELD (self->label))));
  const char *text = label[0] != '\0' ? label : NULL;
  g_autoptr (OsyPiece) next = NULL;

  if (self->filling || piece == NULL || g_strcmp0 (piece->label, text) == 0 ||
      g_utf8_strlen (label, -1) > OSY_PIECE_MAX_LABEL)
    return;
  next = osy_piece_copy (piece);
  osy_set_str (&next->label, text);
  send_piece (self, next);
}

static void
on_seats (OscPieceForm *self, int seats)
{
  const OsyPiece *piece = piece_of (self);
  g_autoptr (OsyPiece) next = NULL;

  if (piece == NULL)
    return;
  next = osy_piece_copy (piece);
  next->seats = seats;
  send_piece (self, next);
}

static void
on_floor_name (OscPieceForm *self)
{
  const OsyFloor *floor = floor_of (self);
  g_autofree char *name = g_strstrip (g_strdup (osc_field_text (OSC_FIELD (self->floor_name))));
  g_autoptr (OsyFloor) next = NULL;
  JsonArray *batch;

  if (self->filling || floor == NULL || name[0] == '\0' || g_strcmp0 (floor->name, name) == 0 ||
      g_utf8_strlen (name, -1) > OSY_FLOOR_MAX_NAME)
    return;
  next = osy_floor_copy (floor);
  osy_set_str (&next->name, name);
  batch = json_array_new ();
  osc_floor_batch_put_floor (batch, next);
  osc_floor_store_apply (self->store, batch, name);
}

/* ---- what is shown ---- */

static void
set_text (GtkWidget *field, const char *text)
{
  if (g_strcmp0 (osc_field_text (OSC_FIELD (field)), text != NULL ? text : "") != 0)
    osc_field_set_text (OSC_FIELD (field), text != NULL ? text : "");
  osc_field_set_error (OSC_FIELD (field), NULL);
}

static void
show (OscPieceForm *self)
{
  const OsyPiece *piece = piece_of (self);
  const OsyFloor *floor = floor_of (self);
  gboolean table = piece != NULL && g_str_equal (piece->kind, OSY_PIECE_TABLE);
  g_autofree char *name = piece != NULL ? osc_floor_canvas_name (piece) : NULL;
  guint floors = osc_floor_store_get (self->store)->floors->len;

  self->filling = TRUE;
  gtk_label_set_label (GTK_LABEL (self->title), name != NULL    ? name
                                                : floor != NULL ? floor->name
                                                                : "");
  gtk_widget_set_visible (self->number, table);
  gtk_widget_set_visible (self->seats_row, table);
  gtk_widget_set_visible (self->label, piece != NULL && !table);
  gtk_widget_set_visible (self->piece_buttons, piece != NULL);
  gtk_widget_set_visible (self->floor_name, piece == NULL);
  gtk_widget_set_visible (self->floor_buttons, piece == NULL);
  gtk_widget_set_visible (self->drop_photo, floor != NULL && floor->photo);
  gtk_widget_set_visible (self->drop_floor, floors > 1);
  if (table) {
    set_text (self->number, piece->number);
    osc_stepper_set_value (OSC_STEPPER (self->seats), piece->seats);
  } else if (piece != NULL) {
    set_text (self->label, piece->label);
  } else if (floor != NULL) {
    set_text (self->floor_name, floor->name);
  }
  self->filling = FALSE;
}

void
osc_piece_form_show (OscPieceForm *self, const char *floor_id, const char *piece_id)
{
  g_return_if_fail (OSC_IS_PIECE_FORM (self));
  osy_set_str (&self->floor_id, floor_id);
  osy_set_str (&self->piece_id, piece_id);
  show (self);
}

/* ---- life ---- */

static GtkWidget *
add_field (OscPieceForm *self, const char *label, GCallback finished)
{
  GtkWidget *field = g_object_new (OSC_TYPE_FIELD, "label", label, NULL);

  g_signal_connect_object (field, "finished", finished, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), field);
  return field;
}

static GtkWidget *
add_button (GtkWidget *box, const char *icon, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (row), gtk_label_new (label));
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "panel-act");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  osc_widget_set_name (button, label);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
add_seats (OscPieceForm *self)
{
  GtkWidget *label = gtk_label_new (_ ("Seats"));

  self->seats_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->seats = osc_stepper_new (_ ("Seats"));
  osc_stepper_set_range (OSC_STEPPER (self->seats), 0, OSY_PIECE_MAX_SEATS);
  g_signal_connect_object (self->seats, "changed", G_CALLBACK (on_seats), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "field-name");
  gtk_box_append (GTK_BOX (self->seats_row), label);
  gtk_box_append (GTK_BOX (self->seats_row), self->seats);
  gtk_box_append (GTK_BOX (self->box), self->seats_row);
}

static GtkWidget *
add_group (OscPieceForm *self)
{
  GtkWidget *group = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (group, "form-group");
  gtk_box_append (GTK_BOX (self->box), group);
  return group;
}

static void
osc_piece_form_dispose (GObject *object)
{
  OscPieceForm *self = OSC_PIECE_FORM (object);

  self->filling = TRUE;
  osc_widget_drop_children (GTK_WIDGET (object));
  g_clear_object (&self->store);
  g_clear_pointer (&self->floor_id, g_free);
  g_clear_pointer (&self->piece_id, g_free);
  G_OBJECT_CLASS (osc_piece_form_parent_class)->dispose (object);
}

static void
osc_piece_form_class_init (OscPieceFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = osc_piece_form_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "pieceform");
}

static void
osc_piece_form_init (OscPieceForm *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "panel-body");
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = gtk_label_new ("");
  gtk_widget_add_css_class (self->title, "panel-title");
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self->box), self->title);
  self->number = add_field (self, _ ("Number"), G_CALLBACK (on_number));
  add_seats (self);
  self->label = add_field (self, _ ("Words"), G_CALLBACK (on_label));
  self->floor_name = add_field (self, _ ("Name of the floor"), G_CALLBACK (on_floor_name));
  self->piece_buttons = add_group (self);
  add_button (self->piece_buttons, "osy-rotate-symbolic", _ ("Turn"), "edit.turn");
  add_button (self->piece_buttons, "osy-copy-symbolic", _ ("Duplicate"), "edit.copy");
  add_button (self->piece_buttons, "osy-erase-symbolic", _ ("Delete"), "edit.delete");
  self->floor_buttons = add_group (self);
  add_button (self->floor_buttons, "osy-picture-symbolic", _ ("Photo of the room"), "edit.photo");
  self->drop_photo = add_button (self->floor_buttons, "osy-erase-symbolic",
                                 _ ("Take the photo away"), "edit.drop-photo");
  add_button (self->floor_buttons, "osy-plus-symbolic", _ ("Another floor"), "edit.add-floor");
  self->drop_floor = add_button (self->floor_buttons, "osy-erase-symbolic", _ ("Delete this floor"),
                                 "edit.drop-floor");
}

GtkWidget *
osc_piece_form_new (OscFloorStore *store)
{
  g_return_val_if_fail (OSC_IS_FLOOR_STORE (store), NULL);
  OscPieceForm *self = g_object_new (OSC_TYPE_PIECE_FORM, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
