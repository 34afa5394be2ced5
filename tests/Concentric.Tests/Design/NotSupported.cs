namespace Concentric.Tests.Design;

/// <summary>What of the Design System's examples our components do not do, by name, with the reason. A listed one that passes is a failure too.</summary>
internal static class NotSupported
{
    /// <summary>Components that we do not have.</summary>
    public static IReadOnlyDictionary<string, string> Components { get; } = new Dictionary<string, string>
    {
    };

    /// <summary>Examples of components that we have: component, example, reason.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Examples { get; } = new Dictionary<string, IReadOnlyDictionary<string, string>>
    {
    };
}
