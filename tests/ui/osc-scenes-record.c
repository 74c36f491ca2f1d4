/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of security and record: an attack over the board, its page, the record and its states. */

#include "osc-audit.h"
#include "osc-scenes.h"

static void
put_security (OscContext *context, gboolean seen)
{
  g_autoptr (JsonNode) answer = osc_fixture_security (seen);

  osc_security_store_take (context->security, answer);
}

static void
show_alert (OscWindow *window, OscContext *context)
{
  osc_fixture_typical (context->orders);
  osc_scenes_open_shell (window, context);
  put_security (context, FALSE);
}

static void
show_security (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  put_security (context, FALSE);
  osc_shell_go (shell, "settings", "security");
}

static void
show_quiet (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  put_security (context, TRUE);
  osc_shell_go (shell, "settings", "security");
}

static OscAudit *
open_record (OscWindow *window, OscContext *context, gint64 broken_seq)
{
  OscShell *shell = osc_scenes_open_shell (window, context);
  g_autoptr (JsonNode) seal = osc_fixture_seal (broken_seq);

  osc_shell_go (shell, "audit", NULL);
  osc_audit_log_take_seal (osc_audit_log (OSC_AUDIT (osc_shell_view (shell))), seal);
  return OSC_AUDIT (osc_shell_view (shell));
}

static void
show_record (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) page = osc_fixture_record ();
  OscAudit *audit = open_record (window, context, 0);

  osc_audit_log_take (osc_audit_log (audit), page);
  for (int i = 0; i < 6; i++)
    osc_view_key (OSC_VIEW (audit), OSC_KEY_DOWN);
}

static void
show_broken (OscWindow *window, OscContext *context)
{
  g_autoptr (JsonNode) page = osc_fixture_record ();

  osc_audit_log_take (osc_audit_log (open_record (window, context, 811)), page);
}

static void
show_failed (OscWindow *window, OscContext *context)
{
  osc_audit_log_take (osc_audit_log (open_record (window, context, 0)), NULL);
}

const OscScene osc_scenes_record[] = {
    {"security-alert", show_alert},
    {"security", show_security},
    {"security-quiet", show_quiet},
    {"record", show_record},
    {"record-broken", show_broken},
    {"record-failed", show_failed},
    {.name = NULL},
};
