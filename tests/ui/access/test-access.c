/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Every scene as somebody meets it who does not look at it, or does not point: whatever takes the
 * focus says what it is (WCAG 2.2, 4.1.2), the Tab key comes by everything and goes on from
 * everywhere (2.1.1, 2.1.2), and part after part of the window (2.4.3). */

#include "find.h"
#include "osc-scenes.h"
#include "osc-sheet.h"
#include "osc-stage.h"
#include "osy-clock.h"

#define SETTLE_MS 150
#define MOST_STEPS 400
#define MARK "osc-was-here"

static const OscScene *const scenes[] = {
    osc_scenes_analytics, osc_scenes_bill,   osc_scenes_board,   osc_scenes_call,
    osc_scenes_sale,      osc_scenes_past,   osc_scenes_menu,    osc_scenes_setup,
    osc_scenes_settings,  osc_scenes_people, osc_scenes_record,  osc_scenes_kitchen,
    osc_scenes_tables,    osc_scenes_stock,  osc_scenes_payment, osc_scenes_refund,
    osc_scenes_delivery,  osc_scenes_alerts, osc_scenes_reports, osc_scenes_till};

static GtkApplication *application;

typedef struct {
  const char *scene;
  GtkWidget *window; /* or the dialog over it */
  GPtrArray *seen;   /* of GtkWidget: where the Tab key stopped, in order */
  guint faults;
} Walk;

static void
fault (Walk *walk, GtkWidget *widget, const char *what)
{
  GString *place = g_string_new (NULL);

  for (GtkWidget *i = widget; i != NULL; i = gtk_widget_get_parent (i)) {
    const char *type = G_OBJECT_TYPE_NAME (i);

    if (i == widget || g_str_has_prefix (type, "Osc"))
      g_string_append_printf (
          place, "%s%s.%s", i == widget ? "" : " < ", type,
          gtk_widget_get_css_classes (i)[0] != NULL ? gtk_widget_get_css_classes (i)[0] : "");
  }
  g_test_message ("%s: %s: %s", walk->scene, what, place->str);
  g_string_free (place, TRUE);
  walk->faults++;
}

/* ---- names and roles ---- */

static gboolean
has_words (GtkWidget *widget)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    return TRUE;
  if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_words (child))
      return TRUE;
  return FALSE;
}

/* Roles that are named by what is written on them (WAI-ARIA 1.2, 5.2.8.5). */
static gboolean
is_named_by_content (GtkAccessibleRole role)
{
  switch ((int)role) {
  case GTK_ACCESSIBLE_ROLE_BUTTON:
  case GTK_ACCESSIBLE_ROLE_CHECKBOX:
  case GTK_ACCESSIBLE_ROLE_GRID_CELL:
  case GTK_ACCESSIBLE_ROLE_LINK:
  case GTK_ACCESSIBLE_ROLE_LIST_ITEM:
  case GTK_ACCESSIBLE_ROLE_MENU_ITEM:
  case GTK_ACCESSIBLE_ROLE_OPTION:
  case GTK_ACCESSIBLE_ROLE_RADIO:
  case GTK_ACCESSIBLE_ROLE_ROW:
  case GTK_ACCESSIBLE_ROLE_SWITCH:
  case GTK_ACCESSIBLE_ROLE_TAB:
  case GTK_ACCESSIBLE_ROLE_TREE_ITEM: return TRUE;
  default: return FALSE;
  }
}

static gboolean
has_name (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);

  if (ADW_IS_STATUS_PAGE (gtk_widget_get_parent (widget)))
    return TRUE; /* the page in its scroller: read as a whole */
  return gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
         (is_named_by_content (gtk_accessible_get_accessible_role (accessible)) &&
          has_words (widget));
}

/* A text inside its entry is one thing with it. */
static GtkWidget *
whole_of (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return GTK_IS_TEXT (widget) && parent != NULL && GTK_IS_EDITABLE (parent) ? parent : widget;
}

