using Concentric.Core.Places;
using Concentric.Measure.Contacts;

namespace Concentric.Measure.Places;

/// <summary>What somebody says of a file about places.</summary>
public sealed record PlaceRequest
{
    public required string Council { get; init; }
    public required PlaceKind Kind { get; init; }
    public required string FileName { get; init; }

    /// <summary>The year that the list is of.</summary>
    public required int Year { get; init; }

    /// <summary>Who published it.</summary>
    public required string Source { get; init; }

    /// <summary>Columns by role where they are not as guessed; an empty text for none.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Of eligible populations, the service, where no column names it.</summary>
    public string? Service { get; init; }

    /// <summary>Of boundaries, the property that holds the code or name; null to guess.</summary>
    public string? Property { get; init; }

    /// <summary>Of boundaries, what they outline; null to guess.</summary>
    public PlaceLevel? Level { get; init; }
}

/// <summary>A line that was not taken.</summary>
/// <param name="Line">From 1; of boundaries the number of the shape.</param>
public sealed record PlaceRefusal(long Line, string Column, string Reason);

/// <summary>What an import of places does, or would do. Read = taken + unchanged + refused.</summary>
public sealed record PlaceReport
{
    public required PlaceKind Kind { get; init; }

    /// <summary>Of populations and boundaries, which.</summary>
    public required string Part { get; init; }

    public required string FileName { get; init; }
    public required int Year { get; init; }
    public required string Source { get; init; }
    public required long Read { get; init; }
    public required long Taken { get; init; }
    public required long Unchanged { get; init; }
    public required long Refused { get; init; }

    /// <summary>What stands in the older list and not in this one.</summary>
    public required long Removed { get; init; }

    /// <summary>The first refusals.</summary>
    public required IReadOnlyList<PlaceRefusal> Refusals { get; init; }

    /// <summary>Column by role, as used.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>What else is to be known: mixed areas, groups without a name, shapes without an area.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Whether anything would be or was changed.</summary>
    public required bool Changes { get; init; }

    public bool IsApplied { get; init; }

    /// <summary>The change is kept, but an import of contacts runs, so the contact store hears of it later.</summary>
    public bool StoreIsBehind { get; init; }
}

/// <summary>What a file says, line by line, before it is held against what is kept.</summary>
internal sealed class PlaceReading
{
    public const int MostRefusalsShown = 50;

    /// <summary>The key of what each good line is about, in the order of the file.</summary>
    public List<(long Line, string Key)> Said { get; } = [];

    /// <summary>What is said, by key, as a text to compare.</summary>
    public Dictionary<string, string> Content { get; } = new(StringComparer.Ordinal);

    public List<PlaceRefusal> Refusals { get; } = [];
    public List<string> Notes { get; } = [];

    public List<PlacedPostcode> Postcodes { get; } = [];
    public List<ListedArea> Areas { get; set; } = [];
    public List<AreaMix> Mix { get; } = [];
    public Dictionary<string, string> GroupNames { get; } = new(StringComparer.Ordinal);
    public List<PopulationRow> Populations { get; } = [];
    public Boundaries? Boundaries { get; set; }

    /// <summary>Which part of its kind the file replaces.</summary>
    public string Part { get; set; } = "";

    /// <summary>Whether the lines about one key together make what is said of it, as the output areas of an area do; otherwise a line after the first says nothing new.</summary>
    public bool IsGathered { get; init; }

    /// <summary>Keeps what a line says, unless an earlier line says otherwise.</summary>
    /// <returns>Whether the key is new.</returns>
    public bool Say(long line, string column, string key, string content, string what)
    {
        if (Content.TryGetValue(key, out var before))
        {
            if (before == content) Said.Add((line, key));
            else Refusals.Add(new(line, column, $"An earlier line says something else of {what}."));
            return false;
        }
        Content.Add(key, content);
        Said.Add((line, key));
        return true;
    }

    /// <summary>Counts against what is kept.</summary>
    public (long Taken, long Unchanged, long Removed) Against(IReadOnlyDictionary<string, string> kept)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var taken = Said.LongCount(s => (seen.Add(s.Key) || IsGathered) && (!kept.TryGetValue(s.Key, out var before) || before != Content[s.Key]));
        return (taken, Said.Count - taken, kept.Keys.LongCount(k => !Content.ContainsKey(k)));
    }

    /// <exception cref="ImportRefusedException">Most lines cannot be read.</exception>
    public void RefuseWhereMostlyBad()
    {
        if (Said.Count == 0 && Refusals.Count == 0) throw new ImportRefusedException("The file has a header and no lines.");
        if (Refusals.Count > Said.Count)
            throw new ImportRefusedException($"{Refusals.Count} of {Refusals.Count + Said.Count} lines cannot be read, so nothing was taken. The first: line {Refusals[0].Line}, {Refusals[0].Reason} Are the columns the right ones?", Refusals[0].Line, Refusals[0].Column);
    }
}
