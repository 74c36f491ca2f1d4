/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Saving and erasing a guest. To erase asks once, and the answer is why. */

#include "osc-guest-acts.h"

#include <glib/gi18n.h>

#include "osc-toasts.h"
#include "osc-widget.h"
#include "osy-json.h"

#define PATH "/api/v1/restaurants/me/guests/"

struct _OscGuestActs {
  GtkWidget parent_instance;
  GtkWidget *question;
  GtkWidget *chips;
  GtkWidget *problem;

  OsyClient *client; /* nullable */
  OscPeople *people; /* nullable */
  GCancellable *cancellable;
  char *guest_id; /* nullable */
};

static const OscGuestReason reasons[] = {
    {"PERSON_ASKED", N_ ("The guest asks")},
    {"CONSENT_WITHDRAWN", N_ ("Consent withdrawn")},
    {"MISTAKE", N_ ("Kept by mistake")},
    {NULL, NULL},
};

G_DEFINE_FINAL_TYPE (OscGuestActs, osc_guest_acts, GTK_TYPE_WIDGET)

void
osc_guest_add_reasons (GtkWidget *chips,
                       const OscGuestReason *list,
                       GCallback on_chip,
                       gpointer owner)
{
  for (; list->reason != NULL; list++) {
    GtkWidget *chip = gtk_button_new_with_label (_ (list->label));

    gtk_widget_add_css_class (chip, "reason");
    g_object_set_data (G_OBJECT (chip), "reason", (gpointer)list->reason);
    g_signal_connect_object (chip, "clicked", on_chip, owner, G_CONNECT_SWAPPED);
    gtk_flow_box_append (GTK_FLOW_BOX (chips), chip);
    gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  }
}

const char *
osc_guest_reason_of (GtkWidget *chip)
{
  return g_object_get_data (G_OBJECT (chip), "reason");
}

static void
show_visible (OscGuestActs *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), self->guest_id != NULL && self->client != NULL &&
                                                 self->people != NULL &&
                                                 osc_people_may (self->people, "privacy:manage"));
}

static void
tell_problem (OscGuestActs *self, const char *problem)
{
  gtk_label_set_label (GTK_LABEL (self->problem), problem != NULL ? problem : "");
  gtk_widget_set_visible (self->problem, problem != NULL);
}

static const char *
words_of (const GError *error)
{
  if (osy_error_is (error, OSY_ERROR_STATE_CONFLICT))
    return _ ("An order of this guest is still open. Finish it first");
  if (osy_error_is (error, OSY_ERROR_INSUFFICIENT_PERMISSION))
    return _ ("Only the owner may do this");
  return _ ("It could not be done. Try again");
}

/* Returns: (transfer full) (nullable): the answer; whoever looks at another guest by now, or has
 * closed the window, is told nothing. */
static JsonNode *
take_answer (OscGuestActs *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  JsonNode *answer = osy_client_send_finish (OSY_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      osy_error_is (error, OSY_ERROR_CANCELLED) || self->question == NULL)
    return NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (answer == NULL)
    tell_problem (self, words_of (error));
  return answer;
}

static void
send (OscGuestActs *self, const char *what, JsonNode *body, GAsyncReadyCallback done, gpointer data)
{
  g_autofree char *path = g_strconcat (PATH, self->guest_id, what, NULL);
  const OsyClientRequest request = {
      .method = body != NULL ? "POST" : "GET", .path = path, .body = body};

  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  tell_problem (self, NULL);
  osy_client_send_async (self->client, &request, self->cancellable, done, data);
}

/* ---- to a file ---- */

typedef struct {
  OscGuestActs *self;
  GFile *file;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Saving *saving = user_data;
  g_autoptr (OscGuestActs) self = saving->self;
  g_autoptr (GFile) file = saving->file;
  g_autoptr (JsonNode) answer = take_answer (self, source, result);
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *text = answer != NULL ? json_to_string (answer, TRUE) : NULL;

  if (text == NULL)
    return;
  if (path != NULL &&
      g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL))
    osc_toasts_say (GTK_WIDGET (self), _ ("Saved all that is kept of the guest"));
  else
    tell_problem (self, _ ("The file could not be written. Choose another place"));
}

