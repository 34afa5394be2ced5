using System.Globalization;
using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Measure.Contacts.Asking;
using Concentric.Measure.Variation;

namespace Concentric.Measure.Boards;

/// <summary>What somebody enters of a measure that they put on a board, or change.</summary>
public sealed record MeasureForm
{
    internal const string RateFigure = "rate", CountedPrefix = "counted:";

    public string? Key { get; init; }
    public string? Board { get; init; }
    public string? Council { get; init; }
    public string? Name { get; init; }
    public string? About { get; init; }

    /// <summary>Id of the person who answers for it.</summary>
    public string? Owner { get; init; }

    /// <summary>Name of the figure, <c>rate</c>, or <c>counted:</c> with the name of what was counted elsewhere.</summary>
    public string? Figure { get; init; }

    public string? Channel { get; init; }
    public string? Ward { get; init; }
    public string? Profile { get; init; }
    public string? Demand { get; init; }
    public string? Better { get; init; }
    public string? For { get; init; }
    public string? Use { get; init; }
    public string? Period { get; init; }

    /// <summary>From when a new definition holds.</summary>
    public DateParts? From { get; init; }

    /// <summary>Why the definition is changed.</summary>
    public string? Reason { get; init; }

    /// <summary>What is wrong with it, apart from whether the store knows what it names.</summary>
    public Errors Check(IReadOnlyCollection<Guid> staff) => new Errors()
        .Check("Name", !string.IsNullOrWhiteSpace(Name), "Enter a name for the measure")
        .Check("Name", Name is null or { Length: <= 100 }, "The name must be 100 characters or fewer")
        .Check("About", !string.IsNullOrWhiteSpace(About), "Enter why the measure is looked at")
        .Check("About", About is null or { Length: <= 500 }, "Why it is looked at must be 500 characters or fewer")
        .Check("Figure", !string.IsNullOrEmpty(Figure), "Select what is measured")
        .Check("Better", Named<Better>(Better) is not null, "Select which direction is better for citizens")
        .Check("For", Named<MeasureFor>(For) is not null, "Select whom the measure is for")
        .Check("Use", Named<MeasureUse>(Use) is not null, "Select what the measure is used for")
        .Check("Period", Named<MeasurePeriod>(Period) is not null, "Select week or month")
        .Check("Owner", Person is { } person && staff.Contains(person), "Select the person who answers for it");

    public Guid? Person => Guid.TryParse(Owner, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>What it asks of the store.</summary>
    public MeasureSource Source()
    {
        var where = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (name, value) in ((string, string?)[])[("service", Board), ("channel", Channel), ("ward", Ward), ("profile", Profile), ("demand", Demand)])
            if (!string.IsNullOrEmpty(value)) where[name] = [value];
        return Figure switch
        {
            { } need when NeedFigure.Find(need) is not null => new() { Kind = SourceKind.EndToEnd, Figure = need, Where = where },
            RateFigure => new() { Kind = SourceKind.Rate, Figure = "contacts", Where = where },
            { } counted when counted.StartsWith(CountedPrefix, StringComparison.Ordinal) => new() { Kind = SourceKind.Counted, Figure = counted[CountedPrefix.Length..], Where = where },
            _ => new() { Figure = Figure ?? "", Where = where },
        };
    }

    /// <summary>The boxes of a measure as it is.</summary>
    internal static MeasureForm Of(BoardMeasure measure, KeptMeasure kept)
    {
        var source = measure.Latest.Source;
        string? Kept(string name) => source.Where.TryGetValue(name, out var values) ? values[0] : null;
        return new()
        {
            Key = measure.Key, Board = measure.Board, Council = measure.Council, Name = measure.Name, About = measure.About, Owner = $"{kept.Owner}",
            Figure = source.Kind switch { SourceKind.Rate => RateFigure, SourceKind.Counted => CountedPrefix + source.Figure, _ => source.Figure },
            Channel = Kept("channel"), Ward = Kept("ward"), Profile = Kept("profile"), Demand = Kept("demand"),
            Better = AskContacts.Kebab(measure.Better), For = AskContacts.Kebab(measure.For), Use = AskContacts.Kebab(measure.Use), Period = AskContacts.Kebab(measure.Period),
        };
    }

    internal static T? Named<T>(string? text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (AskContacts.Kebab(value) == text) return value;
        return null;
    }
}
