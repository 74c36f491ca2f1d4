/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* The first step. Every field says itself what is wrong with it. */

#include "osc-setup-shop.h"

#include <glib/gi18n.h>
#include <string.h>

#include "osc-field.h"
#include "osc-setup-hours.h"
#include "osc-widget.h"
#include "osy-json.h"

#define STEP "shop"
#define SHORTEST_PASSWORD 8
#define DAY_MINUTES 1440

struct _OscSetupShop {
  OscSetupStep parent_instance;
  GtkWidget *content;
  OscField *shop_name;
  OscField *phone;
  OscField *email;
  OscField *password;
  OscField *again;
  OscField *code_field;
  OscField *cutoff;
  GtkWidget *owner;
  GtkWidget *hours;
  GtkWidget *hours_differ;
  OsyClient *client; /* nullable: the shop is there */
  char *code;        /* nullable: then it is asked for */
  GCancellable *cancellable;
  gboolean filling;
};

enum { ALREADY_SET_UP, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (OscSetupShop, osc_setup_shop, OSC_TYPE_SETUP_STEP)

static OscSetupStep *
step_of (OscSetupShop *self)
{
  return OSC_SETUP_STEP (self);
}

static char *
stripped (OscField *field)
{
  return g_strstrip (g_strdup (osc_field_text (field)));
}

/* ---- what is typed ---- */

/* Marks @field unless @ok; the first wrong one gets the cursor. */
static void
require (OscField *field, gboolean ok, const char *sentence, gboolean *all_ok)
{
  if (ok)
    return;
  osc_field_set_error (field, sentence);
  if (*all_ok)
    osc_field_focus (field);
  *all_ok = FALSE;
}

static gboolean
looks_like_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && at[1] != '\0' && strchr (text, ' ') == NULL;
}

static void
check_owner (OscSetupShop *self, gboolean *ok)
{
  g_autofree char *email = stripped (self->email);
  const char *password = osc_field_text (self->password);
  gboolean long_enough = g_utf8_strlen (password, -1) >= SHORTEST_PASSWORD;

  require (self->email, looks_like_email (email), _ ("Type an e-mail address, such as me@shop.kr"),
           ok);
  require (self->password, long_enough, _ ("Use at least 8 characters"), ok);
  require (self->again, !long_enough || g_str_equal (password, osc_field_text (self->again)),
           _ ("The two passwords are not the same"), ok);
  require (self->code_field, self->code != NULL || *osc_field_text (self->code_field) != '\0',
           _ ("Copy the code from the file setup-code of the server"), ok);
}

/* Returns: (nullable): what is to be saved; NULL when something is wrong. */
static JsonObject *
read_patch (OscSetupShop *self)
{
  g_autofree char *name = stripped (self->shop_name);
  g_autofree char *phone = stripped (self->phone);
  g_autoptr (JsonObject) patch = json_object_new ();
  int cutoff = 0;
  gboolean ok = TRUE;

  require (self->shop_name, *name != '\0', _ ("Type the name of your shop"), &ok);
  require (self->cutoff,
           osc_setup_hours_parse (osc_field_text (self->cutoff), &cutoff) && cutoff < DAY_MINUTES,
           _ ("Type a time, such as 05:00"), &ok);
  if (self->client != NULL)
    check_owner (self, &ok);
  json_object_set_string_member (patch, "name", name);
  json_object_set_string_member (patch, "phone", phone);
  json_object_set_int_member (patch, "cutoff_minutes", cutoff);
  if (gtk_widget_get_visible (self->hours)) {
    JsonArray *hours = osc_setup_hours_read (OSC_SETUP_HOURS (self->hours));

    if (hours == NULL)
      return NULL;
    json_object_set_array_member (patch, "opening_hours", hours);
  }
  return ok ? g_steal_pointer (&patch) : NULL;
}

/* ---- the draft ---- */

typedef struct {
  const char *name;
  OscField *field;
} Drafted;

#define DRAFTED(self)                                                                \
  {                                                                                  \
    {"name", (self)->shop_name}, {"phone", (self)->phone}, {"email", (self)->email}, \
        {"cutoff", (self)->cutoff},                                                  \
  }

