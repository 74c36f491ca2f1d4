/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scale of everything on screen, by the resolution of type. */

#include "osc-scale.h"

#include <math.h>
#include <string.h>

#define DPI_100 (96 * 1024)
#define WIDE_SCREEN 1800
#define SHEETS "/com/ordersync/Console/"

/* ---- large letters ---- */

/* From LARGE on letters grow and space does not: twice the space around twice the letters would
 * leave no place for either. What is large already grows less, as far as it can be read from the
 * same distance. */
#define LARGE 150
#define LARGE_ROOM 125 /* what C lays out for text holds that much more of it */

typedef struct {
  double from; /* px of a 100 % design */
  double to;   /* px at 200 % */
} Growth;

static const Growth growth[] = {{0, 0}, {16, 32}, {24, 38}, {34, 46}, {56, 62}, {200, 200}};

/* Only these hold up or widen what is around the letters. */
static const char *const sizes[] = {"font-size", "min-width",      "min-height",    "padding",
                                    "margin",    "border-spacing", "-gtk-icon-size"};

static double
grown (double px)
{
  for (gsize i = 1; i < G_N_ELEMENTS (growth); i++)
    if (px <= growth[i].from)
      return growth[i - 1].to + (px - growth[i - 1].from) * (growth[i].to - growth[i - 1].to) /
                                    (growth[i].from - growth[i - 1].from);
  return px;
}

static gboolean
is_size (const char *declaration)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (g_str_has_prefix (declaration, sizes[i]))
      return TRUE;
  return FALSE;
}

/* Every "12pt" of @declaration, so that at @percent it is as large as it has to be. */
static void
add_declaration (GString *sheet, const char *declaration, int percent)
{
  gboolean letters = g_str_has_prefix (declaration, "font-size");
  gboolean icon = g_str_has_prefix (declaration, "-gtk-icon-size");
  const char *at = declaration;

  while (*at != '\0') {
    char *end = (char *)at;
    double points = g_ascii_isdigit (*at) || *at == '.' ? g_ascii_strtod (at, &end) : 0;

    if (points == 0 || !g_str_has_prefix (end, "pt")) {
      g_string_append_c (sheet, *at++);
      continue;
    }
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    double px = points / .75;
    double big = letters ? grown (px) : icon ? px * 1.5 : px;
    /* Between 100 and 200 % the same part of the way. */
    double wanted = px + (big - px) * (percent - 100) / 100;
    g_string_append (sheet,
                     g_ascii_formatd (number, sizeof number, "%.3f", wanted * .75 * 100 / percent));
    g_string_append (sheet, "pt");
    at = end + 2;
  }
  g_string_append (sheet, ";");
}

static void
add_rule (GString *sheet, const char *selector, const char *body, int percent)
{
  g_auto (GStrv) declarations = g_strsplit (body, ";", -1);

  g_string_append_printf (sheet, "%s {", selector);
  for (char **i = declarations; *i != NULL; i++)
    if (is_size (g_strstrip (*i)))
      add_declaration (sheet, *i, percent);
  g_string_append (sheet, "}\n");
}

/* The sheets here know neither nested rules nor braces in text but in keyframes, left out. */
static void
add_sheet (GString *sheet, const char *name, int percent)
{
  g_autofree char *path = g_strconcat (SHEETS, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GRegex) remarks =
      g_regex_new ("/\\*.*?\\*/|@keyframes[^{]*\\{([^{}]*\\{[^{}]*\\})*\\s*\\}|"
                   "@[a-z-]+ [^;{]*;",
                   G_REGEX_DOTALL, 0, NULL);
  gsize size = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  g_autofree char *plain =
      data != NULL ? g_regex_replace_literal (remarks, data, (gssize)size, 0, "", 0, NULL) : NULL;
  g_auto (GStrv) rules = g_strsplit (plain != NULL ? plain : "", "}", -1);

  for (char **rule = rules; *rule != NULL; rule++) {
    char *body = strchr (*rule, '{');

    if (body == NULL)
      continue;
    *body = '\0';
    add_rule (sheet, g_strstrip (*rule), body + 1, percent);
  }
}

char *
osc_scale_large_sheet (int percent)
{
  GString *sheet = g_string_new (NULL);

  add_sheet (sheet, "style-till.css", percent);
  add_sheet (sheet, "style-kitchen.css", percent);
  add_sheet (sheet, "style.css", percent);
  return g_string_free (sheet, FALSE);
}

static void
use_sheet (int percent)
{
  static GtkCssProvider *provider;
  static int used = 100;
  GdkDisplay *display = gdk_display_get_default ();

  if (used == percent)
    return;
  used = percent;
  if (provider != NULL)
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (provider));
  g_clear_object (&provider);
  if (percent < LARGE)
    return;
  g_autofree char *sheet = osc_scale_large_sheet (percent);
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider, sheet, -1);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
}

/* ---- the scale ---- */

void
osc_scale_set (int percent)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi = DPI_100 * CLAMP (percent, 100, 200) / 100;
  int present;

  use_sheet (percent); /* also where the system's own letters are as large */
  g_object_get (settings, "gtk-xft-dpi", &present, NULL);
  if (present == dpi)
    return;
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

int
osc_scale_get (void)
{
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? (int)(((gint64)dpi * 100 + DPI_100 / 2) / DPI_100) : 100;
}

gboolean
osc_scale_is_large (void)
{
  return osc_scale_get () >= LARGE;
}

int
osc_scale_px (int px)
{
  int percent = osc_scale_get ();

  return (px * (percent < LARGE ? percent : LARGE_ROOM) + 50) / 100;
}

int
osc_scale_letters (int px)
{
  return (px * osc_scale_get () + 50) / 100;
}

void
osc_scale_let_wrap (GtkLabel *label)
{
  if (!osc_scale_is_large ())
    return;
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_lines (label, 3);
}

int
osc_scale_choose (int setting, int width)
{
  if (setting != 0)
    return setting;
  return width >= WIDE_SCREEN ? 110 : 100;
}
