/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The menu editor by keys alone and by touch alone, over real templates. What it asks for is done
 * to the menu by the same code that the daemon does it with. */

#include <adwaita.h>
#include <glib/gi18n.h>

#include "find.h"
#include "osc-field.h"
#include "osc-import-cells.h"
#include "osc-menu-check.h"
#include "osc-menu-photo.h"
#include "osc-menu-row.h"
#include "osc-menu-view.h"
#include "osc-price-row.h"
#include "osc-scenes.h"
#include "osc-sheet.h"
#include "osc-words.h"
#include "osy-clock.h"
#include "osy-json.h"
#include "osy-menu-changes.h"

typedef struct {
  OscContext context;
  OscWindow *window;
  OscShell *shell;
  GPtrArray *inverses; /* of JsonNode: steps that are taken back, not new ones */
  const char *stopped; /* the item that a stop is expected for */
  char *restored;      /* the body of a restoring, or of a rule */
  char *asked;         /* the last path of earlier menus */
  guint n_batches;
} Desk;

static GtkApplication *application;

/* ---- the daemon's part ---- */

/* Lays @changes on the menu. Returns: (transfer full): the inverse batch. */
static JsonNode *
change (Desk *desk, JsonNode *changes)
{
  JsonObject *object = json_object_new ();
  OsyMenu *old = osc_menu_store_get (desk->context.menu);
  g_autoptr (OsyMenuDraft) draft = osy_menu_draft_new (old);
  OsyMenuEdit edit = {
      .draft = draft, .now = osy_clock_now (), .day_end = osy_clock_now () + G_TIME_SPAN_HOUR};
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = NULL;
  g_autoptr (JsonNode) undo = NULL;

  json_object_set_member (object, "changes", json_node_ref (changes));
  body = osy_json_take_object (object);
  g_autoptr (OsyJsonReader) reader = osy_json_reader_new (body);
  if (!osy_menu_changes_apply (reader, &edit, &error))
    g_error ("%s: %s", error->message, osy_json_print (body));
  g_autoptr (OsyMenu) menu = osy_menu_draft_finish (draft, &error);
  g_assert_no_error (error);
  undo = osy_menu_changes_between (menu, old, draft->touched, edit.now);
  osc_menu_store_put (desk->context.menu, menu);
  return json_node_ref (json_object_get_member (json_node_get_object (undo), "changes"));
}

static void
stop (Desk *desk, JsonNode *body)
{
  const char *until = json_object_get_string_member (json_node_get_object (body), "until");
  g_autofree char *text =
      g_strdup_printf ("[{\"kind\":\"stop\",\"item_id\":\"%s\",\"mode\":\"%s\"}]", desk->stopped,
                       g_str_equal (until, "TODAY") ? "TODAY" : "FOR_SALE");
  g_autoptr (JsonNode) changes = json_from_string (text, NULL);
  g_autoptr (JsonNode) inverse = change (desk, changes);

  g_assert_nonnull (inverse);
}

static void
on_requested (OscMenuStore *store, JsonNode *body, Desk *desk)
{
  if (JSON_NODE_HOLDS_OBJECT (body) &&
      (json_object_has_member (json_node_get_object (body), "expect") ||
       json_object_has_member (json_node_get_object (body), "origin_required"))) {
    g_free (desk->restored);
    desk->restored = osy_json_print (body);
    return;
  }
  if (JSON_NODE_HOLDS_OBJECT (body)) {
    stop (desk, body);
    return;
  }
  gboolean is_new = !g_ptr_array_find (desk->inverses, body, NULL);
  JsonNode *inverse = change (desk, body);

  desk->n_batches++;
  g_ptr_array_add (desk->inverses, inverse);
  if (is_new)
    osc_menu_store_push_undo (store, inverse, "step");
}

/* ---- the desk ---- */

