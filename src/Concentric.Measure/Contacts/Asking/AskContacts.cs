using System.Text.Json;
using Concentric.Core;
using Concentric.Measure.Costs;
using Concentric.Measure.Disclosure;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>One group of an answer: its code for each dimension, and a figure for each measure.</summary>
public sealed record AnsweredRow(IReadOnlyList<int> Codes, IReadOnlyList<Figure> Figures);

/// <summary>The answer to a question with its parts still known, from which the page, the API's JSON and a file are made.</summary>
public sealed record Answered
{
    public required ContactQuestion Question { get; init; }
    public required CouncilCode Council { get; init; }
    public required IReadOnlyList<Dimension> By { get; init; }
    public required IReadOnlyList<AskedMeasure> Measures { get; init; }

    /// <summary>What its reader gets, in order.</summary>
    public required IReadOnlyList<AnsweredRow> Rows { get; init; }

    /// <summary>Rows left out by the limit.</summary>
    public required int More { get; init; }

    /// <summary>Contacts behind the whole answer.</summary>
    public required ShownCount N { get; init; }

    /// <summary>First day of the period; null where nothing was found and none was asked for.</summary>
    public required DateOnly? From { get; init; }

    public required DateOnly? To { get; init; }
    public required bool IsExact { get; init; }

    /// <summary>Rows are left out because a hidden count could be worked out from them.</summary>
    public required bool IsWithheld { get; init; }

    /// <summary>What its costs are made of, in words; null where it has none.</summary>
    public string? CostNote { get; init; }

    /// <summary>What a measure of it is, with what a cost is made of here.</summary>
    public string DefinitionOf(AskedMeasure measure) => measure.TakesLocalCosts && CostNote is { } note ? $"{measure.Definition} {note}" : measure.Definition;

    /// <summary>What was counted, in words.</summary>
    public string Definition => AskContacts.Define(Question);
}

/// <summary>Turns words into a cube query and its result into an answer: the one function behind page, API and command line.</summary>
internal static class AskContacts
{
    public const int MostDimensions = 4;

    /// <summary>Most groups of an answer. A question with more is refused: nobody reads so many, and they would fill the memory of the program.</summary>
    public const int MostGroups = 100_000;

    public static readonly string[] Sorts = ["largest", "smallest", "groups"];

    public static readonly IReadOnlyDictionary<string, Dimension> Dimensions = Enum.GetValues<Dimension>().ToDictionary(Kebab);

    /// <param name="costs">Local costs of the question's council, for what states none; see <see cref="LocalCostParts.Costs"/>.</param>
    /// <exception cref="RefusedException">A name is not known; the message lists those that are.</exception>
    public static async Task<Answered> Answer(ContactQuestion question, VisibleContacts contacts, LocalCosts costs, Settings settings, CancellationToken stop = default)
    {
        var names = contacts.Dimensions;
        var (council, by, measures) = Check(question, names, settings);
        var query = Query(question, council.Code, by, measures, names);
        CubeResult result, all;
        var local = LocalCostParts.None;
        DateOnly? first = null, last = null;
        try
        {
            all = await contacts.Query(query with { By = [], Measures = [Measure.Contacts], Limit = null }, stop);
            result = await contacts.Query(query, stop);
            if (measures.Any(m => m.TakesLocalCosts)) local = await LocalCostParts.Load(query, costs, contacts, stop);
            if (question.From is null || question.To is null) (first, last) = await Ends(query, contacts, stop);
        }
        catch (ArgumentException e)
        {
            throw new RefusedException(e.Message);
        }
        if (result.Rows > MostGroups) throw new RefusedException($"The answer would have more than {Say.Number(MostGroups)} rows. Group by less, or keep less.");
        var rows = Sorted(question, result, local, by, measures);
        var most = question.Limit ?? rows.Count;
        return new()
        {
            Question = question,
            Council = council,
            By = by,
            Measures = measures,
            Rows = [.. rows.Take(most)],
            More = Math.Max(0, rows.Count - most),
            CostNote = measures.Any(m => m.TakesLocalCosts) ? local.Words(result) : null,
            N = all.Shown(0, Measure.Contacts),
            From = question.From ?? first,
            To = question.To ?? last,
            IsExact = contacts.IsExact,
            IsWithheld = result.IsWithheld || all.IsWithheld,
        };
    }

    /// <summary>As <see cref="Answer"/>, as it goes out as JSON.</summary>
    /// <exception cref="RefusedException">A name is not known; the message lists those that are.</exception>
    public static async Task<ContactAnswer> Ask(ContactQuestion question, VisibleContacts contacts, LocalCosts costs, Settings settings, CancellationToken stop = default) =>
        Write(await Answer(question, contacts, costs, settings, stop), contacts.Dimensions);

    internal static ContactAnswer Write(Answered answer, ContactDimensions names) => new()
    {
        Council = answer.Council.Label,
        Synthetic = answer.Council.IsSynthetic,
        Definition = answer.Definition,
        Definitions = answer.Measures.ToDictionary(m => m.Name, answer.DefinitionOf),
        Disclosure = answer.IsExact ? "exact" : "rule-a",
        Withheld = answer.IsWithheld,
        From = answer.From,
        To = answer.To,
        N = answer.N.Value,
        Columns = [.. answer.By.Select(Kebab), .. answer.Measures.Select(m => m.Name)],
        Rows = [.. answer.Rows.Select(r => (IReadOnlyList<object?>)[.. answer.By.Select((d, i) => names.Label(d, r.Codes[i])), .. r.Figures.Select((f, i) => Cell(answer.Measures[i], f))])],
        Hidden = [.. from row in answer.Rows.Index() from figure in row.Item.Figures.Index() where figure.Item.IsHidden select new HiddenValue(row.Index, answer.Measures[figure.Index].Name)],
        More = answer.More,
    };

