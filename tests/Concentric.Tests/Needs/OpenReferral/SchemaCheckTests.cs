using System.Text.Json;
using System.Text.Json.Nodes;

namespace Concentric.Tests.Needs.OpenReferral;

/// <summary>The check of schemas finds what is wrong, each kind of mistake once.</summary>
public sealed class SchemaCheckTests
{
    private const string Good = """
        {"id":"0b8e1b8e-7f2a-5f60-8a49-6f1e4ad5f001","organization_id":"0b8e1b8e-7f2a-5f60-8a49-6f1e4ad5f002","name":"Bins","description":"Emptied.","url":"https://example.org/services/524",
         "email":"bins@example.org","status":"active","minimum_age":18,"assured_date":"2026-03-01","last_modified":"2026-03-01T10:00:00.000Z","schedules":[{"id":"0b8e1b8e-7f2a-5f60-8a49-6f1e4ad5f003","description":"Mondays"}]}
        """;

    [Fact]
    public void What_is_right_passes() => Assert.Empty(SchemaCheck.Errors("service", JsonElement.Parse(Good)));

    [Theory]
    [InlineData("name", null)]
    [InlineData("id", "\"17\"")]
    [InlineData("name", "17")]
    [InlineData("url", "\"not an address\"")]
    [InlineData("email", "\"bins at example.org\"")]
    [InlineData("status", "\"open\"")]
    [InlineData("minimum_age", "\"18\"")]
    [InlineData("assured_date", "\"1 March 2026\"")]
    [InlineData("last_modified", "\"2026-03-01\"")]
    [InlineData("schedules", "{}")]
    [InlineData("schedules", "[{\"description\":\"without an identifier\"}]")]
    [InlineData("invented", "1")]
    public void What_is_wrong_is_found(string field, string? value)
    {
        var broken = JsonNode.Parse(Good)!.AsObject();
        broken.Remove(field);
        if (value is not null) broken[field] = JsonNode.Parse(value);

        Assert.Single(SchemaCheck.Errors("service", JsonElement.Parse(broken.ToJsonString())));
    }

    [Fact]
    public void Every_schema_says_where_its_facts_are_from() => Assert.All(SchemaCheck.All, s => Assert.Matches("uk-profile|HSDS|RFC", s.Schema.GetProperty("$comment").GetString()));
}