static void
desk_open (Desk *desk, gboolean filled)
{
  g_autoptr (OsyMenu) none = osy_menu_new (osy_menu_data_new ("", 0), NULL);

  osy_clock_set_fake (OSC_FIXTURE_NOW);
  memset (desk, 0, sizeof *desk);
  osc_fixture_context (&desk->context);
  desk->inverses = g_ptr_array_new_with_free_func ((GDestroyNotify)json_node_unref);
  if (filled)
    osc_fixture_menu (desk->context.menu);
  else
    osc_menu_store_put (desk->context.menu, none);
  g_signal_connect (desk->context.menu, "requested", G_CALLBACK (on_requested), desk);
  desk->window = osc_window_new (application, 100);
  desk->shell = osc_fixture_present (desk->window, &desk->context);
  g_assert_true (osc_shell_key (desk->shell, OSC_KEY_MENU));
  osc_fixture_spin (200);
}

static void
desk_close (Desk *desk)
{
  gtk_window_destroy (GTK_WINDOW (desk->window));
  osc_fixture_spin (20);
  osc_fixture_context_clear (&desk->context);
  g_ptr_array_unref (desk->inverses);
  g_free (desk->restored);
  g_free (desk->asked);
  osy_clock_set_fake (0);
}

static GtkWidget *
screen (Desk *desk)
{
  return GTK_WIDGET (desk->window);
}

static const OsyMenuItem *
item (Desk *desk, guint category, guint index)
{
  OsyMenu *menu = osc_menu_store_get (desk->context.menu);
  const OsyMenuCategory *found = g_ptr_array_index (osy_menu_categories (menu), category);

  return g_ptr_array_index (found->items, index);
}

static const OsyMenuCategory *
category (Desk *desk, guint index)
{
  return g_ptr_array_index (osy_menu_categories (osc_menu_store_get (desk->context.menu)), index);
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer name)
{
  return OSC_IS_MENU_ROW (widget) && find (widget, says, name) != NULL;
}

static gboolean
is_field (GtkWidget *widget, gconstpointer label)
{
  return OSC_IS_FIELD (widget) && find (widget, says, label) != NULL;
}

static OscField *
field (Desk *desk, const char *label)
{
  GtkWidget *found = find (screen (desk), is_field, label);

  g_assert_nonnull (found);
  return OSC_FIELD (found);
}

/* Types at the cursor, as an input method commits text. */
static void
type_text (Desk *desk, const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk->window));
  int at;

  g_assert_true (GTK_IS_EDITABLE (focus));
  at = gtk_editable_get_position (GTK_EDITABLE (focus));
  gtk_editable_insert_text (GTK_EDITABLE (focus), text, -1, &at);
  gtk_editable_set_position (GTK_EDITABLE (focus), at);
}

static void
key (Desk *desk, OscKey what)
{
  g_assert_true (osc_shell_key (desk->shell, what));
  osc_fixture_spin (50);
}

static void
open_rose (Desk *desk)
{
  osc_view_open (osc_shell_view (desk->shell), item (desk, 0, 1)->id);
  osc_fixture_spin (50);
}

static GtkWindow *
dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *one = windows; one != NULL; one = one->next)
    if (ADW_IS_MESSAGE_DIALOG (one->data))
      return one->data;
  return NULL;
}

static void
answer (const char *response)
{
  GtkWindow *asked = dialog ();

  g_assert_nonnull (asked);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (asked), response);
  osc_fixture_spin (100);
}

/* ---- the tests ---- */

