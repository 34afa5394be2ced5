using Concentric.Core.Data;
using Concentric.Core.Design;
using Concentric.Serve.Forms;
using Microsoft.AspNetCore.Http;

namespace Concentric.Serve.Conversations;

/// <summary>What came of saving the boxes of one screen. All that was typed is kept, right or wrong; a page is done only where nothing is wrong with it.</summary>
/// <param name="Open">The form as it is kept now; null where it is not the adviser's any more.</param>
/// <param name="Pressed">What the screen is shown again with; one that says nothing where a button of a file alone was pressed.</param>
/// <param name="IsRefused">A file was not taken.</param>
/// <param name="IsWrong">Something that was given cannot be right. What is only missing is not wrong.</param>
internal sealed record SavedPages(OpenDraft? Open, Fields Typed, Pressed? Pressed, bool IsRefused, bool IsWrong)
{
    /// <summary>There is something to say, or to choose from, before it can go on.</summary>
    public bool IsAgain => Pressed is not null && (Pressed.Errors.Any || Pressed.Found.Count > 0);
}

/// <summary>What was typed on one screen goes to the pages of the form, its files are taken, and what was said is offered to the other forms.</summary>
internal sealed class SavePages(FillDraft fill, TakeFiles files, OfferKnown offer, IWriter writer)
{
    /// <param name="language">In which the screen says what is wrong.</param>
    public async Task<SavedPages> Save(Conversation conversation, OpenDraft open, HttpContext http, ConcentricDb db, Language language = Language.English)
    {
        var typed = new Fields(await http.Request.ReadFormAsync(http.RequestAborted));
        var shown = (typed["_pages"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var pages = open.Form.Pages.Where(p => shown.Contains(p.Id)).Select(p => open.Journey.Visit(p.Id) ?? new(p, [.. p.Questions], [], IsDone: false)).ToList();
        var found = new Dictionary<string, IReadOnlyList<Choice>>(StringComparer.Ordinal);
        var unfinished = new List<string>();
        foreach (var page in pages)
        {
            var here = await FindAddresses.For(db, page, typed, typed["_address"], http.RequestAborted);
            if (here.Count > 0) unfinished.Add(page.Id);
            foreach (var (question, addresses) in here) found[question] = addresses;
        }
        var refused = new List<Problem>();
        foreach (var page in pages.Where(p => open.Journey.Visit(p.Id) is not null)) refused.AddRange(await files.Take(open, page, http, typed));

        if (await fill.Pages(open.Draft.Id, conversation.By, shown, typed, unfinished) is not { } result) return new(null, typed, null, false, false);
        await offer.Said(writer, conversation.Id, result.Open.Journey);
        // "Upload" and "Remove" are about the file: what is missing elsewhere is not said yet.
        if (refused.Count == 0 && found.Count == 0 && (typed["_stay"] ?? typed["_remove"]) is not null) return new(result.Open, typed, new(), false, false);
        var errors = AnswerPage.Of(refused.Concat(result.Problems), language);
        return new(result.Open, typed, errors.Any || found.Count > 0 ? new() { Errors = errors, Typed = typed, Found = found } : null,
            refused.Count > 0, refused.Count > 0 || result.Problems.Any(p => p.Code is not ("missing" or "too-few")));
    }
}
