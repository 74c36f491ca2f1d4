/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* One row of the record: facts on top, then what changed, member by member. */

#include "osc-audit-detail.h"

#include <glib/gi18n.h>

#include "osc-record-words.h"
#include "osc-widget.h"
#include "osy-json.h"

struct _OscAuditDetail {
  GtkWidget parent_instance;
  GtkWidget *box; /* made anew for each row */
};

G_DEFINE_FINAL_TYPE (OscAuditDetail, osc_audit_detail, GTK_TYPE_WIDGET)

const char *
osc_audit_who (const OscAuditData *data)
{
  if (g_str_has_prefix (data->actor, "system:"))
    return "OrderSync";
  if (g_str_equal (data->actor, "guest"))
    return g_str_has_prefix (data->action, "auth.") ? _ ("Somebody") : _ ("Guest");
  if (data->actor_name != NULL && !g_str_equal (data->actor_name, "staff"))
    return data->actor_name;
  return g_str_has_prefix (data->actor, "user:") ? _ ("Staff") : data->actor;
}

static void
add_label (OscAuditDetail *self, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self->box), label);
}

static void
add_fact (OscAuditDetail *self, const char *name, const char *value)
{
  if (value == NULL)
    return;
  add_label (self, name, "field-name");
  add_label (self, value, "body");
}

/* ---- before and after ---- */

static char *
print_member (JsonNode *value, const char *name)
{
  JsonNode *node = value != NULL && JSON_NODE_HOLDS_OBJECT (value)
                       ? json_object_get_member (json_node_get_object (value), name)
                       : NULL;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return osc_record_words_value (name, json_node_get_string (node));
  return osy_json_print (node);
}

static void
add_member (OscAuditDetail *self, const OscAuditData *data, const char *name)
{
  g_autofree char *before = print_member (data->old_value, name);
  g_autofree char *after = print_member (data->new_value, name);
  g_autofree char *text = NULL;

  if (g_strcmp0 (before, after) == 0)
    return;
  if (before != NULL && after != NULL)
    text = g_strdup_printf ("%s → %s", before, after);
  else if (after != NULL)
    text = g_strdup (after);
  else
    /* Translators: a value that there was and is not any more. */
    text = g_strdup_printf (_ ("%s → none"), before);
  add_fact (self, osc_record_words_member (name), text);
}

static void
add_members (OscAuditDetail *self, const OscAuditData *data, JsonNode *value, JsonNode *unless)
{
  g_autoptr (GList) names = value != NULL && JSON_NODE_HOLDS_OBJECT (value)
                                ? json_object_get_members (json_node_get_object (value))
                                : NULL;

  for (GList *name = names; name != NULL; name = name->next)
    if (unless == NULL || !JSON_NODE_HOLDS_OBJECT (unless) ||
        !json_object_has_member (json_node_get_object (unless), name->data))
      add_member (self, data, name->data);
}

static void
add_seal (OscAuditDetail *self, const OscAuditData *data)
{
  g_autofree char *text =
      data->sealed_seq > 0 ? g_strdup_printf (_ ("Sealed as no. %lld"), (long long)data->sealed_seq)
                           : g_strdup (_ ("Sealed within seconds"));

  add_fact (self, _ ("Seal"), text);
}

void
osc_audit_detail_show (OscAuditDetail *self, OscAuditItem *item)
{
  g_return_if_fail (OSC_IS_AUDIT_DETAIL (self));
  const OscAuditData *data = item != NULL ? osc_audit_item_data (item) : NULL;

  osc_widget_drop_children (self->box);
  if (data == NULL) {
    add_label (self, _ ("Pick a row to see what changed"), "secondary");
    return;
  }
  g_autofree char *when = osc_record_words_when (data->at);
  add_label (self, osc_record_words_action (data->action), "detail-title");
  add_fact (self, _ ("When"), when);
  add_fact (self, _ ("Who"), osc_audit_who (data));
  add_members (self, data, data->old_value, NULL);
  add_members (self, data, data->new_value, data->old_value);
  add_fact (self, osc_record_words_thing (data->object_type), data->object_id);
  add_seal (self, data);
  add_fact (self, _ ("Trace"), data->trace_id);
}

static void
osc_audit_detail_dispose (GObject *object)
{
  osc_widget_dispose_template (GTK_WIDGET (object), OSC_TYPE_AUDIT_DETAIL);
  G_OBJECT_CLASS (osc_audit_detail_parent_class)->dispose (object);
}

static void
osc_audit_detail_class_init (OscAuditDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = osc_audit_detail_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/ordersync/Console/audit/osc-audit-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, OscAuditDetail, box);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "auditdetail");
}

static void
osc_audit_detail_init (OscAuditDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  osc_audit_detail_show (self, NULL);
}
