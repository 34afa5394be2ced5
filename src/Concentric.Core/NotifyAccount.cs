using System.Globalization;

namespace Concentric.Core;

/// <summary>The council's service with GOV.UK Notify.</summary>
/// <param name="ServiceId">Who asks.</param>
/// <param name="Secret">What each request is signed with.</param>
/// <param name="EmailTemplate">Null where it sends no e-mail.</param>
/// <param name="TextTemplate">Null where it sends no text messages.</param>
/// <param name="Rate">Most messages a minute.</param>
public sealed record NotifyAccount(string ServiceId, string Secret, Uri At, Guid? EmailTemplate, Guid? TextTemplate, int Rate)
{
    private const int IdLength = 36;

    /// <summary>Reads what is set; null without a key. A key is a name of the council's choice, the id of its service and a secret, joined by hyphens.</summary>
    /// <exception cref="RefusedException">Something cannot be used; the message names the variable and never the key.</exception>
    public static NotifyAccount? Read(string key, string at, string email, string text, string rate)
    {
        if (key.Length == 0) return null;
        if (key.Length <= 2 * IdLength + 2 || !Guid.TryParseExact(key[^IdLength..], "D", out _) || !Guid.TryParseExact(key[^(2 * IdLength + 1)..^(IdLength + 1)], "D", out _))
            throw new RefusedException("CONCENTRIC_NOTIFY_KEY is not a key of GOV.UK Notify. Copy the whole of it, from its name to the end.");
        var account = new NotifyAccount(key[^(2 * IdLength + 1)..^(IdLength + 1)], key[^IdLength..], new(Settings.Place("CONCENTRIC_NOTIFY_URL", at)), Template("CONCENTRIC_NOTIFY_EMAIL", email),
            Template("CONCENTRIC_NOTIFY_TEXT", text), int.TryParse(rate, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is >= 1 and <= 600_000
                ? most
                : throw new RefusedException("CONCENTRIC_NOTIFY_RATE must be a whole number of messages a minute, from 1 to 600000."));
        return account is { EmailTemplate: null, TextTemplate: null } ? throw new RefusedException("CONCENTRIC_NOTIFY_KEY is set, so CONCENTRIC_NOTIFY_EMAIL or CONCENTRIC_NOTIFY_TEXT must be the id of a template.") : account;
    }

    private static Guid? Template(string variable, string id) =>
        id.Length == 0 ? null : Guid.TryParseExact(id, "D", out var template) ? template : throw new RefusedException($"{variable} is “{id}”. It must be the id of a template, as Notify shows it on the template's page.");

    /// <summary>Nothing of the secret, wherever it may be written.</summary>
    public override string ToString() => $"GOV.UK Notify, service {ServiceId}";
}