static void
check_name (Walk *walk, GtkWidget *stop)
{
  GtkWidget *widget = whole_of (stop);
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget));

  if (role == GTK_ACCESSIBLE_ROLE_GENERIC || role == GTK_ACCESSIBLE_ROLE_NONE ||
      role == GTK_ACCESSIBLE_ROLE_PRESENTATION || role == GTK_ACCESSIBLE_ROLE_WIDGET)
    fault (walk, widget, "takes the focus without a role");
  if (!has_name (widget))
    fault (walk, widget, "takes the focus without a name");
}

/* ---- the Tab key ---- */

static GtkWidget *
step (Walk *walk, GtkDirectionType direction)
{
  g_signal_emit_by_name (walk->window, "move-focus", direction);
  return gtk_window_get_focus (GTK_WINDOW (walk->window));
}

/* Once round, until it comes by where it was: (transfer container): where it stopped, in order. */
static GPtrArray *
go_round (Walk *walk, GtkDirectionType direction)
{
  GPtrArray *stops = g_ptr_array_new_with_free_func (g_object_unref);

  gtk_window_set_focus (GTK_WINDOW (walk->window), NULL);
  for (int i = 0; i < MOST_STEPS; i++) {
    GtkWidget *focus = step (walk, direction);

    if (focus == NULL && stops->len == 0)
      return stops; /* nothing here takes the focus */
    if (focus == NULL)
      continue; /* past the last, before the first */
    if (stops->len > 1 && focus == g_ptr_array_index (stops, stops->len - 1))
      fault (walk, focus, "holds the Tab key");
    if (g_ptr_array_find (stops, focus, NULL))
      return stops;
    g_ptr_array_add (stops, g_object_ref (focus));
  }
  fault (walk, g_ptr_array_index (stops, 0), "the Tab key never comes back to");
  return stops;
}

/* ---- nothing is left out ---- */

static gboolean
holds_seen (Walk *walk, GtkWidget *widget)
{
  for (guint i = 0; i < walk->seen->len; i++)
    if (gtk_widget_is_ancestor (g_ptr_array_index (walk->seen, i), widget))
      return TRUE;
  return FALSE;
}

/* In a list or a group the Tab key stops once; arrows go on. */
static gboolean
moves_by_arrows (Walk *walk, GtkWidget *widget)
{
  static const char *const kinds[] = {"GtkListView", "GtkGridView",   "GtkListBox",
                                      "GtkFlowBox",  "GtkColumnView", "GtkStackSwitcher",
                                      "GtkCalendar"};

  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
      if (g_str_equal (G_OBJECT_TYPE_NAME (parent), kinds[i]))
        return holds_seen (walk, parent);
  if (GTK_IS_CHECK_BUTTON (widget) || GTK_IS_TOGGLE_BUTTON (widget))
    return holds_seen (walk, gtk_widget_get_parent (widget));
  return FALSE;
}

static void
mark (GtkWidget *widget)
{
  g_object_set_data (G_OBJECT (widget), MARK, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    mark (child);
}

/* Backwards it comes by the same, but for the place in a list and for what was made anew on the
 * way. */
static void
check_backwards (Walk *walk)
{
  g_autoptr (GPtrArray) back = go_round (walk, GTK_DIR_TAB_BACKWARD);

  for (guint i = 0; i < back->len; i++) {
    GtkWidget *widget = g_ptr_array_index (back, i);

    if (g_object_get_data (G_OBJECT (widget), MARK) != NULL &&
        gtk_widget_get_root (widget) != NULL && !g_ptr_array_find (walk->seen, widget, NULL) &&
        !moves_by_arrows (walk, widget))
      fault (walk, widget, "is met backwards only");
  }
}

static gboolean
takes_focus (GtkWidget *widget)
{
  for (GtkWidget *i = widget; i != NULL; i = gtk_widget_get_parent (i))
    if (!gtk_widget_get_can_focus (i) || !gtk_widget_get_child_visible (i))
      return FALSE;
  return gtk_widget_get_focusable (widget) && gtk_widget_is_sensitive (widget) &&
         gtk_widget_get_width (widget) > 0;
}

static void
check_reached (Walk *walk, GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget))
    return;
  if (takes_focus (widget) && !GTK_IS_SCROLLED_WINDOW (widget) && !GTK_IS_LIST_BOX (widget) &&
      !GTK_IS_LABEL (widget) && !g_ptr_array_find (walk->seen, widget, NULL) &&
      !holds_seen (walk, widget) && !moves_by_arrows (walk, widget))
    fault (walk, widget, "is never reached by the Tab key");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_reached (walk, child);
}