static void
test_keys (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  key (&desk, OSC_KEY_FIND);
  type_text (&desk, "ㄹㅈㄸ");
  g_signal_emit_by_name (gtk_window_get_focus (GTK_WINDOW (desk.window)), "activate");
  osc_fixture_spin (100);
  g_assert_cmpstr (osc_field_text (field (&desk, _ ("Item name"))), ==, "로제떡볶이");
  osc_field_focus (field (&desk, _ ("Item name")));
  type_text (&desk, " 큰 것");
  key (&desk, OSC_KEY_BACK); /* ends the search, loses nothing */
  g_assert_cmpstr (osc_field_text (field (&desk, _ ("Item name"))), ==, "로제떡볶이 큰 것");
  key (&desk, OSC_KEY_SAVE);
  g_assert_cmpstr (item (&desk, 0, 1)->name, ==, "로제떡볶이 큰 것");
  g_assert_cmpuint (desk.n_batches, ==, 1);
  key (&desk, OSC_KEY_UNDO);
  g_assert_cmpstr (item (&desk, 0, 1)->name, ==, "로제떡볶이");
  key (&desk, OSC_KEY_MOVE_DOWN);
  g_assert_cmpstr (item (&desk, 0, 2)->name, ==, "로제떡볶이");
  key (&desk, OSC_KEY_MOVE_UP);
  g_assert_cmpstr (item (&desk, 0, 1)->name, ==, "로제떡볶이");
  key (&desk, OSC_KEY_COPY);
  g_assert_cmpstr (item (&desk, 0, 2)->name, ==, "로제떡볶이 2");
  g_assert_cmpstr (osc_field_text (field (&desk, _ ("Item name"))), ==, "로제떡볶이 2");
  key (&desk, OSC_KEY_DROP);
  g_assert_cmpstr (item (&desk, 0, 2)->name, ==, "치즈떡볶이");
  key (&desk, OSC_KEY_UNDO);
  g_assert_cmpstr (item (&desk, 0, 2)->name, ==, "로제떡볶이 2");
  desk_close (&desk);
}

static void
test_add (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  key (&desk, OSC_KEY_ADD);
  type_text (&desk, "국물떡볶이");
  key (&desk, OSC_KEY_SAVE);
  g_assert_nonnull (osc_field_error (field (&desk, _ ("Price, won"))));
  g_assert_cmpuint (desk.n_batches, ==, 0);
  g_assert_cmpstr (osc_field_text (field (&desk, _ ("Item name"))), ==, "국물떡볶이");
  type_text (&desk, "5,5oo"); /* the cursor went to the fault */
  key (&desk, OSC_KEY_SAVE);
  g_assert_cmpuint (desk.n_batches, ==, 0);
  g_assert_cmpstr (osc_field_text (field (&desk, _ ("Price, won"))), ==, "5,5oo");
  osc_field_set_text (field (&desk, _ ("Price, won")), "5,500");
  key (&desk, OSC_KEY_SAVE);
  g_assert_cmpuint (desk.n_batches, ==, 1);
  const OsyMenuItem *added = item (&desk, 0, category (&desk, 0)->items->len - 1);
  gint64 won;
  g_assert_cmpstr (added->name, ==, "국물떡볶이");
  g_assert_true (osy_menu_price_general (added->prices, osy_clock_now (), &won));
  g_assert_cmpint (won, ==, 5500);
  desk_close (&desk);
}

/* Hours are kept as they were typed while they are wrong, saved and undone. */
static void
test_hours (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  open_rose (&desk);
  osc_menu_view_open_page (OSC_MENU_VIEW (osc_shell_view (desk.shell)), "hours", NULL);
  osc_fixture_spin (50);
  g_assert_nonnull (find (screen (&desk), says, _ ("Sold at any time")));
  press_text (screen (&desk), _ ("Add hours"));
  osc_fixture_spin (50);
  osc_field_set_text (field (&desk, _ ("From")), "2200");
  osc_field_set_text (field (&desk, _ ("Until")), "25:99");
  key (&desk, OSC_KEY_SAVE);
  g_assert_cmpuint (desk.n_batches, ==, 0);
  g_assert_nonnull (osc_field_error (field (&desk, _ ("From"))));
  g_assert_cmpstr (osc_field_text (field (&desk, _ ("Until"))), ==, "25:99");
  osc_field_set_text (field (&desk, _ ("Until")), "2");
  key (&desk, OSC_KEY_SAVE);
  g_assert_cmpuint (desk.n_batches, ==, 1);
  const GArray *hours = item (&desk, 0, 1)->hours;
  g_assert_cmpuint (hours->len, ==, 1);
  g_assert_cmpuint (g_array_index (hours, OsyWeekWindow, 0).weekdays, ==, 31);
  g_assert_cmpint (g_array_index (hours, OsyWeekWindow, 0).from, ==, 1320);
  g_assert_cmpint (g_array_index (hours, OsyWeekWindow, 0).until, ==, 1560);
  key (&desk, OSC_KEY_UNDO);
  g_assert_cmpuint (item (&desk, 0, 1)->hours->len, ==, 0);
  desk_close (&desk);
}

