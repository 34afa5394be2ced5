using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>Somebody of the staff had messages sent again that were not sent, or did not arrive. Names nobody to whom they go.</summary>
/// <param name="Message">Which, where it was one.</param>
/// <param name="Fault">What was wrong with them, where it was all of a kind.</param>
public sealed record MessagesSentAgain(Guid? Message, string? Fault, int Count) : IFact
{
    public string Subject => Message is { } id ? $"message-{id}" : $"messages-{Fault}";
}
