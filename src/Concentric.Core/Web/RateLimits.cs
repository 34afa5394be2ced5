namespace Concentric.Core.Web;

/// <summary>How often one connection may try things that could be guessed.</summary>
public static class RateLimits
{
    /// <summary>Looking an enquiry up by reference and e-mail address.</summary>
    public const string LookUp = "look-up";

    public const int LookUpsAMinute = 30;

    /// <summary>Beginning to fill in a form. Many people of a library or an office share one connection.</summary>
    public const string Begin = "begin";

    public const int BeginningsAMinute = 300;

    /// <summary>Answering a survey. Where its address is given out, as in a library, many share one connection, and a room of them may send within a minute.</summary>
    public const string Survey = "survey";

    public const int SurveysAMinute = 300;

    /// <summary>What one key of the API may ask of enquiries and tell of calls; the setting CONCENTRIC_API_LIMIT says how often in a minute.</summary>
    public const string Api = "api";
}