/* A file that a hand chose. */
static GFile *
picture_file (gboolean good)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 900, 700);
  char *path = g_build_filename (g_get_tmp_dir (), good ? "dish.png" : "dish.txt", NULL);
  GFile *file = g_file_new_for_path (path);

  if (good)
    g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  else
    g_assert_true (g_file_set_contents (path, "no picture", -1, NULL));
  g_free (path);
  return file;
}

static void
take_picture (Desk *desk, gboolean good)
{
  GtkWidget *photo = find (screen (desk), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_MENU_PHOTO));
  g_autoptr (GFile) file = picture_file (good);

  osc_menu_photo_take (OSC_MENU_PHOTO (photo), file);
  while (find (screen (desk), says, _ ("Making it small…")) != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_file_delete (file, NULL, NULL);
}

/* A picture is chosen, saved and undone; a bad file is told and changes nothing. */
static void
test_photo (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  open_rose (&desk);
  take_picture (&desk, FALSE);
  g_assert_nonnull (find (screen (&desk), says, _ ("That is not a JPEG or PNG picture")));
  key (&desk, OSC_KEY_SAVE);
  g_assert_cmpuint (desk.n_batches, ==, 0);
  take_picture (&desk, TRUE);
  g_assert_null (find (screen (&desk), says, _ ("That is not a JPEG or PNG picture")));
  key (&desk, OSC_KEY_SAVE);
  g_assert_cmpuint (desk.n_batches, ==, 1);
  g_assert_nonnull (item (&desk, 0, 1)->photo);
  key (&desk, OSC_KEY_UNDO);
  g_assert_null (item (&desk, 0, 1)->photo);
  desk_close (&desk);
}

static void
test_sold_out_in_two_taps (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  GtkWidget *row = find (screen (&desk), is_row_of, "떡볶이");
  desk.stopped = item (&desk, 0, 0)->id;
  press (row, "outlined");
  osc_fixture_spin (100);
  press (row, "stop-today");
  osc_fixture_spin (100);
  g_assert_cmpint (item (&desk, 0, 0)->stop.mode, ==, OSY_MENU_SOLD_OUT_TODAY);
  g_assert_nonnull (find (find (screen (&desk), is_row_of, "떡볶이"), says, _ ("Sold out today")));
  desk.stopped = item (&desk, 0, 0)->id;
  press (find (screen (&desk), is_row_of, "떡볶이"), "again");
  osc_fixture_spin (100);
  g_assert_cmpint (item (&desk, 0, 0)->stop.mode, ==, OSY_MENU_FOR_SALE);
  desk_close (&desk);
}

static void
test_touch (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  open_rose (&desk);
  press (screen (&desk), "menu-fold"); /* the first group, shared */
  osc_fixture_spin (100);
  g_autofree char *shared = g_strdup (((OsyMenuGroup *)item (&desk, 0, 1)->groups->pdata[0])->id);
  press (screen (&desk), "part");
  osc_fixture_spin (50);
  g_assert_null (find (screen (&desk), has_class, "part"));
  osc_field_set_text (field (&desk, _ ("Group name")), "로제 맵기");
  press (screen (&desk), "save");
  osc_fixture_spin (100);
  const OsyMenuGroup *own = g_ptr_array_index (item (&desk, 0, 1)->groups, 0);
  g_assert_cmpstr (own->name, ==, "로제 맵기");
  g_assert_cmpstr (own->id, !=, shared);
  g_assert_cmpstr (((OsyMenuGroup *)item (&desk, 0, 0)->groups->pdata[0])->id, ==, shared);
  press (screen (&desk), "delete");
  osc_fixture_spin (100);
  g_assert_cmpstr (item (&desk, 0, 1)->name, ==, "치즈떡볶이");
  press (screen (&desk), "menu-undo");
  osc_fixture_spin (100);
  g_assert_cmpstr (item (&desk, 0, 1)->name, ==, "로제떡볶이");
  desk_close (&desk);
}

