-- SPDX-FileCopyrightText: 2026 The OrderSync authors
-- SPDX-License-Identifier: MIT

-- What dishes are made of. Quantities are whole thousandths of the base unit. Nothing is personal.
CREATE TABLE ingredient (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  unit text NOT NULL CHECK (unit IN ('G', 'ML', 'PIECE')),
  units jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(units) = 'array'),
  on_hand bigint NOT NULL DEFAULT 0 CHECK (on_hand BETWEEN -1000000000000000 AND 1000000000000000),
  reserved bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  par bigint CHECK (par >= 0),
  track boolean NOT NULL DEFAULT true,
  block boolean NOT NULL DEFAULT false,
  supplier text CHECK (length(supplier) BETWEEN 1 AND 100),
  position int NOT NULL,
  unit_cost bigint CHECK (unit_cost >= 0), -- won for one cost_unit
  cost_unit text,
  last_counted_at timestamptz,
  archived_at timestamptz, -- deleted, but its history stays
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (restaurant_id, id),
  CHECK (track OR NOT block),
  -- The last portion is promised once, whatever the program does.
  CONSTRAINT ingredient_promised CHECK (NOT block OR reserved <= greatest(on_hand, 0))
);
CREATE UNIQUE INDEX ingredient_name ON ingredient (restaurant_id, name) WHERE archived_at IS NULL;
CREATE INDEX ingredient_block ON ingredient (restaurant_id) WHERE block;

-- What one portion of an item, or one of an option, takes. Ids of the menu without a foreign key: an
-- item that is deleted and brought back has its recipe still.
CREATE TABLE recipe_line (
  restaurant_id uuid NOT NULL,
  owner_type text NOT NULL CHECK (owner_type IN ('ITEM', 'OPTION')),
  owner_id uuid NOT NULL,
  ingredient_id uuid NOT NULL,
  quantity bigint NOT NULL CHECK (quantity BETWEEN 1 AND 1000000000000),
  position int NOT NULL,
  PRIMARY KEY (restaurant_id, owner_id, ingredient_id),
  FOREIGN KEY (restaurant_id, ingredient_id) REFERENCES ingredient (restaurant_id, id)
);
CREATE INDEX recipe_line_ingredient ON recipe_line (restaurant_id, ingredient_id);

-- The history of an ingredient: rows are only ever added. seq is its version after the row.
CREATE TABLE stock_movement (
  restaurant_id uuid NOT NULL,
  id uuid NOT NULL,
  ingredient_id uuid NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('RECEIVE', 'WASTE', 'COUNT', 'ADJUST', 'USE', 'UNDO')),
  quantity bigint NOT NULL,
  on_hand bigint NOT NULL,
  counted bigint,
  reason text CHECK (length(reason) BETWEEN 1 AND 200),
  unit_cost bigint CHECK (unit_cost >= 0),
  cost_unit text,
  actor text NOT NULL,
  at timestamptz NOT NULL,
  undoes uuid,
  subject_type text,
  subject_id uuid,
  key text CHECK (length(key) BETWEEN 1 AND 200), -- Idempotency-Key, with whose it is
  fingerprint bytea,
  PRIMARY KEY (restaurant_id, id),
  FOREIGN KEY (restaurant_id, ingredient_id) REFERENCES ingredient (restaurant_id, id),
  FOREIGN KEY (restaurant_id, undoes) REFERENCES stock_movement (restaurant_id, id),
  CHECK ((kind = 'UNDO') = (undoes IS NOT NULL)),
  CHECK ((kind = 'COUNT') = (counted IS NOT NULL)),
  CHECK ((kind = 'USE') = (subject_id IS NOT NULL))
);
CREATE UNIQUE INDEX stock_movement_seq ON stock_movement (restaurant_id, ingredient_id, seq);
CREATE UNIQUE INDEX stock_movement_undoes ON stock_movement (restaurant_id, undoes)
  WHERE undoes IS NOT NULL;
CREATE UNIQUE INDEX stock_movement_key ON stock_movement (restaurant_id, key) WHERE key IS NOT NULL;
-- What one order used is used once.
CREATE UNIQUE INDEX stock_movement_subject
  ON stock_movement (restaurant_id, subject_type, subject_id, ingredient_id)
  WHERE subject_id IS NOT NULL;

-- What an order holds. A release that comes first is a row that was RELEASED from its beginning.
CREATE TABLE stock_reservation (
  restaurant_id uuid NOT NULL,
  subject_type text NOT NULL CHECK (length(subject_type) BETWEEN 1 AND 40),
  subject_id uuid NOT NULL,
  status text NOT NULL,
  whole boolean NOT NULL DEFAULT false, -- false: as yet only what blocks
  expires_at timestamptz,
  created_at timestamptz NOT NULL,
  closed_at timestamptz,
  version bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (restaurant_id, subject_type, subject_id),
  CHECK ((status = 'RESERVED') = (closed_at IS NULL))
);
CREATE INDEX stock_reservation_expiry ON stock_reservation (restaurant_id, expires_at)
  WHERE status = 'RESERVED' AND expires_at IS NOT NULL;
CREATE TRIGGER state BEFORE INSERT OR UPDATE OF status ON stock_reservation
  FOR EACH ROW EXECUTE FUNCTION check_state('stock');

CREATE TABLE stock_hold (
  restaurant_id uuid NOT NULL,
  subject_type text NOT NULL,
  subject_id uuid NOT NULL,
  ingredient_id uuid NOT NULL,
  quantity bigint NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (restaurant_id, subject_type, subject_id, ingredient_id),
  FOREIGN KEY (restaurant_id, subject_type, subject_id)
    REFERENCES stock_reservation (restaurant_id, subject_type, subject_id),
  FOREIGN KEY (restaurant_id, ingredient_id) REFERENCES ingredient (restaurant_id, id)
);

-- What orders used, a row a UTC day: how long the rest will last.
CREATE TABLE stock_use (
  restaurant_id uuid NOT NULL,
  ingredient_id uuid NOT NULL,
  day date NOT NULL,
  quantity bigint NOT NULL,
  PRIMARY KEY (restaurant_id, ingredient_id, day),
  FOREIGN KEY (restaurant_id, ingredient_id) REFERENCES ingredient (restaurant_id, id)
);

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ingredient', 'recipe_line', 'stock_movement', 'stock_reservation',
                              'stock_hold', 'stock_use'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO ordersync_app '
      'USING (restaurant_id = app_restaurant()) WITH CHECK (restaurant_id = app_restaurant())', name);
  END LOOP;
END $$;
-- The job asks in which shops something has expired.
CREATE POLICY relay ON stock_reservation FOR SELECT TO ordersync_relay USING (true);
GRANT SELECT (restaurant_id, status, expires_at) ON stock_reservation TO ordersync_relay;
GRANT SELECT, INSERT, UPDATE ON ingredient, stock_reservation, stock_use TO ordersync_app;
GRANT SELECT, INSERT, DELETE ON recipe_line TO ordersync_app;
GRANT SELECT, INSERT ON stock_movement, stock_hold TO ordersync_app;
