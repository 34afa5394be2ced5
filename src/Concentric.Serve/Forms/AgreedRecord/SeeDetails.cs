using System.Security.Claims;
using System.Text.Json.Nodes;
using Concentric.Core.Data;
using Concentric.Core.Facts;
using Concentric.Core.Journal;
using Concentric.Core.People;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>A particular that is kept, as its citizen sees it.</summary>
public sealed record DetailView(string Id, string Title, IReadOnlyList<string> Lines, DateTimeOffset AgreedAt, string FromForm);

/// <summary>A citizen sees what is kept of them for the next form, and removes it.</summary>
internal static class SeeDetails
{
    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/my-details", Show).For(Audience.Citizen);
        pages.MapPost("/my-details", Remove).For(Audience.Citizen);
    }

    /// <summary>Where a citizen sees them, in that language.</summary>
    public static string Address(Language language) => language == Language.Welsh ? "/my-details?lang=cy" : "/my-details";

    private static Language LanguageOf(string? lang) => lang == "cy" ? Language.Welsh : Language.English;

    private static async Task<IResult> Show(string? lang, ConcentricDb db, PublishedForms published, ClaimsPrincipal visitor, CancellationToken stop)
    {
        var (person, language) = (visitor.PersonId, LanguageOf(lang));
        var details = new List<DetailView>();
        foreach (var kept in await db.AgreedParticulars.AsNoTracking().Where(a => a.PersonId == person).OrderBy(a => a.Particular).ToListAsync(stop))
        {
            var form = (await published.Find(kept.FromForm, stop))?.Form;
            details.Add(new(kept.Particular, Particulars.Find(kept.Particular)?.Title.In(language) ?? kept.Particular, Lines(kept, form, language), kept.AgreedAt, form?.Title.In(language) ?? kept.FromForm));
        }
        return new RazorComponentResult<MyDetailsPage>(new { Details = details, Language = language });
    }

    /// <param name="particular">The one to remove; without one, all.</param>
    private static async Task<IResult> Remove([FromForm] string? particular, string? lang, IWriter writer, ClaimsPrincipal visitor, TimeProvider clock)
    {
        var (person, now) = (visitor.PersonId, clock.GetUtcNow());
        await writer.Write(async db =>
        {
            var gone = await db.AgreedParticulars.Where(a => a.PersonId == person && (string.IsNullOrEmpty(particular) || a.Particular == particular)).ToListAsync();
            if (gone.Count == 0) return;
            db.RemoveRange(gone);
            db.Record(new AgreedRecordChanged(person, [.. gone.Select(g => g.Particular).Order(StringComparer.Ordinal)], AgreedChange.Removed), $"{person}", now);
        });
        return Results.LocalRedirect(Address(LanguageOf(lang)));
    }

    private static IReadOnlyList<string> Lines(AgreedParticular kept, Form? form, Language language)
    {
        if (form?.Questions.FirstOrDefault(q => q.Particular == kept.Particular && q.Kind == kept.Kind) is not { } question) return [kept.Value];
        var read = Answers.Read(form, new JsonObject { ["values"] = new JsonObject { [question.Id] = JsonNode.Parse(kept.Value) }, ["done"] = new JsonArray() }.ToJsonString());
        return ShowAnswer.Lines(question, form, read[question.Id], language);
    }
}
