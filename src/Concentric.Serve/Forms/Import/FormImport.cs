using System.Text.Json;
using Concentric.Core;

namespace Concentric.Serve.Forms.Import;

/// <summary>
/// Reads forms of the XGov digital form builder and of DEFRA's forms (v1 with ways between pages, v2 with conditions on pages) into ours,
/// and says by name what was understood, approximated and dropped.
/// </summary>
public static class FormImport
{
    private const int MostCharacters = 5_000_000;
    private const int MostPages = 2_000;
    private const int MostParts = 400_000;
    private const int Deepest = 64;

    private static readonly string[] Wrappers = ["definition", "form_json", "configuration", "values", "form"];

    /// <summary>Reads one form.</summary>
    /// <exception cref="RefusedException">It is not such a form; the message says why.</exception>
    public static ImportedForm Read(string json, string fileName)
    {
        if (json.Length > MostCharacters) throw new RefusedException($"{fileName} has {json.Length / 1_000_000.0:0.0} million characters; at most {MostCharacters / 1_000_000} million are taken.");
        using var document = Parse(json.TrimStart('\uFEFF'), fileName);
        CheckReadable(document.RootElement, fileName);
        var element = Unwrapped(document.RootElement, fileName);
        var notes = new ImportNotes();
        var root = Source.Root(element, IsWelsh(element));
        var form = Form(root, fileName, notes);
        notes.NoteUnread(root);
        return new(form, notes.Report(fileName, IsV2(root) ? "DEFRA v2" : "XGov/DEFRA v1"));
    }

    private static bool IsV2(Source root) => string.Equals(root.Said("engine"), "V2", StringComparison.OrdinalIgnoreCase) || root.Said("engine") is null && root.Text("schema") == "2";

