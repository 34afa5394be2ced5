namespace Concentric.Measure.Demo;

/// <summary>What in how Northmoor works made people ask, invented like the contacts: in the words of the tree of causes that a demo council begins with.</summary>
internal static class NorthmoorCauses
{
    /// <summary>By the code of the symptom, those that bring it about; which of them is told by the contact's number.</summary>
    private static readonly Dictionary<byte, string[]> BySymptom = new()
    {
        [1] = ["Our page or form does not say what to do", "Our letter or message does not say what happens next", "Our letter or message does not say what happens next"],
        [2] = ["It goes to the wrong team first"],
        [3] = ["We ask for what they told us before", "Two systems that do not agree"],
        [4] = ["We name no day, or do not keep the one we named", "We name no day, or do not keep the one we named", "It waits longer than people can wait", "We do not say when it is done"],
        [5] = ["It is closed before it is sorted"],
        [6] = ["A contractor or partner did not do it", "It is nobody’s work"],
        [7] = ["It is not done right the first time"],
        [8] = ["Another organisation decides"],
    };

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Words => BySymptom.Values.SelectMany(w => w).Distinct();

    /// <summary>The cause of a contact, null where none is set: managers get round to seven of ten.</summary>
    public static string? Of(NorthmoorContact contact) =>
        BySymptom.TryGetValue(contact.Cause, out var causes) && contact.Id * 7919L % 10 < 7 ? causes[contact.Id * 104_729L / 10 % causes.Length] : null;
}
