/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The plan editor. Each act is one batch and one step of undo. */

#include "osc-floor-editor.h"

#include <glib/gi18n.h>

#include "osc-floor-template.h"
#include "osc-piece-form.h"
#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-compat.h"
#include "osy-id.h"

#define MAX_PHOTO (2 * 1024 * 1024)
#define TURN 45
#define TURN_TABLE 90

struct _OscFloorEditor {
  GtkWidget parent_instance;
  GtkWidget *floors;
  GtkWidget *palette;
  GtkWidget *middle;
  GtkWidget *panes;
  GtkWidget *canvas;
  GtkWidget *form;
  OscFloorStore *store;
  GtkFileChooserNative *chooser; /* (nullable): while it is open */
  char *photo_of;                /* (nullable): the floor whose picture is shown */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscFloorEditor, osc_floor_editor, GTK_TYPE_WIDGET)

static const OsyFloorPlan *
plan_of (OscFloorEditor *self)
{
  return osc_floor_store_get (self->store);
}

OscFloorCanvas *
osc_floor_editor_canvas (OscFloorEditor *self)
{
  g_return_val_if_fail (OSC_IS_FLOOR_EDITOR (self), NULL);
  return OSC_FLOOR_CANVAS (self->canvas);
}

static void
say (OscFloorEditor *self, const char *text)
{
  osc_toasts_say (GTK_WIDGET (self), text);
}

/* ---- what is on screen ---- */

static void
photo_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscFloorEditor) self = user_data;
  g_autoptr (GBytes) bytes = osc_floor_store_photo_finish (OSC_FLOOR_STORE (source), result, NULL);
  g_autoptr (GdkTexture) texture = bytes != NULL && g_bytes_get_size (bytes) > 0
                                       ? gdk_texture_new_from_bytes (bytes, NULL)
                                       : NULL;

  if (self->canvas != NULL)
    osc_floor_canvas_set_photo (OSC_FLOOR_CANVAS (self->canvas), texture);
}

static void
show_photo (OscFloorEditor *self, const OsyFloor *floor)
{
  if (!osy_set_str (&self->photo_of, floor != NULL && floor->photo ? floor->id : NULL))
    return;
  osc_floor_canvas_set_photo (OSC_FLOOR_CANVAS (self->canvas), NULL);
  if (self->photo_of != NULL)
    osc_floor_store_photo_async (self->store, self->photo_of, photo_cb, g_object_ref (self));
}

static void
show_form (OscFloorEditor *self)
{
  const OsyFloor *floor = osc_floor_canvas_floor (OSC_FLOOR_CANVAS (self->canvas));
  const OsyPiece *piece = osc_floor_canvas_selected (OSC_FLOOR_CANVAS (self->canvas));

  osc_piece_form_show (OSC_PIECE_FORM (self->form), floor != NULL ? floor->id : NULL,
                       piece != NULL ? piece->id : NULL);
}

static void
show_floor (OscFloorEditor *self, const char *id)
{
  osc_floor_canvas_select (OSC_FLOOR_CANVAS (self->canvas), NULL);
  osc_floor_canvas_set_floor (OSC_FLOOR_CANVAS (self->canvas), id);
  show_photo (self, osc_floor_canvas_floor (OSC_FLOOR_CANVAS (self->canvas)));
  show_form (self);
}

static void
on_floor_toggled (GtkToggleButton *button, OscFloorEditor *self)
{
  if (!self->filling && gtk_toggle_button_get_active (button))
    show_floor (self, gtk_widget_get_name (GTK_WIDGET (button)));
}

static void
show (OscFloorEditor *self)
{
  const OsyFloorPlan *plan = plan_of (self);
  const OsyFloor *shown = osc_floor_canvas_floor (OSC_FLOOR_CANVAS (self->canvas));
  GtkWidget *group = NULL;
  GtkWidget *child;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (self->floors)) != NULL)
    gtk_box_remove (GTK_BOX (self->floors), child);
  for (guint i = 0; i < plan->floors->len; i++) {
    const OsyFloor *floor = g_ptr_array_index (plan->floors, i);
    GtkWidget *button = gtk_toggle_button_new_with_label (floor->name);

    gtk_widget_set_name (button, floor->id);
    gtk_widget_set_focus_on_click (button, FALSE);
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), floor == shown);
    g_signal_connect (button, "toggled", G_CALLBACK (on_floor_toggled), self);
    gtk_box_append (GTK_BOX (self->floors), button);
    group = group != NULL ? group : button;
  }
  self->filling = FALSE;
  show_photo (self, shown);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "edit.undo",
                                 osc_floor_store_can_step (self->store, FALSE));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "edit.redo",
                                 osc_floor_store_can_step (self->store, TRUE));
}

