using System.Globalization;
using System.Text.RegularExpressions;
using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Places;

namespace Concentric.Measure.Information;

/// <summary>What a file of counts says.</summary>
internal sealed record InformationReading(IReadOnlyList<InformationCount> Counts, long Read, IReadOnlyDictionary<string, int> Lines, long Dropped, IReadOnlyList<PlaceRefusal> Refusals, IReadOnlyDictionary<string, string> Columns);

/// <summary>Reads counts of page views, searches or calls by page. Words that look like something about a person are dropped and only counted.</summary>
internal static partial class ReadInformation
{
    private const int MostOfText = 300;
    private const long MostCount = 1_000_000_000;
    private static readonly string[] _dates = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "yyyyMMdd"];
    private static readonly string[] _months = ["yyyy-MM", "yyyyMM", "MM/yyyy", "MMMM yyyy", "MMM yyyy"];

    public const string Date = "date", Text = "text", Count = "count", NoResults = "no-results", Results = "results", Clicks = "clicks";

    public static IReadOnlyList<ColumnRole> Roles(InformationKind kind)
    {
        ColumnRole date = new(Date, "Date or month", true, "date", "day", "week", "month", "week_beginning", "period");
        return kind switch
        {
            InformationKind.PageViews => [date, new(Text, "Path of the page", true, "page_path", "path", "page", "url", "pagepath", "page_location"), new(Count, "Views", true, "views", "pageviews", "page_views", "screen_page_views", "count")],
            InformationKind.Searches =>
            [
                date, new(Text, "Search words", true, "search_words", "search_term", "searchterm", "search", "query", "words", "term", "keyword"),
                new(Count, "Searches", true, "searches", "search_count", "count", "total_searches", "events"), new(NoResults, "Searches without a result", false, "no_results", "zero_results", "searches_without_results"),
                new(Results, "Results that the search gives", false, "results", "result_count", "number_of_results"), new(Clicks, "Results pressed", false, "clicks", "result_clicks"),
            ],
            _ => [date, new(Text, "Path of the page", true, "page_path", "path", "page", "url"), new(Count, "Calls", true, "calls", "phone_calls", "contacts", "count")],
        };
    }

    /// <exception cref="ImportRefusedException">A needed column is missing, or most lines cannot be read.</exception>
    public static InformationReading Read(string council, InformationKind kind, ListFile file, IReadOnlyDictionary<string, string> chosen)
    {
        var columns = ColumnRoles.Guess(Roles(kind), file.Columns);
        foreach (var (role, column) in chosen) columns[role] = column;
        var places = new Dictionary<string, int>();
        foreach (var role in Roles(kind))
        {
            var at = columns.TryGetValue(role.Name, out var column) && column.Length > 0 ? file.Columns.ToList().FindIndex(c => string.Equals(c, column, StringComparison.OrdinalIgnoreCase)) : -1;
            if (at >= 0) places[role.Name] = at;
            else if (role.IsNeeded) throw new ImportRefusedException($"No column was found for: {role.Label.ToLowerInvariant()}. The file has {string.Join(", ", file.Columns.Take(40).Select(c => $"“{c}”"))}.", 1, role.Name);
        }
        var isWeekly = IsWeekly(file, places[Date], columns[Date]);
        var refusals = new List<PlaceRefusal>();
        var sums = new Dictionary<(string Text, DateOnly From), (DateOnly Through, long Count, long? Nothing, NothingBy? By)>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var dropped = 0L;
        foreach (var line in file.Lines)
        {
            if (line.Bad is not null)
            {
                refusals.Add(new(line.Line, "", line.Bad));
                continue;
            }
            string Get(string role) => places.TryGetValue(role, out var place) ? line.Fields[place].Trim() : "";
            bool Refuse(string role, string reason)
            {
                refusals.Add(new(line.Line, columns[role], reason));
                return false;
            }
            if (PeriodOf(Get(Date), isWeekly) is not var (from, through)) { Refuse(Date, $"“{Cut(Get(Date))}” is not a date or month."); continue; }
            var text = kind == InformationKind.Searches ? PlainWords(Get(Text)) : PlainPath(Get(Text));
            if (text.Length == 0 || text.Length > MostOfText) { Refuse(Text, text.Length == 0 ? "There is nothing here." : "It is too long."); continue; }
            if (LooksPersonal(Get(Text)))
            {
                dropped++;
                continue;
            }
            if (!IsCount(Get(Count), out var count)) { Refuse(Count, $"“{Cut(Get(Count))}” is not a count."); continue; }
            (long? Nothing, NothingBy? By) nothing = (null, null);
            if (kind == InformationKind.Searches)
            {
                if (NothingOf(Get, count, Refuse) is not { } said) continue;
                nothing = said;
            }
            var key = (text, from);
            var known = sums.GetValueOrDefault(key);
            sums[key] = (through, known.Count + count, nothing.Nothing is null && known.Nothing is null ? null : (known.Nothing ?? 0) + (nothing.Nothing ?? 0), nothing.By ?? known.By);
            lines[KeyOf(text, from)] = lines.GetValueOrDefault(KeyOf(text, from)) + 1;
        }
        if (sums.Count == 0 && dropped == 0 && refusals.Count == 0) throw new ImportRefusedException("The file has a header and no lines.");
        if (refusals.Count > file.Lines.Count - refusals.Count)
            throw new ImportRefusedException($"{refusals.Count} of {file.Lines.Count} lines cannot be read, so nothing was taken. The first: line {refusals[0].Line}, {refusals[0].Reason} Are the columns the right ones?", refusals[0].Line);
        return new([.. sums.Select(s => new InformationCount { Council = council, Kind = kind, Text = s.Key.Text, From = s.Key.From, Through = s.Value.Through, Count = s.Value.Count, Nothing = s.Value.Nothing, NothingBy = s.Value.By })],
            file.Lines.Count, lines, dropped, refusals, columns);
    }

    public static string KeyOf(string text, DateOnly from) => string.Create(CultureInfo.InvariantCulture, $"{from:yyyy-MM-dd} {text}");

    /// <summary>Whether words or a path look like something about a person: an e-mail address, a telephone or other long number, a postcode, a street address, a titled name.</summary>
    /// <remarks>A bare name has no shape that could be found; nobody but analysts sees words that fewer than eight searched for.</remarks>
    public static bool LooksPersonal(string text)
    {
        // A year, or a school or tax year, is about nobody.
        text = Year.Replace(Uri.UnescapeDataString(text.Replace('+', ' ')), "");
        if (text.Contains('@', StringComparison.Ordinal) || LongNumber.IsMatch(text) || Masking.Mask(text) != text) return true;
        var words = text.Split([' ', '/', '-', '?', '&', '=', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
        return words.Index().Any(w => Postcode.TryParse(w.Item, out _) || (w.Index + 1 < words.Length && w.Item.Length <= 4 && words[w.Index + 1].Length == 3 && Postcode.TryParse(w.Item + words[w.Index + 1], out _)));
    }

    /// <summary>A path without host, query and end slash, in lower case.</summary>
    public static string PlainPath(string text)
    {
        text = text.Trim();
        if (text.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(text, UriKind.Absolute, out var address)) text = address.AbsolutePath;
        var end = text.IndexOfAny(['?', '#']);
        if (end >= 0) text = text[..end];
        text = text.TrimEnd('/').ToLowerInvariant();
        return text.Length == 0 ? "/" : text[0] == '/' ? text : "/" + text;
    }

    public static string PlainWords(string text) => string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static (long? Nothing, NothingBy? By)? NothingOf(Func<string, string> get, long searches, Func<string, string, bool> refuse)
    {
        foreach (var role in (string[])[NoResults, Results, Clicks])
        {
            if (get(role) is not { Length: > 0 } text) continue;
            if (!IsCount(text, out var n))
            {
                refuse(role, $"“{Cut(text)}” is not a count.");
                return null;
            }
            if (role == NoResults && n > searches)
            {
                refuse(role, "More searches without a result than searches.");
                return null;
            }
            return role switch
            {
                NoResults => (n, NothingBy.Results),
                Results => (n == 0 ? searches : 0, NothingBy.Results),
                _ => (Math.Max(0, searches - n), NothingBy.Clicks),
            };
        }
        return (null, null);
    }

    private static (DateOnly From, DateOnly Through)? PeriodOf(string text, bool isWeekly)
    {
        if (DateOnly.TryParseExact(text, _dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return (day, isWeekly ? day.AddDays(6) : day);
        return DateOnly.TryParseExact(text, _months, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? (month, month.AddMonths(1).AddDays(-1)) : null;
    }

    /// <summary>Whether each line counts a week: the column says so, or there are at least three dates, all Mondays.</summary>
    private static bool IsWeekly(ListFile file, int place, string column)
    {
        if (column.Contains("week", StringComparison.OrdinalIgnoreCase)) return true;
        var days = file.Lines.Where(l => l.Bad is null).Select(l => PeriodOf(l.Fields[place].Trim(), false)).OfType<(DateOnly From, DateOnly Through)>().Where(p => p.From == p.Through).Select(p => p.From).Distinct().ToList();
        return days.Count >= 3 && days.TrueForAll(d => d.DayOfWeek == DayOfWeek.Monday);
    }

    private static bool IsCount(string text, out long count) => long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out count) && count <= MostCount;

    private static string Cut(string text) => text.Length > 40 ? text[..40] + "…" : text;

    [GeneratedRegex(@"\d([ -]?\d){5,}", RegexOptions.CultureInvariant, 200)]
    private static partial Regex LongNumber { get; }

    [GeneratedRegex(@"(?<![\d-])(19|20)\d\d([-/](20)?\d\d)?(?![\d-])", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Year { get; }
}
