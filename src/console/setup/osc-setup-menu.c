/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The third step: three ways to a menu. Each is one step that can be taken back. */

#include "osc-setup-menu.h"

#include <glib/gi18n.h>

#include "osc-field.h"
#include "osc-menu-import.h"
#include "osc-samples-resource.h"
#include "osc-setup-table.h"
#include "osc-toasts.h"
#include "osc-widget.h"

#define STEP "menu"
#define SAMPLES "resource:///com/ordersync/Console/samples/"

struct _OscSetupMenu {
  OscSetupStep parent_instance;
  GtkWidget *content; /* GtkStack: "ways", "table", "import" */
  GtkWidget *from_file;
  GtkWidget *samples;
  OscField *path;
  GtkWidget *table;
  GtkWidget *import;
  OscImport *sample; /* the sample on its way in */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (OscSetupMenu, osc_setup_menu, OSC_TYPE_SETUP_STEP)

static const struct {
  const char *file;
  const char *title;
  const char *about;
} samples[] = {
    {"bunsik.csv", N_ ("Snack bar"), N_ ("Gimbap, tteokbokki, noodles, fritters")},
    {"hansik.csv", N_ ("Korean kitchen"), N_ ("Stews, rice, grilled dishes")},
    {"cafe.csv", N_ ("Café"), N_ ("Coffee, ades, tea, desserts")},
};

static OscSetupStep *
step_of (OscSetupMenu *self)
{
  return OSC_SETUP_STEP (self);
}

static OscMenuStore *
store_of (OscSetupMenu *self)
{
  return osc_setup_step_context (step_of (self))->menu;
}

static gboolean
is_at (OscSetupMenu *self, const char *page)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (self->content)), page) == 0;
}

/* ---- what the frame shows ---- */

static guint
count_dishes (OscSetupMenu *self)
{
  GPtrArray *categories = osy_menu_categories (osc_menu_store_get (store_of (self)));
  guint n = 0;

  for (guint i = 0; i < categories->len; i++)
    n += ((OsyMenuCategory *)g_ptr_array_index (categories, i))->items->len;
  return n;
}

static void
say_ways (OscSetupMenu *self)
{
  guint n = count_dishes (self);
  OscSetupWords words = {.title = _ ("How do you want to enter your menu?"),
                         .lead = _ ("Everything can be changed later, and taken back now")};

  if (n > 0) {
    words.title = _ ("There is a menu already");
    words.lead = _ ("Go on with it, or add to it");
    words.primary = _ ("Go on with this menu");
  }
  osc_setup_step_say (step_of (self), &words);
}

static void
say (OscSetupMenu *self)
{
  if (is_at (self, "ways"))
    say_ways (self);
  else if (is_at (self, "table"))
    osc_setup_step_say (
        step_of (self),
        &(OscSetupWords){.title = _ ("Type your dishes"),
                         .lead =
                             _ ("A row for each. Where no category is typed, the one above holds"),
                         .primary = osc_setup_table_count (OSC_SETUP_TABLE (self->table)) > 0
                                        ? _ ("Put them on the menu")
                                        : NULL});
  else
    osc_setup_step_say (step_of (self),
                        &(OscSetupWords){.title = _ ("Look through the file"), .bare = TRUE});
}

static void
show_page (OscSetupMenu *self, const char *page)
{
  osc_setup_step_set_failure (step_of (self), NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (self->content), page);
  say (self);
}

static void
on_menu_changed (OscSetupMenu *self)
{
  if (is_at (self, "ways"))
    say (self);
}

/* ---- taking it back ---- */

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSetupMenu) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = osc_menu_store_step_finish (OSC_MENU_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    osc_toasts_say (GTK_WIDGET (self), error != NULL ? osc_setup_step_sentence (error)
                                                     : _ ("The menu is as it was before"));
}

static void
on_undo (OscSetupMenu *self)
{
  osc_menu_store_step_async (store_of (self), FALSE, undone_cb, g_object_ref (self));
}

/* The menu is in: what was typed for it is no longer needed. */
static void
finish (OscSetupMenu *self, guint count)
{
  g_autofree char *text = g_strdup_printf (
      g_dngettext (NULL, "Put %u dish on the menu", "Put %u dishes on the menu", count), count);

  if (osc_menu_store_can_step (store_of (self), FALSE))
    osc_toasts_offer (GTK_WIDGET (self), text, _ ("Undo"), G_CALLBACK (on_undo), G_OBJECT (self));
  osc_setup_draft_clear (osc_setup_step_draft (step_of (self)), STEP);
  self->filling = TRUE;
  osc_setup_table_set_text (OSC_SETUP_TABLE (self->table), "");
  self->filling = FALSE;
  show_page (self, "ways");
  osc_setup_step_finish (step_of (self), NULL);
}

