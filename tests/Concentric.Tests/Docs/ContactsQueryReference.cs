using System.Text.Json;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;

namespace Concentric.Tests.Docs;

/// <summary>docs/reference/contacts-query.md: the names by which contacts are asked for, the same on the command line and in the API.</summary>
internal static class ContactsQueryReference
{
    public static string Make()
    {
        var page = new List<string> { $$"""
            {{Committed.Made}}
            # Asking for contacts

            The same names hold for the page *Explore*, for `concentric contacts query` and for `POST /api/v1/contacts/query`. Every answer says its council, definition, period and n.

                concentric contacts query --by service,channel --measures contacts,failure-share --where channel=web,phone --from 2026-01-01 --limit 20

                {"by": ["service", "channel"], "measures": ["contacts", "failure-share"], "where": {"channel": ["web", "phone"]}, "from": "2026-01-01", "limit": 20}

            ## The question

            | member | |
            |---|---|

            """ };
        foreach (var property in typeof(ContactQuestion).GetProperties().Where(p => p.Name != "EqualityContract"))
            page.Add($"| `{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}` | {Docstrings.Of(property)} |\n");

        page.Add("\n## Dimensions\n\nTo group by and to filter by.\n\n| name | |\n|---|---|\n");
        foreach (var (name, dimension) in AskContacts.Dimensions) page.Add($"| `{name}` | {Words(dimension)} |\n");

        page.Add("\n## Measures\n\nA count is a number. Everything else is an estimate: `{\"value\": …, \"low\": …, \"high\": …, \"n\": …}`, with the ends of its 95 per cent interval where it has one, or null where there is nothing to measure.\n\n| name | unit | |\n|---|---|---|\n");
        foreach (var measure in AskedMeasure.All) page.Add($"| `{measure.Name}` | {Unit(measure.Unit)} | {measure.Definition} |\n");
        page.Add($"\nFormer names are understood: {string.Join(", ", AskedMeasure.Formerly.Select(f => $"`{f.Key}` is `{f.Value}`"))}.\n");

        page.Add("""

            ## Who sees what

            The API and everybody who is no analyst get figures under rule A: a count from 1 to 7 is hidden, others are rounded to the nearest 5, a total is rounded from
            the exact total, and every other figure is made from such counts. The answer says `"disclosure": "rule-a"`; a hidden value is null and named in `hidden` by row
            and column, a null that is not named there is nothing to measure. Rows from which a hidden count could be worked out are left out, and `withheld` says so.
            Means have no interval under the rule. `concentric contacts query` is for whoever looks after the machine: exact, unless `--rounded`.

            At most 100,000 rows and 30 seconds; two questions are worked on at once, others wait their turn, and one whose caller goes away is stopped.

            ## A file

            `--csv`, and “Download” on the page *Explore*: lines that begin with `#` say council, period, n and definitions; then a head and the rows. An estimate has four
            columns: itself, `low`, `high` and `n`. A hidden count is `1 to 7`, another hidden figure `hidden`, and nothing to measure is empty.

            """);

        page.Add("\n## Values\n\nWhat a filter takes. Answers name things as people read them.\n\n| dimension | values |\n|---|---|\n");
        page.Add("| `day`, `week`, `month` | the day it begins, as `2026-03-02` |\n| `service` | LGSL identifier, as `524`, or a list's own key, as `boston311:Pothole` |\n| `area`, `source`, `profile` | its key, as the file or the seed gave it |\n| `ward` | its name |\n| `interaction`, `decile`, `seconds-bin`, `batch` | the number |\n");
        page.Add($"| `channel` | {Listed(Channels.All.Select(c => c.Name))} |\n");
        page.Add($"| `failure-cause` | {Listed(FailureCauses.All.Select(c => c.Name).Prepend("none"))} |\n");
        page.Add($"| `demand` | {Listed(Enum.GetValues<Demand>().Select(AskContacts.Kebab))} |\n");
        page.Add($"| `kind` | {Listed(Enum.GetValues<ContactKind>().Select(AskContacts.Kebab))} |\n");
        page.Add($"| `initiator` | {Listed(Enum.GetValues<ContactInitiator>().Select(AskContacts.Kebab))} |\n");
        page.Add($"| `resolved` | {Listed(Enum.GetValues<ContactResolved>().Select(AskContacts.Kebab))} |\n");
        return string.Concat(page);
    }

    // The docstrings of Dimension speak of the numbers that the store keeps; who asks sees words.
    private static string Words(Dimension dimension) => dimension switch
    {
        Dimension.Day => "The day it began, by the council's clock.",
        Dimension.Week => "The week, by its Monday.",
        Dimension.Month => "The month, by its first day.",
        Dimension.Council => "The council. A question is always about one.",
        Dimension.Kind => "Contact or service request.",
        Dimension.Initiator => "Who began it: citizen, staff or a system.",
        Dimension.Service => "The service.",
        Dimension.Channel => "How it came.",
        Dimension.Demand => "What it was coded as.",
        Dimension.FailureCause => "The cause that was set for failure demand.",
        Dimension.DemandType => "What they asked, in citizens' words.",
        Dimension.SystemCause => "What in how the council works made them ask.",
        Dimension.CauseService => "The service whose work made them ask.",
        Dimension.CauseStep => "The step of a process that made them ask.",
        Dimension.Chases => "Whether it asks what is happening to an enquiry of ours that is still open.",
        Dimension.Team => "The team that had the enquiry when it was answered, or when what it follows was.",
        Dimension.Resolved => "Whether the citizen has what they asked for.",
        Dimension.SecondsBin => "Handling time in steps of 8 per cent, for medians and percentiles.",
        Dimension.Batch => "The import it came with; our own enquiries have none.",
        _ => Docstrings.Of(dimension) is { Length: > 0 } said ? said : throw new InvalidOperationException($"Nothing says what {dimension} is."),
    };

    private static string Unit(FigureUnit unit) => unit switch
    {
        FigureUnit.Count => "number",
        FigureUnit.Pence => "pence",
        FigureUnit.Seconds => "seconds",
        FigureUnit.Share => "share, 0 to 1",
        _ => "as the source scales it",
    };

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"`{n}`"));
}
