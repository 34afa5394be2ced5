using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Measure.Costs;
using Concentric.Measure.Disclosure;

namespace Concentric.Measure.Contacts.Asking;

/// <summary>Of contacts that state no cost, those whose service entered a local cost for their channel.</summary>
/// <param name="Contacts">As the reader may see them: exact, or the rounded counts of each service and channel added up.</param>
/// <param name="Pence">Σ contacts × mean local cost.</param>
public readonly record struct LocalCostPart(long Contacts, decimal Pence);

/// <summary>What the contacts of each group of an answer cost by the local costs of their services. Published figures are never in here.</summary>
/// <remarks>
/// One more cube query, by service and channel beside what is asked for, through the same disclosure: a count that a reader sees rounded is multiplied as rounded, and a hidden one as 4.
/// Many hidden counts of 4 may add up to more than the group has; the group's own count as shown is then the limit, and the pence come down with it.
/// </remarks>
public sealed class LocalCostParts
{
    private readonly Dictionary<string, LocalCostPart> _parts = new(StringComparer.Ordinal);

    /// <summary>No service entered a cost, or none is asked for.</summary>
    public static LocalCostParts None { get; } = new();

    /// <summary>The local costs that a question needs: none unless it asks for a cost.</summary>
    internal static Task<LocalCosts> Costs(ContactQuestion question, ConcentricDb db, Settings settings, CancellationToken stop) =>
        question.Measures.Any(m => AskedMeasure.Find(m) is { TakesLocalCosts: true }) ? LocalCosts.Load(db, question.Council ?? settings.Council, stop) : Task.FromResult(LocalCosts.None);

    /// <exception cref="RefusedException">By service and channel there are more groups than a question may have.</exception>
    /// <exception cref="ArgumentException">The question makes no sense.</exception>
    internal static async Task<LocalCostParts> Load(CubeQuery asked, LocalCosts costs, VisibleContacts contacts, CancellationToken stop)
    {
        // They are costs of contacts: a service request, which may be open for months, has none.
        var isContacts = asked.Where.Any(w => w.Dimension == Dimension.Kind && w.Codes.All(c => c == (int)ContactKind.Contact));
        var pence = (from entry in costs.Entries
                     where contacts.Dimensions.Service(entry.Service) is not null && Channels.Find(entry.Channel) is not null
                     select (Service: contacts.Dimensions.Service(entry.Service)!.Code, Channel: (int)Channels.Find(entry.Channel)!.Code, Pence: costs.PencePerContact(entry.Service, entry.Channel)!.Value))
            .ToDictionary(c => (c.Service, c.Channel), c => c.Pence);
        if (!isContacts || pence.Count == 0) return None;

        var query = asked with { By = [.. asked.By.Union([Dimension.Service, Dimension.Channel])], Measures = [Measure.NoCostStated], Order = Order.None, Limit = AskContacts.MostGroups + 1 };
        query = query.With(Dimension.Service, [.. pence.Keys.Select(k => k.Service).Distinct()]).With(Dimension.Channel, [.. pence.Keys.Select(k => k.Channel).Distinct()]);
        var result = await contacts.Query(query, stop);
        if (result.Rows > AskContacts.MostGroups)
            throw new RefusedException($"Local costs are by service and channel, and with these the answer would be made of more than {Say.Number(AskContacts.MostGroups)} groups. Group by less, keep less, or leave out cost.");
        var parts = new LocalCostParts();
        for (var row = 0; row < result.Rows; row++)
        {
            if (!pence.TryGetValue((result.Code(row, Dimension.Service), result.Code(row, Dimension.Channel)), out var each)) continue;
            var n = result.Shown(row, Measure.NoCostStated).Estimate;
            var key = Key(asked.By.Select(d => result.Code(row, d)));
            var before = parts._parts.GetValueOrDefault(key);
            parts._parts[key] = new(before.Contacts + n, before.Pence + n * each);
        }
        return parts;
    }

    /// <summary>The part of a row of an answer that counts <see cref="Measure.NoCostStated"/>; never more contacts than the row is shown to have.</summary>
    public LocalCostPart Of(CubeResult answer, int row)
    {
        var part = _parts.GetValueOrDefault(Key(answer.Query.By.Select(d => answer.Code(row, d))));
        var most = answer.Shown(row, Measure.NoCostStated).Estimate;
        return part.Contacts <= most ? part : new(most, part.Pence * most / part.Contacts);
    }

    /// <summary>Stated and local costs of a row together; hidden where either part is.</summary>
    internal Figure Cost(CubeResult answer, int row)
    {
        var (stated, part) = (answer.Shown(row, Measure.CostCount), Of(answer, row));
        if (stated.Value is not { } n || answer.IsHidden(row, Measure.CostPence) || part.Contacts > 0 && answer.IsHidden(row, Measure.NoCostStated)) return Figure.Hidden;
        return n + part.Contacts == 0 ? new(null, N: 0) : new((answer.Value(row, Measure.CostPence) ?? 0) + (double)decimal.Round(part.Pence), N: n + part.Contacts);
    }

    /// <summary>Contacts of a row that neither state a cost nor have a local one, under the reader's rule.</summary>
    internal ShownCount Without(CubeResult answer, int row)
    {
        var shown = answer.Shown(row, Measure.NoCostStated);
        if (shown.Value is not { } n) return shown;
        var rest = n - Of(answer, row).Contacts;
        return answer.IsExact ? ShownCount.Exact(rest) : ShownCount.Rounded(rest);
    }

    /// <summary>What the costs of an answer are made of, in words.</summary>
    /// <param name="result">The rows of the whole answer.</param>
    internal string Words(CubeResult result)
    {
        var rows = Enumerable.Range(0, result.Rows).ToList();
        long Sum(Func<int, long> of) => rows.Sum(of);
        var rounded = result.IsExact ? "" : $" These are sums of counts as shown, a hidden one taken as {ShownCount.Middle}; where a service’s contacts by channel may not be shown, they count as without.";
        return $"Here: {Say.Number(Sum(r => result.Shown(r, Measure.CostCount).Estimate))} contacts state a cost, {Say.Number(Sum(r => Of(result, r).Contacts))} take a local cost, "
            + $"{Say.Number(Sum(r => Without(result, r).Estimate))} have no local cost.{rounded}";
    }

    private static string Key(IEnumerable<int> codes) => string.Join(' ', codes);
}
