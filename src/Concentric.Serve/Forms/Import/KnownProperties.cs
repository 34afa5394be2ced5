using System.Text.Json;

namespace Concentric.Serve.Forms.Import;

/// <summary>Properties of the published formats that are not carried, each with its reason. What is neither read nor here is reported by name as not known.</summary>
internal static class KnownProperties
{
    private const string Editor = "kept by the source's own editor; means nothing to a form";
    private const string Looks = "how it looks; pages are drawn by the Design System here";
    private const string Rows = "how the list of rows is shown; there is one way here";
    private const string Sending = "where answers are sent; here the team and the process say that";
    private const string Runner = "a setting of the program that ran it";
    private const string Money = "how the payment provider is called; a setting of the program here";

    private static readonly Dictionary<string, (ImportOutcome, string)> ByName = Table();

    /// <summary>The outcome and the reason; null where the property is not known.</summary>
    public static (ImportOutcome Outcome, string Why)? Reason(string property, JsonElement value)
    {
        if (SaysNothing(value)) return (ImportOutcome.Needless, "empty");
        var parts = property.Split('.');
        for (var from = 0; from < parts.Length; from++)
            if (ByName.TryGetValue(string.Join('.', parts[from..]), out var known)) return known;
        // A whole object that is not carried stands in the table under its own name.
        return ByName.TryGetValue($"{parts[0]}.*", out var whole) ? whole : null;
    }

    private static bool SaysNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => true,
        JsonValueKind.String => string.IsNullOrWhiteSpace(value.GetString()),
        JsonValueKind.Array => value.EnumerateArray().All(SaysNothing),
        JsonValueKind.Object => value.EnumerateObject().All(p => SaysNothing(p.Value)),
        _ => false,
    };

    private static Dictionary<string, (ImportOutcome, string)> Table()
    {
        var table = new Dictionary<string, (ImportOutcome, string)>(StringComparer.Ordinal);
        void Add(ImportOutcome outcome, string why, params ReadOnlySpan<string> names)
        {
            foreach (var name in names) table[name] = (outcome, why);
        }

        Add(ImportOutcome.Needless, Editor, "id", "nameHasError", "values.type", "values", "subType", "conditions.value.name", "field.type", "field.display", "value.display", "value.type", "conditionDisplayName",
            "version", "schema.required", "metadata", "metadata.isWelsh", "items.hint.id", "sections.id", "lists.title", "lists.type", "isMultiInput", "options.required", "titleHasError");
        Add(ImportOutcome.OurWay, "the title of a question is always shown here", "hideTitle", "options.hideTitle", "noReturnUrlOnSummaryPage");
        Add(ImportOutcome.OurWay, "whether “(optional)” follows the title is decided by the program", "options.optionalText");
        Add(ImportOutcome.OurWay, Looks, "options.classes", "classes", "options.bold", "options.inline", "options.divider", "options.type", "options.headerType", "disableSingleComponentAsHeading", "view", "options.labelClasses",
            "options.hintClasses", "options.fieldset", "options.legendClasses", "options.isPageHeading", "options.summaryClasses", "showTitle", "options.small", "options.textarea");
        Add(ImportOutcome.OurWay, Rows, "summaryDisplayMode", "samePage", "separatePage", "hideRowTitles", "customText", "samePageTitle", "separatePageTitle", "removeText", "columnOneTitle", "columnTwoTitle", "columnThreeTitle",
            "columnTitles", "samePageTableItemName", "options.textFieldCols", "hideTableTitles");
        Add(ImportOutcome.OurWay, "files are taken the same way for every question: size, number at a time and scripts are settings of the program", "dropzoneConfig", "maxFilesize", "parallelUploads", "showNoScriptWarning", "maxFileSize",
            "options.imageQualityPlayback", "showFilenamesOnSummaryPage", "filePath", "totalOverallFilesize", "hidePreview", "preUploadSectionName", "timeout", "isSensitiveFile", "maxThumbnailFilesize", "createImageThumbnails");
        Add(ImportOutcome.OurWay, "going back, leaving and coming again are the program's", "disableBackLink", "backLinkFallback", "backLinkText", "disableChangingFromSummary", "finalComponent", "returnTo", "exitOptions", "allowExit",
            "isEligibility", "markAsComplete", "markAsCompleteComponent", "continueButtonText", "showContinueButton", "startPageNavigation", "next.redirectText", "buttonText", "pageHeading", "saveText");
        Add(ImportOutcome.OurWay, "the answers are always shown before they are sent", "skipSummary", "sectionForExitJourneySummaryPages", "sectionForMultiSummaryPages", "sectionForEndSummaryPages", "checkpointDisplayValue",
            "multiSummary", "options.omitFromSummary", "omitFromSummary", "options.multiSummary");
        Add(ImportOutcome.OurWay, "a reference is always given and shown", "showReferenceNumber", "paymentReferenceFormat", "options.showReferenceNumber");
        Add(ImportOutcome.OurWay, "answers already given are offered by the dictionary of particulars", "allowPrePopulation", "allowPrePopulationOverwrite", "exposeToContext", "options.allowPrePopulationOverwrite");
        Add(ImportOutcome.OurWay, "addresses are found by postcode here", "usePostcodeLookup", "options.usePostcodeLookup");
        Add(ImportOutcome.OurWay, Sending, "outputs", "outputs.*", "output", "outputEmail", "outputs.name", "notificationEmail", "submissionGuidance", "webhookHmacSharedKey", "fileUploadHmacSharedKey", "events", "output.*");
        Add(ImportOutcome.OurWay, Runner, "feedback", "feedback.*", "phaseBanner", "phaseBanner.*", "analytics", "authentication", "unauthenticated", "jwtKey", "toggle", "toggleRedirect", "retryTimeoutSeconds", "magicLinkConfig",
            "allowedDomains", "invalidDomainRedirect", "fullStartPage", "serviceName", "confirmationSessionTimeout", "footer", "speakToUs", "basePath", "metadata.*", "isEligibilityForm", "language", "languages", "options.showCookieBanner", "lastUpdated", "createdAt", "updatedAt", "createdBy", "updatedBy");
        Add(ImportOutcome.OurWay, Money, "feeOptions", "feeOptions.*", "payApiKey", "paymentSkippedWarningPage", "paymentSkipped");
        return table;
    }
}
