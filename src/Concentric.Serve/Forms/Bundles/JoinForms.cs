using static Concentric.Serve.Forms.Conditions;

namespace Concentric.Serve.Forms;

/// <summary>
/// Joins the forms of a bundle: first which services are wanted, then what several of them need, then what each asks beside. Jumps and stops of the forms
/// become conditions of their pages, so that each form's own way is kept exactly, and the joined form has no jump.
/// </summary>
internal sealed class JoinForms
{
    private const int LongestPrefix = 24;
    private const int End = 9998;
    private const int Stopped = 9999;
    private static readonly FormSection About = new("about", new("What several services need", "Yr hyn sydd ei angen ar sawl gwasanaeth"));

    private readonly Bundle _bundle;
    private readonly List<JoinedPart> _parts = [];
    private readonly SharedSlots _shared;
    private readonly Dictionary<string, Calculation> _calculations = new(StringComparer.Ordinal);
    private readonly List<FormPage> _pages = [];
    private readonly Dictionary<(JoinedPart, int), string?> _asked = [];

    public JoinForms(Bundle bundle, IReadOnlyList<Form> forms)
    {
        _bundle = bundle;
        foreach (var offer in bundle.Forms)
            if (forms.FirstOrDefault(f => f.Id == offer.Form) is { } form) _parts.Add(new(offer, form, Prefix(form.Id)));
        foreach (var part in _parts)
            foreach (var name in part.Form.Questions.Select(q => q.Id).Concat(part.Form.Calculations.Select(c => c.Id))
                .Concat(part.Form.Lookups.Select(l => l.Id))) part.Names[name] = part.Own(name);
        _shared = new(SharedQuestions.Of(_parts), Calculate);
    }

    public JoinedForm Join()
    {
        foreach (var part in _parts) Calculate(part.Wanted, $"{JoinedForm.Services} contains {Expression.Quote(part.Form.Id)}");
        _shared.NameAlways();
        foreach (var part in _parts) Ways(part);
        foreach (var part in _parts)
            foreach (var calculation in part.Form.Calculations)
                _calculations[part.Own(calculation.Id)] = calculation with
                {
                    Id = part.Own(calculation.Id),
                    Title = part.Rename(calculation.Title),
                    Value = calculation.Title is null ? part.Rename(calculation.Value)! : $"if({part.Wanted}, {part.Rename(calculation.Value)}, nothing)",
                };
        _pages.Add(ServicesPage());
        foreach (var part in _parts) SharedPages(part, last: false);
        foreach (var part in _parts) SharedPages(part, last: true);
        foreach (var part in _parts) OwnPages(part);
        if (_parts.Any(CanStop)) _pages.Add(NothingNeeded());
        var payment = Payment();
        var form = new Form
        {
            Id = _bundle.Id, Title = _bundle.Title, Start = _bundle.Start, Service = _parts.FirstOrDefault()?.Form.Service ?? "",
                Interaction = _parts.FirstOrDefault()?.Form.Interaction ?? "",
            Team = string.Join(", ", _parts.Select(p => p.Form.Team).Distinct()), PromiseDays = _parts.Select(p => p.Form.PromiseDays).DefaultIfEmpty(0).Max(), Process = "bundle",
            Data = Data(), Sensitive = _parts.Any(p => p.Form.Sensitive), Sections = [About, .. _parts.Select(p => new FormSection(p.Prefix, p.Offer.Offer))],
            Lists = [.. _parts.SelectMany(p => p.Form.Lists.Select(l => l with { Id = p.Own(l.Id) }))],
            Lookups = [.. _parts.SelectMany(p => p.Form.Lookups.Select(l => l with { Id = p.Own(l.Id), By = l.By.ToDictionary(b => b.Key, b => p.Rename(b.Value)!) }))],
            Calculations = InOrder(), Pages = _pages, Payment = payment,
        };
        var needs = form.Questions.ToDictionary(q => q.Id, q => (IReadOnlyList<JoinedPart>)[.. _parts.Where(p => NeedsIt(p, q.Id))], StringComparer.Ordinal);
        return new(form, _parts, needs);
    }

    private bool NeedsIt(JoinedPart part, string question) =>
        question != JoinedForm.Services && (_shared.Needs(question, part) || question.StartsWith($"{part.Prefix}--", StringComparison.Ordinal));

