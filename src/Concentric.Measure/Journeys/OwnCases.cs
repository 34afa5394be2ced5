namespace Concentric.Measure.Journeys;

/// <summary>What is known of cases of our own beyond their steps. Everything stands by the number of the case in its log.</summary>
/// <param name="Area">Code of the area where whoever got in touch first lives; 0 where it is not known.</param>
/// <param name="Held">When somebody took the case on (true) or laid it down (false), by time; null where nobody ever did. Who it was is not kept.</param>
/// <param name="Handled">Contacts about the case, and of how many it is known how long they were worked on.</param>
internal sealed record OwnCases(int[] Area, List<(long At, bool IsHeld)>?[] Held, HandledContacts[] Handled);

/// <summary>How long contacts about a case were worked on, as far as that was measured.</summary>
/// <param name="Contacts">All of them.</param>
/// <param name="Timed">Those of which it is known.</param>
/// <param name="Seconds">Of these together.</param>
internal readonly record struct HandledContacts(int Contacts, int Timed, long Seconds);
