using Concentric.Core.Data;
using Concentric.Serve.Forms;

namespace Concentric.Serve.Teams;

/// <summary>Which team an enquiry without a form waits with: that of the service's own form.</summary>
internal sealed class RouteEnquiry(PublishedForms forms)
{
    /// <summary>The team, empty for the desk's own, and whether the service's forms are sensitive.</summary>
    public async Task<(string Team, bool IsSensitive)> Of(ConcentricDb db, string? service)
    {
        if (service is null) return ("", false);
        var own = (await forms.All()).Where(f => f.Form.Service == service).ToList();
        return (own.FirstOrDefault()?.Form.Team ?? "", own.Exists(f => f.Form.Sensitive));
    }
}
