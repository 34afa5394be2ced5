using System.Globalization;
using System.Text;
using Concentric.Core;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Concentric.Measure.Exploring;

/// <summary>How the answer is drawn beside its table. <see cref="Fitting"/>: as it suits what it is grouped by.</summary>
public enum ChartKind { Fitting, Bars, Lines, HeatMap, None }

/// <summary>What the page Explore shows, as its address says it: a question and a way to draw the answer. The address is all there is, so a link shows the same again.</summary>
public sealed record ExploreQuestion
{
    /// <summary>Names of the address that are no dimension; the council of the question is one of them, so nothing is filtered by the dimension of that name.</summary>
    private const string CouncilName = "council", MeasureName = "measure", ByName = "by", FromName = "from", ToName = "to", SortName = "sort", RowsName = "rows", ChartName = "chart";

    public const string Path = "/measure/explore";

    public required ContactQuestion Question { get; init; }

    public ChartKind Chart { get; init; }

    /// <summary>Whether an address asks anything at all.</summary>
    public static bool IsAsked(IQueryCollection query) => query.Keys.Any(k => k is MeasureName or ByName || AskContacts.Dimensions.ContainsKey(k) && k != CouncilName);

    /// <summary>The question of an address, and what is wrong with it in words for whoever typed it. Names that are not known are kept, so that the message can say them.</summary>
    public static (ExploreQuestion Asked, Errors Errors) Parse(IQueryCollection query)
    {
        var errors = new Errors();
        var where = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (name, values) in query)
        {
            if (!AskContacts.Dimensions.ContainsKey(name) || name == CouncilName) continue;
            if (Texts(values) is { Count: > 0 } chosen) where[name] = chosen;
        }
        var by = Texts(query[ByName]);
        var measures = Texts(query[MeasureName]);
        foreach (var name in by) errors.Check(ByName, AskContacts.Dimensions.ContainsKey(name), $"There is nothing called “{name}” to group by. Choose from the lists");
        errors.Check(ByName, by.Distinct().Count() == by.Count, "Choose each thing to group by only once")
            .Check(ByName, by.Count <= AskContacts.MostDimensions, $"Group by {AskContacts.MostDimensions} things or fewer");
        foreach (var name in measures) errors.Check(MeasureName, AskedMeasure.Find(name) is not null, $"There is no measure called “{name}”. Choose from the list");
        var (from, to) = (Date(query, FromName, "first", errors), Date(query, ToName, "last", errors));
        errors.Check(ToName, from is null || to is null || from <= to, "The last day must be the first day or after it");
        var sort = Text(query, SortName);
        errors.Check(SortName, sort is null || AskContacts.Sorts.Contains(sort), $"There is no order called “{sort}”. Choose from the list");
        int? rows = int.TryParse(Text(query, RowsName), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= AskContacts.MostGroups ? number : null;
        errors.Check(RowsName, Text(query, RowsName) is null || rows is not null, $"The number of rows must be from 1 to {Say.Number(AskContacts.MostGroups)}");
        var chart = Kinds.FirstOrDefault(k => AskContacts.Kebab(k) == (Text(query, ChartName) ?? AskContacts.Kebab(ChartKind.Fitting)), (ChartKind)(-1));
        errors.Check(ChartName, Enum.IsDefined(chart), $"There is no chart called “{Text(query, ChartName)}”. Choose from the list");
        return (new()
        {
            Question = new() { Council = Text(query, CouncilName), By = by, Measures = measures.Count == 0 ? ["contacts"] : measures, Where = where, From = from, To = to, Sort = sort, Limit = rows },
            Chart = Enum.IsDefined(chart) ? chart : ChartKind.Fitting,
        }, errors);
    }

    /// <summary>The address that shows this again.</summary>
    public string Address(string path = Path)
    {
        var text = new StringBuilder(path);
        var mark = '?';
        void Add(string name, string? value)
        {
            if (value is null) return;
            text.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
        Add(CouncilName, Question.Council);
        foreach (var measure in Question.Measures) Add(MeasureName, measure);
        foreach (var by in Question.By) Add(ByName, by);
        foreach (var (name, values) in Question.Where.OrderBy(w => w.Key, StringComparer.Ordinal))
            foreach (var value in values) Add(name, value);
        Add(FromName, Iso(Question.From));
        Add(ToName, Iso(Question.To));
        Add(SortName, Question.Sort);
        Add(RowsName, Question.Limit?.ToString(CultureInfo.InvariantCulture));
        Add(ChartName, Chart == ChartKind.Fitting ? null : AskContacts.Kebab(Chart));
        return text.ToString();
    }

    /// <summary>A day as an address has it.</summary>
    public static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ChartKind[] Kinds => Enum.GetValues<ChartKind>();

    private static DateOnly? Date(IQueryCollection query, string name, string which, Errors errors)
    {
        if (Text(query, name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1970 and < 2149) return date;
        errors.Check(name, false, $"The {which} day must be a date from 1970 on, as 2026-03-02, and not “{text}”");
        return null;
    }

    private static string? Text(IQueryCollection query, string name) => Texts(query[name]) is [var first, ..] ? first : null;

    // The empty choice of a list is no choice. Longer than any name: cut, so that no address makes a page without end.
    private static List<string> Texts(StringValues values) => [.. values.Where(v => !string.IsNullOrWhiteSpace(v)).Select(v => v!.Length > 200 ? v[..200] : v).Distinct().Take(500)];
}