/* ---- from a file ---- */

void
osc_setup_menu_load (OscSetupMenu *self, GFile *file)
{
  g_return_if_fail (OSC_IS_SETUP_MENU (self) && G_IS_FILE (file));
  g_autofree char *uri = g_file_get_uri (file);

  osc_setup_draft_set (osc_setup_step_draft (step_of (self)), STEP, "file", uri);
  show_page (self, "import");
  osc_menu_import_load (OSC_MENU_IMPORT (self->import), file);
}

static void
on_path_submitted (OscSetupMenu *self)
{
  g_autofree char *path = g_strstrip (g_strdup (osc_field_text (self->path)));
  g_autoptr (GFile) file = *path != '\0' ? g_file_new_for_commandline_arg (path) : NULL;

  if (file == NULL || !g_file_query_exists (file, NULL)) {
    osc_field_set_error (self->path, _ ("There is no such file. Check its place and name"));
    osc_field_focus (self->path);
    return;
  }
  osc_setup_menu_load (self, file);
}

static void
on_choose_file (OscSetupMenu *self)
{
  show_page (self, "import");
  osc_menu_import_choose (OSC_MENU_IMPORT (self->import));
}

static gboolean
on_drop (OscSetupMenu *self, const GValue *value)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL || osc_setup_step_busy (step_of (self)))
    return FALSE;
  osc_setup_menu_load (self, file);
  return TRUE;
}

static void
on_imported (OscSetupMenu *self, guint count)
{
  finish (self, count);
}

static void
on_import_canceled (OscSetupMenu *self)
{
  osc_setup_draft_set (osc_setup_step_draft (step_of (self)), STEP, "file", "");
  show_page (self, "ways");
}

/* ---- by hand ---- */

static void
on_by_hand (OscSetupMenu *self)
{
  show_page (self, "table");
  osc_setup_table_focus (OSC_SETUP_TABLE (self->table));
}

static void
on_table_changed (OscSetupMenu *self)
{
  OscSetupDraft *draft = osc_setup_step_draft (step_of (self));
  g_autofree char *text = NULL;

  if (self->filling || draft == NULL)
    return;
  text = osc_setup_table_text (OSC_SETUP_TABLE (self->table));
  osc_setup_draft_set (draft, STEP, "rows", text);
  say (self);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSetupMenu) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = osc_menu_store_apply_finish (OSC_MENU_STORE (source), result, &error);

  osc_setup_step_set_busy (step_of (self), FALSE);
  if (ok)
    finish (self, osc_setup_table_count (OSC_SETUP_TABLE (self->table)));
  else
    osc_setup_step_set_failure (step_of (self), osc_setup_step_sentence (error));
}

static void
put_table (OscSetupMenu *self)
{
  OscSetupTable *table = OSC_SETUP_TABLE (self->table);
  g_autoptr (JsonNode) changes =
      osc_setup_table_changes (table, osc_menu_store_get (store_of (self)));

  osc_setup_step_set_failure (step_of (self),
                              changes == NULL ? osc_setup_table_problem (table) : NULL);
  if (changes == NULL)
    return;
  osc_setup_step_set_busy (step_of (self), TRUE);
  osc_menu_store_apply_async (store_of (self), changes, _ ("Typed dishes"), applied_cb,
                              g_object_ref (self));
}

static void
on_table_submitted (OscSetupMenu *self)
{
  osc_setup_step_act (step_of (self));
}

/* ---- a sample ---- */

/* The daemon is asked what is in the file first, as for anyone's file; then it goes in. */
static void
on_sample_changed (OscSetupMenu *self)
{
  OscImportState state = osc_import_state (self->sample);

  if (state == OSC_IMPORT_READY && osc_import_can_write (self->sample)) {
    osc_import_write (self->sample);
  } else if (state == OSC_IMPORT_FAILED || state == OSC_IMPORT_READY) {
    osc_setup_step_set_busy (step_of (self), FALSE);
    osc_setup_step_set_failure (step_of (self), osc_import_problem (self->sample));
  }
}

static void
on_sample_done (OscSetupMenu *self, guint count)
{
  osc_setup_step_set_busy (step_of (self), FALSE);
  finish (self, count);
}

static void
on_sample (OscSetupMenu *self, GtkWidget *button)
{
  const char *name = g_object_get_data (G_OBJECT (button), "file");
  g_autofree char *uri = g_strconcat (SAMPLES, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  if (osc_setup_step_busy (step_of (self)))
    return;
  osc_setup_step_set_failure (step_of (self), NULL);
  osc_setup_step_set_busy (step_of (self), TRUE);
  osc_import_load (self->sample, file);
}

static GtkWidget *
new_sample (const char *title, const char *about)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (title);
  GtkWidget *words = gtk_label_new (about);

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_add_css_class (words, "secondary");
  gtk_widget_add_css_class (button, "setup-way");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  osc_widget_set_name (button, title);
  return button;
}

