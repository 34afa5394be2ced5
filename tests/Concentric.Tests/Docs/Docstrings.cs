using System.Reflection;
using System.Xml.Linq;

namespace Concentric.Tests.Docs;

/// <summary>The docstrings of the code, as the compiler writes them beside each assembly, in Markdown.</summary>
internal static class Docstrings
{
    private static readonly Dictionary<string, XElement> Members =
        (from area in TestDatabase.Areas
         let assembly = area.GetType().Assembly.Location
         from member in XDocument.Load(Path.ChangeExtension(assembly, ".xml")).Descendants("member")
         select (Name: member.Attribute("name")!.Value, Member: member)).DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => m.Member);

    /// <summary>What a type says of itself, or nothing.</summary>
    public static string Of(Type type) => Summary($"T:{type.FullName!.Replace('+', '.')}");

    /// <summary>What a type says of one of its parameters, or nothing.</summary>
    public static string OfParameter(Type type, string parameter) =>
        Members.GetValueOrDefault($"T:{type.FullName!.Replace('+', '.')}")?.Elements("param").FirstOrDefault(p => p.Attribute("name")!.Value == parameter) is { } found ? Markdown(found) : "";

    /// <summary>What one value of an enum says of itself, or nothing.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Summary($"F:{typeof(T).FullName}.{value}");

    /// <summary>What a property says of itself, or nothing.</summary>
    public static string Of(PropertyInfo property) => Summary($"P:{property.DeclaringType!.FullName!.Replace('+', '.')}.{property.Name}");

    private static string Summary(string member) => Members.GetValueOrDefault(member)?.Element("summary") is { } summary ? Markdown(summary) : "";

    private static string Markdown(XElement element) => Committed.Cell(string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{Short(see.Attribute("cref")?.Value ?? see.Attribute("langword")?.Value ?? "")}`",
        XElement { Name.LocalName: "paramref" } parameter => $"`{parameter.Attribute("name")!.Value}`",
        XElement other => other.Value,
        _ => "",
    })));

    // T:Concentric.Core.Facts.Channels is Channels; a field, property or method keeps its type: Demand.Unknown.
    private static string Short(string reference)
    {
        var parts = reference[(reference.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0].Split('.');
        return reference.StartsWith("T:", StringComparison.Ordinal) || parts.Length < 2 ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
    }
}
