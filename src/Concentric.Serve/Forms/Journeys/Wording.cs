using System.Globalization;

namespace Concentric.Serve.Forms;

/// <summary>What stops a page from being complete.</summary>
/// <param name="Field">The box to which the message leads.</param>
/// <param name="Question">Id of the question.</param>
/// <param name="Code">What is wrong, as <c>missing</c>.</param>
public sealed record Problem(string Field, string Question, string Code, LocalText Message);

/// <summary>The usual messages, in the wording of the GOV.UK Design System. {name} is what the question calls its answer, {Name} the same at the start of a sentence.</summary>
internal static class Wording
{
    private static readonly Dictionary<string, LocalText> Texts = new(StringComparer.Ordinal)
    {
        ["missing"] = new("Enter {name}", "Rhowch {name}"),
        ["missing-choice"] = new("Select {name}", "Dewiswch {name}"),
        ["missing-yes-no"] = new("Select yes if {name}", "Dewiswch ydw neu oes os {name}"),
        ["missing-declaration"] = new("Confirm that {name}", "Cadarnhewch fod {name}"),
        ["missing-file"] = new("Select {name}", "Dewiswch {name}"),
        ["too-long"] = new("{Name} must be {limit} characters or less", "Rhaid i {name} fod yn {limit} nod neu lai"),
        ["too-many-words"] = new("{Name} must be {limit} words or less", "Rhaid i {name} fod yn {limit} gair neu lai"),
        ["number"] = new("{Name} must be a number, like 30", "Rhaid i {name} fod yn rhif, fel 30"),
        ["whole-number"] = new("{Name} must be a whole number, like 30", "Rhaid i {name} fod yn rhif cyfan, fel 30"),
        ["decimals"] = new("{Name} must have {limit} decimal places or fewer", "Rhaid i {name} gael {limit} lle degol neu lai"),
        ["money"] = new("{Name} must be an amount of money, like 25 or 25.99", "Rhaid i {name} fod yn swm o arian, fel 25 neu 25.99"),
        ["too-small"] = new("{Name} must be {limit} or more", "Rhaid i {name} fod yn {limit} neu fwy"),
        ["too-large"] = new("{Name} must be {limit} or fewer", "Rhaid i {name} fod yn {limit} neu lai"),
        ["too-much-money"] = new("{Name} must be {limit} or less", "Rhaid i {name} fod yn {limit} neu lai"),
        ["date-part"] = new("{Name} must include a {limit}", "Rhaid i {name} gynnwys {limit}"),
        ["date"] = new("{Name} must be a real date", "Rhaid i {name} fod yn ddyddiad go iawn"),
        ["too-early"] = new("{Name} must be the same as or after {limit}", "Rhaid i {name} fod yr un fath â {limit} neu ar ei ôl"),
        ["too-late"] = new("{Name} must be the same as or before {limit}", "Rhaid i {name} fod yr un fath â {limit} neu cyn hynny"),
        ["today-or-earlier"] = new("{Name} must be today or in the past", "Rhaid i {name} fod heddiw neu yn y gorffennol"),
        ["today-or-later"] = new("{Name} must be today or in the future", "Rhaid i {name} fod heddiw neu yn y dyfodol"),
        ["past"] = new("{Name} must be in the past", "Rhaid i {name} fod yn y gorffennol"),
        ["future"] = new("{Name} must be in the future", "Rhaid i {name} fod yn y dyfodol"),
        ["email"] = new("Enter an email address in the correct format, like name@example.com", "Rhowch gyfeiriad e-bost yn y fformat cywir, fel enw@example.com"),
        ["phone"] = new("Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192", "Rhowch rif ffôn, fel 01632 960 001, 07700 900 982 neu +44 808 157 0192"),
        ["website"] = new("Enter a website address in the correct format, like https://www.example.com", "Rhowch gyfeiriad gwefan yn y fformat cywir, fel https://www.example.com"),
        ["postcode"] = new("Enter a full UK postcode, like LS1 4AP", "Rhowch god post llawn yn y DU, fel LS1 4AP"),
        ["address-line1"] = new("Enter address line 1, typically the building and street", "Rhowch linell gyntaf y cyfeiriad, fel arfer yr adeilad a’r stryd"),
        ["address-town"] = new("Enter town or city", "Rhowch dref neu ddinas"),
        ["address-postcode"] = new("Enter postcode", "Rhowch god post"),
        ["choose-address"] = new("Select an address, or enter it yourself", "Dewiswch gyfeiriad, neu rhowch y cyfeiriad eich hun"),
        ["format"] = new("{Name} must be in the correct format", "Rhaid i {name} fod yn y fformat cywir"),
        ["choice"] = new("Select {name} from the list", "Dewiswch {name} o’r rhestr"),
        ["alone"] = new("Select {name}, or select “{limit}”", "Dewiswch {name}, neu dewiswch “{limit}”"),
        ["too-few-choices"] = new("Select at least {limit}", "Dewiswch o leiaf {limit}"),
        ["too-many-choices"] = new("Select {limit} or fewer", "Dewiswch {limit} neu lai"),
        ["too-few-rows"] = new("Add at least {limit}", "Ychwanegwch o leiaf {limit}"),
        ["too-many-rows"] = new("You can add {limit} or fewer", "Gallwch ychwanegu {limit} neu lai"),
        ["row"] = new("Check number {limit}: something is missing or wrong in it", "Gwiriwch rif {limit}: mae rhywbeth ar goll neu’n anghywir"),
        ["too-few-files"] = new("Select at least {limit} files", "Dewiswch o leiaf {limit} ffeil"),
        ["too-many-files"] = new("You can only select up to {limit} files at the same time", "Dim ond hyd at {limit} ffeil y gallwch eu dewis"),
        ["place"] = new("Enter where it is, on the map or in words", "Rhowch ble mae, ar y map neu mewn geiriau"),
        ["latitude"] = new("Latitude must be a number from 49 to 61, like 53.80", "Rhaid i’r lledred fod yn rhif o 49 i 61, fel 53.80"),
        ["longitude"] = new("Longitude must be a number from -9 to 2, like -1.55", "Rhaid i’r hydred fod yn rhif o -9 i 2, fel -1.55"),
        ["rule"] = new("{Name} cannot be right", "Ni all {name} fod yn gywir"),
    };