    /// <summary>What a question counts, in words.</summary>
    internal static string Define(ContactQuestion question)
    {
        var kind = question.Where.TryGetValue("kind", out var kinds) ? string.Join(" and ", kinds) : "contacts";
        var initiator = question.Where.TryGetValue("initiator", out var initiators) ? string.Join(" and ", initiators) : "citizens";
        return $"Counts of {kind}, begun by {initiator}, on the day they began by the council’s clock.";
    }

    internal static string Kebab<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The council of a question.</summary>
    /// <exception cref="RefusedException">There is no such council, or nothing has been counted.</exception>
    internal static CouncilCode Council(ContactQuestion question, ContactDimensions names, Settings settings)
    {
        var slug = question.Council ?? settings.Council;
        return names.Council(slug) ?? throw new RefusedException(
            names.Councils.Count == 0 ? "No contacts have been counted yet." : $"There is no council “{slug}”. Known: {string.Join(", ", names.Councils.Select(c => c.Name))}.");
    }

    private static (CouncilCode, List<Dimension>, List<AskedMeasure>) Check(ContactQuestion question, ContactDimensions names, Settings settings)
    {
        var council = Council(question, names, settings);
        var by = question.By.Select(d => Find(d, "group by")).ToList();
        if (by.Count > MostDimensions) throw new RefusedException($"A question groups by at most {MostDimensions} dimensions.");
        var measures = question.Measures.Select(name => AskedMeasure.Find(name)
            ?? throw new RefusedException($"“{name}” is no measure. Known: {string.Join(", ", AskedMeasure.All.Select(m => m.Name))}.")).DistinctBy(m => m.Name).ToList();
        if (measures.Count == 0) throw new RefusedException("Name at least one measure, as contacts.");
        if (question.From > question.To) throw new RefusedException("The first day is after the last.");
        if (question.Limit is <= 0) throw new RefusedException("The limit must be 1 or more.");
        if (question.Sort is { } sort && !Sorts.Contains(sort)) throw new RefusedException($"“{sort}” is no order. Known: {string.Join(", ", Sorts)}.");
        return (council, by, measures);
    }

    private static CubeQuery Query(ContactQuestion question, int council, List<Dimension> by, List<AskedMeasure> measures, ContactDimensions names)
    {
        var where = new List<Filter>();
        foreach (var (name, values) in question.Where)
        {
            var dimension = Find(name, "filter by");
            where.Add(new(dimension, [.. values.Select(v => ContactValues.Code(dimension, v, council, names)).Distinct()]));
        }
        if (where.All(w => w.Dimension != Dimension.Kind)) where.Add(new(Dimension.Kind, (int)ContactKind.Contact));
        if (where.All(w => w.Dimension != Dimension.Initiator)) where.Add(new(Dimension.Initiator, (int)ContactInitiator.Citizen));
        var days = question.From is null && question.To is null ? null : new DayRange(question.From ?? new(1970, 1, 1), question.To ?? new(2149, 1, 1));
        return new(council, by, [.. measures.SelectMany(m => m.Parts).Distinct()], where, days, Limit: MostGroups + 1);
    }

    private static async Task<(DateOnly? First, DateOnly? Last)> Ends(CubeQuery query, VisibleContacts contacts, CancellationToken stop)
    {
        var days = await contacts.Query(query with { By = [Dimension.Day], Measures = [Measure.Contacts], Limit = null }, stop);
        return days.Rows == 0 ? (null, null) : (ContactCalendar.DateOfDay(days.Code(0, Dimension.Day)), ContactCalendar.DateOfDay(days.Code(days.Rows - 1, Dimension.Day)));
    }

    // Sorted and cut here and not by the store: by what is shown, because an order by exact counts would tell which of two equal ones is the larger.
    private static List<AnsweredRow> Sorted(ContactQuestion question, CubeResult result, LocalCostParts local, List<Dimension> by, List<AskedMeasure> measures)
    {
        var rows = Enumerable.Range(0, result.Rows).Select(row => new AnsweredRow([.. by.Select(d => result.Code(row, d))], [.. measures.Select(m => m.Of(result, row, local))]));
        return (question.Sort ?? (question.Limit is null ? "groups" : "largest")) switch
        {
            "largest" => [.. rows.OrderBy(r => r.Figures[0].Place is null).ThenByDescending(r => r.Figures[0].Place)],
            "smallest" => [.. rows.OrderBy(r => r.Figures[0].Place is null).ThenBy(r => r.Figures[0].Place)],
            _ => [.. rows],
        };
    }

    private static object? Cell(AskedMeasure measure, Figure figure) =>
        figure.Value is not { } value ? null : measure.Unit == FigureUnit.Count ? value : new Estimate(value, figure.Low, figure.High, figure.N ?? 0);

    private static Dimension Find(string name, string purpose) =>
        Dimensions.TryGetValue(name, out var value) ? value : throw new RefusedException($"Cannot {purpose} “{name}”. Known: {string.Join(", ", Dimensions.Keys)}.");
}
