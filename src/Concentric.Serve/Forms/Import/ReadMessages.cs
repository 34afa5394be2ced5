namespace Concentric.Serve.Forms.Import;

/// <summary>Messages of the source's own, by what is wrong.</summary>
internal static class ReadMessages
{
    private static readonly Dictionary<string, string> ByRule = new(StringComparer.Ordinal)
    {
        ["any.required"] = "missing", ["string.empty"] = "missing", ["string.base"] = "missing", ["date.base"] = "format", ["any.only"] = "missing", ["array.base"] = "missing", ["object.required"] = "missing",
        ["any.empty"] = "missing", ["required"] = "missing", ["number.empty"] = "missing", ["date.empty"] = "missing", ["array.empty"] = "missing", ["any.unknown"] = "format", ["date.required"] = "missing", ["array.includesRequiredUnknowns"] = "missing", ["file.required"] = "missing",
        ["string.pattern.base"] = "format", ["string.regex.base"] = "format", ["string.pattern.name"] = "format", ["string.email"] = "format", ["string.uri"] = "format", ["number.base"] = "format", ["number.integer"] = "format",
        ["number.precision"] = "format", ["number.unsafe"] = "format", ["date.format"] = "format", ["date.isoDate"] = "format", ["string.isoDate"] = "format", ["dateFormat"] = "format", ["any.invalid"] = "format",
        ["string.max"] = "too-long", ["string.maxWords"] = "too-long", ["maxWords"] = "too-long", ["string.length"] = "too-long",
        ["number.min"] = "too-small", ["number.greater"] = "too-small", ["number.positive"] = "too-small", ["date.min"] = "too-small", ["dateMin"] = "too-small",
        ["number.max"] = "too-large", ["number.less"] = "too-large", ["date.max"] = "too-large", ["dateMax"] = "too-large",
        ["array.min"] = "too-few", ["array.max"] = "too-many", ["array.length"] = "too-many",
    };

    public static IReadOnlyDictionary<string, LocalText> Of(Source? options, LocalText title, ImportNotes.Thing thing)
    {
        var messages = new Dictionary<string, LocalText>(StringComparer.Ordinal);
        if (options is null) return messages;
        if (options.Words("customValidationMessage") is { } single) messages["format"] = Filled(single, title, thing);
        foreach (var key in (ReadOnlySpan<string>)["customValidationMessages", "customValidation"])
        {
            if (options.Child(key) is not { } own) continue;
            foreach (var rule in own.Keys)
            {
                if (own.Words(rule) is not { } words) continue;
                if (ByRule.TryGetValue(rule, out var ours))
                {
                    var message = Filled(words, title, thing);
                    if (!messages.TryAdd(ours, message) && messages[ours] != message)
                        thing.Approximated($"Its own message for “{rule}” is left out: there is one message for “{ours}” here, and it has another");
                }
                else thing.Approximated($"Its own message for “{rule}” has no place here; the usual message is shown");
            }
        }
        return messages;
    }

    private static LocalText Filled(LocalText message, LocalText title, ImportNotes.Thing thing)
    {
        var filled = new LocalText(Filled(message.En, title.En), message.Cy is null ? null : Filled(message.Cy, title.In(Language.Welsh)));
        if (filled.En.Contains("{{", StringComparison.Ordinal) || filled.En.Contains("{#", StringComparison.Ordinal)) thing.Approximated($"Its message “{ImportNotes.Shortly(message.En)}” holds a limit that is filled in by the source's program");
        return filled;
    }

    private static string Filled(string message, string title)
    {
        foreach (var hole in (ReadOnlySpan<string>)["{{#label}}", "{#label}", "{{#title}}", "{#title}", "{{#label}} ", "{{label}}"]) message = message.Replace(hole, title, StringComparison.Ordinal);
        return message;
    }
}
