namespace Concentric.Tests.Design;

/// <summary>What of the Design System's examples our components do not do, by name, with the reason. A listed one that passes is a failure too.</summary>
internal static class NotSupported
{
    private const string Html = "HTML passed as a string: ours is text, which is encoded";
    private const string PartClass = "classes or attributes on a part inside: ours go on the control or on the whole";
    private const string Empty = "empty places in a list: ours are typed and have none";
    private const string English = "other wording than the English one: there are no translations yet";
    private const string ThreeParts = "a date has three boxes of digits, all of one kind";
    private const string PartIds = "ids of the boxes are made from the field's alone";
    private const string Interruption = "no journey of ours interrupts with a panel";
    private const string Slots = "content put into the bar: ours holds the sections only; the account is in the header";
    private const string DropZone = "the browser's own box is used: it is the same without scripts";
    private const string Card = "summary cards are not used: a heading above a list says the same";

    /// <summary>Components that we do not have.</summary>
    public static IReadOnlyDictionary<string, string> Components { get; } = new Dictionary<string, string>
    {
        ["accordion"] = "not used: content that is needed is shown, the rest is behind details or a page of its own",
        ["cookie-banner"] = "only needed cookies are set, so nobody is asked",
        ["feedback"] = "not used: help and contact stand in the footer of every page",
        ["footer"] = "carries the royal arms and Crown copyright, which are for gov.uk; CouncilFooter is our own",
        ["generic-header"] = "the council has a header of its own, CouncilHeader",
        ["header"] = "carries the GOV.UK logo, which is for gov.uk; CouncilHeader is our own",
        ["language-navigation"] = "pages are in English only so far",
        ["password-input"] = "no passwords are kept or asked",
        ["tabs"] = "not used: a filter in the address can be linked to and printed",
    };

