namespace Concentric.Core.Web;

/// <summary>How often one connection may try things that could be guessed.</summary>
public static class RateLimits
{
    /// <summary>Looking an enquiry up by reference and e-mail address.</summary>
    public const string LookUp = "look-up";

    public const int LookUpsAMinute = 30;
}
