using System.Globalization;
using Concentric.Core;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Concentric.Measure.FailureDemand;

/// <summary>What stands in the boxes of the page.</summary>
public sealed record ClassifyForm
{
    public string? Text { get; init; }
    public string? Label { get; init; }
    public string? Is { get; init; }
    public string? Contains { get; init; }
    public string? Channel { get; init; }
    public string? Writer { get; init; }
}

/// <summary>An analyst trains a text classifier on a file of their own and sees what it learnt, how it errs, and the share that follows. Nothing of the file is kept.</summary>
internal static class ClassifyTexts
{
    public const string Path = "/measure/demand/classify";
    private const long MostBytes = 50 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, () => Page(new(), new(), null)).For(Audience.Analyse);
        pages.MapPost(Path, Classify).For(Audience.Analyse).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    // The form is read by hand, after its token was asked for: a file among the parameters would be read before.
    private static async Task<IResult> Classify(HttpRequest request, CancellationToken stop)
    {
        var sent = await request.ReadFormAsync(stop);
        string? Field(string name) => sent[name].ToString().Trim() is { Length: > 0 } text ? text : null;
        var form = new ClassifyForm { Text = Field("Text"), Label = Field("Label"), Is = Field("Is"), Contains = Field("Contains"), Channel = Field("Channel"), Writer = Field("Writer") };
        var errors = new Errors()
            .Check("File", sent.Files["File"] is { Length: > 0 }, "Select a file")
            .Check("Text", form.Text is not null, "Enter the name of the column of texts")
            .Check("Label", form.Label is not null, "Enter the name of the column of labels");
        if (errors.Any) return Page(form, errors, null);
        try
        {
            await using var file = sent.Files["File"]!.OpenReadStream();
            return Page(form, errors, await Task.Run(() => Run(file, Of(form)), stop));
        }
        catch (RefusedException e)
        {
            return Page(form, errors.Check("File", false, e.Message), null);
        }
    }

    /// <summary>Reads the file and trains on it.</summary>
    /// <exception cref="RefusedException">The file cannot be used; the message says why.</exception>
    public static TextReport Run(Stream file, ClassifyRequest request)
    {
        var (rows, label) = TextFile.Read(file, request);
        return TrainTexts.Of(rows, label, request);
    }

    /// <summary>A number with so many decimals, or a dash.</summary>
    public static string Show(double? value, int decimals = 2) => value is { } given ? given.ToString($"F{decimals}", CultureInfo.InvariantCulture) : Charts.Figures.None;

    private static ClassifyRequest Of(ClassifyForm form) => new() { Text = form.Text!, Label = form.Label!, Is = form.Is, Contains = form.Contains, Channel = form.Channel, Writer = form.Writer };

    private static RazorComponentResult<ClassifyPage> Page(ClassifyForm form, Errors errors, TextReport? report) => new(new { Form = form, Errors = errors, Report = report })
    {
        StatusCode = errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
    };
}
