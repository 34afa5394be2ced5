using Concentric.Core;
using Concentric.Measure.Charts;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Contacts.Seeing;

/// <summary>What a page of Measure is about: whose contacts, of which kind, over which weeks.</summary>
public sealed record Scope
{
    /// <summary>The choices of how far back to look, in complete weeks.</summary>
    public static readonly int[] Choices = [13, 52, 104];

    public required CouncilCode Council { get; init; }

    /// <summary>The council of this installation: its contacts go on coming in.</summary>
    public required bool IsOwn { get; init; }

    public required ContactKind Kind { get; init; }

    /// <summary>Councils that have something to show.</summary>
    public required IReadOnlyList<CouncilCode> Councils { get; init; }

    public required int Weeks { get; init; }

    /// <summary>From the first day of the first complete week to the last day counted, today included.</summary>
    public required Days Period { get; init; }

    /// <summary>The last day that can complete a week on a chart: yesterday, or where the data end.</summary>
    public required DateOnly Through { get; init; }

    /// <summary>The first day on which anything of this council and kind was counted.</summary>
    public required DateOnly First { get; init; }

    /// <summary>The word for what is counted.</summary>
    public string Many => Kind == ContactKind.Contact ? "contacts" : "service requests";

    public string One => Kind == ContactKind.Contact ? "contact" : "service request";

    /// <summary>The period in words.</summary>
    public string InWords => $"{Say.Date(Period.From)} to {Say.Date(Period.Through)}";

    /// <summary>The complete weeks of the period, for a chart.</summary>
    public Days Complete => new(Period.From, Through);

    public CubeQuery Query => (Kind == ContactKind.Contact ? CubeQuery.CitizenContacts(Council.Code) : CubeQuery.CitizenRequests(Council.Code)).Between(Period.From, Period.Through);

    /// <summary>Address of a page about the same council and weeks.</summary>
    public string Address(string path, int? weeks = null, string? council = null) =>
        $"{path}?council={Uri.EscapeDataString(council ?? Council.Name)}&weeks={weeks ?? Weeks}";

    /// <summary>What every figure of this scope says of itself.</summary>
    public ChartText Text(string id, string title, string definition, long n, string unit, int decimals = 0) => new(id, title, definition, InWords, n, unit, decimals)
    {
        Notes = Council.IsSynthetic ? ["Synthetic: an invented council, evidence of nothing."] : [],
    };

    /// <summary>As the other, for a count as it may be shown.</summary>
    public ChartText Text(string id, string title, string definition, ShownCount n, string unit, int decimals = 0)
    {
        var text = Text(id, title, definition, n.Estimate, unit, decimals);
        return text with { NInstead = n.IsHidden ? n.ToString() : null, Notes = n.IsExact ? text.Notes : [.. text.Notes, DisclosureNote.Rule] };
    }
}

/// <summary>Finds the scope of a page from its address.</summary>
internal sealed class Scopes(IContactStore store, Settings settings, TimeProvider clock)
{
    /// <summary>The scope asked for; null where there is no such council or nothing of it has been counted.</summary>
    /// <param name="council">Short name; null for this installation's own, or the first that has something.</param>
    /// <param name="weeks">One of <see cref="Scope.Choices"/>; anything else is a year.</param>
    public async Task<Scope?> Find(string? council, int? weeks, CancellationToken stop = default)
    {
        var today = Say.DayOf(clock.GetUtcNow());
        var names = store.Dimensions;
        var statistics = await store.Statistics(stop);
        var counted = names.Councils.Where(c => statistics.Parts.Any(p => p.Council == c.Code && p.Contacts > 0)).ToList();
        var chosen = council is null ? names.Council(settings.Council) ?? counted.FirstOrDefault() : names.Council(council);
        if (chosen is null || !counted.Contains(chosen)) return null;

        var parts = statistics.Parts.Where(p => p.Council == chosen.Code && p.Contacts > 0).ToList();
        var part = parts.FirstOrDefault(p => p.Kind == ContactKind.Contact) ?? parts[0];
        var own = chosen.Name == settings.Council;
        var through = LastDay(chosen, names, part, today, own);
        var back = weeks is { } w && Scope.Choices.Contains(w) ? w : 52;
        var from = Week.Monday(Week.Of(through.AddDays(1)) - back);
        if (from < part.First) from = part.First;
        return new()
        {
            Council = chosen,
            IsOwn = own,
            Kind = part.Kind,
            Councils = counted,
            Weeks = back,
            Period = new(from, own && part.Last > through ? part.Last : through),
            Through = through,
            First = part.First,
        };
    }

    // An invented council's contacts end with the day before they were invented: what somebody tries out since would look like a collapse.
    private static DateOnly LastDay(CouncilCode council, ContactDimensions names, ContactStatistics.Part part, DateOnly today, bool own)
    {
        if (!own) return part.Last;
        var yesterday = today.AddDays(-1);
        if (!council.IsSynthetic) return yesterday < part.First ? part.Last : yesterday;
        var invented = names.Batches.Where(b => b.Council == council.Code).Select(b => Say.DayOf(b.At)).DefaultIfEmpty(today).Max().AddDays(-1);
        return invented < yesterday ? invented : yesterday;
    }
}
