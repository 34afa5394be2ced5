using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Concentric.Core.Journal;

namespace Concentric.Tests.Docs;

/// <summary>docs/reference/facts.md: every fact that the journal can hold.</summary>
internal static class FactsReference
{
    public static IEnumerable<Type> Facts =>
        from area in TestDatabase.Areas
        from type in area.GetType().Assembly.GetTypes()
        where type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IFact))
        orderby Journal.KindOf(type)
        select type;

    public static string Make()
    {
        var page = new List<string> { $"""
            {Committed.Made}
            # Facts

            What the journal (`core_fact`) can hold. Each row has a kind, the subject it happened to, who did it, when, and the fact itself as JSON with the
            members listed here. No member names a citizen. Older facts may lack a member that was added later; none changes its meaning.

            """ };
        foreach (var fact in Facts)
        {
            page.Add($"\n## {Journal.KindOf(fact)}\n\n{Docstrings.Of(fact)} Record: `{fact.Name}`.\n\n| member | type | |\n|---|---|---|\n");
            foreach (var property in Members(fact)) page.Add($"| `{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}` | {TypeOf(property)} | {Docstrings.OfParameter(fact, property.Name)} |\n");
        }
        return string.Concat(page);
    }

    // In the order of the record's own parameters.
    private static IEnumerable<PropertyInfo> Members(Type fact) =>
        fact.GetConstructors().Single().GetParameters().Select(p => fact.GetProperty(p.Name!)!);

    private static string TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var optional = type != property.PropertyType || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        return Words(type) + (optional ? " or null" : "");
    }

    private static string Words(Type type) =>
        type.IsEnum ? $"number: {string.Join(", ", Enum.GetValuesAsUnderlyingType(type).Cast<object>().Select(v => string.Create(CultureInfo.InvariantCulture, $"{v} {Enum.GetName(type, v)}")))}"
        : type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Guid) ? "id"
        : type == typeof(DateOnly) ? "date"
        : type == typeof(DateTimeOffset) ? "time"
        : type == typeof(int) || type == typeof(long) || type == typeof(ulong) ? "whole number"
        : type == typeof(decimal) || type == typeof(double) ? "number"
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? $"list: {Words(type.GenericTypeArguments[0])}"
        : type.Namespace == typeof(IFact).Namespace?.Replace(".Journal", ".Facts", StringComparison.Ordinal) ? $"record: {string.Join(", ", type.GetProperties().Select(p => $"{JsonNamingPolicy.CamelCase.ConvertName(p.Name)} ({Words(p.PropertyType)})"))}"
        : throw new InvalidOperationException($"FactsReference has no word for {type}.");
}
