using System.Globalization;

namespace Concentric.Serve.Forms.Import;

/// <summary>One comparison of a condition, written in our language. What the source does with an answer that is missing is kept.</summary>
/// <remarks>In v1 a comparison with a missing answer is false, whatever the operator. In v2 it is compared as nothing, so that "is not" holds.</remarks>
internal static class ConditionTerms
{
    /// <summary>A date before or after today: so many units, in the past where they are negative.</summary>
    internal sealed record Relative(int Count, string Unit);

    /// <summary>The text of the comparison; null with a reason where it cannot be carried.</summary>
    public static string? Of(SourceField field, string @operator, string? value, Relative? relative, bool isV2, ImportNotes.Thing notes, bool numbers)
    {
        var x = field.Id;
        if (field.Group is not null)
        {
            notes.OurWay($"“{field.Name}” is asked once for each row, so neither the source nor our form knows which row is meant: never true");
            return "false";
        }
        if (relative is not null) return Date(x, @operator, Day(relative), relative.Count < 0, isV2) ?? Not(notes, field, @operator);
        if (value is null) return Not(notes, field, @operator);
        if (field.IsYesNo) return Same(x, @operator, IsYes(value) is { } yes ? yes ? "true" : "false" : Expression.Quote(value), isV2) ?? Not(notes, field, @operator);
        if (field.IsCheckboxes) return Holds(x, @operator, value, isV2, notes) ?? Not(notes, field, @operator);
        if (field.IsNumber || (field.IsChoice && numbers && IsNumeric(@operator)))
        {
            if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return Same(x, @operator, Expression.Quote(value), isV2) ?? Not(notes, field, @operator);
            return Number(field.IsNumber ? x : $"number({x})", @operator, number.ToString(CultureInfo.InvariantCulture), isV2) ?? Not(notes, field, @operator);
        }
        if (field.IsDate && DateOf(value) is { } date) return Date(x, @operator, $"date('{date:yyyy-MM-dd}')", false, isV2) ?? Not(notes, field, @operator);
        return Text(x, @operator, value, isV2) ?? Not(notes, field, @operator);
    }

    private static string? Not(ImportNotes.Thing notes, SourceField field, string @operator)
    {
        notes.Approximated($"“{field.Name} {@operator} …” cannot be written for a {field.Type}; it is never true");
        return null;
    }

    private static bool IsNumeric(string @operator) => @operator is "is at least" or "is at most" or "is less than" or "is more than";

    private static bool? IsYes(string value) => value.Trim().ToLowerInvariant() switch { "true" or "yes" or "y" or "1" => true, "false" or "no" or "n" or "0" => false, _ => null };

    private static string? Same(string x, string @operator, string value, bool isV2) => @operator switch
    {
        "is" or "contains" => $"{x} = {value}",
        "is not" or "does not contain" => isV2 ? $"not ({x} = {value})" : $"{x} != {value}",
        _ => null,
    };

    private static string? Holds(string x, string @operator, string value, bool isV2, ImportNotes.Thing notes)
    {
        if (@operator is "is" or "is not") notes.Approximated($"The source compares the ticked boxes “{x}” with one value, which is never true there; it is read as “contains”");
        return @operator switch
        {
            "contains" or "is" => $"{x} contains {Expression.Quote(value)}",
            "does not contain" or "is not" => isV2 ? $"not ({x} contains {Expression.Quote(value)})" : $"(answered({x}) and not ({x} contains {Expression.Quote(value)}))",
            _ => null,
        };
    }

    private static string? Number(string x, string @operator, string number, bool isV2) => @operator switch
    {
        "is" => $"{x} = {number}",
        "is not" => isV2 ? $"not ({x} = {number})" : $"{x} != {number}",
        "is at least" => $"{x} >= {number}",
        "is at most" => $"{x} <= {number}",
        "is less than" => $"{x} < {number}",
        "is more than" => $"{x} > {number}",
        _ => null,
    };

    private static string? Text(string x, string @operator, string value, bool isV2)
    {
        if (@operator is "is longer than" or "is shorter than" or "has length")
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return null;
            // The length of nothing is 0 in our language, and in the source it is no length at all.
            return @operator switch
            {
                "is longer than" => $"length({x}) > {length}",
                "is shorter than" => $"(answered({x}) and length({x}) < {length})",
                _ => $"(answered({x}) and length({x}) = {length})",
            };
        }
        return Same(x, @operator, Expression.Quote(value), isV2);
    }

    private static string? Date(string x, string @operator, string day, bool past, bool isV2) => @operator switch
    {
        "is" => $"{x} = {day}",
        "is not" => isV2 ? $"not ({x} = {day})" : $"{x} != {day}",
        "is before" => $"{x} < {day}",
        "is after" => $"{x} > {day}",
        // "At least two years in the past" is earlier, "at least two years in the future" is later.
        "is at least" => $"{x} {(past ? "<=" : ">=")} {day}",
        "is at most" => $"{x} {(past ? ">=" : "<=")} {day}",
        "is less than" => $"{x} {(past ? ">" : "<")} {day}",
        "is more than" => $"{x} {(past ? "<" : ">")} {day}",
        _ => null,
    };

    /// <summary>The day that a relative date is, from today.</summary>
    public static string Day(Relative relative) => relative.Unit switch
    {
        "years" => $"add-months(today(), {relative.Count * 12})",
        "months" => $"add-months(today(), {relative.Count})",
        "weeks" => $"add-days(today(), {relative.Count * 7})",
        _ => $"add-days(today(), {relative.Count})",
    };

    public static DateOnly? DateOf(string value) =>
        DateOnly.TryParseExact(value.Length > 10 ? value[..10] : value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
