CREATE TABLE first (i bigint); INSERT INTO first VALUES (1);
