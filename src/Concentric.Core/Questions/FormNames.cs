namespace Concentric.Core.Questions;

/// <summary>A form that people can fill in.</summary>
/// <param name="Id">Short name; its page is <c>/forms/</c> and that.</param>
/// <param name="Service">LGSL identifier of the service that it asks for; empty for a bundle of several.</param>
/// <param name="Version">The version in use.</param>
/// <param name="Pages">Ids of its pages, in order; none of a bundle.</param>
public sealed record FormName(string Id, string Title, string Service, int Version, IReadOnlyList<string> Pages)
{
    public string Href => $"/forms/{Id}";
}

/// <summary>Asked by Needs, which leads people to forms, and by Measure, which names them; answered by Serve.</summary>
public interface IFormNames
{
    /// <summary>The forms in use, by title.</summary>
    Task<IReadOnlyList<FormName>> All(CancellationToken stop = default);
}
