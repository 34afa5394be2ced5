using Concentric.Core;
using Concentric.Core.Design;
using Concentric.Core.Web;
using Microsoft.AspNetCore.Components;

namespace Concentric.Tests.Design;

/// <summary>Says the options of the Design System's templates in the parameters of our components. What a component cannot take is left out, and the comparison then fails.</summary>
internal sealed record Adapter(Type Component, Func<Options, Dictionary<string, object?>> Parameters)
{
    public static IReadOnlyDictionary<string, Adapter> All { get; } = new Dictionary<string, Adapter>
    {
        ["back-link"] = For<GovBackLink>(o => With(o, ("Href", o.Text("href") ?? "#"), ("ChildContent", o.Content()))),
        ["breadcrumbs"] = For<GovBreadcrumbs>(o => With(o, ("Items", o.List("items").Select(i => new GovBreadcrumbs.Crumb(i.Text("text") ?? "", i.Text("href"))).ToList()), ("Label", o.Text("labelText") ?? "Breadcrumb"), ("CollapseOnMobile", o.Flag("collapseOnMobile") is true))),
        ["button"] = For<GovButton>(o => With(o, ("ChildContent", o.Content()), ("Href", o.Text("href")), ("Type", o.Text("type") ?? "submit"), ("Name", o.Text("name")), ("Value", o.Text("value")), ("Id", o.Text("id")), ("Disabled", o.Flag("disabled") is true), ("Start", o.Flag("isStartButton") is true), ("PreventDoubleClick", o.Flag("preventDoubleClick")))),
        ["character-count"] = For<GovCharacterCount>(o => Field(o, ("Value", o.Text("value")), ("MaxLength", o.Number("maxlength")), ("MaxWords", o.Number("maxwords")), ("CountType", o.Text("countType")), ("Threshold", o.Number("threshold")), ("Rows", o.Number("rows") ?? 5), ("Spellcheck", o.Flag("spellcheck")))),
        ["checkboxes"] = For<GovCheckboxes>(o => Boxes(o, ("Values", o.Texts("values").ToList()))),
        ["date-input"] = For<GovDateInput>(Date),
        ["details"] = For<GovDetails>(o => With(o, ("SummaryContent", o.Content("summaryHtml", "summaryText")), ("ChildContent", o.Content()), ("Open", o.Flag("open") is true), ("Id", o.Text("id")))),
        ["error-message"] = For<GovErrorMessage>(o => With(o, ("ChildContent", o.Content()), ("HiddenText", o.Text("visuallyHiddenText") ?? "Error"), ("Id", o.Text("id")))),
        ["error-summary"] = For<GovErrorSummary>(o => With(o, ("Title", o.Text("titleText") ?? ""), ("Description", o.Text("descriptionText")), ("DisableAutoFocus", o.Flag("disableAutoFocus")), ("Errors", Problems(o)))),
        ["exit-this-page"] = For<GovExitThisPage>(o => With(o, ("Href", o.Text("redirectUrl")), ("Id", o.Text("id")), ("ChildContent", o.Text("text") is null ? null : o.Content()))),
        ["fieldset"] = For<GovFieldset>(o => With(o, ("LegendContent", o["legend"].Content()), ("LegendClass", o["legend"].Text("classes") ?? ""), ("IsHeading", o["legend"].Flag("isPageHeading") is true), ("Role", o.Text("role")), ("DescribedBy", o.Text("describedBy")), ("ChildContent", o.Content("html", "")))),
        ["file-upload"] = For<GovFileUpload>(o => Field(o, ("Multiple", o.Flag("multiple") is true), ("Disabled", o.Flag("disabled") is true))),
        ["hint"] = For<GovHint>(o => With(o, ("ChildContent", o.Content()), ("Id", o.Text("id")))),
        ["input"] = For<GovInput>(o => Field(o, ("Value", o.Text("value")), ("Type", o.Text("type") ?? "text"), ("Prefix", o["prefix"].Text("text")), ("Suffix", o["suffix"].Text("text")), ("Autocomplete", o.Text("autocomplete")), ("InputMode", o.Text("inputmode")), ("Spellcheck", o.Flag("spellcheck")), ("Disabled", o.Flag("disabled") is true), ("autocapitalize", o.Text("autocapitalize")), ("pattern", o.Text("pattern")))),
        ["inset-text"] = For<GovInsetText>(o => With(o, ("ChildContent", o.Content()), ("Id", o.Text("id")))),
        ["label"] = For<GovLabel>(o => With(o, ("ChildContent", o.Content()), ("For", o.Text("for")), ("IsHeading", o.Flag("isPageHeading") is true), ("Class", ""))),
        ["notification-banner"] = For<GovNotificationBanner>(o => With(o, ("Success", o.Text("type") == "success"), ("Title", o.Text("titleText")), ("TitleId", o.Text("titleId") ?? "govuk-notification-banner-title"), ("Text", o.Text("html") is null ? o.Text("text") : null), ("ChildContent", o.Content("html", "")), ("Role", o.Text("role")), ("DisableAutoFocus", o.Flag("disableAutoFocus")))),
        ["pagination"] = For<GovPagination>(o => With(o, ("PreviousHref", o["previous"].Text("href")), ("PreviousText", o["previous"].Text("text")), ("PreviousLabel", o["previous"].Text("labelText")), ("NextHref", o["next"].Text("href")), ("NextText", o["next"].Text("text")), ("NextLabel", o["next"].Text("labelText")), ("Label", o.Text("landmarkLabel") ?? "Pagination"), ("Items", o.Has("items") ? o.List("items").Where(i => i.Has("number") || i.Has("ellipsis")).Select(Page).ToList() : null))),
        ["panel"] = For<GovPanel>(o => With(o, ("TitleContent", o.Content("titleHtml", "titleText")), ("ChildContent", o.Content()))),
        ["phase-banner"] = For<GovPhaseBanner>(o => With(o, ("TagContent", o["tag"].Content()), ("TagClass", o["tag"].Text("classes")), ("ChildContent", o.Content()))),
        ["radios"] = For<GovRadios>(o => Boxes(o, ("Value", o.Text("value")))),
        ["select"] = For<GovSelect>(o => Field(o, ("Value", o.Text("value")), ("Disabled", o.Flag("disabled") is true), ("Items", o.List("items").Select(i => Choice(i, i.Text("value") ?? i.Flag("value")?.ToString().ToLowerInvariant(), i.Flag("selected"))).ToList()))),
        ["service-navigation"] = For<GovServiceNavigation>(Navigation),
        ["skip-link"] = For<GovSkipLink>(o => With(o, ("Href", o.Text("href") ?? "#content"), ("ChildContent", o.Content()))),
        ["summary-list"] = For<GovSummaryList>(o => With(o, ("Rows", o.List("rows").Select(Row).ToList()))),
        ["table"] = For<GovTable>(o => With(o, ("Caption", o.Text("caption")), ("CaptionClass", o.Text("captionClasses")), ("RowHeaders", o.Flag("firstCellIsHeader") is true), ("Head", o.Has("head") ? o.List("head").Select(Cell).ToList() : null), ("Rows", o.Lists("rows").Select(row => row.Select(Cell).ToList()).ToList()))),
        ["tag"] = For<GovTag>(o => With(o, ("ChildContent", o.Content()))),
        ["task-list"] = For<GovTaskList>(o => With(o, ("IdPrefix", o.Text("idPrefix") ?? "task-list"), ("Items", o.List("items").Select(Task).ToList()))),
        ["textarea"] = For<GovTextarea>(o => Field(o, ("Value", o.Text("value")), ("Rows", o.Number("rows") ?? 5), ("Spellcheck", o.Flag("spellcheck")), ("Autocomplete", o.Text("autocomplete")))),
        ["warning-text"] = For<GovWarningText>(o => With(o, ("ChildContent", o.Content()), ("HiddenText", o.Text("iconFallbackText") ?? "Warning"))),
    };

