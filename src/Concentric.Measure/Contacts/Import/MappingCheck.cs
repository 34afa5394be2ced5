using System.Globalization;
using Concentric.Core.Facts;

namespace Concentric.Measure.Contacts;

public sealed partial record Mapping
{
    /// <summary>The fields that may have a constant.</summary>
    public static IReadOnlyList<string> ConstantFields { get; } =
        ["opened", "service", "area", "initiator", "interaction", "demand", "cause", "resolved", "seconds", "cost", "satisfaction", "name", "amount", "activity", "organisation"];

    private void Check(string name)
    {
        void Refuse(bool when, string why) { if (when) throw new MappingException($"The mapping {name}: {why}"); }
        Refuse(Delimiter is not ("," or ";" or "|" or "\t" or "comma" or "semicolon" or "pipe" or "tab"), "the delimiter is a comma, a semicolon, a pipe or a tab.");
        Refuse(Name.Length == 0 || Council.Name.Length == 0, "name and council have a name.");
        Refuse(Opened.Columns.Count == 0 && !Constants.ContainsKey("opened") || Opened.Formats.Count == 0, "“opened” names at least one column and one format.");
        Refuse(Closed is { } closed && (closed.Columns.Count == 0 || closed.Formats.Count == 0), "“closed” names at least one column and one format.");
        Refuse(Closed is not null && Seconds is not null, "a duration comes from “closed” or from “seconds”, not from both.");
        Refuse(Core.Facts.Channels.Find(Channel) is null, $"“{Channel}” is not a channel.");
        foreach (var meaning in (Source?.Values.Values ?? []).Concat(Source?.Otherwise is { } otherwise ? [otherwise] : []))
            Refuse(Core.Facts.Channels.Find(meaning.Channel) is null, $"“{meaning.Channel}” is not a channel. Channels are {string.Join(", ", Core.Facts.Channels.All.Select(c => c.Name))}.");
        foreach (var cause in Cause?.Values.Values ?? []) Refuse(Core.Facts.FailureCauses.Find(cause) is null, $"“{cause}” is not a cause of failure demand.");
        foreach (var demand in Demand?.Values.Values ?? []) Refuse(demand is not ("value" or "failure" or "unknown"), $"demand is value, failure or unknown, not “{demand}”.");
        foreach (var resolved in Resolved?.Values.Values ?? []) Refuse(resolved is not ("yes" or "no"), $"resolved is yes or no, not “{resolved}”.");
        _ = LocalClock.Of(Council.Zone);
        Refuse(Id.Concat(Person).Any(string.IsNullOrEmpty), "a column has a name; that of a nameless column is not to be read.");
        CheckConstants(Refuse);
        CheckKind(Refuse);
        foreach (var text in FreeText)
        {
            Refuse(text.Do == "keep", $"free text (“{text.Column}”) is not kept in the contact store, which holds nothing by which a person could be named. Let it be looked through (“do”: “classify”) or dropped.");
            Refuse(text.Do is not ("classify" or "drop"), $"free text is classified or dropped, not “{text.Do}”.");
        }
        foreach (var date in new[] { Opened, Closed, Counted?.Until }.OfType<DateColumns>())
        {
            Refuse(date.Formats.Count == 0, "a date names at least one format.");
            if (date.Zone is not null) _ = LocalClock.Of(date.Zone);
        }
        foreach (var service in Service?.Values?.Values ?? []) Refuse(service.Length == 0 || !service.All(char.IsAsciiDigit), $"“{service}” is no LGSL identifier, which is a number.");
        Refuse(Service?.Unmatched == UnmatchedService.Keep && Service.Scheme is null, "a service text that is kept needs a scheme, under which it is known.");
    }

    private void CheckConstants(Action<bool, string> refuse)
    {
        foreach (var (field, text) in Constants)
        {
            refuse(!ConstantFields.Contains(field), $"“{field}” is no field that can have a constant. Fields are {string.Join(", ", ConstantFields)}.");
            refuse(field == "cause" && FailureCauses.Find(text) is null, $"“{text}” is not a cause of failure demand.");
            refuse(field == "demand" && text is not ("value" or "failure" or "unknown"), $"demand is value, failure or unknown, not “{text}”.");
            refuse(field == "resolved" && text is not ("yes" or "no"), $"resolved is yes or no, not “{text}”.");
            refuse(field == "initiator" && (!Enum.TryParse<ContactInitiator>(text, ignoreCase: true, out _) || char.IsAsciiDigit(text[0])), $"initiator is citizen, staff or system, not “{text}”.");
            refuse(field is "interaction" or "satisfaction" && !byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _), $"{field} is a whole number from 0 to 255, not “{text}”.");
            refuse(field is "seconds" or "amount" && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _), $"{field} is a whole number, not “{text}”.");
        }
    }

    private void CheckKind(Action<bool, string> refuse)
    {
        refuse((Kind == MappingKind.Counted) != (Counted is not null), "“counted” belongs to the kind “counted”, and it needs it.");
        refuse((Kind == MappingKind.Step) != (Step is not null), "“step” belongs to the kind “step”, and it needs it.");
        refuse(Format is FileFormat.Xes or FileFormat.Ocel && Kind != MappingKind.Step, "an event log holds steps: its kind is “step”.");
        refuse(Format == FileFormat.Ocel && string.IsNullOrEmpty(Step?.CaseType), "of OCEL, “step” says by “caseType” which type of object is the case.");
        if (Counted is { } counted)
        {
            refuse(counted.Wide.Count > 0 && (counted.Amount is not null || counted.Name is not null || counted.Mean is not null), "a wide file has its amounts in the columns that “wide” names, and in none else.");
            refuse(counted.Wide.Count == 0 && counted.Amount is null && !Constants.ContainsKey("amount"), "“counted” says by “amount” or “wide” where the amounts are.");
            refuse(counted.Wide.Count == 0 && counted.Name is null && !Constants.ContainsKey("name"), "“counted” says by “name” or a constant what was counted.");
            foreach (var column in counted.Wide)
                refuse(column.Channel is { } channel && Channels.Find(channel) is null, $"“{column.Channel}” is not a channel.");
            refuse(counted.Wide.Any(w => string.IsNullOrWhiteSpace(w.Name)), "each column of “wide” has a name of what it counts.");
            // A row's count is known by both, so that the second column would be taken for the first come again.
            foreach (var same in counted.Wide.GroupBy(w => (w.Name, w.Channel is null ? null : Channels.Find(w.Channel)?.Code)))
            {
                var columns = string.Join(" and ", same.Select(w => $"“{w.Column}”"));
                refuse(same.Count() > 1, $"the columns {columns} of “wide” count the same (“{same.Key.Name}”) by the same channel. Give each a name or a channel of its own.");
            }
        }
        refuse(Step is { Case.Count: 0 }, "“step” names at least one column of the case.");
    }
}
