using Concentric.Measure.Contacts.DuckDb;

namespace Concentric.Tests.Measure;

[Trait("Database", "none")]
public sealed class DuckDbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("concentric-duck-").FullName;

    private DuckDatabase Open(string? name = "t.duckdb") => new(name is null ? null : Path.Combine(_folder, name), new Dictionary<string, string> { ["threads"] = "2" });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_library_is_the_version_that_the_lock_file_names() => Assert.Equal("v1.5.6", DuckDatabase.Version);

    [Fact]
    public void Arguments_of_every_type_come_back_as_they_went_in()
    {
        using var database = Open();
        using var connection = database.Connect();
        var at = new DateTime(2026, 3, 1, 12, 30, 15, 123, 456, DateTimeKind.Utc);

        using var result = connection.Query("SELECT ?::BIGINT, ?::UBIGINT, ?::DOUBLE, ?::TIMESTAMP, ?::VARCHAR, ?::BOOLEAN, ?::VARCHAR, ?::VARCHAR",
            -7, ulong.MaxValue, 0.25, at, "‘quoted’ '; DROP TABLE x; --", true, null, "");

        Assert.True(result.NextChunk());
        Assert.Equal(-7, result.Column(0).Number(0));
        Assert.Equal(ulong.MaxValue, result.Column(1).Unsigned(0));
        Assert.Equal(0.25, result.Column(2).Real(0));
        Assert.Equal(at, DateTime.UnixEpoch.AddTicks(result.Column(3).Number(0) * 10));
        Assert.Equal("‘quoted’ '; DROP TABLE x; --", result.Column(4).Text(0));
        Assert.Equal(1, result.Column(5).Number(0));
        Assert.True(result.Column(6).IsNull(0));
        Assert.Equal("", result.Column(7).Text(0));
    }

    [Fact]
    public void Appended_rows_are_read_back_over_many_chunks()
    {
        using var database = Open();
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE t (n INTEGER, small UTINYINT, big UBIGINT, text VARCHAR, maybe INTEGER)");

        using (var rows = connection.Append("t"))
        {
            for (var i = 0; i < 10_001; i++)
            {
                rows.Set(0, i);
                rows.Set(1, (byte)(i % 256));
                rows.Set(2, ulong.MaxValue - (ulong)i);
                rows.SetText(3, i % 3 == 0 ? null : i % 3 == 1 ? "short" : $"a longer text, number {i} é");
                if (i % 2 == 0) rows.Set(4, i); else rows.SetNull(4);
                rows.Next();
            }
            rows.Complete();
        }

        Assert.Equal(10_001, connection.Number("SELECT count(*) FROM t"));
        Assert.Equal(5_001, connection.Number("SELECT count(maybe) FROM t"));
        using var result = connection.Query("SELECT n, small, big, text, maybe FROM t ORDER BY n");
        var n = 0;
        while (result.NextChunk())
        {
            var texts = result.Column(3);
            var maybes = result.Column(4);
            for (var r = 0; r < result.Rows; r++, n++)
            {
                Assert.Equal(n, result.Column(0).Values<int>()[r]);
                Assert.Equal(n % 256, result.Column(1).Number(r));
                Assert.Equal(ulong.MaxValue - (ulong)n, result.Column(2).Unsigned(r));
                Assert.Equal(n % 3 == 0 ? null : n % 3 == 1 ? "short" : $"a longer text, number {n} é", texts.Text(r));
                Assert.Equal(n % 2 == 1, maybes.IsNull(r));
            }
        }
        Assert.Equal(10_001, n);
    }

    [Fact]
    public void A_value_of_another_width_is_refused_before_it_is_written()
    {
        using var database = Open(null);
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE t (small USMALLINT)");
        using var rows = connection.Append("t");

        Assert.Throws<InvalidCastException>(() => rows.Set(0, 1L));
        Assert.Throws<InvalidCastException>(() => rows.SetText(0, "x"));
    }

    [Fact]
    public void Errors_say_what_DuckDB_says_and_the_connection_goes_on()
    {
        using var database = Open(null);
        using var connection = database.Connect();

        Assert.Contains("nowhere", Assert.Throws<DuckDbException>(() => connection.Query("SELECT * FROM nowhere")).Message, StringComparison.Ordinal);
        Assert.Throws<DuckDbException>(() => connection.Query("SELECT * FROM nowhere WHERE x = ?", 1));
        Assert.Throws<DuckDbException>(() => connection.Append("nowhere"));
        Assert.Throws<DuckDbException>(() => new DuckDatabase(null, new Dictionary<string, string> { ["no_such_setting"] = "1" }).Dispose());

        Assert.Equal(3, connection.Number("SELECT 1 + 2"));
    }

    [Fact]
    public void A_failed_transaction_keeps_nothing()
    {
        using var database = Open(null);
        using var connection = database.Connect();
        connection.Execute("CREATE TABLE t (n INTEGER)");

        Assert.Throws<InvalidOperationException>(() => connection.InTransaction<int>(() =>
        {
            connection.Execute("INSERT INTO t VALUES (1)");
            using var rows = connection.Append("t");
            rows.Set(0, 2);
            rows.Next();
            rows.Complete();
            throw new InvalidOperationException("changed my mind");
        }));

        Assert.Equal(0, connection.Number("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task A_long_query_is_interrupted_and_the_connection_can_be_used_again()
    {
        using var database = Open(null);
        using var connection = database.Connect();
        using var stop = new CancellationTokenSource();
        var query = Task.Run(() => connection.Query("SELECT count(*) FROM range(1000000000000) a WHERE a.range % 7 = 3", stop.Token), TestContext.Current.CancellationToken);

        await Task.Delay(100, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        Assert.Equal(3, connection.Number("SELECT 1 + 2"));
    }

    [Fact]
    public void Access_to_files_is_shut_but_for_one_folder()
    {
        var imports = Directory.CreateDirectory(Path.Combine(_folder, "imports")).FullName;
        using var database = new DuckDatabase(Path.Combine(_folder, "shut.duckdb"), new Dictionary<string, string>
        {
            ["temp_directory"] = Path.Combine(_folder, "spill"),
            ["memory_limit"] = "64MB",
            ["threads"] = "2",
        });
        database.ShutIn(imports);
        using var connection = database.Connect();
        connection.Execute($"CREATE TABLE t AS SELECT range AS n FROM range(1000); CHECKPOINT; COPY t TO '{imports}/t.parquet' (FORMAT parquet)");

        Assert.Equal(1000, connection.Number($"SELECT count(*) FROM read_parquet('{imports}/t.parquet')"));
        Assert.Contains("Permission", Assert.Throws<DuckDbException>(() => connection.Query("SELECT * FROM read_csv('/etc/passwd', sep=':')")).Message, StringComparison.Ordinal);
        Assert.Throws<DuckDbException>(() => connection.Query($"COPY t TO '{_folder}/elsewhere.parquet' (FORMAT parquet)"));
        Assert.Throws<DuckDbException>(() => connection.Query($"SELECT * FROM read_parquet('{imports}/../../../../etc/passwd')"));
        Assert.Throws<DuckDbException>(() => connection.Query("SET enable_external_access = true"));
        Assert.Throws<DuckDbException>(() => connection.Query("SET allowed_directories = ['/']"));
        Assert.Throws<DuckDbException>(() => connection.Query($"ATTACH '{_folder}/other.duckdb'"));
        Assert.Throws<DuckDbException>(() => connection.Query("INSTALL httpfs"));
        // It may still spill to its own folder: 5 million texts do not fit in 64 MB.
        connection.Execute("CREATE TEMP TABLE wide AS SELECT range AS n, md5(range::VARCHAR) AS text FROM range(5000000)");
        Assert.Equal(5_000_000, connection.Number("SELECT count(*) FROM wide"));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder, "spill")));
    }
}