void
osc_guest_acts_save (OscGuestActs *self, GFile *file)
{
  g_return_if_fail (OSC_IS_GUEST_ACTS (self) && G_IS_FILE (file));

  if (self->guest_id == NULL || self->client == NULL)
    return;
  Saving *saving = g_new (Saving, 1);
  *saving = (Saving){g_object_ref (self), g_object_ref (file)};
  send (self, "/export", NULL, saved_cb, saving);
}

static void
on_file_chosen (GtkNativeDialog *dialog, int response, OscGuestActs *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file != NULL)
    osc_guest_acts_save (self, file);
  g_object_unref (dialog);
}

static void
on_save (OscGuestActs *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Save what is kept of the guest"), GTK_WINDOW (root),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save"), _ ("Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), _ ("guest.json"));
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- for good ---- */

static void
ask (OscGuestActs *self, gboolean open)
{
  gtk_widget_set_visible (self->question, open);
  if (open)
    gtk_widget_grab_focus (gtk_widget_get_last_child (self->question));
}

static void
erased_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OscGuestActs) self = user_data;
  g_autoptr (JsonNode) answer = take_answer (self, source, result);

  if (answer == NULL)
    return;
  osc_toasts_say (GTK_WIDGET (self), _ ("Erased the guest"));
  ask (self, FALSE);
  osc_guest_acts_show (self, NULL);
}

static void
on_chip (OscGuestActs *self, GtkWidget *chip)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) body = osy_json_take_object (object);

  json_object_set_string_member (object, "reason", osc_guest_reason_of (chip));
  send (self, "/erase", body, erased_cb, g_object_ref (self));
}

static void
on_erase (OscGuestActs *self)
{
  tell_problem (self, NULL);
  ask (self, !gtk_widget_get_visible (self->question));
}

static void
on_keep (OscGuestActs *self)
{
  ask (self, FALSE);
}

/* ---- life ---- */

static void
osc_guest_acts_dispose (GObject *object)
{
  OscGuestActs *self = OSC_GUEST_ACTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_GUEST_ACTS);
  g_clear_object (&self->client);
  g_clear_object (&self->people);
  g_clear_pointer (&self->guest_id, g_free);
  G_OBJECT_CLASS (osc_guest_acts_parent_class)->dispose (object);
}

static void
osc_guest_acts_class_init (OscGuestActsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_guest_acts_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/drawer/osc-guest-acts.ui");
  gtk_widget_class_bind_template_child (widget_class, OscGuestActs, question);
  gtk_widget_class_bind_template_child (widget_class, OscGuestActs, chips);
  gtk_widget_class_bind_template_child (widget_class, OscGuestActs, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_erase);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "guestacts");
}

static void
osc_guest_acts_init (OscGuestActs *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  osc_guest_add_reasons (self->chips, reasons, G_CALLBACK (on_chip), self);
}

void
osc_guest_acts_set (OscGuestActs *self, OsyClient *client, OscPeople *people)
{
  g_return_if_fail (OSC_IS_GUEST_ACTS (self));

  g_set_object (&self->client, client);
  if (self->people != NULL)
    g_signal_handlers_disconnect_by_data (self->people, self);
  if (g_set_object (&self->people, people) && people != NULL)
    g_signal_connect_object (people, "changed", G_CALLBACK (show_visible), self, G_CONNECT_SWAPPED);
  show_visible (self);
}

void
osc_guest_acts_show (OscGuestActs *self, const char *guest_id)
{
  g_return_if_fail (OSC_IS_GUEST_ACTS (self));

  if (g_strcmp0 (self->guest_id, guest_id) != 0) {
    g_cancellable_cancel (self->cancellable);
    g_object_unref (self->cancellable);
    self->cancellable = g_cancellable_new ();
    gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
    ask (self, FALSE);
    tell_problem (self, NULL);
  }
  char *old = self->guest_id;
  self->guest_id = g_strdup (guest_id);
  g_free (old);
  show_visible (self);
}

gboolean
osc_guest_acts_back (OscGuestActs *self)
{
  g_return_val_if_fail (OSC_IS_GUEST_ACTS (self), FALSE);

  gboolean open = gtk_widget_get_visible (self->question);
  ask (self, FALSE);
  return open;
}
