/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The form of an item. */

#include "osc-menu-form.h"

#include <glib/gi18n.h>

#include "osc-field.h"
#include "osc-menu-bind.h"
#include "osc-menu-chips.h"
#include "osc-menu-entry.h"
#include "osc-menu-group.h"
#include "osc-menu-hours.h"
#include "osc-menu-lines.h"
#include "osc-menu-photo.h"
#include "osc-widget.h"

#define MOST_CHIPS 4

typedef struct {
  const char *page;
  const char *title;
  GtkWidget *chips;
} Fold;

struct _OscMenuForm {
  GtkWidget parent_instance;
  GtkWidget *photo;
  GtkWidget *name;
  GtkWidget *name_en;
  GtkWidget *price;
  GtkWidget *minutes;
  GtkWidget *kitchen;
  GtkWidget *groups;
  GtkWidget *folds;
  Fold fold[7];
  OscMenuStore *store;
  OscMenuDraft *draft;
};

enum { OPEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscMenuForm, osc_menu_form, GTK_TYPE_WIDGET)

static void
open_page (OscMenuForm *self, const char *page, const char *id)
{
  g_signal_emit (self, signals[OPEN], 0, page, id);
}

/* ---- groups ---- */

/* Where a line of groups belongs. */
typedef struct {
  OscMenuForm *form; /* borrowed: it outlives its lines */
  OscMenuDraft *draft;
  JsonObject *owner;
  char *id; /* nullable: of the group */
  GtkWidget *popover;
} Line;

static void
line_free (gpointer data, GClosure *closure)
{
  Line *line = data;

  g_object_unref (line->draft);
  json_object_unref (line->owner);
  g_free (line->id);
  g_free (line);
}

static Line *
line_new (OscMenuForm *self, OscMenuDraft *draft, JsonObject *owner, const char *id)
{
  Line *line = g_new0 (Line, 1);

  line->form = self;
  line->draft = g_object_ref (draft);
  line->owner = json_object_ref (owner);
  line->id = g_strdup (id);
  return line;
}

static void
on_group (GtkWidget *button, Line *line)
{
  open_page (line->form, "group", line->id);
}

/* An existing group, or with no id a new one. */
static void
on_choose (GtkWidget *button, Line *line)
{
  g_autofree char *id = g_strdup (line->id);
  g_autoptr (OscMenuForm) self = g_object_ref (line->form);

  gtk_popover_popdown (GTK_POPOVER (line->popover));
  if (id == NULL)
    id = g_strdup (osc_menu_draft_add_group (line->draft, line->owner));
  else
    osc_menu_entry_toggle (line->owner, "option_group_ids", id, TRUE);
  osc_menu_draft_touch (line->draft);
  open_page (self, "group", id);
}

static GtkWidget *
make_group (OscMenuForm *self, OscMenuDraft *draft, JsonObject *owner, const char *id)
{
  JsonObject *group = osc_menu_draft_group (draft, id);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  const char *title = osc_menu_entry_text (group, "name");
  guint users = osc_menu_draft_users (draft, id);
  g_autofree char *count = osc_menu_group_count_words (group);
  g_autofree char *choices = osc_menu_group_choices (group);
  g_autofree char *shared =
      g_strdup_printf (g_dngettext (NULL, "Used by %u item", "Used by %u items", users), users);
  g_autofree char *about =
      users > 1 ? g_strdup_printf ("%s · %s", count, shared) : g_strdup (count);
  GtkWidget *name = osc_menu_bind_label (*title != '\0' ? title : _ ("No name yet"), "section");
  GtkWidget *list =
      osc_menu_bind_label (*choices != '\0' ? choices : _ ("Nothing to pick yet"), "options");
  GtkWidget *next = gtk_image_new_from_icon_name ("osy-next-symbolic");

  gtk_widget_add_css_class (button, "menu-fold");
  gtk_widget_add_css_class (head, "tags");
  gtk_widget_add_css_class (list, "secondary");
  gtk_label_set_ellipsize (GTK_LABEL (list), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (name, "item");
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), osc_menu_bind_label (about, "secondary"));
  gtk_box_append (GTK_BOX (text), head);
  gtk_box_append (GTK_BOX (text), list);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), next);
  gtk_button_set_child (GTK_BUTTON (button), box);
  osc_widget_set_name (button, title);
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_group),
                         line_new (self, draft, owner, id), line_free, 0);
  return button;
}

