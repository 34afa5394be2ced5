using Concentric.Core.Journal;

namespace Concentric.Core.Facts;

/// <summary>What a suggestion rests on.</summary>
public enum SuggestionBasis { Rule = 0, Counts = 1 }

/// <summary>What came of a suggestion.</summary>
public enum SuggestionResponse { Offered = 0, Declined = 1, AlreadyHas = 2 }

/// <summary>An adviser offered a service that may be needed next, or heard that it is not wanted or already there.</summary>
/// <param name="Reference">The enquiry during which it was suggested.</param>
/// <param name="Service">LGSL identifier of the service suggested.</param>
/// <param name="Response">What came of it.</param>
/// <param name="Basis">Whether a rule of the need model supported it, or counts alone.</param>
public sealed record SuggestionAnswered(string Reference, string Service, SuggestionResponse Response, SuggestionBasis Basis) : IFact
{
    public string Subject => Reference;
}

/// <summary>An analyst approved or withdrew anticipation from counts for those who ask for a service, on this council's own evaluation.</summary>
/// <param name="Service">LGSL identifier of the service that is asked for.</param>
/// <param name="Approved">Approved, or withdrawn.</param>
/// <param name="Reason">Why, in the analyst's words.</param>
/// <param name="From">First day of the contacts that the evaluation used.</param>
/// <param name="To">Last day of the contacts that the evaluation used.</param>
/// <param name="N">Held-out contacts of that service in the evaluation.</param>
public sealed record AnticipationDecided(string Service, bool Approved, string Reason, DateOnly From, DateOnly To, long N) : IFact
{
    public string Subject => $"service-{Service}";
}