void
osc_floor_editor_begin (OscFloorEditor *self, const char *floor_id)
{
  g_return_if_fail (OSC_IS_FLOOR_EDITOR (self));
  show_floor (self, floor_id);
  show (self);
}

/* ---- pieces ---- */

static void
add_piece (OscFloorEditor *self, const char *kind, const char *shape)
{
  const OsyFloor *floor = osc_floor_canvas_floor (OSC_FLOOR_CANVAS (self->canvas));
  g_autoptr (OsyPiece) piece = NULL;
  g_autofree char *name = NULL;
  JsonArray *batch;

  if (floor == NULL)
    return;
  piece = osc_floor_template_piece (plan_of (self), floor, kind, shape);
  name = osc_floor_canvas_name (piece);
  batch = json_array_new ();
  osc_floor_batch_put_piece (batch, piece);
  osc_floor_store_apply (self->store, batch, name);
  osc_floor_canvas_select (OSC_FLOOR_CANVAS (self->canvas), piece->id);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *kind;
  const char *shape;

  g_variant_get (parameter, "(&s&s)", &kind, &shape);
  add_piece (OSC_FLOOR_EDITOR (widget), kind, shape);
}

/* The number follows: a copy of table 5 has the next one that is free. */
static void
copy_piece (OscFloorEditor *self, const OsyPiece *from)
{
  const OsyFloor *floor = osc_floor_canvas_floor (OSC_FLOOR_CANVAS (self->canvas));
  g_autoptr (OsyPiece) place =
      osc_floor_template_piece (plan_of (self), floor, from->kind, from->shape);
  g_autoptr (OsyPiece) piece = osy_piece_copy (from);
  g_autofree char *name = NULL;
  JsonArray *batch = json_array_new ();

  osy_set_str (&piece->id, place->id);
  osy_set_str (&piece->number, place->number);
  piece->x = CLAMP (from->x + from->width + 2 * OSC_FLOOR_GRID, 0, floor->width - piece->width);
  if (piece->x < from->x + from->width) {
    piece->x = MIN (place->x, floor->width - piece->width);
    piece->y = MIN (place->y, floor->height - piece->height);
  }
  name = osc_floor_canvas_name (piece);
  osc_floor_batch_put_piece (batch, piece);
  osc_floor_store_apply (self->store, batch, name);
  osc_floor_canvas_select (OSC_FLOOR_CANVAS (self->canvas), piece->id);
}

static void
turn_piece (OscFloorEditor *self, const OsyPiece *from)
{
  gboolean table = g_str_equal (from->kind, OSY_PIECE_TABLE);
  g_autoptr (OsyPiece) piece = osy_piece_copy (from);
  g_autofree char *name = osc_floor_canvas_name (piece);
  JsonArray *batch = json_array_new ();

  piece->rotation = (piece->rotation + (table ? TURN_TABLE : TURN)) % 360;
  osc_floor_batch_put_piece (batch, piece);
  osc_floor_store_apply (self->store, batch, name);
}

static void
delete_piece (OscFloorEditor *self, const OsyPiece *piece)
{
  g_autofree char *id = g_strdup (piece->id);
  g_autofree char *name = osc_floor_canvas_name (piece);
  JsonArray *batch = json_array_new ();

  osc_floor_batch_delete_piece (batch, id);
  osc_floor_canvas_select (OSC_FLOOR_CANVAS (self->canvas), NULL);
  osc_floor_store_apply (self->store, batch, name);
}

static void
piece_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscFloorEditor *self = OSC_FLOOR_EDITOR (widget);
  const OsyPiece *piece = osc_floor_canvas_selected (OSC_FLOOR_CANVAS (self->canvas));

  if (piece == NULL)
    return;
  if (g_str_equal (name, "edit.copy"))
    copy_piece (self, piece);
  else if (g_str_equal (name, "edit.turn"))
    turn_piece (self, piece);
  else
    delete_piece (self, piece);
}

static void
step (OscFloorEditor *self, gboolean redo)
{
  g_autofree char *label = osc_floor_store_step (self->store, redo);

  if (label == NULL)
    say (self, redo ? _ ("There is nothing to do again") : _ ("There is nothing to take back"));
  show_form (self);
}

static void
step_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  step (OSC_FLOOR_EDITOR (widget), g_str_equal (name, "edit.redo"));
}

/* ---- floors ---- */

static void
add_floor (OscFloorEditor *self)
{
  g_autoptr (OsyFloor) floor = osc_floor_template_floor (plan_of (self));
  JsonArray *batch = json_array_new ();

  osc_floor_batch_put_floor (batch, floor);
  osc_floor_store_apply (self->store, batch, floor->name);
  show_floor (self, floor->id);
  show (self);
}

