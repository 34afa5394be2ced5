using Concentric.Core;
using System.Net;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Core;

/// <summary>What must hold of every route, whoever adds it.</summary>
public sealed class RouteTests(SharedApp app) : IClassFixture<SharedApp>
{
    [Fact]
    public void Every_route_says_whom_it_is_for() =>
        Assert.Empty(from route in Routes() where route.Metadata.GetMetadata<IAllowAnonymous>() is null && route.Metadata.GetMetadata<IAuthorizeData>() is null select route.DisplayName);

    [Fact]
    public void Every_audience_of_a_route_is_one_that_exists()
    {
        var known = typeof(Audience).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).ToHashSet();

        Assert.Empty(from route in Routes() from audience in route.Metadata.GetOrderedMetadata<IAuthorizeData>() where !known.Contains(audience.Policy ?? "") select $"{route.DisplayName}: {audience.Policy}");
    }

    /// <summary>Routes that read contacts as they are: none of them is a page.</summary>
    private static readonly string[] ReadContactsExactly = ["/local/contacts/query", "/local/measures"];

    /// <summary>Routes that take the store for one case of our own, which is no count, or for what was told of an audit, whose counts go through <see cref="Concentric.Measure.FailureDemand.AuditHiding"/>.</summary>
    private static readonly string[] ReadWhatIsNoCount = ["/measure/journeys/cases", "/measure/journeys/cases/{reference}", "/measure/demand/audits/{id:guid}"];

    /// <summary>Routes that take the store for its folder and its list of batches, and show how large a batch is as a <see cref="ShownCount"/>; what was sent by somebody is shown to them exactly.</summary>
    private static readonly string[] TakeFilesOfImports =
        ["/measure/imports", "/measure/imports/batches/{number}/rejects", "/measure/imports/{id:guid}/rejects", "/api/v1/contacts/imports/{id:guid}"];

    [Fact]
    public void Every_route_but_a_named_few_reads_contacts_as_its_reader_may_see_them() =>
        Assert.Empty(from route in Routes()
                     let handler = route.Metadata.GetMetadata<System.Reflection.MethodInfo>()
                     where handler is not null && handler.GetParameters().Any(p => typeof(Concentric.Measure.Contacts.IContactStore).IsAssignableFrom(p.ParameterType))
                         && !ReadContactsExactly.Concat(TakeFilesOfImports).Concat(ReadWhatIsNoCount).Contains(route.RoutePattern.RawText)
                     select $"{route.RoutePattern.RawText}: take Disclosed and the visitor instead of IContactStore");

    [Fact]
    public async Task Every_unsafe_page_route_refuses_a_request_without_a_token_even_when_it_has_no_body()
    {
        var admin = await app.SignInAs(Role.Administrator);
        var manager = await app.SignInAs(Role.ServiceManager);
        var unsafeRoutes = Routes().Where(r => r.RoutePattern.RawText is { } path && !path.StartsWith("/local", StringComparison.Ordinal) && !path.StartsWith("/api", StringComparison.Ordinal))
            .SelectMany(r => Methods(r).Where(m => m is "POST" or "PUT" or "PATCH" or "DELETE").Select(m => (Method: m, Path: Fill(r)))).ToList();

        Assert.NotEmpty(unsafeRoutes);
        foreach (var (method, path) in unsafeRoutes)
            foreach (var body in (Func<HttpContent?>[])[() => null, () => new FormUrlEncodedContent([new("person", $"{Guid.Empty}")]), () => new StringContent("{}", null, "application/json")])
                foreach (var browser in (Browser[])[admin, manager])
                {
                    using var request = new HttpRequestMessage(new(method), path) { Content = body() };
                    using var response = await browser.Http.SendAsync(request);
                    // 429: what may be tried seldom is refused before its token is looked at.
                    // 403 and 405: the role may not go there, or there is no such method; 415: the body is of the wrong kind.
                    Assert.True(response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.TooManyRequests, $"{method} {path} answered {response.StatusCode} to a request without a token");
                }
    }

    [Fact]
    public async Task A_token_of_another_session_is_refused()
    {
        var grace = await app.SignInAs(Role.ServiceManager);
        var asha = await app.SignInAs(Role.Adviser);
        await grace.Open("/enquiries/new");
        var token = grace.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var response = await asha.Http.PostAsync("/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Every_page_that_needs_somebody_turns_a_stranger_away()
    {
        var stranger = app.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") });
        var closed = Routes().Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is null && Methods(r).Contains("GET")).ToList();

        Assert.NotEmpty(closed);
        foreach (var route in closed)
        {
            using var response = await stranger.GetAsync(Fill(route));
            Assert.True(response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{route.RoutePattern.RawText} answered {response.StatusCode} to a stranger");
            if (response.StatusCode == HttpStatusCode.Redirect) Assert.StartsWith("/sign-in", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/enquiries/new")]
    [InlineData("/no-such-page")]
    [InlineData("/health/live")]
    [InlineData("/api/v1/openapi.json")]
    [InlineData("/api/v1/enquiries/nope")]
    [InlineData("/desk")]
    public async Task Every_response_has_the_security_headers(string path)
    {
        using var response = await app.Browse().Http.GetAsync(path);

        Assert.Equal(SecurityHeaders.Policy, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.DoesNotContain("unsafe", SecurityHeaders.Policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.StartsWith("max-age=31536000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        Assert.False(response.Headers.Contains("Server"));
        Assert.True(response.Headers.CacheControl?.NoStore is true || path.StartsWith("/api", StringComparison.Ordinal), $"{path} may be kept by a cache");
    }

    [Fact]
    public async Task Every_cookie_is_secure_and_hidden_from_scripts()
    {
        var http = app.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new("https://localhost") });
        using var response = await http.GetAsync("/enquiries/new");

        var cookies = response.Headers.GetValues("Set-Cookie").ToList();
        Assert.NotEmpty(cookies);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task What_is_not_there_is_a_page_that_says_so()
    {
        var person = await app.Browse().Open("/no-such-page");

        Assert.Equal(HttpStatusCode.NotFound, person.Status);
        Assert.Equal("Page not found", person.Heading);
    }

    [Fact]
    public async Task The_api_answers_mistakes_with_problem_json()
    {
        using var response = await app.Browse().Http.GetAsync("/api/v1/no-such-thing");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    private IEnumerable<RouteEndpoint> Routes() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static IReadOnlyList<string> Methods(RouteEndpoint route) => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];

    private static string Fill(RouteEndpoint route) =>
        "/" + string.Join('/', route.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => parameter.ParameterPolicies.Any(x => x.Content == "guid") ? $"{Guid.Empty}" : parameter.ParameterPolicies.Any(x => x.Content == "int") ? "1" : "x",
            _ => "",
        }))));
}
