/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Tells a test what is on the console's screen and where: GIO loads it into the program by
 * GIO_EXTRA_MODULES. It looks and changes nothing. On the socket ORDERSYNC_PROBE each line that
 * comes in is answered by a line of JSON: all widgets that can be seen, with their place on the
 * screen. */

#include <X11/Xlib.h>
#include <gdk/x11/gdkx.h>
#include <gio/gunixsocketaddress.h>
#include <gtk/gtk.h>
#include <json-glib/json-glib.h>
#include <string.h>

G_MODULE_EXPORT void g_io_module_load (GIOModule *module);
G_MODULE_EXPORT void g_io_module_unload (GIOModule *module);
G_MODULE_EXPORT char **g_io_module_query (void);

/* Where a window's surface begins on the screen, and where its widgets begin in that. */
static void
find_origin (GtkNative *native, double *x, double *y)
{
  GdkSurface *surface = gtk_native_get_surface (native);
  Display *display = gdk_x11_display_get_xdisplay (gdk_surface_get_display (surface));
  int left = 0;
  int top = 0;
  Window child;

  gtk_native_get_surface_transform (native, x, y);
  XTranslateCoordinates (display, gdk_x11_surface_get_xid (surface), DefaultRootWindow (display), 0,
                         0, &left, &top, &child);
  *x += left;
  *y += top;
}

static void
add_words (GtkWidget *widget, GString *words)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "",
                            gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_words (child, words);
}

static void
add_member (JsonBuilder *to, const char *name, const char *text)
{
  json_builder_set_member_name (to, name);
  json_builder_add_string_value (to, text != NULL ? text : "");
}

/* Whether a finger on the middle of @widget touches it, and nothing that lies over it. */
static gboolean
can_be_hit (GtkWidget *widget, GtkNative *native, const graphene_rect_t *bounds)
{
  GtkWidget *picked =
      gtk_widget_pick (GTK_WIDGET (native), bounds->origin.x + bounds->size.width / 2,
                       bounds->origin.y + bounds->size.height / 2, GTK_PICK_DEFAULT);

  return picked != NULL && (picked == widget || gtk_widget_is_ancestor (picked, widget));
}

static const char *
icon_of (GtkWidget *widget)
{
  if (GTK_IS_IMAGE (widget))
    return gtk_image_get_icon_name (GTK_IMAGE (widget));
  return GTK_IS_BUTTON (widget) ? gtk_button_get_icon_name (GTK_BUTTON (widget)) : NULL;
}

static gboolean
is_pressed (GtkWidget *widget)
{
  return (GTK_IS_TOGGLE_BUTTON (widget) &&
          gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (widget))) ||
         (GTK_IS_CHECK_BUTTON (widget) &&
          gtk_check_button_get_active (GTK_CHECK_BUTTON (widget))) ||
         (GTK_IS_SWITCH (widget) && gtk_switch_get_active (GTK_SWITCH (widget)));
}

static void
add_widget (GtkWidget *widget, GtkNative *native, JsonBuilder *to)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
  g_autofree char *all = g_strjoinv (" ", classes);
  GtkRoot *root = gtk_widget_get_root (widget);
  graphene_rect_t bounds;
  double x;
  double y;

  if (!gtk_widget_compute_bounds (widget, GTK_WIDGET (native), &bounds))
    return;
  add_words (widget, words);
  find_origin (native, &x, &y);
  json_builder_begin_object (to);
  add_member (to, "type", G_OBJECT_TYPE_NAME (widget));
  add_member (to, "class", all);
  add_member (to, "words", words->str);
  add_member (to, "tip", gtk_widget_get_tooltip_text (widget));
  add_member (to, "icon", icon_of (widget));
  add_member (to, "root", G_OBJECT_TYPE_NAME (root));
  add_member (to, "text",
              GTK_IS_EDITABLE (widget) ? gtk_editable_get_text (GTK_EDITABLE (widget)) : NULL);
  json_builder_set_member_name (to, "box");
  json_builder_begin_array (to);
  json_builder_add_int_value (to, (gint64)(x + bounds.origin.x));
  json_builder_add_int_value (to, (gint64)(y + bounds.origin.y));
  json_builder_add_int_value (to, (gint64)bounds.size.width);
  json_builder_add_int_value (to, (gint64)bounds.size.height);
  json_builder_end_array (to);
  json_builder_set_member_name (to, "enabled");
  json_builder_add_boolean_value (to, gtk_widget_is_sensitive (widget));
  json_builder_set_member_name (to, "pressed");
  json_builder_add_boolean_value (to, is_pressed (widget));
  json_builder_set_member_name (to, "focus");
  json_builder_add_boolean_value (to, gtk_root_get_focus (root) == widget);
  json_builder_set_member_name (to, "hit");
  json_builder_add_boolean_value (to, can_be_hit (widget, native, &bounds));
  json_builder_end_object (to);
}

static gboolean
matters (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_EDITABLE (widget) || GTK_IS_LABEL (widget) ||
         GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_IMAGE (widget) ||
         gtk_widget_get_focusable (widget) || g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Osc");
}

static void
walk (GtkWidget *widget, JsonBuilder *to)
{
  GtkNative *native = gtk_widget_get_native (widget);

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_get_child_visible (widget) || native == NULL ||
      gtk_native_get_surface (native) == NULL)
    return;
  if (matters (widget))
    add_widget (widget, native, to);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (child, to);
}

static char *
look (void)
{
  g_autoptr (JsonBuilder) to = json_builder_new ();
  GListModel *windows = gtk_window_get_toplevels ();

  json_builder_begin_array (to);
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    walk (window, to);
  }
  json_builder_end_array (to);
  g_autoptr (JsonNode) node = json_builder_get_root (to);
  return json_to_string (node, FALSE);
}

static void line_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
next_line (GIOStream *stream, GDataInputStream *lines)
{
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT_IDLE, NULL, line_cb,
                                       g_object_ref (stream));
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDataInputStream *lines = G_DATA_INPUT_STREAM (source);
  g_autoptr (GIOStream) stream = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (lines, result, NULL, NULL);
  g_autofree char *answer = NULL;
  g_autofree char *whole = NULL;

  if (line == NULL)
    return;
  answer = gtk_is_initialized () ? look () : g_strdup ("[]");
  whole = g_strconcat (answer, "\n", NULL);
  if (g_output_stream_write_all (g_io_stream_get_output_stream (stream), whole, strlen (whole),
                                 NULL, NULL, NULL))
    next_line (stream, lines);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection)
{
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  next_line (G_IO_STREAM (connection), lines);
  return TRUE;
}

static gboolean
begin_cb (gpointer user_data)
{
  GSocketService *service = g_socket_service_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (g_getenv ("ORDERSYNC_PROBE"));
  g_autoptr (GError) error = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error))
    g_error ("probe: %s", error->message);
  g_signal_connect (service, "incoming", G_CALLBACK (on_incoming), NULL);
  g_socket_service_start (service); /* as long as the program runs */
  return G_SOURCE_REMOVE;
}

void
g_io_module_load (GIOModule *module)
{
  g_type_module_use (G_TYPE_MODULE (module));
  if (g_getenv ("ORDERSYNC_PROBE") != NULL)
    g_idle_add (begin_cb, NULL);
}

void
g_io_module_unload (GIOModule *module)
{
}

char **
g_io_module_query (void)
{
  return g_new0 (char *, 1);
}
