using Concentric.Serve.Forms.Import;

namespace Concentric.Serve.Forms.Building;

/// <summary>The changes that somebody makes to a form, each a pure function. What they name and is not there makes no change.</summary>
internal static class EditForm
{
    extension(Form form)
    {
        public Form WithPage(string id, Func<FormPage, FormPage> change) => form with { Pages = [.. form.Pages.Select(p => p.Id == id ? change(p) : p)] };

        /// <summary>A page at the end, or after another.</summary>
        public Form AddPage(FormPage page, string? after)
        {
            var pages = form.Pages.ToList();
            var place = after is null ? -1 : pages.FindIndex(p => p.Id == after);
            pages.Insert(after == "" ? 0 : place < 0 ? pages.Count : place + 1, page);
            return form with { Pages = pages };
        }

        /// <summary>A page by another id: the ways to it go with it.</summary>
        public Form RenamePage(string from, string to) => form with
        {
            Pages = [.. form.Pages.Select(p => p with { Id = p.Id == from ? to : p.Id, Next = [.. p.Next.Select(j => j.Page == from ? j with { Page = to } : j)] })],
        };

        public Form MovePage(string id, bool up) => form with { Pages = Moved(form.Pages, form.Pages.ToList().FindIndex(p => p.Id == id), up) };

        public Form RemovePage(string id) => form with { Pages = [.. form.Pages.Where(p => p.Id != id)] };

        public Form MoveItem(string page, int item, bool up) => form.WithPage(page, p => p with { Items = Moved(p.Items, item, up) });

        public Form RemoveItem(string page, int item) => form.WithPage(page, p => p with { Items = [.. p.Items.Index().Where(i => i.Index != item).Select(i => i.Item)] });

        /// <summary>The question of that key: its id, or <c>group.field</c> for a field of a repeating group.</summary>
        public PlacedQuestion? Find(string key)
        {
            var parts = key.Split('.', 2);
            foreach (var page in form.Pages)
                foreach (var question in page.Questions)
                {
                    if (question.Id != parts[0]) continue;
                    if (parts.Length == 1) return new(page, question, key);
                    if (question.Fields.FirstOrDefault(f => f.Id == parts[1]) is { } field) return new(page, field, key) { Group = question };
                }
            return null;
        }

        /// <summary>The form with that question changed; null takes it away, with what it reveals.</summary>
        public Form WithQuestion(string key, Func<Question, Question?> change)
        {
            var parts = key.Split('.', 2);
            Question? Own(Question question) => question.Id != parts[0] ? Within(question)
                : parts.Length == 1 ? change(question)
                : question with { Fields = [.. question.Fields.Select(f => f.Id == parts[1] ? change(f) : f).OfType<Question>()] };
            Question Within(Question question) => question.Choices.All(c => c.Reveals.Count == 0) ? question
                : question with { Choices = [.. question.Choices.Select(c => c.Reveals.Count == 0 ? c : c with { Reveals = [.. c.Reveals.Select(Own).OfType<Question>()] })] };
            return form with { Pages = [.. form.Pages.Select(p => p with { Items = [.. p.Items.Select(i => i is Question question ? Own(question) : i).OfType<FormItem>()] })] };
        }

        /// <summary>A question at the end of a page, under a choice of another question, or as a field of a repeating group.</summary>
        public Form AddQuestion(string page, string? under, string? choice, Question question)
        {
            if (under is null) return form.WithPage(page, p => p with { Items = [.. p.Items, question] });
            return form.WithQuestion(under, q => q.Kind == QuestionKind.Repeat
                ? q with { Fields = [.. q.Fields, question] }
                : q with { Choices = [.. q.Choices.Select(c => c.Value == choice ? c with { Reveals = [.. c.Reveals, question] } : c)] });
        }

        /// <summary>A field of a repeating group, or a revealed question, one place up or down among its own.</summary>
        public Form MoveQuestion(string key, bool up)
        {
            if (form.Find(key) is not { } found) return form;
            if (found.Group is { } group) return form.WithQuestion(group.Id, g => g with { Fields = Moved(g.Fields, g.Fields.ToList().FindIndex(f => f.Id == found.Question.Id), up) });
            var place = found.Page.Items.ToList().FindIndex(i => i is Question q && q.Id == key);
            if (place >= 0) return form.MoveItem(found.Page.Id, place, up);
            var parent = found.Page.Questions.First(q => q.Choices.Any(c => c.Reveals.Any(r => r.Id == key)));
            return form.WithQuestion(parent.Id, p => p with { Choices = [.. p.Choices.Select(c => c with { Reveals = Moved(c.Reveals, c.Reveals.ToList().FindIndex(r => r.Id == key), up) })] });
        }

        /// <summary>An id made of words that nothing in the form has yet: "Which bin was missed?" becomes "which-bin-was-missed".</summary>
        public string FreeId(string words) => new Ids(
        [
            .. FormCheck.TakenPageIds, .. Ids.ReservedInExpressions,
            .. form.Pages.Select(p => p.Id), .. form.Questions.Select(q => q.Id), .. form.Calculations.Select(c => c.Id), .. form.Lookups.Select(l => l.Id),
        ]).Take(words, "page");
    }

    private static IReadOnlyList<T> Moved<T>(IReadOnlyList<T> items, int from, bool up)
    {
        var to = up ? from - 1 : from + 1;
        if (from < 0 || from >= items.Count || to < 0 || to >= items.Count) return items;
        var moved = items.ToList();
        (moved[from], moved[to]) = (moved[to], moved[from]);
        return moved;
    }
}

/// <summary>A question where it stands.</summary>
/// <param name="Key">By which it is addressed.</param>
internal sealed record PlacedQuestion(FormPage Page, Question Question, string Key)
{
    /// <summary>The repeating group whose field it is.</summary>
    public Question? Group { get; init; }
}