/* ---- part after part ---- */

static GtkWidget *
part_of (GtkWidget *widget)
{
  for (GtkWidget *i = widget; gtk_widget_get_parent (i) != NULL; i = gtk_widget_get_parent (i)) {
    GtkWidget *parent = gtk_widget_get_parent (i);

    if (OSC_IS_STAGE (parent) || g_str_equal (G_OBJECT_TYPE_NAME (i), "OscRail") ||
        g_str_equal (G_OBJECT_TYPE_NAME (i), "OscStrip"))
      return i;
  }
  return NULL;
}

static void
check_parts (Walk *walk)
{
  g_autoptr (GPtrArray) left = g_ptr_array_new ();
  GtkWidget *last = NULL;

  for (guint i = 0; i < walk->seen->len; i++) {
    GtkWidget *widget = g_ptr_array_index (walk->seen, i);
    GtkWidget *part = part_of (widget);

    if (part == NULL || part == last)
      continue;
    if (g_ptr_array_find (left, part, NULL))
      fault (walk, widget, "lies in a part that was left before");
    if (last != NULL)
      g_ptr_array_add (left, last);
    last = part;
  }
}

/* A page that is shown for the first time begins in its middle: what lies before that is come by
 * afterwards. */
static void
add_second_round (Walk *walk)
{
  g_autoptr (GPtrArray) again = go_round (walk, GTK_DIR_TAB_FORWARD);

  for (guint i = 0; i < again->len; i++)
    if (!g_ptr_array_find (walk->seen, again->pdata[i], NULL))
      g_ptr_array_add (walk->seen, g_object_ref (again->pdata[i]));
}

static GtkWidget *
sheet_over (GtkWidget *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *i = windows; i != NULL; i = i->next)
    if (OSC_IS_SHEET (i->data) && osc_sheet_is_open (i->data) &&
        gtk_window_get_transient_for (i->data) == GTK_WINDOW (window))
      return i->data;
  return NULL;
}

static void
test_scene (gconstpointer data)
{
  const OscScene *scene = data;
  OscWindow *window = osc_window_new (application, 0);
  OscContext context;

  osc_fixture_context (&context);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  scene->show (window, &context);
  gtk_window_present (GTK_WINDOW (window));
  osc_fixture_spin (SETTLE_MS);
  GtkWidget *sheet = sheet_over (GTK_WIDGET (window));
  Walk walk = {scene->name, sheet != NULL ? sheet : GTK_WIDGET (window), NULL, 0};
  mark (walk.window);
  g_autoptr (GPtrArray) seen = walk.seen = go_round (&walk, GTK_DIR_TAB_FORWARD);

  check_parts (&walk);
  add_second_round (&walk);
  for (guint i = 0; i < seen->len; i++)
    check_name (&walk, g_ptr_array_index (seen, i));
  check_reached (&walk, walk.window);
  check_backwards (&walk);
  /* Nobody types at the guest's monitor, which only shows. */
  g_assert_true ((seen->len > 0) != g_str_has_prefix (scene->name, "guest"));
  g_assert_cmpuint (walk.faults, ==, 0);
  if (sheet != NULL)
    gtk_window_destroy (GTK_WINDOW (sheet));
  gtk_window_destroy (GTK_WINDOW (window));
  osc_fixture_context_clear (&context);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Seoul", TRUE);
  application = osc_fixture_init (&argc, &argv);
  osy_clock_set_fake (OSC_FIXTURE_NOW);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    for (const OscScene *scene = scenes[i]; scene->name != NULL; scene++) {
      g_autofree char *path = g_strdup_printf ("/access/%s", scene->name);

      g_test_add_data_func (path, scene, test_scene);
    }
  return g_test_run ();
}