    /// <summary>Where a jump leads: the place of a page, or past the last.</summary>
    public static int Target(Form form, int from, Jump jump)
    {
        if (jump.Page != Jump.Check) return FormIndex.Of(form).PageNumbers.TryGetValue(jump.Page, out var place) && place > from ? place : 0;
        if (form.TaskList)
            for (var i = from + 1; i < form.Pages.Count; i++)
                if (form.Pages[i].Section != form.Pages[from].Section) return i;
        return End;
    }

    /// <summary>For each page of a form the condition on which its own way leads there; <c>at</c> is how far jumps and stops before it have led.</summary>
    private void Ways(JoinedPart part)
    {
        string? at = null;
        foreach (var (place, page) in part.Form.Pages.Index())
        {
            var named = Counted($"{part.Prefix}--part--{place}");
            var asked = And(Small(part.Rename(page.ShowIf), named), at is null ? null : $"{at} <= {place}");
            var isNamed = asked is not null && (page.Stop || page.Next.Count > 0 || page.Questions.Any(q => _shared.Find(part, q) is { Always: false }));
            if (isNamed) asked = Calculate($"{part.Prefix}--page--{page.Id}", asked!);
            _asked[(part, place)] = asked;
            foreach (var question in page.Items.OfType<Question>()) _shared.NameOthers(part, question, And(part.Wanted, asked));
            if (page.Next.Count == 0 && !page.Stop) continue;
            var go = page.Stop ? $"{Stopped}" : FirstOf(page.Next.Select(j => (Small(part.Rename(j.If), named), $"{Target(part.Form, place, j)}")), "0", named);
            if (asked is not null) go = $"if({asked}, {go}, 0)";
            at = Calculate($"{part.Prefix}--at--{place}", at is null ? go : $"max({at}, {go})");
        }
        part.Led = at ?? "0";
    }

    private FormPage ServicesPage() => new()
    {
        Id = JoinedForm.Services,
        Section = About.Id,
        Items =
        [
            new Question
            {
                Id = JoinedForm.Services, Kind = QuestionKind.Checkboxes, Title = new("Which of these do you want to do?", "Pa rai o’r rhain hoffech chi eu gwneud?"),
                Name = new("what you want to do", "yr hyn yr hoffech ei wneud"), Hint = new("Select all that apply.", "Dewiswch bob un sy’n berthnasol."), AtLeast = 1,
                Choices = [.. _parts.OrderByDescending(p => p.Offer.Usual).Select(p => new FormChoice(p.Form.Id, p.Offer.Offer) { Hint = p.Offer.About })],
            },
        ],
    };

    private void SharedPages(JoinedPart part, bool last)
    {
        foreach (var page in part.Form.Pages)
        {
            var questions = page.Items.OfType<Question>().Select(q => _shared.Place(part, q, last)).OfType<Question>().ToList();
            if (questions.Count > 0)
            {
                var alone = questions.Count == 1;
                var all = page.Items.OfType<Question>().All(q => _shared.Find(part, q) is { Always: true });
                var guidance = all ? page.Items.OfType<Guidance>().Where(g => g.ShowIf is null)
                    .Select(g => g with { ShowIf = part.Wanted, Text = part.Rename(g.Text)!, Title = part.Rename(g.Title) }) : [];
                var id = $"about-{page.Id}";
                for (var n = 2; _pages.Any(p => p.Id == id); n++) id = $"about-{page.Id}-{n}";
                _pages.Add(new()
                {
                    Id = id, Section = About.Id, Title = part.Rename(page.Title), ShowIf = AnyOf(questions.Select(q => q.ShowIf!), Counted($"need--{id}")),
                    Items = [.. guidance, .. questions.Select(q => alone ? q with { ShowIf = null } : q)],
                });
            }
            foreach (var question in page.Items.OfType<Question>())
                if (last && _shared.Find(part, question) is { Always: true } entry)
                    part.PagePlaces[page.Id] = Math.Max(part.PagePlaces.GetValueOrDefault(page.Id), _shared.PageOf(entry, _pages));
        }
    }

