namespace Concentric.Measure.Contacts.Importing;

/// <summary>What a column can be used as, by the short name that forms send.</summary>
internal static class ColumnUse
{
    public const string None = "", Opened = "opened", Closed = "closed", Id = "id", Service = "service", Area = "area", Postcode = "postcode", Channel = "channel",
        Demand = "demand", Cause = "cause", Resolved = "resolved", Person = "person", Seconds = "seconds", Cost = "cost", Satisfaction = "satisfaction", Text = "text";

    public static IReadOnlyList<(string Use, string Label)> All { get; } =
    [
        (None, "Not used"),
        (Opened, "When it was made"),
        (Closed, "When it was closed"),
        (Id, "Its reference"),
        (Service, "Service"),
        (Area, "Area"),
        (Postcode, "Postcode (kept as its area)"),
        (Channel, "Channel"),
        (Demand, "Kind of demand"),
        (Cause, "Cause of failure demand"),
        (Resolved, "Resolved or not"),
        (Person, "Person (kept as a pseudonym)"),
        (Seconds, "Handling time in seconds"),
        (Cost, "Cost in pounds"),
        (Satisfaction, "Satisfaction, a whole number"),
        (Text, "Free text (looked through, not kept)"),
    ];

    /// <summary>Those that several columns can be together.</summary>
    public static bool CanBeSeveral(string use) => use is None or Text or Opened or Closed or Id or Person;

    /// <summary>Those whose every value has to be given a meaning.</summary>
    public static bool HasMeanings(string use) => use is Channel or Demand or Cause or Resolved;

    public static bool IsDate(string use) => use is Opened or Closed;
}

/// <summary>What a column is taken for.</summary>
/// <param name="Format">How its dates are written, in .NET's letters; null where it has none.</param>
public sealed record ColumnGuess(string Name, string Use, string? Format = null);

/// <summary>Guesses from names and values what the columns of a file are. A guess is shown and can be changed; it never goes unseen into a mapping.</summary>
internal static class ColumnGuesses
{
    private const int MostChannels = 40;

    private static readonly (string Use, string[] Words)[] Words =
    [
        (ColumnUse.Opened, ["opened", "open", "created", "creation", "received", "raised", "reported", "logged", "submitted", "init", "start", "contact", "call", "date", "month", "day", "time"]),
        (ColumnUse.Closed, ["closed", "close", "completed", "resolved", "end", "ended"]),
        (ColumnUse.Id, ["id", "ref", "reference", "case", "number", "enquiry"]),
        (ColumnUse.Channel, ["channel", "source", "method", "origin", "via", "callertype"]),
        (ColumnUse.Demand, ["demand", "avoidable"]),
        (ColumnUse.Cause, ["cause", "failure"]),
        (ColumnUse.Service, ["service", "category", "subject", "problemcode", "type", "reason", "request"]),
        (ColumnUse.Postcode, ["postcode"]),
        (ColumnUse.Area, ["lsoa", "ward", "neighborhood", "neighbourhood", "area", "locality", "district", "library", "zip"]),
        (ColumnUse.Person, ["customer", "person", "citizen", "resident", "email", "account", "caller"]),
        (ColumnUse.Seconds, ["seconds", "duration", "handling", "handle"]),
        (ColumnUse.Cost, ["cost", "price"]),
        (ColumnUse.Satisfaction, ["satisfaction", "csat", "rating", "score"]),
    ];

    /// <summary>A guess for each column, in their order.</summary>
    public static IReadOnlyList<ColumnGuess> Of(FileLook look)
    {
        var guesses = look.Columns.Select(c => new ColumnGuess(c.Name, c.MeanLength > 60 && !IsAddresses(c) ? ColumnUse.Text : ColumnUse.None)).ToArray();
        var formats = look.Columns.Select(DateFormats.Guess).ToList();
        foreach (var (use, words) in Words)
        {
            var found = Best(look, guesses, formats, use, words);
            if (found < 0) continue;
            guesses[found] = guesses[found] with { Use = use, Format = ColumnUse.IsDate(use) ? formats[found] : null };
            if (use == ColumnUse.Opened) AddTime(look, guesses, formats, found);
        }
        return guesses;
    }

