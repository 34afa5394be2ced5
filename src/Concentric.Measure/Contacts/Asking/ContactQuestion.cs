using System.Globalization;
using System.Text.Json;
using Concentric.Core;
using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>A question about contacts in words, the same for the API and the command line. Names are those of docs/reference/contacts-query.md.</summary>
public sealed record ContactQuestion
{
    /// <summary>Short name of the council; null for this installation's own.</summary>
    public string? Council { get; init; }

    /// <summary>What to group by, as <c>service</c>, <c>channel</c>, <c>week</c>; at most 6.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>What to count, as <c>contacts</c> or <c>failure-share</c>.</summary>
    public IReadOnlyList<string> Measures { get; init; } = ["contacts"];

    /// <summary>What to keep: values by dimension, as <c>{"channel": ["web", "phone"]}</c>. Without <c>kind</c> and <c>initiator</c>: contacts that citizens made.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Where { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>First day included.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day included.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Most rows, the largest first by the first measure; null for all, in the order of what they are grouped by.</summary>
    public int? Limit { get; init; }
}

/// <summary>The answer to a <see cref="ContactQuestion"/>.</summary>
/// <param name="Council">Name of the council.</param>
/// <param name="Synthetic">The council is invented, and so are its figures.</param>
/// <param name="Definition">What was counted, in words.</param>
/// <param name="From">First day of the period, null where nothing was found and none was asked for.</param>
/// <param name="N">Contacts behind the whole answer.</param>
/// <param name="Columns">Names of the columns: what it is grouped by, then the measures.</param>
/// <param name="Rows">A value for each column: text, a number, a share with its interval, or null.</param>
public sealed record ContactAnswer(
    string Council, bool Synthetic, string Definition, DateOnly? From, DateOnly? To, long N, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>A share with its 95 per cent interval (Wilson), each from 0 to 1, and the contacts it is of.</summary>
public sealed record ShareOf(double Share, double Low, double High, long N);

/// <summary>Turns words into a cube query and its result into an answer.</summary>
internal static class AskContacts
{
    public static readonly IReadOnlyDictionary<string, Dimension> Dimensions = Enum.GetValues<Dimension>().ToDictionary(Kebab);

    public static readonly IReadOnlyDictionary<string, Measure> Measures = Enum.GetValues<Measure>().ToDictionary(Kebab);

    /// <summary>Shares are of two counts each: the part and what it is a part of.</summary>
    public static readonly IReadOnlyDictionary<string, (Measure Part, Measure Whole)> Shares = new Dictionary<string, (Measure, Measure)>
    {
        ["failure-share"] = (Measure.FailureContacts, Measure.CodedContacts),
        ["resolved-share"] = (Measure.ResolvedContacts, Measure.ResolutionKnownContacts),
        ["repeat-7-days-share"] = (Measure.Repeats7Days, Measure.ContactsOfKnownPersons),
        ["repeat-28-days-share"] = (Measure.Repeats28Days, Measure.ContactsOfKnownPersons),
    };

    /// <exception cref="RefusedException">A name is not known; the message lists those that are.</exception>
    public static async Task<ContactAnswer> Ask(ContactQuestion question, IContactStore store, Settings settings, CancellationToken stop = default)
    {
        var names = store.Dimensions;
        var slug = question.Council ?? settings.Council;
        var council = names.Council(slug) ?? throw new RefusedException(
            names.Councils.Count == 0 ? "No contacts have been counted yet." : $"There is no council “{slug}”. Known: {string.Join(", ", names.Councils.Select(c => c.Name))}.");
        var by = question.By.Select(d => Find(Dimensions, d, "group by")).ToList();
        foreach (var measure in question.Measures)
            if (!Measures.ContainsKey(measure) && !Shares.ContainsKey(measure))
                throw new RefusedException($"“{measure}” is no measure. Known: {string.Join(", ", Measures.Keys.Concat(Shares.Keys))}.");
        if (question.Measures.Count == 0) throw new RefusedException("Name at least one measure, as contacts.");
        if (question.From > question.To) throw new RefusedException("The first day is after the last.");
        if (question.Limit is <= 0) throw new RefusedException("The limit must be 1 or more.");

        var query = Query(question, council.Code, by, names);
        CubeResult result;
        try { result = await store.Query(query, stop); }
        catch (ArgumentException e) { throw new RefusedException(e.Message); }
        var days = await store.Query(query with { By = [Dimension.Day], Measures = [Measure.Contacts], Order = null, Limit = null }, stop);
        DateOnly? first = days.Rows == 0 ? null : ContactCalendar.DateOfDay(days.Code(0, Dimension.Day)), last = days.Rows == 0 ? null : ContactCalendar.DateOfDay(days.Code(days.Rows - 1, Dimension.Day));
        return new(council.Label, council.IsSynthetic, Define(question), question.From ?? first, question.To ?? last, days.Total(Measure.Contacts),
            [.. question.By, .. question.Measures],
            [.. Enumerable.Range(0, result.Rows).Select(row => (IReadOnlyList<object?>)[.. by.Select(d => names.Label(d, result.Code(row, d))), .. question.Measures.Select(m => Value(result, row, m))])]);
    }

    private static CubeQuery Query(ContactQuestion question, int council, List<Dimension> by, ContactDimensions names)
    {
        var counted = question.Measures.SelectMany(m => Shares.TryGetValue(m, out var share) ? [share.Part, share.Whole] : (Measure[])[Measures[m]]).Distinct().ToList();
        var where = new List<Filter>();
        foreach (var (name, values) in question.Where)
        {
            var dimension = Find(Dimensions, name, "filter by");
            where.Add(new(dimension, [.. values.Select(v => ContactValues.Code(dimension, v, council, names)).Distinct()]));
        }
        if (where.All(w => w.Dimension != Dimension.Kind)) where.Add(new(Dimension.Kind, (int)ContactKind.Contact));
        if (where.All(w => w.Dimension != Dimension.Initiator)) where.Add(new(Dimension.Initiator, (int)ContactInitiator.Citizen));
        var days = question.From is null && question.To is null ? null : new DayRange(question.From ?? new(1970, 1, 1), question.To ?? new(2149, 1, 1));
        return new(council, by, counted, where, days, question.Limit is null ? null : Order.ByLargest(counted[0]), question.Limit);
    }

    private static object? Value(CubeResult result, int row, string measure)
    {
        if (!Shares.TryGetValue(measure, out var of)) return result.Value(row, Measures[measure]);
        return Core.Share.Of(result.Count(row, of.Part), result.Count(row, of.Whole)) is { } share ? new ShareOf(share.Value, share.Low, share.High, share.Whole) : null;
    }

    private static string Define(ContactQuestion question)
    {
        var kind = question.Where.TryGetValue("kind", out var kinds) ? string.Join(" and ", kinds) : "contacts";
        var initiator = question.Where.TryGetValue("initiator", out var initiators) ? string.Join(" and ", initiators) : "citizens";
        return $"Counts of {kind}, begun by {initiator}, on the day they began by the council’s clock. Definition 1.";
    }

    private static T Find<T>(IReadOnlyDictionary<string, T> known, string name, string purpose) =>
        known.TryGetValue(name, out var value) ? value : throw new RefusedException($"Cannot {purpose} “{name}”. Known: {string.Join(", ", known.Keys)}.");

    internal static string Kebab<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

/// <summary>Reads a value of a dimension as people write it.</summary>
internal static class ContactValues
{
    /// <exception cref="RefusedException">There is no such value.</exception>
    public static int Code(Dimension dimension, string text, int council, ContactDimensions names)
    {
        int? code = dimension switch
        {
            Dimension.Channel => Channels.Find(text)?.Code,
            Dimension.FailureCause => text == "none" ? 0 : FailureCauses.Find(text)?.Code,
            Dimension.Demand => Named<Demand>(text),
            Dimension.Kind => Named<ContactKind>(text),
            Dimension.Initiator => Named<ContactInitiator>(text),
            Dimension.Resolved => Named<ContactResolved>(text),
            Dimension.Council => names.Council(text)?.Code,
            Dimension.Service => names.Service(text)?.Code,
            Dimension.Area => names.Areas.FirstOrDefault(a => a.Council == council && a.Key == text)?.Code,
            Dimension.Ward => names.Wards.FirstOrDefault(w => w.Council == council && w.Label == text)?.Code,
            Dimension.Profile => names.Profiles.FirstOrDefault(p => p.Key == text)?.Code,
            Dimension.Source => names.Sources.FirstOrDefault(s => s.Key == text)?.Code,
            Dimension.Day or Dimension.Week or Dimension.Month => Calendar(dimension, text),
            _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        };
        return code ?? throw new RefusedException($"There is no {AskContacts.Kebab(dimension)} “{text}” in the contact store.{Hint(dimension)}");
    }

    private static string Hint(Dimension dimension) => dimension switch
    {
        Dimension.Channel => $" Known: {string.Join(", ", Channels.All.Select(c => c.Name))}.",
        Dimension.FailureCause => $" Known: none, {string.Join(", ", FailureCauses.All.Select(c => c.Name))}.",
        Dimension.Demand => $" Known: {Known<Demand>()}.",
        Dimension.Kind => $" Known: {Known<ContactKind>()}.",
        Dimension.Initiator => $" Known: {Known<ContactInitiator>()}.",
        Dimension.Resolved => $" Known: {Known<ContactResolved>()}.",
        Dimension.Day or Dimension.Week or Dimension.Month => " Write the day it begins, as 2026-03-02.",
        _ => "",
    };

    private static string Known<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(AskContacts.Kebab));

    private static int? Named<T>(string text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (AskContacts.Kebab(value) == text) return Convert.ToInt32(value, CultureInfo.InvariantCulture);
        return null;
    }

    private static int? Calendar(Dimension dimension, string text)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date.Year is < 1970 or > 2148) return null;
        return dimension switch
        {
            Dimension.Day => ContactCalendar.Day(date),
            Dimension.Week => ContactCalendar.Week(ContactCalendar.Day(date)),
            _ => ContactCalendar.Month(date),
        };
    }
}