static void
drop_floor (OscFloorEditor *self)
{
  const OsyFloor *floor = osc_floor_canvas_floor (OSC_FLOOR_CANVAS (self->canvas));
  g_autofree char *name = floor != NULL ? g_strdup (floor->name) : NULL;
  JsonArray *batch;

  if (floor == NULL || plan_of (self)->floors->len < 2)
    return;
  batch = json_array_new ();
  osc_floor_batch_delete_floor (batch, floor);
  osc_floor_canvas_select (OSC_FLOOR_CANVAS (self->canvas), NULL);
  osc_floor_store_apply (self->store, batch, name);
  show_floor (self, NULL);
  show (self);
}

static void
photo_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscFloorEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = osc_floor_store_set_photo_finish (OSC_FLOOR_STORE (source), result, &error);

  osy_set_str (&self->photo_of, NULL); /* another picture of the same floor */
  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    say (self, done ? _ ("The picture behind the plan has changed")
                    : _ ("That picture can't be used. It has to be a JPEG or PNG of at most 2 MB"));
}

static void
set_photo (OscFloorEditor *self, GBytes *bytes)
{
  const OsyFloor *floor = osc_floor_canvas_floor (OSC_FLOOR_CANVAS (self->canvas));

  if (floor != NULL)
    osc_floor_store_set_photo_async (self->store, floor->id, bytes, photo_set_cb,
                                     g_object_ref (self));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscFloorEditor) self = user_data;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, NULL);

  if (bytes != NULL && g_bytes_get_size (bytes) <= MAX_PHOTO)
    set_photo (self, bytes);
  else
    say (self, _ ("That picture can't be used. It has to be a JPEG or PNG of at most 2 MB"));
}

static void
on_photo_chosen (OscFloorEditor *self, int response)
{
  g_autoptr (GtkFileChooserNative) chooser = g_steal_pointer (&self->chooser);
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser))
                               : NULL;

  if (file != NULL)
    g_file_load_bytes_async (file, NULL, read_cb, g_object_ref (self));
}