    private static Adapter For<T>(Func<Options, Dictionary<string, object?>> parameters) where T : IComponent => new(typeof(T), parameters);

    private static Dictionary<string, object?> With(Options o, params (string Name, object? Value)[] parameters)
    {
        var all = parameters.Where(p => p.Value is not null).ToDictionary(p => p.Name, p => p.Value);
        if (o.Text("classes") is { } classes) all["Class"] = classes;
        foreach (var (name, value) in o.Attributes) all[name] = value;
        return all;
    }

    private static Dictionary<string, object?> Field(Options o, params (string Name, object? Value)[] parameters)
    {
        var id = o.Text("id") ?? o.Text("idPrefix") ?? o.Text("name")!;
        var label = o["label"].Exists ? o["label"] : o["fieldset"]["legend"];
        return With(o,
        [
            ("Name", o.Text("name") ?? id), ("Id", o.Text("id") ?? o.Text("idPrefix")), ("Label", label.Text("text")), ("LabelClass", label.Text("classes") ?? ""), ("LabelIsHeading", label.Flag("isPageHeading") is true),
            ("Hint", o["hint"].Text("text")), ("Errors", o["errorMessage"].Text("text") is { } message ? new Errors().Check(id, false, message) : null),
            ("GroupClass", o["formGroup"].Text("classes")), ("DescribedBy", o.Text("describedBy") ?? o["fieldset"].Text("describedBy")), .. parameters,
        ]);
    }

    private static Dictionary<string, object?> Boxes(Options o, params (string Name, object? Value)[] parameters) =>
        Field(o, [("Items", o.List("items").Select(i => Choice(i, i.Text("value") ?? "", i.Flag("checked"))).ToList()), .. parameters]);