/* A category goes with its items and comes back with them. */
static void
delete_category (Desk *desk, int at)
{
  GtkWidget *list = find (screen (desk), is_of_type, GSIZE_TO_POINTER (GTK_TYPE_LIST_BOX));

  gtk_list_box_select_row (GTK_LIST_BOX (list),
                           gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), at));
  osc_fixture_spin (50);
  press (screen (desk), "delete");
  osc_fixture_spin (100);
}

static void
test_delete_category (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  guint n = osy_menu_categories (osc_menu_store_get (desk.context.menu))->len;
  delete_category (&desk, 1);
  g_assert_cmpuint (osy_menu_categories (osc_menu_store_get (desk.context.menu))->len, ==, n - 1);
  press (screen (&desk), "menu-undo");
  osc_fixture_spin (100);
  g_assert_cmpstr (category (&desk, 1)->name, ==, "김밥");
  g_assert_cmpuint (category (&desk, 1)->items->len, ==, 4);
  desk_close (&desk);
}

/* What a combo elsewhere offers stays, and it is said which; what none offers may go. */
static void
test_delete_offered (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  osc_fixture_combo (desk.context.menu);
  osc_fixture_spin (50);
  guint n = osy_menu_categories (osc_menu_store_get (desk.context.menu))->len;
  g_autofree char *kept = g_strdup_printf (_ ("%1$s offers %2$s of here; take it out there first"),
                                           "김밥 라면 세트", "김밥");
  delete_category (&desk, 1);
  g_assert_cmpuint (osy_menu_categories (osc_menu_store_get (desk.context.menu))->len, ==, n);
  g_assert_nonnull (find (screen (&desk), says, kept));
  delete_category (&desk, 0);
  g_assert_cmpuint (osy_menu_categories (osc_menu_store_get (desk.context.menu))->len, ==, n - 1);
  desk_close (&desk);
}

static void
test_unsaved (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  open_rose (&desk);
  osc_field_set_text (field (&desk, _ ("Item name")), "로제");
  osc_fixture_spin (50);
  g_assert_nonnull (find (find (screen (&desk), is_row_of, "로제떡볶이"), has_class, "unsaved"));
  osc_shell_key (desk.shell, OSC_KEY_ORDERS);
  answer ("stay");
  g_assert_cmpstr (osc_field_text (field (&desk, _ ("Item name"))), ==, "로제");
  gtk_window_close (GTK_WINDOW (desk.window));
  answer ("stay");
  osc_view_open (osc_shell_view (desk.shell), item (&desk, 0, 0)->id);
  answer ("discard");
  g_assert_cmpstr (osc_field_text (field (&desk, _ ("Item name"))), ==, "떡볶이");
  g_assert_cmpuint (desk.n_batches, ==, 0);
  osc_field_set_text (field (&desk, _ ("Item name")), "국물떡볶이");
  osc_shell_key (desk.shell, OSC_KEY_ORDERS);
  answer ("save");
  g_assert_cmpuint (desk.n_batches, ==, 1);
  g_assert_false (OSC_IS_MENU_VIEW (osc_shell_view (desk.shell)));
  desk_close (&desk);
}

