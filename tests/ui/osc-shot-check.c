/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The rules of every picture. They look at the real widgets and, for contrast, at the pixels. */

#include "osc-shot-check.h"

#include <math.h>
#include <string.h>

#include "osc-contrast.h"
#include "osc-scale.h"
#include "osc-stage.h"

#define TARGET 48
#define CONTRAST 4.5
#define HIGH_CONTRAST 7
#define SLACK 1.5 /* px of rounding */

typedef struct {
  GtkWidget *widget;
  GtkWidget *layer; /* child of the stage, or NULL */
  graphene_rect_t area;
} Text;

typedef struct {
  GtkWidget *window;
  const char *name;
  const guchar *pixels;
  int width;
  int height;
  GArray *texts; /* of Text */
  guint faults;
} Check;

static void
fault (Check *check, GtkWidget *widget, const char *what)
{
  check->faults++;
  if (check->name == NULL)
    return;

  const char *text = GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";

  g_print ("%s: %s: %s '%s' (%d x %d)\n", check->name, what, G_OBJECT_TYPE_NAME (widget), text,
           gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

static GtkWidget *
layer_of (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       widget = parent, parent = gtk_widget_get_parent (widget))
    if (OSC_IS_STAGE (parent))
      return widget;
  return NULL;
}

/* Whether a layer over the widget's own hides it: the modal layer, or a drawer that covers. */
static gboolean
is_covered (GtkWidget *layer, const graphene_rect_t *area, GtkWidget *window)
{
  if (layer == NULL)
    return FALSE;
  for (GtkWidget *above = gtk_widget_get_next_sibling (layer); above != NULL;
       above = gtk_widget_get_next_sibling (above)) {
    graphene_rect_t bounds;

    if (gtk_widget_get_mapped (above) && gtk_widget_compute_bounds (above, window, &bounds) &&
        graphene_rect_intersection (&bounds, area, NULL))
      return TRUE;
  }
  return FALSE;
}

/* Takes what scrolls out of sight off @area; FALSE when nothing is left. */
static gboolean
clip_to_view (Check *check, GtkWidget *widget, graphene_rect_t *area)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent)) {
    graphene_rect_t bounds;

    if (!GTK_IS_SCROLLED_WINDOW (parent))
      continue;
    if (!gtk_widget_compute_bounds (parent, check->window, &bounds) ||
        !graphene_rect_intersection (&bounds, area, area))
      return FALSE;
  }
  return TRUE;
}

/* ---- cut text ---- */

/* Of letters of 200 % also: what an empty field is for, and the channel, whose icon stands beside.
 */
static gboolean
may_be_cut (GtkWidget *label)
{
  GtkWidget *parent = gtk_widget_get_parent (label);

  if (osc_scale_get () >= 150 && (gtk_widget_has_css_class (label, "channel-words") ||
                                  GTK_IS_TEXT (gtk_widget_get_parent (label))))
    return TRUE;
  return gtk_widget_has_css_class (label, "item") || gtk_widget_has_css_class (label, "options") ||
         gtk_widget_has_css_class (label, "last") || gtk_widget_has_css_class (parent, "note");
}

static void
check_cut (Check *check, GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int width;
  int height;

  if (pango_layout_is_ellipsized (layout)) {
    if (!may_be_cut (label))
      fault (check, label, "ellipsized");
    return;
  }
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width > gtk_widget_get_width (label) + SLACK ||
      height > gtk_widget_get_height (label) + SLACK)
    fault (check, label, "cut");
}

/* ---- contrast ---- */

static double
luminance (double red, double green, double blue)
{
  double parts[] = {red, green, blue};

  for (int i = 0; i < 3; i++)
    parts[i] = parts[i] <= 0.03928 ? parts[i] / 12.92 : pow ((parts[i] + 0.055) / 1.055, 2.4);
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
}

static double
luminance_of (guint32 pixel)
{
  return luminance (((pixel >> 16) & 0xff) / 255.0, ((pixel >> 8) & 0xff) / 255.0,
                    (pixel & 0xff) / 255.0);
}

static double
ratio_of (double one, double other)
{
  return (MAX (one, other) + 0.05) / (MIN (one, other) + 0.05);
}