/* ---- the step ---- */

/* What was being done when the power went is taken up again. */
static void
take_draft (OscSetupMenu *self)
{
  OscSetupDraft *draft = osc_setup_step_draft (step_of (self));
  const char *rows = osc_setup_draft_get (draft, STEP, "rows");
  const char *uri = osc_setup_draft_get (draft, STEP, "file");
  g_autoptr (GFile) file = uri != NULL && *uri != '\0' ? g_file_new_for_uri (uri) : NULL;

  if (rows != NULL && *rows != '\0') {
    self->filling = TRUE;
    osc_setup_table_set_text (OSC_SETUP_TABLE (self->table), rows);
    self->filling = FALSE;
  }
  if (file != NULL && g_file_query_exists (file, NULL))
    osc_setup_menu_load (self, file);
  else if (rows != NULL && *rows != '\0')
    on_by_hand (self);
}

static void
osc_setup_menu_enter (OscSetupStep *step)
{
  OscSetupMenu *self = OSC_SETUP_MENU (step);

  if (is_at (self, "ways"))
    take_draft (self);
  say (self);
  if (!is_at (self, "ways"))
    return;
  if (osc_setup_step_words (step)->primary != NULL)
    osc_setup_step_drop_focus (step);
  else
    gtk_widget_grab_focus (self->from_file);
}

static void
osc_setup_menu_act (OscSetupStep *step)
{
  OscSetupMenu *self = OSC_SETUP_MENU (step);

  if (is_at (self, "table"))
    put_table (self);
  else
    osc_setup_step_finish (step, NULL);
}

/* Rows typed stay in the table. */
static gboolean
osc_setup_menu_back (OscSetupStep *step)
{
  OscSetupMenu *self = OSC_SETUP_MENU (step);

  if (is_at (self, "ways"))
    return FALSE;
  show_page (self, "ways");
  return TRUE;
}

static void
osc_setup_menu_dispose (GObject *object)
{
  OscSetupMenu *self = OSC_SETUP_MENU (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SETUP_MENU);
  g_clear_object (&self->sample);
  G_OBJECT_CLASS (osc_setup_menu_parent_class)->dispose (object);
}

static void
osc_setup_menu_class_init (OscSetupMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_setup_menu_dispose;
  OSC_SETUP_STEP_CLASS (klass)->enter = osc_setup_menu_enter;
  OSC_SETUP_STEP_CLASS (klass)->act = osc_setup_menu_act;
  OSC_SETUP_STEP_CLASS (klass)->back = osc_setup_menu_back;
  g_resources_register (osc_samples_get_resource ());
  g_type_ensure (OSC_TYPE_FIELD);
  g_type_ensure (OSC_TYPE_SETUP_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/setup/osc-setup-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSetupMenu, content);
  gtk_widget_class_bind_template_child (widget_class, OscSetupMenu, samples);
  gtk_widget_class_bind_template_child (widget_class, OscSetupMenu, from_file);
  gtk_widget_class_bind_template_child (widget_class, OscSetupMenu, path);
  gtk_widget_class_bind_template_child (widget_class, OscSetupMenu, table);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_file);
  gtk_widget_class_bind_template_callback (widget_class, on_by_hand);
  gtk_widget_class_bind_template_callback (widget_class, on_path_submitted);
  gtk_widget_class_bind_template_callback (widget_class, on_table_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_table_submitted);
  gtk_widget_class_set_css_name (widget_class, "formpage");
}

static void
osc_setup_menu_init (OscSetupMenu *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    GtkWidget *button = new_sample (_ (samples[i].title), _ (samples[i].about));

    g_object_set_data (G_OBJECT (button), "file", (gpointer)samples[i].file);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_sample), self, G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->samples), button);
  }
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
osc_setup_menu_new (const OscContext *context, OscSetupDraft *draft)
{
  OscSetupMenu *self = g_object_new (OSC_TYPE_SETUP_MENU, NULL);

  osc_setup_step_begin (step_of (self), context, draft);
  self->import = osc_menu_import_new (context);
  gtk_stack_add_named (GTK_STACK (self->content), self->import, "import");
  g_signal_connect_object (self->import, "done", G_CALLBACK (on_imported), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->import, "canceled", G_CALLBACK (on_import_canceled), self,
                           G_CONNECT_SWAPPED);
  self->sample = osc_import_new (context->client, context->menu);
  g_signal_connect_object (self->sample, "changed", G_CALLBACK (on_sample_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sample, "done", G_CALLBACK (on_sample_done), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context->menu, "changed", G_CALLBACK (on_menu_changed), self,
                           G_CONNECT_SWAPPED);
  say (self);
  return GTK_WIDGET (self);
}
