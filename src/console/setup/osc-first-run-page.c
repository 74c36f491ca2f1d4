/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The first run: shop, business number, owner. Every field says itself what is wrong with it. */

#include "osc-first-run-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-field.h"
#include "osy-business-number.h"

#define SHORTEST_PASSWORD 8
#define BUSINESS_DIGITS 10

struct _OscFirstRunPage {
  GtkWidget parent_instance;
  GtkWidget *content;
  OscField *shop_name;
  OscField *business_number;
  OscField *email;
  OscField *password;
  OscField *again;
  OscField *code_field;
  GtkWidget *failure;
  GtkWidget *submit;
  GtkWidget *spinner;
  OsyClient *client;
  char *code; /* nullable: then it is asked for */
  GCancellable *cancellable;
  gboolean busy;
};

enum { SIGNED_IN, ALREADY_SET_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscFirstRunPage, osc_first_run_page, GTK_TYPE_WIDGET)

/* ---- what is typed ---- */

static char *
stripped (OscField *field)
{
  return g_strstrip (g_strdup (osc_field_text (field)));
}

static guint
count_digits (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += g_ascii_isdigit (*p);
  return n;
}

static const char *
wrong_business_number (void)
{
  return _ ("The number has a mistake: check its ten digits");
}

/* While it is typed only a whole number is judged. */
static void
on_business_number_changed (OscFirstRunPage *self)
{
  const char *text = osc_field_text (self->business_number);
  g_autofree char *number = osy_business_number_normalise (text);

  if (count_digits (text) >= BUSINESS_DIGITS && number == NULL)
    osc_field_set_error (self->business_number, wrong_business_number ());
  if (number != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->business_number), "right");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->business_number), "right");
}

/* Marks @field unless @ok. Returns: @ok; the first wrong field gets the cursor. */
static gboolean
require (OscField *field, gboolean ok, const char *sentence, gboolean *all_ok)
{
  if (ok)
    return TRUE;
  osc_field_set_error (field, sentence);
  if (*all_ok)
    osc_field_focus (field);
  *all_ok = FALSE;
  return FALSE;
}

static gboolean
looks_like_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && at[1] != '\0' && strchr (text, ' ') == NULL;
}

static gboolean
check (OscFirstRunPage *self)
{
  g_autofree char *shop = stripped (self->shop_name);
  g_autofree char *business = stripped (self->business_number);
  g_autofree char *number = osy_business_number_normalise (business);
  g_autofree char *email = stripped (self->email);
  const char *password = osc_field_text (self->password);
  gboolean ok = TRUE;

  require (self->shop_name, *shop != '\0', _ ("Type the name of your shop"), &ok);
  require (self->business_number, *business == '\0' || number != NULL, wrong_business_number (),
           &ok);
  require (self->email, looks_like_email (email), _ ("Type an e-mail address, such as me@shop.kr"),
           &ok);
  if (require (self->password, g_utf8_strlen (password, -1) >= SHORTEST_PASSWORD,
               _ ("Use at least 8 characters"), &ok))
    require (self->again, g_str_equal (password, osc_field_text (self->again)),
             _ ("The two passwords are not the same"), &ok);
  require (self->code_field, self->code != NULL || *osc_field_text (self->code_field) != '\0',
           _ ("Copy the code from the file setup-code of the server"), &ok);
  return ok;
}

/* ---- what the server says ---- */

static void
set_busy (OscFirstRunPage *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->submit, !busy);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

static void
set_failure (OscFirstRunPage *self, const char *sentence)
{
  gtk_label_set_label (GTK_LABEL (self->failure), sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->failure, sentence != NULL);
}

/* Shows the fault at the field that @pointer names. Returns: whether there is one. */
static gboolean
show_fault (OscFirstRunPage *self, const char *pointer)
{
  const struct {
    const char *pointer;
    OscField *field;
    const char *sentence;
  } faults[] = {
      {"/shop_name", self->shop_name, _ ("Choose a shorter name without special characters")},
      {"/business_number", self->business_number, wrong_business_number ()},
      {"/owner_email", self->email, _ ("Check the e-mail address")},
      {"/owner_password", self->password,
       _ ("This password is too easy to guess. Choose another one")},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_strcmp0 (faults[i].pointer, pointer) == 0) {
      osc_field_set_error (faults[i].field, faults[i].sentence);
      osc_field_focus (faults[i].field);
      return TRUE;
    }
  return FALSE;
}

