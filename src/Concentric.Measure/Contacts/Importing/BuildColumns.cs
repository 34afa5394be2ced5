using System.Security.Claims;
using Concentric.Core;
using Concentric.Core.Facts;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.Contacts.Importing;

/// <summary>Somebody says what each column of their file is. What is guessed stands in the boxes and can be changed.</summary>
internal static class BuildColumns
{
    /// <summary>The button that only looks at the file again with another delimiter or encoding.</summary>
    public const string LookAgain = "look";

    public static readonly (string Value, string Label)[] Delimiters = [(",", "Comma"), (";", "Semicolon"), ("\t", "Tab"), ("|", "Vertical bar")];
    public static readonly (string Value, string Label)[] Encodings = [("utf-8", "UTF-8"), ("windows-1252", "Windows (Western Europe)"), ("iso-8859-1", "ISO 8859-1"), ("ibm850", "DOS (Western Europe)")];

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(ImportLinks.All + "/{id:guid}/columns", Show).For(Audience.Measure);
        pages.MapPost(ImportLinks.All + "/{id:guid}/columns", Say).For(Audience.Measure);
    }

    private static async Task<IResult> Show(Guid id, GivenFiles files, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.FindOpen(id, visitor, stop) is not { } given) return Results.NotFound();
        try
        {
            if (MappingDraft.Read(given.Draft) is { } said) return Page(given, said, files.Look(given, said.Delimiter[0], said.Encoding), files, new());
            var look = files.Look(given);
            return Page(given, MappingDraft.Of(look, given.FileName), look, files, new());
        }
        catch (ImportRefusedException e)
        {
            return Refused(given, e.Message);
        }
    }

    private static async Task<IResult> Say(Guid id, HttpRequest request, GivenFiles files, ClaimsPrincipal visitor, CancellationToken stop)
    {
        if (await files.FindOpen(id, visitor, stop) is not { } given) return Results.NotFound();
        var form = await request.ReadFormAsync(stop);
        try
        {
            var before = MappingDraft.Read(given.Draft) ?? new();
            var (delimiter, encoding) = (Known(Delimiters, form["Delimiter"]), Known(Encodings, form["Encoding"]));
            var look = files.Look(given, delimiter[0], encoding);
            var isCutAnew = form["Do"] == LookAgain || !Enumerable.Range(0, look.Columns.Count).All(i => form[$"Column-{i}"] == look.Columns[i].Name);
            var said = before with
            {
                Delimiter = delimiter,
                Encoding = encoding,
                Columns = isCutAnew ? ColumnGuesses.Of(look) : [.. look.Columns.Select((c, i) => ColumnOf(c, form[$"Use-{i}"].ToString(), form[$"Format-{i}"].ToString()))],
                Name = form["Name"].ToString().Trim(),
                About = form["About"].ToString().Trim(),
                Kind = form["Kind"],
                Whose = form["Whose"],
                OtherName = form["OtherName"].ToString().Trim(),
                OtherZone = form["OtherZone"].ToString().Trim(),
                Channel = form["Channel"] is [{ } channel, ..] && Channels.Find(channel) is not null ? channel : "unknown",
            };
            await files.Say(id, g => g.Draft = said.Write(), stop);
            if (isCutAnew) return Page(given, said, look, files, new());
            var errors = Check(said, look, files.Own);
            return errors.Any ? Page(given, said, look, files, errors) : Results.LocalRedirect(ImportLinks.Values(id));
        }
        catch (ImportRefusedException e)
        {
            return Refused(given, e.Message);
        }
    }

    /// <summary>What must be put right before values are asked for.</summary>
    internal static Errors Check(MappingDraft said, FileLook look, CouncilAttributes own)
    {
        var errors = new Errors()
            .Check("Name", SavedMappings.IsName(said.Name ?? ""), "Enter a name of lower-case letters, digits and hyphens, such as phone-log")
            .Check("Name", !Contacts.Mapping.Shipped.Contains(said.Name), "Enter another name: a mapping of that name comes with the program")
            .Check("Kind", said.Kind is "contact" or "service-request", "Select what a row is")
            .Check("Whose", said.Whose is "own" or "other", "Select whose contacts these are")
            .Check("OtherName", said.Whose != "other" || MappingDraft.SlugOf(said.OtherName ?? "") is { Length: > 0 } slug && slug != own.Name, $"Enter the name of the other council, which is not {own.Label}")
            .Check("OtherZone", said.Whose != "other" || said.OtherZone is { Length: > 0 } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), "Enter a time zone such as Europe/London");
        var opened = said.Columns.Index().Where(c => c.Item.Use == ColumnUse.Opened).ToList();
        errors.Check("Use-0", opened.Count > 0, "Select the column that says when it was made");
        foreach (var (i, column) in said.Columns.Index())
        {
            errors.Check($"Format-{i}", !ColumnUse.IsDate(column.Use) || column.Format is not null, $"Select how dates are written in “{column.Name}”");
            errors.Check($"Use-{i}", ColumnUse.CanBeSeveral(column.Use) || said.Columns.Count(c => c.Use == column.Use) == 1, $"Only one column can be “{LabelOf(column.Use)}”");
            errors.Check($"Use-{i}", column.Use == ColumnUse.None || said.Columns.Count(c => c.Name == column.Name) == 1, $"Two columns are called “{column.Name}”: give them different names in the file");
        }
        foreach (var use in (string[])[ColumnUse.Opened, ColumnUse.Closed])
        {
            var dates = said.Columns.Index().Where(c => c.Item.Use == use && c.Item.Format is not null).ToList();
            var days = dates.Count(d => !DateFormats.IsTimeOnly(d.Item.Format!));
            if (dates.Count > 0) errors.Check($"Format-{dates[0].Index}", days == 1 && dates.Count <= 2, "One column says the day, and at most one more the time of day");
        }
        var seconds = said.Columns.Index().FirstOrDefault(c => c.Item.Use == ColumnUse.Seconds);
        if (seconds.Item is not null) errors.Check($"Use-{seconds.Index}", said.ColumnOf(ColumnUse.Closed) is null, "A duration comes from when it was closed or from seconds, not from both");
        return errors;
    }

    private static ColumnGuess ColumnOf(ColumnLook column, string use, string format)
    {
        use = ColumnUse.All.Any(u => u.Use == use) ? use : ColumnUse.None;
        return new(column.Name, use, ColumnUse.IsDate(use) && DateFormats.All.Any(f => f.Format == format) ? format : null);
    }

    private static string LabelOf(string use) => ColumnUse.All.First(u => u.Use == use).Label;

    private static string Known((string Value, string Label)[] among, string? value) => among.Any(a => a.Value == value) ? value! : among[0].Value;

    private static RazorComponentResult<ColumnsPage> Page(FileImport given, MappingDraft said, FileLook look, GivenFiles files, Errors errors) =>
        new(new { Given = given, Said = said, Look = look, Own = files.Own, Errors = errors }) { StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };

    internal static RazorComponentResult<CannotReadPage> Refused(FileImport given, string message) =>
        new(new { Given = given, Message = message }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
}
