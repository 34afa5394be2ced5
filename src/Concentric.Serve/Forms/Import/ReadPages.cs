namespace Concentric.Serve.Forms.Import;

/// <summary>Pages of the source in an order in which every way leads forward.</summary>
internal sealed partial class ReadPages(
    Source root, IReadOnlyList<Source> pages, Sections sections, SourceFields fields, SourceConditions conditions, ReadGuidance guidance, ReadQuestions questions, ReadEnding ending, ImportNotes notes, bool isV2)
{
    private static readonly string[] Ordinary =
        ["start.js", "home.js", "page.js", "continue.js", "dob.js", "start-date.js", "StartPageController", "MultiStartPageController", "PageController", "QuestionPageController", "RepeatingFieldPageController", "RepeatPageController", "FileUploadPageController",
         "UploadPageController", "PlaybackUploadPageController", "HomePageController", "DobPageController", "StartDatePageController", "ContinuePageController", "TerminalPageController", "CheckpointSummaryPageController"];

    private readonly Ids _ids = new([.. FormCheck.TakenPageIds]);
    private readonly List<Read> _read = [];

    /// <summary>A page of the source with what became of it.</summary>
    private sealed record Read(Source Source, string Path, ImportNotes.Thing Thing, bool IsEnd, bool IsStop)
    {
        /// <summary>Our page; several where a group that repeats has to stand alone.</summary>
        public IReadOnlyList<FormPage> Parts { get; init; } = [];
    }

    public IReadOnlyList<FormPage> Pages()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in pages)
        {
            var path = source.Said("path") ?? "";
            source.Said("id");
            var title = source.Words("title")?.Each(HtmlText.Plain);
            var thing = notes.Begin(ImportedKind.Page, title is { En.Length: > 0 } ? $"{path} “{ImportNotes.Shortly(title.En)}”" : path, source);
            if (path.Length == 0) thing.Approximated("It has no path; nothing can lead to it by name");
            else if (!known.Add(Normal(path))) thing.Approximated($"Another page has the path {path} already; ways lead to that one");
            // The older forms name the file of a controller.
            var controller = (source.Said("controller") ?? "").Split('/')[^1];
            if (Is(controller, "status")) Status(source, thing);
            else if ((Is(controller, "summary") || controller is "confirm.js" or "ConfirmPageController") && !controller.StartsWith("Checkpoint", StringComparison.Ordinal)) Summary(source, path, title, thing);
            else _read.Add(One(source, path, title, controller, thing));
        }
        var last = ending.LastPage(_ids);
        var ordered = isV2 ? InOrder() : ByRoute(last?.Id ?? Jump.Check);
        return last is null ? ordered : [.. ordered, last];
    }

    private static bool Is(string controller, string word) => controller.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string Normal(string path) => path.Trim('/');

    private void Status(Source source, ImportNotes.Thing thing)
    {
        ending.AddStatus(source, thing);
        source.Each("next");
        thing.Became = "confirmation";
    }

    private void Summary(Source source, string path, LocalText? title, ImportNotes.Thing thing)
    {
        ending.AddSummary(source, title, thing);
        if (source.Each("next").Any(n => n.Has("path"))) thing.Approximated("Ways that lead on from the summary are left out; it is followed by sending");
        if (source.Said("section") is not null) thing.OurWay("The page of the answers is in no section");
        thing.Became = Jump.Check;
        _read.Add(new(source, path, thing, IsEnd: true, IsStop: false));
    }

    private Read One(Source source, string path, LocalText? title, string controller, ImportNotes.Thing thing)
    {
        if (controller.Length > 0 && !Ordinary.Contains(controller)) thing.Approximated($"What “{controller}” does beside asking its questions is not known to the importer");
        var items = Items(source, controller, thing).ToList();
        var asked = items.OfType<Question>().ToList();
        if (asked is [var only] && title is { En.Length: > 0 } && !source.Each("components").Any(c => c.Words("title") is not null))
        {
            // A question without a title of its own has that of its page.
            items[items.IndexOf(only)] = only = only with { Title = title };
            asked = [only];
        }
        if (title is null or { En.Length: 0 })
        {
            title = null;
            if (asked.Count != 1)
            {
                title = asked is [var first, ..] ? first.Title : items.OfType<Guidance>().FirstOrDefault()?.Text.Each(FirstLine) ?? path;
                thing.OurWay($"It has no title; “{ImportNotes.Shortly(title.En)}” stands in");
            }
        }
        else if (asked is [{ Title: var same }] && same == title && items.Count == 1) title = null;
        var id = _ids.Take(Normal(path), "page");
        thing.Became = id;
        var isStop = controller is "TerminalPageController" || controller.StartsWith("Checkpoint", StringComparison.Ordinal)
            || !isV2 && asked.Count == 0 && !source.Each("next").Any(n => n.Has("path") || n.Has("redirect"));
        if (isStop && asked.Count > 0)
        {
            thing.Dropped("It ends the form and asks questions that are sent nowhere; they are left out");
            items.RemoveAll(i => i is Question);
            title ??= asked[0].Title;
        }
        var page = new FormPage { Id = id, Title = title, Section = sections.Use(source.Said("section"), thing), ShowIf = guidance.Condition(source.Said("condition"), thing), Items = items, Stop = isStop };
        return new(source, path, thing, IsEnd: false, isStop) { Parts = Parts(page, thing) };
    }

    /// <summary>A group that repeats stands alone on its page here.</summary>
    private List<FormPage> Parts(FormPage page, ImportNotes.Thing thing)
    {
        if (!page.Questions.Skip(1).Any() || page.Items.OfType<Question>().All(q => q.Kind != QuestionKind.Repeat)) return [page];
        thing.OurWay("Its group that repeats stands on a page of its own");
        var (parts, open) = (new List<List<FormItem>>(), new List<FormItem>());
        void Close()
        {
            if (open.OfType<Question>().Any()) parts.Add(open);
            else if (parts.Count > 0) parts[^1].AddRange(open);
            open = [];
        }

        foreach (var item in page.Items)
        {
            if (item is Question { Kind: QuestionKind.Repeat } && open.OfType<Question>().Any()) Close();
            open.Add(item);
            if (item is Question { Kind: QuestionKind.Repeat }) Close();
        }
        Close();
        return [.. parts.Select((items, i) => page with { Id = i == 0 ? page.Id : _ids.Take($"{page.Id}-more", "page"), Items = items })];
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim('#', '*', ' ') is { Length: > 0 } line ? line.Length > 100 ? $"{line[..97]}…" : line : "Page";

    private IEnumerable<FormItem> Items(Source source, string controller, ImportNotes.Thing thing)
    {
        var components = source.Each("components");
        var options = source.Child("options");
        var words = options?.Child("customText");
        if (controller.StartsWith("Checkpoint", StringComparison.Ordinal))
        {
            if (words?.Words("insetText") is { } inset) yield return new Guidance { Kind = GuidanceKind.Inset, Text = inset.Each(t => guidance.OneText(t, thing)) };
            if (words?.Words("details") is { } details) foreach (var item in guidance.Blocks(details, thing)) yield return item;
        }
        if (controller == "RepeatPageController" && source.Child("repeat") is { } repeat)
        {
            foreach (var item in Repeated(source, repeat, components, thing)) yield return item;
        }
        else
        {
            var row = words?.Words("samePageTableItemName");
            foreach (var item in components.SelectMany(questions.Items))
            {
                if (item is not Question question || controller != "RepeatingFieldPageController") yield return item;
                else if (question.Kind == QuestionKind.Repeat) yield return question with { RowName = row ?? question.RowName };
                else yield return new Question { Id = fields.Another($"{question.Id}-rows"), Kind = QuestionKind.Repeat, Title = question.Title, RowName = row, Optional = question.Optional, AtMost = Question.MostRows, Fields = [question with { Optional = false, ShowIf = null }], ShowIf = question.ShowIf };
            }
        }
        foreach (var item in Sidebar(source.Child("sidebarContent"), thing)) yield return item;
        if (source.Said("repeatField") is { } times) thing.Approximated($"It is asked again as often as “{times}” says; here once");
    }

    private IEnumerable<FormItem> Repeated(Source source, Source repeat, IReadOnlyList<Source> components, ImportNotes.Thing thing)
    {
        var (options, schema) = (repeat.Child("options"), repeat.Child("schema"));
        var title = options?.Words("title") ?? source.Words("title") ?? "Rows";
        var (least, most) = (schema?.Whole("min"), schema?.Whole("max") ?? Question.MostRows);
        if (most > Question.MostRows) thing.Approximated($"{most} rows may be given; here at most {Question.MostRows}");
        var group = new Question
        {
            Id = fields.GroupOf(source) ?? fields.Another("rows"),
            Kind = QuestionKind.Repeat,
            Title = source.Words("title")?.Each(HtmlText.Plain) is { En.Length: > 0 } page ? page : title,
            RowName = title.Each(t => t.Length > 1 && char.IsUpper(t[0]) && !char.IsUpper(t[1]) ? $"{char.ToLowerInvariant(t[0])}{t[1..]}" : t),
            AtLeast = least is > 0 ? Math.Min(least.Value, Question.MostRows) : null,
            AtMost = Math.Clamp(most, 1, Question.MostRows),
            Optional = least == 0,
        };
        return questions.Group(group, components, [], [], thing);
    }

    private static IEnumerable<FormItem> Sidebar(Source? sidebar, ImportNotes.Thing thing)
    {
        if (sidebar is null) yield break;
        thing.OurWay("What stands beside the page stands under it");
        var lines = new List<string>();
        if (sidebar.Words("title") is { } title) lines.Add($"## {HtmlText.Plain(title.En)}\n");
        if (sidebar.Words("subtitle") is { } subtitle) lines.Add($"**{HtmlText.Plain(subtitle.En)}**\n");
        lines.AddRange(sidebar.Each("links").Select(l => $"- [{l.Words("title")?.En ?? l.Said("link")}]({l.Said("link") ?? l.Said("href")})"));
        if (lines.Count > 0) yield return new Guidance { Kind = GuidanceKind.Text, Text = string.Join('\n', lines) };
    }
}