static void
add_choice (GtkWidget *box, const char *text, Line *line)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "soft");
  g_signal_connect_data (button, "clicked", G_CALLBACK (on_choose), line, line_free, 0);
  gtk_box_append (GTK_BOX (box), button);
}

/* A new one, or any of the menu that is not here yet. */
static GtkWidget *
make_choices (OscMenuForm *self, OscMenuDraft *draft, JsonObject *owner)
{
  GPtrArray *groups = osy_menu_groups (osc_menu_store_get (self->store));
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Line *blank = line_new (self, draft, owner, NULL);

  blank->popover = popover;
  gtk_widget_add_css_class (box, "stop-choices");
  add_choice (box, _ ("Make a new group"), blank);
  for (guint i = 0; i < groups->len; i++) {
    const OsyMenuGroup *group = g_ptr_array_index (groups, i);
    Line *line;

    if (osc_menu_entry_has (owner, "option_group_ids", group->id))
      continue;
    line = line_new (self, draft, owner, group->id);
    line->popover = popover;
    add_choice (box, group->name, line);
  }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 400);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  return popover;
}

void
osc_menu_form_fill_groups (OscMenuForm *self, GtkBox *box, OscMenuDraft *draft, JsonObject *owner)
{
  g_return_if_fail (OSC_IS_MENU_FORM (self) && OSC_IS_MENU_DRAFT (draft));
  g_auto (GStrv) ids = osc_menu_draft_group_ids (owner);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = osc_menu_bind_label (_ ("Options"), "section");
  GtkWidget *add = gtk_menu_button_new ();

  osc_widget_drop_children (GTK_WIDGET (box));
  gtk_widget_set_hexpand (title, TRUE);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (add), _ ("Add group"));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (add), make_choices (self, draft, owner));
  gtk_widget_add_css_class (add, "flat-add");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), add);
  gtk_box_append (box, head);
  for (guint i = 0; ids[i] != NULL; i++)
    if (osc_menu_draft_group (draft, ids[i]) != NULL)
      gtk_box_append (box, make_group (self, draft, owner, ids[i]));
}

/* ---- the other pages ---- */

static void
add_chip (GtkWidget *chips, const char *text, const char *css_class)
{
  GtkWidget *chip = osc_menu_bind_label (text, "tag");

  if (css_class != NULL)
    gtk_widget_add_css_class (chip, css_class);
  gtk_box_append (GTK_BOX (chips), chip);
}

static void
show_words (GtkWidget *chips, GStrv words, const char *css_class)
{
  guint n = g_strv_length (words);

  for (guint i = 0; i < MIN (n, MOST_CHIPS); i++)
    add_chip (chips, words[i], css_class);
  if (n > MOST_CHIPS) {
    g_autofree char *more = g_strdup_printf ("+%u", n - MOST_CHIPS);

    add_chip (chips, more, NULL);
  }
}

static void
show_origin (GtkWidget *chips, JsonObject *entry, char **missing)
{
  const char *origin = osc_menu_entry_text (entry, "origin");

  if (*missing != NULL) {
    g_autofree char *text = g_strdup_printf (_ ("%s is missing"), missing[0]);

    add_chip (chips, text, "amber");
  }
  if (*origin != '\0') {
    add_chip (chips, origin, "last");
    gtk_label_set_ellipsize (GTK_LABEL (gtk_widget_get_last_child (chips)), PANGO_ELLIPSIZE_END);
  }
}

static void
show_prices (GtkWidget *chips, JsonObject *entry)
{
  guint n = json_array_get_length (osc_menu_entry_list (entry, "prices"));
  g_autofree char *text = n > 1 ? g_strdup_printf (_ ("%u prices"), n) : NULL;

  add_chip (chips, text != NULL ? text : _ ("One price everywhere"), NULL);
}

