namespace Concentric.Core.Web;

/// <summary>An example of an operation of the API, put on its route as metadata and shown in the description: what is sent, and what then comes back.</summary>
/// <param name="Request">JSON of the request.</param>
/// <param name="Answer">JSON of the answer.</param>
public sealed record ApiExample(string Request, string Answer);
