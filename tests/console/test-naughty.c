/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The Big List of Naughty Strings, and some of our own, through every text entry of every scene of
 * the pictures, and as the words of orders on the board: nothing complains, no markup is taken for
 * markup, and what was typed stays as it was typed. */

#include <json-glib/json-glib.h>

#include "config.h"
#include "find.h"
#include "osc-scenes.h"
#include "osy-clock.h"

#define CORPUS OSY_SOURCE_DIR "/../shared/corpora/blns.base64.json"
#define SAMPLE 5   /* each fifth is typed, or all with ORDERSYNC_NAUGHTY=all: four minutes */
#define WRAPPED 76 /* letters after which upstream's file goes on in the next entry */

static const OscScene *const scenes[] = {osc_scenes_board,  osc_scenes_sale,     osc_scenes_past,
                                         osc_scenes_menu,   osc_scenes_settings, osc_scenes_setup,
                                         osc_scenes_people, osc_scenes_record};
static const char *const own[] = {"",
                                  " ",
                                  "<b>x</b>",
                                  "<span foreground='red'>x</span>",
                                  "&amp;",
                                  "&",
                                  "<",
                                  "%s%n",
                                  "a\nb",
                                  "a\tb",
                                  "\xe2\x80\xae"
                                  "abc",
                                  "\xef\xbb\xbf",
                                  "가각힣",
                                  "🙂",
                                  "</b>",
                                  "<!--",
                                  "_x",
                                  "__",
                                  "\\n",
                                  "${x}",
                                  NULL};
static GtkApplication *application;
static GPtrArray *strings; /* of char *, our own first */
static guint n_strings;    /* of the whole list */
static GHashTable *tried;  /* places of entries that had them all */

static void
add_decoded (const char *base64)
{
  gsize len = 0;
  g_autofree guchar *bytes = g_base64_decode (base64, &len);

  if (g_utf8_validate_len ((const char *)bytes, len, NULL))
    g_ptr_array_add (strings, g_strndup ((const char *)bytes, len));
}

/* After ours, which are all typed. */
static void
take_sample (void)
{
  guint first = g_strv_length ((char **)own), kept = first;

  for (guint i = first; i < strings->len; i += SAMPLE, kept++) {
    gpointer other = strings->pdata[kept];

    strings->pdata[kept] = strings->pdata[i];
    strings->pdata[i] = other;
  }
  g_ptr_array_set_size (strings, (int)kept);
}

static void
load_strings (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GString) begun = g_string_new (NULL);

  strings = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; own[i] != NULL; i++)
    g_ptr_array_add (strings, g_strdup (own[i]));
  if (!json_parser_load_from_file (parser, CORPUS, NULL))
    return;
  JsonArray *pieces = json_node_get_array (json_parser_get_root (parser));
  for (guint i = 0; i < json_array_get_length (pieces); i++) {
    const char *piece = json_array_get_string_element (pieces, i);

    add_decoded (piece);
    g_string_append (begun, piece);
    if (begun->len > strlen (piece))
      add_decoded (begun->str);
    if (strlen (piece) < WRAPPED)
      g_string_truncate (begun, 0);
  }
}

static void
test_list (void)
{
  g_test_message ("%u strings, %u tried", n_strings, strings->len);
  if (n_strings < G_N_ELEMENTS (own))
    g_test_skip ("../shared/corpora is absent: only our own strings are tried");
  else
    g_assert_cmpuint (n_strings, >=, 515);
}

/* What is ready to run, without waiting for the next frame. */
static void
settle (void)
{
  for (guint i = 0; i < 20 && g_main_context_iteration (NULL, FALSE); i++)
    ;
}

/* ---- no markup ---- */

static gboolean
takes_for_markup (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_label_get_use_markup (GTK_LABEL (widget)) &&
         strstr (gtk_label_get_label (GTK_LABEL (widget)), text) != NULL;
}

static void
check_markup (GtkWidget *window, const char *text)
{
  if (strpbrk (text, "<&") != NULL && strlen (text) > 2)
    g_assert_null (find (window, takes_for_markup, text));
}

/* GTK 4.8 measures some labels of endless words otherwise without a height than with one; nothing
 * is harmed but the look of such a word. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return strstr (message, "Expect overlapping widgets") == NULL;
}

/* ---- entries ---- */

static void
collect (GtkWidget *widget, GPtrArray *found)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_TEXT (widget) || GTK_IS_TEXT_VIEW (widget))
    g_ptr_array_add (found, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, found);
}

static char *
text_of (GtkWidget *entry)
{
  GtkTextBuffer *buffer;
  char *text = NULL;

  if (GTK_IS_TEXT (entry))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry));
  g_object_get (buffer, "text", &text, NULL);
  return text;
}

static void
type (GtkWidget *entry, const char *text)
{
  if (GTK_IS_TEXT (entry))
    gtk_editable_set_text (GTK_EDITABLE (entry), text);
  else
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (entry)), text, -1);
}