static void
show_hours (GtkWidget *chips, JsonObject *entry)
{
  g_autofree char *words = osc_menu_hours_words (entry);

  add_chip (chips, words != NULL ? words : _ ("At any time"), words != NULL ? "amber" : NULL);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_widget_get_last_child (chips)), PANGO_ELLIPSIZE_END);
}

static void
show_more (GtkWidget *chips, JsonObject *entry)
{
  const char *station = osc_menu_entry_text (entry, "station");
  const char *code = osc_menu_entry_text (entry, "code");

  if (json_object_has_member (entry, "visible") && !osc_menu_entry_flag (entry, "visible"))
    add_chip (chips, _ ("Hidden"), "amber");
  add_chip (chips,
            g_str_equal (osc_menu_entry_text (entry, "tax_class"), "TAX_FREE") ? _ ("Tax free")
                                                                               : _ ("Taxed"),
            NULL);
  if (*station != '\0')
    add_chip (chips, station, NULL);
  if (*code != '\0')
    add_chip (chips, code, NULL);
}

/* What the stock says; the recipe itself is the stock view's. */
static void
show_recipe (OscMenuForm *self)
{
  const OsyMenuItem *item =
      osy_menu_find_item (osc_menu_store_get (self->store), osc_menu_draft_id (self->draft));
  gboolean counted = item != NULL && item->left >= 0;
  g_autofree char *text =
      counted ? g_strdup_printf (g_dngettext (NULL, "Enough for about %d portion",
                                              "Enough for about %d portions", (gulong)item->left),
                                 (int)item->left)
              : g_strdup (_ ("Not counted"));

  add_chip (self->fold[6].chips, text, NULL);
  gtk_widget_set_visible (gtk_widget_get_last_child (self->folds), item != NULL);
}

static void
show_folds (OscMenuForm *self)
{
  JsonObject *entry = osc_menu_draft_root (self->draft);
  g_auto (GStrv) allergens = osc_menu_chips_words (entry, OSC_CHIPS_ALLERGENS);
  g_auto (GStrv) channels = osc_menu_chips_words (entry, OSC_CHIPS_CHANNELS);

  g_auto (GStrv) unstated = osc_menu_lines_allergens (self->draft);
  g_auto (GStrv) named = osc_menu_chips_allergens (unstated);
  g_autofree char *named_text = g_strdup_printf (_ ("%s?"), *named != NULL ? *named : "");
  g_auto (GStrv) missing = osc_menu_lines_missing (self->draft);
  gboolean held = *missing != NULL && osy_menu_origin_required (osc_menu_store_get (self->store));

  for (gsize i = 0; i < G_N_ELEMENTS (self->fold); i++)
    osc_widget_drop_children (self->fold[i].chips);
  if (*named != NULL)
    add_chip (self->fold[0].chips, named_text, "amber");
  show_words (self->fold[0].chips, allergens, NULL);
  show_origin (self->fold[1].chips, entry, missing);
  if (held)
    add_chip (self->fold[2].chips, _ ("Not on QR and web: no origin"), "amber");
  else
    show_words (self->fold[2].chips, channels, "green");
  show_prices (self->fold[3].chips, entry);
  show_hours (self->fold[4].chips, entry);
  show_more (self->fold[5].chips, entry);
  show_recipe (self);
}

static void
on_fold (OscMenuForm *self, GtkWidget *button)
{
  const char *page = g_object_get_data (G_OBJECT (button), "page");

  if (g_str_equal (page, "recipe")) {
    g_autofree char *what = g_strconcat ("recipe:", osc_menu_draft_id (self->draft), NULL);
    gtk_widget_activate_action (GTK_WIDGET (self), "shell.show", "(ss)", "stock", what);
    return;
  }
  open_page (self, page, NULL);
}

