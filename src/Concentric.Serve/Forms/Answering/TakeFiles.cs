using Concentric.Core.Data;
using Concentric.Serve.Attachments;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Concentric.Serve.Forms;

/// <summary>Files that come with a page of a form: each is looked at and kept before the page is continued from, so that a mistake elsewhere loses none.</summary>
internal sealed class TakeFiles(KeptAttachments attachments, FillDraft fill, IDbContextFactory<ConcentricDb> databases)
{
    /// <summary>Keeps what was sent and takes out what was removed; returns what was not taken.</summary>
    public async Task<IReadOnlyList<Problem>> Take(OpenDraft open, JourneyPage page, HttpContext http, Fields typed)
    {
        var problems = new List<Problem>();
        await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
        var lost = await LostFiles.On(db, page.Page, open.Journey.Answers, http.RequestAborted);
        foreach (var question in page.Page.Questions.Where(q => q.Kind == QuestionKind.File))
        {
            // Browsers send an empty part for an input in which nothing was chosen.
            var sent = http.Request.Form.Files.Where(f => f.Name == question.Id && (f.Length > 0 || f.FileName.Length > 0)).ToList();
            if (Guid.TryParseExact(typed["_remove"], "N", out var gone)) await Remove(open, page.Id, question, gone);
            foreach (var file in lost.Where(f => f.Question == question.Id && f.Id != gone))
            {
                await Remove(open, page.Id, question, file.Id);
                // Whoever sends another in its place knows already.
                if (sent.Count == 0) problems.Add(file.Problem);
            }
            var limits = new FileLimits(question.Accept, Math.Min(question.AtMost ?? FileLimits.MostFiles, FileLimits.MostFiles));
            foreach (var file in sent)
            {
                await using var content = file.OpenReadStream();
                var outcome = await attachments.Keep(content, file.FileName, file.ContentType, open.Draft.Id, question.Id, limits, http.RequestAborted);
                if (outcome.Kept is { } kept) await Add(open, page.Id, question, kept);
                else if (outcome.Refused is { } refused) problems.Add(Refused(question, refused));
                if (outcome.Refused?.Problem == FileProblem.TooMany) break;
            }
        }
        return problems;
    }

    // Pressed twice, it is the same file, and is listed once.
    private Task Add(OpenDraft open, string page, Question question, Attachment file) => fill.Change(open.Draft.Id, page, now =>
    {
        var there = now.Journey.Answers[question.Id].AsItems;
        return there.Any(f => $"{f.Part("id")}" == $"{file.Id:N}") ? null : (now.Journey.Answers.With(question.Id, Value.Of(there.Add(Of(file)))), []);
    });

    private async Task Remove(OpenDraft open, string page, Question question, Guid id)
    {
        if (!await attachments.Remove(open.Draft.Id, id)) return;
        await fill.Change(open.Draft.Id, page, now =>
        {
            var left = now.Journey.Answers[question.Id].AsItems.Where(f => $"{f.Part("id")}" != $"{id:N}").ToList();
            return (now.Journey.Answers.With(question.Id, left.Count == 0 ? Value.Nothing : Value.Of(left)), []);
        });
    }

    private static Value Of(Attachment file) => Value.Of([KeyValuePair.Create("id", Value.Of($"{file.Id:N}")), KeyValuePair.Create("name", Value.Of(file.FileName)), KeyValuePair.Create("size", Value.Of(file.Size))]);

    private static Problem Refused(Question question, RefusedFile refused) => new(question.Id, question.Id, refused.Key, question.Messages.GetValueOrDefault(refused.Key) ?? refused.Message);
}