/* Another console changes what is being typed here. */
static void
test_conflict (void)
{
  Desk desk;
  g_autoptr (GError) error = NULL;

  desk_open (&desk, TRUE);
  open_rose (&desk);
  osc_field_set_text (field (&desk, _ ("Kitchen name")), "로떡");
  g_autofree char *text = g_strdup_printf (
      "[{\"kind\":\"item\",\"id\":\"%s\",\"entry\":{\"name\":\"로제 떡볶이\",\"price\":7900,"
      "\"category_id\":\"%s\"}}]",
      item (&desk, 0, 1)->id, category (&desk, 0)->id);
  g_autoptr (JsonNode) theirs = json_from_string (text, &error);
  g_assert_no_error (error);
  g_autoptr (JsonNode) inverse = change (&desk, theirs);
  osc_fixture_spin (50);
  g_assert_cmpstr (osc_field_text (field (&desk, _ ("Kitchen name"))), ==, "로떡");
  press (screen (&desk), "mine");
  osc_fixture_spin (100);
  g_assert_cmpstr (item (&desk, 0, 1)->kitchen_name, ==, "로떡");
  g_assert_cmpstr (item (&desk, 0, 1)->name, ==, "로제떡볶이");
  desk_close (&desk);
}

static void
on_import (OscImport *import, JsonNode *body, gboolean dry_run, Desk *desk)
{
  static const char *const right = "{\"created\":4,\"changed\":1,\"unchanged\":0,\"errors\":[],"
                                   "\"warnings\":[]}";
  g_autofree char *sent = osy_json_print (body);
  g_autoptr (JsonNode) report = json_from_string (right, NULL);

  g_assert_nonnull (strstr (sent, "4,500"));
  g_assert_null (strstr (sent, "4천5백"));
  desk->n_batches += !dry_run;
  osc_import_take (import, report, dry_run);
}

static void
test_import (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  OscImport *import =
      osc_menu_import_model (osc_menu_view_import (OSC_MENU_VIEW (osc_shell_view (desk.shell))));
  g_autoptr (JsonNode) report = json_from_string (osc_scenes_import_report, NULL);
  osc_import_take (import, report, TRUE);
  osc_fixture_spin (200);
  g_signal_connect (import, "requested", G_CALLBACK (on_import), &desk);
  g_assert_false (osc_import_can_write (import));
  g_assert_nonnull (find (screen (&desk), has_class, "remark"));
  GtkWidget *wrong = find (screen (&desk), has_class, "wrong");
  g_assert_true (GTK_IS_ENTRY (wrong));
  gtk_editable_set_text (GTK_EDITABLE (wrong), "4,500");
  for (int i = 0; i < 50 && !osc_import_can_write (import); i++)
    osc_fixture_spin (50);
  g_assert_true (osc_import_can_write (import));
  g_assert_false (gtk_widget_has_css_class (wrong, "wrong"));
  press (find (screen (&desk), has_class, "import-foot"), "primary");
  osc_fixture_spin (100);
  g_assert_cmpuint (desk.n_batches, ==, 1);
  g_assert_null (find (screen (&desk), has_class, "import-foot"));
  desk_close (&desk);
}

static gint64
price (Desk *desk, guint category_at, guint index)
{
  gint64 won = -1;

  g_assert_true (
      osy_menu_price_general (item (desk, category_at, index)->prices, osy_clock_now (), &won));
  return won;
}

/* Every price of a category in one batch, which is one step back. */
static void
test_many_prices (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  guint n = category (&desk, 0)->items->len;
  gint64 before = price (&desk, 0, 0), other = price (&desk, 1, 0);
  press (screen (&desk), "several");
  osc_fixture_spin (100);
  OscMenuPrices *prices =
      OSC_MENU_PRICES (find (screen (&desk), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_MENU_PRICES)));
  GtkWidget *write = find (GTK_WIDGET (prices), has_class, "prices-write");
  g_assert_false (gtk_widget_get_sensitive (write));
  osc_menu_prices_set_rule (prices, "오백", FALSE, FALSE);
  g_assert_false (gtk_widget_get_sensitive (write));
  osc_menu_prices_set_rule (prices, "100000", FALSE, TRUE);
  g_assert_false (gtk_widget_get_sensitive (write)); /* below nothing */
  osc_menu_prices_set_rule (prices, "500", FALSE, FALSE);
  osc_fixture_spin (100);
  press (find (GTK_WIDGET (prices), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_PRICE_ROW)), "plain");
  osc_fixture_spin (50);
  press (GTK_WIDGET (prices), "prices-write");
  osc_fixture_spin (100);
  g_assert_cmpuint (desk.n_batches, ==, 1);
  g_assert_cmpint (price (&desk, 0, 0), ==, before); /* its tick was taken */
  g_assert_cmpint (price (&desk, 1, 0), ==, other);
  gint64 after = price (&desk, 0, n - 1);
  key (&desk, OSC_KEY_UNDO);
  g_assert_cmpint (after - price (&desk, 0, n - 1), ==, 500);
  desk_close (&desk);
}