static gboolean
show_faults (OscFirstRunPage *self, const GError *error)
{
  JsonNode *rows = osy_error_get_extra (error, "errors");
  gboolean shown = FALSE;

  if (rows == NULL || !JSON_NODE_HOLDS_ARRAY (rows))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (rows)); i++) {
    JsonNode *row = json_array_get_element (json_node_get_array (rows), i);
    JsonNode *pointer = JSON_NODE_HOLDS_OBJECT (row)
                            ? json_object_get_member (json_node_get_object (row), "pointer")
                            : NULL;

    if (pointer != NULL && json_node_get_value_type (pointer) == G_TYPE_STRING)
      shown |= show_fault (self, json_node_get_string (pointer));
  }
  return shown;
}

static void
show_error (OscFirstRunPage *self, const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_ALREADY_SET_UP)) {
    g_signal_emit (self, signals[ALREADY_SET_UP], 0);
    return;
  }
  if (osy_error_is (error, OSY_ERROR_INVALID_CREDENTIALS)) {
    gtk_widget_set_visible (GTK_WIDGET (self->code_field), TRUE);
    g_clear_pointer (&self->code, g_free);
    osc_field_set_error (self->code_field,
                         _ ("The code is not right. Copy it from the file setup-code again"));
    osc_field_focus (self->code_field);
    return;
  }
  if (show_faults (self, error))
    return;
  if (osy_error_is (error, OSY_ERROR_UNAVAILABLE) || osy_error_is (error, OSY_ERROR_TIMEOUT))
    set_failure (self,
                 _ ("The server doesn't answer. What you typed is kept; try again in a moment"));
  else
    set_failure (self, _ ("The shop could not be made. What you typed is kept; try again"));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscFirstRunPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = osy_client_setup_finish (OSY_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_busy (self, FALSE);
  if (!ok) {
    show_error (self, error);
    return;
  }
  osc_field_set_text (self->password, "");
  osc_field_set_text (self->again, "");
  g_signal_emit (self, signals[SIGNED_IN], 0);
}

static void
on_submit (OscFirstRunPage *self)
{
  if (self->busy)
    return;
  set_failure (self, NULL);
  if (!check (self))
    return;
  g_autofree char *shop = stripped (self->shop_name);
  g_autofree char *number = osy_business_number_normalise (osc_field_text (self->business_number));
  g_autofree char *email = stripped (self->email);
  g_autofree char *typed_code = stripped (self->code_field);
  OsyClientSetup setup = {
      .code = self->code != NULL ? self->code : typed_code,
      .shop_name = shop,
      .business_number = number,
      .owner_email = email,
      .owner_password = osc_field_text (self->password),
  };

  set_busy (self, TRUE);
  osy_client_setup_async (self->client, &setup, self->cancellable, made_cb, g_object_ref (self));
}

/* ---- the widget ---- */

static gboolean
osc_first_run_page_grab_focus (GtkWidget *widget)
{
  osc_field_focus (OSC_FIRST_RUN_PAGE (widget)->shop_name);
  return TRUE;
}

static void
osc_first_run_page_dispose (GObject *object)
{
  OscFirstRunPage *self = OSC_FIRST_RUN_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_FIRST_RUN_PAGE);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (osc_first_run_page_parent_class)->dispose (object);
}

static void
osc_first_run_page_finalize (GObject *object)
{
  OscFirstRunPage *self = OSC_FIRST_RUN_PAGE (object);

  g_clear_object (&self->cancellable);
  g_free (self->code);
  G_OBJECT_CLASS (osc_first_run_page_parent_class)->finalize (object);
}

static void
osc_first_run_page_class_init (OscFirstRunPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_first_run_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = osc_first_run_page_finalize;
  widget_class->grab_focus = osc_first_run_page_grab_focus;
  signals[SIGNED_IN] = g_signal_new ("signed-in", OSC_TYPE_FIRST_RUN_PAGE, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ALREADY_SET_UP] = g_signal_new ("already-set-up", OSC_TYPE_FIRST_RUN_PAGE,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_FIELD);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/com/ordersync/Console/setup/osc-first-run-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, content);
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, shop_name);
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, business_number);
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, email);
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, password);
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, again);
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, code_field);
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, failure);
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, submit);
  gtk_widget_class_bind_template_child (widget_class, OscFirstRunPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, on_business_number_changed);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "formpage");
}

static void
osc_first_run_page_init (OscFirstRunPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
osc_first_run_page_new (OsyClient *client, const char *code)
{
  g_return_val_if_fail (OSY_IS_CLIENT (client), NULL);
  OscFirstRunPage *self = g_object_new (OSC_TYPE_FIRST_RUN_PAGE, NULL);

  self->client = g_object_ref (client);
  self->code = g_strdup (code);
  gtk_widget_set_visible (GTK_WIDGET (self->code_field), code == NULL);
  return GTK_WIDGET (self);
}
