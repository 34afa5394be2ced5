using Concentric.Serve.Citizens;

namespace Concentric.Serve.Messages;

/// <summary>Where to write to somebody.</summary>
internal sealed record Reach(MessageChannel Channel, string To);

/// <summary>How somebody is written to: as they like best where that is possible, else as it is possible, and never as they said that we may not.</summary>
internal static class HowToReach
{
    /// <param name="email">As they gave it; null or empty where they did not.</param>
    /// <param name="phone">Likewise; a text message goes to mobiles only.</param>
    /// <param name="wishes">Whoever wants to be telephoned or written to by post is sent neither e-mail nor text.</param>
    /// <returns>Null where nothing can be sent to them.</returns>
    public static Reach? Of(string? email, string? phone, Wishes wishes)
    {
        var letter = Message.IsAddress(email) && !wishes.Refused.Contains("email") ? new Reach(MessageChannel.Email, email!) : null;
        var text = Message.MobileNumber(phone) is { } number && !wishes.Refused.Contains("text-message") ? new Reach(MessageChannel.Text, number) : null;
        return wishes.Preferred switch
        {
            "text-message" => text ?? letter,
            "phone" or "post" or "face-to-face" => null,
            _ => letter ?? text,
        };
    }
}