    private static Choice Choice(Options i, string? value, bool? chosen) => i.Text("divider") is { } divider
        ? Concentric.Core.Design.Choice.Divider(divider)
        : new(value, i.Text("text") ?? "")
        {
            Id = i.Text("id"), Name = i.Text("name"), Hint = i["hint"].Text("text"), Chosen = chosen, Disabled = i.Flag("disabled") is true,
            Reveals = i["conditional"].Content("html", ""), Exclusive = i.Text("behaviour") == "exclusive", Attributes = i.Attributes,
        };

    private static Dictionary<string, object?> Date(Options o)
    {
        Options[] parts = [o["day"], o["month"], o["year"]];
        string[] names = ["day", "month", "year"];
        if (o.List("items").ToList() is { Count: 3 } items && items.Select(i => i.Text("name")).SequenceEqual(names)) parts = [.. items];
        var prefix = o.Text("namePrefix") is { } p ? $"{p}-" : "";
        var values = parts.Select((part, i) => part.Text("value") ?? o[names[i]].Text("value") ?? o["values"].Text($"{prefix}{part.Text("name") ?? names[i]}")).ToArray();
        var all = Field(o, ("Value", new DateParts(values[0], values[1], values[2])), ("PartNames", names.Select((n, i) => $"{prefix}{parts[i].Text("name") ?? n}").ToList()), ("PartLabels", names.Select((n, i) => parts[i].Text("label") ?? char.ToUpperInvariant(n[0]) + n[1..]).ToList()), ("IsBirthday", parts[0].Text("autocomplete") == "bday-day"));
        bool Marked(Options part) => part.Flag("error") is true || part.Text("classes")?.Contains("govuk-input--error", StringComparison.Ordinal) is true;
        var byOmission = !parts.Any(Marked) && parts.Any(part => part.Flag("error") is false);
        var wrong = parts.Index().Where(p => byOmission ? p.Item.Flag("error") is null : Marked(p.Item)).Select(p => $"{o.Text("id")}-{names[p.Index]}").ToList();
        if (wrong.Count == 0 || o["errorMessage"].Text("text") is not { } message) return all;
        var errors = new Errors();
        foreach (var id in wrong) errors.Check(id, false, message);
        all["Errors"] = errors;
        return all;
    }

    private static Errors Problems(Options o)
    {
        var errors = new Errors();
        foreach (var problem in o.List("errorList")) errors.Check((problem.Text("href") ?? "").TrimStart('#'), false, problem.Text("text") ?? "");
        return errors;
    }

    private static PageLink Page(Options i) => i.Flag("ellipsis") is true ? PageLink.LeftOut : new(i.Text("number"), i.Text("href")) { Current = i.Flag("current") is true, Name = i.Text("visuallyHiddenText") };

    private static Dictionary<string, object?> Navigation(Options o) => With(o,
        ("Items", o.List("navigation").Select(i => new NavItem(i.Text("text") ?? "", i.Text("href") ?? "", i.Flag("active") is true || i.Flag("current") is true)).ToList()),
        ("Path", o.List("navigation").Where(i => i.Flag("current") is true).Select(i => i.Text("href")).FirstOrDefault()),
        ("Name", o.Text("serviceName")), ("NameHref", o.Text("serviceUrl")), ("Label", o.Text("ariaLabel") ?? "Service information"), ("Menu", o.Text("menuButtonText") ?? "Menu"), ("MenuLabel", o.Text("menuButtonLabel")),
        ("NavigationLabel", o.Text("navigationLabel")), ("NavigationClass", o.Text("navigationClasses")), ("NavigationId", o.Text("navigationId") ?? "navigation"), ("Collapse", o.Flag("collapseNavigationOnMobile")));

    private static SummaryRow Row(Options r) => new("", null)
    {
        KeyContent = r["key"].Content(), Content = r["value"].Content(), Class = r.Text("classes"), KeyClass = r["key"].Text("classes"), ValueClass = r["value"].Text("classes"), ActionsClass = r["actions"].Text("classes"),
        Actions = r["actions"].Has("items") ? [.. r["actions"].List("items").Select(a => new SummaryAction(a.Text("text") ?? "", a.Text("href") ?? "", a.Text("visuallyHiddenText")) { Class = a.Text("classes"), Attributes = a.Attributes })] : null,
    };

    private static TableCell Cell(Options c) => new((string?)null) { Content = c.Content(), Numeric = c.Text("format") == "numeric", Class = c.Text("classes"), ColSpan = c.Number("colspan"), RowSpan = c.Number("rowspan"), Attributes = c.Attributes };

    private static TaskItem Task(Options i)
    {
        var (status, tag) = (i["status"], i["status"]["tag"]);
        return new(i["title"].Text("text") ?? "", i.Text("href"), (tag.Exists ? tag : status).Text("text") ?? "")
        {
            Hint = i["hint"].Text("text"), TagColour = tag.Exists ? (tag.Text("classes") ?? "").Replace("govuk-tag--", "", StringComparison.Ordinal) : null,
            Class = i.Text("classes"), TitleClass = i["title"].Text("classes"), StatusClass = status.Text("classes"),
        };
    }
}
