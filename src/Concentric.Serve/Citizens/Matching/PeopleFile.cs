using System.Globalization;
using Concentric.Core;
using Concentric.Serve.Conversations;
using CsvHelper;
using CsvHelper.Configuration;

namespace Concentric.Serve.Citizens.Matching;

/// <summary>A CSV file of people, with its own ids, and who is truly whom where the file says so.</summary>
internal sealed record PeopleFile(IReadOnlyList<string> Ids, IReadOnlyList<Individual> People, IReadOnlyList<string>? Truth)
{
    private const int MostRows = 200_000;

    private static readonly (string Meaning, string[] Names)[] Columns =
    [
        ("id", ["unique_id", "id", "record_id"]), ("first", ["first_name", "forename", "given_name", "firstname"]), ("last", ["surname", "last_name", "family_name", "lastname"]), ("name", ["name", "full_name"]),
        ("born", ["dob", "date_of_birth", "birth_date", "born"]), ("email", ["email", "e-mail", "email_address"]), ("phone", ["phone", "telephone", "mobile"]), ("postcode", ["postcode", "post_code"]),
        ("address", ["address", "address_1", "street"]), ("city", ["city", "town"]), ("truth", ["cluster", "cluster_id", "true_cluster"]),
    ];

    /// <exception cref="RefusedException">What is wrong with it.</exception>
    public static PeopleFile Read(string text)
    {
        using var reader = new StringReader(text);
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { IgnoreBlankLines = true, BadDataFound = null, TrimOptions = TrimOptions.Trim });
        if (!csv.Read()) throw new RefusedException("The file is empty.");
        var heading = csv.Record!.Select(h => h.Trim('\ufeff', ' ').ToLowerInvariant().Replace(' ', '_')).ToList();
        var places = Columns.ToDictionary(c => c.Meaning, c => heading.FindIndex(c.Names.Contains), StringComparer.Ordinal);
        if (places["first"] < 0 && places["last"] < 0 && places["name"] < 0) throw new RefusedException("The file has no column of names. Name them first_name and surname, or name.");
        var (ids, people, truth) = (new List<string>(), new List<Individual>(), new List<string>());
        while (csv.Read())
        {
            if (people.Count == MostRows) throw new RefusedException($"The file has more than {MostRows:N0} rows. Take it apart.");
            var row = csv.Record!;
            string Of(string meaning) => places[meaning] is >= 0 and var at && at < row.Length ? row[at] : "";
            var (first, last) = places["name"] >= 0 ? Individual.Parts(Of("name")) : (Individual.Plain(Of("first")), Individual.Plain(Of("last")));
            ids.Add(Of("id") is { Length: > 0 } id ? id : $"{people.Count + 1}");
            people.Add(new(first, last, Day(Of("born")), Individual.Plain(Of("email")), SubmissionPhone.Digits(Of("phone")) ?? "", Postcode.TryParse(Of("postcode"), out var code) ? Individual.Plain($"{code}") : "", Individual.Plain(Of("address")), Individual.Plain(Of("city"))));
            truth.Add(Of("truth"));
        }
        return new(ids, people, places["truth"] >= 0 ? truth : null);
    }

    private static string Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
}