static void
on_changed (OscSetupShop *self)
{
  const Drafted drafted[] = DRAFTED (self);
  OscSetupDraft *draft = osc_setup_step_draft (step_of (self));
  g_autofree char *hours = NULL;

  if (self->filling || draft == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (drafted); i++)
    osc_setup_draft_set (draft, STEP, drafted[i].name, osc_field_text (drafted[i].field));
  hours = osc_setup_hours_text (OSC_SETUP_HOURS (self->hours));
  osc_setup_draft_set (draft, STEP, "hours", hours);
}

static void
take_draft (OscSetupShop *self)
{
  const Drafted drafted[] = DRAFTED (self);
  OscSetupDraft *draft = osc_setup_step_draft (step_of (self));
  const char *hours = osc_setup_draft_get (draft, STEP, "hours");

  for (gsize i = 0; i < G_N_ELEMENTS (drafted); i++) {
    const char *text = osc_setup_draft_get (draft, STEP, drafted[i].name);

    if (text != NULL)
      osc_field_set_text (drafted[i].field, text);
  }
  if (hours != NULL)
    osc_setup_hours_set_text (OSC_SETUP_HOURS (self->hours), hours);
}

static void
take_shop (OscSetupShop *self, const OsyShopData *shop)
{
  g_autofree char *cutoff =
      g_strdup_printf ("%02d:%02d", shop->cutoff_minutes / 60, shop->cutoff_minutes % 60);
  gboolean simple = osc_setup_hours_show (OSC_SETUP_HOURS (self->hours), shop->hours);

  osc_field_set_text (self->shop_name, shop->name);
  osc_field_set_text (self->phone, shop->phone != NULL ? shop->phone : "");
  osc_field_set_text (self->cutoff, cutoff);
  gtk_widget_set_visible (self->hours, simple);
  gtk_widget_set_visible (self->hours_differ, !simple);
}

static void
osc_setup_shop_enter (OscSetupStep *step)
{
  OscSetupShop *self = OSC_SETUP_SHOP (step);
  const OscContext *context = osc_setup_step_context (step);
  OsyShop *shop = context != NULL ? osc_shop_store_get (context->shop) : NULL;

  self->filling = TRUE;
  if (shop != NULL)
    take_shop (self, osy_shop_data (shop));
  take_draft (self);
  self->filling = FALSE;
  osc_field_focus (self->shop_name);
}

/* ---- what the server says ---- */

static gboolean
show_fault (OscSetupShop *self, const char *pointer)
{
  const struct {
    const char *pointer;
    OscField *field;
    const char *sentence;
  } faults[] = {
      {"/shop_name", self->shop_name, _ ("Choose a shorter name without special characters")},
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
show_faults (OscSetupShop *self, const GError *error)
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
ask_for_code (OscSetupShop *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->code_field), TRUE);
  g_clear_pointer (&self->code, g_free);
  osc_field_set_error (self->code_field,
                       _ ("The code is not right. Copy it from the file setup-code again"));
  osc_field_focus (self->code_field);
}

static void
show_error (OscSetupShop *self, const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_ALREADY_SET_UP))
    g_signal_emit (self, signals[ALREADY_SET_UP], 0);
  else if (osy_error_is (error, OSY_ERROR_INVALID_CREDENTIALS))
    ask_for_code (self);
  else if (!show_faults (self, error))
    osc_setup_step_set_failure (step_of (self), osc_setup_step_sentence (error));
}

/* The shop is there even when its settings could not be saved: then they stay drafted, and the
 * assistant begins with them. */
static void
patched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSetupShop) self = user_data;
  g_autoptr (GError) error = NULL;

  if (osc_shop_store_patch_finish (OSC_SHOP_STORE (source), result, &error))
    osc_setup_draft_clear (osc_setup_step_draft (step_of (self)), STEP);
  else
    g_info ("The settings could not be saved yet: %s", error->message);
  osc_setup_step_set_busy (step_of (self), FALSE);
  osc_setup_step_finish (step_of (self), NULL);
}

static void
save_rest (OscSetupShop *self)
{
  g_autoptr (OscShopStore) store = osc_shop_store_new (self->client);
  g_autoptr (JsonNode) patch = osy_json_take_object (read_patch (self));

  osc_shop_store_patch_async (store, patch, patched_cb, g_object_ref (self));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscSetupShop) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!osy_client_setup_finish (OSY_CLIENT (source), result, &error)) {
    if (g_cancellable_is_cancelled (self->cancellable))
      return;
    osc_setup_step_set_busy (step_of (self), FALSE);
    show_error (self, error);
    return;
  }
  save_rest (self);
  osc_field_set_text (self->password, "");
  osc_field_set_text (self->again, "");
}

