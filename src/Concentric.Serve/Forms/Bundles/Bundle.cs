using System.Text.Json;

namespace Concentric.Serve.Forms;

/// <summary>Several services for one life event, asked for in one conversation.</summary>
public sealed record Bundle
{
    /// <summary>Version of this way of writing bundles down: always 1.</summary>
    public int Schema { get; init; } = 1;

    public required string Id { get; init; }
    public required LocalText Title { get; init; }

    /// <summary>Short name of the life event, as the need model has it.</summary>
    public string? LifeEvent { get; init; }

    /// <summary>What the start page says, in Markdown.</summary>
    public LocalText? Start { get; init; }

    public required IReadOnlyList<BundleForm> Forms { get; init; }

    /// <exception cref="Core.RefusedException">It is not a bundle; the message says where.</exception>
    public static Bundle Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Bundle>(json, FormJson.Options) is { } bundle && bundle.Forms.All(f => f is not null) ? bundle
                : throw new JsonException("It says nothing.");
        }
        catch (JsonException e)
        {
            throw new Core.RefusedException($"This is not a bundle: {e.Message.Split(" Path:")[0]}");
        }
    }

    /// <summary>One form that asks what the bundle's forms ask, and what several of them need only once. Forms that are not given are left out of it.</summary>
    public static JoinedForm Join(Bundle bundle, IReadOnlyList<Form> forms) => new JoinForms(bundle, forms).Join();
}

/// <summary>A form of a bundle.</summary>
/// <param name="Form">Its id.</param>
/// <param name="Offer">What it is called among the services that can be chosen.</param>
/// <param name="Why">Why somebody would want it.</param>
/// <param name="Usual">Most people in this event want it: it stands first.</param>
public sealed record BundleForm(string Form, LocalText Offer, LocalText? Hint = null, LocalText? Why = null, bool Usual = false)
{
    /// <summary>What is said of it where it is chosen: its hint, and why somebody would want it.</summary>
    internal LocalText? About => (Hint, Why) is not ({ } hint, { } why) ? Hint ?? Why
        : new($"{hint.En} {why.En}", $"{hint.In(Language.Welsh)} {why.In(Language.Welsh)}");

    /// <summary>What the life event itself answers, by question: expressions, as <c>'death'</c>. Shown among the answers, where it can be changed.</summary>
    public IReadOnlyDictionary<string, string> Given { get; init; } = new Dictionary<string, string>();
}
