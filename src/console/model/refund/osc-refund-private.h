/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */
#pragma once

#include "osc-cart-file.h"
#include "osc-refund-store.h"

G_BEGIN_DECLS

/* What the two files of the store share: choosing (osc-refund-store.c), sending
 * (osc-refund-send.c).
 */
struct _OscRefundStore {
  GObject parent;
  OsyClient *client; /* nullable */
  OscShopStore *shop;
  char *folder;      /* nullable: nothing is kept */
  OscCartFile *file; /* nullable: before the shop is known */
  OscBillStore *bill;
  char *check_id;      /* (nullable): whose payments these are */
  GPtrArray *payments; /* (nullable): of OsyPayment */
  GPtrArray *coming;   /* (nullable): of a reading that is under way */
  guint awaited;       /* answers of it that are still to come */
  guint question;      /* an answer to an older one is let go */
  gboolean failed;
  OscRefundWay way;
  GHashTable *quantities; /* line id → GINT_TO_POINTER */
  int numerator;
  int denominator;
  gint64 amount;
  char *account[3];    /* nullable */
  OscRefundPlan *plan; /* nullable */
  GError *trouble;     /* nullable */
  guint plan_question;
  guint plan_source;
  GPtrArray *held; /* of OscRefundHeld */
  guint retry_source;
};

/** osc_refund_store_tell: "changed". */
void osc_refund_store_tell (OscRefundStore *self);
/** osc_refund_store_body: (transfer full) (nullable): what is chosen; NULL: nothing is. */
JsonObject *osc_refund_store_body (OscRefundStore *self);
/** osc_refund_store_forget_choice: nothing is chosen. */
void osc_refund_store_forget_choice (OscRefundStore *self);
/** osc_refund_store_put: @payment: (transfer full): as it stands now, if it is of this check. */
void osc_refund_store_put (OscRefundStore *self, OsyPayment *payment);
/** osc_refund_store_reload: the payments anew. */
void osc_refund_store_reload (OscRefundStore *self);

/** osc_refund_store_open_file: what was kept, once the shop is known. */
void osc_refund_store_open_file (OscRefundStore *self);
/** osc_refund_store_recognize: what is among the refunds of @payment is no longer held. */
void osc_refund_store_recognize (OscRefundStore *self, const OsyPayment *payment);
/** osc_refund_store_ask_all: asks about all that is held. */
void osc_refund_store_ask_all (OscRefundStore *self);
/** osc_refund_store_emit_done, _failed, _found, _requested: the signals. */
void osc_refund_store_emit_done (OscRefundStore *self, gint64 won, const char *check_id);
void
osc_refund_store_emit_failed (OscRefundStore *self, const GError *error, const char *permission);
void osc_refund_store_emit_requested (OscRefundStore *self, const OsyClientRequest *request);

G_END_DECLS
