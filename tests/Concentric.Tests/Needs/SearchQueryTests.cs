using System.Globalization;
using Concentric.Needs.Searching;
using CsvHelper;

namespace Concentric.Tests.Needs;

/// <summary>What citizens type and the service that they mean, as data: search-queries.csv beside this file.</summary>
public sealed class SearchQueryTests(SeededNeeds needs) : IClassFixture<SeededNeeds>
{
    /// <summary>Query, services that are right (identifiers parted by blanks).</summary>
    public static TheoryData<string, string> Queries
    {
        get
        {
            using var csv = new CsvReader(new StreamReader(Path.Combine(Repository.Root, "tests/Concentric.Tests/Needs/search-queries.csv")), CultureInfo.InvariantCulture);
            var queries = new TheoryData<string, string>();
            csv.Read();
            csv.ReadHeader();
            while (csv.Read()) queries.Add(csv.GetField("Query")!, csv.GetField("Service")!);
            return queries;
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task The_service_is_in_the_first_three_results(string query, string services)
    {
        await using var db = needs.Database.Open();
        var found = (await Search.Of(db, needs.Model, query)).Services.Take(3).Select(s => s.Id).ToList();

        Assert.True(found.Intersect(services.Split([' ', ';'])).Any(), $"“{query}” is to find {services} and finds {string.Join(", ", found)}");
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.True(Queries.Count >= 60);
}
