using System.Net;
using Concentric.Core.Data;
using Concentric.Core.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Core;

/// <summary>A key does what it was made for and nothing else.</summary>
public sealed class ApiScopeTests : IDisposable
{
    private readonly TestApp _app = new();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData(ApiScopes.Read, HttpStatusCode.BadRequest)]
    [InlineData(ApiScopes.WriteContacts, HttpStatusCode.Forbidden)]
    [InlineData(ApiScopes.Read | ApiScopes.WriteContacts, HttpStatusCode.BadRequest)]
    public async Task A_key_that_may_not_read_is_forbidden_to(ApiScopes scopes, HttpStatusCode status)
    {
        using var http = await Client(scopes);

        using var answer = await http.PostAsync("/api/v1/contacts/query", new StringContent("{\"by\":[\"nonsense\"]}", null, "application/json"));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_key_made_before_there_were_scopes_reads()
    {
        await using var db = TestDatabase.Open(_app.Connection);
        var time = db.Database.IsSqlite() ? "'2026-01-01 00:00:00'" : "TIMESTAMPTZ '2026-01-01 00:00:00Z'";
        var bytes = db.Database.IsSqlite() ? "x'00'" : "'\\x00'::bytea";
        var insert = $"INSERT INTO core_api_key (\"Id\", \"Name\", \"Digest\", \"MadeAt\") VALUES ('01900000-0000-7000-8000-00000000AAAA', 'old', {bytes}, {time})";
        await db.Database.ExecuteSqlRawAsync(insert, TestContext.Current.CancellationToken);

        Assert.Equal(ApiScopes.Read, (await db.ApiKeys.SingleAsync(k => k.Name == "old", TestContext.Current.CancellationToken)).Scopes);
    }

    private async Task<HttpClient> Client(ApiScopes scopes)
    {
        var http = _app.CreateClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", await ApiKeyHandler.Make("test", _app.Services.GetRequiredService<IWriter>(), _app.Clock.Now, scopes));
        return http;
    }
}