    private static Form Form(Source root, string fileName, ImportNotes notes)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName);
        var thing = notes.Begin(ImportedKind.Form, fileName, root);
        var isV2 = IsV2(root);
        root.Text("schema");
        if (IsWelsh(root)) notes.ToFillIn.Add("English: the source is in Welsh only, and the Welsh stands in for the English too");

        var pages = root.Each("pages");
        var names = new Ids(Ids.ReservedInExpressions);
        var sections = new Sections(root.Each("sections"), notes);
        var lists = new SourceLists(root.Each("lists"), notes);
        var fields = new SourceFields(pages, names);
        AddRevealed(pages, fields, lists);
        var conditions = new SourceConditions(root.Each("conditions"), fields, lists, names, notes);
        var guidance = new ReadGuidance(fields, lists, conditions);
        var questions = new ReadQuestions(fields, lists, conditions, guidance, notes, isV2);
        var ending = new ReadEnding(root, conditions, fields, guidance, questions, notes);
        var reader = new ReadPages(root, pages, sections, fields, conditions, guidance, questions, ending, notes, isV2);
        var read = reader.Pages();

        var title = (root.Words("name") ?? root.Words("title"))?.Each(HtmlText.Plain);
        if (title is null || title.En.Length == 0) notes.ToFillIn.Add("title: the source has none, so the name of the file stands in");
        notes.ToFillIn.AddRange(
        [
            "service: the LGSL number of the service",
            "interaction: the LGIL number of the interaction",
            "team: the team that gets what is sent",
            "promiseDays: in how many working days the citizen is promised an answer",
            "process: the process that a submission starts",
            "data: purpose, lawful basis, retention and privacy text",
        ]);
        var id = new Ids([.. FormCheck.TakenFormIds]).Take(stem, "imported-form");
        thing.Became = id;
        var form = new Form
        {
            Id = id,
            Title = title is null || title.En.Length == 0 ? stem : title,
            // The source does not say them: empty, so that the form cannot be published before somebody has.
            Service = "",
            Interaction = "",
            Team = "",
            PromiseDays = 0,
            Process = "",
            Sections = sections.Used,
            Lists = lists.Used,
            Pages = read,
            Payment = ending.Payment ?? questions.Payment,
            Confirmation = ending.Confirmation,
        };
        return form with { Calculations = Needed(conditions.Calculations, form, notes) };
    }

    /// <summary>All conditions, that none is lost; in a form with very many, those that something asks for.</summary>
    private static IReadOnlyList<Calculation> Needed(IReadOnlyList<Calculation> all, Form form, ImportNotes notes)
    {
        if (all.Count <= FormCheck.MostCalculations) return all;
        var asked = FormExpression.Of(form).SelectMany(e => Expression.Of(e.Text).Names).ToHashSet(StringComparer.Ordinal);
        foreach (var calculation in all.Reverse().Where(c => asked.Contains(c.Id))) asked.UnionWith(Expression.Of(calculation.Value).Names);
        foreach (var unused in all.Where(c => !asked.Contains(c.Id))) notes.At("").OurWay($"The condition “{unused.Id}” is asked for nowhere, and is left out of so many");
        return [.. all.Where(c => asked.Contains(c.Id))];
    }

    /// <summary>Questions under choices are known to conditions before any page is read.</summary>
    private static void AddRevealed(IReadOnlyList<Source> pages, SourceFields fields, SourceLists lists)
    {
        foreach (var component in pages.SelectMany(p => p.Each("components")))
        {
            if (fields.At(component) is not { List: not null } field || lists.Find(field.List) is not { } list) continue;
            foreach (var revealed in list.Choices.SelectMany(c => c.Reveals)) fields.AddRevealed(revealed, field);
        }
    }

    private static JsonDocument Parse(string json, string fileName)
    {
        try
        {
            return JsonDocument.Parse(json, new() { MaxDepth = Deepest, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException e)
        {
            var line = e.LineNumber is { } number ? $", line {number + 1}" : "";
            throw new RefusedException($"{fileName} is not JSON{line}: {e.Message.Split(" LineNumber:")[0].Split(" Path:")[0]}");
        }
        catch (ArgumentException)
        {
            throw new RefusedException($"{fileName} is not text: it holds half of a character.");
        }
    }

    /// <summary>Every text of it can be read, and there are not too many.</summary>
    private static void CheckReadable(JsonElement root, string fileName)
    {
        var waiting = new Stack<JsonElement>([root]);
        var parts = 0;
        try
        {
            while (waiting.TryPop(out var element))
            {
                if (++parts > MostParts) throw new RefusedException($"{fileName} has more than {MostParts:N0} parts; no form has.");
                if (element.ValueKind == JsonValueKind.String) element.GetString();
                else if (element.ValueKind == JsonValueKind.Array) foreach (var item in element.EnumerateArray()) waiting.Push(item);
                else if (element.ValueKind == JsonValueKind.Object)
                {
                    foreach (var property in element.EnumerateObject())
                    {
                        _ = property.Name;
                        waiting.Push(property.Value);
                    }
                }
            }
        }
        catch (InvalidOperationException)
        {
            throw new RefusedException($"{fileName} is not text: it holds half of a character.");
        }
    }

    /// <summary>The form itself, where it lies in the record of a store.</summary>
    private static JsonElement Unwrapped(JsonElement root, string fileName)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new RefusedException($"{fileName} is JSON, but not a form of XGov or DEFRA: it is not an object with “pages”.");
        if (root.TryGetProperty("promiseDays", out _) && root.TryGetProperty("pages", out _)) throw new RefusedException($"{fileName} is a form of this program already; there is nothing to import.");
        if (!root.TryGetProperty("pages", out var pages))
        {
            foreach (var wrapper in Wrappers)
                if (root.TryGetProperty(wrapper, out var inner) && inner.ValueKind == JsonValueKind.Object && inner.TryGetProperty("pages", out _)) return Unwrapped(inner, fileName);
            throw new RefusedException($"{fileName} is JSON, but not a form of XGov or DEFRA: it has no “pages”.");
        }
        if (pages.ValueKind != JsonValueKind.Array) throw new RefusedException($"{fileName} is not a form of XGov or DEFRA: its “pages” are not a list.");
        if (pages.GetArrayLength() == 0) throw new RefusedException($"{fileName} has no pages.");
        if (pages.GetArrayLength() > MostPages) throw new RefusedException($"{fileName} has {pages.GetArrayLength():N0} pages; at most {MostPages:N0} are taken.");
        if (!pages.EnumerateArray().Any(p => p.ValueKind == JsonValueKind.Object && (p.TryGetProperty("path", out _) || p.TryGetProperty("components", out _))))
            throw new RefusedException($"{fileName} is not a form of XGov or DEFRA: its pages have neither a “path” nor “components”.");
        return root;
    }

    private static bool IsWelsh(JsonElement element) => IsWelsh(Source.Root(element, false));

    private static bool IsWelsh(Source root) => root.Child("metadata") is { } metadata && (metadata.Truth("isWelsh") == true || metadata.Said("language") is "cy");
}
