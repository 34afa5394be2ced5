using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Questions;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>A value of a column and the meanings that it can be given.</summary>
/// <param name="Field">Name of its box on the form.</param>
/// <param name="Count">Rows in which it stands, of those looked at.</param>
public sealed record ValueQuestion(string Field, string Value, int Count, string Chosen, IReadOnlyList<(string Meaning, string Label)> Choices);

/// <summary>The values of one column.</summary>
/// <param name="NotAsked">Different values that are too many to ask about.</param>
public sealed record ColumnQuestions(string Use, string Column, IReadOnlyList<ValueQuestion> Values, int NotAsked);

/// <summary>Somebody says what the values of their columns mean: channels, kinds of demand, services.</summary>
internal static class GiveMeanings
{
    private const int MostAsked = 60;
    private static readonly string[] Uses = [ColumnUse.Channel, ColumnUse.Demand, ColumnUse.Cause, ColumnUse.Resolved, ColumnUse.Service];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ImportLinks.All + "/{id:guid}/values", Show).For(Audience.Measure);
        pages.MapPost(ImportLinks.All + "/{id:guid}/values", Say).For(Audience.Measure);
    }

    private static async Task<IResult> Show(Guid id, GivenFiles files, IServiceNames names, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.FindOpen(id, visitor, stop) is not { } given) return Results.NotFound();
        if (MappingDraft.Read(given.Draft) is not { } said) return Results.LocalRedirect(ImportLinks.Columns(id));
        try
        {
            var questions = Questions(said, files.Look(given, said.Delimiter[0], said.Encoding), new(await names.All(stop)));
            return questions.Count > 0 ? Page(given, said, questions, new()) : await Finish(given, said, questions, files, stop);
        }
        catch (ImportRefusedException e)
        {
            return BuildColumns.Refused(given, e.Message);
        }
    }

    private static async Task<IResult> Say(Guid id, HttpRequest request, GivenFiles files, IServiceNames names, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.FindOpen(id, visitor, stop) is not { } given) return Results.NotFound();
        if (MappingDraft.Read(given.Draft) is not { } said) return Results.LocalRedirect(ImportLinks.Columns(id));
        var form = await request.ReadFormAsync(stop);
        var suggestions = new ServiceSuggestions(await names.All(stop));
        var look = files.Look(given, said.Delimiter[0], said.Encoding);
        var meanings = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        var services = new Dictionary<string, string>();
        foreach (var column in Questions(said, look, suggestions))
        {
            var chosen = column.Values.Select(v => (v.Value, Meaning: v.Choices.FirstOrDefault(c => c.Meaning == form[v.Field]).Meaning)).Where(v => v.Meaning is not null).ToDictionary(v => v.Value, v => v.Meaning);
            if (column.Use == ColumnUse.Service) services = chosen.Where(c => c.Value.Length > 0).ToDictionary();
            else meanings[column.Use] = chosen;
        }
        said = said with { Meanings = meanings, Services = services, OtherChannel = ChannelChoices.Any(c => c.Meaning == form["OtherChannel"]) ? form["OtherChannel"].ToString() : null };
        await files.Say(id, g => g.Draft = said.Write(), stop);
        var questions = Questions(said, look, suggestions);
        return await Finish(given, said, questions, files, stop);
    }

    /// <summary>Every channel, begun by whom. The words that forms send are kept in the draft as they are.</summary>
    public static IReadOnlyList<(string Meaning, string Label)> ChannelChoices { get; } =
    [
        .. Channels.All.Where(c => c.Name != "system").Select(c => ($"{c.Name} citizen", c.Name == "unknown" ? "Not known" : c.Label)),
        .. Channels.All.Where(c => c.Name != "system").Select(c => ($"{c.Name} staff", c.Name == "unknown" ? "Begun by staff" : $"{c.Label}, begun by staff")),
        ("system system", "Another system"),
    ];

    /// <summary>What has to be asked of a file, in the order of the page.</summary>
    internal static IReadOnlyList<ColumnQuestions> Questions(MappingDraft said, FileLook look, ServiceSuggestions suggestions)
    {
        var questions = new List<ColumnQuestions>();
        foreach (var use in Uses)
        {
            if (said.ColumnOf(use) is not { } column) continue;
            var values = look.Values(column);
            var asked = values.Take(MostAsked).Select((v, i) => Question(said, use, v, $"{use}-{i}", suggestions)).ToList();
            questions.Add(new(use, column, asked, values.Count - asked.Count));
        }
        return questions;
    }

    private static ValueQuestion Question(MappingDraft said, string use, (string Value, int Count) value, string field, ServiceSuggestions suggestions)
    {
        IReadOnlyList<(string, string)> choices = use switch
        {
            ColumnUse.Channel => ChannelChoices,
            ColumnUse.Demand => [("", "Leave these rows out"), ("value", "Value demand"), ("failure", "Failure demand"), ("unknown", "Don’t know")],
            ColumnUse.Cause => [("", "Leave these rows out"), .. FailureCauses.All.Select(c => (c.Name, c.Label))],
            ColumnUse.Resolved => [("", "Leave these rows out"), ("yes", "Resolved"), ("no", "Not resolved")],
            _ => [("", "Keep these words"), .. suggestions.For(value.Value).Select(s => (s.Id, $"{s.Id} {s.Plain}"))],
        };
        var chosen = use == ColumnUse.Service ? said.Services.GetValueOrDefault(value.Value) : said.Meaning(use, value.Value);
        return new(field, value.Value, value.Count, chosen ?? (use == ColumnUse.Channel ? "unknown citizen" : ""), choices);
    }

    /// <summary>Makes the mapping and goes on to try it.</summary>
    private static async Task<IResult> Finish(FileImport given, MappingDraft said, IReadOnlyList<ColumnQuestions> questions, GivenFiles files, CancellationToken stop)
    {
        try
        {
            await files.Take(given.Id, said.ToJson(files.Own), said.Name, stop);
            return Results.LocalRedirect(ImportLinks.Check(given.Id));
        }
        catch (MappingException e)
        {
            return Page(given, said, questions, new Errors().Check("OtherChannel", false, e.Message));
        }
    }

    private static RazorComponentResult<ValuesPage> Page(FileImport given, MappingDraft said, IReadOnlyList<ColumnQuestions> questions, Errors errors) =>
        new(new { Given = given, Said = said, Questions = questions, Errors = errors }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
}