static void
on_asked (OscMenuHistory *history, const char *path, Desk *desk)
{
  g_free (desk->asked);
  desk->asked = g_strdup (path);
}

/* Yesterday's menu is the one before the first change of today; what differs is shown first. */
static void
test_versions (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  OscMenuVersions *page = osc_menu_view_versions (OSC_MENU_VIEW (osc_shell_view (desk.shell)));
  OscMenuHistory *history = osc_menu_versions_model (page);
  g_autoptr (JsonNode) versions = json_from_string (osc_scenes_versions, NULL);
  g_autoptr (JsonNode) difference = json_from_string (osc_scenes_difference, NULL);
  g_signal_connect (history, "requested", G_CALLBACK (on_asked), &desk);
  osc_menu_history_take (history, versions);
  osc_fixture_spin (50);
  GtkWidget *write = find (GTK_WIDGET (page), has_class, "version-write");
  g_assert_false (gtk_widget_get_sensitive (write));
  press (GTK_WIDGET (page), "yesterday");
  osc_fixture_spin (50);
  g_assert_true (g_str_has_suffix (desk.asked, "/versions/52"));
  g_assert_false (gtk_widget_get_sensitive (write)); /* not before it is compared */
  osc_menu_history_take_difference (history, difference);
  osc_fixture_spin (50);
  g_assert_nonnull (find (GTK_WIDGET (page), has_class, "version-difference"));
  press (GTK_WIDGET (page), "version-write");
  osc_fixture_spin (100);
  g_assert_cmpstr (desk.restored, ==, "{\"expect\":\"0123456789abcdef\"}");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (page)));
  desk_close (&desk);
}

static void
mend_first (GtkWidget *page)
{
  GtkWidget *list = find (page, is_of_type, GSIZE_TO_POINTER (GTK_TYPE_LIST_BOX));

  g_signal_emit_by_name (list, "row-activated",
                         gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  osc_fixture_spin (100);
  g_assert_false (gtk_widget_get_mapped (page));
}

/* What lacks an allergen or its origin is listed, mended from there, and kept from guests by one
 * switch. */
static void
test_check (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  press (screen (&desk), "check-missing");
  osc_fixture_spin (100);
  GtkWidget *page = find (screen (&desk), is_of_type, GSIZE_TO_POINTER (OSC_TYPE_MENU_CHECK));
  guint n = osc_menu_check_count (osc_menu_store_get (desk.context.menu));
  GtkWidget *hold = find (page, is_of_type, GSIZE_TO_POINTER (GTK_TYPE_SWITCH));
  gtk_switch_set_active (GTK_SWITCH (hold), TRUE);
  osc_fixture_spin (50);
  g_assert_cmpstr (desk.restored, ==, "{\"origin_required\":true}");
  mend_first (page); /* 치즈떡볶이: its name tells of milk */
  press_text (screen (&desk), _ ("Is in it"));
  press (screen (&desk), "save");
  osc_fixture_spin (100);
  g_assert_cmpstr (item (&desk, 0, 2)->allergens[0], ==, "우유");
  g_assert_cmpuint (osc_menu_check_count (osc_menu_store_get (desk.context.menu)), ==, n - 1);
  press (screen (&desk), "check-missing");
  osc_fixture_spin (100);
  mend_first (page);
  OscField *country = field (&desk, _ ("Where from"));
  osc_field_set_text (country, "국내산");
  press (screen (&desk), "save");
  osc_fixture_spin (100);
  g_assert_cmpuint (desk.n_batches, ==, 2);
  g_assert_cmpuint (osc_menu_check_count (osc_menu_store_get (desk.context.menu)), ==, n - 2);
  desk_close (&desk);
}

/* (transfer none) (nullable) */
static GtkWidget *
sheet (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *one = windows; one != NULL; one = one->next)
    if (OSC_IS_SHEET (one->data))
      return one->data;
  return NULL;
}

