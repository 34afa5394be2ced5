using Concentric.Core.Facts;

namespace Concentric.Measure.Costs;

/// <summary>What a cost is a cost of. A visit to a web page is no transaction, and a contact is not a resolved issue.</summary>
public enum CostUnit
{
    NotKnown,

    /// <summary>A visit to a web site or an office, whatever came of it.</summary>
    Visit,

    /// <summary>One call, letter, form or talk.</summary>
    Contact,

    /// <summary>A payment, application or report that went through.</summary>
    Transaction,

    /// <summary>The citizen has what they came for, with all the contacts that it took.</summary>
    ResolvedIssue,
}

/// <summary>What is counted into a cost.</summary>
public enum CostScope
{
    NotKnown,

    /// <summary>What one more costs: staff time alone.</summary>
    Marginal,

    /// <summary>Staff with on-costs and the time in which they wait.</summary>
    Average,

    /// <summary>Also buildings, systems and management.</summary>
    FullyLoaded,
}

/// <summary>Units, scopes and channels in words.</summary>
public static class CostWords
{
    /// <summary>Channels that can have a cost.</summary>
    public static IReadOnlyList<Channels.Channel> Channels { get; } = [.. Core.Facts.Channels.All.Where(c => c.Name is not ("unknown" or "system"))];

    public static string Of(CostUnit unit) => unit switch
    {
        CostUnit.Visit => "visit",
        CostUnit.Contact => "contact",
        CostUnit.Transaction => "transaction",
        CostUnit.ResolvedIssue => "resolved issue",
        _ => "not known",
    };

    public static string Of(CostScope scope) => scope switch
    {
        CostScope.Marginal => "marginal",
        CostScope.Average => "average",
        CostScope.FullyLoaded => "fully loaded",
        _ => "not known",
    };

    /// <summary>The channel's label, or the name itself.</summary>
    public static string Channel(string name) => Core.Facts.Channels.Find(name)?.Label ?? name;

    /// <summary>Reads a unit as <see cref="Of(CostUnit)"/> writes it.</summary>
    public static CostUnit? Unit(string? text) => Find<CostUnit>(text, Of);

    /// <summary>Reads a scope as <see cref="Of(CostScope)"/> writes it.</summary>
    public static CostScope? Scope(string? text) => Find<CostScope>(text, Of);

    private static T? Find<T>(string? text, Func<T, string> words) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (words(value).Equals(text?.Trim(), StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }
}