    public static IEnumerable<string> Codes => Texts.Keys;

    /// <summary>The message of that code for a question; the question's own where it has one, under the code or under the wider one.</summary>
    /// <param name="wider">The code that forms may give a message for, as <c>format</c> for <c>email</c>.</param>
    public static LocalText Of(string code, Question question, string? wider = null, LocalText? limit = null) =>
        question.Messages.GetValueOrDefault(code) ?? (wider is null ? null : question.Messages.GetValueOrDefault(wider)) ?? Fill(Texts[code], question, limit);

    private static LocalText Fill(LocalText text, Question question, LocalText? limit)
    {
        // A question without a name is quoted whole: a title forced into the sentence reads badly.
        if (question.Name is null && text.En.Contains("{name}", StringComparison.Ordinal))
            return new($"Answer the question “{question.Title.En}”", $"Atebwch y cwestiwn “{question.Title.In(Language.Welsh)}”");
        var name = question.Name ?? question.Short ?? new($"the answer to “{question.Title.En}”", $"yr ateb i “{question.Title.In(Language.Welsh)}”");
        return new(
            Fill(text.En, name.En, limit?.En),
            Fill(text.Cy!, name.In(Language.Welsh), limit?.In(Language.Welsh)));
    }

    private static string Fill(string text, string name, string? limit) => text
        .Replace("{name}", name, StringComparison.Ordinal)
        .Replace("{Name}", name.Length == 0 ? "" : char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..], StringComparison.Ordinal)
        .Replace("{limit}", limit, StringComparison.Ordinal);
}
