/* SPDX-FileCopyrightText: 2026 The OrderSync authors
 * SPDX-License-Identifier: MIT */

/* Invariants of the audit log that counting alone can tell, so that they are fast however long the
 * log is: no row is gone, and none came past the seal. */

#include "osy-audit-invariants.h"

const OsyDbInvariant osy_audit_invariants[] = {
    {"audit.every-row-is-sealed",
     "SELECT format('shop %s: %s rows, %s sealed or waiting for it', restaurant_id, "
     "  coalesce(l.n, 0), coalesce(s.n, 0)) AS violation FROM (SELECT restaurant_id, count(*) AS n "
     "  FROM audit_log GROUP BY 1) l FULL JOIN (SELECT restaurant_id, sum(n) AS n FROM (SELECT "
     "    restaurant_id, count(*) AS n FROM audit_seal GROUP BY 1 UNION ALL SELECT restaurant_id, "
     "    count(*) FROM audit_unsealed GROUP BY 1) u GROUP BY 1) s USING (restaurant_id) "
     "WHERE coalesce(l.n, 0) <> coalesce(s.n, 0)"},
    {"audit.seals-without-gap",
     "SELECT format('%s seals, the last is number %s', count(*), max(seq)) AS violation "
     "FROM audit_seal HAVING count(*) <> coalesce(max(seq), 0)"},
    {"audit.checkpoints-have-seals",
     "SELECT format('checkpoint %s is of no seal', c.seq) AS violation FROM audit_checkpoint c "
     "LEFT JOIN audit_seal s USING (seq) WHERE s.seq IS NULL"},
    {NULL},
};
