using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Concentric.Needs.Directory;
using Concentric.Needs.Directory.OpenReferral;

namespace Concentric.Tests.Needs.OpenReferral;

/// <summary>The directory as Open Referral UK 3.0, each answer held against the schemas beside this file.</summary>
public sealed class FeedTests(OpenData data) : IClassFixture<OpenData>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_base_says_which_profile_it_follows() => await Valid("metadata", "");

    [Theory]
    [InlineData("services", "service_in_list", "service")]
    [InlineData("service_at_locations", "service_at_location_in_list", "service_at_location")]
    [InlineData("taxonomies", "taxonomy", "taxonomy")]
    [InlineData("taxonomy_terms", "taxonomy_term", "taxonomy_term")]
    public async Task Every_page_of_every_list_and_every_thing_in_it_is_valid(string list, string inList, string alone)
    {
        var ids = new List<string>();
        for (var page = 1; ; page++)
        {
            var json = await Valid($"page_of_{inList}", $"/{list}?per_page=100&page={page}");
            var contents = json.GetProperty("contents").EnumerateArray().ToList();
            ids.AddRange(contents.Select(c => c.GetProperty("id").GetString()!));
            Assert.Equal((contents.Count, page, page == 1), (json.GetProperty("size").GetInt32(), json.GetProperty("page_number").GetInt32(), json.GetProperty("first_page").GetBoolean()));
            if (!json.GetProperty("last_page").GetBoolean()) continue;
            Assert.Equal((ids.Count, page), (json.GetProperty("total_items").GetInt32(), json.GetProperty("total_pages").GetInt32()));
            break;
        }
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var id in ids) Assert.Equal(id, (await Valid(alone, $"/{list}/{id}")).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("/services?search=bins", "service_in_list")]
    [InlineData("/services?search=fod+bnak", "service_in_list")]
    [InlineData("/services?full=true&per_page=500", "service")]
    [InlineData("/services?minimal=true&per_page=500", "minimal")]
    [InlineData("/services?minimum_age=18", "service_in_list")]
    [InlineData("/services?maximum_age=25", "service_in_list")]
    [InlineData("/services?modified_after=2020-01-01T00:00:00Z", "service_in_list")]
    [InlineData("/services?latitude=53.4012&longitude=-2.3045&proximity=1000", "service_in_list")]
    [InlineData("/services?postcode=ZZ1+1AA&proximity=500", "service_in_list")]
    [InlineData("/service_at_locations?full=true&per_page=100", "service_at_location")]
    [InlineData("/service_at_locations?postcode=zz11aa&proximity=500", "service_at_location_in_list")]
    [InlineData("/taxonomy_terms?search=library", "taxonomy_term")]
    public async Task What_is_asked_for_is_found_and_valid(string asked, string schema) =>
        Assert.True((await Valid($"page_of_{schema}", asked)).GetProperty("total_items").GetInt32() > 0);

    [Theory]
    [InlineData("/services?search=qqqqxxxx", "service_in_list")]
    [InlineData("/services?page=9999", "service_in_list")]
    [InlineData("/services?modified_after=2199-01-01", "service_in_list")]
    [InlineData("/services?latitude=0&longitude=0&proximity=10", "service_in_list")]
    [InlineData("/services?organization_id=00000000-0000-0000-0000-000000000000", "service_in_list")]
    public async Task An_empty_page_is_a_page_too(string asked, string schema)
    {
        var json = await Valid($"page_of_{schema}", asked);

        Assert.True(json.GetProperty("empty").GetBoolean());
        Assert.Equal(0, json.GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task Filters_by_term_list_and_organisation_give_what_has_them_and_nothing_else()
    {
        var all = (await Valid("page_of_service", "/services?full=true&per_page=500")).GetProperty("contents").EnumerateArray().ToList();
        var some = all[all.Count / 2];
        var term = some.GetProperty("attributes")[0].GetProperty("taxonomy_term_id").GetString()!;
        var taxonomy = some.GetProperty("attributes")[0].GetProperty("taxonomy_term").GetProperty("taxonomy_id").GetString()!;
        var organisation = some.GetProperty("organization_id").GetString()!;

        await Same($"taxonomy_term_id={term}", s => s.GetProperty("attributes").EnumerateArray().Any(a => a.GetProperty("taxonomy_term_id").GetString() == term));
        await Same($"taxonomy_id={taxonomy}", s => s.GetProperty("attributes").EnumerateArray().Any(a => a.GetProperty("taxonomy_term").GetProperty("taxonomy_id").GetString() == taxonomy));
        await Same($"organization_id={organisation}", s => s.GetProperty("organization_id").GetString() == organisation);
        await Same("minimum_age=16", s => s.TryGetProperty("minimum_age", out var age) && age.GetInt32() >= 16);
        await Same("maximum_age=18", s => s.TryGetProperty("maximum_age", out var age) && age.GetInt32() <= 18);

        async Task Same(string filter, Func<JsonElement, bool> has)
        {
            var expected = all.Where(has).Select(s => s.GetProperty("id").GetString()).ToList();
            var found = (await Valid("page_of_service_in_list", $"/services?per_page=500&{filter}")).GetProperty("contents").EnumerateArray().Select(s => s.GetProperty("id").GetString());
            Assert.NotEmpty(expected);
            Assert.Equal(expected, found);
        }
    }

    [Theory]
    [InlineData("/services?colour=red", "colour")]
    [InlineData("/services?page=0", "page")]
    [InlineData("/services?page=two", "page")]
    [InlineData("/services?page=1&page=2", "page")]
    [InlineData("/services?per_page=501", "500")]
    [InlineData("/services?taxonomy_term_id=524", "UUID")]
    [InlineData("/services?modified_after=yesterday", "2026-03-01T00:00:00Z")]
    [InlineData("/services?minimum_age=-1", "minimum_age")]
    [InlineData("/services?minimal=perhaps", "true or false")]
    [InlineData("/services?minimal=true&full=true", "one of them")]
    [InlineData("/services?day=monday", "schedules")]
    [InlineData("/services?latitude=53", "longitude")]
    [InlineData("/services?latitude=53&longitude=-2", "proximity")]
    [InlineData("/services?proximity=10", "postcode")]
    [InlineData("/services?postcode=X&proximity=10", "SW1A 1AA")]
    [InlineData("/services?postcode=SW1A+1AA&proximity=10", "latitude")]
    [InlineData("/services/524", "UUID")]
    [InlineData("/taxonomies?search=x", "page, per_page")]
    public async Task What_cannot_be_answered_says_what_to_do(string asked, string says)
    {
        var answer = await data.Http.GetAsync(new Uri(Feed.Path + asked, UriKind.Relative), Stop);
        var json = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Stop));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Empty(SchemaCheck.Errors("problem", json));
        Assert.Contains(says, json.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services")]
    [InlineData("service_at_locations")]
    [InlineData("taxonomies")]
    [InlineData("taxonomy_terms")]
    public async Task What_is_not_there_is_not_found(string list) =>
        Assert.Equal(HttpStatusCode.NotFound, (await data.Http.GetAsync(new Uri($"{Feed.Path}/{list}/00000000-0000-0000-0000-000000000000", UriKind.Relative), Stop)).StatusCode);

    [Fact]
    public async Task Who_has_the_edition_already_is_told_so_and_every_site_may_ask()
    {
        var address = new Uri(Feed.Path + "/services", UriKind.Relative);
        var first = await data.Http.GetAsync(address, Stop);
        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.NotNull(first.Content.Headers.LastModified);

        Assert.Equal(HttpStatusCode.NotModified, await Again(r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!)));
        Assert.Equal(HttpStatusCode.NotModified, await Again(r => r.Headers.IfModifiedSince = first.Content.Headers.LastModified));
        Assert.Equal(HttpStatusCode.OK, await Again(r => r.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"another\""))));
        Assert.Equal(HttpStatusCode.OK, await Again(r => r.Headers.IfModifiedSince = first.Content.Headers.LastModified!.Value.AddDays(-1)));

        async Task<HttpStatusCode> Again(Action<HttpRequestMessage> with)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            with(request);
            return (await data.Http.SendAsync(request, Stop)).StatusCode;
        }
    }

    [Fact]
    public void Identifiers_stay_and_tell_councils_apart_but_not_what_others_publish()
    {
        // The example of RFC 9562, appendix A.4, is of another name; this one was worked out with another program (Python's uuid5).
        Assert.Equal(new("dad30eea-b578-5a80-b814-fa9378bc1905"), data.Outside.Uuid("http://id.esd.org.uk/service/524"));
        var ours = data.Outside.Uuid("http://concentric.example/id/offer/food-bank");
        Assert.Equal(ours, (data.Outside with { Base = "https://elsewhere.example" }).Uuid("http://concentric.example/id/offer/food-bank"));
        Assert.NotEqual(ours, (data.Outside with { Council = "southmoor" }).Uuid("http://concentric.example/id/offer/food-bank"));
    }

    [Fact]
    public void A_way_is_as_long_as_the_earth_is_round() => Assert.Equal(343_556, FeedSearch.Metres(51.5074, -0.1278, 48.8566, 2.3522), 100d);

    [Fact]
    public async Task The_command_writes_the_same_as_files()
    {
        var folder = Directory.CreateTempSubdirectory("feed").FullName;
        try
        {
            await DirectoryCommand.Write(folder, "oruk", data.Model, data.Outside, Stop);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "services")).Concat([Path.Combine(folder, "services.json")]))
            {
                var json = JsonElement.Parse(await File.ReadAllTextAsync(file, Stop));
                Assert.Empty(SchemaCheck.Errors(file.EndsWith("services.json", StringComparison.Ordinal) ? "page_of_service_in_list" : "service", json));
            }
            var one = Directory.EnumerateFiles(Path.Combine(folder, "services")).First();
            var served = await Valid("service", $"/services/{Path.GetFileNameWithoutExtension(one)}");
            Assert.True(JsonElement.DeepEquals(served, JsonElement.Parse(await File.ReadAllTextAsync(one, Stop))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<JsonElement> Valid(string schema, string address)
    {
        var answer = await data.Http.GetAsync(new Uri(Feed.Path + address, UriKind.Relative), Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode} {text}");
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        var json = JsonElement.Parse(text);
        Assert.Empty(SchemaCheck.Errors(schema, json));
        return json;
    }
}