/* Entries of numbers drop what is none; any other keeps all, or as much as fits. */
static void
check_kept (GtkWidget *entry, const char *sent)
{
  g_autofree char *kept = text_of (entry);
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_FREE_FORM;

  g_assert_true (g_utf8_validate (kept, -1, NULL));
  g_object_get (entry, "input-purpose", &purpose, NULL);
  if (purpose == GTK_INPUT_PURPOSE_FREE_FORM && GTK_IS_TEXT (entry) &&
      gtk_text_get_max_length (GTK_TEXT (entry)) > 0)
    g_assert_true (g_str_has_prefix (sent, kept));
  else if (purpose == GTK_INPUT_PURPOSE_FREE_FORM)
    g_assert_cmpstr (kept, ==, sent);
}

/* Where it is in its view; the same in another scene of the view. */
static char *
place_of (GtkWidget *widget)
{
  GString *place = g_string_new (NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget)) {
    guint index = 0;

    for (GtkWidget *at = widget; at != NULL; at = gtk_widget_get_prev_sibling (at))
      index++;
    g_string_append_printf (place, "%s %u ", G_OBJECT_TYPE_NAME (widget), index);
  }
  return g_string_free (place, FALSE);
}

/* All of them once in each place, our own in each scene. */
static void
type_all (GtkWidget *window, GtkWidget *entry)
{
  g_autofree char *before = text_of (entry);
  guint n = g_hash_table_add (tried, place_of (entry)) ? strings->len : G_N_ELEMENTS (own) - 1;

  for (guint i = 0; i < n; i++) {
    const char *text = g_ptr_array_index (strings, i);

    if (!gtk_widget_get_mapped (entry))
      break; /* what was typed led elsewhere */
    type (entry, text);
    if (gtk_widget_get_mapped (entry))
      check_kept (entry, text);
    settle ();
    check_markup (window, text);
  }
  if (gtk_widget_get_mapped (entry))
    type (entry, before);
  settle ();
}

static void
test_scene (gconstpointer data)
{
  const OscScene *scene = data;
  OscWindow *window = osc_window_new (application, 0);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  OscContext context;

  g_test_log_set_fatal_handler (is_fatal, NULL);
  osc_fixture_context (&context);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  scene->show (window, &context);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (100);
  collect (GTK_WIDGET (window), entries);
  g_test_message ("%u entries", entries->len);
  for (guint i = 0; i < entries->len; i++)
    type_all (GTK_WIDGET (window), g_ptr_array_index (entries, i));
  gtk_window_destroy (GTK_WINDOW (window));
  osc_fixture_spin (20);
  osc_fixture_context_clear (&context);
}

/* ---- orders ---- */

static void
put_order (OscOrderStore *store, gint64 number, const char *text)
{
  OsyOrderData *order = osc_fixture_order (number, "PREPARING", "DELIVERY", 30);
  g_autofree char *details = g_strdup_printf ("%s|%s", text, text);

  osc_fixture_line (order, text, 1, 1000, details);
  order->customer_name = g_strdup (text);
  order->customer_phone = g_strdup (text);
  order->delivery_address = g_strdup (text);
  order->note = g_strdup (text);
  g_autoptr (OsyOrder) frozen = osy_order_new (order);
  osc_order_store_put (store, frozen, "order.placed");
}

/* Ten at a time, so that all are on the screen; being cooked, since many new ones shrink to a line.
 */
static void
test_orders (void)
{
  g_test_log_set_fatal_handler (is_fatal, NULL);
  for (guint first = 0; first < strings->len; first += 10) {
    OscWindow *window = osc_window_new (application, 0);
    guint end = MIN (first + 10, strings->len);
    OscContext context;

    osy_clock_set_fake (OSC_FIXTURE_NOW);
    osc_fixture_context (&context);
    for (guint i = first; i < end; i++)
      put_order (context.orders, i - first + 1, g_ptr_array_index (strings, i));
    osc_fixture_present (window, &context);
    for (guint i = first; i < end; i++)
      check_markup (GTK_WIDGET (window), g_ptr_array_index (strings, i));
    for (guint i = 0; first == 0 && find (GTK_WIDGET (window), says, "<b>x</b>") == NULL; i++) {
      g_assert_cmpuint (i, <, 100);
      osc_fixture_spin (50);
    }
    gtk_window_destroy (GTK_WINDOW (window));
    osc_fixture_spin (10);
    osc_fixture_context_clear (&context);
  }
  osy_clock_set_fake (0);
}

int
main (int argc, char *argv[])
{
  /* Text that is no markup, taken for it, is a warning of GTK. */
  application = osc_fixture_init (&argc, &argv);
  g_log_set_always_fatal (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  load_strings ();
  tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_test_add_func ("/naughty/list", test_list);
  n_strings = strings->len;
  if (g_strcmp0 (g_getenv ("ORDERSYNC_NAUGHTY"), "all") != 0)
    take_sample ();
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    for (const OscScene *scene = scenes[i]; scene->name != NULL; scene++) {
      g_autofree char *path = g_strconcat ("/naughty/entries/", scene->name, NULL);
      g_test_add_data_func (path, scene, test_scene);
    }
  g_test_add_func ("/naughty/orders", test_orders);
  int rc = g_test_run ();
  g_clear_pointer (&strings, g_ptr_array_unref);
  g_clear_pointer (&tried, g_hash_table_unref);
  return rc;
}
