using System.Globalization;
using Concentric.Core;
using Concentric.Core.Data;

namespace Concentric.Serve.Forms.Tables;

/// <summary>One address of the council's list.</summary>
public sealed record KnownAddress(string Line1, string Line2, string Town, string Postcode, string Uprn)
{
    /// <summary>On one line, as it stands in a list to choose from.</summary>
    public string InOneLine => string.Join(", ", ((string[])[Line1, Line2, Town, Postcode]).Where(part => part.Length > 0));
}

/// <summary>Addresses by postcode, from the reference table of that name: columns <c>postcode</c> (its key), <c>line1</c>, <c>line2</c>, <c>town</c>, <c>uprn</c>.</summary>
internal static class Addresses
{
    public const string Table = "addresses";

    /// <summary>What the table must have, beside whatever else it has.</summary>
    public static readonly IReadOnlyList<string> Columns = ["postcode", "line1", "line2", "town", "uprn"];

    // "2 Elm Road" before "10 Elm Road".
    private static readonly StringComparer ByNumber = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering | CompareOptions.IgnoreCase);

    /// <summary>The addresses of a postcode, sorted as people look for them. None where the postcode is none, or no list was loaded: then they are typed.</summary>
    public static async Task<IReadOnlyList<KnownAddress>> ByPostcode(ConcentricDb db, string? postcode, CancellationToken stop = default)
    {
        if (!Postcode.TryParse(postcode, out var known)) return [];
        var rows = await ReferenceTables.FindAll(db, Table, new Dictionary<string, string> { ["postcode"] = $"{known}" }, stop);
        return [.. rows.Select(r => new KnownAddress(Of(r, "line1"), Of(r, "line2"), Of(r, "town"), $"{known}", Of(r, "uprn"))).OrderBy(a => a.Line1, ByNumber).ThenBy(a => a.Line2, ByNumber)];
    }

    private static string Of(IReadOnlyDictionary<string, string> row, string column) => row.GetValueOrDefault(column, "");
}