static void
add_fold (OscMenuForm *self, Fold *fold)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *title = osc_menu_bind_label (_ (fold->title), "section");

  fold->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (title, "fold-title");
  gtk_widget_add_css_class (fold->chips, "tags");
  gtk_widget_set_hexpand (fold->chips, TRUE);
  gtk_widget_set_valign (fold->chips, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "menu-fold");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), fold->chips);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("osy-next-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  osc_widget_set_name (button, _ (fold->title));
  g_object_set_data (G_OBJECT (button), "page", (gpointer)fold->page);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_fold), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->folds), button);
}

void
osc_menu_form_show (OscMenuForm *self, OscMenuDraft *draft)
{
  g_return_if_fail (OSC_IS_MENU_FORM (self) && OSC_IS_MENU_DRAFT (draft));
  JsonObject *entry = osc_menu_draft_root (draft);

  g_set_object (&self->draft, draft);
  osc_menu_photo_show (OSC_MENU_PHOTO (self->photo), self->store, draft);
  osc_menu_bind (self->name, draft, &(OscBind){OSC_BIND_TEXT, entry, "name", "name"});
  osc_menu_bind (self->name_en, draft, &(OscBind){OSC_BIND_TEXT, entry, "name_en", "name_en"});
  osc_menu_bind (self->price, draft, &(OscBind){OSC_BIND_PRICE, entry, NULL, "price"});
  osc_menu_bind (self->minutes, draft,
                 &(OscBind){OSC_BIND_NUMBER, entry, "prep_minutes", "prep_minutes"});
  osc_menu_bind (self->kitchen, draft,
                 &(OscBind){OSC_BIND_TEXT, entry, "kitchen_name", "kitchen_name"});
  osc_menu_form_fill_groups (self, GTK_BOX (self->groups), draft, entry);
  show_folds (self);
}

void
osc_menu_form_focus (OscMenuForm *self)
{
  g_return_if_fail (OSC_IS_MENU_FORM (self));
  osc_field_focus (OSC_FIELD (self->name));
}

/* ---- life ---- */

static void
osc_menu_form_dispose (GObject *object)
{
  OscMenuForm *self = OSC_MENU_FORM (object);

  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_MENU_FORM);
  g_clear_object (&self->draft);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (osc_menu_form_parent_class)->dispose (object);
}

static void
osc_menu_form_class_init (OscMenuFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_menu_form_dispose;
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  g_type_ensure (OSC_TYPE_FIELD);
  g_type_ensure (OSC_TYPE_MENU_PHOTO);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/menu/osc-menu-form.ui");
  gtk_widget_class_bind_template_child (widget_class, OscMenuForm, photo);
  gtk_widget_class_bind_template_child (widget_class, OscMenuForm, name);
  gtk_widget_class_bind_template_child (widget_class, OscMenuForm, name_en);
  gtk_widget_class_bind_template_child (widget_class, OscMenuForm, price);
  gtk_widget_class_bind_template_child (widget_class, OscMenuForm, minutes);
  gtk_widget_class_bind_template_child (widget_class, OscMenuForm, kitchen);
  gtk_widget_class_bind_template_child (widget_class, OscMenuForm, groups);
  gtk_widget_class_bind_template_child (widget_class, OscMenuForm, folds);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "menuform");
}

static void
osc_menu_form_init (OscMenuForm *self)
{
  static const Fold folds[] = {
      {"allergens", N_ ("Allergens"), NULL}, {"origin", N_ ("Origin"), NULL},
      {"channels", N_ ("Shown in"), NULL},   {"prices", N_ ("Prices"), NULL},
      {"hours", N_ ("Hours"), NULL},         {"more", N_ ("More"), NULL},
      {"recipe", N_ ("Recipe"), NULL}};

  gtk_widget_init_template (GTK_WIDGET (self));
  osc_widget_make_vertical (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++) {
    self->fold[i] = folds[i];
    add_fold (self, &self->fold[i]);
  }
}

GtkWidget *
osc_menu_form_new (OscMenuStore *store)
{
  g_return_val_if_fail (OSC_IS_MENU_STORE (store), NULL);
  OscMenuForm *self = g_object_new (OSC_TYPE_MENU_FORM, NULL);

  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}
