using System.Net;
using System.Text;
using AngleSharp.Html.Parser;
using Concentric.Core;
using Concentric.Needs.Concepts;
using Concentric.Needs.LinkedData;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace Concentric.Tests.Needs.LinkedData;

/// <summary>The model as linked data, and what our addresses lead to.</summary>
public sealed class LinkedDataTests(OpenData data) : IClassFixture<OpenData>
{
    private const string Words = "https://localhost/ns#";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Describe Describe => new(data.Model, data.Outside);

    [Fact]
    public async Task Turtle_and_json_ld_hold_the_same_statements_and_no_others()
    {
        var told = Describe.All().ToHashSet();

        Assert.True(told.Count > 10_000);
        Assert.True(told.SetEquals(RdfText.Turtle(await Turtle(told))));
        Assert.True(told.SetEquals(RdfText.JsonLd(await JsonLd(Describe.All()))));
    }

    [Fact]
    public void Whatever_signs_a_text_holds_both_forms_give_it_back() => Prop.ForAll<NonNull<string>, NonNull<string>>((text, more) =>
    {
        Triple[] triples =
        [
            new("https://localhost/id/need/x", Names.Skos + "prefLabel", Term.Words(text.Get)),
            new("https://localhost/id/need/x", Names.Skos + "definition", Term.Plain(more.Get + "\\\"\n\u0001\u007f" + text.Get)),
            new(Addresses.Written($"https://localhost/id/need/{text.Get}"), Names.Skos + "related", Term.Address(Addresses.Written($"https://localhost/id/need/<{more.Get}> \\|"))),
        ];
        var told = triples.ToHashSet();
        return told.SetEquals(RdfText.Turtle(Turtle(triples).Result)) && told.SetEquals(RdfText.JsonLd(JsonLd(triples).Result));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Every_address_of_ours_that_appears_leads_to_what_is_told_of_it()
    {
        var told = Describe.All().ToList();
        var ours = told.SelectMany(t => (string[])[t.Subject.Value, t.Predicate, t.Object.IsLink ? t.Object.Value : t.Subject.Value]).Where(u => u.StartsWith("https://localhost/", StringComparison.Ordinal)).ToHashSet();
        var documents = ours.GroupBy(u => u.Split('#')[0]).ToList();

        Assert.True(documents.Count > 1000);
        Assert.DoesNotContain(told, t => t.Subject.Value.Contains("concentric.example", StringComparison.Ordinal) || t.Object.IsLink && t.Object.Value.Contains("concentric.example", StringComparison.Ordinal));
        foreach (var document in documents)
        {
            var isWords = document.Key == "https://localhost/ns";
            var answer = await Get(document.Key, "text/turtle");
            if (!isWords)
            {
                Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{document.Key}: {answer.StatusCode}");
                answer = await Get(answer.Headers.Location!.ToString(), "text/turtle");
            }
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{document.Key}: {answer.StatusCode}");
            var subjects = RdfText.Turtle(await answer.Content.ReadAsStringAsync(Stop)).Select(t => t.Subject.Value).ToHashSet();
            Assert.All(document, uri => Assert.True(subjects.Contains(uri), $"{document.Key} says nothing of {uri}"));
        }
    }

    [Fact]
    public void Nothing_is_given_out_under_the_address_of_esd_toolkit()
    {
        var published = data.Model.Concepts.Select(c => c.Uri).Concat(data.Model.Schemes.Select(s => s.Uri)).ToHashSet();

        Assert.All(Describe.All().Where(t => t.Subject.Value.Contains("esd.org.uk", StringComparison.Ordinal)), t => Assert.Contains(t.Subject.Value, published));
        Assert.Throws<RefusedException>(() => Set("http://id.esd.org.uk/northmoor"));
        Assert.Throws<RefusedException>(() => Set("northmoor"));
        Assert.Equal("https://data.northmoor.example", Set("https://data.northmoor.example/").IdBase);
        Assert.Equal("https://data.northmoor.example/id/need/pay-rent", new OutsideAddress("https://data.northmoor.example", "northmoor").Of("http://concentric.example/id/need/pay-rent"));
        Assert.Equal("http://id.esd.org.uk/service/524", data.Outside.Of("http://id.esd.org.uk/service/524"));

        static Settings Set(string idBase) => new(new ConfigurationBuilder().AddInMemoryCollection([new("CONCENTRIC_ID_BASE", idBase)]).Build());
    }

    [Fact]
    public void Risk_factors_do_not_leave_the_program()
    {
        var risk = data.Model.Relations.Where(r => r.Predicate == Predicate.RiskFactor).ToList();
        var told = Describe.All().Where(t => t.Object.IsLink).Select(t => (t.Subject.Value, t.Object.Value)).ToHashSet();

        Assert.NotEmpty(risk);
        Assert.DoesNotContain(risk, r => told.Contains((data.Outside.Of(r.Subject), data.Outside.Of(r.Object))) && !data.Model.Relations.Any(o => o.Subject == r.Subject && o.Object == r.Object && o.Predicate != Predicate.RiskFactor));
    }

    [Theory]
    [InlineData(null, "text/html")]
    [InlineData("*/*", "text/html")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html")]
    [InlineData("text/turtle", "text/turtle")]
    [InlineData("application/ld+json", "application/ld+json")]
    [InlineData("text/turtle;q=0.4, application/ld+json;q=0.9, text/html;q=0.1", "application/ld+json")]
    [InlineData("text/*;q=0.3, text/turtle;q=0.7, */*;q=0.1", "text/turtle")]
    [InlineData("text/html;q=0, */*", "application/ld+json")]
    [InlineData("text/turtle;q=0.5, application/ld+json;q=0.5", "application/ld+json")]
    public async Task The_form_wanted_most_is_answered(string? accept, string type)
    {
        var answer = await Get("/doc/need/pay-rent", accept);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Accept", Assert.Single(answer.Headers.GetValues("Vary")));
        Assert.Contains("/doc/need/pay-rent.ttl", answer.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/doc/need/pay-rent.ttl", "text/turtle")]
    [InlineData("/doc/need/pay-rent.jsonld", "application/ld+json")]
    [InlineData("/doc/list/needs.ttl", "text/turtle")]
    [InlineData("/doc/list/services.jsonld", "application/ld+json")]
    [InlineData("/doc/service/524.ttl", "text/turtle")]
    [InlineData("/ns.ttl", "text/turtle")]
    [InlineData("/ns.jsonld", "application/ld+json")]
    public async Task The_end_of_an_address_chooses_the_form_too(string path, string type)
    {
        var answer = await Get(path, "text/html");

        Assert.Equal((HttpStatusCode.OK, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await data.Http.SendAsync(again, Stop)).StatusCode);
    }

    [Theory]
    [InlineData("/id/need/no-such", HttpStatusCode.NotFound)]
    [InlineData("/id/service/524", HttpStatusCode.NotFound)]
    [InlineData("/id/list/no-such", HttpStatusCode.NotFound)]
    [InlineData("/id/relation/no-such", HttpStatusCode.NotFound)]
    [InlineData("/id/unicorn/x", HttpStatusCode.NotFound)]
    [InlineData("/doc/offer/no-such", HttpStatusCode.NotFound)]
    public async Task What_is_not_ours_or_not_there_is_not_found(string path, HttpStatusCode status) => Assert.Equal(status, (await Get(path, "text/html")).StatusCode);

    [Fact]
    public async Task A_form_that_there_is_not_is_refused_with_those_that_there_are()
    {
        var answer = await Get("/doc/need/pay-rent", "image/png");

        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
        Assert.Contains("text/turtle", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/doc/need/pay-rent", "I cannot pay my rent")]
    [InlineData("/doc/service/524", "Bin collection")]
    [InlineData("/doc/list/needs", "Needs")]
    [InlineData("/ns", "Words of the need model")]
    public async Task A_person_sees_a_page_with_what_is_told_and_where_it_leads(string path, string heading)
    {
        var page = await new HtmlParser().ParseDocumentAsync(await (await Get(path, "text/html")).Content.ReadAsStringAsync(Stop));

        Assert.Equal(heading, page.QuerySelector("h1")!.TextContent);
        Assert.NotNull(page.QuerySelector($"a[href='{path}.ttl']"));
        Assert.NotEmpty(page.QuerySelectorAll("dl dd"));
        foreach (var link in page.QuerySelectorAll("main a[href^='/doc/']").Select(a => a.GetAttribute("href")!.Split('#')[0]).Distinct().Take(5))
            Assert.Equal(HttpStatusCode.OK, (await Get(link, "text/html")).StatusCode);
    }

    [Fact]
    public void An_offer_is_told_with_its_kind_its_channels_and_its_requirements_and_is_a_public_service_where_a_public_body_gives_it()
    {
        var told = Describe.All().Where(t => t.Subject.Value.StartsWith("https://localhost/id/offer/", StringComparison.Ordinal)).ToList();
        var offers = told.Where(t => t.Predicate == Names.Type && t.Object.Value == Words + "Offer").Select(t => t.Subject).ToList();
        var services = told.Where(t => t.Predicate == Names.Type && t.Object.Value == Names.Cpsv + "PublicService").Select(t => t.Subject).ToList();

        Assert.Equal(data.Model.Offers.Count, offers.Count);
        Assert.ProperSubset(offers.ToHashSet(), services.ToHashSet());
        Assert.Equal(services.ToHashSet(), told.Where(t => t.Predicate == Names.Cv + "hasCompetentAuthority").Select(t => t.Subject).ToHashSet());
        foreach (var must in (string[])[Names.Dct + "identifier", Names.Dct + "title", Names.Dct + "description", Names.Cv + "isClassifiedBy", Words + "providedBy"])
            Assert.Equal(offers, told.Where(t => t.Predicate == must && !t.Subject.Value.Contains('#', StringComparison.Ordinal)).Select(t => t.Subject));
        foreach (var some in (string[])[Names.Cv + "hasCompetentAuthority", Names.Cv + "hasChannel", Names.Cv + "holdsRequirement", Names.Cv + "isGroupedBy", Names.Cv + "hasCost", Words + "givenAt", Words + "passesOnTo"])
            Assert.Contains(told, t => t.Predicate == some);
    }

    [Fact]
    public void Every_word_of_ours_that_is_used_is_defined()
    {
        var used = Describe.All().SelectMany(t => (string[])[t.Predicate, t.Object.Value]).Where(u => u.StartsWith(Words, StringComparison.Ordinal)).ToHashSet();

        Assert.Subset(OwnTerms.All.Select(t => Words + t.Name).ToHashSet(), used);
    }

    [Theory]
    [InlineData("turtle")]
    [InlineData("jsonld")]
    public async Task The_command_writes_the_whole_model(string format)
    {
        using var output = new MemoryStream();
        await ExportCommand.Write(output, data.Model, data.Outside, format, Stop);
        var text = Encoding.UTF8.GetString(output.ToArray());

        Assert.True(Describe.All().ToHashSet().SetEquals(format == "turtle" ? RdfText.Turtle(text) : RdfText.JsonLd(text)));
    }

    [Fact]
    public async Task As_csv_each_statement_is_a_row()
    {
        using var output = new MemoryStream();
        await ExportCommand.Write(output, data.Model, data.Outside, "csv", Stop);
        using var csv = new CsvHelper.CsvReader(new StreamReader(new MemoryStream(output.ToArray())), System.Globalization.CultureInfo.InvariantCulture);
        var rows = csv.GetRecords<dynamic>().Count();

        Assert.Equal(data.Model.Relations.Count(r => r.Predicate != Predicate.RiskFactor), rows);
    }

    private async Task<HttpResponseMessage> Get(string address, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await data.Http.SendAsync(request, Stop);
    }

    private static async Task<string> Turtle(IEnumerable<Triple> triples)
    {
        await using var writer = new StringWriter();
        await TurtleWriter.Write(writer, triples, Words);
        return writer.ToString();
    }

    private static async Task<string> JsonLd(IEnumerable<Triple> triples)
    {
        using var output = new MemoryStream();
        await JsonLdWriter.Write(output, triples, Words);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