/* How often each colour stands in @area. */
static GHashTable *
count_colors (Check *check, const graphene_rect_t *area)
{
  GHashTable *counts = g_hash_table_new (NULL, NULL);
  int right = MIN ((int)(area->origin.x + area->size.width), check->width);
  int bottom = MIN ((int)(area->origin.y + area->size.height), check->height);

  for (int y = MAX (0, (int)area->origin.y); y < bottom; y++)
    for (int x = MAX (0, (int)area->origin.x); x < right; x++) {
      guint32 pixel;
      gpointer key;

      memcpy (&pixel, check->pixels + ((gsize)y * (gsize)check->width + (gsize)x) * 4, 4);
      key = GUINT_TO_POINTER (pixel);
      g_hash_table_insert (
          counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
    }
  return counts;
}

/* Text against its ground: of the colours that fill a tenth of the area the one farthest from the
 * text. Text of the colour of its ground so has a contrast of 1. */
static double
contrast_of (Check *check, GtkWidget *label, const graphene_rect_t *area)
{
  g_autoptr (GHashTable) counts = count_colors (check, area);
  guint least = (guint)(area->size.width * area->size.height / 10);
  GHashTableIter iter;
  gpointer key;
  gpointer value;
  GdkRGBA color;
  double text;
  double best = 0;
  guint32 ground = 0;
  double shine;

  gtk_style_context_get_color (gtk_widget_get_style_context (label), &color);
  text = luminance (color.red, color.green, color.blue);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    double light = luminance_of (GPOINTER_TO_UINT (key));

    if (GPOINTER_TO_UINT (value) < least || ratio_of (light, text) <= best)
      continue;
    best = ratio_of (light, text);
    ground = GPOINTER_TO_UINT (key);
  }
  /* A text colour may let the ground shine through. */
  shine = (1 - color.alpha) / 255.0;
  text = luminance (color.red * color.alpha + ((ground >> 16) & 0xff) * shine,
                    color.green * color.alpha + ((ground >> 8) & 0xff) * shine,
                    color.blue * color.alpha + (ground & 0xff) * shine);
  return ratio_of (text, luminance_of (ground));
}

static void
check_contrast (Check *check, GtkWidget *label, const graphene_rect_t *area)
{
  double contrast = contrast_of (check, label, area);

  if (contrast < (osc_contrast_get () ? HIGH_CONTRAST : CONTRAST)) {
    g_autofree char *what = g_strdup_printf ("contrast %.2f", contrast);

    fault (check, label, what);
  }
}

/* ---- targets ---- */

static gboolean
is_target (GtkWidget *widget)
{
  if (gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL)
    return FALSE;
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_PASSWORD_ENTRY (widget);
}

static void
check_target (Check *check, GtkWidget *widget)
{
  graphene_rect_t area;
  /* From 150 % on letters grow alone: a finger stays as wide as it is. */
  double least = (osc_scale_get () < 150 ? osc_scale_px (TARGET) : TARGET) - SLACK;

  if (!gtk_widget_compute_bounds (widget, check->window, &area))
    return;
  if (area.size.width < least || area.size.height < least)
    fault (check, widget, "target under 48 px");
}

/* What a view is for is never a scroll away sideways. */
static void
check_primary (Check *check, GtkWidget *button)
{
  graphene_rect_t area;

  if (!gtk_widget_has_css_class (button, "primary") || !gtk_widget_is_sensitive (button) ||
      !gtk_widget_compute_bounds (button, check->window, &area))
    return;
  if (area.origin.x < 0 || area.origin.x + area.size.width > (float)check->width + SLACK)
    fault (check, button, "a primary button is off the screen");
}

/* ---- the walk ---- */

/* Left out at large scales, as the keys of the rail. */
static gboolean
is_clear (GtkWidget *label)
{
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (label), &color);
  return gdk_rgba_is_clear (&color);
}

static void
check_label (Check *check, GtkWidget *label)
{
  Text text = {.widget = label, .layer = layer_of (label)};

  if (gtk_label_get_text (GTK_LABEL (label))[0] == '\0' ||
      gtk_widget_has_css_class (label, "unseen") || !gtk_widget_is_sensitive (label) ||
      is_clear (label))
    return;
  check_cut (check, label);
  if (!gtk_widget_compute_bounds (label, check->window, &text.area) ||
      !clip_to_view (check, label, &text.area) ||
      is_covered (text.layer, &text.area, check->window))
    return;
  check_contrast (check, label, &text.area);
  g_array_append_val (check->texts, text);
}

static void
walk (Check *check, GtkWidget *widget)
{
  /* A tooltip under the pointer lies on a surface of its own. */
  if (!gtk_widget_get_mapped (widget) ||
      g_strcmp0 (gtk_widget_get_css_name (widget), "tooltip") == 0)
    return;
  if (GTK_IS_LABEL (widget))
    check_label (check, widget);
  if (is_target (widget))
    check_target (check, widget);
  if (GTK_IS_BUTTON (widget))
    check_primary (check, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk (check, child);
}

static void
check_overlaps (Check *check)
{
  for (guint i = 0; i < check->texts->len; i++)
    for (guint j = i + 1; j < check->texts->len; j++) {
      Text *one = &g_array_index (check->texts, Text, i);
      Text *other = &g_array_index (check->texts, Text, j);
      graphene_rect_t both;

      if (one->layer == other->layer &&
          graphene_rect_intersection (&one->area, &other->area, &both) && both.size.width > SLACK &&
          both.size.height > 2 * SLACK)
        fault (check, one->widget, "overlaps another text");
    }
}

guint
osc_shot_check (GtkWidget *window, GdkTexture *picture, const char *name)
{
  int width = gdk_texture_get_width (picture);
  int height = gdk_texture_get_height (picture);
  g_autofree guchar *pixels = g_malloc ((gsize)width * (gsize)height * 4);
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (Text));
  Check check = {.window = window,
                 .name = name,
                 .pixels = pixels,
                 .width = width,
                 .height = height,
                 .texts = texts};

  gdk_texture_download (picture, pixels, (gsize)width * 4);
  walk (&check, window);
  check_overlaps (&check);
  return check.faults;
}
