using Concentric.Core;
using Concentric.Core.Journal;
using Concentric.Serve;
using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Forms;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Tests.Serve.Cases;

/// <summary>What tests do to cases by their pages.</summary>
internal static class CaseWork
{
    public const string Email = "ada@example.com";

    /// <summary>Sends the form and returns the reference of its case.</summary>
    public static async Task<string> Report(TestApp app, string id)
    {
        var form = await app.Services.GetRequiredService<PublishedForms>().Find(id);
        var answers = FindAnswers.Complete(form!.Form, Say.DayOf(app.Clock.Now))!;
        foreach (var question in form.Form.Questions.Where(q => q.Particular == "person.email")) answers = answers.With(question.Id, new Value.Text(Email));
        var before = await app.Db(d => d.Cases.Select(c => c.Id).ToListAsync());
        var ada = await new FillsIn(app.Browse(), form.Form, answers).Begin();
        await ada.GoTo();
        await ada.Send();
        return $"{await app.Db(d => d.Cases.Where(c => !before.Contains(c.Id)).Select(c => c.Reference).SingleAsync())}";
    }

    public static async Task Step(Browser who, string reference, string node, string? way, string[]? needs = null, string note = "")
    {
        if (who.Response is null) await who.Open($"/desk/cases/{reference}");
        await who.Post($"/desk/cases/{reference}", [("Do", "step"), ("Node", node), .. way is null ? (IEnumerable<(string, string)>)[] : [("Way", way)], .. (needs ?? []).Select(n => ("Needs", n)), ("Note", note)]);
    }

    public static async Task Other(Browser who, string reference, string what, string note = "", string team = "")
    {
        await who.Open($"/desk/cases/{reference}");
        await who.Post($"/desk/cases/{reference}", [("Do", what), ("Note", note), ("Team", team)]);
    }

    /// <summary>The page of the status as its citizen sees it.</summary>
    public static async Task<Browser> Status(TestApp app, string reference)
    {
        var ada = app.Browse();
        await ada.Open($"/enquiries/status?reference={reference}");
        await ada.Post("/enquiries/status", [("Reference", reference), ("Email", Email)]);
        return ada;
    }

    public static async Task<List<T>> Facts<T>(this TestApp app) where T : IFact
    {
        var kind = Journal.KindOf(typeof(T));
        return (await app.Db(d => d.Facts.AsNoTracking().Where(f => f.Kind == kind).ToListAsync())).ConvertAll(f => f.As<T>());
    }
}
