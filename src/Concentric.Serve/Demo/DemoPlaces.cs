using Concentric.Core;
using Concentric.Core.Data;
using Concentric.Core.Places;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Concentric.Serve.Demo;

/// <summary>In which of Northmoor's small areas its invented citizens live: in places of three profile groups.</summary>
internal static class DemoPlaces
{
    private static readonly (string Postcode, string Area)[] _placed =
        [("ZZ91AB", "NM001"), ("ZZ91AD", "NM003"), ("ZZ92AD", "NM031"), ("ZZ92AE", "NM032"), ("ZZ93AF", "NM036"), ("ZZ93AG", "NM061"), ("ZZ94AH", "NM062"), ("ZZ94AJ", "NM065")];

    /// <summary>Before anybody asks for anything, so that every enquiry says where.</summary>
    public static Task Seed(IServiceProvider services)
    {
        var council = services.GetRequiredService<Settings>().Council;
        return services.GetRequiredService<IWriter>().Write(async db =>
        {
            if (!await db.Set<PlacedPostcode>().AnyAsync(p => p.Council == council)) db.AddRange(_placed.Select(p => new PlacedPostcode { Council = council, Postcode = p.Postcode, Area = p.Area }));
        });
    }
}