    private void OwnPages(JoinedPart part)
    {
        foreach (var (place, page) in part.Form.Pages.Index())
        {
            var items = page.Items.SelectMany<FormItem, FormItem>(i => i is Question q ? _shared.InPlace(part, q, null) : [Guide(part, (Guidance)i)]).ToList();
            var questions = items.OfType<Question>().ToList();
            if (questions.Count == 0 && page.Items.OfType<Question>().Any()) continue;
            var asked = And(part.Wanted, _asked[(part, place)]);
            // A page on which all may have been asked already is left out then.
            if (questions.Count > 0 && questions.All(q => q.ShowIf is not null) && page.Questions.Any(q => _shared.Find(part, q) is not null))
            {
                var left = questions.Select(q => q.ShowIf!).Where(s => !Expression.Of(s).Names.Any(n => questions.Any(q => q.Id == n)));
                asked = And(asked, AnyOf(left.DefaultIfEmpty("true"), Counted($"{part.Prefix}--left--{page.Id}")));
            }
            if (page.Stop) items.Add(NotNeeded(part));
            part.PagePlaces[page.Id] = _pages.Count;
            _pages.Add(new()
            {
                Id = part.Own(page.Id), Section = part.Prefix, ShowIf = asked, Items = items,
                Title = part.Rename(page.Title ?? (questions.Count == 1 ? null : page.Items.OfType<Question>().FirstOrDefault()?.Title)),
            });
        }
    }

    private static bool CanStop(JoinedPart part) => part.Form.Pages.Any(p => p.Stop);

    /// <summary>Where each service that was chosen turned out not to be needed.</summary>
    private FormPage NothingNeeded() => new()
    {
        Id = "nothing-needed", Stop = true, Title = new("You do not need any of these", "Nid oes angen yr un o’r rhain arnoch"),
        ShowIf = Not(AnyOf(_parts.Select(p => CanStop(p) ? And(p.Wanted, $"{p.Led} < {Stopped}")! : p.Wanted), Counted("needed"))),
    };

    private static Guidance NotNeeded(JoinedPart part) => new()
    {
        Kind = GuidanceKind.Inset,
        Text = new($"You do not need this one: {part.Offer.Offer.En}. Continue with the rest.", $"Nid oes angen hwn arnoch: {part.Offer.Offer.In(Language.Welsh)}. Ewch ymlaen â’r gweddill."),
    };

    private static Guidance Guide(JoinedPart part, Guidance guidance) =>
        guidance with { ShowIf = part.Rename(guidance.ShowIf), Text = part.Rename(guidance.Text)!, Title = part.Rename(guidance.Title) };

    private PaymentStep? Payment()
    {
        var paid = _parts.Where(p => p.Form.Payment is not null).ToList();
        if (paid.Count == 0) return null;
        foreach (var part in paid) Calculate($"{part.Prefix}--to-pay", $"if({part.Wanted} and {part.Led} < {Stopped}, {part.Rename(part.Form.Payment!.Amount)}, 0)");
        var words = paid.Select(p => p.Form.Payment!.Description).ToList();
        return new($"sum([{string.Join(", ", paid.Select(p => $"{p.Prefix}--to-pay"))}])",
            words.Count == 1 ? words[0] : new(string.Join("; ", words.Select(w => w.En)), string.Join("; ", words.Select(w => w.In(Language.Welsh)))));
    }

    private DataUse? Data()
    {
        var used = _parts.Where(p => p.Form.Data is not null).Select(p => (p.Offer.Offer, Data: p.Form.Data!)).ToList();
        if (used.Count == 0) return null;
        string Privacy(Language language) => string.Join("\n\n", used.Select(u => $"## {u.Offer.In(language)}\n\n{u.Data.Privacy.In(language)}"));
        return new(string.Join(" ", used.Select(u => u.Data.Purpose).Distinct()), used[0].Data.LawfulBasis, used.Max(u => u.Data.RetentionMonths),
            new(Privacy(Language.English), Privacy(Language.Welsh)));
    }

    private string Calculate(string id, string value)
    {
        _calculations[id] = new(id, value);
        return id;
    }

    /// <summary>Names one expression after the other: <c>id--1</c>, <c>id--2</c> …</summary>
    private Func<string, string> Counted(string id)
    {
        var n = 0;
        return value => Calculate($"{id}--{++n}", value);
    }

    /// <summary>The calculations so that each stands after those that it needs.</summary>
    private List<Calculation> InOrder()
    {
        var order = new List<Calculation>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        void Take(string id)
        {
            if (!_calculations.TryGetValue(id, out var calculation) || !seen.Add(id)) return;
            foreach (var name in Expression.Of(calculation.Value).Names) Take(name);
            order.Add(calculation);
        }
        foreach (var id in _calculations.Keys.ToList()) Take(id);
        return order;
    }

    private string Prefix(string id)
    {
        var start = id.Length <= LongestPrefix ? id : id[..LongestPrefix].TrimEnd('-');
        var prefix = start;
        for (var n = 2; _parts.Any(p => p.Prefix == prefix); n++) prefix = $"{start}-{n}";
        return prefix;
    }
}
