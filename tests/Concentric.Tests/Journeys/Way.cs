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
public static class Ways
{
    // What a page looks like does not depend on the database: on PostgreSQL each walk is walked once, to see that it can be.
    // Walks are the dearest of all tests, so the staff's are walked on a large screen with scripts and on a phone without: all that differs between the ways.
    public static TheoryData<Way> All => TestDatabase.IsPostgres ? [Way.Wide] : [Way.Wide, Way.NoScriptArrives];

    /// <summary>The citizen's own walk, in every way.</summary>
    public static TheoryData<Way> Every => TestDatabase.IsPostgres ? [Way.Wide] : [.. Enum.GetValues<Way>()];

    /// <summary>For the by-ways of a walk, such as what a mistake looks like: where it is hardest, on a phone without scripts.</summary>
    public static TheoryData<Way> Some => TestDatabase.IsPostgres ? [Way.Wide] : [Way.NoScriptArrives];

    extension(Way way)
    {
        internal int Width => way == Way.Wide ? 1280 : 375;

        internal bool ScriptsRun => way is Way.Wide or Way.Phone;
    }
}
