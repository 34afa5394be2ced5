using Concentric.Serve.Forms;

namespace Concentric.Serve.Conversations;

/// <summary>Which pages of a form an adviser sees at once.</summary>
internal static class AskedPages
{
    /// <summary>The pages on the way, and behind them those that come next whatever is answered: up to the first that may be left out, stops the form, or takes files.</summary>
    public static IReadOnlyList<FormPage> Of(Journey journey)
    {
        var pages = journey.Path.Select(p => p.Page).ToList();
        if (journey.Form.TaskList || journey.ToDo is null) return pages;
        for (var i = FormIndex.Of(journey.Form).PageNumbers[pages[^1].Id]; i + 1 < journey.Form.Pages.Count && journey.Form.Pages[i].Next.Count == 0; i++)
        {
            var next = journey.Form.Pages[i + 1];
            if (next.Stop || next.ShowIf is not null || next.Items.Any(item => item.ShowIf is not null) || next.Questions.Any(q => q.Kind == QuestionKind.File)) break;
            pages.Add(next);
        }
        return pages;
    }

    /// <summary>What stands in the boxes at first: what was answered, and on pages that were not saved yet what is offered.</summary>
    public static (Fields Typed, IReadOnlyList<Question> Offered) Filled(OpenDraft open, IReadOnlyList<FormPage> pages)
    {
        var (typed, offered, answers, known) = (new Fields(), new List<Question>(), open.Journey.Answers, open.Offered);
        foreach (var page in pages)
            foreach (var question in page.Questions)
            {
                var value = answers[question.Id];
                if (value.IsNothing && open.Journey.Visit(page.Id)?.IsDone is not true && !(value = known[question.Id]).IsNothing) offered.Add(question);
                Write(question, value, typed);
            }
        return (typed, offered);
    }

    private static void Write(Question question, Value value, Fields typed)
    {
        if (question.Kind != QuestionKind.Repeat)
        {
            ReadAnswer.Write(question, value, typed);
            return;
        }
        foreach (var (index, row) in value.AsItems.Index())
            foreach (var field in question.Fields) ReadAnswer.Write(field, row.Part(field.Id), typed, $"{question.Id}.{index}.{field.Id}");
    }
}
