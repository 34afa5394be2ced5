using Concentric.Serve.Forms;
using Concentric.Tests.Serve.Forms;

namespace Concentric.Tests.Journeys;

/// <summary>Scripts that are typed into forms, in a browser that would run them.</summary>
[Collection(CitizenWalks.Name)]
public sealed class HostileFormWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("compliment", Way.Wide)]
    [InlineData("registrar-booking-request", Way.NoScriptArrives)]
    public async Task A_script_that_is_typed_does_not_run(string id, Way way)
    {
        var form = Library.Forms.Single(f => f.Id == id);
        var eve = await Somebody(await app.Address(), way);
        List<string> heard = [];
        eve.Page.Dialog += (_, dialog) =>
        {
            heard.Add(dialog.Message);
            _ = dialog.DismissAsync();
        };
        eve.Page.Console += (_, message) => { if (message.Type is "error" or "warning" && (way.ScriptsRun || !message.Text.Contains("net::ERR_FAILED", StringComparison.Ordinal))) heard.Add(message.Text); };
        eve.Page.PageError += (_, error) => heard.Add(error);
        eve.Page.Request += (_, request) => { if (request.Url.Contains("e.vil", StringComparison.Ordinal)) heard.Add(request.Url); };
        var answers = FindAnswers.Complete(form, Today)!;
        var next = 0;
        // All of the list in each field that is long enough for them, one after the other in the others.
        foreach (var question in form.Questions.Where(q => q.Kind is QuestionKind.Text or QuestionKind.LongText && q.Pattern is null && !answers[q.Id].IsNothing))
        {
            var text = question.Kind == QuestionKind.LongText ? string.Join('\n', Polyglots.All) : Polyglots.All[next++ % Polyglots.All.Count];
            var most = question.MaxLength ?? (question.Kind == QuestionKind.LongText ? 4000 : 200);
            answers = answers.With(question.Id, Value.Of(text.Length > most ? text[..most] : text));
        }

        var pages = 0;
        await new FillsByKeyboard(eve, form, answers, Language.English).Send(async (_, _) =>
        {
            pages++;
            // Moved over, because some run only then.
            foreach (var value in await eve.Page.Locator("main dd, main input, main textarea").AllAsync()) if (pages % 4 == 0 && await value.IsVisibleAsync()) await value.HoverAsync();
        });

        Assert.True(pages > 5);
        Assert.Equal([], heard);
    }
}
