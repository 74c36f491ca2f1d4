ALTER TABLE first ADD COLUMN j int;
SELECT pg_sleep(0.2);
INSERT INTO first VALUES (2, 2);