static void
choose_photo (OscFloorEditor *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  if (self->chooser != NULL)
    return;
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  self->chooser = gtk_file_chooser_native_new (
      _ ("Photo of the room"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Put it behind the plan"), _ ("Cancel"));
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_photo_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
floor_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  OscFloorEditor *self = OSC_FLOOR_EDITOR (widget);

  if (g_str_equal (name, "edit.add-floor"))
    add_floor (self);
  else if (g_str_equal (name, "edit.drop-floor"))
    drop_floor (self);
  else if (g_str_equal (name, "edit.photo"))
    choose_photo (self);
  else
    set_photo (self, NULL);
}

/* ---- keys ---- */

static gboolean
nudge (OscFloorEditor *self, int dx, int dy)
{
  osc_floor_canvas_nudge (OSC_FLOOR_CANVAS (self->canvas), dx, dy);
  return TRUE;
}

static gboolean
back (OscFloorEditor *self)
{
  if (osc_floor_canvas_selected (OSC_FLOOR_CANVAS (self->canvas)) != NULL)
    osc_floor_canvas_select (OSC_FLOOR_CANVAS (self->canvas), NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "tables.end-edit", NULL);
  return TRUE;
}

/* Arrows go by the grid, with Shift by one. */
static gboolean
arrow (OscFloorEditor *self, OscKey key)
{
  switch (key) {
  case OSC_KEY_LEFT: return nudge (self, -OSC_FLOOR_GRID, 0);
  case OSC_KEY_RIGHT: return nudge (self, OSC_FLOOR_GRID, 0);
  case OSC_KEY_UP: return nudge (self, 0, -OSC_FLOOR_GRID);
  case OSC_KEY_DOWN: return nudge (self, 0, OSC_FLOOR_GRID);
  case OSC_KEY_FINE_LEFT: return nudge (self, -1, 0);
  case OSC_KEY_FINE_RIGHT: return nudge (self, 1, 0);
  case OSC_KEY_FINE_UP: return nudge (self, 0, -1);
  case OSC_KEY_FINE_DOWN: return nudge (self, 0, 1);
  case OSC_KEY_PAGE_UP:
  case OSC_KEY_PAGE_DOWN:
    osc_floor_canvas_step (OSC_FLOOR_CANVAS (self->canvas), key == OSC_KEY_PAGE_UP ? -1 : 1);
    return TRUE;
  default: return FALSE;
  }
}

gboolean
osc_floor_editor_key (OscFloorEditor *self, OscKey key)
{
  g_return_val_if_fail (OSC_IS_FLOOR_EDITOR (self), FALSE);

  switch (key) {
  case OSC_KEY_UNDO: step (self, FALSE); return TRUE;
  case OSC_KEY_REDO: step (self, TRUE); return TRUE;
  case OSC_KEY_COPY: piece_action (GTK_WIDGET (self), "edit.copy", NULL); return TRUE;
  case OSC_KEY_DROP: piece_action (GTK_WIDGET (self), "edit.delete", NULL); return TRUE;
  case OSC_KEY_RECALL: piece_action (GTK_WIDGET (self), "edit.turn", NULL); return TRUE;
  case OSC_KEY_ADD: add_piece (self, OSY_PIECE_TABLE, OSY_PIECE_SQUARE); return TRUE;
  case OSC_KEY_BACK: return back (self);
  default: return arrow (self, key);
  }
}

/* ---- life ---- */

static void
make_palette (OscFloorEditor *self)
{
  static const struct {
    const char *icon;
    const char *label;
    const char *kind;
    const char *shape;
  } rows[] = {
      {"osy-square-symbolic", N_ ("Table"), OSY_PIECE_TABLE, OSY_PIECE_SQUARE},
      {"osy-round-symbolic", N_ ("Round table"), OSY_PIECE_TABLE, OSY_PIECE_ROUND},
      {"osy-bar-symbolic", N_ ("Counter"), OSY_PIECE_BAR, OSY_PIECE_SQUARE},
      {"osy-wall-symbolic", N_ ("Wall"), OSY_PIECE_WALL, OSY_PIECE_SQUARE},
      {"osy-door-symbolic", N_ ("Door"), OSY_PIECE_DOOR, OSY_PIECE_SQUARE},
      {"osy-text-symbolic", N_ ("Words"), OSY_PIECE_TEXT, OSY_PIECE_SQUARE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    GtkWidget *button = gtk_button_new ();
    GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

    gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (rows[i].icon));
    gtk_box_append (GTK_BOX (box), gtk_label_new (_ (rows[i].label)));
    gtk_button_set_child (GTK_BUTTON (button), box);
    gtk_widget_set_focus_on_click (button, FALSE);
    gtk_widget_add_css_class (button, "palette-item");
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "edit.add");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", rows[i].kind, rows[i].shape);
    osc_widget_set_name (button, _ (rows[i].label));
    gtk_box_append (GTK_BOX (self->palette), button);
  }
}

static void
osc_floor_editor_dispose (GObject *object)
{
  OscFloorEditor *self = OSC_FLOOR_EDITOR (object);

  self->filling = TRUE;
  g_clear_object (&self->chooser);
  self->canvas = NULL;
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_FLOOR_EDITOR);
  g_clear_object (&self->store);
  g_clear_pointer (&self->photo_of, g_free);
  G_OBJECT_CLASS (osc_floor_editor_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "edit.add", "(ss)", add_action);
  gtk_widget_class_install_action (widget_class, "edit.copy", NULL, piece_action);
  gtk_widget_class_install_action (widget_class, "edit.turn", NULL, piece_action);
  gtk_widget_class_install_action (widget_class, "edit.delete", NULL, piece_action);
  gtk_widget_class_install_action (widget_class, "edit.undo", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "edit.redo", NULL, step_action);
  gtk_widget_class_install_action (widget_class, "edit.add-floor", NULL, floor_action);
  gtk_widget_class_install_action (widget_class, "edit.drop-floor", NULL, floor_action);
  gtk_widget_class_install_action (widget_class, "edit.photo", NULL, floor_action);
  gtk_widget_class_install_action (widget_class, "edit.drop-photo", NULL, floor_action);
}

static void
osc_floor_editor_class_init (OscFloorEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_floor_editor_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/tables/osc-floor-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, OscFloorEditor, floors);
  gtk_widget_class_bind_template_child (widget_class, OscFloorEditor, palette);
  gtk_widget_class_bind_template_child (widget_class, OscFloorEditor, middle);
  gtk_widget_class_bind_template_child (widget_class, OscFloorEditor, panes);
  install_actions (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "floor-editor");
}

static void
osc_floor_editor_init (OscFloorEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_palette (self);
}

GtkWidget *
osc_floor_editor_new (OscFloorStore *store)
{
  g_return_val_if_fail (OSC_IS_FLOOR_STORE (store), NULL);
  OscFloorEditor *self = g_object_new (OSC_TYPE_FLOOR_EDITOR, NULL);

  self->store = g_object_ref (store);
  self->canvas = osc_floor_canvas_new (store);
  self->form = osc_piece_form_new (store);
  gtk_widget_set_vexpand (self->canvas, TRUE);
  gtk_widget_set_hexpand (self->canvas, TRUE);
  gtk_box_insert_child_after (GTK_BOX (self->middle), self->canvas, self->palette);
  gtk_widget_add_css_class (self->form, "table-side");
  gtk_widget_add_css_class (self->form, "form-side");
  gtk_box_append (GTK_BOX (self->panes), self->form);
  g_signal_connect_object (self->canvas, "selected", G_CALLBACK (show_form), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