    /// <summary>Examples of components that we have: component, example, reason.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Examples { get; } = new Dictionary<string, IReadOnlyDictionary<string, string>>
    {
        ["breadcrumbs"] = new Dictionary<string, string>
        {
            ["html"] = Html,
            ["item attributes"] = PartClass,
        },
        ["button"] = new Dictionary<string, string>
        {
            ["start link with html"] = "a start button's content is text, so that it needs no span around it",
        },
        ["character-count"] = new Dictionary<string, string>
        {
            ["to configure in JavaScript"] = "our limit stands in the page, where the server that checks it can set it; a limit set only in script is refused",
            ["with neither maxlength nor maxwords set"] = "our limit stands in the page, where the server that checks it can set it; a limit set only in script is refused",
            ["with neither maxlength, maxwords nor textarea description set"] = "our limit stands in the page, where the server that checks it can set it; a limit set only in script is refused",
            ["with custom textarea description"] = English,
            ["with translations"] = English,
            ["custom classes on countMessage"] = PartClass,
            ["with textarea maxlength attribute"] = "the attribute has the name of our parameter; the browser must not cut what is typed",
        },
        ["exit-this-page"] = new Dictionary<string, string>
        {
            ["testing-html"] = Html,
            ["translated"] = English,
        },
        ["checkboxes"] = new Dictionary<string, string>
        {
            ["fieldset html params"] = Html,
            ["label with attributes"] = Html,
            ["fieldset params"] = PartClass,
            ["with label classes"] = PartClass,
            ["with falsy values"] = Empty,
        },
        ["date-input"] = new Dictionary<string, string>
        {
            ["day and month"] = ThreeParts,
            ["day and month (using items)"] = ThreeParts,
            ["month and year"] = ThreeParts,
            ["month and year (using items)"] = ThreeParts,
            ["custom pattern"] = ThreeParts,
            ["custom inputmode"] = ThreeParts,
            ["with values, name prefix and custom names"] = PartIds,
            ["with nested name"] = PartIds,
            ["with id on items"] = PartIds,
            ["with item value"] = PartIds,
            ["with field value and items"] = PartIds,
            ["with field value and item value"] = PartIds,
            ["with field value, item value and values"] = PartIds,
            ["with errors only"] = "a box marked wrong always has a message",
            ["with errors only (using classes)"] = "a box marked wrong always has a message",
            ["with errors only (using items)"] = "a box marked wrong always has a message",
            ["with errors only (using items and classes)"] = "a box marked wrong always has a message",
            ["fieldset html"] = Html,
            ["items with classes"] = PartClass,
            ["with input attributes"] = PartClass,
        },
        ["error-summary"] = new Dictionary<string, string>
        {
            ["title html"] = Html,
            ["description html"] = Html,
            ["error list with html"] = Html,
            ["error list with html link"] = Html,
            ["error list with attributes"] = PartClass,
        },
        ["file-upload"] = new Dictionary<string, string>
        {
            ["enhanced"] = DropZone,
            ["enhanced, with error message and hint"] = DropZone,
            ["enhanced, multiple files"] = DropZone,
            ["enhanced, custom wrapper classes and attributes"] = DropZone,
            ["translated"] = DropZone,
        },
        ["input"] = new Dictionary<string, string>
        {
            ["with prefix with html"] = Html,
            ["with suffix with html"] = Html,
            ["with prefix with classes"] = PartClass,
            ["with prefix with attributes"] = PartClass,
            ["with suffix with classes"] = PartClass,
            ["with suffix with attributes"] = PartClass,
            ["with customised input wrapper"] = PartClass,
        },
        ["label"] = new Dictionary<string, string>
        {
            ["empty"] = "every label has text",
        },
        ["notification-banner"] = new Dictionary<string, string>
        {
            ["custom title heading level"] = "the banner stands right under the page's heading, so its own is always h2",
            ["title as html"] = Html,
        },
        ["panel"] = new Dictionary<string, string>
        {
            ["custom heading level"] = "the panel is the heading of its page, always h1",
            ["interruption"] = Interruption,
            ["interruption with custom classes"] = Interruption,
            ["interruption, button link"] = Interruption,
            ["interruption, no actions"] = Interruption,
            ["interruption, no actions items"] = Interruption,
            ["interruption, submit action"] = Interruption,
            ["interruption, with actions classes and attributes"] = Interruption,
            ["interruption-with-content-with-long-line-length"] = Interruption,
            ["interruption-with-headings-content-and-lists"] = Interruption,
        },
        ["radios"] = new Dictionary<string, string>
        {
            ["fieldset with html"] = Html,
            ["with legend as page heading"] = Html,
            ["fieldset params"] = PartClass,
            ["label with attributes"] = PartClass,
            ["label with classes"] = PartClass,
            ["with falsy items"] = Empty,
        },
        ["service-navigation"] = new Dictionary<string, string>
        {
            ["with HTML navigation items"] = Html,
            ["with non-link navigation items"] = "every entry of ours leads somewhere",
            ["with language navigation"] = Slots,
            ["inverse with language navigation"] = Slots,
            ["with right-aligned language navigation"] = Slots,
            ["with `inline` end slot"] = Slots,
            ["with slotted content"] = Slots,
        },
        ["summary-list"] = new Dictionary<string, string>
        {
            ["actions with html"] = Html,
            ["translated"] = Html,
            ["as a summary card extreme"] = Card,
            ["as a summary card with a custom header level"] = Card,
            ["as a summary card with a html header"] = Card,
            ["as a summary card with a text header"] = Card,
            ["as a summary card with actions"] = Card,
            ["as a summary card with actions plus summary list actions"] = Card,
            ["summary card with custom attributes"] = Card,
            ["summary card with custom classes"] = Card,
            ["summary card with only 1 action"] = Card,
        },
        ["task-list"] = new Dictionary<string, string>
        {
            ["html"] = Html,
            ["custom attributes"] = PartClass,
            ["custom classes"] = PartClass,
            ["with empty values"] = Empty,
        },
    };
}
