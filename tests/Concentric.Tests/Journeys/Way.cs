namespace Concentric.Tests.Journeys;

/// <summary>How somebody looks at the pages of a walk.</summary>
public enum Way
{
    /// <summary>A large screen, 1280 pixels wide.</summary>
    Wide,

    /// <summary>A phone, 375 pixels wide.</summary>
    Phone,

    /// <summary>A phone to which no script gets through: the pages as they are without JavaScript, looked at by axe, which cannot run where scripts are off.</summary>
    NoScriptArrives,

    /// <summary>JavaScript switched off in the browser: walked only.</summary>
    JavaScriptOff,
}

/// <summary>The ways in which each walk is walked.</summary>
/// <remarks>
/// Walks are the dearest of all tests, and what a page looks like does not depend on the database: on SQLite they are walked with scripts, on PostgreSQL without,
/// so that each is walked on both databases and every way is walked. With <c>CONCENTRIC_TEST_WHOLE=1</c> every way is walked on both.
/// </remarks>
public static class Ways
{
    internal static readonly bool IsWhole = Environment.GetEnvironmentVariable("CONCENTRIC_TEST_WHOLE") == "1";

    /// <summary>The staff's walks: all that differs between the ways.</summary>
    public static TheoryData<Way> All => Of([Way.Wide], [Way.NoScriptArrives]);

    /// <summary>The citizen's own walk, in every way.</summary>
    public static TheoryData<Way> Every => Of([Way.Wide, Way.Phone], [Way.NoScriptArrives, Way.JavaScriptOff]);

    /// <summary>For the by-ways of a walk, such as what a mistake looks like: on SQLite where it is hardest, on a phone without scripts.</summary>
    public static TheoryData<Way> Some => Of([Way.NoScriptArrives], [Way.Wide]);

    /// <summary>For what depends on the page and the script and not on what is stored: each way on one database.</summary>
    public static TheoryData<Way> Scripted => Of([Way.Wide], [Way.Phone]);

    private static TheoryData<Way> Of(Way[] onSqlite, Way[] onPostgres) => IsWhole ? [.. onSqlite, .. onPostgres] : TestDatabase.IsPostgres ? [.. onPostgres] : [.. onSqlite];

    extension(Way way)
    {
        internal int Width => way == Way.Wide ? 1280 : 375;

        internal bool ScriptsRun => way is Way.Wide or Way.Phone;
    }
}
