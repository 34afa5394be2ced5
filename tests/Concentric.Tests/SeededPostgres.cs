using System.Collections.Concurrent;
using Npgsql;

namespace Concentric.Tests;

/// <summary>
/// Seeded databases on PostgreSQL, put back to what they were after each use: to make one is to write 1,300 files, a second on a busy machine, and to put one
/// back is to take away the few rows that a test wrote.
/// </summary>
internal sealed class SeededPostgres
{
    private readonly ConcurrentBag<string> _idle = [];

    public string? Take() => _idle.TryTake(out var name) ? name : null;

    /// <summary>Keeps beside the tables what they hold, so that each copy of the database can be put back to it.</summary>
    public static void Remember(string connection) => Run(connection, """
        CREATE SCHEMA seed;
        CREATE TABLE seed.state (name text, columns text, rows bigint, through bigint);
        CREATE TABLE seed.sequence AS SELECT sequencename AS name, COALESCE(last_value, start_value) AS value, last_value IS NOT NULL AS is_called FROM pg_sequences WHERE schemaname = 'public';
        DO $$
        DECLARE t text; n bigint;
        BEGIN
            FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
                EXECUTE format('SELECT count(*) FROM public.%I', t) INTO n;
                IF n > 0 THEN EXECUTE format('CREATE TABLE seed.%I AS TABLE public.%I', t, t); END IF;
                INSERT INTO seed.state SELECT t, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position), n, txid_current()
                    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = t AND is_generated = 'NEVER';
            END LOOP;
        END $$;

        -- A table that was written to since is emptied, with those that refer to it, and filled anew. A row taken out by itself would leave a gap, and a later row that falls into it
        -- would be read before earlier ones.
        CREATE FUNCTION seed.put_back() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica SET lock_timeout = '5s' AS $$
        DECLARE t record; n bigint; touched regclass[] := '{}';
        BEGIN
            FOR t IN SELECT * FROM seed.state WHERE rows > 0 OR pg_relation_size(format('public.%I', name)) > 0 LOOP
                IF t.rows > 0 THEN
                    EXECUTE format('SELECT CASE WHEN max(xmin::text::bigint) > %s THEN -1 ELSE count(*) END FROM public.%I', t.through, t.name) INTO n;
                    IF n = t.rows THEN CONTINUE; END IF;
                END IF;
                touched := touched || format('public.%I', t.name)::regclass;
            END LOOP;
            IF touched <> '{}' THEN
                WITH RECURSIVE of AS (SELECT unnest(touched)::oid AS id UNION SELECT c.conrelid FROM pg_constraint c JOIN of ON c.confrelid = of.id WHERE c.contype = 'f')
                    SELECT array_agg(id::regclass) INTO touched FROM of;
                EXECUTE 'TRUNCATE ' || (SELECT string_agg(id::text, ', ') FROM unnest(touched) id);
                FOR t IN SELECT * FROM seed.state WHERE rows > 0 AND format('public.%I', name)::regclass = ANY (touched) LOOP
                    EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM seed.%I', t.name, t.columns, t.columns, t.name);
                END LOOP;
            END IF;
            PERFORM setval(format('public.%I', name), value, is_called) FROM seed.sequence;
            UPDATE seed.state SET through = txid_current();
        END $$;
        """);

    /// <summary>Puts a database back to the seed and keeps it, by a name, for the next test.</summary>
    /// <returns>False where that cannot be, because a test renamed tables or left something at work on them. A test that adds to a table itself must not use such a database.</returns>
    public bool PutBack(string name, string connection)
    {
        try
        {
            Restore(connection);
        }
        catch (NpgsqlException)
        {
            return false;
        }
        _idle.Add(name);
        return true;
    }

    internal static void Restore(string connection) => Run(connection, "SELECT seed.put_back()");

    private static void Run(string connection, string sql)
    {
        using var open = new NpgsqlConnection(connection);
        open.Open();
        using var command = new NpgsqlCommand(sql, open);
        command.ExecuteNonQuery();
    }
}