    // Addresses of web pages are long, and nobody's words.
    private static bool IsAddresses(ColumnLook column) => column.Values.Count > 0 && column.Values.All(v => v.Value.StartsWith("http", StringComparison.OrdinalIgnoreCase));

    /// <summary>A column with a time of day goes with the one that has the day.</summary>
    private static void AddTime(FileLook look, ColumnGuess[] guesses, List<string?> formats, int day)
    {
        if (DateFormats.HasTime(formats[day]!)) return;
        var stem = Parts(look.Columns[day].Name).Where(p => p is not ("date" or "day")).ToHashSet();
        var time = Enumerable.Range(0, guesses.Length).FirstOrDefault(i => formats[i] is { } f && DateFormats.IsTimeOnly(f) && (stem.Count == 0 || Parts(look.Columns[i].Name).Any(stem.Contains)), -1);
        if (time >= 0) guesses[time] = guesses[time] with { Use = ColumnUse.Opened, Format = formats[time] };
    }

    /// <summary>The free column whose name has the earliest of the words and whose values can be that; −1 for none.</summary>
    private static int Best(FileLook look, ColumnGuess[] guesses, List<string?> formats, string use, string[] words)
    {
        var openedHasTime = guesses.Any(g => g is { Use: ColumnUse.Opened, Format: { } format } && DateFormats.HasTime(format));
        var opened = Array.FindIndex(guesses, g => g.Use == ColumnUse.Opened);
        return Enumerable.Range(0, guesses.Length)
            .Where(i => guesses[i].Use == ColumnUse.None && look.Columns[i].Given > 0 && CanBe(look, i, formats[i], use))
            // Closed on a day, opened at a time of day: the duration would be wrong by up to a day, so it is not guessed.
            .Where(i => use != ColumnUse.Closed || opened >= 0 && (DateFormats.HasTime(formats[i]!) || !openedHasTime))
            .Select(i => (Index: i, Rank: Rank(look.Columns[i].Name, words)))
            .Where(c => c.Rank >= 0).OrderBy(c => c.Rank).ThenBy(c => c.Index).Select(c => c.Index).DefaultIfEmpty(-1).First();
    }

    private static bool CanBe(FileLook look, int index, string? format, string use)
    {
        var column = look.Columns[index];
        return use switch
        {
            ColumnUse.Opened or ColumnUse.Closed => format is not null && !DateFormats.IsTimeOnly(format),
            ColumnUse.Id => format is null && column.Given >= look.Read * 0.99 && (column.IsCut || column.Values.Count >= column.Given * 0.9),
            ColumnUse.Channel or ColumnUse.Demand or ColumnUse.Cause => format is null && !column.IsCut && column.Values.Count <= MostChannels && !IsNumber(column),
            ColumnUse.Service or ColumnUse.Area => format is null && !column.IsCut && column.Values.Count > 1 && column.Values.Count < Math.Max(3, column.Given * 0.9) && column.MeanLength <= 60,
            ColumnUse.Postcode => format is null && column.MeanLength <= 9,
            ColumnUse.Person => format is null && column.MeanLength <= 60,
            ColumnUse.Seconds or ColumnUse.Satisfaction => IsNumber(column),
            ColumnUse.Cost => column.Values.Take(50).All(v => decimal.TryParse(v.Value.TrimStart('£'), System.Globalization.CultureInfo.InvariantCulture, out _)),
            _ => true,
        };
    }

    private static bool IsNumber(ColumnLook column) => column.Values.Take(50).All(v => int.TryParse(v.Value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _));

    private static int Rank(string name, string[] words)
    {
        var parts = Parts(name);
        return Array.FindIndex(words, w => parts.Contains(w) || w.Length > 4 && parts.Any(p => p.Contains(w, StringComparison.Ordinal)));
    }

    /// <summary>The words of a name: of <c>OPEN_DT</c>, <c>openDate</c> and “Open date”, the first is open.</summary>
    private static List<string> Parts(string name)
    {
        var parts = new List<string> { "" };
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsLetterOrDigit(name[i]) || i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1])) parts.Add("");
            if (char.IsLetterOrDigit(name[i])) parts[^1] += char.ToLowerInvariant(name[i]);
        }
        parts.RemoveAll(p => p.Length == 0);
        return parts;
    }
}
