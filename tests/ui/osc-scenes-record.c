/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Scenes of security and record: an attack over the board, its page, the record and its states. */

#include "osc-audit.h"
#include "osc-logs.h"
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

static OscLogs *
open_logs (OscWindow *window, OscContext *context)
{
  OscShell *shell = osc_scenes_open_shell (window, context);

  osc_shell_go (shell, "logs", NULL);
  return OSC_LOGS (osc_shell_view (shell));
}

static void
show_logs (OscWindow *window, OscContext *context)
{
  OscLogs *logs = open_logs (window, context);
  g_autoptr (JsonNode) answer = osc_fixture_log (1, 5);

  osc_log_store_add_own (osc_logs_store (logs), osc_fixture_own_lines ());
  osc_log_store_take (osc_logs_store (logs), answer, NULL);
  osc_view_key (OSC_VIEW (logs), OSC_KEY_DOWN);
  osc_view_key (OSC_VIEW (logs), OSC_KEY_DOWN);
}

static void
show_logs_away (OscWindow *window, OscContext *context)
{
  OscLogs *logs = open_logs (window, context);

  osc_log_store_add_own (osc_logs_store (logs), osc_fixture_own_lines ());
  osc_log_store_take (osc_logs_store (logs), NULL, NULL);
}

static void
show_logs_quiet (OscWindow *window, OscContext *context)
{
  g_autoptr (GError) refusal =
      g_error_new_literal (OSY_ERROR, OSY_ERROR_NOT_FOUND, "Not from here.");

  osc_log_store_take (osc_logs_store (open_logs (window, context)), NULL, refusal);
}

const OscScene osc_scenes_record[] = {
    {"security-alert", show_alert},
    {"security", show_security},
    {"security-quiet", show_quiet},
    {"record", show_record},
    {"record-broken", show_broken},
    {"record-failed", show_failed},
    {"logs", show_logs},
    {"logs-away", show_logs_away},
    {"logs-quiet", show_logs_quiet},
    {.name = NULL},
};
