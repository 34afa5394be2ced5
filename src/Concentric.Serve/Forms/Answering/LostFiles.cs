using Concentric.Core.Data;
using Concentric.Serve.Attachments;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>A file in which a virus was found after it had been taken, because the scanner was away when it came. It is deleted, and the half-done form still lists it.</summary>
/// <param name="Page">Id of the page that asked for it.</param>
internal sealed record LostFile(Guid Id, string Name, string Page, string Question)
{
    /// <summary>What to tell the citizen at the question. Names the file, so no form has words of its own for it.</summary>
    public Problem Problem => new(Question, Question, "virus", RefusedFile.FoundLater(Name));
}

/// <summary>Finds lost files, so that nobody sends a form in the belief that its proof went with it.</summary>
internal static class LostFiles
{
    /// <summary>Those that would be sent, in the order of the form.</summary>
    public static Task<IReadOnlyList<LostFile>> Of(ConcentricDb db, Journey journey, CancellationToken stop = default) =>
        Among(db, journey.Path.SelectMany(p => p.Questions.Select(q => (p.Id, q))), journey.Answers, stop);

    /// <summary>Those of one page, under choices that are not chosen too: a file may come before its choice is kept.</summary>
    public static Task<IReadOnlyList<LostFile>> On(ConcentricDb db, FormPage page, Answers answers, CancellationToken stop) =>
        Among(db, page.Questions.Select(q => (page.Id, q)), answers, stop);

    private static async Task<IReadOnlyList<LostFile>> Among(ConcentricDb db, IEnumerable<(string Page, Question Question)> asked, Answers answers, CancellationToken stop)
    {
        var listed = (from a in asked
                      where a.Question.Kind == QuestionKind.File
                      from file in answers[a.Question.Id].AsItems
                      select new LostFile(Guid.ParseExact($"{file.Part("id")}", "N"), $"{file.Part("name")}", a.Page, a.Question.Id)).ToList();
        if (listed.Count == 0) return [];
        var ids = listed.ConvertAll(f => f.Id);
        var refused = await db.Attachments.Where(a => ids.Contains(a.Id) && a.State == AttachmentState.Refused).Select(a => a.Id).ToListAsync(stop);
        return listed.FindAll(f => refused.Contains(f.Id));
    }
}
