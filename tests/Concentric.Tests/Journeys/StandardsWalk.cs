using System.Text;

namespace Concentric.Tests.Journeys;

/// <summary>An analyst brings a list of the council's own: a bad file first, then the look at what it would change, then the change, and its version.</summary>
[Collection(StaffWalks.Name)]
public sealed class StandardsWalk(Chromium chromium, ServedApp app) : Journey(chromium)
{
    private const string Bad = "Identifier,Label,Parent identifiers\ngrit,Gritting,\nsalt,\"Salt bins,roads\n";

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_list_is_looked_at_applied_and_its_versions_are_kept(Way way)
    {
        var lewis = await Somebody(await app.Address(), way);
        // The walks share a council: each way brings a list of its own.
        var name = $"Winter work {way}";
        await lewis.SignInAs("Lewis Hart, analyst");
        await lewis.Open("/standards");
        await lewis.See("Lists");

        await lewis.Follow("Import a list");
        await lewis.See("Import a list");
        await lewis.Press("Look at what it would change");
        await lewis.SeeErrors("Select a file that has a list in it");
        await Give(lewis, Bad);
        await lewis.Press("Look at what it would change");
        await lewis.SeeErrors("winter.csv, line 3, column 6: a quotation mark opens here and is never closed.");

        await Give(lewis, "Identifier,Label,Parent identifiers,Modified\ngrit,Gritting,,2026-01-05\nsalt,Salt bins,grit,\n");
        await lewis.Fill("Name of a new list of your own (optional)", name);
        await lewis.Press("Look at what it would change");
        await lewis.See("What the import would change");
        await lewis.SeeWords("Nothing has been changed yet.");
        await lewis.SeeWords("2026-01-05; the list is not held yet");
        await lewis.Press("Apply these changes");
        await lewis.See(name);
        await lewis.SeeWords("The list was imported.");
        await lewis.SeeWords("Below Gritting");

        await lewis.Follow("Import a newer version");
        await Give(lewis, "Identifier,Label,Parent identifiers,Modified\ngrit,Gritting of roads,,2026-02-05\nsnow,Snow,,\n");
        await lewis.Press("Look at what it would change");
        await lewis.See("What the import would change");
        await lewis.SeeWords("Withdrawn: no longer in the list: 1");
        await lewis.Page.GetByLabel("Take 1 out of use").CheckAsync();
        await lewis.Press("Apply these changes");
        await lewis.See(name);
        await lewis.SeeWords("2 in use, 1 withdrawn and kept");
        await lewis.Leave(() => lewis.Main.GetByText("See changes").First.ClickAsync());
        await lewis.See($"How {name} changed");
        await lewis.SeeWords("Gritting of roads");
    }

    private static Task Give(Walker walker, string text) =>
        walker.Page.GetByLabel("File", new() { Exact = true }).SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "winter.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
}