static void
make_shop (OscSetupShop *self)
{
  g_autofree char *name = stripped (self->shop_name);
  g_autofree char *email = stripped (self->email);
  g_autofree char *typed_code = stripped (self->code_field);
  OsyClientSetup setup = {
      .code = self->code != NULL ? self->code : typed_code,
      .shop_name = name,
      .owner_email = email,
      .owner_password = osc_field_text (self->password),
  };

  osc_setup_step_set_busy (step_of (self), TRUE);
  osy_client_setup_async (self->client, &setup, self->cancellable, made_cb, g_object_ref (self));
}

static void
osc_setup_shop_act (OscSetupStep *step)
{
  OscSetupShop *self = OSC_SETUP_SHOP (step);
  JsonObject *patch;

  osc_setup_step_set_failure (step, NULL);
  patch = read_patch (self);
  if (patch == NULL)
    return;
  if (self->client == NULL) {
    osc_setup_step_finish (step, patch);
    return;
  }
  json_object_unref (patch);
  make_shop (self);
}

static void
on_submit (OscSetupShop *self)
{
  osc_setup_step_act (step_of (self));
}

/* ---- life ---- */

static void
osc_setup_shop_dispose (GObject *object)
{
  OscSetupShop *self = OSC_SETUP_SHOP (object);

  g_cancellable_cancel (self->cancellable);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_SETUP_SHOP);
  g_clear_object (&self->client);
  g_clear_pointer (&self->code, g_free);
  G_OBJECT_CLASS (osc_setup_shop_parent_class)->dispose (object);
}

static void
osc_setup_shop_finalize (GObject *object)
{
  g_clear_object (&OSC_SETUP_SHOP (object)->cancellable);
  G_OBJECT_CLASS (osc_setup_shop_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/setup/osc-setup-shop.ui");
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, content);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, shop_name);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, phone);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, email);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, password);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, again);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, code_field);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, cutoff);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, owner);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, hours);
  gtk_widget_class_bind_template_child (widget_class, OscSetupShop, hours_differ);
  gtk_widget_class_bind_template_callback (widget_class, on_submit);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
}

static void
osc_setup_shop_class_init (OscSetupShopClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  OscSetupStepClass *step_class = OSC_SETUP_STEP_CLASS (klass);

  object_class->dispose = osc_setup_shop_dispose;
  object_class->finalize = osc_setup_shop_finalize;
  step_class->enter = osc_setup_shop_enter;
  step_class->act = osc_setup_shop_act;
  signals[ALREADY_SET_UP] = g_signal_new ("already-set-up", OSC_TYPE_SETUP_SHOP, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (OSC_TYPE_FIELD);
  g_type_ensure (OSC_TYPE_SETUP_HOURS);
  bind_template (GTK_WIDGET_CLASS (klass));
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "formpage");
}

static void
osc_setup_shop_init (OscSetupShop *self)
{
  self->filling = TRUE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_field_set_text (self->cutoff, "05:00");
  self->filling = FALSE;
  osc_setup_step_say (step_of (self), &(OscSetupWords){.title = _ ("Tell us about your shop"),
                                                       .lead = _ ("All of it can be changed later"),
                                                       .primary = _ ("Go on")});
}

GtkWidget *
osc_setup_shop_new (const OscContext *context, OscSetupDraft *draft)
{
  OscSetupShop *self = g_object_new (OSC_TYPE_SETUP_SHOP, NULL);

  osc_setup_step_begin (step_of (self), context, draft);
  gtk_widget_set_visible (self->owner, FALSE);
  return GTK_WIDGET (self);
}

GtkWidget *
osc_setup_shop_new_page (OsyClient *client, const char *code, OscSetupDraft *draft)
{
  OscSetupShop *self = g_object_new (OSC_TYPE_SETUP_SHOP, NULL);

  osc_setup_step_begin (step_of (self), NULL, draft);
  self->client = g_object_ref (client);
  self->code = g_strdup (code);
  gtk_widget_set_visible (GTK_WIDGET (self->code_field), code == NULL);
  return GTK_WIDGET (self);
}