static int
count_papers (GtkWidget *widget)
{
  int n = gtk_widget_has_css_class (widget, "preview-paper") &&
          gtk_picture_get_paintable (GTK_PICTURE (widget)) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_papers (child);
  return n;
}

/* What is typed and not saved is what the preview shows; what cannot be saved has none. */
static void
test_preview (void)
{
  Desk desk;

  desk_open (&desk, TRUE);
  open_rose (&desk);
  osc_field_set_text (field (&desk, _ ("Price, won")), "칠천");
  press (screen (&desk), "preview");
  osc_fixture_spin (100);
  g_assert_null (sheet ());
  g_assert_nonnull (osc_field_error (field (&desk, _ ("Price, won"))));
  osc_field_set_text (field (&desk, _ ("Price, won")), "8,100");
  osc_field_set_text (field (&desk, _ ("Item name")), "로제 큰 것");
  press (screen (&desk), "preview");
  osc_fixture_spin (200);
  GtkWidget *shown = sheet ();
  g_autofree char *price = osc_words_money (8100);
  g_assert_nonnull (shown);
  g_assert_nonnull (find (shown, says, "로제 큰 것"));
  g_assert_nonnull (find (shown, says, price));
  g_assert_cmpint (count_papers (shown), ==, 2);
  g_assert_cmpuint (desk.n_batches, ==, 0); /* nothing was saved by looking */
  gtk_window_destroy (GTK_WINDOW (shown));
  osc_fixture_spin (50);
  press (screen (&desk), "save");
  osc_fixture_spin (100);
  desk_close (&desk);
}

static void
test_empty (void)
{
  Desk desk;

  desk_open (&desk, FALSE);
  press (screen (&desk), "begin");
  osc_fixture_spin (50);
  osc_field_set_text (field (&desk, _ ("Category name")), "분식");
  press (screen (&desk), "save");
  osc_fixture_spin (100);
  g_assert_cmpstr (category (&desk, 0)->name, ==, "분식");
  press (screen (&desk), "add");
  osc_fixture_spin (50);
  g_assert_nonnull (field (&desk, _ ("Item name")));
  desk_close (&desk);
}

int
main (int argc, char **argv)
{
  application = osc_fixture_init (&argc, &argv);
  g_test_add_func ("/console/menu/keys", test_keys);
  g_test_add_func ("/console/menu/add", test_add);
  g_test_add_func ("/console/menu/hours", test_hours);
  g_test_add_func ("/console/menu/photo", test_photo);
  g_test_add_func ("/console/menu/sold-out-in-two-taps", test_sold_out_in_two_taps);
  g_test_add_func ("/console/menu/touch", test_touch);
  g_test_add_func ("/console/menu/delete-category", test_delete_category);
  g_test_add_func ("/console/menu/delete-offered", test_delete_offered);
  g_test_add_func ("/console/menu/unsaved", test_unsaved);
  g_test_add_func ("/console/menu/conflict", test_conflict);
  g_test_add_func ("/console/menu/import", test_import);
  g_test_add_func ("/console/menu/many-prices", test_many_prices);
  g_test_add_func ("/console/menu/versions", test_versions);
  g_test_add_func ("/console/menu/check", test_check);
  g_test_add_func ("/console/menu/preview", test_preview);
  g_test_add_func ("/console/menu/empty", test_empty);
  return g_test_run ();
}
