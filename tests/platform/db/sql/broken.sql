CREATE TABLE third (i int);
INSERT INTO third VALUES (1);
SELECT nonsense;
