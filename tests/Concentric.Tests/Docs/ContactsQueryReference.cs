using System.Text.Json;
using Concentric.Core.Facts;
using Concentric.Measure.Contacts;
using Concentric.Measure.Contacts.Asking;
using CountedMeasure = Concentric.Measure.Contacts.Measure;

namespace Concentric.Tests.Docs;

/// <summary>docs/reference/contacts-query.md: the names by which contacts are asked for, the same on the command line and in the API.</summary>
internal static class ContactsQueryReference
{
    public static string Make()
    {
        var page = new List<string> { $$"""
            {{Committed.Made}}
            # Asking for contacts

            The same names hold for `concentric contacts query` and for `POST /api/v1/contacts/query`. Every answer says its council, definition, period and n.

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

        page.Add("\n## Measures\n\nCounts and sums are exact.\n\n| name | |\n|---|---|\n");
        foreach (var (name, measure) in AskContacts.Measures) page.Add($"| `{name}` | {Docstrings.Of(measure)} |\n");

        page.Add("\n## Shares\n\nA share comes with its 95 per cent score interval and its n, and is null where its n is 0.\n\n| name | share | of |\n|---|---|---|\n");
        foreach (var (name, (part, whole)) in AskContacts.Shares) page.Add($"| `{name}` | `{NameOf(part)}` | `{NameOf(whole)}` |\n");

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
        Dimension.Resolved => "Whether the citizen has what they asked for.",
        Dimension.SecondsBin => "Handling time in steps of 8 per cent, for medians and percentiles.",
        Dimension.Batch => "The import it came with; our own enquiries have none.",
        _ => Docstrings.Of(dimension) is { Length: > 0 } said ? said : throw new InvalidOperationException($"Nothing says what {dimension} is."),
    };

    private static string NameOf(CountedMeasure measure) => AskContacts.Measures.Single(m => m.Value == measure).Key;

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"`{n}`"));
}
